"""Every route, asked by nobody, by the wrong office and by the right one; tests/doors/<room>.py says who that is.

A new route without a door there fails.
"""

import pytest
from citizen import Site
from clerk import Clerk, clerk, proof, visitor
from doors import books, cases, citizens, desks, entrance, settings, watch
from doors.door import ANYONE, KEEPS_NIK, NO_RECAPS, PUBLISHES, Door

import processes
from db import sql
from engine.commands import archive, breaches, erasure, proposing

ROOMS = (entrance, citizens, desks, cases, books, watch, settings)
DOORS: dict[str, Door | None] = {route: door for room in ROOMS for route, door in room.DOORS.items()}
# These need an appointment or an incident that is not there: their own tests have one.
ELSEWHERE = {
    # The DPRD asks no decision table: test_decision_tables.
    "GET /perancang/usul/<int:proposal>/<name>.dmn",
    "GET /perancang/<process>/<int:version>/<name>.dmn",
    "GET /perancang/<process>/<int:version>/<name>.form",
    # Letters are signed in the city only: test_coordination.
    "POST /surat",
    "GET /koordinasi/monev.pdf",
    "POST /persetujuan/daftar/<int:proposal>",
    "POST /kasus/<int:case_id>/buka-kembali",
    "GET /kasus/<int:case_id>/unit-pembantu",  # no step of the DPRD asks units one by one
    "POST /kasus/<int:case_id>/unit-pembantu",
    "POST /kasus/<int:case_id>/unit-pembantu/<unit>/lepas",
    "GET /penetapan",
    "POST /penetapan",
    "POST /penetapan/<int:holding_id>/akhiri",
    "GET /surat/baru",
    "GET /surat/<int:memo_id>",
    "GET /surat/<int:memo_id>.pdf",
    "POST /pengaturan/jabatan/<int:office_id>/pejabat/<int:holding_id>/akhiri",
    "POST /pengaturan/kewenangan/<name>",
    "POST /berhalangan/<int:absence_id>/setujui",
    "POST /berhalangan/<int:absence_id>/tolak",
    "POST /berhalangan/<int:absence_id>/cabut",
    # These change who may sign in or act, and so the rest of this walk: test_admin_people.
    "POST /pengaturan/unit/<int:unit_id>/hapus",
    "POST /pengaturan/orang/<int:person_id>",
    "POST /pengaturan/akun/<int:account_id>",
    "POST /pengaturan/akun/<int:account_id>/nonaktifkan",
    "POST /pengaturan/akun/<int:account_id>/aktifkan",
    "POST /pengaturan/akun/<int:account_id>/keluarkan",
    "GET /gangguan/lembar/<batch>.pdf",
    "GET /gangguan/catatan/<int:entry>",
    "POST /gangguan/catatan/<int:entry>/langkah",
    "POST /gangguan/catatan/<int:entry>/hapus-langkah",
    "POST /gangguan/catatan/<int:entry>/ajukan",
    "POST /gangguan/catatan/<int:entry>/putusan",
    "GET /penghapusan/<int:ident>/berita-acara.pdf",  # needs something erased: test_data_rights
    *(route for route in DOORS if "/sms/<int" in route),  # the DPRD takes no SMS: test_sms_pages
    "POST /pengaturan/sms",
    "POST /pengaturan/sms/alamat",
    *(route for route in DOORS if "/kasus/impor/<" in route),
    *(route for route in DOORS if DOORS[route] is KEEPS_NIK),
    *(route for route in DOORS if DOORS[route] is PUBLISHES),
    *(route for route in DOORS if DOORS[route] is NO_RECAPS),
    "POST /kasus/impor",
    "POST /ekspedisi/<int:year>/<int:delivery>/terima",  # needs a disposisi handed out: test_expedition
    "POST /saringan/<int:filter_id>/hapus",
    "POST /tugas/<int:task_id>/berkas",
    "POST /tugas/<int:task_id>/berkas/<int:proof_id>/hapus",
    "GET /pengaturan/kop-surat/logo.png",
    "GET /kasus/baru/<kunci>/tanda-terima.pdf",
    "GET /pengaturan/daftar/<name>",
    "POST /pengaturan/daftar/<name>",
    "POST /pengaturan/daftar/<name>/<int:entry_id>",
    "POST /pengaturan/daftar/<name>/penyetuju",
    "GET /pengaturan/penomoran/contoh",
    "POST /pengaturan/penomoran",
    "POST /pengaturan/pengganti/<int:holding_id>/akhiri",
    "POST /pengaturan/insiden/<int:incident_id>/coba-lagi",
    "POST /pengaturan/kotak-keluar/<int:job_id>/coba-lagi",
    "POST /pengaturan/kotak-keluar/<int:job_id>/kirim-ulang",
    "POST /pengaturan/kotak-keluar/<int:job_id>/batal",
}


def routes(site: Site) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in site.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


