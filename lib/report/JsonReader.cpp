//===- JsonReader.cpp - Fields of a JSON file, checked ----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/JsonReader.h"
#include "llvm/ADT/STLExtras.h"

using namespace netdev;
using llvm::StringRef;

static const Json Nothing = Json::object();

void JsonReader::fail(const llvm::Twine &Why) {
  if (Fault.empty())
    Fault = Why.str();
}

llvm::Error JsonReader::takeError() {
  if (Fault.empty())
    return llvm::Error::success();
  return failure(File + ": " + Fault);
}

const Json *JsonReader::find(const Json &J, const char *Key, const char *Type,
                             bool (Json::*Is)() const noexcept) {
  auto It = J.is_object() ? J.find(Key) : J.end();
  if (!J.is_object() || It == J.end())
    fail(llvm::Twine("field '") + Key + "' is missing");
  else if (!((*It).*Is)())
    fail(llvm::Twine("field '") + Key + "' is not " + Type);
  else
    return &*It;
  return nullptr;
}

void JsonReader::get(const Json &J, const char *Key, std::string &Value) {
  if (const Json *F = find(J, Key, "a string", &Json::is_string))
    Value = *F->get_ptr<const std::string *>();
}

void JsonReader::get(const Json &J, const char *Key, uint32_t &Value) {
  const Json *F =
      find(J, Key, "a number that is not negative", &Json::is_number_unsigned);
  if (!F)
    return;
  uint64_t N = *F->get_ptr<const uint64_t *>();
  if (N > UINT32_MAX)
    fail(llvm::Twine("field '") + Key + "' is too large");
  else
    Value = N;
}

const Json &JsonReader::object(const Json &J, const char *Key) {
  const Json *F = find(J, Key, "an object", &Json::is_object);
  return F ? *F : Nothing;
}

void JsonReader::each(const Json &J, const char *Key,
                      llvm::function_ref<void(const Json &)> Do) {
  const Json *F = find(J, Key, "an array", &Json::is_array);
  if (!F)
    return;
  for (const Json &One : *F) {
    if (failed())
      return;
    Do(One);
  }
}

Json JsonReader::parse(StringRef Text, StringRef What,
                       std::initializer_list<const char *> Marks,
                       uint32_t Version) {
  if (Text.trim().empty()) {
    fail("empty, expected " + What);
    return Nothing;
  }
  Json J = Json::parse(Text.begin(), Text.end(), nullptr,
                       /*allow_exceptions=*/false);
  if (J.is_discarded()) {
    fail("cut short or not JSON, expected " + What);
    return Nothing;
  }
  auto Fits = [&](const char *Key, bool (Json::*Is)() const noexcept) {
    return J.is_object() && J.contains(Key) && (J[Key].*Is)();
  };
  bool Ours = llvm::any_of(
      Marks, [&](const char *Mark) { return Fits(Mark, &Json::is_array); });
  if (!Ours || !Fits("version", &Json::is_number_unsigned)) {
    fail("not " + What);
    return Nothing;
  }
  uint64_t Found = *J["version"].get_ptr<const uint64_t *>();
  if (Found != Version) {
    fail("version " + llvm::Twine(Found) + ", expected version " +
         llvm::Twine(Version));
    return Nothing;
  }
  return J;
}
