#include "runtime.h"
#include <openssl/evp.h>
#include "bits.h"
#include "clock.h"

struct task *task_new (void)
{
    struct task *task = calloc (1, sizeof *task);

    if (!task)
        abort ();
    task->arrived_us = clock_monotonic_us ();
    return task;
}

void task_done (struct task **task)
{
    if (!*task)
        return;
    arena_done (&(*task)->arena);
    arena_done (&(*task)->work);
    free (*task);
    *task = NULL;
}

void task_fail (struct task *task, const struct error *err)
{
    task->err = *err;
    task->done = true;
    task->ok = false;
}

/* ---- who asks ----------------------------------------------------------------------------------------------------------------------- */

static bool is_service (const char *principal)
{
    return strncmp (principal, "svc:", 4) == 0;
}

static bool is_gateway (const struct actor *actor)
{
    return strcmp (actor->principal, "gateway") == 0;
}

static bool is_operator (const struct actor *actor)
{
    return strcmp (actor->principal, "operator") == 0 && !actor->person_id;
}

static void read_actor (struct task *task, const char *principal)
{
    const struct request_header *header = task->header;
    struct actor *actor = &task->actor;

    actor->principal = principal;
    actor->person_id = header->person_id;
    actor->session_id = header->session_id;
    actor->office_id = header->office_id;
    actor->municipality = header->municipality;
    actor->strength = (int) header->strength;
    actor->roles = bits_of_enums (header->roles);
    if (is_operator (actor))
        actor->roles = 1ull << (ROLE_OPERATOR - 1);
    else if (!actor->person_id)
        actor->roles = 0;
}

/* The next part of "v1|person|office|municipality|…" must be what the header says. */
static bool next_part_is (const char **context, const char *wanted)
{
    size_t size = strcspn (*context, "|");
    bool same = strlen (wanted ? wanted : "") == size && strncmp (*context, wanted ? wanted : "", size) == 0;

    *context += size + ((*context)[size] == '|');
    return same;
}

/* Whether the context is genuine is for the database to say; here it must not contradict the header. */
static bool context_fits (const struct request_header *header)
{
    const char *context = header->context;

    return next_part_is (&context, "v1") && next_part_is (&context, header->person_id) && next_part_is (&context, header->office_id)
           && next_part_is (&context, header->municipality);
}

/* A session that could not be looked up: known to the gateway only, without a context, for what is declared so. */
static int check_remembered (const struct task *task, struct error *err)
{
    const struct request_header *header = task->header;

    if (!header->remembered)
        return 0;
    if (!is_gateway (&task->actor) || header->context || !(task->route->message->flags & IS_AWAY_TOO))
        return fail (err, ERROR_TRY_LATER, NULL, "a remembered session does not do for this");
    return 0;
}

static int check_sender (const struct task *task, struct error *err)
{
    const struct actor *actor = &task->actor;
    bool may_speak_for = is_gateway (actor)
                         || (is_service (actor->principal) && (task->route->message->flags & IS_QUERY));

    if (actor->person_id && !may_speak_for)
        return fail (err, ERROR_NOT_FOR_ROLE, NULL, "%s may not speak for a person", actor->principal);
    if (task->header->context && (!actor->person_id || !context_fits (task->header)))
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "the context is somebody else's");
    return check_remembered (task, err);
}

/* The operator's tools speak for nobody, so they send only what every service takes: status, quarantine, rebuilding. */
static bool is_common (const struct route *route)
{
    return strcmp (route->message->service, "envelope") == 0;
}

static int check_role (const struct task *task, struct error *err)
{
    const struct actor *actor = &task->actor;
    const struct route *route = task->route;

    if (route->anyone)
        return 0;
    if (route->service && is_service (actor->principal))
        return 0;
    if ((route->message->flags & IS_OF_GATEWAY) && is_gateway (actor) && !actor->person_id)
        return 0;
    if (!actor->person_id && !(is_operator (actor) && is_common (route)))
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "nobody is logged in");
    if (actor->person_id && !task->header->context && !task->header->remembered && !(route->message->flags & IS_LOCKED_TOO))
        return fail (err, ERROR_LOG_IN_FIRST, NULL, "a person without a context");
    if (!(actor->roles & route->roles))
        return fail (err, ERROR_NOT_FOR_ROLE, NULL, "not for this role");
    return 0;
}

bool task_needs_engine (const struct task *task, const struct runtime *runtime)
{
    return !task->header || !task->header->context || !task->route || route_is_common (runtime, task->route);
}

bool task_is_aside (const struct task *task, const struct runtime *runtime)
{
    const struct aside *aside = runtime->service->aside;

    for (size_t i = 0; aside && task->route && aside->messages[i]; i++)
        if (aside->messages[i] == task->route->message)
            return true;
    return false;
}

static const struct route *find_in (const struct route *routes, size_t count, const char *message)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp (routes[i].message->name, message) == 0)
            return &routes[i];
    return NULL;
}

const struct route *route_find (const struct runtime *runtime, const char *message)
{
    const struct route *route = find_in (runtime->service->routes, runtime->service->route_count, message);

    return route ? route : find_in (runtime->common_routes, runtime->common_route_count, message);
}

bool route_is_common (const struct runtime *runtime, const struct route *route)
{
    return route >= runtime->common_routes && route < runtime->common_routes + runtime->common_route_count;
}

