"""How to send an SMS, as the organisation's own grammar has it: for the guide."""

from dataclasses import dataclass

from engine.offices import settings
from engine.offices.intakes import Door
from engine.sms import rules
from engine.sms.rules import HELP, REPORT, STATUS, WITHDRAW, Rules

WORDS = {rules.NIK: "NIK", rules.MOTHER: "NAMA IBU", rules.TOPIC: "SUBYEK", rules.PLACE: "LOKASI", rules.TEXT: "ISI"}


@dataclass(frozen=True)
class Texting:
    """What the guide says of SMS: where to, what to write, and which letter stands for which subject."""

    number: str
    report: str
    status: str
    withdraw: str
    help: str
    topics: list[tuple[str, str]]


def texting(door: Door) -> Texting | None:
    """None where this door takes no SMS."""
    found = rules.of(door.organisation_id)
    if found is None or found.process != door.process:
        return None
    mark = found.separators[0]
    report = mark.join([_word(found, REPORT), *(WORDS.get(part, part.upper()) for part in found.order)])
    numbered = {name: f"{_word(found, name)}{mark}NOMOR" for name in (STATUS, WITHDRAW)}
    return Texting(found.number, report, numbered[STATUS], numbered[WITHDRAW], _word(found, HELP), _topics(door, found))


def _word(found: Rules, name: str) -> str:
    return str(found.keywords[name][0])


def _topics(door: Door, found: Rules) -> list[tuple[str, str]]:
    name = found.lists.get(rules.TOPIC, "")
    entries = settings.lists(door.organisation_id, [name]).get(name, []) if name else []
    return [(str(one.attrs.get("huruf", "")).upper() or one.code, one.label) for one in entries]
