/* command.h - pieces of a declared message that uploads share. */
#ifndef GATEWAY_COMMAND_H
#define GATEWAY_COMMAND_H

#include "exchange.h"

/* The message with the fields of path, query, If-Match and (unless it is a stream) body; NULL when something is wrong. */
void *command_message (struct exchange *exchange, struct error *err);
struct request_header command_header (struct exchange *exchange);
/* Who sends it, into a header; session NULL: nobody. */
void command_sign (const struct session *session, bool remembered, struct request_header *header);
/* The hash of the cookie's token; false when there is none. */
bool command_token (struct exchange *exchange, unsigned char ret[TOKEN_HASH_BYTES]);
/* The reply becomes the answer; who waits resumes the exchange. */
void command_reply (struct exchange *exchange, const struct reply_header *header, struct bytes body);

/* A fail point that this exchange's message passes. */
void command_pass (const struct exchange *exchange, const char *point);

/* upload.c: the route takes raw bytes. */
void upload_begin (struct exchange *exchange);

/* partner.c: bodies that are not JSON, and keys that are no sessions. */
const struct message_field *partner_field (const struct http_route *route);     /* `bearer`; NULL when the message has none */
const char *partner_key (struct exchange *exchange);                            /* NULL when the request has none */
int partner_read (struct exchange *exchange, void *message, struct error *err);
size_t raw_limit (const struct message_type *type);
bool raw_check (struct exchange *exchange);                                     /* false: refused */
int raw_read (struct exchange *exchange, struct bytes body, void *message, struct error *err);

/* content.c: answers that are documents.  answer lives in the exchange's arena. */
const struct message_field *content_field (const struct message_type *answer);  /* `content`; NULL: the answer is JSON */
void content_answer (struct exchange *exchange, const void *answer);
void content_gone (struct exchange *exchange);
bool content_is_shown (const char *media_type);                                 /* by the browser itself; everything else is for programs */

#endif
