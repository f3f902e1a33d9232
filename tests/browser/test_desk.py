"""The desk lives: arrivals show themselves, and a countdown runs in office time only."""

from browser.house import House
from playwright.sync_api import expect

MINUTE = 60_000


def test_a_new_report_shows_itself_on_an_open_desk(house: House) -> None:
    sekar = house.staff("sekar")
    sekar.page.clock.install()
    sekar.goes("/tugas")
    before = sekar.page.locator("table tbody tr").count()
    number, _pin = house.citizen().reports(perihal="Baru datang")
    sekar.page.clock.fast_forward(21_000)
    expect(sekar.page.locator("#baru")).to_contain_text("Ada satu tugas baru.")
    sekar.looks("tugas-baru-datang")
    sekar.presses("Tampilkan")
    expect(sekar.page.locator("table tbody tr")).to_have_count(before + 1)
    expect(sekar.page.locator("table")).to_contain_text(number)


def test_the_countdown_stands_still_outside_office_hours_and_runs_into_lateness_inside(house: House) -> None:
    number, _pin = house.citizen().reports(perihal="Hitung mundur")
    sekar = house.staff("sekar")
    sekar.page.clock.install()
    sekar.finds(number, "terima")
    expect(sekar.page.get_by_role("link", name="Tulis atau sebut rekan")).to_be_visible()  # nothing is under way still
    counted = sekar.page.locator(".task-due .countdown")
    due, now = (int(counted.get_attribute(name) or 0) for name in ("data-due", "data-now"))
    windows = [pair.split("-") for pair in (counted.get_attribute("data-windows") or "").split()]
    if int(windows[0][0]) > now:
        expect(counted).to_have_text("sisa 10 menit, berhenti di luar jam kerja")
    before = min(5, (due - int(windows[-1][0])) // MINUTE)  # a limit may end just after a break
    sekar.page.clock.pause_at((due - before * MINUTE - MINUTE / 2) / 1000)
    expect(counted).to_contain_text(f"sisa {before} menit" if before else "sisa kurang dari 1 menit")
    sekar.page.clock.fast_forward(before * MINUTE)
    expect(counted).to_contain_text("sisa kurang dari 1 menit")
    sekar.page.clock.fast_forward(2 * MINUTE)
    expect(counted).to_have_text("lewat 1 menit")
    expect(counted).to_have_class("countdown is-late")
