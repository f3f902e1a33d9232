"""The box of SMS: what an operator sees and does, what an administrator sets, the door for providers."""

from dataclasses import replace
from typing import Any

import pytest
from citizen import Site
from clerk import Clerk, clerk, visitor
from kota import Kota
from texting import NIK, REPORT, SENDER, Phones, cases, told

from db import sql
from db.queries.texting import PAGE
from engine.sms import rules
from webui import sms_door


@pytest.fixture
def phones(site: Site) -> Phones:
    with site.asked():
        return Phones(Kota("2026-03-13 09.00"))


FORM: dict[str, Any] = {
    "nomor": "1708",
    "pemisah": "# *",
    "per_jam": "9",
    "balasan_per_jam": "20",
    "bantuan_per_jam": "2",
    "jam_sama": "12",
    "bagian": "3",
    "urutan": "subyek, nik, nama ibu, lokasi, isi",
    "batas": "5, 8",
    "sisa": "ya",
    "operator": ["koordinator"],
    "cara": "POST",
    "bentuk": "json",
    "isian": "tujuan = {number}\npesan = {text}",
    "kode_berhasil": "200, 202",
    "tanda_berhasil": "OK",
    "kata_report": "wadul, adu",
    "kata_status": "status",
    "kata_withdraw": "cabut",
    "kata_answer": "jawab",
    "kata_help": "info",
}


def as_(site: Site, phones: Phones, username: str) -> Clerk:
    site.office.now = phones.kota.now
    return clerk(site, username)


def test_an_operator_completes_by_hand_what_was_not_understood(site: Site, phones: Phones) -> None:
    with site.asked():
        phones.says(f"ADU#{NIK}#Siti Aminah#e#Wates")
    yanti = as_(site, phones, "yanti")
    box = yanti.opens("/sms").page
    assert "tidak dipahami" in box
    assert "kurang: isi" in box
    assert NIK not in box
    assert "6281234567890" not in box
    shown = yanti.opens("/sms/1").page
    assert NIK in shown
    assert SENDER in shown
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM access_log WHERE detail = 'sms:1'") == 1
    yanti.sends("/sms/1/lengkapi")
    assert yanti.last is not None
    form = yanti.opens(yanti.last.location).page
    assert NIK in form
    assert SENDER in form
    assert "Siti Aminah" in form
    assert "sedang dilengkapi" in yanti.opens("/sms").page


def test_what_was_held_back_becomes_a_case_by_one_press_and_once(site: Site, phones: Phones) -> None:
    with site.asked():
        for count in range(6):
            phones.sends(f"{REPORT} {count}")
        phones.comes_by()
        assert len(cases()) == 5
    yanti = as_(site, phones, "yanti")
    assert "menunggu Anda" in yanti.opens("/sms").page
    yanti.sends("/sms/6/jadikan")
    with site.asked():
        assert len(cases()) == 6
        assert told(cases()[-1])["nik"] == NIK
    yanti.sends("/sms/6/jadikan")
    with site.asked():
        assert len(cases()) == 6
    assert "Tidak ada yang perlu dilihat" in yanti.opens("/sms").page


def test_many_from_one_number_are_one_line_and_a_flood_of_strangers_another(site: Site, phones: Phones) -> None:
    with site.asked():
        for count in range(3):
            phones.sends(f"ADU#{NIK}#Siti Aminah#e#Wates {count}")
        for count in range(PAGE + 1):
            phones.sends("halo", f"+62857000001{count:02}")
        phones.comes_by()
    yanti = as_(site, phones, "yanti")
    box = yanti.opens("/sms").page
    assert box.count(">Buka<") == 1
    assert "dan 2 lagi dari nomor yang sama" in box
    assert f"{PAGE + 1} SMS dari {PAGE + 1} nomor yang belum pernah mengadu" in box
    assert yanti.opens("/sms?lihat=asing").page.count(">Buka<") == PAGE
    with site.asked():
        phones.says("halo", "+6285799999999")  # came after the page was drawn
    yanti.sends(f"/sms/{PAGE + 4}/selesai-asing")
    yanti.opens("/sms/1")
    yanti.sends("/sms/1/selesai-pengirim")
    assert yanti.opens("/sms").page.count(">Buka<") == 1
    with site.asked():
        assert [state for state, _ in phones.states()] == ["diurus"] * (PAGE + 4) + ["kurang"]
        told = sql.rows("SELECT facts FROM journal WHERE kind = 'sms_dismissed' ORDER BY id")
        assert told == [(f'{{"count":{PAGE + 1},"sms":{PAGE + 4}}}',), ('{"count":3,"sms":1}',)]


def test_others_see_neither_box_nor_words(site: Site, phones: Phones) -> None:
    with site.asked():
        phones.says("halo")
    assert as_(site, phones, "petugas.dkp").opens("/sms").status == 403
    admin = as_(site, phones, "admin.kota")
    assert admin.opens("/sms").status == 200  # whether the gateway works; not what people wrote
    assert admin.opens("/sms/1").status == 403
    with site.asked():
        stranger = phones.states()
    as_(site, phones, "sekar").opens("/sms/1")
    assert stranger == [("kurang", "tak_dikenal")]


