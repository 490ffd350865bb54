# The words people type; meson does the work. `make help` lists them.

BUILD ?= build
SECONDS ?= 180

.PHONY: help audit build check bench fuzz lint clean

help:
	@echo 'make audit          install what is needed, build, audit this machine'
	@echo 'make check          install what the tests need, run all of them'
	@echo 'make build          build/muster, and nothing else'
	@echo 'make bench          the speed bars, each beside its rival or limit'
	@echo 'make fuzz SECONDS=n every fuzzer in turn, n seconds each'
	@echo 'make lint           format, floors, house rules, spelling'

audit:
	@tools/install-deps build
	@$(MAKE) --no-print-directory build
	@$(BUILD)/muster audit

build:
	@tools/build $(BUILD)

check:
	@tools/install-deps build check
	@tools/check-all

bench:
	@tools/install-deps build check bench
	@bench/run

fuzz:
	@tools/install-deps build check
	@fuzz/run $(SECONDS)

lint:
	@tools/install-deps build check
	@tools/lint

clean:
	rm -rf build build-*
