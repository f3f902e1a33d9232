"""The figures of a month agree with a count by hand, with the audit, and stand still once the month is closed."""

from io import BytesIO
from typing import Any

import pytest
from kota import Kota
from office import ms
from pypdf import PdfReader
from questions import statements

from db import sql
from db.queries import audit, late
from db.queries.overdue import Moment
from engine import verbs
from engine.commands import recaps, scheduled
from engine.errors import NotFound
from engine.papers import recap as papers
from engine.recaps import recap

BASE = "https://aduan.contoh.id"

BY_HAND: dict[str, dict[str, Any]] = {
    # dkp, sisa: maret_dkp. Masuk: cepat, koordinasi, kasar, lama, lambat. Diteruskan: all but
    # kasar; lambat after 50 hours.
    # Dialihkan keluar: salah, cabut. Dijawab: cepat, koordinasi, maret_dkp (late). Belum: lama (due
    # 15 April), lambat (16 April).
    "dkp": {
        "carried": 1, "received": 5, "forwarded": 4, "forwarded_in_time": 3, "routed_out": 2, "routed_in": 0,
        "answered": 3, "answered_in_time": 2, "answered_late": 1, "declined": 1, "supervised": 0, "withdrawn": 0,
        "lapsed": 1, "open": 2, "open_late": 2, "coordinated": 1, "helping": 0, "moved_late": 0,
    },
    # klh, sisa: maret_klh. Masuk: salah, cabut, awas, baru. Diteruskan: salah (74 hours), cabut, baru.
    # Dijawab: maret_klh (late). Gugur: cabut, awas. Belum: salah (due 15th), baru (due 11 May). Helps koordinasi.
    "klh": {
        "carried": 1, "received": 4, "forwarded": 3, "forwarded_in_time": 2, "routed_out": 0, "routed_in": 2,
        "answered": 1, "answered_in_time": 0, "answered_late": 1, "declined": 0, "supervised": 1, "withdrawn": 1,
        "lapsed": 2, "open": 2, "open_late": 1, "coordinated": 0, "helping": 1, "moved_late": 0,
    },
    "dinkes": dict.fromkeys(recap.ADDED, 0),
}  # fmt: skip
"""April 2026, counted on paper from the story of `a_month`; `nobody` waits at the Admin and is no unit's yet."""


def answered(kota: Kota, case: int, *, helpers: list[str] | None = None) -> None:
    kota.acts(case, "telaah")
    if helpers:
        kota.acts(case, "arahkan", cara_penanganan="koordinasi", unit_pembantu=helpers)
        kota.acts(case, "beri_masukan")
    else:
        kota.acts(case, "arahkan")
    kota.answered(case)
    kota.works_off_jobs()


def a_month(kota: Kota) -> dict[str, int]:
    """The story of a month, day by day; `BY_HAND` counts it. Case → id."""
    case: dict[str, int] = {}
    kota.at("2026-03-20 09.00")
    case["maret_dkp"] = kota.forwarded("dkp", key="m1")
    case["maret_klh"] = kota.forwarded("klh", key="m2")
    kota.at("2026-04-01 08.00")
    case["cepat"] = kota.forwarded("dkp", key="a1")
    kota.at("2026-04-02 08.00")
    answered(kota, case["cepat"])  # dkp: answered in time
    kota.at("2026-04-06 08.00")
    case["koordinasi"] = kota.forwarded("dkp", key="a2")
    answered(kota, case["koordinasi"], helpers=["klh"])  # dkp: in time, coordinated; klh helps
    case["salah"] = kota.complaint(key="a3")  # dkp sends it on to klh, which answers nothing
    kota.acts(case["salah"], "pilih_skpd", skpd_utama="dkp")
    kota.acts(case["salah"], "teruskan", hasil_penerusan="salah_masuk")
    kota.acts(case["salah"], "alihkan", skpd_utama="klh")
    case["cabut"] = kota.complaint(key="a4")
    kota.acts(case["cabut"], "pilih_skpd", skpd_utama="dkp")
    kota.acts(case["cabut"], "teruskan", hasil_penerusan="salah_masuk")
    kota.acts(case["cabut"], "alihkan", skpd_utama="klh")
    kota.acts(case["cabut"], "teruskan")
    verbs.withdraw(case["cabut"], now=kota.now)  # klh: withdrawn
    case["kasar"] = kota.complaint(key="a5")
    kota.acts(case["kasar"], "pilih_skpd", skpd_utama="dkp")
    kota.acts(case["kasar"], "teruskan", hasil_penerusan="tidak_ditindaklanjuti")
    kota.acts(case["kasar"], "putuskan_tidak_ditindaklanjuti")
    kota.works_off_jobs()  # dkp: not followed up
    case["awas"] = kota.complaint(key="a6")
    kota.acts(case["awas"], "pilih_skpd", skpd_utama="klh")
    kota.acts(case["awas"], "teruskan", hasil_penerusan="pengawasan")
    kota.works_off_jobs()
    if "terima_pelimpahan" in kota.waits(case["awas"]):
        kota.acts(case["awas"], "terima_pelimpahan")
    kota.works_off_jobs()  # klh: to the Inspektorat
    case["lama"] = kota.forwarded("dkp", key="a7")  # dkp: open, late at the month's end
    kota.at("2026-04-07 08.00")
    case["lambat"] = kota.complaint(key="a8")
    kota.acts(case["lambat"], "pilih_skpd", skpd_utama="dkp")
    kota.at("2026-04-09 10.00")
    kota.acts(case["lambat"], "teruskan")  # dkp: forwarded after more than a day
    kota.acts(case["salah"], "teruskan")
    answered(kota, case["maret_dkp"])  # dkp: of March, answered late
    kota.at("2026-04-20 09.00")
    answered(kota, case["maret_klh"])  # klh: of March, answered late
    kota.at("2026-04-29 09.00")
    case["baru"] = kota.forwarded("klh", key="a9")
    case["nobody"] = kota.complaint(key="a11")
    kota.at("2026-05-01 00.30")
    case["mei"] = kota.forwarded("dkp", key="a10")  # of May
    return case


