/* Lists read in pages go on where the page before ended, under the plan a long connection keeps: an index entered at the key, not read from
 * its beginning.  A list of 250,000 is read in as many steps as it has pages, not in the square of them. */
#include "import_files.h"
#include "facility_store.h"
#include "import_store.h"
#include "snapshot_store.h"

static const struct db_statement *named (const struct db_statement *list, const char *name)
{
    while (strcmp (list->name, name) != 0)
        list++;
    return list;
}

static void grow (void)
{
    harness_empty (harness, "facility, import_row, subject");
    harness_sql (harness, "insert into facility (facility_id, phone_doubtful, number, source, service, located_in, name, content, search, sort_key, grams, provenance)"
                 " select md5 (i::text)::uuid, false, lpad (i::text, 10, '0'), 'x', 'y', lpad ((i %% 50)::text, 6, '0'), 'n', md5 (i::text)::uuid, 'n', md5 (i::text), '{}',"
                 " '{}' from generate_series (1, 20000) i");
    harness_sql (harness, "insert into facility_item (facility_id, item, notified, since, answer, source, changed_at, shown_to, set_by)"
                 " select f.facility_id, i, false, now (), 1, 2, now (), 2, f.facility_id from facility f, generate_series (1, 14) i"
                 " where i in (3, 4) or f.located_in = '000007'");
    harness_sql (harness, "insert into subject select facility_id, 1 from facility");
    harness_sql (harness, "insert into office (office_id, name, search, municipality) select facility_id, 'n', 'n', '011002' from facility");
    harness_sql (harness, "analyze");
    harness_sql (harness, "set plan_cache_mode = force_generic_plan");
}

static void enters_at (const char *line, const struct db_statement *list, const char *name, const char *arguments, const char *what)
{
    const char *plan;

    harness_sql (harness, "prepare probe as %s", named (list, name)->sql);
    harness_sql (harness, "create temporary table plan (line text)");
    harness_sql (harness, "do $$ declare line text; begin for line in execute $x$explain execute probe (%s)$x$ loop"
                 " insert into plan values (line); end loop; end $$", arguments);
    plan = harness_text (harness, "select string_agg (line, chr (10)) from plan where line ~ '%s'", line);
    if (!ok (plan != NULL, what))
        note ("%s", harness_text (harness, "select string_agg (line, ' | ') from plan"));
    harness_sql (harness, "deallocate probe; drop table plan");
}

static void enters_at_the_key (const struct db_statement *list, const char *name, const char *arguments, const char *what)
{
    enters_at ("Index Cond: .* > ", list, name, arguments, what);
}

/* Those that begin alike stand together, here behind seven eighths of all: a walk of the order does not reach them. */
static void behind_all_others (void)
{
    struct facility_search query = { .text = "zz", .has_limit = true, .limit = 200 };
    struct facility_search_answer answer = { 0 };
    int64_t behind;

    harness_sql (harness, "update facility set name = 'zz', search = 'zz', grams = '{zz}' where sort_key > 'e'");
    behind = harness_number (harness, "select count(*) from facility where sort_key > 'e'");
    is_number (harness_call (harness, "facility_search", &query, &answer, &err), 0, "a question that more than a thousand match");
    ok (behind > FACILITY_COUNT_MOST && answer.count == FACILITY_COUNT_MOST, "…counts a thousand, which stands for more");
    is_number ((int64_t) answer.facilities.count, 200, "…fills its page, though all that match stand at the end");
    is (answer.facilities.items[0].facility_id, harness_text (harness, "select facility_id from facility where sort_key > 'e' order by sort_key limit 1"),
        "…from the first of them");
    query.after = answer.next;
    is_number (harness_call (harness, "facility_search", &query, &answer, &err), 0, "…and goes on");
    is (answer.facilities.items[0].facility_id, harness_text (harness, "select facility_id from facility where sort_key > 'e' order by sort_key offset 200 limit 1"),
        "…behind the last of the page");
}

int main (void)
{
    open_region ();
    grow ();
    enters_at_the_key (facility_statements, "facility_list_walk",
                       "null, 20, null, '000000', '999999', 'n', '', '', '', null, '{}', null, '{}', 10000", "A-12: facilities of which there are many");
    enters_at_the_key (facility_statements, "facility_list_place",
                       "null, 20, null, '000007', '000007', 'n', '', '', '', null, '{}', null, '{}', 10000", "…in one municipality");
    enters_at_the_key (import_statements, "import_list_absent", "null, null, null, null, 500", "facilities that a file does not name");
    enters_at_the_key (snapshot_statements, "snapshot_offices", "null, 200", "offices, for a projection that fills");
    enters_at ("facility_keys", facility_statements, "facility_list_keys",
               "null, 50, null, '000000', '999999', '', '', '', '', null, '{2,11}', null, '{}', '{i:2,i:11}'",
               "A-02: facilities by what they can do, entered at the items");
    enters_at ("facility_keys", facility_statements, "facility_count_keys",
               "null, 1000, 'y', '000007', '000007', 'n', '', '', '', null, '{}', null, '{}', '{s:y,m:000007}'",
               "…and counted by kind and place");
    harness_sql (harness, "reset plan_cache_mode");
    behind_all_others ();
    harness_close (&harness);
    return done ();
}
