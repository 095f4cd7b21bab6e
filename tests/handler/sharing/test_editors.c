/* Many editors of one section at the same moment, in processes of their own: one is accepted, the others conflict, one event. */
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

/* The test holds the patient's row until every editor waits for it. */
static void at_once (struct harness *harness, int64_t base)
{
    int64_t events = harness_events (harness, &sheet_updated_message);
    int count[3] = { 0 };

    harness_sql (harness, "begin");
    harness_sql (harness, "select 1 from patient where patient_id = '%s' for update", PATIENT (1));
    start (base);
    for (int tries = 0; tries < 1000; tries++) {
        if (harness_number (harness, "select count(*) from pg_locks where not granted") >= 1
            && harness_number (harness, "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and usename = 'renkei_sharing'")
               == EDITORS)
            break;
        harness_sql (harness, "select pg_sleep (0.01), pg_stat_clear_snapshot ()");
    }
    harness_sql (harness, "commit");
    collect (count);
    is_number (count[ACCEPTED], 1, "of twelve editors one is accepted");
    is_number (count[CONFLICT], EDITORS - 1, "…eleven get both versions");
    is_number (harness_events (harness, &sheet_updated_message) - events, 1, "…one event");
    is_number (harness_number (harness, "select sections[3] from patient"), base + 1, "…one new version");
}

int main (void)
{
    struct harness *harness = region_open ();

    region_patient (harness, 1, "北野 一郎", "キタノ イチロウ");
    at_once (harness, 0);
    at_once (harness, 1);
    harness_close (&harness);
    return done ();
}
