/* Stands for ld.so in a tree: prints how many arguments it was given, then them and the variables, each with its NUL. */
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
