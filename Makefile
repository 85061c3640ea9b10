# One command for everything. `make help` lists them.
# A virtual environment is made in .venv from the lock files; uv makes that quick where it is installed.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
export DVC_NO_ANALYTICS := 1

.DEFAULT_GOAL := help
.PHONY: help repro test setup setup-dev lint typeset check acquire official check-editions evaluate changes baseline gains dictionary bench fuzz lock clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | sort | expand -t 16

repro: $(VENV)/.run  ## run the whole analysis (dvc repro) and say what it found
	@PATH="$(CURDIR)/$(BIN):$$PATH" dvc repro
	@$(BIN)/python -m pipeline summary

test: $(VENV)/.dev lint  ## rules, types, style and all tests
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.dev  ## ruff, mypy --strict on pipeline/, yamllint, validity of packs
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/yamllint -s pipeline raw dvc.yaml params.yaml tests/gold
	@$(BIN)/python -m pipeline check

typeset: $(VENV)/.dev  ## digests (Markdown) → the PDFs and pages that the pipeline reads
	@$(BIN)/python -m pipeline typeset

check: $(VENV)/.run  ## are packs, vocabulary, benchmarks and sources valid?
	@$(BIN)/python -m pipeline check

acquire: $(VENV)/.run  ## fetch official texts into raw/*/official (or take them: make acquire CORPUS=folder)
	@$(BIN)/python -m pipeline acquire $(if $(CORPUS),--from "$(CORPUS)")

official: $(VENV)/.run  ## the whole analysis on official texts, in build/official (CORPUS=folder of files named by doc_id)
	@$(BIN)/python -m pipeline official $(if $(CORPUS),--corpus "$(CORPUS)")

check-editions: $(VENV)/.run  ## digests against official texts, article by article (CORPUS=folder)
	@$(BIN)/python -m pipeline check-editions $(if $(CORPUS),--corpus "$(CORPUS)")

evaluate: $(VENV)/.run  ## accuracy against the gold facts (CORPUS=folder: on official texts too)
	@PATH="$(CURDIR)/$(BIN):$$PATH" dvc repro evaluate
	@$(BIN)/python -m pipeline evaluate --show reports/metrics.json
	@$(if $(CORPUS),$(BIN)/python -m pipeline official --corpus "$(CORPUS)" && $(BIN)/python -m pipeline evaluate --show build/official/reports/metrics.json)

changes: $(VENV)/.run  ## findings added, removed and changed since the last commit (SINCE=revision)
	@$(BIN)/python -m pipeline changes --since $(or $(SINCE),HEAD)

baseline: $(VENV)/.run  ## keep the last committed run: the report says what changed since (OF=revision)
	@$(BIN)/python -m pipeline baseline --of $(or $(OF),HEAD)

gains: $(VENV)/.run  ## what today's rules gain and lose against another revision (BASE=revision)
	@$(BIN)/python -m pipeline gains --base $(or $(BASE),HEAD)

dictionary: $(VENV)/.run  ## write docs/data.md, the data dictionary
	@$(BIN)/python -m pipeline dictionary

fuzz: $(VENV)/.dev  ## broken and hostile files through extract and parse (N=10000)
	@LACUNA_FUZZ=$(or $(N),10000) $(BIN)/python -m pytest tests/test_formats.py -s -k mutated

bench: $(VENV)/.dev  ## speed and memory (CORPUS=<folder of PDFs>; without it, the PDFs in raw/)
	@for script in bench/*.py; do CORPUS="$(CORPUS)" $(BIN)/python $$script || exit 1; done

setup: $(VENV)/.run  ## make the environment that `repro` needs
setup-dev: $(VENV)/.dev  ## make the environment that `test` needs

lock:  ## resolve the dependencies again (needs uv)
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links --extra dask --extra typeset --group dev -c requirements.lock \
	  pyproject.toml -o requirements-dev.lock

clean:  ## remove the environment and everything that can be made again (committed reports stay)
	rm -rf $(VENV) .cache build .pytest_cache .mypy_cache .ruff_cache

# Asked for on the command line, that Python and no other; one in the environment is tried first.
NAMED_PYTHON := $(if $(filter command line,$(origin PYTHON)),$(PYTHON))

$(VENV)/.made:
	@set -e; found=; for python in $(or $(NAMED_PYTHON),$${PYTHON:-} python3 python3.13 python3.12 python3.11 python); do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then \
	    found=$$python; break; fi; done; \
	if [ -z "$$found" ]; then echo "Python 3.11, 3.12 or 3.13 is needed; $(if $(NAMED_PYTHON),PYTHON=$(NAMED_PYTHON) is none of them or does not run,none was found). Name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; fi; \
	rm -rf $(VENV); \
	if uv --version >/dev/null 2>&1; then uv venv -q --python "$$($$found -c 'import sys; print(sys.executable)')" $(VENV); \
	else $$found -m venv $(VENV); fi; \
	touch $@

# The development lock holds everything of the other one, so either environment serves `repro`.
$(VENV)/.run: requirements.lock | $(VENV)/.made
	@if [ -f $(VENV)/.dev ]; then $(MAKE) --no-print-directory $(VENV)/.dev; else $(call install,requirements.lock); fi
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/.made
	@$(call install,requirements-dev.lock)
	@touch $@

define install
echo "installing $(1)"; \
if uv --version >/dev/null 2>&1; then VIRTUAL_ENV="$(CURDIR)/$(VENV)" uv pip install -q --require-hashes -r $(1); \
else $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1); fi
endef
