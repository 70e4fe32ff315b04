"""Frameworks and catalogues that cannot be used are refused by name; the last good one stays."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml

from bot.written.records import RecordError
from surveys.skills.framework import Framework
from surveys.skills.reading import CATALOGUE, FRAMEWORK, SHIPPED, read_skill_set

Data = dict[str, Any]


def changed(tmp_path: Path, change: Callable[[Data, Data], None]) -> Path:
    """The shipped folder with a change to (framework, catalogue)."""
    folder = tmp_path / "skills"
    copytree(SHIPPED, folder)
    data = [yaml.safe_load((folder / name).read_text(encoding="utf-8")) for name in (FRAMEWORK, CATALOGUE)]
    change(data[0], data[1])
    for name, content in zip((FRAMEWORK, CATALOGUE), data, strict=True):
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def _twice(framework: Data, _: Data) -> None:
    framework["skills"].append(deepcopy(framework["skills"][0]))


def _target(framework: Data, _: Data) -> None:
    framework["skills"][0]["targets"]["general"] = 5


def _no_tier(framework: Data, _: Data) -> None:
    del framework["skills"][0]["targets"]["field"]


def _circle(framework: Data, _: Data) -> None:
    by_id = {skill["id"]: skill for skill in framework["skills"]}
    by_id["sheet"]["requires"] = [{"skill": "evidence", "level": 2, "from": 1}]


def _anchor(framework: Data, _: Data) -> None:
    framework["skills"][0]["anchors"].pop()


def _area(framework: Data, _: Data) -> None:
    framework["skills"][0]["area"] = "nowhere"


def _need(framework: Data, _: Data) -> None:
    framework["skills"][0]["requires"] = [{"skill": "magic", "level": 1, "from": 1}]


def _check(framework: Data, _: Data) -> None:
    next(skill for skill in framework["skills"] if skill["id"] == "security")["targets"]["expert"] = 4


def _levels(framework: Data, _: Data) -> None:
    framework["levels"].reverse()


def _no_raise(_: Data, catalogue: Data) -> None:
    catalogue["resources"][0]["raises"] = []


def _downwards(_: Data, catalogue: Data) -> None:
    catalogue["resources"][0]["raises"] = [{"skill": "plan", "from": 3, "to": 1}]


def _unknown(_: Data, catalogue: Data) -> None:
    catalogue["resources"][0]["raises"] = [{"skill": "magic", "from": 0, "to": 1}]


def _resource_twice(_: Data, catalogue: Data) -> None:
    catalogue["resources"].append(deepcopy(catalogue["resources"][0]))


@pytest.mark.parametrize(
    "change, said",
    [
        (_twice, "「improve」が2か所"),
        (_target, "targets general"),
        (_no_tier, "小さく試して直す」の targets が区分と合いません（field）"),
        (_circle, "前提が一回りしています"),
        (_anchor, "anchors が 4 個"),
        (_area, "nowhere"),
        (_need, "magic"),
        (_check, "目標は 3 まで"),
        (_levels, "0、1、2、3、4"),
        (_no_raise, "raises"),
        (_downwards, "大きくしてください"),
        (_unknown, "magic"),
        (_resource_twice, "学びかたの id「r-plan」"),
    ],
)
def test_what_cannot_be_used_is_named(
    tmp_path: Path, change: Callable[[Data, Data], None], said: str
) -> None:
    with pytest.raises(RecordError) as raised:
        read_skill_set(changed(tmp_path, change))
    assert any(said in line for line in raised.value.errors), raised.value.errors


def test_a_skill_that_vanishes_unsaid_is_refused(tmp_path: Path) -> None:
    last = read_skill_set().framework

    def drop(framework: Data, catalogue: Data) -> None:
        framework["skills"] = [skill for skill in framework["skills"] if skill["id"] != "copyright"]
        catalogue["resources"] = [
            one for one in catalogue["resources"] if one["raises"][0]["skill"] != "copyright"
        ]

    with pytest.raises(RecordError, match="copyright"):
        read_skill_set(changed(tmp_path, drop), last)


def test_a_split_or_renamed_skill_keeps_its_history() -> None:
    framework: Framework = read_skill_set().framework
    old = {"M1": 3, "T4": 2, "gone": 4}
    assert framework.carried_over(old) == {"improve": 3, "cloud": 2, "network": 2}
