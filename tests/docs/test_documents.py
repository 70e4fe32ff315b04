"""The documents keep up with the program: commands, settings, addresses, links, decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from pydantic import SecretStr

from bot.app import build_services, create_app
from bot.cli import dxbot
from bot.cli.console import permission_page
from bot.cli.standing import COMMANDS
from bot.settings import Settings, setting_names
from bot.texts.ja.security_sheet import REACH
from staff.privacy.register import REGISTER
from staff.privacy.sheet import security_sheet
from storage.database import open_database
from storage.migrations import migrate

ROOT = Path(__file__).resolve().parents[2]
OPERATION = ROOT / "docs" / "operation.md"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").iterdir())

_ROW = re.compile(r"^\| `(?P<name>[^`]+)` \|(?P<rest>.*)$", re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
# A command as a document shows it: in a row of its own or in backquotes.
_COMMAND = re.compile(
    r"(?:(?<=`)|(?<=^)|(?<=^current/bin/))dxbot [a-z][a-z-]*(?: [a-z][a-z-]+)?", re.MULTILINE
)
_ADDRESS = re.compile(r"(GET|POST|PUT|DELETE) (/\S*)")


def rows() -> dict[str, str]:
    """Every table row of the manual, by the name in its first cell."""
    found = {match["name"]: match["rest"] for match in _ROW.finditer(OPERATION.read_text(encoding="utf-8"))}
    assert len(found) > 30
    names = [match["name"] for match in _ROW.finditer(OPERATION.read_text(encoding="utf-8"))]
    assert len(names) == len(found), [name for name in found if names.count(name) > 1]
    return found


def commands(group: click.Group = dxbot, path: str = "dxbot") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def routes(tmp_path: Path) -> set[str]:
    url = f"sqlite:///{tmp_path / 'docs.db'}"
    with open_database(url) as database:
        migrate(database)
    every_channel = Settings(
        database_url=url,
        slack_bot_token=SecretStr("xoxb-docs"),
        slack_signing_secret=SecretStr("docs"),
        teams_playground=True,
        public_url="https://dxbot.example.lg.jp",
        oidc_issuer="https://id.example.lg.jp",
        oidc_client_id="docs",
    )
    services = build_services(every_channel)
    try:
        app = create_app(services)
        return {
            f"{route.method} {route.resource.canonical}"
            for route in app.router.routes()
            if route.resource and route.method != "HEAD"
        }
    finally:
        services.close()


@pytest.mark.parametrize(("path", "command"), list(commands()))
def test_every_command_and_option_is_documented(path: str, command: click.Command) -> None:
    row = rows().get(path)
    assert row is not None, f"{path} has no row in docs/operation.md"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert f"`{parameter.opts[0]}`" in row, f"{path} {parameter.opts[0]}"


def test_no_command_is_documented_that_does_not_exist() -> None:
    documented = {name for name in rows() if name.startswith("dxbot ")}
    assert documented == {path for path, _ in commands()}


def test_it_is_said_of_every_command_what_goes_on_record() -> None:
    told = {f"dxbot {path}" for path in COMMANDS}
    assert told == {path for path, _ in commands()}, (
        "put it into bot/cli/standing.py, and into tests/cli/test_standing.py"
    )


def test_every_setting_is_documented_with_its_default() -> None:
    documented = rows()
    for field in Settings.model_fields.values():
        assert field.alias is not None
        default = documented[field.alias].split("|")[0].strip().strip("`")
        assert default == _shown(field.default), field.alias


def test_the_example_file_names_every_setting() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.findall(r"^([A-Z_]+)=", example, re.MULTILINE) == setting_names()


def test_every_address_is_documented_and_no_other(tmp_path: Path) -> None:
    documented = {name for name in rows() if _ADDRESS.fullmatch(name)}
    assert documented == routes(tmp_path)


def test_the_table_of_permissions_is_the_codes() -> None:
    printed = (ROOT / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert printed == permission_page(), "run: dxbot console permissions > docs/permissions.md"


def test_the_security_sheet_is_the_registers() -> None:
    printed = (ROOT / "docs" / "security-sheet.md").read_text(encoding="utf-8")
    assert printed == security_sheet(), "run: dxbot privacy sheet > docs/security-sheet.md"
    assert set(REACH) == {item.id for item in REGISTER}, "bot/texts/ja/security_sheet.py tells of another"


def test_the_readme_leads_to_every_document() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert f"docs/{page.name}" in readme, page.name


def test_every_command_that_the_documents_name_exists() -> None:
    known = {path for path, _ in commands()}
    known |= {path.rpartition(" ")[0] for path in known}
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for match in _COMMAND.finditer(page.read_text(encoding="utf-8")):
            words = match[0].split()
            assert any(" ".join(words[:many]) in known for many in (2, 3)), f"{page.name}: {match[0]}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_images_resolve(page: Path) -> None:
    for match in _LINK.finditer(page.read_text(encoding="utf-8")):
        target = unquote(match["target"].partition("#")[0])
        if target and not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_decisions_are_numbered_each_with_its_own() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers and len(set(numbers)) == len(numbers)
    for number, path in zip(numbers, DECISIONS, strict=True):
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name)
        assert path.read_text(encoding="utf-8").startswith((f"# {number} ", f"# {number}: "))


def test_the_changelog_is_kept() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    for heading in headings[1:]:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", heading)
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= {
        "Added",
        "Changed",
        "Deprecated",
        "Removed",
        "Fixed",
        "Security",
    }


def test_make_explains_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    explained = " ".join(re.findall(r'@echo "(make .+?)  ', makefile))
    for target in set(targets.split()) - {"help"}:
        assert re.search(rf"\b{target}\b", explained), target


def _shown(default: object) -> str:
    match default:
        case None | "" | ():
            return "なし"
        case bool():
            return str(int(default))
        case tuple():
            return ",".join(default)
        case _:
            return str(default)
