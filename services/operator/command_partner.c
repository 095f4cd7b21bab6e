/* command_partner.c - fire organisations: lists them, cuts one off in one command, lets it in again. */
#include "http.h"
#include "operator.h"

static const char *text_of (const cJSON *object, const char *name)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive (object, name);

    return cJSON_IsString (value) ? value->valuestring : "";
}

static int partners (struct http *http, cJSON **ret, const cJSON **ret_list, struct error *err)
{
    if (http_call (http, "GET", "/dispatch/partners", NULL, ret, err) < 0)
        return -1;
    *ret_list = cJSON_GetObjectItemCaseSensitive (*ret, "partners");
    return 0;
}

static int list (struct operator *self, struct http *http, struct error *err)
{
    const cJSON *all, *one;
    cJSON *answer = NULL;

    (void) self;
    if (partners (http, &answer, &all, err) < 0)
        return -1;
    cJSON_ArrayForEach (one, all)
        printf ("%s  %-8s %s  未送信 %d\n", text_of (one, "partner_id"), cJSON_IsTrue (cJSON_GetObjectItem (one, "enabled")) ? "接続中" : "遮断",
                text_of (one, "name"), (int) cJSON_GetNumberValue (cJSON_GetObjectItem (one, "waiting")));
    cJSON_Delete (answer);
    return 0;
}

/* By id, or by a name that one partner alone has. */
static const char *id_of (struct operator *self, const cJSON *all, const char *word)
{
    const char *found = NULL;
    const cJSON *one;

    cJSON_ArrayForEach (one, all)
        if (strcmp (text_of (one, "partner_id"), word) == 0 || strcmp (text_of (one, "name"), word) == 0) {
            if (found)
                return NULL;
            found = arena_text (&self->arena, text_of (one, "partner_id"));
        }
    return found;
}

static int change (struct operator *self, struct http *http, bool enabled, struct error *err)
{
    cJSON *answer = NULL, *body;
    const cJSON *all;
    const char *id;

    if (partners (http, &answer, &all, err) < 0)
        return -1;
    id = id_of (self, all, self->words[1]);
    cJSON_Delete (answer);
    if (!id)
        return fail (err, ERROR_NOT_FOR_YOU, NULL, "no fire organisation, or several, of this name or id");
    body = cJSON_CreateObject ();
    cJSON_AddBoolToObject (body, "enabled", enabled);
    cJSON_AddStringToObject (body, "reason", self->words[2]);
    if (http_call (http, "POST", arena_print (&self->arena, "/dispatch/partners/%s/cut", id), body, NULL, err) < 0)
        return -1;
    puts (enabled ? "接続を再開しました。" : "遮断しました。この消防機関からは何も受け付けず、何も送りません。");
    return 0;
}

static int cut (struct operator *self, struct http *http, struct error *err)
{
    return change (self, http, false, err);
}

static int admit (struct operator *self, struct http *http, struct error *err)
{
    return change (self, http, true, err);
}

int command_partner (struct operator *self)
{
    if (self->word_count == 1 && strcmp (self->words[0], "list") == 0)
        return http_as_person (self, list);
    if (self->word_count == 3 && strcmp (self->words[0], "cut") == 0)
        return http_as_person (self, cut);
    if (self->word_count == 3 && strcmp (self->words[0], "admit") == 0)
        return http_as_person (self, admit);
    return say_usage ("partner list | cut NAME-OR-ID REASON | admit NAME-OR-ID REASON");
}
