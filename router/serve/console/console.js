// The console's own script: plain, because it is sent to browsers as it is.
const byId = (id) => document.getElementById(id);
const parameters = new URLSearchParams(location.search);
byId("query").value =
	parameters.get("query") ?? "{\n  badgeClasses(first: 5) {\n    totalCount\n    nodes {\n      id\n      name\n    }\n  }\n}\n";
byId("variables").value = parameters.get("variables") ?? "";
let running;

async function run() {
	running?.abort();
	const own = new AbortController();
	running = own;
	byId("stop").disabled = false;
	byId("answer").textContent = "";
	const began = performance.now();
	try {
		const variables = byId("variables").value.trim();
		const body = { query: byId("query").value, variables: variables === "" ? undefined : JSON.parse(variables) };
		const isStream = /^\s*subscription\b/m.test(body.query);
		const response = await fetch(location.pathname, {
			method: "POST",
			headers: headers(isStream ? "text/event-stream" : "application/graphql-response+json"),
			body: JSON.stringify(body),
			signal: own.signal,
		});
		if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
			tell("listening");
			await readEvents(response, (text) => byId("answer").prepend(`${pretty(text)}\n\n`));
			tell("the stream has ended");
			return;
		}
		byId("answer").textContent = pretty(await response.text());
		tell(`HTTP ${response.status}, ${Math.round(performance.now() - began)} ms`);
	} catch (error) {
		if (own === running) tell(own.signal.aborted ? "stopped" : String(error));
	} finally {
		if (own === running) byId("stop").disabled = true;
	}
}

function headers(accept) {
	const authorization = byId("authorization").value;
	return {
		accept,
		"content-type": "application/json",
		...(authorization && { authorization }),
		...(byId("plan").checked && { "hub-plan": "show" }),
		...(byId("cost").checked && { "hub-cost": "report" }),
		...(byId("strict").checked && { "hub-completeness": "strict" }),
	};
}

async function readEvents(response, onEvent) {
	let rest = "";
	const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return;
		const events = (rest + value).split("\n\n");
		rest = events.pop();
		for (const event of events) {
			const data = /^data: (.+)$/m.exec(event);
			if (data) onEvent(data[1]);
		}
	}
}

function pretty(text) {
	try {
		return JSON.stringify(JSON.parse(text), null, 2);
	} catch {
		return text;
	}
}

function tell(text) {
	byId("status").textContent = text;
}

const TYPE = "name kind ofType { name kind ofType { name kind ofType { name kind } } }";
const SCHEMA = `{ __schema { types { name kind description fields { name description args { name type { ${TYPE} } } type { ${TYPE} } } inputFields { name description type { ${TYPE} } } enumValues { name description } } } }`;

async function showSchema() {
	const response = await fetch(location.pathname, {
		method: "POST",
		headers: headers("application/json"),
		body: JSON.stringify({ query: SCHEMA }),
	});
	const { data, errors } = await response.json();
	if (!data) {
		byId("schema").textContent = errors?.[0]?.message ?? "The schema is not told.";
		return;
	}
	const types = data.__schema.types.filter(({ name, kind }) => !name.startsWith("__") && kind !== "SCALAR");
	byId("schema").replaceChildren(...types.map(describeType));
}

function describeType({ name, kind, description, fields, inputFields, enumValues }) {
	const lines = [...(fields ?? []), ...(inputFields ?? []), ...(enumValues ?? [])].map((one) => {
		const args = one.args?.length ? `(${one.args.map((argument) => `${argument.name}: ${typeText(argument.type)}`).join(", ")})` : "";
		return element(
			"li",
			element("code", `${one.name}${args}${one.type ? `: ${typeText(one.type)}` : ""}`),
			one.description ? ` ${one.description}` : "",
		);
	});
	return element(
		"details",
		element("summary", element("code", name), ` ${kind.toLowerCase().replace("_", " ")}`),
		element("p", description ?? ""),
		element("ul", ...lines),
	);
}

function typeText({ name, kind, ofType }) {
	if (kind === "NON_NULL") return `${typeText(ofType)}!`;
	return kind === "LIST" ? `[${typeText(ofType)}]` : name;
}

function element(tag, ...children) {
	const made = document.createElement(tag);
	made.append(...children);
	return made;
}

byId("request").addEventListener("submit", (event) => {
	event.preventDefault();
	void run();
});
byId("request").addEventListener("keydown", (event) => {
	if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) byId("request").requestSubmit();
});
byId("stop").addEventListener("click", () => running?.abort());
byId("search").addEventListener("input", () => {
	const wanted = byId("search").value.toLowerCase();
	for (const type of byId("schema").querySelectorAll("details")) {
		type.hidden = !type.textContent.toLowerCase().includes(wanted);
		type.open = wanted !== "" && !type.hidden;
	}
});
showSchema().catch((error) => {
	byId("schema").textContent = String(error);
});
