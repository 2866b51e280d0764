//===- JsonReader.h - Fields of a JSON file, checked ------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Private to the room: reads the fields of a file that people may have cut,
/// edited or confused with another. The first fault is kept and named; reading
/// goes on with empty values, so that callers need not test every field.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_JSONREADER_H
#define NETDEV_LINT_REPORT_JSONREADER_H

#include "report/Source.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <nlohmann/json.hpp>

namespace netdev {

using Json = nlohmann::ordered_json;

class JsonReader {
public:
  /// \p File is the name for messages; it must outlive the reader.
  explicit JsonReader(llvm::StringRef File) : File(File) {}

  /// The object in \p Text; an empty one if it is none, has none of the arrays
  /// \p Marks ("is not WHAT"), or is of another "version".
  Json parse(llvm::StringRef Text, llvm::StringRef What,
             std::initializer_list<const char *> Marks, uint32_t Version);
  /// The field \p Key of \p J, which must be there.
  void get(const Json &J, const char *Key, std::string &Value);
  void get(const Json &J, const char *Key, uint32_t &Value);
  const Json &object(const Json &J, const char *Key);
  /// Calls \p Do for each object of the array \p Key, which must be there.
  void each(const Json &J, const char *Key,
            llvm::function_ref<void(const Json &)> Do);
  /// As get(), but the field may be missing.
  template <typename T> void getIf(const Json &J, const char *Key, T &Value) {
    if (J.is_object() && J.contains(Key))
      get(J, Key, Value);
  }
  void fail(const llvm::Twine &Why);
  bool failed() const { return !Fault.empty(); }
  /// The first fault as "FILE: WHY", or success.
  llvm::Error takeError();

private:
  const Json *find(const Json &J, const char *Key, const char *Type,
                   bool (Json::*Is)() const noexcept);

  llvm::StringRef File;
  std::string Fault;
};

} // namespace netdev

#endif // NETDEV_LINT_REPORT_JSONREADER_H
