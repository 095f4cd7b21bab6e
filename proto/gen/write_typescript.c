#include "gen.h"

void write_typescript (FILE *out)
{
    (void) out;
}
