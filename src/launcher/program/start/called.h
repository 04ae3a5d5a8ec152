/* The name that the launcher was called by, and the name by which Python finds itself. */
#pragma once

#include "../place/path.h"
#include "../process.h"
#include "environment.h"

/*
 * The name that this program was called by. AT_EXECFN is the path that execve got, whatever argv[0] says. If that is
 * not an ELF file, argv[0] is this program: a script names it in its first line, or the kernel starts all such files
 * with it (binfmt_misc). If execve got a descriptor that is closed now, /proc/self/exe is left, and without /proc only
 * argv[0]. The caller may execute a program that it cannot read: /proc/self/exe then leads to it, but refuses to open.
 *
 * A process with AT_SECURE goes by /proc/self/exe alone: the caller could change links, and so start another ld.so with
 * the privileges of this process.
 */
__attribute__((noinline)) static const char *find_called_name(const struct process *process)
{
    const char *called = (const char *)read_auxiliary(process->auxiliary, AT_EXECFN, (long)"");
    const char *first = process->argc > 0 ? process->argv[0] : OWN_LINK;
    char magic[2];
    if (is_privileged(process)) return OWN_LINK;
    if (read_start(called, magic, sizeof magic) < (long)sizeof magic) {
        long error = read_start(OWN_LINK, magic, sizeof magic);
        return error >= 0 || error == -EACCES ? OWN_LINK : first;
    }
    return magic[0] == '\177' && magic[1] == 'E' ? called : first;
}

/* Whether a path leads to this name without links being followed. */
static int is_path_of(const char *path, const char *name)
{
    char absolute[PATH_MAX];
    return resolve(absolute, path, KEEP) && is_equal(absolute, name);
}

/* The first file in PATH that has this name and can be executed. Returns 0 if there is none. */
static int find_in_path(char *found, const char *file, const char **variables)
{
    const char *path = find_variable(variables, "PATH=");
    for (path = path ? path + sizeof "PATH=" - 1 : 0; path;) {
        const char *end = path;
        size_t size = 0;
        while (*end && *end != ':') end++;
        if ((size_t)(end - path) + length(file) + 2 > PATH_MAX) return 0;
        while (path < end) found[size++] = *path++;
        if (size > 0) found[size++] = '/';
        for (const char *at = file; *at; at++) found[size++] = *at;
        found[size] = 0;
        if (call(FACCESSAT, AT_FDCWD, (long)found, X_OK, 0) == 0) return 1;
        path = *end ? end + 1 : 0;
    }
    return 0;
}

/*
 * Whether Python finds the program of this name by argv[0] alone: by its path, or in PATH if it has no '/' (CPython
 * Modules/getpath.py). Otherwise argv[0] has to be the name.
 */
static int is_found_by_argv0(const struct process *process, const char *name)
{
    char found[PATH_MAX];
    const char *first = process->argc > 0 ? process->argv[0] : "";
    if (contains_any(first, "/")) return is_path_of(first, name);
    /* Python before 3.12 does not find itself in a relative directory of PATH. */
    return *first && find_in_path(found, first, process->envp) && *found == '/' && is_path_of(found, name);
}
