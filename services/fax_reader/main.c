/* main.c - renkei-fax-reader: a file of pages on standard input, its pages on standard output.
 *
 *     RKF1\n
 *     number DIGITS\n                                       when the file tells who sent it
 *     page WIDTH HEIGHT SIZE CODE…\n  and SIZE bytes of PNG       for every page
 *     end\n                or, instead of pages:  bad WHY\n   (fax_file.h)
 *
 * What comes in is a stranger's: the process has no connection, no key and nothing to lose, and limits itself before it reads: memory,
 * time, files, what it writes.  A file that breaks it breaks nothing else; whoever started it sees that no "end" came.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include "fax_file.h"

enum { MEMORY_MB = 768, CPU_SECONDS = 40, WALL_SECONDS = 60, OUT_MB = 32 };

static void limit (int what, rlim_t most)
{
    setrlimit (what, &(struct rlimit) { most, most });
}

static void limit_all (void)
{
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
    limit (RLIMIT_AS, (rlim_t) MEMORY_MB * 1024 * 1024);
#endif
    limit (RLIMIT_CPU, CPU_SECONDS);
    limit (RLIMIT_FSIZE, (rlim_t) OUT_MB * 1024 * 1024);
    limit (RLIMIT_NOFILE, 64);
    limit (RLIMIT_CORE, 0);
    prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    alarm (WALL_SECONDS);
}

static struct fax_span read_all (void)
{
    unsigned char *data = malloc (FAX_FILE_BYTES_MOST + 1);
    size_t used = 0;
    ssize_t got = 1;

    while (data && got > 0 && used <= FAX_FILE_BYTES_MOST) {
        got = read (STDIN_FILENO, data + used, FAX_FILE_BYTES_MOST + 1 - used);
        used += got > 0 ? (size_t) got : 0;
    }
    return (struct fax_span) { data, got < 0 || !data ? 0 : used };
}

static bool write_pages (const struct fax_pages *pages)
{
    printf ("RKF1\n");
    if (*pages->number)
        printf ("number %s\n", pages->number);
    if (pages->bad)
        return printf ("bad %s\n", pages->bad) > 0 && fflush (stdout) == 0;
    for (int i = 0; i < pages->count; i++) {
        const struct fax_page *page = &pages->items[i];

        printf ("page %d %d %zu", page->width, page->height, page->size);
        for (int j = 0; j < page->code_count; j++)
            printf (" %s", page->codes[j]);
        printf ("\n");
        if (fwrite (page->png, 1, page->size, stdout) != page->size)
            return false;
    }
    return printf ("end\n") > 0 && fflush (stdout) == 0;
}

int main (void)
{
    static struct fax_pages pages;

    close_range (3, ~0u, 0);
    if (chdir ("/") != 0)
        return 1;
    limit_all ();
    fax_file_read (read_all (), &pages);
    return write_pages (&pages) ? 0 : 1;
}
