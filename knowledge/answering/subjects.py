"""A bare subject (「電子申請」, 「RPAについて」): whose name it is, and what may be meant by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from knowledge.answering.composing import by_title
from knowledge.article import Kind
from knowledge.asking.concepts import Question, QuestionReader
from knowledge.asking.kinds import Asked
from knowledge.asking.phrasing import asks_for_state
from knowledge.asking.recalling import is_vague, without_opening
from knowledge.finding.finder import Finder, Hit
from knowledge.finding.headwords import Headwords
from knowledge.language.japanese import fold

_LEAST_TOPIC_COVER = 0.5
_LEAST_CHOICE_COVER = 0.25
_AS_MUCH = 0.1
_FAR_BEHIND = 0.5
_WHOLE = 0.9
_CLOSE = 0.7
# A word asked the meaning of is asked back where so many use it.
_MEANT = 3
_OF_MEANING = frozenset({Asked.DEFINITION, Asked.PREMISE})


@dataclass(frozen=True)
class Subject:
    """`named`: the entry called so, with those `sharing` the name and those `titled` with it. Else the `choices` to offer;
    `groups` is everything found, an entry a title.
    """

    named: Hit | None
    sharing: Sequence[Hit]
    titled: Sequence[Hit]
    choices: Sequence[Hit]
    groups: Sequence[Hit]


class Subjects:
    """Reads bare subjects over one set of entries."""

    def __init__(
        self,
        finder: Finder,
        reader: QuestionReader,
        headwords: Headwords,
        rank: Callable[[Question], list[Hit]],
    ) -> None:
        self._finder, self._reader, self._headwords, self._rank = finder, reader, headwords, rank

    def read(self, question: Question, hits: Sequence[Hit]) -> Subject:
        """What a question that is nothing but a subject can mean; `hits` are what was found, best first."""
        covered = by_title([hit for hit in hits if hit.cover > 0])
        groups = _titled_first(question, covered if len(covered) > 1 else by_title(hits))
        titled = _titled(question, groups)
        named = (
            self._headwords.called(without_opening(question.text))
            or self._only_term(question)
            or _stated(question, hits)
        )
        if named is not None and (sharing := _sharing_name(named, hits)):
            return Subject(named, sharing, titled, (), groups)
        if named is not None and not (is_vague(question.text) and _is_of_several(question, hits)):
            return Subject(named, (), titled, (), groups)
        known = bool(groups) and max(hit.cover for hit in groups) >= _LEAST_TOPIC_COVER
        fitting = [hit for hit in groups if known and hit.cover >= _LEAST_CHOICE_COVER]
        having = [hit for hit in fitting if hit.cover >= _WHOLE] if question.rows else []
        if len(having) < 2:
            having = self._finder.having_row(question.rows)
        choices = having or self._with_what_has_its_name(self._having_noun(question, fitting))
        return Subject(None, (), titled, choices, groups)

    def sharing_lone_noun(self, question: Question, hits: Sequence[Hit]) -> list[Hit]:
        """The entries to offer where all that is said of the subject is one noun, which several have and no title does."""
        concepts = question.concepts
        if question.asked - _OF_MEANING or question.rows or len(concepts) != 1 or not concepts[0].is_noun:
            return []
        if question.asked and not _is_common_noun_alone(question):
            return []
        having = [hit for hit in by_title(hits) if hit.cover >= _WHOLE]
        near = [hit for hit in having if question.asked or hit.score >= _CLOSE * having[0].score]
        least = _MEANT if question.asked else 2
        return near if len(near) >= least and not _titled(question, having) else []

    def _having_noun(self, question: Question, fitting: list[Hit]) -> list[Hit]:
        """Those of the choices that have the one noun named, where several do: the others only share its verb (「研修を受けたい」)."""
        nouns = [concept for concept in question.concepts if concept.is_noun]
        if len(nouns) != 1:
            return fitting
        having = [hit for hit in fitting if self._finder.covers(hit.number, nouns[0]) >= _LEAST_TOPIC_COVER]
        return having if len(having) > 1 else fitting

    def _with_what_has_its_name(self, fitting: list[Hit]) -> list[Hit]:
        """The choices; of only one, which is not called so, what else has its title's words, too (ワーク: the テレワーク)."""
        if len(fitting) != 1:
            return fitting
        whole = self._reader.read(fitting[0].entry.title)
        others = [hit for hit in by_title(self._rank(whole)) if hit.entry.title != fitting[0].entry.title]
        return [*fitting, *(hit for hit in others if hit.cover >= _LEAST_CHOICE_COVER)]

    def _only_term(self, question: Question) -> Hit | None:
        """The one term a question names, when it is about nothing else."""
        linked = [entry for entry in self._headwords.linked(question.text) if entry.kind is Kind.TERM]
        if len(linked) != 1:
            return None
        names = [fold(name) for name in linked[0].names]
        if all(any(concept.surface in name for name in names) for concept in question.concepts):
            return self._headwords.hit(linked[0])
        return None


