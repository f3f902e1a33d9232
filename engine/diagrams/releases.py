"""Published releases: the closure of diagrams, tables and forms that a case keeps until someone moves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import orjson

import forms
import processes
from db import sql
from engine import journal
from engine.diagrams import catalog
from engine.diagrams.catalog import Diagram
from engine.errors import NotFound


@dataclass(frozen=True)
class Closure:
    """One release, parsed once per process: its diagram and its screens."""

    release_id: int
    process: str
    version: int
    fingerprint: str
    diagram: Diagram
    screens: Mapping[str, forms.Screen]
    files: Mapping[str, str]


def files_of(process: str) -> dict[str, str]:
    """The closure of a process that ships with the product: its diagrams and every screen they name."""
    texts = {name: body.decode() for name, body in processes.files(process).items()}
    diagram = catalog.load({name: body.encode() for name, body in texts.items()}, process)
    keys = {e.form_key for e in diagram.elements.values() if e.form_key}
    return texts | {f"{key}.form": forms.source(key).decode() for key in sorted(keys)}


@dataclass(frozen=True)
class Terms:
    """On what terms a release comes into force; `effective_ms` may lie ahead, `office` signed for it."""

    letter: str
    effective_ms: int
    sop_number: str = ""
    revised_on: str = ""
    office: int | None = None


def publish(
    organisation: int, process: str, files: Mapping[str, str], terms: Terms, *, person: int | None, now: int
) -> int:
    """Adds a release inside a verb's transaction and gives its id; the same content again gives the one it is."""
    body = orjson.dumps(dict(files), option=orjson.OPT_SORT_KEYS)
    fingerprint = sha256(body).hexdigest()
    latest = sql.row(
        "SELECT id, version, fingerprint FROM release WHERE organisation_id = ? AND process = ?"
        " ORDER BY version DESC LIMIT 1",
        (organisation, process),
    )
    if latest and latest[2] == fingerprint:
        return int(latest[0])
    version = latest[1] + 1 if latest else 1
    release_id = sql.insert(
        "release",
        organisation_id=organisation,
        process=process,
        version=version,
        fingerprint=fingerprint,
        files=body.decode(),
        letter=terms.letter,
        published_ms=now,
        published_by=person,
        effective_ms=terms.effective_ms,
        sop_number=terms.sop_number,
        revised_on=terms.revised_on,
        approved_office=terms.office,
    )
    facts = {"process": process, "version": version, "fingerprint": fingerprint, "letter": terms.letter}
    facts |= {"effective": terms.effective_ms}
    journal.append(organisation, None, [journal.Entry("release", now, person=person, facts=facts)])
    return release_id


def current(organisation: int, process: str, now: int) -> Closure:
    """The release new cases start with at that instant; raises NotFound."""
    found = sql.row(
        "SELECT id, fingerprint FROM release WHERE organisation_id = ? AND process = ? AND effective_ms <= ?"
        " ORDER BY version DESC LIMIT 1",
        (organisation, process, now),
    )
    if found is None:
        raise NotFound("process", process)
    return closure(int(found[0]), str(found[1]))


@lru_cache(maxsize=64)
def closure(release_id: int, fingerprint: str) -> Closure:
    """A release by id; the fingerprint is part of the question, so that an answer never belongs to another database."""
    found = sql.row(
        "SELECT process, version, files FROM release WHERE id = ? AND fingerprint = ?", (release_id, fingerprint)
    )
    if found is None:
        raise NotFound("release", release_id)
    process, version, files = found[0], found[1], orjson.loads(found[2])
    drawn = {name: text.encode() for name, text in files.items() if not name.endswith(".form")}
    screens = {n.removesuffix(".form"): forms.read(t.encode()) for n, t in files.items() if n.endswith(".form")}
    return Closure(release_id, process, version, fingerprint, catalog.load(drawn, process), screens, files)
