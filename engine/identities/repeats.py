"""The same complaint sent again: by the same person, in the same words. Nobody else learns that there was one.

A NIK and the words are not enough: the words stand on the site, and whoever knows a NIK would learn who wrote them. It
is told only to who gives the same mother's name and the same telephone or e-mail too.
"""

import re

from db import sql
from db.queries.similar import OPEN
from engine import letters
from engine.identities import identity, register
from engine.reports import Reporter

WITHIN_MS = 30 * 86_400_000
READ = 50


def earlier(organisation: int, process: str, who: Reporter, text: str, now: int) -> str:
    """The number of the open case this person has begun with these words within a month; "" where there is none."""
    if not who.nik:
        return ""
    found = sql.rows(
        "SELECT c.number, c.id, n.sealed, r.id, r.sealed FROM reporter r JOIN case_file c ON c.reporter_id = r.id"
        " JOIN narrative n ON n.case_file_id = c.id WHERE r.organisation_id = ? AND r.nik_mark = ? AND r.nik_mark <> ''"
        f" AND c.process = ? AND c.state IN {OPEN} AND c.received_ms > ? ORDER BY c.id DESC LIMIT {READ}",
        (organisation, identity.mark_of(who.nik), process, now - WITHIN_MS),
    )
    said = _words(text)
    same = (
        number
        for number, case, sealed, *reporter in found
        if _is(who, *reporter) and _words(letters.letter(case, sealed).chronology) == said
    )
    return next((str(number) for number in same), "")


def _is(who: Reporter, reporter: int, sealed: str | None) -> bool:
    known = letters.identity(reporter, sealed)
    if known is None or register.plain(known.mother) != register.plain(who.mother):
        return False
    reached = (
        known.phone and _digits(known.phone) == _digits(who.phone),
        known.email and _same(known.email, who.email),
    )
    return any(reached)


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _words(text: str) -> list[str]:
    return text.casefold().split()