def _is_common_noun_alone(question: Question) -> bool:
    """Whether a question begins with its one noun, which is no name: 「書かない窓口」 is not any 窓口."""
    noun = question.concepts[0]
    named = noun.specific or noun.surface.isascii()
    return not named and question.text.startswith(noun.surface)


def _is_of_several(question: Question, hits: Sequence[Hit]) -> bool:
    """Whether several entries have the subject in their titles, or all of it in their text."""
    found = by_title(hits)
    return len(_titled(question, found)) > 1 or sum(hit.cover >= _WHOLE for hit in found) > 1


def _stated(question: Question, hits: Sequence[Hit]) -> Hit | None:
    """The initiative whose state is asked (「〜って今どうなってる」), where its title alone is about all of the subject."""
    if not hits or not asks_for_state(question.text) or hits[0].cover < _LEAST_TOPIC_COVER:
        return None
    title = hits[0].entry.title
    rival = next((hit for hit in hits if hit.entry.title != title), None)
    if rival is not None and rival.score >= _FAR_BEHIND * hits[0].score:
        return None
    called = (hit for hit in hits if hit.entry.title == title)
    return next((hit for hit in called if hit.entry.kind is Kind.INITIATIVE), None)


def with_rows_of_state(question: Question) -> Question:
    """A question on a subject; how that stands is told by a row of its own, whole."""
    if not asks_for_state(question.text):
        return question
    return replace(question, rows=(*question.rows, "現状と課題"), asked=question.asked | {Asked.LIST})


def one_a_heading(hits: Sequence[Hit]) -> list[Hit]:
    """The best entry of each heading (「見出し：役割」); all of them where there is but one heading."""
    groups: dict[str, Hit] = {}
    for hit in hits:
        groups.setdefault(hit.entry.heading, hit)
    return list(groups.values()) if len(groups) > 1 else list(hits)


def _sharing_name(named: Hit, hits: Sequence[Hit]) -> list[Hit]:
    """The entries whose titles have the name of another in them: the word alone doesn't tell which is meant."""
    name = fold(named.entry.title)
    return [hit for hit in by_title(hits) if name in (title := fold(hit.entry.title)) and name != title]


def _titled(question: Question, groups: Sequence[Hit]) -> list[Hit]:
    """The entries whose title has the subject."""
    surfaces = [concept.surface for concept in question.concepts]
    return [hit for hit in groups if any(word in fold(hit.entry.title) for word in surfaces)]


def _titled_first(question: Question, groups: list[Hit]) -> list[Hit]:
    """Entries whose title has the subject come before those that only speak of it, unless these have more of it."""
    most = max((hit.cover for hit in groups), default=0.0)
    titled = [hit for hit in _titled(question, groups) if hit.cover >= most - _AS_MUCH]
    return [*titled, *(hit for hit in groups if hit not in titled)]
