"""`disposisi organisation`: another government body in the same installation, strictly apart from the others."""

import argparse
import json
import sys

from db.queries import offices
from engine.commands import organisations
from engine.errors import FormInvalid
from webui import clock
from webui.cli.home import FINE, REFUSED, at_home, command


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `organisation add` and `organisation list`."""
    top = commands.add_parser("organisation")
    actions = top.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    adding = actions.add_parser(
        "add",
        help="tambah instansi, dengan satu administrator",
        description="Membuat instansi kosong dengan kalender bawaan; unit, jabatan, orang, dan proses diisi kemudian.",
        epilog="Kode keluar: 0 dibuat; 1 ditolak; 2 cara memakai perintah salah.",
    )
    adding.add_argument("code", metavar="KODE", help="huruf kecil, angka, garis bawah; misalnya kota_mojokerto")
    adding.add_argument("--name", required=True, metavar="NAMA")
    adding.add_argument("--timezone", default="Asia/Jakarta", metavar="ZONA")
    adding.add_argument(
        "--admin", required=True, metavar="NAMA_PENGGUNA", help="administratornya, dengan tautan sekali"
    )
    adding.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    adding.set_defaults(handler=add)
    listing = actions.add_parser("list", help="daftar instansi")
    listing.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    listing.set_defaults(handler=show)


@command
def add(args: argparse.Namespace) -> int:
    """Founds it with its own administrator, who belongs to no other."""
    with at_home() as config:
        try:
            link = organisations.add_organisation(
                args.code, args.name, args.timezone, admin=args.admin, now=clock.real()
            )
        except FormInvalid as refused:
            print(" ".join(o.sentence for found in refused.problems.values() for o in found), file=sys.stderr)
            return REFUSED
        address = f"{config.base_url}/masuk/sekali/{link}"
    told = {"code": args.code, "name": args.name.strip(), "admin": args.admin, "link": address}
    words = f"{told['name']} dibuat. Kata sandi untuk {args.admin}, sekali, dalam tujuh hari: {address}"
    print(json.dumps(told, ensure_ascii=False) if args.json else words)
    return FINE


@command
def show(args: argparse.Namespace) -> int:
    """Every organisation with its code."""
    with at_home():
        known = [{"code": code, "name": name} for _number, code, name in offices.organisations()]
    if args.json:
        print(json.dumps({"organisations": known}, ensure_ascii=False))
    for one in [] if args.json else known:
        print(f"{one['code']:32} {one['name']}")
    return FINE
