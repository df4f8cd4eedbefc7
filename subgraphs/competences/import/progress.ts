import type { WriteStream } from "node:tty";

const WIDTH = 30;
const PAUSE = 100;

/** Shows how far something has come as a bar on one line, on a terminal; nothing elsewhere. */
export function showProgress(stream: Pick<WriteStream, "isTTY" | "write">): { tell(done: number, all: number): void; end(): void } {
	let shown = 0;
	return {
		tell(done, all) {
			if (!stream.isTTY) return;
			const now = performance.now();
			if (done < all && now - shown < PAUSE) return;
			shown = now;
			const part = Math.min(1, done / all);
			const bar = "█".repeat(Math.round(part * WIDTH)).padEnd(WIDTH, "░");
			stream.write(`\r${bar} ${String(Math.round(part * 100)).padStart(3)} %${part === 1 ? "  comparing…" : ""}`);
		},
		end() {
			if (shown > 0) stream.write("\r\u001b[K");
			shown = 0;
		},
	};
}
