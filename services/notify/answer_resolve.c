/* answer_resolve.c - who would be asked for this person at this instant, in which order, why; and the numbers to keep on the device.
 *
 * Takes:      resolve                        (proto/notify/resolve.query)
 * Refuses:    not_for_you  nobody known, or not open to the reader
 * Publishes:  nothing; writes the disclosure ledger
 * Repeats:    reads again
 */
#include "notify.h"
#include "alert_store.h"
#include "roster.h"
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

/* The station's duty telephone, the attending doctor's clinic, the last resort; 119 is the page's own. */
static int fill_numbers (struct request *request, const struct resolver_input *input, const char *patient_id, struct resolve_answer *answer,
                         struct error *err)
{
    struct resolved_target *items = arena_alloc (request->arena, 20 * sizeof *items);
    struct known_offices offices;
    struct text_list ids;
    size_t count = 0;

    if (alert_number_offices (request->db, request->arena, patient_id, &ids, err) < 0
        || roster_offices (request->db, request->arena, ids, &offices, err) < 0)
        return -1;
    for (size_t i = 0; i < offices.count && count < 18; i++)
        if (offices.items[i].phone) {
            items[count] = (struct resolved_target) { .position = (int64_t) count + 1, .target = TARGET_KIND_OFFICE,
                .office_id = offices.items[i].office_id, .name = offices.items[i].name, .phone = offices.items[i].phone,
                .reason = input->attending_office_id && strcmp (input->attending_office_id, offices.items[i].office_id) == 0
                    ? "在宅主治医" : "24時間の連絡窓口" };
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
    return 0;
}

int notify_handle_resolve (struct notify *self, struct request *request, const struct resolve *message, struct resolve_answer *answer,
                           struct error *err)
{
    const struct shift_source source = { .with = self->shifts, .shifts = shift_cache_shifts };
    int64_t instant = message->has_at ? message->at : request->now, chain_version;
    struct standing_to standing;
    struct alert_row patient = { 0 };
    struct resolver_input input;
    struct resolution result;

    if (alert_standing (request->db, request->arena, message->patient_id, &standing, err) < 0
        || alert_patient (request->db, request->arena, message->patient_id, &patient, err) < 0)
        return -1;
    if (!standing.municipality || !patient.patient_name)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not open to the reader");
    if (roster_load (request->db, request->arena, self->shifts ? &source : NULL, standing.municipality, message->patient_id, 0, instant,
                     &input, &chain_version, err)
            < 0
        || fill_numbers (request, &input, message->patient_id, answer, err) < 0)
        return -1;
    input.reporter = message->reporter;
    result = resolve (request->arena, &input, instant, message->tag ? message->tag : CONDITION_TAG_OTHER);
    fill_targets (request->arena, &result, answer);
    fill_skipped (request->arena, &result, answer);
    return disclose (request, (struct text_list) { .items = &message->patient_id, .count = 1 }, "on_call", "care_team", err);
}
