/* announcement_rules.c - see announcement_rules.h. */
#include "announcement_rules.h"
#include <string.h>
#include "clock.h"
#include "text.h"

#define BIT(role) (1ull << ((role) - 1))
#define KIND(reader) (1u << (ANNOUNCEMENT_READER_##reader - 1))

/* ---- who may --------------------------------------------------------------------------------------------------------------------- */

static bool is_everywhere (const struct actor *actor)
{
    return actor_is (actor, ROLE_ADMINISTRATOR) || actor_is (actor, ROLE_OPERATOR);
}

bool announcement_manages (const struct actor *actor)
{
    return is_everywhere (actor) || actor_is (actor, ROLE_MUNICIPAL_OFFICER) || actor_is (actor, ROLE_CONSULTATION_DESK);
}

bool announcement_manages_from (const struct actor *actor, const char *municipality)
{
    return is_everywhere (actor)
        || (announcement_manages (actor) && actor->municipality && strcmp (actor->municipality, municipality) == 0);
}

/* ---- who gets it ----------------------------------------------------------------------------------------------------------------- */

unsigned announcement_kinds (uint64_t roles)
{
    static const struct { uint64_t roles; unsigned kind; } table[] = {
        { BIT (ROLE_DOCTOR) | BIT (ROLE_CLINIC_PROXY) | BIT (ROLE_HOSPITAL_LIAISON) | BIT (ROLE_HOSPITAL_NIGHT_DESK), KIND (MEDICAL) },
        { BIT (ROLE_DENTIST), KIND (DENTAL) },
        { BIT (ROLE_PHARMACIST), KIND (PHARMACY) },
        { BIT (ROLE_VISITING_NURSE), KIND (NURSING) },
        { BIT (ROLE_THERAPIST), KIND (REHABILITATION) },
        { BIT (ROLE_CARE_MANAGER), KIND (CARE_MANAGEMENT) },
        { BIT (ROLE_HELPER), KIND (HOME_CARE) },
        { BIT (ROLE_SUPPORT_CENTRE) | BIT (ROLE_CONSULTATION_DESK), KIND (SUPPORT_CENTRE) },
        { BIT (ROLE_LAST_RESORT), KIND (CONTACT_CENTRE) },
        { BIT (ROLE_AMBULANCE_CREW) | BIT (ROLE_DISPATCH_DESK), KIND (FIRE) },
        { BIT (ROLE_ROTA_OFFICE) | BIT (ROLE_MUNICIPAL_OFFICER) | BIT (ROLE_PREFECTURE) | BIT (ROLE_ADMINISTRATOR) | BIT (ROLE_OPERATOR),
          KIND (ADMINISTRATION) },
    };
    unsigned kinds = 0;

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (roles & table[i].roles)
            kinds |= table[i].kind;
    /* a manager stands at the head of a station as well as of a care service */
    return kinds == 0 && roles & BIT (ROLE_SERVICE_MANAGER) ? KIND (HOME_CARE) : kinds;
}

bool announcement_is_for (unsigned kinds, struct enum_list wanted)
{
    if (kinds == 0 || wanted.count == 0)
        return true;
    for (size_t i = 0; i < wanted.count; i++)
        if (kinds >> (wanted.items[i] - 1) & 1)
            return true;
    return false;
}

enum announcement_way announcement_way_of (const struct announcement_target *target)
{
    return target->roles ? ANNOUNCEMENT_WAY_APPLICATION : target->fax ? ANNOUNCEMENT_WAY_FAX : ANNOUNCEMENT_WAY_BY_HAND;
}

int announcement_percent (int64_t received, int64_t offices)
{
    return offices > 0 ? (int) (received * 100 / offices) : -1;
}

int announcement_choose (struct arena *arena, const struct announcement_send *message, const struct announcement_targets *all,
                         struct announcement_targets *ret, struct error *err)
{
    *ret = (struct announcement_targets) { .items = arena_alloc (arena, (all->count + 1) * sizeof *ret->items) };
    for (size_t i = 0; i < all->count; i++)
        if (announcement_is_for (announcement_kinds (all->items[i].roles), message->readers))
            ret->items[ret->count++] = all->items[i];
    if (ret->count)
        return 0;
    return fail (err, ERROR_NOBODY_RECEIVES, message->readers.count ? "/readers" : "/municipalities", "no institution fits");
}

/* ---- what is wrong --------------------------------------------------------------------------------------------------------------- */

static bool reaches (const struct announcement_area_list *reach, const char *municipality)
{
    for (size_t i = 0; i < reach->count; i++)
        if (strcmp (reach->items[i].municipality, municipality) == 0)
            return true;
    return false;
}

int announcement_check (struct arena *arena, const struct announcement_send *message, const struct announcement_area_list *reach,
                        struct error *err)
{
    if (!*text_trim (arena, message->title))
        return fail (err, ERROR_TEXT_EMPTY, "/title", "no title");
    if (!*text_trim (arena, message->text))
        return fail (err, ERROR_TEXT_EMPTY, "/text", "no text");
    if (message->municipalities.count == 0)
        return fail (err, ERROR_FIELD_MISSING, "/municipalities", "to no municipality");
    for (size_t i = 0; i < message->municipalities.count; i++)
        if (!reaches (reach, message->municipalities.items[i]))
            return fail (err, ERROR_NOT_FOR_ROLE, arena_print (arena, "/municipalities/%zu", i), "no agreement with it");
    return 0;
}

int announcement_check_delivery (const struct announcement_delivered *message, int64_t sent_at, int64_t now, struct error *err)
{
    int64_t day = day_number_of_text (message->on), first = tokyo_of (sent_at).day_number, last = tokyo_of (now).day_number;
    char least[11], most[11];

    if (message->by != ANNOUNCEMENT_WAY_FAX && message->by != ANNOUNCEMENT_WAY_BY_HAND)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/by", "its people confirm in the application themselves");
    if (day == INT64_MIN)
        return fail (err, ERROR_DATE_INVALID, "/on", "not a date");
    if (day >= first && day <= last)
        return 0;
    day_number_text (first, least);
    day_number_text (last, most);
    fail (err, ERROR_FIELD_OUT_OF_RANGE, "/on", "before it was sent, or in the future");
    fail_param (err, "least", "%s", least);
    return fail_param (err, "most", "%s", most);
}

/* ---- what leaves ----------------------------------------------------------------------------------------------------------------- */

const char *announcement_letter_subject (bool again)
{
    return again ? "【連携】お知らせの受け取りを確認してください" : "【連携】地域からのお知らせ";
}

const char *announcement_letter_text (struct arena *arena, const char *municipality, const char *from_office, const char *title,
                                      bool again)
{
    return arena_print (arena, "%s（%s）から、事業所へのお知らせです。\n\n「%s」\n\n%s連携の「お知らせ」で本文を読み、受け取りを確認してください。"
                               "確認は事業所のどなたか一人で足ります。\n",
                        municipality, from_office, title, again ? "まだ受け取りの確認がありません。" : "");
}

const char *announcement_page_text (struct arena *arena, const char *from_office, const char *phone, const char *title, const char *text)
{
    return arena_print (arena, "%s\n\n送信元：%s%s%s\n\n%s\n\n受け取られたら、送信元へお電話ください。宛先が違うときも、お知らせください。\n", title,
                        from_office, phone ? "　電話 " : "", phone ? phone : "", text);
}
