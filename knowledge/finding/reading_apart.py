"""Reading many entries: in two processes beside this one, so that answering goes on."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context

from knowledge.entry import Entry
from knowledge.finding.counting import Counts
from knowledge.finding.reading import Depth, ReadEntries, read_entries
from knowledge.finding.sentences import Sentence
from knowledge.language.vocabulary import Phrase

PROCESSES = 2
_MOST_AT_ONCE = 5_000
_RUN = 500


def read_all(entries: Sequence[Entry], depth: Depth) -> list[ReadEntries]:
    """Every entry, run by run in order; many are read in processes of their own."""
    if len(entries) <= _MOST_AT_ONCE:
        return [read_entries(entries, depth)]
    runs = [entries[start : start + _RUN] for start in range(0, len(entries), _RUN)]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as processes:
        met: dict[Phrase, Phrase] = {}
        return [_sharing(read, met) for read in processes.map(partial(read_entries, depth=depth), runs)]


def _sharing(read: ReadEntries, met: dict[Phrase, Phrase]) -> ReadEntries:
    """What another process read, with the same words held once: each phrase comes with the first run that has it."""
    new = tuple(phrase for phrase in read.phrases if met.setdefault(phrase, phrase) is phrase)
    shared = {name: _interned(getattr(read, name)) for name in ("entries", "passages", "letters", "meaning")}
    sentences = {text: tuple(map(_sharing_terms, found)) for text, found in read.sentences.items()}
    return replace(read, phrases=new, sentences=sentences, **shared)


def _sharing_terms(sentence: Sentence) -> Sentence:
    return replace(sentence, terms=tuple(map(sys.intern, sentence.terms)))


def _interned(counts: Counts) -> Counts:
    return replace(counts, terms=tuple(map(sys.intern, counts.terms)))
