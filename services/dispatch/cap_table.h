/* cap_table.h - the shape of CAP 1.2 as a table: children in order, how often, and what their text may be.  Says the same as the XSD
 * (urn:oasis:names:tc:emergency:cap:1.2), without reading one at run time.  Pure.
 *
 * Source: OASIS Common Alerting Protocol 1.2, CAP-v1.2.xsd.
 */
#ifndef DISPATCH_CAP_TABLE_H
#define DISPATCH_CAP_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#define CAP_NAMESPACE "urn:oasis:names:tc:emergency:cap:1.2"
#define CAP_SIGNATURE_NAMESPACE "http://www.w3.org/2000/09/xmldsig#"

enum cap_text { CAP_ANY, CAP_TIME, CAP_CHOICE, CAP_LANGUAGE, CAP_INTEGER, CAP_DECIMAL, CAP_URI, CAP_PARTS };

struct cap_part {
    const char *name;
    bool needed, many;
    enum cap_text text;
    const char *choices;                /* " Actual Exercise … " */
    const struct cap_part *parts;       /* CAP_PARTS: its children, ended by a row without name */
};

extern const struct cap_part cap_alert[];

/* The pattern of the XSD and a real date and time; the offset always numeric. */
bool cap_is_time (const char *text);
bool cap_text_fits (const struct cap_part *part, const char *text);

#endif
