/* Decisions of two people that a row is not this person's: a run finds what it would find if the
 * row had never been delivered, and says that it was left out, by whose decision. */
#include "county.h"

#include <hedui/job.h>
#include <hedui/job_propose.h>
#include <hedui/store_household.h>
#include <hedui/store_pair.h>
#include <hedui/store_purge.h>
#include <hedui/store_run.h>

#include <sqlite3.h>

enum { MOST_ROWS = 10, MOST_TEXT = 160 };

/* A row of a delivery at a household, as truth/matched.tsv tells it. */
typedef struct row {
    char file[64], household[32];
    uint32_t line;
} row;

static void shell(const county *w, const char *command)
{
    char line[1024];
    (void)snprintf(line, sizeof line, "cd '%s' && %s", w->folder, command);
    if (system(line) != 0)
        fail_msg("%s", line);
}

static hedui_span night(const county *w, int32_t day, int threads)
{
    const hedui_job_options options = {.as_of = day, .threads = threads};
    hedui_job_outcome outcome;
    hedui_err err;
    hedui_err_init(&err);
    if (hedui_job_run(&outcome, county_workspace(w), &options, w->arena, NULL, &err)) {
        hedui_buffer text;
        hedui_buffer_init(&text);
        hedui_message_sentence(&text, &err, HEDUI_ZH);
        fail_msg("%s", text.data);
    }
    hedui_store *store = county_store(w);
    (void)hedui_store_run_publish(store, hedui_span_of(outcome.run), hedui_span_of("王主任"),
                                  hedui_span_of("已核实"), INT64_MIN, NULL);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    hedui_store_close(store);
    return hedui_arena_copy(w->arena, hedui_span_of(outcome.run));
}

static hedui_status propose(char id[HEDUI_STORE_DECISION_ID], const county *w, const row *r,
                            int days)
{
    hedui_span message;
    const hedui_pair_options options = {.by.grounds = {hedui_span_of(r->household),
                                                       hedui_span_of("公安回函"), w->as_of + days,
                                                       county_word(w, "李敏", "冒用身份")},
                                        .file = hedui_span_of(r->file),
                                        .line = r->line,
                                        .threads = 2};
    return hedui_job_pair_propose(id, &message, county_workspace(w), &options, w->arena, NULL,
                                  NULL);
}

/* The rows that decisions speak of in a run, one text: number, state, household, file. */
static const char *met_of(const county *w, hedui_span run)
{
    const hedui_store_met *met = NULL;
    size_t count = 0;
    hedui_buffer text;
    hedui_store *store = county_store(w);
    assert_int_equal(
        hedui_store_met_list(&met, &count, store, run, hedui_span_of(""), w->arena, NULL),
        HEDUI_OK);
    hedui_store_close(store);
    hedui_buffer_init(&text);
    for (size_t i = 0; i < count; i++) {
        hedui_buffer_add(&text, met[i].pair);
        hedui_buffer_byte(&text, ' ');
        hedui_buffer_add(&text, met[i].state);
        hedui_buffer_byte(&text, ' ');
        hedui_buffer_add(&text, met[i].household);
        hedui_buffer_byte(&text, '\n');
    }
    hedui_span kept = hedui_arena_copy(w->arena, hedui_buffer_span(&text));
    hedui_buffer_free(&text);
    return kept.at;
}

/* --- what a run finds, as one text ------------------------------------------------------------ */

static void put(hedui_buffer *out, hedui_span text)
{
    hedui_buffer_byte(out, '\t');
    hedui_buffer_add(out, text);
}

/* Flags and tags with their words, what is open and why, states and what was searched, and how many
 * rows and people were matched: all but places and the account of what was left out. */
