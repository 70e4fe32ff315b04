"""Compose answers: excerpts, source, owner and the notes that keep a reader from a wrong conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.texts.ja import ask as texts
from knowledge.answer import Answer, Candidate, Excerpt, Standing
from knowledge.article import Article, Kind, Openness, Passage
from knowledge.entry import Entry
from knowledge.finding.finder import Hit
from knowledge.visibility import narrowest

_MOST_CANDIDATES = 4
_MOST_RELATED = 3
_RELATED_SHARE = 0.5
_RELATED_COVER = 0.25


def answered(
    entries: Sequence[Entry],
    excerpts: tuple[Excerpt, ...],
    confidence: float,
    owner: str,
    *,
    blanks: Sequence[str] = (),
    quoted: Sequence[Entry] = (),
) -> Answer:
    """An answer in the words of one entry, or of the two that are compared; `quoted` are others that it quotes beside."""
    entry, all_quoted = entries[0], (*entries, *quoted)
    alone = _standing(entry, owner) if len(entries) == 1 else None
    return Answer(
        outcome="answer",
        title=_common_title(entries),
        excerpts=excerpts,
        source=entry.source if len(entries) == 1 else entry.source.model_copy(update={"heading": ""}),
        confidence=round(min(1.0, confidence), 3),
        owner=owner,
        notes=(*(_blank_note(entry, row) for row in blanks), *_revised_note(entries)),
        earlier=entry.earlier[0].source.edition if entry.earlier and len(entries) == 1 else "",
        ended_on=alone.ended_on if alone else None,
        openness=min((e.openness for e in all_quoted), key=[Openness.STAFF, Openness.CITIZENS].index),
        valid_from=alone.valid_from if alone else None,
        valid_until=alone.valid_until if alone else None,
        review_on=alone.review_on if alone else None,
        standings=() if alone else tuple(_standing(each, owner) for each in entries),
        visible_to=narrowest(a for e in all_quoted for a in (e.official, e.editorial) if a),
    )


def _standing(entry: Entry, owner: str) -> Standing:
    return Standing(
        title=entry.title,
        owner=entry.owner or owner,
        edition=entry.source.edition,
        ended_on=None if entry.kind is Kind.TERM else entry.ended_on,
        valid_from=entry.main.valid_from,
        valid_until=entry.main.valid_until,
        review_on=entry.main.review_on,
    )


def _revised_note(entries: Sequence[Entry]) -> Iterator[str]:
    """That the explanation is left out, for the official text it was written to is another by now."""
    for entry in entries:
        if entry.is_revised:
            yield texts.REVISED.format(title=entry.title, edition=entry.source.edition)


def explained_earlier(entry: Entry, edition: str, owner: str) -> Answer | None:
    """Everything an older edition says about an entry; None when there is no such edition of it."""
    article = next((each for each in entry.earlier if each.source.edition == edition), None)
    if article is None:
        return None
    return Answer(
        outcome="answer",
        title=entry.title,
        excerpts=tuple(_excerpt_of(article, entry, passage) for passage in article.written),
        source=article.source,
        confidence=1.0,
        owner=owner,
        notes=(texts.OLDER_EDITION.format(edition=edition, newest=entry.source.edition),),
        more=entry.id,
        ended_on=article.ended_on,
        openness=entry.openness,
        visible_to=entry.visible_to,
    )


def _excerpt_of(article: Article, entry: Entry, passage: Passage) -> Excerpt:
    return Excerpt(
        article_id=entry.id,
        title=entry.title,
        layer=article.layer,
        text=passage.text,
        source=article.source,
        label=f"{passage.label}{passage.marker}",
    )


def _common_title(entries: Sequence[Entry]) -> str:
    """One title, or both; roles of one section (見出し：役割) share its heading."""
    headings = {entry.heading for entry in entries}
    if len(entries) > 1 and len(headings) == 1:
        return headings.pop()
    return "と".join(dict.fromkeys(entry.title for entry in entries))


def clarified(groups: Sequence[Hit], owner: str) -> Answer:
    """Ask which of several entries is meant."""
    shown = groups[:_MOST_CANDIDATES]
    return Answer(
        outcome="clarify",
        title=texts.CLARIFY_TITLE,
        confidence=round(min(0.5, shown[0].cover / 2), 3),
        candidates=_candidates(shown),
        owner=owner,
    )


def unknown(hits: Sequence[Hit], owner: str, *, blank_row: str = "") -> Answer:
    """Nothing is written: the entries nearest to it, and the row left empty where that is why."""
    related = related_hits(hits)
    notes = [_blank_note(related[0].entry, blank_row)] if blank_row and related else []
    return Answer(
        outcome="unknown",
        title=texts.UNKNOWN_TITLE,
        candidates=_candidates(related),
        owner=owner,
        notes=tuple(notes),
    )


def undated(hit: Hit, owner: str) -> Answer:
    """Of when a figure is, is not written: the edition that it stands in."""
    source, answer = hit.entry.source, unknown([hit], owner)
    if not source.edition:
        return answer
    note = texts.AS_OF_EDITION.format(document=source.document, edition=source.edition)
    return answer.model_copy(update={"notes": (note, *answer.notes)})


def with_related(answer: Answer, hits: Sequence[Hit]) -> Answer:
    """An answer that also offers the other entries of that name."""
    others = [hit for hit in hits if hit.entry.title != answer.title][:_MOST_RELATED]
    return answer.model_copy(update={"candidates": _candidates(others)})


def about_subject(answer: Answer, entry: Entry) -> Answer:
    """An answer that says which subject it took a question to be about."""
    note = texts.FOLLOWING.format(title=entry.title)
    return answer.model_copy(update={"notes": (note, *answer.notes)})


def related_hits(hits: Sequence[Hit]) -> list[Hit]:
    """The best hits, one a title, as far as they come near the first."""
    near = [
        hit
        for hit in by_title(hits)
        if hit.score >= _RELATED_SHARE * hits[0].score and hit.cover >= _RELATED_COVER
    ]
    return near[:_MOST_RELATED]


def by_title(hits: Sequence[Hit]) -> list[Hit]:
    """One hit for each title, in order."""
    groups: dict[str, Hit] = {}
    for hit in hits:
        groups.setdefault(hit.entry.title, hit)
    return list(groups.values())


def _candidates(hits: Sequence[Hit]) -> tuple[Candidate, ...]:
    return tuple(Candidate(id=hit.entry.id, title=hit.entry.title) for hit in hits)


def _blank_note(entry: Entry, row: str) -> str:
    return texts.LOST_FIGURE if row == "図" else texts.BLANK.format(document=entry.source.document, row=row)
