/* N-65, X-03: what is counted as a night, a holiday, the year's end; who is above an equal share; and what the letters say of it. */
#include "clock.h"
#include "fairness.h"
#include "report_text.h"
#include "tap.h"

#define ID(n) "00000000-0000-7000-8000-0000000000" n
#define AOBA ID ("03")
#define WAKABA ID ("04")
#define IDLE ID ("05")
#define OUTSIDER ID ("06")

static struct arena arena;
static struct duty_line shifts[400];
static struct duty_lines lines = { shifts, 0 };

static int64_t at (const char *date, int minute) { return tokyo_instant (day_number_of_text (date), minute); }

static void add (const char *rotation_id, const char *date, int from, int to, const char *person_id)
{
    const char *name = person_id && strcmp (person_id, AOBA) == 0 ? "青葉 三郎" : "若葉 四郎";

    shifts[lines.count++] = (struct duty_line) { .rotation_id = rotation_id, .rotation = "内科当番", .municipality = "011002",
        .from = at (date, from), .to = at (date, to), .person_id = person_id, .name = person_id ? name : NULL,
        .office = person_id ? "青葉クリニック" : NULL, .phone = person_id ? "011-000-0013" : NULL, .gap = !person_id };
}

static void nights (void)
{
    static const struct { int from, to; bool night; const char *name; } cases[] = {
        { 1080, 1950, true, "18:00-8:30 is a night" }, { 510, 1080, false, "8:30-18:00 is none" }, { 0, 1440, true,
            "a whole day holds one" },
        { 1200, 1440, true, "20:00-24:00 holds two hours of it" }, { 1200, 1439, false, "a minute less does not" },
        { 0, 120, true, "0:00-2:00 does" }, { 180, 299, false, "3:00-4:59 does not" }, { 300, 600, false, "from 5:00 it is morning" },
        { 1320, 1440, true, "22:00-24:00 is just enough" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ok (duty_is_night (at ("2026-11-23", cases[i].from), at ("2026-11-23", cases[i].to)) == cases[i].night, cases[i].name);
}

static const struct staff_list *staff (void)
{
    static struct staff_member members[] = {
        { AOBA, "青葉 三郎", ID ("13"), "青葉クリニック", 8 }, { WAKABA, "若葉 四郎", ID ("14"), "若葉医院", 8 }, { IDLE, "無番 五郎", ID ("14"), "若葉医院", 8 } };
    static const struct staff_list list = { members, 3 };

    return &list;
}

static struct fairness_result counted (const char *first, const char *next, const struct duty_figures *figures, size_t figure_count)
{
    static const char *const members[] = { AOBA, WAKABA };
    static struct rotation_rule rules[] = { { .rotation_id = ID ("31"), .members = members, .member_count = 2 } };
    static const struct rotation_list_of rotations = { rules, 1 };
    const struct duty_figures_list list = { (struct duty_figures *) figures, figure_count };
    const struct fairness_input input = { .lines = &lines, .rotations = &rotations, .figures = &list, .staff = staff (),
        .from = at (first, 0), .to = at (next, 0), .since_52 = at (next, 0) - 364 * 86400ll * SECOND_US };
    struct fairness_result result;

    fairness_count (&arena, &input, &result);
    return result;
}

static const struct fairness_line *line_of (const struct fairness_result *result, const char *person_id)
{
    static const struct fairness_line nobody;

    for (size_t i = 0; i < result->people.count; i++)
        if (strcmp (result->people.items[i].person_id, person_id) == 0)
            return &result->people.items[i];
    return &nobody;
}

static void shifts_of_each_kind (void)
{
    struct fairness_result result;

    lines.count = 0;
    add (ID ("31"), "2026-11-23", 1080, 1950, AOBA);            /* Labour Thanksgiving Day, a night */
    add (ID ("31"), "2026-11-24", 510, 1080, AOBA);             /* Tuesday by day */
    add (ID ("31"), "2026-11-29", 510, 1080, AOBA);             /* Sunday */
    add (ID ("31"), "2026-11-28", 510, 1080, AOBA);             /* Saturday: no holiday */
    add (ID ("31"), "2026-11-30", 1080, 1950, NULL);            /* nobody's */
    add (ID ("31"), "2026-12-31", 1080, 1950, WAKABA);          /* a night of the year's end */
    add (ID ("31"), "2027-01-01", 1080, 1950, WAKABA);          /* national holiday, but the year's end */
    add (ID ("31"), "2027-01-04", 1080, 1950, WAKABA);
    result = counted ("2026-11-01", "2027-02-01", NULL, 0);
    ok (line_of (&result, AOBA)->shifts == 4 && line_of (&result, AOBA)->nights == 1 && line_of (&result, AOBA)->holidays == 2,
        "N-65: shifts, nights, Sundays and holidays of a person");
    ok (line_of (&result, WAKABA)->year_end == 2 && line_of (&result, WAKABA)->holidays == 0, "N-65: 12/29-1/3 counts apart and not twice");
    is_number (line_of (&result, AOBA)->hours, 15 + 10 + 10 + 10, "hours, each shift rounded");
    ok (result.total.shifts == 7 && result.people.count == 2, "the total leaves gaps out, and whoever had nothing");
    ok (result.offices.count == 2 && result.offices.items[1].shifts == 4, "…and there is a line for each office");
    result = counted ("2026-11-24", "2026-11-25", NULL, 0);
    ok (line_of (&result, AOBA)->shifts == 1, "the period is half open");
}

static void shares (void)
{
    struct fairness_result result;

    lines.count = 0;
    for (int i = 0; i < 30; i++)
        add (ID ("31"), "2026-11-01", i * 10, i * 10 + 10, i < 18 ? AOBA : i < 27 ? WAKABA : OUTSIDER);
    result = counted ("2026-11-01", "2026-12-01", NULL, 0);
    is_number (line_of (&result, AOBA)->balance_52, 30, "N-65: 18 of 30 shifts shared by two is 3.0 above");
    is_number (line_of (&result, WAKABA)->balance_52, -60, "…9 is 6.0 below: somebody from outside took three");
    ok (line_of (&result, AOBA)->has_balance_52 && line_of (&result, AOBA)->shifts_52 == 18, "…of the last 52 weeks");
    result = counted ("2027-11-02", "2027-11-03", NULL, 0);
    ok (result.people.count == 0 && result.total.shifts_52 == 0, "what lies further back does not count");
}

static void calls (void)
{
    static const struct duty_figures figures[] = {
        { .person_id = AOBA, .calls = 5, .accepts = 3, .notices = 40, .read = 30, .has_median = true, .median_seconds = 95 },
        { .person_id = IDLE, .notices = 4, .muted = true }, { .person_id = OUTSIDER, .calls = 9 } };
    struct fairness_result result;
    const struct weekly_facts facts = { "中央市", day_number_of_text ("2026-11-16"), day_number_of_text ("2026-11-22"), &result };
    const char *own, *all, *officer;

    lines.count = 0;
    add (ID ("31"), "2026-11-17", 1080, 1950, AOBA);
    result = counted ("2026-11-16", "2026-11-23", figures, 3);
    ok (line_of (&result, AOBA)->calls == 5 && line_of (&result, AOBA)->accepts == 3 && line_of (&result, AOBA)->median_seconds == 95,
        "N-65: calls, acceptances and the median time to accept");
    ok (line_of (&result, IDLE)->notices == 4 && result.total.notices == 44 && result.total.read == 30,
        "X-03: notices and how many were read");
    ok (result.total.muted == 1 && strstr (weekly_text (&arena, &facts, NULL, false), "止めている方1人"),
        "X-03: …and how many want fewer of them");
    ok (!result.total.has_median_seconds, "sums have no median");
    own = weekly_text (&arena, &facts, line_of (&result, IDLE), false);
    all = weekly_text (&arena, &facts, NULL, true);
    officer = weekly_text (&arena, &facts, NULL, false);
    ok (strstr (own, "■ あなた\n当番0回") && strstr (own, "お知らせ4件（既読0%）"), "X-03: the weekly letter has one's own figures");
    ok (!strstr (own, "青葉"), "N-65: …and nobody else's");
    ok (strstr (all, "・青葉 三郎：当番1回（夜1") && strstr (all, "引受けまで（中央値）1分35秒") && strstr (all, "均等割との差 +0.5回"),
        "N-65: the rota office's has everybody's");
    ok (!strstr (officer, "青葉") && !strstr (officer, "あなた") && strstr (officer, "■ 全体（2人）"), "N-65: the officer's has the total");
    ok (strstr (all, "11月16日（月）から11月22日（日）まで"), "…of a week from Monday to Sunday");
}

static void the_day (void)
{
    const struct daily_facts facts = { .municipality = "中央市", .office = "青葉クリニック", .lines = &lines, .now = at ("2026-11-23", 450) };
    const char *text;

    lines.count = 0;
    add (ID ("31"), "2026-11-22", 1080, 1950, AOBA);            /* still on duty until 8:30 */
    add (ID ("31"), "2026-11-23", 510, 1080, NULL);
    add (ID ("31"), "2026-11-23", 1080, 1950, AOBA);
    add (ID ("31"), "2026-11-30", 1080, 1950, AOBA);
    add (ID ("31"), "2026-12-01", 1080, 1950, AOBA);
    text = daily_text (&arena, &facts);
    ok (strstr (text, "■ 本日\n★ 前日18:00–8:30 内科当番 青葉 三郎（青葉クリニック） 電話 011-000-0013\n・ 8:30–18:00 内科当番 【空き】\n"),
        "N-72: on duty today, who still is, and gaps in words");
    ok (strstr (text, "■ 今夜\n★ 18:00–翌8:30"), "N-72: tonight, the office's own marked");
    ok (strstr (text, "■ 11月24日（火）\n（当番はありません）") && strstr (text, "■ 11月30日（月）\n★ 18:00") && !strstr (text, "12月1日"),
        "N-72: the next seven days");
    ok (strstr (daily_subject (&arena, &facts), "中央市の当番 11月23日（月）"), "…said in the subject");
    for (int i = 0; i < 200; i++)
        add (ID ("31"), "2026-11-24", i, i + 300, i == 199 ? AOBA : NULL);
    text = daily_text (&arena, &facts);
    ok (strstr (text, "件あります。当番の画面で") && strstr (text, "★ 3:19–8:19"), "a long list is cut, but never one's own duty");
}

int main (void)
{
    nights ();
    shifts_of_each_kind ();
    shares ();
    calls ();
    the_day ();
    arena_done (&arena);
    return done ();
}
