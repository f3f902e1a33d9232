"""The administrator's pages of who the office is: units, offices, holders, people, accounts, and what was changed."""

import re
from html import unescape

import pytest
from citizen import Site
from clerk import Clerk, clerk, visitor

from db import sql
from engine.offices import settings

OFFICE = {"name": "Kasubag Keuangan", "code": "kasubag_uang", "role": "kasubag", "rank": "41"}
INSTALL = {"from": "2026-11-23", "letter": "821/9/2026", "letter_date": "2026-11-20"}


@pytest.fixture
def admin(site: Site) -> Clerk:
    return clerk(site, "admin")


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def key(site: Site, table: str, where: str, value: str) -> str:
    with site.asked():
        return str(sql.value(f"SELECT id FROM {table} WHERE {where} = ?", (value,)))


def sends(who: Clerk, address: str, follow: str = "", **answers: object) -> str:
    """What the page says after a form was sent."""
    answer = who.sends(address, **answers)
    if answer.status_code == 302:
        who.opens(follow or str(answer.headers["Location"]))
    return text(who.page)


def test_units_are_added_moved_and_refused_with_a_sentence(site: Site, admin: Clerk) -> None:
    top = key(site, "unit", "code", "sekretariat")
    said = sends(admin, "/pengaturan/unit", name="Bagian Keuangan", code="bagian_uang", kind="bagian", parent=top)
    assert "Unit Bagian Keuangan ditambahkan." in said
    said = sends(admin, "/pengaturan/unit", name="Lain", code="Bagian Lain", kind="", parent="")
    assert admin.status == 422
    assert 'value="Bagian Lain"' in admin.page
    assert "Pakai huruf kecil, angka, dan garis bawah" in said
    used = key(site, "unit", "code", "bagian_umum")
    said = sends(admin, f"/pengaturan/unit/{used}/hapus")
    assert "Masih ada jabatan aktif di unit ini: Kepala Bagian Umum" in said
    new = key(site, "unit", "code", "bagian_uang")
    assert "tidak aktif lagi" in sends(admin, f"/pengaturan/unit/{new}/nonaktifkan")
    assert "Unit ini aktif lagi." in sends(admin, f"/pengaturan/unit/{new}/aktifkan")
    assert "Unit dihapus." in sends(admin, f"/pengaturan/unit/{new}/hapus")
    assert "di bawah dirinya sendiri" in sends(
        admin, f"/pengaturan/unit/{top}", name="S", code="sekretariat", kind="", parent=top
    )


def test_an_office_is_added_filled_and_emptied_and_a_vacant_one_is_told(site: Site, admin: Clerk) -> None:
    unit, above = key(site, "unit", "code", "bagian_umum"), key(site, "office", "code", "kabag_umum")
    assert "ditambahkan" in sends(admin, "/pengaturan/jabatan", **OFFICE, unit=unit, superior=above)
    assert "kosong" in text(admin.opens("/pengaturan/jabatan").page)
    new = key(site, "office", "code", "kasubag_uang")
    odi = key(site, "person", "name", "Odi Firmansyah")
    said = sends(admin, f"/pengaturan/jabatan/{new}/pejabat", **INSTALL | {"letter": ""}, person=odi)
    assert "Isi nomor surat keputusan." in said
    assert "Pejabat dicatat." in sends(admin, f"/pengaturan/jabatan/{new}/pejabat", **INSTALL, person=odi)
    assert "masih dipegang oleh Odi Firmansyah" in sends(admin, f"/pengaturan/jabatan/{new}/nonaktifkan")
    [end] = re.findall(rf'action="(/pengaturan/jabatan/{new}/pejabat/\d+/akhiri)"', admin.page)
    site.office.after(minutes=1)
    assert "Masa jabatannya berakhir sekarang" in sends(admin, end)
    assert "tidak aktif lagi" in sends(admin, f"/pengaturan/jabatan/{new}/nonaktifkan")
    under = {"unit": unit, "superior": key(site, "office", "code", "staf_tu")}
    same = {"name": "Kabag", "code": "kabag_umum", "role": "kabag", "rank": "30"}
    said = sends(admin, f"/pengaturan/jabatan/{above}", **same, **under)
    assert "jadi tidak dapat menjadi atasannya" in said


def test_a_holder_is_replaced_only_when_it_is_said_whom(site: Site, admin: Clerk) -> None:
    place, odi = key(site, "office", "code", "sekwan"), key(site, "person", "name", "Odi Firmansyah")
    said = sends(admin, f"/pengaturan/jabatan/{place}/pejabat", **INSTALL, person=odi, instead_of="")
    assert "Pilih siapa yang digantikan" in said
    assert f'value="{INSTALL["letter"]}"' in admin.page
    held = key(site, "holding", "office_id", place)
    assert "Pejabat dicatat." in sends(
        admin, f"/pengaturan/jabatan/{place}/pejabat", **INSTALL, person=odi, instead_of=held
    )
    assert re.search(
        r"Sekretaris DPRD sekwan · sekwan Sekretariat DPRD Odi", text(admin.opens("/pengaturan/jabatan").page)
    )


