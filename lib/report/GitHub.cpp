//===- GitHub.cpp - Workflow commands ---------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// `::warning file=…,line=…::message`, which GitHub shows beside the code.
/// Escaping as in actions/toolkit, packages/core/src/command.ts.
///
//===----------------------------------------------------------------------===//
#include "report/Renderers.h"

using namespace netdev;
using llvm::StringRef;

static std::string escape(StringRef S, bool IsProperty) {
  std::string Out;
  for (char C : S) {
    if (C == '%')
      Out += "%25";
    else if (C == '\r')
      Out += "%0D";
    else if (C == '\n')
      Out += "%0A";
    else if (IsProperty && C == ':')
      Out += "%3A";
    else if (IsProperty && C == ',')
      Out += "%2C";
    else if (static_cast<unsigned char>(C) >= 0x20 || C == '\t')
      Out += C; // no other control characters: the log is a terminal
  }
  return Out;
}

static std::string property(const char *Key, StringRef Value) {
  return "," + std::string(Key) + "=" + escape(Value, /*IsProperty=*/true);
}

static std::string command(const Result &F) {
  static const char *const Levels[] = {"error", "warning", "notice"};
  const Position &P = F.Where;
  std::string Out = "::" + std::string(Levels[unsigned(gradeOf(F))]) +
                    " file=" + escape(P.File, /*IsProperty=*/true);
  if (P.Line) {
    Out += property("line", std::to_string(P.Line));
    // GitHub refuses columns on a range of several lines.
    if (P.EndLine > P.Line) {
      Out += property("endLine", std::to_string(P.EndLine));
    } else if (P.Column) {
      Out += property("col", std::to_string(P.Column));
      if (P.EndColumn > P.Column)
        Out += property("endColumn", std::to_string(P.EndColumn));
    }
  }
  Out += property("title", F.Check);
  std::string Message = F.Message;
  for (const Step &S : F.Steps) {
    Message += "\n";
    if (!S.Where.File.empty())
      Message += S.Where.File + ":" + std::to_string(S.Where.Line) + ": ";
    Message += S.Message;
  }
  return Out + "::" + escape(Message, /*IsProperty=*/false) + "\n";
}

std::string netdev::renderGitHub(const Run &R) {
  std::string Out;
  for (const UnitStatus &U : R.Units)
    if (U.Status == UnitStatus::Failed)
      Out += "::error file=" + escape(U.File, /*IsProperty=*/true) +
             ",title=netdev-lint::could not be analysed: " +
             escape(U.Reason, /*IsProperty=*/false) + "\n";
  for (const Result &F : R.Findings)
    Out += command(F);
  return Out;
}
