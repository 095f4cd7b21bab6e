/* fax_rules.c - see fax_rules.h. */
#include "fax_rules.h"
#include <ctype.h>
#include "ids.h"
#include "text.h"

static const char *plain (struct arena *arena, const char *text, bool letters)
{
    const char *narrow = text_narrow (arena, text ? text : "");
    char *out = arena_alloc (arena, strlen (narrow) + 1), *to = out;

    for (const char *c = narrow; *c; c++)
        if ((*c >= '0' && *c <= '9') || (letters && isalpha ((unsigned char) *c)))
            *to++ = (char) toupper ((unsigned char) *c);
    return out;
}

bool fax_same_number (struct arena *arena, const char *one, const char *other)
{
    const char *digits = plain (arena, one, false);

    return *digits && strcmp (digits, plain (arena, other, false)) == 0;
}

bool fax_same_code (struct arena *arena, const char *one, const char *other)
{
    const char *code = plain (arena, one, true);

    return *code && strcmp (code, plain (arena, other, true)) == 0;
}

void fax_code_new (char ret[7])
{
    static const char letters[] = "ACEFHJKLMNPRTUWXY34679";
    unsigned char random[6];

    random_fill (random, sizeof random);
    for (size_t i = 0; i < sizeof random; i++)
        ret[i] = letters[random[i] % (sizeof letters - 1)];
    ret[6] = '\0';
}

int fax_decide (struct arena *arena, const struct fax_target *target, const char *office, const char *number, struct error *err)
{
    if (!target->number)
        return fail (err, ERROR_NOT_FOR_YOU, "/office_id", "no FAX number of this office");
    if (strcmp (text_fold (arena, office), text_fold (arena, target->office)) != 0)
        return fail (err, ERROR_FAX_NOT_CONFIRMED, "/office", "another name");
    if (!fax_same_number (arena, number, target->number))
        return fail (err, ERROR_FAX_NOT_CONFIRMED, "/number", "another number");
    return target->state == FAX_NUMBER_STATE_CONFIRMED ? 0 : fail (err, ERROR_FAX_UNTESTED, "/number", "not confirmed by a test page");
}

const char *fax_test_text (struct arena *arena, const char *office, const char *code)
{
    return arena_print (arena, "FAX番号の試し送信です\n\n宛先：%s 御中\n\n確認コード：%s\n\nこのコードを、送信元へ電話でお知らせください。"
                               "または、宛先の事業所であることを確かめて、この用紙をこのままFAXで送り返してください。"
                               "確認が済むまで、患者さまに関するFAXは送られません。\n心当たりがないときは、この用紙を破棄してください。\n", office, code);
}

const char *fax_page_text (struct arena *arena, const char *reference, const char *title, const char *text, const char *from_office,
                           const char *return_number)
{
    const char *back = !return_number ? "" : arena_print (arena, "【ご返信】この用紙に書き込み、四角いコードを隠さずに、そのままFAXで送り返してください。%s%s\n\n\n\n\n\n\n\n\n",
                                                           *return_number ? "返信先FAX：" : "", return_number);

    return arena_print (arena, "%s\n\n受付番号：%s\n送信元：%s\n\n%s\n\n%sこの用紙には、ご本人の氏名・住所・病名は書かれていません。"
                               "宛先が違うときは、送信元へお電話ください。\n", title, reference, from_office, text, back);
}
