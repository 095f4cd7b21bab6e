/* fax_in_rules.h - what becomes of a FAX that came in.  Pure.
 *
 * It files itself only when every page carries the same code, which this office printed and which is still good; a test page confirms a
 * number only when it came from that number.  Everything else is for a person.  A name on a page decides nothing, ever.
 */
#ifndef NOTIFY_FAX_IN_RULES_H
#define NOTIFY_FAX_IN_RULES_H

#include "messages.h"

enum fax_code_kind { FAX_CODE_TEST = 1, FAX_CODE_ANSWER };
enum { FAX_READ_PAGES_MOST = 40, FAX_READ_CODES_MOST = 4, FAX_TEST_DAYS = 14, FAX_ANSWER_DAYS = 60, FAX_WAITS_MINUTES = 30, FAX_CODE_TEXT = 40 };

struct fax_read_page { int width, height; struct bytes image; const char *codes[FAX_READ_CODES_MOST]; size_t code_count; };

/* What renkei-fax-reader said of a file. */
struct fax_read { const char *number; const char *bad; struct fax_read_page pages[FAX_READ_PAGES_MOST]; size_t count; };

/* false: it did not end as promised (crashed, out of time or memory), or says what it must not.  ret points into bytes and arena. */
bool fax_read_parse (struct arena *arena, struct bytes bytes, struct fax_read *ret);

struct fax_known {                              /* a code of ours; code NULL: not known */
    const char *code, *for_office, *person_id, *office_id, *office, *number, *test_code, *fax_id, *patient_id;
    enum fax_code_kind kind;
    bool old;
    bool number_stands;                         /* 1: the number is still the tested one and waits for this test */
};

struct fax_verdict { enum fax_in_state state; enum fax_in_why why; bool by_code; };    /* by_code: the known code may be shown as a candidate */

/* The distinct codes on all pages. */
struct text_list fax_codes_of (struct arena *arena, const struct fax_read *read);
struct fax_verdict fax_in_judge (struct arena *arena, const struct fax_read *read, const char *office_id, const struct fax_known *known);

struct fax_in_now { enum fax_in_state state; int64_t version; };
/* Refuses moved_on (somebody was faster, or nothing to take back), reason_needed, fax_not_its_own, not_a_colleague (nothing chosen). */
int fax_in_decide (const struct fax_in_now *now, const struct fax_in_settle *message, struct error *err);

/* "RENKEI-FAX:" and 26 letters and digits: 128 random bits. */
void fax_page_code_new (char ret[FAX_CODE_TEXT]);

#endif
