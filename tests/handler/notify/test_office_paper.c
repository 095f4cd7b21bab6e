/* S-58: each office's roster and numbers as an encrypted PDF, every night, in a folder that needs no system to be read. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "region.h"

static char folder[300];

static void run_papers (struct region *region)
{
    for (int i = 0; i < 4; i++)
        if (harness_job (region->harness, "office_paper", &region->err) < 0)
            note ("%s %s", error_name_of (&region->err), region->err.detail);
}

static const char *own_password (struct region *region)
{
    struct office_paper_answer answer = { 0 };

    call (region, "office_paper", &(struct office_paper) { 0 }, &answer);
    return answer.password ? harness_text (region->harness, "select '%s'", answer.password) : "none";
}

/* What the file of an office says to whoever has this password. */
static const char *paper (const char *office, const char *password)
{
    static char said[20000];
    char command[900];
    FILE *file;

    snprintf (command, sizeof command, "pdftotext -layout -enc UTF-8 -upw '%s' %s/" TOWN "/%s.pdf - 2>&1", password, folder, office);
    file = popen (command, "r");
    if (!file)
        abort ();
    said[fread (said, 1, sizeof said - 1, file)] = '\0';
    pclose (file);
    return said;
}

static int64_t files (void)
{
    char command[400];
    long long count = 0;
    FILE *file;

    snprintf (command, sizeof command, "find %s -type f | wc -l", folder);
    file = popen (command, "r");
    if (!file || fscanf (file, "%lld", &count) != 1)
        abort ();
    pclose (file);
    return count;
}

static void to_minute (struct region *region, int minute)
{
    struct tokyo now = tokyo_of (harness_now (region->harness));

    forward (region, (minute - now.minute + 1440) % 1440 * 60);
}

static void test_first_night (struct region *region)
{
    char password[40];
    const char *said;

    run_papers (region);
    is_number (files (), 0, "without a folder nothing is written");
    region->self.paper_dir = folder;
    to_minute (region, 4 * 60 + 1);
    run_papers (region);
    is_number (files (), number (region, "select count(distinct office_id) from membership join office using (office_id) where roles <> 0"), "S-58 every office has its paper");
    is_number (number (region, "select count(*) from office_paper where made_at > guard.now () - interval '24 hours'"), files (), "S-58 ...not older than a day");
    as_nurse (region);
    snprintf (password, sizeof password, "%s", own_password (region));
    said = paper (STATION, password);
    ok (strstr (said, "夜間の控え みどり訪問看護") != NULL, "S-58 the station opens its own");
    ok (strstr (said, "内科当番") && strstr (said, "若葉 四郎") && strstr (said, "若葉医院") && strstr (said, "011-000-0014"), "S-58 ...with who has duty, and the telephone");
    ok (strstr (said, "119") && strstr (said, "夜間連絡センター") && strstr (said, "011-000-0015"), "S-58 ...119 and the last resort");
    ok (!strstr (said, "山田") && !strstr (said, PLANTED_DIAGNOSIS), "S-58 ...and nobody in care");
    ok (!strstr (paper (STATION, "0000-0000-0000-0000"), "若葉"), "S-58 another password opens nothing");
    ok (!strstr (paper (CLINIC, password), "若葉"), "S-58 ...nor one office's another's");
    as_doctor (region);
    ok (strcmp (own_password (region), password) != 0 && strstr (paper (CLINIC, own_password (region)), "青葉クリニック"), "S-58 each reads its own");
    harness_as (region->harness, &(struct harness_actor) { .person = DOCTOR, .municipality = TOWN, .roles = ROLE_BIT (ROLE_DOCTOR) });
    is (own_password (region), "none", "without an office there is none");
    is_number (harness_sees (region->harness, "select count(*) from office_paper"), 0, "...and the table shows none");
}

static void test_next_night (struct region *region)
{
    char password[40], path[400];
    struct stat before, after;

    as_nurse (region);
    snprintf (password, sizeof password, "%s", own_password (region));
    snprintf (path, sizeof path, "%s/" TOWN "/" STATION ".pdf", folder);
    stat (path, &before);
    run_papers (region);
    stat (path, &after);
    ok (before.st_ino == after.st_ino, "S-58 once a night, however often the job runs");
    forward (region, 23 * 3600 + 30 * 60);
    run_papers (region);
    stat (path, &after);
    ok (before.st_ino == after.st_ino, "S-58 before four in the morning yesterday's stays");
    forward (region, 3600);
    run_papers (region);
    stat (path, &after);
    ok (before.st_ino != after.st_ino, "S-58 the next night it is made anew");
    as_nurse (region);
    is (own_password (region), password, "S-58 ...and opens with what the office has written down");
}

static void test_no_folder (struct region *region)
{
    region->self.paper_dir = "/nonexistent/papers";
    forward (region, 86400);
    ok (harness_job (region->harness, "office_paper", &region->err) < 0, "a folder that is not there is an error");
    is_number (number (region, "select count(*) from office_paper where made_for = (select max (made_for) from office_paper)"),
               number (region, "select count(*) from office_paper"), "...and nothing counts as made");
    region->self.paper_dir = folder;
    run_papers (region);
    is_number (number (region, "select count(*) from office_paper where made_at > guard.now () - interval '1 hour'"), files (), "...until it is there again");
}

int main (void)
{
    struct region *region = region_open ();
    char command[400];

    snprintf (folder, sizeof folder, "%s/papers-%d", getenv ("RENKEI_TEST_DIR"), (int) getpid ());
    if (mkdir (folder, 0755) != 0)
        abort ();
    test_first_night (region);
    test_next_night (region);
    test_no_folder (region);
    snprintf (command, sizeof command, "rm -rf %s", folder);
    if (system (command) != 0)
        note ("the folder stays");
    harness_close (&region->harness);
    return done ();
}
