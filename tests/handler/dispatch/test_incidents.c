/* From the bytes of a fire organisation to the people on duty, and back: flows B, C, D and E. */
#include "region.h"

static int64_t of_state (struct harness *harness, const char *number)
{
    return harness_number (harness, "select state from incident where number = '%s'", number);
}

static void test_report (struct harness *harness)
{
    struct incident_opened opened;
    struct incident_receipt first, again;
    struct error err;

    region_answers (harness, &found_one, &record_of_somebody, &contacts_of_somebody);
    ok (region_send (harness, region_message ("m1", "report", "I1", 0, WHO), &first, &err) == 0, "EMS-01: a report is answered at once");
    ok (region_says (&first, "\"kind\":\"ack\"") && region_says (&first, "\"ref\":\"m1\""), "...with an Ack that names it");
    is_number (harness_number (harness, "select length (raw) from incident_message where id = 'm1'"),
               (int64_t) strlen (region_message ("m1", "report", "I1", 0, WHO)), "...kept byte for byte");
    is_number (harness_events (harness, &incident_opened_message), 0, "...before anybody was asked who it is");
    region_work (harness);
    is_number (harness_last_event (harness, &incident_opened_message, &opened), 0, "EMS-02: then its alert is opened");
    is (opened.patient_id, PATIENT, "...for the person that was found");
    is_number (opened.response, INCIDENT_RESPONSE_FULL, "...with the full response for CPA");
    is_number (opened.tag, CONDITION_TAG_CIRCULATION, "...asking for the right doctors");
    ok (!opened.exercise, "V-07: ...in earnest");
    ok (strstr (region_reply (harness, "I1"), "0990-10-0001") != NULL, "EMS-03: the reply names who is on duty");
    ok (strstr (region_reply (harness, "I1"), "みずき病院") && strstr (region_reply (harness, "I1"), "2026-10-02"),
        "EMS-03, EMS-09: ...the designated hospital and the wish with its date");
    ok (region_send (harness, region_message ("m1", "report", "I1", 0, WHO), &again, &err) == 0 && again.body.size == first.body.size
            && memcmp (again.body.data, first.body.data, first.body.size) == 0,
        "V-03, EMS-11: the same bytes get the same answer");
    ok (region_sent (harness, region_message ("m1", "report", "I1", 1, WHO), "\"verdict\":\"id_reuse\""),
        "V-03: other bytes under that id are refused");
    region_work (harness);
    is_number (harness_events (harness, &incident_opened_message), 1, "EMS-11: ...and nobody is paged again");
}

static void test_course (struct harness *harness)
{
    struct incident_changed changed;
    struct incident_result result;

    ok (region_sent (harness, region_message ("m2", "update", "I1", 10, ",\"crew\":{\"unit\":\"救急2\",\"callback\":\"090-1\"}"), "\"ack\""),
        "flow D: an update is taken");
    is_number (harness_last_event (harness, &incident_changed_message, &changed), 0, "...and told at once");
    is_number (changed.change, INCIDENT_CHANGE_UPDATED, "...as an update");
    is (changed.unit, "救急2", "...with the other ambulance");
    is (changed.patient_id, PATIENT, "...of the person");
    ok (region_sent (harness, region_message ("m3", "update", "I1", 11, ",\"raise\":true"), "\"ack\""), "医師と話したい by message");
    harness_last_event (harness, &incident_changed_message, &changed);
    is_number (changed.change, INCIDENT_CHANGE_RAISED, "...raises it");
    ok (region_sent (
            harness,
            "{\"v\":1,\"type\":\"ems.result\",\"id\":\"m4\",\"sender\":\"fd.mizuki\",\"to\":[\"renkei.mizuki\"],\"status\":\"actual\","
            "\"sent\":\"2026-11-01T10:40:00+09:00\",\"incident\":\"I1\",\"result\":{\"outcome\":\"搬送\",\"hospital\":\"みずき病院\","
            "\"arrived_at\":\"2026-11-01T10:39:00+09:00\",\"family_joined\":true}}",
            "\"ack\""),
        "flow E: a result is taken");
    region_work (harness);
    is_number (harness_last_event (harness, &incident_result_message, &result), 0, "EMS-13: the team hears of it");
    is (result.hospital_name, "みずき病院", "...where to");
    is (result.patient_id, PATIENT, "...and who");
    ok (result.has_arrived_at && result.has_family_joined && result.family_joined, "...when, and that the family is there");
    is_number (of_state (harness, "I1"), INCIDENT_STATE_CLOSED, "...and it is closed");
    is_number (harness_number (harness, "select count(*) from crew_result"), 1, "...kept once");
}

