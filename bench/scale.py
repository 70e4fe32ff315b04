"""Scale: 100,000 made-up articles: how long the index takes, what it weighs, how fast it answers and takes changes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from time import perf_counter, process_time

from bench.harness import ROOT, Cell, Result, city, percentile
from bench.megabytes import fair_share, megabytes
from bench.page import print_into
from knowledge.article import Article, Kind, Layer, Passage
from knowledge.asking.question import clean
from knowledge.base import KnowledgeBase
from knowledge.editing.store import Change, Version
from knowledge.meaning.words import DATA
from storage.database import open_database
from storage.stores import SqlStores

PAGE = ROOT / "docs" / "finding.md"
ARTICLES = int(os.environ.get("SCALE_ARTICLES", "100000"))
_QUESTIONS = 1_000
_SEED = 4
_NOUNS = 12_000
_TITLES = (
    "{0}の{1}について",
    "{0}{1}の手続",
    "{0}を{1}するとき",
    "{0}の{1}はどこでできますか",
    "{0}と{1}の{2}",
)
_SENTENCES = (
    "{0}の{1}は、{2}の窓口で受け付けています。",
    "{0}を希望する方は、{1}と{2}を持って{3}までお越しください。",
    "{0}については{1}が{2}を行い、{3}の後にお知らせします。",
    "なお、{0}の場合は{1}が必要です。",
    "{0}または{1}に変更があったときは、{2}以内に{3}へ届け出てください。",
    "{0}の対象となるのは{1}で、{2}を含みます。",
)
_ASKED = ("{0}の{1}はどうすればよいですか", "{0}の{1}に必要なもの", "{1}と{0}について知りたい", "{0} {1}")


def made_up_articles(size: int) -> Iterator[Article]:
    """Articles of one or more sentences, their nouns drawn as unevenly as words are in real texts."""
    chance, nouns = random.Random(_SEED), _nouns()
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(nouns))))
    for number in range(size):
        words = iter(chance.choices(nouns, cum_weights=weights, k=60))
        sentences = chance.choices(_SENTENCES, k=chance.randint(2, 12))
        text = "".join(sentence.format(*(next(words) for _ in range(4))) for sentence in sentences)
        title = chance.choice(_TITLES).format(*(next(words) for _ in range(3)))
        yield made_up(f"made-up-{number}", title, text)


def made_up(id_: str, title: str, text: str) -> Article:
    """An article of one passage."""
    return Article(
        id=id_,
        kind=Kind.FAQ,
        layer=Layer.EDITORIAL,
        title=title,
        passages=(Passage(text=text),),
        owner="市民課",
    )


def _nouns() -> list[str]:
    """Words of two characters and more from the list that the word vectors go by."""
    words = (DATA / "words.txt").read_text(encoding="utf-8").split("\n")
    kanji = [
        word
        for word in words
        if 2 <= len(word) <= 4 and all("一" <= ch <= "龠" or "ァ" <= ch <= "ー" for ch in word)
    ]
    chance = random.Random(_SEED)
    chance.shuffle(kanji)
    return kanji[:_NOUNS]


def questions() -> list[str]:
    """Questions on two nouns each."""
    chance = random.Random(_SEED + 1)
    nouns = _nouns()
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(nouns))))
    pairs = (chance.choices(nouns, cum_weights=weights, k=2) for _ in range(_QUESTIONS))
    return [chance.choice(_ASKED).format(*pair) for pair in pairs]


def measure() -> Result:
    """Import the articles into SQLite, then load, ask and change them in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = city(Path(folder), plan=False)
        store = SqlStores(open_database(environment["DATABASE_URL"]))
        store.articles.replace_source("made-up", list(made_up_articles(ARTICLES)))
        command = [sys.executable, "-m", "bench.scale"]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, cwd=ROOT)
    rows = tuple((name, value, wanted) for name, value, wanted in json.loads(done.stdout.splitlines()[-1]))
    title = f"{ARTICLES:,} made-up articles, SQLite, one process that answers"
    result = Result("scale", title, ("what", "measured", "wanted"), rows)
    print_into(PAGE, result, f"{title}.", digits=1)
    return result


