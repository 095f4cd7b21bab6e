#include "metrics.h"
#include <pthread.h>
#include <stdbool.h>

enum { SERIES_MAX = 200, BUCKETS = 16, LABEL_BYTES = 64 };

enum metric_kind { COUNTER, GAUGE, HISTOGRAM };

/* Upper bounds in seconds; the last bucket is +Inf. */
static const double bounds[BUCKETS - 1] = { 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10 };

struct series { char label[LABEL_BYTES]; double value; uint64_t count, buckets[BUCKETS]; };

struct metric {
    const char *name, *label, *about;
    enum metric_kind kind;
    struct series *series;              /* one per label value seen; at most SERIES_MAX, later ones are counted as "other" */
    size_t count;
    struct metric *next;
};

static struct { struct metric *first, **last; pthread_mutex_t lock; } all = { NULL, &all.first, PTHREAD_MUTEX_INITIALIZER };

static struct metric *find (const char *name)
{
    struct metric *metric = all.first;

    while (metric && strcmp (metric->name, name) != 0)
        metric = metric->next;
    return metric;
}

static struct metric *declare (const char *name, const char *label, const char *about, enum metric_kind kind)
{
    struct metric *metric;

    pthread_mutex_lock (&all.lock);
    metric = find (name);
    if (!metric) {
        metric = calloc (1, sizeof *metric);
        if (!metric)
            abort ();
        *metric = (struct metric) { .name = name, .label = label, .about = about, .kind = kind };
        *all.last = metric;
        all.last = &metric->next;
    }
    pthread_mutex_unlock (&all.lock);
    return metric;
}

struct metric *metric_counter (const char *name, const char *label, const char *about)
{
    return declare (name, label, about, COUNTER);
}

struct metric *metric_gauge (const char *name, const char *label, const char *about)
{
    return declare (name, label, about, GAUGE);
}

struct metric *metric_seconds (const char *name, const char *label, const char *about)
{
    return declare (name, label, about, HISTOGRAM);
}

static struct series *series_of (struct metric *metric, const char *label_value)
{
    const char *label = label_value ? label_value : "";
    struct series *grown;

    for (size_t i = 0; i < metric->count; i++)
        if (strncmp (metric->series[i].label, label, LABEL_BYTES - 1) == 0)
            return &metric->series[i];
    if (metric->count == SERIES_MAX)
        return &metric->series[SERIES_MAX - 1];
    grown = realloc (metric->series, (metric->count + 1) * sizeof *grown);
    if (!grown)
        abort ();
    metric->series = grown;
    grown += metric->count++;
    memset (grown, 0, sizeof *grown);
    snprintf (grown->label, sizeof grown->label, "%s", metric->count == SERIES_MAX ? "other" : label);
    return grown;
}

void metric_add (struct metric *metric, const char *label_value, double amount)
{
    pthread_mutex_lock (&all.lock);
    series_of (metric, label_value)->value += amount;
    pthread_mutex_unlock (&all.lock);
}

void metric_set (struct metric *metric, const char *label_value, double value)
{
    pthread_mutex_lock (&all.lock);
    series_of (metric, label_value)->value = value;
    pthread_mutex_unlock (&all.lock);
}

void metric_observe (struct metric *metric, const char *label_value, double seconds)
{
    struct series *series;
    int bucket = 0;

    while (bucket < BUCKETS - 1 && seconds > bounds[bucket])
        bucket++;
    pthread_mutex_lock (&all.lock);
    series = series_of (metric, label_value);
    series->value += seconds;
    series->count++;
    series->buckets[bucket]++;
    pthread_mutex_unlock (&all.lock);
}

static char *escape (struct arena *arena, const char *label)
{
    char *text = arena_alloc (arena, 2 * strlen (label) + 1), *at = text;

    for (; *label; label++) {
        if (*label == '"' || *label == '\\')
            *at++ = '\\';
        *at++ = *label == '\n' ? ' ' : *label;
    }
    return text;
}

/* 15 digits: a counter of bytes is exact up to 10^15, and 0.1 is still written as 0.1.
 * name{label="value"} value, where suffix belongs to the name and extra ("le=\"0.1\"") to the labels. */
static char *line (struct arena *arena, const struct metric *metric, const struct series *series, const char *suffix, const char *extra,
                   double value)
{
    char *own = metric->label ? arena_print (arena, "%s=\"%s\"", metric->label, escape (arena, series->label)) : "";
    const char *comma = *own && *extra ? "," : "";

    if (!*own && !*extra)
        return arena_print (arena, "%s%s %.15g\n", metric->name, suffix, value);
    return arena_print (arena, "%s%s{%s%s%s} %.15g\n", metric->name, suffix, own, comma, extra, value);
}

struct output { struct arena *arena; char *text; size_t used, room; };

static void append (struct output *output, const char *text)
{
    size_t size = strlen (text);

    if (output->used + size + 1 > output->room) {
        char *grown;

        output->room = (output->room + size) * 2 + 1024;
        grown = arena_alloc (output->arena, output->room);
        if (output->used)
            memcpy (grown, output->text, output->used);
        output->text = grown;
    }
    memcpy (output->text + output->used, text, size + 1);
    output->used += size;
}

static void print_histogram (struct output *output, const struct metric *metric, const struct series *series)
{
    uint64_t below = 0;

    for (int i = 0; i < BUCKETS; i++) {
        char *bound = i < BUCKETS - 1 ? arena_print (output->arena, "le=\"%g\"", bounds[i]) : "le=\"+Inf\"";

        below += series->buckets[i];
        append (output, line (output->arena, metric, series, "_bucket", bound, (double) below));
    }
    append (output, line (output->arena, metric, series, "_sum", "", series->value));
    append (output, line (output->arena, metric, series, "_count", "", (double) series->count));
}

static void print_metric (struct output *output, const struct metric *metric)
{
    static const char *const kinds[] = { "counter", "gauge", "histogram" };

    append (output, arena_print (output->arena, "# HELP %s %s\n# TYPE %s %s\n", metric->name, metric->about, metric->name,
                                 kinds[metric->kind]));
    for (size_t i = 0; i < metric->count; i++)
        if (metric->kind == HISTOGRAM)
            print_histogram (output, metric, &metric->series[i]);
        else
            append (output, line (output->arena, metric, &metric->series[i], "", "", metric->series[i].value));
}

char *metrics_print (struct arena *arena)
{
    struct output output = { .arena = arena };

    append (&output, "");
    pthread_mutex_lock (&all.lock);
    for (const struct metric *metric = all.first; metric; metric = metric->next)
        print_metric (&output, metric);
    pthread_mutex_unlock (&all.lock);
    return output.text;
}
