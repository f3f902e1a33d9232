"""The people of the office: who they are, and what is done with their accounts."""

from collections.abc import Mapping

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import staff
from db.queries.staff import Person
from engine import verbs
from engine.errors import FormInvalid, NotFound
from webui.admin.doing import carried
from webui.admin.room import around, bp, page
from webui.clock import now_ms
from webui.doors import me, needs, redraws
from webui.filled import say_stale, summary, told, typed

FIELDS = ("name", "nip", "pangkat")
Problems = Mapping[str, list[str]]


def labels() -> dict[str, str]:
    """What the fields of a person and of an account are called."""
    return {
        "name": _("Nama lengkap"),
        "nip": _("NIP"),
        "pangkat": _("Pangkat"),
        "person": _("Orang"),
        "account": _("Akun"),
        "username": _("Nama pengguna"),
        "email": _("Surel kantor"),
        "powers": _("Wewenang"),
    }


def power_words() -> dict[str, tuple[str, str]]:
    """What each power is called and lets its holder do."""
    return {
        "admin": (_("Administrator"), _("mengatur siapa kantor ini dan aturannya")),
        "designer": (_("Perancang"), _("mengusulkan dan membandingkan diagram proses")),
        "auditor": (_("Auditor"), _("membaca semuanya, tidak mengubah apa pun, tidak memegang jabatan")),
    }


def _listed(written: Mapping[str, str], problems: Problems) -> str:
    wanted = request.args.get("cari", "").strip()[:100]
    found, more = staff.people(me().organisation_id, now_ms(), wanted, page())
    return render_template(
        "admin/people.html",
        **around("orang"),
        people=found,
        page=page(),
        more=more,
        wanted=wanted,
        powers=power_words(),
        typed=written,
        problems=problems,
        summary=summary(labels(), dict(problems)),
    )


@bp.get("/pengaturan/orang")
@needs("admin")
def people() -> str:
    """Everyone by name; the form for someone new."""
    return _listed({}, {})


def _listed_again() -> Response:
    say_stale()
    return make_response(_listed(typed(FIELDS), {}), 400)


@bp.post("/pengaturan/orang")
@needs("admin")
@redraws(_listed_again)
def add_person() -> Response:
    """Adds a person; their account is opened on their own page."""
    sent = typed(FIELDS)
    try:
        person = verbs.add_person(**sent, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return make_response(_listed(sent, told(refused.problems)), 422)
    flash(_("%(name)s dicatat. Buka akunnya di bawah bila ia perlu masuk.", name=sent["name"]))
    return redirect(url_for("admin.person", person_id=person))


def own_person(person_id: int) -> Person:
    """Someone of this organisation."""
    found = staff.person(me().organisation_id, person_id, now_ms())
    if found is None:
        raise NotFound("person", person_id)
    return found


def one(person_id: int, written: Mapping[str, str] | None = None, problems: Problems | None = None) -> str:
    """The page of one person; what was typed into one of its forms comes back with its problems."""
    found = own_person(person_id)
    values = {"name": found.name, "nip": found.nip, "pangkat": found.pangkat}
    kept = {"email": found.email, "powers": found.powers}
    return render_template(
        "admin/person.html",
        **around("orang"),
        person=found,
        powers=power_words(),
        sessions=staff.sessions(found.account_id, now_ms()) if found.account_id else [],
        typed=values | kept | dict(written or {}),
        problems=problems or {},
        summary=summary(labels(), dict(problems or {})),
    )


@bp.get("/pengaturan/orang/<int:person_id>")
@needs("admin")
def person(person_id: int) -> str:
    """One person, their account and its sessions."""
    return one(person_id)


def _one_again(person_id: int) -> Response:
    say_stale()
    return make_response(one(person_id, typed(FIELDS)), 400)


@bp.post("/pengaturan/orang/<int:person_id>")
@needs("admin")
@redraws(_one_again)
def change_person(person_id: int) -> Response:
    """A name, NIP or rank changes."""
    sent = typed(FIELDS)
    return carried(
        lambda: verbs.change_person(person_id, **sent, by=me().actor, now=now_ms()),
        _("%(name)s disimpan.", name=sent["name"]),
        url_for("admin.person", person_id=person_id),
        lambda problems: one(person_id, sent, problems),
    )
