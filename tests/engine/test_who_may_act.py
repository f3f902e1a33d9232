"""Who may act now: holders, substitutes and deputies, with time moved."""

import pytest
import siapmas_days as day
from office import Office, ms

from db import sql
from engine import verbs
from engine.errors import FormInvalid, NotAllowed
from engine.offices import people


def seat_of(office: Office, code: str) -> int:
    return int(sql.value("SELECT id FROM office WHERE code = ?", (code,)))


def appoints(
    office: Office, code: str, who: str, kind: str, start: str, until: str, letter: str = "800/12/2026"
) -> int:
    return verbs.appoint(
        seat_of(office, code),
        getattr(office, who).person,
        kind=kind,
        from_ms=ms(start),
        until_ms=ms(until),
        letter=letter,
        letter_date="2026-04-01",
        by=office.admin.actor,
        now=office.now,
    )


def holders(office: Office, code: str, at: str) -> list[tuple[str, str]]:
    return [(seat.person.split()[0], seat.kind) for seat in people.who_may_act(ms(at), office_id=seat_of(office, code))]


def test_a_substitute_acts_from_the_first_to_the_last_instant_of_the_order_and_nobody_else(office: Office) -> None:
    appoints(office, "kasubag_tu", "sekar", "plh", "2026-04-07 00.00", "2026-04-09 00.00")
    assert holders(office, "kasubag_tu", "2026-04-06 23.59") == [("Wulan", "definitif")]
    assert holders(office, "kasubag_tu", "2026-04-07 00.00") == [("Sekar", "plh")]
    assert holders(office, "kasubag_tu", "2026-04-08 23.59") == [("Sekar", "plh")]
    assert holders(office, "kasubag_tu", "2026-04-09 00.00") == [("Wulan", "definitif")]


def test_the_act_of_a_substitute_is_frozen_as_what_it_was(office: Office) -> None:
    case = office.report()
    day.to_kasubag(office, case)
    appoints(office, "kasubag_tu", "hadi", "plh", "2026-04-06 00.00", "2026-04-08 00.00")
    assert office.wulan.may_not_do(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    office.hadi.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    office.at("2026-06-01 09.00")
    found = sql.row("SELECT acting_as, person FROM journal WHERE kind = 'completed' AND element = 'teliti_kasubag'")
    assert found == ("plh", office.hadi.person)


def test_the_claim_of_a_substitute_ends_with_their_time(office: Office) -> None:
    case = office.report()
    day.to_kasubag(office, case)
    appoints(office, "kasubag_tu", "hadi", "plh", "2026-04-06 00.00", "2026-04-08 00.00")
    verbs.claim(office.task(case, "teliti_kasubag"), by=office.hadi.actor, now=office.now)
    assert office.wulan.may_not_do(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    office.at("2026-04-08 09.00")
    assert office.hadi.may_not_do(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    assert office.waits(case) == ["teliti_kabag"]


def test_the_claim_of_a_colleague_who_is_still_there_holds(office: Office) -> None:
    case = office.report()
    task = office.task(case, "terima")
    verbs.claim(task, by=office.sekar.actor, now=office.now)
    with pytest.raises(NotAllowed):
        verbs.claim(task, by=office.joko.actor, now=office.now)
    sql.execute("UPDATE account SET active = ? WHERE username = 'sekar'", (False,))
    verbs.claim(task, by=office.joko.actor, now=office.now)


def test_the_ketua_is_stood_in_for_by_a_wakil_ketua_only(office: Office) -> None:
    span = ("2026-04-06 00.00", "2026-04-10 00.00")
    with pytest.raises(FormInvalid) as refused:
        appoints(office, "ketua_dprd", "surya", "plh", *span)
    assert "person" in refused.value.problems
    appoints(office, "ketua_dprd", "dewi", "wakil", *span)
    case = office.report()
    day.to_ketua(office, case)
    assert office.bima.may_not_do(case, "disposisikan_ketua", keputusan_ketua="arsipkan")
    day.ketua_disposes(office, case, "komisi_2", who="dewi")
    assert office.waits(case) == ["cermati_disposisi"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"until": "2026-04-06 00.00"}, "until"),
        ({"letter": "  "}, "letter"),
        ({"kind": "plt", "until": "2026-09-01 00.00"}, "until"),
        ({"who": "wulan"}, "person"),
        ({"who": "admin"}, "person"),
        ({"kind": "wakil"}, "kind"),
        ({"kind": "raja"}, "kind"),
    ],
)
def test_an_order_that_cannot_be_is_refused_at_its_field(office: Office, change: dict[str, str], field: str) -> None:
    order = {"who": "hadi", "kind": "plh", "start": "2026-04-07 00.00", "until": "2026-04-09 00.00"} | change
    with pytest.raises(FormInvalid) as refused:
        appoints(office, "kasubag_tu", **order)
    assert field in refused.value.problems
    assert sql.value("SELECT COUNT(*) FROM holding WHERE kind <> 'definitif'") == 0


