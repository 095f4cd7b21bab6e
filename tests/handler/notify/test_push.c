/* Push messages: who may subscribe a browser, what is sent to it, and what happens when it has gone. */
#include "fake_adapter.h"
#include "push_crypt.h"
#include "sink.h"

#define KEY "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
#define AUTH "BTBZMqHH6r4Tts7J_aSIgg"

static struct sink service;
static char allow[60];

static const char *subscribe (struct region *region, const char *id, const char *endpoint, const char *p256dh, const char *auth)
{
    const struct push_subscribe message = { .subscription_id = id, .endpoint = endpoint, .p256dh = p256dh, .auth = auth, .label = "電話" };

    return refused (region, "push_subscribe", &message);
}

static void test_subscribe (struct region *region)
{
    char endpoint[120];

    snprintf (endpoint, sizeof endpoint, "%sdoctor-1", allow);
    as_doctor (region);
    is (subscribe (region, ID ("91"), endpoint, KEY, AUTH), "field_unknown_choice", "a region without a key takes no browsers");
    if (!push_pair_new (&region->self.push_pair))
        note ("no pair");
    region->self.push_key = "set";
    region->self.push_allow = allow;
    is (subscribe (region, ID ("91"), "https://elsewhere.example/x", KEY, AUTH), "field_unknown_choice", "an address off the allow-list is refused");
    is (subscribe (region, ID ("91"), endpoint, "short", AUTH), "field_wrong_type", "...a key that is none");
    is (subscribe (region, ID ("91"), endpoint, KEY, "short"), "field_wrong_type", "...a secret that is none");
    is (subscribe (region, ID ("91"), endpoint, KEY, AUTH), "accepted", "a browser is taken");
    is (subscribe (region, ID ("91"), endpoint, KEY, AUTH), "accepted", "...twice");
    is_number (harness_sees (region->harness, "select count(*) from push_subscription"), 1, "...and is one");
    as_manager (region);
    is (subscribe (region, ID ("91"), endpoint, KEY, AUTH), "not_for_you", "nobody takes over another's browser");
    must (region, "push_unsubscribe", &(struct push_unsubscribe) { .subscription_id = ID ("91") });
    is_number (number (region, "select count(*) from push_subscription where removed_at is null"), 1, "...nor removes it");
    is_number (harness_sees (region->harness, "select count(*) from push_subscription"), 0, "S-20 ...nor sees it");
    for (int i = 0; i < 10; i++) {
        char id[48];

        snprintf (id, sizeof id, "00000000-0000-7000-8000-0000000009a%d", i);
        subscribe (region, id, endpoint, KEY, AUTH);
    }
    is (subscribe (region, ID ("92"), endpoint, KEY, AUTH), "list_too_long", "ten browsers are enough");
    harness_sql (region->harness, "delete from push_subscription where person_id = '" MANAGER "'");
}

static size_t round_of (struct region *region)
{
    const struct sender_settings settings = { .smtp_url = "", .mail_from = "", .voice_url = "", .webhook_allow = "",
        .push_key = &region->self.push_pair, .push_subject = "mailto:a@b.example", .push_allow = allow };
    size_t claimed = 0;

    if (sender_round (fake_db, &settings, &claimed, &region->err) < 0)
        note ("%s", region->err.detail);
    return claimed;
}

static const char *push_is (struct region *region)
{
    return text (region, "select state || ' ' || attempts from delivery where kind = 7 and person_id = '" DOCTOR "'");
}

static void test_sent (struct region *region)
{
    harness_empty (region->harness, "delivery, delivery_attempt, alert");
    service.status = 201;
    report (region, ALERT ("01"));
    is_number (number (region, "select count(*) from delivery where kind = 7"), 1, "who is asked gets a push message");
    ok (number (region, "select count(*) from delivery where kind = 7 and text like '%#%' and text not like '%" PLANTED_NAME "%'"
                        " and text not like '%" PLANTED_DIAGNOSIS "%'") == 1, "N-58 ...with the short number and no name");
    round_of (region);
    is (push_is (region), "3 1", "...handed to the browser's push service");
    ok (strstr (service.got, "POST /doctor-1") && strstr (service.got, "Content-Encoding: aes128gcm") && strstr (service.got, "Urgency: high")
            && strstr (service.got, "Authorization: vapid t="), "...encrypted, urgent, and signed");
    ok (!strstr (service.got, "title") && !strstr (service.got, "急変"), "...so that the service reads nothing");
}

static void test_gone (struct region *region)
{
    harness_empty (region->harness, "delivery, delivery_attempt, alert");
    service.status = 503;
    report (region, ALERT ("02"));
    round_of (region);
    is (push_is (region), "1 1", "N-54 a push service that cannot now is asked again");
    service.status = 403;
    forward (region, 6);
    round_of (region);
    is (push_is (region), "1 2", "...one that does not know us too: that is no fault of the browser");
    service.status = 410;
    forward (region, 16);
    round_of (region);
    is (push_is (region), "4 3", "N-52 a browser that has gone is given up");
    is_number (number (region, "select count(*) from push_subscription where removed_at is null"), 0, "...and forgotten");
    is_number (number (region, "select count(*) from contact_trouble where kind = 7"), 0, "...nobody need be told");
    harness_empty (region->harness, "delivery, alert");
    report (region, ALERT ("03"));
    is_number (number (region, "select count(*) from delivery where kind = 7"), 0, "...no more is sent there");
}

int main (void)
{
    struct region *region = region_open ();

    sink_open (&service, 0, false);
    snprintf (allow, sizeof allow, "http://127.0.0.1:%d/", service.port);
    open_fakes (region);
    test_subscribe (region);
    test_sent (region);
    test_gone (region);
    db_close (&fake_db);
    sink_close (&service);
    harness_close (&region->harness);
    return done ();
}
