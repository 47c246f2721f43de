// Where the reader is, kept in the address: a link to this very view can be sent to a colleague.

export const address = {
  all() {
    return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  },

  // Change some of it; an empty value is left out. `anew` adds a step to go back from.
  set(changes, anew = false) {
    const next = new URLSearchParams({ ...this.all(), ...changes });
    for (const [key, value] of [...next]) if (!value) next.delete(key);
    const hash = "#" + next;
    if (hash === (location.hash || "#")) return;
    if (anew) location.hash = hash;
    else {
      history.replaceState(null, "", hash);
      dispatchEvent(new HashChangeEvent("hashchange"));
    }
  },
};
