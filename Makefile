# Every door of the project: `make` alone lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
QUIETLY := --quiet --quiet --disable-pip-version-check --no-input --root-user-action=ignore

help: ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: .venv/.done ## make .venv/ with the locked dependencies and the command gongkai

.venv/.done: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "gongkai needs Python 3.11 or later: install it, or name it as in 'make PYTHON=python3.12 $(or $(MAKECMDGOALS),setup)'" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "gongkai needs Python's venv module: install it (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	@echo "setting up .venv (once) …"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install $(QUIETLY) --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install $(QUIETLY) --no-deps --no-build-isolation -e .
	@touch $@

run: setup ## run the whole pipeline on samples/ into home/
	@$(BIN)/gongkai run --input samples --home home

test: setup ## run all tests
	@$(BIN)/python -m pytest

check: setup ## ruff, mypy --strict and the import arrows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: setup ## time rendered reports end to end and night by night, then the readers beside other packages
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench_nights
	@$(BIN)/python -m tests.benchmarks.fetching
	@$(BIN)/python -m tests.benchmarks

accuracy: setup ## score what is read, and write docs/accuracy.md
	@$(BIN)/python -m tests.accuracy

handover: run ## read what is handed over with Spark, an older DuckDB, SQLAlchemy, Frictionless and Superset, in .handover/
	@test -x .handover/bin/python || $(PYTHON) -m venv .handover
	@.handover/bin/python -m pip install $(QUIETLY) -r tests/handover/requirements.txt
	@$(BIN)/gongkai export --home home --format parquet
	@$(BIN)/gongkai export --home home --format csv
	@.handover/bin/python tests/handover/readers.py home
	@test -x .handover/superset/bin/python || $(PYTHON) -m venv .handover/superset
	@.handover/superset/bin/python -m pip install $(QUIETLY) -r tests/handover/superset/requirements.txt
	@cd .handover/superset && bin/python ../../tests/handover/superset/chart.py ../../home ../../docs/superset.png

lock: ## write requirements.lock anew from pyproject.toml (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --group dev pyproject.toml -o requirements.lock

.PHONY: help setup run test check bench accuracy handover lock
