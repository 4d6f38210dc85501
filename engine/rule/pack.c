/* A pack's files to structs by the tables of pack_fields; what a table cannot say (names as keys,
 * values that fit their type, documents that exist, days in order) is checked here. Faults are
 * reported one by one and reading goes on behind them, so that one check shows all. */
#include "rule/pack.h"
#include "rule/pack_fields.h"
#include "rule/pack_load.h"

#include <hedui/file.h>
#include <hedui/nearest.h>
#include <hedui/table.h>

typedef hedui_pack_loader loader;

void hedui_pack_report(const loader *l, hedui_err *fault)
{
    if (fault->status == HEDUI_OK)
        return;
    if (l->notes)
        l->notes->add(l->notes->context, fault);
    if (l->err && l->err->status == HEDUI_OK)
        *l->err = *fault;
    hedui_err_init(fault);
}

static void note(void *context, const hedui_err *fault)
{
    hedui_err copy = *fault;
    hedui_pack_report(context, &copy);
}

hedui_status hedui_pack_bind(const loader *l, void *object, const hedui_yaml_field *fields,
                             const hedui_yaml *yaml, const hedui_yaml_node *node)
{
    loader adding = *l;
    const hedui_notes notes = {note, &adding};
    return hedui_yaml_bind_all(object, fields, yaml, node, l->arena, &notes, NULL);
}

hedui_status hedui_pack_in_force(hedui_in_force *in_force, const hedui_yaml *yaml,
                                 const hedui_yaml_node *node, hedui_err *err)
{
    const hedui_yaml_node *at = hedui_yaml_find(node, "in_force");
    if (!hedui_yaml_find(at, "from"))
        in_force->from = INT32_MIN;
    if (!hedui_yaml_find(at, "to"))
        in_force->to = INT32_MAX;
    if (in_force->from > in_force->to)
        return hedui_yaml_fail(err, yaml, at, HEDUI_E3008, HEDUI_ARG_TEXT(""));
    return HEDUI_OK;
}

const hedui_document *hedui_pack_document(const hedui_pack *pack, hedui_span id)
{
    for (uint32_t i = 0; i < pack->document_count; i++)
        if (hedui_span_equal(pack->documents[i].id, id))
            return &pack->documents[i];
    for (uint32_t i = 0; i < pack->inherit_count; i++) {
        const hedui_document *found = hedui_pack_document(pack->inherits[i], id);
        if (found)
            return found;
    }
    return NULL;
}

int hedui_pack_descends(const hedui_pack *pack, const hedui_pack *ancestor)
{
    for (uint32_t i = 0; i < pack->inherit_count; i++)
        if (hedui_pack_descends(pack->inherits[i], ancestor))
            return 1;
    return pack == ancestor;
}

hedui_status hedui_pack_basis(const loader *l, const hedui_basis *basis, const hedui_yaml *yaml,
                              const hedui_yaml_node *node, hedui_err *err)
{
    enum { MOST = 64 };
    const char *names[MOST + 1];
    uint32_t count = 0;
    if (!basis->document.length || l->documents_bad ||
        hedui_pack_document(l->pack, basis->document))
        return HEDUI_OK;
    const hedui_yaml_node *at = hedui_yaml_find(hedui_yaml_find(node, "basis"), "document");
    for (; count < l->pack->document_count && count < MOST; count++)
        names[count] = l->pack->documents[count].id.at; /* copies of the arena end in NUL */
    names[count] = NULL;
    const char *nearest = hedui_nearest_of(basis->document, names);
    if (nearest)
        return hedui_yaml_fail(err, yaml, at, HEDUI_E3003, HEDUI_ARG_SPAN(basis->document),
                               HEDUI_ARG_TEXT(nearest));
    return hedui_yaml_fail(err, yaml, at, HEDUI_E3002, HEDUI_ARG_SPAN(basis->document));
}

/* Of a mapping of names a list with one item for each; faults are reported. */
static int is_mapping(const loader *l, const hedui_yaml *yaml, const hedui_yaml_node *node,
                      const char *key)
{
    hedui_err fault;
    hedui_err_init(&fault);
    if (node->kind == HEDUI_YAML_MAPPING)
        return 1;
    (void)hedui_yaml_fail(&fault, yaml, node, HEDUI_E1109, HEDUI_ARG_TEXT(key),
                          HEDUI_ARG_TEXT("键值"));
    hedui_pack_report(l, &fault);
    return 0;
}

