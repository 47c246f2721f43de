// The first view: the default, and beside it who gets what instead.

import { address } from "address";
import { active, count, h, put, words } from "dom";

const MOST = 60; // the rest is on the wall

export class Overview {
	constructor(node, tiles) {
		Object.assign(this, { node, tiles });
		[this.first, this.table, this.others] = ["#default", "#matrix", "#others"].map((place) => node.querySelector(place));
	}

	// Show a campaign in a channel and locale.
	show(group) {
		const { tiles, table } = this, { rows, columns, cells } = group.matrix, filled = rows.map(() => []), rest = new Set(tiles.model.cards.filter((card) => card.in === group));
		rest.delete(group.card);
		for (const [number, row, column, colSpan, rowSpan, repeat] of cells) {
			const card = tiles.model.cards[number], hidden = [rows[row][0], columns[column][0]].join(", "), normal = card === group.card;
			const open = h("button", { class: "plain", onclick: () => address.open(card) }, h("span", { class: "hidden" }, `${hidden}: `), normal ? words.default : `again: ${card.differs}`);
			open.card = card;
			const tile = normal || repeat ? h("p", { class: "quiet" }, open) : tiles.tile(card, { hidden });
			filled[row].push(h("td", { colSpan, rowSpan }, h("div", columns.length > 1 && h("span", { class: "column", ariaHidden: "true" }, columns[column][0]), tile)));
			rest.delete(card);
		}
		const heading = ([name, more], scope, number) => h("th", { scope }, number < 9 && h("kbd", { ariaHidden: "true" }, number + 1), name, h("small", more));
		table.style.setProperty("--columns", columns.length);
		put(table.tHead, h("tr", h("td"), columns.map((name) => heading(name, "col"))));
		put(table.tBodies[0], rows.map((name, row) => h("tr", heading(name, "row", row), filled[row])));
		put(this.first, h("h2", words.default), tiles.tile(group.card, { title: group.card.title, about: [words.everyone], whole: true }));
		this.others.hidden = !rest.size;
		this.others.firstElementChild.textContent = `Also: ${count(rest.size, "variant")} ${words.others}`;
		this.others.ontoggle = () => put(this.others.lastElementChild, [...rest].slice(0, this.others.open ? MOST : 0).map((card) => h("li", tiles.tile(card, { about: card.audience }))));
		this.others.ontoggle();
	}

	get buttons() {
		return [...this.node.querySelectorAll("button")].filter((button) => button.card && button.checkVisibility());
	}

	focus(button) {
		button?.focus();
		button?.closest("td, .tile")?.scrollIntoView({ block: "nearest" });
	}

	find(card) {
		this.focus(this.buttons.find((button) => button.card === card));
	}

	// To the first cell of a row that is not the default.
	row(number) {
		const buttons = [...(this.table.tBodies[0].rows[number - 1]?.querySelectorAll("button") ?? [])];
		this.focus(buttons.find(({ classList }) => !classList.contains("plain")) ?? buttons[0]);
	}

	// To the next cell, or `down` to another row.
	step(by, down) {
		const { buttons } = this, now = buttons.indexOf(active()), row = active().closest("#matrix tr")?.sectionRowIndex;
		down && row >= 0 ? this.row(row + 1 + down) : this.focus(buttons[Math.max(0, Math.min(buttons.length - 1, now + (by || down)))]);
	}
}
