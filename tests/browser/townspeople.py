"""People of the city at their browsers: who complains, the telephone that brings an SMS, the Redaktur with a photo."""

import time
from dataclasses import dataclass
from pathlib import Path

from browser.pages import Staff, Visitor
from playwright.sync_api import expect

from engine.demo import people as demo_people

NIK, MOTHER = demo_people.nik(230), demo_people.mother(230)
ABOUT = {"jenis_aduan": "keluhan", "subyek": "kebersihan"}
WHAT = {
    "perihal": "Sampah menumpuk di Wates",
    "uraian": "Sampah di ujung gang menumpuk seminggu dan baunya sampai ke rumah.",
    "waktu": "Sejak Senin lalu",
}
WHERE = "Gang 3, ujung timur, di samping pos ronda"
WHO = {"nik": NIK, "nama_ibu": MOTHER, "telepon": "0812 7777 1234", "surel": "warga.wates@contoh.id"}


class Complainant(Visitor):
    """Complains to the city and follows; knows nothing of the offices."""

    def tells_what(self, **what: str) -> None:
        self.goes("/lapor/pengaduan")
        self.looks("adu-perihal")
        self.picks(**ABOUT)
        if part := what.pop("bagian_subyek", ""):
            self.picks(bagian_subyek=part)
            if self.page.locator("html.js").count():  # with scripts the parts of other subjects are gone
                expect(self.page.locator("#bagian_subyek option[data-of=kesehatan]")).to_have_count(0)
        self.fills(**{**WHAT, **what})
        self.presses("Lanjut")

    def tells_where(self) -> None:
        self.at("/tempat")
        self.looks("adu-tempat")
        self.picks(wilayah="wates")
        self.fills(lokasi=WHERE, titik="-7,4722 112,4336")
        self.presses("Lanjut")

    def tells_who(self, **who: str) -> None:
        self.at("/siapa")
        self.looks("adu-siapa")
        self.fills(**{**WHO, **who})
        self.presses("Lanjut")

    def adds(self, *files: Path) -> None:
        self.at("/bukti")
        self.looks("adu-bukti")
        self.page.locator("input[type=file]").set_input_files(files)
        self.presses("Lanjut ke pemeriksaan")

    def sends(self) -> tuple[str, str]:
        """Number and PIN from the receipt."""
        self.at("/periksa")
        self.looks("adu-periksa")
        self.presses("Kirim laporan")
        self.at("/terkirim")
        self.looks("adu-terkirim")
        return self.page.locator("#nomor").inner_text(), self.page.locator("#pin").inner_text()

    def complains(self, *files: Path, **what: str) -> tuple[str, str]:
        self.tells_what(bagian_subyek="sampah", **what)
        self.tells_where()
        self.tells_who()
        self.adds(*files)
        return self.sends()

    def follows(self, number: str, pin: str) -> None:
        self.goes("/lacak")
        self.fills(nomor=number, pin=pin)
        self.presses("Buka laporan")
        self.reads(number)

    def finds_published(self, title: str) -> None:
        """Through the search of everything that is on the site."""
        self.goes("/aduan")
        self.page.locator("[name=cari]").fill(title)
        self.page.get_by_role("search").get_by_role("button").first.click()
        self.at("cari=")
        self.looks("aduan-cari")
        self.page.locator("main").get_by_role("link", name=title).first.click()
        expect(self.page.locator("h1")).to_have_text(title)


@dataclass(frozen=True)
class Spool:
    """The folders of a gammu-smsd: what it would have brought, and what it should send."""

    home: Path

    @classmethod
    def laid_out(cls, home: Path) -> "Spool":
        for name in ("inbox", "outbox", "sent", "error"):
            (home / name).mkdir(parents=True)
        return cls(home)

    @property
    def url(self) -> str:
        return f"gammu-files://{self.home}"

    def brings(self, text: str, sender: str) -> None:
        """One SMS, as the daemon writes it down."""
        stamp = time.strftime("%Y%m%d_%H%M%S")
        (self.home / "inbox" / f"IN{stamp}_00_{sender}_00.txt").write_bytes(b"\xfe\xff" + text.encode("utf-16-be"))

    def answer(self, *words: str, patience: float = 60.0) -> str:
        """The SMS waiting to be sent that says all of this; it is gone then, as the daemon moves it."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            for path in sorted((self.home / "outbox").glob("OUT*")):
                if all(word in (said := _said(path)) for word in words):
                    path.rename(self.home / "sent" / path.name)
                    return said
            time.sleep(0.1)  # the worker has a clock of its own
        raise AssertionError(f"no SMS about {words}")


def _said(path: Path) -> str:
    body = path.read_bytes()
    return body.decode("utf-16") if body[:2] == b"\xfe\xff" else body.decode()


def paints(redaktur: Staff, box: tuple[float, float, float, float]) -> None:
    """Draws a box over the photo with the pointer; its sides in parts of the photo."""
    board = redaktur.page.locator("[data-boxes]")
    board.scroll_into_view_if_needed()
    frame = board.bounding_box()
    assert frame
    left, top, right, bottom = box
    redaktur.page.mouse.move(frame["x"] + left * frame["width"], frame["y"] + top * frame["height"])
    redaktur.page.mouse.down()
    redaktur.page.mouse.move(frame["x"] + right * frame["width"], frame["y"] + bottom * frame["height"], steps=3)
    redaktur.page.mouse.up()
