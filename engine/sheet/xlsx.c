/* From the archive to the list of sheets. Parts are found through the links that name them, never
 * by the names that one program happens to give them. */
#include "sheet/xlsx_part.h"

#include "sheet/xlsx_number.h"

int hedui_xlsx_index(uint32_t *number, const char *text)
{
    uint64_t n = 0;
    if (!text || !*text)
        return 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || n > UINT32_MAX)
            return 0;
        n = n * 10 + (uint64_t)(*text - '0');
    }
    if (n > UINT32_MAX)
        return 0;
    *number = (uint32_t)n;
    return 1;
}

hedui_status hedui_xlsx_part(const hedui_zip_entry **part, const hedui_xlsx *xlsx, hedui_span name,
                             hedui_err *err)
{
    const hedui_zip_entry *found = hedui_zip_find(xlsx->zip, name);
    if (!found)
        return hedui_fail(err, HEDUI_E2216, hedui_place_none(), HEDUI_ARG_TEXT(xlsx->name),
                          HEDUI_ARG_SPAN(name));
    *part = found;
    return HEDUI_OK;
}

hedui_status hedui_xlsx_too_many(const hedui_xlsx *xlsx, const char *what, hedui_err *err)
{
    return hedui_fail(err, HEDUI_E2238, hedui_place_none(), HEDUI_ARG_TEXT(xlsx->name),
                      HEDUI_ARG_TEXT(what));
}

static int ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), with = strlen(end);
    return length >= with && strcmp(text + length - with, end) == 0;
}

/* `target` as named in the part `of`: from the root with a slash, else from the part's folder. */
static hedui_span resolve(const hedui_xlsx *xlsx, hedui_span of, const char *target)
{
    hedui_buffer path;
    hedui_buffer_init(&path);
    if (target[0] == '/') {
        target++;
    } else {
        while (of.length && of.at[of.length - 1] != '/')
            of.length--;
        while (strncmp(target, "../", 3) == 0 && of.length) {
            target += 3;
            for (of.length--; of.length && of.at[of.length - 1] != '/';)
                of.length--;
        }
        hedui_buffer_add(&path, of);
    }
    hedui_buffer_text(&path, target);
    return hedui_buffer_keep(&path, xlsx->arena);
}

static hedui_status on_root_link(void *context, const char *name, const char *const *attributes,
                                 hedui_err *err)
{
    hedui_xlsx *xlsx = context;
    const char *type = hedui_xml_attribute(attributes, "Type");
    const char *target = hedui_xml_attribute(attributes, "Target");
    (void)err;
    if (strcmp(name, "Relationship") == 0 && type && target && !xlsx->workbook.length &&
        ends_in(type, "/officeDocument"))
        xlsx->workbook = resolve(xlsx, hedui_span_of(""), target);
    return HEDUI_OK;
}

static hedui_status on_link(void *context, const char *name, const char *const *attributes,
                            hedui_err *err)
{
    hedui_xlsx *xlsx = context;
    const char *type = hedui_xml_attribute(attributes, "Type");
    const char *target = hedui_xml_attribute(attributes, "Target");
    const char *id = hedui_xml_attribute(attributes, "Id");
    if (strcmp(name, "Relationship") != 0 || !type || !target || !id)
        return HEDUI_OK;
    if (ends_in(type, "/styles")) {
        xlsx->styles_part = resolve(xlsx, xlsx->workbook, target);
    } else if (ends_in(type, "/sharedStrings")) {
        xlsx->strings_part = resolve(xlsx, xlsx->workbook, target);
    } else if (ends_in(type, "/worksheet")) {
        if (xlsx->link_count == HEDUI_XLSX_LINKS)
            return hedui_xlsx_too_many(xlsx, "Relationship", err);
        hedui_xlsx_link *link = &xlsx->links[xlsx->link_count++];
        link->id = hedui_arena_copy(xlsx->arena, hedui_span_of(id));
        link->target = resolve(xlsx, xlsx->workbook, target);
        if (!link->id.at || !link->target.at)
            return hedui_fail_memory(err);
    }
    return HEDUI_OK;
}

static hedui_status on_workbook(void *context, const char *name, const char *const *attributes,
                                hedui_err *err)
{
    hedui_xlsx *xlsx = context;
    if (strcmp(name, "workbookPr") == 0)
        xlsx->since_1904 = hedui_xml_is_true(hedui_xml_attribute(attributes, "date1904"));
    if (strcmp(name, "sheet") != 0)
        return HEDUI_OK;
    if (xlsx->sheet_count == HEDUI_XLSX_SHEETS)
        return hedui_xlsx_too_many(xlsx, "sheet", err);
    const char *title = hedui_xml_attribute(attributes, "name");
    const char *state = hedui_xml_attribute(attributes, "state");
    const char *id = hedui_xml_attribute(attributes, "id");
    uint32_t i = xlsx->sheet_count++;
    xlsx->sheets[i].name = hedui_arena_copy(xlsx->arena, hedui_span_of(title));
    xlsx->sheets[i].hidden = state && strcmp(state, "visible") != 0;
    xlsx->sheet_parts[i] = hedui_span_of("");
    for (uint32_t k = 0; id && k < xlsx->link_count; k++)
        if (hedui_span_is(xlsx->links[k].id, id))
            xlsx->sheet_parts[i] = xlsx->links[k].target;
    return xlsx->sheets[i].name.at ? HEDUI_OK : hedui_fail_memory(err);
}

