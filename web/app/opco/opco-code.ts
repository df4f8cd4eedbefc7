/** What the hub takes for the code of an OPCO; anything else is none, and is not asked for. */
export const isOpcoCode = (code: string): boolean => /^[A-Za-z0-9-]{1,63}$/.test(code);
