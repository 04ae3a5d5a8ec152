/*
 * The launcher: bin/python3 of an archive, which becomes the Python of its tree. In the same way it becomes any other
 * program of the tree, from the place that the program has on the host. For Linux on x86_64 and aarch64.
 *
 * It finds the tree that it is in, maps the program and ld.so, and goes to ld.so as the kernel would. No other program
 * is executed. So for the kernel this process is bin/python3, called as the caller called it.
 *
 * ld.so and Python get a stack of their own with what is different for them: see start/stack.h. Before ld.so goes to
 * the program, the launcher restores the caller's variables, and adds the tree's libraries and variables of libc:
 * see start/handover.h.
 *
 * Sometimes that is impossible: the process has AT_SECURE, or the addresses of the program are in use. Then ld.so
 * is executed as a program: see start/exec.h.
 *
 * The launcher is freestanding and static, and its code has no fixed address. It allocates no memory.
 */

#include "map/need.h"
#include "map/rpath.h"
#include "place/tree.h"
#include "start/called.h"
#include "start/exec.h"
#include "start/handover.h"

/*
 * Writes an argv[0] by which Python finds the tree. If its name does not lead there, that is the path of the
 * interpreter. Python's start-up code gets the true name, and what the caller had.
 */
static void write_argv0(struct stack *stack, const struct process *process, const char *name, const char *interpreter)
{
    if (!interpreter && is_found_by_argv0(process, name)) return;
    if (interpreter) add_variable(stack, "RELOPACK_ARGV0=", name, "");
    if (process->argc > 0) add_variable(stack, "RELOPACK_CALLED=", process->argv[0], "");
    stack->argv[0] = interpreter ? interpreter : name;
}

/*
 * Maps the program and ld.so. Returns 0, or an error with the path of the file. It maps nothing in a process with
 * AT_SECURE: ld.so ignores each RUNPATH with $ORIGIN there, and the option --library-path does not depend on it.
 */
static long map_both(struct handover *handover, const char **path, const char *program, const char *loader,
                     const struct process *process)
{
    size_t page = (size_t)read_auxiliary(process->auxiliary, AT_PAGESZ, 4096);
    *path = program;
    long error = map_path(&handover->program, program, page);
    if (error) return error;
    *path = loader;
    error = handover->program.headers ? map_path(&handover->loader, loader, page) : -ENOEXEC;
    if (error) unmap(handover->program.start, handover->program.end);
    return error;
}

/* Lets the program need the library that redirects reading. With '$' in its path, which ld.so expands, it has no path.
 */
static void add_redirect(const struct mapping *program, struct stack *stack, const char *tree, const char *library)
{
    if (!*library || is_without_redirect(stack->variables)) return;
    const char *path = join_path(&stack->strings, tree, library), *name = path + length(path);
    while (name[-1] != '/') name--;
    need_first(program, contains_any(tree, "$") ? name : path);
}

/*
 * Finds the tree. Returns the name of the program, which is argv[0] if it is not Python. Python finds itself by its
 * name: this writes it, and returns 0 if Python does not find the tree by it.
 */
static const char *find(char *tree, char *name, const struct process *process, const struct settings *settings,
                        const char *called)
{
    if (is_for_python(settings)) return find_python(tree, name, settings->loader, called) ? name : 0;
    find_tree_of_program(tree, settings, called);
    *name = 0;
    return process->argc > 0 ? process->argv[0] : name;
}

/* Finds the tree, and the bytes that strings need at most. */
__attribute__((noinline)) static size_t measure(const struct process *process, const struct settings *settings,
                                                const char *called)
{
    char tree[PATH_MAX], name[PATH_MAX];
    find(tree, name, process, settings, called);
    return size_of_strings(process, settings, tree, name);
}

/* Makes the stack in `room`, and leaves for ld.so. */
__attribute__((noreturn, noinline)) static void become_program(char *room, size_t pointers, size_t size,
                                                               const struct process *process,
                                                               const struct settings *settings, const char *called)
{
    char tree[PATH_MAX], written[PATH_MAX];
    const char *name = find(tree, written, process, settings, called);
    struct stack stack = begin_stack(room, pointers, size, process);
    add_environment(&stack, process, is_for_python(settings));
    const char *program = join_path(&stack.strings, tree, settings->program);
    if (is_for_python(settings)) write_argv0(&stack, process, written, name ? 0 : program);
    if (is_privileged(process)) execute_loader(&stack, settings, tree, name);

    struct handover *handover = end_stack(&stack, process);
    const char *loader = join_path(&stack.strings, tree, settings->loader), *path;
    long error = map_both(handover, &path, program, loader, process);
    if (error == -EEXIST || error == -ENOEXEC) {
        if (is_for_python(settings)) add_locales(&stack, tree, settings->locales);
        execute_loader(&stack, settings, tree, name);
    }
    if (error) fail_to_start(path, error);
    handover->libraries = join_library_path(&stack.strings, tree, settings, SHARED, SPECIAL_IN_RPATH);
    handover->own = make_own_variables(&stack.strings, tree, settings);
    set_rpath(&handover->program, join_library_path(&stack.strings, tree, settings, PRIVATE, SPECIAL_IN_RPATH));
    add_redirect(&handover->program, &stack, tree, settings->redirect);
    start_loader(handover, &stack, process, loader);
}

/*
 * The frame of this function stays on the stack for ever, above that of ld.so. So it has nothing but the room, and the
 * tree is found twice: some readlink calls are cheaper than a stack that is 30 kB larger (ulimit -s).
 */
__attribute__((noreturn, used)) void start(const long *kernels)
{
    struct process process = read_process(kernels);
    struct settings settings = read_settings();
    const char *called = find_called_name(&process);
    size_t pointers = size_of_pointers(&process, size_of_handover(&process));
    size_t size = pointers + measure(&process, &settings, called);
    char room[size] __attribute__((aligned(16)));
    become_program(room, pointers, size, &process, &settings, called);
}
