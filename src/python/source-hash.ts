/** The first magic number of Python 3.11, which hashes with fewer rounds (Python/pyhash.c, _Py_KeyedHash). */
const firstWithSiphash13 = 3450;

/** Rounds for each word of the source, and at the end. */
const siphash13 = { each: 1, last: 3 };
const siphash24 = { each: 2, last: 4 };

/**
 * The hash of a source in the header of its .pyc (PEP 552): 8 bytes of SipHash, keyed by the magic number, with which
 * the .pyc begins. Node has no SipHash, and its BigInt is too slow for all sources of a Python.
 */
export function sourceHash(bytecode: Buffer, source: Buffer): Buffer {
  const rounds = bytecode.readUInt16LE() < firstWithSiphash13 ? siphash24 : siphash13;
  const state = new State(bytecode.readInt32LE());
  const whole = source.length - (source.length % 8);
  for (let at = 0; at < whole; at += 8)
    state.mix(source.readInt32LE(at), source.readInt32LE(at + 4), rounds.each);
  // The last word is the rest, with the length in its last byte.
  const rest = Buffer.alloc(8);
  source.copy(rest, 0, whole);
  rest.writeUInt8(source.length % 256, 7);
  state.mix(rest.readInt32LE(0), rest.readInt32LE(4), rounds.each);
  return state.finish(rounds.last);
}

/** The state of SipHash. Its constants are "somepseudorandomlygeneratedbytes". */
class State {
  readonly #a = new Word(0x70736575, 0x736f6d65);
  readonly #b = new Word(0x6e646f6d, 0x646f7261);
  readonly #c = new Word(0x6e657261, 0x6c796765);
  readonly #d = new Word(0x79746573, 0x74656462);

  /** A key of 128 bits, of which all but the lowest 32 are zero. */
  constructor(key: number) {
    this.#a.xor(key, 0);
    this.#c.xor(key, 0);
  }

  /** Mixes a word of the source into the state. */
  mix(low: number, high: number, rounds: number): void {
    this.#d.xor(low, high);
    for (let round = 0; round < rounds; round += 1) this.#round();
    this.#a.xor(low, high);
  }

  finish(rounds: number): Buffer {
    this.#c.xor(0xff, 0);
    for (let round = 0; round < rounds; round += 1) this.#round();
    for (const { low, high } of [this.#b, this.#c, this.#d]) this.#a.xor(low, high);
    const hash = Buffer.alloc(8);
    hash.writeInt32LE(this.#a.low, 0);
    hash.writeInt32LE(this.#a.high, 4);
    return hash;
  }

  #round(): void {
    this.#a.addAndTurn(this.#b, 13);
    this.#a.swap();
    this.#c.addAndTurn(this.#d, 16);
    this.#a.addAndTurn(this.#d, 21);
    this.#c.addAndTurn(this.#b, 17);
    this.#c.swap();
  }
}

/** A word of 64 bits. Its halves are signed, because Node calculates with these as integers. */
class Word {
  low: number;
  high: number;

  constructor(low: number, high: number) {
    this.low = low;
    this.high = high;
  }

  xor(low: number, high: number): void {
    this.low ^= low;
    this.high ^= high;
  }

  /** Adds the other word to this one. Rotates the other word to the left, and mixes this one into it. */
  addAndTurn(other: Word, bits: number): void {
    const { low, high } = other;
    this.low = (this.low + low) | 0;
    const carry = this.low >>> 0 < low >>> 0 ? 1 : 0;
    this.high = (this.high + high + carry) | 0;
    other.low = ((low << bits) | (high >>> (32 - bits))) ^ this.low;
    other.high = ((high << bits) | (low >>> (32 - bits))) ^ this.high;
  }

  /** Rotates by half of the word. */
  swap(): void {
    const { low, high } = this;
    this.low = high;
    this.high = low;
  }
}
