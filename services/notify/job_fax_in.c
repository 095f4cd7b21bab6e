/* job_fax_in.c - FAX that a FAX server or a mail gateway has laid down: --fax-in-dir/OFFICE-ID/NAME (fax_work.h, docs/fax.md).
 *
 * One file at a time.  A run starts its reading in another process and returns; a later run, when it has ended, writes the pages, what
 * becomes of them (fax_in_rules.h) and the notices in one transaction; the next one, finding that it stands – committed, then – removes
 * the file, or moves it to bad/.  Whoever dies in between takes the file again, finds its digest and only removes it: never two, never none.
 * A folder that bears no known office's id is left alone, and said so in the log.
 */
#include "fax_in_store.h"
#include "feed_store.h"
#include "log.h"
#include "notify.h"

static int tell (struct job_run *run, enum feed_kind kind, const char *patient_id, struct text_list people, struct error *err)
{
    struct feed_writer feed = { run->db, run->arena, run->batch };
    const struct notice notice = { .kind = kind, .at = run->now, .patient_id = patient_id };

    return people.count ? feed_add_people (&feed, &notice, people, err) : 0;
}

static int tell_office (struct job_run *run, enum feed_kind kind, const char *office_id, struct error *err)
{
    struct text_list people;

    return fax_in_people (run, office_id, &people, err) < 0 ? -1 : tell (run, kind, NULL, people, err);
}

static int tell_outcome (struct job_run *run, const struct fax_verdict *verdict, const struct fax_known *known, const char *office_id, struct error *err)
{
    const struct text_list sender = { &known->person_id, 1 };

    if (verdict->state == FAX_IN_STATE_FILED)
        return tell (run, FEED_KIND_FAX_ANSWERED, known->patient_id, sender, err);
    if (verdict->state == FAX_IN_STATE_CONFIRMED)
        return fax_in_confirm (run, known, err) < 0 ? -1 : tell (run, FEED_KIND_FAX_CONFIRMED, NULL, sender, err);
    return tell_office (run, FEED_KIND_FAX_WAITING, office_id, err);
}

static int keep (struct fax_work *work, struct job_run *run, const char *municipality, struct error *err)
{
    const char *office_id = fax_work_office (work, run->arena);
    struct fax_known known = { .code = NULL };
    struct fax_verdict verdict;
    struct fax_read *read = arena_alloc (run->arena, sizeof *read);
    struct text_list codes;

    fax_work_said (work, run->arena, read);
    codes = fax_codes_of (run->arena, read);
    if (codes.count == 1 && fax_in_code (run, codes.items[0], &known, err) < 0)
        return -1;
    verdict = fax_in_judge (run->arena, read, office_id, &known);
    if (fax_in_add (run, municipality, work, read, &verdict, &known, err) < 0)
        return -1;
    *run->again = true;
    return tell_outcome (run, &verdict, &known, office_id, err);
}

static void put_away (struct fax_work *work, struct job_run *run, bool bad)
{
    struct fax_read *read = arena_alloc (run->arena, sizeof *read);

    read->bad = "broken";
    if (work->read)
        fax_work_said (work, run->arena, read);
    if (!fax_work_put_away (work, run->arena, bad ? read->bad : NULL))
        log_event (LOG_LEVEL_WARNING, "a file of FAX cannot be removed", "office", fax_work_office (work, run->arena), NULL);
    *run->again = true;
}

static int go_on (struct fax_work *work, struct job_run *run, struct error *err)
{
    struct fax_in_place place;

    if (fax_in_place (run, fax_work_office (work, run->arena), work->digest, &place, err) < 0)
        return -1;
    if (place.known)
        put_away (work, run, place.was_bad);
    else if (!place.municipality) {
        if (strncmp (work->stranger, work->at, 36) != 0)
            log_event (LOG_LEVEL_WARNING, "a FAX for an office that is not known", "office", fax_work_office (work, run->arena), NULL);
        memcpy (work->stranger, work->at, 36);
        fax_work_leave (work);
    } else if (work->read)
        return keep (work, run, place.municipality, err);
    else if (!fax_work_begin (work)) {
        log_event (LOG_LEVEL_ERROR, "the reader of FAX cannot be started", "path", work->reader, NULL);
        fax_work_leave (work);
    }
    return 0;
}

static int tell_overdue (struct job_run *run, struct error *err)
{
    struct text_list offices;

    if (fax_in_overdue (run, &offices, err) < 0)
        return -1;
    for (size_t i = 0; i < offices.count; i++)
        if (tell_office (run, FEED_KIND_FAX_OVERDUE, offices.items[i], err) < 0)
            return -1;
    return 0;
}

int notify_job_fax_in (void *service, struct job_run *run, struct error *err)
{
    struct fax_work *work = &((struct notify *) service)->fax;

    if (!work->reader)
        return 0;
    if (work->child && !fax_work_ended (work, false))
        return 0;
    if (work->file < 0 && !fax_work_next (work))
        return tell_overdue (run, err);
    return go_on (work, run, err);
}
