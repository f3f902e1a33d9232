"""The figures of a monthly recap (Pasal 9): counted from journal and tasks as they stood at the month's end.

A complaint is counted once. It belongs to the unit that ended it (answered, not followed up, handed to the
Inspektorat), else to the unit that had it at the month's end; a unit that sent it on counts it as re-routed, no more.
Received in its month, it is "left over" in every later month until it ends. Reopened, it stays answered.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import pairwise, product
from statistics import median
from typing import Any

import orjson

from db.queries import recaps
from db.queries.recaps import Complaint, Month, Step
from engine.clocks import deadlines
from engine.clocks.worktime import Calendar
from engine.diagrams.catalog import Element

SLOWEST = 5


@dataclass(frozen=True)
class Rules:
    """What the start event of the report says of the process it tells of."""

    process: str  # rekap.proses
    forwarding: str  # rekap.penerusan: the task by which a unit's operator forwards; it tells whose a case is
    forwarded: str  # rekap.diteruskan: the task that waits once it was forwarded
    helping: str  # rekap.koordinasi: the task of a helping unit
    declined: str  # rekap.tidak_ditindaklanjuti: the end of what is not followed up
    supervised: str  # rekap.pengawasan: the end of what goes to the Inspektorat
    reopened: str = ""  # rekap.dibuka_kembali: the task by which the citizen's wish to reopen is entered
    answering: str = ""  # rekap.balasan: the task by which the unit enters its answer

    @classmethod
    def of(cls, start: Element) -> "Rules":
        """As the start event says."""
        named = ("proses", "penerusan", "diteruskan", "koordinasi", "tidak_ditindaklanjuti", "pengawasan")
        names = (*named, "dibuka_kembali", "balasan")
        return cls(*(start.props.get(f"rekap.{name}", "") for name in names))


@dataclass(frozen=True)
class Counted:
    """One complaint as it stood at the month's end."""

    number: str
    topic: str
    unit: str
    new: bool  # received in the month
    end: str  # dijawab tidak_ditindaklanjuti pengawasan dicabut belum
    late: bool
    days: int  # working days from receipt to its end, or to the month's
    helped: bool  # other units had to help
    moved: bool  # its date had passed already when it was put off


@dataclass(frozen=True)
class Figures:
    """What stands on a recap; every complaint in exactly one of answered, lapsed and open."""

    carried: int = 0
    received: int = 0
    forwarded: int = 0
    forwarded_in_time: int = 0
    routed_out: int = 0
    routed_in: int = 0
    answered: int = 0
    answered_in_time: int = 0
    answered_late: int = 0
    declined: int = 0
    supervised: int = 0
    withdrawn: int = 0
    lapsed: int = 0
    open: int = 0
    open_late: int = 0
    coordinated: int = 0
    helping: int = 0
    moved_late: int = 0
    median_days: float | None = None
    topics: Sequence[Mapping[str, Any]] = ()
    slowest: Sequence[Mapping[str, Any]] = ()

    @property
    def load(self) -> int:
        """All there was to handle."""
        return self.carried + self.received


@dataclass
class Acts:
    """What units did in the month, complaint by complaint."""

    forwarded: Counter[str] = field(default_factory=Counter)
    in_time: Counter[str] = field(default_factory=Counter)
    out: Counter[str] = field(default_factory=Counter)
    into: Counter[str] = field(default_factory=Counter)
    helping: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Tally:
    """A month read once: its complaints and acts, to be asked for a unit or for the whole.

    One that was read for a unit is asked for that unit only.
    """

    complaints: Sequence[Counted]
    acts: Acts
    topics: Mapping[str, str]  # code → label

    def of(self, unit: str | None) -> Figures:
        """The figures of a unit; None for all of them together ("" for what no unit has yet)."""
        own = [one for one in self.complaints if unit is None or one.unit == unit]
        ends = Counter(one.end for one in own)
        late = Counter(one.end for one in own if one.late)
        answered = [one.days for one in own if one.end == "dijawab"]
        lapsed = ends["tidak_ditindaklanjuti"] + ends["pengawasan"] + ends["dicabut"]
        return Figures(
            carried=sum(not one.new for one in own),
            received=sum(one.new for one in own),
            forwarded=_of(self.acts.forwarded, unit),
            forwarded_in_time=_of(self.acts.in_time, unit),
            routed_out=_of(self.acts.out, unit),
            routed_in=_of(self.acts.into, unit),
            answered=ends["dijawab"],
            answered_in_time=ends["dijawab"] - late["dijawab"],
            answered_late=late["dijawab"],
            declined=ends["tidak_ditindaklanjuti"],
            supervised=ends["pengawasan"],
            withdrawn=ends["dicabut"],
            lapsed=lapsed,
            open=ends["belum"],
            open_late=late["belum"],
            coordinated=sum(one.helped for one in own),
            helping=_of(self.acts.helping, unit),
            moved_late=sum(one.moved for one in own),
            median_days=float(median(answered)) if answered else None,
            topics=_by_topic(own, self.topics),
            slowest=_slowest(own),
        )


