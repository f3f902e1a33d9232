"""Strangers who send much: nothing of it is written to the disk, and whose session has ended keeps their words."""

import re
import tempfile
from pathlib import Path

import pytest
from citizen import Site
from clerk import clerk, visitor
from office import PASSWORD

LARGE = b"x" * (3 * 1024 * 1024)
"""More than a form keeps in memory."""


KIND = "multipart/form-data; boundary=Batas"


def form(token: str, words: str) -> bytes:
    head = "--Batas\r\nContent-Disposition: form-data; {}\r\n\r\n"
    parts = [('name="csrf_token"', token.encode()), ('name="kronologi"', words.encode())]
    parts.append(('name="berkas"; filename="pindaian.pdf"', LARGE))
    return b"".join(head.format(what).encode() + content + b"\r\n" for what, content in parts) + b"--Batas--\r\n"


@pytest.mark.parametrize("address", ["/kasus/impor", "/kasus/baru/" + "a" * 24, "/tugas/1/berkas"])
def test_a_strangers_large_file_is_not_written_to_the_disk(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str
) -> None:
    stranger = visitor(site)
    token = stranger.token()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))
    for given in (token, "tebakan"):
        answer = stranger.client.post(address, data=form(given, "Jalan putus."), content_type=KIND)
        assert answer.status_code == 401, address


def test_a_form_with_a_scan_keeps_its_words_through_the_end_of_a_session(site: Site) -> None:
    sekar = clerk(site, "sekar")
    token = sekar.token()
    site.office.after(minutes=13 * 60)
    sekar.last = sekar.client.post("/kasus/baru/" + "a" * 24, data=form(token, "Jembatan putus."), content_type=KIND)
    sealed = re.search(r'name="titipan" value="([^"]+)"', sekar.page)
    assert sekar.status == 401 and sealed, sekar.page
    assert (
        sekar.sends("/masuk", nama="sekar", sandi=PASSWORD, lanjut="/kasus/baru", titipan=sealed[1]).status_code == 302
    )
    assert "Jembatan putus." in sekar.opens("/kasus/baru").page
