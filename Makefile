# Needs Python 3.11+ and make; everything else is set up here, in .venv.
.PHONY: run test test-long bench lock screenshots
STORY ?= data/korday-2020
PORT ?= 8501
READY := .venv/ready

# DuckDB leaves small blocks behind for a while, which slow the C library of Linux: after 400 answers by half. Where it
# keeps more of what is freed at hand, it hardly slows. Elsewhere this is ignored. `contested serve` sets it for itself.
bench: export GLIBC_TUNABLES = glibc.malloc.tcache_count=2000

run: $(READY)  ## show the story
	.venv/bin/contested serve "$(STORY)" --port=$(PORT)

# Programs that the tests start read ours as bytecode, which the first of them writes.
test test-long: export PYTHONDONTWRITEBYTECODE =

test: $(READY)  ## everything CI runs
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/pytest -n auto --dist worksteal

test-long: $(READY)  ## the tests with ten times the drawn examples and links, every order of steps, 250 kills
	CONTESTED_LINKS=2000 .venv/bin/pytest -n auto --dist worksteal -m "" --hypothesis-profile=long

bench: $(READY)  ## measure, side by side with the naive way
	.venv/bin/python bench/startup.py
	.venv/bin/python bench/questions.py
	.venv/bin/python bench/record.py
	.venv/bin/python bench/sandbox.py
	.venv/bin/python bench/bulk.py

screenshots: $(READY)  ## the pictures of the README, from the real dashboard
	.venv/bin/python bench/screenshots.py

lock: $(READY)  ## pin what pyproject.toml asks for
	.venv/bin/python -m pip install --quiet uv
	.venv/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet \
		--python-version 3.11 --group dev pyproject.toml -o requirements.lock

$(READY): requirements.lock pyproject.toml
	python3 -m venv --clear .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
