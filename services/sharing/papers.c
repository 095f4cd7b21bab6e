#include <string.h>
#include "blank.h"
#include "head.h"
#include "papers.h"

static int check_phone (const char *phone, const char *pointer, struct error *err)
{
    if (!head_phone_is_valid (phone))
        return fail (err, ERROR_PHONE_INVALID, pointer, "not digits and hyphens");
    return 0;
}

const struct designation_view *designation_in_force (const struct designation_list *hospitals)
{
    for (size_t i = 0; i < hospitals->count; i++)
        if (hospitals->items[i].state == DESIGNATION_STATE_REQUESTED || hospitals->items[i].state == DESIGNATION_STATE_CONFIRMED)
            return &hospitals->items[i];
    return NULL;
}

int designation_check_request (const struct designation_list *hospitals, const struct designated_hospital_request *message,
                               struct error *err)
{
    const struct designation_view *taken = designation_in_force (hospitals);

    if (is_blank (message->facility))
        return fail (err, ERROR_TEXT_EMPTY, "/facility", "a hospital has a name");
    if (check_phone (message->phone, "/phone", err) < 0 || check_phone (message->night_phone, "/night_phone", err) < 0)
        return -1;
    if (taken) {
        fail (err, ERROR_HOSPITAL_IN_FORCE, NULL, "one hospital at a time");
        return fail_param (err, "name", "%s", taken->facility);
    }
    return 0;
}

static const struct designation_view *designation_of (const struct designation_list *hospitals, const char *designation_id)
{
    for (size_t i = 0; i < hospitals->count; i++)
        if (strcmp (hospitals->items[i].designation_id, designation_id) == 0)
            return &hospitals->items[i];
    return NULL;
}

bool designation_is_of (const struct designation_list *hospitals, const char *designation_id, const char *office_id)
{
    const struct designation_view *asked = designation_of (hospitals, designation_id);

    return asked && asked->office_id && office_id && strcmp (asked->office_id, office_id) == 0;
}

int designation_check_answer (const struct designation_list *hospitals, const struct designated_hospital_answer *message, struct error *err)
{
    const struct designation_view *asked = designation_of (hospitals, message->designation_id);

    if (!asked)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such registration");
    if (asked->state != DESIGNATION_STATE_REQUESTED)
        return fail (err, ERROR_ALREADY_ENDED, NULL, "answered or ended before");
    if (is_blank (message->answered_by_name))
        return fail (err, ERROR_TEXT_EMPTY, "/answered_by_name", "somebody answered for the hospital");
    if (!message->confirmed && is_blank (message->reason))
        return fail (err, ERROR_REASON_NEEDED, "/reason", "a hospital that declines says why");
    return 0;
}

int designation_check_end (const struct designation_list *hospitals, const struct designated_hospital_end *message, struct error *err)
{
    const struct designation_view *asked = designation_of (hospitals, message->designation_id);

    if (!asked)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such registration");
    if (asked->state == DESIGNATION_STATE_DECLINED || asked->state == DESIGNATION_STATE_ENDED)
        return fail (err, ERROR_ALREADY_ENDED, NULL, "declined or ended before");
    if (is_blank (message->reason))
        return fail (err, ERROR_REASON_NEEDED, "/reason", "an end has a reason");
    return 0;
}

void designation_summary (const struct designation_list *hospitals, const char *patient_id, struct designated_hospital_changed *ret)
{
    const struct designation_view *now = designation_in_force (hospitals);

    *ret = (struct designated_hospital_changed) { .patient_id = patient_id };
    if (!now)
        return;
    ret->facility = now->facility;
    ret->office_id = now->office_id;
    ret->phone = now->phone;
    ret->night_phone = now->night_phone;
    ret->agreed = now->state == DESIGNATION_STATE_CONFIRMED;
    ret->parallel_notice = ret->agreed && now->parallel_notice;
}

int card_check_revoke (const struct card_list *cards, const struct card_revoke *message, struct error *err)
{
    if (message->state != CARD_STATE_LOST && message->state != CARD_STATE_ENDED)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/state", "a card is lost or ended");
    for (size_t i = 0; i < cards->count; i++) {
        if (strcmp (cards->items[i].card_id, message->card_id) != 0)
            continue;
        if (cards->items[i].state != CARD_STATE_VALID)
            return fail (err, ERROR_ALREADY_ENDED, NULL, "revoked before");
        return 0;
    }
    return fail (err, ERROR_NOT_FOR_YOU, NULL, "no such card");
}

bool papers_is_attending (const struct team_member *team, size_t count, const char *person_id, const char *office_id)
{
    for (size_t i = 0; i < count; i++)
        if ((team[i].seat == TEAM_SEAT_ATTENDING_DOCTOR || team[i].seat == TEAM_SEAT_DEPUTY_DOCTOR) && person_id && office_id
            && strcmp (team[i].person_id, person_id) == 0 && strcmp (team[i].office_id, office_id) == 0)
            return true;
    return false;
}
