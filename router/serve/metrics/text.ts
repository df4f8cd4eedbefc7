/** The text format of Prometheus, version 0.0.4. */

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

export interface Family {
	name: string;
	kind: "counter" | "gauge" | "histogram";
	help: string;
	lines: readonly string[];
}

export function line(name: string, labels: Record<string, string>, value: number): string {
	const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
	return `${name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${value}`;
}

export function text(families: readonly Family[]): string {
	return families.map(({ name, kind, help, lines }) => `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join("\n")}\n`).join("");
}

function escapeLabel(value: string): string {
	return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
