"""Small rounds to publish, written as counts."""

from collections.abc import Mapping, Sequence

import numpy as np

from surveys.disclosure import Answers, Attribute, Microdata, Question, Section

OPTIONS = ("賛成", "反対", "不明")


def one_answer(counts: Mapping[str, Sequence[int]], question: Question, **more: object) -> Microdata:
    """A round of one question: for each 課 ("部1-課1" is in 部1), how many chose each option."""
    sections = tuple(Section(name, name.split("-")[0]) for name in counts)
    section = np.repeat(np.arange(len(sections)), [sum(row) for row in counts.values()])
    picks = [option for row in counts.values() for option, count in enumerate(row) for _ in range(count)]
    ticks = np.eye(len(question.options), dtype=bool)[np.array(picks, dtype=np.int64)]
    values = more.get("values")
    answers = Answers(question, ticks, None if values is None else np.array(values, dtype=float)[picks])
    return Microdata("回", sections, section.astype(np.int64), (), (answers,))


def several(counts: Mapping[str, tuple[int, Sequence[int]]], question: Question) -> Microdata:
    """Options ticked freely: for each 課 its respondents and how many ticked each option but the last, which all ticked."""
    sections = tuple(Section(name, name.split("-")[0]) for name in counts)
    section = np.repeat(np.arange(len(sections)), [people for people, _ in counts.values()])
    blocks = []
    for people, row in counts.values():
        ticks = np.zeros((people, len(question.options)), dtype=bool)
        ticks[:, -1] = True
        for option, count in enumerate(row):
            ticks[:count, option] = True
        blocks.append(ticks)
    return Microdata(
        "回", sections, section.astype(np.int64), (), (Answers(question, np.concatenate(blocks)),)
    )


def with_attribute(
    microdata: Microdata, name: str, values: Sequence[str], codes: Sequence[int] | np.ndarray
) -> Microdata:
    """The same round, broken down by one more thing."""
    attribute = Attribute(name, tuple(values), np.array(codes, dtype=np.int64))
    return Microdata(
        microdata.round_id,
        microdata.sections,
        microdata.section,
        (*microdata.attributes, attribute),
        microdata.answers,
    )
