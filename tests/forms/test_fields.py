"""A bound screen carries all that a page needs: values, choices, problems, help, conditions."""

import json

import jinja2
import pytest
from lxml import html

import forms

LISTS = forms.default_lists("siapmas")
PAGE = """
{%- macro items(part) %}{% for item in part %}
  {%- if item.kind == "group" %}<fieldset><legend>{{ item.label }}</legend>{{ items(item.items) }}</fieldset>
  {%- elif item.kind in ("text", "separator", "spacer") %}<p>{{ item.text }}</p>
  {%- else %}
  <div {% if item.shown_when %}data-shown-when="{{ item.shown_when.field }}" data-shown-op="{{ item.shown_when.op }}"
       data-shown-value="{{ item.shown_when.value }}"{% endif %}>
    {%- if item.kind in ("radio", "checklist") %}
    <fieldset aria-describedby="{{ item.described_by }}">
      <legend>{{ item.label }}{% if item.required %} (wajib diisi){% endif %}</legend>
      {%- for choice in item.choices %}
      <input type="{{ "radio" if item.kind == "radio" else "checkbox" }}" name="{{ item.name }}" id="{{ choice.id }}"
             value="{{ choice.code }}" {% if choice.checked %}checked{% endif %}>
      <label for="{{ choice.id }}">{{ choice.label }}</label>{% endfor %}
    </fieldset>
    {%- else %}
    <label for="{{ item.id }}">{{ item.label }}{% if item.required %} (wajib diisi){% endif %}</label>
    {{ item.widget(class="form-control") }}
    {%- endif %}
    {%- if item.help %}<div id="{{ item.id }}-help">{{ item.help }}</div>{% endif %}
    {%- for problem in item.errors %}<div id="{{ item.id }}-error">{{ problem.sentence }}</div>{% endfor %}
  </div>
  {%- endif %}{% endfor %}{% endmacro %}{{ items(screen) }}"""
TEMPLATE = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(PAGE)


def draw(screen):
    return html.fromstring("<form>" + TEMPLATE.render(screen=screen) + "</form>")


def screen(*components):
    return forms.read(json.dumps({"type": "default", "schemaVersion": 19, "components": list(components)}).encode())


@pytest.mark.parametrize("key", ["siapmas-terima", "siapmas-disposisi-ketua", "siapmas-lengkapi", "siapmas-distribusi"])
def test_every_control_is_drawn_with_a_label_and_an_explanation_that_exists(key):
    page = draw(forms.load(key).bind(None, LISTS))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for control in page.xpath("//input|//textarea|//select"):
        assert page.xpath(f"//label[@for='{control.get('id')}']")
    for names in page.xpath("//@aria-describedby"):
        assert set(names.split()) <= set(ids)


def test_a_fresh_form_proposes_the_komisi_and_the_facts_of_the_case():
    ketua = forms.load("siapmas-disposisi-ketua").bind(None, LISTS, initial={"komisi_usulan": "komisi_3"})
    assert [choice.code for choice in ketua["akd"].choices if choice.checked] == ["komisi_3"]
    terima = forms.load("siapmas-terima").bind(None, LISTS, initial={"perihal": "Jalan rusak", "bidang": "hukum"})
    assert terima["perihal"].value == "Jalan rusak"
    assert terima["bidang"].value == "hukum"
    assert terima["urgensi"].value == "biasa"
    page = draw(terima)
    assert page.xpath("//select[@name='bidang']/option[@selected]/@value") == ["hukum"]
    assert page.xpath("//input[@name='perihal']/@value") == ["Jalan rusak"]


def test_decisions_are_never_proposed():
    kabag = forms.load("siapmas-paraf-kabag")
    fresh = kabag.bind(None, LISTS, initial={"keputusan_kabag": "kembalikan", "bagian": "bagian_umum"})
    assert not any(choice.checked for choice in fresh["keputusan_kabag"].choices)
    assert fresh["bagian"].value == ""


def test_what_was_typed_stays_with_its_problems_at_the_field():
    asked = forms.load("siapmas-tindak-lanjut")
    answers = {"keputusan_akd": "lanjut", "tanggal_pelaksanaan": "31-02-2026", "laporan": "<b>Sudah</b>", "bentuk": "x"}
    with pytest.raises(forms.FormInvalid) as refused:
        asked.parse(answers, LISTS)
    again = asked.bind(answers, LISTS, problems=refused.value.problems)
    page = draw(again)
    assert page.xpath("//input[@name='keputusan_akd'][@checked]/@value") == ["lanjut"]
    assert page.xpath("//textarea[@name='laporan']")[0].text.strip() == "<b>Sudah</b>"
    assert page.xpath("//input[@name='tanggal_pelaksanaan']/@value") == ["31-02-2026"]
    assert page.xpath("//input[@name='tanggal_pelaksanaan']/@type") == ["text"]
    assert page.xpath("//input[@name='tanggal_pelaksanaan']/@aria-invalid") == ["true"]
    assert "tidak ada" in page.xpath("//*[@id='tanggal_pelaksanaan-error']")[0].text
    assert [field.name for field, _ in again.errors] == ["bentuk", "tanggal_pelaksanaan"]


