"""The monthly report of Pasal 9 begins by itself, goes its way in every unit, and waits for no latecomer."""

from collections.abc import Iterable
from typing import Any

import pytest
from kota import Kota
from office import ms

from db import sql
from db.queries import coordination as questions
from db.queries import recaps
from db.queries.recaps import Kept
from engine import coordination, journal, tracking, verbs
from engine.commands import scheduled
from engine.commands.recaps import receive_recap
from engine.errors import NotAllowed, OfficeError
from engine.offices import settings

UNITS = 21


@pytest.fixture
def kota(sqlite: str) -> Kota:
    """On SQLite alone: what is asked of the database is asked on both by `everywhere`."""
    return Kota("2026-03-02 08.00")


@pytest.fixture
def everywhere(database: str) -> Kota:
    """On SQLite and PostgreSQL."""
    return Kota("2026-03-02 08.00")


def begun(kota: Kota, when: str = "2026-04-01 07.30") -> int:
    kota.now = ms(when)
    (case,) = scheduled.begin_due(kota.now)
    return case


def does(kota: Kota, who: str, case: int, element: str, **answers: Any) -> None:
    kota.does(who, case, element, **answers)


def sends(kota: Kota, case: int, unit: str) -> None:
    kota.does(f"petugas_{unit}", case, "cetak_rekap")
    kota.does(f"pejabat_{unit}", case, "periksa_rekap", keputusan_periksa_rekap="setuju")
    kota.does(f"pimpinan_{unit}", case, "tanda_tangani", keputusan_tanda_tangan="setuju")


def of(kota: Kota, unit: str, month: str = "2026-03") -> Kept:
    found = recaps.kept(kota.organisation, "laporan_bulanan", month, unit)
    assert found is not None
    return found


def waiting(kota: Kota, case: int) -> dict[str, int]:
    found = kota.waits(case)
    return {element: found.count(element) for element in found}


def told(case: int, kind: str) -> Iterable[Any]:
    return sql.rows("SELECT at_ms, facts FROM journal WHERE case_file = ? AND kind = ? ORDER BY seq", (case, kind))


def test_it_begins_on_the_first_at_half_past_seven_once_and_for_every_unit(everywhere: Kota) -> None:
    kota = everywhere
    assert scheduled.begin_due(ms("2026-04-01 07.29")) == []
    case = begun(kota)
    assert scheduled.begin_due(kota.now + 60_000) == []
    assert waiting(kota, case) == {"cetak_rekap": UNITS, "kumpulkan_rekap": 1}
    number, channel, subject, lock, due = sql.row(
        "SELECT number, channel, subject, pin_hash, due_ms FROM case_file WHERE id = ?", (case,)
    )
    assert (number, channel, lock) == ("001/REKAP-ADU/2026", "jadwal", "")
    assert subject == "Rekapitulasi Hasil Penanganan Pengaduan bulan Maret 2026"
    assert due == ms("2026-04-11 00.00"), "the end of the 10th"
    rows = recaps.of_month(kota.organisation, "laporan_bulanan", "2026-03")
    assert [row.unit for row in rows][:2] == ["", "dispenduk"]
    assert len(rows) == UNITS + 1
    assert journal.verify() == []


def test_months_missed_while_nothing_ran_are_made_up_for_and_are_as_late_as_they_are(kota: Kota) -> None:
    kota.now = ms("2026-06-15 09.00")
    cases = scheduled.begin_due(kota.now)
    months = sql.rows("SELECT month FROM recap WHERE unit = '' ORDER BY month")
    assert months == [("2026-03",), ("2026-04",), ("2026-05",)]
    dues = [sql.value("SELECT due_ms FROM case_file WHERE id = ?", (case,)) for case in cases]
    assert dues == [ms("2026-04-11 00.00"), ms("2026-05-11 00.00"), ms("2026-06-11 00.00")]
    kota.works_off_jobs()
    assert [waiting(kota, case).get("rekap_kota") for case in cases] == [1, 1, 1], (
        "the 10th has gone: nobody is waited for"
    )


def test_a_unit_sends_its_recap_and_the_date_of_the_others_stands(everywhere: Kota) -> None:
    kota = everywhere
    case = begun(kota)
    sends(kota, case, "dkp")
    sent = of(kota, "dkp")
    assert sent.sent_ms == kota.now
    assert len(sent.fingerprint) == 64
    assert waiting(kota, case) == {"cetak_rekap": UNITS - 1, "kumpulkan_rekap": 1}
    assert kota.due(case) == ms("2026-04-11 00.00"), "one unit is done, the case's date is not"
    assert of(kota, "klh").sent_ms is None


