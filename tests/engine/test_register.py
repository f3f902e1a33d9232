"""The population register: imported as keyed hashes, asked as a case begins, or elsewhere and later."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from typing import Any, ClassVar

import pytest
from kota import Kota

from db import sql
from engine import journal, verbs
from engine.commands import population
from engine.commands.start import Report, Reporter
from engine.errors import SlowDown
from engine.identities import identity, register
from engine.imports.limits import Unreadable

DAY = 86_400_000
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # where the kind of database is no matter
SRI, BUDI = "3576014508900001", "3576020112850002"
LIST = f"nik,nama_ibu\n{SRI},Hj. Siti Aminah\n{BUDI},Nur'aini\n"


def imports(kota: Kota, content: str | bytes) -> population.Tally:
    body = content.encode() if isinstance(content, str) else content
    return population.import_register(lambda: BytesIO(body), kota.organisation, clock=lambda: kota.now)


def reports(kota: Kota, nik: str, mother: str, key: str = "a") -> int:
    return verbs.start(
        "pengaduan",
        organisation="kota_mojokerto",
        reporter=Reporter(nik=nik, mother=mother, phone="081234567890"),
        report=Report("Lampu mati.", where="Jl. Majapahit", subject="Lampu mati"),
        send_key=key,
        now=kota.now,
    ).case_id


def known(case: int) -> str:
    text = "SELECT r.registry FROM reporter r JOIN case_file c ON c.reporter_id = r.id WHERE c.id = ?"
    return str(sql.value(text, (case,)))


@pytest.fixture
def elsewhere() -> Iterator["Elsewhere"]:
    found = Elsewhere()
    yield found
    found.close()


class Elsewhere:
    """The register of another office: a real server."""

    def __init__(self) -> None:
        self.status, self.body = 200, b'{"terdaftar": true}'
        self.asked: list[Any] = []

        class Answering(BaseHTTPRequestHandler):
            office: ClassVar[Elsewhere] = self

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                self.office.asked.append((json.loads(self.rfile.read(length)), self.headers["Authorization"]))
                self.send_response(self.office.status)
                self.send_header("Location", "http://127.0.0.1:9/")
                self.end_headers()
                self.wfile.write(self.office.body)

            def log_message(self, *_: Any) -> None:
                """Nothing is said of who was asked for."""

        self.server = HTTPServer(("127.0.0.1", 0), Answering)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        register.use(f"http://rahasia@127.0.0.1:{self.server.server_port}/periksa")

    def close(self) -> None:
        register.use(None)
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def test_an_imported_register_says_who_stands_in_it_and_keeps_nobody(database: str) -> None:
    kota = Kota()
    tally = imports(kota, LIST + f"{SRI},Siti Aminah\n{SRI},Nama Lain\n{SRI},Aminah\n\n")
    assert (tally.read, tally.people, tally.duplicates, tally.flawed) == (5, 2, 3, 0)
    assert known(reports(kota, SRI, "SITI  AMINAH", "a")) == "terdaftar", "of one NIK the first row counts"
    assert known(reports(kota, BUDI, "nuraini", "b")) == "terdaftar"
    assert known(reports(kota, SRI, "Sumiati", "c")) == "tidak-cocok"
    assert known(reports(kota, "3576010101010003", "Siti Aminah", "d")) == "tidak-cocok"
    for person, pair in sql.rows("SELECT nik, pair FROM register_entry"):
        assert len(bytes(person)) == len(bytes(pair)) == 16
    smaller = imports(kota, f"nik;nama_ibu\n{BUDI};Nuraini\n")
    assert (smaller.people, smaller.before) == (1, 2)
    assert sql.value("SELECT COUNT(*) FROM register_entry") == 1
    assert known(reports(kota, SRI, "Siti Aminah", "e")) == "tidak-cocok"
    assert not list(journal.verify())


def test_who_could_not_be_asked_for_is_asked_for_when_a_register_comes(database: str) -> None:
    kota = Kota()
    case = reports(kota, SRI, "Siti Aminah")
    assert known(case) == "belum-diperiksa"
    kota.works_off_jobs()
    assert known(case) == "belum-diperiksa"
    kota.now += DAY
    imports(kota, LIST)
    kota.works_off_jobs()
    assert known(case) == "terdaftar"
    told = sql.rows("SELECT facts FROM journal WHERE case_file = ? AND kind = 'identity' ORDER BY seq", (case,))
    assert [json.loads(row[0])["registry"] for row in told] == ["belum-diperiksa", "terdaftar"]


@ON_ONE
def test_the_register_of_another_office_is_asked_after_the_case_has_begun(database: str, elsewhere: Elsewhere) -> None:
    kota = Kota()
    case = reports(kota, SRI, "Siti Aminah")
    assert known(case) == "belum-diperiksa" and not elsewhere.asked
    for elsewhere.status, elsewhere.body in ((503, b""), (302, b""), (200, b"<html>"), (200, b'{"terdaftar": "ya"}')):
        kota.works_off_jobs()
        assert known(case) == "belum-diperiksa"
        kota.now += DAY
    elsewhere.status, elsewhere.body = 200, b'{"terdaftar": false}'
    kota.works_off_jobs()
    assert known(case) == "tidak-cocok"
    assert elsewhere.asked[-1] == ({"nik": SRI, "nama_ibu": "Siti Aminah"}, "Bearer rahasia")
    count = len(elsewhere.asked)
    kota.now += DAY
    kota.works_off_jobs()
    assert len(elsewhere.asked) == count
    for key in "bcd":  # what is known to be wrong only later slows the next one too
        reports(kota, SRI, "Sumiati", key)
        kota.works_off_jobs()
    with pytest.raises(SlowDown), identity.slowed(SRI, "1.2.3.4", now=kota.now):
        pass


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("no;ibu_kota\n1;2\n", "dua kolom berjudul nik dan nama_ibu"),
        (f"{SRI};Siti\n", "(angka), Siti"),
        ("nik;nama_ibu\n", "tidak berisi seorang pun"),
        ("nik;nama_ibu\n3,57601E+15;Siti\n123;Sri\n", "yang keliru 2 baris"),
        ("nik;nama_ibu\n3,57601E+15;Siti\n", "Baris 2: NIK berisi selain angka; simpanlah kolomnya sebagai teks"),
        ("", "dua kolom"),
    ],
)
@ON_ONE
def test_a_file_that_is_no_register_leaves_the_one_in_force(database: str, content: str, words: str) -> None:
    kota = Kota()
    imports(kota, LIST)
    with pytest.raises(Unreadable) as refused:
        imports(kota, content)
    assert words in refused.value.sentence
    assert known(reports(kota, SRI, "Siti Aminah")) == "terdaftar"
    assert sql.value("SELECT COUNT(*) FROM register_entry") == 2


@ON_ONE
def test_latin_1_a_byte_order_mark_and_flawed_rows_are_told_by_their_number(database: str) -> None:
    kota = Kota()
    tally = imports(
        kota,
        f"NIK\tNama Ibu\n{SRI}\tRené\n{BUDI}\tSri\n12\tSri\n3576010101010001\tIda\n3576010101010003\t \n".encode(
            "latin-1"
        ),
    )
    assert [row for row, _ in tally.flaws] == [4, 6]
    assert "12" not in tally.flaws[1][1] and tally.people == 3
    assert known(reports(kota, SRI, "rene")) == "terdaftar"
    assert imports(kota, b"\xef\xbb\xbf" + LIST.encode()).people == 2
    swallowed = imports(kota, LIST.encode() + b'\n3576010101010001,"Ida\n3576010101010003,Ani\n')
    assert (swallowed.people, swallowed.flawed) == (2, 1), "a quotation mark never closed is no name"


@pytest.mark.parametrize(
    ("said", "kept"),
    [("Hj. SITI AMINAH", "sitiaminah"), ("Nur’aini, S.Pd.", "nuraini"), ("R.A. Kartini", "kartini"), ("Hj.", "hj")],
)
def test_names_are_compared_without_what_papers_write_differently(said: str, kept: str) -> None:
    assert register.plain(said) == kept
