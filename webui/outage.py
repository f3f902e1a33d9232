"""When nothing works: blank sheets printed before; what was done on them entered after, confirmed by another."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from db.queries import outage as questions
from engine.commands import outage
from engine.commands.declared import Step, StepRefused, Told
from engine.commands.outage import BackEntry
from engine.commands.start import Report, Reporter
from engine.diagrams import releases
from engine.errors import FormInvalid, NotAllowed, Objection
from engine.offices import intakes
from engine.offices.entries import CHANNELS
from engine.papers import blanks
from forms import Screen
from webui import language, spoken
from webui.books.agenda import pdf
from webui.clock import now_ms
from webui.desk import told
from webui.doors import me
from webui.numbers import whole
from webui.watch import looked

bp = Blueprint("outage", __name__)
FIELDS = ("lembar", "mulai", "sampai", "diterima", "saluran", "nama", "telepon", "surel", "alamat", "perihal")
LONG = ("kronologi", "waktu", "tempat")


def _may() -> bool:
    """Whether they may enter what happened; refused to whoever may neither enter nor confirm."""
    organisation, now = me().organisation_id, now_ms()
    enters = outage.may_enter(me().actor, organisation, now)
    if not enters and not outage.may_confirm(me().actor, organisation, now):
        raise NotAllowed("outage", "Halaman gangguan adalah untuk jabatan penerima surat dan atasannya.")
    return enters


def _said(problems: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
    return {
        name: [language.sentence(found) if isinstance(found, Objection) else str(found) for found in texts]
        for name, texts in problems.items()
    }


# --- sheets ---


@bp.get("/gangguan")
def index() -> str:
    """Sheets and entries, and what to do first."""
    return _index({})


def _index(problems: dict[str, list[str]]) -> str:
    may_enter = _may()
    page = max(1, request.args.get("halaman", 1, type=whole))
    rows, more = questions.sheets(me().organisation_id, page)
    return render_template(
        "outage/index.html",
        section="kasus",
        may_enter=may_enter,
        doors=intakes.doors_of(me().organisation_id),
        sheets=rows,
        why={row.id: outage.spoilt(row.id, row.reason) for row in rows},
        entries=questions.entries(me().organisation_id),
        page=page,
        more=more,
        problems=problems,
        most=outage.MOST,
    )


@bp.post("/gangguan/lembar")
def reserve() -> Response:
    """Reserves numbers and leads to the sheets."""
    _may()
    doors = [door.process for door in intakes.doors_of(me().organisation_id)]
    process = request.form.get("proses", "")
    process = process if process in doors else (doors[0] if doors else "")
    try:
        batch = outage.reserve(process, whole(request.form.get("jumlah", "0")), by=me().actor, now=now_ms())
    except (FormInvalid, ValueError) as refused:
        found = (
            _said(refused.problems) if isinstance(refused, FormInvalid) else {"jumlah": [_("Tulis sebuah bilangan.")]}
        )
        return make_response(_index(found), 422)
    return redirect(url_for(".sheets", batch=batch), 303)


@bp.get("/gangguan/lembar/<batch>.pdf")
def sheets(batch: str) -> Response:
    """A batch on paper, as long as its sheets are blank."""
    _may()
    content = blanks.batch(me().organisation_id, batch[:40], current_app.config["OFFICE"].base_url)
    looked("printed", detail="lembar-kosong")
    return pdf(content, "lembar-kosong")


@bp.post("/gangguan/lembar/<int:sheet>/batal")
def give_up(sheet: int) -> Response:
    """A sheet is spoilt: its number stays, with the reason."""
    _may()
    try:
        outage.give_up(sheet, request.form.get("alasan", ""), by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return make_response(_index({f"alasan-{sheet}": _said(refused.problems)["alasan"]}), 422)
    flash(_("Lembar itu dicatat batal; nomornya tidak dipakai lagi."))
    return redirect(url_for(".index"), 303)


# --- the report ---


@bp.get("/gangguan/catat")
def begin() -> str:
    """The report as it stands on the sheet."""
    return _form({"lembar": request.args.get("lembar", "")}, {})


def _form(typed: Mapping[str, str], problems: dict[str, list[str]]) -> str:
    _may()
    return render_template(
        "outage/begin.html",
        section="kasus",
        typed=typed,
        problems=problems,
        blank=questions.blank(me().organisation_id),
        channels={code: words[:1].upper() + words[1:] for code in CHANNELS if (words := language.channel(code))},
        doors=intakes.doors_of(me().organisation_id),
    )


@bp.post("/gangguan/catat")
def enter() -> Response:
    """Takes the report down; the steps follow."""
    _may()
    typed = {name: request.form.get(name, "").replace("\0", "").strip()[:300] for name in (*FIELDS, "proses")}
    typed |= {name: request.form.get(name, "").replace("\0", "").strip()[:5000] for name in LONG}
    wanted, problems = _told(typed)
    if wanted is not None:
        try:
            sheet = _number(typed["lembar"]) if typed["lembar"] else None
            entry = outage.begin(wanted, sheet, by=me().actor, now=now_ms())
            return redirect(url_for(".entry", entry=entry), 303)
        except FormInvalid as refused:
            problems = _said(refused.problems)
        except NotAllowed as refused:
            problems = {"lembar": [language.say(refused.why)]}
    return make_response(_form(typed, problems), 422)


def _told(typed: Mapping[str, str]) -> tuple[Told | None, dict[str, list[str]]]:
    """What was typed as a report, or what is wrong with it."""
    doors = [door.process for door in intakes.doors_of(me().organisation_id)]
    times = {name: _instant(typed[name]) for name in ("mulai", "sampai", "diterima")}
    problems = {name: [_("Tulis tanggal dan jamnya.")] for name, found in times.items() if found is None}
    needed = {"nama": _("Tulis nama pelapor seperti di lembar."), "kronologi": _("Salin apa yang dilaporkan.")}
    problems |= {name: [words] for name, words in needed.items() if not typed[name]}
    if typed["saluran"] not in CHANNELS:
        problems["saluran"] = [_("Pilih bagaimana laporan ini datang.")]
    if problems or not doors:
        return None, problems
    reporter = Reporter(typed["nama"], typed["telepon"], typed["surel"], typed["alamat"])
    report = Report(typed["kronologi"], typed["waktu"], typed["tempat"], typed["perihal"])
    process = typed["proses"] if typed["proses"] in doors else doors[0]
    at = {name: found or 0 for name, found in times.items()}
    return Told(process, at["mulai"], at["sampai"], at["diterima"], typed["saluran"], reporter, report), {}


def _number(text: str) -> int:
    """A row of ours; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _instant(text: str) -> int | None:
    """A local date and time (`2026-04-06T08:15`) as UTC ms."""
    try:
        found = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(me().timezone))
        return int(found.timestamp() * 1000) if 2000 <= found.year < 2200 else None
    except ValueError:
        return None


