/* letter_papers: the outstanding letters as forms to print, each with its return code.
 *
 * Takes:     the survey, or none for regular confirmations; one letter; those behind one.
 * Refuses:   session_locked.
 * Publishes: nothing.  No person is shown: no ledger row is due.
 * Repeats:   prints what is true then; who has answered is left out.
 */
#include "letter_act.h"
#include "letter_paper.h"
#include "registry_routes.h"
#include "sessions.h"

static const char *link_to (const struct registry *self, struct arena *arena, const char *letter_id)
{
    const char *token = self->links.set && self->links.base && *self->links.base ? link_token (arena, &self->links, "letter", letter_id) : NULL;

    return token ? arena_print (arena, "%s/l/%s", self->links.base, token) : NULL;
}

int registry_handle_letter_papers (struct registry *self, struct request *request, const struct letter_papers *message,
                                   struct file_answer *answer, struct error *err)
{
    struct letter_list letters = { 0 };
    struct letter_form *forms;

    if (session_must_be_open (request, err) < 0 || letters_outstanding (request, message, &letters, err) < 0)
        return -1;
    forms = arena_alloc (request->arena, (letters.count + 1) * sizeof *forms);
    for (size_t i = 0; i < letters.count; i++) {
        struct letter_view view;

        if (letter_show (request, &letters.items[i], &view, err) < 0)
            return -1;
        forms[i] = (struct letter_form) { &letters.items[i], view.items, link_to (self, request->arena, letters.items[i].letter_id) };
    }
    answer->media_type = "application/pdf";
    answer->file_name = message->survey_id ? "調査票.pdf" : "登録内容の確認.pdf";
    return letter_paper_print (request->arena, forms, letters.count, request->now, &answer->body, err);
}
