# cmake -DOUT=DIR -DHEADER=FILE -DFILES=A;B -P assets.cmake
# Copies each file to DIR/<name>.<hash>.<ext> with a .gz beside it, and writes
# a header of their addresses.  A plain favicon.svg stays for browsers that
# ask for it unasked.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${OUT})
file(MAKE_DIRECTORY ${OUT})
set(lines "")
foreach(file IN LISTS FILES)
    file(SHA256 ${file} hash)
    string(SUBSTRING ${hash} 0 16 hash)
    get_filename_component(stem ${file} NAME_WE)
    get_filename_component(ext ${file} LAST_EXT)
    string(TOUPPER "SM_ASSET_${stem}${ext}" macro)
    string(MAKE_C_IDENTIFIER ${macro} macro)
    set(names ${stem}.${hash}${ext})
    if(stem STREQUAL "favicon")
        list(APPEND names ${stem}${ext})
    endif()
    foreach(name IN LISTS names)
        file(COPY_FILE ${file} ${OUT}/${name})
        execute_process(COMMAND gzip -9nk ${OUT}/${name}
            COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
    string(APPEND lines "#define ${macro} \"/static/${stem}.${hash}${ext}\"\n")
endforeach()
file(WRITE ${HEADER}
"/* Generated: addresses of the files in cgi/static. */
#ifndef SM_GEN_ASSETS_H
#define SM_GEN_ASSETS_H

${lines}
#endif
")
