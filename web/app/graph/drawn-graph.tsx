import type { ReactNode } from "react";
import { useTexts } from "../i18n/locale.ts";
import { GraphCanvas, type GraphCanvasProps } from "./graph-canvas.tsx";

interface DrawnGraphProps extends Omit<GraphCanvasProps, "arrow" | "className"> {
	/** The drawing in words. */
	caption: ReactNode;
}

/** A graph as a figure; its arrow's head is `#fleche`. */
export function DrawnGraph({ caption, ...canvas }: DrawnGraphProps) {
	const hint = useTexts().network.scroll;
	return (
		<figure className="graph">
			<figcaption>{caption}</figcaption>
			<p className="graph__hint">{hint}</p>
			<GraphCanvas arrow="fleche" {...canvas} />
		</figure>
	);
}
