/* What a person prepares for an emergency (EMS-09, E-42, E-43, U-24): designated hospital, documents of wish, cards, and the phase 看取り; and
 * that the crew reads at once what the team wrote. */
#include "ems.h"

#define PAPER(n) region_id ('w', n)
#define HOSPITAL(n) region_id ('h', n)
#define A_CARD(n) region_id ('k', n)
#define SOMEBODY PATIENT (hanako.number)

static int call (struct harness *harness, const struct harness_actor *actor, const char *message, const void *in, void *answer)
{
    struct error err = { 0 };

    harness_as (harness, actor);
    return harness_call (harness, message, in, answer, &err) < 0 ? (int) err.key : 0;
}

static struct ems_record_answer crew_reads (struct harness *harness)
{
    struct ems_record message = ems_wish_of (hanako.number);
    struct ems_record_answer answer = { 0 };

    is_number (ems_ask (harness, &message, &answer), 0, "the crew asks");
    return answer;
}

static struct emergency_papers_answer team_reads (struct harness *harness)
{
    struct emergency_papers message = { .patient_id = SOMEBODY };
    struct emergency_papers_answer answer = { 0 };

    is_number (call (harness, &nurse, "emergency_papers", &message, &answer), 0, "a member of the team reads the papers");
    return answer;
}

/* ---- hospital ------------------------------------------------------------------------------------------------------------------------ */

static int ask_hospital (struct harness *harness, int number, const char *phone)
{
    struct designated_hospital_request message = { .patient_id = SOMEBODY, .designation_id = HOSPITAL (number), .facility = "みずき病院",
                                                   .phone = phone, .night_phone = "011-900-0001", .parallel_notice = true };

    return call (harness, &manager, "designated_hospital_request", &message, NULL);
}

static int answer_hospital (struct harness *harness, int number, bool confirmed, const char *reason)
{
    struct designated_hospital_answer message = { .patient_id = SOMEBODY, .designation_id = HOSPITAL (number), .confirmed = confirmed,
                                                  .answered_by_name = "地域連携室 佐藤", .reason = reason };

    return call (harness, &manager, "designated_hospital_answer", &message, NULL);
}

static int end_hospital (struct harness *harness, int number, const char *reason)
{
    struct designated_hospital_end message = { .patient_id = SOMEBODY, .designation_id = HOSPITAL (number), .reason = reason };

    return call (harness, &manager, "designated_hospital_end", &message, NULL);
}

/* U-16: the hospital sees who is registered with it as soon as its liaison sits in the team, and nobody else's. */
static void test_list_of_hospital (struct harness *harness)
{
    static const struct harness_actor liaison = { .person = NURSE_2, .office = STATION, .municipality = TOWN_A,
                                                  .roles = ROLE_BIT (ROLE_HOSPITAL_LIAISON) };
    static const struct harness_actor other = { .person = DUTY_DOCTOR, .office = DUTY_CLINIC, .municipality = TOWN_A,
                                                .roles = ROLE_BIT (ROLE_HOSPITAL_NIGHT_DESK) };
    struct designated_hospital_request message = { .patient_id = SOMEBODY, .designation_id = HOSPITAL (5), .facility = "みずき病院",
                                                   .office_id = STATION };
    struct designated_hospital_end end = { .patient_id = SOMEBODY, .designation_id = HOSPITAL (5), .reason = "試験" };
    struct hospital_patients_answer answer = { 0 };
    int64_t before = harness_number (harness, "select count(*) from ledger");

    is_number (call (harness, &liaison, "hospital_patients", &(struct hospital_patients) { 0 }, &answer), 0, "U-16: a liaison asks");
    is_number ((int64_t) answer.patients.count, 0, "…nobody is registered");
    is_number (harness_number (harness, "select count(*) from ledger"), before, "…and nobody was shown");
    is_number (call (harness, &manager, "designated_hospital_request", &message, NULL), 0, "the hospital is asked as an office of the region");
    is_number (call (harness, &liaison, "hospital_patients", &(struct hospital_patients) { 0 }, &answer), 0, "the liaison asks again");
    ok (answer.patients.count == 1 && strcmp (answer.patients.items[0].patient_id, SOMEBODY) == 0
        && answer.patients.items[0].designation->state == DESIGNATION_STATE_REQUESTED, "…and reads who asks to be registered");
    is_number (harness_number (harness, "select count(*) from ledger where items = 'hospital list' and '%s'::uuid = any (subjects)", SOMEBODY), 1,
               "S-27: …which stands in the ledger");
    is_number (call (harness, &other, "hospital_patients", &(struct hospital_patients) { 0 }, &answer), 0, "another hospital asks");
    is_number ((int64_t) answer.patients.count, 0, "…and sees nobody");
    is_number (call (harness, &nurse, "hospital_patients", &(struct hospital_patients) { 0 }, &answer), ERROR_NOT_FOR_ROLE, "a nurse has no such list");
    is_number (call (harness, &manager, "designated_hospital_end", &end, NULL), 0, "it ends");
    is_number (call (harness, &liaison, "hospital_patients", &(struct hospital_patients) { 0 }, &answer), 0, "the liaison asks once more");
    is_number ((int64_t) answer.patients.count, 0, "…what has ended is not listed");
}

