"""The coordinator sees what is due, reminds an agency by nota dinas; the letter is kept, read and printed."""

import io
import re
from typing import Any

from cityhall import City
from clerk import Clerk
from office import ms
from pypdf import PdfReader

from db import sql
from engine.recaps import evaluation


def test_the_coordinator_sees_per_agency_what_is_late_and_what_is_due_soon(city: City) -> None:
    city.complaints("dkp", "2026-03-12 16.00", "2026-03-16 16.00", "2026-03-31 16.00")
    city.complaints("dinkes", "2026-03-31 16.00")
    page = city.enters("harini").opens("/koordinasi").page
    assert "Dinas Kebersihan dan Pertamanan" in page
    late = city.enters("harini").opens("/koordinasi?unit=dkp&keadaan=terlambat").page
    assert late.count("terlambat 1 hari kerja") == 1
    assert "lewat 1 jam" not in late, "told once"
    assert "Pasal 8" in late
    assert late.count('name="kasus"') == 1
    soon = city.enters("harini").opens("/koordinasi?unit=dkp&keadaan=segera").page
    assert soon.count('name="kasus"') == 1


def reminds(city: City, cases: list[int], **more: Any) -> Clerk:
    harini = city.enters("harini")
    told = {"subject": "Pengaduan yang lewat batas", "text": "Mohon segera dijawab.\nTerima kasih."}
    harini.sends("/surat", kind="nota_dinas", unit="dkp", kasus=[str(case) for case in cases], **told | more)
    return harini


def test_a_nota_dinas_is_numbered_kept_journalled_told_and_receipted(city: City) -> None:
    late, soon = city.complaints("dkp", "2026-03-12 16.00", "2026-03-16 16.00")
    harini = city.enters("harini")
    form = harini.opens(f"/surat/baru?macam=nota_dinas&unit=dkp&kasus={late}&kasus={soon}").page
    assert "001/ND/2026" in form
    assert "Pasal 8 ayat (2), ayat (3) · 1 hari kerja</small>" in form, "by which law, and how long"
    harini = reminds(city, [late, soon])
    assert harini.last is not None
    assert harini.last.status_code == 302
    address = harini.last.location
    with city.asked() as kota:
        told = "SELECT COUNT(*) FROM journal WHERE kind = 'reminded' AND case_file IN (?, ?)"
        assert sql.value(told, (late, soon)) == 2
        assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'memo_sent'") == 1
        assert "Mohon" not in str(sql.rows("SELECT facts, figures, sealed FROM memo, journal"))
        kota.now = ms("2026-03-13 10.00")
    eko = city.enters("pimpinan.dkp")
    assert "001/ND/2026" in eko.opens("/tugas").page
    assert "Mohon segera dijawab." in eko.opens(address).page
    assert "Surat dinas belum dibaca" not in eko.opens("/tugas").page
    assert "1 dari 2 jabatan" in city.enters("harini").opens(address).page
    paper = eko.client.get(f"{address}.pdf")
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages)
    assert "NOTA DINAS" in words
    assert "terlambat 1 hari kerja" in " ".join(words.split())
    assert eko.client.get(f"{address}.pdf").data == paper.data


def test_a_nota_dinas_takes_only_open_cases_of_the_agency_it_goes_to(city: City) -> None:
    (case,) = city.complaints("dinkes", "2026-03-12 16.00")
    page = reminds(city, [case])
    assert page.status == 422
    assert "Mohon segera dijawab." in page.page
    assert "tidak lagi ditangani" in page.page
    with city.asked():
        assert sql.value("SELECT COUNT(*) FROM memo") == 0


def test_nobody_else_signs_or_reads_it(city: City) -> None:
    (case,) = city.complaints("dkp", "2026-03-12 16.00")
    address = reminds(city, [case]).last.location  # type: ignore[union-attr]
    assert city.enters("petugas.dkp").sends("/surat", kind="nota_dinas").status_code == 403
    assert city.enters("pejabat.dinkes").opens(address).status == 404
    assert city.enters("petugas.dkp").opens("/koordinasi").status == 403
    assert city.enters("ketut").opens(address).status == 200


def test_directions_reach_every_office_until_each_has_read_them(city: City) -> None:
    gatot = city.enters("gatot")
    gatot.sends("/surat", kind="arahan", subject="Jawab dengan santun", text="Mulai hari ini.", role=["petugas"])
    address = gatot.last.location  # type: ignore[union-attr]
    assert "0 dari 21 jabatan" in gatot.opens(address).page
    assert "001/ARH/2026" in city.enters("petugas.dinkes").opens("/tugas").page
    assert "Mulai hari ini." in city.enters("petugas.dinkes").opens(address).page
    assert "1 dari 21 jabatan" in gatot.opens(address).page
    assert city.enters("pejabat.dinkes").opens(address).status == 404


