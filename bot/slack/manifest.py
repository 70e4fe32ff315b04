"""The app manifest: what the bot is on Slack, and all that it asks to be allowed."""

from __future__ import annotations

from typing import Any

import yaml

from bot.slack.reading import COMMAND, TERM_MEANING
from bot.texts.ja import slack as texts

PATH = "/slack/events"
BOT_NAME = "dxbot"  # Slack takes small letters, digits and - _ . only
EVENTS = ("app_home_opened", "app_mention", "message.im")
# Each scope with what it is for; the reading ones see only conversations that the bot is in.
SCOPES = {
    "app_mentions:read": texts.SCOPE_MENTIONS,
    "channels:history": texts.SCOPE_CHANNELS,
    "chat:write": texts.SCOPE_WRITE,
    "commands": texts.SCOPE_COMMANDS,
    "files:write": texts.SCOPE_FILES,
    "groups:history": texts.SCOPE_GROUPS,
    "im:history": texts.SCOPE_DIRECT,
    "im:write": texts.SCOPE_OPEN,
    "users:read": texts.SCOPE_USERS,
    "users:read.email": texts.SCOPE_EMAIL,
}


def build_manifest(url: str) -> dict[str, Any]:
    """The manifest for a server at `url` (https, no slash at the end), or for Socket Mode when it is empty."""
    request = {"request_url": f"{url}{PATH}"} if url else {}
    return {
        "display_information": {
            "name": texts.PRODUCT,
            "description": texts.APP_DESCRIPTION,
            "long_description": texts.APP_LONG_DESCRIPTION,
            "background_color": "#1d4e89",
        },
        "features": _features(f"{url}{PATH}" if url else ""),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def write_manifest(url: str) -> str:
    """The manifest as YAML."""
    return yaml.safe_dump(build_manifest(url), allow_unicode=True, sort_keys=False, width=1000)


def _features(address: str) -> dict[str, Any]:
    command = {
        "command": COMMAND,
        "description": texts.COMMAND_DESCRIPTION,
        "usage_hint": texts.COMMAND_HINT,
        "should_escape": False,
    }
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": BOT_NAME, "always_online": True},
        "slash_commands": [command | ({"url": address} if address else {})],
        "shortcuts": [
            {
                "name": texts.SHORTCUT,
                "type": "message",
                "callback_id": TERM_MEANING,
                "description": texts.SHORTCUT_DESCRIPTION,
            }
        ],
    }
