"""The list of personal data to be erased or set aside: what waits, what was decided; what a case is held by."""

from typing import NamedTuple

import orjson

from db import sql

PAGE = 25


class Wish(NamedTuple):
    """A row of the list. `holds`: letters by which the case is held for a dispute."""

    id: int
    case_id: int
    number: str
    process: str
    kind: str
    source: str
    state: str
    sealed: str
    asked_ms: int
    due_ms: int | None
    decided_ms: int | None
    office: str
    acting_as: str
    letter: str
    certificate: str
    figures: str
    closed_ms: int | None
    restricted: bool
    hold: str
    published: bool
    running: bool  # a report of the same reporter is still handled

    @property
    def waits(self) -> bool:
        """Whether it can be erased only later, when nothing of the reporter is handled any more."""
        return self.state == "menunggu" and self.kind == "hapus" and self.running

    @property
    def counted(self) -> dict[str, int]:
        """What was erased, by kind."""
        return dict(orjson.loads(self.figures))


_RUNS = "SELECT 1 FROM case_file o WHERE o.reporter_id = c.reporter_id AND o.closed_ms IS NULL"
_DUE = f"""CASE WHEN e.state <> 'menunggu' OR e.kind <> 'hapus' OR e.due_ms IS NULL THEN e.due_ms
  WHEN EXISTS ({_RUNS}) THEN NULL
  ELSE (SELECT MAX(CASE WHEN o.closed_ms > e.asked_ms THEN o.closed_ms ELSE e.asked_ms END) + e.due_ms - e.asked_ms
    FROM case_file o WHERE o.reporter_id = c.reporter_id) END"""
"""3x24 hours from the wish; of an erasure, from the end of what is handled of its reporter (`engine.wished.due`)."""
_WISH = f"""
SELECT e.id, c.id, c.number, c.process, e.kind, e.source, e.state, e.sealed, e.asked_ms, {_DUE}, e.decided_ms,
  COALESCE(o.name, ''), e.decided_as, e.letter, e.number, e.figures, c.closed_ms, c.restricted,
  COALESCE((SELECT h.letter FROM legal_hold h WHERE h.case_file_id = c.id AND h.lifted_ms IS NULL LIMIT 1), ''),
  EXISTS (SELECT 1 FROM publication p WHERE p.case_file_id = c.id AND p.state = 'tayang'),
  EXISTS ({_RUNS})
FROM erasure e JOIN case_file c ON c.id = e.case_file_id LEFT JOIN office o ON o.id = e.decided_office
WHERE e.organisation_id = ?
"""


def _wish(row: sql.Row) -> Wish:
    *facts, restricted, hold, published, running = row
    return Wish._make([*facts, bool(restricted), str(hold), bool(published), bool(running)])


def waiting(organisation: int, *, page: int = 1) -> tuple[list[Wish], bool]:
    """What waits for a decision: what a reporter asked first, by its clock; whether there is more."""
    order = f"ORDER BY COALESCE({_DUE}, 9000000000000000), e.id LIMIT ? OFFSET ?"
    return _page(f"{_WISH} AND e.state = 'menunggu' {order}", organisation, page)


def decided(organisation: int, *, page: int = 1) -> tuple[list[Wish], bool]:
    """What was decided, the latest first; whether there is more."""
    text = f"{_WISH} AND e.state <> 'menunggu' ORDER BY e.decided_ms DESC, e.id DESC LIMIT ? OFFSET ?"
    return _page(text, organisation, page)


def _page(text: str, organisation: int, page: int) -> tuple[list[Wish], bool]:
    found = [_wish(row) for row in sql.rows(text, (organisation, PAGE + 1, (page - 1) * PAGE))]
    return found[:PAGE], len(found) > PAGE


def wish(organisation: int, ident: int) -> Wish | None:
    """One row of this organisation's list."""
    found = sql.row(f"{_WISH} AND e.id = ?", (organisation, ident))
    return None if found is None else _wish(found)


def of_certificate(organisation: int, number: str) -> list[Wish]:
    """Everything that was erased under one berita acara."""
    text = f"{_WISH} AND e.number = ? ORDER BY c.number"
    return [_wish(row) for row in sql.rows(text, (organisation, number))]


def of_case(case_id: int) -> list[Wish]:
    """What was asked or decided about the data of one case, the newest first."""
    text = _WISH.replace("e.organisation_id = ?", "e.case_file_id = ?") + " ORDER BY e.id DESC LIMIT 20"
    return [_wish(row) for row in sql.rows(text, (case_id,))]


class Hold(NamedTuple):
    """A time during which a case was, or is, held for a dispute."""

    letter: str
    set_ms: int
    set_by: str
    lift_letter: str
    lifted_ms: int | None
    lifted_by: str


def holds(case_id: int) -> list[Hold]:
    """Every hold of a case, the newest first."""
    text = (
        "SELECT h.letter, h.set_ms, p.name, h.lift_letter, h.lifted_ms, COALESCE(q.name, '') FROM legal_hold h"
        " JOIN person p ON p.id = h.set_by LEFT JOIN person q ON q.id = h.lifted_by WHERE h.case_file_id = ?"
        " ORDER BY h.id DESC"
    )
    return [Hold(*row) for row in sql.rows(text, (case_id,))]


def case(organisation: int, case_id: int) -> tuple[str, bool] | None:
    """The number of a case of this organisation, and whether its data is set aside."""
    found = sql.row(
        "SELECT number, restricted FROM case_file WHERE id = ? AND organisation_id = ?", (case_id, organisation)
    )
    return None if found is None else (str(found[0]), bool(found[1]))
