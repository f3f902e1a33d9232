"""“NIK saya dipakai orang lain”: from whoever says so to the office that keeps identities."""

import pytest
from citizen import Site
from clerk import clerk
from kota import Kota
from mailserver import body, serving

from db import sql
from engine import jobs, outside, vault, verbs
from engine.commands import disputes
from engine.commands.disputes import Claim
from engine.commands.start import Report, Reporter
from engine.outside import Post

NIK = "3576014508900001"
CLAIM = {
    "nik": NIK,
    "nama_ibu": "Siti Aminah",
    "telepon": "0812 3456 7890",
    "keterangan": "Saya tidak pernah mengirim aduan ini.",
}


@pytest.fixture
def kota(site: Site) -> Kota:
    with site.asked():
        kota = Kota("2026-11-23 08.00")
        for nik, key in ((NIK, "a"), (NIK, "b"), ("3576020112850002", "c")):
            verbs.start(
                "pengaduan",
                organisation="kota_mojokerto",
                reporter=Reporter(nik=nik, mother="Siti Aminah", phone="081234567890"),
                report=Report("Rahasia tetangga saya.", subject="Lampu mati"),
                send_key=key,
                now=kota.now,
            )
        return kota


def test_a_claim_is_taken_in_looked_at_and_upheld(site: Site, kota: Kota) -> None:
    citizen = site.citizen().opens("/lapor/nik")
    citizen.sends(citizen.address, **{**CLAIM, "nik": "12"})
    assert citizen.status == 422 and citizen.value("keterangan") == CLAIM["keterangan"]
    citizen.sends(citizen.address, **CLAIM)
    assert citizen.address.endswith("/terkirim") and "ADU" not in citizen.text
    with site.asked():
        dispute, sealed = sql.row("SELECT id, sealed FROM nik_dispute") or (0, "")
        numbers = dict(sql.rows("SELECT send_key, id FROM case_file WHERE send_key IN ('a', 'b', 'c')"))
    assert NIK not in str(sealed)

    staff = clerk(site, "yanti").opens("/sengketa-nik").opens(f"/sengketa-nik/{dispute}")
    assert CLAIM["keterangan"] in staff.page and NIK not in staff.page and "Rahasia tetangga" not in staff.page
    assert f'value="{numbers["a"]}"' in staff.page and f'value="{numbers["c"]}"' not in staff.page
    staff.sends(f"/sengketa-nik/{dispute}/identitas")
    assert NIK in staff.page
    staff.sends(f"/sengketa-nik/{dispute}", putusan="dibenarkan", jawaban="Terima kasih, kami tandai.")
    assert staff.status == 422 and "Terima kasih, kami tandai.</textarea>" in staff.page
    staff.sends(
        f"/sengketa-nik/{dispute}", putusan="dibenarkan", kasus=numbers["a"], jawaban="Terima kasih, kami tandai."
    )
    assert "identitas disangkal" in staff.opens(f"/sengketa-nik/{dispute}").page
    assert "identitas disangkal" in staff.opens(f"/kasus/{numbers['a']}").page
    assert "identitas disangkal" not in staff.opens(f"/kasus/{numbers['b']}").page
    with site.asked():
        kinds = [row[0] for row in sql.rows("SELECT kind FROM journal WHERE kind LIKE 'nik_%' ORDER BY id")]
        assert kinds == ["nik_disputed", "nik_dispute_decided"]
        assert sql.value("SELECT COUNT(*) FROM access_log WHERE what = 'revealed'") == 1


def test_other_offices_and_the_other_government_find_nothing(site: Site, kota: Kota) -> None:
    citizen = site.citizen().opens("/lapor/nik")
    citizen.sends(citizen.address, **CLAIM)
    assert clerk(site, "petugas.dkp").opens("/sengketa-nik").status == 403
    for name in ("sekar", "admin"):
        assert clerk(site, name).opens("/sengketa-nik/1").status in (403, 404)
    assert clerk(site, "petugas.dkp").sends("/sengketa-nik/1/identitas").status_code == 403
    assert site.citizen().opens("/lapor/siapmas/nik").status == 404


def test_the_answer_leaves_by_the_way_they_gave(site: Site, kota: Kota) -> None:
    ways = ({"telepon": "0812 3456 7890"}, {"telepon": "", "surel": "siti@contoh.id"}, {"telepon": "0321 123456"})
    with site.asked(), serving() as (server, address):
        for key, way in enumerate(ways):
            claim = Claim(NIK, "Siti Aminah", "Saya tidak pernah mengadu.", way["telepon"], way.get("surel", ""))
            made = disputes.dispute(kota.organisation, claim, send_key=str(key), source=f"1.2.3.{key}", now=kota.now)
            answer = "Kami tidak menemukan pengaduan itu."
            by = kota.people["admin_pengaduan"]
            disputes.decide(made, uphold=False, cases=[], answer=answer, by=by, now=kota.now)
        assert [row[0] for row in sql.rows("SELECT name FROM job WHERE name LIKE 'sengketa:%' ORDER BY id")] == [
            "sengketa:1",
            "sengketa:2",
        ], "a landline is called"
        post = Post(f"smtp://{address}", "kota@contoh.id", "https://contoh.id", sms=True)
        jobs.run_due(kota.now, outside.handlers(post))
        (mail,) = server.to("siti@contoh.id")
        assert "Kami tidak menemukan pengaduan itu." in body(mail)
        assert NIK not in body(mail)
        ident, sealed = sql.row("SELECT id, sealed FROM sms_out WHERE name = 'job:sengketa:1'") or (0, "")
        assert "tentang NIK Anda: Kami tidak" in vault.unseal(str(sealed), f"sms_out:{ident}")["text"]
        assert "tidak menemukan" not in str(sql.rows("SELECT payload FROM job"))
