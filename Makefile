# Everything is installed into .venv in this folder. “make help” lists the targets.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
QA_PORT ?= 8000
export HF_HUB_OFFLINE ?= 1
# Two test processes run at once. With more threads, each process would have to wait for the other.
ONE_THREAD := OMP_NUM_THREADS=1

.DEFAULT_GOAL := help
.PHONY: help setup run build test test-quick test-thorough test-e2e coverage check hooks style types imports format samples prove-main prove-reading prove-evidence prove-index prove-page prove-service prove-questions prove-answers prove-findings peers prove-speed flames audit clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## Install the product and its test tools into .venv

$(STAMP): pyproject.toml constraints.txt tools/setup.sh
	@sh tools/setup.sh $(VENV)
	@touch $(STAMP)

run: $(STAMP) ## Index your reports (var/reports), or the samples, then serve the chat page
	@$(BIN)/qa-service build || test $$? -eq 3
	@$(BIN)/qa-service serve --port $(QA_PORT)

build: $(STAMP) ## Index the reports in var/reports, or the samples if it is empty
	@$(BIN)/qa-service build

test: test-quick test-thorough test-e2e ## Run all tests: quick, thorough, then a real browser with a real server

test-quick: $(STAMP) ## Run the quick tests (about three minutes)
	@$(ONE_THREAD) $(BIN)/python -m pytest -m "not e2e and not thorough" -n 2 --dist worksteal

test-thorough: $(STAMP) ## Run the tests with many cases or whole builds (about seven minutes)
	@$(ONE_THREAD) $(BIN)/python -m pytest -m "thorough and not e2e" -n 2 --dist loadfile --randomly-dont-reorganize

test-e2e: $(STAMP) ## Run the browser tests. As root, installs Debian's chromium if it is missing
	@sh tools/browser.sh
	@$(ONE_THREAD) $(BIN)/python -m pytest -m e2e -n 2 --dist loadfile --randomly-dont-reorganize

coverage: $(STAMP) ## Run the quick tests and show which lines they leave out, also in htmlcov/
	@$(ONE_THREAD) $(BIN)/python -m pytest -m "not e2e and not thorough" -n 2 --dist worksteal --cov --cov-report=term --cov-report=html

check: $(STAMP) ## Check style, types, imports and known vulnerabilities in libraries
	@$(MAKE) --no-print-directory style types imports audit

hooks: $(STAMP) ## Install the git hooks, which run the same checks on each commit and push
	@$(BIN)/pre-commit install

# The git hooks run these targets too. They do not depend on the installation, because a hook must not download
# anything.
style: ## Check style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: ## Check types
	@$(BIN)/mypy

imports: ## Check that the packages import only those they may
	@$(BIN)/lint-imports --no-logo

audit: ## Check the libraries for known vulnerabilities
	@$(BIN)/python -m tools.audit

format: $(STAMP) ## Format the code
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

samples: $(STAMP) ## Make the sample reports from their texts
	@$(BIN)/python -m tools.samples.make

prove-main: $(STAMP) ## Measure the main job on the real reports in ../shared, against targets
	@$(BIN)/python -m benchmarks.proofs.prove_main

prove-reading: $(STAMP) ## Measure how well reports are read, against targets
	@$(BIN)/python -m benchmarks.proofs.prove_reading

prove-evidence: $(STAMP) ## Measure retrieval, answers and abstentions, against targets
	@$(BIN)/python -m benchmarks.proofs.prove_evidence

prove-index: $(STAMP) ## Measure the index: additions, kills, damage and swaps, against targets
	@$(BIN)/python -m benchmarks.proofs.prove_index

prove-page: $(STAMP) ## Measure the chat page in a real browser, against targets
	@sh tools/browser.sh
	@$(BIN)/python -m benchmarks.proofs.prove_page

prove-service: $(STAMP) ## Measure access, hostile inputs, the contract, backup and load, against targets
	@$(BIN)/python -m benchmarks.proofs.prove_service

prove-questions: $(STAMP) ## Measure answers to questions that facts decide. BEFORE=FOLDER names an earlier checkout
	@$(BIN)/python -m benchmarks.proofs.prove_questions $(if $(BEFORE),--before $(BEFORE))

prove-answers: $(STAMP) ## Measure answers and confidence, against targets. DATA=FOLDER names an index, BLIND=--blind asks those too
	@$(BIN)/python -m benchmarks.proofs.prove_answers $(DATA) $(BLIND)

prove-findings: $(STAMP) ## Measure figures across reports, against targets. DATA=FOLDER names an index of the real reports
	@$(BIN)/python -m benchmarks.proofs.prove_findings $(DATA)

peers: $(STAMP) ## Install the systems that prove-speed compares with this one (2 GB)
	@test -x .venv-peers/bin/python || $(BIN)/python -m venv .venv-peers
	@.venv-peers/bin/pip install --quiet "$$(grep '^torch==' constraints.txt)"
	@.venv-peers/bin/pip install --quiet --requirement benchmarks/peers/requirements.txt

prove-speed: $(STAMP) ## Compare speed, memory and disk with other systems
	@$(BIN)/python -m benchmarks.proofs.prove_speed

flames: $(STAMP) ## Draw flame graphs of a question and a build. DATA=FOLDER names an index of the real reports
	@$(BIN)/python -m benchmarks.measurements.flames $(DATA)

clean: ## Remove everything installed or built, but keep var
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* htmlcov
