"""Response templates: an office writes its own, blanks are filled from the case, nothing typed is lost."""

import re

import pytest
from citizen import Site
from clerk import clerk

from db import sql

GOOD = {"judul": "Terima kasih", "isi": "Laporan {nomor} tentang {perihal} kami terima.", "formulir": ""}


def office_of(site: Site, code: str) -> int:
    with site.asked():
        return int(sql.value("SELECT id FROM office WHERE code = ?", (code,)))


def a_task(site: Site) -> int:
    with site.asked() as office:
        case = office.report()
        office.sekar.registers(case)
        return office.task(case, "teliti_kasubag")


def test_an_office_writes_a_template_and_uses_it_without_losing_what_was_typed(site: Site) -> None:
    task, wulan = a_task(site), clerk(site, "wulan")
    assert wulan.sends("/templat", jabatan=office_of(site, "kasubag_tu"), **GOOD).status_code == 302
    page = wulan.opens(f"/tugas/{task}").page
    found = re.search(r'name="templat_catatan">.*?<option value="(\d+)"', page, re.DOTALL)
    assert found, "it is offered at the note"
    typed = {"catatan": "Sudah saya baca.", "templat_untuk": "catatan", "templat_catatan": found[1]}
    assert wulan.sends(f"/tugas/{task}/templat", **typed).status_code == 200
    text = re.search(r'<textarea[^>]*name="catatan"[^>]*>(.*?)</textarea>', wulan.page, re.DOTALL)
    assert text
    assert "Sudah saya baca." in text[1]
    assert "0001/SIAPMAS/2026 tentang Jalan rusak kami terima." in text[1]
    with site.asked() as office:
        told = sql.row("SELECT person, facts FROM journal WHERE kind = 'phrase' AND case_file IS NULL")
        assert told is not None
        assert told[0] == office.wulan.person
        assert '"before":null' in told[1]


def test_a_template_is_put_out_of_use_and_offered_no_more(site: Site) -> None:
    task, wulan = a_task(site), clerk(site, "wulan")
    wulan.sends("/templat", jabatan=office_of(site, "kasubag_tu"), **GOOD)
    with site.asked():
        phrase = sql.value("SELECT id FROM phrase")
    assert "Terima kasih" in wulan.opens(f"/templat/{phrase}").page
    assert wulan.sends(f"/templat/{phrase}", **GOOD).status_code == 302
    assert "Sisipkan templat" not in wulan.opens(f"/tugas/{task}").page
    assert "tidak dipakai" in wulan.opens("/templat").page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"isi": "Yth. {nama_pelapor}"}, "{nama_pelapor}"),
        ({"isi": ""}, "harus diisi"),
        ({"judul": "   "}, "harus diisi"),
        ({"judul": "a" * 121}, "Paling banyak 120 huruf"),
        ({"isi": "Hubungi 0812 3456 7890."}, "nomor telepon"),
        ({"isi": "Tulis ke siti@contoh.id."}, "alamat surel"),
    ],
)
def test_what_may_not_be_in_a_template_is_refused_with_a_sentence(site: Site, wrong: dict[str, str], said: str) -> None:
    wulan = clerk(site, "wulan")
    assert wulan.sends("/templat", jabatan=office_of(site, "kasubag_tu"), **GOOD | wrong).status_code == 422
    assert said in wulan.page
    for kept in (GOOD | wrong).values():
        assert kept in wulan.page
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM phrase") == 0


def test_nobody_writes_for_an_office_they_do_not_hold(site: Site) -> None:
    kasubag = office_of(site, "kasubag_tu")
    clerk(site, "wulan").sends("/templat", jabatan=kasubag, **GOOD)
    with site.asked():
        phrase = sql.value("SELECT id FROM phrase")
    for who in ("sekar", "inggit", "odi", "admin"):
        other = clerk(site, who)
        assert other.sends("/templat", jabatan=kasubag, **GOOD).status_code == 403, who
        assert other.sends(f"/templat/{phrase}", **GOOD).status_code in (403, 404), who
        assert other.sends("/templat", jabatan=0, **GOOD).status_code == (302 if who == "admin" else 403), who
    assert "Terima kasih" in clerk(site, "odi").opens("/templat").page, "everyone reads the administrator's"


def test_a_template_is_text_and_nothing_else(site: Site) -> None:
    task, wulan = a_task(site), clerk(site, "wulan")
    evil = {"judul": "<script>alert(1)</script>", "isi": "{nomor.__class__} <b>%s</b> {0}", "formulir": "lain"}
    assert wulan.sends("/templat", jabatan=office_of(site, "kasubag_tu"), **evil).status_code == 422
    evil["isi"] = "<b>%s</b> {{}} {nomor}"
    assert wulan.sends("/templat", jabatan=office_of(site, "kasubag_tu"), **evil).status_code in (302, 422)
    raw = wulan.opens(f"/tugas/{task}").last
    assert raw is not None
    assert "<script>alert(1)" not in raw.get_data(as_text=True)


def test_steps_that_are_called_alike_are_told_apart_by_whose_they_are(site: Site) -> None:
    page = clerk(site, "wulan").opens("/templat").page
    offered = re.findall(r"<option value=\"[^\"]+\">([^<]+)</option>", page.partition('id="formulir"')[2])
    assert len(offered) == len(set(offered)), offered
