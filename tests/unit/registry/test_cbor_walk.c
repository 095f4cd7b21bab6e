/* What libcbor may see, and what it may not. */
#include "cbor_walk.h"
#include "tap.h"

#define CBOR(text) cbor_are_values ((struct bytes) { (const unsigned char *) (text), sizeof (text) - 1 }, 1)

static void every_first_byte (void)
{
    int taken = 0;

    for (unsigned first = 0; first < 256; first++) {
        unsigned char byte = (unsigned char) first;

        taken += cbor_are_values ((struct bytes) { &byte, 1 }, 1);
    }
    ok (taken == 24 + 24 + 1 + 1 + 1 + 1 + 24, "of single bytes only small integers, empty things and simple values are whole");
}

int main (void)
{
    ok (CBOR ("\xa5\x01\x02\x03\x26\x20\x01\x21\x41\x61\x22\x41\x62"), "the map of an ES256 key is taken");
    ok (CBOR ("\xa0") && CBOR ("\x80") && CBOR ("\x60") && CBOR ("\x40"), "empty map, array, text and bytes are taken");
    ok (!CBOR ("\xbb\x00\x00\x00\x05\x90\x00\x00\x00"), "a map that claims billions of entries is refused");
    ok (!CBOR ("\x9a\xff\xff\xff\xff"), "an array that claims billions of entries is refused");
    ok (!CBOR ("\xbb\x80\x00\x00\x00\x00\x00\x00\x01\x01"), "a count whose double overflows is refused");
    ok (!CBOR ("\x5b\xff\xff\xff\xff\xff\xff\xff\xff"), "a string longer than the message is refused");
    ok (!CBOR ("\xbf\x01\x02\xff") && !CBOR ("\x9f\x01\xff") && !CBOR ("\x5f\x41\x61\xff"), "indefinite lengths are refused");
    ok (!CBOR ("\xc0\x01"), "a tag is refused");
    ok (!CBOR ("\xf9\x3c\x00"), "a float is refused");
    ok (!CBOR ("\xa1\x01"), "a map without its last value is refused");
    ok (!CBOR ("\x01\x01") && !CBOR (""), "two values and none are refused");
    ok (CBOR ("\x81\x81\x81\x01") && !CBOR ("\x81\x81\x81\x81\x01"), "three levels around a value are taken, four are not");
    ok (cbor_are_values ((struct bytes) { (const unsigned char *) "\xa0\xa0", 2 }, 2), "a key and its extensions are two values");
    ok (cbor_are_values ((struct bytes) { NULL, 0 }, 0), "nothing is no value");
    every_first_byte ();
    return done ();
}
