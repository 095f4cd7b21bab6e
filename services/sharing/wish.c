#include <stdlib.h>
#include <string.h>
#include "wish.h"

const char wish_note[] = "救急隊は通常の手順を開始し、医師に直接確認すること";

bool wish_contradicts (const struct wish_view *one, const struct wish_view *other)
{
    return one != other && !one->revoked_on && !other->revoked_on && one->direction != other->direction
           && one->direction != WISH_DIRECTION_UNDECIDED && other->direction != WISH_DIRECTION_UNDECIDED;
}

static int newest_first (const void *one, const void *other)
{
    const struct wish_view *a = one, *b = other;
    int by_date = strcmp (b->written_on, a->written_on);

    if (by_date)
        return by_date;
    if (a->recorded_at != b->recorded_at)
        return a->recorded_at < b->recorded_at ? 1 : -1;
    return strcmp (a->document_id, b->document_id);
}

void wish_compare (struct wish_view *documents, size_t count, struct arena *arena)
{
    if (count)
        qsort (documents, count, sizeof *documents, newest_first);
    for (size_t i = 0; i < count; i++) {
        const char **ids = arena_alloc (arena, (count + 1) * sizeof *ids);
        size_t found = 0;

        for (size_t j = 0; j < count; j++)
            if (wish_contradicts (&documents[i], &documents[j]))
                ids[found++] = documents[j].document_id;
        documents[i].contradicts = (struct text_list) { ids, found < 20 ? found : 20 };
    }
}

/* The newest that stands; the newest withdrawn one when none does. */
static const struct wish_view *leading (const struct wish_view *documents, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!documents[i].revoked_on)
            return &documents[i];
    return count ? &documents[0] : NULL;
}

static struct text_list dates_of (const struct wish_view *documents, size_t count, struct arena *arena)
{
    const char **dates = arena_alloc (arena, (count + 1) * sizeof *dates);
    size_t found = 0;

    for (size_t i = 0; i < count && found < 20; i++)
        if (!documents[i].revoked_on)
            dates[found++] = documents[i].written_on;
    return (struct text_list) { dates, found };
}

static size_t contradictions (const struct wish_view *documents, size_t count)
{
    size_t most = 0;

    for (size_t i = 0; i < count; i++)
        if (documents[i].contradicts.count > most)
            most = documents[i].contradicts.count;
    return most;
}

void wish_summary (const struct wish_view *documents, size_t count, struct arena *arena, struct ems_acp *ret)
{
    const struct wish_view *document = leading (documents, count);

    *ret = (struct ems_acp) { .status = ACP_STATUS_NONE, .note = wish_note, .dates = dates_of (documents, count, arena) };
    if (!document)
        return;
    ret->conflicts = (int64_t) contradictions (documents, count);
    ret->status = document->revoked_on ? ACP_STATUS_WITHDRAWN : ret->conflicts ? ACP_STATUS_CONFLICT : ACP_STATUS_RECORDED;
    ret->kind = document->kind;
    ret->written_on = document->written_on;
    ret->issuer = document->issuer;
    ret->withdrawn_on = document->revoked_on;
    if (document->revoked_on)
        return;
    ret->assumed_condition = document->assumed_condition;
    ret->paper_at = document->paper_at;
}

int wish_check_date (const char *written_on, const char *today, struct error *err)
{
    if (strcmp (written_on, today) > 0)
        return fail (err, ERROR_DOCUMENT_DATE, "/written_on", "a paper of tomorrow");
    return 0;
}
