import { encode } from "uqr";

/** An address as a QR code: one path, sharp at any size and in print. */
export function QrCode({ address, label }: { address: string; label: string }) {
	const { data, size } = encode(address, { border: 2 });
	const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
	return (
		<svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
			<rect width={size} height={size} fill="#fff" />
			<path d={path} fill="#000" />
		</svg>
	);
}
