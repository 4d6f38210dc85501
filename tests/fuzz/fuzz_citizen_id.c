/* Any bytes as a citizen number: what is accepted prints and reads back as the same number. */
#include <hedui/citizen_id.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hedui_citizen_id id, again;
    char text[HEDUI_CITIZEN_ID_TEXT];
    hedui_citizen_id_form form =
        hedui_citizen_id_parse(&id, (hedui_span){(const char *)data, size});
    if (form != HEDUI_CITIZEN_ID_18 && form != HEDUI_CITIZEN_ID_15)
        return 0;
    hedui_citizen_id_print(text, id);
    if (hedui_citizen_id_parse(&again, hedui_span_of(text)) != HEDUI_CITIZEN_ID_18 ||
        memcmp(&again, &id, sizeof id) != 0)
        abort();
    return 0;
}
