/* Answers without a log-in: keys of a call, text messages with a code, one-time links; and everything that must act on nobody's alert. */
#include <fcntl.h>
#include "adapter_file.h"
#include "fake_adapter.h"
#include "sink.h"

#define KEY "callback-key-1"

static struct sink provider;
static struct arena arena;
static struct link_key links = { .set = true, .bytes = { 7 }, .base = "https://region.example" };
static struct reply_taken taken;

static void put_file (const char *path, const char *text)
{
    int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    if (fd < 0 || write (fd, text, strlen (text)) < 0)
        abort ();
    close (fd);
}

static void open_provider (struct region *region)
{
    char folder[] = "/tmp/renkei-replies-XXXXXX", path[100];

    sink_open (&provider, 0, false);
    if (!mkdtemp (folder))
        abort ();
    snprintf (path, sizeof path, "%s/key", folder);
    put_file (path, KEY "\n");
    snprintf (path, sizeof path, "%s/p.json", folder);
    put_file (path, arena_print (&arena,
        "{\"name\":\"p\",\"channels\":[\"voice\",\"sms\"],\"url\":\"http://127.0.0.1:%d/{channel}\",\"body\":{\"id\":\"{id}\",\"text\":\"{text}\"},"
        "\"receipts\":{\"message\":\"/reference\",\"status\":\"/status\",\"digits\":\"/digits\",\"map\":{\"answered\":\"delivered\",\"no-answer\":\"no_answer\"}},"
        "\"replies\":{\"from\":\"/from\",\"text\":\"/message\"},\"callback\":{\"bearer_file\":\"key\"}}", provider.port));
    fake_adapters = (struct adapters) { .links = &links };
    if (adapter_files_add (&arena, path, &fake_adapters, &region->err) < 0) {
        printf ("Bail out! %s\n", region->err.detail);
        exit (1);
    }
    add_fake ("mail", FAKE_BIT (EMAIL), SENT_DELIVERED);
    region->self.adapters = &fake_adapters;
    region->self.links = links;
    add_contact (region, ID ("66"), DOCTOR, CONTACT_KIND_SMS, "090-0000-0003");
    add_contact (region, ID ("67"), DEPUTY, CONTACT_KIND_SMS, "090-0000-0004");
}

static void begin (struct region *region)
{
    harness_empty (region->harness, "delivery, delivery_attempt, reply_code, alert, feed, feed_head");
    sink_forget (&provider);
    report (region, ALERT ("01"));
    send_rounds (region, 1);
}

static const char *call_back (struct region *region, const char *key, const char *body)
{
    const struct provider_callback message = { .adapter = "p", .key = key, .body = { (const unsigned char *) body, strlen (body) } };

    harness_as (region->harness, NULL);
    taken = (struct reply_taken) { .words = "" };
    return call (region, "provider_callback", &message, &taken) < 0 ? error_name_of (&region->err) : taken.taken ? "taken" : "not taken";
}

static const char *text_from (struct region *region, const char *from, const char *words)
{
    return call_back (region, KEY, arena_print (&arena, "{\"from\":\"%s\",\"message\":\"%s\"}", from, words));
}

static const char *press (struct region *region, const char *whose, const char *digits)
{
    return call_back (region, KEY, arena_print (&arena, "{\"reference\":\"%s\",\"status\":\"answered\",\"digits\":\"%s\"}",
        harness_text (region->harness, "select delivery_id from delivery where kind = 4 and asks and %s order by created_at desc limit 1", whose),
        digits));
}

static const char *code_of (struct region *region, const char *person)
{
    return harness_text (region->harness, "select code from reply_code where alert_id = '" ALERT ("01") "' and person_id = '%s'", person);
}

static const char *alert_is (struct region *region)
{
    return text (region, "select state || ' ' || coalesce (accepted_by::text, '-') from alert where alert_id = '" ALERT ("01") "'");
}

/* ---- what a message says ------------------------------------------------------------------------------------------------------------------- */

