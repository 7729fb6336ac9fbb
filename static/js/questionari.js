// The questionnaire saves each answer by itself (htmx). This tells how the saving goes, tries again when the connection
// comes back, and warns who leaves before it is done. Without it the page's buttons do all the work.
const modulo = document.querySelector("[data-questionario]");
document.documentElement.classList.add("con-js");

if (modulo) {
  const inSospeso = new Set();
  const statoDi = (domanda) => domanda.querySelector(".salvataggio");

  const di = (domanda, classe, testo) => {
    const stato = domanda && statoDi(domanda);
    if (stato) {
      const riga = document.createElement("p");
      riga.className = classe;
      riga.textContent = testo;
      stato.replaceChildren(riga);
    }
  };
  const domandaDi = (evento) => evento.target.closest(".domanda");

  modulo.addEventListener("input", (evento) => {
    const domanda = evento.target.closest(".domanda[hx-post]");
    if (domanda) {
      inSospeso.add(domanda.id);
    }
    const area = evento.target.closest("textarea");
    const conta = area && modulo.querySelector(`[data-conta="${area.id}"] .conta-numero`);
    if (conta) {
      conta.textContent = area.value.length;
    }
  });

  document.body.addEventListener("htmx:beforeRequest", (evento) => {
    const domanda = domandaDi(evento);
    inSospeso.delete(domanda?.id);
    di(domanda, "salvataggio-attesa", "Sto salvando…");
  });

  const nonSalvato = (evento, testo) => {
    const domanda = domandaDi(evento);
    if (domanda) {
      inSospeso.add(domanda.id);
      di(domanda, "salvataggio-no", testo);
    }
  };
  document.body.addEventListener("htmx:sendError", (evento) => {
    nonSalvato(evento, "Non ancora salvato: manca la connessione. La risposta resta sulla pagina, riproviamo tra poco.");
  });
  document.body.addEventListener("htmx:responseError", (evento) => {
    nonSalvato(evento, "Non salvato: ricarica la pagina per sapere perché.");
  });

  const riprova = () => {
    for (const id of inSospeso) {
      const domanda = document.getElementById(id);
      if (domanda && window.htmx) {
        window.htmx.trigger(domanda, "salva");
      }
    }
  };
  window.addEventListener("online", riprova);
  window.setInterval(() => {
    if (navigator.onLine && modulo.querySelector(".salvataggio-no")) {
      riprova();
    }
  }, 15000);

  modulo.addEventListener("submit", () => inSospeso.clear());
  window.addEventListener("beforeunload", (evento) => {
    if (inSospeso.size) {
      evento.preventDefault();
    }
  });
}
