//===- netdev-lint-progress.h - How far a long run is -----------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_TOOLS_PROGRESS_H
#define NETDEV_LINT_TOOLS_PROGRESS_H

#include <chrono>
#include <optional>
#include <string>

namespace netdev {

/// "812/1543 units, 42/s, 0:17 left", after \p Seconds.
std::string progressLine(size_t Done, size_t Count, double Seconds);

/// That line on stderr, if it is a terminal; gone when the run is over.
class Progress {
public:
  Progress(size_t Count, bool Wanted);
  ~Progress();
  void operator()(size_t Done);

private:
  using Clock = std::chrono::steady_clock;

  void show(const std::string &Line);

  size_t Count;
  bool Shown;
  size_t Width = 0; ///< of the line that stands there
  Clock::time_point Begin = Clock::now();
  std::optional<Clock::time_point> Last; ///< when the line was written
};

} // namespace netdev

#endif // NETDEV_LINT_TOOLS_PROGRESS_H
