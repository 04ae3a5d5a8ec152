/** The offset and the size of a field in its record, in bytes. */
type Field = readonly [offset: number, size: 1 | 2 | 4 | 8];

/** The layout of a record of an ELF file (System V ABI). */
export interface Layout<F extends string> {
  readonly size: number;
  readonly fields: Readonly<Record<F, Field>>;
}

function layout<F extends string>(size: number, fields: Record<F, Field>): Layout<F> {
  return { size, fields };
}

/** The records that are the same in both classes. */
const common = {
  verneed: layout(16, { count: [2, 2], file: [4, 4], aux: [8, 4], next: [12, 4] }),
  vernaux: layout(16, { name: [8, 4], next: [12, 4] }),
  verdef: layout(20, { count: [6, 2], aux: [12, 4], next: [16, 4] }),
  verdaux: layout(8, { name: [0, 4], next: [4, 4] }),
  note: layout(12, { namesz: [0, 4], descsz: [4, 4], type: [8, 4] }),
  // The description of NT_GNU_ABI_TAG, and the start of a property in NT_GNU_PROPERTY_TYPE_0.
  abiTag: layout(16, { os: [0, 4], major: [4, 4], minor: [8, 4], patch: [12, 4] }),
  property: layout(8, { type: [0, 4], size: [4, 4] }),
  word: layout(4, { value: [0, 4] }),
};

/** The records of ELFCLASS64, with the fields that relopack reads or writes. */
export const elf64 = {
  ...common,
  /** The size of an address or offset in bytes. The properties of a note are padded to it. */
  wordSize: 8,
  /** No address or offset exceeds this limit. JavaScript adds two of them exactly. */
  maxAddress: 2 ** 52,
  header: layout(64, {
    type: [16, 2],
    machine: [18, 2],
    phoff: [32, 8],
    shoff: [40, 8],
    phentsize: [54, 2],
    phnum: [56, 2],
    shentsize: [58, 2],
    shnum: [60, 2],
  }),
  segment: layout(56, {
    type: [0, 4],
    flags: [4, 4],
    offset: [8, 8],
    vaddr: [16, 8],
    paddr: [24, 8],
    filesz: [32, 8],
    memsz: [40, 8],
    align: [48, 8],
  }),
  section: layout(64, {
    type: [4, 4],
    flags: [8, 8],
    addr: [16, 8],
    offset: [24, 8],
    size: [32, 8],
    link: [40, 4],
    addralign: [48, 8],
  }),
  dynamic: layout(16, { tag: [0, 8], value: [8, 8] }),
  symbol: layout(24, { name: [0, 4], section: [6, 2], value: [8, 8], size: [16, 8] }),
  rela: layout(24, { offset: [0, 8], info: [8, 8] }),
};

/** The records of one class. */
export type Format = typeof elf64;

/** The records of ELFCLASS32. */
export const elf32: Format = {
  ...common,
  wordSize: 4,
  maxAddress: 2 ** 32,
  header: layout(52, {
    type: [16, 2],
    machine: [18, 2],
    phoff: [28, 4],
    shoff: [32, 4],
    phentsize: [42, 2],
    phnum: [44, 2],
    shentsize: [46, 2],
    shnum: [48, 2],
  }),
  segment: layout(32, {
    type: [0, 4],
    offset: [4, 4],
    vaddr: [8, 4],
    paddr: [12, 4],
    filesz: [16, 4],
    memsz: [20, 4],
    flags: [24, 4],
    align: [28, 4],
  }),
  section: layout(40, {
    type: [4, 4],
    flags: [8, 4],
    addr: [12, 4],
    offset: [16, 4],
    size: [20, 4],
    link: [24, 4],
    addralign: [32, 4],
  }),
  dynamic: layout(8, { tag: [0, 4], value: [4, 4] }),
  symbol: layout(16, { name: [0, 4], section: [14, 2], value: [4, 4], size: [8, 4] }),
  rela: layout(12, { offset: [0, 4], info: [4, 4] }),
};

/** Offsets in e_ident: the class is 1 for 32 bits or 2 for 64, the byte order 1 for little-endian or 2 for big-endian. */
export const Ident = { class: 4, byteOrder: 5 } as const;

/** e_type. */
export const ObjectType = { rel: 1, exec: 2, dyn: 3 } as const;

/** p_type. */
export const SegmentType = {
  null: 0,
  load: 1,
  dynamic: 2,
  interp: 3,
  note: 4,
  phdr: 6,
  gnuEhFrame: 0x6474e550,
  gnuProperty: 0x6474e553,
} as const;

/** p_flags. */
export const SegmentFlag = { write: 2, read: 4 } as const;

/** sh_type. */
export const SectionType = {
  null: 0,
  progbits: 1,
  symtab: 2,
  strtab: 3,
  rela: 4,
  hash: 5,
  dynamic: 6,
  note: 7,
  nobits: 8,
  rel: 9,
  dynsym: 11,
  relr: 19,
  gnuHash: 0x6ffffff6,
  gnuVerdef: 0x6ffffffd,
  gnuVerneed: 0x6ffffffe,
  gnuVersym: 0x6fffffff,
} as const;

/** sh_flags. */
export const SectionFlag = { alloc: 2, code: 4, tls: 0x400 } as const;

/** d_tag. `ownVariables` is relopack's own, in the range for operating systems (isolate/getenv.ts). */
export const Tag = {
  null: 0,
  needed: 1,
  hash: 4,
  strtab: 5,
  symtab: 6,
  rela: 7,
  relasz: 8,
  strsz: 10,
  soname: 14,
  rpath: 15,
  rel: 17,
  jmprel: 23,
  runpath: 29,
  relr: 36,
  ownVariables: 0x6052504b,
  gnuHash: 0x6ffffef5,
  config: 0x6ffffefa,
  depaudit: 0x6ffffefb,
  audit: 0x6ffffefc,
  versym: 0x6ffffff0,
  flags1: 0x6ffffffb,
  relacount: 0x6ffffff9,
  relcount: 0x6ffffffa,
  verdef: 0x6ffffffc,
  verdefnum: 0x6ffffffd,
  verneed: 0x6ffffffe,
  verneednum: 0x6fffffff,
  auxiliary: 0x7ffffffd,
  filter: 0x7fffffff,
} as const;

/** The e_machine of machines whose kernels use pages of 4 KiB only. Any other machine may use pages of 64 KiB. */
const machinesWith4KiBPages = new Set([
  3, // EM_386
  22, // EM_S390
  62, // EM_X86_64
  243, // EM_RISCV
]);

/** The largest page, in bytes, that a kernel of this machine uses. Segments are aligned to it. */
export function maxPageSize(machine: number): number {
  return machinesWith4KiBPages.has(machine) ? 0x1000 : 0x10000;
}
