"""`disposisi process list | show | publish`: which processes this installation runs, and putting one in force."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from db.queries import offices
from db.queries import releases as published
from db.queries.releases import Release
from engine.commands import publishing
from engine.commands.publishing import GateClosed
from engine.diagrams import proposals, releases
from engine.diagrams.gate import Problem
from engine.errors import NotFound, ProcessBroken
from engine.papers import sop as papers
from webui import clock
from webui.cli.case import iso
from webui.cli.home import BAD_USAGE, FINE, REFUSED, at_home, command, organisation, whose
from webui.trouble import why

ENDINGS = (".bpmn", ".dmn", ".form")


def register(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `list`, `show` and `publish` to `disposisi process`."""
    listing = actions.add_parser("list", help="proses dan terbitannya")
    showing = actions.add_parser("show", help="satu proses: langkah, batas waktu, formulir")
    showing.add_argument("process", metavar="PROSES")
    showing.add_argument("--version", type=int, metavar="N", help="terbitan ke-N; tanpanya yang berlaku")
    for parser, handler in ((listing, show_all), (showing, show_one)):
        whose(parser)
        parser.add_argument("--json", action="store_true", help="keluarkan JSON saja")
        parser.set_defaults(handler=handler)
    _register_sop(actions)
    _register_publish(actions)


