// Where the reader is, kept in the address: a link to this very view can be sent to a colleague.

export const address = {
	all: () => Object.fromEntries(new URLSearchParams(location.hash.slice(1))),

	// Change some of it; an empty value is left out. `anew` adds a step to go back from.
	set(changes, anew) {
		const left = Object.entries({ ...address.all(), ...changes }).filter(([, value]) => value);
		history[anew ? "pushState" : "replaceState"](null, "", "#" + new URLSearchParams(left));
		dispatchEvent(new Event("hashchange"));
	},

	// Be somewhere else.
	clear: (place) => address.set({ ...Object.fromEntries(Object.keys(address.all()).map((key) => [key, ""])), ...place }, true),
};
