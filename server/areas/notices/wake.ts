import { EventEmitter } from 'node:events';

/** Wakes the notices worker of this process; other processes find the row by polling. */
const bell = new EventEmitter();

export const wakeNotices = (): void => {
  bell.emit('ring');
};

/** Calls `listener` whenever a notice may have been committed; returns how to stop. */
export function onWake(listener: () => void): () => void {
  bell.on('ring', listener);
  return () => bell.off('ring', listener);
}
