/* An alert that nobody takes for hours: its course grows beyond what one answer holds; what is new must stay readable, and words are not
 * lost. */
#include "region.h"

enum { LINES_SHOWN = 400 };

static struct alert_view view;

static void read_as_nurse (struct region *region, const char *alert)
{
    as_nurse (region);
    if (call (region, "alert", &(struct alert) { .alert_id = alert }, &view) < 0)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
}

static const struct timeline_line *last_line (void)
{
    return &view.timeline.items[view.timeline.count - 1];
}

/* The desk is asked again every two minutes for a night: five hundred lines. */
static void test_night (struct region *region)
{
    struct alert_answer takes = { .alert_id = ALERT ("01"), .answer = ALERT_ANSWER_KIND_AMBULANCE };

    report (region, ALERT ("01"));
    harness_sql (region->harness,
                 "insert into alert_line (municipality, alert_id, at, kind, name, text) select municipality, alert_id, guard.now (), 2,"
                 " '夜間連絡センター', n::text from alert, generate_series (1, 500) n");
    read_as_nurse (region, ALERT ("01"));
    is_number ((int64_t) view.timeline.count, LINES_SHOWN, "N-63 of a course of five hundred lines as many are shown as an answer holds");
    is (last_line ()->text, "500", "...the newest ones, oldest first");
    is (view.timeline.items[0].text, "101", "...without a hole");
    as_doctor (region);
    must (region, "alert_seen", &(struct alert_seen) { .alert_id = ALERT ("01") });
    is_number (call (region, "alert_answer", &takes, &view), 0, "the doctor takes it in the morning");
    is_number (last_line ()->kind, TIMELINE_KIND_ACCEPTED, "...and everybody can read that he did");
    must (region, "alert_seen", &(struct alert_seen) { .alert_id = ALERT ("01") });
    is_number (number (region, "select count(*) from alert_line where kind = 5"), 1, "that he has seen it is written once");
    as_manager (region);
    must (region, "alert_seen", &(struct alert_seen) { .alert_id = ALERT ("01") });
    harness_sql (region->harness,
                 "insert into alert_line (municipality, alert_id, at, kind, name, text) select municipality, alert_id, guard.now (), 2,"
                 " '夜間連絡センター', n::text from alert, generate_series (501, 1000) n");
    for (int i = 0; i < 3; i++)
        must (region, "alert_seen", &(struct alert_seen) { .alert_id = ALERT ("01") });
    is_number (number (region, "select count(*) from alert_line where kind = 5 and person_id = '" MANAGER "'"), 1,
               "...also of somebody who was not asked, when that line is no longer among the newest");
    is_number (call (region, "alert_end", &(struct alert_end) { .alert_id = ALERT ("01"), .outcome = "搬送" }, &view), 0, "it is ended");
    is_number (last_line ()->kind, TIMELINE_KIND_ENDED, "N-63 ...which stands at the end of what is shown");
    is_number (number (region, "select count(*) from alert_line"), 1000 + 7, "...and nothing of the course is lost in the database");
}

/* As many words as an answer may hold, all of them in the course. */
static void test_words (struct region *region)
{
    static char words[401];
    struct alert_answer answer = { .alert_id = ALERT ("02"), .answer = ALERT_ANSWER_KIND_VISIT, .has_arrival_at = true, .text = words };
    const char *shown;

    for (int i = 0; i < 133; i++)
        memcpy (words + 3 * i, "痛", 3);
    memcpy (words + 390, "終わり", 9);
    words[399] = '\0';
    report (region, ALERT ("02"));
    answer.arrival_at = harness_now (region->harness) + 1800LL * SECOND_US;
    as_doctor (region);
    is_number (call (region, "alert_answer", &answer, &view), 0, "an answer with as many words as it may hold is taken");
    if (region->err.key)
        note ("%s %s", error_name_of (&region->err), region->err.detail);
    shown = last_line ()->text;
    ok (shown && strstr (shown, words) && strncmp (shown, "往診する（", 15) == 0, "N-63 ...and stands in the course to its last word");
}

/* The engine after a night without it: one step at a time, nobody is called for what is over. */
static void test_many_overdue (struct region *region)
{
    static char id[48];

    for (int i = 10; i < 22; i++) {
        snprintf (id, sizeof id, "00000000-0000-7000-9000-0000000000%02d", i);
        report (region, id);
    }
    forward (region, 3600);
    harness_sql (region->harness, "update alert set state = 3, next_action_at = null where alert_id = '%s'", id);
    for (int i = 0; i < 3; i++)
        run_engine (region);
    is_number (number (region, "select count(*) from alert where state = 1 and step = 2"), 11,
               "N-05 N-06 every overdue alert makes one step, whatever their number");
    is_number (harness_number (region->harness, "select count(*) from alert_line where alert_id = '%s' and kind = 2", id), 1,
               "...an ended one none");
    is_number (number (region, "select count(*) from alert where state = 1 and next_action_at <= guard.now ()"), 0,
               "...and nothing stays overdue");
    is_number (number (region, "select count(*) from feed where person_id = '" DEPUTY "' and kind = 4 and alert_id <> '" ALERT ("02") "'"), 11,
               "...who has duty now is asked once for each");
}

int main (void)
{
    struct region *region = region_open ();

    test_night (region);
    test_words (region);
    test_many_overdue (region);
    harness_close (&region->harness);
    return done ();
}
