# Two commands matter: `make run` and `make test`. Both install and build what they need.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# One target folder outside the checkout, shared by fresh clones and CI on the same machine.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/footfall/target
TOOLS := $(HOME)/.cache/footfall/tools
export FOOTFALL_PYTHON ?= $(TOOLS)/python/bin/python
export FOOTFALL_BIN ?= $(CARGO_TARGET_DIR)/debug/footfall
export CARGO_TERM_COLOR ?= auto

# Another version generates other requests: moving it is a change like any other.
SCHEMATHESIS := 4.32.5

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: help run test check fix gen bench fuzz advisories clean web sdk server tools-build tools-test formats test-rust test-openapi test-web test-e2e

help: ## Says what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: server ## Builds everything and starts Footfall with demo data
	$(FOOTFALL_BIN) demo

test: tools-test formats test-rust test-web test-e2e ## Installs what the tests need and runs all suites

check: formats ## Formats, lints, types and generated files, without running tests
	cargo clippy --workspace --all-targets --locked -- -D warnings

formats: tools-build web sdk/node_modules/.done
	cargo fmt --all --check
	cd sdk && npm run --silent check
	cd web && npm run --silent check

# Lints are those of the build that is tested, and so are the documentation's: `cargo clippy` and
# `cargo doc` would read DataFusion once more, which takes as long as a third of building it.
LINTED := RUSTC_WORKSPACE_WRAPPER=$(CURDIR)/.ci/linted-rustc

# Generated inputs are a commit's own: what fails in CI fails here too, and every commit tries others.
SEED := $(shell printf '%d' "0x$$(git rev-parse --short=12 HEAD 2>/dev/null || echo 1)")

# Hostile input has ten seconds a target here, and as long as is asked for by `make fuzz`.
test-rust: web ## The Rust suites, with the lints of `check`
	PROPTEST_RNG_SEED=$${PROPTEST_RNG_SEED:-$(SEED)} FUZZ_SEED=$${FUZZ_SEED:-$(SEED)} FUZZ_SECONDS=10 $(LINTED) cargo nextest run --workspace --locked --no-fail-fast
	$(LINTED) RUSTDOC=$(CURDIR)/.ci/rustdoc-lints cargo test --doc --workspace --locked --quiet

test-openapi: tools-test ## Every operation in every role against the OpenAPI document; EXAMPLES=n for more
	@$(TOOLS)/python/bin/pip show schemathesis 2>/dev/null | grep -qx 'Version: $(SCHEMATHESIS)' || $(TOOLS)/python/bin/pip install --quiet schemathesis==$(SCHEMATHESIS)
	$(LINTED) cargo build --workspace --bin footfall --locked
	$(FOOTFALL_PYTHON) fuzz/openapi/run.py

# Recordings are timed by the visitor's clock, so their tests mostly wait: they do it beside the dashboard's.
test-web: sdk/node_modules/.done web ## The suites of SDK and dashboard
	cd sdk && npm test && npm run e2e -- --exclude '**/recording.test.ts'
	cd web && npm test
	(cd sdk && npm run e2e -- recording) & recordings=$$!; \
	(cd web && npm run test:browser) && wait $$recordings || { wait; exit 1; }

test-e2e: web e2e/node_modules/.done ## The whole system in a real browser
	$(LINTED) cargo nextest run --workspace --locked --no-run
	cd e2e && npm test

fix: tools-build sdk/node_modules/.done web/node_modules/.done ## Formats and mends what can be mended
	cargo fmt --all
	cargo clippy --workspace --all-targets --fix --allow-dirty --allow-staged

gen: sdk/node_modules/.done web/node_modules/.done ## Renews generated files: OpenAPI document, its types, the SDK's script
	cd sdk && npm run --silent build
	FOOTFALL_GEN=1 cargo nextest run --workspace -E 'package(api) and test(openapi)'
	cd web && npm run --silent gen

fuzz: ## Hostile input by hand: T=seconds each, TARGET=name, SEED=n, INPUT=file of a failure
	FUZZ_SECONDS=$(or $(T),60) FUZZ_SEED=$(SEED) FUZZ_INPUT=$(abspath $(INPUT)) $(LINTED) \
		cargo test --package fuzz --test it --locked -- --nocapture --test-threads $(or $(JOBS),$(shell nproc)) $(TARGET)

# Not part of `test`: both databases are fetched, from a Git host and from the npm registry.
advisories: tools-build ## Known vulnerabilities of what we build on; needs the network
	@command -v cargo-deny >/dev/null || cargo install cargo-deny --locked
	cargo deny check advisories
	for folder in web sdk e2e; do (cd $$folder && npm audit --audit-level=moderate); done

bench: web tools-test ## Measures; prints one table
	cargo build --release --workspace --bin footfall --bin footfall-bench --locked
	$(CARGO_TARGET_DIR)/release/footfall-bench all $(BENCH)

bench-long: ## The same with 100 M events and five minutes of full load; takes hours and 40 GB of disk
	$(MAKE) bench BENCH="--events 1000000,10000000,100000000 --sustained-seconds 300"

clean: ## Removes what was built here
	rm -rf web/dist web/node_modules sdk/node_modules e2e/node_modules demo-data data
	@echo "The shared build folder stays: $(CARGO_TARGET_DIR)"

# The selection is the whole workspace, so that `run` and `test` share one set of features and
# nothing is built twice.
server: web
	cargo build --workspace --bin footfall --locked

web: web/dist/index.html

web/dist/index.html: web/node_modules/.done $(shell find web/src web/index.html web/vite.config.ts web/public -type f 2>/dev/null)
	cd web && npm run --silent build
	@touch $@

%/node_modules/.done: %/package.json %/package-lock.json | tools-build
	cd $* && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# --- tools -----------------------------------------------------------------------------------------

tools-build:
	@command -v cargo >/dev/null || { echo "Rust is missing: install it with rustup (https://rustup.rs)"; exit 1; }
	@command -v node >/dev/null || { echo "Node is missing: install version 20 or later"; exit 1; }
	@command -v cc >/dev/null || $(MAKE) --no-print-directory packages P=build-essential

tools-test: tools-build
	@command -v chromium >/dev/null && command -v chromium-headless-shell >/dev/null && command -v strace >/dev/null || $(MAKE) --no-print-directory packages P="chromium chromium-headless-shell strace"
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || $(MAKE) --no-print-directory packages P=postgresql
	@command -v cargo-nextest >/dev/null || cargo install cargo-nextest --locked
	@[ -x $(TOOLS)/python/bin/python ] || { python3 -m venv $(TOOLS)/python || { $(MAKE) --no-print-directory packages P=python3-venv && python3 -m venv $(TOOLS)/python; }; }
	@cd / && $(TOOLS)/python/bin/python -c 'import chdb, deltalake, duckdb, polars, pyarrow' 2>/dev/null || $(TOOLS)/python/bin/pip install --quiet chdb deltalake duckdb polars pyarrow

.PHONY: packages
packages:
	@echo "Installing Debian packages: $(P)"
	@$(SUDO) apt-get update -qq
	@DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $(P) >/dev/null
