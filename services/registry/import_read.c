/* import_read.c - the reading step: a piece of the file is parsed, judged by the rules, compared with the registry and staged. */
#include "clock.h"
#include "ids.h"
#include "import.h"
#include "import_file.h"
#include "import_item_store.h"
#include "import_refused_store.h"
#include "import_store.h"

enum { PIECE = 512 * 1024, TALLIES_MAX = 2000 };

struct reading {
    struct job_run *run;
    struct import *import;
    const struct import_profile *profile;
    struct profile_map map;
    struct bytes piece;
    bool last;                          /* the piece reaches the end of the file */
    struct import_row *rows;
    size_t count;
};

void import_refuse (struct import *import, const char *why)
{
    import->state = "refused";
    import->phase = "clean";
    import->why = why;
}

void import_fail (struct import *import, const char *why)
{
    import_refuse (import, why);
    import->state = "failed";
}

static const char *why_of (const struct error *err, struct arena *arena)
{
    return arena_text (arena, err->param_count ? err->params[0].value : "ファイルの形が違います");
}

/* Rows that come back corrected are a part of their list. */
static int find_part (struct reading *reading, struct error *err)
{
    struct import *import = reading->import;

    if (import->partial || !import->header || !strstr (import->header, "\"" IMPORT_REASON_TITLE "\""))
        return 0;
    import->partial = true;
    return import_store_partial (reading->run->db, import, err);
}

/* The header is read once and kept, since later pieces begin behind it. */
static void begin_file (struct reading *reading)
{
    struct import *import = reading->import;
    struct file_head head;

    import_file_begin (reading->run->arena, reading->piece, reading->last, import->encoding, reading->profile->header, &head);
    if (head.why) {
        import_refuse (import, head.why);
        return;
    }
    import->encoding = head.encoding;
    import->header = head.header;
    import->at = (int64_t) head.consumed;
    import->line = head.line;
    reading->piece.data += head.consumed;
    reading->piece.size -= head.consumed;
}

/* False: the file is refused. */
static bool open_profile (struct reading *reading)
{
    reading->profile = profile_open (reading->run->arena, reading->import->profiles_dir, reading->import->profile);
    if (!reading->profile)
        import_refuse (reading->import, "ファイルの種類が登録されていません");
    return reading->profile != NULL;
}

static bool map_columns (struct reading *reading, struct error *err)
{
    struct arena *arena = reading->run->arena;
    struct csv_record *header = arena_alloc (arena, sizeof *header);

    if (import_file_header (arena, reading->import->header, header, err) < 0
        || profile_map (reading->profile, arena, header, &reading->map, err) < 0) {
        import_refuse (reading->import, why_of (err, arena));
        return false;
    }
    return true;
}

/* A care office's id says no scheme: they were there first. */
static void identify (struct import_row *row, const struct import_profile *profile, struct arena *arena)
{
    const struct facility_row *read = row->read;
    const char *scheme = strcmp (profile->scheme, "kaigo") == 0 ? "" : arena_print (arena, "%s/", profile->scheme);

    row->kind = 'r';
    if (read->refused)
        return;
    row->kind = 'n';
    uuid_from_name ("facility", arena_print (arena, "%s%s/%s", scheme, read->number, read->service), row->facility_id);
    import_fingerprint (read, arena, row->content);
}

/* Rows of the piece, as many as a transaction takes. */
static void read_rows (struct reading *reading, struct error *err)
{
    struct arena *arena = reading->run->arena;
    struct import *import = reading->import;
    struct csv_record *record = arena_alloc (arena, sizeof *record);
    struct csv csv;
    size_t before = 0;
    int got = 1;

    reading->rows = arena_alloc (arena, (size_t) import->chunk * sizeof *reading->rows);
    csv_begin (&csv, (const char *) reading->piece.data, reading->piece.size, import->line, reading->last);
    while ((int64_t) reading->count < import->chunk && (got = csv_next (&csv, arena, record, err)) == 1) {
        struct facility_row *row = arena_alloc (arena, sizeof *row);

        import_file_decode (arena, import->encoding, record);
        import_row_read (&reading->map, arena, record, row);
        reading->rows[reading->count].read = row;
        reading->rows[reading->count].record = (struct bytes) { reading->piece.data + before, csv_consumed (&csv) - before };
        before = csv_consumed (&csv);
        identify (&reading->rows[reading->count++], reading->profile, arena);
    }
    if (got < 0)
        import_refuse (import, why_of (err, arena));
    else if (got == 0 && reading->last)
        import->phase = "count";
    else if (got == 0 && csv_consumed (&csv) == 0)
        import_refuse (import, arena_print (arena, "%lld行目：1行が大きすぎます", (long long) import->line));
    import->at += (int64_t) csv_consumed (&csv);
    import->line = csv.line;
}

static struct import_tally *tally_of (struct import_tally *tallies, size_t *count, const struct facility_row *read, struct arena *arena)
{
    const char *code = read->located_in ? read->located_in : "000000";

