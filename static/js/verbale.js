// The minutes save each item by themselves (htmx). This says that a text waits to be saved, tries again when the connection
// comes back, warns who leaves too early, and gives the words selected to the finding that is made of them.
const modulo = document.querySelector("[data-verbale]");

if (modulo) {
  const inSospeso = new Set();
  const statoDi = (punto) => punto && punto.querySelector(".salvato");
  const di = (punto, testo) => {
    const stato = statoDi(punto);
    if (stato) {
      stato.textContent = testo;
    }
  };
  const puntoDi = (evento) => evento.target.closest(".punto-verbale");

  modulo.addEventListener("input", (evento) => {
    const punto = puntoDi(evento);
    if (punto) {
      inSospeso.add(punto.id);
      di(punto, "Non ancora salvato");
    }
  });
  document.body.addEventListener("htmx:beforeRequest", (evento) => {
    const punto = puntoDi(evento);
    inSospeso.delete(punto?.id);
    di(punto, "Sto salvando…");
  });
  const nonSalvato = (evento, testo) => {
    const punto = puntoDi(evento);
    if (punto) {
      inSospeso.add(punto.id);
      di(punto, testo);
    }
  };
  document.body.addEventListener("htmx:sendError", (evento) => {
    nonSalvato(evento, "Non salvato: manca la connessione. Il testo resta sulla pagina, riproviamo tra poco.");
  });
  document.body.addEventListener("htmx:responseError", (evento) => {
    nonSalvato(evento, "Non salvato: ricarica la pagina per sapere perché.");
  });
  const riprova = () => {
    for (const id of inSospeso) {
      const campo = document.getElementById(id)?.querySelector("[hx-post]");
      if (campo && window.htmx) {
        window.htmx.trigger(campo, "salva");
      }
    }
  };
  window.addEventListener("online", riprova);
  window.setInterval(() => {
    if (navigator.onLine && inSospeso.size) {
      riprova();
    }
  }, 15000);
  modulo.addEventListener("submit", () => inSospeso.clear());
  window.addEventListener("beforeunload", (evento) => {
    if (inSospeso.size) {
      evento.preventDefault();
    }
  });
  modulo.addEventListener("click", (evento) => {
    const legame = evento.target.closest("[data-rilievo]");
    const campo = legame && document.getElementById(legame.dataset.rilievo);
    if (campo) {
      const scelte = campo.value.slice(campo.selectionStart, campo.selectionEnd).trim();
      if (scelte) {
        const indirizzo = new URL(legame.href);
        indirizzo.searchParams.set("testo", scelte.slice(0, 480));
        legame.href = indirizzo.href;
      }
    }
  });
}
