"""“Saya mengalami hal yang sama”: someone who has met with the same is counted with a case and told of its answer."""

from peewee import IntegrityError

from db import sql
from db.connect import transaction
from engine import store, vault
from engine.commands.start import register
from engine.errors import NotAllowed
from engine.held import Held, hold
from engine.reports import Reporter

OVER = "Laporan itu sudah tidak ditangani lagi. Isian Anda masih ada; kirimlah laporan Anda sendiri."


def send_key(token: str) -> str:
    """What makes joining twice by one form one companion."""
    return vault.mark("serupa", token)


def joined(key: str) -> int | None:
    """The case that was joined under this key, if any."""
    found = sql.value("SELECT case_file_id FROM companion WHERE send_key = ?", (key,))
    return None if found is None else int(found)


def join(case_id: int, reporter: Reporter, send_key: str, *, now: int, language: str = "id") -> bool:
    """Counts someone with a case; False when they were already (one form joins one case).

    Raises NotAllowed where the case has ended, is secret or was not worded by the office, NotFound for no case.
    """
    try:
        with transaction():
            held = hold(case_id)
            if joined(send_key) is not None:
                return False
            _refuse(held)
            _add(held, reporter, send_key, now, language)
            return True
    except IntegrityError:  # two tabs joined two cases at the same moment: the first one counts
        if joined(send_key) is None:
            raise
        return False


def _refuse(held: Held) -> None:
    """One sentence for all of it: why a case is not shown says something about the case."""
    secrecy, worded = sql.row("SELECT secrecy, worded FROM case_file WHERE id = ?", (held.case_id,)) or ("", False)
    if held.state not in ("berjalan", "insiden") or secrecy != "biasa" or not worded:
        raise NotAllowed("join", OVER)


def _add(held: Held, reporter: Reporter, send_key: str, now: int, language: str) -> None:
    who = register(held.organisation, reporter, now)
    row = {"case_file_id": held.case_id, "reporter_id": who, "send_key": send_key, "at_ms": now}
    sql.insert("companion", **row, language=language)
    sql.execute("UPDATE case_file SET companions = companions + 1 WHERE id = ?", (held.case_id,))
    held.note("joined", now)
    store.note_down(held)
