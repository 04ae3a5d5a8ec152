/*
 * The launcher: bin/python3 of an archive, which starts the Python of its tree. For Linux on x86_64 and aarch64.
 *
 * It finds the tree that it is in, and executes TREE/LOADER --library-path … --argv0 NAME TREE/INTERPRETER -s ARGS…
 * with the environment that it got. It is freestanding and static, so it needs neither a libc nor a shell. It passes on
 * what no shell does, such as variables whose names are not identifiers. It allocates no memory, and writes only to the
 * stack. launcher.ts says why ld.so gets these options.
 */

#include "arguments.h"
#include "environment.h"
#include "tree.h"

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
    default:
        return "it could not be executed";
    }
}

__attribute__((noreturn, used)) void start(const long *stack)
{
    long argc = stack[0], envc = 0;
    const char **argv = (const char **)(stack + 1), **envp = argv + argc + 1;
    while (envp[envc]) envc++;

    struct settings settings = read_settings();
    char tree[PATH_MAX], name[PATH_MAX], memory[ROOM];
    struct buffer buffer = {memory, memory + sizeof memory};
    find(tree, name, settings.loader, find_called_name((const long *)(envp + envc + 1), argv[0]));

    const char *vector[argc + 8];
    const char *loader = write_arguments(vector, &buffer, &settings, tree, name, argv, argc);

    /*
     * The variables that are added are for the start alone. Python's start-up code removes them, and gives LOCPATH the
     * caller's value again; of several values the first. LOCPATH cannot name a path with ':'.
     */
    int is_localized = *settings.locales && !contains_any(tree, ":");
    const char *environment[envc + 4], *callers = is_localized ? find_variable(envp, "LOCPATH=") : 0;
    long count = copy_environment(environment, envp, is_localized);
    char renamed[callers ? length(callers) + sizeof "RELOPACK_" : 1];
    if (callers) {
        struct buffer room = {renamed, renamed + sizeof renamed};
        environment[count++] = renamed;
        append(&room, "RELOPACK_");
        append(&room, callers);
    }
    if (is_localized) {
        environment[count++] = buffer.at;
        append(&buffer, "LOCPATH=");
        join_path(&buffer, tree, settings.locales);
    }
    if (!*settings.name_option) {
        environment[count++] = buffer.at;
        append(&buffer, "RELOPACK_ARGV0=");
        append(&buffer, name);
    }
    environment[count] = 0;

    long error = call(EXECVE, (long)loader, (long)vector, (long)environment, 0);
    fail(error == -ENOENT ? 127 : 126, loader, reason_of(error));
}
