/* answer_patient_list.c - the people a reader may see, latest change first; or found by a part of the name, kanji or
 * kana, or by a telephone number (U-34).
 *
 * Takes:      patient_list
 * Refuses:    malformed  a page key that was not ours
 * Publishes:  nothing; writes one ledger row per ground, with the people shown
 * Repeats:    every reading has its own ledger rows
 *
 * Who sees no patients (officers, administrators, operators, prefecture) gets an empty list.
 */
#include "ems_keys.h"
#include "ids.h"
#include "list_store.h"
#include "text.h"

/* Key of a page: "changed_at-patient_id" of its last line. */
static int read_key (const char *key, struct list_wanted *wanted, struct error *err)
{
    char *end;

    if (!key)
        return 0;
    wanted->after_changed_at = strtoll (key, &end, 10);
    if (end == key || *end != '-' || !uuid_is_valid (end + 1))
        return fail (err, ERROR_MALFORMED, "/after", "not a page key");
    wanted->after = true;
    wanted->after_id = end + 1;
    return 0;
}

static int disclose_ground (struct request *request, const struct list_page *page, enum ground ground, struct error *err)
{
    const char **subjects = arena_alloc (request->arena, (page->count + 1) * sizeof *subjects);
    size_t count = 0;

    for (size_t i = 0; i < page->count; i++)
        if (page->items[i].ground == ground)
            subjects[count++] = page->items[i].line.patient_id;
    if (count == 0)
        return 0;
    return disclose (request, (struct text_list) { subjects, count }, "list", ground_name (ground), err);
}

static int disclose_page (struct request *request, const struct list_page *page, struct error *err)
{
    for (enum ground ground = GROUND_RECORDER; ground <= GROUND_LAST_RESORT; ground++)
        if (disclose_ground (request, page, ground, err) < 0)
            return -1;
    return 0;
}

static void fill (struct request *request, struct list_page *page, int64_t most, struct patient_list_answer *answer)
{
    struct patient_line *lines = arena_alloc (request->arena, (page->count + 1) * sizeof *lines);

    if ((int64_t) page->count > most) {
        const struct patient_line *last = &page->items[most - 1].line;

        page->count = (size_t) most;
        answer->next = arena_print (request->arena, "%lld-%s", (long long) last->changed_at, last->patient_id);
    }
    for (size_t i = 0; i < page->count; i++)
        lines[i] = page->items[i].line;
    answer->patients.items = lines;
    answer->patients.count = page->count;
    answer->count = page->total;
}

int sharing_handle_patient_list (struct sharing *self, struct request *request, const struct patient_list *message,
                                 struct patient_list_answer *answer, struct error *err)
{
    struct list_wanted wanted = {
        .mine = message->has_mine && message->mine,
        .phone = ems_phone_key (request->arena, message->text),
        .folded = message->text ? text_fold (request->arena, message->text) : NULL,
        .most = page_size (message->has_limit, message->limit, PAGE_STANDARD, PAGE_MOST),
    };
    struct list_page page = { 0 };

    (void) self;
    if (read_key (message->after, &wanted, err) < 0)
        return -1;
    if (roles_see_patients (request->actor->roles) && list_store_page (request, &wanted, &page, err) < 0)
        return -1;
    fill (request, &page, wanted.most, answer);
    return disclose_page (request, &page, err);
}
