/* S-27: every successful read has its ledger row, every refused one none, for every query the service answers: a query that is declared
 * and not tried here fails this test.  S-20: the two fences as a hostile reader of the database meets them, table by table. */
#include "region.h"

/* One query with its message; shows: it shows people, so a ledger row is due. */
struct query { const char *name; const void *message; const char *items; };

static char patient[40];

static const struct query *queries (void)
{
    static struct patient head;
    static struct sheet sheet;
    static struct section_history history;
    static struct section_changes changes;
    static struct ledger ledger;
    static struct patient_list list;
    static struct emergency_papers papers;
    static struct night_visits visits;
    static const struct query all[] = { { "patient", &head, "head team consents" },
                                        { "sheet", &sheet, "sheet" },
                                        { "section_history", &history, "wishes history" },
                                        { "section_changes", &changes, "wishes changes" },
                                        { "ledger", &ledger, "ledger" },
                                        { "patient_list", &list, "list" },
                                        { "emergency_papers", &papers, "emergency papers" },
                                        { "night_visits", &visits, "night visits" },
                                        { NULL, NULL, NULL } };

    head.patient_id = sheet.patient_id = history.patient_id = changes.patient_id = ledger.patient_id = papers.patient_id = visits.patient_id = patient;
    history.section = changes.section = SHEET_SECTION_WISHES;
    return all;
}

static const struct query *query_named (const char *name)
{
    for (const struct query *query = queries (); query->name; query++)
        if (strcmp (query->name, name) == 0)
            return query;
    return NULL;
}

static int64_t rows (struct harness *harness) { return harness_number (harness, "select count(*) from ledger"); }

/* ---- the ledger ---------------------------------------------------------------------------------------------------------------------- */

static void test_all_are_here (void)
{
    int missing = 0, count = 0;

    for (size_t i = 0; i < sharing_service.route_count; i++) {
        const struct message_type *message = sharing_service.routes[i].message;

        if (!(message->flags & IS_QUERY) || strcmp (message->service, "sharing") != 0 || sharing_service.routes[i].service
            || strcmp (message->name, "hospital_patients") == 0 || strcmp (message->name, "break_glass_list") == 0 || strcmp (message->name, "night_duty") == 0
            || strcmp (message->name, "night_reports") == 0 || strcmp (message->name, "office_seats") == 0)
            continue;                   /* what dispatch asks: test_ems.c; what names nobody: test_break_glass.c; lists of the night: test_night.c; a hospital's: test_papers.c;
                                         * seats are counted without a name: test_hand_over.c */
        count++;
        if (!query_named (message->name) && ++missing)
            note ("%s is not tried", message->name);
    }
    is_number (missing, 0, "S-27 every query that sharing answers is tried here");
    ok (count >= 6, "...six at least");
}

/* Each query by each reader: one row when it is answered and shows somebody, none when it is refused or shows nobody. */
static void test_each_reader (struct harness *harness)
{
    int wrong = 0, answered = 0, refused = 0;

    for (int who = 0; who < EVERYBODY; who++)
        for (const struct query *query = queries (); query->name; query++) {
            struct patient_list_answer list = { 0 };
            union {
                struct patient_answer a;
                struct sheet_answer b;
                struct section_history_answer c;
                struct section_changes_answer d;
                struct ledger_answer e;
                struct emergency_papers_answer f;
                struct night_visits_answer g;
            } other;
            bool is_list = strcmp (query->name, "patient_list") == 0;
            int64_t before, added;
            struct error err = { 0 };
            int status;

            harness_as (harness, everybody[who]);
            before = rows (harness);
            status = harness_call (harness, query->name, query->message, is_list ? (void *) &list : (void *) &other, &err);
            added = rows (harness) - before;
            answered += status == 0;
            refused += status < 0;
            if (added != (status == 0 && (!is_list || list.patients.count > 0))) {
                wrong++;
                note ("%s by %s: status %d, %lld rows", query->name, everybody[who]->person, status, (long long) added);
            }
        }
    is_number (wrong, 0, "S-27 a row for every answer that shows somebody, none for a refusal or an empty list");
    ok (answered > 15 && refused > 15, "...with enough of both");
}

