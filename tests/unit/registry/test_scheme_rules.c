/* Offices in the scheme of attending and deputy doctors (U-04): what a part may say, beside which others, and who writes it. */
#include "scheme_rules.h"
#include "tap.h"

#define OFFICE "b1"
#define TOWN "011002"
static struct error err;

static const int weekdays[] = { DAY_CLASS_WEEKDAY }, saturdays[] = { DAY_CLASS_SATURDAY };
static const struct scheme_band evenings = { .day_classes = { weekdays, 1 }, .from_minute = 1080, .to_minute = 1950 };
static const struct scheme_band saturday = { .day_classes = { saturdays, 1 }, .from_minute = 540, .to_minute = 720 };

static struct scheme_part_put put_of (const char *part, const char *from, const char *until, const struct scheme_band *bands, size_t count)
{
    return (struct scheme_part_put) { .office_id = OFFICE, .part_id = part, .from = from, .until = until, .bands = { bands, count } };
}

/* ---- shapes ---------------------------------------------------------------------------------------------------------------------- */

static void refused_at (struct scheme_part_put put, enum error_key key, const char *pointer, const char *name)
{
    int status;

    err = (struct error) { 0 };
    status = scheme_check (&put, &err);
    ok (key ? status < 0 && err.key == key && err.field_count == 1 && strcmp (err.fields[0].pointer, pointer) == 0 : status == 0, name);
}

static void band_refused (struct scheme_band band, enum error_key key, const char *pointer, const char *name)
{
    const struct scheme_band bands[] = { evenings, band };

    refused_at (put_of ("a", "2026-04-01", NULL, bands, 2), key, pointer, name);
}

static void shapes (void)
{
    static const int64_t eighth[] = { 3, 8 };
    struct scheme_band band = evenings;

    refused_at (put_of ("a", "2026-04-01", NULL, &evenings, 1), 0, "", "U-04 an office joins until further notice");
    refused_at (put_of ("a", "2026-04-01", "2026-04-01", &evenings, 1), 0, "", "...or for one day");
    refused_at (put_of ("a", "2026-04-01", "2026-03-31", &evenings, 1), ERROR_PERIOD_REVERSED, "/until",
        "U-04 the end before the beginning is refused");
    refused_at (put_of ("a", "2026-02-30", NULL, &evenings, 1), ERROR_DATE_INVALID, "/from", "no day of the calendar");
    refused_at (put_of ("a", "2026-04-01", "0206-04-01", &evenings, 1), ERROR_FIELD_OUT_OF_RANGE, "/until", "a mistyped year");
    refused_at (put_of ("a", "2026-04-01", NULL, &evenings, 0), ERROR_FIELD_MISSING, "/bands", "U-04 without any hours it is no promise");
    band.day_classes.count = 0;
    band_refused (band, ERROR_FIELD_MISSING, "/bands/1/day_classes", "a band on no day");
    band = evenings, band.weekdays = (struct i64_list) { eighth, 2 };
    band_refused (band, ERROR_FIELD_OUT_OF_RANGE, "/bands/1/weekdays", "an eighth weekday");
    band = evenings, band.from_minute = 1440;
    band_refused (band, ERROR_FIELD_OUT_OF_RANGE, "/bands/1/from_minute", "a band that begins on the next day");
    band = evenings, band.from_minute = -1;
    band_refused (band, ERROR_FIELD_OUT_OF_RANGE, "/bands/1/from_minute", "...or the day before");
    band = evenings, band.to_minute = 2881;
    band_refused (band, ERROR_FIELD_OUT_OF_RANGE, "/bands/1/to_minute", "a band longer than two days");
    band = evenings, band.to_minute = band.from_minute;
    band_refused (band, ERROR_PERIOD_REVERSED, "/bands/1/to_minute", "an empty band");
}

/* ---- beside others --------------------------------------------------------------------------------------------------------------- */

/* a: 2026-04-01 to 2026-09-30, entered in March; b: 2027-04-01 on, entered in October; c: taken back. */
static const struct scheme_part known[] = {
    { { .part_id = "a", .version = 1, .from = "2026-04-01", .until = "2026-09-30", .bands = { &evenings, 1 } }, "2026-03-01" },
    { { .part_id = "b", .version = 1, .from = "2027-04-01", .bands = { &evenings, 1 } }, "2026-10-01" },
    { { .part_id = "c", .version = 2, .from = "2026-11-01", .bands = { &evenings, 1 }, .withdrawn = true }, "2026-10-01" },
};
static const struct scheme_parts parts = { known, 3 };

