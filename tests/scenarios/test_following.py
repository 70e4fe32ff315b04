"""Follow-ups on every channel: the subject is kept, shown, and dropped when the question names its own."""

from __future__ import annotations

from bot.services import Services
from bot.texts.ja import ask as texts
from knowledge.article import Article, Kind, Layer, Passage, Source
from knowledge.packs import load_pack
from tests.scenarios.drivers import Driver
from tests.web.city import DOCUMENT, EDITION

TITLE = "端末の共同利用"
SHARING = Article(
    id="jikko:sharing",
    kind=Kind.INITIATIVE,
    layer=Layer.OFFICIAL,
    title=TITLE,
    passages=(
        Passage(label="概要", text="端末の共同利用は、使う人の少ない端末を課の間で融通する取組である。"),
        Passage(label="現状と課題", marker="①", text="課ごとに買いそろえ、余りが出ている。"),
        Passage(label="KPI", text="令和9年度末までに、端末の三割を共同利用とする。"),
    ),
    source=Source(document=DOCUMENT, edition=EDITION, part="実行編", section="(1)"),
    owner="情報システム課",
)


def _teach(services: Services) -> None:
    services.stores.articles.replace_source("sharing", [SHARING])
    services.knowledge.refresh()


async def test_a_question_without_a_subject_keeps_the_last_one(driver: Driver, services: Services) -> None:
    _teach(services)
    first = await driver.say("端末の共同利用とは何ですか")
    assert TITLE in first.text
    when = await driver.say("それはいつまで?")
    assert "令和9年度末までに" in when.text
    assert texts.FOLLOWING.format(title=TITLE)[:20] in when.text
    more = await driver.say("もう少し詳しく")
    assert all(passage.text in more.text for passage in SHARING.passages)


async def test_what_the_subject_does_not_hold_goes_to_its_owner(driver: Driver, services: Services) -> None:
    _teach(services)
    await driver.say("端末の共同利用とは何ですか")
    cost = await driver.say("費用は?")
    assert texts.UNKNOWN.format(owner="情報システム課") in cost.text


async def test_a_question_with_a_subject_of_its_own_changes_it(driver: Driver, services: Services) -> None:
    _teach(services)
    await driver.say("端末の共同利用とは何ですか")
    other = await driver.say("BPRとは何ですか")
    assert "Business Process Re-engineering" in other.text
    assert TITLE not in other.text
    again = await driver.say("もっと詳しく")
    assert "Business Process Re-engineering" in again.text


async def test_what_is_told_by_more_than_a_noun_is_a_subject_of_its_own(
    driver: Driver, services: Services
) -> None:
    _teach(services)
    await driver.say("端末の共同利用とは何ですか")
    other = await driver.say("書かない窓口って何ですか")
    assert texts.FOLLOWING.format(title=TITLE)[:20] not in other.text
    assert SHARING.passages[0].text not in other.text


async def test_without_an_earlier_answer_nothing_is_taken_up(driver: Driver, services: Services) -> None:
    _teach(services)
    alone = await driver.say("それはいつまで?")
    assert "令和9年度末までに" not in alone.text


async def test_a_procedure_is_shown_step_by_step_and_asked_further(
    driver: Driver, services: Services
) -> None:
    services.stores.articles.replace_source("samples", load_pack("samples"))
    services.knowledge.refresh()
    said = await driver.say("端末を借りる手順を教えて")
    procedure = next(article for article in load_pack("samples") if article.id == "sample-terminal")
    places = [said.text.index(step) for step in procedure.steps]
    assert places == sorted(places)
    assert "翌開庁日まで" in said.text
    assert "庁内限り" in said.text
    needed = await driver.say("必要なものは?")
    assert "職員証" in needed.text
    assert "翌開庁日まで" not in needed.text


async def test_after_asking_back_what_was_offered_is_meant(driver: Driver, services: Services) -> None:
    lending = SHARING.model_copy(
        update={
            "id": "jikko:lending",
            "title": "端末の貸与",
            "passages": (Passage(text="端末を一人に一台貸す。"),),
        }
    )
    services.stores.articles.replace_source("sharing", [SHARING, lending])
    services.knowledge.refresh()
    await driver.say("BPRとは何ですか")
    offered = await driver.say("端末の件")
    assert texts.CLARIFY in offered.text
    again = await driver.say("それはいつまで?")
    assert texts.CLARIFY in again.text
    assert {TITLE, "端末の貸与"} <= {button.label for button in again.buttons}
