"""Settings: what is read, what is refused, and what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings, setting_names
from bot.texts.ja.settings import setting_line


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)


def lines_of(error: SettingsError) -> list[str]:
    return [setting_line(problem.name, problem.code, problem.limits) for problem in error.problems]


def test_defaults_are_the_contracts() -> None:
    settings = load_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.database_url == "sqlite:///var/dxbot.db"
    assert settings.content == ("fujisawa",)
    assert settings.on_loopback


def test_content_is_a_list_and_may_be_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DXBOT_CONTENT", "fujisawa, procedures ,")
    assert load_settings().content == ("fujisawa", "procedures")
    monkeypatch.setenv("DXBOT_CONTENT", "")
    assert load_settings().content == ()


def test_offices_may_have_a_channel_for_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DXBOT_INQUIRY_CHANNELS", "職員課=slack/C0123, 市民窓口課=slack/G9")
    assert load_settings().inquiry_channels == ("職員課=slack/C0123", "市民窓口課=slack/G9")


@pytest.mark.parametrize(
    "told", ["職員課", "=slack/C1", "職員課=teams/C1", "職員課=slack/", "職員課=slack/general"]
)
def test_a_channel_for_questions_is_written_as_shown(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("DXBOT_INQUIRY_CHANNELS", told)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    (line,) = lines_of(caught.value)
    assert "DXBOT_INQUIRY_CHANNELS" in line
    assert "職員課=slack/C0123ABCD" in line


def test_a_dotenv_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("PORT=9001\nDXBOT_LOG_LEVEL=DEBUG\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "9002")
    settings = load_settings()
    assert (settings.port, settings.log_level) == (9002, "DEBUG")


def test_settings_of_other_programs_are_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOG_LEVEL", "CONTENT", "HOSTS"):
        monkeypatch.setenv(name, "something odd")
    assert load_settings() == Settings(host="127.0.0.1")


def test_every_wrong_setting_is_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    monkeypatch.setenv("HOST", "")
    monkeypatch.setenv("DXBOT_LOG_LEVEL", "loud")
    monkeypatch.setenv("DATABASE_URL", "mysql://u:secret@host/db")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    names = [problem.name for problem in caught.value.problems]
    assert sorted(names) == ["DATABASE_URL", "DXBOT_LOG_LEVEL", "HOST", "PORT"]
    assert "secret" not in "\n".join(lines_of(caught.value))


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("PORT", "70000", "65535 以下"),
        ("PORT", "-1", "0 以上"),
        ("PORT", "８０８０x", "数字"),
        ("DATABASE_URL", "sqlite:///", "sqlite:///ファイル名"),
        ("DATABASE_URL", "postgresql://", "postgresql://利用者"),
        ("DXBOT_LOG_LEVEL", "debug", "DEBUG、INFO"),
        ("TEAMS_PLAYGROUND", "perhaps", "1（有効）か 0（無効）"),
        ("SLACK_API_URL", "slack.com/api", "https://"),
        ("TEAMS_SERVICE_URLS", "https://a.example/,ftp://b.example/", "https://"),
    ],
)
def test_the_line_says_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, mend: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    (line,) = lines_of(caught.value)
    assert line.startswith(f"設定 {name}: ")
    assert mend in line


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.5", "bot.example", "::"])
def test_the_playground_needs_loopback(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("HOST", host)
    monkeypatch.setenv("TEAMS_PLAYGROUND", "1")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    (line,) = lines_of(caught.value)
    assert "TEAMS_PLAYGROUND" in line
    assert "127.0.0.1" in line


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "localhost"])
def test_loopback_hosts(host: str) -> None:
    assert load_settings(host=host, teams_playground=True).on_loopback


def test_secrets_are_not_shown_and_blank_ones_are_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "  ")
    settings = load_settings()
    assert "very-secret" not in repr(settings)
    assert settings.slack_signing_secret is None
    assert settings.slack_bot_token is not None


def test_nothing_changes_while_the_program_runs() -> None:
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1  # type: ignore[misc]
