"""Similar reports on the pages: offered before sending, joined without scripts, shown to staff who may see them."""

import re

import pytest
from citizen import WHAT, WHO, Citizen, Site
from clerk import clerk

from db import sql
from engine import verbs

SUBJECT = "Jalan rusak di Mojorejo"


@pytest.fixture
def case(site: Site) -> int:
    """A report that was taken in, about what the citizen is going to write."""
    with site.asked() as office:
        found = office.report("Jln Bu Kasiyem rusak")
        office.sekar.registers(found, perihal=SUBJECT)
        return found


def reviews(citizen: Citizen) -> Citizen:
    return citizen.writes().opens("/lapor/siapmas/periksa")


def offer(citizen: Citizen) -> str:
    found = re.search(r'href="(/lapor/siapmas/sama/[^"]+)"', citizen.page)
    assert found, citizen.text
    return found[1]


def test_whoever_reports_is_shown_what_the_office_worded_and_nothing_else(citizen: Citizen, case: int) -> None:
    reviews(citizen)
    assert "Laporan serupa sedang ditangani" in citizen.text
    assert f"{SUBJECT} Diterima 23 November 2026" in citizen.text
    part = citizen.page[citizen.page.index('id="serupa"') : citizen.page.index('id="janji-judul"')]
    for hidden in ("Kasiyem", "Slamet", "0001/SIAPMAS", "parah"):
        assert hidden not in part


def test_whoever_has_met_with_the_same_says_so_instead_and_may_still_report(
    site: Site, citizen: Citizen, case: int
) -> None:
    there = offer(reviews(citizen))
    citizen.opens(there)
    assert citizen.value("nama") == WHO["nama"]
    citizen.sends(there, **WHO)
    assert citizen.address == "/lapor/siapmas/sama"
    assert "kami mengabari Anda lewat surel" in citizen.text
    citizen.sends(there, **WHO)
    assert citizen.address == "/lapor/siapmas/sama"
    with site.asked():
        assert sql.value("SELECT companions FROM case_file WHERE id = ?", (case,)) == 1
        assert sql.value("SELECT COUNT(*) FROM companion") == 1
        assert sql.value("SELECT COUNT(*) FROM draft") == 1, "what was written waits for their choice"
    citizen.opens("/lapor/siapmas/periksa")
    assert "sudah menyatakan mengalami hal yang sama" in citizen.text
    assert WHAT["kronologi"] in citizen.text
    assert citizen.sends("/lapor/siapmas/kirim").address.endswith("/terkirim")


def test_joining_asks_for_a_name_and_one_way_to_be_told(site: Site, citizen: Citizen, case: int) -> None:
    there = offer(reviews(citizen))
    citizen.opens(there).sends(there, nama="", telepon="", surel="bukan surel")
    assert citizen.status == 422
    assert "isian perlu diperbaiki" in citizen.text
    assert citizen.value("surel") == "bukan surel"
    citizen.sends(there, nama="Wagimin", telepon="081234567890", surel="")
    assert "Tanpa alamat surel" in citizen.text
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM companion") == 1


def test_a_case_that_has_just_ended_is_joined_no_more_and_nothing_is_lost(
    site: Site, citizen: Citizen, case: int
) -> None:
    there = offer(reviews(citizen))
    citizen.opens(there)
    with site.asked() as office:
        verbs.withdraw(case, now=office.now)
    citizen.sends(there, **WHO)
    assert citizen.address.endswith("/periksa")
    assert "sudah tidak ditangani lagi" in citizen.text
    assert WHAT["kronologi"] in citizen.text
    assert "Laporan serupa" not in citizen.text
    assert citizen.sends("/lapor/siapmas/kirim").address.endswith("/terkirim")