@pytest.fixture
def places(site: Site) -> dict[str, str]:
    """A case that waits for the Kabag, with a photo; what stands for each blank of a route."""
    with site.asked() as office:
        case = office.report()
        office.sekar.registers(case)
        office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
        task, photo = office.task(case, "teliti_kabag"), proof(site, case)
        desk = sql.value("SELECT id FROM office WHERE code = 'staf_tu'")
        words = {"form": "", "title": "Salam", "body": "Terima kasih.", "rank": 0, "active": True}
        phrase = sql.insert("phrase", organisation_id=office.organisation, office=desk, **words)
        archive.import_codes(archive.read_codes(b"kode;nama\n000.1;Aspirasi\n"), by=office.sekar.actor, now=office.now)
        code = int(sql.value("SELECT id FROM classification"))
        dossier = archive.open_dossier(code, "Aspirasi 2026", "", by=office.sekar.actor, now=office.now)
        erasure.ask(case, "hapus", "", now=office.now)
        breach = breaches.Told(office.now, ["kontak"], 0, "Daftar tertinggal di printer.")
        breaches.register(breach, by=office.surya.actor, now=office.now)
        proposal = proposing.draft("siapmas", processes.files("siapmas"), by=office.danu.actor, now=office.now)
    return {
        "<int:task_id>": str(task),
        "<int:case_id>": str(case),
        "<int:proof_id>": str(photo),
        "<int:phrase_id>": str(phrase),
        "<int:memo_id>": "1",
        "<public_id>": "abcdefgh23456723",
        "<int:photo>": str(photo),
        "<int:place>": "1",
        "<int:dispute>": "1",
        "<int:recap_id>": "1",
        "<int:report_id>": "1",
        "<int:ident>": "1",
        "<kunci>": "k" * 32,
        "<int:run_id>": "1",
        "<batch>": "0",
        "<int:sheet>": "1",
        "<int:entry>": "1",
        "<kind>": "lembar-disposisi",
        "<format>": "csv",
        "<audience>": "staf",
        "<code>": "setwan",
        "<int:year>": "2026",
        "<process>": "siapmas",
        "<int:version>": "1",
        "<int:dossier>": str(dossier),
        "<int:delivery>": "1",
        "<int:proposal>": str(proposal),
        "<name>": "siapmas",
        "<key>": "jawaban",
        "<spoken>": "id",
        "<int:holding_id>": "1",
        "<int:unit_id>": "1",
        "<int:office_id>": "1",
        "<int:person_id>": "1",
        "<int:account_id>": "1",
        "<int:absence_id>": "1",
        "<int:incident_id>": "1",
        "<int:entry_id>": "1",
        "<int:job_id>": "1",
        "<int:sms_id>": "1",
        "<int:filter_id>": "1",
        "<page>": "tugas",
        "<unit>": "komisi_1",
    }


def address(route: str, places: dict[str, str]) -> str:
    path = route.partition(" ")[2]
    for blank, value in places.items():
        path = path.replace(blank, value)
    assert "<" not in path, f"say in `places` what stands for the blanks of {path}"
    return path


def test_every_route_says_who_may(site: Site) -> None:
    assert routes(site) == set(DOORS)
    assert len(DOORS) == sum(len(room.DOORS) for room in ROOMS), "a route has one door, in one room"


def test_every_route_for_anyone_is_marked_so_and_no_other(site: Site) -> None:
    marked = {
        f"{m} {r.rule}"
        for r in site.app.url_map.iter_rules()
        for m in r.methods - {"HEAD", "OPTIONS"}
        if getattr(site.app.view_functions[r.endpoint], "public", False)
    }
    assert marked == {route for route, door in DOORS.items() if door is ANYONE}


CLOSED = sorted(route for route, door in DOORS.items() if door is not ANYONE)


def test_nobody_passes_a_closed_door(site: Site, places: dict[str, str]) -> None:
    for route in CLOSED:
        nobody = visitor(site)
        if route.startswith("GET"):
            nobody.opens(address(route, places))
            assert (nobody.status, nobody.last.location[:6]) == (302, "/masuk"), route
        else:
            nobody.sends(address(route, places))
            assert nobody.status == 401, route
        assert "Jalan" not in nobody.page, route


def test_the_wrong_office_is_turned_away(site: Site, places: dict[str, str]) -> None:
    people: dict[str, Clerk] = {}
    for route in CLOSED:
        door = DOORS[route]
        assert door
        if not door.wrong:
            continue
        wrong = people.get(door.wrong) or clerk(site, door.wrong)
        people[door.wrong] = wrong
        _knock(wrong, route, places, door)
        assert wrong.status in (403, 404), f"{route}: {wrong.status}"


def test_a_form_without_a_token_opens_no_page_that_is_closed(site: Site, places: dict[str, str]) -> None:
    """A form whose token is old is drawn again: for whoever may see it."""
    views = {f"POST {rule.rule}": site.app.view_functions[rule.endpoint] for rule in site.app.url_map.iter_rules()}
    people: dict[str, Clerk] = {}
    for route in (route for route in CLOSED if route.startswith("POST")):
        nobody, door = visitor(site), DOORS[route]
        nobody.sends(address(route, places), token=False)
        assert nobody.status == 401, route
        own = route.startswith("POST /berhalangan")  # what is drawn again there is one's own page
        if door and door.wrong and {"needs", "redraws"} & set(vars(views[route])) and not own:
            wrong = people.setdefault(door.wrong, people.get(door.wrong) or clerk(site, door.wrong))
            wrong.sends(address(route, places), token=False)
            assert wrong.status in (403, 404), f"{route}: {wrong.status}"


def test_the_right_office_passes(site: Site, places: dict[str, str]) -> None:
    people: dict[str, Clerk] = {}
    last = "POST /kasus/<int:case_id>/cabut"  # ends the case: nothing of it waits afterwards
    for route in [*(route for route in CLOSED if route not in ELSEWHERE and route != last), last]:
        door = DOORS[route]
        assert door
        right = people.get(door.right) or clerk(site, door.right)
        people[door.right] = right
        _knock(right, route, places, door)
        assert right.status in (200, 204, 302, 303, 409, 422), f"{route}: {right.status}"


def _knock(who: Clerk, route: str, places: dict[str, str], door: Door) -> None:
    if route.startswith("GET"):
        who.opens(address(route, places))
    else:
        who.sends(address(route, places), **door.answers)
