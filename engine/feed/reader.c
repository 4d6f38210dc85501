/* What is done to every row of a feed: structure, and the numbers of the people in it. Fields are
 * decoded for rows that matter only, so this is the code that has to be fast. */
#include "feed/reader.h"

#include "feed/seen.h"

#include "value/cell.h"

int hedui_reader_open(hedui_reader *r, const hedui_layout *layout, const hedui_header *header,
                      const hedui_matcher *matcher)
{
    r->layout = layout;
    r->header = header;
    r->matcher = matcher;
    r->format.delimiter = layout->delimiter;
    r->format.multi_byte =
        layout->charset == HEDUI_CHARSET_GB18030 && (unsigned char)layout->delimiter >= 0x40;
    r->row_arena = hedui_arena_open(0);
    if (!r->row_arena || !hedui_converter_open(&r->converter, layout->charset))
        return 0;
    uint32_t columns = layout->column_count;
    r->draft.states = hedui_arena_array(r->row_arena, columns, 1);
    r->draft.numbers = hedui_arena_array(r->row_arena, columns, sizeof *r->draft.numbers);
    r->draft.texts = hedui_arena_array(r->row_arena, columns, sizeof *r->draft.texts);
    r->row_start = hedui_arena_here(r->row_arena);
    return r->draft.states && r->draft.numbers && r->draft.texts;
}

void hedui_reader_close(hedui_reader *r)
{
    hedui_converter_close(&r->converter);
    hedui_arena_close(r->row_arena);
    hedui_buffer_free(&r->scratch);
    hedui_buffer_free(&r->unquoted);
}

int hedui_reader_forget(hedui_reader *r)
{
    if (hedui_buffer_failed(&r->scratch) || hedui_buffer_failed(&r->unquoted))
        return 0;
    hedui_buffer_clear(&r->scratch);
    hedui_buffer_clear(&r->unquoted);
    hedui_arena_reset(r->row_arena, r->row_start);
    return 1;
}

int hedui_reader_text(hedui_span *text, hedui_reader *r, uint32_t cell)
{
    hedui_csv_cell raw = r->cells[cell];
    hedui_span bytes = hedui_csv_text(raw, &r->unquoted);
    if (!hedui_converter_text(text, &r->converter, bytes, &r->scratch))
        return 0;
    if (text->at == raw.at)
        return 1;
    /* the buffers move when they grow */
    *text = hedui_arena_copy(r->row_arena, *text);
    if (text->at)
        return 1;
    r->scratch.failed = 1;
    return 0;
}

/* The code of a document kind. Few spellings occur in a file, so each is looked up once. */
static uint32_t kind_code(hedui_reader *r, const hedui_code_list *list, uint32_t cell)
{
    hedui_csv_cell raw = r->cells[cell];
    for (uint32_t i = 0; i < r->kind_count; i++)
        if (r->kinds[i].length == raw.length && memcmp(r->kinds[i].raw, raw.at, raw.length) == 0)
            return r->kinds[i].code;
    hedui_span text;
    uint32_t code = HEDUI_CODE_NONE;
    if (hedui_reader_text(&text, r, cell)) {
        hedui_column column = {.type = HEDUI_COLUMN_CODE, .list = list};
        hedui_decoded decoded = hedui_decode(&column, text, r->row_arena);
        if (decoded.state == HEDUI_CELL_VALUE)
            code = (uint32_t)decoded.number;
        else if (decoded.state == HEDUI_CELL_ABSENT)
            code = list->count; /* empty */
    }
    if (r->kind_count < HEDUI_READER_KINDS && raw.length <= sizeof r->kinds[0].raw) {
        uint32_t i = r->kind_count++;
        memcpy(r->kinds[i].raw, raw.at, raw.length);
        r->kinds[i].length = (uint8_t)raw.length;
        r->kinds[i].code = code;
    }
    return code;
}

