/* announcement_rules.h - what institutions are told: who may say it, to which municipalities and kinds of institution, and how many of them
 * have it (U-22, KU-05).
 *
 * An institution's kinds are made from what its people are there.  Where nobody is known the kind is unknown, and it gets everything: one
 * sheet of paper too many is better than a clinic that never heard of it.  Pure; memory: the arena's.
 */
#ifndef NOTIFY_ANNOUNCEMENT_RULES_H
#define NOTIFY_ANNOUNCEMENT_RULES_H

#include "service.h"

enum { ANNOUNCEMENT_REMIND_HOURS = 24 };

struct announcement_target {
    const char *office_id;
    uint64_t roles;                         /* of all its people, bit (role - 1); 0: nobody is known there */
    bool fax;                               /* it has a confirmed FAX number */
};
struct announcement_targets { struct announcement_target *items; size_t count; };

/* Who may tell the institutions of a municipality something. */
bool announcement_manages (const struct actor *actor);
/* The same for what came from there; administrators of the region look after all that they may see (municipality ""). */
bool announcement_manages_from (const struct actor *actor, const char *municipality);

unsigned announcement_kinds (uint64_t roles);                                   /* bit (announcement_reader - 1); 0: unknown */
bool announcement_is_for (unsigned kinds, struct enum_list wanted);             /* wanted empty: everybody */
enum announcement_way announcement_way_of (const struct announcement_target *target);
/* Rounded down, so that 100 means all; -1 where there is no institution. */
int announcement_percent (int64_t received, int64_t offices);

/* Refuses text_empty (/title, /text), field_missing (/municipalities), not_for_role (a municipality out of reach). */
int announcement_check (struct arena *arena, const struct announcement_send *message, const struct announcement_area_list *reach,
                        struct error *err);
/* The targets it is for, in their order; refuses nobody_receives. */
int announcement_choose (struct arena *arena, const struct announcement_send *message, const struct announcement_targets *all,
                         struct announcement_targets *ret, struct error *err);
/* Refuses field_unknown_choice (/by), date_invalid, field_out_of_range (/on: before it was sent, or in the future). */
int announcement_check_delivery (const struct announcement_delivered *message, int64_t sent_at, int64_t now, struct error *err);

/* What a message outside says; the text itself is read in the application. */
const char *announcement_letter_subject (bool again);
const char *announcement_letter_text (struct arena *arena, const char *municipality, const char *from_office, const char *title,
                                      bool again);
/* By FAX; it asks for a call, because a page that was sent is no receipt.  phone NULL: none is known. */
const char *announcement_page_text (struct arena *arena, const char *from_office, const char *phone, const char *title, const char *text);

#endif