def test_a_good_date_is_given_to_the_browsers_own_picker():
    asked = forms.load("siapmas-lanjutan")
    page = draw(asked.bind({"tanggal_pelaksanaan": "31-12-2026"}, LISTS))
    assert page.xpath("//input[@name='tanggal_pelaksanaan']/@value") == ["2026-12-31"]
    assert page.xpath("//input[@name='tanggal_pelaksanaan']/@type") == ["date"]


def test_conditions_are_told_to_the_page_and_answered_for_the_first_drawing():
    kasubag = forms.load("siapmas-paraf-kasubag").bind({"keputusan_kasubag": "teruskan"}, LISTS)
    assert not kasubag["alasan"].shown
    holder = draw(kasubag).xpath("//*[@data-shown-when]")[0]
    assert (holder.get("data-shown-when"), holder.get("data-shown-op")) == ("keputusan_kasubag", "=")
    assert holder.get("data-shown-value") == "kembalikan"


def test_an_entry_says_to_which_of_another_list_it_belongs_so_that_a_page_may_narrow_it():
    screen, lists = forms.load("pengaduan-lapor-perihal"), forms.default_lists("pengaduan")
    part = html.fromstring(str(screen.bind({"bagian_subyek": "sampah"}, lists)["bagian_subyek"].widget()))
    assert part.get("data-within") == "subyek"
    owners = {option.get("value"): option.get("data-of") for option in part.findall("option")}
    assert (owners[""], owners["sampah"], owners["puskesmas"]) == (None, "kebersihan", "kesehatan")
    assert [option.get("value") for option in part.findall("option") if option.get("selected")] == ["sampah"]


def test_a_saved_disposition_is_shown_ticked_from_its_data():
    asked = forms.load("siapmas-disposisi-ketua")
    saved = asked.parse({"keputusan_ketua": "disposisikan", "akd": ["komisi_1", "bk"]}, LISTS).data
    assert [choice.code for choice in asked.bind(saved, LISTS)["akd"].choices if choice.checked] == ["komisi_1", "bk"]


def test_places_on_the_lembar_are_found_by_name():
    ketua = forms.load("siapmas-disposisi-ketua").bind(None, LISTS)
    places = {
        place: [field.name for field in ketua.at(place)] for place in ("keputusan", "tujuan", "instruksi", "catatan")
    }
    assert places == {
        "keputusan": ["keputusan_ketua"],
        "tujuan": ["akd"],
        "instruksi": ["instruksi_ketua"],
        "catatan": ["catatan"],
    }


def test_numbers_ticks_and_groups_are_drawn():
    part = {"type": "number", "key": "jumlah", "label": "Jumlah", "defaultValue": 2.5}
    tick = {"type": "checkbox", "key": "setuju", "label": "Setuju"}
    group = {"type": "group", "label": "Rincian", "components": [part, {"type": "text", "text": "a < b"}, tick]}
    page = draw(screen(group).bind(None, {}))
    assert page.xpath("//fieldset/legend/text()") == ["Rincian"]
    assert page.xpath("//input[@name='jumlah']/@value") == ["2,5"]
    assert page.xpath("//input[@name='jumlah']/@inputmode") == ["decimal"]
    assert page.xpath("//p/text()") == ["a < b"]
    assert draw(screen(group).bind({"setuju": "ya"}, {})).xpath("//input[@name='setuju']/@checked")


def test_the_form_class_is_built_once_per_content_of_the_lists():
    asked = forms.load("siapmas-alihkan")
    first = asked.form_class(LISTS)
    assert first is asked.form_class({"akd": list(LISTS["akd"])})
    assert first is not asked.form_class({"akd": LISTS["akd"][:3]})


def test_a_problem_with_no_field_of_this_form_is_not_lost():
    asked = forms.load("siapmas-alihkan").bind({}, LISTS, problems={"lain": [forms.Problem("one_only")]})
    assert [problem.code for problem in asked.general] == ["one_only"]
    assert asked.errors == []
