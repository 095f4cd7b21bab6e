/* consent.h - what a person's consents open, and what a consent must say.  Default deny: what no consent in force permits is closed.
 *
 * Days are dates in Japan, "YYYY-MM-DD", both ends included; a withdrawn consent opens nothing from that moment.
 * No I/O.  Source: security-and-reliability.md S-22, S-23, S-25; design §6.
 */
#ifndef SHARING_CONSENT_H
#define SHARING_CONSENT_H

#include <stdbool.h>
#include <stddef.h>
#include "arena.h"
#include "error.h"
#include "messages.h"

bool consent_is_in_force (const struct consent_view *consent, const char *today);

/* The consent that opens `scope` today, NULL when none does.  Duty doctors: only the rotation that was named. */
const struct consent_view *consent_for (const struct consent_view *consents, size_t count, enum consent_scope scope,
                                        const char *rotation_id, const char *today);

/* What an alert asks for: a rotation needs duty_doctors, the last resort its own scope; persons and offices have no consent of this
 * kind (0). */
enum consent_scope consent_scope_of (enum target_kind target);

int consent_check (const struct consent_record *consent, struct error *err);

/* Everything in force today, each scope and rotation once; the lists live in the arena. */
void consent_summary (const struct consent_view *consents, size_t count, const char *today, struct arena *arena,
                      struct consent_changed *ret);

#endif