def _of(counted: Counter[str], unit: str | None) -> int:
    return counted.total() if unit is None else counted[unit]


def _by_topic(own: Iterable[Counted], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Per subject, in the order of the list; those without a complaint are left out, unknown ones come last."""
    found: defaultdict[str, list[Counted]] = defaultdict(list)
    for one in own:
        found[one.topic].append(one)
    order = {code: place for place, code in enumerate(labels)}
    rows = sorted(found.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0]))
    return [
        {
            "code": code,
            "label": labels.get(code, code) or "(belum ditentukan)",
            "load": len(rows),
            "answered": sum(one.end == "dijawab" for one in rows),
            "in_time": sum(one.end == "dijawab" and not one.late for one in rows),
            "late": sum(one.late for one in rows),
            "open": sum(one.end == "belum" for one in rows),
        }
        for code, rows in rows
    ]


def _slowest(own: Iterable[Counted]) -> list[dict[str, Any]]:
    slow = sorted((one for one in own if one.end in ("dijawab", "belum")), key=lambda one: (-one.days, one.number))
    return [{"number": one.number, "days": one.days, "end": one.end, "late": one.late} for one in slow[:SLOWEST]]


# --- reading a month ---

Promise = tuple[int, int | None, bool]
"""When it was made, until when, whether the date before it had been missed."""


@dataclass
class Course:
    """How one complaint went: what ended it and when, until when an answer was promised."""

    end: str = ""  # dijawab tidak_ditindaklanjuti pengawasan dicabut; "" for one that goes on
    at_ms: int = 0
    due_ms: int | None = None  # of the answer
    promised: list[Promise] = field(default_factory=list)


def tally(month: Month, rules: Rules, calendar: Calendar, topics: Mapping[str, str], unit: str = "") -> Tally:
    """Reads a month in three questions, whatever its size; with a `unit`, only what that unit is to be told of."""
    if unit:
        month = replace(month, unit=unit, by=(rules.forwarding, rules.helping))
    found = recaps.complaints(month)
    courses = _courses(month, rules, found)
    steps: defaultdict[int, list[Step]] = defaultdict(list)
    for step in recaps.steps(month, [rules.forwarding, rules.forwarded, rules.helping]):
        steps[step.case_id].append(step)
    reader = _Reader(month, rules, calendar)
    counted = [one for case in found if (one := reader.read(case, courses[case.id], steps[case.id]))]
    for rows in steps.values():
        reader.note(rows)
    return Tally(counted, reader.acts, topics)


def _courses(month: Month, rules: Rules, complaints: Iterable[Complaint]) -> dict[int, Course]:
    """The first thing that ended each complaint counts; what is reopened later has ended all the same."""
    found = {case.id: Course() for case in complaints}
    ends = {"tidak_ditindaklanjuti": rules.declined, "pengawasan": rules.supervised}
    told = [turn for turn in recaps.turns(month, list(ends.values())) if turn.case_id in found]
    for turn in told:
        if turn.kind in recaps.PROMISES:
            _turn(found[turn.case_id], turn.kind, turn.at_ms, orjson.loads(turn.facts))
    for turn, (end, element) in product(told, ends.items()):
        if turn.kind not in recaps.PROMISES and recaps.arrival(element) in turn.facts:
            _ends(found[turn.case_id], end, turn.at_ms)
    for case in complaints:
        if case.closed_ms is not None:
            _ends(found[case.id], "dicabut", case.closed_ms)
    return found


def _turn(course: Course, kind: str, at: int, facts: Mapping[str, Any]) -> None:
    if kind == "promised" and facts.get("unmoved"):
        course.promised = _before(course.promised, facts.get("due"))
    elif kind == "promised":
        course.promised.append((at, facts.get("due"), bool(facts.get("missed"))))
    elif kind == "unreached":
        course.end = ""
    elif not course.end:
        course.end, course.at_ms, course.due_ms = "dijawab", at, facts.get("due")


def _before(promised: Sequence[Promise], due: int | None) -> list[Promise]:
    """What was promised up to that date, when the act that moved it was taken back."""
    last = next((place for place, promise in enumerate(reversed(promised)) if promise[1] == due), len(promised))
    return list(promised[: len(promised) - last])


def _ends(course: Course, end: str, at: int) -> None:
    if not course.end or at < course.at_ms:
        course.end, course.at_ms = end, at


class _Reader:
    """One month, as it is read complaint by complaint."""

    def __init__(self, month: Month, rules: Rules, calendar: Calendar) -> None:
        self.month, self.rules, self.calendar = month, rules, calendar
        self.acts = Acts()
        self.days = _working_days(calendar)

    def read(self, case: Complaint, course: Course, steps: Sequence[Step]) -> Counted | None:
        """A complaint as it stood at the month's end; None when it had ended before the month."""
        if course.end and course.at_ms < self.month.from_ms:
            return None
        over = bool(course.end) and course.at_ms < self.month.until_ms
        at = course.at_ms if over else self.month.until_ms - 1
        end = course.end if over else "belum"
        known = [promise for promise in course.promised if promise[0] <= at]
        due = course.due_ms if end == "dijawab" else (known[-1][1] if known else None)
        return Counted(
            number=case.number,
            topic=case.topic,
            unit=self._unit(steps, at),
            new=case.received_ms >= self.month.from_ms,
            end=end,
            late=end in ("dijawab", "belum") and self._late(at, due),
            days=self.days(self.calendar.date_of(case.received_ms), self.calendar.date_of(at)),
            helped=any(step.element == self.rules.helping for step in steps),
            moved=any(missed for _, _, missed in known),
        )

    def _late(self, at: int, due: int | None) -> bool:
        return deadlines.is_late(at, due, deadlines.LAW_CLOCK, self.calendar)

    def _unit(self, steps: Sequence[Step], at: int) -> str:
        """Whose it was at an instant: the unit whose operator had it last."""
        held = [step.unit for step in steps if step.element == self.rules.forwarding and step.offered_ms <= at]
        return held[-1] if held else ""

    def note(self, steps: Sequence[Step]) -> None:
        """What units did in the month with one complaint, each at most once."""
        forwarding = [step for step in steps if step.element == self.rules.forwarding]
        waited = {step.offered_ms for step in steps if step.element == self.rules.forwarded}
        at = {step.done_ms: step for step in forwarding}  # of two at one instant the later one led on
        sent = {step.unit: step for done, step in at.items() if done in waited and self._within(done)}
        self.acts.forwarded.update(sent.keys())
        late = {step.unit for step in forwarding if step.late and (step.done_ms or 0) < self.month.until_ms}
        self.acts.in_time.update(unit for unit in sent if unit not in late)  # a turn past the Admin wins no time
        moved = [(a.unit, b.unit) for a, b in pairwise(forwarding) if a.unit != b.unit and self._within(b.offered_ms)]
        self.acts.out.update({a for a, _ in moved})
        self.acts.into.update({b for _, b in moved})
        self.acts.helping.update(
            {s.unit for s in steps if s.element == self.rules.helping and self._within(s.offered_ms)}
        )

    def _within(self, at: int | None) -> bool:
        return at is not None and self.month.from_ms <= at < self.month.until_ms


def _working_days(calendar: Calendar) -> Callable[[date, date], int]:
    """Working days after one date up to another, that one counted: the date of receipt is day 0."""

    @cache
    def counted(first: int, last: int) -> int:
        return sum(calendar.is_working_day(date.fromordinal(day)) for day in range(first + 1, last + 1))

    return lambda first, last: counted(first.toordinal(), last.toordinal())
