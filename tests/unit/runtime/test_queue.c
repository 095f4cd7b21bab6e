/* The queue between the bus and the workers: order, the limit, and that every request that was taken in comes out once, also at the end. */
#include <sched.h>
#include "queue.h"
#include "tap.h"

static struct task *numbered (int64_t number)
{
    struct task *task = task_new ();

    task->now = number;
    return task;
}

static void end_all (struct task *tasks)
{
    for (struct task *next; tasks; tasks = next) {
        next = tasks->next;
        task_done (&tasks);
    }
}

/* The numbers of a list as text: "1 2 3". */
static const char *numbers_of (const struct task *tasks)
{
    static char text[200];
    size_t used = 0;

    *text = '\0';
    for (; tasks; tasks = tasks->next)
        used += (size_t) snprintf (text + used, sizeof text - used, "%s%d", used ? " " : "", (int) tasks->now);
    return text;
}

static void first_in_first_out (void)
{
    struct queue *queue = queue_open ();
    struct task *some, *rest;

    for (int i = 1; i <= 7; i++)
        queue_put (queue, numbered (i));
    is_number (queue_length (queue), 7, "seven wait");
    some = queue_take (queue, 3);
    is (numbers_of (some), "1 2 3", "three are taken, in their order");
    is_number (queue_length (queue), 4, "four wait still");
    queue_put (queue, numbered (8));
    rest = queue_take (queue, 64);
    is (numbers_of (rest), "4 5 6 7 8", "then all that wait, those that came meanwhile last");
    end_all (some);
    end_all (rest);
    queue_put (queue, numbered (9));
    rest = queue_take (queue, 64);
    is (numbers_of (rest), "9", "an emptied queue takes again");
    end_all (rest);
    queue_free (&queue);
    ok (!queue, "a freed queue is forgotten");
    queue_free (&queue);
}

static void alone (void)
{
    static const char *const expected[] = { "1 2", "3", "4", "5 6" };
    struct queue *queue = queue_open ();

    for (int i = 1; i <= 6; i++) {
        struct task *task = numbered (i);

        task->alone = i == 3 || i == 4;
        queue_put (queue, task);
    }
    for (int i = 0; i < 4 && queue_length (queue); i++) {
        struct task *taken = queue_take (queue, 64);

        is (numbers_of (taken), expected[i], "whoever goes alone shares a transaction neither with those before nor with those after");
        end_all (taken);
    }
    queue_free (&queue);
}

static void the_limit (void)
{
    struct queue *queue = queue_open ();
    struct task *one_more = numbered (0), *taken;
    int refused = 0;

    for (int i = 0; i < QUEUE_MAX; i++)
        refused += !queue_put (queue, numbered (i));
    is_number (refused, 0, "as many as the limit are taken in");
    ok (!queue_put (queue, one_more), "one more is refused at once");
    is_number (queue_length (queue), QUEUE_MAX, "...and does not count");
    taken = queue_take (queue, 1);
    ok (queue_put (queue, one_more), "it stays the sender's and may come again when there is room");
    end_all (taken);
    queue_free (&queue);                    /* with all that wait: AddressSanitizer sees what is left */
}

static void the_end (void)
{
    struct queue *queue = queue_open ();
    struct task *late = numbered (3), *taken;

    queue_put (queue, numbered (1));
    queue_put (queue, numbered (2));
    queue_close (queue);
    ok (!queue_put (queue, late), "a closed queue takes nothing in");
    taken = queue_take (queue, 1);
    is (numbers_of (taken), "1", "what was taken in before still comes out");
    end_all (taken);
    taken = queue_take (queue, 64);
    is (numbers_of (taken), "2", "...to the last");
    end_all (taken);
    ok (!queue_take (queue, 64), "then comes the end");
    ok (!queue_take (queue, 64), "...as often as it is asked for");
    queue_close (queue);
    task_done (&late);
    queue_free (&queue);
}

/* ---- threads ----------------------------------------------------------------------------------------------------------------------- */

enum { PUTTERS = 4, TAKERS = 3, EACH = 20000 };

struct shared { struct queue *queue; int number; unsigned char *seen; int disordered, refused; };

static void *put_many (void *arg)
{
    struct shared *shared = arg;
    int from = __atomic_fetch_add (&shared->number, 1, __ATOMIC_RELAXED) * EACH;

    for (int i = 0; i < EACH; i++) {
        struct task *task = numbered (from + i);

        while (!queue_put (shared->queue, task)) {
            __atomic_add_fetch (&shared->refused, 1, __ATOMIC_RELAXED);
            sched_yield ();
        }
    }
    return NULL;
}

/* A taker sees each putter's numbers rising. */
static void *take_many (void *arg)
{
    struct shared *shared = arg;
    int64_t last[PUTTERS] = { -1, -1, -1, -1 };

    for (struct task *tasks; (tasks = queue_take (shared->queue, 64)); end_all (tasks))
        for (struct task *task = tasks; task; task = task->next) {
            int64_t *before = &last[task->now / EACH];

            if (task->now <= *before)
                __atomic_add_fetch (&shared->disordered, 1, __ATOMIC_RELAXED);
            *before = task->now;
            __atomic_add_fetch (&shared->seen[task->now], 1, __ATOMIC_RELAXED);
        }
    return NULL;
}

static void many_threads (void)
{
    struct shared shared = { .queue = queue_open (), .seen = calloc (PUTTERS * EACH, 1) };
    pthread_t putters[PUTTERS], takers[TAKERS];
    int missing = 0;

    for (int i = 0; i < TAKERS; i++)
        pthread_create (&takers[i], NULL, take_many, &shared);
    for (int i = 0; i < PUTTERS; i++)
        pthread_create (&putters[i], NULL, put_many, &shared);
    for (int i = 0; i < PUTTERS; i++)
        pthread_join (putters[i], NULL);
    queue_close (shared.queue);
    for (int i = 0; i < TAKERS; i++)
        pthread_join (takers[i], NULL);
    for (int i = 0; i < PUTTERS * EACH; i++)
        missing += shared.seen[i] != 1;
    is_number (missing, 0, "eighty thousand requests of four threads come out at three, each once");
    is_number (shared.disordered, 0, "...and each thread's in its order");
    is_number (queue_length (shared.queue), 0, "...and nothing is left");
    free (shared.seen);
    queue_free (&shared.queue);
}

static void *take_one (void *arg)
{
    return queue_take (arg, 1);
}

static void close_wakes_everybody (void)
{
    struct queue *queue = queue_open ();
    pthread_t waiting[4];
    int woken = 0;

    for (int i = 0; i < 4; i++)
        pthread_create (&waiting[i], NULL, take_one, queue);
    queue_close (queue);
    for (int i = 0; i < 4; i++) {
        void *task = queue;

        pthread_join (waiting[i], &task);
        woken += task == NULL;
    }
    is_number (woken, 4, "closing wakes every thread that waits");
    queue_free (&queue);
}

int main (void)
{
    first_in_first_out ();
    alone ();
    the_limit ();
    the_end ();
    many_threads ();
    close_wakes_everybody ();
    return done ();
}
