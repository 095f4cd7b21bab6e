/* What an operator may do about events that could not be applied: who may, what is listed, and the second release (F-54). */
#include "probe.h"

/* Without the probe's own routes, so that quarantine_release means itself. */
static int hear_nothing (void *self, struct hearing *hearing, const void *event, struct error *error)
{
    (void) self;
    (void) hearing;
    (void) event;
    (void) error;
    return 0;
}

static const struct heard heard[] = { { "registry", &municipality_changed_message, hear_nothing },
                                      { "sharing", &sheet_updated_message, hear_nothing } };
static const struct service plain = { .name = "probe", .heard = heard, .heard_count = 2, .statements = probe_lists };
static const struct harness_actor operator = { .principal = "operator" };
static const struct harness_actor other_service = { .principal = "svc:notify" };

static struct harness *harness;
static struct error err;

static const char *event_id (int number)
{
    static char ids[4][37];
    static int which;

    return probe_id (ids[which++ % 4], number);
}

static void quarantine (int number, const char *state, int minutes_ago)
{
    harness_sql (
        harness,
        "insert into quarantine (event_id, source, type, subject, version, envelope, attempts, reason, since, state)"
        " values ('%s', 'sharing', 'jp.renkei.sharing.sheet_updated.v1', '%s', %d, '', 5, 'bug', now () - %d * interval '1 minute', '%s')",
        event_id (number), event_id (900), number, minutes_ago, state);
}

static int release (int number, bool skip, const char *reason)
{
    const struct quarantine_release message = { .event_id = event_id (number), .skip = skip, .reason = reason };

    return harness_call (harness, "quarantine_release", &message, NULL, &err);
}

static const char *state_of (int number)
{
    return harness_text (harness, "select state from quarantine where event_id = '%s'", event_id (number));
}

static void what_waits_is_listed (void)
{
    struct quarantine_list_answer answer;

    quarantine (1, "waiting", 5);
    quarantine (2, "waiting", 60);
    quarantine (3, "retry", 10);
    quarantine (4, "applied", 99);
    quarantine (5, "skipped", 99);
    is_number (harness_call (harness, "quarantine_list", &(struct quarantine_list){ 0 }, &answer, &err), 0, "the operator asks what waits");
    is_number ((int64_t) answer.lines.count, 3, "what was applied or left out is not listed");
    is (answer.lines.items[0].event_id, event_id (2), "the oldest stands first");
    is (answer.lines.items[2].event_id, event_id (1), "...the youngest last");
    ok (answer.lines.items[0].attempts == 5 && strcmp (answer.lines.items[0].reason, "bug") == 0,
        "...each with its attempts and the reason");
}

static void each_is_released_once (void)
{
    is_number (release (1, false, "the sender was repaired"), 0, "an event is to be tried again");
    is (state_of (1), "retry", "...as is written down");
    is_number (harness_number (harness, "select count(*) from hearing_attempt where event_id = '%s' and attempts = 0", event_id (1)), 1,
               "...and its subject is pulled again");
    is_number (release (1, false, "again"), -1, "the second time");
    is_number (err.key, ERROR_NOT_FOR_YOU, "...there is nothing that waits");
    is (err.fields[0].pointer, "/event_id", "...under that id");
    is (harness_text (harness, "select ended_reason from quarantine where event_id = '%s'", event_id (1)), "the sender was repaired",
        "the first reason stands");
    is_number (release (2, true, "the patient was registered twice"), 0, "another is left out for ever");
    is (state_of (2), "skipped", "...with the reason kept");
    is_number (harness_number (harness, "select version from hearing_position where source = 'sharing' and subject = '%s'", event_id (900)),
               2, "...its subject goes on behind it");
    is_number (release (2, false, "after all"), -1, "what was left out cannot be tried any more");
    is (state_of (2), "skipped", "...and stays so");
    is_number (release (77, true, "a slip"), -1, "an event nobody knows is refused");
    is_number (release (4, true, "too late"), -1, "so is one that was applied");
    is_number (harness_number (harness, "select count(*) from quarantine where ended_by is not null"), 0,
               "the operator's tool is no person");
}

static void a_position_never_goes_back (void)
{
    quarantine (6, "waiting", 1);
    harness_sql (harness, "update hearing_position set version = 40");
    is_number (release (6, true, "old"), 0, "an old event is left out while its subject is far ahead");
    is_number (harness_number (harness, "select version from hearing_position"), 40, "...which stays where it is");
}

static void who_may (void)
{
    struct harness_actor nurse = probe_nurse, administrator = probe_nurse;

    quarantine (7, "waiting", 1);
    harness_as (harness, &nurse);
    is_number (release (7, true, "I am curious"), -1, "a nurse may not");
    is_number (err.key, ERROR_NOT_FOR_ROLE, "...and is told so");
    harness_as (harness, NULL);
    is_number (release (7, true, "nobody"), -1, "nobody may not");
    is (state_of (7), "waiting", "it waits on");
    administrator.roles = ROLE_BIT (ROLE_ADMINISTRATOR);
    harness_as (harness, &administrator);
    is_number (release (7, true, "talked it over with the team"), 0, "an administrator may");
    is (harness_text (harness, "select ended_by::text from quarantine where event_id = '%s'", event_id (7)), NURSE, "...under his name");
    harness_as (harness, &operator);
}

static int rebuild (const char *event)
{
    const struct projection_rebuild message = { .event = event };

    return harness_call (harness, "projection_rebuild", &message, NULL, &err);
}

static void only_projections_are_rebuilt (void)
{
    harness_sql (harness, "insert into hearing_cursor (source, incarnation, xid, seq, filled) values ('registry', 1, '5', 5, true);"
                          " insert into hearing_fill values ('registry', 'municipality_changed', '011002', true)");
    is_number (rebuild ("no_such_event"), -1, "an event nobody declared has no projection");
    is_number (rebuild ("sheet_updated"), -1, "nor has one that is heard but carries no state");
    is_number (err.key, ERROR_NOT_FOR_YOU, "...which is told");
    is_number (harness_number (harness, "select count(*) from hearing_fill where done"), 1, "...and nothing is forgotten");
    is_number (rebuild ("municipality_changed"), 0, "one that does is filled again");
    is_number (harness_number (harness, "select count(*) from hearing_fill"), 0, "...from the beginning");
    is_number (harness_number (harness, "select filled::int from hearing_cursor where source = 'registry'"), 0,
               "...and counts as not filled until then");
    is_number (harness_number (harness, "select seq from hearing_cursor where source = 'registry'"), 5, "the place in the log stays");
    harness_as (harness, &other_service);
    is_number (rebuild ("sheet_updated"), -1, "a service asks in vain too");
    harness_as (harness, &operator);
}

int main (void)
{
    struct harness *probe_harness = probe_open ();

    harness_close (&probe_harness);
    harness = harness_open (&plain, NULL);
    harness_as (harness, &operator);
    what_waits_is_listed ();
    each_is_released_once ();
    a_position_never_goes_back ();
    who_may ();
    only_projections_are_rebuilt ();
    harness_close (&harness);
    return done ();
}
