# The whole developer interface. Needs Python 3.11 or newer and make; everything else is installed into .venv.
.PHONY: run test bench setup lint fix lock bundle bundle-test browser screenshot playground help
.DEFAULT_GOAL := help

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready
BENCH_READY := $(VENV)/.bench-ready
PLAN ?=
CHANNEL ?= slack

help:
	@echo "make run [PLAN=FILE]   準備をして http://127.0.0.1:8080 で動かす（PLAN は計画の文書）"
	@echo "make test              準備をして試験を全部行う"
	@echo "make bench             速さと大きさを測る"
	@echo "make setup             .venv に入れるだけ"
	@echo "make lint / fix        書き方・型・層を調べる / 書き方を直す"
	@echo "make bundle            インターネットにつながない機械に入れる一式を dist/ に作る"
	@echo "make bundle-test       その一式を、通信できないところに入れて試す"
	@echo "make browser           Chromium での試験（node と chromium が要る）"
	@echo "make screenshot        docs/images の画面を撮り直す"
	@echo "make playground        端末から試す（CHANNEL=slack か teams。試験用の窓口を使う）"
	@echo "make lock              requirements*.lock を作り直す"

run: $(RUN_READY)
	@$(BIN)/python -m bot.cli.local $(if $(PLAN),--plan "$(PLAN)")

test: $(DEV_READY)
	@$(BIN)/python -m pytest -n 2 -m "not browser and not bundle"

bench: $(DEV_READY) $(BENCH_READY)
	@$(BIN)/python -m bench

setup: $(DEV_READY)

lint: $(DEV_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(DEV_READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/pyvenv.cfg
	@$(BIN)/python -m uv --version >/dev/null 2>&1 || $(PIP) install uv
	$(BIN)/python -m uv pip compile --quiet --universal --no-emit-index-url --no-header \
		--python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/python -m uv pip compile --quiet --universal --no-emit-index-url --no-header \
		--python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock
	$(BIN)/python -m uv pip compile --quiet --universal --no-emit-index-url --no-header \
		--python-version 3.11 --extra bench -c requirements-dev.lock pyproject.toml -o requirements-bench.lock

bundle: $(DEV_READY)
	@$(BIN)/python scripts/build_bundle.py

bundle-test: $(DEV_READY)
	@$(BIN)/python -m pytest -m bundle

browser: $(DEV_READY) node_modules/.ready
	@$(BIN)/python -m pytest -m browser

screenshot: $(DEV_READY) node_modules/.ready
	@$(BIN)/python -m tests.browser.screenshot

playground: $(DEV_READY)
	@$(BIN)/python -m tests.playground $(CHANNEL)

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "Python 3.11 以上が見つかりません。入れてから、もう一度実行してください。"; exit 1; }
	@echo "Python の環境を $(VENV) に作っています…"
	@$(PYTHON) -m venv --clear $(VENV)

$(RUN_READY): $(VENV)/pyvenv.cfg requirements.lock pyproject.toml
	@echo "必要な部品を入れています（はじめだけ、1～2分かかります）…"
	@$(PIP) install -r requirements.lock
	@$(PIP) install --no-deps -e . -qq
	@touch $@

$(DEV_READY): $(VENV)/pyvenv.cfg requirements-dev.lock requirements.lock pyproject.toml
	@echo "試験に要る部品を入れています（はじめだけ、1～2分かかります）…"
	@$(PIP) install -r requirements-dev.lock
	@$(PIP) install --no-deps -e . -qq
	@touch $(RUN_READY) $@

$(BENCH_READY): $(DEV_READY) requirements-bench.lock
	@echo "比べる相手を入れています…"
	@$(PIP) install -r requirements-bench.lock
	@touch $@

node_modules/.ready: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@
