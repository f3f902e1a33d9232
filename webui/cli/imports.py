"""`disposisi case import`: an old list of reports (CSV or XLSX) becomes cases; checked first, nothing comes twice."""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from db.queries import entries as questions
from engine.commands import importing
from engine.commands.importing import END_STATES, Tally, Terms
from engine.imports import kept
from engine.imports.columns import LABELS
from engine.imports.identified import asked
from engine.imports.limits import ROWS
from engine.imports.lines import Flaw
from engine.imports.source import Source, source
from engine.offices import intakes
from engine.offices.people import Actor
from webui import clock
from webui.cli.home import FINE, REFUSED, Usage, taking_in

SHOWN = 50
"""Flaws printed to a terminal; `--json` has all that are kept."""
KEPT = 1_000


def register(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `case import`."""
    parser = actions.add_parser(
        "import",
        help="impor daftar lama (CSV atau XLSX), misalnya ekspor formulir G-Drive",
        description="Mengimpor daftar laporan lama: CSV (UTF-8 atau Windows-1252, koma atau titik koma) atau XLSX. "
        f"Kolom dikenali dari judulnya: {', '.join(LABELS.values())}. Baris yang sudah pernah diimpor dikenali dan "
        f"dilewati; baris yang keliru ditinggalkan dan disebutkan. Paling banyak {ROWS} baris sekali impor.",
        epilog="Kode keluar: 0 baik; 1 ada baris yang keliru atau berkas ditolak; 2 cara memakai perintah salah.",
    )
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="periksa saja, tanpa mengimpor")
    parser.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    parser.add_argument("--organisation", metavar="CODE", help="instansi, bila pemasangan ini melayani lebih dari satu")
    parser.add_argument("--process", metavar="PROSES", help="layanan, misalnya siapmas (bawaan: yang pertama)")
    parser.add_argument(
        "--state",
        choices=END_STATES,
        default=importing.ARCHIVE,
        help="arsip: riwayat yang sudah selesai, tanpa tugas (bawaan); baru: mulai diproses seperti laporan hari ini",
    )
    parser.add_argument(
        "--map",
        metavar="ISIAN=JUDUL",
        action="append",
        default=[],
        help=f"kolom berjudul lain, misalnya kronologi='Isi surat'; isian: {', '.join(LABELS)}",
    )
    parser.add_argument("--as", dest="as_user", metavar="NAMA", help="akun yang dicatat sebagai pengimpor")
    parser.set_defaults(handler=run)


@taking_in("case import")
def run(args: argparse.Namespace) -> int:
    """Checks or imports the list; progress goes to stderr, the outcome to stdout."""
    door, begun = _door(args), time.monotonic()
    opened = source(
        kept.of_path(args.file),
        said=dict(_pairs(args.map)),
        zone=door.timezone,
        organisation=door.organisation,
        now=clock.real(),
        asked=asked(door),
    )
    flaws: list[Flaw] = []
    tally = importing.check(opened, flawed=lambda more: _keep(flaws, more), progress=_bar("memeriksa"))
    if not args.dry_run:
        terms = Terms(door.organisation_id, door.organisation, door.process, _actor(args.as_user), args.state)
        tally = importing.import_all(opened, terms, clock=clock.real, progress=_bar("mengimpor"))
        importing.told(terms, tally, now=clock.real())
    print("", file=sys.stderr)
    _tell(args, opened, tally, flaws, time.monotonic() - begun)
    return REFUSED if tally.bad else FINE


def _door(args: argparse.Namespace) -> intakes.Door:
    doors = [d for d in intakes.doors() if args.organisation in (None, d.organisation)]
    doors = [d for d in doors if args.process in (None, d.process)]
    if not doors:
        raise Usage("Tidak ada layanan dengan formulir publik untuk instansi dan proses itu.")
    if len({d.organisation for d in doors}) > 1:
        codes = ", ".join(sorted({d.organisation for d in doors}))
        raise Usage(f"Pemasangan ini melayani beberapa instansi; pilih dengan --organisation ({codes}).")
    return doors[0]


def _pairs(wanted: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text in wanted:
        field, mark, header = text.partition("=")
        if not mark or not header.strip():
            raise Usage(f"--map {text!r}: tulislah ISIAN=JUDUL, misalnya kronologi='Isi surat'.")
        yield field.strip(), header.strip()


def _actor(username: str | None) -> Actor:
    """In whose name it is imported: the account named, else the first administrator."""
    found = questions.importer(username)
    if found is None:
        raise Usage("Akun itu tidak ada; pilih akun yang mengimpor dengan --as NAMA.")
    return Actor(*found)


def _keep(flaws: list[Flaw], more: Sequence[Flaw]) -> None:
    flaws.extend(more[: max(0, KEPT - len(flaws))])


def _bar(doing: str) -> Any:
    def progress(tally: Tally) -> None:
        print(f"\r{doing} {tally.read}/{tally.total} baris", end="", file=sys.stderr, flush=True)

    return progress


def _tell(args: argparse.Namespace, opened: Source, tally: Tally, flaws: list[Flaw], seconds: float) -> None:
    if args.json:
        print(json.dumps(_facts(args, opened, tally, flaws, seconds), ensure_ascii=False))
        return
    for flaw in flaws[:SHOWN]:
        print(written(opened, flaw))
    if tally.bad > SHOWN:
        print(f"… dan baris keliru lainnya; --json memuat {KEPT} yang pertama.")
    for header in opened.columns.unknown:
        print(f"Kolom “{header}” tidak diimpor; tunjuk dengan --map bila perlu.")
    verb = "akan diimpor" if args.dry_run else "diimpor"
    count = tally.good if args.dry_run else tally.done
    print(f"{tally.total} baris: {count} {verb}, {tally.known} sudah pernah, {tally.bad} keliru.")


def written(opened: Source, flaw: Flaw) -> str:
    """As "Baris 17, kolom Email: Ini bukan alamat surel.…"."""
    column = f", kolom {opened.columns.header(flaw.field)}" if flaw.field else ""
    return f"Baris {flaw.line}{column}: {flaw.objection.sentence}"


def _facts(args: argparse.Namespace, opened: Source, tally: Tally, flaws: list[Flaw], seconds: float) -> dict[str, Any]:
    return {
        "dry_run": args.dry_run,
        "state": args.state,
        **{name: getattr(tally, name) for name in ("total", "good", "bad", "known", "done")},
        "columns": {field: opened.columns.headers[place] for field, place in opened.columns.places.items()},
        "unknown_columns": list(opened.columns.unknown),
        "flaws": [
            {"row": f.line, "column": f.field, "code": f.objection.code, "message": written(opened, f)} for f in flaws
        ],
        "seconds": round(seconds, 2),
    }
