/* Several at once: two acceptances, two engines, feeds under several writers. */
#include "region.h"
#include <pthread.h>

enum { WRITERS = 4, EACH = 40, ROUNDS = 10 };

struct racer { pthread_t thread; const char *person, *office, *alert; int result; char error[40], detail[240]; };

static struct notify self = { .voice = true, .webhook_allow = "" };

static void *race (void *arg)
{
    struct racer *racer = arg;
    struct harness *harness = harness_open (&notify_service, &self);
    struct alert_answer answer = { .alert_id = racer->alert, .answer = ALERT_ANSWER_KIND_BY_TELEPHONE };
    struct error err = { 0 };

    harness_as (harness, &(struct harness_actor){
                             .person = racer->person, .office = racer->office, .municipality = TOWN, .roles = ROLE_BIT (ROLE_DOCTOR) });
    racer->result = harness_call (harness, "alert_answer", &answer, NULL, &err);
    snprintf (racer->error, sizeof racer->error, "%s", racer->result < 0 ? error_name_of (&err) : "");
    snprintf (racer->detail, sizeof racer->detail, "%s", err.detail);
    harness_close (&harness);
    return NULL;
}

static const char *alert_id (int round)
{
    static char id[48];

    snprintf (id, sizeof id, "00000000-0000-7000-9000-0000000001%02d", round);
    return id;
}

static void test_two_accept (struct region *region)
{
    int one_holder = 0, told = 0;

    for (int round = 0; round < ROUNDS; round++) {
        const char *id = alert_id (round);
        struct racer racers[2] = { { .person = DOCTOR, .office = CLINIC, .alert = id }, { .person = DEPUTY, .office = CLINIC_2,
            .alert = id } };

        report (region, id);
        forward (region, 181);
        run_engine (region);
        for (int i = 0; i < 2; i++)
            pthread_create (&racers[i].thread, NULL, race, &racers[i]);
        for (int i = 0; i < 2; i++)
            pthread_join (racers[i].thread, NULL);
        one_holder += (racers[0].result == 0) + (racers[1].result == 0) == 1;
        if (racers[0].error[0] && strcmp (racers[0].error, "already_accepted") != 0)
            note ("the other: %s %s", racers[0].error, racers[0].detail);
        if (racers[1].error[0] && strcmp (racers[1].error, "already_accepted") != 0)
            note ("the other: %s %s", racers[1].error, racers[1].detail);
        told += strcmp (racers[0].error, "already_accepted") == 0 || strcmp (racers[1].error, "already_accepted") == 0;
    }
    is_number (one_holder, ROUNDS, "N-41 of two acceptances at once exactly one holds");
    is_number (told, ROUNDS, "N-41 ...the other is told who");
}

static void *race_to_end (void *arg)
{
    struct racer *racer = arg;
    struct harness *harness = harness_open (&notify_service, &self);
    struct error err = { 0 };

    harness_as (harness, &(struct harness_actor){
                             .person = racer->person, .office = racer->office, .municipality = TOWN, .roles = ROLE_BIT (ROLE_CARE_MANAGER) });
    racer->result = harness_call (harness, "alert_end", &(struct alert_end) { .alert_id = racer->alert, .outcome = "落ち着いた" }, NULL, &err);
    harness_close (&harness);
    return NULL;
}

static void test_end_wins (struct region *region)
{
    int ended = 0, answered = 0, left = 0;

    for (int round = 0; round < ROUNDS; round++) {
        const char *id = alert_id (20 + round);
        struct racer takes = { .person = DOCTOR, .office = CLINIC, .alert = id }, ends = { .person = MANAGER, .office = CARE_OFFICE, .alert = id };

        report (region, id);
        pthread_create (&takes.thread, NULL, race, &takes);
        pthread_create (&ends.thread, NULL, race_to_end, &ends);
        pthread_join (takes.thread, NULL);
        pthread_join (ends.thread, NULL);
        ended += ends.result == 0 && harness_number (region->harness, "select state from alert where alert_id = '%s'", id) == ALERT_STATE_ENDED;
        answered += takes.result == 0 || strcmp (takes.error, "already_ended") == 0;
        left += harness_number (region->harness, "select count(*) from delivery where alert_id = '%s' and asks and state = 1", id) > 0;
        forward (region, 3600);
    }
    is_number (ended, ROUNDS, "N-41 an end wins over an acceptance at the same moment");
    is_number (answered, ROUNDS, "N-41 ...which came before it or is told so");
    is_number (left, 0, "N-42 ...and nothing that asks is left to be sent");
}

