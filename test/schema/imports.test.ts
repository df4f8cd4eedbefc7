import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** From the innermost to the outermost: a folder imports from itself and from those before it. */
const ORDER = ["schema", "subgraphs", "router", "web"];

describe("imports", () => {
	it("point one way: schema → subgraphs → router → web", () => {
		const backward: string[] = [];
		for (const [level, folder] of ORDER.entries()) {
			for (const file of sources(folder)) {
				for (const target of relativeImports(file)) {
					const top = path.relative(root, target).split(path.sep)[0] as string;
					if (top === "test" || ORDER.indexOf(top) > level) backward.push(`${path.relative(root, file)} → ${path.relative(root, target)}`);
				}
			}
		}
		expect(backward).toEqual([]);
	});

	it("of the pages' application stay inside it: it knows the hub by its schema and HTTP", () => {
		const outside = sources("web/app").flatMap((file) =>
			relativeImports(file)
				.filter((target) => !target.startsWith(path.join(root, "web/app")))
				.map((target) => `${path.relative(root, file)} → ${path.relative(root, target)}`),
		);
		expect(outside.filter((arrow) => !arrow.includes("schema/api.graphql"))).toEqual([]);
	});
});

function sources(folder: string): string[] {
	return (readdirSync(path.join(root, folder), { recursive: true }) as string[])
		.filter((file) => /\.tsx?$/.test(file) && !/(^|\/)(build|\.react-router|node_modules)\//.test(file))
		.map((file) => path.join(root, folder, file));
}

function relativeImports(file: string): string[] {
	return [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g)].map(([, target]) =>
		path.resolve(path.dirname(file), target as string),
	);
}
