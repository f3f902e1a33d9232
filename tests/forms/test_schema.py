"""Form documents are read strictly: what the server cannot honour is refused by name."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forms

SCREENS = sorted(path.stem for path in (Path(forms.__file__).parent / "screens").glob("*.form"))
ASK = {"type": "textfield", "key": "nama_jalan", "label": "Nama jalan"}
PICK = {"type": "radio", "key": "putusan", "label": "Putusan", "values": [{"label": "Ya", "value": "ya"}]}


def document(*components, **root):
    return json.dumps({"type": "default", "schemaVersion": 19, "components": list(components), **root}).encode()


def flaws(*components, **root):
    with pytest.raises(forms.ScreenInvalid) as refused:
        forms.read(document(*components, **root))
    return {(flaw.where, flaw.code) for flaw in refused.value.problems}


@pytest.mark.parametrize("key", SCREENS)
def test_every_screen_of_the_product_is_read_without_a_flaw_and_its_lists_exist(key):
    screen = forms.load(key)
    assert screen.key == key
    assert any(screen.values_keys <= forms.default_lists(process).keys() for process in ("siapmas", "pengaduan"))
    assert all(field.label and len(field.help) < 200 for field in screen.fields.values())


def test_the_papers_forms_are_filled_in_on_the_lembar_disposisi():
    on_the_sheet = {key for key in SCREENS if forms.load(key).display == "lembar"}
    assert on_the_sheet == {
        f"siapmas-{name}" for name in ("paraf-kasubag", "paraf-kabag", "disposisi-sekwan", "disposisi-ketua", "cermati")
    }


def test_a_screen_says_which_names_enter_data_and_which_decisions_are_cleared():
    terima = forms.load("siapmas-terima")
    assert {"bagian", "komisi_usulan", "bidang", "urgensi", "hasil_verifikasi"} <= terima.data_fields
    assert not {"perihal", "catatan", "alasan"} & terima.data_fields
    assert terima.decision_fields == {"hasil_verifikasi"}
    assert forms.load("siapmas-paraf-kabag").decision_fields == {"keputusan_kabag"}


def test_an_unknown_screen_is_named_and_a_path_is_not_a_key():
    for key in ("tidak-ada", "../schema", "/etc/passwd"):
        with pytest.raises(forms.UnknownScreen):
            forms.load(key)


def test_a_process_without_lists_has_none():
    assert forms.default_lists("laporan_bulanan") == {}
    assert forms.default_lists("../screens/x") == {}


@pytest.mark.parametrize("kind", ["html", "iframe", "expression", "button", "image", "dynamiclist", "taglist", "table"])
def test_component_types_the_server_cannot_draw_are_refused(kind):
    assert flaws({**ASK, "type": kind}) == {("nama_jalan", "component")}


@pytest.mark.parametrize("name", ["unit", "typename", "hasil", "data", "len"])
def test_names_the_engine_needs_are_refused(name):
    assert flaws({**ASK, "key": name}) == {(name, "reserved")}


def test_all_flaws_are_told_at_once():
    found = flaws(
        {**ASK, "label": "= rumus"},
        {**ASK, "validate": {"pattern": "(a+)+$"}},
        {**PICK, "values": []},
        {**ASK, "key": "Nama Jalan"},
        {**ASK, "key": "lain", "conditional": {"hide": "=a > 3 or b"}},
        {"type": "text", "text": "<script>alert(1)</script>", "id": "catatan_html"},
        schemaVersion=3,
    )
    assert found >= {
        ("formulir", "version"),
        ("nama_jalan", "expression"),
        ("nama_jalan", "unsupported"),
        ("nama_jalan", "repeated"),
        ("putusan", "options"),
        ("Nama Jalan", "name"),
        ("lain", "condition"),
        ("catatan_html", "html"),
    }


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"readonly": True}, "unsupported"),
        ({"valuesExpression": "=daftar"}, "unsupported"),
        ({"validate": {"required": "= x"}}, "required"),
        ({"validate": {"maxLength": 10**9}}, "length"),
        ({"validate": {"validationType": "custom"}}, "check"),
        ({"validate": []}, None),
        ({"properties": {"bentuk": "kamus"}}, "property"),
        ({"properties": {"warna": "merah"}}, "property"),
        ({"properties": {"data": "mungkin"}}, "property"),
        ({"properties": [1]}, "properties"),
        ({"label": 7}, "not_text"),
        ({"conditional": {"hide": '= putusan = "ya"'}}, "condition_field"),
    ],
)
def test_each_thing_that_cannot_be_honoured_is_told(changed, code):
    if code is None:
        assert forms.read(document({**ASK, **changed})).fields
    else:
        assert code in {found for _, found in flaws({**ASK, **changed})}


@pytest.mark.parametrize("bound", ["abc", 10**400, True, [], 1e300])
def test_bounds_are_numbers(bound):
    assert flaws({"type": "number", "key": "jumlah", "label": "Jumlah", "validate": {"min": bound}}) == {
        ("jumlah", "bounds")
    }


def test_a_condition_names_an_earlier_choice_and_one_of_its_values():
    later = {**ASK, "conditional": {"hide": '= putusan != "ya"'}}
    assert forms.read(document(PICK, later)).fields["nama_jalan"].shown_when == forms.Condition("putusan", "=", "ya")
    assert flaws(later, PICK) == {("nama_jalan", "condition_field")}
    assert flaws(PICK, {**ASK, "conditional": {"hide": '= putusan = "tidak"'}}) == {("nama_jalan", "condition_value")}


def test_a_condition_on_a_group_holds_for_its_questions():
    group = {"type": "group", "label": "Bila ya", "components": [ASK], "conditional": {"hide": '= putusan != "ya"'}}
    assert forms.read(document(PICK, group)).fields["nama_jalan"].shown_when == forms.Condition("putusan", "=", "ya")


def test_copies_need_a_list_and_names_of_their_own():
    assert ("putusan", "salin") in flaws({**PICK, "properties": {"salin": "a=b"}})
    listed = {**PICK, "valuesKey": "daftar", "values": [], "properties": {"salin": "putusan=b"}}
    assert ("putusan", "salin") in flaws(listed)


@pytest.mark.parametrize(
    "broken", [b"", b"[]", b"\xff", b"{", b'{"schemaVersion": NaN}', b'{"a":' * 5000, b" " * 600_000]
)
def test_what_is_no_form_is_refused_calmly(broken):
    with pytest.raises(forms.ScreenInvalid):
        forms.read(broken)


def test_too_deep_and_too_many_are_refused():
    nested = ASK
    for _ in range(6):
        nested = {"type": "group", "label": "x", "components": [nested]}
    assert ("formulir", "depth") in flaws(nested)
    assert ("formulir", "too_many") in flaws(*[{"type": "separator"}] * 300)


def test_the_same_document_is_read_once():
    assert forms.read(document(ASK)) is forms.read(document(ASK))
    assert forms.load("siapmas-terima") is forms.load("siapmas-terima")


def test_default_lists_lead_every_field_of_work_to_a_bagian_and_an_akd():
    lists = forms.default_lists("siapmas")
    bagian, akd = ({choice.code for choice in lists[key]} for key in ("bagian", "akd"))
    assert {choice.attrs["bagian"] for choice in lists["bidang"]} <= bagian
    assert {choice.attrs["komisi"] for choice in lists["bidang"]} <= akd
    assert 6 <= len(lists["bidang"]) <= 10
    assert all(len({choice.code for choice in entries}) == len(entries) for entries in lists.values())


WILD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "ya", "= a", "x" * 50, "min"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["hide", "value", "label", "min", "required"]), inner)
    ),
    max_leaves=6,
)
KINDS = [
    "textfield",
    "textarea",
    "number",
    "datetime",
    "checkbox",
    "checklist",
    "radio",
    "select",
    "filepicker",
    "text",
    "group",
]
OTHER_KEYS = ("description", "defaultValue", "appearance", "subtype", "decimalDigits", "components", "text", "accept")
PARTS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(KINDS) | WILD,
        "key": st.sampled_from(["a", "b", "c"]) | WILD,
        "label": st.just("Label") | WILD,
    },
    optional=dict.fromkeys(("validate", "properties", "conditional", "values", "valuesKey", *OTHER_KEYS), WILD),
)


@given(st.lists(PARTS | WILD, max_size=4), st.dictionaries(st.sampled_from(["disposisi", "id", "type"]), WILD))
def test_any_document_is_read_or_refused_and_what_is_read_can_be_shown(components, root):
    try:
        screen = forms.read(
            json.dumps({"type": "default", "schemaVersion": 19, "components": components, **root}).encode()
        )
    except forms.ScreenInvalid as refused:
        found = refused.problems
    else:
        found = screen.bind(None, dict.fromkeys(screen.values_keys, ())).items
    assert isinstance(found, tuple)