static hedui_status read_part(hedui_xlsx *xlsx, hedui_span name,
                              hedui_status (*start)(void *, const char *, const char *const *,
                                                    hedui_err *),
                              hedui_err *err)
{
    const hedui_zip_entry *part = NULL;
    hedui_xml_reader reader = {.start = start, .context = xlsx};
    hedui_status status = hedui_xlsx_part(&part, xlsx, name, err);
    return status ? status : hedui_xml_read(&reader, xlsx->zip, part, xlsx->name, err);
}

/* "xl/workbook.xml" has its links in "xl/_rels/workbook.xml.rels". */
static hedui_status read_links(hedui_xlsx *xlsx, hedui_err *err)
{
    hedui_buffer path;
    hedui_span of = xlsx->workbook;
    size_t folder = of.length;
    while (folder && of.at[folder - 1] != '/')
        folder--;
    hedui_buffer_init(&path);
    hedui_buffer_add(&path, (hedui_span){of.at, folder});
    hedui_buffer_text(&path, "_rels/");
    hedui_buffer_add(&path, (hedui_span){of.at + folder, of.length - folder});
    hedui_buffer_text(&path, ".rels");
    hedui_status status = hedui_buffer_failed(&path)
                              ? hedui_fail_memory(err)
                              : read_part(xlsx, hedui_buffer_span(&path), on_link, err);
    hedui_buffer_free(&path);
    return status;
}

/* Macros and the binary form are told by the parts they bring. */
static hedui_status check_kind(const hedui_xlsx *xlsx, hedui_err *err)
{
    uint32_t count;
    const hedui_zip_entry *entries = hedui_zip_entries(xlsx->zip, &count);
    for (uint32_t i = 0; i < count; i++) {
        hedui_span name = entries[i].name;
        if (name.length >= 14 && memcmp(name.at + name.length - 14, "vbaProject.bin", 14) == 0)
            return hedui_fail(err, HEDUI_E2204, hedui_place_none(), HEDUI_ARG_TEXT(xlsx->name));
        if (hedui_span_is(name, "xl/workbook.bin"))
            return hedui_fail(err, HEDUI_E2205, hedui_place_none(), HEDUI_ARG_TEXT(xlsx->name));
    }
    return HEDUI_OK;
}

hedui_status hedui_xlsx_open(hedui_xlsx **xlsx, hedui_zip *zip, const char *name,
                             size_t shared_bytes, hedui_arena *arena, hedui_err *err)
{
    hedui_xlsx *opened = hedui_arena_take(arena, sizeof *opened);
    if (!opened)
        return hedui_fail_memory(err);
    opened->name = name;
    opened->zip = zip;
    opened->arena = arena;
    opened->shared_limit = shared_bytes ? shared_bytes : HEDUI_XLSX_SHARED;
    hedui_status status = check_kind(opened, err);
    if (status == HEDUI_OK)
        status = read_part(opened, hedui_span_of("_rels/.rels"), on_root_link, err);
    if (status == HEDUI_OK && !opened->workbook.length)
        status = hedui_fail(err, HEDUI_E2216, hedui_place_none(), HEDUI_ARG_TEXT(name),
                            HEDUI_ARG_TEXT("officeDocument"));
    if (status == HEDUI_OK)
        status = read_links(opened, err);
    if (status == HEDUI_OK)
        status = read_part(opened, opened->workbook, on_workbook, err);
    if (status == HEDUI_OK)
        status = hedui_xlsx_read_styles(opened, err);
    if (status == HEDUI_OK)
        *xlsx = opened;
    return status;
}

void hedui_xlsx_close(hedui_xlsx *xlsx)
{
    if (!xlsx)
        return;
    hedui_buffer_free(&xlsx->shared);
    hedui_buffer_free(&xlsx->shared_ends);
}

const hedui_xlsx_sheet *hedui_xlsx_sheets(const hedui_xlsx *xlsx, uint32_t *count)
{
    *count = xlsx->sheet_count;
    return xlsx->sheets;
}

static hedui_status any_row(void *context, const hedui_xlsx_row *row, hedui_err *err)
{
    (void)row;
    (void)err;
    *(int *)context = 0;
    return HEDUI_XML_ENOUGH;
}

hedui_status hedui_xlsx_is_empty(int *empty, hedui_xlsx *xlsx, uint32_t sheet, hedui_err *err)
{
    int none = 1;
    hedui_xlsx_sink sink = {any_row, NULL, &none};
    hedui_status status = hedui_xlsx_read(xlsx, sheet, &sink, err);
    if (status == HEDUI_OK)
        *empty = none;
    return status;
}
