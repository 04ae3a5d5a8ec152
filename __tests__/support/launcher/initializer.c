/* A library whose initializer changes the environment. EXPRESSION is the change. */
#define _GNU_SOURCE
#include <stdlib.h>

__attribute__((constructor)) static void initialize(void)
{
    (void)EXPRESSION;
}
