"""The desk and the task, as people at browsers meet them: nothing typed is lost, nothing is done twice."""

import re

from citizen import Site
from clerk import RECEIVED, clerk

from db import sql
from engine import verbs


def received(site: Site) -> tuple[int, int]:
    """A new case and its first task."""
    with site.asked() as office:
        case = office.report()
        return case, office.task(case, "terima")


def before_the_chair(site: Site) -> tuple[int, int]:
    """A case that waits for the Ketua."""
    with site.asked() as office:
        case = office.report()
        office.sekar.registers(case)
        office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan", catatan="Berkas lengkap.")
        office.hadi.does(case, "teliti_kabag", keputusan_kabag="teruskan")
        office.surya.does(case, "disposisikan_sekwan", keputusan_sekwan="teruskan", instruksi_sekwan=["koordinasikan"])
        return case, office.task(case, "disposisikan_ketua")


def started(site: Site, task: int) -> int | None:
    with site.asked():
        found: int | None = sql.value("SELECT started_ms FROM task WHERE id = ?", (task,))
        return found


def test_the_first_look_by_someone_who_may_act_starts_the_clock(site: Site) -> None:
    _, task = received(site)
    clerk(site, "hadi").opens(f"/tugas/{task}")
    assert started(site, task) is None  # he may read it, the Staf must do it
    sekar = clerk(site, "sekar").opens(f"/tugas/{task}")
    assert started(site, task) == site.office.now
    assert "sisa 10 menit" in sekar.page
    assert "Bagaimana dihitung?" in sekar.page
    assert "SOP 9.3.3/10/416-050/2023 langkah 1" in sekar.page


def test_a_page_fetched_ahead_of_time_does_not_start_the_clock(site: Site) -> None:
    _, task = received(site)
    sekar = clerk(site, "sekar")
    sekar.opens(f"/tugas/{task}", Sec_Purpose="prefetch;prerender")
    sekar.opens(f"/tugas/{task}", Purpose="prefetch")
    sekar.client.head(f"/tugas/{task}")
    assert started(site, task) is None


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(site: Site) -> None:
    _, task = received(site)
    sekar = clerk(site, "sekar")
    sekar.sends(f"/tugas/{task}", hasil_verifikasi="tidak_lengkap", perihal="Jalan rusak parah", catatan="sudah dicek")
    assert sekar.status == 422
    assert 'id="yang_kurang-error"' in sekar.page
    assert 'href="#yang_kurang"' in sekar.page
    assert 'value="Jalan rusak parah"' in sekar.page
    assert "sudah dicek" in sekar.page


def test_a_half_filled_form_is_kept_for_whoever_filled_it(site: Site) -> None:
    _, task = received(site)
    sekar = clerk(site, "sekar")
    saved = sekar.sends(f"/tugas/{task}/draf", headers={"Accept": "application/json"}, catatan="setengah jalan")
    assert saved.json == {"saved": True}
    assert sekar.sends(f"/tugas/{task}/draf", catatan="hampir selesai").status_code == 302
    assert "hampir selesai" in clerk(site, "sekar").opens(f"/tugas/{task}").page
    assert "hampir selesai" not in clerk(site, "joko").opens(f"/tugas/{task}").page


def test_after_a_task_is_done_the_next_one_is_offered(site: Site) -> None:
    _, first = received(site)
    _, second = received(site)
    sekar = clerk(site, "sekar")
    assert sekar.sends(f"/tugas/{first}", **RECEIVED).status_code == 302
    sekar.opens(f"/tugas/{first}")
    assert "Sudah Anda kerjakan" in sekar.page
    assert f'href="/tugas/{second}"' in sekar.page


def test_a_double_click_does_the_task_once_and_shows_it_done(site: Site) -> None:
    case, task = received(site)
    sekar = clerk(site, "sekar")
    assert [sekar.sends(f"/tugas/{task}", **RECEIVED).status_code for _ in range(2)] == [302, 302]
    assert "Sudah Anda kerjakan" in sekar.opens(f"/tugas/{task}").page
    with site.asked() as office:
        assert office.waits(case) == ["teliti_kasubag"]


