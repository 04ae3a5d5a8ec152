/* Paths as programs write them: relative, and with '.', '..' and doubled slashes. */
#pragma once

#include "system.h"

/* Whether nothing has to be done to make a path absolute and short. Nearly all are so. */
static int is_plain(const char *path)
{
    if (*path != '/') return 0;
    for (; *path; path++) {
        if (*path != '/') continue;
        const char *name = path + 1;
        if (*name == '/' || !*name) return 0;
        if (*name == '.') name++;
        else continue;
        if (*name == '.') name++;
        if (*name == '/' || !*name) return 0;
    }
    return 1;
}

/*
 * Makes a path absolute and short, in PATH_MAX bytes at `plain`. It follows no link: so '..' after a link to another
 * directory leads elsewhere than for the kernel. Returns 0 if the path gets too long, or if it is relative to a
 * directory that has no path.
 */
static int make_plain(char *plain, const char *path)
{
    size_t used = 0;
    if (*path != '/') {
        int error = *__errno_location();
        long size = syscall(GETCWD, plain, (long)PATH_MAX);
        *__errno_location() = error;
        if (size <= 0 || *plain != '/') return 0;
        used = plain[1] ? length(plain) : 0;
    }
    while (*path) {
        size_t count = 0;
        while (path[count] && path[count] != '/') count++;
        if (count == 2 && path[0] == '.' && path[1] == '.')
            while (used > 0 && plain[--used] != '/') continue;
        else if (count > 1 || (count == 1 && *path != '.')) {
            if (used + 1 + count >= PATH_MAX) return 0;
            plain[used++] = '/';
            for (size_t i = 0; i < count; i++) plain[used++] = path[i];
        }
        path += count + (path[count] == '/');
    }
    plain[used] = 0;
    return used > 0;
}

/* Whether a path can only be that of a directory. */
static int ends_as_directory(const char *path)
{
    size_t size = length(path);
    if (size > 0 && path[size - 1] == '.') size--;
    if (size > 0 && path[size - 1] == '.') size--;
    return size > 0 && path[size - 1] == '/';
}
