# Manual pages and completion scripts are written by the program from its command table; the pages
# about files (section 5) are prose in man/.
set(HEDUI_MANUAL ${CMAKE_CURRENT_BINARY_DIR}/manual)
add_custom_command(
    OUTPUT ${HEDUI_MANUAL}/stamp
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${HEDUI_MANUAL}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${HEDUI_MANUAL}/completion
    COMMAND hedui_cli man ${HEDUI_MANUAL}/man --quiet
    COMMAND sh -c "for s in bash zsh fish; do \"$1\" completion $s --lang zh >\"$2/$s\" || exit 1; done"
            sh $<TARGET_FILE:hedui_cli> ${HEDUI_MANUAL}/completion
    COMMAND ${CMAKE_COMMAND} -E touch ${HEDUI_MANUAL}/stamp
    DEPENDS hedui_cli
    VERBATIM)
add_custom_target(hedui_manual ALL DEPENDS ${HEDUI_MANUAL}/stamp)
install(DIRECTORY ${HEDUI_MANUAL}/man/ man/ DESTINATION ${CMAKE_INSTALL_MANDIR})
install(FILES ${HEDUI_MANUAL}/completion/bash RENAME hedui
        PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${HEDUI_MANUAL}/completion/zsh RENAME _hedui
        PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ
        DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${HEDUI_MANUAL}/completion/fish RENAME hedui.fish
        PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
