/* Values as text: as the language writes them (print) and as people read them (show). */
#include "cel/internal.h"

#include <hedui/date.h>

static void quoted(hedui_buffer *out, hedui_span text, int bytes)
{
    static const char from[] = "\a\b\f\n\r\t\v\\\"", to[] = "abfnrtv\\\"";
    hedui_buffer_text(out, bytes ? "b\"" : "\"");
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        const char *special = c ? strchr(from, c) : NULL;
        if (special) {
            hedui_buffer_byte(out, '\\');
            hedui_buffer_byte(out, to[special - from]);
        } else if (c < 0x20 || c == 0x7F || (bytes && c > 0x7F)) {
            hedui_buffer_format(out, "\\x%02x", c);
        } else {
            hedui_buffer_byte(out, (char)c);
        }
    }
    hedui_buffer_byte(out, '"');
}

static void date(hedui_buffer *out, int32_t day)
{
    char text[HEDUI_DATE_TEXT];
    hedui_date_print(text, day);
    hedui_buffer_text(out, text);
}

static void month(hedui_buffer *out, int32_t number)
{
    hedui_buffer_format(out, "%04d-%02d", number / 12, number % 12 + 1);
}

static void period(hedui_buffer *out, value v)
{
    if (v.as.period.first != HEDUI_CEL_NO_PERIOD_DAY) {
        date(out, v.as.period.first);
        hedui_buffer_byte(out, '/');
        date(out, v.as.period.last);
        return;
    }
    hedui_buffer_byte(out, 'P');
    if (v.as.period.months || !v.as.period.days)
        hedui_buffer_format(out, "%dM", v.as.period.months);
    if (v.as.period.days)
        hedui_buffer_format(out, "%dD", v.as.period.days);
}

static void print_double(hedui_buffer *out, double number)
{
    size_t before = out->length;
    hedui_cel_double_print(out, number);
    for (size_t i = before; i < out->length; i++)
        if (out->data[i] != '-' && (out->data[i] < '0' || out->data[i] > '9'))
            return;
    hedui_buffer_text(out, ".0");
}

static void print_items(hedui_buffer *out, value v)
{
    hedui_buffer_byte(out, v.kind == HEDUI_CEL_LIST ? '[' : '{');
    for (uint32_t i = 0; i < v.count; i++) {
        if (i)
            hedui_buffer_text(out, ", ");
        if (v.kind == HEDUI_CEL_LIST) {
            hedui_cel_value_print(out, v.as.items[i]);
            continue;
        }
        hedui_cel_value_print(out, v.as.entries[i].key);
        hedui_buffer_text(out, ": ");
        hedui_cel_value_print(out, v.as.entries[i].value);
    }
    hedui_buffer_byte(out, v.kind == HEDUI_CEL_LIST ? ']' : '}');
}

static void in_call(hedui_buffer *out, const char *name, value v,
                    void (*body)(hedui_buffer *out, value v))
{
    hedui_buffer_text(out, name);
    hedui_buffer_text(out, "(\"");
    body(out, v);
    hedui_buffer_text(out, "\")");
}

static void show_day(hedui_buffer *out, value v)
{
    if (v.kind == HEDUI_CEL_DATE)
        date(out, v.as.day);
    else
        month(out, v.as.day);
}

static void print_row(hedui_buffer *out, value v)
{
    hedui_buffer_add(out, v.as.row.type->name);
    hedui_buffer_format(out, "#%u", v.count);
}

