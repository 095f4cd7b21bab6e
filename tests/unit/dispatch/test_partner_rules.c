/* What a partner may be set up as. */
#include "../../../services/dispatch/partner_rules.h"
#include "tap.h"

static const char *const towns[] = { "011002" }, *const senders[] = { "fd.suko" };
static const int formats[] = { MESSAGE_FORMAT_JSON };

static struct partner_put partner (void)
{
    struct partner_put message = {
        .partner_id = "0190a3b4-0000-7000-8000-000000000001", .name = "みずき広域消防", .region = "renkei.mizuki", .enabled = true
    };

    message.municipalities.items = towns;
    message.municipalities.count = 1;
    message.senders.items = senders;
    message.senders.count = 1;
    message.formats.items = formats;
    message.formats.count = 1;
    return message;
}

static enum error_key refused (const struct partner_put *message)
{
    struct error err = { 0 };

    return partner_check (message, "http://127.0.0.1:9/", &err) < 0 ? err.key : (enum error_key) 0;
}

int main (void)
{
    static const char *const bad_field[] = { "diagnosis" }, *const bad_town[] = { "town" }, *const bad_sender[] = { "fd suko" };
    static const int mail[] = { MESSAGE_FORMAT_MAIL };
    struct partner_rule twice[2] = { { .complaint = INCIDENT_COMPLAINT_CPA }, { .complaint = INCIDENT_COMPLAINT_CPA } };
    struct partner_rules_put rules = { 0 };
    struct partner_put message = partner ();
    struct error err = { 0 };

    is_number (refused (&message), 0, "a partner as it should be");
    message.senders.count = 0;
    is_number (refused (&message), ERROR_FIELD_MISSING, "without senders it could say nothing");
    message = partner ();
    message.senders.items = bad_sender;
    is_number (refused (&message), ERROR_FIELD_WRONG_TYPE, "an address has no spaces");
    message = partner ();
    message.municipalities.items = bad_town;
    is_number (refused (&message), ERROR_FIELD_WRONG_TYPE, "a municipality is an official code");
    message = partner ();
    message.fields.items = bad_field;
    message.fields.count = 1;
    is_number (refused (&message), ERROR_FIELD_UNKNOWN_CHOICE, "EMS-08: nothing outside the agreed list can be switched on");
    message = partner ();
    message.formats.items = mail;
    is_number (refused (&message), ERROR_FIELD_MISSING, "mails need a template");
    message = partner ();
    message.webhook_url = "http://elsewhere.example/";
    is_number (refused (&message), ERROR_FIELD_UNKNOWN_CHOICE, "replies leave for the allow-list only");
    message.webhook_url = "http://127.0.0.1:9/in";
    is_number (refused (&message), 0, "...and to what is on it");
    message.webhook_secret = "secret";
    is_number (refused (&message), ERROR_FIELD_WRONG_TYPE, "a secret is a whsec_ one");
    rules.rules.items = twice;
    rules.rules.count = 2;
    ok (partner_check_rules (&rules, &err) < 0 && err.key == ERROR_ITEM_TWICE, "a complaint stands once in each phase");
    twice[1].terminal = true;
    ok (partner_check_rules (&rules, &err) == 0, "...and may differ in 看取り");
    return done ();
}
