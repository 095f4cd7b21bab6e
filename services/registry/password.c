/* password.c - see password.h. */
#include "password.h"

#include <stddef.h>

enum { FOLDED_MOST = 256, KINDS_LEAST = 5 };

/* What is left of a common password without digits and signs; a password made of these words alone is refused. */
static const char *const common_words[] = {
    "password", "passw0rd", "passwd", "pass", "word", "secret", "letmein", "welcome", "admin", "administrator", "root", "user", "login",
    "default",
    "guest", "master", "changeme", "change", "please", "test", "tester", "testing", "sample", "demo", "hello", "iloveyou", "love",
    "monkey", "dragon", "sunshine", "princess", "football", "baseball", "superman", "batman", "shadow", "michael", "qwerty", "qwertyuiop",
    "asdfgh",
    "asdfghjkl", "zxcvbn", "zxcvbnm", "qazwsx", "qazwsxedc", "abc", "abcd", "abcdef", "renkei", "zaitaku", "kaigo", "iryou", "iryo",
    "kango",
    "houmon", "byouin", "byoin", "shiyakusho", "shi", "shiritsu", "hokkaido", "tokyo", "osaka", "nippon", "nihon", "japan", "sakura",
    "arigatou", "konnichiwa", "doraemon", "pikachu", "computer", "internet", "office", "hospital", "clinic", "nurse", "doctor", "care",
    "station", "system", "the", "my", "is", "new", "old", "first", "last", "and", "you", "me", "i",
};

static const char *const runs[] = {
    "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "zyxwvutsrqponmlkjihgfedcba", "98765432109876543210", "09876543210987654321",
    "あいうえおかきくけこさしすせそたちつてとなにぬねの", "アイウエオカキクケコサシスセソタチツテトナニヌネノ",
};

static size_t count_characters (const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char) *text & 0xc0) != 0x80;
    return count;
}

static void fold (const char *text, char ret[FOLDED_MOST])
{
    size_t i = 0;

    for (; text[i] && i < FOLDED_MOST - 1; i++)
        ret[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char) (text[i] - 'A' + 'a') : text[i];
    ret[i] = 0;
}

/* Letters as an attacker reads them: digits and signs that stand for letters, the rest dropped. */
static void letters_of (const char *folded, char ret[FOLDED_MOST])
{
    static const char from[] = "013457@$!", to[] = "oleastasi";
    size_t count = 0;

    for (; *folded; folded++) {
        const char *as = strchr (from, *folded);
        bool between = folded[1] >= 'a' && folded[1] <= 'z' && count > 0;

        if (*folded >= 'a' && *folded <= 'z')
            ret[count++] = *folded;
        else if ((unsigned char) *folded >= 0x80)
            ret[count++] = *folded;
        else if (as && between)
            ret[count++] = to[as - from];
    }
    ret[count] = 0;
}

/* True when the text can be cut into common words without rest. */
static bool is_made_of_words (const char *text)
{
    bool reached[FOLDED_MOST] = { true };
    size_t size = strlen (text);

    for (size_t at = 0; at < size; at++)
        for (size_t i = 0; reached[at] && i < sizeof common_words / sizeof *common_words; i++)
            if (strncmp (text + at, common_words[i], strlen (common_words[i])) == 0)
                reached[at + strlen (common_words[i])] = true;
    return reached[size];
}

static bool has_few_kinds (const char *text)
{
    bool seen[256] = { false };
    int kinds = 0;

    for (; *text; text++)
        if (!seen[(unsigned char) *text]) {
            seen[(unsigned char) *text] = true;
            kinds++;
        }
    return kinds < KINDS_LEAST;
}

/* The whole is one piece of at most a third of its length, repeated. */
static bool is_repetition (const char *text)
{
    size_t size = strlen (text);

    for (size_t period = 1; period * 3 <= size; period++)
        if (memcmp (text, text + period, size - period) == 0)
            return true;
    return false;
}

static bool is_run (const char *text)
{
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        if (strstr (runs[i], text))
            return true;
    return false;
}

static bool is_login (const char *folded, const char *login)
{
    char name[FOLDED_MOST];
    const char *at;
    size_t rest;

    fold (login, name);
    if (strlen (name) < 4)
        return false;
    at = strstr (folded, name);
    rest = at ? strlen (folded) - strlen (name) : 0;
    return at && rest < 8;              /* the name with a little decoration */
}

enum password_verdict password_check (const char *password, const char *login)
{
    char folded[FOLDED_MOST], letters[FOLDED_MOST];

    if (count_characters (password) < PASSWORD_LEAST)
        return PASSWORD_SHORT;
    fold (password, folded);
    letters_of (folded, letters);
    if (has_few_kinds (folded) || is_repetition (folded) || is_run (folded))
        return PASSWORD_MONOTONOUS;
    if (is_login (folded, login))
        return PASSWORD_IS_LOGIN;
    if (is_made_of_words (letters))
        return PASSWORD_COMMON;
    return PASSWORD_GOOD;
}
