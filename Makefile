# The only entry point.  `make run` and `make check` work on a bare Debian 12; `make help` lists the rest.
BUILD ?= build
# real open data beside the checkout; tests that need it skip and say so when it is absent
export RENKEI_SHARED ?= $(wildcard $(abspath ../shared))
PORT  ?= 8080
VAR   ?= var
CC    ?= gcc
SAN   ?=
Q     := $(if $(V),,@)
say   = $(if $(V),,@printf '  %-5s %s\n' $(1) $(patsubst $(BUILD)/%,%,$@))

SERVICES := registry sharing notify dispatch gateway operator
GEN      := $(BUILD)/gen
LIBS     := $(shell pkg-config --libs libczmq libzmq msgpack hiredis libpq libmicrohttpd libcjson libcurl libcrypto libsodium libutf8proc libfido2 libcbor pangocairo libqrencode libxml-2.0 libqpdf 2>/dev/null) -linih -lcbor -lpthread -lm
INCLUDES := -I$(GEN) -Iservices/runtime -Itests/lib $(shell pkg-config --cflags libczmq libzmq msgpack hiredis libpq libmicrohttpd libcjson libcurl libcrypto libsodium libutf8proc libfido2 pangocairo libqrencode libxml-2.0 2>/dev/null)
WARN     := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wconversion -Wno-sign-conversion \
            -Wimplicit-fallthrough -Werror=implicit -Werror=incompatible-pointer-types -Werror=int-conversion
HARDEN   := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fno-strict-overflow \
            -fno-strict-aliasing -fno-delete-null-pointer-checks -fPIE
LDHARDEN := -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed
OPTIMIZE := $(if $(SAN),-O1,-O2)
CFLAGS   := -std=gnu11 -g $(OPTIMIZE) $(WARN) $(INCLUDES) -include services/runtime/banned.h
ifeq ($(SAN),asan)
CFLAGS   += -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined
LDFLAGS  += -Wl,--as-needed
else ifeq ($(SAN),tsan)
CFLAGS   += -fsanitize=thread -fno-omit-frame-pointer
LDFLAGS  += -Wl,--as-needed
else
CFLAGS   += $(HARDEN)
LDFLAGS  += $(LDHARDEN)
endif
ifneq ($(FAILPOINTS),)
CFLAGS   += -DRENKEI_FAILPOINTS
endif

