import { readFileSync } from 'node:fs';
import mongoose, { Schema } from 'mongoose';
import { MenuSet } from './contract.ts';

/** The menu as staff are editing it; one document, `_id: 'draft'`. */
export interface MenuDraftDocument {
  readonly _id: string;
  readonly menu: MenuSet;
  readonly version: number;
}
const draftSchema = new Schema<MenuDraftDocument>(
  {
    _id: { type: String, required: true },
    menu: { type: Object, required: true },
    version: { type: Number, required: true },
  } as never,
  { collection: 'menuDrafts', minimize: false, versionKey: false },
);
export const MenuDraftModel = mongoose.model('MenuDraft', draftSchema);

/** A menu that was published. */
export interface PublishedMenu {
  readonly _id: string;
  readonly menu: MenuSet;
  readonly publishedAt: Date;
  readonly publishedBy: string;
}
const publishedSchema = new Schema<PublishedMenu>(
  {
    _id: { type: String, required: true },
    menu: { type: Object, required: true },
    publishedAt: { type: Date, required: true },
    publishedBy: { type: String, required: true },
  } as never,
  { collection: 'publishedMenus', minimize: false, versionKey: false },
);
export const PublishedMenuModel = mongoose.model('PublishedMenu', publishedSchema);

/** `cloud-config/menu.json` */
export const initialMenu: MenuSet = MenuSet.parse(
  JSON.parse(readFileSync(new URL('../../../cloud-config/menu.json', import.meta.url), 'utf8')),
);

export async function findDraft(): Promise<MenuDraftDocument> {
  const stored = await MenuDraftModel.findById('draft').lean<MenuDraftDocument>();
  return stored ?? { _id: 'draft', menu: initialMenu, version: 0 };
}

export const listPublished = (limit: number): Promise<PublishedMenu[]> =>
  PublishedMenuModel.find().sort({ _id: -1 }).limit(limit).lean<PublishedMenu[]>();
