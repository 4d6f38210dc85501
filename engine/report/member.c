/* Members of JSON documents: what is not known is null. */
#include "report/member.h"

#include <hedui/date.h>

void hedui_report_member_digest(hedui_json *json, const char *key, const hedui_digest *digest)
{
    static const hedui_digest none;
    char hex[HEDUI_DIGEST_HEX];
    if (memcmp(digest, &none, sizeof none) == 0) {
        hedui_json_member_null(json, key);
        return;
    }
    hedui_digest_hex(hex, digest);
    hedui_json_member_text(json, key, hedui_span_of(hex));
}

void hedui_report_member_date(hedui_json *json, const char *key, int32_t day)
{
    char text[HEDUI_DATE_TEXT];
    if (day < HEDUI_DATE_MIN || day > HEDUI_DATE_MAX) {
        hedui_json_member_null(json, key);
        return;
    }
    hedui_date_print(text, day);
    hedui_json_member_text(json, key, hedui_span_of(text));
}

void hedui_report_member_number(hedui_json *json, const char *key, int64_t number)
{
    if (number == INT64_MIN)
        hedui_json_member_null(json, key);
    else
        hedui_json_member_number(json, key, number);
}

void hedui_report_member_text(hedui_json *json, const char *key, hedui_span text)
{
    if (text.length)
        hedui_json_member_text(json, key, text);
    else
        hedui_json_member_null(json, key);
}
