/* Without consent (EMS-10, S-35, S-36): only where the municipality allows it, one person, with reason and unit, for 60 minutes, told and
 * reviewed. */
#include "ems.h"

#define OFFICER_B PERSON ("09")
#define OPERATOR PERSON ("0a")

static const struct harness_actor officer_b = { .person = OFFICER_B, .office = STATION_B, .municipality = TOWN_B,
                                                .roles = ROLE_BIT (ROLE_MUNICIPAL_OFFICER) };
static const struct harness_actor operator = { .person = OPERATOR, .office = STATION_B, .municipality = TOWN_A,
                                               .roles = ROLE_BIT (ROLE_OPERATOR) };
static char opened[40];

static int call (struct harness *harness, const struct harness_actor *actor, const char *message, const void *in, void *answer)
{
    struct error err = { 0 };

    harness_as (harness, actor);
    return harness_call (harness, message, in, answer, &err) < 0 ? (int) err.key : 0;
}

static int allow (struct harness *harness, const struct harness_actor *actor, bool allowed)
{
    struct break_glass_allow message = { .municipality = TOWN_A, .allowed = allowed };

    return call (harness, actor, "break_glass_allow", &message, NULL);
}

static struct ems_break_glass of_taro (void)
{
    return (struct ems_break_glass) { .municipalities = IN_A, .partner_id = PARTNER, .partner_name = "みずき消防", .unit = "みずき救急1",
                                      .reason = "意識なし、呼吸停止", .incident_id = INCIDENT, .phone = "011-222-0002",
                                      .name_kana = "キタノタロウ", .birth_date = "1938-05-06" };
}

static struct ems_break_glass_answer break_glass (struct harness *harness, struct ems_break_glass message)
{
    struct ems_break_glass_answer answer = { 0 };

    is_number (call (harness, &dispatch, "ems_break_glass", &message, &answer), 0, "the crew asks without consent");
    return answer;
}

static struct ems_record reading (const char *break_id)
{
    struct ems_record message = ems_wish_of (taro.number);

    message.ground = EMS_GROUND_BREAK_GLASS;
    message.break_id = break_id;
    return message;
}

static void test_forbidden (struct harness *harness)
{
    struct ems_break_glass_answer answer = break_glass (harness, of_taro ());

    ok (answer.result == MATCH_RESULT_NONE && !answer.patient_id && !answer.break_id,
        "EMS-10: where nobody allowed it the answer is that of an unknown person");
    is_number (harness_number (harness, "select count(*) from break_glass"), 0, "…and nothing is opened");
    is_number (allow (harness, &nurse, true), ERROR_NOT_FOR_ROLE, "a nurse does not allow it");
    is_number (allow (harness, &officer_b, true), ERROR_NOT_FOR_YOU, "…nor an officer of another town");
    is_number (allow (harness, &officer, true), 0, "the town's officer does");
    is_number (allow (harness, &officer, true), 0, "…and may say it twice");
}

static void test_certain_only (struct harness *harness)
{
    struct ems_break_glass message = of_taro ();

    message.name_kana = message.birth_date = NULL;
    is_number (break_glass (harness, message).result, MATCH_RESULT_NONE, "S-35: a telephone alone opens nobody");
    message.birth_date = "1938-05-07";
    message.name = "北野太郎";
    is_number (break_glass (harness, message).result, MATCH_RESULT_NONE, "…nor does another birth date");
    message = of_taro ();
    message.municipalities = (struct text_list) IN_B;
    is_number (break_glass (harness, message).result, MATCH_RESULT_NONE, "…nor a partner of another town");
    message = of_taro ();
    message.reason = " ";
    is_number (call (harness, &dispatch, "ems_break_glass", &message, NULL), ERROR_REASON_NEEDED, "EMS-10: no reason, refused");
    message.reason = "意識なし";
    message.unit = "　";
    is_number (call (harness, &dispatch, "ems_break_glass", &message, NULL), ERROR_REASON_NEEDED, "EMS-10: no unit, refused");
    is_number (harness_number (harness, "select count(*) from break_glass"), 0, "…nothing was opened by all that");
}

