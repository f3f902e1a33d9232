"""`/insiden-data`: the register of failures to protect personal data, with its clock of 3x24 hours."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Answer

from db.queries import breaches as questions
from db.queries import papers as organisations
from engine import letters
from engine.commands import breaches
from engine.commands.breaches import Told
from engine.errors import FormInvalid, NotFound
from engine.papers import breaches as papers
from webui.books.agenda import pdf
from webui.clock import now_ms
from webui.doors import me
from webui.filled import summary, told, typed
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("breaches", __name__)

Problems = Mapping[str, list[str]]
FIELDS = ("discovered", "affected", "what", "handling", "recovery")


def _organisation() -> int:
    """The organisation whose register this person keeps; NotAllowed for anyone else."""
    return breaches.keeper(me().actor, now_ms()).organisation_id


def _labels() -> dict[str, str]:
    return {
        "discovered": _("Diketahui"),
        "data": _("Data yang terkena"),
        "affected": _("Jumlah orang"),
        "what": _("Apa yang terjadi"),
        "handling": _("Penanganan"),
        "recovery": _("Pemulihan"),
        "cases": _("Nomor laporan"),
        "told": _("Yang diberi tahu"),
        "way": _("Cara"),
        "proof": _("Nomor surat atau tanda terima"),
        "at": _("Kapan"),
        "closed": _("Menutup catatan"),
    }


def _page_number() -> int:
    return max(1, request.args.get("halaman", 1, type=whole))


def _instant(text: str) -> int:
    """A local time as typed, in UTC ms; 0 for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return 0
    if found.tzinfo is not None or not 2000 <= found.year < 2200:
        return 0
    return int(found.replace(tzinfo=ZoneInfo(me().timezone)).timestamp() * 1000)


def _local(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, ZoneInfo(me().timezone)).strftime("%Y-%m-%dT%H:%M")


def _told(written: Mapping[str, str]) -> Told:
    number = written["affected"]
    people = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else -1
    data = [code for code in request.form.getlist("data") if code in breaches.DATA]
    return Told(
        _instant(written["discovered"]), data, people, written["what"], written["handling"], written["recovery"]
    )


def _written() -> dict[str, Any]:
    """What was typed, with what was ticked."""
    return {**typed(FIELDS, breaches.LONGEST + 1), "data": request.form.getlist("data")}


@bp.get("/insiden-data")
def index() -> Answer:
    """The register, what is open first."""
    return _index({"discovered": "", "data": []}, {})


def _index(written: Mapping[str, Any], problems: Problems, status: int = 200) -> Answer:
    rows, more = questions.page(_organisation(), _page_number())
    html = render_template(
        "erasure/breaches.html",
        section="penghapusan",
        rows=rows,
        more=more,
        page=_page_number(),
        data=papers.DATA,
        typed=written,
        problems=problems,
        summary=summary(_labels(), dict(problems)),
    )
    return make_response(html, status)


