# The main job, the tests and the checks, each in one word. Needs make and Python 3.11 or newer, nothing else.

PYTHON  ?= python3
EXAMPLE ?= beijing-2016
WORKERS ?= 2
ARGS    ?=

BIN   := .venv/bin
READY := .venv/.ready

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check fix bench docs lock clean

help: ## this list
	@echo "make TARGET, where TARGET is"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-7s %s\n", $$1, $$2 }' Makefile

run: $(READY) ## the main job on an example: make run [EXAMPLE=beijing-2016]
	$(BIN)/holiday-classes run "examples/$(EXAMPLE)" -o "out/$(EXAMPLE)"
	@echo
	@echo "Look at:"
	@echo "  out/$(EXAMPLE)/private/coordinator/index.html   everything, for the coordinator"
	@echo "  out/$(EXAMPLE)/private/venues/                  one pack for each venue"
	@echo "  out/$(EXAMPLE)/publish/                         pages and calendars for families and staff"

test: $(READY) ## every test: make test [ARGS="-k siblings"]
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

check: $(READY) ## style, types, layers, and generated docs in step with the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict scheduler tests
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

fix: $(READY) ## put right what can be put right by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY) ## every script in benchmarks/, one after the other; takes long
	@set -e; for script in benchmarks/*.py; do \
		test -e "$$script" || { echo "There is no script in benchmarks/ yet."; break; }; \
		echo "== $$script"; $(BIN)/python "$$script"; \
	done

docs: $(READY) ## write the data dictionary and the list of rules from the code
	$(BIN)/python docs/generate.py

lock: $(READY) ## resolve the dependencies anew into requirements.lock
	$(BIN)/python -m pip install --quiet --no-cache-dir uv
	$(BIN)/uv pip compile --quiet --no-cache --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--extra dev pyproject.toml -o requirements.lock

clean: ## remove what was built: environment, caches, out/
	rm -rf .venv out build dist htmlcov .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "There is no $(PYTHON) here. On Debian or Ubuntu: apt-get install python3 python3-venv" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$$("$(PYTHON)" --version) is too old: 3.11 or newer is needed. Name another: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Preparing .venv from requirements.lock (once; a minute or two)"
	@"$(PYTHON)" -m venv .venv
	@$(BIN)/python -m pip install --quiet --no-cache-dir --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-cache-dir --no-deps --no-build-isolation -e .
	@touch $@
