/* Maps a program or ld.so into this process, as the kernel does for execve (fs/binfmt_elf.c). */
#pragma once

#include "../text.h"
#include "elf.h"

enum { PROT_NONE = 0, PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4 };
enum {
    MAP_PRIVATE = 2,
    MAP_FIXED = 0x10,
    MAP_ANONYMOUS = 0x20,
    MAP_NORESERVE = 0x4000,
    MAP_FIXED_NOREPLACE = 0x100000
};
enum { MAX_SEGMENTS = 32 };

/* An ELF file that is mapped. `page` is the size of a page, and all addresses are those of this process. */
struct mapping {
    size_t page;
    size_t bias;       /* the difference to the addresses in the file */
    size_t start, end; /* of all segments, in whole pages */
    size_t data_end;   /* of the last segment */
    size_t entry;
    struct segment *headers; /* or 0 if no segment contains them */
    size_t count;
    struct dynamic *dynamic; /* or 0 if it is not writable */
};

/* The headers of an ELF file, as they are read. */
struct headers {
    struct elf_header file;
    struct segment segments[MAX_SEGMENTS];
    size_t low, high; /* the addresses of the segments that are mapped, in whole pages */
    size_t align;     /* the largest alignment */
};

static int is_error(long result)
{
    return result < 0 && result > -4096;
}

static long map_pages(size_t at, size_t size, int protection, int flags, long file, size_t offset)
{
    return call6(MMAP, (long)at, (long)size, protection, flags, file, (long)offset);
}

static void unmap(size_t start, size_t end)
{
    if (end > start) call(MUNMAP, (long)start, (long)(end - start), 0, 0);
}

/* Reads and checks the headers. Returns an error if the file cannot be mapped here: -ENOEXEC, or that of reading it. */
static long read_headers(struct headers *headers, long file, size_t page)
{
    struct elf_header *header = &headers->file;
    long count = call(PREAD64, file, (long)header, sizeof *header, 0);
    if (count < 0) return count;
    if (count < (long)sizeof *header || !starts_with((char *)header->ident, "\177ELF\2")) return -ENOEXEC;
    if (header->machine != MACHINE || (header->type != ET_EXEC && header->type != ET_DYN)) return -ENOEXEC;
    if (header->phentsize != sizeof(struct segment) || header->phnum > MAX_SEGMENTS) return -ENOEXEC;
    long size = header->phnum * (long)sizeof(struct segment);
    if (call(PREAD64, file, (long)headers->segments, size, (long)header->phoff) != size) return -ENOEXEC;

    headers->low = -1UL;
    headers->high = 0;
    headers->align = page;
    for (struct segment *one = headers->segments; one < headers->segments + header->phnum; one++) {
        /* The stack is that of the launcher. ld.so makes it executable for a program that it maps itself. */
        if (one->type == PT_GNU_STACK && one->flags & PF_X) return -ENOEXEC;
        if (one->type != PT_LOAD || one->memsz == 0) continue;
        if ((one->vaddr - one->offset) & (page - 1)) return -ENOEXEC;
        size_t start = one->vaddr & -page, end = (one->vaddr + one->memsz + page - 1) & -page;
        if (start < headers->low) headers->low = start;
        if (end > headers->high) headers->high = end;
        if (one->align > headers->align && (one->align & (one->align - 1)) == 0) headers->align = one->align;
    }
    return headers->high > headers->low ? 0 : -ENOEXEC;
}

/*
 * Reserves the addresses of all segments in one piece, so that nothing else gets between them. Writes the bias, which
 * is a multiple of the largest alignment. Returns an error if the addresses of an ET_EXEC file are in use.
 */
