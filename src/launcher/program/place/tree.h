/* Where the tree is, and the name that Python gets. */
#pragma once

#include "../settings.h"
#include "venv.h"

#define MISSING "it is missing; this launcher works only in the tree that it was packed with"

static void resolve_or_fail(char *path, const char *from)
{
    if (!resolve(path, from, FOLLOW)) fail(127, from, "its path is too long, or its links form a loop");
}

/* Finds the file of this program. The kernel knows it if it was called from a directory that was removed since. */
static void find_program(char *program, const char *called)
{
    if (resolve(program, called, FOLLOW)) return;
    if (!resolve(program, OWN_LINK, FOLLOW) || is_equal(program, OWN_LINK)) resolve_or_fail(program, called);
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
        if (!is_missing(path)) return;
        char *home = venv_size > 0 && homes < MAX_LINKS ? find_home(venv, venv + venv_size) : 0;
        if (!home && homes > 0) return; /* Executing the loader fails, and that error names the path. */
        if (!home) fail(127, path, MISSING);
        resolve_or_fail(tree, home);
        venv_size = read_venv(tree, venv, PATH_MAX - 1);
        cut_last_part(tree);
    }
}

/*
 * Finds the tree of a program that is not Python, above the place of this launcher. All links are followed first, as
 * the kernel does for /proc/self/exe.
 */
static void find_tree_of_program(char *tree, const struct settings *settings, const char *called)
{
    char memory[2 * PATH_MAX];
    struct buffer buffer = {memory, memory + sizeof memory};
    find_program(tree, called);
    cut_last_part(tree);
    for (const char *at = settings->place; *at; at++)
        if (*at == '/') cut_last_part(tree);
    char *loader = join_path(&buffer, tree, settings->loader);
    if (is_missing(loader)) fail(127, loader, MISSING);
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
 * Whether Python finds the tree from a link to a program of it. Python follows links of the file itself, and none of
 * its directories (CPython Modules/getpath.c, getpath_realpath, and before 3.11 resolve_symlinks). Its prefix is then
 * as the last link has it, so none of them may lead to another directory by a relative path. The kernel's links to a
 * file or descriptor of this process are no names of Python: other processes have others.
 */
static int is_link_to_tree(const char *name, const char *tree)
{
    char at[PATH_MAX], target[PATH_MAX];
    if (starts_with(name, "/proc/") || starts_with(name, "/dev/") || !resolve(at, name, KEEP)) return 0;
    for (int links = 0; links < MAX_LINKS; links++) {
        long size = call(READLINKAT, AT_FDCWD, (long)at, (long)target, PATH_MAX - 1);
        if (size <= 0) return links > 0 && is_in_tree(at, tree);
        target[size] = 0;
        if (*target != '/') {
            char memory[2 * PATH_MAX];
            struct buffer buffer = {memory, memory + sizeof memory};
            if (contains_any(target, "/")) return 0;
            cut_last_part(at);
            if (!resolve(at, join_path(&buffer, at, target), KEEP)) return 0;
        } else memcpy(at, target, (size_t)size + 1);
    }
    return 0;
}

/*
 * Whether Python finds the tree from the pyvenv.cfg of a virtual environment: its home, as it is written there, is a
 * directory of the tree. It is not if a Python before 3.11 made the environment from within another one.
 */
static int is_home_in_tree(char *venv, long venv_size, const char *loader)
{
    char directory[PATH_MAX], memory[2 * PATH_MAX];
    struct buffer buffer = {memory, memory + sizeof memory};
    char *home = venv_size > 0 ? find_home(venv, venv + venv_size) : 0;
    if (!home || !resolve(directory, home, KEEP)) return 1;
    cut_last_part(directory);
    return !is_missing(join_path(&buffer, directory, loader));
}

/*
 * Finds the tree, and the name that Python gets. Python finds its prefix from its name. So it keeps the name that
 * this program was called by only if that leads to the tree or to a virtual environment. Returns whether Python finds
 * the tree from this name.
 */
static int find_python(char *tree, char *name, const char *loader, const char *called)
{
    char program[PATH_MAX], venv[PATH_MAX];

    find_program(program, called);
    if (!resolve(name, called, KEEP)) resolve(name, program, KEEP);
    long venv_size = read_venv(name, venv, sizeof venv - 1);
    int is_found = is_home_in_tree(venv, venv_size, loader);
    find_tree(tree, loader, program, venv, venv_size);
    if (venv_size < 0 && !is_in_tree(name, tree) && !is_link_to_tree(name, tree)) resolve(name, called, FOLLOW);
    return is_found;
}
