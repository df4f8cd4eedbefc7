import { useTexts } from "../i18n/locale.ts";

/** How far a holding is: in words and as a bar. */
export function ProgressBar({ share, met }: { share: number; met: boolean }) {
	const { progress: t } = useTexts();
	const percent = met ? 100 : Math.min(99, Math.floor(share * 100));
	return (
		<div className="progress">
			<p id="avancement" className="progress__text">
				{met ? t.whole : t.share(percent)}
			</p>
			<progress className="progress__bar" max={100} value={percent} aria-labelledby="avancement" />
		</div>
	);
}
