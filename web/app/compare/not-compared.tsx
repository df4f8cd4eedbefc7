import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { badgePath } from "../ui/paths.ts";
import { MOST_COMPARED } from "./compare-address.ts";

interface NotComparedProps {
	/** Chosen after the fourth. */
	beyond: readonly { id: string; name: string }[];
	/** Of institutes that do not answer. */
	silent: readonly { id: string; name: string }[];
	/** What the address has and the network does not. */
	unknown: readonly string[];
	/** The comparison without one of them. */
	removePath(id: string): string;
}

/** What was asked for and is not in the table, and why: nothing that was chosen is dropped in silence. */
export function NotCompared({ beyond, silent, unknown, removePath }: NotComparedProps) {
	const t = useTexts().compare;
	if (beyond.length + silent.length + unknown.length === 0) return null;
	const known = (badges: NotComparedProps["beyond"]) =>
		badges.map(({ id, name }) => (
			<li key={id}>
				<To to={badgePath(id)}>{name}</To> <Remove name={name} to={removePath(id)} />
			</li>
		));
	return (
		<div className="notice notice--absence">
			{beyond.length > 0 && (
				<>
					<p>{t.beyond(MOST_COMPARED)}</p>
					<ul>{known(beyond)}</ul>
				</>
			)}
			{silent.length > 0 && (
				<>
					<p>{t.silent}</p>
					<ul>{known(silent)}</ul>
				</>
			)}
			{unknown.length > 0 && (
				<>
					<p>{t.unknown}</p>
					<ul>
						{unknown.map((id) => (
							<li key={id}>
								<span className="identifier">{id}</span> <Remove name={id} to={removePath(id)} />
							</li>
						))}
					</ul>
				</>
			)}
		</div>
	);
}

function Remove({ name, to }: { name: string; to: string }) {
	const t = useTexts().compare;
	return (
		<To to={to} aria-label={t.remove(name)} className="no-print">
			{t.removeShort}
		</To>
	);
}
