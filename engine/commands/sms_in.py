"""SMS that came: taken over once, each read in one transaction with the case, answer or withdrawal it makes.

A row is written before the gateway forgets its copy; a row that was taken over and not yet read is read by whoever
comes next. So a worker that dies anywhere loses nothing, and makes nothing twice.
"""

from collections.abc import Sequence
from dataclasses import replace

from db import sql
from db.connect import transaction
from engine import vault
from engine.commands import sms_reports, sms_words
from engine.commands.sms_kept import DONE, HELD, NEW, PASSED, SAME, WAITS, Sms, ends, reply, row
from engine.errors import Conflict, NotFound
from engine.sms import grammar, numbers, reading, rules
from engine.sms.gateways import Arrived
from engine.sms.grammar import Said
from engine.sms.outgoing import HOUR_MS
from engine.sms.rules import Rules

# --- taken over ---


def take(gateway: str, arrived: Sequence[Arrived], now: int) -> int:
    """Keeps what lies at a gateway, sealed; what was kept before is left alone. Gives how many were new.

    One transaction for all that came: a worker killed here finds the same SMS at the gateway again. `now` in ms UTC.
    Raises NotFound where no organisation takes SMS.
    """
    known = rules.every()
    if not known:
        raise NotFound("organisation", "sms")
    with transaction():
        return sum(_keep(gateway, one, known, now) for one in arrived)


def _keep(gateway: str, one: Arrived, known: Sequence[Rules], now: int) -> bool:
    by = _whose(one.text, known)
    found = sql.row(
        "INSERT INTO sms_in (organisation, gateway, gateway_key, sender_mark, text_mark, sealed, arrived_ms,"
        " network_ms, taken_ms, state, problem, parts, send_key) VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?, '', ?, '')"
        " ON CONFLICT (gateway, gateway_key) DO NOTHING RETURNING id",
        (
            by.organisation_id,
            gateway,
            vault.mark("sms gateway", gateway, one.key),
            numbers.sender_mark(one.sender),
            _same(one),
            min(one.arrived_ms, now),  # a gateway whose clock runs ahead receives nothing in the future
            one.network_ms,
            now,
            NEW,
            one.parts,
        ),
    )
    if found is None:
        return False
    sealed = vault.seal({"number": one.sender, "text": one.text.replace("\0", "")}, f"sms_in:{found[0]}")
    sql.execute("UPDATE sms_in SET sealed = ? WHERE id = ?", (sealed, found[0]))
    return True


def _whose(text: str, known: Sequence[Rules]) -> Rules:
    """The organisation whose keyword begins the text; else the one whose setting takes what has no keyword, which is
    never left to chance: where none says so, the one that took SMS first."""
    rest = next((by for by in known if by.takes_the_rest), known[0])
    return next((by for by in known if grammar.read(text, by).kind), rest)


def _same(one: Arrived) -> str:
    words = " ".join(one.text.casefold().split())
    return vault.mark("sms text", numbers.sender_mark(one.sender), words)


# --- read ---


def unread(most: int = 50) -> list[int]:
    """SMS taken over and not read yet, the oldest first."""
    return [int(row[0]) for row in sql.rows("SELECT id FROM sms_in WHERE state = 'baru' ORDER BY id LIMIT ?", (most,))]


def handle(sms_id: int, now: int, site: str = "") -> None:
    """Reads one SMS and does what it asks, at most once; `site` is the address the guide is told to be at."""
    with transaction():
        sms = row(sms_id)
        by = rules.of(sms.organisation) if sms else None
        if sms is not None and by is not None and sms.state == NEW:
            _read(sms, replace(by, site=by.site or site), now)


def put_aside(sms_id: int, problem: str, now: int) -> None:
    """An SMS that could not be dealt with, by our own fault, waits for an operator."""
    with transaction():
        ends(sms_id, HELD, now, problem=problem)


def _read(sms: Sms, by: Rules, now: int) -> None:
    if not numbers.normal(sms.sender):
        return ends(sms.id, PASSED, now, problem="pengirim")
    before = _said_before(sms, by)
    if before is not None:
        return _again(sms, before, by, now)
    said = grammar.read(sms.text, by)
    doing = {
        rules.REPORT: sms_reports.report,
        rules.STATUS: sms_words.status,
        rules.WITHDRAW: sms_words.withdraw,
        rules.ANSWER: sms_words.answer,
    }.get(said.kind, sms_words.help_with)
    return doing(sms, said, by, now)


def _said_before(sms: Sms, by: Rules) -> tuple[int, str] | None:
    """The SMS that made a case of the same words from the same number, and the case's key."""
    text = (
        "SELECT id, send_key FROM sms_in WHERE text_mark = ? AND id < ? AND arrived_ms > ? AND send_key <> ''"
        " ORDER BY id DESC LIMIT 1"
    )
    found = sql.row(text, (sms.text_mark, sms.id, sms.arrived_ms - by.same_hours * HOUR_MS))
    return None if found is None else (int(found[0]), str(found[1]))


def _again(sms: Sms, before: tuple[int, str], by: Rules, now: int) -> None:
    case = sql.row("SELECT id, number FROM case_file WHERE send_key = ?", (before[1],))
    ends(sms.id, SAME, now, twin=before[0])
    if case is not None:
        reply(sms, by, "sms_sama", {"nomor": str(case[1])}, now, case=int(case[0]), once=True)


# --- looked at by an operator ---


def waiting(sms_id: int, by: Rules) -> Sms:
    """Inside a verb's transaction: an SMS that an operator has to look at. Raises NotFound, or Conflict once done."""
    sms = row(sms_id)
    if sms is None or sms.organisation != by.organisation_id:
        raise NotFound("sms", sms_id)
    if sms.state not in WAITS and not _unfinished(sms):
        raise Conflict(f"sms {sms_id} does not wait")
    return sms


def _unfinished(sms: Sms) -> bool:
    """Whether it lies in a form of the counter that nobody has sent."""
    text = (
        "SELECT 1 FROM sms_in s WHERE s.id = ? AND s.state = ? AND s.send_key <> ''"
        " AND NOT EXISTS (SELECT 1 FROM case_file c WHERE c.send_key = s.send_key)"
    )
    return sql.row(text, (sms.id, DONE)) is not None


def file_held(sms: Sms, said: Said, by: Rules, now: int) -> bool:
    """Inside a verb's transaction: a whole report becomes a case, however many came before it."""
    if said.kind != rules.REPORT or reading.problem(said, by) is not None:
        return False
    sms_reports.file(sms, said, by, now)
    return True
