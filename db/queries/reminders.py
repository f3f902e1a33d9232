"""What is late, due soon or new, for mails and notices to staff: sets of tasks, never one at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from db import sql
from db.queries import overdue

HOUR, OFFICE_DAY = 3_600_000, 27_000_000
Add = Callable[[int, int], int]


def soon(add: Add, now: int) -> int:
    """Until when something is due soon: one office hour ahead."""
    return add(now, HOUR)


def soon_day(add: Add, now: int) -> int:
    """The same for limits counted in days: one normal working day ahead."""
    return add(now, OFFICE_DAY)


class Line(NamedTuple):
    """A task as a mail lists it."""

    task: int
    number: str
    name: str
    due_ms: int | None  # its own limit, else the law's
    norm_ms: int | None
    by_law: bool
    received_ms: int
    release_id: int
    fingerprint: str


_LINE = (
    f"SELECT t.id, c.number, t.name, {overdue.UNTIL}, t.norm_ms, t.due_ms IS NULL AND t.law_ms IS NOT NULL,"
    " c.received_ms, r.id, r.fingerprint FROM task t"
    " JOIN case_file c ON c.id = t.case_file_id JOIN release r ON r.id = c.release_id WHERE t.state = 'open'"
)
_PRESSING = "COALESCE(t.due_ms, t.law_ms, t.norm_ms, 9000000000000000), t.id"


def still_open(tasks: Sequence[int]) -> list[Line]:
    """Which of these are still to be done, the most pressing first."""
    if not tasks:
        return []
    text = f"{_LINE} AND t.id IN ({sql.marks(tasks)}) AND t.kind = 'user' ORDER BY {_PRESSING}"
    return [Line(*found) for found in sql.rows(text, tasks)]


_SOON = f"(({overdue.SOON}) OR ({overdue.LAW_SOON}) OR (t.opened_ms IS NULL AND t.norm_ms < {{now}}))"
PARTS = {"terlambat": overdue.ANY, "segera": _SOON, "baru": "t.opened_ms IS NULL"}
"""The parts of a desk as its page has them; a task may be in several."""
_ANY = " OR ".join(PARTS.values())


class Near(NamedTuple):
    """The instants an office's deadlines are held against: due soon before these, late in working days up to there."""

    hours: int
    days: int
    midnight: int

    @classmethod
    def of(cls, add: Add, midnight: int, now: int) -> "Near":
        """As a calendar counts them."""
        return cls(soon(add, now), soon_day(add, now), midnight)

    def fill(self, text: str, now: int) -> str:
        """Put into a condition; they are integers of ours."""
        return text.format(now=int(now), soon=int(self.hours), soon_day=int(self.days), midnight=int(self.midnight))


Offices = Mapping[int, Near]


def counts(offices: Offices, now: int) -> dict[str, int]:
    """How much of each part lies at these offices together; under `ada` how many tasks that is."""
    parts = {**PARTS, "ada": _ANY}
    total = dict.fromkeys(parts, 0)
    for near, group in _groups(offices).items():
        sums = ", ".join(
            f"COALESCE(SUM(CASE WHEN {near.fill(part, now)} THEN 1 ELSE 0 END), 0)" for part in parts.values()
        )
        found = sql.row(
            f"SELECT {sums} FROM task t WHERE t.office_id IN ({sql.marks(group)}) AND t.state = 'open'", group
        )
        for name, count in zip(parts, found or (), strict=True):
            total[name] += int(count)
    return total


def _groups(offices: Offices) -> dict[Near, list[int]]:
    """Offices that keep the same hours, asked together."""
    groups: dict[Near, list[int]] = {}
    for office, instants in offices.items():
        groups.setdefault(instants, []).append(office)
    return groups


