"""What every measure shares: its result, percentiles, the table, the JSON file, a scratch city."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from storage.database import open_database
from storage.stores import SqlStores

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "var" / "bench"
PLAN = ROOT.parent / "shared" / "material" / "fujisawa-dx-plan-2022.txt"
DXBOT = Path(sys.executable).with_name("dxbot")

Cell = str | int | float


@dataclass(frozen=True)
class Result:
    """One measure's table. `rows` have the same columns; numbers keep their full precision in the JSON."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of at least two `values` do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def report(result: Result) -> None:
    """Print the table and write var/bench/<name>.json."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{result.name}.json"
    machine = {"python": platform.python_version(), "cores": os.cpu_count()}
    path.write_text(
        json.dumps(asdict(result) | machine, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    print(f"\n{result.title}")
    cells = [result.columns, *([_shown(cell) for cell in row] for row in result.rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(result.columns))]
    for row in cells:
        print("  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


def city(folder: Path, *, plan: bool) -> Mapping[str, str]:
    """The environment of a program on a migrated database in `folder`; with the plan imported when asked."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "PORT": "0",
        "HOST": "127.0.0.1",
        "DXBOT_LOG_LEVEL": "WARNING",
    }
    run(["migrate"], environment)
    if plan:
        run(["knowledge", "import", str(PLAN), "--format", "plan"], environment)
    return environment


def run(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run dxbot to its end. Raises CalledProcessError when it fails."""
    subprocess.run([DXBOT, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


def some_address(environment: Mapping[str, str]) -> str:
    """The e-mail address of somebody in the directory."""
    with open_database(environment["DATABASE_URL"]) as database:
        return SqlStores(database).directory.list_people()[0].email


def _shown(cell: Cell) -> str:
    return f"{cell:,.2f}" if isinstance(cell, float) else str(cell)
