/* The structures of ELF files of 64 bits, in the byte order of this machine. */
#pragma once

#include "../system.h"

enum { ET_EXEC = 2, ET_DYN = 3 };
enum { PT_LOAD = 1, PT_DYNAMIC = 2, PT_INTERP = 3, PT_PHDR = 6, PT_GNU_STACK = 0x6474e551 };
enum { PF_X = 1, PF_W = 2, PF_R = 4 };
enum { DT_NULL = 0, DT_NEEDED = 1, DT_STRTAB = 5, DT_RPATH = 15, DT_DEBUG = 21, DT_RUNPATH = 29 };

struct elf_header {
    unsigned char ident[16];
    unsigned short type, machine;
    unsigned version;
    size_t entry, phoff, shoff;
    unsigned flags;
    unsigned short ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};

struct segment {
    unsigned type, flags;
    size_t offset, vaddr, paddr, filesz, memsz, align;
};

struct dynamic {
    size_t tag, value;
};
