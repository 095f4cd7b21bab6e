/* Partners are data: keys, cutting off, rules, what a desk sees, replies fetched and sent, and what is kept while the link is down. */
#include "../notify/sink.h"
#include "../../../services/dispatch/courier.h"
#include "region.h"
#include <sys/stat.h>

static const char secret[] = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

static enum error_key send_with (struct harness *harness, const char *key, const char *text)
{
    struct incident_receive message = { .body = { (const unsigned char *)text, strlen (text) },
                                        .bearer = key,
                                        .content_type = "application/json" };
    struct error err = { 0 };

    harness_as (harness, NULL);
    return harness_call (harness, "incident_receive", &message, NULL, &err) < 0 ? err.key : (enum error_key) 0;
}

static void test_keys (struct harness *harness)
{
    const char *text = region_message ("k1", "report", "K1", 0, WHO);
    struct partner_key_revoke revoke = { .partner_id = PARTNER, .key_id = KEY };
    struct partner_key_add add = { .partner_id = PARTNER, .key_id = ID ("32"), .name = "予備" };
    struct partner_cut cut = { .partner_id = PARTNER, .enabled = false, .reason = "鍵が漏れた疑い" };
    struct partner_key_made made;
    struct error err = { 0 };

    is_number (harness_number (harness, "select count(*) from partner_key where sha256 = sha256 ('%s'::bytea)", region_key), 1,
               "only a key's hash is kept");
    is_number (send_with (harness, "renkei_0000", text), ERROR_LOG_IN_FIRST, "V-04: a key nobody made opens nothing");
    is_number (harness_number (harness, "select count(*) from incident_message"), 0, "...and leaves nothing");
    is_number (send_with (harness, region_key, text), 0, "its own does");
    harness_as (harness, &administrator);
    must (harness_call (harness, "partner_key_add", &add, &made, &err), &err, "a second key");
    ok (harness_call (harness, "partner_key_add", &add, NULL, &err) < 0, "...is shown once");
    must (harness_call (harness, "partner_key_revoke", &revoke, NULL, &err), &err, "the first is revoked");
    ok (harness_call (harness, "partner_key_revoke", &revoke, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "...once");
    is_number (send_with (harness, region_key, text), ERROR_LOG_IN_FIRST, "a revoked key opens nothing from then on");
    region_key = made.key;
    is_number (send_with (harness, region_key, text), 0, "the other one still does");
    harness_as (harness, &administrator);
    must (harness_call (harness, "partner_cut", &cut, NULL, &err), &err, "a partner is cut off in one command");
    is_number (send_with (harness, region_key, text), ERROR_LOG_IN_FIRST, "...and nothing of it is taken any more");
    cut.enabled = true;
    harness_as (harness, &administrator);
    must (harness_call (harness, "partner_cut", &cut, NULL, &err), &err, "...until it is let in again");
    is_number (send_with (harness, region_key, text), 0, "...with the same keys");
    harness_as (harness, &administrator);
    cut.reason = "";
    ok (harness_call (harness, "partner_cut", &cut, NULL, &err) < 0 && err.key == ERROR_REASON_NEEDED, "a reason is needed");
    cut.reason = "x";
    cut.partner_id = OTHER_PARTNER;
    ok (harness_call (harness, "partner_cut", &cut, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_YOU, "nobody unknown is cut off");
    harness_as (harness, &desk);
    ok (harness_call (harness, "partner_cut", &cut, NULL, &err) < 0 && err.key == ERROR_NOT_FOR_ROLE, "a desk cuts off nobody");
}

static void test_who_sees (struct harness *harness)
{
    struct incident_list list = { 0 };
    struct incident_list_answer answer = { 0 };
    struct partner_list_answer partners = { 0 };
    struct error err = { 0 };

    region_work (harness);
    harness_as (harness, &desk);
    must (harness_call (harness, "incident_list", &list, &answer, &err), &err, "a desk reads its incidents");
    is_number (answer.incidents.count, 1, "...its own");
    is (answer.incidents.items[0].number, "K1", "...by number");
    is_number (answer.incidents.items[0].match, MATCH_STATE_FOUND, "...and sees that somebody is known");
    is_number (harness_sees (harness, "select count(*) from incident_message"), 1, "...and its messages");
    harness_as (harness, &other_desk);
    must (harness_call (harness, "incident_list", &list, &answer, &err), &err, "another organisation's desk");
    is_number (answer.incidents.count, 0, "S-25: ...sees none of them");
    is_number (harness_sees (harness, "select count(*) from incident") + harness_sees (harness, "select count(*) from incident_message")
                   + harness_sees (harness, "select count(*) from reply"), 0, "S-25: ...nor in the database");
    harness_as (harness, &centre);
    ok (harness_call (harness, "partner_list", &(struct partner_list){ 0 }, &partners, &err) == 0 && partners.partners.count == 1,
        "the last resort sees whose crew may telephone");
    ok (harness_call (harness, "incident_list", &list, &answer, &err) < 0 && err.key == ERROR_NOT_FOR_ROLE,
        "the last resort has no list of incidents");
}

static void test_rules (struct harness *harness)
{
    struct partner_rule rule = { .complaint = INCIDENT_COMPLAINT_FEVER, .terminal = false, .response = INCIDENT_RESPONSE_FULL,
                                 .approved_by = "みずき郡医師会", .approved_on = "2026-10-01" };
    struct partner_rules_put message = { .partner_id = PARTNER };
    struct partner_view query = { .partner_id = PARTNER };
    struct partner_view_answer view = { 0 };
    struct incident_opened opened;
    struct error err = { 0 };

    message.rules.items = &rule;
    message.rules.count = 1;
    harness_as (harness, &administrator);
    must (harness_call (harness, "partner_rules_put", &message, NULL, &err), &err, "a table is approved");
    must (harness_call (harness, "partner_view", &query, &view, &err), &err, "...and read");
    is (view.rules.items[0].approved_by, "みずき郡医師会", "...with who approved it");
    is_number (view.keys.count, 2, "...beside the keys, without the keys themselves");
    send_with (harness, region_key, region_message ("r1", "report", "K2", 0, ",\"complaint\":\"発熱\",\"person\":{\"card\":\"AR-1\"}"));
    region_work (harness);
    harness_last_event (harness, &incident_opened_message, &opened);
    is_number (opened.response, INCIDENT_RESPONSE_FULL, "what an incident starts is the region's table");
}

static int fetch (struct harness *harness, int64_t from, int64_t after, struct replies_answer *answer)
{
    struct replies query = { .bearer = region_key, .has_from = from > 0, .from = from, .has_after = after > 0, .after = after };
    struct error err = { 0 };

    harness_as (harness, NULL);
    return harness_call (harness, "replies", &query, answer, &err);
}

static void test_fetch (struct harness *harness)
{
    struct replies_answer answer = { 0 };
    int64_t highest, lowest;

    ok (fetch (harness, 0, 0, &answer) == 0 && answer.replies.count == 2, "EMS-17: replies are kept until they are fetched");
    is (answer.replies.items[0].incident, "K2", "EMS-17: ...the newest state first");
    highest = answer.replies.items[0].number;
    lowest = answer.replies.items[1].number;
    ok (fetch (harness, 0, 0, &answer) == 0 && answer.replies.count == 2, "...and stay until they are confirmed");
    ok (fetch (harness, highest, highest, &answer) == 0 && answer.replies.count == 1, "...one by one");
    ok (fetch (harness, lowest, highest, &answer) == 0 && answer.replies.count == 0, "...or all that were fetched");
    is_number (harness_number (harness, "select count(*) from reply where state = 2"), 2, "U-27: ...delivered once");
}

/* Runs the job until nothing is on its way. */
static void deliver (struct harness *harness)
{
    struct error err = { 0 };

    for (int i = 0; i < 300; i++) {
        must (harness_job (harness, "reply", &err), &err, "the job sends");
        if (dispatch.claimed.count == 0 && courier_in_flight (dispatch.courier) == 0)
            return;
    }
    ok (false, "every reply lands");
}

static void test_send (struct harness *harness)
{
    struct partner_put message = region_partner ();
    struct error err = { 0 };
    char url[60], got[SINK_ROOM];
    struct sink sink;

    sink_open (&sink, 0, false);
    snprintf (url, sizeof url, "http://127.0.0.1:%d/in", sink.port);
    message.webhook_url = url;
    message.webhook_secret = secret;
    dispatch.webhook_allow = "http://127.0.0.1:";
    harness_as (harness, &administrator);
    ok (harness_call (harness, "partner_put", &message, NULL, &err) < 0, "S-14: an address outside the allow-list is refused");
    snprintf (got, sizeof got, "http://127.0.0.1:%d/", sink.port);
    dispatch.webhook_allow = got;
    must (harness_call (harness, "partner_put", &message, NULL, &err), &err, "replies go to an address");
    is (harness_text (harness, "select webhook_secret from partner"), secret, "...signed");
    is_number (harness_sees (harness, "select count(webhook_url) from partner"), 1, "...which administrators may read");
    sink.status = 503;
    send_with (harness, region_key, region_message ("s1", "report", "K3", 0, WHO));
    region_work (harness);
    deliver (harness);
    is_number (harness_number (harness, "select state from reply order by number desc limit 1"), 1,
               "EMS-17: a partner that is away keeps its reply waiting");
    is_number (harness_number (harness, "select attempts from reply order by number desc limit 1"), 1, "...and is not hammered");
    sink.status = 200;
    region_later (harness, 10);
    deliver (harness);
    is_number (harness_number (harness, "select state from reply order by number desc limit 1"), 2,
               "EMS-17: when it is back it is delivered");
    is_number (harness_number (harness, "select count(*) from partner where last_reached_at is not null"), 1,
               "U-27: ...and the desk sees when it was last reached");
    snprintf (got, sizeof got, "%s", sink.got);
    ok (strstr (got, "webhook-signature: v1,") && strstr (got, "webhook-id: renkei-reply-"), "S-14: ...signed, with the reply's id");
    send_with (harness, region_key, region_message ("s2", "report", "K4", 0, WHO));
    sink.status = 503;
    region_work (harness);
    region_later (harness, 5 * 3600);
    harness_job (harness, "reply", &err);
    is_number (harness_number (harness, "select r.state from reply r join incident i using (incident_id) where i.number = 'K4'"), 4,
               "EMS-17: what has expired is not delivered any more");
    sink_close (&sink);
}

/* A partner whose machine takes connections and never answers. */
static int open_hanging (int *ret_port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { .s_addr = htonl (INADDR_LOOPBACK) } };
    socklen_t size = sizeof address;
    int listener = socket (AF_INET, SOCK_STREAM, 0);

    if (bind (listener, (struct sockaddr *) &address, size) < 0 || listen (listener, 64) < 0
        || getsockname (listener, (struct sockaddr *) &address, &size) < 0)
        exit (1);
    *ret_port = ntohs (address.sin_port);
    return listener;
}

static void put_partner (struct harness *harness, const char *partner_id, const char *office_id, int port)
{
    struct partner_put message = region_partner ();
    struct error err = { 0 };
    char url[60];

    snprintf (url, sizeof url, "http://127.0.0.1:%d/in", port);
    message.partner_id = partner_id;
    message.office_id = office_id;
    message.webhook_url = url;
    message.webhook_secret = secret;
    harness_as (harness, &administrator);
    must (harness_call (harness, "partner_put", &message, NULL, &err), &err, "a partner with an address");
}

static void add_replies (struct harness *harness, const char *partner_id, const char *name, int count)
{
    harness_sql (harness,
                 "insert into reply (reply_id, partner_id, media_type, body, made_at, expires_at, next_at) select '%s-' || n, '%s',"
                 " 'application/json', '{}', guard.now (), guard.now () + interval '1 hour', guard.now () from generate_series (1, %d) n",
                 name, partner_id, count);
}

#define STATES(name) "select count(*) from reply where reply_id like '" name "-%%' and "

static void test_slow (struct harness *harness)
{
    static char allow[80];
    int hanging, listener = open_hanging (&hanging), runs = 0;
    struct error err = { 0 };
    struct sink sink;

    sink_open (&sink, 0, false);
    harness_sql (harness, "delete from reply");
    snprintf (allow, sizeof allow, "http://127.0.0.1:%d/,http://127.0.0.1:%d/", hanging, sink.port);
    dispatch.webhook_allow = allow;
    put_partner (harness, PARTNER, FIRE_OFFICE, hanging);
    put_partner (harness, OTHER_PARTNER, OTHER_FIRE_OFFICE, sink.port);
    courier_close (&dispatch.courier);
    dispatch.send_ms = 1500;
    add_replies (harness, OTHER_PARTNER, "quick", 10);
    add_replies (harness, PARTNER, "slow", 10);
    while (harness_number (harness, STATES ("quick") "state = 2") < 10 && runs++ < 300)
        must (harness_job (harness, "reply", &err), &err, "the job sends");
    is_number (harness_number (harness, STATES ("quick") "state = 2"), 10, "EMS-03: a partner that answers gets its replies");
    is_number (harness_number (harness, STATES ("slow") "claimed_until is not null and last_error is null"), 4,
               "...while four of another, who hangs, are still on their way");
    for (runs = 0; harness_number (harness, STATES ("slow") "last_error is not null") < 4 && runs < 300; runs++)
        must (harness_job (harness, "reply", &err), &err, "the job sends");
    is_number (harness_number (harness, STATES ("slow") "state = 1"), 10, "EMS-17: whose replies wait for another try");
    courier_close (&dispatch.courier);
    dispatch.claimed.count = 0;
    harness_sql (harness, "delete from reply; update partner set webhook_url = null");
    sink_close (&sink);
    close (listener);
}

static void add_state (struct harness *harness, const char *reply_id)
{
    harness_sql (harness, "insert into reply (reply_id, partner_id, incident_id, media_type, body, made_at, expires_at, next_at)"
                          " select '%s', '" PARTNER "', (select incident_id from incident limit 1), 'application/json', '{}', guard.now (),"
                          " guard.now () + interval '1 hour', guard.now ()", reply_id);
}

static void test_newer (struct harness *harness)
{
    struct error err = { 0 };

    dispatch.webhook_allow = "http://127.0.0.1:1/";
    put_partner (harness, PARTNER, FIRE_OFFICE, 1);             /* nobody listens there */
    add_state (harness, "state-1");
    must (harness_job (harness, "reply", &err), &err, "a reply is taken");
    add_state (harness, "state-2");
    deliver (harness);
    is_number (harness_number (harness, "select state from reply where reply_id = 'state-1'"), 3,
               "EMS-17: what came back is not sent again when a newer state was written meanwhile");
    is_number (harness_number (harness, "select state * 10 + attempts from reply where reply_id = 'state-2'"), 11,
               "...and that one is tried after it");
    courier_close (&dispatch.courier);
    harness_sql (harness, "delete from reply; update partner set webhook_url = null");
}

static void lay_down (const char *dir, const char *name, const char *text)
{
    char path[300];
    FILE *out;

    snprintf (path, sizeof path, "%s/" PARTNER "/%s", dir, name);
    out = fopen (path, "w");
    fputs (text, out);
    fclose (out);
}

static bool is_there (const char *dir, const char *name)
{
    char path[300];

    snprintf (path, sizeof path, "%s/" PARTNER "/%s", dir, name);
    return access (path, R_OK) == 0;
}

static void test_files (struct harness *harness)
{
    static const int formats[] = { MESSAGE_FORMAT_JSON, MESSAGE_FORMAT_CAP, MESSAGE_FORMAT_FILE };
    struct partner_put message = region_partner ();
    char dir[] = "/tmp/renkei-drop-XXXXXX", path[300];
    struct error err = { 0 };

    dispatch.drop_dir = mkdtemp (dir);
    snprintf (path, sizeof path, "%s/" PARTNER, dir);
    mkdir (path, 0700);
    lay_down (dir, "a.json", region_message ("f1", "report", "F1", 0, WHO));
    lay_down (dir, ".b.json", "{");
    must (harness_job (harness, "file_drop", &err), &err, "the job looks");
    is_number (harness_number (harness, "select count(*) from incident where number = 'F1'"), 0,
               "files are taken only where that was agreed");
    message.formats.items = formats;
    message.formats.count = 3;
    harness_as (harness, &administrator);
    must (harness_call (harness, "partner_put", &message, NULL, &err), &err, "it is agreed");
    must (harness_job (harness, "file_drop", &err), &err, "the job takes it");
    is_number (harness_number (harness, "select count(*) from incident where number = 'F1'"), 1,
               "a message laid down as a file is an incident");
    ok (is_there (dir, "a.json"), "...which stays until its answer is committed");
    must (harness_job (harness, "file_drop", &err), &err, "the next run");
    ok (!is_there (dir, "a.json") && is_there (dir, "done/a.json") && is_there (dir, "done/a.json.ack"), "...puts it away with its Ack");
    ok (is_there (dir, ".b.json"), "what is still being written is left alone");
    lay_down (dir, "c.xml", "<alert");
    for (int i = 0; i < 2; i++)
        must (harness_job (harness, "file_drop", &err), &err, "the job");
    ok (is_there (dir, "done/c.xml.ack"), "EMS-14: what cannot be read is answered and put away");
    dispatch.drop_dir = NULL;
}

static void test_last_known (struct harness *harness)
{
    struct error err = { 0 };

    harness_sql (harness, "delete from last_known");
    region_answers (harness, &found_nobody, NULL, &only_the_centre);
    for (int i = 0; i < 3; i++)
        must (harness_job (harness, "last_resort", &err), &err, "the job asks");
    is_number (harness_number (harness, "select count(*) from last_known where phone = '" CENTRE_PHONE "'"), 2,
               "EMS-04: every town's last resort is known beforehand");
}

int main (void)
{
    struct harness *harness = region_open ();

    region_answers (harness, &found_one, &record_of_somebody, &contacts_of_somebody);
    test_keys (harness);
    test_who_sees (harness);
    test_rules (harness);
    test_fetch (harness);
    test_send (harness);
    test_slow (harness);
    test_newer (harness);
    test_files (harness);
    test_last_known (harness);
    harness_close (&harness);
    return done ();
}
