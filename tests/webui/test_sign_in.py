"""Signing in: two things may be wrong, one answer; a lock says until when; a session ends without loss."""

import re

from citizen import Site
from clerk import RECEIVED, clerk, visitor
from office import PASSWORD

from engine.offices import accounts

HOUR = 3_600_000
LOCKED = "ditutup sampai pukul"


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(site: Site) -> None:
    wrong_name, wrong_password = visitor(site), visitor(site)
    wrong_name.sends("/masuk", nama="tidak-ada", sandi="x")
    wrong_password.sends("/masuk", nama="sekar", sandi="x")
    assert wrong_name.status == wrong_password.status == 401
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", wrong_name.page) == strip.sub("", wrong_password.page)
    assert "tidak cocok" in wrong_name.page


def test_after_five_wrong_tries_the_door_is_locked_until_a_told_time_even_for_the_right_password(site: Site) -> None:
    someone = visitor(site)
    for _ in range(5):
        someone.sends("/masuk", nama="sekar", sandi="salah")
    someone.sends("/masuk", nama="sekar", sandi=PASSWORD)
    assert (someone.status, LOCKED in someone.page) == (429, True)
    assert "09.00 WIB" in someone.page  # the pause begins with half a minute
    site.office.after(minutes=2)
    assert someone.sends("/masuk", nama="sekar", sandi=PASSWORD).status_code == 302


def test_a_name_that_does_not_exist_is_locked_alike(site: Site) -> None:
    someone = visitor(site)
    for _ in range(6):
        someone.sends("/masuk", nama="tidak-ada", sandi="salah")
    assert someone.status == 429


def test_signing_in_leads_back_to_the_page_that_was_asked_but_never_out_of_the_house(site: Site) -> None:
    back = visitor(site).sends("/masuk", nama="sekar", sandi=PASSWORD, lanjut="/kasus?cari=jalan")
    assert back.location == "/kasus?cari=jalan"
    for trap in (
        "https://jahat.example/",
        "//jahat.example/",
        "/\\jahat.example",
        "\\\\jahat.example",
        "javascript:alert(1)",
    ):
        assert visitor(site).sends("/masuk", nama="sekar", sandi=PASSWORD, lanjut=trap).location == "/tugas", trap


def test_the_cookie_is_out_of_reach_of_scripts_and_worthless_after_signing_out(site: Site) -> None:
    sekar = clerk(site, "sekar")
    cookie = sekar.client.get_cookie("masuk")
    assert cookie
    assert cookie.http_only
    sekar.sends("/keluar")
    again = visitor(site)
    again.client.set_cookie("masuk", cookie.value)
    assert again.opens("/tugas").status == 302


def test_an_idle_session_ends(site: Site) -> None:
    sekar = clerk(site, "sekar")
    site.office.after(minutes=121)
    assert sekar.opens("/tugas").status == 302


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in_again(site: Site) -> None:
    with site.asked() as office:
        case = office.report()
        task = office.task(case, "terima")
    sekar = clerk(site, "sekar")
    sekar.opens(f"/tugas/{task}")
    site.office.after(minutes=180)
    sekar.sends(f"/tugas/{task}", **(RECEIVED | {"catatan": "Catatan panjang yang tidak boleh hilang"}))
    assert (sekar.status, "Isian Anda tidak hilang" in sekar.page) == (401, True)
    assert "tidak boleh hilang" not in sekar.page  # it travels sealed
    carried = re.search(r'name="titipan" value="([^"]+)"', sekar.page)
    assert carried
    sekar.sends("/masuk", nama="sekar", sandi="keliru", lanjut=f"/tugas/{task}", titipan=carried[1])
    assert carried[1] in sekar.page  # a slip of the fingers loses nothing either
    sekar.sends("/masuk", nama="sekar", sandi=PASSWORD, lanjut=f"/tugas/{task}", titipan=carried[1])
    sekar.opens(f"/tugas/{task}")
    assert "Catatan panjang yang tidak boleh hilang" in sekar.page
    assert "dipulihkan" in sekar.page