def test_an_office_without_anyone_that_holds_up_tasks_stands_on_top(site: Site, admin: Clerk) -> None:
    with site.asked() as office:
        office.report()
        sql.execute(
            "UPDATE holding SET until_ms = ? WHERE office_id = (SELECT id FROM office WHERE code = 'staf_tu')",
            (office.now,),
        )
    said = text(admin.opens("/pengaturan/jabatan").page)
    assert "Tidak ada yang dapat bertindak Staf Subbagian Tata Usaha : 1 tugas tertahan." in said


def test_someone_new_gets_an_account_whose_link_is_shown_once_and_works(site: Site, admin: Clerk) -> None:
    assert "Nita Rahayu dicatat." in sends(admin, "/pengaturan/orang", name="Nita Rahayu", nip="", pangkat="")
    person = key(site, "person", "name", "Nita Rahayu")
    said = sends(admin, f"/pengaturan/orang/{person}/akun", username="a b", email="x", powers=["auditor", "admin"])
    assert admin.status == 422
    assert "tidak dapat digabung dengan wewenang lain" in said
    assert "Alamat surel ini tidak dapat dipakai" in said
    assert 'value="a b"' in admin.page
    sends(admin, f"/pengaturan/orang/{person}/akun", username="nita", email="")
    [address] = re.findall(r'value="[^"]*(/masuk/sekali/[^"]+)"', admin.page)
    assert "Serahkan langsung kepada Nita Rahayu tautan ini" in text(admin.page)
    assert "/masuk/sekali" not in admin.opens(f"/pengaturan/orang/{person}").page
    nita = visitor(site)
    password = "kata sandi yang panjang"
    assert nita.sends(address, sandi=password, ulang=password).status_code == 302
    assert "Tautan ini sudah dipakai atau habis masanya." in text(nita.opens(address).page)
    assert nita.sends("/masuk", nama="nita", sandi=password).status_code == 302
    assert "Nita Rahayu" in text(admin.opens("/pengaturan/orang?cari=nita").page)
    assert "Sekar" not in text(admin.opens("/pengaturan/orang?cari=nita").page)


def test_a_search_for_anything_at_all_finds_nobody_and_breaks_nothing(admin: Clerk) -> None:
    for wanted in ("%25'%22<script>", "_", "!", "%F0%9F%8F%9B"):
        assert "Tidak ada yang cocok." in text(admin.opens(f"/pengaturan/orang?cari={wanted}").page)
    assert "<script>'" not in admin.page


def test_closing_and_signing_out_take_effect_at_once(site: Site, admin: Clerk) -> None:
    sekar = clerk(site, "sekar")
    person, account = key(site, "person", "name", "Sekar Ayu Lestari"), key(site, "account", "username", "sekar")
    assert "terakhir dipakai" in text(admin.opens(f"/pengaturan/orang/{person}").page)
    assert "Semua sesinya diakhiri." in sends(admin, f"/pengaturan/akun/{account}/keluarkan")
    assert sekar.opens("/tugas").status == 302
    assert "Akun dinonaktifkan" in sends(admin, f"/pengaturan/akun/{account}/nonaktifkan")
    assert visitor(site).sends("/masuk", nama="sekar", sandi="kata sandi uji coba").status_code == 401
    assert "/masuk/sekali/" in (admin.sends(f"/pengaturan/akun/{account}/aktifkan"), admin.page)[1]
    assert "/masuk/sekali/" in (admin.sends(f"/pengaturan/akun/{account}/tautan"), admin.page)[1]


def test_the_last_administrator_cannot_go(site: Site, admin: Clerk) -> None:
    own = key(site, "account", "username", "admin")
    assert "administrator aktif yang terakhir" in sends(admin, f"/pengaturan/akun/{own}/nonaktifkan")
    said = sends(admin, f"/pengaturan/akun/{own}", email="admin@kantor.test")
    assert "administrator aktif yang terakhir" in said
    assert 'value="admin@kantor.test"' in admin.page


