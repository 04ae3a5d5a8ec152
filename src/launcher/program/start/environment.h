/* The environment: which variables Python, ld.so and a process with privileges may see. */
#pragma once

#include "../text.h"

#define RENAMED "RELOPACK_"

/* What the caller meant for the ld.so of other programs. */
static int is_for_loader(const char *variable)
{
    return starts_with(variable, "LD_LIBRARY_PATH=") || starts_with(variable, "LD_PRELOAD=") ||
           starts_with(variable, "LD_AUDIT=") || starts_with(variable, "LD_PROFILE=") ||
           starts_with(variable, "LD_ORIGIN_PATH=") || starts_with(variable, "GLIBC_TUNABLES=");
}

/* What the caller means for the packed ld.so: RELOPACK_LD_PRELOAD and the like. */
static int is_for_packed_loader(const char *variable)
{
    return starts_with(variable, RENAMED) && is_for_loader(variable + sizeof RENAMED - 1);
}

/* These two are fatal to a Python that was moved. */
static int is_fatal(const char *variable)
{
    return starts_with(variable, "PYTHONHOME=") || starts_with(variable, "PYTHONPLATLIBDIR=");
}

/*
 * What libc reads before the launcher fills its lists (own-variables.h). The caller's belong to another glibc, so no
 * library that is initialized until then may see them.
 */
static int is_for_libc(const char *variable)
{
    return starts_with(variable, "LOCPATH=") || starts_with(variable, "GCONV_PATH=");
}

/* Whether ld.so, and libc until Python begins, must not see a variable as it is. */
static int is_hidden(const char *variable)
{
    return is_for_loader(variable) || is_for_packed_loader(variable) || is_for_libc(variable);
}

/* Variables of a launcher: none of them is the caller's. */
static int is_launchers(const char *variable)
{
    if (!starts_with(variable, RENAMED)) return 0;
    variable += sizeof RENAMED - 1;
    return is_fatal(variable) || starts_with(variable, "LOCPATH=") || starts_with(variable, "ARGV0=") ||
           starts_with(variable, "CALLED=");
}

/*
 * Variables that ld.so removes in a process with AT_SECURE (glibc sysdeps/generic/unsecvars.h, and all of LD_). ld.so
 * of glibc 2.36 fails in an assertion if it is executed as a program then and has to remove one.
 */
static int is_unsafe(const char *variable)
{
    static const char names[] =
        "GCONV_PATH=\0GETCONF_DIR=\0GLIBC_TUNABLES=\0HOSTALIASES=\0LOCALDOMAIN=\0LOCPATH=\0MALLOC_\0NIS_PATH=\0"
        "NLSPATH=\0RESOLV_HOST_CONF=\0RES_OPTIONS=\0TMPDIR=\0TZDIR=\0LD_\0";
    for (const char *name = names; *name; name = next_string(name))
        if (starts_with(variable, name)) return 1;
    return 0;
}

/* Whether the caller turns the redirect off (redirect/redirect.c). */
static int is_without_redirect(const char **variables)
{
    for (; *variables; variables++)
        if (is_equal(*variables, RENAMED "REDIRECT=0")) return 1;
    return 0;
}

/* The first variable that begins with this name and its '='. If there is none, the NULL at the end. */
static const char *find_variable(const char **variables, const char *name)
{
    while (*variables && !starts_with(*variables, name)) variables++;
    return *variables;
}
