// Where the reader is, kept in the address: a link to this very view can be sent to a colleague.

export const address = {
	all: () => Object.fromEntries(new URLSearchParams(location.hash.slice(1))),

	// Change some of it. `anew` adds a step to go back from.
	set: (changes, anew) => address.go({ ...address.all(), ...changes }, !anew),

	open: ({ key }) => address.set({ card: key }, true),

	// Be somewhere else; an empty value is left out.
	go(place, stay) {
		const left = Object.entries(place).filter(([, value]) => value);
		history[stay ? "replaceState" : "pushState"](null, "", "#" + new URLSearchParams(left));
		dispatchEvent(new Event("hashchange"));
	},
};
