#include "command.h"
#include "fhir_outcome.h"

void exchange_header (struct exchange *exchange, const char *name, const char *value)
{
    if (exchange->header_count == HEADER_MAX)
        abort ();
    exchange->headers[exchange->header_count].name = name;
    exchange->headers[exchange->header_count++].value = value;
}

void exchange_answer (struct exchange *exchange, int status, const char *type, struct bytes bytes)
{
    exchange->status = status;
    exchange->type = type;
    exchange->answer = bytes;
    exchange->stage = READY;
}

static bool has_if_match (const struct exchange *exchange)
{
    return exchange->match && exchange->match->route && route_if_match (exchange->match->route);
}

void exchange_refuse_as (struct exchange *exchange, const struct reply_header *refusal, const char *conflict)
{
    int status = exchange->status ? exchange->status : problem_status (refusal, has_if_match (exchange));
    int seconds = problem_retry_after (refusal);
    char id[33];

    snprintf (id, sizeof id, "%.32s", exchange->trace + 3);         /* the trace id of the traceparent */
    if (status == MHD_HTTP_UNAUTHORIZED && exchange->match && exchange->match->route && partner_field (exchange->match->route))
        exchange_header (exchange, "WWW-Authenticate", "Bearer");
    if (seconds)
        exchange_header (exchange, "Retry-After", arena_print (&exchange->arena, "%d", seconds));
    if (fhir_is_asked (exchange->target))
        exchange_answer (exchange, status, "application/fhir+json", fhir_outcome (&exchange->arena, refusal, exchange->language, id));
    else
        exchange_answer (exchange, status, "application/problem+json",
                         problem_render (&exchange->arena, refusal, status, exchange->language, id, conflict));
}

void exchange_refuse (struct exchange *exchange, const struct error *err)
{
    struct reply_header refusal = refusal_of (&exchange->arena, err);

    exchange_refuse_as (exchange, &refusal, NULL);
}

void exchange_status (struct exchange *exchange, int status)
{
    exchange->status = status;
}

void exchange_close (struct exchange *exchange)
{
    exchange->close = true;
    exchange_header (exchange, "Connection", "close");
}

void exchange_wait (struct exchange *exchange, enum stage after)
{
    exchange->stage = WAITING;
    exchange->after = after;
    exchange->gateway->waiting++;
}

void exchange_resume (struct exchange *exchange)
{
    if (exchange->stage == WAITING)
        exchange->stage = exchange->after;
    exchange->gateway->waiting--;
    if (exchange->suspended)
        MHD_resume_connection (exchange->connection);
    exchange->suspended = false;
}

const char *exchange_line (struct exchange *exchange, const char *name)
{
    return MHD_lookup_connection_value (exchange->connection, MHD_HEADER_KIND, name);
}