@bp.post("/insiden-data")
def register() -> Answer:
    """Enters one."""
    _organisation()
    written = _written()
    try:
        made = breaches.register(_told(written), by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _index(written, told(bad.problems), 422)
    flash(_("Dicatat. Beri tahu pelapor yang terkena dan lembaga dalam 3×24 jam sejak diketahui."))
    return redirect(url_for(".show", ident=made), 303)


@bp.get("/insiden-data/daftar.pdf")
def book() -> Response:
    """The whole register on paper."""
    organisation = _organisation()
    entries = [(one, breaches.texts(one.id, one.sealed)) for one in questions.every(organisation)]
    looked("printed", detail="daftar-insiden-data")
    return pdf(papers.book(organisation, entries, printed_by=me().person, now=now_ms()), "daftar-insiden-data.pdf")


def _entry(ident: int) -> questions.Breach:
    found = questions.breach(_organisation(), ident)
    if found is None:
        raise NotFound("breach", ident)
    return found


@bp.get("/insiden-data/<int:ident>")
def show(ident: int) -> Answer:
    """One entry: its clock, its steps, the letters, those it concerns."""
    return _show(_entry(ident), None, {})


def _show(entry: questions.Breach, written: Mapping[str, Any] | None, problems: Problems, status: int = 200) -> Answer:
    said = breaches.texts(entry.id, entry.sealed)
    name, zone = organisations.organisation(_organisation())
    subjects, more = questions.subjects(entry.id, _page_number())
    known = {"discovered": _local(entry.discovered_ms), "affected": str(entry.affected), "data": entry.data.split()}
    html = render_template(
        "erasure/breach.html",
        section="penghapusan",
        entry=entry,
        said=said,
        data=papers.DATA,
        ways=_ways(),
        counts=questions.counts(entry.id),
        subjects=[(one, _reach(one)) for one in subjects],
        more=more,
        page=_page_number(),
        to_subject=papers.letter_to_subject(entry, said, name, zone),
        to_agency=papers.letter_to_agency(entry, said, name, zone),
        typed=written or {**known, **said, "at": _local(now_ms()), "proof": "", "cases": "", "way": ""},
        problems=problems,
        summary=summary(_labels(), dict(problems)),
    )
    return make_response(html, status)


def _ways() -> dict[str, str]:
    return {"surel": _("surel"), "telepon": _("telepon atau WhatsApp"), "surat": _("surat"), "loket": _("di loket")}


def _reach(one: questions.Subject) -> str:
    """The ways someone can be told, not their addresses: those are opened on the case, and that is kept."""
    who = letters.identity(one.reporter_id, one.sealed)
    if who is None:
        return str(_("identitas sudah dihapus"))
    ways = [(who.email, "surel"), (who.phone, "telepon"), (who.address, "surat")]
    return ", ".join(_ways()[way] for given, way in ways if given) or str(_("tanpa kontak"))


def _after(ident: int, words: str) -> Answer:
    flash(words)
    return redirect(url_for(".show", ident=ident), 303)


@bp.post("/insiden-data/<int:ident>")
def amend(ident: int) -> Answer:
    """More is known now."""
    entry, written = _entry(ident), _written()
    try:
        breaches.amend(ident, _told(written), by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _show(entry, written, told(bad.problems), 422)
    return _after(ident, _("Catatan diperbarui."))


@bp.post("/insiden-data/<int:ident>/laporan")
def name_cases(ident: int) -> Answer:
    """Names the cases it concerns."""
    entry, written = _entry(ident), typed(("cases",), 100_000)
    try:
        count = breaches.name_cases(ident, written["cases"].replace(",", "\n").split(), by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _show(entry, written, told(bad.problems), 422)
    return _after(ident, ngettext("%(num)s laporan ditambahkan.", "%(num)s laporan ditambahkan.", count))


@bp.post("/insiden-data/<int:ident>/pelapor")
def told_subjects(ident: int) -> Answer:
    """These were told."""
    entry, written = _entry(ident), typed(("way",))
    ticked = [int(t) for t in request.form.getlist("told") if t.isascii() and t.isdecimal() and len(t) < 10][:100]
    try:
        breaches.told_subject(ident, ticked, written["way"], by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _show(entry, written, told(bad.problems), 422)
    return _after(ident, _("Dicatat: pelapor sudah diberi tahu."))


@bp.post("/insiden-data/<int:ident>/lembaga")
def told_agency(ident: int) -> Answer:
    """The agency was told."""
    entry, written = _entry(ident), typed(("proof", "at"), 201)
    try:
        breaches.told_agency(ident, written["proof"], _instant(written["at"]), by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _show(entry, written, told(bad.problems), 422)
    return _after(ident, _("Dicatat: lembaga sudah diberi tahu."))


@bp.post("/insiden-data/<int:ident>/tutup")
def close(ident: int) -> Answer:
    """Closes the entry."""
    entry = _entry(ident)
    try:
        breaches.close(ident, by=me().actor, now=now_ms())
    except FormInvalid as bad:
        return _show(entry, None, told(bad.problems), 422)
    return _after(ident, _("Catatan ditutup."))
