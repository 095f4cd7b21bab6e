/* intake_cap.c - CAP 1.2 in: libxml2 without network, DTD and entities; shape by cap_table.h; what the XSD lets pass but is wrong (§4.5).
 *
 * Parameters "urn:renkei:NAME" (or NAME alone) carry what CAP has no element for: card, phone, caller_phone, name, name_kana, birth_date,
 * age, sex, unit, crew_phone, complaint, called_at, raise, outcome, hospital_name, hospital_phone, arrived_at, family_joined, handed_to, in_hand.
 * A message with an outcome is a result.
 */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <strings.h>
#include "cap_table.h"
#include "intake.h"

static const char *text_of (const xmlNode *node, struct arena *arena)
{
    xmlChar *content = xmlNodeGetContent (node);
    char *copy = arena_text (arena, content ? (const char *) content : "");

    xmlFree (content);
    return copy;
}

static const xmlNode *element_from (const xmlNode *node)
{
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

static bool is_named (const xmlNode *node, const char *name)
{
    return node->ns && node->ns->href && strcmp ((const char *)node->ns->href, CAP_NAMESPACE) == 0
           && strcmp ((const char *)node->name, name) == 0;
}

static bool is_signature (const xmlNode *node)
{
    return node->ns && node->ns->href && strcmp ((const char *) node->ns->href, CAP_SIGNATURE_NAMESPACE) == 0;
}

/* No entity, no text between elements, no attribute but xmlns and xsi. */
static bool is_plain (const xmlNode *parent, bool has_parts)
{
    for (const xmlNode *node = parent->children; node; node = node->next) {
        if (node->type == XML_ENTITY_REF_NODE || node->type == XML_DTD_NODE)
            return false;
        if (has_parts && (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && !xmlIsBlankNode (node))
            return false;
        if (!has_parts && node->type == XML_ELEMENT_NODE)
            return false;
    }
    for (const xmlAttr *attribute = parent->properties; attribute; attribute = attribute->next)
        if (!attribute->ns || !attribute->ns->href
            || strcmp ((const char *) attribute->ns->href, "http://www.w3.org/2001/XMLSchema-instance") != 0)
            return false;
    return true;
}

static bool check (const xmlNode *parent, const struct cap_part *parts, bool is_alert, struct intake *ret, struct arena *arena);

static bool check_one (const xmlNode *node, const struct cap_part *part, struct intake *ret, struct arena *arena)
{
    if (!is_plain (node, part->text == CAP_PARTS))
        return intake_refuse (ret, INTAKE_VERDICT_SCHEMA, "%s holds what does not belong there", part->name);
    if (part->text == CAP_PARTS)
        return check (node, part->parts, false, ret, arena);
    if (!cap_text_fits (part, text_of (node, arena)))
        return intake_refuse (ret, INTAKE_VERDICT_SCHEMA, "%s has a value that is not allowed", part->name);
    return true;
}

static bool check (const xmlNode *parent, const struct cap_part *parts, bool is_alert, struct intake *ret, struct arena *arena)
{
    const xmlNode *node = element_from (parent->children);

    for (const struct cap_part *part = parts; part->name; part++) {
        int count = 0;

        for (; node && is_named (node, part->name) && (part->many || count == 0); node = element_from (node->next), count++)
            if (!check_one (node, part, ret, arena))
                return false;
        if (part->needed && count == 0)
            return intake_refuse (ret, INTAKE_VERDICT_SCHEMA, "%s is missing or in the wrong place", part->name);
    }
    while (is_alert && node && is_signature (node))
        node = element_from (node->next);
    return node ? intake_refuse (ret, INTAKE_VERDICT_SCHEMA, "an element that is unknown, repeated or in the wrong place") : true;
}

/* ---- meaning ------------------------------------------------------------------------------------------------------------------------ */

static const char *first (const xmlNode *parent, const char *name, struct arena *arena)
{
    for (const xmlNode *node = parent ? element_from (parent->children) : NULL; node; node = element_from (node->next))
        if (is_named (node, name))
            return text_of (node, arena);
    return NULL;
}

static const xmlNode *child (const xmlNode *parent, const char *name)
{
    for (const xmlNode *node = element_from (parent->children); node; node = element_from (node->next))
        if (is_named (node, name))
            return node;
    return NULL;
}

static bool set_from (const xmlNode *parent, const char *element, const char *field, struct intake *ret, struct arena *arena)
{
    const char *text = first (parent, element, arena);

    return !text || intake_set (ret, field, text, arena);
}

/* Names separated by white space, those with spaces in double quotes. */
static void read_addresses (const char *text, struct intake *ret, struct arena *arena)
{
    while (text && *text) {
        size_t size;

        text += strspn (text, " \t\r\n");
        if (*text == '"') {
            size = strcspn (++text, "\"");
            intake_add_addressee (ret, text, size, arena);
            text += size + (text[size] == '"');
            continue;
        }
        size = strcspn (text, " \t\r\n");
        intake_add_addressee (ret, text, size, arena);
        text += size;
    }
}

/* "sender,identifier,sent": the first of them. */
static bool read_reference (const char *text, struct intake *ret, struct arena *arena)
{
    size_t sender, id;

    if (!text)
        return true;
    text += strspn (text, " \t\r\n");
    sender = strcspn (text, ",");
    if (!text[sender])
        return intake_refuse (ret, INTAKE_VERDICT_SCHEMA, "references are sender,identifier,sent");
    id = strcspn (text + sender + 1, ",");
    if (!text[sender + 1 + id])
        return intake_refuse (ret, INTAKE_VERDICT_SCHEMA, "references are sender,identifier,sent");
    return intake_set (ret, "reference_sender", arena_copy (arena, text, sender), arena)
           && intake_set (ret, "reference", arena_copy (arena, text + sender + 1, id), arena);
}

static bool read_parameters (const xmlNode *info, struct intake *ret, struct arena *arena)
{
    static const char prefix[] = "urn:renkei:", allowed[] = " card phone caller_phone name name_kana birth_date age sex unit crew_phone "
                                                            "complaint complaint_text address called_at raise outcome"
                                                            " hospital_name hospital_phone arrived_at family_joined handed_to in_hand ";
    const xmlNode *node = info ? element_from (info->children) : NULL;

    for (; node; node = element_from (node->next)) {
        const char *name, *value;

        if (!is_named (node, "parameter"))
            continue;
        name = first (node, "valueName", arena);
        value = first (node, "value", arena);
        name += strncmp (name, prefix, sizeof prefix - 1) == 0 ? sizeof prefix - 1 : 0;
        if (!strchr (name, ' ') && strstr (allowed, arena_print (arena, " %s ", name)) && !intake_set (ret, name, value, arena))
            return false;
    }
    return true;
}

static bool read_info (const xmlNode *info, struct intake *ret, struct arena *arena)
{
    const xmlNode *area = info ? child (info, "area") : NULL;

    if (!info)
        return true;
    return set_from (info, "expires", "expires", ret, arena) && set_from (info, "description", "complaint_text", ret, arena)
           && set_from (info, "contact", "crew_phone", ret, arena) && set_from (info, "onset", "called_at", ret, arena)
           && set_from (area, "areaDesc", "address", ret, arena) && read_parameters (info, ret, arena)
           && (ret->message.complaint || set_from (info, "event", "complaint", ret, arena));
}

/* What the XSD lets pass (§4.5). */
static bool check_meaning (const xmlNode *alert, struct intake *ret, struct arena *arena)
{
    const char *scope = first (alert, "scope", arena), *status = first (alert, "status", arena), *type = first (alert, "msgType", arena);

    if (strcmp (scope, "Private") == 0 && !first (alert, "addresses", arena))
        return intake_refuse (ret, INTAKE_VERDICT_SCHEMA, "scope Private needs addresses");
    if (strcmp (scope, "Restricted") == 0 && !first (alert, "restriction", arena))
        return intake_refuse (ret, INTAKE_VERDICT_SCHEMA, "scope Restricted needs a restriction");
    if (strcmp (status, "System") == 0 || strcmp (status, "Draft") == 0)
        return intake_refuse (ret, INTAKE_VERDICT_SCHEMA, "status %s is not taken", status);
    if (strcmp (type, "Alert") != 0 && !first (alert, "references", arena))
        return intake_refuse (ret, INTAKE_VERDICT_SCHEMA, "%s needs references", type);
    return true;
}

static bool read_alert (const xmlNode *alert, struct intake *ret, struct arena *arena)
{
    static const struct { const char *element, *field; } plain[] = {
        { "identifier", "id" }, { "sender", "sender" }, { "sent", "sent" }, { "msgType", "kind" }, { "incidents", "incident" } };

    if (!is_named (alert, "alert") || !is_plain (alert, true))
        return intake_refuse (ret, INTAKE_VERDICT_SCHEMA, "not an alert of CAP 1.2");
    /* What names the message first, so that an error answer can refer to it. */
    for (size_t i = 0; i < 2; i++)
        set_from (alert, plain[i].element, plain[i].field, ret, arena);
    if (ret->verdict || !check (alert, cap_alert, true, ret, arena) || !check_meaning (alert, ret, arena))
        return false;
    for (size_t i = 2; i < sizeof plain / sizeof *plain; i++)
        if (!set_from (alert, plain[i].element, plain[i].field, ret, arena))
            return false;
    read_addresses (first (alert, "addresses", arena), ret, arena);
    if (!set_from (alert, "status", "status", ret, arena) || !read_reference (first (alert, "references", arena), ret, arena)
        || !read_info (child (alert, "info"), ret, arena))
        return false;
    if (ret->message.outcome)
        ret->message.kind = INCIDENT_KIND_RESULT;
    return true;
}

/* ---- bytes -------------------------------------------------------------------------------------------------------------------------- */

static int depth_of (const xmlNode *node, int depth)
{
    int most = depth;

    if (depth > INTAKE_DEPTH_MOST)
        return depth;
    for (const xmlNode *one = element_from (node->children); one; one = element_from (one->next)) {
        int below = depth_of (one, depth + 1);

        most = below > most ? below : most;
    }
    return most;
}

/* The declaration may name UTF-8 only; the parser is told so in any case. */
static bool encoding_is_utf8 (const char *text)
{
    const char *end = strstr (text, "?>"), *word = strstr (text, "encoding");
    size_t size;

    text += strncmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    if (strncmp (text, "<?xml", 5) != 0 || !end || !word || word > end)
        return true;
    word += 8 + strspn (word + 8, " \t\r\n=\"'");
    size = strcspn (word, "\"' \t?");
    return size == 5 && strncasecmp (word, "UTF-8", 5) == 0;
}

static bool has_forbidden_part (const char *text)
{
    return strstr (text, "<!DOCTYPE") || strstr (text, "<!ENTITY") || strstr (text, "<!ELEMENT") || strstr (text, "<!ATTLIST")
           || strstr (text, "<!NOTATION");
}

void intake_read_cap (struct bytes body, struct arena *arena, struct intake *ret)
{
    const char *text = arena_copy (arena, (const char *) body.data, body.size);        /* holds no NUL: it is UTF-8 by now */
    const xmlNode *alert;
    xmlDoc *document;

    if (has_forbidden_part (text)) {
        intake_refuse (ret, INTAKE_VERDICT_FORBIDDEN_PART, "a DTD or an entity");
        return;
    }
    if (!encoding_is_utf8 (text)) {
        intake_refuse (ret, INTAKE_VERDICT_NOT_READABLE, "declared as something else than UTF-8");
        return;
    }
    document = xmlReadMemory ((const char *) body.data, (int) body.size, "", "UTF-8",
                              XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
    alert = document ? xmlDocGetRootElement (document) : NULL;
    if (!alert)
        intake_refuse (ret, INTAKE_VERDICT_NOT_READABLE, "not well-formed XML");
    else if (document->intSubset || document->extSubset)
        intake_refuse (ret, INTAKE_VERDICT_FORBIDDEN_PART, "a DTD or an entity");
    else if (depth_of (alert, 1) > INTAKE_DEPTH_MOST)
        intake_refuse (ret, INTAKE_VERDICT_TOO_LARGE, "more than %d levels", INTAKE_DEPTH_MOST);
    else if (read_alert (alert, ret, arena))
        intake_complete (ret, true);
    xmlFreeDoc (document);
    xmlResetLastError ();
}
