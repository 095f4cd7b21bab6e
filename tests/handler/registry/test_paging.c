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

int main (void)
{
    open_region ();
    grow ();
    enters_at_the_key (facility_statements, "facility_list_all", "null, 20", "A-12: all facilities");
    enters_at_the_key (import_statements, "import_list_absent", "null, null, null, null, 500", "facilities that a file does not name");
    enters_at_the_key (snapshot_statements, "snapshot_offices", "null, 200", "offices, for a projection that fills");
    enters_at ("facility_item_yes", facility_statements, "facility_list_items",
               "null, 50, null, '000000', '999999', '{}', '{}', '{}', '{}', '{}', '', '{2,11}'", "A-02: facilities by what they can do, entered at the items");
    harness_close (&harness);
    return done ();
}
