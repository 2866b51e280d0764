# kernel-api.json becomes part of the library.
set(model_json ${CMAKE_CURRENT_SOURCE_DIR}/model/kernel-api.json)
set(model_inc ${CMAKE_CURRENT_BINARY_DIR}/model/KernelApi.inc)
set(model_script ${CMAKE_CURRENT_SOURCE_DIR}/model/EmbedJson.cmake)
add_custom_command(OUTPUT ${model_inc}
  COMMAND ${CMAKE_COMMAND} -DIN=${model_json} -DOUT=${model_inc}
          -P ${model_script}
  DEPENDS ${model_json} ${model_script}
  COMMENT "Embedding kernel-api.json")
target_sources(netdev_model PRIVATE ${model_inc})
target_include_directories(netdev_model PRIVATE
  ${CMAKE_CURRENT_BINARY_DIR}/model)
