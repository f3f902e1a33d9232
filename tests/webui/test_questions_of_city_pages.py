"""Pages of the city ask a handful of questions: with three times as many complaints no more of them."""

from cityhall import City
from questions import statements

from db import sql
from engine import vault

KEY = "banyak-{}"
PAGES = {
    "": (
        *("/", "/aduan", "/aduan/{public}", "/aduan?cari=sampah", "/aduan?skpd=dkp&keadaan=telat&tahun=2026"),
        *("/aduan.json", "/aduan.rss", "/aduan/data", "/aduan/statistik", "/lacak"),
    ),
    "harini": ("/koordinasi", "/koordinasi/papan", "/rekap", "/kasus", "/tugas"),
}


def counted(city: City) -> dict[str, int]:
    """How many statements each page takes, looked at for the second time."""
    with city.asked():
        public = str(sql.value("SELECT MIN(public_id) FROM publication WHERE state = 'tayang'"))
        number = str(sql.value("SELECT MIN(number) FROM case_file WHERE process = 'pengaduan'"))
    found: dict[str, int] = {}
    for who, pages in PAGES.items():
        eyes = city.enters(who or "harini")
        eyes.sends("/lacak", nomor=number, pin=vault.pin(KEY.format(0)))
        assert number in eyes.opens("/lacak").page, "the case of this receipt is open in this browser"
        for page in pages:
            address = page.format(public=public)
            eyes.opens(address)
            with statements() as said:
                assert eyes.opens(address).status == 200, address
            found[page] = len(said)
    return found


def complaints(city: City, first: int, last: int) -> None:
    with city.asked() as kota:
        for place in range(first, last):
            case = kota.forwarded(key=KEY.format(place), subyek="kebersihan", wilayah="wates")
            kota.acts(case, "sunting_pengaduan")


def test_more_complaints_are_no_more_questions(city: City) -> None:
    complaints(city, 0, 2)
    few = counted(city)
    complaints(city, 2, 7)
    many = counted(city)
    print(few, many)
    assert all(many[page] <= few[page] for page in few), (few, many)
    assert max(many.values()) <= 20, many
