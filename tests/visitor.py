"""People at a running server: one request after the other over a real connection, cookies kept, forms sent as shown."""

import http.client
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
WAITING = re.compile(r'<a class="title" href="/tugas/(\d+)"')
NUMBER = re.compile(r'id="nomor">([^<]+)<')
PERIHAL = re.compile(r'<input[^>]* name="perihal"[^>]* value="([^"]*)"')
WHO = {"nama": "Siti Penguji", "telepon": "0812 3456 7890", "surel": "siti@contoh.id"}
WHAT = {
    "kronologi": "Sejak 2 November truk lewat setiap malam dan aspalnya pecah.",
    "waktu": "Sejak 2 November",
    "tempat": "Dusun Krajan, Desa Mojorejo",
}
RECEIVED = {
    "hasil_verifikasi": "lengkap",
    "jenis": "pengaduan",
    "bidang": "infrastruktur",
    "perihal": "Jalan rusak",
    "urgensi": "biasa",
    "kerahasiaan": "biasa",
}
IRRELEVANT = {**RECEIVED, "hasil_verifikasi": "tidak_relevan", "alasan": "Bukan urusan DPRD."}
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "hasil_verifikasi": RECEIVED,
    "keputusan_konfirmasi": {"keputusan_konfirmasi": "setuju"},
    "keputusan_kasubag": {"keputusan_kasubag": "teruskan", "catatan": "Lengkap."},
    "keputusan_kabag": {"keputusan_kabag": "teruskan", "catatan": "Lengkap."},
    "keputusan_sekwan": {"keputusan_sekwan": "teruskan", "instruksi_sekwan": ["koordinasikan"]},
    "keputusan_ketua": {
        "keputusan_ketua": "disposisikan",
        "akd": ["komisi_3", "komisi_1"],
        "instruksi_ketua": ["ditindaklanjuti"],
    },
    "keputusan_cermati": {"keputusan_cermati": "lanjut"},
    "dicatat": {"dicatat": "y"},
    "keputusan_akd": {"keputusan_akd": "selesai", "bentuk": "rdp", "laporan": "Rapat sudah diadakan."},
    "isi_balasan": {"isi_balasan": "Jalan sudah diperbaiki.", "saluran_balasan": "email"},
    "keputusan_balasan": {"keputusan_balasan": "setuju"},
    "sudah_dikirim": {"sudah_dikirim": "y"},
}
"""What is filled in, by a field that only the one form has (a decision made by buttons stands in a hidden one)."""


class Gone(Exception):
    """No whole answer came: nobody knows whether it was done."""


@dataclass(frozen=True)
class Page:
    status: int
    location: str
    html: str

    @property
    def token(self) -> str:
        found = TOKEN.search(self.html)
        assert found, f"{self.status}: this page has no form:\n{self.html[:400]}"
        return found[1]

    @property
    def text(self) -> str:
        body = re.sub(r"(?s)<(script|style).*?</\1>", " ", self.html)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@dataclass
class Visitor:
    """One browser; `where` is asked for the address at every request, as a server may come back elsewhere."""

    where: Callable[[], str]
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, address: str) -> Page:
        return self._ask("GET", address, None)

    def post(self, address: str, fields: Mapping[str, Any]) -> Page:
        return self._ask("POST", address, urlencode(fields, doseq=True).encode())

    def _ask(self, method: str, address: str, body: bytes | None) -> Page:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection(urlsplit(self.where()).netloc, timeout=30)
        try:
            line.request(method, address, body, headers)
            answer = line.getresponse()
            html = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as broken:
            raise Gone(address) from broken
        finally:
            line.close()
        for morsel in SimpleCookie("; ".join(answer.headers.get_all("Set-Cookie") or ())).values():
            self.cookies[morsel.key] = morsel.value
        return Page(answer.status, answer.headers.get("Location", ""), html)


class Staff(Visitor):
    """Someone of the office at their desk."""

    def signs_in(self, username: str, password: str) -> "Staff":
        token = self.get("/masuk").token
        entered = self.post("/masuk", {"csrf_token": token, "nama": username, "sandi": password})
        assert entered.status == 302, entered.text
        return self

    def desk(self) -> list[int]:
        """What waits, newest last."""
        return [int(number) for number in WAITING.findall(self.get("/tugas?urut=masuk").html)]

    def does(self, task: int, known: Mapping[str, Mapping[str, Any]] = ANSWERS) -> Page:
        """Opens a task, fills in what its form asks, sends it; the page itself for a form not known."""
        page = self.get(f"/tugas/{task}")
        answers = next((given for name, given in known.items() if f'="{name}"' in page.html), {})
        if not answers:
            return page
        kept = {"perihal": unescape(found[1])} if (found := PERIHAL.search(page.html)) else {}
        return self.post(f"/tugas/{task}", {"csrf_token": page.token, **answers, **kept})

    def done(self, task: int, answer: Page) -> bool:
        """Whether the office said that it is done."""
        return answer.status == 302 and answer.location.endswith(f"/tugas/{task}")


class Reporter(Visitor):
    """A citizen who reports, and comes back for the receipt if the line broke."""

    def writes(self, subject: str) -> None:
        """The two steps with questions."""
        first = self.get("/lapor/siapmas")
        self._goes_on(self.post("/lapor/siapmas/siapa", {"csrf_token": first.token, **WHO}))
        self._goes_on(self.post("/lapor/siapmas/peristiwa", {"csrf_token": first.token, "perihal": subject, **WHAT}))

    def _goes_on(self, answer: Page) -> None:
        assert answer.status == 303, f"{answer.status}: {answer.text[:300]}"

    def sends(self) -> str:
        """Sends what was written, unless it was; gives the number on the receipt."""
        page = self.get("/lapor/siapmas/periksa")
        if page.status == 200:
            self.post("/lapor/siapmas/kirim", {"csrf_token": page.token})
        receipt = self.get("/lapor/siapmas/terkirim")
        found = NUMBER.search(receipt.html)
        assert found, f"{receipt.status} {receipt.location}: {receipt.text[:300]}"
        return unescape(found[1])
