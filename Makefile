# make setup | check | test | slow | bench | demo | pictures | clean
# Needs only make and Python 3.11 or newer; everything else goes into .venv.

PYTHON ?= python3
TORCH ?= torch==2.13.0
ARGS ?=

bin := .venv/bin
run := $(bin)/python -m
# Two threads at most: what a small machine has, and what the tests' figures are about.
threads := OMP_NUM_THREADS=2 TOKENIZERS_PARALLELISM=false
demo := runs/demo

.PHONY: setup check test slow bench demo pictures clean
.DEFAULT_GOAL := test

setup: .venv/.ready

# torch comes first, from wherever pip is told to look, so that no later package chooses its build.
.venv/.ready: pyproject.toml constraints.txt
	@echo "Making .venv with torch and all that is optional: some minutes and 2.5 GB, once."
	@test -x $(bin)/python || $(PYTHON) -m venv .venv
	$(run) pip install --quiet --disable-pip-version-check 'pip>=25.1'
	$(run) pip install --quiet --disable-pip-version-check -c constraints.txt '$(TORCH)'
	$(run) pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[all]' --group dev
	@touch $@

check: setup
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy

# Two processes of one thread: small tests wait for nobody.
test: check
	OMP_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false $(run) pytest -n 2 --dist worksteal $(ARGS)

slow: setup
	$(threads) $(run) pytest -m slow $(ARGS)

# Every figure that the project claims; hours, see benchmarks/README.md. One: make bench ONLY=features
bench: setup
	$(threads) $(bin)/python -m benchmarks.run $(ONLY)

demo: setup
	@rm -rf $(demo)
	$(threads) $(bin)/naeum improve examples/nsmc_sample/train.tsv.gz --target label --text document \
	  --test examples/nsmc_sample/test.tsv.gz --minutes 1.5 --offline --run $(demo)/nsmc
	$(threads) $(bin)/naeum improve examples/clinc150_imbalanced/train.csv --target intent \
	  --valid examples/clinc150_imbalanced/valid.csv --test examples/clinc150_imbalanced/test.csv \
	  --minutes 3 --offline --run $(demo)/clinc150
	@echo
	@$(bin)/naeum report $(demo)/nsmc
	@$(bin)/naeum report $(demo)/clinc150

# The terminal of the README in both languages, from the run of make demo.
pictures: setup
	@test -d $(demo)/clinc150 || { echo "The picture is of a real run: type make demo first."; exit 2; }
	$(bin)/python docs/images/terminal.py

# What was made here, but for .venv and the runs.
clean:
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
	find src tests benchmarks examples -name __pycache__ -type d -prune -exec rm -rf {} +
