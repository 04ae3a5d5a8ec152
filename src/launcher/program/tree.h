/* Where the tree is, and the name that Python gets. */
#pragma once

#include "venv.h"

static void resolve_or_fail(char *path, const char *from)
{
    if (!resolve(path, from, FOLLOW)) fail(127, from, "its path is too long, or its links form a loop");
}

/*
 * Finds the tree: the directory above that of this program. If it has no loader, this program is a copy in a virtual
 * environment (venv --copies). Its pyvenv.cfg, in `venv`, names the directory of the Python that made it. Before Python
 * 3.11 that may be in another such environment. `venv` is overwritten.
 */
static void find_tree(char *tree, const char *loader, const char *program, char *venv, long venv_size)
{
    resolve(tree, program, KEEP);
    cut_last_part(tree);
    cut_last_part(tree);
    for (int homes = 0;; homes++) {
        char memory[2 * PATH_MAX];
        struct buffer buffer = {memory, memory + sizeof memory};
        char *path = join_path(&buffer, tree, loader);
        if (call(FACCESSAT, AT_FDCWD, (long)path, 0, 0) >= 0) return;
        char *home = venv_size > 0 && homes < MAX_LINKS ? find_home(venv, venv + venv_size) : 0;
        if (!home && homes > 0) return; /* Executing the loader fails, and that error names the path. */
        if (!home) fail(127, path, "it is missing; this launcher works only in the tree that it was packed with");
        resolve_or_fail(tree, home);
        venv_size = read_venv(tree, venv, PATH_MAX - 1);
        cut_last_part(tree);
    }
}

/* Whether the directory above that of a program is the tree, after all links are followed. */
static int is_in_tree(const char *program, const char *tree)
{
    char above[PATH_MAX], physical[PATH_MAX];
    resolve(above, program, KEEP);
    cut_last_part(above);
    cut_last_part(above);
    return resolve(physical, above, FOLLOW) && is_equal(physical, tree);
}

/*
 * Finds the tree, and the name that Python gets. Python finds its prefix from its name, and does not follow links. So
 * it keeps the name that this program was called by only if that leads to the tree or to a virtual environment.
 */
static void find(char *tree, char *name, const char *loader, const char *called)
{
    char program[PATH_MAX], venv[PATH_MAX];

    resolve_or_fail(program, called);
    if (!resolve(name, called, KEEP)) resolve(name, program, KEEP);
    long venv_size = read_venv(name, venv, sizeof venv - 1);
    find_tree(tree, loader, program, venv, venv_size);
    if (venv_size < 0 && !is_in_tree(name, tree)) resolve(name, called, FOLLOW);
}

/*
 * The name that this program was called by. AT_EXECFN is the path that execve got, whatever argv[0] says. If a script
 * names this program in its first line, AT_EXECFN is the script, and argv[0] is this program. If execve got a
 * descriptor that is closed now, only /proc/self/exe is left.
 */
static const char *find_called_name(const long *auxiliary, const char *argv0)
{
    const char *called = "";
    char magic[2];
    for (; auxiliary[0] != AT_NULL; auxiliary += 2)
        if (auxiliary[0] == AT_EXECFN) called = (const char *)auxiliary[1];
    if (read_start(called, magic, 2) < 2) return "/proc/self/exe";
    return magic[0] == '#' && argv0 ? argv0 : called;
}
