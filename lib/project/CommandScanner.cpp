//===- CommandScanner.cpp - Entries of a compile database -----------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "project/CommandScanner.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include <algorithm>
#include <cstring>

using namespace llvm;

namespace netdev {

namespace {
class Scanner {
public:
  Scanner(StringRef Json, StringRef Name)
      : At(Json.begin()), Begin(Json.begin()), End(Json.end()), Name(Name) {}

  Error run(function_ref<bool(const CommandEntry &)> Each) {
    if (!take('['))
      return wrong("expected a list of commands");
    if (take(']'))
      return Error::success();
    do {
      CommandEntry E;
      if (Error Wrong = entry(E))
        return Wrong;
      if (!Each(E))
        return Error::success();
    } while (take(','));
    if (!take(']'))
      return wrong("expected ',' or ']'");
    return Error::success();
  }

private:
  const char *At, *Begin, *End;
  StringRef Name;

  Error wrong(const Twine &What) {
    size_t Line = 1 + std::count(Begin, At, '\n');
    std::string Text =
        At == End ? std::string("the file ends too early") : What.str();
    return createStringError(inconvertibleErrorCode(),
                             Twine(Name) + ":" + Twine(Line) + ": " + Text);
  }

  char peek() {
    while (At != End && isSpace(*At))
      ++At;
    return At == End ? '\0' : *At;
  }

  bool take(char C) {
    if (peek() != C || At == End)
      return false;
    ++At;
    return true;
  }

  /// The inside of the string that starts here.
  bool string(StringRef &S) {
    if (!take('"'))
      return false;
    const char *First = At;
    while (true) {
      At = static_cast<const char *>(std::memchr(At, '"', End - At));
      if (!At) {
        At = End;
        return false;
      }
      const char *Slash = At;
      while (Slash != First && Slash[-1] == '\\')
        --Slash;
      if ((At - Slash) % 2 == 0)
        break;
      ++At;
    }
    S = StringRef(First, At - First);
    ++At;
    return true;
  }

  Error entry(CommandEntry &E) {
    if (!take('{'))
      return wrong("expected '{'");
    do {
      StringRef Key;
      if (!string(Key) || !take(':'))
        return wrong("expected a key");
      if (Key == "arguments") {
        if (!take('['))
          return wrong("expected a list of arguments");
        do {
          StringRef A;
          if (!string(A))
            return wrong("expected a string");
          E.Arguments.push_back(A);
        } while (take(','));
        if (!take(']'))
          return wrong("expected ',' or ']'");
        continue;
      }
      StringRef Value;
      if (!string(Value))
        return wrong("expected a string");
      if (Key == "directory")
        E.Directory = Value;
      else if (Key == "file")
        E.File = Value;
      else if (Key == "command")
        E.Command = Value;
    } while (take(','));
    if (!take('}'))
      return wrong("expected ',' or '}'");
    if (E.File.empty() || (E.Command.empty() && E.Arguments.empty()))
      return wrong("an entry lacks 'file' or 'command'");
    return Error::success();
  }
};
} // namespace

Error scanCommands(StringRef Json, StringRef Name,
                   function_ref<bool(const CommandEntry &)> Each) {
  return Scanner(Json, Name).run(Each);
}

std::string unescape(StringRef S) {
  std::string Out;
  Out.reserve(S.size());
  while (!S.empty()) {
    size_t Slash = S.find('\\');
    Out += S.substr(0, Slash);
    if (Slash == StringRef::npos || Slash + 1 == S.size())
      break;
    char C = S[Slash + 1];
    S = S.drop_front(Slash + 2);
    unsigned Code;
    switch (C) {
    case 'n':
      Out += '\n';
      break;
    case 't':
      Out += '\t';
      break;
    case 'r':
      Out += '\r';
      break;
    case 'b':
      Out += '\b';
      break;
    case 'f':
      Out += '\f';
      break;
    case 'u':
      if (S.size() >= 4 && !S.substr(0, 4).getAsInteger(16, Code)) {
        char Bytes[UNI_MAX_UTF8_BYTES_PER_CODE_POINT], *Last = Bytes;
        if (ConvertCodePointToUTF8(Code, Last))
          Out.append(Bytes, Last);
        S = S.drop_front(4);
      }
      break;
    default:
      Out += C;
    }
  }
  return Out;
}

std::vector<std::string> splitCommand(StringRef S) {
  std::vector<std::string> Words;
  std::string Word;
  bool InWord = false;
  char Quote = '\0';
  for (size_t I = 0; I != S.size(); ++I) {
    char C = S[I];
    if (Quote == '\'') {
      if (C == '\'')
        Quote = '\0';
      else
        Word += C;
    } else if (C == '\\' && I + 1 != S.size()) {
      char Next = S[I + 1];
      // Inside double quotes a backslash only escapes these.
      if (Quote == '"' && Next != '"' && Next != '\\' && Next != '$' &&
          Next != '`')
        Word += C;
      Word += Next;
      InWord = true;
      ++I;
    } else if (Quote == '"') {
      if (C == '"')
        Quote = '\0';
      else
        Word += C;
    } else if (C == '\'' || C == '"') {
      Quote = C;
      InWord = true;
    } else if (isSpace(C)) {
      if (InWord)
        Words.push_back(std::move(Word));
      Word.clear();
      InWord = false;
    } else {
      Word += C;
      InWord = true;
    }
  }
  if (InWord)
    Words.push_back(std::move(Word));
  return Words;
}

} // namespace netdev
