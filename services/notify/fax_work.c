/* fax_work.c - see fax_work.h. */
#include "fax_work.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "clock.h"

enum { LOOK_AT_MOST = 20 * 1024 * 1024 + 1, SAID_MOST = 32 * 1024 * 1024 };

void fax_work_init (struct fax_work *work, const char *dir, const char *reader)
{
    *work = (struct fax_work) { .dir = dir, .reader = reader, .file = -1, .out = -1 };
}

const char *fax_work_office (const struct fax_work *work, struct arena *arena)
{
    return arena_copy (arena, work->at, 36);
}

const char *fax_work_name (const struct fax_work *work)
{
    return work->at + 37;
}

/* ---- the next one -------------------------------------------------------------------------------------------------------------------- */

static bool is_office (const char *name)
{
    return strlen (name) == 36 && strspn (name, "0123456789abcdef-") == 36;
}

static bool ends_in (const char *name, const char *end)
{
    size_t size = strlen (name), tail = strlen (end);

    return size > tail && strcmp (name + size - tail, end) == 0;
}

static bool is_taken (const struct dirent *entry)
{
    return *entry->d_name != '.' && strlen (entry->d_name) < 200 && !ends_in (entry->d_name, ".tmp") && !ends_in (entry->d_name, ".part")
           && (entry->d_type == DT_REG || entry->d_type == DT_UNKNOWN);
}

/* The first path after `after`; *best grows smaller. */
static void look_in (const char *dir, const char *office, const char *after, char best[FAX_PATH_MOST])
{
    char folder[4096], path[FAX_PATH_MOST];
    struct dirent *entry;
    DIR *files;

    snprintf (folder, sizeof folder, "%s/%s", dir, office);
    files = opendir (folder);
    while (files && (entry = readdir (files)) != NULL) {
        if (!is_taken (entry))
            continue;
        snprintf (path, sizeof path, "%s/%s", office, entry->d_name);
        if (strcmp (path, after) > 0 && (!*best || strcmp (path, best) < 0))
            memcpy (best, path, sizeof path);
    }
    if (files)
        closedir (files);
}

static bool digest_of (int file, const char *name, unsigned char ret[FAX_DIGEST_BYTES])
{
    crypto_hash_sha256_state state;
    unsigned char piece[65536];
    size_t all = 0;
    ssize_t got;

    crypto_hash_sha256_init (&state);
    crypto_hash_sha256_update (&state, (const unsigned char *) name, strlen (name) + 1);
    while (all < LOOK_AT_MOST && (got = read (file, piece, sizeof piece)) > 0) {
        crypto_hash_sha256_update (&state, piece, (unsigned long long) got);
        all += (size_t) got;
    }
    crypto_hash_sha256_final (&state, ret);
    return lseek (file, 0, SEEK_SET) == 0;
}

static bool open_file (struct fax_work *work)
{
    char path[4096];
    struct stat about;

    snprintf (path, sizeof path, "%s/%s", work->dir, work->at);
    work->file = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (work->file >= 0 && fstat (work->file, &about) == 0 && S_ISREG (about.st_mode) && digest_of (work->file, fax_work_name (work), work->digest))
        return true;
    fax_work_leave (work);
    return false;
}

bool fax_work_next (struct fax_work *work)
{
    DIR *dir = work->dir && *work->dir ? opendir (work->dir) : NULL;
    char best[FAX_PATH_MOST] = "";
    struct dirent *entry;

    while (dir && (entry = readdir (dir)) != NULL)
        if (is_office (entry->d_name))
            look_in (work->dir, entry->d_name, work->at, best);
    if (dir)
        closedir (dir);
    memcpy (work->at, best, sizeof best);
    return *best && open_file (work);
}

/* ---- reading ------------------------------------------------------------------------------------------------------------------------- */

