"""Which published texts a question finds, in which order: by filters, or by words.

By filters a page is the beginning of an index. By words SQLite reads the list of them (FTS5), which holds everything
else that is asked as marks. PostgreSQL reads the newest that the filters leave, as long as the words are common there,
and looks rare ones up (GIN): what it costs does not hang on how well the planner guesses how words go together.
"""

from dataclasses import dataclass, replace

from db import sql
from db.connect import is_sqlite

MANY = 1_000
MANY_FOUND = 200
"""Where words are looked for: a long list of them costs more to count than to read from its end."""
PROGRESS = ("ditangani", "dijawab", "ditutup")
ORDERS = ("terbaru", "terlama", "baru-dijawab")
TRIED = 300
RARE = 60
"""Words that fewer than one of so many hold are looked up: about where it costs as much as to read the newest."""


@dataclass(frozen=True)
class Ask:
    """What is looked for; `words`, `marks`: of engine.publishing.shown. `after`: where the page before ended."""

    organisation_id: int
    now: int
    words: tuple[str, ...] | None = None
    marks: tuple[str, ...] = ()  # of whatever else is asked, for a search by words
    topic: str = ""
    unit: str = ""
    place: str = ""
    progress: str = ""
    late: bool = False
    year: int = 0
    order: str = "terbaru"
    after: tuple[int, int] | None = None  # (answered_ms, id) where it is ordered by that, else (0, id)


def most(ask: Ask) -> int:
    """How far they are counted."""
    return MANY if ask.words is None else MANY_FOUND


def order(ask: Ask) -> str:
    """In which they come: a list of words is read in its own order only."""
    return ORDERS[0] if ask.words is not None and ask.order == "baru-dijawab" else ask.order


def ids(ask: Ask, most: int) -> list[int]:
    """The first of them in their order; what is late is of two kinds, each with an index of its own."""
    ask = replace(ask, order=order(ask))
    found = [row for part in _parts(ask) for row in _rows(ask, part, most)]
    return [one for _, one in sorted(found, reverse=ask.order != "terlama")[:most]]


@dataclass(frozen=True)
class Part:
    """A condition that has an index of its own; `marks` say the same of a list of words."""

    clause: str = ""
    timed: bool = False  # asks for the time
    marks: tuple[str, ...] = ()
    index: str = ""


_ANY = Part()
_WAS_LATE = Part("p.answered_ms >= p.late_ms", marks=("xl1",), index="publication_was_late")
_IS_LATE = Part("p.progress = 'ditangani' AND p.late_ms <= ?", True, ("xsditangani",), "publication_is_late")


def _parts(ask: Ask) -> tuple[Part, ...]:
    if not ask.late:
        return (_ANY,)
    return (_WAS_LATE,) if ask.order == "baru-dijawab" else (_WAS_LATE, _IS_LATE)  # what waits has no answer


Found = list[tuple[int, int]]
"""The time of the answer where they are ordered by it, else 0; and the id."""


def _rows(ask: Ask, part: Part, most: int) -> Found:
    if ask.words is None:
        return _listed(ask, part, most)
    return _matched(ask, part, most) if is_sqlite() else _sought(ask, part, most)


def _read(text: str, values: list[object]) -> Found:
    return [(int(at or 0), int(one)) for at, one in sql.rows(text, values)]


def _way(ask: Ask) -> str:
    return "ASC" if ask.order == "terlama" else "DESC"


# -- by filters --------------------------------------------------------------------------------------------------------


def _listed(ask: Ask, part: Part, most: int) -> Found:
    source, where, values = _filtered(ask, part)
    way, at = _way(ask), "0"
    order = f"p.id {way}"
    if ask.order == "baru-dijawab":
        at, order = "p.answered_ms", f"p.answered_ms {way}, {order}"
        where.append("p.answered_ms IS NOT NULL")
    text = f"SELECT {at}, p.id FROM {source} WHERE {' AND '.join(where)} ORDER BY {order} LIMIT {most}"
    return _read(text, values)


def _filtered(ask: Ask, part: Part) -> tuple[str, list[str], list[object]]:
    where, values = ["p.organisation_id = ?", "p.state = 'tayang'"], [ask.organisation_id]  # type: list[str], list[object]
    for column in ("topic", "unit", "place", "progress"):
        wanted = getattr(ask, column)
        if wanted:
            where.append(f"p.{column} = ?")
            values.append(wanted)
    if ask.year:
        where.append("p.id BETWEEN ? AND ? AND p.year = ?")
        values += [*_span(ask), ask.year]
    if part.clause:
        where.append(part.clause)
        values += [ask.now] * part.timed
    after, last = _after(ask, "p.id")
    return f"publication p{sql.along(_index(ask, part))}", where + after, values + last


