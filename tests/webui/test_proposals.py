"""From a drawing to a release in force: uploaded, checked at the element, proposed, approved by the office named."""

import io
import re
from html import unescape

import pytest
import siapmas_days as day
from citizen import Site
from clerk import Clerk, clerk
from pypdf import PdfReader
from werkzeug.datastructures import MultiDict

import processes
from db import sql
from engine import journal
from engine.diagrams import releases, sop_table

WISH = {
    "note": "Paraf Kasubag menjadi 15 menit",
    "sop_number": "9.3.3/11/416-050/2026",
    "revised_on": "2026-11-20",
    "effective_on": "2026-11-23",
}


@pytest.fixture
def danu(site: Site) -> Clerk:
    return clerk(site, "danu")


@pytest.fixture
def surya(site: Site) -> Clerk:
    return clerk(site, "surya")


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"(?s)<script.*?</script>|<[^>]+>", " ", page)).split())


def diagram() -> str:
    return processes.files("siapmas")["siapmas.bpmn"].decode()


def slower() -> str:
    """Ten minutes of the Kasubag become fifteen."""
    head, found, tail = diagram().partition('<bpmn:userTask id="teliti_kasubag"')
    return head + found + tail.replace('value="PT10M"', 'value="PT15M"', 1)


def broken() -> str:
    """The Kasubag's task without a limit, the Sekwan's with a clock there is not."""
    head, found, tail = diagram().partition('<bpmn:userTask id="teliti_kasubag"')
    without = re.sub(r'\s*<camunda:property name="sop.waktu" value="PT10M" />', "", tail, count=1)
    return head + found + without


def uploads(designer: Clerk, *files: tuple[str, str | bytes], process: str = "siapmas") -> str:
    """Sends files; gives the address of the draft, or "" where they were refused."""
    data = MultiDict([("csrf_token", designer.token()), ("process", process)])
    for name, body in files:
        data.add("files", (io.BytesIO(body if isinstance(body, bytes) else body.encode()), name))
    designer.last = designer.client.post(
        "/perancang/usul", data=data, content_type="multipart/form-data", buffered=True
    )
    return designer.last.location if designer.status == 302 else ""


def test_a_change_travels_from_drawing_to_force_and_running_cases_keep_theirs(
    site: Site, danu: Clerk, surya: Clerk
) -> None:
    with site.asked() as office:
        before = office.report()
    draft = uploads(danu, ("siapmas.bpmn", slower()))
    page = words(danu.opens(draft).page)
    assert "Simbol: Meneliti dan memberi paraf pada lembar disposisi teliti_kasubag berubah" in page
    assert "Batas waktu: 10 menit (PT10M) → 15 menit (PT15M)" in page
    assert danu.sends(f"{draft}/ajukan", **WISH).status_code == 302, words(danu.page)
    assert "Usulan terbitan" in words(surya.opens("/perancang/usulan").page)
    told = surya.opens("/pemberitahuan").page
    assert f'href="{draft}"' in told and "Usulan terbitan siapmas menunggu pengesahan Anda." in words(told)
    assert surya.opens(draft).status == 200
    assert surya.sends(f"{draft}/sahkan", letter="SK 1/2026").status_code == 302
    with site.asked() as office:
        after = office.report()
        for case in (before, after):
            day.to_kasubag(office, case)
            office.wulan.opens(case, "teliti_kasubag")
        limits = [
            sql.value("SELECT limit_text FROM task WHERE case_file_id = ? AND element = 'teliti_kasubag'", (c,))
            for c in (before, after)
        ]
        assert limits == ["PT10M", "PT15M"]
        kinds = [kind for (kind,) in sql.rows("SELECT kind FROM journal WHERE case_file IS NULL ORDER BY id")]
        assert [k for k in kinds if k in ("proposed", "approved", "release")][-3:] == [
            "proposed",
            "release",
            "approved",
        ]
        assert not journal.verify(office.organisation)
    assert "Usulan terbitan siapmas disahkan." in words(danu.opens("/pemberitahuan").page)
    said = words(danu.opens("/perancang/siapmas?versi=2").page)
    assert "SK 1/2026" in said


def test_the_approval_stands_on_the_sop_document(site: Site, danu: Clerk, surya: Clerk) -> None:
    draft = uploads(danu, ("siapmas.bpmn", slower()))
    danu.sends(f"{draft}/ajukan", **WISH)
    surya.sends(f"{draft}/sahkan", letter="SK 1/2026")
    danu.opens("/perancang/siapmas/2/sop.pdf")
    assert danu.last is not None
    first = PdfReader(io.BytesIO(danu.last.data)).pages[0].extract_text()
    for said in ("9.3.3/11/416-050/2026", "20 November 2026", "23 November 2026", "Drs. Surya Wibawa, M.Si."):
        assert said in first


def test_a_release_of_a_later_day_waits_for_it(site: Site, danu: Clerk, surya: Clerk) -> None:
    draft = uploads(danu, ("siapmas.bpmn", slower()))
    danu.sends(f"{draft}/ajukan", **WISH | {"effective_on": "2026-12-07"})
    surya.sends(f"{draft}/sahkan", letter="SK 1/2026")
    with site.asked() as office:
        assert releases.current(office.organisation, "siapmas", office.now).version == 1
        office.at("2026-12-07 00.00")
        assert releases.current(office.organisation, "siapmas", office.now).version == 2


