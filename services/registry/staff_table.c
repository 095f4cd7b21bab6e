/* staff_table.c - see staff_table.h. */
#include "staff_table.h"

#include "csv.h"
#include "login.h"
#include "put_rules.h"
#include "text.h"
#include "text_same.h"

enum { NAME, KANA, LOGIN, ROLES, EMAIL, PHONE, COLUMNS, PROBLEMS_MOST = 200 };

static const char *const columns[COLUMNS] = { "氏名", "ふりがな", "ログイン名", "役割", "メール", "電話" };

void staff_table_problem (struct staff_table *table, int64_t line, const char *column, const char *value, const char *why)
{
    if (table->problem_count < PROBLEMS_MOST)
        table->problems[table->problem_count++] = (struct staff_problem) { .line = line, .column = column, .value = value ? value : "",
                                                                           .why = why };
}

/* ---- roles ---------------------------------------------------------------------------------------------------------------------------- */

const char *staff_role_words (int role)
{
    for (size_t i = 0; i < role_type.count; i++)
        if (role_type.values[i].number == role)
            return role_type.values[i].ja;
    return "";
}

static int role_of (const char *word, struct arena *arena)
{
    int number = enum_number (&role_type, word);
    const char *folded = text_fold (arena, word);

    for (int role = ROLE_VISITING_NURSE; !number && role <= ROLE_PARTNER; role++)
        if (strcmp (folded, text_fold (arena, staff_role_words (role))) == 0)
            number = role;
    return number;
}

static void read_roles (struct staff_table *table, struct staff_entry *entry, const char *words, struct arena *arena)
{
    const char *whole = text_trim (arena, words);
    int *roles = arena_alloc (arena, (strlen (whole) + 1) * sizeof *roles);
    size_t count = 0;
    struct error err;
    int role = *whole ? role_of (whole, arena) : 0;          /* a word of its own may hold a separator: サービス提供責任者・管理者 */
    char *rest = arena_text (arena, whole), *word, *next = NULL;

    if (role)
        roles[count++] = role;
    for (word = role ? NULL : strtok_r (rest, "/ \t;", &next); word; word = strtok_r (NULL, "/ \t;", &next)) {
        role = role_of (word, arena);
        if (role)
            roles[count++] = role;
        else
            staff_table_problem (table, entry->line, columns[ROLES], word, "この役割はありません。");
    }
    if (!*whole)
        staff_table_problem (table, entry->line, columns[ROLES], "", "役割を入れてください。");
    if (roles_check ((struct enum_list) { roles, count }, arena, &entry->roles, &err) < 0)
        entry->roles = (struct enum_list) { roles, 0 };
}

/* ---- one line ------------------------------------------------------------------------------------------------------------------------- */

static const char *cell (const struct csv_record *record, int column, struct arena *arena)
{
    const char *text = (size_t) column < record->count ? text_trim (arena, record->fields[column].text) : "";

    return *text ? text : NULL;
}

static void check_login (struct staff_table *table, struct staff_entry *entry, const char *login, struct arena *arena)
{
    entry->login = login_fold (arena, text_narrow (arena, login ? login : ""));
    if (!*entry->login)
        return staff_table_problem (table, entry->line, columns[LOGIN], "", "ログイン名を入れてください。");
    if (!login_is_typable (entry->login))
        return staff_table_problem (table, entry->line, columns[LOGIN], login, "半角の英数字と記号で、空白なしにしてください。");
    for (size_t i = 0; i < table->count; i++)
        if (strcmp (table->entries[i].login, entry->login) == 0)
            return staff_table_problem (table, entry->line, columns[LOGIN], login, "同じログイン名が2回あります。1人に1つずつにしてください。");
}

static void read_line (struct staff_table *table, const struct csv_record *record, struct arena *arena)
{
    struct staff_entry *entry = &table->entries[table->count];
    const char *phone = cell (record, PHONE, arena), *roles = cell (record, ROLES, arena);
    bool doubtful;

    *entry = (struct staff_entry) { .line = record->line, .name = cell (record, NAME, arena), .name_kana = cell (record, KANA, arena),
                                    .email = cell (record, EMAIL, arena), .phone = phone };
    for (int column = NAME; column <= KANA; column++)
        if (!cell (record, column, arena))
            staff_table_problem (table, entry->line, columns[column], "", "入力してください。");
    if (entry->email && !email_is_plausible (entry->email))
        staff_table_problem (table, entry->line, columns[EMAIL], entry->email, "メールアドレスの形ではありません。");
    if (phone && !text_phone (arena, phone, &doubtful))
        staff_table_problem (table, entry->line, columns[PHONE], phone, "電話番号の形ではありません。");
    check_login (table, entry, cell (record, LOGIN, arena), arena);
    read_roles (table, entry, roles ? roles : "", arena);
    for (size_t i = COLUMNS; i < record->count; i++)
        if (cell (record, (int) i, arena))
            staff_table_problem (table, entry->line, "7列目以降", cell (record, (int) i, arena), "列が多すぎます。");
    table->count++;
}

/* ---- the whole ------------------------------------------------------------------------------------------------------------------------ */

/* Tabs of a spreadsheet become commas when the first line has one. */
static char *with_commas (const char *text, struct arena *arena)
{
    char *copy = arena_text (arena, text);
    size_t first = strcspn (copy, "\r\n");

    if (memchr (copy, '\t', first))
        for (char *c = copy; *c; c++)
            if (*c == '\t')
                *c = ',';
    return copy;
}

static bool is_head (const struct csv_record *record, struct arena *arena)
{
    const char *first = cell (record, NAME, arena);

    return record->line == 1 && first && (strcmp (first, columns[NAME]) == 0 || strcmp (first, "名前") == 0);
}

static bool is_blank (const struct csv_record *record, struct arena *arena)
{
    for (size_t i = 0; i < record->count; i++)
        if (cell (record, (int) i, arena))
            return false;
    return true;
}

int staff_table_read (const char *text, struct arena *arena, struct staff_table *ret, struct error *err)
{
    const char *bytes = with_commas (strncmp (text, "\xef\xbb\xbf", 3) == 0 ? text + 3 : text, arena);
    struct csv_record *record = arena_alloc (arena, sizeof *record);
    struct csv csv;
    int status;

    *ret = (struct staff_table) { .entries = arena_alloc (arena, (STAFF_ROWS_MOST + 1) * sizeof *ret->entries),
                                  .problems = arena_alloc (arena, PROBLEMS_MOST * sizeof *ret->problems) };
    csv_begin (&csv, bytes, strlen (bytes), 1, true);
    while ((status = csv_next (&csv, arena, record, err)) == 1) {
        if (is_head (record, arena) || is_blank (record, arena))
            continue;
        if (ret->count == STAFF_ROWS_MOST) {
            fail (err, ERROR_LIST_TOO_LONG, "/text", "too many people");
            return fail_param (err, "most", "%d", STAFF_ROWS_MOST);
        }
        read_line (ret, record, arena);
    }
    if (status == 0 && ret->count == 0)
        return fail (err, ERROR_TEXT_EMPTY, "/text", "nobody");
    return status;
}