/* ---- what is asked ------------------------------------------------------------------------------------------------------------------ */

static int read_header (struct task *task, struct bytes bytes, struct error *err)
{
    static const struct request_header unreadable = { .message = "unreadable" };
    struct request_header *header = arena_alloc (&task->arena, sizeof *header);

    task->header = &unreadable;
    if (codec_unpack (&request_header_message, bytes, &task->arena, header, err) < 0)
        return -1;
    task->header = header;
    return 0;
}

static int find_route (struct task *task, const struct runtime *runtime, struct error *err)
{
    task->route = route_find (runtime, task->header->message);
    if (!task->route || task->route->message->version != task->header->version)
        return fail (err, ERROR_NO_SUCH_MESSAGE, NULL, "%s does not take this message", runtime->service->name);
    return 0;
}

static int read_body (struct task *task, struct bytes body, struct error *err)
{
    void *message = arena_alloc (&task->arena, task->route->message->size);

    task->body = body;
    task->message = message;
    return codec_unpack (task->route->message, body, &task->arena, message, err);
}

/* Refusals are not kept, answers that hold a secret neither: such commands may be repeated as they are. */
static void read_key (struct task *task)
{
    const struct message_type *type = task->route->message;
    const struct request_header *header = task->header;
    EVP_MD_CTX *digest;

    if (!header->key || !(type->flags & IS_COMMAND) || (type->flags & IS_SECRET))
        return;
    task->kept_as = header->person_id ? header->person_id
                    : arena_print (&task->arena, "%s %s", task->actor.principal, header->source ? header->source : "");
    digest = EVP_MD_CTX_new ();
    if (!digest || !EVP_DigestInit_ex (digest, EVP_sha256 (), NULL)
        || !EVP_DigestUpdate (digest, type->name, strlen (type->name) + 1)
        || !EVP_DigestUpdate (digest, task->body.data, task->body.size)
        || !EVP_DigestFinal_ex (digest, task->fingerprint, NULL))
        abort ();
    EVP_MD_CTX_free (digest);
}

static int check_deadline (const struct task *task, struct error *err)
{
    if (task->header->has_deadline && task->header->deadline <= clock_real_us ())
        return fail (err, ERROR_TRY_LATER, NULL, "the deadline had passed on arrival");
    return 0;
}

void task_read (struct task *task, const struct runtime *runtime, const char *principal, struct bytes header, struct bytes body)
{
    struct error err = { 0 };

    if (read_header (task, header, &err) == 0) {
        read_actor (task, principal);
        if (find_route (task, runtime, &err) == 0
            && check_sender (task, &err) == 0
            && check_role (task, &err) == 0
            && check_deadline (task, &err) == 0
            && read_body (task, body, &err) == 0) {
            read_key (task);
            return;
        }
    }
    task->actor.principal = principal;
    task_fail (task, &err);
}

static uint64_t hash (const char *text)
{
    uint64_t value = 14695981039346656037ull;       /* FNV-1a */

    for (; *text; text++)
        value = (value ^ (unsigned char) *text) * 1099511628211ull;
    return value ^ value >> 32;
}

uint64_t task_shard (const struct task *task)
{
    char buffer[64];
    const struct message_field *key = task->route ? task->route->message->key : NULL;
    const char *text = key && task->message ? codec_text_of (key, task->message, buffer) : NULL;

    if (!text && task->header)
        text = task->header->key ? task->header->key : task->header->person_id;
    return text ? hash (text) : (uint64_t) task->arrived_us;
}

/* ---- the reply ---------------------------------------------------------------------------------------------------------------------- */

static void tell_refusal (struct task *task, struct reply_header *header)
{
    const struct error *err = &task->err;
    struct error_param *params = arena_alloc (&task->arena, ERROR_PARAM_MAX * sizeof *params);
    struct field_error *fields = arena_alloc (&task->arena, ERROR_FIELD_MAX * sizeof *fields);

    header->kind = error_kind_of (err);
    header->key = error_name_of (err);
    if (!header->kind) {                /* a handler that failed without saying why */
        header->kind = ERROR_KIND_INTERNAL;
        header->key = "bug";
    }
    for (int i = 0; i < err->param_count; i++)
        params[i] = (struct error_param) { err->params[i].name, err->params[i].value };
    for (int i = 0; i < err->field_count; i++) {
        struct error one = { .key = err->fields[i].key };

        fields[i] = (struct field_error) { err->fields[i].pointer, error_name_of (&one) };
    }
    header->params = (struct error_param_list) { params, (size_t) err->param_count };
    header->fields = (struct field_error_list) { fields, (size_t) err->field_count };
    header->has_conflict = header->conflict = task->answer_bytes.size > 0;
}

struct bytes task_reply_header (struct task *task)
{
    struct reply_header header = { .ok = task->ok, .has_replayed = task->replayed, .replayed = task->replayed };
    struct bytes bytes = { 0 };
    struct error err = { 0 };

    if (!task->ok)
        tell_refusal (task, &header);
    if (codec_pack (&reply_header_message, &header, &task->arena, &bytes, &err) < 0) {
        header = (struct reply_header) { .kind = ERROR_KIND_INTERNAL, .key = "bug" };
        codec_pack (&reply_header_message, &header, &task->arena, &bytes, &err);
    }
    return bytes;
}
