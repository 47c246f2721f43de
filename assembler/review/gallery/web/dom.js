// Elements made from text: nothing that a component or a person says is ever read as markup.

export function h(name, ...children) {
	const node = document.createElement(name), properties = children[0]?.constructor === Object ? children.shift() : {};
	for (const [key, value] of Object.entries(properties)) {
		if (key in node) node[key] = value;
		else node.setAttribute(key, value);
	}
	return put(node, children);
}

// Put something into a node in place of all that is there; what is empty is left out.
export function put(node, ...children) {
	node.replaceChildren(...children.flat(4).filter((child) => child || child === 0));
	return node;
}

export const active = () => document.activeElement;

export const rect = (node) => node?.getBoundingClientRect();

export const $ = (id) => document.getElementById(id);

export const data = (id) => JSON.parse($(id).textContent);

export async function unpacked(id) {
	const packed = atob($(id).textContent), bytes = new Uint8Array(packed.length);
	for (let place = 0; place < bytes.length; place++) bytes[place] = packed.charCodeAt(place);
	return new Response(new Response(bytes).body.pipeThrough(new DecompressionStream("deflate"))).json();
}

export const words = data("words");

export const cloned = (id) => $(id).content.firstElementChild.cloneNode(true);

export const count = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;

// The name of a segment, a slot or a component as people say it.
export const spoken = (name) => name.replace(/^.*\//, "").replaceAll("_", " ");

// "a, b and c"
export const listed = (names) => new Intl.ListFormat("en-GB").format(names);

const languages = new Intl.DisplayNames("en", { type: "language" });

export function language(locale) {
	try {
		return languages.of(locale);
	} catch {
		return locale;
	}
}