static void test_what_is_written (struct harness *harness)
{
    for (const struct query *query = queries (); query->name; query++) {
        struct error err = { 0 };
        char name[120];

        harness_as (harness, &nurse);
        must (harness_call (harness, query->name, query->message, NULL, &err), &err, query->name);
        snprintf (name, sizeof name, "S-27 %s: who, for which office, as what, about whom, which parts, on which ground, for what",
                  query->name);
        is_number (harness_number (harness,
                                   "select count(*) from (select * from ledger order by seq desc limit 1) l where person = '" NURSE "'"
                                   " and office = '" STATION "' and roles = 1 and message = '%s' and items = '%s' and ground = 'care_team'"
                                   " and '%s'::uuid = any (subjects) and purpose = 'care' and at > guard.now () - interval '1 minute'",
                                   query->name, query->items, patient),
                   1, name);
    }
}

/* The ledger as the person may read it: every kind of reading in Japanese, no word of the machine. */
static void test_plain_words (struct harness *harness)
{
    struct ledger query = { .patient_id = patient, .has_limit = true, .limit = 200 };
    struct ledger_answer answer;
    struct error err = { 0 };
    int foreign = 0;

    harness_as (harness, &manager);
    must (harness_call (harness, "ledger", &query, &answer, &err), &err, "ledger");
    for (size_t i = 0; i < answer.lines.count; i++) {
        const struct ledger_line *line = &answer.lines.items[i];
        const char *texts[] = { line->what, line->items, line->ground, line->office };

        for (size_t j = 0; j < 4; j++)
            if (!texts[j] || strpbrk (texts[j], "abcdefghijklmnopqrstuvwxyz_") || strlen (texts[j]) > 200) {
                foreign++;
                note ("%s", texts[j] ? texts[j] : "(nothing)");
            }
    }
    is_number (foreign, 0, "S-28 every line of the ledger is in Japanese, to the last word");
    ok (answer.lines.count > 20, "...and all readings of this test are there");
}

/* Pages of one line each, to the end, without one twice or missing. */
static void test_pages (struct harness *harness)
{
    struct ledger query = { .patient_id = patient, .has_limit = true, .limit = 1 };
    int64_t last = INT64_MAX, seen = 0,
            all = harness_number (harness, "select count(*) from ledger where '%s'::uuid = any (subjects)", patient);
    bool falling = true;
    char after[80] = "";

    harness_as (harness, &manager);
    do {
        struct ledger_answer answer;
        struct error err = { 0 };

        query.after = *after ? after : NULL;
        must (harness_call (harness, "ledger", &query, &answer, &err), &err, "ledger");
        seen += (int64_t) answer.lines.count;
        falling = falling && answer.lines.count == 1 && answer.lines.items[0].at <= last;
        last = answer.lines.items[0].at;
        snprintf (after, sizeof after, "%s", answer.next ? answer.next : "");
    } while (*after && seen < all + 10);
    ok (falling, "S-28 pages of the ledger go back in time, one line each");
    is_number (seen, all, "...every line once; what is read meanwhile stands before the first page");
}

/* ---- a hostile reader of the database ------------------------------------------------------------------------------------------------ */

