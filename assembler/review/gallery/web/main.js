// The page: who gets what, all variants, what changed, one variant; keys that are buttons, and dialogs.

import { address } from "address";
import { changes } from "changes";
import { Decisions } from "decisions";
import { $, active, count, data, h, put, spoken, unpacked, words } from "dom";
import { chips, filtered, grouped, matching, PLACE, selects } from "filter";
import { Model } from "model";
import { Overview } from "overview";
import { panel } from "panel";
import { Stage } from "stage";
import { Tiles } from "tiles";
import { Wall } from "wall";

const $$ = (selector) => document.querySelectorAll(selector);
const say = (text) => ($("said").textContent = text);
const variants = (number) => count(number, "variant");

const session = data("session");
let model = new Model(await unpacked("first"), data("images")), groups = [], cards = [], place = 0, shown, view;
const decisions = new Decisions(model, session, renew), tiles = new Tiles(model), wall = new Wall($("wall"), tiles), overview = new Overview($("overview"), tiles), stage = new Stage($("stage"));
const lists = { overview, all: wall };

// A card as it is now, unless it says something else.
const current = (card) => [model.byKey.get(card.key)].find((now) => now?.digest === card.digest);
const opened = (card) => decisions.kept.opened[card.digest];
const go = (page) => address.set({ page, card: "" }, true);

const actions = {
	help: () => $("help").showModal(),
	close: () => go(address.all().page),
	next: () => step(1),
	previous: () => step(-1),
	overview() {
		const { campaign, channel, locale } = address.all();
		address.go({ campaign, channel, locale });
	},
	all: () => go("all"),
	changed: () => go("changed"),
	search() {
		if (view !== "all") go("all");
		$("search").focus();
	},
	choose: () => cards.length && wall.choose(cards[wall.current]),
	closer: () => stage.step(1),
	farther: () => stage.step(-1),
	fit: () => stage.step(0),
	pin: () => stage.choose() || actions.changes(),
	async approve() {
		const card = shown;
		if (!opened(card)) return say(words.unseen);
		say((await decisions.decide([card], "approve", {}, { how: card.why === "pairs" ? "covering" : "single" })) || (model.waits(card) ? words.almost : words.done));
	},
	async changes({ slot = "", quote = "" } = {}) {
		const card = shown, form = $("changes").firstElementChild;
		if (form.dataset.key !== card.key) form.reset();
		form.dataset.key = card.key;
		const components = Object.fromEntries(model.slots(card));
		put(form.slot, new Option(words.whole, ""), card.in.slots.map((name) => new Option(spoken(name), name)));
		form.slot.onchange = () => ($("changes-component").textContent = components[form.slot.value] ?? "");
		[form.slot.value, form.quote.value] = [slot, quote];
		form.slot.onchange();
		if (!(await asked("changes"))) return;
		const about = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
		if (!current(card)) return say(words.changed);
		const problem = about.comment ? await decisions.decide([current(card)], "changes", about) : words.wordless;
		say(problem || words.asked);
		if (!problem) form.reset();
	},
	async undo() {
		say((await decisions.undo(shown)) || words.back);
	},
	async batch() {
		const chosen = [...wall.chosen], of = chosen.length, seen = chosen.filter(opened).length;
		$("several").dataset.opened = seen;
		$("several-about").textContent = `${variants(of)} ${words.chosen} ${seen}.`;
		if (!(await asked("several")) || !seen) return;
		if (!chosen.every(current)) return say(words.changed);
		say((await decisions.decide(chosen.map(current), "approve", {}, { how: "batch", of, opened: seen })) || `${variants(of)} approved.`);
		wall.choose();
	},
	async handin() {
		const form = $("deliver").firstElementChild;
		put(form.role, ["", ...model.roles].map((role) => new Option(role)));
		const answer = await asked("deliver");
		if (answer === "forget" && confirm(words.forget)) decisions.count(decisions.keep((kept) => (kept.decisions = [])));
		if (answer !== "done") return;
		const file = decisions.file(decisions.current.map((decision) => ({ ...decision, role: form.role.value || null })));
		h("a", { href: URL.createObjectURL(new Blob([file])), download: `${model.name}-decisions.json` }).click();
		say(words.downloaded);
	},
};

// What a dialog is left with: nothing when it is cancelled.
function asked(id) {
	$(id).returnValue = "";
	$(id).showModal();
	return new Promise((done) => ($(id).onclose = () => done($(id).returnValue)));
}

