"""`disposisi case`: the cases, for people and scripts."""

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

from db.queries import cases, register_of_cases
from webui import clock
from webui.cli import imports
from webui.cli.home import FINE, REFUSED, at_home, command

STATES = ("berjalan", "insiden", "selesai", "ditutup", "dicabut")


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `case list`, `case show` and `case import`."""
    case = commands.add_parser("case")
    actions = case.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    listing = actions.add_parser("list", help="daftar, yang terbaru dahulu")
    listing.add_argument("--process", metavar="PROSES")
    listing.add_argument("--state", choices=STATES)
    listing.add_argument("--after", type=int, default=0, metavar="N", help='lanjutkan dari "next" daftar sebelumnya')
    listing.add_argument("--limit", type=int, default=100)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(handler=show_all)
    showing = actions.add_parser("show", help="satu aduan dengan tugas-tugasnya")
    showing.add_argument("number", metavar="NOMOR")
    showing.add_argument("--json", action="store_true")
    showing.set_defaults(handler=show_one)
    imports.register(actions)


@command
def show_all(args: argparse.Namespace) -> int:
    """A page of cases; `next` continues, null at the end."""
    with at_home():
        found = register_of_cases.page(
            clock.real(), process=args.process, state=args.state, after=args.after, limit=args.limit
        )
    rows = [_row(case) for case in found]
    if args.json:
        following = found[-1].id if len(found) == args.limit else None
        print(json.dumps({"cases": rows, "next": following}, ensure_ascii=False))
    else:
        for row in rows:
            late = "terlambat" if row["late"] else ""
            print(f"{row['number']:22} {row['process']:10} {row['state']:9} {row['received']} {late}")
    return FINE


def _row(case: register_of_cases.Row) -> dict[str, Any]:
    return {
        "number": case.number,
        "process": case.process,
        "state": case.state,
        "received": iso(case.received_ms),
        "due": iso(case.due_ms),
        "late": case.late,
    }


@command
def show_one(args: argparse.Namespace) -> int:
    """One case by its number."""
    with at_home():
        found = register_of_cases.by_number(clock.real(), args.number)
        tasks = cases.tasks(found.id) if found else []
    if found is None:
        print(f"Tidak ada aduan bernomor {args.number}.", file=sys.stderr)
        return REFUSED
    told = _row(found) | {"tasks": [_task(task) for task in tasks]}
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"{told['number']}  {told['process']}  {told['state']}  {told['received']}")
        for task in told["tasks"]:
            print(f"  {task['state']:9} {task['element']:24} {task['office'] or 'pelapor'}")
    return FINE


def _task(task: cases.Task) -> dict[str, Any]:
    instants = {"offered": task.offered_ms, "started": task.started_ms, "due": task.due_ms, "done": task.done_ms}
    facts = {"element": task.element, "instance": task.instance, "office": task.office, "state": task.state}
    return facts | {name: iso(ms) for name, ms in instants.items()} | {"late": bool(task.late)}


def iso(ms: int | None) -> str | None:
    """ISO 8601 in UTC."""
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")
