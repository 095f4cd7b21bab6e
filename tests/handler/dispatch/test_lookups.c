/* Flow A: desk, crew and last resort look somebody up; what is released, on which ground, and what is left behind. Then what desk and crew
 * say themselves. */
#include "region.h"

static struct lookup_found found;
static struct lookup_record released;

static enum error_key find (struct harness *harness, const struct harness_actor *actor, struct lookup_find message)
{
    struct error err = { 0 };

    found = (struct lookup_found) { 0 };
    harness_as (harness, actor);
    return harness_call (harness, "lookup_find", &message, &found, &err) < 0 ? err.key : (enum error_key) 0;
}

static enum error_key release (struct harness *harness, const struct harness_actor *actor, struct lookup_open message)
{
    struct error err = { 0 };

    released = (struct lookup_record) { 0 };
    harness_as (harness, actor);
    return harness_call (harness, "lookup_open", &message, &released, &err) < 0 ? err.key : (enum error_key) 0;
}

static void test_desk (struct harness *harness)
{
    const struct lookup_find message = { .lookup_id = ID ("61"), .card = "AR-1", .phone = "0990-11-2222", .unit = "救急1" };
    struct lookup_open choice = { .lookup_id = ID ("61"), .patient_id = PATIENT, .ground = EMS_GROUND_UNIQUE_MATCH };

    region_answers (harness, &found_one, &record_of_somebody, &contacts_of_somebody);
    is_number (find (harness, &desk, message), 0, "a desk looks somebody up");
    is_number (found.result, MATCH_RESULT_UNIQUE, "...and finds");
    is (found.candidates.items[0].patient_id, PATIENT, "...the one");
    is (harness_text (harness, "select keys::text from lookup"), "{1,2}", "which kinds of key were used is kept, not the keys");
    is_number (find (harness, &desk, message), ERROR_ALREADY_THERE, "a look-up is made once");
    is_number (release (harness, &other_desk, choice), ERROR_NOT_FOR_YOU, "S-25: another organisation's look-up is not there");
    is_number (release (harness, &crew, choice), ERROR_NOT_FOR_YOU, "...nor a colleague's");
    choice.patient_id = PATIENT_2;
    is_number (release (harness, &desk, choice), ERROR_NOT_FOR_YOU, "EMS-07: only who was found can be chosen");
    choice.patient_id = PATIENT;
    is_number (harness_number (harness, "select count(*) from ledger"), 0, "nothing was shown so far");
    is_number (release (harness, &desk, choice), 0, "EMS-07: a certain match is released");
    is (released.record->name, "海野 花", "...with the agreed items");
    is (released.record->acp->note, "救急隊は通常の手順を開始し、医師に直接確認すること", "EMS-09: ...and the fixed sentence");
    is (released.contacts.items[1].phone, CENTRE_PHONE, "...and who is on duty, the last resort last");
    is (harness_text (harness, "select ground from ledger"), "unique_match", "EMS-07: ...and it stands in the ledger");
    is_number (harness_number (harness, "select count(*) from lookup where released_at is not null and ground = 1"), 1,
               "...and beside the look-up");
    region_later (harness, 3700);
    is_number (release (harness, &desk, choice), ERROR_NOT_FOR_YOU, "...for an hour");
}

