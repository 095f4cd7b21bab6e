/* reply_rules.c - see reply_rules.h. */
#include "reply_rules.h"
#include <ctype.h>
#include "text.h"

const struct keypad keypad_standard = {
    .keys = { { '1', ALERT_ANSWER_KIND_BY_TELEPHONE, 0 }, { '2', ALERT_ANSWER_KIND_VISIT, 30 }, { '3', ALERT_ANSWER_KIND_VISIT, 60 },
              { '4', ALERT_ANSWER_KIND_VISIT, 120 }, { '5', ALERT_ANSWER_KIND_AMBULANCE, 0 }, { '9', ALERT_ANSWER_KIND_CANNOT, 0 } },
    .count = 6,
};

const struct key *keypad_key (const struct keypad *keypad, char digit)
{
    for (size_t i = 0; i < keypad->count; i++)
        if (keypad->keys[i].digit == digit)
            return &keypad->keys[i];
    return NULL;
}

static const char *words_of_key (struct arena *arena, const struct key *key)
{
    switch (key->answer) {
    case ALERT_ANSWER_KIND_BY_TELEPHONE:
        return "電話で指示";
    case ALERT_ANSWER_KIND_VISIT:
        return key->minutes % 60 ? arena_print (arena, "%d分で往診", key->minutes) : arena_print (arena, "%d時間で往診", key->minutes / 60);
    case ALERT_ANSWER_KIND_AMBULANCE:
        return "救急搬送を依頼";
    default:
        return "今は対応できない";
    }
}

const char *keypad_words (struct arena *arena, const struct keypad *keypad)
{
    const char *words = "";

    for (size_t i = 0; i < keypad->count; i++)
        words = arena_print (arena, "%s%s%c %s", words, i ? "、" : "", keypad->keys[i].digit, words_of_key (arena, &keypad->keys[i]));
    return words;
}

/* The digits of a text that holds nothing else but what people write between them; NULL otherwise. */
static const char *digits_only (struct arena *arena, const char *text, const char *between)
{
    const char *narrow = text_trim (arena, text_narrow (arena, text));
    char *digits = arena_alloc (arena, strlen (narrow) + 1), *to = digits;

    if (tolower ((unsigned char) *narrow) == 'r')
        narrow++;
    for (; *narrow; narrow++)
        if (*narrow >= '0' && *narrow <= '9')
            *to++ = *narrow;
        else if (strncmp (narrow, "ー", 3) == 0)       /* what a telephone offers for a hyphen */
            narrow += 2;
        else if (!strchr (between, *narrow))
            return NULL;
    return digits;
}

bool reply_read (struct arena *arena, const char *text, struct reply *ret)
{
    const char *digits = text && strlen (text) <= 200 ? digits_only (arena, text, " \t\r\n-#.,:") : NULL;
    size_t size = digits ? strlen (digits) : 0;

    *ret = (struct reply) { 0 };
    if (size != CODE_DIGITS + 1 && size != CODE_DIGITS + 2)
        return false;
    memcpy (ret->code, digits, CODE_DIGITS);
    ret->digit = digits[CODE_DIGITS];
    ret->name = digits[CODE_DIGITS + 1];
    return true;
}

bool keys_read (struct arena *arena, const char *text, char *ret_digit, char *ret_name)
{
    const char *digits = text && strlen (text) <= 40 ? digits_only (arena, text, " #*-") : NULL;
    size_t size = digits ? strlen (digits) : 0;

    if (size != 1 && size != 2)
        return false;
    *ret_digit = digits[0];
    *ret_name = digits[1];
    return true;
}
