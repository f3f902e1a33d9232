"""The same complaint sent again: by the same NIK, in the same words. Nobody else learns that there was one."""

from db import sql
from db.queries.similar import OPEN
from engine import identity, letters

WITHIN_MS = 30 * 86_400_000
READ = 50


def earlier(organisation: int, process: str, nik: str, text: str, now: int) -> str:
    """The number of the open case this NIK has begun with these words within a month; "" where there is none."""
    if not nik:
        return ""
    found = sql.rows(
        "SELECT c.number, c.id, n.sealed FROM reporter r JOIN case_file c ON c.reporter_id = r.id"
        " JOIN narrative n ON n.case_file_id = c.id WHERE r.organisation_id = ? AND r.nik_mark = ? AND r.nik_mark <> ''"
        f" AND c.process = ? AND c.state IN {OPEN} AND c.received_ms > ? ORDER BY c.id DESC LIMIT {READ}",
        (organisation, identity.mark_of(nik), process, now - WITHIN_MS),
    )
    said = _words(text)
    same = (number for number, case, sealed in found if _words(letters.letter(case, sealed).chronology) == said)
    return next((str(number) for number in same), "")


def _words(text: str) -> list[str]:
    return text.casefold().split()
