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

// A panel opens by itself when what it asks for is wanted.
for (const pannello of document.querySelectorAll("details[data-apri-con]")) {
  const apri = () => {
    if (document.querySelector(pannello.dataset.apriCon)) {
      pannello.open = true;
    }
  };
  pannello.closest("form").addEventListener("change", apri);
  apri();
}

// Who leaves the portal leaves nothing they wrote behind on the device (copie.js).
for (const uscita of document.querySelectorAll("form[data-esci]")) {
  uscita.addEventListener("submit", () => {
    window.addEventListener("pagehide", () => {
      for (const chiave of Object.keys(window.localStorage)) {
        if (chiave.startsWith("accordo:risposte:") || chiave.startsWith("accordo:bozza:")) {
          window.localStorage.removeItem(chiave);
        }
      }
    });
  });
}
