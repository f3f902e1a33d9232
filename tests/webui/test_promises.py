"""What the law promises, on the pages: a date that was moved, one that had been missed by then, one that lapsed."""

import re

from cityhall import City
from office import ms

from db import sql


def test_a_date_moved_after_it_was_missed_stays_told_as_missed(city: City) -> None:
    with city.asked() as kota:
        case = kota.forwarded(subyek="pju")
        kota.acts(case, "telaah")
        kota.at("2026-04-01 09.00").acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=["klh"])
    page = " ".join(city.enters("pejabat.dkp").opens(f"/kasus/{case}").page.split())
    assert "dari Selasa, 31 Maret 2026 pukul 16.00 WIB menjadi Senin, 6 April 2026 pukul 16.00 WIB" in page
    assert "lewat saat diubah" in page
    assert "sudah lewat saat diubah" in city.enters("pejabat.dkp").opens(f"/kasus/{case}/riwayat").page
    ledger = city.enters("auditor.kota").opens(f"/audit/kasus/{case}").page
    assert "lewat saat diubah" in ledger


def test_the_auditor_counts_what_lapsed_as_its_own_neither_in_time_nor_late(city: City) -> None:
    with city.asked() as kota:
        kept = kota.forwarded(subyek="pju")
        late = kota.at("2026-03-13 09.01").forwarded(subyek="pju")
        lapsed = kota.at("2026-03-13 09.02").forwarded(subyek="pju")
        for case in (kept, late):
            kota.acts(case, "telaah")
            kota.acts(case, "arahkan")
        kota.answered(kept)
        kota.acts(lapsed, "telaah", hasil_telaah="tidak_ditindaklanjuti")
        kota.acts(lapsed, "putuskan_tidak_ditindaklanjuti")
        kota.acts(lapsed, "sunting_pengaduan")
        kota.works_off_jobs()
        kota.at("2026-03-31 23.00")
        due = kota.due(late)
        kota.at("2026-04-01 08.00").answered(late)
    assert due == ms("2026-03-31 16.00")
    page = city.enters("auditor.kota").opens("/audit?proses=pengaduan&dari=2026-03-01&sampai=2026-04-30").page
    told = " ".join(page.split())
    assert "<strong>1</strong> tercapai dalam batas" in told
    assert "<strong>1</strong> tercapai terlambat" in told
    assert "<strong>0</strong> lewat dan belum tercapai" in told
    assert "<strong>1</strong> gugur: berakhir tanpa hasil yang disampaikan" in told
    assert "batas gugur" in city.enters("harini").opens("/kasus").page
    assert "Batas gugur" in city.enters("auditor.kota").opens(f"/audit/kasus/{lapsed}").page


def test_a_task_shows_the_laws_date_and_proposes_what_the_citizen_told(city: City) -> None:
    with city.asked() as kota:
        case = kota.complaint(subyek="pju", berkadar_pengawasan=True)
        task = sql.value("SELECT id FROM task WHERE case_file_id = ? AND element = 'teruskan'", (case,))
    page = " ".join(city.enters("petugas.dkp").opens(f"/tugas/{task}").page.split())
    assert "hasil disampaikan paling lambat Selasa, 31 Maret 2026 pukul 16.00 WIB" in page
    chosen = re.search(r'<input[^>]*value="pengawasan"[^>]*>', page)
    assert chosen is not None
    assert "checked" in chosen.group()