hedui_person_cells hedui_reader_person(hedui_reader *r, uint32_t person)
{
    const hedui_layout_person *p = &r->layout->persons[person];
    hedui_person_cells found = {
        .kind = HEDUI_PERSON_EMPTY, .reason = HEDUI_DECODED, .column = p->id_column};
    if (p->kind_column != HEDUI_COLUMN_NONE &&
        r->header->cell_of[p->kind_column] != HEDUI_COLUMN_NONE) {
        const hedui_code_list *list = r->layout->columns[p->kind_column].list;
        uint32_t code = kind_code(r, list, r->header->cell_of[p->kind_column]);
        if (code == HEDUI_CODE_NONE) {
            found.reason = HEDUI_REASON_id_type;
            found.column = p->kind_column;
        } else if (code < list->count && !(p->citizen_codes >> code & 1)) {
            found.kind = HEDUI_PERSON_OTHER;
            return found;
        }
    }
    uint32_t cell = r->header->cell_of[p->id_column];
    hedui_span text;
    if (cell == HEDUI_COLUMN_NONE)
        return found;
    if (hedui_citizen_id_plain(&found.id, (hedui_span){r->cells[cell].at, r->cells[cell].length})) {
        found.form = HEDUI_CITIZEN_ID_18; /* ASCII, whatever the character set */
        found.kind = HEDUI_PERSON_CITIZEN;
        return found;
    }
    if (!hedui_reader_text(&text, r, cell)) {
        found.kind = HEDUI_PERSON_BAD;
        found.reason = HEDUI_REASON_encoding;
        found.column = p->id_column;
        return found;
    }
    found.form = hedui_citizen_id_parse(&found.id, text);
    if (found.form == HEDUI_CITIZEN_ID_EMPTY)
        return found;
    hedui_reason reason = hedui_decode_id_reason(found.form);
    found.kind = reason == HEDUI_DECODED ? HEDUI_PERSON_CITIZEN : HEDUI_PERSON_BAD;
    if (reason != HEDUI_DECODED && found.reason == HEDUI_DECODED)
        found.reason = reason;
    return found;
}

int hedui_reader_blank(const hedui_reader *r, const hedui_csv_row *row)
{
    for (uint32_t i = 0; i < row->length; i++)
        if (row->at[i] != r->format.delimiter && row->at[i] != ' ' && row->at[i] != '\t')
            return 0;
    return 1;
}

/* 1 if the first cell cannot begin as a footer does: it begins with an ASCII character, which says
 * the same in every character set, is no blank, and begins no footer. Nearly all do. */
static int is_surely_no_footer(const hedui_reader *r)
{
    hedui_csv_cell first = r->cells[0];
    if (!first.length || (unsigned char)*first.at >= 0x80 || *first.at == ' ' || *first.at == '\t')
        return !r->layout->footer_count;
    for (uint32_t i = 0; i < r->layout->footer_count; i++)
        if (!r->layout->footers[i].length || *r->layout->footers[i].at == *first.at)
            return 0;
    return 1;
}

/* Whether the first cell begins as a footer does. */
static int looks_like_footer(hedui_reader *r)
{
    if (is_surely_no_footer(r))
        return 0;
    hedui_csv_cell first = r->cells[0];
    hedui_span raw = {first.at, first.length < 64 ? first.length : 64};
    size_t start = r->scratch.length;
    hedui_span text = hedui_trim(hedui_converter_lenient(&r->converter, raw, &r->scratch));
    int is = 0;
    for (uint32_t i = 0; i < r->layout->footer_count && !is; i++) {
        hedui_span mark = r->layout->footers[i];
        is = text.length >= mark.length && memcmp(text.at, mark.at, mark.length) == 0;
    }
    r->scratch.length = start;
    return is;
}

/* 1 if no column that says whose row it is, or which, has anything in it. */
static int says_nothing(const hedui_reader *r, uint32_t count)
{
    const hedui_layout *layout = r->layout;
    for (uint32_t i = 0; i < layout->person_count + layout->key_count; i++) {
        uint32_t column = i < layout->person_count ? layout->persons[i].id_column
                                                   : layout->keys[i - layout->person_count];
        uint32_t cell = r->header->cell_of[column];
        if (cell != HEDUI_COLUMN_NONE && cell != 0 && cell < count && r->cells[cell].length)
            return 0;
    }
    return 1;
}

static hedui_reason structure_of(const hedui_reader *r, uint32_t count, uint32_t length)
{
    if (count < r->header->cells || count > HEDUI_CSV_FIELDS)
        return HEDUI_REASON_csv_columns;
    for (uint32_t i = r->header->cells; i < count; i++)
        if (r->cells[i].length)
            return HEDUI_REASON_csv_columns;
    for (uint32_t i = 0; length > HEDUI_CSV_FIELD && i < count; i++)
        if (r->cells[i].length > HEDUI_CSV_FIELD)
            return HEDUI_REASON_field_too_long;
    return HEDUI_CSV_SOUND;
}

uint32_t hedui_reader_cut(hedui_reason *fault, hedui_reader *r, const hedui_csv_row *row)
{
    uint32_t count = hedui_csv_split(r->cells, row, &r->format);
    *fault = structure_of(r, count, row->length);
    return count;
}

int hedui_reader_footer(hedui_reader *r, uint32_t count, hedui_reason fault)
{
    return (fault == HEDUI_REASON_csv_columns || says_nothing(r, count)) && looks_like_footer(r);
}

void hedui_reader_match(hedui_reader *r)
{
    if (r->matcher && r->id_count)
        r->matcher->find(r->matcher->context, r->ids, r->id_count, r->persons);
    else
        for (uint32_t i = 0; i < r->id_count; i++)
            r->persons[i] = HEDUI_PERSON_NONE;
}

