#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "ems_keys.h"
#include "text.h"

static size_t size_at (const char *p)
{
    size_t size = 1;

    while (((unsigned char) p[size] & 0xc0) == 0x80)
        size++;
    return size;
}

static bool begins (const char *text, const char *with)
{
    return strncmp (text, with, strlen (with)) == 0;
}

static char *append (char *end, const char *bytes, size_t size)
{
    memcpy (end, bytes, size);
    return end + size;
}

/* How many bytes of the first word that stands here; 0 for none. */
static size_t any_of (const char *text, const char *const *words)
{
    for (; *words; words++)
        if (begins (text, *words))
            return strlen (*words);
    return 0;
}

/* ---- telephone ----------------------------------------------------------------------------------------------------------------------- */

/* Only what people put between digits; anything else ends the number (an extension, a remark). */
static const char *const between_digits[] = { "-", "(", ")", " ", ".", "/", "ー", "−", "‐", "–", "—", "―", "‑", NULL };

static const char *without_country (const char *digits, bool plus)
{
    if (begins (digits, "0081"))
        digits += 4;
    else if (plus && begins (digits, "81"))
        digits += 2;
    else
        return digits;
    return *digits == '0' ? digits : digits - 1;        /* room for the zero that the country code stood for */
}

char *ems_phone_key (struct arena *arena, const char *phone)
{
    const char *plain = phone ? text_narrow (arena, phone) : "", *from;
    char *digits = arena_alloc (arena, strlen (plain) + 1), *end = digits, *key;
    bool plus = false;

    while (*plain) {
        size_t skip = any_of (plain, between_digits);

        if (isdigit ((unsigned char) *plain))
            *end++ = *plain++;
        else if (*plain == '+' && end == digits)
            plus = *plain++ == '+';
        else if (skip)
            plain += skip;
        else if (end == digits)
            plain += size_at (plain);                   /* "TEL" in front */
        else
            break;
    }
    from = without_country (digits, plus);
    key = arena_text (arena, from);
    if (from != digits && *from != '0')
        *key = '0';
    return strlen (key) >= 9 && strlen (key) <= 15 ? key : NULL;
}

/* ---- names --------------------------------------------------------------------------------------------------------------------------- */

static char *replaced (struct arena *arena, const char *text, const char *const pairs[][2])
{
    char *made = arena_alloc (arena, strlen (text) + 1), *end = made;

    while (*text) {
        size_t size = size_at (text), i = 0;

        while (pairs[i][0] && !begins (text, pairs[i][0]))
            i++;
        if (pairs[i][0])
            end = append (end, pairs[i][1], strlen (pairs[i][1]));
        else
            end = append (end, text, size);
        text += pairs[i][0] ? strlen (pairs[i][0]) : size;
    }
    *end = '\0';
    return made;
}

char *ems_name_key (struct arena *arena, const char *name)
{
    static const char *const same[][2] = { { "ヂ", "ジ" }, { "ヅ", "ズ" }, { "ヲ", "オ" }, { "ヰ", "イ" }, { "ヱ", "エ" }, { NULL, NULL } };
    char *key = replaced (arena, text_fold (arena, name ? name : ""), same);

    return *key ? key : NULL;
}

char *ems_kana_birth_key (struct arena *arena, const char *name_kana, const char *birth_date)
{
    const char *kana = ems_name_key (arena, name_kana);

    return kana && birth_date && *birth_date ? arena_print (arena, "%s|%s", kana, birth_date) : NULL;
}

/* ---- address ------------------------------------------------------------------------------------------------------------------------- */

static const char *const prefectures[] = {
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県",
    "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県",
    "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県",
    "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県", NULL,
};

