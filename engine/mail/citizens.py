"""A letter to the reporter of a case: to whom, in which language, with which blanks."""

from collections.abc import Mapping
from dataclasses import dataclass

from db import sql
from engine import letters, store, vault
from engine.clocks import deadlines
from engine.diagrams import releases
from engine.errands import Undeliverable
from engine.mail import blanks, wordings
from engine.mail.catalogue import Text, message
from engine.mail.told_times import moment
from engine.offices import settings

NO_DATE = {"id": "lihat halaman Lacak", "en": "see the tracking page"}


@dataclass(frozen=True)
class Facts:
    """What a letter needs to know of its case; nothing of it says who the reporter is."""

    case_id: int
    organisation_id: int
    organisation: str
    zone: str
    number: str
    language: str
    received_ms: int
    closed_ms: int | None
    reporter_id: int
    sealed: str | None
    send_key: str
    release_id: int
    fingerprint: str
    subject: str  # as the office has worded it; "" where others may not read it


_FACTS = """
SELECT c.id, g.id, g.name, g.timezone, c.number, c.language, c.received_ms, c.closed_ms, r.id, r.sealed, c.send_key,
  l.id, l.fingerprint, CASE WHEN c.worded AND c.secrecy = 'biasa' THEN c.subject ELSE '' END
FROM case_file c JOIN organisation g ON g.id = c.organisation_id JOIN reporter r ON r.id = COALESCE(?, c.reporter_id)
  JOIN release l ON l.id = c.release_id WHERE c.id = ?
"""


def facts_of(case_id: int, reporter_id: int | None = None) -> Facts | None:
    """The case; `reporter_id` where the letter goes to someone else than who sent it (a companion)."""
    found = sql.row(_FACTS, (reporter_id, case_id))
    return None if found is None else Facts(*found)


def addressee(facts: Facts | None) -> tuple[str, str]:
    """Whom the letter greets, and the mail address. Raises Undeliverable where there is nobody, or no address."""
    if facts is None or facts.sealed is None:
        raise Undeliverable("identitas pelapor sudah dihapus")
    who = vault.unseal(facts.sealed, f"reporter:{facts.reporter_id}")
    if not who["email"]:
        raise Undeliverable("pelapor tidak memberi alamat surel")
    return letters.greeted(str(who["name"]), facts.language), str(who["email"])


def compose(key: str, facts: Facts, name: str, *, instance: str = "", base: str, now: int) -> Text:
    """The letter as it is sent: the text in force with its blanks filled."""
    text = wordings.in_force(facts.organisation_id, key, facts.language)
    values = {**public_blanks(facts, base, now), "nama": name}
    known = message(key)
    if known.field:
        values["isi"] = text_of(facts.case_id, known.field, instance)
    if "pin" in known.allowed:
        values["pin"] = vault.pin(facts.send_key)
    if "lama" in known.allowed:
        values |= again(facts)
    elif "batas" in known.allowed:
        values["batas"] = time_limit(facts, now)
    return Text(blanks.subject(text.subject, values), blanks.fill(text.body, values))


def public_blanks(facts: Facts, base: str, now: int) -> Mapping[str, str]:
    """The blanks that say nothing of the reporter."""
    when = facts.received_ms if facts.closed_ms is None else facts.closed_ms
    return {
        "nomor": facts.number,
        "instansi": facts.organisation,
        "alamat": f"{base}/lacak",
        "lapor": f"{base}/lapor",
        "perihal": facts.subject or "…",
        "tanggal": moment(when, facts.zone, facts.language),
    }


def text_of(case_id: int, name: str, instance: str = "") -> str:
    """The latest text of that name written in this part of the case, else ""."""
    found = sql.rows(
        "SELECT s.task_id, s.sealed FROM submission s JOIN task t ON t.id = s.task_id"
        " WHERE s.case_file_id = ? AND t.instance = ? AND t.outcome <> 'ditarik' ORDER BY s.id DESC",
        (case_id, instance),
    )
    texts = (store.texts_of(task_id, sealed).get(name) for task_id, sealed in found)
    return next((str(text) for text in texts if text), "")


def again(facts: Facts) -> dict[str, str]:
    """Of a case that was opened again: the number it had, and until when it is answered now."""
    text = "SELECT o.number, c.due_ms FROM case_file c LEFT JOIN case_file o ON o.id = c.continues WHERE c.id = ?"
    number, due = sql.row(text, (facts.case_id,)) or ("", None)
    language = facts.language if facts.language in NO_DATE else "id"
    return {"lama": number or "…", "batas": NO_DATE[language] if due is None else moment(due, facts.zone, language)}


def time_limit(facts: Facts, now: int) -> str:
    """Until when the reporter may complete: the timer that runs, else what the diagram would set now."""
    text = "SELECT MIN(due_ms) FROM job WHERE case_file_id = ? AND kind = 'timer' AND state = 'waiting'"
    due = sql.value(text, (facts.case_id,)) or _drawn_limit(facts, now)
    language = facts.language if facts.language in NO_DATE else "id"
    return NO_DATE[language] if due is None else moment(int(due), facts.zone, language)


def _drawn_limit(facts: Facts, now: int) -> int | None:
    """The limit drawn at the task by which the reporter answers; the letter leaves just before it begins to run."""
    elements = releases.closure(facts.release_id, facts.fingerprint).diagram.elements
    for timer in elements.values():
        beside = elements.get(timer.attached_to or "")
        if timer.kind == "timer" and timer.duration and beside is not None and beside.kind == "receive":
            clock = timer.props.get("sop.hitungan", "hari-kerja")
            return deadlines.due(now, timer.duration, clock, settings.calendar(facts.organisation_id))
    return None
