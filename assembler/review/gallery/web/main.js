// The page: a list of variants, one of them opened, keys that are buttons, and dialogs.

import { address } from "address";
import { Decisions } from "decisions";
import { detail, marked } from "detail";
import { count, data, h, link, words } from "dom";
import { facetForm, matching } from "facets";
import { Model } from "model";
import { Wall } from "wall";

const $ = (id) => document.getElementById(id);
const say = (text) => ($("said").textContent = text);
const variants = (number) => count(number, "variant");

const session = data("session");
let model = new Model(data("contents"), data("images")), cards = [], shown;
const decisions = new Decisions(model, session, renew), wall = new Wall($("wall"), model);

const actions = {
	help: () => $("help").showModal(),
	close: () => address.set({ card: "" }, true),
	next: () => step(1),
	previous: () => step(-1),
	search: () => $("facets").querySelector("input").focus(),
	choose: () => wall.choose(shown ?? cards[wall.current]),
	async approve() {
		say((await decisions.decide([shown], "approve", {}, { how: shown.why === "pairs" ? "covering" : "single" })) || "Approved.");
	},
	async changes() {
		const card = shown, form = $("changes").firstElementChild;
		form.slot.replaceChildren(new Option("the whole variant", ""), ...card.in.slots.map((each) => new Option(each)));
		if (!(await asked("changes"))) return;
		const about = [...new FormData(form)].filter(([, value]) => value.trim());
		if (model.byKey.get(card.key)?.digest !== card.digest) return say(words.changed);
		const problem = form.comment.value.trim() ? await decisions.decide([card], "changes", Object.fromEntries(about)) : words.wordless;
		say(problem || words.asked);
		if (!problem) form.reset();
	},
	async undo() {
		say((await decisions.undo(shown)) || words.back);
	},
	async batch() {
		const chosen = [...wall.chosen], of = chosen.length, opened = chosen.filter((card) => decisions.kept.opened[card.digest]).length;
		$("several").dataset.opened = opened;
		$("several-about").textContent = `${variants(of)} chosen, ${opened} of them opened.`;
		if (!(await asked("several")) || !opened) return;
		say((await decisions.decide(chosen, "approve", {}, { how: "batch", of, opened })) || `${variants(of)} approved.`);
		wall.choose();
	},
	async handin() {
		const form = $("deliver").firstElementChild;
		form.role.replaceChildren(...["", ...model.roles].map((each) => new Option(each)));
		const answer = await asked("deliver");
		if (answer === "forget" && confirm(words.forget)) decisions.count(decisions.keep((kept) => (kept.decisions = [])));
		if (answer !== "done") return;
		const file = decisions.file(decisions.current.map((each) => ({ ...each, role: form.role.value || null })));
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
	if (!shown) return wall.step(by);
	const next = cards[cards.indexOf(shown) + by];
	if (next) address.set({ card: next.key });
	else say(words.end);
}

function render() {
	const was = shown;
	cards = matching(model);
	shown = model.byKey.get(address.all().card);
	$("list").hidden = shown;
	$("one").hidden = !shown;
	if (shown) one(shown !== was);
	else {
		if (!document.activeElement.closest(".facets")) $("facets").replaceChildren($("facets").firstElementChild, facetForm(model));
		$("found").textContent = variants(cards.length);
		wall.list(cards);
		if (was) wall.step(cards.indexOf(was) - wall.current);
	}
	progress();
}

function one(anew) {
	decisions.keep((kept) => (kept.opened[shown.digest] = 1));
	$("subject").textContent = model.title(shown);
	$("preheader").textContent = model.part(shown, "preheader");
	$("about").textContent = [model.statusWords(shown), model.why(shown), shown.key, `${cards.indexOf(shown) + 1} of ${cards.length}`].join(" · ");
	$("against").hidden = !shown.in.before;
	$("detail").replaceChildren(detail(model, shown));
	for (const each of document.querySelectorAll("[data-cycle]")) each.ariaPressed = values(each).slice(1).includes(address.all()[each.dataset.cycle]);
	if (!anew) return;
	say("");
	scrollTo(0, 0);
	$("subject").focus({ preventScroll: true });
}

const values = (node) => node.dataset.values.split(",");

function progress() {
	const pairs = model.groups.flatMap((group) => [...group.pairs.values()]), cleared = pairs.filter((subject) => model.approved(subject)).length;
	const look = model.cards.filter((card) => card.why !== "other" && ["waiting", "changes"].includes(model.status(card))).length, mine = decisions.current.length;
	$("progress").textContent = `${cleared.toLocaleString("en")} of ${count(pairs.length, "pair")} cleared, ${count(look, "card")} of the plan to look at`;
	$("handin").hidden = session || !mine;
	$("handin").textContent = `Hand in ${count(mine, "decision")}`;
	$("batch").hidden = !wall.chosen.size;
	$("batch").textContent = `Approve ${wall.chosen.size} chosen`;
}

function start() {
	const causes = (model.causes ?? []).map(({ title, variants: all, look, detail: what, differences }) =>
		h("li", null, h("button", { type: "button", onclick: () => address.set({ cause: title, against: "before" }) }, `${title}: ${variants(all)}, ${look} to look at`), ` ${what} `,
			differences.map(({ parts }) => h("p", { class: "said" }, Object.values(parts).flat().filter(([kind]) => kind !== "=").map((each) => [...marked([each]), " "])))));
	$("sheets").replaceChildren(...Object.entries(model.sheets ?? {}).flatMap(([label, href]) => [link(label, href), " "]));
	$("causes").hidden = !model.causes;
	$("causes").lastElementChild.replaceChildren(...causes);
	cards = matching(model);
	decisions.count();
}

// Where the page is served, wait for the project to change, and show what is new in place.
async function follow() {
	const answer = await fetch(`contents?after=${session.revision}`, { headers: { "X-Assembler-Token": session.token } }).catch(() => ({}));
	if (answer.status === 200) renew(await answer.json());
	else if (answer.status !== 204) await new Promise((done) => setTimeout(done, 2000));
	follow();
}

// News is what is wrong with the project, decisions alone, or all contents.
function renew(news) {
	session.revision = news.revision;
	if (news.problem) return say(news.problem);
	if (news.contents) {
		const digests = new Set(model.cards.map((card) => card.digest));
		model = decisions.model = wall.model = new Model(news.contents, news.images);
		shown = model.byKey.get(shown?.key);
		wall.choose();
		start();
		return say(`The project changed: ${model.cards.filter((card) => !digests.has(card.digest)).length} of ${variants(model.cards.length)} changed.`);
	}
	model.subjects.status = news.status;
	for (const card of model.cards) card.decisions = news.decisions[card.digest] ?? [];
	decisions.count();
}

addEventListener("keydown", (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
	const typing = event.target.closest("input:not([type=checkbox],[type=range]),textarea,select");
	if (typing && event.key === "Escape") typing.blur();
	if (typing) return;
	if (event.key === "Enter" && event.target === document.body && cards.length && !shown) return address.set({ card: cards[wall.current].key }, true);
	const key = event.key.length > 1 ? event.key : event.key.toUpperCase(), found = document.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
	if (!found || (!shown && found.closest("#one"))) return;
	event.preventDefault();
	if (found.dataset.cycle) found.click();
	else actions[found.dataset.do]();
});
addEventListener("click", ({ target }) => {
	const node = target.closest("[data-do],[data-cycle]"), name = node?.dataset.cycle;
	if (name) address.set({ [name]: values(node)[Math.max(0, values(node).indexOf(address.all()[name])) + 1] });
	else if (node) actions[node.dataset.do]();
});
addEventListener("hashchange", render);
decisions.addEventListener("change", () => (shown ? (one(), progress()) : render()));
wall.addEventListener("choose", progress);
start();
if (session) follow();
