"""What the redaktur and who answers for the site see, must take out, correct and take down: no word of it is lost."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from http_office import Browser, application
from kota import Kota
from public_site import public_id, shown

from db import sql
from db.queries import published
from engine import journal
from engine.errors import FormInvalid


def test_identity_stops_publication_and_what_only_seems_so_wants_a_reason_that_is_kept_sealed(kota: Kota) -> None:
    case = kota.forwarded()
    with pytest.raises(FormInvalid) as stopped:
        kota.acts(case, "sunting_pengaduan", isi_tayang="Saya Sri, NIK 3576 0112 0390 0007, sampah menumpuk.")
    assert [one.code for one in stopped.value.problems["isi_tayang"]] == ["identity_nama", "identity_nik"]
    sure = {"isi_tayang": "Saya Sri, sampah menumpuk.", "alasan_tayang": "Biar saja."}
    with pytest.raises(FormInvalid):
        kota.acts(case, "sunting_pengaduan", **sure)
    perhaps = "Sampah menumpuk di RT 03 RW 05, hubungi (0321) 588490."
    with pytest.raises(FormInvalid) as asked:
        kota.acts(case, "sunting_pengaduan", isi_tayang=perhaps)
    assert set(asked.value.problems) == {"isi_tayang", "alasan_tayang"}
    kota.acts(case, "sunting_pengaduan", isi_tayang=perhaps, alasan_tayang="Nomor kantor kelurahan.")
    facts = sql.value("SELECT facts FROM journal WHERE case_file = ? AND kind = 'published'", (case,))
    assert '"confirmed":true' in facts
    assert "kelurahan" not in facts
    assert all("Nomor kantor" not in str(row) for row in sql.rows("SELECT sealed FROM publication_version"))


def test_the_redaktur_sees_the_reporters_text_beside_the_edited_one_with_what_must_go_marked(
    kota: Kota, sqlite: str, tmp_path: Path
) -> None:
    case = kota.forwarded()
    rendra = Browser(sqlite, kota, "rendra", application(sqlite, kota, tmp_path / "home"))  # type: ignore[arg-type]  # as above
    task = sql.value("SELECT id FROM task WHERE case_file_id = ? AND element = 'sunting_pengaduan'", (case,))
    page = rendra.opens(f"/tugas/{task}").get_data(as_text=True)
    assert "Tulisan pelapor" in page
    assert "Sampah menumpuk." in page.partition('name="isi_tayang"')[2].partition("</textarea>")[0]
    typed = {
        "keputusan_tayang": "tayangkan",
        "judul_tayang": "Sampah",
        "isi_tayang": "Saya Sri. Sampah menumpuk di RT 3.",
    }
    refused = rendra.posts(f"/tugas/{task}", typed)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "ada dalam identitas pelapor" in page
    assert ">Sri</mark>" in page
    assert "<ins>" in page
    perhaps = typed | {"isi_tayang": "Sampah menumpuk di RT 3 dekat pasar."}
    page = rendra.posts(f"/tugas/{task}", perhaps).get_data(as_text=True)
    assert 'name="alasan_tayang"' in page
    assert rendra.posts(f"/tugas/{task}", perhaps | {"alasan_tayang": "RT bukan rumah."}).status_code == 302
    assert published.of_case(case) is not None


def test_a_returned_answer_shows_its_writer_both_versions_and_the_note(kota: Kota, sqlite: str, tmp_path: Path) -> None:
    case = kota.forwarded()
    kota.acts(case, "telaah")
    kota.acts(case, "arahkan")
    kota.answered(case, "kembalikan")
    petugas = Browser(sqlite, kota, "petugas.dkp", application(sqlite, kota, tmp_path / "home"))  # type: ignore[arg-type]  # as above
    task = sql.value("SELECT MAX(id) FROM task WHERE case_file_id = ? AND element = 'input_balasan'", (case,))
    page = petugas.opens(f"/tugas/{task}").get_data(as_text=True)
    assert "Sebutkan kapan diangkut." in page
    assert "Perubahan oleh Rendra Mahesa" in page
    assert "<del> hari ini</del>" in page
    assert "Terima kasih" in page.partition('name="isi_balasan"')[2].partition("</textarea>")[0]


def test_who_answers_for_the_site_corrects_and_takes_down_with_a_reason_and_every_version_stays(
    kota: Kota, anyone: FlaskClient, sqlite: str, tmp_path: Path
) -> None:
    case = kota.forwarded()
    kota.acts(case, "sunting_pengaduan")
    one = public_id(case)
    app = application(sqlite, kota, tmp_path / "home")  # type: ignore[arg-type]  # as above
    rendra, gatot, petugas = (Browser(sqlite, kota, who, app) for who in ("rendra", "gatot", "petugas.dkp"))
    texts = {"title": "Sampah di Wates", "text": "Sampah menumpuk dua minggu di Wates."}
    assert petugas.posts(f"/aduan/{one}/ubah", texts | {"reason": "x"}).status_code == 403
    assert rendra.posts(f"/aduan/{one}/ubah", texts).status_code == 422
    assert (
        rendra.posts(f"/aduan/{one}/ubah", texts | {"reason": "Salah", "text": "Kata Sri sampah."}).status_code == 422
    )
    typed = {"title": "Sampah\u202e di\0 Wates", "text": texts["text"]}  # neither hidden nor unwritable signs stay
    assert rendra.posts(f"/aduan/{one}/ubah", typed | {"reason": "Salah hitung minggu."}).status_code == 302
    assert sql.value("SELECT title FROM publication WHERE public_id = ?", (one,)) == "Sampah di Wates"
    page = shown(anyone, f"/aduan/{one}")
    assert "dua minggu" in page
    assert "Diralat Jumat" in page
    assert rendra.posts(f"/aduan/{one}/tarik", {"why_down": "Menyebut orang."}).status_code == 403
    assert gatot.posts(f"/aduan/{one}/tarik", {"why_down": ""}).status_code == 422
    assert gatot.posts(f"/aduan/{one}/tarik", {"why_down": "Menyebut orang."}).status_code == 302
    assert "dua minggu" not in shown(anyone, f"/aduan/{one}", 410)
    versions = gatot.opens(f"/aduan/{one}/ubah").get_data(as_text=True)
    assert "Salah hitung minggu." in versions
    assert "dua" in versions
    told = sql.rows(
        "SELECT kind FROM journal WHERE case_file = ? AND kind IN ('published', 'corrected', 'taken_down')", (case,)
    )
    assert [kind for (kind,) in told] == ["published", "corrected", "taken_down"]
    assert journal.verify() == []
