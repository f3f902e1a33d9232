"""What is loaded before anything is done: a command that needs no pages, papers or diagrams does not wait for them."""

import re
import subprocess
import sys

import pytest
from argon2 import PasswordHasher

from engine.offices import accounts
from webui import cli

PAGES = {"flask", "huey", "redis", "structlog", "babel"}
PAPERS = {"reportlab", "pypdf", "PIL"}
DIAGRAMS = {"SpiffWorkflow", "lxml", "wtforms"}


def loaded_by(code: str) -> set[str]:
    """What an interpreter holds after `code`, by the names of libraries."""
    script = f"{code}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_before_a_command_is_known_nothing_heavy_is_loaded() -> None:
    found = loaded_by("import webui.cli, webui.cli.server, webui.supervise, engine.errors")
    assert not found & (PAGES | PAPERS | DIAGRAMS)
    assert "engine.verbs" not in found


def test_a_command_that_draws_nothing_loads_no_pages_and_no_papers() -> None:
    found = loaded_by("import webui.cli; webui.cli.parser().parse_args(['journal', 'verify'])")
    assert "webui.cli.journal" in found
    assert not found & (PAGES | PAPERS)


def test_the_help_loads_no_command_and_no_database() -> None:
    found = loaded_by("import webui.cli; webui.cli.parser().format_help()")
    assert {name for name in found if name.startswith("webui.cli.")} == {"webui.cli.exits"}
    assert not found & {"peewee", "psycopg", "cryptography"}


def test_every_command_of_the_help_is_known_by_its_word_alone(capsys: pytest.CaptureFixture[str]) -> None:
    known = re.compile(r"^    ([a-z-]+)(?: |$)", re.M)
    assert known.findall(cli.parser().format_help()) == list(cli.COMMANDS)
    for word in cli.COMMANDS:
        with pytest.raises(SystemExit):
            cli.main([word, "--help"])
        assert capsys.readouterr().out.startswith(f"usage: disposisi {word} ")


def test_a_wrong_name_takes_as_long_as_a_wrong_password() -> None:
    assert not PasswordHasher().check_needs_rehash(accounts._NOBODY)
    assert accounts._checked(None) == accounts._checked(accounts.without_password()) == accounts._NOBODY
