/* Packs over packs: what a pack inherits is loaded before it, each pack once, and what it replaces
 * is left out of the rulebook. */
#include "rule/making.h"

#include <hedui/file.h>

static const hedui_arg no_argument = HEDUI_ARG_END;

/* The packs on the way down to the one being loaded. */
typedef struct descent {
    const char *folder;
    hedui_span name;
    const struct descent *above;
} descent;

typedef struct family {
    hedui_making *m;
    const char *const *roots;
    uint32_t root_count;
    const char *const *homes; /* NULL-ended, or NULL */
    int gathered;             /* paths are of another place and time */
    const hedui_pack **packs; /* ancestors first */
    const char **folders;
    uint32_t count, capacity;
} family;

static hedui_span last_part_of(hedui_span path)
{
    size_t end = path.length, start;
    while (end && path.at[end - 1] == '/')
        end--;
    for (start = end; start && path.at[start - 1] != '/';)
        start--;
    return (hedui_span){path.at + start, end - start};
}

static hedui_span last_part(const char *path)
{
    return last_part_of(hedui_span_of(path));
}

static const char *joined(family *f, const char *folder, const char *between, hedui_span name)
{
    hedui_buffer text;
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, folder);
    hedui_buffer_text(&text, between);
    hedui_buffer_add(&text, name);
    hedui_span path = hedui_arena_copy(f->m->arena, hedui_buffer_span(&text));
    int failed = hedui_buffer_failed(&text);
    hedui_buffer_free(&text);
    return failed ? NULL : path.at;
}

/* The folder of an inherited pack: a path from the heir's folder; a name beside it, among the packs
 * that were asked for, or in a home of packs. NULL: there is none. */
static const char *find_folder(family *f, const char *heir, hedui_span name)
{
    if (f->gathered)
        name = last_part_of(name);
    int is_path = memchr(name.at, '/', name.length) != NULL;
    const char *path = joined(f, heir, is_path ? "/" : "/../", name);
    if (path && hedui_file_exists(joined(f, path, "/", hedui_span_of("pack.yaml"))))
        return path;
    for (uint32_t i = 0; !is_path && i < f->root_count; i++)
        if (hedui_span_equal(last_part(f->roots[i]), name))
            return f->roots[i];
    for (const char *const *home = f->homes; !is_path && home && *home; home++) {
        path = joined(f, *home, "/", name);
        if (path && hedui_file_exists(joined(f, path, "/", hedui_span_of("pack.yaml"))))
            return path;
    }
    return NULL;
}

static int same_folder(const char *a, const char *b)
{
    return hedui_span_equal(last_part(a), last_part(b));
}

static hedui_status closes_ring(family *f, const hedui_yaml *yaml, const hedui_yaml_node *at,
                                const descent *way, const char *folder)
{
    hedui_buffer ring;
    hedui_buffer_init(&ring);
    hedui_buffer_add(&ring, last_part(folder));
    for (const descent *d = way; d; d = d->above) {
        hedui_buffer_text(&ring, " ← ");
        hedui_buffer_add(&ring, d->name);
        if (same_folder(d->folder, folder))
            break;
    }
    hedui_status status =
        hedui_making_fault(f->m, yaml, at, HEDUI_E3050,
                           (hedui_arg)HEDUI_ARG_SPAN(hedui_buffer_span(&ring)), no_argument);
    hedui_buffer_free(&ring);
    return status;
}

static hedui_status load(const hedui_pack **pack, family *f, const char *folder,
                         const descent *above);

static hedui_status load_parent(const hedui_pack **parent, family *f, const hedui_yaml *yaml,
                                const hedui_yaml_node *node, const descent *way)
{
    const char *folder = find_folder(f, way->folder, node->text);
    if (!folder)
        return hedui_making_fault(f->m, yaml, node, HEDUI_E3051,
                                  (hedui_arg)HEDUI_ARG_SPAN(node->text), no_argument);
    for (const descent *d = way; d; d = d->above)
        if (same_folder(d->folder, folder))
            return closes_ring(f, yaml, node, way, folder);
    return load(parent, f, folder, way);
}

