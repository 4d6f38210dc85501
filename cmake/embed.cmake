# Text files that the program carries with it. Each becomes a `const char name[]` in one generated
# C file, by its path: engine/store/runs.sql -> hedui_text_store_runs_sql.
file(GLOB HEDUI_EMBEDDED CONFIGURE_DEPENDS engine/*/*.sql engine/*/views/*.sql engine/*/*.css)
set(HEDUI_EMBED_OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/generated/embedded.c)
add_custom_command(
    OUTPUT ${HEDUI_EMBED_OUTPUT}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${HEDUI_EMBED_OUTPUT} -DROOT=${CMAKE_CURRENT_SOURCE_DIR}/engine
            "-DFILES=${HEDUI_EMBEDDED}" -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed_write.cmake
    DEPENDS ${HEDUI_EMBEDDED} cmake/embed_write.cmake
    VERBATIM)
target_sources(hedui PRIVATE ${HEDUI_EMBED_OUTPUT})
