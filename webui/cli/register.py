"""`disposisi register import`: the population register, of which only keyed hashes are kept."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from db.queries import entries as questions
from engine.commands import population
from engine.commands.population import Tally
from engine.offices import intakes
from webui import clock
from webui.cli.home import FINE, REFUSED, Usage, taking_in


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `register`."""
    registers = commands.add_parser("register")
    actions = registers.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    parser = actions.add_parser(
        "import",
        help="impor data kependudukan (CSV dengan kolom nik dan nama_ibu), menggantikan yang lama",
        description="Mengimpor data kependudukan dari CSV (UTF-8 atau Windows-1252/Latin-1; koma, titik koma atau tab) "
        "dengan kolom nik dan nama_ibu; kolom lain diabaikan. Yang disimpan hanya sidik berkunci (HMAC) dari NIK, dan "
        "dari NIK bersama nama ibu: isinya tidak dapat dibaca kembali. Data yang lama tetap berlaku sampai impor "
        "selesai, lalu diganti sekaligus. Dari NIK yang berulang dihitung yang pertama; baris keliru ditinggalkan.",
        epilog="Kode keluar: 0 baik; 1 ada baris yang keliru atau berkas ditolak; 2 cara memakai perintah salah.",
    )
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--organisation", metavar="CODE", help="instansi, bila pemasangan ini melayani lebih dari satu")
    parser.add_argument("--as", dest="as_user", metavar="NAMA", help="akun yang dicatat sebagai pengimpor")
    parser.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    parser.set_defaults(handler=run)


@taking_in("register import")
def run(args: argparse.Namespace) -> int:
    """Imports the register; progress goes to stderr, the outcome to stdout."""
    begun = time.monotonic()
    tally = population.import_register(
        lambda: args.file.open("rb"),
        _organisation(args.organisation),
        clock=clock.real,
        person=_person(args.as_user),
        progress=_bar(),
    )
    _tell(args, tally, time.monotonic() - begun)
    return REFUSED if tally.flawed else FINE


def _organisation(code: str | None) -> int:
    """The organisation named, else the one whose form asks for a NIK."""
    known = {door.organisation: door.organisation_id for door in intakes.doors() if door.plan.asks_nik}
    if code is not None and code not in known:
        raise Usage(f"Tidak ada layanan yang meminta NIK pada instansi “{code}”.")
    if code is None and len(known) != 1:
        several = f"pilih dengan --organisation ({', '.join(sorted(known))})" if known else "terbitkan dahulu prosesnya"
        raise Usage(f"Instansi yang dimaksud tidak jelas; {several}.")
    return known[code] if code is not None else next(iter(known.values()))


def _person(username: str | None) -> int | None:
    """In whose name it is imported; nobody's where none is named."""
    found = questions.importer(username) if username else None
    if username and found is None:
        raise Usage("Akun itu tidak ada; pilih akun yang mengimpor dengan --as NAMA.")
    return None if found is None else int(found[1])


def _bar() -> Any:
    def progress(tally: Tally) -> None:
        print(f"\rmengimpor {tally.read} baris", end="", file=sys.stderr, flush=True)

    return progress


def _tell(args: argparse.Namespace, tally: Tally, seconds: float) -> None:
    print(file=sys.stderr)
    if args.json:
        rows = [{"row": row, "message": sentence} for row, sentence in tally.flaws]
        counts = {"rows": tally.read, "people": tally.people, "duplicates": tally.duplicates, "flawed": tally.flawed}
        counts["before"] = tally.before
        print(json.dumps({**counts, "problems": rows, "seconds": round(seconds, 2)}, ensure_ascii=False))
        return
    for row, sentence in tally.flaws[:20]:
        print(f"Baris {row}: {sentence}")
    if tally.flawed > 20:
        print("… dan baris keliru lainnya; --json memuat seratus yang pertama.")
    counts_told = f"{tally.people} orang berlaku, {tally.duplicates} NIK berulang, {tally.flawed} baris keliru"
    print(f"{tally.read} baris: {counts_told}; {seconds:.1f} detik.")
    if 2 * tally.people < tally.before:
        print(f"Perhatian: register yang diganti berisi {tally.before} orang. Bila berkas ini bukan seluruhnya,")
        print("impor segera berkas yang lengkap: yang tidak termuat kini dianggap tidak terdaftar.")
