# make report · make test · make lint · make weights · make bench DATA=folder

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.installed

.PHONY: report test lint install weights bench clean

report: install
	$(BIN)/detector report seeds -o reports/seeds

test: install
	$(BIN)/python -m pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

weights: install
	$(BIN)/python models/judge/fit_weights.py tests/data/relations.jsonl --write

bench: install
	@test -n "$(DATA)" || { echo "make bench needs the folder of evaluation data: make bench DATA=../shared/data"; exit 2; }
	$(BIN)/python tests/bench/measure_groups.py $(DATA)

install: $(DONE)

$(DONE): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(DONE)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
