"""Attachments: streamed to disk, quarantined, drawn anew or checked, refused by name."""

import io
import socket
import struct
import threading
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen import canvas

import forms
from engine import files
from engine.files import Batch, FileRefused, Limits, Store, clamav, inspection
from engine.files.refusals import SENTENCES

NOW = 1_795_000_000_000
MB = 1024**2
FORMS = Path(forms.__file__).parent


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "lampiran", reserve_bytes=0)


def left_over(store):
    return list(store.quarantine.iterdir())


def check(store, data, name):
    got = store.receive(io.BytesIO(data), name, now=NOW)
    return store.inspect(got.path, got.name)


def refusal(store, data, name):
    with pytest.raises(FileRefused) as refused:
        check(store, data, name)
    assert name in refused.value.sentence
    assert left_over(store) == []
    assert not list(store.kept.rglob("*.*"))
    return refused.value.code


def photo(size=(640, 480), form="JPEG", **more):
    picture = Image.new("RGB", size, (200, 30, 30))
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1] // 2), fill=(20, 30, 200))
    held = io.BytesIO()
    picture.save(held, form, **more)
    return held.getvalue()


def with_place(size=(640, 480), orientation=1):
    exif = Image.Exif()
    exif[0x010F] = "TELEPON-RAHASIA"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 28.0, 12.0), 3: "E", 4: (112.0, 26.0, 1.0)})
    return photo(size, exif=exif)


def pdf(text="Jalan rusak", change=None):
    held = io.BytesIO()
    drawn = canvas.Canvas(held)
    drawn.drawString(72, 700, text)
    drawn.save()
    if change is None:
        return held.getvalue()
    writer = PdfWriter(clone_from=io.BytesIO(held.getvalue()))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def open_with_script(writer):
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)


def packed(entries, **more):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, **more) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return held.getvalue()


DOCX = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}
XLSX = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
RELS = "word/_rels/settings.xml.rels"
TEMPLATE = (
    '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'attachedTemplate" Target="…" TargetMode="External"/></Relationships>'
)
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"}


def box(kind, content=b""):
    return struct.pack(">I", 8 + len(content)) + kind + content


def film(brand=b"isom", size=1000):
    return box(b"ftyp", brand + b"\0\0\2\0" + brand) + box(b"moov", b"\0" * 50) + box(b"mdat", b"\1" * size)


# --- photos


def test_a_photo_loses_its_place_and_its_maker_but_keeps_its_picture(store):
    sent = with_place()
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)
    kept = check(store, sent, "IMG_0001.JPG")
    data = kept.path.read_bytes()
    with Image.open(kept.path) as picture:
        assert not picture.getexif()
        assert picture.size == (640, 480)
        assert picture.getpixel((10, 10))[2] > 150
    assert b"Exif" not in data
    assert b"TELEPON-RAHASIA" not in data
    assert (kept.kind, kept.media_type, kept.name) == ("photo", "image/jpeg", "IMG_0001.JPG")
    assert kept.path == store.path_of(kept.sha256)
    assert left_over(store) == []


def test_a_photo_taken_upright_is_kept_upright(store):
    with Image.open(check(store, with_place(orientation=6), "a.jpg").path) as picture:
        assert picture.size == (480, 640)


def test_a_large_photo_is_kept_at_4096_pixels(store):
    with Image.open(check(store, photo((6000, 3000)), "lebar.jpg").path) as picture:
        assert picture.size == (4096, 2048)


def test_texts_hidden_in_a_png_are_gone(store):
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "rumah-saya-di-kemlagi")
    kept = check(store, photo(form="PNG", pnginfo=note), "tangkapan.png")
    assert b"rumah-saya" not in kept.path.read_bytes()


def test_a_transparent_picture_and_a_webp_are_taken(store):
    held = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(held, "PNG")
    assert check(store, held.getvalue(), "logo.png").media_type == "image/png"
    kept = check(store, photo(form="WEBP"), "dari-wa.webp")
    assert (kept.media_type, kept.name) == ("image/jpeg", "dari-wa.jpg")


def test_a_photo_named_as_another_kind_of_photo_is_kept_under_its_true_ending(store):
    kept = check(store, photo(form="WEBP"), "foto.png")
    assert kept.name == "foto.jpg"


def test_what_hides_behind_a_photo_is_cut_off(store):
    kept = check(store, photo() + b"<script>alert(1)</script>" + packed({"a.exe": b"MZ"}), "foto.jpg")
    data = kept.path.read_bytes()
    assert b"<script>" not in data
    assert b"PK\x03\x04" not in data


