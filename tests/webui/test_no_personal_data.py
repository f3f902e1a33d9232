"""Who a citizen is lives in one sealed table: a marked report is walked to its answer, then looked for everywhere."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from citizen import WHAT, Site
from flask import request
from http_office import Browser
from mailserver import listening
from PIL import Image
from visitor import RECEIVED

from db import connect, sql
from engine import jobs, outside, vault
from engine.outside import Post
from webui.doors import public

NAME, PHONE, EMAIL = "Penandanama Rahasiawati", "0857 1234 9876", "penandasurel@contoh.id"
MARKS = ("penandanama", "85712349876", "penandasurel")
NOTE = f"Sudah menelepon {NAME} di {PHONE}, {EMAIL}."
SPACED_DIGITS = re.compile(r"(?<=\d)[ .()-]+(?=\d)")
ARTIST = 0x013B


def marks_in(text: str) -> set[str]:
    """Which marks stand in a text, however a number is spaced."""
    plain = SPACED_DIGITS.sub("", text).lower()
    return {mark for mark in MARKS if mark in plain}


@dataclass
class Wire:
    """Every address that was asked for or sent people on to."""

    addresses: list[str] = field(default_factory=list)

    def listens(self, site: Site) -> None:
        inner = site.app.wsgi_app

        def hear(environ: dict[str, Any], start_response: Any) -> Any:
            self.addresses.append(f"{environ['PATH_INFO']}?{environ.get('QUERY_STRING', '')}")

            def answer(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
                self.addresses.extend(value for name, value in headers if name == "Location")
                return start_response(status, headers, *more)

            return inner(environ, answer)

        site.app.wsgi_app = hear  # type: ignore[method-assign]  # how Flask wraps


class MailServer:
    """Refuses the addressee once and the letter once, quoting them, as real ones do; then takes it."""

    def __init__(self) -> None:
        self.refusals, self.letters = ["rcpt", "data"], []  # type: list[str], list[str]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refusals[:1] == ["rcpt"]:
            self.refusals.pop(0)
            return f"450 {address} is busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refusals[:1] == ["data"]:
            self.refusals.pop(0)
            return f"451 no room for {envelope.rcpt_tos[0]}"
        assert isinstance(envelope.content, bytes)
        self.letters.append(envelope.content.decode())
        return "250 OK"


@pytest.fixture
def mail_server() -> Iterator[tuple[MailServer, Post]]:
    handler = MailServer()
    with listening(handler) as address:
        yield handler, Post(f"smtp://{address}", "siapmas@contoh.id", "https://contoh.id")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """Standard error and every library's log in one file, as the server of an installation writes them."""
    path = tmp_path / "serve.log"
    with path.open("a") as written, redirect_stderr(written):
        handler = logging.StreamHandler(written)
        logging.getLogger().addHandler(handler)
        yield path
        logging.getLogger().removeHandler(handler)


def marked_photo() -> bytes:
    kept, exif = io.BytesIO(), Image.Exif()
    exif[ARTIST] = f"{NAME} {EMAIL}"
    Image.new("RGB", (64, 48), "green").save(kept, "JPEG", exif=exif)
    assert marks_in(kept.getvalue().decode("latin-1"))
    return kept.getvalue()


def test_a_marked_citizen_is_found_in_the_sealed_table_and_nowhere_else(
    log: Path, any_site: Site, tmp_path: Path, mail_server: tuple[MailServer, Post]
) -> None:
    wire, (handler, post) = Wire(), mail_server
    site = any_site
    wire.listens(site)
    case = _walk(site, handler, post)
    with site.asked() as office:
        assert office.state(case) == "selesai"
        assert _found_in_reporters() == set(MARKS), "the search must find what is there"
        assert _found_in_tables() == []
        _unsealed_texts_hold_marks()
    assert marks_in(" ".join(wire.addresses)) == set()
    logging.getLogger().handlers[-1].flush()
    told = log.read_text()
    assert '"event": "request"' in told and '"event": "broken"' in told
    assert marks_in(told) == set(), [line for line in told.splitlines() if marks_in(line)]
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path != log]
    assert [path for path in files if marks_in(path.read_bytes().decode("latin-1"))] == []
    print(f"\n{len(wire.addresses)} addresses, {len(told)} characters of log, {len(files)} files searched")
    connect.dispose()


# -- the walk ----------------------------------------------------------------------------------------------------------


def _walk(site: Site, handler: MailServer, post: Post) -> int:
    """From the report over a question to the answers, with everything that may go wrong on the way."""
    _breaks(site)
    number, pin, case = _reports(site)
    people = {name: Browser("", site.office, name, site.app) for name in ("sekar", "wulan", "hadi", "surya", "bima")}
    people["yoga"] = Browser("", site.office, "yoga", site.app)
    desk = Desk(site, case, people)
    desk.does("sekar", "terima", **(RECEIVED | {"hasil_verifikasi": "tidak_lengkap", "yang_kurang": NOTE}))
    _posts(site, post, times=3)
    assert not handler.refusals and len(handler.letters) == 1
    _completes(site, number, pin)
    desk.does("sekar", "terima", **RECEIVED)
    desk.is_stopped_by_an_incident("wulan", "teliti_kasubag", keputusan_kasubag="teruskan", catatan=NOTE)
    desk.does("wulan", "teliti_kasubag", keputusan_kasubag="teruskan", catatan=NOTE)
    desk.does("hadi", "teliti_kabag", keputusan_kabag="teruskan", catatan=NOTE)
    desk.does("surya", "disposisikan_sekwan", keputusan_sekwan="teruskan", instruksi_sekwan="koordinasikan")
    disposed = {"akd": "komisi_3", "instruksi_ketua": "ditindaklanjuti", "catatan": NOTE}
    desk.does("bima", "disposisikan_ketua", keputusan_ketua="disposisikan", **disposed)
    desk.does("surya", "cermati_disposisi", keputusan_cermati="lanjut")
    desk.does("sekar", "catat_distribusikan", dicatat="y")
    desk.does("yoga", "tindak_lanjuti", keputusan_akd="selesai", bentuk="rdp", laporan=NOTE)
    desk.does("sekar", "susun_balasan", isi_balasan=f"Yth. {NAME}, sudah selesai.", saluran_balasan="whatsapp")
    desk.does("surya", "setujui_balasan", keputusan_balasan="setuju")
    desk.does("sekar", "sampaikan_balasan", sudah_dikirim="y", catatan=NOTE)
    _posts(site, post, times=1)
    return case