function step(by) {
	if (!shown) return lists[view]?.step(by);
	const index = cards.indexOf(shown), next = cards[index < 0 ? place - (by < 0) : index + by];
	next ? address.set({ card: next.key }) : say(words.end);
}

function render() {
	if (!model.digests && location.hash) return; // another view needs the rest
	const was = shown, before = view, back = shown ?? active().card, { card, page } = address.all(), listing = page === "all" || filtered();
	shown = model.byKey.get(card);
	view = shown ? "one" : page === "changed" && model.causes ? page : listing ? "all" : "overview";
	const group = shown?.in ?? model.group(address.all());
	groups = listing ? grouped(matching(model), model) : [["", model.cards.filter((card) => card.in === group)]];
	cards = [...new Set(groups.flatMap(([, all]) => all))];
	place = cards.includes(shown) ? cards.indexOf(shown) : place;
	for (const section of $$("main > section")) section.hidden = section.id !== view;
	for (const button of $$("nav button")) button.ariaCurrent = button.dataset.do === (shown ? (listing ? "all" : "overview") : view) ? "page" : null;
	$("places").hidden = !["one", "overview"].includes(view);
	$("top").hidden = Boolean(shown);
	$("intro").hidden = view !== "overview";
	places(group);
	if (view === "all") list();
	if (model.digests) progress();
	if (view !== before) say("");
	if (shown) return one(shown !== was);
	if (view === "overview") overview.show(group);
	if (view === "changed" && view !== before) put($("causes"), changes(model, tiles));
	if (back) lists[view]?.find(back);
}

function list() {
	put($("chips"), chips());
	if ($("more").open && !$("selects").contains(active())) put($("selects"), selects(model));
	if (active() !== $("search")) $("search").value = address.all().q ?? "";
	$("group").value = address.all().group ?? "";
	$("found").textContent = variants(cards.length);
	wall.list(groups);
}

function one(anew) {
	const at = address.all(), position = cards.indexOf(shown) + 1, side = $("panel"), top = anew ? 0 : side.scrollTop;
	$("one").dataset.digest = shown.digest;
	$("subject").textContent = shown.title;
	$("preheader").textContent = model.part(shown, "preheader");
	$("about").textContent = [shown.default ? words.default : shown.differs, position ? `${position} of ${cards.length}` : shown.key].join(" · ");
	put($("status"), model.marks(shown).map((mark) => h("span", mark)));
	$("against").hidden = !shown.in.before;
	for (const button of $$("[data-cycle]")) button.ariaPressed = values(button).slice(1).includes(at[button.dataset.cycle]);
	for (const node of $$(".picture")) node.hidden = !shown.in.parts.html || (node.classList.contains("two") && shown.default && !at.against);
	const told = JSON.stringify([shown.digest, at.against, at.words, shown.decisions, model.requests(shown)]);
	if (told !== side.dataset.told) put(side, panel(model, shown, at, actions.changes));
	side.dataset.told = told;
	stage.show(model, shown, at);
	side.scrollTop = top;
	if (!anew) return;
	scrollTo(0, 0);
	$("subject").focus({ preventScroll: true });
}

// What a button goes through; a width that is shown anyhow is left out.
const values = (node) => node.dataset.values.split(",").filter((value) => value !== (innerWidth < 700 ? "mobile" : "desktop"));

// Where the reader is; another place shows the same variant there, as far as there is one.
function places(group) {
	const like = (card) => JSON.stringify(model.slots(card)), beside = [];
	for (const [name, speak] of Object.entries(PLACE)) {
		const select = $(name), there = model.groups.filter((other) => beside.every((known) => other[known] === group[known])), options = [...new Set(there.map((other) => other[name]))];
		beside.push(name);
		put(select, options.map((value) => new Option(speak(value), value, false, value === group[name])));
		select.disabled = options.length < 2;
		select.onchange = () => {
			const next = model.group({ ...group, [name]: select.value }), { campaign, channel, locale } = next;
			address.set({ campaign, channel, locale, card: shown && (model.cards.find((card) => card.in === next && like(card) === like(shown)) ?? next.card).key });
		};
	}
}

