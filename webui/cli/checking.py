"""`disposisi process check`: everything that is wrong with these diagrams, before an office is asked to approve."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path

from engine.diagrams import gate, proposals

FormFields = Callable[[], Mapping[str, set[str]] | None]
Roles = Callable[[], tuple[set[str], set[str]]]

FINE, PROBLEMS, BAD_USAGE = 0, 1, 2
ENDINGS = (".bpmn", ".dmn")


def register(
    subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]",
    form_fields: FormFields = lambda: None,
    roles: Roles = lambda: (set(), set()),
) -> argparse.ArgumentParser:
    """Adds `check`; its `handler` takes the parsed arguments and gives the exit code.

    `form_fields` gives the known forms (None: not checked), `roles` what lanes may name here and what nobody holds.
    """
    parser = subparsers.add_parser(
        "check",
        help="periksa diagram sebelum diusulkan",
        description="Memeriksa berkas .bpmn dan .dmn satu terbitan bersama-sama; menyebut semua yang harus diperbaiki.",
        epilog="Kode keluar: 0 tidak ada kesalahan (peringatan boleh); 1 ada kesalahan; 2 cara memakai perintah salah.",
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="diagram .bpmn, bersama yang dipanggilnya dan tabel .dmn yang ditanyanya",
    )
    parser.add_argument(
        "--office", action="store_true", help="periksa juga peran dan pemegang jabatannya di pemasangan ini"
    )
    parser.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    parser.set_defaults(handler=partial(run, form_fields=form_fields, roles=roles))
    return parser


def run(
    args: argparse.Namespace,
    form_fields: FormFields = lambda: None,
    roles: Roles = lambda: (set(), set()),
) -> int:
    """Answers on stdout; 0 no errors, 1 errors found, 2 a file cannot be read."""
    try:
        files = {Path(name).name: Path(name).read_bytes() for name in args.files}
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return BAD_USAGE
    if len(files) < len(args.files) or not all(name.endswith(ENDINGS) for name in files):
        print("Sebutkan berkas .bpmn dan .dmn dengan nama yang berlainan.", file=sys.stderr)
        return BAD_USAGE
    known, unheld = roles() if args.office else (None, set())
    problems = gate.check(files, form_fields=form_fields(), roles=known) + _unheld(files, unheld)
    _print(problems, as_json=args.json)
    return PROBLEMS if any(problem.level == "error" for problem in problems) else FINE


def _unheld(files: Mapping[str, bytes], roles: set[str]) -> list[gate.Problem]:
    """Tasks that would wait for an office in which nobody sits."""
    found = [e for e in proposals.elements(files) if e.kind == "user" and set(e.groups or [e.lane or ""]) & roles]
    sentence = "Tidak ada pemegang jabatan untuk tugas ini; tunjuk pemegang atau penggantinya."
    return [gate.Problem(e.file, e.id, e.line, "warning", "tanpa-pemegang", sentence) for e in found]


def _print(problems: list[gate.Problem], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
        return
    for problem in problems:
        word = "salah" if problem.level == "error" else "peringatan"
        print(f"{problem.file}:{problem.line}: {word}: {problem.element or '-'}: {problem.message} [{problem.code}]")
    if not problems:
        print("Tidak ada yang perlu diperbaiki.")