    for (size_t i = 0; i < *count; i++)
        if (strcmp (tallies[i].located_in, code) == 0)
            return &tallies[i];
    tallies[*count].located_in = code;
    tallies[*count].name = strcmp (code, "000000") == 0 ? "不明"
        : arena_print (arena, "%s%s", read->prefecture_name ? read->prefecture_name : "", read->city_name ? read->city_name : "");
    return &tallies[(*count)++];
}

static void count_row (struct import *import, struct import_tally *tally, const struct import_row *row)
{
    int64_t *const totals[] = { &import->added, &import->changed, &import->unchanged, &import->refused };
    int64_t *const locals[] = { &tally->added, &tally->changed, &tally->unchanged, &tally->refused };
    int which = row->kind == 'n' ? 0 : row->kind == 'c' ? 1 : row->kind == 'u' ? 2 : 3;

    ++*totals[which];
    ++*locals[which];
    if (which < 3 && row->read->doubtful) {
        import->doubtful++;
        tally->doubtful++;
    }
    import->rows_read++;
    import->staged += which < 3;
    import->lost_zeros += row->read->lost_zeros;
    import->phone_is_number += row->read->phone_is_number;
}

/* Kinds of service in these rows; rows come sorted by kind as a rule. */
static struct text_list kinds_of (const struct reading *reading, struct arena *arena)
{
    const char **kinds = arena_alloc (arena, (reading->count + 1) * sizeof *kinds), *before = "";
    size_t count = 0;

    for (size_t i = 0; i < reading->count; i++)
        if (strchr ("ncu", reading->rows[i].kind) && strcmp (reading->rows[i].read->service, before) != 0)
            before = kinds[count++] = reading->rows[i].read->service;
    return (struct text_list) { kinds, count };
}

/* The same office and service a second time: the second one is refused. */
static void refuse_double (const struct reading *reading, struct import_row *row)
{
    struct arena *arena = reading->run->arena;
    struct facility_row *read = arena_alloc (arena, sizeof *read);
    const char *title = reading->profile->columns[FACILITY_NUMBER].title, *name = title && *title ? title : "名称・住所";

    *read = *row->read;
    if (read->problem_count == ROW_PROBLEMS_MAX)
        read->problem_count--;
    read->problems[read->problem_count++] =
        (struct row_problem) { name, read->number, arena_print (arena, "同じ%s%sの行が前にあります", name,
                                                                reading->profile->service ? "" : "とサービス"), true };
    row->read = read;
    row->kind = 'r';
}

static int keep_rows (struct reading *reading, struct error *err)
{
    struct job_run *run = reading->run;
    struct import *import = reading->import;
    struct import_tally *tallies = arena_alloc (run->arena, (reading->count + 1) * sizeof *tallies);
    size_t count = 0;

    if (import_store_compare (run->db, run->arena, import, reading->rows, reading->count, err) < 0)
        return -1;
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->rows[i].kind == 'd')
            refuse_double (reading, &reading->rows[i]);
        count_row (import, tally_of (tallies, &count, reading->rows[i].read, run->arena), &reading->rows[i]);
    }
    if (import_store_stage (run->db, run->arena, import, reading->rows, reading->count, reading->profile, err) < 0
        || import_store_kinds (run->db, run->arena, import, kinds_of (reading, run->arena), err) < 0
        || import_store_count (run->db, run->arena, import, tallies, count, err) < 0
        || import_store_problems (run->db, run->arena, import, reading->rows, reading->count, err) < 0
        || import_refused_store_keep (run->db, run->arena, import, reading->rows, reading->count, err) < 0)
        return -1;
    return import_item_store_conflicts (run->db, run->arena, import, reading->profile->gives, reading->rows, reading->count, err);
}

static void judge (struct import *import, struct arena *arena)
{
    struct file_tally tally = { import->rows_read, import->refused, import->lost_zeros, import->phone_is_number };
    const char *why = import_judge_rows (&tally, strcmp (import->phase, "read") != 0, arena);

    if (why && !import->force)
        import_refuse (import, why);
}

int import_read_step (struct job_run *run, struct import *import, struct error *err)
{
    struct reading reading = { .run = run, .import = import };

    if (import->at == 0 && import_store_base (run->db, &import->base, err) < 0)
        return -1;
    if (import_store_piece (run->db, run->arena, import, import->at, PIECE, &reading.piece, err) < 0)
        return -1;
    reading.last = import->at + (int64_t) reading.piece.size >= import->size;
    if (reading.piece.size == 0 && !reading.last) {
        import_fail (import, "送られたファイルが残っていません。もう一度送ってください");
        return 0;
    }
    if (!open_profile (&reading))
        return 0;
    if (!import->header)
        begin_file (&reading);
    if (find_part (&reading, err) < 0)
        return -1;
    if (strcmp (import->state, "refused") == 0 || !map_columns (&reading, err))
        return 0;
    read_rows (&reading, err);
    if (keep_rows (&reading, err) < 0)
        return -1;
    if (strcmp (import->state, "refused") != 0)
        judge (import, run->arena);
    return 0;
}