/* `inherits` is read ahead of the rest, which may rest on what is inherited. */
static hedui_status load_parents(const hedui_pack ***parents, uint32_t *count, family *f,
                                 const descent *way)
{
    const hedui_yaml *yaml = NULL;
    const char *path = joined(f, way->folder, "/", hedui_span_of("pack.yaml"));
    hedui_status status = HEDUI_OK;
    if (!path)
        return hedui_fail_memory(f->m->err);
    if (hedui_yaml_load(&yaml, path, f->m->arena, NULL))
        return HEDUI_OK; /* told when the pack itself is read */
    const hedui_yaml_node *node = hedui_yaml_find(yaml->root, "inherits");
    if (!node || node->kind == HEDUI_YAML_MAPPING)
        return HEDUI_OK;
    uint32_t listed = node->kind == HEDUI_YAML_SEQUENCE ? node->count : 1;
    *parents = hedui_arena_array(f->m->arena, listed, sizeof **parents);
    if (!*parents)
        return hedui_fail_memory(f->m->err);
    for (uint32_t i = 0; i < listed && !status; i++) {
        const hedui_yaml_node *one = node->kind == HEDUI_YAML_SEQUENCE ? node->items[i] : node;
        if (one->kind != HEDUI_YAML_SCALAR)
            return HEDUI_OK; /* told when the pack itself is read */
        status = load_parent(&(*parents)[(*count)++], f, yaml, one, way);
    }
    return status;
}

static int keep(family *f, const hedui_pack *pack, const char *folder)
{
    if (f->count == f->capacity) {
        uint32_t capacity = f->capacity ? f->capacity * 2 : 8;
        const hedui_pack **packs = hedui_arena_array(f->m->arena, capacity, sizeof *packs);
        const char **folders = hedui_arena_array(f->m->arena, capacity, sizeof *folders);
        if (!packs || !folders)
            return 0;
        for (uint32_t i = 0; i < f->count; i++) {
            packs[i] = f->packs[i];
            folders[i] = f->folders[i];
        }
        f->packs = packs;
        f->folders = folders;
        f->capacity = capacity;
    }
    f->packs[f->count] = pack;
    f->folders[f->count++] = folder;
    return 1;
}

static hedui_status load(const hedui_pack **pack, family *f, const char *folder,
                         const descent *above)
{
    descent way = {folder, last_part(folder), above};
    const hedui_pack **parents = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < f->count; i++)
        if (same_folder(f->folders[i], folder)) {
            *pack = f->packs[i];
            return HEDUI_OK;
        }
    hedui_status status = load_parents(&parents, &count, f, &way);
    if (!status)
        status = hedui_pack_load(pack, folder, parents, count, f->m->arena, f->m->notes, f->m->err);
    if (!status && !keep(f, *pack, folder))
        status = hedui_fail_memory(f->m->err);
    return status;
}

hedui_status hedui_making_packs(hedui_making *m, const hedui_pack_choice *choice)
{
    family f = {.m = m, .roots = choice->folders, .root_count = choice->count};
    f.homes = choice->homes;
    f.gathered = choice->gathered;
    hedui_status first = HEDUI_OK;
    for (uint32_t i = 0; i < choice->count; i++) {
        const hedui_pack *pack = NULL;
        hedui_status status = load(&pack, &f, choice->folders[i], NULL);
        first = first ? first : status;
    }
    m->book->packs = f.packs;
    m->book->pack_count = f.count;
    return first;
}

/* --- what is replaced ------------------------------------------------------------------------- */

/* 1 if `replaces` is "pack/id". */
static int names(hedui_span replaces, const hedui_pack *pack, hedui_span id)
{
    return replaces.length == pack->id.length + 1 + id.length &&
           memcmp(replaces.at, pack->id.at, pack->id.length) == 0 &&
           replaces.at[pack->id.length] == '/' &&
           memcmp(replaces.at + pack->id.length + 1, id.at, id.length) == 0;
}

static uint32_t count_of(const hedui_pack *pack, hedui_making_kind kind)
{
    return kind == HEDUI_MAKING_RULE        ? pack->rule_count
           : kind == HEDUI_MAKING_PARAMETER ? pack->parameter_count
                                            : pack->value_count;
}

static hedui_span id_at(const hedui_pack *pack, hedui_making_kind kind, uint32_t i)
{
    return kind == HEDUI_MAKING_RULE        ? pack->rules[i].id
           : kind == HEDUI_MAKING_PARAMETER ? pack->parameters[i].id
                                            : pack->values[i].id;
}

static hedui_span replaces_at(const hedui_pack *pack, hedui_making_kind kind, uint32_t i)
{
    return kind == HEDUI_MAKING_RULE        ? pack->rules[i].replaces
           : kind == HEDUI_MAKING_PARAMETER ? pack->parameters[i].replaces
                                            : pack->values[i].replaces;
}

