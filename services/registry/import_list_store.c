/* import_list_store.c - imports as curators see them: see import_list_store.h. */
#include "import_list_store.h"
#include "text.h"

enum { UPLOAD, BEGIN, STATE, RUN, LIST, REPORT, COUNTS, PROBLEMS, STATEMENT_COUNT };

const struct db_statement import_list_statements[] = {
    [UPLOAD] = { "import_upload", "select u.name, u.size, u.finished_at is not null as finished from upload u"
                                  " where u.municipality = (select guard.municipality ()) and u.id = $1::uuid" },
    [BEGIN] = { "import_begin",
                "insert into import (municipality, import_id, upload_id, file, profile, source_date, encoding, force, state, phase, size,"
                "                    started_at, started_by, partial)"
                " values ($1, $2::uuid, $3::uuid, $4, $5, $6::date, $7, $8::boolean, 'checking', 'read', $9::bigint, guard.to_time "
                "($10::bigint), $11::uuid, $12::boolean)" },
    [STATE] = { "import_state", "select i.state from import i where i.import_id = $1::uuid for update" },
    [RUN] = { "import_run",
              "update import set state = 'running', phase = 'verify', run_by = $2::uuid where import_id = $1::uuid and state = 'checked'" },
    [LIST] = { "import_list",
               "select i.import_id, i.file, i.profile, i.state, i.rows_read, guard.to_us (i.started_at) as started, coalesce (p.name, '') "
               "as name"
               "  from import i left join person p on p.person_id = i.started_by order by i.started_at desc, i.import_id limit 100" },
    [REPORT] = { "import_report",
                 "select i.*, (select count(*) from import_problem p where p.municipality = i.municipality and p.import_id = i.import_id"
                  "                 and p.conflict) as conflicts from import i where i.import_id = $1::uuid" },
    [COUNTS] = { "import_counts", "select c.located_in, c.name, c.added, c.changed, c.unchanged, c.refused, c.doubtful"
                                  "  from import_count c where c.import_id = $1::uuid order by c.located_in limit 2000" },
    [PROBLEMS] = { "import_problem_page", "select p.line, p.number, p.title, p.value, p.reason, p.refused from import_problem p"
                                          " where p.import_id = $1::uuid and (p.line, p.number) > ($2::bigint, $3::bigint) order by "
                                          "p.line, p.number limit $4::int" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

int import_list_store_upload (struct db *db, struct arena *arena, const char *upload_id, bool *ret_found, struct finished_upload *ret,
                              struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, upload_id);
    if (db_run (db, &import_list_statements[UPLOAD], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) == 1;
    if (*ret_found)
        *ret = (struct finished_upload){ db_copy_text (rows, 0, "name", arena), db_get_number (rows, 0, "size"),
                                         db_get_flag (rows, 0, "finished") };
    return 0;
}

int import_list_store_begin (struct db *db, const char *import_id, const char *municipality, const char *person_id, int64_t now,
                             const struct import_check *check, const struct finished_upload *upload, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, municipality);
    db_text (&args, import_id);
    db_text (&args, check->upload_id);
    db_text (&args, upload->name);
    db_text (&args, check->profile);
    db_text (&args, check->source_date);
    db_text (&args, check->encoding);
    db_flag (&args, check->has_force && check->force);
    db_number (&args, upload->size);
    db_time (&args, now);
    db_text (&args, person_id);
    db_flag (&args, check->has_partial && check->partial);
    return db_queue_expect (db, &import_list_statements[BEGIN], &args, 1, ERROR_BUG, err);
}

static enum import_state state_of (const char *name)
{
    return (enum import_state) enum_number (&import_state_type, name);
}

int import_list_store_state (struct db *db, const char *import_id, bool *ret_found, enum import_state *ret, struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, import_id);
    if (db_run (db, &import_list_statements[STATE], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) == 1;
    if (*ret_found)
        *ret = state_of (db_get_text (rows, 0, "state"));
    return 0;
}

int import_list_store_run (struct db *db, const char *import_id, const char *person_id, struct error *err)
{
    struct db_args args = { 0 };

    db_text (&args, import_id);
    db_text (&args, person_id);
    return db_queue_expect (db, &import_list_statements[RUN], &args, 1, ERROR_IMPORT_NOT_CHECKED, err);
}

int import_list_store_list (struct db *db, struct arena *arena, struct import_line_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct import_line *lines;
    DB_ROWS (rows);

    if (db_run (db, &import_list_statements[LIST], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = lines = arena_alloc (arena, (ret->count + 1) * sizeof *lines);
    for (int row = 0; row < db_count (rows); row++)
        lines[row] = (struct import_line) {
            .import_id = db_copy_text (rows, row, "import_id", arena), .file = db_copy_text (rows, row, "file", arena),
            .profile = db_copy_text (rows, row, "profile", arena), .state = state_of (db_get_text (rows, row, "state")),
            .rows_read = db_get_number (rows, row, "rows_read"), .started_at = db_get_number (rows, row, "started"),
            .started_by = text_cut (arena, db_get_text (rows, row, "name"), 120),
        };
    return 0;
}

static int read_counts (struct db *db, struct arena *arena, const char *import_id, struct import_count_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct import_count *counts;
    DB_ROWS (rows);

    db_text (&args, import_id);
    if (db_run (db, &import_list_statements[COUNTS], &args, &rows, err) < 0)
        return -1;
    ret->count = (size_t) db_count (rows);
    ret->items = counts = arena_alloc (arena, (ret->count + 1) * sizeof *counts);
    for (int row = 0; row < db_count (rows); row++)
        counts[row] = (struct import_count) {
            .municipality = db_copy_text (rows, row, "located_in", arena), .name = text_cut (arena, db_get_text (rows, row, "name"), 60),
            .added = db_get_number (rows, row, "added"), .changed = db_get_number (rows, row, "changed"),
            .unchanged = db_get_number (rows, row, "unchanged"), .refused = db_get_number (rows, row, "refused"),
            .doubtful = db_get_number (rows, row, "doubtful"),
        };
    return 0;
}

/* While it is being written, the rows written so far are told. */
static int64_t rows_so_far (const db_rows *rows)
{
    bool writing = strcmp (db_get_text (rows, 0, "state"), "running") == 0 && strcmp (db_get_text (rows, 0, "phase"), "read") != 0;

    return writing ? db_get_number (rows, 0, "written") + db_get_number (rows, 0, "unchanged") + db_get_number (rows, 0, "refused")
                   : db_get_number (rows, 0, "rows_read");
}

int import_list_store_report (struct db *db, struct arena *arena, const char *import_id, bool *ret_found, struct import_report_answer *ret,
                              struct error *err)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);

    db_text (&args, import_id);
    if (db_run (db, &import_list_statements[REPORT], &args, &rows, err) < 0)
        return -1;
    *ret_found = db_count (rows) == 1;
    if (!*ret_found)
        return 0;
    *ret = (struct import_report_answer) {
        .import_id = db_copy_text (rows, 0, "import_id", arena), .file = db_copy_text (rows, 0, "file", arena),
        .profile = db_copy_text (rows, 0, "profile", arena), .state = state_of (db_get_text (rows, 0, "state")),
        .rows_read = rows_so_far (rows), .has_rows_total = strcmp (db_get_text (rows, 0, "phase"), "read") != 0,
        .rows_total = db_get_number (rows, 0, "rows_read"), .added = db_get_number (rows, 0, "added"),
        .changed = db_get_number (rows, 0, "changed"), .unchanged = db_get_number (rows, 0, "unchanged"),
        .refused = db_get_number (rows, 0, "refused"), .doubtful = db_get_number (rows, 0, "doubtful"),
        .has_partial = true, .partial = db_get_flag (rows, 0, "partial"),
        .has_conflicts = true, .conflicts = db_get_number (rows, 0, "conflicts"),
        .has_part_read = strcmp (db_get_text (rows, 0, "phase"), "read") == 0,
        .part_read = 100 * db_get_number (rows, 0, "at") / (db_get_number (rows, 0, "size") + 1),
        .absent = db_get_number (rows, 0, "absent"), .why = text_cut (arena, db_get_text (rows, 0, "why"), 200),
    };
    return read_counts (db, arena, import_id, &ret->counts, err);
}

static int take_problems (const db_rows *rows, struct arena *arena, int64_t limit, struct import_problem_list *ret, const char **ret_next)
{
    struct import_problem *problems = arena_alloc (arena, ((size_t) limit + 1) * sizeof *problems);
    int last = (int) limit - 1;

    ret->items = problems;
    for (int row = 0; row < db_count (rows) && row < limit; row++)
        problems[ret->count++] = (struct import_problem) {
            .line = db_get_number (rows, row, "line"), .column = db_copy_text (rows, row, "title", arena),
            .value = db_copy_text (rows, row, "value", arena), .reason = text_cut (arena, db_get_text (rows, row, "reason"), 200),
            .refused = db_get_flag (rows, row, "refused"),
        };
    *ret_next = db_count (rows) <= limit ? NULL
        : arena_print (arena, "%lld-%lld", (long long) db_get_number (rows, last, "line"), (long long) db_get_number (rows, last, "number"));
    return 0;
}

int import_list_store_problems (struct db *db, struct arena *arena, const char *import_id, const char *after, int64_t limit,
                                struct import_problem_list *ret, const char **ret_next, struct error *err)
{
    long long line = 0, number = 0;
    struct db_args args = { 0 };
    DB_ROWS (rows);

    if (after && sscanf (after, "%18lld-%18lld", &line, &number) != 2)
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/after", "not a key of a page");
    db_text (&args, import_id);
    db_number (&args, line);
    db_number (&args, number);
    db_number (&args, limit + 1);
    if (db_run (db, &import_list_statements[PROBLEMS], &args, &rows, err) < 0)
        return -1;
    *ret = (struct import_problem_list) { 0 };
    return take_problems (rows, arena, limit, ret, ret_next);
}
