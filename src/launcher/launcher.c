/*
 * Starts the Python of a tree: bin/python3 of an archive, for Linux on x86_64 and aarch64.
 *
 * It finds the tree that it stands in and executes TREE/LOADER --library-path … --argv0 NAME TREE/INTERPRETER -s ARGS…
 * with the environment that it was given. It is freestanding and static: it runs where there is no libc and no shell,
 * and hands on what no shell does, such as variables whose names are no identifiers. No memory is allocated, and
 * nothing is written to but the stack. launcher.ts says why ld.so is given these options.
 */

typedef unsigned long size_t;

enum { PATH_MAX = 4096, MAX_LINKS = 40, ROOM = 8 * PATH_MAX };
enum { AT_NULL = 0, AT_EXECFN = 31, AT_FDCWD = -100 };
enum { EPERM = 1, ENOENT = 2, E2BIG = 7, ENOEXEC = 8, EACCES = 13, ENAMETOOLONG = 36 };
enum { KEEP, FOLLOW };

/*
 * Five strings, each with its NUL: the paths in the tree of the loader, of the interpreter, of the library directories
 * (with ':' between them) and of the locales, or nothing; and the loader's option that names Python, or nothing.
 * static.ts appends them to the program.
 */
extern const char settings[];

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

static int starts(const char *string, const char *with)
{
    while (*with)
        if (*string++ != *with++) return 0;
    return 1;
}

static int has(const char *string, const char *any)
{
    for (; *string; string++)
        for (const char *one = any; *one; one++)
            if (*string == *one) return 1;
    return 0;
}

static const char *next(const char *string)
{
    return string + length(string) + 1;
}

static void say(const char *text)
{
    call(WRITE, 2, (long)text, (long)length(text), 0);
}

__attribute__((noreturn)) static void fail(int code, const char *path, const char *reason)
{
    say(path);
    say(": ");
    say(reason);
    say("\n");
    for (;;) call(EXIT_GROUP, code, 0, 0, 0);
}

/* Strings that are put together in one room, one after the other. */
struct text {
    char *at;
    char *end;
};

static void put(struct text *text, const char *string)
{
    size_t size = length(string) + 1;
    if (size > (size_t)(text->end - text->at)) fail(127, "python3", "the paths of its tree are too long");
    for (size_t i = 0; i < size; i++) text->at[i] = string[i];
    /* On the NUL, which the next string overwrites. */
    text->at += size - 1;
}

static char *join(struct text *text, const char *directory, const char *path)
{
    char *joined = text->at;
    put(text, directory);
    put(text, "/");
    put(text, path);
    text->at++;
    return joined;
}

/*
 * Makes a path absolute, without '.', '..' and doubled slashes: as Python does with its own name, or with all links
 * followed as the kernel does. Returns 0 where it gets too long, or has no beginning or no end.
 */
static int resolve(char *path, const char *from, int links)
{
    /* What is still to be walked stands at the end of a room, so that a link's target fits in before it. */
    char room[2 * PATH_MAX], target[PATH_MAX];
    size_t used = 0, size = length(from) + 1;
    char *rest = room + sizeof room - size;
    int followed = 0;

    if (size > PATH_MAX) return 0;
    for (size_t i = 0; i < size; i++) rest[i] = from[i];
    if (*rest != '/') {
        /* A directory outside of a chroot has a name without a slash. */
        if (call(GETCWD, (long)path, PATH_MAX, 0, 0) < 0 || *path != '/') return 0;
        used = path[1] ? length(path) : 0;
    }
    for (;;) {
        size_t count = 0, parent = used;
        while (*rest == '/') rest++;
        while (rest[count] && rest[count] != '/') count++;
        if (count == 0) break;
        if (rest[0] == '.' && (count == 1 || (count == 2 && rest[1] == '.'))) {
            while (count == 2 && used > 0 && path[--used] != '/') continue;
            rest += count;
            continue;
        }
        if (used + 1 + count >= PATH_MAX) return 0;
        path[used++] = '/';
        for (; count > 0; count--) path[used++] = *rest++;
        path[used] = 0;
        if (links == KEEP) continue;

        long got = call(READLINKAT, AT_FDCWD, (long)path, (long)target, PATH_MAX);
        if (got == -ENAMETOOLONG) return 0;
        if (got <= 0) continue;
        if (++followed > MAX_LINKS || got > rest - room) return 0;
        for (; got > 0; got--) *--rest = target[got - 1];
        used = *rest == '/' ? 0 : parent;
    }
    path[used] = 0;
    return 1;
}

