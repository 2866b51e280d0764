//===- Suppress.cpp - Silence without touching the code ---------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Suppress.h"
#include "report/Source.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/GlobPattern.h"

using namespace netdev;
using llvm::StringRef;

/// Takes the first word off \p Rest; "\ " in it is a space.
static std::string takeWord(StringRef &Rest) {
  Rest = Rest.ltrim();
  std::string Word;
  while (!Rest.empty() && !llvm::isSpace(Rest.front())) {
    if (Rest.consume_front("\\ ")) {
      Word += ' ';
    } else {
      Word += Rest.front();
      Rest = Rest.drop_front();
    }
  }
  return Word;
}

static bool isDate(StringRef S) {
  if (S.size() != 10)
    return false;
  for (size_t I = 0; I != 10; ++I)
    if (I == 4 || I == 7 ? S[I] != '-' : !llvm::isDigit(S[I]))
      return false;
  unsigned Month = 0, Day = 0;
  S.substr(5, 2).getAsInteger(10, Month);
  S.substr(8, 2).getAsInteger(10, Day);
  return Month >= 1 && Month <= 12 && Day >= 1 && Day <= 31;
}

llvm::Expected<SuppressFile::Entry> SuppressFile::parseLine(StringRef Text) {
  std::string Words[3];
  for (std::string &Word : Words)
    Word = takeWord(Text);
  Entry E;
  Text = Text.trim();
  // Also after the reason: people append.
  StringRef First = Text.take_until(llvm::isSpace);
  StringRef Last = Text.substr(Text.find_last_of(" \t") + 1);
  for (StringRef Word : {First, Last}) {
    StringRef Date = Word;
    if (!E.Until.empty() || !Date.consume_front("until="))
      continue;
    if (!isDate(Date))
      return failure("'" + Date + "' is not a date like 2027-01-31");
    E.Until = Date.str();
    Text = Word.begin() == First.begin() ? Text.drop_front(Word.size()).ltrim()
                                         : Text.drop_back(Word.size()).rtrim();
  }
  if (Words[2].empty() || Text.empty())
    return failure("expected 'check file function reason'");
  E.Reason = Text.str();
  for (StringRef Word : Words)
    if (auto Glob = llvm::GlobPattern::create(Word); !Glob)
      return failure("'" + Word + "': " + llvm::toString(Glob.takeError()));
  E.Check = std::move(Words[0]);
  E.File = std::move(Words[1]);
  E.Function = std::move(Words[2]);
  return E;
}

llvm::Expected<SuppressFile> SuppressFile::parse(StringRef Text,
                                                 StringRef Name) {
  SuppressFile Out;
  Out.Name = Name.str();
  llvm::SmallVector<StringRef, 0> Lines;
  Text.split(Lines, '\n');
  unsigned Number = 0;
  for (StringRef Line : Lines) {
    ++Number;
    Line = Line.trim();
    if (Line.empty() || Line.starts_with("#"))
      continue;
    auto Entry = parseLine(Line);
    if (!Entry)
      return failure(Name + ":" + llvm::Twine(Number) +
                     ": error: " + llvm::toString(Entry.takeError()));
    Entry->Line = Number;
    Out.Entries.push_back(std::move(*Entry));
  }
  return Out;
}

namespace {
/// An entry's patterns; they point into its strings.
struct Matcher {
  llvm::GlobPattern Check, File, Function;
};
} // namespace

static llvm::GlobPattern glob(StringRef Valid) {
  return llvm::cantFail(llvm::GlobPattern::create(Valid));
}

std::vector<std::string> SuppressFile::apply(Run &R, StringRef Today,
                                             bool All) const {
  auto Expired = [&](const Entry &E) {
    return !E.Until.empty() && StringRef(E.Until) < Today;
  };
  std::vector<Matcher> Matchers;
  for (const Entry &E : Entries)
    Matchers.push_back({glob(E.Check), glob(E.File), glob(E.Function)});
  std::vector<bool> Used(Entries.size());
  std::vector<Result> Shown;
  for (Result &F : R.Findings) {
    const Entry *By = nullptr;
    for (auto [I, M] : llvm::enumerate(Matchers)) {
      if (Expired(Entries[I]) || !M.Check.match(F.Check) ||
          !M.File.match(F.Where.File) || !M.Function.match(F.Function))
        continue;
      Used[I] = true; // every line that fits is in use, not just the first
      if (!By)
        By = &Entries[I];
    }
    if (!By) {
      Shown.push_back(std::move(F));
      continue;
    }
    F.Silence = {Suppression::External, By->Reason};
    R.Suppressed.push_back(std::move(F));
  }
  R.Findings = std::move(Shown);

  std::vector<std::string> Told;
  for (auto [I, E] : llvm::enumerate(Entries)) {
    std::string Place = Name + ":" + std::to_string(E.Line) + ": warning: '" +
                        E.Check + " " + E.File + " " + E.Function + "' ";
    if (Expired(E))
      Told.push_back(Place + "expired on " + E.Until);
    else if (All && !Used[I])
      Told.push_back(Place + "matches nothing");
  }
  return Told;
}
