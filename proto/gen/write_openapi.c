#include "gen.h"

void write_openapi (FILE *out)
{
    (void) out;
}
