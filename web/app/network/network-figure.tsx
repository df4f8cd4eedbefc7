import { formatNumber } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { To } from "../ui/link.tsx";
import { institutePath } from "../ui/paths.ts";
import { ColumnFigure } from "./column-figure.tsx";
import { MatrixFigure } from "./matrix-figure.tsx";
import { AROUND, MOST_GROUPS } from "./member-drawing.ts";
import { type NetworkQuestion, networkPath } from "./network-address.ts";
import type { NetworkReading } from "./read-network.ts";

interface NetworkFigureProps {
	reading: NetworkReading;
	question: NetworkQuestion;
	nameOfGroup(id: string): string;
}

/** What is drawn, its caption in words, and what is not drawn. */
export function NetworkFigure({ reading: { overview, view, centre }, question, nameOfGroup }: NetworkFigureProps) {
	const { network: t } = useTexts();
	const { networkMap: map } = useTrustTexts();
	const locale = useLocale();
	const n = (value: number) => formatNumber(locale, value);
	const toMember = (id: string) => (id === centre?.slug ? institutePath(id) : networkPath({ centre: id }));
	if (view.kind === "list") return null;
	if (view.kind === "groups") {
		const hidden = overview.linkCount - view.linksDrawn;
		return (
			<ColumnFigure
				drawing={view.drawing}
				label={map.groupsLabel}
				notes={2}
				caption={
					<>
						{map.summary(n(overview.memberCount), n(overview.recognitionCount))} {map.groupsHelp}{" "}
						{hidden > 0 && map.linksHidden(n(view.linksDrawn), n(hidden))}{" "}
						{overview.groups.length > MOST_GROUPS && map.groupsHidden(n(overview.groups.length - MOST_GROUPS))}
					</>
				}
				box={(id) => networkPath({ collective: id })}
				tag={({ from, to, label = "" }) => ({
					to: networkPath({ from, to }),
					label: map.groupLink(label, nameOfGroup(from), nameOfGroup(to)),
				})}
			/>
		);
	}
	const names = view.names;
	if (view.kind === "matrix") {
		const summary = question.collective
			? map.groupSummary(view.memberCount)
			: map.summary(n(overview.memberCount), n(overview.recognitionCount));
		return (
			<MatrixFigure
				matrix={view.matrix}
				label={t.title}
				caption={
					<>
						{summary} {map.matrixHelp} {view.memberCount > view.drawn && map.membersHidden(view.drawn, n(view.memberCount - view.drawn))}
					</>
				}
				row={(slug, seen) => [names[slug] !== seen && seen, view.words[slug]].filter(Boolean).join(" ")}
				to={toMember}
			/>
		);
	}
	if (view.kind === "members") {
		if (view.drawing.links.length === 0 && view.drawn < 2) return <p>{t.none}</p>;
		return (
			<>
				<ColumnFigure
					drawing={view.drawing}
					label={t.title}
					notes={2}
					caption={
						<>
							{question.collective
								? map.groupSummary(view.memberCount)
								: map.summary(n(overview.memberCount), n(overview.recognitionCount))}{" "}
							{t.mutual} {t.dashed} {map.counts}{" "}
							{view.memberCount > view.drawn && map.membersHidden(view.drawn, n(view.memberCount - view.drawn))}
						</>
					}
					box={toMember}
					group={(id) => ({ to: networkPath({ collective: id }), label: nameOfGroup(id) })}
				/>
				{view.alone.length > 0 && (
					<p>
						{t.isolated}{" "}
						{view.alone.map((slug, place) => (
							<span key={slug}>
								{place > 0 && ", "}
								<To to={institutePath(slug)}>{names[slug]}</To>
							</span>
						))}
						.
					</p>
				)}
			</>
		);
	}
	const slug = centre?.slug ?? "";
	const recognises = view.says.find(([one]) => one === slug)?.[1].length ?? 0;
	const recognised = view.says.filter(([, others]) => others.includes(slug)).length;
	return (
		<>
			<ColumnFigure
				drawing={view.drawing}
				label={t.around(centre?.name ?? slug)}
				centre={slug}
				caption={
					<>
						{t.aroundSummary(centre?.name ?? slug, recognises, recognised)} {map.aroundHelp} {t.dashed}{" "}
						{view.memberCount > view.drawn && map.membersHidden(view.drawn, n(view.memberCount - view.drawn))}{" "}
						{view.undrawn > 0 && map.undrawn(view.undrawn, n(view.undrawn))}
					</>
				}
				box={toMember}
				group={(id) => ({ to: null, label: map.around[id as keyof typeof AROUND] })}
			/>
			{question.depth === 2 && (
				<details className="said">
					<summary>{map.said}</summary>
					<ul>
						{view.says.map(([from, others]) => (
							<li key={from}>
								<To to={networkPath({ centre: from })}>{names[from]}</To> {map.recognises}{" "}
								{others.map((to, place) => (
									<span key={to}>
										{place > 0 && ", "}
										<To to={networkPath({ centre: to })}>{names[to]}</To>
									</span>
								))}
							</li>
						))}
					</ul>
				</details>
			)}
		</>
	);
}
