/** Magic number, flags, then mtime and size of the source or, by the flags, a hash of it (PEP 552). */
export const bytecodeHeaderSize = 16;

const magicAt = 0;
const flagsAt = 4;
const mtimeAt = 8;
const sizeAt = 12;

/** The magic number that brought the flags, in 3.7; before it mtime and size follow the magic at once. */
const firstWithFlags = 3392;
const uncheckedHash = 0b01;

/** Whether a .pyc names the mtime and size of its source, and can be given up to its hash instead. */
export function isTimestamped(header: Buffer): boolean {
  return hasFlags(header) && header.readUInt32LE(flagsAt) === 0;
}

/**
 * Whether Python would load this .pyc for a source of that time and size. Only such a one may be made unchecked:
 * a stale one would be run from then on in place of its source. One that goes by a hash tells by itself.
 */
export function isFresh(header: Buffer, source: { mtimeMs: number; size: number }): boolean {
  if (header.length < bytecodeHeaderSize) return false;
  if (hasFlags(header) && !isTimestamped(header)) return true;
  const at = hasFlags(header) ? mtimeAt : flagsAt;
  const mtime = Math.floor(source.mtimeMs / 1000) >>> 0;
  return (
    header.readUInt32LE(at) === mtime && header.readUInt32LE(at + sizeAt - mtimeAt) === source.size >>> 0
  );
}

/**
 * Makes a timestamped .pyc an unchecked one: Python then loads it whatever time its source has, so that unpacking
 * with other mtimes can't make it stale. The hash is not looked at in such a file and stays what was there.
 */
export function uncheck(bytecode: Buffer): Buffer {
  const bytes = Buffer.from(bytecode);
  bytes.writeUInt32LE(uncheckedHash, flagsAt);
  return bytes;
}

function hasFlags(header: Buffer): boolean {
  return header.length >= bytecodeHeaderSize && header.readUInt16LE(magicAt) >= firstWithFlags;
}

const cached = /^(.*)\/__pycache__\/([^/]+?)\.[^/.]+(?:\.opt-[12])?\.pyc$/;

/** The path of the source that a .pyc is of, by its own; undefined for anything else, and for what stands for a source. */
export function sourceOf(path: string): string | undefined {
  const [, directory, module] = cached.exec(path) ?? [];
  return directory === undefined ? undefined : `${directory}/${module}.py`;
}
