/* The catalogue of all services' schemas as migrated (security §2.3), and the lint itself against planted faults. */
#include <stdlib.h>
#include "tap.h"

static int findings (const char *before, const char *rule)
{
    char command[2000], line[400];
    int count = 0;
    FILE *out;

    snprintf (command, sizeof command, "(echo 'begin; set client_min_messages = warning;'; echo \"%s\"; cat tests/handler/lint.sql) |"
              " psql -q -X -At -F ' | ' -v ON_ERROR_STOP=1 \"$RENKEI_TEST_SUPERUSER\" 2>&1", before);
    out = popen (command, "r");
    while (out && fgets (line, sizeof line, out)) {
        if (!*rule)
            printf ("# %s", line);
        count += !*rule || strncmp (line, rule, strlen (rule)) == 0;
    }
    return out && pclose (out) == 0 ? count : -1;
}

static void plant (const char *sql, const char *rule, const char *name)
{
    ok (findings (sql, rule) > 0, name);
}

int main (void)
{
    is_number (findings ("", ""), 0, "the migrated schemas hold every rule of the lint (S-20)");
    plant ("set role renkei_migrate; create table sharing.bad (municipality text); grant select on sharing.bad to renkei_sharing;"
           " reset role;", "L1", "a table without row-level security is found");
    plant ("set role renkei_migrate; create table sharing.bad (municipality text); alter table sharing.bad enable row level security;"
           " alter table sharing.bad force row level security; grant select on sharing.bad to renkei_sharing; reset role;", "L2",
           "a table without a restrictive policy is found");
    plant ("set role renkei_migrate; create view sharing.bad as select 1 as x; reset role;", "L3", "a view with its owner's rights is found");
    plant ("set role renkei_migrate; create function sharing.bad () returns int language sql security definer as 'select 1'; reset role;",
           "L4", "an open definer function is found");
    plant ("set role renkei_migrate; create table sharing.bad (municipality text, number text unique);"
           " grant select on sharing.bad to renkei_sharing; reset role;", "L5", "a unique key without municipality is found");
    plant ("create role renkei_bad login bypassrls;", "L7", "a login role that passes by is found");
    plant ("grant truncate on sharing.subject to renkei_sharing;", "L8", "a right to truncate is found");
    plant ("grant select on sharing.event_log_rest to renkei_sharing;", "L8", "a right on a partition is found");
    plant ("set role renkei_migrate; create table sharing.bad (at timestamptz default now ()); reset role;", "L9",
           "a default that reads the clock is found");
    plant ("create table sharing.bad (x int);", "L10", "a table of another owner is found");
    return done ();
}
