"""Small random cities with questions of every kind, to attack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bench.disclosure_city import Case, one_of, some_of
from surveys.disclosure import (
    CITY,
    DIVISION,
    SECTION,
    Answers,
    AskedIf,
    Attribute,
    Declared,
    Microdata,
    PublicKnowledge,
    Question,
    Section,
)


def random_case(seed: int) -> Case:
    """A small city with questions of every kind; the same seed gives the same city."""
    chance = np.random.default_rng(seed)
    sections = [
        Section(f"{division}-{place}", f"部{division}")
        for division in range(chance.integers(2, 6))
        for place in range(chance.integers(1, 6))
    ]
    heads = np.maximum(1, chance.lognormal(chance.uniform(1.5, 3.2), 0.8, len(sections)).astype(int))
    answered = chance.binomial(heads, chance.uniform(0.4, 0.95))
    section = np.repeat(np.arange(len(sections)), answered)
    count = len(section)
    lean = chance.normal(0, 1, (len(sections), 8))[section]
    attributes = tuple(
        Attribute(
            f"属性{place}",
            tuple("甲乙丙丁")[: 2 + place],
            _codes(chance, count, 2 + place, chance.choice([0, 0.05])),
        )
        for place in range(chance.integers(0, 3))
    )
    answers = _random_answers(chance, count, lean)
    if chance.random() < 0.4:
        first = answers[0]
        codes = np.where(first.valid, first.ticks.argmax(axis=1), -1)
        attributes += (Attribute("質問0", first.question.options, codes, first.question.id),)
    microdata = Microdata(f"回{seed}", tuple(sections), section, attributes, tuple(answers))
    return Case(
        microdata, tuple(_random_tables(chance, microdata)), _public(chance, sections, heads, answered)
    )


def later_wave(case: Case, seed: int) -> Case:
    """The same people in another round: some have left or come, some answer otherwise."""
    chance = np.random.default_rng(seed)
    keep = chance.random(len(case.microdata.section)) < 0.93
    again = without(case.microdata, ~keep)
    answers = tuple(_change(chance, one) for one in again.answers)
    by_id = {one.question.id: one for one in answers}
    attributes = tuple(
        replace(one, codes=np.where(by_id[one.question].valid, by_id[one.question].ticks.argmax(axis=1), -1))
        if one.question
        else one
        for one in again.attributes
    )
    wave = replace(again, round_id=f"{again.round_id}次", answers=answers, attributes=attributes)
    counts = np.bincount(wave.section, minlength=len(wave.sections))
    responses = {section.id: int(count) for section, count in zip(wave.sections, counts, strict=True)}
    known = {unit: responses[unit] for unit in case.public.responses if unit in responses}
    return Case(wave, case.declared, PublicKnowledge(case.public.headcounts, known))


def without(microdata: Microdata, gone: np.ndarray) -> Microdata:
    """The answers with these respondents deleted."""
    kept = ~gone
    return replace(
        microdata,
        section=microdata.section[kept],
        attributes=tuple(replace(one, codes=one.codes[kept]) for one in microdata.attributes),
        answers=tuple(
            replace(one, ticks=one.ticks[kept], values=None if one.values is None else one.values[kept])
            for one in microdata.answers
        ),
    )


def _change(chance: np.random.Generator, answers: Answers) -> Answers:
    """Some exchange their answers with others who answered."""
    if answers.question.asked_if is not None or answers.question.id in ("Q0", "Q1"):
        return answers
    ticks = answers.ticks.copy()
    movers = np.flatnonzero(answers.valid & (chance.random(len(ticks)) < 0.15))
    order = chance.permutation(movers)
    ticks[movers] = ticks[order]
    values = None
    if answers.values is not None:
        values = answers.values.copy()
        values[movers] = values[order]
    return replace(answers, ticks=ticks, values=values)


def _codes(chance: np.random.Generator, count: int, values: int, unknown: float) -> np.ndarray:
    share = chance.dirichlet(np.full(values, 0.7))
    codes = chance.choice(values, count, p=share)
    return np.where(chance.random(count) < unknown, -1, codes).astype(np.int64)


def _random_answers(chance: np.random.Generator, count: int, lean: np.ndarray) -> list[Answers]:
    """Q0 one answer; Q1 a number in bins that leads to Q2; then a matrix, a multiple choice, a scale, a sensitive question."""

    def given(rate: float = 0.93) -> np.ndarray:
        return chance.random(count) < rate

    def weights(options: int) -> np.ndarray:
        return np.exp(lean[:, :options] * chance.uniform(0.2, 1.2) + chance.normal(0, 1, options))

    first = Question("Q0", tuple(f"選{k}" for k in range(chance.integers(2, 7))))
    answers = [Answers(first, one_of(chance, given(), weights(len(first.options))))]
    days = np.maximum(0, chance.normal(lean[:, 0] * 3 + 4, 5)).round()
    edges = np.array([0.5, 5.5, 10.5])
    bins = np.eye(4, dtype=bool)[np.searchsorted(edges, days)] & given(chance.choice([0.97, 1.0]))[:, None]
    number = Question("Q1", ("0日", "1-5日", "6-10日", "11日以上"))
    answers.append(Answers(number, bins, np.where(bins.any(axis=1), days, np.nan)))
    asked = bins[:, 1:].any(axis=1) & given()
    branch = Question("Q2", ("はい", "いいえ", "不明"), asked_if=AskedIf("Q1", frozenset(number.options[1:])))
    answers.append(Answers(branch, one_of(chance, asked, weights(3))))
    for row in ("甲", "乙")[: chance.integers(0, 3)]:
        answers.append(
            Answers(Question(f"Q3.{row}", ("可", "一部", "難", "外")), one_of(chance, given(), weights(4)))
        )
    options = (*(f"理由{k}" for k in range(chance.integers(2, 6))), "特になし")
    most = int(chance.integers(2, 4)) if chance.random() < 0.5 else None
    several = Question(
        "Q4",
        options,
        several=True,
        sensitive=bool(chance.random() < 0.3),
        exclusive=frozenset({"特になし"}),
        most=most,
    )
    rates = 1 / (1 + np.exp(-(lean[:, : len(options)] + chance.normal(-0.7, 1, len(options)))))
    answers.append(Answers(several, some_of(chance, given(), rates, [len(options) - 1], most)))
    never = frozenset({SECTION}) if chance.random() < 0.5 else frozenset()
    scale = Question("Q6", ("低", "やや低", "中", "やや高", "高", "比べられない"))
    scores = np.append(np.arange(1.0, 6.0), np.nan)
    ticks = one_of(chance, given(), weights(6))
    answers.append(Answers(scale, ticks, np.where(ticks.any(axis=1), scores[ticks.argmax(axis=1)], np.nan)))
    secret = Question("Q5", ("無", "有", "答えない"), threshold=10, sensitive=True, never_by=never)
    answers.append(Answers(secret, one_of(chance, given(), weights(3))))
    return answers


def _random_tables(chance: np.random.Generator, microdata: Microdata) -> list[Declared]:
    tables = []
    for answers in microdata.answers:
        question = answers.question.id
        groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
        if question.startswith("Q3") and chance.random() < 0.5:
            groups = (("できる", ("可", "一部")), ("ほか", ("難", "外")))
        if question == "Q6" and chance.random() < 0.5:
            groups = (("高い", ("やや高", "高")), ("ほか", ("低", "やや低", "中", "比べられない")))
        tables += [
            Declared(question, (CITY,)),
            Declared(question, (DIVISION,)),
            Declared(question, (SECTION,), groups),
        ]
        names = [one.id for one in microdata.attributes if one.question != question]
        tables += [Declared(question, (name,)) for name in names if chance.random() < 0.7]
        if names and chance.random() < 0.3:
            tables.append(Declared(question, (DIVISION, names[0])))
        if len(names) > 1 and chance.random() < 0.3:
            tables.append(Declared(question, (names[0], names[1])))
    return tables


def _public(
    chance: np.random.Generator, sections: Sequence[Section], heads: np.ndarray, answered: np.ndarray
) -> PublicKnowledge:
    headcounts = {section.id: int(count) for section, count in zip(sections, heads, strict=True)}
    responses: dict[str, int] = {}
    anonymous = chance.random() < 0.3
    for division in {section.division for section in sections}:
        responses[division] = sum(
            int(count)
            for section, count in zip(sections, answered, strict=True)
            if section.division == division
        )
    for section, count in zip(sections, answered, strict=True):
        if not anonymous and headcounts[section.id] >= 5:
            responses[section.id] = int(count)
    return PublicKnowledge(headcounts, responses)
