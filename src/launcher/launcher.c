/*
 * The launcher: bin/python3 of an archive, which starts the Python of its tree. For Linux on x86_64 and aarch64.
 *
 * It finds the tree that it is in, and executes TREE/LOADER --library-path … --argv0 NAME TREE/INTERPRETER -s ARGS…
 * with the environment that it got. It is freestanding and static, so it needs neither a libc nor a shell. It passes on
 * what no shell does, such as variables whose names are not identifiers. It allocates no memory, and writes only to the
 * stack. launcher.ts says why ld.so gets these options.
 */

typedef unsigned long size_t;

enum { PATH_MAX = 4096, MAX_LINKS = 40, ROOM = 8 * PATH_MAX };
enum { AT_NULL = 0, AT_EXECFN = 31, AT_FDCWD = -100 };
enum { EPERM = 1, ENOENT = 2, E2BIG = 7, ENOEXEC = 8, EACCES = 13, ENAMETOOLONG = 36 };
enum { KEEP, FOLLOW };

/*
 * Five strings, each with its NUL: read_settings() reads them. static.ts appends them to the program, and
 * launcher.ld places the symbol at the end of it.
 */
extern const char appended_settings[];

#if defined(__x86_64__)

enum { READ = 0, WRITE = 1, CLOSE = 3, EXECVE = 59, GETCWD = 79, EXIT_GROUP = 231 };
enum { OPENAT = 257, READLINKAT = 267, FACCESSAT = 269 };

__asm__(".globl _start\n"
        "_start: mov %rsp, %rdi\n"
        "        and $-16, %rsp\n"
        "        call start\n");

static long call(long number, long a, long b, long c, long d)
{
    long result;
    register long fourth __asm__("r10") = d;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth)
                     : "rcx", "r11", "memory");
    return result;
}

#elif defined(__aarch64__)

enum { READ = 63, WRITE = 64, CLOSE = 57, EXECVE = 221, GETCWD = 17, EXIT_GROUP = 94 };
enum { OPENAT = 56, READLINKAT = 78, FACCESSAT = 48 };

__asm__(".globl _start\n"
        "_start: mov x0, sp\n"
        "        bl start\n");

static long call(long number, long a, long b, long c, long d)
{
    register long w8 __asm__("x8") = number;
    register long w0 __asm__("x0") = a;
    register long w1 __asm__("x1") = b;
    register long w2 __asm__("x2") = c;
    register long w3 __asm__("x3") = d;
    __asm__ volatile("svc 0" : "+r"(w0) : "r"(w8), "r"(w1), "r"(w2), "r"(w3) : "memory");
    return w0;
}

#endif

static size_t length(const char *string)
{
    size_t count = 0;
    while (string[count]) count++;
    return count;
}

static int starts_with(const char *string, const char *prefix)
{
    while (*prefix)
        if (*string++ != *prefix++) return 0;
    return 1;
}

static int is_equal(const char *one, const char *other)
{
    return starts_with(one, other) && starts_with(other, one);
}

static int contains_any(const char *string, const char *characters)
{
    for (; *string; string++)
        for (const char *character = characters; *character; character++)
            if (*string == *character) return 1;
    return 0;
}

/* The string that is stored after this one. */
static const char *next_string(const char *string)
{
    return string + length(string) + 1;
}

static void print_error(const char *text)
{
    call(WRITE, 2, (long)text, (long)length(text), 0);
}

__attribute__((noreturn)) static void fail(int code, const char *path, const char *reason)
{
    print_error(path);
    print_error(": ");
    print_error(reason);
    print_error("\n");
    for (;;) call(EXIT_GROUP, code, 0, 0, 0);
}

/* A buffer for strings, one after the other. The last one may still grow. */
struct buffer {
    char *at;
    char *end;
};

