# How to build, apart from what: options the presets set, and defaults.

# Rebuilding is quick with ccache; without it nothing changes.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

set(NETDEV_SANITIZE "" CACHE STRING
  "Sanitizers for our own code, as in -fsanitize=, separated by commas")
if(NETDEV_SANITIZE)
  # LLVM's libraries are not instrumented: no vptr (it wants their type
  # information) and no function check.
  add_compile_options(-fsanitize=${NETDEV_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all -fno-sanitize=vptr,function)
  add_link_options(-fsanitize=${NETDEV_SANITIZE})
endif()

option(NETDEV_WERROR "Treat warnings as errors" OFF)
if(NETDEV_WERROR)
  add_compile_options(-Werror)
endif()
