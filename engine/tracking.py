"""What a citizen is told about their own case: opened by number and PIN, read from the journal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from db.queries import public
from db.queries.public import Happened, Sent, Standing
from engine import outside, store, vault
from engine.clocks import deadlines, lateness
from engine.clocks.worktime import Calendar
from engine.diagrams import articles, releases
from engine.errors import NotAllowed, NotFound
from engine.offices import accounts, settings
from forms import Screen

ASKS = "minta_"
"""How the messages begin by which the office asks the reporter for something."""
SOURCE_TRIES = 40  # wrong PINs a day from one address: phones of one provider share theirs


def unlock(number: str, pin: str, *, source: str, now: int) -> int:
    """The id of the case that number and PIN open together.

    Raises NotAllowed alike for a wrong PIN and for a number that does not exist, SlowDown after too many of them.
    """
    written = number.strip().upper()
    anyone_there = accounts.guarded("pin from", source, now=now, free=SOURCE_TRIES, forgives=False)
    with anyone_there as from_there, accounts.guarded("pin of", written, now=now) as tries:
        found = public.lock_of(written)
        case_id, lock = found or (0, "0" * 64)
        if not vault.same(lock, vault.mark("pin of", written, pin.strip())) or not case_id:
            tries.wrong = from_there.wrong = True
            raise NotAllowed("follow", "Nomor laporan atau PIN tidak cocok.")
    return case_id


@dataclass(frozen=True)
class Event:
    """One thing that happened, as its `kind` (words are the page's), with facts and the text that was told."""

    kind: str  # received step asked told delivered answered withdrawn closed milestone
    at_ms: int
    office: str = ""
    name: str = ""  # the step's or milestone's name
    public: str = ""  # the diagram's own words for citizens (property `publik`)
    text: str = ""
    code: str = ""
    part: str = ""  # of the case: whose it is when several committees work on it, "" for the whole
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Clock:
    """How long something took or takes: `reached` (UTC ms) or not yet; working days; the limit where one is set."""

    kind: str  # first, answer, own: how long the office waited for the reporter
    reached: int | None
    workdays: int
    due_ms: int | None = None
    limit: int | None = None  # working days the law allows
    law: str = ""  # the article that sets it
    late: int | None = None  # working days past the limit; None where it was kept


@dataclass(frozen=True)
class Following:
    """A case as its reporter follows it; `publik` are the diagram's words for citizens, by element."""

    case: Sent
    events: list[Event]
    standing: list[Standing]
    asked: list[Standing]
    question: str
    answer_until: int | None
    clocks: list[Clock]
    publik: Mapping[str, str]
    rating: int | None = None
    missed: int | None = None  # a date that had passed when the case got a later one
    line: tuple[str, str] = ("", "")  # numbers of the case it goes on with, and of the one that goes on with it

    @property
    def answered(self) -> bool:
        """Whether the answer is there: what is asked after it is a wish, not a need."""
        return any(event.kind == "answered" for event in self.events)

    @property
    def status(self) -> str:
        """How it ended, in the diagram's own words for citizens; "" while it goes on."""
        ends = [event.public for event in self.events if event.kind == "closed"]
        return ends[-1] if ends and not self.open else ""

    @property
    def open(self) -> bool:
        """Whether the office is still at it."""
        return self.case.state in ("berjalan", "insiden")


def follow(case_id: int, *, now: int) -> Following:
    """Everything the reporter may know; raises NotFound."""
    case = public.case(case_id)
    if case is None:
        raise NotFound("case", case_id)
    lines = public.journal_of(case_id)
    reading = _Reading(case, public.texts_written(case_id), public.services_done(case_id), _ends(lines))
    events = _once([event for line in lines for event in reading.events(line)])
    open_ = public.open_tasks(case_id)
    asked = [task for task in open_ if task.kind == "receive"]
    question = next((event.text for event in reversed(events) if event.kind == "asked"), "")
    until = public.next_timer(case_id) if asked else None
    promise = _promise(lines)
    calendar = settings.calendar(case.organisation_id)
    law = reading.limit_of(promise.element, promise.due_ms, calendar)
    clocks = _clocks(case, lines, events, calendar, now, promise, law)
    standing = [task for task in open_ if task.kind == "user"]
    words = {task.element: reading.words_of(task.element) for task in open_}
    line = public.line_of(case_id)
    return Following(case, events, standing, asked, question, until, clocks, words, case.rating, promise.missed, line)


def _once(events: list[Event]) -> list[Event]:
    """An answer that was announced and then also delivered is told once, where it was there first."""
    told: set[tuple[str, str]] = set()
    found: list[Event] = []
    for event in events:
        if event.kind == "answered" and (event.part, event.text) in told:
            continue
        if event.kind == "answered":
            told.add((event.part, event.text))
        found.append(event)
    return found


@dataclass(frozen=True)
class Promise:
    """What the law promises of the answer, as it was last told: until when, by which limit and article."""

    due_ms: int | None = None
    element: str = ""
    missed: int | None = None


def _promise(lines: list[Happened]) -> Promise:
    """The last date that was promised, also once it was kept or lapsed."""
    due, missed, element = None, None, ""
    for line in lines:
        if line.kind == "promised":
            facts = orjson.loads(line.facts)
            due, element = facts.get("due"), line.element
            missed = facts.get("before") if facts.get("missed") else missed
    if due is None:
        return Promise()
    return Promise(due, element, missed)


def screen(case: Sent, asked: Standing) -> Screen:
    """The form by which the citizen answers what was asked, as it was when the case began; raises NotFound."""
    found = releases.closure(case.release_id, case.fingerprint).screens.get(asked.form)
    if found is None:
        raise NotFound("screen", asked.form)
    return found


def _ends(lines: list[Happened]) -> dict[int, tuple[int, str]]:
    """When each task ended, and with which decision ("cancelled" when it was taken back)."""
    return {line.task: (line.at_ms, _outcome(line)) for line in lines if line.kind in _ENDED and line.task is not None}


_ENDED = ("completed", "cancelled")


def _outcome(line: Happened) -> str:
    return line.kind if line.kind == "cancelled" else str(orjson.loads(line.facts).get("outcome", ""))


@dataclass
class _Reading:
    """The journal of one case, line by line, beside the texts that belong to it."""

    case: Sent
    written: list[public.Written]
    services: list[tuple[str, int]]
    ends: Mapping[int, tuple[int, str]]

    def events(self, line: Happened) -> Iterator[Event]:
        facts: dict[str, Any] = orjson.loads(line.facts)
        if line.kind == "offered" and line.task_kind == "user":
            yield self._step(line)
        elif line.kind == "completed" and (facts.get("answers") or {}).get("sudah_dikirim"):
            text = self._text("isi_balasan", line.instance, line.at_ms)
            yield Event("answered", line.at_ms, text=text, part=line.instance)
        elif line.kind == "sent":
            yield from self._sent(line, facts)
        elif line.kind == "closed":
            name = self._element_name(line.element)
            yield Event("closed", line.at_ms, name=name, code=str(facts.get("state", "")), public=self._public(line))
        elif line.kind == "milestone":
            yield Event("milestone", line.at_ms, name=str(facts.get("name", "")), public=self._public(line))
            yield from self._announced(line, str(facts.get("instance") or ""))
        elif line.kind in ("received", "delivered", "withdrawn"):
            yield Event(line.kind, line.at_ms, facts=facts)

    def _step(self, line: Happened) -> Event:
        """A step stands where it began; it says when and how it ended (`done`, UTC ms, and `code`)."""
        done, outcome = self.ends.get(line.task or 0, (None, ""))
        words = {"office": line.office, "name": line.task_name, "public": self._public(line)}
        return Event("step", line.at_ms, **words, code=outcome, facts={"done": done}, part=line.instance)

    def _sent(self, line: Happened, facts: Mapping[str, Any]) -> Iterator[Event]:
        """Messages stand here also when they could not be mailed; the answer only once it has reached the reporter."""
        job = self._job(line)
        message = str(job.get("message") or "jawaban")  # a service without a named message brings the answer
        if message == "jawaban" and not facts.get("delivered"):
            return
        part = str(job.get("instance", ""))
        text = self._text(outside.FIELDS.get(message, ""), part, line.at_ms)
        kind = "answered" if message == "jawaban" else "asked" if message.startswith(ASKS) else "told"
        yield Event(kind, line.at_ms, text=text, code=message, public=self._public(line), part=part)

    def _announced(self, line: Happened, part: str) -> Iterator[Event]:
        """A milestone that stands for the answer shows it, whether or not a message has left by then."""
        text = self._text(outside.FIELDS["jawaban"], part, line.at_ms)
        if text:
            yield Event("answered", line.at_ms, text=text, part=part)

    def limit_of(self, ident: str, due: int | None, calendar: Calendar) -> tuple[int | None, str]:
        """How many working days the milestone allows, where it counts in them, and which article says so."""
        element = self._element(ident)
        if element is None or due is None:
            return None, ""
        rule = articles.rule([element], self.case.received_ms, due, calendar)
        counted = element.props.get("sop.hitungan") == deadlines.LAW_CLOCK
        return rule.days if counted else None, rule.article

    def _job(self, line: Happened) -> Mapping[str, Any]:
        """What the job that sent a message knows of it: which message, in which part of the case."""
        payloads = (orjson.loads(payload) for payload, done in self.services if done == line.at_ms)
        return next((found for found in payloads if found.get("element") == line.element), {})

    def _text(self, name: str, instance: str, before: int) -> str:
        """The latest text of that name written in this part until then."""
        for found in reversed(self.written):
            if found.at_ms <= before and found.instance == instance:
                text = store.texts_of(found.task, found.sealed).get(name)
                if text:
                    return str(text)
        return ""

    def _element(self, ident: str) -> Any:
        closure = releases.closure(self.case.release_id, self.case.fingerprint)
        return closure.diagram.elements.get(ident)

    def _element_name(self, ident: str) -> str:
        element = self._element(ident)
        return str(element.name) if element else ""

    def _public(self, line: Happened) -> str:
        return self.words_of(line.element)

    def words_of(self, ident: str) -> str:
        """The diagram's own words for citizens, "" where it has none."""
        element = self._element(ident)
        return str(element.props.get("publik", "")) if element else ""


def _clocks(
    case: Sent,
    lines: list[Happened],
    events: list[Event],
    calendar: Calendar,
    now: int,
    promise: Promise,
    law: tuple[int | None, str],
) -> list[Clock]:
    """First answer: the office first told the reporter something (where no date is promised: first dealt with it).

    Substantive: it was answered, or closed with a reason.

    The reporter's own time stands beside them: the legal date does not move while the office waits for them.
    """
    dealt = [line.at_ms for line in lines if line.kind == "completed" and line.task_kind == "user"]
    answers = [event.at_ms for event in events if event.kind in ("answered", "told") or _ends_well(event)]
    first = case.first_ms if promise.element else min(dealt, default=None)
    answer = case.answered_ms or min(answers, default=None)
    end = case.closed_ms or now
    due = case.due_ms if case.due_ms is not None else promise.due_ms
    late = lateness.past(due, answer or end, calendar)
    law = law if due is not None else (None, "")
    clocks = [
        Clock("first", first, _workdays(calendar, case.received_ms, first or end)),
        Clock("answer", answer, _workdays(calendar, case.received_ms, answer or end), due, *law, late),
    ]
    waited = _waited(lines, calendar, answer or end, now)
    return clocks if waited is None else [*clocks, Clock("own", None, waited)]


def _ends_well(event: Event) -> bool:
    return event.kind == "closed" and event.code == "ditutup" and bool(event.public)


def _waited(lines: list[Happened], calendar: Calendar, until: int, now: int) -> int | None:
    """Working days the office waited for the reporter before it answered; None where it never asked."""
    ends = _ends(lines) | {line.task: (line.at_ms, "") for line in lines if line.kind == "delivered" and line.task}
    asked = [line for line in lines if line.kind == "offered" and line.task_kind == "receive" and line.at_ms < until]
    if not asked:
        return None
    spans = [(line.at_ms, min(ends.get(line.task or 0, (now, ""))[0], until)) for line in asked]
    return sum(_workdays(calendar, begun, end) for begun, end in spans)


def _workdays(calendar: Calendar, a: int, b: int) -> int:
    """Working days after the day of `a`, up to the day of `b`; the day of receipt is day 0."""
    count, day, last = 0, calendar.date_of(a), calendar.date_of(b)
    while day < last:
        day = day.fromordinal(day.toordinal() + 1)
        count += calendar.is_working_day(day)
    return count