static bool got (const char *text)
{
    return strstr (provider.got, text) != NULL;
}

static void test_texts (struct region *region)
{
    begin (region);
    ok (got ("1 電話で指示") && got ("9 今は対応できない"), "a call says which key means what");
    ok (got (arena_print (&arena, "返信は「%s」", code_of (region, DOCTOR))), "a text message says the code");
    ok (got ("https://region.example/r/") && strstr (fakes[1].all, "https://region.example/r/"), "...and the link, as an e-mail does");
    ok (!got ("{answer}") && !got ("{link}") && !strstr (fakes[1].text, "{link}"), "nothing is left unfilled");
    is_number (number (region, "select count(*) from delivery where not asks and text like '%/r/%'"), 0, "who is only informed gets no link");
    is_number (number (region, "select count(distinct code) from delivery where asks and person_id = '" DOCTOR "'"), 1, "one code a person and alert");
    ok (!got (PLANTED_NAME) && !got (PLANTED_DIAGNOSIS) && !strstr (fakes[1].all, PLANTED_NAME), "N-58 no name, no diagnosis");
}

/* ---- keys ------------------------------------------------------------------------------------------------------------------------------------ */

static void test_keys (struct region *region)
{
    begin (region);
    is (press (region, "person_id = '" DOCTOR "'", "7"), "not taken", "a key without meaning does nothing");
    is (press (region, "person_id = '" DOCTOR "'", ""), "taken", "no key at all is a receipt only");
    is (alert_is (region), "1 -", "...nobody has accepted");
    is (press (region, "person_id = '" DOCTOR "'", "3#"), "taken", "N-40 a key accepts");
    is (alert_is (region), "2 " DOCTOR, "...for whoever was called");
    ok (strstr (taken.words, "往診") && strstr (taken.words, "60分後"), "...and what was taken is said");
    is_number (number (region, "select (extract (epoch from arrival_at - guard.now ()) between 3500 and 3700)::int from alert"), 1, "...with the arrival");
    is_number (number (region, "select count(*) from alert_line where kind = 6 and text like '%電話のキー%'"), 1, "N-63 the course says how");
    is (press (region, "person_id = '" DOCTOR "'", "9"), "taken", "the holder takes it back by key");
    is (alert_is (region), "1 -", "...and the search goes on");
}

static void test_refused (struct region *region)
{
    begin (region);
    is (call_back (region, "wrong", "{}"), "not_for_you", "a callback without the key is refused");
    is (call_back (region, NULL, "{}"), "field_missing", "...and one without any");
    is (call_back (region, KEY, "{\"a\""), "malformed", "...and what cannot be read");
    is (call_back (region, KEY, "{}"), "not taken", "what says nothing changes nothing");
    is (press (region, "person_id = '" STRANGER "'", "1"), "not taken", "a key of a call that was not made acts on nothing");
    is (alert_is (region), "1 -", "...nothing has changed");
}

/* ---- text messages --------------------------------------------------------------------------------------------------------------------------- */

static void test_texts_back (struct region *region)
{
    const char *code;

    begin (region);
    code = code_of (region, DOCTOR);
    is (text_from (region, "09000000003", "1"), "not taken", "N-47 a key alone acts on nothing, even with one open alert");
    is (text_from (region, "09000000003", "はい"), "not taken", "N-47 ...nor do words");
    is (text_from (region, "09000000003", "999999 1"), "not taken", "N-47 ...nor a code nobody was given");
    is (text_from (region, "09099999999", arena_print (&arena, "%s 1", code)), "not taken", "N-47 ...nor a right code from another telephone");
    is (alert_is (region), "1 -", "...nothing has changed");
    is (text_from (region, "+819000000003", arena_print (&arena, "　%s　１ ", code)), "taken", "N-47 the code with a key, full width, with blanks");
    is (alert_is (region), "2 " DOCTOR, "...accepts for whom it was given");
    is_number (number (region, "select count(*) from ledger where items = 'alert'"), 0, "...and nothing was shown to anybody");
}

