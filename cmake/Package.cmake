# `cmake --install` and `cpack -G DEB`: one package for each LLVM major, since
# the module only loads into its own clang-tidy. They exclude each other.
string(REGEX MATCH "^[0-9]+" llvm_major "${LLVM_PACKAGE_VERSION}")
set(package netdev-lint-${llvm_major})

# gzipped NAME FROM: FROM as NAME.gz in the build folder, the same bytes always.
function(gzipped name from)
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/share/${name}.gz
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/share
    COMMAND gzip -9nc ${from} > ${CMAKE_BINARY_DIR}/share/${name}.gz
    DEPENDS ${from} VERBATIM)
  set_property(GLOBAL APPEND PROPERTY netdev_gzipped
    ${CMAKE_BINARY_DIR}/share/${name}.gz)
endfunction()

configure_file(${CMAKE_SOURCE_DIR}/cmake/changelog.in
  ${CMAKE_BINARY_DIR}/share/changelog.Debian @ONLY)
gzipped(netdev-lint.1 ${CMAKE_SOURCE_DIR}/docs/man/netdev-lint.1)
gzipped(changelog.Debian ${CMAKE_BINARY_DIR}/share/changelog.Debian)
gzipped(changelog ${CMAKE_SOURCE_DIR}/CHANGELOG.md)
get_property(all_gzipped GLOBAL PROPERTY netdev_gzipped)
add_custom_target(share ALL DEPENDS ${all_gzipped})

install(TARGETS netdev-lint RUNTIME DESTINATION bin)
install(TARGETS netdev-tidy LIBRARY DESTINATION lib/netdev-lint)
install(PROGRAMS kernel-corpus/prepare DESTINATION libexec/netdev-lint)
install(FILES tools/completion/netdev-lint
  DESTINATION share/bash-completion/completions)
install(FILES ${CMAKE_BINARY_DIR}/share/netdev-lint.1.gz
  DESTINATION share/man/man1)
install(FILES README.md ${CMAKE_BINARY_DIR}/share/changelog.gz
  ${CMAKE_BINARY_DIR}/share/changelog.Debian.gz
  DESTINATION share/doc/${package})
install(FILES cmake/copyright DESTINATION share/doc/${package})
install(DIRECTORY docs/recipes DESTINATION share/doc/${package})
install(DIRECTORY checks/ DESTINATION share/doc/${package}/checks
  FILES_MATCHING PATTERN "*.md")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME ${package})
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER
  "netdev-lint maintainers <netdev-lint@users.noreply.github.com>")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "clang-tidy-${llvm_major}, libclang-common-${llvm_major}-dev, git, python3")
set(others 19 20 21 22)
list(REMOVE_ITEM others ${llvm_major})
list(TRANSFORM others PREPEND netdev-lint-)
list(JOIN others ", " CPACK_DEBIAN_PACKAGE_CONFLICTS)
set(CPACK_DEBIAN_PACKAGE_PROVIDES netdev-lint)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
  "checks Linux network drivers for lifetime errors (LLVM ${llvm_major})")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "netdev-lint follows the devices of a network driver from alloc_netdev to
free_netdev, through its functions and from one callback to the next, and
reports where the rules of their lifetime are broken: use after free, double
free, leaks, initialisation after registration, work that outlives the device,
and RTNL faults.
.
This package holds the command and the module for clang-tidy-${llvm_major}.")
include(CPack)
