/* sheet.c - see sheet.h. */
#include "sheet.h"
#include "clock.h"
#include "paper.h"

/* EMS-09: the same words in the reply, on the screen and on paper. */
#define FIXED_SENTENCE "救急隊は通常の手順を開始し、医師に直接確認すること"

static const struct paper_column pair[] = { { .share = 2, .label = true }, { .share = 7 } };

static const char *word (const struct enum_type *type, int number)
{
    for (size_t i = 0; i < type->count; i++)
        if (type->values[i].number == number)
            return type->values[i].ja;
    return "";
}

static void put_pair (struct paper *paper, const char *name, const char *text)
{
    const char **cells;

    if (!text || !*text)
        return;
    cells = arena_alloc (paper->arena, 2 * sizeof *cells);
    cells[0] = name;
    cells[1] = text;
    paper_row (paper, PAPER_PLAIN, cells);
}

static const char *joined (struct arena *arena, const char *one, const char *between, const char *other)
{
    if (!other || !*other)
        return one;
    return one && *one ? arena_print (arena, "%s%s%s", one, between, other) : other;
}

static const char *time_text (struct arena *arena, int64_t us)
{
    struct tokyo t = tokyo_of (us);

    return us ? arena_print (arena, "%d年%d月%d日 %d:%02d", t.year, t.month, t.day, t.minute / 60, t.minute % 60) : NULL;
}

/* ---- who and where ---------------------------------------------------------------------------------------------------------------- */

static const char *place_text (struct arena *arena, const struct ems_record_answer *record)
{
    const char *text = record->place ? word (&place_kind_type, (int) record->place) : "";

    return joined (arena, joined (arena, text, " ", record->place_name), " 電話 ", record->place_phone);
}

/* The card's number, else a short form of what the QR code holds. */
static const char *registration_of (struct arena *arena, const struct sheet_facts *facts)
{
    const char *id = facts->record->patient_id;

    return facts->registration ? facts->registration : arena_print (arena, "…%s", id + strlen (id) - 8);
}

static void put_person (struct paper *paper, const struct sheet_facts *facts)
{
    const struct ems_record_answer *record = facts->record;
    struct arena *arena = paper->arena;

    paper_table (paper, pair, 2);
    put_pair (paper, "氏名", arena_print (arena, "%s（%s）", record->name, record->name_kana));
    put_pair (paper, "年齢・要介護度", joined (arena, record->has_age ? arena_print (arena, "%lld歳", (long long) record->age) : "", "　",
                                               record->care_level ? word (&care_level_type, (int) record->care_level) : NULL));
    put_pair (paper, "いまいる所", place_text (arena, record));
    put_pair (paper, "登録番号", registration_of (arena, facts));
}

static void put_incident (struct paper *paper, const struct sheet_facts *facts)
{
    struct arena *arena = paper->arena;
    const char *text = joined (arena, facts->partner_name, "　", facts->unit);

    text = joined (arena, joined (arena, text, "　受付番号 ", facts->number), "　", facts->complaint);
    if (text)
        paper_small (paper, text);
    if (facts->record && facts->record->at)
        paper_small (paper, arena_print (paper->arena, "最終更新 %s", time_text (paper->arena, facts->record->at)));
}

/* ---- whom to call ----------------------------------------------------------------------------------------------------------------- */

static const char *state_text (struct arena *arena, const struct ems_contact *contact)
{
    return joined (arena, contact->state ? word (&ems_contact_state_type, (int) contact->state) : "", "\n",
                   contact->eta ? word (&ems_eta_type, (int) contact->eta) : NULL);
}

static void put_contacts (struct paper *paper, const struct sheet_facts *facts)
{
    static const struct paper_column columns[] = { { .title = "順", .share = 1, .centred = true }, { .title = "役割", .share = 4 },
        { .title = "氏名・事業所", .share = 8 }, { .title = "電話", .share = 4 }, { .title = "状況", .share = 4 } };
    struct arena *arena = paper->arena;

    paper_heading (paper, 3, "いま連絡できる医師・看護師（この順に）");
    paper_table (paper, columns, 5);
    for (size_t i = 0; i < facts->contact_count; i++) {
        const struct ems_contact *contact = &facts->contacts[i];
        const char **cells = arena_alloc (arena, 5 * sizeof *cells);

        cells[0] = arena_print (arena, "%lld", (long long) contact->order);
        cells[1] = contact->role;
        cells[2] = joined (arena, contact->name, "　",
                           contact->office && strcmp (contact->office, contact->name) != 0 ? contact->office : NULL);
        cells[3] = contact->phone;
        cells[4] = state_text (arena, contact);
        paper_row (paper, PAPER_PLAIN, cells);
    }
}

/* ---- what is agreed to be told ---------------------------------------------------------------------------------------------------- */

