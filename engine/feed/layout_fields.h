/** @file
 * A layout file as it is written, bound by tables and not yet checked.
 */
#ifndef HEDUI_FEED_LAYOUT_FIELDS_H
#define HEDUI_FEED_LAYOUT_FIELDS_H

#include "yaml/bind.h"

typedef struct hedui_layout_person_text {
    hedui_span role, title, id, name, kind;
    hedui_yaml_texts citizen;
    int optional;
} hedui_layout_person_text;

typedef struct hedui_layout_cut_off_text {
    int from, or_from;
    hedui_span pattern;
} hedui_layout_cut_off_text;

typedef struct hedui_layout_file_text {
    hedui_span name;
    int charset, kind, delimiter;
    int64_t title_lines;
    hedui_yaml_texts footers;
    hedui_layout_cut_off_text cut_off;
} hedui_layout_file_text;

typedef struct hedui_layout_change_text {
    hedui_span file, pattern, column;
    hedui_yaml_texts deleted;
} hedui_layout_change_text;

/** What cells of all date and month columns mean, unless a column says otherwise. */
typedef struct hedui_layout_dates_text {
    hedui_yaml_texts none, unknown, open;
} hedui_layout_dates_text;

/** On which day the department is to deliver. */
typedef struct hedui_layout_due_text {
    int every; /**< index into the words, from HEDUI_DUE_WEEK */
    int64_t month, day;
} hedui_layout_due_text;

/** Which rows say that a household received the benefit, and when. */
typedef struct hedui_layout_benefit_text {
    hedui_span month, from, state;
    hedui_yaml_texts received, undecided;
} hedui_layout_benefit_text;

typedef struct hedui_layout_text {
    hedui_span feed, as, title, source, row, answer;
    hedui_yaml_texts key;
    hedui_yaml_structs persons;
    hedui_layout_file_text file;
    hedui_layout_change_text change;
    hedui_layout_dates_text dates;
    hedui_layout_due_text due;
    hedui_layout_benefit_text benefit;
    int own_register, shown;
    const hedui_yaml_node *columns, *guards, *samples;
} hedui_layout_text;

typedef struct hedui_layout_column_text {
    int type;
    hedui_span list, separator, title;
    hedui_yaml_texts header, none, unknown, open, suffix;
    int required, may_be_unknown, header_required, negative, epoch_ms, serial, percent, sensitive;
    int unit;
    int64_t max, scale;
} hedui_layout_column_text;

/** The tables, also for the printed reference. */
extern const hedui_yaml_field hedui_layout_fields[], hedui_layout_column_fields[];

/** The delimiters, in the order of their words. */
extern const char hedui_layout_delimiters[];

#endif
