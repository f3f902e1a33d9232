"""Lists, numbers and letterheads: changed with who and before/after in the journal, refused in a sentence."""

import io
import re
from html import unescape
from typing import Any

import orjson
import pytest
import siapmas_days as day
from citizen import Site, photo
from clerk import Clerk, clerk
from kota import Kota
from office import Office
from PIL import Image

from db import sql
from engine import journal, letterheads
from engine.commands import printing
from engine.errors import FormInvalid
from engine.offices import settings
from engine.papers import heading

NUMBERS, LISTS, HEAD = "/pengaturan/penomoran", "/pengaturan/daftar", "/pengaturan/kop-surat"


@pytest.fixture
def admin(site: Site) -> Clerk:
    return clerk(site, "admin")


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def told(site: Site, kind: str) -> dict[str, Any]:
    """What the journal last told of this kind; it names a person and its chain holds."""
    with site.asked():
        asked = "SELECT facts, person FROM journal WHERE kind = ? ORDER BY id DESC LIMIT 1"
        facts, person = sql.row(asked, (kind,)) or ("{}", None)
        assert person is not None
        assert journal.verify() == []
    found: dict[str, Any] = orjson.loads(facts)
    return found


# --- numbers ---


def test_the_next_report_has_a_number_by_the_new_pattern(site: Site, admin: Clerk) -> None:
    asked = {"kind": "case", "pattern": "{kode klasifikasi}/{urut:03d}/{kode instansi}/{tahun}"}
    assert admin.sends(NUMBERS, **asked, klasifikasi="005", instansi="416-050").status_code == 302
    assert "Nomor berikutnya: 005/001/416-050/2026." in text(admin.opens(NUMBERS).page)
    with site.asked() as office:
        case = office.report()
        assert sql.value("SELECT number FROM case_file WHERE id = ?", (case,)) == "005/001/416-050/2026"
        assert settings.setting(office.organisation, "numbering") == asked["pattern"]
    facts = told(site, "setting")
    assert facts["after"] == {"instansi": "416-050", "klasifikasi": {"case": "005"}}


@pytest.mark.parametrize(
    ("pattern", "codes", "sentence"),
    [
        ("SIAPMAS/{tahun}", {}, "Tanpa {urut} semua nomor akan sama"),
        ("{urut}/SIAPMAS", {}, "nomor tahun lalu akan terulang"),
        ("", {}, "Tanpa {urut} semua nomor akan sama"),
        ("{urut.__class__.__mro__}/{tahun}", {}, "tidak dikenal"),
        ("{urut!r}/{tahun}", {}, "tidak dikenal"),
        ("{urut:>999999999}/{tahun}", {}, "Lebar isian"),
        ("{urut}/{tahun", {}, "Kurung kurawal tidak berpasangan"),
        ("{klasifikasi}/{urut}/{tahun}", {}, "Pola ini memakai kode klasifikasi: isi kodenya."),
        ("{urut}/{tahun}/" + "x" * 60, {}, "paling panjang 64"),
    ],
)
def test_a_pattern_that_would_repeat_or_cannot_be_read_is_refused_at_its_field(
    site: Site, admin: Clerk, pattern: str, codes: dict[str, str], sentence: str
) -> None:
    assert admin.sends(NUMBERS, kind="case", pattern=pattern, **codes).status_code == 422
    errors = " ".join(re.findall(r'id="p-case-\w+-error">([^<]*)', admin.page))
    assert sentence in errors, text(admin.page)
    assert f'value="{pattern}"' in admin.page
    with site.asked() as office:
        assert settings.setting(office.organisation, "numbering") == "{urut:04d}/SIAPMAS/{tahun}"


def test_a_pattern_that_would_give_a_number_again_is_refused(site: Site, admin: Clerk) -> None:
    with site.asked() as office:
        office.report()
        office.report()
        sql.execute("UPDATE case_file SET number = '0003/LAMA/2026' WHERE id = (SELECT MAX(id) FROM case_file)")
    admin.sends(NUMBERS, kind="case", pattern="{urut:04d}/LAMA/{tahun}")
    assert "Nomor 0003/LAMA/2026 sudah pernah dipakai" in text(admin.page)


def test_another_office_of_the_installation_keeps_its_numbers_to_itself(site: Site, admin: Clerk) -> None:
    with site.asked():
        Kota()
    admin.sends(NUMBERS, kind="case", pattern="{urut:04d}/ADU/{tahun}")
    assert "Instansi lain di pemasangan ini memakai pola yang sama" in text(admin.page)


def test_the_number_that_would_come_is_told_while_typing(admin: Clerk) -> None:
    asked = "kind=letter&pattern=B-{urut:02d}/{bulan}/{tahun}&klasifikasi=&instansi="
    assert "B-01/XI/2026" in admin.opens(f"{NUMBERS}/contoh?{asked}").page
    assert "Tanpa {urut}" in admin.opens(f"{NUMBERS}/contoh?kind=letter&pattern=B/{{tahun}}").page
    assert admin.opens(f"{NUMBERS}/contoh?kind=bukan&pattern=x").status == 404


