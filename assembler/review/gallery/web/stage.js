// A variant beside its default or what was there before: whole at once, what differs outlined and joined by lines.

import { address } from "address";
import { bubble } from "bubble";
import { active, cloned, h, put, rect, spoken, words } from "dom";
import { boxOf, frame, wordsAt } from "frames";

const ZOOMS = [50, 75, 100, 150, 200], NARROW = 700, PHONE = 375;

export class Stage {
	sides = [];

	constructor(node) {
		this.node = node;
		new ResizeObserver(() => this.arrange()).observe(node);
		addEventListener("scroll", () => this.see());
	}

	// Show a card as `look` says; pictures that are there already stay.
	show(model, card, look) {
		const before = look.against === "before" && Boolean(card.in.before), { html } = card.in.parts;
		const scheme = Object.hasOwn(words.schemes, look.scheme) ? look.scheme : "light", view = html ? (["onion", "slider", "text"].includes(look.view) ? look.view : "") : "bubble";
		const desk = card.in.envelope === "web" ? 1200 : 600, wide = look.width ? look.width === "desktop" : innerWidth >= NARROW, [width, narrower] = wide ? [desk, PHONE] : [PHONE, desk];
		const key = JSON.stringify([card.key, card.digest, before, scheme, view, width, look.styles, look.images]);
		this.zoom = ZOOMS.find((zoom) => zoom === +look.zoom);
		this.requests = model.requests(card);
		if (key === this.key) return this.arrange();
		Object.assign(this, { key, card, view, scheme: scheme !== "light" && view !== "text" && `: ${words.schemes[scheme].toLowerCase()}`, seen: false, whole: !look.styles && !look.images && view !== "text", changed: model.changed(card, before) });
		const side = (shown, name, wide = width, former = false) => {
			const made = { name, width: wide, marks: h("div", { class: "marks" }) };
			if (former && !card.before) made.sheet = h("p", words.nothing);
			else if (view === "bubble" || !model.part(shown, "html", former)) made.sheet = h("div", { class: "phone" }, bubble(model.message(shown, former)), h("p", !former && shown.size));
			else if (view === "text") made.sheet = h("pre", model.part(shown, "text", former) ?? words.textless);
			else {
				made.picture = frame(model.part(shown, "html", former), model.images, { width: wide, scheme, styles: !look.styles, pictures: !look.images }, `${name}, ${wide} pixels wide, ${words.schemes[scheme]}`);
				made.sheet = h("div", { class: "sheet" }, made.picture, made.marks);
				made.picture.ready.then((drawn) => this.arrange(Object.assign(made, drawn)));
			}
			made.port = h("div", { class: "port", tabIndex: 0, role: "region", ariaLabel: name }, made.sheet);
			return made;
		};
		const alone = card.default && !before, first = side(card, alone ? words[view ? "default" : wide ? "desk" : "phone"] : words.this);
		// A default has nothing to stand beside but itself, on another screen.
		if (alone) this.sides = view ? [first] : [first, side(card, words[wide ? "phone" : "desk"], narrower)];
		else this.sides = [first, before ? side(card, words.before, width, true) : side(card.in.card, words.default)];
		this.present();
	}

	present() {
		const [upper, lower] = this.sides, { view } = this;
		this.joins = cloned("joins");
		upper.sheet.onclick = (event) => upper.boxes && this.point(event);
		this.stacked = ["onion", "slider"].includes(view) && lower?.picture;
		if (this.stacked) {
			const show = () => Object.assign(upper.sheet.style, view === "onion" ? { opacity: range.value / 100 } : { clipPath: `inset(0 ${100 - range.value}% 0 0)` });
			const range = h("input", { type: "range", oninput: () => show() });
			lower.port = upper.port;
			show();
			put(upper.port, h("div", { class: "stack" }, lower.sheet, upper.sheet));
			put(this.node, h("label", { class: "range" }, lower.name, range, upper.name), upper.port);
		} else {
			put(this.node, this.sides.map(({ name, port }) => h("figure", h("figcaption", name, this.scheme), port)), this.joins);
			for (const { port } of this.sides) port.onscroll = () => {
				for (const other of this.sides) [other.port.scrollTop, other.port.scrollLeft] = [port.scrollTop, port.scrollLeft];
				this.join();
			};
		}
		this.arrange();
	}

