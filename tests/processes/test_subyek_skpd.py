"""Pasal 3 ayat (2) row by row, against a table written by hand: every subject, part of it and place."""

import re
from itertools import product
from pathlib import Path

import pytest
import SpiffWorkflow
from lxml import etree

import processes
from engine.demo.city import AGENCIES
from engine.diagrams.decisions import coverage, dmn
from engine.diagrams.decisions.tables import Table, Undecided

PLACES = ("magersari", "prajurit_kulon", "kranggan", None)

PASAL_3_AYAT_2 = {
    "kependudukan": ("a", "dispenduk kec_magersari kec_prajuritkulon"),
    "pendidikan": ("b", "diknas"),
    "kesehatan": ("c", "dinkes rsud"),
    "pju": ("d", "dkp"),
    "kebersihan": ("e", "dkp klh"),
    "bansos": ("f", "dinsos bag_kesra"),
    "ekonomi": ("g", "diskoperindag disporabudpar bag_ekonomi satpolpp"),
    "perijinan": ("h", "kp2t dishubkominfo dppka"),
    "pbb": ("i", "dishubkominfo dppka diskoperindag disperta"),
    "fasum": ("j", "dpu dishubkominfo dkp"),
}
"""The ten subjects with their letter and the units that the article names for each, in its order."""

BY_PART = {
    ("kependudukan", "dokumen_kependudukan"): "dispenduk",
    ("kesehatan", "puskesmas"): "dinkes",
    ("kesehatan", "rumah_sakit"): "rsud",
    ("kebersihan", "sampah"): "dkp",
    ("kebersihan", "taman_kota"): "dkp",
    ("kebersihan", "pencemaran"): "klh",
    ("bansos", "bantuan_keluarga"): "dinsos",
    ("bansos", "bantuan_keagamaan"): "bag_kesra",
    ("ekonomi", "pasar_koperasi"): "diskoperindag",
    ("ekonomi", "olahraga_wisata"): "disporabudpar",
    ("ekonomi", "perekonomian"): "bag_ekonomi",
    ("ekonomi", "ketertiban"): "satpolpp",
    ("perijinan", "izin"): "kp2t",
    ("perijinan", "uji_kir"): "dishubkominfo",
    ("perijinan", "hotspot"): "dishubkominfo",
    ("perijinan", "pajak_usaha"): "dppka",
    ("pbb", "pbb"): "dppka",
    ("pbb", "parkir"): "dishubkominfo",
    ("pbb", "retribusi_pasar"): "diskoperindag",
    ("pbb", "retribusi_pertanian"): "disperta",
    ("fasum", "jalan_selokan"): "dpu",
    ("fasum", "lalu_lintas"): "dishubkominfo",
    ("fasum", "taman_umum"): "dkp",
}
"""The part of a subject chooses the primary unit (ours), wherever it is."""

BY_PLACE = {
    "magersari": "kec_magersari",
    "prajurit_kulon": "kec_prajuritkulon",
    "kranggan": "dispenduk",  # a kecamatan since 20 June 2016, which the Perwali of February does not know
    None: None,
}
"""What a kecamatan's own counter does goes by place (ours)."""

PARTS = sorted({part for _, part in BY_PART} | {"pelayanan_kecamatan"})


def primary(subject: str, part: str | None, place: str | None) -> str | None:
    if (subject, part) == ("kependudukan", "pelayanan_kecamatan"):
        return BY_PLACE[place]
    named = PASAL_3_AYAT_2[subject][1].split()
    return named[0] if len(named) == 1 else BY_PART.get((subject, part or ""))


@pytest.fixture(scope="module")
def shipped() -> Table:
    table, faults = dmn.read(processes.files("pengaduan")["subyek_skpd.dmn"], "subyek_skpd.dmn")
    assert table is not None and faults == []
    return table


def asked(
    subject: str | None, part: str | None, place: str | None, day: str | None = "2026-03-13"
) -> dict[str, object]:
    return {"subyek": subject, "bagian_subyek": part, "kecamatan": place, "tanggal_terima": day}


