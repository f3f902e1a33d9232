"""The administrator's pages: substitutes by date and letter, incidents tried again, what waits, never for whom."""

import re
from html import unescape
from typing import Any

import pytest
import siapmas_days as day
from citizen import Site
from clerk import Clerk, clerk
from office import Office, ms

from db import sql
from engine.errors import ProcessBroken

PLH = {
    "kind": "plh",
    "from": "2026-11-24",
    "until": "2026-11-26",
    "letter": "800/77/2026",
    "letter_date": "2026-11-20",
}
INCOMPLETE = {"hasil_verifikasi": "tidak_lengkap", "yang_kurang": "Alamat."}


@pytest.fixture
def admin(site: Site) -> Clerk:
    return clerk(site, "admin")


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def number(site: Site, table: str, where: str, value: str) -> str:
    with site.asked():
        return str(sql.value(f"SELECT id FROM {table} WHERE {where} = ?", (value,)))


def plh(site: Site, **other: str) -> dict[str, str]:
    """Ratna as Plh. Sekwan for three days, with what a test wants otherwise."""
    ids = {
        "office": number(site, "office", "code", "sekwan"),
        "person": number(site, "person", "name", "Ratna Kusuma, S.H., M.H."),
    }
    return ids | PLH | other


def to_sekwan(office: Office) -> int:
    case = office.report()
    day.to_sekwan(office, case)
    return case


# --- substitutes ---