static const hedui_yaml_node *node_at(const hedui_pack *pack, hedui_making_kind kind, uint32_t i)
{
    return kind == HEDUI_MAKING_RULE        ? pack->rules[i].node
           : kind == HEDUI_MAKING_PARAMETER ? pack->parameters[i].node
                                            : pack->values[i].node;
}

int hedui_making_replaced(const hedui_making *m, const hedui_pack *pack, hedui_making_kind kind,
                          hedui_span id)
{
    for (uint32_t p = 0; p < m->book->pack_count; p++) {
        const hedui_pack *heir = m->book->packs[p];
        if (heir == pack || !hedui_pack_descends(heir, pack))
            continue;
        for (uint32_t i = 0; i < count_of(heir, kind); i++)
            if (names(replaces_at(heir, kind, i), pack, id))
                return 1;
    }
    return 0;
}

/* 1 if an inherited pack has what is to be replaced. */
static int is_there(const hedui_making *m, const hedui_pack *heir, hedui_making_kind kind,
                    uint32_t item)
{
    hedui_span replaces = replaces_at(heir, kind, item), own = id_at(heir, kind, item);
    for (uint32_t p = 0; p < m->book->pack_count; p++) {
        const hedui_pack *pack = m->book->packs[p];
        if (pack == heir || !hedui_pack_descends(heir, pack))
            continue;
        for (uint32_t i = 0; i < count_of(pack, kind); i++) {
            hedui_span id = id_at(pack, kind, i);
            /* a parameter or value is known by its name, which must stay */
            if (names(replaces, pack, id) &&
                (kind == HEDUI_MAKING_RULE || hedui_span_equal(id, own)))
                return 1;
        }
    }
    return 0;
}

static hedui_status check_replaces(hedui_making *m, const hedui_pack *pack, hedui_making_kind kind)
{
    hedui_status first = HEDUI_OK;
    for (uint32_t i = 0; i < count_of(pack, kind); i++) {
        hedui_span replaces = replaces_at(pack, kind, i);
        const hedui_yaml *yaml = kind == HEDUI_MAKING_RULE ? pack->rules[i].yaml : pack->yaml;
        if (!replaces.length || is_there(m, pack, kind, i))
            continue;
        hedui_status status = hedui_making_fault(
            m, yaml, hedui_yaml_find(node_at(pack, kind, i), "replaces"), HEDUI_E3052,
            (hedui_arg)HEDUI_ARG_SPAN(replaces), (hedui_arg)HEDUI_ARG_SPAN(id_at(pack, kind, i)));
        first = first ? first : status;
    }
    return first;
}

/* Two packs that both define a name: which of them is meant nobody could tell. */
static hedui_status check_twice(hedui_making *m, uint32_t pack, hedui_making_kind kind)
{
    const hedui_pack *own = m->book->packs[pack];
    for (uint32_t p = 0; p < pack; p++)
        for (uint32_t i = 0; i < count_of(own, kind); i++)
            for (uint32_t k = 0; k < count_of(m->book->packs[p], kind); k++) {
                hedui_span id = id_at(own, kind, i);
                if (hedui_span_equal(id, id_at(m->book->packs[p], kind, k)) &&
                    !hedui_making_replaced(m, m->book->packs[p], kind, id) &&
                    !hedui_making_replaced(m, own, kind, id))
                    return hedui_making_fault(
                        m, kind == HEDUI_MAKING_RULE ? own->rules[i].yaml : own->yaml,
                        node_at(own, kind, i), HEDUI_E3053, (hedui_arg)HEDUI_ARG_SPAN(id),
                        (hedui_arg)HEDUI_ARG_SPAN(m->book->packs[p]->id));
            }
    return HEDUI_OK;
}

hedui_status hedui_making_replacements(hedui_making *m)
{
    static const hedui_making_kind kinds[] = {HEDUI_MAKING_PARAMETER, HEDUI_MAKING_VALUE,
                                              HEDUI_MAKING_RULE};
    hedui_status first = HEDUI_OK;
    for (uint32_t p = 0; p < m->book->pack_count; p++)
        for (int k = 0; k < 3; k++) {
            hedui_status status = check_replaces(m, m->book->packs[p], kinds[k]);
            if (!status)
                status = check_twice(m, p, kinds[k]);
            first = first ? first : status;
        }
    return first;
}
