"""A small city that has answered, for tests of results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from staff.model import Department, Role
from surveys.definition import Definition
from surveys.question import Attribute
from surveys.round import Member, ResponseCount, Round, State
from surveys.store import Kept, SurveyStore
from surveys.submission import Sheet, Submission
from tests.surveys.samples import NOW, planned, survey

WORK = """
id: work
title: 働き方の調査
purpose: 試すため
readers: 試す人
breakdowns: [K]
tables: [{question: W, by: K}]
questions:
  - {id: K, type: single, text: 主な業務, options: [{desk: 内部事務}, {window: 窓口}], besides: [{no: 答えたくない}]}
  - {id: W, type: multi, text: 使いたい事情, options: [{child: 育児}, {care: 介護}, {none: 特にない}], exclusive: [none], sensitive: true}
  - {id: F, type: scale5, text: 満足度, options: [不満, やや不満, 普通, やや満足, 満足]}
  - {id: X, type: matrix, text: できるもの, rows: [{doc: 資料作成}, {call: 電話}], options: [できる, 難しい]}
  - {id: N, type: number, text: 日数, minimum: 0, maximum: 20, step: 0.5, unit: 日, bins: [0, 0.5, 5.5, 10.5]}
  - {id: R, type: single, text: 場所, show_if: N > 0, options: [自宅, 出先]}
  - {id: S, type: single, text: 理由, options: [あり, なし], sensitive: true, never_by: 課}
  - {id: T, type: long_text, text: 意見}
"""
SECTIONS = tuple(f"D{division}{place}" for division in (1, 2) for place in (1, 2, 3))
DEPARTMENTS = tuple(
    department
    for division in (1, 2)
    for department in (
        Department(id=f"D{division}", name=f"第{division}部"),
        *(
            Department(id=f"D{division}{place}", name=f"{division}の{place}課", parent_id=f"D{division}")
            for place in (1, 2, 3)
        ),
    )
)
HEADS = 20


def work_round(id_: str = "round-1", **changes: Any) -> Round:
    """A round of the survey above over six 課 of twenty."""
    round_ = planned(survey(WORK, **changes), id_)
    return round_.model_copy(
        update={
            "state": State.OPEN,
            "departments": DEPARTMENTS,
            "headcounts": dict.fromkeys(SECTIONS, HEADS),
            "wave": f"試行 {id_}",
        }
    )


def work_members() -> list[Member]:
    """Everybody who is asked: twenty of each 課, one of them 所属長 (by name of their 課 and number)."""
    return [
        Member(
            person_id=f"{section}-{number:02}",
            section_id=section,
            division_id=section[:2],
            role=Role.MANAGER if number == 0 else Role.STAFF,
        )
        for section in SECTIONS
        for number in range(HEADS)
    ]


def answers_of(chance: Random) -> Mapping[str, Any]:
    """What one person says."""
    days = chance.choice([0.0, 0.0, 2.0, 4.5, 7.0, 12.0])
    given: dict[str, Any] = {
        "K": chance.choice(["desk", "window", "window", "no"]),
        "W": chance.choice([("child",), ("child", "care"), ("none",)]),
        "F": chance.choice(["不満", "やや不満", "普通", "やや満足", "満足"]),
        "X": {"doc": chance.choice(["できる", "難しい"]), "call": "難しい"},
        "N": days,
        "S": chance.choice(["あり", "なし"]),
        "T": "ご意見",
    }
    return given | ({"R": chance.choice(["自宅", "出先"])} if days else {})


def sheets(seed: int = 1, share: float = 0.8) -> list[Sheet]:
    """What is stored of those who answered."""
    chance = Random(seed)
    return [
        Sheet(attributes=attributes_of(member), answers=answers_of(chance))
        for member in work_members()
        if chance.random() < share
    ]


def attributes_of(member: Member) -> dict[Attribute, str]:
    """What the round keeps of somebody."""
    return {
        Attribute.SECTION: member.section_id,
        Attribute.DIVISION: member.division_id,
        Attribute.ROLE: member.role,
    }


def counted(found: Sequence[Sheet]) -> list[ResponseCount]:
    """The response counts of these sheets."""
    return [
        ResponseCount(
            section_id=section,
            division_id=section[:2],
            asked=HEADS,
            answered=sum(sheet.attributes[Attribute.SECTION] == section for sheet in found),
        )
        for section in SECTIONS
    ]


def answer_round(surveys: SurveyStore, round_: Round, seed: int = 1, share: float = 0.8) -> int:
    """Plan and open the round, let people answer, and close it. How many answered."""
    members = [one for one in work_members() if one.section_id in round_.headcounts]
    assert surveys.plan_round(round_.model_copy(update={"state": State.PLANNED}))
    assert surveys.open_round(round_, members)
    chance, count = Random(seed), 0
    for member in members:
        if chance.random() >= share:
            continue
        kept = surveys.keep_submission(
            Submission(
                round_id=round_.id,
                person_id=member.person_id,
                revision=1,
                sent_at=NOW,
                attributes=_kept(round_.definition, member),
                answers=answers_of(chance),
            )
        )
        assert kept is Kept.STORED
        count += 1
    assert surveys.close_round(round_.id)
    return count


def _kept(definition: Definition, member: Member) -> dict[Attribute, str]:
    return {
        name: value for name, value in attributes_of(member).items() if name in definition.kept_attributes
    }
