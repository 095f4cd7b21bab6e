#include "tap.h"
#include "metrics.h"

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
    return done ();
}
