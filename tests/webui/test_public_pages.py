"""The front door, the guide, the check of a printed sheet, and what watches over it all."""

from citizen import Citizen, Site, photo

from db import sql
from engine.commands import printing


def test_the_front_door_names_the_office_and_its_two_doors(citizen: Citizen) -> None:
    citizen.opens("/")
    assert 'href="/lapor/siapmas"' in citizen.page
    assert 'href="/lacak"' in citizen.page
    assert "DPRD Kabupaten Mojokerto" in citizen.text
    assert "0857 4674 1281" in citizen.text
    assert 'href="/aduan"' not in citizen.page, "this office publishes nothing"


def test_the_guide_tells_the_four_steps_the_rights_and_the_privacy(citizen: Citizen) -> None:
    citizen.opens("/panduan")
    for words in (
        "Isi identitas dengan jelas",
        "Urutkan kronologi",
        "Hak Anda",
        "UU 27/2022",
        "tidak menetapkan tanggal",
    ):
        assert words in citizen.text


def test_an_unknown_code_is_said_plainly(citizen: Citizen) -> None:
    citizen.opens("/verifikasi/tidak-ada")
    assert citizen.status == 404
    assert "Kode ini tidak dikenal" in citizen.text


def test_a_printed_sheet_is_vouched_for_until_the_case_goes_on(any_site: Site) -> None:
    site, citizen = any_site, any_site.citizen()
    number, _pin = citizen.reports([("jalan.jpg", photo())])
    with site.asked() as office:
        case = sql.value("SELECT id FROM case_file")
        printing.case_paper("lembar-disposisi", case, base_url="http://localhost", now=office.now)
        code = sql.value("SELECT code FROM sheet_code")
    citizen.opens(f"/verifikasi/{code.upper()}")
    assert "masih sesuai dengan catatan kantor" in citizen.text
    assert number in citizen.text
    assert "Lembar disposisi" in citizen.text
    assert "Siti" not in citizen.page
    with site.asked() as office:
        office.after(minutes=5).sekar.registers(case)
    assert "bukan keadaan terbaru" in citizen.opens(f"/verifikasi/{code}").text


def test_an_empty_installation_says_what_is_missing(site: Site, citizen: Citizen) -> None:
    with site.asked():
        for table in ("journal", "release"):
            sql.execute(f"DELETE FROM {table}")
    assert "Belum ada layanan yang dibuka" in citizen.opens("/").text
    assert citizen.opens("/lapor/siapmas").status == 404


def test_healthz_is_open_and_metrics_only_to_this_machine(any_site: Site) -> None:
    citizen = any_site.citizen()
    citizen.reports()
    assert citizen.client.get("/healthz").json == {"status": "ok"}
    here = citizen.client.get("/metrics")
    assert b'disposisi_rows{state="open",what="tasks"} 1.0' in here.data
    assert citizen.client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.7"}).status_code == 404
    assert citizen.client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404


def test_the_language_is_switched_on_public_pages_and_remembered(citizen: Citizen) -> None:
    citizen.opens("/lacak").sends("/bahasa", language="en", next="/lacak")
    assert citizen.address == "/lacak"
    assert '<html lang="en">' in citizen.page
    assert '<html lang="en">' in citizen.opens("/").page


def test_public_pages_say_nothing_inline(citizen: Citizen) -> None:
    for address in ("/", "/panduan", "/lapor/siapmas", "/lacak", "/verifikasi/x"):
        citizen.opens(address)
        assert " style=" not in citizen.page
        assert "<style" not in citizen.page
        assert " onclick" not in citizen.page
        assert citizen.answer is not None
        assert "unsafe-inline" not in citizen.answer.headers["Content-Security-Policy"]


def test_the_short_address_leads_to_the_one_form_there_is(site: Site) -> None:
    answer = site.app.test_client().get("/lapor")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/lapor/siapmas")
