"""What anyone reads of complaints: edited, without identity, late ones late; nothing that was not published."""

import csv
import io
from xml.etree import ElementTree

from flask.testing import FlaskClient
from kota import Kota
from public_site import public_id, shown

from db import connect, sql
from db.connect import transaction
from db.queries import published
from engine.offices import settings
from engine.publishing import public_figures


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


def test_an_answered_one_that_is_opened_again_says_so_until_the_next_answer(kota: Kota, anyone: FlaskClient) -> None:
    case = kota.forwarded()
    for element in ("sunting_pengaduan", "telaah", "arahkan"):
        kota.acts(case, element)
    kota.answered(case)
    kota.works_off_jobs()
    address, again = f"/aduan/{public_id(case)}", "Sudah dijawab; dibuka kembali"
    assert again not in shown(anyone, address)
    kota.citizen(case, "tanggapan_pelapor", buka_kembali=True)
    assert again in shown(anyone, address)
    kota.acts(case, "catat_pembukaan")
    kota.acts(case, "telaah", hasil_telaah="minta_keterangan")
    kota.works_off_jobs()
    assert kota.waits(case) == ["minta_keterangan"]
    assert again in shown(anyone, "/aduan"), "while its reporter is asked, too"
    assert again in shown(anyone, "/aduan.csv")
    kota.citizen(case, "minta_keterangan")
    for element in ("telaah", "arahkan"):
        kota.acts(case, element)
    kota.answered(case)
    kota.works_off_jobs()
    assert again not in shown(anyone, address)


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


def test_who_takes_the_whole_list_again_and_again_is_told_when_to_come_back(kota: Kota, anyone: FlaskClient) -> None:
    kota.acts(kota.forwarded(), "sunting_pengaduan")
    for _ in range(10):
        shown(anyone, "/aduan.csv")
    refused = anyone.get("/aduan.csv")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "30")
    assert "Coba lagi sesudah pukul" in refused.get_data(as_text=True)
    assert "menumpuk" in shown(anyone, "/aduan.json"), "page by page it goes on"
    assert "/aduan/&lt;id&gt;" in shown(anyone, "/aduan/data"), "what is told of the addresses can be read"
    elsewhere = anyone.get("/aduan.csv", environ_overrides={"REMOTE_ADDR": "203.0.113.7"})
    assert elsewhere.status_code == 200
    elsewhere.close()
    kota.now += 31_000
    shown(anyone, "/aduan.csv")
    assert anyone.get("/aduan.csv").headers["Retry-After"] == "60", "each time longer"
    kota.now += 660_000
    for _ in range(10):
        shown(anyone, "/aduan.csv")


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
    kota.complaint(key="nobody's yet", subyek="kebersihan")
    kota.at("2026-04-02 11.00")
    page = shown(anyone, "/aduan/statistik?tahun=2026")
    assert "Satu aduan lagi belum ditentukan SKPD atau UPT-nya." in page, "the agencies add up to the whole"
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
