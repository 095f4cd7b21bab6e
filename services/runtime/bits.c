/* bits.c - see bits.h. */
#include "bits.h"

static uint64_t bit_of (int64_t number)
{
    return number >= 1 && number <= BITS_MOST ? UINT64_C (1) << (number - 1) : 0;
}

uint64_t bits_of_enums (struct enum_list list)
{
    uint64_t bits = 0;

    for (size_t i = 0; i < list.count; i++)
        bits |= bit_of (list.items[i]);
    return bits;
}

uint64_t bits_of_numbers (struct i64_list list)
{
    uint64_t bits = 0;

    for (size_t i = 0; i < list.count; i++)
        bits |= bit_of (list.items[i]);
    return bits;
}

/* For one more than there are: an empty list has items too. */
static size_t room (uint64_t bits)
{
    return (size_t) __builtin_popcountll (bits) + 1;
}

struct enum_list enums_of_bits (struct arena *arena, uint64_t bits)
{
    int *items = arena_alloc (arena, room (bits) * sizeof *items);
    size_t count = 0;

    for (int number = 1; number <= BITS_MOST; number++)
        if (bits & bit_of (number))
            items[count++] = number;
    return (struct enum_list) { items, count };
}

struct i64_list numbers_of_bits (struct arena *arena, uint64_t bits)
{
    int64_t *items = arena_alloc (arena, room (bits) * sizeof *items);
    size_t count = 0;

    for (int number = 1; number <= BITS_MOST; number++)
        if (bits & bit_of (number))
            items[count++] = number;
    return (struct i64_list) { items, count };
}
