/* S-20, S-27, N-70: every query of notify by every reader and its row in the ledger; and what an outsider, who can send any SQL as the
 * service's own role, sees and changes: nothing that is not his. */
#include "region.h"

enum { READERS = 6 };

static const struct { const char *person, *office, *town; enum role role; const char *is;
} readers[READERS] = { { NURSE, STATION, TOWN, ROLE_VISITING_NURSE, "the reporter" },
                       { MANAGER, CARE_OFFICE, TOWN, ROLE_CARE_MANAGER, "the care manager" },
                       { DOCTOR, CLINIC, TOWN, ROLE_DOCTOR, "the doctor" },
                       { STRANGER, OTHER_OFFICE, TOWN, ROLE_VISITING_NURSE, "a stranger" },
                       { FOREIGNER, FOREIGN_OFFICE, ELSEWHERE, ROLE_DOCTOR, "a foreigner" },
                       { ROTA_CLERK, ROTA_OFFICE, TOWN, ROLE_ADMINISTRATOR, "an administrator" } };

static void as_reader (struct region *region, int who)
{
    act_as (region, readers[who].person, readers[who].office, readers[who].town, ROLE_BIT (readers[who].role));
}

/* ---- the ledger ---------------------------------------------------------------------------------------------------------------------- */

static const struct alert one_alert = { .alert_id = ALERT ("01") };
static const struct alert_list all_alerts = { 0 };
static const struct feed whole_feed = { 0 };
static const struct resolve order = { .patient_id = PATIENT };
static const struct feed_since no_streams = { .wanted = { .count = 0 } };

/* items NULL: it shows nobody in care, so no row is due. */
static const struct { const char *name; const void *message; const char *items;
} queries[] = { { "alert", &one_alert, "alert" },
                { "alert_list", &all_alerts, "alert_list" },
                { "feed", &whole_feed, "feed" },
                { "resolve", &order, "on_call" },
                { "chain", &(const struct chain){ .patient_id = PATIENT }, "on_call" },
                { "duty_now", &(const struct duty_now){ 0 }, NULL },
                { "rotation_list", &(const struct rotation_list){ 0 }, NULL },
                { "delivery_list", &(const struct delivery_list){ 0 }, NULL },
                { "last_resort", &(const struct last_resort) { .municipality = TOWN }, NULL },
                { "drill_list", &(const struct drill_list) { .municipality = TOWN }, NULL },
                { "ems_contacts", &(const struct ems_contacts) { .municipality = TOWN, .patient_id = PATIENT }, NULL },
                { "feed_since", &no_streams, NULL },
                { "absence_list", &(const struct absence_list){ 0 }, NULL },
                { "closure_list", &(const struct closure_list){ 0 }, NULL },
                { "calendar_feed", &(const struct calendar_feed){ .token = "of nobody" }, NULL },
                { "calendar_list", &(const struct calendar_list){ 0 }, NULL },
                { "duty_sheet", &(const struct duty_sheet){ .municipality = TOWN, .month = "2026-12" }, NULL },
                { "duty_sheet_rows", &(const struct duty_sheet_rows){ .municipality = TOWN, .month = "2026-12" }, NULL },
                { "fairness", &(const struct fairness){ .municipality = TOWN }, NULL },
                { "preference", &(const struct preference){ 0 }, NULL },
                { "gap_list", &(const struct gap_list){ 0 }, NULL },
                { "fax_list", &(const struct fax_list){ 0 }, NULL },
                { "fax_number_list", &(const struct fax_number_list){ 0 }, NULL },
                { "fax_inbox", &(const struct fax_inbox){ 0 }, NULL },
                { "fax_page", &(const struct fax_page){ .fax_in_id = ALERT ("99"), .page = 1 }, NULL },
                { "office_paper", &(const struct office_paper){ 0 }, NULL },
                { "contact_routes", &(const struct contact_routes){ .office_id = CLINIC }, NULL },
                { "office_phones", &(const struct office_phones){ .office_id = CLINIC }, NULL },
                { "contact_partners", &(const struct contact_partners){ 0 }, NULL },
                { "announcement_list", &(const struct announcement_list){ 0 }, NULL },
                { "announcement", &(const struct announcement){ .announcement_id = ALERT ("98") }, NULL },
                { "reply_link", &(const struct reply_link){ .token = "of nobody" }, NULL },
                { "my_shifts", &(const struct my_shifts){ 0 }, NULL },
                { "roster_month", &(const struct roster_month){ .rotation_id = ROTATION, .month = "2026-12" }, NULL } };
enum { QUERIES = sizeof queries / sizeof *queries };

static void test_all_are_here (void)
{
    int missing = 0;

    for (size_t i = 0; i < notify_service.route_count; i++) {
        const struct message_type *message = notify_service.routes[i].message;
        bool found = false;

        for (int q = 0; q < QUERIES; q++)
            found = found || strcmp (queries[q].name, message->name) == 0;
        if ((message->flags & IS_QUERY) && strcmp (message->service, "notify") == 0 && !found && ++missing)
            note ("%s is not tried", message->name);
    }
    is_number (missing, 0, "S-27 every query that notify answers is tried here");
}

