"""Handing an answer over by hand: the text ready to copy, the WhatsApp link, the printed letter."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import gettext as _

from db.queries import cases
from db.queries.cases import Task
from engine import letters
from engine.offices.policy import View
from engine.outside import FIELDS, text_of
from webui.watch import looked

SHOWN = "antar"
"""How a form says that an answer is handed over with it (`tampil`): the latest answer of the same part of the case."""


@dataclass(frozen=True)
class Answer:
    """What to bring to the reporter, and how to reach them (empty for those who may not see who it is)."""

    text: str
    name: str
    phone: str
    link: str


def of(row: Task, view: View) -> Answer:
    """The answer of this part of the case, addressed where this person may know to whom."""
    body = text_of(row.case_id, FIELDS["jawaban"], row.instance)
    found = cases.reporter(row.case_id)
    who = letters.identity(*found) if found and view.identity else None
    if who is None:
        return Answer(body, "", "", "")
    looked("revealed", case_id=row.case_id, detail=f"task:{row.id}")
    text = f"{_('Yth. %(name)s,', name=who.name or _('Bapak/Ibu'))}\n\n{body}"
    number = international(who.phone)
    return Answer(text, who.name, who.phone, f"https://wa.me/{number}?text={quote(text)}" if number else "")


def international(phone: str) -> str:
    """An Indonesian number as WhatsApp wants it: 0812 3456 → 628123456; "" where there is none."""
    digits = re.sub(r"\D", "", phone)
    return f"62{digits[1:]}" if digits.startswith("0") else digits