static int64_t listed (struct harness *harness, const struct harness_actor *actor)
{
    struct hospital_patients_answer answer = { 0 };
    int status = call (harness, actor, "hospital_patients", &(struct hospital_patients) { 0 }, &answer);

    return status ? -status : (int64_t) answer.patients.count;
}

/* What the database itself shows the office. */
static int64_t seen (struct harness *harness, const struct harness_actor *actor)
{
    harness_as (harness, actor);
    return harness_sees (harness, "select exists (select from patient where patient_id = '%1$s')::int + exists (select from patient_head where"
                                  " patient_id = '%1$s')::int + exists (select from designated_hospital where patient_id = '%1$s')::int", SOMEBODY);
}

static int consent_for_hospitals (struct harness *harness, int number, bool given)
{
    struct error err = { 0 };

    harness_as (harness, &manager);
    return given ? region_consent (harness, hanako.number, number, CONSENT_SCOPE_HOSPITAL, &err)
                 : region_withdraw (harness, hanako.number, number, &err);
}

static int read_record (struct harness *harness, const struct harness_actor *actor)
{
    return call (harness, actor, "patient", &(struct patient) { .patient_id = SOMEBODY }, NULL);
}

/* U-16, U-18: with consent the asked hospital's own office reads its list and the record, although nobody of it sits in the team. */
static void test_hospital_reads_itself (struct harness *harness)
{
    static const struct harness_actor desk = { .person = DUTY_DOCTOR, .office = DUTY_CLINIC, .municipality = TOWN_A,
                                               .roles = ROLE_BIT (ROLE_HOSPITAL_NIGHT_DESK) };
    static const struct harness_actor liaison = { .person = DUTY_DOCTOR, .office = DUTY_CLINIC, .municipality = TOWN_A,
                                                  .roles = ROLE_BIT (ROLE_HOSPITAL_LIAISON) };
    struct designated_hospital_request asked = { .patient_id = SOMEBODY, .designation_id = HOSPITAL (6), .facility = "みずき中央病院",
                                                 .office_id = DUTY_CLINIC };
    struct designated_hospital_answer yes = { .patient_id = SOMEBODY, .designation_id = HOSPITAL (6), .confirmed = true,
                                              .answered_by_name = "地域連携室 佐藤" };
    struct designated_hospital_end end = { .patient_id = SOMEBODY, .designation_id = HOSPITAL (6), .reason = "転居" };

    is_number (call (harness, &manager, "designated_hospital_request", &asked, NULL), 0, "a hospital nobody of which sits in the team is asked");
    ok (listed (harness, &liaison) == 0 && seen (harness, &liaison) == 0, "U-16 R2: without consent for hospitals it sees nobody, in the database neither");
    is_number (call (harness, &liaison, "designated_hospital_answer", &yes, NULL), ERROR_NOT_FOR_YOU, "…and answers nothing");
    is_number (consent_for_hospitals (harness, 701, true), 0, "the person consents to hospitals");
    ok (listed (harness, &liaison) == 1 && listed (harness, &desk) == 1, "U-16: its liaison and its night desk read who asks");
    is_number (harness_number (harness, "select count(*) from ledger where items = 'hospital list' and ground = 'hospital' and '%s'::uuid = any (subjects)",
                               SOMEBODY), 2, "S-27: …on the ground of that consent, in the ledger");
    is_number (read_record (harness, &desk), 0, "U-18: the night desk opens the record");
    is_number (read_record (harness, &duty_doctor), ERROR_NOT_FOR_YOU, "…nobody else of that office does");
    is_number (seen (harness, &doctor) > 0 && seen (harness, &nurse_b) == 0, 1, "…and no other office sees more than before");
    is_number (call (harness, &desk, "designated_hospital_answer", &yes, NULL), ERROR_NOT_FOR_ROLE, "the night desk does not answer for the hospital");
    is_number (call (harness, &liaison, "designated_hospital_end", &end, NULL), ERROR_NOT_FOR_ROLE, "its liaison does not end it");
    is_number (call (harness, &liaison, "designated_hospital_answer", &yes, NULL), 0, "U-16: …but confirms");
    is_number (consent_for_hospitals (harness, 701, false), 0, "the consent is withdrawn");
    ok (listed (harness, &liaison) == 0 && seen (harness, &liaison) == 0, "S-25 R2: withdrawn it is closed at once, in the database too");
    is_number (read_record (harness, &desk), ERROR_NOT_FOR_YOU, "S-25: …and the record with it");
    is_number (consent_for_hospitals (harness, 702, true), 0, "a new consent");
    ok (listed (harness, &liaison) == 1 && seen (harness, &liaison) == 3, "…opens it again");
    is_number (call (harness, &manager, "designated_hospital_end", &end, NULL), 0, "the registration ends");
    ok (listed (harness, &liaison) == 0 && seen (harness, &liaison) == 0, "U-16 R2: with it the hospital's access ends");
    asked.designation_id = yes.designation_id = HOSPITAL (7);
    yes.confirmed = false;
    yes.reason = "満床";
    is_number (call (harness, &manager, "designated_hospital_request", &asked, NULL), 0, "asked again");
    is_number (call (harness, &liaison, "designated_hospital_answer", &yes, NULL), 0, "U-16: the hospital declines itself");
    ok (listed (harness, &liaison) == 0 && seen (harness, &liaison) == 0, "U-16 R2: …and sees nothing any more");
    is_number (consent_for_hospitals (harness, 702, false), 0, "that consent ends, too");
}

