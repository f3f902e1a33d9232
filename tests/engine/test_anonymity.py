"""Nothing that tells who a reporter is slips into a published text, however it is written."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.publishing.anonymity import HIDDEN, Known, cleaned, findings

SRI = Known(
    names=("Sri Wahyuni", "Suparmi"),
    nik="3576014107850003",
    phones=("0812 3456 7890",),
    email="sri.wahyuni@contoh.id",
)
BETWEEN = st.text(" .-/_,:()\u00a0\u200b\u2007\n", max_size=3)
DIGITS = st.sampled_from(
    [str, lambda d: chr(0x660 + int(d)), lambda d: chr(0xFF10 + int(d)), lambda d: chr(0x966 + int(d))]
)
WORDS = st.sampled_from(["", "Sampah menumpuk. ", "NIK saya ", "lampu mati di gang ini sejak kemarin; "])


def found(text: str, known: Known = SRI) -> list[tuple[str, str, bool]]:
    return [(text[f.start : f.end], f.what, f.sure) for f in findings(text, known)]


@settings(max_examples=150, deadline=None)
@given(gaps=st.lists(BETWEEN, min_size=15, max_size=15), write=DIGITS, before=WORDS, after=WORDS)
def test_the_reporters_population_number_is_caught_however_it_is_spaced_and_in_whatever_digits(
    gaps: list[str], write: "type[str]", before: str, after: str
) -> None:
    nik = "".join(write(digit) + gap for digit, gap in zip(SRI.nik, [*gaps, ""], strict=True))
    sure = [f for f in findings(before + nik + " " + after, SRI) if f.sure and f.what == "nik"]
    assert any(f.start <= len(before) and f.end >= len(before) + len(nik) for f in sure)
    assert not any(f.sure for f in findings(cleaned(before + nik + " " + after, SRI), SRI))


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_at_all_is_read_and_places_never_overlap(text: str) -> None:
    places = findings(text, SRI)
    assert all(0 <= f.start < f.end <= len(text) for f in places)
    assert all(one.end <= other.start for one, other in pairwise(places))


@pytest.mark.parametrize(
    ("text", "what", "sure"),
    [
        ("NIK tetangga 3576 0112 0390 0007 juga", "nik", True),
        ("3576011203900007", "nik", True),
        ("35760I4I0785OOO3 ditulis dengan huruf", "nik", True),
        ("3S760I4IO7B5OOO3 ditulis dengan huruf", "nik", True),
        ("tetangga: 357601l2O39OOOO7", "nik", True),
        ("tetangga: 3S76 O1I2 O39O OOO7", "nik", True),
        ("hubungi +62 812-3456-7890", "telepon", True),
        ("hubungi 0812.3456.7890", "telepon", True),
        ("kantor 0857 1111 2222", "telepon", False),
        ("kantor (0321) 588490", "telepon", False),
        ("surel SRI.WAHYUNI @contoh.id", "surel", True),
        ("surel pengaduan@mojokertokota.go.id", "surel", False),
        ("nama saya Sri Wahyuni.", "nama", True),
        ("nama saya WAHYUNI, SRI.", "nama", True),
        ("ibu saya suparmi tahu", "nama", True),
        ("di Jalan Suparmi", "nama", False),
        ("kata wahyuni begitu", "nama", False),
        ("RT 03/RW 05", "alamat", False),
        ("rumah nomor 17", "alamat", False),
        # as somebody writes who wants it to pass
        ("S.r.i W.a.h.y.u.n.i", "nama", True),
        ("SriWahyuni mengadu", "nama", True),
        ("Sr\u200bi Wah\u00adyuni", "nama", True),
        ("\u0405ri W\u0430hyuni dengan huruf Kiril", "nama", True),
        ("5r1 W4hyun1", "nama", True),
        ("Sri Wahyuninya", "nama", True),
        ("3576\u200b\u200b\u200b\u200b011203900007", "nik", True),
        ("KK dan NIK 35760112039000083576011203900007", "nik", False),
        ("0062 857 1111 2222", "telepon", False),
        ("+62 (0) 857 1111 2222", "telepon", False),
        ("0857\u00ad1111\u00ad2222", "telepon", False),
        ("sri.wahyuni (at) contoh (dot) id", "surel", True),
        ("sri.wahyuni AT contoh.id", "surel", True),
    ],
)
def test_what_is_found_is_named_and_said_to_be_sure_or_not(text: str, what: str, sure: bool) -> None:
    assert (what, sure) in [(one[1], one[2]) for one in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Pos B 12 10 11 2026 s 10 12 2026 15 16",
        "Gg 1, 2, 3, 4, 5 B, 6, 7, 8, 9, 10, 11, 12 l, 13 l",
        "SOSIS 1000 1200 1500 ribu",
        "kode TAGIHAN 20260312B00107SSLI",
        "! | ! | " * 500,
        "Sampah menumpuk sejak 12 Maret 2026 di depan pasar.",
        "Perwali 14/2016 Pasal 8 ayat (2)",
        "biaya Rp 1.500.000",
    ],
)
def test_what_tells_nothing_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_proposed_text_has_everything_taken_out_that_must_go() -> None:
    text = "Saya Sri Wahyuni (3576 0141 0785 0003), telepon 081234567890: lampu mati."
    assert cleaned(text, SRI) == f"Saya {HIDDEN} ({HIDDEN}), telepon {HIDDEN}: lampu mati."