static const char *found(const county *w, hedui_span run)
{
    const hedui_store_flag *flags = NULL;
    const hedui_store_mark *marks = NULL;
    const hedui_store_open_cause *causes = NULL;
    const hedui_store_state *states = NULL;
    const hedui_store_run *r = NULL;
    size_t count = 0;
    hedui_buffer out;
    hedui_store *store = county_store(w);
    hedui_buffer_init(&out);
    assert_int_equal(
        hedui_store_flag_list(&flags, &count, store, run, hedui_span_of(""), w->arena, NULL),
        HEDUI_OK);
    for (size_t i = 0; i < count; i++) {
        put(&out, flags[i].household);
        put(&out, flags[i].rule);
        put(&out, flags[i].message);
        put(&out, flags[i].status);
        hedui_buffer_format(&out, " %zu %d\n", flags[i].evidence_count, flags[i].content.bytes[0]);
    }
    assert_int_equal(hedui_store_mark_list(&marks, &count, store, run, w->arena, NULL), HEDUI_OK);
    for (size_t i = 0; i < count; i++) {
        put(&out, marks[i].household);
        put(&out, marks[i].rule);
        put(&out, marks[i].subject);
        put(&out, marks[i].effect);
        hedui_buffer_byte(&out, '\n');
    }
    assert_int_equal(hedui_store_open_cause_list(&causes, &count, store, run, w->arena, NULL),
                     HEDUI_OK);
    for (size_t i = 0; i < count; i++) {
        put(&out, causes[i].household);
        put(&out, causes[i].rule);
        put(&out, causes[i].reason);
        hedui_buffer_byte(&out, '\n');
    }
    assert_int_equal(hedui_store_state_list(&states, &count, store, run, w->arena, NULL), HEDUI_OK);
    for (size_t i = 0; i < count; i++) {
        put(&out, states[i].household);
        put(&out, states[i].state);
        put(&out, states[i].searched);
        hedui_buffer_byte(&out, '\n');
    }
    assert_int_equal(hedui_store_run_find(&r, store, run, w->arena, NULL), HEDUI_OK);
    hedui_buffer_format(&out, "%lld %lld %lld %lld %lld\n", (long long)r->persons_matched,
                        (long long)r->rows_matched[0], (long long)r->rows_matched[1],
                        (long long)r->rows_matched[2], (long long)r->rows_matched[3]);
    hedui_store_close(store);
    hedui_span kept = hedui_arena_copy(w->arena, hedui_buffer_span(&out));
    hedui_buffer_free(&out);
    return kept.at;
}

static void expect_same(const char *a, const char *b)
{
    size_t at = 0, line = 0;
    while (a[at] && a[at] == b[at]) {
        line = a[at] == '\n' ? at + 1 : line;
        at++;
    }
    if (a[at] != b[at])
        fail_msg("left out: %.90s\ndeleted: %.90s", a + line, b + line);
}

/* --- rows ------------------------------------------------------------------------------------- */

static uint64_t next(uint64_t *seed)
{
    *seed += 0x9e3779b97f4a7c15;
    uint64_t z = (*seed ^ (*seed >> 30)) * 0xbf58476d1ce4e5b9;
    return z ^ (z >> 27);
}

/* All rows of the truth whose file's name begins like this. */
static size_t rows_of(row *rows, size_t room, const county *w, const char *prefix)
{
    size_t count = 0;
    row r;
    char line[256];
    FILE *file = fopen(county_path(w, "truth/matched.tsv"), "r");
    assert_non_null(file);
    while (count < room && fgets(line, sizeof line, file))
        if (sscanf(line, "%63[^\t]\t%u\t%31s", r.file, &r.line, r.household) == 3 &&
            strncmp(r.file, prefix, strlen(prefix)) == 0)
            rows[count++] = r;
    (void)fclose(file);
    return count;
}

/* The lines of a delivery that say the same as this one, taken away. */
static void delete_lines(const county *w, const row *r)
{
    char path[96], *text = NULL, wanted[4096];
    (void)snprintf(path, sizeof path, "inbox/%.63s", r->file);
    size_t length = county_read(&text, w, path), used = 0, wanted_length = 0;
    char *kept = malloc(length + 1);
    assert_non_null(kept);
    for (int pass = 0; pass < 2; pass++) {
        uint32_t line = 0;
        used = 0;
        for (char *at = text, *end = text + length; at < end;) {
            char *stop = memchr(at, '\n', (size_t)(end - at));
            size_t size = stop ? (size_t)(stop - at) + 1 : (size_t)(end - at);
            if (++line == r->line) {
                assert_true(size < sizeof wanted);
                memcpy(wanted, at, size);
                wanted_length = size;
            }
            if (pass && (size != wanted_length || memcmp(at, wanted, size) != 0)) {
                memcpy(kept + used, at, size);
                used += size;
            }
            at += size;
        }
    }
    county_write(w, path, kept, used);
    free(kept);
    free(text);
}

