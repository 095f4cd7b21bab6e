/* E-27: one account on several devices at once: what is normal and what is told. */
#include "shared.h"

#include "tap.h"

#define PC "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130"
#define MAC "Mozilla/5.0 (Macintosh; Intel Mac OS X) Safari/605"
#define PHONE "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile/15E148"
#define ANDROID "Mozilla/5.0 (Linux; Android 15) Chrome/130 Mobile"

static bool told (struct shared_use a, struct shared_use b)
{
    const struct shared_use uses[] = { a, b };

    return shared_is_suspicious (uses, 2);
}

int main (void)
{
    const struct shared_use three[] = { { PHONE, "n1" }, { PC, "n2" }, { MAC, "n2" } };

    ok (!told ((struct shared_use) { PC, "n1" }, (struct shared_use) { PHONE, "n2" }), "E-27: one person on a phone and a PC is normal");
    ok (told ((struct shared_use) { PC, "n1" }, (struct shared_use) { MAC, "n1" }), "E-27: two kinds of PC at once are told");
    ok (told ((struct shared_use) { PC, "n1" }, (struct shared_use) { PC, "n2" }), "…so is the same kind at two places");
    ok (!told ((struct shared_use) { PC, "n1" }, (struct shared_use) { PC, "n1" }), "…not two windows of one PC");
    ok (told ((struct shared_use) { PHONE, "n1" }, (struct shared_use) { ANDROID, "n1" }), "two telephones at once are told");
    ok (!told ((struct shared_use) { PHONE, "n1" }, (struct shared_use) { PHONE, "n2" }), "…not one that changes its network");
    ok (shared_is_suspicious (three, 3), "a phone between two PCs hides nothing");
    ok (!told ((struct shared_use) { NULL, "n1" }, (struct shared_use) { PC, "n2" }), "what is not known is not judged");
    ok (!shared_is_suspicious (three, 1) && !shared_is_suspicious (NULL, 0), "one alone, or none, is nothing");
    return done ();
}
