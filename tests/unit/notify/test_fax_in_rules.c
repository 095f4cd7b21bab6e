/* What becomes of a FAX that came in: by its code only, and only when nothing is doubtful; what a person may decide; what the reader may
 * say. */
#include "fax_in_rules.h"
#include "tap.h"

#define OFFICE "00000000-0000-7000-8000-000000000011"
#define OTHER "00000000-0000-7000-8000-000000000012"
#define FAX "00000000-0000-7000-8000-0000000000f1"
#define CODE "RENKEI-FAX:AAAA"

static struct arena arena;

static struct fax_read two_pages (const char *first, const char *second, const char *number)
{
    return (struct fax_read) { .number = number, .count = 2, .pages = { { .codes = { first }, .code_count = first != NULL },
                                                                        { .codes = { second }, .code_count = second != NULL } } };
}

static const struct fax_known answer = { .code = CODE, .kind = FAX_CODE_ANSWER, .for_office = OFFICE, .number = "011-000-0099", .fax_id = FAX };
static const struct fax_known test = { .code = CODE, .kind = FAX_CODE_TEST, .for_office = OFFICE, .number = "011-000-0099", .number_stands = true };

static int why (struct fax_read read, struct fax_known known, const char *office)
{
    struct fax_verdict verdict = fax_in_judge (&arena, &read, office, &known);

    return verdict.state == FAX_IN_STATE_WAITING ? (int) verdict.why : -(int) verdict.state;
}

static void test_judge (void)
{
    const struct fax_known none = { .code = NULL };
    struct fax_known old = answer, moved = test;

    old.old = true;
    moved.number_stands = false;
    is_number (why (two_pages (CODE, CODE, NULL), answer, OFFICE), -FAX_IN_STATE_FILED, "a known code on every page files them");
    is_number (why (two_pages (CODE, NULL, NULL), answer, OFFICE), FAX_IN_WHY_SOME_PAGES, "a page without a code beside it: a person looks");
    is_number (why (two_pages (CODE, "RENKEI-FAX:BBBB", NULL), answer, OFFICE), FAX_IN_WHY_SEVERAL_CODES, "two codes: a person looks");
    is_number (why (two_pages (NULL, NULL, "0110000099"), none, OFFICE), FAX_IN_WHY_NO_CODE, "no code, from a known number: a person looks");
    is_number (why (two_pages (CODE, CODE, NULL), none, OFFICE), FAX_IN_WHY_CODE_UNKNOWN, "a code nobody knows: a person looks");
    is_number (why (two_pages (CODE, CODE, NULL), old, OFFICE), FAX_IN_WHY_CODE_OLD, "a code that is too old: a person looks");
    is_number (why (two_pages (CODE, CODE, NULL), answer, OTHER), FAX_IN_WHY_OTHER_OFFICE, "another office's code: a person looks");
    is_number (why (two_pages (CODE, CODE, "0110000099"), test, OFFICE), -FAX_IN_STATE_CONFIRMED, "a test page from its number confirms it");
    is_number (why (two_pages (CODE, CODE, "0110000098"), test, OFFICE), FAX_IN_WHY_OTHER_NUMBER, "...from another number it does not");
    is_number (why (two_pages (CODE, CODE, NULL), test, OFFICE), FAX_IN_WHY_OTHER_NUMBER, "...nor from a number that is not told");
    is_number (why (two_pages (CODE, CODE, "0110000099"), moved, OFFICE), FAX_IN_WHY_NUMBER_MOVED, "...nor when the number has changed since");
    is_number (why ((struct fax_read) { .bad = "broken" }, none, OFFICE), FAX_IN_WHY_NOT_READABLE, "what cannot be read waits, too");
}

static const char *decided (enum fax_in_state now, int64_t seen, struct fax_in_settle message)
{
    struct error err = { 0 };

    message.version = seen;
    return fax_in_decide (&(struct fax_in_now) { now, 3 }, &message, &err) < 0 ? error_name_of (&err) : "yes";
}

