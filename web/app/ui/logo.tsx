/** Three badges that meet: the site's mark. */
export function Logo() {
	return (
		<svg className="logo" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
			<path className="logo__a" d="M16 2.5l5.6 3.2v6.5L16 15.4l-5.6-3.2V5.7z" />
			<path className="logo__b" d="M9 15.2l5.6 3.2v6.5L9 28.1l-5.6-3.2v-6.5z" />
			<path className="logo__c" d="M23 15.2l5.6 3.2v6.5L23 28.1l-5.6-3.2v-6.5z" />
		</svg>
	);
}
