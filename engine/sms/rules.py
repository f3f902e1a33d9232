"""How an organisation takes SMS: its process, its keywords, the order of the parts, how many an hour. All its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db import sql
from engine.offices import settings

SETTING = "sms"
REPORT, STATUS, WITHDRAW, ANSWER, HELP = "report", "status", "withdraw", "answer", "help"
KEYWORDS: dict[str, list[str]] = {
    REPORT: ["ADU", "ADUAN", "PENGADUAN", "LAPOR"],
    STATUS: ["STATUS", "CEK"],
    WITHDRAW: ["CABUT", "BATAL"],
    ANSWER: ["JAWAB", "BALAS"],
    HELP: ["INFO", "BANTUAN", "HELP"],
}
NIK, MOTHER, TOPIC, PLACE, TEXT = "nik", "ibu", "subyek", "lokasi", "isi"
PART = "bagian"
"""Of a subject: nobody writes it, but the word for the subject may say it (`sampah`, `puskesmas`)."""
ORDER = (NIK, MOTHER, TOPIC, PLACE, TEXT)
"""Of the parts of a report (ours; the annex of the Perwali is lost). What the citizen tells stands last."""


@dataclass(frozen=True)
class Rules:
    """What one organisation decided (setting `sms`), with the product's own for the rest."""

    organisation_id: int
    code: str
    zone: str
    process: str
    number: str = ""  # to which people send
    site: str = ""  # where the guide stands ("/panduan"), the installation's own where none is decided
    keywords: Mapping[str, Sequence[str]] = field(default_factory=lambda: KEYWORDS)
    separators: str = "#*"
    order: Sequence[str] = ORDER
    lists: Mapping[str, str] = field(
        default_factory=lambda: {TOPIC: "subyek", PLACE: "kelurahan", PART: "bagian_subyek"}
    )
    data: Mapping[str, str] = field(default_factory=lambda: {TOPIC: "subyek", PLACE: "wilayah", PART: "bagian_subyek"})
    copies: Mapping[str, str] = field(default_factory=lambda: {"kecamatan": "kecamatan"})
    """Facts of the place's entry that go into the case's data, by their name there."""
    limits: Sequence[str] = ()
    """Limits in working days from receipt that the answer names, as ISO durations: first, and with coordination."""
    operators: Sequence[str] = ()
    """Roles or offices that look after what was not understood; none: whoever takes reports in."""
    takes_the_rest: bool = False
    """Whether an SMS that begins with nobody's keyword is this organisation's."""
    per_hour: int = 5
    """Cases from one number in an hour; more wait for an operator."""
    replies_per_hour: int = 10
    help_per_hour: int = 60
    """Replies in an hour, to all numbers together, that are about no case: senders are easily invented, each SMS costs.

    A complaint is always answered: its receipt is the citizen's right.
    """
    same_hours: int = 24
    """How long the same words from the same number are the same complaint."""
    most_parts: int = 6
    http: Mapping[str, Any] = field(default_factory=dict)
    """Field map and success rule of a gateway spoken to by HTTP."""
    webhook: int = 1
    """Counted up, the address by which an HTTP gateway brings SMS is another."""


_HERE = """
SELECT g.id, g.code, g.timezone, s.body FROM organisation g JOIN setting s ON s.organisation_id = g.id AND s.name = ?
WHERE s.body <> 'null' ORDER BY g.id
"""


def every() -> list[Rules]:
    """Of each organisation that takes SMS."""
    return [_rules(*found) for found in sql.rows(_HERE, (SETTING,))]


def of(organisation: int) -> Rules | None:
    """Of one organisation, None where it takes none."""
    return next((rules for rules in every() if rules.organisation_id == organisation), None)


def _rules(organisation: int, code: str, zone: str, _body: str) -> Rules:
    decided = dict(settings.setting(organisation, SETTING))
    words = {**KEYWORDS, **decided.pop("keywords", {})}
    known = {name: value for name, value in decided.items() if name in Rules.__dataclass_fields__}
    return Rules(organisation, code, zone, keywords=words, **known)
