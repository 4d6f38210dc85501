/* Looking up codes and attributes. */
#include "feed/code_list.h"

uint32_t hedui_code_list_find(const hedui_code_list *list, hedui_span text)
{
    return hedui_table_find(&list->by_text, text);
}

uint32_t hedui_code_list_attribute(const hedui_code_list *list, hedui_span name)
{
    for (uint32_t i = 0; i < list->attribute_count; i++)
        if (hedui_span_equal(list->attributes[i].name, name))
            return i;
    return HEDUI_CODE_NONE;
}
