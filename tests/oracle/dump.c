/* dump FOLDER SHARE: what the engine reads in every delivery of a workspace, as tab-separated files
 * under FOLDER/dump. The same calls as a run's, without its rules. */
#include "caseload/caseload.h"
#include "feed/chain.h"
#include "feed/delivery.h"
#include "feed/inbox.h"
#include "feed/layout.h"

#include <hedui/date.h>
#include <hedui/file.h>
#include <hedui/workspace.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

typedef struct dump {
    FILE *ledgers, *rejects, *counts, *facts, *refusals;
    const hedui_caseload *caseload;
} dump;

static void check(hedui_status status, const hedui_err *err, const char *what)
{
    if (!status)
        return;
    (void)fprintf(stderr, "%s: E%d %s\n", what, (int)status, err->text);
    exit(1);
}

static int is_stray(const dump *d, const hedui_delivery *delivery, uint32_t fact)
{
    const hedui_caseload *c = d->caseload;
    int supporters = c && delivery == c->supporter_delivery;
    uint32_t count = supporters                            ? c->supporter_stray_count
                     : c && delivery == c->member_delivery ? c->stray_count
                                                           : 0;
    for (uint32_t i = 0; i < count; i++)
        if ((supporters ? c->supporter_strays : c->strays)[i].fact == fact)
            return 1;
    return 0;
}

static void tell_rejects(const dump *d, const hedui_delivery *delivery)
{
    hedui_err err;
    hedui_err_init(&err);
    for (uint64_t i = 0; i < hedui_rejects_count(delivery->rejects); i++) {
        hedui_reject reject;
        check(hedui_rejects_get(&reject, delivery->rejects, i, &err), &err, delivery->name);
        (void)fprintf(d->rejects, "%s\t%" PRIu32 "\t%s\n", delivery->name, reject.line,
                      hedui_reason_name((hedui_reason)reject.reason));
    }
}

static void tell_counts(const dump *d, const hedui_delivery *delivery)
{
    for (uint32_t c = 0; c < delivery->layout->column_count; c++) {
        const hedui_column_count *n = &delivery->columns[c];
        hedui_span name = delivery->layout->columns[c].name;
        (void)fprintf(d->counts,
                      "%s\t%.*s\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\n",
                      delivery->name, (int)name.length, name.at, n->value, n->absent, n->unknown,
                      n->unlisted, n->bad);
    }
}

/* Facts once a row, whoever of its people was matched. Line ends within texts would end the line.
 */
static void tell_facts(const dump *d, const hedui_delivery *delivery)
{
    const hedui_facts *facts = delivery->facts;
    hedui_buffer text;
    hedui_buffer_init(&text);
    for (uint32_t i = 0; i < facts->count; i++) {
        const hedui_fact fact = hedui_facts_at(facts, i);
        if (fact.gone || (i && hedui_facts_row(facts, i - 1) == fact.row))
            continue;
        if (is_stray(d, delivery, i)) {
            (void)fprintf(d->rejects, "%s\t%" PRIu32 "\thousehold_unknown\n", delivery->name,
                          fact.line);
            continue;
        }
        for (uint32_t c = 0; c < facts->layout->column_count; c++) {
            hedui_span name = facts->layout->columns[c].name;
            hedui_buffer_clear(&text);
            hedui_facts_print(&text, facts, i, c);
            for (size_t k = 0; k < text.length; k++)
                if (text.data[k] == '\n' || text.data[k] == '\t')
                    text.data[k] = ' ';
            (void)fprintf(d->facts, "%s\t%" PRIu32 "\t%.*s\t%.*s\n", delivery->name, fact.line,
                          (int)name.length, name.at, (int)text.length, text.data ? text.data : "");
        }
    }
    hedui_buffer_free(&text);
}

/* `broken`: it or another of its chain is no good, and its rows are no facts. */
static void tell(const dump *d, const hedui_delivery *delivery, int broken)
{
    const hedui_ledger *l = &delivery->ledger;
    hedui_span feed = delivery->layout->name;
    uint64_t strays = 0;
    if (broken) {
        (void)fprintf(
            d->refusals, "%.*s\t%s\t%s\n", (int)feed.length, feed.at, delivery->name,
            delivery->refusal == HEDUI_REFUSAL_none ? "-" : hedui_refusal_name(delivery->refusal));
        if (delivery->refusal != HEDUI_REFUSAL_none)
            return;
    }
    if (d->caseload && delivery == d->caseload->member_delivery)
        strays = d->caseload->stray_count; /* good rows of households that do not exist */
    if (d->caseload && delivery == d->caseload->supporter_delivery)
        strays = d->caseload->supporter_stray_count;
    (void)fprintf(d->ledgers, "%.*s\t%s", (int)feed.length, feed.at, delivery->name);
    const uint64_t numbers[] = {
        l->records,           l->accepted - strays,
        l->other_document,    l->duplicate,
        l->rejected + strays, l->matched - strays,
        l->not_in_caseload,   l->title_lines + l->header_lines + l->footer_lines};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        (void)fprintf(d->ledgers, "\t%" PRIu64, numbers[i]);
    (void)fprintf(d->ledgers, "\n");
    tell_rejects(d, delivery);
    tell_counts(d, delivery);
    if (!broken)
        tell_facts(d, delivery);
}

