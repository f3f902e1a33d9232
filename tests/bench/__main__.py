"""`make bench [ONLY=name …]`: runs each bench_<name>.py beside this file and prints one JSON object a line."""

import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent


def names() -> list[str]:
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(names())
    if unknown:
        print(f"no such bench: {', '.join(sorted(unknown))}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    for name in wanted or names():
        print(json.dumps({"bench": name, **importlib.import_module(f"bench_{name}").run()}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
