"""The other words of an SMS: how to write, how a case stands, to take it back, to answer what was asked."""

from db import sql
from engine.commands import citizen, work
from engine.commands.sms_kept import ANSWERED, LACKING, Sms, day, ends, reply
from engine.errors import FormInvalid, NotAllowed
from engine.held import hold, hold_task
from engine.sms import grammar, reading, rules, standing
from engine.sms.grammar import Said
from engine.sms.rules import Rules
from forms.schema import TEXTS


def help_with(sms: Sms, said: Said, by: Rules, now: int) -> None:
    """What is asked for, or what nobody understands: how to write, at most once an hour. Never lost."""
    if said.kind == rules.HELP:
        ends(sms.id, ANSWERED, now)
    else:
        ends(sms.id, LACKING, now, problem="tak_dikenal" if sms.text.strip() else "kosong")
    reply(sms, by, "sms_bantuan", {"panduan": f"{by.site}/panduan"}, now, once=True)


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


def status(sms: Sms, said: Said, by: Rules, now: int) -> None:
    """How the case stands, to the telephone it was reported from alone."""
    ends(sms.id, ANSWERED, now)
    found = _theirs(sms, said.number)
    if found is None:
        return _unknown(sms, by, now)
    case, number, received = found
    values = {"nomor": number, "tanggal": day(received, by), **standing.standing(case, by, now)}
    return reply(sms, by, "sms_keadaan", values, now, case=case)


def withdraw(sms: Sms, said: Said, by: Rules, now: int) -> None:
    """Takes the case back that is named by its number."""
    ends(sms.id, ANSWERED, now)
    found = _theirs(sms, said.number)
    if found is None:
        return _unknown(sms, by, now)
    if not said.number:  # never "the latest": it cannot be undone
        return _incomplete(sms, said, found, by, now)
    try:
        citizen.take_back(hold(found[0]), now)
    except NotAllowed:
        return reply(sms, by, "sms_sudah_selesai", {"nomor": found[1]}, now, case=found[0])
    return reply(sms, by, "sms_dicabut", {"nomor": found[1]}, now, case=found[0])


def _unknown(sms: Sms, by: Rules, now: int) -> None:
    """No case of that number from this telephone; one that came by the web is followed there."""
    reply(sms, by, "sms_tidak_ada", {"lacak": f"{by.site}/lacak"}, now)


def _incomplete(sms: Sms, said: Said, case: tuple[int, str, int], by: Rules, now: int) -> None:
    """How to write it whole, with the number of the case that seems to be meant."""
    contoh = reading.example(said.kind, case[1], by)
    reply(sms, by, "sms_belum_lengkap", {"contoh": contoh}, now, case=case[0])


def answer(sms: Sms, said: Said, by: Rules, now: int) -> None:
    """What the office asked for is told by SMS: into the first text of the form that waits for the reporter."""
    found, text = _theirs(sms, said.number), said.parts.get(rules.TEXT, "")
    if found is None or not text:
        ends(sms.id, LACKING, now, problem="jawaban")
        meant = None if text else found or _theirs(sms, "")
        return _incomplete(sms, said, meant, by, now) if meant else _unknown(sms, by, now)
    delivered = _delivered(found[0], text, now)
    ends(sms.id, ANSWERED if delivered else LACKING, now, problem="" if delivered else "tidak_ditanya")
    return reply(sms, by, "sms_keterangan" if delivered else "sms_tidak_ditanya", {"nomor": found[1]}, now)


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
