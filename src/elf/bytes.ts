import { RelopackError } from '../error.ts';
import { elf64, type Layout } from './format.ts';

/** The bytes of one ELF file, read and written by the tables of its format. No access leaves the file. */
export class ElfBytes {
  readonly bytes: Buffer;
  readonly format: typeof elf64 = elf64;
  readonly #name: string;

  /** `name` is for messages only. */
  constructor(bytes: Buffer, name: string) {
    this.bytes = bytes;
    this.#name = name;
  }

  /** A copy of the file, `growth` zero bytes longer. */
  copy(growth = 0): ElfBytes {
    const bytes = Buffer.alloc(this.bytes.length + growth);
    this.bytes.copy(bytes);
    return new ElfBytes(bytes, this.#name);
  }

  /** An unsigned field of the record at byte `at`. One beyond 2^53 is no offset, size or address of a real file. */
  get<F extends string>(layout: Layout<F>, at: number, field: F): number {
    const [offset, size] = this.#field(layout, at, field);
    if (size < 8) return this.bytes.readUIntLE(at + offset, size);
    const high = this.bytes.readUInt32LE(at + offset + 4);
    if (high >= 2 ** 21) throw this.malformed(`the ${field} at byte ${at} is beyond any file or address`);
    return high * 2 ** 32 + this.bytes.readUInt32LE(at + offset);
  }

  /** An eight-byte field that may hold anything. */
  getBig<F extends string>(layout: Layout<F>, at: number, field: F): bigint {
    const [offset] = this.#field(layout, at, field);
    return this.bytes.readBigUInt64LE(at + offset);
  }

  set<F extends string>(layout: Layout<F>, at: number, field: F, value: number): void {
    const [offset, size] = layout.fields[field];
    if (size === 8) this.bytes.writeBigUInt64LE(BigInt(value), at + offset);
    else this.bytes.writeUIntLE(value, at + offset, size);
  }

  #field<F extends string>(layout: Layout<F>, at: number, field: F): Layout<F>['fields'][F] {
    if (!this.holds(at, layout.size)) throw this.malformed(`a record at byte ${at} is outside it`);
    return layout.fields[field];
  }

  /** Whether `size` bytes from `offset` on lie within the file. */
  holds(offset: number, size: number): boolean {
    return offset >= 0 && size >= 0 && offset + size <= this.bytes.length;
  }

  malformed(what: string): RelopackError {
    return new RelopackError(
      'elf-malformed',
      `${this.#name} is not a whole ELF file: ${what}.`,
      'Reinstall the package that owns it, or leave the file out with --exclude.',
    );
  }

  unsupported(what: string): RelopackError {
    return new RelopackError(
      'elf-unsupported',
      `${this.#name} can't be relocated: ${what}.`,
      'Leave the file out with --exclude, if the packed Python can do without it.',
    );
  }
}
