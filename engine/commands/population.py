"""The population register is imported: row by row beside the one in force, then put in its place at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import IO

from db import sql
from db.connect import transaction
from engine import journal
from engine.errors import Conflict
from engine.identities import register
from engine.imports import delimited
from engine.imports.limits import Unreadable
from forms import nik as digits

Opener = Callable[[], IO[bytes]]
Pair = tuple[bytes, bytes]
AT_ONCE = 10_000
TOLD = 100
"""Rows that are told of by their number."""
COLUMNS = {"nik": ("nik", "no_nik", "nomor_induk_kependudukan"), "nama_ibu": ("nama_ibu", "nama_ibu_kandung", "ibu")}
FLAWS = {
    "nik_letters": "NIK berisi selain angka; simpanlah kolomnya sebagai teks, bukan bilangan.",
    "nik_length": "NIK tidak terdiri dari 16 angka.",
    "nik_date": "Tanggal lahir di dalam NIK bukan tanggal.",
    "nik_empty": "NIK diawali 00 atau berakhir 0000.",
}
RUNNING, REPLACED = "berjalan", "diganti"
OTHER = "Impor lain dimulai sesudah ini; impor ini dihentikan."


@dataclass
class Tally:
    """How far an import has come. `flaws`: the number of a row and the sentence, of the first hundred."""

    read: int = 0
    people: int = 0
    duplicates: int = 0
    flawed: int = 0
    before: int = 0  # people in the register that was replaced
    flaws: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, line: int, sentence: str) -> None:
        """Counts a row that cannot be taken."""
        self.flawed += 1
        if len(self.flaws) < TOLD:
            self.flaws.append((line, sentence))


def import_register(
    opener: Opener,
    organisation: int,
    *,
    clock: Callable[[], int],
    person: int | None = None,
    progress: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Replaces an organisation's register by a list (CSV with the columns nik and nama_ibu); all of it or nothing.

    Raises Unreadable for a file without those columns or with more flawed rows than good ones, Conflict when another
    import took its place meanwhile. Nothing of the file but keyed hashes is kept.
    """
    tally, run = Tally(), _begin(organisation, clock(), person)
    try:
        for pairs in _batches(opener, tally):
            tally.people += _add(run, pairs)
            tally.duplicates = tally.read - tally.flawed - tally.people
            progress(tally)
        _refuse_broken(tally)
        _put_in_force(organisation, run, tally, clock(), person)
    finally:
        _over(run)
        _sweep(organisation)
    return tally


def _begin(organisation: int, now: int, person: int | None) -> int:
    """An import that is begun takes the place of one that was not finished."""
    columns = {"people": 0, "duplicates": 0, "flawed": 0, "begun_ms": now, "person": person}
    with transaction():
        _retire(organisation, RUNNING)
        return sql.insert("register_run", organisation_id=organisation, state=RUNNING, **columns)


def _retire(organisation: int, state: str) -> None:
    text = "UPDATE register_run SET state = ? WHERE organisation_id = ? AND state = ?"
    sql.execute(text, (REPLACED, organisation, state))


def _over(run: int) -> None:
    """An import that did not come into force is over."""
    with transaction():
        sql.execute("UPDATE register_run SET state = ? WHERE id = ? AND state = ?", (REPLACED, run, RUNNING))


def _batches(opener: Opener, tally: Tally) -> Iterator[list[Pair]]:
    rows = delimited.rows(opener)
    places = _places(next(rows, (1, []))[1])
    good = (pair for number, cells in rows if (pair := _pair(number, cells, places, tally)) is not None)
    while pairs := list(islice(good, AT_ONCE)):
        yield pairs


def _places(headers: Sequence[str | float]) -> tuple[int, int]:
    """Where NIK and mother's name stand."""
    named = ["_".join(str(header).casefold().replace(".", " ").replace("_", " ").split()) for header in headers]
    found = [next((place for place, name in enumerate(named) if name in known), -1) for known in COLUMNS.values()]
    if -1 in found:
        words = "Berkas ini perlu dua kolom berjudul nik dan nama_ibu pada baris pertama; yang terbaca: %(found)s."
        raise Unreadable("columns", words, found=_headers(headers))
    return found[0], found[1]


def _headers(headers: Sequence[str | float]) -> str:
    """The headers as they were read; digits may be somebody's and are not repeated."""
    said = [str(header)[:30] for header in headers[:10]]
    shown = [text if not any(mark.isdigit() for mark in text) else "(angka)" for text in said if text]
    return ", ".join(shown) or "tidak ada"


