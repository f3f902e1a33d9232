"""The house keeps its own rules: who imports whom, sizes, what is documented, no test that cannot be found."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from webui.config import Config

ROOT = Path(__file__).parents[1]
ROOMS = ("engine", "webui", "forms", "db", "processes")
BIN = Path(sys.executable).parent
LONGEST_FILE = 500
FOR_TESTS = {"DISPOSISI_TEST_DATABASE"}


def sources() -> list[Path]:
    found = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return [path for path in found if "node_modules" not in path.parts and "migrations" not in path.parts]


def test_the_rooms_import_each_other_only_as_agreed() -> None:
    command = [BIN / "lint-imports", "--no-logo", "--no-cache"]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_file_grows_into_two_things() -> None:
    long = {
        str(path.relative_to(ROOT)): n for path in sources() if (n := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert not long, f"over {LONGEST_FILE} lines: {long}"


def test_every_module_says_what_it_promises() -> None:
    silent = [str(path.relative_to(ROOT)) for path in sources() if not path.read_text().lstrip().startswith('"""')]
    assert not silent


def test_every_setting_is_in_the_readme_and_nothing_else_is() -> None:
    table = (ROOT / "README.md").read_text()
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE))
    assert told - FOR_TESTS == {field.metadata["variable"] for field in fields(Config)}


def test_every_setting_is_explained() -> None:
    assert all(len(field.metadata["means"]) > 10 for field in fields(Config))


def test_the_environment_is_read_in_one_place() -> None:
    readers = [p for p in sources() if re.search(r"os\.environ|getenv", p.read_text())]
    assert {path.relative_to(ROOT).as_posix() for path in readers} <= {"webui/config.py"}


def test_private_attributes_of_the_workflow_library_are_touched_in_one_module() -> None:
    own = re.compile(r"\b(?:workflow|spec|task|wf)\._[a-z]\w*")
    touching = [
        p.name
        for p in (ROOT / "engine").rglob("*.py")
        if "SpiffWorkflow" in p.read_text() and own.search(p.read_text())
    ]
    assert set(touching) <= {"state.py"}


def test_no_page_carries_styles_or_scripts_inline() -> None:
    inline = re.compile(
        r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*(?:\bsrc=|application/(?:json|xml)))", re.IGNORECASE
    )
    pages = (ROOT / "webui" / "templates").rglob("*.html")
    assert not [str(page.relative_to(ROOT)) for page in pages if inline.search(page.read_text())]


@pytest.mark.parametrize("file", ["requirements.lock", "webui/assets/node.lock", "webui/assets/package-lock.json"])
def test_locks_name_hashes_and_no_registry(file: str) -> None:
    text = (ROOT / file).read_text()
    assert "--hash=sha256:" in text or '"integrity": "sha' in text
    assert "--index-url" not in text and '"resolved"' not in text and "--find-links" not in text


def test_tests_are_no_packages() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))
