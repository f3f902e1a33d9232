"""How people write SMS, and what is made of it: a table of what they type."""

import pytest

from engine.sms import grammar, letters, numbers, reading, rules
from engine.sms.rules import Rules
from forms.schema import Choice

BY = Rules(1, "kota_mojokerto", "Asia/Jakarta", "pengaduan")
WHOLE = {"nik": "3576014107850003", "ibu": "Siti Aminah", "subyek": "d", "lokasi": "Wates", "isi": "Lampu mati"}


@pytest.mark.parametrize(
    "text",
    [
        "ADU#3576014107850003#Siti Aminah#d#Wates#Lampu mati",
        "adu # 3576014107850003 # Siti Aminah # d # Wates # Lampu mati",
        "Adu*3576014107850003*Siti Aminah*d*Wates*Lampu mati",
        "ADU 3576014107850003#Siti Aminah#d#Wates#Lampu mati",
        "  ADUAN: 3576014107850003#Siti Aminah#d#Wates#Lampu mati  ",
        "LAPOR\n#3576014107850003\n#Siti Aminah\n#d\n#Wates\n#Lampu mati",
        "\u200bADU#3576014107850003#Siti\u00a0Aminah#d#Wates#Lampu mati",
        "Adu#NIK: 3576014107850003#Nama ibu Siti Aminah#Subyek: d#Lokasi: Wates#Isi: Lampu mati",
    ],
)
def test_one_report_written_eight_ways(text: str) -> None:
    said = grammar.read(text, BY)
    assert (said.kind, said.parts, said.missing) == (rules.REPORT, WHOLE, ())


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("ADU", ("nik", "ibu", "subyek", "lokasi", "isi")),
        ("ADU#3576014107850003#Siti Aminah#d#Wates", ("isi",)),
        ("ADU#3576014107850003##d#Wates#Lampu mati", ("ibu",)),
        ("ADU 3576014107850003 Siti Aminah d Wates lampu mati", ("ibu", "subyek", "lokasi", "isi")),
        ("ADU#####", ("nik", "ibu", "subyek", "lokasi", "isi")),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_guessed_apart(text: str, missing: tuple[str, ...]) -> None:
    assert grammar.read(text, BY).missing == missing


def test_what_is_told_stands_last_so_that_it_may_hold_separators() -> None:
    told = "Rumah #12 dan *14: lampu mati #gelap 😀"
    assert grammar.read(f"ADU#3576014107850003#Siti#d#Wates#{told}", BY).parts["isi"] == told


def test_a_second_report_in_the_same_text_is_noticed_and_kept_whole() -> None:
    two = "lampu mati ADU#3576014107850003#Siti#e#Wates#sampah"
    said = grammar.read(f"ADU#3576014107850003#Siti#d#Wates#{two}", BY)
    assert said.again
    assert said.parts["isi"] == two
    assert not grammar.read("ADU#3576014107850003#Siti#d#Wates#saya sudah adu dua kali", BY).again


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("STATUS#0001/ADU/2026", rules.STATUS, "0001/ADU/2026"),
        ("status 1/adu/2026", rules.STATUS, "1/adu/2026"),
        ("Cek", rules.STATUS, ""),
        ("CABUT#0001/ADU/2026", rules.WITHDRAW, "0001/ADU/2026"),
        ("jawab#0001/ADU/2026#Gang 3 # kiri", rules.ANSWER, "0001/ADU/2026"),
        ("info", rules.HELP, ""),
        ("Status aduan saya pak", rules.STATUS, ""),
        ("cek no. 0001/ADU/2026 ya", rules.STATUS, "0001/ADU/2026"),
        ("Bantuan sosial saya belum cair", "", "sosial belum cair"),
        ("Cek lampu jalan mati", "", "lampu jalan mati"),
        ("Status PBB tahun 2026 saya salah luasnya", "", "PBB tahun 2026 salah luasnya"),
        ("Selamat pagi", "", "Selamat pagi"),
        ("", "", ""),
        ("1234 😀", "", "1234 😀"),
    ],
)
def test_the_other_words(text: str, kind: str, number: str) -> None:
    said = grammar.read(text, BY)
    assert (said.kind, said.number) == (kind, number)


