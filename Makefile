# `make` alone lists the targets.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup demo test check bench simulate docs clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

setup: $(READY) ## make the virtual environment with everything in it

demo: $(READY) ## build the demo firm and open the window on it
	$(BIN)/onewindow demo

test: $(READY) ## run the whole test suite
	$(BIN)/python -m pytest

check: $(READY) ## ruff, pyright strict, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pyright

bench: $(READY) ## measure the speed budget; the first time builds 7 GB of files, CLIENTS=1000,100000 less than one
	$(BIN)/python -m tests.bench $(if $(CLIENTS),--clients $(CLIENTS))

simulate: $(READY) ## several people at work from each of many seeds, held against a model: SEEDS=1000, OPERATIONS=300, JOBS=2
	$(BIN)/python -m tests.simulation --seeds $(or $(SEEDS),100) --operations $(or $(OPERATIONS),300) --jobs $(or $(JOBS),2)

docs: $(READY) ## write again what the program says of itself: docs/keys.md, docs/command-line.md, docs/window.svg
	ONEWINDOW_GOLDEN=write $(BIN)/python -m pytest -n 0 tests/test_docs.py

clean: ## remove what the other targets made
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache
