/* Messages to the outside: sent once claimed, tried again, given up, cancelled, held after a restore; never with a name or a diagnosis. */
#include "region.h"
#include "sender.h"
#include "sink.h"
#include "webhook_sign.h"

#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

static struct sink web, mail;
static struct sender_settings settings;
static struct db *db;

static size_t rounds (struct region *region, int count)
{
    size_t claimed = 0, all = 0;

    for (int i = 0; i < count * 4; i++) {
        if (sender_round (db, &settings, &claimed, &region->err) < 0)
            note ("%s %s", error_name_of (&region->err), region->err.detail);
        all += claimed;
    }
    return all;
}

static void open_all (struct region *region)
{
    static char allow[60], voice[60], smtp[60], conninfo[400];
    size_t count = 0;

    sink_open (&web, 0, false);
    sink_open (&mail, 0, true);
    snprintf (allow, sizeof allow, "http://127.0.0.1:%d/", web.port);
    snprintf (voice, sizeof voice, "http://127.0.0.1:%d/voice", web.port);
    snprintf (smtp, sizeof smtp, "smtp://127.0.0.1:%d", mail.port);
    settings =
        (struct sender_settings){ .smtp_url = smtp, .mail_from = "renkei@example.invalid", .voice_url = voice, .webhook_allow = allow };
    region->self.webhook_allow = allow;
    snprintf (conninfo, sizeof conninfo, "%s user=renkei_notify_engine", getenv ("RENKEI_TEST_DATABASE"));
    while (sender_statements[count].name)
        count++;
    db = db_open (conninfo, &region->err);
    if (!db || db_prepare (db, sender_statements, count, &region->err) < 0) {
        printf ("Bail out! %s\n", region->err.detail);
        exit (1);
    }
}

static void test_subscription (struct region *region)
{
    char url[80];
    struct subscription_put message = { .subscription_id = ID ("a1"), .municipality = TOWN, .name = "消防指令", .url = url,
        .secret = SECRET, .enabled = true };

    as_administrator (region);
    snprintf (url, sizeof url, "http://elsewhere.invalid/");
    is (refused (region, "subscription_put", &message), "field_unknown_choice", "an address off the allow-list is refused");
    snprintf (url, sizeof url, "http://127.0.0.1:%d/hook", web.port);
    message.secret = "short";
    is (refused (region, "subscription_put", &message), "field_unknown_choice", "a poor secret is refused");
    message.secret = SECRET;
    is (refused (region, "subscription_put", &message), "accepted", "an allowed one is taken");
    is_number (harness_sees (region->harness, "select count(url) from subscription"), 1, "the service reads the address");
    as_rota_clerk (region);
    is (refused (region, "subscription_put", &message), "not_for_role", "only an administrator sets it");
}

static bool got (struct sink *sink, const char *text)
{
    bool found;

    pthread_mutex_lock (&sink->lock);
    found = strstr (sink->got, text) != NULL;
    pthread_mutex_unlock (&sink->lock);
    return found;
}

static void header (const char *from, const char *name, char *ret, size_t size)
{
    const char *at = strstr (from, name);

    snprintf (ret, size, "%s", at ? at + strlen (name) + 2 : "");
    ret[strcspn (ret, "\r")] = '\0';
}

static void test_webhook_bytes (void)
{
    char id[60], timestamp[30], signature[100];
    const char *request = strstr (web.got, "POST /hook"), *body = request ? strstr (request, "\r\n\r\n") : NULL;
    ARENA (arena);

    ok (body != NULL, "the webhook arrives");
    if (!body)
        return;
    header (request, "webhook-id", id, sizeof id);
    header (request, "webhook-timestamp", timestamp, sizeof timestamp);
    header (request, "webhook-signature", signature, sizeof signature);
    body = arena_copy (&arena, body + 4, strstr (body, "}}}") + 3 - (body + 4));
    is (signature, webhook_signature (&arena, SECRET, id, strtoll (timestamp, NULL, 10), body), "...signed after Standard Webhooks");
    ok (strstr (body, "青葉 三郎") && strstr (body, "夜間連絡センター") && strstr (body, "011-000-0015"),
        "...with the people on duty and the last resort");
    ok (strlen (body) < 20 * 1024, "...below 20 KB");
}

static void test_sending (struct region *region)
{
    report (region, ALERT ("01"));
    is_number ((int64_t) rounds (region, 3), 4, "mail, call, mail to the informed and webhook are claimed once each");
    is_number (number (region, "select count(*) from delivery where state = 3"), 4, "...and delivered");
    ok (got (&mail, "RCPT TO:<doctor@example.invalid>"), "the doctor gets an e-mail");
    ok (got (&mail, "RCPT TO:<manager@example.invalid>"), "the care manager is informed by e-mail");
    ok (got (&web, "POST /voice") && got (&web, "090-0000-0003") && got (&web, "Idempotency-Key: "),
        "the call goes to the adapter with its key");
    test_webhook_bytes ();
    ok (!got (&web, PLANTED_NAME) && !got (&web, PLANTED_DIAGNOSIS), "N-58 nothing over HTTP holds the name or the diagnosis");
    ok (!got (&mail, PLANTED_NAME) && !got (&mail, "5bGx55Sw6Iqx5a2Q") && !got (&mail, "6Iq55pOK44GM44KT"),
        "N-58 ...nor over SMTP, plain or in base64");
    is_number (number (region, "select count(*) from alert_line where kind = 3"), 4, "the course says what was delivered");
    is_number ((int64_t) rounds (region, 2), 0, "N-50 nothing is sent twice");
}

