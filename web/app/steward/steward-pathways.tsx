import { formatDate } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { drawnPath } from "../ui/paths.ts";

interface StewardPathwaysProps {
	pathways: readonly { id: string; name: string; changedAt: string; steps: readonly unknown[]; history: readonly { steward: string }[] }[];
	/** Whether the token says that its bearer may draw; the router decides. */
	mayDraw: boolean;
}

/** The pathways that were drawn, each with its way to the editor. */
export function StewardPathways({ pathways, mayDraw }: StewardPathwaysProps) {
	const { steward: t, pathways: words } = useTexts();
	const locale = useLocale();
	return (
		<section aria-labelledby="parcours">
			<h2 id="parcours">{t.pathways}</h2>
			{!mayDraw && (
				<p className="notice notice--error" role="alert">
					{t.noScope}
				</p>
			)}
			{mayDraw && (
				<p>
					<To to="/referent/parcours/nouveau" className="button">
						{t.create}
					</To>
				</p>
			)}
			{pathways.length === 0 ? (
				<p>{words.drawnNone}</p>
			) : (
				<ul className="linked-badges">
					{pathways.map(({ id, name, changedAt, steps, history }) => (
						<li key={id}>
							<To to={drawnPath(id)}>{name}</To>{" "}
							<span className="from">
								{words.steps(steps.length)}, {t.changed(formatDate(locale, changedAt), history[0]?.steward ?? "")}
							</span>{" "}
							{mayDraw && (
								<To to={`/referent/parcours/${id}`}>
									{t.edit}
									<span className="unseen"> {name}</span>
								</To>
							)}
						</li>
					))}
				</ul>
			)}
		</section>
	);
}
