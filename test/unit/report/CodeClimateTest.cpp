//===- CodeClimateTest.cpp --------------------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Support.h"
#include "rules/Registry.h"
#include <nlohmann/json.hpp>
#include <set>

using namespace netdev;
using Json = nlohmann::ordered_json;

int main() {
  std::string Text = rendered(Format::CodeClimate, demoRun());
  Json J = Json::parse(Text, nullptr, false);
  EXPECT(J.is_array() && J.size() == 3); // the suppressed one is not in it
  std::string Golden = Text;
  for (const RuleInfo &Rule : rules()) { // reworded elsewhere
    size_t At;
    while ((At = Golden.find(Rule.Sentence.str())) != std::string::npos)
      Golden.replace(At, Rule.Sentence.size(), "SENTENCE");
  }
  EXPECT(Golden != Text);
  EXPECT_GOLDEN("demo.codeclimate", Golden);

  // GitLab drops issues whose fingerprint it knows: the same in two files.
  Run R = demoRun();
  Finding F = R.Findings[1];
  F.Where.File = "drivers/net/copy.c";
  R.Source = nullptr;
  R.add({F});
  Json Two = Json::parse(rendered(Format::CodeClimate, R), nullptr, false);
  std::set<std::string> Seen;
  for (Json &Issue : Two)
    Seen.insert(Issue["fingerprint"].dump());
  EXPECT(Two.size() == 4 && Seen.size() == 4);
  return failures();
}
