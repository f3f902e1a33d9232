"""What the server tells a browser about keeping pages: nothing unless asked, another mark for every session."""

import pytest
from citizen import Site
from clerk import Clerk, clerk, visitor

from db import sql

MARK, KEEP, WIPE = "X-Luring", "X-Luring-Simpan", "Clear-Site-Data"


def asks(person: Clerk) -> Clerk:
    person.opens("/akun").sends("/akun/luring", simpan="ya")
    return person


def told(person: Clerk, address: str, name: str = MARK) -> str | None:
    person.opens(address)
    return person.last.headers.get(name)


def test_nothing_is_kept_unless_the_person_asks(site: Site) -> None:
    sekar = clerk(site, "sekar")
    assert told(sekar, "/tugas") is None
    asks(sekar)
    assert told(sekar, "/tugas") and told(sekar, "/tugas", KEEP) == "ya"
    answer = sekar.sends("/akun/luring", simpan="tidak")
    assert answer.headers[WIPE] == '"cache", "storage"'
    assert told(sekar, "/tugas") is None


def test_every_session_has_a_mark_of_its_own(site: Site) -> None:
    assert told(asks(clerk(site, "sekar")), "/tugas") != told(asks(clerk(site, "sekar")), "/tugas")


def test_the_wish_of_one_person_is_not_that_of_the_next_on_the_same_device(site: Site) -> None:
    device = asks(clerk(site, "sekar"))
    answer = device.sends("/keluar")
    assert answer.headers[WIPE] == '"cache", "storage"'
    assert told(device, "/masuk") is None
    device.sends("/masuk", nama="joko", sandi="sandi-demo")
    assert told(device, "/tugas") is None


def test_whoever_only_reads_everything_cannot_ask(site: Site) -> None:
    inggit = clerk(site, "inggit")
    assert "Perangkat ini milik saya" not in inggit.opens("/akun").page
    assert inggit.sends("/akun/luring", simpan="ya").status_code == 403


@pytest.mark.parametrize(("secrecy", "kept"), [("biasa", "ya"), ("rahasia", "tidak"), ("sangat_rahasia", "tidak")])
def test_secret_cases_stay_off_the_phone(site: Site, secrecy: str, kept: str) -> None:
    with site.asked() as office:
        case = office.report()
        office.sekar.registers(case, kerahasiaan=secrecy)
        task = office.task(case, "teliti_kasubag")
        assert sql.value("SELECT secrecy FROM case_file WHERE id = ?", (case,)) == secrecy
    wulan = asks(clerk(site, "wulan"))
    assert told(wulan, f"/tugas/{task}", KEEP) == kept
    assert told(wulan, f"/kasus/{case}", KEEP) == kept
    desk = wulan.opens("/tugas").page
    assert ("<!--identitas-->" in desk) is (kept == "tidak")


def test_the_worker_and_the_manifest_are_about_nobody_and_asked_for_anew(site: Site) -> None:
    nobody = visitor(site)
    worker = nobody.opens("/luring.js").last
    assert worker.headers["Service-Worker-Allowed"] == "/" and worker.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in worker.headers["Content-Security-Policy"]
    told_phone = nobody.opens("/manifest.webmanifest").last.get_json(force=True)
    assert told_phone["start_url"] == "/tugas" and len(told_phone["icons"]) == 3
    for icon in told_phone["icons"]:
        assert nobody.opens(icon["src"]).status == 200