/* Adds characters to the last string. `at` is then at its NUL, which the next characters overwrite. */
static void append(struct buffer *buffer, const char *characters)
{
    size_t size = length(characters) + 1;
    if (size > (size_t)(buffer->end - buffer->at)) fail(127, "python3", "the paths of its tree are too long");
    for (size_t i = 0; i < size; i++) buffer->at[i] = characters[i];
    buffer->at += size - 1;
}

/* Ends the last string, so that the next characters begin another. */
static void end_string(struct buffer *buffer)
{
    buffer->at++;
}

static void append_path(struct buffer *buffer, const char *directory, const char *path)
{
    append(buffer, directory);
    append(buffer, "/");
    append(buffer, path);
}

static char *join_path(struct buffer *buffer, const char *directory, const char *path)
{
    char *joined = buffer->at;
    append_path(buffer, directory, path);
    end_string(buffer);
    return joined;
}

/* A path that is being made absolute: `done` is the part that is finished, `rest` is still to be walked. */
struct walk {
    char *done;
    size_t used;
    char *rest;
    /* `rest` is at the end of `room`, so that the target of a link can be put before it. */
    char room[2 * PATH_MAX];
};

/* Begins a walk at the root, or at the current directory if the path is relative. Returns 0 if that is impossible. */
static int begin_walk(struct walk *walk, char *done, const char *path)
{
    size_t size = length(path) + 1;
    if (size > PATH_MAX) return 0;
    walk->done = done;
    walk->used = 0;
    walk->rest = walk->room + sizeof walk->room - size;
    for (size_t i = 0; i < size; i++) walk->rest[i] = path[i];
    if (*walk->rest == '/') return 1;
    /* The kernel's name for a directory outside of a chroot has no slash at its beginning. */
    if (call(GETCWD, (long)done, PATH_MAX, 0, 0) < 0 || *done != '/') return 0;
    walk->used = done[1] ? length(done) : 0;
    return 1;
}

/* Replaces the last part of `done` by its target if it is a link. Returns 0 if the path gets too long. */
static int follow_link(struct walk *walk, size_t parent, int *followed)
{
    char target[PATH_MAX];
    long size = call(READLINKAT, AT_FDCWD, (long)walk->done, (long)target, PATH_MAX);
    if (size == -ENAMETOOLONG) return 0;
    if (size <= 0) return 1;
    if (++*followed > MAX_LINKS || size > walk->rest - walk->room) return 0;
    for (; size > 0; size--) *--walk->rest = target[size - 1];
    walk->used = *walk->rest == '/' ? 0 : parent;
    return 1;
}

/*
 * Makes a path absolute, without '.', '..' and doubled slashes. With KEEP it keeps links, as Python does with its own
 * name. With FOLLOW it follows all of them, as the kernel does. Returns 0 if the path gets too long, if the links go
 * in a circle, or if the current directory has no path.
 */
static int resolve(char *path, const char *from, int links)
{
    struct walk walk;
    int followed = 0;

    if (!begin_walk(&walk, path, from)) return 0;
    for (;;) {
        size_t count = 0, parent = walk.used;
        while (*walk.rest == '/') walk.rest++;
        while (walk.rest[count] && walk.rest[count] != '/') count++;
        if (count == 0) break;
        if (walk.rest[0] == '.' && (count == 1 || (count == 2 && walk.rest[1] == '.'))) {
            while (count == 2 && walk.used > 0 && path[--walk.used] != '/') continue;
            walk.rest += count;
            continue;
        }
        if (walk.used + 1 + count >= PATH_MAX) return 0;
        path[walk.used++] = '/';
        for (; count > 0; count--) path[walk.used++] = *walk.rest++;
        path[walk.used] = 0;
        if (links == FOLLOW && !follow_link(&walk, parent, &followed)) return 0;
    }
    path[walk.used] = 0;
    return 1;
}

/* Shortens a path to its parent directory. */
static void cut_last_part(char *path)
{
    size_t at = length(path);
    while (at > 0 && path[--at] != '/') continue;
    path[at] = 0;
}

