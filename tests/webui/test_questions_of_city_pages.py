"""Pages of the city ask a handful of questions: with three times as many complaints no more of them."""

from cityhall import City
from questions import statements

from db import sql

PAGES = {
    "": ("/aduan", "/aduan/{public}", "/aduan?cari=sampah"),
    "harini": ("/koordinasi", "/koordinasi/papan", "/rekap", "/kasus", "/tugas"),
}


def counted(city: City) -> dict[str, int]:
    """How many statements each page takes, looked at for the second time."""
    with city.asked():
        public = str(sql.value("SELECT MIN(public_id) FROM publication WHERE state = 'tayang'"))
    found: dict[str, int] = {}
    for who, pages in PAGES.items():
        eyes = city.enters(who or "harini")
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
            case = kota.forwarded(key=f"banyak-{place}", subyek="kebersihan", wilayah="wates")
            kota.acts(case, "sunting_pengaduan")


def test_more_complaints_are_no_more_questions(city: City) -> None:
    complaints(city, 0, 2)
    few = counted(city)
    complaints(city, 2, 7)
    many = counted(city)
    print(few, many)
    assert all(many[page] <= few[page] for page in few), (few, many)
    assert max(many.values()) <= 20, many
