/** A class and a byte order of ELF files, with a machine that uses both. */
export interface Form {
  class: 32 | 64;
  littleEndian: boolean;
  /** e_machine. */
  machine: number;
}

/** Each class in each byte order. */
export const forms: [title: string, form: Form][] = [
  ['ELF64 little-endian', { class: 64, littleEndian: true, machine: 62 }],
  ['ELF64 big-endian', { class: 64, littleEndian: false, machine: 22 }],
  ['ELF32 little-endian', { class: 32, littleEndian: true, machine: 40 }],
  ['ELF32 big-endian', { class: 32, littleEndian: false, machine: 20 }],
];

/** What a synthetic file is like. By default it is a library without any room. */
export interface Shape {
  /** How many zeros are between its two segments in the file. */
  gap?: number;
  /** The size of .bss in bytes. */
  bss?: number;
  /** A program header that is not needed: PT_NULL, or a PT_NOTE that PT_GNU_PROPERTY repeats. */
  spare?: 'null' | 'note';
  /** Its DT_RPATH and DT_RUNPATH entries. */
  paths?: [tag: 'rpath' | 'runpath', path: string][];
  /** The name of its symbol. If a search path ends with that name, both share its bytes: linkers do that. */
  symbol?: string;
  /** Whether it has a DT_RELACOUNT. */
  hint?: boolean;
  /** How many DT_NULL end the dynamic section. */
  nulls?: number;
  /** Whether it has a PT_INTERP, like a program. */
  program?: boolean;
  /** Whether .dynstr is behind most other tables, as lld does it. Otherwise it is between them. */
  stringsLast?: boolean;
  /** Whether code is behind the tables, in their segment. */
  code?: boolean;
  /** The owner of its note: four characters with the NUL. */
  noteOwner?: string;
  /** Whether it has more relocations, directly behind .dynstr. */
  apart?: boolean;
  /** Whether it has section headers. */
  sections?: boolean;
  /** The address of its first segment. */
  base?: number;
}

/** What each synthetic file contains besides. */
export const facts = {
  needed: ['libneeded.so.1', 'libc.so.6'],
  soname: 'libsynthetic.so.2',
  abiTagKernel: '3.2.7',
  glibcNeeded: '2.4',
};

/** The contents of PT_INTERP in a synthetic program. */
export const interpreterText = '/lib/ld.so.1\0';
