"""What an operator does with SMS that no machine understood."""

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from db import sql
from db.connect import transaction
from db.queries import sms_senders
from engine import journal, vault
from engine.commands import entering, intake, sms_in, sms_kept
from engine.errors import NotAllowed, NotFound
from engine.offices import policy
from engine.offices.intakes import Door
from engine.offices.people import Actor
from engine.sms import grammar, numbers, rules
from engine.sms.rules import Rules


def operates(by: Actor, organisation: int, now: int) -> bool:
    """Whether this person looks after SMS there."""
    found = rules.of(organisation)
    return found is not None and by.person_id in sms_kept.operators(found, now)


def _must(by: Actor, now: int) -> Rules:
    policy.must_work(by, "sms")
    organisation = policy.organisation_of(by)
    found = rules.of(organisation)
    if found is None or by.person_id not in sms_kept.operators(found, now):
        raise NotAllowed("sms", "Jabatan Anda tidak mengurus SMS masuk.")
    return found


def look(sms_id: int, *, by: Actor, now: int) -> tuple[str, str]:
    """Number and words of one SMS of the operator's own organisation. Whoever shows them notes who looked."""
    here = _must(by, now)
    found = sql.row("SELECT sealed FROM sms_in WHERE id = ? AND organisation = ?", (sms_id, here.organisation_id))
    if found is None:
        raise NotFound("sms", sms_id)
    told = vault.unseal(str(found[0]), f"sms_in:{sms_id}")
    return str(told["number"]), str(told["text"])


def file(sms_id: int, *, by: Actor, now: int) -> int | None:
    """A whole report that was held back becomes a case after all; its id, None where it is no whole report."""
    here = _must(by, now)
    with transaction():
        sms = sms_in.waiting(sms_id, here)
        said = grammar.read(sms.text, here)
        if not sms_in.file_held(sms, said, here, now):
            return None
        _note(here, "sms_filed", sms_id, by, now)
    found = sql.value("SELECT id FROM case_file WHERE send_key = ?", (sms.send_key,))
    return None if found is None else int(found)


def dismiss(sms_id: int, *, by: Actor, now: int) -> None:
    """An SMS that needs nothing more."""
    here = _must(by, now)
    with transaction():
        sms_in.waiting(sms_id, here)
        _done(sms_id, "", by, now)
        _note(here, "sms_dismissed", sms_id, by, now)


def dismiss_sender(sms_id: int, *, by: Actor, now: int) -> int:
    """Nothing that waits of the sender of this SMS needs anything more; gives how many there were."""
    here = _must(by, now)
    with transaction():
        sms = sms_in.waiting(sms_id, here)
        return _all_done("sender_mark = ?", (sms.mark,), here, sms_id, by, now)


def dismiss_strangers(upto: int, *, by: Actor, now: int) -> int:
    """Nothing of what strangers sent up to that SMS needs anything more; gives how many there were."""
    here = _must(by, now)
    with transaction():
        which = f"id <= ? AND sender_mark IN ({sms_senders.STRANGERS})"
        return _all_done(which, (upto, here.organisation_id), here, upto, by, now)


def _all_done(which: str, values: tuple[object, ...], here: Rules, sms_id: int, by: Actor, now: int) -> int:
    """What lies in somebody's form stays there."""
    text = (
        f"UPDATE sms_in SET state = ?, done_ms = ?, done_by = ? WHERE organisation = ? AND state IN (?, ?) AND {which}"
    )
    known = (sms_kept.DONE, now, by.person_id, here.organisation_id, *sms_kept.WAITS, *values)
    done = sql.execute(text, known).rowcount
    _note(here, "sms_dismissed", sms_id, by, now, count=done)
    return int(done)


def lay_out(sms_id: int, door: Door, *, by: Actor, now: int) -> None:
    """Lays an SMS into the counter's form, where the operator fills in what is missing; sent, it is this SMS's case."""
    here = _must(by, now)
    with transaction():
        sms = sms_in.waiting(sms_id, here)
        key = secrets.token_urlsafe(24)
        _done(sms_id, entering.send_key(by.account_id, key), by, now)
        _note(here, "sms_laid_out", sms_id, by, now)
    intake.keep(entering.draft_of(by.account_id, key), _typed(sms, door, here), now=now)


def _typed(sms: sms_kept.Sms, door: Door, here: Rules) -> dict[str, str]:
    """What the form's questions are called, by what each is of reporter and report."""
    said, local = grammar.read(sms.text, here), datetime.fromtimestamp(sms.arrived_ms / 1000, ZoneInfo(here.zone))
    plan = door.plan
    known = {
        plan.reporter.get("phone", ""): numbers.normal(sms.sender),
        plan.reporter.get("nik", ""): said.parts.get(rules.NIK, ""),
        plan.reporter.get("mother", ""): said.parts.get(rules.MOTHER, ""),
        plan.report.get("chronology", ""): said.parts.get(rules.TEXT, "") or sms.text,
        plan.report.get("where", ""): said.parts.get(rules.PLACE, ""),
        "saluran": "sms",
        "tanggal_terima": local.date().isoformat(),
        "jam_terima": local.strftime("%H:%M"),
    }
    return {name: text for name, text in known.items() if name and text}


def _done(sms_id: int, send_key: str, by: Actor, now: int) -> None:
    text = "UPDATE sms_in SET state = ?, send_key = ?, done_ms = ?, done_by = ? WHERE id = ?"
    sql.execute(text, (sms_kept.DONE, send_key, now, by.person_id, sms_id))


def _note(here: Rules, kind: str, sms_id: int, by: Actor, now: int, **more: int) -> None:
    entry = journal.Entry(kind, now, person=by.person_id, facts={"sms": sms_id, **more})
    journal.append(here.organisation_id, None, [entry])