def _register_sop(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    drawing = actions.add_parser(
        "sop",
        help="dokumen SOP resmi dari diagram",
        description="Menggambar SOP Administrasi Pemerintahan (Permenpan RB 35/2012) dari terbitan sebuah proses.",
        epilog="Kode keluar: 0 tercetak; 1 tidak ada; 2 cara memakai perintah salah.",
    )
    drawing.add_argument("process", metavar="PROSES", help="misalnya siapmas")
    drawing.add_argument("--version", type=int, metavar="N", help="terbitan ke-N; tanpanya yang terbaru")
    drawing.add_argument("-o", "--output", metavar="FILE.pdf", required=True, help="berkas tujuan")
    whose(drawing)
    drawing.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    drawing.set_defaults(handler=sop)


def _register_publish(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    putting = actions.add_parser(
        "publish",
        help="usulkan dan sahkan sebuah terbitan",
        description="Memeriksa berkas, lalu memberlakukannya untuk laporan baru atas nama jabatan.",
        epilog="Formulir yang tidak disertakan diambil dari bawaan. Kode keluar: 0 berlaku; 1 ditolak; 2 cara salah.",
    )
    putting.add_argument(
        "files", nargs="+", metavar="FILE", help="semua .bpmn dan .dmn terbitan itu, dan .form yang diubah"
    )
    putting.add_argument("--as", dest="office", required=True, metavar="JABATAN", help="kode jabatan yang mengesahkan")
    putting.add_argument("--letter", required=True, metavar="NOMOR", help="nomor SOP atau keputusan")
    whose(putting)
    putting.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    putting.set_defaults(handler=publish)


# --- list, show ---


@command
def show_all(args: argparse.Namespace) -> int:
    """Every process with its releases, the newest first; of every organisation unless one is named."""
    with at_home():
        known = [found for found in offices.organisations() if args.organisation in (None, found[1])]
        told = [entry for number, code, _name in known for entry in _processes(number, code)]
    if not known:
        print(f"Instansi {args.organisation!r} tidak ada.", file=sys.stderr)
        return REFUSED
    if args.json:
        print(json.dumps({"processes": told}, ensure_ascii=False))
        return FINE
    for entry in told:
        for row in entry["releases"]:
            print(
                f"{entry['id']:16} {row['version']:4}  {row['published']}  {row['running']:6} berjalan  {row['letter']}"
            )
    return FINE


def _processes(number: int, code: str) -> list[dict[str, Any]]:
    found = published.every(number)
    names = dict.fromkeys(row.process for row in found)
    releases_of = {name: [_release(row) for row in found if row.process == name] for name in names}
    return [{"id": name, "organisation": code, "releases": rows} for name, rows in releases_of.items()]


def _release(row: Release) -> dict[str, Any]:
    return {
        "version": row.version,
        "fingerprint": row.fingerprint,
        "letter": row.letter,
        "published": iso(row.published_ms),
        "published_by": row.published_by,
        "running": row.running,
        "cases": row.cases,
    }


@command
def show_one(args: argparse.Namespace) -> int:
    """One release: what it holds and what is drawn on it."""
    with at_home():
        chosen = organisation(args.organisation, runs=args.process)
        if chosen is None:
            return BAD_USAGE
        rows = [r for r in published.every(chosen, args.process) if args.version in (None, r.version)]
        if not rows:
            print(f"Tidak ada proses {args.process!r} atau terbitan itu.", file=sys.stderr)
            return REFUSED
        told = _told(rows[0])
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
        return FINE
    print(f"{told['id']} terbitan {told['version']}: {told['name']} ({told['letter']})")
    for step in told["steps"]:
        print(f"  {step['row'] or '-':>2} {step['element']:24} {step['lane'] or '-':12} {step['limit'] or '-'}")
    return FINE


def _told(row: Release) -> dict[str, Any]:
    closure = releases.closure(row.id, row.fingerprint)
    steps = [e for e in closure.diagram.elements.values() if e.kind in ("user", "receive", "service")]
    drawn = [
        {
            "element": e.id,
            "name": e.name,
            "kind": e.kind,
            "process": e.process_id,
            "lane": e.lane,
            "form": e.form_key,
            "row": int(e.props["sop.nomor"]) if e.props.get("sop.nomor") else None,
            "limit": e.props.get("sop.waktu"),
            "clock": e.props.get("sop.hitungan"),
            "since": e.props.get("sop.sejak"),
            "law": e.props.get("dasar"),
        }
        for e in sorted(steps, key=lambda e: (e.process_id != row.process, e.line))
    ]
    head = {"id": row.process, "name": closure.diagram.name, "files": sorted(closure.files)}
    return head | _release(row) | {"steps": drawn}


# --- sop ---


@command
def sop(args: argparse.Namespace) -> int:
    """Draws the SOP document into a file."""
    with at_home():
        chosen = organisation(args.organisation, runs=args.process)
        if chosen is None:
            return BAD_USAGE
        rows = [r for r in published.every(chosen, args.process) if args.version in (None, r.version)]
        try:
            content = papers.document(chosen, rows[0], now=clock.real()) if rows else None
        except NotFound:
            content = None
    if content is None:
        words = f"Tidak ada proses {args.process!r} atau terbitan itu, atau diagramnya tanpa langkah bernomor."
        print(words, file=sys.stderr)
        return REFUSED
    try:
        Path(args.output).write_bytes(content)
    except OSError as problem:
        print(f"{args.output} tidak dapat ditulis: {why(problem)}.", file=sys.stderr)
        return BAD_USAGE
    told = {"file": str(args.output), "process": args.process, "version": rows[0].version, "bytes": len(content)}
    print(json.dumps(told) if args.json else f"Tercetak ke {args.output} ({len(content)} bita).")
    return FINE


# --- publish ---


@command
def publish(args: argparse.Namespace) -> int:
    """Puts the files in force as that office, or says everything that stands in the way."""
    files = _files(args.files)
    if files is None:
        return BAD_USAGE
    with at_home():
        chosen = organisation(args.organisation, runs=_drawn(files))
        if chosen is None:
            return BAD_USAGE
        try:
            done = publishing.publish(chosen, files, office=args.office, letter=args.letter, now=clock.real())
        except GateClosed as closed:
            return _refused(closed.problems, as_json=args.json)
        except ProcessBroken as broken:
            return _refuse(f"Ditolak: {broken.cause}.")
        except NotFound:
            return _refuse(f"Jabatan {args.office!r} tidak ada di instansi ini.")
    if args.json:
        print(json.dumps({"process": done.process, "version": done.version, "new": done.new}))
    else:
        words = "berlaku" if done.new else "sudah berlaku; tidak ada yang berubah"
        print(f"{done.process} terbitan {done.version} {words}.")
        _print(list(done.warnings))
    return FINE


def _drawn(files: dict[str, bytes]) -> str:
    """The process these files are about, "" where they do not tell."""
    try:
        return proposals.process_of(files)
    except ProcessBroken:
        return ""


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


def _files(names: list[str]) -> dict[str, bytes] | None:
    try:
        found = {Path(name).name: Path(name).read_bytes() for name in names}
    except OSError as error:
        print(f"{error.filename} tidak dapat dibaca: {why(error)}.", file=sys.stderr)
        return None
    if len(found) < len(names) or not all(name.endswith(ENDINGS) for name in found):
        print("Sebutkan berkas .bpmn, .dmn, dan .form dengan nama yang berlainan.", file=sys.stderr)
        return None
    return found


def _refused(problems: list[Problem], *, as_json: bool) -> int:
    if as_json:
        told = [
            {"file": p.file, "element": p.element, "line": p.line, "level": p.level, "code": p.code} for p in problems
        ]
        words = [p.message for p in problems]
        print(json.dumps([one | {"message": text} for one, text in zip(told, words, strict=True)], ensure_ascii=False))
    else:
        _print(problems)
        print("Belum diberlakukan.", file=sys.stderr)
    return REFUSED


def _print(problems: list[Problem]) -> None:
    for p in problems:
        word = "salah" if p.level == "error" else "peringatan"
        print(f"{p.file}:{p.line}: {word}: {p.element or '-'}: {p.message} [{p.code}]", file=sys.stderr)