static void test_hospital (struct harness *harness)
{
    struct designated_hospital_changed event = { 0 };
    struct ems_record_answer answer;

    is_number (ask_hospital (harness, 1, "０１１"), ERROR_PHONE_INVALID, "a telephone that is none is refused");
    is_number (ask_hospital (harness, 1, "011-900-0000"), 0, "a hospital is asked");
    ok (harness_last_event (harness, &designated_hospital_changed_message, &event) == 0 && !event.agreed && !event.parallel_notice
        && strcmp (event.facility, "みずき病院") == 0, "practice 03: asked is not agreed, and nobody is told at once yet");
    answer = crew_reads (harness);
    ok (answer.hospital && !answer.hospital->agreed, "…the crew reads that it is not agreed");
    is_number (ask_hospital (harness, 2, NULL), ERROR_HOSPITAL_IN_FORCE, "a second one is refused, naming the first");
    is_number (answer_hospital (harness, 1, false, NULL), ERROR_REASON_NEEDED, "a hospital that declines says why");
    is_number (answer_hospital (harness, 9, true, NULL), ERROR_NOT_FOR_YOU, "an answer to nothing is refused");
    is_number (answer_hospital (harness, 1, true, NULL), 0, "the hospital confirms");
    ok (harness_last_event (harness, &designated_hospital_changed_message, &event) == 0 && event.agreed && event.parallel_notice
        && strcmp (event.night_phone, "011-900-0001") == 0, "…and may be told at once, as agreed");
    ok (crew_reads (harness).hospital->agreed, "…which the crew reads");
    is_number (answer_hospital (harness, 1, true, NULL), ERROR_ALREADY_ENDED, "a second answer is refused");
    is_number (end_hospital (harness, 1, " "), ERROR_REASON_NEEDED, "an end has a reason");
    is_number (end_hospital (harness, 1, "転居"), 0, "it ends");
    is_number (end_hospital (harness, 1, "転居"), ERROR_ALREADY_ENDED, "…once");
    event = (struct designated_hospital_changed) { 0 };
    ok (harness_last_event (harness, &designated_hospital_changed_message, &event) == 0 && !event.facility, "…then there is none");
    ok (!crew_reads (harness).hospital, "…for the crew, too");
    is_number (ask_hospital (harness, 3, NULL), 0, "another one can be asked");
    is_number (answer_hospital (harness, 3, false, "満床"), 0, "…and decline");
    is_number (team_reads (harness).hospitals.count, 2, "all registrations stay to be read");
    test_list_of_hospital (harness);
    test_hospital_reads_itself (harness);
}

