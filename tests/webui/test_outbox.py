"""The administrator's pages of mail: what waits, what failed, every text; and everyone's own account."""

import re

import pytest
from citizen import Citizen, Site
from clerk import Clerk, clerk
from office import PASSWORD

from db import sql
from engine import jobs, verbs
from engine.jobs import Undeliverable
from engine.mail.catalogue import LANGUAGES, MESSAGES

INCOMPLETE = {"hasil_verifikasi": "tidak_lengkap", "yang_kurang": "Sebutkan rumah Bu Penandawati."}


@pytest.fixture
def admin(site: Site) -> Clerk:
    return clerk(site, "admin")


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def withdrawn(site: Site) -> int:
    """A case whose confirmation waits to be mailed; gives the job."""
    with site.asked() as office:
        case = office.report(name="Penanda Namaku", email="penanda@contoh.id")
        verbs.withdraw(case, now=office.now)
        return int(sql.value("SELECT id FROM job WHERE kind = 'mail'"))


def refused(site: Site) -> int:
    job = withdrawn(site)
    with site.asked() as office:

        def refuses(call: jobs.Call) -> dict[str, bool]:
            raise Undeliverable("surel ditolak (550)")

        jobs.run_due(office.now, {"surel": refuses})
    return job


def test_what_waits_says_what_to_whom_and_when_but_never_where_to(site: Site, admin: Clerk) -> None:
    job = withdrawn(site)
    with site.asked():
        sql.execute("UPDATE job SET attempts = 3, error = 'Postponed 451' WHERE id = ?", (job,))
    said = text(admin.opens("/pengaturan/kotak-keluar?lihat=menunggu").page)
    assert "Tanda terima pencabutan kepada pelapor 0001/SIAPMAS/2026 akan dicoba lagi" in said
    assert "peladen surat minta dicoba nanti (451)" in said
    assert "3 dari 8" in said
    assert not re.search(r"penanda", said, re.IGNORECASE)


def test_the_old_address_leads_here(admin: Clerk) -> None:
    assert admin.opens("/pengaturan/antrean").last.location == "/pengaturan/kotak-keluar"


def test_what_failed_is_shown_first_and_tried_again_at_a_press(site: Site, admin: Clerk) -> None:
    job = refused(site)
    said = text(admin.opens("/pengaturan/kotak-keluar").page)
    assert "gagal surel ditolak (550)" in said
    admin.sends(f"/pengaturan/kotak-keluar/{job}/coba-lagi", lihat="gagal")
    with site.asked() as office:
        assert office.works_off_jobs() == 1
        assert sql.value("SELECT state FROM job WHERE id = ?", (job,)) == "done"
        facts = sql.rows("SELECT kind FROM journal WHERE kind LIKE 'mail%' ORDER BY id")
    assert [kind for (kind,) in facts] == ["mailed", "mail_retried", "mailed"]
    assert "Terkirim (1)" in text(admin.opens("/pengaturan/kotak-keluar?lihat=terkirim").page)


def test_what_was_sent_is_sent_again_as_a_letter_of_its_own(site: Site, admin: Clerk) -> None:
    job = withdrawn(site)
    with site.asked() as office:
        office.works_off_jobs()
    for _ in range(2):
        admin.sends(f"/pengaturan/kotak-keluar/{job}/kirim-ulang", lihat="terkirim")
    with site.asked() as office:
        assert [name for (name,) in sql.rows("SELECT name FROM job WHERE name LIKE 'ulang:%' ORDER BY id")] == [
            f"ulang:{job}:1",
            f"ulang:{job}:2",
        ]
        office.works_off_jobs()
        names = [call.name for call in office.outbox.calls]
        assert len(set(names)) == 3
    assert "Tanda terima pencabutan (dikirim ulang)" in text(
        admin.opens("/pengaturan/kotak-keluar?lihat=terkirim").page
    )


def test_calling_off_needs_one_of_the_reasons(site: Site, admin: Clerk) -> None:
    job = withdrawn(site)
    admin.sends(f"/pengaturan/kotak-keluar/{job}/batal", alasan="", lihat="menunggu")
    assert "Pilih alasan" in text(admin.opens("/pengaturan/kotak-keluar").page)
    admin.sends(f"/pengaturan/kotak-keluar/{job}/batal", alasan="alamat_salah", lihat="menunggu")
    assert "dibatalkan Alamat surelnya salah" in text(admin.opens("/pengaturan/kotak-keluar?lihat=batal").page)
    with site.asked() as office:
        assert office.works_off_jobs() == 0
        facts = sql.value("SELECT facts FROM journal WHERE kind = 'mail_cancelled'")
    assert '"reason":"alamat_salah"' in facts


