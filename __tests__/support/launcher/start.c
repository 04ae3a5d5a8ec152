/*
 * start HOW PROGRAM ENVIRONMENT ARGV…: executes a program with exactly these arguments and variables. No shell and no
 * execve of a scripting language can do that. ENVIRONMENT is a file that has each variable with its NUL. HOW is path,
 * fd (by an open descriptor) or cloexec (by a descriptor that execve closes).
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    static char text[1 << 20];
    static char *variables[1 << 16];
    if (argc < 4) return 125;
    FILE *file = fopen(argv[3], "r");
    if (!file) return 125;
    size_t size = fread(text, 1, sizeof text, file), count = 0;
    fclose(file);
    for (char *at = text; at < text + size; at += strlen(at) + 1) variables[count++] = at;
    if (strcmp(argv[1], "path") == 0) execve(argv[2], argv + 4, variables);
    else fexecve(open(argv[2], O_PATH | (strcmp(argv[1], "cloexec") == 0 ? O_CLOEXEC : 0)), argv + 4, variables);
    perror(argv[2]);
    return 125;
}