def test_two_substitutes_at_once_are_refused(office: Office) -> None:
    appoints(office, "kasubag_tu", "hadi", "plh", "2026-04-07 00.00", "2026-04-09 00.00")
    with pytest.raises(FormInvalid) as refused:
        appoints(office, "kasubag_tu", "ratna", "plh", "2026-04-08 00.00", "2026-04-10 00.00")
    assert "from" in refused.value.problems
    appoints(office, "kasubag_tu", "ratna", "plh", "2026-04-09 00.00", "2026-04-10 00.00")


def test_only_an_administrator_appoints(office: Office) -> None:
    with pytest.raises(NotAllowed):
        verbs.appoint(
            seat_of(office, "kasubag_tu"),
            office.hadi.person,
            kind="plh",
            from_ms=office.now,
            until_ms=office.now + 1,
            letter="1",
            letter_date="",
            by=office.surya.actor,
            now=office.now,
        )


def test_a_substitute_whose_time_is_ended_early_acts_no_more(office: Office) -> None:
    holding = appoints(office, "kasubag_tu", "hadi", "plh", "2026-04-06 00.00", "2026-04-09 00.00")
    verbs.end_appointment(holding, by=office.admin.actor, now=office.now)
    assert holders(office, "kasubag_tu", "2026-04-06 08.00") == [("Wulan", "definitif")]


def test_an_outsider_neither_acts_nor_sees(office: Office) -> None:
    case = office.report()
    assert office.odi.may_not_do(case, "terima", hasil_verifikasi="lengkap")
    assert not office.odi.may_see(case)
    assert office.sekar.may_see(case)
    assert office.bima.may_see(case)
    assert office.inggit.may_see(case)
    assert not office.admin.may_see(case)


def test_a_secret_case_is_seen_by_the_offices_it_went_to_only(office: Office) -> None:
    case = office.report()
    office.sekar.registers(case, kerahasiaan="rahasia")
    assert office.sekar.may_see(case)
    assert office.wulan.may_see(case)
    assert not office.bima.may_see(case)
    assert not office.hadi.may_see(case)
    assert not office.lilik.may_see(case)


def test_a_claimed_task_is_its_claimers_until_released(office: Office) -> None:
    case = office.report()
    task = office.task(case, "terima")
    verbs.claim(task, by=office.sekar.actor, now=office.now)
    verbs.claim(task, by=office.sekar.actor, now=office.now)
    with pytest.raises(NotAllowed):
        verbs.claim(task, by=office.joko.actor, now=office.now)
    with pytest.raises(NotAllowed):
        verbs.release(task, by=office.joko.actor, now=office.now)
    verbs.release(task, by=office.sekar.actor, now=office.now)
    verbs.claim(task, by=office.joko.actor, now=office.now)
    assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'claimed'") == 2
