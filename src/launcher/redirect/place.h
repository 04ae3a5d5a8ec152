/* Where a path is read from. */
#pragma once

#include "path.h"
#include "table.h"

/* Room for a path that was made plain, and for a place. */
struct room {
    char plain[PATH_MAX], place[PATH_MAX + 1];
};

/*
 * Finds the row of a path. A path that is relative to an open directory is none of them: the directory was opened by
 * its own path. `plain` is only used if the path is not plain.
 */
static int find_match(struct match *match, char *plain, int directory, const char *path)
{
    if (is_plain(path)) return find_row(match, path);
    if (!*path || (*path != '/' && directory != AT_FDCWD)) return 0;
    return make_plain(plain, path) && find_row(match, plain);
}

__attribute__((noinline)) static int is_listed_somehow(int directory, const char *path)
{
    char plain[PATH_MAX];
    struct match match;
    return find_match(&match, plain, directory, path);
}

/* Whether the table has a row for a path. */
static int is_listed(int directory, const char *path)
{
    struct match match;
    if (!path || table.count == 0) return 0;
    return is_plain(path) ? find_row(&match, path) : is_listed_somehow(directory, path);
}

/* Adds to a path. If it gets too long, it keeps a length that the kernel refuses too. */
static size_t add(char *path, size_t used, const char *more, size_t size)
{
    for (size_t i = 0; i < size && used < PATH_MAX; i++) path[used++] = more[i];
    path[used] = 0;
    return used;
}

/* Writes the path of a place. ld.so has the path of this library in the tree, so that tells where the tree is. */
static void write_place(char *path, const char *place, const char *rest, int is_directory)
{
    size_t used = 0;
    const struct object *own = own_object();
    const char *own_path = (const char *)&table + table.own;
    if (*place != '/' && own && length(own->name) > length(own_path))
        used = add(path, used, own->name, length(own->name) - length(own_path));
    used = add(path, used, place, length(place));
    used = add(path, used, rest, length(rest));
    if (is_directory) add(path, used, "/", 1);
}

/* Whether the machine has nothing at a path. Changes no errno. */
static int is_missing(const char *path)
{
    int *place = __errno_location(), error = *place;
    int is_absent = syscall(FACCESSAT, (long)AT_FDCWD, path, 0L) != 0 && (*place == ENOENT || *place == ENOTDIR);
    *place = error;
    return is_absent;
}

/* The path to read instead of a listed one: the first place that has something. The last one is not examined. */
static const char *choose_place(struct room *room, int directory, const char *path)
{
    struct match match;
    if (!find_match(&match, room->plain, directory, path)) return path;
    for (const char *place = match.places;;) {
        const char *chosen = path, *next = place + length(place) + 1;
        if (!is_equal(place, ".")) {
            write_place(room->place, place, match.rest, ends_as_directory(path));
            chosen = room->place;
        }
        if (!*next || !is_missing(chosen)) return chosen;
        place = next;
    }
}
