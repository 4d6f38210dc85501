/* Cars that changed since the full delivery of the vehicle register. What is made of a row draws
 * nothing at random, so that the county is the same with and without a delta. Keys are taken where
 * no stranger's car has one: a row of a delta touches whatever row of its key is held. */
#include "demo/delta.h"

#include <stdio.h>

typedef enum change {
    ADDED,
    CHANGED,
    ARRIVED,
    DELETED,
    LEFT,
    TWICE,
    REVISED,
    UNREAD,
    OF_STRANGER, /* from here on not taken in turn */
    DOUBTED,
    CHANGES
} change;

static const hedui_demo_change changes[CHANGES] = {
    [ADDED] = {"delta_added", "增量文件新增的车"},
    [CHANGED] = {"delta_changed", "增量文件改了状态的车"},
    [ARRIVED] = {"delta_arrived", "增量文件里从名册外转入的车"},
    [DELETED] = {"delta_deleted", "增量文件删除的车"},
    [LEFT] = {"delta_left", "增量文件里转给名册外的车"},
    [TWICE] = {"delta_twice", "增量文件里同一主键两行，内容相同"},
    [REVISED] = {"delta_revised", "增量文件里同一主键两行，内容不同，以后一行为准"},
    [UNREAD] = {"delta_bad_number", "增量文件里号码校验位错误的车"},
    [DOUBTED] = {"delta_doubted", "增量文件里号码校验位错误的行，主键是名册内的车"},
    [OF_STRANGER] = {"delta_stranger", "增量文件里名册外的车"},
};

/* Cells of a car's row, see case_rows.c; and a stranger, of a number that name.c gives nobody. */
enum { PLATE_TYPE, DOCUMENT = 4, ID, NAME, STATUS = 9, CELLS };
static const char stranger_id[] = "659000196203049995", stranger_name[] = "王建国";

const hedui_demo_change *hedui_demo_change_at(uint32_t index)
{
    return index < CHANGES ? &changes[index] : NULL;
}

hedui_status hedui_demo_delta_open(hedui_demo_out *delta, hedui_demo_out *full, const char *folder,
                                   const hedui_demo_options *options, hedui_arena *arena,
                                   hedui_err *err)
{
    delta->is_delta = 1;
    hedui_status status = hedui_demo_out_open(delta, folder, full->feed, options, arena, err);
    delta->rejects = full->rejects;
    delta->rows = full->rows;
    delta->files = full->files;
    delta->facts = full->facts;
    delta->matched = full->matched;
    delta->plant = options->households < 5000 ? 4 : (uint32_t)(options->households / 1000);
    full->delta = delta;
    return status;
}

/* The cells of an unquoted row of just as many as a car has. */
static int split(hedui_span cells[CELLS], hedui_span text)
{
    int count = 0;
    size_t start = 0;
    if (memchr(text.at, '"', text.length))
        return 0;
    for (size_t i = 0; i <= text.length; i++) {
        if (i < text.length && text.at[i] != ',')
            continue;
        if (count == CELLS)
            return 0;
        cells[count++] = (hedui_span){text.at + start, i - start};
        start = i + 1;
    }
    return count == CELLS;
}

static hedui_status put(hedui_demo_out *out, const hedui_span cells[CELLS], const char *mark,
                        hedui_demo_row row, hedui_err *err)
{
    hedui_buffer_init(&row.text);
    hedui_buffer_init(&row.said);
    for (int i = 0; i < CELLS; i++)
        hedui_buffer_format(&row.text, "%s%.*s", i ? "," : "", (int)cells[i].length, cells[i].at);
    if (mark)
        hedui_buffer_format(&row.text, ",%s", mark);
    hedui_status status = hedui_demo_out_row(out, &row, err);
    hedui_buffer_free(&row.text);
    return status;
}

/* A delta with more than one row in a hundred rejected is not used at all: few are, and there are
 * many others. */
static uint32_t few(const hedui_demo_out *delta)
{
    return 1 + delta->plant / 10;
}

static uint32_t most(const hedui_demo_out *delta, change what)
{
    enum { OTHERS = 250 };
    return what == UNREAD ? few(delta) : what == OF_STRANGER ? OTHERS * few(delta) : delta->plant;
}

/* What the row of a family's car can undergo, the kinds taken in turn. */
static change change_of(hedui_demo_out *delta, const hedui_demo_row *row,
                        const hedui_span cells[CELLS])
{
    int sound = !row->followed && row->fate == HEDUI_DEMO_MATCHED &&
                hedui_span_is(cells[PLATE_TYPE], "02") && hedui_span_is(cells[DOCUMENT], "A") &&
                cells[ID].length == 18 && hedui_span_is(cells[STATUS], "A");
    for (int tries = 0; sound && tries < OF_STRANGER; tries++) {
        change next = (change)(delta->next_fault++ % OF_STRANGER);
        if (delta->planted[next] < most(delta, next))
            return next;
    }
    /* a stranger's car of a kind of plate that no other row has */
    if (row->fate == HEDUI_DEMO_STRANGER && !row->quirk && !row->followed &&
        hedui_span_is(cells[DOCUMENT], "A") &&
        delta->planted[OF_STRANGER] < most(delta, OF_STRANGER))
        return OF_STRANGER;
    return CHANGES;
}

