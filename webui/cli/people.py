"""`disposisi user`: who may sign in."""

import argparse
import json
import sys
from dataclasses import asdict

from db.queries import offices
from engine.commands import hiring, sign_ins
from engine.errors import FormInvalid, NotFound
from engine.offices import accounts
from webui import clock
from webui.cli.home import BAD_USAGE, FINE, REFUSED, at_home, command
from webui.config import Config


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `user add`, `user link`, `user deactivate` and `user list`."""
    user = commands.add_parser("user")
    actions = user.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    adding = actions.add_parser("add", help="tambah orang dengan akun; kata sandi dibuat lewat tautan sekali pakai")
    adding.add_argument("username", metavar="NAMA_PENGGUNA")
    adding.add_argument("--name", required=True, help="nama lengkap")
    adding.add_argument(
        "--office", action="append", default=[], metavar="KODE", help="jabatan definitif, boleh berulang"
    )
    adding.add_argument("--power", action="append", default=[], choices=("admin", "auditor", "designer"))
    adding.add_argument("--organisation", metavar="KODE", help="bila ada lebih dari satu instansi")
    adding.set_defaults(handler=add)
    renewing = actions.add_parser("link", help="tautan sekali pakai untuk membuat kata sandi baru")
    renewing.add_argument("username", metavar="NAMA_PENGGUNA")
    renewing.set_defaults(handler=renew)
    closing = actions.add_parser(
        "deactivate", help="nonaktifkan akun; sesinya berakhir, administrator terakhir tidak bisa"
    )
    closing.add_argument("username", metavar="NAMA_PENGGUNA")
    closing.set_defaults(handler=deactivate)
    listing = actions.add_parser("list", help="daftar akun")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(handler=show)


@command
def add(args: argparse.Namespace) -> int:
    """A person with a sign-in, in one transaction."""
    with at_home() as config:
        known = {code: number for number, code, _name in offices.organisations()}
        code = args.organisation or (next(iter(known)) if len(known) == 1 else "")
        if code not in known:
            print(f"Sebutkan --organisation: {', '.join(known)}", file=sys.stderr)
            return BAD_USAGE
        if any(found.username == args.username.strip().lower() for found in offices.accounts(clock.real())):
            print(f"Nama pengguna {args.username} sudah dipakai.", file=sys.stderr)
            return REFUSED
        try:
            link = hiring.hire(
                known[code], args.name, username=args.username, offices=args.office, powers=args.power, now=clock.real()
            )
        except FormInvalid as refused:
            print(_said(refused), file=sys.stderr)
            return REFUSED
        _print_link(config, args.username, link)
    return FINE


@command
def renew(args: argparse.Namespace) -> int:
    """A new one-time link for someone who forgot; the old password works until it is used."""
    with at_home() as config:
        _print_link(config, args.username, accounts.one_time_link(args.username, now=clock.real()))
    return FINE


def _print_link(config: Config, username: str, link: str) -> None:
    print(f"{username}: {config.base_url}/masuk/sekali/{link}")


@command
def deactivate(args: argparse.Namespace) -> int:
    """Nobody signs in with it any more; refused for the last administrator of an organisation."""
    with at_home():
        try:
            sign_ins.close_from_terminal(args.username, now=clock.real())
        except FormInvalid as refused:
            print(_said(refused), file=sys.stderr)
            return REFUSED
        except NotFound:
            print(f"Tidak ada akun {args.username}.", file=sys.stderr)
            return REFUSED
    print(f"{args.username}: tidak aktif lagi.")
    return FINE


def _said(refused: FormInvalid) -> str:
    return " ".join(problem.sentence for found in refused.problems.values() for problem in found)


@command
def show(args: argparse.Namespace) -> int:
    """Every account and the offices behind it."""
    with at_home():
        found = offices.accounts(clock.real())
    if args.json:
        print(json.dumps({"users": [asdict(account) for account in found]}, ensure_ascii=False))
    else:
        for account in found:
            print(f"{account.username:12} {account.person:32} {account.offices or account.powers}")
    return FINE
