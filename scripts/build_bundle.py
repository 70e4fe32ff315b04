"""Pack a release that installs without any network: dist/dxbot-VERSION-offline.tar.gz.

    python scripts/build_bundle.py [--python 3.11] [--machine x86_64] [--glibc 2.28] [--wheels DIR] [--out DIR]

Takes the commit that is checked out, fetches the wheels that requirements.lock names for the target machine (those in
--wheels are not fetched again), builds our own, and adds the list of parts (CycloneDX), checksums, documents and
install.sh. The same commit and wheels give the same bytes; SOURCE_DATE_EPOCH overrides the commit's time.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[1]
OFFLINE = Path("scripts/offline")
SHIPPED = ("LICENSE", "README.md", "CHANGELOG.md", "Procfile", ".env.example", "docs")
OLDEST_GLIBC = 17  # manylinux2014


@dataclass(frozen=True)
class Target:
    """The machine it is for: Python as "3.11", machine as in `uname -m`, the oldest glibc 2.x as x."""

    python: str
    machine: str
    glibc: int

    @property
    def platforms(self) -> list[str]:
        """Platform tags, the most specific first."""
        return [f"manylinux_2_{minor}_{self.machine}" for minor in range(self.glibc, OLDEST_GLIBC - 1, -1)]

    def tags(self) -> frozenset[Tag]:
        """Every wheel tag that installs there."""
        version = [int(part) for part in self.python.split(".")]
        abi = f"cp{''.join(self.python.split('.'))}"
        return frozenset(
            [
                *cpython_tags(version, platforms=self.platforms),
                *compatible_tags(version, abi, [*self.platforms, "any"]),
            ]
        )

    def environment(self) -> dict[str, str]:
        """What the lock's environment markers are judged by."""
        return {
            **{name: str(value) for name, value in default_environment().items()},
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "platform_machine": self.machine,
            "platform_system": "Linux",
            "sys_platform": "linux",
            "os_name": "posix",
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
        }


def main() -> None:
    """Build the bundle and print where it lies."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", default="3.11")
    parser.add_argument("--machine", default="x86_64", choices=("x86_64", "aarch64"))
    parser.add_argument("--glibc", default="2.28", help="the oldest glibc it must run on")
    parser.add_argument(
        "--wheels", type=Path, default=ROOT / "build" / "wheels", help="where wheels are kept"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    asked = parser.parse_args()
    target = Target(asked.python, asked.machine, int(asked.glibc.partition(".")[2]))
    path = build(target, asked.wheels.resolve(), asked.out.resolve())
    sys.stdout.write(f"{path}  sha256 {_sha256(path.read_bytes())}\n")


def build(target: Target, kept: Path, out: Path) -> Path:
    """Build into `out` and return the archive's path. Raises SystemExit with the reason when a step fails."""
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or _git("log", "-1", "--format=%ct"))
    with tempfile.TemporaryDirectory() as scratch:
        source, own = Path(scratch, "source"), Path(scratch, "own")
        _check_out(source)
        lock = [*_pins(source / OFFLINE / "build.lock", target), *_pins(source / "requirements.lock", target)]
        fetch(lock, target, kept)
        build_own(source, own, kept, epoch)
        pins = _pins(source / "requirements.lock", target)
        wheels = sorted(
            [*(_wheel_of(pin, target, kept) for pin in pins), *own.iterdir()], key=lambda p: p.name
        )
        version = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        files = dict(_files(source, wheels, target, epoch))
    name = f"dxbot-{version}-offline"
    return pack(name, files, out / f"{name}.tar.gz", epoch)


def _check_out(source: Path) -> None:
    archive = _run("git", "archive", "HEAD")
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(source, filter="data")


def _pins(lock: Path, target: Target) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in lock.read_text(encoding="utf-8").splitlines())
    pins = [Requirement(line) for line in lines if line]
    return [pin for pin in pins if pin.marker is None or pin.marker.evaluate(target.environment())]


def _wheel_of(pin: Requirement, target: Target, kept: Path) -> Path:
    found = _find(pin, target, kept)
    if found is None:
        raise SystemExit(f"no wheel of {pin} for {target}")
    return found


def _find(pin: Requirement, target: Target, kept: Path) -> Path | None:
    tags = target.tags()
    for path in sorted(kept.glob("*.whl")):
        name, version, _, made_for = parse_wheel_filename(path.name)
        if (
            name == canonicalize_name(pin.name)
            and pin.specifier.contains(version, prereleases=True)
            and not tags.isdisjoint(made_for)
        ):
            return path
    return None


def fetch(pins: Sequence[Requirement], target: Target, kept: Path) -> None:
    """Have a wheel of each pin in `kept`; only those that are not there yet are fetched."""
    kept.mkdir(parents=True, exist_ok=True)
    missing = [f"{pin.name}{pin.specifier}" for pin in pins if _find(pin, target, kept) is None]
    if not missing:
        return
    platforms = [part for name in target.platforms for part in ("--platform", name)]
    _pip("download", "--no-deps", "--only-binary=:all:", "--implementation", "cp", "--python-version",
         target.python, *platforms, "--dest", str(kept), *missing)  # fmt: skip


