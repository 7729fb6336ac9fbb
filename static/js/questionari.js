// The questionnaire saves each answer by itself (htmx does the asking). Until the server has confirmed an answer, a copy of it
// stays on this device; what could not be saved is tried again when the connection is back, at growing intervals, and
// whoever leaves before is warned. Without this file the page's buttons do all the work.
(() => {
  document.documentElement.classList.add("con-js");
  const modulo = document.querySelector("[data-questionario]");
  const { htmx, Copie, Campi } = window;
  if (!modulo || !htmx) {
    return;
  }
  const ATTESA_TESTO = 700;
  const PRIMO_RITARDO = 2000;
  const MASSIMO_RITARDO = 60000;

  // ------------------------------------------------------------------------------------------ the state of each question
  // sporca: typed and not confirmed · involo: being sent · ferma: refused, no use in trying again by itself
  const stati = new Map();
  const statoDi = (codice) => {
    if (!stati.has(codice)) {
      stati.set(codice, { sporca: false, involo: false, ferma: false, inviati: "", attesa: 0 });
    }
    return stati.get(codice);
  };
  const trova = (codice) => document.getElementById(`q-${codice}`);
  const sporche = () => [...stati].filter(([, stato]) => stato.sporca).map(([codice]) => codice);
  const fotografia = (domanda) => JSON.stringify(Campi.valori(domanda));
  const salvabile = (domanda) => Boolean(domanda?.hasAttribute("hx-post") && Campi.revisione(domanda));

  const di = (domanda, quale, testo, collegamento) => {
    const posto = domanda?.querySelector(".salvataggio");
    if (!posto) {
      return;
    }
    const riga = document.querySelector(`template[data-avviso="${quale}"]`).content.firstElementChild.cloneNode(true);
    riga.querySelector("span").textContent = testo;
    if (collegamento) {
      const a = document.createElement("a");
      a.href = collegamento.href;
      a.textContent = collegamento.testo;
      a.addEventListener("click", () => {
        lascia = true;
      });
      riga.querySelector("span").append(" ", a);
    }
    posto.replaceChildren(riga);
  };

  // ------------------------------------------------------------------------------------------ writing and saving
  const cambiata = (domanda, subito) => {
    const codice = Campi.codice(domanda);
    const stato = statoDi(codice);
    stato.sporca = true;
    stato.ferma = false;
    Copie.scrivi(codice, Campi.valori(domanda), Campi.revisione(domanda).value);
    window.clearTimeout(stato.attesa);
    stato.attesa = window.setTimeout(() => salva(codice), subito ? 0 : ATTESA_TESTO);
  };

  const salva = (codice) => {
    const stato = statoDi(codice);
    const domanda = trova(codice);
    window.clearTimeout(stato.attesa);
    if (stato.sporca && !stato.involo && salvabile(domanda)) {
      htmx.trigger(domanda, "salva");
    }
  };
  const salvaTutte = () => {
    for (const codice of sporche()) {
      if (!stati.get(codice).ferma) {
        salva(codice);
      }
    }
  };

  modulo.addEventListener("input", (evento) => {
    const area = evento.target.closest("textarea");
    const conta = area && modulo.querySelector(`[data-conta="${CSS.escape(area.id)}"] .conta-numero`);
    if (conta) {
      conta.textContent = area.value.length;
    }
    const domanda = evento.target.closest(".domanda");
    if (salvabile(domanda) && evento.target.type !== "file") {
      cambiata(domanda, evento.target.type === "radio" || evento.target.type === "checkbox");
    }
  });
  modulo.addEventListener("change", (evento) => {
    const domanda = evento.target.closest(".domanda");
    if (domanda && statoDi(Campi.codice(domanda)).sporca) {
      salva(Campi.codice(domanda)); // leaving a text saves it at once
    }
  });
  modulo.addEventListener("click", (evento) => {
    const bottone = evento.target.closest("[data-sposta]");
    if (bottone) {
      evento.preventDefault();
      const domanda = bottone.closest(".domanda");
      Campi.sposta(domanda, bottone);
      cambiata(domanda, true);
    }
  });

  // ------------------------------------------------------------------------------------------ what became of it
  let ritardo = PRIMO_RITARDO;
  let sveglia = 0;
  const riprovaPoi = () => {
    window.clearTimeout(sveglia);
    sveglia = window.setTimeout(salvaTutte, ritardo + Math.random() * 500);
    ritardo = Math.min(ritardo * 2, MASSIMO_RITARDO);
  };
  window.addEventListener("online", () => {
    ritardo = PRIMO_RITARDO;
    salvaTutte();
  });

  const domandaDi = (evento) => {
    const { elt } = evento.detail;
    return elt.classList?.contains("domanda") ? elt : null;
  };

  // Only the question's own fields travel, not the whole page.
  document.body.addEventListener("htmx:configRequest", (evento) => {
    const { elt, formData } = evento.detail;
    if (elt.id === "presenze") {
      const qui = document.activeElement?.closest(".domanda");
      formData.set("domanda", qui ? Campi.codice(qui) : "");
      return;
    }
    const domanda = elt.closest(".domanda");
    if (domanda) {
      const codice = Campi.codice(domanda);
      for (const nome of [...formData.keys()]) {
        if (nome !== codice && !nome.startsWith(`${codice}-`) && nome !== "azione" && nome !== "csrfmiddlewaretoken") {
          formData.delete(nome);
        }
      }
    }
  });

  document.body.addEventListener("htmx:beforeRequest", (evento) => {
    if (evento.detail.elt.id === "presenze" && document.hidden) {
      evento.preventDefault();
      return;
    }
    const domanda = domandaDi(evento);
    if (domanda && evento.detail.requestConfig.verb === "post") {
      const stato = statoDi(Campi.codice(domanda));
      stato.involo = true;
      stato.inviati = fotografia(domanda);
      di(domanda, "attesa", "Sto salvando…");
    }
  });

  // The login page, or any page that is not the answer to a save, never goes into the questionnaire.
  const eRisposta = (xhr) => xhr.getResponseHeader("X-Salvata") !== null;
  document.body.addEventListener("htmx:beforeSwap", (evento) => {
    const { xhr, elt, requestConfig } = evento.detail;
    if (!elt.closest("[data-questionario]") && elt.id !== "presenze") {
      return;
    }
    if (requestConfig.verb === "post" && elt.id !== "presenze") {
      evento.detail.shouldSwap = eRisposta(xhr);
      evento.detail.isError = !eRisposta(xhr) && xhr.status >= 400;
    } else if (xhr.responseURL && new URL(xhr.responseURL).pathname !== new URL(requestConfig.path, window.location).pathname) {
      evento.detail.shouldSwap = false;
    }
  });
  // A question that depends on this one is replaced only when it appears or goes: what is being typed in it stays.
  document.body.addEventListener("htmx:oobBeforeSwap", (evento) => {
    const { target, fragment } = evento.detail;
    if (target.classList.contains("domanda")) {
      const nuova = fragment.querySelector?.(".domanda") ?? fragment.firstElementChild;
      evento.detail.shouldSwap = target.hidden !== nuova?.hidden;
    }
  });

  const RIFIUTI = {
    403: ["Non salvato: la pagina è rimasta aperta troppo a lungo. La risposta resta su questo dispositivo.", "Ricarica la pagina"],
    404: ["Non salvato: questa sezione non è più affidata a te. Copia il testo, se ti serve.", null],
    413: ["Non salvato: la risposta è troppo lunga.", null],
  };
  const esito = (codice, xhr, scelta) => {
    const stato = statoDi(codice);
    const domanda = trova(codice);
    stato.involo = false;
    if (xhr.status === 0 || xhr.status === 429 || xhr.status >= 500) {
      const perche = xhr.status === 0 ? "manca la connessione" : "il portale non risponde";
      di(domanda, "no", `Non ancora salvato: ${perche}. La risposta resta su questo dispositivo, riproviamo tra poco.`);
      riprovaPoi();
      return;
    }
    ritardo = PRIMO_RITARDO;
    if (!eRisposta(xhr)) {
      stato.ferma = true;
      if (xhr.status < 400) {
        const href = `${modulo.dataset.accesso}?next=${encodeURIComponent(window.location.pathname)}`;
        di(domanda, "no", "Non salvato: la sessione è scaduta. La risposta resta su questo dispositivo.", {
          href,
          testo: "Entra di nuovo",
        });
        return;
      }
      const [testo, azione] = RIFIUTI[xhr.status] ?? ["Non salvato. La risposta resta su questo dispositivo.", "Ricarica la pagina"];
      di(domanda, "no", testo, azione && { href: window.location.pathname, testo: azione });
      return;
    }
    if (xhr.getResponseHeader("X-Salvata") !== "si") {
      stato.ferma = true; // a conflict to settle, an answer that does not fit, a term that has passed: said on the page
      return;
    }
    if (!scelta && salvabile(domanda) && fotografia(domanda) !== stato.inviati) {
      cambiata(domanda, true); // more was typed meanwhile
      return;
    }
    stato.sporca = false;
    stato.ferma = false;
    Copie.togli(codice);
    conclusa();
  };
  document.body.addEventListener("htmx:afterRequest", (evento) => {
    const { xhr, requestConfig, elt } = evento.detail;
    const domanda = elt.closest?.(".domanda") ?? document.getElementById(requestConfig.target?.id?.replace("stato-", "q-"));
    if (requestConfig.verb !== "post" || elt.id === "presenze") {
      return;
    }
    const codice = requestConfig.path.split("/").at(-2);
    const scelta = Boolean(requestConfig.triggeringEvent?.target?.closest?.('[id^="scegli-"]'));
    if (elt.matches?.("button") && !scelta) {
      if (xhr.status === 0) {
        di(domanda, "no", "Non allegato: manca la connessione. Riprova quando torna.");
      }
      return; // files are not kept on the device
    }
    esito(codice, xhr, scelta);
  });

  // ------------------------------------------------------------------------------------------ copies left on this device
  const riprendi = (codice) => {
    const copia = Copie.leggi(codice);
    const domanda = trova(codice);
    if (!copia || !salvabile(domanda) || statoDi(codice).sporca) {
      return;
    }
    if (JSON.stringify(copia.valori) === fotografia(domanda)) {
      Copie.togli(codice);
      return;
    }
    Campi.metti(domanda, copia.valori);
    Campi.revisione(domanda).value = copia.revisione;
    statoDi(codice).sporca = true;
    di(domanda, "attesa", "Ripresa dalla copia su questo dispositivo.");
    salva(codice);
  };
  const riprendiTutte = () => Copie.diQui().forEach(riprendi);
  document.body.addEventListener("htmx:oobAfterSwap", (evento) => {
    if (evento.detail.target.classList.contains("domanda")) {
      window.setTimeout(riprendiTutte, 50); // it has just appeared, and may have been answered here before
    }
  });
  const avvisoCopie = document.querySelector("[data-copie]");
  const altre = Copie.altreSezioni();
  if (avvisoCopie && altre.length) {
    avvisoCopie.hidden = false;
    for (const sezione of altre) {
      const collegamento = document.querySelector(`#sezioni a[data-sezione="${CSS.escape(sezione)}"]`);
      if (collegamento) {
        const a = document.createElement("a");
        a.href = collegamento.href;
        a.textContent = collegamento.querySelector(".sezioni-nome").textContent;
        avvisoCopie.append(" ", a);
      }
    }
  }

  // ------------------------------------------------------------------------------------------ colleagues
  let revisioni = {};
  const aggiorna = () => {
    for (const [codice, revisione] of Object.entries(revisioni)) {
      const domanda = trova(codice);
      const vista = domanda && Campi.revisione(domanda);
      const stato = statoDi(codice);
      const occupata = stato.sporca || stato.involo || domanda?.contains(document.activeElement);
      if (vista && !occupata && Number(vista.value) < revisione) {
        htmx.ajax("GET", domanda.getAttribute("hx-post"), { target: domanda, swap: "outerHTML" });
      }
    }
  };
  const leggiRevisioni = () => {
    const dati = document.querySelector("#presenze [data-revisioni]");
    if (dati) {
      revisioni = JSON.parse(dati.dataset.revisioni);
      aggiorna();
    }
  };
  document.body.addEventListener("htmx:afterSettle", (evento) => {
    if (evento.detail.target.id === "presenze") {
      leggiRevisioni();
    }
  });
  modulo.addEventListener("focusout", () => window.setTimeout(aggiorna, 0));

  // ------------------------------------------------------------------------------------------ going on, leaving
  let lascia = false;
  let poi = null;
  const conclusa = () => {
    if (poi && !sporche().length) {
      lascia = true;
      window.location.assign(poi);
    }
  };
  modulo.addEventListener("submit", (evento) => {
    const bottone = evento.submitter;
    if (!bottone || bottone.name === "azione") {
      lascia = true;
      return;
    }
    evento.preventDefault();
    poi = bottone.dataset.poi ?? null;
    const rimaste = sporche();
    salvaTutte();
    if (!rimaste.length) {
      conclusa();
      return;
    }
    const ferma = rimaste.find((codice) => stati.get(codice).ferma);
    if (ferma) {
      poi = null;
      trova(ferma)?.scrollIntoView({ block: "center" });
      trova(ferma)?.querySelector("input:not([type=hidden]), textarea, button")?.focus();
    }
  });
  window.addEventListener("beforeunload", (evento) => {
    if (!lascia && sporche().length) {
      evento.preventDefault();
    }
  });

  const inizia = () => {
    riprendiTutte();
    leggiRevisioni();
  };
  if (document.readyState === "complete") {
    inizia();
  } else {
    window.addEventListener("load", inizia); // htmx has read the page by then
  }
})();
