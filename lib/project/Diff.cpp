//===- Diff.cpp - Which lines a patch touches -----------------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/Diff.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

using namespace llvm;

namespace netdev {

/// "12,3 " to 12 and 3; "12 " to 12 and 1.
static bool range(StringRef &S, unsigned &First, unsigned &Count) {
  Count = 1;
  if (S.consumeInteger(10, First))
    return false;
  return !S.consume_front(",") || !S.consumeInteger(10, Count);
}

/// The name after "+++ ": git puts it in quotes, as C would, if a character is
/// unusual, and a tab behind it if there is a space in it.
static std::string fileName(StringRef Line) {
  if (!Line.consume_front("\""))
    return Line.split('\t').first.rtrim().str();
  std::string Out;
  while (!Line.empty() && Line[0] != '"') {
    unsigned char C = Line[0];
    Line = Line.drop_front();
    if (C == '\\' && !Line.empty()) {
      size_t Digits = std::min<size_t>(3, Line.find_first_not_of("01234567"));
      if (Digits && !Line.take_front(Digits).getAsInteger(8, C)) {
        Line = Line.drop_front(Digits);
      } else {
        const StringRef From = "abtnvfr", To = "\a\b\t\n\v\f\r";
        size_t I = From.find(Line[0]);
        C = I == StringRef::npos ? Line[0] : To[I];
        Line = Line.drop_front();
      }
    }
    Out += C;
  }
  return Out;
}

Expected<ChangedLines> ChangedLines::parse(StringRef Text, StringRef Name) {
  ChangedLines Changed;
  Changed.Name = Name.str();
  bool Any = false, Blank = Text.trim().empty();
  std::vector<std::pair<unsigned, unsigned>> *File = nullptr;
  std::vector<std::pair<unsigned, std::string>> *After = nullptr;
  unsigned Number = 0, NewLine = 0, OldLeft = 0, NewLeft = 0;
  while (!Text.empty()) {
    StringRef Line;
    std::tie(Line, Text) = Text.split('\n');
    ++Number;
    if (OldLeft || NewLeft) { // inside a hunk
      char Kind = Line.empty() ? ' ' : Line[0];
      if (Kind == '+' && NewLeft) {
        if (File) {
          File->push_back({NewLine, NewLine});
          After->push_back({NewLine, Line.drop_front().str()});
        }
        ++NewLine, --NewLeft;
      } else if (Kind == '-' && OldLeft) {
        // Taken out before NewLine: both neighbours are touched.
        if (File)
          File->push_back({NewLine ? NewLine - 1 : 0, NewLine});
        --OldLeft;
      } else if (Kind != '\\') {
        if (File)
          After->push_back({NewLine, Line.drop_front(!Line.empty()).str()});
        ++NewLine;
        OldLeft -= OldLeft != 0, NewLeft -= NewLeft != 0;
      }
      continue;
    }
    if (Line.consume_front("+++ ")) {
      Any = true;
      std::string Full = fileName(Line);
      StringRef Path = Full;
      if (Path == "/dev/null") {
        File = nullptr;
        continue;
      }
      if (!Path.consume_front("b/") && !Path.consume_front("w/"))
        Path.consume_front("./");
      File = &Changed.Ranges[Path.str()];
      After = &Changed.New[Path.str()];
    } else if (Line.consume_front("@@ -")) {
      unsigned Old;
      if (!range(Line, Old, OldLeft) || !Line.consume_front(" +") ||
          !range(Line, NewLine, NewLeft))
        return createStringError(inconvertibleErrorCode(),
                                 Name + ":" + Twine(Number) +
                                     ": this hunk header cannot be read");
      // "+4,0" names the line before the gap.
      if (!NewLeft)
        ++NewLine;
    }
  }
  if (OldLeft || NewLeft)
    return createStringError(inconvertibleErrorCode(),
                             Name + ": ends in the middle of a hunk");
  if (!Any && !Blank)
    return createStringError(inconvertibleErrorCode(),
                             Name + ": is no unified diff");
  return Changed;
}

Expected<ChangedLines> ChangedLines::fromGit(StringRef Revision,
                                             StringRef Root) {
  auto fail = [](const Twine &Message) {
    return createStringError(inconvertibleErrorCode(), Message);
  };
  ErrorOr<std::string> Git = sys::findProgramByName("git");
  if (!Git)
    return fail("--diff needs git; use --diff-file for a patch");
  if (Revision.starts_with("-"))
    return fail("--diff: '" + Revision + "' is no revision");
  SmallString<128> Out, Err;
  if (sys::fs::createTemporaryFile("netdev-lint", "diff", Out))
    return fail("--diff: no temporary file");
  FileRemover RemoveOut(Out);
  if (sys::fs::createTemporaryFile("netdev-lint", "err", Err))
    return fail("--diff: no temporary file");
  FileRemover RemoveErr(Err);
  std::string Message;
  int Status = sys::ExecuteAndWait(
      *Git,
      {*Git, "-C", Root, "diff", "--no-color", "--no-ext-diff", "--relative",
       "--src-prefix=a/", "--dst-prefix=b/", "-U0", Revision, "--"},
      std::nullopt, {StringRef("/dev/null"), StringRef(Out), StringRef(Err)}, 0,
      0, &Message);
  auto Text = MemoryBuffer::getFile(Out);
  auto Said = MemoryBuffer::getFile(Err);
  if (Status != 0 || !Text)
    return fail("--diff: " + (Said && !(*Said)->getBuffer().empty()
                                  ? (*Said)->getBuffer().split('\n').first.str()
                                  : "git failed " + Message));
  return parse((*Text)->getBuffer(), "git diff");
}

Error ChangedLines::checkApplied(StringRef Root) const {
  for (const auto &[File, Lines] : New) {
    if (!StringRef(File).ends_with(".c") && !StringRef(File).ends_with(".h"))
      continue;
    auto Text = MemoryBuffer::getFile(Root + "/" + File);
    if (!Text)
      return createStringError(Text.getError(),
                               Name + ": no " + File + " below " + Root +
                                   "; apply the patch, and name its files "
                                   "from the root of the source");
    SmallVector<StringRef> Is;
    (*Text)->getBuffer().split(Is, '\n');
    for (const auto &[Number, Line] : Lines)
      if (Number > Is.size() ||
          Is[Number - 1].rtrim() != StringRef(Line).rtrim())
        return createStringError(
            inconvertibleErrorCode(),
            Name + ": " + File + ":" + Twine(Number) +
                ": the file is not as the patch leaves it; apply the patch, "
                "and of a series make one diff");
  }
  return Error::success();
}

bool ChangedLines::touches(StringRef File, unsigned First,
                           unsigned Last) const {
  auto It = Ranges.find(File.str());
  if (It == Ranges.end())
    return false;
  for (auto [From, To] : It->second)
    if (From <= Last && To >= First)
      return true;
  return false;
}

std::vector<std::string> ChangedLines::files() const {
  std::vector<std::string> Names;
  for (const auto &[Name, Unused] : Ranges)
    Names.push_back(Name);
  return Names;
}

} // namespace netdev
