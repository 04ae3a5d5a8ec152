/* Strings, a buffer that they are joined in, and errors. */
#pragma once

#include "system.h"

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

/* Adds a variable whose value is a path in a directory. */
static char *join_variable(struct buffer *buffer, const char *name, const char *directory, const char *path)
{
    char *joined = buffer->at;
    append(buffer, name);
    append_path(buffer, directory, path);
    end_string(buffer);
    return joined;
}

static char *join_path(struct buffer *buffer, const char *directory, const char *path)
{
    char *joined = buffer->at;
    append_path(buffer, directory, path);
    end_string(buffer);
    return joined;
}
