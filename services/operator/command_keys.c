/* command_keys.c - keys of the mesh: hands the words to renkei-keys, with the folder from the settings. */
#include "child.h"
#include "operator.h"

int command_keys (struct operator *self)
{
    char path[500], *argv[20] = { 0 };
    int count = 0, status;

    if (self->word_count < 1 || self->word_count > 15)
        return say_usage ("keys init | add PRINCIPAL… | revoke PRINCIPAL | rotate [PRINCIPAL] | list");
    argv[count++] = (char *) child_beside (self->program, "renkei-keys", path, sizeof path);
    argv[count++] = self->words[0];
    argv[count++] = (char *) option_text (self->options, "keys-dir");
    for (int i = 1; i < self->word_count; i++)
        argv[count++] = self->words[i];
    status = child_run (argv);
    return status < 0 ? 1 : status;
}
