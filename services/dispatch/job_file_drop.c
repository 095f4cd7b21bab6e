/* job_file_drop.c - messages laid down as files: DROP-DIR/PARTNER-ID/NAME.{json,xml,txt,eml}, written elsewhere and renamed into place.
 *
 * One file a run.  A file is taken as if it had come by HTTP; when the next run finds that its answer stands – committed, then – the answer
 * is laid down as done/NAME.ack and the file goes to done/.  A process that dies in between takes it again, which changes nothing (V-03).
 * A name beginning with a dot is not looked at.  Only partners whose formats hold `file`.
 */
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "asking.h"
#include "receive.h"

static const char *media_of (const char *name)
{
    const char *dot = strrchr (name, '.');

    return !dot || *name == '.' ? NULL
           : strcmp (dot, ".json") == 0 ? "application/json"
           : strcmp (dot, ".xml") == 0 ? "application/cap+xml"
           : strcmp (dot, ".txt") == 0 || strcmp (dot, ".eml") == 0 ? "text/plain" : NULL;
}

/* The first of them by name; NULL: none. */
static const char *first_file (const char *folder, struct arena *arena)
{
    DIR *dir = opendir (folder);
    const char *first = NULL;
    struct dirent *entry;

    while (dir && (entry = readdir (dir)) != NULL)
        if (media_of (entry->d_name) && (!first || strcmp (entry->d_name, first) < 0))
            first = arena_text (arena, entry->d_name);
    if (dir)
        closedir (dir);
    return first;
}

static bool read_file (const char *path, struct arena *arena, struct bytes *ret)
{
    int fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    unsigned char *bytes = arena_alloc (arena, INTAKE_BYTES_MOST + 1);
    size_t used = 0;
    ssize_t got = fd < 0 ? -1 : 1;

    while (got > 0 && used <= INTAKE_BYTES_MOST && (got = read (fd, bytes + used, INTAKE_BYTES_MOST + 1 - used)) > 0)
        used += (size_t) got;
    if (fd >= 0)
        close (fd);
    *ret = (struct bytes) { bytes, used };
    return got >= 0;
}

static bool write_file (const char *path, struct bytes bytes)
{
    int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    bool written = fd >= 0 && write (fd, bytes.data, bytes.size) == (ssize_t) bytes.size;

    if (fd >= 0)
        written &= close (fd) == 0;
    return written;
}

static void put_away (const char *folder, const char *name, struct bytes ack, struct arena *arena)
{
    mkdir (arena_print (arena, "%s/done", folder), 0750);
    if (write_file (arena_print (arena, "%s/done/%s.ack", folder, name), ack))
        rename (arena_print (arena, "%s/%s", folder, name), arena_print (arena, "%s/done/%s", folder, name));
}

static bool takes_files (const struct partner *partner)
{
    for (size_t i = 0; i < partner->formats.count; i++)
        if (partner->formats.items[i] == MESSAGE_FORMAT_FILE)
            return partner->enabled;
    return false;
}

static int take_one (struct dispatch *self, struct job_run *run, const char *partner_id, struct error *err)
{
    const char *folder = arena_print (run->arena, "%s/%s", self->drop_dir, partner_id), *name = first_file (folder, run->arena);
    struct received received = { 0 };
    struct partner partner;
    struct receipt receipt;
    struct asking asking;

    if (!name || partner_find (run->db, run->arena, partner_id, &partner, err) < 0)
        return name ? -1 : 0;
    if (!partner.partner_id || !takes_files (&partner)
        || !read_file (arena_print (run->arena, "%s/%s", folder, name), run->arena, &received.body))
        return 0;
    received.content_type = media_of (name);
    asking_of_job (&asking, self, run, 0);
    if (receive (&asking.request, &partner, &received, &receipt, err) < 0)
        return -1;
    if (receipt.again)
        put_away (folder, name, receipt.body, run->arena);
    *run->again = true;
    return 0;
}

static bool is_partner_id (const char *name)
{
    return strlen (name) == 36 && strspn (name, "0123456789abcdef-") == 36;
}

int dispatch_job_file_drop (void *service, struct job_run *run, struct error *err)
{
    struct dispatch *self = service;
    DIR *dir = self->drop_dir && *self->drop_dir ? opendir (self->drop_dir) : NULL;
    struct dirent *entry;
    int status = 0;

    while (status == 0 && !*run->again && dir && (entry = readdir (dir)) != NULL)
        if (is_partner_id (entry->d_name))
            status = take_one (self, run, entry->d_name, err);
    if (dir)
        closedir (dir);
    return status;
}