int hedui_demo_delta_doubts(const hedui_demo_out *delta, uint32_t before)
{
    return delta && before < few(delta);
}

/* The number with another check digit. */
static void spoil_number(char number[19], hedui_span id)
{
    (void)snprintf(number, 19, "%.*s", (int)id.length, id.at);
    char *check = &number[id.length - 1];
    *check = *check == 'X' || *check == 'x' || *check == '9' ? '0' : (char)(*check + 1);
}

/* The row as it stands in the full file, and once more in the delta with a number that nobody can
 * have: whoever holds the car no longer knows, the row that he has stays. */
static hedui_status doubt(hedui_demo_out *full, const hedui_demo_row *row, hedui_err *err)
{
    enum { DIGITS = 17 };
    hedui_demo_out *delta = full->delta;
    hedui_span text = hedui_buffer_span(&row->text);
    hedui_demo_row bad = {
        .quirk = changes[DOUBTED].name, .fate = HEDUI_DEMO_REJECTED, .reason = "id_check"};
    char number[19];
    size_t at = 0, digits = 0;
    for (; at < text.length && digits < DIGITS; at++)
        digits = text.at[at] >= '0' && text.at[at] <= '9' ? digits + 1 : 0;
    if (digits < DIGITS || at == text.length)
        return hedui_demo_out_row(full, row, err); /* and the comparison will tell */
    at -= DIGITS;
    spoil_number(number, (hedui_span){text.at + at, DIGITS + 1});
    hedui_buffer_init(&bad.text);
    hedui_buffer_init(&bad.said);
    hedui_buffer_format(&bad.text, "%.*s%s%.*s,U", (int)at, text.at, number,
                        (int)(text.length - at - DIGITS - 1), text.at + at + DIGITS + 1);
    hedui_status status = hedui_demo_out_row(full, row, err);
    if (!status)
        status = hedui_demo_out_row(delta, &bad, err);
    delta->planted[DOUBTED]++;
    hedui_buffer_free(&bad.text);
    return status;
}

hedui_status hedui_demo_delta_row(hedui_demo_out *full, const hedui_demo_row *row, hedui_err *err)
{
    if (row->doubted)
        return doubt(full, row, err);

    hedui_span cells[CELLS], other[CELLS];
    hedui_demo_out *delta = full->delta;
    change what =
        split(cells, hedui_buffer_span(&row->text)) ? change_of(delta, row, cells) : CHANGES;
    if (what == CHANGES) /* as it is */
        return hedui_demo_out_row(full, row, err);
    /* a row that will be gone is matched, but no row about a household */
    hedui_demo_row now = *row, gone = {.quirk = changes[what].name, .fate = row->fate};
    delta->planted[what]++;
    now.quirk = changes[what].name;
    memcpy(other, cells, sizeof other);
    if (what == CHANGED)
        other[STATUS] = hedui_span_of("E");
    if (what == ARRIVED || what == LEFT) {
        other[ID] = hedui_span_of(stranger_id);
        other[NAME] = hedui_span_of(stranger_name);
    }
    if (what == DELETED || what == LEFT)
        cells[PLATE_TYPE] = other[PLATE_TYPE] = hedui_span_of("52");
    char number[19];
    hedui_status status = HEDUI_OK;
    switch (what) {
    case TWICE: /* the first of the two is replaced by the second, which says the same */
    case REVISED:
        if (what == REVISED)
            other[STATUS] = hedui_span_of("E");
        status = put(delta, other, "A", gone, err);
        return status ? status : put(delta, cells, what == REVISED ? "U" : "A", now, err);
    case UNREAD: /* a car that nobody has, under a number that nobody can have */
        status = hedui_demo_out_row(full, row, err);
        spoil_number(number, cells[ID]);
        other[PLATE_TYPE] = hedui_span_of("52");
        other[ID] = hedui_span_of(number);
        gone.fate = HEDUI_DEMO_REJECTED;
        gone.reason = "id_check";
        return status ? status : put(delta, other, "A", gone, err);
    case ADDED:
        return put(delta, cells, "A", now, err);
    case ARRIVED:
        gone.fate = HEDUI_DEMO_STRANGER;
        status = put(full, other, NULL, gone, err);
        return status ? status : put(delta, cells, "U", now, err);
    case CHANGED:
        status = put(full, other, NULL, gone, err);
        return status ? status : put(delta, cells, "U", now, err);
    case DELETED: /* of these two the family has the other car as well */
    case LEFT:
        status = hedui_demo_out_row(full, row, err);
        status = status ? status : put(full, cells, NULL, gone, err);
        return status ? status : put(delta, other, what == LEFT ? "U" : "D", gone, err);
    case OF_STRANGER:
        status = hedui_demo_out_row(full, row, err);
        cells[PLATE_TYPE] = hedui_span_of("51");
        return status ? status : put(delta, cells, "A", now, err);
    case DOUBTED:
    case CHANGES:
        break;
    }
    return hedui_demo_out_row(full, row, err);
}
