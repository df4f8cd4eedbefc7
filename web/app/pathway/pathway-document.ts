import type { LoaderFunctionArgs } from "react-router";
import { validated } from "../forms/validated.ts";
import { graphql } from "../graphql.ts";
import { notFound, openHub } from "../hub-client.ts";
import { publicOrigin } from "../hub-context.ts";
import { DOCUMENT_FORMATS, DOCUMENT_NAMES } from "./document-formats.ts";

const PathwayDocument_Query = graphql(`
	query PathwayDocument_Query($id: ID!, $format: PathwayFormat!, $base: String!) {
		pathwayDocument(badgeClassId: $id, format: $format, base: $base) {
			mediaType
			document
			lost
		}
	}
`);

/** A metabadge's pathway for other systems: `/parcours/:id/ctdl.jsonld` and its like. What a format cannot say is told in a header. */
export async function loader(args: LoaderFunctionArgs) {
	const { params, request } = args;
	const hub = openHub(args);
	const name = DOCUMENT_NAMES.find((one) => one === params.document);
	if (!name || !params.id) throw notFound();
	const format = DOCUMENT_FORMATS[name];
	const base = publicOrigin(hub.settings, request);
	const { pathwayDocument } = await hub.need(PathwayDocument_Query, { id: params.id, format, base });
	if (!pathwayDocument) throw notFound();
	const { mediaType, document, lost } = pathwayDocument;
	return validated(request, document, {
		"Content-Type": `${mediaType}; charset=utf-8`,
		...(lost.length > 0 && { "X-Not-Expressed": lost.join(", ") }),
	});
}
