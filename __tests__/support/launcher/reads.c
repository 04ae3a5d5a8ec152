/*
 * Reads a path by each function of libc that takes one, and prints a line for each: its name and a number. That is the
 * size of the file that was found, the entries of a directory, 0 for a function without a result, or errno below zero.
 *
 * `reads KIND PATH DIRECTORY`: functions with a descriptor get that of the directory. It is built without the
 * compiler's start files, which belong to one glibc.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#if defined(__x86_64__)
enum { XSTAT_VERSION = 1 };
__asm__(".globl _start\n_start: mov %rsp, %rdi\n and $-16, %rsp\n call run");
#else
enum { XSTAT_VERSION = 0 };
__asm__(".globl _start\n_start: mov x0, sp\n bl run");
#endif

/* Functions that <fcntl.h> and <sys/stat.h> call in programs that were built in another way. */
extern int __open_2(const char *, int), __open64_2(const char *, int);
extern int __openat_2(int, const char *, int), __openat64_2(int, const char *, int);
extern int __xstat(int, const char *, struct stat *), __xstat64(int, const char *, struct stat *);
extern int __lxstat(int, const char *, struct stat *), __lxstat64(int, const char *, struct stat *);
extern int __fxstatat(int, int, const char *, struct stat *, int),
    __fxstatat64(int, int, const char *, struct stat *, int);
extern char *__realpath_chk(const char *, char *, size_t);
extern long __readlink_chk(const char *, char *, size_t, size_t),
    __readlinkat_chk(int, const char *, char *, size_t, size_t);
/* New in glibc 2.33. */
#pragma weak stat
#pragma weak stat64
#pragma weak lstat
#pragma weak lstat64
#pragma weak fstatat
#pragma weak fstatat64
#pragma weak statx

static void print(const char *name, long result)
{
    printf("%s %ld\n", name, result < 0 ? -(long)errno : result);
}

static long size_of_file(int file)
{
    if (file < 0) return -1;
    long size = lseek(file, 0, SEEK_END);
    close(file);
    /* A directory has no size that can be compared. */
    return size < 0 || size > 1000000 ? 0 : size;
}

static long size_of_stream(FILE *stream)
{
    if (!stream) return -1;
    long size = fseek(stream, 0, SEEK_END) ? 0 : ftell(stream);
    fclose(stream);
    return size > 1000000 ? 0 : size;
}

static struct stat status;

static long size_of_status(int result)
{
    return result < 0 ? -1 : S_ISDIR(status.st_mode) ? 0 : status.st_size;
}

static long length_of(char *string)
{
    struct stat found;
    return !string ? -1 : __xstat(XSTAT_VERSION, string, &found) < 0 ? -1 : S_ISDIR(found.st_mode) ? 0 : found.st_size;
}

static long count_entries(DIR *directory)
{
    long count = 0;
    if (!directory) return -1;
    while (readdir(directory)) count++;
    closedir(directory);
    return count - 2;
}

static void read_file(const char *path, int directory)
{
    char room[PATH_MAX];
    print("open", size_of_file(open(path, O_RDONLY)));
    print("open64", size_of_file(open64(path, O_RDONLY | O_CLOEXEC)));
    print("__open_2", size_of_file(__open_2(path, O_RDONLY)));
    print("__open64_2", size_of_file(__open64_2(path, O_RDONLY)));
    print("openat", size_of_file(openat(directory, path, O_RDONLY)));
    print("openat64", size_of_file(openat64(directory, path, O_RDONLY)));
    print("__openat_2", size_of_file(__openat_2(directory, path, O_RDONLY)));
    print("__openat64_2", size_of_file(__openat64_2(directory, path, O_RDONLY)));
    print("fopen", size_of_stream(fopen(path, "r")));
    print("fopen64", size_of_stream(fopen64(path, "rbe,ccs=UTF-8")));
    print("freopen", size_of_stream(freopen(path, "r", fopen("/dev/null", "r"))));
    print("__xstat", size_of_status(__xstat(XSTAT_VERSION, path, &status)));
    print("__xstat64", size_of_status(__xstat64(XSTAT_VERSION, path, &status)));
    print("__lxstat", size_of_status(__lxstat(XSTAT_VERSION, path, &status)));
    print("__lxstat64", size_of_status(__lxstat64(XSTAT_VERSION, path, &status)));
    print("__fxstatat", size_of_status(__fxstatat(XSTAT_VERSION, directory, path, &status, 0)));
    print("__fxstatat64", size_of_status(__fxstatat64(XSTAT_VERSION, directory, path, &status, 0)));
    if (stat) print("stat", size_of_status(stat(path, &status)));
    if (stat64) print("stat64", size_of_status(stat64(path, (struct stat64 *)&status)));
    if (lstat) print("lstat", size_of_status(lstat(path, &status)));
    if (lstat64) print("lstat64", size_of_status(lstat64(path, (struct stat64 *)&status)));
    if (fstatat) print("fstatat", size_of_status(fstatat(directory, path, &status, 0)));
    if (fstatat64) print("fstatat64", size_of_status(fstatat64(directory, path, (struct stat64 *)&status, 0)));
    if (statx) {
        struct statx extended;
        int result = statx(directory, path, 0, STATX_SIZE | STATX_TYPE, &extended);
        print("statx", result < 0 ? -1 : S_ISDIR(extended.stx_mode) ? 0 : (long)extended.stx_size);
    }
    print("realpath", length_of(realpath(path, room)));
    print("__realpath_chk", length_of(__realpath_chk(path, room, sizeof room)));
    print("canonicalize_file_name", length_of(canonicalize_file_name(path)));
}

