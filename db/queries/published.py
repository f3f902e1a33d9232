"""What is published, for anyone: lists by filter or by words, one of them, and how many there are.

A page is the beginning of an index or of the list of a word; nothing here counts further than `MANY`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from db import sql
from db.connect import is_sqlite

PAGE = 20
MANY = 1_000
MANY_FOUND = 200
"""Where words are looked for: a long list of them costs more to count than to read from its end."""
PROGRESS = ("ditangani", "dijawab", "ditutup")
ORDERS = ("terbaru", "terlama", "baru-dijawab")
_END = 9_000_000_000_000_000


@dataclass(frozen=True)
class Item:
    """A publication in a list."""

    id: int
    public_id: str
    organisation_id: int
    process: str
    topic: str
    unit: str
    place: str
    kind: str
    state: str
    progress: str
    outcome: str
    title: str
    text: str
    answer: str
    received_ms: int
    published_ms: int
    answered_ms: int | None
    due_ms: int | None
    late_ms: int | None
    law: str
    limit_text: str
    changed_ms: int
    corrected_ms: int | None
    withdrawn_ms: int | None

    def is_late(self, now: int) -> bool:
        """Answered late, or still waiting after the promise."""
        if self.late_ms is None or self.progress == "ditutup":
            return False
        return (now if self.answered_ms is None else self.answered_ms) >= self.late_ms


COLUMNS = ", ".join(f"p.{field.name}" for field in fields(Item))


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


def page(ask: Ask, size: int = PAGE) -> tuple[list[Item], bool]:
    """One page, and whether there is another."""
    if ask.words is not None and not ask.words:
        return [], False
    found = _ids(ask, size + 1)
    more, ids = len(found) > size, found[:size]
    if not ids:
        return [], False
    rows = sql.rows(f"SELECT {COLUMNS} FROM publication p WHERE p.id IN ({sql.marks(ids)})", ids)
    by_id = {int(row[0]): Item(*row) for row in rows}
    return [by_id[one] for one in ids], more


def most(ask: Ask) -> int:
    """How far they are counted."""
    return MANY if ask.words is None else MANY_FOUND


def count(ask: Ask) -> int:
    """How many there are, at most `most(ask)`."""
    if ask.words is not None and not ask.words:
        return 0
    return len(_ids(replace(ask, after=None, order="terbaru"), most(ask)))


def every(ask: Ask, size: int = 500) -> Iterator[Item]:
    """All of them, some at a time: for files that are streamed."""
    more = True
    while more:
        items, more = page(ask, size)
        yield from items
        if items:
            last = items[-1]
            ask = replace(ask, after=(last.answered_ms or 0, last.id))


def _ids(ask: Ask, most: int) -> list[int]:
    """The ids in their order; what is late is of two kinds, each with an index of its own."""
    if ask.words is not None and ask.order == "baru-dijawab":
        ask = replace(ask, order="terbaru")  # a list of words is read in its own order only
    found = [row for part in (_LATE if ask.late else (_ANY,)) for row in _rows(ask, part, most)]
    down = ask.order != "terlama"
    return [int(one) for _, one in sorted(set(found), reverse=down)[:most]]


@dataclass(frozen=True)
class Part:
    """A condition that has an index of its own; `marks` say the same of a list of words."""

    clause: str = ""
    timed: bool = False  # asks for the time
    marks: tuple[str, ...] = ()
    index: str = ""


_ANY = Part()
_LATE = (
    Part("p.answered_ms >= p.late_ms", marks=("xl1",), index="publication_was_late"),
    Part("p.progress = 'ditangani' AND p.late_ms <= ?", True, ("xsditangani",), "publication_is_late"),
)


def _rows(ask: Ask, part: Part, most: int) -> list[tuple[int, int]]:
    by_answer = ask.order == "baru-dijawab"
    way = "ASC" if ask.order == "terlama" else "DESC"
    source, where, bound = _searched(ask, part) if ask.words is not None else _filtered(ask, part)
    row = _ROW if source == "publication_search s" else "p.id"
    key, order = ("p.answered_ms", f"p.answered_ms {way}, {row} {way}") if by_answer else ("0", f"{row} {way}")
    if by_answer:
        where.append("p.answered_ms IS NOT NULL")
    if ask.after:
        more, last = _after(ask, row)
        where.append(more)
        bound += last
    text = f"SELECT {key}, {row} FROM {source} WHERE {' AND '.join(where)} ORDER BY {order} LIMIT {most}"
    return [(int(at or 0), int(one)) for at, one in sql.rows(_named(text), bound)]


_ROW = "s.{key}"


def _named(text: str) -> str:
    return text.replace("{key}", "rowid" if is_sqlite() else "publication_id")


def _searched(ask: Ask, part: Part) -> tuple[str, list[str], list[object]]:
    """By words: the marks hold everything else that is asked, so that the list of words is all that is read.

    The words stand in the question as they are (letters and digits only), so that each is planned for itself: of a
    common one the newest are read, a rare one is looked up.
    """
    asked = (*(ask.words or ()), *ask.marks, *part.marks)
    assert all(word.isalnum() for word in asked)
    if is_sqlite():
        match = "s.publication_search MATCH '" + " AND ".join(f'"{word}"' for word in asked) + "'"
    else:
        match = "s.tokens @@ CAST('" + " & ".join(asked) + "' AS tsquery)"
    values: list[object] = [*_span(ask)] if ask.year else []
    where = [match, f"{_ROW} BETWEEN ? AND ?"] if ask.year else [match]
    if not part.timed:
        return "publication_search s", where, values
    joined = [*where, f"p.id = {_ROW}", part.clause]
    return "publication_search s CROSS JOIN publication p", joined, [*values, ask.now]


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
    return f"publication p{sql.along(_index(ask, part))}", where, values


def _index(ask: Ask, part: Part) -> str:
    """What to read it by: the order that is asked for, else the filter that leaves the fewest."""
    if ask.order == "baru-dijawab" and not part.timed:
        return "publication_year_answered" if ask.year else "publication_answered"
    named = [f"publication_{column}" for column in ("place", "unit", "topic") if getattr(ask, column)]
    timed = [part.index] if part.timed else []
    return [*timed, *named, part.index or ("publication_progress" if ask.progress else "publication_newest")][0]


def _span(ask: Ask) -> tuple[int, int]:
    """Between which ids the publications of a year lie: they are numbered as they are published."""
    text = "SELECT MIN(id), MAX(id) FROM publication WHERE organisation_id = ? AND year = ?"
    found = sql.row(text, (ask.organisation_id, ask.year))
    return (int(found[0]), int(found[1])) if found and found[0] is not None else (0, 0)


def _after(ask: Ask, row: str) -> tuple[str, list[object]]:
    at, last = ask.after or (_END, _END)
    if ask.order == "baru-dijawab":
        return f"(p.answered_ms < ? OR (p.answered_ms = ? AND {row} < ?))", [at, at, last]
    return f"{row} {'>' if ask.order == 'terlama' else '<'} ?", [last]


def one(public_id: str) -> Item | None:
    """A publication by its address, also one that was withdrawn (whose texts are then empty)."""
    found = sql.row(f"SELECT {COLUMNS} FROM publication p WHERE p.public_id = ? AND p.state <> 'tunggu'", (public_id,))
    return None if found is None else Item(*found)


def of_case(case_id: int) -> Item | None:
    """What is published of a case, or was."""
    found = sql.row(f"SELECT {COLUMNS} FROM publication p WHERE p.case_file_id = ?", (case_id,))
    return None if found is None else Item(*found)


def case_of(publication: int) -> int:
    """The case behind a publication: for people of the office, never for a page of the public."""
    return int(sql.value("SELECT case_file_id FROM publication WHERE id = ?", (publication,)))


def newest_change(organisation: int) -> int:
    """When anything of an organisation's public texts was last written, UTC ms; 0 for never."""
    text = "SELECT changed_ms FROM publication WHERE organisation_id = ? ORDER BY id DESC LIMIT 1"
    return int(sql.value(text, (organisation,)) or 0)


