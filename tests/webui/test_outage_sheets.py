"""What the list of numbered sheets offers while one of them is being typed in."""

from citizen import Site
from clerk import clerk

from db import sql

REPORT = {
    "mulai": "2026-11-23T07:30",
    "sampai": "2026-11-23T08:59",
    "diterima": "2026-11-23T07:40",
    "saluran": "loket",
    "nama": "Slamet Riyadi",
    "perihal": "Jembatan putus",
    "kronologi": "Jembatan putus sejak subuh.",
}


def test_a_sheet_that_is_being_typed_in_is_not_offered_again(site: Site) -> None:
    sekar = clerk(site, "sekar")
    sekar.sends("/gangguan/lembar", jumlah="1")
    with site.asked():
        sheet = sql.value("SELECT id FROM blank_sheet")
    offer = f"/gangguan/catat?lembar={sheet}"
    assert offer in sekar.opens("/gangguan").page
    assert "belum terpakai" in sekar.page
    sekar.sends("/gangguan/catat", **REPORT, lembar=str(sheet))
    assert offer not in sekar.opens("/gangguan").page
    assert "belum terpakai" not in sekar.page
