/* partner_rules.c - see partner_rules.h. */
#include "partner_rules.h"
#include <string.h>
#include "webhook_sign.h"

/* As in every message: no spaces, no commas, nothing that XML would have to escape. */
static bool is_address (const char *text)
{
    return *text && strpbrk (text, " ,<>&\t\r\n\"") == NULL;
}

static bool is_municipality (const char *code)
{
    return strlen (code) >= 5 && strspn (code, "0123456789") == strlen (code);
}

static bool has_format (const struct partner_put *message, enum message_format format)
{
    for (size_t i = 0; i < message->formats.count; i++)
        if (message->formats.items[i] == (int) format)
            return true;
    return false;
}

int partner_check (const struct partner_put *message, const char *webhook_allow, struct error *err)
{
    if (!is_address (message->region))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/region", "not an address");
    if (message->senders.count == 0 || message->municipalities.count == 0 || message->formats.count == 0)
        return fail (err, ERROR_FIELD_MISSING,
                     message->senders.count == 0          ? "/senders"
                     : message->municipalities.count == 0 ? "/municipalities"
                                                          : "/formats",
                     "an empty list");
    for (size_t i = 0; i < message->senders.count; i++)
        if (!is_address (message->senders.items[i]))
            return fail (err, ERROR_FIELD_WRONG_TYPE, "/senders", "not an address");
    for (size_t i = 0; i < message->municipalities.count; i++)
        if (!is_municipality (message->municipalities.items[i]))
            return fail (err, ERROR_FIELD_WRONG_TYPE, "/municipalities", "not an official code");
    for (size_t i = 0; i < message->fields.count; i++)
        if (enum_number (&ems_field_type, message->fields.items[i]) == 0)
            return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/fields", "not an item of the agreed list");
    if (message->reply_format > MESSAGE_FORMAT_CAP)
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/reply_format", "replies are json or cap");
    if (has_format (message, MESSAGE_FORMAT_MAIL) && !message->mail_template)
        return fail (err, ERROR_FIELD_MISSING, "/mail_template", "dispatch mails need a template");
    if (message->webhook_url && !webhook_is_allowed (message->webhook_url, webhook_allow))
        return fail (err, ERROR_FIELD_UNKNOWN_CHOICE, "/webhook_url", "not on the allow-list");
    if (message->webhook_secret && !webhook_secret_is_valid (message->webhook_secret))
        return fail (err, ERROR_FIELD_WRONG_TYPE, "/webhook_secret", "not a whsec_ secret");
    return 0;
}

int partner_check_rules (const struct partner_rules_put *message, struct error *err)
{
    for (size_t i = 0; i < message->rules.count; i++)
        for (size_t k = 0; k < i; k++)
            if (message->rules.items[i].complaint == message->rules.items[k].complaint
                && message->rules.items[i].terminal == message->rules.items[k].terminal)
                return fail (err, ERROR_ITEM_TWICE, "/rules", "a complaint and phase stands twice");
    return 0;
}
