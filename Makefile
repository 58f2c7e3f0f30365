# What one can do here. tools/venv makes .venv ready for each use, and does nothing when it already is.
SITE := sh tools/venv site
TEST := sh tools/venv test
LOCK_PYTHON := sh tools/venv lock
LOCK := $(LOCK_PYTHON) -m uv --no-config --quiet pip compile --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header

.PHONY: help site check-plans serve test ruff format types imports pytest check-accessibility check-accessibility-of-papers check-accessibility-of-pages check-accessibility-self-test lock coverage mutation sbom audit lowest clean

help: ## Visa den här listan
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-30s %s\n", $$1, $$2 }' Makefile

site: ## Bygg webbplatsen och PDF-filerna i mappen site
	@$(SITE) -m ipsite build
	@echo
	@echo "Du kan också skriva:"
	@echo "  make serve                           visa webbplatsen medan du skriver, utan PDF-filer"
	@echo "  make check-plans                     kontrollera planerna"
	@echo "  make test                            kör testerna"
	@echo "  .venv/bin/ipsite build --no-pdf      bygg utan PDF-filer"

check-plans: ## Kontrollera planerna i mappen plans
	@$(SITE) -m ipsite check

serve: ## Visa webbplatsen på den här datorn medan du skriver (avsluta med Ctrl+C)
	@$(SITE) -m ipsite serve

test: ## Kör alla kontroller av koden och alla tester
	@$(MAKE) --no-print-directory --keep-going ruff format types imports pytest

# The parts of `make test`. One that fails does not keep the others from running.
ruff:
	@$(TEST) -m ruff check
format:
	@$(TEST) -m ruff format --check
types:
	@$(TEST) -m mypy
imports:
	@$(TEST) -c 'from importlinter.cli import lint_imports_command as run; run()' --no-logo
pytest:
	@$(TEST) -m pytest -n auto

check-accessibility: ## Kontrollera tillgänglighet och stavning (tar tid; behöver Chromium, Firefox, Java och Node.js)
	@checks/machine
	@$(MAKE) --no-print-directory check-accessibility-of-papers check-accessibility-of-pages

# Its two parts: papers, browsers from a folder and spelling; then every gate on every page.
check-accessibility-of-papers:
	@$(TEST) -m pytest -m accessibility
check-accessibility-of-pages:
	@checks/run

check-accessibility-self-test: ## Se att kontrollerna av tillgänglighet märker fel (tar tid)
	@checks/self-test

lock: ## Lös om låsfilerna i requirements (make lock NYA=--upgrade tar de nyaste)
	@$(LOCK) $(NYA) pyproject.toml requirements/build.in --output-file requirements/site.txt
	@$(LOCK) $(NYA) pyproject.toml requirements/build.in --group test --constraint requirements/site.txt \
		--output-file requirements/test.txt
	@$(LOCK) $(NYA) pyproject.toml requirements/build.in --extra dask --constraint requirements/test.txt \
		--output-file requirements/cluster.txt
	@printf 'uv\npip-audit\n' | $(LOCK) $(NYA) - --output-file requirements/lock.txt
	@! grep -n '://' requirements/*.txt

coverage: ## Mät hur mycket av ipsite testerna går igenom, gren för gren (minst 95 procent)
	@rm -rf .coverage-data && mkdir .coverage-data
	@$(TEST) -m coverage run -m pytest -n auto
	@$(TEST) -m coverage combine --quiet
	@$(TEST) -m coverage report

mutation: ## Se att testerna märker fel som läggs in i koden, ett i taget (tar en halv timme; MODUL=ipsite.load väljer)
	@$(TEST) tools/mutate.py $(MODUL)

sbom: ## Skriv en lista på allt som ipsite består av (CycloneDX) till sbom.cdx.json
	@$(SITE) tools/sbom.py sbom.cdx.json

audit: ## Fråga om kända brister i de låsta versionerna (behöver nätet)
	@$(LOCK_PYTHON) -c '' && tools/audit

lowest: ## Kör testerna med de lägsta versioner som är tillåtna (tar tid)
	@sh tools/lowest

clean: ## Ta bort allt som make har gjort: site, .venv och mellanlager
	@rm -rf site .ipsite sbom.cdx.json .coverage-data .mutation .venv .venv-lowest .venv-lowest.txt .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find ipsite tests -name __pycache__ -type d -prune -exec rm -rf {} +