def build_own(source: Path, own: Path, kept: Path, epoch: int) -> None:
    """Build our wheel with the build tools that lie in `kept`."""
    lock = str(source / OFFLINE / "build.lock")
    _pip("wheel", "--no-deps", "--no-index", "--find-links", str(kept), "--build-constraint", lock,
         "--wheel-dir", str(own), str(source), SOURCE_DATE_EPOCH=str(epoch))  # fmt: skip


def _files(source: Path, wheels: Sequence[Path], target: Target, epoch: int) -> Iterator[tuple[str, bytes]]:
    """Path in the bundle → content; checksums come last, over everything before them."""
    sums = {}
    for name, content in _contents(source, wheels, target, epoch):
        sums[name] = _sha256(content)
        yield name, content
    yield "SHA256SUMS", "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()


def _contents(
    source: Path, wheels: Sequence[Path], target: Target, epoch: int
) -> Iterator[tuple[str, bytes]]:
    requirements = "".join(_pinned(wheel) for wheel in wheels)
    for wheel in wheels:
        yield f"wheels/{wheel.name}", wheel.read_bytes()
    yield "requirements.txt", requirements.encode()
    yield "target.txt", f"{target.python} {target.machine} 2.{target.glibc}\n".encode()
    yield "sbom.cdx.json", list_parts(source, requirements, wheels, epoch)
    yield "install.sh", (source / OFFLINE / "install.sh").read_bytes()
    for shipped in SHIPPED:
        for path in sorted(source.glob(f"{shipped}/**/*")) or [source / shipped]:
            if path.is_file():
                yield path.relative_to(source).as_posix(), path.read_bytes()


def _pinned(wheel: Path) -> str:
    name, version, _, _ = parse_wheel_filename(wheel.name)
    return f"{name}=={version} --hash=sha256:{_sha256(wheel.read_bytes())}\n"


def list_parts(source: Path, requirements: str, wheels: Sequence[Path], epoch: int) -> bytes:
    """The SBOM: every part with version, checksum and licence. No address of the index it came from."""
    made = _run(
        sys.executable, "-m", "cyclonedx_py", "requirements", "--output-reproducible", "--short-PURLs",
        "--pyproject", str(source / "pyproject.toml"), "-", stdin=requirements.encode(),
        SOURCE_DATE_EPOCH=str(epoch),
    )  # fmt: skip
    bom = json.loads(made)
    licences = {parse_wheel_filename(wheel.name)[0]: _licence(wheel) for wheel in wheels}
    parts = []
    for part in bom["components"]:
        name = canonicalize_name(part["name"])
        if name == "dxbot":  # it is the bundle's main component already
            continue
        part["hashes"] = [
            one for reference in part.pop("externalReferences", []) for one in reference.get("hashes", [])
        ]
        part["licenses"] = licences[name]
        del part["description"]
        parts.append(part)
    for tool in bom["metadata"]["tools"]["components"]:
        tool.pop("externalReferences", None)
    bom["components"] = parts
    return (json.dumps(bom, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _licence(wheel: Path) -> list[dict[str, Any]]:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        about = next(name for name in names if name.endswith(".dist-info/METADATA"))
        told = HeaderParser().parsestr(archive.read(about).decode("utf-8", "replace"))
        texts = {name: archive.read(name).decode() for name in names if "dist-info/licenses/" in name}
    if expression := told.get("License-Expression"):
        return [{"expression": expression}]
    classified = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License ::")
    ]
    first_line = (told.get("License") or "").strip().splitlines()[:1]
    if named := classified or first_line:
        return [{"license": {"name": name}} for name in named]
    return [
        {"license": {"name": Path(name).name, "text": {"content": text}}}
        for name, text in texts.items()
        if text
    ]


def pack(name: str, files: dict[str, bytes], path: Path, epoch: int) -> Path:
    """Write the archive: members in order, no owner, one time. Stored, not deflated: wheels are compressed already,
    and another zlib would give other bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with (
        part.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=0, fileobj=raw, mtime=epoch) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for member in sorted(files):
            about = tarfile.TarInfo(f"{name}/{member}")
            about.size, about.mtime = len(files[member]), epoch
            about.mode = 0o755 if member.endswith(".sh") else 0o644
            tar.addfile(about, io.BytesIO(files[member]))
    return part.replace(path)


def _git(*arguments: str) -> str:
    return _run("git", *arguments).decode().strip()


def _pip(*arguments: str, **environment: str) -> None:
    _run(sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments, **environment)


def _run(*command: str, stdin: bytes = b"", **environment: str) -> bytes:
    done = subprocess.run(  # noqa: S603  our own commands
        command, cwd=ROOT, input=stdin, capture_output=True, env={**os.environ, **environment}, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:4])} …\n{done.stderr.decode('utf-8', 'replace')}")
    return done.stdout


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main()
