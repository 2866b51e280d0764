//===- Text.cpp - Findings for the terminal and the kernel ------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report/Renderers.h"
#include "report/Source.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Unicode.h"
#include <map>

using namespace netdev;
using llvm::StringRef;

namespace {
class TextWriter {
public:
  TextWriter(const Run &R, const RenderOptions &Opts) : R(R), Opts(Opts) {}
  std::string write();

private:
  void diagnostic(const Position &Where, StringRef Level, StringRef Colour,
                  StringRef Message, StringRef Check);
  void snippet(const Position &Where);
  void summary();
  std::string colour(StringRef Code) const {
    return Opts.Color ? ("\x1b[" + Code + "m").str() : "";
  }
  const LineTable *lines(StringRef File);

  const Run &R;
  const RenderOptions &Opts;
  std::map<StringRef, std::optional<LineTable>> Files;
  std::string Out;
};
} // namespace

static std::string place(const Position &Where) {
  std::string S = Where.File.empty() ? "<unknown>" : oneLine(Where.File);
  if (Where.Line)
    S += ":" + std::to_string(Where.Line) + ":" + std::to_string(Where.Column);
  return S;
}

const LineTable *TextWriter::lines(StringRef File) {
  auto [It, IsNew] = Files.try_emplace(File);
  if (IsNew)
    if (auto Text = R.source(File))
      It->second.emplace(*Text);
  return It->second ? &*It->second : nullptr;
}

/// Appends \p Line to \p Out as a terminal shows it, tabs as 8 columns, and
/// gives the columns that its first \p Begin and \p End bytes take.
static std::pair<unsigned, unsigned> showLine(StringRef Line, size_t Begin,
                                              size_t End, std::string &Out) {
  unsigned Width = 0, From = 0, To = 0;
  size_t Done = 0;
  for (; !Line.empty() || Done <= std::max(Begin, End);) {
    if (Done <= Begin)
      From = Width;
    if (Done <= End)
      To = Width;
    if (Line.empty())
      break;
    auto [Code, Length] = decodeUtf8(Line);
    StringRef Character = Line.take_front(Length);
    Line = Line.drop_front(Length);
    Done += Length;
    int Columns = 1;
    if (Character == "\t") {
      Columns = 8 - Width % 8;
      Out.append(Columns, ' ');
    } else if (Code < 0x20 || Code == 0x7F) {
      Out += '?';
    } else if (Code == 0xFFFD) {
      Out += "\xEF\xBF\xBD";
    } else {
      Columns = std::max(0, llvm::sys::unicode::columnWidthUTF8(Character));
      Out += Character;
    }
    Width += Columns;
  }
  return {From, To};
}

void TextWriter::snippet(const Position &Where) {
  const LineTable *Lines = lines(Where.File);
  if (!Lines || Where.Line == 0 || Where.Line > Lines->lines())
    return;
  StringRef Line = Lines->line(Where.Line);
  size_t Begin = Where.Column ? Where.Column - 1 : 0;
  size_t End = Begin + 1;
  if (Where.EndLine == Where.Line && Where.EndColumn > Where.Column)
    End = Where.EndColumn - 1;
  else if (Where.EndLine > Where.Line)
    End = Line.rtrim().size();
  std::string Number = std::to_string(Where.Line);
  if (Number.size() < 5)
    Number.insert(0, 5 - Number.size(), ' ');
  Out += Number + " | ";
  auto [From, To] = showLine(Line, Begin, End, Out);
  Out += "\n" + std::string(Number.size(), ' ') + " | " +
         std::string(From, ' ') + colour("0;1;32") + "^" +
         std::string(To > From + 1 ? To - From - 1 : 0, '~') + colour("0") +
         "\n";
}

void TextWriter::diagnostic(const Position &Where, StringRef Level,
                            StringRef Colour, StringRef Message,
                            StringRef Check) {
  Out += colour("1") + place(Where) + ": " + colour("0") + colour(Colour) +
         Level.str() + ": " + colour("0");
  bool IsNote = Check.empty();
  Out += (IsNote ? "" : colour("1")) + oneLine(Message);
  if (!IsNote)
    Out += " [" + oneLine(Check) + "]" + colour("0");
  Out += "\n";
  if (Opts.Snippets)
    snippet(Where);
}

static std::string count(size_t N, StringRef What) {
  return std::to_string(N) + " " + What.str() + (N == 1 ? "" : "s");
}

void TextWriter::summary() {
  llvm::StringSet<> With, All;
  size_t Failed = 0, Skipped = 0;
  for (const UnitStatus &U : R.Units) {
    Failed += U.Status == UnitStatus::Failed;
    Skipped += U.Status == UnitStatus::Skipped;
    if (U.Status == UnitStatus::Analysed)
      All.insert(U.File);
  }
  for (const Result &F : R.Findings) {
    With.insert(F.Where.File);
    All.insert(F.Where.File); // a header is a file too
  }
  if (R.Findings.empty())
    Out += "no warnings in " + count(All.size(), "file");
  else
    Out += count(R.Findings.size(), "warning") + " in " +
           (All.size() == 1 ? std::string()
                            : std::to_string(With.size()) + " of ") +
           count(All.size(), "file");
  if (!R.Suppressed.empty())
    Out += ", " + std::to_string(R.Suppressed.size()) + " suppressed";
  if (Skipped)
    Out += ", " + count(Skipped, "file") + " skipped";
  if (Failed)
    Out += ", " + count(Failed, "file") + " could not be analysed";
  Out += "\n";
}

std::string TextWriter::write() {
  for (const Result &F : R.Findings) {
    diagnostic(F.Where, "warning", "0;1;35", F.Message, F.Check);
    for (const Step &S : F.Steps)
      diagnostic(S.Where, "note", "0;1;36", S.Message, "");
  }
  summary();
  return std::move(Out);
}

std::string netdev::renderText(const Run &R, const RenderOptions &Opts) {
  return TextWriter(R, Opts).write();
}

std::string netdev::renderKernel(const Run &R) {
  std::string Out;
  for (const Result &F : R.Findings)
    Out += place(F.Where) + ": warning: " + oneLine(F.Message) + " [" +
           oneLine(F.Check) + "]\n";
  return Out;
}
