/* Deliveries as they were read: the same file with the same ledger and rejects is one row, whatever
 * number of nights it lies in the inbox. What the guards made of it stands with the receipt. */
#include "rule/prior.h"
#include "store/codes.h"
#include "store/writing.h"

static int is_zero(const hedui_digest *digest)
{
    static const hedui_digest zero;
    return memcmp(digest, &zero, sizeof zero) == 0;
}

static void digest_ledger(hedui_digester *to, const hedui_run_ledger *l)
{
    const int64_t numbers[] = {l->records,         l->accepted, l->other_document,
                               l->duplicate,       l->rejected, l->matched,
                               l->not_in_caseload, l->apart,    l->unknown_fields};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hedui_digester_number(to, numbers[i]);
}

static hedui_status digest_delivery(hedui_digest *record, hedui_digester *to,
                                    const hedui_run_delivery *d, hedui_err *err)
{
    const hedui_span texts[] = {d->feed, d->title, d->source, d->file};
    const int64_t numbers[] = {d->size, d->content_length, d->content_crc, d->cut_off,
                               d->reject_count};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hedui_digester_field(to, texts[i]);
    hedui_digester_add(to, d->digest.bytes, sizeof d->digest.bytes);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hedui_digester_number(to, numbers[i]);
    digest_ledger(to, &d->ledger);
    for (uint32_t i = 0; i < d->reject_count; i++) {
        const hedui_run_reject *reject = &d->rejects[i];
        hedui_digester_number(to, reject->offset);
        hedui_digester_number(to, reject->line);
        hedui_digester_number(to, reject->length);
        hedui_digester_field(to, reject->reason);
        hedui_digester_field(to, reject->column);
        hedui_digester_field(to, reject->excerpt);
    }
    for (uint32_t i = 0; i < d->figure_count; i++) {
        hedui_digester_field(to, d->figures[i].name);
        hedui_digester_number(to, d->figures[i].part);
        hedui_digester_number(to, d->figures[i].whole);
    }
    return hedui_digester_end(record, to, err);
}

/* What the guards made of it. */
static void digest_judgement(hedui_digester *to, const hedui_run_delivery *d)
{
    if (d->answer.query.length) {
        const int64_t answer[] = {d->answer.day, d->answer.asked, d->answer.answered,
                                  d->answer.unasked};
        hedui_digester_field(to, d->answer.query);
        for (size_t i = 0; i < sizeof answer / sizeof *answer; i++)
            hedui_digester_number(to, answer[i]);
    }
    hedui_digester_number(to, d->verdict);
    hedui_digester_number(to, d->remark_count);
    for (uint32_t i = 0; i < d->remark_count; i++) {
        hedui_digester_number(to, d->remarks[i].number);
        hedui_digester_field(to, d->remarks[i].argument);
        hedui_digester_number(to, d->remarks[i].verdict);
    }
}

static hedui_status insert_delivery(int64_t *number, hedui_store *store,
                                    const hedui_run_delivery *d, const hedui_digest *record,
                                    hedui_err *err)
{
    const hedui_run_ledger *l = &d->ledger;
    hedui_sql sql = hedui_sql_begin(store, "delivery_insert");
    hedui_sql_digest(&sql, record);
    hedui_sql_text(&sql, d->feed);
    hedui_sql_text(&sql, d->title);
    hedui_sql_text(&sql, d->source);
    hedui_sql_text(&sql, d->file);
    if (is_zero(&d->digest))
        hedui_sql_null(&sql);
    else
        hedui_sql_digest(&sql, &d->digest);
    hedui_sql_number(&sql, d->size);
    hedui_sql_number(&sql, d->content_length);
    hedui_sql_number(&sql, d->content_crc);
    hedui_sql_number(&sql, d->cut_off == INT32_MIN ? HEDUI_SQL_NULL : d->cut_off);
    hedui_sql_number(&sql, l->records);
    hedui_sql_number(&sql, l->accepted);
    hedui_sql_number(&sql, l->other_document);
    hedui_sql_number(&sql, l->duplicate);
    hedui_sql_number(&sql, l->rejected);
    hedui_sql_number(&sql, l->matched);
    hedui_sql_number(&sql, l->not_in_caseload);
    hedui_sql_number(&sql, l->apart);
    hedui_sql_number(&sql, l->unknown_fields);
    hedui_sql_text(&sql, d->charset.at ? d->charset : hedui_span_of(""));
    return hedui_sql_value(number, &sql, err);
}

static hedui_status insert_rejects(hedui_store *store, int64_t number, const hedui_run_delivery *d,
                                   hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && i < d->reject_count; i++) {
        const hedui_run_reject *reject = &d->rejects[i];
        hedui_sql sql = hedui_sql_begin(store, "reject_insert");
        hedui_sql_number(&sql, number);
        hedui_sql_number(&sql, i);
        hedui_sql_number(&sql, reject->line);
        hedui_sql_number(&sql, reject->offset);
        hedui_sql_number(&sql, reject->length);
        hedui_sql_text(&sql, reject->reason);
        hedui_sql_text(&sql, reject->column);
        hedui_sql_text(&sql, reject->excerpt);
        status = hedui_sql_run(&sql, err);
    }
    return status;
}

