"""The engine is tested in the DPRD of the demonstration, on both databases."""

from pathlib import Path

import pytest
from office import Office

from engine.files import Store


@pytest.fixture
def office(database: str) -> Office:
    return Office()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Where attachments are kept, on a disk that may be filled to the last byte."""
    return Store(tmp_path / "lampiran", reserve_bytes=0)
