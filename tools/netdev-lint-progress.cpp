//===- netdev-lint-progress.cpp - How far a long run is -------------------===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "netdev-lint-progress.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace netdev {

std::string progressLine(size_t Done, size_t Count, double Seconds) {
  std::string Line;
  raw_string_ostream OS(Line);
  OS << Done << "/" << Count << " units";
  if (Done && Seconds > 0) {
    double Rate = Done / Seconds;
    OS << format(Rate < 10 ? ", %.1f/s" : ", %.0f/s", Rate);
    if (Done < Count) {
      auto Left = static_cast<unsigned>((Count - Done) / Rate + 0.5);
      if (Left >= 3600)
        OS << format(", %u:%02u:%02u left", Left / 3600, Left / 60 % 60,
                     Left % 60);
      else
        OS << format(", %u:%02u left", Left / 60, Left % 60);
    }
  }
  return OS.str();
}

Progress::Progress(size_t Count, bool Wanted)
    : Count(Count),
      Shown(Wanted && Count > 1 && sys::Process::StandardErrIsDisplayed()) {}

Progress::~Progress() {
  if (Width) {
    show("");
    errs() << "\r";
  }
}

void Progress::operator()(size_t Done) {
  // Ten times a second is as often as anybody reads it; the first is always
  // worth it, as it has a rate.
  Clock::time_point Now = Clock::now();
  bool Soon = Last && Now - *Last < std::chrono::milliseconds(100);
  if (!Shown || (Soon && Done < Count))
    return;
  if (Done)
    Last = Now;
  show(progressLine(Done, Count,
                    std::chrono::duration<double>(Now - Begin).count()));
}

/// Overwrites the line with blanks where it was longer: every terminal can.
void Progress::show(const std::string &Line) {
  errs() << "\r" << Line;
  if (Width > Line.size())
    errs().indent(Width - Line.size());
  Width = Line.size();
}

} // namespace netdev
