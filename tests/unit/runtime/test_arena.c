#include "arena.h"
#include "tap.h"

static void memory_is_zeroed_and_apart (void)
{
    ARENA (arena);
    char *blocks[200];
    int wrong = 0;

    for (size_t i = 0; i < 200; i++) {
        size_t size = i * 97;

        blocks[i] = arena_alloc (&arena, size);
        wrong += (uintptr_t) blocks[i] % _Alignof (max_align_t) != 0;
        for (size_t k = 0; k < size; k++)
            wrong += blocks[i][k] != 0;
        memset (blocks[i], (int) i + 1, size);
    }
    for (size_t i = 1; i < 200; i++)
        wrong += blocks[i][0] != (char) (i + 1) || blocks[i][i * 97 - 1] != (char) (i + 1);
    is_number (wrong, 0, "every piece is zeroed, aligned and its own");
}

static void used_again_it_is_zeroed_again (void)
{
    ARENA (arena);
    char *first = arena_copy (&arena, "left over", 9), *again;

    arena_alloc (&arena, 100000);
    arena_reset (&arena);
    again = arena_alloc (&arena, 16);
    ok (again == first, "reset keeps the first block");
    ok (again[0] == 0 && again[8] == 0, "...and nothing of what it held");
    arena_reset (&arena);
    arena_done (&arena);
    ok (!arena.blocks, "done gives everything back");
}

static void texts_are_copied (void)
{
    ARENA (arena);

    is (arena_copy (&arena, "abcdef", 3), "abc", "a copy ends with NUL");
    is (arena_copy (&arena, NULL, 0), "", "a copy of nothing is empty");
    is (arena_text (&arena, "訪問"), "訪問", "a text is copied");
    ok (!arena_text (&arena, NULL), "NULL stays NULL");
    is (arena_print (&arena, "%s-%d", "a", 7), "a-7", "print formats");
}

int main (void)
{
    memory_is_zeroed_and_apart ();
    used_again_it_is_zeroed_again ();
    texts_are_copied ();
    return done ();
}
