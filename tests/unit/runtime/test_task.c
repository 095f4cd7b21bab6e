/* A request before it reaches a handler: who may say what for whom, what is kept under which key, which worker takes it, and what a refusal
 * looks like on the bus.  No database: whether a context is genuine is decided there (test_request).
 */
#include "clock.h"
#include "runtime.h"
#include "tap.h"

#define NURSE   "018f3a00-0000-7000-8000-000000000001"
#define STATION "018f3a00-0000-7000-8000-000000000002"
#define NOTE    "018f3a00-0000-7000-8000-000000000003"
#define CONTEXT "v1|" NURSE "|" STATION "|011002|011002,011003|care|1|00"

/* quarantine_release stands for a nurse's command, events_of for a query, login for anyone's, login with a secret answer. */
static struct message_type urgent_message, service_query, gateway_query, locked_command;
static struct route routes[8];
static struct service service = { .name = "probe", .routes = routes };
static struct runtime runtime = { .service = &service };

static void make_routes (void)
{
    const uint64_t nurse = 1ull << (ROLE_VISITING_NURSE - 1);

    urgent_message = emergency_report_message;
    service_query = resolve_message;
    gateway_query = feed_since_message;
    gateway_query.flags |= IS_OF_GATEWAY;
    locked_command = feed_read_message;
    locked_command.flags |= IS_LOCKED_TOO;
    routes[0] = (struct route) { &sheet_section_update_message, &done_message, NULL, nurse, false, false, NULL };
    routes[1] = (struct route) { &alert_list_message, &done_message, NULL, nurse, false, false, NULL };
    routes[2] = (struct route) { &login_start_message, &done_message, NULL, 0, true, false, NULL };
    routes[3] = (struct route) { &service_query, &done_message, NULL, 0, false, true, NULL };
    routes[4] = (struct route) { &gateway_query, &done_message, NULL, 0, false, false, NULL };
    routes[5] = (struct route) { &locked_command, &done_message, NULL, nurse, false, false, NULL };
    routes[6] = (struct route) { &quarantine_release_message, &done_message, NULL, 1ull << (ROLE_OPERATOR - 1), false, false, NULL };
    routes[7] = (struct route) { &urgent_message, &done_message, NULL, nurse, false, false, NULL };
    service.route_count = 8;
}

static struct request_header nurse (const char *message)
{
    static const int roles[] = { ROLE_VISITING_NURSE };

    return (struct request_header) { .message = message, .version = 1, .person_id = NURSE, .office_id = STATION, .municipality = "011002",
                                     .roles = { roles, 1 }, .strength = SESSION_STRENGTH_TOTP, .context = CONTEXT };
}

static const void *body_of (const char *message)
{
    static const struct sheet_section_update update = { .patient_id = NOTE, .section = SHEET_SECTION_WISHES, .base_version = 1 };
    static const struct alert_list list;
    static const struct login_start login = { .login = "nurse", .password = "secret" };
    static const struct resolve resolve = { .patient_id = NOTE };
    static const struct feed_since since;
    static const struct feed_read read;
    static const struct quarantine_release release = { .event_id = NOTE, .reason = "x" };
    static const struct emergency_report report = { .alert_id = NOTE, .patient_id = NOTE };
    static const struct { const char *name; const void *body; } bodies[] = {
        { "sheet_section_update", &update }, { "alert_list", &list }, { "login_start", &login }, { "resolve", &resolve },
        { "feed_since", &since }, { "feed_read", &read }, { "quarantine_release", &release }, { "emergency_report", &report },
    };

    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (strcmp (bodies[i].name, message) == 0)
            return bodies[i].body;
    return NULL;
}

static struct task *read_task (const struct request_header *header, const char *principal, const void *body)
{
    struct task *task = task_new ();
    const struct route *route = route_find (&runtime, header->message);
    struct bytes head, packed = { (const unsigned char *) "\x80", 1 };
    struct error err;

    if (codec_pack (&request_header_message, header, &task->arena, &head, &err) < 0)
        note ("header: %s", err.detail);
    if (body && route && codec_pack (route->message, body, &task->arena, &packed, &err) < 0)
        note ("body of %s: %s", header->message, err.detail);
    task_read (task, &runtime, principal, head, packed);
    return task;
}

/* The error's key, 0 when the task may run. */
static enum error_key said_to (struct request_header header, const char *principal)
{
    struct task *task = read_task (&header, principal, body_of (header.message));
    enum error_key key = task->done ? task->err.key : 0;

    task_done (&task);
    return key;
}

/* ---- who may say what -------------------------------------------------------------------------------------------------------------- */

enum who { A_NURSE, WITHOUT_CONTEXT, A_HELPER, NO_ROLE, NOBODY };

static struct request_header header_of (enum who who, const char *message)
{
    static const int helper[] = { ROLE_HELPER };
    struct request_header header = nurse (message);

