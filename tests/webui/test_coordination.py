"""The coordinator sees what is due, reminds an agency by nota dinas; the letter is kept, read and printed."""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from citizen import _keys
from clerk import Clerk, clerk
from flask import Flask
from kota import Kota
from office import ms
from pypdf import PdfReader

from db import connect, sql
from webui.app import create_app
from webui.config import Config


@dataclass
class City:
    """The application with the city at work."""

    app: Flask
    office: Kota

    @contextmanager
    def asked(self) -> Iterator[Kota]:
        with connect.connection():
            yield self.office


@pytest.fixture
def city(tmp_path: Path, sqlite_template: Path) -> Iterator[City]:
    path = tmp_path / "disposisi.db"
    shutil.copyfile(sqlite_template, path)
    env = {"DISPOSISI_HOME": str(tmp_path / "home"), "DISPOSISI_DATABASE": f"sqlite:///{path}"}
    config = Config.from_env({**env, "DISPOSISI_SECRET_KEY": "s" * 43, "DISPOSISI_DATA_KEYS": _keys()})
    kept: list[Kota] = []
    app = create_app(config, now=lambda: kept[0].now)
    app.config["DISK_RESERVE"] = 0
    with connect.connection():
        kept.append(Kota())
    yield City(app, kept[0])
    connect.dispose()


def enters(city: City, username: str) -> Clerk:
    return clerk(city, username)  # type: ignore[arg-type]  # a site of another cast


def complaints(city: City, unit: str, *due: str) -> list[int]:
    """Complaints at an agency, each due at the instant told."""
    made: list[int] = []
    with city.asked() as kota:
        for at in due:
            kota.now += 1
            case = kota.complaint()
            text = "UPDATE case_file SET unit = ?, due_ms = ?, topic = 'kebersihan' WHERE id = ?"
            sql.execute(text, (unit, ms(at), case))
            made.append(case)
    return made


def test_the_coordinator_sees_per_agency_what_is_late_and_what_is_due_soon(city: City) -> None:
    complaints(city, "dkp", "2026-03-12 16.00", "2026-03-16 16.00", "2026-03-31 16.00")
    complaints(city, "dinkes", "2026-03-31 16.00")
    page = enters(city, "harini").opens("/koordinasi").page
    assert "Dinas Kebersihan dan Pertamanan" in page
    late = enters(city, "harini").opens("/koordinasi?unit=dkp&keadaan=terlambat").page
    assert "lewat 1 hari kerja" in late
    assert "Pasal 8" in late
    assert late.count('name="kasus"') == 1
    soon = enters(city, "harini").opens("/koordinasi?unit=dkp&keadaan=segera").page
    assert soon.count('name="kasus"') == 1


def reminds(city: City, cases: list[int], **more: Any) -> Clerk:
    harini = enters(city, "harini")
    told = {"subject": "Pengaduan yang lewat batas", "text": "Mohon segera dijawab.\nTerima kasih."}
    harini.sends("/surat", kind="nota_dinas", unit="dkp", kasus=[str(case) for case in cases], **told | more)
    return harini


def test_a_nota_dinas_is_numbered_kept_journalled_told_and_receipted(city: City) -> None:
    late, soon = complaints(city, "dkp", "2026-03-12 16.00", "2026-03-16 16.00")
    harini = enters(city, "harini")
    form = harini.opens(f"/surat/baru?macam=nota_dinas&unit=dkp&kasus={late}&kasus={soon}").page
    assert "001/ND/2026" in form
    harini = reminds(city, [late, soon])
    assert harini.last is not None
    assert harini.last.status_code == 302
    address = harini.last.location
    with city.asked() as kota:
        told = "SELECT COUNT(*) FROM journal WHERE kind = 'reminded' AND case_file IN (?, ?)"
        assert sql.value(told, (late, soon)) == 2
        assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'memo_sent'") == 1
        assert "Mohon" not in str(sql.rows("SELECT facts, figures, sealed FROM memo, journal"))
        kota.now = ms("2026-03-13 10.00")
    eko = enters(city, "pimpinan.dkp")
    assert "001/ND/2026" in eko.opens("/tugas").page
    assert "Mohon segera dijawab." in eko.opens(address).page
    assert "Surat dinas belum dibaca" not in eko.opens("/tugas").page
    assert "1 dari 2 jabatan" in enters(city, "harini").opens(address).page
    paper = eko.client.get(f"{address}.pdf")
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages)
    assert "NOTA DINAS" in words
    assert "lewat 1 hari kerja" in words
    assert eko.client.get(f"{address}.pdf").data == paper.data


def test_a_nota_dinas_takes_only_open_cases_of_the_agency_it_goes_to(city: City) -> None:
    (case,) = complaints(city, "dinkes", "2026-03-12 16.00")
    page = reminds(city, [case])
    assert page.status == 422
    assert "Mohon segera dijawab." in page.page
    assert "tidak lagi ditangani" in page.page
    with city.asked():
        assert sql.value("SELECT COUNT(*) FROM memo") == 0


def test_nobody_else_signs_or_reads_it(city: City) -> None:
    (case,) = complaints(city, "dkp", "2026-03-12 16.00")
    address = reminds(city, [case]).last.location  # type: ignore[union-attr]
    assert enters(city, "petugas.dkp").sends("/surat", kind="nota_dinas").status_code == 403
    assert enters(city, "pejabat.dinkes").opens(address).status == 404
    assert enters(city, "petugas.dkp").opens("/koordinasi").status == 403
    assert enters(city, "ketut").opens(address).status == 200


def test_directions_reach_every_office_until_each_has_read_them(city: City) -> None:
    gatot = enters(city, "gatot")
    gatot.sends("/surat", kind="arahan", subject="Jawab dengan santun", text="Mulai hari ini.", role=["petugas"])
    address = gatot.last.location  # type: ignore[union-attr]
    assert "0 dari 21 jabatan" in gatot.opens(address).page
    assert "001/ND/2026" in enters(city, "petugas.dinkes").opens("/tugas").page
    assert "Mulai hari ini." in enters(city, "petugas.dinkes").opens(address).page
    assert "1 dari 21 jabatan" in gatot.opens(address).page
    assert enters(city, "pejabat.dinkes").opens(address).status == 404


def test_the_report_of_the_ketua_tim_keeps_the_figures_of_its_day(city: City) -> None:
    complaints(city, "dkp", "2026-03-12 16.00", "2026-03-31 16.00")
    ketut = enters(city, "ketut")
    board = ketut.opens("/koordinasi/papan").page
    assert "Delapan minggu terakhir" in board
    ketut.sends("/surat", kind="laporan_tim", subject="Kinerja tim Maret", text="Berjalan baik.")
    address = ketut.last.location  # type: ignore[union-attr]
    complaints(city, "dkp", "2026-03-12 16.00")
    page = enters(city, "gatot").opens(address).page
    assert "Keadaan saat laporan dikirim" in page
    with city.asked():
        frozen = sql.value("SELECT figures FROM memo")
    assert '["dkp","Dinas Kebersihan dan Pertamanan",2,1,0,0,' in frozen
    assert enters(city, "gatot").client.get(f"{address}.pdf").mimetype == "application/pdf"