/* A file that says at its end how many rows it has cannot lose one. */
static int counts_itself(const county *w, const row *r)
{
    char path[96], *text = NULL;
    (void)snprintf(path, sizeof path, "inbox/%.63s", r->file);
    size_t length = county_read(&text, w, path), end = length;
    while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == '\r'))
        end--;
    const char *last = memrchr(text, '\n', end);
    int plain = last && memchr(last, ',', (size_t)(text + end - last)) != NULL;
    free(text);
    return !plain;
}

static int by_line(const void *a, const void *b)
{
    const row *x = a, *y = b;
    return x->line > y->line ? -1 : x->line < y->line;
}

/* --- tests ------------------------------------------------------------------------------------ */

/* Whatever the row said, for the family or against it: rows of registers at random. */
static void a_run_finds_what_it_would_without_the_row(void **state)
{
    static row all[40000];
    (void)state;
    for (uint64_t round = 0, seed = 11; round < 2; round++) {
        county w;
        row chosen[MOST_ROWS];
        char id[HEDUI_STORE_DECISION_ID], line[MOST_TEXT];
        size_t count = 0, want = 0;
        county_make(&w, 21 + round);
        size_t rows = rows_of(all, sizeof all / sizeof *all, &w, "");
        (void)night(&w, w.as_of, 2);
        shell(&w, "mkdir kept && cp -r inbox hedui.db kept/");
        for (int tries = 0; count < MOST_ROWS && tries < 200; tries++) {
            const row *r = &all[next(&seed) % rows];
            if (strncmp(r->file, "caseload", 8) == 0 || counts_itself(&w, r))
                continue;
            hedui_status status = propose(id, &w, r, 30);
            /* of our own registers, of people who gave no authority; a name must be said */
            if (status == HEDUI_E5050 || status == HEDUI_E5051 || status == HEDUI_E5052)
                continue;
            assert_int_equal(status, HEDUI_OK);
            assert_int_equal(county_decide(&w, HEDUI_STORE_PAIR, id, "approved", "王主任"),
                             HEDUI_OK);
            chosen[count++] = *r;
        }
        assert_int_equal(count, MOST_ROWS);
        hedui_span run = night(&w, w.as_of + 1, 2);
        const char *left_out = found(&w, run), *met = met_of(&w, run);
        for (const char *at = met; (at = strstr(at, "left_out")) != NULL; at++)
            want++;
        assert_true(want > 0 && !strstr(met, "changed") && !strstr(met, "expired"));
        county_expect_replayed(&w, run);
        shell(&w, "rm -rf inbox hedui.db* && cp -r kept/* .");
        qsort(chosen, count, sizeof *chosen,
              by_line); /* from the back: lines stay where they are */
        for (size_t i = 0; i < count; i++)
            delete_lines(&w, &chosen[i]);
        (void)snprintf(line, sizeof line, "round %d", (int)round);
        expect_same(left_out, found(&w, night(&w, w.as_of + 1, 1)));
        county_throw_away(&w);
    }
}

