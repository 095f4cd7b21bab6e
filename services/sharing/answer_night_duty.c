/* answer_night_duty.c - tonight's entrusted people, for the doctor or nurse of the office on duty: only during the duty and two hours more.
 *
 * Takes:      night_duty
 * Refuses:    nothing; an office without entrustments, or outside its duty, gets an empty list
 * Publishes:  nothing; writes the ledger when it shows somebody
 * Repeats:    every reading has its own ledger row
 */
#include "night_store.h"
#include "standing.h"

int sharing_handle_night_duty (struct sharing *self, struct request *request, const struct night_duty *message,
                               struct night_duty_answer *answer, struct error *err)
{
    struct night_duty_list people;
    const char **subjects;

    (void) self;
    (void) message;
    if (night_store_duty (request, &people, err) < 0)
        return -1;
    answer->people.items = people.items;
    answer->people.count = people.count;
    if (people.count == 0)
        return 0;
    subjects = arena_alloc (request->arena, people.count * sizeof *subjects);
    for (size_t i = 0; i < people.count; i++)
        subjects[i] = people.items[i].patient_id;
    return disclose (request, (struct text_list) { subjects, people.count }, "night duty", ground_name (GROUND_DUTY), err);
}
