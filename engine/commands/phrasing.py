"""Response templates: an office writes its own, the administrator everyone's; each change is in the journal."""

from dataclasses import asdict, dataclass

from db import sql
from db.connect import transaction
from db.queries import phrases as asked
from engine import journal
from engine.errors import FormInvalid, NotAllowed, NotFound, Objection
from engine.offices import people, phrases, policy
from engine.offices.people import Actor

TITLE, BODY = 120, 4_000


@dataclass(frozen=True)
class Wording:
    """What a template says: its title, its text, and the form it is offered at ("": at all)."""

    title: str
    body: str
    form: str = ""
    active: bool = True


def add_phrase(wording: Wording, *, office: int | None, by: Actor, now: int) -> int:
    """A new template of an office (None: of everyone) and its id. Raises NotAllowed, FormInvalid (`judul`, `isi`)."""
    with transaction():
        organisation = _may(by, office, now)
        _refuse(wording)
        made = sql.insert("phrase", organisation_id=organisation, office=office, **asdict(wording), rank=0)
        _tell(organisation, made, office, None, wording, by, now)
        return made


def change_phrase(phrase_id: int, wording: Wording, *, by: Actor, now: int) -> None:
    """Other words for a template, or none of it any more (`active`). Raises NotFound, NotAllowed, FormInvalid."""
    with transaction():
        found = asked.one(phrase_id)
        if found is None or found.organisation_id != policy.organisation_of(by):
            raise NotFound("phrase", phrase_id)
        organisation = _may(by, found.office, now)
        _refuse(wording)
        sql.execute(
            "UPDATE phrase SET title = ?, body = ?, form = ?, active = ? WHERE id = ?",
            (*asdict(wording).values(), phrase_id),
        )
        before = Wording(found.title, found.body, found.form, bool(found.active))
        _tell(organisation, phrase_id, found.office, before, wording, by, now)


def _may(by: Actor, office: int | None, now: int) -> int:
    """The organisation, where this person may write for that office (None: for all)."""
    if office is None:
        policy.must_have(by, "admin", "phrase")
    elif people.seat(by.person_id, office, now) is None:
        raise NotAllowed("phrase", "Templat sebuah jabatan hanya diubah oleh pemegangnya.")
    return policy.organisation_of(by)


def _refuse(wording: Wording) -> None:
    problems = {"judul": _wrong(wording.title, TITLE), "isi": _wrong(wording.body, BODY)}
    strange = phrases.unknown(wording.body)
    if strange and not problems["isi"]:
        known = ", ".join(f"{{{name}}}" for name in phrases.BLANKS)
        facts = {"names": ", ".join(f"{{{name}}}" for name in strange), "known": known}
        problems["isi"] = [Objection("unknown_blank", "Isian %(names)s tidak dikenal. Yang ada: %(known)s.", facts)]
    problems = {name: found for name, found in problems.items() if found}
    if problems:
        raise FormInvalid(problems)


def _wrong(text: str, most: int) -> list[Objection]:
    if not text.strip():
        return [Objection("empty", "Bagian ini harus diisi.")]
    if len(text) > most:
        return [Objection("too_long", "Paling banyak %(most)s huruf.", {"most": most})]
    if phrases.names_someone(text):
        return [Objection("personal", "Templat tidak memuat nomor telepon, NIK atau alamat surel seseorang.")]
    return []


def _tell(
    organisation: int, phrase: int, office: int | None, before: Wording | None, after: Wording, by: Actor, now: int
) -> None:
    facts = {"phrase": phrase, "before": asdict(before) if before else None, "after": asdict(after)}
    entry = journal.Entry("phrase", now, office=office, person=by.person_id, facts=facts)
    journal.append(organisation, None, [entry])