def _index(ask: Ask, part: Part) -> str:
    """What to read it by: the order that is asked for, else the filter that leaves the fewest."""
    if ask.order == "baru-dijawab":
        return "publication_year_answered" if ask.year else "publication_answered"
    named = [f"publication_{column}" for column in ("place", "unit", "topic") if getattr(ask, column)]
    timed = [part.index] if part.timed else []
    return [*timed, *named, part.index or ("publication_progress" if ask.progress else "publication_newest")][0]


def _span(ask: Ask) -> tuple[int, int]:
    """Between which ids the publications of a year lie: they are numbered as they are published.

    Asked apart, each is a step of the index; SQLite reads all of a year for both at once.
    """
    end = "(SELECT {}(id) FROM publication WHERE organisation_id = ? AND year = ?)"
    found = sql.row(f"SELECT {end.format('MIN')}, {end.format('MAX')}", (ask.organisation_id, ask.year) * 2)
    return (int(found[0]), int(found[1])) if found and found[0] is not None else (0, 0)


def _after(ask: Ask, row: str) -> tuple[list[str], list[object]]:
    """Behind where the page before ended: compared as the index is ordered, so that no page reads those before it."""
    if ask.after is None:
        return [], []
    if ask.order == "baru-dijawab":
        return [f"(p.answered_ms, {row}) < (?, ?)"], [*ask.after]
    return [f"{row} {'>' if ask.order == 'terlama' else '<'} ?"], [ask.after[1]]


# -- by words ----------------------------------------------------------------------------------------------------------


def _asked(ask: Ask, part: Part) -> tuple[str, ...]:
    """The words, and marks of everything else that is asked: letters and digits only, they stand in the question."""
    asked = (*(ask.words or ()), *ask.marks, *part.marks)
    assert all(word.isalnum() for word in asked)
    return asked


def _within(ask: Ask, row: str) -> tuple[list[str], list[object]]:
    """What a list of words is read between."""
    after, last = _after(ask, row)
    return ([f"{row} BETWEEN ? AND ?", *after], [*_span(ask), *last]) if ask.year else (after, last)


def _matched(ask: Ask, part: Part, most: int) -> Found:
    """SQLite: the list of words in its own order, which is that of the ids."""
    within, values = _within(ask, "s.rowid")
    match = " AND ".join(f'"{word}"' for word in _asked(ask, part))
    where, source = [f"s.publication_search MATCH '{match}'", *within], "publication_search s"
    if part.timed:
        source += " CROSS JOIN publication p"
        where += ["p.id = s.rowid", part.clause]
        values = [*values, ask.now]
    order = f"ORDER BY s.rowid {_way(ask)} LIMIT {most}"
    return _read(f"SELECT 0, s.rowid FROM {source} WHERE {' AND '.join(where)} {order}", values)


def _sought(ask: Ask, part: Part, most: int) -> Found:
    """PostgreSQL: of common words the newest that hold them, of rare ones all that do; a few tell which they are."""
    found, all_read = _walked(ask, part, most, TRIED)
    if all_read or len(found) == most:
        return found
    if len(found) * RARE >= TRIED:
        found, all_read = _walked(ask, part, most, 2 * most * TRIED // len(found))
        if all_read or len(found) == most:
            return found
    return _looked_up(ask, part, most)


def _walked(ask: Ask, part: Part, most: int, far: int) -> tuple[Found, bool]:
    """Those with the words among the first `far` that the filters leave; and whether these were all."""
    source, where, values = _filtered(ask, part)
    match, way = " & ".join(_asked(replace(ask, marks=()), _ANY)), _way(ask)
    newest = f"SELECT p.id FROM {source} WHERE {' AND '.join(where)} ORDER BY p.id {way} LIMIT {far}"
    text = (
        f"WITH c AS MATERIALIZED ({newest})"
        " (SELECT 0, c.id FROM c JOIN publication_search s ON s.publication_id = c.id"
        f" WHERE s.tokens @@ CAST('{match}' AS tsquery) ORDER BY c.id {way} LIMIT {most})"
        " UNION ALL SELECT 1, COUNT(*) FROM c"
    )
    found = _read(text, values)
    count = next(number for is_count, number in found if is_count)
    return [row for row in found if not row[0]], count < far


def _looked_up(ask: Ask, part: Part, most: int) -> Found:
    """By the index of words; OFFSET 0 keeps the planner from reading everything in order instead."""
    within, values = _within(ask, "publication_id")
    where = " AND ".join([f"tokens @@ CAST('{' & '.join(_asked(ask, part))}' AS tsquery)", *within])
    found, clause = f"(SELECT publication_id AS id FROM publication_search WHERE {where} OFFSET 0) s", ""
    if part.timed:
        found, clause = f"{found} JOIN publication p ON p.id = s.id", f" WHERE {part.clause}"
        values = [*values, ask.now]
    return _read(f"SELECT 0, s.id FROM {found}{clause} ORDER BY s.id {_way(ask)} LIMIT {most}", values)
