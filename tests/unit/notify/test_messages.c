/* Words and bytes that leave the region: text, signature, allow-list, mail. */
#include "message_text.h"
#include "roster_rules.h"
#include "sender.h"
#include "shift_cache_store.h"
#include "tap.h"
#include "webhook_sign.h"
#include "words.h"

static const struct outside_facts facts = { .alert_id = "01900000-0000-7000-8000-00000000ab1c", .municipality = "011002",
    .municipality_name = "中央市",
    .urgency = URGENCY_LIFE_THREATENING, .tag = CONDITION_TAG_BREATHING, .office = "みどり\"訪問\\看護\n", .callback = "090-0000-0001",
    .reported_at = 1763800000000000, .last_resort_name = "夜間連絡センター", .last_resort_phone = "011-000-0015" };

/* The example of the Standard Webhooks specification. */
static void test_signature (void)
{
    ARENA (arena);

    is (webhook_signature (&arena, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                           "{\"test\": 2432232314}"),
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "the signature is that of the Standard Webhooks example");
    ok (webhook_signature (&arena, "whsec_c2hvcnQ=", "id", 1, "{}") == NULL, "a short secret signs nothing");
    ok (!webhook_secret_is_valid ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "a secret without its prefix is none");
    ok (!webhook_secret_is_valid ("whsec_!!!!"), "nor is one that is not base64");
    ok (!webhook_secret_is_valid (NULL), "nor none at all");
}

static void test_allow_list (void)
{
    const char *list = "https://dispatch.example/hooks/,http://127.0.0.1:8090/";

    ok (webhook_is_allowed ("https://dispatch.example/hooks/a", list), "an address below a prefix is allowed");
    ok (webhook_is_allowed ("http://127.0.0.1:8090/x?y=1", list), "...each prefix");
    ok (!webhook_is_allowed ("https://dispatch.example/other", list), "another path is not");
    ok (!webhook_is_allowed ("https://dispatch.example.evil/hooks/", list), "nor a longer host");
    ok (!webhook_is_allowed ("https://dispatch.example/hooks/../admin", list), "nor a way up");
    ok (!webhook_is_allowed ("https://dispatch.example/hooks/%2e%2e/admin", list), "nor an encoded one");
    ok (!webhook_is_allowed ("http://127.0.0.1:8090/\r\nX: y", list), "nor a line break");
    ok (!webhook_is_allowed ("http://127.0.0.1:8090@evil.example/", "http://127.0.0.1:8090,http://x/"),
        "a prefix without a path allows nothing");
    ok (!webhook_is_allowed ("https://a/b", ""), "an empty list allows nothing");
}

static void test_texts (void)
{
    const struct outside_duty duty[] = { { "個人", "青葉 三郎", "青葉クリニック", "011-000-0013" }, { "最終連絡先", "夜間連絡センター", NULL, NULL } };
    ARENA (arena);
    const char *json = message_webhook (&arena, "d1", &facts, duty, 2), *body = message_body (&arena, &facts, true);

    is (message_number (&arena, facts.alert_id), "#00AB1C", "an alert has a short number");
    is (message_subject (&arena, &facts, true), "【急変・対応のお願い】中央市 意識がない・呼吸がおかしい #00AB1C", "the subject says urgency, place and number");
    ok (strstr (body, "090-0000-0001") && strstr (body, "011-000-0015") && strstr (body, "#00AB1C"), "the text says whom to call");
    ok (strstr (body, "11月22日（土）17:26"), "times are those of Japan");
    ok (strstr (json, "\"urgency\":\"life_threatening\"") && strstr (json, "\"tag\":\"breathing\"") && strstr (json, "\"phone\":null"),
        "the webhook uses the names of the wire");
    ok (strstr (message_call (&arena, "d", "voice", "090", "a\"b\n", NULL), "a\\\"b\\u000a"), "quotes and line breaks are escaped");
    ok (strstr (message_spoken (&arena, &facts), "折り返しは090-0000-0001"), "the spoken text says the number");
}

/* practice.md: every outside text carries urgency, municipality, the reporter's office and call-back number, a short number for the answer, and
 * what to press.  What a call's keys and a text message's code are is filled in when it is handed over (tests/handler/notify/test_replies.c). */
static void test_five_parts (void)
{
    ARENA (arena);
    static const char *const parts[] = { "意識がない・呼吸がおかしい", "中央市", "みどり", "090-0000-0001", "#00AB1C" };
    const struct { const char *text, *press, *name; } outside[] = {
        { message_spoken (&arena, &facts), MESSAGE_ANSWER, "a call or text message" },
        { arena_print (&arena, "%s\n%s", message_subject (&arena, &facts, true), message_body (&arena, &facts, true)), "4つの答え", "a mail" },
        { message_push (&arena, &facts, true), "4つの答え", "a push message" } };

    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
            ok (strstr (outside[i].text, parts[k]) != NULL, arena_print (&arena, "practice: %s carries %s", outside[i].name, parts[k]));
        ok (strstr (outside[i].text, outside[i].press) != NULL, arena_print (&arena, "practice: %s says what to press", outside[i].name));
    }
    ok (!strstr (message_push (&arena, &facts, false), "4つの答え"), "...and who is only informed is not told to answer");
}

