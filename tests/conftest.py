"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.databases import database, database_url, postgresql_url, sqlite_stores, stores

__all__ = ["database", "database_url", "postgresql_url", "sqlite_stores", "stores"]

# How long one example takes says nothing on a busy machine.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the city's own document run only where it lies beside the checkout."""
    if (SHARED / "material").is_dir():
        return
    absent = pytest.mark.skip(reason="../shared/material is not here")
    for item in items:
        if item.get_closest_marker("material"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of the city's own material, beside the checkout."""
    return SHARED
