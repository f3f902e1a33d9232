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
UNION ALL SELECT 'first', q.process, q.id || ' ' || q.fingerprint FROM release_proposal q WHERE q.organisation_id = ?
  AND q.state = 'diajukan' AND NOT EXISTS (SELECT 1 FROM release n WHERE n.organisation_id = q.organisation_id
    AND n.process = q.process)
"""
SETTINGS = ("approved_lists", "role_map")
RELEASES, FIRST = "releases", "first"


def doors(organisation: int, *names: str) -> dict[str, Any]:
    """The values in force of settings, those of who must agree, the newest release of each process: one question.

    `releases`: process → (id, fingerprint); `first`: the same of a proposal, for processes that have no release yet.
    """
    wanted = (*names, *SETTINGS)
    found = list(sql.rows(_TEXT.format(names=sql.marks(wanted)), (organisation, *wanted, organisation, organisation)))
    told: dict[str, Any] = {name: settings.DEFAULTS.get(name) for name in wanted}
    told |= {str(name): orjson.loads(body) for kind, name, body in found if kind == "setting"}
    told |= {RELEASES: {}, FIRST: {}}
    for kind, process, mark in found:
        if kind != "setting":
            ident, fingerprint = str(mark).split(" ")
            told[RELEASES if kind == "release" else FIRST][str(process)] = (int(ident), fingerprint)
    return told


@dataclass(frozen=True)
class Duty:
    """What someone must agree to: processes (with the release in force, None for a first one) and lists."""

    processes: Mapping[str, tuple[int, str] | None] = field(default_factory=dict)
    lists: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.processes or self.lists)


def duty(told: Mapping[str, Any], seats: Iterable[Seat]) -> Duty:
    """Of whoever holds these seats, by what `doors` told."""
    here = list(seats)
    roles, names = {seat.role for seat in here}, {name for seat in here for name in (seat.code, seat.role)}
    mapped = told["role_map"] or {}
    judges = {process: judge_of(process, *mark) for process, mark in told[RELEASES].items()}
    judges |= {process: judge_of(process, *mark, first=True) for process, mark in told[FIRST].items()}
    mine = {p: told[RELEASES].get(p) for p, role in judges.items() if role and mapped.get(role, role) in names}
    lists = tuple(sorted(name for name, role in (told["approved_lists"] or {}).items() if role in roles))
    return Duty(mine, lists)


@lru_cache(maxsize=256)
def judge_of(process: str, ident: int, fingerprint: str, *, first: bool = False) -> str:
    """The role a release names to approve the next one, or a first proposal itself (`sop.disahkan`); "" for none."""
    files = _files_of(ident, fingerprint) if first else releases.closure(ident, fingerprint).files
    try:
        return read({name: text.encode() for name, text in files.items()}, process).identity.get("disahkan", "")
    except (LookupError, DrawingUnreadable):
        return ""


def _files_of(proposal: int, fingerprint: str) -> Mapping[str, str]:
    text = "SELECT files FROM release_proposal WHERE id = ? AND fingerprint = ?"
    files: dict[str, str] = orjson.loads(sql.value(text, (proposal, fingerprint)) or "{}")
    return files
