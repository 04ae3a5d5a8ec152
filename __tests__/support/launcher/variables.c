/*
 * Replaces the interpreter in a tree. Prints the variables that libc reads: first those that an initializer found,
 * which runs before the launcher fills libc's lists, then those of main(), and then those of the environment.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static const char *const names[] = {"LOCPATH", "GCONV_PATH", "TZDIR", 0};

static void print(const char *when)
{
    for (const char *const *name = names; *name; name++) {
        const char *value = getenv(*name);
        if (value) printf("%s %s=%s\n", when, *name, value);
    }
}

static void initialize(void)
{
    print("initializer");
}

/* ld.so calls this before the initializers of libraries. */
__attribute__((section(".preinit_array"), used)) static void (*const initializer)(void) = initialize;

int main(void)
{
    print("main");
    for (char **variable = environ; *variable; variable++)
        for (const char *const *name = names; *name; name++)
            if (!strncmp(*variable, *name, strlen(*name))) printf("environment %s\n", *variable);
    return 0;
}
