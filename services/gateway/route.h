/* route.h - which declared message an address means. */
#ifndef GATEWAY_ROUTE_H
#define GATEWAY_ROUTE_H

#include "http_routes.h"
#include "target.h"

enum { ROUTE_VALUE_MAX = 6 };

struct match {
    const struct http_route *route;             /* NULL: see allowed */
    const char *names[ROUTE_VALUE_MAX];         /* of the path's fields */
    const char *values[ROUTE_VALUE_MAX];
    size_t sizes[ROUTE_VALUE_MAX];              /* of the values: "{token}.ics" leaves the end out */
    size_t value_count;
    char allowed[40];                           /* methods this address takes ("GET, PUT"); empty: no such address */
};

/* The target's segments behind the first `skip` ("api", "v1").  A literal segment wins over a field. */
void route_match (const struct http_route *routes, size_t count, const char *method, const struct target *target, size_t skip,
                  struct match *ret);

/* The field that If-Match fills; NULL when the route has none. */
const struct message_field *route_if_match (const struct http_route *route);
bool route_has_body (const struct http_route *route);

#endif
