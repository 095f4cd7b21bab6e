/* facility_item_rules.h - what has to be known of a facility and who may see it (guide, table 1; A-01 ... A-15): pure, no I/O.
 *
 * An item is yes, no, or not known (no row); as notified to the authorities and as the facility says itself stand apart.  A
 * change moves "changed", a confirmation moves "confirmed", neither moves the other.  An item is shown to the audiences the facility
 * allows; what is published anyway also to administration and professionals, to residents only by consent.
 * Days are texts (YYYY-MM-DD), times microseconds since 1970 UTC.  Ownership: results live in the arena given.
 */
#ifndef FACILITY_ITEM_RULES_H
#define FACILITY_ITEM_RULES_H

#include "arena.h"
#include "error.h"
#include "messages.h"
#include "service.h"

enum { FACILITY_ITEMS_MAX = 40 };
enum item_performed { PERFORMED_UNKNOWN = -1, PERFORMED_NO, PERFORMED_YES };

struct known_item {
    int item;                           /* enum facility_item */
    bool notified;
    int answer;                         /* enum item_answer */
    enum item_performed performed;
    const char *text;                   /* NULL: none */
    int source;                         /* enum item_source */
    const char *source_date;            /* NULL: not stated */
    int64_t changed_at, confirmed_at;   /* confirmed_at 0: never */
    int64_t shown_to;                   /* bit audience - 1 */
};
struct known_items { const struct known_item *items; size_t count; };

/* What the facility allows; no entry: nothing. */
struct facility_consent { int item; int64_t audiences; const char *given_by, *given_on; };
struct facility_consents { const struct facility_consent *items; size_t count; };

/* The facility as far as the record needs it. */
struct facility_kept {
    const char *service, *located_in;   /* kind of service; code of where it stands */
    const char *keeper;                 /* municipality that looks after it; NULL outside the region */
    bool own_office;                    /* the reader acts for the office of this number */
    const char *writer;                 /* who writes where nobody is logged in: the letter that is answered; NULL: the actor */
    bool has_phone, has_fax;            /* the published row says it; of hours it never says more than days */
};

/* Such an item is words: a number, hours, names. */
bool facility_item_is_words (int item);

/* By the kind of service, as published. */
enum facility_kind facility_kind_of (const char *service);
/* Which items table 1 names for the kind: these are asked for. */
struct enum_list facility_items_of (enum facility_kind kind);
/* What may be said beyond it: whom to reach for coordination, when doctors can be met, free places, roles. */
struct enum_list facility_items_beyond (enum facility_kind kind);
bool facility_item_belongs (enum facility_kind kind, int item);
/* Kinds of service that take in so many and no more. */
bool facility_has_places (const char *service);

/* Who acts for the region, officers of the municipality that looks after it, the office's own manager, doctors and proxies.
 * Else ERROR_NOT_FOR_YOU. */
int facility_may_keep (const struct actor *actor, const struct facility_kept *kept, struct error *err);

/* 0, or -1 with the field that is wrong; `today` in Japan. */
int facility_day_check (const char *day, const char *pointer, const char *today, struct error *err);
int facility_items_check (const struct facility_items_put *put, enum facility_kind kind, const char *today, struct arena *arena,
                          struct error *err);
int facility_consent_check (const struct facility_consent_put *put, enum facility_kind kind, const char *today, struct error *err);

/* Free places told longer ago than FREE_PLACES_DAYS say nothing any more; other items do not go stale. */
enum { FREE_PLACES_DAYS = 14 };
bool facility_item_is_stale (const struct known_item *item, const char *today);

/* Whom an item from this source is shown to. */
int64_t facility_shown_to (const struct facility_consents *consents, int item, int source);

/* What changes: rows that end (all in `known`), and rows that begin, at `now`. */
struct facility_turn { struct known_items ended, begun; };
struct facility_turn facility_items_turn (const struct known_items *known, const struct facility_items_put *put,
                                          const struct facility_consents *consents, int64_t now, struct arena *arena);
struct facility_turn facility_items_confirmed (const struct known_items *known, int64_t now, struct arena *arena);
/* After consents changed: the items whose audiences are others now. */
struct facility_turn facility_items_shown (const struct known_items *known, const struct facility_consents *consents,
                                           struct arena *arena);

/* The consents that change, as they begin; the same again is none. */
struct facility_consents facility_consents_turn (const struct facility_consents *known, const struct facility_consent_put *put,
                                                 struct arena *arena);

/* What was allowed, with what is said now in its place. */
struct facility_consents facility_consents_together (const struct facility_consents *known, const struct facility_consents *fresh,
                                                     struct arena *arena);

/* What has to be asked yet: items of the kind without an answer in table or published row. */
struct enum_list facility_items_unknown (const struct known_items *known, const struct facility_kept *kept, struct arena *arena);

#endif