/* These have the same result for each file that is there. */
static void examine(const char *path, int directory)
{
    struct statvfs system;
    print("access", access(path, R_OK));
    print("eaccess", eaccess(path, F_OK));
    print("euidaccess", euidaccess(path, F_OK));
    print("faccessat", faccessat(directory, path, R_OK, 0));
    print("statvfs", statvfs(path, &system));
    print("pathconf", pathconf(path, _PC_NAME_MAX) == 255 ? 0 : -1);
    print("listxattr", listxattr(path, 0, 0) < 0 ? -1 : 0);
    print("llistxattr", llistxattr(path, 0, 0) < 0 ? -1 : 0);
}

static void read_link(const char *path, int directory)
{
    char room[PATH_MAX];
    print("readlink", readlink(path, room, sizeof room));
    print("__readlink_chk", __readlink_chk(path, room, sizeof room, sizeof room));
    print("readlinkat", readlinkat(directory, path, room, sizeof room));
    print("__readlinkat_chk", __readlinkat_chk(directory, path, room, sizeof room, sizeof room));
}

static void read_directory(const char *path)
{
    struct dirent **list;
    print("opendir", count_entries(opendir(path)));
    long count = scandir(path, &list, 0, alphasort);
    print("scandir", count < 0 ? -1 : count - 2);
    count = scandir64(path, (struct dirent64 ***)&list, 0, 0);
    print("scandir64", count < 0 ? -1 : count - 2);
}

/* What goes to the machine. */
static void write_file(const char *path)
{
    print("open to write", size_of_file(open(path, O_WRONLY)));
    print("open to read and write", size_of_file(open64(path, O_RDWR)));
    print("open to create", size_of_file(open(path, O_RDONLY | O_CREAT, 0640)));
    print("open to truncate", size_of_file(open(path, O_RDONLY | O_TRUNC)));
    print("fopen to write", size_of_stream(fopen(path, "w")));
    print("fopen to append", size_of_stream(fopen(path, "ab")));
    print("fopen to read and write", size_of_stream(fopen64(path, "r+")));
    print("access to write", access(path, W_OK));
    print("faccessat to write", faccessat(AT_FDCWD, path, W_OK, 0));
}

__attribute__((used)) void run(long *stack)
{
    char **argv = (char **)(stack + 1);
    if (*stack != 4) _exit(125);
    int directory = strcmp(argv[3], "-") == 0 ? AT_FDCWD : open(argv[3], O_RDONLY | O_DIRECTORY);
    const char *path = argv[2];
    int before = errno = 77;
    if (strcmp(argv[1], "file") == 0) read_file(path, directory);
    if (strcmp(argv[1], "examine") == 0) examine(path, directory);
    if (strcmp(argv[1], "link") == 0) read_link(path, directory);
    if (strcmp(argv[1], "directory") == 0) read_directory(path);
    if (strcmp(argv[1], "write") == 0) write_file(path);
    if (strcmp(argv[1], "errno") == 0) print("errno", access(path, F_OK) == 0 && errno == before ? 0 : -1);
    if (strcmp(argv[1], "library") == 0) {
        void *library = dlopen(path, RTLD_NOW);
        print("dlopen", library ? *(int *)dlsym(library, "number") : -1);
    }
    fflush(stdout);
    _exit(0);
}
