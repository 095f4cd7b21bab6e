/* problem.h - a refusal as application/problem+json (RFC 9457), in the reader's language. */
#ifndef GATEWAY_PROBLEM_H
#define GATEWAY_PROBLEM_H

#include "arena.h"
#include "codec.h"
#include "messages.h"

enum language { JAPANESE, ENGLISH };

/* The one of the two that Accept-Language likes better (RFC 9110 §12.5.4); Japanese when it is absent or likes both alike. */
enum language language_of (const char *accept_language);

/* has_if_match: the request named a version, so "somebody else was faster" is 412. */
int problem_status (const struct reply_header *refusal, bool has_if_match);
/* Seconds for Retry-After; 0 when none is due. */
int problem_retry_after (const struct reply_header *refusal);

/* conflict: JSON of the conflict record, or NULL. */
struct bytes problem_render (struct arena *arena, const struct reply_header *refusal, int status, enum language language, const char *trace,
                             const char *conflict);

/* The words of a refusal, with its parameters in them. */
const char *problem_words (struct arena *arena, const struct reply_header *refusal, enum language language, const char *trace);

/* An error of the gateway itself, as a service would have sent it. */
struct reply_header refusal_of (struct arena *arena, const struct error *err);

#endif
