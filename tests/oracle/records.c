/* The records of a delivery: people, cells, rows of the same key, changes of earlier rows. Rows of
 * the same key or content are found in a tree of texts; nothing here is fast. */
#include "delivery.h"

#include "oracle.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *households; /* ids of the caseload */

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const used *)a)->key, ((const used *)b)->key);
}

/* Whose number a cell holds: "" nobody's, NULL another document's; `why` it costs the row; `full`
 * with all its digits. */
static const char *person_of(const delivery *d, const export_row *row, const yaml *person,
                             char *number, int *full, const char **why)
{
    int id = d->layout->columns[feeds_column_named(d->layout, yaml_text(person, "id", ""))].at;
    const char *kind = yaml_text(person, "kind", NULL);
    *full = 0;
    *why = NULL;
    *number = '\0';
    if (kind) {
        const feeds_column *c = &d->layout->columns[feeds_column_named(d->layout, kind)];
        if (c->at >= 0) {
            cell said;
            char *text = strdup(row->cells[c->at]);
            cell_read(&said, c->words, c->codes, NULL, text);
            int none = said.state == CELL_ABSENT || said.state == CELL_UNKNOWN;
            int citizen = said.state == CELL_VALUE && yaml_lists(person, "citizen", said.text);
            free(text);
            if (!none && said.state != CELL_VALUE)
                *why = "id_type";
            else if (!none && !citizen)
                return NULL;
        }
    }
    if (id < 0)
        return "";
    const char *fault = oracle_number(number, row->cells[id], full);
    if (fault && !*why && strcmp(fault, "missing") != 0)
        *why = fault;
    if (fault)
        *number = '\0';
    return number;
}

/* A row that is about `who`; lost: nobody knows what it says of him. */
static void tell_person(const delivery *d, int line, const char *who, int lost, int full)
{
    char digits[24];
    delivery_insert(d->db, "o_person",
                    (const char *[]){d->layout->name, delivery_decimal(digits, line), who,
                                     lost ? "1" : "0", full ? "1" : "0"},
                    5);
}

/* Whose row this is, among those looked at; whether it says anything of them. `held`: the row as it
 * is kept, or NULL. */
static void remember(const delivery *d, const export_row *row, int lost, used *held)
{
    const yaml *persons = yaml_at(d->layout->words, "persons");
    for (const yaml *p = persons ? persons->child : NULL; p; p = p->next) {
        char number[ORACLE_NUMBER];
        int full = 0;
        const char *why = NULL, *who = person_of(d, row, p, number, &full, &why);
        if (!who || !*who)
            continue;
        (void)sqlite3_bind_text(d->joined, 1, who, -1, SQLITE_STATIC);
        int ours = sqlite3_step(d->joined) == SQLITE_ROW;
        (void)sqlite3_reset(d->joined);
        if (ours)
            tell_person(d, row->line, who, lost, full);
        if (ours && held && held->people_count < PEOPLE)
            (void)snprintf(held->people[held->people_count++], sizeof held->people[0], "%.18s",
                           who);
    }
}

/* What to do with the row, by the people in it: a reason to reject it, "other", "strange", or NULL.
 */
static const char *judge_persons(const delivery *d, const export_row *row)
{
    const yaml *persons = yaml_at(d->layout->words, "persons");
    int citizens = 0, others = 0, ours = 0;
    const char *reason = NULL;
    if (!persons)
        return NULL;
    for (const yaml *p = persons->child; p; p = p->next) {
        char number[ORACLE_NUMBER];
        int full = 0;
        const char *why = NULL, *who = person_of(d, row, p, number, &full, &why);
        if (why && !reason && !yaml_is_true(p, "optional"))
            reason = why;
        others += !who;
        if (!who || !*who)
            continue;
        citizens++;
        (void)sqlite3_bind_text(d->joined, 1, who, -1, SQLITE_STATIC);
        ours |= sqlite3_step(d->joined) == SQLITE_ROW;
        (void)sqlite3_reset(d->joined);
    }
    if (reason)
        return reason;
    if (!citizens)
        return others ? "other" : "missing";
    return ours || d->everybody ? NULL : "strange";
}

