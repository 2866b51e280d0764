//===- FactsCache.cpp - Facts and findings of earlier runs ----------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/FactsCache.h"
#include "SourceDigests.inc"
#include "lower/Lower.h"
#include "project/Arguments.h"
#include "project/Wire.h"
#include "clang/Basic/Version.h"
#include "llvm/Support/Process.h"
#include <cstring>

using namespace llvm;

namespace netdev {

/// \p Text with a mark for \p Root wherever it stands.
static std::string withoutRoot(StringRef Text, StringRef Root) {
  std::string Out;
  for (size_t At; !Root.empty() && (At = Text.find(Root)) != StringRef::npos;
       Text = Text.drop_front(At + Root.size()))
    Out += (Text.take_front(At) + "\x01").str();
  return Out + Text.str();
}

Digest FactsCache::key(const CompileCommand &C, StringRef Root, Digest Main) {
  std::string Text = clang::getClangFullVersion() + '\0' +
                     NETDEV_LOWERING_DIGEST + '\0' + Main.hex() + '\0';
  // The path of the root itself can look like that of kernel headers.
  Text += isKernelHeader((Root + "/x.h").str()) ? "header" : "source";
  for (const std::string &A : parserArguments(C.Arguments.get(), C.File))
    Text += '\0' + withoutRoot(A, Root);
  Text += '\0' + withoutRoot(C.Directory, Root);
  // The driver adds folders by these, and __DATE__ may be in a string.
  for (const char *Name : {"CPATH", "C_INCLUDE_PATH", "SOURCE_DATE_EPOCH"})
    Text += '\0' + sys::Process::GetEnv(Name).value_or("");
  return Digest::of(Text);
}

namespace {
/// An entry of the kind "inputs"; the names of the inputs follow.
struct InputsHeader {
  Digest Answers, Facts;
  /// Digest of the root if the facts name it; then they hold there only.
  Digest Root;
};
} // namespace

std::optional<Digest> FactsCache::find(const CompileCommand &C,
                                       StringRef Root) {
  auto Entry = Store.get("inputs", key(C, Root, Files.of(C.File)));
  InputsHeader H;
  if (!Entry || Entry->size() < sizeof(H))
    return std::nullopt;
  std::memcpy(&H, Entry->data(), sizeof(H));
  StringRef Names = StringRef(*Entry).drop_front(sizeof(H));
  if ((H.Root != Digest() && H.Root != Digest::of(Root)) ||
      Inputs::answersNow(Names, Root, Files) != H.Answers)
    return std::nullopt;
  return H.Facts;
}

std::optional<std::string> FactsCache::facts(Digest Facts) const {
  auto Text = Store.get("facts", Facts);
  if (!Text || Digest::of(*Text) != Facts)
    return std::nullopt;
  return Text;
}

Digest FactsCache::keep(const CompileCommand &C, StringRef Root,
                        const Inputs &Read, StringRef Facts) {
  InputsHeader H;
  H.Facts = Digest::of(Facts);
  std::optional<Digest> Main = Read.content(C.File);
  if (!Main)
    return H.Facts;
  H.Answers = Read.answers();
  if (Root.empty() || Facts.contains(Root))
    H.Root = Digest::of(Root);
  Store.put("facts", H.Facts, Facts);
  Store.put("inputs", key(C, Root, *Main),
            std::string(reinterpret_cast<const char *>(&H), sizeof(H)) +
                Read.names(Root));
  return H.Facts;
}

static Digest findingsKey(ArrayRef<Digest> Facts, StringRef Rules) {
  std::string Text = NETDEV_SOLVER_DIGEST;
  for (Digest D : Facts)
    Text += D.hex();
  return Digest::of(Text + Rules.str());
}

std::optional<UnitResult> FactsCache::findings(ArrayRef<Digest> Facts,
                                               StringRef Rules) const {
  auto Bytes = Store.get("findings", findingsKey(Facts, Rules));
  UnitResult R;
  if (!Bytes || !fromWire(*Bytes, R))
    return std::nullopt;
  return R;
}

void FactsCache::keep(ArrayRef<Digest> Facts, StringRef Rules,
                      const UnitResult &Findings) const {
  Store.put("findings", findingsKey(Facts, Rules), toWire(Findings));
}

} // namespace netdev
