/* E-26: a manager ends a leaver, access is gone in the same transaction, and who takes over the seats is told before. */
#include "people.h"

static int leave (int person, int office, const struct seat_successor *successors, size_t count)
{
    struct staff_leave message = { .office_id = OFFICE (office), .person_id = PERSON (person), .successors = { successors, count } };

    err = (struct error) { 0 };
    return harness_call (harness, "staff_leave", &message, NULL, &err);
}

static void people (void)
{
    act_as_operator ();
    must (put_person (2, "鈴木 次郎", "スズキ ジロウ", NULL), "person");
    must (put_membership (2, 1, ROLE_VISITING_NURSE), "membership");
    must (put_person (3, "高橋 三郎", "タカハシ サブロウ", NULL), "person");
    must (put_membership (3, 2, ROLE_DOCTOR), "membership");
    must (put_person (4, "田中 四郎", "タナカ シロウ", NULL), "person");
    must (put_membership (4, 1, ROLE_SERVICE_MANAGER), "manager");
}

static void refused (void)
{
    const struct seat_successor stranger[] = { { TEAM_SEAT_VISITING_NURSING, PERSON (2) }, { 0, PERSON (3) } }, self_again[] = { { 0, PERSON (1) } };
    int64_t before = harness_number (harness, "select count(*) from event_log");

    act (PERSON (4), OFFICE (1), "011002", ROLE_SERVICE_MANAGER);
    is_number (leave (1, 1, stranger, 2), -1, "a successor who does not work there is refused");
    is_number (err.key, ERROR_NOT_A_COLLEAGUE, "…as no colleague");
    is (err.fields[0].pointer, "/successors/1/person_id", "…the field is named");
    is_number (leave (1, 1, self_again, 1), -1, "…so is the leaver");
    act (PERSON (3), OFFICE (2), "011002", ROLE_SERVICE_MANAGER);
    is_number (leave (1, 1, NULL, 0), -1, "E-41: the manager of another office ends nobody here");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…as if it were not there");
    is_number (harness_number (harness, "select count(*) from event_log"), before, "…nothing is told");
    is_number (harness_number (harness, "select count(*) from membership where ended_at is not null"), 0, "…and nobody has left");
}

static void in_one_step (void)
{
    const struct seat_successor to_second[] = { { 0, PERSON (2) } };
    struct session_opened session = log_in ("nurse.sato");
    struct seats_handed_on handed;
    struct membership_changed changed;
    int64_t before = harness_events (harness, &membership_changed_message);

    act (PERSON (4), OFFICE (1), "011002", ROLE_SERVICE_MANAGER);
    is_number (leave (1, 1, to_second, 1), 0, "E-26: a manager ends a leaver and names the successor");
    is_number (harness_bells (harness, "session"), 1, "…the open session rings at once, so that streams close");
    is_number (harness_number (harness, "select count(*) from session where session_id = '%s' and ended_why = 'left'", session.session_id), 1,
               "…it is ended in the same transaction: access is gone within the minute");
    ok (harness_last_event (harness, &seats_handed_on_message, &handed) == 0 && handed.successors.count == 1
        && strcmp (handed.by, PERSON (4)) == 0, "…the successor is told, and who decided");
    ok (harness_last_event (harness, &membership_changed_message, &changed) == 0 && changed.roles.count == 0, "…and the end");
    is (harness_text (harness, "select string_agg (version::text, ' ' order by version) from event_log where subject = '%s'",
                      changed.membership_id), "1 2 3", "…under one subject, the successor first");
    is_number (leave (1, 1, to_second, 1), 0, "again, because the outcome was not known");
    is_number (harness_events (harness, &membership_changed_message), before + 1, "…nobody leaves twice");
    is_number (harness_events (harness, &seats_handed_on_message), 2, "…but the seats still vacant are handed over again");
    is_number (leave (1, 1, NULL, 0), 0, "…with nobody named nothing happens");
    is_number (harness_events (harness, &seats_handed_on_message), 2, "…or is told");
}

int main (void)
{
    open_region ();
    people ();
    refused ();
    in_one_step ();
    close_region ();
    return done ();
}
