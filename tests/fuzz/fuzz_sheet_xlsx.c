/* Any bytes as a workbook. The first byte chooses: the rest is the archive itself, or, past the
 * checks that an archive would fail first, the parts of a sound one: rows, shared texts, styles and
 * workbook, divided by bytes of 1. What is read must keep what the reader promises. */
#include "sheet/xlsx.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(int condition)
{
    if (!condition)
        abort();
}

static hedui_status look(void *context, const hedui_xlsx_row *row, hedui_err *err)
{
    uint32_t *last = context;
    (void)err;
    need(row->number > *last && row->count && row->count <= HEDUI_XLSX_COLUMNS);
    *last = row->number;
    for (uint32_t i = 0; i < row->count; i++) {
        const hedui_xlsx_cell *cell = &row->cells[i];
        need(!i || cell->column > row->cells[i - 1].column);
        need(cell->column < HEDUI_XLSX_COLUMNS && (cell->text.length || cell->pending));
        need(cell->text.length <= HEDUI_XLSX_ROW);
        for (size_t k = 0; k < cell->text.length; k++)
            need(cell->text.at[k] != '\0');
    }
    return HEDUI_OK;
}

static void add(zip_t *zip, const char *name, const char *text, size_t length)
{
    zip_source_t *source = zip_source_buffer(zip, text, length, 0);
    need(source && zip_file_add(zip, name, source, 0) >= 0);
    need(zip_set_file_compression(zip, (zip_uint64_t)zip_get_num_entries(zip, 0) - 1, ZIP_CM_STORE,
                                  0) == 0);
}

#define KIND "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static const char root[] = "<R><Relationship Id='a' Type='" KIND "officeDocument' Target='w.xml'/>"
                           "</R>";
static const char links[] = "<R><Relationship Id='a' Type='" KIND "worksheet' Target='s.xml'/>"
                            "<Relationship Id='b' Type='" KIND "styles' Target='t.xml'/>"
                            "<Relationship Id='c' Type='" KIND "sharedStrings' Target='u.xml'/>"
                            "</R>";

/* The parts as an archive in `fd`. */
static void build(int fd, const char *data, size_t size)
{
    static const char *const names[] = {"s.xml", "u.xml", "t.xml", "w.xml"};
    static const char workbook[] = "<w><sheet name='s' id='a'/></w>";
    char path[64];
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, &error);
    need(out != NULL);
    zip_source_keep(out);
    zip_t *zip = zip_open_from_source(out, ZIP_TRUNCATE, &error);
    need(zip != NULL);
    add(zip, "[Content_Types].xml", "<T/>", 4);
    add(zip, "_rels/.rels", root, sizeof root - 1);
    add(zip, "_rels/w.xml.rels", links, sizeof links - 1);
    for (int i = 0; i < 4; i++) {
        const char *end = size ? memchr(data, 1, size) : NULL;
        size_t length = end ? (size_t)(end - data) : size;
        if (i == 3 && !length)
            add(zip, names[i], workbook, sizeof workbook - 1);
        else
            add(zip, names[i], data, length);
        length += end != NULL;
        data += length;
        size -= length;
    }
    need(zip_close(zip) == 0 && zip_source_open(out) == 0);
    for (zip_int64_t got; (got = zip_source_read(out, path, sizeof path)) > 0;)
        need(write(fd, path, (size_t)got) == got);
    (void)zip_source_close(out);
    zip_source_free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_zip *zip = NULL;
    hedui_xlsx *xlsx = NULL;
    int fd = memfd_create("book", MFD_CLOEXEC);
    need(arena && fd >= 0);
    if (size && data[0] == 'P')
        need(write(fd, data, size) == (ssize_t)size);
    else if (size)
        build(fd, (const char *)data + 1, size - 1);
    hedui_status status = hedui_zip_open(&zip, fd, "book", arena, NULL);
    if (status == HEDUI_OK)
        status = hedui_xlsx_open(&xlsx, zip, "book", 1 << 20, arena, NULL);
    if (status == HEDUI_OK) {
        uint32_t count, last = 0;
        hedui_xlsx_sink sink = {look, NULL, &last};
        (void)hedui_xlsx_sheets(xlsx, &count);
        for (uint32_t i = 0; i < count && i < 4; i++, last = 0)
            (void)hedui_xlsx_read(xlsx, i, &sink, NULL);
    }
    hedui_xlsx_close(xlsx);
    hedui_zip_close(zip);
    (void)close(fd);
    hedui_arena_close(arena);
    return 0;
}
