"""Opening again what was not followed up (Perwali 14/2016 Pasal 11(1)): a new case that goes on with the ended one.

The ended case keeps its end, and a closed month its figures; the new one is received now, under a number of its own,
from the same reporter, and their PIN opens it. Which ends may be gone on with says the diagram, at the end event:
`lanjutan.fakta` names the fact the new case begins with, `lanjutan.membawa` the facts it takes along.
"""

from dataclasses import dataclass
from typing import Any

from db import sql
from db.connect import transaction
from engine import journal as ledger
from engine import letters, mailing, promises, store, vault, wished
from engine.commands import talk
from engine.commands.messages import has_address
from engine.commands.start import Report, Reporter, Sent, Started, begin
from engine.commands.taking_over import reason_of
from engine.diagrams import releases
from engine.diagrams.catalog import Element
from engine.errors import Conflict, NotAllowed
from engine.held import Held, hold
from engine.mail import citizens
from engine.offices import people, policy, settings
from engine.offices.people import Actor, Seat
from engine.sms import citizens as short

FACT, CARRIED = "lanjutan.fakta", "lanjutan.membawa"
CLOSED = "Hanya koordinator yang dapat membuka kembali pengaduan yang tidak ditindaklanjuti."


def may_reopen(by: Actor, organisation: int, release: tuple[int, str], outcome: str, now: int) -> bool:
    """Whether this person may open again a case that ended so."""
    end = releases.closure(*release).diagram.elements.get(outcome)
    return end is not None and FACT in end.props and _seat(by, organisation, now) is not None


def _seat(by: Actor, organisation: int, now: int) -> Seat | None:
    roles = settings.setting(organisation, "coordinates")
    held = people.who_may_act(now, person_id=by.person_id)
    return next((s for s in held if s.organisation_id == organisation and s.role in roles), None)


@dataclass(frozen=True)
class _Ended:
    """The case that ended: its columns, and the end it reached."""

    held: Held
    end: Element
    process: str
    organisation: str
    channel: str
    language: str
    reporter: int


def reopen(case_id: int, *, reason: str, by: Actor, now: int) -> Started:
    """Begins the case that goes on with this one; the reason stands in the talk of both.

    Raises NotFound, NotAllowed, Conflict when it goes on already or ended in another way, FormInvalid (`alasan`).
    """
    policy.must_work(by, "reopen")
    with transaction():
        view = policy.view(by, case_id, now)
        held = hold(case_id)
        seat = _seat(by, held.organisation, now)
        if seat is None or not view.texts:
            raise NotAllowed("reopen", CLOSED)
        why = reason_of(reason)
        ended = _ended(held)
        begun = begin(_sent(ended), now)
        _belongs(ended, begun)
        wished.carry_over(held, begun.case_id, now)
        _tell(ended, begun, seat, by, why, now)
        return begun


_COLUMNS = """
SELECT c.outcome, c.process, g.code, c.channel, c.language, c.reporter_id FROM case_file c
  JOIN organisation g ON g.id = c.organisation_id WHERE c.id = ?
"""


def _ended(held: Held) -> _Ended:
    found = sql.row(_COLUMNS, (held.case_id,))
    assert found is not None
    end = held.closure.diagram.elements.get(str(found[0]))
    if end is None or FACT not in end.props:
        raise Conflict("Pengaduan ini tidak berakhir sebagai tidak ditindaklanjuti.")
    if sql.row("SELECT 1 FROM case_file WHERE continues = ?", (held.case_id,)):
        raise Conflict("Pengaduan ini sudah dibuka kembali.")
    return _Ended(held, end, *found[1:])


def _sent(ended: _Ended) -> Sent:
    """The same report again, with the facts it takes along and the one that says how it begins."""
    text = "SELECT n.sealed, r.sealed, c.subject FROM case_file c JOIN narrative n ON n.case_file_id = c.id"
    found = sql.row(f"{text} JOIN reporter r ON r.id = c.reporter_id WHERE c.id = ?", (ended.held.case_id,))
    assert found is not None
    if found[1] is None:
        raise Conflict("Identitas pelapor sudah dihapus; pengaduannya tidak dapat dibuka kembali.")
    told = letters.letter(ended.held.case_id, found[0])
    known = promises.facts_of(ended.held)
    facts = {name: known.get(name) for name in ended.end.props.get(CARRIED, "").split()}
    report = Report(told.chronology, told.when, told.where, found[2], data=facts | {ended.end.props[FACT]: True})
    who = vault.unseal(found[1], f"reporter:{ended.reporter}")
    key = f"lanjutan-{ended.held.case_id}"
    return Sent(ended.process, ended.organisation, Reporter(**who), report, key, ended.channel, language=ended.language)


def _belongs(ended: _Ended, begun: Started) -> None:
    """The new case is the same person's, and opens with the PIN they have."""
    double = int(sql.value("SELECT reporter_id FROM case_file WHERE id = ?", (begun.case_id,)))
    mark = vault.mark("pin of", begun.number, vault.pin(_first_key(ended.held.case_id)))
    text = "UPDATE case_file SET continues = ?, reporter_id = ?, pin_hash = ? WHERE id = ?"
    sql.execute(text, (ended.held.case_id, ended.reporter, mark, begun.case_id))
    sql.execute("DELETE FROM reporter WHERE id = ?", (double,))


def _first_key(case_id: int) -> str:
    """What the PIN was made of: the sending of the case at the head of the line."""
    continues, key = sql.row("SELECT continues, send_key FROM case_file WHERE id = ?", (case_id,)) or (None, "")
    return str(key) if continues is None else _first_key(int(continues))


def _tell(ended: _Ended, begun: Started, seat: Seat, by: Actor, why: str, now: int) -> None:
    who: dict[str, Any] = {"office": seat.office_id, "person": by.person_id, "acting_as": seat.kind}
    said = talk.write(ended.held, seat, by, why, now, task=None)
    ended.held.note("reopened", now, **who, facts={"number": begun.number, "case": begun.case_id, "comment": said})
    store.note_down(ended.held)
    facts = {"number": ended.held.number, "case": ended.held.case_id}
    entry = ledger.Entry("continued", now, **who, facts=facts)
    ledger.append(ended.held.organisation, begun.case_id, [entry])
    told = citizens.facts_of(begun.case_id)
    if told is not None and (has_address(told) or _by_sms(told)):
        mailing.order(
            f"dibuka:{begun.case_id}", "dibuka_kembali", now, case=begun.case_id, organisation=ended.held.organisation
        )


def _by_sms(told: citizens.Facts) -> bool:
    return bool(short.number_of(told)) and short.rules_of(told) is not None
