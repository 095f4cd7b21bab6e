/* What a person types into the search, and what the database is asked for. */
#include "facility_search.h"
#include "tap.h"
#include "text.h"

static struct arena arena;
static struct facility_wanted wanted;

static struct error err;
static bool refused;

static void look (struct facility_search query)
{
    err = (struct error) { 0 };
    refused = facility_search_read (&arena, &query, &wanted, &err) < 0;
}

static void type (const char *text)
{
    look ((struct facility_search) { .text = text });
}

static bool has (struct text_list list, const char *text)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp (list.items[i], text) == 0)
            return true;
    return false;
}

static int word_count (void)
{
    int count = 0;

    for (int i = 0; i < FACILITY_WORDS_MAX; i++)
        count += wanted.words[i] && *wanted.words[i];
    return count;
}

static void words (void)
{
    type (NULL);
    ok (word_count () == 0 && wanted.keys.count == 0, "nothing typed is no word");
    type ("　 \t ");
    is_number (word_count (), 0, "…nor are blanks of any width");
    type ("小鳥");
    ok (word_count () == 1 && wanted.keys.count == 1, "two kanji are one word and one pair");
    type ("小");
    ok (has (wanted.keys, "^小") && strcmp (wanted.words[0], "\n小") == 0, "one character is looked for at the beginning");
    type ("ﾐﾎﾝ　すてーしょん");
    is (wanted.words[0], text_fold (&arena, "ミホン"), "words are parted by blanks, also full-width…");
    is (wanted.words[1], text_fold (&arena, "ステーション"), "…and folded as names are");
    type ("a b c d e f");
    is_number (word_count (), 4, "four words count, the rest is left out");
    type ("' or 1=1 --");
    ok (word_count () && !wanted.number, "signs of SQL are words like any other");
    type ("・・・");
    is_number (word_count (), 0, "signs that fold away are no word");
    type ("葛\U000E0100飾");
    is (wanted.words[0], text_fold (&arena, "葛飾"), "a variation selector makes no other word");
}

static void long_words (void)
{
    char longest[121] = "";

    for (size_t i = 0; i + 4 < sizeof longest; i += 4)
        memcpy (longest + i, "\xe3\x89\xbf ", 4);              /* a sign that folds to several characters */
    type (longest);
    ok (word_count () > 0 && wanted.keys.count > 0, "words that grow when they are folded have room");
    memset (longest, 0, sizeof longest);
    for (size_t i = 0; i + 3 < sizeof longest; i += 3)
        memcpy (longest + i, "\xef\xb7\xba", 3);               /* one that folds to eighteen */
    type (longest);
    ok (word_count () > 0, "…also the one that grows most");
}

static void numbers (void)
{
    static const struct { const char *text, *number; } table[] = {
        { "0170103378", "0170103378" }, { "０１７０１０３３７８", "0170103378" }, { "01b1400014", "01B1400014" }, { "017010337", NULL },
        { "01701033788", NULL }, { "0170103378 小鳥", "0170103378" }, { "01-0103378", NULL }, { "小鳥の家です", NULL }, { "smilehouse", NULL },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        type (table[i].text);
        is (wanted.number, table[i].number, "ten digits, or nearly, are an office number");
        ok (!table[i].number || (wanted.keys.count && strncmp (wanted.keys.items[0], "n:", 2) == 0), "…and its key");
    }
}

static void services (void)
{
    look ((struct facility_search) { .service = "" });
    ok (!wanted.service && wanted.keys.count == 0, "an empty kind is any");
    look ((struct facility_search) { .service = "訪問看護" });
    is (wanted.service, "訪問看護", "a kind as listed is that one");
    ok (has (wanted.keys, "s:訪問看護"), "…and a key");
}

static void places (void)
{
    static const struct { const char *municipality, *prefecture, *low, *high, *name; } table[] = {
        { NULL, NULL, "000000", "999999", "no place is all of Japan" },
        { "104281", NULL, "104281", "104281", "a village is itself" },
        { "011002", NULL, "011002", "011999", "a designated city is its wards, too" },
        { "011011", NULL, "011011", "011011", "a ward is itself" },
        { NULL, "10", "100000", "109999", "a prefecture is all of its codes" },
        { "104281", "01", "104281", "104281", "a municipality says more than a prefecture" },
        { NULL, "1", "000000", "999999", "half a prefecture is none" },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        look ((struct facility_search) { .municipality = table[i].municipality, .prefecture = table[i].prefecture });
        ok (strcmp (wanted.low, table[i].low) == 0 && strcmp (wanted.high, table[i].high) == 0, table[i].name);
    }
    look ((struct facility_search) { .municipality = "104281" });
    ok (has (wanted.keys, "m:104281"), "a municipality is a key");
    look ((struct facility_search) { .municipality = "011002" });
    ok (wanted.keys.count == 1 && has (wanted.keys, "p:01"), "…a city with wards only its prefecture");
    look ((struct facility_search) { .prefecture = "10" });
    ok (has (wanted.keys, "p:10"), "…which is one itself");
}

static void pages (void)
{
    static const struct { bool given; int64_t limit, wanted; } table[] = {
        { false, 0, 50 }, { true, 0, 50 }, { true, -1, 50 }, { true, 1, 1 }, { true, 200, 200 }, { true, 201, 200 }, { true, INT64_MAX, 200 },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        look ((struct facility_search) { .has_limit = table[i].given, .limit = table[i].limit, .after = "key" });
        is_number (wanted.limit, table[i].wanted, "a page has at most 200 lines, 50 as a rule");
    }
    is (wanted.after, "key", "the last key goes along");
}

static void items (void)
{
    look ((struct facility_search) { .items = NULL });
    ok (!refused && wanted.items.count == 0, "without items any facility will do");
    look ((struct facility_search) { .items = "respirator,house_calls,,respirator" });
    ok (!refused && wanted.items.count == 2 && wanted.items.items[0] == FACILITY_ITEM_HOUSE_CALLS
        && wanted.items.items[1] == FACILITY_ITEM_RESPIRATOR, "A-02 each item counts once");
    ok (wanted.item_keys.count == 2 && has (wanted.item_keys, "i:11"), "A-02 …and is a key");
    look ((struct facility_search) { .items = "house_calls,' or 1=1" });
    ok (refused && err.key == ERROR_FIELD_UNKNOWN_CHOICE && strcmp (err.fields[0].pointer, "/items") == 0, "what is no item is refused");
}

int main (void)
{
    items ();
    words ();
    long_words ();
    numbers ();
    services ();
    places ();
    pages ();
    arena_done (&arena);
    return done ();
}
