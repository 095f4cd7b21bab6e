/* What a rotation, a chain and an absence must look like, field by field at its limits; and who may set them, role by role. */
#include "roster_rules.h"
#include "tap.h"

enum { ROLES = 24 };

static const char *const two[] = { "p", "q" };
static const int weekday[] = { DAY_CLASS_WEEKDAY };

/* The key it is refused with and the field, as "key /pointer"; "taken". */
static const char *said (int status, const struct error *err)
{
    static char text[200];

    if (status == 0)
        return "taken";
    snprintf (text, sizeof text, "%s %s", error_name_of (err), err->field_count ? err->fields[0].pointer : "");
    return text;
}

/* ---- rotations ----------------------------------------------------------------------------------------------------------------------- */

static void test_rotations (void)
{
    static const struct {
        const char *anchor;
        int64_t handoff, from, to;
        size_t classes, members, offices;
        const char *wanted, *says;
    } rows[] = { { "2026-01-01", 510, 510, 1950, 1, 1, 1, "taken", "a whole rule" },
                 { "2028-02-29", 0, 0, 1, 1, 1, 1, "taken", "a leap day, a band of one minute, a handoff at midnight" },
                 { "2026-01-01", 1439, 1439, 2880, 1, 2, 2, "taken", "...each at its other end" },
                 { "2027-02-29", 0, 0, 1440, 1, 1, 1, "date_invalid /anchor", "a leap day in a year without" },
                 { "2026-13-01", 0, 0, 1440, 1, 1, 1, "date_invalid /anchor", "a thirteenth month" },
                 { "tomorrow", 0, 0, 1440, 1, 1, 1, "date_invalid /anchor", "a word" },
                 { "0206-04-01", 0, 0, 1440, 1, 1, 1, "field_out_of_range /anchor",
                   "a mistyped year: turns would be counted over centuries" },
                 { "1999-12-31", 0, 0, 1440, 1, 1, 1, "field_out_of_range /anchor", "the day before the first" },
                 { "2000-01-01", 0, 0, 1440, 1, 1, 1, "taken", "...the first" },
                 { "2099-12-31", 0, 0, 1440, 1, 1, 1, "taken", "the last day the calendar knows" },
                 { "2100-01-01", 0, 0, 1440, 1, 1, 1, "field_out_of_range /anchor", "...and the day after it" },
                 { "2026-01-01", -1, 0, 1440, 1, 1, 1, "field_out_of_range /handoff_minute", "a handoff before midnight" },
                 { "2026-01-01", 1440, 0, 1440, 1, 1, 1, "field_out_of_range /handoff_minute", "a handoff after the day" },
                 { "2026-01-01", 0, -1, 1440, 1, 1, 1, "field_out_of_range /from_minute", "a band that begins before its day" },
                 { "2026-01-01", 0, 1440, 1500, 1, 1, 1, "field_out_of_range /from_minute", "...or after it" },
                 { "2026-01-01", 0, 0, 0, 1, 1, 1, "field_out_of_range /to_minute", "a band that ends before its day" },
                 { "2026-01-01", 0, 0, 2881, 1, 1, 1, "field_out_of_range /to_minute", "a band of more than two days" },
                 { "2026-01-01", 0, 600, 600, 1, 1, 1, "period_reversed /to_minute", "a band of nothing" },
                 { "2026-01-01", 0, 600, 599, 1, 1, 1, "period_reversed /to_minute", "a band that ends before it begins" },
                 { "2026-01-01", 0, 0, 1440, 0, 1, 1, "field_missing /day_classes", "a rotation for no day" },
                 { "2026-01-01", 0, 0, 1440, 1, 0, 0, "field_missing /members", "a rotation of nobody" },
                 { "2026-01-01", 0, 0, 1440, 1, 2, 1, "field_missing /office_ids", "a member without an office" },
                 { "2026-01-01", 0, 0, 1440, 1, 1, 2, "field_missing /office_ids", "an office without a member" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rotation_put put = { .anchor = rows[i].anchor, .handoff_minute = rows[i].handoff, .from_minute = rows[i].from,
            .to_minute = rows[i].to, .day_classes = { weekday, rows[i].classes }, .members = { two, rows[i].members },
            .office_ids = { two, rows[i].offices } };
        struct error err = { 0 };

        is (said (rotation_check (&put, &err), &err), rows[i].wanted, rows[i].says);
    }
}

/* ---- chains -------------------------------------------------------------------------------------------------------------------------- */

static struct chain_row whole_row (void)
{
    return (struct chain_row) { .position = 1, .day_classes = { weekday, 1 }, .from_minute = 0, .to_minute = 1440,
                                .target = TARGET_KIND_PERSON, .person_id = "p" };
}

static const char *check_second (struct chain_row row)
{
    static struct error err;
    struct chain_row rows[2] = { whole_row (), row };
    struct chain_put put = { .patient_id = "x", .rows = { rows, 2 } };

    err = (struct error) { 0 };
    return said (chain_check (&put, &err), &err);
}

static void test_chain_fields (void)
{
    static const int64_t monday[] = { 1 }, sunday[] = { 7 }, zero[] = { 0 }, eight[] = { 1, 8 };
    static const struct { int64_t position, from, to; const int64_t *weekdays; size_t weekday_count; bool has_delay; int64_t delay;
                          const char *wanted, *says; } rows[] = {
        { 1, 0, 1440, NULL, 0, false, 0, "taken", "a whole row" },
        { 40, 0, 1440, sunday, 1, true, 3600, "taken", "the last position, a Sunday, the longest delay" },
        { 1, 0, 1440, monday, 1, true, 10, "taken", "N-13 the shortest delay" },
        { 0, 0, 1440, NULL, 0, false, 0, "field_out_of_range /rows/1", "position 0" },
        { 41, 0, 1440, NULL, 0, false, 0, "field_out_of_range /rows/1", "position 41" },
        { -1, 0, 1440, NULL, 0, false, 0, "field_out_of_range /rows/1", "a position below nothing" },
        { 1, 0, 1440, zero, 1, false, 0, "field_out_of_range /rows/1", "weekday 0" },
        { 1, 0, 1440, eight, 2, false, 0, "field_out_of_range /rows/1", "weekday 8 beside a good one" },
        { 1, 0, 1440, NULL, 0, true, 9, "field_out_of_range /rows/1", "N-13 a delay below 10 s" },
        { 1, 0, 1440, NULL, 0, true, 3601, "field_out_of_range /rows/1", "a delay of more than an hour" },
        { 1, 0, 1440, NULL, 0, true, -5, "field_out_of_range /rows/1", "a delay into the past" },
        { 1, 1440, 1441, NULL, 0, false, 0, "field_out_of_range /rows/1", "a band of the next day" },
        { 1, 60, 60, NULL, 0, false, 0, "period_reversed /rows/1", "a band of nothing" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct chain_row row = whole_row ();

        row.position = rows[i].position;
        row.from_minute = rows[i].from;
        row.to_minute = rows[i].to;
        row.weekdays = (struct i64_list) { rows[i].weekdays, rows[i].weekday_count };
        row.has_delay_seconds = rows[i].has_delay;
        row.delay_seconds = rows[i].delay;
        is (check_second (row), rows[i].wanted, rows[i].says);
    }
}

/* Each kind of target needs its own name, and no other will do. */
static void test_chain_targets (void)
{
    static const int wants[] = { 0, 1, 2, 4, 0, 4 };            /* bits: person, rotation, office */

    for (int target = TARGET_KIND_PERSON; target <= TARGET_KIND_HOSPITAL; target++)
        for (int named = 0; named < 8; named++) {
            struct chain_row row = whole_row ();
            const char *wanted = (named & wants[target]) == wants[target] ? "taken" : "field_missing /rows/1";
            char name[100];

            row.target = (enum target_kind) target;
            row.person_id = named & 1 ? "p" : NULL;
            row.rotation_id = named & 2 ? "r" : NULL;
            row.office_id = named & 4 ? "o" : NULL;
            snprintf (name, sizeof name, "target %d named by person %d, rotation %d, office %d", target, named & 1, named >> 1 & 1,
                      named >> 2);
            is (check_second (row), wanted, name);
        }
}

static void test_chain_whole (void)
{
    struct chain_row none = whole_row ();
    struct chain_put empty = { .patient_id = "x" };
    struct error err = { 0 };

    none.day_classes.count = 0;
    is (check_second (none), "field_missing /rows/1", "a row for no day");
    is_number (chain_check (&empty, &err), 0,
               "N-30 an empty chain may be set: then the attending doctor's clinic and the last resort are asked");
}

/* ---- absences ------------------------------------------------------------------------------------------------------------------------ */

static void test_absences (void)
{
    static const struct { int64_t from, to; bool taken; } rows[] = {
        { 0, 1, true }, { 1, 1, false }, { 2, 1, false }, { INT64_MIN, INT64_MAX, true }, { INT64_MAX, INT64_MIN, false } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct absence_add add = { .from = rows[i].from, .to = rows[i].to };
        struct error err = { 0 };

        is (said (absence_check (&add, &err), &err), rows[i].taken ? "taken" : "period_reversed /to", "an absence ends after it begins");
    }
}

/* ---- who may set them, said the other way round: lists of those who may -------------------------------------------------------------- */

static struct actor actor_of (int role, const char *person, const char *municipality)
{
    return (struct actor) { .person_id = person, .office_id = "o", .municipality = municipality, .roles = 1ull << (role - 1) };
}

static void test_who (void)
{
    int wrong_roster = 0, wrong_absence = 0, wrong_chain = 0;

    for (int role = 1; role <= ROLES; role++)
        for (int bits = 0; bits < 4; bits++) {
            struct actor here = actor_of (role, "p", "011002"), nowhere = actor_of (role, "p", NULL);
            bool everywhere = role == ROLE_ADMINISTRATOR || role == ROLE_OPERATOR;
            struct standing_to standing = { .municipality = bits & 1 ? "011002" : NULL, .in_team = bits & 2, .in_office = true,
                                            .attends = true, .manages = true };
            struct error err = { 0 };

            wrong_roster += (roster_decide (&here, "011002", &err) == 0) != true
                            || (roster_decide (&here, "011003", &err) == 0) != everywhere
                            || (roster_decide (&nowhere, "011002", &err) == 0) != everywhere;
            wrong_absence += (absence_decide (&here, "p", bits & 1, &err) == 0) != true
                || (absence_decide (&here, "q", bits & 1, &err) == 0) != (everywhere || role == ROLE_ROTA_OFFICE || (bits & 1));
            wrong_chain += (chain_decide (&here, &standing, &err) == 0) != ((bits & 1) && ((bits & 2) || role == ROLE_OPERATOR));
        }
    is_number (wrong_roster, 0, "rotations and desks: one's own municipality's, administrators and operators everywhere");
    is_number (wrong_absence, 0, "absences: one's own, one's office's; the rota office, administrators and operators anybody's");
    is_number (wrong_chain, 0, "chains: the person's team, and an operator; being of an office of the team is not enough");
}

/* As "taken" or "key /pointer"; stored and lacking are people by letter. */
static const char *entering (const char *members, const char *stored, const char *lacking)
{
    static const char *const letters[] = { "a", "b", "c", "d" };
    const char *lists[3][4];
    size_t counts[3] = { 0 };
    const char *const words[] = { members, stored ? stored : "", lacking };
    struct rotation_put put = { .members = { lists[0], 0 } };
    struct rotation_rule rule = { .members = lists[1] };
    struct error err = { 0 };

    for (int list = 0; list < 3; list++)
        for (const char *letter = words[list]; *letter; letter++)
            lists[list][counts[list]++] = letters[*letter - 'a'];
    put.members.count = counts[0];
    rule.member_count = counts[1];
    return said (rotation_check_entering (&put, stored ? &rule : NULL, (struct text_list) { lists[2], counts[2] }, &err), &err);
}

static void test_entering (void)
{
    is (entering ("a", NULL, ""), "taken", "practice 02: who has two authenticators, or no account, enters a new rotation");
    is (entering ("a", NULL, "a"), "second_authenticator /members/0", "practice 02: who has one only does not");
    is (entering ("abc", "ab", "c"), "second_authenticator /members/2", "practice 02: ...nor a rotation that stands; the field says who");
    is (entering ("cd", NULL, "dc"), "second_authenticator /members/0", "...the first of several");
    is (entering ("ba", "ab", "ab"), "taken", "practice 02: members stay when theirs have become fewer, in another order too");
    is (entering ("aa", "a", "a"), "taken", "...also twice");
    is (entering ("b", "ab", "ad"), "taken", "who leaves is not asked");
    is (entering ("bc", "b", "b"), "taken", "who stays does not keep others out");
}

static void test_words (void)
{
    struct standing_to unknown = { 0 }, forbidden = { .municipality = "011002", .in_office = true };
    struct actor nurse = actor_of (ROLE_VISITING_NURSE, "p", "011002");
    struct error first = { 0 }, second = { 0 };

    ok (chain_decide (&nurse, &unknown, &first) < 0 && chain_decide (&nurse, &forbidden, &second) < 0
            && memcmp (&first, &second, sizeof first) == 0 && first.key == ERROR_NOT_FOR_YOU,
        "S-20 unknown and forbidden are refused alike, to the byte");
}

int main (void)
{
    test_rotations ();
    test_chain_fields ();
    test_chain_targets ();
    test_chain_whole ();
    test_absences ();
    test_entering ();
    test_who ();
    test_words ();
    return done ();
}
