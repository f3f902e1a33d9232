"""What is published, for anyone: lists by filter or by words, one of them, and how many there are.

Which ones, and in which order: db.queries.published_ids.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from db import sql
from db.queries.published_ids import ORDERS, Ask, ids, most, order

PAGE = 20


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


def page(ask: Ask, size: int = PAGE) -> tuple[list[Item], bool]:
    """One page, and whether there is another."""
    found = _ids(ask, size + 1)
    return _items(found[:size]), len(found) > size


def counted(ask: Ask, size: int = PAGE) -> tuple[list[Item], bool, int]:
    """A page, whether there is another, and how many there are of them all, at most `most(ask)`."""
    known = _ids(replace(ask, after=None, order=ORDERS[0]), most(ask))
    by_id, begins = order(ask) != "baru-dijawab", ask.after is None and order(ask) == ORDERS[0]
    if not (begins or (by_id and len(known) < most(ask))):
        return (*page(ask, size), len(known))
    left = known if begins else _behind(ask, known)
    return _items(left[:size]), len(left) > size, len(known)


def _behind(ask: Ask, known: Sequence[int]) -> list[int]:
    """Of all there are, in their order, those after the page before."""
    last = ask.after[1] if ask.after else None
    up = ask.order == "terlama"
    return sorted((one for one in known if last is None or (one > last if up else one < last)), reverse=not up)


def _ids(ask: Ask, most: int) -> list[int]:
    """Nothing where words were asked and none is left of them."""
    return [] if ask.words is not None and not ask.words else ids(ask, most)


def _items(ids: Sequence[int]) -> list[Item]:
    if not ids:
        return []
    rows = sql.rows(f"SELECT {COLUMNS} FROM publication p WHERE p.id IN ({sql.marks(ids)})", ids)
    by_id = {int(row[0]): Item(*row) for row in rows}
    return [by_id[one] for one in ids]


def every(ask: Ask, size: int = 500) -> Iterator[Item]:
    """All of them, some at a time: for files that are streamed."""
    more = True
    while more:
        items, more = page(ask, size)
        yield from items
        if items:
            last = items[-1]
            ask = replace(ask, after=(last.answered_ms or 0, last.id))


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
