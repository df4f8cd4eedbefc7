/** Identifiers that are keys themselves (did:key), which anyone can check without asking anybody. */

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const ED25519 = [0xed, 0x01];
const P256 = [0x80, 0x24];

/** The did:key of a public key; undefined for one that is neither Ed25519 nor P-256. */
export function didOfKey({ kty, crv, x, y }: { kty?: string; crv?: string; x?: string; y?: string }): string | undefined {
	if (x === undefined) return undefined;
	const first = [...Buffer.from(x, "base64url")];
	if (kty === "OKP" && crv === "Ed25519") return `did:key:z${base58([...ED25519, ...first])}`;
	if (kty !== "EC" || crv !== "P-256" || y === undefined) return undefined;
	// The point in compressed form: the sign of its second coordinate is in the prefix.
	const isOdd = (Buffer.from(y, "base64url").at(-1) ?? 0) % 2 === 1;
	return `did:key:z${base58([...P256, isOdd ? 3 : 2, ...first])}`;
}

/** Base 58 as Bitcoin has it: leading zeros are ones. */
function base58(bytes: readonly number[]): string {
	let value = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
	let text = "";
	for (; value > 0n; value /= 58n) text = (ALPHABET[Number(value % 58n)] as string) + text;
	const zeros = bytes.findIndex((byte) => byte !== 0);
	return "1".repeat(Math.max(0, zeros)) + text;
}
