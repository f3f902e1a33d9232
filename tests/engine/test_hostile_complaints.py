"""What somebody could turn against a complaint: an identity two cases share, SMS beside one, dear numbers."""

import os
from pathlib import Path

import pytest
from kota import Kota
from texting import NIK, REPORT, SENDER, Phones, cases, told

from db import sql
from engine import vault, verbs
from engine.commands import erasure, sms_out
from engine.errors import FormInvalid
from engine.offices import roster
from engine.publishing import anonymity, publications
from engine.sms.gateways.files import Files


@pytest.fixture
def phones(sqlite: str) -> Phones:
    return Phones(Kota("2026-03-13 09.00"))


def came() -> list[dict[str, str]]:
    """What is kept of every SMS that came."""
    found = sql.rows("SELECT id, sealed FROM sms_in ORDER BY id")
    return [dict(vault.unseal(sealed, f"sms_in:{one}")) for one, sealed in found]


def test_who_reported_stays_known_while_a_case_of_theirs_goes_on_or_is_held(phones: Phones) -> None:
    kota, keeper = phones.kota, phones.kota.people["penanggung_jawab"]
    case = kota.declined()
    new = verbs.reopen(case, reason="Ada bukti.", by=kota.people["koordinator"], now=kota.now).case_id
    asked = erasure.ask(case, "hapus", "", now=kota.now)
    with pytest.raises(FormInvalid) as refused:
        erasure.carry_out([asked], "180/1", by=keeper, now=kota.now)
    assert [one.code for one in refused.value.problems["erasures"]] == ["running"]
    verbs.withdraw(new, now=kota.now)
    erasure.hold_back(new, "W14-U1/9", by=keeper, now=kota.now)
    with pytest.raises(FormInvalid) as refused:
        erasure.carry_out([asked], "180/1", by=keeper, now=kota.now)
    assert [one.code for one in refused.value.problems["erasures"]] == ["held"]
    assert told(new)["email"] == "sri@contoh.id"


def test_whatever_a_sender_wrote_beside_a_complaint_is_erased_with_it_but_not_what_waits(phones: Phones) -> None:
    phones.says(REPORT)
    phones.says(REPORT)  # the same again holds the same NIK
    phones.says(f"STATUS saya {NIK}")
    phones.says(f"ADU#{NIK}#Siti Aminah")  # an operator has still to look at it
    (case,) = cases()
    verbs.withdraw(case, now=phones.kota.now)
    asked = erasure.ask(case, "hapus", "", now=phones.kota.now)
    erasure.carry_out([asked], "180/1", by=phones.kota.people["penanggung_jawab"], now=phones.kota.now)
    kept = came()
    assert [(one["number"], NIK in one["text"]) for one in kept] == [("", False)] * 3 + [(SENDER, True)]


def test_of_what_was_taken_down_no_painted_photo_is_kept_once_its_case_is_erased(phones: Phones) -> None:
    kota = phones.kota
    case = kota.forwarded()
    kota.acts(case, "sunting_pengaduan")
    kinds = {"name": "foto.jpg", "kind": "photo", "media_type": "image/jpeg", "state": "clean", "source": "pelapor"}
    photo = sql.insert(
        "attachment",
        case_file_id=case,
        draft="",
        reason="",
        size=1,
        at_ms=0,
        received_hash="a",
        content_hash="a",
        **kinds,
    )
    about = {"boxes": "[]", "content_hash": "b", "width": 1, "height": 1, "at_ms": 0}
    sql.insert("publication_photo", case_file_id=case, attachment_id=photo, **about)
    verbs.withdraw(case, now=kota.now)  # what is withdrawn is taken down
    asked = erasure.ask(case, "hapus", "", now=kota.now)
    erasure.carry_out([asked], "180/1", by=kota.people["penanggung_jawab"], now=kota.now)
    assert sql.value("SELECT COUNT(*) FROM publication_photo") == 0


def test_a_dear_number_of_another_country_is_answered_about_a_case_alone(phones: Phones) -> None:
    assert phones.says("halo", "+882130000001") == []
    assert phones.says("STATUS", "+882130000001") == []
    assert phones.says(REPORT, "+6591234567") != []


def test_the_words_of_our_own_in_an_sms_complaint_are_nobodys_name(phones: Phones) -> None:
    phones.says(REPORT)
    whom = publications.known(cases()[0])
    assert whom.names == ("Siti Aminah",)  # of the mother, told in confidence
    assert anonymity.findings("Aduan lewat SMS: Kebersihan dan Lingkungan", whom) == []


def test_of_two_workers_one_hands_a_message_to_the_provider(phones: Phones) -> None:
    phones.air.away = True
    phones.says(REPORT)
    phones.kota.now += 600_000
    (mine,), (theirs,) = sms_out.waiting(phones.kota.now), sms_out.waiting(phones.kota.now)
    assert [sms_out.claim(mine, phones.kota.now), sms_out.claim(theirs, phones.kota.now)] == [True, False]
    assert len(sms_out.waiting(phones.kota.now + sms_out.HANDING_MS)) == 1  # the first one died


def test_a_broken_table_of_who_serves_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="tanda kutip"):
        roster.read_table(b'unit,orang,nomor_sk\ndkp,"' + b"a" * 150_000)
    assert roster.read_table(b"unit,orang,nomor_sk\ndkp,Sri,1\0/2026\n")[0].letter == "1/2026"


def test_what_is_no_file_in_the_inbox_stops_no_sms(tmp_path: Path) -> None:
    for name in ("inbox", "outbox", "sent", "error"):
        (tmp_path / name).mkdir()
    inbox, name = tmp_path / "inbox", "IN20260313_090000_0%s_+6281234567890_00.txt"
    (inbox / (name % 0)).mkdir()
    (tmp_path / "elsewhere").write_text("STATUS")
    (inbox / (name % 1)).symlink_to(tmp_path / "elsewhere")
    (inbox / (name % 2)).write_text("INFO")
    os.utime(inbox / (name % 2), (0, 0))
    assert [one.text for one in Files(tmp_path).arrived(10)] == ["INFO"]