def test_what_is_wrong_goes_back_and_nothing_is_sent_before_the_signature(kota: Kota) -> None:
    case = begun(kota)
    does(kota, "petugas_dkp", case, "cetak_rekap", catatan="dua terlambat")
    does(kota, "pejabat_dkp", case, "periksa_rekap", keputusan_periksa_rekap="kembalikan", alasan="Hitung lagi")
    does(kota, "petugas_dkp", case, "cetak_rekap")
    does(kota, "pejabat_dkp", case, "periksa_rekap", keputusan_periksa_rekap="setuju")
    does(kota, "pimpinan_dkp", case, "tanda_tangani", keputusan_tanda_tangan="kembalikan", alasan="Lampirkan sebab")
    assert of(kota, "dkp").sent_ms is None
    does(kota, "pejabat_dkp", case, "periksa_rekap", keputusan_periksa_rekap="setuju")
    does(kota, "pimpinan_dkp", case, "tanda_tangani", keputusan_tanda_tangan="setuju")
    assert of(kota, "dkp").sent_ms == kota.now


def test_a_late_unit_is_late_and_does_not_hold_the_city(kota: Kota) -> None:
    case = begun(kota)
    sends(kota, case, "dkp")
    kota.now = ms("2026-04-11 00.00")
    kota.works_off_jobs()
    assert waiting(kota, case) == {"cetak_rekap": UNITS - 1, "rekap_kota": 1}
    kota.now = ms("2026-04-13 09.00")
    does(kota, "koordinator", case, "rekap_kota")
    does(kota, "penanggung_jawab", case, "periksa_rekap_kota", keputusan_rekap_kota="kembalikan", alasan="Periksa DKP")
    does(kota, "koordinator", case, "rekap_kota")
    does(kota, "penanggung_jawab", case, "periksa_rekap_kota", keputusan_rekap_kota="setuju")
    assert of(kota, "").sent_ms == kota.now
    sends(kota, case, "klh")
    late = [row for row in recaps.of_month(kota.organisation, "laporan_bulanan", "2026-03") if row.unit == "klh"]
    assert late[0].sent_ms is not None
    assert late[0].sent_ms > late[0].due_ms
    receipt = "SELECT due_ms, law_ms FROM task WHERE element = 'terima_rekap_kota' AND state = 'open'"
    assert sql.row(receipt) == (None, None), "the 10th binds who sends; the city's report is not late when it arrives"
    does(kota, "walikota", case, "terima_rekap_kota")
    assert of(kota, "").received_ms == kota.now
    assert kota.state(case) == "berjalan", "nineteen units still owe theirs"


def test_the_coordinator_goes_on_before_the_tenth_once_all_are_there_and_the_case_ends(kota: Kota) -> None:
    case = begun(kota)
    for unit in [row.unit for row in recaps.of_month(kota.organisation, "laporan_bulanan", "2026-03") if row.unit]:
        sends(kota, case, unit)
    assert kota.due(case) is None, "every unit has met its date"
    does(kota, "koordinator", case, "kumpulkan_rekap")
    does(kota, "koordinator", case, "rekap_kota")
    does(kota, "penanggung_jawab", case, "periksa_rekap_kota", keputusan_rekap_kota="setuju")
    receive_recap(of(kota, "").id, by=kota.people["walikota"], now=kota.now)
    assert waiting(kota, case) == {}, "taken in on his desk, his step waits no longer"
    assert kota.state(case) == "selesai"
    assert len(list(told(case, "recap_sent"))) == UNITS + 1
    assert len(list(told(case, "recap_received"))) == 1
    assert journal.verify() == []


def test_no_number_and_pin_of_a_citizen_opens_it(kota: Kota) -> None:
    begun(kota)
    with pytest.raises(OfficeError):
        tracking.unlock("001/REKAP-ADU/2026", "", source="127.0.0.1", now=kota.now)


def test_a_signature_taken_back_opens_the_recap_until_the_walikota_has_it(kota: Kota) -> None:
    case = begun(kota)
    sends(kota, case, "dkp")
    signed = "SELECT id FROM task WHERE element = 'tanda_tangani' AND state = 'done' ORDER BY id DESC"
    verbs.recall(int(sql.value(signed)), by=kota.people["pimpinan_dkp"], reason="Angka salah", now=kota.now)
    assert (of(kota, "dkp").sent_ms, of(kota, "dkp").figures) == (None, "")
    does(kota, "pimpinan_dkp", case, "tanda_tangani", keputusan_tanda_tangan="setuju")
    receive_recap(of(kota, "dkp").id, by=kota.people["walikota"], now=kota.now)
    with pytest.raises(NotAllowed):
        verbs.recall(int(sql.value(signed)), by=kota.people["pimpinan_dkp"], reason="Lagi", now=kota.now)
    assert of(kota, "dkp").sent_ms is not None


def test_a_month_is_no_complaint_in_the_lists(everywhere: Kota) -> None:
    kota = everywhere
    begun(kota)
    late, soon = coordination.edges(settings.calendar(kota.organisation), kota.now)
    assert questions.agencies(kota.organisation, late, soon) == []
