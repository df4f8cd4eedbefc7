/** `<institute slug>:<local id>`, as the hub's ids are; anything else is no badge, and is not asked for. */
const BADGE_ID = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?):([A-Za-z0-9._~-]{1,200})$/;

export const isBadgeId = (id: string): boolean => BADGE_ID.test(id);

/** The institute that owns the badge: the id says it. */
export const ownerOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf(":")));

export const isSlug = (slug: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(slug);
