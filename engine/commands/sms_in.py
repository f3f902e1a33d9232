"""SMS that came: taken over once, each read in one transaction with the case, answer or withdrawal it makes.

A row is written before the gateway forgets its copy; a row that was taken over and not yet read is read by whoever
comes next. So a worker that dies anywhere loses nothing, and makes nothing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from db import sql
from db.connect import transaction
from db.queries import texting
from engine import vault
from engine.clocks import deadlines
from engine.commands import citizen, start, work
from engine.errors import Conflict, FormInvalid, NotAllowed, NotFound
from engine.held import hold, hold_task
from engine.offices import notices, people, settings
from engine.sms import grammar, numbers, outgoing, reading, rules, standing
from engine.sms.gateways import Arrived
from engine.sms.grammar import Said
from engine.sms.outgoing import HOUR_MS
from engine.sms.rules import Rules
from forms import dates
from forms.schema import TEXTS

NEW, CASE, ANSWERED, LACKING, HELD, SAME, PASSED, DONE = (
    "baru", "kasus", "dijawab", "kurang", "ditahan", "sama", "dilewati", "diurus",
)  # fmt: skip
"""Not read yet; became a case; was answered; not understood or not whole; waits for an operator; said before; from a
sender nobody answers; dealt with by an operator."""
WAITS = (LACKING, HELD)
"""What an operator has to look at."""


@dataclass(frozen=True)
class Sms:
    """One SMS in a verb's hands."""

    id: int
    organisation: int
    mark: str
    text_mark: str
    arrived_ms: int
    state: str
    sender: str
    text: str

    @property
    def send_key(self) -> str:
        """What makes one SMS one case."""
        return vault.mark("sms", str(self.id))


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
        sms = _row(sms_id)
        by = rules.of(sms.organisation) if sms else None
        if sms is not None and by is not None and sms.state == NEW:
            _read(sms, replace(by, site=by.site or site), now)


def put_aside(sms_id: int, problem: str, now: int) -> None:
    """An SMS that could not be dealt with, by our own fault, waits for an operator."""
    with transaction():
        _ends(sms_id, HELD, now, problem=problem)


_ROW = "SELECT id, organisation, sender_mark, text_mark, arrived_ms, state, sealed FROM sms_in WHERE id = ?"


def _row(sms_id: int) -> Sms | None:
    found = sql.row(_ROW + sql.for_update(), (sms_id,))
    if found is None:
        return None
    key, organisation, mark, text_mark, arrived, state, sealed = found
    told = vault.unseal(str(sealed), f"sms_in:{sms_id}")
    return Sms(key, organisation, mark, text_mark, arrived, state, told["number"], told["text"])


def _ends(sms_id: int, state: str, now: int, **columns: Any) -> None:
    columns = {"state": state, "done_ms": now, **columns}
    names = ", ".join(f"{name} = ?" for name in columns)
    sql.execute(f"UPDATE sms_in SET {names} WHERE id = ?", (*columns.values(), sms_id))


def _read(sms: Sms, by: Rules, now: int) -> None:
    if not numbers.normal(sms.sender):
        return _ends(sms.id, PASSED, now, problem="pengirim")
    before = _said_before(sms, by)
    if before is not None:
        return _again(sms, before, by, now)
    said = grammar.read(sms.text, by)
    doing = {
        rules.REPORT: _report,
        rules.STATUS: _status,
        rules.WITHDRAW: _withdraw,
        rules.ANSWER: _answer,
    }.get(said.kind, _help)
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
    _ends(sms.id, SAME, now, twin=before[0])
    if case is not None:
        _reply(sms, by, "sms_sama", {"nomor": str(case[1])}, now, case=int(case[0]), once=True)


def _reply(
    sms: Sms, by: Rules, message: str, values: dict[str, str], now: int, *, case: int | None = None, once: bool = False
) -> None:
    """Answers, unless this number was answered often enough; `once` an hour for what may come again and again.

    A number of another country is answered only about a case: a sender is easily invented, and a dear one costs us.
    """
    since = now - HOUR_MS
    if case is None and not numbers.mobile(sms.sender):
        return
    if outgoing.sent_within(sms.mark, since) >= by.replies_per_hour:
        return
    if once and outgoing.sent_within(sms.mark, since, message):
        return
    if case is None and texting.unasked(by.organisation_id, since) >= by.help_per_hour:
        _unanswered(sms, by, now)
        return
    text = outgoing.worded(by, message, {"bentuk": reading.shape(by), "sms": by.number, **values})
    outgoing.order(by, f"sms:{sms.id}:{message}", message, numbers.normal(sms.sender), text, now, case=case)


