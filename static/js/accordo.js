// Small comforts; every page works without them.

// An error summary takes the focus, so that it is read first.
const errori = document.querySelector("[data-errori]");
if (errori) {
  errori.focus();
}

// A panel that was opened closes with Escape, and with a click elsewhere.
for (const pannello of document.querySelectorAll("details[data-chiudi-fuori]")) {
  document.addEventListener("click", (evento) => {
    if (pannello.open && !pannello.contains(evento.target)) {
      pannello.open = false;
    }
  });
  pannello.addEventListener("keydown", (evento) => {
    if (evento.key === "Escape" && pannello.open) {
      pannello.open = false;
      pannello.querySelector("summary").focus();
    }
  });
}
