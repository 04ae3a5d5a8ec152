/* Replaces ld.so in a tree. Prints the number of its arguments, then these and its variables, each with its NUL. */
#include <stdio.h>
#include <string.h>

extern char **environ;

static void print(char **strings)
{
    for (; *strings; strings++) fwrite(*strings, 1, strlen(*strings) + 1, stdout);
}

int main(int argc, char **argv)
{
    printf("%d%c", argc, 0);
    print(argv);
    print(environ);
    return 0;
}
