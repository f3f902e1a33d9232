"""The calendar page: what a change would move is shown first, nothing is written before it is confirmed."""

import io
import re
from html import unescape

import orjson
import pytest
from citizen import Site
from clerk import Clerk, clerk
from office import ms

from db import sql
from engine import journal

PAGE = "/pengaturan/kalender"


@pytest.fixture
def admin(site: Site) -> Clerk:
    return clerk(site, "admin")


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the page that shows what a change would move."""
    found = dict(re.findall(r'<input type="hidden" name="(dasar|isi|unit|tahun)" value="([^"]*)"', page))
    return {name: unescape(value) for name, value in found.items()}


def day_off(admin: Clerk, days: str = "2026-11-23 Hari Jadi Kabupaten", **more: str) -> int:
    asked = {"ubah": "libur", "days": days, "source": "SE Bupati 800/1/2026"} | more
    return int(admin.sends(PAGE, **asked).status_code)


def confirm(admin: Clerk) -> int:
    assert admin.last is not None
    sent = fields(admin.last.get_data(as_text=True))
    return int(admin.sends(PAGE, ubah="berlakukan", **sent).status_code)


def due(site: Site) -> int:
    with site.asked():
        return int(sql.value("SELECT due_ms FROM task WHERE due_ms IS NOT NULL AND state = 'open'"))


def waiting(site: Site) -> None:
    """A task that is due this Monday at 09.10."""
    with site.asked() as office:
        case = office.report()
        office.sekar.opens(case, "terima")


def test_the_time_a_reporter_has_to_complete_a_report_is_foreseen_as_it_moves(site: Site, admin: Clerk) -> None:
    with site.asked() as office:
        office.sekar.registers(office.report(), hasil_verifikasi="tidak_lengkap", yang_kurang="Di mana?")
        office.works_off_jobs()
    assert day_off(admin, "24 November 2026 Hari Jadi Kabupaten") == 200
    assert "1 dari 2 batas waktu yang masih terbuka akan bergeser: 1 mundur" in text(admin.page)
    assert confirm(admin) == 302
    assert "1 batas waktu bergeser." in text(admin.opens(PAGE).page)
    assert "Hari Jadi Kabupaten (24 November 2026)" in text(admin.opens("/pengaturan/riwayat?jenis=kalender").page)


def test_a_day_off_is_shown_with_what_it_moves_and_moves_it_once_confirmed(site: Site, admin: Clerk) -> None:
    waiting(site)
    assert due(site) == ms("2026-11-23 09.10")
    assert day_off(admin) == 200
    said = text(admin.page)
    assert "Hari libur baru: 23 November 2026, Hari Jadi Kabupaten." in said
    assert "1 dari 1 batas waktu yang masih terbuka akan bergeser: 1 mundur, 0 maju." in said
    assert "0001/SIAPMAS/2026" in said
    assert due(site) == ms("2026-11-23 09.10")
    assert confirm(admin) == 302
    assert due(site) == ms("2026-11-24 07.40")
    with site.asked():
        facts = orjson.loads(sql.value("SELECT facts FROM journal WHERE kind = 'calendar' ORDER BY id DESC LIMIT 1"))
        assert facts["before"] != facts["after"]
        assert sql.value("SELECT person FROM journal WHERE kind = 'calendar' ORDER BY id DESC LIMIT 1") is not None
        assert journal.verify() == []
    assert "Hari Jadi Kabupaten" in admin.opens(PAGE).page


def test_looking_at_what_would_move_writes_nothing(site: Site, admin: Clerk) -> None:
    waiting(site)
    day_off(admin)
    with site.asked():
        before = sql.rows("SELECT COUNT(*), MAX(id) FROM journal"), sql.rows("SELECT * FROM calendar")
    day_off(admin)
    assert admin.last is not None
    admin.sends(f"{PAGE}/akibat", halaman="2", **fields(admin.last.get_data(as_text=True)))
    assert admin.status == 200
    with site.asked():
        assert (sql.rows("SELECT COUNT(*), MAX(id) FROM journal"), sql.rows("SELECT * FROM calendar")) == before


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ({"ubah": "pekan"}, "pekan-week-mon", "Tidak ada satu hari kerja pun"),
        (
            {"ubah": "pekan", "week-tue": "07.30-12.00, 11.00-15.00"},
            "pekan-week-tue",
            "Selasa: jam 07.30-12.00 dan 11.00-15.00 bertumpang tindih.",
        ),
        ({"ubah": "pekan", "week-fri": "16.00-08.00"}, "pekan-week-fri", "Jumat: jam tutup harus sesudah jam buka"),
        ({"ubah": "pekan", "week-fri": "pagi"}, "pekan-week-fri", "Jumat: “pagi” bukan jam"),
        ({"ubah": "libur", "days": "", "source": "SKB"}, "libur-days", "Tulis sedikitnya satu hari libur."),
        ({"ubah": "libur", "days": "besok libur", "source": "SKB"}, "libur-days", "Baris 1 tidak terbaca"),
        (
            {"ubah": "libur", "days": "2026-12-25 Natal", "source": "SKB"},
            "libur-days",
            "Baris 1: 2026-12-25 sudah tercatat sebagai hari libur.",
        ),
        (
            {"ubah": "libur", "days": "2029-01-01 A\n2029-01-01 B", "source": "SKB"},
            "libur-days",
            "Baris 2: 2029-01-01 sudah tercatat",
        ),
        ({"ubah": "libur", "days": "2029-01-01 A"}, "libur-source", "Isi dasarnya"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(admin: Clerk, asked: dict[str, str], field: str, sentence: str) -> None:
    assert admin.sends(PAGE, **asked).status_code == 422
    assert re.search(rf'id="p-{field}-error">[^<]*{re.escape(sentence)}', admin.page), text(admin.page)
    assert f'href="#p-{field}"' in admin.page


def test_a_period_needs_its_letter_and_dates_in_order(admin: Clerk) -> None:
    asked = {"ubah": "masa", "name": "Ramadan 1449 H", "from": "2028-02-01", "to": "2028-01-28"}
    admin.sends(PAGE, **asked, **{"week-mon": "08.00-12.00"})
    said = text(admin.page)
    assert "Isi nomor surat edaran yang menetapkan jam ini." in said
    assert "Tanggal akhir mendahului tanggal awal." in said
    assert 'value="Ramadan 1449 H"' in admin.page
    whole = asked | {"to": "2028-02-28", "letter": "800/9/2028", "letter_date": "2028-01-20"}
    assert admin.sends(PAGE, **whole, **{"week-mon": "08.00-12.00"}).status_code == 200
    assert confirm(admin) == 302
    assert "800/9/2028, 2028-01-20" in admin.opens(PAGE).page


def test_a_unit_gets_a_calendar_of_its_own_and_gives_it_back(site: Site, admin: Clerk) -> None:
    assert day_off(admin, unit="komisi_1") == 200
    assert confirm(admin) == 302
    assert "Hari Jadi" in admin.opens(f"{PAGE}?unit=komisi_1").page
    assert "Hari Jadi" not in admin.opens(PAGE).page
    assert admin.sends(PAGE, ubah="ikut", unit="komisi_1").status_code == 302
    assert "Unit ini memakai kalender instansi." in admin.opens(f"{PAGE}?unit=komisi_1").page
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM calendar WHERE unit_id IS NOT NULL") == 0


def test_a_change_made_on_an_old_page_is_not_taken_over_a_newer_one(admin: Clerk) -> None:
    day_off(admin, "2026-12-01 Satu")
    assert admin.last is not None
    old = fields(admin.last.get_data(as_text=True))
    day_off(admin, "2026-12-02 Dua")
    confirm(admin)
    admin.sends(PAGE, ubah="berlakukan", **old)
    assert "baru saja diubah orang lain" in admin.opens(PAGE).page
    assert "Dua" in admin.page


def test_the_file_that_is_given_out_is_the_file_that_is_taken(admin: Clerk) -> None:
    body = admin.client.get(f"{PAGE}.json").data
    sent = {"ubah": "impor", "file": (io.BytesIO(body), "kalender.json")}
    assert admin.sends(PAGE, **sent).status_code == 200
    assert "Tidak ada yang berbeda" in admin.page
    admin.sends(PAGE, ubah="impor", file=(io.BytesIO(b"\xe9{"), "kalender.json"))
    assert "Berkas ini bukan JSON" in admin.page
    admin.sends(PAGE, ubah="impor", file=(io.BytesIO(b'{"timezone": "Asia/Jakarta", "week": {}}'), "kalender.json"))
    assert "Kalender ini tidak punya jam kerja sama sekali" in admin.page


def test_a_calendar_that_was_tampered_with_is_refused(site: Site, admin: Clerk) -> None:
    for isi in ("", "[]", '{"week": 3}', "{"):
        assert admin.sends(PAGE, ubah="berlakukan", isi=isi, dasar="x").status_code == 302
        assert admin.sends(f"{PAGE}/akibat", isi=isi).status_code == 302
    assert admin.sends(PAGE, ubah="lain").status_code == 404
    assert admin.opens(f"{PAGE}?unit=bukan").status == 404
