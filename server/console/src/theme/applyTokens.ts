import { color } from './tokens.ts';

/** Makes the colours known to the style sheets: `var(--primary)`, `var(--ink-2)` … */
export function applyTokens(): void {
  for (const [name, value] of Object.entries(color)) {
    document.documentElement.style.setProperty(`--${name}`, value);
  }
}