/* Reads the first bytes of a file. Returns their number, or an error below zero. */
static long read_start(const char *path, char *bytes, size_t size)
{
    long file = call(OPENAT, AT_FDCWD, (long)path, 0, 0);
    if (file < 0) return file;
    long count = call(READ, file, (long)bytes, (long)size, 0);
    call(CLOSE, file, 0, 0, 0);
    return count;
}

/*
 * Reads the pyvenv.cfg of the virtual environment that a program of this name is in. Python looks for it beside the
 * program, then one directory above. Returns its size, or an error below zero if there is none.
 */
static long read_venv(const char *name, char *bytes, size_t size)
{
    char folder[PATH_MAX], memory[2 * PATH_MAX];
    long count = -1;
    resolve(folder, name, KEEP);
    for (int up = 0; up < 2 && count < 0; up++) {
        struct buffer buffer = {memory, memory + sizeof memory};
        cut_last_part(folder);
        count = read_start(join_path(&buffer, folder, "pyvenv.cfg"), bytes, size);
    }
    return count;
}

/* Finds the value of `home = …` in a pyvenv.cfg, and ends it with NUL. Returns 0 if there is none. */
static char *find_home(char *at, char *end)
{
    while (at < end) {
        char *line = at, *value = 0;
        while (at < end && *at != '\n') {
            if (*at == '=' && !value) value = at + 1;
            at++;
        }
        while (*line == ' ' || *line == '\t') line++;
        if (value && starts_with(line, "home") && (line[4] == ' ' || line[4] == '\t' || line[4] == '=')) {
            while (value < at && (*value == ' ' || *value == '\t')) value++;
            while (at > value && (at[-1] == ' ' || at[-1] == '\t' || at[-1] == '\r')) at--;
            *at = 0;
            return value;
        }
        at++;
    }
    return 0;
}

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

static void resolve_or_fail(char *path, const char *from)
{
    if (!resolve(path, from, FOLLOW)) fail(127, from, "its path is too long, or its links go in a circle");
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

/* Paths in the tree, and the loader's option that names Python. `locales` and `name_option` may be empty. */
struct settings {
    const char *loader;
    const char *interpreter;
    const char *libraries;
    const char *locales;
    const char *name_option;
};

static struct settings read_settings(void)
{
    struct settings settings;
    settings.loader = appended_settings;
    settings.interpreter = next_string(settings.loader);
    settings.libraries = next_string(settings.interpreter);
    settings.locales = next_string(settings.libraries);
    settings.name_option = next_string(settings.locales);
    return settings;
}

/*
 * The value of --library-path: the library directories, each below the tree. It is empty if the tree's path has a
 * character that ld.so does not take literally: it splits the value at ':' and ';', and '$' begins $ORIGIN. The RUNPATH
 * of each file is then enough.
 */
static char *join_library_path(struct buffer *buffer, const char *tree, const char *libraries)
{
    char *path = buffer->at, character[] = {0, 0};
    append(buffer, "");
    if (!contains_any(tree, ":;$")) {
        for (const char *at = libraries; *at; at++) {
            if (at == libraries || at[-1] == ':') append_path(buffer, tree, "");
            character[0] = *at;
            append(buffer, character);
        }
    }
    end_string(buffer);
    return path;
}

/* Writes the arguments of the loader, and returns its path. `vector` has room for eight more than there are now. */
static const char *write_arguments(const char **vector, struct buffer *buffer, const struct settings *settings,
                                   const char *tree, const char *name, const char **argv, long argc)
{
    const char *loader = join_path(buffer, tree, settings->loader);
    *vector++ = loader;
    *vector++ = "--library-path";
    *vector++ = join_library_path(buffer, tree, settings->libraries);
    if (*settings->name_option) {
        *vector++ = settings->name_option;
        *vector++ = name;
    }
    *vector++ = join_path(buffer, tree, settings->interpreter);
    *vector++ = "-s";
    for (long i = 1; i < argc; i++) *vector++ = argv[i];
    *vector = 0;
    return loader;
}

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
