// Elements made from text: nothing that a component or a person says is ever read as markup.

export function h(name, properties, ...children) {
	const node = document.createElement(name);
	for (const [key, value] of Object.entries(properties ?? {})) {
		if (key in node) node[key] = value;
		else node.setAttribute(key, value);
	}
	node.append(...children.flat(2).filter((child) => child || child === 0));
	return node;
}

// To a file beside the page, or to one that is in it, which can only be saved.
export const link = (label, href) => h("a", href.startsWith("data:") ? { href, download: label } : { href, target: "_blank" }, label);

export const data = (id) => JSON.parse(document.getElementById(id).textContent);

export const words = data("words");

export const cloned = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

export const count = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
