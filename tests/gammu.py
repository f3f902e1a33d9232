"""A real gammu-smsd with its dummy modem: what is laid into its telephone arrives, what it sends is gone."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg

COMMON = """
[gammu]
model = dummy
connection = none
device = {home}/telephone
gammuloc = /dev/null
[smsd]
logfile = {home}/smsd.log
debuglevel = 1
commtimeout = 1
receivefrequency = 1
sleepfrequency = 1
loopsleep = 1
statusfrequency = 5
checksecurity = 0
checksignal = 0
checkbattery = 0
"""
FILES = """
service = files
transmitformat = auto
inboxpath = {home}/spool/inbox/
outboxpath = {home}/spool/outbox/
sentsmspath = {home}/spool/sent/
errorsmspath = {home}/spool/error/
"""
TABLES = """
service = sql
driver = native_pgsql
host = {host}
user = {user}
password = {password}
database = {database}
phoneid = mjk1
"""
SCHEMA = Path("/usr/share/doc/gammu-smsd/examples/pgsql.sql")


@dataclass
class Telephone:
    """The dummy modem, and the daemon at it."""

    home: Path
    laid: int = 0

    def brings(self, text: str, sender: str = "+6281234567890", *, parts: tuple[str, ...] = ()) -> None:
        """An SMS comes out of the air; `parts` where it is a long one."""
        pieces = parts or (text,)
        for place, piece in enumerate(pieces, 1):
            self.laid += 1
            udh = f"0500037B{len(pieces):02X}{place:02X}" if parts else ""
            path = self.home / "telephone/sms/1" / str(self.laid)
            aside = self.home / "aside"
            aside.write_text(backup(sender, piece, udh))
            aside.rename(path)

    def taken(self) -> bool:
        """Whether the daemon has read everything."""
        return not list((self.home / "telephone/sms/1").iterdir())


def backup(sender: str, text: str, udh: str) -> str:
    """One message as gammu's backup files have it."""
    words = text.encode("utf-16-be").hex().upper()
    lines = [
        "[SMSBackup000]",
        "PDU = Deliver",
        'SMSC = "+6281100000"',
        "DateTime = 20260313T085900",
        "State = UnRead",
        f'Number = "{sender}"',
        f"NumberUnicode = {sender.encode('utf-16-be').hex().upper()}",
        'Name = ""',
        "NameUnicode = ",
        *(f"Text{n:02d} = {words[at : at + 200]}" for n, at in enumerate(range(0, len(words) or 1, 200))),
        f"Coding = {'Default' if text.isascii() else 'Unicode'}_No_Compression",
        *([f"UDH = {udh}"] if udh else []),
        "Folder = 1",
        f"Length = {len(words) // 4}",
        "Class = -1",
        "ReplySMSC = False",
        "RejectDuplicates = False",
        "ReplaceMessage = 0",
        "MessageReference = 0",
    ]
    return "\n".join(lines) + "\n"


@contextmanager
def running(home: Path, service: str) -> Iterator[Telephone]:
    """The daemon in the foreground; a machine without it fails the test, it is not skipped."""
    daemon = shutil.which("gammu-smsd")
    assert daemon, "these tests need gammu-smsd: make test-tools brings it (apt-get install gammu gammu-smsd)"
    for folder in ("inbox", "outbox", "sent", "error"):
        (home / "spool" / folder).mkdir(parents=True)
    for number in range(1, 6):
        (home / f"telephone/sms/{number}").mkdir(parents=True)
    (home / "smsdrc").write_text((COMMON + service).format(home=home))
    with subprocess.Popen(
        [daemon, "-c", str(home / "smsdrc")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield Telephone(home)
        finally:
            process.terminate()
            process.wait(10)


def tables(url: str) -> str:
    """The daemon's tables in an empty database of its own; gives its configuration."""
    parts = urlsplit(url)
    with psycopg.connect(url, autocommit=True) as line:
        line.execute(SCHEMA.read_text().replace("CREATE LANGUAGE plpgsql;", ""))  # type: ignore[arg-type]  # Debian's own
    host = parts.hostname or unquote(parse_qs(parts.query).get("host", [""])[0])
    return TABLES.format(
        host=f"{host}:{parts.port}" if parts.port else host,
        user=parts.username or "postgres",
        password=unquote(parts.password or "-"),
        database=parts.path[1:],
    )


def until(done: Callable[[], bool], seconds: float = 15) -> None:
    """Looks again and again; the daemon has a clock of its own."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "gammu-smsd did not do it in time"
        time.sleep(0.1)
