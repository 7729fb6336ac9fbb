# Three commands, each of which does its own set-up (.ci/prepara), shows what it does and needs nothing else:
#   make demo    the accord of Lucca in an embedded database, served on port 8000 (PORTA=, FASE=, NUOVA=1)
#   make check   the linters
#   make test    make check, the suite on SQLite and PostgreSQL, the browser tests
SHELL := /bin/bash
.DEFAULT_GOAL := aiuto
.PHONY: aiuto demo check test prepara formatta

aiuto:
	@sed -n 's/^#   //p' Makefile

demo:
	@exec .ci/demo

check:
	@exec .ci/verifica

test:
	@exec .ci/prova

prepara:
	@exec .ci/prepara

formatta: prepara
	@.venv/bin/ruff check --fix-only --quiet . ; .venv/bin/ruff format .
	@git ls-files -z --cached --others --exclude-standard '*.html' | xargs -0 -r .venv/bin/djade --target-version 6.1
