# How sources are collected.  A file dropped into its folder is built; no list
# is edited.
#   sm_library(NAME [LINK ...])   lib/NAME/*.c -> static library sm_NAME
#   sm_program(NAME [LINK ...])   cgi/NAME: pages, templates, main
set(SM_GEN ${PROJECT_BINARY_DIR}/gen)
set(SM_SHARE ${PROJECT_BINARY_DIR}/share)

function(sm_library name)
    cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS
        ${PROJECT_SOURCE_DIR}/lib/${name}/*.c
        ${PROJECT_SOURCE_DIR}/lib/${name}/*.cc)
    if(NOT sources)
        add_library(sm_${name} INTERFACE)
        target_link_libraries(sm_${name} INTERFACE sm_flags ${arg_LINK})
        return()
    endif()
    add_library(sm_${name} STATIC ${sources})
    target_link_libraries(sm_${name} PUBLIC sm_flags ${arg_LINK})
endfunction()

# Statements of sql/queries -> gen/sql/<stem>.h and .c, library sm_sql.
function(sm_sql_library)
    file(GLOB queries CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sql/queries/*.sql)
    set(outputs)
    foreach(file IN LISTS queries)
        get_filename_component(stem ${file} NAME_WE)
        add_custom_command(
            OUTPUT ${SM_GEN}/sql/${stem}.h ${SM_GEN}/sql/${stem}.c
            COMMAND sm_mksql --out ${SM_GEN}/sql ${file}
            DEPENDS sm_mksql ${file} VERBATIM)
        list(APPEND outputs ${SM_GEN}/sql/${stem}.h ${SM_GEN}/sql/${stem}.c)
    endforeach()
    # migrations, functions, views and roles, for `smetka migrate`
    file(GLOB schema CONFIGURE_DEPENDS
        ${PROJECT_SOURCE_DIR}/sql/migrations/*.sql
        ${PROJECT_SOURCE_DIR}/sql/functions/*.sql
        ${PROJECT_SOURCE_DIR}/sql/views/*.sql
        ${PROJECT_SOURCE_DIR}/sql/roles.sql
        ${PROJECT_SOURCE_DIR}/sql/grants.sql)
    add_custom_command(OUTPUT ${SM_GEN}/sql/schema_files.c
        COMMAND sm_mksql --embed ${SM_GEN}/sql/schema_files.c
            --base ${PROJECT_SOURCE_DIR}/sql ${schema}
        DEPENDS sm_mksql ${schema} VERBATIM)
    add_custom_target(sm_sql_generated DEPENDS ${outputs})
    if(outputs)
        add_library(sm_sql STATIC ${outputs})
        target_link_libraries(sm_sql PUBLIC sm_flags)
    else()
        add_library(sm_sql INTERFACE)
    endif()
    add_dependencies(sm_sql sm_sql_generated)
    add_library(sm_schema STATIC ${SM_GEN}/sql/schema_files.c)
    target_link_libraries(sm_schema PUBLIC sm_flags)
endfunction()

# lib/NAME/LIST.txt, one word a line -> gen/NAME/LIST.c, part of sm_NAME: what
# lib/NAME declares as sm_LIST[] and sm_LIST_count.
function(sm_word_list name list)
    set(words ${PROJECT_SOURCE_DIR}/lib/${name}/${list}.txt)
    set(out ${SM_GEN}/${name}/${list}.c)
    add_custom_command(OUTPUT ${out}
        COMMAND sm_mkwords --out ${out} ${words}
        DEPENDS sm_mkwords ${words} VERBATIM)
    target_sources(sm_${name} PRIVATE ${out})
endfunction()

# One catalogue a language from lib/text/<lang>/*.po, and the .mo files for
# sm_tr().  Target sm_text_check looks whether every sentence of C code is
# translated; target texts lists what is missing anywhere and what nothing
# uses, and leaves gen/text/smetka.pot for translators.
function(sm_texts)
    set(mos)
    foreach(lang ro bg)
        file(GLOB pos CONFIGURE_DEPENDS
            ${PROJECT_SOURCE_DIR}/lib/text/${lang}/*.po)
        set(po ${SM_GEN}/text/${lang}.po)
        set(mo ${SM_SHARE}/locale/C.UTF-8/LC_MESSAGES/smetka-${lang}.mo)
        add_custom_command(OUTPUT ${po} ${mo}
            COMMAND ${CMAKE_COMMAND} -E make_directory ${SM_GEN}/text
                ${SM_SHARE}/locale/C.UTF-8/LC_MESSAGES
            COMMAND msgcat --force-po --to-code=UTF-8 --no-wrap --use-first
                -o ${po} ${pos}
            COMMAND msgfmt --check-format --check-header -o ${mo} ${po}
            DEPENDS ${pos} VERBATIM)
        list(APPEND mos ${po} ${mo})
    endforeach()
    sm_check_c_texts()
    add_custom_target(sm_text ALL DEPENDS ${mos})
    add_custom_target(sm_text_check ALL DEPENDS ${SM_GEN}/text/checked)
    sm_report_texts()
endfunction()

set(SM_PO --po ro=${SM_GEN}/text/ro.po --po bg=${SM_GEN}/text/bg.po)

# The sentences of C code -> gen/text/c.pot, each looked up in the catalogues.
# msgmerge carries over which of them are formats, for msgfmt to compare.
function(sm_check_c_texts)
    file(GLOB_RECURSE sources RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS
        ${PROJECT_SOURCE_DIR}/cgi/*.c ${PROJECT_SOURCE_DIR}/lib/*.c)
    list(FILTER sources EXCLUDE REGEX "node_modules|^lib/tools/")
    list(SORT sources)
    set(pot ${SM_GEN}/text/c.pot)
    set(compare)
    foreach(lang ro bg)
        list(APPEND compare
            COMMAND msgmerge --quiet --no-fuzzy-matching --no-wrap
                -o ${SM_GEN}/text/c-${lang}.po ${SM_GEN}/text/${lang}.po ${pot}
            COMMAND msgfmt --check-format -o ${SM_GEN}/text/c-${lang}.mo
                ${SM_GEN}/text/c-${lang}.po)
    endforeach()
    list(TRANSFORM sources PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE full)
    list(JOIN sources "\n" lines)
    file(CONFIGURE OUTPUT ${SM_GEN}/text/sources CONTENT "${lines}\n")
    add_custom_command(OUTPUT ${pot}
        COMMAND xgettext --language=C --from-code=UTF-8 --force-po --no-wrap
            --keyword --keyword=sm_tr:2 --keyword=sm_trn:2,3
            --keyword=SM_N_:1 --directory=${PROJECT_SOURCE_DIR}
            --files-from=${SM_GEN}/text/sources -o ${pot}
        DEPENDS ${full} ${SM_GEN}/text/sources VERBATIM)
    add_custom_command(OUTPUT ${SM_GEN}/text/checked
        COMMAND sm_mktpl --check ${pot} ${SM_PO}
        ${compare}
        COMMAND ${CMAKE_COMMAND} -E touch ${SM_GEN}/text/checked
        DEPENDS sm_mktpl ${pot} ${SM_GEN}/text/ro.po ${SM_GEN}/text/bg.po
        VERBATIM)
endfunction()

function(sm_report_texts)
    file(GLOB_RECURSE templates CONFIGURE_DEPENDS
        ${PROJECT_SOURCE_DIR}/cgi/*.tpl)
    add_custom_target(texts
        COMMAND sm_mktpl --base ${PROJECT_SOURCE_DIR}
            --extract ${SM_GEN}/text/templates.pot ${templates}
        COMMAND msgcat --force-po --no-wrap -o ${SM_GEN}/text/smetka.pot
            ${SM_GEN}/text/c.pot ${SM_GEN}/text/templates.pot
        COMMAND sm_mktpl --check ${SM_GEN}/text/smetka.pot --unused ${SM_PO}
        DEPENDS ${SM_GEN}/text/c.pot ${SM_GEN}/text/ro.po
            ${SM_GEN}/text/bg.po
        VERBATIM)
endfunction()

# Templates of a program (its own, then the shared ones) -> one translated
# copy a language below share/templates/<program>/<lang>/, and gen/<program>/
# keys.h with the marker names.
function(sm_templates target name)
    cmake_parse_arguments(arg "" "" "DIRS" ${ARGN})
    set(templates)
    foreach(dir IN LISTS arg_DIRS)
        file(GLOB found CONFIGURE_DEPENDS ${dir}/*.tpl)
        list(APPEND templates ${found})
    endforeach()
    if(NOT templates)
        return()
    endif()
    set(out ${SM_SHARE}/templates/${name})
    add_custom_command(
        OUTPUT ${SM_GEN}/${name}/keys.h ${SM_GEN}/${name}/keys.c
            ${out}/stamp
        COMMAND ${CMAKE_COMMAND} -E make_directory ${SM_GEN}/${name} ${out}
        COMMAND sm_mktpl --base ${PROJECT_SOURCE_DIR} --keys ${SM_GEN}/${name}
            ${SM_PO} --out ${out} ${templates}
        COMMAND ${CMAKE_COMMAND} -E touch ${out}/stamp
        DEPENDS sm_mktpl ${templates} ${SM_GEN}/text/ro.po
            ${SM_GEN}/text/bg.po
        VERBATIM)
    add_custom_target(${target}_templates ALL DEPENDS ${out}/stamp
        ${SM_GEN}/${name}/keys.h)
    add_dependencies(${target}_templates sm_text)
    target_sources(${target} PRIVATE ${SM_GEN}/${name}/keys.c)
    target_include_directories(${target} PRIVATE ${SM_GEN}/${name})
    add_dependencies(${target} ${target}_templates)
endfunction()

# A program: cgi/NAME/*.c, cgi/NAME/pages/*.c and its templates.  The route
# table is generated from the names of the page files.
function(sm_program name)
    cmake_parse_arguments(arg "NO_PAGES" "OUTPUT;DIR" "LINK" ${ARGN})
    set(dir ${PROJECT_SOURCE_DIR}/cgi/${name})
    if(arg_DIR) # a program of the tests
        set(dir ${arg_DIR})
    endif()
    file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.c)
    if(NOT sources)
        return()
    endif()
    add_executable(${name} ${sources})
    if(arg_OUTPUT)
        set_target_properties(${name} PROPERTIES OUTPUT_NAME ${arg_OUTPUT})
    endif()
    set_target_properties(${name} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin
        LINKER_LANGUAGE CXX)
    get_filename_component(parent ${dir} DIRECTORY)
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/cgi
        ${parent})
    target_link_libraries(${name} PRIVATE ${arg_LINK} sm_flags)
    if(arg_NO_PAGES)
        sm_templates(${name} ${name} DIRS ${dir}/templates)
        return()
    endif()
    file(GLOB pages CONFIGURE_DEPENDS ${dir}/pages/*.c
        ${PROJECT_SOURCE_DIR}/cgi/shared/pages/*.c)
    file(GLOB shared CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/cgi/shared/*.c)
    set(decls "")
    set(list "")
    set(stems "")
    foreach(page IN LISTS pages)
        get_filename_component(stem ${page} NAME_WE)
        string(APPEND decls "extern const struct sm_page sm_page_${stem};\n")
        string(APPEND list "    &sm_page_${stem},\n")
        string(APPEND stems "    \"${stem}\",\n")
    endforeach()
    list(LENGTH pages count)
    file(CONFIGURE OUTPUT ${SM_GEN}/${name}/routes.c CONTENT
"/* Generated from the files in cgi/@name@/pages. */
#include \"web/page.h\"

@decls@
const struct sm_page *const sm_pages[] = {
@list@};
const char *const sm_page_stems[] = {
@stems@};
const size_t sm_page_count = @count@;
" @ONLY)
    target_sources(${name} PRIVATE ${pages} ${shared}
        ${SM_GEN}/${name}/routes.c)
    sm_templates(${name} ${name} DIRS ${dir}/templates
        ${PROJECT_SOURCE_DIR}/cgi/shared/templates)
endfunction()
