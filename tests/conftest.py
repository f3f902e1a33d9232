"""What every room's tests may ask for: a database of their own on both kinds, a browser, the running product."""

import faulthandler
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import databases
import pytest
import served
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from db import connect
from engine.offices import standing

BOTH = ("sqlite", "postgresql")

# How fast examples are made says something about the machine, nothing about the product.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def nothing_kept() -> None:
    """SQLite does not wait for the disk, as PostgreSQL does not here; processes of their own do as the product does."""
    connect.SQLITE_PRAGMAS["synchronous"] = "off"


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Offices made on the same minute of the same day are one to a memory that outlives them."""
    standing.forget()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real PostgreSQL for the session; where there is none the tests fail, they are not skipped."""
    with databases.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> Iterator[str]:
    with databases.postgresql(postgresql_server) as url:
        databases.migrated(url)
        yield url.partition("?")[0].rpartition("/")[2]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "disposisi.db"
    databases.migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database for this test alone, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server, template = request.getfixturevalue("postgresql_server"), request.getfixturevalue("postgresql_template")
    with databases.postgresql(server, template) as url:
        yield url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database for this test alone: for what no database is asked differently."""
    path = tmp_path / "disposisi.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[str]:
    """The same, with the process pointed at it and a connection in hand."""
    with databases.opened(sqlite_url) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[str]:
    """The same, with the process pointed at it and a connection in hand."""
    with databases.opened(database_url) as url:
        yield url


@pytest.fixture(params=BOTH)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database without a single table, on both kinds, opened as the product opens it."""
    monkeypatch.setitem(connect.SQLITE_PRAGMAS, "synchronous", databases.DURABLE)
    if request.param == "sqlite":
        with databases.opened(f"sqlite:///{tmp_path / 'empty.db'}") as url:
            yield url
        return
    with databases.postgresql(request.getfixturevalue("postgresql_server")) as url, databases.opened(url):
        yield url


@pytest.fixture
def ends() -> Iterator[None]:
    """The test ends. One that is still busy after two minutes takes its process with it, and says where it was."""
    faulthandler.dump_traceback_later(120, exit=True, file=sys.__stderr__)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium for the session."""
    with served.chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as `disposisi init --demo` leaves it, with the DPRD alone; copy it before changing it."""
    return served.demo(tmp_path_factory.mktemp("demo") / "home", "dprd_kab_mojokerto")


@pytest.fixture
def live_server(demo_home: Path, tmp_path: Path) -> Iterator[served.Running]:
    """The product itself, web and worker, on a copy of the demo."""
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    with served.running(home) as running:
        yield running