def test_who_comes_second_is_told_who_was_first_as_what_and_when_and_keeps_the_text(site: Site) -> None:
    _, task = received(site)
    sekar, joko = clerk(site, "sekar"), clerk(site, "joko")
    sekar.sends(f"/tugas/{task}", **RECEIVED)
    joko.sends(f"/tugas/{task}", **(RECEIVED | {"catatan": "Catatan joko yang panjang"}))
    assert joko.status == 409
    assert (
        "Sudah dikerjakan oleh Sekar Ayu Lestari sebagai pejabat definitif, Senin, 23 November 2026 pukul 09.00 WIB"
        in joko.page
    )
    assert "Catatan joko yang panjang" in joko.page


def test_a_claimed_task_is_closed_to_colleagues_until_it_is_released(site: Site) -> None:
    _, task = received(site)
    sekar, joko = clerk(site, "sekar"), clerk(site, "joko")
    sekar.sends(f"/tugas/{task}/ambil")
    assert "sedang diambil Sekar Ayu Lestari" in joko.opens(f"/tugas/{task}").page
    joko.sends(f"/tugas/{task}", **(RECEIVED | {"catatan": "milik joko"}))
    assert (joko.status, "milik joko" in joko.page) == (403, True)
    sekar.sends(f"/tugas/{task}/lepas")
    assert joko.sends(f"/tugas/{task}", **RECEIVED).status_code == 302


def test_the_sheet_shows_earlier_signers_in_their_places_and_the_box_of_who_signs_now(site: Site) -> None:
    _, task = before_the_chair(site)
    page = clerk(site, "bima").opens(f"/tugas/{task}").page
    sheet = page[page.index('class="lembar"') : page.index("</article>")]
    for words in ("Wulan Sari, S.AP.", "Drs. Hadi Santoso", "Drs. Surya Wibawa", "Koordinasikan", "“Berkas lengkap.”"):
        assert words in sheet, words
    assert "paraf elektronik tanpa sertifikat" in sheet
    assert 'name="akd" value="komisi_3" checked' in re.sub(
        r"\s+", " ", sheet
    )  # proposed from the subject of the report
    assert 'name="keputusan_ketua" value="kembalikan"' not in sheet  # the way back is a button of its own
    assert "Tanda tangani disposisi" in page


def test_a_disposition_is_made_on_the_sheet(site: Site) -> None:
    case, task = before_the_chair(site)
    bima = clerk(site, "bima")
    bima.sends(
        f"/tugas/{task}", keputusan_ketua="disposisikan", akd=["komisi_1", "komisi_3"], instruksi_ketua=["dipelajari"]
    )
    assert bima.status == 302
    with site.asked() as office:
        assert office.waits(case) == ["cermati_disposisi"]
    shown = clerk(site, "surya").opens("/tugas").page
    assert "Membaca dan mencermati disposisi" in shown


def test_a_task_goes_back_with_its_reason_in_one_click(site: Site) -> None:
    case, task = before_the_chair(site)
    bima = clerk(site, "bima")
    back = {"putusan_untuk": "keputusan_ketua", "putusan": "kembalikan", "keputusan_ketua": "disposisikan"}
    bima.sends(f"/tugas/{task}", **back)
    assert (bima.status, 'id="alasan-error"' in bima.page) == (422, True)
    assert bima.sends(f"/tugas/{task}", **back, alasan="Mohon dilengkapi telaahan.").status_code == 302
    with site.asked() as office:
        again = office.task(case, "disposisikan_sekwan")
    assert "Mohon dilengkapi telaahan." in clerk(site, "surya").opens(f"/tugas/{again}").page


