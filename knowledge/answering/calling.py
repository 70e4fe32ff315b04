"""What a question calls things by: a name or letters that nobody wrote, a name that it asks for, a thing that it only describes."""

from __future__ import annotations

import re

from knowledge.answering.found import Found
from knowledge.asking.concepts import Concept
from knowledge.asking.kinds import GENERAL_HEADS, WRITTEN_OUT, Asked
from knowledge.finding.finder import Finder
from knowledge.language.japanese import fold

_ABBREVIATION = re.compile(rf"頭文字|何の(?:略|りゃく)|正式名|{WRITTEN_OUT}")
# A thing called by what it does (「書かない窓口って何」).
_CALLED = re.compile(
    r"(?<![をがにでとのへも一-龠々])(?P<name>[一-龠々]+[か-るわ]?(?:ない|る|た|い)[一-龠々ァ-ヴー]{2,})"
    r"(?:って(?:の|何|なに|なん|いう)|とは|というの)"
)
_QUOTED_ASKED = re.compile(
    r"「(?P<words>(?![^」]*(?:なんとか|何とか|なんちゃら|[○〇×…]))[^「」]{4,})」(?:って(?:何|なん|なに|どう|どんな)|の(?:中身|内容|定義))"
)
_NAME_COVER = 0.55
_EVERYWHERE = 1.0


def uncovered_name(found: Found) -> bool:
    """A name or foreign word stands for itself: where it is not written, nothing about it is."""
    names = [c for c in found.asked_about if c.specific and _is_telling(found.finder, c)]
    return any(found.finder.covers(found.hit.number, name) < _NAME_COVER for name in names)


def name_missing(found: Found) -> bool:
    """What a thing is called (a make, a firm, a university) is asked, and nobody wrote that sort of name."""
    return Asked.NAME in found.question.asked


def abbreviation_unknown(found: Found) -> bool:
    """What letters stand for, or mean, is told only where the letters are a headword."""
    defined = Asked.DEFINITION in found.question.asked and len(found.asked_about) == 1
    if not defined and not _ABBREVIATION.search(found.question.text):
        return False
    letters = [c.surface for c in found.question.concepts if c.surface.isascii() and c.surface.isalpha()]
    names = {fold(name) for name in found.hit.entry.names}
    return any(all(word not in name for name in names) for word in letters)


def description_unwritten(found: Found) -> bool:
    """A thing is called by what it does (「書かない窓口って何」), and the entry never calls it so: its last noun tells nothing."""
    if found.question.asked & {Asked.REVERSE, Asked.PREMISE}:
        return False
    names = [match["name"] for match in _CALLED.finditer(found.asking)]
    asked = [name for name in names if not name.endswith((*GENERAL_HEADS, "課題"))]
    return bool(asked) and asked[-1] not in _whole_entry(found)


def quoted_unwritten(found: Found) -> bool:
    """What words in quotation marks say or mean is asked, and the entry does not have them."""
    quoted = _QUOTED_ASKED.search(found.asking) if found.is_document else None
    return quoted is not None and quoted["words"] not in _whole_entry(found)


def _whole_entry(found: Found) -> str:
    entry = found.hit.entry
    texts = (passage.text for passage in (*entry.official_passages, *entry.editorial_passages))
    return fold("\n".join([*entry.names, *texts]))


def _is_telling(finder: Finder, name: Concept) -> bool:
    """Rare enough to matter, or a whole that nobody wrote though its parts are (横浜市)."""
    return finder.weight(name) >= _EVERYWHERE or name.whole not in finder.index
