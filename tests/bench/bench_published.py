"""The public list and its search over many publications: p50 and p95 in ms, a page's statements; then the pages.

DISPOSISI_BENCH_DATABASE names an empty, migrated database or one this bench has filled before; without it a SQLite file
of its own is made. PUBLISHED says how many (2,000; the promise of 30 ms is for 200,000).
"""

import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

DAY = 86_400_000
NOW = 1_790_000_000_000
TOPICS = tuple("abcdefghij")
UNITS = ("dispenduk", "dkp", "dpu", "klh", "diknas", "dinkes", "rsud", "satpolpp", "kp2t", "dishubkominfo", "dppka")
PLACES = tuple(f"kelurahan_{n}" for n in range(18))
COMMON = ("jalan", "lampu", "sampah", "air", "mati", "rusak", "warga", "malam", "depan", "sejak", "minggu", "mohon")
ROUNDS = 150


def run() -> dict[str, Any]:
    wanted = int(os.environ.get("PUBLISHED", "2000"))
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DISPOSISI_BENCH_DATABASE") or f"sqlite:///{Path(folder) / 'published.db'}"
        import published_pages

        from db import connect, migrate
        from engine.commands import counting

        connect.configure(url)
        try:
            with connect.connection():
                migrate.up()
                filled = fill(wanted)
                counting.count_public(NOW)  # as the worker does
                found = {"database": url.partition(":")[0], "published": wanted, "filling_s": filled, **_measured()}
                return found | published_pages.measured(url, NOW, wanted)
        finally:
            connect.dispose()


def fill(wanted: int) -> float:
    """Publications of invented cases, written in bulk; nothing where they are there already."""
    from db import sql
    from db.connect import database, is_sqlite, transaction

    began = time.perf_counter()
    if int(sql.value("SELECT COUNT(*) FROM publication")) >= wanted:
        return 0.0
    chance = random.Random(14_2016)
    rare = [f"kata{n}" for n in range(5_000)]
    with transaction():
        organisation = _founded()
        for begin in range(1, wanted + 1, 2_000):
            ids = range(begin, min(begin + 2_000, wanted + 1))
            rows = [_publication(one, organisation, wanted, chance, rare) for one in ids]
            _add("case_file", [_case(row) for row in rows])
            _add("publication", rows)
            _add("journal", [_answer(row) for row in rows if row["answered_ms"] is not None])
            key = "rowid" if is_sqlite() else "publication_id"
            _add("publication_search", [{key: row["id"], "words": _words(row)} for row in rows])
    database.execute_sql("SELECT 1" if is_sqlite() else "VACUUM ANALYZE")  # as it does by itself when it is quiet
    return round(time.perf_counter() - began, 1)


def _words(row: dict[str, Any]) -> str:
    from engine.publishing import shown

    about = {name: row[name] for name in ("topic", "unit", "place", "progress", "year")}
    return shown.document(
        row["title"],
        [row["text"], row["answer"]],
        organisation=1,
        late=row["answered_ms"] is not None and row["answered_ms"] >= row["late_ms"],
        **about,
    )


def _add(table: str, rows: list[dict[str, Any]]) -> None:
    from db import sql
    from db.connect import database, is_sqlite

    columns = list(rows[0])
    values = [tuple(row.values()) for row in rows]
    if is_sqlite():
        text = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({sql.marks(columns)})"
        database.connection().executemany(text, values)
        return
    names = ", ".join(columns)
    with database.connection().cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)


def _founded() -> int:
    from db import sql
    from engine.clocks import calendars
    from engine.offices import settings

    organisation = sql.insert("organisation", code="kota", name="Kota", timezone="Asia/Jakarta")
    release = {"process": "pengaduan", "version": 1, "fingerprint": "0" * 64, "files": "{}", "letter": ""}
    sql.insert("release", organisation_id=organisation, published_ms=0, **release)
    settings.set_calendar(organisation, None, calendars.default_json(), person=None, now=0)
    for code in UNITS:
        sql.insert("unit", organisation_id=organisation, code=code, name=f"Dinas {code}", kind="skpd", parent_id=None)
    sql.insert("reporter", organisation_id=organisation, sealed=None, mark="", created_ms=0)
    return organisation


def _case(row: dict[str, Any]) -> dict[str, Any]:
    """The case behind a publication."""
    ended = row["answered_ms"] is not None
    state = {"state": "selesai" if ended else "berjalan", "outcome": "selesai" if ended else ""}
    words = {"process": "pengaduan", "channel": "web", "subject": "Aduan", "closed_ms": row["answered_ms"], **state}
    keys = {"number": f"{row['id']}/ADU", "pin_hash": str(row["id"]), "send_key": str(row["id"])}
    plain = {"urgency": "biasa", "secrecy": "biasa", "language": "id"}
    same = {name: row[name] for name in ("id", "organisation_id", "topic", "unit", "received_ms", "answered_ms")}
    return {**same, "release_id": 1, "reporter_id": 1, **words, **keys, **plain}