static void test_failures (struct region *region)
{
    sink_forget (&web);
    sink_forget (&mail);
    web.status = 503;
    mail.status = 450;
    report (region, ALERT ("02"));
    rounds (region, 2);
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("02") "' and state = 1 and attempts = 1"), 4,
               "N-54 a temporary failure waits for another try");
    is_number ((int64_t) rounds (region, 1), 0, "...not at once");
    forward (region, 6);
    rounds (region, 2);
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("02") "' and attempts = 2"), 4, "...after 5 s");
    web.status = 410;
    mail.status = 550;
    forward (region, 16);
    rounds (region, 2);
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("02") "' and state = 4"), 4,
               "N-52 a permanent failure is given up");
    is_number (number (region, "select count(*) from alert_line where kind = 4 and alert_id = '" ALERT ("02") "'"), 4,
               "...and the course says so");
    web.status = 200;
    mail.status = 250;
}

/* The doctor's own telephone has failed for good: from here on the clinic's rings with it. */
static void test_cancel (struct region *region)
{
    const struct alert_answer answer = { .alert_id = ALERT ("03"), .answer = ALERT_ANSWER_KIND_BY_TELEPHONE };

    report (region, ALERT ("03"));
    as_doctor (region);
    must (region, "alert_answer", &answer);
    rounds (region, 2);
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("03") "' and asks and state = 5"), 3,
               "N-42 after an acceptance nobody is asked from outside any more");
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("03") "' and not asks and state = 3"), 2,
               "...but who is informed is");
}

static void test_dead_sender (struct region *region)
{
    report (region, ALERT ("04"));
    harness_sql (region->harness, "update delivery set state = 2, attempts = 1, claimed_until = guard.real_now () + interval '1 minute'"
                                  " where alert_id = '" ALERT ("04") "'");
    is_number ((int64_t) rounds (region, 1), 0, "what another sender holds is left alone");
    harness_sql (region->harness,
                 "update delivery set claimed_until = guard.real_now () - interval '1 second' where alert_id = '" ALERT ("04") "'");
    is_number ((int64_t) rounds (region, 2), 5, "what a dead sender held is sent by the next");
}

static void test_hold (struct region *region)
{
    struct delivery_list_answer list;

    harness_sql (region->harness, "update outbound set system_identifier = 1");
    report (region, ALERT ("05"));
    is_number ((int64_t) rounds (region, 2), 0, "after a restore into another cluster nothing leaves");
    is_number (number (region, "select held::int from outbound"), 1, "...it is held");
    as_administrator (region);
    call (region, "delivery_list", &(struct delivery_list) { .alert_id = ALERT ("05") }, &list);
    ok (list.deliveries.count == 5 && list.deliveries.items[0].state == DELIVERY_STATE_HELD, "...and shown as held");
    as_nurse (region);
    is (refused (region, "outbound_release", &(struct outbound_release) { 0 }), "not_for_role", "a nurse may not release it");
    as_administrator (region);
    must (region, "outbound_release",
          &(struct outbound_release){ .has_discard_older_than = true, .discard_older_than = harness_now (region->harness) + SECOND_US });
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("05") "' and state = 5"), 5,
               "old ones can be discarded at release");
    report (region, ALERT ("06"));
    is_number ((int64_t) rounds (region, 2), 5, "after the release messages leave again");
    harness_sql (region->harness, "select outbound_hold ()");
    report (region, ALERT ("07"));
    is_number ((int64_t) rounds (region, 1), 0, "the operator's tool can hold, too");
}

/* The threads themselves: started, woken, stopped. */
static void test_threads (struct region *region)
{
    char conninfo[400];
    struct sender *sender;

    harness_sql (region->harness, "select outbound_let_go (null)");
    rounds (region, 4);
    snprintf (conninfo, sizeof conninfo, "%s user=renkei_notify_engine", getenv ("RENKEI_TEST_DATABASE"));
    sender = sender_start (conninfo, &settings, &region->err);
    ok (sender != NULL, "the senders start");
    report (region, ALERT ("08"));
    sender_poke (sender);
    for (int i = 0; i < 100 && number (region, "select count(*) from delivery where alert_id = '" ALERT ("08") "' and state = 3") < 5; i++)
        usleep (50000);
    is_number (number (region, "select count(*) from delivery where alert_id = '" ALERT ("08") "' and state = 3"), 5, "...send what is queued");
    is_number (number (region, "select max (attempts) from delivery where alert_id = '" ALERT ("08") "'"), 1, "...once, although they are several");
    sender_stop (&sender);
    ok (sender == NULL, "...and stop");
}

int main (void)
{
    struct region *region = region_open ();

    open_all (region);
    test_subscription (region);
    test_sending (region);
    test_failures (region);
    test_cancel (region);
    test_dead_sender (region);
    test_hold (region);
    test_threads (region);
    db_close (&db);
    sink_close (&web);
    sink_close (&mail);
    harness_close (&region->harness);
    return done ();
}