def test_the_words_of_the_grammar_are_the_organisations_own(site: Site, phones: Phones) -> None:
    admin = as_(site, phones, "admin.kota")
    assert "ADU#NIK#NAMA IBU#SUBYEK#LOKASI#ISI" in admin.opens("/pengaturan/sms").page
    good = FORM
    assert admin.sends("/pengaturan/sms", **good | {"kata_help": "wadul"}).status_code == 422
    assert "sudah dipakai untuk hal lain" in admin.page
    assert admin.sends("/pengaturan/sms", **good | {"per_jam": "nol", "pemisah": "x"}).status_code == 422
    for field, bad in (
        ("urutan", "isi, nik"),
        ("batas", "tujuh"),
        ("isian", "pesan = {0.__class__}"),
        ("isian", "pesan = {text}"),
        ("kode_berhasil", "oke"),
        ("operator", "lurah"),
        ("bagian", "99"),
        ("bantuan_per_jam", "0"),
    ):
        assert admin.sends("/pengaturan/sms", **good | {field: bad}).status_code == 422, (field, bad)
        assert f'id="p-{field}-error"' in admin.page, field
    assert admin.sends("/pengaturan/sms", **good).status_code == 302
    assert "WADUL#SUBYEK#NIK#NAMA IBU" in admin.opens("/pengaturan/sms").page
    with site.asked():
        phones.says(f"Wadul*e*{NIK}*Siti Aminah*Wates*Sampah menumpuk")
        assert len(cases()) == 1
        assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'setting' AND facts LIKE '%WADUL%'") == 1
        by = rules.of(phones.kota.organisation)
        assert by is not None
        assert (by.limits, by.operators, by.takes_the_rest) == (["P5D", "P8D"], ["koordinator"], True)
        assert by.http["fields"] == {"tujuan": "{number}", "pesan": "{text}"}
        assert by.http["success"] == {"status": [200, 202], "contains": "OK"}


def test_the_providers_password_goes_into_another_map_only_by_who_knows_it(site: Site, phones: Phones) -> None:
    admin = as_(site, phones, "admin.kota")
    admin.opens("/pengaturan/sms")
    given = FORM | {"isian": "to = {to}\npesan = {text} {password}"}
    site.app.config["OFFICE"] = replace(site.app.config["OFFICE"], sms_url="https://dinas:rah%40sia@contoh.id/kirim")
    for guess in ("", "rahasia"):
        assert admin.sends("/pengaturan/sms", **given, sandi_penyedia=guess).status_code == 422
        assert 'id="p-sandi_penyedia-error"' in admin.page
        assert "rahasia" not in admin.page
    assert admin.sends("/pengaturan/sms", **given, sandi_penyedia="rah@sia").status_code == 302
    assert admin.sends("/pengaturan/sms", **given | {"nomor": "1709"}).status_code == 302  # the same map
    assert admin.sends("/pengaturan/sms", **given | {"isian": "to = {to}\nx = {text}{password}"}).status_code == 422
    with site.asked():
        assert "rah@sia" not in str(sql.rows("SELECT facts FROM journal WHERE kind = 'setting'"))


def test_a_provider_brings_sms_to_an_address_nobody_guesses(site: Site, phones: Phones) -> None:
    site.office.now = phones.kota.now
    with site.asked():
        by = rules.every()[0]
        key = sms_door.token(by)
    line = visitor(site).client
    assert line.post("/sms/masuk/" + "0" * 40, data={"from": SENDER, "text": REPORT}).status_code == 404
    for _ in range(2):  # the provider heard nothing the first time
        assert line.post(f"/sms/masuk/{key}", json={"sender": SENDER, "message": REPORT, "id": 77}).status_code == 200
    assert line.get(f"/sms/masuk/{key}", query_string={"msisdn": "TELKOMSEL", "msg": "Promo"}).status_code == 200
    assert line.post(f"/sms/masuk/{key}", data={"text": "tanpa pengirim"}).status_code == 422
    with site.asked():
        phones.comes_by()
        assert [state for state, _ in phones.states()] == ["kasus", "dilewati"]
    as_(site, phones, "admin.kota").sends("/pengaturan/sms/alamat")
    assert line.post(f"/sms/masuk/{key}", data={"from": SENDER, "text": "x"}).status_code == 404


def test_guessing_the_address_is_slowed(site: Site, phones: Phones) -> None:
    line = visitor(site).client
    answers = [line.post("/sms/masuk/" + "0" * 40).status_code for _ in range(sms_door.TRIES + 3)]
    assert answers[0] == 404
    assert answers[-1] == 429
    assert line.post("/sms/masuk/" + "é" * 40).status_code == 429  # as any other that is none


def test_the_story_of_a_case_tells_how_far_its_sms_came(site: Site, phones: Phones) -> None:
    with site.asked():
        phones.says(REPORT)
        phones.comes_by()
        (case,) = cases()
    page = as_(site, phones, "yanti").opens(f"/kasus/{case}/riwayat").page
    assert "SMS: aduan diterima: terkirim" in page
