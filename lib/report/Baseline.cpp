//===- Baseline.cpp - Only what is new --------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Baseline.h"
#include "report/Fingerprint.h"
#include "report/JsonReader.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

using namespace netdev;
using llvm::StringRef;

std::string netdev::writeBaseline(const Run &R) {
  std::vector<std::string> Lines;
  for (const Result &F : R.Findings) {
    Json One = {{"fingerprint", F.Fingerprint},
                {"file", F.Where.File},
                {"check", F.Check}};
    Lines.push_back(One.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  llvm::sort(Lines);
  std::string Out = "{\"version\": 1, \"tool\": \"netdev-lint\", "
                    "\"baseline\": [";
  StringRef Separator = "\n";
  for (const std::string &Line : Lines) {
    Out += Separator;
    Out += Line;
    Separator = ",\n";
  }
  return Out + "\n]}\n";
}

llvm::Expected<Baseline> netdev::parseBaseline(StringRef Text, StringRef Name) {
  JsonReader In(Name);
  Json J =
      In.parse(Text, "a baseline of netdev-lint", {"baseline", "findings"}, 1);
  Baseline B;
  In.each(J, J.contains("baseline") ? "baseline" : "findings",
          [&](const Json &One) {
            Baseline::Entry &E = B.Entries.emplace_back();
            In.get(One, "fingerprint", E.Fingerprint);
            In.get(One, "file", E.File);
            In.get(One, "check", E.Check);
            if (!keyOf(E.Fingerprint, 0))
              In.fail("'" + E.Fingerprint + "' is no fingerprint");
          });
  if (llvm::Error E = In.takeError())
    return E;
  return B;
}

unsigned netdev::applyBaseline(Run &R, const Baseline &B) {
  std::map<std::pair<StringRef, StringRef>, unsigned> ByPlace;
  for (const Baseline::Entry &E : B.Entries)
    ++ByPlace[{E.Fingerprint, E.File}];

  std::vector<bool> Known(R.Findings.size());
  auto Match = [&](auto Take) {
    for (auto [I, F] : llvm::enumerate(R.Findings))
      if (!Known[I])
        Known[I] = Take(F);
  };
  Match([&](const Result &F) {
    auto It = ByPlace.find({F.Fingerprint, F.Where.File});
    return It != ByPlace.end() && It->second && It->second--;
  });
  // What is left of files that are gone may have moved.
  std::map<StringRef, unsigned> Moved;
  for (auto [Place, N] : ByPlace)
    if (N && !R.source(Place.second))
      Moved[Place.first] += N;
  Match([&](const Result &F) {
    auto It = Moved.find(F.Fingerprint);
    return It != Moved.end() && It->second && It->second--;
  });

  std::vector<Result> New;
  for (auto [I, F] : llvm::enumerate(R.Findings))
    if (!Known[I])
      New.push_back(std::move(F));
  unsigned Taken = R.Findings.size() - New.size();
  R.Findings = std::move(New);
  return Taken;
}
