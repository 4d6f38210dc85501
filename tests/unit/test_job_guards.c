/* Whole nights with deliveries that are well-formed and wrong: what gives them away is the last
 * accepted one. */
#include "county.h"

#include <hedui/job_standing.h>

#include <stdlib.h>

static const char vehicle_file[] = "inbox/veh-201406.csv.gz";

static hedui_store_delivery night(hedui_job_outcome *outcome, const county *w)
{
    return county_night(outcome, w, "vehicle");
}

/* The status is the last cell of a line: make every single letter `letter`. */
static void restate(const county *w, char letter)
{
    char *text;
    size_t used = county_read(&text, w, vehicle_file);
    for (size_t i = 3; i < used; i++) {
        size_t end = text[i - 1] == '\r' ? i - 1 : i;
        if (text[i] == '\n' && text[end - 2] == ',' && text[end - 1] >= 'A' && text[end - 1] <= 'Z')
            text[end - 1] = letter;
    }
    county_write(w, vehicle_file, text, used);
    free(text);
}

/* The owner's name is the seventh cell: every line takes that of the line before, as when one
 * column of a sheet was sorted without the others. The header and lines with fewer cells or quotes
 * stay. */
static void shift_names(const county *w)
{
    char *text;
    size_t used = county_read(&text, w, vehicle_file), out = 0, last = 0, last_length = 0;
    char *shifted = malloc(2 * used);
    assert_non_null(shifted);
    for (size_t i = 0, line = 0; i < used; line++) {
        size_t name = 0, length = 0, cell = 0, begin = i;
        int quoted = 0;
        for (; i < used && text[i] != '\n'; i++) {
            quoted |= text[i] == '"';
            if (text[i] != ',')
                continue;
            cell++;
            if (cell == 6)
                name = i + 1;
            else if (cell == 7)
                length = i - name;
        }
        i += i < used;
        if (line == 0 || cell < 7 || quoted) {
            memcpy(shifted + out, text + begin, i - begin);
            out += i - begin;
            continue;
        }
        const char *with = last ? text + last : text + name;
        size_t with_length = last ? last_length : length, behind = name + length;
        memcpy(shifted + out, text + begin, name - begin);
        out += name - begin;
        memcpy(shifted + out, with, with_length);
        out += with_length;
        memcpy(shifted + out, text + behind, i - behind);
        out += i - behind;
        last = name;
        last_length = length;
    }
    county_write(w, vehicle_file, shifted, out);
    free(shifted);
    free(text);
}

static void statuses_that_all_change_are_held_until_somebody_releases_them(void **state)
{
    county w;
    hedui_job_outcome outcome;
    (void)state;
    county_make(&w, 7);
    hedui_store_delivery d = night(&outcome, &w);
    assert_true(county_says(&d, 2121)); /* nothing to compare with */
    county_release(&w, outcome.run);
    d = night(&outcome, &w);
    assert_false(county_says(&d, 2121));
    assert_false(county_says(&d, 2131));
    county_release(&w, outcome.run);
    /* every car is cancelled: well-formed, and wrong */
    restate(&w, 'E');
    d = night(&outcome, &w);
    assert_true(county_says(&d, 2131));
    assert_true(hedui_span_is(d.verdict, "held"));
    /* the second time it is no better: what was received is no baseline */
    d = night(&outcome, &w);
    assert_true(county_says(&d, 2131));
    county_release(&w, outcome.run);
    /* a person has said that it is so: from now on it is */
    d = night(&outcome, &w);
    assert_false(county_says(&d, 2131));
    county_throw_away(&w);
}

static void names_in_the_wrong_rows_are_held(void **state)
{
    county w;
    hedui_job_outcome outcome;
    (void)state;
    county_make(&w, 7);
    hedui_store_delivery d = night(&outcome, &w);
    int64_t matched = d.matched;
    assert_false(county_says(&d, 2117));
    shift_names(&w);
    d = night(&outcome, &w);
    assert_true(d.matched >= matched); /* the numbers are as they were; a copy is none any more */
    assert_true(county_says(&d, 2117));
    assert_true(hedui_span_is(d.verdict, "held"));
    county_throw_away(&w);
}

static void another_countys_file_is_held(void **state)
{
    county w, other;
    hedui_job_outcome outcome;
    (void)state;
    county_make(&w, 7);
    hedui_store_delivery d = night(&outcome, &w);
    int64_t ours = d.matched;
    county_release(&w, outcome.run);
    county_make(&other, 8);
    assert_int_equal(rename(county_path(&other, vehicle_file), county_path(&w, vehicle_file)), 0);
    d = night(&outcome, &w);
    assert_true(d.matched < ours / 2);
    assert_true(county_says(&d, 2118));
    assert_true(hedui_span_is(d.verdict, "held"));
    county_throw_away(&other);
    county_throw_away(&w);
}

static void a_file_of_a_later_day_is_named_where_it_is_missed(void **state)
{
    county w;
    hedui_job_outcome outcome;
    const hedui_standing *standing = NULL;
    (void)state;
    county_make(&w, 7);
    assert_int_equal(
        rename(county_path(&w, vehicle_file), county_path(&w, "inbox/veh-201407.csv.gz")), 0);
    hedui_store_delivery d = night(&outcome, &w);
    assert_true(hedui_span_is(d.verdict, "missing"));
    assert_true(county_says(&d, 2103));
    assert_true(hedui_span_is(d.remarks[0].argument, "veh-201407.csv.gz"));
    const hedui_workspace *workspace = county_workspace(&w);
    hedui_standing_options options = {.folders = workspace->feed_folders,
                                      .folder_count = workspace->feed_folder_count,
                                      .store = workspace->store,
                                      .day = INT32_MIN};
    assert_int_equal(hedui_job_standing(&standing, &options, w.arena, NULL), HEDUI_OK);
    for (size_t i = 0; i < standing->feed_count; i++)
        if (hedui_span_is(standing->feeds[i].feed.feed, "vehicle"))
            assert_string_equal(standing->feeds[i].state, "early");
    /* on its own day it is used */
    w.as_of += 26;
    d = night(&outcome, &w);
    assert_true(d.used);
    assert_false(county_says(&d, 2103));
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statuses_that_all_change_are_held_until_somebody_releases_them),
        cmocka_unit_test(names_in_the_wrong_rows_are_held),
        cmocka_unit_test(another_countys_file_is_held),
        cmocka_unit_test(a_file_of_a_later_day_is_named_where_it_is_missed),
    };
    return cmocka_run_group_tests_name("job/guards", tests, NULL, NULL);
}