static hedui_status read_documents(loader *l, const hedui_yaml *yaml, const hedui_yaml_node *node)
{
    hedui_status first = HEDUI_OK;
    if (!is_mapping(l, yaml, node, "documents"))
        return HEDUI_E1109;
    hedui_document *list = hedui_arena_array(l->arena, node->count, sizeof *list);
    if (!list)
        return hedui_fail_memory(l->err);
    for (uint32_t i = 0; i < node->count; i++) {
        list[i].id = node->keys[i]->text;
        list[i].date = INT32_MIN;
        hedui_status status =
            hedui_pack_bind(l, &list[i], hedui_document_fields, yaml, node->items[i]);
        first = first ? first : status;
    }
    l->pack->documents = list;
    l->pack->document_count = node->count;
    return first;
}

static hedui_status read_value(const loader *l, hedui_value_definition *v, const hedui_yaml *yaml,
                               const hedui_yaml_node *node)
{
    hedui_value_text text = {0};
    hedui_err fault;
    hedui_err_init(&fault);
    hedui_status status = hedui_pack_bind(l, &text, hedui_value_fields, yaml, node);
    if (status)
        return status;
    v->title = text.title;
    v->unit = text.unit;
    v->type = text.type;
    v->subject = text.subject;
    v->replaces = text.replaces;
    v->breakdown = text.breakdown;
    v->rounding_scale = text.round.mode.length ? text.round.scale : -1;
    v->rounding_mode = text.round.mode;
    v->is = text.is;
    v->node = node;
    if ((v->is != NULL) + (v->breakdown.count != 0) != 1)
        status = hedui_yaml_fail(&fault, yaml, node, HEDUI_E3046, HEDUI_ARG_SPAN(v->id));
    hedui_pack_report(l, &fault);
    if (v->subject != HEDUI_VALUE_HOUSEHOLD && !v->type.length) {
        hedui_status second = hedui_yaml_fail(&fault, yaml, node, HEDUI_E3011, HEDUI_ARG_TEXT(""));
        status = status ? status : second;
    }
    hedui_pack_report(l, &fault);
    return status;
}

static hedui_status read_definitions(loader *l, const hedui_yaml *yaml, const hedui_pack_text *s)
{
    hedui_status first = HEDUI_OK;
    if ((s->parameters && !is_mapping(l, yaml, s->parameters, "parameters")) ||
        (s->values && !is_mapping(l, yaml, s->values, "values")))
        return HEDUI_E1109;
    uint32_t parameter_count = s->parameters ? s->parameters->count : 0;
    uint32_t value_count = s->values ? s->values->count : 0;
    hedui_parameter *parameters = hedui_arena_array(l->arena, parameter_count, sizeof *parameters);
    hedui_value_definition *values = hedui_arena_array(l->arena, value_count, sizeof *values);
    if (!parameters || !values)
        return hedui_fail_memory(l->err);
    for (uint32_t i = 0; i < parameter_count; i++) {
        parameters[i].id = s->parameters->keys[i]->text;
        hedui_status status =
            hedui_pack_parameter(l, &parameters[i], yaml, s->parameters->items[i]);
        first = first ? first : status;
    }
    for (uint32_t i = 0; i < value_count; i++) {
        values[i].id = s->values->keys[i]->text;
        hedui_status status = read_value(l, &values[i], yaml, s->values->items[i]);
        first = first ? first : status;
    }
    l->pack->parameters = parameters;
    l->pack->parameter_count = parameter_count;
    l->pack->values = values;
    l->pack->value_count = value_count;
    return first;
}

static hedui_status read_pack_file(loader *l, const char *path)
{
    const hedui_yaml *yaml = NULL;
    hedui_pack_text text = {0};
    hedui_err fault;
    hedui_err_init(&fault);
    hedui_status status = hedui_yaml_load(&yaml, path, l->arena, &fault);
    hedui_pack_report(l, &fault);
    l->documents_bad = status != HEDUI_OK;
    if (status)
        return status;
    status = hedui_pack_bind(l, &text, hedui_pack_fields, yaml, yaml->root);
    l->pack->id = text.id;
    l->pack->title = text.title;
    l->pack->applies_to = text.applies_to;
    l->pack->yaml = yaml;
    hedui_status documents = text.documents ? read_documents(l, yaml, text.documents) : status;
    l->documents_bad = documents != HEDUI_OK;
    hedui_status definitions = read_definitions(l, yaml, &text);
    status = status ? status : documents;
    return status ? status : definitions;
}

