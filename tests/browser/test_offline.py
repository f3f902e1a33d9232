"""The desk without a connection: only on the device of whoever asked, only to read, and forgotten at the sign-out."""

import served
from browser.house import House
from browser.pages import Staff
from playwright.sync_api import Page, expect

READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
KEPT = """async () => {
  const found = await (await caches.open('meja')).keys();
  return found.map((request) => new URL(request.url).pathname).sort();
}"""
TEXTS = """async () => {
  const desk = await caches.open('meja');
  const texts = await Promise.all((await desk.keys()).map(async (r) => (await desk.match(r)).text()));
  return texts.join('');
}"""


def kept(page: Page) -> list[str]:
    """The addresses this device keeps, the worker's own mark left out."""
    return [path for path in page.evaluate(KEPT) if path != "/.tanda"]


def asks(person: Staff) -> None:
    """Ticks the box on the page of the account; the worker takes over."""
    person.goes("/akun")
    person.page.get_by_label("Perangkat ini milik saya").check()
    person.presses("Nyalakan")
    person.reads("menyala di perangkat ini")
    person.page.wait_for_function(READY)


def settles(page: Page, *paths: str) -> None:
    """Waits until these are kept: the worker writes after the page is shown."""
    page.wait_for_function(
        "paths => caches.open('meja').then((d) => d.keys()).then((k) => {"
        " const had = k.map((r) => new URL(r.url).pathname); return paths.every((p) => had.includes(p)); })",
        arg=list(paths),
    )


def reads_a_task(person: Staff) -> str:
    person.goes("/tugas")
    address = person.page.locator("table a.title").first.get_attribute("href") or ""
    person.goes(address)
    settles(person.page, "/tugas", address)
    return address


def test_the_desk_of_whoever_asked_is_read_offline_and_nothing_on_it_can_be_pressed(house: House) -> None:
    bima = house.stranger(served.PHONE)
    bima.signs_in("bima")
    asks(bima)
    bima.looks("akun-luring")
    task = reads_a_task(bima)
    for path in ("/pemberitahuan", "/bantuan", "/tugas?cari=jalan", "/kasus"):
        bima.goes(path)
    assert kept(bima.page) == sorted(["/tugas", task])
    bima.page.context.set_offline(True)
    bima.goes("/tugas")
    expect(bima.page.get_by_text("Luring: keadaan pada")).to_be_visible()
    bima.looks("luring-meja")
    bima.goes(task)
    expect(bima.page.get_by_text("Luring: keadaan pada")).to_be_visible()
    expect(bima.page.locator(":is(input, select, textarea, button):not([disabled])")).to_have_count(0)
    bima.looks("luring-tugas")
    bima.goes("/agenda")
    bima.reads("Tidak ada sambungan")
    bima.page.context.set_offline(False)
    bima.goes("/tugas")
    expect(bima.page.get_by_text("Luring: keadaan pada")).to_have_count(0)


def test_who_wrote_the_report_is_not_on_the_phone(house: House) -> None:
    bima = house.stranger(served.PHONE)
    bima.signs_in("bima")
    asks(bima)
    task = reads_a_task(bima)
    sender = bima.page.locator(".lembar dd").first.inner_text().split(",")[0]
    assert sender and sender in bima.page.content()
    assert task in kept(bima.page)
    assert sender not in bima.page.evaluate(TEXTS)


def test_signing_out_leaves_nothing(house: House) -> None:
    surya = house.stranger(served.PHONE)
    surya.signs_in("surya")
    asks(surya)
    surya.goes("/tugas")
    settles(surya.page, "/tugas")
    surya.presses("Keluar")
    surya.at("/masuk")
    assert kept(surya.page) == []


def test_signing_out_forgets_even_while_the_office_cannot_be_reached(house: House) -> None:
    wulan = house.stranger(served.PHONE)
    wulan.signs_in("wulan")
    asks(wulan)
    wulan.goes("/tugas")
    settles(wulan.page, "/tugas")
    wulan.page.context.set_offline(True)
    wulan.page.evaluate("document.querySelector('form[action=\"/keluar\"]').submit()")
    expect(wulan.page.locator("form[action='/keluar']")).to_have_count(0)
    wulan.goes("/tugas")
    wulan.reads("Tidak ada sambungan")
    assert kept(wulan.page) == []


def test_another_person_on_the_same_device_never_sees_it(house: House) -> None:
    device = house.stranger(served.PHONE)
    device.signs_in("bima")
    asks(device)
    reads_a_task(device)
    device.page.context.clear_cookies(name="masuk")  # the session is gone without a sign-out
    device.signs_in("wulan")
    device.page.wait_for_function("caches.open('meja').then((d) => d.keys()).then((k) => k.length === 0)")
    device.goes("/akun")
    device.reads("Nyalakan")
    assert kept(device.page) == []


def test_an_ended_session_and_twelve_hours_make_it_forget(house: House) -> None:
    bima = house.stranger(served.PHONE)
    bima.signs_in("bima")
    asks(bima)
    reads_a_task(bima)
    bima.page.evaluate("""async () => {
      const desk = await caches.open('meja');
      for (const request of await desk.keys()) {
        const had = await desk.match(request);
        const headers = new Headers(had.headers);
        headers.set('X-Luring-Pada', String(Date.now() - 12.1 * 3600000));
        await desk.put(request, new Response(await had.text(), { headers }));
      }
    }""")
    bima.page.context.set_offline(True)
    bima.goes("/tugas")
    bima.reads("Tidak ada sambungan")
    assert kept(bima.page) == []
    bima.page.context.set_offline(False)
    reads_a_task(bima)
    bima.page.context.clear_cookies(name="masuk")
    bima.goes("/tugas")
    bima.at("/masuk")
    bima.page.wait_for_function("caches.open('meja').then((d) => d.keys()).then((k) => k.length === 0)")
