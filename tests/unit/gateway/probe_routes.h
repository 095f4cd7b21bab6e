/* probe_routes.h - messages nobody declares, so that every word of proto/ about bodies and keys can be tried without a service's own. */
#ifndef PROBE_ROUTES_H
#define PROBE_ROUTES_H

#include "door.h"

enum { RAW_MOST = 256 * 1024 };

/* a partner's report: `raw text`, `bearer` */
struct report { const char *partner, *key, *content_type; struct bytes text; };
static const struct message_field report_fields[] = {
    { "partner", FIELD_TEXT, offsetof (struct report, partner), SIZE_MAX, 20, 0, FROM_PATH, IS_REQUIRED, NULL, NULL },
    { "key", FIELD_TEXT, offsetof (struct report, key), SIZE_MAX, 200, 0, FROM_BEARER, IS_REQUIRED | IS_PERSONAL, NULL, NULL },
    { "content_type", FIELD_TEXT, offsetof (struct report, content_type), SIZE_MAX, 60, 0, FROM_CONTENT_TYPE, 0, NULL, NULL },
    { "text", FIELD_BYTES, offsetof (struct report, text), SIZE_MAX, RAW_MOST, 0, FROM_RAW, IS_REQUIRED, NULL, NULL },
};
static const struct message_type report_message = { "report", "probe", 1, sizeof (struct report), report_fields, 4, IS_COMMAND | IS_RAW,
                                                    NULL };

/* a list as a document: page_key; `content rows`, next_page */
struct export { const char *name, *page; };
static const struct message_field export_fields[] = {
    { "name", FIELD_TEXT, offsetof (struct export, name), SIZE_MAX, 60, 0, FROM_PATH, IS_REQUIRED, NULL, NULL },
    { "page", FIELD_TEXT, offsetof (struct export, page), SIZE_MAX, 60, 0, FROM_QUERY, IS_PAGE_KEY, NULL, NULL },
};
static const struct message_type export_message = { "export", "probe", 1, sizeof (struct export), export_fields, 2, IS_QUERY, NULL };

struct export_answer { struct bytes rows; const char *media_type, *file_name, *next; int64_t version; bool has_version; };
static const struct message_field export_answer_fields[] = {
    { "rows", FIELD_BYTES, offsetof (struct export_answer, rows), SIZE_MAX, 512 * 1024, 0, FROM_BODY, IS_REQUIRED | IS_CONTENT, NULL,
      NULL },
    { "media_type", FIELD_TEXT, offsetof (struct export_answer, media_type), SIZE_MAX, 60, 0, FROM_BODY, IS_REQUIRED, NULL, NULL },
    { "file_name", FIELD_TEXT, offsetof (struct export_answer, file_name), SIZE_MAX, 120, 0, FROM_BODY, 0, NULL, NULL },
    { "next", FIELD_TEXT, offsetof (struct export_answer, next), SIZE_MAX, 60, 0, FROM_BODY, IS_NEXT_PAGE, NULL, NULL },
    { "version", FIELD_I64, offsetof (struct export_answer, version), offsetof (struct export_answer, has_version), 0, 0, FROM_BODY,
      IS_ETAG,
      NULL, NULL },
};
static const struct message_type export_answer_message = { "export_answer", "probe", 1, sizeof (struct export_answer), export_answer_fields,
                                                           5, 0, NULL };

static const struct http_route probe_routes[] = {
    { "POST", "/partners/{partner}/reports", "probe", &report_message, &done_message, NULL, 0, true },
    { "PUT", "/partners/{partner}/reports", "probe", &report_message, &export_answer_message, NULL, 0, true },
    { "GET", "/exports/{name}.csv", "probe", &export_message, &export_answer_message, NULL, 0, true },
    { "GET", "/exports/{name}", "probe", &export_message, &export_answer_message, NULL, 1ull << (ROLE_MUNICIPAL_OFFICER - 1), false },
};

static inline void open_probe_door (void)
{
    open_door ();
    gateway.routes = probe_routes;
    gateway.route_count = sizeof probe_routes / sizeof *probe_routes;
}

#endif