# --- the steps ---


@bp.get("/gangguan/catatan/<int:entry>")
def entry(entry: int) -> Response:
    """What was told so far; for who entered it, the next step; for the second person, the decision."""
    return _entry(entry)


def _entry(
    entry: int,
    *,
    typed: Mapping[str, Any] | None = None,
    refused: StepRefused | None = None,
    problems: dict[str, list[str]] | None = None,
    status: int = 200,
) -> Response:
    _may()
    found = outage.read(entry, by=me().actor, now=now_ms())
    looked("viewed", case_id=found.case_file, detail=f"gangguan:{entry}")
    mine = found.entered_by == me().actor.person_id and found.state == "draf"
    may_confirm = outage.may_confirm(me().actor, me().organisation_id, now_ms()) and not mine
    html = render_template(
        "outage/entry.html",
        section="kasus",
        entry=found,
        mine=mine,
        decides=may_confirm and found.state == "menunggu" and found.entered_by != me().actor.person_id,
        people={key: questions.name_of(key) for key in _people(found)},
        refused=refused,
        problems=problems or {},
        typed=typed or {},
        **_steps(found, typed or {}, refused if mine else None, mine=mine),
    )
    return make_response(html, status)


def _people(found: BackEntry) -> set[int]:
    return {
        found.entered_by,
        *(step.person for step in found.told.steps),
        *([found.decided_by] if found.decided_by else []),
    }