/* ---- documents of wish --------------------------------------------------------------------------------------------------------------- */

static int record_paper (struct harness *harness, int number, const char *date, enum wish_direction direction)
{
    struct wish_document_record message = { .patient_id = SOMEBODY, .document_id = PAPER (number), .kind = WISH_KIND_ORDER,
                                            .written_on = date,
                                            .issuer = WISH_ISSUER_ATTENDING_DOCTOR, .issuer_name = "岡 誠", .direction = direction,
                                            .assumed_condition = "肝癌終末期", .paper_at = "冷蔵庫 キット" };

    return call (harness, &nurse, "wish_document_record", &message, NULL);
}

static int revoke_paper (struct harness *harness, int number, const char *date)
{
    struct wish_document_revoke message = { .patient_id = SOMEBODY, .document_id = PAPER (number), .revoked_on = date,
                                            .reason = "本人から口頭で" };

    return call (harness, &nurse, "wish_document_revoke", &message, NULL);
}

static void test_papers (struct harness *harness)
{
    struct emergency_papers_answer papers;

    is_number (crew_reads (harness).acp->status, ACP_STATUS_NONE, "EMS-09: nothing recorded");
    is_number (record_paper (harness, 1, "2999-01-01", WISH_DIRECTION_COMFORT), ERROR_DOCUMENT_DATE, "a paper of tomorrow is refused");
    is_number (record_paper (harness, 1, "2026-10-02", WISH_DIRECTION_COMFORT), 0, "a paper is recorded");
    is_number (record_paper (harness, 1, "2026-10-02", WISH_DIRECTION_COMFORT), ERROR_ALREADY_THERE, "…once");
    is_number (crew_reads (harness).acp->status, ACP_STATUS_RECORDED, "EMS-09: recorded");
    is_number (record_paper (harness, 2, "2025-01-01", WISH_DIRECTION_FULL), 0, "another that says something else");
    papers = team_reads (harness);
    ok (papers.acp->status == ACP_STATUS_CONFLICT && papers.documents.count == 2 && papers.documents.items[0].contradicts.count == 1
        && strcmp (papers.documents.items[0].contradicts.items[0], papers.documents.items[1].document_id) == 0,
        "EMS-09: the team sees which papers contradict each other");
    is_number (crew_reads (harness).acp->dates.count, 2, "EMS-09: conflict, both dates, for the crew");
    is_number (revoke_paper (harness, 9, "2026-11-01"), ERROR_NOT_FOR_YOU, "a paper that is not there cannot be taken back");
    is_number (revoke_paper (harness, 1, "2999-11-01"), ERROR_DOCUMENT_DATE, "…nor tomorrow");
    is_number (revoke_paper (harness, 1, "2026-11-01"), 0, "one is taken back");
    is_number (revoke_paper (harness, 1, "2026-11-01"), ERROR_ALREADY_ENDED, "…once");
    is_number (crew_reads (harness).acp->status, ACP_STATUS_RECORDED, "EMS-09: the other stands");
    is_number (revoke_paper (harness, 2, "2026-11-02"), 0, "that one, too");
    is_number (crew_reads (harness).acp->status, ACP_STATUS_WITHDRAWN, "EMS-09: withdrawn in the next answer after the commit");
    ok (!crew_reads (harness).acp->assumed_condition, "…with nothing of the content");
    ok (team_reads (harness).ems_consent, "the team sees that the fire service may be told");
}

