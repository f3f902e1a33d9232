"""The application under test: a whole office behind the public pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from citizen import Citizen, Site
from cityhall import City
from flask.testing import FlaskClient
from http_office import application
from kota import Kota

from db import connect


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    """The application on SQLite, in a folder of its own."""
    yield Site.open(tmp_path / "home", sqlite_url)
    connect.dispose()


@pytest.fixture
def any_site(tmp_path: Path, database_url: str) -> Iterator[Site]:
    """The same, once on SQLite and once on PostgreSQL."""
    yield Site.open(tmp_path / "home", database_url)
    connect.dispose()


@pytest.fixture
def citizen(site: Site) -> Citizen:
    return site.citizen()


@pytest.fixture
def city(tmp_path: Path, sqlite_url: str) -> Iterator[City]:
    """The city on SQLite, in a folder of its own."""
    yield City.open(tmp_path / "balai", sqlite_url)
    connect.dispose()


@pytest.fixture
def kota(sqlite: str) -> Kota:
    """The city without an application, on SQLite."""
    return Kota()


@pytest.fixture
def anyone(kota: Kota, sqlite: str, tmp_path: Path) -> FlaskClient:
    """A stranger before the city's pages."""
    return application(sqlite, kota, tmp_path / "home").test_client()  # type: ignore[arg-type]  # an office with `now`