static void test_weak (struct harness *harness)
{
    const struct lookup_find message = { .lookup_id = ID ("62"), .name = "海野" };
    struct lookup_open choice = { .lookup_id = ID ("62"), .patient_id = PATIENT_2, .ground = EMS_GROUND_UNIQUE_MATCH, .unit = "救急1" };

    region_answers (harness, &found_two, &record_of_somebody, &contacts_of_somebody);
    is_number (find (harness, &crew, message), 0, "a crew looks by a name");
    is_number (found.candidates.count, 2, "...and gets candidates");
    is_number (release (harness, &crew, choice), ERROR_REASON_NEEDED, "EMS-07: one of several needs a reason");
    choice.ground = EMS_GROUND_CONSCIOUS_CONSENT;
    is_number (release (harness, &crew, choice), 0, "EMS-07: ...the person agrees");
    region_answers (harness, &found_nobody, NULL, NULL);
    harness_answer (harness, "ems_contacts", &only_the_centre);
    is_number (find (harness, &crew, (struct lookup_find){ .lookup_id = ID ("63"), .phone = "0" }), 0,
               "somebody unknown, or without consent");
    ok (found.result == MATCH_RESULT_NONE && found.candidates.count == 0, "EMS-10: ...is nobody");
    is (found.last_resort_phone, CENTRE_PHONE, "EMS-10: ...with the last resort's number");
    region_answers (harness, NULL, NULL, NULL);
    is_number (find (harness, &crew, (struct lookup_find){ .lookup_id = ID ("64"), .phone = "0" }), 0,
               "with sharing away the page still answers");
    is (found.missing.items[0], "match", "...and says what is missing");
}

static void test_break_glass (struct harness *harness)
{
    static const struct ems_break_glass_answer opened = { .result = MATCH_RESULT_UNIQUE, .patient_id = PATIENT, .break_id = ID ("71") };
    static const struct ems_break_glass_answer nobody_found = { .result = MATCH_RESULT_NONE };
    struct lookup_open message = {
        .lookup_id = ID ("65"), .ground = EMS_GROUND_BREAK_GLASS, .unit = "救急1", .reason = "意識なし・呼吸なし", .card = "AR-9"
    };
    struct partner_put partner = region_partner ();
    struct error err = { 0 };

    region_answers (harness, &found_nobody, &record_of_somebody, &contacts_of_somebody);
    harness_answer (harness, "ems_break_glass", &opened);
    is_number (find (harness, &crew, (struct lookup_find) { .lookup_id = ID ("65"), .card = "AR-9" }), 0, "nobody with consent");
    ok (!found.break_glass, "EMS-10: break-glass is off");
    is_number (release (harness, &crew, message), ERROR_NOT_FOR_ROLE, "EMS-10: ...and stays so");
    partner.break_glass = true;
    harness_as (harness, &administrator);
    must (harness_call (harness, "partner_put", &partner, NULL, &err), &err, "the region switches it on");
    is_number (release (harness, &crew, message), 0, "EMS-10: with unit and reason it opens");
    is (harness_text (harness, "select ground from ledger order by seq desc limit 1"), "break_glass",
        "...and stands in the ledger as that");
    is (harness_text (harness, "select reason from lookup where lookup_id = '" ID ("65") "'"), "意識なし・呼吸なし", "...with its reason");
    harness_answer (harness, "ems_break_glass", &nobody_found);
    is_number (release (harness, &crew, message), ERROR_NOT_FOR_YOU, "EMS-10: nobody certain is nobody");
}

static void test_telephone (struct harness *harness)
{
    struct lookup_find message = { .lookup_id = ID ("66"),
                                   .has_by_telephone = true,
                                   .by_telephone = true,
                                   .partner_id = PARTNER,
                                   .unit = "救急3",
                                   .number = "L1",
                                   .phone = "0990-11-2222" };
    struct lookup_open choice = { .lookup_id = ID ("66"), .patient_id = PATIENT, .ground = EMS_GROUND_TELEPHONE, .unit = "救急3" };
    struct call_record call = { .call_id = ID ("81"), .caller = "家族", .route = CALL_ROUTE_DUTY_DOCTOR, .called_at = 1 };
    struct error err = { 0 };

    region_answers (harness, &found_nobody, NULL, &only_the_centre);
    ok (region_sent (harness, region_message ("l1", "report", "L1", 0, ",\"complaint\":\"発熱\""), "ack"), "an incident of nobody known");
    region_work (harness);
    region_answers (harness, &found_one, &record_of_somebody, &contacts_of_somebody);
    is_number (find (harness, &centre, message), 0, "救急隊からの電話: the last resort looks for the crew");
    is_number (harness_number (harness, "select count(*) from lookup where number = 'L1' and unit = '救急3' and incident_id is not null"), 1,
               "...written down with unit and incident");
    is_number (release (harness, &centre, choice), 0, "...and reads it out");
    is_number (harness_number (harness, "select count(*) from lookup where ground = 5 and released_unit = '救急3'"), 1, "...which is kept");
    message.lookup_id = ID ("67");
    message.partner_id = OTHER_PARTNER;
    is_number (find (harness, &centre, message), ERROR_NOT_FOR_YOU, "an unknown organisation's crew gets nothing");
    harness_as (harness, &centre);
    must (harness_call (harness, "call_record", &call, NULL, &err), &err, "U-34: a call is written down");
    must (harness_call (harness, "call_record", &call, NULL, &err), &err, "...twice the same");
    is_number (harness_number (harness, "select count(*) from telephone_call where route = 1 and patient_id is null"), 1,
               "U-34: ...once, without anybody's data");
    harness_as (harness, &desk);
    ok (harness_call (harness, "call_record", &call, NULL, &err) < 0, "...by the last resort only");
}

