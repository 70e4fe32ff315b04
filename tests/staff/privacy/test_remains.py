"""Searching files for texts, in every form."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from staff.privacy.remains import count, forms

NAME = "消野 去子"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-16", "cp932", "euc-jp"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "file").write_bytes(f"前{NAME}後{NAME}".encode(encoding))
    assert count(tmp_path / "file", [NAME, "去野"]) == {NAME: 2, "去野": 0}


@pytest.mark.parametrize(
    "change", [str, lambda text: text.replace("\\u6d88", "\\u6D88").replace("\\u91ce", "\\u91CE")]
)
def test_json_escapes(tmp_path: Path, change: type[str]) -> None:
    (tmp_path / "log").write_text(change(json.dumps({"event": "消野"})))
    assert count(tmp_path / "log", ["消野"])["消野"] == 1


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", f"<t>{NAME}</t>" * 50)
    (tmp_path / "log.gz").write_bytes(gzip.compress(f"{NAME}\n".encode() * 50))
    assert count(tmp_path / "a.xlsx", [NAME])[NAME] == 50
    assert count(tmp_path / "log.gz", [NAME])[NAME] == 50


def test_what_only_looks_packed_is_searched_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "odd").write_bytes(b"PK\x03\x04" + NAME.encode())
    (tmp_path / "empty").write_bytes(b"")
    assert count(tmp_path / "odd", [NAME])[NAME] == 1
    assert count(tmp_path / "empty", [NAME])[NAME] == 0


def test_plain_ascii_has_few_forms() -> None:
    assert set(forms("a@b")) == {b"a@b", "a@b".encode("utf-16-le"), "a@b".encode("utf-16-be")}
