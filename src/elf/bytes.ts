import { RelopackError } from '../common/error.ts';
import { message, option } from '../common/message.ts';
import { elf32, elf64, type Format, Ident, type Layout } from './format.ts';

const class32 = 1;
const bigEndian = 2;
/** The first upper half of an eight-byte number that a JavaScript number cannot represent exactly. */
const inexactHigh = 2 ** 21;

/** The bytes of one ELF file. Its records are read and written in its class and byte order, never outside the file. */
export class ElfBytes {
  readonly bytes: Buffer;
  readonly format: Format;
  readonly #littleEndian: boolean;
  readonly #name: string;

  /** `name` is the file's name in errors. An unknown class is read as 64-bit, an unknown byte order as little-endian. */
  constructor(bytes: Buffer, name: string) {
    this.bytes = bytes;
    this.format = bytes[Ident.class] === class32 ? elf32 : elf64;
    this.#littleEndian = bytes[Ident.byteOrder] !== bigEndian;
    this.#name = name;
  }

  /** Copies the file and appends `growth` zero bytes. */
  copy(growth = 0): ElfBytes {
    const bytes = Buffer.alloc(this.bytes.length + growth);
    this.bytes.copy(bytes);
    return new ElfBytes(bytes, this.#name);
  }

  /**
   * Reads an unsigned field of the record at byte `at`.
   * Throws 'elf-malformed' if the value is 2^53 or more: no offset, size or address of a real file is.
   */
  get<F extends string>(layout: Layout<F>, at: number, field: F): number {
    const [offset, size] = this.#field(layout, at, field);
    const start = at + offset;
    if (size < 8) {
      return this.#littleEndian ? this.bytes.readUIntLE(start, size) : this.bytes.readUIntBE(start, size);
    }
    const [low, high] = this.#littleEndian
      ? [this.bytes.readUInt32LE(start), this.bytes.readUInt32LE(start + 4)]
      : [this.bytes.readUInt32BE(start + 4), this.bytes.readUInt32BE(start)];
    if (high >= inexactHigh) throw this.malformed(`the ${field} in the record at byte ${at} is too large`);
    return high * 2 ** 32 + low;
  }

  /** Reads a field that may have any value, even eight bytes of ones. */
  getBig<F extends string>(layout: Layout<F>, at: number, field: F): bigint {
    const [offset, size] = this.#field(layout, at, field);
    if (size < 8) return BigInt(this.get(layout, at, field));
    const start = at + offset;
    return this.#littleEndian ? this.bytes.readBigUInt64LE(start) : this.bytes.readBigUInt64BE(start);
  }

  /** Writes a field. Throws 'elf-malformed' if the value does not fit, which only a hostile file can cause. */
  set<F extends string>(layout: Layout<F>, at: number, field: F, value: number): void {
    const [offset, size] = this.#field(layout, at, field);
    const start = at + offset;
    if (value >= 2 ** (8 * size)) throw this.malformed(`its new ${field} exceeds the limit of its class`);
    if (size < 8 && this.#littleEndian) this.bytes.writeUIntLE(value, start, size);
    else if (size < 8) this.bytes.writeUIntBE(value, start, size);
    else if (this.#littleEndian) this.bytes.writeBigUInt64LE(BigInt(value), start);
    else this.bytes.writeBigUInt64BE(BigInt(value), start);
  }

  #field<F extends string>(layout: Layout<F>, at: number, field: F): Layout<F>['fields'][F] {
    if (!this.contains(at, layout.size)) throw this.malformed(`a record at byte ${at} is outside the file`);
    return layout.fields[field];
  }

  /** Whether `size` bytes from `offset` are all inside the file. */
  contains(offset: number, size: number): boolean {
    return offset >= 0 && size >= 0 && offset + size <= this.bytes.length;
  }

  /** The error for a file that breaks the rules of the format. `problem` is a clause about the file. */
  malformed(problem: string): RelopackError {
    return new RelopackError(
      'elf-malformed',
      `${this.#name} is not a valid ELF file: ${problem}`,
      message`Reinstall the package that owns it, or leave the file out with ${option('exclude')}.`,
    );
  }

  /** The error for a valid file that relopack cannot edit. `problem` is a clause about the file. */
  unsupported(problem: string): RelopackError {
    return new RelopackError(
      'elf-unsupported',
      `${this.#name} cannot be relocated: ${problem}`,
      message`If the packed Python does not need the file, leave it out with ${option('exclude')}.`,
    );
  }
}
