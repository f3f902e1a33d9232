"""An office with years behind it: `python -m tests.bench.big_office FILE --closed 2000000 --open 100000`.

A few cases are made through the verbs (stories.py); the others are copied from them by bulk SQL with times, texts,
names and numbers of their own. Journals are chained as the engine chains them (`journal verify` holds), texts are
sealed with the keys of the cast (tests/office.py), everyone signs in with `office.PASSWORD`. Unlike the engine's own:
claims, proofs and sealed Merkle roots are missing, workflow keys repeat from case to case.
"""

import argparse
import itertools
import json
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import bulk  # noqa: E402
import orjson  # noqa: E402
import words  # noqa: E402
from office import Office, ms  # noqa: E402
from stories import CLOSED, OPEN, Story  # noqa: E402

from db import connect, migrate, sql  # noqa: E402
from engine import counters, installation, journal, limits, search, settings, vault  # noqa: E402
from engine.worktime import Calendar  # noqa: E402

NOW = "2026-11-20 09.00"
YEARS_MS = 5 * 365 * 86_400_000
RECENT_MS = 60 * 86_400_000
ZONE = "Asia/Jakarta"
TABLES = (
    *("reporter", "case_file", "narrative", "workflow", "task", "submission", "journal", "agenda", "job"),
    "case_search",
)
BATCH = 2_000
LOOKED_AT = 0.5  # of the tasks that wait


@dataclass
class Size:
    """How many tasks of each kind."""

    closed: int
    open: int


@dataclass
class Pattern:
    """One real case as its rows: table → rows as dicts, with what happened at each of its instants."""

    rows: dict[str, list[dict[str, Any]]]
    pace: list[tuple[int, str, int]]  # instant, what (opened, done, other), limit of that task in ms
    facts: list[tuple[dict[str, Any], bool]]  # of each journal entry, and whether a time or number stands in it
    texts: dict[int, Any]  # submission's task → its texts, opened
    done: int
    waits: int


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


def build(url: str, size: Size) -> None:
    """Fills an empty database; the process is left pointing at it, with a connection open."""
    connect.configure(url)
    connect.open_()
    installation.prepare()
    office = Office("2026-04-06 08.00")
    closed, open_ = _patterns(office, CLOSED), _patterns(office, OPEN)
    with bulk.Loader(TABLES) as load:
        maker = Maker(office.organisation, load)
        maker.fill(closed, size.closed, YEARS_MS, RECENT_MS // 2, "done")
        maker.fill(open_, size.open, RECENT_MS, 0, "waits")
        maker.finish()


def _patterns(office: Office, stories: dict[Story, int]) -> list[tuple[Pattern, int]]:
    found = []
    for story, weight in stories.items():
        case = office.after(minutes=5).report("Jalan rusak")
        story(office, case)
        found.append((_pattern(case), weight))
    return found


def _rows(table: str, column: str, case: int) -> list[dict[str, Any]]:
    order = "" if table in ("narrative", "workflow", "case_search") else " ORDER BY id"
    cursor = sql.execute(f"SELECT * FROM {table} WHERE {column} = ?{order}", (case,))
    names = [part[0] for part in cursor.description]
    return [dict(zip(names, found, strict=True)) for found in cursor.fetchall()]


def _pattern(case: int) -> Pattern:
    rows = {
        table: _rows(table, "case_file_id", case)
        for table in ("narrative", "workflow", "task", "submission", "agenda", "job")
    }
    rows["case_file"], rows["journal"] = _rows("case_file", "id", case), _rows("journal", "case_file", case)
    rows["reporter"] = _rows("reporter", "id", rows["case_file"][0]["reporter_id"])
    texts = {row["task_id"]: vault.unseal(row["sealed"], f"submission:{row['task_id']}") for row in rows["submission"]}
    facts = [orjson.loads(row["facts"]) for row in rows["journal"]]
    states = [task["state"] for task in rows["task"]]
    return Pattern(
        rows,
        _pace(rows["journal"], {task["id"]: task for task in rows["task"]}),
        [(each, _alive(row, each)) for row, each in zip(rows["journal"], facts, strict=True)],
        texts,
        states.count("done"),
        states.count("open"),
    )


def _pace(entries: list[dict[str, Any]], tasks: dict[int, Any]) -> list[tuple[int, str, int]]:
    pace: dict[int, tuple[str, int]] = {}
    for entry in entries:
        kind = {"opened": "opened", "completed": "done"}.get(entry["kind"], "other")
        before = pace.get(entry["at_ms"], ("other", 0))
        limit = {"PT10M": 600_000, "PT2H": 7_200_000}.get(
            (tasks.get(entry["task"]) or {}).get("limit_text", ""), 3_600_000
        )
        pace[entry["at_ms"]] = (kind, limit) if kind != "other" else before
    return [(at, *what) for at, what in sorted(pace.items())]


def _alive(row: dict[str, Any], facts: dict[str, Any]) -> bool:
    return row["kind"] in ("received", "agenda", "completed") or any(_instant(value) for value in facts.values())


def _instant(value: Any) -> bool:
    return isinstance(value, int) and value > 10**12


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
            name: self._moved(value, at, row["at_ms"], at[row["at_ms"]]) if _instant(value) else value
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


def cached(path: Path, size: Size) -> str:
    """The URL of a big office in this SQLite file, built unless one of this size lies there; brought up to date."""
    note, wanted = path.with_suffix(".size"), json.dumps(vars(size))
    if not (path.exists() and note.exists() and note.read_text() == wanted):
        for old in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), note):
            old.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        build(f"sqlite:///{path}", size)
        connect.dispose()
        note.write_text(wanted)
    return f"sqlite:///{path}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("where", help="a SQLite file, or postgresql://… of an empty database")
    parser.add_argument("--closed", type=int, default=2_000_000, help="tasks that are done")
    parser.add_argument("--open", type=int, default=100_000, help="tasks that wait")
    args = parser.parse_args()
    size, begun = Size(args.closed, args.open), time.perf_counter()
    url = args.where if "://" in args.where else cached(Path(args.where), size)
    if "://" in args.where:
        build(url, size)
    else:
        connect.configure(url)
        connect.open_()
        migrate.up()
    counts = {table: sql.value(f"SELECT COUNT(*) FROM {table}") for table in ("case_file", "task", "journal")}
    connect.dispose()
    print(json.dumps({"seconds": round(time.perf_counter() - begun, 1), **counts}))


if __name__ == "__main__":
    main()
