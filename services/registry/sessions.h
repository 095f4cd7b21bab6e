/* sessions.h - ending sessions so that open streams close at once: what several commands share. */
#ifndef SESSIONS_H
#define SESSIONS_H

#include "service.h"

/* Every handler for people calls this first: a locked session may only be asked about, unlocked or ended. */
int session_must_be_open (const struct request *request, struct error *err);

/* Ends this session and rings; *ret_ended false when it was not open. */
int session_end_one (struct request *request, const char *person_id, const char *session_id, const char *why, bool *ret_ended,
                     struct error *err);
/* Ends all of a person's sessions (in that office, or everywhere when office_id is NULL) and rings for each. */
int sessions_end_of (struct request *request, const char *person_id, const char *office_id, const char *why, struct error *err);

#endif