def test_an_answer_gets_its_number_once_and_a_reprint_has_the_same(site: Site, admin: Clerk) -> None:
    asked = {"pattern": "{klasifikasi}/{urut:03d}/{tahun}", "klasifikasi": "000.1.2"}
    admin.sends(NUMBERS, kind="letter", **asked)
    with site.asked() as office:
        cases = [answered(office), answered(office)]
        first = [paper(case) for case in cases]
        admin.sends(NUMBERS, kind="letter", pattern="{urut}/{tahun}")
    with site.asked():
        assert [paper(case) for case in cases] == first
        numbers = [found[0] for found in sql.rows("SELECT number FROM letter ORDER BY id")]
        assert numbers == ["000.1.2/001/2026", "000.1.2/002/2026"]


def test_lines_of_a_book_keep_the_look_of_their_day(site: Site, admin: Clerk) -> None:
    with site.asked() as office:
        entered, organisation = office.now, office.organisation
        office.after(minutes=5)
    admin.sends(NUMBERS, kind="agenda", pattern="{urut}/SETWAN/{tahun}")
    with site.asked() as office:
        office.after(minutes=5)
        shown = [heading.agenda_number(organisation, 7, at, "Asia/Jakarta") for at in (entered, office.now)]
        assert shown == ["007/2026", "7/SETWAN/2026"]


def answered(office: Office) -> int:
    case = office.report()
    day.to_committees(office, case, "komisi_3")
    day.follows_up(office, case, "yoga", "komisi_3")
    day.answers(office, case, "komisi_3", channel="surat")
    return case


def paper(case: int) -> bytes:
    return printing.case_paper("surat-balasan", case, base_url="https://contoh.id", now=1_800_000_000_000)


# --- lists ---


def entry(site: Site, name: str, code: str) -> str:
    with site.asked():
        asked = "SELECT id FROM choice WHERE list = ? AND code = ?"
        return f"{LISTS}/{name}/{sql.value(asked, (name, code))}"


def test_an_entry_is_added_renamed_moved_and_put_out_of_use(site: Site, admin: Clerk) -> None:
    assert admin.sends(f"{LISTS}/instruksi_ketua", label="Segera dilaporkan").status_code == 302
    assert told(site, "choice")["code"] == "segera_dilaporkan"
    address = entry(site, "instruksi_ketua", "segera_dilaporkan")
    admin.sends(address, ubah="simpan", label="Laporkan segera")
    facts = told(site, "choice")
    assert (facts["before"]["label"], facts["after"]["label"]) == ("Segera dilaporkan", "Laporkan segera")
    admin.sends(address, ubah="naik")
    with site.asked() as office:
        shown = [one.code for one in settings.lists(office.organisation, ["instruksi_ketua"])["instruksi_ketua"]]
        assert shown[-2] == "segera_dilaporkan"
    admin.sends(address, ubah="henti")
    assert told(site, "choice")["after"]["active"] is False
    with site.asked() as office:
        shown = [one.code for one in settings.lists(office.organisation, ["instruksi_ketua"])["instruksi_ketua"]]
        assert "segera_dilaporkan" not in shown
    assert "Laporkan segera" in admin.opens(f"{LISTS}/instruksi_ketua").page


def test_what_forms_pass_on_must_lead_to_a_unit_or_office_there_is(site: Site, admin: Clerk) -> None:
    asked = {"label": "Kebudayaan", "attr-bagian": "bagian_lenyap", "attr-komisi": "komisi_4"}
    assert admin.sends(f"{LISTS}/bidang", **asked).status_code == 422
    assert "Pilih unit atau jabatan" in text(admin.page)
    assert 'value="Kebudayaan"' in admin.page
    assert admin.sends(f"{LISTS}/bidang", **asked | {"attr-bagian": "bagian_umum"}).status_code == 302
    assert told(site, "choice")["after"]["attrs"] == {"bagian": "bagian_umum", "komisi": "komisi_4"}


def test_the_last_entry_a_form_needs_stays(site: Site, admin: Clerk) -> None:
    with site.asked():
        sql.execute("UPDATE choice SET active = ? WHERE list = 'jenis' AND code <> 'pengaduan'", (False,))
    assert admin.sends(entry(site, "jenis", "pengaduan"), ubah="henti").status_code == 422
    assert "Ini isian terakhir" in text(admin.page)


@pytest.mark.parametrize("label", ["", "   ", "x" * 301, "a\tb"])
def test_an_entry_needs_a_name_people_can_read(admin: Clerk, label: str) -> None:
    answer = admin.sends(f"{LISTS}/jenis", label=label)
    assert (answer.status_code, "Isi namanya" in text(admin.page)) in {(422, True), (302, False)}
    if len(label) < 300:
        assert answer.status_code == 422


