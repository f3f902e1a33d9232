"""An SMS that reports: it becomes a case, is held back, or is told what it lacks."""

from db import sql
from engine.clocks import deadlines
from engine.commands import start
from engine.commands.sms_kept import CASE, HELD, LACKING, Sms, day, ends, reply, tell_operators
from engine.offices import settings
from engine.sms import numbers, reading
from engine.sms.grammar import Said
from engine.sms.outgoing import HOUR_MS
from engine.sms.rules import Rules


def report(sms: Sms, said: Said, by: Rules, now: int) -> None:
    """A whole report becomes a case; what is lacking is told, who sends too many waits for an operator."""
    wrong = reading.problem(said, by)
    if wrong is not None:
        ends(sms.id, LACKING, now, problem=wrong.code[:64])
        return reply(sms, by, wrong.message, {"kurang": wrong.missing}, now)
    if _many(sms, by):
        return _hold_back(sms, by, now)
    return file(sms, said, by, now)


def _many(sms: Sms, by: Rules) -> bool:
    """Whether this number has made as many cases in an hour as it may."""
    text = "SELECT COUNT(*) FROM sms_in WHERE sender_mark = ? AND arrived_ms > ? AND state = ? AND id <> ?"
    return int(sql.value(text, (sms.mark, sms.arrived_ms - HOUR_MS, CASE, sms.id))) >= by.per_hour


def _hold_back(sms: Sms, by: Rules, now: int) -> None:
    """Kept, not begun: an operator looks whether they are complaints; told once an hour, as the sender is."""
    ends(sms.id, HELD, now, problem="banyak")
    reply(sms, by, "sms_ditahan", {}, now, once=True)
    tell_operators(by, "sms_banyak", f"{sms.mark[:16]}:{now // HOUR_MS}", now)


def file(sms: Sms, said: Said, by: Rules, now: int) -> None:
    """A case of the time it arrived; the sender hears its number and both dates (Perwali 14/2016 Pasal 8 (2), (3))."""
    found = reading.filed(said, numbers.normal(sms.sender), by)
    sent = start.Sent(
        by.process,
        by.code,
        found.reporter,
        found.report,
        sms.send_key,
        channel="sms",
        received=sms.arrived_ms,
    )
    begun = start.begin(sent, now)
    ends(sms.id, CASE, now, send_key=sms.send_key, problem="dua" if said.again else "")
    reply(sms, by, "sms_diterima", _promised(begun.number, sms.arrived_ms, by), now, case=begun.case_id)
    if said.again:
        tell_operators(by, "sms_dua", sms.id, now, case=begun.case_id)


def _promised(number: str, received: int, by: Rules) -> dict[str, str]:
    """Number, day of receipt and the days the limits name, without and with coordination."""
    calendar = settings.calendar(by.organisation_id)
    days = [deadlines.due(received, limit, "hari-kerja", calendar) for limit in by.limits]
    named = dict(zip(("batas", "batas_koordinasi"), (day(due, by) for due in days), strict=False))
    return {"nomor": number, "tanggal": day(received, by), "batas": "-", "batas_koordinasi": "-", **named}
