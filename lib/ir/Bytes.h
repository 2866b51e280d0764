//===- Bytes.h - Records as bytes and back ----------------------*- C++ -*-===//
//
// Part of netdev-lint, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Writes and reads records in a compact form. A record T has one function
/// for both directions, `template <typename IO> void fields(IO &Io, T &V)`,
/// which gives each member to Io.
///
//===----------------------------------------------------------------------===//
#ifndef NETDEV_LINT_IR_BYTES_H
#define NETDEV_LINT_IR_BYTES_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

namespace netdev {

/// Appends values: numbers seven bits a byte, least first (LEB128), signed ones
/// with the sign in bit 0.
class ByteWriter {
public:
  std::string Bytes;

  template <typename T> void operator()(const T &V) {
    if constexpr (std::is_floating_point_v<T>)
      Bytes.append(reinterpret_cast<const char *>(&V), sizeof(T));
    else if constexpr (std::is_signed_v<T>)
      number(uint64_t(int64_t(V)) << 1 ^ uint64_t(int64_t(V) >> 63));
    else if constexpr (std::is_class_v<T>)
      fields(*this, const_cast<T &>(V)); // a writer only reads
    else
      number(uint64_t(V));
  }
  void operator()(const std::string &S) {
    number(S.size());
    Bytes += S;
  }
  template <typename T> void operator()(const std::vector<T> &V) {
    number(V.size());
    for (const T &E : V)
      (*this)(E);
  }
  /// \p V, seldom far past \p Begin.
  void since(uint32_t Begin, const uint32_t &V) { number(uint32_t(V - Begin)); }

private:
  void number(uint64_t N) {
    for (; N >= 0x80; N >>= 7)
      Bytes += char(N | 0x80);
    Bytes += char(N);
  }
};

/// Reads what a ByteWriter wrote. Bytes that are cut short or wrong leave Ok
/// false, and any values of the right type.
class ByteReader {
public:
  explicit ByteReader(llvm::StringRef Bytes)
      : At(Bytes.bytes_begin()), End(Bytes.bytes_end()) {}
  bool Ok = true;

  bool atEnd() const { return At == End; }

  template <typename T> void operator()(T &V) {
    if constexpr (std::is_floating_point_v<T>) {
      Ok = Ok && size_t(End - At) >= sizeof(T);
      if (Ok)
        std::memcpy(&V, At, sizeof(T)), At += sizeof(T);
    } else if constexpr (std::is_signed_v<T>) {
      uint64_t N = number();
      V = T(int64_t(N >> 1 ^ (0 - (N & 1))));
    } else if constexpr (std::is_class_v<T>) {
      fields(*this, V);
    } else {
      V = T(number());
    }
  }
  void operator()(std::string &S) {
    size_t Size = size();
    S.assign(reinterpret_cast<const char *>(At), Size);
    At += Size;
  }
  template <typename T> void operator()(std::vector<T> &V) {
    V.resize(size());
    for (size_t I = 0; I != V.size() && Ok; ++I)
      (*this)(V[I]);
  }
  void since(uint32_t Begin, uint32_t &V) { V = Begin + uint32_t(number()); }

private:
  uint64_t number() {
    uint64_t N = 0;
    for (unsigned Shift = 0; Shift < 64 && At != End; Shift += 7) {
      uint8_t Byte = *At++;
      N |= uint64_t(Byte & 0x7f) << Shift;
      if (!(Byte & 0x80))
        return N;
    }
    Ok = false;
    return 0;
  }
  /// How many elements follow: each takes a byte at least.
  size_t size() {
    uint64_t N = number();
    Ok = Ok && N <= uint64_t(End - At);
    return Ok ? N : 0;
  }

  const uint8_t *At, *End;
};

} // namespace netdev

#endif // NETDEV_LINT_IR_BYTES_H
