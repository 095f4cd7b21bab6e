/* adapter_file.h - a provider of calls, text messages, FAX or mail attached by a file: one HTTPS request out, one signed callback in.
 *
 * The file is JSON (deploy/adapters/example.json, docs/adapters.md): name, channels, per_second, url, headers, body or form, what answers
 * mean (accepted, permanent), keypad, receipts, replies, callback.  In url, headers and every string of body and form stand
 * {id} {channel} {to} {to_digits} {to_e164} {subject} {text} {page} {number} {code} {attempt} {deadline} {possible_duplicate} {secret} {secret_2}:
 * replaced, encoded for where they stand.  Secrets come from files of their own (secret_file, secret_2_file, callback.secret_file), never
 * from this one.  An answer without the id that `accepted.id` promises, an empty one, and one that cannot be read are failures.
 * Read once at start; limits: 64 KiB a file, 40 headers.  Memory: the arena given.
 */
#ifndef NOTIFY_ADAPTER_FILE_H
#define NOTIFY_ADAPTER_FILE_H

#include "adapter.h"
#include "reply_rules.h"

struct cJSON;

enum { CODES_MOST = 20, HEADERS_MOST = 40, MAPPED_MOST = 20 };

struct mapped { const char *from; int to; };                    /* a provider's word and ours */

struct adapter_file {
    const char *name, *url, *method, *secret, *secret_2;
    const char *headers[HEADERS_MOST];
    size_t header_count;
    struct cJSON *json;                                         /* the file; body and form are in it */
    const struct cJSON *body, *form;                            /* one of them */
    const char *id_at, *code_at;                                /* JSON pointers; NULL: not told */
    int accepted[CODES_MOST], permanent[CODES_MOST];
    size_t accepted_count, permanent_count;
    const char *permanent_codes[CODES_MOST];
    size_t permanent_code_count;
    bool receipts;
    const char *receipt_id_at, *receipt_status_at, *receipt_sequence_at, *receipt_message_at, *digits_at;
    struct mapped statuses[MAPPED_MOST];                        /* to: enum receipt_kind */
    size_t status_count;
    const char *from_at, *text_at;                              /* replies */
    struct keypad keypad;
    const char *callback_secret, *callback_bearer;
};

/* files: comma-separated paths. */
int adapter_files_add (struct arena *arena, const char *files, struct adapters *adapters, struct error *err);
const char *adapter_file_load (struct arena *arena, const char *path);        /* NULL: cannot be read, empty or above 64 KiB */
/* The file's text; folder: where its secret files stand relative to. */
int adapter_file_read (struct arena *arena, const char *text, const char *folder, struct adapter_file *ret, unsigned *ret_channels,
                       double *ret_per_second, struct error *err);
const struct adapter_file *adapter_file_of (const struct adapter *adapter);     /* NULL: built in */

void adapter_file_forget (struct adapter_file *file);

/* What is sent, and what an answer means.  Pure. */
enum filling { FILL_PLAIN, FILL_URL, FILL_HEADER };
const char *adapter_fill (struct arena *arena, const struct adapter_file *file, const struct claimed *claim, const char *text,
                          enum filling filling);
const char *adapter_body (struct arena *arena, const struct adapter_file *file, const struct claimed *claim);
struct adapter_answer adapter_file_judge (struct arena *arena, const struct adapter_file *file, long status, const char *got);
/* "/a/0/b" of a JSON value: text, or a number as text; NULL when it is not there. */
const char *adapter_pointed (struct arena *arena, const struct cJSON *json, const char *pointer);

#endif
