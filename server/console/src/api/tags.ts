import { call } from './client.ts';

export const createTag = (name: string): Promise<{ id: number; name: string; count: number }> =>
  call('POST', '/api/staff/tags', { name });

export const renameTag = (id: number, name: string): Promise<void> =>
  call('PATCH', `/api/staff/tags/${id}`, { name });

export const deleteTag = (id: number): Promise<void> => call('DELETE', `/api/staff/tags/${id}`);

/** `days`: null for ever. The address is what the code has to say. */
export const createCode = (scene: string, days: number | null): Promise<{ scene: string; url: string }> =>
  call('POST', '/api/staff/qr-codes', { scene, days });
