"""The legal basis: the catalogue is as complete as the law, what cites it is found, what cites nothing is told."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import processes
from engine.diagrams import basis, catalog
from engine.diagrams.basis import Citing, Report, levels

LAW = Path(__file__).with_name("perwali_14_2016.txt")


def structure() -> list[str]:
    """Every place of the law that asks something, cited; a place that only introduces what stands below is none."""
    places: list[list[str]] = []
    pasal = ayat = group = ""
    for line in (line for line in LAW.read_text().splitlines() if not line.startswith("#")):
        word, _, rest = line.partition(" ")
        if word == "Pasal":
            pasal, ayat, group = f"Pasal {rest}", "", ""
        elif word == "wajib:":
            pasal = f"{pasal} wajib"
        elif word == "tugas:":
            group = next(name for name in ("Penanggung Jawab", "Ketua Tim", "Admin") if rest.startswith(name))
        elif number := re.fullmatch(r"\((\d+)\)", word):
            ayat, group = f"ayat ({number[1]})", ""
            places.append([pasal, ayat])
        else:
            kind = "angka" if word[0].isdigit() else "huruf"
            places.append([part for part in (pasal, ayat, group, f"{kind} {word[:-1]}") if part])
    whole = [" ".join(place) for place in places]
    return [place for place in whole if not any(other.startswith(f"{place} ") for other in whole)]


def test_the_catalogue_has_every_ayat_letter_and_number_of_pasal_3_to_11() -> None:
    (law,) = basis.catalogue("pengaduan")
    asked = [duty.cite for duty in law.duties if not duty.cite.startswith("Pasal 1 ")]
    assert asked == structure()
    assert len(asked) == 56
    assert {re.match(r"Pasal (\d+)", cite)[1] for cite in asked} == {str(n) for n in range(3, 12)}  # type: ignore[index]


def test_the_catalogue_of_the_sop_has_its_eight_steps() -> None:
    sop, booklet = basis.catalogue("siapmas")
    assert [duty.cite for duty in sop.duties] == [f"langkah {n}" for n in range(1, 9)]
    assert [duty.cite for duty in booklet.duties] == [f"langkah {n}" for n in range(1, 5)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Pasal 5, Pasal 6", ["Pasal 5", "Pasal 6"]),
        ("Pasal 8 ayat (2), ayat (3)", ["Pasal 8 ayat (2)", "Pasal 8 ayat (3)"]),
        ("Pasal 10 ayat (2) huruf d, huruf e; batas (ketetapan sendiri)", ["10 2 d", "10 2 e"]),
        ("Pasal 10 ayat (2) huruf f, ayat (3) Penanggung Jawab huruf e", ["10 2 f", "10 3 Penanggung Jawab e"]),
        ("Pasal 10 ayat (3) Admin angka 1", ["10 3 Admin 1"]),
        ("Pasal 8 ayat (2): menyampaikan atau mengumumkan", ["8 2"]),
        ("langkah 1: pelapor menyampaikan", ["1"]),
        ("(ketetapan sendiri)", []),
    ],
)
def test_citations_are_read_as_lawyers_write_them(words: str, found: list[str]) -> None:
    said = [" ".join(number for _, number in reference) for reference in levels(words)]
    assert said == [re.sub(r"Pasal |ayat |[()]", "", one) for one in found]


def covers(cited: str, asked: str) -> bool:
    return basis.covers(levels(cited)[0], levels(asked)[0])


def test_a_whole_article_covers_its_parts_and_rights_are_no_duties() -> None:
    assert covers("Pasal 6", "Pasal 6 ayat (2)")
    assert covers("Pasal 3 ayat (2) huruf d", "Pasal 3 ayat (2)")
    assert not covers("Pasal 6 ayat (1)", "Pasal 6 ayat (2)")
    assert covers("Pasal 5", "Pasal 5 wajib ayat (1)")
    assert not covers("Pasal 5 ayat (1)", "Pasal 5 wajib ayat (1)")
    assert not covers("Pasal 10 ayat (3) Admin angka 1", "Pasal 10 ayat (3) Penanggung Jawab huruf a")


def shipped(*names: str) -> Report:
    made = [SimpleNamespace(process=n, diagram=catalog.load(processes.files(n), n)) for n in names]
    return basis.report(made)  # type: ignore[arg-type]  # only these two are asked of a closure


@pytest.mark.parametrize("names", [("pengaduan", "laporan_bulanan"), ("siapmas",)])
def test_what_ships_leaves_no_duty_open_and_no_element_without_a_basis(names: tuple[str, ...]) -> None:
    found = shipped(*names)
    assert [duty.cite for _, duty in found.open] == []
    assert [one.id for one in found.unfounded] == []
    assert [(one.id, one.says) for one in found.unknown] == []
    assert found.ours


def test_every_letter_of_the_subjects_is_met_by_its_rows() -> None:
    (law,) = shipped("pengaduan").laws
    for duty in law.duties:
        if duty.cite.startswith("Pasal 3 ayat (2) huruf"):
            assert [one for one in duty.elements if one.place], duty.cite


def test_without_its_element_or_with_a_wrong_article_it_is_told() -> None:
    files = processes.files("pengaduan")
    text = files["pengaduan.bpmn"].decode()
    text = text.replace('value="Perwali 14/2016 Pasal 8 ayat (1)"', 'value="Perwali 14/2016 Pasal 80 ayat (1)"')
    text = text.replace('"Perwali 14/2016 Pasal 7 ayat (3) huruf c"', '""')
    diagram = catalog.load({**files, "pengaduan.bpmn": text.encode()}, "pengaduan")
    found = basis.report([SimpleNamespace(process="pengaduan", diagram=diagram)])  # type: ignore[list-item]
    assert "Pasal 8 ayat (1)" in [duty.cite for _, duty in found.open]
    assert "Pasal 7 ayat (3) huruf c" in [duty.cite for _, duty in found.open]
    assert [one.id for one in found.unknown] == ["teruskan"]
    assert {"catat_hasil", "input_balasan"} <= {one.id for one in found.unfounded}


def test_a_process_of_ones_own_has_no_catalogue() -> None:
    assert basis.catalogue("buatan_sendiri") == []
    assert Citing("p", "p", "a", "user", "Tugas", "(ketetapan sendiri): satu kali").ours
