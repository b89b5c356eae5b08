# The one list of tasks. Each sets up .venv by itself; nothing but git, make and Python 3.11 or newer is needed.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup demo run quick test test-all check bench fault-test year fuzz lock messages pictures clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

help: ## Show this list.
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 14

setup: $(RUNTIME) ## Set up .venv and nothing else.

demo: $(RUNTIME) ## Run the bot against the built-in simulator: http://127.0.0.1:8080
	@$(BIN)/tutorbot demo

run: $(RUNTIME) ## Run the bot on Telegram (needs TUTORBOT_TOKEN).
	@$(BIN)/tutorbot run

quick: $(DEV) ## Run what tests the course, the words and the queries, on SQLite; under 30 seconds.
	@$(PYTEST) -m "not slow and not long" --database sqlite $(or $(ARGS),$(QUICK))

test: $(DEV) ## Run every test that a change can be trusted by, in about 4 minutes.
	@$(BIN)/python tests/support/browser_setup.py
	@$(PYTEST) -m "not slow" $(ARGS)

test-all: $(DEV) ## Run the tests that `make test` leaves out: the rest on PostgreSQL, fuzz, pictures, a year.
	@$(BIN)/python tests/support/browser_setup.py
	@$(PYTEST) -m slow $(ARGS)

# Those of three files at a time: much of a test is waiting.
PYTEST := $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --inline-snapshot=disable
QUICK := tests/course tests/authoring tests/bot/rendering tests/bot/parsing tests/storage

bench: $(DEV) ## Measure the bot beside others, in under 5 minutes (first builds what is kept); writes docs/benchmarks.md.
	@$(BIN)/python -m bench $(ARGS)

fault-test: $(DEV) ## Break everything around the bot while people tap, on both databases, and soak it; up to an hour.
	@$(BIN)/python -m tests.faults.full $(ARGS)

year: $(DEV) ## Live a year of reminders with 2,000 learners while the bot is killed 50 times, and judge it.
	@$(BIN)/python -m tests.year $(ARGS)

fuzz: $(DEV) ## Send the bot odd updates, buttons, texts and courses for a minute; ARGS="--minutes 20" for longer.
	@$(BIN)/python -m pytest tests/fuzz -s --show-capture=no --tb=short --timeout 0 $(ARGS)

check: $(DEV) ## Lint, format, types, imports, the course, the SQL.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@PATH="$(BIN):$$PATH" $(BIN)/lint-imports
	@$(BIN)/sqlfluff lint -q storage
	@$(BIN)/tutorbot check

$(VENV)/pyvenv.cfg:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install Python 3.11 or newer, then try again." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version) is too old: install Python 3.11 or newer, or say which one with 'make PYTHON=/path/to/python3.12'." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing: install it (on Debian: apt-get install python3-venv), then try again." >&2; exit 1; }
	@echo "Setting up $(VENV) (once) ..."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): $(VENV)/pyvenv.cfg requirements.lock pyproject.toml
	@test -f $(DEV) || $(MAKE) -s LOCK=requirements.lock install
	@touch $@

$(DEV): $(VENV)/pyvenv.cfg requirements-dev.lock pyproject.toml
	@$(MAKE) -s LOCK=requirements-dev.lock install
	@touch $@ $(RUNTIME)

.PHONY: install
install:
	@echo "Installing what $(LOCK) lists ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(LOCK) \
		|| { echo "Installing failed: see the lines above. A network that reaches a Python package index is needed for this step only." >&2; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .

lock: ## Resolve the dependencies anew into both lock files (needs uv).
	@command -v uv >/dev/null || { echo "uv is missing: install it (pip install uv), then try again." >&2; exit 1; }
	@uv pip compile $(RESOLVE) --group dev -o requirements-dev.lock
	@uv pip compile $(RESOLVE) -c requirements-dev.lock -o requirements.lock

RESOLVE := pyproject.toml --extra postgres --extra charts --group build -q --no-config --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header

clean: ## Remove .venv and what tools left behind; data/ stays.
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

pictures: $(DEV) ## Draw the course's pictures anew; ARGS="--to DIR --views" shows them as others see them.
	@$(BIN)/python -m drawing $(ARGS)

messages: $(DEV) ## Collect every sentence for translators into bot/locales/tutorbot.pot.
	@$(BIN)/pybabel -q extract --add-location=file --sort-by-file --omit-header -o bot/locales/tutorbot.pot bot
