// The page: a list of variants, one of them opened, keys that are buttons, and dialogs.

import { address } from "gallery/address.js";
import { Decisions } from "gallery/decisions.js";
import { detail } from "gallery/detail.js";
import { count, element } from "gallery/dom.js";
import { facetForm, matching } from "gallery/facets.js";
import { Model } from "gallery/model.js";
import { Wall } from "gallery/wall.js";

const $ = (id) => document.getElementById(id);
const data = (id) => JSON.parse($(id).textContent);
const say = (text) => ($("said").textContent = text);

const session = data("session");
let model = new Model(data("contents"), data("images"));
const decisions = new Decisions(model, session);
const wall = new Wall($("wall"), model, decisions);
let cards = [], shown = null;

const actions = {
  help: () => $("help").showModal(),
  close: () => address.set({ card: "" }, true),
  next: () => step(1),
  previous: () => step(-1),
  search: () => $("facets").querySelector("input").focus(),
  choose: () => wall.choose(shown ?? cards[wall.current]),
  async approve() {
    if (!shown) return say("Open a variant to approve it.");
    const card = shown;
    if (await decisions.decide([card], "approve", {}, { how: card.why === "pairs" ? "covering" : "single" })) say(`Approved: ${model.title(card)}`);
  },
  async changes() {
    if (!shown) return say("Open a variant to ask for changes.");
    const card = shown, { comment, slot, quote } = $("changes").querySelector("form").elements;
    slot.replaceChildren(new Option("the whole variant", ""), ...card.in.slots.map((each) => new Option(each)));
    if ((await asked("changes")) !== "done" || !comment.value.trim()) return;
    const about = { comment: comment.value.trim(), ...(slot.value && { slot: slot.value }), ...(quote.value && { quote: quote.value }) };
    if (await decisions.decide([card], "changes", about)) say("Changes are asked for.");
    comment.value = quote.value = "";
  },
  async undo() {
    if (shown) say((await decisions.undo(shown)) ? "Taken back." : "There is nothing of yours to take back here.");
  },
  async batch() {
    const chosen = [...wall.chosen], opened = chosen.filter((card) => decisions.opened.has(card.digest)).length;
    const defaults = chosen.filter((card) => card.default).length;
    $("several-about").textContent = `${count(chosen.length, "variant")} chosen, ${opened} of them opened. ` + (opened ? "Every record will say so." : "Open at least one of them first.") + (defaults ? " What defaults show must be approved one by one." : "");
    $("several").querySelector("[value=done]").disabled = !opened;
    if ((await asked("several")) !== "done") return;
    if (await decisions.decide(chosen, "approve", {}, { how: "batch", of: chosen.length, opened })) say(`${count(chosen.length, "variant")} approved.`);
    wall.choose();
  },
  async handin() {
    const { role } = $("deliver").querySelector("form").elements;
    role.replaceChildren(new Option("none", ""), ...model.roles.map((each) => new Option(each, each, false, each === decisions.kept.role)));
    $("role").hidden = !model.roles.length;
    const answer = await asked("deliver");
    if (answer === "forget") decisions.forget();
    if (answer !== "done") return;
    decisions.role(role.value);
    const url = URL.createObjectURL(new Blob([decisions.file()], { type: "application/json" }));
    element("a", { href: url, download: `${model.name}-decisions.json` }).click();
    URL.revokeObjectURL(url);
    say("Downloaded. What you decided stays here until you forget it.");
  },
};

function asked(id) {
  const dialog = $(id);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue), { once: true }));
}

function step(by) {
  if (!shown) return wall.step(by);
  const next = cards[cards.indexOf(shown) + by];
  if (next) address.set({ card: next.key });
  else say(by > 0 ? "That was the last one." : "That is the first one.");
}

function cycle(name, values) {
  address.set({ [name]: values[(values.indexOf(address.all()[name] ?? "") + 1) % values.length] });
}

function render() {
  cards = matching(model);
  const was = shown;
  shown = model.byKey.get(address.all().card) ?? null;
  $("list").hidden = Boolean(shown);
  $("one").hidden = !shown;
  if (shown) one(shown, shown !== was);
  else {
    if (!document.activeElement?.closest("#facets form")) $("facets").replaceChildren($("facets").firstElementChild, facetForm(model));
    $("found").textContent = count(cards.length, "variant");
    wall.list(cards);
    if (was) wall.step(cards.indexOf(was) - wall.current);
  }
  progress();
}

