#include "queue.h"

struct queue {
    pthread_mutex_t mutex;
    pthread_cond_t filled;
    struct task *first, *last;
    int length;
    bool closed;
};

struct queue *queue_open (void)
{
    struct queue *queue = calloc (1, sizeof *queue);

    if (!queue)
        abort ();
    pthread_mutex_init (&queue->mutex, NULL);
    pthread_cond_init (&queue->filled, NULL);
    return queue;
}

void queue_free (struct queue **queue)
{
    struct task *task;

    if (!*queue)
        return;
    while ((task = (*queue)->first) != NULL) {
        (*queue)->first = task->next;
        task_done (&task);
    }
    pthread_cond_destroy (&(*queue)->filled);
    pthread_mutex_destroy (&(*queue)->mutex);
    free (*queue);
    *queue = NULL;
}

bool queue_put (struct queue *queue, struct task *task)
{
    bool room;

    pthread_mutex_lock (&queue->mutex);
    room = !queue->closed && queue->length < QUEUE_MAX;
    if (room) {
        task->next = NULL;
        if (queue->last)
            queue->last->next = task;
        else
            queue->first = task;
        queue->last = task;
        queue->length++;
        pthread_cond_signal (&queue->filled);
    }
    pthread_mutex_unlock (&queue->mutex);
    return room;
}

struct task *queue_take (struct queue *queue, int most)
{
    struct task *first, *last = NULL;

    pthread_mutex_lock (&queue->mutex);
    while (!queue->first && !queue->closed)
        pthread_cond_wait (&queue->filled, &queue->mutex);
    first = queue->first;
    for (; queue->first && most > 0 && !(last && (last->alone || queue->first->alone)); most--) {
        last = queue->first;
        queue->first = last->next;
        queue->length--;
    }
    if (last)
        last->next = NULL;
    if (!queue->first)
        queue->last = NULL;
    pthread_mutex_unlock (&queue->mutex);
    return first;
}

void queue_close (struct queue *queue)
{
    pthread_mutex_lock (&queue->mutex);
    queue->closed = true;
    pthread_cond_broadcast (&queue->filled);
    pthread_mutex_unlock (&queue->mutex);
}

int queue_length (struct queue *queue)
{
    int length;

    pthread_mutex_lock (&queue->mutex);
    length = queue->length;
    pthread_mutex_unlock (&queue->mutex);
    return length;
}