static void test_hostile_select (struct harness *harness)
{
    static const struct { const char *sql, *says;
    } rows_[] = { { "select count(*) from (select * from patient_head union all select * from patient_head) q", "a union" },
                  { "select count(*) from access a, patient p", "a join over everything" },
                  { "select count(*) from pg_stats where schemaname = 'sharing' and tablename in ('patient_head', 'consent')",
                    "the planner's samples" },
                  { "select count(*) from patient_head where folded like '%北%'", "a search past the inverted table" },
                  { "with recursive r as (select patient_id from patient union select patient_id from patient_head) select count(*) from r",
                    "a recursion" },
                  { "select coalesce (sum (length (content::text)), 0) from section_version", "the words of all sheets" },
                  { "select count(*) from care_team_member where true", "who cares for whom" },
                  { "select count(*) from ledger_of ('0190a3b4-0070-7000-8000-000000000001', null, 100) where false",
                    "the ledger through its function" } };

    for (size_t i = 0; i < sizeof rows_ / sizeof *rows_; i++) {
        static const struct harness_actor *const outsiders[] = { &nurse_2, &nurse_b, &nurse_b_agreed, &officer, NULL };
        int64_t seen = 0;

        for (size_t who = 0; who < 5; who++) {
            if (outsiders[who] == &nurse_2)
                continue;               /* of the station that may see: the handler refuses her, not the database */
            harness_as (harness, outsiders[who]);
            seen += harness_sees (harness, "%s", rows_[i].sql);
        }
        is_number (seen, 0, rows_[i].says);
    }
}

/* Everything an outsider may try to change; each must fail or touch nothing. */
static void test_hostile_write (struct harness *harness)
{
    static const char *const statements[] = {
        "delete from access",
        "update access set to_at = null",
        "insert into access select * from access",
        "update patient set head_version = 99",
        "update patient set recorder_office = ''" STATION_B "''",
        "delete from patient",
        "update patient_head set name = ''x''",
        "delete from patient_head",
        "update emergency_contact set phone = ''119''",
        "delete from emergency_contact",
        "update place set kind = 1",
        "delete from place",
        "update consent set scope = 8",
        "update consent set withdrawn_at = null",
        "delete from care_team_member",
        "update care_team_member set person_id = ''" NURSE_B "''",
        "update section_version set content = ''{}''",
        "delete from section_version",
        "delete from section_read",
        "update section_read set person_id = ''" NURSE_B "''",
        "update emergency_mark set ended_at = null",
        "delete from emergency_mark",
        "update ledger set person = null",
        "delete from ledger",
        "update event_log set payload = ''''",
        "delete from event_log",
        "delete from denial",
        "update membership set roles = 0",
        "update agreement set to_date = null",
        "update office set located_in = ''x''",
        "delete from membership",
        "perform access_open (''" TOWN_A
        "'', gen_random_uuid (), gen_random_uuid (), 3::smallint, gen_random_uuid (), gen_random_uuid (), null)",
        "perform crossing (''a'', ''b'', guard.now ())",
        "perform guard.sign (''x'')",
        "perform count(*) from guard.context_key",
        "set local role renkei_sharing_engine",
        "set local role renkei_migrate",
        "set local row_security = off; perform count(*) from patient",
        "create table x (y int)",
        "create temp table y (z int); drop table y; truncate patient"
    };
    int touched = 0;

    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        int64_t rows_touched;

        harness_as (harness, &nurse_b_agreed);
        harness_sql (
            harness,
            "create function attempt () returns bigint language plpgsql as 'declare n bigint; begin %s; get diagnostics n = row_count;"
            " return n; exception when others then return 0; end'",
            statements[i]);
        rows_touched = harness_sees (harness, "select attempt ()");
        harness_sql (harness, "drop function attempt ()");
        if (rows_touched > 0 && strncmp (statements[i], "set local role", 14) != 0) {
            touched++;
            note ("%s touches %lld", statements[i], (long long) rows_touched);
        }
    }
    is_number (touched, 0, "S-20 three dozen ways to change what is not one's own: refused, or nothing is touched");
}

int main (void)
{
    struct harness *harness = region_open ();
    struct error err = { 0 };

    region_patient (harness, 1, "北野 一郎", "キタノ イチロウ");
    snprintf (patient, sizeof patient, "%s", PATIENT (1));
    harness_as (harness, &nurse);
    must (region_write (harness, 1, 0, "咳", NULL, &err), &err, "write");
    test_all_are_here ();
    test_each_reader (harness);
    test_what_is_written (harness);
    test_plain_words (harness);
    test_pages (harness);
    test_hostile_select (harness);
    test_hostile_write (harness);
    harness_close (&harness);
    return done ();
}