static void test_decide (void)
{
    const struct fax_in_settle filed = { .state = FAX_IN_STATE_FILED, .fax_id = FAX }, discarded = { .state = FAX_IN_STATE_DISCARDED },
                               back = { .state = FAX_IN_STATE_WAITING, .note = "別の方の分でした" };

    is (decided (FAX_IN_STATE_WAITING, 3, filed), "yes", "what waits is filed");
    is (decided (FAX_IN_STATE_WAITING, 2, filed), "moved_on", "...not when somebody changed it meanwhile");
    is (decided (FAX_IN_STATE_GIVEN, 3, filed), "moved_on", "...nor when it is settled");
    is (decided (FAX_IN_STATE_WAITING, 3, (struct fax_in_settle) { .state = FAX_IN_STATE_FILED }), "fax_not_its_own", "filed to nothing is not filed");
    is (decided (FAX_IN_STATE_WAITING, 3, (struct fax_in_settle) { .state = FAX_IN_STATE_GIVEN }), "not_a_colleague", "given to nobody is not given");
    is (decided (FAX_IN_STATE_WAITING, 3, (struct fax_in_settle) { .state = FAX_IN_STATE_MISDIRECTED }), "yes", "not for us: one action");
    is (decided (FAX_IN_STATE_WAITING, 3, discarded), "reason_needed", "discarding needs a reason");
    is (decided (FAX_IN_STATE_WAITING, 3, (struct fax_in_settle) { .state = FAX_IN_STATE_DISCARDED, .note = " \n" }), "reason_needed", "...not a blank");
    is (decided (FAX_IN_STATE_WAITING, 3, (struct fax_in_settle) { .state = FAX_IN_STATE_CONFIRMED }), "moved_on", "a number is confirmed by a code, not here");
    is (decided (FAX_IN_STATE_FILED, 3, back), "yes", "what was filed is taken back with a reason");
    is (decided (FAX_IN_STATE_CONFIRMED, 3, back), "moved_on", "...a confirmed number is not");
    is (decided (FAX_IN_STATE_WAITING, 3, back), "moved_on", "...nor what waits anyway");
}

/* ---- the reader's words -------------------------------------------------------------------------------------------------------------- */

static struct fax_read said;

static bool parse (const char *text)
{
    return fax_read_parse (&arena, (struct bytes) { (const unsigned char *) text, strlen (text) }, &said);
}

#define PNG "\x89PNG\r\n\x1a\n"

static void test_parse (void)
{
    ok (parse ("RKF1\nnumber 0110000099\npage 10 20 9 " CODE "\n" PNG "xpage 5 6 8\n" PNG "end\n"), "pages are taken");
    ok (said.count == 2 && said.pages[0].image.size == 9 && said.pages[0].code_count == 1 && said.pages[1].height == 6, "...with sizes and codes");
    is (said.number, "0110000099", "...and the number");
    ok (parse ("RKF1\nbad pages\n") && strcmp (said.bad, "pages") == 0, "a reason is taken");
    ok (parse ("RKF1\nnumber 0110000099\nbad locked\n") && said.number, "...with the number, so that somebody can ask for it again");
    ok (!parse ("RKF1\npage 10 20 9\n" PNG "x"), "without an end it crashed");
    ok (!parse ("RKF1\nend\n"), "...nothing at all is no page");
    ok (!parse ("RKF1\npage 10 20 99999999\n" PNG "end\n"), "more than there is is refused");
    ok (!parse ("RKF1\npage 10 20 8\nGIF89a..end\n"), "...and what is no PNG");
    ok (!parse ("RKF1\npage 10 20 8 https://example.invalid\n" PNG "end\n"), "...and codes that are not ours");
    ok (!parse ("RKF1\nnumber 011-000\npage 1 1 8\n" PNG "end\n") && !parse ("") && !parse ("RKF2\nend\n"), "...and everything else");
}

static void test_code (void)
{
    char one[FAX_CODE_TEXT], other[FAX_CODE_TEXT];

    fax_page_code_new (one);
    fax_page_code_new (other);
    ok (strncmp (one, "RENKEI-FAX:", 11) == 0 && strlen (one) == 37 && strcmp (one, other) != 0, "every page has a code of its own");
}

int main (void)
{
    test_judge ();
    test_decide ();
    test_parse ();
    test_code ();
    return done ();
}
