//===- JsonRow.cpp - One strictly read JSON row ---------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "model/JsonRow.h"

#include "llvm/ADT/STLExtras.h"
#include <optional>

using namespace llvm;
using nlohmann::json;

namespace netdev {
namespace {

/// "6.10" or "6.12.3" as LINUX_VERSION_CODE.
std::optional<unsigned> parseVersion(StringRef Text) {
  SmallVector<StringRef, 3> Parts;
  Text.split(Parts, '.');
  unsigned N[3] = {0, 0, 0};
  if (Parts.size() < 2 || Parts.size() > 3)
    return std::nullopt;
  for (size_t I = 0; I < Parts.size(); ++I)
    if (Parts[I].getAsInteger(10, N[I]) || N[I] > 255)
      return std::nullopt;
  return (N[0] << 16) + (N[1] << 8) + N[2];
}

const std::string &stringOf(const json &V) {
  return V.get_ref<const std::string &>();
}

} // namespace

JsonRow::JsonRow(const json &J, std::string &Wrong, ArrayRef<StringRef> Known)
    : J(J), Wrong(Wrong) {
  if (!J.is_object()) {
    fail("is not an object");
    return;
  }
  for (auto It = J.begin(); It != J.end(); ++It)
    if (!is_contained(Known, StringRef(It.key())))
      fail("unknown member '" + It.key() + "'");
  Since = ver("since");
  Until = ver("until");
  if (Until && Since >= Until)
    fail("'since' is not before 'until'");
}

void JsonRow::fail(const Twine &What) {
  if (Wrong.empty())
    Wrong = What.str();
}

std::string JsonRow::text(const char *Key, bool Required) {
  const json *V = get(Key);
  if (!V) {
    if (Required)
      fail(Twine("lacks '") + Key + "'");
    return {};
  }
  if (!V->is_string() || (Required && stringOf(*V).empty())) {
    fail(Twine("'") + Key + "' is not a text");
    return {};
  }
  return stringOf(*V);
}

bool JsonRow::flag(const char *Key) {
  const json *V = get(Key);
  if (V && !V->is_boolean())
    fail(Twine("'") + Key + "' is not true or false");
  return V && V->is_boolean() && V->get<bool>();
}

std::vector<std::string> JsonRow::names(const char *Key) {
  std::vector<std::string> Names;
  const json *V = get(Key);
  for (const json &Each : V && V->is_array() ? *V : json::array()) {
    if (!Each.is_string())
      break;
    Names.push_back(Each.get_ref<const std::string &>());
  }
  if (V && (!V->is_array() || Names.size() != V->size()))
    fail(Twine("'") + Key + "' is not an array of names");
  return Names;
}

int JsonRow::index(const char *Key) {
  const json *V = get(Key);
  return V ? index(*V, Key) : -1;
}

Where JsonRow::where(const char *Key, bool Required) {
  Where W;
  const json *V = get(Key);
  if (!V) {
    if (Required)
      fail(Twine("lacks '") + Key + "'");
    return W;
  }
  if (!V->is_object()) {
    fail(Twine("'") + Key + "' is not an object");
    return W;
  }
  for (auto It = V->begin(); It != V->end(); ++It) {
    if (It.key() == "arg") {
      W.In = Where::Arg;
      W.Index = std::max(0, index(It.value(), "arg"));
    } else if (It.key() == "ret" && It.value() == true) {
      W.In = Where::Ret;
    } else if (It.key() == "field" && It.value().is_string()) {
      W.Field = stringOf(It.value());
    } else {
      fail(Twine("'") + Key + "' has a wrong member '" + It.key() + "'");
    }
  }
  if (W.In == Where::None || (V->count("arg") && V->count("ret")))
    fail(Twine("'") + Key + "' needs \"arg\": N or \"ret\": true");
  return W;
}

const json *JsonRow::get(const char *Key) {
  if (!J.is_object())
    return nullptr;
  auto It = J.find(Key);
  return It == J.end() ? nullptr : &*It;
}

int JsonRow::index(const json &V, const char *Key) {
  if (V.is_number_unsigned() && V.get<uint64_t>() < 32)
    return int(V.get<uint64_t>());
  fail(Twine("'") + Key + "' is not an argument index");
  return -1;
}

unsigned JsonRow::ver(const char *Key) {
  std::string Text = text(Key, /*Required=*/false);
  if (Text.empty())
    return 0;
  std::optional<unsigned> V = parseVersion(Text);
  if (!V)
    fail(Twine("'") + Key + "' is not a kernel version: '" + Text + "'");
  return V.value_or(0);
}

} // namespace netdev