static const hedui_inbox_file *file_of(const hedui_inbox_file *files, size_t count,
                                       const char *feed)
{
    for (size_t i = 0; i < count; i++)
        if (files[i].layout && hedui_span_is(files[i].layout->name, feed))
            return &files[i];
    exit(1);
}

static hedui_delivery *scan(const hedui_inbox_file *file, const hedui_matcher *matcher)
{
    hedui_scan_options options = {.matcher = matcher, .promise = file->promise};
    hedui_delivery *delivery = NULL;
    hedui_err err;
    hedui_err_init(&err);
    check(hedui_delivery_scan(&delivery, file->path, file->layout, &options, &err), &err,
          file->name);
    return delivery;
}

/* A full delivery and the deltas of its layout, told when the last has said what is gone. Names
 * stand in order, and those of one layout's deltas differ in their days. */
static void tell_chain(const dump *d, const hedui_inbox_file *full, const hedui_inbox_file *files,
                       size_t count, const hedui_matcher *matcher)
{
    hedui_chain *chain = hedui_chain_open(full->layout);
    hedui_scan_options options = {.matcher = matcher, .promise = full->promise};
    hedui_delivery *delivery = NULL;
    hedui_err err;
    hedui_err_init(&err);
    if (!chain)
        exit(1);
    check(hedui_chain_add(&delivery, chain, full->path, &options, &err), &err, full->name);
    for (size_t i = 0; i < count; i++)
        if (files[i].layout == full->layout && files[i].delta) {
            options.promise = files[i].promise;
            check(hedui_chain_add(&delivery, chain, files[i].path, &options, &err), &err,
                  files[i].name);
        }
    int broken = 0;
    for (uint32_t i = 0; i < hedui_chain_count(chain); i++)
        broken |= hedui_chain_at(chain, i)->refusal != HEDUI_REFUSAL_none;
    for (uint32_t i = 0; i < hedui_chain_count(chain); i++)
        tell(d, hedui_chain_at(chain, i), broken);
    hedui_chain_close(chain);
}

/* A full delivery behind which a newer one came. */
static int is_older(const hedui_inbox_file *files, size_t count, const hedui_inbox_file *file)
{
    for (size_t i = 0; i < count; i++)
        if (files[i].layout == file->layout && !files[i].delta && files[i].cut_off > file->cut_off)
            return 1;
    return 0;
}

static FILE *open_file(const char *folder, const char *name, hedui_arena *arena)
{
    FILE *file = fopen(hedui_path_join(folder, name, arena), "we");
    if (!file)
        exit(1);
    return file;
}

int main(int count, char **words)
{
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_workspace *workspace = NULL;
    const hedui_layouts *layouts = NULL;
    const hedui_inbox_file *files = NULL;
    const hedui_areas *areas = NULL;
    size_t file_count = 0;
    int32_t as_of = 0;
    hedui_err err;
    hedui_err_init(&err);
    if (count < 3 || !hedui_date_from_civil(&as_of, 2014, 7, 5))
        return 2;
    check(hedui_workspace_load(&workspace, words[1], words[2], arena, &err), &err, words[1]);
    check(hedui_layouts_load(&layouts, workspace->feed_folders, workspace->feed_folder_count, arena,
                             NULL, &err),
          &err, "feeds");
    check(hedui_inbox_list(&files, &file_count, workspace->inbox, layouts, arena, &err), &err,
          workspace->inbox);
    check(hedui_areas_load(&areas, workspace->areas, workspace->area, arena, &err), &err, "areas");
    const char *folder = hedui_path_join(words[1], "dump", arena);
    (void)mkdir(folder, 0700);
    dump d = {.ledgers = open_file(folder, "ledgers.tsv", arena),
              .rejects = open_file(folder, "rejects.tsv", arena),
              .counts = open_file(folder, "counts.tsv", arena),
              .facts = open_file(folder, "facts.tsv", arena),
              .refusals = open_file(folder, "refusals.tsv", arena)};
    hedui_delivery *households = scan(file_of(files, file_count, HEDUI_CASELOAD_HOUSEHOLDS), NULL);
    hedui_delivery *members = scan(file_of(files, file_count, HEDUI_CASELOAD_MEMBERS), NULL);
    hedui_delivery *supporters = scan(file_of(files, file_count, HEDUI_CASELOAD_SUPPORTERS), NULL);
    check(hedui_caseload_build(&d.caseload, households, members, supporters, areas, as_of, arena,
                               &err),
          &err, "caseload");
    hedui_matcher matcher = {d.caseload, hedui_caseload_find};
    tell(&d, households, 0);
    tell(&d, members, 0);
    tell(&d, supporters, 0);
    for (size_t i = 0; i < file_count; i++) {
        const hedui_layout *layout = files[i].layout;
        if (!layout || files[i].delta || layout == households->layout ||
            layout == members->layout || layout == supporters->layout ||
            is_older(files, file_count, &files[i]))
            continue;
        if (layout->key_count) {
            tell_chain(&d, &files[i], files, file_count, &matcher);
            continue;
        }
        hedui_delivery *delivery = scan(&files[i], &matcher);
        tell(&d, delivery, delivery->refusal != HEDUI_REFUSAL_none);
        hedui_delivery_close(delivery);
    }
    hedui_delivery_close(members);
    hedui_delivery_close(supporters);
    hedui_delivery_close(households);
    int failed = fclose(d.ledgers) | fclose(d.rejects) | fclose(d.counts) | fclose(d.facts) |
                 fclose(d.refusals);
    hedui_arena_close(arena);
    return failed != 0;
}