/* A household with one flag, of VEH-01, and the row of its car. */
static row pick(const county *w, hedui_span run)
{
    const hedui_store_flag *flags = NULL;
    size_t count = 0;
    row r = {{0}, {0}, 0};
    hedui_store *store = county_store(w);
    assert_int_equal(
        hedui_store_flag_list(&flags, &count, store, run, hedui_span_of(""), w->arena, NULL),
        HEDUI_OK);
    hedui_store_close(store);
    for (size_t i = 0; i < count && !r.line; i++) {
        if (!hedui_span_is(flags[i].rule, "VEH-01") ||
            (i > 0 && hedui_span_equal(flags[i - 1].household, flags[i].household)) ||
            (i + 1 < count && hedui_span_equal(flags[i + 1].household, flags[i].household)))
            continue;
        for (size_t e = 0; e < flags[i].evidence_count; e++)
            if (hedui_span_is(flags[i].evidence[e].feed, "vehicle")) {
                r.line = (uint32_t)flags[i].evidence[e].line;
                (void)snprintf(r.file, sizeof r.file, "%.*s", (int)flags[i].evidence[e].file.length,
                               flags[i].evidence[e].file.at);
                (void)snprintf(r.household, sizeof r.household, "%.*s",
                               (int)flags[i].household.length, flags[i].household.at);
            }
    }
    assert_true(r.line > 0);
    return r;
}

static void expect(const county *w, hedui_span run, const row *r, const char *state, const char *id,
                   const char *met)
{
    char want[MOST_TEXT] = "";
    const hedui_store_household *h = county_household(w, run, hedui_span_of(r->household));
    if (!hedui_span_is(h->state, state))
        fail_msg("%.*s: %.*s", (int)run.length, run.at, (int)h->state.length, h->state.at);
    if (met)
        (void)snprintf(want, sizeof want, "%s %s %s\n", id, met, r->household);
    assert_string_equal(met_of(w, run), want);
    assert_int_equal(h->met_count, met != NULL);
    if (met) {
        assert_true(hedui_span_is(h->met[0].proposer, "李敏"));
        assert_true(hedui_span_is(h->met[0].approver, "王主任"));
    }
    county_expect_replayed(w, run);
}

static void it_holds_from_its_approval_to_its_last_day(void **state)
{
    county w;
    char id[HEDUI_STORE_DECISION_ID];
    hedui_store_purged purged = {0};
    const hedui_store_decision *list = NULL;
    size_t count = 0;
    (void)state;
    county_make(&w, 21);
    hedui_span first = night(&w, w.as_of, 2);
    row r = pick(&w, first);
    assert_int_equal(propose(id, &w, &r, 3), HEDUI_OK);
    expect(&w, night(&w, w.as_of + 1, 2), &r, "flagged", id, NULL); /* one word is nothing */
    assert_int_equal(county_decide(&w, HEDUI_STORE_PAIR, id, "approved", "李　敏"), HEDUI_E5041);
    assert_int_equal(county_decide(&w, HEDUI_STORE_PAIR, id, "approved", "王主任"), HEDUI_OK);
    expect(&w, night(&w, w.as_of + 2, 1), &r, "clear", id, "left_out");
    hedui_span kept = night(&w, w.as_of + 3, 2);
    expect(&w, kept, &r, "clear", id, "left_out");
    hedui_span last = night(&w, w.as_of + 4, 2);
    expect(&w, last, &r, "flagged", id, "expired");
    /* what it said goes once it cannot hold, the decision stays */
    const hedui_store_purging purging = {
        .keep = last, .person = hedui_span_of("王主任"), .reason = hedui_span_of("保存期满")};
    hedui_store *store = county_store(&w);
    assert_int_equal(hedui_store_decision_list(&list, &count, store, HEDUI_STORE_PAIR,
                                               hedui_span_of(id), hedui_span_of(""), w.arena, NULL),
                     HEDUI_OK);
    assert_true(list[0].message.length > 0);
    assert_int_equal(hedui_store_purge(&purged, store, &purging, w.arena, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_check(store, NULL), HEDUI_OK);
    assert_int_equal(hedui_store_decision_list(&list, &count, store, HEDUI_STORE_PAIR,
                                               hedui_span_of(id), hedui_span_of(""), w.arena, NULL),
                     HEDUI_OK);
    assert_int_equal(list[0].message.length, 0);
    assert_true(hedui_span_is(list[0].state, "approved"));
    hedui_store_close(store);
    assert_string_equal(met_of(&w, kept), "");
    expect(&w, last, &r, "flagged", id, "expired");
    county_throw_away(&w);
}

/* What brings a row back before its last day, and what does not. */
static void other_facts_and_a_revocation_bring_it_back(void **state)
{
    static const struct {
        const char *change; /* of the inbox; NULL: revoke */
        const char *state, *met;
    } cases[] = {
        {"gunzip -c inbox/veh-*.gz | LC_ALL=C sed 's/,A\\(\\r\\{0,1\\}\\)$/,AG\\1/' >v && "
         "gzip -c v >inbox/veh-201406.csv.gz && rm v",
         "flagged", "changed"},
        {"gunzip -c inbox/veh-*.gz >v && (head -n 1 v; tail -n +2 v | LC_ALL=C sort) | gzip -9 "
         ">inbox/veh-201407.csv.gz && rm v inbox/veh-201406.csv.gz",
         "clear", "left_out"},
        {NULL, "flagged", "revoked"},
    };
    county w;
    char id[HEDUI_STORE_DECISION_ID];
    (void)state;
    county_make(&w, 21);
    row r = pick(&w, night(&w, w.as_of, 2));
    assert_int_equal(propose(id, &w, &r, 60), HEDUI_OK);
    assert_int_equal(county_decide(&w, HEDUI_STORE_PAIR, id, "approved", "王主任"), HEDUI_OK);
    shell(&w, "mkdir kept && cp -r inbox hedui.db kept/");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        shell(&w, "rm -rf inbox hedui.db* && cp -r kept/* .");
        if (cases[i].change)
            shell(&w, cases[i].change);
        else
            assert_int_equal(county_decide(&w, HEDUI_STORE_PAIR, id, "revoked", "李敏"), HEDUI_OK);
        expect(&w, night(&w, w.as_of + 30, 2), &r, cases[i].state, id, cases[i].met);
    }
    county_throw_away(&w);
}

