"""Proofs: streamed into quarantine, kept or refused one by one, by name; nothing that was good is lost."""

import io
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from citizen import Citizen, Site, photo
from PIL import Image

from db import sql
from engine.files import MB
from webui import uploads

BUKTI = "/lapor/siapmas/bukti"
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"


@pytest.fixture
def writer(citizen: Citizen) -> Citizen:
    return citizen.writes()


def kept(site: Site) -> list[str]:
    with site.asked():
        return [row[0] for row in sql.rows("SELECT name FROM attachment ORDER BY id")]


def quarantined(site: Site) -> list[Path]:
    with site.app.app_context():
        return list(uploads.store().quarantine.iterdir())


def test_a_photo_is_drawn_anew_and_listed(site: Site, writer: Citizen) -> None:
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "rahasia lokasi rumah"
    Image.new("RGB", (40, 30)).save(picture, "JPEG", exif=exif)
    writer.uploads(BUKTI, [("jalan rusak.jpg", picture.getvalue())], unggah="ya")
    assert (writer.status, writer.address) == (200, BUKTI)
    assert "jalan rusak.jpg" in writer.text
    with site.app.app_context(), site.asked():
        path = uploads.store().path_of(sql.value("SELECT content_hash FROM attachment"))
    assert b"rahasia" not in path.read_bytes()
    assert quarantined(site) == []


def test_each_bad_file_is_refused_by_name_and_the_good_ones_stay(site: Site, writer: Citizen) -> None:
    bad = [("foto.jpg", b"MZ" + bytes(3000)), ("kosong.pdf", b""), ("catatan.txt", b"halo"), ("a.svg", b"<svg/>")]
    writer.uploads(BUKTI, [("baik.jpg", photo()), *bad, ("baik dua.jpg", photo(colour="red"))])
    assert writer.status == 422
    assert "4 berkas tidak diterima" in writer.text
    for name, _body in bad:
        assert f"“{name}”" in writer.text
    assert "“foto.jpg” adalah program" in writer.text
    assert kept(site) == ["baik.jpg", "baik dua.jpg"]
    assert quarantined(site) == []


def test_a_picture_bomb_is_refused(site: Site, writer: Citizen) -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    head = (30_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(90_000))) + chunk(b"IEND", b"")
    )
    writer.uploads(BUKTI, [("bom.png", bomb)])
    assert writer.status == 422
    assert "“bom.png”" in writer.text
    assert kept(site) == []


def test_the_eleventh_file_is_refused_by_name(site: Site, writer: Citizen) -> None:
    files = [(f"foto {n}.jpg", photo(40 + n)) for n in range(11)]
    writer.uploads(BUKTI, files)
    assert "“foto 10.jpg” tidak diterima: paling banyak 10 berkas" in writer.text
    assert len(kept(site)) == 10
    assert "Sudah 10 berkas" in writer.text


def test_the_same_file_twice_lies_there_once(site: Site, writer: Citizen) -> None:
    writer.uploads(BUKTI, [("a.jpg", photo())], unggah="ya").uploads(BUKTI, [("b.jpg", photo())], unggah="ya")
    assert kept(site) == ["a.jpg"]


def test_a_file_is_taken_back_and_one_of_another_form_is_not(site: Site, writer: Citizen) -> None:
    writer.uploads(BUKTI, [("a.jpg", photo())], unggah="ya")
    with site.asked():
        number = sql.value("SELECT id FROM attachment")
    stranger = site.citizen().writes()
    stranger.sends(f"{BUKTI}/hapus", berkas=str(number))
    assert kept(site) == ["a.jpg"]
    writer.opens(BUKTI).sends(f"{BUKTI}/hapus", berkas=str(number))
    assert kept(site) == []
    writer.sends(f"{BUKTI}/hapus", berkas="bukan angka")
    assert writer.status == 200


def test_no_file_at_all_is_fine(writer: Citizen) -> None:
    writer.uploads(BUKTI, [])
    assert writer.address.endswith("/periksa")
    assert "Tanpa berkas" in writer.text


def _multipart(token: str, files: list[tuple[str, bytes]], end: bytes = b"--batas--\r\n") -> bytes:
    body = b'--batas\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token.encode() + b"\r\n"
    for name, content in files:
        body += f'--batas\r\nContent-Disposition: form-data; name="bukti"; filename="{name}"\r\n\r\n'.encode()
        body += content + b"\r\n"
    return body + end


def test_what_arrived_before_the_line_broke_stays(site: Site, writer: Citizen) -> None:
    body = _multipart(writer.token, [("pertama.jpg", photo()), ("kedua.jpg", photo(colour="red"))])
    cut = body[: body.rindex(b"kedua.jpg") + 60]
    answer = writer.client.post(BUKTI, data=cut, content_type="multipart/form-data; boundary=batas")
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "Kiriman terputus sebelum selesai" in page
    assert "pertama.jpg" in page
    assert kept(site) == ["pertama.jpg"]
    assert quarantined(site) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--batas\r\n"),
        ("multipart/form-data; boundary=batas", b"tanpa batas sama sekali"),
        ("multipart/form-data; boundary=batas", b"--batas\r\nX: y\r\n\r\nz\r\n--batas--"),
        ("multipart/form-data; boundary=batas", b""),
        ("multipart/form-data; boundary=" + "x" * 5000, b"--"),
        ("application/octet-stream", b"\x00" * 100),
    ],
    ids=["no boundary", "no part", "a part without a name", "empty", "endless boundary", "another type"],
)
def test_a_broken_body_is_a_sentence(site: Site, writer: Citizen, kind: str, body: bytes) -> None:
    answer = writer.client.post(BUKTI, data=body, content_type=kind)
    assert answer.status_code == 400
    assert "terputus" in answer.get_data(as_text=True)
    assert kept(site) == []


