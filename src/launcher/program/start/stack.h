/* The stack that ld.so and the program begin with: pointers and an auxiliary vector of their own. */
#pragma once

#include "../process.h"
#include "../settings.h"
#include "environment.h"

/* LOCPATH, RELOPACK_CALLED and RELOPACK_ARGV0. */
enum { MAX_ADDED = 3 };

/*
 * The strings of arguments and environment stay where the kernel put them, and so do the kernel's own pointers. So
 * /proc/PID/cmdline and environ are the caller's, and Python can get something else.
 */
struct stack {
    long *top; /* argc, and then the arguments */
    const char **argv;
    const char **variables;
    long count; /* of variables */
    long *auxiliary;
    struct buffer strings;
};

/* The bytes that the pointers need at most. `extra` bytes can follow the auxiliary vector. */
static size_t size_of_pointers(const struct process *process, size_t extra)
{
    long pointers = 1 + (process->argc + 2) + (process->envc + MAX_ADDED + 1) + process->words;
    return (size_t)pointers * sizeof(long) + extra;
}

/* The bytes that new strings need at most: paths in the tree, a path of libraries, and variables. */
static size_t size_of_strings(const struct process *process, const struct settings *settings, const char *tree,
                              const char *name)
{
    size_t paths = 13, size = 2 * length(name) + 2;
    for (const char *at = settings->libraries; *at; at++) paths += 3 * (*at == ':');
    for (const char *at = settings->private; *at; at++) paths += 2 * (*at == ':');
    size += paths * (length(tree) + 2) + 4 * size_of_settings(settings);
    if (process->argc > 0) size += length(process->argv[0]);
    for (const char **variable = process->envp; *variable; variable++) {
        if (is_hidden(*variable)) size += length(*variable) + 1;
        if (is_fatal(*variable) || starts_with(*variable, "LOCPATH=")) size += length(*variable) + sizeof RENAMED;
    }
    return size + sizeof "RELOPACK_CALLED=" + sizeof "RELOPACK_ARGV0=" + 2 * sizeof "LOCPATH=" + sizeof "TZDIR=";
}

/* Begins a stack with the arguments, in `size` bytes at `room`. Strings are stored after the first `pointers` bytes. */
static struct stack begin_stack(char *room, size_t pointers, size_t size, const struct process *process)
{
    struct stack stack = {.top = (long *)room, .strings = {room + pointers, room + size}};
    /* A kernel before 5.18 starts a program without any argument, even argv[0]. */
    long argc = process->argc > 0 ? process->argc : 1;
    stack.top[0] = argc;
    stack.argv = (const char **)(stack.top + 1);
    stack.argv[0] = "";
    for (long i = 0; i < process->argc; i++) stack.argv[i] = process->argv[i];
    stack.argv[argc] = 0;
    stack.variables = stack.argv + argc + 1;
    return stack;
}

/* Adds a variable: the name with its '=', and two parts of the value. */
static void add_variable(struct stack *stack, const char *name, const char *value, const char *more)
{
    stack->variables[stack->count++] = stack->strings.at;
    append(&stack->strings, name);
    append(&stack->strings, value);
    append(&stack->strings, more);
    end_string(&stack->strings);
}

/*
 * Adds the caller's variables. For Python, PYTHONHOME and PYTHONPLATLIBDIR are renamed: its start-up code gives them
 * back. A process with AT_SECURE gets no variable that ld.so would remove.
 */
static void add_environment(struct stack *stack, const struct process *process, int is_python)
{
    int is_secure = is_privileged(process);
    for (const char **variable = process->envp; *variable; variable++) {
        if (is_secure && is_unsafe(*variable)) continue;
        if (is_python && is_launchers(*variable)) continue;
        if (is_python && is_fatal(*variable)) add_variable(stack, RENAMED, *variable, "");
        else stack->variables[stack->count++] = *variable;
    }
}

/* Renames a variable of the caller. Python's start-up code gives it its name again. */
static void rename_variable(struct stack *stack, const char *name)
{
    for (long i = 0; i < stack->count; i++) {
        const char *callers = stack->variables[i];
        if (!starts_with(callers, name)) continue;
        stack->variables[i] = stack->strings.at;
        append(&stack->strings, RENAMED);
        append(&stack->strings, callers);
        end_string(&stack->strings);
    }
}

/* Ends the environment, and adds the auxiliary vector. Returns the place behind it. */
static void *end_stack(struct stack *stack, const struct process *process)
{
    stack->variables[stack->count] = 0;
    stack->auxiliary = (long *)(stack->variables + stack->count + 1);
    for (long i = 0; i < process->words; i++) stack->auxiliary[i] = process->auxiliary[i];
    return stack->auxiliary + process->words;
}