void hedui_cel_value_print(hedui_buffer *out, value v)
{
    switch ((hedui_cel_kind)v.kind) {
    case HEDUI_CEL_NULL:
        hedui_buffer_text(out, "null");
        break;
    case HEDUI_CEL_BOOL:
        hedui_buffer_text(out, v.as.boolean ? "true" : "false");
        break;
    case HEDUI_CEL_INT:
        hedui_buffer_format(out, "%lld", (long long)v.as.number);
        break;
    case HEDUI_CEL_UINT:
        hedui_buffer_format(out, "%lluu", (unsigned long long)v.as.natural);
        break;
    case HEDUI_CEL_DOUBLE:
        print_double(out, v.as.real);
        break;
    case HEDUI_CEL_STRING:
    case HEDUI_CEL_BYTES:
        quoted(out, v.as.text, v.kind == HEDUI_CEL_BYTES);
        break;
    case HEDUI_CEL_TIMESTAMP:
        in_call(out, "timestamp", v, hedui_cel_timestamp_text);
        break;
    case HEDUI_CEL_DURATION:
        in_call(out, "duration", v, hedui_cel_duration_text);
        break;
    case HEDUI_CEL_TYPE:
        hedui_buffer_add(out, v.as.type->name);
        break;
    case HEDUI_CEL_LIST:
    case HEDUI_CEL_MAP:
        print_items(out, v);
        break;
    case HEDUI_CEL_OPTIONAL:
        hedui_buffer_text(out, v.as.inner ? "optional.of(" : "optional.none(");
        if (v.as.inner)
            hedui_cel_value_print(out, *v.as.inner);
        hedui_buffer_byte(out, ')');
        break;
    case HEDUI_CEL_DECIMAL:
        in_call(out, "dec", v, hedui_cel_decimal_text);
        break;
    case HEDUI_CEL_DATE:
        in_call(out, "date", v, show_day);
        break;
    case HEDUI_CEL_MONTH:
        in_call(out, "month", v, show_day);
        break;
    case HEDUI_CEL_PERIOD:
        in_call(out, "period", v, period);
        break;
    case HEDUI_CEL_RECORD:
        print_row(out, v);
        break;
    case HEDUI_CEL_CODE:
        quoted(out, v.as.row.type->codes->codes[v.count], 0);
        break;
    case HEDUI_CEL_ERROR:
        hedui_buffer_text(out, "error");
        break;
    case HEDUI_CEL_UNKNOWN:
        hedui_buffer_text(out, "unknown");
        break;
    case HEDUI_CEL_LAZY:
    case HEDUI_CEL_DYN:
    case HEDUI_CEL_PARAM:
    case HEDUI_CEL_ABSTRACT:
        hedui_buffer_text(out, "?");
        break;
    }
}

static void show_list(hedui_buffer *out, value v)
{
    for (uint32_t i = 0; i < v.count; i++) {
        if (i)
            hedui_buffer_text(out, "、");
        hedui_cel_value_show(out, v.as.items[i]);
    }
}

static void show_code(hedui_buffer *out, value v)
{
    const hedui_cel_codes *codes = v.as.row.type->codes;
    hedui_buffer_add(out, codes->labels ? codes->labels[v.count] : codes->codes[v.count]);
}

void hedui_cel_value_show(hedui_buffer *out, value v)
{
    if (v.kind == HEDUI_CEL_OPTIONAL && v.as.inner)
        hedui_cel_value_show(out, *v.as.inner);
    else if (hedui_cel_undetermined(v) || v.kind == HEDUI_CEL_NULL || v.kind == HEDUI_CEL_OPTIONAL)
        hedui_buffer_text(out, "不详");
    else if (v.kind == HEDUI_CEL_STRING)
        hedui_buffer_add(out, v.as.text);
    else if (v.kind == HEDUI_CEL_BOOL)
        hedui_buffer_text(out, v.as.boolean ? "是" : "否");
    else if (v.kind == HEDUI_CEL_UINT)
        hedui_buffer_format(out, "%llu", (unsigned long long)v.as.natural);
    else if (v.kind == HEDUI_CEL_DOUBLE)
        hedui_cel_double_print(out, v.as.real);
    else if (v.kind == HEDUI_CEL_DECIMAL)
        hedui_cel_decimal_text(out, v);
    else if (v.kind == HEDUI_CEL_DATE || v.kind == HEDUI_CEL_MONTH)
        show_day(out, v);
    else if (v.kind == HEDUI_CEL_PERIOD)
        period(out, v);
    else if (v.kind == HEDUI_CEL_CODE)
        show_code(out, v);
    else if (v.kind == HEDUI_CEL_LIST)
        show_list(out, v);
    else if (v.kind == HEDUI_CEL_TIMESTAMP)
        hedui_cel_timestamp_text(out, v);
    else if (v.kind == HEDUI_CEL_DURATION)
        hedui_cel_duration_text(out, v);
    else
        hedui_cel_value_print(out, v);
}
