/* command.h - pieces of a declared message that uploads share. */
#ifndef GATEWAY_COMMAND_H
#define GATEWAY_COMMAND_H

#include "exchange.h"

/* The message with the fields of path, query, If-Match and (unless it is a stream) body; NULL when something is wrong. */
void *command_message (struct exchange *exchange, struct error *err);
struct request_header command_header (struct exchange *exchange);
/* The reply becomes the answer; who waits resumes the exchange. */
void command_reply (struct exchange *exchange, const struct reply_header *header, struct bytes body);

/* A fail point that this exchange's message passes. */
void command_pass (const struct exchange *exchange, const char *point);

/* upload.c: the route takes raw bytes. */
void upload_begin (struct exchange *exchange);

#endif