def test_a_substitute_acts_on_the_first_and_the_last_day_and_not_a_minute_longer(site: Site, admin: Clerk) -> None:
    assert admin.sends("/pengaturan/pengganti", **plh(site)).status_code == 302
    said = text(admin.opens("/pengaturan/pengganti").page)
    assert "Plh. Ratna Kusuma, S.H., M.H. 24 November 2026 sampai 26 November 2026 800/77/2026 20 November 2026" in said
    assert "akan datang" in said
    with site.asked() as office:
        case = to_sekwan(office)
        disposes: dict[str, Any] = {"keputusan_sekwan": "kembalikan", "alasan": "Lengkapi."}
        assert office.at("2026-11-23 23.59").ratna.may_not_do(case, "disposisikan_sekwan", **disposes)
        assert office.at("2026-11-24 00.00").surya.may_not_do(case, "disposisikan_sekwan", **disposes)
        assert office.at("2026-11-27 00.00").ratna.may_not_do(case, "disposisikan_sekwan", **disposes)
        office.at("2026-11-26 23.59").ratna.does(case, "disposisikan_sekwan", **disposes)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("office", "", "Pilih jabatan yang digantikan."),
        ("person", "", "Pilih siapa yang menggantikan."),
        ("person", "0009999999999", "Pilih siapa yang menggantikan."),
        ("kind", "", "Pilih Plh., Plt., atau wakil."),
        ("kind", "wakil", "Jabatan ini tidak mempunyai wakil"),
        ("from", "besok", "Isi tanggal mulai."),
        ("from", "0001-01-01", "Isi tanggal mulai."),
        ("until", "2026-11-20", "Tanggal selesai harus sesudah tanggal mulai."),
        ("letter", "  ", "Isi nomor surat perintah."),
        ("letter_date", "20/11/2026", "Isi tanggal surat perintah."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_everything_typed_is_kept(
    site: Site, admin: Clerk, name: str, value: str, sentence: str
) -> None:
    answer = admin.sends("/pengaturan/pengganti", **plh(site, **{name: value}))
    page = admin.page
    assert answer.status_code == 422
    assert re.search(rf'id="p-{name}-error">[^<]*{re.escape(sentence)}', page), text(page)
    assert f'href="#p-{name}"' in page
    kept = {"letter": PLH["letter"], "until": PLH["until"], "letter_date": PLH["letter_date"]}
    for field, typed in kept.items():
        assert field == name or f'value="{typed}"' in page
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM holding WHERE kind <> 'definitif'") == 0


def test_an_empty_form_names_every_field_at_once_in_its_order(site: Site, admin: Clerk) -> None:
    assert admin.sends("/pengaturan/pengganti").status_code == 422
    listed = re.findall(r'<li><a href="#p-(\w+)"', admin.page)
    assert listed == ["office", "person", "kind", "from", "until", "letter", "letter_date"]


def test_two_substitutes_at_once_are_refused(site: Site, admin: Clerk) -> None:
    admin.sends("/pengaturan/pengganti", **plh(site))
    other = number(site, "person", "name", "Drs. Hadi Santoso")
    assert admin.sends("/pengaturan/pengganti", **plh(site, person=other)).status_code == 422
    assert "Sudah ada pengganti untuk jabatan ini pada waktu itu." in text(admin.page)
    following = plh(site, person=other, **{"from": "2026-11-27", "until": "2026-11-27"})
    assert admin.sends("/pengaturan/pengganti", **following).status_code == 302


def test_whoever_was_ended_today_may_be_replaced_today(site: Site, admin: Clerk) -> None:
    today = {"from": "2026-11-23"}
    admin.sends("/pengaturan/pengganti", **plh(site, **today))
    [address] = re.findall(r'action="(/pengaturan/pengganti/\d+/akhiri)"', admin.opens("/pengaturan/pengganti").page)
    site.office.after(minutes=5)
    admin.sends(address)
    other = number(site, "person", "name", "Drs. Hadi Santoso")
    assert admin.sends("/pengaturan/pengganti", **plh(site, person=other, **today)).status_code == 302


def test_a_deputy_stands_in_for_the_chair(site: Site, admin: Clerk) -> None:
    ids = {
        "office": number(site, "office", "code", "ketua_dprd"),
        "person": number(site, "person", "name", "Hj. Dewi Maharani, S.E."),
    }
    assert admin.sends("/pengaturan/pengganti", **plh(site, **ids)).status_code == 422
    assert "diwakili oleh wakilnya" in text(admin.page)
    assert admin.sends("/pengaturan/pengganti", **plh(site, **ids, kind="wakil")).status_code == 302


def test_ending_a_substitutes_time_gives_the_office_back(site: Site, admin: Clerk) -> None:
    admin.sends("/pengaturan/pengganti", **plh(site, **{"from": "2026-11-23"}))
    assert "berlaku" in text(admin.opens("/pengaturan/pengganti").page)
    [address] = re.findall(r'action="(/pengaturan/pengganti/\d+/akhiri)"', admin.page)
    site.office.after(minutes=5)
    assert admin.sends(address).status_code == 302
    assert "selesai" in text(admin.opens("/pengaturan/pengganti").page)
    assert "/akhiri" not in admin.page
    with site.asked() as office:
        case = to_sekwan(office)
        office.surya.does(case, "disposisikan_sekwan", keputusan_sekwan="kembalikan", alasan="Lengkapi.")


def test_one_that_has_not_begun_is_cancelled(site: Site, admin: Clerk) -> None:
    admin.sends("/pengaturan/pengganti", **plh(site))
    [address] = re.findall(r'action="(/pengaturan/pengganti/\d+/akhiri)"', admin.opens("/pengaturan/pengganti").page)
    admin.sends(address)
    assert "dibatalkan" in text(admin.opens("/pengaturan/pengganti").page)
    with site.asked():
        assert sql.value("SELECT until_ms FROM holding WHERE kind = 'plh'") == ms("2026-11-24 00.00")


def test_a_definitive_holder_cannot_be_ended_here(site: Site, admin: Clerk) -> None:
    holding = number(site, "holding", "kind", "definitif")
    assert admin.sends(f"/pengaturan/pengganti/{holding}/akhiri").status_code == 404


def test_a_form_that_lay_too_long_comes_back_filled(site: Site, admin: Clerk) -> None:
    assert admin.sends("/pengaturan/pengganti", token=False, **plh(site)).status_code == 400
    assert f'value="{PLH["letter"]}"' in admin.page


def test_what_people_typed_cannot_become_markup(site: Site, admin: Clerk) -> None:
    admin.sends("/pengaturan/pengganti", **plh(site, letter="<script>1</script>"))
    assert "<script>1" not in admin.client.get("/pengaturan/pengganti").get_data(as_text=True)


# --- incidents ---


def broken(office: Office) -> int:
    case = office.report()
    day.to_kasubag(office, case)
    sql.execute("UPDATE office SET role = 'dissolved', code = code || '_x' WHERE role = 'kabag'")
    with pytest.raises(ProcessBroken):
        office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
    return case


def mended() -> None:
    sql.execute("UPDATE office SET role = 'kabag' WHERE role = 'dissolved'")


def test_an_incident_is_listed_with_its_cause_and_goes_on_once_mended(site: Site, admin: Clerk) -> None:
    with site.asked() as office:
        case = broken(office)
    said = text(admin.opens("/pengaturan/insiden").page)
    assert "0001/SIAPMAS/2026" in said
    assert "Meneliti dan memberi paraf pada lembar disposisi" in said
    assert "Wulan Sari, S.AP. menyelesaikan langkah ini" in said
    assert "tidak ada jabatan untuk kabag di unit bagian_umum" in said
    [address] = re.findall(r'action="(/pengaturan/insiden/\d+/coba-lagi)"', admin.page)
    admin.sends(address)
    assert "0001/SIAPMAS/2026 masih terhenti" in text(admin.opens("/pengaturan/insiden").page)
    with site.asked():
        mended()
    admin.sends(address)
    said = text(admin.opens("/pengaturan/insiden").page)
    assert "0001/SIAPMAS/2026 berjalan lagi." in said
    assert "/coba-lagi" not in admin.page
    with site.asked() as office:
        assert office.waits(case) == ["teliti_kabag"]
    admin.sends(address)
    assert "sudah berjalan lagi" in text(admin.opens("/pengaturan/insiden").page)


def test_an_incident_of_nobody_is_not_found(admin: Clerk) -> None:
    assert admin.sends("/pengaturan/insiden/77/coba-lagi").status_code == 404


# --- the queue ---


def test_what_waits_is_listed_without_saying_for_whom(site: Site, admin: Clerk) -> None:
    with site.asked() as office:
        case = office.report(name="Siti Penguji", email="siti@contoh.id")
        office.sekar.registers(case, **INCOMPLETE)
        sql.execute("UPDATE job SET error = ?", ("SMTPRecipientsRefused: {'siti@contoh.id': (550, b'no')}",))
    said = text(admin.opens("/pengaturan/kotak-keluar").page)
    assert "Permintaan kelengkapan kepada pelapor 0001/SIAPMAS/2026" in said
    assert "proses terhenti; lihat insiden" in said, "words of the outside are never shown"
    assert not re.search(r"siti|550", admin.page, re.IGNORECASE)
    assert "1 dalam antrean, 0 gagal" in text(admin.opens("/pengaturan").page)


def test_what_should_have_been_done_points_to_the_worker(site: Site, admin: Clerk) -> None:
    with site.asked() as office:
        case = office.report()
        office.sekar.registers(case, **INCOMPLETE)
        office.after(minutes=6)
    assert "periksa apakah program latar berjalan" in text(admin.opens("/pengaturan/kotak-keluar").page)
    with site.asked():
        sql.execute("UPDATE job SET state = 'failed', error = 'tidak ada jabatan untuk x'")
    said = text(admin.opens("/pengaturan/kotak-keluar").page)
    assert "gagal" in said
    assert "lihat insiden" in said


def test_empty_lists_say_what_will_be_there(admin: Clerk) -> None:
    assert "Belum ada pengganti." in text(admin.opens("/pengaturan/pengganti").page)
    assert "Tidak ada insiden." in text(admin.opens("/pengaturan/insiden").page)
    assert "Tidak ada yang menunggu." in text(admin.opens("/pengaturan/kotak-keluar").page)


def test_every_list_opens_on_both_databases(any_site: Site) -> None:
    with any_site.asked() as office:
        broken(office)
        mended()
        waiting = office.report()
        office.sekar.registers(waiting, **INCOMPLETE)
    admin = clerk(any_site, "admin")
    assert admin.sends("/pengaturan/pengganti", **plh(any_site, **{"from": "2026-11-23"})).status_code == 302
    said = [text(admin.opens(f"/pengaturan{page}").page) for page in ("", "/pengganti", "/insiden", "/kotak-keluar")]
    assert "1 insiden belum selesai" in said[0]
    assert "1 Plh., Plt., atau wakil berlaku" in said[0]
    assert all("Insiden 1 menunggu" in page for page in said[1:])