def test_news_that_did_not_arrive_stands_apart_from_what_did(site: Site, admin: Clerk) -> None:
    with site.asked() as office:
        case = office.report(email="", phone="081234567890")
        office.sekar.registers(case, **INCOMPLETE)
        jobs.run_due(
            office.now,
            {"kabari_pelapor": lambda _: {"delivered": False, "reason": "pelapor tidak memberi alamat surel"}},
        )
    said = text(admin.opens("/pengaturan/kotak-keluar?lihat=tidak-sampai").page)
    assert (
        "Permintaan kelengkapan kepada pelapor 0001/SIAPMAS/2026 tidak sampai pelapor tidak memberi alamat surel"
        in said
    )


def test_the_outbox_opens_on_both_databases_and_pages(any_site: Site) -> None:
    with any_site.asked() as office:
        for _ in range(27):
            verbs.withdraw(office.report(), now=office.now)
    admin = clerk(any_site, "admin")
    assert "Menunggu (27)" in text(admin.opens("/pengaturan/kotak-keluar").page)
    assert admin.page.count("0001/SIAPMAS/2026") == 3, "named in its row and for its two buttons"
    assert "0027/SIAPMAS/2026" in admin.opens("/pengaturan/kotak-keluar?lihat=menunggu&halaman=2").page
    for part in ("gagal", "tidak-sampai", "terkirim", "batal", "batas-waktu", "entah"):
        assert admin.opens(f"/pengaturan/kotak-keluar?lihat={part}").status == 200


# --- texts ---

OWN = {"subject": "Balasan {nomor}", "body": "Salam {nama},\n\n{isi}\n\n{nomor} PIN tidak disebut."}


def test_every_text_opens_in_both_languages_and_only_what_can_leave_is_listed(admin: Clerk) -> None:
    for key in MESSAGES:
        for spoken in LANGUAGES:
            assert admin.opens(f"/pengaturan/teks/{key}/{spoken}").status == 200, key
    assert "Lewat SMS" not in admin.opens("/pengaturan/teks").page, "this office takes no SMS"


def test_a_text_is_edited_kept_when_refused_and_put_back(site: Site, admin: Clerk) -> None:
    assert "Permintaan kelengkapan" in admin.opens("/pengaturan/teks").page
    here = "/pengaturan/teks/jawaban/id"
    wrong = admin.sends(here, **{**OWN, "body": "{isi} {0.__class__} <b>"})
    assert wrong.status_code == 422
    assert "“{0.__class__}” bukan isian yang dikenal" in text(admin.page)
    assert "“{nomor}” harus ada" in text(admin.page)
    assert "{isi} {0.__class__} &lt;b&gt;" in wrong.get_data(as_text=True), "what was typed is still there"
    assert admin.sends(here, **OWN).status_code == 302
    assert "Teks disimpan" in admin.opens(here).page
    assert "Kembalikan ke teks bawaan" in admin.page
    assert "diubah" in text(admin.opens("/pengaturan/teks").page)
    admin.sends(f"{here}/kembalikan")
    assert "Kembalikan ke teks bawaan" not in admin.opens(here).page


def test_a_preview_over_a_real_case_covers_what_an_administrator_may_not_see(site: Site, admin: Clerk) -> None:
    with site.asked() as office:
        case = office.report(name="Penanda Namaku", email="penanda@contoh.id")
        office.sekar.registers(case, **INCOMPLETE)
        office.report()
    shown = text(admin.opens("/pengaturan/teks/minta_kelengkapan/id?kasus=0001/siapmas/2026").page)
    assert "Laporan 0001/SIAPMAS/2026: mohon dilengkapi" in shown
    assert "Yth. •••••" in shown
    assert "enandawati" not in shown
    assert "enanda Namaku" not in shown
    admin.sends(
        "/pengaturan/teks/tanda_terima/en",
        subject="{nomor}",
        body="{pin} {nomor}",
        kasus="0001/SIAPMAS/2026",
        lakukan="pratinjau",
    )
    assert "••••• 0001/SIAPMAS/2026" in text(admin.page)
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM setting WHERE name LIKE 'texts:%'") == 0, "looking saves nothing"
    for number in ("9999/SIAPMAS/2026", "' OR 1=1 --"):
        assert "Tidak ada laporan bernomor" in admin.opens(f"/pengaturan/teks/jawaban/id?kasus={number}").page
    assert "- 0002/SIAPMAS/2026: Menerima" in text(
        admin.opens("/pengaturan/teks/terlambat/id?kasus=0002/SIAPMAS/2026").page
    )


