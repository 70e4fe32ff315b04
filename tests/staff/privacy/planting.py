"""Something of a person in every place of the register, put there through the stores that keep it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from bot.delivery import Arrival, Message
from bot.messages import Paragraph, Reply
from bot.sealed_files import SealedFile
from bot.services import Stores
from knowledge.article import Article, Kind, Layer, Passage, Source
from knowledge.cases import Case, Stage, Tool
from knowledge.editing.store import Change, Proposal, Version
from knowledge.initiatives.assignment import Assignment
from knowledge.initiatives.initiative import Initiative, InitiativeVersion
from knowledge.initiatives.issue import InitiativeLine, Issue, OwnPart, Task
from knowledge.initiatives.progress import ProgressReport, Standing, Status
from knowledge.learning.feedback import Verdict, give_feedback
from knowledge.learning.inquiry import Asker, Inquiry
from knowledge.learning.inquiry import State as InquiryState
from knowledge.learning.unanswered import Reason, keep_question
from staff.access.store import Session
from staff.granting import RoleGrant
from staff.model import Department, Person, Post, Role
from staff.planning import PlannedChange
from staff.privacy.store import Hold
from staff.store import AuditEvent
from staff.weekly import Subscription
from surveys.definition import Identity
from surveys.round import Member
from surveys.skills.assessment import Assessment, Comment, ExpertProfile, PlanItem, Training
from surveys.submission import Submission
from tests.surveys.samples import opened, planned, survey

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SOON = NOW + timedelta(days=2)
OTHER = Person(
    id="KEEP-00001", name="残留 良子", email="nokoru@city.example", posts=(Post(department_id="D11"),)
)
DEPARTMENTS = (
    Department(id="D10", name="市民自治部"),
    Department(id="D11", name="市民窓口課", parent_id="D10"),
)
ROUNDS = {identity: f"round-{identity.value}" for identity in Identity}


def leaver(number: int) -> Person:
    """Somebody whose every text is like nobody else's."""
    posts = (Post(department_id="D11", roles=frozenset({Role.STAFF, Role.LEADER})),)
    return Person(
        id=f"GONE-{number:05}",
        name=f"消野{number:03} 去子{number:03}",
        email=f"Kieno{number:03}@City.Example",
        posts=posts,
    )


def words(person: Person, what: str) -> str:
    """What somebody wrote, kana among it, that nobody else wrote."""
    return f"{what}についてわたくし固有の言葉ｶﾅ文{person.id[-5:]}です"


def settle(stores: Stores, people: Sequence[Person]) -> None:
    """The 課, everybody in it, and rounds of each kind that are open to them."""
    everybody = [OTHER, *people]
    present = {one.id: one for one in (*DEPARTMENTS, *stores.directory.list_departments())}
    stores.directory.save(list(present.values()), everybody, [], NOW.date())
    asked = [
        Member(person_id=one.id, section_id="D11", division_id="D10", role=Role.STAFF) for one in everybody
    ]
    for identity, id_ in ROUNDS.items():
        round_ = planned(survey(identity=identity.value), id_)
        stores.surveys.plan_round(round_)
        assert stores.surveys.open_round(opened(round_, len(asked)), asked)


def plant(stores: Stores, person: Person) -> None:
    """Everything of one person."""
    _directory(stores, person)
    _sign_in(stores, person)
    _messages(stores, person)
    _knowledge(stores, person)
    _initiatives(stores, person)
    _surveys(stores, person)
    _skills(stores, person)
    stores.records.place_hold(
        Hold(
            id=f"h{person.id[-5:]}",
            kind="answers",
            reason=f"{person.name}の申出",
            placed_by=person.id,
            placed_at=NOW,
        )
    )
    stores.records.lift_hold(f"h{person.id[-5:]}", person.id, NOW)
    for actor, target in ((person.id, "directory"), (OTHER.id, f"person/{person.id}")):
        stores.audit.append(AuditEvent(at=NOW, actor=actor, action="people.view", target=target))


