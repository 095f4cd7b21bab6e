#include <ctype.h>
#include "blank.h"
#include "head.h"

bool head_shows_infections (uint64_t roles)
{
    static const uint64_t enter_or_transport =
        ROLE_BIT (ROLE_VISITING_NURSE) | ROLE_BIT (ROLE_HELPER) | ROLE_BIT (ROLE_DOCTOR) | ROLE_BIT (ROLE_DENTIST)
        | ROLE_BIT (ROLE_THERAPIST) | ROLE_BIT (ROLE_PHARMACIST) | ROLE_BIT (ROLE_AMBULANCE_CREW);

    return (roles & enter_or_transport) != 0;
}

bool head_shows_flags (uint64_t roles)
{
    return roles_see_patients (roles);
}

void head_hide (struct patient_answer *head, uint64_t roles)
{
    if (!head_shows_infections (roles))
        head->infections = NULL;
    if (head_shows_flags (roles))
        return;
    head->told_person = head->told_family = (enum disclosure_status) 0;
    head->allergies = NULL;
}

bool head_phone_is_valid (const char *phone)
{
    int digits = 0;

    if (!phone)
        return true;
    for (const char *p = phone; *p; p++)
        if (isdigit ((unsigned char) *p))
            digits++;
        else if (*p != '-' || p == phone || !isdigit ((unsigned char) p[-1]) || !p[1])
            return false;
    return digits >= 3 && digits <= 15;
}

static int check_names (const char *name, const char *name_kana, struct error *err)
{
    if (is_blank (name))
        return fail (err, ERROR_TEXT_EMPTY, "/name", "a person has a name");
    if (is_blank (name_kana))
        return fail (err, ERROR_TEXT_EMPTY, "/name_kana", "a person has a name in kana");
    return 0;
}

static int check_phone (const char *phone, const char *pointer, struct error *err)
{
    if (!head_phone_is_valid (phone))
        return fail (err, ERROR_PHONE_INVALID, pointer, "not digits and hyphens");
    return 0;
}

static bool is_insured_number (const char *number)
{
    return !number || (strlen (number) == 10 && strspn (number, "0123456789") == 10);
}

int head_check_register (const struct patient_register *person, uint64_t roles, struct error *err)
{
    if (!roles_sit_in_teams (roles))
        return fail (err, ERROR_NOT_FOR_ROLE, NULL, "who records a person must be able to care for the record");
    if (check_names (person->name, person->name_kana, err) < 0 || check_phone (person->phone, "/phone", err) < 0)
        return -1;
    if (!is_insured_number (person->insured_number))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/insured_number", "not ten digits");
    return 0;
}

static int check_contacts (const struct patient_head_update *change, struct error *err)
{
    char pointer[40];

    for (size_t i = 0; i < change->contacts.count; i++) {
        const struct emergency_contact *contact = &change->contacts.items[i];

        snprintf (pointer, sizeof pointer, "/contacts/%zu/name", i);
        if (is_blank (contact->name))
            return fail (err, ERROR_TEXT_EMPTY, pointer, "a contact has a name");
        snprintf (pointer, sizeof pointer, "/contacts/%zu/phone", i);
        if (check_phone (contact->phone, pointer, err) < 0)
            return -1;
    }
    return 0;
}

int head_decide_update (const struct standing *standing, int64_t current_version, const struct patient_head_update *change,
                        int64_t *ret_version, struct error *err)
{
    if (standing_check_edit (standing, err) < 0
        || check_names (change->name, change->name_kana, err) < 0
        || check_phone (change->phone, "/phone", err) < 0
        || check_phone (change->nursing_phone, "/nursing_phone", err) < 0
        || check_phone (change->terminal_first_phone, "/terminal_first_phone", err) < 0
        || check_contacts (change, err) < 0)
        return -1;
    if (change->infections && !head_shows_infections (standing->roles))
        return fail (err, ERROR_NOT_FOR_ROLE, "/infections", "a role that does not see infections cannot change them");
    if (change->head_version != current_version)
        return fail (err, ERROR_MOVED_ON, NULL, "version %lld is current, version %lld was edited",
                     (long long) current_version, (long long) change->head_version);
    *ret_version = current_version + 1;
    return 0;
}

int head_check_place (const struct place_set *place, struct error *err)
{
    if (check_phone (place->phone, "/phone", err) < 0)
        return -1;
    if (place->to && strcmp (place->to, place->from) < 0)
        return fail (err, ERROR_PERIOD_REVERSED, "/to", "the stay would end before it begins");
    return 0;
}
