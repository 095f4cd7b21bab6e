/* japan_places.c - see japan_places.h.  The list: "43 熊本県" begins a prefecture, "431010 熊本市中央区" is one of its places. */
#include "japan_places.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include "text.h"

__asm__ (".section .rodata\n"
         "registry_japan_places:\n"
         ".incbin \"services/registry/japan_places.txt\"\n"
         ".byte 0\n"
         ".previous\n");
extern const char registry_japan_places[];

enum { PLACES_MAX = 2100, PREFECTURES = 47, DISTRICT_MOST = 24 };

/* Cut into lines once; the names are never changed afterwards. */
struct places {
    char text[64 * 1024];
    const char *prefectures[PREFECTURES + 1];
    struct japan_place items[PLACES_MAX];
    size_t count;
};

static void read_places (struct places *places)
{
    char *line = places->text, *next, *prefecture = NULL;

    snprintf (places->text, sizeof places->text, "%s", registry_japan_places);
    for (; *line && places->count < PLACES_MAX; line = next) {
        char *name = strchr (line, ' ');

        next = line + strcspn (line, "\n");
        if (*next)
            *next++ = 0;
        *name++ = 0;
        if (strlen (line) == 2) {
            prefecture = name;
            places->prefectures[(line[0] - '0') * 10 + line[1] - '0'] = name;
        } else {
            struct japan_place *place = &places->items[places->count++];

            snprintf (place->code, sizeof place->code, "%.6s", line);
            place->prefecture = prefecture;
            place->name = name;
        }
    }
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct places all;

static void read_once (void)
{
    read_places (&all);
}

static const struct places *places_of_japan (void)
{
    pthread_once (&once, read_once);
    return &all;
}

bool japan_place_of_code (const char *code, struct japan_place *ret)
{
    const struct places *places = places_of_japan ();

    for (size_t i = 0; i < places->count; i++)
        if (strcmp (places->items[i].code, code) == 0) {
            *ret = places->items[i];
            return true;
        }
    return false;
}

/* As names are compared: narrow, without blanks, ヶ as ケ. */
static char *plain (struct arena *arena, const char *text)
{
    char *narrow = text_narrow (arena, text), *end = narrow;

    for (const char *p = narrow; *p; p++) {
        if (strncmp (p, "ヶ", 3) == 0) {
            memcpy (end, "ケ", 3);
            end += 3;
            p += 2;
        } else if (*p != ' ')
            *end++ = *p;
    }
    *end = 0;
    return narrow;
}

/* How much of the text the name is; 0 when it does not begin with it.  The name may be written with ヶ. */
static size_t begins (const char *text, const char *name)
{
    size_t size = 0;

    while (name[size] && (text[size] == name[size] || (strncmp (name + size, "ヶ", 3) == 0 && strncmp (text + size, "ケ", 3) == 0)))
        size += (unsigned char) name[size] >= 0xE0 ? 3 : 1;
    return name[size] ? 0 : size;
}

/* The longest name wins: 熊本市中央区 before 熊本市; of two codes of one name the newer. */
static const struct japan_place *longest (const struct places *places, int prefecture, const char *text)
{
    const struct japan_place *found = NULL;
    size_t most = 1;

    for (size_t i = 0; i < places->count; i++) {
        const struct japan_place *place = &places->items[i];
        size_t size = (place->code[0] - '0') * 10 + place->code[1] - '0' == prefecture ? begins (text, place->name) : 0;

        if (size >= most) {
            most = size;
            found = place;
        }
    }
    return found;
}

static int prefecture_of (const struct places *places, const char *given, const char *text)
{
    for (int i = 1; i <= PREFECTURES; i++)
        if (strncmp (text, places->prefectures[i], strlen (places->prefectures[i])) == 0)
            return i;
    return given ? (given[0] - '0') * 10 + given[1] - '0' : 0;
}

bool japan_place_of_address (struct arena *arena, const char *prefecture, const char *address, struct japan_place *ret)
{
    const struct places *places = places_of_japan ();
    const char *text = plain (arena, address), *district;
    const struct japan_place *found;
    int number = prefecture_of (places, prefecture, text);

    if (number < 1 || number > PREFECTURES)
        return false;
    if (strncmp (text, places->prefectures[number], strlen (places->prefectures[number])) == 0)
        text += strlen (places->prefectures[number]);
    found = longest (places, number, text);
    district = strstr (text, "郡");
    if (!found && district && district - text <= DISTRICT_MOST)
        found = longest (places, number, district + strlen ("郡"));
    if (found)
        *ret = *found;
    return found != NULL;
}
