"""`disposisi journal export`: the journal of cases as CSV, XES or OCEL, written as it is read."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from typing import IO

from db.queries import papers
from db.queries.events import Wanted
from engine import access
from engine.access import Look
from webui import clock
from webui.cli.home import BAD_USAGE, FINE, at_home, command, complain, organisation
from webui.trouble import why

FORMATS = ("csv", "ocel", "xes")
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)


def register(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `export` to `journal`."""
    parser = actions.add_parser(
        "export",
        help="tulis jurnal laporan untuk program lain",
        description="Menulis catatan jurnal tiap laporan, tanpa data pribadi pelapor. Pengeksporan dicatat.",
        epilog="Kode keluar: 0 tertulis; 2 cara memakai perintah salah.",
    )
    parser.add_argument("--format", required=True, choices=FORMATS, help="csv, xes (IEEE 1849), ocel (2.0)")
    parser.add_argument("--from", dest="first", type=_day, default=FIRST, metavar="YYYY-MM-DD", help="sejak tanggal")
    parser.add_argument("--to", dest="last", type=_day, default=LAST, metavar="YYYY-MM-DD", help="sampai tanggal")
    parser.add_argument("--process", default="", metavar="PROCESS", help="satu proses saja")
    parser.add_argument("--organisation", metavar="CODE", help="bila ada lebih dari satu instansi")
    parser.add_argument("--names", action="store_true", help="sertakan nama pejabat, bukan hanya nomornya")
    parser.add_argument("-o", "--output", metavar="FILE", help="ke berkas; tanpanya ke layar")
    parser.add_argument("--json", action="store_true", help="sesudah menulis berkas, keluarkan JSON saja")
    parser.set_defaults(handler=export)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} bukan tanggal; tulis seperti 2026-04-10") from None


@command
def export(args: argparse.Namespace) -> int:
    """Writes the file; its memory does not grow with the journal."""
    if args.last < args.first:
        return complain("journal export", "--to mendahului --from.", BAD_USAGE)
    with at_home():
        chosen = organisation(args.organisation)
        if chosen is None:
            return BAD_USAGE
        try:
            size = _write(args.output, _text(args, chosen))
        except OSError as problem:
            return complain("journal export", f"{args.output} tidak dapat ditulis: {why(problem)}.", BAD_USAGE)
        detail = f"{args.format} {args.first} {args.last}"
        access.note([Look(clock.real(), None, chosen, None, "exported", detail)])
    if args.output:
        told = {"file": args.output, "format": args.format, "characters": size}
        print(json.dumps(told) if args.json else f"Tertulis ke {args.output} ({size} huruf).")
    return FINE


def _text(args: argparse.Namespace, chosen: int) -> Iterator[str]:
    from webui import periods  # here: shared with the pages, and `journal verify` needs none of them
    from webui.audit import exports

    zone = papers.organisation(chosen)[1]
    until = periods.starts(args.last + timedelta(days=1), zone)
    wanted = Wanted(chosen, periods.starts(args.first, zone), until, args.process)
    return exports.FORMATS[args.format].text(wanted, args.names)


def _write(name: str | None, pieces: Iterator[str]) -> int:
    """Writes the pieces; gives how many characters they had."""
    with ExitStack() as held:
        file: IO[str] = held.enter_context(open(name, "w", encoding="utf-8", newline="")) if name else sys.stdout
        return sum(file.write(piece) for piece in pieces)
