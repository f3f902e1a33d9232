"""What a superior looks after: load, absence, lateness below, and what came of their own disposisi."""

import re
from html import unescape

import pytest
import siapmas_days as day
from citizen import Site
from cityhall import City
from clerk import clerk

from db import sql
from engine import verbs


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_kasubag_sees_the_load_of_each_staf(site: Site) -> None:
    with site.asked() as office:
        cases = [office.report() for _ in range(3)]
        for case, who in zip(cases, (office.sekar, office.joko), strict=False):
            verbs.claim(office.task(case, "terima"), by=who.actor, now=office.now)
    page = words(clerk(site, "wulan").opens("/pantau").page)
    assert "Staf Subbagian Tata Usaha" in page
    assert "Sekar Ayu Lestari: 1" in page
    assert "Joko Purnomo: 1" in page


def test_what_is_late_below_is_listed_and_nothing_of_a_secret_case_is_told(site: Site) -> None:
    with site.asked() as office:
        case = office.report("Pagar di jalan desa")
        office.sekar.opens(case, "terima")
        office.after(minutes=30)
    wulan = clerk(site, "wulan")
    assert "Pagar di jalan desa" in wulan.opens("/pantau").page
    with site.asked():
        sql.execute("UPDATE case_file SET secrecy = 'rahasia' WHERE id = ?", (case,))
    assert "Pagar di jalan desa" not in wulan.opens("/pantau").page
    assert "(rahasia)" in wulan.page
    assert f'href="/kasus/{case}"' not in wulan.page


def test_an_office_that_has_no_one_to_act_is_a_warning(site: Site) -> None:
    with site.asked() as office:
        day.to_kasubag(office, office.report())
        sql.execute(
            "UPDATE holding SET until_ms = ? WHERE office_id = (SELECT id FROM office WHERE code = 'kasubag_tu')",
            (office.now,),
        )
    page = words(clerk(site, "hadi").opens("/pantau").page)
    assert "Kepala Subbagian Tata Usaha: 1 tugas menunggu, tetapi tidak ada pejabat" in page


def test_the_kabag_sees_overdue_committees_too(site: Site) -> None:
    with site.asked() as office:
        case = office.report("Jembatan gantung")
        day.to_committees(office, case, "komisi_1")
        office.lilik.opens(case, "tindak_lanjuti", "komisi_1")
        office.after(minutes=5 * 60)
    page = words(clerk(site, "ratna").opens("/pantau").page)
    late = page.partition("Yang terlambat di meja bawahan")[2]
    assert "Pendamping Komisi I" in late
    assert "0001/SIAPMAS/2026" in late


def test_the_count_at_a_desk_leads_to_what_waits_there_so_that_it_can_be_taken_over(site: Site) -> None:
    with site.asked() as office:
        case = office.report("Pagar di jalan desa")
        desk = sql.value("SELECT id FROM office WHERE code = 'staf_tu'")
        above = sql.value("SELECT id FROM office WHERE code = 'sekwan'")
    wulan = clerk(site, "wulan")
    assert f"/pantau?jabatan={desk}#meja" in wulan.opens("/pantau").page
    assert "Pagar di jalan desa" not in wulan.page
    assert f'href="/kasus/{case}"' in wulan.opens(f"/pantau?jabatan={desk}").page
    assert "Yang terlambat di meja bawahan" in wulan.opens(f"/pantau?jabatan={above}").page


@pytest.mark.parametrize("who", ["bima", "surya"])
def test_ketua_and_sekwan_see_what_came_of_their_disposisi(site: Site, who: str) -> None:
    with site.asked() as office:
        case = office.report("Jembatan gantung")
        day.to_committees(office, case, "komisi_1", "komisi_3")
        day.follows_up(office, case, "lilik", "komisi_1")
    page = words(clerk(site, who).opens("/pantau/disposisi").page)
    assert "0001/SIAPMAS/2026" in page
    assert "Komisi I" in page
    assert "Komisi III" in page
    assert "dikerjakan Pendamping Komisi III" in page


def test_a_head_is_led_only_to_what_they_may_read(city: City) -> None:
    with city.asked() as kota:
        waiting, theirs = kota.complaint(subyek="pju"), kota.forwarded(subyek="pju", key="later")
        kota.acts(theirs, "telaah")
        kota.acts(theirs, "arahkan")
        desk = sql.value("SELECT id FROM office WHERE code = 'petugas_dkp'")
        other = sql.value("SELECT id FROM office WHERE code = 'pejabat_dkp'")
    head = city.enters("pimpinan.dkp")
    listed = head.opens(f"/pantau?jabatan={desk}").page
    assert "Meneruskan pengaduan kepada pejabat" in listed
    assert f'href="/kasus/{waiting}"' not in listed, "a link that ends in “tidak ditemukan”"
    assert f'href="/kasus/{theirs}"' in head.opens(f"/pantau?jabatan={other}").page


def test_who_has_nobody_below_is_told_so(site: Site) -> None:
    assert 'href="/pantau"' not in clerk(site, "lilik").opens("/tugas").page, "no link to an empty page"
    assert 'href="/pantau"' in clerk(site, "wulan").opens("/tugas").page
    assert "Tidak ada meja di bawah jabatan Anda." in words(clerk(site, "lilik").opens("/pantau").page)
    assert "Belum ada disposisi Anda." in words(clerk(site, "lilik").opens("/pantau/disposisi").page)
