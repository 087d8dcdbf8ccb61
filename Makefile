# `make site` builds the site, `make test` runs every check. Python 3.11+, pip and make are enough.
PYTHON ?= python3
BIN := .venv/bin
.PHONY: site check serve test fuzz screenshots bench bench-all lock clean
.DEFAULT_GOAL := site

site: .venv/site.ok
	$(BIN)/python build.py build
	@echo "Look at it: python3 -m http.server -d site, then http://localhost:8000/"

check: .venv/site.ok
	$(BIN)/python build.py check $(if $(SINCE),--since "$(SINCE)")

serve: .venv/site.ok
	$(BIN)/python build.py serve

test: .venv/test.ok
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python build.py check --strict
	$(BIN)/pytest

# Tries any content, cards and texts at random, each question for about FUZZ seconds: docs/security.md.
FUZZ ?= 60
fuzz: .venv/test.ok .venv/fuzz.ok
	@for what in cards markdown; do if [ -d .venv/fuzz ]; then \
	  echo "$$what, for $(FUZZ) seconds" && .venv/fuzz/bin/python tests/fuzz/fuzz_$$what.py $(FUZZ) || exit 1; fi; done
	FUZZ=$(FUZZ) $(BIN)/pytest -p no:cacheprovider tests/test_grown.py --hypothesis-show-statistics

# Every kind of page at three widths, light and dark, into tests/screenshots/.
screenshots: .venv/test.ok
	SCREENSHOTS=1 $(BIN)/pytest tests/test_appearance.py -k "kind_of_page or state"

# What a build costs, and what Hugo and Eleventy take for the same pages: docs/performance.md.
bench: .venv/site.ok .venv/bench.ok
	$(BIN)/python tests/benchmark/run.py 100 1000 $(BENCH)

bench-all: .venv/site.ok .venv/bench.ok
	$(BIN)/python tests/benchmark/run.py 100 1000 10000 50000 $(BENCH)

# Brings requirements*.lock up to date with pyproject.toml; the maintainer runs it, nobody else.
lock: .venv/test.ok
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --extra test pyproject.toml -o requirements-test.lock

clean:
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make site PYTHON=python3.13")'
	$(PYTHON) -m venv .venv || ( $(PYTHON) -m venv --without-pip .venv \
	  && $(PYTHON) -m pip --python .venv/bin/python install --quiet pip )

.venv/site.ok: requirements.lock | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/test.ok: requirements-test.lock .venv/site.ok
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	sh tests/install-tools
	@touch $@

.venv/fuzz.ok: requirements.lock tests/fuzz/requirements.txt | .venv/bin/python
	$(BIN)/python -m venv .venv/fuzz
	@.venv/fuzz/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $< \
	  && .venv/fuzz/bin/pip install --quiet --disable-pip-version-check --only-binary :all: -r tests/fuzz/requirements.txt \
	  || { rm -r .venv/fuzz; echo "atheris does not install here: fuzzing goes on with Hypothesis alone."; }
	@touch $@

.venv/bench.ok: tests/benchmark/rivals/requirements.txt tests/benchmark/rivals/package.json | .venv/bin/python
	$(BIN)/python -m venv .venv/bench
	.venv/bench/bin/pip install --quiet --disable-pip-version-check -r $<
	@if command -v npm > /dev/null; then cp tests/benchmark/rivals/package.json .venv/bench/ \
	  && npm install --silent --no-audit --no-fund --prefix .venv/bench; \
	  else echo "There is no npm here: the benchmark goes on without Eleventy."; fi
	@touch $@