def years(organisation: int) -> list[int]:
    """The years of which something is published, the newest first: a step of the index each."""
    found: list[int] = []
    text = "SELECT MAX(year) FROM publication WHERE organisation_id = ? AND year < ?"
    last = 9_999
    while (year := sql.value(text, (organisation, last))) is not None and len(found) < 50:
        last = int(year)
        found.append(last)
    return found


def units(organisation: int) -> dict[str, str]:
    """The units something is published of: code → name."""
    text = (
        "SELECT u.code, u.name FROM unit u WHERE u.organisation_id = ? AND EXISTS (SELECT 1 FROM publication p"
        " WHERE p.organisation_id = u.organisation_id AND p.state = 'tayang' AND p.unit = u.code) ORDER BY u.id"
    )
    return {str(code): str(name) for code, name in sql.rows(text, (organisation,))}


def organisations() -> list[tuple[int, str, str, str]]:
    """Who publishes: id, code, name and zone of every organisation that has published anything."""
    text = (
        "SELECT o.id, o.code, o.name, o.timezone FROM organisation o WHERE EXISTS"
        " (SELECT 1 FROM publication p WHERE p.organisation_id = o.id) ORDER BY o.id"
    )
    return [(int(one), str(code), str(name), str(zone)) for one, code, name, zone in sql.rows(text)]