def _answer(row: dict[str, Any]) -> dict[str, Any]:
    """What the journal tells of its answer."""
    chain = {"chain": f"case:{row['id']}", "seq": 1, "prev_hash": "", "hash": "", "element": "", "acting_as": ""}
    facts = {"kind": "milestone", "at_ms": row["answered_ms"], "facts": f'{{"due":{row["due_ms"]}}}'}
    return {**chain, "organisation": row["organisation_id"], "case_file": row["id"], **facts}


def _received(one: int, wanted: int) -> int:
    return NOW - (wanted - one) * 5 * 365 * DAY // wanted


def _publication(one: int, organisation: int, wanted: int, chance: random.Random, rare: list[str]) -> dict[str, Any]:
    received = _received(one, wanted)
    due, took = received + 10 * DAY, chance.randrange(1, 14)
    is_open = received + took * DAY > NOW
    answered = None if is_open else received + took * DAY
    return {
        "id": one,
        "public_id": f"p{one}",
        "organisation_id": organisation,
        "case_file_id": one,
        "process": "pengaduan",
        "topic": chance.choice(TOPICS),
        "unit": chance.choice(UNITS),
        "place": chance.choice(PLACES),
        "kind": "keluhan",
        "state": "tayang",
        "progress": "ditangani" if is_open else "dijawab",
        "outcome": "",
        "title": " ".join(chance.sample(COMMON, 4)),
        "text": " ".join(chance.sample(COMMON, 6) + chance.sample(rare, 25)),
        "answer": "" if is_open else " ".join(chance.sample(rare, 20)),
        "year": time.gmtime(received / 1000).tm_year,
        "received_ms": received,
        "published_ms": received + DAY,
        "answered_ms": answered,
        "due_ms": due,
        "late_ms": due + DAY // 3,
        "law": "Perwali 14/2016 Pasal 8 ayat (2)",
        "limit_text": "P7D",
        "changed_ms": received + DAY,
        "versions": 1,
    }


def _measured() -> dict[str, Any]:
    from db.queries import published
    from db.queries.published_ids import Ask
    from engine.publishing import shown

    chance = random.Random(7)
    base = Ask(1, NOW)

    def listed() -> None:
        ask = _any_filter(base, chance)
        items, _more, _count = published.counted(ask)
        assert items or (ask.topic and ask.place)

    def searched() -> None:
        words = chance.sample(COMMON, chance.choice((1, 1, 2))) + chance.sample(
            [f"kata{chance.randrange(5000)}"], 1
        ) * (chance.random() < 0.4)
        ask = _any_filter(base, chance)
        about = {name: getattr(ask, name) for name in ("topic", "unit", "place", "progress", "year")}
        marks = shown.marks(organisation=1, **about)
        ask = replace(ask, words=tuple(words), marks=marks)
        published.counted(ask)

    return {"list_ms": _times(listed), "search_ms": _times(searched), "statements_of_a_list": _statements(listed)}


def _any_filter(base: Any, chance: random.Random) -> Any:
    about: dict[str, Any] = {}
    for column, codes in (("topic", TOPICS), ("unit", UNITS), ("place", PLACES)):
        if chance.random() < 0.3:
            about[column] = chance.choice(codes)
    if chance.random() < 0.2:
        about["late"] = True
    if chance.random() < 0.2:
        about["year"] = chance.choice((2022, 2023, 2024, 2025))
    about["order"] = chance.choice(("terbaru", "terbaru", "terlama", "baru-dijawab"))
    return replace(base, **about)


def _times(ask: Callable[[], None]) -> dict[str, float]:
    took, cpu = [], []
    for _ in range(ROUNDS):
        began, used = time.perf_counter(), time.process_time()
        ask()
        took.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - used) * 1000)  # of SQLite all of it, of PostgreSQL our own
    took.sort()
    cpu.sort()
    return {
        "cpu_p95": round(cpu[int(len(cpu) * 0.95)], 1),
        "p50": round(took[len(took) // 2], 1),
        "p95": round(took[int(len(took) * 0.95)], 1),
        "max": round(took[-1], 1),
    }


def _statements(ask: Callable[[], None]) -> int:
    import logging

    seen: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: seen.append(record.getMessage())  # type: ignore[method-assign]  # a list is enough
    log = logging.getLogger("peewee")
    before = log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        ask()
    finally:
        log.removeHandler(handler)
        log.setLevel(before)
    return len(seen)
