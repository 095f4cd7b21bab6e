/* answer_resolve.c - who would be asked for this person at this instant, in which order, why; and the numbers to keep on the device.
 *
 * Takes:      resolve                        (proto/notify/resolve.query)
 * Refuses:    not_for_you  nobody known, or not open to the reader
 * Publishes:  nothing; writes the disclosure ledger
 * Repeats:    reads again
 */
#include "notify.h"
#include "roster.h"
#include "roster_page_store.h"
#include "shift_cache_store.h"
#include "words.h"

static struct resolved_target target_of (const struct answerer *entry)
{
    return (struct resolved_target) { .position = entry->position, .target = entry->target, .person_id = entry->person_id,
        .office_id = entry->office_id, .name = entry->name, .phone = entry->phone, .reason = entry->reason,
        .delay_seconds = entry->delay_seconds };
}

static void fill_targets (struct arena *arena, const struct resolution *result, struct resolve_answer *answer)
{
    struct resolved_target *items = arena_alloc (arena, (result->count + 1) * sizeof *items);
    size_t count = result->count < 60 ? result->count : 60;

    for (size_t i = 0; i < count; i++)
        items[i] = target_of (&result->items[i]);
    answer->targets.items = items;
    answer->targets.count = count;
    answer->chain_note = result->chain_note;
}

static void fill_skipped (struct arena *arena, const struct resolution *result, struct resolve_answer *answer)
{
    const char **texts = arena_alloc (arena, (result->skipped_count + 1) * sizeof *texts);

    answer->skipped.count = result->skipped_count < 40 ? result->skipped_count : 40;
    for (size_t i = 0; i < answer->skipped.count; i++)
        texts[i] = words_clip (arena, result->skipped[i].text, 200);
    answer->skipped.items = texts;
    answer->has_calendar_unsettled = answer->has_terminal = true;
    answer->calendar_unsettled = result->calendar_unsettled;
    answer->terminal = result->terminal;
}

/* They stay on the device: what rings now, and where nothing does what will ring first. */
static const char *number_of (const struct resolver_input *input, const struct known_office *office, int64_t instant)
{
    const char *number = office_number_at (input, office, instant);

    return number ? number : office->phones.items[0].number;
}

/* The station's duty telephone, the attending doctor's clinic, the last resort; 119 is the page's own. */
static void fill_numbers (struct arena *arena, const struct resolver_input *input, const struct known_offices *offices, int64_t instant,
                          struct resolve_answer *answer)
{
    struct resolved_target *items = arena_alloc (arena, 20 * sizeof *items);
    size_t count = 0;

    for (size_t i = 0; i < offices->count && count < 18; i++) {
        const struct known_office *office = &offices->items[i];
        bool attends = input->attending_office_id && strcmp (input->attending_office_id, office->office_id) == 0;

        items[count] = (struct resolved_target) { .position = (int64_t) count + 1, .target = TARGET_KIND_OFFICE,
            .office_id = office->office_id, .name = office->name, .phone = number_of (input, office, instant),
            .reason = attends ? "在宅主治医" : "24時間の連絡窓口" };
        count++;
    }
    if (input->last_resort_name) {
        items[count] = (struct resolved_target) { .position = (int64_t) count + 1, .target = TARGET_KIND_LAST_RESORT,
            .office_id = input->last_resort_office_id, .name = input->last_resort_name, .phone = input->last_resort_phone,
            .reason = "最終連絡先" };
        count++;
    }
    answer->numbers.items = items;
    answer->numbers.count = count;
}

/* One round trip where the region's rows are kept: the questions about the person travel together. */
static int load (struct notify *self, struct request *request, const struct resolve *message, int64_t instant, struct resolver_input *ret,
                 struct known_offices *ret_numbers, struct error *err)
{
    const struct shift_source source = { self->shifts, shift_cache_shifts };
    struct roster_keeper *keeper = message->has_at ? NULL : self->keeper;
    struct roster_asked asked;
    struct page_asked page;
    const char *municipality;
    int64_t chain_version;

    if (page_ask_person (request->db, message->patient_id, &page, err) < 0
        || roster_ask (request->db, keeper, message->patient_id, 0, &asked, err) < 0 || db_flush (request->db, err) < 0)
        return -1;
    municipality = page_take_person (&page, request->arena, ret_numbers);
    if (!municipality)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not open to the reader");
    return roster_take (request->db, request->arena, &asked, self->shifts ? &source : NULL, municipality, instant, ret, &chain_version, err);
}

int notify_handle_resolve (struct notify *self, struct request *request, const struct resolve *message, struct resolve_answer *answer,
                           struct error *err)
{
    int64_t instant = message->has_at ? message->at : request->now;
    struct resolver_input input;
    struct known_offices offices;
    struct resolution result;

    if (load (self, request, message, instant, &input, &offices, err) < 0)
        return -1;
    fill_numbers (request->arena, &input, &offices, instant, answer);
    input.reporter = message->reporter;
    result = resolve (request->arena, &input, instant, message->tag ? message->tag : CONDITION_TAG_OTHER);
    fill_targets (request->arena, &result, answer);
    fill_skipped (request->arena, &result, answer);
    return disclose (request, (struct text_list) { .items = &message->patient_id, .count = 1 }, "on_call", "care_team", err);
}
