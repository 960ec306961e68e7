/** What a colour says; the word beside it says it too. */
export type Tone = 'neutral' | 'primary' | 'good' | 'warn' | 'bad' | 'accent';
