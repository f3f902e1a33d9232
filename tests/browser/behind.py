"""What an earlier day already did: the same office reached by its verbs, beside the running server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from office import Office, Outbox

from db import connect, sql
from engine import demo, vault
from webui.config import Config


class Behind(Office):
    """The cast at work in the served office, at the time it is."""

    def __init__(self) -> None:
        self.now = int(time.time() * 1000)
        self.organisation = int(sql.value("SELECT id FROM organisation WHERE code = ?", (demo.DPRD,)))
        self.outbox, self.sent = Outbox([]), self.now  # a send key is never used twice


@contextmanager
def inside(home: Path) -> Iterator[Behind]:
    """The office's own database with its own keys."""
    config = Config.from_env({"DISPOSISI_HOME": str(home)})
    vault.use(config.keys)
    connect.configure(config.database)
    try:
        with connect.connection():
            yield Behind()
    finally:
        connect.dispose()


def waiting(home: Path, *subjects: str, at: str = "terima") -> list[str]:
    """New reports about these, one after the other, as far as this desk: terima, kasubag or kabag; their numbers."""
    with inside(home) as office:
        cases = [office.report(subject) for subject in subjects]
        for case, subject in zip(cases, subjects, strict=True):
            if at in ("kasubag", "kabag"):
                office.sekar.registers(case, perihal=subject)
            if at == "kabag":
                office.wulan.does(case, "teliti_kasubag", keputusan_kasubag="teruskan")
        return [str(sql.value("SELECT number FROM case_file WHERE id = ?", (case,))) for case in cases]
