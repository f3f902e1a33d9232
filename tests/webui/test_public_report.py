"""A report in three steps, without scripts: nothing typed is lost, and it is sent once."""

import gzip
import threading
from pathlib import Path

import orjson
import pytest
from citizen import WHAT, WHO, Citizen, Site, photo
from huey import MemoryHuey

from db import sql
from engine import vault
from engine.commands import intake
from webui import uploads
from webui.config import Config
from webui.rounds import forgetting
from webui.statics import DIRECTORY


def test_three_steps_lead_to_a_number_a_pin_and_the_first_task(any_site: Site) -> None:
    number, pin = any_site.citizen().reports([("jalan.jpg", photo())])
    assert number == "0001/SIAPMAS/2026"
    assert pin.isdecimal()
    assert len(pin) == 6
    with any_site.asked() as office:
        case, subject, reporter = sql.rows("SELECT id, subject, reporter_id FROM case_file")[0]
        assert office.waits(case) == ["terima"]
        assert subject == WHAT["perihal"]
        who = vault.unseal(sql.value("SELECT sealed FROM reporter WHERE id = ?", (reporter,)), f"reporter:{reporter}")
        assert (who["name"], who["phone"], who["email"]) == (WHO["nama"], WHO["telepon"], WHO["surel"])
        told = vault.unseal(sql.value("SELECT sealed FROM narrative"), f"narrative:{case}")
        assert (told["chronology"], told["when"], told["where"]) == (WHAT["kronologi"], WHAT["waktu"], WHAT["tempat"])
        assert sql.rows("SELECT case_file_id, draft, state, kind FROM attachment") == [(case, "", "clean", "photo")]
        assert sql.value("SELECT COUNT(*) FROM draft") == 0


def test_a_step_with_a_mistake_says_so_at_the_field_and_keeps_every_word(citizen: Citizen) -> None:
    citizen.opens("/lapor/siapmas").sends("/lapor/siapmas/siapa", nama="Siti", telepon="bukan nomor", surel="siti@")
    assert citizen.status == 422
    assert (citizen.value("nama"), citizen.value("telepon"), citizen.value("surel")) == ("Siti", "bukan nomor", "siti@")
    assert "Ini bukan nomor telepon" in citizen.text
    assert 'id="telepon-error"' in citizen.page
    assert 'aria-describedby="telepon-help telepon-error"' in citizen.page


@pytest.mark.parametrize("way", ["telepon", "surel"])
def test_one_way_to_be_answered_is_enough(citizen: Citizen, way: str) -> None:
    citizen.writes({"nama": "Siti", "telepon": "", "surel": "", way: WHO[way]})
    assert citizen.address.endswith("/bukti")


def test_no_way_to_be_answered_is_told_at_the_first_of_them_together_with_other_mistakes(citizen: Citizen) -> None:
    citizen.opens("/lapor/siapmas").sends("/lapor/siapmas/siapa", nama="", telepon=" ", surel="")
    assert citizen.status == 422
    assert "2 isian perlu diperbaiki" in citizen.text
    assert "Isilah nomor telepon atau alamat surel" in citizen.text


def test_nobody_asks_for_an_identity_number(citizen: Citizen) -> None:
    citizen.opens("/lapor/siapmas")
    assert 'name="nik"' not in citizen.page.lower()
    assert "UU 27/2022" in citizen.text


def test_the_answers_are_there_again_after_the_line_was_lost(site: Site, citizen: Citizen) -> None:
    citizen.writes()
    again = site.citizen()
    token = citizen.client.get_cookie("lapor_siapmas", path="/lapor")
    assert token is not None
    again.client.set_cookie("lapor_siapmas", token.value, path="/lapor")
    assert again.opens("/lapor/siapmas").value("nama") == WHO["nama"]
    assert again.opens("/lapor/siapmas/peristiwa").value("kronologi") == WHAT["kronologi"]


def test_a_half_typed_step_is_kept_while_typing(citizen: Citizen) -> None:
    citizen.opens("/lapor/siapmas").sends("/lapor/siapmas/simpan/siapa", nama="Sit")
    assert citizen.status == 204
    assert citizen.opens("/lapor/siapmas").value("nama") == "Sit"


def test_the_draft_is_sealed_and_its_token_is_stored_nowhere(site: Site, citizen: Citizen) -> None:
    citizen.writes()
    cookie = citizen.client.get_cookie("lapor_siapmas", path="/lapor")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, len(cookie.value)) == (True, "Lax", 43)
    with site.asked():
        row = str(sql.rows("SELECT * FROM draft"))
    assert WHO["nama"] not in row
    assert cookie.value not in row


