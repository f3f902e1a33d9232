"""Whether everything the office keeps tells the same story: workflow, tasks, jobs, books and journal."""

from collections import Counter
from collections.abc import Iterator

from db import sql
from engine import journal, offering
from engine.diagrams import releases
from engine.runtime import Running

_CASES = """
SELECT c.id, c.state, w.state, r.id, r.fingerprint FROM case_file c
JOIN workflow w ON w.case_file_id = c.id JOIN release r ON r.id = c.release_id ORDER BY c.id
"""

_STILL = "SELECT id FROM case_file WHERE state = 'insiden'"


def disagreements() -> list[str]:
    """Every place where two of them differ, in words; empty when all is well."""
    cases = [problem for row in sql.rows(_CASES) for problem in of_case(*row)]
    return [*cases, *_incidents(), *_acts(), *_numbers(), *(str(fault) for fault in journal.verify())]


def of_case(case: int, state: str, blob: bytes, release: int, fingerprint: str) -> Iterator[str]:
    """The rows of one case against what its diagram waits for."""
    running = Running.restore(releases.closure(release, fingerprint).diagram, bytes(blob))
    waiting = [] if running.ended else running.waiting
    people = {(w.key, w.element.id, w.instance or "") for w in waiting if w.kind in ("user", "receive")}
    machines = {offering.job_name(case, w.key) for w in waiting if w.kind in ("timer", "service")}
    if (tasks := _tasks(case)) != people:
        yield f"case {case}: tasks {tasks} but the diagram waits for {people}"
    if (jobs := _jobs(case)) != machines:
        yield f"case {case}: jobs {jobs} but the diagram waits for {machines}"
    if running.ended == (state in ("berjalan", "insiden")):
        yield f"case {case} is {state} but its diagram has {'ended' if running.ended else 'not ended'}"
    if not running.ended and not (people or machines):
        yield f"case {case} is lost: nothing waits and nothing ended"


def _tasks(case: int) -> set[tuple[str, str, str]]:
    text = "SELECT key, element, instance FROM task WHERE case_file_id = ? AND state = 'open'"
    return {(key, element, instance) for key, element, instance in sql.rows(text, (case,))}


def _jobs(case: int) -> set[str]:
    """What still waits, or waits for a person to mend the diagram."""
    text = "SELECT name FROM job WHERE case_file_id = ? AND state IN ('waiting', 'failed')"
    text += " AND kind IN ('timer', 'service')"
    return {str(row[0]) for row in sql.rows(text, (case,))}


def _incidents() -> Iterator[str]:
    """A case stands still exactly as long as an incident of it is open."""
    text = "SELECT case_file_id FROM incident WHERE solved_ms IS NULL"
    open_, still = {row[0] for row in sql.rows(text)}, {row[0] for row in sql.rows(_STILL)}
    yield from (f"case {case}: state and incidents differ" for case in open_ ^ still)


def _acts() -> Iterator[str]:
    """Each task that is done was completed once, with one form handed in; nothing else was."""
    done = {row[0] for row in sql.rows("SELECT id FROM task WHERE state = 'done'")}
    told = Counter(row[0] for row in sql.rows("SELECT task FROM journal WHERE kind = 'completed'"))
    handed = Counter(row[0] for row in sql.rows("SELECT task_id FROM submission"))
    yield from (f"task {task} is done, but told {told[task]} times" for task in done if told[task] != 1)
    yield from (f"task {task} is done with {handed[task]} forms" for task in done if handed[task] != 1)
    yield from (f"task {task} was told or handed in, but is not done" for task in (told | handed).keys() - done)


def _numbers() -> Iterator[str]:
    """Books and case numbers begin with 1 and have no gap and no repeat."""
    books: dict[tuple[int, str, int], list[int]] = {}
    for organisation, book, year, number in sql.rows("SELECT organisation_id, book, year, number FROM agenda"):
        books.setdefault((organisation, book, year), []).append(number)
    for book_of, numbers in books.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"book {book_of}: {sorted(numbers)}"
    by_year: dict[str, list[int]] = {}
    for (text,) in sql.rows("SELECT number FROM case_file"):
        number, _, year = text.partition("/")
        by_year.setdefault(year, []).append(int(number))
    for year, numbers in by_year.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield f"cases of {year}: {sorted(numbers)}"
