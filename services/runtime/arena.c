#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"

enum { BLOCK_SIZE = 8192, ALLOC_MAX = 16 * 1024 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t size, used;
    max_align_t data[];
};

static struct arena_block *new_block (size_t size)
{
    struct arena_block *block = malloc (sizeof *block + size);

    if (!block)
        abort ();
    block->next = NULL;
    block->size = size;
    block->used = 0;
    return block;
}

/* A block for `size` more bytes.  The newest is at the head; a large one goes behind it, so that the head's room is not lost. */
static struct arena_block *room_for (struct arena *arena, size_t size)
{
    struct arena_block *head = arena->blocks, *block;

    if (head && head->size - head->used >= size)
        return head;
    block = new_block (size > BLOCK_SIZE ? size : BLOCK_SIZE);
    if (head && size > BLOCK_SIZE / 2) {
        block->next = head->next;
        head->next = block;
    }
    else {
        block->next = head;
        arena->blocks = block;
    }
    return block;
}

void *arena_alloc (struct arena *arena, size_t size)
{
    struct arena_block *block;
    void *memory;

    if (size > ALLOC_MAX)
        abort ();
    size = (size + _Alignof (max_align_t) - 1) & ~(_Alignof (max_align_t) - 1);
    block = room_for (arena, size);
    memory = (char *) block->data + block->used;
    block->used += size;
    return memset (memory, 0, size);
}

char *arena_copy (struct arena *arena, const char *bytes, size_t size)
{
    char *copy = arena_alloc (arena, size + 1);

    if (size)
        memcpy (copy, bytes, size);
    return copy;
}

char *arena_text (struct arena *arena, const char *text)
{
    return text ? arena_copy (arena, text, strlen (text)) : NULL;
}

char *arena_print (struct arena *arena, const char *fmt, ...)
{
    va_list args, again;
    char *text;
    int size;

    va_start (args, fmt);
    va_copy (again, args);
    size = vsnprintf (NULL, 0, fmt, args);
    va_end (args);
    if (size < 0)
        abort ();
    text = arena_alloc (arena, (size_t) size + 1);
    vsnprintf (text, (size_t) size + 1, fmt, again);
    va_end (again);
    return text;
}

void arena_reset (struct arena *arena)
{
    struct arena_block *keep = arena->blocks, *block;

    if (!keep)
        return;
    while ((block = keep->next)) {
        keep->next = block->next;
        free (block);
    }
    if (keep->size > BLOCK_SIZE) {
        free (keep);
        arena->blocks = NULL;
    }
    else
        keep->used = 0;
}

void arena_done (struct arena *arena)
{
    while (arena->blocks) {
        struct arena_block *block = arena->blocks;

        arena->blocks = block->next;
        free (block);
    }
}
