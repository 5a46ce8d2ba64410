# make report · make test · make lint · make weights · make bench DATA=folder · make bench-topics DATA=folder · make bench-judge DATA=folder · make bench-speed [DATA=folder] · make bench-scale DATA=folder · make graphs · make model DATA=folder

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.installed

.PHONY: report test lint install weights bench bench-topics bench-judge bench-speed bench-scale graphs model clean

WORK := build/nli
TEACHER_PAIRS := 84000
STUDENT_PAIRS := 40000
PLAIN_PAIRS := 14000
RELATED := --freeze 3 --batch 48 --head 12
RECIPE := $(BIN)/python models/recipe

report: install
	$(BIN)/detector report seeds -o reports/seeds

test: install
	$(BIN)/python -m pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# With the real pairs, too, once models/judge/real_pairs.py has put them together.
REAL_PAIRS = $(wildcard $(WORK)/real_pairs_*.jsonl)
weights: install
	$(BIN)/python models/judge/fit_weights.py tests/data/relations.jsonl tests/data/relations_more.jsonl $(if $(REAL_PAIRS),--real $(REAL_PAIRS)) --write

bench: bench-topics bench-judge

# The tables of docs/topics.md. BENCH_PYTHON may be another interpreter that has the project and BERTopic.
BENCH_PYTHON ?= $(BIN)/python
bench-topics: install
	@test -n "$(DATA)" || { echo "make bench-topics needs the folder of labelled news sets: make bench-topics DATA=../shared/data"; exit 2; }
	$(BENCH_PYTHON) tests/bench/bench_topics.py $(DATA)

# The tables on the judge in docs/quality.md.
bench-judge: install
	@test -n "$(DATA)" || { echo "make bench-judge needs the folder of labelled news sets: make bench-judge DATA=../shared/data"; exit 2; }
	$(BIN)/python tests/bench/bench_judge.py $(DATA)

# Seconds until the first result, and how fast each runtime is; with DATA, too, a whole run over its news/recession.
bench-speed: install
	$(BIN)/python tests/bench/bench_start.py $(if $(DATA),--recession $(DATA)/news/recession)

# The graphs that OpenVINO computes, from the models that lie here; ship.py writes those of a new model itself.
graphs: install
	$(RECIPE)/graphs.py

# The tables of docs/scale.md.
bench-scale: install
	@test -n "$(DATA)" || { echo "make bench-scale needs the folder of news sets: make bench-scale DATA=../shared/data"; exit 2; }
	$(BIN)/python tests/bench/bench_scale.py $(DATA)

