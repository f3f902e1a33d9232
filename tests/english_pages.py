"""Every page of the staff, found from the routes and filled in, read in English by whoever may open it."""

import re
from collections.abc import Collection
from itertools import product

import leftovers
from clerk import Clerk
from english import DATA
from flask import Flask

ASKED = {"/pengaturan/penomoran/contoh": "?kind=letter&pattern=B/{tahun}"}
ASKED |= {"/surat/baru": "?macam=arahan", "/koordinasi/monev": "?dari=2026-03-01&sampai=2026-03-31"}
"""What a page must be asked, to be there."""
FILE = re.compile(r"\.(pdf|csv|json|png|js|bpmn|dmn|form|<format>)$|/foto-tayang/<int:photo>(/hasil)?$")
"""To keep or to look at, not to read on a screen."""
CITYS = re.compile(
    r"^/(aduan|insiden-data|koordinasi|penetapan|penghapusan|penugasan|persetujuan|rekap|sengketa-nik|sms|surat)\b"
    r"|^/pengaturan/(petugas|sms)\b|/(foto-tayang(/.*)?|unit-pembantu(/.*)?|buka-kembali)$"
)
"""Pages the council does without: the city reads them."""
Places = dict[str, tuple[object, ...]]
"""What stands for each blank of a route."""


def addresses(rule: str, places: Places) -> list[str]:
    blanks = re.findall(r"<[^>]+>", rule)
    assert set(blanks) <= set(places), f"say what stands for the blanks of {rule}"
    found = []
    for values in product(*(places[blank] for blank in blanks)):
        path = rule
        for blank, value in zip(blanks, values, strict=True):
            path = path.replace(blank, str(value))
        found.append(path + ASKED.get(rule, ""))
    return found


def of_staff(app: Flask, method: str, but: re.Pattern[str] = FILE) -> list[str]:
    """The routes behind the sign-in, but for files and those another test reads."""
    rules = (r for r in app.url_map.iter_rules() if not getattr(app.view_functions[r.endpoint], "public", False))
    return sorted(
        {r.rule for r in rules if method in (r.methods or ()) and not FILE.search(r.rule) and not but.search(r.rule)}
    )


def told(rule: str, person: Clerk, data: Collection[str] = DATA) -> set[str]:
    """What is still Indonesian on the page in front of this person; a part of a page says no language of its own."""
    assert person.last is not None
    if person.status not in (200, 403, 404, 422) or person.last.mimetype != "text/html":
        return set()
    whole = "<html" in person.page and '<html lang="en">' not in person.page
    return {f"{rule}: {words}" for words in leftovers.of(person.page, data)} | (
        {f"{rule}: not in English"} if whole else set()
    )


def done(clerk: Clerk, address: str, **answers: object) -> str:
    """Where the page leads once it took what was sent."""
    answer = clerk.sends(address, **answers)
    assert answer.status_code in (302, 303), f"{address}: {clerk.page}"
    return str(answer.location)


def last(address: str) -> tuple[str, ...]:
    return (address.rstrip("/").rsplit("/", 1)[1],)
