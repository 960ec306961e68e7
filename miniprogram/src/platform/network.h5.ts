type Listener = (online: boolean) => void;

/** Tells about each change of the connection, and once how it is now; answers how to stop. */
export function watchNetwork(listener: Listener): () => void {
  const tell = (): void => listener(navigator.onLine);
  window.addEventListener('online', tell);
  window.addEventListener('offline', tell);
  tell();
  return () => {
    window.removeEventListener('online', tell);
    window.removeEventListener('offline', tell);
  };
}
