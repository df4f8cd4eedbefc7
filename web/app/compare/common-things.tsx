import { useTexts } from "../i18n/locale.ts";
import { inCommon } from "./differences.ts";
import type { Fact } from "./facts.ts";
import { ItemLabel } from "./item-label.tsx";

/** What all the badges share, before the detail: the differences are marked there. */
export function CommonThings({ facts }: { facts: readonly Fact[] }) {
	const t = useTexts().compare;
	const common = inCommon(facts);
	return (
		<section aria-labelledby="commun" className="highlight">
			<h2 id="commun">{t.common}</h2>
			{common.length === 0 ? (
				<p>{t.commonNone}</p>
			) : (
				<dl className="common">
					{common.map(({ label, items }) => (
						<div key={label}>
							<dt>{label}</dt>
							{items.map((item) => (
								<dd key={item.key}>
									<ItemLabel item={item} />
								</dd>
							))}
						</div>
					))}
				</dl>
			)}
		</section>
	);
}
