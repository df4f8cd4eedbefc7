import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { To } from "../ui/link.tsx";
import { badgePath } from "../ui/paths.ts";

export const RecognitionReach_Recognition = graphql(`
	fragment RecognitionReach_Recognition on Recognition {
		scope
		field
		issuerId
		badgeClassId
		badgeClass {
			name
		}
	}
`);

/** What of a member is recognised: all of it, a badge, an issuer, or a field of competencies. */
export function RecognitionReach({ of }: { of: FragmentOf<typeof RecognitionReach_Recognition> }) {
	const t = useTrustTexts().reach;
	const { scope, field, issuerId, badgeClassId, badgeClass } = readFragment(RecognitionReach_Recognition, of);
	if (scope === "BADGE_CLASS" && badgeClassId) return <To to={badgePath(badgeClassId)}>{badgeClass?.name ?? badgeClassId}</To>;
	if (scope === "ISSUER") return <>{t.issuer(issuerId ?? "")}</>;
	if (scope === "FIELD") return <>{t.field(field ?? "")}</>;
	return <>{t.whole}</>;
}
