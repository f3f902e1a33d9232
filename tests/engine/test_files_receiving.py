"""Attachments stream to disk in flat memory, into a quarantine that is swept."""

import io
import struct
import tracemalloc

import pytest
from attached import MB, NOW, box, left_over, pdf, photo

from engine import files
from engine.files import Batch, FileRefused, Limits, Store


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
