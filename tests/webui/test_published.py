"""What anyone reads of complaints: edited, without identity, late ones late; nothing that was not published."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from http_office import Browser, application
from kota import Kota
from PIL import Image

from db import connect, sql
from db.connect import transaction
from db.queries import published
from engine import journal, settings
from engine.commands import intake
from engine.errors import FormInvalid
from engine.files import Store
from engine.publishing import public_figures


@pytest.fixture
def kota(sqlite: str) -> Kota:
    return Kota()


@pytest.fixture
def anyone(kota: Kota, sqlite: str, tmp_path: Path) -> FlaskClient:
    return application(sqlite, kota, tmp_path / "home").test_client()  # type: ignore[arg-type]  # an office with `now`


def shown(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    connect.open_()
    assert answer.status_code == status, (address, answer.status, answer.get_data(as_text=True)[:500])
    return answer.get_data(as_text=True)


def public_id(case: int) -> str:
    return str(sql.value("SELECT public_id FROM publication WHERE case_file_id = ?", (case,)))


def test_a_complaint_is_on_the_site_while_it_is_handled_and_its_answer_once_published(
    kota: Kota, anyone: FlaskClient
) -> None:
    assert "Belum ada aduan" in shown(anyone, "/aduan")
    case = kota.forwarded(subyek="kebersihan", wilayah="wates", jenis_aduan="keluhan")
    assert "Belum ada aduan" in shown(anyone, "/aduan")
    kota.acts(case, "sunting_pengaduan")
    page = shown(anyone, "/aduan")
    assert "Sampah menumpuk di Wates" in page
    assert "Sedang ditangani" in page
    assert "Kebersihan dan Lingkungan" in page
    one = shown(anyone, f"/aduan/{public_id(case)}")
    assert "Sampah menumpuk seminggu" in one
    assert "Dinas Kebersihan dan Pertamanan" in one
    assert "Pasal 8 ayat (2)" in one
    assert "Belum ada jawaban" in one
    assert "sri@contoh.id" not in one
    kota.acts(case, "telaah")
    kota.acts(case, "arahkan")
    kota.answered(case)
    kota.works_off_jobs()
    one = shown(anyone, f"/aduan/{public_id(case)}")
    assert "Sampah di Kelurahan Wates sudah diangkut. Terima kasih." in one
    assert "Sudah dijawab" in one
    assert [v.kind for v in published.versions(published.of_case(case).id)] == ["balasan", "tayang"]  # type: ignore[union-attr]  # it is there


def test_a_late_one_is_shown_late_with_article_and_amount_and_found_as_late(kota: Kota, anyone: FlaskClient) -> None:
    case = kota.forwarded()
    kota.acts(case, "sunting_pengaduan")
    assert "terlambat" not in shown(anyone, f"/aduan/{public_id(case)}")
    kota.at("2026-03-31 23.00")  # the seventh working day after Friday 13 March, closed but not over
    assert "hari kerja, Perwali" not in shown(anyone, f"/aduan/{public_id(case)}")
    kota.at("2026-04-02 09.00")
    late = "terlambat 2 hari kerja, Perwali 14/2016 Pasal 8 ayat (2)"
    assert late in shown(anyone, f"/aduan/{public_id(case)}")
    assert late in shown(anyone, "/aduan?keadaan=telat")
    assert "Tidak ada aduan yang cocok" in shown(anyone, "/aduan?keadaan=dijawab")
    kota.acts(case, "telaah")
    kota.acts(case, "arahkan", cara_penanganan="koordinasi", perlu_koordinasi=True, unit_pembantu=["klh"])
    assert "terlambat" not in shown(anyone, "/aduan?keadaan=telat").partition("<ol")[2], "ten days now"


def test_an_answer_for_the_reporter_alone_and_a_refused_complaint_do_not_appear(
    kota: Kota, anyone: FlaskClient
) -> None:
    kept = kota.forwarded(key="a")
    kota.acts(kept, "sunting_pengaduan", keputusan_tayang="tidak_tayang")
    case = kota.forwarded(key="b")
    kota.acts(case, "sunting_pengaduan")
    kota.acts(case, "telaah")
    kota.acts(case, "arahkan")
    kota.answered(case, "hanya_pelapor")
    kota.works_off_jobs()
    assert published.of_case(kept) is None
    one = shown(anyone, f"/aduan/{public_id(case)}")
    assert "Jawaban disampaikan hanya kepada pelapor" in one
    assert "Terima kasih" not in one


def test_what_the_reporter_withdraws_leaves_the_site_with_a_page_that_says_so(kota: Kota, anyone: FlaskClient) -> None:
    from engine import verbs

    case = kota.forwarded()
    kota.acts(case, "sunting_pengaduan")
    verbs.withdraw(case, now=kota.now)
    gone = shown(anyone, f"/aduan/{public_id(case)}", 410)
    assert "Aduan ini ditarik" in gone
    assert "13 Maret 2026" in gone
    assert "menumpuk" not in gone
    for address in ("/aduan", "/aduan?cari=sampah", "/aduan.json", "/aduan.csv", "/aduan.rss"):
        assert "menumpuk" not in shown(anyone, address)
    assert sql.value("SELECT text FROM publication WHERE case_file_id = ?", (case,)) == ""


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


HOSTILE = '<script>alert(1)</script> =HYPERLINK("http://x") \x07 sampah'


def test_hostile_texts_do_nothing_on_any_page_or_in_any_file(kota: Kota, anyone: FlaskClient) -> None:
    kota.now += 12_345
    case = kota.forwarded()
    kota.acts(case, "sunting_pengaduan", judul_tayang="=1+1 <b>tebal</b>", isi_tayang=HOSTILE)
    for address in ("/aduan", f"/aduan/{public_id(case)}"):
        page = shown(anyone, address)
        assert "<script>alert" not in page
        assert "<b>tebal" not in page
    rows = list(csv.reader(io.StringIO(shown(anyone, "/aduan.csv").lstrip("\ufeff"))))
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    ElementTree.fromstring(shown(anyone, "/aduan.rss").encode())
    data = anyone.get("/aduan.json")
    assert data.json is not None
    assert data.json["aduan"][0]["judul"] == "=1+1 <b>tebal</b>"
    assert data.json["aduan"][0]["diterima"] == "2026-03-13T09:00:00+07:00", "never the second it was sent"
    assert data.headers["Access-Control-Allow-Origin"] == "*"
    again = anyone.get("/aduan.json", headers={"If-None-Match": data.headers["ETag"]})
    assert again.status_code == 304
    for odd in (
        "?cari=%22+OR+1%3D1+--",
        "?cari='%3B",
        "?sesudah=x-y",
        "?tahun=99999999999999999999",
        "?urut=x&skpd=%27",
        "?cari=%00",
    ):
        assert anyone.get(f"/aduan{odd}").status_code in (200, 400), odd
    connect.open_()


def test_lists_are_filtered_searched_and_paged(kota: Kota, anyone: FlaskClient) -> None:
    for n in range(23):
        about = {"subyek": "pju", "wilayah": "meri"} if n % 2 else {"subyek": "kebersihan", "wilayah": "wates"}
        case = kota.complaint(key=f"k{n}", jenis_aduan="keluhan", **about)
        kota.acts(
            case, "sunting_pengaduan", judul_tayang=f"Lampu nomorurut{n} padam", isi_tayang="Gelap sekali malam hari."
        )
    first = shown(anyone, "/aduan")
    assert first.count("<article") == 20
    assert "23 aduan." in first
    assert len(first.encode()) < 100_000
    following = first.partition('rel="next" href="')[2].partition('"')[0]
    assert shown(anyone, following).count("<article") == 3
    assert shown(anyone, "/aduan?subyek=pju").count("<article") == 11
    assert shown(anyone, "/aduan?cari=lampu+nomorurut7").count("<article") == 1
    assert shown(anyone, "/aduan?cari=gelap&kelurahan=wates").count("<article") == 12
    assert shown(anyone, "/aduan?cari=lam").count("<article") == 20, "the beginning of a title's word"
    assert "Tidak ada yang cocok" in shown(anyone, "/aduan?cari=gelap&tahun=2026&skpd=rsud")
    oldest = shown(anyone, "/aduan?urut=terlama").partition("nomorurut")[2]
    assert oldest.startswith("0 ")
    every = shown(anyone, "/aduan.csv").splitlines()
    assert len(every) == 24


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


def photo_of(case: int, home: Path, seed: int = 1) -> tuple[int, bytes]:
    """A photo of a citizen, kept as the intake keeps it: noise, with EXIF in it."""
    raw = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "rahasia-exif"
    Image.effect_noise((400, 300), 90 + seed).convert("RGB").save(raw, "JPEG", exif=exif)
    kept = Store(home / "files", 0)
    checked = kept.inspect(kept.receive(io.BytesIO(raw.getvalue()), "foto.jpg", now=0).path, "foto.jpg")
    facts = {
        "name": "foto.jpg",
        "kind": "photo",
        "media_type": "image/jpeg",
        "size": checked.size,
        "draft": "",
        "reason": "",
    }
    more = {
        "received_hash": checked.sha256,
        "content_hash": checked.sha256,
        "state": "clean",
        "source": "pelapor",
        "at_ms": 0,
    }
    return sql.insert("attachment", case_file_id=case, **facts, **more), checked.path.read_bytes()


def test_only_photos_that_were_chosen_are_seen_painted_over_and_never_the_original(
    kota: Kota, sqlite: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    app = application(sqlite, kota, home)  # type: ignore[arg-type]  # as above
    anyone = app.test_client()
    case = kota.forwarded()
    chosen, original = photo_of(case, home)
    other, _bytes = photo_of(case, home, 2)
    rendra, petugas = Browser(sqlite, kota, "rendra", app), Browser(sqlite, kota, "petugas.dkp", app)
    base = f"/kasus/{case}/foto-tayang"
    assert petugas.opens(base).status_code == 403
    none = {"x": [""] * 4, "y": [""] * 4, "w": [""] * 4, "h": [""] * 4}
    assert rendra.posts(f"{base}/{chosen}", none).status_code == 422, "nothing painted and nothing said"
    for bad in (
        ("900", "0", "200", "10"),
        ("-5", "0", "20", "10"),
        ("a", "1", "2", "3"),
        ("0", "0", "0", "10"),
        ("1", "2", "3", ""),
    ):
        refused = rendra.posts(f"{base}/{chosen}", dict(zip("xywh", bad, strict=True)))
        assert refused.status_code == 422, bad
        assert "Setiap kotak perlu empat bilangan" in refused.get_data(as_text=True)
    boxes = {"x": ["250", ""], "y": ["250", ""], "w": ["500", ""], "h": ["500", ""]}
    assert rendra.posts(f"{base}/{chosen}", boxes).status_code == 302
    assert rendra.posts(f"{base}/999999", boxes).status_code == 404
    kota.acts(case, "sunting_pengaduan")
    one = public_id(case)
    assert base in rendra.opens(f"/kasus/{case}").get_data(as_text=True), "the way to the photos, once published"
    assert base not in petugas.opens(f"/kasus/{case}").get_data(as_text=True)
    page = shown(anyone, f"/aduan/{one}")
    assert page.count("<img ") == 1
    assert '<option value="walikota"' not in shown(anyone, "/aduan")
    assert '<option value="dkp"' in shown(anyone, "/aduan")
    seen = anyone.get(f"/aduan/{one}/foto/1").get_data()
    connect.open_()
    assert b"rahasia-exif" not in seen
    assert seen != original
    picture = Image.open(io.BytesIO(seen)).convert("RGB")
    inside = picture.crop((110, 90, 290, 210)).getextrema()
    assert all(high - low <= 6 for low, high in inside), "one colour, nothing of what lay there"
    assert picture.crop((0, 0, 60, 60)).getextrema()[0][1] > inside[0][1]
    assert anyone.get(f"/aduan/{one}/foto/2").status_code == 404
    assert anyone.get(f"/kasus/{case}/berkas/{chosen}").status_code == 302, "to the sign-in"
    assert anyone.get(f"/kasus/{case}/foto-tayang/{chosen}/hasil").status_code == 302
    store = Store(home / "files", 0)
    intake.sweep(store, now=10**14)  # ages later
    assert anyone.get(f"/aduan/{one}/foto/1").status_code == 200, "the night's sweep leaves what is published"
    connect.open_()
    assert rendra.posts(f"{base}/{chosen}/sembunyikan", {}).status_code == 302
    assert anyone.get(f"/aduan/{one}/foto/1").status_code == 404
    assert other
    connect.open_()


def handled(kota: Kota, key: str, unit: str, answered_on: str | None) -> int:
    kota.at("2026-03-13 09.00")
    case = kota.forwarded(unit, key=key, subyek="kebersihan")
    kota.acts(case, "sunting_pengaduan")
    if answered_on:
        kota.acts(case, "telaah")
        kota.acts(case, "arahkan")
        kota.at(answered_on)
        kota.answered(case)
        kota.works_off_jobs()
    return case


def test_figures_agree_with_a_count_by_hand_and_too_few_are_not_told(kota: Kota, anyone: FlaskClient) -> None:
    for place, day in enumerate(("16", "16", "17", "17", "26")):  # 1, 1, 2, 2 and some working days later: all in time
        handled(kota, f"a{place}", "dkp", f"2026-03-{day} 10.00")
    handled(kota, "late", "dkp", "2026-04-02 10.00")  # the seventh working day was 31 March
    handled(kota, "open", "dkp", None)
    handled(kota, "few", "klh", "2026-03-16 10.00")
    kota.at("2026-04-02 11.00")
    page = shown(anyone, "/aduan/statistik?tahun=2026")
    figures = public_figures.of(kota.organisation, 0, kota.now, kota.now)
    dkp = next(row for row in figures.units if row.code == "dkp")
    assert (dkp.received, dkp.answered, dkp.in_time, dkp.late, dkp.open_late, dkp.lapsed) == (7, 6, 5, 1, 1, 0)
    assert dkp.median_days == 2
    assert "terlalu sedikit: n = 1" in page
    assert "83,3%" in page
    assert "Dinas Kebersihan dan Pertamanan" in page
    assert "Belum ada" not in shown(anyone, "/aduan/statistik?tahun=2026&bulan=3")
    assert "terlalu sedikit: n = 0" in shown(anyone, "/aduan/statistik?bulan=4")
    with transaction():
        settings.decide(kota.organisation, "statistics_minimum", 1, person=None, now=kota.now)
    assert public_figures.of(kota.organisation, 1, kota.now, kota.now).minimum == 1


def test_an_act_that_is_taken_back_publishes_nothing(kota: Kota, anyone: FlaskClient) -> None:
    from engine import verbs

    case = kota.forwarded()
    kota.acts(case, "sunting_pengaduan")
    one = public_id(case)
    task = sql.value("SELECT id FROM task WHERE case_file_id = ? AND element = 'sunting_pengaduan'", (case,))
    verbs.recall(int(task), by=kota.people["redaktur"], reason="Salah judul.", now=kota.now)
    shown(anyone, f"/aduan/{one}", 404)
    assert sql.row("SELECT title, text FROM publication") == ("", "")
    assert "menumpuk" not in shown(anyone, "/aduan?cari=sampah")
    kota.acts(case, "sunting_pengaduan", judul_tayang="Sampah di pasar")
    assert "Sampah di pasar" in shown(anyone, f"/aduan/{one}")
