"""`disposisi process diff A B`: what changed from one release, or file, to another."""

import argparse
import json
import sys
from pathlib import Path

from db.queries import releases as published
from engine.diagrams import release_changes, releases
from engine.diagrams.release_changes import Change
from webui.cli.home import BAD_USAGE, FINE, REFUSED, at_home, command, organisation, whose

WORDS = {"added": "baru", "removed": "hilang", "changed": "berubah"}
WHATS = {"element": "simbol", "flow": "panah", "table": "tabel", "screen": "formulir"}


class _Unknown(Exception):
    """There is no such release or file."""


def register(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `diff` to `disposisi process`."""
    comparing = actions.add_parser(
        "diff",
        help="yang berubah antara dua terbitan",
        description="A dan B: PROSES@N (terbitan ke-N), PROSES (yang terbaru), atau berkas .bpmn atau .dmn.",
        epilog="Kode keluar: 0 sama; 1 berbeda, atau tidak ada; 2 cara memakai perintah salah.",
    )
    comparing.add_argument("before", metavar="A", help="misalnya siapmas@1")
    comparing.add_argument("after", metavar="B", help="misalnya siapmas@2 atau siapmas.bpmn")
    whose(comparing)
    comparing.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    comparing.set_defaults(handler=diff)


@command
def diff(args: argparse.Namespace) -> int:
    """Prints every difference; positions on the drawing are none."""
    try:
        with at_home():
            chosen = organisation(args.organisation, runs=_process(args.before) or _process(args.after))
            if chosen is None:
                return BAD_USAGE
            found = release_changes.between(_files(chosen, args.before), _files(chosen, args.after))
    except _Unknown as unknown:
        print(f"Tidak ada terbitan atau berkas {str(unknown)!r}.", file=sys.stderr)
        return REFUSED
    if args.json:
        print(json.dumps({"changes": [_told(change) for change in found]}, ensure_ascii=False))
    for change in [] if args.json else found:
        print(f"{WORDS[change.kind]:8} {WHATS[change.what]:8} {change.id}  {change.name}")
        for what, was, now in () if change.what == "screen" else change.facts:
            print(f"{'':17} {what}: {was or '(kosong)'} → {now or '(kosong)'}")
    return REFUSED if found else FINE


def _process(name: str) -> str:
    """The process a name is about; "" for a file."""
    return "" if name.endswith((".bpmn", ".dmn")) else name.partition("@")[0]


def _files(organisation_id: int, name: str) -> dict[str, str]:
    if name.endswith((".bpmn", ".dmn")):
        return {Path(name).name: _read(name)}
    process, _at, version = name.partition("@")
    rows = published.every(organisation_id, process)
    wanted = next((row for row in rows if version in ("", str(row.version))), None)
    if wanted is None:
        raise _Unknown(name)
    return dict(releases.closure(wanted.id, wanted.fingerprint).files)


def _read(name: str) -> str:
    try:
        return Path(name).read_text()
    except (OSError, UnicodeDecodeError):
        raise _Unknown(name) from None


def _told(change: Change) -> dict[str, object]:
    facts = [{"what": what, "before": was, "after": now} for what, was, now in change.facts]
    return {"kind": change.kind, "what": change.what, "id": change.id, "name": change.name, "facts": facts}
