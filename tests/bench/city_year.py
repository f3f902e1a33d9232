"""A year of complaints to Kota Mojokerto, by the engine's public verbs: many at a time, over the working days."""

import heapq
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from itertools import count
from typing import Any

from city_stories import Story, chosen, topic
from kota import ANSWERS, Kota
from office import ms
from texting import Phones

from db import sql
from engine import verbs
from engine.commands import population
from engine.commands.start import Report, Reporter
from engine.offices import settings

YEAR = 2026
HOURS = 7.0
"""A day of the office, 08.00 to 15.00; stories wait in hours of it."""
WORKER = 0.5
"""The worker comes by so often."""
TENTH = 10


@dataclass
class Year:
    """The city at work through a year; `spent` is what each complaint cost (s of this process), oldest first."""

    cases: int
    kota: Kota = field(default_factory=lambda: Kota(f"{YEAR}-01-02 07.00"))
    chance: random.Random = field(default_factory=lambda: random.Random(14_2016))
    verbs: Counter[str] = field(default_factory=Counter)
    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    received: Counter[str] = field(default_factory=Counter)
    spent: dict[int, float] = field(default_factory=dict)
    worked: list[float] = field(default_factory=list)
    helped: int = 0

    def __post_init__(self) -> None:
        self.phones = Phones(self.kota)
        self.days = _working_days(self.kota.organisation)
        self._line: list[tuple[float, int, Iterator[float]]] = []
        self._order = count()

    def lived(self) -> None:
        """Everything that happens in the year, as time goes."""
        self._register()
        length = len(self.days) * HOURS
        for place in range(self.cases):
            self._wait(length * place / self.cases, self._story(place))
        self._wait(0.0, self._worker())
        while self._line:
            at, _, goes_on = heapq.heappop(self._line)
            if at >= length:
                break
            self.kota.now = max(self.kota.now, self.instant(at))
            pause = next(goes_on, None)
            if pause is not None:
                self._wait(at + pause, goes_on)
        self.kota.at(f"{YEAR}-12-31 23.00")
        self._works()

    def instant(self, at: float) -> int:
        """The instant (UTC ms) so many office hours after the year's beginning."""
        day = self.days[int(at // HOURS)]
        return ms(f"{day.isoformat()} 08.00") + int(at % HOURS * 3_600_000)

    def _wait(self, until: float, goes_on: Iterator[float]) -> None:
        heapq.heappush(self._line, (until, next(self._order), goes_on))

    def _worker(self) -> Iterator[float]:
        while True:
            self._works()
            yield WORKER

    def _works(self) -> None:
        begun = time.process_time()
        self.kota.works_off_jobs()
        self.worked.append(time.process_time() - begun)

    # --- what stories do ---

    def _story(self, place: int) -> Iterator[float]:
        told = topic(self.chance)
        story = chosen(self.chance)
        case = self._sent_by_sms(place, told) if self.chance.random() < 0.25 else self._sent(place, told)
        return self._lives(story, place, told, case)

    def _lives(self, story: Story, place: int, told: Any, begin: Callable[[], int]) -> Iterator[float]:
        case = self.timed(place, begin)
        self.received[self.date()[:7]] += 1
        yield from story(Course(self, place, case, told.unit))

    def timed(self, place: int, verb: Callable[[], Any]) -> Any:
        """Does it and puts what it cost down to a complaint."""
        begun = time.process_time()
        result = verb()
        self.spent[place] = self.spent.get(place, 0.0) + time.process_time() - begun
        return result

    def date(self) -> str:
        """Today."""
        return settings.calendar(self.kota.organisation).date_of(self.kota.now).isoformat()

    def _sent(self, place: int, told: Any) -> Callable[[], int]:
        nik, mother = person(place)
        who = Reporter(email=f"warga{place}@contoh.id", nik=nik, mother=mother)
        report = Report(told.text, "Seminggu ini", f"Kelurahan {told.place}", told.title, data=told.data)

        def sent() -> int:
            self.verbs["start"] += 1
            begun = verbs.start(
                "pengaduan",
                organisation="kota_mojokerto",
                reporter=who,
                report=report,
                send_key=f"year-{place}",
                now=self.kota.now,
            )
            return begun.case_id

        return sent

    def _sent_by_sms(self, place: int, told: Any) -> Callable[[], int]:
        nik, mother = person(place)

        def sent() -> int:
            self.verbs["sms"] += 1
            where = f"Kelurahan {told.place.replace('_', ' ')}"
            text = f"ADU#{nik}#{mother}#{told.topic}#{where}#{told.text}"
            self.phones.sends(text, f"+62812{place:08d}")
            self.phones.comes_by()
            self.phones.air.gone.clear()
            return int(sql.value("SELECT MAX(id) FROM case_file WHERE channel = 'sms'"))

        return sent

    def _register(self) -> None:
        """Nine of ten are in the population register."""
        people = (person(place) for place in range(self.cases) if place % TENTH)
        rows = "".join(f"{nik},{mother}\n" for nik, mother in people)
        text = f"nik,nama_ibu\n{rows or '3576010101800001,Siti'}"
        population.import_register(lambda: BytesIO(text.encode()), self.kota.organisation, clock=lambda: self.kota.now)


@dataclass
class Course:
    """One complaint in the hands of the offices; `unit` has it now."""

    year: Year
    place: int
    case: int
    unit: str

    @property
    def chance(self) -> random.Random:
        return self.year.chance

    def waits(self, element: str) -> list[tuple[int, str]]:
        """The open tasks of an element, with the office each waits for ("" for the citizen)."""
        text = (
            "SELECT t.id, COALESCE(o.code, '') FROM task t LEFT JOIN office o ON o.id = t.office_id"
            " WHERE t.case_file_id = ? AND t.element = ? AND t.state = 'open' ORDER BY t.id"
        )
        return sql.rows(text, (self.case, element))

    def does(self, element: str, **answers: Any) -> None:
        """Every office for which the step waits does it."""
        filled = {**ANSWERS[element], **answers}
        for task, office in self.waits(element):
            self._timed(element, partial(verbs.complete, task, by=self.year.kota.people[office], answers=filled))

    def told_by_citizen(self, element: str, **answers: Any) -> None:
        """The citizen answers, where they are asked."""
        filled = {**ANSWERS[element], **answers}
        for task, _ in self.waits(element):
            self._timed(element, partial(verbs.deliver, task, case_id=self.case, answers=filled))

    def withdrawn(self) -> None:
        """The citizen takes it back."""
        self._timed("withdraw", partial(verbs.withdraw, self.case))
        self.ends("withdrawn")

    def ends(self, how: str) -> None:
        """Remembers how it ended, and with whom."""
        self.year.ends[self.unit, how] += 1

    def _timed(self, name: str, verb: Callable[..., Any]) -> None:
        self.year.verbs[name] += 1
        self.year.timed(self.place, partial(verb, now=self.year.kota.now))


def person(place: int) -> tuple[str, str]:
    """NIK and mother's name of the n-th citizen."""
    born = date(1960, 1, 1) + timedelta(days=place % 16_000)
    return (
        f"3576{place // 9_000 % 90 + 1:02d}{born:%d%m%y}{place % 9_000 + 1:04d}",
        f"Siti Aminah {chr(65 + place % 26)}",
    )


def _working_days(organisation: int) -> list[date]:
    calendar = settings.calendar(organisation)
    every = (date(YEAR, 1, 1) + timedelta(days=day) for day in range(1, 365))
    return [day for day in every if calendar.is_working_day(day)]
