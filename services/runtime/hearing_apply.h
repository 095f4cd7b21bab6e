/* hearing_apply.h - applies events of one publisher inside an open transaction, each exactly once and in order per subject.
 *
 * The rule: an event is applied when its version is the next one of its subject; an older one is dropped, a later one is a gap, to be
 * pulled. A gap inside a list that is known to hold everything after a version is no gap: the log has dropped what is missing.  Events this
 * service does not hear, and those from before it began to follow, only move the version.
 */
#ifndef RUNTIME_HEARING_APPLY_H
#define RUNTIME_HEARING_APPLY_H

#include "hearing_store.h"
#include "runtime.h"

enum { HEARING_BATCH = 64 };
static const int64_t HEARING_INCOMPLETE = INT64_MAX;

enum hearing_outcome { HEARING_OPEN, HEARING_APPLIED, HEARING_OLD, HEARING_GAP, HEARING_WAITS };

struct hearing_item {
    const struct event_envelope *event;
    int64_t complete_from;              /* the list it came in holds every event of the subject after this version; HEARING_INCOMPLETE */
    enum hearing_outcome outcome;
    int64_t reached;                    /* version of the subject after the transaction */
};

/* A lease asked about in this transaction; its answer comes with the lock of the subjects. */
struct hearing_lease { db_rows *rows; bool is_lost; };

struct hearing_context {
    struct runtime *runtime;
    struct batch *batch;
    struct arena *arena;                /* of the batch */
    const char *source;
    const struct event_position *start; /* where following began; NULL: at the beginning */
    int64_t now;
    struct hearing_lease *lease;        /* gives now; NULL: the caller has looked already and knows it */
    bool replay;
    bool tags;                          /* errors of queued writes are to name the item (db_tag); not inside somebody else's batch */
};

/* The row of the service's table for this event; NULL when the service does not hear it.  Fails for a version it does not know. */
int hearing_find (const struct service *service, const char *source, const struct event_envelope *event, const struct heard **ret,
                  struct error *err);
/* Decodes and calls the handler. */
int hearing_handle (const struct hearing_context *context, const struct heard *heard, const struct event_envelope *event,
                    struct error *err);

/* At most HEARING_BATCH items.  also: one more subject whose attempts end when its version is reached (NULL: none).  The transaction is the
 * caller's: begin before, commit or roll back after. */
int hearing_apply (const struct hearing_context *context, struct hearing_item *items, size_t count, const char *also, struct error *err);

/* An error the event will always meet: it is not tried again. */
bool hearing_is_hopeless (const struct error *err);

int hearing_compare (const struct event_position *a, const struct event_position *b);       /* <0, 0, >0 */

#endif
