"""A release is put in force: an act of the office that the law names, by whoever holds it, with a letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db import sql
from db.connect import transaction
from engine import journal
from engine.diagrams import proposals, releases
from engine.diagrams.gate import Problem
from engine.errors import NotAllowed, NotFound, OfficeError
from engine.offices import people


class GateClosed(OfficeError):
    """The diagrams cannot be put in force as they are; `problems` are all that is wrong with them."""

    status = 422

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True)
class Published:
    """What is in force now; `new` is False when the same content already was."""

    process: str
    version: int
    new: bool
    warnings: tuple[Problem, ...]


def publish(organisation: int, files: Mapping[str, bytes], *, office: str, letter: str, now: int) -> Published:
    """Proposes and approves these files as that office: new cases start with them, running ones keep what they have.

    Raises NotFound for an office that is not there, NotAllowed where nobody holds it, GateClosed with every problem,
    ProcessBroken where the files are not one process.
    """
    closed = proposals.closed(files)
    found = proposals.problems(organisation, closed)
    if any(problem.level == "error" for problem in found):
        raise GateClosed(found)
    process = proposals.process_of(files)
    with transaction():
        seat = _seat(organisation, office, now)
        before = _latest(organisation, process)
        terms = releases.Terms(letter, now, office=seat.office_id)
        release = releases.publish(organisation, process, closed, terms, person=seat.person_id, now=now)
        version = _latest(organisation, process)
        if version != before:
            facts = {"process": process, "version": version, "release": release, "letter": letter}
            journal.append(organisation, None, [_approved(seat, facts, now)])
    return Published(process, version, version != before, tuple(found))


def _approved(seat: people.Seat, facts: Mapping[str, Any], now: int) -> journal.Entry:
    return journal.Entry(
        "approved", now, office=seat.office_id, person=seat.person_id, acting_as=seat.kind, facts=facts
    )


def _seat(organisation: int, office: str, now: int) -> people.Seat:
    found = sql.value("SELECT id FROM office WHERE organisation_id = ? AND code = ?", (organisation, office))
    if found is None:
        raise NotFound("office", office)
    seats = people.who_may_act(now, office_id=int(found))
    if not seats:
        raise NotAllowed("publish", "Jabatan ini sedang kosong; catat dahulu pejabat atau penggantinya.")
    return seats[0]


def _latest(organisation: int, process: str) -> int:
    text = "SELECT MAX(version) FROM release WHERE organisation_id = ? AND process = ?"
    return int(sql.value(text, (organisation, process)) or 0)
