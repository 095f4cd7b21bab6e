/* Files that are longer than a piece, a chunk or a page; imports beside each other; steps that fail: nothing twice, nothing left out. */
#include "import_files.h"

#define HEADER "都道府県コード又は市町村コード,都道府県名,市区町村名,事業所名,サービスの種類,住所,電話番号,事業所番号\r\n"

static struct arena arena;

struct text { char *bytes; size_t size, room; };

static void put (struct text *text, const char *line)
{
    size_t size = strlen (line);

    if (text->size + size + 1 > text->room) {
        char *larger = arena_alloc (&arena, text->room = 2 * text->room + size + 65536);

        if (text->size)
            memcpy (larger, text->bytes, text->size);
        text->bytes = larger;
    }
    memcpy (text->bytes + text->size, line, size + 1);
    text->size += size;
}

/* Offices 0 … count-1; an address of two lines, so that quotes lie across every border sooner or later. */
static struct text offices (int count, const char *street, const char *end)
{
    struct text text = { 0 };

    put (&text, HEADER);
    for (int i = 0; i < count; i++)
        put (&text, arena_print (&arena, "104281,群馬県,高山村,見本事業所%d号,訪問看護,\"%s%d番地\r\n%s\",0279-63-%04d,10%08d%s", i, street, i,
                                 i % 7 ? "高山館" : "三階建ての\"\"高山\"\"本館、東側の入口", i % 10000, i, end));
    return text;
}

static const char *check_in_parts (struct text text, size_t part)
{
    return check_upload (send_sized (text.bytes, text.size, part), false);
}

static const char *contents (void)
{
    return harness_text (harness, "select md5 (string_agg (concat_ws ('|', number, name, address, phone, provenance -> '*' ->> 'line'), E'\\n' order by number))"
                                  " from facility");
}

static void must (int status)
{
    if (status < 0) {
        printf ("Bail out! %s %s\n", error_name_of (&err), err.detail);
        exit (255);
    }
}

static void empty_all (void)
{
    harness_empty (harness, "facility, facility_place, facility_service, import, import_row, upload, subject, event_log");
}

static void borders (void)
{
    enum { MANY = 4600 };                   /* more than a piece of 512 KiB, a chunk of 1000 rows and two parts */
    struct text text = offices (MANY, "中山", "\r\n");
    const char *import_id = check_in_parts (text, 262144), *first;
    struct import_report_answer report = report_of (import_id);

    ok (text.size > 524288, "a file of more than a piece");
    is_number (report.rows_read, MANY, "every row is read once, wherever a piece ends");
    is_number (report.added, MANY, "…and is new");
    is_number (report.problems.count, 0, "…none is cut");
    is_number (run_import (import_id), 0, "it is written in several chunks");
    is_number (harness_number (harness, "select count(*) from facility"), MANY, "…every office once");
    is_number (events (), MANY, "…with one event each");
    is_number (harness_number (harness, "select count (distinct subject) from event_log"), MANY, "…of a subject of its own");
    first = contents ();
    is_number (report_of (check_in_parts (text, 100003)).unchanged, MANY, "the same file in parts of another size is the same file");
    empty_all ();
    is_number (run_import (check_in_parts (text, 65537)), 0, "read in small parts from the beginning");
    is (contents (), first, "…it leaves the same, with the same lines");
    is_number (report_of (check_in_parts (offices (MANY, "尻高", "\n"), 262144)).changed, MANY, "another street with other line ends: all changed");
    empty_all ();
}

static void twice_far_apart (void)
{
    struct text text = offices (1500, "中山", "\r\n");
    const char *import_id;
    struct import_report_answer report;

    put (&text, "104281,群馬県,高山村,また同じ番号,訪問看護,中山,0279-63-2111,1000000003\r\n");
    put (&text, "104281,群馬県,高山村,別のサービス,訪問入浴介護,中山,0279-63-2111,1000000003\r\n");
    import_id = check_in_parts (text, 262144);
    report = report_of (import_id);
    is_number (report.added, 1501, "another service under the same number is another facility");
    is_number (report.refused, 1, "the same number and service is refused also when its first row was in a chunk before");
    is (report.problems.items[0].value, "1000000003", "…and named");
    is_number (report.problems.items[0].line, 3002, "…with its line");
    is_number (run_import (import_id), 0, "the rest is written");
    is (harness_text (harness, "select name from facility where number = '1000000003' and service = '訪問看護'"), "見本事業所3号", "…the first of the two rows stands");
    empty_all ();
}

