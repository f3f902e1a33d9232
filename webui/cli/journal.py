"""`disposisi journal`: the proof that the journal is whole, and the journal for other programs."""

import argparse
import json

from engine import journal
from webui.cli import exporting
from webui.cli.home import FINE, REFUSED, at_home, command

FAULTS_SHOWN = 50


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `journal`."""
    actions = commands.add_parser("journal").add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    checking = actions.add_parser("verify", help="hitung ulang semua rantai dan segel")
    checking.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    checking.set_defaults(handler=verify)
    exporting.register(actions)


@command
def verify(args: argparse.Namespace) -> int:
    """Counts every chain and seal over again; exit 1 where something does not hold."""
    with at_home():
        faults = journal.verify()
    rows = [{"chain": f.chain, "seq": f.seq, "what": f.what} for f in faults]
    if args.json:
        print(json.dumps({"whole": not faults, "faults": rows}))
    else:
        print("Jurnal utuh." if not faults else f"Jurnal TIDAK utuh: {len(faults)} kesalahan.")
        for row in rows[:FAULTS_SHOWN]:
            print(f"  {row['chain']} catatan {row['seq']}: {row['what']}")
    return REFUSED if faults else FINE
