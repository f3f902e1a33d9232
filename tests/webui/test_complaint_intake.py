"""A complaint to the city by the web: what is asked and why, what is promised, identities, and the same sent again."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from citizen import Citizen, Site, photo
from clerk import clerk
from kota import Kota
from paperwork import words

import forms
from db import sql
from db.connect import transaction
from engine.commands import population
from engine.held import hold

NIK, OTHER = "3576014508900001", "3576020112850002"
WHAT = {
    "jenis_aduan": "keluhan",
    "subyek": "pju",
    "perihal": "Lampu jalan mati",
    "uraian": "Tiga lampu di depan pasar mati sejak Senin, malam hari gelap.",
    "waktu": "sejak Senin",
}
WHERE = {"wilayah": "kranggan", "lokasi": "Jl. Majapahit depan pasar", "titik": "-7,4722 112,4336"}
WHO = {"nik": "3576 0145 0890 0001", "nama_ibu": "Siti Aminah", "telepon": "0812 3456 7890", "surel": ""}


@pytest.fixture
def kota(site: Site) -> Kota:
    with site.asked():
        return Kota("2026-11-23 08.00")


def fills(citizen: Citizen, what: dict[str, str] | None = None, who: dict[str, str] | None = None) -> Citizen:
    citizen.opens("/lapor/pengaduan").sends("/lapor/pengaduan/perihal", **(what or WHAT))
    assert citizen.address.endswith("/tempat"), citizen.text
    citizen.sends("/lapor/pengaduan/tempat", **WHERE).sends("/lapor/pengaduan/siapa", **(who or WHO))
    assert citizen.address.endswith("/bukti"), citizen.text
    return citizen


def reports(citizen: Citizen, what: dict[str, str] | None = None, who: dict[str, str] | None = None) -> str:
    fills(citizen, what, who).uploads("/lapor/pengaduan/bukti", [])
    citizen.sends("/lapor/pengaduan/kirim")
    assert citizen.address.endswith("/terkirim"), citizen.text
    return citizen.shown("nomor")


def test_a_complaint_with_a_photo_arrives_as_facts_and_sealed_words(site: Site, kota: Kota) -> None:
    citizen = site.citizen()
    assert "NIK dan nama ibu diminta karena Perwali 14/2016 Pasal 5" in fills(citizen).opens("/lapor/pengaduan").text
    citizen.opens("/lapor/pengaduan/bukti").uploads("/lapor/pengaduan/bukti", [("lampu.jpg", photo())])
    for sentence in (
        "Rabu, 2 Desember 2026 pukul 16.00 WIB",
        "Senin, 7 Desember 2026 pukul 16.00 WIB",
        "Pasal 8 ayat (3)",
    ):
        assert sentence in citizen.text, citizen.text
    citizen.sends("/lapor/pengaduan/kirim")
    assert citizen.address.endswith("/terkirim")
    with site.asked():
        row = sql.row(
            "SELECT c.id, c.topic, c.kind, c.place, r.nik_mark, r.sealed FROM case_file c JOIN reporter r"
            " ON r.id = c.reporter_id WHERE c.number = ?",
            (citizen.shown("nomor"),),
        )
        assert row is not None and row[4] and NIK not in str(row[5])
        assert row[1:4] == ("pju", "keluhan", "kranggan")
        told = sql.rows("SELECT facts FROM journal WHERE case_file = ?", (row[0],))
        assert not any(NIK in facts or "Aminah" in facts for (facts,) in told)
    assert "identitas belum terverifikasi" in clerk(site, "yanti").opens(f"/kasus/{row[0]}").page  # no register yet


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("35760145089000", "NIK terdiri dari 16 angka; di sini ada 14"),
        ("3576O14508900001", "NIK hanya berisi angka"),
        ("3576013008900001", ""),
        ("3576013002900001", "bukan tanggal"),
        ("3576014508900000", "tidak berakhir 0000"),
        ("5171014508900001", ""),
        ("3576016902000001", ""),
    ],
)
def test_a_nik_is_judged_by_its_form_alone_and_never_by_its_place(typed: str, words: str) -> None:
    asked = forms.load("pengaduan-lapor-siapa")
    if not words:
        assert asked.parse({"nik": typed, "nama_ibu": "Siti"}, {}).texts["nik"] == typed
        return
    with pytest.raises(forms.FormInvalid) as refused:
        asked.parse({"nik": typed, "nama_ibu": "Siti"}, {})
    assert words in refused.value.problems["nik"][0].sentence


def test_what_is_wrong_is_said_at_the_field_and_everything_typed_stays(site: Site, kota: Kota) -> None:
    citizen = site.citizen().opens("/lapor/pengaduan")
    citizen.sends("/lapor/pengaduan/perihal", **{**WHAT, "bagian_subyek": "pasar_koperasi"})
    assert citizen.status == 422 and "Bagian ini milik subyek lain" in citizen.text
    citizen.sends("/lapor/pengaduan/perihal", **WHAT)
    citizen.sends("/lapor/pengaduan/tempat", **{**WHERE, "titik": "-6.2, 106.8"})
    assert "Titik ini di luar wilayah" in citizen.text and citizen.value("titik") == "-6.2, 106.8"
    citizen.sends("/lapor/pengaduan/tempat", **{**WHERE, "titik": "dekat pasar"})
    assert "Ini bukan titik peta" in citizen.text
    citizen.sends("/lapor/pengaduan/tempat", **WHERE)
    citizen.sends("/lapor/pengaduan/siapa", **{**WHO, "nik": "123", "telepon": ""})
    assert citizen.status == 422 and "NIK terdiri dari 16 angka" in citizen.text
    assert citizen.value("nik") == "123" and citizen.value("nama_ibu") == "Siti Aminah"
    first, second = (citizen.text.index(words) for words in ("NIK terdiri dari", "Isilah nomor telepon atau alamat"))
    assert first < second  # as the questions stand


def test_facts_reach_the_diagram_as_what_they_are(site: Site, kota: Kota) -> None:
    citizen = site.citizen()
    number = reports(citizen, {**WHAT, "berkadar_pengawasan": "ya"})
    with site.asked():
        case = int(sql.value("SELECT id FROM case_file WHERE number = ?", (number,)))
        with transaction():
            data = hold(case).running.data
    known = {
        name: data.get(name) for name in ("subyek", "bagian_subyek", "wilayah", "kecamatan", "berkadar_pengawasan")
    }
    assert known == {
        "subyek": "pju",
        "bagian_subyek": None,
        "wilayah": "kranggan",
        "kecamatan": "kranggan",
        "berkadar_pengawasan": True,
    }


def test_what_is_for_the_inspektorat_is_not_promised_to_be_on_the_site(site: Site, kota: Kota) -> None:
    told, denied = "meneruskannya kepada Inspektorat, paling lambat 1×24 jam", "ditayangkan tanpa identitas"
    citizen = fills(site.citizen(), {**WHAT, "berkadar_pengawasan": "ya"})
    citizen.uploads("/lapor/pengaduan/bukti", [])
    assert told in citizen.text and denied not in citizen.text and "2 Desember 2026" not in citizen.text
    citizen.sends("/lapor/pengaduan/kirim")
    assert citizen.address.endswith("/terkirim") and told in citizen.text and denied not in citizen.text
    paper = words(citizen.client.get("/lapor/pengaduan/tanda-terima").data)
    assert "Inspektorat" in paper and denied not in paper
    with site.asked():
        task = sql.value("SELECT id FROM task WHERE element = 'sunting_pengaduan' ORDER BY id DESC LIMIT 1")
    page = clerk(site, "rendra").opens(f"/tugas/{task}").page
    assert re.search(r'<input[^>]*value="tidak_tayang"[^>]*checked', page)


def test_the_same_complaint_ten_times_is_told_to_whoever_sent_it_and_to_nobody_else(site: Site, kota: Kota) -> None:
    number = reports(site.citizen())
    for _ in range(9):
        again = fills(site.citizen()).uploads("/lapor/pengaduan/bukti", [])
        assert number in again.text and again.sends("/lapor/pengaduan/kirim").status == 409
    stranger = fills(site.citizen(), who={**WHO, "nik": OTHER}).uploads("/lapor/pengaduan/bukti", [])
    assert number not in stranger.text
    for knows_less in ({"nama_ibu": "Bukan"}, {"telepon": "0812 0000 0001"}):  # a NIK and what stands on the site
        guess = fills(site.citizen(), who={**WHO, **knows_less}).uploads("/lapor/pengaduan/bukti", [])
        assert number not in guess.text
    again.sends("/lapor/pengaduan/kirim", tetap="ya")
    assert again.address.endswith("/terkirim")
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM case_file WHERE process = 'pengaduan'") == 2


def test_wrong_identities_are_taken_in_marked_and_slowed_and_nobody_learns_which_part(site: Site, kota: Kota) -> None:
    with site.asked():
        body = f"nik,nama_ibu\n{NIK},Siti Aminah\n{OTHER},Sri\n".encode()
        population.import_register(lambda: BytesIO(body), kota.organisation, clock=lambda: kota.now)
    citizen = site.citizen()
    assert "belum dapat dicocokkan" not in (reports(citizen) and citizen.text)
    for count in range(3):
        reports(
            citizen := site.citizen(),
            {**WHAT, "perihal": f"Lampu ke-{count} mati"[:40], "uraian": WHAT["uraian"] + str(count)},
            {**WHO, "nama_ibu": "Bukan"},
        )
        assert "belum dapat dicocokkan" in citizen.text
    slowed = fills(site.citizen(), {**WHAT, "uraian": WHAT["uraian"] + "lagi"}, {**WHO, "nama_ibu": "Bukan"})
    slowed.uploads("/lapor/pengaduan/bukti", []).sends("/lapor/pengaduan/kirim")
    assert slowed.status == 429 and "Isian Anda tersimpan" in slowed.text
    site.office.now += 60_000
    slowed.sends("/lapor/pengaduan/kirim")
    assert slowed.address.endswith("/terkirim")
    with site.asked():
        case = sql.value("SELECT MAX(id) FROM case_file")
    staff = clerk(site, "yanti").opens(f"/kasus/{case}")
    assert "di luar penerima pelayanan" in staff.page


def test_two_governments_are_named_and_no_page_speaks_for_one_of_them(site: Site, kota: Kota) -> None:
    citizen = site.citizen()
    for page in ("/", "/lapor", "/panduan"):
        text = citizen.opens(page).text
        assert "DPRD Kabupaten Mojokerto" in text and "Pemerintah Kota Mojokerto" in text
        assert 'href="/lapor/siapmas"' in citizen.page and 'href="/lapor/pengaduan"' in citizen.page
    assert len(citizen.opens("/").page) < 20_000
    guide = citizen.opens("/panduan").text
    example = (
        "ADU#3576011505900000#SITI AMINAH#D#Jl. Majapahit, Kranggan, depan pasar#Tiga lampu jalan mati sejak Senin"
    )
    assert example in guide and "jawab dengan JAWAB#NOMOR#KETERANGAN" in guide
    for sentence in ("ADU#NIK#NAMA IBU#SUBYEK#LOKASI#ISI", "Pasal 6 ayat (1)", "Nomor Induk Kependudukan dan nama ibu"):
        assert sentence in guide
    door = citizen.opens("/lacak")
    assert "/ADU/2026" in door.text and "Dari telepon yang sama, kirim STATUS#NOMOR." in door.text
    assert 'href="/lapor/pengaduan/nik"' in door.page
    assert "<small></small>" in citizen.page


def test_who_has_met_with_the_same_is_asked_only_how_to_be_told(site: Site, kota: Kota) -> None:
    number = reports(site.citizen())
    with site.asked():
        sql.execute("UPDATE case_file SET worded = ? WHERE number = ?", (True, number))
    second = fills(site.citizen(), {**WHAT, "uraian": "Lampu jalan mati semua, sudah lama."}, {**WHO, "nik": OTHER})
    second.uploads("/lapor/pengaduan/bukti", [])
    found = re.search(r'href="(/lapor/pengaduan/sama/[^"]+)"', second.page)
    assert found, second.text
    page = second.opens(found[1])
    assert 'name="nik"' not in page.page and "NIK dan nama ibu diminta" not in page.text
    page.sends(found[1], telepon="0812 0000 1111", surel="")
    assert page.address.endswith("/sama")
    with site.asked():
        assert sql.value("SELECT companions FROM case_file WHERE number = ?", (number,)) == 1


def test_staff_write_down_a_call_also_when_no_nik_was_said(site: Site, kota: Kota) -> None:
    staff = clerk(site, "petugas.dkp").opens("/kasus/baru")
    assert staff.status == 200
    action = re.search(r'action="(/kasus/baru/[^"]+)" enctype', staff.page)
    assert action
    fields = {**WHAT, "lokasi": "Pasar", "wilayah": "wates", "saluran": "telepon", "telepon": "0812 3456 7890"}
    moment = {"tanggal_terima": "2026-11-23", "jam_terima": "08.30"}
    answer = staff.sends(action[1].replace("&amp;", "&"), **fields, **moment)
    assert answer.location.endswith("/jadi"), staff.page
    with site.asked():
        case, place = sql.row("SELECT id, place FROM case_file WHERE channel = 'telepon'") or (0, "")
    assert place == "wates"
    assert "NIK tidak disebut" in clerk(site, "yanti").opens(f"/kasus/{case}").page


def test_every_part_of_a_subject_and_every_kelurahan_belongs_to_something() -> None:
    lists = json.loads((Path(__file__).parents[2] / "forms/lists/pengaduan.json").read_text())
    topics = {entry["code"] for entry in lists["subyek"]}
    assert len(topics) == 10 and {part["attrs"]["subyek"] for part in lists["bagian_subyek"]} <= topics
    places = [place["attrs"]["kecamatan"] for place in lists["kelurahan"]]
    assert sorted(map(places.count, set(places))) == [6, 6, 6]
