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
    { "emergency_papers", "緊急時の備えを見た" },
    { "hospital_patients", "急変時診療医療機関の一覧で見た" },
    { "night_visits", "往診代行の依頼と報告を見た" },
    { "night_duty", "往診代行の当番として一覧で見た" },
    { "night_reports", "夜間往診の報告を見た" },
    { "sheet_section_update", "共有シートを更新しようとして見た" },
    { "patient_head_update", "基本情報を更新しようとして見た" },
    { "ems_find", "消防・救急の照会で候補に挙がった" },
    { "ems_record", "消防・救急に情報を提供した" },
    { "ems_export", "消防の支援情報に登録した" },
    { "ems_break_glass", "消防・救急が同意なしで開いた" },
    { NULL, NULL },
};

static const struct word grounds[] = {
    { "recorder", "登録した事業所" },
    { "care_team", "本人の同意（チーム）" },
    { "duty", "本人の同意（往診当番）" },
    { "last_resort", "本人の同意（最終連絡）" },
    { "hospital", "本人の同意（病院）" },
    { "ems", "消防・救急（照会）" },
    { "unique_match", "消防・救急（照合一致）" },
    { "conscious_consent", "消防・救急（現場で同意）" },
    { "life_threat", "消防・救急（生命の危険）" },
    { "break_glass", "緊急閲覧（同意なし）" },
    { "telephone", "消防・救急（電話）" },
    { NULL, NULL },
};

static const struct word items_words[] = {
    { "head team consents", "基本情報・ケアチーム・同意" },
    { "list", "氏名・生年月日・要介護度・居場所" },
    { "sheet", "共有シート全体" },
    { "ledger", "閲覧の記録" },
    { "emergency papers", "急変時診療医療機関・本人の意思に関する文書・カード" },
    { "conflict", "同時に書かれた内容" },
    { "night visits", "往診代行の依頼と報告" },
    { "hospital list", "氏名・生年月日・要介護度・急変時診療医療機関の登録" },
    { "night duty", "氏名・生年月日・住所・電話番号・依頼の内容" },
    { "night reports", "夜間往診の報告" },
    { "export", "電話番号・住所・氏名カナ・生年月日・カード番号" },
    { "opened", "閲覧の開始（60分以内）" },
    { "candidates", "年齢・性別・町名（氏名は照合できたときのみ）" },
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

static const char *field_word (const char *name, size_t length)
{
    for (size_t i = 0; i < ems_field_type.count; i++)
        if (strlen (ems_field_type.values[i].name) == length && strncmp (ems_field_type.values[i].name, name, length) == 0)
            return ems_field_type.values[i].ja;
    return "氏名";
}

const char *ledger_released (const char *fields, struct arena *arena)
{
    const char *words = "";

    for (size_t length; *fields; fields += length + (fields[length] == ' ')) {
        length = strcspn (fields, " ");
        words = arena_print (arena, "%s%s%s", words, *words ? "・" : "", field_word (fields, length));
    }
    return words;
}
