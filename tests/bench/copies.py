"""Copies of a case by the thousand: with times, texts, names and numbers of their own, their journals chained."""

import itertools
import random
from dataclasses import dataclass, field
from typing import Any

import bulk
import orjson
import words
from office import ms
from patterns import Pattern, is_instant

from db import connect, sql
from engine import counters, journal, limits, search, vault
from engine.clocks.worktime import Calendar
from engine.offices import settings

NOW = "2026-11-20 09.00"
ZONE = "Asia/Jakarta"
TABLES = (
    *("reporter", "case_file", "narrative", "workflow", "task", "submission", "journal", "agenda", "job"),
    "case_search",
)
BATCH = 2_000
LOOKED_AT = 0.5  # of the tasks that wait


@dataclass
class Ids:
    """The next free id of each table and number of each counter."""

    next: dict[str, int] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)

    def take(self, table: str, count: int = 1) -> int:
        first = self.next[table]
        self.next[table] = first + count
        return first

    def number(self, name: str) -> int:
        self.counters[name] = self.counters.get(name, 0) + 1
        return self.counters[name]


class Maker:
    """Copies patterns into new cases."""

    def __init__(self, organisation: int, load: bulk.Loader) -> None:
        self.organisation, self.load = organisation, load
        self.calendars: dict[int | None, Calendar] = settings.office_calendars(organisation)
        self.calendar = self.calendars[None]
        self.chance = random.Random(9_3_3)
        self.words = words.Words(self.chance)
        self.now = ms(NOW)
        self.ids = Ids(
            {table: _highest(table) + 1 for table in TABLES if table not in ("narrative", "workflow", "case_search")}
        )
        self.holders = _holders()
        self.ids.counters = dict(sql.rows("SELECT name, value FROM counter WHERE organisation_id = ?", (organisation,)))

    def fill(self, patterns: list[tuple[Pattern, int]], wanted: int, since: int, until: int, counted: str) -> None:
        """Cases until so many tasks are there, received evenly between `since` and `until` ms ago, in order."""
        kinds, weights = [p for p, _ in patterns], [w for _, w in patterns]
        each = sum(getattr(p, counted) * w for p, w in patterns) / sum(weights)
        begun, step, made = self.now - since, (since - until) / max(1.0, wanted / each), 0
        for place in itertools.count():
            if made >= wanted:
                break
            pattern = self.chance.choices(kinds, weights)[0]
            self._case(pattern, begun + int(step * (place + self.chance.random())))
            made += getattr(pattern, counted)
            if place % BATCH == 0:
                self.load.flush()
        self.load.flush()

    def _case(self, pattern: Pattern, received: int) -> None:
        case, reporter = self.ids.take("case_file"), self.ids.take("reporter")
        at = self._times(pattern, received)
        year = counters.year_in(ZONE, received)
        number = f"{self.ids.number(f'case:{year}'):04d}/SIAPMAS/{year}"
        tasks = self._tasks(pattern, case, at, received)
        name, subject, story = self.words.name(), self.words.subject(), self.words.story()
        identity = {"name": name, "phone": "", "email": "warga@contoh.id", "address": ""}
        mark = vault.mark("reporter", str(reporter))
        sealed = vault.seal(identity, f"reporter:{reporter}")
        self._put("reporter", pattern, id=reporter, sealed=sealed, mark=mark, created_ms=received)
        self._put(
            "case_file",
            pattern,
            id=case,
            reporter_id=reporter,
            number=number,
            send_key=f"big-{case}",
            subject=subject,
            received_ms=received,
            closed_ms=self._moved(pattern.rows["case_file"][0]["closed_ms"], at, received, received),
        )
        self._put("narrative", pattern, case_file_id=case, sealed=vault.seal(story, f"narrative:{case}"))
        self._put("workflow", pattern, case_file_id=case)
        self._submissions(pattern, case, tasks, at)
        agenda = self._agenda(pattern, case, at)
        self._journal(pattern, case, number, tasks, at, agenda)
        self._jobs(pattern, case, at)
        self._index(case, number, subject, story, name)

    def _index(self, case: int, number: str, subject: str, story: dict[str, str], name: str) -> None:
        """What the search keeps of a case."""
        made = search.document(number, subject, story, name)
        key = "rowid" if connect.is_sqlite() else "case_file_id"
        self.load.add("case_search", {key: case, **vars(made)})

    def _put(self, table: str, pattern: Pattern, **values: Any) -> None:
        self.load.add(table, {**pattern.rows[table][0], **values})

    def _times(self, pattern: Pattern, received: int) -> dict[int, int]:
        """Every instant of the pattern, where it falls in this case."""
        at, moment = {}, received
        for instant, what, limit in pattern.pace:
            if at:
                moment = self.calendar.add_ms(moment, self._gap(what, limit))
            at[instant] = moment
        return at

    def _gap(self, what: str, limit: int) -> int:
        if what == "other":
            return 30_000
        if what == "opened":
            return int(self.chance.lognormvariate(14.6, 1.0))  # half within 36 minutes of office time
        return int(limit * self.chance.lognormvariate(-0.7, 0.75))  # a sixth late

    def _tasks(self, pattern: Pattern, case: int, at: dict[int, int], received: int) -> dict[int, dict[str, Any]]:
        """The rows of its tasks by the pattern's ids."""
        first, made = self.ids.take("task", len(pattern.rows["task"])), {}
        for place, row in enumerate(pattern.rows["task"]):
            offered, started = at[row["offered_ms"]], at.get(row["started_ms"])
            done = at.get(row["done_ms"])
            calendar = self.calendars.get(row["office_id"]) or self.calendar
            limit = limits.Limit(row["limit_text"], row["clock"], row["since"], row["wait_norm"])
            due = limits.due(limit, calendar, offered=offered, started=started, received=received)
            made[row["id"]] = new = {
                **row,
                "id": first + place,
                "case_file_id": case,
                "offered_ms": offered,
                "opened_ms": started,
                "started_ms": started,
                "done_ms": done,
                "due_ms": due,
                "norm_ms": limits.norm(limit, calendar, offered),
                "waited_ms": calendar.work_ms_between(offered, started) if started and done else None,
                "worked_ms": calendar.work_ms_between(started, done) if started and done else None,
                "late": bool(done and due and done > due),
            }
            if done is None and self.chance.random() < LOOKED_AT:
                self._look(new, limit, calendar, received)
            self.load.add("task", new)
        return made

    def _look(self, task: dict[str, Any], limit: limits.Limit, calendar: Calendar, received: int) -> None:
        """Someone has opened it, and half of them taken it for themselves."""
        opened = min(self.now, calendar.add_ms(task["offered_ms"], self._gap("opened", 0)))
        due = limits.due(limit, calendar, offered=task["offered_ms"], started=opened, received=received)
        task.update(opened_ms=opened, started_ms=opened, due_ms=due)
        if self.chance.random() < 0.5:
            account = self.holders[task["office_id"]][1]
            task.update(claimed_ms=opened, claimed_by=account)

    def _submissions(self, pattern: Pattern, case: int, tasks: dict[int, dict[str, Any]], at: dict[int, int]) -> None:
        for row in pattern.rows["submission"]:
            task = tasks[row["task_id"]]["id"]
            sealed = vault.seal(pattern.texts[row["task_id"]], f"submission:{task}")
            new = {"id": self.ids.take("submission"), "task_id": task, "case_file_id": case, "sealed": sealed}
            self.load.add("submission", {**row, **new, "at_ms": at[row["at_ms"]]})

    def _agenda(self, pattern: Pattern, case: int, at: dict[int, int]) -> dict[str, dict[str, Any]]:
        made = {}
        for row in pattern.rows["agenda"]:
            year = counters.year_in(ZONE, at[row["at_ms"]])
            number = self.ids.number(f"agenda:{row['book']}:{year}")
            new = {"id": self.ids.take("agenda"), "case_file_id": case, "at_ms": at[row["at_ms"]]}
            self.load.add("agenda", {**row, **new, "year": year, "number": number})
            made[row["book"]] = {"book": row["book"], "number": number, "year": year}
        return made

    def _journal(
        self,
        pattern: Pattern,
        case: int,
        number: str,
        tasks: dict[int, dict[str, Any]],
        at: dict[int, int],
        agenda: dict[str, dict[str, Any]],
    ) -> None:
        chain, prev = f"case:{case}", journal.ORIGIN
        first = self.ids.take("journal", len(pattern.rows["journal"]))
        for place, (row, (facts, alive)) in enumerate(zip(pattern.rows["journal"], pattern.facts, strict=True)):
            moment, task = at[row["at_ms"]], tasks.get(row["task"])
            text = row["facts"]
            if alive:
                told = self._facts(row, facts, number, task, at, agenda)
                text = orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()
            body = (
                chain,
                row["seq"],
                row["organisation"],
                case,
                row["kind"],
                moment,
                task["id"] if task else None,
                row["element"],
                row["office"],
                row["person"],
                row["acting_as"],
                text,
            )
            own = journal.digest(body, prev)
            self.load.add(
                "journal",
                {
                    **row,
                    "id": first + place,
                    "chain": chain,
                    "case_file": case,
                    "at_ms": moment,
                    "task": body[6],
                    "facts": text,
                    "prev_hash": prev,
                    "hash": own,
                },
            )
            prev = own
        self._looks(pattern, case, tasks, prev)

    def _looks(self, pattern: Pattern, case: int, tasks: dict[int, dict[str, Any]], prev: str) -> None:
        """What the journal says of tasks that were opened and claimed and still wait."""
        row, seq = pattern.rows["journal"][-1], pattern.rows["journal"][-1]["seq"]
        open_ = [task for task in tasks.values() if task["done_ms"] is None and task["opened_ms"]]
        for task, kind in [(task, kind) for task in open_ for kind in ("opened", "claimed")]:
            if kind == "claimed" and not task["claimed_by"]:
                continue
            seq, person, office = seq + 1, self.holders[task["office_id"]][0], task["office_id"]
            body = (f"case:{case}", seq, row["organisation"], case, kind, task["opened_ms"])
            body = (*body, task["id"], task["element"], office, person, "definitif", "{}")
            own = journal.digest(body, prev)
            told = dict(zip(journal.COLUMNS.split(", "), (*body, prev, own), strict=True))
            self.load.add("journal", {**row, **told, "id": self.ids.take("journal")})
            prev = own

    def _facts(
        self,
        row: dict[str, Any],
        facts: dict[str, Any],
        number: str,
        task: dict[str, Any] | None,
        at: dict[int, int],
        agenda: dict[str, dict[str, Any]],
    ) -> dict[str, Any]:
        if row["kind"] == "agenda":
            return agenda[facts["book"]]
        moved = {
            name: self._moved(value, at, row["at_ms"], at[row["at_ms"]]) if is_instant(value) else value
            for name, value in facts.items()
        }
        if row["kind"] == "received":
            moved["number"] = number
        if row["kind"] == "completed" and task:
            moved.update(
                due=task["due_ms"], late=task["late"], waited_ms=task["waited_ms"], worked_ms=task["worked_ms"]
            )
        return moved

    @staticmethod
    def _moved(value: int | None, at: dict[int, int], old: int, new: int) -> int | None:
        """An instant of the pattern in the time of this case."""
        return None if value is None else at.get(value, value - old + new)

    def _jobs(self, pattern: Pattern, case: int, at: dict[int, int]) -> None:
        for row in pattern.rows["job"]:
            payload = {**orjson.loads(row["payload"]), "case": case}
            new = {"id": self.ids.take("job"), "case_file_id": case, "name": f"wait:{case}:{payload['key']}"}
            moved = {
                n: self._moved(row[n], at, row["created_ms"], at.get(row["created_ms"], self.now))
                for n in ("due_ms", "created_ms", "done_ms")
            }
            self.load.add("job", {**row, **new, **moved, "payload": orjson.dumps(payload).decode()})

    def finish(self) -> None:
        """Counters stand where the numbers ended."""
        for name, value in self.ids.counters.items():
            sql.execute(
                "INSERT INTO counter (organisation_id, name, value) VALUES (?, ?, ?)"
                " ON CONFLICT (organisation_id, name) DO UPDATE SET value = excluded.value",
                (self.organisation, name, value),
            )


def _holders() -> dict[int, tuple[int, int]]:
    """Person and account of who holds each office."""
    text = (
        "SELECT h.office_id, h.person_id, a.id FROM holding h JOIN account a ON a.person_id = h.person_id ORDER BY h.id"
    )
    return {int(office): (int(person), int(account)) for office, person, account in sql.rows(text)}


def _highest(table: str) -> int:
    return int(sql.value(f"SELECT COALESCE(MAX(id), 0) FROM {table}"))
