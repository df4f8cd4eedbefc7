import { useTexts } from "../i18n/locale.ts";

interface RequestBadgeProps {
	request: { open: boolean; url: string | null };
	retired: boolean;
}

/** Whether a learner can ask for the badge now, and where. */
export function RequestBadge({ request, retired }: RequestBadgeProps) {
	const t = useTexts().badge;
	if (retired) return <p>{t.retired}</p>;
	if (!request.open) return <p>{t.requestClosed}</p>;
	if (!request.url || !/^https?:\/\//i.test(request.url)) return <p>{t.requestNoUrl}</p>;
	return (
		<>
			<p>{t.requestOpen}</p>
			<p>
				<a className="button" href={request.url} rel="noopener noreferrer external">
					{t.requestLink}
				</a>
			</p>
		</>
	);
}