@pytest.mark.parametrize("subject", PASAL_3_AYAT_2)
def test_every_part_and_place_of_a_subject_goes_where_the_article_says(shipped: Table, subject: str) -> None:
    letter, units = PASAL_3_AYAT_2[subject]
    for part, place in product((None, *PARTS), PLACES):
        said = shipped.decide(asked(subject, part, place))
        assert said.values == {"skpd_utama": primary(subject, part, place), "unit_terkait": units.split()}, (
            part,
            place,
        )
        (row,) = said.rows
        assert row.note.startswith(f"Perwali 14/2016 Pasal 3 ayat (2) huruf {letter}")
        assert ("(ketetapan sendiri)" in row.note) == (len(units.split()) > 1), row.note


def test_the_ten_subjects_name_nineteen_units_exactly(shipped: Table) -> None:
    named = {unit for _, units in PASAL_3_AYAT_2.values() for unit in units.split()}
    assert named == set(AGENCIES) and len(named) == 19
    assert {row.values[0] for row in shipped.rows} - {None} == named  # each can be chosen


def test_what_the_article_does_not_know_is_chosen_by_the_admin(shipped: Table) -> None:
    for subject in (None, "lainnya"):
        assert shipped.decide(asked(subject, None, "magersari")).values == {"skpd_utama": None, "unit_terkait": []}


def test_no_row_overlaps_none_is_missing_and_any_day_will_do(shipped: Table) -> None:
    assert list(coverage.faults(shipped)) == []
    for day in (None, "2016-02-29", "2026-12-31"):
        assert shipped.decide(asked("pju", None, None, day)).values["skpd_utama"] == "dkp"


def test_the_file_is_dmn_1_3_and_drawn() -> None:
    body = processes.files("pengaduan")["subyek_skpd.dmn"]
    schema = Path(SpiffWorkflow.__file__).parent / "dmn/parser/schema/DMN13.xsd"
    root = etree.fromstring(body)
    etree.XMLSchema(etree.parse(schema)).assertValid(root)
    shapes = {shape.get("dmnElementRef") for shape in root.iter("{*}DMNShape")}
    assert "subyek_skpd" in shapes


def reorganised() -> bytes:
    """A second version as Perda 8/2016 might be written down: the new names are this test's own, not the law's."""
    text = processes.files("pengaduan")["subyek_skpd.dmn"].decode()
    found = re.search(r'(?s)      <rule id="baris_pju">.*?</rule>\n', text)
    assert found
    old = found[0].replace('"pju_sampai">\n          <text>', '"pju_sampai">\n          <text>&lt; date("2017-01-01")')
    new = found[0].replace('"pju_mulai">\n          <text>', '"pju_mulai">\n          <text>&gt;= date("2017-01-01")')
    new = new.replace('"dkp"', '"dinas_baru"').replace("pju", "pju_2017").replace('"pju_2017"</text>', '"pju"</text>')
    return text.replace(found[0], old + new).encode()


def test_a_reorganisation_is_a_second_version_of_a_row_with_dates() -> None:
    table, faults = dmn.read(reorganised())
    assert table is not None and faults == []
    assert [fault for fault in coverage.faults(table) if fault.level == "error"] == []
    before = table.decide(asked("pju", None, None, "2016-12-31"))
    after = table.decide(asked("pju", None, None, "2017-01-01"))
    assert (before.values["skpd_utama"], after.values["skpd_utama"]) == ("dkp", "dinas_baru")
    assert (before.rows[0].id, after.rows[0].id) == ("baris_pju", "baris_pju_2017")


def test_two_versions_whose_dates_meet_are_refused_before_and_stop_a_case_after() -> None:
    table, _ = dmn.read(reorganised().replace(b'&lt; date("2017-01-01")', b'&lt;= date("2017-01-01")'))
    assert table is not None
    assert [fault.code for fault in coverage.faults(table) if fault.level == "error"] == ["baris-bertumpuk"]
    with pytest.raises(Undecided, match="berlaku bersamaan"):
        table.decide(asked("pju", None, None, "2017-01-01"))
