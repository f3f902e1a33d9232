"""What an SMS becomes: a report with its identity, or the code of what was wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.offices import settings
from engine.reports import Report, Reporter
from engine.sms import grammar, rules
from engine.sms.grammar import Said
from engine.sms.rules import Rules
from forms import nik
from forms.schema import Choice

PARTS = {
    rules.NIK: "NIK",
    rules.MOTHER: "NAMA IBU",
    rules.TOPIC: "SUBYEK",
    rules.PLACE: "LOKASI",
    rules.TEXT: "ISI",
}
_NIK = {
    "nik_letters": "NIK hanya boleh angka",
    "nik_length": "NIK harus 16 angka",
    "nik_date": "tanggal lahir dalam NIK tidak ada",
    "nik_empty": "NIK tidak lengkap",
}


@dataclass(frozen=True)
class Problem:
    """Why an SMS is no report: a code without personal data, and the words of the reply."""

    code: str
    message: str
    missing: str = ""


@dataclass(frozen=True)
class Filed:
    """A report as an SMS told it."""

    reporter: Reporter
    report: Report
    facts: Mapping[str, Any] = field(default_factory=dict)


def shape(by: Rules) -> str:
    """How a report is written, as the organisation wants it: `ADU#NIK#NAMA IBU#SUBYEK#LOKASI#ISI`."""
    return by.separators[0].join([by.keywords[rules.REPORT][0], *(PARTS.get(name, name.upper()) for name in by.order)])


def example(kind: str, number: str, by: Rules) -> str:
    """How to write of a case: `CABUT#0001/ADU/2026`, `JAWAB#0001/ADU/2026#keterangan Anda`."""
    words = [by.keywords[kind][0], number, *(["keterangan Anda"] if kind == rules.ANSWER else [])]
    return by.separators[0].join(words)


def problem(said: Said, by: Rules) -> Problem | None:
    """What is wrong with a report, None where nothing is: which part, never whether a person has this NIK."""
    if said.undivided:
        return Problem("tanpa_tanda", "sms_tanpa_tanda")
    if said.missing:
        named = ", ".join(PARTS.get(name, name.upper()) for name in said.missing)
        return Problem("kurang:" + ",".join(said.missing), "sms_kurang", named)
    if rules.NIK in by.order and (flaw := nik.flaw(nik.digits(said.parts[rules.NIK]))):
        return Problem(flaw[0], "sms_nik", _NIK.get(flaw[0], "NIK tidak benar"))
    return None


def filed(said: Said, sender: str, by: Rules) -> Filed:
    """The report of an SMS in which nothing is wrong; a subject or place nobody knows is left to the office."""
    entries = settings.lists(by.organisation_id, by.lists.values())
    topics, places, parts = (entries.get(by.lists.get(part, ""), []) for part in (rules.TOPIC, rules.PLACE, rules.PART))
    code = grammar.topic(said.parts.get(rules.TOPIC, ""), topics)
    where = grammar.place(said.parts.get(rules.PLACE, ""), places)
    who = Reporter(
        phone=sender,  # the grammar asks for no name, and a made-up one would be looked for in what is published
        nik=nik.digits(said.parts.get(rules.NIK, "")),
        mother=said.parts.get(rules.MOTHER, ""),
    )
    subject = next((entry for entry in topics if entry.code == code), None)
    data = {by.data.get(rules.TOPIC, "subyek"): code, **_of_place(where, by), **_of_part(said, subject, parts, by)}
    return Filed(who, Report(_told(said, code), "", said.parts.get(rules.PLACE, ""), _subject(code, topics), data=data))


def _told(said: Said, code: str | None) -> str:
    """What was told, with the subject in the citizen's own words where no entry of the list has it."""
    text = said.parts.get(rules.TEXT, "")
    named = said.parts.get(rules.TOPIC, "")
    return text if code or not named else f"{named}: {text}"


def _of_part(said: Said, subject: Choice | None, parts: list[Choice], by: Rules) -> dict[str, Any]:
    """The part of the subject, where its word says it and the process asks it."""
    belongs = by.data.get(rules.TOPIC, "subyek")
    found = grammar.part(said.parts.get(rules.TOPIC, ""), subject, parts, belongs) if subject else None
    return {by.data[rules.PART]: found} if found and rules.PART in by.data else {}


def _of_place(found: Choice | None, by: Rules) -> dict[str, Any]:
    name = by.data.get(rules.PLACE, "wilayah")
    if found is None:
        return {name: None}
    return {name: found.code, **{data: found.attrs.get(attr) for data, attr in by.copies.items()}}


def _subject(code: str | None, topics: list[Choice]) -> str:
    """A subject that says nothing of anyone: the list's own words."""
    label = next((entry.label for entry in topics if entry.code == code), "")
    return f"Aduan lewat SMS: {label}" if label else "Aduan lewat SMS"
