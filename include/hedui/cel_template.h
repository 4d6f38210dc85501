/** @file
 * Texts with expressions in braces: "{v.owner.name}名下登记{v.vehicle_type.label}". A brace itself
 * is written twice: {{ and }}.
 */
#ifndef HEDUI_CEL_TEMPLATE_H
#define HEDUI_CEL_TEMPLATE_H

#include <hedui/arena.h>
#include <hedui/buffer.h>
#include <hedui/cel.h>

typedef struct hedui_cel_template hedui_cel_template;

/**
 * Compile a text; reading an optional field needs no guard here.
 *
 * @param result  Set on success; lives in `arena`, immutable.
 * @param source  As for hedui_cel_compile: the text and its place in the file.
 * @param notes   Gets every error of every hole. May be NULL.
 * @return HEDUI_OK, or the number of the first error.
 */
hedui_status hedui_cel_template_compile(const hedui_cel_template **result, const hedui_cel_env *env,
                                        const hedui_cel_source *source, hedui_arena *arena,
                                        const hedui_notes *notes);

/**
 * Append the text with its holes filled: dates as YYYY-MM-DD, decimals with their scale, codes by
 * their label, lists joined by 、; what is absent, unknown or wrong as 不详.
 *
 * @return 1, or 0 when there is no memory.
 */
int hedui_cel_template_render(hedui_buffer *out, const hedui_cel_template *text,
                              const hedui_cel_input *input, hedui_arena *arena);

/** The `index`-th program of a hole, NULL past the end; for asking what a text reads. */
const hedui_cel_program *hedui_cel_template_hole(const hedui_cel_template *text, uint32_t index);

#endif
