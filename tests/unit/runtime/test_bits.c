/* Lists of small numbers as bits, and back. */
#include <limits.h>
#include "bits.h"
#include "tap.h"

#define LIST(...) { (const int[]) { __VA_ARGS__ }, sizeof ((const int[]) { __VA_ARGS__ }) / sizeof (int) }
#define NUMBERS(...) { (const int64_t[]) { __VA_ARGS__ }, sizeof ((const int64_t[]) { __VA_ARGS__ }) / sizeof (int64_t) }

static void test_bits_of_lists (void)
{
    is_number (bits_of_enums ((struct enum_list) LIST (1, 2, 3, 4, 5, 6)), 0x3f, "six choices are six bits");
    is_number (bits_of_enums ((struct enum_list) LIST (4, 4, 1)), 0x9, "a choice named twice is there once");
    is_number (bits_of_enums ((struct enum_list) { 0 }), 0, "a list that is absent is the empty set");
    is_number (bits_of_enums ((struct enum_list) LIST (32, 33)), INT64_C (0x180000000), "beyond 32 bits nothing is lost");
    is_number (bits_of_numbers ((struct i64_list) NUMBERS (7, 1)), 0x41, "Monday and Sunday are the first and the seventh bit");
    is_number (bits_of_numbers ((struct i64_list) { 0 }), 0, "no number is no bit");
}

static void test_limits (void)
{
    is_number (bits_of_enums ((struct enum_list) LIST (63)), INT64_C (1) << 62, "63 is the last number held");
    is_number (bits_of_enums ((struct enum_list) LIST (0, -1, 64, 65, 2, INT_MAX, INT_MIN)), 2, "choices outside 1 to 63 are left out");
    is_number (bits_of_numbers ((struct i64_list) NUMBERS (0, -1, 64, 65, 2, INT64_MAX, INT64_MIN, INT64_C (1) << 32 | 3)), 2,
               "...and numbers, none cut to 32 bits");
    ok ((int64_t) bits_of_numbers ((struct i64_list) NUMBERS (63, 1)) > 0, "a set is never negative");
}

static void test_lists_of_bits (void)
{
    ARENA (arena);
    struct enum_list choices = enums_of_bits (&arena, 0x9), none = enums_of_bits (&arena, 0);
    struct i64_list numbers = numbers_of_bits (&arena, UINT64_C (1) << 62 | 2), nothing = numbers_of_bits (&arena, 0);
    uint64_t every = UINT64_MAX >> 1;

    ok (choices.count == 2 && choices.items[0] == 1 && choices.items[1] == 4, "bits are choices again, in ascending order");
    ok (numbers.count == 2 && numbers.items[0] == 2 && numbers.items[1] == 63, "...and numbers, up to the last one held");
    ok (none.items && none.count == 0 && nothing.items && nothing.count == 0, "the empty set is a list of none, not an absent one");
    is_number (bits_of_enums (enums_of_bits (&arena, every)), every, "every choice there and back");
    is_number (bits_of_numbers (numbers_of_bits (&arena, every)), every, "...every number");
    is_number (enums_of_bits (&arena, UINT64_MAX).count, BITS_MOST, "a bit that no list gives is left out");
}

int main (void)
{
    test_bits_of_lists ();
    test_limits ();
    test_lists_of_bits ();
    return done ();
}