/* What a rule says of itself: each finding is told, none hides another. */
static hedui_status check_shape(const hedui_rule_text *rule, hedui_err *err)
{
    const hedui_example *examples = rule->examples.items;
    if (!rule->when && !rule->manual.length)
        return hedui_yaml_fail(err, rule->yaml, rule->node, HEDUI_E3015, HEDUI_ARG_SPAN(rule->id));
    int counter = !rule->when;
    for (uint32_t i = 0; i < rule->examples.count; i++)
        counter |= examples[i].expect == 1;
    if (!counter)
        return hedui_yaml_fail(err, rule->yaml, rule->node, HEDUI_E3016, HEDUI_ARG_SPAN(rule->id));
    return HEDUI_OK;
}

static hedui_status check_effect(const loader *l, const hedui_rule_text *rule, hedui_err *err)
{
    const hedui_document *document = hedui_pack_document(l->pack, rule->basis.document);
    if (document && document->kind == HEDUI_DOCUMENT_WORK_PLAN &&
        (rule->effect == HEDUI_EFFECT_EXCLUDE_PERSON || rule->effect == HEDUI_EFFECT_OVER_LIMIT))
        return hedui_yaml_fail(err, rule->yaml, hedui_yaml_find(rule->node, "effect"), HEDUI_E3009,
                               HEDUI_ARG_TEXT(hedui_effect_names[rule->effect]));
    if (rule->effect == HEDUI_EFFECT_EXCLUDE_PERSON && !rule->who)
        return hedui_yaml_fail(err, rule->yaml, rule->node, HEDUI_E3017, HEDUI_ARG_TEXT(""));
    return HEDUI_OK;
}

static hedui_status check_id(loader *l, const hedui_rule_text *rule, hedui_err *err)
{
    if (hedui_table_find(&l->rule_ids, rule->id) != HEDUI_TABLE_NONE)
        return hedui_yaml_fail(err, rule->yaml, hedui_yaml_find(rule->node, "id"), HEDUI_E3001,
                               HEDUI_ARG_SPAN(rule->id));
    return hedui_table_put(&l->rule_ids, rule->id, 0) == HEDUI_TABLE_NONE ? hedui_fail_memory(err)
                                                                          : HEDUI_OK;
}

static hedui_status first_of(const loader *l, hedui_status first, hedui_status status,
                             hedui_err *fault)
{
    hedui_pack_report(l, fault);
    return first ? first : status;
}

static hedui_status check_rule(loader *l, hedui_rule_text *rule)
{
    const hedui_yaml *yaml = rule->yaml;
    const hedui_yaml_node *node = rule->node, *list = hedui_yaml_find(node, "unless");
    const hedui_unless *unless = rule->unless.items;
    hedui_err fault;
    hedui_err_init(&fault);
    hedui_status first = first_of(l, HEDUI_OK, check_id(l, rule, &fault), &fault);
    first = first_of(l, first, check_shape(rule, &fault), &fault);
    first = first_of(l, first, hedui_pack_in_force(&rule->in_force, yaml, node, &fault), &fault);
    first = first_of(l, first, hedui_pack_basis(l, &rule->basis, yaml, node, &fault), &fault);
    first = first_of(l, first, check_effect(l, rule, &fault), &fault);
    for (uint32_t i = 0; i < rule->unless.count; i++) {
        int ways =
            (unless[i].is != NULL) + (unless[i].manual.length != 0) + unless[i].override_allowed;
        if (ways != 1)
            first = first_of(
                l, first,
                hedui_yaml_fail(&fault, yaml, list->items[i], HEDUI_E3018, HEDUI_ARG_TEXT("")),
                &fault);
    }
    return first;
}

