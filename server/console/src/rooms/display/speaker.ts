/** Says calls one after another: a chime of two notes, then the words. */
export interface Speaker {
  /** Browsers allow sound after a touch only: call this in a click. */
  wake(): void;
  awake(): boolean;
  say(text: string): void;
}

const chimeMs = 900;

export function createSpeaker(): Speaker {
  let context: AudioContext | null = null;
  let last: Promise<void> = Promise.resolve();
  return {
    wake: () => {
      context ??= new AudioContext();
      void context.resume();
    },
    awake: () => context?.state === 'running',
    say: (text) => {
      if (context?.state !== 'running') return;
      const sound = context;
      last = last.then(() => chime(sound)).then(() => speak(text));
    },
  };
}

function chime(context: AudioContext): Promise<void> {
  const start = context.currentTime;
  for (const [index, hertz] of [659.3, 523.3].entries()) {
    const tone = context.createOscillator();
    const loud = context.createGain();
    const from = start + index * 0.35;
    tone.frequency.value = hertz;
    loud.gain.setValueAtTime(0.0001, from);
    loud.gain.exponentialRampToValueAtTime(0.4, from + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.0001, from + 0.5);
    tone.connect(loud).connect(context.destination);
    tone.start(from);
    tone.stop(from + 0.55);
  }
  return new Promise((done) => setTimeout(done, chimeMs));
}

/** Ends with the sentence, and in any case in time: some browsers never tell the end. */
function speak(text: string): Promise<void> {
  if (!('speechSynthesis' in window)) return Promise.resolve();
  return new Promise((done) => {
    const words = new SpeechSynthesisUtterance(text);
    words.lang = 'zh-CN';
    words.rate = 0.9;
    const timer = setTimeout(done, 12_000);
    const end = (): void => {
      clearTimeout(timer);
      done();
    };
    words.onend = end;
    words.onerror = end;
    window.speechSynthesis.speak(words);
  });
}
