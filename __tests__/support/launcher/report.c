/*
 * Replaces ld.so or the interpreter in a tree. Prints the number of its arguments, then these and its variables,
 * each with its NUL. Fails if its data is not as the linker laid it out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static char zeros[300000];
static int numbers[3000] = {1, 2, 3};
static __thread int of_thread = 42;
static __thread char zeros_of_thread[5000];
int *const relocated = numbers;

static void print(char **strings)
{
    for (; strings && *strings; strings++) fwrite(*strings, 1, strlen(*strings) + 1, stdout);
}

static int has_other_bytes(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i]) return 1;
    return 0;
}

int main(int argc, char **argv)
{
    char *heap = malloc(100);
    if (has_other_bytes(zeros, sizeof zeros) || has_other_bytes(zeros_of_thread, sizeof zeros_of_thread)) return 3;
    if (!heap || of_thread != 42 || relocated[2] != 3) return 4;
    printf("%d%c", argc, 0);
    print(argv);
    print(environ);
    return 0;
}
