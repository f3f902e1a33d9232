"""Answers become data in one place: cleaned, checked, or refused with how to mend them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forms
from forms import values
from forms.problems import SENTENCES

LISTS = forms.default_lists("siapmas")


def screen(*components):
    return forms.read(json.dumps({"type": "default", "schemaVersion": 19, "components": list(components)}).encode())


def ask(kind, **more):
    return screen({"type": kind, "key": "isian", "label": "Isian", **more})


def codes(asked, answer, options=None):
    with pytest.raises(forms.FormInvalid) as refused:
        asked.parse({"isian": answer}, options or {})
    return [problem.code for problem in refused.value.problems["isian"]]


def data(asked, answer):
    return asked.parse({"isian": answer}, {}).data["isian"]


TERIMA = {
    "hasil_verifikasi": "lengkap",
    "jenis": "pengaduan",
    "bidang": "hukum",
    "perihal": "  Jalan   rusak\r\n di Kemlagi ",
    "urgensi": "segera",
    "kerahasiaan": "biasa",
}


def test_a_complete_report_sets_the_field_of_work_the_kabag_and_the_proposed_komisi():
    parsed = forms.load("siapmas-terima").parse(TERIMA, LISTS)
    assert parsed.data == {
        "hasil_verifikasi": "lengkap",
        "jenis": "pengaduan",
        "bidang": "hukum",
        "bagian": "bagian_persidangan",
        "komisi_usulan": "komisi_1",
        "urgensi": "segera",
        "kerahasiaan": "biasa",
    }
    assert parsed.case_fields == {"perihal": "Jalan rusak di Kemlagi", "urgensi": "segera", "kerahasiaan": "biasa"}
    assert parsed.texts == {"perihal": "Jalan rusak di Kemlagi", "catatan": ""}


def test_an_incomplete_report_needs_what_is_missing_and_no_field_of_work():
    answers = {**TERIMA, "hasil_verifikasi": "tidak_lengkap", "bidang": "ngawur"}
    with pytest.raises(forms.FormInvalid) as refused:
        forms.load("siapmas-terima").parse(answers, LISTS)
    assert {name: found[0].code for name, found in refused.value.problems.items()} == {"yang_kurang": "required_text"}
    parsed = forms.load("siapmas-terima").parse({**answers, "yang_kurang": "Tanggal kejadian"}, LISTS)
    assert "bidang" not in parsed.data
    assert "bagian" not in parsed.data
    assert parsed.texts["yang_kurang"] == "Tanggal kejadian"


def test_addressed_akd_become_a_dictionary_and_none_when_it_is_archived():
    ketua = forms.load("siapmas-disposisi-ketua")
    several = ketua.parse({"keputusan_ketua": "disposisikan", "akd": ["komisi_1", "bk", "komisi_1"]}, LISTS)
    assert several.data["akd"] == {"komisi_1": "komisi_1", "bk": "bk"}
    assert several.data["instruksi_ketua"] == []
    archived = ketua.parse({"keputusan_ketua": "arsipkan", "akd": ["komisi_1"]}, LISTS)
    assert archived.data["akd"] == {}


def test_disposing_to_nobody_is_refused_at_the_boxes():
    with pytest.raises(forms.FormInvalid) as refused:
        forms.load("siapmas-disposisi-ketua").parse({"keputusan_ketua": "disposisikan"}, LISTS)
    assert [problem.code for problem in refused.value.problems["akd"]] == ["required_many"]


def test_the_sekwan_ticks_at_least_one_instruction_unless_returning():
    sekwan = forms.load("siapmas-disposisi-sekwan")
    with pytest.raises(forms.FormInvalid) as refused:
        sekwan.parse({"keputusan_sekwan": "teruskan"}, LISTS)
    assert set(refused.value.problems) == {"instruksi_sekwan"}
    returned = sekwan.parse({"keputusan_sekwan": "kembalikan", "alasan": "Perihal keliru"}, LISTS)
    assert returned.data == {"keputusan_sekwan": "kembalikan", "instruksi_sekwan": []}


def test_the_bagian_is_kept_unless_the_kabag_passes_it_on():
    kabag = forms.load("siapmas-paraf-kabag")
    assert kabag.parse({"keputusan_kabag": "teruskan", "bagian": "bagian_umum"}, LISTS).data == {
        "keputusan_kabag": "teruskan"
    }
    passed = kabag.parse({"keputusan_kabag": "alihkan", "bagian": "bagian_persidangan"}, LISTS)
    assert passed.data["bagian"] == "bagian_persidangan"


def test_a_list_entry_without_the_facts_it_must_bring_is_refused_with_its_name():
    lists = {**LISTS, "bidang": [forms.Choice("hukum", "Hukum", {"bagian": "bagian_umum"})]}
    with pytest.raises(forms.FormInvalid) as refused:
        forms.load("siapmas-terima").parse(TERIMA, lists)
    problem = refused.value.problems["bidang"][0]
    assert problem.code == "choice_incomplete"
    assert "“Hukum” belum punya komisi" in problem.sentence


def test_a_missing_office_list_is_an_error_of_the_caller():
    with pytest.raises(forms.ListMissing):
        forms.load("siapmas-alihkan").parse({"akd_pengganti": "bk"}, {})


def test_every_problem_has_a_sentence_that_says_how_to_mend_it():
    facts = dict.fromkeys(("length", "min", "max", "count", "digits", "label", "attribute"), 3)
    for code in SENTENCES:
        assert forms.Problem(code, facts).sentence.count(".") >= 1


def test_texts_lose_control_and_reordering_characters_and_are_composed():
    area = ask("textarea")
    dirty = "a\x00b\u202ec\ufeff\ud800\r\ne\u0301\rd \x07\n\n"
    assert area.parse({"isian": dirty}, {}).texts["isian"] == "abc\né\nd"
    assert codes(ask("textfield", validate={"required": True}), " \u200b\x00 ") == ["required_text"]


def test_texts_have_default_caps_and_asked_lengths():
    assert codes(ask("textfield"), "x" * 301) == ["too_long"]
    assert codes(ask("textarea"), "x" * 20_001) == ["too_long"]
    assert codes(ask("textarea"), "x" * 5_000_000) == ["too_long"]
    assert codes(ask("textfield", validate={"minLength": 5}), "abc") == ["too_short"]
    assert ask("textfield", validate={"minLength": 5}).parse({"isian": ""}, {}).texts["isian"] == ""


def test_texts_enter_data_only_when_the_form_says_so():
    assert ask("textfield", properties={"data": "ya"}).parse({"isian": "RT 5"}, {}).data == {"isian": "RT 5"}


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), ("1.250", 1250), ("1.250,5", 1250.5), ("12,5", 12.5), ("12.5", 12.5), ("-3", -3), (" 1 000 ", 1000)],
)
def test_numbers_are_read_as_written_here(typed, number):
    assert data(ask("number"), typed) == number


@pytest.mark.parametrize("typed", ["abc", "1e5", "nan", "1,2,3", "1.25.3", "٣", "9" * 400, "0x10", "inf"])
def test_what_is_no_number_is_refused(typed):
    assert codes(ask("number"), typed) == ["not_a_number"]


def test_numbers_keep_their_bounds_and_digits():
    asked = ask("number", decimalDigits=1, validate={"min": 1, "max": 10.5})
    assert codes(asked, "0") == ["too_small"]
    assert codes(asked, "11") == ["too_big"]
    assert codes(asked, "1,25") == ["too_many_digits"]
    assert data(asked, "") is None
    assert codes(ask("number", validate={"required": True}), "") == ["required_number"]


@pytest.mark.parametrize("typed", ["2026-12-31", "31-12-2026", "31/12/2026", "31.12.2026", " 31-12-2026 "])
def test_dates_are_read_both_ways(typed):
    assert data(ask("datetime", subtype="date", dateLabel="Tanggal"), typed) == "2026-12-31"


@pytest.mark.parametrize("typed", ["31-02-2026", "2026-13-01", "besok", "1-1-26", "0001-01-01", "x" * 900])
def test_days_that_do_not_exist_are_refused(typed):
    assert codes(ask("datetime", subtype="date"), typed) == ["not_a_date"]


def test_times_and_moments_are_local_and_to_the_minute():
    assert data(ask("datetime", subtype="time"), "7.05") == "07:05"
    assert codes(ask("datetime", subtype="time"), "25.00") == ["not_a_time"]
    assert data(ask("datetime", subtype="datetime"), "2026-12-31T13:30") == "2026-12-31T13:30"
    assert data(ask("datetime", subtype="datetime"), "31-12-2026 13.30") == "2026-12-31T13:30"
    assert codes(ask("datetime", subtype="datetime"), "31-12-2026") == ["not_a_moment"]


def test_choices_must_be_in_the_list_and_single_ones_single():
    listed = {"isian": LISTS["jenis"]}
    asked = ask("select", valuesKey="isian")
    assert codes(asked, "entah", listed) == ["unknown_option"]
    assert codes(asked, ["aspirasi", "pengaduan"], listed) == ["one_only"]
    assert asked.parse({"isian": ["aspirasi", "aspirasi"]}, listed).data == {"isian": "aspirasi"}
    assert asked.parse({}, listed).data == {"isian": None}


def test_ticks_are_counted():
    values_ = [{"label": letter, "value": letter} for letter in "abcd"]
    asked = ask("checklist", values=values_, properties={"min": "2", "max": "3"})
    assert codes(asked, ["a"]) == ["too_few"]
    assert codes(asked, list("abcd")) == ["too_many"]
    assert data(asked, ["b", "a", "b"]) == ["b", "a"]


def test_a_checkbox_is_ticked_or_not():
    asked = ask("checkbox", validate={"required": True})
    assert data(asked, "ya") is True
    assert data(asked, ["tidak", "on"]) is True
    assert codes(asked, []) == ["required_tick"]
    assert codes(asked, "mungkin") == ["unknown_option"]
    assert data(ask("checkbox"), "") is False


def test_files_are_named_once_and_counted():
    asked = screen({"type": "filepicker", "key": "bukti", "label": "Bukti", "validate": {"required": True}})
    assert asked.parse({"bukti": ["a1", "a1", "b2"]}, {}).files == ["a1", "b2"]
    with pytest.raises(forms.FormInvalid):
        asked.parse({}, {})
    with pytest.raises(forms.FormInvalid):
        asked.parse({"bukti": [str(number) for number in range(11)]}, {})


def test_mail_and_phone_are_checked():
    mail = ask("textfield", validate={"validationType": "email"})
    assert mail.parse({"isian": "sekar@desa.go.id"}, {}).texts["isian"] == "sekar@desa.go.id"
    assert codes(mail, "sekar@desa") == ["not_email"]
    for trap in ("=?utf-8?q?a=40evil.id=2C?=@x.id", "=?utf-8?q?a=0ABcc=3Az?=@x.id", "a[b@x.id", ".a@x.id", "ü@x.id"):
        assert codes(mail, trap) == ["not_email"], trap
    phone = ask("textfield", validate={"validationType": "phone"})
    assert phone.parse({"isian": "0857 4674-1281"}, {}).texts["isian"] == "0857 4674-1281"
    assert codes(phone, "nomor saya") == ["not_phone"]


def test_unknown_keys_are_ignored():
    parsed = ask("textfield").parse({"isian": "x", "akd": "komisi_1", "__class__": "y"}, {})
    assert parsed.data == {}
    assert parsed.texts == {"isian": "x"}


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["siapmas-terima", "siapmas-disposisi-ketua", "siapmas-tindak-lanjut"]), st.data())
def test_whatever_is_posted_is_parsed_or_refused_and_can_be_shown_again(key, drawn):
    asked = forms.load(key)
    answers = drawn.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(asked.fields, JSON)))
    assert outcome(asked, answers) <= asked.data_fields | asked.fields.keys()
    asked.bind(answers, LISTS)


def outcome(asked, answers):
    """The names of the data, or of the fields with problems: nothing else may come out."""
    try:
        return set(asked.parse(answers, LISTS).data)
    except forms.FormInvalid as refused:
        return set(refused.problems)


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert values.lines(values.lines(text)) == values.lines(text)
    assert values.line(values.line(text)) == values.line(text)
    values.lines(text).encode()