/* The sign U+FDFA folds to eighteen characters: such a name is found by its beginning, and does not stop the file. */
static void names_that_grow (void)
{
    struct text text = { 0 };

    put (&text, HEADER "104281,群馬県,高山村,");
    for (int i = 0; i < 95; i++)
        put (&text, "\xef\xb7\xba");
    put (&text, ",訪問看護,中山,0279-63-2111,1000000001\r\n");
    is_number (run_import (check_in_parts (text, 262144)), 0, "a name that grows when it is folded is written");
    is_number (harness_number (harness, "select count(*) from facility where number = '1000000001' and length (search) > 100"), 1, "…with what finds it");
    empty_all ();
}

static void problem_pages (void)
{
    enum { BAD = 250 };
    struct text text = { 0 };
    struct import_report ask = { 0 };
    struct import_report_answer page;
    int64_t seen = 0, last = 0;
    bool rising = true;
    int pages = 0;

    put (&text, HEADER "104281,群馬県,高山村,よい行,訪問看護,中山,0279-63-2111,1000000001\r\n");
    for (int i = 0; i < BAD; i++)
        put (&text, arena_print (&arena, "104281,群馬県,高山村,わるい行,訪問看護,中山,0279-63-2111,10%d\r\n", i));
    ask.import_id = check_in_parts (text, 262144);
    do {
        must (harness_call (harness, "import_report", &ask, &page, &err));
        for (size_t i = 0; i < page.problems.count; i++) {
            rising &= page.problems.items[i].line > last;
            last = page.problems.items[i].line;
        }
        seen += (int64_t) page.problems.count;
        ask.after = page.next;
        pages++;
    } while (page.next && pages < 10);
    is_number (seen, BAD, "pages of problems together show every one");
    ok (rising && pages == 3, "…once, by line, a hundred at a time");
    ask = (struct import_report) { .import_id = ask.import_id, .has_limit = true, .limit = 200 };
    must (harness_call (harness, "import_report", &ask, &page, &err));
    is_number (page.problems.count, 200, "…two hundred when asked for");
    ask.limit = 201;
    must (harness_call (harness, "import_report", &ask, &page, &err));
    is_number (page.problems.count, 100, "…no more");
    ask.after = "x";
    is_number (harness_call (harness, "import_report", &ask, &page, &err), -1, "a made-up page key is refused");
    is_number (err.key, ERROR_FIELD_WRONG_TYPE, "…as one");
    empty_all ();
}

/* A record that no piece can hold must end the import, not turn for ever. */
static void endless_record (void)
{
    struct text text = { 0 };
    char *field = arena_alloc (&arena, 60001);
    struct import_report_answer report;

    memset (field, 'x', 60000);
    put (&text, HEADER "104281,群馬県");
    for (int i = 0; i < 20; i++)
        put (&text, arena_print (&arena, ",\"%s\"", field));
    put (&text, "\r\n104281,群馬県,高山村,見本,訪問看護,中山,0279-63-2111,1000000001\r\n");
    report = report_of (check_in_parts (text, 262144));
    is_number (report.state, IMPORT_STATE_REFUSED, "a record of more than a piece refuses the file");
    is (report.why, "2行目：1行が大きすぎます", "…and says which");
    empty_all ();
}