function progress() {
	const done = model.looks.filter((card) => model.status(card) === "approved").length, others = model.cards.length - model.looks.length, mine = decisions.current.length;
	$("progress").textContent = [`${done.toLocaleString("en")} of ${count(model.looks.length, "look")} approved`, others && `${variants(others)} ${words.rest}`].filter(Boolean).join("; ");
	$("handin").hidden = session || !mine;
	$("handin").textContent = `Hand in ${count(mine, "decision")}`;
	$("batch").hidden = view !== "all" || !wall.chosen.size;
	$("batch").textContent = `Approve ${wall.chosen.size} chosen`;
}

function start() {
	$("to-changed").hidden = !model.causes;
	$("to-changed").firstChild.textContent = `What changed (${model.causes?.length}) `;
	$("sheet").hidden = !model.sheet;
	decisions.count();
}

// Where the page is served, wait for the project to change, and show what is new in place.
async function follow() {
	try {
		const answer = await fetch(`contents?after=${session.revision}`, { headers: { "X-Assembler-Token": session.token } });
		if (answer.status !== 204) renew(await answer.json());
	} catch {
		await new Promise((done) => setTimeout(done, 2000));
	}
	follow();
}

// News is what is wrong with the project, decisions alone, or all contents.
function renew(news) {
	session.revision = news.revision;
	if (news.problem) return say(news.problem);
	if (!news.contents) {
		model.subjects.status = news.status;
		for (const card of model.cards) card.decisions = news.decisions[card.digest] ?? [];
		return decisions.count();
	}
	const digests = new Set(model.cards.map((card) => card.digest));
	model = decisions.model = tiles.model = new Model(news.contents, news.images);
	shown = model.byKey.get(shown?.key);
	view = "";
	wall.choose();
	start();
	say(`The project changed: ${variants(model.cards.filter((card) => !digests.has(card.digest)).length)}.`);
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// What a key does here, if anything.
function meaning({ key, target }) {
	const list = lists[view], node = document.querySelector(`[aria-keyshortcuts="${CSS.escape(key.length > 1 ? key : key.toUpperCase().replace("=", "+"))}"]`);
	if (list && ARROWS[key] && (target.card || target === document.body)) return () => list.step(...ARROWS[key]);
	if (list && key === "Enter" && target === document.body && cards.length) return () => address.open(cards[list.current ?? 0]);
	if (view === "overview" && /^[1-9]$/.test(key)) return () => overview.row(Number(key));
	if (!node || node.closest("[hidden]")) return;
	if (!node.options) return () => (node.dataset.cycle ? node.click() : actions[node.dataset.do]());
	return () => {
		node.selectedIndex = (node.selectedIndex + 1) % node.options.length;
		node.onchange();
	};
}

addEventListener("keydown", (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey || (event.repeat && !/^(Arrow|[jk]$)/i.test(event.key)) || document.querySelector("dialog[open]")) return;
	const typing = event.target.closest("input:not([type=checkbox],[type=range]),textarea,select");
	if (typing && event.key === "Escape") typing.blur();
	const act = !typing && ($("keys").checked || event.key.length > 1) && meaning(event);
	if (!act) return;
	event.preventDefault();
	act();
});
addEventListener("click", ({ target }) => {
	const node = target.closest("[data-do],[data-cycle]"), name = node?.dataset.cycle;
	if (name) address.set({ [name]: values(node)[Math.max(0, values(node).indexOf(address.all()[name])) + 1] });
	else if (node) actions[node.dataset.do]();
});
$("search").oninput = () => address.set({ q: $("search").value });
$("group").onchange = () => address.set({ group: $("group").value });
addEventListener("hashchange", render);
matchMedia("(min-width: 700px)").onchange = render;
decisions.onchange = render;
wall.onchoose = progress;
$("more").ontoggle = list;
stage.onseen = (card) => opened(card) || decisions.keep((kept) => (kept.opened[card.digest] = 1));
stage.onpoint = actions.changes;
stage.onarrange = () => ($("scale").textContent = `${Math.round(stage.scale * 100)} %`);
start();
// What is not in the first view stands last in the page, and waits until that is drawn.
decisions.loaded = new Promise((done) => addEventListener("load", () => {
	tiles.ondrawn = () => setTimeout(done, 50);
	setTimeout(done, location.hash ? 0 : 1000);
})).then(async () => {
	model.add(await unpacked("rest"));
	decisions.current.length || location.hash ? decisions.count() : progress();
	if (session) follow();
});
