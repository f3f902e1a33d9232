"""A virus scanner (a real socket server that speaks INSTREAM), and the words of every refusal."""

import io
import socket
import struct
import threading
from pathlib import Path

import pytest
from attached import NOW, check, pdf, photo

import forms
from engine.files import FileRefused, Store, clamav, inspection
from engine.files.refusals import SENTENCES

FORMS = Path(forms.__file__).parent


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
