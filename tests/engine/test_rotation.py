"""Keys turned while the office works: every sealed text of every table, resumed after a kill, the old key thrown away.

The columns are walked: a new one that seals and is not named in engine.sealed fails here.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from kota import Kota
from office import RING, Office

from db import models, sql
from engine import letters, sealed, vault
from engine.commands import rotation
from engine.vault import Keyring

NEW = Keyring({"k2": b"2" * 32, **RING.keys}, "k2", RING.pepper)
ONLY_NEW = Keyring({"k2": b"2" * 32}, "k2", RING.pepper)
SEAL = re.compile(r'vault\.seal\(.*?f"(\w+):')
ELSEWHERE = {"impor"}
"""Places of texts that lie in files, not in a table: pieces of an uploaded list."""


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    yield Office()
    vault.use(RING)


def at_work(office: Office) -> int:
    """A few cases with letters, notes, drafts and talk; gives the first."""
    case = office.report("Jalan rusak")
    office.sekar.registers(case)
    for _ in range(3):
        office.report()
    return case


def test_everything_opens_with_the_new_key_alone_and_the_journal_still_verifies(office: Office) -> None:
    case, heard = at_work(office), []
    vault.use(NEW)
    done = rotation.reseal(tell=lambda done, of: heard.append((done, of)), batch=2)
    assert (done.broken, rotation.left_under(["k1"])) == ([], [])
    assert heard[-1] == (done.rows, done.rows)
    vault.use(ONLY_NEW)
    found = sql.row(
        "SELECT n.sealed, r.id, r.sealed FROM case_file c JOIN narrative n ON n.case_file_id = c.id"
        " JOIN reporter r ON r.id = c.reporter_id WHERE c.id = ?",
        (case,),
    )
    assert found is not None
    assert letters.letter(case, found[0]).where == "Desa Mojorejo"
    who = letters.identity(found[1], found[2])
    assert who is not None
    assert who.name == "Slamet Riyadi"
    assert rotation.reseal().rows == 0


def test_a_run_that_was_stopped_goes_on_and_does_nothing_twice(office: Office) -> None:
    at_work(office)
    vault.use(NEW)

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.reseal(tell=stop, batch=2)
    under_new = sum(count for _, _, count in sealed.still_under("k2"))
    all_in_all = under_new + sum(count for _, _, count in sealed.still_under("k1"))
    assert under_new == 2
    assert rotation.reseal(batch=2).rows == all_in_all - 2


def test_a_text_that_does_not_open_is_left_and_named_and_keeps_the_old_key(office: Office) -> None:
    case = at_work(office)
    sql.execute("UPDATE narrative SET sealed = 'v1.k1.AAAA' WHERE case_file_id = ?", (case,))
    vault.use(NEW)
    assert rotation.reseal().broken == [f"narrative.sealed case_file_id={case}"]
    assert rotation.left_under(["k1"]) == [("narrative", "sealed", 1)]


def test_what_the_city_published_and_sent_opens_with_the_new_key(database: str) -> None:
    kota = Kota()
    case = kota.forwarded(skpd_utama="dkp", subyek="kebersihan")
    kota.acts(case, "sunting_pengaduan")
    vault.use(NEW)
    done = rotation.reseal()
    assert (done.broken, rotation.left_under(["k1"])) == ([], [])
    assert sql.value("SELECT COUNT(*) FROM publication_version WHERE sealed LIKE 'v1.k2.%'")
    vault.use(RING)


def test_every_column_that_is_called_sealed_and_every_place_of_a_seal_is_known_to_the_rotation() -> None:
    named = {(column.table, column.name) for column in sealed.COLUMNS}
    called = {found for found in sealed.text_columns() if "sealed" in found[1]}
    assert called <= named
    assert named <= {(model._meta.table_name, f.column_name) for model in models.ALL for f in model._meta.sorted_fields}
    sources = [path.read_text() for room in ("engine", "webui") for path in Path(room).rglob("*.py")]
    places = {found for text in sources for found in SEAL.findall(text)}
    assert places - ELSEWHERE <= {column.place.partition(":")[0] for column in sealed.COLUMNS}