    if (who == WITHOUT_CONTEXT)
        header.context = NULL;
    if (who == A_HELPER)
        header.roles.items = helper;
    if (who == NO_ROLE)
        header.roles.count = 0;
    if (who == NOBODY)
        header = (struct request_header) { .message = message, .version = 1, .strength = SESSION_STRENGTH_TOTP };
    return header;
}

static void rights (void)
{
    static const struct { const char *principal; enum who who; const char *message; enum error_key key; const char *name; } rows[] = {
        { "gateway", A_NURSE, "sheet_section_update", 0, "a nurse's command through the gateway" },
        { "gateway", A_NURSE, "alert_list", 0, "her query" },
        { "gateway", A_NURSE, "emergency_report", ERROR_FIELD_MISSING, "an urgent one whose body is not whole gets as far as its body" },
        { "svc:sharing", A_NURSE, "alert_list", 0, "a service forwards her query" },
        { "svc:sharing", A_NURSE, "sheet_section_update", ERROR_NOT_FOR_ROLE, "a service may not forward a command (S-21)" },
        { "operator", A_NURSE, "alert_list", ERROR_NOT_FOR_ROLE, "nor may the operator's tools speak for a person" },
        { "gateway2", A_NURSE, "alert_list", ERROR_NOT_FOR_ROLE, "nor a principal that only begins like the gateway" },
        { "", A_NURSE, "alert_list", ERROR_NOT_FOR_ROLE, "nor one without a name" },
        { "gateway", WITHOUT_CONTEXT, "alert_list", ERROR_LOG_IN_FIRST, "a person without a context is logged out or locked" },
        { "gateway", WITHOUT_CONTEXT, "feed_read", 0, "...who may still do what a locked session may" },
        { "gateway", A_HELPER, "alert_list", ERROR_NOT_FOR_ROLE, "another role is refused" },
        { "gateway", NO_ROLE, "alert_list", ERROR_NOT_FOR_ROLE, "so is a person without any" },
        { "gateway", NOBODY, "alert_list", ERROR_LOG_IN_FIRST, "nobody is asked to log in" },
        { "gateway", NOBODY, "login_start", 0, "...which anyone may do" },
        { "svc:sharing", NOBODY, "login_start", 0, "...from wherever" },
        { "svc:sharing", NOBODY, "resolve", 0, "a service asks what services may" },
        { "gateway", NOBODY, "resolve", ERROR_LOG_IN_FIRST, "which the gateway by itself may not" },
        { "svcsharing", NOBODY, "resolve", ERROR_LOG_IN_FIRST, "nor who has no colon in the name" },
        { "gateway", NOBODY, "feed_since", 0, "the gateway asks for itself what is the gateway's" },
        { "gateway", A_NURSE, "feed_since", ERROR_NOT_FOR_ROLE, "...but not for a person" },
        { "svc:notify", NOBODY, "feed_since", ERROR_LOG_IN_FIRST, "...and nobody else does" },
        { "operator", NOBODY, "quarantine_release", 0, "the operator's tool sends what every service takes" },
        { "operator", NOBODY, "alert_list", ERROR_LOG_IN_FIRST, "...and nothing else" },
        { "gateway", NOBODY, "quarantine_release", ERROR_LOG_IN_FIRST, "...which nobody else may" },
        { "gateway", A_NURSE, "quarantine_release", ERROR_NOT_FOR_ROLE, "...nor a nurse" },
        { "gateway", A_NURSE, "no_such_thing", ERROR_NO_SUCH_MESSAGE, "a message nobody takes is told as such" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        is_number (said_to (header_of (rows[i].who, rows[i].message), rows[i].principal), rows[i].key, rows[i].name);
}

static void a_context_says_what_the_header_says (void)
{
    static const char *const contexts[] = {
        "",
        "v1",
        "v2|" NURSE "|" STATION "|011002|",
        "v1|" STATION "|" STATION "|011002|x",
        "v1|" NURSE "|" NURSE "|011002|x",
        "v1|" NURSE "|" STATION "|011003|x",
        "v1||" STATION "|011002|x",
        "v1|" NURSE "|" STATION "|01100|x",
        "v1|" NURSE "|" STATION "|0110022|x",
        "v1|" NURSE "||011002|x",
        " " CONTEXT,
        "V1|" NURSE "|" STATION "|011002|x",
    };
    struct request_header header;

    for (size_t i = 0; i < sizeof contexts / sizeof *contexts; i++) {
        header = nurse ("alert_list");
        header.context = contexts[i];
        if (!ok (said_to (header, "gateway") == ERROR_LOG_IN_FIRST, "a context that says something else than the header is refused (S-20)"))
            note ("%s", contexts[i]);
    }
    header = (struct request_header) { .message = "login_start", .version = 1, .strength = SESSION_STRENGTH_TOTP, .context = CONTEXT };
    is_number (said_to (header, "gateway"), ERROR_LOG_IN_FIRST, "a context without its person is refused, even for what anyone may");
}

/* ---- header, version, deadline, body ----------------------------------------------------------------------------------------------- */

static void what_cannot_be_read_is_answered (void)
{
    static const struct {
        const char *head;
        size_t size;
    } heads[] = { { "", 0 }, { "\xc1", 1 }, { "\x80", 1 }, { "\xdd\xff\xff\xff\xff", 5 }, { "\x90", 1 } };
    struct request_header header = nurse ("alert_list");
    struct task *task;

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct reply_header reply;
        struct error err;

        task = task_new ();
        task_read (task, &runtime, "gateway", (struct bytes){ (const unsigned char *)heads[i].head, heads[i].size },
                   (struct bytes){ NULL, 0 });
        ok (task->done && !task->ok && !task->route && task_needs_engine (task, &runtime),
            "a header that is none is refused without a route");
        ok (codec_unpack (&reply_header_message, task_reply_header (task), &task->arena, &reply, &err) == 0 && !reply.ok && reply.key[0],
            "...and gets a reply that says why");
        task_done (&task);
    }
    header.version = 2;
    is_number (said_to (header, "gateway"), ERROR_NO_SUCH_MESSAGE, "another version of a message is another message");
    header = nurse ("alert_list");
    header.has_deadline = true;
    header.deadline = clock_real_us () - 1;
    is_number (said_to (header, "gateway"), ERROR_TRY_LATER, "what comes after its deadline is not begun");
    header.deadline = clock_real_us () + 60ll * SECOND_US;
    is_number (said_to (header, "gateway"), 0, "what comes before it is");
    header = nurse ("sheet_section_update");
    task = read_task (&header, "gateway", NULL);
    ok (task->done && task->err.key == ERROR_FIELD_MISSING && task->err.field_count == 4,
        "a body without its fields is told by all of them");
    task_done (&task);
}

/* ---- idempotency and shards -------------------------------------------------------------------------------------------------------- */

static bool same_fingerprint (const struct request_header *a, const void *one, const struct request_header *b, const void *two)
{
    struct task *first = read_task (a, "gateway", one), *second = read_task (b, "gateway", two);
    bool same = first->kept_as && second->kept_as && memcmp (first->fingerprint, second->fingerprint, sizeof first->fingerprint) == 0;

    task_done (&first);
    task_done (&second);
    return same;
}

static bool is_kept_as (struct request_header header, const char *principal, const char *wanted)
{
    struct task *task = read_task (&header, principal, body_of (header.message));
    bool right = wanted ? task->kept_as && strcmp (task->kept_as, wanted) == 0 : !task->kept_as;

    if (!right)
        note ("kept as %s (%s)", task->kept_as ? task->kept_as : "nothing", task->err.detail);
    task_done (&task);
    return right;
}

static void what_is_kept_for_a_repetition (void)
{
    struct sheet_section_update one = { .patient_id = NOTE, .section = 1, .base_version = 1 }, two = one;
    struct request_header header = nurse ("sheet_section_update"), other = header;

    ok (is_kept_as (header, "gateway", NULL), "without a key nothing is kept");
    header.key = other.key = "k";
    ok (is_kept_as (header, "gateway", NURSE), "with one it is kept for the person");
    ok (same_fingerprint (&header, &one, &header, &one), "the same body is the same command");
    two.base_version = 2;
    ok (!same_fingerprint (&header, &one, &header, &two), "another field is another");
    two = one;
    two.has_urgent = true;
    ok (!same_fingerprint (&header, &one, &header, &two), "so is one that says no where the other said nothing");
    other.trace = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";
    other.has_deadline = true;
    other.deadline = INT64_MAX / 2;
    ok (same_fingerprint (&header, &one, &other, &one), "trace and deadline do not matter");
    header = nurse ("alert_list");
    header.key = "k";
    ok (is_kept_as (header, "gateway", NULL), "a query is never kept");
    header = header_of (NOBODY, "login_start");
    header.key = "k";
    ok (is_kept_as (header, "gateway", login_start_message.flags & IS_SECRET ? NULL : "gateway "),
        "an answer that holds a secret is never kept");
    header = header_of (NOBODY, "quarantine_release");
    header.key = "k";
    header.source = "198.51.100.7";
    ok (is_kept_as (header, "operator", "operator 198.51.100.7"), "of nobody it is kept for principal and source");
}

static uint64_t shard_of (struct request_header header, const void *body)
{
    struct task *task = read_task (&header, "gateway", body);
    uint64_t shard = task_shard (task);

    task_done (&task);
    return shard;
}

static void one_subject_is_one_worker (void)
{
    struct sheet_section_update update = { .patient_id = NOTE, .section = 1, .base_version = 1 };
    struct request_header header = nurse ("sheet_section_update"), other = header;
    uint64_t first = shard_of (header, &update);
    int seen[4] = { 0 };

    other.key = "another";
    other.person_id = STATION;
    other.context = "v1|" STATION "|" STATION "|011002|x";
    update.section = 2;
    ok (shard_of (other, &update) == first, "two people's commands about one patient go to one worker");
    for (int i = 0; i < 400; i++) {
        char id[37];

        snprintf (id, sizeof id, "018f3a00-0000-7000-8000-%012d", i);
        update.patient_id = id;
        seen[shard_of (header, &update) % 4]++;
    }
    ok (seen[0] > 60 && seen[1] > 60 && seen[2] > 60 && seen[3] > 60, "four hundred patients are shared out among four workers");
    header = nurse ("feed_read");
    ok (shard_of (header, body_of ("feed_read")) == shard_of (header, body_of ("feed_read")),
        "a command without a subject goes by its person");
}

/* ---- the reply --------------------------------------------------------------------------------------------------------------------- */

static bool holds (struct bytes bytes, const char *text)
{
    size_t size = strlen (text);

    for (size_t i = 0; i + size <= bytes.size; i++)
        if (memcmp (bytes.data + i, text, size) == 0)
            return true;
    return false;
}

static void a_refusal_crosses_the_bus_whole (void)
{
    struct request_header header = nurse ("alert_list");
    struct task *task = read_task (&header, "gateway", body_of ("alert_list"));
    struct reply_header reply;
    struct error err = { 0 };

    fail (&err, ERROR_FIELD_TOO_LONG, "/text", "a detail that stays here");
    fail_param (&err, "most", "%d", 2000);
    fail_field (&err, ERROR_FIELD_MISSING, "/entries/0/item");
    task_fail (task, &err);
    is_number (codec_unpack (&reply_header_message, task_reply_header (task), &task->arena, &reply, &err), 0, "a refusal becomes a reply");
    ok (!reply.ok && reply.kind == ERROR_KIND_INVALID && strcmp (reply.key, "field_too_long") == 0, "...with kind and key");
    ok (reply.params.count == 1 && strcmp (reply.params.items[0].name, "most") == 0 && strcmp (reply.params.items[0].value, "2000") == 0,
        "...its parameter");
    ok (reply.fields.count == 2 && strcmp (reply.fields.items[0].pointer, "/text") == 0
            && strcmp (reply.fields.items[1].pointer, "/entries/0/item") == 0 && strcmp (reply.fields.items[1].key, "field_missing") == 0,
        "...and each wrong field with its own reason");
    ok (!reply.has_conflict || !reply.conflict, "...no conflict record, for there is none");
    ok (!holds (task_reply_header (task), "stays here"), "...and never the detail");
    task->answer_bytes = (struct bytes) { (const unsigned char *) "\x80", 1 };
    codec_unpack (&reply_header_message, task_reply_header (task), &task->arena, &reply, &err);
    ok (reply.has_conflict && reply.conflict, "with a record behind it it says so");
    task->err.key = (enum error_key) 9999;
    task->err.field_count = 0;
    is_number (codec_unpack (&reply_header_message, task_reply_header (task), &task->arena, &reply, &err), 0, "an error nobody declared");
    ok (!reply.ok && strcmp (reply.key, "bug") == 0 && reply.kind == ERROR_KIND_INTERNAL, "...is told as a bug, not lost");
    task->err.key = 0;
    codec_unpack (&reply_header_message, task_reply_header (task), &task->arena, &reply, &err);
    ok (!reply.ok && strcmp (reply.key, "bug") == 0, "...so is a handler that failed without saying why");
    fail (&task->err, ERROR_MALFORMED, NULL, "x");
    fail_param (&task->err, "why", "%s", "見出しに「サービス提供時間（備考を含む。曜日ごとに異なる場合はすべて記入のこと）」が見つかりません");
    is_number (codec_unpack (&reply_header_message, task_reply_header (task), &task->arena, &reply, &err), 0,
               "a parameter longer than there is room for");
    ok (strcmp (reply.key, "malformed") == 0 && reply.params.count == 1,
        "...is cut between characters and does not turn the refusal into a bug");
    task->ok = task->replayed = true;
    codec_unpack (&reply_header_message, task_reply_header (task), &task->arena, &reply, &err);
    ok (reply.ok && reply.has_replayed && reply.replayed && !reply.key, "a repeated answer says that it is one");
    task_done (&task);
}

int main (void)
{
    make_routes ();
    rights ();
    a_context_says_what_the_header_says ();
    what_cannot_be_read_is_answered ();
    what_is_kept_for_a_repetition ();
    one_subject_is_one_worker ();
    a_refusal_crosses_the_bus_whole ();
    return done ();
}