def test_each_kind_of_letter_has_numbers_of_its_own_that_no_other_takes(city: City) -> None:
    gatot = city.enters("gatot")
    assert "001/ARH/2026" in gatot.opens("/surat/baru?macam=arahan").page
    admin = city.enters("admin.kota")
    page = admin.opens("/pengaturan/penomoran").page
    assert "Nomor Petunjuk dan Arahan" in page
    assert "001/LKT/2026" in page
    told = {"kind": "memo_arahan", "klasifikasi": "", "instansi": ""}
    admin.sends("/pengaturan/penomoran", pattern="{urut:04d}/ND/{tahun}", **told)
    assert admin.status == 422
    assert "Surat jenis lain memakai pola yang sama" in admin.page
    admin.sends("/pengaturan/penomoran", pattern="{urut}/ARAHAN/{tahun}", **told)
    assert admin.status == 302
    assert "1/ARAHAN/2026" in gatot.opens("/surat/baru?macam=arahan").page


def test_the_report_of_the_ketua_tim_keeps_the_figures_of_its_day(city: City) -> None:
    city.complaints("dkp", "2026-03-12 16.00", "2026-03-31 16.00")
    ketut = city.enters("ketut")
    board = ketut.opens("/koordinasi/papan").page
    assert "Delapan minggu terakhir" in board
    ketut.sends("/surat", kind="laporan_tim", subject="Kinerja tim Maret", text="Berjalan baik.")
    address = ketut.last.location  # type: ignore[union-attr]
    city.complaints("dkp", "2026-03-12 16.00")
    page = city.enters("gatot").opens(address).page
    assert "Keadaan saat laporan dikirim" in page
    with city.asked():
        frozen = sql.value("SELECT figures FROM memo")
    assert '["dkp","Dinas Kebersihan dan Pertamanan",2,1,0,0,' in frozen
    assert city.enters("gatot").client.get(f"{address}.pdf").mimetype == "application/pdf"


def test_the_inventory_filters_prints_and_goes_along_as_csv(city: City) -> None:
    city.complaints("dkp", "2026-03-12 16.00", "2026-03-31 16.00")
    city.complaints("dinkes", "2026-03-31 16.00")
    with city.asked():
        sql.execute("UPDATE case_file SET subject = '=cmd()', worded = TRUE WHERE unit = 'dinkes'")
    harini = city.enters("harini")
    assert "2 pengaduan" in harini.opens("/koordinasi/inventaris?unit=dkp&bulan=2026-03").page
    assert "Tidak ada pengaduan" in harini.opens("/koordinasi/inventaris?bulan=2026-02").page
    rows = harini.client.get("/koordinasi/inventaris.csv").get_data(as_text=True).splitlines()
    assert len(rows) == 4
    assert "'=cmd()" in rows[1]
    assert "Sampah" not in "".join(rows[2:])  # the citizen's own words stay inside
    with city.asked():
        sql.execute("UPDATE case_file SET state = 'selesai', lapsed = TRUE, due_ms = NULL WHERE unit = 'dinkes'")
    sheets = PdfReader(io.BytesIO(harini.client.get("/koordinasi/inventaris.pdf?unit=dinkes&bulan=2026-03").data)).pages
    lapsed = " ".join(sheets[0].extract_text().split())
    assert "DINAS KESEHATAN; MARET 2026" in lapsed, "of which complaints it is"
    assert "gugur" in lapsed
    assert "selesai" not in lapsed, "one that ended without its answer was not finished"
    paper = harini.client.get("/koordinasi/inventaris.pdf?unit=dkp")
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages)
    assert "Daftar ini memuat 2 pengaduan." in words
    assert re.search(r"terlambat (kurang dari )?\d+ hari kerja \(Perwali 14/2016 Pasal 8", " ".join(words.split()))
    assert city.enters("pejabat.dkp").opens("/koordinasi/inventaris.csv").status == 403


def test_the_evaluation_agrees_with_the_recap_and_counts_what_reminders_led_to(city: City) -> None:
    with city.asked() as kota:
        first, second = (kota.forwarded(key=f"monev-{n}") for n in range(2))
        kota.at("2026-03-16 09.00")
    city.enters("harini").sends(
        "/surat",
        kind="nota_dinas",
        unit="dkp",
        kasus=[str(first), str(second)],
        subject="Mohon dijawab",
        text="Segera.",
    )
    with city.asked() as kota:
        kota.at("2026-03-17 09.00")
        kota.acts(first, "telaah")
        kota.acts(first, "arahkan")
        kota.answered(first)
        kota.works_off_jobs()
        lines, whole = evaluation.read(kota.organisation, ms("2026-03-01 00.00"), ms("2026-04-01 00.00"), kota.now)
        dkp = next(line for line in lines if line.unit == "dkp")
        assert (dkp.figures.received, dkp.figures.answered, dkp.figures.open) == (2, 1, 1)
        assert dkp.reminded[1:] == (1, 2, 1)
        assert dkp.after == 1.0
        assert dkp.first == dkp.worded == (2.0, 1) == (dkp.figures.median_days, dkp.figures.answered)
        assert whole.figures.received == sum(line.figures.received for line in lines)
    page = city.enters("harini").opens("/koordinasi/monev").page
    assert "1 nota, 1 dari 2 dijawab sesudahnya" in page
    assert "tanggapan pertama: 2 (n\xa01)" in page
    assert "selesai di unit: 2 (n\xa01)" in page
    case = city.enters("harini").opens(f"/kasus/{first}").page
    assert "<dt>Tanggapan pertama</dt>" in case and "<dt>Hasil disampaikan</dt>" in case, "told apart"
    assert city.enters("harini").client.get("/koordinasi/monev.pdf").mimetype == "application/pdf"
