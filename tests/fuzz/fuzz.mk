# libFuzzer targets: tests/fuzz/SERVICE/fuzz_X.c becomes BUILD/fuzz/bin/fuzz_X, linked with the libraries of SERVICE and runtime, all of them
# built by clang with coverage, ASan and UBSan.  Run from the top of the tree:
#
#   make -f tests/fuzz/fuzz.mk BUILD=build fuzz FUZZ_SECONDS=10        every target; run-fuzz_X runs one
#
# Corpora grow in BUILD/corpus/fuzz_X; seeds lie in tests/fuzz/SERVICE/seeds_X/ or are made (codec: every message).
BUILD        ?= build
FUZZ_CC      ?= clang-14
FUZZ_SECONDS ?= 6
FUZZ_BUILD   := $(BUILD)/fuzz
FUZZ_FILES   := $(wildcard tests/fuzz/*/fuzz_*.c)
FUZZ_TARGETS := $(notdir $(FUZZ_FILES:.c=))
folder_of     = $(notdir $(patsubst %/,%,$(dir $(wildcard tests/fuzz/*/$(1).c))))
library_of    = $(if $(filter-out runtime,$(call folder_of,$(1))),$(FUZZ_BUILD)/lib$(call folder_of,$(1)).a)
PACKAGES     := libczmq libzmq msgpack hiredis libpq libmicrohttpd libcjson libcurl libcrypto libsodium libutf8proc libfido2 libcbor pangocairo libqrencode libqpdf libxml-2.0 \
                libtiff-4 libpng zbar poppler-glib
FUZZ_LIBS    := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -linih -lcbor -lpthread -lm
FUZZ_FLAGS   := -std=gnu11 -g -O1 -I$(FUZZ_BUILD)/gen -Iservices/runtime -Itests/lib -include services/runtime/banned.h \
                $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null) -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined
FUZZ_OPTIONS := -timeout=5 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 -artifact_prefix=$(FUZZ_BUILD)/

.DEFAULT_GOAL := fuzz
.PHONY: fuzz libraries seeds $(FUZZ_TARGETS:%=run-%)
fuzz: $(FUZZ_TARGETS:%=run-%)

# The project's own Makefile builds the libraries; coverage comes in with the name of the compiler.
libraries:
	$(MAKE) -f Makefile BUILD=$(FUZZ_BUILD) CC="$(FUZZ_CC) -fsanitize=fuzzer-no-link" SAN=asan \
	    $(FUZZ_BUILD)/libruntime.a $(sort $(foreach t,$(FUZZ_TARGETS),$(call library_of,$(t))))

seeds: libraries
	@mkdir -p $(BUILD)/corpus/fuzz_msgpack $(BUILD)/corpus/fuzz_json
	$(FUZZ_CC) $(subst fuzzer$(comma),,$(FUZZ_FLAGS)) -o $(FUZZ_BUILD)/seeds tests/fuzz/seeds.c $(FUZZ_BUILD)/libruntime.a $(FUZZ_LIBS)
	$(FUZZ_BUILD)/seeds $(BUILD)/corpus/fuzz_msgpack $(BUILD)/corpus/fuzz_json
comma := ,

$(FUZZ_TARGETS:%=run-%): run-%: libraries seeds
	@mkdir -p $(FUZZ_BUILD)/bin $(BUILD)/corpus/$*
	$(FUZZ_CC) $(FUZZ_FLAGS) -Iservices/$(call folder_of,$*) -o $(FUZZ_BUILD)/bin/$* $(wildcard tests/fuzz/*/$*.c) $(call library_of,$*) \
	    $(FUZZ_BUILD)/libruntime.a $(FUZZ_LIBS)
	$(FUZZ_BUILD)/bin/$* -max_total_time=$(FUZZ_SECONDS) $(FUZZ_OPTIONS) $(BUILD)/corpus/$* $(wildcard tests/fuzz/*/seeds_$(patsubst fuzz_%,%,$*))
