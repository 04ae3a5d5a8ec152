import type { Priority } from '../elf/notes.ts';

/** The reason why a package or a file is packed. It is decided once and stays with the entry up to the manifest. */
export type Reason =
  /** The requested interpreter, or a package that --python names beside it. */
  | { kind: 'interpreter' }
  /** The ld.so that the interpreter names. */
  | { kind: 'loader' }
  /** Requested by the user as a MODULE. */
  | { kind: 'requested'; request: string }
  /** A packed package Requires it, perhaps `through` packages that are not packed: these are their names, in order. */
  | { kind: 'required'; by: string; capability: string; through?: readonly string[] }
  /** An ELF file has it as DT_NEEDED. */
  | { kind: 'needed'; by: string; soname: string }
  /** An ELF file says in a note that it loads it by dlopen. */
  | { kind: 'dlopened'; by: string; soname: string; feature: string | undefined; priority: Priority }
  /** A package Requires a system library that none of its ELF files needs: the package loads it by ctypes. */
  | { kind: 'declared'; by: string; capability: string }
  /** A packed library or program loads it at run time, although no DT_NEEDED says so. */
  | { kind: 'runtime'; by: string }
  /** A public library of glibc or a run-time library of the compilers: wheels that are installed later need them. */
  | { kind: 'platform' }
  /** A packed file contains its absolute path, or that of a directory around it. `by` is the name of that file. */
  | { kind: 'named'; by: string }
  /** Included by --include. */
  | { kind: 'included'; glob: string }
  /** A packed file imports it, although it is a test. */
  | { kind: 'imported'; by: string }
  /** A packed link leads to it. */
  | { kind: 'linked'; by: string }
  /** The license text of a packed package. `from`: the package of the same source package that contains the text. */
  | { kind: 'license'; from?: string }
  /** Made by relopack. */
  | { kind: 'added' };

/** The reason as text, without its subject. */
export function explain(reason: Reason): string {
  switch (reason.kind) {
    case 'interpreter':
      return 'the interpreter';
    case 'loader':
      return "the interpreter's loader, ld.so";
    case 'requested':
      return `requested as ${reason.request}`;
    case 'required': {
      const { by, capability, through = [] } = reason;
      return `required by ${[by, ...through].join(' → ')} (${capability})`;
    }
    case 'needed':
      return `${reason.soname} needed by ${reason.by}`;
    case 'dlopened': {
      const { soname, by, feature, priority } = reason;
      return `${soname} dlopen'ed by ${by} (${feature === undefined ? '' : `${feature}, `}${priority})`;
    }
    case 'declared':
      return `declared by ${reason.by} (${reason.capability}), loaded at run time`;
    case 'runtime':
      return `loaded at run time by ${reason.by}`;
    case 'platform':
      return 'always packed, for wheels installed later';
    case 'named':
      return `named in ${reason.by}`;
    case 'included':
      return `included by ${reason.glob}`;
    case 'imported':
      return `imported by ${reason.by}`;
    case 'linked':
      return `${reason.by} leads to it`;
    case 'license':
      return reason.from === undefined ? 'license text' : `license text from ${reason.from}`;
    case 'added':
      return 'made by relopack';
  }
}
