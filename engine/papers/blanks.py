"""Blank sheets: numbers that were reserved, the rows of the SOP, and where to ask while nothing works."""

from db import sql
from db.queries import papers
from engine.diagrams import releases
from engine.errors import NotFound
from engine.papers import heading
from forms.sheets import blank_sheet as sheet

_SHEETS = """
SELECT b.number, b.printed_ms, b.process, s.code, o.name, o.timezone FROM blank_sheet b
JOIN organisation o ON o.id = b.organisation_id
JOIN sheet_code s ON s.kind = 'lembar-kosong'
  AND s.detail = CAST(b.organisation_id AS TEXT) || ':' || CAST(b.id AS TEXT)
WHERE b.organisation_id = ? AND b.batch = ? AND b.state = 'kosong' ORDER BY b.id
"""


def batch(organisation: int, name: str, base_url: str) -> bytes:
    """A batch as PDF, as long as its sheets are blank; NotFound for another organisation's."""
    rows = sql.rows(_SHEETS, (organisation, name))
    if not rows:
        raise NotFound("batch", name)
    steps = _steps(organisation, str(rows[0][2]), int(rows[0][1]))
    return sheet.draw([_content(organisation, row, steps, base_url) for row in rows])


def _content(organisation: int, row: sql.Row, steps: tuple[sheet.Step, ...], base_url: str) -> sheet.BlankSheet:
    number, printed, process, code, name, zone = row
    letterhead = heading.letterhead(organisation, name)
    return sheet.BlankSheet(
        letterhead=letterhead,
        number=number,
        code=code,
        verify_url=f"{base_url}/verifikasi/{code}",
        process=releases.current(organisation, process, printed).diagram.name,
        steps=steps,
        contact=" · ".join(letterhead.address) or papers.organisation(organisation)[0],
        printed_ms=printed,
        zone=zone,
    )


def _steps(organisation: int, process: str, now: int) -> tuple[sheet.Step, ...]:
    """The rows of the official SOP, in its order."""
    diagram = releases.current(organisation, process, now).diagram
    found = [element for element in diagram.elements.values() if element.props.get("sop.nomor")]
    found.sort(key=lambda element: int(element.props["sop.nomor"]))
    return tuple(
        sheet.Step(
            int(element.props["sop.nomor"]),
            element.name,
            element.props.get("sop.pelaksana") or diagram.lanes.get(element.lane or "", ""),
            _limit(element.props.get("sop.waktu", ""), element.props.get("sop.hitungan", "")),
        )
        for element in found
    )


def _limit(text: str, clock: str) -> str:
    """As "10 menit kerja"; "" where it is reckoned or unbounded."""
    units = {"M": "menit", "H": "jam", "D": "hari"}
    if len(text) < 3 or text[-1] not in units or not text.strip("PTMHD").isdecimal():
        return ""
    kind = {"jam-kerja": " kerja", "hari-kerja": " kerja"}.get(clock, "")
    return f"{text.strip('PTMHD')} {units[text[-1]]}{kind}"
