# Every target sets up .venv by itself, from the lock. Needed: Python ≥ 3.11, git, make.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
BIN := .venv/bin

# At the end it names what took longest, since a suite grows where nobody looks.
PYTEST := $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder --durations 30 --durations-min 4

.PHONY: up demo lint quick without test test-all check bench faults soak fuzz pictures dist lock browser verifiers lighthouse \
	mutants

up: .venv/ready
	@exec $(BIN)/certs up

demo: .venv/ready
	@$(BIN)/certs demo

# Containers often forbid to keep what Python compiled: then each of the hundreds of processes that
# the tests start would compile the program again (0.3 s), and each worker all tests (8 s).
test test-all quick: export PYTHONDONTWRITEBYTECODE :=

# Every test, on one database where both do the same. What failed is printed, and tried once more
# with the machine to itself: a browser can wait longer for a busy server than a person would. Not in
# the hosted workflow (AGAIN=), where it has failed.
AGAIN := 1
test: lint browser
	$(PYTEST) --one-database \
	|| { test -n "$(AGAIN)" && echo "Failed above. Once more, alone:" \
		&& $(BIN)/pytest --last-failed --last-failed-no-failures none; }

# Every test on every database, every pair of acts on people at once, and minutes of them in any order.
test-all: export THOROUGH := 1
test-all: export MACHINES := 300
test-all: lint browser
	$(PYTEST)

lint: .venv/ready-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# What needs no browser, no PostgreSQL, no server and no drawn page of a PDF.
quick: .venv/ready-dev
	@$(PYTEST) --quick

# Lint and `quick` in a copy from which one of `shared/features` is taken out.
without: .venv/ready-dev
	@$(BIN)/python -m tests.support.without $(FEATURE)

check: test

bench: .venv/ready-dev
	$(BIN)/python -m tests.benchmarks

faults: .venv/ready-dev browser
	$(BIN)/python -m tests.faults

# An installation at work for MINUTES, on SQLite or (DATABASE=PostgreSQL) a server of its own:
# memory, answers, mails.
MINUTES := 60
DATABASE := SQLite
soak: .venv/ready-dev
	$(BIN)/python -m tests.faults.soak --minutes $(MINUTES) --database $(DATABASE)

# Looks for input that nobody thought of, for SECONDS in all.
SECONDS := 600
fuzz: .venv/ready-dev requirements-fuzz.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-fuzz.lock
	$(BIN)/pytest tests/fuzz --seconds $(SECONDS) --timeout 0

# Breaks COUNT random lines, one at a time, and names those that no test near them misses.
COUNT := 10
mutants: .venv/ready-dev requirements-mutants.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-mutants.lock
	@$(BIN)/python -m tests.support.mutants $(COUNT)

# Verifiers of credentials that others made, for Node 20: without them, tests/verifiers is skipped.
verifiers:
	npm ci --prefix tests/verifiers --ignore-scripts --no-audit --no-fund

# What Lighthouse says of the pages that people see, for Node 20: a line each, and what they lose by.
lighthouse: .venv/ready-dev browser
	@test -d tests/lighthouse/node_modules \
	|| npm ci --prefix tests/lighthouse --ignore-scripts --no-audit --no-fund
	@$(BIN)/python -m tests.support.judge_pages

pictures: .venv/ready-dev browser
	$(BIN)/python -m tests.support.take_pictures

# pip refuses what does not have the locked hash; the product itself is installed from this folder.
.venv/ready: requirements.lock requirements-build.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (set PYTHON=/path/to/python3)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python lacks its venv module. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Installing what requirements.lock names (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement requirements.lock --requirement requirements-build.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

# The tests drive a real browser: best Chromium without its windows, which takes half of the
# processor's time for the same pages, and which not every system has.
browser:
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null \
	|| command -v google-chrome >/dev/null \
	|| test -d "/Applications/Google Chrome.app" \
	|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
		&& apt-get -qq update \
		&& { apt-get -qq install -y --no-install-recommends chromium-headless-shell >/dev/null \
		|| apt-get -qq install -y --no-install-recommends chromium >/dev/null; }; } \
	|| { echo "The tests need Chromium. On Debian or Ubuntu: sudo apt install chromium"; exit 1; }

# What is published: built twice from the same commit, the wheel has the same bytes.
dist: .venv/ready
	@rm -rf build dist
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -c \
		"import setuptools.build_meta as build; build.build_sdist('dist'); build.build_wheel('dist')" >/dev/null
	@ls dist

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-header --extra dev pyproject.toml \
		--constraint requirements.lock --output-file requirements-dev.lock
	for group in build fuzz mutants; do uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
		--constraint requirements-dev.lock --group $$group \
		--output-file requirements-$$group.lock || exit 1; done
