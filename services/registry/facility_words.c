/* facility_words.c - see facility_words.h. */
#include "facility_words.h"

const char *words_of (const struct enum_type *type, int number)
{
    for (size_t i = 0; i < type->count; i++)
        if (type->values[i].number == number)
            return type->values[i].ja;
    return "";
}

bool item_is_number (int item)
{
    return item == FACILITY_ITEM_PHONE || item == FACILITY_ITEM_FAX;
}

bool item_is_words (int item)
{
    return item_is_number (item) || item == FACILITY_ITEM_HOURS || item == FACILITY_ITEM_DEPARTMENTS
        || (item >= FACILITY_ITEM_MEETING_HOURS && item <= FACILITY_ITEM_FREE_PLACES);
}

static const char *words_of_one (struct arena *arena, const struct known_item *one)
{
    const char *answer = words_of (&item_answer_type, one->answer), *text = one->text ? one->text : "";
    const char *done = one->performed == PERFORMED_YES ? "（実績あり）" : one->performed == PERFORMED_NO ? "（実績なし）" : "";

    if (item_is_words (one->item) && *text && one->answer == ITEM_ANSWER_YES)
        return arena_print (arena, "%s%s", one->notified ? "届出：" : "", text);
    return arena_print (arena, "%s%s%s%s%s", one->notified ? "届出：" : "", answer, done, *text ? " " : "", text);
}

const char *words_of_item (struct arena *arena, const struct known_items *items, int item)
{
    const char *words = NULL;

    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].item == item)
            words = arena_print (arena, "%s%s%s", words ? words : "", words ? "／" : "", words_of_one (arena, &items->items[i]));
    return words;
}

const char *item_text (const struct known_items *items, int item)
{
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].item == item && items->items[i].answer == ITEM_ANSWER_YES && items->items[i].text)
            return items->items[i].text;
    return NULL;
}

bool item_is_yes (const struct known_items *items, int item)
{
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i].item == item && items->items[i].answer == ITEM_ANSWER_YES)
            return true;
    return false;
}
