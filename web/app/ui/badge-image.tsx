/** The badge's image, or its emblem: the server always answers with a picture. Decorative: the name is beside it. */
export function BadgeImage({ id, size, eager = false }: { id: string; size: number; eager?: boolean }) {
	return (
		<img
			className="badge-image"
			src={`/images/${id}`}
			alt=""
			width={size}
			height={size}
			loading={eager ? "eager" : "lazy"}
			decoding="async"
		/>
	);
}
