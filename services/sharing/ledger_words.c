#include <string.h>
#include "codec.h"
#include "ledger_words.h"
#include "messages.h"

struct word { const char *name, *words; };

static const struct word whats[] = {
    { "patient", "基本情報を見た" },
    { "patient_list", "一覧で見た" },
    { "sheet", "共有シートを見た" },
    { "section_history", "共有シートの過去の版を見た" },
    { "section_changes", "共有シートの変更点を見た" },
    { "ledger", "閲覧の記録を見た" },
    { "sheet_section_update", "共有シートを更新しようとして見た" },
    { "patient_head_update", "基本情報を更新しようとして見た" },
    { NULL, NULL },
};

static const struct word grounds[] = {
    { "recorder", "登録した事業所" },
    { "care_team", "本人の同意（チーム）" },
    { "duty", "本人の同意（往診当番）" },
    { "last_resort", "本人の同意（最終連絡）" },
    { NULL, NULL },
};

static const struct word items_words[] = {
    { "head team consents", "基本情報・ケアチーム・同意" },
    { "list", "氏名・生年月日・要介護度・居場所" },
    { "sheet", "共有シート全体" },
    { "ledger", "閲覧の記録" },
    { "conflict", "同時に書かれた内容" },
    { NULL, NULL },
};

static const char *word_of (const struct word *words, const char *name)
{
    for (; words->name; words++)
        if (strcmp (words->name, name) == 0)
            return words->words;
    return name;
}

const char *ledger_what (const char *message)
{
    return word_of (whats, message);
}

const char *ledger_ground (const char *ground)
{
    return word_of (grounds, ground);
}

const char *ledger_items (const char *items)
{
    size_t length = strcspn (items, " ");

    for (size_t i = 0; i < sheet_section_type.count; i++) {
        const struct enum_value *section = &sheet_section_type.values[i];

        if (strlen (section->name) == length && strncmp (section->name, items, length) == 0)
            return section->ja;
    }
    return word_of (items_words, items);
}
