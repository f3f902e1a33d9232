"""The journal cannot be rewritten unseen: every kind of tampering is found, and nothing else is."""

from collections.abc import Callable

import pytest
import siapmas_days as day
from office import Office

from db import sql
from engine import jobs, journal


def lived(office: Office) -> int:
    case = office.report()
    day.to_ketua(office, case)
    jobs.seal_all(office.now)
    other = office.report("Lampu padam")
    office.sekar.registers(other)
    jobs.seal_all(office.now + 1)
    return case


def edit(case: int) -> None:
    sql.execute("UPDATE journal SET at_ms = at_ms + 1 WHERE case_file = ? AND seq = 3", (case,))


def edit_and_rehash(case: int) -> None:
    columns = journal.COLUMNS
    row = list(sql.row(f"SELECT {columns} FROM journal WHERE case_file = ? AND seq = 3", (case,)))
    row[5] += 60_000
    row[13] = journal.digest(tuple(row[:12]), row[12])
    sql.execute("UPDATE journal SET at_ms = ?, hash = ? WHERE case_file = ? AND seq = 3", (row[5], row[13], case))


def delete(case: int) -> None:
    sql.execute("DELETE FROM journal WHERE case_file = ? AND seq = 4", (case,))


def delete_the_last(case: int) -> None:
    last = sql.value("SELECT MAX(seq) FROM journal WHERE case_file = ?", (case,))
    sql.execute("DELETE FROM journal WHERE case_file = ? AND seq = ?", (case, last))


def swap(case: int) -> None:
    sql.execute("UPDATE journal SET seq = -1 WHERE case_file = ? AND seq = 3", (case,))
    sql.execute("UPDATE journal SET seq = 3 WHERE case_file = ? AND seq = 4", (case,))
    sql.execute("UPDATE journal SET seq = 4 WHERE case_file = ? AND seq = -1", (case,))


def forget_a_seal(case: int) -> None:
    sql.execute("UPDATE journal SET seal = NULL WHERE seal = 1")
    sql.execute("DELETE FROM seal WHERE id = 1")


def take_the_last_seal_away(case: int) -> None:
    """Its entries name it still, so that no later seal covers them, and their chain is written anew."""
    last = sql.value("SELECT MAX(id) FROM seal")
    sql.execute("DELETE FROM seal WHERE id = ?", (last,))
    row = sql.row("SELECT chain, MAX(seq) FROM journal WHERE seal = ? GROUP BY chain", (last,))
    entry = list(sql.row(f"SELECT {journal.COLUMNS} FROM journal WHERE chain = ? AND seq = ?", row))
    entry[5] += 60_000
    changed = (entry[5], journal.digest(tuple(entry[:12]), entry[12]), *row)
    sql.execute("UPDATE journal SET at_ms = ?, hash = ? WHERE chain = ? AND seq = ?", changed)


@pytest.mark.parametrize(
    "tamper", [edit, edit_and_rehash, delete, delete_the_last, swap, forget_a_seal, take_the_last_seal_away]
)
def test_tampering_is_found(office: Office, tamper: Callable[[int], None]) -> None:
    case = lived(office)
    assert journal.verify() == []
    tamper(case)
    assert journal.verify() != []


def test_a_whole_case_removed_is_found_by_the_seal(office: Office) -> None:
    case = lived(office)
    sql.execute("DELETE FROM journal WHERE case_file = ?", (case,))
    assert [fault.what for fault in journal.verify()] == ["missing", "seal"]


def test_a_whole_case_removed_before_it_was_sealed_is_found_by_the_case_that_is_left(office: Office) -> None:
    lived(office)
    case = office.report("Belum disegel")
    assert journal.verify() == []
    sql.execute("DELETE FROM journal WHERE case_file = ?", (case,))
    assert [(fault.chain, fault.what) for fault in journal.verify()] == [(f"case:{case}", "missing")]


def test_one_chain_is_verified_alone(office: Office) -> None:
    case = lived(office)
    edit(case)
    assert journal.verify(f"case:{case}")
    assert journal.verify(f"case:{case + 1}") == []


def test_a_seal_over_nothing_is_not_made(office: Office) -> None:
    lived(office)
    assert jobs.seal_all(office.now + 2) == 0


def test_a_long_journal_is_read_in_batches(office: Office) -> None:
    case = lived(office)
    assert journal.verify(batch=3) == []
    edit(case)
    assert journal.verify(batch=3)[0].chain == f"case:{case}"


def test_a_merkle_root_depends_on_every_leaf_and_their_order() -> None:
    leaves = [f"{number:064x}" for number in range(1, 8)]
    roots = {journal.merkle(leaves), journal.merkle(leaves[::-1]), journal.merkle(leaves[:-1]), journal.merkle([])}
    assert len(roots) == 4
