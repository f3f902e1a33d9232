"""What anyone reads of complaints: edited, without identity, late ones late; nothing that was not published."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from http_office import application
from kota import Kota

from db import connect, sql
from db.queries import published
from engine.errors import FormInvalid


@pytest.fixture
def url(tmp_path: Path, sqlite_template: Path) -> Iterator[str]:
    shutil.copyfile(sqlite_template, tmp_path / "kota.db")
    connect.configure(f"sqlite:///{tmp_path / 'kota.db'}")
    connect.open_()
    yield f"sqlite:///{tmp_path / 'kota.db'}"
    connect.dispose()


@pytest.fixture
def kota(url: str) -> Kota:
    return Kota()


@pytest.fixture
def anyone(kota: Kota, url: str, tmp_path: Path) -> FlaskClient:
    return application(url, kota, tmp_path / "home").test_client()  # type: ignore[arg-type]  # an office with `now`


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
    import engine

    case = kota.forwarded()
    kota.acts(case, "sunting_pengaduan")
    engine.withdraw(case, now=kota.now)
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
