# What cached facts and findings depend on besides their inputs.
set(lib ${CMAKE_CURRENT_SOURCE_DIR})
file(GLOB lowering CONFIGURE_DEPENDS ${lib}/ir/*.h ${lib}/ir/*.cpp
  ${lib}/lower/*.h ${lib}/lower/*.cpp ${lib}/project/Frontend.cpp
  ${lib}/project/Prefix*.cpp ${lib}/project/Arguments.cpp)
file(GLOB solver CONFIGURE_DEPENDS ${lib}/ir/*.h ${lib}/ir/*.cpp
  ${lib}/model/*.h ${lib}/model/*.cpp ${lib}/model/*.json
  ${lib}/engine/*.h ${lib}/engine/*.cpp ${lib}/rules/*.h ${lib}/rules/*.cpp
  ${lib}/project/Wire.cpp ${lib}/report/Run.h)
list(APPEND solver ${CMAKE_SOURCE_DIR}/checks/Checks.def)
set(digests ${CMAKE_CURRENT_BINARY_DIR}/project/SourceDigests.inc)
set(script ${lib}/project/SourceDigests.cmake)
list(JOIN lowering "," lowering_list)
list(JOIN solver "," solver_list)
add_custom_command(OUTPUT ${digests}
  COMMAND ${CMAKE_COMMAND} -DOUT=${digests} -DROOT=${CMAKE_SOURCE_DIR}
          -DLOWERING=${lowering_list} -DSOLVER=${solver_list} -P ${script}
  DEPENDS ${lowering} ${solver} ${script}
  COMMENT "Digests of what facts and findings depend on")
target_sources(netdev_project PRIVATE ${digests})
target_include_directories(netdev_project PRIVATE
  ${CMAKE_CURRENT_BINARY_DIR}/project)
