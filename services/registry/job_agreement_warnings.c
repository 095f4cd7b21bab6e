/* job_agreement_warnings.c - an agreement between municipalities that ends in 60, 30 or 7 days is said to both sides (KU-08).
 *
 * What was said stands in rows written in the transaction that says it: killed anywhere, each step is said once.  A region that was down, or
 * an agreement recorded late, says the last step only; one that is renewed already ends for nobody.
 */
#include "agreement_store.h"
#include "clock.h"
#include "jobs.h"

int agreement_warnings_job (void *self, struct job_run *run, struct error *err)
{
    struct agreement_ending *ending;
    char today[11];
    size_t count;

    (void) self;
    day_number_text (tokyo_of (run->now).day_number, today);
    if (agreement_store_ending (run, today, &ending, &count, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (job_announce (run, &agreement_ending_message, &ending[i], ending[i].receiving, err) < 0)
            return -1;
    *run->again = count > 0;
    return 0;
}
