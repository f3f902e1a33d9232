"""No mouse: everything an official does daily is reached with Tab, and one sees where one is."""

import served
from browser.house import House
from browser.pages import PASSWORD, Staff
from playwright.sync_api import expect

MOST = 60
HERE = "s => document.activeElement.matches(s)"
SHOWN = """() => { const here = document.activeElement, style = getComputedStyle(here);
  const ring = style.outlineStyle !== 'none' && style.outlineWidth !== '0px';
  return here === document.body || ring || style.boxShadow !== 'none'; }"""


def tabs_to(staff: Staff, selector: str) -> None:
    """Tab by Tab until this has the focus; at every stop one sees where one is."""
    keyboard = staff.page.keyboard
    for _press in range(MOST):
        if staff.page.evaluate(HERE, selector):
            return
        keyboard.press("Tab")
        where = staff.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert staff.page.evaluate(SHOWN), f"focus is not seen on {where}"
    raise AssertionError(f"{selector} is not reached with {MOST} presses of Tab")


def test_signing_in_and_registering_a_report_needs_no_mouse(house: House) -> None:
    citizen = house.citizen()
    number, _pin = citizen.reports(perihal="Tanpa tetikus")
    sekar = house.stranger(served.DESK)
    keyboard = sekar.page.keyboard
    sekar.goes("/masuk")
    tabs_to(sekar, "#nama")
    keyboard.type("sekar")
    tabs_to(sekar, "#sandi")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    sekar.at("/tugas")

    tabs_to(sekar, ".skip")
    keyboard.press("Enter")
    tabs_to(sekar, "[name=cari]")
    keyboard.type(number)
    keyboard.press("Enter")
    sekar.at("cari=")
    tabs_to(sekar, "table a.title")
    keyboard.press("Enter")
    expect(sekar.page.locator("h1")).to_contain_text("Menerima")

    tabs_to(sekar, ".task-more summary")
    keyboard.press("Enter")
    expect(sekar.page.locator(".task-more details").first).to_have_attribute("open", "")
    tabs_to(sekar, "[name=hasil_verifikasi]")
    keyboard.press("Space")
    expect(sekar.page.locator("[name=hasil_verifikasi][value=lengkap]")).to_be_checked()
    for name, letter in (("jenis", "p"), ("bidang", "j")):
        tabs_to(sekar, f"[name={name}]")
        keyboard.press(letter)
        expect(sekar.page.locator(f"[name={name}]")).not_to_have_value("")
    tabs_to(sekar, "[name=catatan]")
    keyboard.type("Ditulis tanpa tetikus.")
    tabs_to(sekar, "#isian .actions .btn-primary")
    keyboard.press("Enter")
    sekar.is_done("terima-selesai")
    sekar.reads("Ditulis tanpa tetikus.")
