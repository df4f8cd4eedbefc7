import { notFound } from "../hub-client.ts";

/** Any other address: the 404 page. */
export function loader() {
	throw notFound();
}

export default function NotFound() {
	return null;
}