def chat_user(person: Person) -> str:
    """Their user of Slack."""
    return f"U0GONE{person.id[-5:]}"


def _directory(stores: Stores, person: Person) -> None:
    stores.directory.link_user("slack", chat_user(person), person.id)
    grant = RoleGrant(
        id=f"g{person.id[-5:]}", person_id=OTHER.id, role=Role.HR, granted_by=person.id, granted_at=NOW
    )
    stores.role_grants.add(grant)
    stores.role_grants.add(grant.model_copy(update={"id": f"G{person.id[-5:]}", "person_id": person.id}))
    planned_ = [*stores.planned_changes.list_planned()]
    change = PlannedChange(effective_on=date(2027, 4, 1), person_id=person.id, person=person)
    stores.planned_changes.replace_planned([*planned_, change])
    file = SealedFile(f"f{person.id[-5:]}", person.id, NOW, 0, 0, "")
    stores.sealed_files.keep_file(file)
    stores.directory_drafts.put(
        f"d{person.id[-5:]}", person.id, NOW, [("名簿.csv", f"{person.id},{person.name}".encode())]
    )


def _sign_in(stores: Stores, person: Person) -> None:
    stores.access.add_link(f"link-{person.id[-5:]}", person.id, SOON)
    stores.access.replace_codes(person.id, ["code"], SOON)
    stores.access.open_session(Session(f"session-{person.id[-5:]}", person.id, "link", NOW, NOW))


def _messages(stores: Stores, person: Person) -> None:
    said = Reply(title="お知らせ", parts=(Paragraph(text=f"{person.name}さんへ"),))
    stores.inbox.add(person.id, f"digest/2026-W48/{person.id}", said, NOW)
    stores.inbox.add(OTHER.id, f"told/{person.id[-5:]}", said, NOW)
    for key, recipient in ((f"a/{person.id}", chat_user(person)), (f"b/{person.id[-5:]}", "U0KEEP")):
        stores.outbox.put(Message(key=key, channel="slack", recipient=recipient, reply=said, due_at=NOW))
    body = f'{{"user":"{chat_user(person)}","text":"{words(person, "会話")}"}}'
    stores.receipts.exchange("w", NOW, SOON, arrivals=[Arrival(f"event:{person.id[-5:]}", "slack", body)])
    stores.conversations.save("slack", chat_user(person), person.id, {"user": chat_user(person)}, NOW)
    week = f"2027-W{int(person.id[-5:]) % 50 + 1:02}"
    stores.digests.save_copies(
        week, {person.id: OwnPart(tasks=(Task(kind="report", id="1", title=person.name),))}
    )
    stores.digests.save_subscription(Subscription(person_id=person.id))
    line = InitiativeLine(
        id="i", title="取組", owner="市民窓口課", standing=Standing.REPORTED, blocked=f"{person.name}が休み"
    )
    stores.digests.add_issue(Issue(week=week, day=NOW.date(), made_at=NOW, initiatives=(line,)))


