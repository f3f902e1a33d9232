"""Subjects change when the Penanggung Jawab agrees (Pasal 10(3)d): until then a change waits."""

from cityhall import City

from db import sql
from engine import settings


def subjects(city: City) -> list[str]:
    with city.asked() as kota:
        return [choice.label for choice in settings.lists(kota.organisation, ["subyek"])["subyek"]]


def test_a_change_of_a_subject_waits_until_the_penanggung_jawab_agrees(city: City) -> None:
    before = subjects(city)
    admin = city.enters("admin.kota")
    admin.sends("/pengaturan/daftar/subyek", label="Transportasi umum")
    assert "berlaku setelah disetujui" in admin.opens("/pengaturan/daftar/subyek").page
    assert subjects(city) == before
    with city.asked():
        proposal = sql.value("SELECT id FROM choice_proposal")
    assert admin.sends(f"/persetujuan/daftar/{proposal}", putusan="setuju").status_code == 403
    gatot = city.enters("gatot")
    assert "Tambah “Transportasi umum”" in gatot.opens("/persetujuan/daftar").page
    assert "daftar subyek menunggu" in gatot.opens("/pemberitahuan").page
    assert gatot.sends(f"/persetujuan/daftar/{proposal}", putusan="tolak").status_code == 422
    assert gatot.sends(f"/persetujuan/daftar/{proposal}", putusan="setuju").status_code == 302
    assert subjects(city) == [*before, "Transportasi umum"]
    gatot.sends(f"/persetujuan/daftar/{proposal}", putusan="setuju")
    assert subjects(city) == [*before, "Transportasi umum"]
    with city.asked():
        kinds = [row[0] for row in sql.rows("SELECT kind FROM journal WHERE kind LIKE 'choice%' ORDER BY id")]
    assert kinds == ["choice_proposed", "choice", "choice_decided"]
    assert city.enters("pejabat.dkp").opens("/persetujuan/daftar").status == 403


def test_a_refused_or_withdrawn_change_changes_nothing(city: City) -> None:
    before = subjects(city)
    admin = city.enters("admin.kota")
    with city.asked():
        entry = sql.value("SELECT id FROM choice WHERE list = 'subyek' ORDER BY rank LIMIT 1")
    admin.sends(f"/pengaturan/daftar/subyek/{entry}", ubah="henti", label=before[0])
    admin.sends(f"/pengaturan/daftar/subyek/{entry}", ubah="simpan", label="Nama lain")
    with city.asked():
        first, second = (row[0] for row in sql.rows("SELECT id FROM choice_proposal ORDER BY id"))
    admin.sends(f"/persetujuan/daftar/{first}", putusan="cabut")
    city.enters("gatot").sends(f"/persetujuan/daftar/{second}", putusan="tolak", reason="Belum perlu.")
    assert subjects(city) == before
    assert "Belum perlu." in admin.opens("/persetujuan/daftar").page
