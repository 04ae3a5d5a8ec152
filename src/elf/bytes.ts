import { RelopackError } from '../common/error.ts';
import { elf32, elf64, type Format, Ident, type Layout } from './format.ts';

const class32 = 1;
const bigEndian = 2;

/** The bytes of one ELF file, read and written by the tables of its class and order. No access leaves the file. */
export class ElfBytes {
  readonly bytes: Buffer;
  readonly format: Format;
  readonly #littleEndian: boolean;
  readonly #name: string;

  /** `name` is for messages only. A class or byte order that doesn't exist is taken as 64-bit and little-endian. */
  constructor(bytes: Buffer, name: string) {
    this.bytes = bytes;
    this.format = bytes[Ident.class] === class32 ? elf32 : elf64;
    this.#littleEndian = bytes[Ident.byteOrder] !== bigEndian;
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
    const place = at + offset;
    if (size < 8) {
      return this.#littleEndian ? this.bytes.readUIntLE(place, size) : this.bytes.readUIntBE(place, size);
    }
    const [low, high] = this.#littleEndian
      ? [this.bytes.readUInt32LE(place), this.bytes.readUInt32LE(place + 4)]
      : [this.bytes.readUInt32BE(place + 4), this.bytes.readUInt32BE(place)];
    if (high >= 2 ** 21) throw this.malformed(`the ${field} at byte ${at} is beyond any file or address`);
    return high * 2 ** 32 + low;
  }

  /** A field that may hold anything, eight bytes of all ones too. */
  getBig<F extends string>(layout: Layout<F>, at: number, field: F): bigint {
    const [offset, size] = this.#field(layout, at, field);
    if (size < 8) return BigInt(this.get(layout, at, field));
    const place = at + offset;
    return this.#littleEndian ? this.bytes.readBigUInt64LE(place) : this.bytes.readBigUInt64BE(place);
  }

  /** Throws where the field has no room for the value: only a hostile file brings that about. */
  set<F extends string>(layout: Layout<F>, at: number, field: F, value: number): void {
    const [offset, size] = this.#field(layout, at, field);
    const place = at + offset;
    if (value >= 2 ** (8 * size)) throw this.malformed(`its ${field} would be beyond the end of its class`);
    if (size < 8 && this.#littleEndian) this.bytes.writeUIntLE(value, place, size);
    else if (size < 8) this.bytes.writeUIntBE(value, place, size);
    else if (this.#littleEndian) this.bytes.writeBigUInt64LE(BigInt(value), place);
    else this.bytes.writeBigUInt64BE(BigInt(value), place);
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
