/* The probe service over the real mesh: CURVE, ROUTER, workers, replies, doorbells, and a graceful stop. */
#include "probe.h"
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "bus_client.h"
#include "clock.h"
#include "ids.h"
#include "mesh.h"

static char run_dir[200], keys_dir[200];
static struct bus_client *client;

static void make_keys (void)
{
    static const char *const principals[] = { "svc:probe", "gateway", "operator", "svc:other" };
    struct error err = { 0 };

    snprintf (run_dir, sizeof run_dir, "%s/run", getenv ("RENKEI_TEST_DIR"));
    snprintf (keys_dir, sizeof keys_dir, "%s/keys", getenv ("RENKEI_TEST_DIR"));
    mkdir (run_dir, 0700);
    mkdir (keys_dir, 0700);
    if (keys_make_region (keys_dir, &err) < 0)
        printf ("Bail out! %s\n", err.detail);
    for (size_t i = 0; i < 4; i++)
        if (keys_make_principal (keys_dir, principals[i], &err) < 0)
            printf ("Bail out! %s\n", err.detail);
}

static int job_runs;

static int tick (void *self, struct job_run *run, struct error *err)
{
    (void) self;
    (void) run;
    (void) err;
    job_runs++;
    return 0;
}

static int serve (void)
{
    static const struct job jobs[] = { { "tick", 50, tick } };
    struct service service = probe;
    char options[6][300];
    char *argv[8] = { "renkei-probe" };

    service.jobs = jobs;
    service.job_count = 1;
    snprintf (options[0], 300, "--run-dir=%s", run_dir);
    snprintf (options[1], 300, "--keys-dir=%s", keys_dir);
    snprintf (options[2], 300, "--database=%s user=renkei_probe", getenv ("RENKEI_TEST_DATABASE"));
    snprintf (options[3], 300, "--engine-database=%s user=renkei_probe_engine", getenv ("RENKEI_TEST_DATABASE"));
    snprintf (options[4], 300, "--workers=2");
    snprintf (options[5], 300, "--log-level=%s", getenv ("PROBE_LOG") ? getenv ("PROBE_LOG") : "error");
    for (int i = 0; i < 6; i++)
        argv[i + 1] = options[i];
    return service_run (&service, NULL, 7, argv);
}

static pid_t start_service (void)
{
    pid_t child = fork ();

    if (child == 0)
        exit (serve ());
    return child;
}

static struct request_header header_for (struct harness *harness, const char *message)
{
    static const int roles[] = { ROLE_VISITING_NURSE };
    struct request_header header = { .message = message, .version = 1, .person_id = NURSE, .office_id = STATION, .municipality = "011002",
                                     .roles = { roles, 1 } };

    header.context = harness_text (harness, "select guard.sign ('v1|" NURSE "|" STATION "|011002|011002|care|'"
                                   " || (guard.to_us (guard.now ()) + 600000000))");
    return header;
}

static int send_note (struct harness *harness, struct arena *arena, int number, const char *text, const char *key, struct error *err)
{
    struct request_header header = header_for (harness, "quarantine_release");
    char id[37];
    struct quarantine_release note = { .event_id = probe_id (id, number), .reason = text };
    struct done answer = { 0 };

    *err = (struct error) { 0 };
    header.key = key;
    return bus_client_call (client, "probe", &header, &quarantine_release_message, &note, &done_message, &answer, 5000, arena, err);
}

static void test_requests (struct harness *harness, struct arena *arena)
{
    struct request_header header = header_for (harness, "events_of");
    struct events_of query;
    struct event_page page;
    struct error err = { 0 };
    char id[37];

    is_number (send_note (harness, arena, 1, "over the mesh", "k1", &err), 0, "a command is answered over the mesh");
    is_number (harness_number (harness, "select count(*) from note where text = 'over the mesh'"), 1, "and stands in the database");
    is_number (send_note (harness, arena, 1, "over the mesh", "k1", &err), 0, "the same command again gets its answer");
    is_number (send_note (harness, arena, 1, "another", "k1", &err), -1, "another body with that key is refused");
    is_number (err.key, ERROR_KEY_REUSED, "as key_reused");
    is_number (send_note (harness, arena, 2, "denied", "k2", &err), -1, "a refusal travels");
    is_number (err.key, ERROR_NOT_FOR_YOU, "with its key");
    is_number (harness_number (harness, "select count(*) from denial where reason = 'not_for_you' and person = '" NURSE "'"), 1,
               "and is written down as a denial");
    query = (struct events_of) { .subject = probe_id (id, 1) };
    is_number (bus_client_call (client, "probe", &header, &events_of_message, &query, &event_page_message, &page, 5000, arena, &err), 0,
               "a query is answered");
    is_number (harness_number (harness, "select count(*) from ledger"), 1, "and disclosed");
}

