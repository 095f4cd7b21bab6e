/* registry.h - what every handler of registry gets: settings read once at start, the login book, and the hash gate.
 *
 * Shared by all threads of the process; everything in it is set at start and only read afterwards, except the book and the gate, which
 * lock themselves.
 */
#ifndef REGISTRY_H
#define REGISTRY_H

#include <stddef.h>
#include <stdint.h>
#include "link_token.h"
#include "login_book.h"
#include "options.h"
#include "password_hash.h"
#include "secret.h"
#include "service.h"
#include "stranger_gate.h"
#include "webauthn.h"

/* The import whose step failed last, and how often: only the job thread touches it. */
struct import_trouble { char import_id[37]; int times; };

struct registry {
    struct login_book *book;            /* engine connection for log-in: commits on its own, also when the log-in is refused */
    struct hash_gate *gate;             /* at most two password hashes at once */
    struct stranger_gate *strangers;    /* how often one source may ask without a log-in; NULL: as often as it likes */
    struct secret_key secret_key;       /* seals TOTP secrets */
    struct relying_party relying_party; /* passkeys: host name and allowed origins */
    struct arena memory;                /* of settings */
    const char *region_name;
    const char *desk_phone;             /* "" when there is none */
    int64_t idle_minutes;
    int64_t session_hours;
    int64_t login_failures;             /* per account before it is blocked */
    int64_t source_failures;            /* per network source before it is blocked */
    const char *profiles_dir;           /* folder of further import profiles; NULL or "" when there is none */
    struct link_key links;              /* of letters to facilities: taken here, sent by notify */
    struct import_trouble import_trouble;
};

extern const struct service registry_service;
extern const struct option registry_options[];

/* start.c: reads the settings, opens book and gate, makes the first operator; both as in struct service. */
int registry_start (void *self, struct error *err);
void registry_stop (void *self);

/* The code of the region itself: the operator's office belongs to no municipality. */
#define REGION_CODE "000000"

#endif