def test_problems_are_listed_and_stand_at_their_element_and_nothing_broken_is_proposed(site: Site, danu: Clerk) -> None:
    draft = uploads(danu, ("siapmas.bpmn", broken()))
    page = danu.opens(draft).page
    assert "Tugas ini perlu sop.waktu" in words(page)
    assert '"element": "teliti_kasubag"' in page
    danu.sends(f"{draft}/ajukan", **WISH)
    assert danu.status == 422
    assert "Belum dapat diajukan" in words(danu.page)
    assert WISH["note"] in danu.page


def test_only_the_named_office_approves_and_never_who_drew_it(site: Site, danu: Clerk, surya: Clerk) -> None:
    draft = uploads(danu, ("siapmas.bpmn", slower()))
    danu.sends(f"{draft}/ajukan", **WISH)
    assert danu.sends(f"{draft}/sahkan", letter="SK 1/2026").status_code == 403
    for stranger in ("sekar", "bima"):
        assert clerk(site, stranger).sends(f"{draft}/sahkan", letter="SK").status_code == 404
    assert "Persetujuan 1 menunggu" in words(surya.opens("/tugas").page), "a place in the menu, with a count"
    assert draft in surya.opens("/persetujuan").page
    assert "/persetujuan" not in clerk(site, "bima").opens("/tugas").page
    called = processes.files("siapmas")["jawab_pelapor.bpmn"]
    new = ("baru.bpmn", slower().replace('"siapmas"', '"baru"'))
    first = uploads(danu, new, ("jawab_pelapor.bpmn", called), process="baru")
    danu.sends(f"{first}/ajukan", **WISH)
    assert first in surya.opens("/persetujuan").page, "a first release names its judge itself"
    surya.sends(f"{draft}/sahkan", letter=" ")
    assert surya.status == 422
    assert "Isi nomor surat" in words(surya.page)


def test_a_proposal_cannot_name_its_own_judge(site: Site, danu: Clerk) -> None:
    drawn = slower().replace('name="sop.disahkan" value="sekwan"', 'name="sop.disahkan" value="staf"')
    draft = uploads(danu, ("siapmas.bpmn", drawn))
    danu.sends(f"{draft}/ajukan", **WISH)
    assert clerk(site, "sekar").sends(f"{draft}/sahkan", letter="SK").status_code == 404


def test_refused_with_a_reason_and_decided_once(site: Site, danu: Clerk, surya: Clerk) -> None:
    draft = uploads(danu, ("siapmas.bpmn", slower()))
    danu.sends(f"{draft}/ajukan", **WISH)
    assert surya.sends(f"{draft}/tolak", reason="").status_code == 422
    assert surya.sends(f"{draft}/tolak", reason="Tetap sepuluh menit.").status_code == 302
    assert "Tetap sepuluh menit." in words(danu.opens(draft).page)
    surya.sends(f"{draft}/sahkan", letter="SK 1/2026")
    assert "sudah diputus" in words(surya.opens(draft).page)
    with site.asked() as office:
        assert sql.value("SELECT COUNT(*) FROM release WHERE organisation_id = ?", (office.organisation,)) == 1


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("virus.exe", b"MZ")], "Hanya .bpmn, .dmn, dan .form yang diterima"),
        ([("lain.bpmn", b"\xff\xfe")], "tidak ditulis dalam UTF-8"),
        ([(f"{number}.bpmn", b"<x/>") for number in range(41)], "Paling banyak 40 berkas"),
    ],
)
def test_files_that_are_none_of_a_releases_are_refused_at_the_field(
    danu: Clerk, files: list[tuple[str, bytes]], sentence: str
) -> None:
    assert uploads(danu, *files) == ""
    assert danu.status == 422
    assert sentence in words(danu.page)


def test_a_drawing_that_is_no_xml_is_kept_and_the_gate_says_why(danu: Clerk) -> None:
    draft = uploads(danu, ("siapmas.bpmn", "ini bukan XML"))
    assert draft == ""
    assert "Berkas tidak dapat dipakai" in words(danu.page)


def test_a_drawing_cut_off_while_saving_is_told_so_and_a_second_download_replaces_the_first(danu: Clerk) -> None:
    assert uploads(danu, ("siapmas.bpmn", diagram()[:30_000])) == ""
    assert "siapmas.bpmn bukan diagram BPMN yang utuh" in words(danu.page)
    for name in ("siapmas (1).bpmn", "diagram baru.bpmn"):
        page = words(danu.opens(uploads(danu, (name, slower()))).page)
        assert "10 menit (PT10M) → 15 menit (PT15M)" in page and "baru.bpmn" not in page
    assert uploads(danu, ("siapmas.bpmn", slower()), ("siapmas (1).bpmn", slower())) == ""
    assert "Dua berkas sama-sama menjadi siapmas.bpmn" in words(danu.page)


def test_a_called_diagram_alone_may_change(danu: Clerk) -> None:
    called = processes.files("siapmas")["jawab_pelapor.bpmn"].decode().replace("Menyusun balasan", "Menulis balasan")
    draft = uploads(danu, ("jawab_pelapor.bpmn", called))
    page = words(danu.opens(draft).page)
    assert "Nama:" in page
    assert "siapmas.bpmn" in page


def test_hostile_words_in_a_diagram_stay_words(danu: Clerk) -> None:
    drawn = slower().replace('name="Ketua DPRD"', 'name="&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
    page = danu.client.get(uploads(danu, ("siapmas.bpmn", drawn))).get_data(as_text=True)
    assert "<script>alert(1)" not in page


def test_the_office_that_approves_is_read_from_the_process() -> None:
    table = sop_table.read(processes.files("siapmas"), "siapmas")
    assert table.identity["disahkan"] == "sekwan"