def test_an_administrator_who_handles_the_case_sees_it_and_that_is_logged(site: Site) -> None:
    with site.asked() as office:
        office.report(name="Penanda Namaku")
        sql.execute("UPDATE account SET powers = 'admin' WHERE username = 'sekar'")
    sekar = clerk(site, "sekar")
    assert "Yth. Penanda Namaku" in sekar.opens("/pengaturan/teks/tanda_terima/id?kasus=0001/SIAPMAS/2026").page
    with site.asked():
        assert sql.rows("SELECT what, detail FROM access_log") == [("revealed", "pratinjau tanda_terima")]


# --- the receipt a citizen asks for ---


def test_a_citizen_asks_once_for_number_and_pin_by_mail(site: Site, citizen: Citizen) -> None:
    _number, pin = citizen.reports()
    assert "Kirim nomor dan PIN ke surel saya" in citizen.text
    citizen.sends("/lapor/siapmas/surel")
    assert "Tanda terima dikirim ke alamat surel Anda" in citizen.text
    assert "Kirim nomor dan PIN ke surel saya" not in citizen.text
    with site.asked():
        assert sql.value("SELECT COUNT(*) FROM job WHERE kind = 'mail'") == 1
        assert pin not in str(sql.rows("SELECT name, payload FROM job"))
    stranger = site.citizen().opens("/lacak").sends("/lapor/siapmas/surel")
    assert stranger.address == "/lapor/siapmas", "nothing was sent from there"


# --- one's own account ---


def test_people_keep_their_own_address_language_and_wish_for_mails(site: Site) -> None:
    sekar = clerk(site, "sekar")
    wrong = sekar.sends("/akun", surel="sekar@", surel_dikirim="ya", bahasa="id")
    assert wrong.status_code == 422
    assert "Tulis alamat surel yang lengkap" in sekar.page
    assert 'value="sekar@"' in sekar.page
    assert sekar.sends("/akun", surel="sekar@kantor.id", surel_dikirim="ya", bahasa="en").status_code == 302
    with site.asked():
        kept = sql.row("SELECT email, mails, language FROM account WHERE username = 'sekar'")
        facts = sql.value("SELECT facts FROM journal WHERE kind = 'account_changed'")
    assert tuple(kept) == ("sekar@kantor.id", True, "en")
    assert "email" in facts
    assert "kantor.id" not in facts


def test_a_new_password_needs_the_old_one_and_ends_the_other_sessions(site: Site) -> None:
    here, elsewhere = clerk(site, "sekar"), clerk(site, "sekar")
    new = "kata sandi yang baru"
    assert here.sends("/akun/sandi", lama="salah", sandi=new, ulang=new).status_code == 422
    assert "Bukan kata sandi Anda yang sekarang." in here.page
    assert here.sends("/akun/sandi", lama=PASSWORD, sandi="pendek", ulang="pendek").status_code == 422
    assert here.sends("/akun/sandi", lama=PASSWORD, sandi=new, ulang=new).status_code == 302
    assert here.opens("/akun").status == 200
    assert elsewhere.opens("/akun").status == 302
    for _ in range(6):
        last = here.sends("/akun/sandi", lama="salah", sandi=new, ulang=new)
    assert last.status_code == 429


def test_signing_out_everywhere_keeps_this_browser(site: Site) -> None:
    here, elsewhere = clerk(site, "sekar"), clerk(site, "sekar")
    assert text(here.opens("/akun").page).count("peramban lain") >= 2
    assert here.sends("/akun/keluar-semua").status_code == 302
    assert elsewhere.opens("/tugas").status == 302
    assert "Anda keluar di semua peramban lain." in here.opens("/akun").page


def test_an_auditor_who_changes_nothing_still_keeps_their_own_account(site: Site) -> None:
    inggit = clerk(site, "inggit")
    assert inggit.sends("/akun", surel="inggit@kantor.id", surel_dikirim="ya", bahasa="id").status_code == 302
    assert inggit.sends("/akun/keluar-semua").status_code == 302
