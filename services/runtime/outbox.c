#include "outbox.h"
#include <sys/eventfd.h>
#include <unistd.h>

struct outbox {
    pthread_mutex_t mutex;
    struct outgoing *first, *last;
    int event_fd;
};

struct outbox *outbox_open (void)
{
    struct outbox *outbox = calloc (1, sizeof *outbox);

    if (!outbox)
        abort ();
    pthread_mutex_init (&outbox->mutex, NULL);
    outbox->event_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (outbox->event_fd < 0)
        abort ();
    return outbox;
}

int outbox_fd (const struct outbox *outbox)
{
    return outbox->event_fd;
}

void outgoing_free (struct outgoing *one)
{
    task_done (&one->task);
    arena_done (&one->arena);
    free (one);
}

void outbox_free (struct outbox **outbox)
{
    if (!*outbox)
        return;
    for (struct outgoing *one = outbox_take (*outbox), *next; one; one = next) {
        next = one->next;
        outgoing_free (one);
    }
    close ((*outbox)->event_fd);
    pthread_mutex_destroy (&(*outbox)->mutex);
    free (*outbox);
    *outbox = NULL;
}

struct outgoing *outbox_take (struct outbox *outbox)
{
    struct outgoing *first;
    uint64_t count;

    if (read (outbox->event_fd, &count, sizeof count) < 0)
        count = 0;                      /* nothing was written since the last look: the list says the rest */
    pthread_mutex_lock (&outbox->mutex);
    first = outbox->first;
    outbox->first = outbox->last = NULL;
    pthread_mutex_unlock (&outbox->mutex);
    return first;
}

static struct outgoing *outgoing_new (enum outgoing_kind kind)
{
    struct outgoing *one = calloc (1, sizeof *one);

    if (!one)
        abort ();
    one->kind = kind;
    return one;
}

static void put (struct outbox *outbox, struct outgoing *first, struct outgoing *last)
{
    uint64_t one = 1;

    pthread_mutex_lock (&outbox->mutex);
    if (outbox->last)
        outbox->last->next = first;
    else
        outbox->first = first;
    outbox->last = last;
    pthread_mutex_unlock (&outbox->mutex);
    if (write (outbox->event_fd, &one, sizeof one) < 0)
        return;                         /* full counter: the reader is woken already */
}

void outbox_replies (struct outbox *outbox, struct task *tasks)
{
    struct outgoing *first = NULL, *last = NULL;

    while (tasks) {
        struct outgoing *one = outgoing_new (OUTGOING_REPLY);

        one->task = tasks;
        tasks = tasks->next;
        one->task->next = NULL;
        if (last)
            last->next = one;
        else
            first = one;
        last = one;
    }
    if (first)
        put (outbox, first, last);
}

void outbox_bell (struct outbox *outbox, const struct doorbell *bell)
{
    struct outgoing *one = outgoing_new (OUTGOING_BELL);
    struct error err = { 0 };

    one->topic = arena_text (&one->arena, bell->topic);
    if (codec_pack (&doorbell_message, bell, &one->arena, &one->body, &err) == 0)
        put (outbox, one, one);
    else
        outgoing_free (one);            /* the sweep brings it */
}

/* A deep copy, by way of its bytes: the sender's arena is emptied before this is sent. */
void outbox_direct (struct outbox *outbox, const struct event_envelope *event)
{
    struct outgoing *one = outgoing_new (OUTGOING_DIRECT);
    struct error err = { 0 };
    struct bytes packed;

    if (codec_pack (&event_envelope_message, event, &one->arena, &packed, &err) == 0
        && codec_unpack (&event_envelope_message, packed, &one->arena, &one->event, &err) == 0)
        put (outbox, one, one);
    else
        outgoing_free (one);            /* the doorbell and the sweep still bring it */
}
