/* log.h - JSON lines on stderr; written by the dispatcher, by start and by stop.  Never a personal value. */
#ifndef RUNTIME_LOG_H
#define RUNTIME_LOG_H

#include <stdint.h>

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARNING, LOG_LEVEL_ERROR };

void log_open (const char *service, enum log_level least);
/* Pairs of name, value; ended by NULL.  Values are escaped. */
void log_event (enum log_level level, const char *event, ...) __attribute__ ((sentinel));

#endif
