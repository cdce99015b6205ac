# `make run` and `make test` are all that is needed: docs/running.md, docs/testing.md.
# PYTHON=… takes another Python (and a virtual environment of its own), PORT=… another port.
export PYTHON
export PORT ?= 8000
# Some shells export HOST for purposes of their own, so it counts only where it is typed.
ifneq ($(origin HOST),command line)
HOST := 127.0.0.1
endif
export HOST

.PHONY: run test test-all test-stale bench bench-scale format requirements

run:
	@python=$$(.ci/find-python) && exec "$$python" .ci/start.py

test:
	@python=$$(.ci/find-python) && exec "$$python" .ci/checks.py $(ONLY)

# As in CI: PostgreSQL with the second Python.
test-all:
	@python=$$(.ci/find-python) && CI=true exec "$$python" .ci/checks.py

# Long: who reads what is old? Minutes for each database.
test-stale:
	@python=$$(.ci/find-python) && exec "$$python" .ci/stale.py

# What pages cost out of the page store and otherwise; in databases of 1,000 to a million trends.
# SIZES="1000 100000" chooses, MORE="--markdown --strict --keep FOLDER" are options of the command.
bench:
	@python=$$(.ci/find-python) && exec "$$python" .ci/bench.py targets $(MORE)

bench-scale:
	@python=$$(.ci/find-python) && exec "$$python" .ci/bench.py scale $(if $(SIZES),--sizes "$(SIZES)") $(MORE)

format:
	@python=$$(.ci/find-python) && exec "$$python" .ci/format.py

requirements:
	@python=$$(.ci/find-python) && exec "$$python" .ci/requirements.py $(UPGRADE)
