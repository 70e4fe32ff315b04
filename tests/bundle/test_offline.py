"""The offline bundle: built twice to the same bytes, installed where there is no network, asked a question there."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.bundle import inside

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "scripts" / "build_bundle.py"
WHEELS = Path(os.environ.get("BUNDLE_WHEELS", ROOT / "build" / "wheels"))

pytestmark = pytest.mark.bundle


def build(out: Path) -> Path:
    command = (sys.executable, str(BUILD), "--wheels", str(WHEELS), "--out", str(out))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (archive,) = out.iterdir()
    return archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def bundle(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(archive) as tar:
        tar.extractall(place, filter="data")
    (folder,) = place.iterdir()
    return folder


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def test_the_same_commit_gives_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    again = build(tmp_path)
    assert (again.name, digest(again)) == (archive.name, digest(archive))
    again.unlink()


def test_every_file_has_its_checksum_and_every_part_its_licence(bundle: Path) -> None:
    lines = (bundle / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: value for value, name in (line.split("  ", 1) for line in lines)}
    files = {path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*") if path.is_file()}
    assert sums == {name: digest(path) for name, path in files.items() if name != "SHA256SUMS"}
    parts = json.loads(files["sbom.cdx.json"].read_text("utf-8"))["components"]
    wheels = [name for name in files if name.startswith("wheels/")]
    assert len(parts) + 1 == len(wheels), "every wheel but our own is a part"
    for part in parts:
        assert part["hashes"][0]["content"] in sums.values(), part["name"]
        assert part["licenses"], part["name"]


def test_no_index_is_named(bundle: Path) -> None:
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").split("/")[2]
    for path in bundle.rglob("*"):
        if path.is_file() and path.suffix not in {".whl", ".png"}:
            text = path.read_text("utf-8")
            assert index not in text and "pythonhosted" not in text, path.name


def test_it_installs_answers_and_serves_without_any_network(bundle: Path, tmp_path: Path) -> None:
    seen = offline(bundle, tmp_path / "dxbot")
    assert seen["outside"] is False
    assert "入れ終わりました" in str(seen["installed"])
    assert "同じ版" in str(seen["again"])
    assert "要対応" not in str(seen["doctor"])
    asked = seen["asked"]
    assert isinstance(asked, dict) and (asked["outcome"], asked["title"]) == ("answer", "RPA")
    assert (seen["/"], seen["/readyz"], seen["serve"]) == (200, 200, 0)


def test_a_changed_file_stops_the_installation(bundle: Path, tmp_path: Path) -> None:
    (bundle / "Procfile").write_text("web: something else\n")
    done = install(bundle, tmp_path / "dxbot")
    assert done.returncode == 1 and "中身が元のものと違います" in done.stderr
    assert not (tmp_path / "dxbot").exists()


def test_another_machine_or_python_is_named(bundle: Path, tmp_path: Path) -> None:
    told = (bundle / "target.txt").read_text()
    for changed, reason in (("3.11 aarch64 2.28", "aarch64"), ("3.12 x86_64 2.28", "Python 3.12")):
        (bundle / "target.txt").write_text(f"{changed}\n")
        done = install(bundle, tmp_path / "dxbot")
        assert done.returncode == 1 and reason in done.stderr
    (bundle / "target.txt").write_text(told)


def install(bundle: Path, place: Path) -> subprocess.CompletedProcess[str]:
    command = ("sh", str(bundle / "install.sh"), str(place))
    environment = {**os.environ, "PYTHON": sys.executable}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def offline(bundle: Path, place: Path) -> Mapping[str, object]:
    """What tests/bundle/inside.py saw in a network namespace of its own, with nothing of our settings."""
    unshare = ("unshare", "--map-root-user", "--net")
    if subprocess.run((*unshare, "true"), capture_output=True, check=False).returncode:
        pytest.skip("no network namespace can be made here (unshare --net is refused)")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(place),
        "PYTHON": sys.executable,
        "LANG": "C.UTF-8",
    }
    command = (*unshare, sys.executable, inside.__file__, str(bundle), str(place))
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(told, dict)
    return told
