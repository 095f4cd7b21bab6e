/* letter_job.c - see letter_job.h. */
#include "letter_job.h"

#include "letter_store.h"

static int wish (struct job_run *run, const struct letter_due *letter, struct error *err)
{
    const struct facility_letter_wanted event = { .letter_id = letter->letter_id, .facility_id = letter->facility_id, .kind = letter->kind,
        .name = letter->name, .email = letter->email, .again = letter->again, .until = letter->until };

    return job_announce (run, &facility_letter_wanted_message, &event, letter->keeper, err);
}

int letter_job (void *service, struct job_run *run, struct error *err)
{
    struct letter_due_list due;
    int64_t added;

    (void) service;
    if (letters_add_due (run, &added, err) < 0 || letters_take_due (run, &due, err) < 0)
        return -1;
    for (size_t i = 0; i < due.count; i++)
        if (wish (run, &due.items[i], err) < 0)
            return -1;
    *run->again = added == LETTERS_A_RUN || due.count == LETTERS_A_RUN;
    return 0;
}
