"""What the public reads of a case: written with the act that publishes it, in the same transaction.

A diagram says what is published: `terbit` on a user task (`pengaduan` or `balasan`), with `terbit.jika` as a condition
over what was filled in. The article of the promise is the milestone's (engine.diagrams.articles).
"""

import base64
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from db import sql
from db.connect import in_transaction
from engine import expressions, vault
from engine.diagrams.catalog import Element
from engine.diagrams.releases import Closure
from engine.errors import FormInvalid, Objection
from engine.held import Held, TaskRow
from engine.offices import settings
from engine.offices.people import Seat
from engine.publishing import anonymity, shown
from engine.publishing.anonymity import Finding, Known
from forms import Parsed

REASON = "alasan_tayang"
"""What somebody writes who publishes a place that only seems to tell who somebody is."""
FIELDS: Mapping[str, Sequence[str]] = {"pengaduan": ("judul_tayang", "isi_tayang"), "balasan": ("isi_balasan",)}
"""Which fields of a form are published, by what the task publishes."""
SENTENCES: Mapping[str, str] = {
    "nik": "“%(found)s” adalah nomor induk kependudukan. Hapus dari teks ini.",
    "telepon": "“%(found)s” adalah nomor telepon pelapor. Hapus dari teks ini.",
    "surel": "“%(found)s” adalah alamat surel pelapor. Hapus dari teks ini.",
    "nama": "“%(found)s” ada dalam identitas pelapor. Hapus dari teks ini.",
}
PERHAPS: Mapping[str, str] = {
    "nik": "“%(found)s” tampak seperti nomor induk kependudukan.",
    "telepon": "“%(found)s” tampak seperti nomor telepon.",
    "surel": "“%(found)s” adalah alamat surel.",
    "nama": "“%(found)s” sama dengan bagian dari nama dalam identitas pelapor.",
    "alamat": "“%(found)s” tampak seperti alamat rumah.",
}
NEEDS_REASON = Objection(
    "reason_wanted", "Hapus bagian yang ditandai, atau tulis mengapa bagian itu boleh dibaca siapa saja."
)
PUBLIC_BYTES = 10


def publishes(closure: Closure) -> bool:
    """Whether a diagram publishes anything at all."""
    return any("terbit" in element.props for element in closure.diagram.elements.values())


# -- before it is published --------------------------------------------------------------------------------------------


def known(case_id: int) -> Known:
    """Whom no published text of this case may tell: the reporter and those who joined."""
    text = (
        "SELECT r.id, r.sealed FROM reporter r WHERE r.sealed IS NOT NULL AND"
        " (r.id = (SELECT reporter_id FROM case_file WHERE id = ?)"
        " OR r.id IN (SELECT reporter_id FROM companion WHERE case_file_id = ?)) ORDER BY r.id"
    )  # whoever reported was there before those who joined
    people = [vault.unseal(sealed, f"reporter:{one}") for one, sealed in sql.rows(text, (case_id, case_id))]
    return together(people)


def together(people: Sequence[Mapping[str, Any]]) -> Known:
    """The particulars of some people, the first of whom reported."""
    names = [str(told.get(part) or "") for told in people for part in ("name", "mother")]
    phones = [str(told.get("phone") or "") for told in people]
    own = people[0] if people else {}
    return Known(
        tuple(n for n in names if n), own.get("nik") or "", tuple(p for p in phones if p), own.get("email") or ""
    )


def will_publish(element: Element, parsed: Parsed) -> str:
    """What this act publishes: `pengaduan`, `balasan`, or nothing."""
    part = element.props.get("terbit", "")
    condition = element.props.get("terbit.jika", "").removeprefix("=").strip()
    return part if part in FIELDS and (not condition or expressions.evaluate(condition, parsed.data)) else ""


def check(held: Held, element: Element, parsed: Parsed, answers: Mapping[str, Any]) -> None:
    """Stops (FormInvalid) a text that tells who somebody is; what only seems to may pass with a reason, kept sealed."""
    part = will_publish(element, parsed)
    if not part:
        return
    texts = {name: str(parsed.texts.get(name) or "") for name in FIELDS[part]}
    reason = _text(answers.get(REASON))
    refuse(texts, known(held.case_id), reason)
    if reason:
        parsed.texts[REASON] = reason


def refuse(texts: Mapping[str, str], whom: Known, reason: str) -> list[str]:
    """FormInvalid where these texts may not be published; gives what was let pass for a reason."""
    found = {name: anonymity.findings(text, whom) for name, text in texts.items()}
    problems = {name: [_objection(texts[name], one) for one in places] for name, places in found.items() if places}
    sure = any(one.sure for places in found.values() for one in places)
    if problems and (sure or not reason):
        if not sure:
            problems[REASON] = [NEEDS_REASON]
        raise FormInvalid(problems)
    return sorted({one.what for places in found.values() for one in places})


def _objection(text: str, one: Finding) -> Objection:
    table = SENTENCES if one.sure else PERHAPS
    return Objection(f"identity_{one.what}", table[one.what], {"found": text[one.start : one.end]})


def _text(given: Any) -> str:
    return str(given[0] if isinstance(given, list) and given else given or "").strip()[:1000]


# -- publishing --------------------------------------------------------------------------------------------------------


