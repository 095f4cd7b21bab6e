/* region.h - one fire organisation with its desk, crew and keys; what sharing and notify would answer is recorded here.  All invented. */
#ifndef DISPATCH_REGION_H
#define DISPATCH_REGION_H

#include "../../../services/dispatch/dispatch.h"
#include "clock.h"
#include "harness.h"
#include "tap.h"

#define TOWN_A "011002"
#define TOWN_B "011003"
#define ID(n) "0190a3b4-0000-7000-8000-0000000000" n
#define FIRE_OFFICE ID ("01")
#define OTHER_FIRE_OFFICE ID ("02")
#define CENTRE ID ("03")
#define DESK_PERSON ID ("11")
#define CREW_PERSON ID ("12")
#define OTHER_DESK_PERSON ID ("13")
#define CENTRE_PERSON ID ("14")
#define ADMINISTRATOR ID ("15")
#define PARTNER ID ("21")
#define OTHER_PARTNER ID ("22")
#define KEY ID ("31")
#define PATIENT ID ("41")
#define PATIENT_2 ID ("42")
#define CENTRE_PHONE "0990-00-2000"

static const struct harness_actor desk = { .person = DESK_PERSON, .office = FIRE_OFFICE, .municipality = TOWN_A,
                                           .roles = ROLE_BIT (ROLE_DISPATCH_DESK) };
static const struct harness_actor crew = { .person = CREW_PERSON, .office = FIRE_OFFICE, .municipality = TOWN_A,
                                           .roles = ROLE_BIT (ROLE_AMBULANCE_CREW) };
static const struct harness_actor other_desk = { .person = OTHER_DESK_PERSON, .office = OTHER_FIRE_OFFICE, .municipality = TOWN_A,
                                                 .roles = ROLE_BIT (ROLE_DISPATCH_DESK) };
static const struct harness_actor centre = { .person = CENTRE_PERSON, .office = CENTRE, .municipality = TOWN_A,
                                             .roles = ROLE_BIT (ROLE_LAST_RESORT) };
static const struct harness_actor administrator = { .person = ADMINISTRATOR, .office = ID ("04"), .municipality = TOWN_A,
                                                    .roles = ROLE_BIT (ROLE_ADMINISTRATOR) };

static struct dispatch dispatch = { .webhook_allow = "http://127.0.0.1/", .ask_ms = 1000 };
static const char *region_key;                  /* the partner's */

static inline bool must (int status, const struct error *err, const char *what)
{
    if (status < 0) {
        ok (false, what);
        note ("%s: %s", error_name_of (err), err->detail);
    }
    return status == 0;
}

/* ---- what the other services would say ---------------------------------------------------------------------------------------------- */

static const int by_card_and_phone[] = { MATCH_KEY_CARD, MATCH_KEY_PHONE };
static const struct ems_candidate somebody = { .patient_id = PATIENT,
                                               .municipality = TOWN_A,
                                               .by = { by_card_and_phone, 2 },
                                               .name = "海野 花",
                                               .name_kana = "ウミノ ハナ",
                                               .age = 86,
                                               .area = "本町",
                                               .strong = true };
static const struct ems_find_answer found_one = { .result = MATCH_RESULT_UNIQUE, .candidates = { &somebody, 1 } };
static const struct ems_find_answer found_nobody = { .result = MATCH_RESULT_NONE };
static const struct ems_candidate two[] = { { .patient_id = PATIENT,
                                              .municipality = TOWN_A,
                                              .by = { by_card_and_phone + 1, 1 },
                                              .name = "＊＊＊",
                                              .name_kana = "＊＊＊",
                                              .age = 86,
                                              .area = "本町" },
                                            { .patient_id = PATIENT_2,
                                              .municipality = TOWN_B,
                                              .by = { by_card_and_phone + 1, 1 },
                                              .name = "＊＊＊",
                                              .name_kana = "＊＊＊",
                                              .age = 80,
                                              .area = "港" } };
static const struct ems_find_answer found_two = { .result = MATCH_RESULT_MULTIPLE, .candidates = { two, 2 } };
static const struct ems_hospital hospital = { .name = "みずき病院", .phone = "0990-20-0000", .agreed = true };
static const struct ems_acp wishes = { .status = ACP_STATUS_RECORDED, .written_on = "2026-10-02", .assumed_condition = "肝癌終末期",
                                       .note = "救急隊は通常の手順を開始し、医師に直接確認すること" };
static const struct ems_record_answer record_of_somebody = {
    .patient_id = PATIENT, .municipality = TOWN_A, .at = 1, .name = "海野 花", .name_kana = "ウミノ ハナ", .has_age = true, .age = 86,
    .hospital = &hospital, .acp = &wishes, .allergies = "なし" };
static const struct ems_acp terminal_wishes = { .status = ACP_STATUS_NONE, .terminal_phase = true, .note = "救急隊は通常の手順を開始し、医師に直接確認すること" };
static const struct ems_record_answer record_of_dying = {
    .patient_id = PATIENT, .municipality = TOWN_A, .at = 1, .name = "海野 花", .name_kana = "ウミノ ハナ", .acp = &terminal_wishes };
static const struct ems_contact doctor_and_centre[] = { { .order = 1,
                                                          .target = TARGET_KIND_ROTATION,
                                                          .role = "往診当番医",
                                                          .name = "岡 誠",
                                                          .phone = "0990-10-0001",
                                                          .state = EMS_CONTACT_STATE_PLANNED },
                                                        { .order = 2,
                                                          .target = TARGET_KIND_LAST_RESORT,
                                                          .role = "最終連絡先",
                                                          .name = "みずきコンタクトセンター",
                                                          .phone = CENTRE_PHONE,
                                                          .state = EMS_CONTACT_STATE_ALWAYS } };
