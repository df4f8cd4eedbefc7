import { index, type RouteConfig, type RouteConfigEntry, route } from "@react-router/dev/routes";
import { ENDINGS } from "./forms/endings.ts";

/** The pages of one language: same modules, same addresses under the prefix. */
const pages = (prefix: string, language: string): RouteConfigEntry[] => {
	const page = (path: string, file: string) => route(`${prefix}${path}`, file, { id: `${language}:${path}` });
	/** A page and its other forms, all of them by one module. */
	const inForms = (path: string, file: string, forms: string) => [
		page(path, file),
		...ENDINGS.map((ending) => page(`${path}.${ending}`, forms)),
	];
	return [
		prefix ? route(prefix, "home/home.tsx", { id: `${language}:home` }) : index("home/home.tsx", { id: `${language}:home` }),
		...inForms("badges", "search/search.tsx", "search/search.forms.ts"),
		page("badges.atom", "search/search.atom.ts"),
		...inForms("badges/:id", "badge/badge.tsx", "badge/badge.forms.ts"),
		...inForms("comparer", "compare/compare.tsx", "compare/compare.forms.ts"),
		page("etablissements", "institute/institutes.tsx"),
		page("etablissements/:slug", "institute/institute.tsx"),
		page("etablissements/:slug/suspension", "institute/suspension.tsx"),
		...inForms("reseau", "network/network.tsx", "network/network.forms.ts"),
		...inForms("reseau/chemin", "trust/ways.tsx", "trust/ways.forms.ts"),
		page("reseau/formats", "trust/formats.tsx"),
		page("reseau/declarations/:id", "trust/statement.tsx"),
		...inForms("parcours", "pathway/pathways.tsx", "pathway/pathways.forms.ts"),
		...inForms("parcours/:id", "pathway/pathway.tsx", "pathway/pathway.forms.ts"),
		...inForms("parcours/trace/:id", "pathway/drawn.tsx", "pathway/drawn.forms.ts"),
		page("referent", "steward/steward.tsx"),
		page("referent/reconnaitre", "steward/recognise.tsx"),
		page("referent/parcours/:id", "steward/pathway-editor.tsx"),
		...inForms("metiers", "competence/jobs.tsx", "competence/jobs.forms.ts"),
		...inForms("metiers/:code", "competence/job.tsx", "competence/job.forms.ts"),
		...inForms("competences/:code", "competence/competency.tsx", "competence/competency.forms.ts"),
		page("opco", "opco/opcos.tsx"),
		...inForms("opco/:code", "opco/opco.tsx", "opco/opco.forms.ts"),
		...inForms("ecart", "gap/gap.tsx", "gap/gap.forms.ts"),
		page("suggestions", "search/suggestions.ts"),
		page("accessibilite", "site/accessibility.tsx"),
		page("*", "site/not-found.tsx"),
	];
};

export default [
	...pages("", "fr"),
	...pages("en/", "en"),
	route("parcours/:id/:document", "pathway/pathway-document.ts"),
	route("images/:id", "image/image.ts"),
	route("robots.txt", "site/robots.ts"),
	route("sitemap.xml", "site/sitemap.ts"),
] satisfies RouteConfig;
