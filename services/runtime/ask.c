#include "runtime.h"
#include "bus_client.h"
#include "clock.h"
#include "options.h"

static struct request_header passed_on (const struct request *request, const struct message_type *query)
{
    struct request_header header = *request->header;

    header.message = query->name;
    header.version = query->version;
    header.asked_by = request->batch->runtime->service->name;
    header.key = NULL;
    return header;
}

static int time_left (const struct request *request, int timeout_ms)
{
    int64_t left = (request->header->deadline - clock_real_us ()) / 1000;

    if (!request->header->has_deadline || left > timeout_ms)
        return timeout_ms;
    return left < 1 ? 1 : (int) left;
}

/* Over the mesh; the client belongs to the thread whose batch this is and stays open. */
int ask_bus (struct request *request, const char *service, const struct message_type *query, const void *message,
             const struct message_type *answer, void *ret_answer, int timeout_ms, struct error *err)
{
    struct runtime *runtime = request->batch->runtime;
    struct bus_client **client = request->batch->client;
    struct request_header header = passed_on (request, query);

    if (!*client)
        *client = bus_client_open (option_text (runtime->options, "run-dir"), err);
    if (!*client)
        return -1;
    return bus_client_call (*client, service, &header, query, message, answer, ret_answer, time_left (request, timeout_ms),
                            request->arena, err);
}
