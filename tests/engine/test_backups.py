"""A backup holds everything an office has, of one moment; it opens whole or not at all, on either kind of database."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import databases
import orjson
import pytest
from backups import PASSPHRASE, looked_at, made_of, use_keys
from office import RING, Office
from siapmas_days import answers, to_committees

from db import connect, migrate, sql, tables
from db.queries import audit
from engine import journal, letters, vault
from engine.backups import making, restoring
from engine.backups.refusals import BackupRefused
from engine.backups.shelf import Shelf
from engine.commands import restored
from webui import keyfile
from webui.config import Config, keys_as_text, write_keys
from webui.shelves import source_of

ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # where the kind of database is no matter


def everything() -> dict[str, list[Any]]:
    """All that is kept, as neutral rows."""
    with tables.snapshot():
        return {shape.name: [orjson.loads(line) for line in tables.lines(shape)] for shape in tables.shapes()}


def picture(name: str, kept: Path, case: int, now: int) -> str:
    """A clean photo of a case."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    path = kept / digest[:2] / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(name.encode())
    sql.insert(
        "attachment",
        case_file_id=case,
        draft="",
        name="jalan.jpg",
        size=len(name),
        received_hash=digest,
        content_hash=digest,
        kind="photo",
        media_type="image/jpeg",
        state="clean",
        reason="",
        source="pelapor",
        at_ms=now,
    )
    return digest


@pytest.fixture
def office(database: str) -> Office:
    return Office()


@pytest.fixture
def saved(office: Office, tmp_path: Path) -> Path:
    """A working office with a photo, a seal and a message that waits, backed up."""
    case = office.report()
    to_committees(office, case, "komisi_3")
    picture("foto", tmp_path / "kept", case, office.now)
    office.sekar.registers(office.report(), hasil_verifikasi="tidak_lengkap", yang_kurang="Di mana?")
    with tables.transaction():
        journal.seal(office.organisation, office.now)
    assert sql.value("SELECT COUNT(*) FROM job WHERE state = 'waiting' AND kind = 'service'") == 1
    path = tmp_path / "kantor.cadangan"
    made = made_of(path, tmp_path / "kept", office.now)
    assert (made.files, made.absent) == (1, [])
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of either kind, not yet opened."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'elsewhere.db'}"
        return
    with databases.postgresql(request.getfixturevalue("postgresql_server")) as url:
        yield url


def test_all_of_it_comes_back_into_either_kind_of_database(
    saved: Path, office: Office, elsewhere: str, tmp_path: Path
) -> None:
    before = everything()
    found = looked_at(saved)
    connect.dispose()
    with databases.opened(elsewhere):
        done = restoring.bring_back(found, PASSPHRASE, tmp_path / "back", now=office.now)
        after = everything()
        assert done.rows == sum(map(len, before.values()))
        assert {name for name in before if before[name] != after[name]} == {"job", "journal"}
        assert after["journal"][: len(before["journal"])] == before["journal"]
        assert sql.value("SELECT kind FROM journal ORDER BY id DESC LIMIT 1") == "restored"
        assert journal.verify() == []
        assert [path.read_bytes() for path in (tmp_path / "back").glob("??/*")] == [b"foto"]
        case = int(sql.value("SELECT MIN(id) FROM case_file"))
        office.yoga.does(case, "tindak_lanjuti", "komisi_3", **FOLLOWED)  # the chain goes on where it stood
        answers(office, case, "komisi_3")
        assert office.report("Sesudah pulih") > case


FOLLOWED = {
    "keputusan_akd": "selesai",
    "bentuk": "rdp",
    "rencana": "Rapat.",
    "tanggal_pelaksanaan": "2026-04-13",
    "laporan": "Sudah dirapatkan.",
}


