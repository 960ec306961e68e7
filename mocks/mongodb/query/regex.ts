import { badValue, CommandError } from '../errors.ts';

/**
 * MongoDB's regular expressions are PCRE; those of the same meaning in JavaScript are taken, the rest is refused
 * rather than answered differently.
 */
export function compileRegex(pattern: string, options: string): RegExp {
  let flags = 'u';
  let source = pattern;
  for (const option of options) {
    switch (option) {
      case 'i':
      case 's':
      case 'm':
        if (!flags.includes(option)) flags += option;
        break;
      case 'x':
        source = stripExtended(source);
        break;
      case 'u':
        break;
      default:
        throw new CommandError(51108, `invalid flag in regex options: ${option}`);
    }
  }
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  if (inline) return compileRegex(source.slice(inline[0].length), options + inline[1]);
  if (pattern.includes('\0')) throw badValue('Regular expression cannot contain an embedded null byte');
  source = source.replace(/\\A/g, '^').replace(/\\[zZ]/g, '$');
  try {
    return new RegExp(source, flags);
  } catch {
    // Identity escapes like \- or \_ are legal in PCRE, in JavaScript only without the u flag.
    try {
      return new RegExp(source, flags.replace('u', ''));
    } catch (error) {
      throw new CommandError(51091, `Regular expression is invalid: ${String(error)}`);
    }
  }
}

function stripExtended(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\]])*\]|\s+|#.*$/gm, (part) => (/^[\s#]/.test(part) ? '' : part));
}
