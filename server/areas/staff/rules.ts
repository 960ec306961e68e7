const minute = 60_000;

/** Source: the hall's reading of GB/T 22239-2019 8.1.4.1 (failed sign-ins are limited, idle sessions end). */
export const signInRules = {
  failures: 5,
  withinMs: 15 * minute,
  lockMs: 30 * minute,
  /** However busy, a session ends after this long. */
  longestMs: 12 * 60 * minute,
} as const;

/** How many of these attempts still count at `now`. */
export const countRecent = (attempts: readonly Date[], now: Date): number =>
  attempts.filter((at) => now.getTime() - at.getTime() < signInRules.withinMs).length;

/** Names differ neither in case nor in width: 「ＣｈｅｎＷｅｎ 」 is chenwen. */
export const normaliseUsername = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase();

/**
 * Why this password may not be used, in Chinese; null when it may.
 * At least 10 characters, three of four classes, and the name is not in it.
 */
export function passwordProblem(password: string, username: string): string | null {
  if ([...password].length < 10) return '密码至少 10 位';
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((each) => each.test(password)).length;
  if (classes < 3) return '密码要包含大写字母、小写字母、数字、符号中的三种';
  if (password.toLowerCase().includes(normaliseUsername(username))) return '密码不能包含用户名';
  return null;
}