static void cut(char *path)
{
    size_t at = length(path);
    while (at > 0 && path[--at] != '/') continue;
    path[at] = 0;
}

static int same(const char *one, const char *other)
{
    return starts(one, other) && starts(other, one);
}

static long read_start(const char *path, char *bytes, size_t size)
{
    long file = call(OPENAT, AT_FDCWD, (long)path, 0, 0);
    if (file < 0) return file;
    long count = call(READ, file, (long)bytes, (long)size, 0);
    call(CLOSE, file, 0, 0, 0);
    return count;
}

/* The pyvenv.cfg of the virtual environment that a program of this name is in, as Python looks for it. */
static long read_venv(struct text room, const char *name, char *bytes, size_t size)
{
    char folder[PATH_MAX];
    long count = -1;
    resolve(folder, name, KEEP);
    for (int up = 0; up < 2 && count < 0; up++) {
        cut(folder);
        struct text again = room;
        count = read_start(join(&again, folder, "pyvenv.cfg"), bytes, size);
    }
    return count;
}

/* The value of `home = …` in a pyvenv.cfg, ended by NUL; or 0. */
static char *home_of(char *at, char *end)
{
    while (at < end) {
        char *line = at, *value = 0;
        while (at < end && *at != '\n') {
            if (*at == '=' && !value) value = at + 1;
            at++;
        }
        while (*line == ' ' || *line == '\t') line++;
        if (value && starts(line, "home") && (line[4] == ' ' || line[4] == '\t' || line[4] == '=')) {
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
        return "it may not be executed: by its permissions, a mount with noexec, or a policy of this machine";
    case ENOEXEC:
        return "it is no program for this machine's architecture";
    case E2BIG:
        return "the arguments and the environment are too long";
    default:
        return "it could not be executed";
    }
}

/*
 * Finds the tree, and the name that Python is to go by. Python finds its prefix from its name, and not through links:
 * so it is called what it was called by only where that leads to the tree or to a virtual environment.
 */
static void find(char *tree, char *name, const char *called)
{
    static const char endless[] = "its path is too long, or its links go in a circle";
    char physical[PATH_MAX], other[PATH_MAX], venv[PATH_MAX], memory[2 * PATH_MAX];
    struct text text = {memory, memory + sizeof memory};

    if (!resolve(physical, called, FOLLOW)) fail(127, called, endless);
    if (!resolve(name, called, KEEP)) resolve(name, physical, KEEP);
    long venv_size = read_venv(text, name, venv, sizeof venv - 1);

    resolve(tree, physical, KEEP);
    cut(tree);
    cut(tree);
    long size = venv_size;
    for (int from = 0;; from++) {
        struct text room = text;
        char *loader = join(&room, tree, settings);
        if (call(FACCESSAT, AT_FDCWD, (long)loader, 0, 0) >= 0) break;
        /* A copy in a virtual environment, made by venv --copies: perhaps, before Python 3.11, by another such. */
        char *home = size > 0 && from < MAX_LINKS ? home_of(venv, venv + size) : 0;
        if (!home && from) break;
        if (!home) fail(127, loader, "it is missing, and this launcher works in the tree that it was packed with");
        if (!resolve(tree, home, FOLLOW)) fail(127, home, endless);
        size = read_venv(text, tree, venv, sizeof venv - 1);
        cut(tree);
    }
    if (venv_size >= 0) return;
    resolve(physical, name, KEEP);
    cut(physical);
    cut(physical);
    if (!resolve(other, physical, FOLLOW) || !same(other, tree)) resolve(name, called, FOLLOW);
}

/* ld.so splits it at the first two of these characters, and takes the third for $ORIGIN. RUNPATH alone does as well. */
static char *library_path(struct text *text, const char *tree, const char *libraries)
{
    char *path = text->at, one[] = {0, 0};
    put(text, one);
    if (!has(tree, ":;$")) {
        for (const char *at = libraries; *at; at++) {
            if (at == libraries || at[-1] == ':') {
                put(text, tree);
                put(text, "/");
            }
            one[0] = *at;
            put(text, one);
        }
    }
    text->at++;
    return path;
}

/*
 * AT_EXECFN is the path that execve was given, whatever argv[0] says. Of a script it is the script's, and argv[0] is
 * what its first line names. Of a descriptor that got closed nothing is left but /proc/self/exe.
 */
static const char *called_by(const long *auxiliary, const char *first)
{
    const char *called = "";
    char magic[2];
    for (; auxiliary[0] != AT_NULL; auxiliary += 2)
        if (auxiliary[0] == AT_EXECFN) called = (const char *)auxiliary[1];
    if (read_start(called, magic, 2) < 2) return "/proc/self/exe";
    return magic[0] == '#' && first ? first : called;
}

__attribute__((noreturn, used)) void start(const long *stack)
{
    long argc = stack[0], envc = 0, count = 0;
    const char **argv = (const char **)(stack + 1), **envp = argv + argc + 1;
    while (envp[envc]) envc++;

    char tree[PATH_MAX], name[PATH_MAX], memory[ROOM];
    struct text text = {memory, memory + sizeof memory};
    const char *interpreter = next(settings), *libraries = next(interpreter), *locales = next(libraries);
    const char *naming = next(locales);
    find(tree, name, called_by((const long *)(envp + envc + 1), argv[0]));

    const char *vector[argc + 8];
    const char *loader = vector[count++] = join(&text, tree, settings);
    vector[count++] = "--library-path";
    vector[count++] = library_path(&text, tree, libraries);
    if (*naming) {
        vector[count++] = naming;
        vector[count++] = name;
    }
    vector[count++] = join(&text, tree, interpreter);
    vector[count++] = "-s";
    for (long i = 1; i < argc; i++) vector[count++] = argv[i];
    vector[count] = 0;

    /*
     * PYTHONHOME and PYTHONPLATLIBDIR are fatal to a Python that stands elsewhere. What is added is for the start
     * alone: Python's start-up code takes it out again, and gives LOCPATH back what it was (of several the first).
     */
    const char *environment[envc + 3], *callers = 0;
    int localized = *locales && !has(tree, ":");
    count = 0;
    for (long i = 0; i < envc; i++) {
        const char *variable = envp[i];
        if (starts(variable, "PYTHONHOME=") || starts(variable, "PYTHONPLATLIBDIR=")) continue;
        if (starts(variable, "RELOPACK_LOCPATH=") || starts(variable, "RELOPACK_ARGV0=")) continue;
        if (localized && starts(variable, "LOCPATH=")) {
            if (!callers) callers = variable;
            continue;
        }
        environment[count++] = variable;
    }
    char handed[callers ? length(callers) + sizeof "RELOPACK_" : 1];
    if (callers) {
        struct text room = {handed, handed + sizeof handed};
        put(&room, "RELOPACK_");
        put(&room, callers);
        environment[count++] = handed;
    }
    if (localized) {
        environment[count++] = text.at;
        put(&text, "LOCPATH=");
        join(&text, tree, locales);
    }
    if (!*naming) {
        environment[count++] = text.at;
        put(&text, "RELOPACK_ARGV0=");
        put(&text, name);
    }
    environment[count] = 0;

    long error = call(EXECVE, (long)loader, (long)vector, (long)environment, 0);
    fail(error == -ENOENT ? 127 : 126, loader, reason_of(error));
}
