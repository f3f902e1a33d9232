"""The desk: what waits in its parts, found by words, taken by the handful, kept as searches; few statements a page."""

import logging
import re
from urllib.parse import urlencode

import pytest
from citizen import Site
from clerk import Clerk, clerk

from db import connect, sql
from engine import demo, verbs
from engine.commands.start import Report, Reporter
from engine.offices import notices

TEXT = "Air sumur di dusun Kedungsari berbau solar sejak pabrik dibuka."
STATEMENTS = 8


def told(site: Site, subject: str = "Sumur tercemar", text: str = TEXT, name: str = "Kasiyem Wulandari") -> int:
    """A report with words of its own, waiting for the staff; gives the case."""
    with site.asked() as office:
        office.sent += 1
        sent = Report(text, "Kemarin", "Desa Mojorejo", subject)
        who = Reporter(name, email="warga@contoh.id")
        key = f"desk-{office.sent}"
        begun = verbs.start("siapmas", organisation=demo.DPRD, reporter=who, report=sent, send_key=key, now=office.now)
        return begun.case_id


def titles(page: str) -> list[str]:
    return re.findall(r'<a class="title" href="/(?:tugas|kasus)/(\d+)"', page)


def statements(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if "SELECT" in record.getMessage()]


@pytest.fixture
def sekar(site: Site) -> Clerk:
    return clerk(site, "sekar")


def test_a_task_is_found_by_number_subject_and_what_was_told(site: Site, sekar: Clerk) -> None:
    told(site)
    told(site, "Lampu mati", "Gelap gulita.", "Orang Lain")
    for words in ("0001/SIAPMAS/2026", "siapmas 0001", "sumur", "SUM", "solar pabrik", "kedungsari"):
        assert len(titles(sekar.opens(f"/tugas?cari={words}").page)) == 1, words
    assert len(titles(sekar.opens("/tugas?cari=kebakaran").page)) == 0
    assert "Tidak ada tugas yang cocok dengan “kebakaran”" in sekar.page


def test_a_name_finds_its_cases_for_those_who_may_know_it(site: Site, sekar: Clerk) -> None:
    case = told(site)
    assert titles(sekar.opens("/kasus?cari=kasiyem").page) == [str(case)]
    assert titles(clerk(site, "bima").opens("/kasus?cari=kasiyem").page) == [], "the chairman sees no names"
    assert titles(clerk(site, "bima").opens("/kasus?cari=solar").page) == [str(case)]
    assert titles(clerk(site, "odi").opens("/kasus?cari=solar").page) == [], "and others see no case"


def test_a_secret_case_is_found_by_no_word_by_those_who_may_not_see_it(site: Site, sekar: Clerk) -> None:
    case = told(site)
    with site.asked() as office:
        office.sekar.registers(case, perihal="Sumur tercemar", kerahasiaan="rahasia")
    for words in ("sumur", "solar", "kasiyem", "0001"):
        assert titles(clerk(site, "hadi").opens(f"/kasus?cari={words}").page) == [], words
    assert titles(sekar.opens("/kasus?cari=solar").page) == [str(case)], "her office handled it"
    auditor = clerk(site, "inggit")
    assert titles(auditor.opens("/kasus?cari=solar").page) == []
    assert titles(auditor.opens("/kasus?cari=sumur").page) == []
    assert titles(auditor.opens("/kasus?cari=0001").page) == [str(case)], "its number tells nothing"


def test_a_whole_number_leads_to_its_case(site: Site, sekar: Clerk) -> None:
    case = told(site)
    sekar.opens("/kasus?cari=0001/siapmas/2026")
    assert sekar.last is not None
    assert (sekar.status, sekar.last.location) == (302, f"/kasus/{case}")
    assert clerk(site, "odi").opens("/kasus?cari=0001/SIAPMAS/2026").status == 200


def test_whatever_is_typed_is_harmless_and_answered_in_a_sentence(site: Site, sekar: Clerk) -> None:
    told(site)
    for typed in ("%'\"<script>", '"', "*", "NEAR(", "sumur -solar", "a OR", "^plain:", "(", "🙂", "'; --"):
        for page in ("/tugas", "/kasus"):
            assert sekar.opens(f"{page}?{_query(typed)}").status == 200, typed
            assert titles(sekar.page) or "yang cocok" in sekar.page, typed
            assert sekar.last is not None
            assert '"<script>' not in sekar.last.get_data(as_text=True)


def _query(typed: str) -> str:
    return urlencode({"cari": typed})


def test_several_are_taken_at_once_and_what_a_colleague_was_quicker_at_is_told(site: Site, sekar: Clerk) -> None:
    cases = [told(site, f"Sumur {n}") for n in range(3)]
    with site.asked() as office:
        tasks = [office.task(case, "terima") for case in cases]
        verbs.claim(tasks[2], by=office.joko.actor, now=office.now)
        alien = sql.value("SELECT MAX(id) FROM task") + 1
    sekar.sends("/tugas/ambil", tugas=[*map(str, tasks), str(alien)], kembali="bagian=saya&jahat=1")
    assert sekar.last is not None
    assert sekar.last.location == "/tugas?bagian=saya"
    page = sekar.opens("/tugas?bagian=saya").page
    assert "2 tugas Anda ambil." in page
    assert "Tugas ini sudah diambil rekan Anda." in page
    assert len(titles(page)) == 2
    odi = clerk(site, "odi")
    odi.sends("/tugas/ambil", tugas=str(tasks[0]))
    assert "Tugas itu tidak ada." in odi.opens("/tugas").page
    sekar.sends("/tugas/ambil")
    assert "Centang dahulu" in sekar.opens("/tugas").page