def test_a_refused_form_is_read_to_its_end_so_that_the_browser_hears_why(site: Site, writer: Citizen) -> None:
    wire, length = _film_body("salah", [("film.mp4", 3 * MB)])
    answer = writer.client.post(BUKTI, environ_overrides=_wire(wire, length))
    assert answer.status_code == 400
    assert wire.read(10) == b""
    writer.opens("/lapor/siapmas/periksa").sends("/lapor/siapmas/kirim")
    wire, length = _film_body(writer.token, [("film.mp4", 3 * MB)])
    assert writer.client.post(BUKTI, environ_overrides=_wire(wire, length)).status_code == 303
    assert wire.read(10) == b""
    assert kept(site) == []


def test_files_before_a_good_token_are_not_taken(site: Site, writer: Citizen) -> None:
    for token in ("", "salah"):
        body = _multipart(token, [("a.jpg", photo())])
        answer = writer.client.post(BUKTI, data=body, content_type="multipart/form-data; boundary=batas")
        assert answer.status_code == 400
        assert "terlalu lama terbuka" in answer.get_data(as_text=True)
    assert kept(site) == []
    assert quarantined(site) == []


class Wire(io.RawIOBase):
    """A body as it comes off the wire: never more of it in memory than is asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.left = pieces, b""

    def read(self, size: int = -1) -> bytes:
        while len(self.left) < size and (piece := next(self.pieces, b"")):
            self.left += piece
        taken, self.left = self.left[:size], self.left[size:]
        return taken

    def readinto(self, room: Any) -> int:
        taken = self.read(len(room))
        room[: len(taken)] = taken
        return len(taken)


def _film_body(token: str, films: list[tuple[str, int]]) -> tuple[Wire, int]:
    """A form with films of so many bytes, made as they are read."""
    quiet = bytes(256 * 1024)

    def pieces() -> Iterator[bytes]:
        yield _multipart(token, [], b"")
        for name, size in films:
            yield f'--batas\r\nContent-Disposition: form-data; name="bukti"; filename="{name}"\r\n\r\n'.encode() + MP4
            for start in range(len(MP4), size, len(quiet)):
                yield quiet[: size - start]
            yield b"\r\n"
        yield b"--batas--\r\n"

    heads = len(_multipart(token, [(name, b"") for name, _ in films]))
    return Wire(pieces()), heads + sum(size for _, size in films)


def _wire(body: object, length: int) -> dict[str, object]:
    kind = "multipart/form-data; boundary=batas"
    return {"wsgi.input": body, "CONTENT_LENGTH": str(length), "CONTENT_TYPE": kind}


def _films(writer: Citizen, films: list[tuple[str, int]]) -> tuple[int, str, int]:
    """Sends films; gives status, page and the most memory it took."""
    wire, length = _film_body(writer.token, films)
    tracemalloc.start()
    answer = writer.client.post(BUKTI, environ_overrides=_wire(wire, length))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return answer.status_code, answer.get_data(as_text=True), peak


@pytest.mark.slow
def test_a_film_over_a_hundred_megabytes_is_refused_without_being_held_in_memory(site: Site, writer: Citizen) -> None:
    status, page, peak = _films(writer, [("panjang.mp4", 101 * MB)])
    assert status == 422
    assert "“panjang.mp4” terlalu besar: paling banyak 100 MB" in page
    assert peak < 8 * MB
    assert quarantined(site) == []


@pytest.mark.slow
def test_a_document_over_twenty_five_megabytes_does_not_keep_the_next_file_out(site: Site, writer: Citizen) -> None:
    body = _multipart(writer.token, [("besar.pdf", b"%PDF-1.7\n" + bytes(25 * MB)), ("kecil.jpg", photo())])
    answer = writer.client.post(BUKTI, data=body, content_type="multipart/form-data; boundary=batas")
    assert answer.status_code == 422
    assert "“besar.pdf” terlalu besar: paling banyak 25 MB" in answer.get_data(as_text=True)
    assert kept(site) == ["kecil.jpg"]


def test_a_body_beyond_all_measure_is_not_read_and_said_on_the_page(site: Site, writer: Citizen) -> None:
    answer = writer.client.post(BUKTI, environ_overrides=_wire(io.BytesIO(), 2 * 1024 * MB))
    assert answer.status_code == 413
    page = answer.get_data(as_text=True)
    assert "Kiriman ini terlalu besar" in page
    assert 'name="bukti"' in page


def test_all_files_together_stay_within_a_hundred_and_fifty_megabytes(site: Site, writer: Citizen) -> None:
    writer.uploads(BUKTI, [("a.jpg", photo())], unggah="ya")
    with site.asked():
        sql.execute("UPDATE attachment SET size = ?", (150 * MB - 100,))
    writer.uploads(BUKTI, [("b.jpg", photo(colour="red"))])
    assert "Dengan “b.jpg” seluruh lampiran melebihi 150 MB" in writer.text
    assert kept(site) == ["a.jpg"]


def test_the_disk_keeps_its_reserve(site: Site, writer: Citizen) -> None:
    site.app.config["DISK_RESERVE"] = 2**62
    writer.uploads(BUKTI, [("a.jpg", photo())])
    assert "tempat penyimpanan kantor hampir penuh" in writer.text
    assert kept(site) == []