# From labelled sets to models/claim-nli and docs/quality.md; a step that was broken off goes on where it stopped.
model: install
	@test -n "$(DATA)" || { echo "make model needs the folder of labelled sets: make model DATA=../shared/data"; exit 2; }
	test -f $(WORK)/base/model.safetensors || $(RECIPE)/fetch_base.py $(WORK)/base
	test -f $(WORK)/perturbed.jsonl.gz || $(RECIPE)/perturb.py $(DATA) $(WORK)
	test -f $(WORK)/news_pairs.jsonl.gz || $(RECIPE)/news_pairs.py $(DATA) $(WORK)
	test -f $(WORK)/train.jsonl.gz || $(RECIPE)/make_mix.py $(DATA) $(WORK)
	test -f $(WORK)/teacher/model.safetensors || $(RECIPE)/train.py $(WORK)/train.jsonl.gz --base $(WORK)/base --out $(WORK)/teacher --data $(DATA) --pairs $(TEACHER_PAIRS)
	test -f $(WORK)/student.jsonl.gz || $(RECIPE)/label.py $(WORK)/teacher $(WORK)
	test -f $(WORK)/layers || { $(RECIPE)/prune.py $(WORK)/teacher $(WORK)/train.jsonl.gz > $(WORK)/layers.part && mv $(WORK)/layers.part $(WORK)/layers; }
	test -f $(WORK)/student/model.safetensors || $(RECIPE)/train.py $(WORK)/student.jsonl.gz --base $(WORK)/teacher --out $(WORK)/student --data $(DATA) --pairs $(STUDENT_PAIRS) --layers $$(tail -1 $(WORK)/layers)
	test -f $(WORK)/student_plain/model.safetensors || $(RECIPE)/train.py $(WORK)/train.jsonl.gz --base $(WORK)/base --out $(WORK)/student_plain --data $(DATA) --layers $$(tail -1 $(WORK)/layers) --pairs $(PLAIN_PAIRS)
	test -f $(WORK)/finish.jsonl.gz || $(RECIPE)/finish_mix.py $(WORK)
	test -f $(WORK)/finished/model.safetensors || $(RECIPE)/train.py $(WORK)/finish.jsonl.gz --base $(WORK)/student --out $(WORK)/finished --freeze 3 --batch 48
	test -f $(WORK)/finished_2/model.safetensors || $(RECIPE)/train.py $(WORK)/finish.jsonl.gz --base $(WORK)/finished --out $(WORK)/finished_2 --freeze 3 --batch 48 --lr 3e-5 --seed 2
	test -f $(WORK)/finished_3/model.safetensors || $(RECIPE)/train.py $(WORK)/finish.jsonl.gz --base $(WORK)/finished_2 --out $(WORK)/finished_3 --freeze 3 --batch 48 --seed 3
	test -f $(WORK)/averaged/model.safetensors || $(RECIPE)/average.py $(WORK)/student $(WORK)/finished_3 --out $(WORK)/averaged
	for n in 1 2 3 4 5; do test -f $(WORK)/real_pairs_$$n.jsonl || $(BIN)/python models/judge/real_pairs.py $(DATA) $(WORK)/real_pairs_$$n.jsonl --round $$n || exit 1; done
	test -f $(WORK)/relations.jsonl.gz || $(RECIPE)/relation_mix.py $(WORK)
	test -f $(WORK)/related/model.safetensors || $(RECIPE)/train.py $(WORK)/relations.jsonl.gz --base $(WORK)/averaged --out $(WORK)/related $(RELATED)
	test -f $(WORK)/related_2/model.safetensors || $(RECIPE)/train.py $(WORK)/relations.jsonl.gz --base $(WORK)/related --out $(WORK)/related_2 $(RELATED) --seed 2
	test -f $(WORK)/related_3/model.safetensors || $(RECIPE)/train.py $(WORK)/relations.jsonl.gz --base $(WORK)/related_2 --out $(WORK)/related_3 $(RELATED) --seed 3
	test -f $(WORK)/related_4/model.safetensors || $(RECIPE)/train.py $(WORK)/relations.jsonl.gz --base $(WORK)/related_3 --out $(WORK)/related_4 $(RELATED) --seed 4
	test -f $(WORK)/averaged_2/model.safetensors || $(RECIPE)/average.py $(WORK)/averaged $(WORK)/related_4 --out $(WORK)/averaged_2
	test -f $(WORK)/wide.jsonl.gz || $(RECIPE)/relation_mix.py $(WORK) --wide
	test -f $(WORK)/wide/model.safetensors || $(RECIPE)/train.py $(WORK)/wide.jsonl.gz --base $(WORK)/averaged_2 --out $(WORK)/wide --freeze 3 --batch 64 --seed 11
	test -f $(WORK)/last/model.safetensors || $(RECIPE)/train.py $(WORK)/relations.jsonl.gz --base $(WORK)/wide --out $(WORK)/last --freeze 3 --batch 48 --head 2 --seed 12
	test -f $(WORK)/averaged_3/model.safetensors || $(RECIPE)/average.py $(WORK)/averaged_2 $(WORK)/last --share 0.6 --out $(WORK)/averaged_3
	test -f $(WORK)/shipped/model.safetensors || $(RECIPE)/train.py $(WORK)/relations.jsonl.gz --base $(WORK)/averaged_3 --out $(WORK)/shipped --freeze 3 --batch 48 --head 2 --seed 13
	$(RECIPE)/ship.py $(WORK)/shipped models/claim-nli --round-on $(WORK)/relations.jsonl.gz --temperature $$($(RECIPE)/calibrate.py $(WORK) $(WORK)/shipped | tail -1) --fixed tests/data
	$(RECIPE)/evaluate.py $(DATA) $(WORK)
	$(RECIPE)/errors.py $(DATA) $(WORK) "shipped (int8), bfloat16"
	$(RECIPE)/speed.py

install: $(DONE)

$(DONE): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(DONE)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