def test_a_search_is_kept_under_a_name_for_oneself(site: Site, sekar: Clerk) -> None:
    sekar.sends("/saringan/tugas", nama="Sumur  saya", saringan="bagian=saya&cari=sumur&lain=x")
    page = sekar.opens("/tugas").page
    assert 'href="/tugas?bagian=saya&cari=sumur">Sumur saya' in page
    assert "Sumur saya" not in clerk(site, "joko").opens("/tugas").page
    with site.asked():
        kept = sql.value("SELECT id FROM saved_filter")
    assert clerk(site, "joko").sends(f"/saringan/{kept}/hapus").status_code == 404
    assert sekar.sends(f"/saringan/{kept}/hapus").status_code == 302
    assert "Sumur saya" not in sekar.opens("/tugas").page
    sekar.sends("/saringan/tugas", nama=" ", saringan="bagian=saya")
    assert "Beri nama yang singkat" in sekar.opens("/tugas").page


def test_notices_wait_until_they_are_seen(site: Site, sekar: Clerk) -> None:
    case = told(site)
    with site.asked() as office, connect.transaction():
        notices.tell([office.sekar.person], "tembusan", 1, office.now, case=case)
        notices.tell([office.sekar.person], "segera", 2, office.now, case=case, facts={"until": office.now})
        notices.tell([office.joko.person], "disebut", 3, office.now, case=case)
    page = sekar.opens("/pemberitahuan").page
    assert '<span class="count">2' in page
    assert "menerima tembusan" in page
    assert re.search(r"jatuh tempo, batasnya \w+, \d+ \w+ 2026", page)
    assert "percakapan tentang" not in page, "that was told to someone else"
    one = re.findall(r'name="kabar" value="(\d+)"', page)[0]
    clerk(site, "joko").sends("/pemberitahuan", kabar=one)
    assert len(re.findall(r'name="kabar"', sekar.opens("/pemberitahuan").page)) == 2, "nobody sees for another"
    sekar.sends("/pemberitahuan", kabar=one)
    assert len(re.findall(r'name="kabar"', sekar.opens("/pemberitahuan").page)) == 1
    sekar.sends("/pemberitahuan")
    assert "Tidak ada pemberitahuan baru" in sekar.opens("/pemberitahuan").page
    assert "menerima tembusan" in sekar.opens("/pemberitahuan?semua=ya").page


def test_what_was_handed_on_is_listed_where_it_waits_now(site: Site, sekar: Clerk) -> None:
    case, mine = told(site), told(site, "Lampu")
    with site.asked() as office:
        office.sekar.registers(case)
    assert titles(sekar.opens("/kasus?keadaan=menunggu").page) == [str(case)]
    assert str(mine) not in titles(sekar.page)
    assert "Kepala Subbagian Tata Usaha" in sekar.page


def test_pages_of_cases_lead_back_and_forth_without_gap(site: Site, sekar: Clerk) -> None:
    cases = [str(told(site, f"Sumur {n}")) for n in range(60)]
    first = titles(sekar.opens("/kasus").page)
    last = re.search(r'rel="next" href="([^"]+)"', sekar.page)
    assert last
    second = titles(sekar.opens(last[1]).page)
    back = re.search(r'rel="prev" href="([^"]+)"', sekar.page)
    onward = re.search(r'rel="next" href="([^"]+)"', sekar.page)
    assert back
    assert onward
    third = titles(sekar.opens(onward[1]).page)
    assert first + second + third == cases[::-1]
    assert 'rel="next"' not in sekar.page
    assert titles(sekar.opens(back[1]).page) == first
    assert 'rel="prev"' not in sekar.page


def test_the_keys_are_told_without_scripts_too(sekar: Clerk) -> None:
    assert "tugas berikutnya" in sekar.opens("/tugas/pintasan").page


def test_a_list_is_a_handful_of_statements(site: Site, sekar: Clerk, caplog: pytest.LogCaptureFixture) -> None:
    for n in range(30):
        told(site, f"Sumur {n}")
    for page in ("/tugas", "/tugas?bagian=terlambat&urut=masuk", "/kasus", "/pemberitahuan"):
        sekar.opens(page)
        caplog.clear()
        with caplog.at_level(logging.DEBUG, logger="peewee"):
            assert sekar.opens(page).status == 200
        asked = statements(caplog)
        assert len(asked) <= STATEMENTS, "\n".join([page, *asked])


def test_a_search_is_two_statements_more(site: Site, sekar: Clerk, caplog: pytest.LogCaptureFixture) -> None:
    told(site)
    with caplog.at_level(logging.DEBUG, logger="peewee"):
        sekar.opens("/tugas?cari=solar")
    asked = statements(caplog)
    assert len(asked) <= STATEMENTS + 2, "\n".join(asked)