static long reserve(size_t *bias, const struct headers *headers, size_t page)
{
    size_t span = headers->high - headers->low;
    int is_fixed = headers->file.type == ET_EXEC, flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    size_t slack = is_fixed ? 0 : headers->align - page;
    long place = map_pages(is_fixed ? headers->low : 0, span + slack, PROT_NONE,
                           is_fixed ? flags | MAP_FIXED_NOREPLACE : flags, -1, 0);
    if (is_error(place)) return place;

    size_t start = (size_t)place, end = start + span + slack, first = start;
    if (is_fixed && start != headers->low) {
        /* A kernel before 4.17 does not know MAP_FIXED_NOREPLACE, and maps elsewhere if the addresses are in use. */
        unmap(start, end);
        return -EEXIST;
    }
    if (!is_fixed) first = (start - headers->low + headers->align - 1) / headers->align * headers->align + headers->low;
    unmap(start, first);
    unmap(first + span, end);
    *bias = first - headers->low;
    return 0;
}

/* Maps one segment: the part in the file, zeros to the end of its last page, and the pages behind that. */
static long map_segment(const struct segment *segment, size_t bias, long file, size_t page)
{
    size_t at = bias + segment->vaddr, start = at & -page, data_end = at + segment->filesz;
    size_t file_end = segment->filesz > 0 ? (data_end + page - 1) & -page : start;
    size_t end = (at + segment->memsz + page - 1) & -page;
    int protection = (segment->flags & PF_R ? PROT_READ : 0) | (segment->flags & PF_W ? PROT_WRITE : 0) |
                     (segment->flags & PF_X ? PROT_EXEC : 0);

    if (segment->filesz > 0) {
        int flags = MAP_PRIVATE | MAP_FIXED;
        long place = map_pages(start, file_end - start, protection, flags, file, segment->offset & -page);
        if (is_error(place)) return place;
        /* ld.so allocates its first memory behind its data, and expects zeros there (glibc elf/dl-minimal-malloc.c). */
        if (segment->flags & PF_W)
            for (char *byte = (char *)data_end; byte < (char *)file_end; byte++) *byte = 0;
    }
    if (end <= file_end) return 0;
    long place = map_pages(file_end, end - file_end, protection, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1, 0);
    return is_error(place) ? place : 0;
}

/* Notes what others need to know of a segment that is mapped. */
static void describe_segment(struct mapping *mapping, const struct segment *segment, const struct elf_header *file)
{
    size_t start = mapping->bias + segment->vaddr, headers_end = file->phoff + file->phnum * sizeof(struct segment);
    if (segment->type == PT_DYNAMIC && segment->flags & PF_W) mapping->dynamic = (struct dynamic *)start;
    if (segment->type != PT_LOAD || segment->memsz == 0) return;
    if (start + segment->memsz > mapping->data_end) mapping->data_end = start + segment->memsz;
    if (file->phoff >= segment->offset && headers_end <= segment->offset + segment->filesz) {
        mapping->headers = (struct segment *)(start + (file->phoff - segment->offset));
        mapping->count = file->phnum;
    }
}

static long map_file(struct mapping *mapping, long file, size_t page)
{
    struct headers headers;
    size_t bias;
    long error = read_headers(&headers, file, page);
    if (!error) error = reserve(&bias, &headers, page);
    if (error) return error;

    size_t entry = bias + headers.file.entry;
    *mapping = (struct mapping){page, bias, bias + headers.low, bias + headers.high, 0, entry, 0, 0, 0};
    for (size_t i = 0; i < headers.file.phnum && !error; i++) {
        const struct segment *segment = &headers.segments[i];
        if (segment->type == PT_LOAD && segment->memsz > 0) error = map_segment(segment, bias, file, page);
        describe_segment(mapping, segment, &headers.file);
    }
    if (error) unmap(mapping->start, mapping->end);
    return error;
}

/* Maps an ELF file. Returns 0, or an error; then nothing of it is left. */
static long map_path(struct mapping *mapping, const char *path, size_t page)
{
    long file = call(OPENAT, AT_FDCWD, (long)path, O_CLOEXEC, 0);
    if (file < 0) return file;
    long error = map_file(mapping, file, page);
    call(CLOSE, file, 0, 0, 0);
    return error;
}
