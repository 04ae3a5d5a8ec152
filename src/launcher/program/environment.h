/* The environment of Python, at its start. */
#pragma once

#include "text.h"

/* Copies the variables that Python may get, and returns their number. */
static long copy_environment(const char **copy, const char **variables, int is_localized)
{
    long count = 0;
    for (; *variables; variables++) {
        const char *variable = *variables;
        /* These two are fatal to a Python that was moved. */
        if (starts_with(variable, "PYTHONHOME=") || starts_with(variable, "PYTHONPLATLIBDIR=")) continue;
        if (starts_with(variable, "RELOPACK_LOCPATH=") || starts_with(variable, "RELOPACK_ARGV0=")) continue;
        if (is_localized && starts_with(variable, "LOCPATH=")) continue;
        copy[count++] = variable;
    }
    return count;
}

/* The first variable that begins with this name and its '='. If there is none, the NULL at the end. */
static const char *find_variable(const char **variables, const char *name)
{
    while (*variables && !starts_with(*variables, name)) variables++;
    return *variables;
}
