/** The last part of a document's address, and what the hub calls its format. */
export const DOCUMENT_FORMATS = { "ctdl.jsonld": "CTDL", "clr.json": "CLR", "open-badge-factory.json": "OPEN_BADGE_FACTORY" } as const;

export type DocumentName = keyof typeof DOCUMENT_FORMATS;

export const DOCUMENT_NAMES = Object.keys(DOCUMENT_FORMATS) as DocumentName[];
