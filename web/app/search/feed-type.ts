/** Atom 1.0, RFC 4287 §7. */
export const FEED_TYPE = "application/atom+xml";