@dataclass
class Desk:
    """The office at its screens, with a look at every page on the way."""

    site: Site
    case: int
    people: dict[str, Browser]

    def does(self, who: str, element: str, **answers: Any) -> None:
        task, browser = self._opened(who, element), self.people[who]
        browser.posts(f"/tugas/{task}/draf", answers)
        browser.complete(task, answers)
        browser.opens(f"/kasus/{self.case}")

    def is_stopped_by_an_incident(self, who: str, element: str, **answers: Any) -> None:
        """The unit the diagram asks for is gone: what was typed is kept for the retry."""
        task = self._opened(who, element)
        with self.site.asked():
            sql.execute("UPDATE office SET role = 'bubar', code = code || '_x' WHERE role = 'kabag'")
        assert self.people[who].posts(f"/tugas/{task}", answers).status_code == 500
        with self.site.asked():
            sql.execute("UPDATE office SET role = 'kabag', code = REPLACE(code, '_x', '') WHERE role = 'bubar'")
            assert sql.value("SELECT COUNT(*) FROM incident") == 1

    def _opened(self, who: str, element: str) -> int:
        with self.site.asked() as office:
            task = office.after(minutes=2).task(self.case, element)
        self.people[who].opens(f"/tugas/{task}")
        return task


def _breaks(site: Site) -> None:
    """A page with a mistake in it, whose error quotes what was typed."""

    @site.app.post("/uji-rusak")
    @public
    def broken() -> str:
        raise ValueError(f"cannot take {request.form['nama']}")


def _reports(site: Site) -> tuple[str, str, int]:
    citizen = site.citizen()
    who = {"nama": NAME, "telepon": PHONE, "surel": EMAIL}
    what = WHAT | {"kronologi": f"Saya {NAME}, {PHONE}, {EMAIL}: jalan di depan rumah saya rusak."}
    citizen.opens("/lapor/siapmas").sends("/lapor/siapmas/simpan/siapa", **who)
    assert citizen.opens("/lapor/siapmas").sends("/uji-rusak", **who).status == 500
    citizen.opens("/lapor/siapmas")
    assert citizen.sends("/lapor/siapmas/siapa", **{**who, "surel": f"{EMAIL}@salah"}).status == 422
    citizen.writes(who, what).uploads("/lapor/siapmas/bukti", [("jalan.jpg", marked_photo())])
    citizen.sends("/lapor/siapmas/kirim")
    number, pin = citizen.shown("nomor"), citizen.shown("pin")
    site.citizen().follows(number, "000000" if pin != "000000" else "111111")
    _leaves_half_a_form(site, who, what)
    with site.asked():
        return number, pin, int(sql.value("SELECT MAX(id) FROM case_file"))


def _leaves_half_a_form(site: Site, who: dict[str, str], what: dict[str, str]) -> None:
    """Someone who never sends: the draft stays for a week."""
    site.citizen().writes(who, what)
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM draft") == 1


def _completes(site: Site, number: str, pin: str) -> None:
    citizen = site.citizen().follows(number, pin)
    address = re.findall(r'href="(/lacak/lengkapi/\d+)"', citizen.page)[0]
    citizen.opens(address).uploads(address, [("rumah.jpg", marked_photo())], keterangan=NOTE)
    assert citizen.address == "/lacak", citizen.text


def _posts(site: Site, post: Post, *, times: int) -> None:
    for _ in range(times):
        with site.asked() as office:
            jobs.run_due(office.after(minutes=5).now, outside.handlers(post))


# -- the search --------------------------------------------------------------------------------------------------------


def _found_in_tables() -> list[str]:
    """Table, column and marks of every value of every table that holds one, blobs and states included."""
    found = []
    for table in connect.database.get_tables():
        columns = [column.name for column in connect.database.get_columns(table)]
        for row in sql.rows(f'SELECT {", ".join(columns)} FROM "{table}"'):
            for column, value in zip(columns, row, strict=True):
                if marks := marks_in(_as_text(value)):
                    found.append(f"{table}.{column}: {sorted(marks)}")
    return found


def _as_text(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def _found_in_reporters() -> set[str]:
    rows = sql.rows("SELECT id, sealed FROM reporter")
    return marks_in(" ".join(str(vault.unseal(sealed, f"reporter:{reporter}")) for reporter, sealed in rows))


def _unsealed_texts_hold_marks() -> None:
    """The marks went through every room that keeps texts: each of them is sealed, not empty."""
    rows = {
        "narrative": sql.rows("SELECT sealed, 'narrative:' || case_file_id FROM narrative"),
        "submission": sql.rows("SELECT sealed, 'submission:' || task_id FROM submission"),
        "draft": sql.rows("SELECT sealed, 'draft:' || name FROM draft"),
        "incident": sql.rows("SELECT sealed_input, 'incident:' || case_file_id FROM incident"),
    }
    for table, sealed in rows.items():
        assert marks_in(" ".join(str(vault.unseal(text, place)) for text, place in sealed)) == set(MARKS), table
