/* exchange.h - one HTTP request and its answer, from the first header to the last byte sent.
 *
 * Stages: ARRIVED → (WAITING for the session) → READING the body → WAITING for a service → READY → sent.  While it waits the connection is
 * suspended (when libmicrohttpd next calls, not before: a connection that is suspended at its first call is called a first time again).  An
 * early refusal is READY at once; a body that still comes in is thrown away.
 */
#ifndef GATEWAY_EXCHANGE_H
#define GATEWAY_EXCHANGE_H

#include <microhttpd.h>
#include "gateway.h"
#include "guard.h"
#include "problem.h"
#include "route.h"

enum stage { ARRIVED, READING, WAITING, READY, STREAMING };
enum { HEADER_MAX = 8 };

struct exchange {
    struct gateway *gateway;
    struct MHD_Connection *connection;
    struct arena arena;
    enum stage stage, after;                /* after: the stage that a wait ends in */
    bool suspended;
    const char *raw;                        /* target as sent, ours until the arena ends */
    const char *method;
    struct target *target;
    struct match *match;
    struct head *head;
    struct session *session;                /* NULL: nobody */
    bool remembered;                        /* the database is away and the session was good a short while before */
    enum language language;
    char trace[56];                         /* W3C traceparent */
    int64_t began_us;
    size_t body_limit, body_size, body_room, thrown_away;
    char *body;                             /* malloc; freed as soon as it is sent on */
    struct upload *upload;                  /* of a stream route */
    struct stream *stream;                  /* of a live stream */
    struct document *document;              /* of an answer that comes in pages */
    bool close;                             /* answered at once, whatever body comes; then the connection is closed */
    int status;
    struct bytes answer;
    const char *type;
    struct { const char *name, *value; } headers[HEADER_MAX];
    size_t header_count;
    struct MHD_Response *response;          /* made already: files, streams */
};

/* Both leave the exchange READY; who had it suspended calls exchange_resume. */
void exchange_answer (struct exchange *exchange, int status, const char *type, struct bytes bytes);
void exchange_refuse (struct exchange *exchange, const struct error *err);
void exchange_refuse_as (struct exchange *exchange, const struct reply_header *refusal, const char *conflict);
void exchange_header (struct exchange *exchange, const char *name, const char *value);     /* texts of the arena or static */
void exchange_close (struct exchange *exchange);
void exchange_status (struct exchange *exchange, int status);       /* before a refusal: another than its kind says (405, 415) */

void exchange_wait (struct exchange *exchange, enum stage after);
void exchange_resume (struct exchange *exchange);
const char *exchange_line (struct exchange *exchange, const char *name);    /* a header line; NULL when there is none */

/* command.c: declared messages */
void command_begin (struct exchange *exchange);         /* headers are there */
void command_act (struct exchange *exchange);           /* the body is there */
/* upload.c: bodies of stream routes, in parts.  Returns how many bytes it took; fewer: the exchange waits. */
size_t upload_take (struct exchange *exchange, const char *data, size_t size);
void upload_end (struct exchange *exchange);
void upload_free (struct upload **upload);
/* pages.c: /livez, /readyz, /metrics, /version, /api/v1/openapi.json, /api/v1/demo; false: not one of them */
bool pages_answer (struct exchange *exchange);
/* files.c: everything else */
void files_answer (struct exchange *exchange);
/* stream.c */
void stream_begin (struct exchange *exchange);
void stream_gone (struct exchange *exchange);

/* http.c: for loop.c */
struct MHD_Daemon *http_start (struct gateway *gateway, const char *listen, struct error *err);

#endif
