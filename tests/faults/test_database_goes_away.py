"""The database is full, locked, or gone: a clear page, nothing half written, and work goes on once it is back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import connect as other_program

import psycopg
import pytest
from agreement import disagreements
from citizen import Site
from databases import named, postgresql
from http_office import Browser
from siapmas_days import ANSWER
from visitor import RECEIVED
from werkzeug.test import TestResponse

from db import connect, sql

SORRY = "belum diproses"


@pytest.fixture
def sqlite_site(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """An installation that waits a fifth of a second for a lock, where a real one waits fifteen."""
    monkeypatch.setitem(connect.SQLITE_PRAGMAS, "busy_timeout", 200)
    path = tmp_path / "disposisi.db"
    path.write_bytes(sqlite_template.read_bytes())
    yield Site.open(tmp_path / "home", f"sqlite:///{path}")
    connect.dispose()


@pytest.fixture
def postgresql_site(tmp_path: Path, postgresql_server: str, postgresql_template: str) -> Iterator[Site]:
    with postgresql(postgresql_server, postgresql_template) as url:
        yield Site.open(tmp_path / "home", url)
        connect.dispose()


def apologises(answer: TestResponse) -> None:
    page = answer.get_data(as_text=True)
    assert answer.status_code == 503, page
    assert SORRY in page
    assert int(answer.headers["Retry-After"]) > 0
    assert not re.search(r"sqlite|peewee|psycopg|Traceback", page, re.IGNORECASE)


def task_of(site: Site) -> tuple[int, int]:
    with site.asked() as office:
        case = office.report()
        return case, office.task(case, "terima")


def nothing_happened(site: Site, case: int) -> None:
    with site.asked() as office:
        assert office.waits(case) == ["terima"]
        assert disagreements() == []


def work_goes_on(site: Site, browser: Browser, case: int, task: int) -> None:
    browser.complete(task, RECEIVED)
    with site.asked() as office:
        assert office.waits(case) == ["teliti_kasubag"]
        assert disagreements() == []


def test_a_full_disk_refuses_the_act_whole_and_takes_it_once_there_is_room(sqlite_site: Site) -> None:
    browser = Browser("", sqlite_site.office, "sekar", sqlite_site.app)
    waiting = [task_of(sqlite_site) for _ in range(40)]  # pages that are there already still have some room
    long = RECEIVED | {"catatan": ANSWER * 15}
    with _no_room():
        answers = ((case, task, browser.posts(f"/tugas/{task}", long)) for case, task in waiting)
        case, task, refused = next(found for found in answers if found[2].status_code != 302)
        apologises(refused)
        nothing_happened(sqlite_site, case)
    work_goes_on(sqlite_site, browser, case, task)


@contextmanager
def _no_room() -> Iterator[None]:
    """SQLite itself says "database or disk is full" when it may not take another page."""
    with connect.connection():
        before = int(sql.value("PRAGMA max_page_count"))
        sql.execute(f"PRAGMA max_page_count = {int(sql.value('PRAGMA page_count'))}")
    yield
    with connect.connection():
        sql.execute(f"PRAGMA max_page_count = {before}")


def test_a_database_locked_by_another_program_is_told_and_works_again_afterwards(
    sqlite_site: Site, tmp_path: Path
) -> None:
    browser = Browser("", sqlite_site.office, "sekar", sqlite_site.app)
    case, task = task_of(sqlite_site)
    backup = other_program(tmp_path / "disposisi.db", isolation_level=None)
    backup.execute("BEGIN IMMEDIATE")
    assert browser.opens("/tugas").status_code == 200, "reading goes on"
    assert browser.opens(f"/kasus/{case}").status_code == 200, "that it was looked at goes to the log instead"
    refused = browser.posts(f"/tugas/{task}", RECEIVED)
    apologises(refused)
    assert f'name="perihal" value="{RECEIVED["perihal"]}"' in refused.get_data(as_text=True), "ready to be resent"
    citizen = sqlite_site.citizen().opens("/lapor/siapmas")
    assert citizen.sends("/lapor/siapmas/siapa", nama="Siti").status == 503
    backup.execute("ROLLBACK")
    backup.close()
    nothing_happened(sqlite_site, case)
    work_goes_on(sqlite_site, browser, case, task)


def test_a_postgresql_that_goes_away_is_told_and_found_again(postgresql_site: Site, postgresql_server: str) -> None:
    browser = Browser("", postgresql_site.office, "sekar", postgresql_site.app)
    case, task = task_of(postgresql_site)
    with _gone(postgresql_server):
        connect.close()
        apologises(postgresql_site.app.test_client().get("/healthz"))
        apologises(_post(browser, task))
    nothing_happened(postgresql_site, case)
    work_goes_on(postgresql_site, browser, case, task)


def test_connections_that_were_cut_are_replaced_unnoticed_or_after_one_apology(
    postgresql_site: Site, postgresql_server: str
) -> None:
    browser = Browser("", postgresql_site.office, "sekar", postgresql_site.app)
    case, task = task_of(postgresql_site)
    connect.close()
    _cut(postgresql_server)
    first = _post(browser, task)
    if first.status_code != 302:
        apologises(first)
        nothing_happened(postgresql_site, case)
        work_goes_on(postgresql_site, browser, case, task)


def test_a_connection_cut_in_the_middle_of_an_act_leaves_nothing_of_it(postgresql_site: Site) -> None:
    browser = Browser("", postgresql_site.office, "sekar", postgresql_site.app)
    case, task = task_of(postgresql_site)
    with connect.connection():
        sql.execute(
            "CREATE FUNCTION cut() RETURNS trigger AS"
            " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END' LANGUAGE plpgsql"
        )
        sql.execute("CREATE TRIGGER cut BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION cut()")
    connect.close()
    apologises(_post(browser, task))
    with connect.connection():
        sql.execute("DROP TRIGGER cut ON journal")
    nothing_happened(postgresql_site, case)
    work_goes_on(postgresql_site, browser, case, task)


def _post(browser: Browser, task: int) -> TestResponse:
    """Like `browser.posts`, without asking for a connection afterwards."""
    return browser.sends(f"/tugas/{task}", RECEIVED)


@contextmanager
def _gone(server: str) -> Iterator[None]:
    """As if the server were down: every connection is cut and none is taken."""
    with _admin(server) as admin:
        name = _name()
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        _cut(server)
        yield
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def _cut(server: str) -> None:
    with _admin(server) as admin:
        admin.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (_name(),))


def _admin(server: str) -> "psycopg.Connection[psycopg.rows.TupleRow]":
    return psycopg.connect(named(server, "postgres"), autocommit=True)


def _name() -> str:
    return str(connect.database.obj.database).partition("?")[0].rpartition("/")[2]
