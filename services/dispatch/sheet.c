/* sheet.c - see sheet.h. */
#include "sheet.h"
#include "document.h"
#include "paper.h"
#include "reply.h"

static const struct paper_column columns[] = { { NULL, 3, false, true }, { NULL, 9, false, false } };

static const char *ja_of (const struct enum_type *type, int number)
{
    for (size_t i = 0; i < type->count; i++)
        if (type->values[i].number == number)
            return type->values[i].ja;
    return NULL;
}

static void row (struct paper *paper, const char *name, const char *value)
{
    const char **cells = arena_alloc (paper->arena, 2 * sizeof *cells);

    if (!value || !*value)
        return;
    cells[0] = name;
    cells[1] = value;
    paper_row (paper, PAPER_PLAIN, cells);
}

static const char *words_of (struct arena *arena, const struct ems_words *words)
{
    return words && words->text ? arena_print (arena, "%s（%s）", words->text, words->written_on) : NULL;
}

static void put_person (struct paper *paper, const struct ems_record_answer *record)
{
    struct arena *arena = paper->arena;

    paper_table (paper, columns, 2);
    row (paper, "氏名", arena_print (arena, "%s（%s）%s", record->name, record->name_kana,
                                     record->has_age ? arena_print (arena, "　%lld歳", (long long) record->age) : ""));
    row (paper, "要介護度", record->care_level ? ja_of (&care_level_type, (int) record->care_level) : NULL);
    row (paper, "現在の居場所", record->place ? arena_print (arena, "%s %s %s", ja_of (&place_kind_type, (int) record->place),
                                record->place_name ? record->place_name : "", record->place_phone ? record->place_phone : "") : NULL);
    for (size_t i = 0; i < record->contacts.count; i++)
        row (paper, "緊急連絡先", arena_print (arena, "%s（%s）%s", record->contacts.items[i].name,
                    record->contacts.items[i].relation ? record->contacts.items[i].relation : "続柄不明",
                    record->contacts.items[i].phone ? record->contacts.items[i].phone : "電話なし"));
    row (paper, "既往・疾病", words_of (arena, record->history));
    row (paper, "使用薬剤", words_of (arena, record->drugs));
    row (paper, "アレルギー", record->allergies);
    row (paper, "医療機器", words_of (arena, record->device));
    row (paper, "感染症", record->infection);
    for (size_t i = 0; i < record->adl.count; i++)
        row (paper, ja_of (&sheet_item_type, (int) record->adl.items[i].item), words_of (arena, &record->adl.items[i]));
    row (paper, "入室方法", words_of (arena, record->entry));
}

static void put_team (struct paper *paper, const struct sheet_facts *facts)
{
    const struct ems_record_answer *record = facts->record;
    struct arena *arena = paper->arena;

    paper_heading (paper, 2, "いま連絡できる先");
    paper_table (paper, columns, 2);
    for (size_t i = 0; i < facts->contact_count; i++)
        row (paper, facts->contacts[i].role, reply_contact_line (arena, &facts->contacts[i]));
    for (size_t i = 0; i < record->team.count; i++)
        row (paper, ja_of (&team_seat_type, (int) record->team.items[i].seat), arena_print (arena, "%s %s %s", record->team.items[i].name,
                    record->team.items[i].office, record->team.items[i].phone ? record->team.items[i].phone : ""));
    if (record->hospital)
        row (paper, "急変時診療医療機関", arena_print (arena, "%s %s%s", record->hospital->name,
                    record->hospital->night_phone ? record->hospital->night_phone : record->hospital->phone ? record->hospital->phone : "",
                    record->hospital->agreed ? "" : "（未確認）"));
}

/* Facts about the papers and the fixed sentence; never an instruction (EMS-09). */
static void put_wish (struct paper *paper, const struct ems_acp *acp)
{
    struct arena *arena = paper->arena;

    if (!acp)
        return;
    paper_heading (paper, 2, "本人の意思に関する文書");
    paper_box (paper, acp->note);
    paper_table (paper, columns, 2);
    row (paper, "状況", ja_of (&acp_status_type, (int) acp->status));
    row (paper, "文書", acp->kind ? ja_of (&wish_kind_type, (int) acp->kind) : NULL);
    row (paper, "日付", acp->written_on);
    row (paper, "作成", acp->issuer ? ja_of (&wish_issuer_type, (int) acp->issuer) : NULL);
    row (paper, "想定した状態", acp->assumed_condition);
    row (paper, "文書の場所", acp->paper_at);
    row (paper, "撤回", acp->withdrawn_on);
    row (paper, "矛盾する文書", acp->conflicts ? arena_print (arena, "%lld件", (long long) acp->conflicts) : NULL);
}

int sheet_print (struct arena *arena, const struct sheet_facts *facts, struct bytes *ret, struct error *err)
{
    struct paper paper = { .arena = arena, .title = "情報提供書（救急）", .owner = facts->partner_name, .issued_at = facts->issued_at };

    paper_qr (&paper, arena_print (arena, "renkei:%s", facts->record->patient_id), 24, "登録番号");
    paper_heading (&paper, 1, "情報提供書（救急）");
    paper_small (&paper, arena_print (arena, "最終更新 %s　発行 %s", document_time (arena, facts->record->at),
                                      document_time (arena, facts->issued_at)));
    put_person (&paper, facts->record);
    put_team (&paper, facts);
    put_wish (&paper, facts->record->acp);
    return paper_print (&paper, ret, NULL, err);
}