/* It is about the person: at every place where the person stands, and for nobody else. */
static void it_holds_at_every_place_of_its_person(void **state)
{
    county w;
    char id[HEDUI_STORE_DECISION_ID], line[640], want[MOST_TEXT];
    const char *other = "DB0000000001";
    (void)state;
    county_make(&w, 21);
    row r = pick(&w, night(&w, w.as_of, 2));
    assert_string_not_equal(r.household, other);
    (void)snprintf(line, sizeof line,
                   "F=$(ls inbox/caseload-member-*.gz) && gunzip -c $F >m && tail -c 1 m | "
                   "grep -q . && echo >>m; "
                   "N=$(gunzip -c inbox/%s | LC_ALL=C sed -n %up | LC_ALL=C grep -oE "
                   "'659000[0-9]{11}[0-9X]' | head -n 1) && LC_ALL=C grep $N m | LC_ALL=C sed "
                   "s/%s/%s/ >n && test -s n && cat m n | gzip -c >$F && rm m n",
                   r.file, r.line, r.household, other);
    shell(&w, line);
    (void)night(&w, w.as_of + 1, 2);
    assert_int_equal(propose(id, &w, &r, 30), HEDUI_OK);
    assert_int_equal(county_decide(&w, HEDUI_STORE_PAIR, id, "approved", "王主任"), HEDUI_OK);
    hedui_span run = night(&w, w.as_of + 2, 2);
    (void)snprintf(want, sizeof want, "%s left_out %s\n%s left_out %s\n", id, other, id,
                   r.household);
    assert_string_equal(met_of(&w, run), want);
    county_expect_replayed(&w, run);
    county_throw_away(&w);
}

