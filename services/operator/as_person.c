/* as_person.c - a whole command that works as a person: see http.h. */
#include "http.h"

int http_as_person (struct operator *self, int (*work) (struct operator *, struct http *, struct error *))
{
    struct error err = { 0 };
    HTTP (http) = http_open (option_text (self->options, "base"), &err);

    if (!http || http_login (http, self, &err) < 0 || work (self, http, &err) < 0)
        return say_error (&err);
    return 0;
}
