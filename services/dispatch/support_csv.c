/* support_csv.c - see support_csv.h. */
#include "support_csv.h"
#include "text.h"

static const char *cell (struct arena *arena, const char *text)
{
    size_t size = text ? strlen (text) : 0;
    char *copy = arena_alloc (arena, 2 * size + 4), *to = copy;

    *to++ = '"';
    if (size && strchr ("=+-@\t\r", *text))
        *to++ = '\'';
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '"')
            *to++ = '"';
        if (text[i] != '\r' && text[i] != '\n')
            *to++ = text[i];
    }
    *to = '"';
    return copy;
}

static const char *line_of (struct arena *arena, const struct ems_export_row *row, const char *last_resort_phone)
{
    return arena_print (arena, "%s,%s,%s,%s,%s,%s,%s,%s,%s", cell (arena, row->patient_id), cell (arena, row->removed ? "削除" : "登録"),
                        cell (arena, row->phone), cell (arena, row->address), cell (arena, row->name_kana), cell (arena, row->birth_date),
                        cell (arena, row->number), cell (arena, row->removed ? "" : "在宅医療登録あり"),
                        cell (arena, row->removed ? NULL : last_resort_phone));
}

struct out { char *bytes; size_t used, room; };

static void put (struct out *out, const void *bytes, size_t size)
{
    if (size > out->room - out->used)
        abort ();                               /* the room was counted */
    memcpy (out->bytes + out->used, bytes, size);
    out->used += size;
}

static void put_line (struct arena *arena, struct out *out, const char *line, const char *last_title, bool cp932)
{
    const char *replaced = "";
    struct bytes text = cp932 ? text_to_cp932 (arena, line, &replaced) : (struct bytes) { (const unsigned char *) line, strlen (line) };

    put (out, text.data, text.size);
    if (last_title) {
        text =
            cp932 ? text_to_cp932 (arena, last_title, &replaced) : (struct bytes){ (const unsigned char *)last_title, strlen (last_title) };
        put (out, ",\"", 2);
        put (out, text.data, text.size);
    } else {
        put (out, ",\"", 2);
        put (out, replaced, strlen (replaced));
    }
    put (out, "\"\r\n", 3);
}

struct bytes support_csv (struct arena *arena, const struct support_rows *rows)
{
    static const char titles[] = "\"管理番号\",\"状態\",\"電話番号\",\"住所\",\"氏名カナ\",\"生年月日\",\"登録番号\",\"在宅医療\",\"連絡先電話\"";
    const char **lines = arena_alloc (arena, (rows->count + 1) * sizeof *lines);
    struct out out = { .room = 400 };

    for (size_t i = 0; i < rows->count; i++) {
        lines[i] = line_of (arena, &rows->items[i], rows->phones[i]);
        out.room += 12 * strlen (lines[i]) + 16;         /* every character replaced and listed */
    }
    out.bytes = arena_alloc (arena, out.room);
    if (rows->head && !rows->cp932)
        put (&out, "\xef\xbb\xbf", 3);
    if (rows->head)
        put_line (arena, &out, titles, "置換した文字", rows->cp932);
    for (size_t i = 0; i < rows->count; i++)
        put_line (arena, &out, lines[i], NULL, rows->cp932);
    return (struct bytes) { (unsigned char *) out.bytes, out.used };
}