/* The row as it is at the end of a chain: a delta's, by its own place. */
static void of_a_chain_the_last_state_counts(void **state)
{
    static row rows[64];
    county w;
    char id[HEDUI_STORE_DECISION_ID];
    hedui_demo_options options = {.households = 1000, .seed = 5, .further = 1};
    size_t done = 0;
    (void)state;
    county_make(&w, 5);
    options.as_of = w.as_of;
    shell(&w, "rm -rf inbox truth feeds hedui.yaml areas.csv");
    assert_int_equal(hedui_demo_write(NULL, w.folder, &options, NULL), HEDUI_OK);
    size_t count = rows_of(rows, sizeof rows / sizeof *rows, &w, "veh-delta");
    (void)night(&w, w.as_of, 2);
    for (size_t i = 0; i < count && done < 3; i++)
        if (propose(id, &w, &rows[i], 30) == HEDUI_OK) {
            assert_int_equal(county_decide(&w, HEDUI_STORE_PAIR, id, "approved", "王主任"),
                             HEDUI_OK);
            done++;
        }
    assert_int_equal(done, 3);
    hedui_span run = night(&w, w.as_of + 1, 2);
    const hedui_store_met *met = NULL;
    hedui_store *store = county_store(&w);
    assert_int_equal(
        hedui_store_met_list(&met, &count, store, run, hedui_span_of(""), w.arena, NULL), HEDUI_OK);
    hedui_store_close(store);
    assert_true(count >= 3);
    for (size_t i = 0; i < count; i++)
        assert_true(hedui_span_is(met[i].state, "left_out") &&
                    memmem(met[i].file.at, met[i].file.length, "delta", 5));
    county_expect_replayed(&w, run);
    county_throw_away(&w);
}

/* Rows of registers about those who owe support and are nobody's members: left out at the household
 * that they support, and what is found is what it would be without the rows. */
static void it_is_about_those_who_owe_support_too(void **state)
{
    static row rows[512];
    enum { WANTED = 3 };
    county w;
    row chosen[WANTED];
    char id[HEDUI_STORE_DECISION_ID], line[MOST_TEXT];
    hedui_demo_options options = {.households = 1000, .seed = 5, .further = 1};
    size_t done = 0, used = 0;
    (void)state;
    county_make(&w, 5);
    options.as_of = w.as_of;
    shell(&w, "rm -rf inbox truth feeds hedui.yaml areas.csv");
    assert_int_equal(hedui_demo_write(NULL, w.folder, &options, NULL), HEDUI_OK);
    shell(&w,
          "export LC_ALL=C; gunzip -c inbox/caseload-supporter-*.gz | cut -d, -f1,2 | grep '^DB' "
          ">s; gunzip -c inbox/caseload-member-*.gz >m; while IFS=, read -r h n; do grep -aq "
          "\"$n\" m || for f in veh disability income-tax payroll-town military pension-resident "
          "medical; do gunzip -c inbox/$f-201406.csv.gz | grep -an \"$n\" | cut -d: -f1 | while "
          "read -r l; do printf '%s-201406.csv.gz\\t%s\\t%s\\n' $f $l $h; done; done; done <s "
          ">truth/matched.tsv; rm s m");
    size_t count = rows_of(rows, sizeof rows / sizeof *rows, &w, "");
    (void)night(&w, w.as_of, 2);
    shell(&w, "mkdir kept && cp -r inbox hedui.db kept/");
    for (size_t i = 0; i < count && done < WANTED; i++) {
        if (counts_itself(&w, &rows[i]) || propose(id, &w, &rows[i], 30) != HEDUI_OK)
            continue; /* who gave no authority */
        assert_int_equal(county_decide(&w, HEDUI_STORE_PAIR, id, "approved", "王主任"), HEDUI_OK);
        used += (size_t)snprintf(line, sizeof line, "%s left_out %s\n", id, rows[i].household);
        chosen[done++] = rows[i];
    }
    assert_true(done > 0);
    hedui_span run = night(&w, w.as_of + 1, 2);
    const char *left_out = found(&w, run), *met = met_of(&w, run);
    assert_true(strlen(met) >= used && !strstr(met, "changed")); /* who supports two stands twice */
    for (size_t i = 0; i < done; i++)
        assert_non_null(strstr(met, chosen[i].household));
    county_expect_replayed(&w, run);
    shell(&w, "rm -rf inbox hedui.db* && cp -r kept/* .");
    qsort(chosen, done, sizeof *chosen, by_line);
    for (size_t i = 0; i < done; i++)
        delete_lines(&w, &chosen[i]);
    expect_same(left_out, found(&w, night(&w, w.as_of + 1, 1)));
    county_throw_away(&w);
}

