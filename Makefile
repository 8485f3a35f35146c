# `make help` lists what is here. Every target first makes .venv what the locked requirements say.

SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv/bin
PYTHON_BIN := $(VENV)/python
# What needs a browser, Node.js or much time has its own targets.
# A file of tests stays in one process, with what it prepares once.
PYTEST := $(PYTHON_BIN) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --ignore tests/browser --ignore tests/clients --ignore tests/processes --ignore tests/starters
MANAGE := $(PYTHON_BIN) manage.py
APPS := cms home centres
CODE := $(APPS) config scripts benchmarks tests manage.py
# For example: make test ARGS="tests/cms -x"
ARGS ?=

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---------------------------------------------------------------- Run

.PHONY: run
run: .venv ## Prepare all that is missing and serve on http://HOST:PORT (127.0.0.1:8000)
	@exec $(MANAGE) start --end-with $$PPID

.PHONY: demo
demo: .venv ## Load the demo content again; invented dates move to today
	@$(MANAGE) prepare --reload-demo

.PHONY: shell
shell: .venv ## Open a Python shell with the models imported
	@$(MANAGE) shell

.PHONY: .venv
.venv:
	@python=$$(scripts/find-python) && "$$python" scripts/make_venv.py requirements.txt
	@$(PYTHON_BIN) scripts/compile_messages.py
	@$(PYTHON_BIN) scripts/make_fonts.py

# ---------------------------------------------------------------- Develop

.PHONY: setup
setup: ## Make .venv with all that tests and checks need
	@python=$$(scripts/find-python) && "$$python" scripts/make_venv.py requirements-dev.txt
	@$(PYTHON_BIN) scripts/compile_messages.py
	@$(PYTHON_BIN) scripts/make_fonts.py

.PHONY: test
test: setup ## Run every test on SQLite, and beside it what depends on the database on PostgreSQL (that of DATABASE_URL, else its own)
	@# Each with a process for each core: whichever takes longer has all of them once the other has ended.
	@mkdir -p .make; \
	env -u DATABASE_URL $(PYTEST) $(ARGS) >.make/sqlite.log 2>&1 & sqlite=$$!; \
	trap 'kill $$sqlite' INT TERM; \
	echo "On PostgreSQL; what SQLite says follows:"; \
	$(PYTHON_BIN) scripts/with_postgres.py $(PYTEST) -o cache_dir=.pytest_cache/postgresql $(ARGS); failed=$$?; \
	wait $$sqlite || failed=1; \
	echo "On SQLite:"; cat .make/sqlite.log; exit $$failed

.PHONY: test-uncompiled
test-uncompiled: setup ## Run the tests of the graph with graphql-core alone, without compiled operations (SQLite)
	env -u DATABASE_URL GRAPHQL_COMPILED=false $(PYTEST) tests/leaks/test_leaks.py::test_the_public_finds_no_secret_by_any_field tests/leaks/test_visitors.py \
	  tests/leaks/test_times.py tests/test_random_queries.py tests/test_guard.py \
	  tests/cms/test_http.py tests/cms/test_limits.py tests/centres/test_lists.py tests/centres/test_questions.py $(ARGS)

.PHONY: test-browser
test-browser: setup ## Walk through frontend, preview and explorer with Chromium and axe (Debian: apt install chromium chromium-headless-shell)
	env -u DATABASE_URL $(PYTHON_BIN) -m pytest tests/browser $(ARGS)

.PHONY: screenshots
screenshots: setup ## Take pictures of every type of page and of the admin (Debian: apt install chromium)
	$(PYTHON_BIN) -m tests.browser.screenshots $(ARGS)

.PHONY: test-processes
test-processes: setup ## Publish in one process and ask others, 500 times (PostgreSQL; minutes)
	$(PYTHON_BIN) scripts/with_postgres.py $(PYTHON_BIN) -m pytest -m "not at_length" tests/processes $(ARGS)

.PHONY: rehearse
rehearse: setup ## Try each fault of docs/operations.md on three nodes, and print what was lost (PostgreSQL, Varnish; half an hour)
	REHEARSAL=$${REHEARSAL:-500} $(PYTHON_BIN) scripts/with_postgres.py $(PYTHON_BIN) -m pytest -q -p no:randomly tests/processes/test_several_machines.py tests/processes/test_upgrade.py $(ARGS)

.PHONY: test-roles
test-roles: setup ## Look for hidden words in every address of the admin, as every role (SQLite; minutes)
	env -u DATABASE_URL EVERY_ROLE=1 $(PYTEST) tests/centres/test_planted_words.py $(ARGS)

