/* The other way to start: ld.so is executed as a program, with options. */
#pragma once

#include "library-path.h"
#include "stack.h"

static const char *reason_of(long error)
{
    switch (-error) {
    case ENOENT:
        return "it is missing";
    case EACCES:
    case EPERM:
        return "it cannot be executed: its permissions, a mount with noexec or a policy of this machine forbid it";
    case ENOEXEC:
        return "it is not a program for this machine's architecture";
    case E2BIG:
        return "the arguments and the environment are too long";
    case ENOMEM:
        return "there is not enough memory for it, or a limit of memory (ulimit -v, -d) is too low";
    default:
        return "it could not be executed";
    }
}

__attribute__((noreturn)) static void fail_to_start(const char *path, long error)
{
    fail(error == -ENOENT ? 127 : 126, path, reason_of(error));
}

/* Adds LOCPATH, which cannot name a path with ':'. Python's start-up code removes it, and ld.so with AT_SECURE too. */
static void add_locales(struct stack *stack, const char *tree, const char *locales)
{
    if (!*locales || contains_any(tree, ":")) return;
    rename_variable(stack, "LOCPATH=");
    stack->variables[stack->count++] = join_variable(&stack->strings, "LOCPATH=", tree, locales);
}

/*
 * Executes ld.so. If it has no --argv0, RELOPACK_ARGV0 tells the name to Python's start-up code. `name` is 0 if the
 * variable is set already. Another program then has its path as argv[0].
 */
__attribute__((noreturn)) static void execute_loader(struct stack *stack, const struct settings *settings,
                                                     const char *tree, const char *name)
{
    const char *vector[stack->top[0] + 8], **at = vector, *loader = join_path(&stack->strings, tree, settings->loader);
    *at++ = loader;
    *at++ = "--library-path";
    *at++ = join_library_path(&stack->strings, tree, settings, PRIVATE, SPECIAL_IN_OPTION);
    if (name && *settings->name_option) {
        *at++ = settings->name_option;
        *at++ = name;
    } else if (name && is_for_python(settings)) add_variable(stack, "RELOPACK_ARGV0=", name, "");
    *at++ = join_path(&stack->strings, tree, settings->program);
    for (const char **argument = stack->argv + 1; *argument; argument++) *at++ = *argument;
    *at = 0;
    stack->variables[stack->count] = 0;
    fail_to_start(loader, call(EXECVE, (long)loader, (long)vector, (long)stack->variables, 0));
}
