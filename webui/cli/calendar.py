"""`disposisi calendar`: the office's working time, taken out, put in force, read."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from db.queries import admin
from engine.clocks.calendar_rules import WEEKDAYS, CalendarInvalid
from engine.commands import calendars
from forms import dates
from webui import clock
from webui.cli.home import BAD_USAGE, FINE, REFUSED, at_home, command, organisation


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `calendar`."""
    actions = commands.add_parser("calendar").add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    out = actions.add_parser("export", help="tulis kalender sebagai JSON")
    out.add_argument("-o", "--output", metavar="FILE", help="ke berkas; tanpanya ke layar")
    out.set_defaults(handler=export)
    taken = actions.add_parser(
        "import",
        help="berlakukan kalender dari berkas JSON",
        description="Memberlakukan kalender dan menghitung ulang semua batas waktu yang masih terbuka; jurnal menyimpan"
        " yang lama.",
    )
    taken.add_argument("file", metavar="FILE")
    taken.set_defaults(handler=take)
    shown = actions.add_parser("show", help="jam kerja, masa khusus, dan hari libur, untuk dibaca")
    shown.add_argument("--year", type=int, metavar="TAHUN", help="hari libur tahun ini saja")
    shown.set_defaults(handler=show)
    for parser in (out, taken, shown):
        parser.add_argument("--unit", metavar="KODE", help="kalender unit ini, bila ia punya sendiri")
        parser.add_argument("--organisation", metavar="KODE", help="bila ada lebih dari satu instansi")
        parser.add_argument("--json", action="store_true", help="keluarkan JSON saja")


def _whose(args: argparse.Namespace) -> tuple[int, int | None] | int:
    """Organisation and unit the command is about, or the exit code where that cannot be told."""
    chosen = organisation(args.organisation)
    if chosen is None:
        return BAD_USAGE
    unit = admin.unit_id(chosen, args.unit) if args.unit else None
    if args.unit and unit is None:
        print(f"Unit {args.unit!r} tidak ada.", file=sys.stderr)
        return REFUSED
    return chosen, unit


def _body(args: argparse.Namespace) -> dict[str, Any] | int:
    """The calendar asked for: the unit's own, else that of its organisation."""
    with at_home():
        whose = _whose(args)
        if isinstance(whose, int):
            return whose
        chosen, unit = whose
        text = admin.calendar_body(chosen, unit) or admin.calendar_body(chosen, None)
    found: dict[str, Any] = orjson.loads(text or "{}")
    return found


@command
def export(args: argparse.Namespace) -> int:
    """The calendar as `import` takes it."""
    body = _body(args)
    if isinstance(body, int):
        return body
    text = json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    if args.output is None:
        sys.stdout.write(text)
        return FINE
    try:
        Path(args.output).write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"{args.output}: {error.strerror}", file=sys.stderr)
        return BAD_USAGE
    return FINE


@command
def take(args: argparse.Namespace) -> int:
    """Puts a calendar in force; says everything that is wrong with it, or how much it moved."""
    body = _read(args.file)
    if isinstance(body, int):
        return body
    with at_home():
        whose = _whose(args)
        if isinstance(whose, int):
            return whose
        try:
            done = calendars.change_calendar(*whose, body, person=None, now=clock.real())
        except CalendarInvalid as invalid:
            print("\n  ".join([f"Kalender {args.file} ditolak:", *invalid.problems]), file=sys.stderr)
            return REFUSED
    facts = {"changed": not done.same, "tasks": done.tasks, "timers": done.timers, "cases": done.cases}
    moved = f"Kalender berlaku. Dihitung ulang: {done.tasks} tugas, {done.timers} pengatur waktu, {done.cases} kasus."
    print(
        json.dumps(facts)
        if args.json
        else "Kalender ini sudah berlaku; tidak ada yang berubah."
        if done.same
        else moved
    )
    return FINE


def _read(name: str) -> dict[str, Any] | int:
    try:
        found = orjson.loads(Path(name).read_bytes())
    except OSError as error:
        print(f"{name}: {error.strerror}", file=sys.stderr)
        return BAD_USAGE
    except orjson.JSONDecodeError as problem:
        print(f"{name} bukan JSON: baris {problem.lineno}, kolom {problem.colno}.", file=sys.stderr)
        return REFUSED
    if not isinstance(found, dict):
        print(f"{name}: kalender harus berupa objek JSON.", file=sys.stderr)
        return REFUSED
    return found


@command
def show(args: argparse.Namespace) -> int:
    """The calendar for people: the week, special periods, days off."""
    body = _body(args)
    if isinstance(body, int):
        return body
    if args.json:
        print(json.dumps(body, ensure_ascii=False))
        return FINE
    print(f"Zona waktu {body['timezone']}")
    _print_week(body["week"], "")
    for period in body.get("periods", []):
        print(f"{dates.written(period['from'])} sampai {dates.written(period['to'])}: {period.get('name', '')}")
        _print_week(period["week"], "  ")
    year = str(args.year or dates.date_of(clock.real(), body["timezone"]).year)
    days = [_holiday(day) for day in body.get("holidays", [])]
    shown = [(day, name) for day, name in days if day.startswith(year)]
    print(f"Hari libur {year}: {len(shown)}")
    for day, name in shown:
        print(f"  {dates.DAYS[date.fromisoformat(day).weekday()]}, {dates.written(day)}  {name}")
    return FINE


def _print_week(week: dict[str, Any], indent: str) -> None:
    for key, name in zip(WEEKDAYS, dates.DAYS, strict=True):
        hours = ", ".join(f"{a}–{b}".replace(":", ".") for a, b in week.get(key, []))
        print(f"{indent}{name:7} {hours or 'tutup'}")


def _holiday(row: Any) -> tuple[str, str]:
    return (row, "") if isinstance(row, str) else (row["date"], row.get("name", ""))
