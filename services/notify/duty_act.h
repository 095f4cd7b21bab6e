/* duty_act.h - what every change of the roster does at its end. */
#ifndef NOTIFY_DUTY_ACT_H
#define NOTIFY_DUTY_ACT_H

#include "duty.h"
#include "feed_store.h"

/* Open alerts are planned again, shift tables and copies are made anew, gaps are looked for; all after commit. */
int duty_changed (struct request *request, struct error *err);

/* Everybody who is on duty in this rotation at some instant of [from, to), as it stands. */
int duty_holders (struct request *request, const char *rotation_id, int64_t from, int64_t to, struct text_list *ret, struct error *err);

/* A notice to these people, but the actor. */
int duty_tell (struct request *request, enum feed_kind kind, struct text_list people, struct error *err);

#endif