/* Decode all columns. The reason to reject the row, or NULL. */
static const char *decode(delivery *d, const export_row *row)
{
    const yaml *persons = yaml_at(d->layout->words, "persons");
    for (int c = 0; c < d->layout->count; c++) {
        feeds_column *column = &d->layout->columns[c];
        cell *said = &d->cells[c];
        *said = (cell){.state = CELL_UNKNOWN, .text = ""};
        if (column->at < 0)
            continue;
        int other = 0;
        for (const yaml *p = persons ? persons->child : NULL; p; p = p->next) {
            char number[ORACLE_NUMBER];
            const char *why = NULL;
            int full = 0;
            other |= strcmp(yaml_text(p, "id", ""), column->words->key) == 0 &&
                     !person_of(d, row, p, number, &full, &why);
        }
        if (other) {
            said->state = CELL_ABSENT;
            continue;
        }
        cell_read(said, column->words, column->codes, yaml_at(d->layout->words, "dates"),
                  row->cells[column->at]);
        if (said->reason &&
            (strcmp(said->reason, "encoding") == 0 || yaml_is_true(column->words, "required")))
            return said->reason;
    }
    return NULL;
}

/* What the row says, or only what its key says, as one text. */
static char *told(const delivery *d, int keys)
{
    size_t room = 16;
    for (int c = 0; c < d->layout->count; c++)
        room += strlen(d->cells[c].text) + 8;
    char *text = calloc(1, room), *at = text;
    for (int c = 0; text && c < d->layout->count; c++)
        if (!keys || yaml_lists(d->layout->words, "key", d->layout->columns[c].words->key))
            at += snprintf(at, room - (size_t)(at - text), "%d%s\x1F", (int)d->cells[c].state,
                           d->cells[c].state == CELL_VALUE ? d->cells[c].text : "");
    return text;
}

static void count(delivery *d)
{
    for (int c = 0; c < d->layout->count; c++)
        d->counts[c][d->cells[c].state]++;
}

static void keep(delivery *d, int line)
{
    static const char *const words[] = {NULL, "absent", "unknown", "unknown", "unknown"};
    char number[24];
    d->accepted++;
    d->matched++;
    count(d);
    for (int c = 0; c < d->layout->count; c++) {
        const cell *said = &d->cells[c];
        if (said->state == CELL_VALUE) /* in files of lines a line end within a text is a blank */
            for (char *at = (char *)(size_t)said->text; (at = strpbrk(at, "\n\t")); at++)
                *at = ' ';
        delivery_insert(
            d->db, "o_fact",
            (const char *[]){d->file, delivery_decimal(number, line),
                             d->layout->columns[c].words->key,
                             said->state == CELL_VALUE ? said->text : words[said->state]},
            4);
        if (said->state != CELL_VALUE && said->state != CELL_ABSENT)
            delivery_insert(d->db, "o_why",
                            (const char *[]){d->layout->name, number,
                                             d->layout->columns[c].words->key,
                                             said->state != CELL_UNKNOWN    ? "bad_field"
                                             : d->layout->columns[c].at < 0 ? "no_column"
                                                                            : "empty_field"},
                            4);
    }
}

/* A member or supporter of a household that the caseload does not have. */
static int is_lost(const delivery *d)
{
    return d->everybody && !tfind(d->cells[feeds_column_named(d->layout, "household_id")].text,
                                  &households, by_text);
}

/* Of two rows that contradict each other neither is right; a household's own row stays. */
static void contradict(delivery *d, used *earlier, int line)
{
    char sql[500];
    earlier->torn = 1;
    delivery_reject(d, line, "key_conflict");
    (void)snprintf(sql, sizeof sql,
                   "DELETE FROM o_fact WHERE file = '%s' AND line = %d;"
                   "UPDATE o_person SET lost = 1 WHERE feed = '%s' AND line = %d",
                   d->file, earlier->line, d->layout->name, earlier->line);
    if (yaml_at(d->layout->words, "persons"))
        oracle_execute(d->db, sql);
}

static void forget(void *node)
{
    used *row = node;
    free(row->key);
    free(row->content);
    free(row->file);
    free(row);
}

/* The row that holds this one's key, or NULL. A contradicted row holds nothing. */
static used *held(const delivery *d, const export_row *row)
{
    static delivery keys;
    char *copies[FEEDS_COLUMNS];
    used sought = {0};
    keys.layout = d->layout;
    for (int c = 0; c < d->layout->count; c++) {
        const feeds_column *column = &d->layout->columns[c];
        keys.cells[c] = (cell){.state = CELL_UNKNOWN, .text = ""};
        copies[c] = NULL;
        if (column->at < 0 || !yaml_lists(d->layout->words, "key", column->words->key))
            continue;
        copies[c] = strdup(row->cells[column->at]);
        cell_read(&keys.cells[c], column->words, column->codes, yaml_at(d->layout->words, "dates"),
                  copies[c]);
    }
    sought.key = told(&keys, 1);
    used *const *found = tfind(&sought, &d->rows, by_key);
    free(sought.key);
    for (int c = 0; c < d->layout->count; c++)
        free(copies[c]);
    return found && !(*found)->torn ? *found : NULL;
}

