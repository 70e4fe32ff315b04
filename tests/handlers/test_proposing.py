"""Proposing an article from any channel, through the router."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.messages import Form, Reply, Request
from bot.outgoing import json_bytes
from bot.router import handle
from bot.services import Services
from bot.slack.views import form_view
from bot.teams.card import card_message
from bot.texts.ja import editing as texts
from bot.texts.ja import learning as learning_texts
from bot.texts.ja.importing import owner_unknown
from knowledge.editing.store import ProposalState
from knowledge.importing.reading import read_articles
from staff.model import Person
from tests.fakes.slack_blocks import check_view
from tests.fakes.teams import MAX_MESSAGE
from tests.handlers.learning_city import Seat, outgoing
from tests.web.city import LEADER, OPERATOR, STAFF, settle

DRAFT: dict[str, str | list[str]] = {
    "title": "駐輪場の場所",
    "body": "本庁舎の北側にあります。",
    "questions": "自転車はどこですか\n駐輪場はありますか",
    "owner": "市民窓口課",
    "kind": "procedure",
    "reason": "よく聞かれます",
}


@pytest.fixture
def city(services: Services) -> Services:
    settle(services.stores)
    return services


def send(
    services: Services, person: Person | None, values: dict[str, str | list[str]] | None = None
) -> Reply:
    request = Request(
        channel="slack", user="U1", name="propose", person=person, values=values or {}, at=services.clock()
    )
    return handle(request, services)


def test_the_form_is_offered_and_filled_in_it_waits_for_approval(city: Services) -> None:
    assert [field.id for field in offered(city).fields if field.required] == ["title"]
    reply = send(city, STAFF, DRAFT)
    assert reply.title == texts.PROPOSED_TITLE and "駐輪場の場所" in reply.text
    (proposal,) = city.stores.proposals.list_proposals(ProposalState.WAITING)
    assert proposal.article is not None and proposal.article.kind == "procedure"
    assert proposal.article.questions == ("自転車はどこですか", "駐輪場はありますか")
    assert (proposal.proposed_by, proposal.reason) == (STAFF.id, "よく聞かれます")
    assert city.stores.versions.list_latest() == []


def test_a_procedure_is_proposed_with_its_steps_one_a_line(city: Services) -> None:
    steps = {
        "body": "",
        "steps": "申込書を書く\n窓口|電子申請で出す\n\n",
        "needs": "申込書 https://forms.example.jp/a",
    }
    assert send(city, STAFF, {**DRAFT, **steps}).title == texts.PROPOSED_TITLE
    (proposal,) = city.stores.proposals.list_proposals(ProposalState.WAITING)
    assert proposal.article is not None
    assert proposal.article.steps == ("申込書を書く", "窓口｜電子申請で出す")
    (need,) = proposal.article.needs
    assert (need.text, need.url) == ("申込書", "https://forms.example.jp/a")


def test_what_has_neither_steps_nor_body_and_steps_of_what_is_no_procedure_are_refused(
    city: Services,
) -> None:
    for values, wrong in (
        ({"body": " ", "steps": "\n"}, "body"),
        ({"kind": "faq", "steps": "申込書を書く"}, "kind"),
    ):
        reply = send(city, STAFF, {**DRAFT, **values})
        assert reply.form is not None
        assert [field.id for field in reply.form.fields if field.error] == [wrong]
        assert {field.id: field.value for field in reply.form.fields}["steps"] == values["steps"].strip()
    assert city.stores.proposals.count_waiting() == 0


def test_an_owner_whom_the_directory_does_not_know_is_told(city: Services) -> None:
    assert owner_unknown("駐輪場課") in send(city, STAFF, {**DRAFT, "owner": "駐輪場課"}).text


def test_mistakes_return_to_their_fields_with_what_was_written(city: Services) -> None:
    reply = send(city, STAFF, {**DRAFT, "title": " ", "owner": "0466-00-0000"})
    assert reply.form is not None
    assert {field.id for field in reply.form.fields if field.error} == {"title", "owner"}
    assert {field.id: field.value for field in reply.form.fields}["body"] == DRAFT["body"]
    assert city.stores.proposals.count_waiting() == 0


def test_a_reason_that_is_too_long_is_refused_and_not_cut(city: Services) -> None:
    reply = send(city, STAFF, {**DRAFT, "reason": "長" * 501})
    assert reply.form is not None
    assert {field.id: field.error for field in reply.form.fields if field.error} == {
        "reason": "500 字までで書いてください。"
    }
    assert city.stores.proposals.count_waiting() == 0


def test_a_stranger_cannot_propose(city: Services) -> None:
    for values in (None, DRAFT):
        reply = send(city, None, values)
        assert reply.form is None and "職員名簿" in reply.text
    assert city.stores.proposals.count_waiting() == 0


def test_help_offers_it_to_staff(city: Services) -> None:
    for person, offered in ((STAFF, True), (None, False)):
        reply = handle(Request(channel="web", user="x", name="help", person=person), city)
        assert ("propose" in {action.name for action in reply.actions}) is offered


def test_a_title_that_an_article_has_is_not_proposed_as_new(city: Services, tmp_path: Path) -> None:
    """Approved with one click, it would take that one's names, questions and owner away."""
    file = tmp_path / "見本.csv"
    file.write_text("title,body,aliases,owner\n名札の作り方,職員課で作ります。,ネームプレート,職員課\n")
    city.stores.articles.replace_source("見本.csv", read_articles(file).articles)
    city.knowledge.refresh()
    reply = send(city, STAFF, {**DRAFT, "title": "名札の作り方", "body": "知りません。", "kind": "faq"})
    assert reply.form is not None
    assert {field.id: field.error for field in reply.form.fields if field.error} == {
        "title": texts.TITLE_TAKEN
    }
    assert city.stores.proposals.count_waiting() == 0