def _unanswered(sms: Sms, by: Rules, now: int) -> None:
    """Too many asked within the hour, from whatever numbers: kept without an answer, the operators are told once."""
    sql.execute("UPDATE sms_in SET problem = 'batas' WHERE id = ? AND problem = ''", (sms.id,))
    _tell_operators(by, "sms_batas", f"{by.organisation_id}:{now // HOUR_MS}", now)


# --- a report ---


def _report(sms: Sms, said: Said, by: Rules, now: int) -> None:
    wrong = reading.problem(said, by)
    if wrong is not None:
        _ends(sms.id, LACKING, now, problem=wrong.code[:64])
        return _reply(sms, by, wrong.message, {"kurang": wrong.missing}, now)
    if _many(sms, by):
        return _hold_back(sms, by, now)
    return _file(sms, said, by, now)


def _many(sms: Sms, by: Rules) -> bool:
    """Whether this number has made as many cases in an hour as it may."""
    text = "SELECT COUNT(*) FROM sms_in WHERE sender_mark = ? AND arrived_ms > ? AND state = ? AND id <> ?"
    return int(sql.value(text, (sms.mark, sms.arrived_ms - HOUR_MS, CASE, sms.id))) >= by.per_hour


def _hold_back(sms: Sms, by: Rules, now: int) -> None:
    """Kept, not begun: an operator looks whether they are complaints; told once an hour, as the sender is."""
    _ends(sms.id, HELD, now, problem="banyak")
    _reply(sms, by, "sms_ditahan", {}, now, once=True)
    _tell_operators(by, "sms_banyak", f"{sms.mark[:16]}:{now // HOUR_MS}", now)


def _file(sms: Sms, said: Said, by: Rules, now: int) -> None:
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
    _ends(sms.id, CASE, now, send_key=sms.send_key, problem="dua" if said.again else "")
    _reply(sms, by, "sms_diterima", _promised(begun.number, sms.arrived_ms, by), now, case=begun.case_id)
    if said.again:
        _tell_operators(by, "sms_dua", sms.id, now, case=begun.case_id)


def _promised(number: str, received: int, by: Rules) -> dict[str, str]:
    """Number, day of receipt and the days the limits name, without and with coordination."""
    calendar = settings.calendar(by.organisation_id)
    days = [deadlines.due(received, limit, "hari-kerja", calendar) for limit in by.limits]
    named = dict(zip(("batas", "batas_koordinasi"), (_day(day, by) for day in days), strict=False))
    return {"nomor": number, "tanggal": _day(received, by), "batas": "-", "batas_koordinasi": "-", **named}


def _day(ms: int | None, by: Rules) -> str:
    return "-" if ms is None else dates.local(ms, by.zone).strftime("%d-%m-%Y")


def operators(by: Rules, now: int) -> list[int]:
    """The people who look after what was not understood."""
    roles = set(by.operators or settings.setting(by.organisation_id, "takes_in"))
    here = [seat for seat in people.who_may_act(now) if seat.organisation_id == by.organisation_id]
    return [seat.person_id for seat in here if {seat.role, seat.code} & roles]


def _tell_operators(by: Rules, kind: str, about: object, now: int, case: int | None = None) -> None:
    notices.tell(operators(by, now), kind, about, now, case=case)


def waiting(sms_id: int, by: Rules) -> Sms:
    """Inside a verb's transaction: an SMS that an operator has to look at. Raises NotFound, or Conflict once done."""
    sms = _row(sms_id)
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
    _file(sms, said, by, now)
    return True


# --- the other words ---


def _help(sms: Sms, said: Said, by: Rules, now: int) -> None:
    """What is asked for, or what nobody understands: how to write, at most once an hour. Never lost."""
    if said.kind == rules.HELP:
        _ends(sms.id, ANSWERED, now)
    else:
        _ends(sms.id, LACKING, now, problem="tak_dikenal" if sms.text.strip() else "kosong")
    _reply(sms, by, "sms_bantuan", {"panduan": f"{by.site}/panduan"}, now, once=True)


