# sm_flags: the warnings, hardening and sanitizers that every target of ours
# is compiled with.  Each warning is probed, so that another compiler works.
include(CheckCCompilerFlag)
include(CheckCXXCompilerFlag)

add_library(sm_flags INTERFACE)
target_compile_definitions(sm_flags INTERFACE _GNU_SOURCE
    SM_VERSION="${PROJECT_VERSION}"
    $<$<BOOL:${SM_TEST_BUILD}>:SM_TEST_BUILD>)
target_include_directories(sm_flags INTERFACE
    ${PROJECT_SOURCE_DIR}/lib ${PROJECT_BINARY_DIR}/gen)

set(warnings -Wall -Wextra -Wshadow -Wconversion -Wformat=2 -Wpointer-arith
    -Wcast-qual -Wundef -Wvla -Wswitch-enum -Wimplicit-fallthrough
    -Wnull-dereference -Wduplicated-cond -Wlogical-op -fno-common)
set(warnings_c -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition)
foreach(flag IN LISTS warnings warnings_c)
    string(MAKE_C_IDENTIFIER "have${flag}" have)
    check_c_compiler_flag(${flag} ${have})
    if(${have})
        target_compile_options(sm_flags INTERFACE
            $<$<COMPILE_LANGUAGE:C>:${flag}>)
    endif()
endforeach()
target_compile_options(sm_flags INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wshadow;-Wformat=2>
    $<$<BOOL:${SM_WERROR}>:-Werror>
    -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.
    -fno-omit-frame-pointer)

set(hardening -fstack-protector-strong -fstack-clash-protection
    -fcf-protection=full -ftrivial-auto-var-init=zero)
foreach(flag IN LISTS hardening)
    string(MAKE_C_IDENTIFIER "have${flag}" have)
    check_c_compiler_flag(${flag} ${have})
    if(${have})
        target_compile_options(sm_flags INTERFACE ${flag})
    endif()
endforeach()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(sm_flags INTERFACE -U_FORTIFY_SOURCE
        -D_FORTIFY_SOURCE=3 -g)
endif()
target_link_options(sm_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack
    -Wl,--as-needed)
include(CheckPIESupported)
check_pie_supported()

if(SM_SANITIZE)
    target_compile_options(sm_flags INTERFACE -fsanitize=${SM_SANITIZE}
        -fno-sanitize-recover=all)
    target_link_options(sm_flags INTERFACE -fsanitize=${SM_SANITIZE})
endif()
if(SM_FUZZ)
    target_compile_options(sm_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(SM_COVERAGE)
    target_compile_options(sm_flags INTERFACE --coverage)
    target_link_options(sm_flags INTERFACE --coverage)
endif()
