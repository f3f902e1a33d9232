"""A text with the blanks of a real case in it, to look at: what the onlooker may not see stays covered."""

from dataclasses import dataclass

from db import sql
from db.queries import outbox as questions
from db.queries import reminders
from engine import letters
from engine.errors import NotFound
from engine.mail import blanks, citizens, staff
from engine.mail.catalogue import MESSAGES, Text
from engine.offices import policy, settings
from engine.offices.people import Actor

COVERED = "•••••"


@dataclass(frozen=True)
class Preview:
    """How the mail would read; `opened` when personal data of the case stands in it uncovered."""

    case_id: int
    text: Text
    covered: bool
    opened: bool


def of_case(key: str, language: str, text: Text, number: str, *, by: Actor, base: str, now: int) -> Preview:
    """The text over the case of that number; NotFound for a number this organisation does not have."""
    case_id = questions.case_of_number(policy.organisation_of(by), number.strip().upper())
    facts = None if case_id is None else citizens.facts_of(case_id)
    if facts is None or case_id is None:
        raise NotFound("case", number)
    spoken = citizens.Facts(**{**vars(facts), "language": language})
    name, words, opened = _personal(key, spoken, by, now)
    values = {**citizens.public_blanks(spoken, base, now), "nama": name, "isi": words, "pin": COVERED}
    values["batas"] = citizens.time_limit(spoken, now)
    if "lama" in MESSAGES[key].allowed:
        values |= citizens.again(spoken)
    if MESSAGES[key].audience == "petugas":
        values |= _for_staff(spoken, by, base, now)
    filled = Text(blanks.subject(text.subject, values), blanks.fill(text.body, values))
    used = set(blanks.BLANK.findall(text.body)) & {"nama", "isi", "pin"}
    return Preview(case_id, filled, COVERED in filled.body, opened and bool(used - {"pin"}))


def _personal(key: str, facts: citizens.Facts, by: Actor, now: int) -> tuple[str, str, bool]:
    """Name and words, covered unless this person may see them in the case itself."""
    try:
        view = policy.view(by, facts.case_id, now)
    except NotFound:
        return COVERED, COVERED, False
    who = letters.identity(facts.reporter_id, facts.sealed) if view.identity else None
    field = MESSAGES[key].field
    words = citizens.text_of(facts.case_id, field) if view.texts and field else ""
    greeted = letters.greeted(who.name, facts.language) if who else COVERED
    return greeted, words or COVERED, bool(who or words)


def _for_staff(facts: citizens.Facts, by: Actor, base: str, now: int) -> dict[str, str]:
    """Blanks of a mail to staff: the tasks of this case, addressed to the onlooker."""
    tasks = [int(found[0]) for found in sql.rows("SELECT id FROM task WHERE case_file_id = ?", (facts.case_id,))]
    lines = reminders.still_open(tasks)
    name = sql.value("SELECT name FROM person WHERE id = ?", (by.person_id,))
    count = str(len(lines))
    reading = staff.Reading(facts.language, facts.zone, base, settings.calendar(facts.organisation_id), now)
    listed = staff.listed(lines, len(lines), reading) or "—"
    numbers = dict.fromkeys(("jumlah", "terlambat", "segera", "baru"), count)
    return {**numbers, "nama": str(name), "daftar": listed, "alamat": f"{base}/tugas"}
