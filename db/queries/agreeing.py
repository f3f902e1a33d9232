"""What is asked about proposals that wait for the agreement of an office: releases and changes of lists."""

from collections.abc import Collection
from typing import NamedTuple

from db import sql

PAGE = 25


class Waiting(NamedTuple):
    """A proposal that waits; `about` is the process or the list, `act` and `facts` (JSON) are a list's alone."""

    kind: str  # terbitan daftar
    id: int
    about: str
    note: str
    maker: str
    since_ms: int
    act: str
    facts: str


def count(organisation: int, processes: Collection[str], lists: Collection[str]) -> int:
    """How many wait for whoever must agree to releases of these processes and to changes of these lists."""
    processes, lists = processes or [""], lists or [""]
    text = (
        "SELECT (SELECT COUNT(*) FROM release_proposal WHERE organisation_id = ? AND state = 'diajukan'"
        f" AND process IN ({sql.marks(processes)})) + (SELECT COUNT(*) FROM choice_proposal WHERE organisation_id = ?"
        f" AND state = 'diajukan' AND list IN ({sql.marks(lists)}))"
    )
    return int(sql.value(text, [organisation, *processes, organisation, *lists]))


def page(
    organisation: int, processes: Collection[str], lists: Collection[str], number: int
) -> tuple[list[Waiting], bool]:
    """Those, the longest waiting first, and whether there are more."""
    processes, lists = processes or [""], lists or [""]
    text = (
        "SELECT 'terbitan', q.id, q.process, q.note, m.name, q.proposed_ms, '', '' FROM release_proposal q"
        " JOIN account a ON a.id = q.made_by JOIN person m ON m.id = a.person_id"
        f" WHERE q.organisation_id = ? AND q.state = 'diajukan' AND q.process IN ({sql.marks(processes)})"
        " UNION ALL SELECT 'daftar', q.id, q.list, '', m.name, q.made_ms, q.act, q.facts FROM choice_proposal q"
        " JOIN person m ON m.id = q.made_by"
        f" WHERE q.organisation_id = ? AND q.state = 'diajukan' AND q.list IN ({sql.marks(lists)})"
        " ORDER BY 6, 1, 2 LIMIT ? OFFSET ?"
    )
    values = [organisation, *processes, organisation, *lists, PAGE + 1, (number - 1) * PAGE]
    found = [Waiting(*row) for row in sql.rows(text, values)]
    return found[:PAGE], len(found) > PAGE
