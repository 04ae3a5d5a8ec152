import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);
import {
  version
} from "./chunk-KTIISHOP.js";
import {
  require_tar_stream
} from "./chunk-FMZ7LYXO.js";
import {
  __commonJS,
  __toESM
} from "./chunk-LQK3ML4U.js";

// ../../main/node_modules/picomatch/lib/constants.js
var require_constants = __commonJS({
  "../../main/node_modules/picomatch/lib/constants.js"(exports, module) {
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

// ../../main/node_modules/picomatch/lib/utils.js
var require_utils = __commonJS({
  "../../main/node_modules/picomatch/lib/utils.js"(exports) {
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

// ../../main/node_modules/picomatch/lib/scan.js
var require_scan = __commonJS({
  "../../main/node_modules/picomatch/lib/scan.js"(exports, module) {
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

// ../../main/node_modules/picomatch/lib/parse.js
var require_parse = __commonJS({
  "../../main/node_modules/picomatch/lib/parse.js"(exports, module) {
    "use strict";
    var constants5 = require_constants();
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
          const open = tokens[token.tokensIndex];
          open.type = "text";
          open.value = literal;
          open.output = safeOutput || utils.escapeRegex(literal);
          for (let i = token.tokensIndex + 1; i < tokens.length; i++) {
            tokens[i].value = "";
            tokens[i].output = "";
            delete tokens[i].suffix;
          }
          state.output = token.output + open.output;
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
            const expression = parse(rest, { ...options, fastpaths: false }).output;
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
                const posix20 = POSIX_REGEX_SOURCE[rest2];
                if (posix20) {
                  prev.value = pre + posix20;
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
          const open = {
            type: "brace",
            value,
            output: "(",
            outputIndex: state.output.length,
            tokensIndex: state.tokens.length
          };
          braces.push(open);
          push2(open);
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
    module.exports = parse;
  }
});

// ../../main/node_modules/picomatch/lib/picomatch.js
var require_picomatch = __commonJS({
  "../../main/node_modules/picomatch/lib/picomatch.js"(exports, module) {
    "use strict";
    var scan = require_scan();
    var parse = require_parse();
    var utils = require_utils();
    var constants5 = require_constants();
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
      const posix20 = opts.windows;
      const regex = isState ? picomatch4.compileRe(glob, options) : picomatch4.makeRe(glob, options, false, true);
      const state = regex.state;
      delete regex.state;
      let isIgnored = () => false;
      if (opts.ignore) {
        const ignoreOpts = { ...options, ignore: null, onMatch: null, onResult: null };
        isIgnored = picomatch4(opts.ignore, ignoreOpts, returnState);
      }
      const matcher = (input, returnObject = false) => {
        const { isMatch, match, output } = picomatch4.test(input, regex, options, { glob, posix: posix20 });
        const result = { glob, state, regex, posix: posix20, input, output, match, isMatch };
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
    picomatch4.test = (input, regex, options, { glob, posix: posix20 } = {}) => {
      if (typeof input !== "string") {
        throw new TypeError("Expected input to be a string");
      }
      if (input === "") {
        return { isMatch: false, output: "" };
      }
      const opts = options || {};
      const format = opts.format || (posix20 ? utils.toPosixSlashes : null);
      let match = input === glob;
      let output = match && format ? format(input) : input;
      if (match === false) {
        output = format ? format(input) : input;
        match = output === glob;
      }
      if (match === false || opts.capture === true) {
        if (opts.matchBase === true || opts.basename === true) {
          match = picomatch4.matchBase(input, regex, options, posix20);
        } else {
          match = regex.exec(output);
        }
      }
      return { isMatch: Boolean(match), match, output };
    };
    picomatch4.matchBase = (input, glob, options, posix20 = options && options.windows) => {
      const regex = glob instanceof RegExp ? glob : picomatch4.makeRe(glob, options);
      return regex.test(utils.basename(input, { windows: posix20 }));
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
    picomatch4.constants = constants5;
    module.exports = picomatch4;
  }
});

// ../../main/node_modules/picomatch/index.js
var require_picomatch2 = __commonJS({
  "../../main/node_modules/picomatch/index.js"(exports, module) {
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

// src/common/error.ts
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
function reason(error) {
  return error instanceof Error ? error.message : String(error);
}

// src/common/escape.ts
function printable(text) {
  return text.replace(new RegExp("(?!\\n)\\p{Cc}", "gu"), "?");
}
function unobeyed(text) {
  return printable(text).replace(/^(\s*):(?=:)/gm, "$1: ").replaceAll("##[", "## [");
}

// src/common/format-bytes.ts
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 1)} MB`;
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
      return reason2.from === void 0 ? "licence text" : `licence text, brought by ${reason2.from}`;
    case "added":
      return "made by relopack";
  }
}

// src/rpm/package.ts
var FileFlag = { config: 1, doc: 2, missingok: 8, ghost: 64, license: 128, artifact: 4096 };
function nevra(pkg) {
  return pkg.arch === "" ? `${pkg.name}-${pkg.evr}` : `${pkg.name}-${pkg.evr}.${pkg.arch}`;
}

// src/manifest/manifest.ts
function describePlan(plan, written) {
  const { interpreter: interpreter2, requirements: requirements2 } = plan;
  const files = plan.entries.map((entry) => describe(entry, written));
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
function describe(entry, written) {
  const file = written.get(entry.path);
  return {
    path: entry.path,
    type: entry.type,
    ...entry.type === "file" ? file ?? { size: entry.size } : { target: entry.target },
    ...entry.package === void 0 ? {} : { package: entry.package },
    reason: explain(entry.reason)
  };
}

// src/manifest/table.ts
function planTable(manifest) {
  const total = manifest.packages.reduce((sum, { size }) => sum + size, 0);
  const width = Math.max(...manifest.packages.map(({ nevra: nevra2 }) => nevra2.length));
  const rows = [...manifest.packages].sort((a, b) => b.size - a.size).map(({ nevra: nevra2, size, reason: reason2 }) => `${nevra2.padEnd(width)}  ${megabytes2(size)}  ${reason2}`);
  const left = manifest.leftOut.map(
    ({ package: pkg, chain: chain2 }) => `${pkg.padEnd(width)}  ${chain2.join(" \u2192 ")}`
  );
  return [
    `Python ${manifest.python.release} of ${manifest.builtOn}, ${manifest.arch}`,
    "",
    ...rows,
    "",
    `${manifest.packages.length} packages, ${manifest.files.length} files, ${megabytes2(total).trim()} unpacked`,
    ...left.length === 0 ? [] : ["", "Left out, though a Requires leads to it:", ...left],
    ""
  ].join("\n");
}
function megabytes2(bytes) {
  return `${(bytes / 1e6).toFixed(2)} MB`.padStart(9);
}

// src/common/suggestions.ts
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
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
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
  {
    name: "tests",
    kind: "yes/no",
    default: "no",
    help: "pack the tests of the packed packages (Python's own are in python3-test, to be named as a module)"
  },
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
var longestName = 255;
function readOptions({ modules, values, globs, directory, sourceDateEpoch }) {
  const text = (name) => values.get(name) || defaultOf(name);
  const decide = (name) => yesOrNo(name, text(name));
  const optional2 = (name) => text(name) === "" ? {} : { [name]: text(name) };
  return {
    modules,
    globs: globs.map(checkGlob),
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
  return optionRows.find((row) => row.name === name)?.default ?? "";
}
function yesOrNo(name, value) {
  if (/^(?:yes|true)$/i.test(value)) return true;
  if (/^(?:no|false)$/i.test(value)) return false;
  throw usage(`${name} is '${value}'`, "Allowed are: yes, no, true, false.");
}
function wholeNumber(name, value, most, least = 0) {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw usage(`${name} is '${value}'`, `Allowed are: whole numbers from ${least} to ${most}.`);
}
var longestGlob = 1024;
function checkGlob(glob) {
  if (glob.pattern.length <= longestGlob && !/[()|]/.test(glob.pattern)) return glob;
  const shown = glob.pattern.length <= longestGlob ? ` '${glob.pattern}'` : "";
  throw usage(
    `${glob.kind}${shown} is not a glob that is understood`,
    `Allowed are: paths with *, **, ?, [abc] and {one,two}, up to ${longestGlob} characters.`
  );
}
function topFolder(prefix) {
  const fits2 = /^[^/\0\ufffd]+$/.test(prefix) && Buffer.byteLength(prefix) <= longestName;
  if (fits2 && prefix !== "." && prefix !== "..") return prefix;
  throw usage(
    `prefix is '${prefix}'`,
    `Allowed is: one folder name, without a slash, up to ${longestName} bytes.`
  );
}

// src/common/scratch.ts
import { randomBytes } from "node:crypto";
import { lstatSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
var live = /* @__PURE__ */ new Set();
var longest = 24 * 3600 * 1e3;
var SIGNALS = ["SIGINT", "SIGTERM"];
async function withScratch(directory, name, use) {
  removeAbandoned(directory, name);
  const path = join(directory, `.${name}.${namespace()}-${process.pid}-${randomBytes(4).toString("hex")}`);
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
function removeAbandoned(directory, name) {
  for (const found3 of list(directory)) {
    const path = join(directory, found3);
    const stats = live.has(path) ? void 0 : lstatSync(path, { throwIfNoEntry: false });
    if (stats?.uid === process.geteuid?.() && isAbandoned(found3, name, stats?.mtimeMs ?? 0)) remove(path);
  }
}
function isAbandoned(found3, name, changed) {
  const [, of, pid] = found3.startsWith(`.${name}.`) && /^(\d+)-(\d+)-[0-9a-f]{8}$/.exec(found3.slice(name.length + 2)) || [];
  if (pid === void 0) return false;
  if (of !== namespace()) return Date.now() - changed > longest;
  return Number(pid) === process.pid || !runs(Number(pid));
}
function namespace() {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
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
  process.exit(128 + constants.signals[signal]);
}

// src/archive/output.ts
import { createHash } from "node:crypto";
import { closeSync, fsyncSync, lstatSync as lstatSync2, openSync, renameSync, rmSync as rmSync2, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
async function writeOutput(path, bytes, check = async () => {
}) {
  const final = resolve(path);
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
function refuseOtherThanFile(path) {
  const found3 = attempt(path, () => lstatSync2(path, { throwIfNoEntry: false }));
  if (found3 === void 0 || found3.isFile()) return;
  const kind = found3.isDirectory() ? "a directory" : found3.isSymbolicLink() ? "a symbolic link" : "not a regular file";
  throw new RelopackError("output", `${path} is ${kind}`, "Give the name of a file with --output.");
}
function attempt(path, action) {
  try {
    return action();
  } catch (error) {
    throw refusal(path, error);
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
function refusal(path, error) {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return error;
  const [message, remedy] = CAUSES[error.code] ?? [error.message, "Give another path with --output."];
  return new RelopackError("output", `cannot write ${path}: ${message}`, remedy, { cause: error });
}

// src/verify/verify.ts
import { existsSync as existsSync3, readFileSync as readFileSync3 } from "node:fs";
import { basename as basename2, join as join6 } from "node:path";

// src/archive/checksum.ts
import { createHash as createHash2 } from "node:crypto";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { pipeline } from "node:stream/promises";
var checksumLine2 = /^\\?([0-9a-f]{64}) [ *]/;
async function matchesChecksum(path) {
  const beside = `${path}.sha256`;
  if (!existsSync(beside)) return void 0;
  const said = checksumLine2.exec(readChecksum(beside))?.[1];
  if (said === void 0) throw unreadable(beside, "it has no line as sha256sum writes it");
  const hash = createHash2("sha256");
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw unreadable(path, error);
  }
  return hash.digest("hex") === said;
}
function readChecksum(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw unreadable(path, error);
  }
}
function unreadable(path, why) {
  const remedy = "Fetch the archive and its checksum again, or put the checksum away to do without.";
  return new RelopackError("file-missing", `cannot read ${path}: ${reason(why)}`, remedy, { cause: why });
}

// src/archive/unpack.ts
var import_tar_stream2 = __toESM(require_tar_stream(), 1);
import { createHash as createHash3 } from "node:crypto";
import {
  chmodSync,
  closeSync as closeSync2,
  createReadStream as createReadStream2,
  fchmodSync,
  futimesSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync as openSync2,
  symlinkSync,
  utimesSync,
  writeFileSync as writeFileSync2
} from "node:fs";
import { join as join2 } from "node:path";
import { pipeline as pipeline2 } from "node:stream/promises";
import { createGunzip } from "node:zlib";

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
  return new Promise((resolve2, reject) => {
    const done = (error) => error ? reject(error) : resolve2();
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

// src/archive/tree.ts
import { posix } from "node:path";
var PATH_MAX = 4096;
var DEPTH_MAX = 256;
var LINKS_MAX = 40;
var Tree = class {
  #types = /* @__PURE__ */ new Map();
  #targets = /* @__PURE__ */ new Map();
  /** Notes the next entry. Its folder has to be there: a real one, so that nothing is written through a link. */
  add(type, path, target) {
    const quoted = JSON.stringify(path.slice(0, PATH_MAX));
    if (path.length >= PATH_MAX || path.split("/").length > DEPTH_MAX) {
      throw malformed(`the name ${quoted} is too long or too deep`);
    }
    if (path.split("/").some((part) => part === "" || part === "." || part === "..")) {
      throw malformed(`the name ${quoted} is no plain relative path`);
    }
    if (this.#types.has(path)) throw malformed(`it has ${quoted} twice`);
    if (path.includes("/") || this.#types.size > 0 || type !== "directory") {
      const folder = posix.dirname(path);
      if (folder === ".") throw malformed(`${quoted} is not inside of one top folder`);
      const found3 = this.#types.get(folder);
      if (found3 === void 0) throw malformed(`${quoted} comes before its folder`);
      if (found3 !== "directory") throw malformed(`${quoted} is inside of a ${found3}`);
    }
    if (type === "hardlink" && this.#types.get(target) !== "file" && this.#types.get(target) !== "hardlink") {
      throw malformed(`the hard link ${quoted} leads to no file before it`);
    }
    if (type === "symlink") this.#targets.set(path, target);
    this.#types.set(path, type);
  }
  /** Where all has been added: an archive without entries and a symbolic link that leads out are refused. */
  finish() {
    if (this.#types.size === 0) throw malformed("it is empty");
    for (const [path, target] of this.#targets) {
      if (!this.#staysInside(path)) {
        throw malformed(`the link ${JSON.stringify(path)} leads out of it, to ${JSON.stringify(target)}`);
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
  const fed = pipeline2(
    createReadStream2(archive, { highWaterMark: CHUNK }),
    createGunzip({ chunkSize: CHUNK }),
    (pieces) => feed(stream, pieces, limit)
  ).catch((error) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  try {
    mkdirSync(directory);
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
  const closed = new Promise((resolve2) => stream.once("close", resolve2));
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > limit) throw tooLarge(limit);
    if (stream.destroying) return;
    if (stream.write(piece)) continue;
    const drained = new Promise((resolve2) => stream.once("drain", resolve2));
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
function admit(tree, header3) {
  const type = TYPES[header3.type];
  if (type === void 0) {
    throw malformed(`${JSON.stringify(header3.name)} is neither a file nor a directory nor a link`);
  }
  const path = type === "directory" ? header3.name.replace(/\/$/, "") : header3.name;
  const target = type === "symlink" || type === "hardlink" ? header3.linkname ?? "" : "";
  tree.add(type, path, target);
  if (type !== "file" && header3.size > 0) throw malformed(`the ${type} ${JSON.stringify(path)} has contents`);
  const mtime = Math.trunc(header3.mtime.getTime() / 1e3);
  return { type, path, mode: header3.mode & PERMISSIONS, mtime, size: header3.size, target };
}
async function make(directory, entry, content) {
  const path = join2(directory, entry.path);
  switch (entry.type) {
    case "directory":
      mkdirSync(path, 448);
      break;
    case "symlink":
      symlinkSync(entry.target, path);
      lutimesSync(path, entry.mtime, entry.mtime);
      break;
    case "hardlink":
      linkSync(join2(directory, entry.target), path);
      break;
    case "file": {
      const hash = createHash3("sha256");
      const file = openSync2(path, "wx", 384);
      try {
        for await (const piece of content) {
          hash.update(piece);
          writeFileSync2(file, piece);
        }
        fchmodSync(file, entry.mode);
        futimesSync(file, entry.mtime, entry.mtime);
      } finally {
        closeSync2(file);
      }
      return hash.digest("hex");
    }
  }
  return "";
}
function finishDirectories(directory, entries) {
  for (const { type, path, mode, mtime } of entries) {
    if (type !== "directory") continue;
    const made = join2(directory, path);
    utimesSync(made, mtime, mtime);
    chmodSync(made, mode | 448);
  }
}
function tooLarge(limit) {
  return new RelopackError(
    "archive-malformed",
    `the archive unfolds to more than ${limit} bytes, which is the most that is unpacked of one from elsewhere`,
    "Unpack it by hand (tar -xzf) only where you know who packed it, and there is room for it."
  );
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

// src/common/temporary-directory.ts
import { mkdirSync as mkdirSync2, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
async function withTemporaryDirectory(name, use) {
  const place = attemptIn(tmpdir(), () => realpathSync(tmpdir()));
  return await withScratch(place, name, (directory) => {
    attemptIn(place, () => mkdirSync2(directory, { mode: 448 }));
    return use(directory);
  });
}
function attemptIn(place, action) {
  try {
    return action();
  } catch (error) {
    throw new RelopackError(
      "output",
      `no temporary file can be made in ${place}: ${reason(error)}`,
      "Let TMPDIR name a directory that is there, that you may write to, and that has room.",
      { cause: error }
    );
  }
}

// src/verify/failure.ts
var remedies = {
  packed: "Where --exclude left out what is needed, change the globs; else report it with this message. --no-verify writes the archive unchecked.",
  elsewhere: "Do not use it: fetch or pack it again. If it stays so, whoever packed it may have left out what is needed with --exclude; else report it with this message."
};
function failed(problems, origin, remedy = remedies[origin]) {
  const shown = problems.slice(0, 20);
  if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
  const message = `the archive does not hold what it should: ${shown.join("; ")}`;
  return new RelopackError("verify-failed", message, remedy);
}
function importRemedy(modules, { python: python2 }, origin) {
  const command = `python${python2.version} -c 'import ${modules.join(", ")}'`;
  return origin === "packed" ? `See whether the host can do it: ${command}. If so, --exclude may have left out what it takes; else report it with this message. --no-verify writes the archive unchecked.` : `Whoever packed it can see whether that host can do it: ${command}, and what --exclude left out. A module may also want of this machine what it has not. --no-start checks the archive without importing anything.`;
}
function notStarted(why, origin, cause2) {
  const without = origin === "packed" ? "--no-verify writes the archive unchecked." : "--no-start checks the archive without starting anything of it.";
  return new RelopackError(
    "verify-failed",
    `the packed Python can't be started in a temporary directory: ${why}`,
    `Where that is mounted with noexec, let TMPDIR name another directory. ${without}`,
    { cause: cause2 }
  );
}

// src/verify/libraries.ts
import { existsSync as existsSync2, readFileSync as readFileSync2 } from "node:fs";
import { join as join4, posix as posix3 } from "node:path";
import { isDeepStrictEqual } from "node:util";

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
  // Four words of the descriptor of NT_GNU_ABI_TAG, and the head of a property of NT_GNU_PROPERTY_TYPE_0.
  abiTag: layout(16, { os: [0, 4], major: [4, 4], minor: [8, 4], patch: [12, 4] }),
  property: layout(8, { type: [0, 4], size: [4, 4] }),
  word: layout(4, { value: [0, 4] })
};
var elf64 = {
  ...common,
  /** Bytes in an address or an offset, and what the properties of a note are padded to. */
  wordSize: 8,
  /** Where addresses and sizes of files end. Sums below it stay exact. */
  limit: 2 ** 52,
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
  symbol: layout(24, { name: [0, 4], section: [6, 2], value: [8, 8] })
};
var elf32 = {
  ...common,
  wordSize: 4,
  limit: 2 ** 32,
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
  symbol: layout(16, { name: [0, 4], section: [14, 2], value: [4, 4] })
};
var Ident = { class: 4, byteOrder: 5 };
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
var SectionFlag = { alloc: 2, tls: 1024 };
var Tag = {
  null: 0,
  needed: 1,
  hash: 4,
  strtab: 5,
  symtab: 6,
  rela: 7,
  strsz: 10,
  soname: 14,
  rpath: 15,
  rel: 17,
  jmprel: 23,
  runpath: 29,
  relr: 36,
  gnuHash: 1879047925,
  config: 1879047930,
  depaudit: 1879047931,
  audit: 1879047932,
  versym: 1879048176,
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
function largestPage(machine2) {
  return machinesWith4KiBPages.has(machine2) ? 4096 : 65536;
}

// src/elf/bytes.ts
var class32 = 1;
var bigEndian = 2;
var ElfBytes = class _ElfBytes {
  bytes;
  format;
  #littleEndian;
  #name;
  /** `name` is for messages only. A class or byte order that doesn't exist is taken as 64-bit and little-endian. */
  constructor(bytes, name) {
    this.bytes = bytes;
    this.format = bytes[Ident.class] === class32 ? elf32 : elf64;
    this.#littleEndian = bytes[Ident.byteOrder] !== bigEndian;
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
    const place = at + offset;
    if (size < 8) {
      return this.#littleEndian ? this.bytes.readUIntLE(place, size) : this.bytes.readUIntBE(place, size);
    }
    const [low, high] = this.#littleEndian ? [this.bytes.readUInt32LE(place), this.bytes.readUInt32LE(place + 4)] : [this.bytes.readUInt32BE(place + 4), this.bytes.readUInt32BE(place)];
    if (high >= 2 ** 21) throw this.malformed(`the ${field2} at byte ${at} is beyond any file or address`);
    return high * 2 ** 32 + low;
  }
  /** A field that may hold anything, eight bytes of all ones too. */
  getBig(layout2, at, field2) {
    const [offset, size] = this.#field(layout2, at, field2);
    if (size < 8) return BigInt(this.get(layout2, at, field2));
    const place = at + offset;
    return this.#littleEndian ? this.bytes.readBigUInt64LE(place) : this.bytes.readBigUInt64BE(place);
  }
  /** Throws where the field has no room for the value: only a hostile file brings that about. */
  set(layout2, at, field2, value) {
    const [offset, size] = this.#field(layout2, at, field2);
    const place = at + offset;
    if (value >= 2 ** (8 * size)) throw this.malformed(`its ${field2} would be beyond the end of its class`);
    if (size < 8 && this.#littleEndian) this.bytes.writeUIntLE(value, place, size);
    else if (size < 8) this.bytes.writeUIntBE(value, place, size);
    else if (this.#littleEndian) this.bytes.writeBigUInt64LE(BigInt(value), place);
    else this.bytes.writeBigUInt64BE(BigInt(value), place);
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

// src/elf/segments.ts
function loads(segments2) {
  return segments2.filter((segment) => segment.type === SegmentType.load);
}
function fileOffset(segments2, address, size) {
  const mapped = loads(segments2);
  const first = mapped.findIndex(
    (s) => address >= s.vaddr && address + Math.min(size, 1) <= s.vaddr + s.filesz
  );
  const holder2 = mapped[first];
  if (holder2 === void 0) return void 0;
  let end2 = holder2.vaddr + holder2.filesz;
  for (const next of mapped.slice(first + 1)) {
    if (next.vaddr !== end2 || next.offset !== holder2.offset + (end2 - holder2.vaddr)) break;
    end2 += next.filesz;
  }
  return address + size <= end2 ? holder2.offset + (address - holder2.vaddr) : void 0;
}
function holder(segments2, ...parts) {
  return loads(segments2).find(
    ({ offset, filesz: size }) => parts.every((part) => within(part, { offset, size }))
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
function checkLoads(file, segments2) {
  let end2 = 0;
  for (const { offset, vaddr, filesz, memsz } of loads(segments2)) {
    if (!file.holds(offset, filesz))
      throw file.malformed(`it ends before byte ${offset + filesz}, which its segments need`);
    if (memsz < filesz || vaddr < end2) throw file.malformed("its segments overlap in memory");
    end2 = vaddr + memsz;
    if (end2 > file.format.limit) throw file.malformed("its segments lie beyond any address");
  }
}
function roundUp(value, unit2) {
  return Math.ceil(value / unit2) * unit2;
}

// src/elf/notes.ts
var ntGnuAbiTag = 1;
var ntGnuPropertyType0 = 5;
var gnuPropertyX86Isa1Needed = 3221258242;
var elfNoteOsLinux = 0;
var x86 = /* @__PURE__ */ new Set([3, 62]);
var gnu = "GNU\0";
var longestOwner = 32;
var maxNoteBytes = 65536;
function readMachineNeeds(file, tables) {
  const found3 = { abiTagKernel: void 0, isaLevel: void 0 };
  for (const segment of tables.segments) {
    if (segment.type !== SegmentType.note && segment.type !== SegmentType.gnuProperty) continue;
    for (const { type, description } of gnuNotes(file, segment)) {
      if (type === ntGnuAbiTag) found3.abiTagKernel ??= leastKernel(file, description);
      if (type === ntGnuPropertyType0 && x86.has(tables.machine))
        found3.isaLevel ??= isaLevel(file, description);
    }
  }
  return found3;
}
function isLookedUp(file, { offset, size, addralign }) {
  let end2 = offset;
  for (const { owner, description } of notes(file, { offset, size }, addralign)) {
    if (owner !== gnu && owner !== "FDO\0") return false;
    end2 = description.offset + description.size;
  }
  return end2 > offset && roundUp(end2, addralign === 8 ? 8 : 4) >= offset + size;
}
function* gnuNotes(file, { at, offset, filesz }) {
  const size = Math.min(filesz, maxNoteBytes);
  for (const note of notes(file, { offset, size }, file.get(file.format.segment, at, "align")))
    if (note.owner === gnu) yield note;
}
function* notes(file, part, align) {
  const { note } = file.format;
  const end2 = part.offset + part.size;
  const alignment = align === 8 ? 8 : 4;
  let at = part.offset;
  while (at + note.size <= end2 && file.holds(at, note.size)) {
    const namesz = file.get(note, at, "namesz");
    const size = file.get(note, at, "descsz");
    const offset = at + roundUp(note.size + namesz, alignment);
    if (offset + size > end2 || !file.holds(offset, size)) return;
    const owner = file.bytes.toString(
      "latin1",
      at + note.size,
      at + note.size + Math.min(namesz, longestOwner)
    );
    yield { owner, type: file.get(note, at, "type"), description: { offset, size } };
    at = offset + roundUp(size, alignment);
  }
}
function leastKernel(file, { offset, size }) {
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
    const value = at + property.size;
    if (type === gnuPropertyX86Isa1Needed && length === word.size && value + word.size <= end2) {
      const level = 32 - Math.clz32(file.get(word, value, "value"));
      return level === 0 ? void 0 : level;
    }
    at = value + roundUp(length, wordSize);
  }
  return void 0;
}

// src/elf/dynamic.ts
var maxDynamicEntries = 16384;
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
  return { dynamic, dynamicNulls: nulls, strings: findStrings(file, segments2, dynamic) };
}
function dynamicValue(file, dynamic, tag) {
  const entry = dynamic.findLast((candidate) => candidate.tag === tag);
  return entry === void 0 ? void 0 : file.get(file.format.dynamic, entry.at, "value");
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
  const none = { ...tables, dynamic: [], dynamicNulls: 0, strings: void 0 };
  if (type !== ObjectType.exec && type !== ObjectType.dyn) return none;
  const found3 = findDynamic(segments2, sections);
  if (found3 === void 0) return none;
  checkLoads(file, segments2);
  return { ...tables, ...readDynamic(file, segments2, found3) };
}
function readSections(file, shoff) {
  const { header: header3, section } = file.format;
  const count = file.get(header3, 0, "shnum");
  if (shoff === 0 || count === 0) return [];
  if (file.get(header3, 0, "shentsize") !== section.size)
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
function hasBytes({ type }) {
  return type !== SectionType.null && type !== SectionType.nobits;
}
function findDynamic(segments2, sections) {
  const found3 = segments2.find((segment) => segment.type === SegmentType.dynamic && segment.filesz > 0);
  if (found3 === void 0) return void 0;
  const emptied = sections.some(
    ({ type, flags, addr }) => type === SectionType.nobits && (flags & SectionFlag.tls) === 0 && addr === found3.vaddr
  );
  return emptied ? void 0 : found3;
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

// src/elf/versions.ts
var maxVersions = 8192;
function versionNeeds(file, tables) {
  const { verneed, vernaux } = file.format;
  const needs = [];
  for (const at of chain(file, tables, Tag.verneed, Tag.verneednum)) {
    const name = file.get(verneed, at, "file");
    let aux = at + file.get(verneed, at, "aux");
    for (let left = file.get(verneed, at, "count"); left > 0; left--) {
      needs.push({ file: name, version: file.get(vernaux, aux, "name") });
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
var maxString = 16384;
function isElf(bytes) {
  return magic.equals(bytes.subarray(0, magic.length));
}
function elfIdentity(bytes) {
  if (!isElf(bytes) || bytes.length < identSize + 4) return void 0;
  const elfClass = bytes[Ident.class];
  const byteOrder = bytes[Ident.byteOrder];
  if (elfClass !== 1 && elfClass !== 2 || byteOrder !== 1 && byteOrder !== 2) return void 0;
  const littleEndian = byteOrder === 1;
  const machine2 = new DataView(bytes.buffer, bytes.byteOffset).getUint16(18, littleEndian);
  return { class: elfClass === 1 ? 32 : 64, littleEndian, machine: machine2 };
}
function readImage(bytes, name) {
  const identity = elfIdentity(bytes);
  const file = new ElfBytes(bytes, name);
  if (identity === void 0) throw file.malformed("it doesn\u2019t begin like one");
  const tables = readTables(file);
  const strings = (tag) => stringsOf(file, tables, tag);
  const path = (tag) => strings(tag).at(-1)?.split(":") ?? [];
  return {
    ...identity,
    ...readMachineNeeds(file, tables),
    type: tables.type,
    interpreter: interpreter(file, tables),
    needed: strings(Tag.needed),
    soname: strings(Tag.soname).at(-1),
    runpath: path(Tag.runpath),
    rpath: path(Tag.rpath),
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

// src/verify/identity.ts
import { closeSync as closeSync3, openSync as openSync3, readSync, statSync } from "node:fs";
import { join as join3 } from "node:path";

// src/plan/archive-path.ts
import { posix as posix2 } from "node:path";
var loaderPath = "libexec/ld.so";
function launcherPath({ version: version2 }) {
  return `bin/python${version2}`;
}
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
function relativePath(from, path) {
  return posix2.relative(`/${from}`, `/${path}`) || ".";
}
function below(path, directory) {
  const front = directory === "/" ? "/" : `${directory}/`;
  return path.startsWith(front) ? path.slice(front.length) : void 0;
}

// src/verify/identity.ts
function identityOf(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return void 0;
  const bytes = Buffer.alloc(20);
  const file = openSync3(path, "r");
  try {
    return elfIdentity(bytes.subarray(0, readSync(file, bytes)));
  } finally {
    closeSync3(file);
  }
}
function loaderIdentity(top) {
  return identityOf(join3(top, loaderPath));
}

// src/verify/libraries.ts
function checkLibraries(directory, entries) {
  const loader = loaderIdentity(join4(directory, entries[0]?.path.split("/")[0] ?? ""));
  const malformed2 = [];
  const files = entries.flatMap(({ path }) => {
    const place = join4(directory, path);
    const identity = identityOf(place);
    if (identity === void 0 || !isDeepStrictEqual(identity, loader ?? identity)) return [];
    const image = tryImage(place, path, malformed2);
    return image === void 0 ? [] : [{ path, place, image }];
  });
  const libc = files.find(({ image }) => image.soname === "libc.so.6")?.image;
  const loaded = new Set(libc === void 0 ? [] : ["libc.so.6", ...libc.needed]);
  const unresolved = files.flatMap(({ path, place, image }) => {
    const { needed, runpath, interpreter: interpreter2 } = image;
    const isLoaded = (soname2) => interpreter2 === void 0 && loaded.has(soname2);
    const search2 = runpath.filter((entry) => /^\$ORIGIN(?:\/|$)/.test(entry)).map((entry) => entry.replace("$ORIGIN", posix3.dirname(place)));
    return needed.filter((soname2) => !isLoaded(soname2) && !search2.some((found3) => existsSync2(join4(found3, soname2)))).map((soname2) => ({ path, soname: soname2 }));
  });
  return { files: files.length, unresolved, malformed: malformed2 };
}
function tryImage(place, path, malformed2) {
  try {
    return readImage(readFileSync2(place), path);
  } catch (error) {
    if (!(error instanceof RelopackError)) throw error;
    malformed2.push(error.message.replace(/\.$/, ""));
    return void 0;
  }
}

// src/verify/start.ts
import { mkdirSync as mkdirSync3 } from "node:fs";
import { machine } from "node:os";
import { join as join5 } from "node:path";
import { isDeepStrictEqual as isDeepStrictEqual2 } from "node:util";

// src/common/run.ts
import { spawn } from "node:child_process";
import { constants as constants2 } from "node:os";
var grace = 5e3;
function run(file, args, options = {}) {
  const { silence, ...rest } = options;
  return new Promise((resolve2, reject) => {
    const child = spawn(file, args, { ...rest, stdio: ["ignore", "pipe", "pipe"] });
    const stdout = [];
    const stderr = [];
    let silent = false;
    const tooSilent = () => {
      silent = child.kill("SIGKILL");
    };
    const watch = silence === void 0 ? void 0 : setTimeout(tooSilent, silence);
    child.stdout.on("data", (chunk) => {
      stdout.push(chunk);
      watch?.refresh();
    });
    child.stderr.on("data", (chunk) => stderr.push(chunk));
    child.on("error", (error) => {
      clearTimeout(watch);
      reject(error);
    });
    child.on("exit", () => {
      clearTimeout(watch);
      const late = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, grace);
      child.on("close", (code, signal) => {
        clearTimeout(late);
        resolve2({
          code: code ?? 128 + constants2.signals[signal ?? "SIGKILL"],
          stdout: Buffer.concat(stdout),
          stderr: Buffer.concat(stderr).toString(),
          silent
        });
      });
    });
  });
}

// src/verify/probe.ts
var probe = `
import sys
del sys.path[0]
import importlib, json, os, subprocess

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
    os.write(stdout, os.fsencode(name + "\\n"))
    failed = attempt(lambda: importlib.import_module(name) and None)
    if failed is not None:
        failures[name] = failed
os.write(stdout, b"-\\n")

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
named = [f for f in fields if len(f) == 6 and f[5].startswith("/") and not f[5].endswith(" (deleted)")]
result["mapped"] = sorted({f[5] for f in named if "x" in f[1] or ".so" in f[5]})
os.write(stdout, json.dumps(result).encode())
`;

// src/verify/start.ts
async function start(unpacked) {
  const { top, scratch, manifest, origin, patience } = unpacked;
  const modules = manifest.modules.flatMap(({ imports }) => imports);
  const [home, temporary] = [join5(scratch, "home"), join5(scratch, "tmp")];
  for (const directory of [home, temporary]) attemptIn(scratch, () => mkdirSync3(directory));
  const env = { PATH: "/usr/bin:/bin", HOME: home, TMPDIR: temporary };
  const python2 = join5(top, manifest.python.executable);
  const options = { env, cwd: home, silence: patience };
  const finished = await run(python2, ["-c", probe, ...modules], options).catch((error) => {
    throw notStarted(reason(error), origin, error);
  });
  const probed = readProbed(finished, modules, unpacked);
  const failures = Object.entries(probed.failures);
  const wrong = [
    ...[probed.prefix, probed.executable, ...probed.path].filter((path) => !isInside(path, top)).map((path) => `${path || "the current directory"} is outside of the archive, but Python uses it`),
    ...probed.system === "/" ? [] : [`a child process, /bin/ls: ${probed.system}`],
    ...probed.itself === probed.prefix ? [] : [`a child through sys.executable: ${probed.itself}`],
    ...probed.mapped.filter((path) => !isInside(path, top)).map((path) => `${path} of this machine gets mapped`)
  ];
  const notImported = failures.map(([name, error]) => `import ${name}: ${error}`);
  if (wrong.length > 0) throw failed([...notImported, ...wrong], origin);
  if (failures.length > 0) {
    const names = failures.map(([name]) => name);
    throw failed(notImported, origin, importRemedy(names, manifest, origin));
  }
  return [
    { name: "imports", detail: `${modules.length} modules import` },
    { name: "children", detail: "children start" },
    { name: "isolation", detail: `all ${probed.mapped.length} mapped files lie inside` }
  ];
}
function readProbed(finished, modules, unpacked) {
  const lines = finished.stdout.toString().trimEnd().split("\n");
  const answer = lines.at(-1) ?? "";
  const problem = problemOf(finished, unpacked);
  if (problem !== void 0) throw unanswered(problem, answer, modules, unpacked);
  try {
    const probed = JSON.parse(answer);
    const paths = [probed.prefix, probed.executable, ...probed.path, ...probed.mapped];
    if (Object.keys(probed.failures) && paths.every((path) => typeof path === "string")) return probed;
  } catch {
  }
  if (modules.includes(answer)) throw unanswered("the packed Python ends", answer, modules, unpacked);
  throw failed([`the packed Python does not answer: ${lastWords(finished)}`], unpacked.origin);
}
function problemOf(finished, { top, manifest, patience }) {
  const { code, silent, stdout } = finished;
  if (silent) return `the packed Python says nothing for ${patience / 1e3} seconds`;
  if (code !== 0) {
    const elsewhere2 = isForeign(top) ? ` (it is for ${manifest.arch}, and this is ${machine()})` : "";
    return `the packed Python ends with exit code ${code}${elsewhere2}: ${lastWords(finished)}`;
  }
  return stdout.length === 0 ? "the packed Python ended before it had told what it found" : void 0;
}
function unanswered(problem, last, modules, { manifest, origin }) {
  if (!modules.includes(last)) return failed([problem], origin);
  return failed([`import ${last}: ${problem}`], origin, importRemedy([last], manifest, origin));
}
function isForeign(top) {
  const loader = loaderIdentity(top);
  return loader !== void 0 && !isDeepStrictEqual2(loader, identityOf(process.execPath));
}
function lastWords({ stderr }) {
  return stderr.trim().split("\n").slice(-3).join("\n");
}
function isInside(path, top) {
  return path === top || path.startsWith(`${top}/`);
}

// src/verify/verify.ts
var manifestName = "manifest.json";
var importable = /^[\p{L}_][\p{L}\p{N}_.]{0,255}$/u;
var fiveMinutes = 3e5;
async function verify(archive, options, log) {
  const { origin, patience = fiveMinutes } = options;
  log.stage("Verifying");
  const checks = await withTemporaryDirectory("relopack-verify", async (scratch) => {
    const checksum = await checkChecksum(archive, origin);
    const directory = join6(scratch, "unpacked");
    const entries = await unpack(archive, directory, origin === "packed" ? Infinity : void 0);
    const top = join6(directory, entries[0]?.path ?? "");
    const manifest = readManifest(top, origin);
    const checks2 = [
      ...checksum,
      checkFiles(entries, manifest, origin),
      libraries(directory, entries, origin)
    ];
    return options.start ? [...checks2, ...await start({ top, scratch, manifest, origin, patience })] : checks2;
  });
  log.done(checks.map(({ detail }) => detail).join(", "));
  return checks;
}
async function checkChecksum(archive, origin) {
  const name = `${basename2(archive)}.sha256`;
  const matches = await matchesChecksum(archive);
  if (matches === false) throw failed([`it is not the file that ${name} beside it is of`], origin);
  return matches === void 0 ? [] : [{ name: "checksum", detail: `as in ${name}` }];
}
function readManifest(top, origin) {
  const path = join6(top, manifestName);
  if (!existsSync3(path)) throw failed([`it has no ${manifestName}, so relopack did not make it`], origin);
  try {
    const manifest = JSON.parse(readFileSync3(path, "utf8"));
    const files = new Set(manifest.files.map((file) => file.path));
    const imports = manifest.modules.flatMap((module) => [...module.imports]);
    const paths = [...files].every((path2) => typeof path2 === "string");
    const names = imports.every((name) => typeof name === "string" && importable.test(name));
    if (paths && names && files.has(manifest.python.executable)) return manifest;
  } catch {
  }
  throw failed([`its ${manifestName} is not one that relopack writes`], origin);
}
function checkFiles(entries, manifest, origin) {
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  const found3 = entries.filter(({ type }) => type !== "directory").map((entry) => ({ ...entry, path: entry.path.slice(entry.path.indexOf("/") + 1) }));
  const wrong = found3.flatMap(({ path, type, target, sha256 }) => {
    const file = listed.get(path);
    if (path === manifestName) return [];
    if (file === void 0) return [`${path} is not in the manifest`];
    listed.delete(path);
    const same = type === "file" ? sha256 === file.sha256 : targetOf(type, target) === file.target;
    return type === file.type && same ? [] : [`${path} is not what the manifest says`];
  });
  const missing = [...listed.keys()].map((path) => `${path} is missing, though it is in the manifest`);
  if (wrong.length + missing.length > 0) throw failed([...wrong, ...missing], origin);
  return { name: "files", detail: `${manifest.files.length} files as in the manifest` };
}
function targetOf(type, target) {
  return type === "hardlink" ? target.slice(target.indexOf("/") + 1) : target;
}
function libraries(directory, entries, origin) {
  const { files, unresolved, malformed: malformed2 } = checkLibraries(directory, entries);
  const missing = unresolved.map(
    ({ path, soname: soname2 }) => `${path} needs ${soname2}, which is not in the archive`
  );
  if (malformed2.length + missing.length > 0) throw failed([...malformed2, ...missing], origin);
  return { name: "libraries", detail: `${files} ELF files find their libraries` };
}

// src/pack.ts
import { posix as posix19 } from "node:path";

// src/archive/gzip.ts
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { constants as constants3, crc32, deflateRaw } from "node:zlib";
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
    finishFlush: last ? constants3.Z_FINISH : constants3.Z_SYNC_FLUSH,
    // Room for the whole result, so that one turn in the pool is enough.
    chunkSize: BLOCK + BLOCK / 64,
    ...dictionary === void 0 ? {} : { dictionary }
  });
}

// src/archive/parents.ts
import { posix as posix4 } from "node:path";
async function* withParents(entries, mtime) {
  const made = /* @__PURE__ */ new Set(["."]);
  for await (const entry of entries) {
    const missing = [];
    for (let at = posix4.dirname(entry.path); !made.has(at); at = posix4.dirname(at)) missing.unshift(at);
    for (const path of missing) {
      made.add(path);
      yield { type: "directory", path, mode: 493, mtime };
    }
    yield entry;
  }
}

// src/host/root.ts
import { fstatSync, lstatSync as lstatSync4, readdirSync as readdirSync2, readFileSync as readFileSync4, readSync as readSync2, realpathSync as realpathSync2 } from "node:fs";

// src/host/file-name.ts
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

// src/host/path-walk.ts
import { lstatSync as lstatSync3, readlinkSync as readlinkSync2 } from "node:fs";

// src/host/read-file.ts
import { closeSync as closeSync4, constants as constants4, openSync as openSync4 } from "node:fs";
var readOnly = constants4.O_RDONLY | constants4.O_NOFOLLOW | constants4.O_NONBLOCK;
var absences = /* @__PURE__ */ new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "EINVAL"]);
var prohibitions = /* @__PURE__ */ new Set(["EACCES", "EPERM"]);
function withOpenFile(onDisk, path, use) {
  let file;
  try {
    file = openSync4(onDisk, readOnly);
    return use(file);
  } catch (error) {
    throw refused(path, reason(error), error);
  } finally {
    if (file !== void 0) closeSync4(file);
  }
}
function isAbsence(error) {
  return hasCode(error, absences);
}
function hasCode(error, codes) {
  return error instanceof Error && "code" in error && codes.has(error.code);
}
function refused(path, why, cause2) {
  return new RelopackError(
    "file-missing",
    `${path} can't be read from the host: ${why}`,
    hasCode(cause2, prohibitions) ? "Run as a user who may read it." : "Reinstall the package that owns it.",
    { cause: cause2 }
  );
}

// src/host/path-walk.ts
var maxLinks = 40;
var loneSurrogate = new RegExp("\\p{Surrogate}", "u");
var PathWalk = class {
  /** What stands before a path inside the root to make it one outside: nothing for `/`. */
  #prefix;
  #directories = /* @__PURE__ */ new Map();
  #stats = /* @__PURE__ */ new Map();
  /** `root` is a real path. */
  constructor(root) {
    this.#prefix = root === "/" ? "" : root;
  }
  /** What a path leads to, all links followed. */
  find(path) {
    const canonical = this.canonical(path);
    const stats = canonical === void 0 ? void 0 : this.examine(canonical);
    if (canonical === void 0 || stats === void 0) return void 0;
    return stats.isSymbolicLink() ? this.#walk(canonical) : { path: canonical, stats };
  }
  /**
   * The path with the links of its directory followed and the last component kept, itself a link or not, there
   * or not: what the files of two packages can be compared by. Undefined where the directory isn't there.
   */
  canonical(path) {
    const cut = Math.max(path.lastIndexOf("/"), 0);
    const name = path.slice(cut + 1);
    if (isStep(name)) return this.#walk(path)?.path;
    const directory = this.directory(path.slice(0, cut));
    return directory === void 0 ? void 0 : join7(directory, name);
  }
  /** The canonical path of a directory, all links followed. */
  directory(path) {
    const known = this.#directories.get(path);
    if (known !== void 0 || this.#directories.has(path)) return known;
    const found3 = this.#walk(path);
    const directory = found3?.stats.isDirectory() ? found3.path : void 0;
    this.#directories.set(path, directory);
    return directory;
  }
  /** What lstat says of a canonical path. */
  examine(canonical) {
    const known = this.#stats.get(canonical);
    if (known !== void 0 || this.#stats.has(canonical)) return known;
    const stats = this.#lstat(canonical);
    this.#stats.set(canonical, stats);
    return stats;
  }
  /** What a canonical path that is a link says. */
  target(canonical) {
    try {
      return fileName(readlinkSync2(this.outside(canonical), { encoding: "buffer" }));
    } catch (error) {
      if (isAbsence(error)) return void 0;
      throw refused(canonical, reason(error), error);
    }
  }
  /** The path outside of the root. */
  outside(canonical) {
    return this.#prefix + canonical;
  }
  /** One component after the other, as in path_resolution(7). */
  #walk(path) {
    const pending = path.split("/").reverse();
    let at = "/";
    let links = 0;
    for (let name = pending.pop(); name !== void 0; name = pending.pop()) {
      if (name === "" || name === ".") continue;
      if (name === "..") {
        at = at.slice(0, Math.max(1, at.lastIndexOf("/")));
        continue;
      }
      const next = join7(at, name);
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
      return lstatSync3(this.outside(canonical), { throwIfNoEntry: false });
    } catch (error) {
      if (isAbsence(error)) return void 0;
      throw refused(canonical, reason(error), error);
    }
  }
};
function join7(directory, name) {
  return directory === "/" ? `/${name}` : `${directory}/${name}`;
}
function isStep(name) {
  return name === "" || name === "." || name === "..";
}

// src/host/root.ts
var Root = class {
  /** The root's own path, links resolved. */
  path;
  #walk;
  /** Throws RelopackError 'file-missing' where the path is not that of a directory. */
  constructor(path) {
    try {
      this.path = realpathSync2(path);
      readdirSync2(this.path);
    } catch (error) {
      throw new RelopackError(
        "file-missing",
        `${path} can't serve as root: ${reason(error)}`,
        "Give as root the directory that a host is installed in.",
        { cause: error }
      );
    }
    this.#walk = new PathWalk(this.path);
  }
  /** The canonical path of what is there, all links followed. */
  resolve(path) {
    return this.#walk.find(path)?.path;
  }
  /**
   * The path with the links of its directory followed and the last component kept, itself a link or not, there
   * or not: what the files of two packages can be compared by. Undefined where the directory isn't there.
   */
  canonical(path) {
    return this.#walk.canonical(path);
  }
  /** What the last component itself is. */
  lstat(path) {
    const canonical = this.canonical(path);
    return canonical === void 0 ? void 0 : this.#walk.examine(canonical);
  }
  /** What the path leads to. */
  stat(path) {
    return this.#walk.find(path)?.stats;
  }
  /**
   * What two paths to one file have in common. With all digits: overlayfs and network file systems have inodes that a
   * number rounds to that of a neighbour.
   */
  inode(path) {
    const found3 = this.#walk.find(path);
    if (found3 === void 0) return void 0;
    const stats = lstatSync4(this.#walk.outside(found3.path), { bigint: true, throwIfNoEntry: false });
    return stats && `${stats.dev}:${stats.ino}`;
  }
  /** What a symbolic link says, as it is written. Undefined for anything else. */
  readlink(path) {
    const canonical = this.canonical(path);
    if (canonical === void 0 || !this.#walk.examine(canonical)?.isSymbolicLink()) return void 0;
    return this.#walk.target(canonical);
  }
  /** The names in a directory, sorted; none where there is no such directory. */
  list(path) {
    const directory = this.#walk.directory(path);
    if (directory === void 0) return [];
    try {
      return readdirSync2(this.#walk.outside(directory), { encoding: "buffer" }).map(fileName).sort();
    } catch (error) {
      throw refused(path, reason(error), error);
    }
  }
  /**
   * The content of a regular file. Throws RelopackError 'file-missing' for one that is not there, can't be
   * read, or is none: reading a FIFO or a device might never end.
   */
  read(path) {
    return this.#open(path, (file) => readFileSync4(file));
  }
  /**
   * Lets `use` read parts of a regular file: it is given the file's size and what fills a buffer from a place of it.
   * Throws as `read`.
   */
  readParts(path, use) {
    return this.#open(path, (file) => {
      const { size } = fstatSync(file);
      return use(size, (into, at) => {
        for (let done = 0, count = -1; done < into.length && count !== 0; done += count)
          count = readSync2(file, into, done, into.length - done, at + done);
      });
    });
  }
  /** The first bytes of a regular file, as many as asked for or all it has. Throws as `read`. */
  head(path, length) {
    return this.#open(path, (file) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync2(file, bytes, 0, length, 0));
    });
  }
  /** The real path, outside of the root, of what the path leads to; for other programs. Throws as `read`. */
  onDisk(path) {
    return this.#walk.outside(this.#expect(path).path);
  }
  #open(path, use) {
    const { path: canonical, stats } = this.#expect(path);
    if (!stats.isFile()) throw refused(path, "it is not a regular file");
    return withOpenFile(this.#walk.outside(canonical), path, use);
  }
  #expect(path) {
    const found3 = this.#walk.find(path);
    if (found3 === void 0) throw refused(path, "there is no such file");
    return found3;
  }
};

// src/plan/files/startup.ts
import { posix as posix6 } from "node:path";

// src/launcher/startup.ts
import { readFileSync as readFileSync5 } from "node:fs";
var startupPackage = "_relopack";
var startupModules = new Map(
  ["__init__.py", "places.py"].map((name) => [
    name,
    readFileSync5(new URL(`startup/${name}`, import.meta.url))
  ])
);
var call = `
# Added by relopack, for a Python that was moved.
from ${startupPackage} import start

start()
del start
`;
function callStartup(encodings) {
  return Buffer.concat([encodings, Buffer.from(call)]);
}

// src/plan/entry.ts
function madeFile(path, mode, mtime, bytes) {
  const source = { kind: "made", bytes };
  const reason2 = { kind: "added" };
  return { path, mode, mtime, reason: reason2, package: void 0, type: "file", source, size: bytes.length };
}
function byPath(a, b) {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}

// src/plan/libraries/search.ts
var import_picomatch = __toESM(require_picomatch2(), 1);
import { posix as posix5 } from "node:path";
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
    const own = prefix === "/usr" ? [] : [`${prefix}/lib64`, `${prefix}/lib`];
    const configured = configuredDirectories(root, "/etc/ld.so.conf", /* @__PURE__ */ new Set());
    const directories = [...own, ...configured, "/lib64", "/usr/lib64", "/lib", "/usr/lib"].filter(isForAllCpus).flatMap((directory) => root.resolve(directory) ?? []);
    this.directories = [...new Set(directories)];
  }
  /** The canonical path of the library as it was found, perhaps that of a link; undefined where there is none. */
  find(soname2, asking) {
    if (soname2.includes("/")) return this.#accept(soname2);
    const own = asking === void 0 ? void 0 : this.#findIn(this.searchPath(asking), soname2);
    if (own !== void 0) return own;
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
  #expand(entries, path) {
    return entries.map(
      (entry) => entry.replace(
        /\$(?:(ORIGIN|LIB)\b|\{(ORIGIN|LIB)\})/g,
        (_, bare, braced) => (bare ?? braced) === "ORIGIN" ? posix5.dirname(path) : this.#lib()
      )
    ).filter((directory) => directory.startsWith("/") && isForAllCpus(directory)).map((directory) => posix5.normalize(directory));
  }
  #lib() {
    return posix5.basename(posix5.dirname(this.find("libc.so.6") ?? "/usr/lib64/libc.so.6"));
  }
  #findIn(directories, soname2) {
    for (const directory of directories) {
      const path = this.#accept(`${directory}/${soname2}`);
      if (path !== void 0) return path;
    }
    return void 0;
  }
  #accept(path) {
    if (!this.#root.stat(path)?.isFile()) return void 0;
    return isAlike(elfIdentity(this.#root.head(path, 20)), this.#identity) ? this.#root.canonical(path) : void 0;
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
  for (const line2 of root.read(file).toString().split("\n")) {
    const words = line2.replace(/#.*/, "").trim().split(/[\s,:]+/);
    const first = words[0] ?? "";
    if (first === "include") {
      for (const pattern of words.slice(1)) {
        const absolute = posix5.resolve(posix5.dirname(file), pattern);
        const matches = (0, import_picomatch.default)(posix5.basename(absolute));
        const names = root.list(posix5.dirname(absolute)).filter((name) => matches(name));
        for (const name of names) {
          directories.push(...configuredDirectories(root, `${posix5.dirname(absolute)}/${name}`, seen));
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

// src/plan/files/locales.ts
function localesPath(interpreter2) {
  return archivePath("/usr/lib/locale", interpreter2);
}
function hasLocales(entries, interpreter2) {
  const directory = `${localesPath(interpreter2)}/`;
  return entries.some(({ path }) => path.startsWith(directory));
}

// src/plan/files/startup.ts
var noLocale = "the host has no C.UTF-8 in /usr/lib/locale: the packed Python uses UTF-8 all the same, but setlocale() knows C alone";
var noBytecode = "this machine can not run the packed Python, so its start-up code goes in without bytecode, and is compiled at each start";
async function addStartup(entries, root, interpreter2) {
  const directory = posix6.dirname(archivePath(`${interpreter2.stdlib}/os.py`, interpreter2));
  const called = entries.find(({ path }) => path === `${directory}/encodings/__init__.py`);
  const lacks = hasLocales(entries, interpreter2) ? [] : [noLocale];
  if (called?.type !== "file" || called.source.kind !== "host") return { entries: [...entries], lacks };
  const { mtime, mode, source } = called;
  const modules = [...startupModules].map(([name, text]) => ({
    path: `${directory}/${startupPackage}/${name}`,
    file: `${interpreter2.stdlib}/${startupPackage}/${name}`,
    text,
    mtime
  }));
  const edited = callStartup(root.read(source.host));
  const relocation = { kind: "startup" };
  const encodings = { ...called, source: { ...source, relocation }, size: edited.length };
  const cached2 = `${directory}/encodings/__pycache__/__init__.`;
  const others = entries.filter((entry) => entry !== called && !entry.path.startsWith(cached2));
  const sources = [encodings, ...modules.map(({ path, text }) => madeFile(path, mode, mtime, text))];
  const tags = entries.map(({ path }) => path.startsWith(cached2) && /\.([^/.]+)\.pyc$/.exec(path)?.[1]);
  const tag = tags.find(Boolean);
  if (!tag) return { entries: [...others, ...sources].sort(byPath), lacks };
  modules.push({ path: called.path, file: source.host, text: edited, mtime });
  const bytecode = await compile(root, interpreter2, modules);
  if (bytecode.length === 0) lacks.push(noBytecode);
  const compiled = modules.flatMap(({ path }, index) => {
    const bytes = bytecode[index];
    const { dir, name } = posix6.parse(path);
    return bytes === void 0 ? [] : [madeFile(`${dir}/__pycache__/${name}.${tag}.pyc`, mode, mtime, bytes)];
  });
  return { entries: [...others, ...sources, ...compiled].sort(byPath), lacks };
}
var compiler = `
import _imp, importlib.util, marshal, sys
for file, mtime, text in zip(*[iter(sys.argv[1:])] * 3):
    source = bytes.fromhex(text)
    code = compile(source, file, "exec", dont_inherit=True, optimize=0)
    if sys.version_info < (3, 7):
        head = int(mtime).to_bytes(4, "little") + len(source).to_bytes(4, "little")
    else:
        head = (1).to_bytes(4, "little") + importlib.util.source_hash(source)
    print((importlib.util.MAGIC_NUMBER + head + marshal.dumps(code)).hex())
`;
async function compile(root, interpreter2, modules) {
  const { directories } = new LibrarySearch(root, interpreter2.identity, interpreter2.prefix);
  const libraries2 = directories.map((directory) => root.onDisk(directory)).join(":");
  const args = modules.flatMap(({ file, mtime, text }) => [file, String(mtime), text.toString("hex")]);
  const command = [
    "--library-path",
    libraries2,
    root.onDisk(interpreter2.path),
    "-S",
    "-s",
    "-B",
    "-c",
    compiler
  ];
  const env = { PYTHONHOME: root.onDisk(interpreter2.prefix), PYTHONHASHSEED: "0" };
  const cwd = root.onDisk(interpreter2.stdlib);
  try {
    const { code, stdout } = await run(root.onDisk(interpreter2.loader), [...command, ...args], { env, cwd });
    const lines = stdout.toString().split("\n").slice(0, -1);
    return code === 0 && lines.length === modules.length ? lines.map((line2) => Buffer.from(line2, "hex")) : [];
  } catch {
    return [];
  }
}

// src/plan/plan.ts
import { posix as posix18 } from "node:path";

// src/host/os-release.ts
var installers = ["dnf -y", "microdnf -y", "tdnf -y", "zypper --non-interactive", "yum -y"];
function readDistribution(root) {
  const file = ["/etc/os-release", "/usr/lib/os-release"].find((path) => root.resolve(path) !== void 0);
  const fields = file === void 0 ? /* @__PURE__ */ new Map() : parseOsRelease(root.read(file).toString());
  const id = fields.get("ID") ?? "linux";
  const isThere = (command) => root.resolve(`/usr/bin/${command.replace(/ .*/, "")}`) !== void 0;
  return {
    id: `${id}${fields.get("VERSION_ID") ?? ""}`.replace(/[^A-Za-z0-9._-]/g, ""),
    name: fields.get("PRETTY_NAME") ?? fields.get("NAME") ?? id,
    install: `${installers.find(isThere) ?? "dnf -y"} install`
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
import { posix as posix7 } from "node:path";

// src/elf/skim.ts
var minSkipped = 1 << 18;
function skim(size, read) {
  const bytes = Buffer.alloc(size);
  const readRange = (start2, end2) => read(bytes.subarray(start2, end2), start2);
  let at = 0;
  for (const { offset, end: end2 } of skippable(bytes, readRange)) {
    if (offset < at) continue;
    readRange(at, offset);
    at = end2;
  }
  readRange(at, size);
  return bytes;
}
function skippable(bytes, readRange) {
  if (bytes.length < minSkipped) return [];
  readRange(0, 64);
  try {
    const file = new ElfBytes(bytes, "");
    const { header: header3, section } = file.format;
    const start2 = file.get(header3, 0, "shoff");
    const count = file.get(header3, 0, "shnum");
    if (file.get(header3, 0, "shentsize") !== section.size || !file.holds(start2, count * section.size))
      return [];
    readRange(start2, start2 + count * section.size);
    return Array.from({ length: count }, (_, index) => start2 + index * section.size).map((at) => {
      const offset = file.get(section, at, "offset");
      const size = file.get(section, at, "size");
      return { type: file.get(section, at, "type"), offset, size, end: offset + size };
    }).filter(
      ({ type, offset, size }) => type === SectionType.progbits && size >= minSkipped && file.holds(offset, size)
    ).sort((a, b) => a.offset - b.offset);
  } catch {
    return [];
  }
}

// src/rpm/version.ts
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
var versioned = /\/lib(?:64)?\/python(\d+\.\d+)\/|\/libpython(\d+\.\d+)[a-z]*\.so/;
var found = /* @__PURE__ */ new WeakMap();
function pythonVersions(pkg) {
  let versions = found.get(pkg);
  if (versions === void 0) {
    const names = /* @__PURE__ */ new Set();
    for (const { path } of pkg.files) {
      const match = versioned.exec(path);
      if (match !== null) names.add(match[1] ?? match[2] ?? "");
    }
    versions = names;
    found.set(pkg, versions);
  }
  return versions;
}

// src/python/interpreter.ts
var executableName = /^(?:platform-)?python(\d+\.\d+)$/;
var versionWord = /^(\d+\.\d+)(?:\.\d+)*$/;
function findInterpreter(installed, word) {
  for (const path of candidates(installed, word === "3" ? "python3" : word)) {
    const interpreter2 = inspect(installed, path);
    if (interpreter2 === void 0 || !isVersion(interpreter2, word)) continue;
    const named = packagesNamed(installed, word).filter(
      (pkg) => pkg !== interpreter2.package && pythonVersions(pkg).has(interpreter2.version)
    );
    return { ...interpreter2, named };
  }
  const paths = installed.packages.flatMap(executables);
  const present = [...new Set(paths.filter((path) => isProgram(installed, path)).map(versionOf))];
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
      installed.packages.filter((pkg) => executables(pkg).some((path) => versionOf(path) === version2))
    );
    return;
  }
  if (/^python\d*$/.test(word)) yield `/usr/bin/${word}`;
  const named = packagesNamed(installed, word);
  yield* owned(named);
  const required = named.flatMap(({ requires }) => requires.filter(isFollowed));
  yield* owned(required.flatMap((dependency) => installed.providers(dependency)));
}
function packagesNamed(installed, word) {
  const version2 = versionWord.exec(word)?.[1];
  const names = version2 === void 0 ? [word] : [`python${version2}`, `python${version2.replace(".", "")}`];
  return names.flatMap((name) => {
    const named = installed.named(name);
    return named.length > 0 ? named : installed.providers({ name, flags: 0, evr: "" });
  });
}
function isVersion({ version: version2, release }, word) {
  return !versionWord.test(word) || word === version2 || word === release;
}
function byNumber(a, b) {
  return a.localeCompare(b, "en", { numeric: true });
}
function isProgram(installed, path) {
  return installed.root.stat(path)?.isFile() === true && isElf(installed.root.head(path, 4));
}
function* owned(packages) {
  for (const pkg of packages) yield* executables(pkg);
}
function executables(pkg) {
  return pkg.files.map((file) => file.path).filter(
    (path) => executableName.test(posix7.basename(path)) && /^(?:bin|libexec)$/.test(posix7.basename(posix7.dirname(path)))
  );
}
function versionOf(path) {
  return executableName.exec(posix7.basename(path))?.[1] ?? "";
}
function inspect(installed, word) {
  const path = installed.root.resolve(word);
  if (path === void 0 || !isProgram(installed, path)) return void 0;
  const owner = installed.owner(path)?.package;
  if (owner === void 0) return void 0;
  const abi = owner.provides.find((provide) => provide.name === "python(abi)")?.evr;
  const version2 = versionOf(path) === "" ? abi : versionOf(path);
  if (version2 === void 0) return void 0;
  const prefix = posix7.dirname(posix7.dirname(path));
  const stdlib = [`${prefix}/lib64/python${version2}`, `${prefix}/lib/python${version2}`].map((directory) => ({ directory, landmark: installed.root.resolve(`${directory}/os.py`) })).find(({ landmark }) => landmark !== void 0)?.directory;
  if (stdlib === void 0) {
    throw new RelopackError(
      "python-not-found",
      `${path} has no standard library: there is no os.py in ${prefix}/lib64/python${version2} or ${prefix}/lib/python${version2}`,
      `Install the packages of this Python again: ${owner.name}, and what it requires.`
    );
  }
  const image = readImage(installed.root.readParts(path, skim), path);
  const loader = image.interpreter === void 0 ? void 0 : installed.root.resolve(image.interpreter);
  if (loader === void 0) {
    throw new RelopackError(
      "python-not-found",
      `${path} names no loader (PT_INTERP) that is installed: a static Python can't load modules`,
      "Pack an interpreter that is linked with the shared glibc."
    );
  }
  const release = upstreamVersion(owner, version2);
  return { path, version: version2, release, prefix, stdlib, loader, identity: image, package: owner };
}
function upstreamVersion(pkg, version2) {
  const upstream = pkg.evr.replace(/^\d+:/, "").replace(/-[^-]*$/, "");
  return upstream === version2 || upstream.startsWith(`${version2}.`) ? upstream.replace(/[~^].*$/, "") : version2;
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
var deepest = 100;
function isRich(dependency) {
  return dependency.name.startsWith("(");
}
function richOperands(name) {
  const reader = new Reader(name);
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
    let open = 0;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text.charAt(this.#at);
      if (space.test(character) || character === ")" && open === 0) break;
      if (character === "(") open += 1;
      if (character === ")") open -= 1;
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

// src/plan/closure.ts
function closePackages(installed, interpreter2, requested) {
  const packages = /* @__PURE__ */ new Map([[interpreter2.package, { kind: "interpreter" }]]);
  for (const pkg of interpreter2.named) packages.set(pkg, { kind: "interpreter" });
  for (const { word, package: pkg } of requested) {
    if (!packages.has(pkg)) packages.set(pkg, { kind: "requested", word });
  }
  const outward = [];
  const { arch } = interpreter2.package;
  for (const [by] of packages) {
    for (const dependency of operands(by)) {
      const capability = describe2(dependency);
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
  const isForeign2 = (pkg) => Number(pkg.arch !== arch && pkg.arch !== "noarch");
  return [...providers2].sort(
    (a, b) => rank(a) - rank(b) || isForeign2(a) - isForeign2(b) || (a.name < b.name ? -1 : Number(a.name > b.name)) || compareEvr(b.evr, a.evr)
  ).slice(0, 1);
}
function describe2({ name, flags, evr }) {
  if (evr === "") return name;
  const sense = [
    flags & Sense.less ? "<" : "",
    flags & Sense.greater ? ">" : "",
    flags & Sense.equal ? "=" : ""
  ];
  return `${name} ${sense.join("")} ${evr}`;
}

// src/plan/files/launcher.ts
import { posix as posix8 } from "node:path";

// src/elf/isolate/loader.ts
var nowhere = "/dev/null/";
var soname = /^(ld-linux.*|ld64)\.so\.\d+$/;
var hostFiles = ["/etc/ld.so.cache", "/etc/ld.so.preload"];
var systemDirectory = /(?:\/usr)?\/lib\w*\/(?:[\w.-]+\/)?(?=\0)/g;
function isolateLoader(bytes, name) {
  checkIdentity(bytes, name);
  if (hostFiles.every((path) => bytes.includes(`${closedFile(path)}\0`, "latin1"))) return bytes;
  const isolated = Buffer.from(bytes);
  for (const path of hostFiles) {
    if (replaceAll(isolated, `${path}\0`, `${closedFile(path)}\0`) === 0)
      throw unsupported(name, `it never names ${path}`);
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
function closedFile(path) {
  return nowhere + path.slice(nowhere.length);
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

// src/launcher/shell.ts
function shellLauncher(paths) {
  const { loader, interpreter: interpreter2, libraries: libraries2, argv0 } = paths;
  const at = argv0 ? 2 : 1;
  const top = `\${${at}%/${interpreter2}}`;
  const search2 = libraries2.map((directory) => `${top}/${directory}`).join(":");
  const start2 = (path) => `exec "${top}/${loader}" --library-path ${path} ${argv0 ? "--argv0 " : ""}"$@"`;
  return Buffer.from(`#!/bin/sh
# Starts the Python of this tree, and passes the environment on as it is.

# The top folder of the tree: this file stands in it, all links resolved, or is a copy in a virtual environment, whose
# pyvenv.cfg names the folder of the Python that it was made with.
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

# First comes the name that Python goes by, then the interpreter and its arguments.
if [ "\${0#/}" != "$0" ] && [ ! -h "$0" ] && [ -e "\${0%/*/*}/${loader}" ]; then
  set -- "$0" "\${0%/*/*}/${interpreter2}" -s "$@"
elif [ -e "\${0%/*}/pyvenv.cfg" ] || [ -e "\${0%/*}/../pyvenv.cfg" ]; then
  set -- "$0" "$(tree)/${interpreter2}" -s "$@"
else
  set -- "$(tree)/bin/python3" "$(tree)/${interpreter2}" -s "$@"
fi

unset PYTHONHOME PYTHONPLATLIBDIR RELOPACK_LOCPATH RELOPACK_ARGV0
${[...argv0 ? [] : ['export RELOPACK_ARGV0="$1"', "shift"], ...exportLocales(top, paths.locales)].join("\n")}
case ${top} in
*[:\\;\\$]*) ${start2("''")} ;;
*) ${start2(`"${search2}"`)} ;;
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

// src/launcher/programs.ts
var programs = {
  aarch64: {
    compiler: "aarch64-linux-gnu-gcc (Debian 12.2.0-14) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40",
    base64: "f0VMRgIBAQAAAAAAAAAAAAIAtwABAAAAsABAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAEAAOAACAEAAAAAAAAEAAAAFAAAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAwA8AAAAAAADADwAAAAAAAAAAAQAAAAAAUeV0ZAYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAAAAAAADgAwCRKAEAlOEDAKoAAIDSImhgOEIAADXAA1/WAAQAkfz//xcCAIDSI2hiOGMAADUgAIBSwANf1gRoYjhCBACRnwADayD//1QAAIBS+v//FwwChtL/YyzL5QMAqucDAarrAwIq4AMBqv17AKn9AwCR5v//lwAEAJEfBEDxSAUAVAECgtIEAITS7GMhi4QAAMuGAQSLAwCA0n8AAOvjBABUgGlkOB+8AHEBBQBUBACA0uJDAJEKAIBS7QWAUsEAQDk/vABxIAYAVAAAgNLDaGA4yQAAi3+8AHFkGEB6oQUAVAALALQ/uABxgQUAVB8EAPFgAQBUHwgA8QEFAFTBBEA5P7gAcaEEAFSkAAC0hAQA0aBoZDgfvABxgf//VOYDCarn//8XAACAUv17QKkMAobS/2Msi8ADX9bhaGM4wWgjOGMEAJHV//8X4AMFqigCgNIBAILSAgCA0gMAgNIBAADUIP7/t6AAQDkfvABxwf3/VKAEQDnA+f804AMFqqP//5fkAwCqy///F8YEAJHM//8XAAQAkc7//xeHBACR5wAAi//8P/EI/P9UowAEiwEAgNJjBACRrWgkOMhoYThoaCE4IQQAkR8AAeuB//9Uv2gnOGsBADThAwWqyAmA0mAMgJIDAILSAQAA1OMDAKofkACxoPn/VB8AAPFsAABU5AMHqsf//xdKBQARX6EAccz4/1QgAQzLHwAD62v4/1QhAQPLYwQA0ekDAapAaGM4IGgjOIP//7UfvABxhBCfmrj//xcgAIBSv2gkOLj//xf9e7+p4wMAqv0DAJFs//+XoAAAtAAEANFhaGA4P7wAcYH//1R/aCA4/XvBqMADX9b9e7+p4wMAqggIgNL9AwCRX///l+IDAKrhAwOqQACA0gMAgNIBAADU/XvBqMADX9bjAwCq5gMBquUDAqrhAwOqCAeA0mAMgJICAIDSAwCA0gEAANTkAwCqgAH4t+gHgNLhAwaq4gMFqgEAANQoB4DS5QMAqgEAgNLgAwSqAgCA0gEAANTkAwWq4AMEqsADX9b9e7+p5QMCqgR8QJP9AwCR4AMBqtf//5cAAACQAOA0kdT//5fgAwWq0v//lwAAAJAA7DSRz///l+ADBKrIC4DSAQCA0gIAgNIDAIDSAQAA1Pr//xf9e7+p4wMAquUDAar9AwCR4AMBqiX//5diBECpBgQAkSEAAss/AAbrIgIAVAIAAJABAACQQvQ0kSGANZHgD4BS2///l6FoYjiBaCI4QgQAkWQAQPlfAAbrY///VP17waiEAACLZAAA+cADX9YCAIDS+P//F/17v6nnAwCq6QMCqv0DAJEKAED53v//l+ADB6oBAACQIaA1kdr//5fgAweq4QMJqtf//5fgAED5/XvBqAAEAJHgAAD54AMKqsADX9YMBILS/2Msy/IDAKrvAwGq7gMDquEDAqr9ewCp4IMAkf0DAJECAIBSAv//lwsAAJBrqTWRDACAUuCDAJF8//+X4gMLquGDAJHgQwCR8j8Bqdn//5fhAw6q4v+B0oz//5cE/H/TgQEAUiwAgFI/AARqQf7/VP17QKkMBILS/2Msi8ADX9YMGJ7S/2Msy/17AKn9AwCR+WsEqfkDAKoAAED581MBqfVbAqn3YwOp+3MFqaBXAPkABACRAPB906BHAPkAIACRIAMAi6BTAPkAAIDSoVNA+QMEAJE4eGD4GAgAtQEYjtICGJ7SoAMBixoAAJBaAz+RoFsA+aADAougXwD54AMaqrn+/5cABACRFAAAkAAAGougTwD5tP7/lxUEAJGgT0D5lPI0kRUAFYvgAxWqrv7/lwAEAJGgOwD5uwIAi+ADG6qp/v+XAAQAkaBLAPlgAwCLoDcA+WDwfdOgQwD5oFNA+ScHQPkADAOLEwBA+bMDALUAGIrStgMAi+EDFqrgAxSqQgCA0kH//5cfBADxTQMAVB4KitKgAx6LAMBBOR+MAHFhAABU/wAA8ZQCh5ocGITS4QMUqqADHIsiAIBSnP7/lwACADUCAACQ4QMUqkKAPJHgD4BSRf//l+ADA6q8//8Xf34A8UEAAFQUBED5AEAAkd7//xcUAACQlNY1kez//xcXGILStwMXi+EDFKrgAxeqAgCAUob+/5fAAAA1EhiE0uADF6qhAxKLAgCAUoD+/5cQGI7SDxiI0qEDEIujAw+L4gMXquADFqpt//+XoD8A+REYhNKhAxGLAgCAUqADA5Fz/v+XHACAUqADA5Hv/v+XoAMDke3+/5erP0D5AAAAkACMNpGgMwD5DRiO0qADDYu2Yxj54gMaqqBnGPmhAwORDhiG0qADDotC//+X5wMAquEDB6oIBoDSYAyAkgIAgNIDAIDSAQAA1GAB+LafnwBxZNlA+u0AAFQMGIjSoAMMiwsAC4vmAwCqfwEG6ygYAFTcGQA0oD9A+cAb+LegR0D54gMaqqEDA5EAHAGRAOx8kv9jIMugwwKR6wMAkSX//5fsAwCqAAAAkADMN5EJCorSbAEAqaADCYvhAxaqqltA+R/gAHmgwwKR/f7/l6ADA5EEAACQAgBAOcIdADUJAACQ5wMVqimhNZHgAEA5YB0ANaBbQPlqCQD5AAQAkaBbAPmgS0D5YGtgOOAeADVtAIDSok9A+aEDA5GgwwKRBf//l2B5LfhiDQ2LAAAAkK0JAJEACDiRQAQA+SAAgNKjV0D5AQQAkX8AAOtsHQBUYAQA0X8AAPEAwJ+aAAANi395IPigQ0D5AHwAkQDsfJL/YyDLoDtA+e0DAJGgamA4AB4ANQcAgFKgQ0D5CQAAkKhTQPkGIADRCgAAkCkVOJFKRTiRBgEGiw4AAJAfAQbrIR0AVLgCALTgAxiq6/3/lwEoAJEAZACRAOx8kv9jIMvgAwCRoGMo+eBjIYugZyj5AQAAkOADFqohFDmRtf7/l+ADFqrhAxiqsv7/l+ADAJGgeTP4cwYAkacBADSgW0D5bgYAkaB5M/jzAw6qoMMCkQEAAJAhsDiRpv7/l+IDG6qhAwORoMMCkb/+/5egS0D5YGtgOIABADWgW0D5ZwYAkaB5M/jzAweqoMMCkQEAAJAh1DiRl/7/l+EDF6qgwwKRlP7/l+ADDKrhAwuq4gMNqqgbgNIDAIDSv3kz+AEAANQfCACx4BkAVOIDIKrAD4BSXzAA8cgZAFQBAACQIYA8kSHgAJEieGL44QMMqif//xelBACRH/QAcWEAAFTfAQDxzhGFmr8AC+uAAABUoABAOR8oAHHh/v9UwABAOR+AAHEEGEl6YAQAVC4GALShM0D54AMGqqD9/5egBQA0wBBAOR/0AHFIBQBUAUCAksH/3/Lh//vyICjAmqAEADffAQXr4gAAVMABQDkfgABxBBhJekACAFTfAQXrQwIAVL8AADnhAw6qoAMDkSIAgFKV/f+XIAMANQIAAJDhAw6qQoA8kfn+/xflAwaqDgCA0tj//xfGBACR2f//F84FAJHo//8XoPBfOAF4HRIfgABxJBhJemH9/1SlBADR5///FwIAAJDhAweqQqA2kef+/xemBACRK///FwsYjtKiAwORoQMLiwoYiNKjAwqL4AMWqmn+/5ecBwAR6wMAqqADA5Hw/f+XB///F+EDF6oEGITSAgCAUqADBItr/f+XBRiE0gYYhNKgAwWLBxiE0uX9/5cIGIbSoAMGi+L9/5ehAweLoAMIiyIAgFJf/f+XYAEANAMYhtKhAwORoAMDi0/9/5fAAAA0AhiG0qADA5GhAwKLSv3/lwDh/zXhAxSq4AMXqiIAgFJQ/f+XA///F38AAmvA4/9UIQQAkSMAQDmD//81AAQAkRL//xeBEDaR+///F/8AFeuAAABU4PBfOB/oAHHhAABUoQMDkaDDApEC/v+X4QMJqqDDApH//f+XAQqK0qEDAYvgFEA4IMABOeEDFqqgwwKR+P3/lwL//xegN0D5rQCA0mDdAakI//8XIHth+EB4IfjgAwGqD///F38AAmsAAgBUIQQAkSMAQDmD//81AAQAkQIAQDmiAAA1AACAUicAgFLnAABLFf//F4EgNpH2//8XoAMDkQQAAJD2//8XIACAUvf//xcFAUD54QMJquADBaoJ/f+XwAIANeEDCqrgAwWqBf3/l0ACADXBjTiR4AMFqgH9/5fAAQA1AQAAkOADBaoh1DiR/Pz/lyABADVHAQA0AQAAkOADBaohsDiR9vz/l6AAADQfAwDxGBOFmgghAJH7/v8XpXkz+HMGAJH8//8XIgCA0uAPgFI0//8XAgAAkEIoNpE1//8XOiAACgB0aGUgcGF0aHMgb2YgaXRzIHRyZWUgYXJlIHRvbyBsb25nAHB5dGhvbjMALwBweXZlbnYuY2ZnAC9wcm9jL3NlbGYvZXhlADo7JAA6AGl0IGNvdWxkIG5vdCBiZSBleGVjdXRlZABob21lAGl0IGlzIG1pc3NpbmcsIGFuZCB0aGlzIGxhdW5jaGVyIHdvcmtzIGluIHRoZSB0cmVlIHRoYXQgaXQgd2FzIHBhY2tlZCB3aXRoAC0tbGlicmFyeS1wYXRoAC1zAFBZVEhPTkhPTUU9AFBZVEhPTlBMQVRMSUJESVI9AFJFTE9QQUNLX0xPQ1BBVEg9AFJFTE9QQUNLX0FSR1YwPQBSRUxPUEFDS18AaXQgbWF5IG5vdCBiZSBleGVjdXRlZDogYnkgaXRzIHBlcm1pc3Npb25zLCBhIG1vdW50IHdpdGggbm9leGVjLCBvciBhIHBvbGljeSBvZiB0aGlzIG1hY2hpbmUAaXQgaXMgbWlzc2luZwB0aGUgYXJndW1lbnRzIGFuZCB0aGUgZW52aXJvbm1lbnQgYXJlIHRvbyBsb25nAGl0IGlzIG5vIHByb2dyYW0gZm9yIHRoaXMgbWFjaGluZSdzIGFyY2hpdGVjdHVyZQAAAAAAAABpdHMgcGF0aCBpcyB0b28gbG9uZywgb3IgaXRzIGxpbmtzIGdvIGluIGEgY2lyY2xlAAAAAAAAAE8OQAAAAAAArA5AAAAAAACKDUAAAAAAAIoNQAAAAAAAig1AAAAAAACKDUAAAAAAALoOQAAAAAAA6Q5AAAAAAACKDUAAAAAAAIoNQAAAAAAAig1AAAAAAACKDUAAAAAAAE8OQAAAAAAA"
  },
  x86_64: {
    compiler: "x86_64-linux-gnu-gcc (Debian 12.2.0-14+deb12u1) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40",
    base64: "f0VMRgIBAQAAAAAAAAAAAAIAPgABAAAAwABAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAEAAOAACAEAAAAAAAAEAAAAFAAAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAEg8AAAAAAAASDwAAAAAAAAAAAQAAAAAAUeV0ZAYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAASInnSIPk8OiBAwAAMcCAPAcAdAVI/8Dr9cMxwIoUBoTSdA2KDAdI/8A40XTvMcDDuAEAAADD6NH///9Iif5FMdK/AgAAAEiJwrgBAAAADwXDQYn4SIn3SYnR6Nf///+/bQxAAOjN////TInP6MX///+/cAxAAOi7////SWP4QbjnAAAAMdJFMdJMicBIidYPBevxQVdJiflIifdBVkFVQVRVU0iB7AAwAADoXf///0j/wEg9ABAAAHc6TI20JAAQAABBiddMifJIKcJIjZoAIAAAMdLrJYA7L3QwRTHSuE8AAAC+ABAAADHSTInPDwVIhcB5HDHA6TEBAABIOcJz1ooMFogME0j/wuvwRTHA6xVBgDkvdd5BgHkBAHTu6Or+//9JicBFMeRIieJIx8ec////igsxwID5L3UOSP/D6/JAgP4vdBBI/8BAijQDSI0sA0CE9nXqSIXAD4TDAAAAgPkudShIg/gBdQVIievrw0iD+AJ1F4B7AS51EU2FwHTqSf/IQ4A8AS904OvvTY1sAAFJgf3/DwAAD4dW////S400ATHJxgYvRIoUC0SIVA4BSP/BSDnIde9DxgQpAEWF/3QfQboAEAAAuAsBAABMic4PBUiD+NwPhBj///9IhcB/BU2J6OuEQf/EQYP8KA+PAf///0iJ6Uwp8Ug5wQ+M8v7//0iJ7kgpxkj/yEiJ9YoMAogMBnXygPkvTA9EwOlI////Q8YEAQC4AQAAAEiBxAAwAABbXUFcQV1BXkFfw+jJ/f//SIXAdAlI/8iAPAcvdfLGBAcAw0iJ+kiJ9zHJ6Kn9//9Ii3oISCs6TI1AAUw5x3MUunIMQAC+lQxAAL9/AAAA6Mr9//9IizpMOcFzDUSKDA5EiAwPSP/B6+tIAcdIiTrDQVRVSInVU0iJ+0yLJ+ih////SInfvp0MQADolP///0iJ7kiJ3+iJ////SP8DTIngW11BXMNBVUUx7UFUSYnMVUiJ9UiJ1jHSU0iJ+0iB7BAQAABIjXwkEOiT/f//SI18JBC6nwxAAOgv////SIn+SInnSIkcJEiJbCQI6ID///9FMcBFMdJIx8ec////SInGTInCuAEBAAAPBUiJx0iFwHgguv8PAABMicBMieYPBUmJwUyJxrgDAAAATInCDwVMic9Fhe1IifhBvQEAAAAPnsJIweg/hMJ1hEiBxBAQAABIifhbXUFcQV3DVUiJ5UFXSYn/QVZBVUFUU0iB7GjwAABIiwdIiYWwD///SI0ExQgAAABIiYWQD///SI1EBwhIiYWID///McBIi42ID///SI1QAUiLDMFIhclIiY24D///dAVIidDr4EiNhdB///+/Eg9AAEG+cQxAAEiJhcAP//9IjUXQSImFyA///+j4+///SAUTD0AASInHSImFeA///+jj+///SI1EBwFIicdIiYWgD///6M/7//9IjUQHAUiJx0iJhagP///ou/v//02LRwhIjUQHAUiJhYAP//9IjQTVAAAAAEiJhZgP//9Ii4WID///SIudmA///0gB2EiLGEiF23QQSIP7H3UETItwCEiDwBDr6EUx0rgBAQAATIn2SInaSMfHnP///w8FSInHSIXAeQhBvqoMQADrOUiNtdBf//9FMdK6AgAAAEiJ2A8FSYnBSIneuAMAAABIidoPBUn/yX7PgL3QX///I3UHTYXATQ9F8LoBAAAASI290C///0yJ9uiG+///hcB1DbrgDkAATIn26c0BAAAx0kyJ9kiNvdAf///oZPv//4XAdRUx0kiNtdAv//9Ijb3QH///6Ev7//9IjY3QT///SI2V0B///0Ux7UiNvdBf//9IjbXQf///6Gz9//9Ijb3QD///MdJIjbXQL///SImFcA///+gL+///SI290A///+iq/P//6KX8//9Mi6VwD///SI2F0F///0iNtdAP//+6Eg9AAEiJhdA///9IjYXQf///SI290D///0iJhdg////oz/z//0Ux0kjHx5z///8x0kmJwbgNAQAATInODwVIhcAPiTcBAABNheQPjt8AAABBg/0nD4/VAAAASI2F0E///06NFCBIicdMOdcPg74AAABJifhFMeRBigA8CnQcSf/APD11B02F5E0PROBNOcJ0CevkPAl1C0j/x4oHPCB18+v1TYXkdH++2AxAAOi6+f//hcB0cYpPBID5PXdpSLj//f///v//30jT+KgBdVhNOcRzLUGKBCQ8IHUFSf/E6+48CXT3TTnEcxdBikD/icKD4vuA+gl1BUn/yOvoPCB090HGAAC6AQAAAEyJ5kiNvdAP///ozPn//4XAdSq64A5AAEyJ5usWSY14Aek5////RYXtdUq63QxAAEyJzr9/AAAA6Fz5//9Ijb3QX///SI2N0E///0H/xUiNldAP//9IjbXQf///6L/7//9Ijb3QD///SYnE6Bb7///pc/7//0iDvXAP//8AD4iLAAAASIuFkA///7oSD0AASI210A///0iNvcAP//9Ig8BHSIPg8EgpxOg++///TI1kJAdmx4XQX///AABIjbXQX///TYnmSImFkA///0mD5PhIjb3AD///ScHuA0qJBPUAAAAASIuFwA///0rHBPUIAAAAKA1AAEiJhXAP///onPr//0iNhdAP///pmAAAADHSSI210B///0iNvdAv///ouPj//0iNvdAv//+6AQAAAOhS+v//SIn+6Er6//9Ijb3QP///6JP4//+FwHQuSI210A///0iNvdA////oA/j//4XAdBdIif5Ijb3QD///6PD3//+FwA+FCf///7oBAAAATIn2SI290B///+hN+P//6fD+//9AOM50Xkj/wkCKMkCE9nXwSP/AigiEyXQHurkMQADr6EyLraAP///rM0iLhaAP//9JOcV0WEGAff86dFFBilUASI210F///0iNvcAP//9J/8WIldBf///or/n//0GAfQAAdcZIi4VwD///SP+FwA///0qJBPUQAAAASIuFgA///4A4AHUuQb4DAAAA60pIjbXQD///SI29wA///+hr+f//vp0MQABIjb3AD///6Fr5///riUiLhYAP//9KiQT1GAAAAEiNhdAf//9KiQT1IAAAAEG+BQAAAEiLlXgP//9IjbXQD///SI29wA///+hn+f//SY1WAkuNDPRLx0T0CDcNQABLiQT0uAEAAABIi7WwD///SDnwfQ9Ji3THCEiJdMEISP/A6+VIifAxyUj/yEiF9kgPTsFFMf9IAdAx0kmJFMRIi4WYD///SIPAH0iD4PBIKcRIi4WoD///SYnmgDgAdDtIjYXQD///igiEyXQcur0MQABAijJAhPZ0CkA4znQOSP/C6+5I/8Dr3jHA6wW4AQAAAEG/AQAAAEEpx0yLhYgP//9Ii4WYD///To1MAPhNOch0dEmLOL46DUAA6A32//+FwHVdvkYNQADo//X//4XAdU++WA1AAOjx9f//hcB1Qb5qDUAA6OP1//+FwHUzRYX/dCe+YQ1AAOjQ9f//hcB0GUiDvbgP//8ASA9FvbgP//9Iib24D///6wdJiTzeSP/DSYPACOuHSIO9uA///wB0VUiLvbgP//++eg1AAOh99f//SI290F///0iNUBlIg+LwSCnUSI1EBApIiaXQX///SImF2F///+id9///SIu1uA///0iNvdBf///oivf//0mJJN5I/8NFhf90PUiLhcAP//++YQ1AAEiNvcAP//9MjXsBSYkE3kyJ++hb9///SIuVqA///0iNtdAP//9Ijb3AD///6I73//9Ii4WAD///gDgAdTZIi4XAD///vmoNQABIjb3AD///TI17AUmJBN5MifvoEvf//0iNtdAf//9Ijb3AD///6P/2//8xwEiLvZAP//9FMdJMieZJiQTeTInyuDsAAAAPBUiJwkj30kiD+gx3FzH/SIP4/kiLFNVgDkAAQA+Ux4PHfusKur8MQAC/fgAAAEiLtZAP///pQ/v//zogAAoAdGhlIHBhdGhzIG9mIGl0cyB0cmVlIGFyZSB0b28gbG9uZwBweXRob24zAC8AcHl2ZW52LmNmZwAvcHJvYy9zZWxmL2V4ZQA6OyQAOgBpdCBjb3VsZCBub3QgYmUgZXhlY3V0ZWQAaG9tZQBpdCBpcyBtaXNzaW5nLCBhbmQgdGhpcyBsYXVuY2hlciB3b3JrcyBpbiB0aGUgdHJlZSB0aGF0IGl0IHdhcyBwYWNrZWQgd2l0aAAtLWxpYnJhcnktcGF0aAAtcwBQWVRIT05IT01FPQBQWVRIT05QTEFUTElCRElSPQBSRUxPUEFDS19MT0NQQVRIPQBSRUxPUEFDS19BUkdWMD0AUkVMT1BBQ0tfAGl0IG1heSBub3QgYmUgZXhlY3V0ZWQ6IGJ5IGl0cyBwZXJtaXNzaW9ucywgYSBtb3VudCB3aXRoIG5vZXhlYywgb3IgYSBwb2xpY3kgb2YgdGhpcyBtYWNoaW5lAGl0IGlzIG1pc3NpbmcAdGhlIGFyZ3VtZW50cyBhbmQgdGhlIGVudmlyb25tZW50IGFyZSB0b28gbG9uZwBpdCBpcyBubyBwcm9ncmFtIGZvciB0aGlzIG1hY2hpbmUncyBhcmNoaXRlY3R1cmUAZi4PH4QAAAAAAA8fgAAAAACEDUAAAAAAAOENQAAAAAAAvwxAAAAAAAC/DEAAAAAAAL8MQAAAAAAAvwxAAAAAAADvDUAAAAAAAB4OQAAAAAAAvwxAAAAAAAC/DEAAAAAAAL8MQAAAAAAAvwxAAAAAAACEDUAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGl0cyBwYXRoIGlzIHRvbyBsb25nLCBvciBpdHMgbGlua3MgZ28gaW4gYSBjaXJjbGUA"
  }
};

// src/launcher/static.ts
var machines = /* @__PURE__ */ new Map([
  [62, programs.x86_64],
  [183, programs.aarch64]
]);
var segmentSizesAt = [96, 104];
function staticLauncher({ machine: machine2, class: elfClass }, paths) {
  const program2 = machines.get(machine2);
  if (program2 === void 0 || elfClass !== 64) return void 0;
  const { loader, interpreter: interpreter2, libraries: libraries2, locales = "", argv0 } = paths;
  const naming = argv0 ? "--argv0" : "";
  const settings = [loader, interpreter2, libraries2.join(":"), locales, naming].map((text) => `${text}\0`);
  const bytes = Buffer.concat([Buffer.from(program2.base64, "base64"), Buffer.from(settings.join(""))]);
  for (const at of segmentSizesAt) bytes.writeBigUInt64LE(BigInt(bytes.length), at);
  return bytes;
}

// src/launcher/launcher.ts
function launcher(identity, paths) {
  return staticLauncher(identity, paths) ?? shellLauncher(paths);
}

// src/plan/files/launcher.ts
function launcherEntries(root, interpreter2, entries, libraries2, mtime) {
  const loader = startPath(interpreter2);
  const bytes = launcher(interpreter2.identity, {
    loader,
    interpreter: interpreterPath(interpreter2),
    libraries: libraries2,
    locales: hasLocales(entries, interpreter2) ? localesPath(interpreter2) : void 0,
    argv0: loaderHasArgv0(root.read(interpreter2.loader))
  });
  return [
    madeFile("bin/python3", 493, mtime, bytes),
    madeFile(launcherPath(interpreter2), 493, mtime, bytes),
    {
      path: loader,
      mode: 511,
      mtime,
      reason: { kind: "added" },
      package: void 0,
      type: "symlink",
      target: relativePath(posix8.dirname(loader), loaderPath)
    }
  ];
}

// src/plan/files/layout.ts
import { posix as posix10 } from "node:path";
import { isDeepStrictEqual as isDeepStrictEqual3 } from "node:util";

// src/plan/files/relocation.ts
import { posix as posix9 } from "node:path";

// src/python/pth.ts
function pthPaths(bytes) {
  const lines = bytes.toString().split("\n");
  return lines.filter((line2) => line2.startsWith("/")).map((line2) => line2.trimEnd());
}

// src/python/pyc.ts
var bytecodeHeaderSize = 16;
var magicAt = 0;
var flagsAt = 4;
var mtimeAt = 8;
var sizeAt = 12;
var firstWithFlags = 3392;
var uncheckedHash = 1;
function isTimestamped(header3) {
  return hasFlags(header3) && header3.readUInt32LE(flagsAt) === 0;
}
function isFresh(header3, source) {
  if (header3.length < bytecodeHeaderSize) return false;
  if (hasFlags(header3) && !isTimestamped(header3)) return true;
  const at = hasFlags(header3) ? mtimeAt : flagsAt;
  const mtime = Math.floor(source.mtimeMs / 1e3) >>> 0;
  return header3.readUInt32LE(at) === mtime && header3.readUInt32LE(at + sizeAt - mtimeAt) === source.size >>> 0;
}
function uncheck(bytecode) {
  const bytes = Buffer.from(bytecode);
  bytes.writeUInt32LE(uncheckedHash, flagsAt);
  return bytes;
}
function hasFlags(header3) {
  return header3.length >= bytecodeHeaderSize && header3.readUInt16LE(magicAt) >= firstWithFlags;
}
var cached = /^(.*)\/__pycache__\/([^/]+?)\.[^/.]+(?:\.opt-[12])?\.pyc$/;
function sourceOf(path) {
  const [, directory, module] = cached.exec(path) ?? [];
  return directory === void 0 ? void 0 : `${directory}/${module}.py`;
}

// src/python/shebang.ts
var shebangSize = 256;
var line = /^#![ \t]*(?:\S*\/)?([^/\s]+)(?:[ \t]+([^\n]*?))?[ \t]*\n/;
var python = /^(?:platform-)?python(\d*|\d\.\d+)$/;
var split = /^(?:-S|--split-string[= ])[ \t]*([^'"\\$#=]+)$/;
function pythonShebang(head) {
  const [, interpreter2 = "", argument = ""] = line.exec(head.toString("latin1")) ?? [];
  if (interpreter2 !== "env") return shebang(interpreter2, argument === "" ? [] : [argument]);
  const [name = "", ...options] = split.exec(argument)?.[1]?.trim().split(/[ \t]+/) ?? [argument];
  return shebang(name.replace(/.*\//, ""), options);
}
function shebang(interpreter2, options) {
  const version2 = python.exec(interpreter2)?.[1];
  return version2 === void 0 ? void 0 : { version: version2, options };
}
function isPythonScript(root, { version: version2 }, host) {
  if (!root.lstat(host)?.isFile()) return false;
  const asked = pythonShebang(root.head(host, shebangSize))?.version;
  return asked === "" || asked !== void 0 && `${version2}.`.startsWith(`${asked}.`);
}

// src/common/digest.ts
import { createHash as createHash4 } from "node:crypto";
function hasDigest(bytes, { algorithm, hex }) {
  return createHash4(algorithm).update(bytes).digest("hex") === hex;
}

// src/plan/files/fresh-pyc.ts
function headerOfSource(installed, path, source) {
  const stats = installed.root.stat(source);
  if (stats === void 0) return void 0;
  const header3 = installed.root.head(path, bytecodeHeaderSize);
  if (isFresh(header3, stats)) return header3;
  const [own, other] = [path, source].map((one) => installed.owner(one));
  if (own === void 0 || other === void 0 || own.package !== other.package) return void 0;
  const recorded = { mtimeMs: other.file.mtime * 1e3, size: other.file.size };
  if (!isFresh(header3, recorded)) return void 0;
  return [own, other].every((one) => isAsInstalled(installed.root, one)) ? header3 : void 0;
}
function isAsInstalled(root, { package: pkg, file }) {
  const algorithm = pkg.digestAlgorithm;
  if (algorithm === void 0 || file.digest === "") return false;
  return hasDigest(root.read(file.path), { algorithm, hex: file.digest });
}

// src/plan/files/relocation.ts
var pth = /\/site-packages\/[^/]+\.pth$/;
var hmac = /^(.*\/)\.([^/]+)\.hmac$/;
var libcrypto = /^libcrypto\.so\./;
function relocationOf(host, path, { installed, interpreter: interpreter2, natives, runpaths }, holds) {
  const { root } = installed;
  if (host === interpreter2.loader) return { kind: "loader" };
  const native = natives.get(host);
  if (native !== void 0) return ofNative(host, native, runpaths.of(native));
  if (posix9.dirname(path) === "bin" && isPythonScript(root, interpreter2, host)) return { kind: "script" };
  const source = path.endsWith(".pyc") ? sourceOf(host) : void 0;
  if (source !== void 0) {
    const header3 = headerOfSource(installed, host, source);
    if (header3 === void 0) return void 0;
    return isTimestamped(header3) ? { kind: "bytecode" } : { kind: "none" };
  }
  const [, place, name] = hmac.exec(host) ?? [];
  const library = place === void 0 ? void 0 : root.resolve(`${place}${name}`);
  const checked = library === void 0 ? void 0 : natives.get(library);
  if (library !== void 0 && checked !== void 0) {
    return { kind: "hmac", library, relocation: ofNative(library, checked, runpaths.of(checked)) };
  }
  if (pth.test(host)) {
    const moves = pthPaths(root.read(host)).map((from) => {
      const real = root.resolve(from);
      const isIn = real !== void 0 && holds(real);
      return [
        from,
        isIn ? relativePath(posix9.dirname(path), archivePath(real, interpreter2)) : void 0
      ];
    });
    if (moves.length > 0) return { kind: "pth", moves };
  }
  return { kind: "none" };
}
function ofNative(host, { image }, runpath) {
  if (posix9.basename(host) === "fips.so") return { kind: "none" };
  const soname2 = image.soname ?? "";
  const strings = soname2 === "libc.so.6" ? "libc" : libcrypto.test(soname2) ? "libcrypto" : void 0;
  return { kind: "elf", runpath, strings };
}

// src/plan/files/layout.ts
var permissions = 511;
var neverCopied = /^\/(?:[^/]*|(?:proc|sys|dev|run)\/.*)$/;
var Layout = class {
  entries;
  /** The packages that the entries are from, with the reason of the first of each. */
  owners = /* @__PURE__ */ new Map();
  #material;
  #entries = /* @__PURE__ */ new Map();
  /** Directories of the archive that a selected file stands in. */
  #directories = /* @__PURE__ */ new Set();
  constructor(material) {
    this.#material = material;
    const selected = [...material.selection.files.values()].sort(filesFirst);
    for (const { path } of selected) {
      for (let at = posix10.dirname(path); !this.#directories.has(at); at = posix10.dirname(at))
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
      const inode = this.#material.installed.root.inode(host);
      if (inode === void 0) return entry;
      const alike = inodes.get(inode) ?? [];
      const first = alike.find(
        ({ source }) => source.kind === "host" && isDeepStrictEqual3(source.relocation, relocation)
      );
      if (first === void 0) {
        inodes.set(inode, [...alike, entry]);
        return entry;
      }
      const { path, mode, mtime, reason: reason2, package: owner } = entry;
      return { path, mode, mtime, reason: reason2, package: owner, type: "hardlink", target: first.path };
    });
  }
  #addFile(path, host, reason2, owned2) {
    const stats = this.#material.installed.root.stat(host);
    const relocation = relocationOf(host, path, this.#material, (other) => this.#holds(other));
    if (stats === void 0 || relocation === void 0) return;
    const digest = (
      // What a package lists and does not bring has the digest of a file that it was not built with.
      owned2 === void 0 || owned2.file.digest === "" || (owned2.file.flags & FileFlag.ghost) !== 0 ? void 0 : { algorithm: digestAlgorithm(owned2), hex: owned2.file.digest }
    );
    const source = { kind: "host", host, digest, relocation };
    this.#noteOwner(owned2, reason2);
    const common2 = { path, reason: reason2, ...this.#attributes(owned2, stats.mode) };
    this.#entries.set(path, { ...common2, type: "file", source, size: stats.size });
  }
  #noteOwner(owned2, reason2) {
    if (owned2 !== void 0 && !this.owners.has(owned2.package)) this.owners.set(owned2.package, reason2);
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
  #addLink({ path, host, reason: reason2, owned: owned2 }) {
    const { root } = this.#material.installed;
    if (root.stat(host) === void 0) return;
    for (let at = host, target = root.readlink(at); target !== void 0; target = root.readlink(at)) {
      const next = root.canonical(target.startsWith("/") ? target : `${posix10.dirname(at)}/${target}`);
      if (next === void 0) return;
      if (this.#holds(next)) {
        const { interpreter: interpreter2 } = this.#material;
        const to = next === interpreter2.path ? launcherPath(interpreter2) : archivePath(next, interpreter2);
        this.#placeLink(path, to, reason2, owned2);
        return;
      }
      at = next;
      if (root.readlink(at) === void 0) this.#addCopy(path, at, { kind: "linked", by: host });
    }
  }
  #placeLink(path, to, reason2, owned2) {
    this.#noteOwner(owned2, reason2);
    const target = relativePath(posix10.dirname(path), to);
    const attributes = this.#attributes(owned2, permissions);
    this.#entries.set(path, { path, reason: reason2, ...attributes, mode: permissions, type: "symlink", target });
  }
  /** What a link out of the archive led to, in the place of the link. */
  #addCopy(path, host, reason2) {
    const { root } = this.#material.installed;
    const stats = root.stat(host);
    if (stats?.isFile()) this.#addFile(path, host, reason2, this.#material.installed.owner(host));
    else if (stats?.isDirectory() && !neverCopied.test(host)) {
      for (const name of root.list(host)) {
        const below2 = `${host}/${name}`;
        if (!root.lstat(below2)?.isSymbolicLink()) this.#addCopy(`${path}/${name}`, below2, reason2);
      }
    }
  }
  /** libc.so.6 and others have ld.so as DT_NEEDED, under its own name and beside the libraries. */
  #addLoaderLink() {
    const { interpreter: interpreter2, natives, libraryDirectory } = this.#material;
    const loader = natives.get(interpreter2.loader);
    const soname2 = loader?.image.soname;
    if (soname2 === void 0) return;
    const path = `${libraryDirectory}/${soname2}`;
    this.#placeLink(path, loaderPath, { kind: "added" }, loader?.selected.owned);
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
function digestAlgorithm(owned2) {
  const { package: pkg, file } = owned2;
  if (pkg.digestAlgorithm !== void 0) return pkg.digestAlgorithm;
  throw new RelopackError(
    "rpm-database",
    `${file.path} of ${nevra(pkg)} can't be checked: its digest is of a kind unknown here`,
    `Leave the file out with --exclude, or take a package that rpmbuild has made.`
  );
}
function filesFirst(a, b) {
  return byPath(a, b) || Number(a.type === "link") - Number(b.type === "link");
}

// src/plan/files/licenses.ts
import { posix as posix11 } from "node:path";

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
  owner(path) {
    this.#byPath ??= this.#indexPaths();
    const canonical = this.root.canonical(path);
    return canonical === void 0 ? void 0 : this.#byPath.get(canonical);
  }
  /** Names of all capabilities, for saying which one was perhaps meant. */
  capabilities() {
    return this.#byCapability.keys();
  }
  /** What only root may look at can't be packed: whoever asks for it by its name is told so. */
  #visible(path) {
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
        const canonical = this.#visible(file.path);
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
function push(map, key2, value) {
  const list2 = map.get(key2);
  if (list2 === void 0) map.set(key2, [value]);
  else list2.push(value);
}

// src/plan/files/licenses.ts
var shared = /^.*\/share\/licenses\/[^/]+\//;
function licenceEntries(installed, packages, latest) {
  const entries = /* @__PURE__ */ new Map();
  for (const pkg of packages) {
    const { from, texts } = textsOf(installed, pkg);
    for (const { file, host, size } of texts) {
      const directory = `licenses/${pkg.name}`;
      const usualPath = `${directory}/${licenceName(file)}`;
      const path = entries.has(usualPath) ? `${directory}${host}` : usualPath;
      entries.set(path, {
        path,
        mode: 420,
        mtime: Math.min(file.mtime, latest),
        reason: from === pkg ? { kind: "licence" } : { kind: "licence", from: nevra(from) },
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
  for (const from of [pkg, ...siblings]) {
    const texts = ownTexts(installed.root, from);
    if (texts.length > 0) return { from, texts };
  }
  return { from: pkg, texts: [] };
}
function ownTexts(root, pkg) {
  const files = pkg.files.filter(isLicence);
  return [...files.filter(isShared), ...files.filter((file) => !isShared(file))].flatMap((file) => {
    const host = root.resolve(file.path);
    const stats = host === void 0 ? void 0 : root.stat(host);
    return host === void 0 || !stats?.isFile() ? [] : [{ file, host, size: stats.size }];
  });
}
function isLicence(file) {
  return isInstalled(file) && ((file.flags & FileFlag.license) !== 0 || isShared(file));
}
function isShared({ path }) {
  return shared.test(path);
}
function licenceName(file) {
  return isShared(file) ? file.path.replace(shared, "") : posix11.basename(file.path);
}

// src/plan/files/rules.ts
var import_picomatch2 = __toESM(require_picomatch2(), 1);
var outside = /^host\/(?!var\/)(?:.+?\/)??(?=(?:lib|lib64|share)\/)/;
var wantedRoots = /^(?:lib|lib64|share)\/|^include\/python[^/]+\/pyconfig[^/]*\.h$/;
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
  #matched = /* @__PURE__ */ new Set();
  /** `version` is the X.Y of the Python that is packed: what a package has for another one stays out. */
  constructor(choice, version2) {
    this.#choice = choice;
    this.#version = version2;
    this.#globs = choice.globs.map(({ kind, pattern }) => ({
      include: kind === "include",
      pattern,
      matches: (0, import_picomatch2.default)(pattern, { dot: true })
    }));
  }
  /** What the user's globs say of a path: the last that matches decides; undefined where none does. */
  verdict(path) {
    const matching2 = this.#globs.filter((glob) => glob.matches(path));
    for (const { pattern } of matching2) this.#matched.add(pattern);
    return matching2.at(-1);
  }
  /** The user's globs that no file of a packed package matched so far. */
  get unmatched() {
    return this.#choice.globs.filter(({ pattern }) => !this.#matched.has(pattern));
  }
  /**
   * Whether a file goes in as a part of its package. `testDirectories` are those that hold tests.
   * A file that is wanted by name, as a library is, asks `verdict` alone.
   */
  admits(path, file, testDirectories2) {
    const verdict = this.verdict(path);
    if (verdict !== void 0) return verdict.include;
    if ((file.flags & (FileFlag.doc | FileFlag.ghost | FileFlag.artifact)) !== 0) return false;
    const below2 = path.replace(outside, "");
    if (!wantedRoots.test(below2) || unwanted.some((pattern) => pattern.test(below2))) return false;
    if ((versioned2.exec(below2)?.[1] ?? this.#version) !== this.#version) return false;
    if (optimised.test(path)) return false;
    if (!this.#choice.bytecode && path.endsWith(".pyc")) return false;
    return this.#choice.tests || !isBelowAny(path, testDirectories2);
  }
  /** Whether the file goes in if it is a console script of a packed package. */
  admitsScript(path) {
    return this.#choice.scripts && program.test(path) && this.verdict(path) === void 0;
  }
};
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

// src/plan/files/selection.ts
import { posix as posix12 } from "node:path";
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
    const tests = testDirectories(files.map(({ path }) => path));
    for (const { file, host, path } of files) {
      if (this.#rules.admits(path, file, tests) || this.#rules.admitsScript(path) && this.#isScript(host))
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
    for (const { file, host, path } of this.#present(pkg)) {
      const verdict = this.#rules.verdict(path);
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
    const inBin = posix12.dirname(archivePath(real, this.#interpreter)) === "bin";
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
    if (!stats.isFile() && !stats.isSymbolicLink()) {
      if (owned2 !== void 0 && isFile(owned2.file)) throw replaced(host, owned2.package);
      return;
    }
    const path = archivePath(host, this.#interpreter);
    this.files.set(host, { host, path, reason: reason2, owned: owned2, type: stats.isFile() ? "file" : "link" });
  }
};
function isFile({ mode }) {
  return (mode & 61440) === 32768;
}
function replaced(host, pkg) {
  return new RelopackError(
    "file-changed",
    `${host} is no regular file any more, though the database lists it as one of ${nevra(pkg)}`,
    `Install ${pkg.name} again, or leave the file out with --exclude.`
  );
}
function mayBeAbsent({ path, flags }) {
  return (flags & (FileFlag.ghost | FileFlag.missingok)) !== 0 || posix12.extname(path) === ".pyc";
}
function absent(host, pkg) {
  return new RelopackError(
    "file-missing",
    `${host} is not on the disk, though the database lists it as a file of ${nevra(pkg)}`,
    `Install ${pkg.name} again, or leave the file out with --exclude.`
  );
}

// src/plan/files/usr-local.ts
import { posix as posix13 } from "node:path";
function localSite(entries, interpreter2, mtime) {
  const site = archivePath(`${interpreter2.stdlib}/site-packages`, interpreter2);
  const directories = ["lib64", "lib"].map((lib) => archivePath(`/usr/local/${lib}/python${interpreter2.version}/site-packages`, interpreter2)).filter((directory) => entries.some(({ path }) => path.startsWith(`${directory}/`)));
  if (directories.length === 0) return [];
  const bytes = Buffer.from(directories.map((directory) => `${relativePath(site, directory)}
`).join(""));
  return [madeFile(posix13.join(site, "usr-local.pth"), 420, mtime, bytes)];
}

// src/plan/import-names.ts
var mostImports = 100;
var identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;
function importNames(paths, interpreter2) {
  const { version: version2, prefix } = interpreter2;
  const standard = archivePath(interpreter2.stdlib, interpreter2);
  const sites = [prefix, "/usr/local"].flatMap(
    (place) => ["lib64", "lib"].map((lib) => archivePath(`${place}/${lib}/python${version2}/site-packages`, interpreter2))
  );
  const below2 = (directory) => importables(
    paths.filter((path) => path.startsWith(`${directory}/`)).map((path) => path.slice(directory.length + 1)),
    version2
  );
  const own = paths.includes(`${standard}/os.py`) ? [] : below2(standard);
  const found3 = [
    ...sites.flatMap(below2),
    ...below2(`${standard}/lib-dynload`),
    ...own.filter(({ name }) => !name.includes("."))
  ];
  const meant = found3.filter(({ name, native }) => native || !name.startsWith("_"));
  return [...new Set((meant.length > 0 ? meant : found3).map(({ name }) => name))].sort();
}
function importables(paths, version2) {
  const tag = `(?:cpython-${version2.replace(".", "")}m?(?:-[^/]+)?|abi3)`;
  const module = new RegExp(`^(?:(.+)/)?([^/.]+)\\.(?:pyc?|((?:${tag}\\.)?so))$`);
  const found3 = /* @__PURE__ */ new Map();
  for (const path of paths) {
    const [, directory, name, extension] = module.exec(path) ?? [];
    const place = name === "__init__" || directory === void 0 ? directory ?? name : void 0;
    if (place !== void 0) found3.set(place, extension !== void 0);
  }
  return [...found3].flatMap(([place, native]) => {
    const parts = place.split("/");
    const isInside2 = parts.some((_, index) => found3.has(parts.slice(0, index).join("/")));
    const isName = parts.every((part) => identifier.test(part) && !/^__.*__$/.test(part));
    return isName && !isInside2 ? [{ name: parts.join("."), native }] : [];
  });
}

// src/plan/findings.ts
function globRemarks(unmatched) {
  return unmatched.map(
    ({ kind, pattern }) => `--${kind} '${pattern}' matches no file: globs are for paths in the archive, such as lib64/python3.*/test/**`
  );
}
function emptyRemarks(requested, packages) {
  return requested.filter(({ package: pkg }) => !packages.has(pkg)).map(({ word }) => `${word}: no file of it goes in. Tests do with --tests, anything else with --include`);
}
function importRemarks(modules, packages, entries) {
  const native = new Set(entries.filter(isNative).map((entry) => entry.package));
  return modules.flatMap(({ word, package: pkg, imports }) => {
    const reason2 = packages.get(pkg);
    if (imports.length > mostImports)
      return [`${word}: verification imports ${mostImports} of its ${imports.length} modules`];
    if (imports.length > 0 || reason2 === void 0 || reason2.kind === "interpreter") return [];
    if (word.startsWith("/") || native.has(nevra(pkg))) return [];
    return [
      `${word}: ${nevra(pkg)} brings no module that stands by itself, so verification imports nothing of it`
    ];
  });
}
function isNative(entry) {
  return entry.type === "file" && entry.source.kind === "host" && entry.source.relocation.kind === "elf";
}
function bytecodeRemarks({ files }, entries) {
  const packed = new Set(entries.map(({ path }) => path));
  const wanted = [...files.values()].filter(({ path }) => packed.has(sourceOf(path) ?? ""));
  const stale = wanted.filter(({ path }) => !packed.has(path)).length;
  if (stale === 0) return [];
  return [
    `${stale} of ${wanted.length} .pyc are not of their sources as these are on the host, by time or size: they stay out, and the packed Python compiles those modules itself, at each start where it can not write`
  ];
}
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

// src/plan/libraries/machine-needs.ts
var banner = /GNU C Library [^\n]*? version (\d+\.\d+)/;
function requirements(root, natives) {
  const files = [...natives.values()];
  const libc = files.find(({ image }) => image.soname === "libc.so.6");
  return {
    kernel: files.flatMap(({ image }) => image.abiTagKernel ?? []).sort((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1),
    isaLevel: files.flatMap(({ image }) => image.isaLevel ?? []).sort((a, b) => a - b).at(-1),
    glibc: libc === void 0 ? void 0 : banner.exec(root.read(libc.selected.host).toString("latin1"))?.[1]
  };
}

// src/plan/libraries/needed.ts
import { posix as posix15 } from "node:path";

// src/host/glob.ts
var import_picomatch3 = __toESM(require_picomatch2(), 1);
import { posix as posix14 } from "node:path";
function matching(root, pattern) {
  return search(root, "/", pattern.split("/").slice(1));
}
function search(root, directory, [part = "**", ...rest]) {
  if (part !== "**" && !import_picomatch3.default.scan(part).isGlob && !part.includes("{")) {
    const path = posix14.join(directory, part);
    return rest.length > 0 ? search(root, path, rest) : root.stat(path)?.isFile() ? [path] : [];
  }
  const matches = (0, import_picomatch3.default)(part === "**" ? "*" : part);
  return root.list(directory).filter((name) => matches(name)).flatMap((name) => {
    const path = posix14.join(directory, name);
    if (root.lstat(path)?.isDirectory()) {
      const inside = part === "**" ? [part] : rest;
      return inside.length > 0 ? search(root, path, inside) : [];
    }
    const isLast = part === "**" || rest.length === 0;
    return isLast && root.stat(path)?.isFile() ? [path] : [];
  });
}

// src/plan/libraries/declared.ts
var sonameCapability = /^([^\s()]+\.so[^\s()]*)(?:\(\)(?:\(64bit\))?)?$/;
function declaredLibraries(installed, search2, natives, outward) {
  const explained = /* @__PURE__ */ new Map();
  const bySoname = new Map([...natives.values()].map((native) => [native.image.soname, native]));
  return outward.flatMap(({ by, capability, provider }) => {
    let sonames = explained.get(by);
    if (sonames === void 0) {
      sonames = neededBy(by, natives, bySoname);
      explained.set(by, sonames);
    }
    const own = sonameCapability.exec(capability)?.[1];
    const provided = own !== void 0 ? [own] : providedSonames(provider);
    if (provided.some((soname2) => sonames.has(soname2))) return [];
    return provided.flatMap((soname2) => {
      const path = search2.find(soname2);
      const real = path === void 0 ? void 0 : installed.root.resolve(path);
      const belongs = real !== void 0 && installed.owner(real)?.package === provider;
      return path !== void 0 && belongs ? [{ by, capability, path }] : [];
    });
  });
}
function providedSonames(pkg) {
  return pkg.provides.flatMap(({ name }) => sonameCapability.exec(name)?.[1] ?? []);
}
function neededBy(pkg, natives, bySoname) {
  const sonames = /* @__PURE__ */ new Set();
  const open = [...natives.values()].filter(({ selected }) => selected.owned?.package === pkg);
  for (const native of open) {
    for (const soname2 of native.needs.keys()) {
      if (sonames.has(soname2)) continue;
      sonames.add(soname2);
      const library = bySoname.get(soname2);
      if (library !== void 0) open.push(library);
    }
  }
  return sonames;
}

// src/plan/libraries/loaded-at-run-time.ts
var runtimeTable = [
  {
    // glibc nss/nss_module.c: names and hosts; files of their own before glibc 2.34. nptl/unwind-forcedunwind.c:
    // pthread_exit and thread cancellation abort without libgcc_s. locale/findlocale.c: the one locale that any system
    // has. time/tzfile.c, and PEP 615 of Python: time zones, where the system has none.
    loader: /^libc\.so\.6$/,
    sonames: ["libnss_files.so.2", "libnss_dns.so.2", "libnss_compat.so.2", "libgcc_s.so.1"],
    files: [
      "/usr/lib/locale/C.{utf8,UTF-8}/**",
      "/usr/share/zoneinfo/*",
      "/usr/share/zoneinfo/!(posix|right)/**"
    ]
  },
  {
    // OpenSSL 3 crypto/provider_core.c and, before it, crypto/engine/eng_list.c.
    loader: /^libcrypto\.so\.[\d.]+$/,
    files: ["ossl-modules/*.so", "engines-*/*.so"]
  },
  {
    // crypto/x509/x509_def.c: certificates, for systems without; the places are those of launcher/startup/places.py.
    loader: /^libssl\.so\.[\d.]+$/,
    first: [
      "/etc/ssl/certs/ca-certificates.crt",
      "/etc/pki/tls/certs/ca-bundle.crt",
      "/etc/ssl/ca-bundle.pem",
      "/etc/pki/tls/cacert.pem",
      "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
      "/etc/ssl/cert.pem"
    ]
  },
  {
    // ncurses tinfo/read_entry.c, tinfo/db_iterator.c; readline asks it too.
    loader: /^lib(?:tinfo|ncurses)w?\.so\.\d+$/,
    files: ["/usr/share/terminfo/*/*"]
  },
  {
    // FlexiBLAS src/flexiblas.c (flexiblas_init), src/paths.c: what numpy calculates by on Fedora and EL 9.
    loader: /^libflexiblas\.so\.\d+$/,
    files: ["flexiblas/*.so", "/etc/flexiblasrc", "/etc/flexiblasrc.d/*.conf"]
  },
  {
    // Tcl unix/tclUnixInit.c, Tk generic/tkWindow.c: the scripts that they are made of.
    loader: /^lib(?:tcl|tk|tcl9tk)\d\.\d\.so$/,
    files: ["/usr/{share,lib,lib64}/{tcl,tk}{8,9}*/**"]
  },
  {
    // Lib/ensurepip/__init__.py with --with-wheel-pkg-dir: pip, for virtual environments.
    loader: /^(?:platform-)?python3\.\d+$/,
    files: ["/usr/share/python{,3,3.[0-9]*}-wheels/*.whl"]
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

// src/plan/libraries/needed.ts
function closeNative(scene, selection, outward) {
  const { installed, search: search2 } = scene;
  const walk = new Walk(scene, selection);
  for (const soname2 of platformSonames) {
    const path = search2.find(soname2);
    if (path !== void 0) selection.addFile(path, { kind: "platform" });
  }
  walk.goOn();
  for (const { by, capability, path } of declaredLibraries(installed, search2, walk.natives, outward)) {
    selection.addFile(path, { kind: "declared", by: nevra(by), capability });
  }
  walk.goOn();
  if (walk.missing.size > 0) throw missingLibraries(walk.missing, scene);
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
    const { installed, interpreter: interpreter2, search: search2 } = this.#scene;
    const { host } = selected;
    const bytes = installed.root.readParts(host, skim);
    if (!isAlike(elfIdentity(bytes), interpreter2.identity)) return;
    const image = readImage(bytes, host);
    const loader = this.#loaders.get(host) ?? this.#loaders.get(interpreter2.path);
    const asking = { path: host, runpath: image.runpath, rpath: image.rpath, loader };
    if (host === interpreter2.path) this.#loaders.set(host, asking);
    const needs = /* @__PURE__ */ new Map();
    for (const soname2 of image.needed) {
      const path = search2.find(soname2, asking);
      if (path === void 0) continue;
      needs.set(soname2, path);
      this.#noteLoader(installed.root.resolve(path) ?? path, asking);
      this.#selection.addFile(path, { kind: "needed", by: host, soname: soname2 });
    }
    const missing = image.needed.filter((soname2) => !needs.has(soname2));
    if (missing.length > 0) this.missing.set(selected, missing);
    else this.missing.delete(selected);
    this.natives.set(host, { selected, image, needs, searchPath: search2.searchPath(asking) });
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
  #addRuntimeFiles(host, image) {
    const { root } = this.#scene.installed;
    const directory = posix15.dirname(host);
    const by = image.soname ?? posix15.basename(host);
    const paths = [by, posix15.basename(host)].map((name) => `${directory}/.${name}.hmac`);
    for (const { loader, sonames = [], files = [], first = [] } of runtimeTable) {
      if (!loader.test(by)) continue;
      paths.push(...sonames.map((name) => this.#scene.search.find(name)));
      paths.push(...files.flatMap((pattern) => matching(root, posix15.resolve(directory, pattern))));
      paths.push(first.find((path) => (root.stat(path)?.size ?? 0) > 0));
    }
    for (const path of paths) {
      const at = path === void 0 ? void 0 : root.canonical(path);
      if (at !== void 0 && root.lstat(at) !== void 0)
        this.#selection.addFile(at, { kind: "runtime", by });
    }
  }
};
function missingLibraries(missing, { interpreter: interpreter2, distribution }) {
  const sonames = new Set([...missing.values()].flat());
  const list2 = [...sonames].map((soname2) => {
    const [first, ...more] = [...missing].flatMap(
      ([selected, lacks]) => lacks.includes(soname2) ? [selected] : []
    );
    const owner = first?.owned === void 0 ? "" : ` of ${nevra(first.owned.package)}`;
    const others = more.length === 0 ? "" : ` and ${more.length} more`;
    return `${soname2} (needed by ${first?.host}${owner}${others})`;
  });
  const mark2 = interpreter2.identity.class === 64 ? "()(64bit)" : "";
  const capabilities = [...sonames].map((soname2) => `'${soname2}${mark2}'`).join(" ");
  return new RelopackError(
    "library-missing",
    `not found on the host: ${list2.join(", ")}`,
    `Install it (${distribution.install} ${capabilities}), or leave what needs it out with --exclude.`
  );
}

// src/plan/libraries/runpath.ts
import { posix as posix16 } from "node:path";
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
    for (const { host, path } of selection.files.values()) {
      const real = root.resolve(host);
      if (real === void 0 || !natives.has(real)) continue;
      const directories = this.#opened.get(real) ?? /* @__PURE__ */ new Set();
      this.#opened.set(real, directories.add(posix16.dirname(path)));
      this.#libraryDirectories.add(posix16.dirname(host));
    }
  }
  /**
   * The RUNPATH of a file: the directories of what it needs, then those of its own search path that are in the archive
   * (for what it loads by dlopen), each relative to $ORIGIN. $ORIGIN is the directory of the path as it was opened,
   * links not resolved (glibc elf/dl-origin.c), so a library that a link in another directory leads to is given
   * the way from there as well.
   */
  of(native) {
    const directories = new Set([...native.needs.values()].map((host) => posix16.dirname(host)));
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
  shared(search2) {
    const directories = search2.directories.filter((directory) => this.#libraryDirectories.has(directory));
    return directories.map((directory) => this.#directory(directory));
  }
  #directory(host) {
    return posix16.dirname(archivePath(`${host}/x`, this.#interpreter));
  }
};

// src/plan/requested.ts
import { posix as posix17 } from "node:path";

// src/python/dist-info.ts
var metadata = /\/site-packages\/([^/-]+)(?:-[^/]*)?\.(?:dist|egg)-info(?:\/|$)/;
var found2 = /* @__PURE__ */ new WeakMap();
function normalize(name) {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
function distributionNames(pkg) {
  let names = found2.get(pkg);
  if (names === void 0) {
    const matches = pythonVersions(pkg).size === 0 ? [] : pkg.files.map(({ path }) => metadata.exec(path)?.[1]);
    names = [...new Set(matches.flatMap((name) => name === void 0 ? [] : [normalize(name)]))];
    found2.set(pkg, names);
  }
  return names;
}

// src/plan/requested.ts
function resolveWords(installed, interpreter2, words, distribution) {
  const errors = [];
  const requested = [...new Set(words)].flatMap((word) => {
    const found3 = candidates2(installed, interpreter2, word);
    const fitting = found3.filter((pkg) => fits(pkg, interpreter2.version));
    const best = fitting.find(({ arch }) => arch === interpreter2.package.arch) ?? fitting[0];
    if (best !== void 0) return [{ word, package: best }];
    errors.push(
      found3[0] === void 0 ? notFound(installed, interpreter2, word, distribution) : otherPython(installed, found3[0], interpreter2, word, distribution)
    );
    return [];
  });
  const [first, ...more] = errors;
  if (first === void 0) return requested;
  if (more.length === 0) throw first;
  throw new RelopackError(
    first.code,
    errors.map(({ message }) => message).join("; "),
    errors.map(({ remedy }) => remedy).join(" ")
  );
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
function similarNames(installed, interpreter2, word) {
  const known = installed.packages.filter((pkg) => pythonVersions(pkg).has(interpreter2.version));
  const imports = ({ files }) => {
    const paths = files.map(({ path }) => archivePath(path, interpreter2));
    return importNames(paths, interpreter2);
  };
  const owners = known.filter((pkg) => imports(pkg).some((name) => `${name}.`.startsWith(`${word}.`))).map((pkg) => pkg.name);
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
function otherPython(installed, pkg, { version: version2, path }, word, distribution) {
  const versions = [...pythonVersions(pkg)];
  const [name] = distributionNames(pkg);
  const twin = installed.packages.find(
    (other) => name !== void 0 && pythonVersions(other).has(version2) && distributionNames(other).includes(name)
  );
  const install = twin === void 0 ? `install the module for this one: ${distribution.install} ${installable(name ?? word, version2)}` : `name the package for this one: ${twin.name}`;
  return new RelopackError(
    "module-other-python",
    `${word} (${nevra(pkg)}) is for Python ${versions.join(", ")}, but Python ${version2} (${posix17.basename(path)}) is packed`,
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
  const rules = new Rules(options, interpreter2.version);
  const selection = new Selection(installed, interpreter2, rules);
  selection.addFile(interpreter2.path, { kind: "interpreter" });
  selection.addFile(interpreter2.loader, { kind: "loader" });
  for (const [pkg, reason2] of closure.packages) selection.addPackage(pkg, reason2);
  const search2 = new LibrarySearch(installed.root, interpreter2.identity, interpreter2.prefix);
  const natives = closeNative({ installed, interpreter: interpreter2, search: search2, distribution }, selection, closure.outward);
  refuseWithoutInterpreter(selection, interpreter2);
  const runpaths = new Runpaths(installed.root, interpreter2, selection, natives);
  const mtime = Math.min(newestBuild(selection), options.latest);
  const time = { missing: mtime, latest: options.latest };
  const libc = search2.find("libc.so.6") ?? interpreter2.loader;
  const libraryDirectory = posix18.dirname(archivePath(libc, interpreter2));
  const layout2 = new Layout({ installed, interpreter: interpreter2, selection, natives, runpaths, libraryDirectory, time });
  const packages = packageReasons(selection, layout2.owners, closure.packages);
  const added = [
    ...launcherEntries(installed.root, interpreter2, layout2.entries, runpaths.shared(search2), mtime),
    ...localSite(layout2.entries, interpreter2, mtime)
  ];
  const taken = new Set(added.map(({ path }) => path));
  const entries = [
    ...layout2.entries.filter(({ path }) => !taken.has(path)),
    ...added,
    ...licenceEntries(installed, [...packages.keys()], options.latest)
  ];
  const modules = requested.map((module) => ({
    ...module,
    imports: importNames(pathsOf(module.package, entries), interpreter2)
  }));
  return {
    distribution,
    interpreter: interpreter2,
    modules: modules.map((module) => ({ ...module, imports: module.imports.slice(0, mostImports) })),
    packages,
    leftOut: leftOut(installed, new Set(packages.keys()), interpreter2.package.arch),
    entries: entries.sort(byPath),
    mtime,
    requirements: requirements(installed.root, natives),
    warnings: warnings(entries),
    remarks: [
      ...globRemarks(rules.unmatched),
      ...emptyRemarks(requested, packages),
      ...importRemarks(modules, packages, entries),
      ...bytecodeRemarks(selection, entries)
    ]
  };
}
function pathsOf(pkg, entries) {
  const owner = nevra(pkg);
  return entries.filter((entry) => entry.package === owner).map(({ path }) => path);
}
function refuseWithoutInterpreter(selection, { path, loader }) {
  const lacking = [path, loader].find((file) => !selection.files.has(file));
  if (lacking === void 0) return;
  throw new RelopackError(
    "usage",
    `--exclude leaves out ${lacking}, without which there is no Python`,
    "Let the globs match less."
  );
}
function packageReasons(selection, owners, whole) {
  const first = /* @__PURE__ */ new Map();
  for (const { owned: owned2, reason: reason2 } of selection.files.values()) {
    if (owned2 !== void 0 && !first.has(owned2.package)) first.set(owned2.package, reason2);
  }
  return new Map([...owners].map(([pkg, own]) => [pkg, whole.get(pkg) ?? first.get(pkg) ?? own]));
}
function newestBuild(selection) {
  const packages = new Set([...selection.files.values()].flatMap(({ owned: owned2 }) => owned2?.package ?? []));
  return Math.max(0, ...[...packages].map(({ buildTime }) => buildTime));
}

// src/relocate/entries.ts
import { createHash as createHash5 } from "node:crypto";

// src/elf/isolate/libc.ts
var ownFiles = /\/usr\/(?:lib\/locale(?:\/locale-archive)?|share\/locale|lib\w*\/(?:[\w.-]+\/)?gconv(?:\/gconv-modules\.cache)?)(?=\0)/g;
var closedLocales = `${nowhere}${"/usr/lib/locale".slice(nowhere.length)}\0`;
function isolateLibc(bytes, name) {
  if (bytes.includes(closedLocales, "latin1")) return bytes;
  const isolated = Buffer.from(bytes);
  for (const { 0: path, index } of bytes.toString("latin1").matchAll(ownFiles)) {
    isolated.write(nowhere + path.slice(nowhere.length), index, "latin1");
  }
  if (!isolated.includes(closedLocales, "latin1")) {
    throw new ElfBytes(bytes, name).unsupported(
      "it names no directory of locales, so it is not glibc as we know it"
    );
  }
  return isolated;
}

// src/elf/isolate/openssl.ts
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
  const own = stringSection(tables);
  const { strings } = tables;
  return own?.offset === strings?.offset && own?.size === strings?.size ? own : void 0;
}
function setStrings(edited, { dynamic }, own, to) {
  const { dynamic: entry, section } = edited.format;
  for (const { at, tag } of dynamic) {
    if (tag === Tag.strtab) edited.set(entry, at, "value", to.address);
    if (tag === Tag.strsz) edited.set(entry, at, "value", to.size);
  }
  if (own === void 0) return;
  edited.set(section, own.at, "addr", to.address);
  edited.set(section, own.at, "offset", to.offset);
  edited.set(section, own.at, "size", to.size);
}
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
  const own = sections.findIndex(
    ({ type, offset }) => type === SectionType.strtab && offset === strings?.offset
  );
  const users = sections.filter(({ type, link }) => type !== SectionType.null && link === own);
  if (own === -1 || users.some(({ type }) => !knownUsers.has(type))) return void 0;
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
  const { dynamic } = file.format;
  const { segments: segments2, sections, dynamic: entries, strings } = tables;
  const interpreter2 = segments2.find(({ type }) => type === SegmentType.interp);
  const isMovable = (one) => foundByPointer.has(one.type) || relocations.has(one.type) || one.type === SectionType.note && isLookedUp(file, one) || one.type === SectionType.progbits && one.offset === interpreter2?.offset;
  const isThere = ({ addr, offset }) => addr - whole.address === offset - whole.offset;
  const real = sections.filter(hasBytes);
  const moved = new Set(
    real.filter((one) => within(one, whole) && isThere(one) && (isMovable(one) || one === ownStrings))
  );
  const others = [
    ...headerParts(file, tables),
    { offset: entries[0]?.at ?? 0, size: entries.length * dynamic.size },
    ...segments2.map(({ type, offset, filesz: size }) => ({ type, offset, size })).filter((one) => !(one.type === SegmentType.load && within(whole, one))).filter((one) => !(foundBySegment.has(one.type) && within(one, whole))),
    ...real.filter((one) => !moved.has(one)),
    ...strings === void 0 || ownStrings !== void 0 ? [] : [strings]
  ];
  if (others.some((part) => overlap(part, whole))) return void 0;
  const counted = real.filter(
    ({ type, flags }) => relocations.has(type) && (flags & SectionFlag.alloc) !== 0
  );
  if (counted.some((one) => moved.has(one)) && !counted.every((one) => moved.has(one))) return void 0;
  const found3 = ({ tag, value }) => [...moved].some(
    (one) => one === ownStrings === (tag === Tag.strtab) && pointsInto(value, extentOf(one))
  );
  const asked = entries.filter(({ tag, value }) => pointers.has(tag) && pointsInto(value, whole));
  if (!asked.every(found3)) return void 0;
  const rest = Buffer.from(file.bytes.subarray(whole.offset, whole.offset + whole.size));
  for (const { offset, size } of moved) rest.fill(0, offset - whole.offset, offset - whole.offset + size);
  return rest.equals(Buffer.alloc(rest.length)) ? [...moved] : void 0;
}
function repoint(edited, { dynamic, segments: segments2 }, sections, from, to) {
  const { segment, section, dynamic: entry } = edited.format;
  const [inFile, inMemory] = [to.offset - from.offset, to.address - from.address];
  for (const { at, tag, value } of dynamic) {
    if (pointers.has(tag) && pointsInto(value, from))
      edited.set(entry, at, "value", Number(value) + inMemory);
  }
  for (const { at, addr, offset } of sections) {
    edited.set(section, at, "addr", addr + inMemory);
    edited.set(section, at, "offset", offset + inFile);
  }
  for (const { at, type, offset, vaddr, filesz } of segments2) {
    if (!foundBySegment.has(type) || filesz === 0 || !within({ offset, size: filesz }, from)) continue;
    edited.set(segment, at, "offset", offset + inFile);
    edited.set(segment, at, "vaddr", vaddr + inMemory);
    edited.set(segment, at, "paddr", vaddr + inMemory);
  }
}
function pointsInto(value, { address, size }) {
  return value >= address && value < address + size;
}
function extentOf({ offset, addr: address, size }) {
  return { offset, address, size };
}
function slide(edited, tables, sections, part, shift) {
  const { offset, address, size } = part;
  edited.bytes.copyWithin(offset + shift, offset, offset + size);
  if (shift > 0) edited.bytes.fill(0, offset, offset + shift);
  else edited.bytes.fill(0, offset + size + shift, offset + size);
  repoint(edited, tables, sections, part, { offset: offset + shift, address: address + shift });
}

// src/elf/set-runpath/room.ts
var strictest = 16;
function grow(file, { at }, size) {
  file.set(file.format.segment, at, "filesz", size);
  file.set(file.format.segment, at, "memsz", size);
}

// src/elf/set-runpath/evict.ts
var maxCandidates = 6;
function evict(file, tables, size, place) {
  const candidates3 = [...tables.sections.entries()].filter(([, section]) => isSingle(section) && section.size < (tables.strings?.size ?? 0)).sort(([, a], [, b]) => a.size - b.size).slice(0, maxCandidates);
  for (const [index, section] of candidates3) {
    if (eviction(file, tables, index, size) === void 0) continue;
    const placement = place(file, tables, section.size, strictest);
    if (placement === void 0) continue;
    const now = readTables(placement.file);
    const found3 = eviction(placement.file, now, index, size);
    if (found3 !== void 0) return carryOut(placement, now, found3, size);
  }
  return void 0;
}
function eviction(file, tables, index, size) {
  const { sections, segments: segments2, strings } = tables;
  const table = sections[index];
  const ownStrings = exactStringSection(tables);
  if (table === void 0 || strings === void 0 || ownStrings === void 0) return void 0;
  const distance = roundUp(size, strictest);
  const segment = holder(segments2, table, strings);
  const apart = table.addr - strings.address === table.offset - strings.offset;
  if (segment === void 0 || !apart || table.size < distance || !isAlone(file, tables, table))
    return void 0;
  const shift = table.offset > strings.offset ? distance : -distance;
  const [start2, end2] = shift > 0 ? [strings.offset + strings.size, table.offset] : [table.offset + table.size, strings.offset + strings.size];
  if (end2 < start2) return void 0;
  const run2 = { offset: start2, address: strings.address + (start2 - strings.offset), size: end2 - start2 };
  const between = movableSections(file, tables, run2, shift > 0 ? void 0 : ownStrings);
  return between && { table, run: run2, between, shift };
}
function isAlone(file, tables, table) {
  const others = tables.segments.filter(({ type }) => type !== SegmentType.load);
  return movableSections(file, tables, extentOf(table))?.length === 1 && others.every(({ offset, filesz }) => !overlap({ offset, size: filesz }, table));
}
function carryOut({ file: edited, room }, tables, { table, run: run2, between, shift }, size) {
  const { strings } = tables;
  if (strings === void 0) return void 0;
  edited.bytes.copy(edited.bytes, room.offset, table.offset, table.offset + table.size);
  edited.bytes.fill(0, table.offset, table.offset + table.size);
  repoint(edited, tables, [table], extentOf(table), room);
  slide(edited, tables, between, run2, shift);
  const by = Math.min(shift, 0);
  const longer = { offset: strings.offset + by, address: strings.address + by, size: strings.size + size };
  setStrings(edited, tables, exactStringSection(tables), longer);
  const end2 = { offset: longer.offset + strings.size, address: longer.address + strings.size };
  return { file: edited, room: { ...end2, size } };
}

// src/elf/set-runpath/gap.ts
function gap(file, tables, size, alignment) {
  const { strings, segments: segments2 } = tables;
  const holds = ({ vaddr, memsz }) => strings !== void 0 && strings.address >= vaddr && strings.address < vaddr + memsz;
  const candidates3 = loads(segments2).sort((a, b) => Number(holds(b)) - Number(holds(a)));
  if (candidates3.some((segment) => holds(segment) && isAlone2(tables, segment))) return void 0;
  for (const segment of candidates3) {
    const room = gapBehind(file, tables, segment, size, alignment);
    if (room === void 0) continue;
    const edited = file.copy();
    grow(edited, segment, room.offset + size - segment.offset);
    return { file: edited, room };
  }
  return void 0;
}
function isAlone2({ sections, strings }, { vaddr, memsz }) {
  const inside = sections.filter(
    ({ flags, addr }) => (flags & SectionFlag.alloc) !== 0 && addr >= vaddr && addr < vaddr + memsz
  );
  return inside.length > 0 && inside.every(({ addr }) => addr === strings?.address);
}
function gapBehind(file, tables, { offset, vaddr, filesz, memsz, flags }, size, alignment) {
  const padding = roundUp(offset + filesz, alignment) - (offset + filesz);
  const room = { offset: offset + filesz + padding, address: vaddr + memsz + padding, size };
  const readOnly2 = (flags & SegmentFlag.write) === 0 && (flags & SegmentFlag.read) !== 0;
  if (!readOnly2 || filesz !== memsz || room.address + size > memoryLimit(file, tables, vaddr))
    return void 0;
  return isFree(file, tables, { offset: offset + filesz, size: padding + size }) ? room : void 0;
}
function memoryLimit(file, { segments: segments2, machine: machine2 }, address) {
  const next = loads(segments2).find(({ vaddr }) => vaddr > address);
  return next === void 0 ? file.format.limit : next.vaddr - next.vaddr % largestPage(machine2);
}
function isFree(file, tables, { offset, size }) {
  if (!file.holds(offset, size)) return false;
  const free = fileParts(file, tables).every((part) => !overlap(part, { offset, size }));
  return free && Buffer.alloc(size).equals(file.bytes.subarray(offset, offset + size));
}

// src/elf/set-runpath/grow.ts
var maxMoves = 8;
function grown(file, tables, size, alignment) {
  return tail(file, tables, size, alignment) ?? slot(file, tables, size, alignment) ?? header2(file, tables, size, alignment);
}
function tail(file, tables, size, alignment) {
  const segment = loads(tables.segments).at(-1);
  if (segment === void 0 || segment.filesz !== segment.memsz) return void 0;
  const end2 = segment.offset + segment.filesz;
  const padding = roundUp(end2, alignment) - end2;
  const room = { offset: end2 + padding, address: segment.vaddr + segment.memsz + padding, size };
  if (room.address + size > file.format.limit || !movableFrom(file, tables, end2)) return void 0;
  const step = Math.max(8, ...tables.sections.filter((s) => s.offset >= end2).map((s) => s.addralign));
  if (step > largestPage(tables.machine)) return void 0;
  const shift = roundUp(padding + size, step);
  const edited = file.copy(shift);
  file.bytes.copy(edited.bytes, end2 + shift, end2);
  edited.bytes.fill(0, end2, end2 + shift);
  const { header: header3, segment: program2, section } = file.format;
  if (tables.shoff >= end2) edited.set(header3, 0, "shoff", tables.shoff + shift);
  for (const { at, offset, filesz } of tables.segments) {
    if (offset >= end2 && filesz > 0) edited.set(program2, at, "offset", offset + shift);
  }
  for (const { at, offset } of tables.sections) {
    if (offset >= end2) edited.set(section, at >= end2 ? at + shift : at, "offset", offset + shift);
  }
  grow(edited, segment, segment.memsz + padding + size);
  return { file: edited, room };
}
function slot(file, tables, size, alignment) {
  const spare = spareHeader(tables.segments);
  if (spare === void 0) return void 0;
  const room = extentBehind(file, tables, roundUp(file.bytes.length, alignment), size);
  if (room === void 0) return void 0;
  const edited = file.copy(room.offset + size - file.bytes.length);
  const others = tables.segments.filter((segment) => segment !== spare);
  writeHeaders(edited, tables, others, room);
  return { file: edited, room };
}
function header2(file, tables, size, alignment) {
  const { segments: segments2 } = tables;
  const { header: fileHeader, segment: record2 } = file.format;
  const way = behindHeaders(file, tables);
  if (way === void 0) return void 0;
  const { part, sections } = way;
  const offset = roundUp(file.bytes.length, strictest) + part.offset % strictest;
  const before = roundUp(offset + part.size, alignment) - offset;
  const added = extentBehind(file, tables, offset, before + size);
  if (added === void 0) return void 0;
  const edited = file.copy(offset + added.size - file.bytes.length);
  file.bytes.copy(edited.bytes, offset, part.offset, part.offset + part.size);
  edited.bytes.fill(0, part.offset, part.offset + part.size);
  repoint(edited, tables, sections, part, added);
  for (const { at, type, filesz, memsz } of segments2) {
    if (type !== SegmentType.phdr) continue;
    edited.set(record2, at, "filesz", filesz + record2.size);
    edited.set(record2, at, "memsz", memsz + record2.size);
  }
  writeHeaders(edited, tables, segments2, added);
  edited.set(fileHeader, 0, "phnum", segments2.length + 1);
  const room = { offset: offset + before, address: added.address + before, size };
  return { file: edited, room };
}
function behindHeaders(file, tables) {
  const { phoff, segments: segments2, sections } = tables;
  const { size: needed } = file.format.segment;
  const start2 = phoff + segments2.length * needed;
  const holder2 = loads(segments2).find(({ offset, filesz }) => start2 >= offset && start2 < offset + filesz);
  if (holder2 === void 0) return void 0;
  const ends = sections.filter(hasBytes).map(({ offset, size }) => offset + size).sort((a, b) => a - b);
  const candidates3 = ends.filter((end2) => end2 >= start2 + needed && end2 <= holder2.offset + holder2.filesz);
  for (const end2 of candidates3.slice(0, maxMoves)) {
    const part = { offset: start2, address: holder2.vaddr + (start2 - holder2.offset), size: end2 - start2 };
    const moved = movableSections(file, tables, part);
    if (moved !== void 0) return { part, sections: moved };
  }
  return void 0;
}
function writeHeaders(file, { machine: machine2, phoff }, segments2, added) {
  const { segment: record2 } = file.format;
  const behind = 1 + segments2.findLastIndex((segment) => segment.type === SegmentType.load);
  const written = segments2.map(({ at: at2 }) => Buffer.from(file.bytes.subarray(at2, at2 + record2.size)));
  written.splice(behind, 0, Buffer.alloc(record2.size));
  Buffer.concat(written).copy(file.bytes, phoff);
  const at = phoff + behind * record2.size;
  file.set(record2, at, "type", SegmentType.load);
  file.set(record2, at, "flags", SegmentFlag.read);
  file.set(record2, at, "offset", added.offset);
  file.set(record2, at, "vaddr", added.address);
  file.set(record2, at, "paddr", added.address);
  file.set(record2, at, "filesz", added.size);
  file.set(record2, at, "memsz", added.size);
  file.set(record2, at, "align", largestPage(machine2));
}
function spareHeader(segments2) {
  const property = segments2.find(({ type }) => type === SegmentType.gnuProperty);
  const repeats = ({ type, offset, vaddr, filesz, memsz }) => type === SegmentType.note && offset === property?.offset && vaddr === property.vaddr && filesz === property.filesz && memsz === property.memsz;
  return segments2.find(({ type }) => type === SegmentType.null) ?? segments2.find(repeats);
}
function movableFrom(file, tables, end2) {
  return tables.phoff < end2 && fileParts(file, tables).every(
    ({ offset, size }) => offset + size <= end2 || offset >= end2 || size === 0
  ) && loads(tables.segments).every(({ offset, filesz }) => filesz === 0 || offset + filesz <= end2);
}
function extentBehind(file, { segments: segments2, machine: machine2 }, offset, size) {
  const page = largestPage(machine2);
  const last = loads(segments2).at(-1);
  const address = roundUp((last?.vaddr ?? 0) + (last?.memsz ?? 0), page) + offset % page;
  return address + size > file.format.limit ? void 0 : { offset, address, size };
}

// src/elf/set-runpath/shift.ts
function widen(file, tables, size) {
  const { strings, segments: segments2 } = tables;
  const segment = strings && holder(segments2, strings);
  const own = exactStringSection(tables);
  if (strings === void 0 || segment === void 0 || own === void 0) return void 0;
  const room = { offset: strings.offset + strings.size, address: strings.address + strings.size, size };
  const behind = { ...room, size: segment.offset + segment.filesz - room.offset };
  const shift = roundUp(size, strictest);
  const moved = movableSections(file, tables, behind);
  if (moved === void 0 || gapBehind(file, tables, segment, shift, 1) === void 0) return void 0;
  const edited = file.copy();
  grow(edited, segment, segment.filesz + shift);
  slide(edited, tables, moved, behind, shift);
  setStrings(edited, tables, own, { ...strings, size: strings.size + size });
  return { file: edited, room };
}

// src/elf/set-runpath/symbols.ts
function followSections(file, before) {
  if (!before.some(({ type }) => type === SectionType.symtab)) return;
  const tables = readTables(file);
  const { symbol } = file.format;
  const moved = before.map((was, index) => ({ was, shift: (tables.sections[index]?.addr ?? 0) - was.addr }));
  if (moved.every(({ shift }) => shift === 0)) return;
  const table = onlySymbolTable(file, tables);
  if (table === void 0) return;
  for (let at = table.offset; at + symbol.size <= table.offset + table.size; at += symbol.size) {
    const section = moved[file.get(symbol, at, "section")];
    if (section === void 0 || section.shift === 0) continue;
    const { addr, size } = section.was;
    const value = file.getBig(symbol, at, "value");
    if (value >= addr && value <= addr + size) file.set(symbol, at, "value", Number(value) + section.shift);
  }
}
function onlySymbolTable(file, tables) {
  const [table, ...more] = tables.sections.filter(({ type }) => type === SectionType.symtab);
  if (table === void 0 || more.length > 0 || !file.holds(table.offset, table.size)) return void 0;
  const others = [
    ...headerParts(file, tables),
    ...loads(tables.segments).map(({ offset, filesz }) => ({ offset, size: filesz })),
    ...tables.sections.filter((one) => one !== table && hasBytes(one))
  ];
  return others.some((part) => overlap(part, table)) ? void 0 : table;
}

// src/elf/set-runpath/set-runpath.ts
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
  const edit = withPresentString(file, strings, value) ?? withStringInPlace(file, tables, strings, value) ?? withCopiedStrings(file, tables, strings, value, gap) ?? withLongerStrings(strings, value, widen(file, tables, value.length)) ?? withLongerStrings(strings, value, evict(file, tables, value.length, gap)) ?? withLongerStrings(strings, value, evict(file, tables, value.length, grown)) ?? withCopiedStrings(file, tables, strings, value, grown);
  if (edit === void 0) throw file.unsupported("there is no room for a RUNPATH in it");
  setEntry(edit, tables);
  followSections(edit.file, tables.sections);
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
function withLongerStrings(strings, value, placement) {
  if (placement === void 0) return void 0;
  value.copy(placement.file.bytes, placement.room.offset);
  return { file: placement.file, index: strings.size };
}
function withCopiedStrings(file, tables, strings, value, place) {
  const placement = place(file, tables, strings.size + value.length, 1);
  if (placement === void 0) return void 0;
  const { file: edited, room } = placement;
  file.bytes.copy(edited.bytes, room.offset, strings.offset, strings.offset + strings.size);
  value.copy(edited.bytes, room.offset + strings.size);
  const { sections } = readTables(edited);
  const own = stringSection({ sections, strings });
  setStrings(edited, tables, own, room);
  const claimed = sections.some((s) => s !== own && s.type !== SectionType.nobits && overlap(s, strings));
  if (own !== void 0 && !claimed) edited.bytes.fill(0, strings.offset, strings.offset + strings.size);
  return { file: edited, index: strings.size };
}
function setEntry({ file, index }, { dynamic, dynamicNulls }) {
  const { dynamic: record2 } = file.format;
  const spare = dynamicNulls >= 2;
  const own = dynamic.find(isSearchPath) ?? (spare ? void 0 : dynamic.find(isHint));
  if (own === void 0 && !spare) throw file.unsupported("there is no room in its dynamic section");
  const start2 = dynamic[0]?.at ?? 0;
  const raw = dynamic.filter((entry) => entry === own || !isSearchPath(entry)).map(({ at }) => Buffer.from(file.bytes.subarray(at, at + record2.size)));
  const place = own === void 0 ? raw.length : dynamic.indexOf(own);
  const written = Buffer.concat(raw);
  written.copy(file.bytes, start2);
  file.bytes.fill(0, start2 + written.length, start2 + dynamic.length * record2.size);
  file.set(record2, start2 + place * record2.size, "tag", Tag.runpath);
  file.set(record2, start2 + place * record2.size, "value", index);
}
function isSearchPath({ tag }) {
  return tag === Tag.rpath || tag === Tag.runpath;
}
function isHint({ tag }) {
  return tag === Tag.relacount || tag === Tag.relcount;
}
function checkDisjoint(file, tables, strings) {
  const { dynamic } = file.format;
  const parts = [
    ...headerParts(file, tables),
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

// src/relocate/hmac.ts
import { createHmac } from "node:crypto";
var key = "orboDeJITITejsirpADONivirpUkvarP";
var form = /^[0-9a-f]{64}(\n?)$/;
function hmac2(original, library) {
  const found3 = form.exec(original.toString("latin1"));
  if (found3 === null) return original;
  return Buffer.from(createHmac("sha256", key).update(library).digest("hex") + found3[1]);
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

// src/relocate/shebang.ts
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

// src/relocate/content.ts
function readContent(root, source) {
  if (source.kind === "made") return { bytes: source.bytes, changed: false };
  const original = root.read(source.host);
  const { digest } = source;
  const changed = digest !== void 0 && !hasDigest(original, digest);
  return { bytes: relocate(root, original, source.relocation, source.host), changed };
}
function relocate(root, bytes, relocation, host) {
  switch (relocation.kind) {
    case "none":
      return bytes;
    case "elf": {
      const edited = setRunpath(bytes, relocation.runpath, host);
      if (relocation.strings === "libcrypto") return relocateModuleDirs(edited, host);
      return relocation.strings === "libc" ? isolateLibc(edited, host) : edited;
    }
    case "loader":
      return isolateLoader(bytes, host);
    case "bytecode":
      return uncheck(bytes);
    case "hmac": {
      const library = root.read(relocation.library);
      return hmac2(bytes, relocate(root, library, relocation.relocation, relocation.library));
    }
    case "startup":
      return callStartup(bytes);
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
    const path = `${prefix}/${entry.path}`;
    if (entry.type === "symlink") yield { type: "symlink", path, mtime, target: entry.target };
    else if (entry.type === "hardlink")
      yield { type: "hardlink", path, mode, mtime, target: `${prefix}/${entry.target}` };
    else {
      const { bytes, changed } = readContent(root, entry.source);
      if (changed) written.changed.push(entry.path);
      const sha256 = createHash5("sha256").update(bytes).digest("hex");
      written.files.set(entry.path, { size: bytes.length, sha256 });
      yield { type: "file", path, mode, mtime, content: bytes };
    }
  }
}

// src/rpm/read-database.ts
import { closeSync as closeSync5, copyFileSync, openSync as openSync5 } from "node:fs";
import { basename as basename3, dirname as dirname2, join as join8 } from "node:path";

// src/rpm/query-format.ts
var unit = 31;
var record = 30;
var field = String.fromCharCode(unit);
var end = String.fromCharCode(record);
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
  const reader = new Reader2(answer);
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
  const buildTime = reader.number({ orNone: 0 });
  const digestAlgorithm2 = digestAlgorithms.get(reader.text());
  reader.endRecord();
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
  const facts = { name, evr, arch, license, sourceRpm, url, vendor, buildTime, digestAlgorithm: digestAlgorithm2 };
  return { ...facts, requires, provides, files };
}
function readDependency(reader) {
  return { name: reader.text(), flags: reader.number(), evr: reader.text() };
}
function readFile(reader) {
  const path = reader.text();
  const mode = reader.number();
  const mtime = reader.number();
  const linkTo = reader.text();
  const digest = reader.text();
  const flags = reader.number();
  const state = reader.number();
  const size = reader.number();
  return { path, mode, size, mtime, linkTo, digest, flags, state };
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
  /** `orNone` is what an empty field stands for, where there may be one. */
  number({ orNone } = {}) {
    const start2 = this.#at;
    let at = start2;
    let value = 0;
    for (let byte = this.#bytes[at]; byte !== unit; byte = this.#bytes[at]) {
      if (byte === void 0 || byte < 48 || byte > 57) throw this.malformed();
      value = value * 10 + byte - 48;
      at += 1;
    }
    if (at === start2 && orNone === void 0) throw this.malformed();
    this.#at = at + 1;
    return at === start2 ? orNone ?? value : value;
  }
  endRecord() {
    if (this.#bytes[this.#at] !== record) throw this.malformed();
    this.#at += 1;
  }
  malformed(why = `it breaks off or goes astray at byte ${this.#at} of ${this.#bytes.length}`) {
    return new RelopackError(
      "rpm-database",
      `the answer of rpm about the installed packages can't be read: ${why}`,
      "Check the database with `rpm -qa`; `rpm --rebuilddb` mends many a damage."
    );
  }
};

// src/rpm/read-database.ts
var usualPaths = ["/usr/lib/sysimage/rpm", "/var/lib/rpm"];
var DatabaseFile = { sqlite: "rpmdb.sqlite", berkeley: "Packages", ndb: "Packages.db" };
var copiedFiles = [...Object.values(DatabaseFile), "rpmdb.sqlite-wal", "Index.db"];
var harmless = /^(?:warning: |rpm: RPM should not be used directly|rpm: However assuming you know)|^$/;
async function readInstalled({ root, dbpath }) {
  const database = await findDatabase(root, dbpath);
  const { code, stdout, stderr } = await query(database);
  if (stderr.includes("unknown tag")) throw tooOld();
  const complaints = stderr.split("\n").filter((line2) => !harmless.test(line2));
  if (code !== 0 || complaints.length > 0) {
    throw unreadable2(database, complaints.join("; ") || `rpm ended with exit code ${code}`);
  }
  const packages = parseQuery(stdout);
  if (packages.length === 0) throw await isTooOld() ? tooOld() : empty(database);
  return packages;
}
async function findDatabase(root, dbpath) {
  const directories = dbpath === void 0 ? await usualDirectories(root) : [dbpath];
  for (const directory of directories) {
    for (const file of Object.values(DatabaseFile)) {
      const path = `${directory}/${file}`;
      if (root.stat(path)?.isFile()) return root.onDisk(path);
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
  if (basename3(database) !== DatabaseFile.sqlite) return queryCopy(database);
  const answer = await queryDirectory(dirname2(database));
  return answer.stderr.includes("unable to open database file") ? queryCopy(database) : answer;
}
function queryCopy(database) {
  return withTemporaryDirectory("relopack-rpmdb", async (scratch) => {
    const original = new Root(dirname2(database));
    for (const file of copiedFiles) {
      if (!original.lstat(`/${file}`)?.isFile()) continue;
      const path = original.onDisk(`/${file}`);
      assertReadable(path);
      attemptIn(dirname2(scratch), () => copyFileSync(path, join8(scratch, file)));
    }
    return queryDirectory(scratch);
  });
}
function assertReadable(path) {
  try {
    closeSync5(openSync5(path, "r"));
  } catch (error) {
    throw unreadable2(path, reason(error));
  }
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
  const finished = await run("env", ["LC_ALL=C", "rpm", ...args]).catch(() => void 0);
  if (finished !== void 0 && finished.code !== 127) return finished;
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
function unreadable2(database, words) {
  return new RelopackError(
    "rpm-database",
    `rpm can't read the database ${database}: ${words}`,
    "See what `rpm -qa` says on that host; `rpm --rebuilddb` mends many a damage."
  );
}

// src/pack.ts
async function pack2(options, log) {
  const { plan, root } = await planHost(options, log);
  const prefix = options.prefix ?? defaultPrefix(plan);
  const path = options.output ?? posix19.join(options.directory, `${prefix}.tar.gz`);
  const written = { files: /* @__PURE__ */ new Map(), changed: [] };
  let checks = [];
  log.stage(`Packing ${plan.entries.length} files`);
  const entries = withParents(contents(plan, root, prefix, written), plan.mtime);
  const archive = gzip(tar(entries), { level: options.compressionLevel });
  const output = await writeOutput(path, archive, async (temporary) => {
    const changes = written.changed.map((changed) => `${changed} is not as its package has it`);
    warnOrRefuse(changes, options.strict, log);
    log.done(megabytes(sizeOf(written)));
    if (options.verify) checks = await verify(temporary, { start: true, origin: "packed" }, log);
  });
  return {
    ...output,
    prefix,
    unpackedSize: sizeOf(written),
    manifest: describePlan(plan, written.files),
    checks
  };
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
  const decided = makePlan(new Installed(root, packages), options);
  const { entries, lacks } = await addStartup(decided.entries, root, decided.interpreter);
  const plan = { ...decided, entries };
  for (const remark of [...decided.remarks, ...lacks]) log.warn(remark);
  warnOrRefuse(plan.warnings, options.strict, log);
  log.done(
    `Python ${plan.interpreter.release}, ${plan.packages.size} packages, ${plan.entries.length} files`
  );
  return { plan, root };
}
function defaultPrefix({ interpreter: interpreter2, distribution }) {
  return `python3-${interpreter2.release}-${distribution.id}-${interpreter2.package.arch}`;
}
async function* contents(plan, root, prefix, written) {
  yield* relocateEntries(plan.entries, root, prefix, written);
  const manifest = Buffer.from(formatManifest(describePlan(plan, written.files)));
  yield { type: "file", path: `${prefix}/manifest.json`, mode: 420, mtime: plan.mtime, content: manifest };
}
function sizeOf({ files }) {
  return [...files.values()].reduce((sum, { size }) => sum + size, 0);
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

export {
  RelopackError,
  printable,
  unobeyed,
  megabytes,
  describePlan,
  formatManifest,
  planTable,
  optionRows,
  readOptions,
  unknownOption,
  usage,
  yesOrNo,
  wholeNumber,
  withScratch,
  attempt,
  verify,
  pack2 as pack,
  planHost,
  defaultPrefix
};
