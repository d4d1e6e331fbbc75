# make site   builds the demonstration city into public/
# make test   runs every test; gets a browser for them first
# make wheel  makes dist/shirube-*.whl, which pip installs
# make lint   checks scripts and style sheets; needs Node
# make audit  looks at every page in real browsers; needs Node and Java as well
# make figures CORPUS=folder  renews docs/figures.md; the folder holds a benchmark for the search
# README.md has the commands beneath for those without make.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: site test wheel lint audit figures lock clean

site: $(VENV)/.site
	$(RUN) build.py
	@echo "次の命令で見られます: $(RUN) build.py serve"

test: $(VENV)/.test
	$(RUN) -m browsers.launch
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy .
	$(VENV)/bin/lint-imports --no-cache
	$(RUN) -m pytest -n auto

wheel: $(VENV)/.test
	$(RUN) -m hatchling build -t wheel

lint:
	npm install --no-save --no-audit --no-fund
	node_modules/.bin/biome ci
	node_modules/.bin/tsc --project .

audit: $(VENV)/.test
	$(RUN) -m browsers.launch
	$(RUN) -m a11y.setup
	cd a11y && npm ci --no-audit --no-fund
	$(RUN) build.py audit --all

figures: $(VENV)/.test
	$(RUN) -m browsers.launch
	$(RUN) -m bench.figures $(if $(CORPUS),--corpus $(CORPUS))

$(VENV)/.site: requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 以上が必要です")'
	$(PYTHON) -m venv $(VENV) || { echo "venv を作れません。Debian では apt-get install python3-venv を実行してください"; exit 2; }
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(VENV)/.test: $(VENV)/.site requirements-dev.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Renews the locks from pyproject.toml; needs uv.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --upgrade pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --upgrade --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) dist public public.releases public.cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