static void test_strangers (struct harness *harness, struct arena *arena)
{
    struct request_header header = header_for (harness, "quarantine_release");
    char id[37];
    struct quarantine_release note = { .event_id = probe_id (id, 9), .reason = "no role" };
    struct sheet sheet_of_nobody = { .patient_id = NURSE };
    struct sheet_answer page;
    struct done answer;
    struct error err = { 0 };

    header.roles.count = 0;
    is_number (bus_client_call (client, "probe", &header, &quarantine_release_message, &note, &done_message, &answer, 5000, arena, &err), -1,
               "without the role a command is refused");
    is_number (err.key, ERROR_NOT_FOR_ROLE, "as not_for_role");
    is_number (harness_number (harness, "select count(*) from denial where reason = 'not_for_role' and message = 'quarantine_release'"), 1,
               "and written down");
    header = header_for (harness, "quarantine_release");
    header.office_id = NURSE;
    is_number (bus_client_call (client, "probe", &header, &quarantine_release_message, &note, &done_message, &answer, 5000, arena, &err), -1,
               "a context that says something else than the header is refused");
    is_number (err.key, ERROR_LOG_IN_FIRST, "as log_in_first");
    is_number (bus_client_call (client, "probe", &header, &sheet_message, &sheet_of_nobody, &sheet_answer_message, &page, 5000, arena, &err), -1,
               "a message of another service is refused");
    is_number (err.key, ERROR_NO_SUCH_MESSAGE, "as no_such_message");
}

struct heap { int count; int answered, ok; };

static void count_answer (void *arg, const struct reply_header *header, struct bytes body)
{
    struct heap *heap = arg;

    (void) body;
    heap->answered++;
    heap->ok += header->ok;
}

/* Many at once: the workers put them into few transactions. */
static void test_many (struct harness *harness, struct arena *arena)
{
    struct heap heap = { .count = 400 };
    struct request_header header = header_for (harness, "quarantine_release");
    struct error err = { 0 };

    for (int i = 0; i < heap.count; i++) {
        char id[37], key[40];
        struct quarantine_release note = { .event_id = probe_id (id, 1000 + i), .reason = i % 100 == 7 ? "late error" : "many" };
        struct bytes body;

        snprintf (key, sizeof key, "many-%d", i);
        header.key = key;
        codec_pack (&quarantine_release_message, &note, arena, &body, &err);
        bus_client_send (client, "probe", &header, true, body, 20000, count_answer, &heap, &err);
    }
    for (int64_t until = clock_monotonic_us () + 20 * SECOND_US; heap.answered < heap.count && clock_monotonic_us () < until;) {
        bus_client_work (client);
        usleep (1000);
    }
    is_number (heap.answered, heap.count, "400 commands at once are all answered");
    is_number (heap.ok, heap.count - 4, "the four that break a constraint are refused, the others not");
    is_number (harness_number (harness, "select count(*) from note where text = 'many'"), 396, "each stands in the database once");
}

static void test_status (struct arena *arena)
{
    struct request_header header = { .message = "service_status", .version = 1 };
    struct service_status question = { 0 };
    struct service_status_answer answer = { 0 };
    struct error err = { 0 };

    is_number (bus_client_call (client, "probe", &header, &service_status_message, &question, &service_status_answer_message, &answer, 5000,
                                arena, &err), 0, "the gateway may ask for the status");
    ok (answer.ready, "the service is ready");
    for (size_t i = 0; i < answer.facts.count; i++)
        note ("%s: %s", answer.facts.items[i].name, answer.facts.items[i].value);
}

static void test_bells_and_jobs (struct harness *harness, struct arena *arena)
{
    struct error err;

    is_number (harness_number (harness, "select count(*) from lease where name in ('job:tick', 'job:retain', 'job:seal_ledger')"), 3,
               "the jobs hold their leases");
    is_number (send_note (harness, arena, 50, "announce", "k50", &err), 0, "an announcing command is answered");
    is_number (harness_events (harness, &sheet_updated_message), 1, "its event is in the log");
}

int main (void)
{
    struct harness *harness;
    struct error err = { 0 };
    ARENA (arena);
    pid_t child;
    int status;

    make_keys ();
    harness = probe_open ();
    child = start_service ();
    if (mesh_open (keys_dir, "gateway", &err) < 0 || (client = bus_client_open (run_dir, &err)) == NULL) {
        printf ("Bail out! %s\n", err.detail);
        return 255;
    }
    test_requests (harness, &arena);
    test_strangers (harness, &arena);
    test_many (harness, &arena);
    test_status (&arena);
    test_bells_and_jobs (harness, &arena);
    kill (child, SIGTERM);
    waitpid (child, &status, 0);
    ok (WIFEXITED (status) && WEXITSTATUS (status) == 0, "SIGTERM ends it with status 0");
    bus_client_close (&client);
    mesh_close ();
    harness_close (&harness);
    return done ();
}