def test_a_number_is_the_same_however_it_is_written() -> None:
    same = {grammar.case_number(text) for text in ("0001/ADU/2026", "1 adu 2026", "0001-Adu-2026", "1ADU2026")}
    assert same == {("1", "ADU", "2026")}


TOPICS = [
    Choice("kependudukan", "Layanan Kependudukan", {"sinonim": "ktp, kartu keluarga"}),
    Choice("pendidikan", "Pendidikan"),
    Choice("pju", "Penerangan Jalan Umum", {"sinonim": ["lampu jalan"]}),
    Choice("pbb", "PBB dan Retribusi"),
]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a", "kependudukan"),
        ("C", "pju"),
        ("4", "pbb"),
        ("02", "pendidikan"),
        ("KTP", "kependudukan"),
        ("Kartu-Keluarga", "kependudukan"),
        ("lampu jalan", "pju"),
        ("retribusi", "pbb"),
        ("pendidik", "pendidikan"),
        ("pen", None),
        ("pene", "pju"),
        ("z", None),
        ("99", None),
        ("macan", None),
        ("", None),
    ],
)
def test_a_subject_by_letter_number_word_or_synonym(text: str, code: str | None) -> None:
    assert grammar.topic(text, TOPICS) == code


PLACES = [
    Choice("wates", "Wates (Kecamatan Magersari)"),
    Choice("magersari", "Magersari (Kecamatan Magersari)"),
    Choice("prajurit_kulon", "Prajurit Kulon (Kecamatan Prajurit Kulon)"),
]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Jl. Raya no 3 WATES", "wates"),
        ("kel. magersari gang 2", "magersari"),
        ("Wates kec. Magersari", "wates"),
        ("Kecamatan Prajurit Kulon", None),
        ("prajurit kulon rt 2", "prajurit_kulon"),
        ("wates atau magersari", None),
        ("Surabaya", None),
    ],
)
def test_a_place_is_one_kelurahan_or_text_alone(text: str, code: str | None) -> None:
    found = grammar.place(text, PLACES)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("nik", "code"),
    [
        ("3576014107850003", ""),
        ("3576 0141 0785 0003", ""),
        ("9999014107850003", ""),  # born elsewhere: a hint, never a refusal
        ("357601410785000", "nik_length"),
        ("35760141078500O3", "nik_letters"),
        ("3576017513850003", "nik_date"),
    ],
)
def test_a_nik_is_judged_by_its_form_alone(nik: str, code: str) -> None:
    found = reading.problem(grammar.read(f"ADU#{nik}#Siti#d#Wates#Lampu mati", BY), BY)
    assert (found.code if found else "") == code


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", (0, 1, "gsm7")),
        ("a" * 160, (160, 1, "gsm7")),
        ("a" * 161, (161, 2, "gsm7")),
        ("a" * 306, (306, 2, "gsm7")),
        ("a" * 307, (307, 3, "gsm7")),
        ("[a]", (5, 1, "gsm7")),
        ("é@€", (4, 1, "gsm7")),
        ("ş" * 70, (70, 1, "ucs2")),
        ("😀" * 35, (70, 1, "ucs2")),
        ("😀" * 36, (72, 2, "ucs2")),
    ],
)
def test_how_long_a_text_is_in_the_air(text: str, length: tuple[int, int, str]) -> None:
    assert letters.length(text) == length


def test_whatever_leaves_is_in_letters_every_telephone_has() -> None:
    assert letters.plain("“Lampu” – sudah\u00a0diperbaiki… ✓ 😀 č") == '"Lampu" - sudah diperbaiki... c'
    long = letters.cut("kata " * 100)
    assert letters.length(long).units <= 160
    assert long.endswith("kata...")
    assert letters.length(letters.cut("kata " * 300, 3)).parts == 3


def test_numbers_are_one_however_they_are_written_and_names_are_none() -> None:
    assert {numbers.normal(text) for text in ("0812 3456-7890", "+6281234567890", "6281234567890")} == {
        "+6281234567890"
    }
    assert [numbers.normal(text) for text in ("TELKOMSEL", "8999", "", "+12")] == [""] * 4
    assert [numbers.mobile(text) for text in ("0321-321321", "081234567890")] == ["", "+6281234567890"]