static void test_opened (struct harness *harness)
{
    struct ems_break_glass_answer answer = break_glass (harness, of_taro ());
    struct ems_record_released event = { 0 };

    snprintf (opened, sizeof opened, "%s", answer.break_id ? answer.break_id : "");
    ok (answer.result == MATCH_RESULT_UNIQUE && strcmp (answer.patient_id, PATIENT (taro.number)) == 0, "EMS-10: two keys open one person");
    is_number (answer.until - harness_now (harness) <= 3600ll * SECOND_US && answer.until > harness_now (harness), 1,
               "S-35: for 60 minutes at most");
    is_number (harness_number (harness, "select count(*) from break_glass where unit = 'みずき救急1' and reason = '意識なし、呼吸停止' and"
                               " reviewed_at is null"), 1, "S-36: the review row is there before anything is seen");
    ok (harness_last_event (harness, &ems_record_released_message, &event) == 0 && event.ground == EMS_GROUND_BREAK_GLASS
        && strcmp (event.patient_id, PATIENT (taro.number)) == 0, "EMS-10: told at once, by the event");
    is_number (harness_number (harness, "select count(*) from ledger where message = 'ems_break_glass' and ground = 'break_glass'"), 1,
               "…and in the ledger");
}

static void test_read (struct harness *harness)
{
    struct ems_record message = reading (opened);
    struct ems_record_answer answer = { 0 };

    is_number (ems_ask (harness, &message, &answer), 0, "EMS-10: under the opening the record is read");
    is (answer.name, "北野 太郎", "…of that person");
    is_number (ems_look (harness, (struct ems_find) { .phone = "011-222-0002" }).result, MATCH_RESULT_NONE,
               "…who is not found meanwhile by anybody else");
    message.partner_id = PARTNER_2;
    is_number (ems_ask (harness, &message, NULL), ERROR_NOT_FOR_YOU, "another partner cannot use it");
    message = reading (INCIDENT);
    is_number (ems_ask (harness, &message, NULL), ERROR_NOT_FOR_YOU, "…nor is a made-up opening one");
    message = reading (opened);
    message.patient_id = PATIENT (777);
    is_number (ems_ask (harness, &message, NULL), ERROR_NOT_FOR_YOU, "…nor does it open anybody else");
    message = ems_wish_of (taro.number);
    is_number (ems_ask (harness, &message, NULL), ERROR_NOT_FOR_YOU, "…nor without its number");
    harness_clock (harness, 3599ll * SECOND_US);
    message = reading (opened);
    is_number (ems_ask (harness, &message, NULL), 0, "in the sixtieth minute it is open");
    harness_clock (harness, 3601ll * SECOND_US);
    is_number (ems_ask (harness, &message, NULL), ERROR_NOT_FOR_YOU, "S-35: minute 61 is refused");
    harness_clock (harness, 0);
}

/* The line of the first of so many openings in the person's ledger, as a reader of the team has it. */
static struct ledger_line seen_by (struct harness *harness, const struct harness_actor *actor, int64_t openings)
{
    struct ledger query = { .patient_id = PATIENT (taro.number) };
    struct ledger_answer answer = { 0 };
    struct ledger_line line = { .what = "" };
    int64_t count = 0;

    is_number (call (harness, actor, "ledger", &query, &answer), 0, "one of the team reads who saw the record");
    for (size_t i = 0; i < answer.lines.count; i++)
        if (strcmp (answer.lines.items[i].what, "消防・救急が同意なしで開いた") == 0) {
            line = answer.lines.items[i];
            count++;
        }
    is_number (count, openings, "…every opening stands in it once");
    return line;
}

static void test_seen_by_the_team (struct harness *harness)
{
    struct ledger_line line = seen_by (harness, &manager, 1);

    ok (line.reason && strcmp (line.reason, "意識なし、呼吸停止") == 0, "S-36: the care manager reads why the record was opened");
    ok (line.name && strcmp (line.name, "みずき救急1") == 0 && line.office && strcmp (line.office, "みずき消防") == 0, "…by which unit");
    is (line.items, "閲覧の開始（60分以内）", "…what that is, in plain words");
    ok (line.has_until && line.until > line.at, "…until when");
    ok (!line.has_reviewed_at && !line.has_justified && !line.outcome, "…and that nobody has reviewed it yet");
    line = seen_by (harness, &nurse, 1);
    ok (line.reason != NULL, "S-36: so does everybody in the team");
}

