"""A release before it is one: which files it closes over, and all that is wrong with it for this organisation."""

import re
from collections.abc import Iterable, Mapping

import forms
from db import sql
from engine.diagrams import drawing, gate, known_codes
from engine.diagrams.decisions import dmn
from engine.diagrams.drawing import DrawingUnreadable, Element
from engine.diagrams.gate import Problem
from engine.errors import ProcessBroken
from engine.offices import people, settings

COPY = re.compile(r"\s*\(\d{1,3}\)(?=\.[a-z]+$)")
"""What a browser adds to the name of a file that was there already."""


def process_of(files: Mapping[str, bytes]) -> str:
    """The id of the process the files are about: the one that no other calls. Raises ProcessBroken."""
    found = elements(files)
    called = {e.called for e in found if e.called}
    mains = sorted({e.process_id for e in found} - called)
    if len(mains) != 1:
        raise ProcessBroken(", ".join(mains), None, "berkas-berkas ini harus memuat tepat satu proses utama")
    return mains[0]


def elements(files: Mapping[str, bytes]) -> list[Element]:
    """Everything drawn on the diagrams that can be read; what cannot is for the gate to tell."""
    found: list[Element] = []
    for name, body in files.items():
        if name.endswith(".bpmn"):
            try:
                found += drawing.walk(drawing.load(body), name)
            except DrawingUnreadable:
                continue
    return found


def names(files: Mapping[str, str]) -> dict[str, str]:
    """What the symbols are called on the diagrams: id → the words on it; those without words are left out."""
    return {e.id: e.name for e in elements({name: text.encode() for name, text in files.items()}) if e.name}


def unreadable(files: Mapping[str, bytes]) -> list[str]:
    """The diagrams among these files that cannot be read at all: cut off, empty, or something else."""
    found = []
    for name, body in files.items():
        if name.endswith(".bpmn"):
            try:
                drawing.load(body)
            except DrawingUnreadable:
                found.append(name)
    return found


def named(base: Mapping[str, str], given: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    """The files by the names a release knows them by: "siapmas (1).bpmn" is the second download of siapmas.bpmn.

    A diagram of a process that a file in force draws takes the place of that file, however it was saved.
    """
    homes = {e.process_id: e.file for e in elements({name: text.encode() for name, text in base.items()})}
    return [(_name(name, body, homes), body) for name, body in given.items()]


def _name(name: str, body: bytes, homes: Mapping[str, str]) -> str:
    name = COPY.sub("", name)
    drawn = {e.process_id for e in elements({name: body})}
    places = {homes[process] for process in drawn if process in homes}
    return next(iter(places)) if len(places) == 1 else name


def merged(base: Mapping[str, str], given: Mapping[str, bytes], process: str) -> dict[str, bytes]:
    """The files of a proposal: those given, over what of the release in force is still called or named.

    Raises ProcessBroken where none of them draws the process.
    """
    files = {name: text.encode() for name, text in base.items()} | dict(given)
    drawn = elements(files)
    if process not in {e.process_id for e in drawn}:
        raise ProcessBroken(process, None, f"tidak satu pun berkas menggambar proses “{process}”")
    wanted, waiting = set[str](), [process]
    while waiting:
        one = waiting.pop()
        if one not in wanted:
            wanted.add(one)
            waiting += [e.called for e in drawn if e.process_id == one and e.called]
    keys = {f"{e.form_key}.form" for e in drawn if e.process_id in wanted and e.form_key}
    asked = {e.decision for e in drawn if e.process_id in wanted and e.decision}
    keep = {e.file for e in drawn if e.process_id in wanted} | keys | _tables(files, asked, given)
    return {name: body for name, body in files.items() if name in keep or name in given}


def _tables(files: Mapping[str, bytes], asked: Iterable[str], given: Mapping[str, bytes]) -> set[str]:
    """The files that hold these tables; of two that hold the same, the one that was given."""
    holding: dict[str, str] = {}
    for name, table, _ in sorted(dmn.every(files), key=lambda found: found[0] in given):
        if table is not None:
            holding[table.id] = name
    return {holding[ident] for ident in asked if ident in holding}


def closed(files: Mapping[str, bytes]) -> dict[str, str]:
    """The files with every screen they name: one that was not given is the one that ships with the product.

    Raises ProcessBroken for a file that is not UTF-8.
    """
    texts = {name: _text(name, body) for name, body in files.items()}
    for key in sorted({e.form_key for e in elements(files) if e.form_key}):
        if f"{key}.form" not in texts:
            try:
                texts[f"{key}.form"] = forms.source(key).decode()
            except forms.UnknownScreen:
                continue
    return texts


def _text(name: str, body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise ProcessBroken("", None, f"berkas {name} tidak ditulis dalam UTF-8") from None


def problems(organisation: int, files: Mapping[str, str]) -> list[Problem]:
    """Everything the gate finds in these files, with the screens among them and the roles of this organisation."""
    found, fields = [], {}
    for name, text in files.items():
        if name.endswith(".form"):
            try:
                fields[name.removesuffix(".form")] = set(forms.read(text.encode()).data_fields)
            except forms.ScreenInvalid as invalid:
                found.append(Problem(name, None, 0, "error", "formulir", str(invalid)))
    drawn = {name: text.encode() for name, text in files.items() if not name.endswith(".form")}
    checked = gate.check(drawn, form_fields=fields, roles=roles(organisation))
    return [*found, *checked, *known_codes.unknown(organisation, drawn)]


def shipped_fields() -> dict[str, set[str]]:
    """The screens that come with the product and what each puts into the data of a case."""
    return {key: set(forms.load(key).data_fields) for key in forms.shipped()}


def roles_here(now: int) -> tuple[set[str], set[str]]:
    """What a lane or group may name in this installation, and which of it nobody holds now."""
    organisations = [int(row[0]) for row in sql.rows("SELECT id FROM organisation")]
    known = {name for organisation in organisations for name in roles(organisation)}
    held = {name for seat in people.who_may_act(now) for name in (seat.code, seat.role)}
    mapped = {name: settings.setting(one, "role_map").get(name, name) for one in organisations for name in roles(one)}
    return known, {name for name in known if mapped[name] not in held}


def roles(organisation: int) -> set[str]:
    """What a lane or group may name here: offices, roles, and the roles that the organisation maps to an office."""
    found = sql.rows("SELECT code, role FROM office WHERE organisation_id = ?", (organisation,))
    return {name for row in found for name in row} | set(settings.setting(organisation, "role_map"))
