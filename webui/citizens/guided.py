"""How to send an SMS, as the organisation's own grammar has it: for the guide."""

from dataclasses import dataclass

from engine.offices import settings
from engine.offices.intakes import Door
from engine.sms import rules
from engine.sms.rules import ANSWER, HELP, REPORT, STATUS, WITHDRAW, Rules

WORDS = {rules.NIK: "NIK", rules.MOTHER: "NAMA IBU", rules.TOPIC: "SUBYEK", rules.PLACE: "LOKASI", rules.TEXT: "ISI"}


@dataclass(frozen=True)
class Texting:
    """What the guide says of SMS: where to, what to write, and which letter stands for which subject."""

    number: str
    report: str
    status: str
    withdraw: str
    help: str
    answer: str
    example: str
    topics: list[tuple[str, str]]


def texting(door: Door) -> Texting | None:
    """None where this door takes no SMS."""
    found = rules.of(door.organisation_id)
    if found is None or found.process != door.process:
        return None
    mark = found.separators[0]
    report = mark.join([_word(found, REPORT), *(WORDS.get(part, part.upper()) for part in found.order)])
    numbered = {name: f"{_word(found, name)}{mark}NOMOR" for name in (STATUS, WITHDRAW)}
    return Texting(
        number=found.number,
        report=report,
        status=numbered[STATUS],
        withdraw=numbered[WITHDRAW],
        help=_word(found, HELP),
        answer=mark.join([_word(found, ANSWER), "NOMOR", "KETERANGAN"]),
        example=_example(door, found),
        topics=_topics(door, found),
    )


def _example(door: Door, found: Rules) -> str:
    """A whole report in the words of the guide; "" where it has none for a part that is asked."""
    words = door.plan.guide.get("sms", {})
    parts = [str(words.get(part, "")) for part in found.order]
    return found.separators[0].join([_word(found, REPORT), *parts]) if all(parts) else ""


def _word(found: Rules, name: str) -> str:
    return str(found.keywords[name][0])


def _topics(door: Door, found: Rules) -> list[tuple[str, str]]:
    name = found.lists.get(rules.TOPIC, "")
    entries = settings.lists(door.organisation_id, [name]).get(name, []) if name else []
    return [(str(one.attrs.get("huruf", "")).upper() or one.code, one.label) for one in entries]
