/* Paths: made absolute, shortened, and read. */
#pragma once

#include "../text.h"

enum { KEEP, FOLLOW };

/* The kernel's link to the file of this program. */
#define OWN_LINK "/proc/self/exe"

/* A path that is being made absolute: `done` is the part that is finished, `rest` is still to be walked. */
struct walk {
    char *done;
    size_t used;
    char *rest;
    /* `rest` is at the end of `room`, so that the target of a link can be put before it. */
    char room[2 * PATH_MAX];
};

/* Begins a walk at the root, or at the current directory if the path is relative. Returns 0 if that is impossible. */
static int begin_walk(struct walk *walk, char *done, const char *path)
{
    size_t size = length(path) + 1;
    if (size > PATH_MAX) return 0;
    walk->done = done;
    walk->used = 0;
    walk->rest = walk->room + sizeof walk->room - size;
    for (size_t i = 0; i < size; i++) walk->rest[i] = path[i];
    if (*walk->rest == '/') return 1;
    /* The kernel's name for a directory outside of a chroot has no slash at its beginning. */
    if (call(GETCWD, (long)done, PATH_MAX, 0, 0) < 0 || *done != '/') return 0;
    walk->used = done[1] ? length(done) : 0;
    return 1;
}

/*
 * Replaces the last part of `done` by its target if it is a link. Returns 0 if the path gets too long. It keeps the
 * link to the root of another process, because its target is a path there (proc(5), /proc/PID/root).
 */
static int follow_link(struct walk *walk, size_t parent, int *followed)
{
    char target[PATH_MAX];
    if (starts_with(walk->done, "/proc/") && is_equal(walk->done + parent, "/root")) return 1;
    long size = call(READLINKAT, AT_FDCWD, (long)walk->done, (long)target, PATH_MAX);
    if (size == -ENAMETOOLONG) return 0;
    if (size <= 0) return 1;
    if (++*followed > MAX_LINKS || size > walk->rest - walk->room) return 0;
    for (; size > 0; size--) *--walk->rest = target[size - 1];
    walk->used = *walk->rest == '/' ? 0 : parent;
    return 1;
}

/*
 * Makes a path absolute, without '.', '..' and doubled slashes. With KEEP it keeps links, as Python does with its own
 * name. With FOLLOW it follows all of them, as the kernel does. Returns 0 if the path gets too long, if the links form
 * a loop, or if the current directory has no path.
 */
static int resolve(char *path, const char *from, int links)
{
    struct walk walk;
    int followed = 0;

    if (!begin_walk(&walk, path, from)) return 0;
    for (;;) {
        size_t count = 0, parent = walk.used;
        while (*walk.rest == '/') walk.rest++;
        while (walk.rest[count] && walk.rest[count] != '/') count++;
        if (count == 0) break;
        if (walk.rest[0] == '.' && (count == 1 || (count == 2 && walk.rest[1] == '.'))) {
            while (count == 2 && walk.used > 0 && path[--walk.used] != '/') continue;
            walk.rest += count;
            continue;
        }
        if (walk.used + 1 + count >= PATH_MAX) return 0;
        path[walk.used++] = '/';
        for (; count > 0; count--) path[walk.used++] = *walk.rest++;
        path[walk.used] = 0;
        if (links == FOLLOW && !follow_link(&walk, parent, &followed)) return 0;
    }
    path[walk.used] = 0;
    return 1;
}

/* Whether there is certainly no such file. A sandbox may refuse to tell. */
static int is_missing(const char *path)
{
    long error = call(FACCESSAT, AT_FDCWD, (long)path, 0, 0);
    return error == -ENOENT || error == -ENOTDIR;
}

/* Shortens a path to its parent directory. */
static void cut_last_part(char *path)
{
    size_t at = length(path);
    while (at > 0 && path[--at] != '/') continue;
    path[at] = 0;
}

/* Reads the first bytes of a file. Returns their number, or an error below zero. */
static long read_start(const char *path, char *bytes, size_t size)
{
    long file = call(OPENAT, AT_FDCWD, (long)path, 0, 0);
    if (file < 0) return file;
    long count = call(READ, file, (long)bytes, (long)size, 0);
    call(CLOSE, file, 0, 0, 0);
    return count;
}
