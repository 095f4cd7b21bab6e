/* import_job.c - the job "import": one step of the oldest import a run.  See import.h for the steps. */
#include "clock.h"
#include "import.h"
#include "import_item_store.h"
#include "import_store.h"

enum { CHUNK_LEAST = 100, CHUNK_MOST = 4000, TRIES = 5 };

/* Rows a transaction, kept so that a step stays well below 200 ms. */
static void adapt (struct import *import, int64_t took_us)
{
    if (took_us > 130000)
        import->chunk = import->chunk / 2;
    else if (took_us < 50000)
        import->chunk = import->chunk * 3 / 2;
    import->chunk = import->chunk < CHUNK_LEAST ? CHUNK_LEAST : import->chunk > CHUNK_MOST ? CHUNK_MOST : import->chunk;
}

static int note_missing (struct db *db, const struct import *import, struct text_list names, struct error *err)
{
    for (size_t i = 0; i < names.count; i++)
        if (import_store_note (db, import, "市区町村", names.items[i], "前回までの取り込みにありましたが、このファイルにはありません（廃止とはみなしません）", err) < 0)
            return -1;
    return 0;
}

/* What the file would leave out. */
static int count_step (struct job_run *run, struct import *import, struct error *err)
{
    struct text_list absent[3];

    if (import->partial) {
        import->phase = "cover";
        return 0;
    }
    if (import_store_absent (run, import, &import->looked_at, absent, err) < 0)
        return -1;
    import->absent += (int64_t) absent[0].count;
    if (!import->looked_at)
        import->phase = "cover";
    return 0;
}

/* All rows are staged: is the file as complete as the ones before, and not older? */
static int cover_step (struct job_run *run, struct import *import, struct error *err)
{
    struct text_list names = { 0 };
    int64_t known, missing;
    const char *why, *newest;

    if (import_store_coverage (run->db, run->arena, import, &known, &missing, &names, err) < 0
        || (!import->partial && note_missing (run->db, import, names, err) < 0)
        || import_store_newer (run->db, run->arena, import, &newest, err) < 0)
        return -1;
    why = import_judge_date (import->source_date, newest, run->arena);
    why = why || import->partial ? why : import_judge_coverage (known, missing, run->arena);
    if (why && !import->force) {
        import_refuse (import, why);
        return 0;
    }
    import->phase = strcmp (import->state, "running") == 0 ? "write" : "wait";
    if (strcmp (import->state, "checking") == 0)
        import->state = "checked";
    return 0;
}

static void read_again (struct import *import)
{
    import->phase = "read";
    import->header = import->looked_at = NULL;
    import->at = 0;
    import->line = 1;
    import->staged = import->rows_read = import->added = import->changed = import->unchanged = 0;
    import->refused = import->doubtful = import->absent = import->lost_zeros = import->phone_is_number = 0;
}

/* What the check has staged still stands unless the server crashed (unlogged) or another import was written meanwhile. */
static int verify_step (struct job_run *run, struct import *import, struct error *err)
{
    int64_t staged, base;

    if (import_store_staged (run->db, import, &staged, err) < 0 || import_store_base (run->db, &base, err) < 0)
        return -1;
    import->written = import->written_line = 0;
    if (staged == import->staged && base == import->base) {
        import->phase = "write";
        return 0;
    }
    read_again (import);
    return import_store_forget (run->db, import, err);
}

static void finish (struct import *import)
{
    import->state = "done";
    import->phase = "clean";
}

/* What belongs to facilities that are there by now. */
static int write_more (struct job_run *run, const struct import *import, int64_t line, struct error *err)
{
    const struct import_profile *profile = profile_open (run->arena, import->profiles_dir, import->profile);

    if (!profile)
        return fail (err, ERROR_BUG, NULL, "no profile %s any more", import->profile);
    return import_item_store_write (run, import, profile, import->written_line, line, err);
}

static int write_step (struct job_run *run, struct import *import, struct error *err)
{
    int64_t rows = 0, line = 0, staged = 0;

    if (import_store_write (run, import, &rows, &line, err) < 0 || (rows > 0 && write_more (run, import, line, err) < 0))
        return -1;
    import->written += rows;
    if (rows > 0) {
        import->written_line = line;
        return 0;
    }
    /* nothing left, or nothing there any more? */
    if (import_store_staged (run->db, import, &staged, err) < 0)
        return -1;
    if (staged == import->staged) {
        if (import->absent > 0)
            import->phase = "absent";
        else
            finish (import);
        return 0;
    }
    read_again (import);
    return import_store_forget (run->db, import, err);
}

static int absent_step (struct job_run *run, struct import *import, struct error *err)
{
    struct text_list absent[3];

    if (import_store_absent (run, import, &import->looked_at, absent, err) < 0
        || import_store_mark_absent (run, import, absent, err) < 0)
        return -1;
    if (!import->looked_at)
        finish (import);
    return 0;
}

static int clean_step (struct job_run *run, struct import *import, struct error *err)
{
    int64_t rows = 0;

    if (import_store_clean (run->db, import, &rows, err) < 0)
        return -1;
    if (rows == 0)
        import->phase = "end";
    return 0;
}

static int step (struct job_run *run, struct import *import, struct error *err)
{
    static const struct { const char *phase; int (*take) (struct job_run *, struct import *, struct error *); } steps[] = {
        { "read", import_read_step }, { "count", count_step }, { "cover", cover_step }, { "verify", verify_step }, { "write", write_step },
        { "absent", absent_step }, { "clean", clean_step },
    };

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (strcmp (steps[i].phase, import->phase) == 0)
            return steps[i].take (run, import, err);
    return fail (err, ERROR_BUG, NULL, "no import phase %s", import->phase);
}

/* A step that fails again and again must not hold up the imports behind it. */
static bool gave_up (struct import_trouble *trouble, struct import *import)
{
    if (strcmp (trouble->import_id, import->import_id) != 0) {
        snprintf (trouble->import_id, sizeof trouble->import_id, "%s", import->import_id);
        trouble->times = 0;
    }
    if (trouble->times < TRIES)
        return false;
    trouble->times = 0;
    import_fail (import, "取り込み中に誤りが続いたため中断しました。運用者に連絡してください");
    return true;
}

int import_job (void *service, struct job_run *run, struct error *err)
{
    struct registry *self = service;
    struct import import;
    int64_t began = clock_monotonic_us ();
    bool found;

    if (import_store_next (run->db, run->arena, &found, &import, err) < 0)
        return -1;
    if (!found)
        return import_store_expire (run->db, err);
    import.profiles_dir = self->profiles_dir;
    if (!gave_up (&self->import_trouble, &import) && step (run, &import, err) < 0) {
        self->import_trouble.times += !err->connection_lost;
        return -1;
    }
    adapt (&import, clock_monotonic_us () - began);
    if (import_store_save (run->db, &import, err) < 0)
        return -1;
    self->import_trouble.times = 0;
    *run->again = true;
    return 0;
}
