import { EventEmitter } from 'node:events';

const bell = new EventEmitter();

/** Something was approved, resumed or stopped in this process. */
export const wakeRunner = (): void => {
  bell.emit('ring');
};

export function onRunnerWake(listener: () => void): () => void {
  bell.on('ring', listener);
  return () => bell.off('ring', listener);
}
