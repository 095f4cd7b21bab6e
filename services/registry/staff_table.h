/* staff_table.h - a list of an office's people as text: lines of name, kana, log-in name, roles, e-mail, telephone.  Pure, no I/O.
 *
 * Separated by comma (RFC 4180) or, when the first line has one, by tab, as pasted from a spreadsheet; a head line (氏名 …) is passed over.
 * Roles are the words of role.type in Japanese or its names, several with "・" or "/" or blanks.  Every problem names line, column, value
 * and why; with one, nothing may be done.  Limits: 30 people.  Ownership: results live in the arena.
 */
#ifndef STAFF_TABLE_H
#define STAFF_TABLE_H

#include "arena.h"
#include "error.h"
#include "messages.h"

enum { STAFF_ROWS_MOST = 30 };

struct staff_entry { int64_t line; const char *name, *name_kana, *login, *email, *phone; struct enum_list roles; };

struct staff_table {
    struct staff_entry *entries;
    size_t count;
    struct staff_problem *problems;
    size_t problem_count;
};

/* file_shape for a text that is no table at all or too long. */
int staff_table_read (const char *text, struct arena *arena, struct staff_table *ret, struct error *err);

const char *staff_role_words (int role);                /* in Japanese; "" for none */

/* One problem more; nothing beyond the 200th. */
void staff_table_problem (struct staff_table *table, int64_t line, const char *column, const char *value, const char *why);

#endif
