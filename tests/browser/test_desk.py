"""The desk lives: arrivals show themselves, and a countdown runs in office time only."""

from browser.conftest import House
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
    counted = sekar.page.locator(".task-due .countdown")
    due, now, opens = counted.evaluate(
        "e => [Number(e.dataset.due), Number(e.dataset.now), Number(e.dataset.windows.split('-')[0])]"
    )
    if opens > now:
        expect(counted).to_have_text("sisa 10 menit, berhenti di luar jam kerja")
    sekar.page.clock.pause_at((due - 5.5 * MINUTE) / 1000)
    expect(counted).to_have_text("sisa 5 menit")
    sekar.page.clock.fast_forward(5 * MINUTE)
    expect(counted).to_have_text("sisa kurang dari 1 menit")
    sekar.page.clock.fast_forward(2 * MINUTE)
    expect(counted).to_have_text("lewat 1 menit")
    expect(counted).to_have_class("countdown is-late")