/* Kanji numerals in digits: "二十三" 23, "百五" 105, "一〇三" 103. */
static int digit_at (const char *p)
{
    static const char *const digits[] = { "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

    for (int i = 0; i < 10; i++)
        if (begins (p, digits[i]))
            return i;
    return -1;
}

static int unit_at (const char *p)
{
    return begins (p, "十") ? 10 : begins (p, "百") ? 100 : begins (p, "千") ? 1000 : 0;
}

/* Reads a run of kanji numerals; returns what follows it, the same place when there is none. */
static const char *numeral (const char *p, char ret[24])
{
    char figures[16] = "";
    long sum = 0, last = -1;
    size_t count = 0;
    bool units = false;

    for (; count < 15 && (digit_at (p) >= 0 || unit_at (p)); p += 3) {
        if (unit_at (p)) {
            sum += (last < 0 ? 1 : last) * unit_at (p);
            last = -1;
            units = true;
            continue;
        }
        last = digit_at (p);
        figures[count++] = (char) ('0' + last);
    }
    figures[count] = '\0';
    if (units)
        snprintf (ret, 24, "%ld", sum + (last < 0 ? 0 : last));
    else
        snprintf (ret, 24, "%s", figures);
    return p;
}

static char *in_digits (struct arena *arena, const char *text)
{
    char *made = arena_alloc (arena, 8 * strlen (text) + 24), *end = made, number[24];

    while (*text) {
        const char *behind = numeral (text, number);

        if (behind > text)
            end = append (end, number, strlen (number));
        else
            end = append (end, text, size_at (text));
        text = behind > text ? behind : text + size_at (text);
    }
    *end = '\0';
    return made;
}

/* Behind the municipality's name when it stands near the front (a county may stand before it), else behind the prefecture. */
static const char *in_town (struct arena *arena, const char *folded, const char *municipality)
{
    const char *name = municipality ? text_fold (arena, municipality) : "", *place;

    enum { NEAR = 30 };
    name += any_of (name, prefectures);
    folded += any_of (folded, prefectures);
    place = *name ? strstr (folded, name) : NULL;
    return place && place - folded <= NEAR ? place + strlen (name) : folded;
}

/* What stands between two numbers, or behind the last, and means a hyphen. */
static size_t hyphen_at (const char *p)
{
    static const char *const words[] = { "丁目", "番地", "番", "号", "丁", "-", NULL };
    size_t size = begins (p, "番町") ? 0 : any_of (p, words);

    if (!size && begins (p, "ノ") && isdigit ((unsigned char) p[3]))
        size = 3;
    return size;
}

/* 1丁目2番3号 → 1-2-3.  A hyphen only behind a digit, never two, and only where a digit follows. */
static char *hyphenated (struct arena *arena, const char *text)
{
    char *made = arena_alloc (arena, strlen (text) + 1), *end = made;

    while (*text) {
        size_t size = end > made && isdigit ((unsigned char) end[-1]) ? hyphen_at (text) : 0;

        if (!size) {
            end = append (end, text, size_at (text));
            text += size_at (text);
            continue;
        }
        while (size) {
            text += size;
            size = hyphen_at (text);
        }
        if (isdigit ((unsigned char) *text))
            *end++ = '-';
        else if (*text)
            *end++ = '|';                               /* the house number ends here */
    }
    *end = '\0';
    return made;
}

/* Up to the end of the house number: the first numbers joined by hyphens (three at most), or else the last number. */
static void cut_building (char *text)
{
    char *end = NULL;

    for (char *p = text; *p; p++) {
        int numbers = 1;

        if (!isdigit ((unsigned char) *p))
            continue;
        while (isdigit ((unsigned char) *p) || (*p == '-' && isdigit ((unsigned char) p[1]) && ++numbers <= 3))
            p++;
        end = p;
        if (numbers > 1 || *p == '|' || !*p)
            break;
        p--;
    }
    if (end)
        *end = '\0';
}

/* A blank between two numbers parts the house from the flat; folding would make one number of them. */
static char *with_bars (struct arena *arena, const char *address)
{
    char *plain = text_narrow (arena, address);

    for (char *p = plain; *p; p++)
        if (*p == ' ' && p > plain && isdigit ((unsigned char) p[-1]) && isdigit ((unsigned char) p[strspn (p, " ")]))
            *p = '|';
    return plain;
}

char *ems_address_key (struct arena *arena, const char *address, const char *municipality)
{
    static const char *const left_out[][2] = { { "大字", "" }, { "字", "" }, { NULL, NULL } };
    const char *folded = text_fold (arena, with_bars (arena, address ? address : ""));
    char *key = hyphenated (arena, in_digits (arena, replaced (arena, in_town (arena, folded, municipality), left_out)));

    cut_building (key);
    /* a town alone is nobody's address, even one with a numeral in its name */
    return *key && (strchr (key, '-') || strpbrk (folded, "0123456789") || strstr (folded, "番地")) ? key : NULL;
}

/* "…三丁目" when it is there, else up to the house number. */
static size_t area_size (const char *plain)
{
    const char *chome = strstr (plain, "丁目"), *p = plain;
    char number[24];

    if (chome)
        return (size_t) (chome - plain) + strlen ("丁目");
    while (*p && !isdigit ((unsigned char) *p)) {
        const char *behind = numeral (p, number);

        if (behind > p && begins (behind, "番"))
            break;
        p = behind > p ? behind : p + size_at (p);
    }
    return (size_t) (p - plain);
}

char *ems_area (struct arena *arena, const char *address)
{
    enum { AREA_MOST = 120 };
    const char *plain = text_narrow (arena, address ? address : "");

    return text_cut (arena, arena_copy (arena, plain, area_size (plain)), AREA_MOST);
}

/* ---- card ---------------------------------------------------------------------------------------------------------------------------- */

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char *ems_card_key (struct arena *arena, const char *number)
{
    const char *plain = number ? text_narrow (arena, number) : "";
    char *key = arena_alloc (arena, strlen (plain) + 1), *end = key;

    for (; *plain; plain++) {
        char c = (char) toupper ((unsigned char) *plain);

        c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
        if (strchr (alphabet, c))
            *end++ = c;
        else if (!strchr ("- \t", c) && (unsigned char) c < 0x80)
            return NULL;
    }
    return strlen (key) >= 6 && strlen (key) <= 32 ? key : NULL;
}

void ems_card_number (const unsigned char random[10], char ret[CARD_NUMBER_TEXT])
{
    unsigned sum = 0, bits = 0, held = 0;
    size_t at = 0, next = 0;

    for (int i = 0; i < 16; i++) {
        unsigned value;

        if (held < 5) {
            bits = bits << 8 | random[next++ % 10];
            held += 8;
        }
        value = i < 15 ? bits >> (held - 5) & 31 : sum % 32;
        held -= i < 15 ? 5 : 0;
        sum += value * (unsigned) (i + 1);
        if (i > 0 && i % 4 == 0)
            ret[at++] = '-';
        ret[at++] = alphabet[value];
    }
    ret[at] = '\0';
}

/* ---- gathering ----------------------------------------------------------------------------------------------------------------------- */

void ems_keys_add (struct ems_keys *keys, enum match_key kind, const char *key)
{
    if (!key || keys->count == EMS_KEYS_MOST)
        return;
    for (size_t i = 0; i < keys->count; i++)
        if (keys->kinds[i] == (int64_t) kind && strcmp (keys->keys[i], key) == 0)
            return;
    keys->kinds[keys->count] = kind;
    keys->keys[keys->count++] = key;
}