static void put_hospital (struct paper *paper, const struct ems_hospital *hospital)
{
    struct arena *arena = paper->arena;

    if (!hospital)
        return;
    put_pair (paper, "急変時診療医療機関",
              joined (arena, joined (arena, joined (arena, hospital->name, "　電話 ", hospital->phone), "　夜間 ", hospital->night_phone), "\n",
                      hospital->agreed ? "事前登録あり（入院を約束するものではありません）" : "病院はまだ確認していません"));
}

static void put_acp (struct paper *paper, const struct ems_acp *acp)
{
    struct arena *arena = paper->arena;
    const char *text;

    if (!acp)
        return;
    text = word (&acp_status_type, (int) acp->status);
    text = joined (arena, text, "　", acp->kind ? word (&wish_kind_type, (int) acp->kind) : NULL);
    text = joined (arena, text, "　記載日 ", acp->written_on);
    text = joined (arena, text, "　作成 ", acp->issuer ? word (&wish_issuer_type, (int) acp->issuer) : NULL);
    text = joined (arena, text, "\n想定した状態：", acp->assumed_condition);
    text = joined (arena, text, "\n原本の場所：", acp->paper_at);
    text = joined (arena, text, "\n撤回日 ", acp->withdrawn_on);
    if (acp->conflicts)
        text = arena_print (arena, "%s\n内容の異なる文書 %lld件", text, (long long) acp->conflicts);
    for (size_t i = 0; acp->conflicts && i < acp->dates.count; i++)
        text = arena_print (arena, "%s%s%s", text, i ? "、" : "：", acp->dates.items[i]);
    if (acp->terminal_phase)
        text = joined (arena, text, "\n看取りの方針を関係者で共有しています　", acp->terminal_since ? acp->terminal_since : "記録あり");
    put_pair (paper, "本人の意思に関する文書", text);
}

static void put_words (struct paper *paper, const char *name, const struct ems_words *words)
{
    const char *text;

    if (!words)
        return;
    text = joined (paper->arena, words->level ? word (&adl_level_type, (int) words->level) : "", "　", words->text);
    put_pair (paper, name, arena_print (paper->arena, "%s（%s 記載）", text ? text : "", words->written_on));
}

static void put_relatives (struct paper *paper, const struct emergency_contact_list *contacts)
{
    const char *text = "";

    for (size_t i = 0; i < contacts->count; i++)
        text = arena_print (paper->arena, "%s%s%s（%s）%s", text, i ? "\n" : "", contacts->items[i].name, contacts->items[i].relation,
                            contacts->items[i].phone);
    put_pair (paper, "緊急連絡先", text);
}

static void put_team (struct paper *paper, const struct ems_team_member_list *team)
{
    const char *text = "";

    for (size_t i = 0; i < team->count; i++)
        text = arena_print (paper->arena, "%s%s%s：%s（%s）%s", text, i ? "\n" : "", word (&team_seat_type, (int) team->items[i].seat),
                            team->items[i].name, team->items[i].office, team->items[i].phone ? team->items[i].phone : "");
    put_pair (paper, "主治医・ケアチーム", text);
}

static void put_record (struct paper *paper, const struct ems_record_answer *record)
{
    paper_heading (paper, 3, "本人について");
    paper_table (paper, pair, 2);
    put_hospital (paper, record->hospital);
    put_acp (paper, record->acp);
    put_pair (paper, "アレルギー", record->allergies);
    put_pair (paper, "感染症", record->infection);
    put_words (paper, "病名・経過", record->history);
    put_words (paper, "使用薬剤", record->drugs);
    put_words (paper, "医療機器と設定", record->device);
    for (size_t i = 0; i < record->adl.count; i++)
        put_words (paper, word (&sheet_item_type, (int) record->adl.items[i].item), &record->adl.items[i]);
    put_words (paper, "入室方法", record->entry);
    put_relatives (paper, &record->contacts);
    put_team (paper, &record->team);
}

int sheet_print (struct arena *arena, const struct sheet_facts *facts, struct bytes *ret, struct error *err)
{
    const struct ems_record_answer *record = facts->record;
    const char *title = facts->exercise ? "【訓練】情報提供書（救急）" : "情報提供書（救急）";
    struct paper paper = { .arena = arena, .title = title, .owner = facts->partner_name, .issued_at = facts->issued_at };

    if (record)
        paper_qr (&paper, arena_print (arena, "renkei:%s", record->patient_id), 26, registration_of (arena, facts));
    paper_heading (&paper, 1, title);
    put_incident (&paper, facts);
    paper_box (&paper, record && record->acp && *record->acp->note ? record->acp->note : FIXED_SENTENCE);
    if (record)
        put_person (&paper, facts);
    else
        paper_text (&paper, "本人の情報は提供されていません。下の連絡先へ電話してください。");
    put_contacts (&paper, facts);
    if (record)
        put_record (&paper, record);
    return paper_print (&paper, ret, NULL, err);
}