static int review (struct harness *harness, const struct harness_actor *actor, const char *break_id, const char *outcome)
{
    struct break_glass_review message = { .break_id = break_id, .outcome = outcome, .has_justified = true, .justified = true };

    return call (harness, actor, "break_glass_review", &message, NULL);
}

static struct break_glass_list_answer list (struct harness *harness, const struct harness_actor *actor, const char *after)
{
    struct break_glass_list message = { .after = after, .has_limit = true, .limit = 1 };
    struct break_glass_list_answer answer = { 0 };

    is_number (call (harness, actor, "break_glass_list", &message, &answer), 0, "an officer lists the openings");
    return answer;
}

static void test_review (struct harness *harness)
{
    struct break_glass_list bad = { .after = "12 x" };
    struct break_glass_list_answer page;

    is_number (review (harness, &officer_b, opened, "適切"), ERROR_NOT_FOR_YOU, "S-36: another town does not review it");
    is_number (review (harness, &officer, opened, " "), ERROR_TEXT_EMPTY, "…nor does nothing said");
    is_number (review (harness, &officer, INCIDENT, "適切"), ERROR_NOT_FOR_YOU, "…nor what is not there");
    is_number (review (harness, &officer, opened, "適切"), 0, "the town's officer reviews it");
    is_number (review (harness, &officer, opened, "適切"), ERROR_ALREADY_ENDED, "…once");
    break_glass (harness, of_taro ());
    page = list (harness, &officer, NULL);
    ok (page.allowed && page.lines.count == 1 && page.next && !page.lines.items[0].has_reviewed_at && !page.lines.items[0].has_justified,
        "S-36: the newest first, not yet reviewed");
    page = list (harness, &officer, page.next);
    ok (page.lines.count == 1 && !page.next && strcmp (page.lines.items[0].outcome, "適切") == 0
        && strcmp (page.lines.items[0].reviewed_by_name, "久保 直") == 0, "…then the reviewed one, with by whom");
    ok (page.lines.count == 1 && page.lines.items[0].has_justified && page.lines.items[0].justified, "…and that it was right");
    is_number (list (harness, &officer_b, NULL).lines.count, 0, "another town sees none");
    is_number (call (harness, &officer, "break_glass_list", &bad, NULL), ERROR_MALFORMED, "a page key that is none is refused");
    is_number (allow (harness, &officer, false), 0, "the town forbids it again");
    is_number (break_glass (harness, of_taro ()).result, MATCH_RESULT_NONE, "…and nobody is opened any more");
}

/* Who runs the region is told of an opening and reads that there was one, but does not judge it. */
static void test_read_by_operators (struct harness *harness)
{
    struct break_glass_list_answer page = list (harness, &operator, NULL);
    const struct break_glass_line *line = page.lines.items;

    ok (page.has_may_review && !page.may_review && page.lines.count == 1 && page.next, "S-36: an operator opens the list he was told of");
    ok (strcmp (line->unit, "みずき救急1") == 0 && strcmp (line->partner, "みずき消防") == 0 && line->at < line->until && !line->has_reviewed_at,
        "…by whom, when, until when, and that nobody has reviewed it");
    ok (!*line->reason && !line->outcome && !line->incident_id, "S-36: …without the reason, which may tell how somebody was");
    page = list (harness, &operator, page.next);
    line = page.lines.items;
    ok (line->has_reviewed_at && line->has_justified && strcmp (line->reviewed_by_name, "久保 直") == 0 && !line->outcome,
        "…of a reviewed one by whom and whether it was right, without what was found");
    is_number (review (harness, &operator, opened, "適切"), ERROR_NOT_FOR_ROLE, "S-36: …and reviews nothing");
    is_number (allow (harness, &operator, true), ERROR_NOT_FOR_ROLE, "…nor allows it");
    page = list (harness, &officer, NULL);
    ok (page.may_review && strcmp (page.lines.items[0].reason, "意識なし、呼吸停止") == 0, "the town's officer reviews, with the reason");
}

