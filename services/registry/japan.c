/* japan.c - municipality codes, designated cities, prefecture boxes: see japan.h. */
#include "japan.h"
#include <stdlib.h>
#include <string.h>

/* Designated city, and the last code that belongs to its block of wards. */
static const struct { const char *city, *high; } designated[] = {
    { "011002", "011999" }, { "041009", "041999" }, { "111007", "111999" }, { "121002", "121999" }, { "141003", "141299" },
    { "141305", "141499" }, { "141500", "141999" }, { "151009", "151999" }, { "221007", "221299" }, { "221309", "221999" },
    { "231002", "231999" }, { "261009", "261999" }, { "271004", "271399" }, { "271403", "271999" }, { "281000", "281999" },
    { "331007", "331999" }, { "341002", "341999" }, { "401005", "401299" }, { "401307", "401999" }, { "431001", "431999" },
};
enum { DESIGNATED = sizeof designated / sizeof *designated };

/* By prefecture 01-47: south, north, west, east of its municipal offices, in tenths of a degree. */
static const short boxes[47][4] = {
    { 414, 455, 1395, 1456 }, { 403, 416, 1399, 1417 }, { 389, 405, 1407, 1420 }, { 379, 390, 1404, 1416 }, { 391, 404, 1398, 1408 },
    { 379, 391, 1397, 1406 }, { 368, 379, 1393, 1411 }, { 358, 369, 1397, 1408 }, { 362, 371, 1394, 1402 }, { 360, 368, 1385, 1397 },
    { 357, 363, 1390, 1399 }, { 349, 360, 1398, 1409 }, { 270, 359, 1390, 1422 }, { 351, 357, 1390, 1398 }, { 369, 385, 1378, 1396 },
    { 365, 370, 1368, 1376 }, { 363, 375, 1363, 1373 }, { 354, 363, 1355, 1366 }, { 352, 358, 1383, 1392 }, { 352, 370, 1375, 1386 },
    { 352, 363, 1364, 1376 }, { 346, 354, 1375, 1392 }, { 346, 354, 1367, 1378 }, { 337, 352, 1360, 1369 }, { 349, 354, 1358, 1363 },
    { 347, 357, 1350, 1360 }, { 343, 350, 1351, 1357 }, { 342, 357, 1343, 1355 }, { 339, 347, 1356, 1362 }, { 334, 344, 1351, 1360 },
    { 351, 356, 1332, 1345 }, { 343, 363, 1318, 1334 }, { 344, 352, 1334, 1344 }, { 341, 349, 1322, 1334 }, { 338, 346, 1309, 1323 },
    { 336, 342, 1338, 1347 }, { 341, 345, 1336, 1344 }, { 329, 343, 1323, 1336 }, { 327, 338, 1327, 1343 }, { 330, 340, 1301, 1312 },
    { 330, 335, 1298, 1306 }, { 326, 343, 1288, 1304 }, { 322, 332, 1300, 1313 }, { 329, 338, 1309, 1319 }, { 314, 328, 1308, 1317 },
    { 270, 322, 1284, 1311 }, { 243, 271, 1230, 1313 },
};

static bool is_digits (const char *text, size_t count)
{
    return strlen (text) == count && strspn (text, "0123456789") == count;
}

enum { INVENTED_PREFECTURE = 99 };

bool japan_code_is_valid (const char *code)
{
    int sum = 0, prefecture;

    if (!is_digits (code, 6))
        return false;
    prefecture = (code[0] - '0') * 10 + code[1] - '0';
    for (int i = 0; i < 5; i++)
        sum += (code[i] - '0') * (6 - i);
    return ((prefecture >= 1 && prefecture <= 47) || prefecture == INVENTED_PREFECTURE) && (11 - sum % 11) % 10 == code[5] - '0';
}

int japan_code_complete (const char *code, char ret[7], bool *ret_wrong_digit)
{
    size_t given = strlen (code);

    if ((given != 5 && given != 6) || !is_digits (code, given))
        return -1;
    memcpy (ret, code, given + 1);
    *ret_wrong_digit = given == 6 && !japan_code_is_valid (code);
    memcpy (ret + 5, "0", 2);
    while (!japan_code_is_valid (ret) && ret[5] < '9')
        ret[5]++;
    return japan_code_is_valid (ret) ? 0 : -1;
}

bool japan_corporation_is_valid (const char *number)
{
    int sum = 0;

    if (!is_digits (number, 13))
        return false;
    for (int i = 1; i <= 12; i++)
        sum += (number[13 - i] - '0') * (i % 2 ? 1 : 2);
    return 9 - sum % 9 == number[0] - '0';
}

void japan_code_range (const char *code, char low[7], char high[7])
{
    const char *last = code;

    for (int i = 0; i < DESIGNATED; i++)
        if (strcmp (designated[i].city, code) == 0)
            last = designated[i].high;
    memcpy (low, code, 7);
    memcpy (high, last, 7);
}

const char *japan_city_of (const char *code)
{
    for (int i = 0; i < DESIGNATED; i++)
        if (strcmp (code, designated[i].city) > 0 && strcmp (code, designated[i].high) <= 0)
            return designated[i].city;
    return code;
}

bool japan_has_point (double latitude, double longitude)
{
    return latitude >= 20 && latitude <= 46 && longitude >= 122 && longitude <= 154;
}

bool japan_point_fits (const char *code, double latitude, double longitude)
{
    const double margin = 0.5;
    int prefecture = (code[0] - '0') * 10 + code[1] - '0';
    const short *box;

    if (prefecture < 1 || prefecture > 47)
        return true;                    /* invented: nobody knows where it lies */
    box = boxes[prefecture - 1];
    return latitude >= box[0] / 10.0 - margin && latitude <= box[1] / 10.0 + margin
        && longitude >= box[2] / 10.0 - margin && longitude <= box[3] / 10.0 + margin;
}
