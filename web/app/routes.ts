import { index, type RouteConfig, type RouteConfigEntry, route } from "@react-router/dev/routes";

/** The pages of one language: same modules, same addresses under the prefix. */
const pages = (prefix: string, language: string): RouteConfigEntry[] => {
	const page = (path: string, file: string) => route(`${prefix}${path}`, file, { id: `${language}:${path}` });
	return [
		prefix ? route(prefix, "home/home.tsx", { id: `${language}:home` }) : index("home/home.tsx", { id: `${language}:home` }),
		page("badges", "search/search.tsx"),
		page("badges.csv", "search/search.csv.ts"),
		page("badges/:id", "badge/badge.tsx"),
		page("etablissements", "institute/institutes.tsx"),
		page("etablissements/:slug", "institute/institute.tsx"),
		page("reseau", "network/network.tsx"),
		page("parcours", "pathway/pathways.tsx"),
		page("parcours/:id", "pathway/pathway.tsx"),
		page("metiers", "competence/jobs.tsx"),
		page("metiers/:code", "competence/job.tsx"),
		page("competences/:code", "competence/competency.tsx"),
		page("opco", "opco/opcos.tsx"),
		page("opco/:code", "opco/opco.tsx"),
		page("opco/:code.csv", "opco/opco.csv.ts"),
		page("opco/:code.json", "opco/opco.json.ts"),
		page("ecart", "gap/gap.tsx"),
		page("ecart.csv", "gap/gap.csv.ts"),
		page("ecart.json", "gap/gap.json.ts"),
		page("accessibilite", "site/accessibility.tsx"),
		page("*", "site/not-found.tsx"),
	];
};

export default [
	...pages("", "fr"),
	...pages("en/", "en"),
	route("badges/:id.jsonld", "badge/badge.jsonld.ts"),
	route("images/:id", "image/image.ts"),
	route("robots.txt", "site/robots.ts"),
	route("sitemap.xml", "site/sitemap.ts"),
] satisfies RouteConfig;
