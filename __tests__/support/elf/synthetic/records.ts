import type { ElfBytes } from '../../../../src/elf/bytes.ts';
import type { Format, Layout } from '../../../../src/elf/format.ts';

/** The format with more fields. relopack does not use them, but other readers need them. */
export type FullFormat = ReturnType<typeof fullFormat>;

/** Adds those fields to the format of a class. */
export function fullFormat(format: Format) {
  const wide = format.wordSize === 8;
  const extend = <F extends string, G extends string>(layout: Layout<F>, fields: Layout<G>['fields']) =>
    ({
      size: layout.size,
      fields: { ...layout.fields, ...fields },
    }) as Layout<F | G>;
  return {
    ...format,
    header: extend(format.header, {
      version: [20, 4],
      ehsize: [wide ? 52 : 40, 2],
      shstrndx: [wide ? 62 : 50, 2],
    }),
    section: extend(format.section, {
      name: [0, 4],
      info: [wide ? 44 : 28, 4],
      entsize: wide ? [56, 8] : [36, 4],
    }),
    symbol: extend(format.symbol, { info: [wide ? 4 : 12, 1] }),
    rela: { size: 3 * format.wordSize, fields: {} } as Layout<never>,
    verneed: extend(format.verneed, { version: [0, 2] }),
    vernaux: extend(format.vernaux, { hash: [0, 4], other: [6, 2] }),
  };
}

/** Writes records and texts into an empty file, one behind the other. */
export class RecordWriter {
  readonly format: FullFormat;
  readonly #file: ElfBytes;
  #end = 0;

  constructor(file: ElfBytes) {
    this.#file = file;
    this.format = fullFormat(file.format);
  }

  /** The number of bytes that are in use. */
  get end(): number {
    return this.#end;
  }

  /** Leaves `size` bytes free at a multiple of `alignment`, and returns their offset. */
  reserve(size: number, alignment = 8): number {
    const at = Math.ceil(this.#end / alignment) * alignment;
    this.#end = at + size;
    return at;
  }

  /** Writes fields of the record at `at`. */
  write<F extends string>(layout: Layout<F>, values: Partial<Record<F, number>>, at: number): void {
    for (const field of Object.keys(values) as F[]) this.#file.set(layout, at, field, values[field] ?? 0);
  }

  /** Appends records, and returns the offset of the first one. */
  append<F extends string>(layout: Layout<F>, rows: Partial<Record<F, number>>[]): number {
    const start = this.reserve(rows.length * layout.size);
    for (const [index, row] of rows.entries()) this.write(layout, row, start + index * layout.size);
    return start;
  }

  /** Appends a text, and returns its offset. */
  appendText(content: string): number {
    const at = this.reserve(content.length, 1);
    this.#file.bytes.write(content, at, 'latin1');
    return at;
  }
}

/** A string table with each string once. A string that ends another one shares its bytes. */
export interface StringTable {
  text: string;
  /** The index of a string. */
  at: (string: string) => number;
}

/** Makes a string table. */
export function stringTable(wanted: string[]): StringTable {
  let text = '\0';
  for (const string of wanted) if (!text.includes(`${string}\0`)) text += `${string}\0`;
  return { text, at: (string) => text.indexOf(`${string}\0`) };
}
