/* Rows of 支援情報 (EMS-20): whole in pages, then what changed; who withdraws comes once more as removed, and who never agreed never. */
#include "ems.h"

enum { MANY = 7 };

static struct ems_export_answer page (struct harness *harness, struct ems_export message)
{
    struct ems_export_answer answer = { 0 };
    struct error err = { 0 };

    message.municipalities = (struct text_list) IN_A;
    harness_as (harness, &dispatch);
    must (harness_call (harness, "ems_export", &message, &answer, &err), &err, "ems_export");
    return answer;
}

static const struct ems_export_row *row_of (const struct ems_export_answer *answer, int number)
{
    for (size_t i = 0; i < answer->rows.count; i++)
        if (strcmp (answer->rows.items[i].patient_id, PATIENT (number)) == 0)
            return &answer->rows.items[i];
    return NULL;
}

static const char *test_whole (struct harness *harness)
{
    struct ems_export_answer answer = page (harness, (struct ems_export) { 0 });
    const struct ems_export_row *row = row_of (&answer, hanako.number);

    ok (answer.whole && answer.rows.count == 1 && !answer.next, "EMS-20: the whole holds who has agreed, and nobody else");
    ok (row && strcmp (row->phone, hanako.phone) == 0 && strcmp (row->address, hanako.address) == 0 && strcmp (row->name_kana,
        hanako.kana) == 0
        && strcmp (row->birth_date, hanako.born) == 0 && !row->number && !row->removed, "…telephone, address, kana, birth date");
    is_number (ems_export_row_message.field_count, 8, "…and nothing medical: the row has eight fields");
    is_number (harness_number (harness, "select count(*) from ledger where message = 'ems_export' and items = 'export' and '%s'::uuid = any"
                               " (subjects)", PATIENT (hanako.number)), 1, "S-27 who was in it stands in the ledger");
    return answer.position;
}

static const char *test_delta (struct harness *harness, const char *since)
{
    struct card_issue card = { .patient_id = PATIENT (hanako.number), .card_id = region_id ('k', 1) };
    struct ems_export_answer answer = page (harness, (struct ems_export) { .since = since });
    struct error err = { 0 };
    const char *after;

    is_number (answer.rows.count, 0, "EMS-20: nothing happened, the delta is empty");
    ok (!answer.whole, "…and is a delta");
    harness_as (harness, &manager);
    must (harness_call (harness, "card_issue", &card, NULL, &err), &err, "card");
    must (region_write (harness, taro.number, 0, "変わりなし", NULL, &err), &err, "sheet");
    after = answer.position;
    answer = page (harness, (struct ems_export) { .since = after });
    ok (answer.rows.count == 1 && row_of (&answer, hanako.number)->number, "EMS-20: a new card is in the delta, with its number");
    ems_agree (harness, taro.number);
    answer = page (harness, (struct ems_export) { .since = answer.position });
    ok (answer.rows.count == 1 && row_of (&answer, taro.number), "…so is somebody who has agreed now");
    return answer.position;
}

static const char *test_withdrawn (struct harness *harness, const char *since)
{
    struct ems_export_answer answer, whole;
    const struct ems_export_row *row;
    struct error err = { 0 };

    harness_as (harness, &manager);
    must (region_withdraw (harness, hanako.number, 10 * hanako.number + 5, &err), &err, "withdraw");
    answer = page (harness, (struct ems_export) { .since = since });
    row = row_of (&answer, hanako.number);
    ok (answer.rows.count == 1 && row && row->removed && !row->phone && !row->address && !row->name_kana && !row->birth_date
        && !row->number,
        "EMS-20: who withdraws is in the next delta as removed, with nothing else");
    whole = page (harness, (struct ems_export) { 0 });
    ok (!row_of (&whole, hanako.number), "…and not in the whole");
    answer = page (harness, (struct ems_export) { .since = answer.position });
    is_number (answer.rows.count, 0, "…and once only");
    return answer.position;
}

/* A consent that ends by the calendar: the job that announces it makes the delta. */
static void test_ended (struct harness *harness, const char *since)
{
    struct ems_export_answer answer;
    struct error err = { 0 };

    harness_sql (harness,
                 "update consent set to_date = (guard.now () at time zone 'Asia/Tokyo')::date where scope = 3 and withdrawn_at is null");
    answer = page (harness, (struct ems_export) { .since = since });
    harness_clock (harness, 86400ll * SECOND_US);
    must (harness_job (harness, "consent_turn", &err), &err, "consent_turn");
    answer = page (harness, (struct ems_export) { .since = answer.position });
    ok (answer.rows.count == 1 && row_of (&answer, taro.number)->removed, "EMS-20: a consent that has run out is removed the day after");
    harness_clock (harness, 0);
}

static void test_pages (struct harness *harness)
{
    struct ems_export message = { .has_limit = true, .limit = 3 };
    size_t seen = 0, pages = 0;
    struct error err = { 0 };

    for (int i = 10; i < 10 + MANY; i++) {
        struct ems_someone who = hanako;

        who.number = i;
        ems_register (harness, &who);
        ems_agree (harness, i);
    }
    do {
        struct ems_export_answer answer = page (harness, message);

        seen += answer.rows.count;
        pages++;
        message.after = answer.next;
    } while (message.after && pages < 9);
    is_number (seen, harness_number (harness, "select count (distinct patient_id) from consent where scope = 3 and withdrawn_at is null"),
               "EMS-20: page by page everybody comes once");
    is_number (pages, 3, "…in pages of three");
    message.after = "x";
    message.municipalities = (struct text_list) IN_A;
    ok (harness_call (harness, "ems_export", &message, NULL, &err) < 0 && err.key == ERROR_MALFORMED, "a page key that is none is refused");
}

static void test_strange_positions (struct harness *harness)
{
    ok (page (harness, (struct ems_export) { .since = "999-1" }).whole, "EMS-20: a position from before a restore gives all");
    ok (page (harness, (struct ems_export) { .since = "1-x'" }).whole, "…and so does one that is none");
    ok (page (harness, (struct ems_export) { .since = "" }).whole, "…or empty");
}

int main (void)
{
    struct harness *harness = region_open ();
    const char *position;

    ems_region (harness);
    position = test_whole (harness);
    position = test_delta (harness, position);
    position = test_withdrawn (harness, position);
    test_ended (harness, position);
    test_pages (harness);
    test_strange_positions (harness);
    harness_close (&harness);
    return done ();
}