	// Give everything its size: so that both are visible whole, or as the reader zooms.
	arrange() {
		if (!this.sides[0]?.port.clientWidth) return;
		const high = Math.max(...this.sides.map(({ height = 0 }) => height)), same = this.sides.every(({ width }) => width === this.sides[0].width);
		for (const side of this.sides) if (side.picture) {
			const { clientWidth, clientHeight } = side.port, tall = same ? high : side.height;
			side.scale = this.zoom ? this.zoom / 100 : Math.min(1, (clientWidth - 2) / side.width, innerWidth < NARROW || !tall ? 1 : (clientHeight - 2) / tall);
			side.picture.style.transform = `scale(${side.scale})`;
			Object.assign(side.sheet.style, { width: `${side.width * side.scale}px`, height: `${(side.height ?? high) * side.scale}px` });
			if (side.boxes) this.mark(side);
		}
		this.join();
		this.see();
		this.onarrange();
	}

	get scale() {
		return this.sides[0]?.scale ?? 1;
	}

	// Outline what differs. On the variant every slot can be commented on, and comments are pinned to what they are about.
	mark(side) {
		const { scale } = side, mine = side === this.sides[0], focused = active()?.dataset.slot;
		const outlines = Object.entries(side.boxes).map(([slot, box]) => {
			const style = `left:${box.left * scale}px;top:${box.top * scale}px;width:${box.width * scale}px;height:${box.height * scale}px`;
			return h(mine ? "button" : "div", { class: `mark${this.changed.includes(slot) && !this.stacked ? " changed" : ""}`, style, "data-slot": slot, ...(mine && { ariaLabel: `Comment on the ${spoken(slot)}` }) });
		});
		const pins = (mine ? this.requests : []).map(({ slot, quote, reviewer, comment }, number) => {
			const box = (quote && boxOf(side.picture.contentDocument, quote)) || side.boxes[slot];
			return box && h("span", { class: "pin", role: "img", title: comment, ariaLabel: `Comment ${number + 1} by ${reviewer}: ${comment}`, style: `left:${box.right * scale}px;top:${box.top * scale}px` }, number + 1);
		});
		put(side.marks, outlines, pins);
		if (mine && focused) this.#mark(side, focused)?.focus();
	}

	#mark = ({ marks }, slot) => marks.querySelector(`[data-slot="${CSS.escape(slot)}"]`);

	// Thin lines from what differs here to what it differs from there, as far as both are in view.
	join() {
		const from = rect(this.node), lines = this.changed.map((slot) => {
			const ends = this.sides.map((side) => {
				const box = rect(this.#mark(side, slot)), port = rect(side.port), middle = box && (box.top + box.bottom) / 2;
				return box?.height && middle > port.top && middle < port.bottom && [Math.min(box.right, port.right) - from.left, Math.max(box.left, port.left) - from.left, middle - from.top];
			});
			if (this.stacked || ends.length < 2 || !ends.every(Boolean)) return;
			const [[left, , start], [, right, end]] = ends, bend = (left + right) / 2;
			return `M${left} ${start}C${bend} ${start} ${bend} ${end} ${right} ${end}`;
		});
		this.joins?.firstElementChild.setAttribute("d", lines.join(""));
	}

	// A picture that is drawn and in view has been seen.
	see() {
		const [upper] = this.sides, box = rect(upper?.port);
		if (this.seen || !this.whole || !box?.height || (upper.picture && !upper.height) || box.bottom < 40 || box.top > innerHeight - 40) return;
		this.seen = true;
		this.onseen(this.card);
	}

	// Comment on what is pointed at; a key points at the middle of a slot.
	point({ target, detail, clientX, clientY }) {
		const [{ picture, boxes }] = this.sides, { slot } = target.dataset, at = rect(picture), box = boxes[slot];
		const [x, y] = detail ? [(clientX - at.left) / this.scale, (clientY - at.top) / this.scale] : [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
		this.onpoint({ slot, quote: wordsAt(picture.contentDocument, x, y) });
	}

	// Put the focus on what can be commented on: what differs first.
	choose() {
		const [side] = this.sides, { boxes = {} } = side, slot = this.changed.find((name) => boxes[name]) ?? Object.keys(boxes)[0];
		if (slot) this.#mark(side, slot).focus();
		return slot;
	}

	// Look closer or from farther away, or without `by` at the whole.
	step(by) {
		const now = this.scale * 100 + by, next = by > 0 ? (ZOOMS.find((zoom) => zoom > now) ?? ZOOMS.at(-1)) : by < 0 && ZOOMS.findLast((zoom) => zoom < now);
		address.set({ zoom: next });
	}
}
