/* Answers by text message and by the keys of a telephone, as people write and press them. */
#include "reply_rules.h"
#include "tap.h"

static const char *one_line (struct arena *arena, const char *text)
{
    char *line = arena_text (arena, text);

    for (char *c = line; *c; c++)
        if (*c < 0x20 && *c > 0)
            *c = 0x20;
    return line;
}

static const char *read_as (struct arena *arena, const char *text)
{
    struct reply reply;

    return reply_read (arena, text, &reply) ? arena_print (arena, "%s %c%c", reply.code, reply.digit, reply.name ? reply.name : '-') : "nothing";
}

static void test_replies (struct arena *arena)
{
    static const struct { const char *text, *wanted; } rows[] = {
        { "482170 1", "482170 1-" }, { "4821701", "482170 1-" }, { "482170 1 ", "482170 1-" }, { "  482170\t9\r\n", "482170 9-" },
        { "４８２１７０　１", "482170 1-" }, { "４８２１７０ー１", "482170 1-" }, { "４８２１７０－１", "482170 1-" }, { "R482170-1", "482170 1-" },
        { "r482170-1", "482170 1-" }, { "Ｒ４８２１７０　１", "482170 1-" }, { "#482170.1", "482170 1-" }, { "482170 12", "482170 12" },
        { "", "nothing" }, { "1", "nothing" }, { "482170", "nothing" }, { "48217 1", "nothing" }, { "482170 123", "nothing" },
        { "482170 1aa", "nothing" }, { "はい", "nothing" }, { "482170 はい", "nothing" }, { "OK", "nothing" }, { "STOP", "nothing" },
        { "482170 1 482171 1", "nothing" }, { "4821701;drop", "nothing" }, { NULL, "nothing" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        is (read_as (arena, rows[i].text), rows[i].wanted,
            arena_print (arena, "N-47 '%s' is %s", rows[i].text && *rows[i].text ? one_line (arena, rows[i].text) : "nothing at all", rows[i].wanted));
}

static void test_keys (struct arena *arena)
{
    char digit, name;

    ok (keys_read (arena, "1#", &digit, &name) && digit == '1' && !name, "N-47 one key, ended by #");
    ok (keys_read (arena, "2*3", &digit, &name) && digit == '2' && name == '3', "...and one for the name");
    ok (!keys_read (arena, "", &digit, &name) && !keys_read (arena, "123", &digit, &name) && !keys_read (arena, NULL, &digit, &name),
        "...no key, and three, are nothing");
    ok (keypad_key (&keypad_standard, '5')->answer == ALERT_ANSWER_KIND_AMBULANCE && !keypad_key (&keypad_standard, '7'), "a key has one meaning");
    is (keypad_words (arena, &keypad_standard), "1 電話で指示、2 30分で往診、3 1時間で往診、4 2時間で往診、5 救急搬送を依頼、9 今は対応できない",
        "...and is told in words");
}

int main (void)
{
    ARENA (arena);

    test_replies (&arena);
    test_keys (&arena);
    return done ();
}
