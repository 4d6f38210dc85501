/** @file
 * Members of JSON documents that several reports have in common: what is not known is null.
 */
#ifndef HEDUI_REPORT_MEMBER_H
#define HEDUI_REPORT_MEMBER_H

#include <hedui/digest.h>
#include <hedui/json.h>
#include <hedui/span.h>

/** 64 hexadecimal digits; null for a digest of zeros. */
void hedui_report_member_digest(hedui_json *json, const char *key, const hedui_digest *digest);

/** YYYY-MM-DD; null for a day outside the calendar. */
void hedui_report_member_date(hedui_json *json, const char *key, int32_t day);

/** Null for INT64_MIN. */
void hedui_report_member_number(hedui_json *json, const char *key, int64_t number);

/** Null for an empty text. */
void hedui_report_member_text(hedui_json *json, const char *key, hedui_span text);

#endif