def test_an_old_page_keeps_what_was_typed_and_asks_once_more(citizen: Citizen) -> None:
    citizen.opens("/lapor/siapmas").sends("/lapor/siapmas/siapa", **WHO)
    answer = citizen.client.post("/lapor/siapmas/peristiwa", data={**WHAT, "csrf_token": "old"})
    assert answer.status_code == 400
    assert "Isian Anda masih ada" in answer.get_data(as_text=True)
    assert citizen.opens("/lapor/siapmas/peristiwa").value("kronologi") == WHAT["kronologi"]


def test_the_review_shows_the_promise_and_sends_back_to_what_is_missing(citizen: Citizen) -> None:
    citizen.opens("/lapor/siapmas").sends("/lapor/siapmas/siapa", **WHO)
    assert citizen.opens("/lapor/siapmas/periksa").address.endswith("/peristiwa")
    citizen.sends("/lapor/siapmas/peristiwa", **WHAT).opens("/lapor/siapmas/periksa")
    assert citizen.address.endswith("/periksa")
    assert "SOP tidak menetapkan tanggal jawaban" in citizen.text
    assert WHAT["kronologi"] in citizen.text


def test_changing_one_step_from_the_review_leads_back_to_the_review(citizen: Citizen) -> None:
    citizen.writes().opens("/lapor/siapmas/peristiwa?kembali=periksa")
    citizen.sends("/lapor/siapmas/peristiwa", kembali="periksa", **{**WHAT, "tempat": "Desa Kemlagi"})
    assert citizen.address.endswith("/periksa")
    assert "Desa Kemlagi" in citizen.text


def test_sending_twice_going_back_and_reloading_give_the_same_case(any_site: Site) -> None:
    citizen = any_site.citizen().writes().opens("/lapor/siapmas/periksa")
    token = citizen.token
    first = citizen.sends("/lapor/siapmas/kirim").shown("nomor")
    pin = citizen.shown("pin")
    again = citizen.client.post("/lapor/siapmas/kirim", data={"csrf_token": token}, follow_redirects=True)
    assert first in again.get_data(as_text=True)
    for address in ("/lapor/siapmas", "/lapor/siapmas/periksa", "/lapor/siapmas/bukti", "/lapor/siapmas/terkirim"):
        assert citizen.opens(address).shown("nomor") == first
        assert citizen.shown("pin") == pin
    late = citizen.client.post("/lapor/siapmas/siapa", data={"csrf_token": token, **WHO}, follow_redirects=True)
    assert first in late.get_data(as_text=True)
    with any_site.asked():
        assert sql.value("SELECT COUNT(*) FROM case_file") == 1


def test_two_tabs_sending_at_the_same_moment_make_one_case(any_site: Site) -> None:
    citizen = any_site.citizen().writes().opens("/lapor/siapmas/periksa")
    cookie = citizen.client.get_cookie("lapor_siapmas", path="/lapor")
    session = citizen.client.get_cookie("sesi")
    assert cookie is not None
    assert session is not None
    ready, seen = threading.Barrier(4), []

    def tab() -> None:
        client = any_site.app.test_client()
        client.set_cookie("lapor_siapmas", cookie.value, path="/lapor")
        client.set_cookie("sesi", session.value)
        ready.wait()
        seen.append(client.post("/lapor/siapmas/kirim", data={"csrf_token": citizen.token}).status_code)

    tabs = [threading.Thread(target=tab) for _ in range(4)]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join()
    assert seen == [303] * 4
    with any_site.asked():
        assert sql.value("SELECT COUNT(*) FROM case_file") == 1
        assert sql.value("SELECT COUNT(*) FROM reporter") == 1


def test_another_report_begins_empty_and_the_first_ones_receipt_is_gone(citizen: Citizen) -> None:
    first = citizen.reports()
    citizen.sends("/lapor/siapmas/baru")
    assert citizen.value("nama") == ""
    assert citizen.opens("/lapor/siapmas/terkirim").address == "/lapor/siapmas"
    assert citizen.reports()[0] != first[0]


def test_throwing_a_draft_away_takes_its_files_along(site: Site, citizen: Citizen) -> None:
    citizen.writes().uploads("/lapor/siapmas/bukti", [("jalan.jpg", photo())])
    citizen.sends("/lapor/siapmas/baru")
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM draft") == 0
        assert sql.value("SELECT COUNT(*) FROM attachment") == 0


def test_a_stranger_sees_no_receipt(site: Site, citizen: Citizen) -> None:
    citizen.reports()
    stranger = site.citizen()
    assert stranger.opens("/lapor/siapmas/terkirim").address == "/lapor/siapmas"
    assert stranger.opens("/lapor/siapmas/tanda-terima").status == 404


