"""`disposisi report`: what the law has reported upwards, as PDF or as figures."""

import argparse
import json
import re
from pathlib import Path
from typing import Any

from db.queries import offices
from engine import access
from engine.access import Look
from engine.commands import recaps
from engine.errors import NotFound
from engine.recaps import recap
from webui import clock
from webui.cli.home import BAD_USAGE, FINE, REFUSED, at_home, command, complain, organisation
from webui.config import Config

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Adds `report monthly`."""
    parser = commands.add_parser("report")
    actions = parser.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    monthly = actions.add_parser(
        "monthly",
        help="rekapitulasi hasil penanganan pengaduan satu bulan",
        description="Rekap yang sudah ditandatangani selalu tercetak sama; yang belum, ditandai SEMENTARA.",
        epilog="Kode keluar: 0 tercetak; 1 tidak ada; 2 cara memakai perintah salah.",
    )
    whose = monthly.add_mutually_exclusive_group(required=True)
    whose.add_argument("--unit", metavar="CODE", help="rekap satu SKPD/UPT, misalnya dkp")
    whose.add_argument("--organisation", metavar="CODE", help="rekap seluruh instansi, misalnya kota_mojokerto")
    monthly.add_argument("--month", required=True, type=_month, metavar="YYYY-MM", help="bulan yang dilaporkan")
    monthly.add_argument("-o", "--output", metavar="FILE.pdf", help="berkas tujuan")
    monthly.add_argument("--json", action="store_true", help="keluarkan angkanya sebagai JSON")
    monthly.set_defaults(handler=run)
    return parser


def _month(text: str) -> str:
    if not MONTH.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} bukan bulan; tulis seperti 2026-03")
    return text


@command
def run(args: argparse.Namespace) -> int:
    """Prints a recap, or its figures; says in one sentence what is missing."""
    if not args.output and not args.json:
        return complain("report", "sebutkan -o FILE.pdf, atau --json untuk angkanya.", BAD_USAGE)
    with at_home() as config:
        try:
            return _print(args, config)
        except NotFound as missing:
            return complain("report", _sentence(missing), REFUSED)
        except OSError as problem:
            return complain("report", f"{args.output} tidak dapat ditulis: {problem.strerror}.", BAD_USAGE)


def _print(args: argparse.Namespace, config: Config) -> int:
    now, owner = clock.real(), _owner(args)
    if owner is None:
        return BAD_USAGE
    report = recap.reporting(owner, now)
    if recap.span(report, args.month).from_ms > now:
        return complain("report", f"bulan {args.month} belum dimulai.", REFUSED)
    facts = recap.read(report, args.unit or recap.WHOLE, args.month) | {"now_ms": now}
    if args.output:
        Path(args.output).write_bytes(recaps.sheet(facts, config.base_url))
        access.note([Look(now, None, owner, None, "printed", f"rekap {args.unit or ''} {args.month}")])
    print(json.dumps(_told(facts, args.output)) if args.json else f"Tercetak ke {args.output}.")
    return FINE


def _owner(args: argparse.Namespace) -> int | None:
    """The organisation asked for, or that of the unit; raises NotFound."""
    if args.unit:
        found = offices.unit(args.unit)
        if found is None:
            raise NotFound("unit", args.unit)
        return found[0]
    return organisation(args.organisation)


def _told(facts: dict[str, Any], output: str | None) -> dict[str, Any]:
    names = ("organisation", "unit", "unit_name", "month", "figures", "units", "due_ms", "closed_ms", "signers")
    told = {name: facts[name] for name in names}
    return {"file": output, "provisional": facts["closed_ms"] is None, **told}


def _sentence(missing: NotFound) -> str:
    words = {
        "unit": f"tidak ada SKPD/UPT berkode {missing.key} yang wajib melapor.",
        "recap": "instansi ini tidak mempunyai laporan bulanan.",
        "organisation": f"tidak ada instansi berkode {missing.key}.",
    }
    return words.get(missing.what, f"tidak ada {missing.what} {missing.key}.")
