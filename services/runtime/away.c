/* away.c - what is said while the database is away.
 *
 * A sender whose session the gateway only remembers (header->remembered) never reaches the database: its request has no context, and what it
 * may do was not looked up.  A request whose connection broke may be answered from memory, too.  Only messages declared `away`.
 */
#include "runtime.h"

static const struct away *find (const struct service *service, const struct route *route)
{
    for (const struct away *away = service->away; route && away && away->message; away++)
        if (away->message == route->message)
            return away;
    return NULL;
}

static int answer (struct batch *batch, struct task *task, const struct away *away, struct error *err)
{
    struct request request = { NULL, &task->work, &task->actor, task->header, 0, batch, NULL };

    arena_reset (&task->work);
    task->answer = arena_alloc (&task->work, task->route->answer->size);
    if (away->answer (batch->runtime->self, &request, task->message, task->answer, err) < 0)
        return -1;
    return codec_pack (task->route->answer, task->answer, &task->arena, &task->answer_bytes, err);
}

static void say (struct batch *batch, struct task *task)
{
    const struct away *away = find (batch->runtime->service, task->route);
    struct error err = { 0 };

    task->lost = false;
    if (!away && task->done)
        return;                         /* refused already, as well as can be said */
    if (!away)
        fail (&err, ERROR_TRY_LATER, NULL, "a remembered session, and nothing in memory for this message");
    if (!away || answer (batch, task, away, &err) < 0) {
        task_fail (task, &err);
        return;
    }
    task->err = err;
    task->done = task->ok = true;
}

void execute_away (struct batch *batch, struct task *tasks)
{
    for (struct task *task = tasks; task; task = task->next)
        if (task->lost || (!task->done && task->header->remembered))
            say (batch, task);
}