function one(card, anew) {
  decisions.open(card);
  const [icon, status] = model.statusWords(card);
  $("subject").textContent = model.title(card);
  $("preheader").textContent = model.part(card, "preheader") ?? "";
  $("about").textContent = `${icon} ${status} · ${model.why(card)} · ${card.key}` + (cards.includes(card) ? ` · ${cards.indexOf(card) + 1} of ${cards.length}` : "");
  $("against").hidden = !card.in.before;
  $("detail").replaceChildren(detail(model, card));
  for (const each of document.querySelectorAll("[data-cycle]")) {
    const [name, values] = each.dataset.cycle.split(":");
    each.setAttribute("aria-pressed", values.split(",").slice(1).includes(address.all()[name]));
  }
  if (!anew) return;
  scrollTo(0, 0);
  $("subject").focus({ preventScroll: true });
}

function progress() {
  const { all, cleared } = model.progress(), look = model.cards.filter((card) => card.why !== "other" && model.status(card) !== "cleared").length;
  $("progress").textContent = `${cleared.toLocaleString("en")} of ${count(all, "pair")} cleared, ${count(look, "card")} of the plan to look at`;
  $("handin").hidden = Boolean(session) || !decisions.waiting.length;
  $("handin").textContent = `Hand in ${count(decisions.waiting.length, "decision")}`;
  $("batch").hidden = !wall.chosen.size;
  $("batch").textContent = `Approve ${wall.chosen.size} chosen`;
}

function causes() {
  $("causes").hidden = !model.causes;
  const items = (model.causes ?? []).map((each) => element("li", {},
    element("button", { type: "button", onclick: () => address.set({ cause: each.title }) }, `${each.title}: ${count(each.variants, "variant")}, ${each.look} to look at`), each.detail && ` ${each.detail}`));
  $("causes").lastElementChild.replaceChildren(...(items.length ? items : [element("li", {}, "Nothing.")]));
}

// Where the page is served, wait for the project to change, and show what is new in place.
async function follow() {
  for (;;) {
    const answer = await fetch(`contents?after=${session.revision}`, { headers: { "X-Assembler-Token": session.token } }).catch(() => null);
    if (answer?.status !== 200) {
      await new Promise((done) => setTimeout(done, answer?.status === 204 ? 0 : 2000));
      continue;
    }
    const news = await answer.json();
    session.revision = news.revision;
    if (news.problem) {
      say(news.problem);
      continue;
    }
    const digests = new Map(model.cards.map((card) => [card.key, card.digest]));
    model = new Model(news.contents, news.images);
    const changed = model.cards.filter((card) => digests.get(card.key) !== card.digest).length;
    decisions.use((wall.model = model));
    wall.chosen.clear();
    causes();
    render();
    say(`The project changed: ${changed} of ${count(model.cards.length, "variant")} changed.`);
  }
}

const buttonOf = (key) => document.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
const keys = { "/": "search", c: "choose", j: "next", k: "previous", a: "approve", x: "changes", u: "undo", "?": "help" };

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = event.target.closest("input:not([type=checkbox],[type=range]),textarea,select");
  if (event.key === "Escape") return typing ? typing.blur() : shown && actions.close();
  if (typing) return;
  const key = event.key.toLowerCase(), cycled = shown && buttonOf(key.toUpperCase())?.dataset.cycle;
  if (keys[key]) actions[keys[key]]();
  else if (cycled) buttonOf(key.toUpperCase()).click();
  else return;
  event.preventDefault();
});
addEventListener("click", (event) => {
  const node = event.target.closest("[data-do],[data-cycle]");
  if (node?.dataset.do) actions[node.dataset.do]();
  const [name, values] = node?.dataset.cycle?.split(":") ?? [];
  if (name) cycle(name, values.split(","));
});
addEventListener("hashchange", render);
decisions.addEventListener("change", () => {
  if (shown) one(shown, false);
  progress();
});
decisions.addEventListener("refused", (event) => say(event.detail));
wall.addEventListener("choose", progress);
causes();
render();
if (session) follow();
