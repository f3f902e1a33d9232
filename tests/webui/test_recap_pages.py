"""Recaps on the desks: at the task, in the list, on the Walikota's desk; incidental reports; the command line."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from citizen import _keys
from cityhall import City
from clerk import Clerk
from pypdf import PdfReader

from db import sql
from engine.commands import scheduled
from webui import cli, clock


@pytest.fixture
def month(city: City) -> int:
    """The report of March has begun; DKP has sent its own on the 6th, one complaint waits there since the 13th."""
    with city.asked() as kota:
        kota.forwarded("dkp", key="one")
        kota.at("2026-04-01 07.30")
        (case,) = scheduled.begin_due(kota.now)
        kota.at("2026-04-06 09.00")
        kota.does("petugas_dkp", case, "cetak_rekap")
        kota.does("pejabat_dkp", case, "periksa_rekap", keputusan_periksa_rekap="setuju")
        kota.does("pimpinan_dkp", case, "tanda_tangani", keputusan_tanda_tangan="setuju")
        kota.now += 60_000
    return case


def recap(city: City, unit: str) -> int:
    with city.asked():
        return int(sql.value("SELECT id FROM recap WHERE unit = ?", (unit,)))


def task(city: City, who: str, element: str) -> int:
    text = "SELECT t.id FROM task t JOIN office o ON o.id = t.office_id WHERE o.code = ? AND t.element = ?"
    with city.asked():
        return int(sql.value(text + " AND t.state = 'open'", (who, element)))


def test_the_recap_stands_beside_the_task_with_its_figures_and_its_sheet(city: City, month: int) -> None:
    sri = city.enters("petugas.klh")
    page = sri.opens(f"/tugas/{task(city, 'petugas_klh', 'cetak_rekap')}").page
    assert "tidak menerima dan tidak mempunyai pengaduan" in page
    assert "Pasal 9 ayat (1), ayat (2)" in page
    assert "Isi laporan" not in page
    sri.opens(f"/rekap/{recap(city, 'klh')}.pdf")
    assert sri.last is not None
    assert sri.last.data.startswith(b"%PDF")
    koordinator = city.enters("harini").opens(f"/tugas/{task(city, 'koordinator', 'kumpulkan_rekap')}").page
    assert "1 dari 21 rekap SKPD dan UPT sudah masuk." in koordinator
    assert "<li>Kantor Lingkungan Hidup</li>" in koordinator


def test_each_sees_what_is_theirs_and_strangers_nothing(city: City, month: int) -> None:
    own, other, whole = (f"/rekap/{recap(city, unit)}" for unit in ("dkp", "klh", ""))
    answers = {
        "petugas.dkp": (200, 200, 404, 404, 404),
        "harini": (200, 200, 200, 200, 200),
        "walikota": (200, 200, 200, 200, 200),
        "auditor.kota": (200, 200, 200, 200, 200),
        "inspektur": (404, 404, 404, 404, 404),
    }
    for who, expected in answers.items():
        clerk = city.enters(who)
        got = tuple(clerk.opens(at).status for at in ("/rekap", own, other, whole, "/rekap/walikota"))
        assert got == expected, who
    assert 'href="/rekap"' in city.enters("petugas.dkp").opens("/tugas").page
    assert 'href="/rekap"' not in city.enters("inspektur").opens("/tugas").page


def test_a_late_one_says_by_how_much_and_by_which_article(city: City, month: int) -> None:
    with city.asked() as kota:
        kota.at("2026-04-13 09.00")
    page = city.enters("ketut").opens("/rekap?bulan=2026-03&keadaan=terlambat").page
    assert "terlambat 3 hari" in page
    assert "Pasal 9 ayat (2)" in page
    assert page.count("terlambat 3 hari") == 20, "DKP sent its own; the city has no date in the law"
    missing = city.enters("ketut").opens("/rekap?bulan=2026-03&keadaan=belum").page
    assert "Kantor Lingkungan Hidup" in missing, "not sent, also now that it is late"
    assert "Dinas Kebersihan dan Pertamanan" not in missing
    paper = city.enters("ketut").client.get(f"/rekap/{recap(city, '')}.pdf").data
    told = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    assert " ".join(told.split()).count("BELUM DIKIRIM TERLAMBAT") == 20, "before it is signed, too"
    own = city.enters("petugas.dkp").opens("/rekap").page
    assert "Dinas Kebersihan dan Pertamanan" in own
    assert "Kantor Lingkungan Hidup" not in own


def test_the_walikota_takes_in_what_came_and_it_is_journalled(city: City, month: int) -> None:
    walikota = city.enters("walikota")
    assert "Rekap yang masuk" in walikota.opens("/rekap/walikota").page
    address = f"/rekap/{recap(city, 'dkp')}/terima"
    assert city.enters("harini").sends(address).status_code == 403
    assert city.enters("auditor.kota").sends(address).status_code == 403
    assert walikota.sends(f"/rekap/{recap(city, 'klh')}/terima").status_code == 404, "it was not sent yet"
    for _twice in range(2):
        assert walikota.sends(address, dari="meja").status_code == 302
    with city.asked():
        assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'recap_received'") == 1
        assert sql.value("SELECT received_ms FROM recap WHERE unit = 'dkp'") is not None
    assert "Sudah diterima" in walikota.opens("/rekap/walikota").page


def test_the_desk_of_a_new_month_still_tells_what_came_of_the_one_before(city: City, month: int) -> None:
    march = recap(city, "dkp")
    with city.asked() as kota:
        kota.at("2026-05-02 08.00")
        assert scheduled.begin_due(kota.now)
    page = " ".join(city.enters("walikota").opens("/rekap/walikota").page.split())
    assert "Meja Walikota: April 2026" in page
    assert "Maret 2026</a>: satu rekap menunggu diterima, 20 belum dikirim dan terlambat." in page
    city.enters("walikota").sends(f"/rekap/{march}/terima", dari="meja")
    assert "menunggu diterima, 20" not in city.enters("walikota").opens("/rekap/walikota").page


def test_the_walikota_takes_in_everything_that_came_at_once(city: City, month: int) -> None:
    with city.asked() as kota:
        kota.does("petugas_klh", month, "cetak_rekap")
        kota.does("pejabat_klh", month, "periksa_rekap", keputusan_periksa_rekap="setuju")
        kota.does("pimpinan_klh", month, "tanda_tangani", keputusan_tanda_tangan="setuju")
        kota.now += 60_000
    walikota, all_of_it = city.enters("walikota"), "/rekap/walikota/terima"
    assert "Tandai semua diterima (2)" in walikota.opens("/rekap/walikota").page
    assert city.enters("harini").sends(all_of_it, bulan="2026-03").status_code == 403
    for _twice in range(2):
        assert walikota.sends(all_of_it, bulan="2026-03").status_code == 302
    assert "0 rekap ditandai diterima" in walikota.opens("/rekap/walikota?bulan=2026-03").page
    with city.asked():
        assert sql.value("SELECT COUNT(*) FROM journal WHERE kind = 'recap_received'") == 2


def writes(clerk: Clerk, **more: str) -> Any:
    told = {"title": "Pohon tumbang", "text": "Menutup jalan di Wates.\nSudah ditangani.", "cases": "", "key": "k1"}
    return clerk.sends("/rekap/insidentil", **told | more)


def test_an_officer_reports_an_incident_and_the_walikota_receives_it(city: City, month: int) -> None:
    pejabat, walikota = city.enters("pejabat.dkp"), city.enters("walikota")
    assert writes(pejabat, title="", cases="9999/ADU/2026").status_code == 422
    assert "Menutup jalan di Wates." in pejabat.page
    assert "9999/ADU/2026" in pejabat.page
    with city.asked():
        number = str(sql.value("SELECT number FROM case_file WHERE process = 'pengaduan'"))
    addresses = {writes(pejabat, cases=number).location for _twice in range(2)}
    (address,) = addresses
    with city.asked():
        sealed = sql.rows("SELECT sealed, cases FROM incidental_report")
        assert len(sealed) == 1
        assert "Wates" not in sealed[0][0]
        assert "Wates" not in str(sql.rows("SELECT facts FROM journal"))
    with city.asked():
        kept = "organisation_id, office_id, addressee_id, person, acting_as, sealed, cases, sent_ms"
        text = f"INSERT INTO incidental_report ({kept}, received_ms, received_as, send_key)"
        for place in range(26):  # newer ones that were received would fill a page
            sql.execute(f"{text} SELECT {kept}, sent_ms, '', ? FROM incidental_report WHERE id = 1", (str(place),))
    assert "Pohon tumbang" in walikota.opens("/rekap/walikota").page
    assert number in walikota.opens(address).page
    assert walikota.sends(f"{address}/terima").status_code == 302
    answer = walikota.opens(f"{address}/laporan.pdf").last
    assert answer is not None
    paper = " ".join(PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().split())
    for words in ("LAPORAN INSIDENTIL", "Menutup jalan di Wates.", number, "Walikota Mojokerto", "Diterima"):
        assert words in paper, words
    assert city.enters("pejabat.klh").opens(f"{address}/laporan.pdf").status == 404
    assert city.enters("pimpinan.dkp").opens(address).status == 200
    assert city.enters("pejabat.klh").opens(address).status == 404
    assert city.enters("harini").opens("/rekap/insidentil/baru").status == 403
    assert "Pohon tumbang" not in walikota.opens("/rekap/walikota").page
    with city.asked():
        kinds = [kind for (kind,) in sql.rows("SELECT kind FROM journal WHERE kind LIKE 'incidental%' ORDER BY id")]
    assert kinds == ["incidental_sent", "incidental_received"]


def test_the_terminal_prints_a_month_its_figures_and_says_what_is_missing(
    city: City,
    month: int,
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in {"HOME": tmp_path / "balai", "DATABASE": sqlite_url}.items():
        monkeypatch.setenv(f"DISPOSISI_{name}", str(value))
    monkeypatch.setenv("DISPOSISI_SECRET_KEY", "s" * 43)
    monkeypatch.setenv("DISPOSISI_DATA_KEYS", _keys())
    monkeypatch.setattr(clock, "real", lambda: city.office.now)
    first, again = tmp_path / "a.pdf", tmp_path / "b.pdf"
    for paper in (first, again):
        assert cli.main(["report", "monthly", "--unit", "dkp", "--month", "2026-03", "-o", str(paper)]) == 0
    assert first.read_bytes() == again.read_bytes()
    assert cli.main(["sheet", "rekap", "001/REKAP-ADU/2026", "--unit", "dkp", "-o", str(again)]) == 0
    assert first.read_bytes() == again.read_bytes()
    capsys.readouterr()
    assert cli.main(["report", "monthly", "--organisation", "kota_mojokerto", "--month", "2026-03", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["figures"]["received"], told["provisional"], len(told["units"])) == (1, True, 21)
    for wrong, code, words in (
        (["--unit", "bag_humas", "--month", "2026-03", "--json"], 1, "tidak ada SKPD/UPT"),
        (["--unit", "dkp", "--month", "2027-01", "--json"], 1, "belum dimulai"),
        (["--unit", "dkp", "--month", "2026-03"], 2, "sebutkan -o"),
    ):
        assert cli.main(["report", "monthly", *wrong]) == code
        assert words in capsys.readouterr().err
