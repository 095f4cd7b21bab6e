#include "tap.h"
#include "ids.h"

int main (void)
{
    char first[UUID_TEXT], second[UUID_TEXT], last[UUID_TEXT] = "";
    unsigned char bytes[64] = { 0 };
    int unordered = 0, zeros = 0;

    uuid_new (first);
    uuid_new (second);
    ok (uuid_is_valid (first) && first[14] == '7' && strchr ("89ab", first[19]), "a new id is a version 7 UUID");
    ok (strcmp (first, second) != 0, "two ids differ");
    for (int i = 0; i < 10000; i++) {
        uuid_new (second);
        unordered += strncmp (last, second, 13) > 0;
        memcpy (last, second, sizeof last);
    }
    ok (unordered == 0, "later ids sort after earlier ones, to the millisecond");
    uuid_from_name ("facility", "0123456789", first);
    uuid_from_name ("facility", "0123456789", second);
    is (first, second, "the same name gives the same id");
    ok (uuid_is_valid (first) && first[14] == '8', "...of version 8");
    uuid_from_name ("facilit", "y0123456789", second);
    ok (strcmp (first, second) != 0, "space and name do not run into each other");
    ok (!uuid_is_valid (NULL) && !uuid_is_valid ("") && !uuid_is_valid ("0190B0A0-0000-7000-8000-000000000000")
        && !uuid_is_valid ("0190b0a000007000-8000-0000000000000-") && !uuid_is_valid ("0190b0a0-0000-7000-8000-00000000000g"),
        "other text is not an id");
    random_fill (bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        zeros += bytes[i] == 0;
    ok (zeros < 10, "random bytes are not zeros");
    return done ();
}