def _theirs(sms: Sms, number: str) -> tuple[int, str, int] | None:
    """A case that this very number reported by SMS; the latest where none is named."""
    text = (
        "SELECT DISTINCT c.id, c.number, c.received_ms FROM sms_in s"
        " JOIN case_file c ON c.send_key = s.send_key WHERE s.sender_mark = ? AND s.send_key <> ''"
        " AND c.organisation_id = ? ORDER BY c.id DESC LIMIT 200"
    )
    wanted = grammar.case_number(number)
    rows = sql.rows(text, (sms.mark, sms.organisation))
    found = [row for row in rows if not wanted or grammar.case_number(str(row[1])) == wanted]
    found = found or [row for row in rows if len(wanted) == 1 and grammar.case_number(str(row[1]))[0] == wanted[0]]
    return found[0] if found else None


def _status(sms: Sms, said: Said, by: Rules, now: int) -> None:
    _ends(sms.id, ANSWERED, now)
    found = _theirs(sms, said.number)
    if found is None:
        return _unknown(sms, by, now)
    case, number, received = found
    values = {"nomor": number, "tanggal": _day(received, by), **standing.standing(case, by, now)}
    return _reply(sms, by, "sms_keadaan", values, now, case=case)


def _withdraw(sms: Sms, said: Said, by: Rules, now: int) -> None:
    _ends(sms.id, ANSWERED, now)
    found = _theirs(sms, said.number)
    if found is None:
        return _unknown(sms, by, now)
    if not said.number:  # never "the latest": it cannot be undone
        return _incomplete(sms, said, found, by, now)
    try:
        citizen.take_back(hold(found[0]), now)
    except NotAllowed:
        return _reply(sms, by, "sms_sudah_selesai", {"nomor": found[1]}, now, case=found[0])
    return _reply(sms, by, "sms_dicabut", {"nomor": found[1]}, now, case=found[0])


def _unknown(sms: Sms, by: Rules, now: int) -> None:
    """No case of that number from this telephone; one that came by the web is followed there."""
    _reply(sms, by, "sms_tidak_ada", {"lacak": f"{by.site}/lacak"}, now)


def _incomplete(sms: Sms, said: Said, case: tuple[int, str, int], by: Rules, now: int) -> None:
    """How to write it whole, with the number of the case that seems to be meant."""
    contoh = reading.example(said.kind, case[1], by)
    _reply(sms, by, "sms_belum_lengkap", {"contoh": contoh}, now, case=case[0])


def _answer(sms: Sms, said: Said, by: Rules, now: int) -> None:
    """What the office asked for is told by SMS: into the first text of the form that waits for the reporter."""
    found, text = _theirs(sms, said.number), said.parts.get(rules.TEXT, "")
    if found is None or not text:
        _ends(sms.id, LACKING, now, problem="jawaban")
        meant = None if text else found or _theirs(sms, "")
        return _incomplete(sms, said, meant, by, now) if meant else _unknown(sms, by, now)
    delivered = _delivered(found[0], text, now)
    _ends(sms.id, ANSWERED if delivered else LACKING, now, problem="" if delivered else "tidak_ditanya")
    return _reply(sms, by, "sms_keterangan" if delivered else "sms_tidak_ditanya", {"nomor": found[1]}, now)


def _delivered(case: int, text: str, now: int) -> bool:
    """Whether one of the forms that wait for the reporter took the words."""
    asked = "SELECT id FROM task WHERE case_file_id = ? AND kind = 'receive' AND state = 'open' ORDER BY id"
    return any(_told_to(int(task), text, now) for (task,) in sql.rows(asked, (case,)))


def _told_to(task: int, text: str, now: int) -> bool:
    row, held = hold_task(task)
    screen = held.closure.screens.get(row.form)
    name = next((one.name for one in screen.fields.values() if one.kind in TEXTS), "") if screen else ""
    try:
        parsed = work.read_answers(held, row, {name: text} if name else {})
    except FormInvalid:
        return False  # the form asks for more than words
    facts = {"proofs": 0, "channel": "sms", **citizen.reply(held, row, parsed)}
    held.note("delivered", now, task=row.id, element=row.element, facts=facts)
    work.finish(held, row, None, parsed, now)
    return True
