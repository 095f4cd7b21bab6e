/* job_office_paper.c - every night from 4:00, for each office, who has duty and the telephone numbers as an encrypted PDF in a folder that is
 * carried away without the system (S-58, --paper-dir): PAPER-DIR/MUNICIPALITY/OFFICE-ID.pdf.
 *
 * A few offices a run, in one transaction with the note that they were made.  A file is written whole and renamed into place; when the note
 * is lost it is written again.  A folder that cannot be written is logged and tried again at the next run.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "clock.h"
#include "log.h"
#include "notify.h"
#include "office_paper_store.h"
#include "paper_lock.h"
#include "shift_cache_store.h"

enum { MADE_FROM_MINUTE = 4 * 60 };

static int write_all (int fd, struct bytes bytes)
{
    for (size_t done = 0; done < bytes.size;) {
        ssize_t written = write (fd, (const char *) bytes.data + done, bytes.size - done);

        if (written < 0 && errno != EINTR)
            return -1;
        done += written > 0 ? (size_t) written : 0;
    }
    return fsync (fd);
}

static int put_file (struct arena *arena, const char *folder, const char *located_in, const char *office_id, struct bytes bytes,
                     struct error *err)
{
    const char *place = arena_print (arena, "%s/%s", folder, located_in), *path = arena_print (arena, "%s/%s.pdf", place, office_id);
    const char *fresh = arena_print (arena, "%s.new", path);
    int fd, failed;

    if (mkdir (place, 0750) < 0 && errno != EEXIST)
        return fail (err, ERROR_TRY_LATER, NULL, "the folder of papers cannot be written");
    fd = open (fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    failed = fd < 0 || write_all (fd, bytes) < 0;
    if (fd >= 0)
        failed |= close (fd) < 0;
    if (failed || rename (fresh, path) < 0)
        return fail (err, ERROR_TRY_LATER, NULL, "a paper cannot be written");
    return 0;
}

static int make_paper (struct job_run *run, const char *folder, const struct office_due_list *due, struct office_due *office,
                       struct office_paper_facts *facts, struct error *err)
{
    struct bytes plain, locked;

    facts->office = office->name;
    if (!office->password) {
        char *password = arena_alloc (run->arena, PAPER_PASSWORD_SIZE);

        paper_password (password);
        office->password = password;
    }
    if (office_paper_print (run->arena, facts, &plain, err) < 0 || paper_lock (run->arena, plain, office->password, &locked, err) < 0)
        return -1;
    return put_file (run->arena, folder, due->located_in, office->office_id, locked, err);
}

static int make_papers (struct job_run *run, const char *folder, const struct office_due_list *due, const char *day, struct error *err)
{
    const struct shift_source source = { NULL, shift_cache_shifts };
    struct duty_lines lines;
    struct office_number *numbers;
    struct office_paper_facts facts = { .municipality = due->municipality, .lines = &lines, .now = run->now };

    if (duty_load (run->db, run->arena, &source, due->located_in, run->now, run->now + OFFICE_PAPER_HOURS * 3600LL * SECOND_US, &lines, err) < 0
        || office_paper_numbers (run->db, run->arena, due->located_in, &numbers, &facts.number_count, err) < 0)
        return -1;
    facts.numbers = numbers;
    for (size_t i = 0; i < due->count; i++)
        if (make_paper (run, folder, due, &due->items[i], &facts, err) < 0
            || office_paper_made (run->db, &due->items[i], due->located_in, day, run->now, err) < 0)
            return -1;
    *run->again = true;
    return 0;
}

int notify_job_office_paper (void *service, struct job_run *run, struct error *err)
{
    const struct notify *self = service;
    struct tokyo now = tokyo_of (run->now);
    struct office_due_list due;
    char day[11];

    if (!self->paper_dir || !*self->paper_dir)
        return 0;
    day_number_text (now.day_number - (now.minute < MADE_FROM_MINUTE), day);
    if (office_paper_due (run->db, run->arena, day, &due, err) < 0)
        return -1;
    return due.count ? make_papers (run, self->paper_dir, &due, day, err) : 0;
}
