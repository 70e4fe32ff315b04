"""The attack's scores, kept city by city."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.disclosure_kept import Score, scores


def _attack(seed: int) -> Score:
    if seed == 2:
        raise TimeoutError
    return Score(seed * 10, 0)


def test_an_attack_takes_up_where_it_was_ended(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "cities.jsonl"
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(TimeoutError):
            list(scores(pool, "ours", _attack, range(4), path))
        asked: list[int] = []

        def attack(seed: int) -> Score:
            asked.append(seed)
            return Score(seed * 10, 0)

        found = list(scores(pool, "ours", attack, range(4), path))
        assert sorted(one.attacked for one in found) == [0, 10, 20, 30]
        assert 2 in asked
        assert not {0, 1} & set(asked)
        assert [one.attacked for one in scores(pool, "primary only", attack, [1], path)] == [10]
        assert asked.count(1) == 1