def test_what_was_typed_is_not_given_to_someone_of_another_office(site: Site) -> None:
    with site.asked() as office:
        task = office.task(office.report(), "terima")
    nobody = visitor(site)
    nobody.sends(f"/tugas/{task}", catatan="rahasia kecil")
    carried = re.search(r'name="titipan" value="([^"]+)"', nobody.page)
    assert carried
    nobody.sends("/masuk", nama="odi", sandi=PASSWORD, lanjut=f"/tugas/{task}", titipan=carried[1])
    nobody.opens(f"/tugas/{task}")
    assert (nobody.status, "rahasia kecil" in nobody.page) == (404, False)


def test_a_script_without_a_session_is_told_so_and_not_redirected(site: Site) -> None:
    with site.asked() as office:
        task = office.task(office.report(), "terima")
    nobody = visitor(site)
    nobody.sends(f"/tugas/{task}/draf", headers={"Accept": "application/json"}, catatan="x")
    assert (nobody.status, nobody.last is not None and nobody.last.is_json) == (401, True)


def test_the_language_is_remembered_with_the_account(site: Site) -> None:
    sekar = clerk(site, "sekar")
    assert sekar.sends("/bahasa", language="en", next="/tugas").location == "/tugas"
    assert '<html lang="en">' in sekar.opens("/tugas").page
    assert '<html lang="en">' in clerk(site, "sekar").opens("/tugas").page
    assert sekar.sends("/bahasa", language="xx", next="//jahat.example").location == "/"


def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(site: Site) -> None:
    with site.asked() as office:
        task = office.task(office.report(), "terima")
    nobody = visitor(site)
    nobody.sends(f"/tugas/{task}/ambil")
    assert f'name="lanjut" value="/tugas/{task}"' in nobody.page


def test_a_part_of_a_page_gets_a_sentence_when_the_session_ended(site: Site) -> None:
    nobody = visitor(site).opens("/tugas/baru?sejak=0", HX_Request="true")
    assert (nobody.status, "<html" in nobody.page, "Sesi Anda berakhir" in nobody.page) == (401, False, True)


CHOSEN = "empat kata yang biasa"


def link_for(site: Site, name: str) -> str:
    with site.asked() as office:
        return f"/masuk/sekali/{accounts.one_time_link(name, now=office.now)}"


def test_a_one_time_link_lets_its_bearer_choose_a_password_once(site: Site) -> None:
    link, someone = link_for(site, "sekar"), visitor(site)
    someone.opens(link)
    assert (someone.status, "sekar" in someone.page) == (200, True)
    assert someone.sends(link, sandi=CHOSEN, ulang=CHOSEN).location == "/masuk"
    assert someone.sends("/masuk", nama="sekar", sandi=PASSWORD).status_code == 401
    assert someone.sends("/masuk", nama="sekar", sandi=CHOSEN).status_code == 302
    another = visitor(site)
    another.opens(link)
    assert another.status == 404
    assert another.sends(link, sandi=CHOSEN, ulang=CHOSEN).status_code == 404


def test_a_link_ends_the_sessions_of_before(site: Site) -> None:
    sekar = clerk(site, "sekar")
    visitor(site).sends(link_for(site, "sekar"), sandi=CHOSEN, ulang=CHOSEN)
    sekar.opens("/tugas")
    assert sekar.status == 302


def test_a_password_too_short_or_written_differently_is_said_at_its_field(site: Site) -> None:
    link, someone = link_for(site, "sekar"), visitor(site)
    someone.sends(link, sandi="pendek", ulang="pendek")
    assert (someone.status, 'id="sandi-error"' in someone.page) == (422, True)
    someone.sends(link, sandi=CHOSEN, ulang=CHOSEN + "!")
    assert (someone.status, 'id="ulang-error"' in someone.page) == (422, True)


def test_a_link_that_ran_out_or_was_never_given_is_not_found(site: Site) -> None:
    link, someone = link_for(site, "sekar"), visitor(site)
    for wrong in ("/masuk/sekali/1.9.x", link[:-1] + ("0" if link[-1] != "0" else "1"), link.replace(".", ".9", 1)):
        someone.opens(wrong)
        assert someone.status == 404
    site.office.after(minutes=8 * 24 * 60)
    someone.opens(link)
    assert someone.status == 404