DECLARATIONS := $(sort $(wildcard proto/*/*.type proto/*/*.command proto/*/*.query proto/*/*.answer proto/*/*.event))
GENERATED    := $(GEN)/messages.h $(GEN)/messages.c $(GEN)/errors.h $(GEN)/errors.c
GEN_OBJECTS  := $(GEN)/messages.o $(GEN)/errors.o

.DEFAULT_GOAL := all
.PHONY: all programs clean
all: programs

# ---- generated tables -------------------------------------------------------------------------------------------------------------
$(BUILD)/renkei-gen: $(wildcard proto/gen/*.c proto/gen/*.h)
	@mkdir -p $(@D)
	$(call say,link)
	$(Q)$(CC) -std=gnu11 -g -O1 $(WARN) -include services/runtime/banned.h -o $@ $(filter %.c,$^)
$(GEN)/stamp: $(BUILD)/renkei-gen $(DECLARATIONS)
	@mkdir -p $(GEN)
	$(call say,gen)
	$(Q)$(BUILD)/renkei-gen $(GEN) $(DECLARATIONS)
	@touch $@
$(GENERATED): $(GEN)/stamp ;

# ---- objects, one library per service (without its main.c) ------------------------------------------------------------------------
RUNTIME_SOURCES := $(wildcard services/runtime/*.c)
RUNTIME_OBJECTS := $(RUNTIME_SOURCES:%.c=$(BUILD)/%.o)
$(BUILD)/libruntime.a: $(RUNTIME_OBJECTS) $(GEN_OBJECTS)
	@rm -f $@; ar rcs $@ $^
$(BUILD)/%.o: %.c $(GEN)/stamp
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(CC) $(CFLAGS) $(if $(filter services/%,$<),-I$(dir $<),-Iservices/$(notdir $(patsubst %/,%,$(dir $<)))) -MMD -MP -c -o $@ $<
$(GEN_OBJECTS): $(GEN)/%.o: $(GEN)/stamp
	$(call say,cc)
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $(GEN)/$*.c

define service_rules
$(1)_OBJECTS := $$(patsubst %.c,$(BUILD)/%.o,$$(filter-out services/$(1)/main.c,$$(wildcard services/$(1)/*.c)))
$(BUILD)/lib$(1).a: $$($(1)_OBJECTS)
	@rm -f $$@; ar rcs $$@ $$^
$(BUILD)/bin/$(2): $(BUILD)/services/$(1)/main.o $(BUILD)/lib$(1).a $(BUILD)/libruntime.a
	@mkdir -p $$(@D)
	$$(call say,link)
	$$(Q)$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(LIBS)
endef
$(foreach s,$(filter-out operator,$(SERVICES)),$(eval $(call service_rules,$(s),renkei-$(s))))
# what the assembler takes in is no header the compiler knows of
$(BUILD)/services/registry/import_profile_list.o: $(wildcard services/registry/profiles/*.profile)
$(BUILD)/services/registry/japan_places.o: services/registry/japan_places.txt
$(eval $(call service_rules,operator,renkei))
# what opens strangers' files is a program of its own, with libraries of its own
FAX_PACKAGES := libtiff-4 libpng zbar poppler-glib cairo libqrencode
FAX_READER   := $(BUILD)/services/fax_reader/%.o $(BUILD)/bin/renkei-fax-reader $(BUILD)/tests/unit/fax_reader/%
$(FAX_READER): LIBS := $(shell pkg-config --libs $(FAX_PACKAGES) 2>/dev/null) -lm
$(FAX_READER): CFLAGS += -D_GNU_SOURCE $(shell pkg-config --cflags $(FAX_PACKAGES) 2>/dev/null)
# poppler's header has a member of a banned name
$(BUILD)/services/fax_reader/fax_pdf.o: CFLAGS := $(filter-out -include services/runtime/banned.h,$(CFLAGS)) -D_GNU_SOURCE $(shell pkg-config --cflags $(FAX_PACKAGES) 2>/dev/null)
$(eval $(call service_rules,fax_reader,renkei-fax-reader))
# one of its tests runs the program
$(BUILD)/tests/unit/fax_reader/test_pdf_garbage: | $(BUILD)/bin/renkei-fax-reader
# small programs of the runtime: services/runtime/programs/renkei_keys.c → bin/renkei-keys
$(BUILD)/bin/renkei-%: $(BUILD)/services/runtime/programs/renkei_%.o $(BUILD)/libruntime.a
	@mkdir -p $(@D)
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

PROGRAMS := $(BUILD)/bin/renkei-fax-reader $(foreach s,$(filter-out operator,$(SERVICES)),$(if $(wildcard services/$(s)/main.c),$(BUILD)/bin/renkei-$(s))) \
            $(if $(wildcard services/operator/main.c),$(BUILD)/bin/renkei) \
            $(patsubst services/runtime/programs/renkei_%.c,$(BUILD)/bin/renkei-%,$(wildcard services/runtime/programs/renkei_*.c))
programs: $(PROGRAMS)

# ---- tests: tests/<layer>/<service>/test_x.c links that service's library -----------------------------------------------------------
UNIT_TESTS    := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*/test_*.c))
HANDLER_TESTS := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/handler/*/test_*.c))
TEST_SUPPORT  := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/lib/*.c))
library_of = $(filter-out $(BUILD)/libruntime.a $(BUILD)/libproto.a,$(BUILD)/lib$(notdir $(patsubst %/,%,$(dir $(1)))).a)
.SECONDEXPANSION:
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $$(call library_of,$$@) $(BUILD)/libruntime.a
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/tests/handler/%: $(BUILD)/tests/handler/%.o $(TEST_SUPPORT) $$(call library_of,$$@) $(BUILD)/libruntime.a
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
# one unit test asks both services about the same nights
NIGHT_CLOSURES := $(BUILD)/tests/unit/sharing/test_night_closures
$(NIGHT_CLOSURES).o: CFLAGS += -Iservices/notify
$(NIGHT_CLOSURES): $(BUILD)/services/notify/night_rules.o
$(NIGHT_CLOSURES): LIBS := $(BUILD)/libruntime.a $(LIBS)
# tests/oracle/x.c: programs a judge in another language talks to
$(BUILD)/tests/oracle/%.o: CFLAGS += -Iservices/notify
$(BUILD)/tests/oracle/%: $(BUILD)/tests/oracle/%.o $(BUILD)/libnotify.a $(BUILD)/libruntime.a
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
.PHONY: oracle
oracle: $(BUILD)/tests/oracle/resolve_cases
	@test tests/oracle/node_modules/.stamp -nt tests/oracle/package-lock.json || \
	  { npm ci --prefix tests/oracle --no-audit --no-fund --loglevel=error && touch tests/oracle/node_modules/.stamp; }
# tests/scenario/x.c: programs a scenario uses beside node
$(BUILD)/tests/scenario/%: $(BUILD)/tests/scenario/%.o $(BUILD)/libruntime.a
	$(call say,link)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
.PRECIOUS: $(BUILD)/%.o
# Most wait: for a clock, a peer, the database.  Handler tests go three at a time beside those, in two halves, that need a server to themselves (a
# transaction of a neighbour, in whatever database, holds back the horizon of events and seals).
NEED_THE_SERVER := $(filter %/sharing/test_export,$(HANDLER_TESTS)) $(filter $(BUILD)/tests/handler/runtime/%,$(HANDLER_TESTS))
.PHONY: unit handler handler-alone-1 handler-alone-2 handler-together
unit: $(UNIT_TESTS)
	prove -j4 --exec '' $(UNIT_TESTS)
handler: handler-alone-1 handler-alone-2 handler-together
FIRST_ALONE := $(filter %/test_hearing %/test_migrate %/test_crew %/test_ledger,$(NEED_THE_SERVER))
handler-alone-1: programs $(HANDLER_TESTS)
	tests/lib/with-postgres prove --timer --exec tests/lib/own-database $(FIRST_ALONE)
handler-alone-2: programs $(HANDLER_TESTS)
	tests/lib/with-postgres prove --timer --exec tests/lib/own-database $(filter-out $(FIRST_ALONE),$(NEED_THE_SERVER))
handler-together: programs $(HANDLER_TESTS)
	tests/lib/with-postgres prove -j3 --timer --exec tests/lib/own-database $(filter-out $(NEED_THE_SERVER),$(HANDLER_TESTS))

# ---- pages and simulator ------------------------------------------------------------------------------------------------------------
.PHONY: web simulator
web: $(GEN)/stamp
	@test web/node_modules/.stamp -nt web/package-lock.json || { npm ci --prefix web --no-audit --no-fund --loglevel=error && touch web/node_modules/.stamp; }
	@GEN=$(abspath $(GEN)) npm run --silent --prefix web build
simulator:
	@test deploy/simulator/node_modules/.stamp -nt deploy/simulator/package-lock.json || \
	  { npm ci --prefix deploy/simulator --no-audit --no-fund --loglevel=error && touch deploy/simulator/node_modules/.stamp; }

# ---- a region on this machine -------------------------------------------------------------------------------------------------------
.PHONY: run stop status
run:
	@deploy/install run
	@$(MAKE) --no-print-directory -j2 programs
	@$(MAKE) --no-print-directory web simulator
	@PORT=$(PORT) VAR=$(VAR) BUILD=$(BUILD) deploy/region start
stop:
	@PORT=$(PORT) VAR=$(VAR) BUILD=$(BUILD) deploy/region stop
status:
	@PORT=$(PORT) VAR=$(VAR) BUILD=$(BUILD) deploy/region status

# ---- tests: every stage can be run alone --------------------------------------------------------------------------------------------
STAGES := build clang lint unit handler contract asan tsan fuzz region fault
.PHONY: check check-long bench $(STAGES:%=check-%)
check:
	@deploy/install check
	@tests/lib/stages $(STAGES)
check-long:
	@deploy/install check
	@LONG=1 FUZZ_SECONDS=60 tests/lib/stages $(STAGES)
bench:
	@deploy/install check
	@$(MAKE) --no-print-directory -j2 programs web simulator
	BUILD=$(BUILD) tests/load/bench
check-build:
	$(MAKE) -j2 programs
	$(MAKE) web simulator
check-clang:
	$(MAKE) -j2 CC=clang-14 OPTIMIZE=-O0 BUILD=$(BUILD)/clang HARDEN= programs
check-lint:
	prove tests/lint
check-unit:
	$(MAKE) -j2 unit oracle
	prove tests/web/unit.t
	BUILD=$(BUILD) prove tests/interop tests/oracle
check-handler:
	$(MAKE) -j3 -Otarget handler
check-contract: programs
	BUILD=$(BUILD) prove tests/contract
check-asan: export LSAN_OPTIONS = suppressions=$(abspath tests/lib/lsan.supp):print_suppressions=0
check-asan:
	$(MAKE) -j2 SAN=asan BUILD=$(BUILD)/asan unit
	$(MAKE) -j3 -Otarget SAN=asan BUILD=$(BUILD)/asan handler
check-tsan: export TSAN_OPTIONS = suppressions=$(abspath tests/lib/tsan.supp) history_size=7
check-tsan:
	$(MAKE) -j2 SAN=tsan BUILD=$(BUILD)/tsan unit
	$(MAKE) -j3 -Otarget SAN=tsan BUILD=$(BUILD)/tsan handler
check-fuzz:
	$(MAKE) -j2 -Otarget -f tests/fuzz/fuzz.mk BUILD=$(BUILD) fuzz
# The walks through the pages have a region of their own, beside that of the scenarios.
check-region: programs web simulator
	$(MAKE) -j2 -Otarget region-pages region-scenarios
.PHONY: region-pages region-scenarios
region-pages:
	BUILD=$(BUILD) tests/lib/with-region prove --timer tests/web/walks.t
region-scenarios:
	BUILD=$(BUILD) tests/lib/with-region prove -j2 --rules='par=tests/scenario/{backup,places}.t' --rules='seq=**' --timer tests/scenario
check-fault:
	$(MAKE) -j2 FAILPOINTS=1 BUILD=$(BUILD)/failpoints programs
	BUILD=$(BUILD)/failpoints prove -j2 --timer tests/fault

clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
