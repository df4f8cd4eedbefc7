/**
 * Merges sorted lists (k-way, by a binary heap of the lists' heads): reads no more of each list than is taken.
 */

/** Takes the first `count` items in order. `compare` must agree with the order of each list. */
export function takeMerged<Item>(lists: readonly (readonly Item[])[], count: number, compare: (a: Item, b: Item) => number): Item[] {
	const next = lists.map(() => 0);
	const heap: number[] = [];
	const head = (list: number): Item => (lists[list] as readonly Item[])[next[list] as number] as Item;
	// Ties keep the order of the lists.
	const precedes = (a: number, b: number): boolean => {
		const order = compare(head(a), head(b));
		return order < 0 || (order === 0 && a < b);
	};
	lists.forEach((list, index) => {
		if (list.length > 0) {
			heap.push(index);
			siftUp(heap, heap.length - 1, precedes);
		}
	});
	const taken: Item[] = [];
	while (taken.length < count && heap.length > 0) {
		const list = heap[0] as number;
		taken.push(head(list));
		next[list] = (next[list] as number) + 1;
		if ((next[list] as number) >= (lists[list] as readonly Item[]).length) {
			const last = heap.pop() as number;
			if (heap.length > 0) heap[0] = last;
		}
		siftDown(heap, precedes);
	}
	return taken;
}

function siftUp(heap: number[], start: number, precedes: (a: number, b: number) => boolean): void {
	let index = start;
	while (index > 0) {
		const parent = (index - 1) >> 1;
		if (!precedes(heap[index] as number, heap[parent] as number)) return;
		swap(heap, index, parent);
		index = parent;
	}
}

function siftDown(heap: number[], precedes: (a: number, b: number) => boolean): void {
	let index = 0;
	for (;;) {
		const left = 2 * index + 1;
		const right = left + 1;
		let least = index;
		if (left < heap.length && precedes(heap[left] as number, heap[least] as number)) least = left;
		if (right < heap.length && precedes(heap[right] as number, heap[least] as number)) least = right;
		if (least === index) return;
		swap(heap, index, least);
		index = least;
	}
}

function swap(heap: number[], a: number, b: number): void {
	const kept = heap[a] as number;
	heap[a] = heap[b] as number;
	heap[b] = kept;
}
