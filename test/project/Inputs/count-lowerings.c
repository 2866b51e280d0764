/* Preloaded into clang-tidy: stands before the module's own counter, and tells
   at the end how often the module lowered. */
#include <stdio.h>

unsigned netdevTidyLowerings;

__attribute__((destructor)) static void tell(void)
{
	fprintf(stderr, "lowered: %u\n", netdevTidyLowerings);
}
