"""A letter on the counter: typed in by those who take reports in, with its receipt; a morning's pile in one PDF."""

import re
from io import BytesIO

import pytest
from citizen import Site, photo
from clerk import Clerk, clerk, visitor
from office import PASSWORD
from pypdf import PdfReader

from db import sql

LETTER = {
    "saluran": "surat",
    "tanggal_terima": "2026-11-23",
    "jam_terima": "08.15",
    "nomor_surat": "12/RT03/XI/2026",
    "tanggal_surat": "2026-11-19",
    "nama": "Paguyuban Warga Krajan",
    "telepon": "",
    "surel": "",
    "alamat": "Dusun Krajan RT 3, Mojorejo",
    "perihal": "Jembatan desa rusak",
    "kronologi": "Jembatan desa rusak sejak banjir dan warga harus memutar enam kilometer.",
    "waktu": "Sejak banjir bulan lalu",
    "tempat": "Dusun Krajan, Desa Mojorejo",
}


def form_of(who: Clerk) -> str:
    """Where the form on the screen posts to."""
    found = re.search(r'action="(/kasus/baru/[^"]+)" enctype', who.page)
    assert found, who.page
    return found[1].replace("&amp;", "&")


def enters(who: Clerk, files: list[tuple[str, bytes]] = [], **changes: str) -> Clerk:  # noqa: B006 - read only
    address = form_of(who.opens("/kasus/baru"))
    data = {"csrf_token": who.token(), **LETTER, **changes}
    data["bukti"] = [(BytesIO(body), name) for name, body in files]  # type: ignore[assignment]
    who.last = who.client.post(address, data=data, content_type="multipart/form-data", buffered=True)
    return who


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


@pytest.fixture
def sekar(site: Site) -> Clerk:
    return clerk(site, "sekar")


def case_row(number: str = "0001/SIAPMAS/2026") -> tuple[object, ...]:
    columns = "id, channel, received_ms, letter_number, letter_date, entered_by, state"
    found = sql.row(f"SELECT {columns} FROM case_file WHERE number = ?", (number,))
    assert found
    return found


def test_a_letter_is_typed_in_with_its_scan_and_the_bearer_takes_a_receipt_home(site: Site, sekar: Clerk) -> None:
    enters(sekar, [("surat.jpg", photo())])
    assert sekar.status == 303, sekar.page
    done = str(sekar.last.location)
    assert "/jadi" in done
    page = sekar.opens(done).page
    assert "0001/SIAPMAS/2026" in page and "Sekar Ayu Lestari" in page and "Staf Subbagian Tata Usaha" in page
    pin = re.search(r'id="pin">(\d{6})<', page)
    assert pin
    with site.asked() as office:
        case, channel, received, number, day, person, state = case_row()
        assert (channel, number, day, state) == ("surat", "12/RT03/XI/2026", "2026-11-19", "berjalan")
        assert person == office.sekar.person
        assert received == office.now - 45 * 60_000
        assert sql.row("SELECT source, added_by, case_file_id FROM attachment") == ("petugas", person, case)
        told = sql.row("SELECT person, office, acting_as, facts FROM journal WHERE kind = 'received'")
        assert told is not None and told[0] == person and told[1] is not None and told[2] == "definitif"
        assert f'"entered_by":{person}' in told[3] and "Krajan" not in told[3]
        assert office.waits(case) == ["terima"]
    receipt = text_of(sekar.opens(done.replace("jadi", "tanda-terima.pdf")).last.data)
    assert pin[1] in receipt and "Sekar Ayu Lestari, Staf Subbagian Tata Usaha" in receipt
    sheet = text_of(sekar.opens(f"/kasus/{case}/lembar/lembar-disposisi.pdf").last.data)
    assert "12/RT03/XI/2026" in sheet and "19 November 2026" in sheet
    card = text_of(sekar.opens(f"/kasus/{case}/lembar/kartu-kendali.pdf").last.data)
    assert "12/RT03/XI/2026" in card


def test_sending_the_same_form_twice_makes_one_case(site: Site, sekar: Clerk) -> None:
    address = form_of(sekar.opens("/kasus/baru"))
    first = sekar.sends(address, **LETTER).location
    assert sekar.sends(address, **LETTER).location == first
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM case_file") == 1
        assert sql.value("SELECT COUNT(*) FROM draft") == 0


