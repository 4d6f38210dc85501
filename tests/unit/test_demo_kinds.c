/* What real exports do wrong, or only otherwise, must all stand in an invented county: each kind of
 * the list below is planted at least once, by the generator's own count. */
#include "test.h"

#include <hedui/demo.h>
#include <hedui/file.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

/* Containers and text; numbers; names; days; amounts; codes; rows; two reasons for one answer. */
static const char *const kinds[] = {
    "file_utf16",
    "file_plain",
    "file_zip",
    "file_truncated",
    "file_crc",
    "file_length",
    "file_trailing_bytes",
    "file_delta_cut",
    "file_bom",
    "file_cr",
    "file_mixed_ends",
    "file_crlf",
    "file_trailing",
    "file_extra_column",
    "file_order",
    "file_members",
    "file_no_end",
    "file_gb18030",
    "file_title",
    "file_footer",
    "file_pipe",
    "file_tab",
    "file_caret",
    "stray_quote",
    "stray_control",
    "stray_few",
    "stray_many",
    "stray_trailing",
    "stray_long",
    "stray_broken",
    "stray_broken_name",
    "broken",
    "old_15",
    "full_width",
    "apostrophe",
    "formula",
    "blanks",
    "lower_x",
    "stray_check",
    "stray_date",
    "stray_scientific",
    "stray_masked",
    "stray_empty",
    "stray_company",
    "stray_document",
    "other_unread",
    "other_name",
    "no_name",
    "blank_name",
    "rare_name",
    "private_name",
    "police_round_dot",
    "bad_day",
    "day_words",
    "day_never",
    "unknown_day",
    "zero_day",
    "year_only",
    "short_year",
    "empty_day",
    "bad_amount",
    "empty_amount",
    "nan_amount",
    "exponent_amount",
    "amount_words",
    "amount_scale",
    "amount_range",
    "amount_below",
    "unlisted",
    "code",
    "missing",
    "long",
    "twice",
    "conflict",
    "stray_twice",
    "car_owned_letters",
    "delta_added",
    "delta_changed",
    "delta_arrived",
    "delta_deleted",
    "delta_left",
    "delta_stranger",
    "delta_twice",
    "delta_revised",
    "delta_bad_number",
    "delta_doubted",
    "income_and_pension_open",
    "pension_and_benefit_open",
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

/* The first cell of the line at `at` that a kind can be: what stands behind the feed's name. */
static int is_kind(const char *cell, size_t length, const char *kind)
{
    size_t n = strlen(kind);
    return length >= n && memcmp(cell + length - n, kind, n) == 0 &&
           (length == n || cell[length - n - 1] == '.');
}

/* quirks.tsv counts; files.tsv has a line for each. */
static void count(uint64_t counts[KINDS], const char *folder, const char *name, int column)
{
    char path[4096], line[1000];
    (void)snprintf(path, sizeof path, "%s/truth/%s", folder, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        const char *cell = line;
        for (int i = 0; i < column; i++)
            cell += strcspn(cell, "\t") + 1;
        size_t length = strcspn(cell, "\t\n");
        uint64_t times = column ? 1 : strtoull(cell + length, NULL, 10);
        for (int k = 0; k < KINDS; k++)
            counts[k] += is_kind(cell, length, kinds[k]) ? times : 0;
    }
    assert_int_equal(fclose(file), 0);
}

static void no_kind_of_quirk_is_left_out(void **state)
{
    (void)state;
    char folder[] = "/tmp/hedui-kinds-XXXXXX";
    uint64_t counts[KINDS] = {0};
    hedui_demo_options options = {.households = 1000, .seed = 1, .strangers = 10, .further = 1};
    assert_non_null(mkdtemp(folder));
    assert_int_equal(hedui_demo_write(NULL, folder, &options, NULL), HEDUI_OK);
    count(counts, folder, "quirks.tsv", 0);
    count(counts, folder, "files.tsv", 1);
    int missing = 0;
    for (int k = 0; k < KINDS; k++) {
        if (!counts[k])
            print_message("not planted: %s\n", kinds[k]);
        missing += !counts[k];
    }
    assert_int_equal(missing, 0);
    (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_kind_of_quirk_is_left_out)};
    return cmocka_run_group_tests_name("demo/kinds", tests, NULL, NULL);
}
