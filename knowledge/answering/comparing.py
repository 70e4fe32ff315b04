"""Comparisons of anything: the two sides as the question words them, and the entries they are about."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from knowledge.answering.confidence import ANSWER, confidence
from knowledge.answering.evidence import weigh
from knowledge.asking.concepts import Question, QuestionReader
from knowledge.asking.kinds import Asked
from knowledge.entry import Entry
from knowledge.finding.finder import Finder, Hit
from knowledge.finding.headwords import Headwords

_TAIL = (
    r"(?:の(?:違い|ちがい|差|比較|関係|使い分け|線引き|区別|異なる)|(?:って|とは|とで|では|は|を|で)?[、,]?\s*"
    r"(?:何が|なにが|どう|どこが|どっち|どちら|どんな|比[べ較]|くらべ|それぞれ|両方|どちらも|どっちも|違|ちがう)|"
    r"[、,][^。?!、,]{0,20}(?:を並べ|両方|どちらも|どっちも|それぞれ))"
)
_WORD = r"(?=[^。?!]*[a-z0-9一-龠ァ-ヴ])[^。?!]{1,60}?"
_SIDES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<first>{_WORD})(?:って|は)(?P<second>{_WORD})と(?:は)?[、,]?(?:どう|何が|どこが)(?:違|ちが|異な)",
        rf"(?P<first>{_WORD})(?:と[、,]?|および|及び|vs\.?)\s*(?P<second>{_WORD}){_TAIL}",
    )
)
_LEADING = re.compile(r".*(?:けど|ですが|ますが|[「『])[、,]?")


@dataclass(frozen=True)
class Compared:
    """The entries that the sides are about, in order of mention, and the words of sides that nobody wrote about."""

    entries: tuple[Entry, ...]
    unwritten: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether both sides were found, and are not the same thing."""
        return len(self.entries) == 2 and self.entries[0].title != self.entries[1].title

    @property
    def lacks_one(self) -> bool:
        """Whether nobody wrote about one side, whatever was found for the other."""
        return len(self.unwritten) == 1 and len(self.entries) < 2


class Comparer:
    """Finds what is compared. `rank` gives the hits for a question, best first. Immutable."""

    def __init__(
        self,
        finder: Finder,
        reader: QuestionReader,
        headwords: Headwords,
        rank: Callable[[Question], list[Hit]],
    ) -> None:
        self._finder = finder
        self._reader = reader
        self._headwords = headwords
        self._rank = rank

    def compared(self, question: Question) -> Compared:
        """Two terms or roles named in the question, else its two sides, whatever they are about."""
        linked = self._headwords.linked(question.text)
        if len(linked) == 2:
            return Compared(tuple(linked), ())
        sides = None if Asked.PICTURE in question.asked else sides_of(question.text)
        if sides is None:
            return Compared((), ())
        unwritten = tuple(side for side in sides if self._is_unwritten(side))
        found = (self._side(side, question.rows) for side in sides if side not in unwritten)
        return Compared(tuple(entry for entry in found if entry), unwritten)

    def _side(self, words: str, rows: tuple[str, ...]) -> Entry | None:
        """The entry that one side names, or is about beyond doubt; one that has the rows asked for."""
        named = self._headwords.called(words)
        if named is not None and not rows:
            return named.entry
        question = replace(self._reader.read(words), rows=rows)
        hits = self._rank(question)
        if not hits:
            return None
        hit, evidence = weigh(self._finder, hits, question)
        if confidence(evidence) < ANSWER:
            return None
        having = {found.entry.id for found in self._finder.having_row(rows)}
        same = (other.entry for other in hits if other.entry.title == hit.entry.title)
        return next((entry for entry in same if entry.id in having), hit.entry)

    def _is_unwritten(self, words: str) -> bool:
        nouns = [concept for concept in self._reader.read(words).concepts if concept.is_noun]
        if any(noun.specific and noun.whole not in self._finder.index for noun in nouns):
            return True
        return bool(nouns) and not any(self._finder.known(noun) for noun in nouns)


def sides_of(text: str) -> tuple[str, str] | None:
    """The words on both sides of 「AとBの違い」 in a folded text; None when it compares nothing by name."""
    found = next((match for pattern in _SIDES if (match := pattern.search(text))), None)
    if found is None:
        return None
    first, second = (_LEADING.sub("", found[side]).strip("「」『』 、,") for side in ("first", "second"))
    return (first, second) if first and second else None