static void test_choose_for_incident (struct harness *harness)
{
    const char *incident = harness_text (harness, "select incident_id from incident where number = 'L1'");
    struct incident_view query = { .incident_id = incident };
    struct incident_view_answer view = { 0 };
    struct incident_changed changed;
    struct error err = { 0 };

    is_number (find (harness, &desk, (struct lookup_find){ .lookup_id = ID ("68"), .incident_id = incident, .phone = "0990-11-2222" }), 0,
               "the desk looks for an incident");
    is_number (
        release (harness, &desk, (struct lookup_open){ .lookup_id = ID ("68"), .patient_id = PATIENT, .ground = EMS_GROUND_LIFE_THREAT }),
        0, "...and chooses");
    is_number (harness_last_event (harness, &incident_changed_message, &changed), 0, "U-25: ...which opens the alert");
    ok (changed.change == INCIDENT_CHANGE_MATCHED && strcmp (changed.patient_id, PATIENT) == 0 && changed.partner_name,
        "...for that person");
    region_work (harness);
    harness_as (harness, &desk);
    must (harness_call (harness, "incident_view", &query, &view, &err), &err, "the incident is read");
    is (view.contacts.items[0].phone, "0990-10-0001", "EMS-05: ...with who is on duty");
    is_number (view.messages.count, 1, "...and what came");
    is_number (view.incident->replies_waiting, 1, "U-27: ...and what has not reached the partner");
    harness_as (harness, &other_desk);
    ok (harness_call (harness, "incident_view", &query, &view, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "S-25: another desk does not");
}

/* N-43: 到着・対応中 by the crew. */
static void crew_in_hand (struct harness *harness, const char *incident)
{
    const struct incident_in_hand there = { .incident_id = incident };
    struct incident_view_answer view = { 0 };
    struct incident_changed changed;
    struct error err = { 0 };

    harness_as (harness, &other_desk);
    ok (harness_call (harness, "incident_in_hand", &there, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "another desk says nothing of it");
    harness_as (harness, &crew);
    must (harness_call (harness, "incident_in_hand", &there, NULL, &err), &err, "N-43: the crew is with the person: by one key");
    harness_last_event (harness, &incident_changed_message, &changed);
    ok (changed.change == INCIDENT_CHANGE_IN_HAND && strcmp (changed.patient_id, PATIENT) == 0, "...which is told");
    must (harness_call (harness, "incident_in_hand", &there, NULL, &err), &err, "once more");
    is_number (harness_number (harness, "select count(*) from event_log where type like '%%incident_changed%%'"), 3, "...tells nothing new");
    must (harness_call (harness, "incident_view", &(struct incident_view) { .incident_id = incident }, &view, &err), &err, "the page");
    ok (view.in_hand, "...says so");
}

static void test_own_words (struct harness *harness)
{
    const char *incident = harness_text (harness, "select incident_id from incident where number = 'L1'");
    struct incident_raise raise = { .incident_id = incident };
    struct crew_result_put result = { .incident_id = incident, .outcome = TRANSPORT_OUTCOME_DEATH_CONFIRMED };
    struct incident_changed changed;
    struct incident_result told;
    struct error err = { 0 };
    int64_t results;

    harness_as (harness, &other_desk);
    ok (harness_call (harness, "incident_raise", &raise, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "another desk raises nothing");
    harness_as (harness, &crew);
    must (harness_call (harness, "incident_raise", &raise, NULL, &err), &err, "医師と話したい: by one key");
    harness_last_event (harness, &incident_changed_message, &changed);
    ok (changed.change == INCIDENT_CHANGE_RAISED && changed.response == INCIDENT_RESPONSE_FULL, "...is the full response");
    must (harness_call (harness, "incident_raise", &raise, NULL, &err), &err, "once more");
    is_number (harness_number (harness, "select count(*) from event_log where type like '%%incident_changed%%'"), 2,
               "...tells nothing new");
    crew_in_hand (harness, incident);
    must (harness_call (harness, "crew_result_put", &result, NULL, &err), &err, "EMS-13: the crew's result with one choice");
    region_work (harness);
    harness_last_event (harness, &incident_result_message, &told);
    ok (told.outcome == TRANSPORT_OUTCOME_DEATH_CONFIRMED && told.has_arrived_at && strcmp (told.patient_id, PATIENT) == 0,
        "...reaches the team, its time prefilled");
    results = harness_events (harness, &incident_result_message);
    ok (region_sent (harness, region_message ("l2", "update", "L1", 30, ",\"crew\":{\"unit\":\"救急9\"}"), "ack"),
        "a late update of the partner");
    region_work (harness);
    is_number (harness_number (harness, "select state from incident where number = 'L1'"), INCIDENT_STATE_CLOSED,
               "EMS-18: ...opens nothing again");
    is_number (harness_events (harness, &incident_result_message), results, "...and repeats nothing");
    harness_as (harness, &crew);
    ok (harness_call (harness, "incident_raise", &raise, NULL, &err) < 0 && err.key == ERROR_ALREADY_ENDED, "an ended one is not raised");
    ok (harness_call (harness, "incident_in_hand", &(struct incident_in_hand) { .incident_id = incident }, NULL, &err) < 0
            && err.key == ERROR_ALREADY_ENDED, "...nor taken in hand");
    result.hospital_phone = "none";
    ok (harness_call (harness, "crew_result_put", &result, NULL, &err) < 0 && err.key == ERROR_PHONE_INVALID,
        "a telephone without digits is refused");
}

static void test_outlines (struct harness *harness)
{
    struct outline_put put = { .partner_id = PARTNER, .title = "連携の取決め", .text = "急変時の連絡先", .valid_from = "2026-12-01" };
    struct outline_receive receipt = { .partner_id = PARTNER, .number = 1 };
    struct outline_list_answer list = { 0 };
    struct outline_list query = { 0 };
    struct error err = { 0 };

    harness_as (harness, &administrator);
    must (harness_call (harness, "outline_put", &put, NULL, &err), &err, "U-23: a scheme is written");
    must (harness_call (harness, "outline_put", &put, NULL, &err), &err, "...and another version");
    harness_as (harness, &other_desk);
    ok (harness_call (harness, "outline_receive", &receipt, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_YOU,
        "another organisation confirms nothing");
    harness_as (harness, &desk);
    must (harness_call (harness, "outline_receive", &receipt, NULL, &err), &err, "U-23: the desk confirms");
    must (harness_call (harness, "outline_list", &query, &list, &err), &err, "...and reads both");
    ok (list.outlines.count == 2 && list.outlines.items[0].number == 2 && !list.outlines.items[0].has_received_at
            && list.outlines.items[1].has_received_at,
        "U-23: versions with their receipts, newest first");
}

int main (void)
{
    struct harness *harness = region_open ();
    struct error err = { 0 };

    region_answers (harness, &found_nobody, NULL, &only_the_centre);
    for (int i = 0; i < 2; i++)
        harness_job (harness, "last_resort", &err);
    test_desk (harness);
    test_weak (harness);
    test_break_glass (harness);
    test_telephone (harness);
    test_choose_for_incident (harness);
    test_own_words (harness);
    test_outlines (harness);
    harness_close (&harness);
    return done ();
}
