/* bits.h - short lists of small numbers as the bits of one word, and back: number n is bit (n - 1).
 *
 * For enums (0 is absent) and for what counts from 1, such as weekdays.  Numbers 1 to BITS_MOST are held and all others left out, so that
 * a set is never negative as a bigint.  A number named twice is there once.  Pure.
 */
#ifndef RUNTIME_BITS_H
#define RUNTIME_BITS_H

#include <stdint.h>
#include "arena.h"
#include "codec.h"

enum { BITS_MOST = 63 };

uint64_t bits_of_enums (struct enum_list list);
uint64_t bits_of_numbers (struct i64_list list);

/* Ascending, in the arena; of an empty set a list of none, which is not an absent one. */
struct enum_list enums_of_bits (struct arena *arena, uint64_t bits);
struct i64_list numbers_of_bits (struct arena *arena, uint64_t bits);

#endif
