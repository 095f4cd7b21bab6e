/* handle_alert_answer_draft.c - a clinic's proxy prepares the answer of a doctor of that clinic who was asked in person.
 *
 * Takes:      alert_answer_draft             (proto/notify/alert_answer_draft.command)
 * Refuses:    arrival_needed, time_in_past, reason_needed   the answer is not complete in itself, as alert_answer
 *             not_for_you          unknown, or not open to the actor
 *             already_ended        a person has ended it
 *             doctor_not_asked     that person was not asked in person
 *             not_your_doctor      was asked, but not under the actor's office
 *             doctor_has_answered  the answer is given; it is changed by the doctor, or recorded from the telephone
 *             already_accepted     somebody else has taken it (with the name)
 * Publishes:  nothing; the doctor gets a notice
 * Repeats:    the same again by the same proxy changes nothing and tells nobody; another replaces the first
 *
 * No clock of the alert is touched: whoever is next is asked when his time has come.
 */
#include "alert_answering.h"
#include "alert_draft.h"
#include "alert_hand.h"
#include "alert_view.h"
#include "words.h"

struct drafting { struct act *act; struct alert_row *alert; const struct try_row *own; const struct alert_answer *said; };

static struct draft_row draft_from (const struct drafting *d, const char *name)
{
    bool visit = is_visit (d->said);

    return (struct draft_row) { .try_id = d->own->try_id, .answer = d->said->answer, .has_arrival_at = visit,
        .arrival_at = visit ? d->said->arrival_at : 0, .decline = d->said->answer == ALERT_ANSWER_KIND_CANNOT ? d->said->decline : 0,
        .text = d->said->text, .drafted_by = d->act->person_id, .drafted_name = name, .drafted_at = d->act->now };
}

static bool is_again (const struct draft_row *kept, const struct draft_row *draft)
{
    return kept && kept->answer == draft->answer && kept->decline == draft->decline && kept->arrival_at == draft->arrival_at
        && strcmp (kept->drafted_by, draft->drafted_by) == 0 && strcmp (kept->text ? kept->text : "", draft->text ? draft->text : "") == 0;
}

/* The course says that something was prepared, and by whom; what it is, only the doctor and the clinic read. */
static int write (const struct drafting *d, const struct draft_row *draft, struct error *err)
{
    struct act *act = d->act;
    const char *doctor = d->own->view.person_id;
    const struct timeline_entry line = { .kind = TIMELINE_KIND_ANSWER_DRAFTED, .at = act->now, .person_id = act->person_id,
        .name = arena_print (act->arena, "%s（代行）", draft->drafted_name),
        .text = words_clip (act->arena, arena_print (act->arena, "%sさんの回答の案を用意。ご本人の回答はまだです", d->own->view.name), 600) };
    const struct notice notice = { .kind = FEED_KIND_ANSWER_DRAFTED, .at = act->now, .urgent = true, .patient_id = d->alert->patient_id,
                                   .alert_id = d->alert->alert_id, .by = act->person_id };
    struct feed_writer feed = act_feed (act);

    if (draft_put (act->db, d->alert, d->own, draft, err) < 0
        || alert_add_line (act->db, d->alert, &line, err) < 0
        || alert_touch (act->db, d->alert, err) < 0)
        return -1;
    return feed_add_people (&feed, &notice, (struct text_list) { .items = &doctor, .count = 1 }, err);
}

static int prepare (const struct drafting *d, struct error *err)
{
    struct draft_rows kept;
    struct draft_row draft;
    const char *name;

    if (hand_name (d->act->request, d->alert, &name, err) < 0
        || draft_list (d->act->db, d->act->arena, d->alert, &kept, err) < 0)
        return -1;
    draft = draft_from (d, name ? name : "氏名未取得");
    return is_again (draft_of (&kept, d->own->try_id), &draft) ? 0 : write (d, &draft, err);
}

static int refuse (const struct drafting *d, enum error_key key, struct error *err)
{
    fail (err, key, "/person_id", "state %d", (int) d->alert->state);
    return key == ERROR_ALREADY_ACCEPTED ? fail_param (err, "name", "%s", d->alert->accepted_name ? d->alert->accepted_name : "他の方") : -1;
}

int notify_handle_alert_answer_draft (struct notify *self, struct request *request, const struct alert_answer_draft *message,
                                      struct alert_view *answer, struct error *err)
{
    struct act act = act_of_request (self, request);
    const struct alert_answer said = { .alert_id = message->alert_id, .answer = message->answer, .has_arrival_at = message->has_arrival_at,
        .arrival_at = message->arrival_at, .decline = message->decline, .text = message->text };
    struct drafting d = { .act = &act, .said = &said };
    struct alert_row alert;
    struct try_rows tries;
    enum error_key refusal;

    if (answering_open (request, &said, &alert, &tries, err) < 0)
        return -1;
    d.alert = &alert;
    d.own = draft_entry (&tries, message->person_id, request->actor->office_id);
    refusal = draft_refusal (&alert, d.own, request->actor->office_id);
    if (refusal)
        return refuse (&d, refusal, err);
    if (prepare (&d, err) < 0)
        return -1;
    return alert_view_again (request, message->alert_id, answer, err);
}
