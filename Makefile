# Everything there is to do here; `make` alone lists it.
#
# What is installed is decided by the locks, and nothing outside .venv is touched. A stamp in
# .venv tells make what is done already, so a second `make run` starts at once.

PYTHON ?= python3
ARGS ?=
DIST ?= dist
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
COMPILE := $(BIN)/pip-compile --quiet --no-config --generate-hashes --allow-unsafe --strip-extras \
	--no-header --annotation-style=line --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links --no-emit-options $(ARGS)

FLOORS := benchmarks/speed/floors
# $(call floor,its name,its lock): the commands that make one environment.
floor = $(PYTHON) -m venv $(VENV)/floors/$(1) && $(VENV)/floors/$(1)/bin/python -m pip \
	--disable-pip-version-check --no-input install --require-hashes -r $(2)

# $(call step,what it says,what it does): one line, and the log only where it fails.
step = @printf '%s\n' '$(1)'; \
	mkdir -p $(VENV); { $(2) ; } >$(VENV)/log 2>&1 || { cat $(VENV)/log; exit 1; }

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test soak bench bench-big check fix catalogues lock wheel clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s  %s\n", $$1, $$2 }' Makefile

run: $(VENV)/project ## start the bot: on Telegram with a token, on a page of this machine without
	@exec $(BIN)/attache run $(ARGS)

test: $(VENV)/project $(VENV)/tools ## run the tests; ARGS="-k name" runs some of them
	@$(BIN)/pytest -q -n 2 $(ARGS)

soak: $(VENV)/project ## kill the bot 20 times while 20,000 chats get digests (4 minutes)
	@$(BIN)/python -m benchmarks.soak $(ARGS)

bench: $(VENV)/project $(VENV)/floors/made ## measure how fast it is, against floors (15 minutes)
	@$(BIN)/python -m benchmarks.speed $(ARGS)

bench-big: $(VENV)/project $(VENV)/floors/made ## the same, with a million summaries too
	@$(BIN)/python -m benchmarks.speed --big $(ARGS)

check: $(VENV)/project $(VENV)/tools ## look at style, types and imports
	@failed=0; \
	for tool in 'ruff check' 'ruff format --check' mypy lint-imports; do \
		printf '== %s\n' "$$tool"; \
		$(BIN)/$$tool || failed=1; \
	done; \
	exit $$failed

fix: $(VENV)/tools ## put style right where a tool can
	@$(BIN)/ruff check --fix; status=$$?; $(BIN)/ruff format; exit $$status

# Without dates, line numbers and guesses, so that what changes is what the code says.
catalogues: $(VENV)/project ## bring the catalogues in bot/locales up to what the code says
	$(call step,Collecting what the bot says,$(BIN)/pybabel extract --add-location=file \
		--add-comments=Translators: --sort-output -o $(VENV)/messages.pot bot)
	@for language in de uk; do \
		$(BIN)/pybabel -q update --ignore-pot-creation-date --no-fuzzy-matching \
			--ignore-obsolete -w 100 -l $$language -i $(VENV)/messages.pot \
			-o bot/locales/$$language.po || exit 1; \
	done

lock: $(VENV)/tools ## write the locks anew; ARGS=--upgrade takes newer versions
	$(call step,Locking what the bot needs,$(COMPILE) -o requirements.lock pyproject.toml)
	$(call step,Locking what building it needs,$(COMPILE) -o .ci/requirements-build.lock \
		--build-deps-for wheel --build-deps-for editable --only-build-deps pyproject.toml)
	$(call step,Locking what working on it needs,$(COMPILE) -o .ci/requirements-dev.lock \
		--extra dev -c requirements.lock -c .ci/requirements-build.lock pyproject.toml)
	$(call step,Locking what the aiogram client needs,$(COMPILE) \
		-o .ci/clients/requirements-aiogram.lock .ci/clients/requirements-aiogram.in)
	$(call step,Locking what the bot is measured against,$(COMPILE) -c requirements.lock \
		-o $(FLOORS)/requirements-ptb.lock $(FLOORS)/requirements-ptb.in)

wheel: $(VENV)/installed ## build the wheel into dist
	$(call step,Building the wheel into $(DIST),$(PIP) wheel --no-deps --no-build-isolation \
		-w '$(DIST)' .)

clean: ## take away all that was made here, .venv too
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache
	find bot store config seeds tests benchmarks -name __pycache__ -exec rm -rf {} +

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Attaché needs Python 3.11 or newer. Name one: make run PYTHON=python3.11'; exit 1; }
	$(call step,Making $(VENV),$(PYTHON) -m venv $(VENV))
	@touch $@

$(VENV)/installed: $(VENV)/made requirements.lock .ci/requirements-build.lock
	$(call step,Installing what the bot needs (a minute),$(PIP) install --require-hashes \
		-r requirements.lock -r .ci/requirements-build.lock)
	@touch $@

$(VENV)/project: $(VENV)/installed pyproject.toml config/__init__.py
	$(call step,Installing the bot,$(PIP) install --no-deps --no-build-isolation -e .)
	@touch $@

$(VENV)/tools: $(VENV)/installed .ci/requirements-dev.lock
	$(call step,Installing what tests and checks need,$(PIP) install --require-hashes \
		-r .ci/requirements-dev.lock)
	@touch $@

# Environments of their own for what is measured, with nothing else in them.
$(VENV)/floors/made: $(VENV)/made requirements.lock $(FLOORS)/requirements-ptb.lock \
		.ci/clients/requirements-aiogram.lock
	$(call step,Installing what is measured (two minutes),rm -rf $(VENV)/floors && \
		$(call floor,ours,requirements.lock) && \
		$(call floor,ptb,$(FLOORS)/requirements-ptb.lock) && \
		$(call floor,aiogram,.ci/clients/requirements-aiogram.lock))
	@touch $@
