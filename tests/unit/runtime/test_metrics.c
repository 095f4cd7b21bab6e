/* Counters, gauges and histograms, and that the whole page is what Prometheus reads (exposition format 0.0.4). */
#include <ctype.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include "metrics.h"
#include "tap.h"

/* ---- a reader of the format --------------------------------------------------------------------------------------------------------- */

struct sample { char name[200], labels[400]; double value; };

static const char *take_name (const char *at)
{
    if (!isalpha ((unsigned char) *at) && *at != '_')
        return NULL;
    return at + strspn (at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}

/* name="value" with only \\ \" \n escaped. */
static const char *take_label (const char *at)
{
    at = take_name (at);
    if (!at || strncmp (at, "=\"", 2) != 0)
        return NULL;
    for (at += 2; *at != '"'; at++) {
        if (!*at || *at == '\n' || (*at == '\\' && !strchr ("\\\"n", at[1])))
            return NULL;
        at += *at == '\\';
    }
    return at + 1;
}

static bool read_sample (const char *line, struct sample *ret)
{
    const char *at = take_name (line), *labels;
    char *end;

    if (!at)
        return false;
    snprintf (ret->name, sizeof ret->name, "%.*s", (int) (at - line), line);
    labels = at;
    if (*at == '{') {
        do {
            if (!(at = take_label (at + 1)))
                return false;
        } while (*at == ',');
        if (*at++ != '}')
            return false;
    }
    snprintf (ret->labels, sizeof ret->labels, "%.*s", (int) (at - labels), labels);
    if (*at++ != ' ')
        return false;
    ret->value = strtod (at, &end);
    return end > at && *end == '\0';
}

/* The first line that is not of the format, or breaks a family's order; NULL when there is none. */
static const char *trouble_in (char *page, int *ret_samples)
{
    char family[200] = "", *rest = page;
    struct sample sample;

    *ret_samples = 0;
    for (char *line; (line = strsep (&rest, "\n")) && (*line || rest);) {
        char name[200], kind[20];

        if (sscanf (line, "# HELP %199s %19s", name, kind) == 2)
            snprintf (family, sizeof family, "%s", name);
        else if (sscanf (line, "# TYPE %199s %19s", name, kind) == 2) {
            if (strcmp (name, family) != 0
                || (strcmp (kind, "counter") != 0 && strcmp (kind, "gauge") != 0 && strcmp (kind, "histogram") != 0))
                return line;
        }
        else if (!read_sample (line, &sample) || strncmp (sample.name, family, strlen (family)) != 0)
            return line;
        else
            ++*ret_samples;
    }
    return NULL;
}

static void the_page_is_read (void)
{
    static const char *const labels[] = {
        "plain",         "quo\"te",
        "back\\slash",   "two\nlines",
        "日本語",        "",
        "a}b{c,d=\"e\"", "a label of a good deal more than the sixty-three bytes that are kept of it, and the end differs 1"
    };
    struct metric *odd = metric_counter ("renkei_odd_total", "what", "Odd labels.");
    struct metric *slow = metric_seconds ("renkei_slow_seconds", NULL, "Without a label.");
    ARENA (arena);
    const char *trouble;
    int samples;
    char *page;

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        metric_add (odd, labels[i], 1);
    metric_add (odd, NULL, 1);
    metric_observe (slow, NULL, 0.0001);
    metric_observe (slow, NULL, -1);
    metric_observe (slow, NULL, INFINITY);
    metric_gauge ("renkei_silent", NULL, "Nobody has set it.");
    page = metrics_print (&arena);
    ok (strstr (page, "renkei_odd_total{what=\"\"} 2\n"), "no label value and an empty one are the same series");
    ok (strstr (page, "renkei_slow_seconds_bucket{le=\"0.0001\"} 2\n"), "a bound belongs to its bucket, and so does what is below it");
    ok (strstr (page, "renkei_slow_seconds_bucket{le=\"10\"} 2\nrenkei_slow_seconds_bucket{le=\"+Inf\"} 3\nrenkei_slow_seconds_sum inf\n"
                      "renkei_slow_seconds_count 3\n"),
        "a histogram without a label ends with +Inf, sum and count");
    ok (strstr (page, "# TYPE renkei_silent gauge\n"), "a metric nobody has touched is declared all the same");
    trouble = trouble_in (page, &samples);
    if (!ok (!trouble && samples > 20, "every line of the page is of Prometheus' text format"))
        note ("%s", trouble ? trouble : "too few");
}

static void large_numbers_are_exact (void)
{
    struct metric *bytes = metric_counter ("renkei_bytes_total", NULL, "Bytes.");
    ARENA (arena);

    metric_add (bytes, NULL, 12345678901.0);
    metric_add (bytes, NULL, 1);
    ok (strstr (metrics_print (&arena), "\nrenkei_bytes_total 12345678902\n"), "a counter above a billion still counts by one");
    metric_add (bytes, NULL, 0.5);
    ok (strstr (metrics_print (&arena), "\nrenkei_bytes_total 12345678902.5\n"), "...and keeps its fraction");
}

/* Cumulative buckets, +Inf equal to the count: for every histogram of the page. */
static void histograms_add_up (void)
{
    struct metric *took = metric_seconds ("renkei_sum_seconds", "of", "Sums.");
    double before = 0;
    int falling = 0, buckets = 0;
    struct sample sample;
    ARENA (arena);
    char *rest;

    for (int i = 0; i < 500; i++)
        metric_observe (took, "x", i * i * 0.0001);
    rest = metrics_print (&arena);
    for (char *line; (line = strsep (&rest, "\n"));)
        if (read_sample (line, &sample) && strncmp (sample.name, "renkei_sum_seconds", 18) == 0) {
            if (strcmp (sample.name, "renkei_sum_seconds_bucket") == 0) {
                falling += sample.value < before;
                before = sample.value;
                buckets++;
            }
            else if (strcmp (sample.name, "renkei_sum_seconds_count") == 0)
                is_number (sample.value, before, "the count is the last bucket");
            else
                ok (fabs (sample.value - 4154.175) < 0.001, "the sum is the sum");
        }
    is_number (buckets, 16, "sixteen buckets");
    is_number (falling, 0, "...that never fall");
    is_number (before, 500, "...and hold everything that was observed");
}

static void *count_many (void *arg)
{
    struct metric *many = metric_counter ("renkei_many_total", "thread", "Counted by threads.");

    for (int i = 0; i < 20000; i++)
        metric_add (many, i % 2 ? "both" : arg, 1);
    return NULL;
}

static void threads_lose_nothing (void)
{
    static const char *const names[] = { "a", "b", "c", "d" };
    pthread_t threads[4];
    ARENA (arena);
    char *page;

    for (int i = 0; i < 4; i++)
        pthread_create (&threads[i], NULL, count_many, (void *) (uintptr_t) names[i]);
    metrics_print (&arena);
    for (int i = 0; i < 4; i++)
        pthread_join (threads[i], NULL);
    page = metrics_print (&arena);
    ok (strstr (page, "renkei_many_total{thread=\"both\"} 40000\n") && strstr (page, "renkei_many_total{thread=\"d\"} 10000\n"),
        "four threads' counts are all there");
    ok (strstr (strstr (page, "# HELP renkei_many_total") + 1, "# HELP renkei_many_total") == NULL, "...under one declaration");
}

int main (void)
{
    ARENA (arena);
    struct metric *sent = metric_counter ("renkei_sent_total", "service", "Requests sent.");
    struct metric *lag = metric_gauge ("renkei_lag", NULL, "Events behind.");
    struct metric *took = metric_seconds ("renkei_took_seconds", "message", "Time of a handler.");
    char *text;

    metric_add (sent, "registry", 1);
    metric_add (sent, "registry", 2);
    metric_add (sent, "no\"tify", 1);
    metric_set (lag, NULL, 7);
    metric_set (lag, NULL, 3);
    metric_observe (took, "facility", 0.00009);
    metric_observe (took, "facility", 0.3);
    metric_observe (took, "facility", 99);
    ok (metric_counter ("renkei_sent_total", "service", "Requests sent.") == sent, "a metric is declared once");
    text = metrics_print (&arena);
    ok (strstr (text, "# HELP renkei_sent_total Requests sent.\n# TYPE renkei_sent_total counter\n") != NULL, "a metric says what it is");
    ok (strstr (text, "renkei_sent_total{service=\"registry\"} 3\n") != NULL, "counters add up");
    ok (strstr (text, "renkei_sent_total{service=\"no\\\"tify\"} 1\n") != NULL, "label values are escaped");
    ok (strstr (text, "\nrenkei_lag 3\n") != NULL, "a gauge holds its last value");
    ok (strstr (text, "renkei_took_seconds_bucket{message=\"facility\",le=\"0.0001\"} 1\n") != NULL,
        "an observation falls into its bucket");
    ok (strstr (text, "renkei_took_seconds_bucket{message=\"facility\",le=\"0.5\"} 2\n") != NULL, "...and buckets are cumulative");
    ok (strstr (text, "renkei_took_seconds_bucket{message=\"facility\",le=\"10\"} 2\n") != NULL,
        "...so one over all bounds is not in the last of them");
    ok (strstr (text, "renkei_took_seconds_bucket{message=\"facility\",le=\"+Inf\"} 3\n") != NULL, "...but in +Inf");
    ok (strstr (text, "renkei_took_seconds_count{message=\"facility\"} 3\n") != NULL, "observations are counted");
    for (int i = 0; i < 1000; i++) {
        char label[16];

        snprintf (label, sizeof label, "m%d", i);
        metric_add (sent, label, 1);
    }
    text = metrics_print (&arena);
    ok (strstr (text, "service=\"m100\"") != NULL && strstr (text, "service=\"m900\"") == NULL, "labels cannot grow without end");
    ok (strstr (text, "renkei_sent_total{service=\"other\"} ") != NULL, "...what is too many is counted as other");
    the_page_is_read ();
    large_numbers_are_exact ();
    histograms_add_up ();
    threads_lose_nothing ();
    return done ();
}
