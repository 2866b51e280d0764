//===- Renderers.h - The output forms, one function each --------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Private to the room: what render() chooses from. All take a finished run.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_REPORT_RENDERERS_H
#define NETDEV_LINT_REPORT_RENDERERS_H

#include "report/Render.h"
#include <nlohmann/json.hpp>

namespace netdev {

std::string renderText(const Run &R, const RenderOptions &Opts);
std::string renderKernel(const Run &R);
std::string renderJson(const Run &R);
std::string renderSarif(const Run &R, const RenderOptions &Opts);
std::string renderHtml(const Run &R);
std::string renderGitHub(const Run &R);
std::string renderCodeClimate(const Run &R);

/// \p J as indented text with a newline; bytes that are not UTF-8 become
/// U+FFFD.
std::string print(const nlohmann::ordered_json &J);

/// The grade of the finding's rule; Warning if the rule is not known.
Grade gradeOf(const Finding &F);

} // namespace netdev

#endif // NETDEV_LINT_REPORT_RENDERERS_H
