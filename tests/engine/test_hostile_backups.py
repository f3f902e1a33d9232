"""A backup someone else has made, with a passphrase they tell: nothing but rows and files of ours comes out of it."""

import gzip
import hashlib
import io
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import databases
import orjson
import pytest
from backups import PASSPHRASE, looked_at, made_of
from office import Office

from db import connect, sql
from engine.backups import archive, envelope, restoring
from engine.backups.refusals import BackupRefused

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Parts = dict[str, bytes]


@dataclass
class Forger:
    """Takes a real backup apart and seals it again, changed."""

    path: Path
    parts: Parts
    facts: dict[str, Any]

    def seals(self, *, twice: str = "", links: str = "") -> Path:
        with self.path.open("wb") as file:
            writer = archive.Writer(envelope.Sealer(file, PASSPHRASE), self.facts)
            for name, body in self.parts.items():
                writer.add(name, body)
                if name == twice:
                    writer.add(name, body)
            if links:
                info = tarfile.TarInfo("berkas/x")
                info.type, info.linkname = tarfile.SYMTYPE, links
                writer._tar.addfile(info)
            writer.close()
        return self.path


@pytest.fixture
def forger(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Forger]:
    monkeypatch.setattr(envelope, "COST", {"time": 1, "memory": 8, "lanes": 1})  # the forger is in a hurry
    office = Office()
    office.report()
    path = tmp_path / "asing.cadangan"
    made_of(path, tmp_path / "kept", office.now)
    with path.open("rb") as file:
        opened = archive.parts(envelope.Opener(file, PASSPHRASE))
        parts = {name: content.read() for name, content in opened}
    facts = {name: value for name, value in orjson.loads(parts.pop(archive.MANIFEST)).items() if name != "parts"}
    connect.dispose()
    with databases.opened(f"sqlite:///{tmp_path / 'empty.db'}"):
        yield Forger(path, parts, facts)


def rows(columns: list[str], *lines: list[Any]) -> bytes:
    body = [{"columns": columns, "blobs": []}, *lines]
    return gzip.compress(b"".join(orjson.dumps(line) + b"\n" for line in body))


def comes_back(path: Path, tmp_path: Path) -> None:
    restoring.bring_back(looked_at(path), PASSPHRASE, tmp_path / "back", now=0)


SESSION = ["id", "token_hash", "account_id", "created_ms", "seen_ms", "ends_ms"]
FORGED: dict[str, Callable[[Forger], Any]] = {
    "a table that is none": lambda f: f.parts.update({"tabel/x/0.gz": rows(["id"], [1])}),
    "a statement for a table": lambda f: f.parts.update({'tabel/job" DEFAULT VALUES; --/0.gz': rows(["id"], [1])}),
    "a statement for a column": lambda f: f.parts.update({"tabel/job/0.gz": rows(['id") SELECT 1 --'], [1])}),
    "somebody signed in": lambda f: f.parts.update({"tabel/login_session/0.gz": rows(SESSION, [1, "x", 1, 0, 0, 9])}),
    "migrations said to be done": lambda f: f.parts.update({"tabel/schema_migration/0.gz": rows(["name"], ["x"])}),
    "rows of another width": lambda f: f.parts.update({"tabel/job/0.gz": rows(["id", "name"], [1])}),
    "rows that are no JSON": lambda f: f.parts.update({"tabel/job/0.gz": gzip.compress(b"{\n")}),
    "rows that are not packed": lambda f: f.parts.update({"tabel/job/0.gz": b"x"}),
    "no row at all": lambda f: f.parts.update({"tabel/job/0.gz": gzip.compress(b"")}),
    "a row that is there already": lambda f: f.parts.update({"tabel/unit/1.gz": f.parts["tabel/unit/00000.gz"]}),
    "no schema": lambda f: f.facts.update(migrations=[]),
    "counts that are none": lambda f: f.facts.update(rows=["x"]),
    "a time that is none": lambda f: f.facts.update(at_ms="kemarin"),
}


def test_a_forged_backup_is_refused_in_a_sentence_and_leaves_no_row(forger: Forger, tmp_path: Path) -> None:
    for what, forges in FORGED.items():
        copy = Forger(forger.path, dict(forger.parts), dict(forger.facts))
        forges(copy)
        _refused(what, copy.seals(), tmp_path)
        assert not connect.database.get_tables() or sql.value("SELECT COUNT(*) FROM person") == 0, what
    _only_files_of_ours(forger, tmp_path)


def _refused(what: str, path: Path, tmp_path: Path) -> None:
    try:
        comes_back(path, tmp_path)
    except BackupRefused:
        return
    pytest.fail(f"{what} came back")


def _only_files_of_ours(forger: Forger, tmp_path: Path) -> None:
    for name in ("berkas/../../../../a3-outside", "berkas//tmp/a3-outside", f"berkas/{'0' * 64}"):
        _refused(name, Forger(forger.path, forger.parts | {name: b"x"}, forger.facts).seals(), tmp_path)
    assert not list(tmp_path.rglob("a3-outside")) and not Path("/tmp/a3-outside").exists()
    _refused("a link", forger.seals(links="/etc/passwd"), tmp_path)
    _refused("a part twice", forger.seals(twice="tabel/unit/00000.gz"), tmp_path)


def test_what_the_forger_left_as_it_was_comes_back(forger: Forger, tmp_path: Path) -> None:
    body = b"foto"
    forger.parts[f"berkas/{hashlib.sha256(body).hexdigest()}"] = body
    comes_back(forger.seals(), tmp_path)
    assert sql.value("SELECT COUNT(*) FROM case_file") == 1
    assert io.BytesIO(body).read() in [path.read_bytes() for path in (tmp_path / "back").rglob("*") if path.is_file()]
