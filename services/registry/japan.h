/* japan.h - facts of the official municipality codes: check digit, wards of a designated city, where a prefecture lies.  Pure.
 *
 * A code is 6 digits: prefecture 2, municipality 3, check digit.  Source: 全国地方公共団体コード; 地方自治法 第252条の19 (the twenty designated cities).
 */
#ifndef REGISTRY_JAPAN_H
#define REGISTRY_JAPAN_H

#include <stdbool.h>

bool japan_code_is_valid (const char *code);                        /* 6 digits, prefecture 01-47 (99: invented places, for demonstrations), right check digit */
/* Six digits of a municipality's code, or five without the check digit, as six.  0 and *ret_wrong_digit, else -1: no such form or prefecture. */
int japan_code_complete (const char *code, char ret[7], bool *ret_wrong_digit);
bool japan_corporation_is_valid (const char *number);               /* 法人番号: 13 digits, right check digit */

/* Codes from low to high cover the municipality and, for a designated city, its wards.  Buffers of 7. */
void japan_code_range (const char *code, char low[7], char high[7]);
/* The designated city a ward belongs to, else the code itself; text lives for ever or as long as code. */
const char *japan_city_of (const char *code);

/* In Japan (20-46 N, 122-154 E)?  And not farther than about 60 km from the box of the prefecture's municipal offices? */
bool japan_has_point (double latitude, double longitude);
bool japan_point_fits (const char *code, double latitude, double longitude);

#endif
