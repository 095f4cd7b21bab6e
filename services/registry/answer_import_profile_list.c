/* import_profile_list: the forms of files that can be imported.
 *
 * Takes:     nothing.
 * Refuses:   session_locked.
 * Publishes: nothing.  Forms of files, no person: no ledger row is due.
 * Repeats:   reads only.
 */
#include "import_profile.h"
#include "registry.h"
#include "registry_routes.h"
#include "sessions.h"
#include "text.h"

enum { FORMS_MOST = 60 };

int registry_handle_import_profile_list (struct registry *self, struct request *request, const struct import_profile_list *message,
                                         struct import_profile_list_answer *answer, struct error *err)
{
    const struct import_profile *profiles[FORMS_MOST];
    struct import_form *forms;

    (void) message;
    if (session_must_be_open (request, err) < 0)
        return -1;
    answer->profiles.count = profile_list (request->arena, self->profiles_dir, profiles, FORMS_MOST);
    answer->profiles.items = forms = arena_alloc (request->arena, (answer->profiles.count + 1) * sizeof *forms);
    for (size_t i = 0; i < answer->profiles.count; i++)
        forms[i] = (struct import_form) {
            .name = text_cut (request->arena, profiles[i]->name, 40),
            .about = text_cut (request->arena, profiles[i]->about ? profiles[i]->about : profiles[i]->name, 200),
            .source = text_cut (request->arena, profiles[i]->source, 200), .scheme = text_cut (request->arena, profiles[i]->scheme, 40),
        };
    return 0;
}
