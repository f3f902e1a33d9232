"""Where a complaint stands, in the words its diagram has for citizens (property `publik`), short enough for an SMS."""

from db import sql
from engine.clocks import lateness
from engine.diagrams import releases
from engine.diagrams.releases import Closure
from engine.offices import settings
from engine.sms.rules import Rules
from forms import dates

LONGEST = 60
OPEN = ("berjalan", "insiden")
_ENDED = {"dicabut": "dicabut atas permintaan pelapor", "ditutup": "sudah ditutup"}
_CASE = """
SELECT c.state, c.outcome, c.due_ms, COALESCE(c.answered_ms, c.closed_ms), l.id, l.fingerprint, COALESCE(u.name, '')
FROM case_file c JOIN release l ON l.id = c.release_id
LEFT JOIN unit u ON u.organisation_id = c.organisation_id AND u.code = c.unit WHERE c.id = ?
"""


def standing(case_id: int, by: Rules, now: int) -> dict[str, str]:
    """The blanks `keadaan` and `batas` of the reply to STATUS."""
    found = sql.row(_CASE, (case_id,))
    assert found is not None
    state, outcome, due, until, release, fingerprint, unit = found
    closure = releases.closure(int(release), str(fingerprint))
    said = _open(case_id, closure, unit) if state in OPEN else _over(str(state), _public(closure, str(outcome)))
    return {"keadaan": said[:LONGEST].rstrip(" ,"), "batas": _limit(due, now if until is None else until, by)}


def _open(case_id: int, closure: Closure, unit: str) -> str:
    """What waits for the citizen first, then what the office was last given to do; and which unit has it."""
    text = "SELECT element FROM task WHERE case_file_id = ? AND state = 'open' ORDER BY kind = 'receive' DESC, id DESC"
    waits = (_public(closure, str(row[0])) for row in sql.rows(text, (case_id,)) if not _beside(closure, str(row[0])))
    said = next((words for words in waits if words), "") or "sedang ditangani"
    return _short(said, f", {unit}" if unit else "")


def _short(said: str, unit: str) -> str:
    """The whole of it where it fits, else what stands before the semicolon."""
    return said + unit if len(said + unit) <= LONGEST else said.partition(";")[0] + unit


def _beside(closure: Closure, element: str) -> bool:
    """Whether it is done beside the work on the complaint: getting it onto the site."""
    known = closure.diagram.elements.get(element)
    return known is not None and known.props.get("terbit") == "pengaduan"


def _over(state: str, words: str) -> str:
    return words or _ENDED.get(state, "sudah selesai")


def _public(closure: Closure, element: str) -> str:
    known = closure.diagram.elements.get(element)
    return str(known.props.get("publik", "")) if known is not None else ""


def _limit(due: int | None, until: int, by: Rules) -> str:
    """The day of the law, and how late the answer is, or was, in working days."""
    if due is None:
        return "-"
    day = dates.local(due, by.zone).strftime("%d-%m-%Y")
    late = lateness.past(due, until, settings.calendar(by.organisation_id))
    return day if late is None else f"{day}, {lateness.spoken(late)}"
