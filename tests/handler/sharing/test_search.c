/* Lists that are read page by page while they change, people changed in the same microsecond, and names found however they are typed. */
#include "region.h"

enum { PEOPLE = 23 };

static struct patient_list_answer list (struct harness *harness, const char *text, const char *after, int64_t limit)
{
    struct patient_list message = { .text = text, .after = after, .has_limit = limit > 0, .limit = limit };
    struct patient_list_answer answer = { 0 };
    struct error err = { 0 };

    must (harness_call (harness, "patient_list", &message, &answer, &err), &err, "patient_list");
    return answer;
}

/* Every page to the end; how many people came, each counted once, and how often one came twice. */
static void walk (struct harness *harness, const char *text, int64_t limit, int *ret_seen, int *ret_twice)
{
    char ids[PEOPLE * 2][40], after[80] = "";

    *ret_seen = *ret_twice = 0;
    do {
        struct patient_list_answer page = list (harness, text, *after ? after : NULL, limit);

        for (size_t i = 0; i < page.patients.count && *ret_seen < PEOPLE * 2; i++) {
            bool known = false;

            for (int j = 0; j < *ret_seen; j++)
                known = known || strcmp (ids[j], page.patients.items[i].patient_id) == 0;
            *ret_twice += known;
            if (!known)
                snprintf (ids[(*ret_seen)++], 40, "%s", page.patients.items[i].patient_id);
        }
        snprintf (after, sizeof after, "%s", page.next ? page.next : "");
    } while (*after);
}

/* ---- pages --------------------------------------------------------------------------------------------------------------------------- */

static void test_same_moment (struct harness *harness)
{
    int seen, twice;

    harness_sql (harness, "update patient set changed_at = '2026-04-01 00:00:00+09'");
    harness_as (harness, &manager);
    for (int64_t limit = 1; limit <= PEOPLE + 1; limit += limit < 5 ? 1 : 6) {
        char name[100];

        walk (harness, NULL, limit, &seen, &twice);
        snprintf (name, sizeof name, "people changed in the same microsecond, pages of %d: each once", (int) limit);
        ok (seen == PEOPLE && twice == 0, name);
    }
    walk (harness, "患", 4, &seen, &twice);
    ok (seen == PEOPLE && twice == 0, "...and found by a name they share, the same");
}

/* Somebody is changed between two pages: moves to the top, so nobody is missed, and only that one may be seen again. */
static void test_changing (struct harness *harness)
{
    struct patient_list_answer first, second;
    struct error err = { 0 };
    int both = 0;

    harness_as (harness, &manager);
    first = list (harness, NULL, NULL, 10);
    must (region_consent (harness, 3, 903, CONSENT_SCOPE_EMS, &err), &err, "consent");
    second = list (harness, NULL, first.next, 30);
    for (size_t i = 0; i < first.patients.count; i++)
        for (size_t j = 0; j < second.patients.count; j++)
            both += strcmp (first.patients.items[i].patient_id, second.patients.items[j].patient_id) == 0;
    is_number (both, 0, "a change between two pages shows nobody twice");
    ok (first.patients.count + second.patients.count >= PEOPLE - 1, "...and misses at most who is now at the top");
    is (list (harness, NULL, NULL, 1).patients.items[0].patient_id, PATIENT (3), "...who is there");
    is_number (first.count, PEOPLE, "a page says how many there are");
    is_number (second.count, PEOPLE, "...the second, too");
}

/* ---- names --------------------------------------------------------------------------------------------------------------------------- */

static void test_typed (struct harness *harness)
{
    static const struct { const char *name, *kana; } people[] = {
        { "髙﨑 渡邉", "タカサキ ワタナベ" }, { "佐々木 ああああ", "ササキ アアアア" }, { "ＡＢＣ 太郎", "エービーシー タロウ" }, { "ヴィクトル 一", "ヴィクトル ハジメ" },
        { "葛\U000E0100城 花", "カツラギ ハナ" }, { "𠮷野 五郎", "ヨシノ ゴロウ" } };
    static const struct { const char *typed; int wanted; const char *says;
    } rows[] = { { "髙﨑", 0, "as it is written" },
                 { "高崎", 0, "by the ordinary forms of both characters" },
                 { "渡邉", 0, "the second part" },
                 { "渡辺", 0, "...by its ordinary form" },
                 { "たかさき", 0, "in hiragana" },
                 { "ﾀｶｻｷ", 0, "in half-width katakana" },
                 { "タカサキワタナベ", 0, "without the blank" },
                 { "タカサキ　ワタナベ", 0, "with a full-width blank" },
                 { "佐々木", 1, "with the mark for a repeated character" },
                 { "ああああ", 1, "the same character four times" },
                 { "あ", 1, "one character" },
                 { "abc", 2, "in small half-width letters" },
                 { "ＡＢＣ", 2, "in full-width ones" },
                 { "ヴィクトル", 3, "with a voiced u" },
                 { "葛城", 4, "without the variation selector" },
                 { "𠮷野", 5, "beyond the basic plane" },
                 { "%", -1, "a per cent is a character, not a wildcard" },
                 { "_", -1, "...and so is an underscore" },
                 { "|", -1, "what stands between the two names is not part of either" },
                 { "' or true --", -1, "a statement" },
                 { "\\", -1, "a backslash" },
                 { "タカサキ ササキ", -1, "parts of two people" } };
    struct error err = { 0 };

    harness_as (harness, &manager);
    for (int i = 0; i < 6; i++)
        must (region_register (harness, 100 + i, people[i].name, people[i].kana, &err), &err, people[i].name);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct patient_list_answer found = list (harness, rows[i].typed, NULL, 0);
        char name[120];

        snprintf (name, sizeof name, "found, or not, when typed %s", rows[i].says);
        if (!ok (rows[i].wanted < 0 ? found.patients.count == 0
                 : found.patients.count == 1 && strcmp (found.patients.items[0].name, people[rows[i].wanted].name) == 0, name))
            note ("%d found", (int) found.patients.count);
    }
}

