"""`disposisi expression eval`: try a condition of the safe language over data of one's own."""

import argparse
import json
import sys

from engine import expressions

FINE, REFUSED, BAD_USAGE = 0, 1, 2


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Adds `expression eval`; its `handler` takes the parsed arguments and gives the exit code."""
    parser = subparsers.add_parser(
        "expression",
        description="Mencoba ungkapan dalam bahasa aman yang dipakai syarat dan sifat pada diagram.",
    )
    kinds = parser.add_subparsers(dest="action", required=True)
    evaluated = kinds.add_parser(
        "eval",
        help="nilai satu ungkapan",
        description='Mencetak {"value": …}, atau alasan ungkapan ditolak.',
        epilog="Kode keluar: 0 ada nilainya; 1 ditolak; 2 cara memakai perintah salah.",
    )
    evaluated.add_argument("--data", metavar="JSON", default="{}", help='isi kasus, misalnya {"bagian": "umum"}')
    evaluated.add_argument("--json", action="store_true", help="keluarkan JSON saja, juga bila ditolak")
    evaluated.add_argument("text", metavar="EXPR", help="ungkapannya; dahului dengan -- bila diawali tanda kurang")
    evaluated.set_defaults(handler=run)
    return parser


def run(args: argparse.Namespace) -> int:
    """Answers on stdout, complains on stderr; 0 a value, 1 refused, 2 the data is no JSON object."""
    try:
        data = json.loads(args.data)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        print("--data harus berupa objek JSON.", file=sys.stderr)
        return BAD_USAGE
    try:
        value = expressions.evaluate(args.text, data)
        print(json.dumps({"value": value}, ensure_ascii=False))
    except expressions.ExpressionInvalid as refused:
        return _refuse(refused.cause, as_json=args.json)
    except TypeError:  # a dictionary whose keys JSON does not know
        return _refuse("hasilnya tidak dapat ditulis sebagai JSON", as_json=args.json)
    return FINE


def _refuse(cause: str, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": cause}, ensure_ascii=False))
    else:
        print(f"Ditolak: {cause}.", file=sys.stderr)
    return REFUSED
