"""Tables of a recap over several pages: column heads on each, no row lost, none cut from itself."""

from forms.sheets.press import paginate
from forms.sheets.rekap_parts import Ruled, Table, table

PAGE = 300.0


def pieces(rows: tuple[tuple[str, ...], ...]) -> list[Ruled]:
    content = Table("Per perangkat daerah", ("Unit", "Diterima"), (3, 1), rows)
    pages = paginate(table(content, 400), PAGE, PAGE)
    assert all(page.used <= PAGE + 1 for page in pages)
    found = [getattr(block, "block", block) for page in pages for _top, block in page.placed]
    return [block for block in found if isinstance(block, Ruled)]


def test_the_column_heads_stand_on_every_page_and_no_row_is_lost() -> None:
    found = pieces(tuple((f"Unit {number}", str(number)) for number in range(90)))
    assert len(found) > 3
    assert len({id(piece.head) for piece in found}) == 1
    assert sum(len(piece.rows) for piece in found) == 90


def test_a_row_taller_than_a_page_goes_on_under_the_same_heads() -> None:
    found = pieces((("Pendek", "1"), ("kata " * 2000, "2"), ("Pendek", "3")))
    assert len(found) > 3
    assert len({id(piece.head) for piece in found}) == 1
