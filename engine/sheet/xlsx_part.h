/** @file
 * The inside of a workbook being read, shared by the sources of its parts.
 */
#ifndef HEDUI_SHEET_XLSX_PART_H
#define HEDUI_SHEET_XLSX_PART_H

#include "sheet/xlsx.h"
#include "sheet/xml.h"

#include <hedui/buffer.h>

enum { HEDUI_XLSX_LINKS = 1024, HEDUI_XLSX_FORMATS = 65536, HEDUI_XLSX_CODES = 4096 };

/** Where a part named in another stands. */
typedef struct hedui_xlsx_link {
    hedui_span id, target;
} hedui_xlsx_link;

struct hedui_xlsx {
    const char *name;
    hedui_zip *zip;
    hedui_arena *arena;
    hedui_span workbook;                     /**< name of its part */
    hedui_span styles_part, strings_part;    /**< empty: there is none */
    hedui_xlsx_link links[HEDUI_XLSX_LINKS]; /**< of worksheets */
    uint32_t link_count;
    hedui_xlsx_sheet sheets[HEDUI_XLSX_SHEETS];
    hedui_span sheet_parts[HEDUI_XLSX_SHEETS]; /**< empty: a chart or the like */
    uint32_t sheet_count;
    int since_1904;
    uint8_t formats[HEDUI_XLSX_FORMATS]; /**< by cell style, see hedui_xlsx_format */
    uint32_t format_count;
    size_t shared_limit;
    hedui_buffer shared, shared_ends; /**< texts, and the end of each as 4 bytes */
    uint32_t shared_count;
    int shared_read;
};

/** Read the styles: what each does to a number. */
hedui_status hedui_xlsx_read_styles(hedui_xlsx *xlsx, hedui_err *err);

/** Read the shared texts, once. HEDUI_E2219 beyond the limit. */
hedui_status hedui_xlsx_read_shared(hedui_xlsx *xlsx, hedui_err *err);

/** The shared text of a number. @return 1, or 0 if there is none. */
int hedui_xlsx_shared(hedui_span *text, const hedui_xlsx *xlsx, uint32_t index);

/** Undo what the format does to characters that XML cannot hold (_x000D_), in the text of `buffer`
 * from `from` on. Source: ECMA-376 part 1, 22.9.2.19. */
void hedui_xlsx_unescape(hedui_buffer *buffer, size_t from);

/** A number of digits only. @return 1 and the number, or 0 (also beyond 32 bits, and for NULL). */
int hedui_xlsx_index(uint32_t *number, const char *text);

/** The part `name` must exist: E2216. */
hedui_status hedui_xlsx_part(const hedui_zip_entry **part, const hedui_xlsx *xlsx, hedui_span name,
                             hedui_err *err);

/** HEDUI_E2238. */
hedui_status hedui_xlsx_too_many(const hedui_xlsx *xlsx, const char *what, hedui_err *err);

#endif