@ON_ONE
def test_what_waited_to_be_sent_is_sent_again_only_when_a_person_says_so(
    saved: Path, office: Office, tmp_path: Path
) -> None:
    found = looked_at(saved)
    connect.dispose()
    with databases.opened(f"sqlite:///{tmp_path / 'again.db'}"):
        assert restoring.bring_back(found, PASSPHRASE, tmp_path / "back", now=office.now).held == 1
        office.works_off_jobs()
        assert office.outbox.calls == []
        assert restored.held(office.organisation) == 1
        assert restored.send_held(by=office.admin.actor, now=office.now) == 1
        office.works_off_jobs()
        assert len(office.outbox.calls) == 1
        assert journal.verify() == []


@ON_ONE
def test_nobody_is_still_signed_in_and_no_key_or_name_lies_open(saved: Path, office: Office, tmp_path: Path) -> None:
    assert looked_at(saved).keys["data"].startswith("k1:")
    shapes = {shape.name for shape in tables.shapes()}
    assert not shapes & {"login_session", "lockout"}
    for path in (saved, making.keys_of(saved)):
        assert path.stat().st_mode & 0o077 == 0
        assert not any(word in path.read_bytes() for word in (b"Slamet", b"jalan.jpg", b"pepper", b"Jalan"))


def test_a_backup_is_of_one_moment_while_people_write(database: str, office: Office, tmp_path: Path) -> None:
    office.report()
    with tables.snapshot():
        shapes = tables.shapes()
        first = tables.count(next(shape for shape in shapes if shape.name == "case_file"))
        colleague = threading.Thread(target=lambda: _reports_elsewhere(office))
        colleague.start()
        colleague.join(30)
        held = {shape.name: len(list(tables.lines(shape))) for shape in shapes}
    assert held["case_file"] == held["narrative"] == first == 1
    assert sql.value("SELECT COUNT(*) FROM case_file") == 2


def _reports_elsewhere(office: Office) -> None:
    with connect.connection():
        office.report("Sambil dicadangkan")


# --- what is refused, with nothing written ---


