"""The engine is tested in the DPRD of the demonstration, on both databases."""

import pytest
from office import Office


@pytest.fixture
def office(database: str) -> Office:
    return Office()
