/* intake.h - a partner's message, read from JSON, CAP 1.2 or a dispatch mail into one form.  Pure: no database, no clock, no network.
 *
 * Whatever the bytes are, reading ends with a verdict; memory lies in the arena.  Limits: 256 KiB, 8 levels of JSON, 32 of XML, text of
 * 2,000 characters, UTF-8 only, no control characters, no DTD, no entity.  Rules V-01, V-02, V-12, V-14 are here; intake_rules.h has
 * those that need to know who sends and what was sent before.
 */
#ifndef DISPATCH_INTAKE_H
#define DISPATCH_INTAKE_H

#include "codec.h"
#include "messages.h"

enum { INTAKE_BYTES_MOST = 256 * 1024, INTAKE_TEXT_MOST = 2000, INTAKE_DEPTH_MOST = 32 };

struct intake {
    struct intake_message message;      /* as far as it could be read: also of a refused one, so that it can be answered */
    enum message_format format;
    enum intake_verdict verdict;        /* accepted: readable and complete */
    char why[160];                      /* for the error answer; never a value of the message */
};

/* What the bytes are, from the media type and else from the first character. */
enum message_format intake_format (const char *content_type, struct bytes body);

/* mail_template: NULL when the partner has none. */
void intake_read (enum message_format format, struct bytes body, const char *mail_template, struct arena *arena, struct intake *ret);

void intake_read_json (struct bytes body, struct arena *arena, struct intake *ret);
void intake_read_cap (struct bytes body, struct arena *arena, struct intake *ret);
void intake_read_mail (struct bytes body, const char *mail_template, struct arena *arena, struct intake *ret);

/* ---- for the readers ---------------------------------------------------------------------------------------------------------------- */

/* First refusal stays.  Returns false, so that it can be returned. */
bool intake_refuse (struct intake *intake, enum intake_verdict verdict, const char *fmt, ...) __attribute__ ((format (printf, 3, 4)));
/* Sets a field of the message by its name; words of dispatch ("CPA疑い", "F") are understood.  Unknown names are passed over (V-12).
 * Empty text is absent. */
bool intake_set (struct intake *intake, const char *name, const char *text, struct arena *arena);
void intake_add_addressee (struct intake *intake, const char *text, size_t size, struct arena *arena);
/* What every message needs; verdict accepted only here. */
void intake_complete (struct intake *intake, bool has_sent);

#endif
