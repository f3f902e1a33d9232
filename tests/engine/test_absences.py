""" "Saya berhalangan": proposed by the absent, in force by the superior's letter of order, or refused with a reason."""

from typing import Any

import orjson
import pytest
from office import Office, ms

from db import sql
from engine import journal, verbs
from engine.commands import absences
from engine.errors import Conflict, FormInvalid, NotAllowed, NotFound
from engine.offices import people

WHY = "Menemani ibu operasi."


@pytest.fixture
def office(sqlite: str) -> Office:
    return Office("2026-11-23 09.00")


def place(code: str) -> int:
    return int(sql.value("SELECT id FROM office WHERE code = ?", (code,)))


def proposes(office: Office, **more: Any) -> int:
    """Hadi (Kabag Umum) asks that Ratna stands in for him for three days."""
    plan: dict[str, Any] = {
        "kind": "plh",
        "from_ms": ms("2026-11-24 00.00"),
        "until_ms": ms("2026-11-27 00.00"),
        "reason": WHY,
    }
    who = {"by": office.hadi.actor, "now": office.now}
    return verbs.propose_absence(place("kabag_umum"), office.ratna.person, **plan | who | more)


ORDER = {"letter": "800/91/2026", "letter_date": "2026-11-23"}


def notices(person: int) -> list[str]:
    return [str(row[0]) for row in sql.rows("SELECT kind FROM notice WHERE person_id = ? ORDER BY id", (person,))]


def test_the_superiors_letter_puts_it_in_force_and_everyone_is_told(office: Office) -> None:
    absence = proposes(office)
    assert notices(office.surya.person) == ["berhalangan-usul"]
    assert len(people.who_may_act(ms("2026-11-25 10.00"), office_id=place("kabag_umum"))) == 1
    verbs.approve_absence(absence, **ORDER, by=office.surya.actor, now=office.now)
    [seat] = people.who_may_act(ms("2026-11-25 10.00"), office_id=place("kabag_umum"))
    assert (seat.person_id, seat.kind) == (office.ratna.person, "plh")
    assert notices(office.hadi.person) == notices(office.ratna.person) == ["berhalangan-disetujui"]
    with pytest.raises(Conflict):
        verbs.refuse_absence(absence, reason="Telat.", by=office.surya.actor, now=office.now)
    kinds = [
        row[0] for row in sql.rows("SELECT kind FROM journal WHERE kind LIKE 'a%' AND case_file IS NULL ORDER BY id")
    ]
    assert kinds[-3:] == ["absence_proposed", "appointed", "absence_approved"]
    assert journal.verify() == []


def test_why_someone_is_absent_is_sealed_and_told_nowhere(office: Office) -> None:
    absence = proposes(office)
    sealed, refusal = sql.rows("SELECT sealed_reason, sealed_refusal FROM absence WHERE id = ?", (absence,))[0]
    assert absences.reasons(absence, sealed, refusal) == (WHY, "")
    everything = orjson.dumps(sql.rows("SELECT facts FROM journal") + sql.rows("SELECT facts FROM notice")).decode()
    assert "operasi" not in everything + sealed


def test_the_superior_refuses_with_a_reason_and_the_absent_may_withdraw_and_ask_again(office: Office) -> None:
    how: dict[str, Any] = {"by": office.surya.actor, "now": office.now}
    absence = proposes(office)
    with pytest.raises(FormInvalid):
        verbs.refuse_absence(absence, reason=" ", **how)
    verbs.refuse_absence(absence, reason="Ada sidang.", **how)
    assert notices(office.hadi.person) == ["berhalangan-ditolak"]
    again = proposes(office)
    verbs.withdraw_absence(again, by=office.hadi.actor, now=office.now)
    with pytest.raises(Conflict):
        verbs.approve_absence(again, **ORDER, **how)
    assert sql.value("SELECT COUNT(*) FROM holding WHERE kind <> 'definitif'") == 0


def test_only_the_superior_decides_and_only_the_absent_withdraws(office: Office) -> None:
    absence = proposes(office)
    for stranger in (office.odi, office.ratna, office.admin, office.inggit):
        with pytest.raises(NotFound):
            verbs.approve_absence(absence, **ORDER, by=stranger.actor, now=office.now)
    with pytest.raises(NotAllowed):
        verbs.approve_absence(absence, **ORDER, by=office.hadi.actor, now=office.now)
    with pytest.raises(NotFound):
        verbs.withdraw_absence(absence, by=office.surya.actor, now=office.now)
    with pytest.raises(NotFound):
        proposes(office, by=office.odi.actor)


def test_without_a_superior_the_administrator_decides(office: Office) -> None:
    chair = verbs.propose_absence(
        place("ketua_dprd"),
        office.dewi.person,
        kind="wakil",
        from_ms=office.now,
        until_ms=ms("2026-11-25 00.00"),
        reason="Dinas luar.",
        by=office.bima.actor,
        now=office.now,
    )
    verbs.approve_absence(chair, **ORDER, by=office.admin.actor, now=office.after(minutes=30).now)
    [seat] = people.who_may_act(office.now, office_id=place("ketua_dprd"))
    assert (seat.person_id, seat.kind) == (office.dewi.person, "wakil")


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"kind": "wakil"}, "kind", "tidak mempunyai wakil"),
        ({"reason": " "}, "reason", "Tulis alasannya."),
        ({"until_ms": ms("2026-11-20 00.00")}, "until", "sebelum hari ini"),
        ({"until_ms": ms("2027-11-24 00.00"), "kind": "plt"}, "until", "paling lama tiga bulan"),
    ],
)
def test_a_proposal_is_checked_as_an_appointment_is(
    office: Office, more: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(FormInvalid) as refused:
        proposes(office, **more)
    assert words in refused.value.problems[field][0].sentence


def test_two_at_once_are_refused_when_proposed_and_when_decided(office: Office) -> None:
    absence = proposes(office)
    with pytest.raises(FormInvalid) as refused:
        proposes(office)
    assert "sudah mengajukan" in refused.value.problems["from"][0].sentence
    plh: dict[str, Any] = {"kind": "plh", "from_ms": ms("2026-11-25 00.00"), "until_ms": ms("2026-11-26 00.00")}
    verbs.appoint(place("kabag_umum"), office.odi.person, **plh, **ORDER, by=office.admin.actor, now=office.now)
    with pytest.raises(FormInvalid) as late:
        verbs.approve_absence(absence, **ORDER, by=office.surya.actor, now=office.now)
    assert "Sudah ada pengganti" in late.value.problems["letter"][0].sentence
    with pytest.raises(FormInvalid):
        proposes(office, until_ms=ms("2026-11-28 00.00"))


def test_what_is_over_is_not_put_in_force(office: Office) -> None:
    absence = proposes(office)
    with pytest.raises(FormInvalid) as over:
        verbs.approve_absence(absence, **ORDER, by=office.surya.actor, now=ms("2026-11-27 08.00"))
    assert "sudah lewat" in over.value.problems["letter"][0].sentence