@pytest.fixture
def kota(sqlite: str) -> Kota:
    """On SQLite alone: what is asked of the database is asked on both by `everywhere`."""
    return Kota("2026-03-02 08.00")


@pytest.fixture
def everywhere(database: str) -> Kota:
    """On SQLite and PostgreSQL."""
    return Kota("2026-03-02 08.00")


def figures(kota: Kota, unit: str, month: str = "2026-04") -> dict[str, Any]:
    found: dict[str, Any] = recap.read(recap.reporting(kota.organisation, kota.now), unit, month)["figures"]
    return found


def test_a_month_counted_by_hand_and_the_audit_count_the_same(everywhere: Kota) -> None:
    kota = everywhere
    case = a_month(kota)
    for unit, expected in BY_HAND.items():
        assert {name: figures(kota, unit)[name] for name in recap.ADDED} == expected, unit
    whole = figures(kota, "")
    units = [BY_HAND["dkp"], BY_HAND["klh"], {"received": 1, "open": 1}]
    assert {name: whole[name] for name in recap.ADDED} == {
        name: sum(unit.get(name, 0) for unit in units) for name in recap.ADDED
    }
    assert whole["carried"] + whole["received"] == whole["answered"] + whole["lapsed"] + whole["open"]
    # working days: cepat 1, koordinasi 0, maret_dkp more than ten
    assert figures(kota, "dkp")["median_days"] == 1
    slowest = figures(kota, "dkp")["slowest"]
    number = sql.value("SELECT number FROM case_file WHERE id = ?", (case["lama"],))
    assert (slowest[0]["number"], slowest[0]["days"], slowest[0]["end"]) == (number, 18, "belum")
    month = audit.Span(kota.organisation, "pengaduan", ms("2026-04-01 00.00"), ms("2026-05-01 00.00"))
    assert audit.received(month) == whole["received"]
    missed = {row.case_id for row in late.every(month, Moment.of(kota.now, "Asia/Jakarta"), kind="tonggak")}
    assert missed == {case["maret_dkp"], case["maret_klh"]}, "Dijawab, terlambat = milestones reached late"
    assert whole["answered_late"] == len(missed)
    for row in (
        papers.content(recap.read(recap.reporting(kota.organisation, kota.now), "", "2026-04"), BASE).after[0].rows
    ):
        load, answered, lapsed, still, _late = map(int, row[2:])
        assert load == answered + lapsed + still, row
    sql.execute("UPDATE journal SET facts = '{\"catatan\":\"' || ? || '\",' || substr(facts, 2)", ("panjang" * 100,))
    assert figures(kota, "") == whole, "what the journal tells at length counts as well"


def test_a_month_is_read_from_indexes_and_not_from_the_journal_of_its_cases(kota: Kota) -> None:
    kota.forwarded("dkp")
    with statements() as asked:
        figures(kota, "dkp", "2026-03"), figures(kota, "", "2026-03")
    joined = [text for text in asked if "JOIN journal j" in text or "JOIN task t" in text]
    plans = [line[3] for text in joined for line in sql.rows(f"EXPLAIN QUERY PLAN {text}", [None] * text.count("?"))]
    read = [line for line in plans if line.startswith(("SEARCH j", "SEARCH t", "SCAN j", "SCAN t"))]
    assert len(read) == 2 * 3
    assert all("COVERING INDEX" in line or "INDEX journal_course_long" in line for line in read), read


