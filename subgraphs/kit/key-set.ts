import { createLocalJWKSet, errors, type JSONWebKeySet, type JWSHeaderParameters } from "jose";
import { type Dispatcher, request } from "undici";
import { z } from "zod";

/** Where the public keys of a signer are: a JSON Web Key Set (RFC 7517, §5) by its address, or itself. */
export type KeySource = { url: string } | { keys: JSONWebKeySet };

const publicKeySchema = z.looseObject({ kty: z.string() }).refine((key) => !("d" in key), "must be a public key, and is a private one");

export const jwksSchema = z.object({ keys: z.array(publicKeySchema).max(100) });

/** Why no key can be had: the set cannot be read, or holds none for this token. */
export class KeyError extends Error {
	constructor(readonly reason: "UNAVAILABLE" | "UNKNOWN") {
		super(reason);
	}
}

export interface KeySetOptions {
	pool: Dispatcher;
	/** Milliseconds between two readings that unknown keys cause. 30,000: strangers can make keys up. */
	cooldown?: number;
	/** Milliseconds after which the set is read again in any case: keys are withdrawn too. 600,000. */
	maxAge?: number;
	/** Milliseconds for one reading. 5,000. */
	deadline?: number;
}

const AFTER_FAILURE = 1_000;
const LARGEST = 256 * 1024;

type FindKey = ReturnType<typeof createLocalJWKSet>;

/**
 * A signer's public keys. A set at an address is read when it is first needed, again for a key that it does not hold,
 * and now and then; while it cannot be read, the last one stays in force.
 */
export class KeySet {
	/** Goes up with each set that differs from the one before. */
	version = 0;
	private find: FindKey | undefined;
	private text = "";
	private readAt = Number.NEGATIVE_INFINITY;
	private triedAt = Number.NEGATIVE_INFINITY;
	private failed = false;
	private reading: Promise<void> | undefined;
	private readonly url: string | undefined;

	constructor(
		source: KeySource,
		private readonly options: KeySetOptions,
		private readonly now: () => number = () => performance.now(),
	) {
		if ("url" in source) this.url = source.url;
		else this.find = createLocalJWKSet(source.keys);
	}

	/** The key that a token names. Rejects with a {@link KeyError}, or with jose's error for a key that is broken. */
	async keyFor(header: JWSHeaderParameters): Promise<CryptoKey> {
		this.renew();
		if (!this.find) await this.read();
		try {
			return await this.findKey(header);
		} catch (error) {
			if (!(error instanceof KeyError) || error.reason !== "UNKNOWN" || !this.mayRead()) throw error;
			await this.read();
			return this.findKey(header);
		}
	}

	/** Reads the set again, in the background, when it is old. */
	renew(): void {
		if (this.find && this.now() - this.readAt > (this.options.maxAge ?? 600_000) && this.mayRead()) void this.read();
	}

	private async findKey(header: JWSHeaderParameters): Promise<CryptoKey> {
		if (!this.find) throw new KeyError("UNAVAILABLE");
		try {
			return await this.find(header);
		} catch (error) {
			// Several that fit, and a token that does not say which, is a token that names none.
			if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw new KeyError("UNKNOWN");
			throw error;
		}
	}

	private mayRead(): boolean {
		const pause = this.failed ? AFTER_FAILURE : (this.options.cooldown ?? 30_000);
		return this.url !== undefined && (this.reading !== undefined || this.now() - this.triedAt >= pause);
	}

	/** One reading at a time, whoever waits for it. Never rejects. */
	private read(): Promise<void> {
		if (!this.mayRead()) return Promise.resolve();
		this.reading ??= this.readOnce().finally(() => {
			this.reading = undefined;
		});
		return this.reading;
	}

	private async readOnce(): Promise<void> {
		this.triedAt = this.now();
		try {
			const text = await this.fetch();
			this.readAt = this.now();
			this.failed = false;
			if (text === this.text) return;
			this.find = createLocalJWKSet(jwksSchema.parse(JSON.parse(text)) as JSONWebKeySet);
			this.text = text;
			this.version += 1;
		} catch {
			// The last set stays; whoever needs a key of none is told that it is unavailable.
			this.failed = true;
		}
	}

	private async fetch(): Promise<string> {
		const { pool, deadline = 5_000 } = this.options;
		const response = await request(this.url as string, {
			dispatcher: pool,
			headers: { accept: "application/jwk-set+json, application/json" },
			signal: AbortSignal.timeout(deadline),
		});
		const chunks: Buffer[] = [];
		let size = 0;
		for await (const chunk of response.body as AsyncIterable<Buffer>) {
			size += chunk.length;
			if (size > LARGEST) throw new Error("The set of keys is too large");
			chunks.push(chunk);
		}
		if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode}`);
		return Buffer.concat(chunks).toString("utf8");
	}
}
