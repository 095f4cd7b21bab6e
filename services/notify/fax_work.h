/* fax_work.h - one file at a time out of the folders in which FAX arrives, read by a process of its own (services/fax_reader).
 *
 * DIR/OFFICE-ID/NAME: a file arrives whole, renamed into place; names that begin with a dot or end in .tmp or .part are not looked at.
 * Files come in turn, by name, office by office; one that cannot be removed holds up no other.  The reader gets the file and nothing else;
 * what it says is kept in memory only.  Threads: the job's.  Errors: errno.
 */
#ifndef NOTIFY_FAX_WORK_H
#define NOTIFY_FAX_WORK_H

#include "fax_in_rules.h"

enum { FAX_DIGEST_BYTES = 32, FAX_READ_SECONDS = 70, FAX_PATH_MOST = 300 };

struct fax_work {
    const char *dir, *reader;                       /* NULL or "": nothing is taken; path of renkei-fax-reader */
    char at[FAX_PATH_MOST];                         /* "OFFICE-ID/NAME" of the file in hand, or the last one */
    unsigned char digest[FAX_DIGEST_BYTES];         /* of its name and bytes */
    int file, child, out;                           /* -1 or 0 when there is none */
    char stranger[40];                              /* the folder of no office that the log has named */
    int64_t begun;                                  /* monotonic, µs */
    bool read;                                      /* the child has ended; `out` holds what it said */
};

void fax_work_init (struct fax_work *work, const char *dir, const char *reader);
bool fax_work_next (struct fax_work *work);         /* opens the next file; false: there is none, until the folders are begun again */
bool fax_work_begin (struct fax_work *work);        /* starts the reader */
bool fax_work_ended (struct fax_work *work, bool wait);
void fax_work_said (struct fax_work *work, struct arena *arena, struct fax_read *ret);
const char *fax_work_office (const struct fax_work *work, struct arena *arena);
const char *fax_work_name (const struct fax_work *work);
/* The file goes: removed, or to bad/ beside a file that says why.  false: it stays. */
bool fax_work_put_away (struct fax_work *work, struct arena *arena, const char *bad);
void fax_work_leave (struct fax_work *work);        /* ends the reader, closes; the file stays */

#endif
