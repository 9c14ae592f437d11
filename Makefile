# Everything installs into .venv in this folder. “make help” lists the targets.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
QA_PORT ?= 8000
export HF_HUB_OFFLINE ?= 1
# Two processes of tests beside each other: threads of one would only wait for those of the other.
BESIDE := OMP_NUM_THREADS=1

.DEFAULT_GOAL := help
.PHONY: help setup run build test test-quick test-thorough test-e2e check format samples prove-main prove-reading prove-evidence prove-index prove-page prove-service peers prove-speed flames audit clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## Install the product and what its tests need into .venv

$(STAMP): pyproject.toml constraints.txt tools/setup.sh
	@sh tools/setup.sh $(VENV)
	@touch $(STAMP)

run: $(STAMP) ## Index your reports (var/reports), or the samples, and serve the chat page
	@$(BIN)/qa-service build || test $$? -eq 3
	@$(BIN)/qa-service serve --port $(QA_PORT)

build: $(STAMP) ## Index the reports in var/reports, or the samples while it is empty
	@$(BIN)/qa-service build

test: test-quick test-thorough test-e2e ## Run all tests: quick ones, thorough ones, then a real browser on a real server

test-quick: $(STAMP) ## Run the quick tests (under three minutes)
	@$(BESIDE) $(BIN)/python -m pytest -m "not e2e and not thorough" -n 2 --dist worksteal

test-thorough: $(STAMP) ## Run the tests with many cases or whole builds: hostile inputs, views, commands (some five minutes)
	@$(BESIDE) $(BIN)/python -m pytest -m "thorough and not e2e" -n 2 --dist loadfile

test-e2e: $(STAMP) ## Run the browser tests; installs Debian's chromium when run as root and it is missing
	@sh tools/browser.sh
	@$(BESIDE) $(BIN)/python -m pytest -m e2e -n 2 --dist loadfile

check: $(STAMP) ## Lint, types, the direction of imports, known faults of libraries
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tools.audit

audit: $(STAMP) ## Ask the registry for known faults of the libraries
	@$(BIN)/python -m tools.audit

format: $(STAMP) ## Put the code into its standard form
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

samples: $(STAMP) ## Make the sample reports again from their sources
	@$(BIN)/python -m tools.samples.make

prove-main: $(STAMP) ## Measure the main job on the real reports in ../shared, each figure beside its bound
	@$(BIN)/python -m benchmarks.prove_main

prove-reading: $(STAMP) ## Measure the reading of reports, each figure beside its bound
	@$(BIN)/python -m benchmarks.prove_reading

prove-evidence: $(STAMP) ## Measure retrieval, answers and refusals, each figure beside its bound
	@$(BIN)/python -m benchmarks.prove_evidence

prove-index: $(STAMP) ## Measure how the index is kept: additions, kills, damage, swaps, each figure beside its bound
	@$(BIN)/python -m benchmarks.prove_index

prove-page: $(STAMP) ## Measure the chat page in a real browser, each figure beside its bound
	@sh tools/browser.sh
	@$(BIN)/python -m benchmarks.prove_page

prove-service: $(STAMP) ## Measure access, hostile inputs, the contract, backup and load, each figure beside its bound
	@$(BIN)/python -m benchmarks.prove_service

peers: $(STAMP) ## Install the other systems that prove-speed measures beside this one (two gigabytes)
	@test -x .venv-peers/bin/python || $(BIN)/python -m venv .venv-peers
	@.venv-peers/bin/pip install --quiet "$$(grep '^torch==' constraints.txt)"
	@.venv-peers/bin/pip install --quiet --requirement benchmarks/peers/requirements.txt

prove-speed: $(STAMP) ## Measure building, adding, starting, asking, memory and disk beside other systems
	@$(BIN)/python -m benchmarks.prove_speed

flames: $(STAMP) ## Draw where a question's and a build's time goes: DATA=FOLDER, one that holds an index of the real reports
	@$(BIN)/python -m benchmarks.flames $(DATA)

clean: ## Remove what was installed and built; reports and index in var stay
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
