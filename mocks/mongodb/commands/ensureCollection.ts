import type { Collection } from '../storage/catalog.ts';
import type { Server } from './context.ts';

/** Makes the collection if it is not there yet. Inside a transaction too it comes at once, and stays. */
export async function ensureCollection(server: Server, namespace: string): Promise<Collection> {
  const found = server.engine.catalog.find(namespace);
  if (found) return found;
  return server.engine.env.write(() => server.engine.catalog.findOrCreate(namespace));
}
