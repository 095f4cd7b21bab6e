/* What registry tells of the scheme of attending and deputy doctors, in the warnings of a person's order (U-04). */
#include "region.h"

#define PART(n) ID ("d" n)
#define SATURDAY ROLES (DAY_CLASS_SATURDAY)
#define BANDS(...) { .items = (const struct scheme_band[]) { __VA_ARGS__ }, .count = 1 }

static const char *day_text (struct region *region, int64_t days)
{
    static char texts[4][11];
    static int next;
    char *text = texts[next++ % 4];

    day_number_text (tokyo_of (harness_now (region->harness)).day_number + days, text);
    return text;
}

/* The warnings in a row; they are sentences and hold no "|". */
static const char *warnings (struct region *region)
{
    static char all[1000];
    struct chain_answer answer = { 0 };

    as_manager (region);
    all[0] = 0;
    if (call (region, "chain", &(struct chain) { .patient_id = PATIENT }, &answer) < 0)
        return error_name_of (&region->err);
    for (size_t i = 0; i < answer.warnings.count; i++)
        snprintf (all + strlen (all), sizeof all - strlen (all), "%s|", answer.warnings.items[i]);
    return all;
}

static void tell (struct region *region, struct scheme_part_changed event, int64_t version)
{
    if (harness_hear (region->harness, "registry", &scheme_part_changed_message, &event, event.part_id, version, TOWN, &region->err) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
}

static void test_hours (struct region *region)
{
    struct scheme_part_changed part = { .part_id = PART ("1"), .office_id = CLINIC, .from = "2024-01-01",
        .bands = BANDS ({ .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440 }) };

    is (warnings (region), "", "U-04 offices that never joined give no warning: unknown is not no");
    tell (region, part, 1);
    is (warnings (region), "", "U-04 nor does one that joined for all the row asks");
    part.bands = (struct scheme_band_list) BANDS ({ .day_classes = SATURDAY, .from_minute = 0, .to_minute = 1440 });
    part.office_id = CLINIC_2, part.part_id = PART ("2");
    tell (region, part, 1);
    is (warnings (region), "", "...nor an office the order does not name");
    part.office_id = CLINIC, part.part_id = PART ("1");
    tell (region, part, 2);
    is (warnings (region), "青葉クリニックは平日・日曜・祝日・年末・年始終日（0:00〜24:00）の対応を登録していません|",
        "U-04 a doctor asked beyond what the office joined for is warned about");
    part.bands = (struct scheme_band_list) BANDS ({ .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440,
                                                    .tags = ROLES (CONDITION_TAG_FEVER) });
    tell (region, part, 3);
    ok (strstr (warnings (region), "「呼吸苦・意識障害・痛みなど」の対応を登録していません") != NULL, "U-04 ...also in conditions");
    tell (region, part, 3);
    is_number (number (region, "select count(*) from scheme_part"), 2, "the same word twice is one");
}

static void test_days (struct region *region)
{
    struct scheme_part_changed part = { .part_id = PART ("1"), .office_id = CLINIC, .from = "2024-01-01", .until = day_text (region, 20),
        .bands = BANDS ({ .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440 }) };

    tell (region, part, 4);
    ok (strstr (warnings (region), "で終わります|") != NULL, "U-04 thirty days before a period ends it is said");
    forward (region, 21 * 86400);
    ok (strstr (warnings (region), "青葉クリニックの副主治医制での対応は") && strstr (warnings (region), "で終わっています|"), "U-04 ...and when it is over");
    part.from = day_text (region, 2), part.until = NULL;
    tell (region, part, 5);
    ok (strstr (warnings (region), "からです|") != NULL, "U-04 ...and when it has not begun");
    part.has_withdrawn = part.withdrawn = true;
    tell (region, part, 6);
    is (warnings (region), "", "what was taken back was never said");
}

static void test_row_office (struct region *region)
{
    const struct chain_row rows[] = {
        { .position = 1, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_PERSON, .person_id = DOCTOR },
        { .position = 2, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_PERSON, .person_id = DEPUTY },
        { .position = 3, .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440, .target = TARGET_KIND_OFFICE,
            .office_id = CLINIC_2 } };
    const struct chain_put put = { .patient_id = PATIENT, .rows = { rows, 3 } };

    as_manager (region);
    must (region, "chain_put", &put);
    is (warnings (region), "若葉医院は平日・日曜・祝日・年末・年始終日（0:00〜24:00）の対応を登録していません|",
        "U-04 an office named by its telephone or by its doctor is warned about once");
}

/* ---- the gap list ------------------------------------------------------------------------------------------------------------------- */

static struct roster_gap_list gaps_of (struct region *region)
{
    struct gap_list_answer answer = { 0 };

    if (call (region, "gap_list", &(struct gap_list) { .municipality = TOWN }, &answer) < 0)
        note ("gap_list: %s %s", error_name_of (&region->err), region->err.detail);
    return answer.gaps;
}

static size_t scheme_gaps_in (struct roster_gap_list gaps, struct roster_gap *ret)
{
    size_t count = 0;

    for (size_t i = 0; i < gaps.count; i++)
        if (gaps.items[i].kind == GAP_KIND_SCHEME) {
            *ret = gaps.items[i];
            count++;
        }
    return count;
}

static void check (struct region *region)
{
    for (int i = 0; i < 4; i++)
        if (harness_job (region->harness, "gap_check", &region->err) < 0) {
            printf ("Bail out! gap_check: %s %s\n", error_name_of (&region->err), region->err.detail);
            exit (1);
        }
}

/* 08:00 of the next day in Japan. */
static void next_morning (struct region *region)
{
    struct tokyo now = tokyo_of (harness_now (region->harness));

    forward (region, (tokyo_instant (now.day_number + 1, 480) - harness_now (region->harness)) / SECOND_US);
}

static int64_t told (struct region *region)
{
    return number (region, "select count(*) from feed where person_id = '" ROTA_CLERK "' and kind = 18");
}

static void test_gap_counted (struct region *region, struct scheme_part_changed part)
{
    struct roster_gap gap = { 0 };
    int64_t before;

    next_morning (region);
    check (region);
    as_rota_clerk (region);
    is_number ((int64_t) scheme_gaps_in (gaps_of (region), &gap), 0, "U-04 without an end there is no gap");
    before = told (region);
    part.until = day_text (region, 100);
    tell (region, part, 8);
    check (region);
    is_number ((int64_t) scheme_gaps_in (gaps_of (region), &gap), 1, "U-04 an office's time that ends while an order relies on it stands in the gap list");
    ok (gap.people == 1 && gap.has_people && !gap.patient_id && strcmp (gap.office, "若葉医院") == 0, "...for coordinators with the office and how many, not whose");
    ok (gap.from == tokyo_instant (day_number_of_text (part.until) + 1, 0) && !gap.soon, "...from the day after its last day on");
    is_number (told (region), before, "...and a hundred days before nobody is warned");
    is_number (number (region, "select count(*) from ledger where message = 'gap_list'"), 0, "a count names nobody: nothing stands in the ledger");
}

static void test_gap_of_team (struct region *region, struct scheme_part_changed part)
{
    struct roster_gap_list gaps;
    struct roster_gap gap = { 0 };
    size_t named = 0;
    int64_t before = told (region);

    as_manager (region);
    gaps = gaps_of (region);
    for (size_t i = 0; i < gaps.count; i++)
        named += gaps.items[i].kind == GAP_KIND_SCHEME && gaps.items[i].patient_id && strcmp (gaps.items[i].patient_id, PATIENT) == 0;
    is_number ((int64_t) named, 1, "U-04 the team sees whose order it is");
    is_number (number (region, "select count(*) from ledger where message = 'gap_list'"), 1, "...and that stands in the ledger");
    part.until = day_text (region, 5);
    tell (region, part, 9);
    next_morning (region);
    check (region);
    as_rota_clerk (region);
    ok (scheme_gaps_in (gaps_of (region), &gap) == 1 && gap.soon, "N-31 within 14 days it is soon");
    is_number (told (region), before + 1, "U-04 N-31 ...and the coordinator is warned in the morning");
    forward (region, 8 * 86400);
    check (region);
    ok (scheme_gaps_in (gaps_of (region), &gap) == 1 && gap.from < harness_now (region->harness), "U-04 what has ended stays in the list");
    part.part_id = PART ("4"), part.from = day_text (region, 0), part.until = NULL;
    tell (region, part, 1);
    check (region);
    is_number ((int64_t) scheme_gaps_in (gaps_of (region), &gap), 0, "U-04 ...until the office has joined again, at once");
    is_number (number (region, "select count(*) from chain_scheme"), 0, "...and nothing of it is kept");
}

static void test_gaps (struct region *region)
{
    const struct scheme_part_changed part = { .part_id = PART ("2"), .office_id = CLINIC_2, .from = "2024-01-01",
        .bands = BANDS ({ .day_classes = ALL_DAYS, .from_minute = 0, .to_minute = 1440 }) };

    harness_empty (region->harness, "feed, ledger, gap_told");
    tell (region, part, 7);
    test_gap_counted (region, part);
    test_gap_of_team (region, part);
}

int main (void)
{
    struct region *region = region_open ();

    harness_empty (region->harness, "scheme_part");
    test_hours (region);
    test_days (region);
    test_row_office (region);
    test_gaps (region);
    harness_close (&region->harness);
    return done ();
}
