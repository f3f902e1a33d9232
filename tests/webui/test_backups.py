"""Backups as an administrator meets them: on the command line into an empty place, and on their page."""

import json
import shutil
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import pytest
from backups import PASSPHRASE, SCHEMAS
from citizen import Site
from clerk import Clerk, clerk, proof

from db import sql
from webui import cli, clock
from webui.app import create_app
from webui.cli.demo import PASSWORD
from webui.config import Config
from webui.shelves import shelf_of, source_of


@pytest.fixture
def here(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The site's installation as the environment names it, with a case and its photo; where to put backups."""
    settings = site.app.config["OFFICE"]
    with site.asked() as office:
        proof(site, office.report())
        monkeypatch.setattr(clock, "real", lambda: office.now + 60_000)
    keys = {**settings.keys.keys, "pepper": settings.keys.pepper}
    monkeypatch.setenv("DISPOSISI_HOME", str(settings.home))
    monkeypatch.setenv("DISPOSISI_DATABASE", settings.database)
    monkeypatch.setenv("DISPOSISI_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("DISPOSISI_DATA_KEYS", ",".join(f"{k}:{urlsafe_b64encode(v).decode()}" for k, v in keys.items()))
    (tmp_path / "sandi").write_text(f"{PASSPHRASE}\n")
    return tmp_path


def runs(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    code = cli.main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out + said.err


def restores(capsys: pytest.CaptureFixture[str], here: Path, path: Path, home: Path, *more: object) -> tuple[int, str]:
    url = f"sqlite:///{home / 'disposisi.db'}"
    known = ("--passphrase-file", here / "sandi", "--home", home, "--database", url)
    return runs(capsys, "restore", path, *known, *more)


def saved(capsys: pytest.CaptureFixture[str], here: Path) -> Path:
    path = here / "kantor.cadangan"
    code, _ = runs(capsys, "backup", "-o", path, "--passphrase-file", here / "sandi")
    assert code == 0
    return path


def test_an_office_moves_to_an_empty_machine(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, home = saved(capsys, here), here / "baru"
    code, said = restores(capsys, here, path, home, "--json")
    facts = json.loads(said.splitlines()[0])
    assert (code, facts["healthy"], facts["journal"], facts["files"]) == (0, True, True, 1)
    assert {path.name for path in (home / "keys").iterdir()} == {"secret", "data", "sandi-cadangan"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (home / "keys").iterdir())
    assert runs(capsys, "case", "list", "--json")[0] == 0
    assert runs(capsys, "backup")[0] == 0, "the restored office goes on making backups"


def test_it_says_how_far_the_numbers_had_come(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = restores(capsys, here, saved(capsys, here), here / "baru")
    assert code == 0, said
    assert "case:2026: 1" in said and "Jurnal utuh." in said and "Pemasangan sehat" in said


def test_what_cannot_be_restored_is_a_sentence_and_leaves_the_place_empty(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, home = saved(capsys, here), here / "baru"
    (here / "salah").write_text("bukan kata sandinya")
    (here / "rusak.cadangan").write_bytes(path.read_bytes()[:-7])
    shutil.copy(path.with_suffix(".kunci"), here / "rusak.kunci")
    full = here / "penuh"
    full.mkdir()
    (full / "surat.txt").write_text("penting")
    refusals: list[tuple[tuple[Any, ...], str]] = [
        ((here / "rusak.cadangan", home), "rusak atau terpotong"),
        ((here / "tidak-ada.cadangan", home), "tidak dapat dibaca"),
        ((here / "sandi", home, "--keys", path.with_suffix(".kunci")), "bukan cadangan Disposisi"),
        ((path, full), "tidak kosong"),
        ((path, home, "--passphrase-file", here / "salah"), "Kata sandi cadangan tidak cocok"),
    ]
    for arguments, sentence in refusals:
        code, said = restores(capsys, here, *arguments)
        assert (code, sentence in said, "Tidak ada yang ditulis." in said) == (1, True, True), said
    assert not home.exists() or not list(home.iterdir())
    assert [one.name for one in full.iterdir()] == ["surat.txt"]


def test_a_database_that_holds_something_is_not_touched(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(capsys, here)
    url = f"sqlite:///{here / 'disposisi.db'}"
    code, said = restores(capsys, here, path, here / "baru", "--database", url)
    assert (code, "tidak kosong" in said) == (1, True)


def test_a_backup_can_be_checked_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = restores(capsys, here, saved(capsys, here), here / "baru", "--check")
    assert (code, "Cadangan utuh" in said, (here / "baru").exists()) == (0, True, False)


def test_nothing_is_written_over_an_older_backup(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(capsys, here)
    before = path.read_bytes()
    code, said = runs(capsys, "backup", "-o", path, "--passphrase-file", here / "sandi")
    assert (code, "sudah ada" in said) == (1, True)
    assert path.read_bytes() == before


def test_an_installation_of_the_first_release_is_migrated_and_healthy(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = restores(capsys, here, SCHEMAS / "0001.cadangan", here / "baru")
    assert code == 0, said
    assert "Skema dinaikkan" in said and "Pemasangan sehat" in said
    app = create_app(Config.from_env({"DISPOSISI_HOME": str(here / "baru")}), now=clock.real)
    sekar = Clerk(app.test_client())
    assert sekar.sends("/masuk", nama="sekar", sandi=PASSWORD).status_code == 302
    for page in ("/tugas", "/kasus", *(f"/kasus/{case}" for case in range(1, 12))):
        assert sekar.opens(page).status == 200, page


def test_migrate_leaves_a_newer_database_alone(here: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with site.asked():
        sql.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_nanti', '2030-01-01 00:00:00')")
    for command in ("migrate", "init", "backup"):
        code, said = runs(capsys, command)
        assert (code, "lebih baru daripada program ini (9999_nanti)" in said) == (2, True), said


# --- the page ---


def test_an_administrator_wishes_for_one_and_sees_it(site: Site) -> None:
    settings = site.app.config["OFFICE"]
    admin = clerk(site, "admin")
    assert "Belum ada cadangan" in admin.opens("/pengaturan/cadangan").page
    assert admin.sends("/pengaturan/cadangan").status_code == 302
    assert "Cadangan sudah diminta" in admin.opens("/pengaturan/cadangan").page
    shelf = shelf_of(settings)
    with site.asked() as office:
        assert shelf.due(office.now)
        assert shelf.make(source_of(settings), PASSPHRASE, now=office.now, clock=clock.real)
    page = admin.opens("/pengaturan/cadangan").page
    assert "utuh" in page and "disposisi-20261123-090000.cadangan" in page
    assert PASSPHRASE not in page


def test_a_backup_that_failed_says_why(site: Site) -> None:
    settings = site.app.config["OFFICE"]
    shelf = shelf_of(settings)
    with site.asked() as office:
        shelf.folder.mkdir(parents=True)
        (shelf.folder / "disposisi-20261123-090000.kunci").write_text("lama")
        with pytest.raises(Exception, match="sudah ada"):
            shelf.make(source_of(settings), PASSPHRASE, now=office.now, clock=clock.real)
    assert "Cadangan terakhir gagal dibuat" in clerk(site, "admin").opens("/pengaturan/cadangan").page