.PHONY: laws
laws: setup ## Do random operations of editors and check the laws of docs/reliability.md (PostgreSQL; OPERATIONS=2000)
	OPERATIONS=$${OPERATIONS:-2000} PLACES=$${PLACES:-10000} SHARE_OF_WAYS=1 PURGES=$${PURGES:-1000} PURGED_DOCUMENTS=$${PURGED_DOCUMENTS:-300} $(PYTHON_BIN) scripts/with_postgres.py $(PYTHON_BIN) -m pytest -q -s -p no:logging tests/operations tests/leaks/test_leaks_by_operations.py tests/laws/test_fresh.py tests/laws/test_degrade_rows.py tests/laws/test_purge.py tests/processes/test_laws.py $(ARGS)

.PHONY: questions
questions: setup ## Ask the demo what frontends ask and print what each question costs (--write in ARGS: docs/questions.md)
	$(PYTHON_BIN) -m benchmarks.questions $(ARGS)

.PHONY: plans
plans: setup ## Print which indexes lists use among 40,000 programmes (PostgreSQL; --write in ARGS: docs/plans.md)
	env -u DATABASE_URL $(PYTHON_BIN) scripts/with_postgres.py $(PYTHON_BIN) -m benchmarks.plans $(ARGS)

.PHONY: bench
bench: setup ## Measure the speed beside bare grapple and write docs/benchmarks.md (twenty minutes)
	$(PYTHON_BIN) scripts/with_postgres.py $(PYTHON_BIN) -m benchmarks.speed --write $(ARGS)

.PHONY: test-clients
test-clients: setup ## Query the site with GraphQL clients from npm (needs Node.js and a package registry)
	env -u DATABASE_URL $(PYTHON_BIN) -m pytest tests/clients $(ARGS)

.PHONY: test-starters
test-starters: setup ## Build examples/astro and examples/next against the demo and walk them with Chromium (needs Node.js and a package registry)
	env -u DATABASE_URL $(PYTHON_BIN) -m pytest tests/starters $(ARGS)

.PHONY: check-js
check-js: ## Check, format-check and test the scripts of the pages (needs Node.js and a package registry)
	cd tests/javascript && npm ci --no-audit --no-fund --silent && npm run --silent check && npm test --silent

.PHONY: check
check: lint types layers migrations contract deploy compose chart ## Run every check that is not a test

.PHONY: lint
lint: setup ## Check style, format and that every import is a declared dependency
	$(VENV)/ruff check $(CODE)
	$(VENV)/ruff format --check $(CODE)
	$(VENV)/deptry .

.PHONY: format
format: setup ## Mend style and format
	$(VENV)/ruff check --fix $(CODE)
	$(VENV)/ruff format $(CODE)

.PHONY: types
types: setup ## Check types
	$(VENV)/mypy

.PHONY: layers
layers: setup ## Check that config > centres > home > cms holds
	$(VENV)/lint-imports

.PHONY: migrations
migrations: setup ## Check that every change of a model has its migration
	$(MANAGE) makemigrations --check --dry-run --settings config.settings.test

.PHONY: schema
schema: setup ## Write the GraphQL schema to config/schema.graphql
	$(MANAGE) export_schema --settings config.settings.test

.PHONY: contract
contract: setup ## Check that config/schema.graphql is what is served and breaks nothing in silence
	$(MANAGE) export_schema --check --settings config.settings.test
	$(MANAGE) check_schema --settings config.settings.test

.PHONY: deploy
deploy: setup ## Check the production settings
	SECRET_KEY=$$($(PYTHON_BIN) -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=cms.example \
	  BASE_URL=https://cms.example EMAIL_URL=smtp://localhost \
	  DATABASE_URL=sqlite://:memory: $(MANAGE) check --deploy --fail-level WARNING --settings config.settings.prod

.PHONY: compose
compose: setup ## Check docker-compose.yml against the Compose specification
	$(VENV)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

.PHONY: chart
chart: setup ## Check deploy/helm with Helm and the schemas of Kubernetes (needs a package registry)
	$(PYTHON_BIN) scripts/check_chart.py

.PHONY: audit
audit: setup ## Ask for known vulnerabilities of the locked packages (needs the network)
	$(PYTHON_BIN) scripts/audit.py

.PHONY: messages
messages: setup ## Collect the texts to translate into APP/locale/sl (needs gettext)
	@for app in $(APPS); do \
	  mkdir -p $$app/locale && (cd $$app && ../$(PYTHON_BIN) ../manage.py makemessages --locale sl --add-location file \
	    --no-obsolete --settings config.settings.test) || exit 1; done
	@$(PYTHON_BIN) scripts/compile_messages.py

.PHONY: lock
lock: setup ## Write the requirements files from pyproject.toml (ARGS=--upgrade for newer versions)
	$(VENV)/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-annotate $(ARGS) \
	  --python-version $$(cat .python-version) pyproject.toml --output-file requirements.txt
	$(VENV)/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-annotate $(ARGS) \
	  --python-version $$(cat .python-version) pyproject.toml --extra observing --constraints requirements.txt \
	  --output-file requirements-observing.txt
	$(VENV)/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-annotate $(ARGS) \
	  --python-version $$(cat .python-version) pyproject.toml --group dev --constraints requirements.txt \
	  --output-file requirements-dev.txt