def test_a_substitute_signs_as_what_they_are(site: Site) -> None:
    case, task = before_the_chair(site)
    with site.asked() as office:
        admin = office.admin.actor
        chair = sql.value("SELECT id FROM office WHERE code = 'ketua_dprd'")
        verbs.appoint(
            int(chair),
            office.dewi.person,
            kind="wakil",
            from_ms=office.now,
            until_ms=office.now + 86_400_000,
            letter="SP-1",
            letter_date="2026-11-23",
            by=admin,
            now=office.now,
        )
    assert clerk(site, "bima").opens(f"/tugas/{task}").status == 404  # absent in law while someone stands in
    dewi = clerk(site, "dewi")
    assert dewi.sends(f"/tugas/{task}", keputusan_ketua="untuk_diketahui").status_code == 302
    assert "Hj. Dewi Maharani, S.E.</strong>, Wakil Ketua I DPRD" in dewi.opens(f"/kasus/{case}").page


def test_the_desk_counts_searches_sorts_and_tells_of_arrivals(site: Site) -> None:
    with site.asked() as office:
        for number in range(30):
            office.report(f"Aduan nomor {number:02d}")
    joko = clerk(site, "joko")
    page = joko.opens("/tugas").page
    assert re.search(r"<strong>30</strong> Semua", page)
    assert page.count('class="title"') == 25
    assert joko.opens("/tugas?halaman=2").page.count('class="title"') == 5
    assert joko.opens("/tugas?cari=NOMOR%2017").page.count('class="title"') == 1
    assert joko.opens("/tugas?cari=%25").page.count('class="title"') == 0
    assert joko.opens("/tugas?bagian=terlambat").page.count('class="title"') == 0
    joko.opens(f"/tugas/baru?sejak={site.office.now}")
    assert joko.status == 204
    site.office.after(minutes=1)
    with site.asked() as office:
        office.report("Yang terbaru")
    assert "Ada satu tugas baru" in joko.opens(f"/tugas/baru?sejak={site.office.now - 60_000}").page


def test_a_task_past_its_limit_is_counted_late_in_office_time(site: Site) -> None:
    _, task = received(site)
    site.office.at("2026-11-23 15.55")
    sekar = clerk(site, "sekar")
    sekar.opens(f"/tugas/{task}")
    site.office.at("2026-11-23 16.30")
    assert "sisa 5 menit, berhenti di luar jam kerja" in sekar.opens("/tugas").page
    site.office.at("2026-11-24 07.36")
    late = clerk(site, "sekar").opens("/tugas?bagian=terlambat").page
    assert "lewat 1 menit" in late


def test_an_answer_by_hand_is_ready_to_copy_for_those_who_may_know_who_gets_it(site: Site) -> None:
    with site.asked() as office:
        case = office.report(phone="0812 3456 7890", email="")
        office.sekar.registers(case)
        office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
        office.hadi.does(case, "teliti_kabag", keputusan_kabag="teruskan")
        office.surya.does(case, "disposisikan_sekwan", keputusan_sekwan="teruskan", instruksi_sekwan=["file"])
        office.bima.does(case, "disposisikan_ketua", keputusan_ketua="arsipkan")
        office.surya.does(case, "cermati_disposisi", keputusan_cermati="lanjut")
        office.sekar.does(case, "catat_distribusikan", dicatat="ya")
        office.sekar.does(
            case, "susun_balasan", isi_balasan="Terima kasih atas laporannya.", saluran_balasan="whatsapp"
        )
        office.surya.does(case, "setujui_balasan", keputusan_balasan="setuju")
        task = office.task(case, "sampaikan_balasan")
    sekar = clerk(site, "sekar").opens(f"/tugas/{task}")
    assert "https://wa.me/6281234567890?text=Yth." in sekar.page
    assert "Terima kasih atas laporannya." in sekar.page
    assert "/lembar/surat-balasan.pdf" in sekar.page
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM access_log WHERE what = 'revealed' AND case_file = ?", (case,)) == 1
    assert sekar.sends(f"/tugas/{task}", sudah_dikirim="ya").status_code == 302