/* ---- cards --------------------------------------------------------------------------------------------------------------------------- */

static const char *issue (struct harness *harness, int number)
{
    struct card_issue message = { .patient_id = SOMEBODY, .card_id = A_CARD (number) };
    struct card_issued answer = { 0 };

    is_number (call (harness, &manager, "card_issue", &message, &answer), 0, "a card is issued");
    return answer.number;
}

static int revoke (struct harness *harness, int number, enum card_state state)
{
    struct card_revoke message = { .patient_id = SOMEBODY, .card_id = A_CARD (number), .state = state };

    return call (harness, &nurse, "card_revoke", &message, NULL);
}

static enum match_result by_card (struct harness *harness, const char *number)
{
    return ems_look (harness, (struct ems_find) { .card = number }).result;
}

static void test_cards (struct harness *harness)
{
    const char *first = issue (harness, 1), *second = issue (harness, 2);
    struct patient_head_update change = { .patient_id = SOMEBODY, .head_version = 1, .name = hanako.name, .name_kana = hanako.kana,
                                          .birth_date = hanako.born, .phone = hanako.phone, .address = hanako.address };

    ok (strcmp (first, second) != 0, "E-42 every card has a number of its own");
    is_number (by_card (harness, second), MATCH_RESULT_UNIQUE, "EMS-06, EMS-07: the card alone is certain");
    is_number (by_card (harness, first), MATCH_RESULT_NONE, "E-43 the card before finds nobody");
    is_number (harness_number (harness, "select count(*) from card where state = 3"), 1, "…it was replaced");
    is_number (call (harness, &manager, "patient_head_update", &change, NULL), 0, "the head changes");
    is_number (by_card (harness, second), MATCH_RESULT_UNIQUE, "…and the card still finds");
    is_number (revoke (harness, 2, CARD_STATE_REPLACED), ERROR_FIELD_UNKNOWN_CHOICE, "a card is lost or ended, not replaced by hand");
    is_number (revoke (harness, 7, CARD_STATE_LOST), ERROR_NOT_FOR_YOU, "a card that is not there");
    is_number (revoke (harness, 2, CARD_STATE_LOST), 0, "a card is lost");
    is_number (by_card (harness, second), MATCH_RESULT_NONE, "E-43 revoked at once");
    is_number (revoke (harness, 2, CARD_STATE_LOST), ERROR_ALREADY_ENDED, "…once");
    is_number (team_reads (harness).cards.count, 2, "the team sees both cards");
}

/* ---- 看取り ----------------------------------------------------------------------------------------------------------------------------- */

