# cmake -DOUT=FILE -DROOT=DIR -DLOWERING=FILES -DSOLVER=FILES -P SourceDigests.cmake
# Digests of what facts, and what findings depend on: cached ones of a program
# that may give others are not used. FILES are separated by commas.
foreach(set LOWERING SOLVER)
  string(REPLACE "," ";" files "${${set}}")
  set(all "")
  foreach(file ${files})
    file(SHA256 "${file}" sum)
    file(RELATIVE_PATH name "${ROOT}" "${file}")
    string(APPEND all "${name} ${sum}\n")
  endforeach()
  string(SHA256 sum "${all}")
  string(APPEND text "#define NETDEV_${set}_DIGEST \"${sum}\"\n")
endforeach()
file(CONFIGURE OUTPUT "${OUT}" CONTENT "${text}" @ONLY)
