"""To what an office must agree before it is in force: releases of processes that name it, changes of lists.

Perwali 14/2016 Pasal 10 ayat (3) huruf d (Penanggung Jawab), Pasal 11 ayat (2) (the SOP).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import orjson

from db import sql
from engine.diagrams import releases
from engine.diagrams.drawing import DrawingUnreadable
from engine.diagrams.sop_table import read
from engine.offices import settings
from engine.offices.people import Seat

_TEXT = """
SELECT 'setting', name, body FROM setting WHERE organisation_id = ? AND name IN ({names})
UNION ALL SELECT 'release', r.process, r.id || ' ' || r.fingerprint FROM release r WHERE r.organisation_id = ?
  AND r.version = (SELECT MAX(n.version) FROM release n WHERE n.organisation_id = r.organisation_id
    AND n.process = r.process)
"""
SETTINGS = ("approved_lists", "role_map")
RELEASES = "releases"


def doors(organisation: int, *names: str) -> dict[str, Any]:
    """The values in force of settings, those of who must agree, and the newest release of each process: one question.

    `releases`: process → (id, fingerprint).
    """
    wanted = (*names, *SETTINGS)
    found = list(sql.rows(_TEXT.format(names=sql.marks(wanted)), (organisation, *wanted, organisation)))
    told: dict[str, Any] = {name: settings.DEFAULTS.get(name) for name in wanted}
    told |= {str(name): orjson.loads(body) for kind, name, body in found if kind == "setting"}
    marks = ((str(process), str(mark).split(" ")) for kind, process, mark in found if kind == "release")
    return told | {RELEASES: {process: (int(ident), mark) for process, (ident, mark) in marks}}


@dataclass(frozen=True)
class Duty:
    """What someone must agree to: processes (with the release in force) and lists."""

    processes: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    lists: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.processes or self.lists)


def duty(told: Mapping[str, Any], seats: Iterable[Seat]) -> Duty:
    """Of whoever holds these seats, by what `doors` told."""
    here = list(seats)
    roles, names = {seat.role for seat in here}, {name for seat in here for name in (seat.code, seat.role)}
    mapped = told["role_map"] or {}
    approvers = {process: judge_of(process, *mark) for process, mark in told[RELEASES].items()}
    mine = {p: told[RELEASES][p] for p, role in approvers.items() if role and mapped.get(role, role) in names}
    lists = tuple(sorted(name for name, role in (told["approved_lists"] or {}).items() if role in roles))
    return Duty(mine, lists)


@lru_cache(maxsize=256)
def judge_of(process: str, release_id: int, fingerprint: str) -> str:
    """The role that a release names to approve the next one (`sop.disahkan`); "" where it names none."""
    files = releases.closure(release_id, fingerprint).files
    try:
        return read({name: text.encode() for name, text in files.items()}, process).identity.get("disahkan", "")
    except (LookupError, DrawingUnreadable):
        return ""