static void test_cancel (struct harness *harness)
{
    struct incident_changed changed;
    int64_t opened;

    region_sent (harness, region_message ("c1", "report", "I2", 0, WHO), "ack");
    region_work (harness);
    ok (region_sent (harness, region_message ("c2", "cancel", "I2", 5, ",\"ref\":\"c1\""), "\"kind\":\"ack\""),
        "EMS-12: a cancel is taken");
    harness_last_event (harness, &incident_changed_message, &changed);
    is_number (changed.change, INCIDENT_CHANGE_CANCELLED, "...and told at once");
    is_number (of_state (harness, "I2"), INCIDENT_STATE_CANCELLED, "...and it is cancelled");
    ok (region_sent (harness, region_message ("c3", "cancel", "I3", 6, NULL), "\"verdict\":\"unknown_reference\""),
        "EMS-12: a cancel of something unknown is an error");
    opened = harness_events (harness, &incident_opened_message);
    ok (region_sent (harness, region_message ("c4", "report", "I3", 0, WHO), "ack"), "EMS-18: its report comes late");
    region_work (harness);
    is_number (harness_events (harness, &incident_opened_message), opened, "...and pages nobody");
    is_number (of_state (harness, "I3"), INCIDENT_STATE_CANCELLED, "...it is cancelled all the same");
}

static void test_unknown_person (struct harness *harness)
{
    struct incident_opened opened;
    struct incident_result result;

    region_answers (harness, &found_nobody, NULL, &only_the_centre);
    region_sent (harness, region_message ("u1", "report", "I4", 0, WHO), "ack");
    region_work (harness);
    harness_last_event (harness, &incident_opened_message, &opened);
    is (opened.number, "I4", "V-15: an incident of nobody known stands");
    ok (!opened.patient_id, "U-25: ...for nobody: no alert");
    ok (strstr (region_reply (harness, "I4"), "\"result\":\"none\"") && strstr (region_reply (harness, "I4"), CENTRE_PHONE),
        "EMS-19: the reply says so, with the centre's number");
    ok (!strstr (region_reply (harness, "I4"), "海野"), "EMS-19: ...and nobody's name");
    region_answers (harness, &found_two, NULL, &only_the_centre);
    region_sent (harness, region_message ("u2", "report", "I5", 0, WHO), "ack");
    region_work (harness);
    ok (strstr (region_reply (harness, "I5"), "\"result\":\"multiple\"") && !strstr (region_reply (harness, "I5"), PATIENT),
        "EMS-07: several who may be meant are not told");
    is_number (harness_number (harness, "select match from incident where number = 'I5'"), MATCH_STATE_CHOOSE, "...somebody has to choose");
    region_answers (harness, &found_one, &record_of_somebody, &contacts_of_somebody);
    ok (region_sent (
            harness,
            "{\"v\":1,\"type\":\"ems.result\",\"id\":\"u3\",\"sender\":\"fd.mizuki\",\"to\":[\"renkei.mizuki\"],\"status\":\"actual\","
            "\"sent\":\"2026-11-01T10:40:00+09:00\",\"incident\":\"I6\",\"person\":{\"card\":\"AR-1\"},\"result\":{\"outcome\":\"不搬送\"}"
            "}",
            "no_earlier_incident"),
        "EMS-13: a result without an incident is taken");
    region_work (harness);
    harness_last_event (harness, &incident_result_message, &result);
    is (result.patient_id, PATIENT, "EMS-13: ...and matched");
    is_number (result.outcome, TRANSPORT_OUTCOME_NOT_TRANSPORTED, "...with its outcome");
}

static void test_services_away (struct harness *harness)
{
    struct incident_opened opened;
    struct incident_changed changed;
    int64_t before = harness_events (harness, &incident_opened_message);

    region_answers (harness, NULL, NULL, NULL);
    ok (region_sent (harness, region_message ("a1", "report", "I7", 0, WHO), "\"ack\""),
        "EMS-23: with sharing and notify away a report is accepted");
    region_work (harness);
    is_number (harness_events (harness, &incident_opened_message), before + 1, "...told without a person, so that it is not lost");
    harness_last_event (harness, &incident_opened_message, &opened);
    ok (!opened.patient_id, "...yet");
    ok (strstr (region_reply (harness, "I7"), "\"missing\":[\"match\",\"contacts\"]") != NULL, "EMS-03: the reply says what is missing");
    ok (strstr (region_reply (harness, "I7"), CENTRE_PHONE) != NULL, "EMS-04: ...and still holds the last resort's number as last known");
    region_later (harness, 6);
    region_answers (harness, &found_one, &record_of_somebody, &contacts_of_somebody);
    region_work (harness);
    harness_last_event (harness, &incident_changed_message, &changed);
    is_number (changed.change, INCIDENT_CHANGE_MATCHED, "EMS-23: when they are back the person is found");
    is (changed.patient_id, PATIENT, "...and the alert can open");
    is (changed.partner_name, "みずき広域消防本部", "...with all that opening needs");
    ok (strstr (region_reply (harness, "I7"), "0990-10-0001") != NULL, "...and the partner hears who is on duty");
    is_number (harness_number (harness, "select count(*) from incident where number = 'I7' and match_next is null"), 1,
               "...and nobody is looked for again");
}

