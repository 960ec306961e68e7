import { EventEmitter } from 'node:events';

const bell = new EventEmitter();

/** There may be something to send to 综合受理. Other processes find it by polling. */
export const wakeSends = (): void => {
  bell.emit('ring');
};

export function onSend(listener: () => void): () => void {
  bell.on('ring', listener);
  return () => bell.off('ring', listener);
}
