/* import_values.c - readers of single values: see import_values.h. */
#include "import_values.h"
#include "japan.h"
#include "text.h"

static bool is_all (const char *text, const char *of)
{
    return *text && text[strspn (text, of)] == 0;
}

static bool has_strange_character (const char *text)
{
    /* U+E000-U+F8FF (private use, 外字) is EE 80 80 - EF A3 BF; U+FFFD is EF BF BD */
    for (const unsigned char *p = (const unsigned char *) text; *p; p++)
        if (*p == 0xEE || (*p == 0xEF && (p[1] < 0xA4 || (p[1] == 0xBF && p[2] == 0xBD))))
            return true;
    return false;
}

static struct value limited (struct arena *arena, const char *cell, size_t most)
{
    struct value value = { .text = *cell ? cell : NULL };

    if (strlen (cell) > most) {
        value.text = text_cut (arena, cell, most);
        value.doubt = "長すぎるため途中までにしました";
    } else if (has_strange_character (cell))
        value.doubt = "外字か読み取れない文字が含まれています";
    return value;
}

struct value value_number (struct arena *arena, const char *cell)
{
    char *number = text_narrow (arena, cell);
    bool digits = is_all (number, "0123456789");

    for (char *p = number; *p; p++)
        if (*p >= 'a' && *p <= 'z')
            *p = (char) (*p - 'a' + 'A');
    if (strlen (number) == 10 && is_all (number, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        return (struct value) { .text = number };
    if ((digits && strlen (number) == 9) || (strstr (number, "E+") && is_all (number, "0123456789.E+")))
        return (struct value) { .refusal = "先頭の0が失われています（表計算ソフトで保存し直した可能性）", .lost_zeros = true };
    return (struct value) { .refusal = *number ? "事業所番号は英数字10桁です" : "空欄です" };
}

struct value value_code (struct arena *arena, const char *cell)
{
    char *code = text_narrow (arena, cell), padded[7];

    if (japan_code_is_valid (code))
        return (struct value) { .text = code };
    snprintf (padded, sizeof padded, "0%.5s", code);
    if (strlen (code) == 5 && japan_code_is_valid (padded))
        return (struct value) { .refusal = "先頭の0が失われています（表計算ソフトで保存し直した可能性）", .lost_zeros = true };
    if (!*code)
        return (struct value) { .refusal = "空欄です" };
    return (struct value) { .refusal = is_all (code, "0123456789") && strlen (code) == 6 ? "都道府県番号か検査数字が合いません"
                                                                                         : "市町村コードは数字6桁です" };
}

static struct value required (struct arena *arena, const char *cell, size_t most)
{
    if (!*cell)
        return (struct value) { .refusal = "空欄です" };
    return limited (arena, cell, most);
}

struct value value_name (struct arena *arena, const char *cell)
{
    return required (arena, cell, 300);
}

struct value value_service (struct arena *arena, const char *cell)
{
    if (strlen (cell) > 120)
        return (struct value) { .refusal = "長すぎます" };
    return required (arena, cell, 120);
}

struct value value_short (struct arena *arena, const char *cell)
{
    return limited (arena, cell, 300);
}

struct value value_address (struct arena *arena, const char *cell)
{
    return limited (arena, cell, 400);
}

/* （改行） stands where the source's form had a line break; turning it back loses nothing. */
struct value value_long (struct arena *arena, const char *cell)
{
    static const char mark[] = "（改行）";
    const size_t size = sizeof mark - 1;
    char *text = arena_alloc (arena, strlen (cell) + 1), *end = text;

    while (*cell) {
        if (strncmp (cell, mark, size) == 0) {
            *end++ = '\n';
            cell += size;
        } else
            *end++ = *cell++;
    }
    return (struct value) { .text = *text ? text : NULL, .same = true };
}

struct value value_coordinate (struct arena *arena, const char *cell)
{
    char *text = text_narrow (arena, cell), *end;

    if (!*text)
        return (struct value) { 0 };
    strtod (text, &end);
    if (*end || !is_all (text, "0123456789.-") || strlen (text) > 24)
        return (struct value) { .doubt = "座標として読み取れません" };
    return (struct value) { .text = text };
}

struct value value_phone (struct arena *arena, const char *cell)
{
    bool doubtful = false;
    const char *phone;

    if (!*cell)
        return (struct value) { 0 };
    phone = text_phone (arena, cell, &doubtful);
    if (!phone)
        return (struct value) { .doubt = "番号として読み取れません" };
    if (strlen (phone) > 40)
        return (struct value) { .doubt = "番号として長すぎます" };
    return (struct value) { .text = phone, .doubt = doubtful ? "桁数が番号として正しくありません（途中で切れた可能性）" : NULL };
}

struct value value_corporation (struct arena *arena, const char *cell)
{
    char *number = text_narrow (arena, cell);

    if (!*number)
        return (struct value) { 0 };
    if (strlen (number) != 13 || !is_all (number, "0123456789"))
        return (struct value) { .doubt = "法人番号は数字13桁です" };
    return (struct value) { .text = number, .doubt = japan_corporation_is_valid (number) ? NULL : "検査数字が合いません" };
}

static bool is_day (const char *token)
{
    static const char *const days[] = { "平日", "土曜日", "日曜日", "祝日" };

    for (int i = 0; i < 4; i++)
        if (strcmp (days[i], token) == 0)
            return true;
    return false;
}

struct value value_days (struct arena *arena, const char *cell)
{
    char *rest = arena_text (arena, cell), *token;

    if (!*cell)
        return (struct value) { 0 };
    while ((token = strsep (&rest, ",")) != NULL)
        if (!is_day (text_trim (arena, token)))
            return (struct value) { .text = text_cut (arena, cell, 300), .doubt = "平日・土曜日・日曜日・祝日のほかの曜日があります" };
    return (struct value) { .text = cell };
}

struct value value_capacity (struct arena *arena, const char *cell)
{
    char *text = text_narrow (arena, cell);

    if (!*text)
        return (struct value) { 0 };
    if (!is_all (text, "0123456789") || strlen (text) > 6)
        return (struct value) { .doubt = "人数として読み取れません" };
    text += strspn (text, "0");
    return (struct value) { .text = *text ? text : NULL };
}

static bool is_host_like (const char *text)
{
    return *text != '/' && strchr (text, '.') && text[strcspn (text, " <>\"'()（、。,;")] == 0;
}

static bool is_web_address (const char *text)
{
    bool secure = strncmp (text, "https://", 8) == 0;

    return (secure || strncmp (text, "http://", 7) == 0) && is_host_like (text + (secure ? 8 : 7));
}

/* `https：//` is whole again after NFKC; `http//`, `ttp://` and `http:/` are mended; a bare host gets its scheme. */
static char *mend_url (struct arena *arena, const char *text)
{
    static const char *const broken[] = { "https//", "http//", "ttps://", "ttp://", "https:/", "http:/", "https;//", "http;//" };

    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        if (strncmp (text, broken[i], strlen (broken[i])) == 0) {
            const char *rest = text + strlen (broken[i]);

            return arena_print (arena, "%s%s", strstr (broken[i], "ps") ? "https://" : "http://", rest + strspn (rest, "/"));
        }
    return strncmp (text, "www.", 4) == 0 || (is_host_like (text) && !strpbrk (text, ":@")) ? arena_print (arena, "http://%s", text) : NULL;
}

struct value value_url (struct arena *arena, const char *cell)
{
    char *text = text_narrow (arena, cell);

    if (!*text)
        return (struct value) { 0 };
    if (strlen (text) > 1000)
        return (struct value) { .doubt = "URLとして長すぎます" };
    if (is_web_address (text))
        return (struct value) { .text = text };
    if (value_email (arena, cell))
        return (struct value) { .doubt = "URLの欄にメールアドレスがあります（メールとして扱います）" };
    text = mend_url (arena, text);
    if (text && is_web_address (text))
        return (struct value) { .text = text, .doubt = "URLの形を補いました" };
    return (struct value) { .doubt = "URLとして読み取れません" };
}

const char *value_email (struct arena *arena, const char *cell)
{
    char *text = text_narrow (arena, cell), *at = strchr (text, '@');

    if (strncmp (text, "mailto:", 7) == 0)
        text += 7;
    if (!at || at == text || strchr (at + 1, '@') || !strchr (at + 1, '.') || strlen (text) > 200 || strstr (text, "://"))
        return NULL;
    for (const char *p = text; *p; p++)
        if (*p <= ' ' || *p > '~' || strchr ("<>()[],;:\"\\/", *p))
            return NULL;
    return text;
}
