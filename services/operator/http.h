/* http.h - speaks to a region's gateway as a person: log-in with two factors, JSON, Idempotency-Key.
 *
 * Limits: answers up to 8 MiB; 30 s a request, 10 min for a file.  Secrets are never printed.
 */
#ifndef OPERATOR_HTTP_H
#define OPERATOR_HTTP_H

#include <cjson/cJSON.h>
#include <stdio.h>
#include "operator.h"

struct http;

struct http *http_open (const char *base, struct error *err);
void http_close (struct http **http);           /* logs out when logged in */

/* body: taken over, may be NULL.  *ret: the answer, to be freed with cJSON_Delete; may be NULL.  A refusal becomes *err with the server's
 * words as detail. */
int http_call (struct http *http, const char *method, const char *path, cJSON *body, cJSON **ret, struct error *err);
int http_send_file (struct http *http, const char *path, const void *bytes, size_t size, struct error *err);   /* PUT */

/* As the settings say; asks on the terminal for what is missing. */
int http_login (struct http *http, struct operator *self, struct error *err);

/* A whole command: logs in, works, says what went wrong, logs out.  Returns the exit status. */
int http_as_person (struct operator *self, int (*work) (struct operator *, struct http *, struct error *));

#define HTTP(name) __attribute__ ((cleanup (http_close))) struct http *name

#endif
