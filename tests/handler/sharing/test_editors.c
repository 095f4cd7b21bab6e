/* What happens at the same moment, in processes of their own: many editors of one section; a withdrawal while access is worked out anew. */
#include <sys/wait.h>
#include <unistd.h>
#include "region.h"

enum { EDITORS = 12, ACCEPTED = 0, CONFLICT = 1, OTHER = 2 };

/* What one editor's process ends with. */
static int edit (int64_t base)
{
    struct harness *harness = harness_open (&sharing_service, &sharing);
    struct error err = { 0 };
    int outcome = ACCEPTED;

    harness_as (harness, &nurse);
    if (region_write (harness, 1, base, "同時の編集", NULL, &err) < 0)
        outcome = err.key == ERROR_MOVED_ON && harness_conflict (harness) ? CONFLICT : OTHER;
    harness_close (&harness);
    return outcome;
}

static void start (int64_t base)
{
    for (int i = 0; i < EDITORS; i++) {
        fflush (stdout);
        if (fork () == 0)
            _exit (edit (base));
    }
}

static void collect (int count[3])
{
    for (int i = 0; i < EDITORS; i++) {
        int status = 0;

        wait (&status);
        count[WIFEXITED (status) && WEXITSTATUS (status) <= CONFLICT ? WEXITSTATUS (status) : OTHER]++;
    }
}

/* Waits until so many sessions of this role wait for a lock; the test's own session holds it. */
static void wait_for (struct harness *harness, const char *role, int count)
{
    for (int tries = 0; tries < 1000; tries++) {
        if (harness_number (harness, "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and usename = '%s'"
                                     " and datname = current_database ()",
                            role) == count)
            return;
        harness_sql (harness, "select pg_sleep (0.01), pg_stat_clear_snapshot ()");
    }
    ok (false, "the others wait for the lock");
}

/* The test holds the patient's row until every editor waits for it. */
static void at_once (struct harness *harness, int64_t base)
{
    int64_t events = harness_events (harness, &sheet_updated_message);
    int count[3] = { 0 };

    harness_sql (harness, "begin");
    harness_sql (harness, "select 1 from patient where patient_id = '%s' for update", PATIENT (1));
    start (base);
    wait_for (harness, "renkei_sharing", EDITORS);
    harness_sql (harness, "commit");
    collect (count);
    is_number (count[ACCEPTED], 1, "of twelve editors one is accepted");
    is_number (count[CONFLICT], EDITORS - 1, "…eleven get both versions");
    is_number (harness_events (harness, &sheet_updated_message) - events, 1, "…one event");
    is_number (harness_number (harness, "select sections[3] from patient"), base + 1, "…one new version");
}

/* The registry tells something that has access worked out anew, while a withdrawal is not yet committed. */
static void withdrawal (struct harness *harness)
{
    int status = -1;

    harness_sql (harness, "begin");
    harness_sql (harness, "select 1 from patient where patient_id = '%s' for update", PATIENT (1));
    harness_sql (harness, "update consent set withdrawn_at = guard.now ()");
    harness_sql (harness, "select access_refresh ('" TOWN_A "', '%s')", PATIENT (1));
    fflush (stdout);
    if (fork () == 0) {
        struct harness *own = harness_open (&sharing_service, &sharing);

        region_office (own, STATION, "みなと訪問看護", TOWN_A, 2);
        harness_close (&own);
        _exit (0);
    }
    wait_for (harness, "renkei_sharing_engine", 1);
    harness_sql (harness, "commit");
    wait (&status);
    is_number (status, 0, "access is worked out anew while a consent is withdrawn");
    is_number (harness_number (harness, "select count(*) from access where ground = 2 and (to_at is null or to_at > guard.now ())"), 0,
               "S-25: …and the withdrawal stands");
}

int main (void)
{
    struct harness *harness = region_open ();

    region_patient (harness, 1, "北野 一郎", "キタノ イチロウ");
    at_once (harness, 0);
    at_once (harness, 1);
    withdrawal (harness);
    harness_close (&harness);
    return done ();
}