static void test_moved (struct harness *harness)
{
    struct ems_contact contacts[] = { doctor_and_centre[0], doctor_and_centre[1] };
    const char *incident = harness_text (harness, "select incident_id from incident where number = 'I7'");
    struct alert_moved moved = { .alert_id = PATIENT_2, .patient_id = PATIENT, .state = ALERT_STATE_ACCEPTED, .at = harness_now (harness) };
    struct error err = { 0 };

    contacts[0].state = EMS_CONTACT_STATE_ACCEPTED;
    contacts[0].eta = EMS_ETA_LE45M;
    moved.incidents.items = &incident;
    moved.incidents.count = 1;
    moved.contacts.items = contacts;
    moved.contacts.count = 2;
    must (harness_hear (harness, "notify", &alert_moved_message, &moved, PATIENT_2, 1, TOWN_A, &err), &err, "notify tells");
    region_work (harness);
    ok (strstr (region_reply (harness, "I7"), "\"state\":\"accepted\"") && strstr (region_reply (harness, "I7"), "le45m"),
        "EMS-04: the doctor's answer reaches the partner");
    is_number (
        harness_number (harness, "select count(*) from reply r join incident i using (incident_id) where i.number = 'I7' and r.state = 1"),
        1, "EMS-17: one reply waits for an incident: the newest state");
    ok (strstr (region_reply (harness, "I7"), "みずき病院") != NULL,
        "EMS-09: ...which carries the record that has not left either, asked for anew");
    moved.at -= 60 * SECOND_US;
    contacts[0].state = EMS_CONTACT_STATE_NOTIFIED;
    must (harness_hear (harness, "notify", &alert_moved_message, &moved, PATIENT_2, 2, TOWN_A, &err), &err, "an older one comes late");
    region_work (harness);
    ok (strstr (region_reply (harness, "I7"), "\"state\":\"accepted\"") != NULL, "...and does not undo it");
}

static void test_kinds (struct harness *harness)
{
    struct incident_opened opened;
    struct incident_receipt receipt;
    struct error err;

    region_sent (harness,
                 "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"x1\",\"sender\":\"fd.mizuki\",\"to\":[\"renkei.mizuki\"],\"kind\":\"report\","
                 "\"status\":\"exercise\",\"sent\":\"2026-11-01T10:00:00+09:00\",\"incident\":\"I8\",\"complaint\":\"fever\",\"person\":{"
                 "\"card\":\"AR-1\"}}",
                 "ack");
    region_work (harness);
    harness_last_event (harness, &incident_opened_message, &opened);
    ok (opened.exercise, "EMS-16: an exercise goes on as one");
    ok (strstr (region_reply (harness, "I8"), "【訓練】") && strstr (region_reply (harness, "I8"), "\"status\":\"exercise\""),
        "V-06: ...and its reply says so");
    is_number (opened.response, INCIDENT_RESPONSE_SINGLE_CALL, "a fever starts one call each");
    region_answers (harness, &found_one, &record_of_dying, &contacts_of_somebody);
    region_sent (harness, region_message ("x2", "report", "I9", 0, WHO), "ack");
    region_work (harness);
    harness_last_event (harness, &incident_opened_message, &opened);
    is_number (opened.response, INCIDENT_RESPONSE_TERMINAL_CHAIN, "看取り: the order that was agreed");
    is_number (opened.tag, CONDITION_TAG_TERMINAL, "...and its doctors");
    ok (region_sent (harness, region_message ("x3", "report", "I10", 0, ",\"expires\":\"2026-11-01T10:00:30+09:00\"" WHO),
                     "\"verdict\":\"expired\""),
        "V-08: an expired report is answered as expired");
    is_number (harness_number (harness, "select count(*) from incident where number = 'I10'"), 0, "...and pages nobody");
    ok (region_sent (harness, "事案：R8-1\n種別：呼吸苦\n", "\"ack\""), "a 指令メール is taken");
    is_number (harness_number (harness, "select complaint from incident where number = 'R8-1'"), INCIDENT_COMPLAINT_BREATHING,
               "...and understood");
    ok (region_send (harness, "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>k1</identifier></alert>", &receipt, &err)
                == 0
            && region_says (&receipt, "<msgType>Error</msgType>") && region_says (&receipt, "fd.mizuki,k1,"),
        "EMS-14: wrong CAP gets a CAP Error that refers to it");
    is_number (harness_number (harness, "select count(*) from incident_message where verdict = 5 and incident_id is null"), 1,
               "...and is kept");
    ok (region_send (harness, "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>k1</identifier></alert>", &receipt, &err)
            == 0,
        "EMS-14: ...twice as well");
    is_number (harness_number (harness, "select count(*) from incident_message where verdict = 5 and incident_id is null"), 1, "...once");
}

