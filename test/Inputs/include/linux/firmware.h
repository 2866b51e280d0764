/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Mock header: the signatures of Linux 6.12, none of its text. */
#ifndef _MOCK_LINUX_FIRMWARE_H
#define _MOCK_LINUX_FIRMWARE_H

#include <linux/types.h>

struct firmware { size_t size; const u8 *data; };
struct device;
int request_firmware(const struct firmware **fw, const char *name, struct device *device);
void release_firmware(const struct firmware *fw);
#endif
