# Rinnovo: every target sets up what it needs. `make` alone lists them.

VENV := .venv
BIN := $(VENV)/bin
# Packages come by uv where it is at hand, in a fifth of the time, else by pip: the same lock and the same hashes. Pip also
# takes over where uv fails, as behind an index that pip alone was told of.
UV := $(shell command -v uv 2>/dev/null)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
LOCKED := --require-hashes --no-deps
UV_OF_THE_LOCK := 0.13.9
define install
	@$(if $(UV),$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python $(1) ||) { \
		$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null || exit 1; \
		$(PIP) $(1); \
	}
endef
# One worker more than there are cores: tests that wait for a browser, a process or a pause leave their core to others.
# A worker is cheap: all are forked by one process that has imported everything (tests/support/crew.py).
PYTEST_ARGS ?= -n $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1) --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format bench simulate mutate soak pictures screens lock

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.dev ## Make .venv with everything for working on the bot (once, and when the lock changes)
	@echo "Ready: $(VENV)."

demo: $(VENV)/.run ## Try the bot in the browser: no Telegram account, no server; PORT=8090 serves it elsewhere
	@$(BIN)/python -m bot demo $(if $(PORT),--port $(PORT))

test: $(VENV)/.dev ## Run the tests but for the long ones; PYTEST_ARGS="-k words" chooses some, "-m soak" the long ones
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(VENV)/.dev ## Check style, types and layers
	@failed=; for step in "ruff check" "ruff format --check" mypy lint-imports; do \
		echo "$$step"; $(BIN)/$$step || failed="$$failed, $$step"; \
	done; \
	if [ -n "$$failed" ]; then echo "Failed: $${failed#, }." >&2; exit 1; fi

format: $(VENV)/.dev ## Lay out the code
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(VENV)/.dev ## Measure taps, renewals, reminders, memory and a million mailboxes (docs/performance.md); an hour or more
	@$(BIN)/python -m tests.load.bench
	@$(BIN)/python -m tests.load.planner_bench

simulate: $(VENV)/.dev ## Play weeks of life on a clock that leaps, and look at the laws each evening; SEED=7 DAYS=30 DATABASE=postgresql SEEDS=20
	@$(BIN)/python -m tests.simulation --seed $(or $(SEED),1) --days $(or $(DAYS),30) --seeds $(or $(SEEDS),1) \
		--database $(or $(DATABASE),sqlite)

mutate: $(VENV)/.dev ## Spoil the rules one place at a time, and see whether a test notices (docs/mutants.md); SEED=1 COUNT=10
	@$(BIN)/python -m tests.mutation --seed $(or $(SEED),1) --count $(or $(COUNT),10)

soak: $(VENV)/.dev ## Play the long tests, chat, kill what can be killed meanwhile, import a million mailboxes, judge a bank's payments: nothing is lost, nothing grows; SOAK_SECONDS=600 IMPORT_ROWS=9000 SIMULATE_SEEDS=200
	@$(BIN)/python -m pytest $(PYTEST_ARGS) -m soak
	@$(BIN)/python -m tests.load.soak
	@$(BIN)/python -m tests.load.processes
	@$(BIN)/python -m tests.load.import_soak
	@$(BIN)/python -m tests.load.matching
	@$(BIN)/python -m tests.simulation --days 30 --seeds $${SIMULATE_SEEDS:-200}
	@HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest -n 2 tests/domain tests/texts

pictures: $(VENV)/.dev ## Take the pictures of the README anew (needs Chromium)
	@RINNOVO_SCREENSHOTS=docs/images $(BIN)/python -m pytest -q -m "soak or not soak" tests/end_to_end/test_browser.py

screens: $(VENV)/.dev ## Show every window in Italian and English, and the ways between them, in screens.html
	@RINNOVO_SCREENS=screens.html $(BIN)/python -m pytest -q -n 0 -m "soak or not soak" tests/dialogs/test_every_window.py tests/dialogs/test_wandering.py
	@echo "Open screens.html in a browser."

lock: $(BIN)/python ## Choose the newest versions that pyproject.toml allows, and lock them
	$(call install,uv==$(UV_OF_THE_LOCK))
	@for set in "requirements.txt" "requirements-dev.txt --extra dev -c requirements.txt"; do \
		$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-config --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
			pyproject.toml -o $$set || exit 1; \
	done

$(VENV)/.run: requirements.txt | $(BIN)/python
	@echo "Installing what the bot needs into $(VENV): once$(if $(UV),,, about a minute)."
	$(call install,$(LOCKED) -r requirements.txt)
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(BIN)/python
	@echo "Installing what work on the bot needs into $(VENV): once$(if $(UV),,, about a minute)."
	$(call install,$(LOCKED) -r requirements-dev.txt)
	@touch $@ $(VENV)/.run

$(BIN)/python:
	@for candidate in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
		if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or newer is needed: install it, or name it with PYTHON=/path/to/python3." >&2; exit 1; \
	fi; \
	if [ -n "$(UV)" ]; then exec "$(UV)" venv --quiet --python "$$found" $(VENV); fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$found lacks the module venv: install it (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; \
	fi; \
	"$$found" -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
