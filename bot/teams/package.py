"""The app package that a Teams administrator uploads: the manifest and the two icons, zipped."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from bot.teams.icons import ACCENT, color_icon, outline_icon
from bot.teams.invokes import MEANING_COMMAND, SEARCH_COMMAND, SEARCH_PARAMETER
from bot.texts.ja import teams as texts

MANIFEST_VERSION = "1.19"
SCHEMA = (
    f"https://developer.microsoft.com/en-us/json-schemas/teams/v{MANIFEST_VERSION}/MicrosoftTeams.schema.json"
)
# The same package every time: a zip entry's date is part of it.
ENTRY_DATE = (2026, 1, 1, 0, 0, 0)


def build_manifest(app_id: str, version: str, site: str) -> dict[str, Any]:
    """The manifest of the bot `app_id`; `site` is the city's own address (https)."""
    title, description = texts.COMMAND_HELP
    commands = [{"title": title, "description": description}]
    scopes = ["personal", "team", "groupChat"]
    return {
        "$schema": SCHEMA,
        "manifestVersion": MANIFEST_VERSION,
        "version": version,
        "id": app_id,
        "developer": {
            "name": texts.APP_DEVELOPER,
            "websiteUrl": site,
            "privacyUrl": site,
            "termsOfUseUrl": site,
        },
        "name": {"short": texts.APP_NAME, "full": texts.APP_FULL_NAME},
        "description": {"short": texts.APP_SHORT, "full": texts.APP_DESCRIPTION},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": ACCENT,
        "localizationInfo": {"defaultLanguageTag": "ja"},
        "bots": [
            {
                "botId": app_id,
                "scopes": scopes,
                "supportsFiles": False,
                "isNotificationOnly": False,
                "commandLists": [{"scopes": scopes, "commands": commands}],
            }
        ],
        "composeExtensions": [{"botId": app_id, "commands": [_search(), _explain()]}],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [],
    }


def build_package(manifest: dict[str, Any]) -> bytes:
    """The zip's bytes."""
    files = {
        "manifest.json": json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n",
        "color.png": color_icon(),
        "outline.png": outline_icon(),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(name, ENTRY_DATE), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _search() -> dict[str, Any]:
    parameter = {
        "name": SEARCH_PARAMETER,
        "title": texts.SEARCH_PARAMETER,
        "description": texts.SEARCH_PARAMETER_DESCRIPTION,
        "inputType": "text",
    }
    return {
        "id": SEARCH_COMMAND,
        "type": "query",
        "title": texts.SEARCH_TITLE,
        "description": texts.SEARCH_DESCRIPTION,
        "initialRun": False,
        "context": ["compose", "commandBox"],
        "parameters": [parameter],
    }


def _explain() -> dict[str, Any]:
    return {
        "id": MEANING_COMMAND,
        "type": "action",
        "title": texts.MEANING_TITLE,
        "description": texts.MEANING_DESCRIPTION,
        "context": ["message"],
        "fetchTask": True,
    }
