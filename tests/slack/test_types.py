"""Block Kit against Slack's own types: whatever is rendered compiles with @slack/types under `tsc --strict`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.messages import Action, Choice, Form, FormField, Reply, Request, link_to
from bot.router import handle
from bot.services import Services
from bot.slack.home import home_view
from bot.slack.render import blocks
from bot.slack.views import form_view, reply_view
from tests.charts.specimens import OBSTACLES
from tests.web.specimen import hostile, show

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
TSC = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
SLACK_TYPES = ROOT / "node_modules" / "@slack" / "types"
MESSAGE, MODAL, HOME = "KnownBlock[]", "ModalView", "HomeView"
QUESTIONS = ("BPRとは何ですか", "言語と業務", "宇宙旅行の申込期限はいつですか", "使いかた")
WRONG = {
    "unknown_block": (MESSAGE, [{"type": "sektion", "text": {"type": "plain_text", "text": "x"}}]),
    "unknown_field": (MESSAGE, [{"type": "header", "text": {"type": "plain_text", "text": "x", "size": 1}}]),
    "wrong_text": (MESSAGE, [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]),
    "missing_text": (MESSAGE, [{"type": "actions", "elements": [{"type": "button", "action_id": "a"}]}]),
    "wrong_list": (
        MESSAGE,
        [{"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "abc"}]}],
    ),
    "wrong_title": (MODAL, {"type": "modal", "title": {"type": "mrkdwn", "text": "x"}, "blocks": []}),
    "wrong_view": (HOME, {"type": "modal", "blocks": []}),
}


def problems(folder: Path, values: Mapping[str, tuple[str, Any]]) -> dict[str, str]:
    """What the compiler says of the constants, by name; empty where all of them fit their types."""
    source = "import type { HomeView, KnownBlock, ModalView } from '@slack/types';\n"
    for name, (kind, value) in values.items():
        source += f"export const {name}: {kind} = {json.dumps(value)};\n"
    (folder / "blocks.ts").write_text(source, encoding="utf-8")
    options = {"strict": True, "noEmit": True, "types": [], "target": "es2022", "module": "preserve"}
    options |= {"paths": {"@slack/types": [str(SLACK_TYPES)]}}
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": ["blocks.ts"]}))
    node = shutil.which("node")
    assert node is not None and TSC.exists(), "node 20 or newer and `npm ci` are needed (make browser)"
    done = subprocess.run(
        [node, str(TSC), "--project", str(folder), "--pretty", "false"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    found = re.findall(r"^blocks\.ts\((\d+),\d+\): error (.+)$", done.stdout, re.MULTILINE)
    assert bool(found) == bool(done.returncode), done.stdout
    return {list(values)[int(line) - 2]: said for line, said in found}


BACK = Action(name="back", label="戻る", value="1")
OPENING = Action(name="open", label="答える", opens_form=True)
PAGE = link_to("https://city.example/s/token", "開く")


def every_form() -> Form:
    """One field of each kind."""
    choices = (Choice(value="a", label="甲", hint="一つめ"), Choice(value="b", label="乙"))
    fields = tuple(
        FormField.model_validate(
            {"id": kind, "label": kind, "kind": kind, "hint": "例", "choices": choices, "rows": choices}
        )
        for kind in get_args(FormField.model_fields["kind"].annotation)
    )
    assert len(fields) == 8
    return Form(
        name="f", title="様式", intro="ご記入ください。", submit="送る", fields=fields, actions=(BACK,)
    )


def test_all_that_is_rendered_fits_slacks_types(tmp_path: Path, services: Services) -> None:
    asked = [handle(Request(channel="slack", user="u", text=question), services) for question in QUESTIONS]
    specimens = [show_it(Request(channel="slack", user="u"), services) for show_it in (show, hostile)]
    replies = [
        *asked,
        *specimens,
        Reply(),
        Reply(title="様式", form=every_form()),
        Reply(actions=(OPENING, PAGE)),
    ]
    values: dict[str, tuple[str, Any]] = {}
    for number, reply in enumerate(replies):
        values[f"message{number}"] = (MESSAGE, blocks(reply))
        values[f"modal{number}"] = (MODAL, reply_view(reply))
    values["picture"] = (MESSAGE, blocks(Reply(parts=(OBSTACLES,)), files={OBSTACLES: "F0FILE000001"}))
    values["form"] = (MODAL, form_view(every_form()))
    values["home"] = (HOME, home_view(services.knowledge.whole.entries))
    assert problems(tmp_path, values) == {}


def test_the_compiler_catches_what_slack_would_refuse(tmp_path: Path) -> None:
    assert set(problems(tmp_path, WRONG)) == set(WRONG)