static const struct ems_contacts_answer contacts_of_somebody = { .contacts = { doctor_and_centre, 2 } };
static const struct ems_contacts_answer only_the_centre = { .contacts = { doctor_and_centre + 1, 1 } };

static inline void region_answers (struct harness *harness, const struct ems_find_answer *found, const struct ems_record_answer *record,
                                   const struct ems_contacts_answer *contacts)
{
    harness_answer (harness, "ems_find", found);
    harness_answer (harness, "ems_record", record);
    harness_answer (harness, "ems_contacts", contacts);
    dispatch.sharing_failed_us = dispatch.notify_failed_us = 0;
}

/* ---- partners ----------------------------------------------------------------------------------------------------------------------- */

static const char *const region_towns[] = { TOWN_A, TOWN_B }, *const region_senders[] = { "fd.mizuki", "cad@fd.mizuki" };
static const int region_formats[] = { MESSAGE_FORMAT_JSON, MESSAGE_FORMAT_CAP, MESSAGE_FORMAT_MAIL };

static inline struct partner_put region_partner (void)
{
    struct partner_put message = { .partner_id = PARTNER, .name = "みずき広域消防本部", .office_id = FIRE_OFFICE, .region = "renkei.mizuki",
                                   .enabled = true, .mail_template = "sender:=fd.mizuki\nto:=renkei.mizuki\nincident=事案\ncomplaint=種別\n" };

    message.municipalities.items = region_towns;
    message.municipalities.count = 2;
    message.senders.items = region_senders;
    message.senders.count = 2;
    message.formats.items = region_formats;
    message.formats.count = 3;
    return message;
}

static inline struct harness *region_open (void)
{
    struct harness *harness = harness_open (&dispatch_service, &dispatch);
    struct partner_put message = region_partner ();
    struct partner_key_add key = { .partner_id = PARTNER, .key_id = KEY, .name = "指令台" };
    struct partner_key_made made;
    struct error err = { 0 };

    harness_empty (harness,
                   "partner, incident, incident_message, reply, lookup, last_known, subject, event_log, ledger, inbox, idempotency");
    harness_as (harness, &administrator);
    must (harness_call (harness, "partner_put", &message, NULL, &err), &err, "a partner is set up");
    if (must (harness_call (harness, "partner_key_add", &key, &made, &err), &err, "it gets a key"))
        region_key = made.key;
    return harness;
}

/* ---- messages ----------------------------------------------------------------------------------------------------------------------- */

/* more: members behind, with a comma in front; NULL: none. */
static inline const char *region_message (const char *id, const char *kind, const char *incident, int second, const char *more)
{
    static char texts[16][1200];
    static unsigned next;
    char *text = texts[next++ % 16];

    snprintf (text, sizeof texts[0],
              "{\"v\":1,\"type\":\"ems.incident\",\"id\":\"%s\",\"sender\":\"fd.mizuki\",\"to\":[\"renkei.mizuki\"],\"kind\":\"%s\","
              "\"status\":\"actual\",\"sent\":\"2026-11-01T10:00:%02d+09:00\",\"incident\":\"%s\"%s}",
              id, kind, second, incident, more ? more : "");
    return text;
}

#define WHO ",\"complaint\":\"CPA疑い\",\"caller\":{\"phone\":\"0990-11-2222\"},\"person\":{\"card\":\"AR-1\"},\"crew\":{\"unit\":\"救急1\"}"

static inline int region_send (struct harness *harness, const char *text, struct incident_receipt *answer, struct error *err)
{
    struct incident_receive message = { .body = { (const unsigned char *)text, strlen (text) },
                                        .bearer = region_key,
                                        .content_type = *text == '<'   ? "application/cap+xml"
                                                        : *text == '{' ? "application/json"
                                                                       : "text/plain" };

    *err = (struct error) { 0 };
    harness_as (harness, NULL);
    return harness_call (harness, "incident_receive", &message, answer, err);
}

/* The verdict that stands in the receipt. */
static inline bool region_says (const struct incident_receipt *receipt, const char *words)
{
    return receipt->body.data && strstr ((const char *) receipt->body.data, words) != NULL;
}

static inline bool region_sent (struct harness *harness, const char *text, const char *words)
{
    struct incident_receipt receipt = { 0 };
    struct error err;
    char copy[4096];
    int status = region_send (harness, text, &receipt, &err);

    if (status < 0)
        note ("%s: %s", error_name_of (&err), err.detail);
    snprintf (copy, sizeof copy, "%.*s", (int) receipt.body.size, receipt.body.data ? (const char *) receipt.body.data : "");
    if (status == 0 && !strstr (copy, words))
        note ("%s", copy);
    return status == 0 && strstr (copy, words) != NULL;
}

/* All that the job has to do now. */
static inline void region_work (struct harness *harness)
{
    struct error err = { 0 };

    for (int i = 0; i < 4; i++)
        must (harness_job (harness, "incident", &err), &err, "the job runs");
}

static inline void region_later (struct harness *harness, int64_t seconds)
{
    static int64_t ahead;

    ahead += seconds * SECOND_US;
    harness_clock (harness, ahead);
    dispatch.sharing_failed_us = dispatch.notify_failed_us = 0;
}

static inline const char *region_reply (struct harness *harness, const char *number)
{
    const char *text = harness_text (harness, "select convert_from (r.body, 'UTF8') from reply r join incident i using (incident_id)"
                                              " where i.number = '%s' order by r.number desc limit 1", number);

    return text ? text : "";
}

#endif
