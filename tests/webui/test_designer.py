"""The designer's first look: the diagram as it runs, its limits, what the gate says, where the cases are."""

import json
import re
from html import unescape
from typing import Any

import pytest
import siapmas_days as day
from citizen import Site
from clerk import Clerk, clerk
from lxml import etree

import processes
from db import sql
from db.connect import transaction
from engine.diagrams import releases

STEPS = (
    *("terima", "teliti_kasubag", "teliti_kabag", "disposisikan_sekwan"),
    *("disposisikan_ketua", "cermati_disposisi", "catat_distribusikan", "tindak_lanjuti"),
)


@pytest.fixture
def danu(site: Site) -> Clerk:
    return clerk(site, "danu")


def badges(page: str) -> dict[str, dict[str, Any]]:
    block = re.search(r'<script type="application/json" id="lencana">(.*?)</script>', page, re.DOTALL)
    assert block
    return {badge["element"]: badge for badge in json.loads(block[1])}


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"(?s)<script.*?</script>|<[^>]+>", " ", page)).split())


def test_every_row_of_the_sop_has_its_limit_as_a_badge(danu: Clerk) -> None:
    shown = badges(danu.opens("/perancang/siapmas").page)
    assert [shown[step]["text"] for step in STEPS] == ["10 menit"] * 7 + ["2 jam"]
    assert {shown[step]["level"] for step in STEPS} == {"calm"}
    assert shown["minta_kelengkapan"]["text"] == "10 hari kerja"


def test_a_badge_counts_the_cases_and_is_hot_when_one_is_late(site: Site, danu: Clerk) -> None:
    with site.asked() as office:
        office.sekar.opens(office.report(), "terima")
        office.report()
        day.to_kabag(office, office.report())
        office.after(minutes=11)
    shown = badges(danu.opens("/perancang/siapmas").page)
    assert (shown["terima"]["text"], shown["terima"]["level"]) == ("10 menit · 2 kasus", "hot")
    assert (shown["teliti_kabag"]["text"], shown["teliti_kabag"]["level"]) == ("10 menit · 1 kasus", "warm")
    said = text(danu.page)
    assert "0001/SIAPMAS/2026" in said
    assert "Staf Subbagian Tata Usaha" in said
    assert "lewat batas" in said


def test_the_table_says_the_same_as_the_diagram_without_scripts(danu: Clerk) -> None:
    said = text(danu.opens("/perancang/siapmas").page)
    assert "1. Menerima Aspirasi/Pengaduan Masyarakat terima · formulir siapmas-terima Staf 10 menit kerja" in said
    assert "SOP 9.3.3/10/416-050/2023 langkah 8" in said
    assert "Tidak ada yang perlu diperbaiki" in said


def test_the_called_diagram_has_its_own_sheet(danu: Clerk) -> None:
    page = danu.opens("/perancang/siapmas").page
    assert 'href="/perancang/siapmas?gambar=jawab_pelapor"' in page
    called = danu.opens("/perancang/siapmas?gambar=jawab_pelapor").page
    assert 'data-diagram="/perancang/siapmas/1/jawab_pelapor.bpmn"' in called
    assert "Menyetujui balasan" in text(called)
    assert set(badges(called)) == {"susun_balasan", "setujui_balasan", "sampaikan_balasan"}


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/perancang/siapmas/1.bpmn", "siapmas.bpmn"),
        ("/perancang/siapmas/1/siapmas.bpmn", "siapmas.bpmn"),
        ("/perancang/siapmas/1/jawab_pelapor.bpmn", "jawab_pelapor.bpmn"),
    ],
)
def test_a_diagram_comes_as_it_was_published_and_inert(danu: Clerk, address: str, file: str) -> None:
    answer = danu.opens(address).last
    assert answer is not None
    assert answer.mimetype == "application/xml"
    assert answer.get_data() == processes.files("siapmas")[file]
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "unknown",
    [
        "/perancang/lain",
        "/perancang/siapmas?versi=2",
        "/perancang/siapmas/2.bpmn",
        "/perancang/siapmas/1/siapmas-terima.form.bpmn",
        "/perancang/siapmas/1/lain.bpmn",
    ],
)
def test_what_was_never_published_is_not_found(danu: Clerk, unknown: str) -> None:
    assert danu.opens(unknown).status == 404


@pytest.mark.parametrize("who", ["admin", "inggit"])
def test_administrator_and_auditor_may_look_too(site: Site, who: str) -> None:
    assert clerk(site, who).opens("/perancang/siapmas").status == 200


def test_only_the_auditor_is_led_from_here_to_the_cases(site: Site) -> None:
    with site.asked() as office:
        case = office.report()
    pages = {who: clerk(site, who).opens("/perancang/siapmas").page for who in ("danu", "inggit")}
    assert f'href="/kasus/{case}"' in pages["inggit"]
    assert f'href="/kasus/{case}"' not in pages["danu"]


def with_longer_limit() -> dict[str, str]:
    """The release as it ships, with fifteen minutes for the first step and a role nobody has for the second."""
    files = releases.files_of("siapmas")
    root = etree.fromstring(files["siapmas.bpmn"].encode())
    for task, value in (("terima", "PT15M"), ("teliti_kasubag", "PT15M")):
        [limit] = root.xpath(f"//*[@id='{task}']//*[@name='sop.waktu']")
        limit.set("value", value)
    files["siapmas.bpmn"] = etree.tostring(root, encoding="unicode").replace('id="kasubag_tu"', 'id="kasubag_baru"')
    return files


def test_an_old_release_is_shown_as_it_was_and_problems_of_the_new_are_listed(site: Site, danu: Clerk) -> None:
    with site.asked() as office, transaction():
        releases.publish(
            office.organisation,
            "siapmas",
            with_longer_limit(),
            releases.Terms("SOP baru", 0),
            person=None,
            now=office.now,
        )
    newest = danu.opens("/perancang/siapmas").page
    assert badges(newest)["terima"]["text"] == "15 menit"
    assert "kasubag_baru" in text(newest)
    assert "salah" in text(newest)
    old = danu.opens("/perancang/siapmas?versi=1").page
    assert badges(old)["terima"]["text"] == "10 menit"
    assert "terbitan lama" in text(old)
    listed = text(danu.opens("/perancang").page)
    assert "Terbitan 2 berlaku SOP baru" in listed
    assert "Terbitan 1 SOP 9.3.3/10/416-050/2023" in listed


def test_where_no_process_is_published_the_page_says_what_will_be_here(site: Site, danu: Clerk) -> None:
    with site.asked():
        sql.execute("DELETE FROM release")
    assert "Belum ada proses." in text(danu.opens("/perancang").page)
