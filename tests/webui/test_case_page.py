"""A case for those who may see it: everything, its times, its letter, and who looked."""

import re

import pytest
from citizen import Site
from clerk import clerk, proof
from questions import statements

from db import sql


def a_case(site: Site, secrecy: str = "biasa") -> int:
    with site.asked() as office:
        case = office.report(phone="0812000111")
        office.sekar.registers(case, kerahasiaan=secrecy)
        office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan", catatan="Berkas lengkap.")
        return case


def test_the_page_tells_the_letter_the_times_and_the_acts(site: Site) -> None:
    page = clerk(site, "sekar").opens(f"/kasus/{a_case(site)}").page
    for words in (
        "Jalan di depan sekolah rusak parah.",
        "Wulan Sari, S.AP.",
        "Berkas lengkap.",
        "001/2026",
        "Riwayat",
    ):
        assert words in page, words
    assert "Slamet Riyadi" not in page
    assert "0812000111" not in page


def test_only_papers_that_exist_are_offered_and_every_one_opens(site: Site) -> None:
    case = a_case(site)
    sekar = clerk(site, "sekar")
    offered = re.findall(rf"/kasus/{case}/lembar/[^\"]+", sekar.opens(f"/kasus/{case}").page)
    assert len(offered) == 2
    assert {sekar.opens(address).status for address in offered} == {200}


def test_who_the_reporter_is_shows_on_asking_and_the_asking_is_kept(site: Site) -> None:
    case = a_case(site)
    sekar = clerk(site, "sekar")
    sekar.sends(f"/kasus/{case}/identitas")
    assert "Slamet Riyadi" in sekar.page
    assert "0812000111" in sekar.page
    with site.asked() as office:
        who = sql.rows("SELECT account FROM access_log WHERE what = 'revealed' AND case_file = ?", (case,))
        assert who == [(office.sekar.actor.account_id,)]
    assert clerk(site, "hadi").sends(f"/kasus/{case}/identitas").status_code == 403


def test_the_auditor_reads_the_times_of_a_secret_case_and_no_word_of_its_content(site: Site) -> None:
    case, auditor = a_case(site, "rahasia"), clerk(site, "inggit")
    for page in (f"/kasus/{case}", "/kasus", "/audit/kasus", "/audit/kasus.csv"):
        assert auditor.opens(page).status == 200, page
        assert "Jalan rusak" not in auditor.page, page
    assert f"/kasus/{case}" in auditor.opens("/kasus").page
    assert f"/kasus/{case}" not in auditor.opens("/kasus?cari=jalan+rusak").page, "nor is it found by what it says"
    open_case = a_case(site)
    assert f"/kasus/{open_case}" in auditor.opens("/kasus?cari=jalan+rusak").page


def test_nobody_learns_from_a_button_who_did_a_task_of_a_case_they_may_not_see(site: Site) -> None:
    case = a_case(site, "rahasia")
    with site.asked():
        tasks = [row[0] for row in sql.rows("SELECT id FROM task WHERE case_file_id = ? ORDER BY id", (case,))]
    assert len(tasks) > 1, "one is done, one is open"
    for who in ("odi", "lilik", "admin"):
        stranger = clerk(site, who)
        for task in tasks:
            for button in ("", "/ambil", "/lepas", "/draf"):
                assert stranger.sends(f"/tugas/{task}{button}").status_code == 404, (who, button)
                assert "Sekar" not in stranger.page


def test_a_secret_case_is_shown_only_to_the_offices_that_handle_it(site: Site) -> None:
    case = a_case(site, "rahasia")
    assert clerk(site, "hadi").opens(f"/kasus/{case}").status == 200
    assert clerk(site, "ratna").opens(f"/kasus/{case}").status == 404
    assert "Jalan rusak" not in clerk(site, "ratna").opens("/kasus").page


def test_an_auditor_sees_times_and_not_one_word_of_the_letter(site: Site) -> None:
    page = clerk(site, "inggit").opens(f"/kasus/{a_case(site)}").page
    assert "Meneliti dan memberi paraf" in page
    for words in ("Jalan di depan sekolah", "Berkas lengkap.", "Slamet"):
        assert words not in page, words


