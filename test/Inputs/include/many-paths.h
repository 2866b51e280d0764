/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* Not of the kernel: code whose paths are many, for what long entries do. */
#ifndef MANY_PATHS_H
#define MANY_PATHS_H

int card_read(int reg);
void card_write(int reg);

#define TEST_1(reg)				\
	do {					\
		if (card_read(reg))		\
			card_write(reg);	\
	} while (0)
#define TEST_8(reg)							\
	do {								\
		TEST_1(reg); TEST_1(reg); TEST_1(reg); TEST_1(reg);	\
		TEST_1(reg); TEST_1(reg); TEST_1(reg); TEST_1(reg);	\
	} while (0)
#define TEST_64(reg)							\
	do {								\
		TEST_8(reg); TEST_8(reg); TEST_8(reg); TEST_8(reg);	\
		TEST_8(reg); TEST_8(reg); TEST_8(reg); TEST_8(reg);	\
	} while (0)
#define TEST_512(reg)							\
	do {								\
		TEST_64(reg); TEST_64(reg); TEST_64(reg); TEST_64(reg);	\
		TEST_64(reg); TEST_64(reg); TEST_64(reg); TEST_64(reg);	\
	} while (0)

#endif
