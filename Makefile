# make demo   sets up, reviews the demo ledger, prints the summary and where the enriched workbook lies
# make test   sets up all it needs, system packages included; lints, checks types and layers, runs every test
# make lint · make format · make bench · make fuzz · make docs · make lock · make clean
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PYODIDE := tests/hosts/pyodide
INSTALL := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-input

.PHONY: help demo test lint format bench fuzz docs lock clean system pyodide

help:
	@sed -n '1,3s|^# ||p' Makefile

demo: $(VENV)/.run
	@$(BIN)/xlcredit demo

test: lint system pyodide
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.dev
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/ruff format --quiet --check . || { echo "not formatted: run 'make format'" >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo >$(VENV)/layers.txt || { cat $(VENV)/layers.txt; exit 1; }

format: $(VENV)/.dev
	@$(BIN)/ruff check --quiet --fix --select I .
	@$(BIN)/ruff format --quiet .

bench: $(VENV)/.bench
	@$(BIN)/python -m benchmarks

fuzz: $(VENV)/.dev
	@HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -m hypothesis

docs: $(VENV)/.dev system
	@$(BIN)/python docs/pictures.py >/dev/null
	@$(BIN)/python docs/ribbon.py
	@$(BIN)/python docs/build.py

# Every lock is made from pyproject.toml; the later ones agree with the earlier.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-header --no-annotate --quiet
lock: $(VENV)/.dev
	@$(BIN)/$(LOCK) --extra build -o requirements.lock
	@$(BIN)/$(LOCK) --extra build --extra addin --extra dev -c requirements.lock -o requirements-dev.lock
	@$(BIN)/$(LOCK) --extra build --extra addin --extra dev --extra bench -c requirements-dev.lock -o requirements-bench.lock

clean:
	@rm -rf $(VENV) $(PYODIDE)/node_modules dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# The environment: a stamp per lock file, so that nothing is done twice.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "xlcredit needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || .ci/system-packages python3-venv
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "setting up $(VENV) …" >&2
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "adding what the tests need …" >&2
	@$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	@echo "adding the peers to compare with …" >&2
	@$(INSTALL) --require-hashes --requirement requirements-bench.lock
	@touch $@

# LibreOffice opens, recalculates and prints what the tests build (Writer: the letters), and runs our functions through python3-uno;
# poppler and the font show it; Node runs Pyodide.
system:
	@.ci/system-packages libreoffice-calc-nogui libreoffice-writer-nogui python3-uno poppler-utils fonts-noto-cjk nodejs npm

# Pyodide and numpy as built for it: Python as the browser has it, in which the functions are tested.
pyodide: $(PYODIDE)/node_modules/.package-lock.json

$(PYODIDE)/node_modules/.package-lock.json: $(PYODIDE)/package-lock.json | system
	@echo "adding Pyodide …" >&2
	@npm ci --prefix $(PYODIDE) --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@
