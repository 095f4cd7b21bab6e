/* guard.h - what a request must look like before anything is done with it: framing of HTTP/1.1, and who may send what changes something.
 *
 * libmicrohttpd parses; these checks refuse what parsers in front of us might read otherwise (request smuggling, security §5 HTTP).
 * Source: RFC 9112 §6, RFC 9110 §5, W3C Fetch Metadata.
 */
#ifndef GATEWAY_GUARD_H
#define GATEWAY_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct head {                               /* what the guard needs of the header lines; zero it first */
    int hosts, lengths, encodings, keys, lines;      /* keys: Authorization */
    bool odd;                               /* a name or value that no client of ours sends */
    bool chunked;
    uint64_t length;                        /* of Content-Length */
    const char *host, *origin, *site, *client;
};

void guard_line (struct head *head, const char *name, const char *value);   /* once per header line */
bool guard_frames (const struct head *head, const char *method, const char *version);   /* false: 400 and close */

/* A request that changes something must come from our own pages or from a program: Renkei-Client (a form of another site cannot set it),
 * and Origin and Sec-Fetch-Site, when a browser sends them, must be ours. */
bool guard_is_ours (const struct head *head);

#endif
