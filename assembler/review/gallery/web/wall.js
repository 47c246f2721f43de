// All cards that match, as a wall of tiles, in groups. Only what is in view exists.

import { active, cloned, h, language, put, rect, spoken, words } from "dom";

const WIDTH = 280, HEIGHT = 348, TITLE = 52;

export class Wall {
	items = [];
	cards = [];
	current = 0;
	chosen = new Set();
	shown = new Map();

	constructor(node, tiles) {
		Object.assign(this, { node, tiles });
		addEventListener("scroll", () => this.render());
		new ResizeObserver(() => this.groups && node.clientWidth !== this.wide && this.list(this.groups)).observe(node);
	}

	// Lay out cards in groups with titles; `cards` are what can be stepped through.
	list(groups) {
		Object.assign(this, { groups, items: [], cards: [], wide: this.node.clientWidth });
		this.columns = Math.floor(this.wide / WIDTH) || 1;
		let top = 0;
		const add = (item) => this.items.push({ ...item, order: this.items.length });
		for (const [title, cards] of groups) {
			if (title) {
				add({ title: `${title} (${cards.length})`, top });
				top += TITLE;
			}
			cards.forEach((card, place) => add({ card, number: this.cards.push(card) - 1, top: top + Math.floor(place / this.columns) * HEIGHT, column: place % this.columns }));
			top += Math.ceil(cards.length / this.columns) * HEIGHT;
		}
		this.chosen = this.chosen.intersection(new Set(this.cards));
		this.current = Math.max(0, Math.min(this.current, this.cards.length - 1));
		this.shown.clear();
		put(this.node);
		this.node.style.height = `${top}px`;
		this.render();
	}

	get top() {
		return rect(this.node).top;
	}

	render() {
		if (!this.node.clientWidth) return;
		const from = -this.top - 2 * HEIGHT, to = innerHeight - this.top + HEIGHT, kept = new Set(this.items.filter(({ top }) => top > from && top < to));
		for (const [item, node] of this.shown) {
			if (kept.has(item) || node.contains(active())) continue;
			node.remove();
			this.shown.delete(item);
		}
		for (const item of kept) if (!this.shown.has(item)) this.add(item);
	}

	add(item) {
		const { card, number, order, top, column = 0, title } = item, share = title ? 1 : 1 / this.columns, node = title ? h("li", { class: "title" }, h("h3", title)) : cloned("card");
		if (card) {
			const choice = node.querySelector("input"), { campaign, channel, locale } = card.in, [first, ...more] = card.audience;
			node.prepend(this.tiles.tile(card, { title: card.default && words.default, about: [[spoken(campaign), spoken(channel), language(locale)].join(" · "), first + (more.length ? `, and ${more.length} more` : "")] }));
			node.querySelector("button").onfocus = () => (this.current = number);
			choice.checked = this.chosen.has(card);
			choice.onchange = () => this.choose(card);
			Object.assign(node, { ariaSetSize: this.cards.length, ariaPosInSet: number + 1 });
		}
		Object.assign(node.style, { top: `${top}px`, left: `${column * share * 100}%`, width: `${share * 100}%` });
		const after = [...this.shown.keys()].filter((other) => other.order > order).sort((one, two) => one.order - two.order)[0];
		this.node.insertBefore(node, this.shown.get(after) ?? null);
		this.shown.set(item, node);
	}

	// Choose a card, or no longer; without one, choose none.
	choose(card) {
		if (!card) this.chosen.clear();
		else if (!this.chosen.delete(card)) this.chosen.add(card);
		for (const [item, node] of this.shown) if (item.card) node.querySelector("input").checked = this.chosen.has(item.card);
		this.onchoose();
	}

	find(card) {
		this.focus(this.cards.indexOf(card));
	}

	// Put the focus on a card, by its number.
	focus(number) {
		const item = this.items.find((one) => one.number === Math.max(0, Math.min(this.cards.length - 1, number)));
		if (!item) return;
		const top = this.top + item.top;
		if (top < 120 || top + HEIGHT > innerHeight) scrollBy(0, top - 160);
		this.render();
		this.shown.get(item).querySelector("button").focus({ preventScroll: true });
	}

	step(right, down = 0) {
		this.focus(this.current + (this.node.contains(active()) && right + down * this.columns));
	}
}
