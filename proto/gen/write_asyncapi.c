#include "gen.h"

void write_asyncapi (FILE *out)
{
    (void) out;
}
