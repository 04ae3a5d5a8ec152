/*
 * The redirect: a library of the tree that lets the packed Python and the other programs read files by the paths that
 * were compiled into them.
 *
 * Libraries contain paths such as /usr/share/tcl8.6, at which a machine has nothing, or the files of another version.
 * This library defines the functions of libc that read by a path. It looks the path up in the table of the tree, and
 * calls libc's function with the same path or with another one. All that writes, creates or executes is not defined
 * here, so it goes to the machine. What libc itself opens does not come through here: locales, time zones, modules of
 * NSS.
 *
 * The launcher lets ld.so load it before libc (program/map/need.h). These ways were not taken:
 * - LD_PRELOAD on ld.so's copy of the environment: a variable needs a slot there that Python must not see, and between
 *   the variables and the auxiliary vector is no room for a hole. ld.so also splits the value at spaces and colons.
 * - DT_NEEDED in the file of the interpreter: it would be found without a launcher, but RELOPACK_REDIRECT=0 could not
 *   turn it off, and each way to edit the file moves something.
 * - Editing the strings: a path in the tree is longer than the string, and is only known when the tree is unpacked.
 * - A variable of the library (TERMINFO_DIRS, TCL_LIBRARY) during a call: children that another thread starts meanwhile
 *   inherit it, and most libraries have none.
 *
 * It is freestanding: it allocates no memory, takes no lock, and has no constructor. So it works in signal handlers, in
 * children of vfork(), and before any constructor ran. It needs nothing of a certain version of glibc. Its own symbols
 * have no version, so ld.so takes them for every version that is asked for (glibc elf/dl-lookup.c, check_match).
 */

#include "origin.h"
#include "reader.h"

/* A mode of fopen() that neither writes nor creates. */
static int is_for_reading(const char *mode)
{
    if (*mode != 'r') return 0;
    while (*mode && *mode != ',' && *mode != '+') mode++;
    return *mode != '+';
}

static int opens_for_reading(int flags)
{
    return (flags & (O_ACCMODE | O_CREAT | O_TRUNC)) == 0;
}

/* A name without '/' is no path: ld.so searches for it, by the RUNPATH of the caller. */
static int is_path(const char *name)
{
    while (*name && *name != '/') name++;
    return *name == '/';
}

/* The mode of open() is passed in a register, whether the caller gave one or not. */
#define OPEN(name)                                                                                                     \
    READER(int, name, (const char *path, int flags, unsigned mode), (path, flags, mode), AT_FDCWD,                     \
           opens_for_reading(flags))
#define OPENAT(name)                                                                                                   \
    READER(int, name, (int directory, const char *path, int flags, unsigned mode), (directory, path, flags, mode),     \
           directory, opens_for_reading(flags))
OPEN(open)
OPEN(open64)
OPEN(__open)
OPEN(__open64)
OPEN(__open_2)
OPEN(__open64_2)
OPENAT(openat)
OPENAT(openat64)
OPENAT(__openat_2)
OPENAT(__openat64_2)

#define FOPEN(name)                                                                                                    \
    READER(void *, name, (const char *path, const char *mode), (path, mode), AT_FDCWD, is_for_reading(mode))
#define FREOPEN(name)                                                                                                  \
    READER(void *, name, (const char *path, const char *mode, void *stream), (path, mode, stream), AT_FDCWD,           \
           is_for_reading(mode))
FOPEN(fopen)
FOPEN(fopen64)
FREOPEN(freopen)
FREOPEN(freopen64)

#define OPENDIR(name) READER(void *, name, (const char *path), (path), AT_FDCWD, 1)
#define SCANDIR(name)                                                                                                  \
    READER(int, name, (const char *path, void *list, function *filter, function *order), (path, list, filter, order),  \
           AT_FDCWD, 1)
OPENDIR(opendir)
SCANDIR(scandir)
SCANDIR(scandir64)

