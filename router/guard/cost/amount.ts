/** A figure that may depend on a request's variables. What does not is added up once, when the operation is compiled. */
export type Amount = number | ((variables: Variables) => number);

export type Variables = Readonly<Record<string, unknown>>;

export function evaluate(amount: Amount, variables: Variables): number {
	return typeof amount === "number" ? amount : amount(variables);
}

export function sum(amounts: readonly Amount[]): Amount {
	let fixed = 0;
	const others: ((variables: Variables) => number)[] = [];
	for (const amount of amounts) {
		if (typeof amount === "number") fixed += amount;
		else others.push(amount);
	}
	if (others.length === 0) return fixed;
	return (variables) => {
		let total = fixed;
		for (const other of others) total += other(variables);
		return total;
	};
}

export function product(one: Amount, other: Amount): Amount {
	if (one === 0 || other === 0) return 0;
	if (typeof one === "number" && typeof other === "number") return one * other;
	return (variables) => evaluate(one, variables) * evaluate(other, variables);
}

export function largest(amounts: readonly Amount[]): Amount {
	if (amounts.length === 1) return amounts[0] as Amount;
	if (amounts.every((amount) => typeof amount === "number")) return Math.max(0, ...amounts);
	return (variables) => Math.max(0, ...amounts.map((amount) => evaluate(amount, variables)));
}
