/* What machines ask of the gateway itself: health, metrics, version, the API's description, the demo accounts. */
#include "door.h"

static const struct status_fact well[] = { { "database", "there", true } };
static const struct status_fact filling[] = { { "database", "there", true }, { "projection membership_changed", "12 of 40", false } };
static const struct service_status_answer ready = { "registry", true, { well, 1 } };
static const struct service_status_answer starting = { "notify", false, { filling, 2 } };

static void services_say (const struct service_status_answer *third)
{
    static const struct reply_header good = { .ok = true }, silent = { .kind = ERROR_KIND_UNAVAILABLE, .key = "try_later" };

    for (size_t i = 0; i < 4; i++)
        replies[i] = (struct reply) { good, &service_status_answer_message, &ready, { NULL, 0 } };
    replies[2] = third ? (struct reply) { good, &service_status_answer_message, third, { NULL, 0 } }
                       : (struct reply) { silent, NULL, NULL, { (const unsigned char *) "", 0 } };
    reply_count = 4;
}

static void readiness (void)
{
    struct response response;

    services_say (&ready);
    response = ask ("", "GET", "/readyz", NULL, NULL);
    is_number (response.status, 200, "every service is ready: so is the region");
    is_number (sent_count, 4, "…four were asked");
    ok (!sent[0].header.person_id && sent[0].timeout_ms <= 1000, "…as nobody, for a second at most");
    services_say (&starting);
    response = ask ("", "GET", "/readyz", NULL, NULL);
    is_number (response.status, 503, "one that is still filling is not ready");
    ok (strstr (response.body, "\"service\":\"notify\",\"ready\":false,\"missing\":[\"projection membership_changed\"]"), "…and the answer names what is missing");
    ok (!strstr (response.body, "12 of 40"), "…without its value");
    is_number (ask ("", "HEAD", "/readyz", NULL, NULL).status, 503, "HEAD gets the same status as GET");
    services_say (NULL);
    response = ask ("", "GET", "/readyz", NULL, NULL);
    ok (response.status == 503 && strstr (response.body, "\"service\":\"notify\",\"ready\":false,\"missing\":[]"), "one that is silent is not ready");
    replies[2] = (struct reply) { { .ok = true }, NULL, NULL, { (const unsigned char *) "\xc1", 1 } };
    is_number (ask ("", "GET", "/readyz", NULL, NULL).status, 503, "nor one that talks nonsense");
    services_say (&ready);
    sessions_there = false;
    response = ask ("", "GET", "/readyz", NULL, NULL);
    ok (response.status == 503 && strstr (response.body, "{\"service\":\"gateway\",\"ready\":false"), "a gateway without its database is not ready");
    sessions_there = true;
    bus_is_full = true;
    response = ask ("", "GET", "/readyz", NULL, NULL);
    ok (response.status == 503 && strstr (response.body, "\"ready\":false}") && sent_count == 0, "nor when nobody can be asked");
    bus_is_full = false;
    gateway.stopping = true;
    is_number (ask ("", "GET", "/readyz", NULL, NULL).status, 503, "nor one that is about to stop");
    is_number (ask ("", "GET", "/livez", NULL, NULL).status, 200, "…which is alive for all that");
    gateway.stopping = false;
    is_number (gateway.waiting, 0, "nothing waits any more");
}

static void texts (void)
{
    struct response response = ask ("", "GET", "/livez", NULL, NULL);

    ok (response.status == 200 && strcmp (response.body, "alive\n") == 0, "alive");
    is_number (ask ("", "POST", "/livez", NULL, "{}").status, 405, "health takes nothing");
    response = ask ("", "GET", "/version", NULL, NULL);
    ok (strstr (response.body, "\"name\":\"renkei\"") != NULL, "the version says whose it is");
    response = ask ("", "GET", "/metrics", NULL, NULL);
    ok (strstr (response.body, "door_requests{status=\"200\"}") != NULL, "answers are counted by status");
    ok (strstr (response.body, "# TYPE door_seconds histogram") != NULL, "…and timed");
    response = ask ("", "GET", "/api/v1/openapi.json", NULL, NULL);
    ok (response.status == 200 && strstr (response.body, "\"/patients/{patient_id}/sheet/{section}\""), "the API describes itself to everybody");
}

static void demo (void)
{
    char path[] = "/tmp/renkei-demo-XXXXXX";
    int file = mkstemp (path);

    is_number (ask ("", "GET", "/api/v1/demo", NULL, NULL).status, 404, "outside of a demo there are no accounts to tell");
    gateway.demo_file = path;
    is_number (ask ("", "GET", "/api/v1/demo", NULL, NULL).status, 404, "…nor before the file is written");
    if (write (file, "{\"a\":1}", 7) < 0)
        abort ();
    ok (strcmp (ask ("", "GET", "/api/v1/demo", NULL, NULL).body, "{\"a\":1}") == 0, "then it is told as it stands");
    is_number (ask ("", "POST", "/api/v1/demo", NULL, "{}").status, 404, "…and cannot be changed");
    close (file);
    unlink (path);
    gateway.demo_file = NULL;
}

int main (void)
{
    open_door ();
    readiness ();
    reply_done ();
    texts ();
    demo ();
    close_door ();
    return done ();
}