def test_a_photo_is_shown_in_a_sandbox_and_only_to_those_who_may(site: Site) -> None:
    case = a_case(site)
    with site.asked():
        photo = proof(site, case)
    sekar = clerk(site, "sekar")
    assert f"/kasus/{case}/berkas/{photo}" in sekar.opens(f"/kasus/{case}").page
    answer = sekar.opens(f"/kasus/{case}/berkas/{photo}").last
    assert answer is not None
    assert answer.mimetype == "image/jpeg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert clerk(site, "inggit").opens(f"/kasus/{case}/berkas/{photo}").status == 404


def test_what_is_no_picture_is_only_downloaded(site: Site) -> None:
    case = a_case(site)
    with site.asked():
        paper = proof(site, case)
        sql.execute("UPDATE attachment SET media_type = 'text/html', name = 'a.html' WHERE id = ?", (paper,))
    answer = clerk(site, "sekar").opens(f"/kasus/{case}/berkas/{paper}").last
    assert answer is not None
    assert (answer.mimetype, answer.headers["Content-Disposition"][:10]) == ("application/octet-stream", "attachment")


def test_the_office_withdraws_only_at_the_reporters_own_wish(site: Site) -> None:
    case = a_case(site)
    sekar = clerk(site, "sekar")
    sekar.sends(f"/kasus/{case}/cabut")
    with site.asked() as office:
        assert office.state(case) == "berjalan"
    sekar.sends(f"/kasus/{case}/cabut", diminta="ya")
    with site.asked() as office:
        assert office.state(case) == "dicabut"
    assert "Laporan dicabut" in sekar.opens(f"/kasus/{case}").page


def test_a_look_is_noted_after_the_answer(site: Site) -> None:
    case = a_case(site)
    clerk(site, "sekar").opens(f"/kasus/{case}")
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM access_log WHERE what = 'viewed' AND case_file = ?", (case,)) == 1


def test_a_list_of_cases_is_searched_by_number_subject_and_state(site: Site) -> None:
    a_case(site)
    sekar = clerk(site, "sekar")
    assert sekar.opens("/kasus?cari=jalan").page.count('class="title"') == 1
    assert sekar.opens("/kasus?cari=0001").page.count('class="title"') == 1
    assert sekar.opens("/kasus?keadaan=selesai").page.count('class="title"') == 0


@pytest.mark.parametrize(("address", "most"), [("/tugas", 8), ("/kasus/{case}", 8), ("/tugas/{task}", 10)])
def test_a_page_asks_a_fixed_handful_of_questions_however_much_there_is(site: Site, address: str, most: int) -> None:
    case = a_case(site)
    with site.asked() as office:
        task = office.task(case, "teliti_kabag")
        for number in range(20):
            office.report(f"Aduan {number}")
    hadi, place = clerk(site, "hadi"), address.format(case=case, task=task)
    hadi.opens(place)
    with statements() as said:
        assert hadi.opens(place).status == 200
    asked = [text for text in said if text.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert len(asked) <= most, "\n".join(asked)


def test_neither_page_nor_questions_grow_with_the_history_of_a_case(site: Site) -> None:
    case = a_case(site)
    sekar = clerk(site, "sekar")

    def look() -> tuple[int, int]:
        sekar.opens(f"/kasus/{case}")
        with statements() as said:
            page = sekar.opens(f"/kasus/{case}").page
        return len(said), len(page)

    with site.asked() as office:
        office.hadi.does(case, "teliti_kabag", keputusan_kabag="kembalikan", alasan="Ke-0.")
        office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    before = look()
    with site.asked() as office:
        for turn in range(25):
            office.hadi.does(case, "teliti_kabag", keputusan_kabag="kembalikan", alasan=f"Ke-{turn}.")
            office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    after = look()
    assert after[0] == before[0]
    assert after[1] < before[1] + 500
    assert "Ke-24." in sekar.page
    assert "Ke-3." not in sekar.page
    story = sekar.opens(f"/kasus/{case}/riwayat").page
    older = re.search(r'href="(/kasus/\d+/riwayat\?sebelum=\d+)"', story)
    assert older, "a long story pages"
    while older:
        story = sekar.opens(older[1]).page
        older = re.search(r'href="(/kasus/\d+/riwayat\?sebelum=\d+)"', story)
    assert "Laporan diterima" in story, "to its first line"
