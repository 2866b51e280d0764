//===- LineHashTest.cpp -----------------------------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The values are those of github/codeql-action, src/fingerprints.test.ts.
//
//===----------------------------------------------------------------------===//
#include "report/LineHash.h"
#include "Support.h"
#include "report/Source.h"
#include "llvm/ADT/StringExtras.h"

using namespace netdev;

static std::string hashes(llvm::StringRef Text) {
  return llvm::join(lineHashes(Text), " ");
}

int main() {
  EXPECT_EQ(hashes(""), "c129715d7a2bc9a3:1");
  EXPECT_EQ(hashes(" a\nb\n  \t\tc\n d"),
            "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 "
            "a23a3dc5e078b07b:1");
  const std::string Same =
      "e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 "
      "e20e36e16fcb0cc8:1 b3edc88f2938467e:1 c8e28b0b4002a3a0:1 "
      "c129715d7a2bc9a3:1";
  EXPECT_EQ(hashes(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n"), Same);
  EXPECT_EQ(hashes(" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r"), Same);
  EXPECT_EQ(
      hashes(" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n"),
      Same);
  EXPECT_EQ(hashes(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n"),
            Same);
  std::string Lorem;
  for (int I = 0; I != 10; ++I)
    Lorem += "Lorem ipsum dolor sit amet.\n";
  EXPECT_EQ(hashes(Lorem),
            "a7f2ff13bc495cf2:1 a7f2ff13bc495cf2:2 a7f2ff13bc495cf2:3 "
            "a7f2ff13bc495cf2:4 a7f2ff13bc495cf2:5 a7f2ff13bc495cf2:6 "
            "a7f2ff1481e87703:1 a9cf91f7bbf1862b:1 55ec222b86bcae53:1 "
            "cc97dc7b1d7d8f7b:1 c129715d7a2bc9a3:1");
  // JavaScript sees UTF-16, and one U+FFFD per wrong sequence.
  EXPECT(lineHashes("größe 𝄞\n").size() == 2);
  EXPECT(lineHashes("gr\xF6\xDF"
                    "e\n") == lineHashes("gr\uFFFD\uFFFDe\n"));
  EXPECT(lineHashes("a\xE2\x82z\n") == lineHashes("a\uFFFDz\n"));
  EXPECT(lineHashes("\xED\xA0\x80\n") == lineHashes("\uFFFD\uFFFD\uFFFD\n"));

  EXPECT(utf16Column("gr\xC3\xB6\xC3\x9F x", 8) == 6);
  EXPECT(utf16Column("\xF0\x9D\x84\x9E x", 6) == 4);
  EXPECT(utf16Column("ab", 9) == 9);
  return failures();
}