static void test_mail (void)
{
    ARENA (arena);
    const char *text = mail_text (&arena, "renkei@example.invalid", "a@example.invalid", message_subject (&arena, &facts, true),
                                  message_body (&arena, &facts, true), "d1", facts.reported_at);

    ok (text && strstr (text, "\r\n\r\n"), "a mail has head and body");
    for (const char *line = text; line && *line; line = strstr (line, "\r\n") ? strstr (line, "\r\n") + 2 : NULL)
        if (strcspn (line, "\r") > 78)
            ok (false, "no line is longer than 78 characters");
    ok (strstr (text, "Message-ID: <d1@example.invalid>"), "its id is the delivery's");
    ok (mail_text (&arena, "renkei@example.invalid", "a@example.invalid\r\nBcc: x@y", "s", "t", "d", 0) == NULL,
        "an address cannot add a header");
    ok (mail_text (&arena, "renkei@example.invalid", "nobody", "s", "t", "d", 0) == NULL, "something without @ is no address");
}

static void test_status (void)
{
    is_number (sent_of_status (204), SENT_DELIVERED, "2xx is delivered");
    is_number (sent_of_status (500), SENT_TEMPORARY, "N-54 5xx is tried again");
    is_number (sent_of_status (429), SENT_TEMPORARY, "...429 too");
    is_number (sent_of_status (302), SENT_TEMPORARY, "...and a redirect, which is never followed");
    is_number (sent_of_status (404), SENT_PERMANENT, "4xx is given up");
    is_number (retry_seconds (1), 5, "5 s");
    is_number (retry_seconds (2), 15, "15 s");
    is_number (retry_seconds (3), 60, "60 s");
    is_number (retry_seconds (99), 900, "at last every 15 minutes");
}

static void test_shift_text (void)
{
    const struct duty_change swap = { .change_id = "c", .kind = DUTY_CHANGE_KIND_SWAP };
    struct duty_span items[] = { { .from = 1, .to = 2, .person_id = "p", .office_id = "o", .day = 7, .turn_id = "t", .change = &swap },
                                 { .from = 2, .to = 3, .absent_id = "q" } };
    struct duty_spans spans = { items, 2 }, back;
    ARENA (arena);

    ok (shift_parse (&arena, shift_text (&arena, &spans), &back) && back.count == 2 && back.items[1].person_id == NULL
        && strcmp (back.items[1].absent_id, "q") == 0 && back.items[0].to == 2
        && back.items[0].day == 7 && strcmp (back.items[0].turn_id, "t") == 0 && back.items[0].change->kind == DUTY_CHANGE_KIND_SWAP
        && strcmp (back.items[0].change->change_id, "c") == 0 && !back.items[1].change, "a shift table reads back as it was written");
    ok (!shift_parse (&arena, "1 2 p\n", &back), "a broken one does not");
    ok (!shift_parse (&arena, "1 2 p o -", &back), "...nor one cut off");
}

static void test_words (void)
{
    ARENA (arena);

    is (words_clip (&arena, "あいう", 7), "あい", "text is cut between characters");
    is (words_clip (&arena, "あいう", 9), "あいう", "...and left alone when it fits");
    is (words_of (&urgency_type, 99), "", "an unknown choice has no word");
}

static enum error_key check_rotation (struct rotation_put put)
{
    struct error err = { 0 };

    return rotation_check (&put, &err) < 0 ? err.key : 0;
}

static void test_rules (void)
{
    static const char *const one[] = { "p" };
    static const int day[] = { DAY_CLASS_WEEKDAY };
    struct rotation_put put = { .anchor = "2026-01-01", .day_classes = { day, 1 }, .members = { one, 1 }, .office_ids = { one, 1 },
        .from_minute = 510, .to_minute = 1950 };
    struct chain_row row = { .position = 1, .day_classes = { day, 1 }, .from_minute = 0, .to_minute = 1440,
        .target = TARGET_KIND_LAST_RESORT };
    struct chain_put chain = { .rows = { &row, 1 } };
    struct error err = { 0 };

    is_number (check_rotation (put), 0, "a whole rule is taken");
    put.to_minute = 500;
    is_number (check_rotation (put), ERROR_PERIOD_REVERSED, "a band that ends before it begins is not");
    put.to_minute = 3000;
    is_number (check_rotation (put), ERROR_FIELD_OUT_OF_RANGE, "nor one longer than two days");
    put.to_minute = 1950;
    put.office_ids.count = 0;
    is_number (check_rotation (put), ERROR_FIELD_MISSING, "nor members without offices");
    put.office_ids.count = 1;
    put.anchor = "2026-02-30";
    is_number (check_rotation (put), ERROR_DATE_INVALID, "nor a day that does not exist");
    ok (chain_check (&chain, &err) == 0, "a row may name the last resort before the end");
    row.target = TARGET_KIND_PERSON;
    ok (chain_check (&chain, &err) < 0, "nor a row without somebody");
    row.person_id = "p";
    ok (chain_check (&chain, &err) == 0, "a row with somebody is taken");
    row.has_delay_seconds = true;
    row.delay_seconds = 9;
    ok (chain_check (&chain, &err) < 0, "N-13 the smallest delay is 10 s");
}

int main (void)
{
    test_signature ();
    test_allow_list ();
    test_texts ();
    test_five_parts ();
    test_mail ();
    test_status ();
    test_shift_text ();
    test_words ();
    test_rules ();
    return done ();
}