/* "same", "new", or the error with its field. */
static const char *decided (struct scheme_part_put put, const char *today)
{
    static char text[200];
    bool same;

    err = (struct error) { 0 };
    if (scheme_decide (&parts, &put, today, &same, &err) == 0)
        return same ? "same" : "new";
    snprintf (text, sizeof text, "%s %s", error_name_of (&err), err.fields[0].pointer);
    return text;
}

static void beside (void)
{
    is (decided (put_of ("d", "2026-10-01", "2027-03-31", &saturday, 1), "2026-06-01"), "new", "U-04 a new part between two others");
    is (decided (put_of ("d", "2026-09-30", "2027-03-31", &saturday, 1), "2026-06-01"), "scheme_overlap /from",
        "U-04 one day too early overlaps");
    is (err.params[1].value, "2026-09-30", "...and says until when the other holds");
    is (decided (put_of ("d", "2026-10-01", "2027-04-01", &saturday, 1), "2026-06-01"), "scheme_overlap /until",
        "U-04 one day too late overlaps");
    is (decided (put_of ("d", "2026-10-01", NULL, &saturday, 1), "2026-06-01"), "scheme_overlap /until",
        "...and so does one without an end");
    is (decided (put_of ("d", "2028-01-01", "2028-01-31", &saturday, 1), "2026-06-01"), "scheme_overlap /from",
        "the one without an end overlaps whatever follows");
    is (err.params[1].value, "", "...until further notice");
    is (decided (put_of ("a", "2026-04-01", "2026-10-31", &evenings, 1), "2026-06-01"), "new",
        "a part does not overlap itself, nor what was taken back");
}

static void promises (void)
{
    struct scheme_part_put put = put_of ("a", "2026-04-01", "2026-09-30", &evenings, 1);

    is (decided (put, "2026-06-01"), "same", "U-04 the same again is the same");
    put.until = "2026-07-31";
    is (decided (put, "2026-06-01"), "new", "U-04 what has begun can end");
    put = put_of ("a", "2026-04-01", "2026-09-30", &saturday, 1);
    is (decided (put, "2026-06-01"), "scheme_begun /bands", "U-04 ...but says what it said: the history stays");
    is (decided (put, "2026-03-31"), "new", "before it begins it may change");
    put = put_of ("a", "2026-04-02", "2026-09-30", &evenings, 1);
    is (decided (put, "2026-04-01"), "scheme_begun /from", "on its first day it has begun");
    is (decided (put, "2026-03-01"), "new", "...but not on the day it was entered: a slip is mended");
    put = put_of ("a", "2026-04-01", "2026-09-30", &evenings, 1);
    put.note = "心不全";
    is (decided (put, "2026-06-01"), "scheme_begun /note", "the note is part of what was promised");
    put = put_of ("a", "2026-04-01", "2026-09-30", &evenings, 1);
    put.has_withdrawn = put.withdrawn = true;
    is (decided (put, "2026-06-01"), "scheme_begun /withdrawn", "what has begun is ended, not taken back");
    is (decided (put, "2026-03-31"), "new", "before it begins it can be taken back");
}

/* ---- who ------------------------------------------------------------------------------------------------------------------------- */

static bool may (enum role role, const char *office, const char *municipality)
{
    const struct actor actor = { .person_id = "p", .office_id = office, .municipality = municipality, .roles = 1ULL << (role - 1) };

    return scheme_may_change (&actor, TOWN, OFFICE, &err) == 0;
}

static void who (void)
{
    ok (may (ROLE_SERVICE_MANAGER, OFFICE, TOWN) && may (ROLE_DOCTOR, OFFICE, TOWN) && may (ROLE_CLINIC_PROXY, OFFICE, TOWN),
        "U-04 the office's own manager, doctor and proxy write it");
    ok (!may (ROLE_SERVICE_MANAGER, "b2", TOWN) && !may (ROLE_DOCTOR, "b2", TOWN), "U-04 ...those of another office do not");
    ok (!may (ROLE_VISITING_NURSE, OFFICE, TOWN), "a nurse does not");
    ok (may (ROLE_ROTA_OFFICE, "b9", TOWN) && may (ROLE_MUNICIPAL_OFFICER, "b9", TOWN), "rota office and officer of the municipality do");
    ok (!may (ROLE_ROTA_OFFICE, "b9", "012025") && !may (ROLE_MUNICIPAL_OFFICER, "b9", "012025"),
        "U-04 ...those of another municipality do not");
    is_number (err.key, ERROR_NOT_FOR_YOU, "...as if it were not there");
    ok (may (ROLE_OPERATOR, "b9", "000000"), "who runs the region does");
}

int main (void)
{
    shapes ();
    beside ();
    promises ();
    who ();
    return done ();
}
