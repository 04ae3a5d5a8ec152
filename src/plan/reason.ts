/** Why a package or a file is in the archive. It is decided once and stays with the entry to the manifest. */
export type Reason =
  /** The interpreter that was asked for, or what its name means beside it. */
  | { kind: 'interpreter' }
  /** The ld.so that the interpreter names. */
  | { kind: 'loader' }
  /** Named by the user. */
  | { kind: 'requested'; word: string }
  /** A package Requires it. */
  | { kind: 'required'; by: string; capability: string }
  /** An ELF file has it as DT_NEEDED. */
  | { kind: 'needed'; by: string; soname: string }
  /** A package Requires a system library that none of its ELF files needs: it is loaded by ctypes. */
  | { kind: 'declared'; by: string; capability: string }
  /** Loaded while running by something that is in; nothing in the files says so. */
  | { kind: 'runtime'; by: string }
  /** glibc's public libraries and the compilers' run-time ones: wheels that are installed later need them. */
  | { kind: 'platform' }
  /** Brought back by --include. */
  | { kind: 'included'; glob: string }
  /** A link that is in leads to it. */
  | { kind: 'linked'; by: string }
  /** The licence of a package that is in; `from` is another one of its source package that brings it. */
  | { kind: 'licence'; from?: string }
  /** Made by relopack. */
  | { kind: 'added' };

/** The reason in words, to follow the name of what it is about. */
export function explain(reason: Reason): string {
  switch (reason.kind) {
    case 'interpreter':
      return 'the interpreter';
    case 'loader':
      return "the interpreter's loader, ld.so";
    case 'requested':
      return `requested as ${reason.word}`;
    case 'required':
      return `required by ${reason.by} (${reason.capability})`;
    case 'needed':
      return `${reason.soname} needed by ${reason.by}`;
    case 'declared':
      return `declared by ${reason.by} (${reason.capability}), loaded at run time`;
    case 'runtime':
      return `loaded at run time by ${reason.by}`;
    case 'platform':
      return 'always in, for wheels installed later';
    case 'included':
      return `included by ${reason.glob}`;
    case 'linked':
      return `${reason.by} leads to it`;
    case 'licence':
      return reason.from === undefined ? 'licence text' : `licence text, brought by ${reason.from}`;
    case 'added':
      return 'made by relopack';
  }
}
