// Keeps what was typed in the fragment, so that it never enters a server's log.
for (const form of document.querySelectorAll("[data-search-form]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = form.querySelector("[data-search-input]").value.trim();
    const address = new URL(form.action, location.href);
    address.hash = query ? `q=${encodeURIComponent(query)}` : "";
    location.assign(address);
  });
}