def _measure_here() -> list[tuple[str, Cell, str]]:
    store = SqlStores(open_database(os.environ["DATABASE_URL"]))
    base = KnowledgeBase(store.articles, ())
    before = megabytes("VmRSS")
    began, spent = perf_counter(), _processor_seconds()
    base.refresh()
    built, spent = perf_counter() - began, _processor_seconds() - spent
    rows: list[tuple[str, Cell, str]] = [
        ("index built, s (two reading processes)", built, "<= 120"),
        ("processor time of all three, s", spent, "<= 240"),
        ("resident before, MB", before, ""),
        *_resident("once built"),
        ("peak while building, MB", megabytes("VmHWM"), ""),
    ]
    asked = questions()
    cold, warm = _asked(base, asked, 10), _asked(base, asked, 11)
    for name, (taken, processor) in (("first asked", cold), ("asked again, not recalled", warm)):
        rows.append((f"{name}: p50 ms", percentile(taken, 50), ""))
        rows.append((f"{name}: p95 ms", percentile(taken, 95), "<= 10"))
        rows.append((f"{name}: p95 of the processor, ms", percentile(processor, 95), ""))
    rows += _resident("once asked")
    found, slowest, median = _changed(base, store, asked)
    rows += [
        ("a changed article found after, s (worst of 3, polled every 0.5 s)", found, "<= 2"),
        ("questions meanwhile: p50 ms", median, ""),
        ("questions meanwhile: slowest ms", slowest, ""),
        *_resident("after changes"),
        ("peak, MB", megabytes("VmHWM"), ""),
    ]
    return rows


def _asked(base: KnowledgeBase, asked: Sequence[str], top: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each question, by the clock and of the processor; another `top` keeps an earlier answer from
    being recalled.
    """
    taken, processor = [], []
    for text in asked:
        began, spent = perf_counter(), process_time()
        base.whole.answer(clean(text), top=top)
        taken.append((perf_counter() - began) * 1000)
        processor.append((process_time() - spent) * 1000)
    return taken, processor


def _changed(base: KnowledgeBase, store: SqlStores, asked: Sequence[str]) -> tuple[float, float, float]:
    """Save three edits one after the other, as another process does, and poll as `dxbot serve` does."""
    taken: list[float] = []
    stop = threading.Event()

    def ask() -> None:
        for number, text in enumerate(list(asked) * 400):
            if stop.is_set():
                return
            began = perf_counter()
            base.whole.answer(clean(text + "。" * (number // len(asked))))  # not recalled
            taken.append((perf_counter() - began) * 1000)

    def look() -> None:
        while not stop.wait(0.5):
            base.refresh()

    others = [threading.Thread(target=ask), threading.Thread(target=look)]
    for thread in others:
        thread.start()
    waits = []
    for number in range(3):
        title = f"変更後の見本題名その{number}"
        version = edited(number * 7, title, "書き換えた本文です。")
        began = perf_counter()
        store.versions.save(version)
        while base.whole.answer(title, top=3 + number).ranking[0].id != version.article_id:
            time.sleep(0.02)
        waits.append(perf_counter() - began)
    stop.set()
    for thread in others:
        thread.join()
    base.refresh()  # as half a second later, with nothing new
    return max(waits), max(taken), percentile(taken, 50)


def edited(number: int, title: str, text: str) -> Version:
    """The first edit of a made-up article, as one saves it."""
    article, at = made_up(f"made-up-{number}", title, text), datetime.now(UTC)
    return Version(article_id=article.id, number=1, at=at, by="bench", change=Change.EDITED, article=article)


def _resident(when: str) -> list[tuple[str, Cell, str]]:
    """What the process holds. Of Sudachi's dictionary and the word vectors, files mapped into memory, questions touch
    page after page: those pages are all processes' together, and the kernel takes them back when it needs them.
    """
    return [
        (f"resident {when}, MB", megabytes("VmRSS"), "<= 600"),
        ("  its fair share (Pss), MB", fair_share("self"), ""),
        ("  of it the process's own, MB", megabytes("RssAnon"), ""),
        ("  of it pages of mapped files, MB", megabytes("RssFile"), ""),
    ]


def _processor_seconds() -> float:
    """What this process and those it waited for have spent."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


if __name__ == "__main__":
    print(json.dumps(_measure_here()))
