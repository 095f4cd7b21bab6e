/* job_alert_news.c - mails to whoever is only informed, one alert a transaction; rules in alert_news.h. */
#include "alert_news.h"
#include "alert_steps.h"
#include "informed.h"

static bool holds (const struct news_rows *news, enum news_kind kind)
{
    for (size_t i = 0; i < news->count; i++)
        if (news->items[i].kind == kind)
            return true;
    return false;
}

static struct text_list both (struct arena *arena, struct text_list some, struct text_list others)
{
    const char **items = arena_alloc (arena, (some.count + others.count + 1) * sizeof *items);

    for (size_t i = 0; i < some.count + others.count; i++)
        items[i] = i < some.count ? some.items[i] : others.items[i - some.count];
    return (struct text_list) { .items = items, .count = some.count + others.count };
}

/* The start that waited for the morning; when it has ended meanwhile, the end tells it.  The care manager has had the entry since then. */
static int tell_start (struct act *act, const struct alert_row *alert, struct error *err)
{
    struct text_list asked, managers;

    if (alert_asked_people (act->db, act->arena, alert, true, &asked, err) < 0 || informed_managers (act, alert, &managers, err) < 0
        || alert_tell (act, alert, alert->class == ALERT_CLASS_E0 ? FEED_KIND_INCIDENT_OPENED : FEED_KIND_EMERGENCY,
                       both (act->arena, asked, managers), NULL, err) < 0)
        return -1;
    return alert_tell_outside (act, alert, err);
}

static int write_letters (struct act *act, const struct alert_row *alert, const struct news_rows *news, struct error *err)
{
    const char *person, *office, *phone, *municipality;
    struct letter letter = { .municipality = alert->municipality, .now = act->now };
    struct text_list readers;

    if (alert_names (act->db, act->arena, NULL, NULL, alert->municipality, &person, &office, &phone, &municipality, err) < 0
        || news_readers (act->db, act->arena, alert, &readers, err) < 0)
        return -1;
    letter.subject = news_subject (act->arena, alert, municipality, holds (news, NEWS_END));
    letter.text = news_body (act->arena, alert, municipality, news);
    for (size_t i = 0; i < readers.count; i++) {
        letter.person_id = readers.items[i];
        if (delivery_add_letter (act->db, &letter, err) < 0)
            return -1;
    }
    return 0;
}

int notify_job_alert_news (void *self, struct job_run *run, struct error *err)
{
    struct act act = act_of_run (self, run);
    struct alert_row alert;
    struct news_rows news;
    const char *alert_id;

    if (news_claim (run->db, run->arena, run->now, &alert_id, err) < 0)
        return -1;
    if (!alert_id)
        return 0;
    if (alert_turn (run->db, err) < 0
        || alert_get (run->db, run->arena, alert_id, false, &alert, err) < 0
        || news_take (run->db, run->arena, alert_id, run->now, &news, err) < 0)
        return -1;
    *run->again = true;
    if (holds (&news, NEWS_START) && alert.state != ALERT_STATE_ENDED && tell_start (&act, &alert, err) < 0)
        return -1;
    if (!holds (&news, NEWS_CHANGE) && !holds (&news, NEWS_END))
        return 0;
    poke_after_commit (run->batch, "deliver");
    return write_letters (&act, &alert, &news, err);
}
