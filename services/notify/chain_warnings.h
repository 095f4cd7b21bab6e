/* chain_warnings.h - what somebody who edits an order of doctors should know.  Pure. */
#ifndef NOTIFY_CHAIN_WARNINGS_H
#define NOTIFY_CHAIN_WARNINGS_H

#include "scheme.h"

/* Different doctors that the order can reach: people of its rows and of the rotations the person consented to, unless gone or out of reach. */
size_t chain_doctors (struct arena *arena, const struct resolver_input *input);

/* Offices the rows name: their own, or those of the people they name; NULL where a row names none. */
const char *chain_office_of (const struct resolver_input *input, const struct chain_row *row);

/* Sentences for the user.  scheme: of the offices that chain_office_of () names; today: a day number in Japan. */
struct text_list chain_warnings (struct arena *arena, const struct resolver_input *input, const struct scheme_known *scheme,
                                 int64_t today);

#endif