def test_a_case_over_three_months_is_received_once_and_left_over_until_it_ends(kota: Kota) -> None:
    kota.at("2026-03-30 09.00")
    case = kota.forwarded("dkp", key="long")
    kota.at("2026-05-05 09.00")
    answered(kota, case)
    kota.at("2026-06-02 09.00")
    told = [
        [figures(kota, "dkp", month)[name] for name in ("received", "carried", "answered", "open", "open_late")]
        for month in ("2026-03", "2026-04", "2026-05", "2026-06")
    ]
    assert told == [[1, 0, 0, 1, 0], [0, 1, 0, 1, 1], [0, 1, 1, 0, 0], [0, 0, 0, 0, 0]]


def test_who_was_late_is_not_in_time_after_a_turn_past_the_admin(kota: Kota) -> None:
    kota.at("2026-04-06 08.00")
    case = kota.complaint()
    kota.acts(case, "pilih_skpd", skpd_utama="dkp")
    kota.at("2026-04-08 10.00")
    kota.acts(case, "teruskan", hasil_penerusan="salah_masuk")
    kota.acts(case, "alihkan", skpd_utama="dkp")
    kota.acts(case, "teruskan")
    kota.at("2026-05-01 08.00")
    told = figures(kota, "dkp")
    assert (told["forwarded"], told["forwarded_in_time"], told["received"]) == (1, 0, 1)


def test_a_closed_month_is_the_same_bytes_whatever_happens_later(kota: Kota) -> None:
    a_month(kota)
    kota.at("2026-05-01 07.30")
    report_case = next(c for c in scheduled.begin_due(kota.now) if c)
    (case,) = sql.row("SELECT case_file_id FROM recap WHERE month = '2026-04' AND unit = ''")
    assert report_case
    before = recap.read(recap.reporting(kota.organisation, kota.now), "dkp", "2026-04")
    assert "SEMENTARA" in words(recaps.sheet(before, BASE))
    kota.at("2026-05-06 09.00")
    kota.does("petugas_dkp", case, "cetak_rekap")
    kota.does("pejabat_dkp", case, "periksa_rekap", keputusan_periksa_rekap="setuju")
    kota.does("pimpinan_dkp", case, "tanda_tangani", keputusan_tanda_tangan="setuju")
    closed = recap.read(recap.reporting(kota.organisation, kota.now), "dkp", "2026-04")
    sheet = recaps.sheet(closed, BASE)
    said = words(sheet)
    holder = sql.row("SELECT p.name, p.nip FROM person p WHERE p.id = ?", (kota.people["pimpinan_dkp"].person_id,))
    assert "SEMENTARA" not in said
    assert all(part in said for part in (*holder, "Mojokerto, 6 Mei 2026", "DINAS KEBERSIHAN DAN PERTAMANAN"))
    kota.at("2026-05-20 09.00")
    sql.execute("UPDATE task SET late = ? WHERE element = 'teruskan'", (True,))
    sql.execute("UPDATE unit SET name = 'Dinas Lain' WHERE code = 'dkp'")
    again = recap.read(recap.reporting(kota.organisation, kota.now), "dkp", "2026-04")
    assert recaps.sheet(again, BASE) == sheet
    assert again["figures"] == closed["figures"]


def test_a_month_with_nothing_says_so_and_a_unit_there_is_not_is_refused(kota: Kota) -> None:
    report = recap.reporting(kota.organisation, kota.now)
    empty = recap.read(report, "dpu", "2026-03")
    assert {name: empty["figures"][name] for name in recap.ADDED} == dict.fromkeys(recap.ADDED, 0)
    assert "tidak menerima dan tidak mempunyai pengaduan" in words(recaps.sheet(empty, BASE))
    with pytest.raises(NotFound):
        recap.read(report, "bag_humas", "2026-03")


def test_who_sent_nothing_by_the_tenth_stands_late_in_the_citys_table() -> None:
    row = {"due_ms": ms("2026-04-11 00.00"), "sent_ms": None}
    assert papers.sent(row, "Asia/Jakarta", ms("2026-04-12 09.00")) == "BELUM DIKIRIM TERLAMBAT"
    assert papers.sent(row, "Asia/Jakarta", ms("2026-04-09 09.00")) == "BELUM DIKIRIM"
    assert papers.sent(row | {"sent_ms": ms("2026-04-11 08.00")}, "Asia/Jakarta", None) == "11-04-2026 TERLAMBAT"


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