def of_act(held: Held, row: TaskRow, element: Element, seat: Seat | None, parsed: Parsed, now: int) -> None:
    """Publishes what a finished task says, if its diagram says so."""
    part = will_publish(element, parsed)
    texts = [str(parsed.texts.get(name) or "").strip() for name in FIELDS.get(part, ())]
    if not part or not any(texts):
        return
    columns = dict(zip(("title", "text") if part == "pengaduan" else ("answer",), texts, strict=True))
    publication = _row(held, now)
    put(publication, columns | ({"state": "tayang"} if part == "pengaduan" else {}), now)
    version = keep(publication, "tayang" if part == "pengaduan" else "balasan", seat, now, parsed.texts.get(REASON, ""))
    facts = {"part": part, "version": version, "confirmed": bool(parsed.texts.get(REASON))}
    office, person, acting = (seat.office_id, seat.person_id, seat.kind) if seat else (None, None, "")
    held.note(
        "published", now, task=row.id, element=row.element, office=office, person=person, acting_as=acting, facts=facts
    )


def _row(held: Held, now: int) -> int:
    """The publication of a case; an answer that comes before its complaint is published waits with it."""
    found = sql.value("SELECT id FROM publication WHERE case_file_id = ?", (held.case_id,))
    if found is not None:
        return int(found)
    public_id = base64.b32encode(secrets.token_bytes(PUBLIC_BYTES)).decode().lower()
    received = datetime.fromtimestamp(held.received_ms / 1000, UTC).astimezone(held.calendar.tz)
    about = {"topic": "", "unit": "", "place": "", "kind": ""}
    texts = {"title": "", "text": "", "answer": "", "outcome": "", "law": "", "limit_text": ""}
    times = {"received_ms": held.received_ms, "published_ms": now, "changed_ms": now, "year": received.year}
    return sql.insert(
        "publication",
        public_id=public_id,
        organisation_id=held.organisation,
        case_file_id=held.case_id,
        process=held.closure.process,
        state="tunggu",
        progress="ditangani",
        versions=0,
        **about,
        **texts,
        **times,
    )


def put(publication: int, columns: Mapping[str, Any], now: int) -> None:
    """Changes columns of a publication, in the act's transaction."""
    told = ", ".join(f"{name} = ?" for name in columns)
    text = f"UPDATE publication SET {told}, changed_ms = ? WHERE id = ?"
    sql.execute(text, (*columns.values(), now, publication))


def keep(publication: int, kind: str, seat: Seat | None, now: int, reason: str) -> int:
    """Keeps the text as it stands as a version, sealed with why, and what it is found by; gives its number."""
    assert in_transaction()
    text = "UPDATE publication SET versions = versions + 1 WHERE id = ? RETURNING versions, title, text, answer"
    seq, title, body, answer = sql.row(text, (publication,)) or (0, "", "", "")
    kept = {"title": title, "text": body, "answer": answer, "reason": reason}
    sql.insert(
        "publication_version",
        publication_id=publication,
        seq=seq,
        kind=kind,
        sealed=vault.seal(kept, f"publication:{publication}:{seq}"),
        at_ms=now,
        person=seat.person_id if seat else None,
        office=seat.office_id if seat else None,
        acting_as=seat.kind if seat else "",
    )
    shown.rewrite(publication)
    return int(seq)


def take_down(publication: int, now: int) -> None:
    """The texts leave the public table; they stay, sealed, in the versions."""
    columns = {"state": "ditarik", "title": "", "text": "", "answer": "", "withdrawn_ms": now}
    put(publication, columns, now)
    shown.rewrite(publication)


def recalled(held: Held, element: Element, now: int) -> None:
    """An act that is taken back publishes nothing: its text waits again, as it was before it."""
    columns = {"pengaduan": {"state": "tunggu", "title": "", "text": ""}, "balasan": {"answer": ""}}.get(
        element.props.get("terbit", "")
    )
    found = sql.row("SELECT id, state FROM publication WHERE case_file_id = ?", (held.case_id,))
    if columns is None or found is None or found[1] == "ditarik":
        return
    put(int(found[0]), columns, now)
    shown.rewrite(int(found[0]))
    held.note("taken_down", now, element=element.id, facts={"why": "ditarik kembali"})


# -- who may change what is published ----------------------------------------------------------------------------------

SETTING = "publishes_for"
"""Pasal 10 ayat (3) huruf c: role or code of an office → what it may do: take down (`tarik`), correct (`ralat`)."""


def may_change(seats: Sequence[Seat], organisation: int) -> frozenset[str]:
    """What these seats may do about published items of an organisation: `tarik`, `ralat`, both or nothing."""
    rules: Mapping[str, list[str]] = settings.setting(organisation, SETTING) or {}
    mine = {name for seat in seats if seat.organisation_id == organisation for name in (seat.role, seat.code)}
    return frozenset(act for name in mine for act in rules.get(name, ()))


def version(publication: int, seq: int, sealed: str) -> dict[str, str]:
    """What a version says: title, text, answer and why it was made; empty where its key is gone."""
    empty = {"title": "", "text": "", "answer": "", "reason": ""}
    try:
        return empty | dict(vault.unseal(sealed, f"publication:{publication}:{seq}"))
    except vault.Sealed:
        return empty
