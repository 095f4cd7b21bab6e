/* prefectures.h - names of the 47 prefectures by the first two digits of an official code (JIS X 0401). */
#ifndef PREFECTURES_H
#define PREFECTURES_H

const char *prefecture_of (const char *code);       /* "" when the code is of none */

#endif
