//===- Run.cpp - What one analysis found ------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Run.h"
#include "report/Fingerprint.h"
#include "report/LineHash.h"
#include "report/Source.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <map>
#include <memory>
#include <tuple>

using namespace netdev;
using llvm::StringRef;

void Run::add(std::vector<Finding> New) {
  for (Finding &F : New)
    Findings.emplace_back(std::move(F));
}

std::optional<StringRef> Run::source(StringRef File) const {
  if (!Source || File.empty())
    return std::nullopt;
  return Source(File);
}

bool Run::anyFailed() const {
  return llvm::any_of(Units, [](const UnitStatus &U) {
    return U.Status == UnitStatus::Failed;
  });
}

SourceAccess netdev::readSourcesBelow(StringRef Root) {
  using Buffers = llvm::StringMap<std::unique_ptr<llvm::MemoryBuffer>>;
  auto Known = std::make_shared<Buffers>();
  return [Root = Root.str(),
          Known](StringRef File) -> std::optional<StringRef> {
    auto [It, IsNew] = Known->try_emplace(File);
    bool Inside = llvm::sys::path::is_relative(File) &&
                  llvm::none_of(llvm::make_range(llvm::sys::path::begin(File),
                                                 llvm::sys::path::end(File)),
                                [](StringRef Part) { return Part == ".."; });
    if (IsNew && Inside) {
      llvm::SmallString<256> Path(Root);
      llvm::sys::path::append(Path, File);
      if (auto Buffer = llvm::MemoryBuffer::getFile(
              Path, /*IsText=*/false, /*RequiresNullTerminator=*/false))
        It->second = std::move(*Buffer);
    }
    if (!It->second)
      return std::nullopt;
    return It->second->getBuffer();
  };
}

//===----------------------------------------------------------------------===//
// Order. Every field takes part, so that the result never depends on the order
// in which findings came.
//===----------------------------------------------------------------------===//

static auto tie(const Position &P) {
  return std::tie(P.File, P.Line, P.Column, P.EndLine, P.EndColumn, P.Offset,
                  P.EndOffset);
}

static auto tie(const Edit &E) {
  return std::tie(E.File, E.Offset, E.Length, E.Text);
}

/// What makes two findings the same finding.
static auto identity(const Finding &F) {
  return std::tie(F.Where.File, F.Where.Line, F.Where.Column, F.Check,
                  F.Message, F.Rule, F.Function);
}

template <typename T, typename Less>
static int compareLists(const std::vector<T> &A, const std::vector<T> &B,
                        Less IsLess) {
  if (A.size() != B.size())
    return A.size() < B.size() ? -1 : 1;
  for (const auto &[X, Y] : llvm::zip(A, B)) {
    if (IsLess(X, Y))
      return -1;
    if (IsLess(Y, X))
      return 1;
  }
  return 0;
}

static bool lessStep(const Step &A, const Step &B) {
  auto PA = tie(A.Where), PB = tie(B.Where);
  return std::tie(PA, A.Function, A.Message, A.State) <
         std::tie(PB, B.Function, B.Message, B.State);
}

static bool lessFix(const Fix &A, const Fix &B) {
  if (A.Message != B.Message)
    return A.Message < B.Message;
  return compareLists(A.Edits, B.Edits, [](const Edit &X, const Edit &Y) {
           return tie(X) < tie(Y);
         }) < 0;
}

/// Among equal findings the one that is kept comes first.
static bool lessResult(const Result &A, const Result &B) {
  if (identity(A) != identity(B))
    return identity(A) < identity(B);
  if (A.Trust != B.Trust)
    return A.Trust > B.Trust;
  if (int C = compareLists(A.Steps, B.Steps, lessStep))
    return C < 0;
  if (int C = compareLists(A.Fixes, B.Fixes, lessFix))
    return C < 0;
  if (tie(A.Where) != tie(B.Where))
    return tie(A.Where) < tie(B.Where);
  if (A.Silence.Where != B.Silence.Where)
    return A.Silence.Where < B.Silence.Where;
  if (A.Silence.Justification != B.Silence.Justification)
    return A.Silence.Justification < B.Silence.Justification;
  // An identity that is known wins over one that must be computed.
  return std::tie(A.Fingerprint, A.LineHash) >
         std::tie(B.Fingerprint, B.LineHash);
}

/// Sorts \p List and leaves each finding once. The one that is left takes the
/// highest occurrence of its equals, see number().
static void unify(std::vector<Result> &List) {
  llvm::sort(List, lessResult);
  std::vector<Result> Out;
  for (Result &R : List) {
    if (Out.empty() || identity(Out.back()) != identity(R)) {
      Out.push_back(std::move(R));
      continue;
    }
    Result &Kept = Out.back();
    // Key and occurrence go together: take over both, or the higher number.
    if (Kept.Fingerprint.empty()) {
      Kept.Fingerprint = R.Fingerprint;
      Kept.Occurrence = R.Occurrence;
    } else if (R.Occurrence > Kept.Occurrence) {
      if (auto Key = keyOf(Kept.Fingerprint, Kept.Occurrence))
        Kept.Fingerprint = fingerprint(*Key, R.Occurrence);
      Kept.Occurrence = R.Occurrence;
    }
    if (Kept.LineHash.empty())
      Kept.LineHash = R.LineHash;
  }
  List = std::move(Out);
}

