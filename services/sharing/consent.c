#include "blank.h"
#include "consent.h"

bool consent_is_in_force (const struct consent_view *consent, const char *today)
{
    return !consent->has_withdrawn_at && strcmp (consent->from, today) <= 0 && (!consent->to || strcmp (today, consent->to) <= 0);
}

const struct consent_view *consent_for (const struct consent_view *consents, size_t count, enum consent_scope scope,
                                        const char *rotation_id, const char *today)
{
    for (size_t i = 0; i < count; i++) {
        const struct consent_view *consent = &consents[i];

        if (consent->scope != scope || !consent_is_in_force (consent, today))
            continue;
        if (scope == CONSENT_SCOPE_DUTY_DOCTORS
            && (!rotation_id || !consent->rotation_id || strcmp (rotation_id, consent->rotation_id) != 0))
            continue;
        return consent;
    }
    return NULL;
}

enum consent_scope consent_scope_of (enum target_kind target)
{
    switch (target) {
    case TARGET_KIND_ROTATION: return CONSENT_SCOPE_DUTY_DOCTORS;
    case TARGET_KIND_LAST_RESORT: return CONSENT_SCOPE_LAST_RESORT;
    default: return (enum consent_scope) 0;
    }
}

int consent_check (const struct consent_record *consent, struct error *err)
{
    if (consent->giver != CONSENT_GIVER_PERSON && is_blank (consent->giver_name))
        return fail (err, ERROR_FIELD_MISSING, "/giver_name", "an agent's consent names the agent");
    if (consent->giver != CONSENT_GIVER_PERSON && is_blank (consent->relation))
        return fail (err, ERROR_FIELD_MISSING, "/relation", "an agent's consent says the relation");
    if (consent->scope == CONSENT_SCOPE_DUTY_DOCTORS && !consent->rotation_id)
        return fail (err, ERROR_FIELD_MISSING, "/rotation_id", "a consent for duty doctors names the rotation");
    if (consent->to && strcmp (consent->to, consent->from) < 0)
        return fail (err, ERROR_PERIOD_REVERSED, "/to", "the consent would end before it begins");
    return 0;
}

static bool has_scope (const int *scopes, size_t count, enum consent_scope scope)
{
    for (size_t i = 0; i < count; i++)
        if (scopes[i] == (int) scope)
            return true;
    return false;
}

static bool has_text (const char *const *texts, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp (texts[i], text) == 0)
            return true;
    return false;
}

void consent_summary (const struct consent_view *consents, size_t count, const char *today, struct arena *arena,
                      struct consent_changed *ret)
{
    enum { ROTATION_MOST = 20 };
    int *scopes = arena_alloc (arena, (count + 1) * sizeof *scopes);
    const char **rotations = arena_alloc (arena, (count + 1) * sizeof *rotations);
    size_t scope_count = 0, rotation_count = 0;

    for (size_t i = 0; i < count; i++) {
        const struct consent_view *consent = &consents[i];

        if (!consent_is_in_force (consent, today))
            continue;
        if (!has_scope (scopes, scope_count, consent->scope))
            scopes[scope_count++] = (int) consent->scope;
        if (consent->scope == CONSENT_SCOPE_DUTY_DOCTORS && consent->rotation_id && rotation_count < ROTATION_MOST
            && !has_text (rotations, rotation_count, consent->rotation_id))
            rotations[rotation_count++] = consent->rotation_id;
    }
    ret->scopes = (struct enum_list) { scopes, scope_count };
    ret->rotations = (struct text_list) { rotations, rotation_count };
}
