/* Manifests. A file name in one is a name, never a path: it may not lead out of the inbox. */
#include "feed/manifest.h"

#include "feed/query_number.h"
#include "yaml/bind.h"

typedef struct file_text {
    hedui_span file, feed, sha256, answers;
    int64_t rows;
    int32_t cut_off;
} file_text;

typedef struct manifest_text {
    int32_t delivery;
    hedui_span producer;
    hedui_yaml_structs files;
} manifest_text;

static const hedui_yaml_field file_fields[] = {
    {"file", HEDUI_YAML_TEXT, offsetof(file_text, file), HEDUI_YAML_REQUIRED, NULL, "文件名"},
    {"feed", HEDUI_YAML_TEXT, offsetof(file_text, feed), 0, NULL, "布局"},
    {"sha256", HEDUI_YAML_TEXT, offsetof(file_text, sha256), 0, NULL, "压缩文件的 SHA-256"},
    {"rows", HEDUI_YAML_INTEGER, offsetof(file_text, rows), 0, NULL, "数据行数，不含表头"},
    {"cut_off", HEDUI_YAML_DATE, offsetof(file_text, cut_off), 0, NULL, "数据截止日"},
    {"answers", HEDUI_YAML_TEXT, offsetof(file_text, answers), 0, NULL, "所回复的查询名单编号"},
    {0}};
static const hedui_yaml_shape file_shape = {sizeof(file_text), file_fields};
static const hedui_yaml_field manifest_fields[] = {
    {"delivery", HEDUI_YAML_DATE, offsetof(manifest_text, delivery), 0, NULL, "交接日期"},
    {"producer", HEDUI_YAML_TEXT, offsetof(manifest_text, producer), 0, NULL, "提供单位"},
    {"files", HEDUI_YAML_STRUCTS, offsetof(manifest_text, files), HEDUI_YAML_REQUIRED, &file_shape,
     "文件"},
    {0}};

int hedui_manifest_is_name(hedui_span name)
{
    int good = name.length > 0 && name.length <= 255 && name.at[0] != '.' && name.at[0] != '-';
    for (size_t i = 0; i < name.length && good; i++) {
        char c = name.at[i];
        good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    }
    return good;
}

static hedui_status read_entry(hedui_manifest_file *file, const hedui_yaml *yaml,
                               const hedui_yaml_node *node, const file_text *text,
                               const hedui_manifest *so_far, hedui_err *err)
{
    if (!hedui_manifest_is_name(text->file))
        return hedui_yaml_fail(err, yaml, hedui_yaml_find(node, "file"), HEDUI_E2034,
                               HEDUI_ARG_SPAN(text->file));
    for (uint32_t i = 0; i < so_far->file_count; i++)
        if (hedui_span_equal(so_far->files[i].file, text->file))
            return hedui_yaml_fail(err, yaml, hedui_yaml_find(node, "file"), HEDUI_E2035,
                                   HEDUI_ARG_SPAN(text->file));
    file->file = text->file;
    file->feed = text->feed;
    file->answers = text->answers;
    file->line = node->line;
    file->promise.has_rows = hedui_yaml_find(node, "rows") != NULL;
    file->promise.rows = (uint64_t)text->rows;
    file->promise.cut_off = hedui_yaml_find(node, "cut_off") ? text->cut_off : HEDUI_DAY_NONE;
    file->promise.has_digest = text->sha256.length > 0;
    if (text->rows < 0)
        return hedui_yaml_fail(err, yaml, hedui_yaml_find(node, "rows"), HEDUI_E2011,
                               HEDUI_ARG_TEXT("rows"), HEDUI_ARG_TEXT("行数"));
    if (text->answers.length && !hedui_query_number_is(text->answers))
        return hedui_yaml_fail(err, yaml, hedui_yaml_find(node, "answers"), HEDUI_E2011,
                               HEDUI_ARG_TEXT("answers"),
                               HEDUI_ARG_TEXT("查询名单编号，如 Q20140705-01"));
    if (text->sha256.length && !hedui_digest_parse(&file->promise.digest, text->sha256))
        return hedui_yaml_fail(err, yaml, hedui_yaml_find(node, "sha256"), HEDUI_E2011,
                               HEDUI_ARG_TEXT("sha256"), HEDUI_ARG_TEXT("64 位小写十六进制数"));
    return HEDUI_OK;
}

hedui_status hedui_manifest_load(const hedui_manifest **manifest, const char *path,
                                 hedui_arena *arena, hedui_err *err)
{
    const hedui_yaml *yaml;
    manifest_text text = {.delivery = HEDUI_DAY_NONE};
    hedui_status status = hedui_yaml_load(&yaml, path, arena, err);
    if (status == HEDUI_OK)
        status = hedui_yaml_bind(&text, manifest_fields, yaml, yaml->root, arena, err);
    if (status != HEDUI_OK)
        return status;
    hedui_manifest *read = hedui_arena_take(arena, sizeof *read);
    hedui_manifest_file *files = hedui_arena_array(arena, text.files.count, sizeof *files);
    if (!read || !files)
        return hedui_fail_memory(err);
    const hedui_yaml_node *nodes = hedui_yaml_find(yaml->root, "files");
    const file_text *texts = text.files.items;
    read->path = yaml->file;
    read->delivery = text.delivery;
    read->files = files;
    for (uint32_t i = 0; i < text.files.count && status == HEDUI_OK; i++) {
        status = read_entry(&files[i], yaml, nodes->items[i], &texts[i], read, err);
        read->file_count++;
    }
    if (status == HEDUI_OK)
        *manifest = read;
    return status;
}