def test_two_proposals_of_one_title_are_approved_only_as_they_were_looked_at(city: Services) -> None:
    operator = Seat(city, OPERATOR)
    send(city, STAFF, DRAFT)
    send(city, LEADER, {**DRAFT, "body": "南側です。"})
    told = [reply for _, to, reply in outgoing(city.stores) if to == OPERATOR.id]
    first, second = sorted(told, key=lambda reply: "南側" in reply.text)
    operator.press(first, texts.APPROVE)
    again = operator.press(second, texts.APPROVE)
    assert learning_texts.SAVED_MEANWHILE in again.text and texts.WAITING_REPLACES in again.text
    assert "－ 本文: 本庁舎の北側にあります。" in again.text and "＋ 本文: 南側です。" in again.text
    assert city.stores.proposals.count_waiting() == 1
    assert learning_texts.APPROVED in operator.press(again, texts.APPROVE).text


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("questions", "自転車はどこですか\n090-1234-5678の人の自転車は"),
        ("reason", "田中花子さんに聞かれました"),
        ("body", "1234 5678 9018 の方は北側です。"),
    ],
)
def test_personal_details_return_to_their_field(city: Services, field: str, text: str) -> None:
    reply = send(city, STAFF, {**DRAFT, field: text})
    assert reply.form is not None
    assert [one.id for one in reply.form.fields if one.error] == [field]
    assert {one.id: one.value for one in reply.form.fields}[field] == text
    assert city.stores.proposals.count_waiting() == 0


def test_the_form_with_every_field_full_fits_into_a_window_and_a_card(city: Services) -> None:
    fields = {field.id: field for field in offered(city).fields}
    full: dict[str, str | list[str]] = {
        name: "\n".join(["字" * 9] * (field.max_length // 10))
        for name, field in fields.items()
        if name != "kind"
    }
    form = send(city, STAFF, {**full, "kind": "procedure"}).form
    assert form is not None and any(field.error for field in form.fields)
    check_view(form_view(form))
    assert len(json_bytes(card_message(Reply(form=form)))) < MAX_MESSAGE


def offered(city: Services) -> Form:
    form = send(city, STAFF).form
    assert form is not None
    return form