/* ---- telephones ---------------------------------------------------------------------------------------------------------------------- */

static void test_called (struct harness *harness)
{
    static const char *const written[] = { "03-1234-5678", "0312345678", "０３（１２３４）５６７８", "+81 3 1234 5678", "TEL 03-1234-5678" };
    char name[120];

    harness_sql (harness, "insert into ems_key (municipality, kind, key, patient_id) select municipality, 2, '0312345678', patient_id from patient"
                 " where patient_id = '%s'", PATIENT (3));
    harness_as (harness, &manager);
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        struct patient_list_answer found = list (harness, written[i], NULL, 0);

        snprintf (name, sizeof name, "U-34: whoever calls is found by the number, written %s", written[i]);
        ok (found.patients.count == 1 && strcmp (found.patients.items[0].patient_id, PATIENT (3)) == 0, name);
    }
    ok (list (harness, "011-300-0001", NULL, 0).count >= PEOPLE, "U-34: ...by the number that was registered with the person, too");
    is_number ((int64_t) list (harness, "03-1234-5679", NULL, 0).patients.count, 0, "U-34: a number nobody has finds nobody");
    harness_as (harness, &nurse_b);
    is_number ((int64_t) list (harness, "03-1234-5678", NULL, 0).patients.count, 0,
               "U-34: ...and so does the right one where the record is not open");
}

static void test_nothing_typed (struct harness *harness)
{
    int64_t all = list (harness, NULL, NULL, 200).count;

    is_number (list (harness, "", NULL, 200).count, all, "nothing typed is no search: all are listed");
    is_number (list (harness, " \u3000 ", NULL, 200).count, all, "...nor are blanks");
}

/* A name of a hundred and twenty bytes, searched by as much of it as may be typed. */
static void test_long (struct harness *harness)
{
    char name[121] = "", typed[61], other[61];
    struct error err = { 0 };

    for (int i = 0; i < 40; i++)
        snprintf (name + strlen (name), sizeof name - strlen (name), "%s", i % 3 ? "山" : "川");
    snprintf (typed, sizeof typed, "%.60s", name + 60);
    snprintf (other, sizeof other, "川%.57s", name);
    harness_as (harness, &manager);
    must (region_register (harness, 120, name, "ナガイ ナマエ", &err), &err, "long name");
    is_number (list (harness, typed, NULL, 0).count, 1, "the longest name is found by its second half");
    is_number (list (harness, other, NULL, 0).count, 0, "...and not by the same pairs of characters in a row that is not there");
}

/* ---- what search must not tell ------------------------------------------------------------------------------------------------------- */

static void test_closed (struct harness *harness)
{
    static const struct harness_actor *const outsiders[] = { &nurse, &doctor, &nurse_b, &nurse_b_agreed, &officer };
    int found = 0;

    for (size_t i = 0; i < sizeof outsiders / sizeof *outsiders; i++) {
        struct patient_list_answer answer;

        harness_as (harness, outsiders[i]);
        answer = list (harness, "髙﨑", NULL, 0);
        found += answer.patients.count > 0 || answer.count > 0 || answer.next;
    }
    is_number (found, 0, "S-20 whom a person is not open to learns neither the name nor that there is one, nor how many");
    harness_as (harness, &nurse);
    is_number (harness_sees (harness, "select count(*) from patient_bigram where bigram = '高崎'"), 0,
               "...from the table of the search neither");
}

int main (void)
{
    struct harness *harness = region_open ();
    struct error err = { 0 };

    harness_as (harness, &manager);
    for (int i = 0; i < PEOPLE; i++) {
        char name[40];

        snprintf (name, sizeof name, "患者 %c", 'a' + i);
        must (region_register (harness, i, name, "カンジャ", &err), &err, name);
    }
    test_same_moment (harness);
    test_changing (harness);
    test_typed (harness);
    test_called (harness);
    test_nothing_typed (harness);
    test_long (harness);
    test_closed (harness);
    harness_close (&harness);
    return done ();
}
