import { createHash } from 'node:crypto';

/** The fields of a tar header, valid or not. */
export interface Block {
  name: string;
  /** The type flag: '0' file, '1' hard link, '2' symbolic link, '5' directory, 'x' pax header, 'L' long name. */
  type?: string;
  size?: number;
  mode?: number;
  target?: string;
}

/** Bytes of one block of a tar. */
const blockSize = 512;

/** A header block (POSIX pax, "ustar Interchange Format"). A library refuses to write hostile ones, and is slow. */
export function headerBlock({ name, type = '0', size = 0, mode = 0o644, target = '' }: Block): Buffer {
  const block = Buffer.alloc(blockSize);
  block.write(name, 0, 100);
  block.write(`${mode.toString(8).padStart(7, '0')}\0`, 100);
  block.write('0000000\x000000000\0', 108);
  block.write(`${size.toString(8).padStart(11, '0')}\x0000000000000\0`, 124);
  block.write(' '.repeat(8), 148);
  block.write(type, 156);
  block.write(target, 157, 100);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** A file with its contents. */
export function fileBlocks(name: string, content: Buffer, mode = 0o644): Buffer[] {
  return [
    ...longName(name),
    headerBlock({ name, size: content.length, mode }),
    content,
    padding(content.length),
  ];
}

/** A symbolic link, whose target may be long. */
export function linkBlocks(name: string, target: string): Buffer[] {
  const text = Buffer.from(`${target}\0`);
  const long = target.length <= 100 ? [] : [...gnuBlocks('K', text)];
  return [...longName(name), ...long, headerBlock({ name, type: '2', target })];
}

/** A block of GNU tar that gives the next entry a long name ('L') or target ('K'). */
export function gnuBlocks(type: 'K' | 'L', text: Buffer): Buffer[] {
  return [headerBlock({ name: '././@LongLink', type, size: text.length }), text, padding(text.length)];
}

function longName(name: string): Buffer[] {
  return name.length <= 100 ? [] : gnuBlocks('L', Buffer.from(`${name}\0`));
}

function padding(size: number): Buffer {
  return Buffer.alloc((blockSize - (size % blockSize)) % blockSize);
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