static int set_phase (struct harness *harness, const struct harness_actor *actor, bool begun, const char *since)
{
    struct terminal_phase_set message = { .patient_id = SOMEBODY, .terminal_phase = begun, .since = since,
                                          .terminal_first_phone = "011-1-1" };

    return call (harness, actor, "terminal_phase_set", &message, NULL);
}

static int head_with_phase (struct harness *harness, const struct harness_actor *actor, int64_t version, bool phase)
{
    struct emergency_contact son = { .name = "髙橋 茂", .relation = "長男", .phone = "090-0000-0009" };
    struct patient_head_update change = { .patient_id = SOMEBODY, .head_version = version, .name = hanako.name, .name_kana = hanako.kana,
                                          .birth_date = hanako.born, .phone = hanako.phone, .address = hanako.address,
                                          .terminal_phase = phase, .contacts = { &son, 1 } };

    return call (harness, actor, "patient_head_update", &change, NULL);
}

static void test_phase (struct harness *harness)
{
    struct patient_changed event = { 0 };
    struct ems_record_answer answer;
    struct error err = { 0 };

    is_number (head_with_phase (harness, &nurse, 2, true), ERROR_NOT_ATTENDING, "practice 03: a nurse does not begin 看取り");
    is_number (head_with_phase (harness, &nurse, 2, false), 0, "…but changes everything else");
    is_number (set_phase (harness, &nurse, true, "2026-11-01"), ERROR_NOT_FOR_ROLE, "…nor by the other way");
    is_number (set_phase (harness, &duty_doctor, true, "2026-11-01"), ERROR_NOT_FOR_YOU, "…nor a doctor who is not of the team");
    is_number (set_phase (harness, &doctor, true, "2999-11-01"), ERROR_DOCUMENT_DATE, "…nor from tomorrow on");
    is_number (set_phase (harness, &doctor, true, "2026-11-01"), 0, "the attending doctor begins it");
    ok (harness_last_event (harness, &patient_changed_message, &event) == 0 && event.terminal_phase
        && strcmp (event.terminal_first_phone, "011-1-1") == 0, "…whoever calls is told");
    answer = crew_reads (harness);
    ok (answer.acp->terminal_phase && strcmp (answer.acp->terminal_since, "2026-11-01") == 0, "…the crew reads it with its date");
    ok (answer.contacts.count == 1, "…and the relatives are still there");
    is (answer.acp->note, "救急隊は通常の手順を開始し、医師に直接確認すること", "EMS-09: with the same sentence as ever");
    is_number (head_with_phase (harness, &nurse, 4, false), ERROR_NOT_ATTENDING, "a nurse does not end it");
    must (region_seat (harness, hanako.number, 77, TEAM_SEAT_DEPUTY_DOCTOR, &duty_doctor, &err), &err, "deputy");
    is_number (head_with_phase (harness, &duty_doctor, 4, false), 0, "the deputy doctor ends it");
    ok (!crew_reads (harness).acp->terminal_phase, "…and the crew reads so");
    is_number (harness_number (harness, "select count(*) from terminal_phase where begun = (head_version = 4)"), 2,
               "both are dated, by whom");
}

/* ---- closed -------------------------------------------------------------------------------------------------------------------------- */

static void test_closed (struct harness *harness)
{
    struct emergency_papers message = { .patient_id = SOMEBODY };

    is_number (call (harness, &officer, "emergency_papers", &message, NULL), ERROR_NOT_FOR_YOU, "an officer reads nobody's papers");
    is_number (call (harness, &nurse_b, "emergency_papers", &message, NULL), ERROR_NOT_FOR_YOU, "nor does somebody of another town");
}

int main (void)
{
    struct harness *harness = region_open ();

    ems_region (harness);
    test_hospital (harness);
    test_papers (harness);
    test_cards (harness);
    test_phase (harness);
    test_closed (harness);
    harness_close (&harness);
    return done ();
}
