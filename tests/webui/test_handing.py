"""Around a task: taking back, taking over, laying files with it; what is typed is never lost."""

import io

from citizen import Site, photo
from clerk import clerk

from db import sql


def at_kasubag(site: Site) -> tuple[int, int]:
    with site.asked() as office:
        case = office.report()
        office.sekar.registers(case)
        return case, office.task(case, "teliti_kasubag")


SEND = {"putusan_untuk": "keputusan_kasubag", "putusan": "teruskan", "catatan": "Sudah lengkap."}


def test_what_was_just_sent_is_taken_back_with_its_words_in_the_form(site: Site) -> None:
    case, task = at_kasubag(site)
    wulan = clerk(site, "wulan")
    wulan.opens(f"/tugas/{task}")
    wulan.sends(f"/tugas/{task}", **SEND)
    assert "Tarik kembali" in wulan.opens(f"/tugas/{task}").page
    assert wulan.sends(f"/tugas/{task}/tarik", alasan="").status_code == 422
    assert "Tulis alasannya." in wulan.page
    answer = wulan.sends(f"/tugas/{task}/tarik", alasan="Salah catatan.")
    assert answer.status_code == 302
    page = wulan.opens(answer.location).page
    assert "Sudah lengkap." in page
    assert "Ditarik kembali oleh Wulan Sari" in wulan.opens(f"/tugas/{task}").page
    assert wulan.sends(answer.location.partition("#")[0], **SEND).status_code == 302
    with site.asked() as office:
        assert office.waits(case) == ["teliti_kabag"]


def test_too_late_is_said_and_changes_nothing(site: Site) -> None:
    case, task = at_kasubag(site)
    wulan = clerk(site, "wulan")
    wulan.sends(f"/tugas/{task}", **SEND)
    with site.asked() as office:
        office.hadi.opens(case, "teliti_kabag")
    assert wulan.sends(f"/tugas/{task}/tarik", alasan="Salah.").status_code == 409
    assert "sudah dibuka" in wulan.page
    assert clerk(site, "hadi").sends(f"/tugas/{task}/tarik", alasan="Salah.").status_code == 409
    with site.asked() as office:
        assert office.waits(case) == ["teliti_kabag"]


def test_a_superior_takes_over_with_a_reason_and_the_clock_runs_on(site: Site) -> None:
    case, task = at_kasubag(site)
    with site.asked() as office:
        office.wulan.opens(case, "teliti_kasubag")
        due = sql.value("SELECT due_ms FROM task WHERE id = ?", (task,))
        wulan = office.wulan.person
    hadi = clerk(site, "hadi")
    assert f"/tugas/{task}?alih=ya#ambil-alih" in hadi.opens(f"/kasus/{case}").page
    assert "Ambil alih tugas ini" in hadi.opens(f"/tugas/{task}").page
    for who in ("sekar", "ratna"):
        below = clerk(site, who)
        assert "Ambil alih tugas ini" not in below.opens(f"/tugas/{task}").page
        assert below.sends(f"/tugas/{task}/ambil-alih", alasan="Saya saja.").status_code == 403
    for who, status in (("odi", 404), ("inggit", 403)):
        assert clerk(site, who).sends(f"/tugas/{task}/ambil-alih", alasan="Saya saja.").status_code == status, who
    assert hadi.sends(f"/tugas/{task}/ambil-alih", alasan="").status_code == 422
    assert hadi.sends(f"/tugas/{task}/ambil-alih", alasan="Kasubag berhalangan.").status_code == 302
    with site.asked():
        row = sql.row("SELECT due_ms, taken_from IS NOT NULL, claimed_by IS NOT NULL FROM task WHERE id = ?", (task,))
        assert row is not None
        assert (row[0], bool(row[1]), bool(row[2])) == (due, True, True)
        assert sql.value("SELECT kind FROM notice WHERE person_id = ?", (wulan,)) == "diambil-alih"
    assert clerk(site, "wulan").sends(f"/tugas/{task}", **SEND).status_code == 403
    assert hadi.sends(f"/tugas/{task}", **SEND).status_code == 302
    with site.asked() as office:
        assert office.waits(case) == ["teliti_kabag"]
        assert office.wulan.may_see(case)


def test_staff_lay_files_with_their_task_and_keep_what_they_typed(site: Site) -> None:
    case, task = at_kasubag(site)
    wulan = clerk(site, "wulan")
    files = [(io.BytesIO(photo()), "notulen.jpg"), (io.BytesIO(b"MZ\x90\x00 program"), "virus.exe")]
    answer = wulan.sends(f"/tugas/{task}/berkas", catatan="Setengah jadi.", lampiran=files)
    assert answer.status_code == 302
    page = wulan.opens(f"/tugas/{task}").page
    assert "notulen.jpg" in page
    assert "virus.exe" in page, "what was refused is named"
    assert "Setengah jadi." in page
    with site.asked():
        found = sql.rows("SELECT id, task, source, case_file_id FROM attachment")
        assert [row[1:] for row in found] == [(task, "petugas", case)]
        kinds = [kind for (kind,) in sql.rows("SELECT kind FROM journal WHERE case_file = ? ORDER BY seq", (case,))]
        assert "attached" in kinds
    for who, status in (("hadi", 403), ("odi", 404), ("inggit", 403)):
        again = [(io.BytesIO(photo()), "a.jpg")]
        assert clerk(site, who).sends(f"/tugas/{task}/berkas", lampiran=again).status_code == status, who
        assert clerk(site, who).sends(f"/tugas/{task}/berkas/{found[0][0]}/hapus").status_code == status, who
    wulan.sends(f"/tugas/{task}", **SEND)
    assert wulan.sends(f"/tugas/{task}/berkas/{found[0][0]}/hapus").status_code == 409, "done is done"
    assert "notulen.jpg" in clerk(site, "hadi").opens(f"/kasus/{case}").page


def test_a_file_is_taken_away_before_the_task_is_done_and_never_shown_outside(site: Site) -> None:
    citizen = site.citizen()
    number, pin = citizen.reports()
    with site.asked() as office:
        case = int(sql.value("SELECT id FROM case_file WHERE number = ?", (number,)))
        task = office.task(case, "terima")
    sekar = clerk(site, "sekar")
    sekar.sends(f"/tugas/{task}/berkas", lampiran=[(io.BytesIO(photo()), "internal.jpg")])
    assert "internal.jpg" not in citizen.follows(number, pin).page
    with site.asked():
        file = sql.value("SELECT id FROM attachment")
    assert sekar.sends(f"/tugas/{task}/berkas/{file}/hapus").status_code == 302
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM attachment") == 0