/* The functions whose names begin with __ are those of programs that were linked with glibc before 2.33. */
#define STAT(name) READER(int, name, (const char *path, void *status), (path, status), AT_FDCWD, 1)
#define FSTATAT(name)                                                                                                  \
    READER(int, name, (int directory, const char *path, void *status, int flags), (directory, path, status, flags),    \
           directory, 1)
#define XSTAT(name)                                                                                                    \
    READER(int, name, (int version, const char *path, void *status), (version, path, status), AT_FDCWD, 1)
#define FXSTATAT(name)                                                                                                 \
    READER(int, name, (int version, int directory, const char *path, void *status, int flags),                         \
           (version, directory, path, status, flags), directory, 1)
STAT(stat)
STAT(stat64)
STAT(lstat)
STAT(lstat64)
STAT(statfs)
STAT(statfs64)
STAT(statvfs)
STAT(statvfs64)
FSTATAT(fstatat)
FSTATAT(fstatat64)
XSTAT(__xstat)
XSTAT(__xstat64)
XSTAT(__lxstat)
XSTAT(__lxstat64)
FXSTATAT(__fxstatat)
FXSTATAT(__fxstatat64)
READER(int, statx, (int directory, const char *path, int flags, unsigned mask, void *status),
       (directory, path, flags, mask, status), directory, 1)

#define ACCESS(name) READER(int, name, (const char *path, int mode), (path, mode), AT_FDCWD, !(mode & W_OK))
ACCESS(access)
ACCESS(eaccess)
ACCESS(euidaccess)
READER(int, faccessat, (int directory, const char *path, int mode, int flags), (directory, path, mode, flags),
       directory, !(mode & W_OK))
READER(long, pathconf, (const char *path, int name), (path, name), AT_FDCWD, 1)

READER(long, readlink, (const char *path, char *target, size_t size), (path, target, size), AT_FDCWD, 1)
READER(long, __readlink_chk, (const char *path, char *target, size_t size, size_t limit), (path, target, size, limit),
       AT_FDCWD, 1)
READER(long, readlinkat, (int directory, const char *path, char *target, size_t size), (directory, path, target, size),
       directory, 1)
READER(long, __readlinkat_chk, (int directory, const char *path, char *target, size_t size, size_t limit),
       (directory, path, target, size, limit), directory, 1)
READER(char *, realpath, (const char *path, char *resolved), (path, resolved), AT_FDCWD, 1)
READER(char *, __realpath_chk, (const char *path, char *resolved, size_t limit), (path, resolved, limit), AT_FDCWD, 1)
READER(char *, canonicalize_file_name, (const char *path), (path), AT_FDCWD, 1)

#define GETXATTR(name)                                                                                                 \
    READER(long, name, (const char *path, const char *key, void *value, size_t size), (path, key, value, size),        \
           AT_FDCWD, 1)
#define LISTXATTR(name) READER(long, name, (const char *path, char *keys, size_t size), (path, keys, size), AT_FDCWD, 1)
GETXATTR(getxattr)
GETXATTR(lgetxattr)
LISTXATTR(listxattr)
LISTXATTR(llistxattr)

static size_t next_dlopen;
__attribute__((noinline)) static void *open_elsewhere(const char *path, int mode)
{
    struct room room;
    char named[PATH_MAX + 1];
    path = choose_place(&room, AT_FDCWD, path);
    if (contains_dollar(path) && name_by_origin(named, path)) path = named;
    return ((void *(*)(const char *, int))find_next(&next_dlopen, "dlopen"))(path, mode);
}
/* As READER, and for paths in a tree that ld.so would not take literally. */
__attribute__((visibility("default"))) void *dlopen(const char *path, int mode)
{
    char named[PATH_MAX + 1];
    if (path && is_path(path) && (is_listed(AT_FDCWD, path) || (contains_dollar(path) && name_by_origin(named, path))))
        return open_elsewhere(path, mode);
    return ((void *(*)(const char *, int))find_next(&next_dlopen, "dlopen"))(path, mode);
}
