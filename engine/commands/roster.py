"""Entering a year's roster: who serves at which office by which letter of the mayor, all at once or nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db import sql
from db.connect import transaction
from db.queries import roster as questions
from engine import journal
from engine.commands import changes
from engine.commands.changes import Problems
from engine.errors import Objection
from engine.offices import roster
from engine.offices.people import Actor
from engine.offices.roster import Line, Year

LETTER = 200


@dataclass(frozen=True)
class Post:
    """Who is to serve at an office, by which letter; `field` is where a problem with it is told."""

    field: str
    office: int
    person: int
    letter: str
    letter_date: str


def enter_roster(number: int, posts: Sequence[Post], *, by: Actor, now: int) -> int:
    """Appoints everyone for a calendar year, until its last day; whoever sat there ends then. Gives how many.

    Nothing is written unless all can be. Raises NotAllowed, FormInvalid at each post's field.
    """
    with transaction():
        organisation = changes.administers(by, "enter_roster")
        year = roster.year(organisation, number)
        changes.refuse(_problems(organisation, year, posts, now))
        for post in posts:
            _appoint(organisation, year, post, by, now)
        return len(posts)


def _problems(organisation: int, year: Year, posts: Sequence[Post], now: int) -> Problems:
    if not posts:
        return {"year": [Objection("required", "Pilih sekurang-kurangnya satu orang.")]}
    if year.ends_ms <= now:
        return {"year": [Objection("past", "Tahun ini sudah berakhir.")]}
    places = {one.office_id: one for one in roster.places(organisation, year, now)}
    twice = Counter(post.office for post in posts)
    problems: Problems = {}
    for post in posts:
        found = _wrong(organisation, post, post.office in places, twice[post.office] > 1)
        place = places.get(post.office)
        found = found or _elsewhere(post, posts, year, now)
        if not found and place is not None and place.person_id == post.person:
            found = [Objection("known", "Ia sudah tercatat untuk tahun itu.")]
        if found:
            problems[post.field] = found
    return problems


def _wrong(organisation: int, post: Post, known: bool, twice: bool) -> list[Objection]:
    found: list[Objection] = []
    if not known:
        found.append(Objection("office", "Unit ini tidak mempunyai jabatan yang ditetapkan setiap tahun."))
    if twice:
        found.append(Objection("twice", "Jabatan ini disebut lebih dari sekali."))
    found += changes.seat_problems(post.person, organisation).get("person", [])
    if not post.letter.strip() or len(post.letter) > LETTER:
        found.append(Objection("letter", "Isi nomor SK Walikota."))
    if post.letter_date and not _is_date(post.letter_date):
        found.append(Objection("date", "Tanggal SK ditulis seperti 2026-12-28."))
    return found


_APART = "u.id <> v.id AND COALESCE(u.parent_id, 0) <> v.id AND COALESCE(v.parent_id, 0) <> u.id"
_OF_ANOTHER = f"""
SELECT o.id, o.name, u.name FROM holding h JOIN office o ON o.id = h.office_id JOIN unit u ON u.id = o.unit_id
  JOIN office w ON w.id = ? JOIN unit v ON v.id = w.unit_id
WHERE h.person_id = ? AND h.kind = 'definitif' AND h.from_ms < ? AND (h.until_ms IS NULL OR h.until_ms > ?)
  AND {_APART}
  AND NOT EXISTS (SELECT 1 FROM holding g JOIN office q ON q.id = g.office_id WHERE g.person_id = h.person_id
    AND q.unit_id = v.id AND g.kind = 'definitif' AND (g.until_ms IS NULL OR g.until_ms > ?))
