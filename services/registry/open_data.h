/* open_data.h - what a municipality publishes of its facilities: 推奨データセット as CSV and GeoJSON, a page at a time.  Pure.
 *
 * Takes facilities as residents may see them (export_store.h); what is not in there cannot come out.  Left empty, because residents are not
 * told or it is not known: extension, corporation, number of beds, capacity.  A clinic whose beds are not known has no kind
 * (the dataset knows clinics with and without beds only); its kind as registered stands under 備考, and whether the facility has not yet
 * confirmed what is shown of it.  診療開始時間 and 診療終了時間 are given when they are the same on all days it is open.
 * Limits: a page ends when it is full (OPEN_DATA_PAGE_BYTES); *taken says how many of the facilities are in it.
 * Sources: 推奨データセット (03_医療機関一覧, 02_介護サービス事業所一覧; spec data-formats §2.5), RFC 4180, RFC 7946.
 */
#ifndef REGISTRY_OPEN_DATA_H
#define REGISTRY_OPEN_DATA_H

#include "export_store.h"

enum { OPEN_DATA_PAGE_BYTES = 160 * 1024 };
enum open_data_set { OPEN_DATA_NONE, OPEN_DATA_MEDICAL, OPEN_DATA_CARE, OPEN_DATA_GEOJSON };

enum open_data_set open_data_set_of (const char *file);        /* "medical.csv" … ; NONE: no such file */
const char *open_data_media_type (enum open_data_set set);

struct open_data_page {
    enum open_data_set set;
    const char *municipality;               /* whose data it is: code and names */
    struct export_place place;
    bool first, last;                       /* of the pages; last: nobody comes behind these facilities */
    int64_t written;                        /* rows or features on the pages before; becomes those after */
};

struct bytes open_data_write (struct arena *arena, struct open_data_page *page, const struct open_facilities *facilities,
                              size_t *ret_taken);

#endif