def test_who_may_what_is_ticked(site: Site, admin: Clerk) -> None:
    assert "Pengaturan disimpan." in sends(admin, "/pengaturan/kewenangan/sees_identity", role=["staf", "sekwan"])
    assert "Tidak ada jabatan dengan peran lurah" in sends(admin, "/pengaturan/kewenangan/takes_in", role=["lurah"])
    assert "Pengaturan disimpan." in sends(admin, "/pengaturan/kewenangan/deputies", of="sekwan", role=["kabag"])
    roles = {"role": ["pelaksana_langkah_6", "peran_baru"], "office": ["sekwan", "staf_tu"]}
    assert "Pengaturan disimpan." in sends(admin, "/pengaturan/kewenangan/role_map", **roles)
    roles["office"] = ["sekwan", "tidak_ada"]
    assert "Pilih jabatan aktif dari instansi ini." in sends(admin, "/pengaturan/kewenangan/role_map", **roles).replace(
        " :", ":"
    )
    assert admin.sends("/pengaturan/kewenangan/entah").status_code == 404
    here = "/pengaturan/kewenangan"
    more = ("sms_years", "dispute_years", "breach_years", "report_years", "memo_years")
    figures = dict.fromkeys(more, "2") | {"erasure_years": "7", "statistics_minimum": "10", "ya": ["reveal_reason"]}
    assert "Tulis bilangan 3 sampai 100." in sends(admin, f"{here}/angka", **figures | {"statistics_minimum": "1"})
    assert 'value="7"' in admin.page, "what was typed is kept"
    assert "Pengaturan disimpan." in sends(admin, f"{here}/angka", **figures)
    assert "Pengaturan disimpan." in sends(admin, f"{here}/penayangan", tarik=["sekwan"], ralat=["sekwan", "staf"])
    assert "Pengaturan disimpan." in sends(admin, f"{here}/penunjukan", of="kabag", role=["staf"])
    assert "tidak menunjuk dirinya sendiri" in sends(admin, f"{here}/penunjukan", of="kabag", role=["kabag"])
    with site.asked() as office:
        names = ("erasure_years", "statistics_minimum", "shows_sender", "reveal_reason")
        found = settings.several(office.organisation, *names, "publishes_for", "names_officers")
    assert found[:4] == [7, 10, False, True]
    assert found[4:] == [{"sekwan": ["tarik", "ralat"], "staf": ["ralat"]}, {"kabag": ["staf"]}]


def test_the_organisation_is_renamed(site: Site, admin: Clerk) -> None:
    page = "/pengaturan/instansi"
    assert "Zona waktu ini tidak dikenal." in sends(admin, page, name="DPRD", timezone="Mars/Olympus")
    assert "Data instansi disimpan." in sends(admin, page, name="DPRD Mojokerto", timezone="Asia/Jakarta")
    assert "dprd_kab_mojokerto" in admin.page


def test_every_change_is_told_with_who_and_before_and_after(site: Site, admin: Clerk) -> None:
    page = {"name": "DPRD Mojokerto", "timezone": "Asia/Jakarta"}
    sends(admin, "/pengaturan/instansi", **page)
    sends(admin, "/pengaturan/unit", name="Bagian Keuangan", code="bagian_uang", kind="", parent="")
    said = text(admin.opens("/pengaturan/riwayat").page)
    assert "Administrator Disposisi Data instansi diubah DPRD Mojokerto" in said
    assert "nama: DPRD Kabupaten Mojokerto → DPRD Mojokerto" in said
    assert "Unit ditambahkan Bagian Keuangan" in said
    said = text(admin.opens("/pengaturan/riwayat?jenis=unit").page)
    assert "Unit ditambahkan" in said
    assert "Data instansi diubah" not in said


def test_a_form_that_lay_too_long_comes_back_filled(site: Site, admin: Clerk) -> None:
    person = key(site, "person", "name", "Odi Firmansyah")
    forms = {
        "/pengaturan/unit": {"name": "Unit lama"},
        "/pengaturan/jabatan": {"name": "Jabatan lama"},
        "/pengaturan/orang": {"name": "Orang lama"},
        f"/pengaturan/orang/{person}": {"name": "Nama lama"},
        "/pengaturan/instansi": {"name": "Instansi lama"},
    }
    for address, typed in forms.items():
        assert admin.sends(address, token=False, **typed).status_code == 400, address
        assert f'value="{typed["name"]}"' in admin.page, address
        assert "terlalu lama terbuka" in admin.page


def test_every_page_opens_on_both_databases(any_site: Site) -> None:
    admin = clerk(any_site, "admin")
    pages = (
        "unit",
        "unit/1",
        "jabatan",
        "jabatan/1",
        "orang",
        "orang/1",
        "orang?cari=a",
        "kewenangan",
        "instansi",
        "riwayat",
    )
    for page in pages:
        assert admin.opens(f"/pengaturan/{page}").status == 200, page
    assert clerk(any_site, "hadi").opens("/berhalangan").status == 200