/* The rules of a file that have no fault; the others are reported and left out. */
static hedui_status read_rules_file(loader *l, const hedui_rule_text **rules, uint32_t *count,
                                    const char *path)
{
    const hedui_yaml *yaml = NULL;
    hedui_rules_text text = {0};
    hedui_err fault;
    hedui_err_init(&fault);
    hedui_status first = hedui_yaml_load(&yaml, path, l->arena, &fault);
    hedui_pack_report(l, &fault);
    if (!first)
        first = hedui_pack_bind(l, &text, hedui_rules_fields, yaml, yaml->root);
    if (!text.rules)
        return first;
    if (text.rules->kind != HEDUI_YAML_SEQUENCE)
        return first_of(l, first,
                        hedui_yaml_fail(&fault, yaml, text.rules, HEDUI_E1109,
                                        HEDUI_ARG_TEXT("rules"), HEDUI_ARG_TEXT("列表")),
                        &fault);
    hedui_rule_text *list = hedui_arena_array(l->arena, text.rules->count, sizeof *list);
    if (!list)
        return hedui_fail_memory(l->err);
    for (uint32_t i = 0; i < text.rules->count; i++) {
        hedui_rule_text *rule = &list[*count];
        *rule = (hedui_rule_text){.yaml = yaml,
                                  .node = text.rules->items[i],
                                  .severity = 1,
                                  .applies_to = l->pack->applies_to};
        hedui_status status = hedui_pack_bind(l, rule, hedui_rule_fields, yaml, rule->node);
        if (!status)
            status = check_rule(l, rule);
        *count += !status;
        first = first ? first : status;
    }
    *rules = list;
    return first;
}

static int is_yaml(const char *name)
{
    size_t length = strlen(name);
    return length > 5 && strcmp(name + length - 5, ".yaml") == 0;
}

/* Digest of a folder's YAML: names and contents in byte order of the names. */
static hedui_status digest_files(loader *l, const char *folder, const char *const *names,
                                 size_t count, hedui_err *err)
{
    hedui_digester *digester = hedui_digester_open();
    hedui_status status = digester ? HEDUI_OK : hedui_fail_memory(err);
    for (size_t i = 0; i < count && !status; i++) {
        hedui_span text;
        const char *path = hedui_path_join(folder, names[i], l->arena);
        if (!is_yaml(names[i]))
            continue;
        status =
            path ? hedui_file_read(&text, path, 1 << 20, l->arena, err) : hedui_fail_memory(err);
        if (status)
            break;
        hedui_digester_field(digester, hedui_span_of(names[i]));
        hedui_digester_field(digester, text);
    }
    if (!status)
        status = hedui_digester_end(&l->pack->digest, digester, err);
    hedui_digester_close(digester);
    return status;
}

/* Every rules file in order; the lists are joined behind them. */
static hedui_status read_all_rules(loader *l, const char *folder, const char *const *names,
                                   size_t count, hedui_err *err)
{
    const hedui_rule_text **lists = hedui_arena_array(l->arena, count, sizeof *lists);
    uint32_t *counts = hedui_arena_array(l->arena, count, sizeof *counts), total = 0;
    hedui_status first = HEDUI_OK;
    if (!lists || !counts)
        return hedui_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        if (!is_yaml(names[i]) || strcmp(names[i], "pack.yaml") == 0)
            continue;
        const char *path = hedui_path_join(folder, names[i], l->arena);
        hedui_status status =
            path ? read_rules_file(l, &lists[i], &counts[i], path) : hedui_fail_memory(err);
        first = first ? first : status;
        total += counts[i];
    }
    hedui_rule_text *rules = hedui_arena_array(l->arena, total, sizeof *rules);
    if (!rules)
        return hedui_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        for (uint32_t r = 0; r < counts[i]; r++)
            rules[l->pack->rule_count++] = lists[i][r];
    l->pack->rules = rules;
    return first;
}

hedui_status hedui_pack_load(const hedui_pack **pack, const char *folder,
                             const hedui_pack *const *parents, uint32_t parent_count,
                             hedui_arena *arena, const hedui_notes *notes, hedui_err *err)
{
    loader l = {.arena = arena, .notes = notes, .err = err};
    const char *const *names = NULL;
    size_t count = 0;
    hedui_err fault;
    hedui_err_init(&fault);
    l.pack = hedui_arena_take(arena, sizeof *l.pack);
    const char *path = hedui_path_join(folder, "pack.yaml", arena);
    if (!l.pack || !path)
        return hedui_fail_memory(err);
    l.pack->folder = folder;
    l.pack->inherits = parents;
    l.pack->inherit_count = parent_count;
    hedui_table_init(&l.rule_ids, arena);
    hedui_status definitions = read_pack_file(&l, path);
    hedui_status status = hedui_folder_list(&names, &count, folder, arena, &fault);
    if (!status)
        status = digest_files(&l, folder, names, count, &fault);
    hedui_pack_report(&l, &fault);
    if (status)
        return definitions ? definitions : status;
    status = read_all_rules(&l, folder, names, count, err);
    hedui_status scenarios = hedui_pack_scenarios(&l, folder);
    l.pack->fault = status ? status : scenarios;
    if (definitions)
        return definitions;
    *pack = l.pack;
    return HEDUI_OK;
}
