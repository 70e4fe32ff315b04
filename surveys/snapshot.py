"""The answers of closing, without identity, as text: a further publication must be made from the very same."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from surveys.disclosure import Answers, AskedIf, Attribute, Microdata, Question, Section, Told


def write_snapshot(microdata: Microdata, told: Told | None = None) -> str:
    """Microdata as JSON, with what people told of themselves. Rows are in an order that tells nothing, as they were given."""
    return json.dumps(
        {
            "round": microdata.round_id,
            "sections": [[one.id, one.division] for one in microdata.sections],
            "section": microdata.section.tolist(),
            "wide": sorted(microdata.wide),
            "attributes": [
                {
                    "id": one.id,
                    "values": list(one.values),
                    "codes": one.codes.tolist(),
                    "question": one.question,
                }
                for one in microdata.attributes
            ],
            "answers": [_written(one) for one in microdata.answers],
            "told": told or {},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read_snapshot(text: str) -> Microdata:
    """What write_snapshot wrote."""
    found = json.loads(text)
    return Microdata(
        found["round"],
        tuple(Section(*pair) for pair in found["sections"]),
        np.array(found["section"], dtype=np.int64),
        tuple(
            Attribute(
                one["id"], tuple(one["values"]), np.array(one["codes"], dtype=np.int64), one["question"]
            )
            for one in found["attributes"]
        ),
        tuple(_read(one, len(found["section"])) for one in found["answers"]),
        # A snapshot from before this was kept: what is its own 部 may be one, and was given rows.
        frozenset(found.get("wide", [one for one, division in found["sections"] if one == division])),
    )


def read_told(text: str) -> Told:
    """What people told of themselves when the round was published."""
    told: Told = json.loads(text).get("told", {})
    return told


def _written(answers: Answers) -> dict[str, Any]:
    question = answers.question
    asked = question.asked_if
    return {
        "id": question.id,
        "options": list(question.options),
        "several": question.several,
        "threshold": question.threshold,
        "sensitive": question.sensitive,
        "never_by": sorted(question.never_by),
        "exclusive": sorted(question.exclusive),
        "most": question.most,
        "asked_if": None if asked is None else [asked.question, sorted(asked.options)],
        "ticks": [np.flatnonzero(row).tolist() for row in answers.ticks],
        "values": None
        if answers.values is None
        else [None if v != v else v for v in answers.values.tolist()],
    }


def _read(one: dict[str, Any], count: int) -> Answers:
    asked = one["asked_if"]
    question = Question(
        one["id"],
        tuple(one["options"]),
        several=one["several"],
        threshold=one["threshold"],
        sensitive=one["sensitive"],
        never_by=frozenset(one["never_by"]),
        exclusive=frozenset(one["exclusive"]),
        most=one["most"],
        asked_if=None if asked is None else AskedIf(asked[0], frozenset(asked[1])),
    )
    ticks = np.zeros((count, len(question.options)), dtype=bool)
    for row, places in enumerate(one["ticks"]):
        ticks[row, places] = True
    given = one["values"]
    values = (
        None if given is None else np.array([np.nan if v is None else v for v in given], dtype=np.float64)
    )
    return Answers(question, ticks, values)
