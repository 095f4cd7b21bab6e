/* chain_warnings.h - what somebody who edits an order of doctors should know.  Pure. */
#ifndef NOTIFY_CHAIN_WARNINGS_H
#define NOTIFY_CHAIN_WARNINGS_H

#include "resolver.h"

/* Different doctors that the order can reach: people of its rows and of the rotations the person consented to, unless gone or out of reach. */
size_t chain_doctors (struct arena *arena, const struct resolver_input *input);

/* Sentences for the user. */
struct text_list chain_warnings (struct arena *arena, const struct resolver_input *input);

#endif