/* Each with a state of its own, as two processes have. */
static void *engine (void *arg)
{
    struct notify own = self;
    struct harness *harness = harness_open (&notify_service, &own);
    struct error err = { 0 };

    (void) arg;
    for (int i = 0; i < 30; i++)
        harness_job (harness, "alert_engine", &err);
    harness_close (&harness);
    return NULL;
}

static void test_two_engines (struct region *region)
{
    pthread_t threads[2];

    harness_sql (region->harness, "truncate alert, alert_try, alert_line, alert_entry, alert_news, alert_answer_draft, access");
    add_consent (region, PATIENT);
    for (int i = 0; i < ROUNDS; i++)
        report (region, alert_id (50 + i));
    forward (region, 181);
    for (int i = 0; i < 2; i++)
        pthread_create (&threads[i], NULL, engine, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join (threads[i], NULL);
    is_number (number (region, "select count(*) from alert_line where kind = 2"), 2 * ROUNDS, "N-07 two engines ask each next one once");
    is_number (number (region, "select count(*) from alert where step = 2"), ROUNDS, "N-07 ...and no step twice");
}

/* Each writer hears changes of its own subject, for one team; meanwhile reports come in. */
static void *hear_changes (void *arg)
{
    struct harness *harness = harness_open (&notify_service, &self);
    char subject[40];

    snprintf (subject, sizeof subject, "00000000-0000-7000-a000-00000000000%d", (int) (intptr_t) arg);
    for (int i = 1; i <= EACH; i++) {
        const struct sheet_updated event = { .patient_id = PATIENT, .section = SHEET_SECTION_WISHES, .version = i,
                                             .by = (intptr_t) arg % 2 ? NURSE : MANAGER };
        struct error err = { 0 };

        if (harness_hear (harness, "sharing", &sheet_updated_message, &event, subject, i, TOWN, &err) < 0)
            note ("hearing: %s %s", error_name_of (&err), err.detail);
    }
    harness_close (&harness);
    return NULL;
}

static void test_feeds (struct region *region)
{
    pthread_t threads[WRITERS];

    harness_sql (region->harness, "truncate feed, feed_head");
    for (int i = 0; i < WRITERS; i++)
        pthread_create (&threads[i], NULL, hear_changes, (void *) (intptr_t) (i + 1));
    for (int i = 0; i < ROUNDS; i++)
        report (region, alert_id (70 + i));
    for (int i = 0; i < WRITERS; i++)
        pthread_join (threads[i], NULL);
    is_number (number (region, "select count(*) from feed where kind = 1 and person_id = '" DOCTOR "'"), WRITERS * EACH,
               "every change reaches the doctor once");
    is_number (number (region, "select count(*) from feed where kind = 4 and person_id = '" DOCTOR "'"), ROUNDS, "...and every question");
    is_number (number (region,
                       "select count(*) from (select position, row_number () over (partition by person_id order by position) n from feed) q"
                       " where position <> n"),
               0, "positions have no gaps under several writers");
    is_number (
        number (
            region,
            "select count(*) from feed_head h where h.position <> (select max (f.position) from feed f where f.person_id = h.person_id)"),
        0, "...and every head is its last position");
}

int main (void)
{
    struct region *region = region_open ();

    test_two_accept (region);
    test_end_wins (region);
    test_two_engines (region);
    test_feeds (region);
    harness_close (&region->harness);
    return done ();
}
