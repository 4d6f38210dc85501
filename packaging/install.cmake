# What goes where. Components: `runtime` is the program and its content, `development` the library,
# `services` the units of a `cmake --install`, `debian` what only the Debian package has.
set(HEDUI_CONTACT "maintainers@hedui.example" CACHE STRING "Mail address that packages name")
set(doc ${CMAKE_INSTALL_DATADIR}/doc/hedui)
set(here ${CMAKE_CURRENT_LIST_DIR})
set(made ${CMAKE_CURRENT_BINARY_DIR}/packaging)

# the error reference is what the program itself says of each number
file(GLOB catalogue CONFIGURE_DEPENDS include/hedui/messages/*.def)
add_custom_command(
    OUTPUT ${made}/错误编号.md
    COMMAND sh ${here}/error_reference.sh $<TARGET_FILE:hedui_cli>
            ${CMAKE_CURRENT_SOURCE_DIR}/include/hedui/messages >${made}/错误编号.part
    COMMAND ${CMAKE_COMMAND} -E rename ${made}/错误编号.part ${made}/错误编号.md
    DEPENDS hedui_cli ${catalogue} ${here}/error_reference.sh)
# what departments are sent is what the shipped layouts say
file(GLOB_RECURSE layouts CONFIGURE_DEPENDS feeds/*.yaml)
add_custom_command(
    OUTPUT ${made}/数据接口.md
    COMMAND ${CMAKE_COMMAND} -E env HEDUI_SHARE=${CMAKE_CURRENT_SOURCE_DIR} HEDUI_LANG=zh
            $<TARGET_FILE:hedui_cli> feeds doc >${made}/数据接口.part
    COMMAND ${CMAKE_COMMAND} -E rename ${made}/数据接口.part ${made}/数据接口.md
    DEPENDS hedui_cli ${layouts})
add_custom_target(hedui_references ALL DEPENDS ${made}/错误编号.md ${made}/数据接口.md)
install(FILES ${made}/错误编号.md ${made}/数据接口.md DESTINATION ${doc}/docs)

# all that a package is made of
add_custom_target(hedui_package_parts DEPENDS hedui_cli hedui_manual hedui_references)

install(TARGETS hedui_cli)
install(TARGETS hedui ARCHIVE COMPONENT development FILE_SET HEADERS COMPONENT development)
# the headers read the catalogue of messages
install(DIRECTORY include/hedui DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
    FILES_MATCHING PATTERN "*.def")
install(DIRECTORY feeds rules DESTINATION ${CMAKE_INSTALL_DATADIR}/hedui)
install(FILES README.md README.zh-CN.md DESTINATION ${doc})
install(DIRECTORY docs DESTINATION ${doc} OPTIONAL)
install(PROGRAMS packaging/hedui-backup DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/hedui)
install(FILES packaging/examples/hedui.cron packaging/examples/alert DESTINATION ${doc}/examples)

# The units name whole paths, which differ between a folder of one's own and the package.
file(READ ${here}/systemd/hardened.conf HARDENED)
string(STRIP "${HARDENED}" HARDENED)
function(hedui_units folder HEDUI_BIN HEDUI_LIBEXEC HEDUI_DOC)
    foreach(unit hedui-run.service hedui-backup.service hedui-alert@.service)
        configure_file(${here}/systemd/${unit}.in ${folder}/${unit} @ONLY)
    endforeach()
endfunction()
hedui_units(${made}/services ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBEXECDIR}/hedui
    ${CMAKE_INSTALL_FULL_DATADIR}/doc/hedui)
hedui_units(${made}/debian /usr/bin /usr/libexec/hedui /usr/share/doc/hedui)
foreach(component services debian)
    set(except "")
    if(component STREQUAL debian)
        set(except EXCLUDE_FROM_ALL)
    endif()
    install(DIRECTORY ${made}/${component}/ DESTINATION lib/systemd/system COMPONENT ${component}
        ${except})
    install(FILES packaging/systemd/hedui-run.timer packaging/systemd/hedui-backup.timer
        DESTINATION lib/systemd/system COMPONENT ${component} ${except})
    install(FILES packaging/systemd/sysusers.conf RENAME hedui.conf DESTINATION lib/sysusers.d
        COMPONENT ${component} ${except})
    install(FILES packaging/systemd/tmpfiles.conf RENAME hedui.conf DESTINATION lib/tmpfiles.d
        COMPONENT ${component} ${except})
endforeach()

install(FILES packaging/debian/copyright DESTINATION ${doc} COMPONENT debian EXCLUDE_FROM_ALL)
configure_file(${here}/debian/changelog.in ${made}/changelog.Debian @ONLY)
configure_file(CHANGELOG.md ${made}/changelog COPYONLY)
find_program(GZIP_PROGRAM gzip)
if(GZIP_PROGRAM)
    foreach(file changelog changelog.Debian)
        execute_process(COMMAND ${GZIP_PROGRAM} -9nf ${made}/${file} COMMAND_ERROR_IS_FATAL ANY)
        install(FILES ${made}/${file}.gz DESTINATION ${doc} COMPONENT debian EXCLUDE_FROM_ALL)
    endforeach()
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR hedui)
set(CPACK_PACKAGE_CONTACT "hedui maintainers <${HEDUI_CONTACT}>")
set(CPACK_INSTALL_CMAKE_PROJECTS
    "${CMAKE_BINARY_DIR};hedui;runtime;/;${CMAKE_BINARY_DIR};hedui;debian;/")
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ
    GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${here}/compress_pages.cmake)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS
    "systemd | systemd-standalone-sysusers, systemd | systemd-standalone-tmpfiles")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "economic verification of dibao households")
set(CPACK_PACKAGE_DESCRIPTION
"hedui joins the exports of civil registers with the caseload of families who
receive dibao (the minimum living allowance) by citizen number, judges every
household by rules written in YAML, and hands inspectors the flags together
with the rows that made them.
.
A flag is a lead, not a finding; what is unknown is never taken for false.")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${here}/debian/postinst ${here}/debian/prerm
    ${here}/debian/postrm)
include(CPack)
