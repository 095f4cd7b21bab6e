/* facility_card_store.c - what stands on the cards; see facility_card.h. */
#include "facility_card.h"
#include "japan.h"

enum { SERVICES, CARDS, STATEMENT_COUNT };

#define SAID(item, words, first) \
    "(select case i.answer when 2 then 'なし' else " words " end from facility_item i" \
    "  where i.facility_id = f.facility_id and i.item = " item " and i.until_at is null order by " first " limit 1)"
#define WORDS(item) SAID (item, "i.text", "i.notified")
/* Done or not, and what has to be known; of what is notified that comes first. */
#define DONE "concat_ws ('・', case when i.performed then '実績あり' when not i.performed then '実績なし' else 'あり' end, nullif (i.text, ''))"
#define DOES(item) SAID (item, DONE, "i.notified")
#define NOTIFIED(item) SAID (item, DONE, "i.notified desc")

const struct db_statement facility_card_statements[] = {
    [SERVICES] = { "facility_card_services", "select service from facility_service order by service" },
    [CARDS] = { "facility_cards",
        "select a.name as area, coalesce (m.name, p.name) as ward, f.name, f.address, coalesce (f.phone, " WORDS ("15") ") as phone,"
        "       coalesce (f.fax, " WORDS ("16") ") as fax, " WORDS ("24") " as desk, " DOES ("1") " as visits, " DOES ("2") " as house_calls,"
        "       " NOTIFIED ("26") " as support_clinic"
        "  from facility f left join facility_area x on x.facility_id = f.facility_id"
        "  left join care_area a on a.care_area_id = x.care_area_id and a.removed_at is null"
        "  left join municipality m on m.code = f.located_in left join facility_place p on p.located_in = f.located_in"
        " where f.located_in between $1 and $2 and f.service = any ($3::text[]) and f.not_in_latest is null"
        " order by f.located_in, a.name nulls last, f.sort_key, f.facility_id limit $4::bigint" },
    [STATEMENT_COUNT] = { NULL, NULL },
};

static int services_of (struct request *request, struct text_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    const char **services;
    DB_ROWS (rows);

    if (db_run (request->db, &facility_card_statements[SERVICES], &args, &rows, err) < 0)
        return -1;
    services = arena_alloc (request->arena, (size_t) (db_count (rows) + 1) * sizeof *services);
    *ret = (struct text_list) { services, 0 };
    for (int i = 0; i < db_count (rows); i++) {
        const char *service = db_copy_text (rows, i, "service", request->arena);

        if (facility_kind_of (service) == FACILITY_KIND_HOME_MEDICINE)
            services[ret->count++] = service;
    }
    return 0;
}

static struct facility_card card_of (const db_rows *rows, int i, struct arena *arena)
{
    return (struct facility_card) {
        .group = db_copy_text (rows, i, "area", arena), .ward = db_copy_text (rows, i, "ward", arena),
        .name = db_copy_text (rows, i, "name", arena), .address = db_copy_text (rows, i, "address", arena),
        .phone = db_copy_text (rows, i, "phone", arena), .fax = db_copy_text (rows, i, "fax", arena),
        .desk = db_copy_text (rows, i, "desk", arena), .visits = db_copy_text (rows, i, "visits", arena),
        .house_calls = db_copy_text (rows, i, "house_calls", arena), .support_clinic = db_copy_text (rows, i, "support_clinic", arena) };
}

int facility_cards_read (struct request *request, const struct facility_cards *wanted, struct facility_card_list *ret, struct error *err)
{
    struct db_args args = { 0 };
    struct text_list services;
    char low[7], high[7];
    DB_ROWS (rows);

    if (services_of (request, &services, err) < 0)
        return -1;
    japan_code_range (wanted->municipality, low, high);
    db_text (&args, low);
    db_text (&args, high);
    db_text_list (&args, request->arena, services);
    db_number (&args, CARDS_A_FILE + 1);
    if (db_run (request->db, &facility_card_statements[CARDS], &args, &rows, err) < 0)
        return -1;
    if (db_count (rows) > CARDS_A_FILE)
        return fail (err, ERROR_TOO_LARGE, "/municipality", "more than %d cards; ask ward by ward", CARDS_A_FILE);
    ret->count = (size_t) db_count (rows);
    ret->items = arena_alloc (request->arena, (ret->count + 1) * sizeof *ret->items);
    for (size_t i = 0; i < ret->count; i++)
        ret->items[i] = card_of (rows, (int) i, request->arena);
    return 0;
}
