"""Subjects change when the Penanggung Jawab agrees (Pasal 10(3)d): until then a change waits."""

import re

from cityhall import City
from clerk import Clerk

from db import sql
from engine.offices import approvals, memos, settings


def subjects(city: City) -> list[str]:
    with city.asked() as kota:
        return [choice.label for choice in settings.lists(kota.organisation, ["subyek"])["subyek"]]


def waiting(clerk: Clerk) -> str | None:
    """The count beside Persetujuan in the menu; None without the place."""
    menu = clerk.opens("/tugas").page.partition("</nav>")[0]
    found = re.search(r'href="/persetujuan"[^<]*(?:<span class="count">(\d+))?', menu)
    return (found[1] or "") if found else None


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
    assert waiting(gatot) == "1"
    listed = gatot.opens("/persetujuan").page
    assert "Tambah “Transportasi umum”" in listed
    assert f'href="/persetujuan/daftar#usul-{proposal}"' in listed
    assert "Tambah “Transportasi umum”" in gatot.opens("/persetujuan/daftar").page
    assert "daftar subyek menunggu" in gatot.opens("/pemberitahuan").page
    assert gatot.sends(f"/persetujuan/daftar/{proposal}", putusan="tolak").status_code == 422
    assert gatot.sends(f"/persetujuan/daftar/{proposal}", putusan="setuju").status_code == 302
    assert subjects(city) == [*before, "Transportasi umum"]
    assert waiting(gatot) == "", "the place stays, the count goes"
    gatot.sends(f"/persetujuan/daftar/{proposal}", putusan="setuju")
    assert subjects(city) == [*before, "Transportasi umum"]
    with city.asked():
        kinds = [row[0] for row in sql.rows("SELECT kind FROM journal WHERE kind LIKE 'choice%' ORDER BY id")]
    assert kinds == ["choice_proposed", "choice", "choice_decided"]
    other = city.enters("pejabat.dkp")
    assert waiting(other) is None
    assert other.opens("/persetujuan").status == other.opens("/persetujuan/daftar").status == 403


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


def test_the_administrator_says_which_office_must_agree_and_none_while_a_proposal_waits(city: City) -> None:
    admin = city.enters("admin.kota")
    admin.sends("/pengaturan/daftar/subyek", label="Transportasi umum")
    assert admin.sends("/pengaturan/daftar/subyek/penyetuju", role="").status_code == 422
    assert "Putuskan atau cabut dahulu" in admin.page
    assert admin.sends("/pengaturan/daftar/subyek/penyetuju", role="raja").status_code == 422
    assert admin.sends("/pengaturan/daftar/tidak_ada/penyetuju", role="").status_code == 404
    assert admin.sends("/pengaturan/daftar/kelurahan/penyetuju", role="ketua_tim").status_code == 302
    assert "menunggu persetujuan" in admin.opens("/pengaturan/daftar/kelurahan").page
    with city.asked() as kota:
        assert approvals.role_for(kota.organisation, "kelurahan") == "ketua_tim"
        assert approvals.role_for(kota.organisation, "subyek") == "penanggung_jawab"


def test_the_administrator_writes_down_a_kind_of_letter_and_who_signs_it(city: City) -> None:
    admin, told = city.enters("admin.kota"), {"code": "", "name": "Telaahan Staf", "carries": "", "basis": ""}
    assert admin.sends("/pengaturan/surat", **told).status_code == 422
    assert "Pilih sedikitnya satu jabatan" in admin.page
    assert 'value="Telaahan Staf"' in admin.page
    told |= {"signers": "koordinator", "readers": "penanggung_jawab", "own_numbers": "ya"}
    assert admin.sends("/pengaturan/surat", **told).status_code == 302
    assert admin.sends("/pengaturan/surat", **told).status_code == 422
    assert "sudah dipakai surat lain" in admin.page
    assert admin.sends("/pengaturan/surat", **told | {"code": "tidak_ada"}).status_code == 404
    assert "001/TS/2026" in city.enters("harini").opens("/surat/baru?macam=telaahan_staf").page
    del told["signers"]
    assert admin.sends("/pengaturan/surat", **told | {"code": "telaahan_staf"}).status_code == 302
    assert city.enters("harini").opens("/surat/baru?macam=telaahan_staf").status == 403
    assert "Telaahan Staf" in admin.opens("/pengaturan/surat").page
    with city.asked() as kota:
        kinds = memos.kinds(kota.organisation)
        facts = str(sql.value("SELECT facts FROM journal WHERE kind = 'setting' ORDER BY id DESC LIMIT 1"))
    assert [*kinds] == ["nota_dinas", "laporan_tim", "arahan", "telaahan_staf"]
    assert kinds["nota_dinas"].signers == ("koordinator",)
    assert "telaahan_staf" in facts
