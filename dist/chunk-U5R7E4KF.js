import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  RelopackError,
  joinMessages,
  message,
  nearest,
  option,
  printable,
  quotedShellWord,
  reason,
  shellWord
} from "./chunk-GB2Y6REU.js";
import {
  version
} from "./chunk-BQFGKYJZ.js";
import {
  exec,
  require_tar_stream
} from "./chunk-Q3VMSAMT.js";
import {
  __commonJS,
  __toESM
} from "./chunk-LQK3ML4U.js";

// node_modules/picomatch/lib/constants.js
var require_constants = __commonJS({
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
    } = require_constants();
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
    exports.basename = (path, { windows } = {}) => {
      const segs = path.split(windows ? /[\\/]/ : "/");
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
    } = require_constants();
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
      const parts2 = [];
      let str = input;
      let index = -1;
      let start3 = 0;
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
          if (prev === CHAR_DOT && index === start3 + 1) {
            start3 += 2;
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
            if (code === CHAR_EXCLAMATION_MARK && index === start3) {
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
        if (opts.nonegate !== true && code === CHAR_EXCLAMATION_MARK && index === start3) {
          negated = token.negated = true;
          start3++;
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
      if (start3 > 0) {
        prefix = str.slice(0, start3);
        str = str.slice(start3);
        lastIndex -= start3;
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
        start: start3,
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
          const n2 = prevIndex !== void 0 ? prevIndex + 1 : start3;
          const i = slashes[idx];
          const value3 = input.slice(n2, i);
          if (opts.tokens) {
            if (idx === 0 && start3 !== 0) {
              tokens[idx].isPrefix = true;
              tokens[idx].value = prefix;
            } else {
              tokens[idx].value = value3;
            }
            depth(tokens[idx]);
            state.maxDepth += tokens[idx].depth;
          }
          if (i >= start3) {
            parts2.push(value3);
            prevIndex = i;
          }
        }
        const n = prevIndex !== void 0 ? prevIndex + 1 : start3;
        const value2 = input.slice(n);
        parts2.push(value2);
        if (opts.tokens && prevIndex && prevIndex + 1 < input.length) {
          tokens[tokens.length - 1].value = value2;
          depth(tokens[tokens.length - 1]);
          state.maxDepth += tokens[tokens.length - 1].depth;
        }
        state.slashes = slashes;
        state.parts = parts2;
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
    var constants6 = require_constants();
    var utils = require_utils();
    var {
      MAX_LENGTH,
      POSIX_REGEX_SOURCE,
      REGEX_NON_SPECIAL_CHARS,
      REGEX_SPECIAL_CHARS_BACKREF,
      REPLACEMENTS
    } = constants6;
    var expandRange = (args, options) => {
      if (typeof options.expandRange === "function") {
        return options.expandRange(...args, options);
      }
      args.sort();
      const value2 = `[${args.join("-")}]`;
      try {
        new RegExp(value2);
      } catch (ex) {
        return args.map((v) => utils.escapeRegex(v)).join("..");
      }
      return value2;
    };
    var syntaxError = (type, char) => {
      return `Missing ${type}: "${char}" - use "\\\\${char}" to match literal characters`;
    };
    var splitTopLevel = (input) => {
      const parts2 = [];
      let bracket = 0;
      let paren = 0;
      let quote2 = 0;
      let value2 = "";
      let escaped = false;
      for (const ch of input) {
        if (escaped === true) {
          value2 += ch;
          escaped = false;
          continue;
        }
        if (ch === "\\") {
          value2 += ch;
          escaped = true;
          continue;
        }
        if (ch === '"') {
          quote2 = quote2 === 1 ? 0 : 1;
          value2 += ch;
          continue;
        }
        if (quote2 === 0) {
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
              parts2.push(value2);
              value2 = "";
              continue;
            }
          }
        }
        value2 += ch;
      }
      parts2.push(value2);
      return parts2;
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
      let value2 = branch.trim();
      let changed3 = true;
      while (changed3 === true) {
        changed3 = false;
        if (/^@\([^\\()[\]{}|]+\)$/.test(value2)) {
          value2 = value2.slice(2, -1);
          changed3 = true;
        }
      }
      if (!isPlainBranch(value2)) {
        return;
      }
      return value2.replace(/\\(.)/g, "$1");
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
      let quote2 = 0;
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
          quote2 = quote2 === 1 ? 0 : 1;
          continue;
        }
        if (quote2 === 1) {
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
      let value2 = pattern.trim();
      let match = parseRepeatedExtglob(value2);
      while (match) {
        depth++;
        value2 = match.body.trim();
        match = parseRepeatedExtglob(value2);
      }
      return depth;
    };
    var analyzeRepeatedExtglob = (body, options) => {
      if (options.maxExtglobRecursion === false) {
        return { risky: false };
      }
      const max = typeof options.maxExtglobRecursion === "number" ? options.maxExtglobRecursion : constants6.DEFAULT_MAX_EXTGLOB_RECURSION;
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
        const literal2 = normalizeSimpleBranch(branch);
        if (literal2 && literal2.length === 1) {
          safeChars.push(literal2);
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
    var parse = (input, options) => {
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
      const PLATFORM_CHARS = constants6.globChars(opts.windows);
      const EXTGLOB_CHARS = constants6.extglobChars(PLATFORM_CHARS);
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
      let value2;
      const eos = () => state.index === len - 1;
      const peek = state.peek = (n = 1) => input[state.index + n];
      const advance = state.advance = () => input[++state.index] || "";
      const remaining = () => input.slice(state.index + 1);
      const consume = (value3 = "", num = 0) => {
        state.consumed += value3;
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
      const extglobOpen = (type, value3) => {
        const token = { ...EXTGLOB_CHARS[value3], conditions: 1, inner: "" };
        token.prev = prev;
        token.parens = state.parens;
        token.output = state.output;
        token.startIndex = state.index;
        token.tokensIndex = tokens.length;
        const output = (opts.capture ? "(" : "") + token.open;
        increment("parens");
        push2({ type, value: value3, output: state.output ? "" : ONE_CHAR });
        push2({ type: "paren", extglob: true, value: advance(), output });
        extglobs.push(token);
      };
      const extglobClose = (token) => {
        const literal2 = input.slice(token.startIndex, state.index + 1);
        const body = input.slice(token.startIndex + 2, state.index);
        const analysis = analyzeRepeatedExtglob(body, opts);
        if ((token.type === "plus" || token.type === "star") && analysis.risky) {
          const safeOutput = analysis.safeOutput ? (token.output ? "" : ONE_CHAR) + (opts.capture ? `(${analysis.safeOutput})` : analysis.safeOutput) : void 0;
          const open = tokens[token.tokensIndex];
          open.type = "text";
          open.value = literal2;
          open.output = safeOutput || utils.escapeRegex(literal2);
          for (let i = token.tokensIndex + 1; i < tokens.length; i++) {
            tokens[i].value = "";
            tokens[i].output = "";
            delete tokens[i].suffix;
          }
          state.output = token.output + open.output;
          state.backtrack = true;
          push2({ type: "paren", extglob: true, value: value2, output: "" });
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
            const expression = parse(rest, { ...options, fastpaths: false }).output;
            output = token.close = `)${expression})${extglobStar})`;
          }
          if (token.prev.type === "bos") {
            state.negatedExtglob = true;
          }
        }
        push2({ type: "paren", extglob: true, value: value2, output });
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
        value2 = advance();
        if (value2 === "\0") {
          continue;
        }
        if (value2 === "\\") {
          const next = peek();
          if (next === "/" && opts.bash !== true) {
            continue;
          }
          if (next === "." || next === ";") {
            continue;
          }
          if (!next) {
            value2 += "\\";
            push2({ type: "text", value: value2 });
            continue;
          }
          const match = /^\\+/.exec(remaining());
          let slashes = 0;
          if (match && match[0].length > 2) {
            slashes = match[0].length;
            state.index += slashes;
            if (slashes % 2 !== 0) {
              value2 += "\\";
            }
          }
          if (opts.unescape === true) {
            value2 = advance();
          } else {
            value2 += advance();
          }
          if (state.brackets === 0) {
            push2({ type: "text", value: value2 });
            continue;
          }
        }
        if (state.brackets > 0 && (value2 !== "]" || prev.value === "[" || prev.value === "[^")) {
          if (opts.posix !== false && value2 === ":") {
            const inner = prev.value.slice(1);
            if (inner.includes("[")) {
              prev.posix = true;
              if (inner.includes(":")) {
                const idx = prev.value.lastIndexOf("[");
                const pre = prev.value.slice(0, idx);
                const rest2 = prev.value.slice(idx + 2);
                const posix40 = POSIX_REGEX_SOURCE[rest2];
                if (posix40) {
                  prev.value = pre + posix40;
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
          if (value2 === "[" && peek() !== ":" || value2 === "-" && peek() === "]") {
            value2 = `\\${value2}`;
          }
          if (value2 === "]" && (prev.value === "[" || prev.value === "[^")) {
            value2 = `\\${value2}`;
          }
          if (opts.posix === true && value2 === "!" && prev.value === "[") {
            value2 = "^";
          }
          prev.value += value2;
          append({ value: value2 });
          continue;
        }
        if (state.quotes === 1 && value2 !== '"') {
          value2 = utils.escapeRegex(value2);
          prev.value += value2;
          append({ value: value2 });
          continue;
        }
        if (value2 === '"') {
          state.quotes = state.quotes === 1 ? 0 : 1;
          if (opts.keepQuotes === true) {
            push2({ type: "text", value: value2 });
          }
          continue;
        }
        if (value2 === "(") {
          increment("parens");
          push2({ type: "paren", value: value2 });
          continue;
        }
        if (value2 === ")") {
          if (state.parens === 0 && opts.strictBrackets === true) {
            throw new SyntaxError(syntaxError("opening", "("));
          }
          const extglob = extglobs[extglobs.length - 1];
          if (extglob && state.parens === extglob.parens + 1) {
            extglobClose(extglobs.pop());
            continue;
          }
          push2({ type: "paren", value: value2, output: state.parens ? ")" : "\\)" });
          decrement("parens");
          continue;
        }
        if (value2 === "[") {
          if (opts.nobracket === true || !remaining().includes("]")) {
            if (opts.nobracket !== true && opts.strictBrackets === true) {
              throw new SyntaxError(syntaxError("closing", "]"));
            }
            value2 = `\\${value2}`;
          } else {
            increment("brackets");
          }
          push2({ type: "bracket", value: value2 });
          continue;
        }
        if (value2 === "]") {
          if (opts.nobracket === true || prev && prev.type === "bracket" && prev.value.length === 1) {
            push2({ type: "text", value: value2, output: `\\${value2}` });
            continue;
          }
          if (state.brackets === 0) {
            if (opts.strictBrackets === true) {
              throw new SyntaxError(syntaxError("opening", "["));
            }
            push2({ type: "text", value: value2, output: `\\${value2}` });
            continue;
          }
          decrement("brackets");
          const prevValue = prev.value.slice(1);
          if (prev.posix !== true && prevValue[0] === "^" && !prevValue.includes("/")) {
            value2 = `/${value2}`;
          }
          prev.value += value2;
          append({ value: value2 });
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
        if (value2 === "{" && opts.nobrace !== true) {
          increment("braces");
          const open = {
            type: "brace",
            value: value2,
            output: "(",
            outputIndex: state.output.length,
            tokensIndex: state.tokens.length
          };
          braces.push(open);
          push2(open);
          continue;
        }
        if (value2 === "}") {
          const brace = braces[braces.length - 1];
          if (opts.nobrace === true || !brace) {
            push2({ type: "text", value: value2, output: value2 });
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
            value2 = output = "\\}";
            state.output = out;
            for (const t of toks) {
              state.output += t.output || t.value;
            }
          }
          push2({ type: "brace", value: value2, output });
          decrement("braces");
          braces.pop();
          continue;
        }
        if (value2 === "|") {
          if (extglobs.length > 0) {
            extglobs[extglobs.length - 1].conditions++;
          }
          push2({ type: "text", value: value2 });
          continue;
        }
        if (value2 === ",") {
          let output = value2;
          const brace = braces[braces.length - 1];
          if (brace && stack[stack.length - 1] === "braces") {
            brace.comma = true;
            output = "|";
          }
          push2({ type: "comma", value: value2, output });
          continue;
        }
        if (value2 === "/") {
          if (prev.type === "dot" && state.index === state.start + 1) {
            state.start = state.index + 1;
            state.consumed = "";
            state.output = "";
            tokens.pop();
            prev = bos;
            continue;
          }
          push2({ type: "slash", value: value2, output: SLASH_LITERAL });
          continue;
        }
        if (value2 === ".") {
          if (state.braces > 0 && prev.type === "dot") {
            if (prev.value === ".") prev.output = DOT_LITERAL;
            const brace = braces[braces.length - 1];
            prev.type = "dots";
            prev.output += value2;
            prev.value += value2;
            brace.dots = true;
            continue;
          }
          if (state.braces + state.parens === 0 && prev.type !== "bos" && prev.type !== "slash") {
            push2({ type: "text", value: value2, output: DOT_LITERAL });
            continue;
          }
          push2({ type: "dot", value: value2, output: DOT_LITERAL });
          continue;
        }
        if (value2 === "?") {
          const isGroup = prev && prev.value === "(";
          if (!isGroup && opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
            extglobOpen("qmark", value2);
            continue;
          }
          if (prev && prev.type === "paren") {
            const next = peek();
            let output = value2;
            if (prev.value === "(" && !/[!=<:]/.test(next) || next === "<" && !/<([!=]|\w+>)/.test(remaining())) {
              output = `\\${value2}`;
            }
            push2({ type: "text", value: value2, output });
            continue;
          }
          if (opts.dot !== true && (prev.type === "slash" || prev.type === "bos")) {
            push2({ type: "qmark", value: value2, output: QMARK_NO_DOT });
            continue;
          }
          push2({ type: "qmark", value: value2, output: QMARK });
          continue;
        }
        if (value2 === "!") {
          if (opts.noextglob !== true && peek() === "(") {
            if (peek(2) !== "?" || !/[!=<:]/.test(peek(3))) {
              extglobOpen("negate", value2);
              continue;
            }
          }
          if (opts.nonegate !== true && state.index === 0) {
            negate();
            continue;
          }
        }
        if (value2 === "+") {
          if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
            extglobOpen("plus", value2);
            continue;
          }
          if (prev && prev.value === "(" || opts.regex === false) {
            push2({ type: "plus", value: value2, output: PLUS_LITERAL });
            continue;
          }
          if (prev && (prev.type === "bracket" || prev.type === "paren" || prev.type === "brace") || state.parens > 0) {
            push2({ type: "plus", value: value2 });
            continue;
          }
          push2({ type: "plus", value: PLUS_LITERAL });
          continue;
        }
        if (value2 === "@") {
          if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
            push2({ type: "at", extglob: true, value: value2, output: "" });
            continue;
          }
          push2({ type: "text", value: value2 });
          continue;
        }
        if (value2 !== "*") {
          if (value2 === "$" || value2 === "^") {
            value2 = `\\${value2}`;
          }
          const match = REGEX_NON_SPECIAL_CHARS.exec(remaining());
          if (match) {
            value2 += match[0];
            state.index += match[0].length;
          }
          push2({ type: "text", value: value2 });
          continue;
        }
        if (prev && (prev.type === "globstar" || prev.star === true)) {
          prev.type = "star";
          prev.star = true;
          prev.value += value2;
          prev.output = star;
          state.backtrack = true;
          state.globstar = true;
          consume(value2);
          continue;
        }
        let rest = remaining();
        if (opts.noextglob !== true && /^\([^?]/.test(rest)) {
          extglobOpen("star", value2);
          continue;
        }
        if (prev.type === "star") {
          if (opts.noglobstar === true) {
            consume(value2);
            continue;
          }
          const prior = prev.prev;
          const before = prior.prev;
          const isStart = prior.type === "slash" || prior.type === "bos";
          const afterStar = before && (before.type === "star" || before.type === "globstar");
          if (opts.bash === true && (!isStart || rest[0] && rest[0] !== "/")) {
            push2({ type: "star", value: value2, output: "" });
            continue;
          }
          const isBrace = state.braces > 0 && (prior.type === "comma" || prior.type === "brace");
          const isExtglob = extglobs.length && (prior.type === "pipe" || prior.type === "paren");
          if (!isStart && prior.type !== "paren" && !isBrace && !isExtglob) {
            push2({ type: "star", value: value2, output: "" });
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
            prev.value += value2;
            prev.output = globstar(opts);
            state.output = prev.output;
            state.globstar = true;
            consume(value2);
            continue;
          }
          if (prior.type === "slash" && prior.prev.type !== "bos" && !afterStar && isEnd) {
            state.output = state.output.slice(0, -(prior.output + prev.output).length);
            prior.output = `(?:${prior.output}`;
            prev.type = "globstar";
            prev.output = globstar(opts) + (opts.strictSlashes ? ")" : "|$)");
            prev.value += value2;
            state.globstar = true;
            state.output += prior.output + prev.output;
            consume(value2);
            continue;
          }
          if (prior.type === "slash" && prior.prev.type !== "bos" && rest[0] === "/") {
            const end2 = rest[1] !== void 0 ? "|$" : "";
            state.output = state.output.slice(0, -(prior.output + prev.output).length);
            prior.output = `(?:${prior.output}`;
            prev.type = "globstar";
            prev.output = `${globstar(opts)}${SLASH_LITERAL}|${SLASH_LITERAL}${end2})`;
            prev.value += value2;
            state.output += prior.output + prev.output;
            state.globstar = true;
            consume(value2 + advance());
            push2({ type: "slash", value: "/", output: "" });
            continue;
          }
          if (prior.type === "bos" && rest[0] === "/") {
            prev.type = "globstar";
            prev.value += value2;
            prev.output = `(?:^|${SLASH_LITERAL}|${globstar(opts)}${SLASH_LITERAL})`;
            state.output = prev.output;
            state.globstar = true;
            consume(value2 + advance());
            push2({ type: "slash", value: "/", output: "" });
            continue;
          }
          state.output = state.output.slice(0, -prev.output.length);
          prev.type = "globstar";
          prev.output = globstar(opts);
          prev.value += value2;
          state.output += prev.output;
          state.globstar = true;
          consume(value2);
          continue;
        }
        const token = { type: "star", value: value2, output: star };
        if (opts.bash === true) {
          token.output = ".*?";
          if (prev.type === "bos" || prev.type === "slash") {
            token.output = nodot + token.output;
          }
          push2(token);
          continue;
        }
        if (prev && (prev.type === "bracket" || prev.type === "paren") && opts.regex === true) {
          token.output = value2;
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
    parse.fastpaths = (input, options) => {
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
      } = constants6.globChars(opts.windows);
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
    module.exports = parse;
  }
});

// node_modules/picomatch/lib/picomatch.js
var require_picomatch = __commonJS({
  "node_modules/picomatch/lib/picomatch.js"(exports, module) {
    "use strict";
    var scan = require_scan();
    var parse = require_parse();
    var utils = require_utils();
    var constants6 = require_constants();
    var isObject2 = (val) => val && typeof val === "object" && !Array.isArray(val);
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
      const isState = isObject2(glob) && glob.tokens && glob.input;
      if (glob === "" || typeof glob !== "string" && !isState) {
        throw new TypeError("Expected pattern to be a non-empty string");
      }
      const opts = options || {};
      const posix40 = opts.windows;
      const regex = isState ? picomatch4.compileRe(glob, options) : picomatch4.makeRe(glob, options, false, true);
      const state = regex.state;
      delete regex.state;
      let isIgnored = () => false;
      if (opts.ignore) {
        const ignoreOpts = { ...options, ignore: null, onMatch: null, onResult: null };
        isIgnored = picomatch4(opts.ignore, ignoreOpts, returnState);
      }
      const matcher = (input, returnObject = false) => {
        const { isMatch, match, output } = picomatch4.test(input, regex, options, { glob, posix: posix40 });
        const result = { glob, state, regex, posix: posix40, input, output, match, isMatch };
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
    picomatch4.test = (input, regex, options, { glob, posix: posix40 } = {}) => {
      if (typeof input !== "string") {
        throw new TypeError("Expected input to be a string");
      }
      if (input === "") {
        return { isMatch: false, output: "" };
      }
      const opts = options || {};
      const format = opts.format || (posix40 ? utils.toPosixSlashes : null);
      let match = input === glob;
      let output = match && format ? format(input) : input;
      if (match === false) {
        output = format ? format(input) : input;
        match = output === glob;
      }
      if (match === false || opts.capture === true) {
        if (opts.matchBase === true || opts.basename === true) {
          match = picomatch4.matchBase(input, regex, options, posix40);
        } else {
          match = regex.exec(output);
        }
      }
      return { isMatch: Boolean(match), match, output };
    };
    picomatch4.matchBase = (input, glob, options, posix40 = options && options.windows) => {
      const regex = glob instanceof RegExp ? glob : picomatch4.makeRe(glob, options);
      return regex.test(utils.basename(input, { windows: posix40 }));
    };
    picomatch4.isMatch = (str, patterns, options) => picomatch4(patterns, options)(str);
    picomatch4.parse = (pattern, options) => {
      if (Array.isArray(pattern)) return pattern.map((p) => picomatch4.parse(p, options));
      return parse(pattern, { ...options, fastpaths: false });
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
        parsed.output = parse.fastpaths(input, options);
      }
      if (!parsed.output) {
        parsed = parse(input, options);
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
    picomatch4.constants = constants6;
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

// src/common/format-bytes.ts
function megabytes(bytes, decimals = bytes < 1e7 ? 2 : 1) {
  return `${(bytes / 1e6).toFixed(decimals)} MB`;
}

// src/plan/archive-path.ts
import { posix } from "node:path";
var pythonPath = "bin/python3";
var loaderPath = "libexec/ld.so";
function launcherPath({ version: version3 }) {
  return `bin/python${version3}`;
}
function startPath({ version: version3 }) {
  return `libexec/loader/python${version3}`;
}
function interpreterPath({ version: version3 }) {
  return `libexec/python${version3}`;
}
var keptApart = /^(?:local|etc|host)\//;
function archivePath(canonical, interpreter2) {
  if (canonical === interpreter2.path) return interpreterPath(interpreter2);
  if (canonical === interpreter2.loader) return loaderPath;
  const inPrefix = pathBelow(canonical, interpreter2.prefix);
  if (inPrefix !== void 0 && !keptApart.test(inPrefix)) return inPrefix.replace(/^sbin\//, "bin/");
  return canonical.startsWith("/etc/") ? canonical.slice(1) : `host${canonical}`;
}
function relativePath(from2, path) {
  return posix.relative(`/${from2}`, `/${path}`) || ".";
}
function pathBelow(path, directory2) {
  const front = directory2 === "/" ? "/" : `${directory2}/`;
  return path.startsWith(front) ? path.slice(front.length) : void 0;
}

// src/plan/programs/program.ts
import { posix as posix2 } from "node:path";

// src/elf/format.ts
function layout(size, fields) {
  return { size, fields };
}
var common = {
  verneed: layout(16, { count: [2, 2], file: [4, 4], aux: [8, 4], next: [12, 4] }),
  vernaux: layout(16, { name: [8, 4], next: [12, 4] }),
  verdef: layout(20, { count: [6, 2], aux: [12, 4], next: [16, 4] }),
  verdaux: layout(8, { name: [0, 4], next: [4, 4] }),
  note: layout(12, { namesz: [0, 4], descsz: [4, 4], type: [8, 4] }),
  // The description of NT_GNU_ABI_TAG, and the start of a property in NT_GNU_PROPERTY_TYPE_0.
  abiTag: layout(16, { os: [0, 4], major: [4, 4], minor: [8, 4], patch: [12, 4] }),
  property: layout(8, { type: [0, 4], size: [4, 4] }),
  word: layout(4, { value: [0, 4] })
};
var elf64 = {
  ...common,
  /** The size of an address or offset in bytes. The properties of a note are padded to it. */
  wordSize: 8,
  /** No address or offset exceeds this limit. JavaScript adds two of them exactly. */
  maxAddress: 2 ** 52,
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
  symbol: layout(24, { name: [0, 4], section: [6, 2], value: [8, 8], size: [16, 8] }),
  rela: layout(24, { offset: [0, 8], info: [8, 8] })
};
var elf32 = {
  ...common,
  wordSize: 4,
  maxAddress: 2 ** 32,
  header: layout(52, {
    type: [16, 2],
    machine: [18, 2],
    phoff: [28, 4],
    shoff: [32, 4],
    phentsize: [42, 2],
    phnum: [44, 2],
    shentsize: [46, 2],
    shnum: [48, 2]
  }),
  segment: layout(32, {
    type: [0, 4],
    offset: [4, 4],
    vaddr: [8, 4],
    paddr: [12, 4],
    filesz: [16, 4],
    memsz: [20, 4],
    flags: [24, 4],
    align: [28, 4]
  }),
  section: layout(40, {
    type: [4, 4],
    flags: [8, 4],
    addr: [12, 4],
    offset: [16, 4],
    size: [20, 4],
    link: [24, 4],
    addralign: [32, 4]
  }),
  dynamic: layout(8, { tag: [0, 4], value: [4, 4] }),
  symbol: layout(16, { name: [0, 4], section: [14, 2], value: [4, 4], size: [8, 4] }),
  rela: layout(12, { offset: [0, 4], info: [4, 4] })
};
var Ident = { class: 4, byteOrder: 5 };
var ObjectType = { rel: 1, exec: 2, dyn: 3 };
var SegmentType = {
  null: 0,
  load: 1,
  dynamic: 2,
  interp: 3,
  note: 4,
  phdr: 6,
  gnuEhFrame: 1685382480,
  gnuProperty: 1685382483
};
var SegmentFlag = { write: 2, read: 4 };
var SectionType = {
  null: 0,
  progbits: 1,
  symtab: 2,
  strtab: 3,
  rela: 4,
  hash: 5,
  dynamic: 6,
  note: 7,
  nobits: 8,
  rel: 9,
  dynsym: 11,
  relr: 19,
  gnuHash: 1879048182,
  gnuVerdef: 1879048189,
  gnuVerneed: 1879048190,
  gnuVersym: 1879048191
};
var SectionFlag = { alloc: 2, code: 4, tls: 1024 };
var Tag = {
  null: 0,
  needed: 1,
  hash: 4,
  strtab: 5,
  symtab: 6,
  rela: 7,
  relasz: 8,
  strsz: 10,
  soname: 14,
  rpath: 15,
  rel: 17,
  jmprel: 23,
  runpath: 29,
  relr: 36,
  ownVariables: 1616007243,
  gnuHash: 1879047925,
  config: 1879047930,
  depaudit: 1879047931,
  audit: 1879047932,
  versym: 1879048176,
  flags1: 1879048187,
  relacount: 1879048185,
  relcount: 1879048186,
  verdef: 1879048188,
  verdefnum: 1879048189,
  verneed: 1879048190,
  verneednum: 1879048191,
  auxiliary: 2147483645,
  filter: 2147483647
};
var machinesWith4KiBPages = /* @__PURE__ */ new Set([
  3,
  // EM_386
  22,
  // EM_S390
  62,
  // EM_X86_64
  243
  // EM_RISCV
]);
function maxPageSize(machine2) {
  return machinesWith4KiBPages.has(machine2) ? 4096 : 65536;
}

// src/host/executable.ts
function isExecutable(root, path) {
  const stats = root.stat(path);
  return stats?.isFile() === true && (stats.mode & 73) !== 0;
}

// src/plan/programs/program.ts
var directory = "libexec/programs/";
function programPath(path) {
  return directory + path;
}
function launcherOf(path) {
  return path.startsWith(directory) ? path.slice(directory.length) : void 0;
}
function isProgram(root, interpreter2, { selected: { host }, image }) {
  if (image.interpreter === void 0 || host === interpreter2.path) return false;
  const isLibrary = image.type === ObjectType.dyn && image.soname !== void 0 && !image.isPie;
  return !isLibrary && isExecutable(root, host);
}
function directoriesOf(runpath, origin) {
  return runpath.split(":").filter(Boolean).map((way) => posix2.join(way.replace("$ORIGIN", origin)));
}

// src/plan/reason.ts
function explain(reason2) {
  switch (reason2.kind) {
    case "interpreter":
      return "the interpreter";
    case "loader":
      return "the interpreter's loader, ld.so";
    case "requested":
      return `requested as ${reason2.request}`;
    case "required": {
      const { by, capability, through = [] } = reason2;
      return `required by ${[by, ...through].join(" \u2192 ")} (${capability})`;
    }
    case "needed":
      return `${reason2.soname} needed by ${reason2.by}`;
    case "dlopened": {
      const { soname, by, feature, priority } = reason2;
      return `${soname} dlopen'ed by ${by} (${feature === void 0 ? "" : `${feature}, `}${priority})`;
    }
    case "declared":
      return `declared by ${reason2.by} (${reason2.capability}), loaded at run time`;
    case "runtime":
      return `loaded at run time by ${reason2.by}`;
    case "platform":
      return "always packed, for wheels installed later";
    case "named":
      return `named in ${reason2.by}`;
    case "included":
      return `included by ${reason2.glob}`;
    case "imported":
      return `imported by ${reason2.by}`;
    case "linked":
      return `${reason2.by} leads to it`;
    case "license":
      return reason2.from === void 0 ? "license text" : `license text from ${reason2.from}`;
    case "added":
      return "made by relopack";
  }
}

// src/rpm/package.ts
var FileFlag = { doc: 2, missingok: 8, ghost: 64, license: 128, artifact: 4096 };
function isDirectory({ mode }) {
  return (mode & 61440) === 16384;
}
function isRegular({ mode }) {
  return (mode & 61440) === 32768;
}
function nevra(pkg) {
  return pkg.arch === "" ? `${pkg.name}-${pkg.evr}` : `${pkg.name}-${pkg.evr}.${pkg.arch}`;
}

// src/manifest/manifest.ts
var manifestName = "manifest.json";
function describePlan(plan, contents) {
  const { interpreter: interpreter2, requirements: requirements2 } = plan;
  const needs = privateNeeds(plan);
  const files = plan.entries.flatMap(
    (entry) => entry.type === "directory" ? [] : [{ ...describeEntry(entry, contents.get(entry.path)), ...describeElf(entry, needs, plan) }]
  );
  return {
    relopack: version,
    python: { version: interpreter2.version, release: interpreter2.release, executable: pythonPath },
    arch: interpreter2.package.arch,
    ...requirements2.glibc === void 0 ? {} : { glibc: requirements2.glibc },
    builtOn: plan.distribution.name,
    needs: {
      ...requirements2.kernel === void 0 ? {} : { kernel: requirements2.kernel },
      ...requirements2.isaLevel === void 0 ? {} : { isaLevel: requirements2.isaLevel }
    },
    libraryDirectories: [...plan.libraries.shared],
    modules: plan.modules.map(({ request, package: pkg, imports: imports2 }) => ({
      word: request,
      package: nevra(pkg),
      imports: imports2
    })),
    packages: describePackages(plan.packages, files),
    leftOut: plan.leftOut.map(({ package: pkg, chain: chain2 }) => ({ package: nevra(pkg), chain: chain2 })),
    files,
    directories: plan.entries.filter(({ type }) => type === "directory").map((entry) => ({ ...describePlace(entry), mode: formatMode(entry.mode) }))
  };
}
function formatManifest(manifest) {
  const fields = Object.entries(manifest).map(([name3, value2]) => {
    if (!Array.isArray(value2) || value2.length === 0)
      return `  ${JSON.stringify(name3)}: ${JSON.stringify(value2)}`;
    return `  ${JSON.stringify(name3)}: [
${value2.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}
  ]`;
  });
  return `{
${fields.join(",\n")}
}
`;
}
function formatMode(mode) {
  return mode.toString(8).padStart(4, "0");
}
function describePackages(packages, files) {
  const sizes = /* @__PURE__ */ new Map();
  for (const { package: pkg, size } of files) {
    if (pkg !== void 0) sizes.set(pkg, (sizes.get(pkg) ?? 0) + (size ?? 0));
  }
  return [...packages].map(([pkg, reason2]) => ({
    nevra: nevra(pkg),
    name: pkg.name,
    license: pkg.license,
    source: pkg.sourceRpm,
    url: pkg.url,
    vendor: pkg.vendor,
    reason: explain(reason2),
    size: sizes.get(nevra(pkg)) ?? 0
  })).sort((a, b) => a.nevra < b.nevra ? -1 : 1);
}
function privateNeeds({ entries, libraries: { byFile, shared: shared2 } }) {
  const paths = new Set(entries.map(({ path }) => path));
  const standard = (name3) => shared2.map((directory2) => `${directory2}/${name3}`).find((path) => paths.has(path));
  return new Map(
    [...byFile].flatMap(([host, { needs }]) => {
      const own2 = [...needs].filter(([name3, path]) => path !== standard(name3));
      return own2.length === 0 ? [] : [[host, Object.fromEntries(own2)]];
    })
  );
}
function describeEntry(entry, content) {
  const { path, ...place } = describePlace(entry);
  return {
    path,
    type: entry.type,
    ...entry.type === "symlink" ? {} : { mode: formatMode(entry.mode) },
    ...entry.type === "file" ? content ?? { size: entry.size } : { target: entry.target },
    ...place
  };
}
function describePlace({
  path,
  package: owner,
  reason: reason2
}) {
  return { path, ...owner === void 0 ? {} : { package: owner }, reason: explain(reason2) };
}
function describeElf(entry, needs, { data, missing }) {
  if (entry.type !== "file" || entry.source.kind !== "host") return {};
  const { host } = entry.source;
  const launcher2 = launcherOf(entry.path);
  const [own2, problem, absent2] = [needs.get(host), data.get(host), missing.get(host)];
  return {
    ...launcher2 === void 0 ? {} : { launcher: launcher2 },
    ...own2 === void 0 ? {} : { needs: own2 },
    ...problem === void 0 ? {} : { data: problem },
    ...absent2 === void 0 ? {} : { missing: absent2 }
  };
}

// src/manifest/table.ts
function planTable(manifest, more = []) {
  const total = manifest.packages.reduce((sum, { size }) => sum + size, 0);
  const width = Math.max(...manifest.packages.map(({ nevra: nevra2 }) => nevra2.length));
  const rows = [...manifest.packages].sort((a, b) => b.size - a.size).map(({ nevra: nevra2, size, reason: reason2 }) => `${nevra2.padEnd(width)}  ${megabytes(size, 2).padStart(9)}  ${reason2}`);
  const left = manifest.leftOut.map(
    ({ package: pkg, chain: chain2 }) => `${pkg.padEnd(width)}  ${chain2.join(" \u2192 ")}`
  );
  return [
    `Python ${manifest.python.release} of ${manifest.builtOn}, ${manifest.arch}`,
    "",
    ...rows,
    "",
    `${manifest.packages.length} packages, ${manifest.files.length} files, ${megabytes(total, 2)} unpacked`,
    ...left.length === 0 ? [] : ["", "Left out, although a Requires leads to it:", ...left],
    ...more.length === 0 ? [] : ["", ...more],
    ""
  ].join("\n");
}

// src/common/scratch.ts
import { randomBytes } from "node:crypto";
import { lstatSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
var live = /* @__PURE__ */ new Set();
var maxAge = 24 * 3600 * 1e3;
var signals = ["SIGINT", "SIGTERM"];
async function withScratch(directory2, name3, use) {
  removeAbandoned(directory2, name3);
  const path = join(directory2, `.${name3}.${namespace()}-${process.pid}-${randomBytes(4).toString("hex")}`);
  if (live.size === 0) listen();
  live.add(path);
  try {
    return await use(path);
  } finally {
    remove(path);
    live.delete(path);
    if (live.size === 0) unlisten();
  }
}
function removeAbandoned(directory2, name3) {
  for (const found of list(directory2)) {
    const path = join(directory2, found);
    const stats = live.has(path) ? void 0 : lstatSync(path, { throwIfNoEntry: false });
    if (stats?.uid === process.geteuid?.() && isAbandoned(found, name3, stats?.mtimeMs ?? 0)) remove(path);
  }
}
function isAbandoned(found, name3, changed3) {
  const [, of, pid] = found.startsWith(`.${name3}.`) && /^(\d+)-(\d+)-[0-9a-f]{8}$/.exec(found.slice(name3.length + 2)) || [];
  if (pid === void 0) return false;
  if (of !== namespace()) return Date.now() - changed3 > maxAge;
  return Number(pid) === process.pid || !runs(Number(pid));
}
function namespace() {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}
function list(directory2) {
  try {
    return readdirSync(directory2);
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
function remove(path) {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
  }
}
function removeLive() {
  for (const path of live) remove(path);
}
function listen() {
  process.on("exit", removeLive);
  for (const signal of signals) process.on(signal, endBy);
}
function unlisten() {
  process.off("exit", removeLive);
  for (const signal of signals) process.off(signal, endBy);
}
function endBy(signal) {
  removeLive();
  unlisten();
  process.kill(process.pid, signal);
  process.exit(128 + constants.signals[signal]);
}

// src/archive/output-error.ts
var anotherDirectory = message`Give a directory that you may write to with ${option("output")}.`;
var moreRoom = message`Free some room, or give a directory on another disk with ${option("output")}.`;
var causes = {
  ENOENT: [
    "its directory does not exist",
    message`Create the directory, or give another one with ${option("output")}.`
  ],
  ENOTDIR: ["a part of its path is not a directory", message`Give another path with ${option("output")}.`],
  EACCES: ["its directory is not writable", anotherDirectory],
  EPERM: ["its directory does not allow it", anotherDirectory],
  EROFS: [
    "its file system is read-only",
    message`Give a directory on another file system with ${option("output")}.`
  ],
  ENOSPC: ["the disk is full", moreRoom],
  EDQUOT: ["the disk quota is used up", moreRoom],
  EFBIG: ["it is larger than allowed here", "Raise the limit (ulimit -f), or use another file system."],
  ENAMETOOLONG: ["its name is too long", message`Give a shorter name with ${option("output")}.`]
};
function orOutputError(path, action) {
  try {
    return action();
  } catch (error) {
    throw outputError(path, error);
  }
}
function outputError(path, cause) {
  if (!(cause instanceof Error && "code" in cause && typeof cause.code === "string")) return cause;
  const [problem, remedy] = causes[cause.code] ?? [
    cause.message,
    message`Give another path with ${option("output")}.`
  ];
  return new RelopackError("output", `cannot write ${path}: ${problem}`, remedy, { cause });
}

// src/verify/verify.ts
import { basename, join as join7 } from "node:path";

// src/archive/checksum.ts
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { pipeline } from "node:stream/promises";
var lineStart = /^\\?([0-9a-f]{64}) [ *]/;
function checksumPath(archive) {
  return `${archive}.sha256`;
}
function formatChecksum(sha256, name3) {
  const escaped = name3.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/\r/g, "\\r");
  return `${escaped === name3 ? "" : "\\"}${sha256}  ${escaped}
`;
}
async function matchesChecksum(archive) {
  const path = checksumPath(archive);
  if (!existsSync(path)) return void 0;
  const expected = lineStart.exec(readText(path))?.[1];
  if (expected === void 0) throw unreadable(path, "it does not begin with a line of sha256sum");
  return await sha256Of(archive) === expected;
}
async function sha256Of(path) {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw unreadable(path, error);
  }
  return hash.digest("hex");
}
function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw unreadable(path, error);
  }
}
function unreadable(path, cause) {
  return new RelopackError(
    "file-missing",
    `cannot read ${path}: ${reason(cause)}`,
    "Fetch the archive and its checksum again, or delete the .sha256 file to skip this check.",
    { cause }
  );
}

// src/archive/limits.ts
import { statSync } from "node:fs";
var MiB = 1024 ** 2;
function limitsFor(archive) {
  const size = statSync(archive, { throwIfNoEntry: false })?.size ?? 0;
  return {
    maxSize: 128 * MiB + 10 * size,
    maxEntries: 5e3 + Math.floor(size / 1e3),
    maxManifestSize: 4 * MiB + Math.floor(size / 2),
    maxLookups: 1e6 + Math.floor(size / 10)
  };
}
var unlimited = {
  maxSize: Infinity,
  maxEntries: Infinity,
  maxManifestSize: Infinity,
  maxLookups: Infinity
};

// src/archive/unpack.ts
var import_tar_stream2 = __toESM(require_tar_stream(), 1);
import { createReadStream as createReadStream2, mkdirSync as mkdirSync2 } from "node:fs";
import { pipeline as pipeline2 } from "node:stream/promises";
import { createGunzip } from "node:zlib";

// src/archive/tree.ts
import { posix as posix4 } from "node:path";

// src/host/links-inside-root.ts
import { lstatSync as lstatSync2, readlinkSync as readlinkSync3 } from "node:fs";
import { posix as posix3 } from "node:path";

// src/host/file-name.ts
import { isUtf8 } from "node:buffer";
function fileName(bytes) {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  let name3 = "";
  let at = 0;
  while (at < bytes.length) {
    const start3 = at;
    const length = [1, 2, 3, 4].find((n) => isUtf8(bytes.subarray(start3, start3 + n)));
    name3 += length === void 0 ? String.fromCharCode(56320 + bytes.readUInt8(at)) : bytes.toString("utf8", at, at + length);
    at += length ?? 1;
  }
  return name3;
}

// src/host/read-file.ts
import { closeSync, constants as constants2, fstatSync, openSync, readlinkSync as readlinkSync2, readSync, realpathSync } from "node:fs";
var readOnly = constants2.O_RDONLY | constants2.O_NOFOLLOW | constants2.O_NONBLOCK | constants2.O_NOCTTY;
var pathOnly = 2097152;
var directoryOnly = pathOnly | constants2.O_DIRECTORY | constants2.O_NOFOLLOW;
var absences = /* @__PURE__ */ new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "EINVAL"]);
var prohibitions = /* @__PURE__ */ new Set(["EACCES", "EPERM"]);
var replacements = /* @__PURE__ */ new Set(["ELOOP", "ENOTDIR"]);
var maxSize = 2 ** 31 - 1;
function withOpenFile(onDisk, path, use) {
  return withOpen(onDisk, path, readOnly, (file) => {
    if (!fstatSync(file).isFile()) throw changed(path, "is no longer a regular file");
    return use(file);
  });
}
function withOpenDirectory(onDisk, path, use) {
  return withOpen(
    onDisk,
    path,
    directoryOnly,
    (directory2) => use(nameOf(directory2) === void 0 ? onDisk : `/proc/self/fd/${directory2}`)
  );
}
function contentOf(file, path) {
  const { size } = fstatSync(file);
  if (size > maxSize) throw tooLarge(path, size);
  const bytes = Buffer.alloc(size + 1);
  let length = 0;
  for (let count = -1; count !== 0 && length < bytes.length; length += count)
    count = readSync(file, bytes, length, Math.min(bytes.length - length, maxSize), length);
  if (length !== size) throw changed(path, "changes its size");
  return bytes.subarray(0, size);
}
function withOpen(onDisk, path, flags, use) {
  let descriptor;
  try {
    descriptor = openSync(onDisk, flags);
    const name3 = nameOf(descriptor) ?? realpathSync(onDisk);
    if (name3 !== onDisk) throw changed(path, "was replaced");
    return use(descriptor);
  } catch (error) {
    if (error instanceof RelopackError) throw error;
    if (hasCode(error, replacements)) throw changed(path, "was replaced");
    throw unreadable2(path, reason(error), error);
  } finally {
    if (descriptor !== void 0) closeSync(descriptor);
  }
}
function nameOf(descriptor) {
  try {
    return readlinkSync2(`/proc/self/fd/${descriptor}`);
  } catch {
    return void 0;
  }
}
function isAbsence(error) {
  return hasCode(error, absences);
}
function hasCode(error, codes) {
  return error instanceof Error && "code" in error && codes.has(error.code);
}
function unreadable2(path, why, cause) {
  return new RelopackError(
    "file-missing",
    `${path} cannot be read from the host: ${why}`,
    hasCode(cause, prohibitions) ? "Run as a user who may read it." : "Reinstall the package that owns it.",
    { cause }
  );
}
function changed(path, how) {
  return new RelopackError(
    "file-changed",
    `${path} ${how} while relopack reads the host`,
    "Run relopack again when no program changes the host."
  );
}
function tooLarge(path, size) {
  return new RelopackError(
    "file-missing",
    `${path} cannot be read from the host: it has ${size} bytes, and the limit is 2 GiB`,
    message`Leave it out with ${option("exclude")}.`
  );
}

// src/host/links-inside-root.ts
var maxLinks = 40;
var loneSurrogate = new RegExp("\\p{Surrogate}", "u");
var LinksInsideRoot = class {
  /** The text before a path inside the root that makes it a path on the disk. It is empty for `/`. */
  #prefix;
  #directories = /* @__PURE__ */ new Map();
  #stats = /* @__PURE__ */ new Map();
  /** `root` is a real path: absolute, without links. */
  constructor(root) {
    this.#prefix = root === "/" ? "" : root;
  }
  /** Finds the target of a path, with all links followed. Undefined if nothing is there. */
  find(path) {
    const canonical = this.canonical(path);
    const stats = canonical === void 0 ? void 0 : this.examine(canonical);
    if (canonical === void 0 || stats === void 0) return void 0;
    return stats.isSymbolicLink() ? this.#walk(canonical) : { path: canonical, stats };
  }
  /**
   * Follows the links of the directory and keeps the last component, which may be a link or absent. Paths in this form
   * tell whether two packages have the same file. Returns undefined if the directory does not exist.
   */
  canonical(path) {
    const cut = Math.max(path.lastIndexOf("/"), 0);
    const name3 = path.slice(cut + 1);
    if (isStep(name3)) return this.#walk(path)?.path;
    const directory2 = this.directory(path.slice(0, cut));
    return directory2 === void 0 ? void 0 : join2(directory2, name3);
  }
  /** The canonical path of a directory, with all links followed; undefined if it is not a directory. */
  directory(path) {
    const known3 = this.#directories.get(path);
    if (known3 !== void 0 || this.#directories.has(path)) return known3;
    const found = this.#walk(path);
    const directory2 = found?.stats.isDirectory() ? found.path : void 0;
    this.#directories.set(path, directory2);
    return directory2;
  }
  /** The stats of a canonical path by lstat, which does not follow a link. */
  examine(canonical) {
    const known3 = this.#stats.get(canonical);
    if (known3 !== void 0 || this.#stats.has(canonical)) return known3;
    const stats = this.#lstat(canonical);
    this.#stats.set(canonical, stats);
    return stats;
  }
  /** The target of a link, as it is written. `canonical` is the canonical path of the link. */
  target(canonical) {
    const { dir, base } = posix3.parse(this.outside(canonical));
    return withOpenDirectory(dir, canonical, (directory2) => {
      try {
        return fileName(readlinkSync3(`${directory2}/${base}`, { encoding: "buffer" }));
      } catch (error) {
        if (isAbsence(error)) return void 0;
        throw error;
      }
    });
  }
  /** The path on the disk, outside of the root. */
  outside(canonical) {
    return canonical === "/" ? this.#prefix || "/" : this.#prefix + canonical;
  }
  /** Resolves one component after the other, as in path_resolution(7). */
  #walk(path) {
    const pending = path.split("/").reverse();
    let at = "/";
    let links = 0;
    for (let name3 = pending.pop(); name3 !== void 0; name3 = pending.pop()) {
      if (name3 === "" || name3 === ".") continue;
      if (name3 === "..") {
        at = at.slice(0, Math.max(1, at.lastIndexOf("/")));
        continue;
      }
      const next = join2(at, name3);
      const stats2 = this.examine(next);
      if (stats2?.isSymbolicLink()) {
        links += 1;
        const target = this.target(next);
        if (links > maxLinks || target === void 0) return void 0;
        if (target.startsWith("/")) at = "/";
        pending.push(...target.split("/").reverse());
      } else if (stats2?.isDirectory() || stats2 !== void 0 && pending.length === 0) {
        at = next;
      } else {
        return void 0;
      }
    }
    const stats = this.examine(at);
    return stats && { path: at, stats };
  }
  #lstat(canonical) {
    if (loneSurrogate.test(canonical)) return void 0;
    try {
      return lstatSync2(this.outside(canonical), { throwIfNoEntry: false });
    } catch (error) {
      if (isAbsence(error)) return void 0;
      throw unreadable2(canonical, reason(error), error);
    }
  }
};
function join2(directory2, name3) {
  return directory2 === "/" ? `/${name3}` : `${directory2}/${name3}`;
}
function isStep(name3) {
  return name3 === "" || name3 === "." || name3 === "..";
}

// src/archive/tree.ts
var maxPathLength = 4096;
var maxPartLength = 255;
var maxDepth = 256;
var Node = class {
  entry;
  /** The folder that it is in. The top folder is in none. */
  folder;
  /** The entries of a directory, by name. */
  children = /* @__PURE__ */ new Map();
  /** The file that a hard link shares; for any other entry, itself. */
  file;
  constructor(entry, folder2, shared2) {
    this.entry = entry;
    this.folder = folder2;
    this.file = shared2?.file ?? this;
  }
};
var Tree = class {
  #nodes = /* @__PURE__ */ new Map();
  #maxLookups;
  #lookups = 0;
  constructor(maxLookups = Infinity) {
    this.#maxLookups = maxLookups;
  }
  /** In the order in which they were added. The first is the top folder. */
  get nodes() {
    return [...this.#nodes.values()];
  }
  /** In the same order. */
  get entries() {
    return this.nodes.map(({ entry }) => entry);
  }
  get size() {
    return this.#nodes.size;
  }
  /** The entry at a path. No link is followed. */
  at(path) {
    return this.#nodes.get(path);
  }
  /** Adds an entry that `checkEntry` has accepted. */
  add(entry) {
    const { path, type, target } = entry;
    const folder2 = this.#nodes.get(posix4.dirname(path));
    const shared2 = type === "hardlink" ? this.#nodes.get(target) : void 0;
    const node = new Node(entry, folder2, shared2);
    this.#nodes.set(path, node);
    folder2?.children.set(posix4.basename(path), node);
  }
  /**
   * Follows a path from a folder, through links as in path_resolution(7). A name that does not exist is passed over,
   * since it cannot lead elsewhere. A path with more than `maxLinks` leads nowhere, and an absolute one leads out.
   *
   * LinksInsideRoot follows other rules: there, an absolute link and a `..` at the top stay inside, and an absent name
   * ends the search. So the two share the limit only.
   *
   * Throws RelopackError 'archive-malformed' if the paths that were followed have too many parts together.
   */
  follow(folder2, path) {
    let at = folder2;
    let absent2 = 0;
    const ahead = [{ text: path, from: 0 }];
    let followed = 0;
    if (path.startsWith("/")) return "outside";
    for (let current = ahead.at(-1); current !== void 0; current = ahead.at(-1)) {
      const slash = current.text.indexOf("/", current.from);
      const part = current.text.slice(current.from, slash === -1 ? void 0 : slash);
      if (slash === -1) ahead.pop();
      else current.from = slash + 1;
      this.#countLookup();
      if (part === "" || part === ".") continue;
      if (part === "..") {
        if (absent2 === 0 && at.folder === void 0) return "outside";
        if (absent2 > 0) absent2 -= 1;
        else at = at.folder ?? at;
        continue;
      }
      const child = absent2 > 0 ? void 0 : at.children.get(part);
      if (child === void 0) absent2 += 1;
      else if (child.entry.type !== "symlink") at = child;
      else if (child.entry.target.startsWith("/")) return "outside";
      else if (++followed > maxLinks) return "nowhere";
      else ahead.push({ text: child.entry.target, from: 0 });
    }
    return absent2 > 0 ? "nowhere" : at;
  }
  #countLookup() {
    this.#lookups += 1;
    if (this.#lookups > this.#maxLookups)
      throw malformed(`its links and libraries need more than ${this.#maxLookups} look-ups`);
  }
};
function checkEntry({ type, path, size, target }, earlier) {
  const quoted2 = JSON.stringify(path.slice(0, maxPathLength));
  const parts2 = path.split("/");
  if (Buffer.byteLength(path) >= maxPathLength || parts2.length > maxDepth) {
    throw malformed(`the name ${quoted2} is too long or too deep`);
  }
  if (parts2.some((part) => Buffer.byteLength(part) > maxPartLength)) {
    throw malformed(`a part of the name ${quoted2} is longer than ${maxPartLength} bytes`);
  }
  if (parts2.some((part) => part === "" || part === "." || part === "..")) {
    throw malformed(`the name ${quoted2} is not a plain relative path`);
  }
  if (Buffer.byteLength(target) >= maxPathLength) throw malformed(`the target of ${quoted2} is too long`);
  if (earlier.at(path) !== void 0) throw malformed(`it contains ${quoted2} twice`);
  const isTop = parts2.length === 1 && earlier.size === 0 && type === "directory";
  if (!isTop) checkFolder(path, earlier);
  if (type === "hardlink" && !isFile(earlier.at(target)?.entry)) {
    throw malformed(`the hard link ${quoted2} does not lead to an earlier file`);
  }
  if (type !== "file" && size > 0) throw malformed(`the ${type} ${quoted2} has contents`);
}
function checkTree(tree) {
  if (tree.size === 0) throw malformed("it is empty");
  for (const { type, path, target } of tree.entries) {
    const folder2 = type === "symlink" ? tree.at(posix4.dirname(path)) : void 0;
    if (folder2 !== void 0 && tree.follow(folder2, posix4.basename(path)) === "outside") {
      throw malformed(`the link ${JSON.stringify(path)} leads out of it, to ${JSON.stringify(target)}`);
    }
  }
}
function checkFolder(path, earlier) {
  const quoted2 = JSON.stringify(path);
  const folder2 = posix4.dirname(path);
  if (folder2 === ".") throw malformed(`${quoted2} is not inside the top folder`);
  const type = earlier.at(folder2)?.entry.type;
  if (type === void 0) throw malformed(`${quoted2} comes before its folder`);
  if (type !== "directory") throw malformed(`${quoted2} is inside a ${type}`);
}
function isFile(entry) {
  return entry?.type === "file" || entry?.type === "hardlink";
}
function malformed(problem, options) {
  return new RelopackError(
    "archive-malformed",
    `the archive is malformed: ${problem}`,
    "Do not unpack it. Fetch it again, or pack it again.",
    options
  );
}

// src/archive/write-entry.ts
import { createHash as createHash2 } from "node:crypto";
import {
  chmodSync,
  closeSync as closeSync2,
  fchmodSync,
  futimesSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync as openSync2,
  symlinkSync,
  utimesSync,
  writeFileSync
} from "node:fs";
import { join as join3 } from "node:path";

// src/archive/tar.ts
var import_tar_stream = __toESM(require_tar_stream(), 1);
var permissionBits = 511;
var maxMtime = 2 ** 31 - 1;
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
  const { path: name3 } = entry;
  const mtime = new Date(1e3 * Math.min(Math.max(0, Math.trunc(entry.mtime)), maxMtime));
  switch (entry.type) {
    case "directory":
      return { name: name3, mtime, type: "directory", mode: headerMode(entry.mode) };
    case "file":
      return { name: name3, mtime, type: "file", mode: headerMode(entry.mode) };
    case "symlink":
      return { name: name3, mtime, type: "symlink", mode: permissionBits, linkname: entry.target };
    case "hardlink":
      return { name: name3, mtime, type: "link", mode: headerMode(entry.mode), linkname: entry.target };
  }
}
function headerMode(mode) {
  return mode & permissionBits | 32768;
}

// src/archive/write-entry.ts
var ownerReads = 256;
async function makeEntry(directory2, entry, content) {
  const path = join3(directory2, entry.path);
  switch (entry.type) {
    case "file":
      return await writeContent(path, entry, content);
    case "directory":
      mkdirSync(path, 448);
      break;
    case "symlink":
      symlinkSync(entry.target, path);
      lutimesSync(path, entry.mtime, entry.mtime);
      break;
    case "hardlink":
      linkSync(join3(directory2, entry.target), path);
      break;
  }
  return "";
}
async function writeContent(path, { mode, mtime }, content) {
  const hash = createHash2("sha256");
  const file = openSync2(path, "wx", 384);
  try {
    for await (const piece of content) {
      hash.update(piece);
      writeFileSync(file, piece);
    }
    fchmodSync(file, mode & permissionBits | ownerReads);
    futimesSync(file, mtime, mtime);
  } finally {
    closeSync2(file);
  }
  return hash.digest("hex");
}
function finishDirectories(directory2, entries) {
  for (const { type, path, mode, mtime } of entries) {
    if (type !== "directory") continue;
    const made = join3(directory2, path);
    utimesSync(made, mtime, mtime);
    chmodSync(made, mode & permissionBits | 448);
  }
}

// src/archive/unpack.ts
var modeBits = 4095;
var chunkSize = 256 * 1024;
async function unpack(archive, directory2, limits = limitsFor(archive)) {
  const tree = new Tree(limits.maxLookups);
  const stream = (0, import_tar_stream2.extract)();
  const fed = pipeline2(
    createReadStream2(archive, { highWaterMark: chunkSize }),
    createGunzip({ chunkSize }),
    (pieces) => feed(stream, pieces, limits)
  ).catch((error) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    mkdirSync2(directory2);
    for await (const source of stream) {
      const entry = readHeader(source.header);
      checkEntry(entry, tree);
      if (tree.size === limits.maxEntries) throw tooLarge2(limits.maxEntries, "entries");
      const sha256 = await makeEntry(directory2, entry, source);
      tree.add({ ...entry, sha256 });
    }
    checkTree(tree);
    finishDirectories(directory2, tree.entries);
  } catch (error) {
    throw unpackError(error, archive, directory2);
  } finally {
    stream.destroy();
    await fed;
  }
  return tree.entries;
}
async function feed(stream, pieces, { maxSize: maxSize2 }) {
  const closed = new Promise((resolve3) => stream.once("close", resolve3));
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > maxSize2) stream.destroy(tooLarge2(maxSize2, "bytes"));
    if (stream.destroying) return;
    if (stream.write(piece)) continue;
    const drained = new Promise((resolve3) => stream.once("drain", resolve3));
    await Promise.race([drained, closed]);
  }
  stream.end(null);
}
var entryTypes = {
  directory: "directory",
  file: "file",
  symlink: "symlink",
  link: "hardlink"
};
function readHeader(header3) {
  const type = entryTypes[header3.type];
  if (type === void 0) {
    throw malformed(`${JSON.stringify(header3.name)} is not a file, a directory or a link`);
  }
  const path = type === "directory" ? header3.name.replace(/\/$/, "") : header3.name;
  const target = type === "symlink" || type === "hardlink" ? header3.linkname ?? "" : "";
  const mtime = Math.trunc(header3.mtime.getTime() / 1e3);
  return { type, path, mode: header3.mode & modeBits, mtime, size: header3.size, target };
}
function tooLarge2(limit, of) {
  return new RelopackError(
    "archive-malformed",
    `the archive contains more than ${limit} ${of}, the limit for an archive of its size`,
    "It was not verified. If you trust its source and the disk has room for it, unpack it yourself: tar -xzf ARCHIVE."
  );
}
function unpackError(error, archive, directory2) {
  if (error instanceof RelopackError || !(error instanceof Error)) return error;
  const options = { cause: error };
  if (!("syscall" in error)) return malformed(error.message, options);
  if ("code" in error && error.code === "ENAMETOOLONG")
    return malformed("one of its names is too long", options);
  if (error.syscall === "read" || "path" in error && error.path === archive) {
    const remedy2 = "Give the path of a readable archive.";
    return new RelopackError("file-missing", `cannot read ${archive}: ${error.message}`, remedy2, options);
  }
  const remedy = "Free some room there, or set TMPDIR to another directory.";
  return new RelopackError("output", `cannot unpack into ${directory2}: ${error.message}`, remedy, options);
}

// src/common/temporary-directory.ts
import { mkdirSync as mkdirSync3, realpathSync as realpathSync2 } from "node:fs";
import { tmpdir } from "node:os";
async function withTemporaryDirectory(name3, use) {
  const parent = orTemporaryFileError(tmpdir(), () => realpathSync2(tmpdir()));
  return await withScratch(parent, name3, (directory2) => {
    orTemporaryFileError(parent, () => mkdirSync3(directory2, { mode: 448 }));
    return use(directory2);
  });
}
function orTemporaryFileError(parent, make) {
  try {
    return make();
  } catch (error) {
    throw new RelopackError(
      "output",
      `no temporary file can be made in ${parent}: ${reason(error)}`,
      "Let TMPDIR name a directory that exists, is writable and has free space.",
      { cause: error }
    );
  }
}

// src/manifest/read-manifest.ts
import { readFileSync as readFileSync2 } from "node:fs";
var importable = /^[\p{L}_][\p{L}\p{N}_.]{0,255}$/u;
var wordOf = { version: /^\d{1,4}\.\d{1,4}$/, arch: /^\w{1,64}$/ };
function readManifest(path) {
  try {
    const value2 = JSON.parse(readFileSync2(path, "utf8"));
    return isManifest(value2) ? value2 : void 0;
  } catch {
    return void 0;
  }
}
function isManifest(value2) {
  if (!isObject(value2) || !isObject(value2.python)) return false;
  const { files, directories = [], modules: modules2, python: python2, arch: arch2, libraryDirectories = [] } = value2;
  if (!isListOf(directories, isFile2)) return false;
  if (!isLike(python2.version, wordOf.version) || !isLike(arch2, wordOf.arch)) return false;
  if (!isListOf(files, isFile2) || !isListOf(modules2, isModule)) return false;
  const paths = new Set(files.map(({ path }) => path));
  return files.some(({ path }) => path === python2.executable) && files.every(
    ({ needs = {}, launcher: launcher2 }) => [...Object.values(needs), launcher2].every((path) => path === void 0 || paths.has(path))
  ) && isListOf(libraryDirectories, isDirectory2);
}
function isFile2(value2) {
  if (!isObject(value2)) return false;
  const { path, launcher: launcher2 = "", needs = {}, data = "", missing = [] } = value2;
  return [path, launcher2, data].every(isString) && isObject(needs) && Object.values(needs).every(isString) && isListOf(missing, isString);
}
function isDirectory2(value2) {
  return isString(value2) && !`/${value2}/`.includes("/../") && !value2.startsWith("/");
}
function isLike(value2, pattern) {
  return isString(value2) && pattern.test(value2);
}
function isString(value2) {
  return typeof value2 === "string";
}
function isModule(value2) {
  return isObject(value2) && isListOf(value2.imports, isImportable);
}
function isImportable(value2) {
  return typeof value2 === "string" && importable.test(value2);
}
function isObject(value2) {
  return typeof value2 === "object" && value2 !== null;
}
function isListOf(value2, isItem) {
  return Array.isArray(value2) && value2.every(isItem);
}

// src/verify/files.ts
var unlistedModes = { directory: "0755", file: "0644" };
var ownerReads2 = 256;
function checkFiles(entries, manifest) {
  const listed2 = new Map(manifest.files.map((file) => [file.path, file]));
  const found = entries.map((entry) => ({ ...entry, path: belowTop(entry.path) }));
  const paths = new Set(found.filter(({ type }) => type !== "directory").map(({ path }) => path));
  const directories = new Set(found.filter(({ type }) => type === "directory").map(({ path }) => path));
  const empty2 = new Map((manifest.directories ?? []).map((directory2) => [directory2.path, directory2]));
  const missing = [
    ...[...listed2.keys()].filter((path) => !paths.has(path)),
    ...[...empty2.keys()].filter((path) => !directories.has(path))
  ].map((path) => `${path} is missing, though it is in the manifest`);
  return {
    name: "files",
    detail: `${manifest.files.length} files as in the manifest`,
    problems: [
      ...found.flatMap((entry) => problemsOf(entry, listed2.get(entry.path), empty2.get(entry.path))),
      ...missing
    ]
  };
}
function problemsOf(entry, file, directory2) {
  const { path, type, mode } = entry;
  const isUnlisted = type === "directory" || path === manifestName;
  if (file === void 0 && !isUnlisted) return [`${path} is not in the manifest`];
  if (file !== void 0 && !isSame(entry, file)) return [`${path} is not what the manifest says`];
  if (type === "symlink") return [];
  const expected = file?.mode ?? directory2?.mode ?? (file === void 0 ? unlistedModes[type] : void 0);
  if (expected !== formatMode(mode)) {
    const wanted = file === void 0 ? `not ${expected}` : `and ${expected ?? "none"} in the manifest`;
    return [`${path} has mode ${formatMode(mode)}, ${wanted}`];
  }
  return (mode & ownerReads2) === 0 ? [`${path} has mode ${formatMode(mode)}, so its owner cannot read it`] : [];
}
function isSame({ type, sha256, target }, file) {
  if (type !== file.type) return false;
  if (type === "file") return sha256 === file.sha256;
  return (type === "hardlink" ? belowTop(target) : target) === file.target;
}
function belowTop(path) {
  return path.slice(path.indexOf("/") + 1);
}

// src/verify/libraries/choices.ts
var Choices = class {
  /** The shared folders. The launcher lets every search for a library end with them. */
  folders;
  #unpacked;
  /** The ELF files about which the manifest says more than their digests. */
  #files;
  constructor(unpacked, { files, libraryDirectories = [] }) {
    this.#unpacked = unpacked;
    this.folders = new Set(libraryDirectories.flatMap((path) => unpacked.find(path) ?? []));
    this.#files = new Map(
      files.filter(({ launcher: launcher2, needs, data, missing }) => (launcher2 ?? needs ?? data ?? missing) !== void 0).flatMap(({ path, launcher: start3, needs = {}, data, missing = [] }) => {
        const file = unpacked.find(path);
        const launcher2 = start3 === void 0 ? void 0 : unpacked.find(start3);
        return file === void 0 ? [] : [[file, { needs, isData: data !== void 0, launcher: launcher2, missing: new Set(missing) }]];
      })
    );
  }
  /** Whether a file is packed as data: the packed Python cannot load it. */
  isData(file) {
    return this.#files.get(file)?.isData === true;
  }
  /** The launcher of a program. ld.so takes its folder for $ORIGIN. Undefined for any other file. */
  launcherOf(file) {
    return this.#files.get(file)?.launcher;
  }
  /** Whether the host did not have this library for a file. Then it is not in the archive either. */
  isMissing(file, soname) {
    return this.#files.get(file)?.missing.has(soname) === true;
  }
  /** The library that was packed for a file under a name. Undefined if none was: the user may have left it out. */
  of(file, soname) {
    const { needs = {} } = this.#files.get(file) ?? {};
    const own2 = Object.hasOwn(needs, soname) ? needs[soname] : void 0;
    if (own2 === void 0) return this.#unpacked.findLibrary(this.folders, soname);
    const found = this.#unpacked.find(own2);
    return found && { path: `${this.#unpacked.topName}/${own2}`, file: found };
  }
};

// src/verify/libraries/libraries.ts
import { posix as posix5 } from "node:path";

// src/verify/libraries/read-elf.ts
import { closeSync as closeSync3, fstatSync as fstatSync2, openSync as openSync3, readSync as readSync2 } from "node:fs";

// src/elf/bytes.ts
var class32 = 1;
var bigEndian = 2;
var inexactHigh = 2 ** 21;
var ElfBytes = class _ElfBytes {
  bytes;
  format;
  #littleEndian;
  #name;
  /** `name` is the file's name in errors. An unknown class is read as 64-bit, an unknown byte order as little-endian. */
  constructor(bytes, name3) {
    this.bytes = bytes;
    this.format = bytes[Ident.class] === class32 ? elf32 : elf64;
    this.#littleEndian = bytes[Ident.byteOrder] !== bigEndian;
    this.#name = name3;
  }
  /** Copies the file and appends `growth` zero bytes. */
  copy(growth = 0) {
    const bytes = Buffer.alloc(this.bytes.length + growth);
    this.bytes.copy(bytes);
    return new _ElfBytes(bytes, this.#name);
  }
  /**
   * Reads an unsigned field of the record at byte `at`.
   * Throws 'elf-malformed' if the value is 2^53 or more: no offset, size or address of a real file is.
   */
  get(layout2, at, field3) {
    const [offset, size] = this.#field(layout2, at, field3);
    const start3 = at + offset;
    if (size < 8) {
      return this.#littleEndian ? this.bytes.readUIntLE(start3, size) : this.bytes.readUIntBE(start3, size);
    }
    const [low, high] = this.#littleEndian ? [this.bytes.readUInt32LE(start3), this.bytes.readUInt32LE(start3 + 4)] : [this.bytes.readUInt32BE(start3 + 4), this.bytes.readUInt32BE(start3)];
    if (high >= inexactHigh) throw this.malformed(`the ${field3} in the record at byte ${at} is too large`);
    return high * 2 ** 32 + low;
  }
  /** Reads a field that may have any value, even eight bytes of ones. */
  getBig(layout2, at, field3) {
    const [offset, size] = this.#field(layout2, at, field3);
    if (size < 8) return BigInt(this.get(layout2, at, field3));
    const start3 = at + offset;
    return this.#littleEndian ? this.bytes.readBigUInt64LE(start3) : this.bytes.readBigUInt64BE(start3);
  }
  /** Writes a field. Throws 'elf-malformed' if the value does not fit, which only a hostile file can cause. */
  set(layout2, at, field3, value2) {
    const [offset, size] = this.#field(layout2, at, field3);
    const start3 = at + offset;
    if (value2 >= 2 ** (8 * size)) throw this.malformed(`its new ${field3} exceeds the limit of its class`);
    if (size < 8 && this.#littleEndian) this.bytes.writeUIntLE(value2, start3, size);
    else if (size < 8) this.bytes.writeUIntBE(value2, start3, size);
    else if (this.#littleEndian) this.bytes.writeBigUInt64LE(BigInt(value2), start3);
    else this.bytes.writeBigUInt64BE(BigInt(value2), start3);
  }
  #field(layout2, at, field3) {
    if (!this.contains(at, layout2.size)) throw this.malformed(`a record at byte ${at} is outside the file`);
    return layout2.fields[field3];
  }
  /** Whether `size` bytes from `offset` are all inside the file. */
  contains(offset, size) {
    return offset >= 0 && size >= 0 && offset + size <= this.bytes.length;
  }
  /** The error for a file that breaks the rules of the format. `problem` is a clause about the file. */
  malformed(problem) {
    return new RelopackError(
      "elf-malformed",
      `${this.#name} is not a valid ELF file: ${problem}`,
      message`Reinstall the package that owns it, or leave the file out with ${option("exclude")}.`
    );
  }
  /** The error for a valid file that relopack cannot edit. `problem` is a clause about the file. */
  unsupported(problem) {
    return new RelopackError(
      "elf-unsupported",
      `${this.#name} cannot be relocated: ${problem}`,
      message`If the packed Python does not need the file, leave it out with ${option("exclude")}.`
    );
  }
};

// src/elf/identity.ts
var magic = Buffer.from("\x7FELF", "latin1");
var identityBytes = 20;
var machineOffset = 18;
function isElf(bytes) {
  return magic.equals(bytes.subarray(0, magic.length));
}
function elfIdentity(bytes) {
  if (!isElf(bytes) || bytes.length < identityBytes) return void 0;
  const elfClass = bytes[Ident.class];
  const byteOrder = bytes[Ident.byteOrder];
  if (elfClass !== 1 && elfClass !== 2 || byteOrder !== 1 && byteOrder !== 2) return void 0;
  const littleEndian = byteOrder === 1;
  const machine2 = new DataView(bytes.buffer, bytes.byteOffset).getUint16(machineOffset, littleEndian);
  return { class: elfClass === 1 ? 32 : 64, littleEndian, machine: machine2 };
}
function sameIdentity(one, other) {
  return one !== void 0 && other !== void 0 && one.class === other.class && one.littleEndian === other.littleEndian && one.machine === other.machine;
}

// src/elf/segments.ts
function loads(segments2) {
  return segments2.filter((segment) => segment.type === SegmentType.load);
}
function fileOffset(segments2, address, size) {
  const mapped = loads(segments2);
  const first = mapped.findIndex(
    (s) => address >= s.vaddr && address + Math.min(size, 1) <= s.vaddr + s.filesz
  );
  const segment = mapped[first];
  if (segment === void 0) return void 0;
  let end2 = segment.vaddr + segment.filesz;
  for (const next of mapped.slice(first + 1)) {
    if (next.vaddr !== end2 || next.offset !== segment.offset + (end2 - segment.vaddr)) break;
    end2 += next.filesz;
  }
  return address + size <= end2 ? segment.offset + (address - segment.vaddr) : void 0;
}
function segmentOf(segments2, ...parts2) {
  return loads(segments2).find(
    ({ offset, filesz: size }) => parts2.every((part) => within(part, { offset, size }))
  );
}
function within(part, whole) {
  return part.offset >= whole.offset && part.offset + part.size <= whole.offset + whole.size;
}
function overlap(a, b) {
  return a.size > 0 && b.size > 0 && a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}
function readSegments(file, phoff) {
  const { header: header3, segment } = file.format;
  const count = file.get(header3, 0, "phnum");
  if (count === 0) return [];
  if (file.get(header3, 0, "phentsize") !== segment.size)
    throw file.malformed("its program headers have the wrong size");
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
function checkLoads(file, segments2) {
  let end2 = 0;
  for (const { offset, vaddr, filesz, memsz } of loads(segments2)) {
    if (!file.contains(offset, filesz))
      throw file.malformed(`it is truncated (its segments need ${offset + filesz} bytes)`);
    if (memsz < filesz || vaddr < end2) throw file.malformed("its segments overlap in memory");
    end2 = vaddr + memsz;
    if (end2 > file.format.maxAddress) throw file.malformed("the addresses of its segments exceed the limit");
  }
}
function roundUp(value2, unit2) {
  return Math.ceil(value2 / unit2) * unit2;
}

// src/elf/notes.ts
var ntGnuAbiTag = 1;
var ntGnuPropertyType0 = 5;
var gnuPropertyX86Isa1Needed = 3221258242;
var fdoDlopenMetadata = 1081871370;
var elfNoteOsLinux = 0;
var x86 = /* @__PURE__ */ new Set([3, 62]);
var gnu = "GNU\0";
var fdo = "FDO\0";
var maxOwnerBytes = 32;
var maxNoteBytes = 65536;
function readMachineNeeds(file, tables) {
  const needs = { abiTagKernel: void 0, isaLevel: void 0 };
  for (const segment of tables.segments) {
    if (segment.type !== SegmentType.note && segment.type !== SegmentType.gnuProperty) continue;
    for (const { type, description } of notesOf(gnu, file, segment)) {
      if (type === ntGnuAbiTag) needs.abiTagKernel ??= oldestKernel(file, description);
      if (type === ntGnuPropertyType0 && x86.has(tables.machine))
        needs.isaLevel ??= isaLevel(file, description);
    }
  }
  return needs;
}
function readDlopenNotes(file, tables) {
  const read = tables.segments.filter(({ type }) => type === SegmentType.note).flatMap((segment) => [...notesOf(fdo, file, segment)]).filter(({ type }) => type === fdoDlopenMetadata).flatMap(({ description: { offset, size } }) => dlopenNeeds(file.bytes.subarray(offset, offset + size)));
  const dlopens = read.filter((need) => need !== void 0);
  return { dlopens, dlopensMalformed: dlopens.length < read.length };
}
function isFoundBySegment(file, { offset, size, addralign }) {
  let end2 = offset;
  for (const { owner, description } of notes(file, { offset, size }, addralign)) {
    if (owner !== gnu && owner !== fdo) return false;
    end2 = description.offset + description.size;
  }
  return end2 > offset && roundUp(end2, addralign === 8 ? 8 : 4) >= offset + size;
}
function* notesOf(owner, file, { at, offset, filesz }) {
  const size = Math.min(filesz, maxNoteBytes);
  for (const note of notes(file, { offset, size }, file.get(file.format.segment, at, "align")))
    if (note.owner === owner) yield note;
}
function* notes(file, part, align) {
  const { note } = file.format;
  const end2 = part.offset + part.size;
  const alignment = align === 8 ? 8 : 4;
  let at = part.offset;
  while (at + note.size <= end2 && file.contains(at, note.size)) {
    const namesz = file.get(note, at, "namesz");
    const size = file.get(note, at, "descsz");
    const offset = at + roundUp(note.size + namesz, alignment);
    if (offset + size > end2 || !file.contains(offset, size)) return;
    const owner = file.bytes.toString(
      "latin1",
      at + note.size,
      at + note.size + Math.min(namesz, maxOwnerBytes)
    );
    yield { owner, type: file.get(note, at, "type"), description: { offset, size } };
    at = offset + roundUp(size, alignment);
  }
}
function oldestKernel(file, { offset, size }) {
  const { abiTag } = file.format;
  if (size < abiTag.size || file.get(abiTag, offset, "os") !== elfNoteOsLinux) return void 0;
  return ["major", "minor", "patch"].map((part) => file.get(abiTag, offset, part)).join(".");
}
function isaLevel(file, { offset, size }) {
  const { property, word, wordSize } = file.format;
  const end2 = offset + size;
  for (let at = offset; at + property.size <= end2; ) {
    const type = file.get(property, at, "type");
    const length = file.get(property, at, "size");
    const value2 = at + property.size;
    if (type === gnuPropertyX86Isa1Needed && length === word.size && value2 + word.size <= end2) {
      const level = 32 - Math.clz32(file.get(word, value2, "value"));
      return level === 0 ? void 0 : level;
    }
    at = value2 + roundUp(length, wordSize);
  }
  return void 0;
}
function dlopenNeeds(description) {
  try {
    const value2 = JSON.parse(description.toString().replace(/\0+$/, ""));
    return [value2].flat().map(dlopenNeed);
  } catch {
    return [void 0];
  }
}
function dlopenNeed(value2) {
  if (typeof value2 !== "object" || value2 === null || !("soname" in value2)) return void 0;
  const sonames = [value2.soname].flat();
  if (sonames.length === 0 || !sonames.every(isSoname)) return void 0;
  const feature = "feature" in value2 && isPrintable(value2.feature) ? value2.feature : void 0;
  const priority = "priority" in value2 && isPriority(value2.priority) ? value2.priority : "recommended";
  return { sonames, feature, priority };
}
function isSoname(value2) {
  return typeof value2 === "string" && /^[^\s/\p{Cc}]{1,255}$/u.test(value2);
}
function isPrintable(value2) {
  return typeof value2 === "string" && /^[^\p{Cc}]{1,255}$/u.test(value2);
}
function isPriority(value2) {
  return value2 === "required" || value2 === "recommended" || value2 === "suggested";
}

// src/elf/dynamic.ts
var maxDynamicEntries = 16384;
function readDynamic(file, segments2, found) {
  const { dynamic: record } = file.format;
  const start3 = fileOffset(segments2, found.vaddr, found.filesz);
  if (start3 === void 0) throw file.malformed("its dynamic section is outside its segments");
  const tags = [];
  const tagAt = (index) => Number(file.getBig(record, start3 + index * record.size, "tag"));
  const capacity = Math.floor(found.filesz / record.size);
  for (let index = 0; index < capacity && index < maxDynamicEntries; index++) {
    const tag = tagAt(index);
    if (tag === Tag.null) break;
    tags.push(tag);
  }
  let nulls = 0;
  while (nulls < 2 && tags.length + nulls < capacity && tagAt(tags.length + nulls) === Tag.null) nulls++;
  if (tags.length === maxDynamicEntries) throw file.malformed("its dynamic section has no end");
  const dynamic = tags.map((tag, index) => {
    const at = start3 + index * record.size;
    return { at, tag, value: file.getBig(record, at, "value") };
  });
  return { dynamic, dynamicNulls: nulls, strings: findStrings(file, segments2, dynamic) };
}
function dynamicValue(file, dynamic, tag) {
  const entry = dynamic.findLast((candidate) => candidate.tag === tag);
  return entry === void 0 ? void 0 : file.get(file.format.dynamic, entry.at, "value");
}
function isSearchPath({ tag }) {
  return tag === Tag.rpath || tag === Tag.runpath;
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

// src/elf/tables.ts
function readTables(file) {
  const { header: header3 } = file.format;
  const type = file.get(header3, 0, "type");
  const phoff = file.get(header3, 0, "phoff");
  const shoff = file.get(header3, 0, "shoff");
  const segments2 = readSegments(file, phoff);
  const sections = readSections(file, shoff);
  const tables = { machine: file.get(header3, 0, "machine"), type, phoff, shoff, segments: segments2, sections };
  const withoutDynamic = { ...tables, dynamic: [], dynamicNulls: 0, strings: void 0 };
  if (type !== ObjectType.exec && type !== ObjectType.dyn) return withoutDynamic;
  const found = findDynamic(segments2, sections);
  if (found === void 0) return withoutDynamic;
  checkLoads(file, segments2);
  return { ...tables, ...readDynamic(file, segments2, found) };
}
function readSections(file, shoff) {
  const { header: header3, section } = file.format;
  const count = file.get(header3, 0, "shnum");
  if (shoff === 0 || count === 0) return [];
  if (file.get(header3, 0, "shentsize") !== section.size)
    throw file.malformed("its section headers have the wrong size");
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
function hasBytes({ type }) {
  return type !== SectionType.null && type !== SectionType.nobits;
}
function extentOf({ offset, addr: address, size }) {
  return { offset, address, size };
}
function findDynamic(segments2, sections) {
  const found = segments2.find((segment) => segment.type === SegmentType.dynamic && segment.filesz > 0);
  if (found === void 0) return void 0;
  const emptied = sections.some(
    ({ type, flags, addr }) => type === SectionType.nobits && (flags & SectionFlag.tls) === 0 && addr === found.vaddr
  );
  return emptied ? void 0 : found;
}
function headerParts({ format: { header: header3, segment, section } }, { phoff, segments: segments2, shoff, sections }) {
  return [
    { offset: 0, size: header3.size },
    { offset: phoff, size: segments2.length * segment.size },
    { offset: shoff, size: sections.length * section.size }
  ];
}
function fileParts(file, tables) {
  return [
    ...headerParts(file, tables),
    ...tables.segments.map(({ offset, filesz }) => ({ offset, size: filesz })),
    ...tables.sections.filter(hasBytes)
  ];
}
function memoryLimit(file, { segments: segments2, machine: machine2 }, address) {
  const next = loads(segments2).find(({ vaddr }) => vaddr > address);
  return next === void 0 ? file.format.maxAddress : next.vaddr - next.vaddr % maxPageSize(machine2);
}

// src/elf/versions.ts
var maxVersions = 8192;
function versionNeeds(file, tables) {
  const { verneed, vernaux } = file.format;
  const needs = [];
  for (const at of chain(file, tables, Tag.verneed, Tag.verneednum)) {
    const name3 = file.get(verneed, at, "file");
    let aux = at + file.get(verneed, at, "aux");
    for (let left = file.get(verneed, at, "count"); left > 0; left--) {
      needs.push({ at, file: name3, version: file.get(vernaux, aux, "name") });
      if (needs.length > maxVersions) throw file.malformed("its symbol versions have no end");
      const distance = file.get(vernaux, aux, "next");
      if (distance === 0) break;
      aux += distance;
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
      const distance = file.get(verdaux, aux, "next");
      if (distance === 0) break;
      aux += distance;
    }
  }
  return names;
}
function chain(file, tables, tableTag, countTag) {
  const address = dynamicValue(file, tables.dynamic, tableTag);
  const count = dynamicValue(file, tables.dynamic, countTag) ?? 0;
  if (address === void 0 || count === 0) return [];
  const record = tableTag === Tag.verneed ? file.format.verneed : file.format.verdef;
  let at = fileOffset(tables.segments, address, record.size);
  if (at === void 0 || count > maxVersions)
    throw file.malformed("its symbol versions are outside its segments");
  const offsets = [at];
  while (offsets.length < count) {
    const distance = file.get(record, at, "next");
    if (distance === 0) break;
    at += distance;
    offsets.push(at);
  }
  return offsets;
}

// src/elf/image.ts
var pieFlag = 0x8000000n;
var maxStringBytes = 16384;
function readImage(bytes, name3) {
  const identity = elfIdentity(bytes);
  const file = new ElfBytes(bytes, name3);
  if (identity === void 0) throw file.malformed("it does not start with an ELF header");
  const tables = readTables(file);
  const strings = (tag) => stringsOf(file, tables, tag);
  const path = (tag) => strings(tag).at(-1)?.split(":") ?? [];
  return {
    ...identity,
    ...readMachineNeeds(file, tables),
    ...readDlopenNotes(file, tables),
    type: tables.type,
    interpreter: interpreter(file, tables),
    isPie: tables.dynamic.some(({ tag, value: value2 }) => tag === Tag.flags1 && hasPieFlag(value2)),
    needed: strings(Tag.needed),
    soname: strings(Tag.soname).at(-1),
    runpath: path(Tag.runpath),
    rpath: path(Tag.rpath),
    glibcNeeded: glibcNeeded(file, tables)
  };
}
function hasSpareEntry(bytes, name3) {
  return readTables(new ElfBytes(bytes, name3)).dynamicNulls > 1;
}
function hasPieFlag(flags) {
  return (BigInt(flags) & pieFlag) !== 0n;
}
function interpreter(file, { segments: segments2 }) {
  const found = segments2.find((segment) => segment.type === SegmentType.interp && segment.filesz > 0);
  if (found === void 0 || !file.contains(found.offset, found.filesz)) return void 0;
  return stringAt(file, found.offset, found.offset + found.filesz);
}
function stringsOf(file, tables, tag) {
  let left = (tables.strings?.size ?? 0) + maxStringBytes;
  return tables.dynamic.filter((entry) => entry.tag === tag).map((entry) => {
    const string = dynamicString(file, tables, entry.value);
    left -= string.length;
    if (left < 0) throw file.malformed("its dynamic entries share their strings");
    return string;
  });
}
function dynamicString(file, { strings }, index) {
  if (strings === void 0 || index >= strings.size)
    throw file.malformed("its dynamic section points outside its dynamic strings");
  return stringAt(file, strings.offset + Number(index), strings.offset + strings.size);
}
function stringAt(file, start3, end2) {
  const length = file.bytes.subarray(start3, Math.min(end2, start3 + maxStringBytes)).indexOf(0);
  if (length === -1) throw file.malformed("one of its strings has no end");
  return file.bytes.toString("utf8", start3, start3 + length);
}
function glibcNeeded(file, tables) {
  let highest;
  for (const { file: library2, version: version3 } of versionNeeds(file, tables)) {
    if (dynamicString(file, tables, library2) !== "libc.so.6") continue;
    const match = /^GLIBC_(\d+)\.(\d+)/.exec(dynamicString(file, tables, version3));
    if (match === null) continue;
    const [major, minor] = [Number(match[1]), Number(match[2])];
    if (highest === void 0 || major > highest[0] || major === highest[0] && minor > highest[1]) {
      highest = [major, minor];
    }
  }
  return highest?.join(".");
}

// src/elf/parts/skim.ts
var minSkippedBytes = 1 << 18;
var headerBytes = 64;
function skim(size, read) {
  const bytes = Buffer.alloc(size);
  const readRange = ({ start: start3, end: end2 }) => read(bytes.subarray(start3, end2), start3);
  let at = 0;
  for (const { start: start3, end: end2 } of skippable(bytes, readRange)) {
    if (start3 < at) continue;
    readRange({ start: at, end: start3 });
    at = end2;
  }
  readRange({ start: at, end: size });
  return bytes;
}
function skippable(bytes, readRange) {
  if (bytes.length < minSkippedBytes) return [];
  readRange({ start: 0, end: headerBytes });
  try {
    const file = new ElfBytes(bytes, "");
    const { header: header3, section } = file.format;
    const start3 = file.get(header3, 0, "shoff");
    const count = file.get(header3, 0, "shnum");
    if (file.get(header3, 0, "shentsize") !== section.size || !file.contains(start3, count * section.size))
      return [];
    readRange({ start: start3, end: start3 + count * section.size });
    return Array.from({ length: count }, (_, index) => start3 + index * section.size).map((at) => ({
      type: file.get(section, at, "type"),
      offset: file.get(section, at, "offset"),
      size: file.get(section, at, "size")
    })).filter(
      ({ type, offset, size }) => type === SectionType.progbits && size >= minSkippedBytes && file.contains(offset, size)
    ).map(({ offset, size }) => ({ start: offset, end: offset + size })).sort((a, b) => a.start - b.start);
  } catch {
    return [];
  }
}

// src/verify/libraries/read-elf.ts
var maxRead = 128 * 1024 ** 2;
function readElf(path, name3) {
  const file = openSync3(path, "r");
  try {
    let read = 0;
    const bytes = skim(fstatSync2(file).size, (into, at) => {
      read += into.length;
      if (read > maxRead) throw tooLarge3(name3);
      for (let done = 0, got = -1; done < into.length && got !== 0; done += got)
        got = readSync2(file, into, done, into.length - done, at + done);
    });
    return readImage(bytes, name3);
  } finally {
    closeSync3(file);
  }
}
function tooLarge3(name3) {
  return new RelopackError(
    "elf-unsupported",
    `${name3} cannot be checked: more than ${maxRead} bytes of it are outside of its sections`,
    "Unpack the archive, and check the file with readelf -d."
  );
}

// src/verify/libraries/runpath.ts
var fromOrigin = /^\$(?:ORIGIN|\{ORIGIN\})(?:$|\/+)/;
function searchPathOf(origin, image, unpacked) {
  const { runpath, rpath } = image;
  const entries = runpath.length > 0 ? runpath : rpath;
  const folders = /* @__PURE__ */ new Set();
  const outside2 = [];
  if (origin === void 0 || entries.join("") === "") return { folders, outside: outside2 };
  for (const entry of new Set(entries)) {
    const below = entry.replace(fromOrigin, "");
    if (below === entry || below.includes("$") || unpacked.leadsOut(origin, below)) outside2.push(entry);
    else {
      const found = unpacked.follow(origin, below);
      if (found !== void 0) folders.add(found);
    }
  }
  return { folders, outside: outside2 };
}

// src/verify/libraries/libraries.ts
var libcSoname = "libc.so.6";
var maxShown = 200;
function checkLibraries(unpacked, choices) {
  const { files, unresolved, misled, outside: outside2, malformed: malformed2 } = findLibraries(unpacked, choices);
  const missing = unresolved.map(
    ({ path, soname }) => `${path} needs ${soname}, which is not in the archive`
  );
  const wrong = misled.map(
    ({ path, soname, found, packed }) => `${path} needs ${soname}: ld.so finds ${found}, but ${packed} was packed for it`
  );
  const leaving = outside2.map(
    ({ path, entry }) => `${path} has a RUNPATH that leads out of the archive: ${entry.slice(0, maxShown)}`
  );
  return {
    name: "libraries",
    detail: `${files} ELF files find their libraries`,
    problems: [...malformed2, ...leaving, ...missing, ...wrong]
  };
}
function findLibraries(unpacked, choices) {
  const names = namesOfElfFiles(unpacked, choices);
  const loaded = loadedFirst(names, unpacked);
  const checks = [...names].map(([file, own2]) => checkFile(file, own2, { unpacked, choices, loaded }));
  return {
    files: checks.reduce((sum, { files }) => sum + files, 0),
    unresolved: checks.flatMap(({ unresolved }) => unresolved),
    misled: checks.flatMap(({ misled }) => misled),
    outside: checks.flatMap(({ outside: outside2 }) => outside2),
    malformed: checks.flatMap(({ malformed: malformed2 }) => malformed2)
  };
}
function namesOfElfFiles(unpacked, choices) {
  const names = /* @__PURE__ */ new Map();
  for (const node of unpacked.nodes) {
    const file = unpacked.fileOf(node);
    if (file === void 0 || !unpacked.isLoadable(file) || choices?.isData(file)) continue;
    const known3 = names.get(file);
    if (known3 === void 0) names.set(file, [node]);
    else known3.push(node);
  }
  return names;
}
function loadedFirst(names, unpacked) {
  const isLibc = ({ entry }) => posix5.basename(entry.path) === libcSoname;
  const [libc] = [...names].find(([, own2]) => own2.some(isLibc)) ?? [];
  const image = libc && imageOf(libc, unpacked);
  return new Set(image === void 0 || typeof image === "string" ? [] : [libcSoname, ...image.needed]);
}
function imageOf(file, unpacked) {
  try {
    return readElf(unpacked.place(file), file.entry.path);
  } catch (error) {
    if (!(error instanceof RelopackError)) throw error;
    return error.message;
  }
}
function checkFile(file, names, context) {
  const image = imageOf(file, context.unpacked);
  const none2 = { files: 0, unresolved: [], misled: [], outside: [], malformed: [] };
  if (typeof image === "string") return { ...none2, malformed: [image] };
  const checks = names.map((name3) => checkName(name3, file, image, context));
  return {
    files: names.length,
    unresolved: checks.flatMap(({ unresolved }) => unresolved),
    misled: checks.flatMap(({ misled }) => misled),
    outside: outsideOf(file, names, image, context).map((entry) => ({ path: file.entry.path, entry })),
    malformed: []
  };
}
function outsideOf(file, names, image, { unpacked, choices }) {
  const own2 = searchPathOf(originOf(file, choices), image, unpacked).outside;
  if (own2.length === 0) return [];
  const ofNames = names.map(
    (name3) => new Set(searchPathOf(originOf(name3, choices), image, unpacked).outside)
  );
  return own2.filter((entry) => ofNames.every((outside2) => outside2.has(entry)));
}
function originOf(name3, choices) {
  return choices?.launcherOf(name3.file ?? name3)?.folder ?? name3.folder;
}
function checkName(name3, file, image, { unpacked, choices, loaded }) {
  const { path } = name3.entry;
  const { folders } = searchPathOf(originOf(name3, choices), image, unpacked);
  const isLoaded = (soname) => image.interpreter === void 0 && loaded.has(soname);
  const needed = [...new Set(image.needed)].map((soname) => {
    return { soname, found: unpacked.findLibrary(folders, soname) };
  });
  return {
    unresolved: needed.filter(({ soname, found }) => found === void 0 && !isLoaded(soname)).filter(({ soname }) => !choices?.isMissing(file, soname)).map(({ soname }) => ({ path, soname })),
    misled: needed.flatMap(({ soname, found: own2 }) => {
      const packed = choices?.of(file, soname);
      const found = own2 ?? unpacked.findLibrary(choices?.folders ?? [], soname);
      if (found === void 0 || packed === void 0 || found.file === packed.file) return [];
      return [{ path, soname, found: found.path, packed: packed.path }];
    })
  };
}

// src/verify/outcome.ts
var maxProblems = 20;
var maybeExcluded = message`${option("exclude")} may have left out a needed file.`;
var reportBug = "Otherwise report a bug with this message.";
var unchecked = message`${option("verify", false)} writes the archive unchecked.`;
var unstarted = message`${option("start", false)} checks the archive without starting anything from it.`;
var remedies = {
  packed: message`${maybeExcluded} If so, change the globs. ${reportBug} ${unchecked}`,
  elsewhere: message`Do not use this archive: fetch or pack it again. If it fails again, ${maybeExcluded} ${reportBug}`
};
function passed({ problems, ...check2 }, origin) {
  if (problems.length > 0) throw failed(problems, origin);
  return check2;
}
function failed(problems, origin, remedy = remedies[origin]) {
  const shown = problems.slice(0, maxProblems);
  if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
  return new RelopackError("verify-failed", `the archive failed verification: ${shown.join("; ")}`, remedy);
}
var testsRemedy = message`It imports tests, which are only packed with ${option("tests")}. ${option("include")} packs single files.`;
function importRemedy(modules2, { python: python2 }, origin) {
  const command2 = `python${python2.version} -c 'import ${modules2.join(", ")}'`;
  if (origin === "packed")
    return message`Test the installed Python: ${command2}. If that fails too, repair the installation. If it works, ${maybeExcluded} ${reportBug} ${unchecked}`;
  const otherCauses = "A module may also need something that is missing on this machine.";
  return message`The person who packed it can test the Python that was packed: ${command2}. If that works, ${maybeExcluded} ${otherCauses} ${unstarted}`;
}
function linesRemedy(origin) {
  const change = "so that the path begins with sys.prefix, which is the top folder of the unpacked archive.";
  if (origin === "elsewhere")
    return message`The person who packed it can change this line ${change} ${unstarted}`;
  return message`Change this line in the package, or on this host, ${change} ${unchecked}`;
}
function notStarted(problem, origin, cause) {
  const workaround = origin === "packed" ? unchecked : unstarted;
  return new RelopackError(
    "verify-failed",
    `the packed Python cannot be started in a temporary directory: ${problem}`,
    message`If that directory is mounted with noexec, set TMPDIR to another one. ${workaround}`,
    { cause }
  );
}

// src/verify/start.ts
import { mkdirSync as mkdirSync4 } from "node:fs";
import { machine } from "node:os";
import { join as join5 } from "node:path";

// src/common/run/run.ts
import { randomBytes as randomBytes2 } from "node:crypto";
import { accessSync, closeSync as closeSync4, constants as constants3, fstatSync as fstatSync3, openSync as openSync4, readSync as readSync3 } from "node:fs";
import { resolve } from "node:path";

// src/common/run/environment.ts
var added = ["_", "OLDPWD", "PWD", "SHLVL"];
var changed2 = /^(?:_|BASH\w*|DIRSTACK|EPOCH\w+|FUNCNAME|GROUPS|HISTCMD|IFS|LINENO|OLDPWD|OPT(?:ARG|ERR|IND)|POSIXLY_CORRECT|PPID|PS[0-4]|PWD|S?RANDOM|SECONDS|SHELLOPTS|SHLVL|E?UID)$|^\d|\W/;
function environmentArguments(env) {
  return [
    ...added.filter((name3) => env[name3] === void 0).flatMap((name3) => ["-u", name3]),
    "--",
    ...Object.entries(env).filter(([name3]) => changed2.test(name3)).map(([name3, value2]) => `${name3}=${value2}`)
  ];
}

// src/common/run/supervisor.ts
var script = `
exec 3<&0 5>&1 6>&2 2>/dev/null
[ -z "$1" ] || exec 6>>"$1"
mark=$2
shift 2
{
  /bin/sh -c 'echo $$ >&4; echo $$ >&5
    case $0 in
      */*) ;;
      *) command -v "$0" >/dev/null || { echo "$0: not found" >&6; exit 127; } ;;
    esac
    exec /usr/bin/env "$@" >&5 2>&6 3<&- 4>&- 5>&- 6>&-' "$@" </dev/null
  echo $? >&4
} 4>&1 | {
  exec >/dev/null 5>&- 6>&-
  read -r program
  { read -r line; kill -KILL "$program"; } <&3 &
  watcher=$!
  read -r code || kill -KILL "$program"
  kill -KILL "$watcher"
  wait "$watcher"
  for round in 1 2 3 4 5 6 7 8 9; do
    found=$(grep -lsF "\${mark:?}" /proc/[0-9]*/environ)
    [ -n "$found" ] || break
    for path in $found; do
      path=\${path#/proc/}
      kill -KILL "\${path%/environ}"
    done
  done
  exit "\${code:-137}"
}
`;
function supervised({ file, args, env, errorFile = "", mark: mark2 }) {
  const command2 = file.includes("=") ? ["nice", "-n", "0", file] : [file];
  const variables = [...environmentArguments(env), ...mark2 === void 0 ? [] : [mark2]];
  return ["-c", script, "sh", errorFile, mark2 ?? "", file, ...variables, ...command2, ...args];
}
function splitNumber(output) {
  const end2 = output.indexOf("\n");
  return { number: Number(output.toString("latin1", 0, Math.max(end2, 0))), rest: output.subarray(end2 + 1) };
}

// src/common/run/output.ts
var errorsInterval = 50;
var Output = class {
  #limits;
  #stdout = [];
  #stderr = [];
  #timers = [];
  #silence;
  #size = 0;
  #hasEnded = false;
  /** The limit that the program exceeded. */
  exceeded;
  constructor(limits) {
    this.#limits = limits;
  }
  get stdout() {
    return splitNumber(Buffer.concat(this.#stdout)).rest;
  }
  get stderr() {
    return Buffer.concat(this.#stderr).toString();
  }
  /** Begins to count the time. `errorsSize` is the present size of stderr, if that is a file. */
  begin(errorsSize) {
    const { maxSilence, maxTime: maxTime2, maxErrors: maxErrors2 } = this.#limits;
    if (maxSilence !== void 0) {
      this.#silence = setInterval(() => this.#endSilence(), maxSilence);
      this.#timers.push(this.#silence);
    }
    if (maxTime2 !== void 0) this.#timers.push(setTimeout(() => this.#exceed("maxTime"), maxTime2));
    if (maxErrors2 !== void 0) {
      const look = () => errorsSize() > maxErrors2 && this.#exceed("maxErrors");
      this.#timers.push(setInterval(look, errorsInterval));
    }
  }
  /** To be called as soon as the supervisor has ended: the process number may be another program's from then on. */
  end() {
    this.#hasEnded = true;
    for (const timer of this.#timers) clearInterval(timer);
  }
  addStdout(chunk) {
    if (this.exceeded === "maxOutput") return;
    this.#silence?.refresh();
    this.#stdout.push(chunk);
    this.#size += chunk.length;
    if (this.#size <= (this.#limits.maxOutput ?? Infinity)) return;
    this.exceeded = "maxOutput";
    setImmediate(() => this.#kill());
  }
  addStderr(chunk) {
    this.#stderr.push(chunk);
  }
  /** Kills the program unless output or its end is still to be handled, because relopack itself was busy. */
  #endSilence() {
    const size = this.#size;
    setImmediate(() => {
      if (this.#size === size) this.#exceed("maxSilence");
    });
  }
  #exceed(limit) {
    if (this.#kill()) this.exceeded ??= limit;
  }
  /**
   * Kills the program, and returns whether it was there. To be called after the I/O events of a turn: one of them can
   * be the end of the supervisor.
   */
  #kill() {
    const { number } = splitNumber(Buffer.concat(this.#stdout));
    if (this.#hasEnded || !(number > 1)) return false;
    try {
      return process.kill(number, "SIGKILL");
    } catch {
      return false;
    }
  }
};

// src/common/run/run.ts
var maxDelay = 5e3;
var maxErrorBytes = 64 * 1024;
async function run(file, args, options = {}) {
  const { errorFile, cwd, env = process.env, endsDescendants = false } = options;
  if (file.includes("/")) accessSync(resolve(cwd ?? "", file), constants3.X_OK);
  const errors = errorFile === void 0 ? void 0 : openSync4(errorFile, "wx+", 384);
  const output = new Output(options);
  const mark2 = endsDescendants ? `RELOPACK_RUN=${randomBytes2(16).toString("hex")}` : void 0;
  output.begin(() => errors === void 0 ? 0 : fstatSync3(errors).size);
  try {
    const words2 = supervised({ file, args, env, errorFile, mark: mark2 });
    const code = await exec("/bin/sh", words2, {
      ...cwd === void 0 ? {} : { cwd },
      ...options.env === void 0 ? {} : { env: options.env },
      silent: true,
      ignoreReturnCode: true,
      delay: maxDelay,
      listeners: {
        stdout: (chunk) => output.addStdout(chunk),
        stderr: (chunk) => output.addStderr(chunk),
        // The debug messages before this one show the arguments, indented.
        debug: (message2) => message2.startsWith("Exit code ") && output.end()
      }
    });
    const { stdout, exceeded } = output;
    const stderr = errors === void 0 ? output.stderr : readEnd(errors);
    const timedOut = exceeded === "maxSilence" || exceeded === "maxTime";
    return { code, stdout, stderr, timedOut, overflowed: exceeded !== void 0 && !timedOut, exceeded };
  } finally {
    output.end();
    if (errors !== void 0) closeSync4(errors);
  }
}
function readEnd(file) {
  const { size } = fstatSync3(file);
  const bytes = Buffer.alloc(Math.min(size, maxErrorBytes));
  return bytes.toString("utf8", 0, readSync3(file, bytes, 0, bytes.length, size - bytes.length));
}

// src/verify/identity.ts
import { closeSync as closeSync5, openSync as openSync5, readSync as readSync4, statSync as statSync2 } from "node:fs";
function identityOf(path) {
  if (!statSync2(path, { throwIfNoEntry: false })?.isFile()) return void 0;
  const bytes = Buffer.alloc(identityBytes);
  const file = openSync5(path, "r");
  try {
    return elfIdentity(bytes.subarray(0, readSync4(file, bytes)));
  } finally {
    closeSync5(file);
  }
}

// src/verify/libraries/loaded.ts
import { posix as posix6 } from "node:path";
function misledInProcess(steps, choices, unpacked) {
  const process2 = new LoadedFiles(choices);
  const known3 = /* @__PURE__ */ new Set();
  return steps.flatMap((paths) => {
    const files = new Set(paths.flatMap((path) => unpacked.atPlace(path)?.file ?? []));
    const added2 = [...files].filter((file) => !known3.has(file)).flatMap((file) => readLoaded(file, unpacked));
    for (const one of added2) {
      known3.add(one.file);
      process2.add(one);
    }
    return added2.flatMap((one) => [...one.needed].flatMap((soname) => process2.problemOf(one, soname)));
  });
}
var LoadedFiles = class {
  #choices;
  #files = /* @__PURE__ */ new Set();
  /** The loaded files that ld.so takes for a name. */
  #byName = /* @__PURE__ */ new Map();
  /** The files that need a name, by the library that was packed for them under that name. */
  #users = /* @__PURE__ */ new Map();
  constructor(choices) {
    this.#choices = choices;
  }
  add(one) {
    this.#files.add(one.file);
    for (const name3 of one.names) {
      const known3 = this.#byName.get(name3);
      if (known3 === void 0) this.#byName.set(name3, [one]);
      else known3.push(one);
    }
    for (const soname of one.needed) {
      const users = this.#users.get(soname) ?? /* @__PURE__ */ new Map();
      const packed = this.#choices.of(one.file, soname)?.file;
      users.set(packed, (users.get(packed) ?? /* @__PURE__ */ new Set()).add(one.file));
      this.#users.set(soname, users);
    }
  }
  problemOf({ file }, soname) {
    const packed = this.#choices.of(file, soname);
    if (packed === void 0 || this.#files.has(packed.file)) return [];
    const isForAnother = ({ file: library2 }) => {
      const users = this.#users.get(soname)?.get(library2);
      return users !== void 0 && users.size > Number(users.has(file));
    };
    const instead = (this.#byName.get(soname) ?? []).find((one) => !isForAnother(one));
    if (instead === void 0) return [];
    const [from2, to, other] = [file.entry.path, packed.path, instead.file.entry.path].map(belowTop2);
    return [`${from2} needs ${soname}: ${other} was loaded, but ${to} was packed for it`];
  }
};
function readLoaded(file, unpacked) {
  if (unpacked.identity(file) === void 0) return [];
  const { path } = file.entry;
  try {
    const { soname, needed } = readElf(unpacked.place(file), path);
    return [{ file, names: /* @__PURE__ */ new Set([soname ?? "", posix6.basename(path)]), needed: new Set(needed) }];
  } catch (error) {
    if (error instanceof RelopackError) return [];
    throw error;
  }
}
function belowTop2(path) {
  return path.slice(path.indexOf("/") + 1);
}

// src/verify/needed-tests.ts
var onPath = /^.*?\/python\d+\.\d+\/(?:site-packages\/|lib-dynload\/)?/;
var noModule = /No module named '([\w.]+)'/g;
var noName = /cannot import name '(\w+)' from '([\w.]+)'/g;
function needsTests(error, tests) {
  const modules2 = [
    ...[...error.matchAll(noModule)].map(([, module = ""]) => module),
    ...[...error.matchAll(noName)].map(([, name3, module]) => `${module}.${name3}`)
  ];
  return tests.some((path) => {
    const place = path.replace(onPath, "").replace(/(?:\/__init__)?\.py$/, "");
    const dotted = place.replaceAll("/", ".");
    return error.includes(`/${path}`) || modules2.some((module) => `${dotted}.`.startsWith(`${module}.`));
  });
}

// src/verify/path-lines.ts
import { readFileSync as readFileSync3 } from "node:fs";
import { join as join4 } from "node:path";
var maxShown2 = 200;
var canAddPath = /\bsys\.path\b|\baddsitedir\b|^import[ \t]+[\w.]+$/;
function pathLinesProblem(top, { files }, directory2) {
  const lines = files.filter(({ path, type }) => type === "file" && /\/site-packages\/[^/]+\.pth$/.test(path)).flatMap(({ path }) => codeLines(top, path));
  const naming = lines.filter(({ text }) => directory2 !== "" && text.includes(directory2));
  const shown = naming.length > 0 ? naming : lines.filter(({ text }) => canAddPath.test(text));
  if (shown.length === 0) return void 0;
  const listed2 = shown.map(({ path, number, text }) => `${path}, line ${number}: ${text.slice(0, maxShown2)}`);
  const isKnown = naming.length > 0 || shown.length === 1;
  return `${directory2 || "the current directory"} is outside the archive, but ${isKnown ? "this line puts" : "one of these lines may put"} it on sys.path: ${listed2.join(", or ")}`;
}
function codeLines(top, path) {
  return readFileSync3(join4(top, path), "utf8").split("\n").map((text, index) => ({ path, number: index + 1, text: text.trimEnd() })).filter(({ text }) => /^import[ \t]/.test(text));
}

// src/verify/probe.ts
var probe = `
import sys
del sys.path[0]
import importlib, json, os, subprocess

stdout = os.dup(1)
os.dup2(2, 1)

def result_or_error(action):
    try:
        return action()
    except BaseException as error:
        return "%s: %s" % (type(error).__name__, error)

def child(arguments):
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    return done.stdout.strip() if done.returncode == 0 else "exit code %d: %s" % (done.returncode, done.stderr.strip())

def mapped():
    with open("/proc/self/maps") as maps:
        fields = [line.rstrip("\\n").split(None, 5) for line in maps]
    named = [f for f in fields if len(f) == 6 and f[5].startswith("/") and not f[5].endswith(" (deleted)")]
    return {f[5] for f in named if "x" in f[1] or ".so" in f[5]}

failures = {}
steps = [mapped()]
for name in sys.argv[1:]:
    os.write(stdout, os.fsencode(name + "\\n"))
    failed = result_or_error(lambda: importlib.import_module(name) and None)
    if failed is not None:
        failures[name] = failed
    steps.append(mapped())
os.write(stdout, b"-\\n")

result = {
    "prefix": sys.prefix,
    "executable": sys.executable,
    "path": sys.path,
    "failures": failures,
    "system": result_or_error(lambda: child(["/bin/ls", "-d", "/"])),
    "itself": result_or_error(lambda: child([sys.executable, "-c", "import sys; print(sys.prefix)"])),
}
last = mapped()
result["mapped"] = [sorted((now - before) & last) for before, now in zip([set()] + steps, steps + [last])]
os.write(stdout, json.dumps(result).encode())
`;

// src/verify/start.ts
var maxOutput = 8 * 1024 ** 2;
var maxErrors = 64 * 1024 ** 2;
var maxOutside = 20;
var maxTime = 18e5;
async function start(startable) {
  const { unpacked, scratch, manifest, choices, origin, tests, maxSilence } = startable;
  const { top } = unpacked;
  const modules2 = manifest.modules.flatMap(({ imports: imports2 }) => imports2);
  const [home, temporary] = [join5(scratch, "home"), join5(scratch, "tmp")];
  for (const directory2 of [home, temporary]) orTemporaryFileError(scratch, () => mkdirSync4(directory2));
  const env = { PATH: "/usr/bin:/bin", HOME: home, TMPDIR: temporary };
  const python2 = join5(top, manifest.python.executable);
  const errorFile = join5(scratch, "stderr");
  const limits = { maxSilence, maxTime, maxOutput, maxErrors };
  const options = { env, cwd: home, ...limits, errorFile, endsDescendants: true };
  const finished = await run(python2, ["-c", probe, ...modules2], options).catch((error) => {
    throw notStarted(reason(error), origin, error);
  });
  if (wasRefused(finished, unpacked)) throw notStarted(lastWords(finished), origin);
  const probed = readProbed(finished, modules2, startable);
  const failures = Object.entries(probed.failures);
  const mapped = [...new Set(probed.mapped.flat())];
  const outside2 = [...new Set(probed.path.filter((path) => !isInside(path, top)))].slice(0, maxOutside);
  const byLines = outside2.flatMap((path) => pathLinesProblem(top, manifest, path) ?? []);
  const unexplained = outside2.filter((path) => pathLinesProblem(top, manifest, path) === void 0);
  const wrong = [
    ...[probed.prefix, probed.executable, ...unexplained].filter((path) => !isInside(path, top)).map((path) => `${path || "the current directory"} is outside the archive, but Python uses it`),
    ...probed.system === "/" ? [] : [`a child process, /bin/ls: ${probed.system}`],
    ...probed.itself === probed.prefix ? [] : [`a child process started by sys.executable: ${probed.itself}`],
    ...mapped.filter((path) => !isInside(path, top)).map((path) => `${path} was loaded from this machine instead of the archive`),
    ...misledInProcess(probed.mapped, choices, unpacked)
  ];
  const notImported = failures.map(([name3, error]) => `import ${name3}: ${error}`);
  if (wrong.length > 0 || byLines.length > 0) {
    const remedy = wrong.length > 0 ? void 0 : linesRemedy(origin);
    throw failed([...notImported, ...byLines, ...wrong], origin, remedy);
  }
  if (failures.length > 0) {
    const names = failures.map(([name3]) => name3);
    const lacksTests = failures.some(([, error]) => needsTests(error, tests));
    throw failed(notImported, origin, lacksTests ? testsRemedy : importRemedy(names, manifest, origin));
  }
  return [
    { name: "imports", detail: `${modules2.length} modules import` },
    { name: "children", detail: "children start" },
    { name: "isolation", detail: `all ${mapped.length} loaded files are in the archive` }
  ];
}
function wasRefused({ code, stdout }, unpacked) {
  return code === 126 && stdout.length === 0 && !isForeign(unpacked);
}
function readProbed(finished, modules2, startable) {
  const lines = finished.stdout.toString().trimEnd().split("\n");
  const answer = lines.at(-1) ?? "";
  const problem = problemOf(finished, startable);
  if (problem !== void 0) throw unanswered(problem, answer, modules2, startable);
  try {
    const probed = JSON.parse(answer);
    const paths = [probed.prefix, probed.executable, ...probed.path, ...probed.mapped.flat()];
    if (Object.keys(probed.failures) && paths.every((path) => typeof path === "string")) return probed;
  } catch {
  }
  if (modules2.includes(answer)) throw unanswered("the packed Python exited", answer, modules2, startable);
  throw failed([`the packed Python did not answer: ${lastWords(finished)}`], startable.origin);
}
function problemOf(finished, { unpacked, manifest, maxSilence }) {
  const { code, exceeded, stdout } = finished;
  if (exceeded === "maxSilence") return `the packed Python printed nothing for ${maxSilence / 1e3} seconds`;
  if (exceeded === "maxTime") return `the packed Python ran for more than ${maxTime / 1e3} seconds`;
  if (exceeded === "maxOutput") return `the packed Python printed more than ${maxOutput} bytes`;
  if (exceeded === "maxErrors") return `the packed Python printed more than ${maxErrors} bytes to stderr`;
  if (code !== 0) {
    const elsewhere = isForeign(unpacked) ? ` (it is for ${manifest.arch}, and this machine is ${machine()})` : "";
    return `the packed Python exited with code ${code}${elsewhere}: ${lastWords(finished)}`;
  }
  return stdout.length === 0 ? "the packed Python exited before it printed a result" : void 0;
}
function unanswered(problem, last, modules2, { manifest, origin }) {
  if (!modules2.includes(last)) return failed([problem], origin);
  return failed([`import ${last}: ${problem}`], origin, importRemedy([last], manifest, origin));
}
function isForeign({ loader }) {
  return loader !== void 0 && !sameIdentity(loader, identityOf(process.execPath));
}
function lastWords({ stderr }) {
  return stderr.trim().split(/\r?\n|\r/).slice(-3).join("\n");
}
function isInside(path, top) {
  return path === top || path.startsWith(`${top}/`);
}

// src/verify/unpacked.ts
import { join as join6, posix as posix7 } from "node:path";
var Unpacked = class {
  /** The top folder, on the disk. */
  top;
  /** The top folder, in the archive. */
  topName;
  /** In the order of the archive. */
  nodes;
  #directory;
  #tree;
  #identities = /* @__PURE__ */ new Map();
  /** The identity of the packed loader. A file that is loaded into the packed Python must have the same. */
  loader;
  /** `entries` are those of an archive that was unpacked into `directory`. The first is its top folder. */
  constructor(directory2, entries, { maxLookups } = unlimited) {
    this.#directory = directory2;
    this.topName = entries[0]?.path ?? "";
    this.top = join6(directory2, this.topName);
    this.#tree = new Tree(maxLookups);
    for (const entry of entries) this.#tree.add(entry);
    this.nodes = this.#tree.nodes;
    const loader = this.find(loaderPath);
    this.loader = loader && this.identity(loader);
  }
  /** The file or directory that a path below the top folder leads to. Undefined if there is none. */
  find(path) {
    const top = this.#tree.at(this.topName);
    return top && this.follow(top, path);
  }
  /** The entry at a path on the disk that has no links. */
  atPlace(path) {
    return path.startsWith(`${this.#directory}/`) ? this.#tree.at(path.slice(this.#directory.length + 1)) : void 0;
  }
  /** The file or directory that a path from a folder leads to. Undefined if there is none. */
  follow(folder2, path) {
    const found = this.#tree.follow(folder2, path);
    return typeof found === "string" ? void 0 : found.file;
  }
  /** The file that an entry is, or that it leads to. Undefined for a directory, and for a link that leads nowhere. */
  fileOf(node) {
    const { type, path } = node.entry;
    const found = type === "symlink" && node.folder ? this.follow(node.folder, posix7.basename(path)) : node.file;
    return found?.entry.type === "file" ? found : void 0;
  }
  /** Whether a path from a folder leads out of the archive. */
  leadsOut(folder2, path) {
    return this.#tree.follow(folder2, path) === "outside";
  }
  /** The path of a file on the disk. */
  place({ entry }) {
    return join6(this.#directory, entry.path);
  }
  /** The kind of machine that a file is for. Undefined if it is not an ELF file. */
  identity(file) {
    if (file.entry.type !== "file") return void 0;
    if (!this.#identities.has(file)) this.#identities.set(file, identityOf(this.place(file)));
    return this.#identities.get(file);
  }
  /** Whether a file is an ELF file that the packed loader can load. */
  isLoadable(file) {
    const identity = this.identity(file);
    return sameIdentity(identity, this.loader ?? identity);
  }
  /** The first library of that name in the folders. Like ld.so, it ignores files that the packed loader cannot load. */
  findLibrary(folders, soname) {
    for (const folder2 of folders) {
      const file = this.follow(folder2, soname);
      if (file !== void 0 && this.isLoadable(file))
        return { path: `${folder2.entry.path}/${soname}`, file };
    }
    return void 0;
  }
};

// src/verify/verify.ts
var importTime = 3e5;
async function verify(archive, options, log) {
  log.stage("Verifying");
  const checks = await withTemporaryDirectory(
    "relopack-verify",
    (scratch) => check(archive, options, scratch)
  );
  log.done(checks.map(({ detail }) => detail).join(", "));
  return checks;
}
async function check(archive, options, scratch) {
  const { origin, tests = [], maxSilence = importTime } = options;
  const checksum = await checkChecksum(archive, origin);
  const directory2 = join7(scratch, "unpacked");
  const limits = origin === "packed" ? unlimited : limitsFor(archive);
  const entries = await unpack(archive, directory2, limits);
  const unpacked = new Unpacked(directory2, entries, limits);
  const manifest = unpackedManifest(unpacked, limits, origin);
  const files = passed(checkFiles(entries, manifest), origin);
  const choices = new Choices(unpacked, manifest);
  const libraries2 = passed(checkLibraries(unpacked, choices), origin);
  const started = options.start ? await start({ unpacked, scratch, manifest, choices, origin, tests, maxSilence }) : [];
  return [...checksum, files, libraries2, ...started];
}
var otherFile = "Do not use it. Download the archive and its checksum again, from the same run or release.";
async function checkChecksum(archive, origin) {
  const name3 = basename(checksumPath(archive));
  const matches = await matchesChecksum(archive);
  if (matches === false) throw failed([`its SHA-256 digest is not the one in ${name3}`], origin, otherFile);
  return matches === void 0 ? [] : [{ name: "checksum", detail: `as in ${name3}` }];
}
function unpackedManifest(unpacked, { maxManifestSize }, origin) {
  const file = unpacked.find(manifestName);
  if (file === void 0) throw failed([`it has no ${manifestName}, so relopack did not make it`], origin);
  if (file.entry.size > maxManifestSize) {
    const problem = `its ${manifestName} has more than ${maxManifestSize} bytes, the limit for an archive of its size`;
    throw failed([problem], origin);
  }
  const manifest = readManifest(unpacked.place(file));
  if (manifest === void 0) throw failed([`relopack did not write its ${manifestName}`], origin);
  return manifest;
}

// src/pack.ts
import { posix as posix39 } from "node:path";

// src/archive/output.ts
import { createHash as createHash3 } from "node:crypto";
import { closeSync as closeSync7, fsyncSync, lstatSync as lstatSync3, openSync as openSync7, renameSync, rmSync as rmSync2, writeFileSync as writeFileSync2 } from "node:fs";
import { basename as basename3, dirname as dirname2, resolve as resolve2 } from "node:path";

// src/archive/turn.ts
import { closeSync as closeSync6, openSync as openSync6, readdirSync as readdirSync2 } from "node:fs";
import { basename as basename2, dirname } from "node:path";
import { setTimeout as setTimeout2 } from "node:timers/promises";
var maxAttempts = 250;
var maxPause = 40;
async function inTurn(path, action) {
  const [directory2, name3] = [dirname(path), `${basename2(path)}.lock`];
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const done = await withScratch(directory2, name3, async (ticket) => {
      orOutputError(path, () => closeSync6(openSync6(ticket, "wx")));
      const tickets = readdirSync2(directory2).filter((found) => found.startsWith(`.${name3}.`));
      return tickets.length > 1 ? void 0 : { result: action() };
    });
    if (done !== void 0) return done.result;
    await setTimeout2(maxPause * Math.random());
  }
  throw new RelopackError(
    "output",
    `cannot write ${path}: another run is writing it`,
    message`Wait for the other run, or give another path with ${option("output")}.`
  );
}

// src/archive/output.ts
async function withOutput(path, write, check2) {
  const final = resolve2(path);
  const checksum = checksumPath(final);
  const directory2 = dirname2(final);
  requireRegularFile(final);
  requireRegularFile(checksum);
  return await withScratch(
    directory2,
    basename3(final),
    (temporary) => withScratch(directory2, basename3(checksum), async (temporaryChecksum) => {
      const written = await write(temporary);
      const line2 = Buffer.from(formatChecksum(written.sha256, basename3(final)));
      await writeNewFile(temporaryChecksum, [line2], checksum);
      const checked = await check2(temporary);
      await inTurn(
        final,
        () => orOutputError(final, () => {
          rmSync2(checksum, { force: true });
          renameSync(temporary, final);
          renameSync(temporaryChecksum, checksum);
        })
      );
      return { path: final, ...written, ...checked };
    })
  );
}
async function writeNewFile(temporary, bytes, path) {
  const hash = createHash3("sha256");
  let size = 0;
  const file = orOutputError(path, () => openSync7(temporary, "wx"));
  try {
    for await (const piece of bytes) {
      hash.update(piece);
      size += piece.length;
      orOutputError(path, () => writeFileSync2(file, piece));
    }
    orOutputError(path, () => fsyncSync(file));
  } finally {
    closeSync7(file);
  }
  return { size, sha256: hash.digest("hex") };
}
function requireRegularFile(path) {
  const found = orOutputError(path, () => lstatSync3(path, { throwIfNoEntry: false }));
  if (found === void 0 || found.isFile()) return;
  const kind = found.isDirectory() ? "a directory" : found.isSymbolicLink() ? "a symbolic link" : "not a regular file";
  throw new RelopackError(
    "output",
    `${path} is ${kind}`,
    message`Give the name of a file with ${option("output")}.`
  );
}

// src/common/finding.ts
function reportFindings(findings, strict, log) {
  const refused = findings.filter(({ severity }) => strict && severity === "warning");
  for (const finding of findings) if (!refused.includes(finding)) log.warn(finding.message);
  if (refused.length === 0) return;
  throw new RelopackError(
    "file-changed",
    joinMessages(
      refused.map((finding) => finding.message),
      "; "
    ),
    message`Reinstall the packages that own these files, or pack without ${option("strict")}.`
  );
}

// src/host/root.ts
import { fstatSync as fstatSync4, lstatSync as lstatSync4, readdirSync as readdirSync3, readSync as readSync5, realpathSync as realpathSync3 } from "node:fs";
var Root = class {
  /** The root's own path on the disk, with links resolved. */
  path;
  #links;
  /** `path` is real: absolute, without links. `openRoot` accepts any other. */
  constructor(path) {
    this.path = path;
    this.#links = new LinksInsideRoot(path);
  }
  /** The canonical path of the target, with all links followed. */
  resolve(path) {
    return this.#links.find(path)?.path;
  }
  /**
   * Follows the links of the directory and keeps the last component, which may be a link or absent. Paths in this form
   * tell whether two packages have the same file. Returns undefined if the directory does not exist.
   */
  canonical(path) {
    return this.#links.canonical(path);
  }
  /** The stats of the last component itself, which may be a link. */
  lstat(path) {
    const canonical = this.canonical(path);
    return canonical === void 0 ? void 0 : this.#links.examine(canonical);
  }
  /** The stats of the target, with all links followed. */
  stat(path) {
    return this.#links.find(path)?.stats;
  }
  /**
   * Device and inode as one text, which is equal for two hard links to one file. It has all digits: overlayfs and
   * network file systems have inodes that a JavaScript number would round to another file's.
   */
  inode(path) {
    const found = this.#links.find(path);
    if (found === void 0) return void 0;
    const stats = lstatSync4(this.#links.outside(found.path), { bigint: true, throwIfNoEntry: false });
    return stats && `${stats.dev}:${stats.ino}`;
  }
  /** The target of a symbolic link, as it is written. Undefined for anything else. */
  readlink(path) {
    const canonical = this.canonical(path);
    if (canonical === void 0 || !this.#links.examine(canonical)?.isSymbolicLink()) return void 0;
    return this.#links.target(canonical);
  }
  /** The names in a directory, sorted. An absent directory has none. */
  list(path) {
    const directory2 = this.#links.directory(path);
    if (directory2 === void 0) return [];
    return withOpenDirectory(
      this.#links.outside(directory2),
      path,
      (onDisk) => readdirSync3(onDisk, { encoding: "buffer" }).map(fileName).sort()
    );
  }
  /**
   * The content of a regular file. Throws RelopackError 'file-missing' if the file is absent, cannot be read, or is not
   * a regular file: reading a FIFO or a device might never end.
   */
  read(path) {
    return this.#open(path, (file) => contentOf(file, path));
  }
  /**
   * Lets `use` read parts of a regular file. It gets the file's size, and a function that fills a buffer from an offset in
   * the file. Throws the errors of `read`.
   */
  readParts(path, use) {
    return this.#open(path, (file) => {
      const { size } = fstatSync4(file);
      return use(size, (into, at) => {
        for (let done = 0, count = -1; done < into.length && count !== 0; done += count)
          count = readSync5(file, into, done, into.length - done, at + done);
      });
    });
  }
  /** The first `length` bytes of a regular file, or fewer if it is shorter. Throws the errors of `read`. */
  head(path, length) {
    return this.#open(path, (file) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync5(file, bytes, 0, length, 0));
    });
  }
  /** The path of the target on the disk, for other programs. Throws the errors of `read`. */
  onDisk(path) {
    return this.#links.outside(this.#expect(path).path);
  }
  #open(path, use) {
    const { path: canonical, stats } = this.#expect(path);
    if (!stats.isFile()) throw unreadable2(path, "it is not a regular file");
    return withOpenFile(this.#links.outside(canonical), path, use);
  }
  #expect(path) {
    const found = this.#links.find(path);
    if (found === void 0) throw unreadable2(path, "there is no such file");
    return found;
  }
};
function openRoot(path) {
  try {
    const real = realpathSync3(path);
    readdirSync3(real);
    return new Root(real);
  } catch (error) {
    throw new RelopackError(
      "file-missing",
      `the root ${path} cannot be read: ${reason(error)}`,
      message`Set ${option("root")} to the directory that a host is installed in.`,
      { cause: error }
    );
  }
}

// src/plan/files/rules.ts
var import_picomatch = __toESM(require_picomatch2(), 1);

// src/plan/files/test-directories.ts
function testDirectories(paths) {
  const directories = /* @__PURE__ */ new Set();
  for (const path of paths) {
    const match = /^(.*\/(?:tests?|idle_test))\/test_[^/]*\.py$/.exec(path);
    if (match?.[1] !== void 0) directories.add(match[1]);
  }
  return directories;
}
function isBelowAny(path, directories) {
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    if (directories.has(path.slice(0, slash))) return true;
  }
  return false;
}

// src/plan/files/rules.ts
var testReason = "a test";
var outside = /^host\/(?!var\/)(?:.+?\/)??(?=(?:lib|lib64|libexec|share)\/)/;
var wantedRoots = /^(?:lib|lib64|libexec|share)\/|^include\/python[^/]+\//;
var ofModule = /^lib(?:64)?\/python\d+\.\d+\/(?:site-packages\/)?(?!site-packages\/)[^/]+\//;
var versioned = /^lib(?:64)?\/python(\d+\.\d+)\//;
var unwanted = [
  /^lib\/locale\/locale-archive/,
  /\/__pycache__\/$/,
  /^share\/(?:doc|man|info|licenses|help|gtk-doc|bash-completion|zsh|fish|applications|icons)\//,
  /^lib(?:64)?\/(?:pkgconfig|cmake|debug|systemd|\.build-id|glibc-hwcaps)\//,
  /\.(?:a|la)$/,
  // Python's own main(), for programs that embed it.
  /^lib(?:64)?\/python[^/]+\/config-[^/]+\/python\.o$/,
  // PEP 668 protects the packages of a distribution from pip. In the tree there is no other way to install something.
  /^lib(?:64)?\/python[^/]+\/EXTERNALLY-MANAGED$/
];
var ofRpm = /^lib\/rpm\//;
var neverNamed = /^(?:bin|libexec|include)\//;
var program = /^bin\/[^/]+$/;
var optimized = /\.opt-[12]\.pyc$/;
var Rules = class {
  #choice;
  #version;
  #globs;
  /** `version` is the X.Y of the packed Python. Files for another version are not packed. */
  constructor(choice, version3) {
    this.#choice = choice;
    this.#version = version3;
    this.#globs = choice.globs.map(({ kind, pattern }) => ({
      include: kind === "include",
      pattern,
      matches: (0, import_picomatch.default)(pattern, { dot: true })
    }));
  }
  /** The decision of the user's globs for an archive path. The last matching glob wins; undefined if none matches. */
  verdict(path) {
    return this.#globs.findLast((glob) => glob.matches(path));
  }
  /** The user's globs that match none of these archive paths. */
  unmatched(paths) {
    const isMatched = ({ matches }) => {
      for (const path of paths) if (matches(path)) return true;
      return false;
    };
    const matched = new Set(this.#globs.filter(isMatched).map(({ pattern }) => pattern));
    return this.#choice.globs.filter(({ pattern }) => !matched.has(pattern));
  }
  /**
   * Whether a file or directory is packed as part of its package. `testDirectories` are the directories of the package that contain
   * tests. For a file that is needed by name, such as a library, only `verdict` decides.
   */
  admits(path, file, testDirectories2) {
    return this.refusal(path, file, testDirectories2) === void 0;
  }
  /** The reason why `admits` says no; undefined if it says yes. */
  refusal(path, file, testDirectories2) {
    const verdict = this.verdict(path);
    if (verdict !== void 0) return verdict.include ? void 0 : `excluded by ${verdict.pattern}`;
    const inside2 = isDirectory(file) ? `${path}/` : path;
    const below = inside2.replace(outside, "");
    const unwantedFlags = FileFlag.artifact | (ofModule.test(below) ? 0 : FileFlag.doc | FileFlag.ghost);
    if ((file.flags & unwantedFlags) !== 0) return "documentation, or no part of the package";
    if (!wantedRoots.test(below) || [ofRpm, ...unwanted].some((pattern) => pattern.test(below)))
      return "not used at run time";
    if ((versioned.exec(below)?.[1] ?? this.#version) !== this.#version) return "for another Python";
    if (optimized.test(path)) return "bytecode for -O";
    if (!this.#choice.bytecode && path.endsWith(".pyc")) return "bytecode";
    return !this.#choice.tests && isBelowAny(inside2, testDirectories2) ? testReason : void 0;
  }
  /** Whether a file or directory is packed if a packed file names it, or the directory that it is in. */
  admitsNamed(path, file) {
    const verdict = this.verdict(path);
    if (verdict !== void 0) return verdict.include;
    const below = (isDirectory(file) ? `${path}/` : path).replace(outside, "");
    if ((file.flags & (FileFlag.artifact | FileFlag.doc)) !== 0 || neverNamed.test(below)) return false;
    return !optimized.test(path) && !unwanted.some((pattern) => pattern.test(below));
  }
  /** Whether a file is packed if it is a command of a packed package that the packed Python or ld.so can start. */
  admitsCommand(path) {
    return this.#choice.scripts && program.test(path) && this.verdict(path) === void 0;
  }
};

// src/plan/plan.ts
import { posix as posix37 } from "node:path";

// src/host/os-release.ts
var installers = ["dnf -y", "microdnf -y", "tdnf -y", "zypper --non-interactive", "yum -y"];
function readDistribution(root) {
  const file = ["/etc/os-release", "/usr/lib/os-release"].find((path) => root.resolve(path) !== void 0);
  const fields = file === void 0 ? /* @__PURE__ */ new Map() : parseOsRelease(root.read(file).toString());
  const id = fields.get("ID") ?? "linux";
  const isInstalled2 = (command2) => root.resolve(`/usr/bin/${command2.replace(/ .*/, "")}`) !== void 0;
  return {
    id: `${id}${fields.get("VERSION_ID") ?? ""}`.replace(/[^A-Za-z0-9._-]/g, ""),
    name: fields.get("PRETTY_NAME") ?? fields.get("NAME") ?? id,
    install: `${installers.find(isInstalled2) ?? "dnf -y"} install`
  };
}
function parseOsRelease(text) {
  const fields = /* @__PURE__ */ new Map();
  for (const line2 of text.split("\n")) {
    const match = /^\s*([A-Z0-9_]+)=(?:"(.*)"|'(.*)'|(\S*))\s*$/.exec(line2);
    if (match?.[1] === void 0) continue;
    fields.set(match[1], (match[2] ?? match[3] ?? match[4] ?? "").replace(/\\(["$`\\])/g, "$1"));
  }
  return fields;
}

// src/python/interpreter.ts
import { posix as posix8 } from "node:path";

// src/host/elf-file.ts
function isElfFile(root, path) {
  return elfHead(root, path) !== void 0;
}
function elfIdentityOf(root, path) {
  const head = elfHead(root, path);
  return head && elfIdentity(head);
}
function elfHead(root, path) {
  if (!root.stat(path)?.isFile()) return void 0;
  const head = root.head(path, identityBytes);
  return isElf(head) ? head : void 0;
}

// src/rpm/compare-versions.ts
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
function segments(version3) {
  return version3.match(/[0-9]+|[A-Za-z]+|[~^]/g) ?? [];
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

// src/rpm/dependency.ts
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

// src/python/package-versions.ts
var versioned2 = /\/lib(?:64)?\/python(\d+\.\d+)\/|\/libpython(\d+\.\d+)[a-z]*\.so/;
var known = /* @__PURE__ */ new WeakMap();
function pythonVersions(pkg) {
  let versions = known.get(pkg);
  if (versions === void 0) {
    const names = /* @__PURE__ */ new Set();
    for (const { path } of pkg.files) {
      const match = versioned2.exec(path);
      if (match !== null) names.add(match[1] ?? match[2] ?? "");
    }
    versions = names;
    known.set(pkg, versions);
  }
  return versions;
}

// src/python/interpreter.ts
var executableName = /^(?:platform-)?python(\d+\.\d+)$/;
var versionRequest = /^(\d+\.\d+)(?:\.\d+)*$/;
function findInterpreter(installed, request) {
  for (const path of candidates(installed, request === "3" ? "python3" : request)) {
    const interpreter2 = inspect(installed, path);
    if (interpreter2 === void 0 || !isVersion(interpreter2, request)) continue;
    const named = packagesNamed(installed, request).filter(
      (pkg) => pkg !== interpreter2.package && pythonVersions(pkg).has(interpreter2.version)
    );
    return { ...interpreter2, named };
  }
  const paths = installed.packages.flatMap(executables);
  const present = [...new Set(paths.filter((path) => isElfFile(installed.root, path)).map(versionOf))];
  const known3 = present.length === 0 ? "No Python is installed." : `Installed versions: ${present.sort(compareVersions).join(", ")}.`;
  throw new RelopackError(
    "python-not-found",
    request.startsWith("/") && installed.root.resolve(request) !== void 0 ? `${request} is not a Python interpreter of an RPM package` : `Python '${request}' is not installed`,
    message`${known3} Install the Python that you need, or set ${option("python")} to an installed one: a version, a package or the path of an interpreter.`
  );
}
function* candidates(installed, request) {
  if (request.startsWith("/")) {
    yield request;
    return;
  }
  const version3 = versionRequest.exec(request)?.[1];
  if (version3 !== void 0) {
    yield `/usr/bin/python${version3}`;
    yield* owned(installed.providers({ name: "python(abi)", flags: Sense.equal, evr: version3 }));
    yield* owned(
      installed.packages.filter((pkg) => executables(pkg).some((path) => versionOf(path) === version3))
    );
    return;
  }
  if (/^python\d*$/.test(request)) yield `/usr/bin/${request}`;
  const named = packagesNamed(installed, request);
  yield* owned(named);
  const required2 = named.flatMap(({ requires }) => requires.filter(isFollowed));
  yield* owned(required2.flatMap((dependency) => installed.providers(dependency)));
}
function packagesNamed(installed, request) {
  const version3 = versionRequest.exec(request)?.[1];
  const names = version3 === void 0 ? [request] : [`python${version3}`, `python${version3.replace(".", "")}`];
  return names.flatMap((name3) => {
    const named = installed.named(name3);
    return named.length > 0 ? named : installed.providers({ name: name3, flags: 0, evr: "" });
  });
}
function isVersion({ version: version3, release }, request) {
  return !versionRequest.test(request) || request === version3 || request === release;
}
function* owned(packages) {
  for (const pkg of packages) yield* executables(pkg);
}
function executables(pkg) {
  return pkg.files.map((file) => file.path).filter(
    (path) => executableName.test(posix8.basename(path)) && /^(?:bin|libexec)$/.test(posix8.basename(posix8.dirname(path)))
  );
}
function versionOf(path) {
  return executableName.exec(posix8.basename(path))?.[1] ?? "";
}
function inspect(installed, candidate) {
  const path = installed.root.resolve(candidate);
  if (path === void 0 || !isElfFile(installed.root, path)) return void 0;
  const owner = installed.owner(path)?.package;
  if (owner === void 0) return void 0;
  const abi = owner.provides.find((provide) => provide.name === "python(abi)")?.evr;
  const version3 = versionOf(path) === "" ? abi : versionOf(path);
  if (version3 === void 0) return void 0;
  const prefix = posix8.dirname(posix8.dirname(path));
  const stdlib = [`${prefix}/lib64/python${version3}`, `${prefix}/lib/python${version3}`].map((directory2) => ({ directory: directory2, landmark: installed.root.resolve(`${directory2}/os.py`) })).find(({ landmark }) => landmark !== void 0)?.directory;
  if (stdlib === void 0) {
    throw new RelopackError(
      "python-not-found",
      `${path} has no standard library: there is no os.py in ${prefix}/lib64/python${version3} or ${prefix}/lib/python${version3}`,
      `Reinstall the packages of this Python: ${owner.name} and the packages that it requires.`
    );
  }
  const image = readImage(installed.root.readParts(path, skim), path);
  const loader = image.interpreter === void 0 ? void 0 : installed.root.resolve(image.interpreter);
  if (loader === void 0) {
    throw new RelopackError(
      "python-not-found",
      `${path} names no loader (PT_INTERP) that is installed; a static Python cannot load modules`,
      "Pack an interpreter that is linked with the shared glibc."
    );
  }
  const release = upstreamVersion(owner, version3);
  return { path, version: version3, release, prefix, stdlib, loader, identity: image, package: owner };
}
function upstreamVersion(pkg, version3) {
  const upstream = pkg.evr.replace(/^\d+:/, "").replace(/-[^-]*$/, "");
  return upstream === version3 || upstream.startsWith(`${version3}.`) ? upstream.replace(/[~^].*$/, "") : version3;
}

// src/plan/added/headers.ts
import { posix as posix9 } from "node:path";

// src/plan/entry.ts
function madeFile(path, mode, mtime, bytes) {
  const source = { kind: "made", bytes };
  const reason2 = { kind: "added" };
  return { path, mode, mtime, reason: reason2, package: void 0, type: "file", source, size: bytes.length };
}
function byPath(a, b) {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}

// src/plan/added/headers.ts
var configuration = /^include\/python[^/]+\/pyconfig[^/]*\.h$/;
function headerEntries(entries, installed, interpreter2, mtime) {
  const read = entries.find(({ path: path2 }) => configuration.test(path2));
  if (read === void 0) return [];
  const path = `${posix9.dirname(read.path)}/Python.h`;
  if (entries.some((entry) => entry.path === path)) return [];
  const owner = installed.owner(posix9.join(interpreter2.prefix, path))?.package.name;
  const name3 = owner ?? developmentPackage(interpreter2);
  const text = `#error "This Python was packed without its headers. Pack it again, with ${name3} as a module."
`;
  return [madeFile(path, 420, mtime, Buffer.from(`/* Made by relopack. */
${text}`))];
}
function developmentPackage({ package: { name: name3 } }) {
  return `${name3.replace(/-(?:base|libs|minimal)$/, "")}-devel`;
}

// src/plan/added/launcher.ts
import { posix as posix11 } from "node:path";

// src/elf/isolate/closed-path.ts
var nowhere = "/dev/null/";
function closedPath(path) {
  return nowhere + path.slice(nowhere.length);
}
function closedDirectory(directory2) {
  if (directory2.length >= nowhere.length) return nowhere.padEnd(directory2.length, "/");
  return directory2.replace(/[^/]/g, "");
}

// src/elf/isolate/loader.ts
var loaderSoname = /^(ld-linux.*|ld64)\.so\.\d+$/;
var hostFiles = ["/etc/ld.so.cache", "/etc/ld.so.preload"];
var systemDirectory = /(?:\/usr)?\/lib\w*\/(?:[\w.-]+\/)?(?=\0)/g;
function isolateLoader(bytes, name3) {
  checkSoname(bytes, name3);
  if (hostFiles.every((path) => bytes.includes(`${closedPath(path)}\0`, "latin1"))) return bytes;
  const isolated = Buffer.from(bytes);
  for (const path of hostFiles) {
    if (!bytes.includes(`${path}\0`, "latin1")) throw unsupported(name3, `it does not contain ${path}`);
    writeAll(isolated, `${path}\0`, `${closedPath(path)}\0`);
  }
  const directories = [...isolated.toString("latin1").matchAll(systemDirectory)];
  if (directories.length === 0) throw unsupported(name3, "it contains no system directory");
  for (const { 0: directory2, index } of directories)
    isolated.write(closedDirectory(directory2), index, "latin1");
  return isolated;
}
function loaderHasArgv0(bytes) {
  return bytes.includes("--argv0\0", "latin1");
}
function checkSoname(bytes, name3) {
  let found;
  try {
    found = readImage(bytes, "it").soname;
  } catch (error) {
    if (error instanceof RelopackError) throw unsupported(name3, error.message, error);
    throw error;
  }
  if (found === void 0 || !loaderSoname.test(found))
    throw unsupported(name3, `its soname is ${found ?? "missing"}`);
}
function writeAll(edited, from2, to) {
  for (let at = edited.indexOf(from2, 0, "latin1"); at !== -1; at = edited.indexOf(from2, at + from2.length, "latin1")) {
    edited.write(to, at, "latin1");
  }
}
function unsupported(name3, problem, cause) {
  return new RelopackError(
    "loader-unsupported",
    `${name3} is not a supported ld.so: ${problem}`,
    "Pack on a distribution with glibc. If this is one, please report its name and version.",
    { cause }
  );
}

// src/launcher/shell-launcher.ts
function shellLauncher(paths) {
  const { loader, program: program3, libraries: libraries2, argv0 } = paths;
  const at = argv0 ? 2 : 1;
  const top = `\${${at}%/${program3}}`;
  const search2 = libraries2.map((directory2) => `${top}/${directory2}`).join(":");
  const start3 = (path) => `exec "${top}/${loader}" --library-path ${path} ${argv0 ? "--argv0 " : ""}"$@"`;
  return Buffer.from(`#!/bin/sh
# Starts the Python of this tree, and passes on the environment.

# Prints the top directory of the tree. This file, with all links followed, is in bin/ of the tree. Or it is a copy in a
# virtual environment: then pyvenv.cfg names the directory of the Python that made it.
tree() (
  at=$(readlink -f -- "$0")
  at=\${at%/*/*}
  while [ ! -e "$at/${loader}" ] && [ -e "$at/pyvenv.cfg" ]; do
    while IFS='= ' read -r key value; do
      [ "$key" != home ] || at=$(readlink -f -- "$value/..")
    done <"$at/pyvenv.cfg"
  done
  printf '%s' "$at"
)

# The first parameter is the name that Python gets. The interpreter and its arguments follow.
if [ "\${0#/}" != "$0" ] && [ ! -h "$0" ] && [ -e "\${0%/*/*}/${loader}" ]; then
  set -- "$0" "\${0%/*/*}/${program3}" "$@"
elif [ -e "\${0%/*}/pyvenv.cfg" ] || [ -e "\${0%/*}/../pyvenv.cfg" ]; then
  set -- "$0" "$(tree)/${program3}" "$@"
else
  set -- "$(tree)/bin/python3" "$(tree)/${program3}" "$@"
fi

unset RELOPACK_CALLED RELOPACK_LOCPATH RELOPACK_ARGV0 RELOPACK_PYTHONHOME RELOPACK_PYTHONPLATLIBDIR
[ -z "\${PYTHONHOME+set}" ] || export RELOPACK_PYTHONHOME="$PYTHONHOME"
[ -z "\${PYTHONPLATLIBDIR+set}" ] || export RELOPACK_PYTHONPLATLIBDIR="$PYTHONPLATLIBDIR"
unset PYTHONHOME PYTHONPLATLIBDIR
${[...argv0 ? [] : ['export RELOPACK_ARGV0="$1"', "shift"], ...exportLocales(top, paths.locales)].join("\n")}
case ${top} in
*[:\\;\\$]*) ${start3("''")} ;;
*) ${start3(`"${search2}"`)} ;;
esac
`);
}
function exportLocales(top, locales) {
  if (locales === void 0) return [];
  return [
    `case ${top} in`,
    "*:*) ;;",
    "*)",
    `  [ -z "\${LOCPATH+set}" ] || export RELOPACK_LOCPATH="$LOCPATH"`,
    `  export LOCPATH="${top}/${locales}"`,
    "  ;;",
    "esac"
  ];
}

// src/launcher/shell-program.ts
function shellProgram({ loader, program: program3, libraries: libraries2, argv0 }, own2) {
  const above = partsOf(own2.place);
  const top = `\${1%/${partsOf(program3)}}`;
  const search2 = [...own2.libraries, ...libraries2].map((directory2) => `${top}/${directory2}`).join(":");
  const start3 = (path) => `exec "${top}/${loader}" --library-path ${path} ${argv0 ? '--argv0 "$0" ' : ""}"$@"`;
  return Buffer.from(`#!/bin/sh
# Starts a program of this tree, and passes on the environment.

# Prints the top directory of the tree, which is above this file with all links followed.
tree() (
  at=$(readlink -f -- "$0")
  printf '%s' "\${at%/${above}}"
)

# The first parameter is the program. Its arguments follow.
if [ "\${0#/}" != "$0" ] && [ ! -h "$0" ] && [ -e "\${0%/${above}}/${loader}" ]; then
  set -- "\${0%/${above}}"/${shellWord(program3)} "$@"
else
  set -- "$(tree)"/${shellWord(program3)} "$@"
fi
case ${top} in
*[:\\;\\$]*) ${start3("''")} ;;
*) ${start3(`"${search2}"`)} ;;
esac
`);
}
function partsOf(path) {
  return path.replaceAll(/[^/]+/g, "*");
}

// src/launcher/static-launcher.ts
import { readFileSync as readFileSync4 } from "node:fs";
var programs = /* @__PURE__ */ new Map([
  [62, "launcher-x86_64"],
  [183, "launcher-aarch64"]
]);
var segmentSizesAt = [96, 104];
function hasStaticLauncher({ machine: machine2, class: elfClass }) {
  return programs.has(machine2) && elfClass === 64;
}
function staticLauncher({ machine: machine2, class: elfClass }, paths) {
  const file = programs.get(machine2);
  if (file === void 0 || elfClass !== 64) return void 0;
  const { loader, program: program3, libraries: libraries2, locales = "", zones = "", argv0, redirect = "", own: own2 } = paths;
  const nameOption = argv0 ? "--argv0" : "";
  const strings = [
    ...[loader, program3, libraries2.join(":"), locales, zones, nameOption, redirect],
    ...[own2?.place ?? "", own2?.libraries.join(":") ?? ""]
  ];
  const compiled = readFileSync4(new URL(`bin/${file}`, import.meta.url));
  const bytes = Buffer.concat([compiled, Buffer.from(strings.map((text) => `${text}\0`).join(""))]);
  for (const at of segmentSizesAt) bytes.writeBigUInt64LE(BigInt(bytes.length), at);
  return bytes;
}

// src/launcher/launcher.ts
function launcher(identity, paths) {
  const script2 = () => paths.own === void 0 ? shellLauncher(paths) : shellProgram(paths, paths.own);
  return staticLauncher(identity, paths) ?? script2();
}

// src/plan/programs/launchers.ts
import { posix as posix10 } from "node:path";
function startedByLaunchers(entries, { runpaths, launcher: launcher2 }) {
  const programs3 = new Map(
    entries.flatMap((entry) => {
      const runpath = entry.type === "file" && entry.source.kind === "host" ? runpaths.get(entry.source.host) : void 0;
      return runpath === void 0 ? [] : [[entry.path, runpath]];
    })
  );
  return entries.flatMap((entry) => {
    const runpath = programs3.get(entry.type === "hardlink" ? entry.target : entry.path);
    if (runpath === void 0) return [entry];
    const { path } = entry;
    const program3 = programPath(path);
    const own2 = { place: path, libraries: directoriesOf(runpath, posix10.dirname(path)) };
    const bytes = launcher2(program3, own2);
    const { mode, mtime, reason: reason2, package: owner } = entry;
    const common2 = { path, mode, mtime, reason: reason2, package: owner };
    const moved = { ...entry, path: program3, mode: readable(mode) };
    return [
      { ...common2, type: "file", source: { kind: "made", bytes }, size: bytes.length },
      moved.type === "hardlink" ? { ...moved, target: programPath(moved.target) } : moved
    ];
  });
}
function runpathsOfPrograms(root, interpreter2, natives, { byFile }) {
  const programs3 = [...natives].filter((native) => isProgram(root, interpreter2, native));
  return new Map(programs3.map(({ selected: { host } }) => [host, byFile.get(host)?.runpath ?? ""]));
}
function readable(mode) {
  return mode | (mode & 73) << 2;
}

// src/plan/added/packed-directory.ts
function packedDirectory(directory2, entries, interpreter2) {
  const packed = archivePath(directory2, interpreter2);
  return entries.some(({ path }) => path.startsWith(`${packed}/`)) ? packed : void 0;
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
function stringSection({
  sections,
  strings
}) {
  return sections.find(({ type, addr }) => type === SectionType.strtab && addr === strings?.address);
}
function exactStringSection(tables) {
  const own2 = stringSection(tables);
  const { strings } = tables;
  return own2?.offset === strings?.offset && own2?.size === strings?.size ? own2 : void 0;
}
function writeStringsExtent(edited, { dynamic }, own2, strings) {
  const { dynamic: entry, section } = edited.format;
  for (const { at, tag } of dynamic) {
    if (tag === Tag.strtab) edited.set(entry, at, "value", strings.address);
    if (tag === Tag.strsz) edited.set(entry, at, "value", strings.size);
  }
  if (own2 === void 0) return;
  edited.set(section, own2.at, "addr", strings.address);
  edited.set(section, own2.at, "offset", strings.offset);
  edited.set(section, own2.at, "size", strings.size);
}
function isUnshared(file, tables, index, length) {
  const { strings } = tables;
  if (strings === void 0 || index > 0 && file.bytes[strings.offset + index - 1] !== 0) return false;
  const symbols = symbolNames(file, tables);
  if (symbols === void 0) return false;
  const inside2 = (used) => used >= index && used <= index + length;
  const entries = tables.dynamic.filter(({ tag }) => stringTags.has(tag)).map(({ value: value2 }) => Number(value2));
  const versions = versionNeeds(file, tables).flatMap((need) => [need.file, need.version]);
  return entries.filter(inside2).length === 1 && !versions.some(inside2) && !versionDefinitions(file, tables).some(inside2) && !symbols.some(inside2);
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
    if (!file.contains(offset, size)) throw file.malformed("its dynamic symbols are outside the file");
    return Array.from(
      { length: Math.floor(size / symbol.size) },
      (_, index) => file.get(symbol, offset + index * symbol.size, "name")
    );
  });
}

// src/elf/set-runpath/movable.ts
var foundByPointer = /* @__PURE__ */ new Set([
  SectionType.hash,
  SectionType.gnuHash,
  SectionType.dynsym,
  SectionType.gnuVersym,
  SectionType.gnuVerdef,
  SectionType.gnuVerneed
]);
var relocations = /* @__PURE__ */ new Set([SectionType.rela, SectionType.rel, SectionType.relr]);
var pointers = /* @__PURE__ */ new Set([
  Tag.rela,
  Tag.rel,
  Tag.jmprel,
  Tag.relr,
  Tag.hash,
  Tag.gnuHash,
  Tag.strtab,
  Tag.symtab,
  Tag.versym,
  Tag.verdef,
  Tag.verneed
]);
var foundBySegment = /* @__PURE__ */ new Set([
  SegmentType.interp,
  SegmentType.note,
  SegmentType.gnuProperty
]);
function isSingle({ type }) {
  return foundByPointer.has(type);
}
function movableSections(file, tables, whole, ownStrings) {
  const { segments: segments2, sections } = tables;
  const interpreter2 = segments2.find(({ type }) => type === SegmentType.interp);
  const isMovable = (one) => foundByPointer.has(one.type) || relocations.has(one.type) || one.type === SectionType.note && isFoundBySegment(file, one) || one.type === SectionType.progbits && one.offset === interpreter2?.offset;
  const isThere = ({ addr, offset }) => addr - whole.address === offset - whole.offset;
  const real = sections.filter(hasBytes);
  const moved = new Set(
    real.filter((one) => within(one, whole) && isThere(one) && (isMovable(one) || one === ownStrings))
  );
  const others = [
    ...fixedParts(file, tables, whole),
    ...real.filter((one) => !moved.has(one)),
    ...tables.strings === void 0 || ownStrings !== void 0 ? [] : [tables.strings]
  ];
  if (others.some((part) => overlap(part, whole))) return void 0;
  const found = [...moved];
  const possible = keepsRelocationsTogether(real, moved) && leadsToSections(tables, whole, found, ownStrings) && isZeroBetween(file, whole, found);
  return possible ? found : void 0;
}
function fixedParts(file, tables, whole) {
  const { segments: segments2, dynamic } = tables;
  return [
    ...headerParts(file, tables),
    { offset: dynamic[0]?.at ?? 0, size: dynamic.length * file.format.dynamic.size },
    ...segments2.map(({ type, offset, filesz: size }) => ({ type, offset, size })).filter((one) => !(one.type === SegmentType.load && within(whole, one))).filter((one) => !(foundBySegment.has(one.type) && within(one, whole)))
  ];
}
function keepsRelocationsTogether(sections, moved) {
  const counted = sections.filter(
    ({ type, flags }) => relocations.has(type) && (flags & SectionFlag.alloc) !== 0
  );
  return !counted.some((one) => moved.has(one)) || counted.every((one) => moved.has(one));
}
function leadsToSections({ dynamic }, whole, moved, ownStrings) {
  return dynamic.filter(({ tag, value: value2 }) => pointers.has(tag) && pointsInto(value2, whole)).every(
    ({ tag, value: value2 }) => moved.some((one) => one === ownStrings === (tag === Tag.strtab) && pointsInto(value2, extentOf(one)))
  );
}
function isZeroBetween(file, whole, moved) {
  const rest = Buffer.from(file.bytes.subarray(whole.offset, whole.offset + whole.size));
  for (const { offset, size } of moved) rest.fill(0, offset - whole.offset, offset - whole.offset + size);
  return rest.equals(Buffer.alloc(rest.length));
}
function pointsInto(value2, { address, size }) {
  return value2 >= address && value2 < address + size;
}
function writeReferences(edited, { dynamic, segments: segments2 }, sections, from2, to) {
  const { segment, section, dynamic: entry } = edited.format;
  const [inFile, inMemory] = [to.offset - from2.offset, to.address - from2.address];
  for (const { at, tag, value: value2 } of dynamic) {
    if (pointers.has(tag) && pointsInto(value2, from2))
      edited.set(entry, at, "value", Number(value2) + inMemory);
  }
  for (const { at, addr, offset } of sections) {
    edited.set(section, at, "addr", addr + inMemory);
    edited.set(section, at, "offset", offset + inFile);
  }
  for (const { at, type, offset, vaddr, filesz } of segments2) {
    if (!foundBySegment.has(type) || filesz === 0 || !within({ offset, size: filesz }, from2)) continue;
    edited.set(segment, at, "offset", offset + inFile);
    edited.set(segment, at, "vaddr", vaddr + inMemory);
    edited.set(segment, at, "paddr", vaddr + inMemory);
  }
}
function writeShift(edited, tables, sections, part, shift) {
  const { offset, address, size } = part;
  edited.bytes.copyWithin(offset + shift, offset, offset + size);
  if (shift > 0) edited.bytes.fill(0, offset, offset + shift);
  else edited.bytes.fill(0, offset + size + shift, offset + size);
  writeReferences(edited, tables, sections, part, { offset: offset + shift, address: address + shift });
}

// src/elf/set-runpath/room.ts
var maxAlignment = 16;
function writeSegmentSize(edited, { at }, size) {
  edited.set(edited.format.segment, at, "filesz", size);
  edited.set(edited.format.segment, at, "memsz", size);
}

// src/elf/set-runpath/evict.ts
var maxCandidates = 6;
function evictTable(findRoom) {
  return (file, tables, size) => {
    const candidates3 = [...tables.sections.entries()].filter(([, section]) => isSingle(section) && section.size < (tables.strings?.size ?? 0)).sort(([, a], [, b]) => a.size - b.size).slice(0, maxCandidates);
    for (const [index, section] of candidates3) {
      if (findEviction(file, tables, index, size) === void 0) continue;
      const room = findRoom(file, tables, section.size, maxAlignment);
      if (room === void 0) continue;
      const now = readTables(room.file);
      const eviction = findEviction(room.file, now, index, size);
      if (eviction === void 0) continue;
      const strings = movedStrings(eviction);
      const end2 = { offset: strings.offset + strings.size, address: strings.address + strings.size };
      writeEviction(room.file, now, eviction, room.extent, { ...strings, size: strings.size + size });
      return { file: room.file, extent: { ...end2, size } };
    }
    return void 0;
  };
}
function findEviction(file, tables, index, size) {
  const { sections, segments: segments2, strings } = tables;
  const table = sections[index];
  const ownStrings = exactStringSection(tables);
  if (table === void 0 || strings === void 0 || ownStrings === void 0) return void 0;
  const distance = roundUp(size, maxAlignment);
  const sameDistance = table.addr - strings.address === table.offset - strings.offset;
  if (segmentOf(segments2, table, strings) === void 0 || !sameDistance) return void 0;
  if (table.size < distance || !sharesNoBytes(file, tables, table)) return void 0;
  const shift = table.offset > strings.offset ? distance : -distance;
  const [start3, end2] = shift > 0 ? [strings.offset + strings.size, table.offset] : [table.offset + table.size, strings.offset + strings.size];
  if (end2 < start3) return void 0;
  const address = strings.address + (start3 - strings.offset);
  const between = { offset: start3, address, size: end2 - start3 };
  const moved = movableSections(file, tables, between, shift > 0 ? void 0 : ownStrings);
  return moved && { table, strings, between, sections: moved, shift };
}
function sharesNoBytes(file, tables, table) {
  const others = tables.segments.filter(({ type }) => type !== SegmentType.load);
  return movableSections(file, tables, extentOf(table))?.length === 1 && others.every(({ offset, filesz }) => !overlap({ offset, size: filesz }, table));
}
function movedStrings({ strings, shift }) {
  const by = Math.min(shift, 0);
  return { offset: strings.offset + by, address: strings.address + by, size: strings.size };
}
function writeEviction(edited, tables, { table, between, sections, shift }, place, strings) {
  edited.bytes.copy(edited.bytes, place.offset, table.offset, table.offset + table.size);
  edited.bytes.fill(0, table.offset, table.offset + table.size);
  writeReferences(edited, tables, [table], extentOf(table), place);
  writeShift(edited, tables, sections, between, shift);
  writeStringsExtent(edited, tables, exactStringSection(tables), strings);
}

// src/elf/set-runpath/gap.ts
function findGap(file, tables, size, alignment) {
  const { strings, segments: segments2 } = tables;
  const hasStrings = ({ vaddr, memsz }) => strings !== void 0 && strings.address >= vaddr && strings.address < vaddr + memsz;
  const candidates3 = loads(segments2).sort((a, b) => Number(hasStrings(b)) - Number(hasStrings(a)));
  if (candidates3.some((segment) => hasStrings(segment) && hasOnlyStrings(tables, segment))) return void 0;
  for (const segment of candidates3) {
    const extent = gapBehind(file, tables, segment, size, alignment);
    if (extent === void 0) continue;
    const edited = file.copy();
    writeSegmentSize(edited, segment, extent.offset + size - segment.offset);
    return { file: edited, extent };
  }
  return void 0;
}
function hasOnlyStrings({ sections, strings }, { vaddr, memsz }) {
  const inside2 = sections.filter(
    ({ flags, addr }) => (flags & SectionFlag.alloc) !== 0 && addr >= vaddr && addr < vaddr + memsz
  );
  return inside2.length > 0 && inside2.every(({ addr }) => addr === strings?.address);
}
function gapBehind(file, tables, { offset, vaddr, filesz, memsz, flags }, size, alignment) {
  const padding = roundUp(offset + filesz, alignment) - (offset + filesz);
  const gap = { offset: offset + filesz + padding, address: vaddr + memsz + padding, size };
  const readOnly2 = (flags & SegmentFlag.write) === 0 && (flags & SegmentFlag.read) !== 0;
  if (!readOnly2 || filesz !== memsz || gap.address + size > memoryLimit(file, tables, vaddr))
    return void 0;
  return isFree(file, tables, { offset: offset + filesz, size: padding + size }) ? gap : void 0;
}
function isFree(file, tables, { offset, size }) {
  if (!file.contains(offset, size)) return false;
  const free2 = fileParts(file, tables).every((part) => !overlap(part, { offset, size }));
  return free2 && Buffer.alloc(size).equals(file.bytes.subarray(offset, offset + size));
}

// src/elf/set-runpath/new-segment.ts
function newSegmentExtent(file, { segments: segments2, machine: machine2 }, offset, size) {
  const page = maxPageSize(machine2);
  const last = loads(segments2).at(-1);
  const address = roundUp((last?.vaddr ?? 0) + (last?.memsz ?? 0), page) + offset % page;
  return address + size > file.format.maxAddress ? void 0 : { offset, address, size };
}
function writeNewSegment(edited, { machine: machine2, phoff }, segments2, added2) {
  const { segment: record } = edited.format;
  const behind = 1 + segments2.findLastIndex((segment) => segment.type === SegmentType.load);
  const headers = segments2.map(({ at: at2 }) => Buffer.from(edited.bytes.subarray(at2, at2 + record.size)));
  headers.splice(behind, 0, Buffer.alloc(record.size));
  Buffer.concat(headers).copy(edited.bytes, phoff);
  const at = phoff + behind * record.size;
  edited.set(record, at, "type", SegmentType.load);
  edited.set(record, at, "flags", SegmentFlag.read);
  edited.set(record, at, "offset", added2.offset);
  edited.set(record, at, "vaddr", added2.address);
  edited.set(record, at, "paddr", added2.address);
  edited.set(record, at, "filesz", added2.size);
  edited.set(record, at, "memsz", added2.size);
  edited.set(record, at, "align", maxPageSize(machine2));
}

// src/elf/set-runpath/header.ts
var maxMoves = 8;
function addHeader(file, tables, size, alignment) {
  const { segments: segments2 } = tables;
  const { header: header3, segment: record } = file.format;
  const obstacle = findObstacle(file, tables);
  if (obstacle === void 0) return void 0;
  const { part, sections } = obstacle;
  const offset = roundUp(file.bytes.length, maxAlignment) + part.offset % maxAlignment;
  const before = roundUp(offset + part.size, alignment) - offset;
  const added2 = newSegmentExtent(file, tables, offset, before + size);
  if (added2 === void 0) return void 0;
  const edited = file.copy(offset + added2.size - file.bytes.length);
  file.bytes.copy(edited.bytes, offset, part.offset, part.offset + part.size);
  edited.bytes.fill(0, part.offset, part.offset + part.size);
  writeReferences(edited, tables, sections, part, added2);
  for (const { at, type, filesz, memsz } of segments2) {
    if (type !== SegmentType.phdr) continue;
    edited.set(record, at, "filesz", filesz + record.size);
    edited.set(record, at, "memsz", memsz + record.size);
  }
  writeNewSegment(edited, tables, segments2, added2);
  edited.set(header3, 0, "phnum", segments2.length + 1);
  return { file: edited, extent: { offset: offset + before, address: added2.address + before, size } };
}
function findObstacle(file, tables) {
  const { phoff, segments: segments2, sections } = tables;
  const { size: needed } = file.format.segment;
  const start3 = phoff + segments2.length * needed;
  const segment = loads(segments2).find(({ offset, filesz }) => start3 >= offset && start3 < offset + filesz);
  if (segment === void 0) return void 0;
  const ends = sections.filter(hasBytes).map(({ offset, size }) => offset + size).filter((end2) => end2 >= start3 + needed && end2 <= segment.offset + segment.filesz).sort((a, b) => a - b);
  for (const end2 of ends.slice(0, maxMoves)) {
    const part = { offset: start3, address: segment.vaddr + (start3 - segment.offset), size: end2 - start3 };
    const moved = movableSections(file, tables, part);
    if (moved !== void 0) return { part, sections: moved };
  }
  return void 0;
}

// src/elf/set-runpath/in-place.ts
function findString(file, strings, value2) {
  const index = file.bytes.subarray(strings.offset, strings.offset + strings.size).indexOf(value2);
  return index === -1 ? void 0 : { file: file.copy(), index };
}
function overwriteSearchPath(file, tables, strings, value2) {
  const old = tables.dynamic.findLast(isSearchPath);
  if (old === void 0) return void 0;
  const index = Number(old.value);
  const start3 = strings.offset + index;
  const length = file.bytes.subarray(start3).indexOf(0);
  if (value2.length > length + 1 || !isUnshared(file, tables, index, length)) return void 0;
  const edited = file.copy();
  edited.bytes.fill(0, start3, start3 + length);
  value2.copy(edited.bytes, start3);
  return { file: edited, index };
}

// src/elf/set-runpath/shift.ts
function shiftTables(file, tables, size) {
  const { strings, segments: segments2 } = tables;
  const segment = strings && segmentOf(segments2, strings);
  const own2 = exactStringSection(tables);
  if (strings === void 0 || segment === void 0 || own2 === void 0) return void 0;
  const extent = { offset: strings.offset + strings.size, address: strings.address + strings.size, size };
  const behind = { ...extent, size: segment.offset + segment.filesz - extent.offset };
  const shift = roundUp(size, maxAlignment);
  const moved = movableSections(file, tables, behind);
  if (moved === void 0 || gapBehind(file, tables, segment, shift, 1) === void 0) return void 0;
  const edited = file.copy();
  writeSegmentSize(edited, segment, segment.filesz + shift);
  writeShift(edited, tables, moved, behind, shift);
  writeStringsExtent(edited, tables, own2, { ...strings, size: strings.size + size });
  return { file: edited, extent };
}

// src/elf/set-runpath/slot.ts
function reuseSlot(file, tables, size, alignment) {
  const spare = spareHeader(tables.segments);
  if (spare === void 0) return void 0;
  const extent = newSegmentExtent(file, tables, roundUp(file.bytes.length, alignment), size);
  if (extent === void 0) return void 0;
  const edited = file.copy(extent.offset + size - file.bytes.length);
  const others = tables.segments.filter((segment) => segment !== spare);
  writeNewSegment(edited, tables, others, extent);
  return { file: edited, extent };
}
function spareHeader(segments2) {
  const property = segments2.find(({ type }) => type === SegmentType.gnuProperty);
  const repeats = ({ type, offset, vaddr, filesz, memsz }) => type === SegmentType.note && offset === property?.offset && vaddr === property.vaddr && filesz === property.filesz && memsz === property.memsz;
  return segments2.find(({ type }) => type === SegmentType.null) ?? segments2.find(repeats);
}

// src/elf/set-runpath/symbols.ts
function writeMovedSymbols(edited, before) {
  if (!before.some(({ type }) => type === SectionType.symtab)) return;
  const tables = readTables(edited);
  const { symbol } = edited.format;
  const moves = before.map((was, index) => ({ was, shift: (tables.sections[index]?.addr ?? 0) - was.addr }));
  if (moves.every(({ shift }) => shift === 0)) return;
  const table = onlySymbolTable(edited, tables);
  if (table === void 0) return;
  for (let at = table.offset; at + symbol.size <= table.offset + table.size; at += symbol.size) {
    const move = moves[edited.get(symbol, at, "section")];
    if (move === void 0 || move.shift === 0) continue;
    const { addr, size } = move.was;
    const value2 = edited.getBig(symbol, at, "value");
    if (value2 >= addr && value2 <= addr + size) edited.set(symbol, at, "value", Number(value2) + move.shift);
  }
}
function onlySymbolTable(file, tables) {
  const [table, ...more] = tables.sections.filter(({ type }) => type === SectionType.symtab);
  if (table === void 0 || more.length > 0 || !file.contains(table.offset, table.size)) return void 0;
  const others = [
    ...headerParts(file, tables),
    ...loads(tables.segments).map(({ offset, filesz }) => ({ offset, size: filesz })),
    ...tables.sections.filter((one) => one !== table && hasBytes(one))
  ];
  return others.some((part) => overlap(part, table)) ? void 0 : table;
}

// src/elf/set-runpath/tail.ts
var minAlignment = 8;
function growTail(file, tables, size, alignment) {
  const segment = loads(tables.segments).at(-1);
  if (segment === void 0 || segment.filesz !== segment.memsz) return void 0;
  const end2 = segment.offset + segment.filesz;
  const padding = roundUp(end2, alignment) - end2;
  const extent = { offset: end2 + padding, address: segment.vaddr + segment.memsz + padding, size };
  if (extent.address + size > file.format.maxAddress || !canMoveOn(file, tables, end2)) return void 0;
  const behind = tables.sections.filter(({ offset }) => offset >= end2);
  const step = Math.max(minAlignment, ...behind.map(({ addralign }) => addralign));
  if (step > maxPageSize(tables.machine)) return void 0;
  const shift = roundUp(padding + size, step);
  const edited = file.copy(shift);
  file.bytes.copy(edited.bytes, end2 + shift, end2);
  edited.bytes.fill(0, end2, end2 + shift);
  writeOffsets(edited, tables, end2, shift);
  writeSegmentSize(edited, segment, segment.memsz + padding + size);
  return { file: edited, extent };
}
function canMoveOn(file, tables, end2) {
  return tables.phoff < end2 && fileParts(file, tables).every(
    ({ offset, size }) => offset + size <= end2 || offset >= end2 || size === 0
  ) && loads(tables.segments).every(({ offset, filesz }) => filesz === 0 || offset + filesz <= end2);
}
function writeOffsets(edited, tables, end2, shift) {
  const { header: header3, segment, section } = edited.format;
  if (tables.shoff >= end2) edited.set(header3, 0, "shoff", tables.shoff + shift);
  for (const { at, offset, filesz } of tables.segments) {
    if (offset >= end2 && filesz > 0) edited.set(segment, at, "offset", offset + shift);
  }
  for (const { at, offset } of tables.sections) {
    if (offset >= end2) edited.set(section, at >= end2 ? at + shift : at, "offset", offset + shift);
  }
}

// src/elf/set-runpath/set-runpath.ts
function setRunpath(bytes, runpath, name3) {
  const image = readImage(bytes, name3);
  if (image.needed.length === 0) return bytes;
  if (image.rpath.length === 0 && image.runpath.join(":") === runpath) return bytes;
  const file = new ElfBytes(bytes, name3);
  const tables = readTables(file);
  const { strings } = tables;
  if (strings === void 0) throw file.malformed("it has no dynamic strings");
  checkDisjoint(file, tables, strings);
  const placed = placeString(file, tables, strings, Buffer.from(`${runpath}\0`));
  if (placed === void 0) throw file.unsupported("it has no room for a RUNPATH");
  writeRunpathEntry(placed, tables);
  writeMovedSymbols(placed.file, tables.sections);
  checkResult(file, image, readImage(placed.file.bytes, name3), runpath);
  return placed.file.bytes;
}
function placeString(file, tables, strings, value2) {
  const append = (findRoom) => appendString(file, tables, strings, value2, findRoom);
  const copy = (findRoom) => copyStrings(file, tables, strings, value2, findRoom);
  return findString(file, strings, value2) ?? overwriteSearchPath(file, tables, strings, value2) ?? copy(findGap) ?? append(shiftTables) ?? append(evictTable(findGap)) ?? append(evictTable(grow)) ?? copy(grow);
}
var grow = (file, tables, size, alignment) => growTail(file, tables, size, alignment) ?? reuseSlot(file, tables, size, alignment) ?? addHeader(file, tables, size, alignment);
function appendString(file, tables, strings, value2, findRoom) {
  const room = findRoom(file, tables, value2.length, 1);
  if (room === void 0) return void 0;
  value2.copy(room.file.bytes, room.extent.offset);
  return { file: room.file, index: strings.size };
}
function copyStrings(file, tables, strings, value2, findRoom) {
  const room = findRoom(file, tables, strings.size + value2.length, 1);
  if (room === void 0) return void 0;
  const { file: edited, extent } = room;
  file.bytes.copy(edited.bytes, extent.offset, strings.offset, strings.offset + strings.size);
  value2.copy(edited.bytes, extent.offset + strings.size);
  const { sections } = readTables(edited);
  const own2 = stringSection({ sections, strings });
  writeStringsExtent(edited, tables, own2, extent);
  const shared2 = sections.some((s) => s !== own2 && s.type !== SectionType.nobits && overlap(s, strings));
  if (own2 !== void 0 && !shared2) edited.bytes.fill(0, strings.offset, strings.offset + strings.size);
  return { file: edited, index: strings.size };
}
function writeRunpathEntry({ file: edited, index }, { dynamic, dynamicNulls }) {
  const { dynamic: record } = edited.format;
  const spare = dynamicNulls >= 2;
  const own2 = dynamic.find(isSearchPath) ?? (spare ? void 0 : dynamic.find(isRelocationCount));
  if (own2 === void 0 && !spare) throw edited.unsupported("it has no room in its dynamic section");
  const start3 = dynamic[0]?.at ?? 0;
  const entries = dynamic.filter((entry) => entry === own2 || !isSearchPath(entry)).map(({ at }) => Buffer.from(edited.bytes.subarray(at, at + record.size)));
  const position = own2 === void 0 ? entries.length : dynamic.indexOf(own2);
  const written = Buffer.concat(entries);
  written.copy(edited.bytes, start3);
  edited.bytes.fill(0, start3 + written.length, start3 + dynamic.length * record.size);
  edited.set(record, start3 + position * record.size, "tag", Tag.runpath);
  edited.set(record, start3 + position * record.size, "value", index);
}
function isRelocationCount({ tag }) {
  return tag === Tag.relacount || tag === Tag.relcount;
}
function checkDisjoint(file, tables, strings) {
  const { dynamic } = file.format;
  const parts2 = [
    ...headerParts(file, tables),
    {
      offset: tables.dynamic[0]?.at ?? 0,
      size: (tables.dynamic.length + tables.dynamicNulls) * dynamic.size
    },
    strings
  ];
  if (parts2.some((part, index) => parts2.slice(index + 1).some((other) => overlap(part, other)))) {
    throw file.malformed("its tables overlap");
  }
}
function checkResult(file, before, after, runpath) {
  const same = { ...after, rpath: before.rpath, runpath: before.runpath };
  const isSet = after.rpath.length === 0 && after.runpath.join(":") === runpath;
  if (!isSet || JSON.stringify(same) !== JSON.stringify(before)) throw file.malformed("its parts overlap");
}

// src/launcher/redirect-library.ts
import { readFileSync as readFileSync5 } from "node:fs";
var libraries = /* @__PURE__ */ new Map([
  [62, "redirect-x86_64.so"],
  [183, "redirect-aarch64.so"]
]);
var emptyTable = 8;
var segmentSizesAt2 = [152, 160];
function redirectLibrary({ machine: machine2, class: elfClass }, own2, paths) {
  const library2 = libraries.get(machine2);
  if (library2 === void 0 || elfClass !== 64) return void 0;
  const compiled = readFileSync5(new URL(`bin/${library2}`, import.meta.url));
  const table = redirectTable(own2, paths);
  const bytes = Buffer.concat([compiled.subarray(0, compiled.length - emptyTable), table]);
  const growth = BigInt(bytes.length - compiled.length);
  for (const at of segmentSizesAt2) bytes.writeBigUInt64LE(bytes.readBigUInt64LE(at) + growth, at);
  return bytes;
}
function redirectTable(own2, paths) {
  const rows = paths.map(({ path, places }) => Buffer.from(`${[path, ...places].join("\0")}\0\0`)).sort(Buffer.compare);
  const strings = [Buffer.from(`${own2}\0`), ...rows];
  const head = Buffer.alloc(emptyTable + 4 * rows.length);
  head.writeUInt32LE(rows.length, 0);
  let at = head.length;
  for (const [index, string] of strings.entries()) {
    head.writeUInt32LE(at, 4 + 4 * index);
    at += string.length;
  }
  return Buffer.concat([head, ...strings]);
}

// src/plan/redirects/redirect.ts
function redirectedPaths(redirects) {
  const rows = /* @__PURE__ */ new Map();
  for (const { path, kind, others = [], archive } of redirects) {
    const tree = archive === void 0 ? [] : [archive];
    const places = kind === "tree" ? tree : [".", ...others.filter((other) => other !== path), ...tree];
    if (!rows.has(path) && places.length > 0) rows.set(path, { path, places });
  }
  return [...rows.values()];
}

// src/plan/added/redirect.ts
var libraryName = "librelopack.so";
function redirectEntries(root, interpreter2, redirects, { libraryDirectory, runpath, mtime }) {
  if (redirects.length === 0) return { entries: [], findings: [] };
  const path = `${libraryDirectory}/${libraryName}`;
  const bytes = redirectLibrary(interpreter2.identity, path, redirectedPaths(redirects));
  const program3 = setRunpath(root.read(interpreter2.path), runpath, interpreter2.path);
  if (bytes !== void 0 && hasSpareEntry(program3, interpreter2.path))
    return { entries: [madeFile(path, 493, mtime, bytes)], findings: [] };
  const reason2 = bytes === void 0 ? `there is no redirect for ${interpreter2.package.arch}` : `${interpreter2.path} has no room for another library`;
  const message2 = `packed libraries do not find the data that they name by absolute paths, such as terminfo: ${reason2}`;
  return { entries: [], findings: [{ severity: "remark", message: message2 }] };
}

// src/plan/added/launcher.ts
function withLaunchers(root, interpreter2, entries, { natives, runpaths, redirects, libraryDirectory, mtime }) {
  const redirect = redirectEntries(root, interpreter2, redirects, {
    libraryDirectory,
    runpath: runpaths.byFile.get(interpreter2.path)?.runpath ?? "",
    mtime
  });
  const common2 = commonPaths(root, interpreter2, entries, {
    libraries: runpaths.shared,
    redirect: redirect.entries[0]?.path
  });
  return {
    entries: startedByLaunchers(entries, {
      runpaths: runpathsOfPrograms(root, interpreter2, natives, runpaths),
      launcher: (program3, own2) => programLauncher(common2, interpreter2, program3, own2)
    }),
    added: [...redirect.entries, ...launcherEntries(common2, interpreter2, mtime)],
    findings: redirect.findings
  };
}
function commonPaths(root, interpreter2, entries, { libraries: libraries2, redirect }) {
  return {
    loader: loaderPath,
    libraries: libraries2,
    locales: packedDirectory("/usr/lib/locale", entries, interpreter2),
    zones: packedDirectory("/usr/share/zoneinfo", entries, interpreter2),
    argv0: loaderHasArgv0(root.read(interpreter2.loader)),
    redirect
  };
}
function launcherEntries(common2, interpreter2, mtime) {
  const isStatic = hasStaticLauncher(interpreter2.identity);
  const loader = isStatic ? loaderPath : startPath(interpreter2);
  const bytes = launcher(interpreter2.identity, { ...common2, loader, program: interpreterPath(interpreter2) });
  const programs3 = [pythonPath, launcherPath(interpreter2)].map((path) => madeFile(path, 493, mtime, bytes));
  if (isStatic) return programs3;
  const target = relativePath(posix11.dirname(loader), loaderPath);
  const link = { path: loader, mode: 511, mtime, package: void 0 };
  return [...programs3, { ...link, reason: { kind: "added" }, type: "symlink", target }];
}
function programLauncher(common2, { identity }, program3, own2) {
  return launcher(identity, { ...common2, program: program3, own: own2 });
}

// src/plan/added/startup.ts
import { posix as posix12 } from "node:path";

// src/launcher/startup.ts
import { readdirSync as readdirSync4, readFileSync as readFileSync6 } from "node:fs";
var startupPackage = "_relopack";
var folder = new URL("startup/", import.meta.url);
function readStartupModules() {
  const paths = readdirSync4(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".py")
  );
  return new Map(paths.sort().map((path) => [path, readFileSync6(new URL(path, folder))]));
}
var call = `
# Added by relopack, for a Python that was moved.
from ${startupPackage} import start

start()
del start
`;
function callStartup(encodings) {
  return Buffer.concat([encodings, Buffer.from(call)]);
}
var undecided = /^ENABLE_USER_SITE = None$/m;
function disableUserSite(site) {
  const text = site.toString("latin1").replace(undecided, "ENABLE_USER_SITE = False");
  return Buffer.from(text, "latin1");
}

// src/python/compile.ts
var compiler = `
import _imp, importlib.util, marshal, sys
for file, mtime, text in zip(*[iter(sys.argv[1:])] * 3):
    source = bytes.fromhex(text)
    code = compile(source, file, "exec", dont_inherit=True, optimize=0)
    if sys.version_info < (3, 7):
        head = int(mtime).to_bytes(4, "little") + len(source).to_bytes(4, "little")
    else:
        head = (3).to_bytes(4, "little") + importlib.util.source_hash(source)
    print((importlib.util.MAGIC_NUMBER + head + marshal.dumps(code)).hex())
`;
async function compileModules(root, interpreter2, libraries2, modules2) {
  const libraryPath = libraries2.map((directory2) => root.onDisk(directory2)).join(":");
  const python2 = [
    "--library-path",
    libraryPath,
    root.onDisk(interpreter2.path),
    "-S",
    "-s",
    "-B",
    "-c",
    compiler
  ];
  const args = modules2.flatMap(({ file, mtime, text }) => [file, String(mtime), text.toString("hex")]);
  const env = { PYTHONHOME: root.onDisk(interpreter2.prefix), PYTHONHASHSEED: "0" };
  const cwd = root.onDisk(interpreter2.stdlib);
  try {
    const { code, stdout } = await run(root.onDisk(interpreter2.loader), [...python2, ...args], { env, cwd });
    const lines = stdout.toString().split("\n").slice(0, -1);
    if (code !== 0 || lines.length !== modules2.length) return void 0;
    return lines.map((line2) => Buffer.from(line2, "hex"));
  } catch {
    return void 0;
  }
}

// src/plan/added/startup.ts
var noLocale = {
  severity: "remark",
  message: "the host has no C.UTF-8 in /usr/lib/locale: the packed Python uses UTF-8 nevertheless, but setlocale() only knows C"
};
var noBytecode = {
  severity: "remark",
  message: "this machine cannot run the packed Python, so its start-up code has no bytecode and is compiled at each start"
};
async function addStartup(entries, root, interpreter2, libraries2) {
  const locales = packedDirectory("/usr/lib/locale", entries, interpreter2);
  const findings = locales === void 0 ? [noLocale] : [];
  const directory2 = posix12.dirname(archivePath(`${interpreter2.stdlib}/os.py`, interpreter2));
  const called2 = entries.find(({ path }) => path === `${directory2}/encodings/__init__.py`);
  if (called2?.type !== "file" || called2.source.kind !== "host") return { entries: [...entries], findings };
  const { mtime, mode } = called2;
  const added2 = [...readStartupModules()].map(([name3, text]) => ({
    path: `${directory2}/${startupPackage}/${name3}`,
    file: `${interpreter2.stdlib}/${startupPackage}/${name3}`,
    text,
    mtime
  }));
  const edited = [
    edit(root, called2, { kind: "startup" }, callStartup),
    edit(
      root,
      entries.find(({ path }) => path === `${directory2}/site.py`),
      { kind: "site" },
      disableUserSite
    )
  ].filter((one) => one !== void 0);
  const isReplaced = ({ path }) => edited.some(({ module }) => path === module.path || path.startsWith(cachedAt(module.path)));
  const others = entries.filter((entry) => !isReplaced(entry));
  const sources = [
    ...edited.map(({ entry }) => entry),
    ...added2.map(({ path, text }) => madeFile(path, mode, mtime, text))
  ];
  const cached2 = cachedAt(called2.path);
  const tags = entries.map(({ path }) => path.startsWith(cached2) && /\.([^/.]+)\.pyc$/.exec(path)?.[1]);
  const tag = tags.find(Boolean);
  if (!tag) return { entries: [...others, ...sources].sort(byPath), findings };
  const wanted = [...added2, ...edited.map(({ module }) => module)];
  const compiled = await compileModules(root, interpreter2, libraries2, wanted);
  const bytecode = wanted.flatMap(({ path }, index) => {
    const { dir, name: name3 } = posix12.parse(path);
    const bytes = compiled?.[index];
    return bytes === void 0 ? [] : [madeFile(`${dir}/__pycache__/${name3}.${tag}.pyc`, mode, mtime, bytes)];
  });
  return {
    entries: [...others, ...sources, ...bytecode].sort(byPath),
    findings: compiled === void 0 ? [...findings, noBytecode] : findings
  };
}
function edit(root, entry, relocation, change) {
  if (entry?.type !== "file" || entry.source.kind !== "host") return void 0;
  const { path, mtime, source } = entry;
  const text = change(root.read(source.host));
  return {
    entry: { ...entry, source: { ...source, relocation }, size: text.length },
    module: { path, file: source.host, text, mtime }
  };
}
function cachedAt(path) {
  const { dir, name: name3 } = posix12.parse(path);
  return `${dir}/__pycache__/${name3}.`;
}

// src/plan/added/usr-local.ts
import { posix as posix13 } from "node:path";
var searchesUsrLocal = /insert\(0, (["'])\/usr\/local\1\)/;
function usrLocalEntries(root, entries, interpreter2, mtime) {
  const { stdlib, version: version3 } = interpreter2;
  const site = archivePath(`${stdlib}/site-packages`, interpreter2);
  const below = ["lib64", "lib"].map((lib) => `local/${lib}/python${version3}/site-packages`);
  const packed = below.map((directory2) => archivePath(`/usr/${directory2}`, interpreter2)).filter((directory2) => entries.some(({ path }) => path.startsWith(`${directory2}/`)));
  const directories = [...packed, ...installsIntoLocal(root, interpreter2) ? below : []];
  if (directories.length === 0) return [];
  const bytes = Buffer.from(directories.map((directory2) => `${relativePath(site, directory2)}
`).join(""));
  return [madeFile(posix13.join(site, "usr-local.pth"), 420, mtime, bytes)];
}
function installsIntoLocal(root, { stdlib }) {
  const path = `${stdlib}/site.py`;
  return root.stat(path)?.isFile() === true && searchesUsrLocal.test(root.read(path).toString("latin1"));
}

// src/python/shebang.ts
var shebangSize = 256;
var line = /^#![ \t]*(?:\S*\/)?([^/\s]+)(?:[ \t]+([^\n]*?))?[ \t]*\n/;
var python = /^(?:platform-)?python(\d*|\d\.\d+)$/;
var split = /^(?:-S|--split-string[= ])[ \t]*([^'"\\$#]+)$/;
var assignment = /^([A-Za-z_]\w*)=(.*)$/;
function pythonShebang(head) {
  const [, interpreter2 = "", argument = ""] = line.exec(head.toString("latin1")) ?? [];
  if (interpreter2 !== "env") return shebang(interpreter2, argument === "" ? [] : [argument]);
  const words2 = split.exec(argument)?.[1]?.trim().split(/[ \t]+/) ?? [argument];
  const count = words2.findIndex((word) => !assignment.test(word));
  if (count === -1) return void 0;
  const [name3 = "", ...options] = words2.slice(count);
  const variables = words2.slice(0, count).map((word) => {
    const [, key2 = "", value2 = ""] = assignment.exec(word) ?? [];
    return [key2, value2];
  });
  return shebang(name3.replace(/.*\//, ""), options, variables);
}
function namesPython(command2) {
  return python.exec(command2.replace(/.*\//, ""))?.[1];
}
function isVersionOf(asked, { version: version3 }) {
  return asked === "" || asked !== void 0 && `${version3}.`.startsWith(`${asked}.`);
}
function shebang(interpreter2, options, variables = []) {
  const version3 = namesPython(interpreter2);
  return version3 === void 0 ? void 0 : { version: version3, options, variables };
}
function scriptInterpreter(root, host) {
  const [, interpreter2, argument = ""] = line.exec(root.head(host, shebangSize).toString("latin1")) ?? [];
  return interpreter2 === "env" && argument !== "" ? argument : interpreter2;
}
function isPythonScript(root, interpreter2, host) {
  if (!root.lstat(host)?.isFile()) return false;
  return isVersionOf(pythonShebang(root.head(host, shebangSize))?.version, interpreter2);
}

// src/rpm/installed.ts
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
  /** The packages of this name. There are several if versions or architectures are installed side by side. */
  named(name3) {
    return this.#byName.get(name3) ?? [];
  }
  /**
   * The packages that satisfy a Requires. A path is looked up in the installed files and then in the Provides. Anything
   * else is looked up in the Provides, by name and overlapping range (rpm lib/rpmdb.c, lib/depends.c).
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
  /** The owner of the file at this path, whatever links its directory has. Undefined if no package owns it. */
  owner(path) {
    this.#byPath ??= this.#indexPaths();
    const canonical = this.root.canonical(path);
    return canonical === void 0 ? void 0 : this.#byPath.get(canonical);
  }
  /** The names of all capabilities. */
  capabilities() {
    return this.#byCapability.keys();
  }
  /** Canonical path; undefined in a directory that this user may not read. Asking for such a file by name still throws. */
  #canonicalIfVisible(path) {
    try {
      return this.root.canonical(path);
    } catch (error) {
      if (error instanceof RelopackError && error.code === "file-missing") return void 0;
      throw error;
    }
  }
  #indexPaths() {
    const index = /* @__PURE__ */ new Map();
    for (const pkg of this.packages) {
      for (const file of pkg.files) {
        if (!isInstalled(file)) continue;
        const canonical = this.#canonicalIfVisible(file.path);
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
function push(map, key2, value2) {
  const list2 = map.get(key2);
  if (list2 === void 0) map.set(key2, [value2]);
  else list2.push(value2);
}

// src/plan/closure/application.ts
var programs2 = /^(?:\/usr(?:\/local)?)?\/(?:s?bin|libexec)\//;
var typeBits = 61440;
var regularType = 32768;
function isApplication(host, pkg, requested) {
  const isSibling = pkg.sourceRpm !== "" && requested.some(({ sourceRpm }) => sourceRpm === pkg.sourceRpm);
  return isSibling || isDataAndPython(host, pkg);
}
function isDataAndPython(host, pkg) {
  const files = pkg.files.filter(isOwnContent);
  return files.length > 0 && files.every((file) => isDataOrPython(host, file));
}
function namesInterpreter({ installed: { root }, interpreter: interpreter2 }, pkg) {
  const commands = pkg.files.filter(({ path }) => /\/bin\/python[^/]*$/.test(path));
  return commands.some(({ path }) => root.resolve(path) === interpreter2.path);
}
function isOwnContent(file) {
  const ignored2 = FileFlag.doc | FileFlag.license | FileFlag.ghost | FileFlag.artifact;
  return isInstalled(file) && (file.mode & typeBits) === regularType && (file.flags & ignored2) === 0;
}
function isDataOrPython({ installed: { root }, interpreter: interpreter2 }, file) {
  const host = root.canonical(file.path);
  if (host === void 0 || isElfFile(root, host)) return false;
  return !programs2.test(file.path) || isPythonScript(root, interpreter2, host);
}

// src/rpm/rich-dependency.ts
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
var maxDepth2 = 100;
function isRich(dependency) {
  return dependency.name.startsWith("(");
}
function richOperands(name3) {
  const reader = new Reader(name3);
  const operands2 = reader.group(1);
  reader.end();
  return operands2;
}
var Reader = class {
  #text;
  #at = 0;
  constructor(text) {
    this.#text = text;
  }
  /** `(OPERAND)`, `(OPERAND OPERATOR OPERAND …)`. */
  group(depth) {
    if (depth > maxDepth2) throw this.#malformed("nested too deeply");
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
    if (this.#at < this.#text.length) throw this.#malformed("there is text after its end");
  }
  #operand(depth) {
    this.#skipSpace();
    return this.#text.startsWith("(", this.#at) ? this.group(depth + 1) : [this.#simple()];
  }
  /** `NAME`, `NAME >= EVR`. */
  #simple() {
    const name3 = this.#word();
    if (name3 === "") throw this.#malformed("a name is missing");
    const before = this.#at;
    const flags = comparisons.get(this.#word());
    if (flags === void 0) {
      this.#at = before;
      return { name: name3, flags: 0, evr: "" };
    }
    const evr = this.#word();
    if (evr === "") throw this.#malformed("a version is missing");
    return { name: name3, flags, evr };
  }
  /** `and`, `or` and `with` may be repeated but not mixed; `if` and `unless` may be followed by one `else`. */
  #operator(chained) {
    const operator = this.#word();
    if (!operators.has(operator)) throw this.#malformed(`"${operator}" is not an operator`);
    const otherwise = operator === "else" && (chained === "if" || chained === "unless");
    const alike = chained === void 0 || operator === chained && chains.has(operator);
    if (!alike && !otherwise) throw this.#malformed(`"${operator}" cannot follow "${chained}"`);
    return operator;
  }
  /** Reads up to white space, a comma, or a `)` that was not opened in the word: `python3dist(six)`. */
  #word() {
    this.#skipSpace();
    const start3 = this.#at;
    let open = 0;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text.charAt(this.#at);
      if (space.test(character) || character === ")" && open === 0) break;
      if (character === "(") open += 1;
      if (character === ")") open -= 1;
    }
    return this.#text.slice(start3, this.#at);
  }
  #take(character) {
    this.#skipSpace();
    const found = this.#text.startsWith(character, this.#at);
    if (found) this.#at += 1;
    return found;
  }
  #skipSpace() {
    while (space.test(this.#text.charAt(this.#at))) this.#at += 1;
  }
  #malformed(why) {
    return new RelopackError(
      "rpm-database",
      `the RPM database contains the malformed dependency "${this.#text}": ${why}`,
      "Reinstall the package that requires it."
    );
  }
};

// src/plan/closure/requires.ts
function* requiresOf(host, by, present) {
  const { arch: arch2 } = host.interpreter.package;
  for (const dependency of operands(by)) {
    const providers2 = host.installed.providers(dependency).filter((provider2) => provider2 !== by);
    const ofPython2 = providers2.filter((provider2) => isOfPython(host, provider2));
    const candidates3 = ofPython2.length > 0 ? ofPython2 : providers2;
    const provider = chooseProvider(candidates3, present, dependency, arch2);
    if (provider !== void 0) yield { capability: capabilityText(dependency), provider };
  }
}
function isOfPython({ interpreter: interpreter2 }, pkg) {
  return pkg === interpreter2.package || pythonVersions(pkg).has(interpreter2.version);
}
function operands(pkg) {
  return pkg.requires.filter(isFollowed).flatMap((dependency) => isRich(dependency) ? richOperands(dependency.name) : [dependency]);
}
function chooseProvider(providers2, present, { name: name3 }, arch2) {
  const rank = (pkg) => present.has(pkg) ? 0 : pkg.name === name3 ? 1 : 2;
  const isForeign2 = (pkg) => Number(pkg.arch !== arch2 && pkg.arch !== "noarch");
  const [best] = [...providers2].sort(
    (a, b) => rank(a) - rank(b) || isForeign2(a) - isForeign2(b) || (a.name < b.name ? -1 : Number(a.name > b.name)) || compareEvr(b.evr, a.evr)
  );
  return best;
}
function capabilityText({ name: name3, flags, evr }) {
  if (evr === "") return name3;
  const sense = [
    flags & Sense.less ? "<" : "",
    flags & Sense.greater ? ">" : "",
    flags & Sense.equal ? "=" : ""
  ];
  return `${name3} ${sense.join("")} ${evr}`;
}

// src/plan/closure/chains.ts
function packagesOnChains(host, ends) {
  const belongs = memoized((pkg) => isOfPython(host, pkg) || isApplication(host, pkg, ends.requested));
  const isModule2 = (pkg) => isOfPython(host, pkg) && !ends.ofInterpreter.has(pkg);
  const toModules = walkRequires(host, ends, () => true);
  const toInterpreter = walkRequires(host, ends, belongs);
  return new Map([
    ...packagesBetween(toModules, ends, isModule2, belongs),
    ...packagesBetween(toInterpreter, ends, (pkg) => isOfPython(host, pkg), belongs)
  ]);
}
function walkRequires(host, { requested, known: known3, ofInterpreter }, mayPass) {
  const steps = new Map(requested.map((pkg) => [pkg, void 0]));
  const requirers = /* @__PURE__ */ new Map();
  const present = { has: (pkg) => known3.has(pkg) || steps.has(pkg) };
  for (const [by, step] of steps) {
    if (ofInterpreter.has(by) || step !== void 0 && (namesInterpreter(host, by) || !mayPass(by)))
      continue;
    for (const { capability, provider } of requiresOf(host, by, present)) {
      const others = requirers.get(provider);
      if (others === void 0) requirers.set(provider, [by]);
      else others.push(by);
      if (!steps.has(provider)) steps.set(provider, { by, capability });
    }
  }
  return { steps, requirers };
}
function packagesBetween({ steps, requirers }, { known: known3 }, isGoal, belongs) {
  const between = new Set([...steps.keys()].filter(isGoal));
  for (const pkg of between) {
    const isRequested = steps.get(pkg) === void 0;
    for (const by of isRequested ? [] : requirers.get(pkg) ?? []) between.add(by);
  }
  const found = /* @__PURE__ */ new Map();
  for (const [pkg, step] of steps) {
    if (step === void 0 || known3.has(pkg) || !between.has(pkg) || !belongs(pkg)) continue;
    const isPacked = (before) => known3.has(before) || found.has(before);
    found.set(pkg, chainTo(step, steps, isPacked));
  }
  return found;
}
function chainTo({ by, capability }, steps, isPacked) {
  const through = [];
  let at = by;
  for (let step = steps.get(at); step !== void 0 && !isPacked(at); step = steps.get(at)) {
    through.unshift(at.name);
    at = step.by;
  }
  return { kind: "required", by: nevra(at), capability, ...through.length === 0 ? {} : { through } };
}
function memoized(ask) {
  const answers = /* @__PURE__ */ new Map();
  return (pkg) => {
    const answer = answers.get(pkg) ?? ask(pkg);
    answers.set(pkg, answer);
    return answer;
  };
}

// src/plan/closure/closure.ts
function closePackages(installed, interpreter2, requested) {
  const host = { installed, interpreter: interpreter2 };
  const start3 = /* @__PURE__ */ new Map([[interpreter2.package, { kind: "interpreter" }]]);
  for (const pkg of interpreter2.named) start3.set(pkg, { kind: "interpreter" });
  const ofInterpreter = pythonPackages(host, start3);
  for (const { request, package: pkg } of requested) {
    if (!start3.has(pkg)) start3.set(pkg, { kind: "requested", request });
  }
  const packages = pythonPackages(host, start3);
  const ends = { requested: requested.map(({ package: pkg }) => pkg), known: packages, ofInterpreter };
  const onChains = packagesOnChains(host, ends);
  const all = new Map([...packages, ...onChains]);
  const loading = [...onChains.keys()].filter((pkg) => isOfPython(host, pkg) || isDataAndPython(host, pkg));
  return { packages: all, outward: outwardRequires(host, [...packages.keys(), ...loading], all) };
}
function pythonPackages(host, start3) {
  const packages = new Map(start3);
  for (const [by] of packages) {
    for (const { capability, provider } of requiresOf(host, by, packages)) {
      if (packages.has(provider) || !isOfPython(host, provider)) continue;
      packages.set(provider, { kind: "required", by: nevra(by), capability });
    }
  }
  return packages;
}
function outwardRequires(host, packages, present) {
  return packages.flatMap(
    (by) => [...requiresOf(host, by, present)].filter(({ provider }) => !isOfPython(host, provider)).map((require2) => ({ by, ...require2 }))
  );
}
function leftOut(installed, packed, arch2) {
  const chains2 = new Map([...packed.keys()].map((pkg) => [pkg, [pkg.name]]));
  for (const [by, chain2] of chains2) {
    if (packed.get(by)?.kind === "named") continue;
    for (const dependency of operands(by)) {
      const provider = chooseProvider(installed.providers(dependency), chains2, dependency, arch2);
      if (provider !== void 0 && !chains2.has(provider)) chains2.set(provider, [...chain2, provider.name]);
    }
  }
  return [...chains2].filter(([pkg]) => !packed.has(pkg)).map(([pkg, chain2]) => ({ package: pkg, chain: chain2 }));
}

// src/plan/files/layout.ts
import { posix as posix16 } from "node:path";

// src/plan/files/hard-links.ts
import { isDeepStrictEqual } from "node:util";
function withHardLinks(root, entries) {
  const byInode = /* @__PURE__ */ new Map();
  return [...entries].sort(byPath).map((entry) => {
    if (entry.type !== "file" || entry.source.kind !== "host") return entry;
    const { host, relocation } = entry.source;
    const inode = root.inode(host);
    if (inode === void 0) return entry;
    const earlier = byInode.get(inode) ?? [];
    const first = earlier.find(
      ({ source }) => source.kind === "host" && isDeepStrictEqual(source.relocation, relocation)
    );
    if (first === void 0) {
      byInode.set(inode, [...earlier, entry]);
      return entry;
    }
    const { path, mode, mtime, reason: reason2, package: owner } = entry;
    return { path, mode, mtime, reason: reason2, package: owner, type: "hardlink", target: first.path };
  });
}

// src/plan/files/mtime.ts
function entryTimes(packages, latest) {
  const newest = Math.max(0, ...[...packages].map(({ buildTime }) => buildTime));
  return { missing: Math.min(newest, latest), latest };
}
function entryMtime(file, { missing, latest }) {
  return Math.min(file?.mtime ?? missing, latest);
}

// src/plan/files/relocation.ts
import { posix as posix15 } from "node:path";

// src/launcher/script.ts
import { posix as posix14 } from "node:path";
var free = /^[ \t\f\r]*(?:#|$)/;
function relocateScript(bytes, path = "bin/script") {
  const text = bytes.toString("latin1");
  const { options = [], variables = [] } = pythonShebang(bytes) ?? {};
  const rest = [...options.map(shellWord), '"$0" "$@"'].join(" ");
  const start3 = [
    "\f# 2>/dev/null",
    ...variables.map(([name3, value2]) => `export ${name3}=${shellWord(value2)}`),
    ...posix14.dirname(path) === "bin" ? startBeside(rest) : startInTree(path, rest),
    "fi"
  ].join("; ");
  const [first = "", second = ""] = text.split("\n", 2);
  const isFree2 = free.test(second);
  const comment = isFree2 && second.trim() !== "" ? ` ${second.trim()}` : "";
  const others = text.slice(first.length + 1 + (isFree2 ? second.length + 1 : 0));
  return Buffer.from(`#!/bin/sh
${start3}${comment}
${others}`, "latin1");
}
function movesLines(script2) {
  return !free.test(script2.toString("latin1").split("\n", 2)[1] ?? "");
}
function startBeside(rest) {
  return [
    `if [ -h "$0" ] || [ "\${0%/*}" = "$0" ]`,
    `then exec "$(dirname -- "$(readlink -f -- "$0")")/python3" ${rest}`,
    `else exec "\${0%/*}/python3" ${rest}`
  ];
}
function startInTree(path, rest) {
  return [
    ...topsOf(path).flatMap((top, index) => [
      `${index === 0 ? "if" : "elif"} [ -e "${top}/libexec/ld.so" ] && [ "${top}"/${shellWord(path)} -ef "$0" ]`,
      `then exec "${top}/bin/python3" ${rest}`
    ]),
    `else exec "$(readlink -f -- "$(dirname -- "$(readlink -f -- "$0")")/${wayUp(path)}bin/python3")" ${rest}`
  ];
}
function topsOf(path) {
  return [`/${path.replaceAll(/[^/]+/g, "*")}`, "/*/*"].map((above) => `\${0%${above}}`);
}
function wayUp(path) {
  return "../".repeat(path.split("/").length - 1);
}

// src/python/config-script.ts
var name = /^python(\d[\d.]*)[a-z]*(?:-\w+)?-config$/;
function isConfigScript(program3, version3) {
  const asked = name.exec(program3)?.[1];
  return asked !== void 0 && `${version3}.`.startsWith(`${asked}.`);
}

// src/python/pth.ts
function pthPaths(bytes) {
  const lines = bytes.toString().split("\n");
  return lines.filter((line2) => line2.startsWith("/")).map((line2) => line2.trimEnd());
}

// src/python/source-hash.ts
var firstWithSiphash13 = 3450;
var siphash13 = { each: 1, last: 3 };
var siphash24 = { each: 2, last: 4 };
function sourceHash(bytecode, source) {
  const rounds = bytecode.readUInt16LE() < firstWithSiphash13 ? siphash24 : siphash13;
  const state = new State(bytecode.readInt32LE());
  const whole = source.length - source.length % 8;
  for (let at = 0; at < whole; at += 8)
    state.mix(source.readInt32LE(at), source.readInt32LE(at + 4), rounds.each);
  const rest = Buffer.alloc(8);
  source.copy(rest, 0, whole);
  rest.writeUInt8(source.length % 256, 7);
  state.mix(rest.readInt32LE(0), rest.readInt32LE(4), rounds.each);
  return state.finish(rounds.last);
}
var State = class {
  #a = new Word(1886610805, 1936682341);
  #b = new Word(1852075885, 1685025377);
  #c = new Word(1852142177, 1819895653);
  #d = new Word(2037671283, 1952801890);
  /** A key of 128 bits, of which all but the lowest 32 are zero. */
  constructor(key2) {
    this.#a.xor(key2, 0);
    this.#c.xor(key2, 0);
  }
  /** Mixes a word of the source into the state. */
  mix(low, high, rounds) {
    this.#d.xor(low, high);
    for (let round = 0; round < rounds; round += 1) this.#round();
    this.#a.xor(low, high);
  }
  finish(rounds) {
    this.#c.xor(255, 0);
    for (let round = 0; round < rounds; round += 1) this.#round();
    for (const { low, high } of [this.#b, this.#c, this.#d]) this.#a.xor(low, high);
    const hash = Buffer.alloc(8);
    hash.writeInt32LE(this.#a.low, 0);
    hash.writeInt32LE(this.#a.high, 4);
    return hash;
  }
  #round() {
    this.#a.addAndTurn(this.#b, 13);
    this.#a.swap();
    this.#c.addAndTurn(this.#d, 16);
    this.#a.addAndTurn(this.#d, 21);
    this.#c.addAndTurn(this.#b, 17);
    this.#c.swap();
  }
};
var Word = class {
  low;
  high;
  constructor(low, high) {
    this.low = low;
    this.high = high;
  }
  xor(low, high) {
    this.low ^= low;
    this.high ^= high;
  }
  /** Adds the other word to this one. Rotates the other word to the left, and mixes this one into it. */
  addAndTurn(other, bits) {
    const { low, high } = other;
    this.low = this.low + low | 0;
    const carry = this.low >>> 0 < low >>> 0 ? 1 : 0;
    this.high = this.high + high + carry | 0;
    other.low = (low << bits | high >>> 32 - bits) ^ this.low;
    other.high = (high << bits | low >>> 32 - bits) ^ this.high;
  }
  /** Rotates by half of the word. */
  swap() {
    const { low, high } = this;
    this.low = high;
    this.high = low;
  }
};

// src/python/pyc.ts
var bytecodeHeaderSize = 16;
var magicAt = 0;
var flagsAt = 4;
var mtimeAt = 8;
var sizeAt = 12;
var hashAt = 8;
var firstWithFlags = 3392;
var byTimestamp = 0;
var uncheckedHash = 1;
var checkedHash = 3;
function lacksHashCheck(header3) {
  return hasFlags(header3) && [byTimestamp, uncheckedHash].includes(header3.readUInt32LE(flagsAt));
}
function isFresh(header3, source) {
  if (header3.length < bytecodeHeaderSize) return false;
  if (hasFlags(header3) && header3.readUInt32LE(flagsAt) !== byTimestamp) return true;
  const at = hasFlags(header3) ? mtimeAt : flagsAt;
  const mtime = Math.floor(source.mtimeMs / 1e3) >>> 0;
  return header3.readUInt32LE(at) === mtime && header3.readUInt32LE(at + sizeAt - mtimeAt) === source.size >>> 0;
}
function checkByHash(bytecode, source, original = source) {
  const bytes = Buffer.from(bytecode);
  if (!hasFlags(bytes)) {
    bytes.writeUInt32LE(source.length >>> 0, flagsAt + sizeAt - mtimeAt);
    return bytes;
  }
  const isByTime = bytes.readUInt32LE(flagsAt) === byTimestamp;
  const present = bytes.subarray(hashAt, bytecodeHeaderSize);
  const isOfOriginal = () => source !== original && present.equals(sourceHash(bytes, original));
  if (isByTime || isOfOriginal()) sourceHash(bytes, source).copy(bytes, hashAt);
  bytes.writeUInt32LE(checkedHash, flagsAt);
  return bytes;
}
function hasFlags(header3) {
  return header3.length >= bytecodeHeaderSize && header3.readUInt16LE(magicAt) >= firstWithFlags;
}
var cached = /^(.*)\/__pycache__\/([^/]+?)\.[^/.]+(?:\.opt-[12])?\.pyc$/;
function sourceOf(path) {
  const [, directory2, module] = cached.exec(path) ?? [];
  return directory2 === void 0 ? void 0 : `${directory2}/${module}.py`;
}

// src/python/wrapper.ts
var firstLine = /^#![ \t]*\/(?:usr\/)?bin\/(?:env[ \t]+)?(?:ba|da)?sh((?:[ \t]+-[efux]+)?)[ \t]*\n/;
var ignored = /^[ \t]*(?:#.*|set[ \t]+[-+][efux]+[ \t]*)?$/;
var literal = /^(?:[\w./:=@%+,-]+|"[^"$`\\]*"|'[^']*')+/;
var parameters = /^(?:"\$@"|\$@|\$\{1\+"\$@"\})(?=[ \t]|$)/;
var assignment2 = /^[A-Za-z_]\w*=/;
var hidden = /[=:,]\//;
function readWrapper(bytes) {
  const text = bytes.toString("latin1");
  const [head = "", options = ""] = firstLine.exec(text) ?? [];
  if (head === "") return void 0;
  const body = text.slice(head.length);
  const lines = readLines(body);
  if (lines === void 0) return void 0;
  const [line2 = [], ...more] = lines.map(({ command: command3 }) => command3).filter(isNotEmpty);
  const [started, ...after] = line2[0]?.text === "exec" ? line2.slice(1) : line2;
  if (started === void 0 || more.length > 0) return void 0;
  const python2 = pythonOf(started, after[0]);
  if (python2 === void 0 && !isAbsolute(started)) return void 0;
  const command2 = python2 === void 0 ? started : void 0;
  const args = after.filter(({ start: start3 }) => start3 >= (python2 ?? started).end);
  const words2 = [
    ...lines.flatMap(({ values }) => values),
    ...command2 === void 0 ? [] : [command2],
    ...args
  ];
  if (words2.some(({ value: value2 }) => hidden.test(value2))) return void 0;
  return { options, body, python: python2, command: command2, paths: words2.filter(isAbsolute) };
}
function readLines(body) {
  const lines = [];
  let at = 0;
  for (const text of body.split("\n")) {
    const words2 = ignored.test(text) ? [] : wordsOf(text, at);
    const line2 = words2 === void 0 ? void 0 : lineOf(words2);
    const isAfterCommand = lines.some(({ command: command2 }) => command2.length > 0);
    if (line2 === void 0 || isAfterCommand && line2.values.length > 0) return void 0;
    lines.push(line2);
    at += text.length + 1;
  }
  return lines;
}
function lineOf(words2) {
  const isExport = words2[0]?.text === "export";
  const rest = isExport ? words2.slice(1) : words2;
  const isCommand = ({ text }) => !assignment2.test(text);
  const first = rest.findIndex(isCommand);
  if (isExport && first !== -1) return void 0;
  const count = first === -1 ? rest.length : first;
  return { values: rest.slice(0, count).map(assignedValue), command: rest.slice(count) };
}
function wordsOf(line2, at) {
  const words2 = [];
  let column = 0;
  for (; ; ) {
    column += /^[ \t]*/.exec(line2.slice(column))?.[0].length ?? 0;
    const rest = line2.slice(column);
    if (rest === "" || rest.startsWith("#")) return words2;
    const [all = ""] = parameters.exec(rest) ?? [];
    const [text = all] = literal.exec(rest) ?? [];
    const end2 = column + text.length;
    if (end2 === column || !/^(?:[ \t]|$)/.test(line2.slice(end2))) return void 0;
    const value2 = text.replaceAll(/["']/g, "");
    if (all === "") words2.push({ start: at + column, end: at + end2, text, value: value2 });
    column = end2;
  }
}
function pythonOf(started, second) {
  const isEnv = started.value === "env" || started.value === "/usr/bin/env";
  const named = isEnv ? second : started;
  const version3 = named === void 0 ? void 0 : namesPython(named.value);
  return named === void 0 || version3 === void 0 ? void 0 : { ...named, start: started.start, version: version3 };
}
function assignedValue({ start: start3, end: end2, text, value: value2 }) {
  const name3 = value2.indexOf("=") + 1;
  return { start: start3 + name3, end: end2, text: text.slice(name3), value: value2.slice(name3) };
}
function isAbsolute({ value: value2 }) {
  return value2.startsWith("/");
}
function isNotEmpty(words2) {
  return words2.length > 0;
}

// src/plan/programs/wrapped.ts
var maxBytes = 8192;
var machines = /^\/(?:etc|var|run|dev|proc|sys|tmp|home|root)(?:\/|$)/;
function wrapperAt(root, interpreter2, host) {
  if (!root.lstat(host)?.isFile() || !isExecutable(root, host)) return void 0;
  const bytes = root.head(host, maxBytes + 1);
  const wrapper = bytes.length > maxBytes ? void 0 : readWrapper(bytes);
  if (wrapper === void 0) return void 0;
  const { python: python2, command: command2 } = wrapper;
  const target = command2 === void 0 ? void 0 : root.resolve(command2.value);
  const isKnown = python2 === void 0 ? target !== void 0 && isPythonScript(root, interpreter2, target) : isVersionOf(python2.version, interpreter2);
  return isKnown ? wrapper : void 0;
}
function wrappedFiles(root, interpreter2, host) {
  return wrapperAt(root, interpreter2, host)?.paths.filter(({ value: value2 }) => !machines.test(value2)).flatMap(({ value: value2 }) => root.canonical(value2) ?? []).filter((path) => root.stat(path)?.isFile());
}
function wrapperMoves(root, interpreter2, host, isPacked) {
  const wrapper = wrapperAt(root, interpreter2, host);
  if (wrapper === void 0) return void 0;
  const moves = wrapper.paths.filter(({ value: value2 }) => !machines.test(value2)).map(({ value: value2 }) => {
    const packed = [root.canonical(value2), root.resolve(value2)].find(
      (path) => path !== void 0 && isPacked(path)
    );
    return packed === void 0 ? void 0 : [value2, archivePath(packed, interpreter2)];
  });
  return moves.every((move) => move !== void 0) ? moves : "unpacked";
}

// src/rpm/digest.ts
import { createHash as createHash4 } from "node:crypto";
function hasDigest(bytes, { algorithm, hex }) {
  return createHash4(algorithm).update(bytes).digest("hex") === hex;
}

// src/plan/files/fresh-pyc.ts
function freshHeader(installed, path, source) {
  const stats = installed.root.stat(source);
  if (stats === void 0) return void 0;
  const header3 = installed.root.head(path, bytecodeHeaderSize);
  if (isFresh(header3, stats)) return header3;
  const [own2, other] = [path, source].map((one) => installed.owner(one));
  if (own2 === void 0 || other === void 0 || own2.package !== other.package) return void 0;
  const recorded = { mtimeMs: other.file.mtime * 1e3, size: other.file.size };
  if (!isFresh(header3, recorded)) return void 0;
  return [own2, other].every((one) => isUnchanged(installed.root, one)) ? header3 : void 0;
}
function isUnchanged(root, { package: pkg, file }) {
  const algorithm = pkg.digestAlgorithm;
  if (algorithm === void 0 || file.digest === "") return false;
  return hasDigest(root.read(file.path), { algorithm, hex: file.digest });
}

// src/plan/files/relocation.ts
var pth = /\/site-packages\/[^/]+\.pth$/;
var hmac = /^(.*\/)\.([^/]+)\.hmac$/;
var libcrypto = /^libcrypto\.so\./;
function relocationOf(host, path, { installed, interpreter: interpreter2, natives, runpaths }, isPacked) {
  const { root } = installed;
  if (host === interpreter2.loader) return { kind: "loader" };
  const native = natives.get(host);
  if (native !== void 0) return ofNative(host, native, runpaths);
  const script2 = ofScript(host, path, root, interpreter2);
  if (script2 !== void 0) return script2;
  if (posix15.dirname(path) === "bin" && isConfigScript(posix15.basename(path), interpreter2.version)) {
    return { kind: "config-script" };
  }
  const moves = wrapperMoves(root, interpreter2, host, isPacked);
  if (moves === "unpacked") return posix15.dirname(path) === "bin" ? void 0 : { kind: "none" };
  if (moves !== void 0) return { kind: "wrapper", path, moves };
  const source = path.endsWith(".pyc") ? sourceOf(host) : void 0;
  if (source !== void 0) {
    const header3 = freshHeader(installed, host, source);
    if (header3 === void 0) return void 0;
    const change = ofScript(source, sourceOf(path) ?? "", root, interpreter2);
    if (change !== void 0 && movesLines(root.read(source))) return void 0;
    if (change !== void 0) return { kind: "bytecode", source, script: change };
    return lacksHashCheck(header3) ? { kind: "bytecode", source } : { kind: "none" };
  }
  const [, place, name3] = hmac.exec(host) ?? [];
  const library2 = place === void 0 ? void 0 : root.resolve(`${place}${name3}`);
  const checked = library2 === void 0 ? void 0 : natives.get(library2);
  if (library2 !== void 0 && checked !== void 0) {
    return { kind: "hmac", library: library2, relocation: ofNative(library2, checked, runpaths) };
  }
  if (pth.test(host)) {
    const moves2 = pthPaths(root.read(host)).map((from2) => {
      const real = root.resolve(from2);
      const isIn = real !== void 0 && isPacked(real);
      return [
        from2,
        isIn ? relativePath(posix15.dirname(path), archivePath(real, interpreter2)) : void 0
      ];
    });
    if (moves2.length > 0) return { kind: "pth", moves: moves2 };
  }
  return { kind: "none" };
}
function ofScript(host, path, root, interpreter2) {
  const isInBin = posix15.dirname(path) === "bin";
  if (!isInBin && !isExecutable(root, host)) return void 0;
  if (!isPythonScript(root, interpreter2, host)) return void 0;
  return isInBin ? { kind: "script" } : { kind: "script", path };
}
function ofNative(host, { image }, runpaths) {
  if (posix15.basename(host) === "fips.so") return { kind: "none" };
  const soname = image.soname ?? "";
  const strings = soname === "libc.so.6" ? "libc" : libcrypto.test(soname) ? "libcrypto" : void 0;
  return { kind: "elf", runpath: runpaths.byFile.get(host)?.runpath ?? "", strings };
}

// src/plan/files/layout.ts
function layOut(input) {
  const { files, interpreter: interpreter2, installed } = input;
  const selected = [...files.values()].sort(filesFirst);
  const directories = directoriesAbove(selected);
  const isPacked = (host) => files.has(host) || directories.has(archivePath(host, interpreter2));
  const context = { ...input, isPacked };
  const entries = /* @__PURE__ */ new Map();
  const owners = /* @__PURE__ */ new Map();
  const place = ({ entry, owned: owned2 }) => {
    entries.set(entry.path, entry);
    if (owned2 !== void 0 && !owners.has(owned2.package)) owners.set(owned2.package, entry.reason);
  };
  for (const file of selected) {
    if (file.type === "directory" || entries.has(file.path)) continue;
    const placed = file.type === "file" ? placeFile(context, file) : placeLink(context, file);
    for (const one of placed) place(one);
  }
  for (const one of placeLoaderLink(context)) place(one);
  for (const one of placeEmptyDirectories(context, [...entries.values()])) place(one);
  return { entries: withHardLinks(installed.root, entries.values()), owners };
}
function directoriesAbove(files) {
  const directories = /* @__PURE__ */ new Set();
  for (const { path } of files) {
    for (let at = posix16.dirname(path); !directories.has(at); at = posix16.dirname(at)) directories.add(at);
  }
  return directories;
}
function placeFile(context, { path, host, reason: reason2, owned: owned2 }) {
  const stats = context.installed.root.stat(host);
  const relocation = relocationOf(host, path, context, context.isPacked);
  if (stats === void 0 || relocation === void 0) return [];
  const source = { kind: "host", host, digest: digestOf(owned2), relocation };
  const attributes = attributesOf(context, owned2, stats.mode);
  return [{ entry: { path, reason: reason2, ...attributes, type: "file", source, size: stats.size }, owned: owned2 }];
}
function placeEmptyDirectories(context, entries) {
  const directories = [...context.files.values()].filter(({ type }) => type === "directory");
  const filled = directoriesAbove([...entries, ...directories]);
  return directories.filter(({ path }) => !filled.has(path)).map(({ path, host, reason: reason2, owned: owned2 }) => {
    const mode = context.installed.root.lstat(host)?.mode ?? 0;
    return { entry: { path, reason: reason2, ...attributesOf(context, owned2, mode), type: "directory" }, owned: owned2 };
  });
}
function placeLink(context, { path, host, reason: reason2, owned: owned2 }) {
  const { root } = context.installed;
  const { interpreter: interpreter2, isPacked } = context;
  if (root.stat(host) === void 0) return [];
  let at = host;
  for (let target = root.readlink(at); target !== void 0; target = root.readlink(at)) {
    const next = root.canonical(target.startsWith("/") ? target : `${posix16.dirname(at)}/${target}`);
    if (next === void 0) return [];
    if (isPacked(next)) {
      const to = next === interpreter2.path ? launcherPath(interpreter2) : archivePath(next, interpreter2);
      return [placeLinkTo(context, path, to, reason2, owned2)];
    }
    at = next;
  }
  if (!root.stat(at)?.isFile()) return [];
  return placeFile(context, {
    path,
    host: at,
    reason: { kind: "linked", by: host },
    owned: context.installed.owner(at)
  });
}
function placeLinkTo(context, path, to, reason2, owned2) {
  const target = relativePath(posix16.dirname(path), to);
  const attributes = { ...attributesOf(context, owned2, permissionBits), mode: permissionBits };
  return { entry: { path, reason: reason2, ...attributes, type: "symlink", target }, owned: owned2 };
}
function placeLoaderLink(context) {
  const { interpreter: interpreter2, natives, libraryDirectory } = context;
  const loader = natives.get(interpreter2.loader);
  const soname = loader?.image.soname;
  if (soname === void 0) return [];
  const path = `${libraryDirectory}/${soname}`;
  return [placeLinkTo(context, path, loaderPath, { kind: "added" }, loader?.selected.owned)];
}
function attributesOf({ times }, owned2, mode) {
  return {
    mode: (owned2?.file.mode ?? mode) & permissionBits,
    mtime: entryMtime(owned2?.file, times),
    package: owned2 === void 0 ? void 0 : nevra(owned2.package)
  };
}
function digestOf(owned2) {
  if (owned2 === void 0) return void 0;
  const { package: pkg, file } = owned2;
  if (file.digest === "" || (file.flags & FileFlag.ghost) !== 0) return void 0;
  if (pkg.digestAlgorithm !== void 0) return { algorithm: pkg.digestAlgorithm, hex: file.digest };
  throw new RelopackError(
    "rpm-database",
    `${file.path} of ${nevra(pkg)} cannot be checked: the kind of its digest is unsupported`,
    message`Leave the file out with ${option("exclude")}, or install a package that was made by rpmbuild.`
  );
}
function filesFirst(a, b) {
  return byPath(a, b) || Number(a.type === "link") - Number(b.type === "link");
}

// src/plan/files/licenses.ts
import { posix as posix17 } from "node:path";
var licensesDirectory = /^.*\/share\/licenses\/[^/]+\//;
function licenseEntries(installed, packages, times) {
  const entries = /* @__PURE__ */ new Map();
  for (const pkg of packages) {
    const { from: from2, texts } = textsOf(installed, pkg);
    for (const { file, host, size } of texts) {
      const directory2 = `licenses/${pkg.name}`;
      const usualPath = `${directory2}/${licenseName(file)}`;
      const path = entries.has(usualPath) ? `${directory2}${host}` : usualPath;
      entries.set(path, {
        path,
        mode: 420,
        mtime: entryMtime(file, times),
        reason: from2 === pkg ? { kind: "license" } : { kind: "license", from: nevra(from2) },
        package: nevra(pkg),
        type: "file",
        source: { kind: "host", host, digest: void 0, relocation: { kind: "none" } },
        size
      });
    }
  }
  return [...entries.values()];
}
function textsOf(installed, pkg) {
  const siblings = installed.packages.filter((other) => other !== pkg && pkg.sourceRpm !== "" && other.sourceRpm === pkg.sourceRpm).sort((a, b) => nevra(a) < nevra(b) ? -1 : 1);
  for (const from2 of [pkg, ...siblings]) {
    const texts = ownTexts(installed.root, from2);
    if (texts.length > 0) return { from: from2, texts };
  }
  return { from: pkg, texts: [] };
}
function ownTexts(root, pkg) {
  const files = pkg.files.filter(isLicense);
  const sorted = [
    ...files.filter(isInLicensesDirectory),
    ...files.filter((file) => !isInLicensesDirectory(file))
  ];
  return sorted.flatMap((file) => {
    const host = root.resolve(file.path);
    const stats = host === void 0 ? void 0 : root.stat(host);
    return host === void 0 || !stats?.isFile() ? [] : [{ file, host, size: stats.size }];
  });
}
function isLicense(file) {
  return isInstalled(file) && ((file.flags & FileFlag.license) !== 0 || isInLicensesDirectory(file));
}
function isInLicensesDirectory({ path }) {
  return licensesDirectory.test(path);
}
function licenseName(file) {
  return isInLicensesDirectory(file) ? file.path.replace(licensesDirectory, "") : posix17.basename(file.path);
}

// src/plan/files/selection.ts
import { posix as posix29 } from "node:path";

// src/plan/libraries/declared.ts
var sonameCapability = /^([^\s()]+\.so[^\s()]*)(?:\(\)(?:\(64bit\))?)?$/;
function declaredLibraries(installed, search2, natives, outward) {
  const neededSonames = /* @__PURE__ */ new Map();
  const bySoname = new Map([...natives.values()].map((native) => [native.image.soname, native]));
  return outward.flatMap(({ by, capability, provider }) => {
    let sonames = neededSonames.get(by);
    if (sonames === void 0) {
      sonames = neededBy(by, natives, bySoname);
      neededSonames.set(by, sonames);
    }
    const own2 = sonameCapability.exec(capability)?.[1];
    const provided = own2 !== void 0 ? [own2] : providedSonames(provider);
    if (provided.some((soname) => sonames.has(soname))) return [];
    return provided.flatMap((soname) => {
      const path = search2.find(soname);
      const real = path === void 0 ? void 0 : installed.root.resolve(path);
      const belongs = real !== void 0 && installed.owner(real)?.package === provider;
      return path !== void 0 && belongs ? [{ by, capability, path }] : [];
    });
  });
}
function providedSonames(pkg) {
  return pkg.provides.flatMap(({ name: name3 }) => sonameCapability.exec(name3)?.[1] ?? []);
}
function neededBy(pkg, natives, bySoname) {
  const sonames = /* @__PURE__ */ new Set();
  const open = [...natives.values()].filter(({ selected }) => selected.owned?.package === pkg);
  for (const native of open) {
    for (const soname of native.needs.keys()) {
      if (sonames.has(soname)) continue;
      sonames.add(soname);
      const library2 = bySoname.get(soname);
      if (library2 !== void 0) open.push(library2);
    }
  }
  return sonames;
}

// src/plan/libraries/loaded-at-run-time.ts
import { posix as posix19 } from "node:path";

// src/host/glob.ts
var import_picomatch2 = __toESM(require_picomatch2(), 1);
import { posix as posix18 } from "node:path";
function filesMatching(root, glob) {
  return search(root, "/", glob.split("/").slice(1));
}
function search(root, directory2, [part = "**", ...rest]) {
  if (part !== "**" && !import_picomatch2.default.scan(part).isGlob && !part.includes("{")) {
    const path = posix18.join(directory2, part);
    return rest.length > 0 ? search(root, path, rest) : root.stat(path)?.isFile() ? [path] : [];
  }
  const matches = (0, import_picomatch2.default)(part === "**" ? "*" : part);
  return root.list(directory2).filter((name3) => matches(name3)).flatMap((name3) => {
    const path = posix18.join(directory2, name3);
    if (root.lstat(path)?.isDirectory()) {
      const inside2 = part === "**" ? [part] : rest;
      return inside2.length > 0 ? search(root, path, inside2) : [];
    }
    const isLast = part === "**" || rest.length === 0;
    return isLast && root.stat(path)?.isFile() ? [path] : [];
  });
}

// src/plan/libraries/certificates.ts
var certificateFiles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem"
];

// src/plan/libraries/loaded-at-run-time.ts
var runTimeTable = [
  {
    // glibc nss/nss_module.c: libraries for user and host names, which glibc 2.34 and later no longer need.
    // nptl/unwind-forcedunwind.c: pthread_exit and thread cancellation abort without libgcc_s.
    // locale/findlocale.c: the one locale that every system has.
    // time/tzfile.c, and PEP 615 of Python: time zones, for systems without them.
    loader: /^libc\.so\.6$/,
    sonames: ["libnss_files.so.2", "libnss_dns.so.2", "libnss_compat.so.2", "libgcc_s.so.1"],
    files: [
      "/usr/lib/locale/C.{utf8,UTF-8}/**",
      "/usr/share/zoneinfo/*",
      "/usr/share/zoneinfo/!(posix|right)/**"
    ]
  },
  {
    // OpenSSL 3: crypto/provider_core.c. Before: crypto/engine/eng_list.c. libcrypto names the directories, but its
    // modules may be in packages of another source, such as pkcs11-provider.
    loader: /^libcrypto\.so\.[\d.]+$/,
    files: ["ossl-modules/*.so", "engines-*/*.so"]
  },
  {
    // OpenSSL crypto/x509/x509_def.c: CA certificates, for systems without them.
    loader: /^libssl\.so\.[\d.]+$/,
    first: certificateFiles
  },
  {
    // FlexiBLAS src/flexiblas.c (flexiblas_init): the back end that is used if none is named.
    loader: /^libflexiblas\.so\.\d+$/,
    files: ["/etc/flexiblasrc", "/etc/flexiblasrc.d/*.conf"]
  },
  {
    // Tcl library/init.tcl (tcl::tm::Defaults), Tk generic/tkWindow.c: scripts beside those that libtcl names.
    loader: /^lib(?:tcl|tk|tcl9tk)\d\.\d\.so$/,
    files: ["/usr/{share,lib,lib64}/{tcl8,tcl9,tk8.*,tk9.*}/**"]
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
function runTimeFiles({ installed, search: search2 }, { selected: { host }, image }) {
  const { root } = installed;
  const directory2 = posix19.dirname(host);
  const by = image.soname ?? posix19.basename(host);
  const rows = runTimeTable.filter(({ loader }) => loader.test(by));
  const paths = [
    // In FIPS mode a library compares itself with this file.
    ...[by, posix19.basename(host)].map((name3) => `${directory2}/.${name3}.hmac`),
    ...rows.flatMap(({ sonames = [], files = [], first = [] }) => [
      ...sonames.map((soname) => search2.find(soname)),
      ...files.flatMap((glob) => filesMatching(root, posix19.resolve(directory2, glob))),
      first.find((path) => (root.stat(path)?.size ?? 0) > 0)
    ])
  ];
  const canonical = paths.flatMap((path) => path === void 0 ? [] : root.canonical(path) ?? []);
  return { by, paths: canonical.filter((path) => root.lstat(path) !== void 0) };
}

// src/plan/loading/loaded-files.ts
import { posix as posix21 } from "node:path";

// src/python/extension-module.ts
import { posix as posix20 } from "node:path";
var identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;
var stableSuffix = ".abi3.so";
var parts = /^([^.]+)(\..+)$/;
function extensionModules(root, { stdlib }) {
  const dynload = root.resolve(`${stdlib}/lib-dynload`) ?? `${stdlib}/lib-dynload`;
  const tagged = root.list(dynload).flatMap((name3) => parts.exec(name3)?.[2] ?? []);
  const suffixes = /* @__PURE__ */ new Set([stableSuffix, ...tagged.filter((suffix) => suffix !== ".so")]);
  const isModuleDirectory = (directory2) => directory2 === dynload || directory2.endsWith("/site-packages") || root.list(directory2).some((name3) => /\.pyc?$/.test(name3));
  return (host) => {
    const [, name3 = "", suffix = ""] = parts.exec(posix20.basename(host)) ?? [];
    if (!identifier.test(name3)) return false;
    return suffixes.has(suffix) || suffix === ".so" && isModuleDirectory(posix20.dirname(host));
  };
}

// src/plan/loading/loaded-files.ts
var loadedReasons = /* @__PURE__ */ new Set(["interpreter", "loader", "platform", "declared", "runtime"]);
function loadedFiles({ installed: { root }, interpreter: interpreter2, search: search2 }, files, natives) {
  const isExtension = extensionModules(root, interpreter2);
  const isLoaded = ({ host, path, reason: reason2 }) => loadedReasons.has(reason2.kind) || posix21.dirname(path) === "bin" || search2.directories.includes(posix21.dirname(host)) || isExtension(host);
  const first = [...files.values()].filter(isLoaded).flatMap(({ host }) => root.resolve(host) ?? []);
  const loaded = new Set(first);
  for (const host of loaded) for (const library2 of librariesOf(root, natives.get(host))) loaded.add(library2);
  return loaded;
}
function librariesOf(root, native) {
  if (native === void 0) return [];
  const paths = [native.needs, ...native.dlopens.map(({ found }) => found)].flatMap((found) => [
    ...found.values()
  ]);
  return paths.map((path) => root.resolve(path) ?? path);
}

// src/plan/paths/machine.ts
var machineRows = [
  { path: /^\/(?:dev|proc|sys)(?=\/|$)/, reason: "made by the kernel of the machine" },
  { path: /^\/(?:run|tmp)(?=\/|$)/, reason: "exists while the machine runs" },
  { path: /^\/(?:boot|home|media|mnt|root|srv|var)(?=\/|$)/, reason: "data of the machine" },
  {
    path: /^\/etc\/(?:passwd|group|shadow|gshadow|sub[ug]id|shells|login\.defs|nsswitch\.conf|pam\.d|pam\.conf|security|sudoers(?:\.d)?|default|skel)(?=\/|$)/,
    reason: "the users of the machine"
  },
  {
    path: /^\/etc\/(?:hosts(?:\.\w+)?|host\.conf|hostname|resolv\.conf|gai\.conf|services|protocols|networks|rpc|ethers|netconfig|krb5\.conf(?:\.d)?|ssh)(?=\/|$)/,
    reason: "the network of the machine"
  },
  {
    path: /^\/etc\/(?:localtime|timezone|adjtime|locale\.conf|vconsole\.conf)$/,
    reason: "the place of the machine"
  },
  {
    path: /^\/(?:etc|usr\/lib)\/(?:os-release|lsb-release|[\w-]+-release(?:-cpe)?|issue(?:\.net)?|machine-id|machine-info|debian_version)$/,
    reason: "the identity of the machine"
  },
  {
    path: /^\/etc\/(?:fstab|mtab|filesystems|modprobe\.d|modules|sysctl\.conf|sysctl\.d|selinux|systemd|udev|profile(?:\.d)?|bashrc|environment|crypto-policies|alternatives|X11|xdg)(?=\/|$)/,
    reason: "the configuration of the machine"
  },
  { path: /^\/etc\/(?:pki|ssl|ca-certificates)(?=\/|$)/, reason: "the certificates and keys of the machine" },
  {
    path: /^\/etc\/ld\.so\.(?:cache|conf|conf\.d|preload)(?=\/|$)/,
    reason: "the libraries of the machine, which a packed Python does not use"
  },
  {
    path: /^\/usr\/(?:lib\/locale|share\/i18n)(?=\/|$)/,
    reason: "locales for the libc of the machine; those of the tree are read by another way"
  }
];
function machineReason(path) {
  return machineRows.find((row) => row.path.test(path))?.reason;
}

// src/plan/paths/programs.ts
import { posix as posix22 } from "node:path";

// src/elf/parts/constants.ts
var headerBytes2 = 64;
function readConstants(size, read) {
  const readPart = (at, length) => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - at)));
    read(bytes, at);
    return bytes;
  };
  const parts2 = constantParts(readPart);
  return (parts2 ?? [{ offset: 0, size }]).map((part) => readPart(part.offset, part.size));
}
function constantParts(readPart) {
  const head = new ElfBytes(readPart(0, headerBytes2), "");
  const { header: header3, section } = head.format;
  try {
    const count = head.get(header3, 0, "shnum");
    if (count === 0 || head.get(header3, 0, "shentsize") !== section.size) return void 0;
    const table = readPart(head.get(header3, 0, "shoff"), count * section.size);
    const headers = new ElfBytes(Buffer.concat([head.bytes, table]), "");
    return Array.from({ length: count }, (_, index) => head.bytes.length + index * section.size).map((at) => ({
      type: headers.get(section, at, "type"),
      flags: headers.get(section, at, "flags"),
      offset: headers.get(section, at, "offset"),
      size: headers.get(section, at, "size")
    })).filter(
      ({ type, flags }) => type === SectionType.progbits && (flags & SectionFlag.alloc) !== 0 && (flags & SectionFlag.code) === 0
    );
  } catch {
    return void 0;
  }
}

// src/plan/paths/programs.ts
var program2 = /^\/(?:usr\/|usr\/local\/)?(?:s?bin|libexec)\//;
var notStarted2 = /\.(?:py|so(?:\.[^/]*)?)$/;
function isProgram2(root, host, mode) {
  const real = root.resolve(host) ?? host;
  if (program2.test(real)) return true;
  const stats = root.stat(real);
  if (!stats?.isFile() || ((mode ?? stats.mode) & 73) === 0 || notStarted2.test(real)) return false;
  return isElfFile(root, real) || root.head(real, 2).toString("latin1") === "#!";
}
function whyNotPacked({ name: name3 }) {
  return `a program: the machine must have it, or name ${name3} as a MODULE`;
}
function namedPrograms(context, files, natives) {
  const { installed } = context;
  const found = /* @__PURE__ */ new Map();
  for (const [pkg, own2] of byPackage(files)) {
    const required2 = [...requiresOf(context, pkg, /* @__PURE__ */ new Set())].map(({ provider }) => provider);
    const programs3 = new Map(required2.flatMap(programsOf));
    for (const [name3, by] of wordsIn(context, own2, natives, [...programs3.keys()])) {
      const { path, package: owner } = programs3.get(name3) ?? {};
      if (path === void 0 || owner === void 0) continue;
      const isPacked = files.has(installed.root.canonical(path) ?? path);
      found.set(path, {
        path,
        by: [...found.get(path)?.by ?? [], by],
        package: owner,
        ...isPacked ? { status: "packed" } : { status: "not packed", why: whyNotPacked(owner) }
      });
    }
  }
  return [...found.values()];
}
function byPackage(files) {
  const packages = /* @__PURE__ */ new Map();
  for (const file of files.values()) {
    if (file.owned === void 0 || file.type !== "file") continue;
    const own2 = packages.get(file.owned.package);
    if (own2 === void 0) packages.set(file.owned.package, [file]);
    else own2.push(file);
  }
  return packages;
}
function programsOf(pkg) {
  return pkg.files.filter(({ path }) => /^\/(?:usr\/)?s?bin\/\w[^/]+$/.test(path)).map(({ path }) => [posix22.basename(path), { path, package: pkg }]);
}
function wordsIn({ installed: { root }, interpreter: interpreter2 }, files, natives, names) {
  const found = /* @__PURE__ */ new Map();
  if (names.length === 0) return found;
  const words2 = names.map((name3) => name3.replace(/[^\w]/g, "\\$&")).join("|");
  const inSource = new RegExp(`(?<=["'])(?:${words2})(?=["' ])`, "g");
  const inElf = new RegExp(`(?<=\\0)(?:${words2})(?=[\\0 ])`, "g");
  for (const { host, path } of files) {
    const isSource = path.endsWith(".py") || posix22.dirname(path) === "bin" && isPythonScript(root, interpreter2, host);
    const texts = natives.has(host) ? root.readParts(host, readConstants).map((part) => part.toString("latin1")) : isSource ? [root.read(host).toString("latin1")] : [];
    const matches = texts.flatMap((text) => [...text.matchAll(natives.has(host) ? inElf : inSource)]);
    for (const [name3] of matches) if (!found.has(name3)) found.set(name3, host);
  }
  return found;
}

// src/plan/paths/related.ts
function requiredData(host, packed) {
  const found = /* @__PURE__ */ new Set();
  const open = new Set(packed);
  for (const by of open) {
    for (const { provider } of requiresOf(host, by, open)) {
      found.add(provider);
      if (holdsOnlyData(provider)) open.add(provider);
    }
  }
  return found;
}
var library = /\.so(?:\.|$)/;
function holdsOnlyData({ files }) {
  return !files.some(({ path, mode }) => isRegular({ mode }) && ((mode & 73) !== 0 || library.test(path)));
}
function sameSource(a, b) {
  return a === b || a.sourceRpm !== "" && a.sourceRpm === b.sourceRpm;
}

// src/plan/paths/decide.ts
var shared = /^(?:\/(?:usr|usr\/local|var|opt))?(?:\/[^/]*)?$/;
function decide(context, path, by) {
  const { installed, interpreter: interpreter2, required: required2 } = context;
  const { root } = installed;
  const real = root.resolve(path);
  if (real === void 0 || real === interpreter2.path || real === interpreter2.loader) return void 0;
  const machine2 = machineReason(path) ?? machineReason(real);
  if (machine2 !== void 0) return { status: "machine", why: machine2 };
  if (isPythons(real, interpreter2)) return void 0;
  const isDirectory3 = root.stat(real)?.isDirectory() ?? false;
  if (isDirectory3 && isShared(context, real)) return void 0;
  const owner = ownerOf(context, path);
  const isRelated = ({ package: pkg }) => {
    const isOwn = by !== void 0 && sameSource(by, pkg);
    return isOwn || required2.has(pkg) && !real.startsWith("/etc/");
  };
  if (isProgram2(root, real)) return owner && { status: "not packed", why: whyNotPacked(owner.package) };
  if (isDirectory3) {
    const files = filesBelow(context, real, isRelated);
    if (files.length > 0) return { files };
  }
  if (owner === void 0) return { status: "not packed", why: "it belongs to no RPM package" };
  if (!isRelated(owner)) return { status: "not packed", why: unrelated(real, owner, required2) };
  const canonical = root.canonical(path) ?? real;
  return admits(context, real, owner) ? { files: [canonical] } : { status: "not packed", why: "not used at run time, or excluded" };
}
function ownerOf({ installed }, path) {
  const real = installed.root.resolve(path);
  return installed.owner(path) ?? (real === void 0 ? void 0 : installed.owner(real));
}
function isPythons(real, { stdlib, version: version3 }) {
  if (`${real}/`.startsWith(`${stdlib}/`)) return !/\/site-packages\/./.test(real);
  return real.endsWith(`/python${version3}`) || real.endsWith(`/python${version3}/site-packages`);
}
function isShared({ installed, search: search2 }, real) {
  if (shared.test(real) || search2.directories.includes(real)) return true;
  const makes = installed.owner("/usr")?.package;
  return makes !== void 0 && installed.owner(real)?.package === makes;
}
function filesBelow(context, directory2, isRelated) {
  const { root } = context.installed;
  return listed(context, directory2).flatMap((name3) => {
    const path = `${directory2}/${name3}`;
    if (root.lstat(path)?.isDirectory()) return filesBelow(context, path, isRelated);
    const owned2 = context.installed.owner(path);
    return owned2 !== void 0 && isRelated(owned2) && admits(context, path, owned2) ? [path] : [];
  });
}
function listed({ installed: { root } }, directory2) {
  try {
    return root.list(directory2);
  } catch (error) {
    if (error instanceof RelopackError) return [];
    throw error;
  }
}
function admits({ installed: { root }, rules, interpreter: interpreter2 }, host, { file }) {
  return isInstalled(file) && rules.admitsNamed(archivePath(host, interpreter2), file) && !isProgram2(root, host, file.mode);
}
function unrelated(real, { package: pkg }, required2) {
  if (real.startsWith("/etc/") && required2.has(pkg)) return "configuration of another package";
  return `no packed package Requires ${pkg.name} for its data`;
}

// src/plan/paths/reader.ts
import { posix as posix23 } from "node:path";

// src/common/absolute-paths.ts
var inside = /[\w.+@%~$}*?/-]/;
var variable = /[%*?${}]/;
var odd = /\/\.{0,2}(?:\/|$)/;
var PathFinder = class {
  #pattern;
  /** `names` are those in the root directory. A path that begins with another name is not found. */
  constructor(names) {
    const first = names.map((name3) => name3.replace(/[^\w]/g, "\\$&")).join("|");
    this.#pattern = new RegExp(`/(?:${first})(?:/[\\w.+@/%*?\${}~-]*|(?![\\w.+@%*?\${}~-]))`, "g");
  }
  /**
   * The absolute paths in a text, without `.`, `..` and doubled slashes. Of a path with a part that a program fills in,
   * such as `/usr/share/app/%s.dat`, it is the directory. A list with colons is several paths.
   */
  find(text) {
    const found = [];
    for (const { 0: match, index } of text.matchAll(this.#pattern)) {
      if (!beginsAt(text, index)) continue;
      const cut = match.search(variable);
      const path = cut === -1 ? match : match.slice(0, match.lastIndexOf("/", cut));
      found.push(odd.test(path) ? plain(path) : path);
    }
    return found;
  }
};
function beginsAt(text, index) {
  return !inside.test(text.charAt(index - 1)) || text.slice(Math.max(0, index - 7), index) === "file://";
}
function plain(path) {
  const parts2 = [];
  for (const part of path.split("/")) {
    if (part === "..") parts2.pop();
    else if (part !== "" && part !== ".") parts2.push(part);
  }
  return `/${parts2.join("/")}`;
}

// src/python/source/strings.ts
var commentsAndStrings = /#[^\n]*|"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/g;
var joined = /\bjoin\(\s*(['"]\/[^'"\\\n]*['"](?:\s*,\s*['"][^'"\\\n]*['"])+)\s*,?\s*\)/g;
function stringConstants(source) {
  const texts = [...source.matchAll(commentsAndStrings)].flatMap(
    ([text]) => text.startsWith("#") || text.startsWith('"""') || text.startsWith("'''") ? [] : [text.slice(1, -1)]
  );
  const paths = [...source.matchAll(joined)].map(
    ([, list2 = ""]) => [...list2.matchAll(/['"]([^'"]*)['"]/g)].map(([, text = ""]) => text.replace(/\/$/, "")).join("/")
  );
  return [...texts, ...paths];
}

// src/plan/paths/existing.ts
var ExistingPaths = class {
  #root;
  #top;
  constructor(root) {
    this.#root = root;
    this.#top = this.#read("");
  }
  /** Whether a path without `.`, `..` and doubled slashes exists. It may be a link that leads nowhere. */
  has(path) {
    let directory2 = this.#top;
    for (let start3 = 1; ; ) {
      const end2 = path.indexOf("/", start3);
      const name3 = end2 === -1 ? path.slice(start3) : path.slice(start3, end2);
      if (!directory2.has(name3)) return false;
      if (end2 === -1) return true;
      let next = directory2.get(name3);
      if (next === void 0) {
        next = this.#read(path.slice(0, end2));
        directory2.set(name3, next);
      }
      directory2 = next;
      start3 = end2 + 1;
    }
  }
  #read(directory2) {
    return new Map(this.#list(directory2).map((name3) => [name3, void 0]));
  }
  /** None if this user may not read the directory: no packed file depends on it then. */
  #list(directory2) {
    try {
      return this.#root.list(directory2 === "" ? "/" : directory2);
    } catch (error) {
      if (error instanceof RelopackError) return [];
      throw error;
    }
  }
};

// src/plan/paths/reader.ts
var quoted = /["'](\/[^"'\\\n]+)["']/g;
var PathReader = class {
  #root;
  #finder;
  #existing;
  constructor(root) {
    this.#root = root;
    this.#finder = new PathFinder(root.list("/"));
    this.#existing = new ExistingPaths(root);
  }
  /**
   * The paths that an ELF file contains, in whatever words they stand. `host` is its canonical path. Code may also put a
   * short path together from immediate values, as compilers do for comparisons: these are not found.
   */
  inElf(host) {
    const parts2 = this.#root.readParts(host, readConstants);
    return this.#exist(parts2.flatMap((part) => this.#finder.find(part.toString("latin1"))));
  }
  /** The paths with which texts in a Python source begin. None for any other file. */
  inSource(interpreter2, { host, path, type }) {
    if (type !== "file") return [];
    const isScript = posix23.dirname(path) === "bin" && isPythonScript(this.#root, interpreter2, host);
    if (!isScript && !path.endsWith(".py")) return [];
    const source = this.#root.read(host).toString();
    const isCandidate = this.#exist(
      [...source.matchAll(quoted)].flatMap(([, text = ""]) => this.#finder.find(text))
    );
    if (isCandidate.length === 0) return [];
    const texts = stringConstants(source).filter((text) => text.startsWith("/"));
    return this.#exist(texts.flatMap((text) => this.#finder.find(text)));
  }
  #exist(paths) {
    return [...new Set(paths.filter((path) => this.#existing.has(path)))];
  }
};

// src/plan/paths/named-paths.ts
var NamedPaths = class {
  #input;
  #reader;
  #read = /* @__PURE__ */ new Set();
  #found = /* @__PURE__ */ new Set();
  /** The files that contain a path, by the path. */
  #naming = /* @__PURE__ */ new Map();
  constructor(input) {
    this.#input = input;
    this.#reader = new PathReader(input.installed.root);
  }
  /** The files to pack because one of these files names them; none is returned twice. `whole` are the packages that are packed as a whole. */
  find(files, natives, whole) {
    this.#readNew(files, natives);
    const found = this.#decisions(files, natives, whole).flatMap(
      ({ by, decision }) => decision !== void 0 && "files" in decision ? decision.files.map((host) => ({ host, by: by.host })) : []
    );
    return found.filter(({ host }) => {
      const isNew = !files.has(host) && !this.#found.has(host);
      this.#found.add(host);
      return isNew;
    });
  }
  /** All named paths, sorted, with the last word about each. */
  report(files, natives, whole) {
    const found = /* @__PURE__ */ new Map();
    for (const { path, by, decision } of this.#decisions(files, natives, whole)) {
      const known3 = found.get(path);
      if (decision === void 0) continue;
      const real = this.#input.installed.root.resolve(path) ?? path;
      const state = "files" in decision || files.has(real) ? { status: "packed" } : decision;
      const better = known3 === void 0 || known3.status !== "packed" && state.status === "packed";
      const named = better ? { path, package: this.#ownerOf(path), ...state } : known3;
      found.set(path, { ...named, by: [...known3?.by ?? [], by.host] });
    }
    const programs3 = namedPrograms(this.#input, files, natives).filter(({ path }) => !found.has(path));
    return [...found.values(), ...programs3].sort((a, b) => a.path < b.path ? -1 : 1);
  }
  #readNew(files, natives) {
    for (const [host, file] of files) {
      if (this.#read.has(host)) continue;
      this.#read.add(host);
      const paths = natives.has(host) ? this.#reader.inElf(host) : this.#reader.inSource(this.#input.interpreter, file);
      for (const path of paths) this.#naming.set(path, [...this.#naming.get(path) ?? [], file]);
    }
  }
  #decisions(files, natives, whole) {
    const owners = [...natives.keys()].flatMap((host) => files.get(host)?.owned?.package ?? []);
    const required2 = requiredData(this.#input, [...whole, ...owners]);
    const context = { ...this.#input, required: required2 };
    return [...this.#naming].flatMap(
      ([path, namers]) => namers.map((by) => ({ path, by, decision: decide(context, path, by.owned?.package) }))
    );
  }
  #ownerOf(path) {
    const { installed } = this.#input;
    const real = installed.root.resolve(path);
    return (installed.owner(path) ?? (real === void 0 ? void 0 : installed.owner(real)))?.package;
  }
};

// src/plan/typelibs/typelibs.ts
import { posix as posix24 } from "node:path";

// src/python/source/imports.ts
var moduleString = /^(?:"([\w.]+)"|'([\w.]+)')$/;
var mainBlock = /^if[ \t(]+(?:__name__[ \t]*==[ \t]*"__main__"|"__main__"[ \t]*==[ \t]*__name__)/;
var typingBlock = /^if[ \t(]+(?:\w+\.)?TYPE_CHECKING\b/;
var from = /(?:^|[;:])[ \t]*from[ \t]*([. \t]*)([\p{L}\p{N}_.]*)[ \t]+import\b[ \t]*(?:\(([^)]*)\)|([^\n;]*))/gmu;
var plain2 = /(?:^|[;:])[ \t]*import[ \t]+([^\n;]+)/gm;
var called = /\b(?:import_module|__import__)\([ \t\n]*"([\w.]+)"/g;
function importedNames(source, isMain) {
  const code = `${source}
`.replace(/\r\n?/g, "\n").replace(commentsAndStrings, (text) => {
    const [, double, single] = moduleString.exec(text) ?? [];
    return text.startsWith("#") ? "" : `"${double ?? single ?? ""}"`;
  }).replace(/\\\n/g, " ");
  const running = withoutBlocks(code, isMain ? [typingBlock] : [typingBlock, mainBlock]);
  const names = [
    ...[...running.matchAll(from)].flatMap(([, dots = "", module = "", inBrackets, onLine = ""]) => {
      const start3 = dots.replace(/[ \t]/g, "") + module;
      return words(inBrackets ?? onLine).map((name3) => joined2(start3, name3));
    }),
    ...[...running.matchAll(plain2)].flatMap(([, modules2 = ""]) => words(modules2)),
    ...[...running.matchAll(called)].map(([, module = ""]) => module)
  ];
  return [...new Set(names)];
}
function withoutBlocks(code, starts) {
  let isInside2 = false;
  const lines = code.split("\n").filter((line2) => {
    if (/^[^\s)\]}]/.test(line2)) isInside2 = starts.some((start3) => start3.test(line2));
    return !isInside2;
  });
  return lines.join("\n");
}
function words(list2) {
  return list2.split(",").map((item) => item.trim().replace(/\s.*$/s, "")).filter((name3) => /^[\p{L}_*][\p{L}\p{N}_.]*$/u.test(name3));
}
function joined2(start3, name3) {
  if (name3 === "*") return start3;
  return start3 === "" || start3.endsWith(".") ? `${start3}${name3}` : `${start3}.${name3}`;
}

// src/plan/typelibs/asked.ts
var required = /\brequire_version\(\s*["'](\w+)["']\s*,\s*["']([\w.]+)["']/g;
var requiredTogether = /\brequire_versions\(\s*\{([^}]*)\}/g;
var pair = /["'](\w+)["']\s*:\s*["']([\w.]+)["']/g;
var repository = /^gi\.repository\.(\w+)/;
function namespacesIn(source) {
  const versions = /* @__PURE__ */ new Map();
  for (const name3 of importedNames(source, true)) {
    const namespace2 = repository.exec(name3)?.[1];
    if (namespace2 !== void 0) versions.set(namespace2, void 0);
  }
  const together = [...source.matchAll(requiredTogether)].flatMap(([, pairs = ""]) => [
    ...pairs.matchAll(pair)
  ]);
  for (const [, name3 = "", version3] of [...source.matchAll(required), ...together])
    versions.set(name3, version3);
  return [...versions].map(([name3, version3]) => ({ name: name3, version: version3 }));
}

// src/plan/typelibs/header.ts
var magic2 = Buffer.from("GOBJ\nMETADATA\r\n", "latin1");
var field = { dependencies: 36, sharedLibrary: 52 };
var headerBytes3 = 56;
function readTypelib(bytes, littleEndian) {
  if (bytes.length < headerBytes3 || !bytes.subarray(0, magic2.length).equals(magic2)) return void 0;
  const list2 = (at, separator) => {
    const offset = littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    const end2 = offset === 0 ? -1 : bytes.indexOf(0, offset);
    return end2 === -1 ? [] : bytes.toString("utf8", offset, end2).split(separator).filter(Boolean);
  };
  return { dependencies: list2(field.dependencies, "|"), libraries: list2(field.sharedLibrary, ",") };
}

// src/plan/typelibs/typelibs.ts
var directoryName = "girepository-1.0";
var pygobject = /(?:^|\/)site-packages\/gi\//;
var own = ["GLib", "GObject", "Gio"].map((name3) => ({ name: name3, version: void 0 }));
var Typelibs = class {
  #context;
  #installed;
  #read = /* @__PURE__ */ new Set();
  #asked = [];
  constructor(context) {
    this.#context = context;
    this.#installed = installedTypelibs(context);
  }
  /** The files to pack, beside these files. Each is found with the first file that asks for it. */
  find(files) {
    if (this.#installed.size === 0) return [];
    for (const [host, file] of files) {
      if (this.#read.has(host)) continue;
      this.#read.add(host);
      for (const namespace2 of this.#namespacesOf(file)) this.#asked.push({ namespace: namespace2, by: host });
    }
    const isWanted = [...files.values()].some(({ path }) => pygobject.test(path));
    return isWanted ? this.#close().filter(({ host }) => !files.has(host)) : [];
  }
  #namespacesOf({ host, path, type }) {
    const { installed, interpreter: interpreter2 } = this.#context;
    if (type !== "file") return [];
    if (pygobject.test(path)) return path.endsWith("/gi/__init__.py") ? own : [];
    const isScript = posix24.dirname(path) === "bin" && isPythonScript(installed.root, interpreter2, host);
    if (!isScript && !path.endsWith(".py")) return [];
    const bytes = installed.root.read(host);
    return bytes.includes("gi.re") || bytes.includes("require_version") ? namespacesIn(bytes.toString()) : [];
  }
  #close() {
    const { installed, interpreter: interpreter2, search: search2 } = this.#context;
    const found = /* @__PURE__ */ new Map();
    const open = [...this.#asked];
    for (const { namespace: namespace2, by } of open) {
      const host = this.#typelib(namespace2);
      if (host === void 0 || found.has(host)) continue;
      found.set(host, { host, by });
      const needs = readTypelib(installed.root.read(host), interpreter2.identity.littleEndian);
      for (const text of needs?.dependencies ?? []) open.push({ namespace: namespaceOf(text), by: host });
      for (const library2 of needs?.libraries ?? []) {
        const path = search2.find(library2);
        if (path !== void 0 && !found.has(path)) found.set(path, { host: path, by: host });
      }
    }
    return [...found.values()];
  }
  #typelib({ name: name3, version: version3 }) {
    const typelibs = this.#installed.get(name3) ?? [];
    return typelibs.find((one) => version3 === void 0 || one.version === version3)?.host;
  }
};
function installedTypelibs({ installed: { root }, search: search2 }) {
  const found = /* @__PURE__ */ new Map();
  for (const directory2 of search2.directories) {
    for (const file of root.list(`${directory2}/${directoryName}`)) {
      const { name: name3, version: version3 } = namespaceOf(posix24.basename(file, ".typelib"));
      const host = root.resolve(`${directory2}/${directoryName}/${file}`);
      if (version3 === void 0 || host === void 0 || !file.endsWith(".typelib")) continue;
      found.set(name3, [...found.get(name3) ?? [], { host, version: version3 }]);
    }
  }
  for (const typelibs of found.values()) typelibs.sort((a, b) => compareVersions(b.version, a.version));
  return found;
}
function namespaceOf(text) {
  const cut = text.lastIndexOf("-");
  return cut === -1 ? { name: text, version: void 0 } : { name: text.slice(0, cut), version: text.slice(cut + 1) };
}

// src/plan/files/imported-tests.ts
import { posix as posix25 } from "node:path";

// src/plan/import-names.ts
var maxImports = 100;
var identifier2 = /^[\p{L}_][\p{L}\p{N}_]*$/u;
function importNames(paths, interpreter2) {
  const { version: version3 } = interpreter2;
  const standard = archivePath(interpreter2.stdlib, interpreter2);
  const below = (directory2) => importables(
    paths.filter((path) => path.startsWith(`${directory2}/`)).map((path) => path.slice(directory2.length + 1)),
    version3
  );
  const own2 = paths.includes(`${standard}/os.py`) ? [] : below(standard);
  const found = [
    ...sitePackages(interpreter2).flatMap(below),
    ...below(`${standard}/lib-dynload`),
    ...own2.filter(({ name: name3 }) => !name3.includes("."))
  ];
  const counted = found.filter(({ name: name3, native }) => native || !name3.startsWith("_"));
  return [...new Set((counted.length > 0 ? counted : found).map(({ name: name3 }) => name3))].sort();
}
function modulePaths(interpreter2) {
  const standard = archivePath(interpreter2.stdlib, interpreter2);
  return [...sitePackages(interpreter2), `${standard}/lib-dynload`, standard];
}
function sitePackages(interpreter2) {
  const { version: version3, prefix } = interpreter2;
  return [prefix, "/usr/local"].flatMap(
    (place) => ["lib64", "lib"].map((lib) => archivePath(`${place}/${lib}/python${version3}/site-packages`, interpreter2))
  );
}
function importables(paths, version3) {
  const tag = `(?:cpython-${version3.replace(".", "")}m?(?:-[^/]+)?|abi3)`;
  const module = new RegExp(`^(?:(.+)/)?([^/.]+)\\.(?:pyc?|((?:${tag}\\.)?so))$`);
  const found = /* @__PURE__ */ new Map();
  for (const path of paths) {
    const [, directory2, name3, extension] = module.exec(path) ?? [];
    const place = name3 === "__init__" || directory2 === void 0 ? directory2 ?? name3 : void 0;
    if (place !== void 0) found.set(place, extension !== void 0);
  }
  return [...found].flatMap(([place, native]) => {
    const parts2 = place.split("/");
    const isInside2 = parts2.some((_, index) => found.has(parts2.slice(0, index).join("/")));
    const isName = parts2.every((part) => identifier2.test(part) && !/^__.*__$/.test(part));
    return isName && !isInside2 ? [{ name: parts2.join("."), native }] : [];
  });
}

// src/plan/files/imported-tests.ts
var entryPoint = /^[^[#;=\n]+=[ \t]*([\w.]+)/gm;
var moduleSuffix = /(?:\/__init__)?(?:\.pyc?|(?:\.[^/.]+)*\.so)$/;
var testDirectory = /^.*\/(?:tests?|idle_test)(?=\/)/;
function importedTests(root, interpreter2, files, tests) {
  if (tests.size === 0) return [];
  const modules2 = byModule(tests);
  const directories = modulePaths(interpreter2);
  const found = /* @__PURE__ */ new Map();
  const open = [...files];
  for (const source of open) {
    const places = importsOf(root, interpreter2, source).flatMap(
      (name3) => placesOf(name3, source, directories)
    );
    for (const place of places) {
      const imported = modules2.get(place) ?? [];
      modules2.delete(place);
      for (const { path, host } of imported) {
        found.set(path, { host, by: source.host });
        open.push({ path, host });
      }
    }
  }
  return [...found.values(), ...dataOf(found, tests)];
}
function dataOf(imported, tests) {
  const importers = /* @__PURE__ */ new Map();
  for (const [path, { by }] of imported) {
    const directory2 = testDirectory.exec(path)?.[0];
    if (!importers.has(directory2)) importers.set(directory2, by);
  }
  return [...tests].flatMap(([path, host]) => {
    const by = importers.get(testDirectory.exec(path)?.[0]);
    return by === void 0 || moduleSuffix.test(path) ? [] : [{ host, by }];
  });
}
function byModule(tests) {
  const modules2 = /* @__PURE__ */ new Map();
  for (const [path, host] of tests) {
    const module = (sourceOf(path) ?? path).replace(moduleSuffix, "");
    modules2.set(module, [...modules2.get(module) ?? [], { path, host }]);
  }
  return modules2;
}
function importsOf(root, interpreter2, { host, path }) {
  const isEntryPoints = path.endsWith("-info/entry_points.txt");
  const isScript = posix25.dirname(path) === "bin" && isPythonScript(root, interpreter2, host);
  if (!isEntryPoints && !isScript && !path.endsWith(".py")) return [];
  if (!root.lstat(host)?.isFile()) return [];
  const bytes = root.read(host);
  if (!bytes.includes("test") && !path.includes("test")) return [];
  if (isEntryPoints) return [...bytes.toString().matchAll(entryPoint)].map(([, module = ""]) => module);
  return importedNames(bytes.toString(), isScript || posix25.basename(path) === "__main__.py");
}
function placesOf(name3, { path }, directories) {
  const dots = /^\.*/.exec(name3)?.[0].length ?? 0;
  const parts2 = name3.slice(dots).split(".");
  const own2 = posix25.dirname(path);
  const isModule2 = directories.some((directory2) => path.startsWith(`${directory2}/`));
  const starts = dots > 0 ? [posix25.join(own2, "../".repeat(dots - 1))] : isModule2 ? directories : [...directories, own2];
  return starts.flatMap((start3) => parts2.map((_, index) => posix25.join(start3, ...parts2.slice(0, index + 1))));
}

// src/plan/files/worklist.ts
import { posix as posix28 } from "node:path";

// src/plan/loading/unloadable.ts
function elfErrorOr(action) {
  try {
    return action();
  } catch (error) {
    if (error instanceof RelopackError && error.code.startsWith("elf-")) return error;
    throw error;
  }
}
var otherLibc = /^(?:libc\.(?!so\.6$)|ld-musl-)/;
var otherLoader = /\/(?:ld-musl-[^/]*|linker(?:64)?)$/;
function foreignKind({ type, needed, interpreter: interpreter2 = "" }) {
  if (type === ObjectType.rel) return "is an object file for a linker";
  if (type !== ObjectType.exec && type !== ObjectType.dyn) return "is neither a program nor a library";
  const libc = needed.find((soname) => otherLibc.test(soname));
  if (libc !== void 0) return `is for another C library (${libc})`;
  return otherLoader.test(interpreter2) ? `is for another C library (${interpreter2})` : void 0;
}

// src/plan/libraries/needed.ts
function readNativeFile({ installed, interpreter: interpreter2, search: search2 }, selected, loader) {
  const { host } = selected;
  const bytes = installed.root.readParts(host, skim);
  const identity = elfIdentity(bytes);
  if (identity !== void 0 && !sameIdentity(identity, interpreter2.identity))
    return { problem: `${host} is for another machine` };
  const image = elfErrorOr(() => readImage(bytes, host));
  if (image instanceof RelopackError) return { problem: image.message, error: image };
  const foreign = foreignKind(image);
  if (foreign !== void 0) return { problem: `${host} ${foreign}` };
  const requester = { path: host, runpath: image.runpath, rpath: image.rpath, loader };
  const found = (sonames) => new Map(
    sonames.flatMap((soname) => {
      const path = search2.find(soname, requester);
      return path === void 0 ? [] : [[soname, path]];
    })
  );
  const needs = found(image.needed);
  const dlopens = image.dlopens.map((need) => ({ need, found: found(need.sonames) }));
  return {
    native: { selected, image, needs, searchPath: search2.searchPath(requester), dlopens },
    requester,
    missing: image.needed.filter((soname) => !needs.has(soname))
  };
}

// src/plan/selected-file.ts
import { posix as posix26 } from "node:path";
function selectedFile({ root }, interpreter2, host, reason2, owned2) {
  const stats = root.lstat(host);
  if (stats === void 0) {
    if (owned2 !== void 0 && !isDirectory(owned2.file) && !mayBeAbsent(owned2.file))
      throw absent(host, owned2.package);
    return void 0;
  }
  const type = typeOf(stats);
  if (type !== "file" && type !== "link" && owned2 !== void 0 && isRegular(owned2.file))
    throw replaced(host, owned2.package);
  if (type === void 0) return void 0;
  return { host, path: archivePath(host, interpreter2), reason: reason2, owned: owned2, type };
}
function typeOf(stats) {
  if (stats.isFile()) return "file";
  if (stats.isSymbolicLink()) return "link";
  return stats.isDirectory() ? "directory" : void 0;
}
function mayBeAbsent({ path, flags }) {
  return (flags & (FileFlag.ghost | FileFlag.missingok)) !== 0 || posix26.extname(path) === ".pyc";
}
function absent(host, pkg) {
  return new RelopackError(
    "file-missing",
    `${host} does not exist any more, although ${nevra(pkg)} installed it`,
    reinstallOrExclude(pkg)
  );
}
function replaced(host, pkg) {
  return new RelopackError(
    "file-changed",
    `${host} is not a regular file any more, as ${nevra(pkg)} installed it`,
    reinstallOrExclude(pkg)
  );
}
function reinstallOrExclude({ name: name3 }) {
  return message`Reinstall ${name3}, or leave the file out with ${option("exclude")}.`;
}

// src/plan/files/linked-directory.ts
import { posix as posix27 } from "node:path";
var system = /^\/(?:[^/]*|(?:proc|sys|dev|run)\/.*)$/;
var modules = /\/python\d+\.\d+(?:\/(?:site-packages|lib-dynload))?$/;
function linkedFiles(root, { prefix }, directory2, link) {
  const parents = ["/usr", "/usr/local", "/var", prefix];
  const isShared2 = system.test(directory2) || modules.test(directory2) || parents.includes(posix27.dirname(directory2));
  return isShared2 || link.startsWith(`${directory2}/`) ? [] : filesBelow2(root, directory2);
}
function filesBelow2(root, directory2) {
  const names = root.list(directory2);
  if (names.length === 0) return [directory2];
  return names.flatMap((name3) => {
    const path = `${directory2}/${name3}`;
    return root.lstat(path)?.isDirectory() ? filesBelow2(root, path) : [path];
  });
}

// src/plan/files/worklist.ts
var Worklist = class {
  files = /* @__PURE__ */ new Map();
  natives = /* @__PURE__ */ new Map();
  missing = /* @__PURE__ */ new Map();
  /** The ELF files that this Python cannot load, by canonical host path. */
  unloadable = /* @__PURE__ */ new Map();
  considered = /* @__PURE__ */ new Set();
  /** The files that the rules leave out, by archive path. */
  refused = /* @__PURE__ */ new Map();
  #input;
  /** Packages that are added as a whole, so that the rules have decided about their files. */
  #packages = /* @__PURE__ */ new Set();
  /** Packages whose files --include has been applied to. */
  #included = /* @__PURE__ */ new Set();
  #visited = /* @__PURE__ */ new Set();
  /** The file that each library was first loaded for, by the library's path. */
  #loaders = /* @__PURE__ */ new Map();
  /** Libraries that were read before their loader was known. */
  #readAgain = /* @__PURE__ */ new Set();
  constructor(input) {
    this.#input = input;
  }
  /** Adds the files of a package that the rules admit. */
  addPackage(pkg, reason2) {
    const { rules } = this.#input;
    this.#packages.add(pkg);
    const files = this.#presentFiles(pkg);
    const tests = testDirectories(files.map(({ path }) => path));
    for (const { file, host, path } of files) {
      const refusal = rules.refusal(path, file, tests);
      if (refusal === void 0 || rules.admitsCommand(path) && this.#isCommand(host, reason2))
        this.#add(host, reason2, { package: pkg, file });
      else this.refused.set(path, { host, reason: refusal });
    }
    this.#applyIncludes(pkg);
  }
  /**
   * Adds one file by its path on the host and, if it is a link, the target of the link. An --exclude that matches keeps
   * it out. --include then applies to the other files of its package too.
   */
  addFile(host, reason2) {
    const { installed, interpreter: interpreter2, rules } = this.#input;
    const path = archivePath(host, interpreter2);
    this.considered.add(path);
    if (rules.verdict(path)?.include === false) return;
    const owned2 = installed.owner(host);
    this.#add(host, reason2, owned2);
    const target = installed.root.resolve(host);
    if (target !== void 0 && target !== host) this.addFile(target, { kind: "linked", by: host });
    if (owned2 !== void 0) this.#applyIncludes(owned2.package);
  }
  /** Adds the libraries of all files that are not yet visited, and the libraries of these, until none is left. */
  visitAll() {
    for (const selected of this.files.values()) {
      if (this.#visited.has(selected)) continue;
      this.#visited.add(selected);
      if (selected.type === "link") this.#followLink(selected);
      else if (this.#isElf(selected.host)) this.#addNeededLibraries(selected);
      else this.#addWrappedFiles(selected);
    }
    const again = [...this.#readAgain];
    this.#readAgain.clear();
    for (const selected of again) this.#addNeededLibraries(selected);
    if (again.length > 0) this.visitAll();
  }
  /**
   * Adds the ELF file that a link leads to, as a copy in the place of the link would not be read for its libraries. Adds a
   * script too, as it may read files that are beside it. Adds all files of a directory that a link leads to, as a part of them would be another directory.
   */
  #followLink({ host }) {
    const { installed, interpreter: interpreter2 } = this.#input;
    const { root } = installed;
    const target = root.resolve(host);
    if (target === void 0) return;
    const reason2 = { kind: "linked", by: host };
    if (!root.lstat(target)?.isDirectory()) {
      if (!this.files.has(target) && (this.#isElf(target) || this.#isScript(target)))
        this.addFile(target, reason2);
      return;
    }
    for (const path of linkedFiles(root, interpreter2, target, host)) {
      const owner = installed.owner(path)?.package;
      if (owner === void 0 || !this.#packages.has(owner)) this.addFile(path, reason2);
    }
  }
  /** Adds the scripts that a script for sh starts, as if it were a link to them. */
  #addWrappedFiles({ host }) {
    const { installed, interpreter: interpreter2 } = this.#input;
    if (/\.pyc?$/.test(host)) return;
    for (const path of wrappedFiles(installed.root, interpreter2, host) ?? [])
      if (!this.files.has(path)) this.addFile(path, { kind: "linked", by: host });
  }
  #addNeededLibraries(selected) {
    const { interpreter: interpreter2 } = this.#input;
    const { host } = selected;
    const loader = this.#loaders.get(host) ?? this.#loaders.get(interpreter2.path);
    const read = readNativeFile(this.#input, selected, loader);
    if ("problem" in read) {
      this.unloadable.set(host, read);
      return;
    }
    const { native, requester, missing } = read;
    if (host === interpreter2.path) this.#loaders.set(host, requester);
    const addLibrary = (path, reason2) => {
      this.#noteLoader(path, requester);
      this.addFile(path, reason2);
    };
    for (const [soname, path] of native.needs) addLibrary(path, { kind: "needed", by: host, soname });
    for (const { need, found } of native.dlopens) {
      const { feature, priority } = need;
      for (const [soname, path] of found)
        addLibrary(path, { kind: "dlopened", by: host, soname, feature, priority });
    }
    if (missing.length > 0) this.missing.set(selected, missing);
    else this.missing.delete(selected);
    this.natives.set(host, native);
    const { by, paths } = runTimeFiles(this.#input, native);
    for (const path of paths) this.addFile(path, { kind: "runtime", by });
  }
  #noteLoader(path, requester) {
    const { installed, search: search2 } = this.#input;
    const library2 = installed.root.resolve(path) ?? path;
    if (this.#loaders.has(library2)) return;
    this.#loaders.set(library2, requester);
    const native = this.natives.get(library2);
    if (native === void 0) return;
    const inherited = search2.searchPath({ path: library2, runpath: [], rpath: [], loader: requester });
    if (inherited.length > 0) this.#readAgain.add(native.selected);
  }
  /** Adds the files of a package that the user's globs include. */
  #applyIncludes(pkg) {
    if (this.#included.has(pkg)) return;
    this.#included.add(pkg);
    for (const { file, host, path } of this.#presentFiles(pkg)) {
      this.considered.add(path);
      const verdict = this.#input.rules.verdict(path);
      if (verdict?.include)
        this.#add(host, { kind: "included", glob: verdict.pattern }, { package: pkg, file });
    }
  }
  #add(host, reason2, owned2) {
    if (this.files.has(host)) return;
    const { installed, interpreter: interpreter2 } = this.#input;
    const selected = selectedFile(installed, interpreter2, host, reason2, owned2);
    if (selected !== void 0) this.files.set(host, selected);
  }
  /** The files of a package that rpm installed, if their directory exists. */
  #presentFiles(pkg) {
    const { installed, interpreter: interpreter2 } = this.#input;
    return pkg.files.filter(isInstalled).flatMap((file) => {
      const host = installed.root.canonical(file.path);
      return host === void 0 ? [] : [{ file, host, path: archivePath(host, interpreter2) }];
    });
  }
  /**
   * Whether a file is a command that is packed, or a link that leads to one or to the interpreter. Those are the scripts
   * of all packages, and the programs of requested ones.
   */
  #isCommand(host, { kind }) {
    const { installed, interpreter: interpreter2 } = this.#input;
    const real = installed.root.resolve(host);
    if (real === void 0) return false;
    if (real === interpreter2.path) return real !== host;
    return this.#isScript(real) || wrappedFiles(installed.root, interpreter2, real) !== void 0 || kind === "requested" && this.#isElf(real);
  }
  /** Whether a file is a script that can be started in the tree: in bin, or in any directory if its mode allows it. */
  #isScript(host) {
    const { installed, interpreter: interpreter2 } = this.#input;
    const { dir, base } = posix28.parse(archivePath(host, interpreter2));
    if (dir !== "bin")
      return isExecutable(installed.root, host) && isPythonScript(installed.root, interpreter2, host);
    return isConfigScript(base, interpreter2.version) || isPythonScript(installed.root, interpreter2, host);
  }
  /** Whether a file is an ELF file. Python's own files, which are most, need not be read for that. */
  #isElf(host) {
    return !/\.pyc?$/.test(host) && isElfFile(this.#input.installed.root, host);
  }
};

// src/plan/files/selection.ts
function selectFiles(input, { packages, outward }) {
  const { installed, interpreter: interpreter2, search: search2 } = input;
  const worklist = new Worklist(input);
  worklist.addFile(interpreter2.path, { kind: "interpreter" });
  worklist.addFile(interpreter2.loader, { kind: "loader" });
  for (const [pkg, reason2] of packages) worklist.addPackage(pkg, reason2);
  for (const soname of platformSonames) {
    const path = search2.find(soname);
    if (path !== void 0) worklist.addFile(path, { kind: "platform" });
  }
  worklist.visitAll();
  for (const { by, capability, path } of declaredLibraries(installed, search2, worklist.natives, outward)) {
    worklist.addFile(path, { kind: "declared", by: nevra(by), capability });
  }
  const named = new NamedPaths(input);
  const typelibs = new Typelibs(input);
  const whole = [...packages.keys()];
  const findNamed = () => {
    worklist.visitAll();
    return [...named.find(worklist.files, worklist.natives, whole), ...typelibs.find(worklist.files)];
  };
  for (let found = findNamed(); found.length > 0; found = findNamed()) {
    for (const { host, by } of found) worklist.addFile(host, { kind: "named", by: posix29.basename(by) });
  }
  const { refused } = worklist;
  const left = [...refused].filter(([, { reason: reason2 }]) => reason2 === testReason);
  const tests = importedTests(
    installed.root,
    interpreter2,
    worklist.files.values(),
    new Map(left.map(([path, { host }]) => [path, host]))
  );
  for (const { host, by } of tests) worklist.addFile(host, { kind: "imported", by });
  worklist.visitAll();
  const { files, natives, missing, unloadable, considered } = worklist;
  const loaded = loadedFiles(input, files, natives);
  for (const [host, { error }] of unloadable) if (error !== void 0 && loaded.has(host)) throw error;
  const data = new Map([...unloadable].map(([host, { problem }]) => [host, problem]));
  return {
    files,
    natives,
    loaded,
    data,
    missing,
    considered,
    refused,
    named: named.report(files, natives, whole)
  };
}

// src/plan/findings.ts
import { posix as posix30 } from "node:path";
function planFindings(input) {
  return [...remarks(input), ...input.added, ...warnings(input)];
}
function remarks({
  unmatched,
  modules: modules2,
  packages,
  files,
  natives,
  data,
  left,
  commands,
  entries
}) {
  const messages = [
    ...unmatchedGlobs(unmatched),
    ...emptyPackages(modules2, packages),
    ...localeArchives(modules2),
    ...importsOfVerification(modules2, packages, entries),
    ...dlopenNotes(natives),
    ...ambiguousNames(natives),
    ...strayFiles(left),
    ...dataFiles([...data.values()]),
    ...commands,
    ...staleBytecode(files.values(), entries)
  ];
  return messages.map((text) => ({ severity: "remark", message: text }));
}
function warnings({ entries, missing }) {
  const absent2 = [...missing].map(([{ host }, sonames]) => {
    const problem = `${host} needs libraries that are not installed: ${sonames.join(", ")}`;
    return { severity: "warning", message: `${problem}. It is packed, as no module or program loads it` };
  });
  const files = entries.flatMap((entry) => {
    if (entry.type !== "file" || entry.source.kind !== "host") return [];
    const { host, relocation } = entry.source;
    const moves = relocation.kind === "pth" ? relocation.moves : [];
    const messages = [
      ...entry.package === void 0 ? [`${host} belongs to no RPM package; it is packed as it is`] : [],
      ...moves.filter(([, to]) => to === void 0).map(
        ([from2]) => `${host} puts ${from2} on sys.path; ${from2} is not packed, so the packed file has no such line`
      )
    ];
    return messages.map((text) => ({ severity: "warning", message: text }));
  });
  return [...absent2, ...files];
}
function unmatchedGlobs(unmatched) {
  return unmatched.map(
    ({ kind, pattern }) => message`${option(kind, pattern)} matches no file: globs are for paths in the archive, such as lib64/python3.*/test/**`
  );
}
function emptyPackages(modules2, packages) {
  return modules2.filter(({ package: pkg }) => !packages.has(pkg) && !hasLocaleArchive(pkg)).map(
    ({ request }) => message`${request}: none of its files is packed, as they are tests, documentation or excluded. To pack tests, use ${option("tests")}; for other files, ${option("include")}`
  );
}
function localeArchives(modules2) {
  return modules2.filter(({ package: pkg }) => hasLocaleArchive(pkg)).map(
    ({ request }) => `${request}: its locales are in one archive, which glibc cannot read in another place, so they are not packed. Install the language packs that you need, such as glibc-langpack-de, and name them as modules`
  );
}
function hasLocaleArchive({ files }) {
  return files.some(({ path }) => path.startsWith("/usr/lib/locale/locale-archive"));
}
function importsOfVerification(modules2, packages, entries) {
  const owners = new Set(
    entries.filter((entry) => isNative(entry) || isLocale(entry)).map((entry) => entry.package)
  );
  return modules2.flatMap(({ request, package: pkg, imports: imports2 }) => {
    const reason2 = packages.get(pkg);
    if (imports2.length > maxImports)
      return [`${request}: verification imports ${maxImports} of its ${imports2.length} modules`];
    if (imports2.length > 0 || reason2 === void 0 || reason2.kind === "interpreter") return [];
    if (request.startsWith("/") || owners.has(nevra(pkg))) return [];
    return [`${request}: ${nevra(pkg)} has no top-level module, so verification imports nothing from it`];
  });
}
function dlopenNotes(natives) {
  return [...natives].flatMap(([host, { image, dlopens }]) => [
    ...image.dlopensMalformed ? [`${host}: its note about dlopen is malformed, so it is ignored`] : [],
    ...dlopens.filter(({ need, found }) => need.priority === "required" && found.size === 0).map(({ need: { sonames, feature } }) => {
      const purpose = feature === void 0 ? "" : ` for ${feature}`;
      return `${host} requires ${sonames.join(" or ")}${purpose} and loads it by dlopen, but it is not installed`;
    })
  ]);
}
function ambiguousNames(natives) {
  const needs = [...natives].flatMap(
    ([host, native]) => [...native.needs].map(([text, library2]) => ({ host, text, library: library2, name: posix30.basename(text) }))
  );
  const byPath2 = needs.filter(({ text, name: name3 }) => text !== name3);
  return byPath2.flatMap(({ host, library: library2, name: name3 }) => {
    const other = needs.find((need) => need.name === name3 && need.library !== library2);
    if (other === void 0) return [];
    return [
      `${host} needs ${library2} by its path, and ${other.host} needs ${other.library}: a packed process loads only one of the two, as they have the same name`
    ];
  });
}
function isNative(entry) {
  return entry.type === "file" && entry.source.kind === "host" && entry.source.relocation.kind === "elf";
}
function isLocale({ path }) {
  return path.startsWith("lib/locale/");
}
var maxNamed = 5;
function dataFiles(problems) {
  if (problems.length === 0) return [];
  return [`packed as data, because this Python cannot load it: ${firstOf(problems)}`];
}
function strayFiles(left) {
  const stray = left.filter(({ path, package: owner }) => owner === void 0 && !/\.pyc$/.test(path));
  if (stray.length === 0) return [];
  const paths = stray.map(({ path }) => path);
  return [
    `not packed, although in the directory of a packed module, as no RPM package owns it: ${firstOf(paths)}`
  ];
}
function firstOf(texts) {
  const more = texts.length - maxNamed;
  return [...texts.slice(0, maxNamed), ...more > 0 ? [`and ${more} more`] : []].join("; ");
}
function staleBytecode(selected, entries) {
  const packed = new Set(entries.map(({ path }) => path));
  const wanted = [...selected].filter(({ path }) => packed.has(sourceOf(path) ?? ""));
  const stale = wanted.filter(({ path }) => !packed.has(path)).length;
  if (stale === 0) return [];
  return [
    `${stale} of ${wanted.length} .pyc files are stale (source time or size differs) and are not packed. The packed Python compiles these modules when it imports them, at each start if its folder is read-only`
  ];
}

// src/plan/libraries/ld-so-conf.ts
import { posix as posix31 } from "node:path";

// src/plan/libraries/hwcaps.ts
function isHwcaps(directory2) {
  return `${directory2}/`.includes("/glibc-hwcaps/");
}

// src/plan/libraries/ld-so-conf.ts
function sharedDirectories(root, prefix) {
  const own2 = prefix === "/usr" ? [] : [`${prefix}/lib64`, `${prefix}/lib`];
  const configured = configuredDirectories(root, "/etc/ld.so.conf");
  const directories = [...own2, ...configured, "/lib64", "/usr/lib64", "/lib", "/usr/lib"].filter((directory2) => !isHwcaps(directory2)).flatMap((directory2) => root.resolve(directory2) ?? []);
  return [...new Set(directories)];
}
function configuredDirectories(root, conf) {
  const seen = /* @__PURE__ */ new Set();
  const directoriesIn = (file) => {
    if (seen.has(file) || !root.stat(file)?.isFile()) return [];
    seen.add(file);
    const lines = root.read(file).toString().split("\n");
    return lines.flatMap((line2) => {
      const [first = "", ...rest] = line2.replace(/#.*/, "").trim().split(/[\s,:]+/);
      if (first === "include") {
        return rest.flatMap((pattern) => filesMatching(root, posix31.resolve(posix31.dirname(file), pattern))).flatMap(directoriesIn);
      }
      if (first === "hwcap") return [];
      return [first, ...rest].map((word) => word.replace(/=.*/, "")).filter((word) => word.startsWith("/"));
    });
  };
  return directoriesIn(conf);
}

// src/plan/libraries/machine-needs.ts
var banner = /GNU C Library [^\n]*? version (\d+\.\d+)/;
function requirements(root, natives) {
  const files = [...natives.values()];
  const libc = files.find(({ image }) => image.soname === "libc.so.6");
  return {
    kernel: files.flatMap(({ image }) => image.abiTagKernel ?? []).sort(compareVersions).at(-1),
    isaLevel: files.flatMap(({ image }) => image.isaLevel ?? []).sort((a, b) => a - b).at(-1),
    glibc: libc === void 0 ? void 0 : banner.exec(root.read(libc.selected.host).toString("latin1"))?.[1]
  };
}

// src/plan/libraries/missing.ts
function missingLibraries(missing, { identity }, { install }) {
  const sonames = new Set([...missing.values()].flat());
  const list2 = [...sonames].map((soname) => {
    const [first, ...more] = [...missing].flatMap(
      ([selected, absent2]) => absent2.includes(soname) ? [selected] : []
    );
    const owner = first?.owned === void 0 ? "" : ` of ${nevra(first.owned.package)}`;
    const others = more.length === 0 ? "" : ` and ${more.length} more`;
    return `${soname} (needed by ${first?.host}${owner}${others})`;
  });
  const mark2 = identity.class === 64 ? "()(64bit)" : "";
  const capability = (soname) => soname.includes("/") ? soname : `${soname}${mark2}`;
  const capabilities = [...sonames].map((soname) => quotedShellWord(capability(soname))).join(" ");
  return new RelopackError(
    "library-missing",
    `libraries are not installed: ${list2.join(", ")}`,
    message`Install them: ${install} ${capabilities}. Or leave out the files that need them with ${option("exclude")}; their modules may not work then.`
  );
}

// src/plan/libraries/runpath.ts
import { posix as posix32 } from "node:path";

// src/elf/need-by-name.ts
function needByName(bytes, name3) {
  const file = new ElfBytes(bytes, name3);
  const tables = readTables(file);
  const { strings } = tables;
  if (strings === void 0) return bytes;
  const afterDirectory = (index) => {
    const start3 = strings.offset + index;
    const text = bytes.subarray(start3, strings.offset + strings.size);
    return index + text.subarray(0, text.indexOf(0)).lastIndexOf("/") + 1;
  };
  const needed = tables.dynamic.filter(({ tag }) => tag === Tag.needed).map(({ at, value: value2 }) => ({ at, index: Number(value2) }));
  if (needed.every(({ index }) => afterDirectory(index) === index)) return bytes;
  const edited = file.copy();
  const { dynamic, verneed } = file.format;
  for (const { at, index } of needed) edited.set(dynamic, at, "value", afterDirectory(index));
  for (const { at, file: index } of versionNeeds(file, tables))
    edited.set(verneed, at, "file", afterDirectory(index));
  return edited.bytes;
}

// src/plan/libraries/order-ways.ts
function orderWays(host, ways, questions) {
  const left = new Set(ways);
  const order = [];
  let open = questions;
  while (left.size > 0) {
    const next = [...left].find((way) => open.every((question) => !isMisled(question, way)));
    if (next === void 0) throw noOrder(host, open, [...left]);
    left.delete(next);
    order.push(next);
    open = open.filter(({ foundBy }) => foundBy(next) === void 0);
  }
  return order;
}
function isMisled({ library: library2, foundBy }, way) {
  const found = foundBy(way);
  return found !== void 0 && found !== library2;
}
function noOrder(host, open, ways) {
  const misled = open.filter((question) => ways.some((way) => isMisled(question, way)));
  const libraries2 = [...new Set(misled.map(({ library: library2 }) => library2))].join(" and ");
  return new RelopackError(
    "elf-unsupported",
    `${host} cannot be relocated: it needs ${libraries2}, and no order of directories leads to all of them`,
    message`If the packed Python does not need the file, leave it out with ${option("exclude")}.`
  );
}

// src/plan/libraries/runpath.ts
function decideRunpaths(root, interpreter2, { files, natives, loaded }, search2) {
  const places = /* @__PURE__ */ new Map();
  const origins = /* @__PURE__ */ new Map();
  const libraryDirectories = /* @__PURE__ */ new Set();
  for (const { host, path } of files.values()) {
    const real = root.resolve(host);
    const native = real === void 0 ? void 0 : natives.get(real);
    if (real === void 0 || native === void 0) continue;
    if (real !== host && isProgram(root, interpreter2, native)) continue;
    places.set(path, real);
    origins.set(real, (origins.get(real) ?? /* @__PURE__ */ new Set()).add(posix32.dirname(path)));
    libraryDirectories.add(posix32.dirname(host));
  }
  const context = { root, interpreter: interpreter2, search: search2, places, origins, libraryDirectories };
  const shared2 = search2.directories.filter((directory2) => libraryDirectories.has(directory2));
  const decided = [...natives].map(([host, native]) => {
    if (loaded.has(host)) return [host, librariesOf2(host, native, context)];
    return [host, elfErrorOr(() => editable(host, librariesOf2(host, native, context), root))];
  });
  return {
    byFile: new Map(
      decided.flatMap(([host, result]) => result instanceof RelopackError ? [] : [[host, result]])
    ),
    shared: shared2.map((directory2) => directoryInArchive(directory2, interpreter2)),
    unfit: new Map(
      decided.flatMap(([host, result]) => result instanceof RelopackError ? [[host, result.message]] : [])
    )
  };
}
function editable(host, libraries2, root) {
  setRunpath(needByName(root.read(host), host), libraries2.runpath, host);
  return libraries2;
}
function librariesOf2(host, native, context) {
  const { root, interpreter: interpreter2, places, origins } = context;
  const needed = [...native.needs].map(([name3, path]) => ({
    name: posix32.basename(name3),
    path: archivePath(path, interpreter2),
    library: root.resolve(path) ?? path
  }));
  const packed = needed.filter(({ library: library2 }) => library2 !== interpreter2.loader && origins.has(library2));
  const directories = hostDirectories(native, context).map((at) => directoryInArchive(at, interpreter2));
  const opened = [...origins.get(host) ?? []];
  const ways = opened.flatMap((origin) => directories.map((directory2) => wayTo(origin, directory2)));
  const questions = opened.flatMap(
    (origin) => packed.map(({ name: name3, library: library2 }) => ({
      library: library2,
      foundBy: (way) => places.get(posix32.join(way.replace("$ORIGIN", origin), name3))
    }))
  );
  return {
    runpath: orderWays(host, ways, questions).join(":"),
    needs: new Map(packed.map(({ name: name3, path }) => [name3, path]))
  };
}
function hostDirectories({ needs, searchPath, dlopens }, { root, search: search2, libraryDirectories }) {
  const own2 = searchPath.flatMap((searched) => root.resolve(searched) ?? []);
  const libraries2 = [...needs.values(), ...dlopens.flatMap(({ found }) => [...found.values()])];
  const needed = new Set(libraries2.map((library2) => posix32.dirname(library2)));
  return [
    .../* @__PURE__ */ new Set([
      ...own2.filter((directory2) => libraryDirectories.has(directory2) || needed.has(directory2)),
      ...search2.directories.filter((directory2) => needed.has(directory2)),
      ...needed
    ])
  ];
}
function directoryInArchive(directory2, interpreter2) {
  return posix32.dirname(archivePath(`${directory2}/x`, interpreter2));
}
function wayTo(origin, directory2) {
  const way = relativePath(origin, directory2);
  return way === "." ? "$ORIGIN" : `$ORIGIN/${way}`;
}

// src/plan/libraries/search.ts
import { posix as posix33 } from "node:path";
var LibrarySearch = class {
  /** The canonical directories that are searched for every object, in their order. */
  directories;
  #root;
  #identity;
  #found = /* @__PURE__ */ new Map();
  /**
   * `identity` is the interpreter's, which can only load libraries of the same identity. `directories` are those of
   * `sharedDirectories`.
   */
  constructor(root, identity, directories) {
    this.#root = root;
    this.#identity = identity;
    this.directories = directories;
  }
  /** The canonical path at which the library was found, which may be a link. Undefined if it was not found. */
  find(soname, requester) {
    if (soname.includes("/")) return this.#findAt(soname, requester);
    const own2 = requester === void 0 ? void 0 : this.#findIn(this.searchPath(requester), soname);
    if (own2 !== void 0) return own2;
    if (!this.#found.has(soname)) this.#found.set(soname, this.#findIn(this.directories, soname));
    return this.#found.get(soname);
  }
  /** The directories that ld.so searches for this object before the shared ones. */
  searchPath(requester) {
    if (requester.runpath.length > 0) return this.#expand(requester.runpath, requester.path);
    const directories = [];
    for (let at = requester; at !== void 0; at = at.loader) {
      if (at.runpath.length === 0) directories.push(...this.#expand(at.rpath, at.path));
    }
    return directories;
  }
  /** Replaces the tokens of RUNPATH, RPATH and DT_NEEDED. `$LIB` is the name of the directory that contains libc. */
  #expand(entries, path) {
    return entries.map(
      (entry) => entry.replace(
        /\$(?:(ORIGIN|LIB)\b|\{(ORIGIN|LIB)\})/g,
        (_, bare, braced) => (bare ?? braced) === "ORIGIN" ? posix33.dirname(path) : this.#lib()
      )
    ).filter((directory2) => directory2.startsWith("/") && !isHwcaps(directory2)).map((directory2) => posix33.normalize(directory2));
  }
  /** The library at a path, which may begin with a token (glibc elf/dl-deps.c, expand_dst). */
  #findAt(path, requester) {
    const [absolute] = this.#expand([path], requester?.path ?? "");
    return absolute === void 0 ? void 0 : this.#accept(absolute);
  }
  #lib() {
    return posix33.basename(posix33.dirname(this.find("libc.so.6") ?? "/usr/lib64/libc.so.6"));
  }
  #findIn(directories, soname) {
    for (const directory2 of directories) {
      const path = this.#accept(`${directory2}/${soname}`);
      if (path !== void 0) return path;
    }
    return void 0;
  }
  #accept(path) {
    const isLoadable = sameIdentity(elfIdentityOf(this.#root, path), this.#identity);
    return isLoadable ? this.#root.canonical(path) : void 0;
  }
};

// src/plan/not-packed.ts
import { posix as posix34 } from "node:path";
function notPacked(input) {
  const packed = new Set(input.entries.map(({ path }) => path));
  const places = moduleDirectories(input);
  return places.flatMap((place) => existing(input.installed.root, place)).filter(({ path }) => !packed.has(path)).map(({ host, path, problem }) => {
    const owner = input.installed.owner(host)?.package;
    return {
      path,
      package: owner === void 0 ? void 0 : nevra(owner),
      reason: problem ?? reasonOf(input, host, path)
    };
  });
}
function moduleDirectories({ interpreter: interpreter2, files }) {
  const parents = modulePaths(interpreter2);
  const places = /* @__PURE__ */ new Map();
  for (const { host, path } of files.values()) {
    const parent = parents.find((directory2) => path.startsWith(`${directory2}/`));
    const [name3 = "", ...inside2] = path.slice(`${parent}/`.length).split("/");
    if (parent === void 0 || inside2.length === 0 || name3 === "__pycache__") continue;
    places.set(`${parent}/${name3}`, host.slice(0, -`/${inside2.join("/")}`.length));
  }
  return [...places].map(([path, host]) => ({ host, path })).sort((a, b) => a.path < b.path ? -1 : 1);
}
function existing(root, { host, path }) {
  try {
    const names = root.list(host);
    if (names.length === 0) return [{ host, path }];
    return names.flatMap((name3) => {
      const place = { host: `${host}/${name3}`, path: `${path}/${name3}` };
      return root.lstat(place.host)?.isDirectory() ? existing(root, place) : [place];
    });
  } catch (error) {
    if (error instanceof RelopackError) return [{ host, path, problem: error.message }];
    throw error;
  }
}
function reasonOf({ installed, whole, files, refused }, host, path) {
  const refusal = refused.get(path);
  if (refusal !== void 0) return refusal.reason;
  if (files.has(host)) return unplaced(path, files.get(host)?.type);
  const owner = installed.owner(host)?.package;
  if (owner === void 0) return "belongs to no RPM package";
  return whole.has(owner) ? "not as its package installed it" : `belongs to ${owner.name}, which is not requested`;
}
function unplaced(path, type) {
  if (posix34.extname(path) === ".pyc") return "stale bytecode";
  return type === "link" ? "a link that leads to nothing packed" : "another file has its place";
}

// src/plan/programs/commands.ts
var command = /^(?:host\/.*\/)?bin\/[^/]+$/;
var maxNamed2 = 5;
function commandRemarks(facts, { scripts }) {
  return [...scripts ? missingCommands(facts) : [], ...foreignScripts(facts)];
}
function missingCommands({ installed, interpreter: interpreter2, packages, entries, refused }) {
  const packed = new Set(entries.map(({ path }) => path));
  const isWanted = (path) => command.test(path) && !packed.has(path) && !refused.get(path)?.reason.startsWith("excluded by");
  return [...packages].flatMap(([pkg, { kind }]) => {
    if (kind !== "requested") return [];
    const left = new Map(
      pkg.files.filter(isInstalled).flatMap(({ path: file }) => {
        const host = installed.root.canonical(file);
        const path = host === void 0 ? "" : archivePath(host, interpreter2);
        return host === void 0 || !isWanted(path) || installed.root.lstat(host)?.isDirectory() ? [] : [[host, `${host} (${reasonOf2(installed.root, interpreter2, host)})`]];
      })
    );
    if (left.size === 0) return [];
    return [`${pkg.name}: commands that are not packed: ${firstOf2([...left.values()])}`];
  });
}
function reasonOf2(root, interpreter2, host) {
  const real = root.resolve(host);
  if (real === void 0 || root.stat(real) === void 0) return "a link that leads to nothing";
  if (isElfFile(root, real)) {
    const isOwn = sameIdentity(elfIdentityOf(root, real), interpreter2.identity);
    return isOwn ? "a program outside of bin" : "a program for another machine";
  }
  if (isPythonScript(root, interpreter2, real)) return "a Python script outside of bin";
  if (wrappedFiles(root, interpreter2, real) !== void 0)
    return "a script for sh that starts something that is not packed";
  const name3 = scriptInterpreter(root, real);
  return name3 === void 0 ? "neither a program nor a script" : `a script for ${name3}`;
}
function foreignScripts({ installed, packages, entries }) {
  const { root } = installed;
  const names = new Map(
    [...packages].flatMap(
      ([pkg, { kind }]) => kind === "interpreter" ? [] : [[nevra(pkg), pkg.name]]
    )
  );
  const found = /* @__PURE__ */ new Map();
  for (const entry of entries) {
    if (entry.type !== "file" || entry.source.kind !== "host") continue;
    const owner = names.get(entry.package ?? "");
    const { host, relocation } = entry.source;
    if (owner === void 0 || relocation.kind !== "none" || !isExecutable(root, host)) continue;
    const name3 = scriptInterpreter(root, host);
    if (name3 !== void 0 && name3 !== "sh")
      found.set(owner, [...found.get(owner) ?? [], `${entry.path} (${name3})`]);
  }
  return [...found].sort().map(
    ([owner, scripts]) => `${owner}: scripts that need an interpreter of the machine: ${firstOf2(scripts)}`
  );
}
function firstOf2(texts) {
  const more = texts.length - maxNamed2;
  return [...texts.slice(0, maxNamed2), ...more > 0 ? [`and ${more} more`] : []].join(", ");
}

// src/plan/redirects/known.ts
var knownPaths = [
  {
    // Debian has the common ones in /lib, and libraries of other distributions do not look there.
    path: /^\/usr\/share\/terminfo(?=\/)/,
    kind: "machine",
    others: ["/etc/terminfo", "/lib/terminfo", "/usr/lib/terminfo"],
    reason: "descriptions of terminals (ncurses tinfo/read_entry.c; CPython Lib/_pyrepl/terminfo.py)"
  },
  {
    path: /^\/usr\/share\/zoneinfo(?=\/)/,
    kind: "machine",
    reason: "time zones (glibc time/tzfile.c; CPython Lib/sysconfig.py, TZPATH)"
  },
  {
    path: /^\/usr\/(?:share|lib|lib64)\/(?:tcl[89]|tk[89]\.\d+)(?=\/)/,
    kind: "tree",
    reason: "the modules of Tcl and the scripts of Tk (Tcl library/init.tcl, Tk generic/tkWindow.c)"
  },
  {
    path: /^\/usr\/(?:lib|lib64|lib\/[^/]+)\/girepository-1\.0(?=\/)/,
    kind: "tree",
    reason: "typelibs (GObject Introspection girepository/girepository.c, init_globals)"
  },
  {
    // The machine's configuration may name back ends that are not packed.
    path: /^\/etc\/flexiblasrc(?:$|\.d(?=\/))/,
    kind: "tree",
    reason: "the configuration of FlexiBLAS (FlexiBLAS src/flexiblas.c)"
  }
];
var otherCertificateFiles = [
  "/etc/pki/tls/cert.pem",
  // OpenSSL of Fedora and RHEL
  "/usr/lib/ssl/cert.pem",
  // OpenSSL of Debian
  "/var/lib/ca-certificates/ca-bundle.pem"
  // GnuTLS of openSUSE
];
function knownRedirects(files, entries) {
  const found = /* @__PURE__ */ new Map();
  for (const { host, path: archivePath2 } of files) {
    for (const { path, ...rest } of knownPaths) {
      const [matched] = path.exec(host) ?? [];
      if (matched === void 0 || found.has(matched)) continue;
      const archive = archivePath2.slice(0, archivePath2.length - (host.length - matched.length));
      found.set(matched, { path: matched, ...rest, archive });
    }
  }
  return [...found.values(), ...certificateRedirects(entries)];
}
function certificateRedirects(entries) {
  const paths = new Set(entries.map(({ path }) => path));
  const archive = certificateFiles.map((path) => path.slice(1)).find((path) => paths.has(path));
  if (archive === void 0) return [];
  const reason2 = "CA certificates (OpenSSL crypto/x509/x509_def.c; the CA bundle of curl, GnuTLS and libgit2)";
  return [...certificateFiles, ...otherCertificateFiles].map((path) => ({
    path,
    kind: "machine",
    others: certificateFiles,
    archive,
    reason: reason2
  }));
}

// src/plan/redirects/named.ts
import { posix as posix35 } from "node:path";
function namedRedirects(root, interpreter2, named, entries) {
  const packed = placesIn(entries);
  return named.flatMap(({ path, by: [by = ""], status }) => {
    if (status !== "packed" || isProgram2(root, path)) return [];
    const hosts = [root.resolve(path), root.canonical(path)];
    const archive = hosts.flatMap((host) => host === void 0 ? [] : archivePath(host, interpreter2)).find((place) => packed.has(place));
    if (archive === void 0) return [];
    const kind = path.startsWith("/etc/") ? "machine" : "tree";
    return [{ path, kind, archive, reason: `named in ${posix35.basename(by)}` }];
  });
}
function placesIn(entries) {
  const places = /* @__PURE__ */ new Set();
  for (const { path } of entries) {
    for (let at = path; at !== "." && !places.has(at); at = posix35.dirname(at)) places.add(at);
  }
  return places;
}

// src/plan/requested.ts
import { posix as posix36 } from "node:path";

// src/python/dist-info.ts
var metadata = /\/site-packages\/([^/-]+)(?:-[^/]*)?\.(?:dist|egg)-info(?:\/|$)/;
var known2 = /* @__PURE__ */ new WeakMap();
function normalize(name3) {
  return name3.toLowerCase().replace(/[-_.]+/g, "-");
}
function distributionNames(pkg) {
  let names = known2.get(pkg);
  if (names === void 0) {
    const matches = pythonVersions(pkg).size === 0 ? [] : pkg.files.map(({ path }) => metadata.exec(path)?.[1]);
    names = [...new Set(matches.flatMap((name3) => name3 === void 0 ? [] : [normalize(name3)]))];
    known2.set(pkg, names);
  }
  return names;
}

// src/plan/requests/candidates.ts
function candidates2({ installed, interpreter: interpreter2 }, request) {
  const named = installed.named(request);
  if (named.length > 0) return [...named];
  const provided = providers(installed, request);
  if (provided.length > 0 || request.startsWith("/")) return provided;
  const name3 = normalize(request);
  const distributions = [`python${interpreter2.version}dist(${name3})`, `python3dist(${name3})`].flatMap((capability) => providers(installed, capability)).concat(installed.packages.filter((pkg) => distributionNames(pkg).includes(name3)));
  return distributions.length > 0 ? distributions : forAnyPython(installed, name3);
}
function forAnyPython(installed, name3) {
  return [...installed.capabilities()].filter((capability) => /^python\d+\.\d+dist\(/.test(capability) && capability.endsWith(`dist(${name3})`)).flatMap((capability) => providers(installed, capability));
}
function providers(installed, capability) {
  return installed.providers({ name: capability, flags: 0, evr: "" });
}

// src/plan/requests/install-command.ts
var distributionsOfImports = {
  _cffi_backend: "cffi",
  _yaml: "pyyaml",
  attr: "attrs",
  bs4: "beautifulsoup4",
  Crypto: "pycryptodome",
  Cryptodome: "pycryptodomex",
  cv2: "opencv",
  dateutil: "python-dateutil",
  dns: "dnspython",
  docx: "python-docx",
  dotenv: "python-dotenv",
  gi: "pygobject",
  git: "gitpython",
  jose: "python-jose",
  jwt: "pyjwt",
  ldap: "python-ldap",
  magic: "python-magic",
  MySQLdb: "mysqlclient",
  nacl: "pynacl",
  OpenSSL: "pyopenssl",
  PIL: "pillow",
  pkg_resources: "setuptools",
  serial: "pyserial",
  skimage: "scikit-image",
  sklearn: "scikit-learn",
  slugify: "python-slugify",
  socks: "pysocks",
  usb: "pyusb",
  websocket: "websocket-client",
  win32api: "pywin32",
  yaml: "pyyaml",
  zmq: "pyzmq"
};
var packagesOfPython = {
  idlelib: "idle",
  test: "test",
  tkinter: "tkinter",
  turtle: "tkinter"
};
var ownedByPackages = /^\/(?:usr|etc|opt|var|s?bin|lib(?:64)?)\//;
function installCommand(context, request) {
  const { install } = context.distribution;
  const names = installable(context, request).map(quotedShellWord);
  if (names.length === 0) return void 0;
  const [first, second] = names.map((name3) => `${install} ${name3}`);
  return second === void 0 ? first : `${first} (if it is the name of a package: ${second})`;
}
function installDistribution({ distribution, interpreter: interpreter2 }, name3) {
  return `${distribution.install} ${quotedShellWord(capabilityOf(interpreter2, name3))}`;
}
function capabilityOf({ version: version3 }, name3) {
  return `python${version3}dist(${normalize(name3)})`;
}
function projectOfImport(name3) {
  return distributionsOfImports[name3.replace(/\..*$/, "")];
}
function installable({ interpreter: interpreter2, distribution }, request) {
  if (request.startsWith("/")) return ownedByPackages.test(request) ? [request] : [];
  if (/[()]/.test(request)) return [normalizedCapability(request)];
  const family = /^python[\d.]*\d/.exec(interpreter2.package.name)?.[0] ?? "python3";
  const [top = ""] = request.split(".");
  const part = packagesOfPython[top];
  if (part !== void 0)
    return [
      `${family}-${distribution.install.startsWith("zypper") ? part.replace(/^tkinter$/, "tk") : part}`
    ];
  const project = projectOfImport(request);
  if (project !== void 0) return [capabilityOf(interpreter2, project)];
  const [, prefix, rest] = /^(python[\d.]*)-(.+)$/i.exec(request) ?? [];
  if (prefix !== void 0) return [`${prefix === "python" ? family : prefix.toLowerCase()}-${rest}`];
  if (/^python[\d.]*$/.test(request)) return [request];
  if (/^[a-z\d](?:[\w.-]*[a-z\d])?$/i.test(request)) return [capabilityOf(interpreter2, request), request];
  return /^\w[\w.+-]*$/.test(request) ? [request] : [];
}
function normalizedCapability(capability) {
  return capability.replace(/^(python\d+(?:\.\d+)?dist)\(([^()[\]]+)/i, (_, kind, name3) => {
    return `${kind.toLowerCase()}(${normalize(name3)}`;
  });
}

// src/plan/requests/not-found.ts
var import_picomatch3 = __toESM(require_picomatch2(), 1);

// src/plan/requests/wording.ts
var arch = "(?:noarch|x86_64|i[3-6]86|aarch64|armv7hl|ppc64le|s390x|riscv64|src)";
var name2 = String.raw`[A-Za-z0-9_][\w.+-]*(?:\([^()\s]*\))?`;
var marks = "\\s'\"`[\\](){},;:-";
var forms = [
  // PEP 427: NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM.whl
  { is: "the file name of a wheel", pattern: /^(?:.*\/)?([^/-]+)-[^/]+\.whl$/ },
  { is: "the file name of an RPM package", pattern: /^(?:.*\/)?([^/]+)-[^/-]+-[^/-]+\.rpm$/ },
  { is: "the file name of an archive", pattern: /^(?:.*\/)?([^/]+?)-v?\d[^/]*\.(?:tar\.\w+|tgz|zip|egg)$/ },
  { is: "an address", pattern: /^[\w+.-]+:\/\/(?:.*\/)?([^/#@]+?)(?:\.git)?\/?(?:[@#].*)?$/ },
  { is: "the name of a file", pattern: /^(?:[^/].*\/)?[^/]+\.(?:txt|toml|cfg|lock)()$/ },
  { is: "a relative path", pattern: /^(?:~|[^/[(<>=~!;@]+)\/()/ },
  // PEP 508, conda and npm. A capability can have a version too, as in a spec file.
  {
    is: "a requirement, not a name",
    pattern: new RegExp(`^(${name2})\\s*(?:\\[[^\\]]*\\])?\\s*\\(?(?:[<>=~!]=?|[@;]).*$`)
  },
  { is: "a name with extras", pattern: new RegExp(`^(${name2})\\[[^*?]*\\]$`) },
  { is: "a glob", pattern: /[*?]()/ },
  {
    is: "a package with its version",
    pattern: new RegExp(`^(.+)-(?:\\d+:)?[^-:\\s]+-[^-\\s]+\\.${arch}$`)
  },
  { is: "a package with its architecture", pattern: new RegExp(`^(.+)\\.${arch}$`) },
  {
    is: "a name with a version",
    pattern: /^(.+?)-(?:\d+:)?\d[\w.+~^]*(?:-\d[\w.+~^]*)?$/,
    isAmbiguous: true
  },
  { is: "not a name", pattern: /^(?:[\W\d]*|[<>=~!].*)()$/ },
  // As in a list of YAML, JSON or a shell.
  { is: "a name with other characters around it", pattern: new RegExp(`^[${marks}]*(${name2})[${marks}]*$`) }
];
function wordingOf(request) {
  for (const { is, pattern, isAmbiguous = false } of forms) {
    const found = pattern.exec(request)?.[1];
    if (found !== void 0) return found === request ? void 0 : { is, name: found, isAmbiguous };
  }
  return void 0;
}

// src/plan/requests/not-found.ts
var maxNames = 5;
var builtins = new Set(
  "atexit builtins errno faulthandler gc itertools marshal posix pwd signal sys time".split(" ")
);
var nameSomething = "Name a package, a capability, or a Python distribution such as pyyaml.";
function notFound(context, request) {
  return { request, code: "module-not-found", ...answerTo(context, request) };
}
function answerTo(context, request) {
  const wording = wordingOf(request);
  const isInstalled2 = wording !== void 0 && candidates2(context, wording.name).length > 0;
  if (wording === void 0 || wording.isAmbiguous && !isInstalled2) return notInstalled(context, request);
  const { is, name: name3 } = wording;
  const problem = `'${request}' is ${is}`;
  if (isInstalled2) return { problem, remedy: `Use ${name3}: relopack packs the version that is installed.` };
  if (name3 === "") return { problem, remedy: matching(context, request) ?? nameSomething };
  const { problem: second, remedy } = notInstalled(context, name3);
  return { problem: message`${problem}, and ${second}`, remedy };
}
function matching({ installed }, request) {
  if (!/^[^()|]*[*?][^()|]*$/.test(request)) return void 0;
  const isMatch = (0, import_picomatch3.default)(request);
  const names = [...new Set(installed.packages.map(({ name: name3 }) => name3))].filter((name3) => isMatch(name3)).sort();
  if (names.length === 0) return void 0;
  const more = names.length > maxNames ? `, and ${names.length - maxNames} more` : "";
  return `Use the name of each package. The glob matches ${names.slice(0, maxNames).join(", ")}${more}.`;
}
function notInstalled(context, request) {
  const command2 = installCommand(context, request);
  if (request.startsWith("/")) return noSuchFile(context, request, command2);
  const inPython = standardModule(context, request);
  if (inPython !== void 0)
    return { problem: `'${request}' is a module of Python itself`, remedy: inPython };
  const { names, isSame: isSame2 } = similarNames(context, request);
  const meant = names.length === 0 ? "" : `Did you mean ${names.join(", ")}?`;
  return {
    problem: `'${request}' is not installed on ${context.distribution.name}: no package, capability or Python project has this name`,
    remedy: isSame2 ? meant : installRemedy(meant, command2)
  };
}
function installRemedy(meant, command2) {
  if (command2 === void 0) return meant || nameSomething;
  return meant === "" ? `Install it first: ${command2}` : `${meant} If not, install it first: ${command2}`;
}
function noSuchFile({ installed, distribution }, path, command2) {
  if (installed.root.lstat(path) !== void 0) {
    return {
      problem: `${path} belongs to no RPM package of ${distribution.name}`,
      remedy: "Name a file of a package. Copy files of your own into the unpacked archive."
    };
  }
  return {
    problem: `the file ${path} does not exist on ${distribution.name}`,
    remedy: command2 === void 0 ? "Name a file of a package. No package has files in this directory." : `Install the package that contains it: ${command2}`
  };
}
function standardModule({ installed, interpreter: interpreter2 }, request) {
  const { stdlib } = interpreter2;
  const [top = ""] = request.split(".");
  const packed = "Leave it out: the standard library is always packed.";
  if (builtins.has(top)) return packed;
  const owner = (path) => installed.owner(`${stdlib}/${path}`)?.package;
  const extensions = installed.root.list(`${stdlib}/lib-dynload`).filter((file) => file.startsWith(`${top}.`) && file.endsWith(".so"));
  const paths = [`${top}.py`, `${top}/__init__.py`, ...extensions.map((file) => `lib-dynload/${file}`)];
  const [found] = paths.flatMap((path) => owner(path) ?? []);
  if (found === void 0) return void 0;
  return found === owner("os.py") ? packed : `Use the name of its package: ${found.name}`;
}
function similarNames(context, request) {
  const same = sameNames(context, request);
  if (same.length > 0) return { names: same.slice(0, maxNames), isSame: true };
  const { installed } = context;
  const names = nearest(
    request,
    ofPython(context).flatMap((pkg) => [pkg.name, ...distributionNames(pkg)])
  );
  if (names.length > 0) return { names, isSame: false };
  const all = installed.packages.map(({ name: name3 }) => name3);
  return { names: nearest(request, all), isSame: false };
}
function sameNames(context, request) {
  const named = context.installed.packages.filter(({ name: name3 }) => name3.toLowerCase() === request.toLowerCase());
  const importable2 = ofPython(context).filter((pkg) => imports(pkg, context, request));
  const names = new Set([...named, ...importable2].map(({ name: name3 }) => name3));
  if (names.size > 0) return [...names];
  const spelling = projectOfImport(request) ?? normalizedCapability(request);
  return candidates2(context, spelling).length > 0 ? [spelling] : [];
}
function ofPython({ installed, interpreter: interpreter2 }) {
  return installed.packages.filter((pkg) => pythonVersions(pkg).has(interpreter2.version));
}
function imports({ files }, { interpreter: interpreter2 }, request) {
  const wanted = `${request.toLowerCase()}.`;
  const paths = files.map(({ path }) => archivePath(path, interpreter2));
  return importNames(paths, interpreter2).map((name3) => `${name3.toLowerCase()}.`).some((name3) => name3.startsWith(wanted) || wanted.startsWith(name3));
}

// src/plan/requested.ts
function findRequested(installed, interpreter2, requests, distribution) {
  const context = { installed, interpreter: interpreter2, distribution };
  const results = [...new Set(requests)].map((request) => findModule(context, request));
  const refusals = results.filter((result) => "problem" in result);
  const [first, second] = refusals;
  if (first === void 0) return results.filter((result) => "package" in result);
  throw new RelopackError(
    first.code,
    joinMessages(
      refusals.map(({ problem }) => problem),
      "; "
    ),
    second === void 0 ? first.remedy : joinMessages(
      refusals.map(({ request, remedy }) => message`${request}: ${remedy}`),
      "; "
    )
  );
}
function findModule(context, request) {
  const { version: version3, package: pythonPackage } = context.interpreter;
  const found = candidates2(context, request);
  const fitting = found.filter((pkg) => fits(pkg, version3));
  const best = fitting.find(({ arch: arch2 }) => arch2 === pythonPackage.arch) ?? fitting[0];
  if (best !== void 0) return { request, package: best };
  return found[0] === void 0 ? notFound(context, request) : otherPython(context, found[0], request);
}
function fits(pkg, version3) {
  const versions = pythonVersions(pkg);
  return versions.size === 0 || versions.has(version3);
}
function otherPython(context, pkg, request) {
  const { installed, interpreter: interpreter2 } = context;
  const { version: version3, path } = interpreter2;
  const versions = [...pythonVersions(pkg)];
  const name3 = distributionNames(pkg)[0] ?? (/^(?!python\d)[\w.-]+$/.test(request) ? request : void 0);
  const problem = `${request} (${nevra(pkg)}) is for Python ${versions.join(", ")}, but this run packs Python ${version3} (${posix36.basename(path)})`;
  const refused = { request, code: "module-other-python", problem };
  const remedy = message`Pack Python ${versions[0] ?? ""} (${option("python", versions[0])})`;
  if (name3 === void 0) return { ...refused, remedy: message`${remedy}.` };
  const twin = installed.packages.find(
    (other) => pythonVersions(other).has(version3) && distributionNames(other).includes(normalize(name3))
  );
  const alternative = twin === void 0 ? `install the module for Python ${version3}: ${installDistribution(context, name3)}` : `use the package for Python ${version3}: ${twin.name}`;
  return { ...refused, remedy: message`${remedy}, or ${alternative}` };
}

// src/plan/plan.ts
async function makePlan(installed, options) {
  const { root } = installed;
  const distribution = readDistribution(root);
  const interpreter2 = findInterpreter(installed, options.python);
  const requested = findRequested(installed, interpreter2, options.modules, distribution);
  const closure = closePackages(installed, interpreter2, requested);
  const rules = new Rules(options, interpreter2.version);
  const search2 = new LibrarySearch(root, interpreter2.identity, sharedDirectories(root, interpreter2.prefix));
  const selection = selectFiles({ installed, interpreter: interpreter2, search: search2, rules }, closure);
  const { files, loaded, missing, considered, refused } = selection;
  const lacking = [...missing].filter(([{ host }]) => loaded.has(host));
  if (lacking.length > 0) throw missingLibraries(new Map(lacking), interpreter2, distribution);
  refuseWithoutInterpreter(selection, interpreter2);
  const runpaths = decideRunpaths(root, interpreter2, selection, search2);
  const times = entryTimes(ownersOf(selection), options.latest);
  const libc = search2.find("libc.so.6") ?? interpreter2.loader;
  const libraryDirectory = posix37.dirname(archivePath(libc, interpreter2));
  const data = new Map([...selection.data, ...runpaths.unfit]);
  const natives = new Map([...selection.natives].filter(([host]) => !data.has(host)));
  const layout2 = layOut({ installed, interpreter: interpreter2, files, natives, runpaths, libraryDirectory, times });
  const packages = packageReasons(selection, layout2.owners, closure.packages);
  const redirects = [
    ...knownRedirects(files.values(), layout2.entries),
    ...namedRedirects(root, interpreter2, selection.named, layout2.entries)
  ];
  const started = withLaunchers(root, interpreter2, layout2.entries, {
    natives: natives.values(),
    runpaths,
    redirects,
    libraryDirectory,
    mtime: times.missing
  });
  const entries = withAdded(started.entries, [
    ...started.added,
    ...usrLocalEntries(root, layout2.entries, interpreter2, times.missing),
    ...headerEntries(layout2.entries, installed, interpreter2, times.missing),
    ...licenseEntries(installed, [...packages.keys()], times)
  ]);
  const startup = await addStartup(entries, root, interpreter2, search2.directories);
  const modules2 = requested.map((module) => ({
    ...module,
    imports: importNames(pathsOf(module.package, entries), interpreter2)
  }));
  const unmatched = rules.unmatched(considered);
  const left = notPacked({
    installed,
    interpreter: interpreter2,
    whole: closure.packages,
    files,
    refused,
    entries: startup.entries
  });
  return {
    distribution,
    interpreter: interpreter2,
    modules: modules2.map((module) => ({ ...module, imports: module.imports.slice(0, maxImports) })),
    packages,
    leftOut: leftOut(installed, packages, interpreter2.package.arch),
    entries: startup.entries,
    mtime: times.missing,
    requirements: requirements(root, natives),
    libraries: runpaths,
    data,
    missing: new Map([...missing].map(([{ host }, sonames]) => [host, sonames])),
    notPacked: left,
    named: selection.named,
    redirects,
    findings: planFindings({
      left,
      unmatched,
      modules: modules2,
      packages,
      files,
      natives,
      data,
      missing,
      commands: commandRemarks(
        { installed, interpreter: interpreter2, packages: closure.packages, entries, refused },
        options
      ),
      entries,
      added: [...startup.findings, ...started.findings]
    })
  };
}
function withAdded(entries, added2) {
  const paths = new Set(added2.map(({ path }) => path));
  return [...entries.filter(({ path }) => !paths.has(path)), ...added2].sort(byPath);
}
function pathsOf(pkg, entries) {
  const owner = nevra(pkg);
  return entries.filter((entry) => entry.package === owner).map(({ path }) => path);
}
function refuseWithoutInterpreter({ files }, { path, loader }) {
  const excluded = [path, loader].find((file) => !files.has(file));
  if (excluded === void 0) return;
  throw new RelopackError(
    "usage",
    message`${option("exclude")} leaves out ${excluded}, but Python cannot run without it`,
    "Change the globs so that none of them matches this file."
  );
}
function packageReasons({ files }, owners, whole) {
  const first = /* @__PURE__ */ new Map();
  for (const { owned: owned2, reason: reason2 } of files.values()) {
    if (owned2 !== void 0 && !first.has(owned2.package)) first.set(owned2.package, reason2);
  }
  return new Map([...owners].map(([pkg, own2]) => [pkg, whole.get(pkg) ?? first.get(pkg) ?? own2]));
}
function ownersOf({ files }) {
  return new Set([...files.values()].flatMap(({ owned: owned2 }) => owned2?.package ?? []));
}

// src/archive/gzip.ts
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { constants as constants4, crc32, deflateRaw } from "node:zlib";
var windowSize = 32 * 1024;
var blockSize = 512 * 1024;
var maxBlocksAhead = 32;
var header2 = Buffer.from([31, 139, 8, 0, 0, 0, 0, 0, 0, 255]);
async function* gzip(input, options) {
  const ahead = Math.min(2 * (options.threads ?? availableParallelism()), maxBlocksAhead);
  const running = [];
  let dictionary;
  let crc = 0;
  let size = 0;
  yield header2;
  for await (const { bytes, last } of blocks(input)) {
    const deflated = deflate(bytes, dictionary, last, options.level);
    deflated.catch(() => {
    });
    running.push(deflated);
    crc = crc32(bytes, crc);
    size += bytes.length;
    dictionary = bytes.subarray(-windowSize);
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
  let block = Buffer.allocUnsafe(blockSize);
  let filled = 0;
  for await (const chunk of input) {
    let taken = 0;
    while (taken < chunk.length) {
      if (filled === blockSize) {
        yield { bytes: block, last: false };
        block = Buffer.allocUnsafe(blockSize);
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
    // Less than zlib's default of 8: the contents of a tar vary, so a Huffman table for fewer symbols fits better.
    // On Python's own tree, the output is 0.8 % larger than pigz's instead of 1.5 %, at the same speed.
    memLevel: 6,
    finishFlush: last ? constants4.Z_FINISH : constants4.Z_SYNC_FLUSH,
    // Space for the whole result, so that one turn in the pool is enough.
    chunkSize: blockSize + blockSize / 64,
    ...dictionary === void 0 ? {} : { dictionary }
  });
}

// src/archive/parents.ts
import { posix as posix38 } from "node:path";
async function* withParents(entries, mtime) {
  const made = /* @__PURE__ */ new Set(["."]);
  for await (const entry of entries) {
    const missing = [];
    for (let at = posix38.dirname(entry.path); !made.has(at); at = posix38.dirname(at)) missing.unshift(at);
    for (const path of missing) {
      made.add(path);
      yield { type: "directory", path, mode: 493, mtime };
    }
    if (entry.type === "directory") made.add(entry.path);
    yield entry;
  }
}

// src/relocate/entries.ts
import { createHash as createHash5 } from "node:crypto";

// src/elf/isolate/getenv.ts
import { readFileSync as readFileSync7 } from "node:fs";

// src/elf/isolate/frameless.ts
var expectedHeader = Buffer.from([1, 27, 3, 59]);
var countAt = 8;
var tableAt = 12;
var entrySize = 8;
var instructionsAt = 17;
function describeFrameless(edited, { segments: segments2 }, address) {
  const header3 = segments2.find(({ type }) => type === SegmentType.gnuEhFrame);
  const at = header3 && descriptionOf(edited.bytes, segments2, header3, address);
  if (at === void 0) return;
  const end2 = at + 4 + edited.bytes.readUInt32LE(at);
  if (edited.bytes[at + instructionsAt - 1] === 0 && edited.contains(at, end2 - at))
    edited.bytes.fill(0, at + instructionsAt, end2);
}
function descriptionOf(bytes, segments2, { offset, vaddr, filesz }, address) {
  if (!bytes.subarray(offset, offset + expectedHeader.length).equals(expectedHeader)) return void 0;
  const count = Math.min(bytes.readUInt32LE(offset + countAt), (filesz - tableAt) / entrySize);
  for (let index = 0; index < count; index++) {
    const at = offset + tableAt + index * entrySize;
    if (vaddr + bytes.readInt32LE(at) === address)
      return fileOffset(segments2, vaddr + bytes.readInt32LE(at + 4), instructionsAt);
  }
  return void 0;
}

// src/elf/isolate/symbols.ts
function findSymbol(file, tables, name3) {
  const { strings, sections } = tables;
  const table = sections.find(({ type }) => type === SectionType.dynsym);
  if (strings === void 0 || table === void 0) return void 0;
  const { symbol } = file.format;
  const wanted = Buffer.from(`${name3}\0`);
  for (let at = table.offset; at + symbol.size <= table.offset + table.size; at += symbol.size) {
    const start3 = strings.offset + file.get(symbol, at, "name");
    if (file.get(symbol, at, "section") === 0) continue;
    if (!file.bytes.subarray(start3, start3 + wanted.length).equals(wanted)) continue;
    return {
      index: (at - table.offset) / symbol.size,
      address: file.get(symbol, at, "value"),
      size: file.get(symbol, at, "size")
    };
  }
  return void 0;
}
function relocatedPlaces(file, tables, type, { index }) {
  const address = dynamicValue(file, tables.dynamic, Tag.rela);
  const size = dynamicValue(file, tables.dynamic, Tag.relasz);
  if (address === void 0 || size === void 0) return [];
  const start3 = fileOffset(tables.segments, address, size);
  if (start3 === void 0) throw file.malformed("its relocations are outside its segments");
  const { rela } = file.format;
  const info = BigInt(index) * 2n ** 32n + BigInt(type);
  const places = [];
  for (let at = start3; at + rela.size <= start3 + size; at += rela.size)
    if (file.getBig(rela, at, "info") === info) places.push(file.get(rela, at, "offset"));
  return places;
}

// src/elf/isolate/getenv.ts
var functions = /* @__PURE__ */ new Map([
  [62, { program: "getenv-x86_64", globDat: 6 }],
  [183, { program: "getenv-aarch64", globDat: 1025 }]
]);
var placeholders = { lists: 286331153, environ: 572662306 };
var listsSize = 16;
function extendGetenv(bytes, name3) {
  const file = new ElfBytes(bytes, name3);
  const tables = readTables(file);
  const own2 = functions.get(tables.machine);
  if (own2 === void 0 || file.format !== elf64) return bytes;
  if (tables.dynamic.some(({ tag }) => tag === Tag.ownVariables)) return bytes;
  const getenv = findSymbol(file, tables, "getenv");
  const environ = findSymbol(file, tables, "__environ");
  if (getenv === void 0 || environ === void 0)
    throw file.unsupported("it does not define getenv and __environ, so it is not a supported glibc");
  const [pointer, ...more] = relocatedPlaces(file, tables, own2.globDat, environ);
  if (pointer === void 0 || more.length > 0)
    throw file.unsupported("it does not read __environ by one pointer, so it is not a supported glibc");
  const edited = file.copy();
  const lists = addLists(edited, tables);
  const code = readFileSync7(new URL(`bin/${own2.program}`, import.meta.url));
  writeDistances(code, placeholders.lists, lists - getenv.address);
  writeDistances(code, placeholders.environ, pointer - getenv.address);
  writeFunction(edited, tables, code, getenv);
  describeFrameless(edited, tables, getenv.address);
  return edited.bytes;
}
function writeDistances(code, placeholder, fromStart) {
  const bytes = Buffer.from(Uint32Array.of(placeholder).buffer);
  for (let at = code.indexOf(bytes); at !== -1; at = code.indexOf(bytes, at))
    code.writeInt32LE(fromStart - (at + bytes.length), at);
}
function writeFunction(edited, { segments: segments2 }, code, { address, size }) {
  const offset = fileOffset(segments2, address, size);
  if (offset === void 0 || size < code.length)
    throw edited.unsupported(`its getenv has ${size} bytes, and ${code.length} are needed`);
  edited.bytes.fill(0, offset, offset + size);
  code.copy(edited.bytes, offset);
}
function addLists(edited, tables) {
  const { segment: record, section, dynamic: entry } = edited.format;
  const segment = loads(tables.segments).findLast(({ flags }) => (flags & SegmentFlag.write) !== 0);
  if (segment === void 0) throw edited.unsupported("it has no memory that can be written");
  const end2 = segment.vaddr + segment.memsz;
  const address = roundUp(end2, 8);
  if (address + listsSize > memoryLimit(edited, tables, segment.vaddr) || tables.dynamicNulls < 2)
    throw edited.unsupported("it has no room for two pointers and an entry in its dynamic section");
  edited.set(record, segment.at, "memsz", address + listsSize - segment.vaddr);
  const last = tables.sections.find(
    ({ type, flags, addr, size }) => type === SectionType.nobits && (flags & SectionFlag.tls) === 0 && addr + size === end2
  );
  if (last !== void 0) edited.set(section, last.at, "size", address + listsSize - last.addr);
  const at = (tables.dynamic.at(-1)?.at ?? 0) + entry.size;
  edited.set(entry, at, "tag", Tag.ownVariables);
  edited.set(entry, at, "value", address);
  return address;
}

// src/elf/isolate/libc.ts
var mappedFiles = /\/usr\/(?:lib\/locale(?:\/locale-archive)?|share\/locale|lib\w*\/(?:[\w.-]+\/)?gconv(?:\/gconv-modules\.cache)?)(?=\0)/g;
var closedLocales = `${closedPath("/usr/lib/locale")}\0`;
function isolateLibc(bytes, name3) {
  if (bytes.includes(closedLocales, "latin1")) return bytes;
  const isolated = Buffer.from(bytes);
  for (const { 0: path, index } of bytes.toString("latin1").matchAll(mappedFiles)) {
    isolated.write(closedPath(path), index, "latin1");
  }
  if (!isolated.includes(closedLocales, "latin1")) {
    throw new ElfBytes(bytes, name3).unsupported(
      "it does not contain /usr/lib/locale, so it is not a supported glibc"
    );
  }
  return isolated;
}

// src/elf/isolate/openssl.ts
var moduleDirectory = /(?<=\0)(\/[^\0]*)(\/ossl-modules|\/engines-[\d.]+)(?=\0)/g;
var ownDirectory = "$ORIGIN";
function isolateOpenssl(bytes, name3) {
  const found = [...bytes.toString("latin1").matchAll(moduleDirectory)];
  if (found.length === 0) return bytes;
  const isolated = Buffer.from(bytes);
  for (const { 0: directory2, 1: parent = "", 2: base = "", index } of found) {
    if (parent.length < ownDirectory.length) {
      throw new ElfBytes(bytes, name3).unsupported(
        `the directory ${directory2} is too short to be replaced by ${ownDirectory}${base}`
      );
    }
    isolated.fill(0, index, index + directory2.length);
    isolated.write(ownDirectory + base, index, "latin1");
  }
  return isolated;
}

// src/launcher/wrapper.ts
function relocateWrapper(bytes, path, moves) {
  const wrapper = readWrapper(bytes);
  if (wrapper === void 0) return bytes;
  const { options, body, python: python2, paths } = wrapper;
  const archivePaths = new Map(moves);
  const changes = [
    ...python2 === void 0 ? [] : [{ ...python2, to: "bin/python3" }],
    ...paths.map((word) => ({ ...word, to: archivePaths.get(word.value) }))
  ].sort((a, b) => a.start - b.start);
  let text = "";
  let at = 0;
  for (const { start: start3, end: end2, to } of changes) {
    if (to === void 0) continue;
    text += `${body.slice(at, start3)}"\${relopack_tree:?}"/${shellWord(to)}`;
    at = end2;
  }
  const [top = ""] = topsOf(path);
  const find = [
    "unset relopack_tree",
    `if [ "\${0#/}" != "$0" ] && [ -e "${top}/libexec/ld.so" ] && [ "${top}"/${shellWord(path)} -ef "$0" ]`,
    `then relopack_tree=${top}`,
    `else relopack_tree=$(readlink -f -- "$(dirname -- "$(readlink -f -- "$0")")/${wayUp(path)}")`,
    "fi"
  ].join("; ");
  return Buffer.from(`#!/bin/sh${options}
${find}
${text}${body.slice(at)}`, "latin1");
}

// src/relocate/config-script.ts
var start2 = /^exec \/\S*\/bin\/(?=python)/m;
var movedFlags = /^(CFLAGS=\$\(echo ".*") \| sed "s#\$prefix#\$prefix_real#"\)$/m;
function relocateConfigScript(bytes) {
  const text = bytes.toString("latin1").replace(start2, 'exec "$(dirname -- "$(readlink -f -- "$0")")"/').replace(movedFlags, "$1)");
  return Buffer.from(text, "latin1");
}

// src/relocate/hmac.ts
import { createHmac } from "node:crypto";
var key = "orboDeJITITejsirpADONivirpUkvarP";
var form = /^[0-9a-f]{64}(\n?)$/;
function hmac2(original, library2) {
  const found = form.exec(original.toString("latin1"));
  if (found === null) return original;
  return Buffer.from(createHmac("sha256", key).update(library2).digest("hex") + found[1]);
}

// src/relocate/pth.ts
function relocatePth(bytes, moves) {
  const moved = new Map(moves);
  const lines = bytes.toString().split("\n");
  const kept = lines.flatMap((line2) => {
    if (!line2.startsWith("/")) return [line2];
    const to = moved.get(line2.trimEnd());
    return to === void 0 ? [] : [to];
  });
  return Buffer.from(kept.join("\n"));
}

// src/relocate/content.ts
function readContent(root, source) {
  if (source.kind === "made") return { bytes: source.bytes, changed: false };
  const original = root.read(source.host);
  const { digest } = source;
  const changed3 = digest !== void 0 && !hasDigest(original, digest);
  return { bytes: relocate(root, original, source.relocation, source.host), changed: changed3 };
}
function relocate(root, bytes, relocation, host) {
  switch (relocation.kind) {
    case "none":
      return bytes;
    case "elf": {
      const edited = setRunpath(needByName(bytes, host), relocation.runpath, host);
      if (relocation.strings === "libcrypto") return isolateOpenssl(edited, host);
      return relocation.strings === "libc" ? extendGetenv(isolateLibc(edited, host), host) : edited;
    }
    case "loader":
      return isolateLoader(bytes, host);
    case "bytecode": {
      const { source, script: script2 = { kind: "none" } } = relocation;
      const original = root.read(source);
      return checkByHash(bytes, relocate(root, original, script2, source), original);
    }
    case "hmac": {
      const library2 = root.read(relocation.library);
      return hmac2(bytes, relocate(root, library2, relocation.relocation, relocation.library));
    }
    case "startup":
      return callStartup(bytes);
    case "site":
      return disableUserSite(bytes);
    case "pth":
      return relocatePth(bytes, relocation.moves);
    case "script":
      return relocateScript(bytes, relocation.path);
    case "wrapper":
      return relocateWrapper(bytes, relocation.path, relocation.moves);
    case "config-script":
      return relocateConfigScript(bytes);
  }
}

// src/relocate/entries.ts
function* relocateEntries(entries, root, prefix) {
  for (const entry of entries) yield relocateEntry(entry, root, prefix);
}
function relocateEntry(entry, root, prefix) {
  const { mode, mtime } = entry;
  const path = `${prefix}/${entry.path}`;
  switch (entry.type) {
    case "symlink":
      return { tarEntry: { type: "symlink", path, mtime, target: entry.target } };
    case "directory":
      return { tarEntry: { type: "directory", path, mode, mtime } };
    case "hardlink":
      return { tarEntry: { type: "hardlink", path, mode, mtime, target: `${prefix}/${entry.target}` } };
    case "file": {
      const { bytes, changed: changed3 } = readContent(root, entry.source);
      const sha256 = createHash5("sha256").update(bytes).digest("hex");
      return {
        tarEntry: { type: "file", path, mode, mtime, content: bytes },
        file: { path: entry.path, size: bytes.length, sha256, changed: changed3 }
      };
    }
  }
}

// src/relocate/write-archive.ts
async function writeArchive(temporary, plan, root, { prefix, compressionLevel, path }) {
  const entries = new WithResult(archiveEntries(plan, root, prefix));
  const archive = gzip(tar(withParents(entries, plan.mtime)), { level: compressionLevel });
  const written = await writeNewFile(temporary, archive, path);
  const { files, manifest } = entries.result;
  return {
    ...written,
    unpackedSize: files.reduce((sum, { size }) => sum + size, 0),
    manifest,
    findings: files.filter(({ changed: changed3 }) => changed3).map(changedFile)
  };
}
async function* archiveEntries(plan, root, prefix) {
  const files = [];
  for (const { tarEntry, file } of relocateEntries(plan.entries, root, prefix)) {
    if (file !== void 0) files.push(file);
    yield tarEntry;
  }
  const contents = files.map(({ path, size, sha256 }) => [path, { size, sha256 }]);
  const manifest = describePlan(plan, new Map(contents));
  yield manifestEntry(manifest, prefix, plan.mtime);
  return { files, manifest };
}
var WithResult = class {
  #source;
  #returned;
  constructor(source) {
    this.#source = source;
  }
  async *[Symbol.asyncIterator]() {
    this.#returned = { value: yield* this.#source };
  }
  get result() {
    if (this.#returned === void 0) throw new Error("the generator has not come to its end");
    return this.#returned.value;
  }
};
function manifestEntry(manifest, prefix, mtime) {
  const content = Buffer.from(formatManifest(manifest));
  return { type: "file", path: `${prefix}/${manifestName}`, mode: 420, mtime, content };
}
function changedFile({ path }) {
  return { severity: "warning", message: `${path} was changed since its package was installed` };
}

// src/rpm/file-states.ts
var fileType = 61440;
function correctStates(installed) {
  const findings = [];
  const packages = installed.packages.map((pkg) => {
    const present = new Set(
      pkg.files.filter((file) => !isInstalled(file) && isPresent(installed, pkg, file))
    );
    const [first, ...others] = [...present].filter(({ mode }) => (mode & fileType) !== 16384);
    if (first !== void 0) findings.push(contradiction(pkg, first, others.length));
    if (present.size === 0) return pkg;
    return { ...pkg, files: pkg.files.map((file) => present.has(file) ? { ...file, state: 0 } : file) };
  });
  const isSame2 = packages.every((pkg, index) => pkg === installed.packages[index]);
  return { installed: isSame2 ? installed : new Installed(installed.root, packages), findings };
}
function isPresent(installed, pkg, file) {
  const stats = visible(() => installed.root.lstat(file.path));
  if (stats === void 0 || (stats.mode & fileType) !== (file.mode & fileType)) return false;
  if (stats.isDirectory()) return true;
  if ((file.flags & FileFlag.ghost) !== 0 || stats.size !== file.size) return false;
  if (visible(() => installed.owner(file.path)) !== void 0) return false;
  return stats.isSymbolicLink() || hasContent(installed, pkg, file, stats);
}
function hasContent(installed, pkg, file, stats) {
  const { digestAlgorithm: algorithm } = pkg;
  if (!stats.isFile() || algorithm === void 0) return false;
  const bytes = visible(() => installed.root.read(file.path));
  return bytes !== void 0 && hasDigest(bytes, { algorithm, hex: file.digest });
}
function visible(ask) {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RelopackError && error.code === "file-missing") return void 0;
    throw error;
  }
}
function contradiction(pkg, first, others) {
  const files = others === 0 ? first.path : `${first.path} and ${others} more files`;
  return {
    severity: "warning",
    message: `according to the RPM database, ${files} of ${nevra(pkg)} ${others === 0 ? "was" : "were"} not installed, but the disk has the packaged content; relopack uses it`
  };
}

// src/rpm/database/copy.ts
import {
  closeSync as closeSync8,
  constants as constants5,
  copyFileSync,
  lstatSync as lstatSync5,
  mkdirSync as mkdirSync5,
  openSync as openSync8,
  readdirSync as readdirSync6
} from "node:fs";
import { dirname as dirname3, join as join8 } from "node:path";
import { setTimeout as setTimeout3 } from "node:timers/promises";

// src/rpm/database/rpm.ts
async function rpm(...args) {
  const finished = await run("env", ["LC_ALL=C", "rpm", ...args]).catch(() => void 0);
  if (finished !== void 0 && finished.code !== 127) return finished;
  throw new RelopackError(
    "rpm-missing",
    "this machine has no program rpm, so no RPM database can be read",
    "Run relopack on an RPM host, or install rpm: `apt-get install rpm` on Debian and Ubuntu."
  );
}

// src/rpm/database/find.ts
var usualPaths = ["/usr/lib/sysimage/rpm", "/var/lib/rpm"];
var databaseFiles = ["rpmdb.sqlite", "Packages", "Packages.db"];
async function findDatabase(root, dbpath) {
  const directories = dbpath === void 0 ? await usualDirectories(root) : [dbpath];
  for (const directory2 of directories) {
    for (const file of databaseFiles) {
      const path = `${directory2}/${file}`;
      if (root.stat(path)?.isFile()) return root.onDisk(path);
    }
  }
  throw new RelopackError(
    "rpm-database",
    `no RPM database found in ${directories.join(" or ")} of the system in ${root.path}`,
    message`Run relopack on an RPM distribution or in a container of one. Or set ${option("root")} to the directory that one is installed in, and ${option("dbpath")} if its database is in an unusual place.`
  );
}
async function usualDirectories(root) {
  if (root.path !== "/") return usualPaths;
  const { stdout } = await rpm("--eval", "%{_dbpath}");
  return [stdout.toString().trim()];
}

// src/rpm/database/writer.ts
import { readdirSync as readdirSync5, readFileSync as readFileSync8, statSync as statSync3 } from "node:fs";
var writeLock = /^\d+: (?:POSIX|OFDLCK|FLOCK) +\S+ +WRITE +(-?\d+) ([0-9a-f]+:[0-9a-f]+):(\d+) /gm;
function writerOf(files) {
  const lock = writeLocks().find((held) => files.some((stats) => isOn(held, stats)));
  return lock && programOf(lock.pid);
}
function writeLocks() {
  const table = orElse("", () => readFileSync8("/proc/locks", "utf8"));
  return [...table.matchAll(writeLock)].map(([, pid = "", device = "", inode = ""]) => ({
    pid: Number(pid),
    device,
    inode: BigInt(inode)
  }));
}
function isOn(lock, { dev, ino }) {
  return lock.inode === ino && (lock.device === deviceOf(dev) || hasOpen(lock.pid, dev, ino));
}
function hasOpen(pid, dev, ino) {
  const folder2 = `/proc/${pid}/fd`;
  return orElse([], () => readdirSync5(folder2)).some((name3) => {
    const stats = orElse(void 0, () => statSync3(`${folder2}/${name3}`, { bigint: true }));
    return stats?.dev === dev && stats.ino === ino;
  });
}
function deviceOf(dev) {
  const major = dev >> 8n & 0xfffn | dev >> 32n & ~0xfffn;
  const minor = dev & 0xffn | dev >> 12n & 0xffffff00n;
  return [major, minor].map((number) => number.toString(16).padStart(2, "0")).join(":");
}
function programOf(pid) {
  const name3 = orElse("", () => readFileSync8(`/proc/${pid}/comm`, "utf8").trim());
  return name3 === "" ? "another program" : `${printable(name3)} (process ${pid})`;
}
function orElse(fallback, read) {
  try {
    return read();
  } catch {
    return fallback;
  }
}

// src/rpm/database/copy.ts
var noticeAfter = 3e3;
var interval = 200;
var defaultMaxWait = 6e4;
var copiedFiles = [...databaseFiles, "Index.db", "rpmdb.sqlite-wal", "rpmdb.sqlite-journal"];
function withCopy(database, { log, maxWait = defaultMaxWait }, use) {
  return withTemporaryDirectory("relopack-rpmdb", async (scratch) => {
    const start3 = performance.now();
    let isTold = false;
    for (let attempt = 0; ; attempt += 1) {
      const directory2 = join8(scratch, String(attempt));
      const writer = copyAtRest(database, directory2);
      if (writer === void 0) return use(directory2);
      const waited = performance.now() - start3;
      if (waited >= maxWait) throw busy(database, writer, waited);
      if (!isTold && waited >= noticeAfter) {
        log?.warn(`${writer} is writing to the RPM database ${database}; relopack waits for its end`);
        isTold = true;
      }
      await setTimeout3(interval);
    }
  });
}
function copyAtRest(database, directory2) {
  const original = dirname3(database);
  const before = filesIn(original);
  const writer = writerOf([...before.values()]);
  if (writer !== void 0) return writer;
  orTemporaryFileError(dirname3(directory2), () => mkdirSync5(directory2));
  const copied = copiedFiles.filter((name3) => before.has(name3));
  for (const name3 of copied) {
    const path = join8(original, name3);
    assertReadable(path);
    orTemporaryFileError(
      dirname3(directory2),
      () => copyFileSync(path, join8(directory2, name3), constants5.COPYFILE_FICLONE)
    );
  }
  const after = filesIn(original);
  const isSame2 = copiedFiles.every((name3) => version2(before.get(name3)) === version2(after.get(name3)));
  return isSame2 ? void 0 : "another program";
}
function filesIn(directory2) {
  const files = /* @__PURE__ */ new Map();
  for (const name3 of readdirSync6(directory2)) {
    const stats = lstatSync5(join8(directory2, name3), { bigint: true, throwIfNoEntry: false });
    if (stats?.isFile()) files.set(name3, stats);
  }
  return files;
}
function version2(stats) {
  return stats === void 0 ? "" : [stats.ino, stats.size, stats.mtimeNs].join();
}
function assertReadable(path) {
  try {
    closeSync8(openSync8(path, "r"));
  } catch (error) {
    throw new RelopackError(
      "rpm-database",
      `the file ${path} of the RPM database cannot be read: ${reason(error)}`,
      "Run as a user who may read it.",
      { cause: error }
    );
  }
}
function busy(database, writer, waited) {
  return new RelopackError(
    "rpm-database",
    `the RPM database ${database} is locked: ${writer} still writes to it after ${Math.round(waited / 1e3)} seconds`,
    "Run relopack again when no program installs or removes packages."
  );
}

// src/rpm/query-format.ts
var unit = 31;
var quote = 39;
var backslash = 92;
var field2 = String.fromCharCode(unit);
var end = "\n";
var none = "(none)";
function recordOf(letter, values) {
  return [letter, ...values].map((text) => text + field2).join("") + end;
}
function value(tag) {
  return `%{${tag}:shescape}`;
}
function optional(tag) {
  return `%|${tag}?{${value(tag)}}|`;
}
var mark = { head: "P", requires: "R", provides: "C", file: "F", end: "E" };
var optionalTags = ["ARCH", "LICENSE", "SOURCERPM", "URL", "VENDOR", "BUILDTIME", "FILEDIGESTALGO"];
var fileTags = [
  ...["NAMES", "MODES", "MTIMES", "DIGESTS", "FLAGS", "STATES"].map((tag) => `FILE${tag}`),
  "LONGFILESIZES"
];
function dependencyTags(kind) {
  return ["NAME", "FLAGS", "VERSION"].map((tag) => kind + tag);
}
function records(letter, tags) {
  return `[${recordOf(letter, tags.map(value))}]`;
}
var queryFormat = [
  recordOf(mark.head, [
    value("NAME"),
    optional("EPOCH"),
    ...["VERSION", "RELEASE"].map(value),
    ...optionalTags.map(optional)
  ]),
  records(mark.requires, dependencyTags("REQUIRE")),
  records(mark.provides, dependencyTags("PROVIDE")),
  records(mark.file, fileTags),
  recordOf(mark.end, [])
].join("");
var queriedTags = [...new Set(queryFormat.match(/(?<=%\{)[A-Z]+/g))];
var maxState = 4;
var digestAlgorithms = /* @__PURE__ */ new Map([
  [1, "md5"],
  [2, "sha1"],
  [3, "ripemd160"],
  [8, "sha256"],
  [9, "sha384"],
  [10, "sha512"],
  [11, "sha224"],
  [12, "sha3-256"],
  [14, "sha3-512"]
]);
function parseQuery(answer) {
  const reader = new Reader2(answer);
  const packages = [];
  while (!reader.done) {
    const pkg = readPackage(reader);
    if (pkg.name !== "gpg-pubkey") packages.push(pkg);
  }
  return packages;
}
function readPackage(reader) {
  if (reader.kind() !== mark.head) throw reader.malformed();
  const name3 = reader.text();
  const epoch = reader.number({ orNone: -1 });
  const versionRelease = `${reader.text()}-${reader.text()}`;
  const evr = epoch === -1 ? versionRelease : `${epoch}:${versionRelease}`;
  const arch2 = reader.text();
  const license = reader.text();
  const sourceRpm = reader.text();
  const url = reader.text();
  const vendor = reader.text();
  const buildTime = reader.number({ orNone: 0 });
  const digestAlgorithm = digestAlgorithms.get(reader.number({ orNone: 1 }));
  reader.endRecord();
  const requires = [];
  const provides = [];
  const files = [];
  for (let kind = reader.kind(); kind !== mark.end; kind = reader.kind()) {
    if (kind === mark.requires) requires.push(readDependency(reader));
    else if (kind === mark.provides) provides.push(readDependency(reader));
    else if (kind === mark.file) files.push(readFile(reader));
    else throw reader.malformed();
    reader.endRecord();
  }
  reader.endRecord();
  const facts = { name: name3, evr, arch: arch2, license, sourceRpm, url, vendor, buildTime, digestAlgorithm };
  return { ...facts, requires, provides, files };
}
function readDependency(reader) {
  return { name: reader.text(), flags: reader.number(), evr: reader.text() };
}
function readFile(reader) {
  const path = reader.text();
  const mode = reader.number();
  const mtime = reader.number();
  const digest = reader.text();
  const flags = reader.number();
  const state = reader.number();
  if (state > maxState) throw reader.malformed();
  const size = reader.number();
  return { path, mode, size, mtime, digest, flags, state };
}
var Reader2 = class {
  #bytes;
  #at = 0;
  constructor(bytes) {
    this.#bytes = bytes;
  }
  get done() {
    return this.#at >= this.#bytes.length;
  }
  /** The letter of a record. */
  kind() {
    const letter = this.#bytes.toString("latin1", this.#at, this.#at + 1);
    this.#at += 1;
    this.#skip(field2);
    return letter;
  }
  /** A text; an absent one is empty. */
  text() {
    let text = "";
    if (this.#bytes[this.#at] === quote) text = this.#quoted();
    else if (this.#bytes[this.#at] !== unit) this.#skip(none);
    this.#skip(field2);
    return text;
  }
  /** A quote in a text is written as: closing quote, backslash, quote, opening quote. */
  #quoted() {
    let text = this.#untilQuote();
    while (this.#bytes[this.#at] === backslash) {
      this.#skip("\\'");
      text += `'${this.#untilQuote()}`;
    }
    return text;
  }
  /** Reads from a quote to the next one. */
  #untilQuote() {
    this.#skip("'");
    const start3 = this.#at;
    let at = start3;
    let seen = 0;
    for (let byte = this.#bytes[at]; byte !== quote; byte = this.#bytes[at]) {
      if (byte === void 0) throw this.malformed();
      seen |= byte;
      at += 1;
    }
    this.#at = at + 1;
    return seen < 128 ? this.#bytes.toString("latin1", start3, at) : fileName(this.#bytes.subarray(start3, at));
  }
  /** `orNone` is the value of an empty field. Without it an empty field is malformed. */
  number({ orNone } = {}) {
    const start3 = this.#at;
    let at = start3;
    let value2 = 0;
    for (let byte = this.#bytes[at]; byte !== unit; byte = this.#bytes[at]) {
      if (byte === void 0 || byte < 48 || byte > 57) throw this.malformed();
      value2 = value2 * 10 + byte - 48;
      at += 1;
    }
    if (at === start3 && orNone === void 0) throw this.malformed();
    this.#at = at + 1;
    return at === start3 ? orNone ?? value2 : value2;
  }
  endRecord() {
    this.#skip(end);
  }
  #skip(expected) {
    for (const character of expected) {
      if (this.#bytes[this.#at] !== character.charCodeAt(0)) throw this.malformed();
      this.#at += 1;
    }
  }
  malformed() {
    return new RelopackError(
      "rpm-database",
      `rpm's answer about the installed packages cannot be read: it is truncated or malformed at byte ${this.#at} of ${this.#bytes.length}`,
      "Check the database with `rpm -qa`. `rpm --rebuilddb` repairs most damage."
    );
  }
};

// src/rpm/read-database.ts
var notice = /^(?:rpm: RPM should not be used directly|rpm: However assuming you know)|^$/;
var harmlessWarning = /^warning: (?!.*(?:\bheader\b|\bh#|\bskipp|\bdamaged\b|\bcorrupt))/i;
var maxComplaints = 3;
var verification = ["--define", "_vsflags_query 0xf0000"];
async function readInstalled({
  root,
  dbpath,
  log,
  maxWait
}) {
  const database = await findDatabase(root, dbpath);
  const { code, stdout, stderr } = await withCopy(database, { log, maxWait }, query);
  if (stderr.includes("unknown tag")) throw tooOld();
  const complaints = stderr.split("\n").filter((line2) => !notice.test(line2) && !harmlessWarning.test(line2));
  if (code !== 0 || complaints.length > 0) {
    throw unreadable3(database, summary(complaints) || `rpm ended with exit code ${code}`);
  }
  const packages = parseQuery(stdout);
  if (packages.length === 0) throw await isTooOld() ? tooOld() : empty(database);
  return packages;
}
function query(directory2) {
  const dbpath = directory2.replaceAll("%", "%%");
  return rpm("--dbpath", dbpath, ...verification, "-qa", "--nosignature", "--queryformat", queryFormat);
}
async function isTooOld() {
  const { stdout } = await rpm("--querytags");
  const known3 = new Set(stdout.toString().split("\n"));
  return queriedTags.some((tag) => !known3.has(tag));
}
function summary(complaints) {
  const shown = complaints.slice(0, maxComplaints);
  const others = complaints.length - shown.length;
  return [...shown, ...others > 0 ? [`and ${others} more`] : []].join("; ");
}
function tooOld() {
  return new RelopackError(
    "rpm-database",
    "the rpm of this machine is too old: it does not know all fields of the query",
    "Run relopack on a machine with rpm 4.14 or newer."
  );
}
function empty(database) {
  return new RelopackError(
    "rpm-database",
    `the RPM database ${database} contains no packages`,
    message`Run relopack on an RPM host, or set ${option("root")} to the root of one. If the host has packages, use an rpm that supports the back end of its database: Debian's rpm does not support NDB, which SUSE uses.`
  );
}
function unreadable3(database, why) {
  return new RelopackError(
    "rpm-database",
    `rpm cannot read the database ${database}: ${why}`,
    "Check the database with `rpm -qa` on the system that it belongs to. `rpm --rebuilddb` repairs most damage."
  );
}

// src/pack.ts
async function pack2(options, log) {
  const { plan, root } = await planHost(options, log);
  const { strict, compressionLevel, prefix = defaultPrefix(plan) } = options;
  const path = posix39.resolve(options.output ?? posix39.join(options.directory, `${prefix}.tar.gz`));
  const tests = plan.notPacked.filter(({ reason: reason2 }) => reason2 === testReason).map(({ path: test }) => test);
  log.stage(`Packing ${plan.entries.length} files`);
  return await withOutput(
    path,
    async (temporary) => {
      const written = await writeArchive(temporary, plan, root, { prefix, compressionLevel, path });
      const { size, sha256, unpackedSize, manifest, findings } = written;
      reportFindings(findings, strict, log);
      log.done(megabytes(unpackedSize));
      return { size, sha256, prefix, unpackedSize, manifest };
    },
    async (temporary) => ({
      checks: options.verify ? await verify(temporary, { start: true, origin: "packed", tests }, log) : []
    })
  );
}
async function planHost(options, log) {
  log.stage("Reading the RPM database");
  const root = openRoot(options.root);
  const packages = await readInstalled({
    root,
    log,
    ...options.dbpath === void 0 ? {} : { dbpath: options.dbpath }
  });
  log.done(`${packages.length} packages installed`);
  log.stage("Planning");
  const { installed, findings } = correctStates(new Installed(root, packages));
  const plan = await makePlan(installed, options);
  reportFindings([...findings, ...plan.findings], options.strict, log);
  log.done(
    `Python ${plan.interpreter.release}, ${plan.packages.size} packages, ${plan.entries.length} files`
  );
  return { plan, root };
}
function defaultPrefix({ interpreter: interpreter2, distribution }) {
  const words2 = ["python3", interpreter2.release, distribution.id, interpreter2.package.arch];
  return words2.join("-").replace(/[^\w.+-]/g, "");
}

export {
  megabytes,
  nevra,
  manifestName,
  describePlan,
  formatManifest,
  planTable,
  withScratch,
  checksumPath,
  orOutputError,
  verify,
  pack2 as pack,
  planHost,
  defaultPrefix
};
