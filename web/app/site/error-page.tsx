import { useLocation } from "react-router";
import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";

/** What a reader sees when there is no page: what happened, in words, and where to go. */
export function ErrorPage({ status }: { status: number }) {
	const t = useTexts().errors;
	const { pathname, search } = useLocation();
	const [title, text] =
		status === 404
			? [t.notFoundTitle, t.notFoundText]
			: status === 503
				? [t.unreachableTitle, t.unreachableText]
				: [t.failedTitle, t.failedText];
	return (
		<>
			<meta name="robots" content="noindex" />
			<PageHead title={title} lead={text} />
			<ul className="actions">
				{status !== 404 && (
					<li>
						<a className="button" href={pathname + search}>
							{t.retry}
						</a>
					</li>
				)}
				<li>
					<To className="button button--quiet" to="/">
						{t.home}
					</To>
				</li>
				<li>
					<To className="button button--quiet" to="/badges">
						{t.search}
					</To>
				</li>
			</ul>
		</>
	);
}