/* One of the team from another town, under an agreement. */
static void test_seen_by_a_neighbour (struct harness *harness)
{
    struct ledger query = { .patient_id = PATIENT (taro.number) };
    struct ledger_line line;
    struct error err = { 0 };

    is_number (call (harness, &nurse_b_agreed, "ledger", &query, NULL), ERROR_NOT_FOR_YOU, "a stranger from another town reads nothing");
    region_agreement (harness, NULL, 1);
    harness_as (harness, &manager);
    must (region_seat (harness, taro.number, 10 * taro.number + 4, TEAM_SEAT_VISITING_NURSING, &nurse_b_agreed, &err), &err, "a nurse of town B");
    line = seen_by (harness, &nurse_b_agreed, 2);
    ok (line.reason && line.has_justified && line.justified && strcmp (line.outcome, "適切") == 0,
        "S-36: who is in the team from another town reads why, and what the review found");
    is_number (review (harness, &officer_b, opened, "適切"), ERROR_NOT_FOR_YOU, "…whose officers still review nothing here");
}

/* Another one behind the same telephone with the same name and birth date: nobody is certain. */
static void test_two (struct harness *harness)
{
    struct ems_someone twin = taro;

    is_number (allow (harness, &officer, true), 0, "allowed");
    twin.number = 3;
    ems_register (harness, &twin);
    is_number (break_glass (harness, of_taro ()).result, MATCH_RESULT_NONE, "S-35: one person at a time; of two nobody is opened");
}

/* So long after the openings of this test, with the job run twice. */
static int64_t calls_after (struct harness *harness, int64_t minutes)
{
    struct error err = { 0 };

    harness_clock (harness, minutes * 60 * SECOND_US);
    for (int i = 0; i < 2; i++)
        must (harness_job (harness, "break_glass_calls", &err), &err, "break_glass_calls");
    return harness_events (harness, &break_glass_unreviewed_message);
}

static void test_unreviewed (struct harness *harness)
{
    struct break_glass_unreviewed event = { 0 };
    const char *waiting = harness_text (harness, "select break_id from break_glass where reviewed_at is null");
    enum { DAY = 24 * 60 };

    is_number (harness_number (harness, "select count(*) from break_glass"), 2, "two openings, one of them reviewed");
    is_number (calls_after (harness, DAY - 5), 0, "S-36: until 24 hours have passed nobody is called");
    is_number (calls_after (harness, DAY + 1), 1, "S-36: then the opening that nobody has reviewed escalates, once");
    ok (harness_last_event (harness, &break_glass_unreviewed_message, &event) == 0 && strcmp (event.break_id, waiting) == 0 && event.step == 1
        && strcmp (event.patient_id, PATIENT (taro.number)) == 0, "S-36: …saying which");
    is_number (calls_after (harness, 2 * DAY), 1, "S-36: …the next time a day after");
    is_number (calls_after (harness, 2 * DAY + 2), 2, "S-36: …it escalates again");
    is_number (calls_after (harness, 6 * DAY), 3, "S-36: a region that was down for days says it once when it is back");
    ok (harness_last_event (harness, &break_glass_unreviewed_message, &event) == 0 && event.step == 3, "…as the next step");
    is_number (review (harness, &officer, waiting, "適切"), 0, "it is reviewed");
    is_number (calls_after (harness, 8 * DAY), 3, "S-36: what is reviewed escalates no more");
    harness_sql (harness, "update break_glass set reviewed_at = null");
    for (int64_t day = 10; day < 24; day++)
        calls_after (harness, day * DAY);
    is_number (harness_number (harness, "select count(*) from break_glass where calls = 7 and call_at is null"), 2, "S-36: seven times, then it rests");
    is_number (harness_events (harness, &break_glass_unreviewed_message), 14, "…each told as often");
    harness_clock (harness, 0);
}

int main (void)
{
    struct harness *harness = region_open ();

    region_membership (harness, &officer_b, "小林 薫", false, 1);
    ems_region (harness);
    test_forbidden (harness);
    test_certain_only (harness);
    test_opened (harness);
    test_seen_by_the_team (harness);
    test_read (harness);
    test_review (harness);
    test_read_by_operators (harness);
    test_seen_by_a_neighbour (harness);
    test_two (harness);
    test_unreviewed (harness);
    harness_close (&harness);
    return done ();
}
