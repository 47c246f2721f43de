// All cards that match, as a wall of small live frames. Only what is in view exists.

import { element } from "gallery/dom.js";
import { address } from "gallery/address.js";
import { frame } from "gallery/frames.js";

const WIDTH = 300, HEIGHT = 540, FRAMES = 16;

export class Wall extends EventTarget {
  constructor(node, model) {
    super();
    Object.assign(this, { node, model });
    this.cards = [];
    this.current = 0;
    this.chosen = new Set();
    this.shown = new Map();
    this.render = this.render.bind(this);
    addEventListener("scroll", this.render, { passive: true });
    addEventListener("resize", () => this.list(this.cards));
  }

  list(cards) {
    this.cards = cards;
    this.current = Math.min(this.current, Math.max(cards.length - 1, 0));
    for (const node of this.shown.values()) node.remove();
    this.shown.clear();
    this.columns = Math.max(1, Math.floor(this.node.clientWidth / WIDTH));
    this.node.style.height = `${Math.ceil(cards.length / this.columns) * HEIGHT}px`;
    this.render();
  }

  render() {
    if (!this.node.clientWidth) return;
    const top = -this.node.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / HEIGHT)) * this.columns;
    const last = Math.min(this.cards.length, (Math.floor((top + innerHeight) / HEIGHT) + 1) * this.columns);
    for (const [index, node] of this.shown) {
      if ((index < first || index >= last) && !node.contains(document.activeElement)) {
        node.remove();
        this.shown.delete(index);
      }
    }
    for (let index = first; index < last; index++) if (!this.shown.has(index)) this.add(index);
    clearTimeout(this.later);
    this.later = setTimeout(() => this.fill(first, last), 60);
  }

  // Frames come when scrolling rests, and go with their cards.
  fill(first, last) {
    for (const [index, node] of this.shown) if (index < first || index >= last) node.querySelector(".thumb").replaceChildren();
    for (let index = first; index < Math.min(last, first + FRAMES); index++) {
      const thumb = this.shown.get(index)?.querySelector(".thumb");
      const html = thumb && !thumb.firstChild && this.model.part(this.cards[index], "html");
      if (html) thumb.append(frame(html, this.model.images, { width: 375, scheme: "light", changed: [] }, { label: "Preview", scale: (this.node.clientWidth / this.columns - 18) / 375 }));
      else if (thumb && !thumb.firstChild) thumb.append(element("pre", {}, this.model.part(this.cards[index], "text") ?? ""));
    }
  }

  add(index) {
    const card = this.cards[index], { model } = this, cells = model.cells(card);
    const node = document.getElementById("card").content.firstElementChild.cloneNode(true);
    const [open, choice] = node.querySelectorAll("button,input");
    const words = { button: model.title(card), ".where": `${card.in.campaign} · ${card.in.channel} · ${card.in.locale}`, ".status": `${model.statusWords(card).join(" ")} · ${model.why(card)}` };
    words[".cells"] = cells[0] + (cells.length > 1 ? `, and ${cells.length - 1} more` : "");
    for (const [place, text] of Object.entries(words)) node.querySelector(place).textContent = text;
    Object.assign(node, { ariaSetSize: this.cards.length, ariaPosInSet: index + 1 });
    node.classList.toggle("current", index === this.current);
    open.onclick = () => address.set({ card: card.key }, true);
    open.onfocus = () => this.mark(index);
    choice.checked = this.chosen.has(card);
    choice.onchange = () => this.choose(card);
    Object.assign(node.style, { top: `${Math.floor(index / this.columns) * HEIGHT}px`, left: `${((index % this.columns) / this.columns) * 100}%`, width: `${100 / this.columns}%` });
    const after = [...this.shown].filter(([other]) => other > index).sort(([one], [two]) => one - two)[0];
    this.node.insertBefore(node, after ? after[1] : null);
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
    const index = Math.min(this.cards.length - 1, Math.max(0, this.current + by));
    const top = this.node.getBoundingClientRect().top + scrollY + Math.floor(index / this.columns) * HEIGHT;
    if (top < scrollY + 80 || top + HEIGHT > scrollY + innerHeight) scrollTo({ top: top - 100 });
    this.render();
    this.mark(index);
    this.shown.get(index)?.querySelector("button").focus({ preventScroll: true });
  }
}
