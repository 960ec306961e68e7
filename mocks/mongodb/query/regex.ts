import { badValue, CommandError } from '../errors.ts';

/**
 * MongoDB's regular expressions are PCRE. What JavaScript says the same way is taken over, what it says differently
 * is translated, and the rest is refused rather than answered differently.
 */
export function compileRegex(pattern: string, options: string): RegExp {
  if (pattern.includes('\0')) throw badValue('Regular expression cannot contain an embedded null byte');
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  if (inline) return compileRegex(pattern.slice(inline[0].length), options + inline[1]);
  const given = new Set(options);
  for (const option of given) {
    if (!'imsxu'.includes(option)) throw new CommandError(51108, `invalid flag in regex options: ${option}`);
  }
  const source = given.has('x') ? withoutLayout(pattern) : pattern;
  try {
    return new RegExp(translate(source, given.has('m'), given.has('s')), given.has('i') ? 'iu' : 'u');
  } catch (error) {
    throw new CommandError(51091, `Regular expression is invalid: ${String(error)}`);
  }
}

/** Option x: white space and comments outside classes are layout. */
function withoutLayout(pattern: string): string {
  return pattern.replace(/\\.|\[\^?\]?(?:\\.|[^\]])*\]|\s+|#.*$/gms, (part) =>
    /^[\s#]/.test(part) ? '' : part,
  );
}

// PCRE without Unicode properties: \s is ASCII only; JavaScript's takes in the ideographic space and others.
const space = '\\t\\n\\v\\f\\r ';
const token =
  /\\(.)|\[(\^?)(\]?(?:\\.|\[:\w+:\]|[^\]\\])*)\]|\(\?P<|\{(\d+,?\d*)\}|[.$^{}\]]|[^\\[(.$^{}\]]+|[\s\S]/gsu;

function translate(pattern: string, multiline: boolean, dotAll: boolean): string {
  return pattern.replace(
    token,
    (part: string, escaped?: string, not?: string, inside?: string, count?: string) => {
      if (escaped !== undefined) return translateEscape(escaped, false);
      if (inside !== undefined) return `[${not}${classBody(inside)}]`;
      if (count !== undefined) return part;
      switch (part) {
        case '(?P<':
          return '(?<';
        case '.':
          return dotAll ? '[\\s\\S]' : '[^\\n]';
        case '^':
          return multiline ? '(?<![^\\n])' : '(?<![\\s\\S])';
        case '$':
          // Before a last line feed too.
          return multiline ? '(?![^\\n])' : '(?=\\n?(?![\\s\\S]))';
        case '{':
        case '}':
        case ']':
          return `\\${part}`;
        default:
          return part;
      }
    },
  );
}

function translateEscape(letter: string, inClass: boolean): string {
  switch (letter) {
    case 's':
      return inClass ? space : `[${space}]`;
    case 'S':
      if (inClass) throw new Error('\\S inside a class is not supported');
      return `[^${space}]`;
    case 'A':
      return '(?<![\\s\\S])';
    case 'z':
      return '(?![\\s\\S])';
    case 'Z':
      return '(?=\\n?(?![\\s\\S]))';
    case 'u':
    case 'v':
      throw new Error(`\\${letter} is not supported`);
  }
  if (/[a-zA-Z0-9^$\\.*+?()[\]{}|/-]/.test(letter)) return letter === '-' && !inClass ? '-' : `\\${letter}`;
  // PCRE lets any other sign be escaped; JavaScript's Unicode mode does not.
  return letter;
}

const posix: Record<string, string> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space,
  xdigit: '0-9a-fA-F',
  word: '\\w',
};

function classBody(body: string): string {
  return body.replace(/\\(.)|\[:(\w+):\]|^\]|\[/gsu, (part: string, escaped?: string, name?: string) => {
    if (escaped !== undefined) return escaped === 'b' ? '\\b' : translateEscape(escaped, true);
    if (name === undefined) return `\\${part}`;
    const set = posix[name];
    if (set === undefined) throw new Error(`[:${name}:] is not supported`);
    return set;
  });
}
