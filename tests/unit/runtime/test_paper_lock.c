/* A locked PDF, as a reader of PDF sees it (poppler): it opens with its password and with nothing else. */
#define _GNU_SOURCE
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>
#include "paper.h"
#include "paper_lock.h"
#include "tap.h"

static struct arena arena;
static char folder[] = "/tmp/renkei-lock-XXXXXX";

static const char *reads (struct bytes pdf, const char *options)
{
    const char *path = arena_print (&arena, "%s/paper.pdf", folder);
    char *said = arena_alloc (&arena, 20000);
    FILE *file = fopen (path, "w");

    if (!file || fwrite (pdf.data, 1, pdf.size, file) != pdf.size || fclose (file) != 0
        || !(file = popen (arena_print (&arena, "pdftotext -enc UTF-8 %s %s - 2>&1", options, path), "r")))
        abort ();
    said[fread (said, 1, 19999, file)] = '\0';
    pclose (file);
    unlink (path);
    return said;
}

static bool holds (struct bytes bytes, const char *word)
{
    size_t size = strlen (word);

    for (size_t i = 0; i + size <= bytes.size; i++)
        if (memcmp ((const char *) bytes.data + i, word, size) == 0)
            return true;
    return false;
}

static void test_lock (void)
{
    struct paper paper = { .arena = &arena, .title = "夜間の控え", .owner = "中央市", .issued_at = 0 };
    struct bytes plain, locked;
    struct error err = { 0 };
    char password[PAPER_PASSWORD_SIZE], other[PAPER_PASSWORD_SIZE];

    paper_password (password);
    paper_password (other);
    ok (strlen (password) == 19 && strspn (password, "0123456789-") == 19 && password[4] == '-' && strcmp (password, other) != 0,
        "S-58 a password is sixteen digits by fours, another each time");
    paper_text (&paper, "内科当番 見本 花子 0990-00-0001");
    is_number (paper_print (&paper, &plain, NULL, &err), 0, "a sheet is printed");
    is_number (paper_lock (&arena, plain, password, &locked, &err), 0, "S-58 ...and locked");
    ok (strstr (reads (plain, ""), "0990-00-0001"), "the plain one is read by anybody");
    ok (strstr (reads (locked, arena_print (&arena, "-upw %s", password)), "0990-00-0001"), "S-58 the locked one by whoever has its password");
    ok (!strstr (reads (locked, ""), "0990-00-0001"), "S-58 ...by nobody without");
    ok (!strstr (reads (locked, arena_print (&arena, "-upw %s", other)), "0990-00-0001"), "S-58 ...nor with another");
    ok (!holds (locked, "0990-00-0001") && holds (locked, "AESV3"), "S-58 it is AES with 256 bits");
}

static void test_wrong (void)
{
    struct bytes locked;
    struct error err = { 0 };

    is_number (paper_lock (&arena, (struct bytes) { .data = (void *) "no paper", .size = 8 }, "1234", &locked, &err), -1, "what is no PDF is refused");
    is_number (paper_lock (&arena, (struct bytes) { 0 }, "1234", &locked, &err), -1, "...nothing as well");
    is_number (paper_lock (&arena, (struct bytes) { .data = (void *) "%PDF-1.5", .size = 8 }, "", &locked, &err), -1, "...and an empty password");
}

int main (void)
{
    if (!mkdtemp (folder))
        abort ();
    test_lock ();
    test_wrong ();
    rmdir (folder);
    arena_done (&arena);
    return done ();
}
