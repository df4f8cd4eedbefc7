import type { FastifyInstance } from "fastify";
import { type DocumentNode, execute, GraphQLError, parse, specifiedRules, validate } from "graphql";
import { LRUCache } from "lru-cache";
import type { DataSource } from "typeorm";
import { z } from "zod";
import { isSlug } from "../../../schema/global-id.ts";
import { depthLimit } from "../../kit/depth.ts";
import type { Log } from "../../kit/log.ts";
import { Harvest } from "../harvest.ts";
import { STAND_IN_PATH } from "./address.ts";
import { standInContext, standInSchema } from "./schema.ts";

const KEPT_DOCUMENTS = 1000;
const MOST_TOKENS = 10_000;
const DEEPEST = 20;

const requestSchema = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish() });

/**
 * Serves what is kept of each member as that member would: the member contract at `/stand-in/<slug>/graphql`. The answer
 * says in `extensions.asOf` when the member was last heard. 404 for a member that has never been heard, or is none.
 */
export function serveStandIns(app: FastifyInstance, database: DataSource, log: Log): void {
	const schema = standInSchema();
	const documents = new LRUCache<string, DocumentNode>({ max: KEPT_DOCUMENTS });

	/** Throws a {@link GraphQLError} for a document that is not valid. A router sends the same ones over and over. */
	function read(query: string): DocumentNode {
		let document = documents.get(query);
		if (!document) {
			document = parse(query, { maxTokens: MOST_TOKENS, noLocation: true });
			const [problem] = validate(schema, document, [...specifiedRules, depthLimit(DEEPEST)], { maxErrors: 1 });
			if (problem) throw problem;
			documents.set(query, document);
		}
		return document;
	}

	app.post(STAND_IN_PATH, async (request, reply) => {
		const { slug } = request.params as { slug: string };
		const harvest = isSlug(slug) ? await database.manager.findOneBy(Harvest, { instituteSlug: slug }) : null;
		if (!harvest?.heardAt) return reply.code(404).send(refusal("UNKNOWN_INSTITUTE", `Nothing is kept of ${JSON.stringify(slug)}.`));
		const body = requestSchema.safeParse(request.body);
		if (!body.success) return reply.code(400).send(refusal("BAD_REQUEST", "query: must be the text of a GraphQL document"));
		try {
			const { errors, data } = await execute({
				schema,
				document: read(body.data.query),
				variableValues: body.data.variables,
				contextValue: standInContext(database, harvest),
			});
			// What the contract's own rules refuse has a code; anything else went wrong here.
			const failure = errors?.find(({ extensions, originalError }) => extensions.code === undefined && originalError);
			if (failure) throw failure.originalError;
			return reply.send({ data, ...(errors ? { errors } : {}), extensions: { asOf: harvest.heardAt.toISOString() } });
		} catch (error) {
			if (error instanceof GraphQLError) return reply.code(400).send({ errors: [error] });
			log.error({ member: slug, error: (error as Error).message }, "the snapshot cannot be read");
			return reply.code(500).send(refusal("INTERNAL_SERVER_ERROR", "The snapshot cannot be read now."));
		}
	});
}

function refusal(code: string, message: string): object {
	return { errors: [{ message, extensions: { code } }] };
}
