/** @file
 * Archives and workbooks for tests, written by libzip from texts.
 */
#ifndef HEDUI_TESTS_XLSX_FILE_H
#define HEDUI_TESTS_XLSX_FILE_H

#include "feed_file.h"

#include <zip.h>

/** One entry of an archive; `length` 0: of the text. */
typedef struct zip_part {
    const char *name, *text;
    size_t length;
} zip_part;

/** Write an archive; parts without a name are left out. Names are written as they are. */
static inline void write_zip(const char *path, const zip_part *parts, size_t count)
{
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    assert_non_null(zip);
    for (size_t i = 0; i < count; i++) {
        if (!parts[i].name)
            continue;
        size_t length = parts[i].length ? parts[i].length : strlen(parts[i].text);
        zip_source_t *source = zip_source_buffer(zip, parts[i].text, length, 0);
        assert_non_null(source);
        assert_true(zip_file_add(zip, parts[i].name, source, ZIP_FL_ENC_GUESS) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
}

#define XLSX_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define XLSX_OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define XLSX_PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

static const char xlsx_root[] =
    "<Relationships xmlns='" XLSX_PACKAGE "'><Relationship Id='rId1' Type='" XLSX_OFFICE
    "/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char xlsx_links[] =
    "<Relationships xmlns='" XLSX_PACKAGE "'>"
    "<Relationship Id='rId1' Type='" XLSX_OFFICE "/worksheet' Target='worksheets/first.xml'/>"
    "<Relationship Id='rId2' Type='" XLSX_OFFICE "/worksheet' Target='/xl/worksheets/second.xml'/>"
    "<Relationship Id='rId3' Type='" XLSX_OFFICE "/styles' Target='styles.xml'/>"
    "<Relationship Id='rId4' Type='" XLSX_OFFICE "/sharedStrings' Target='sharedStrings.xml'/>"
    "</Relationships>";
/* style 1: built-in date; 2: Chinese date; 3: leading zeros; 4: a time; 5: colours and literal d */
static const char xlsx_styles[] =
    "<styleSheet xmlns='" XLSX_MAIN "'><numFmts count='4'>"
    "<numFmt numFmtId='164' formatCode='yyyy\"年\"m\"月\"d\"日\"'/>"
    "<numFmt numFmtId='165' formatCode='000000'/><numFmt numFmtId='166' formatCode='h:mm:ss'/>"
    "<numFmt numFmtId='167' formatCode='[Red]0.00\"d\"\\y'/></numFmts>"
    "<cellStyleXfs count='1'><xf numFmtId='14'/></cellStyleXfs>"
    "<cellXfs count='6'><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/>"
    "<xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='167'/></cellXfs></styleSheet>";

/** What a workbook is made of; NULL: what a usual one has. */
typedef struct workbook_parts {
    const char *rows;   /**< inside sheetData of the first sheet */
    const char *behind; /**< behind sheetData: merged cells */
    const char *second; /**< rows of the second sheet */
    const char *shared; /**< inside sst */
    const char *first_state, *second_state;
    const char *properties; /**< workbookPr and its attributes */
    const char *extra;      /**< name of one part more */
} workbook_parts;

static inline void write_workbook(const char *path, const workbook_parts *parts)
{
    static const char sheet[] = "<x:worksheet xmlns:x='" XLSX_MAIN "'><x:sheetData>%s</x:sheetData>"
                                "%s</x:worksheet>";
    hedui_buffer text[4];
    for (int i = 0; i < 4; i++)
        hedui_buffer_init(&text[i]);
    hedui_buffer_format(&text[0],
                        "<workbook xmlns='" XLSX_MAIN "' xmlns:r='" XLSX_OFFICE "'>%s<sheets>"
                        "<sheet name='数据' sheetId='1' state='%s' r:id='rId1'/>"
                        "<sheet name='旧' sheetId='2' state='%s' r:id='rId2'/></sheets></workbook>",
                        parts->properties ? parts->properties : "",
                        parts->first_state ? parts->first_state : "visible",
                        parts->second_state ? parts->second_state : "visible");
    /* the names of elements with a prefix, as some programs write them */
    hedui_buffer_format(&text[1], "%s", "<worksheet xmlns='" XLSX_MAIN "'><sheetData>");
    hedui_buffer_text(&text[1], parts->rows ? parts->rows : "");
    hedui_buffer_text(&text[1], "</sheetData>");
    hedui_buffer_text(&text[1], parts->behind ? parts->behind : "");
    hedui_buffer_text(&text[1], "</worksheet>");
    hedui_buffer_format(&text[2], sheet, parts->second ? parts->second : "", "");
    hedui_buffer_text(&text[3], "<sst xmlns='" XLSX_MAIN "'>");
    hedui_buffer_text(&text[3], parts->shared ? parts->shared : "");
    hedui_buffer_text(&text[3], "</sst>");
    const zip_part all[] = {{"[Content_Types].xml", "<Types/>", 0},
                            {"_rels/.rels", xlsx_root, 0},
                            {"xl/workbook.xml", text[0].data, 0},
                            {"xl/_rels/workbook.xml.rels", xlsx_links, 0},
                            {"xl/worksheets/first.xml", text[1].data, 0},
                            {"xl/worksheets/second.xml", text[2].data, 0},
                            {"xl/styles.xml", xlsx_styles, 0},
                            {"xl/sharedStrings.xml", text[3].data, 0},
                            {parts->extra, "x", 1}};
    write_zip(path, all, sizeof all / sizeof *all);
    for (int i = 0; i < 4; i++)
        hedui_buffer_free(&text[i]);
}

#endif
