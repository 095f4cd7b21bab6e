/* import_profile_list.c - the built-in profiles lie in the program as written: see import_profile.h. */
#include "import_profile.h"

#define BUILT_IN(symbol, file)                                                                                                            \
    __asm__ (".section .rodata\n"                                                                                                         \
             "registry_profile_" #symbol ":\n"                                                                                            \
             ".incbin \"services/registry/profiles/" file ".profile\"\n"                                                                  \
             ".byte 0\n"                                                                                                                  \
             ".previous\n");                                                                                                              \
    extern const char registry_profile_##symbol[];

BUILT_IN (kaigo, "kaigo-jigyosho")
BUILT_IN (hospital, "iryo-hospital")
BUILT_IN (clinic, "iryo-clinic")
BUILT_IN (dental, "iryo-dental")
BUILT_IN (maternity, "iryo-maternity")
BUILT_IN (pharmacy, "iryo-pharmacy")
BUILT_IN (kouseikyoku, "kouseikyoku-codes")
BUILT_IN (medical, "suisho-medical")
BUILT_IN (care, "suisho-care")
BUILT_IN (prefecture, "hyou1-prefecture")
BUILT_IN (kumamoto, "kumamoto-yakkyoku")

static const struct { const char *name, *text; } built_in[] = {
    { "kaigo-jigyosho", registry_profile_kaigo }, { "iryo-hospital", registry_profile_hospital }, { "iryo-clinic", registry_profile_clinic },
    { "iryo-dental", registry_profile_dental }, { "iryo-maternity", registry_profile_maternity },
    { "iryo-pharmacy", registry_profile_pharmacy }, { "kouseikyoku-codes", registry_profile_kouseikyoku }, { "suisho-medical", registry_profile_medical },
    { "suisho-care", registry_profile_care }, { "hyou1-prefecture", registry_profile_prefecture },
    { "kumamoto-yakkyoku", registry_profile_kumamoto },
};
enum { BUILT_IN_COUNT = sizeof built_in / sizeof *built_in };

const struct import_profile *profile_built_in (struct arena *arena, int number)
{
    return number >= 0 && number < BUILT_IN_COUNT ? profile_read (arena, built_in[number].text, strlen (built_in[number].text)) : NULL;
}

const struct import_profile *profile_find (struct arena *arena, const char *name)
{
    for (int i = 0; i < BUILT_IN_COUNT; i++)
        if (strcmp (built_in[i].name, name) == 0)
            return profile_built_in (arena, i);
    return NULL;
}
