/* import_values.c - readers of single values: see import_values.h. */
#include "import_values.h"
#include "import_dates.h"
#include "japan.h"
#include "text.h"

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

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

static char *upper (char *text)
{
    for (char *p = text; *p; p++)
        if (*p >= 'a' && *p <= 'z')
            *p = (char) (*p - 'a' + 'A');
    return text;
}

static struct value zeros_lost (void)
{
    return (struct value) { .refusal = "先頭の0が失われています（表計算ソフトで保存し直した可能性）", .lost_zeros = true };
}

/* 1.21E+12 */
static bool is_exponent (const char *number)
{
    return strstr (number, "E+") && is_all (number, "0123456789.E+");
}

struct value value_number (struct arena *arena, const char *cell)
{
    return value_number_of (arena, NUMBER_KAIGO, cell);
}

static struct value number_10 (const char *number, const char *of, const char *refusal)
{
    if (strlen (number) == 10 && is_all (number, of))
        return (struct value) { .text = number };
    return strlen (number) == 9 && is_all (number, DIGITS) ? zeros_lost () : (struct value) { .refusal = refusal };
}

/* 都道府県2桁＋7桁; the 点数表コード of 医科 makes it the ten digits that are used elsewhere. */
static struct value number_kouseikyoku (struct arena *arena, const char *number)
{
    if (strlen (number) == 9 && is_all (number, DIGITS))
        return (struct value) { .text = arena_print (arena, "%.2s1%s", number, number + 2), .same = true };
    return strlen (number) == 8 && is_all (number, DIGITS) ? zeros_lost () : (struct value) { .refusal = "医療機関コードは数字9桁です" };
}

static struct value number_in (const char *number, size_t least, size_t most, const char *of, const char *refusal)
{
    size_t length = strlen (number);

    return length >= least && length <= most && is_all (number, of) ? (struct value) { .text = number } : (struct value) { .refusal = refusal };
}

/* Ten letters and digits are what an office proves itself by; a number of another scheme must never read like one. */
static struct value apart (struct arena *arena, struct value value)
{
    if (value.text && strlen (value.text) == 10 && is_all (value.text, DIGITS LETTERS))
        value.text = arena_print (arena, "ID-%s", value.text);
    return value;
}

struct value value_number_of (struct arena *arena, enum number_form form, const char *cell)
{
    const char *number = upper (text_narrow (arena, cell));

    if (!*number)
        return form == NUMBER_IRYO || form == NUMBER_ANY ? (struct value) { 0 } : (struct value) { .refusal = "空欄です" };
    if (is_exponent (number))
        return zeros_lost ();
    switch (form) {
    case NUMBER_KAIGO:
        return number_10 (number, DIGITS LETTERS, "事業所番号は英数字10桁です");
    case NUMBER_IRYO:
        return number_10 (number, DIGITS LETTERS, "医療機関コード・事業所番号は英数字10桁です");
    case NUMBER_KOUSEIKYOKU:
        return number_kouseikyoku (arena, number);
    case NUMBER_NAVII:
        return apart (arena, number_in (number, 5, 13, DIGITS LETTERS, "IDは英数字5〜13桁です"));
    case NUMBER_ANY:
        break;
    }
    return apart (arena, number_in (number, 1, 20, DIGITS LETTERS "-./_()", "番号は英数字20桁までです"));
}

struct value value_code (struct arena *arena, const char *cell)
{
    char *code = text_narrow (arena, cell), padded[7];

    if (japan_code_is_valid (code))
        return (struct value) { .text = code };
    snprintf (padded, sizeof padded, "0%.5s", code);
    if (strlen (code) == 5 && japan_code_is_valid (padded))
        return zeros_lost ();
    if (!*code)
        return (struct value) { .refusal = "空欄です" };
    return (struct value) { .refusal = is_all (code, "0123456789") && strlen (code) == 6 ? "都道府県番号か検査数字が合いません"
                                                                                         : "市町村コードは数字6桁です" };
}

struct value value_split_code (struct arena *arena, const char *prefecture, const char *city)
{
    const char *one = text_narrow (arena, prefecture), *two = text_narrow (arena, city);
    bool wrong_digit = false;
    char code[7];

    if (!is_all (one, DIGITS) || !is_all (two, DIGITS) || strlen (one) > 2 || strlen (two) > 3)
        return (struct value) { .refusal = "都道府県コードは数字2桁、市区町村コードは数字3桁です" };
    if (strlen (one) < 2 || strlen (two) < 3)
        return zeros_lost ();
    if (japan_code_complete (arena_print (arena, "%s%s", one, two), code, &wrong_digit) < 0)
        return (struct value) { .refusal = "その番号の都道府県はありません" };
    return (struct value) { .text = arena_text (arena, code) };
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

struct value value_postal_code (struct arena *arena, const char *cell)
{
    char *text = text_narrow (arena, cell);

    if (!*text)
        return (struct value) { 0 };
    if (strlen (text) == 7 && is_all (text, DIGITS))
        return (struct value) { .text = arena_print (arena, "%.3s-%s", text, text + 3), .same = true };
    if (strlen (text) == 8 && text[3] == '-' && strspn (text, DIGITS) == 3 && is_all (text + 4, DIGITS))
        return (struct value) { .text = text };
    return (struct value) { .doubt = "郵便番号は数字7桁です" };
}

struct value value_period (struct arena *arena, const char *cell)
{
    const char *from, *until;

    if (!*cell)
        return (struct value) { 0 };
    if (!import_period (arena, cell, &from, &until))
        return (struct value) { .doubt = "期間として読み取れません" };
    return (struct value) { .text = arena_print (arena, "%s/%s", from, until ? until : "") };
}

static bool is_one_of (const char *const *words, const char *folded)
{
    for (; *words; words++)
        if (strcmp (*words, folded) == 0)
            return true;
    return false;
}

struct value value_item (struct arena *arena, const char *cell)
{
    static const char *const yes[] = { "○", "〇", "◯", "◎", "1", "アリ", "有", "有リ", "可", "ハイ", "対応可", "実施", "yes", NULL };
    static const char *const no[] = { "×", "✕", "x", "0", "ナシ", "無", "無シ", "不可", "イイエ", "対応不可", "対応ナシ", "no", NULL };
    const char *folded = text_fold (arena, cell);

    if (!*folded || strcmp (folded, "-") == 0)
        return (struct value) { 0 };
    if (is_one_of (yes, folded))
        return (struct value) { .text = "yes" };
    if (is_one_of (no, folded))
        return (struct value) { .text = "no" };
    return limited (arena, cell, 400);
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
