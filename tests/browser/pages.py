"""People at their browsers, in sentences: a citizen with a report, an official at the desk."""

import io
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
from browser.eyes import Eyes
from playwright.sync_api import Locator, Page, Route, expect

PASSWORD = "sandi-demo"
WHO = {"nama": "Siti Penguji", "telepon": "0812 3456 7890", "surel": "siti@contoh.id"}
WHAT = {
    "perihal": "Jalan rusak di depan sekolah",
    "kronologi": "Sejak 2 November truk lewat setiap malam dan aspal di depan SD pecah.",
    "waktu": "Sejak 2 November, pukul 22 sampai 3",
    "tempat": "Dusun Krajan, Desa Mojorejo",
}
ANSWER = "Dinas PUPR memperbaiki jalan itu mulai Senin."


@dataclass
class Visitor:
    """Somebody in front of a browser window."""

    page: Page
    url: str
    eyes: Eyes

    def goes(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def looks(self, name: str) -> None:
        self.eyes.look(self.page, name)

    def presses(self, name: str) -> None:
        """A button, or a link that looks like one."""
        button = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name))
        button.first.click()

    def goes_on(self, name: str, pattern: str) -> None:
        """Presses what leads to another page, and is there: nobody looks at a page that is about to go."""
        self.presses(name)
        self.at(pattern)

    def fills(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").fill(text)

    def picks(self, **choices: str | list[str]) -> None:
        """Radio buttons and boxes by their field and value, a select by its value."""
        for name, wanted in choices.items():
            for value in [wanted] if isinstance(wanted, str) else wanted:
                self._pick(name, value)

    def _pick(self, name: str, value: str) -> None:
        select = self.page.locator(f"select[name={name}]")
        if select.count():
            select.select_option(value)
        else:
            self.page.locator(f"input[name={name}][value='{value}']").check()

    def reads(self, *texts: str) -> None:
        """All of this stands on the page."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def at(self, pattern: str) -> None:
        expect(self.page).to_have_url(re.compile(pattern))


class Citizen(Visitor):
    """Reports and follows; knows nothing of the office."""

    def tells_who(self, **who: str) -> None:
        self.goes("/lapor/siapmas")
        self.looks("lapor-siapa")
        self.fills(**(who or WHO))
        self.presses("Lanjut")

    def tells_what(self, **what: str) -> None:
        self.at("/peristiwa")
        self.looks("lapor-peristiwa")
        self.fills(**{**WHAT, **what})
        self.presses("Lanjut")

    def adds(self, *files: Path) -> None:
        self.at("/bukti")
        self.looks("lapor-bukti")
        self.page.locator("input[type=file]").set_input_files(files)
        self.presses("Lanjut ke pemeriksaan")

    def sends(self) -> tuple[str, str]:
        """Number and PIN from the receipt."""
        self.at("/periksa")
        self.looks("lapor-periksa")
        self.presses("Kirim laporan")
        return self.receipt()

    def receipt(self) -> tuple[str, str]:
        self.at("/terkirim")
        self.looks("lapor-terkirim")
        return self.page.locator("#nomor").inner_text(), self.page.locator("#pin").inner_text()

    def reports(self, *files: Path, who: dict[str, str] = WHO, **what: str) -> tuple[str, str]:
        self.tells_who(**who)
        self.tells_what(**what)
        self.adds(*files)
        return self.sends()

    def follows(self, number: str, pin: str) -> None:
        self.goes("/lacak")
        self.looks("lacak")
        self.fills(nomor=number, pin=pin)
        self.presses("Buka laporan")


class Staff(Visitor):
    """Signed in; finds the work on the desk and does it on the page of the task."""

    def signs_in(self, username: str, password: str = PASSWORD) -> None:
        self.goes("/masuk")
        self.looks("masuk")
        self.fills(nama=username, sandi=password)
        self.page.get_by_role("button", name="Masuk", exact=True).click()
        self.at("/tugas")

    def finds(self, number: str, name: str) -> None:
        """From the desk to the one task about this report."""
        self.goes("/tugas")
        self.looks("tugas")
        self.page.locator("[name=cari]").fill(number)
        self.page.get_by_role("search").get_by_role("button", name="Cari").click()
        self.at("cari=")
        self.page.locator("table a.title").first.click()
        expect(self.page.locator("h1")).not_to_have_text("Tugas")
        self.looks(name)

    @property
    def finish(self) -> Locator:
        """The button that does the task."""
        return self.page.locator("#isian .actions .btn-primary")

    def does(self, number: str, name: str, *, texts: dict[str, str] | None = None, **choices: Any) -> None:
        """Finds the task, answers it, and sees that it is done."""
        self.finds(number, name)
        self.picks(**choices)
        self.fills(**(texts or {}))
        self.finish.click()
        self.is_done(f"{name}-selesai")

    def returns(self, reason: str) -> None:
        """Sends the task back with a reason."""
        way_back = self.page.locator("details.way-back")
        way_back.locator("summary").click()
        way_back.locator("textarea").fill(reason)
        way_back.get_by_role("button").click()

    def is_done(self, name: str) -> None:
        self.reads("Sudah Anda kerjakan")
        self.looks(name)

    def appoints(self, office: str, person: str, kind: str, letter: str) -> None:
        """As administrator: a substitute for today and the night after, by letter of order."""
        now = datetime.now(ZoneInfo("Asia/Jakarta"))
        today, tomorrow = now.date().isoformat(), (now + timedelta(days=1)).date().isoformat()
        self.goes("/pengaturan/pengganti")
        self.looks("pengaturan")
        for field, label in (("office", office), ("person", person)):
            choice = self.page.locator(f"select[name={field}] option", has_text=label)
            self.page.locator(f"select[name={field}]").select_option(choice.get_attribute("value"))
        self.picks(kind=kind)
        self.fills(**{"from": today, "until": tomorrow, "letter_date": today, "letter": letter})
        self.page.get_by_role("button", name="Catat pengganti").click()
        self.reads("Pengganti dicatat.", letter)
        self.looks("pengaturan-pengganti")

    def ends(self, person: str) -> None:
        """As administrator: the substitute's time is over."""
        self.goes("/pengaturan/pengganti")
        self.page.get_by_role("button", name=f"Akhiri sekarang {person}").click()
        self.reads("Masa pengganti diakhiri.")

    def opens_case(self, number: str) -> None:
        self.goes("/kasus")
        self.looks("kasus-daftar")
        self.page.locator("[name=cari]").fill(number)
        self.page.get_by_role("search").get_by_role("button", name="Cari").click()
        self.at(r"/kasus/\d+$")  # a whole number leads straight to its case
        self.reads(number)

    def takes(self, name: str, kind: str) -> io.BytesIO:
        """What a link on this page leads to."""
        address = self.page.get_by_role("link", name=name, exact=True).get_attribute("href")
        answer = self.page.context.request.get(f"{self.url}{address}")
        assert answer.ok and answer.headers["content-type"] == kind
        return io.BytesIO(answer.body())

    def prints(self, name: str) -> str:
        """The words of the PDF that a button or link gives, which a browser would show in its own reader."""
        papers: list[bytes] = []

        def keep(route: Route) -> None:
            answer = route.fetch()
            if answer.headers["content-type"].startswith("application/pdf"):
                papers.append(answer.body())
                route.fulfill(status=204)  # one stays where one is
            else:
                route.fulfill(response=answer)

        self.page.context.route("**/*", keep)
        self.presses(name)
        expect(self.page.locator("main")).to_be_visible()
        for _look in range(100):
            if papers:
                break
            self.page.wait_for_timeout(100)  # the answer comes to `keep`, and nothing on the page tells of it
        self.page.context.unroute("**/*", keep)
        assert papers, f"{name} gave no PDF"
        return " ".join(
            " ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(io.BytesIO(papers[0])).pages
        )

    def paper(self, name: str) -> str:
        """The words of a paper of the case on this page."""
        paper = pypdf.PdfReader(self.takes(name, "application/pdf"))
        return "\n".join(page.extract_text() for page in paper.pages)
