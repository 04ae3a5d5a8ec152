/*
 * Replaces the interpreter in a tree. Prints the variables that libc finds, and then those of the environment. Compiled
 * with LIBRARY, it is a library whose initializer prints the former before the launcher fills libc's lists.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"LOCPATH", "GCONV_PATH", "TZDIR", 0};

static void print(const char *when)
{
    for (const char *const *name = names; *name; name++) {
        const char *value = getenv(*name);
        if (value) printf("%s %s=%s\n", when, *name, value);
    }
}

#ifdef LIBRARY

__attribute__((constructor)) static void initialize(void)
{
    print("initializer");
}

#else

extern char **environ;

int main(void)
{
    print("main");
    for (char **variable = environ; *variable; variable++)
        for (const char *const *name = names; *name; name++)
            if (!strncmp(*variable, *name, strlen(*name))) printf("environment %s\n", *variable);
    return 0;
}

#endif