static hedui_status insert_figures(hedui_store *store, int64_t number, const hedui_run_delivery *d,
                                   hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && i < d->figure_count; i++) {
        hedui_sql sql = hedui_sql_begin(store, "figure_insert");
        hedui_sql_number(&sql, number);
        hedui_sql_number(&sql, i);
        hedui_sql_text(&sql, d->figures[i].name);
        hedui_sql_number(&sql, d->figures[i].part);
        hedui_sql_number(&sql, d->figures[i].whole);
        status = hedui_sql_run(&sql, err);
    }
    return status;
}

/* One delivery, one transaction. */
static hedui_status receive_one(int64_t *number, hedui_store_writing *w,
                                const hedui_run_delivery *d, const hedui_digest *record,
                                hedui_err *err)
{
    int64_t found = HEDUI_SQL_NULL;
    hedui_sql find = hedui_sql_begin(w->store, "delivery_find");
    hedui_sql_digest(&find, record);
    hedui_status status = hedui_sql_value(&found, &find, err);
    if (status)
        return status;
    if (found == HEDUI_SQL_NULL) {
        status = hedui_sql_transaction(w->store, err);
        if (!status)
            status = insert_delivery(&found, w->store, d, record, err);
        if (!status)
            status = insert_rejects(w->store, found, d, err);
        if (!status)
            status = insert_figures(w->store, found, d, err);
        if (!status)
            status = hedui_sql_commit(w->store, err);
        if (status)
            hedui_sql_rollback(w->store);
    }
    if (!status)
        *number = found;
    return status;
}

static hedui_status link_delivery(hedui_store_writing *w, int64_t receipt, uint32_t place,
                                  hedui_err *err)
{
    const hedui_run_delivery *d = &w->head->deliveries[place];
    hedui_sql link = hedui_sql_begin(w->store, "receipt_delivery_insert");
    hedui_sql_number(&link, receipt);
    hedui_sql_number(&link, place);
    hedui_sql_number(&link, w->deliveries[place]);
    hedui_sql_code(&link, hedui_store_verdict_code(d->verdict));
    hedui_sql_text(&link, d->answer.query.at ? d->answer.query : hedui_span_of(""));
    hedui_sql_number(&link, d->answer.query.length ? d->answer.day : HEDUI_SQL_NULL);
    hedui_sql_number(&link, d->answer.asked);
    hedui_sql_number(&link, d->answer.answered);
    hedui_sql_number(&link, d->answer.unasked);
    hedui_status status = hedui_sql_run(&link, err);
    for (uint32_t i = 0; !status && i < d->remark_count; i++) {
        hedui_sql sql = hedui_sql_begin(w->store, "remark_insert");
        hedui_sql_number(&sql, receipt);
        hedui_sql_number(&sql, place);
        hedui_sql_number(&sql, i);
        hedui_sql_number(&sql, d->remarks[i].number);
        hedui_sql_text(&sql, d->remarks[i].argument);
        hedui_sql_code(&sql, hedui_store_verdict_code(d->remarks[i].verdict));
        status = hedui_sql_run(&sql, err);
    }
    return status;
}

static hedui_status bind_receipt(hedui_store_writing *w, const hedui_digest *record, hedui_err *err)
{
    int64_t found = HEDUI_SQL_NULL;
    hedui_sql find = hedui_sql_begin(w->store, "receipt_find");
    hedui_sql_digest(&find, record);
    hedui_status status = hedui_sql_value(&found, &find, err);
    if (!status && found == HEDUI_SQL_NULL) {
        status = hedui_sql_transaction(w->store, err);
        if (!status) {
            hedui_sql insert = hedui_sql_begin(w->store, "receipt_insert");
            hedui_sql_digest(&insert, record);
            hedui_sql_number(&insert, w->head->as_of);
            status = hedui_sql_value(&found, &insert, err);
        }
        for (uint32_t i = 0; !status && i < w->head->delivery_count; i++)
            status = link_delivery(w, found, i, err);
        if (!status)
            status = hedui_sql_commit(w->store, err);
        if (status)
            hedui_sql_rollback(w->store);
    }
    if (!status)
        w->receipt = found;
    return status;
}

hedui_status hedui_store_write_deliveries(hedui_store_writing *w, hedui_err *err)
{
    uint32_t count = w->head->delivery_count;
    w->deliveries = hedui_arena_array(w->arena, count, sizeof *w->deliveries);
    hedui_digest *records = hedui_arena_array(w->arena, count, sizeof *records);
    hedui_digest all;
    if (!w->deliveries || !records)
        return hedui_fail_memory(err);
    hedui_status status = HEDUI_OK;
    for (uint32_t i = 0; !status && i < count; i++) {
        status = digest_delivery(&records[i], w->digester, &w->head->deliveries[i], err);
        if (!status)
            status = receive_one(&w->deliveries[i], w, &w->head->deliveries[i], &records[i], err);
    }
    if (status)
        return status;
    hedui_digester_number(w->digester, w->head->as_of);
    for (uint32_t i = 0; i < count; i++) {
        hedui_digester_add(w->digester, records[i].bytes, sizeof records[i].bytes);
        digest_judgement(w->digester, &w->head->deliveries[i]);
    }
    status = hedui_digester_end(&all, w->digester, err);
    return status ? status : bind_receipt(w, &all, err);
}
