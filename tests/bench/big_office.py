"""An office with years behind it: `python -m tests.bench.big_office FILE --closed 2000000 --open 100000`.

A few cases are made through the verbs (stories.py); the others are copied from them by bulk SQL with times, texts,
names and numbers of their own. Journals are chained as the engine chains them (`journal verify` holds), texts are
sealed with the keys of the cast (tests/office.py), everyone signs in with `office.PASSWORD`. Unlike the engine's own:
claims, proofs and sealed Merkle roots are missing, workflow keys repeat from case to case.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import bulk  # noqa: E402
import patterns  # noqa: E402
from copies import TABLES, Maker  # noqa: E402
from office import Office  # noqa: E402
from patterns import Pattern  # noqa: E402
from stories import CLOSED, OPEN, Story  # noqa: E402

from db import connect, migrate, sql  # noqa: E402
from engine import installation  # noqa: E402

YEARS_MS = 5 * 365 * 86_400_000
RECENT_MS = 60 * 86_400_000


@dataclass
class Size:
    """How many tasks of each kind."""

    closed: int
    open: int


def build(url: str, size: Size) -> None:
    """Fills an empty database; the process is left pointing at it, with a connection open."""
    connect.configure(url)
    connect.open_()
    installation.prepare()
    office = Office("2026-04-06 08.00")
    closed, open_ = _patterns(office, CLOSED), _patterns(office, OPEN)
    with bulk.Loader(TABLES) as load:
        maker = Maker(office.organisation, load)
        maker.fill(closed, size.closed, YEARS_MS, RECENT_MS // 2, "done")
        maker.fill(open_, size.open, RECENT_MS, 0, "waits")
        maker.finish()


def _patterns(office: Office, stories: dict[Story, int]) -> list[tuple[Pattern, int]]:
    found = []
    for story, weight in stories.items():
        case = office.after(minutes=5).report("Jalan rusak")
        story(office, case)
        found.append((patterns.of(case), weight))
    return found


def cached(path: Path, size: Size) -> str:
    """The URL of a big office in this SQLite file, built unless one of this size lies there; brought up to date."""
    note, wanted = path.with_suffix(".size"), json.dumps(vars(size))
    if not (path.exists() and note.exists() and note.read_text() == wanted):
        for old in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), note):
            old.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        build(f"sqlite:///{path}", size)
        connect.dispose()
        note.write_text(wanted)
    return f"sqlite:///{path}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("where", help="a SQLite file, or postgresql://… of an empty database")
    parser.add_argument("--closed", type=int, default=2_000_000, help="tasks that are done")
    parser.add_argument("--open", type=int, default=100_000, help="tasks that wait")
    args = parser.parse_args()
    size, begun = Size(args.closed, args.open), time.perf_counter()
    url = args.where if "://" in args.where else cached(Path(args.where), size)
    if "://" in args.where:
        build(url, size)
    else:
        connect.configure(url)
        connect.open_()
        migrate.up()
    counts = {table: sql.value(f"SELECT COUNT(*) FROM {table}") for table in ("case_file", "task", "journal")}
    connect.dispose()
    print(json.dumps({"seconds": round(time.perf_counter() - begun, 1), **counts}))


if __name__ == "__main__":
    main()