int hedui_reader_persons(hedui_reader *r, hedui_pending *p)
{
    int others = 0;
    for (uint32_t i = 0; i < r->layout->person_count; i++) {
        hedui_person_cells found = hedui_reader_person(r, i);
        int costs_row = found.reason != HEDUI_DECODED && !r->layout->persons[i].optional;
        if (costs_row && p->fault == HEDUI_CSV_SOUND) {
            p->fault = found.reason;
            p->fault_column = found.column;
        }
        others += found.kind == HEDUI_PERSON_OTHER;
        if (found.kind != HEDUI_PERSON_CITIZEN)
            continue;
        r->ids[r->id_count] = found.id;
        r->roles[r->id_count] = (uint8_t)i;
        r->forms[r->id_count] = (uint8_t)found.form;
        r->id_count++;
        p->id_count++;
    }
    if (!r->layout->person_count || p->id_count || p->fault != HEDUI_CSV_SOUND)
        return 0;
    if (others)
        return 1;
    p->fault = HEDUI_REASON_missing;
    p->fault_column = r->layout->persons[0].id_column;
    return 0;
}

/* Whose id column this is, or person_count. */
static uint32_t person_of(const hedui_layout *layout, uint32_t column)
{
    uint32_t i = 0;
    while (i < layout->person_count && layout->persons[i].id_column != column)
        i++;
    return i;
}

hedui_decoded hedui_reader_cell(hedui_reader *r, uint32_t column)
{
    static const hedui_decoded nothing = {HEDUI_CELL_NO_COLUMN, 0, {"", 0}, HEDUI_DECODED};
    const hedui_layout *layout = r->layout;
    hedui_decoded decoded = nothing;
    uint32_t cell = r->header->cell_of[column];
    hedui_span text;
    if (cell == HEDUI_COLUMN_NONE)
        return decoded;
    uint32_t person = person_of(layout, column);
    if (person < layout->person_count) {
        const hedui_column *c = &layout->columns[column];
        hedui_person_cells found = hedui_reader_person(r, person);
        if (found.kind == HEDUI_PERSON_OTHER) {
            decoded.state = HEDUI_CELL_OTHER_DOCUMENT;
            return decoded;
        }
        if (found.kind == HEDUI_PERSON_CITIZEN && !c->none_count && !c->unknown_count) {
            decoded.state = HEDUI_CELL_VALUE;
            decoded.number = (int64_t)found.id;
            return decoded;
        }
    }
    if (!hedui_reader_text(&text, r, cell)) {
        decoded.state = HEDUI_CELL_BAD;
        decoded.reason = HEDUI_REASON_encoding;
        return decoded;
    }
    return hedui_decode(&layout->columns[column], text, r->row_arena);
}

hedui_reason hedui_reader_decode(hedui_reader *r, uint32_t *fault_column)
{
    r->draft.kept = 0;
    for (uint32_t c = 0; c < r->layout->column_count; c++) {
        hedui_decoded decoded = hedui_reader_cell(r, c);
        int required = r->layout->columns[c].empty == HEDUI_EMPTY_REJECTED;
        if (decoded.reason == HEDUI_REASON_encoding ||
            (decoded.reason != HEDUI_DECODED && required)) {
            *fault_column = c;
            return decoded.reason;
        }
        if (!decoded.text.at)
            r->scratch.failed = 1;
        r->draft.states[c] = (uint8_t)decoded.state;
        r->draft.numbers[c] = decoded.number;
        r->draft.texts[c] = decoded.text;
    }
    return HEDUI_DECODED;
}

int hedui_reader_wanted(const hedui_reader *r, const hedui_pending *p)
{
    if (!r->matcher || !r->layout->person_count)
        return 1;
    for (uint32_t i = p->first_id; i < p->first_id + p->id_count; i++)
        if (r->persons[i] != HEDUI_PERSON_NONE)
            return 1;
    return 0;
}

hedui_decoded_row *hedui_reader_keep(hedui_reader *r, const hedui_line *line)
{
    size_t columns = r->layout->column_count;
    hedui_draft own = r->draft;
    hedui_decoded_row *row = hedui_arena_take(r->row_arena, sizeof *row);
    r->draft.texts = hedui_arena_array(r->row_arena, columns, sizeof *own.texts);
    r->draft.numbers = hedui_arena_array(r->row_arena, columns, sizeof *own.numbers);
    r->draft.states = hedui_arena_array(r->row_arena, columns, 1);
    if (!row || !r->draft.texts || !r->draft.numbers || !r->draft.states) {
        r->draft = own;
        return NULL;
    }
    (void)hedui_csv_split(r->cells, &line->row, &r->format);
    row->fault = hedui_reader_decode(r, &row->fault_column);
    if (row->fault == HEDUI_DECODED)
        row->hash = hedui_seen_hash(r->layout, &r->draft);
    row->draft = r->draft;
    r->draft = own;
    return hedui_buffer_failed(&r->scratch) ? NULL : row;
}
