# `make` alone lists the targets. `make PYTHON=python3.12 …` sets up with that Python, else with the newest one there is.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup demo test test-fast check bench simulate mutants docs clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

# It is set up again when the system has lost its Python, or another is named than the one that stands in the file.
ifneq ($(shell test -x $(BIN)/python && echo whole),whole)
.PHONY: $(READY)
else ifneq ($(PYTHON),)
ifneq ($(PYTHON),$(shell cat $(READY) 2>/dev/null))
.PHONY: $(READY)
endif
endif

$(READY): pyproject.toml setup.py tools/choose_python.sh
	@python=$$(sh tools/choose_python.sh "$(PYTHON)") && \
	present=$$(sh tools/choose_python.sh $(BIN)/python 2>/dev/null || true) && \
	echo "$$python -m venv $(VENV)" && \
	if [ "$$present" = "$$python" ]; then "$$python" -m venv $(VENV); else "$$python" -m venv --clear $(VENV); fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@echo '$(PYTHON)' > $@

setup: $(READY) ## make the virtual environment with everything in it

demo: $(READY) ## build the demo firm and open the window on it
	$(BIN)/onewindow demo

test: $(READY) ## run the whole test suite
	$(BIN)/python -m pytest

test-fast: $(READY) ## run in under a minute what a change since main needs; PACKAGE=desk/plans what a change of that needs
	$(BIN)/python -m tests.nearest_tests $(PACKAGE)

check: $(READY) ## ruff, pyright strict, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pyright

bench: $(READY) ## measure the speed budget; the first time builds 7 GB of files, CLIENTS=1000,100000 less than one
	$(BIN)/python -m tests.bench $(if $(CLIENTS),--clients $(CLIENTS))

simulate: $(READY) ## several people at work from each of many seeds, held against a model: SEEDS=1000, OPERATIONS=300, JOBS=2
	$(BIN)/python -m tests.simulation --seeds $(or $(SEEDS),100) --operations $(or $(OPERATIONS),300) --jobs $(or $(JOBS),2)

mutants: $(READY) ## plant faults at random and print the share that the tests notice: N=200, SEED=1, ROOM=metrics, JOBS=2
	$(BIN)/python -m tests.mutants --count $(or $(N),200) --seed $(or $(SEED),1) --jobs $(or $(JOBS),2) $(if $(ROOM),--room $(ROOM))

docs: $(READY) ## write again what the program says of itself: docs/keys.md, docs/command-line.md, docs/window.svg
	ONEWINDOW_GOLDEN=write $(BIN)/python -m pytest -n 0 tests/test_docs.py

clean: ## remove what the other targets made
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache .mutants build dist
