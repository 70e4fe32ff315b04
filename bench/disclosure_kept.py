"""The score of each city written down as it is found, so that an attack of an hour takes up where it was ended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from bench.harness import RESULTS, ROOT

_FILE = RESULTS / "disclosure-cities.jsonl"
_CODE = ("surveys/disclosure/*.py", "bench/disclosure*.py")


@dataclass(frozen=True)
class Score:
    """One city under attack: counts that were attacked and those known too well, by everybody tried."""

    attacked: int
    violations: int


def scores(
    executor: Executor, method: str, attack: Callable[[int], Score], seeds: Sequence[int], path: Path = _FILE
) -> Iterator[Score]:
    """The score of every city by its seed: those written down with the very same code, then the others as they are found.

    Raises what the first city that failed raised, once those under way are written down.
    """
    code = _fingerprint()
    known = _known(path, (method, code))
    yield from (known[seed] for seed in seeds if seed in known)
    left = [seed for seed in seeds if seed not in known]
    running = {executor.submit(partial(attack, seed)): seed for seed in left}
    path.parent.mkdir(parents=True, exist_ok=True)
    failed: BaseException | None = None
    try:
        for future in as_completed(running):
            if future.cancelled():
                continue
            if error := future.exception():
                failed = failed or error
                _cancel(running)
                continue
            score = future.result()
            line = {"method": method, "code": code, "seed": running[future], **asdict(score)}
            with path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
            yield score
    finally:
        _cancel(running)
    if failed is not None:
        raise failed


def _cancel(running: Iterable[Future[Score]]) -> None:
    for future in running:
        future.cancel()


def _known(path: Path, wanted: tuple[str, str]) -> dict[int, Score]:
    if not path.exists():
        return {}
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {
        line["seed"]: Score(line["attacked"], line["violations"])
        for line in lines
        if (line["method"], line["code"]) == wanted
    }


def _fingerprint() -> str:
    """Of what decides and of what attacks: a change of either makes every city anew."""
    found = hashlib.sha256()
    for path in sorted(path for pattern in _CODE for path in ROOT.glob(pattern)):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]
