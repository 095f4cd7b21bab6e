/* asking.c - see asking.h. */
#include "asking.h"
#include <stdatomic.h>
#include "clock.h"

enum { LEAST_MS = 200, REST_US = 3 * SECOND_US };

static const struct actor nobody = { .principal = "svc:dispatch" };

static void begin (struct asking *asking, struct dispatch *self, struct request request, const char *trace, int budget_ms)
{
    asking->self = self;
    asking->header = (struct request_header) { .message = "incident", .trace = trace };
    asking->request = request;
    asking->request.actor = &nobody;
    asking->request.header = &asking->header;
    asking->until_us = clock_monotonic_us () + budget_ms * 1000ll;
}

void asking_of_job (struct asking *asking, struct dispatch *self, struct job_run *run, int budget_ms)
{
    begin (asking, self, (struct request) { .db = run->db, .arena = run->arena, .now = run->now, .batch = run->batch }, NULL, budget_ms);
}

void asking_of_request (struct asking *asking, struct dispatch *self, struct request *request, int budget_ms)
{
    begin (asking, self, (struct request) { .db = request->db, .arena = request->arena, .now = request->now, .batch = request->batch },
           request->header->trace, budget_ms);
}

/* At most ask_ms, never beyond the budget; the last question still gets a moment. */
static int time_for (const struct asking *asking)
{
    int64_t left = (asking->until_us - clock_monotonic_us ()) / 1000;

    return left < LEAST_MS ? LEAST_MS : left > asking->self->ask_ms ? asking->self->ask_ms : (int) left;
}

static bool ask_one (struct asking *asking, const char *service, _Atomic int64_t *failed_us, const struct message_type *query,
                     const void *message, const struct message_type *answer, void *ret, struct error *err)
{
    int64_t failed = atomic_load (failed_us);

    *err = (struct error) { 0 };
    if (failed && clock_monotonic_us () - failed < REST_US) {
        fail (err, ERROR_TRY_LATER, NULL, "%s did not answer a moment ago", service);
        return false;
    }
    if (ask (&asking->request, service, query, message, answer, ret, time_for (asking), err) < 0) {
        if (error_kind_of (err) == ERROR_KIND_UNAVAILABLE)
            atomic_store (failed_us, clock_monotonic_us ());
        return false;
    }
    atomic_store (failed_us, 0);
    return true;
}

bool ask_find (struct asking *asking, const struct ems_find *query, struct ems_find_answer *ret)
{
    struct error err;

    return ask_one (asking, "sharing", &asking->self->sharing_failed_us, &ems_find_message, query, &ems_find_answer_message, ret, &err);
}

bool ask_record (struct asking *asking, const struct ems_record *query, struct ems_record_answer *ret, struct error *err)
{
    return ask_one (asking, "sharing", &asking->self->sharing_failed_us, &ems_record_message, query, &ems_record_answer_message, ret, err);
}

int ask_break_glass (struct asking *asking, const struct ems_break_glass *query, struct ems_break_glass_answer *ret, struct error *err)
{
    return ask_one (asking, "sharing", &asking->self->sharing_failed_us, &ems_break_glass_message, query, &ems_break_glass_answer_message,
                    ret, err)
               ? 0
               : -1;
}

int ask_export (struct asking *asking, const struct ems_export *query, struct ems_export_answer *ret, struct error *err)
{
    return ask_one (asking, "sharing", &asking->self->sharing_failed_us, &ems_export_message, query, &ems_export_answer_message, ret, err)
               ? 0
               : -1;
}

bool ask_contacts (struct asking *asking, const struct ems_contacts *query, struct ems_contacts_answer *ret)
{
    struct error err;

    return ask_one (asking, "notify", &asking->self->notify_failed_us, &ems_contacts_message, query, &ems_contacts_answer_message, ret,
                    &err);
}

struct ems_find find_of_message (const struct intake_message *message, const struct partner *partner)
{
    return (struct ems_find){
        .municipalities = partner->municipalities,
        .card = message->card,
        .phone = message->caller_phone ? message->caller_phone : message->phone,
        .other_phone = message->caller_phone ? message->phone : NULL,
        .name_kana = message->name_kana,
        .name = message->name,
        .birth_date = message->birth_date,
        .address = message->address,
    };
}

struct enum_list fields_of_partner (struct arena *arena, const struct partner *partner)
{
    struct enum_list list = { 0 };
    int *items;

    if (!partner->fields.items)
        return list;
    list.items = items = arena_alloc (arena, (partner->fields.count + 1) * sizeof *items);
    for (size_t i = 0; i < partner->fields.count; i++) {
        int number = enum_number (&ems_field_type, partner->fields.items[i]);

        if (number && list.count < 20)
            items[list.count++] = number;
    }
    return list;
}
