"""Photos are drawn anew without what they tell about their maker; what is not what it says is refused by name."""

import io
import struct
import tracemalloc
import zlib

import pytest
from attached import DOCX, MB, check, film, left_over, packed, pdf, photo, refusal, with_place
from PIL import Image, PngImagePlugin


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
