#include "error.h"
#include "tap.h"
#include "text.h"

static void a_failure_is_whole (void)
{
    struct error err;

    is_number (fail (&err, ERROR_MOVED_ON, "/base_version", "version %d is current", 4), -1, "fail returns -1");
    is (error_name_of (&err), "moved_on", "the key has a name");
    is_number (error_kind_of (&err), ERROR_KIND_CONFLICT, "...and a kind");
    is (err.detail, "version 4 is current", "the detail is formatted");
    is_number (err.field_count, 1, "the wrong field is told");
    is (err.fields[0].pointer, "/base_version", "...by pointer");
    fail_field (&err, ERROR_TEXT_EMPTY, "/text");
    is_number (err.field_count, 2, "one more field");
    is_number (fail (&err, ERROR_BUG, NULL, "x"), -1, "failing again");
    is_number (err.field_count, 0, "...replaces everything");
}

static void nothing_overflows (void)
{
    struct error err;
    char longer[500];

    memset (longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    fail (&err, ERROR_BUG, longer, "%s", longer);
    is_number ((int64_t) strlen (err.detail), sizeof err.detail - 1, "a long detail is cut");
    is_number ((int64_t) strlen (err.fields[0].pointer), sizeof err.fields[0].pointer - 1, "a long pointer is cut");
    for (int i = 0; i < 20; i++) {
        fail_field (&err, ERROR_TEXT_EMPTY, "/x");
        fail_param (&err, longer, "%s", longer);
    }
    is_number (err.field_count, ERROR_FIELD_MAX, "further fields are dropped");
    is_number (err.param_count, ERROR_PARAM_MAX, "further parameters are dropped");
}

/* Whatever stands before it, Japanese text is cut between characters. */
static void text_is_cut_between_characters (void)
{
    struct error err;
    char text[400];
    int broken = 0, wasted = 0;

    for (size_t before = 0; before < 8; before++) {
        static const char *const letters[] = { "é", "看", "𠮷" };

        for (size_t i = 0; i < 3; i++) {
            size_t size = before;

            memset (text, 'a', before);
            for (; size + 5 < sizeof text; size += strlen (letters[i]))
                memcpy (text + size, letters[i], strlen (letters[i]));
            text[size] = '\0';
            fail (&err, ERROR_BUG, NULL, "%s", text);
            fail_param (&err, "x", "%s", text);
            broken += !text_is_utf8 (err.detail, strlen (err.detail)) || !text_is_utf8 (err.params[0].value, strlen (err.params[0].value));
            wasted += strlen (err.detail) + 4 < sizeof err.detail - 1 || strlen (err.params[0].value) + 4 < sizeof err.params[0].value - 1;
        }
    }
    is_number (broken, 0, "a detail or parameter that is cut stays well-formed text");
    is_number (wasted, 0, "...and loses no more than the character that did not fit");
    snprintf (text, sizeof text, "%0119d", 7);
    fail_param (&err, "y", "%s", text);
    is (err.params[1].value, text, "what just fits is not cut");
}

static void no_error_has_no_kind (void)
{
    struct error err = { 0 };

    is_number (error_kind_of (&err), 0, "no error has no kind");
    is (error_name_of (&err), "", "...and no name");
    err.key = (enum error_key) 9999;
    is_number (error_kind_of (&err), 0, "nor has an unknown one");
}

static void every_error_has_words (void)
{
    int without = 0;

    for (int i = 1; i < error_table_count; i++)
        without += !error_table[i].name || !error_table[i].kind || !*error_table[i].ja || !*error_table[i].en;
    is_number (without, 0, "every error has a name, a kind and words in both languages");
}

int main (void)
{
    a_failure_is_whole ();
    nothing_overflows ();
    text_is_cut_between_characters ();
    no_error_has_no_kind ();
    every_error_has_words ();
    return done ();
}
