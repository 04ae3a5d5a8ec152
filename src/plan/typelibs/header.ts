/** The beginning of a typelib (GObject Introspection, girepository/gitypelib-internal.h: G_IR_MAGIC). */
const magic = Buffer.from('GOBJ\nMETADATA\r\n\x1a', 'latin1');

/** The offsets of fields in the header that are offsets of strings. */
const field = { dependencies: 36, sharedLibrary: 52 } as const;
const headerBytes = 56;

/** The needs of a typelib. */
export interface TypelibNeeds {
  /** Other typelibs, such as `GObject-2.0`. */
  dependencies: string[];
  /** Sonames, or absolute paths of libraries. */
  libraries: string[];
}

/** Reads the header of a typelib, whose numbers have the byte order of its machine. Undefined if it is not a typelib. */
export function readTypelib(bytes: Buffer, littleEndian: boolean): TypelibNeeds | undefined {
  if (bytes.length < headerBytes || !bytes.subarray(0, magic.length).equals(magic)) return undefined;
  const list = (at: number, separator: string) => {
    const offset = littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    const end = offset === 0 ? -1 : bytes.indexOf(0, offset);
    return end === -1 ? [] : bytes.toString('utf8', offset, end).split(separator).filter(Boolean);
  };
  return { dependencies: list(field.dependencies, '|'), libraries: list(field.sharedLibrary, ',') };
}
