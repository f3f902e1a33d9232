# Two commands matter: `make run` and `make test`. Everything they need is set up on the way; stamps in .setup/ make the
# second time quick. Works with Debian 12's own python3 (≥ 3.11), python3-venv and make.

PYTHON ?= python3
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000
DISPOSISI_HOME ?= $(CURDIR)/data
ONLY ?=
CASES ?=
TESTS ?= tests
ASSETS := $(wildcard webui/assets/*.json webui/assets/*.mjs webui/assets/.npmrc webui/assets/src/* webui/assets/pictures/*)
CATALOGUES := $(wildcard webui/translations/*/LC_MESSAGES/*.po)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export HOST PORT DISPOSISI_HOME

.PHONY: help run setup assets bytecode catalogues texts screenshots test test-tools check fix bench faults build lock clean
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help: ## what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: setup ## both offices with their demo on http://127.0.0.1:8000 (HOST=, PORT=, DISPOSISI_HOME=)
	@test -e "$$DISPOSISI_HOME/disposisi.db" || $(BIN)/disposisi init --demo
	@exec $(BIN)/disposisi serve

setup: .setup/installed assets catalogues bytecode ## environment, dependencies, browser assets: leaves .venv/bin/disposisi

.setup/venv:
	@mkdir -p .setup
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Disposisi needs Python 3.11 or newer; set PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@touch $@

.setup/dependencies: requirements.lock .setup/venv
	@echo "Installing what requirements.lock names …"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m compileall -q -j0 $(BIN)/../lib || true # what another installer left uncompiled
	@touch $@

.setup/installed: pyproject.toml .setup/dependencies
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

assets: webui/static/dist/manifest.json ## scripts and styles for the browser, into webui/static/dist

webui/static/dist/manifest.json: $(ASSETS) .setup/dependencies
	@sh webui/assets/build.sh

bytecode: .setup/installed # compiled beforehand, for every start where Python may not write it (PYTHONDONTWRITEBYTECODE)
	@$(BIN)/python -m compileall -q engine webui forms db processes

catalogues: .setup/catalogues

.setup/catalogues: $(CATALOGUES) .setup/dependencies
	@test -z "$(CATALOGUES)" || $(BIN)/pybabel --quiet compile -d webui/translations
	@touch $@

texts: setup ## finds every text on screen and adds it to the catalogues, to be translated
	@$(BIN)/pybabel --quiet extract -F webui/translations/babel.cfg --ignore-dirs ".*" -k later -k Objection:2 -k NotAllowed:2 --no-wrap --no-location --sort-output --project=Disposisi -o .setup/messages.pot .
	@$(BIN)/pybabel --quiet update -i .setup/messages.pot -d webui/translations --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

screenshots: setup ## draws the help pages' pictures and the phone's icons anew, from the demo
	@SCREENSHOTS=1 $(BIN)/python -m pytest -q tests/browser/test_help_pictures.py
	@sh webui/assets/build.sh

test-tools: setup
	@sh .ci/tools
	@sh .ci/pm4py >/dev/null

test: setup test-tools ## every test, a file at a time on each core, with the time of each kind (TESTS=tests/db for some)
	@$(BIN)/python -m pytest -n auto --maxprocesses=4 --dist=loadfile $(TESTS)

faults: setup test-tools ## only what kills, races and starves
	@$(BIN)/python -m pytest tests/faults

check: setup ## format, lint, types, who imports whom
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

fix: setup ## what a machine can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup ## numbers, one JSON object a line (ONLY=completions CASES=150)
	@CASES="$(CASES)" $(BIN)/python -m tests.bench $(ONLY)

build: setup ## a wheel with assets and catalogues inside, into dist/
	@$(BIN)/python -m hatchling build --target wheel

lock: .setup/venv ## writes requirements.lock anew from pyproject.toml
	@$(BIN)/python -m uv pip compile --quiet --universal --generate-hashes --no-header --group dev pyproject.toml -o requirements.lock

clean: ## forgets what setup made (never the data folder)
	rm -rf .setup .venv dist webui/static/dist webui/assets/node_modules