/* Two alerts for one doctor: each code acts on its own. */
static void test_two_alerts (struct region *region)
{
    const char *second;

    begin (region);
    harness_sql (region->harness, "update alert set received_at = received_at - interval '1 day', observed_at = observed_at - interval '1 day'");
    report (region, ALERT ("02"));
    second = harness_text (region->harness, "select code from reply_code where alert_id = '" ALERT ("02") "' and person_id = '" DOCTOR "'");
    if (!second)
        second = "";
    is (text_from (region, "09000000003", arena_print (&arena, "%s1", second)), "taken", "N-47 of two alerts");
    is (alert_is (region), "1 -", "N-47 ...the other one is not touched");
}

static void test_life (struct region *region)
{
    const char *code;

    begin (region);
    code = code_of (region, DOCTOR);
    forward (region, 6 * 3600);
    run_engine (region);
    is (text_from (region, "09000000003", arena_print (&arena, "%s 1", code)), "taken", "N-47 a code lives as long as its alert");
    as_nurse (region);
    must (region, "alert_end", &(struct alert_end) { .alert_id = ALERT ("01"), .outcome = "落ち着いた" });
    is (text_from (region, "09000000003", arena_print (&arena, "%s 1", code)), "not taken", "N-41 after the end it changes nothing");
    ok (strstr (taken.words, "終了"), "N-41 ...and says so");
}

static void test_second (struct region *region)
{
    begin (region);
    forward (region, 200);
    run_engine (region);
    send_rounds (region, 2);
    is (text_from (region, "09000000003", arena_print (&arena, "%s 1", code_of (region, DOCTOR))), "taken", "the first one accepts");
    is (text_from (region, "09000000004", arena_print (&arena, "%s 1", code_of (region, DEPUTY))), "not taken", "N-41 the second does not");
    ok (strstr (taken.words, "青葉 三郎"), "N-41 ...and hears who has");
    is (alert_is (region), "2 " DOCTOR, "...one holder");
}

/* ---- offices --------------------------------------------------------------------------------------------------------------------------------- */

static void test_office (struct region *region)
{
    begin (region);
    add_person (region, ID ("5a"), ID ("0a"), "連絡 十子", DESK, TOWN, ROLE_LAST_RESORT);
    forward (region, 600);
    run_engine (region);
    forward (region, 600);
    run_engine (region);
    send_rounds (region, 2);
    is (press (region, "office_id = '" DESK "'", "1"), "not taken", "Offices have phones: one does not say who answers");
    ok (strstr (taken.words, "1 連絡 五子") && strstr (taken.words, "2 連絡 十子"), "...accepting on it asks for the name: the names are read out, each with its key");
    is (press (region, "office_id = '" DESK "'", "13"), "not taken", "...a number without a name does nothing");
    is (press (region, "office_id = '" DESK "'", "11"), "taken", "...with the name's number it is taken");
    is (alert_is (region), "2 " DESK_CLERK, "...for that person");
    HEAR (region, "registry", membership_changed, ID ("5a"), TOWN, .membership_id = ID ("5a"), .person_id = ID ("0a"), .name = "連絡 十子",
          .office_id = DESK, .municipality = TOWN);
}

