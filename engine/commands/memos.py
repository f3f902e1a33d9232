"""Internal letters: signed by an office that may, numbered, kept, told to all they go to, receipted when opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from db import sql
from db.connect import transaction
from db.queries import coordination as questions
from db.queries.coordination import Case
from engine import coordination, journal, mailing, store, vault
from engine.commands import changes
from engine.commands.changes import Problems
from engine.errors import NotAllowed, NotFound, Objection
from engine.held import hold
from engine.offices import memos, notices, numbering, people, policy, settings
from engine.offices.memos import Addressee, Kind
from engine.offices.people import Actor, Seat

SUBJECT, TEXT, MOST_CASES = 200, 8_000, 100
CLOSED = "Hanya jabatan yang ditetapkan dapat menandatangani surat ini."


@dataclass(frozen=True)
class Letter:
    """What is to be sent: of which kind, in which words, to which roles and units (none: all), about which cases."""

    kind: str
    subject: str
    text: str
    roles: Sequence[str] = ()
    units: Sequence[str] = ()
    cases: Sequence[int] = ()


@dataclass(frozen=True)
class _Writing:
    """A letter while it is being written."""

    letter: Letter
    kind: Kind
    organisation: int
    seat: Seat
    now: int


def send_memo(letter: Letter, *, by: Actor, now: int) -> int:
    """Signs and sends a letter; gives its id. The cases it is about are reminded of, each in its own journal.

    Raises NotFound for a kind there is not, NotAllowed for an office that does not sign it, FormInvalid.
    """
    policy.must_work(by, "send_memo")
    with transaction():
        writing = _writing(letter, by, now)
        to = memos.addressees(writing.organisation, writing.kind, letter.roles, letter.units)
        cases = _cases(writing)
        changes.refuse(_problems(writing, to, cases))
        number = numbering.take(writing.organisation, writing.kind.numbered, _zone(writing.organisation), now)
        memo = _insert(writing, number, cases)
        for one in to:
            sql.insert("memo_receipt", memo_id=memo, office_id=one.id)
        _remind(writing, memo, number, cases)
        _journal(writing, memo, number, to, cases)
        _tell(writing, memo, number, [one.id for one in to])
        return memo


def _writing(letter: Letter, by: Actor, now: int) -> _Writing:
    organisation = policy.organisation_of(by)
    kind = memos.kind(organisation, letter.kind)
    seat = kind.signed_by(people.who_may_act(now, person_id=by.person_id), organisation)
    if seat is None:
        raise NotAllowed("send_memo", CLOSED)
    return _Writing(letter, kind, organisation, seat, now)


def _zone(organisation: int) -> str:
    return str(sql.value("SELECT timezone FROM organisation WHERE id = ?", (organisation,)))


def _cases(writing: _Writing) -> list[Case]:
    """The chosen cases as they stand, those due first first; locked one after the other in the order of their ids."""
    chosen = tuple(sorted(set(writing.letter.cases)))[: MOST_CASES + 1]
    if not chosen or writing.kind.carries != memos.CASES:
        return []
    calendar = settings.calendar(writing.organisation)
    ask = questions.Ask(writing.organisation, *coordination.edges(calendar, writing.now), cases=chosen)
    return _all(ask)


def _all(ask: questions.Ask) -> list[Case]:
    found: list[Case] = []
    for page in range(1, MOST_CASES // questions.PAGE + 2):
        rows, more = questions.pressing(ask, page)
        found += rows
        if not more:
            break
    return found


def _problems(writing: _Writing, to: Sequence[Addressee], cases: Sequence[Case]) -> Problems:
    letter, problems = writing.letter, _word_problems(writing.letter)
    if not to:
        problems["to"] = [Objection("nobody", "Tidak ada jabatan yang dituju; pilih sekurang-kurangnya satu.")]
    if writing.kind.carries == memos.CASES:
        problems |= _case_problems(letter, cases)
    return problems


def _word_problems(letter: Letter) -> Problems:
    problems: Problems = {}
    if not letter.subject.strip():
        problems["subject"] = [Objection("required", "Isi hal suratnya.")]
    elif len(letter.subject) > SUBJECT:
        problems["subject"] = [Objection("too_long", "Paling panjang %(max)s huruf.", {"max": SUBJECT})]
    if not letter.text.strip():
        problems["text"] = [Objection("required", "Tulis isinya.")]
    elif len(letter.text) > TEXT:
        problems["text"] = [Objection("too_long", "Paling panjang %(max)s huruf.", {"max": TEXT})]
    return problems


def _case_problems(letter: Letter, cases: Sequence[Case]) -> Problems:
    wanted = len(set(letter.cases))
    if not wanted or len(letter.units) != 1:
        return {"cases": [Objection("required", "Pilih satu perangkat daerah dan sekurang-kurangnya satu pengaduan.")]}
    if wanted > MOST_CASES:
        return {"cases": [Objection("many", "Paling banyak %(max)s pengaduan dalam satu surat.", {"max": MOST_CASES})]}
    if len(cases) != wanted:
        return {"cases": [Objection("unknown", "Ada pengaduan yang tidak dikenal. Pilih lagi dari daftarnya.")]}
    gone = [one.number for one in cases if one.state not in questions.OPEN or one.unit != letter.units[0]]
    if gone:
        words = "Sudah selesai atau tidak lagi ditangani perangkat daerah itu: %(numbers)s."
        return {"cases": [Objection("gone", words, {"numbers": changes.listed(gone)})]}
    return {}


def _insert(writing: _Writing, number: str, cases: Sequence[Case]) -> int:
    letter, seat = writing.letter, writing.seat
    memo = sql.insert(
        "memo",
        organisation_id=writing.organisation,
        kind=writing.kind.code,
        number=number,
        office_id=seat.office_id,
        person=seat.person_id,
        acting_as=seat.kind,
        unit=letter.units[0] if len(letter.units) == 1 else "",
        addressees=" ".join([*letter.roles, *letter.units])[:500],
        sealed="",
        figures=orjson.dumps(_figures(writing, cases)).decode(),
        at_ms=writing.now,
    )
    body = {"subject": letter.subject.strip(), "text": letter.text.strip()}
    sql.execute("UPDATE memo SET sealed = ? WHERE id = ?", (vault.seal(body, f"memo:{memo}"), memo))
    return memo


def _figures(writing: _Writing, cases: Sequence[Case]) -> dict[str, Any]:
    """What the letter carries besides words, frozen: the paper says the same for ever."""
    calendar = settings.calendar(writing.organisation)
    if writing.kind.carries == memos.FIGURES:
        return coordination.figures(writing.organisation, calendar, writing.now)
    return {"cases": [coordination.line(one, calendar, writing.now) for one in cases]}


def _remind(writing: _Writing, memo: int, number: str, cases: Sequence[Case]) -> None:
    for one in cases:
        sql.insert("memo_case", memo_id=memo, case_file_id=one.id, due_ms=one.due_ms)
    for key in sorted(one.id for one in cases):
        held = hold(key)
        facts = {"memo": memo, "number": number, "unit": writing.letter.units[0]}
        held.note("reminded", writing.now, facts=facts, **_signature(writing.seat))
        store.note_down(held)


def _signature(seat: Seat) -> dict[str, Any]:
    return {"office": seat.office_id, "person": seat.person_id, "acting_as": seat.kind}


def _journal(writing: _Writing, memo: int, number: str, to: Sequence[Addressee], cases: Sequence[Case]) -> None:
    facts = {"memo": memo, "kind": writing.kind.code, "number": number, "offices": len(to), "cases": len(cases)}
    entry = journal.Entry("memo_sent", writing.now, facts=facts, **_signature(writing.seat))
    journal.append(writing.organisation, None, [entry])


_ACCOUNTS = (
    "SELECT MIN(a.id) FROM account a WHERE a.person_id IN ({marks}) AND a.active AND a.mails AND a.email <> ''"
    " GROUP BY a.person_id ORDER BY 1"
)


def _tell(writing: _Writing, memo: int, number: str, offices: Sequence[int]) -> None:
    """Whoever acts for an office it goes to, once: a notice, and a mail where they want mail, in office hours."""
    wanted = set(offices)
    seats = [s for s in people.who_may_act(writing.now) if s.office_id in wanted]
    readers = sorted({s.person_id for s in seats} - {writing.seat.person_id})
    facts = {"memo": memo, "name": writing.kind.name, "number": number}
    notices.tell(readers, "surat", memo, writing.now, facts=facts)
    if not readers:
        return
    due = settings.calendar(writing.organisation).next_open(writing.now)
    for (account,) in sql.rows(_ACCOUNTS.format(marks=sql.marks(readers)), readers):
        told: dict[str, Any] = {"organisation": writing.organisation, "account": int(account), "memo": memo}
        mailing.order(f"surat:{memo}:{account}", "surat", writing.now, due=due, **told)


def read_memo(memo: int, *, by: Actor, now: int) -> bool:
    """Opened by someone acting for an office it went to: the receipt of each of their offices; True when it is new.

    Raises NotAllowed for an auditor, who acts for no office, NotFound for another organisation's letter.
    """
    policy.must_work(by, "read_memo")
    with transaction():
        organisation = policy.organisation_of(by)
        number = sql.value("SELECT number FROM memo WHERE id = ? AND organisation_id = ?", (memo, organisation))
        if number is None:
            raise NotFound("memo", memo)
        seats = {seat.office_id: seat for seat in people.who_may_act(now, person_id=by.person_id)}
        opened = [seat for seat in seats.values() if _opened(memo, seat, now)]
        facts = {"memo": memo, "number": str(number)}
        entries = [journal.Entry("memo_read", now, facts=facts, **_signature(seat)) for seat in opened]
        if entries:
            journal.append(organisation, None, entries)
            name = f"surat:{memo}:{by.person_id}"
            sql.execute("UPDATE notice SET seen_ms = ? WHERE name = ? AND seen_ms IS NULL", (now, name))
        return bool(entries)


def _opened(memo: int, seat: Seat, now: int) -> bool:
    text = "UPDATE memo_receipt SET read_ms = ?, read_by = ? WHERE memo_id = ? AND office_id = ? AND read_ms IS NULL"
    return bool(sql.execute(text, (now, seat.person_id, memo, seat.office_id)).rowcount)
