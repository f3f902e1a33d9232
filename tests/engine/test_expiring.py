"""What is kept beside cases has its own time: SMS, claims about a NIK, internal letters."""

import pytest
from kota import Kota
from office import ms
from texting import NIK, REPORT, Phones, cases

from db import sql
from db.connect import transaction
from db.queries import disputes as asked
from engine import vault, verbs
from engine.commands import disputes, erasure, expiring
from engine.commands.disputes import Claim
from engine.commands.memos import Letter
from engine.offices import settings

LATER = ms("2027-02-01 02.40")


@pytest.fixture
def phones(sqlite: str) -> Phones:
    return Phones(Kota("2025-03-13 09.00"))


def words(table: str) -> list[str]:
    found = sql.rows(f"SELECT id, sealed FROM {table} ORDER BY id")
    return [vault.unseal(str(sealed), f"{table}:{ident}")["text"] for ident, sealed in found]


def test_sms_are_emptied_once_their_year_is_over_but_not_beside_an_open_or_held_case(phones: Phones) -> None:
    kota = phones.kota
    phones.says(REPORT)
    phones.says(REPORT.replace("Sampah", "Lampu"), sender="+6281999999999")
    phones.says("halo")
    first, second = cases()
    assert expiring.expire_all(kota.now) == 0
    verbs.withdraw(second, now=kota.now)
    expiring.expire_all(LATER)
    assert words("sms_in")[0] == REPORT, "its case is still handled"
    assert words("sms_in")[1:] == ["", ""]
    verbs.withdraw(first, now=kota.now)
    erasure.hold_back(first, "12/H/2025", by=kota.people["penanggung_jawab"], now=kota.now)
    expiring.expire_all(LATER)
    assert words("sms_in")[0] == REPORT, "it is held for a dispute"
    erasure.lift(first, "13/H/2025", by=kota.people["penanggung_jawab"], now=kota.now)
    expiring.expire_all(LATER)
    assert set(words("sms_in")) == {""}
    assert set(words("sms_out")) == {""}
    assert sql.value("SELECT COUNT(*) FROM sms_in WHERE sender_mark <> '' OR text_mark <> ''") == 0
    assert expiring.expire_all(LATER) == 0, "nothing is left"
    assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'expired'") > 0


def test_a_claim_is_emptied_five_years_after_it_was_decided_and_zero_means_never(phones: Phones) -> None:
    kota = phones.kota
    claim = Claim(NIK, "Siti Aminah", "Saya tidak pernah mengadu.", email="siti@contoh.id")
    made = disputes.dispute(kota.organisation, claim, send_key="k", source="1.2.3.4", now=kota.now)
    disputes.decide(
        made, uphold=False, cases=[], answer="Tidak ada pengaduan itu.", by=kota.people["admin_pengaduan"], now=kota.now
    )
    with transaction():
        settings.decide(kota.organisation, "dispute_years", 0, person=None, now=kota.now)
    assert expiring.expire_all(ms("2035-01-01 02.40")) == 0
    with transaction():
        settings.decide(kota.organisation, "dispute_years", 5, person=None, now=kota.now)
    assert expiring.expire_all(ms("2030-12-01 02.40")) == 0
    assert expiring.expire_all(ms("2031-01-01 02.40")) == 1
    found = asked.one(made, kota.organisation)
    assert found is not None
    assert disputes.claim_of(found) == Claim("", "", "", "", "")
    assert disputes.answer_of(found) == ""
    assert found.state == "ditolak"
    assert found.nik_mark == ""
    assert "Siti" not in str(sql.rows("SELECT facts FROM journal"))


def test_a_letter_is_opened_once_to_be_emptied_and_never_again(phones: Phones) -> None:
    kota = phones.kota
    verbs.send_memo(Letter("arahan", "Jawaban", "Sebut tanggalnya."), by=kota.people["penanggung_jawab"], now=kota.now)
    sql.execute("UPDATE memo SET sealed = 'v1.hilang.AAAA'")
    later = ms("2031-01-01 02.40")
    assert expiring.expire_all(later) == 0, "its key may come back"
    assert sql.value("SELECT COUNT(*) FROM memo WHERE emptied") == 0
    (memo,) = sql.row("SELECT id FROM memo")
    with transaction():
        sql.execute("UPDATE memo SET sealed = ?", (vault.seal({"subject": "Jawaban", "text": "x"}, f"memo:{memo}"),))
    assert expiring.expire_all(later) == 1
    assert vault.unseal(sql.value("SELECT sealed FROM memo"), f"memo:{memo}") == {"subject": "", "text": ""}
    assert sql.value("SELECT COUNT(*) FROM memo WHERE emptied") == 1
    assert expiring.expire_all(later) == 0
