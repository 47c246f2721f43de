// Small pictures of variants, cropped to what differs. Only those in view are alive.

import { address } from "address";
import { bubble } from "bubble";
import { cloned, h, put } from "dom";
import { frame } from "frames";

const WIDTH = 375, MOST = 16, MARGIN = 56;

export class Tiles {
	constructor(model) {
		this.model = model;
		this.visible = new Set();
		this.observer = new IntersectionObserver((entries) => {
			for (const { target, isIntersecting } of entries) isIntersecting ? this.visible.add(target) : this.drop(target);
			clearTimeout(this.later);
			this.later = setTimeout(() => this.fill(), 50);
		}, { rootMargin: "60px" });
	}

	// A card as a tile that opens it. `about` are lines below what differs.
	tile(card, { title, hidden, about = [], whole } = {}) {
		const node = cloned("tile"), open = node.querySelector("button"), { model } = this, { differs } = card;
		put(open, hidden && h("span", { class: "hidden" }, `${hidden}: `), title || differs[0].toUpperCase() + differs.slice(1));
		open.onclick = () => address.open(card);
		open.card = card;
		put(node.querySelector(".about"), about.map((line) => line && h("span", line)));
		put(node.querySelector(".marks"), model.marks(card).map((mark) => h("span", mark)));
		this.watch(node.querySelector(".thumb"), card, { whole });
		return node;
	}

	// A node that shows a card while it is in view: from the top where that is `whole`, else what differs. `before` is
	// what stood there before.
	watch(node, card, options) {
		node.shows = { card, ...options };
		this.observer.observe(node);
		return node;
	}

	drop(node) {
		this.visible.delete(node);
		put(node);
	}

	// One after the other, from the top: the default stands before anything else is drawn.
	async fill() {
		const nodes = [...this.visible].filter((node) => node.isConnected || this.drop(node));
		nodes.sort((one, two) => one.compareDocumentPosition(two) & Node.DOCUMENT_POSITION_PRECEDING || -1);
		for (const node of nodes.slice(MOST)) put(node);
		const wanted = (this.wanted = nodes.slice(0, MOST));
		for (const node of wanted) if (this.wanted === wanted && this.visible.has(node) && !node.firstChild) {
			await this.paint(node);
			this.ondrawn?.();
		}
	}

	async paint(node) {
		const { model } = this, { card, whole, before, slot } = node.shows, html = model.part(card, "html", before);
		if (html === null) return put(node, bubble(model.message(card, before)));
		const scale = Math.min(before === undefined ? 0.85 : 1.2, node.clientWidth / WIDTH), picture = frame(html, model.images, { width: WIDTH }, "Preview");
		const box = h("div", { class: "frame", style: `width:${WIDTH * scale}px` }, picture);
		picture.style.transform = `scale(${scale})`;
		put(node, box);
		const { height, boxes } = await picture.ready;
		const room = node.clientHeight, changed = (slot ? [slot] : model.changed(card, before)).map((name) => boxes[name]).filter(Boolean).sort((one, two) => two.heading - one.heading || one.top - two.top);
		const top = whole || !changed.length ? 0 : changed[0].top - MARGIN;
		box.style.height = `${height * scale}px`;
		box.style.marginTop = `${-Math.max(0, Math.min(top * scale, height * scale - room))}px`;
	}
}