static void beside_each_other (void)
{
    const char *mine = check_in_parts (offices (30, "中山", "\r\n"), 262144), *theirs;
    struct import_report_answer report;

    as_officer ("104281", OTHER_PERSON);
    theirs = check_in_parts (offices (30, "尻高", "\r\n"), 262144);
    is_number (report_of (theirs).added, 30, "two dry runs of the same offices: both see them as new");
    is_number (run_import (theirs), 0, "one is run");
    as_officer ("011002", OFFICER_PERSON);
    is_number (run_import (mine), 0, "…then the other");
    report = report_of (mine);
    ok (report.added == 0 && report.changed == 30, "which is compared anew: the offices are there now, and change");
    is_number (harness_number (harness, "select count(*) from facility"), 30, "no office is there twice");
    is_number (events (), 60, "two events of each: new, then changed");
    is (harness_text (harness, "select string_agg (distinct version::text, ',') from event_log"), "1,2", "…with versions that follow each other");
    empty_all ();
}

static int begin_check_as (const char *upload_id, const char *profile, const char *encoding)
{
    struct import_check check = { .upload_id = upload_id, .profile = profile, .encoding = encoding };

    return harness_call (harness, "import_check", &check, NULL, &err);
}

static void refusals (void)
{
    const char *upload_id = send_sized ("x\n1\n", 4, 4), *import_id;
    struct upload_begin begin = { "half.csv", 10 };
    struct upload_begin_answer half;

    is_number (begin_check_as (upload_id, "nothing", NULL), -1, "a form of file there is not");
    is (err.fields[0].pointer, "/profile", "…is named");
    is_number (begin_check_as (upload_id, "kaigo-jigyosho", "utf-16"), -1, "an encoding we do not read");
    is (err.fields[0].pointer, "/encoding", "…is named");
    must (harness_call (harness, "upload_begin", &begin, &half, &err));
    is_number (begin_check_as (half.upload_id, "kaigo-jigyosho", NULL), -1, "a file that is not finished is not looked at");
    is_number (err.key, ERROR_NOT_FOR_YOU, "…as if it were not there");
    is_number (begin_check_as (OFFICER_OFFICE, "kaigo-jigyosho", NULL), -1, "nor is one that is not there");
    is_number (harness_number (harness, "select count(*) from import"), 0, "nothing is begun by a refusal");
    import_id = check_upload (upload_id, false);
    is_number (report_of (import_id).state, IMPORT_STATE_REFUSED, "a file of another shape is refused");
    is_number (run_import (import_id), -1, "…and cannot be run");
    is_number (err.key, ERROR_IMPORT_NOT_CHECKED, "…for it has not been checked");
    is_number (harness_number (harness, "select count(*) from import_row"), 0, "nothing of it is left");
    empty_all ();
}

/* The right to write what is staged is missing for a while: the import that fails gives way to the one behind it. */
static void giving_up (void)
{
    struct import_check check = { .upload_id = NULL, .profile = "kaigo-jigyosho" };
    struct import_begin_answer broken = { 0 };
    struct text good = { 0 }, big = offices (3, "中山", "\r\n");
    const char *next;
    int failures = 0;

    check.upload_id = send_sized (big.bytes, big.size, 262144);
    must (harness_call (harness, "import_check", &check, &broken, &err));
    harness_sql (harness, "revoke insert on import_row from renkei_registry_engine");
    for (int i = 0; i < 20 && report_of (broken.import_id).state == IMPORT_STATE_CHECKING; i++)
        failures += harness_job (harness, "import", &err) < 0;
    is_number (failures, 5, "a step that fails is tried five times");
    is_number (report_of (broken.import_id).state, IMPORT_STATE_FAILED, "…then the import stops");
    is (report_of (broken.import_id).why, "取り込み中に誤りが続いたため中断しました。運用者に連絡してください", "…and says so");
    harness_sql (harness, "grant insert on import_row to renkei_registry_engine");
    put (&good, HEADER "104281,群馬県,高山村,よい行,訪問看護,中山,0279-63-2111,1000000001\r\n");
    next = check_in_parts (good, 262144);
    is_number (run_import (next), 0, "the next one goes through");
    is_number (harness_number (harness, "select count(*) from facility"), 1, "…and is written");
    empty_all ();
}

int main (void)
{
    open_region ();
    borders ();
    twice_far_apart ();
    names_that_grow ();
    problem_pages ();
    endless_record ();
    beside_each_other ();
    refusals ();
    giving_up ();
    harness_close (&harness);
    arena_done (&arena);
    return done ();
}
