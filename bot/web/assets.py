"""Style sheet, script and icon, served under names that carry a hash of their content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from aiohttp import web

from bot.web.refusal import Refusal

FOLDER = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """The static files, read once at start."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._names: dict[str, str] = {}
        self._files: dict[str, tuple[bytes, str]] = {}
        for path in sorted(folder.iterdir()):
            body = path.read_bytes()
            digest = hashlib.sha256(body).hexdigest()[:12]
            name = f"{path.stem}.{digest}{path.suffix}"
            self._names[path.name] = name
            self._files[name] = (body, TYPES[path.suffix])

    def url(self, name: str) -> str:
        """The address of a file by its plain name. Raises KeyError for a name that is not there."""
        return f"/static/{self._names[name]}"

    async def serve(self, request: web.Request) -> web.Response:
        """GET /static/{name}: the file, cacheable for good since a changed file gets another name. Raises Refusal 404."""
        try:
            body, content_type = self._files[request.match_info["name"]]
        except KeyError:
            raise Refusal(404) from None
        headers = {"Cache-Control": FOREVER, "X-Content-Type-Options": "nosniff"}
        return web.Response(body=body, content_type=content_type, charset="utf-8", headers=headers)