def _knowledge(stores: Stores, person: Person) -> None:
    keep_question(stores.learning, person.id, words(person, "窓口の手続"), Reason.UNKNOWN, "市民窓口課", NOW)
    keep_question(stores.learning, OTHER.id, f"{person.name}さんの内線", Reason.UNKNOWN, "市民窓口課", NOW)
    give_feedback(stores.learning, person.id, "faq:x", "印鑑", Verdict.SOLVED, NOW)
    inquiry = Inquiry(
        id=f"q{person.id[-5:]}",
        question=words(person, "相談"),
        owner="市民窓口課",
        asked_at=NOW,
        asked_by=person.name,
    )
    stores.learning.add_inquiry(inquiry, Asker(person.id, "slack", chat_user(person)))
    other = inquiry.model_copy(update={"id": f"r{person.id[-5:]}", "question": "印鑑の件", "asked_by": ""})
    stores.learning.add_inquiry(other, Asker(OTHER.id, "web", OTHER.id))
    answered = {
        "state": InquiryState.ANSWERED,
        "answer": "窓口へどうぞ",
        "answered_by": person.id,
        "answered_at": NOW,
    }
    stores.learning.answer_inquiry(other.model_copy(update=answered))
    article = Article(
        id=f"faq:{person.id[-5:]}",
        kind=Kind.FAQ,
        layer=Layer.EDITORIAL,
        title="印鑑",
        passages=(Passage(text=f"担当は{person.name}です。"),),
        source=Source(document="手引き"),
    )
    stores.versions.save(
        Version(article_id=article.id, number=1, at=NOW, by=person.id, change=Change.EDITED, article=article)
    )
    stores.proposals.add(
        Proposal(article_id=article.id, article=article, proposed_by=person.id, proposed_at=NOW)
    )
    stores.cases.add_case(
        Case(
            id=f"{int(person.id[-5:]):012x}",
            work="転記",
            department_id="D11",
            department="市民窓口課",
            tool=Tool.OTHER,
            stage=Stage.CANDIDATE,
            contact=person.name.replace(" ", "\u3000"),
            registered_by=person.id,
            registered_at=NOW,
        )
    )


def _initiatives(stores: Stores, person: Person) -> None:
    id_ = f"i{person.id[-5:]}"
    initiative = Initiative(id=id_, title="取組", plan="計画", starts_on=date(2026, 4, 1))
    stores.initiatives.save_version(InitiativeVersion(number=1, at=NOW, by=person.id, initiative=initiative))
    stores.initiatives.add_report(
        ProgressReport(
            initiative_id=id_,
            number=1,
            at=NOW,
            by=person.id,
            status=Status.ON_TRACK,
            done=f"{person.name}が実施",
        )
    )
    request = Assignment(id=id_, title="照会", due_on=date(2026, 12, 1), entered_by=person.id, entered_at=NOW)
    stores.assignments.save(request)
    stores.assignments.settle(id_, "D11", person.id, NOW)


def _surveys(stores: Stores, person: Person) -> None:
    for identity, id_ in ROUNDS.items():
        said = (
            f"調査{person.id[-5:]}の自由記述です"
            if identity is not Identity.ANONYMOUS
            else "無記名の意見です"
        )
        stores.surveys.keep_submission(
            Submission(
                round_id=id_, person_id=person.id, revision=1, sent_at=NOW, answers={"S": "a", "L": said}
            )
        )
        stores.surveys.change_draft(
            id_, person.id, lambda draft: draft.model_copy(update={"answers": {"L": words(person, "下書き")}})
        )
        stores.surveys.add_link(f"s-{identity.value}-{person.id[-5:]}", id_, person.id, SOON)
    stores.surveys.mute(person.id, ROUNDS[Identity.NAMED])
    stores.surveys.set_absent([*stores.surveys.list_absent(), person.id])


def _skills(stores: Stores, person: Person) -> None:
    skills = stores.skills
    skills.add_assessment(
        Assessment(
            person_id=person.id,
            framework="1",
            tier="general",
            at=NOW,
            answers={"rpa": "2"},
            evidence={"a": words(person, "自己評価")},
        )
    )
    skills.save_plan(person.id, [PlanItem(resource_id="r", accepted_on=NOW.date())])
    skills.share(person.id, NOW)
    skills.add_comment(Comment(person_id=person.id, by=OTHER.id, at=NOW, text=f"{person.name}さん、よい"))
    skills.add_comment(
        Comment(
            person_id=OTHER.id, by=person.id, at=NOW + timedelta(seconds=int(person.id[-5:])), text="よい学び"
        )
    )
    skills.save_profile(ExpertProfile(person_id=person.id, skills=("rpa",), words=words(person, "得意")))
    skills.add_trainings([Training(person_id=person.id, title="研修", attended_on=NOW.date())])