def test_the_pin_is_shown_for_two_hours_whatever_cookie_was_kept(site: Site, citizen: Citizen) -> None:
    citizen.reports()
    cookie = citizen.client.get_cookie("lapor_siapmas", path="/lapor")
    assert cookie is not None
    site.office.after(minutes=121)
    citizen.client.set_cookie("lapor_siapmas", cookie.value, path="/lapor")
    assert citizen.opens("/lapor/siapmas/terkirim").address == "/lapor/siapmas"
    assert citizen.opens("/lapor/siapmas/tanda-terima").status == 404


def test_the_receipt_is_a_pdf_that_nobody_caches(citizen: Citizen) -> None:
    citizen.reports()
    citizen.opens("/lapor/siapmas/tanda-terima")
    assert citizen.answer is not None
    assert citizen.answer.data.startswith(b"%PDF-")
    assert citizen.answer.headers["Cache-Control"] == "no-store"


def test_long_texts_control_characters_and_emoji_are_taken_or_told(site: Site, citizen: Citizen) -> None:
    odd = {**WHAT, "perihal": "Lampu\x00 mati\u202e 😀 di jalan", "kronologi": "x" * 10_001}
    citizen.opens("/lapor/siapmas").sends("/lapor/siapmas/siapa", **WHO).sends("/lapor/siapmas/peristiwa", **odd)
    assert citizen.status == 422
    assert "Terlalu panjang: 10001 huruf, paling banyak 10000" in citizen.text
    assert len(citizen.value("kronologi")) == 10_001
    citizen.sends("/lapor/siapmas/peristiwa", **{**odd, "kronologi": WHAT["kronologi"]})
    citizen.opens("/lapor/siapmas/periksa").sends("/lapor/siapmas/kirim")
    with site.asked():
        assert sql.value("SELECT subject FROM case_file") == "Lampu mati 😀 di jalan"


def test_nobody_fills_the_disk_with_what_no_form_could_take(site: Site, citizen: Citizen) -> None:
    citizen.opens("/lapor/siapmas").sends("/lapor/siapmas/simpan/siapa", nama="x" * 1_900_000)
    assert citizen.status == 204
    with site.asked():
        assert sql.value("SELECT LENGTH(sealed) FROM draft") < 60_000
    citizen.opens("/lapor/siapmas").sends("/lapor/siapmas/siapa", nama="x" * 30_000)
    assert (citizen.status, "Terlalu panjang" in citizen.text) == (422, True)


def test_markup_in_an_answer_stays_text(citizen: Citizen) -> None:
    citizen.writes(what={**WHAT, "kronologi": "<script>alert(1)</script> begitulah kejadiannya"})
    citizen.opens("/lapor/siapmas/periksa")
    assert "<script>alert" not in citizen.page
    assert "&lt;script&gt;alert(1)" in citizen.page


def test_what_the_organisation_decided_replaces_the_shipped_words(site: Site, citizen: Citizen) -> None:
    body = orjson.dumps({"siapmas": {"title": "Suara warga Mojokerto"}}).decode()
    with site.asked() as office:
        sql.insert("setting", organisation_id=office.organisation, name="intake", body=body)
    assert "Suara warga Mojokerto" in citizen.opens("/lapor/siapmas").text


def test_a_process_without_a_public_form_is_not_found(citizen: Citizen) -> None:
    assert citizen.opens("/lapor/jawab_pelapor").status == 404
    assert citizen.opens("/lapor/siapmas/entah").status == 404


def test_the_first_page_weighs_less_than_a_hundred_kilobytes(citizen: Citizen) -> None:
    citizen.opens("/lapor/siapmas")
    parts = [gzip.compress(citizen.page.encode())]
    for line in citizen.page.split('"'):
        if line.startswith("/static/"):
            parts.append((DIRECTORY / f"{Path(line).name}.gz").read_bytes())
    assert len(parts) == 3
    assert sum(map(len, parts)) < 100 * 1024
    assert "tabler" not in citizen.page.lower()


def test_drafts_are_forgotten_after_a_silent_week_with_their_files(site: Site, citizen: Citizen) -> None:
    citizen.writes().uploads("/lapor/siapmas/bukti", [("jalan.jpg", photo())])
    with site.app.app_context(), site.asked() as office:
        store = uploads.store()
        assert len(list(store.kept.glob("??/*"))) == 1
        assert intake.sweep(store, now=office.now + intake.KEEP_MS) == 0
        late = max(office.now, int(max(p.stat().st_mtime for p in store.kept.glob("??/*")) * 1000)) + 2 * intake.KEEP_MS
        assert intake.sweep(store, now=late) == 1
        assert list(store.kept.glob("??/*")) == []
        assert sql.value("SELECT COUNT(*) FROM attachment") == 0


def test_the_worker_forgets_at_night(site: Site, citizen: Citizen) -> None:
    config: Config = site.app.config["OFFICE"]
    citizen.writes()
    forget = forgetting.register(MemoryHuey(immediate=True), config, lambda: site.office.now + 8 * 86_400_000)
    forget.call_local()
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM draft") == 0