ORDER BY h.id
"""
"""Offices a person holds in that year at an agency that is neither this one, nor above it, nor beneath it."""


def _elsewhere(post: Post, posts: Sequence[Post], year: Year, now: int) -> list[Objection]:
    """Who serves at another agency serves there: unless this very table gives that office to somebody else."""
    begins = max(year.begins_ms, now)
    held = sql.rows(_OF_ANOTHER, (post.office, post.person, year.ends_ms, begins, begins))
    freed = {one.office for one in posts if one.person != post.person}
    found = next(((str(name), str(unit)) for office, name, unit in held if office not in freed), None)
    found = found or next(
        filter(None, (_apart(one.office, post.office) for one in posts if one.person == post.person)), None
    )
    if found is None:
        return []
    words = "Ia memegang jabatan di unit lain pada tahun itu: %(office)s, %(unit)s. Akhiri jabatan itu dahulu."
    return [Objection("elsewhere", words, {"office": found[0], "unit": found[1]})]


def _apart(other: int, office: int) -> tuple[str, str] | None:
    """An office with its unit, where it is one of another agency."""
    text = (
        "SELECT o.name, u.name FROM office o JOIN unit u ON u.id = o.unit_id JOIN office w ON w.id = ?"
        f" JOIN unit v ON v.id = w.unit_id WHERE o.id = ? AND {_APART}"
    )
    found = sql.row(text, (office, other))
    return (str(found[0]), str(found[1])) if found else None


def _is_date(text: str) -> bool:
    try:
        return 1945 <= date.fromisoformat(text).year < 2200
    except ValueError:
        return False


def _appoint(organisation: int, year: Year, post: Post, by: Actor, now: int) -> None:
    begins = max(year.begins_ms, now)
    before = (
        "UPDATE holding SET until_ms = CASE WHEN from_ms > ? THEN from_ms ELSE ? END"
        " WHERE office_id = ? AND kind = 'definitif' AND (until_ms IS NULL OR until_ms > ?)"
    )
    sql.execute(before, (begins, begins, post.office, begins))
    sql.insert(
        "holding",
        office_id=post.office,
        person_id=post.person,
        kind="definitif",
        from_ms=begins,
        until_ms=year.ends_ms,
        letter=post.letter.strip(),
        letter_date=post.letter_date,
        entered_by=by.account_id,
        entered_ms=now,
    )
    name = sql.value("SELECT name FROM office WHERE id = ?", (post.office,))
    after = {"holder": post.person, "from_ms": begins, "until_ms": year.ends_ms, "letter": post.letter.strip()}
    facts = {"what": name, "before": {}, "after": after}
    entry = journal.Entry("roster", now, office=post.office, person=by.person_id, facts=facts)
    journal.append(organisation, None, [entry])


def posts_of(organisation: int, year: Year, lines: Sequence[Line], now: int) -> tuple[list[Post], Problems]:
    """The table's rows as posts, units by code or name, people by NIP or name; and what could not be read, by row."""
    offices = _offices(organisation, year, now)
    people = _people(organisation)
    posts: list[Post] = []
    problems: Problems = {}
    for line in lines:
        office, found = offices.get(_key(line.unit), []), people.get(_key(line.person), [])
        field = f"baris-{line.row}"
        if len(office) == 1 and len(found) == 1:
            posts.append(Post(field, office[0], found[0], line.letter, line.letter_date))
        else:
            problems[field] = _unread(line, len(office), len(found))
    return posts, problems


def _unread(line: Line, offices: int, found: int) -> list[Objection]:
    told: list[Objection] = []
    if offices != 1:
        words = "Unit “%(name)s” tidak dikenal, atau punya lebih dari satu jabatan tahunan; tulis kode jabatannya."
        told.append(Objection("unit", words, {"name": line.unit[:60]}))
    if found != 1:
        words = (
            "Orang “%(name)s” tidak dikenal." if not found else "Ada beberapa orang bernama “%(name)s”; tulis NIP-nya."
        )
        told.append(Objection("person", words, {"name": line.person[:60]}))
    return told


def _key(text: str) -> str:
    return " ".join(text.lower().split())


def _offices(organisation: int, year: Year, now: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for one in roster.places(organisation, year, now):
        for name in {_key(one.unit), _key(one.unit_name), _key(one.code), _key(one.office)}:
            found.setdefault(name, []).append(one.office_id)
    return found


def _people(organisation: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, name, nip, _ in questions.people(organisation):
        for word in {_key(name), _key(nip), nip.replace(" ", "")} - {""}:
            found.setdefault(word, []).append(key)
    return found