@dataclass(frozen=True)
class Photo:
    """A photo that was chosen to be seen; `content_hash` is of the painted copy."""

    attachment: int
    boxes: str
    content_hash: str
    width: int
    height: int


_PHOTO = "SELECT f.attachment_id, f.boxes, f.content_hash, f.width, f.height FROM publication_photo f"


def photos(case_id: int) -> list[Photo]:
    """The photos of a case that were chosen, in the order they came in."""
    found = sql.rows(f"{_PHOTO} WHERE f.case_file_id = ? ORDER BY f.attachment_id", (case_id,))
    return [Photo(*row) for row in found]


def shown_photos(public_id: str) -> list[Photo]:
    """The photos that stand with a published text, in their order: the public knows them by their place."""
    text = (
        f"{_PHOTO} JOIN publication p ON p.case_file_id = f.case_file_id"
        " WHERE p.public_id = ? AND p.state = 'tayang' ORDER BY f.attachment_id"
    )
    return [Photo(*row) for row in sql.rows(text, (public_id,))]


@dataclass(frozen=True)
class Version:
    """A text as it was published once, sealed."""

    seq: int
    kind: str
    sealed: str
    at_ms: int
    person: str
    office: str
    acting_as: str


def versions(publication: int) -> list[Version]:
    """Every version of a publication, the newest first."""
    text = (
        "SELECT v.seq, v.kind, v.sealed, v.at_ms, COALESCE(p.name, ''), COALESCE(o.name, ''), v.acting_as"
        " FROM publication_version v LEFT JOIN person p ON p.id = v.person LEFT JOIN office o ON o.id = v.office"
        " WHERE v.publication_id = ? ORDER BY v.seq DESC"
    )
    return [Version(*row) for row in sql.rows(text, (publication,))]


# -- figures -----------------------------------------------------------------------------------------------------------


def processes(organisation: int) -> list[str]:
    """The processes of an organisation that publish."""
    found = sql.rows("SELECT DISTINCT process FROM publication WHERE organisation_id = ?", (organisation,))
    return sorted(str(process) for (process,) in found)


@dataclass(frozen=True)
class Case:
    """A case as it counts in the public figures: nothing of what it says."""

    id: int
    topic: str
    unit: str
    received_ms: int
    due_ms: int | None  # while the promise is open
    open: bool
    lapsed: bool
    rating: int | None


def received(organisation: int, process: str, from_ms: int, until_ms: int) -> list[Case]:
    """Every case received in a span."""
    text = (
        "SELECT id, topic, unit, received_ms, due_ms, state IN ('berjalan', 'insiden'), lapsed, rating FROM case_file"
        " WHERE organisation_id = ? AND process = ? AND received_ms >= ? AND received_ms < ?"
    )
    found = sql.rows(text, (organisation, process, from_ms, until_ms))
    return [
        Case(one, topic, unit, at, due, bool(is_open), bool(lapsed), rating)
        for one, topic, unit, at, due, is_open, lapsed, rating in found
    ]


def milestones(organisation: int, from_ms: int) -> dict[int, tuple[int, str]]:
    """Case → when its first milestone passed, and the facts the journal keeps of it, from an instant on."""
    text = (
        "SELECT case_file, at_ms, facts FROM journal WHERE organisation = ? AND kind = 'milestone' AND at_ms >= ?"
        " ORDER BY at_ms DESC"
    )
    return {int(case): (int(at), str(facts)) for case, at, facts in sql.rows(text, (organisation, from_ms))}
