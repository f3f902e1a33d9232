"""`disposisi doctor`: what is wrong with this installation, how to mend it; the same as `/pengaturan/kesehatan`."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from engine import health, search
from engine.health import Finding, Place, findings, machine
from engine.publishing import shown
from webui import clock
from webui.cli.home import FINE, REFUSED, at_home
from webui.config import Config, ConfigInvalid, home_of
from webui.post import post_of
from webui.shelves import shelf_of
from webui.uploads import RESERVE_BYTES

__all__ = ["Finding", "examine", "place_of", "register", "run"]

SHOWN = {"baik": "baik ", "perhatian": "INGAT", "salah": "SALAH"}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `doctor`."""
    parser = commands.add_parser(
        "doctor",
        epilog="Kode keluar: 0 kantor dapat bekerja (INGAT: perlu diperhatikan); 1 ada yang harus diperbaiki (SALAH).",
    )
    parser.add_argument("--json", action="store_true", help="keluarkan JSON saja")
    parser.add_argument("--reindex", action="store_true", help="tulis ulang indeks pencarian semua berkas dahulu")
    parser.set_defaults(handler=run)


def run(args: argparse.Namespace) -> int:
    """Looks at everything it can reach; exit 1 where something must be mended."""
    if args.reindex:
        with at_home():
            written = search.INDEX.rebuild()
            shown.INDEX.rebuild()
        if not args.json:
            print(f"indeks pencarian ditulis ulang: {written} berkas")
    found = list(examine(home_of()))
    healthy = health.healthy(found)
    if args.json:
        print(json.dumps({"healthy": healthy, "findings": [_facts(f) for f in found]}, ensure_ascii=False))
    else:
        for finding in found:
            print(f"{SHOWN[finding.level]}  {finding.what}: {finding.words}")
    return FINE if healthy else REFUSED


def _facts(found: Finding) -> dict[str, object]:
    return {"what": found.what, "fine": found.fine, "level": found.level, "words": found.words}


def examine(home: Path) -> Iterator[Finding]:
    """Settings and keys first; without them nothing else can be opened."""
    try:
        config = Config.from_env()
    except ConfigInvalid as bad:
        yield from _bare(Place(home, RESERVE_BYTES))
        mend = "Perbaiki variabel itu, atau jalankan `disposisi init`."
        yield findings.wrong("pengaturan", "%(why)s.", mend, why=str(bad))
        return
    yield findings.good("pengaturan", "semua variabel dan kunci terbaca.")
    place = place_of(config, thorough=True)
    try:
        with at_home(migrated=False):
            yield from list(health.examine(place, clock.real()))
    except Exception as trouble:  # whatever the driver says: here it is an answer, not an accident
        yield from _bare(place)
        yield from machine.keys(place)
        mend = "Periksa DISPOSISI_DATABASE dan apakah peladennya berjalan."
        yield findings.wrong("basis data", "tidak dapat dibuka (%(why)s).", mend, why=type(trouble).__name__)


def _bare(place: Place) -> Iterator[Finding]:
    """What can be told without a database."""
    yield machine.folder(place)
    if place.home.is_dir():
        yield machine.disk(place)


def place_of(config: Config, *, thorough: bool = False, reserve: int | None = None) -> Place:
    """The surroundings of an installation, for the checks."""
    room = RESERVE_BYTES if reserve is None else reserve
    return Place(config.home, room, post_of(config).url, shelf_of(config), thorough)