def test_a_list_of_units_takes_units_only(site: Site, admin: Clerk) -> None:
    assert admin.sends(f"{LISTS}/akd", label="Panitia Khusus").status_code == 422
    assert "Daftar ini menunjuk unit: pilih unit yang ada." in text(admin.page)
    assert admin.sends(f"{LISTS}/akd", code="komisi_1").status_code == 422
    assert "Sudah ada di daftar ini." in text(admin.page)
    assert admin.sends(f"{LISTS}/akd", code="bagian_umum").status_code == 302


def test_the_lists_of_another_office_are_not_there(site: Site, admin: Clerk) -> None:
    with site.asked():
        other = Kota().organisation
        asked = "SELECT list, id FROM choice WHERE organisation_id = ? LIMIT 1"
        found = sql.row(asked, (other,)) or sql.row("SELECT 'x', 0")
        assert found
        before = sql.rows("SELECT * FROM choice WHERE organisation_id = ?", (other,))
    assert admin.sends(f"{LISTS}/{found[0]}/{found[1]}", ubah="henti").status_code == 404
    assert admin.opens(f"{LISTS}/tidak_ada").status == 404
    with site.asked():
        assert sql.rows("SELECT * FROM choice WHERE organisation_id = ?", (other,)) == before


# --- letterheads ---

FIELDS = {
    "lines": "PEMERINTAH KABUPATEN MOJOKERTO\nDPRD",
    "address": "Jl. Baru 1",
    "place": "Mojokerto",
    "signature": "",
}


def picture(width: int, height: int) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(kept, "PNG")
    return kept.getvalue()


def sends(admin: Clerk, body: bytes = b"", ubah: str = "simpan", **other: str) -> int:
    logo = {"logo": (io.BytesIO(body), "logo.png")} if body else {}
    data = {"csrf_token": admin.token(), "ubah": ubah} | FIELDS | other | logo
    admin.last = admin.client.post(HEAD, data=data, buffered=True)
    return int(admin.status)


def test_a_letterhead_is_looked_at_before_it_is_in_force(site: Site, admin: Clerk) -> None:
    for kind in ("lembar-disposisi", "surat-balasan"):
        assert sends(admin, photo(900, 900), ubah=kind) == 200
        assert admin.last is not None
        assert admin.last.data.startswith(b"%PDF-")
    with site.asked() as office:
        assert settings.setting(office.organisation, "letterhead")["address"] != ["Jl. Baru 1"]
        assert sql.value("SELECT COUNT(*) FROM logo") == 0


def test_a_big_logo_is_made_small_and_printed(site: Site, admin: Clerk) -> None:
    assert sends(admin, photo(3000, 1500), signature="a.n. BUPATI MOJOKERTO") == 302
    kept = admin.client.get(f"{HEAD}/logo.png").data
    assert max(Image.open(io.BytesIO(kept)).size) == 480
    assert len(kept) < 50_000
    facts = told(site, "setting")
    assert facts["after"]["signature"] == ["a.n. BUPATI MOJOKERTO"]
    assert len(orjson.dumps(facts)) < 2_000
    with site.asked() as office:
        assert b"/Subtype /Image" in paper(answered(office))
    sends(admin, tanpa_logo="ya")
    assert admin.client.get(f"{HEAD}/logo.png").status_code == 404


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (picture(8000, 8000), "Logo ini 8000 × 8000 piksel; paling besar 4000 piksel setiap sisi."),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "Logo SVG tidak diterima"),
        (b'<?xml version="1.0"?>\n<svg onload="x()"/>', "Logo SVG tidak diterima"),
        (b"GIF89a" + b"x" * 100, "bukan gambar PNG atau JPEG"),
        (picture(20, 20)[:60], "bukan gambar PNG atau JPEG"),
    ],
    ids=["8000 px", "script", "xml", "gif", "cut off"],
)
def test_a_logo_that_cannot_be_printed_safely_is_refused_in_a_sentence(
    admin: Clerk, body: bytes, sentence: str
) -> None:
    assert sends(admin, body) == 422
    assert sentence in text(admin.page)
    assert "Jl. Baru 1" in admin.page


def test_a_logo_of_three_megabytes_is_refused() -> None:
    with pytest.raises(FormInvalid) as refused:
        letterheads.logo(b"\x89PNG" + b"\0" * 3_000_000)
    assert "paling besar 2 MB" in refused.value.problems["logo"][0].sentence


def test_what_is_wrong_with_a_letterhead_is_said_at_its_field(admin: Clerk) -> None:
    assert sends(admin, lines="", place="", address="1\n2\n3\n4") == 422
    listed = re.findall(r'id="p-(\w+)-error">([^<]*)', admin.page)
    assert dict(listed) == {
        "lines": "Bagian ini harus diisi.",
        "place": "Bagian ini harus diisi.",
        "address": "Paling banyak 3 baris.",
    }