/* The row is replaced or deleted: it is nobody's any more. */
static void release(delivery *d, used *row)
{
    char sql[500];
    (void)snprintf(sql, sizeof sql, "DELETE FROM o_fact WHERE file = '%s' AND line = %d", row->file,
                   row->line);
    oracle_execute(d->db, sql);
    (void)tdelete(row, &d->rows, by_key);
    forget(row);
}

static used *fresh_row(const delivery *d, int line)
{
    used *fresh = calloc(1, sizeof *fresh);
    if (!fresh)
        oracle_die("no memory for", d->file);
    fresh->line = line;
    fresh->content = told(d, 0);
    fresh->key = told(d, yaml_at(d->layout->words, "key") != NULL);
    fresh->file = strdup(d->file);
    return fresh;
}

/* A row of a delta counts if its people do, or the row that has its key did. */
static void take_change(delivery *d, export_row *row, const char *verdict)
{
    const yaml *change = yaml_at(d->layout->words, "change");
    const feeds_column *column =
        &d->layout->columns[feeds_column_named(d->layout, yaml_text(change, "column", ""))];
    used *earlier = row->fault ? NULL : held(d, row);
    int strange = verdict && strcmp(verdict, "strange") == 0,
        other = verdict && strcmp(verdict, "other") == 0, ours = !strange && !other;
    if (!ours && !earlier) {
        d->other += other;
        d->accepted += strange;
        d->strange += strange;
        return;
    }
    cell mark;
    const char *reason = ours ? verdict : NULL;
    reason = reason ? reason : decode(d, row);
    cell_read(&mark, column->words, column->codes, NULL, row->cells[d->change_at]);
    if (!reason && mark.state != CELL_VALUE)
        reason = mark.state == CELL_UNLISTED ? "code_value" : "missing";
    if (reason) { /* whoever has the row of its key no longer knows */
        remember(d, row, 1, NULL);
        for (int i = 0; earlier && i < earlier->people_count; i++)
            tell_person(d, row->line, earlier->people[i], 1, 0);
        delivery_reject(d, row->line, reason);
        return;
    }
    if (earlier)
        release(d, earlier);
    if (!ours || yaml_lists(change, "deleted", mark.text)) {
        d->accepted++;
        d->matched++;
        return;
    }
    used *fresh = fresh_row(d, row->line);
    used **found = tsearch(fresh, &d->rows, by_key);
    if (*found != fresh) { /* it was contradicted: now the register says how it is */
        forget(*found);
        *found = fresh;
    }
    keep(d, row->line);
    remember(d, row, 0, fresh);
}

void delivery_record(delivery *d, export_row *row)
{
    const char *verdict = row->fault ? row->fault : judge_persons(d, row);
    const char *of_persons = row->fault ? NULL : verdict;
    d->records++;
    if (d->is_delta) {
        take_change(d, row, verdict);
        return;
    }
    if (verdict && strcmp(verdict, "other") == 0) {
        d->other++;
        return;
    }
    if (verdict && strcmp(verdict, "strange") == 0) {
        d->accepted++;
        d->strange++;
        return;
    }
    if (of_persons || (!verdict && (verdict = decode(d, row))))
        remember(d, row, 1, NULL); /* whose numbers can be read, of them something is lost */
    if (verdict) {
        delivery_reject(d, row->line, verdict);
        return;
    }
    used *fresh = fresh_row(d, row->line);
    used *const *found = tsearch(fresh, &d->rows, by_key);
    if (*found == fresh && is_lost(d)) {
        count(d); /* a good row in itself */
        delivery_reject(d, row->line, "household_unknown");
        return;
    }
    if (*found == fresh) {
        keep(d, row->line);
        remember(d, row, 0, fresh);
        if (strcmp(d->layout->name, "caseload_household") == 0)
            (void)tsearch(strdup(d->cells[0].text), &households, by_text);
        return;
    }
    if (strcmp((*found)->content, fresh->content) == 0) {
        d->duplicate++;
    } else {
        contradict(d, *found, row->line);
        remember(d, row, 1, NULL);
    }
    forget(fresh);
}

void delivery_forget_rows(void *rows)
{
    tdestroy(rows, forget);
}

void delivery_forget_households(void)
{
    tdestroy(households, free);
    households = NULL;
}
