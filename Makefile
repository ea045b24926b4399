# `make run` on a fresh Debian or Ubuntu machine is all that a user needs; the rest is for developers.
PYTHON ?= python3
export PYTHON
python := .venv/bin/python
screen := xvfb-run -a -s "-screen 0 1600x1000x24"
window := env INSPECTOR_TEST_LANE=window QT_QPA_PLATFORM=xcb $(screen)

export PYTHONUNBUFFERED = 1

.PHONY: run demo test test-quiet test-window test-all lint types check bench smoke pictures set-up

run: set-up ## start the window
	@$(python) main_app.py

demo: set-up ## no display needed: demo parts, train, inspect, evaluate, report in ./demo-report/
	@$(python) main_app.py demo --report ./demo-report

set-up:
	@bash .ci/set-up

test: set-up ## all tests that are not slow: those without a window and those with one side by side
	@$(MAKE) --no-print-directory -j2 test-quiet test-window

test-quiet: set-up
	$(python) -m pytest --maxfail 20 -m "not window and not slow and not gpu and not weights"

test-window: set-up
	$(window) $(python) -m pytest --maxfail 20 -m "window and not slow and not gpu and not weights"

test-all: set-up ## the slow tests too, and those of the window offscreen as well
	$(python) -m pytest -m "not gpu and not weights"
	$(window) $(python) -m pytest -m "window and not gpu and not weights"

lint: set-up
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .

types: set-up
	.venv/bin/mypy

check: lint types test ## what must pass before a change lands

bench: set-up ## speed ratios, each measured in one run
	@for each in benchmarks/bench_*.py; do \
		echo "== $$each"; $(python) -m benchmarks.$$(basename $$each .py) || exit 1; done

smoke: set-up ## every method: train, evaluate, export, infer, compare
	$(python) main_app.py smoke

pictures: set-up ## the manual's screenshots, made by driving the real window
	$(screen) $(python) -m tests.make_pictures docs/pictures