def test_the_same_photo_twice_is_one_file(store):
    assert check(store, photo(), "a.jpg").path == check(store, photo(), "b.jpg").path


def bomb_png(side=60_000):
    """A picture of 3.6 thousand million pixels in a few kilobytes."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [60_000, 10_000, 7_000])
def test_a_picture_bomb_is_refused_without_unpacking_it(store, side):
    tracemalloc.start()
    assert refusal(store, bomb_png(side), "bom.png") == "bomb"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * MB


@pytest.mark.parametrize("cut", [200, 3000])
def test_a_photo_that_was_cut_off_is_refused(store, cut):
    assert refusal(store, photo()[:cut], "putus.jpg") == "broken"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"MZ\x90\0" + b"\0" * 500, "foto.jpg", "executable"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 500, "foto.jpg", "executable"),
        (b"#!/bin/sh\nrm -rf /\n", "catatan.pdf", "executable"),
        (photo(), "foto.jpg.exe", "executable"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "foto.jpg", "type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "gambar.svg", "type"),
        (b"hanya teks biasa", "catatan.txt", "type"),
        (b"hanya teks biasa", "foto.jpg", "type"),
        (b"GIF89a/*\x01\x00*/=1;alert(1)", "foto.jpg", "gif"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG.HEIC", "heic"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "foto.avif", "heic"),
        (b"\x1aE\xdf\xa3\x42\x82\x88matroska", "film.mkv", "type"),
        (b"Rar!\x1a\x07\x00" + b"\0" * 100, "arsip.rar", "type"),
        (b"\xd8\xff\xe0\xff\x10\0" * 50, "foto.jpg", "broken"),
        (b"", "kosong.jpg", "empty"),
        (photo(), "surat.pdf", "mismatch"),
        (pdf(), "foto.jpg", "mismatch"),
        (film(), "foto.jpg", "mismatch"),
        (packed(DOCX), "foto.jpg", "mismatch"),
        (packed(DOCX), "tabel.xlsx", "mismatch"),
        (packed({"a.txt": "x"}), "surat.docx", "type"),
    ],
)
def test_what_is_not_what_it_says_is_refused_by_name(store, data, name, code):
    assert refusal(store, data, name) == code


# --- documents


def test_documents_are_kept_as_they_are(store):
    sent = pdf()
    kept = check(store, sent, "surat.pdf")
    assert kept.path.read_bytes() == sent
    assert (kept.kind, kept.size) == ("document", len(sent))
    for entries, ending in ((DOCX, "docx"), (XLSX, "xlsx"), (ODT, "odt")):
        assert check(store, packed(entries), f"surat.{ending}").extension == ending


def test_a_document_without_ending_gets_the_right_one(store):
    assert check(store, pdf(), "surat").name == "surat.pdf"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (open_with_script, "active"),
        (lambda writer: writer.add_attachment("a.exe", b"MZ"), "active"),
        (lambda writer: writer.encrypt("rahasia", algorithm="RC4-128"), "locked"),
    ],
)
def test_a_pdf_that_acts_or_is_locked_is_refused(store, change, code):
    assert refusal(store, pdf(change=change), "surat.pdf") == code


def test_a_pdf_that_hides_its_script_in_odd_letters_or_in_a_stream_is_refused(store):
    odd = pdf().replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /J#61vaScr#69pt /JS (app.alert(1)) >>")
    assert refusal(store, odd, "surat.pdf") == "active"
    inner = zlib.compress(b"7 0 << /S /JavaScript /JS (app.alert(1)) >>")
    hidden = (
        b"9 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n" + inner + b"\nendstream endobj\n"
    )
    assert refusal(store, pdf().replace(b"xref", hidden + b"xref", 1), "surat.pdf") == "active"


@pytest.mark.parametrize("inside", [b"", zlib.compress(b"0" * 2 * MB)])
def test_a_pdf_that_would_take_long_to_look_through_is_refused(store, inside):
    times = 60_000 if not inside else 600
    assert refusal(store, pdf().replace(b"xref", (b"stream\n" + inside) * times + b"xref", 1), "surat.pdf") == "bomb"


def test_a_pdf_that_only_speaks_of_scripts_is_taken(store):
    def title(writer):
        writer.add_metadata({NameObject("/Title"): TextStringObject("Kursus JavaScript dan Launching")})

    assert check(store, pdf(change=title), "surat.pdf").kind == "document"


def test_a_pdf_that_was_cut_off_is_refused(store):
    assert refusal(store, pdf()[:700], "surat.pdf") == "broken"


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({**DOCX, "word/vbaProject.bin": "x"}, "active"),
        ({**DOCX, "word/embeddings/oleObject1.bin": "x"}, "active"),
        ({**DOCX, "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}, "active"),
        ({**DOCX, RELS: TEMPLATE.replace("…", "https://jahat.example/x.dotm")}, "active"),
        ({**DOCX, RELS: TEMPLATE.replace("…", "file:///\\\\server\\x.dotm")}, "active"),
        ({**DOCX, "../../etc/cron.d/x": "x"}, "broken"),
        ({**DOCX, "/etc/passwd": "x"}, "broken"),
        ({**DOCX, "word/media/a.bmp": "0" * 300 * MB}, "bomb"),
        ({**DOCX, "word/media/a.bmp": "0" * 30 * MB}, "bomb"),
        ({**DOCX, **{f"a{number}": "" for number in range(2001)}}, "bomb"),
        ({**ODT, "Basic/Standard/Module1.xml": "x"}, "active"),
    ],
)
def test_office_documents_with_something_inside_are_refused(store, entries, code):
    assert refusal(store, packed(entries), "surat.odt" if "mimetype" in entries else "surat.docx") == code


def test_a_letter_written_on_a_template_of_the_authors_own_disk_is_taken(store):
    letter = packed({**DOCX, RELS: TEMPLATE.replace("…", "file:///C:/Users/sekar/Kop.dotx")})
    assert check(store, letter, "surat.docx").extension == "docx"


def test_an_office_document_with_a_damaged_part_is_refused(store):
    data = bytearray(packed({**DOCX, "word/media/a.bin": bytes(range(256)) * 40}))
    data[data.find(b"a.bin") + 20] ^= 0xFF
    assert refusal(store, bytes(data), "surat.docx") == "broken"
    assert refusal(store, packed(DOCX)[:150], "surat.docx") == "broken"


# --- videos


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (film(), "kejadian.mp4", "video/mp4"),
        (film(b"qt  "), "kejadian.MOV", "video/quicktime"),
        (film(b"3gp5"), "kejadian.3gp", "video/3gpp"),
        (b"\x1aE\xdf\xa3\x93\x42\x82\x84webm" + b"\0" * 100, "rekam.webm", "video/webm"),
    ],
)
def test_videos_of_phones_are_taken(store, data, name, media_type):
    kept = check(store, data, name)
    assert (kept.kind, kept.media_type, kept.path.read_bytes()) == ("video", media_type, data)


@pytest.mark.parametrize("data", [film()[:-100], film()[:30], film() + b"<script>", box(b"ftyp", b"isom") + b"\0" * 9])
def test_a_video_whose_boxes_do_not_add_up_is_refused(store, data):
    assert refusal(store, data, "kejadian.mp4") == "broken"


# --- receiving


class Endless:
    """A stream of the given length that never holds more than one piece."""

    def __init__(self, head, size):
        self.head, self.left = head, size - len(head)

    def read(self, size=-1, /):
        if self.head:
            head, self.head = self.head, b""
            return head
        given = min(size, self.left)
        self.left -= given
        return b"\0" * given


def long_film(size):
    head = box(b"ftyp", b"isom\0\0\2\0isom") + box(b"moov", b"\0" * 50)
    return Endless(head + struct.pack(">I", size - len(head)) + b"mdat", size)


def test_a_video_of_100_mb_streams_through_in_flat_memory(store):
    tracemalloc.start()
    got = store.receive(long_film(100 * MB), "panjang.mp4", now=NOW)
    kept = store.inspect(got.path, got.name)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept.size == 100 * MB
    assert peak < 2 * MB


@pytest.mark.parametrize(
    ("stream", "name", "most"),
    [
        (long_film(100 * MB + 1), "film.mp4", 100),
        (Endless(b"\xff\xd8\xff\xe0", 25 * MB + 1), "foto.jpg", 25),
        (Endless(b"%PDF-1.7\n", 10**12), "surat.pdf", 25),
    ],
)
def test_what_is_too_large_is_refused_while_it_streams(store, stream, name, most):
    with pytest.raises(FileRefused) as refused:
        store.receive(stream, name, now=NOW)
    assert (refused.value.code, refused.value.facts["max_mb"]) == ("too_large", most)
    assert f"“{name}” terlalu besar: paling banyak {most} MB" in refused.value.sentence
    assert left_over(store) == []


def test_pieces_may_come_one_byte_at_a_time(store):
    class Drop(io.BytesIO):
        def read(self, size=-1, /):
            return super().read(min(size, 1))

    sent = pdf()
    assert store.receive(Drop(sent), "surat.pdf", now=NOW).size == len(sent)


def test_a_broken_connection_leaves_nothing_behind(store):
    class Broken:
        def read(self, size, /):
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.receive(Broken(), "a.jpg", now=NOW)
    assert left_over(store) == []


def test_the_disk_keeps_its_reserve(tmp_path):
    full = Store(tmp_path / "penuh", reserve_bytes=2**60)
    with pytest.raises(FileRefused) as refused:
        full.receive(io.BytesIO(photo()), "foto.jpg", now=NOW)
    assert refused.value.code == "disk_full"
    assert left_over(full) == []


def test_a_report_has_at_most_ten_files_and_a_total(store):
    batch = Batch(store)
    for number in range(10):
        batch.receive(io.BytesIO(pdf(str(number))), f"{number}.pdf", NOW)
    with pytest.raises(FileRefused) as refused:
        batch.receive(io.BytesIO(pdf()), "sebelas.pdf", NOW)
    assert refused.value.code == "too_many"
    small = Batch(store, Limits(total=5 * MB), size=4 * MB)
    with pytest.raises(FileRefused) as refused:
        small.receive(Endless(b"%PDF-1.7\n", 2 * MB), "lagi.pdf", NOW)
    assert refused.value.code == "total_too_large"
    batch.discard()
    assert left_over(store) == []


def test_old_quarantine_is_swept_and_new_stays(store):
    store.receive(io.BytesIO(photo()), "lama.jpg", now=NOW)
    new = store.receive(io.BytesIO(photo((10, 10))), "baru.jpg", now=NOW + 86_400_000)
    assert store.sweep(before=NOW + 1000) == 1
    assert left_over(store) == [new.path]


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\sekar\\foto rumah.jpg", "foto rumah.jpg"),
        ("a\x00b\u202egpj.exe", "abgpj.exe"),
        ("", "berkas"),
        ("...", "berkas"),
        (".jpg", "jpg"),
        ("<b>x</b>.pdf", "b.pdf"),
        ("x" * 500 + ".jpg", "x" * 116 + ".jpg"),
    ],
)
def test_declared_names_are_made_harmless(declared, name):
    assert files.clean_name(declared) == name


def test_a_kept_file_is_found_by_its_hash_only(store):
    with pytest.raises(ValueError, match="sha256"):
        store.path_of("../../etc/passwd")


# --- virus scanner (a real socket server that speaks INSTREAM)


@pytest.fixture
def daemon():
    """A clamd that knows one virus: EICAR; yields its address and what it received."""
    received = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            with line, line.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                body = b""
                while size := struct.unpack(">I", said.read(4))[0]:
                    body += said.read(size)
                received.append(body)
                line.sendall(b"stream: Eicar-Signature FOUND\0" if b"EICAR" in body else b"stream: OK\0")

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"127.0.0.1:{server.getsockname()[1]}", received
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def test_an_infected_file_is_refused_with_the_name_of_the_virus(tmp_path, daemon):
    address, received = daemon
    store = Store(tmp_path / "s", 0, clamav=address)
    with pytest.raises(FileRefused) as refused:
        check(store, pdf() + b"EICAR", "surat.pdf")
    assert refused.value.code == "infected"
    assert "Eicar-Signature" in refused.value.sentence
    large = photo((3000, 2000), quality=95) + b"\0" * 300_000
    assert check(store, large, "foto.jpg").kind == "photo"
    assert received[-1] == large


def test_a_silent_scanner_keeps_the_file_for_another_try(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    store = Store(tmp_path / "s", 0, clamav=f"127.0.0.1:{free}")
    got = store.receive(io.BytesIO(photo()), "foto.jpg", now=NOW)
    for address in (store.scanner, f"unix:{tmp_path}/tidak-ada", "bukan alamat"):
        store.scanner = address
        with pytest.raises(clamav.ScannerUnavailable):
            store.inspect(got.path, got.name)
    assert got.path.exists()


def test_every_refusal_says_how_to_mend_it():
    for code in SENTENCES:
        sentence = FileRefused("a.jpg", code, max_mb=1, max=1, found="PDF", signature="x").sentence
        assert "“a.jpg”" in sentence
        assert sentence.count(". ") >= 1 or ":" in sentence


def test_what_the_store_takes_is_what_the_form_offers():
    taken = {nature.extension for nature in inspection._ENDINGS}
    assert taken == {"jpg", "png", "webp", "pdf", "docx", "xlsx", "odt", "mp4", "webm", "3gp", "mov"}
    offered = (FORMS / "screens" / "siapmas-lengkapi.form").read_text()
    assert all(nature.media_type in offered or f".{nature.extension}" in offered for nature in inspection._ENDINGS)