def test_no_other_form_and_no_made_up_address_opens_a_case(site: Site, citizen: Citizen, case: int) -> None:
    there = offer(reviews(citizen))
    stranger = reviews(site.citizen())
    for address in (
        there,
        f"/lapor/siapmas/sama/{case}",
        f"/lapor/siapmas/sama/{case}-",
        "/lapor/siapmas/sama/1-%C3%A9",
    ):
        stranger.opens(address)
        assert stranger.status == 404, address
        assert SUBJECT not in stranger.text
        assert stranger.client.post(address, data={"csrf_token": citizen.token, **WHO}).status_code in (400, 404)
    nobody = site.citizen().opens(there)
    assert nobody.address == "/lapor/siapmas"
    assert SUBJECT not in nobody.text


def test_where_an_organisation_does_not_want_it_nothing_is_offered(site: Site, citizen: Citizen, case: int) -> None:
    there = offer(reviews(citizen))
    with site.asked() as office:
        body = '{"siapmas": {"similar": false}}'
        sql.insert("setting", organisation_id=office.organisation, name="intake", body=body)
    assert "serupa" not in citizen.opens("/lapor/siapmas/periksa").text
    assert citizen.opens(there).status == 404


# --- staff ---


def test_staff_see_similar_cases_with_links_only_to_those_they_may_read(site: Site, case: int) -> None:
    with site.asked() as office:
        other = office.report("Jalan rusak")
        secret = office.report("Jalan rusak")
        office.sekar.registers(secret, perihal="Jalan rusak parah", kerahasiaan="rahasia")
        task = office.task(other, "terima")
        for found in (case, other):
            sql.execute("UPDATE case_file SET companions = 2 WHERE id = ?", (found,))
    sekar = clerk(site, "sekar")
    assert f'hx-get="/kasus/{other}/serupa"' in sekar.opens(f"/tugas/{task}").page
    assert "2 orang lain" in sekar.page
    assert "2 orang lain" in sekar.opens(f"/kasus/{other}").page
    for headers in ({}, {"HX_Request": "true"}):
        page = sekar.opens(f"/kasus/{other}/serupa", **headers).page
        assert f'href="/kasus/{case}"' in page
        assert SUBJECT in page
        assert "2 orang mengalami hal yang sama" in page
        assert f'href="/kasus/{secret}"' not in page
    assert clerk(site, "odi").opens(f"/kasus/{other}/serupa").status == 404
    assert clerk(site, "inggit").opens(f"/kasus/{other}/serupa").status == 404


def test_who_joined_is_shown_only_with_the_reporter_and_the_look_is_kept(site: Site, case: int) -> None:
    with site.asked() as office:
        for n, email in ((1, "wagimin@contoh.id"), (2, "")):
            who = verbs.Reporter(f"Wagimin {n}", "0812 0000 000", email)
            verbs.join(case, who, f"k{n}", now=office.now)
    sekar = clerk(site, "sekar")
    assert "Wagimin" not in sekar.opens(f"/kasus/{case}").page
    assert "Seorang warga menyatakan mengalami hal yang sama" in sekar.opens(f"/kasus/{case}/riwayat").page
    sekar.sends(f"/kasus/{case}/identitas")
    assert "Wagimin 1" in sekar.page
    assert "wagimin@contoh.id" in sekar.page
    hadi = clerk(site, "hadi")
    assert hadi.sends(f"/kasus/{case}/identitas").status_code in (403, 404)
    assert "Wagimin" not in hadi.page
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM access_log WHERE what = 'revealed' AND case_file = ?", (case,)) == 1


def test_whoever_types_a_report_in_is_shown_similar_ones_before_saving(site: Site, case: int) -> None:
    sekar = clerk(site, "sekar")
    begun = sekar.opens("/kasus/baru").page
    assert "Laporan serupa yang sedang ditangani" not in begun
    there = re.search(r'action="(/kasus/baru/[^"]+)" enctype', begun)
    assert there
    sekar.sends(there[1], **WHO, **WHAT, serupa="ya")
    assert sekar.status == 200
    assert f'href="/kasus/{case}"' in sekar.page
    assert WHAT["kronologi"] in sekar.page
    sekar.sends(there[1], **WHO, **WHAT | {"perihal": "Sumur tercemar", "kronologi": "Limbah pabrik."}, serupa="ya")
    assert "Tidak ada laporan terbuka yang serupa" in sekar.page
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM case_file") == 1
