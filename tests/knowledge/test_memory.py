from __future__ import annotations

import mmap
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.memory import unmap_touched

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel is asked what is in memory")
SMAPS = Path("/proc/self/smaps")


def _in_memory(file: str) -> int:
    """The kilobytes of a mapped file that this process has in its memory."""
    _, _, rest = SMAPS.read_text(encoding="utf-8").partition(f"/{file}\n")
    return next((int(line.split()[1]) for line in rest.splitlines() if line.startswith("Rss:")), 0)


def test_pages_are_let_go_and_read_again(tmp_path: Path) -> None:
    words = bytes(range(256)) * 4_096
    (tmp_path / "words.dat").write_bytes(words)
    with (tmp_path / "words.dat").open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    assert mapped[:] == words
    assert _in_memory("words.dat") == 1_024
    unmap_touched("words.dat")
    assert _in_memory("words.dat") == 0
    assert mapped[:] == words


def test_a_file_that_may_be_written_keeps_its_pages(tmp_path: Path) -> None:
    (tmp_path / "written.dat").write_bytes(b"before" * 2_000)
    with (tmp_path / "written.dat").open("r+b") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    mapped[:5] = b"after"
    unmap_touched("written.dat")
    assert mapped[:5] == b"after"


def test_what_only_loading_reads_of_the_dictionary_stays_out_of_memory() -> None:
    program = (
        "from tests.knowledge.test_memory import _in_memory\n"
        "from knowledge.language.japanese import words_of\n"
        "words_of('住民票の写しを取りたい')\n"
        "print(_in_memory('system.dic'))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.PIPE, text=True)
    assert 0 < int(done.stdout) < 40_000
