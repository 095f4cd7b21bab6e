/* cap_table.c - see cap_table.h. */
#include "cap_table.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct cap_part pair[] = { { "valueName", true, false, CAP_ANY, NULL, NULL }, { "value", true, false, CAP_ANY, NULL, NULL },
                                        { 0 } };

static const struct cap_part resource[] = {
    { "resourceDesc", true, false, CAP_ANY, NULL, NULL },  { "mimeType", true, false, CAP_ANY, NULL, NULL },
    { "size", false, false, CAP_INTEGER, NULL, NULL },     { "uri", false, false, CAP_URI, NULL, NULL },
    { "derefUri", false, false, CAP_ANY, NULL, NULL },     { "digest", false, false, CAP_ANY, NULL, NULL },
    { 0 },
};

static const struct cap_part area[] = {
    { "areaDesc", true, false, CAP_ANY, NULL, NULL },      { "polygon", false, true, CAP_ANY, NULL, NULL },
    { "circle", false, true, CAP_ANY, NULL, NULL },        { "geocode", false, true, CAP_PARTS, NULL, pair },
    { "altitude", false, false, CAP_DECIMAL, NULL, NULL }, { "ceiling", false, false, CAP_DECIMAL, NULL, NULL },
    { 0 },
};

static const struct cap_part info[] = {
    { "language", false, false, CAP_LANGUAGE, NULL, NULL },
    { "category", true, true, CAP_CHOICE, " Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other ", NULL },
    { "event", true, false, CAP_ANY, NULL, NULL },
    { "responseType", false, true, CAP_CHOICE, " Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None ", NULL },
    { "urgency", true, false, CAP_CHOICE, " Immediate Expected Future Past Unknown ", NULL },
    { "severity", true, false, CAP_CHOICE, " Extreme Severe Moderate Minor Unknown ", NULL },
    { "certainty", true, false, CAP_CHOICE, " Observed Likely Possible Unlikely Unknown ", NULL },
    { "audience", false, false, CAP_ANY, NULL, NULL },
    { "eventCode", false, true, CAP_PARTS, NULL, pair },
    { "effective", false, false, CAP_TIME, NULL, NULL },
    { "onset", false, false, CAP_TIME, NULL, NULL },
    { "expires", false, false, CAP_TIME, NULL, NULL },
    { "senderName", false, false, CAP_ANY, NULL, NULL },
    { "headline", false, false, CAP_ANY, NULL, NULL },
    { "description", false, false, CAP_ANY, NULL, NULL },
    { "instruction", false, false, CAP_ANY, NULL, NULL },
    { "web", false, false, CAP_URI, NULL, NULL },
    { "contact", false, false, CAP_ANY, NULL, NULL },
    { "parameter", false, true, CAP_PARTS, NULL, pair },
    { "resource", false, true, CAP_PARTS, NULL, resource },
    { "area", false, true, CAP_PARTS, NULL, area },
    { 0 },
};

const struct cap_part cap_alert[] = {
    { "identifier", true, false, CAP_ANY, NULL, NULL },
    { "sender", true, false, CAP_ANY, NULL, NULL },
    { "sent", true, false, CAP_TIME, NULL, NULL },
    { "status", true, false, CAP_CHOICE, " Actual Exercise System Test Draft ", NULL },
    { "msgType", true, false, CAP_CHOICE, " Alert Update Cancel Ack Error ", NULL },
    { "source", false, false, CAP_ANY, NULL, NULL },
    { "scope", true, false, CAP_CHOICE, " Public Restricted Private ", NULL },
    { "restriction", false, false, CAP_ANY, NULL, NULL },
    { "addresses", false, false, CAP_ANY, NULL, NULL },
    { "code", false, true, CAP_ANY, NULL, NULL },
    { "note", false, false, CAP_ANY, NULL, NULL },
    { "references", false, false, CAP_ANY, NULL, NULL },
    { "incidents", false, false, CAP_ANY, NULL, NULL },
    { "info", false, true, CAP_PARTS, NULL, info },
    { 0 },
};

static int days_in (int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return days[month - 1] + (month == 2 && (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)));
}

/* xs:dateTime lets 24:00:00 pass for the next midnight; nobody means it, and the difference is a day. */
bool cap_is_time (const char *text)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:ddsdd:dd";
    int year, month, day, hour, minute, second, offset_hour, offset_minute;
    char sign;

    if (strlen (text) != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? !isdigit ((unsigned char) text[i])
            : shape[i] == 's' ? text[i] != '+' && text[i] != '-' : text[i] != shape[i])
            return false;
    if (sscanf (text, "%4d-%2d-%2dT%2d:%2d:%2d%c%2d:%2d", &year, &month, &day, &hour, &minute, &second, &sign, &offset_hour,
                &offset_minute) != 9)
        return false;
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days_in (year, month) && hour <= 23 && minute <= 59
           && second <= 59 && offset_hour * 60 + offset_minute <= 14 * 60 && offset_minute <= 59;
}

static bool is_number (const char *text, bool fraction)
{
    size_t digits, more = 0;

    text += *text == '-' || *text == '+';
    digits = strspn (text, "0123456789");
    text += digits;
    if (fraction && *text == '.') {
        more = strspn (text + 1, "0123456789");
        text += 1 + more;
    }
    return digits + more > 0 && !*text;
}

/* xs:language: [a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})* */
static bool is_language (const char *text)
{
    for (bool first = true;; first = false) {
        size_t size = 0;

        while (isascii ((unsigned char)text[size])
               && (isalpha ((unsigned char)text[size]) || (!first && isdigit ((unsigned char)text[size]))))
            size++;
        if (size < 1 || size > 8)
            return false;
        text += size;
        if (!*text)
            return true;
        if (*text++ != '-')
            return false;
    }
}

static bool is_choice (const char *choices, const char *text)
{
    char wanted[40];

    return *text && !strchr (text, ' ') && strlen (text) < sizeof wanted - 2
           && snprintf (wanted, sizeof wanted, " %s ", text) > 0 && strstr (choices, wanted) != NULL;
}

bool cap_text_fits (const struct cap_part *part, const char *text)
{
    switch (part->text) {
    case CAP_TIME: return cap_is_time (text);
    case CAP_CHOICE: return is_choice (part->choices, text);
    case CAP_LANGUAGE: return is_language (text);
    case CAP_INTEGER: return is_number (text, false);
    case CAP_DECIMAL: return is_number (text, true);
    case CAP_URI: return strpbrk (text, " <>\"{}|\\^`") == NULL;
    case CAP_ANY:
    case CAP_PARTS: return true;
    }
    return false;
}
