"""Nobody reads without a trace: every way to words of people stands in the access log."""

import io

import pytest
import siapmas_days as day
from citizen import Site
from clerk import clerk, proof

from db import sql


@pytest.mark.parametrize("part", [{}, {"HX_Request": "true"}], ids=["the page", "the part of a page"])
def test_who_reads_the_talk_of_a_case_is_noted(site: Site, part: dict[str, str]) -> None:
    with site.asked() as office:
        case = office.report()
        day.to_kasubag(office, case)
    address = f"/kasus/{case}/percakapan"
    clerk(site, "sekar").sends(address, teks="Pak Slamet menelepon lagi.")
    assert "Pak Slamet menelepon lagi." in clerk(site, "wulan").opens(address, **part).page
    assert _looks(site) == [("wulan", "talk", case)]


def test_who_prints_and_who_opens_a_scan_is_noted(site: Site) -> None:
    with site.asked() as office:
        case = office.report()
        scan = proof(site, case)
    sekar = clerk(site, "sekar")
    assert sekar.opens(f"/kasus/{case}/berkas/{scan}").status == 200
    assert sekar.sends("/kasus/cetak", laporan=str(case), lembar="lembar-disposisi").status_code == 200
    assert [look[1:] for look in _looks(site)] == [("attachment", case), ("printed", case)]


def _looks(site: Site) -> list[sql.Row]:
    text = "SELECT a.username, l.what, l.case_file FROM access_log l JOIN account a ON a.id = l.account"
    with site.asked():
        return sql.rows(f"{text} ORDER BY l.id")


def test_a_name_that_is_looked_for_or_stands_on_an_uploaded_file_lies_sealed(site: Site) -> None:
    sekar = clerk(site, "sekar")
    long = "Rahasiawati+" * 40
    assert sekar.sends("/saringan/kasus", nama="titipan", saringan="cari=Rahasiawati").status_code == 302
    assert sekar.sends("/saringan/kasus", nama="panjang", saringan=f"cari={long}").status_code == 302
    assert 'href="/kasus?cari=Rahasiawati"' in sekar.opens("/kasus").page
    body = io.BytesIO(b"Cap waktu,Nama,Kronologi\n")
    data = {"csrf_token": sekar.token(), "daftar": (body, "aduan Rahasiawati.csv")}
    run = sekar.client.post("/kasus/impor", data=data, content_type="multipart/form-data", buffered=True)
    assert "aduan Rahasiawati.csv" in sekar.opens(str(run.location)).page
    assert "aduan Rahasiawati.csv" in sekar.opens("/kasus/impor").page
    with site.asked():
        found = [*sql.rows("SELECT * FROM saved_filter"), *sql.rows("SELECT * FROM import_run")]
    assert len(found) == 3 and "Rahasiawati" not in str(found)
    assert all(len(str(row[-1])) <= 500 for row in found[:2]), "as wide as the column on PostgreSQL"
