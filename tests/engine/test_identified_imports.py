"""A paper register of the city: NIK, mother's name, subject and kelurahan come along as the public form asks them."""

import io

import pytest
from kota import Kota
from texting import told

from db import sql
from engine import demo
from engine.commands import importing
from engine.commands.importing import Terms
from engine.imports.identified import asked
from engine.imports.lines import Flaw
from engine.imports.source import Source, source
from engine.offices import intakes

NIK = "3576014107850003"
HEAD = "Tanggal masuk,NIK,Nama ibu,Subyek,Kelurahan,Isi aduan\n"
GOOD = f"02/03/2026 09.00.00,'{NIK},Siti Aminah,kebersihan,Wates,Sampah menumpuk di pasar\n"
ODD = "03/03/2026 09.00.00,,,jembatan,Antah Berantah,Jembatan bambu lapuk\n"


@pytest.fixture
def kota(sqlite: str) -> Kota:
    return Kota("2026-03-13 09.00")


def opened(kota: Kota, text: str, process: str = "pengaduan") -> Source:
    door = intakes.door(process)
    body = text.encode()
    known = {"said": {}, "zone": door.timezone, "organisation": door.organisation}
    return source(lambda: io.BytesIO(body), **known, now=kota.now, asked=asked(door))  # type: ignore[arg-type]


def brought(kota: Kota, text: str, state: str) -> list[int]:
    terms = Terms(kota.organisation, "kota_mojokerto", "pengaduan", demo.actor("yanti"), state)
    importing.import_all(opened(kota, text), terms, clock=lambda: kota.now)
    return [row[0] for row in sql.rows("SELECT id FROM case_file ORDER BY id")]


def test_a_row_becomes_a_complaint_filed_and_identified_once(kota: Kota) -> None:
    first, second = brought(kota, HEAD + GOOD + ODD, importing.RUNNING)
    who = told(first)
    assert (who["name"], who["nik"], who["mother"]) == ("", NIK, "Siti Aminah")
    assert sql.row("SELECT topic, place FROM case_file WHERE id = ?", (first,)) == ("kebersihan", "wates")
    assert sql.row("SELECT topic, place FROM case_file WHERE id = ?", (second,)) == ("", "")
    assert "pilih_skpd" in kota.waits(second), "nobody knows that subject: the Admin decides"
    assert brought(kota, HEAD + GOOD + ODD, importing.RUNNING) == [first, second], "nothing comes twice"
    other = GOOD.replace(NIK, "3576014107850011")
    assert len(brought(kota, HEAD + other, importing.RUNNING)) == 3, "the same words of somebody else"


def test_what_is_over_is_filed_too(kota: Kota) -> None:
    (case,) = brought(kota, HEAD + GOOD, importing.ARCHIVE)
    assert kota.state(case) == "ditutup"
    assert sql.row("SELECT topic, place FROM case_file WHERE id = ?", (case,)) == ("kebersihan", "wates")


def test_a_nik_that_cannot_be_one_is_told_with_its_row(kota: Kota) -> None:
    (found,) = opened(kota, HEAD + GOOD.replace(NIK, "3576019907850003")).rows()
    assert isinstance(found, list)
    assert [(flaw.line, flaw.field) for flaw in found if isinstance(flaw, Flaw)] == [(2, "nik")]
    assert "3576" not in found[0].objection.msgid
