/* metrics.h - counters, gauges and histograms of a process in Prometheus' text form, each declared once with a sentence. */
#ifndef RUNTIME_METRICS_H
#define RUNTIME_METRICS_H

#include <stdint.h>
#include "arena.h"

struct metric;

/* Names as in Prometheus; label is NULL or one label name.  Lives for the process. */
struct metric *metric_counter (const char *name, const char *label, const char *about);
struct metric *metric_gauge (const char *name, const char *label, const char *about);
struct metric *metric_seconds (const char *name, const char *label, const char *about);    /* histogram, 100 µs … 10 s */
void metric_add (struct metric *metric, const char *label_value, double amount);
void metric_set (struct metric *metric, const char *label_value, double value);
void metric_observe (struct metric *metric, const char *label_value, double seconds);
char *metrics_print (struct arena *arena);

#endif