def test_what_cannot_be_is_said_at_its_field_and_everything_typed_stays(site: Site, sekar: Clerk) -> None:
    for changes, sentence in [
        ({"tanggal_terima": "2026-11-24"}, "Waktu diterima belum terjadi."),
        ({"tanggal_terima": "2026-11-20"}, "Pilihlah mengapa baru dicatat sekarang."),
        ({"tanggal_terima": "2026-11-20", "alasan": "lain"}, "Tulislah alasannya dengan satu kalimat."),
        ({"tanggal_terima": "2019-11-20", "alasan": "terlewat"}, "Kantor ini baru mencatat sejak tahun 2024."),
        ({"tanggal_surat": "2026-11-25"}, "Tanggal surat lebih lambat daripada tanggal diterima."),
        ({"alamat": ""}, "Isilah paling sedikit satu cara menjawab pelapor"),
        ({"surel": "bukan surel"}, "Ini bukan alamat surel."),
        ({"saluran": "merpati"}, "Pilihan ini tidak ada dalam daftar."),
    ]:
        enters(sekar, **changes)
        assert sekar.status == 422, changes
        assert sentence in sekar.page, changes
        assert "Paguyuban Warga Krajan" in sekar.page
        sekar.sends(form_of(sekar).replace("?", "/buang?"))
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM case_file") == 0


def test_a_letter_of_last_year_gets_last_years_number_and_says_so_first(site: Site, sekar: Clerk) -> None:
    late = {"tanggal_terima": "2025-12-30", "tanggal_surat": "2025-12-29", "alasan": "lain", "alasan_lain": "Terselip."}
    enters(sekar, **late)
    assert sekar.status == 422 and "maka nomornya nomor tahun 2025" in sekar.page
    enters(sekar, **late, lintas_tahun="ya")
    assert sekar.status == 303
    page = sekar.opens(str(sekar.last.location)).page
    assert "0001/SIAPMAS/2025" in page and "nomornya nomor tahun penerimaannya" in page
    with site.asked():
        facts = sql.value("SELECT facts FROM journal WHERE kind = 'received'")
        assert '"reason":"lain"' in facts and "Terselip" not in facts


def test_a_half_typed_form_is_there_again(sekar: Clerk) -> None:
    address = form_of(sekar.opens("/kasus/baru"))
    assert sekar.sends(address.replace("?", "/simpan?"), nama="Bu Karti").status_code == 204
    assert "Bu Karti" in sekar.opens("/kasus/baru").page


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in(site: Site, sekar: Clerk) -> None:
    address = form_of(sekar.opens("/kasus/baru"))
    stranger = visitor(site)
    data = {"csrf_token": stranger.token(), **LETTER, "bukti": (BytesIO(photo()), "surat.jpg")}
    stranger.last = stranger.client.post(address, data=data, content_type="multipart/form-data", buffered=True)
    assert stranger.status == 401
    sealed = re.search(r'name="titipan" value="([^"]+)"', stranger.page)
    assert sealed
    back = re.search(r'name="lanjut" value="([^"]+)"', stranger.page)
    assert back
    stranger.sends("/masuk", nama="sekar", sandi=PASSWORD, titipan=sealed[1], lanjut=back[1])
    assert "Jembatan desa rusak sejak banjir" in stranger.opens("/kasus/baru").page


def test_only_offices_that_take_reports_in_may(site: Site) -> None:
    for name in ("odi", "hadi", "inggit", "admin"):
        other = clerk(site, name)
        assert other.opens("/kasus/baru").status == 403, name
        assert "Catat laporan masuk" not in other.opens("/kasus").page, name
    assert "Catat laporan masuk" in clerk(site, "wulan").opens("/kasus").page


def test_a_mornings_pile_is_printed_in_one_go(site: Site, sekar: Clerk) -> None:
    for number in range(3):
        address = form_of(sekar.opens("/kasus/baru"))
        assert sekar.sends(address, **LETTER | {"perihal": f"Surat ke-{number + 1}", "lalu": "ya"}).status_code == 303
        assert "saluran=surat" in str(sekar.last.location)
    page = sekar.opens("/kasus/tumpukan").page
    cases = re.findall(r'name="laporan" value="(\d+)"', page)
    assert len(cases) == 3 and "Surat ke-3" in page
    answer = sekar.sends("/kasus/cetak", laporan=cases, lembar=["receipt", "lembar-disposisi"])
    printed = text_of(answer.data)
    assert answer.mimetype == "application/pdf"
    assert printed.count("TANDA TERIMA LAPORAN") == 3 and "Surat ke-1" in printed and "Surat ke-3" in printed
    assert "PIN tidak dicetak ulang" not in printed
    joko = clerk(site, "joko").sends("/kasus/cetak", laporan=cases, lembar=["receipt"])
    assert "PIN tidak dicetak ulang" in text_of(joko.data)  # who did not take it in does not hand out its PIN


def test_a_pile_too_high_and_a_strangers_case_are_refused(site: Site, sekar: Clerk) -> None:
    sekar.sends("/kasus/cetak", laporan=[str(n) for n in range(1, 102)], lembar=["receipt", "kartu-kendali"])
    assert "202 lembar terlalu banyak" in sekar.opens("/kasus/tumpukan").page
    with site.asked() as office:
        case = office.report()
    assert clerk(site, "odi").sends("/kasus/cetak", laporan=[str(case)], lembar=["receipt"]).status_code == 404