//===----------------------------------------------------------------------===//
// Identities
//===----------------------------------------------------------------------===//

namespace {
/// What is computed once per file.
struct FileFacts {
  std::optional<LineTable> Lines;
  std::optional<Statements> Text;
  std::vector<std::string> Hashes;
};
} // namespace

static uint64_t identify(Result &R, FileFacts &Facts,
                         std::optional<StringRef> Source) {
  std::optional<uint64_t> Key = keyOf(R.Fingerprint, R.Occurrence);
  if (Source && !Facts.Lines) {
    Facts.Lines.emplace(*Source);
    Facts.Text.emplace(*Source);
    Facts.Hashes = lineHashes(*Source);
  }
  bool Placed = Source && R.Where.Line != 0;
  if (Placed && R.LineHash.empty() && R.Where.Line <= Facts.Hashes.size())
    R.LineHash = Facts.Hashes[R.Where.Line - 1];
  if (Key)
    return *Key;
  std::string Statement;
  if (Placed)
    Statement =
        Facts.Text->at(Facts.Lines->offset(R.Where.Line, R.Where.Column));
  return fingerprintKey(R, Statement);
}

/// Gives equal findings of one file their numbers, from the top: each the
/// higher of the one it has and the one after its predecessor's. So a finding
/// whose predecessor was filtered out keeps its number, and counting over
/// parts, in any grouping, gives what counting over the whole gives.
static void number(llvm::ArrayRef<std::pair<Result *, uint64_t>> InOrder) {
  std::map<std::pair<StringRef, uint64_t>, unsigned> Next;
  for (auto [R, Key] : InOrder) {
    unsigned &N = Next[{R->Where.File, Key}];
    R->Occurrence = std::max(R->Occurrence, N);
    N = R->Occurrence + 1;
    R->Fingerprint = fingerprint(Key, R->Occurrence);
  }
}

static void unifyUnits(std::vector<UnitStatus> &Units) {
  llvm::sort(Units, [](const UnitStatus &A, const UnitStatus &B) {
    if (A.File != B.File)
      return A.File < B.File;
    if (A.Status != B.Status)
      return A.Status > B.Status;
    return A.Reason < B.Reason;
  });
  auto SameFile = [](const UnitStatus &A, const UnitStatus &B) {
    return A.File == B.File;
  };
  Units.erase(std::unique(Units.begin(), Units.end(), SameFile), Units.end());
}

static void unifyNotices(std::vector<Notice> &Notices) {
  auto Tie = [](const Notice &N) { return std::tie(N.File, N.Message); };
  llvm::sort(Notices,
             [&](const Notice &A, const Notice &B) { return Tie(A) < Tie(B); });
  auto Same = [&](const Notice &A, const Notice &B) {
    return Tie(A) == Tie(B);
  };
  Notices.erase(std::unique(Notices.begin(), Notices.end(), Same),
                Notices.end());
}

void netdev::finish(Run &R) {
  unifyUnits(R.Units);
  unifyNotices(R.Notices);
  unify(R.Findings);
  unify(R.Suppressed);
  llvm::erase_if(R.Findings, [&](const Result &F) {
    auto It = llvm::lower_bound(R.Suppressed, F,
                                [](const Result &A, const Result &B) {
                                  return identity(A) < identity(B);
                                });
    return It != R.Suppressed.end() && identity(*It) == identity(F);
  });

  std::map<StringRef, FileFacts> Files;
  std::vector<std::pair<Result *, uint64_t>> All;
  for (std::vector<Result> *List : {&R.Findings, &R.Suppressed})
    for (Result &F : *List)
      All.emplace_back(&F, identify(F, Files[F.Where.File],
                                    F.Fingerprint.empty() || F.LineHash.empty()
                                        ? R.source(F.Where.File)
                                        : std::nullopt));
  llvm::sort(All, [](const auto &A, const auto &B) {
    return identity(*A.first) < identity(*B.first);
  });
  number(All);
}

llvm::Expected<Run> netdev::merge(llvm::ArrayRef<Run> Parts) {
  if (Parts.empty())
    return failure("no runs to merge");
  Run Out = Parts.front();
  for (const Run &Part : Parts.drop_front()) {
    struct {
      StringRef What, A, B;
    } Checks[] = {
        {"versions of netdev-lint", Out.ToolVersion, Part.ToolVersion},
        {"versions of LLVM", Out.LLVMVersion, Part.LLVMVersion},
        {"trees", Out.Tree, Part.Tree}};
    for (const auto &C : Checks)
      if (C.A != C.B)
        return failure("cannot merge runs of different " + C.What + ": '" +
                       C.A + "' and '" + C.B + "'");
    llvm::append_range(Out.Units, Part.Units);
    llvm::append_range(Out.Findings, Part.Findings);
    llvm::append_range(Out.Suppressed, Part.Suppressed);
    llvm::append_range(Out.Notices, Part.Notices);
  }
  finish(Out);
  return Out;
}
