"""Settings from the environment, validated once at start."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address, ip_network
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DATABASE_SCHEMES = ("sqlite:///", "postgresql://")


@dataclass(frozen=True)
class SettingProblem:
    """One wrong setting: its name in the environment, what is wrong with it, and the limits it breaks.

    The wrong value itself is left out: it may be a secret.
    """

    name: str
    code: str
    limits: dict[str, str]


_OF_WHOLE_MODEL = {
    "playground_not_on_loopback": "TEAMS_PLAYGROUND",
    "proxy_by_half": "DXBOT_PROXY_HEADER",
    "oidc_by_half": "DXBOT_OIDC_ISSUER",
}


class SettingsError(Exception):
    """One or more settings are missing or wrong. `problems` names each."""

    def __init__(self, problems: tuple[SettingProblem, ...]) -> None:
        super().__init__("\n".join(f"{problem.name}: {problem.code}" for problem in problems))
        self.problems = problems


class Settings(BaseSettings):
    """What the environment says. Frozen: nothing changes a setting while the program runs."""

    # Names are matched exactly, or LOG_LEVEL and CONTENT of other programs would be read as ours.
    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", frozen=True, populate_by_name=True, case_sensitive=True
    )

    host: str = Field("127.0.0.1", alias="HOST", min_length=1)
    port: int = Field(8080, alias="PORT", ge=0, le=65535)
    database_url: str = Field("sqlite:///var/dxbot.db", alias="DATABASE_URL")
    content: Annotated[tuple[str, ...], NoDecode] = Field(("fujisawa",), alias="DXBOT_CONTENT")
    encoder: str = Field("", alias="DXBOT_ENCODER")
    encoder_questions: bool = Field(False, alias="DXBOT_ENCODER_QUESTIONS")
    log_level: str = Field("INFO", alias="DXBOT_LOG_LEVEL", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    working_hours: str = Field("08:30-17:15", alias="DXBOT_WORKING_HOURS")
    log_format: Literal["json", "text"] = Field("json", alias="DXBOT_LOG_FORMAT")

    closures: Annotated[tuple[date, ...], NoDecode] = Field((), alias="DXBOT_CLOSURES")
    question_days: int = Field(365, alias="DXBOT_QUESTION_DAYS", ge=1, le=3650)
    audit_years: int = Field(3, alias="DXBOT_AUDIT_YEARS", ge=1, le=30)
    result_years: int = Field(5, alias="DXBOT_RESULT_YEARS", ge=1, le=30)
    leaver_days: int = Field(365, alias="DXBOT_LEAVER_DAYS", ge=0, le=3650)
    backup_dir: str = Field("", alias="DXBOT_BACKUP_DIR")
    backup_days: int = Field(30, alias="DXBOT_BACKUP_DAYS", ge=1, le=3650)
    erased_list: str = Field("", alias="DXBOT_ERASED_LIST")
    expert_role: Literal["leader", "manager"] = Field("leader", alias="DXBOT_EXPERT_ROLE")
    inquiry_channels: Annotated[tuple[str, ...], NoDecode] = Field((), alias="DXBOT_INQUIRY_CHANNELS")

    public_url: str = Field("", alias="DXBOT_PUBLIC_URL")
    session_idle_minutes: int = Field(30, alias="DXBOT_SESSION_IDLE_MINUTES", ge=1, le=1440)
    session_hours: int = Field(10, alias="DXBOT_SESSION_HOURS", ge=1, le=168)
    proxy_header: str = Field("", alias="DXBOT_PROXY_HEADER")
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field((), alias="DXBOT_TRUSTED_PROXIES")
    oidc_issuer: str = Field("", alias="DXBOT_OIDC_ISSUER")
    oidc_client_id: str = Field("", alias="DXBOT_OIDC_CLIENT_ID")
    oidc_client_secret: SecretStr | None = Field(None, alias="DXBOT_OIDC_CLIENT_SECRET")
    oidc_claim: str = Field("email", alias="DXBOT_OIDC_CLAIM")

    slack_bot_token: SecretStr | None = Field(None, alias="SLACK_BOT_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, alias="SLACK_SIGNING_SECRET")
    slack_app_token: SecretStr | None = Field(None, alias="SLACK_APP_TOKEN")
    slack_api_url: str = Field("https://slack.com/api/", alias="SLACK_API_URL")

    teams_app_id: str = Field("", alias="TEAMS_APP_ID")
    teams_app_password: SecretStr | None = Field(None, alias="TEAMS_APP_PASSWORD")
    teams_app_tenant_id: str = Field("", alias="TEAMS_APP_TENANT_ID")
    teams_service_urls: Annotated[tuple[str, ...], NoDecode] = Field(
        ("https://smba.trafficmanager.net/",), alias="TEAMS_SERVICE_URLS"
    )
    teams_playground: bool = Field(False, alias="TEAMS_PLAYGROUND")
    teams_app_type: Literal["SingleTenant", "ManagedIdentity"] = Field("SingleTenant", alias="TEAMS_APP_TYPE")
    teams_login_url: str = Field("https://login.microsoftonline.com", alias="TEAMS_LOGIN_URL")
    teams_openid_url: str = Field(
        "https://login.botframework.com/v1/.well-known/openidconfiguration", alias="TEAMS_OPENID_URL"
    )
    teams_identity_url: str = Field(
        "http://169.254.169.254/metadata/identity/oauth2/token", alias="TEAMS_IDENTITY_URL"
    )

    @field_validator(
        "content", "closures", "inquiry_channels", "trusted_proxies", "teams_service_urls", mode="before"
    )
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator(
        "slack_bot_token",
        "slack_signing_secret",
        "slack_app_token",
        "teams_app_password",
        "oidc_client_secret",
        mode="before",
    )
    @classmethod
    def _blank_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("inquiry_channels")
    @classmethod
    def _office_and_place(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for entry in value:
            office, _, place = entry.partition("=")
            if not office.strip() or not re.fullmatch(r"slack/[CG][A-Z0-9]+", place.strip()):
                raise PydanticCustomError("inquiry_channel", "must be written 課=slack/C0123")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for entry in value:
            try:
                ip_network(entry)
            except ValueError:
                raise PydanticCustomError("network", "must be an address or a network") from None
        return value

    @field_validator("public_url", "oidc_issuer")
    @classmethod
    def _site(cls, value: str) -> str:
        parts = urlsplit(value)
        plain = parts.scheme == "http" and is_loopback(parts.hostname or "")
        if value and (not parts.hostname or parts.query or parts.fragment or parts.username is not None):
            raise PydanticCustomError("site", "must be an address without query")
        if value and parts.scheme != "https" and not plain:
            raise PydanticCustomError("site_https", "must begin with https://")
        return value

    @field_validator("proxy_header", "oidc_claim")
    @classmethod
    def _plain_name(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9_.:/-]{0,100}", value):
            raise PydanticCustomError("plain_name", "must be a name")
        return value

    @field_validator("working_hours")
    @classmethod
    def _two_times(cls, value: str) -> str:
        ends = re.fullmatch(r"((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)", value)
        if ends is None or ends[1] >= ends[2]:
            raise PydanticCustomError("working_hours", "must be written 08:30-17:15")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        scheme = next((scheme for scheme in DATABASE_SCHEMES if value.startswith(scheme)), None)
        if scheme is None or value == scheme:
            raise PydanticCustomError("database_url", "must begin with sqlite:/// or postgresql://")
        return value

    @field_validator(
        "slack_api_url", "teams_service_urls", "teams_login_url", "teams_openid_url", "teams_identity_url"
    )
    @classmethod
    def _web_address(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for url in (value,) if isinstance(value, str) else value:
            if not url.startswith(("https://", "http://")):
                raise PydanticCustomError("web_address", "must begin with https:// or http://")
        return value

    @model_validator(mode="after")
    def _whole_sign_in(self) -> Self:
        if bool(self.proxy_header) != bool(self.trusted_proxies):
            raise PydanticCustomError("proxy_by_half", "needs both settings")
        if bool(self.oidc_issuer) != bool(self.oidc_client_id) or (self.oidc_issuer and not self.public_url):
            raise PydanticCustomError("oidc_by_half", "needs its other settings")
        return self

    @model_validator(mode="after")
    def _playground_on_loopback(self) -> Self:
        if self.teams_playground and not self.on_loopback:
            raise PydanticCustomError("playground_not_on_loopback", "needs HOST on loopback")
        return self

    @property
    def uses_slack(self) -> bool:
        """Whether Slack is set up, be it by half."""
        return any((self.slack_bot_token, self.slack_signing_secret, self.slack_app_token))

    @property
    def uses_teams(self) -> bool:
        """Whether Teams is set up, be it by half."""
        told = (self.teams_app_id, self.teams_app_password, self.teams_app_tenant_id)
        return self.teams_playground or any(told)

    @property
    def on_loopback(self) -> bool:
        """Whether the server listens on this machine only."""
        return is_loopback(self.host)


def is_loopback(name: str) -> bool:
    """Whether a host's name or address is this machine's own."""
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def load_settings(**overrides: object) -> Settings:
    """Read and check the environment. Raises SettingsError naming every wrong setting, misspelt names among them."""
    unknown = tuple(SettingProblem(name, "unknown", {}) for name in _unknown_names())
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError((*unknown, *(_problem(detail) for detail in error.errors()))) from None
    if unknown:
        raise SettingsError(unknown)
    return settings


def _unknown_names() -> list[str]:
    """Names that begin like ours and are none: a slip of the hand that would go unnoticed."""
    known = set(setting_names())
    return sorted(name for name in os.environ if name.startswith("DXBOT_") and name not in known)


def setting_names() -> list[str]:
    """The environment name of every setting, in order."""
    return [field.alias or name for name, field in Settings.model_fields.items()]


def _problem(detail: ErrorDetails) -> SettingProblem:
    limits = {key: str(value) for key, value in detail.get("ctx", {}).items()}
    return SettingProblem(_environment_name(detail), detail["type"], limits)


def _environment_name(detail: ErrorDetails) -> str:
    if not detail["loc"]:  # the checks over the whole model
        return _OF_WHOLE_MODEL[detail["type"]]
    name = str(detail["loc"][0])
    field = Settings.model_fields.get(name)
    return (field.alias or name) if field else name