/* Does the answer name somebody in care?  Only the first five can. */
static bool names_somebody (int query, const void *answer)
{
    const struct feed_answer *feed = answer;
    bool named = false;

    if (query == 1)
        return ((const struct alert_list_answer *) answer)->alerts.count > 0;
    for (size_t i = 0; query == 2 && i < feed->items.count; i++)
        named = named || feed->items.items[i].patient_name;
    return query == 2 ? named : query < 5;
}

static void test_each_reader (struct region *region)
{
    int wrong = 0, written = 0, refusals = 0;

    for (int who = 0; who < READERS; who++)
        for (int q = 0; q < QUERIES; q++) {
            union {
                struct alert_view a;
                struct alert_list_answer b;
                struct feed_answer c;
                struct resolve_answer d;
                struct duty_now_answer e;
                struct rotation_list_answer f;
                struct delivery_list_answer g;
                struct feed_since_answer h;
                struct chain_answer i;
                struct absence_list_answer j;
                struct closure_list_answer k;
                struct my_shifts_answer l;
                struct roster_month_answer m;
                struct file_answer n;
                struct calendar_list_answer o;
                struct duty_sheet_rows_answer p;
                struct fairness_answer q;
                struct preference_answer r;
                struct gap_list_answer u;
                struct fax_list_answer w;
                struct fax_number_list_answer x;
                struct fax_inbox_answer y;
                struct last_resort_answer z;
                struct reply_link_answer v;
                struct drill_list_answer s;
                struct ems_contacts_answer t;
                struct contact_routes_answer ab;
                struct contact_partners_answer ae;
                struct office_phones_answer af;
                struct announcement_list_answer ac;
                struct announcement_answer ad;
            } answer;
            int64_t before = number (region, "select count(*) from ledger"), added;
            int status;

            memset (&answer, 0, sizeof answer);
            as_reader (region, who);
            status = call (region, queries[q].name, queries[q].message, &answer);
            added = number (region, "select count(*) from ledger") - before;
            written += added > 0;
            refusals += status < 0;
            if (added != (status == 0 && names_somebody (q, &answer)) && ++wrong)
                note ("%s by %s: status %d, %lld rows", queries[q].name, readers[who].is, status, (long long) added);
        }
    is_number (wrong, 0, "S-27 a row for every answer that names somebody in care, none for a refusal and none for an answer about nobody");
    ok (written >= 9 && refusals >= 5, "...with enough of both");
    is_number (number (region, "select count(*) from ledger where subjects <> array['" PATIENT "'::uuid] and not ('" PATIENT
                               "' = all (subjects::text[]))"),
               0, "S-27 ...about the person who was named");
    is_number (number (region, "select count(*) from ledger where person in ('" STRANGER "', '" FOREIGNER "')"), 0,
               "S-27 who was shown nobody stands in no row");
}

static void test_grounds (struct region *region)
{
    static const struct { int who; const char *ground; } rows[] = { { 0, "care_team" }, { 1, "care_team" }, { 2, "care_team" } };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        as_reader (region, rows[i].who);
        must (region, "alert", &one_alert);
        is (text (region, "select ground from ledger order by seq desc limit 1"), rows[i].ground, "S-27 an alert is read on a ground");
    }
    as_desk (region);
    is (refused (region, "alert", &one_alert), "not_for_you", "the last resort sees nothing before it is asked");
    forward (region, 181);
    run_engine (region);
    forward (region, 181);
    run_engine (region);
    as_desk (region);
    is (refused (region, "alert", &one_alert), "accepted", "...and the alert from then on");
    is (text (region, "select ground from ledger order by seq desc limit 1"), "asked", "...because it was asked");
    forward (region, 73 * 3600);
    as_desk (region);
    is (refused (region, "alert", &one_alert), "not_for_you", "N-70 ...for 72 hours");
}

/* ---- a hostile reader of the database ------------------------------------------------------------------------------------------------ */

static void test_hostile_select (struct region *region)
{
    static const char *const tables[] = { "access", "patient",   "team_seat",  "consent",  "chain", "chain_row",
                                          "alert",  "alert_try", "alert_line", "delivery", "feed",  "feed_reading" };

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        int64_t stranger, foreigner, nobody, own;
        char name[120];

        as_reader (region, 0);
        own = harness_sees (region->harness, "select count(*) from %s", tables[i]);
        as_reader (region, 3);
        stranger = strcmp (tables[i], "delivery") == 0 ? 0 : harness_sees (region->harness, "select count(*) from %s", tables[i]);
        as_reader (region, 4);
        foreigner = harness_sees (region->harness, "select count(*) from %s", tables[i]);
        harness_as (region->harness, NULL);
        nobody = harness_sees (region->harness, "select count(*) from %s", tables[i]);
        snprintf (name, sizeof name, "S-20 %s: open to the reporter, to no outsider, by a query without any condition", tables[i]);
        ok (own > 0 && stranger == 0 && foreigner == 0 && nobody == 0, name);
        if (own <= 0 || stranger || foreigner || nobody)
            note ("own %lld, stranger %lld, foreigner %lld, nobody %lld", (long long)own, (long long)stranger, (long long)foreigner,
                  (long long)nobody);
    }
    as_reader (region, 3);
    is_number (harness_sees (region->harness,
                             "select count(*) from delivery where text like '%%" PLANTED_NAME "%%' or subject like '%%" PLANTED_NAME "%%'"),
               0, "N-58 messages, which a town's own people may list, name nobody");
}

