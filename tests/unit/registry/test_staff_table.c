/* E-27: a list of an office's people as text; every mistake with line, column, value and reason. */
#include "staff_table.h"

#include "tap.h"

static struct error err;

static const struct staff_problem *problem (const struct staff_table *table, size_t i)
{
    static const struct staff_problem none = { .line = -1, .column = "", .value = "", .why = "" };

    return i < table->problem_count ? &table->problems[i] : &none;
}

static void good (void)
{
    ARENA (arena);
    struct staff_table table;

    is_number (staff_table_read ("\xef\xbb\xbf氏名,ふりがな,ログイン名,役割,メール,電話\r\n"
                                 "青木 花子,あおき はなこ,Aoki.H,訪問看護師/リハビリ専門職,aoki@a.example,090-1234-5678\r\n\r\n"
                                 "石川 健,いしかわ けん,ｉｓｈｉｋａｗａ,サービス提供責任者・管理者\r\n", &arena, &table, &err), 0, "a list is read");
    is_number ((int) table.count, 2, "…two people, without the head and the empty line");
    is_number ((int) table.problem_count, 0, "…and nothing is wrong");
    is (table.entries[0].login, "aoki.h", "a log-in name in the form it is stored");
    is (table.entries[1].login, "ishikawa", "…also when it was typed full width");
    ok (table.entries[0].roles.count == 2 && table.entries[0].roles.items[0] == ROLE_VISITING_NURSE, "two roles, separated by a slash");
    ok (table.entries[1].roles.count == 1 && table.entries[1].roles.items[0] == ROLE_SERVICE_MANAGER, "…and one whose word holds a dot");
    is_number ((int) table.entries[1].line, 4, "lines are counted as in the file");
    is_number (staff_table_read ("上野 実\tうえの みのる\tueno\thelper\n", &arena, &table, &err), 0, "pasted from a spreadsheet");
    ok (table.count == 1 && table.entries[0].roles.items[0] == ROLE_HELPER, "…with tabs, and a role by its name");
}

static void wrong (void)
{
    ARENA (arena);
    struct staff_table table;

    is_number (staff_table_read ("青木 花子,,aoki,看護婦長,a@,12\n石川 健,いしかわ けん,aoki,医師\n,うえの,う え,,,,余り\n", &arena, &table, &err), 0,
               "a list with mistakes is read to its end");
    is_number ((int) table.problem_count, 8, "…every mistake is there");
    is_number ((int) problem (&table, 0)->line, 1, "…with its line");
    is (problem (&table, 0)->column, "ふりがな", "…its column");
    is (problem (&table, 1)->value, "a@", "…its value");
    is (problem (&table, 3)->why, "同じログイン名が2回あります。1人に1つずつにしてください。", "E-27: …and why: one ID is one person");
    is (problem (&table, 2)->value, "看護婦長", "a role nobody knows is named");
    is (problem (&table, 7)->column, "7列目以降", "…so is a column too many");
}

static void limits (void)
{
    ARENA (arena);
    struct staff_table table;
    const char *many = "";

    is_number (staff_table_read ("氏名,ふりがな\n", &arena, &table, &err), -1, "nobody in the list is refused");
    is_number (err.key, ERROR_TEXT_EMPTY, "…as empty");
    for (int i = 0; i < 31; i++)
        many = arena_print (&arena, "%s青木,あおき,aoki%d,医師\n", many, i);
    is_number (staff_table_read (many, &arena, &table, &err), -1, "a thirty-first is refused");
    is_number (err.key, ERROR_LIST_TOO_LONG, "…because of its number");
    is_number (staff_table_read ("青木,あおき,aoki,医師\"", &arena, &table, &err), 0, "a stray quotation mark is a mistake of one line");
    ok (table.problem_count == 1, "…in the role");
}

int main (void)
{
    good ();
    wrong ();
    limits ();
    return done ();
}
