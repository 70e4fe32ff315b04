"""Slack's files: announced, sent to an address, declared complete, and some moments later fit to be shown in a block."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack_blocks import files_in
from tests.fakes.slack_refusal import Refusal

Object = dict[str, Any]
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass
class Upload:
    """A file on its way: what was announced, what came, and since when it is complete."""

    length: int
    name: str
    alt: str = ""
    data: bytes = b""
    title: str = ""
    complete_at: float | None = None


@dataclass
class Files:
    """The files of a workspace. They can be shown `seconds` after they are complete."""

    clock: Callable[[], float]
    seconds: float = 0.0
    uploads: dict[str, Upload] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def announce(self, fields: Object, url: str) -> Object:
        """files.getUploadURLExternal: where to send a file of so many bytes."""
        length = int(fields.get("length") or 0)
        if length <= 0 or not fields.get("filename"):
            raise Refusal("missing_argument")
        if len(fields.get("alt_txt", "")) > 1000:
            raise Refusal("alt_txt_too_large")
        made = f"F0FILE{next(self._numbers):06d}"
        self.uploads[made] = Upload(length, fields["filename"], fields.get("alt_txt", ""))
        return {"upload_url": f"{url}/upload/{made}", "file_id": made}

    def take(self, name: str, data: bytes) -> bool:
        """The bytes themselves: once, as many as announced, for a file that was."""
        upload = self.uploads.get(name)
        if upload is None or upload.data or len(data) != upload.length:
            return False
        upload.data = data
        return True

    def complete(self, fields: Object) -> Object:
        """files.completeUploadExternal."""
        wanted = json.loads(fields.get("files") or "[]")
        if not wanted:
            raise Refusal("invalid_arguments")
        for one in wanted:
            upload = self.uploads.get(one["id"])
            if upload is None or not upload.data:
                raise Refusal("file_not_found")
            upload.title, upload.complete_at = one.get("title", ""), self.clock()
        return {"files": wanted}

    def check(self, blocks: object) -> None:
        """Whether the files that blocks show are there, complete, and images."""
        for name in files_in(blocks):
            upload = self.uploads.get(name)
            if upload is None or upload.complete_at is None:
                raise Refusal("invalid_blocks", errors=["invalid slack file"])
            if self.clock() < upload.complete_at + self.seconds or not upload.data.startswith(PNG):
                raise Refusal("invalid_blocks", errors=["invalid slack file"])