/* The deputy has no telephone of his own: the clinic's rings for him. */
static void test_for_a_person (struct region *region)
{
    add_contact (region, ID ("67"), DEPUTY, CONTACT_KIND_SMS, "");
    add_person (region, ID ("5b"), ID ("0b"), "若葉 十一", CLINIC_2, TOWN, ROLE_DOCTOR);
    begin (region);
    forward (region, 200);
    run_engine (region);
    send_rounds (region, 2);
    is (press (region, "office_id = '" CLINIC_2 "'", "1"), "not taken", "Offices have phones: the clinic's rings for a doctor who has none");
    ok (strstr (taken.words, "1 若葉 十一") && strstr (taken.words, "2 若葉 四郎"), "...and asks which of its doctors answers");
    is (press (region, "office_id = '" CLINIC_2 "'", "11"), "not taken", "...one who was not asked takes nothing by it");
    is (press (region, "office_id = '" CLINIC_2 "'", "12"), "taken", "...he who was asked does");
    is (alert_is (region), "2 " DEPUTY, "...in his name");
    add_contact (region, ID ("67"), DEPUTY, CONTACT_KIND_SMS, "090-0000-0004");
    HEAR (region, "registry", membership_changed, ID ("5b"), TOWN, .membership_id = ID ("5b"), .person_id = ID ("0b"), .name = "若葉 十一",
          .office_id = CLINIC_2, .municipality = TOWN);
}

/* ---- links ----------------------------------------------------------------------------------------------------------------------------------- */

static const char *token_of (struct region *region, const char *person)
{
    return link_token (&arena, &links, "reply", harness_text (region->harness,
        "select reply_id from reply_code where alert_id = '" ALERT ("01") "' and person_id = '%s'", person));
}

static const char *by_link (struct region *region, struct reply_by_link message)
{
    harness_as (region->harness, NULL);
    taken = (struct reply_taken) { .words = "" };
    return call (region, "reply_by_link", &message, &taken) < 0 ? error_name_of (&region->err) : taken.taken ? "taken" : "not taken";
}

static void test_links (struct region *region)
{
    struct reply_link_answer page;
    struct bytes shown;
    const char *token;

    begin (region);
    token = token_of (region, DOCTOR);
    harness_as (region->harness, NULL);
    is_number (call (region, "reply_link", &(struct reply_link) { .token = token }, &page), 0, "a link is opened without a log-in");
    codec_json_write (&reply_link_answer_message, &page, &arena, &shown, &region->err);
    ok (strstr ((const char *) shown.data, "みどり訪問看護") && !strstr ((const char *) shown.data, PLANTED_NAME)
            && !strstr ((const char *) shown.data, PLANTED_DIAGNOSIS) && !strstr ((const char *) shown.data, PATIENT)
            && !strstr ((const char *) shown.data, "1940"), "N-58 ...it shows the reporter's office, nothing of the person");
    is (by_link (region, (struct reply_by_link) { .token = token, .answer = ALERT_ANSWER_KIND_VISIT }), "arrival_needed", "a visit has a time");
    is (by_link (region, (struct reply_by_link) { .token = token, .answer = ALERT_ANSWER_KIND_VISIT, .has_minutes = true, .minutes = 2000 }),
        "field_out_of_range", "...within twelve hours");
    is (by_link (region, (struct reply_by_link) { .token = token, .answer = ALERT_ANSWER_KIND_VISIT, .has_minutes = true, .minutes = 45 }), "taken",
        "an answer by link is taken");
    is (alert_is (region), "2 " DOCTOR, "...for whom the link was made");
    is (by_link (region, (struct reply_by_link) { .token = token, .answer = ALERT_ANSWER_KIND_CANNOT }), "not taken", "...once");
    is (alert_is (region), "2 " DOCTOR, "...the second time changes nothing");
    is_number (call (region, "reply_link", &(struct reply_link) { .token = "AAAA" }, NULL), -1, "what is no token is refused");
    is_number (number (region, "select count(*) from reply_code where link_used_at is not null"), 1, "a used link is marked");
}

int main (void)
{
    struct region *region = region_open ();

    open_fakes (region);
    open_provider (region);
    test_texts (region);
    test_keys (region);
    test_refused (region);
    test_texts_back (region);
    test_two_alerts (region);
    test_life (region);
    test_second (region);
    test_office (region);
    test_for_a_person (region);
    test_links (region);
    adapter_forget (&fake_adapters.items[0]);
    db_close (&fake_db);
    sink_close (&provider);
    harness_close (&region->harness);
    arena_done (&arena);
    return done ();
}
