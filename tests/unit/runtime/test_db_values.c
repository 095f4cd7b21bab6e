/* Values on their way to and from PostgreSQL, without a database. */
#include <libpq-fe.h>
#include "db.h"
#include "tap.h"

static db_rows *one_value (const char *value)
{
    PGresAttDesc column = { .name = "v", .typid = 25, .typlen = -1, .atttypmod = -1 };
    db_rows *rows = PQmakeEmptyPGresult (NULL, PGRES_TUPLES_OK);

    PQsetResultAttrs (rows, 1, &column);
    PQsetvalue (rows, 0, 0, (char *) (uintptr_t) value, value ? (int) strlen (value) : -1);
    return rows;
}

static void test_lists (void)
{
    static const char *const items[] = { "plain", "with \"quotes\"", "back\\slash", "a,b", "{c}", "", "NULL", "高齢者" };
    struct text_list list = { items, 8 }, back;
    struct db_args args = { 0 };
    DB_ROWS (rows);
    ARENA (arena);
    int same = 0;

    db_text_list (&args, &arena, list);
    is (args.values[0], "{\"plain\",\"with \\\"quotes\\\"\",\"back\\\\slash\",\"a,b\",\"{c}\",\"\",\"NULL\",\"高齢者\"}",
        "every item of a list is quoted, so that nothing in it means anything");
    rows = one_value (args.values[0]);
    back = db_copy_text_list (rows, 0, "v", &arena);
    for (size_t i = 0; i < back.count && i < 8; i++)
        same += strcmp (back.items[i], items[i]) == 0;
    is_number (back.count, 8, "a list comes back with all its items");
    is_number (same, 8, "and they are the same");
}

static void test_arrays_as_sent (void)
{
    static const struct { const char *text; size_t count; const char *last; } cases[] = {
        { "{}", 0, NULL }, { "{a}", 1, "a" }, { "{a,b,c}", 3, "c" }, { "{a,NULL}", 2, "" }, { "{\"x,y\",z}", 2, "z" }, { "{z,\"x}y\"}", 2, "x}y" },
    };
    ARENA (arena);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        db_rows *rows = one_value (cases[i].text);
        struct text_list list = db_copy_text_list (rows, 0, "v", &arena);
        bool right = list.count == cases[i].count && list.items && (list.count == 0 || strcmp (list.items[list.count - 1], cases[i].last) == 0);

        ok (right, cases[i].text);
        db_clear (&rows);
    }
}

static void test_values (void)
{
    struct db_args args = { 0 };
    DB_ROWS (rows);
    ARENA (arena);
    struct bytes bytes;

    db_number (&args, INT64_MIN);
    db_optional (&args, false, 5);
    db_optional (&args, true, 5);
    db_flag (&args, true);
    db_number_list (&args, &arena, (struct i64_list) { (const int64_t[]) { -1, INT64_MAX }, 2 });
    is (args.values[0], "-9223372036854775808", "the least number is written whole");
    ok (args.values[1] == NULL, "an absent number is NULL");
    is (args.values[2], "5", "a present one is not");
    is (args.values[3], "t", "true is t");
    is (args.values[4], "{-1,9223372036854775807}", "a list of numbers");
    rows = one_value ("\\x00ff10aB");
    bytes = db_copy_bytes (rows, 0, "v", &arena);
    ok (bytes.size == 4 && memcmp (bytes.data, "\x00\xff\x10\xab", 4) == 0, "bytes come back from hexadecimal");
    db_clear (&rows);
    rows = one_value (NULL);
    ok (db_get_text (rows, 0, "v") == NULL && db_get_number (rows, 0, "v") == 0 && db_is_null (rows, 0, "v"), "NULL is NULL, and 0 as a number");
    ok (db_copy_text_list (rows, 0, "v", &arena).items == NULL, "a NULL list is absent");
}

int main (void)
{
    test_lists ();
    test_arrays_as_sent ();
    test_values ();
    return done ();
}
