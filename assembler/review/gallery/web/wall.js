// All cards that match, as a wall of small live frames. Only what is in view exists.

import { address } from "address";
import { cloned, h } from "dom";
import { frame } from "frames";

const WIDTH = 300, HEIGHT = 540, FRAMES = 16;

export class Wall extends EventTarget {
	constructor(node, model) {
		super();
		Object.assign(this, { node, model, cards: [], current: 0, chosen: new Set(), shown: new Map() });
		addEventListener("scroll", () => this.render(), { passive: true });
		addEventListener("resize", () => this.list(this.cards));
	}

	list(cards) {
		this.cards = cards;
		this.current = Math.max(0, Math.min(this.current, cards.length - 1));
		this.shown.clear();
		this.columns = Math.max(1, Math.floor(this.node.clientWidth / WIDTH));
		this.node.replaceChildren();
		this.node.style.height = `${Math.ceil(cards.length / this.columns) * HEIGHT}px`;
		this.render();
	}

	get top() {
		return this.node.getBoundingClientRect().top;
	}

	render() {
		if (!this.node.clientWidth) return;
		const row = (from) => Math.max(0, Math.floor((from - this.top) / HEIGHT)) * this.columns;
		const [first, last] = [row(0), Math.min(this.cards.length, row(innerHeight) + this.columns)];
		for (const [index, node] of this.shown) {
			if ((index >= first && index < last) || node.contains(document.activeElement)) continue;
			node.remove();
			this.shown.delete(index);
		}
		for (let index = first; index < last; index++) if (!this.shown.has(index)) this.add(index);
		clearTimeout(this.later);
		this.later = setTimeout(() => this.fill(first, last), 60);
	}

	// Frames come when scrolling rests, and go with their cards.
	fill(first, last) {
		for (const [index, node] of this.shown) {
			const thumb = node.querySelector(".thumb"), inView = index >= first && index < last;
			if (inView && thumb.firstChild) continue;
			const part = (name) => this.model.part(this.cards[index], name);
			const html = index < first + FRAMES ? part("html") : null, scale = (this.node.clientWidth / this.columns - 18) / 375;
			thumb.replaceChildren(!inView ? "" : html === null ? h("pre", null, part("text")) : frame(html, this.model.images, { width: 375 }, "Preview", { scale, height: thumb.clientHeight / scale }));
		}
	}

	add(index) {
		const card = this.cards[index], { model, columns } = this, [cell, ...more] = model.cells(card);
		const node = cloned("card"), open = node.querySelector("button"), choice = node.querySelector("input");
		const write = (place, ...texts) => (node.querySelector(place).textContent = texts.join(" · "));
		open.textContent = model.title(card);
		write(".where", card.in.campaign, card.in.channel, card.in.locale);
		write(".cells", cell + (more.length ? `, and ${more.length} more` : ""));
		write(".status", model.statusWords(card), model.why(card));
		open.onclick = () => address.set({ card: card.key }, true);
		open.onfocus = () => this.mark(index);
		choice.checked = this.chosen.has(card);
		choice.onchange = () => this.choose(card);
		node.classList.toggle("current", index === this.current);
		Object.assign(node, { ariaSetSize: this.cards.length, ariaPosInSet: index + 1 });
		Object.assign(node.style, { top: `${Math.floor(index / columns) * HEIGHT}px`, left: `${((index % columns) / columns) * 100}%`, width: `${100 / columns}%` });
		const after = Math.min(...[...this.shown.keys()].filter((other) => other > index));
		this.node.insertBefore(node, this.shown.get(after) ?? null);
		this.shown.set(index, node);
	}

	// Choose a card, or no longer; without one, choose none.
	choose(card) {
		if (!card) this.chosen.clear();
		else if (!this.chosen.delete(card)) this.chosen.add(card);
		for (const [index, node] of this.shown) node.querySelector("input").checked = this.chosen.has(this.cards[index]);
		this.dispatchEvent(new Event("choose"));
	}

	mark(index) {
		this.shown.get(this.current)?.classList.remove("current");
		this.current = index;
		this.shown.get(index)?.classList.add("current");
	}

	step(by) {
		if (!this.cards.length) return;
		const index = Math.max(0, Math.min(this.cards.length - 1, this.current + (this.node.contains(document.activeElement) ? by : 0)));
		const top = this.top + Math.floor(index / this.columns) * HEIGHT;
		if (top < 80 || top + HEIGHT > innerHeight) scrollBy(0, top - 100);
		this.render();
		this.mark(index);
		this.shown.get(index)?.querySelector("button").focus({ preventScroll: true });
	}
}
