"""`disposisi sheet`: the office's papers from a terminal, written to a file."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from db.queries import papers
from db.queries import recaps as questions
from engine import access
from engine.access import Look
from engine.commands import printing, recaps
from engine.errors import NotFound
from engine.papers import archive, books, expedition
from engine.recaps import recap
from webui import clock
from webui.cli.home import BAD_USAGE, FINE, REFUSED, Usage, at_home, command, complain

BOOK, EXPEDITION, POSTER = "buku-agenda", "buku-ekspedisi", "poster"
ARCHIVE = "daftar-arsip"
RECAP = "rekap"
KINDS = (*printing.KINDS, BOOK, EXPEDITION, ARCHIVE, POSTER, RECAP)


class _Refused(Exception):
    """There is no such paper."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Adds `sheet`."""
    parser = commands.add_parser(
        "sheet",
        description=f"Jenis (KIND): {', '.join(KINDS)}.",
        epilog="Kode keluar: 0 tercetak; 1 tidak ada; 2 cara memakai perintah salah.",
    )
    parser.add_argument("kind", metavar="KIND", help="jenis kertas")
    parser.add_argument("number", metavar="NUMBER", nargs="?", help="nomor laporan, misalnya 0001/SIAPMAS/2026")
    parser.add_argument("--book", metavar="CODE", help=f"buku yang dicetak ({BOOK}), misalnya setwan")
    parser.add_argument("--year", metavar="YYYY", type=int, help="tahun buku")
    parser.add_argument("--unit", metavar="CODE", default="", help="alat kelengkapan, misalnya komisi_1")
    parser.add_argument("--organisation", metavar="CODE", help="instansi, bila pemasangan ini melayani lebih dari satu")
    parser.add_argument("-o", "--output", metavar="FILE.pdf", required=True, help="berkas tujuan")
    parser.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    parser.set_defaults(handler=run)
    return parser


@command
def run(args: argparse.Namespace) -> int:
    """Prints one paper; says what is missing in one sentence."""
    try:
        draw = _wanted(args)
        with at_home() as config:
            content = draw(config.base_url)
        Path(args.output).write_bytes(content)
    except Usage as problem:
        return complain("sheet", problem, BAD_USAGE)
    except OSError as problem:
        return complain("sheet", f"{args.output} tidak dapat ditulis: {problem.strerror}.", BAD_USAGE)
    except _Refused as problem:
        return complain("sheet", problem, REFUSED)
    except NotFound as missing:
        return complain("sheet", _sentence(missing), REFUSED)
    told = {"file": str(args.output), "kind": args.kind, "bytes": len(content)}
    print(json.dumps(told) if args.json else f"Tercetak ke {args.output} ({len(content)} bita).")
    return FINE


def _sentence(missing: NotFound) -> str:
    words = {
        "unit": "Laporan ini tidak (atau tidak hanya) ditangani satu alat kelengkapan; pilih dengan --unit CODE.",
        "answer": "Belum ada jawaban yang disetujui.",
        "book": f"Tidak ada buku {missing.key}.",
        "process": f"Instansi ini tidak menjalankan {missing.key}.",
    }
    return words.get(missing.what, f"Tidak ada {missing.what} {missing.key}.")


Draw = Callable[[str], bytes]


def _wanted(args: argparse.Namespace) -> Draw:
    """What is to be drawn, once this installation is open; raises Usage."""
    if args.kind not in KINDS:
        raise Usage(f"Jenis “{args.kind}” tidak dikenal; pilih salah satu: {', '.join(KINDS)}.")
    if args.kind == BOOK:
        return _book(args)
    if args.kind in _OF_A_YEAR:
        return _of_a_year(args)
    if args.kind == POSTER:
        return lambda base_url: printing.poster_of(_organisation(args.organisation), base_url)
    if not args.number:
        raise Usage(f"“{args.kind}” memerlukan nomor laporan.")
    if args.kind == RECAP:
        return lambda base_url: _recap(args, base_url)
    return lambda base_url: _of_case(args, base_url)


def _of_case(args: argparse.Namespace, base_url: str) -> bytes:
    case_id, now = papers.case_numbered(args.number), clock.real()
    if case_id is None:
        raise _Refused(f"Tidak ada laporan bernomor {args.number}.")
    content = printing.case_paper(args.kind, case_id, unit=args.unit, base_url=base_url, now=now)
    access.note([Look(now, None, None, case_id, "printed", f"{args.kind} {args.unit}".strip())])
    return content


def _recap(args: argparse.Namespace, base_url: str) -> bytes:
    """The recap that a case of the monthly report makes: of one unit, or without `--unit` of the whole."""
    case_id, now = papers.case_numbered(args.number), clock.real()
    kept = None if case_id is None else questions.of_case(case_id, args.unit)
    if kept is None:
        raise _Refused(f"Tidak ada rekap bernomor {args.number}" + (f" untuk {args.unit}." if args.unit else "."))
    facts = recap.read(recap.reporting(kept.organisation_id, now), kept.unit, kept.month) | {"now_ms": now}
    access.note([Look(now, None, None, case_id, "printed", f"rekap {args.unit}".strip())])
    return recaps.sheet(facts, base_url)


def _book(args: argparse.Namespace) -> Draw:
    if not args.book or not args.year:
        raise Usage(f"“{BOOK}” memerlukan --book CODE dan --year YYYY.")

    def draw(_base_url: str) -> bytes:
        organisation, now = _keeper(args.book, args.organisation), clock.real()
        content = printing.book(printing.Printer(organisation), args.book, args.year, now=now)
        access.note([Look(now, None, organisation, None, "printed", f"{BOOK} {args.book} {args.year}")])
        return content

    return draw


_OF_A_YEAR = {EXPEDITION: expedition.draw, ARCHIVE: archive.of_year}


def _of_a_year(args: argparse.Namespace) -> Draw:
    if not args.year:
        raise Usage(f"“{args.kind}” memerlukan --year YYYY.")

    def draw(_base_url: str) -> bytes:
        organisation, now = _organisation(args.organisation), clock.real()
        content = _OF_A_YEAR[args.kind](organisation, args.year, printed_by="", now=now)
        access.note([Look(now, None, organisation, None, "printed", f"{args.kind} {args.year}")])
        return content

    return draw


def _keeper(book: str, code: str | None) -> int:
    """The organisation that keeps this book."""
    if code is not None:
        return _organisation(code)
    keepers = [found for found in papers.organisations().values() if book in books.titles(found)]
    if len(keepers) != 1:
        raise _Refused(f"{'Tidak ada' if not keepers else 'Lebih dari satu'} buku {book}; pilih --organisation CODE.")
    return keepers[0]


def _organisation(code: str | None) -> int:
    known = papers.organisations()
    if code is None and known:
        return next(iter(known.values()))
    if code not in known:
        raise _Refused(f"Tidak ada instansi {code or ''}.".replace(" .", "."))
    return known[code]
