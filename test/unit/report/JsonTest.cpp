//===- JsonTest.cpp ---------------------------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Support.h"

using namespace netdev;

static bool has(const std::string &Text, const std::string &Part) {
  return Text.find(Part) != std::string::npos;
}

static std::string replaced(std::string Text, const std::string &From,
                            const std::string &To) {
  size_t At = Text.find(From);
  EXPECT(At != std::string::npos);
  return At == std::string::npos ? Text : Text.replace(At, From.size(), To);
}

static void testRoundTrip() {
  std::string Text = rendered(Format::Json, demoRun());
  EXPECT_GOLDEN("demo.json", Text);
  EXPECT(!has(Text, "/nowhere"));
  EXPECT_EQ(rendered(Format::Json, parsed(Text)), Text);
  // With the sources at hand again the other forms are the same too.
  Run Back = parsed(Text);
  Back.Source = demoRun().Source;
  for (Format F : {Format::Text, Format::Kernel, Format::Sarif, Format::Html,
                   Format::GitHub, Format::CodeClimate})
    EXPECT_EQ(rendered(F, Back), rendered(F, demoRun()));
}

static void testLongFlow() {
  Run R = demoRun();
  Step One = R.Findings.back().Steps.front();
  R.Findings.back().Steps.assign(10000, One);
  std::string Text = rendered(Format::Json, R);
  EXPECT_EQ(rendered(Format::Json, parsed(Text)), Text);
}

static void testInvalidUtf8() {
  Run R = demoRun();
  R.Findings[0].Message = "gr\xF6\xDF"
                          "e";
  EXPECT(has(rendered(Format::Json, R), "gr\uFFFD\uFFFDe"));
}

static void testBadInput() {
  std::string Good = rendered(Format::Json, demoRun());
  EXPECT_EQ(parseError(Good), "");
  EXPECT_EQ(parseError(""),
            "run.json: empty, expected a result of netdev-lint");
  EXPECT_EQ(
      parseError(Good.substr(0, Good.size() / 2)),
      "run.json: cut short or not JSON, expected a result of netdev-lint");
  EXPECT_EQ(parseError("[]"), "run.json: not a result of netdev-lint");
  EXPECT_EQ(parseError(R"({"version": "2.1.0", "runs": []})"),
            "run.json: not a result of netdev-lint");
  EXPECT_EQ(parseError(replaced(Good, "\"version\": 1,", "\"version\": 2,")),
            "run.json: version 2, expected version 1");
  EXPECT_EQ(parseError(replaced(Good, "\"netdev-lint\"", "\"sparse\"")),
            "run.json: not a result of netdev-lint");
  EXPECT_EQ(parseError(replaced(Good, "\"rule\":", "\"ruler\":")),
            "run.json: field 'rule' is missing");
  EXPECT_EQ(parseError(replaced(Good, "\"column\": ", "\"column\": -")),
            "run.json: field 'column' is not a number that is not negative");
  EXPECT_EQ(parseError(replaced(Good, "\"column\": ", "\"column\": 99999999")),
            "run.json: field 'column' is too large");
  EXPECT_EQ(parseError(replaced(Good, "\"high\"", "\"certain\"")),
            "run.json: unknown precision 'certain'");
  EXPECT_EQ(parseError(replaced(Good, "\"failed\"", "\"lost\"")),
            "run.json: unknown status 'lost'");
  EXPECT_EQ(
      parseError(replaced(Good, "\"fingerprint\": \"", "\"fingerprint\": \"z")),
      "run.json: 'z" + demoRun().Findings[0].Fingerprint +
          parsed(Good).Findings[0].Fingerprint + "' is no fingerprint");
  // Cut anywhere: an error, never a crash or a run with less in it.
  for (size_t N = 0; N + 2 < Good.size(); N += 7)
    EXPECT(!parseError(Good.substr(0, N)).empty());
}

int main() {
  testRoundTrip();
  testLongFlow();
  testInvalidUtf8();
  testBadInput();
  return failures();
}