bool fax_work_begin (struct fax_work *work)
{
    char *const words[] = { (char *) work->reader, NULL };
    char *const settings[] = { (char *) "LANG=C.UTF-8", (char *) "HOME=/nonexistent", (char *) "PATH=/usr/bin:/bin", NULL };
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status;

    work->out = (int) syscall (SYS_memfd_create, "fax", 1 /* MFD_CLOEXEC */);
    if (work->out < 0)
        return false;
    posix_spawn_file_actions_init (&actions);
    posix_spawn_file_actions_adddup2 (&actions, work->file, STDIN_FILENO);
    posix_spawn_file_actions_adddup2 (&actions, work->out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen (&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    status = posix_spawn (&child, work->reader, &actions, NULL, words, settings);
    posix_spawn_file_actions_destroy (&actions);
    work->child = status == 0 ? child : 0;
    work->read = false;
    work->begun = clock_monotonic_us ();
    return status == 0;
}

bool fax_work_ended (struct fax_work *work, bool wait)
{
    int status;

    if (work->child && !wait && clock_monotonic_us () - work->begun > FAX_READ_SECONDS * (int64_t) SECOND_US)
        kill (work->child, SIGKILL);
    if (work->child && waitpid (work->child, &status, wait ? 0 : WNOHANG) == work->child) {
        work->child = 0;
        work->read = true;
    }
    return work->read;
}

void fax_work_said (struct fax_work *work, struct arena *arena, struct fax_read *ret)
{
    off_t size = lseek (work->out, 0, SEEK_END);
    unsigned char *said;

    *ret = (struct fax_read) { .bad = "broken" };
    if (size <= 0 || size > SAID_MOST)
        return;
    said = arena_alloc (arena, (size_t) size);
    if (pread (work->out, said, (size_t) size, 0) != size || !fax_read_parse (arena, (struct bytes) { said, (size_t) size }, ret))
        *ret = (struct fax_read) { .bad = "broken" };
}

/* ---- away with it -------------------------------------------------------------------------------------------------------------------- */

static const char *words_of (const char *bad)
{
    static const char *const words[][2] = {
        { "unknown", "no TIFF, PDF, PNG or mail" }, { "locked", "a PDF with a password" }, { "bytes", "more than 20 MiB" },
        { "pages", "more than 40 pages" }, { "pixels", "a page with more than 20 million dots" },
        { "empty", "a mail without a page" }, { "several", "a mail with more than one file of pages" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp (words[i][0], bad) == 0)
            return words[i][1];
    return "broken, or it took the reader too much time or memory";
}

/* Never over another file of that name. */
static bool keep_bad (const struct fax_work *work, struct arena *arena, const char *bad)
{
    const char *from = arena_print (arena, "%s/%s", work->dir, work->at), *folder = arena_print (arena, "%s/%.36s/bad", work->dir, work->at);
    bool kept = false;

    mkdir (folder, 0750);
    for (int i = 0; i < 100 && !kept; i++) {
        const char *to = i ? arena_print (arena, "%s/%d-%s", folder, i, fax_work_name (work)) : arena_print (arena, "%s/%s", folder, fax_work_name (work));
        FILE *why = (kept = link (from, to) == 0) ? fopen (arena_print (arena, "%s.why", to), "w") : NULL;

        if (why) {
            fprintf (why, "%s\n", words_of (bad));
            fclose (why);
        }
    }
    return kept && unlink (from) == 0;
}

bool fax_work_put_away (struct fax_work *work, struct arena *arena, const char *bad)
{
    bool gone = bad ? keep_bad (work, arena, bad) : unlink (arena_print (arena, "%s/%s", work->dir, work->at)) == 0;

    fax_work_leave (work);
    return gone;
}

void fax_work_leave (struct fax_work *work)
{
    if (work->child) {
        kill (work->child, SIGKILL);
        waitpid (work->child, NULL, 0);
    }
    if (work->file >= 0)
        close (work->file);
    if (work->out >= 0)
        close (work->out);
    work->child = 0;
    work->file = work->out = -1;
    work->read = false;
}