def pressing(offices: Offices, now: int, limit: int) -> list[Line]:
    """What is late, due soon or not opened yet at these offices, the most pressing first."""
    found: list[Line] = []
    for near, group in _groups(offices).items():
        wanted = near.fill(_ANY, now)
        text = f"{_LINE} AND t.office_id IN ({sql.marks(group)}) AND ({wanted}) ORDER BY {_PRESSING} LIMIT ?"
        found += [Line(*row) for row in sql.rows(text, [*group, limit])]
    return sorted(found, key=lambda line: (line.due_ms or line.norm_ms or 9_000_000_000_000_000, line.task))[:limit]


def busy_offices(offices: Offices, now: int) -> set[int]:
    """Which of these offices have anything for a digest."""
    busy: set[int] = set()
    for near, group in _groups(offices).items():
        wanted = near.fill(_ANY, now)
        text = f"SELECT DISTINCT t.office_id FROM task t WHERE t.office_id IN ({sql.marks(group)}) AND t.state = 'open'"
        busy |= {int(found[0]) for found in sql.rows(f"{text} AND ({wanted})", group)}
    return busy


class Candidate(NamedTuple):
    """A task somebody must be told of."""

    task: int
    case: int
    office: int
    superior: int | None
    limit_text: str
    clock: str
    wait_norm: str
    due_ms: int | None
    norm_ms: int | None
    law_ms: int | None
    received_ms: int
    release_id: int
    fingerprint: str

    @property
    def by_law(self) -> bool:
        """Without a limit of its own: the law's date is what it keeps."""
        return self.due_ms is None and self.law_ms is not None

    @property
    def until_ms(self) -> int | None:
        """Its own limit, else the law's."""
        return self.law_ms if self.due_ms is None else self.due_ms


# Told in this order and never back: a task that is late at first sight is not called due soon afterwards.
LEVELS = {"belum_dibuka": 1, "segera": 2, "terlambat": 3}
_WHEN = {
    "belum_dibuka": "t.opened_ms IS NULL AND t.due_ms IS NULL AND t.norm_ms < {now}",
    "segera": f"(({overdue.SOON}) OR ({overdue.LAW_SOON}))",
    "terlambat": overdue.ANY,
}


@dataclass(frozen=True)
class Asked:
    """Which reminder of which offices, at which instants."""

    kind: str
    offices: tuple[int, ...]
    now: int
    near: Near

    @property
    def level(self) -> int:
        """What `task.told` is raised to: each reminder goes out once."""
        return LEVELS[self.kind]

    @property
    def where(self) -> str:
        """As a condition."""
        when = self.near.fill(_WHEN[self.kind], self.now)
        return f"t.state = 'open' AND t.told < {self.level} AND {when}"


def untold(asked: Asked, limit: int) -> list[int]:
    """Tasks nobody has been told of in this way yet; read without a lock, as it looks at everything open."""
    text = (
        f"SELECT t.id FROM task t WHERE t.office_id IN ({sql.marks(asked.offices)}) AND {asked.where}"
        " ORDER BY COALESCE(t.due_ms, t.law_ms, t.norm_ms), t.id LIMIT ?"
    )
    return [int(found[0]) for found in sql.rows(text, [*asked.offices, limit])]


def still_untold(asked: Asked, tasks: Sequence[int]) -> list[Candidate]:
    """Those of them that are so still, locked for the caller's transaction."""
    skip = " FOR UPDATE OF t SKIP LOCKED" if sql.for_update() else ""
    text = (
        "SELECT t.id, t.case_file_id, t.office_id, o.superior_id, t.limit_text, t.clock, t.wait_norm, t.due_ms,"
        " t.norm_ms, t.law_ms, c.received_ms, r.id, r.fingerprint FROM task t JOIN office o ON o.id = t.office_id"
        f" JOIN case_file c ON c.id = t.case_file_id JOIN release r ON r.id = c.release_id"
        f" WHERE t.id IN ({sql.marks(tasks)})"
        f" AND {asked.where} ORDER BY t.id{skip}"
    )
    return [Candidate(*found) for found in sql.rows(text, tasks)]