def _pair(number: int, cells: Sequence[str | float], places: tuple[int, int], tally: Tally) -> Pair | None:
    if not any(cells):
        return None
    tally.read += 1
    person, mother = _said(cells, places)
    wrong = _wrong(person, mother)
    if wrong is None:
        return register.marks(person, mother)
    tally.refuse(number, wrong)
    return None


def _said(cells: Sequence[str | float], places: tuple[int, int]) -> tuple[str, str]:
    person, mother = (str(cells[place]) if place < len(cells) else "" for place in places)
    return digits.digits(person), mother


def _wrong(person: str, mother: str) -> str | None:
    """Why a row cannot be taken, without repeating what stands in it."""
    if not person:
        return "NIK kosong."
    flaw = digits.flaw(person)
    if flaw is not None:
        return FLAWS[flaw[0]]
    if not mother.isalpha() and any(mark.isdigit() for mark in mother):
        return "Nama ibu berisi angka; mungkin ada tanda kutip yang tidak ditutup."  # it swallowed the rows behind it
    return None if register.plain(mother) else "Nama ibu kosong."


def _add(run: int, pairs: Sequence[Pair]) -> int:
    """Some rows, in the order of their marks, of one NIK the first; gives how many were new."""
    ordered = sorted(pairs, key=itemgetter(0))
    text = f"INSERT INTO register_entry (run, nik, pair) VALUES {', '.join(['(?, ?, ?)'] * len(ordered))}"
    with transaction():
        if sql.value("SELECT state FROM register_run WHERE id = ?", (run,)) != RUNNING:
            raise Conflict(OTHER)
        values = [value for person, pair in ordered for value in (run, person, pair)]
        return int(sql.execute(text + " ON CONFLICT DO NOTHING", values).rowcount)


def _refuse_broken(tally: Tally) -> None:
    if tally.flawed >= max(1, tally.people):
        words = (
            "Yang dapat dibaca %(people)s orang, yang keliru %(flawed)s baris; register yang berlaku tidak diganti."
            " Baris %(row)s: %(why)s"
        )
        row, why = tally.flaws[0]
        raise Unreadable("broken", words, people=tally.people, flawed=tally.flawed, row=row, why=why)
    if not tally.people:
        raise Unreadable("empty", "Berkas ini tidak berisi seorang pun; register yang berlaku tidak diganti.")


def _put_in_force(organisation: int, run: int, tally: Tally, now: int, person: int | None) -> None:
    counts = {"people": tally.people, "duplicates": tally.duplicates, "flawed": tally.flawed}
    with transaction():
        if sql.value("SELECT state FROM register_run WHERE id = ?" + sql.for_update(), (run,)) != RUNNING:
            raise Conflict(OTHER)
        tally.before = _in_force(organisation)
        _retire(organisation, register.IN_FORCE)
        text = "UPDATE register_run SET state = ?, people = ?, duplicates = ?, flawed = ?, in_force_ms = ? WHERE id = ?"
        sql.execute(text, (register.IN_FORCE, *counts.values(), now, run))
        _ask_again(organisation, now)
        journal.append(organisation, None, [journal.Entry("register", now, person=person, facts=counts)])


def _in_force(organisation: int) -> int:
    text = "SELECT people FROM register_run WHERE organisation_id = ? AND state = ?"
    return int(sql.value(text, (organisation, register.IN_FORCE)) or 0)


def _ask_again(organisation: int, now: int) -> None:
    """Who could not be asked for before is asked for now."""
    text = (
        "UPDATE job SET due_ms = ?, attempts = 0 WHERE kind = 'identity' AND organisation = ? AND state = 'waiting'"
        " AND due_ms > ?"
    )
    sql.execute(text, (now, organisation, now))


def _sweep(organisation: int) -> None:
    """Entries of imports that are over go, some at a time."""
    text = "SELECT id FROM register_run WHERE organisation_id = ? AND state = ?"
    for (run,) in sql.rows(text, (organisation, REPLACED)):
        while _swept(int(run)):
            pass


def _swept(run: int) -> bool:
    text = (
        "DELETE FROM register_entry WHERE run = ? AND nik IN"
        " (SELECT nik FROM register_entry WHERE run = ? ORDER BY nik LIMIT 50000)"
    )
    with transaction():
        return bool(sql.execute(text, (run, run)).rowcount)
