/* handle_provider_callback.c - a provider tells what became of a message, which key was pressed, or what was replied.
 *
 * Takes:      provider_callback              (proto/notify/provider_callback.command)
 * Refuses:    not_for_you     unknown adapter, or neither signed nor keyed as its file says; alike for every reason
 *             malformed       what cannot be read
 * Publishes:  as alert_answer, when an answer was given
 * Repeats:    receipts change nothing the second time; an answer is answered with what became of it
 *
 * A key belongs to the message of its call.  A text message needs the code of the question and comes from a number of whoever was asked:
 * anything else acts on nothing.
 */
#include "alert_store.h"
#include "callback_read.h"
#include "clock.h"
#include "reply_act.h"
#include "text.h"

static const struct adapter_file *file_of (const struct notify *self, const char *name)
{
    for (size_t i = 0; self->adapters && i < self->adapters->count; i++)
        if (strcmp (self->adapters->items[i].name, name) == 0)
            return adapter_file_of (&self->adapters->items[i]);
    return NULL;
}

static int no (struct reply_taken *ret, const char *words)
{
    *ret = (struct reply_taken) { .taken = false, .words = words };
    return 0;
}

/* The last nine digits: with or without the country's prefix, hyphens, full-width digits. */
static const char *tail_of (struct arena *arena, const char *number)
{
    char *digits = arena_text (arena, text_narrow (arena, number)), *to = digits;

    for (const char *c = digits; *c; c++)
        if (*c >= '0' && *c <= '9')
            *to++ = *c;
    *to = '\0';
    return to - digits > 9 ? to - 9 : digits;
}

static bool is_theirs (struct arena *arena, const struct text_list *numbers, const char *from)
{
    const char *tail = tail_of (arena, from);

    for (size_t i = 0; strlen (tail) == 9 && i < numbers->count; i++)
        if (strcmp (tail_of (arena, numbers->items[i]), tail) == 0)
            return true;
    return false;
}

static int act (struct notify *self, struct request *request, const struct adapter_file *file, const struct replier *replier, char digit,
                char name, const char *by, struct reply_taken *answer, struct error *err)
{
    const struct key *key = keypad_key (&file->keypad, digit);
    struct replied replied = { .name = name, .by = by };

    if (!key)
        return no (answer, arena_print (request->arena, "番号を押してください：%s", keypad_words (request->arena, &file->keypad)));
    replied.answer = key->answer;
    replied.minutes = key->minutes;
    return reply_act (self, request, replier, &replied, answer, err);
}

static int take_keys (struct notify *self, struct request *request, const struct adapter_file *file, const struct callback *said,
                      struct reply_taken *answer, struct error *err)
{
    struct replier replier;
    char digit, name;

    if (reply_by_message (request->db, request->arena, file->name, said->provider_id, said->message_id, &replier, err) < 0)
        return -1;
    if (!replier.reply_id)
        return no (answer, "この電話に対応する急変はありません。");
    if (!keys_read (request->arena, said->digits, &digit, &name))
        return no (answer, arena_print (request->arena, "番号を押してください：%s", keypad_words (request->arena, &file->keypad)));
    return act (self, request, file, &replier, digit, name, "電話のキー", answer, err);
}

static int take_text (struct notify *self, struct request *request, const struct adapter_file *file, const struct callback *said,
                      struct reply_taken *answer, struct error *err)
{
    struct replier replier;
    struct text_list numbers;
    struct reply reply;

    if (!reply_read (request->arena, said->text, &reply))
        return no (answer, "返信を読み取れませんでした。6桁の番号と答えの数字を送ってください。");
    if (reply_by_code (request->db, request->arena, reply.code, &replier, err) < 0)
        return -1;
    if (!replier.reply_id)
        return no (answer, "この番号の急変はありません。");
    if (reply_numbers (request->db, request->arena, &replier, &numbers, err) < 0)
        return -1;
    if (!is_theirs (request->arena, &numbers, said->from))
        return no (answer, "この番号の急変はありません。");
    return act (self, request, file, &replier, reply.digit, reply.name, "SMS", answer, err);
}

static int take_receipt (struct request *request, const struct adapter_file *file, const struct callback *said, bool *ret_known,
                         struct error *err)
{
    const struct receipt receipt = { .adapter = file->name, .provider_id = said->provider_id, .message_id = said->message_id,
                                     .kind = said->receipt, .has_sequence = said->has_sequence, .sequence = said->sequence };

    *ret_known = false;
    if (!said->receipt || (!said->provider_id && !said->message_id))
        return 0;
    poke_after_commit (request->batch, "deliver");
    return delivery_receipt (request->db, request->arena, &receipt, ret_known, err);
}

int notify_handle_provider_callback (struct notify *self, struct request *request, const struct provider_callback *message,
                                     struct reply_taken *answer, struct error *err)
{
    const struct adapter_file *file = file_of (self, message->adapter);
    struct callback said;
    bool known;

    if (!file || !callback_is_genuine (request->arena, file, message->key, message->body, clock_real_us ()))
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "not from an adapter of this region");
    if (!callback_read (request->arena, file, message->body, &said))
        return fail (err, ERROR_MALFORMED, "/body", "neither JSON nor a form");
    /* first of all: a receipt locks messages that whoever has the turn may be about to cancel */
    if (alert_turn (request->db, err) < 0
        || take_receipt (request, file, &said, &known, err) < 0)
        return -1;
    if (said.digits)
        return take_keys (self, request, file, &said, answer, err);
    if (said.from && said.text)
        return take_text (self, request, file, &said, answer, err);
    *answer = (struct reply_taken) { .taken = known, .words = known ? "受け付けました。" : "該当する送信がありません。" };
    return 0;
}