/* EMS-11, EMS-22, EMS-24: two departments, another municipality, other clocks. */
static void test_elsewhere (struct harness *harness)
{
    static const struct ems_candidate of_b = { .patient_id = PATIENT,
                                               .municipality = TOWN_B,
                                               .by = { by_card_and_phone, 2 },
                                               .name = "海野 花",
                                               .name_kana = "ウミノ ハナ",
                                               .age = 86,
                                               .area = "港",
                                               .strong = true };
    static const struct ems_find_answer found_in_b = { .result = MATCH_RESULT_UNIQUE, .candidates = { &of_b, 1 } };
    struct incident_opened opened;
    struct incident_list list = { .has_limit = true, .limit = 1 };
    struct incident_list_answer answer = { 0 };
    struct error err = { 0 };

    region_answers (harness, &found_in_b, &record_of_somebody, &contacts_of_somebody);
    region_sent (harness, region_message ("e1", "report", "E1", 0, WHO), "ack");
    region_work (harness);
    is (harness_text (harness, "select municipality from event_log where type like '%%incident_opened%%' order by seq desc limit 1"),
        TOWN_B, "EMS-22: the alert belongs to the town where the person lives");
    ok (region_sent (
            harness,
            "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"e2\",\"sender\":\"cad@fd.mizuki\",\"to\":[\"renkei.mizuki\"],\"kind\":\"report\","
            "\"status\":\"actual\",\"sent\":\"2026-11-01T09:50:00+09:00\",\"incident\":\"E2\",\"person\":{\"card\":\"AR-1\"}}",
            "\"ack\""),
        "EMS-11: a second department reports the same person");
    region_work (harness);
    harness_last_event (harness, &incident_opened_message, &opened);
    ok (strcmp (opened.number, "E2") == 0 && strcmp (opened.patient_id, PATIENT) == 0,
        "EMS-11: ...told as its own incident of that person, for notify to join");
    ok (strstr (region_reply (harness, "E1"), PATIENT) && strstr (region_reply (harness, "E2"), PATIENT),
        "EMS-11: ...and both are answered");
    harness_as (harness, &desk);
    must (harness_call (harness, "incident_list", &list, &answer, &err), &err, "the list");
    is (answer.incidents.items[0].number, "E2", "EMS-24: in order of receipt, whatever their clocks say");
    ok (answer.next != NULL, "...page by page");
    list.after = answer.next;
    must (harness_call (harness, "incident_list", &list, &answer, &err), &err, "the next page");
    is (answer.incidents.items[0].number, "E1", "...without a gap");
}

/* What cannot be read any more holds up nobody. */
static void test_poison (struct harness *harness)
{
    struct error err = { 0 };

    region_answers (harness, &found_one, &record_of_somebody, &contacts_of_somebody);
    region_sent (harness, region_message ("p1", "report", "P1", 0, WHO), "ack");
    region_sent (harness, region_message ("p2", "report", "P2", 0, WHO), "ack");
    harness_sql (harness, "update incident set content = '\\xff' where number = 'P1'");
    ok (harness_job (harness, "incident", &err) < 0, "an incident that was spoilt fails");
    must (harness_job (harness, "incident", &err), &err, "...and the next run");
    is_number (harness_number (harness, "select count(*) from incident where number = 'P2' and opened"), 1, "EMS-02: ...goes on with the one behind it");
    ok (harness_job (harness, "incident", &err) < 0, "...the spoilt one is tried again and again");
    harness_sql (harness, "delete from reply where incident_id in (select incident_id from incident where number = 'P1')");
    harness_sql (harness, "update incident_message set incident_id = null where incident_id in (select incident_id from incident where number = 'P1')");
    harness_sql (harness, "delete from incident where number = 'P1'");
}

int main (void)
{
    struct harness *harness = region_open ();

    test_report (harness);
    test_course (harness);
    test_cancel (harness);
    test_unknown_person (harness);
    test_services_away (harness);
    test_moved (harness);
    test_kinds (harness);
    test_elsewhere (harness);
    test_poison (harness);
    harness_close (&harness);
    return done ();
}
