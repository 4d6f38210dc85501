/* Names on tabs. Excel takes 31 UTF-16 units without []:*?/\\, no apostrophe at either end, no name
 * twice whatever its case, and keeps "History" for itself. */
#include "report/workbook_look.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { TAB_UNITS = 31, TAB_BYTES = 128 };

/* The length of `name` in bytes that take no more than `units` UTF-16 units. */
static size_t fit(const char *name, size_t units)
{
    size_t length = 0, used = 0;
    while (name[length]) {
        unsigned char lead = (unsigned char)name[length];
        size_t width = lead >= 0xF0 ? 2 : 1, bytes = lead < 0x80   ? 1
                                                     : lead < 0xE0 ? 2
                                                     : lead < 0xF0 ? 3
                                                                   : 4;
        if (used + width > units)
            break;
        used += width;
        for (size_t i = 0; i < bytes && name[length]; i++)
            length++;
    }
    return length;
}

static int is_reserved(const char *tab)
{
    return strcasecmp(tab, "_hedui") == 0 || strcmp(tab, "字典") == 0; /* added at the end */
}

lxw_worksheet *hedui_workbook_tab(lxw_workbook *file, const char *name)
{
    char clean[TAB_BYTES], tab[TAB_BYTES];
    size_t length = fit(name, TAB_UNITS);
    if (length >= sizeof clean)
        length = sizeof clean - 1;
    for (size_t i = 0; i < length; i++)
        clean[i] = (char)(strchr("[]:*?/\\'", name[i]) ? '_' : name[i]);
    clean[length] = '\0';
    if (!length)
        (void)snprintf(clean, sizeof clean, "表");
    if (strcasecmp(clean, "History") == 0)
        (void)snprintf(clean, sizeof clean, "History_");
    (void)snprintf(tab, sizeof tab, "%s", clean);
    for (int n = 2; n < 1000; n++) {
        if (!is_reserved(tab) && workbook_validate_sheet_name(file, tab) == LXW_NO_ERROR)
            break;
        char number[8];
        int digits = snprintf(number, sizeof number, "(%d)", n);
        (void)snprintf(tab, sizeof tab, "%.*s%s", (int)fit(clean, TAB_UNITS - (size_t)digits),
                       clean, number);
    }
    return workbook_add_worksheet(file, tab);
}
