# cmake -DIN=kernel-api.json -DOUT=KernelApi.inc -P EmbedJson.cmake
# Wraps the data into a raw string literal; the copy has no other change.
file(READ "${IN}" text)
file(WRITE "${OUT}" "R\"ND_JSON(${text})ND_JSON\"\n")
