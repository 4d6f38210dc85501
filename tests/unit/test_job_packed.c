/* A department that sends a workbook instead of its export: packed, it gives the same night. The
 * workbook is written here from the export, with a reader of its own, by libzip. */
#include "county.h"
#include "xlsx_file.h"

#include <hedui/feed_pack.h>
#include <hedui/file.h>
#include <hedui/job.h>

#include <string.h>

static hedui_job_outcome night(const county *w)
{
    const hedui_workspace *workspace = county_workspace(w);
    hedui_job_options options = {.as_of = w->as_of, .threads = 2};
    hedui_job_outcome outcome = {.exit_code = 0};
    (void)unlink(county_path(w, "hedui.db"));
    (void)unlink(county_path(w, "hedui.db-wal"));
    (void)unlink(county_path(w, "hedui.db-shm"));
    assert_int_equal(hedui_job_run(&outcome, workspace, &options, w->arena, NULL, NULL), HEDUI_OK);
    return outcome;
}

/* The text of an export, which is in UTF-8. */
static char *text_of(const county *w, const char *name)
{
    enum { MOST = 1 << 21 };
    gzFile file = gzopen(county_path(w, name), "rb");
    char *text = hedui_arena_take(w->arena, MOST);
    size_t used = 0;
    assert_non_null(file);
    for (int got; (got = gzread(file, text + used, (unsigned)(MOST - used))) > 0;)
        used += (size_t)got;
    (void)gzclose(file);
    assert_true(used < MOST);
    return text;
}

/* 2014-06-01 as a spreadsheet counts days; 0 for anything else. */
static int serial_of(const char *cell)
{
    int32_t day;
    int y, m, d, used = 0;
    if (strlen(cell) != 10 || sscanf(cell, "%4d-%2d-%2d%n", &y, &m, &d, &used) != 3 || used != 10 ||
        y < 1901 || !hedui_date_from_civil(&day, y, m, d))
        return 0;
    return day + 25569; /* 1970-01-01 */
}

/* Digits with two behind the point, as a program would hold them: without zeros that say nothing.
 */
static int is_amount(const char *cell)
{
    size_t digits = strspn(cell, "0123456789"), length = strlen(cell);
    return digits && digits < 8 && (cell[0] != '0' || digits == 1) && length == digits + 3 &&
           cell[digits] == '.' && strspn(cell + digits + 1, "0123456789") == 2;
}

typedef struct tally {
    uint32_t texts, dates, amounts, rows;
} tally;

static void put_cell(hedui_buffer *out, const char *cell, tally *t)
{
    int serial = serial_of(cell);
    if (serial) {
        t->dates++;
        hedui_buffer_format(out, "<c s='1'><v>%d</v></c>", serial);
        return;
    }
    if (is_amount(cell)) {
        t->amounts++;
        hedui_buffer_format(out, "<c><v>%s</v></c>", cell);
        return;
    }
    t->texts++;
    hedui_buffer_text(out, "<c t='inlineStr'><is><t xml:space='preserve'>");
    for (; *cell; cell++) {
        if (*cell == '&' || *cell == '<' || *cell == '>')
            hedui_buffer_format(out, "&#%d;", *cell);
        else
            hedui_buffer_byte(out, *cell);
    }
    hedui_buffer_text(out, "</t></is></c>");
}

/* All rows of a text with commas and quotes as rows of a sheet. */
static tally put_rows(hedui_buffer *out, const char *text)
{
    char cell[2000];
    tally t = {0};
    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3;
    while (*text) {
        hedui_buffer_text(out, "<row>");
        for (int more = 1; more; text += *text != '\0') {
            size_t length = 0;
            int quoted = *text == '"';
            for (text += quoted; *text && (quoted || !strchr(",\r\n", *text)); text++) {
                if (quoted && *text == '"' && *++text != '"')
                    break;
                assert_true(length < sizeof cell - 1);
                cell[length++] = *text;
            }
            cell[length] = '\0';
            assert_true(!*text || strchr(",\r\n", *text)); /* nothing behind a closing quote */
            put_cell(out, cell, &t);
            more = *text == ',';
            text += *text == '\r' && text[1] == '\n';
        }
        hedui_buffer_text(out, "</row>");
        t.rows++;
    }
    return t;
}

static void a_packed_workbook_gives_the_same_night(void **state)
{
    static const char *const files[] = {"caseload-household-20140705", "caseload-member-20140705"};
    county w;
    (void)state;
    county_make(&w, 7);
    hedui_job_outcome first = night(&w);
    const char *const folders[] = {HEDUI_SOURCE_DIR "/feeds"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const hedui_feed_pack_report *report;
        char export[64], workbook[64];
        hedui_buffer rows;
        hedui_err err;
        hedui_err_init(&err);
        hedui_buffer_init(&rows);
        (void)snprintf(export, sizeof export, "inbox/%s.csv.gz", files[i]);
        (void)snprintf(workbook, sizeof workbook, "%s.xlsx", files[i]);
        tally t = put_rows(&rows, text_of(&w, export));
        assert_true(t.rows > 1000 && t.texts > 5000 && t.dates > 500 && (!i || t.amounts));
        workbook_parts parts = {.rows = rows.data};
        write_workbook(county_path(&w, workbook), &parts);
        hedui_buffer_free(&rows);
        assert_int_equal(unlink(county_path(&w, export)), 0);
        hedui_feed_pack_options options = {.out = county_path(&w, "inbox")};
        if (hedui_feed_pack(&report, county_path(&w, workbook), &options, folders, 1, w.arena,
                            &err))
            fail_msg("E%d %.*s", (int)err.status, (int)err.text_used, err.text);
        const hedui_feed_report *check = report->packed[0].check;
        if (report->refused)
            fail_msg("%s: %u faults, %s %.*s, %u of %u rejected", files[i],
                     report->packed[0].fault_count,
                     check && check->refusal ? check->refusal : "no refusal",
                     check ? (int)check->refusal_detail.length : 0,
                     check ? check->refusal_detail.at : "", check ? (unsigned)check->rejected : 0,
                     check ? (unsigned)check->records : 0);
        assert_int_equal(report->refused, 0);
        assert_int_equal(report->packed_count, 1);
        assert_string_equal(report->packed[0].path, county_path(&w, export));
        assert_true(hedui_file_exists(county_path(&w, export)));
        hedui_job_outcome other = night(&w);
        assert_string_equal(other.digest, first.digest);
    }
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_packed_workbook_gives_the_same_night),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
