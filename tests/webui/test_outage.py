"""After an outage, at the browser: sheets printed, one typed in step by step, confirmed by a second person."""

from citizen import Site
from clerk import RECEIVED, TOLD_AFTERWARDS, clerk
from paperwork import words

from db import sql


def test_sheets_are_printed_with_their_numbers_the_sop_and_where_to_ask(site: Site) -> None:
    sekar = clerk(site, "sekar")
    sekar.sends("/gangguan/lembar", jumlah="0")
    assert sekar.status == 422 and "Tulis bilangan 1 sampai 50" in sekar.page
    sekar.sends("/gangguan/lembar", jumlah="2")
    assert sekar.status == 303
    sekar.opens(sekar.last.location)
    text = words(sekar.last.get_data())
    assert "0001/SIAPMAS/2026" in text and "0002/SIAPMAS/2026" in text and "Bertanya:" in text
    assert "Menerima Aspirasi/Pengaduan Masyarakat" in text
    page = sekar.opens("/gangguan").page
    assert page.count("Catat batal") == 2
    with site.asked():
        sheet, code = sql.row("SELECT b.id, s.code FROM blank_sheet b JOIN sheet_code s ON s.kind = 'lembar-kosong'")
    assert "Lembar kosong bernomor" in sekar.opens(f"/verifikasi/{code}").page
    sekar.sends(f"/gangguan/lembar/{sheet}/batal", alasan="")
    assert sekar.status == 422 and "satu kalimat" in sekar.page
    sekar.sends(f"/gangguan/lembar/{sheet}/batal", alasan="Robek di laci.")
    assert "Robek di laci." in sekar.opens("/gangguan").page


def test_a_sheet_is_typed_in_and_in_force_once_the_kasubag_says_so(site: Site) -> None:
    sekar, wulan = clerk(site, "sekar"), clerk(site, "wulan")
    sekar.sends("/gangguan/lembar", jumlah="1")
    with site.asked() as office:
        sheet = sql.value("SELECT id FROM blank_sheet")
        person = office.sekar.person
    sekar.sends("/gangguan/catat", **(TOLD_AFTERWARDS | {"diterima": "2026-11-22T07:40", "lembar": str(sheet)}))
    assert (
        sekar.status == 422 and "di dalam masa gangguan" in sekar.page and "Jembatan putus sejak subuh." in sekar.page
    )
    sekar.sends("/gangguan/catat", **TOLD_AFTERWARDS, lembar=str(sheet))
    entry = sekar.last.location
    assert "Langkah berikutnya: Menerima" in sekar.opens(entry).page
    step = {"tugas": "terima:", "oleh": str(person), "dibuka": "2026-11-23T07:45", "selesai": "2026-11-23T08:00"}
    sekar.sends(f"{entry}/langkah", **step, **(RECEIVED | {"hasil_verifikasi": ""}))
    assert sekar.status == 422 and "Langkah 1 tidak dapat dicatat begini." in sekar.page
    assert 'value="2026-11-23T07:45"' in sekar.page
    sekar.sends(f"{entry}/langkah", **step, **RECEIVED)
    assert sekar.status == 303, sekar.page
    assert "Langkah berikutnya: Meneliti" in sekar.opens(entry).page
    sekar.sends(f"{entry}/ajukan")
    assert "Sahkan" not in sekar.opens(entry).page
    sekar.sends(f"{entry}/putusan", putusan="sah")
    assert sekar.status == 403
    told = wulan.opens("/pemberitahuan").page
    assert "Catatan gangguan menunggu pengesahan orang kedua." in told and f'href="{entry}"' in told
    assert "Sahkan" in wulan.opens(entry).page
    wulan.sends(f"{entry}/putusan", putusan="sah")
    assert wulan.status == 303
    case = wulan.opens(wulan.last.location).page
    assert "0001/SIAPMAS/2026" in case and "dicatat kemudian" in case
    assert "terpakai" in wulan.opens("/gangguan").page


def test_nothing_of_an_outage_is_shown_to_others(site: Site) -> None:
    clerk(site, "sekar").sends("/gangguan/catat", **TOLD_AFTERWARDS)
    for name in ("lilik", "odi", "inggit", "danu"):
        nobody = clerk(site, name)
        assert nobody.opens("/gangguan").status == 403
        assert nobody.opens("/gangguan/catatan/1").status in (403, 404)


def test_a_sheet_that_is_being_typed_in_is_not_offered_again(site: Site) -> None:
    sekar = clerk(site, "sekar")
    sekar.sends("/gangguan/lembar", jumlah="1")
    with site.asked():
        sheet = sql.value("SELECT id FROM blank_sheet")
    offer = f"/gangguan/catat?lembar={sheet}"
    assert offer in sekar.opens("/gangguan").page
    assert "belum terpakai" in sekar.page
    sekar.sends("/gangguan/catat", **TOLD_AFTERWARDS, lembar=str(sheet))
    assert offer not in sekar.opens("/gangguan").page
    assert "belum terpakai" not in sekar.page