static void it_takes_two_people_and_a_row_of_a_register(void **state)
{
    static const char *const forgeries[] = {
        "UPDATE pair SET until = until + 1",
        "DELETE FROM pair",
        "UPDATE pair_event SET person = 'x'",
        "DELETE FROM pair_event",
        "UPDATE pair_row SET says = 'x'",
        ("INSERT INTO pair_event (pair, event, person, who, reason, day) "
         "SELECT pair, 'approved', person, who, reason, day FROM pair_event LIMIT 1")};
    static const struct {
        const char *change, *kind;
    } spoiled[] = {{"UPDATE pair_met SET state = 'expired'", "pair"},
                   {"UPDATE pair_met SET line = line + 1", "pair"},
                   {"DELETE FROM pair_met", "pair"}};
    static row rows[8];
    county w;
    sqlite3 *db = NULL;
    char id[HEDUI_STORE_DECISION_ID];
    (void)state;
    county_make(&w, 21);
    row r = pick(&w, night(&w, w.as_of, 2)), wrong = r;
    assert_int_equal(propose(id, &w, &r, 367), HEDUI_E5043);
    wrong.line++;
    assert_int_equal(propose(id, &w, &wrong, 3), HEDUI_E5050);
    assert_true(rows_of(rows, 8, &w, "register-exemption") > 0);
    assert_int_equal(propose(id, &w, &rows[0], 3), HEDUI_E5051);
    assert_true(rows_of(rows, 8, &w, "register-tip") > 0); /* nor is it told that there is a tip */
    assert_int_equal(propose(id, &w, &rows[0], 3), HEDUI_E5050);
    (void)snprintf(wrong.household, sizeof wrong.household, "nobody");
    assert_int_equal(propose(id, &w, &wrong, 3), HEDUI_E5015);
    assert_int_equal(propose(id, &w, &r, 3), HEDUI_OK);
    assert_int_equal(sqlite3_open(county_path(&w, "hedui.db"), &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof forgeries / sizeof *forgeries; i++)
        if (sqlite3_exec(db, forgeries[i], NULL, NULL, NULL) == SQLITE_OK)
            fail_msg("%s", forgeries[i]);
    (void)sqlite3_close(db);
    assert_int_equal(county_decide(&w, HEDUI_STORE_PAIR, id, "approved", "王主任"), HEDUI_OK);
    hedui_span run = night(&w, w.as_of + 1, 2);
    expect(&w, run, &r, "clear", id, "left_out");
    /* what holds can be proposed anew before it runs out */
    assert_int_equal(propose(id, &w, &r, 300), HEDUI_OK);
    shell(&w, "cp hedui.db kept.db");
    for (size_t i = 0; i < sizeof spoiled / sizeof *spoiled; i++) {
        hedui_job_replay_outcome outcome;
        shell(&w, "rm -f hedui.db-wal hedui.db-shm && cp kept.db hedui.db");
        assert_int_equal(sqlite3_open(county_path(&w, "hedui.db"), &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, spoiled[i].change, NULL, NULL, NULL), SQLITE_OK);
        (void)sqlite3_close(db);
        assert_int_equal(hedui_job_replay(&outcome, county_workspace(&w), run, hedui_span_of(""), 2,
                                          w.arena, NULL, NULL),
                         HEDUI_OK);
        if (outcome.same || strcmp(outcome.differences[0].kind, spoiled[i].kind) != 0)
            fail_msg("%s: not told", spoiled[i].change);
    }
    county_throw_away(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_finds_what_it_would_without_the_row),
        cmocka_unit_test(it_holds_from_its_approval_to_its_last_day),
        cmocka_unit_test(other_facts_and_a_revocation_bring_it_back),
        cmocka_unit_test(it_holds_at_every_place_of_its_person),
        cmocka_unit_test(of_a_chain_the_last_state_counts),
        cmocka_unit_test(it_is_about_those_who_owe_support_too),
        cmocka_unit_test(it_takes_two_people_and_a_row_of_a_register),
    };
    return cmocka_run_group_tests_name("job/pair", tests, NULL, NULL);
}