def _steps(found: BackEntry, typed: Mapping[str, Any], refused: StepRefused | None, *, mine: bool) -> dict[str, Any]:
    """The steps told, by name; the tasks that would wait next; the form of the one that is being entered."""
    release = releases.current(found.organisation, found.told.process, found.told.received_ms)
    names = {name: element.name for name, element in release.diagram.elements.items()}
    facts: dict[str, Any] = {"names": names, "answers": [_answers(release.screens, step) for step in found.told.steps]}
    if not mine:
        return {**facts, "waiting": [], "chosen": None, "form": None, "holders": []}
    try:
        waiting = outage.following(found)[1]
    except StepRefused as broken:
        return {**facts, "waiting": [], "chosen": None, "form": None, "holders": [], "refused": broken}
    wanted = typed.get("tugas", "") or request.args.get("tugas", "")
    chosen = next((one for one in waiting if f"{one.element}:{one.part}" == wanted), waiting[0] if waiting else None)
    if chosen is None:
        return {**facts, "waiting": [], "chosen": None, "form": None, "holders": []}
    screen = release.screens.get(chosen.form)
    lists = spoken.lists(told.lists_of(release, found.organisation))
    form = (
        spoken.screen(screen).bind(
            typed or None,
            lists,
            problems=refused.problems if refused else None,
            initial={**release.diagram.initial, "perihal": found.told.report.subject},
        )
        if screen
        else None
    )
    return {**facts, "waiting": waiting, "chosen": chosen, "form": form, "holders": questions.holders(chosen.office)}


def _answers(screens: Mapping[str, Screen], step: Step) -> list[tuple[str, str]]:
    """What was filled in at a step, by label."""
    labels = {name: asked.label for screen in screens.values() for name, asked in screen.fields.items()}
    given = (
        (name, ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in step.answers.items()
    )
    return [(language.say(labels[name]), language.nice(value)) for name, value in given if name in labels and value]


@bp.post("/gangguan/catatan/<int:entry>/langkah")
def add_step(entry: int) -> Response:
    """One more step; what cannot have been is said at its place, everything typed is kept."""
    _may()
    typed: dict[str, Any] = {k: (v if len(v) > 1 else v[0]) for k, v in request.form.lists() if k != "csrf_token"}
    element, _colon, part = str(typed.get("tugas", "")).partition(":")
    opened, done = _instant(str(typed.get("dibuka", ""))), _instant(str(typed.get("selesai", "")))
    person = str(typed.get("oleh", ""))
    problems = {
        name: [_("Tulis tanggal dan jamnya.")] for name, at in (("dibuka", opened), ("selesai", done)) if at is None
    }
    if not _number(person):
        problems["oleh"] = [_("Pilih siapa yang mengerjakannya.")]
    if problems or opened is None or done is None:
        return _entry(entry, typed=typed, problems=problems, status=422)
    own = ("tugas", "dibuka", "selesai", "oleh")
    step = Step(element, part, _number(person), opened, done, {k: v for k, v in typed.items() if k not in own})
    try:
        outage.add_step(entry, step, by=me().actor, now=now_ms())
    except StepRefused as refused:
        return _entry(entry, typed=typed, refused=refused, status=422)
    flash(_("Langkah dicatat."))
    return redirect(url_for(".entry", entry=entry), 303)


@bp.post("/gangguan/catatan/<int:entry>/hapus-langkah")
def drop_step(entry: int) -> Response:
    """Takes the last step back."""
    outage.drop_step(entry, by=me().actor, now=now_ms())
    return redirect(url_for(".entry", entry=entry), 303)


@bp.post("/gangguan/catatan/<int:entry>/ajukan")
def propose(entry: int) -> Response:
    """Asks the second person."""
    outage.propose(entry, by=me().actor, now=now_ms())
    flash(_("Diajukan. Berlaku sesudah Kasubag atau jabatan di atasnya mengesahkan."))
    return redirect(url_for(".entry", entry=entry), 303)


@bp.post("/gangguan/catatan/<int:entry>/putusan")
def decide(entry: int) -> Response:
    """The second person puts it in force, or sends it away."""
    _may()
    try:
        if request.form.get("putusan") != "sah":
            outage.refuse(entry, request.form.get("alasan", ""), by=me().actor, now=now_ms())
            flash(_("Catatan ditolak; yang mencatat dapat membuatnya lagi."))
            return redirect(url_for(".index"), 303)
        case = outage.confirm(entry, by=me().actor, now=now_ms())
    except FormInvalid as refused:
        return _entry(entry, problems=_said(refused.problems), status=422)
    except StepRefused as broken:
        return _entry(entry, refused=broken, status=422)
    flash(_("Disahkan. Semua langkah berlaku pada waktu yang tertulis, dengan tanda dicatat kemudian."))
    return redirect(f"/kasus/{case}", 303)