@ON_ONE
def test_a_damaged_byte_anywhere_is_noticed_before_anything_is_written(saved: Path, tmp_path: Path) -> None:
    whole = saved.read_bytes()
    for place in (200, len(whole) // 2, len(whole) - 1):
        saved.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(BackupRefused, match=r"rusak|kata sandi|Kata sandi"):
            looked_at(saved)
    for cut in (len(whole) - 1, len(whole) // 2, 300, 30):
        saved.write_bytes(whole[:cut])
        with pytest.raises(BackupRefused, match="rusak atau terpotong"):
            looked_at(saved)
    saved.write_bytes(b"PK\x03\x04" + whole)
    with pytest.raises(BackupRefused, match="bukan cadangan"):
        looked_at(saved)


@ON_ONE
def test_a_wrong_passphrase_and_missing_keys_are_said_so(saved: Path) -> None:
    with pytest.raises(BackupRefused, match="Kata sandi cadangan tidak cocok"):
        restoring.look(saved, making.keys_of(saved), "bukan ini")
    with pytest.raises(BackupRefused, match="bukan berkas kunci"):
        restoring.look(saved, saved, PASSPHRASE)
    making.keys_of(saved).unlink()
    with pytest.raises(BackupRefused, match="tidak dapat dibaca"):
        looked_at(saved)


@ON_ONE
def test_a_backup_of_a_newer_program_is_refused(office: Office, tmp_path: Path) -> None:
    sql.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_nanti', '2030-01-01 00:00:00')")
    assert migrate.unknown()
    made_of(tmp_path / "nanti.cadangan", tmp_path, office.now)
    with pytest.raises(BackupRefused, match="lebih baru daripada program ini"):
        looked_at(tmp_path / "nanti.cadangan")


@ON_ONE
def test_the_seal_a_backup_tells_of_is_the_one_people_can_compare_with_the_printed_book(
    office: Office, tmp_path: Path
) -> None:
    office.report()
    with connect.transaction():
        journal.seal(office.organisation, office.now)
    made_of(tmp_path / "kantor.cadangan", tmp_path / "kept", office.now)
    [[_organisation, _seq, _at, told]] = looked_at(tmp_path / "kantor.cadangan").manifest["seals"]
    assert told == audit.seals(office.organisation)[0].root


@ON_ONE
def test_a_proof_that_is_gone_or_changed_is_named(office: Office, tmp_path: Path) -> None:
    case = office.report()
    gone, changed = (picture(name, tmp_path / "kept", case, office.now) for name in ("hilang", "berubah"))
    (tmp_path / "kept" / gone[:2] / gone).unlink()
    (tmp_path / "kept" / changed[:2] / changed).write_bytes(b"lain")
    made = made_of(tmp_path / "kantor.cadangan", tmp_path / "kept", office.now)
    assert (made.files, sorted(made.absent)) == (0, sorted([gone, changed]))
    assert looked_at(tmp_path / "kantor.cadangan").manifest["absent"] == made.absent


@ON_ONE
def test_a_backup_that_fails_leaves_nothing_that_looks_like_one(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Any, _target: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)  # the disk is full at the very end
    with pytest.raises(OSError, match="No space"):
        made_of(tmp_path / "kantor.cadangan", tmp_path, office.now)
    assert list(tmp_path.glob("kantor*")) == []


@ON_ONE
def test_a_key_that_is_added_while_a_backup_is_made_is_in_it_and_one_thrown_away_too(
    office: Office, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    write_keys(home, "s" * 43, keys_as_text(RING), "sandi")
    config = Config.from_env({"DISPOSISI_HOME": str(home)})
    keyfile.use(config)
    source, turned = source_of(config), keyfile.only_current(keyfile.with_new(RING))
    keyfile.write(home, turned)  # rotates between the first key and the picture of the database
    case = office.report()
    made = making.make(tmp_path / "kantor.cadangan", source, PASSPHRASE, now=office.now)
    use_keys(looked_at(made.path).keys["data"])
    assert set(vault.ring().keys) == {RING.current, turned.current}
    assert story_of(case)


def story_of(case: int) -> str:
    return letters.letter(
        case, str(sql.value("SELECT sealed FROM narrative WHERE case_file_id = ?", (case,)))
    ).chronology


# --- the folder ---

DAY = 86_400_000


@ON_ONE
def test_seven_days_and_four_weeks_are_kept(tmp_path: Path, office: Office) -> None:
    shelf = Shelf(tmp_path / "cadangan")
    source = making.Source(tmp_path, {"secret": "s", "data": "d"})
    night = office.now
    for day in range(40):
        at = night + day * DAY
        path = shelf.folder / f"disposisi-{day:02d}.cadangan"
        shelf.folder.mkdir(exist_ok=True)
        path.write_bytes(b"")  # old ones: their note alone tells when
        path.with_suffix(".json").write_text(f'{{"at_ms": {at}, "verified_ms": {at}}}')
    shelf.make(source, "sandi", now=night + 40 * DAY, clock=lambda: night)
    kept = [(night + 40 * DAY - one.at_ms) // DAY for one in shelf.all()]
    assert kept[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len(kept) in (9, 10) and all(14 <= days < 35 or days < 14 for days in kept[7:])


@ON_ONE
def test_the_nightly_one_is_due_once_and_made_up_for_when_the_night_was_missed(tmp_path: Path, office: Office) -> None:
    eight = office.now  # Monday 08.00
    shelf = Shelf(tmp_path / "cadangan", since=eight)
    assert not shelf.due(eight + 3_600_000)
    assert shelf.due(eight + DAY)  # two o'clock has passed
    source = making.Source(tmp_path, {"secret": "s", "data": "d"})
    assert shelf.make(source, "sandi", now=eight + DAY, clock=lambda: eight + DAY)
    assert not shelf.due(eight + DAY + 1)
    assert shelf.last() and shelf.last().at_ms == eight + DAY
    shelf.ask(eight + DAY + 2)
    assert shelf.asked() and shelf.due(eight + DAY + 2)
    assert shelf.due(eight + 4 * DAY)