/* A statement as the service's role; how many rows it touched, 0 when it is refused. */
static int64_t attempt (struct region *region, const char *sql)
{
    int64_t touched;

    harness_sql (
        region->harness,
        "create function attempt () returns bigint language plpgsql as $f$ declare n bigint; begin %s; get diagnostics n = row_count;"
        " return n; exception when others then return 0; end $f$",
        sql);
    touched = harness_sees (region->harness, "select attempt ()");
    harness_sql (region->harness, "drop function attempt ()");
    return touched;
}

static void test_hostile_write (struct region *region)
{
    static const char *const statements[] = {
        "update alert set state = 3, next_action_at = null",
        "update alert set accepted_by = '" FOREIGNER "'",
        "delete from alert",
        "update alert_try set state = 4",
        "delete from alert_try",
        "update alert_line set text = 'x'",
        "delete from alert_line",
        "insert into alert_line (municipality, alert_id, at, kind) values ('" TOWN "', '" ALERT ("01") "', guard.now (), 11)",
        "insert into access (municipality, patient_id, person_id, ground) values ('" TOWN "', '" PATIENT "', '" FOREIGNER "', 'team')",
        "update access set until = null",
        "delete from access",
        "update consent set scopes = '{1,2,3,4,5}'",
        "update team_seat set person_id = '" FOREIGNER "'",
        "update patient set name = 'x'",
        "insert into chain values ('" TOWN "', '" PATIENT "', 9, '" FOREIGNER "', guard.now ())",
        "update chain_row set person_id = '" FOREIGNER "'",
        "delete from chain_row",
        "update feed set read_at = null",
        "delete from feed",
        "insert into feed (person_id, position, kind, at, urgent) values ('" NURSE "', 99, 1, guard.now (), true)",
        "update feed_head set position = 0",
        "insert into feed_reading values ('" NURSE "', 99)",
        "update feed_reading set position = 99",
        "update ledger set ground = 'x'",
        "delete from ledger",
        "update contact_point set address = 'evil@example.invalid'",
        "perform address from contact_point",
        "perform secret from subscription",
        "update outbound set held = false",
        "update last_resort set set_by = null",
        "delete from last_resort",
        "delete from rotation",
        "update shift_table set digest = ''",
        "perform access_refresh_all ()",
        "perform count(*) from guard.context_key",
        "truncate alert",
        "perform outbound_may_leave ()",
        "perform outbound_hold ()"
    };
    int touched = 0;

    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        as_foreigner (region);
        if (attempt (region, statements[i]) > 0 && ++touched)
            note ("%s", statements[i]);
    }
    is_number (touched, 0, "S-20 three dozen ways to change what is not one's own: refused, or nothing is touched");
    is_number (number (region, "select state from alert where alert_id = '" ALERT ("01") "'"), ALERT_STATE_SEARCHING,
               "...the alert is searched for as before");
}

/* Another person's feed stays closed to a colleague of the same office, and its marks, too. */
static void test_own_feed (struct region *region)
{
    static const char *const statements[] = { "insert into feed_reading values ('" NURSE
                                              "', 99) on conflict (person_id) do update set position = 99",
                                              "update feed_reading set position = 99 where person_id = '" NURSE "'" };
    struct feed_answer mine;

    as_reader (region, 0);
    must (region, "feed_read", &(struct feed_read) { .position = 0 });
    act_as (region, COLLEAGUE, STATION, TOWN, ROLE_BIT (ROLE_VISITING_NURSE));
    is_number (harness_sees (region->harness, "select count(*) from feed where person_id <> '" COLLEAGUE "'"), 0,
               "a colleague sees no other feed");
    for (size_t i = 0; i < 2; i++)
        is_number (attempt (region, statements[i]), 0, "...and marks none as read");
    is_number (call (region, "feed", &whole_feed, &mine), 0, "...her own is empty");
    is_number ((int64_t) mine.items.count, 0, "...of what the other was told");
}

int main (void)
{
    struct region *region = region_open ();

    report (region, ALERT ("01"));
    as_doctor (region);
    must (region, "alert_seen", &(struct alert_seen) { .alert_id = ALERT ("01") });
    HEAR (region, "sharing", sheet_read, ID ("92"), TOWN, .patient_id = PATIENT, .section = SHEET_SECTION_CONDITION, .version = 3,
          .by = MANAGER, .writer = NURSE);
    harness_empty (region->harness, "ledger");
    test_all_are_here ();
    test_each_reader (region);
    test_own_feed (region);
    test_hostile_select (region);
    test_hostile_write (region);
    test_grounds (region);
    harness_close (&region->harness);
    return done ();
}
