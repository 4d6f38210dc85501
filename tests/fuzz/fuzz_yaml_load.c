/* Any bytes as a YAML file: a tree or one message, and the message can be shown. */
#include "yaml/yaml.h"

#include <hedui/message.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hedui_arena *arena = hedui_arena_open(0);
    const hedui_yaml *yaml = NULL;
    hedui_err err;
    hedui_buffer text;
    hedui_err_init(&err);
    hedui_buffer_init(&text);
    hedui_status status =
        hedui_yaml_parse(&yaml, "any", (hedui_span){(const char *)data, size}, arena, &err);
    if (status)
        hedui_message_render(&text, &err, HEDUI_ZH, 0);
    if ((status == HEDUI_OK) != (yaml != NULL) || status != err.status)
        abort();
    hedui_buffer_free(&text);
    hedui_arena_close(arena);
    return 0;
}
