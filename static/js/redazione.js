// The hands of who writes the draft: keys, clicks, buttons, what is pasted; the panel; the colleagues. Without this file each
// disposition has its page with the same buttons.
(() => {
  const { Coda, Editor } = window;
  const foglio = document.getElementById("tavolo");
  if (!Coda || !Editor) {
    return;
  }
  document.documentElement.classList.add("con-js");
  const sotto = JSON.parse(foglio.dataset.sotto);
  const { riga, blocco, elenco, codice, fuoco } = Editor;

  // ------------------------------------------------------------------------------------------ moving
  const VERSI = { ArrowUp: "su", ArrowDown: "giu", ArrowLeft: "promuovi", ArrowRight: "retrocedi" };
  const sopra = (id) => codice(blocco(id)?.parentElement.closest('[id^="b-"]'));
  const primoFiglio = (id) => elenco(id)?.querySelector(":scope > li:not(.in-attesa) > .riga")?.dataset.tipo;

  // What is not on the server yet only changes its place here.
  const muoviNuova = (ed, verso) => {
    const dopo = ed.posizione === "dopo";
    if (verso === "retrocedi" && dopo) {
      const tipo = primoFiglio(ed.riferimento) ?? sotto[riga(ed.riferimento)?.dataset.tipo];
      if (tipo) {
        Object.assign(ed, { tipo, posizione: "in_fondo" });
        return true;
      }
    }
    const padre = dopo ? sopra(ed.riferimento) : ed.riferimento;
    if (verso === "promuovi" && padre) {
      Object.assign(ed, { tipo: riga(padre).dataset.tipo, riferimento: padre, posizione: "dopo" });
      return true;
    }
    return false;
  };
  const muovi = (id, verso, ed) => {
    if (ed?.nuova && !ed.operazione && !Editor.dritto(ed.area.value)) {
      if (muoviNuova(ed, verso)) {
        Editor.riaggancia(ed);
        Coda.annuncia(`Ora è: ${ed.elemento.querySelector(".editor-nome").textContent}.`);
      } else {
        Coda.avverti("Qui non può salire né scendere: scrivi prima il testo.");
      }
      return;
    }
    if (ed) {
      Editor.salva(ed);
    }
    Coda.accoda({ url: Coda.url(id, "sposta"), dati: () => ({ verso }) });
  };

  // ------------------------------------------------------------------------------------------ the next one, the end of one
  const prossima = (ed, testa) => {
    const tipo = ed.tipo;
    const figlio = primoFiglio(ed.id);
    const testata = ["titolo", "capo", "articolo", "allegato", "premesso", "visto", "considerato"].includes(tipo);
    const scende = testata || figlio || testa.endsWith(":");
    const suo = figlio ?? sotto[tipo];
    return scende && suo ? { posizione: "in_cima", tipo: suo } : { posizione: "dopo", tipo };
  };
  const seguente = (ed, divide) => {
    const testo = ed.area.value;
    const taglio = ed.area.selectionStart;
    if (ed.conflitto) {
      return;
    }
    if (!Editor.dritto(testo)) {
      const era = ed.nuova ? ed.riferimento : ed.id;
      Editor.chiudi(ed);
      fuoco(era);
      return;
    }
    const coda = divide && taglio > 0 ? testo.slice(taglio).trim() : "";
    const testa = coda ? testo.slice(0, taglio).trim() : testo.trim();
    ed.area.value = testa;
    const dove = prossima(ed, testa);
    Editor.chiudi(ed);
    Editor.nuova({ riferimento: ed.id, ...dove, testo: coda });
  };
  const precedente = (id) => {
    const righe = [...foglio.querySelectorAll(".riga:not([hidden]) > .apre")];
    const qui = righe.findIndex((apre) => apre.closest(".riga").id === `d-${id}`);
    return codice(righe[Math.max(0, qui < 0 ? 0 : qui - 1)]?.closest(".riga"));
  };
  let lascia = false;
  const elimina = (id, ed) => {
    const torna = ed?.nuova ? ed.riferimento : precedente(id);
    if (ed?.nuova && !ed.operazione) {
      Editor.scarta(ed);
      fuoco(torna);
      return;
    }
    const revisione = ed?.revisione ?? Number(riga(id).dataset.rev);
    if (ed) {
      Editor.scarta(ed);
    }
    Coda.accoda({
      url: Coda.url(id, "sopprimi"),
      dati: () => ({ revisione: ed?.revisione ?? revisione }),
      infine: ({ esito, vai }) => {
        if (esito === "vai") {
          lascia = true;
          window.location.assign(vai);
        } else {
          fuoco(esito === "ok" ? torna : id);
        }
      },
    });
  };

  // ------------------------------------------------------------------------------------------ two become one
  // What was typed goes first; the server says to which it was joined, and there the hand goes on, where the two meet.
  const unisci = (id, ed) => {
    if (ed) {
      Editor.salva(ed);
    }
    const coda = ed ? Editor.dritto(ed.area.value) : Editor.parole(id);
    const era = riga(id);
    Coda.accoda({
      url: Coda.url(id, "unisci"),
      dati: () => ({ revisione: Editor.revisione(id) ?? Number(era?.dataset.rev ?? 0) }),
      poi: ({ esito }) => esito === "ok" && ed && Editor.scarta(ed),
      infine: ({ esito, codice: dove }) => {
        if (esito === "ok" && riga(dove)) {
          const unito = Editor.apri(dove);
          const punto = Math.max(0, unito.area.value.length - coda.length);
          unito.area.setSelectionRange(punto, punto);
        }
      },
    });
  };
  const uniscePrima = (ed) => {
    if (ed.conflitto || ed.elemento.querySelector(".editor-incolla")) {
      return;
    }
    unisci(ed.id, ed);
  };
  const unisceDopo = (ed) => {
    const righe = [...foglio.querySelectorAll(".riga")].filter((una) => una.dataset.rev);
    const dopo = righe[righe.findIndex((una) => una.id === `d-${ed.id}`) + 1];
    if (ed.conflitto || ed.nuova || !dopo) {
      return;
    }
    Editor.salva(ed);
    unisci(codice(dopo));
  };

  // ------------------------------------------------------------------------------------------ keys
  const ripensa = (quale) => Coda.ripensa(quale, ({ codice: dove }) => dove && document.activeElement === document.body && fuoco(dove));
  const TASTI_EDITOR = {
    Enter: (ed, evento) => (evento.shiftKey ? Coda.annuncia("Una disposizione è un capoverso solo: con Invio ne cominci un’altra.") : seguente(ed, true)),
    Escape: (ed) => Editor.lascia(ed),
  };
  const inArea = (ed, evento) => {
    if (evento.isComposing) {
      return false;
    }
    if (evento.altKey && !evento.ctrlKey && VERSI[evento.key]) {
      muovi(ed.id, VERSI[evento.key], ed);
      return true;
    }
    if (evento.key === "Backspace" && !ed.area.value) {
      elimina(ed.id, ed);
      return true;
    }
    const nudo = !evento.ctrlKey && !evento.altKey && !evento.shiftKey && !evento.metaKey;
    const { selectionStart: inizio, selectionEnd: fine, value: scritto } = ed.area;
    if (nudo && evento.key === "Backspace" && inizio === 0 && fine === 0) {
      uniscePrima(ed);
      return true;
    }
    if (nudo && evento.key === "Delete" && scritto && inizio === scritto.length) {
      unisceDopo(ed);
      return true;
    }
    if (evento.ctrlKey && !evento.altKey && ["z", "y"].includes(evento.key.toLowerCase()) && ed.area.value === ed.iniziale && !Editor.sporco(ed)) {
      Editor.chiudi(ed);
      ripensa(evento.key.toLowerCase() === "z" ? "annulla" : "ripeti");
      return true;
    }
    if (!TASTI_EDITOR[evento.key] || evento.ctrlKey || evento.altKey) {
      return false;
    }
    TASTI_EDITOR[evento.key](ed, evento);
    return true;
  };
  const vicina = (apre, passo) => {
    const tutte = [...foglio.querySelectorAll(".riga:not([hidden]) > .apre")];
    tutte[tutte.indexOf(apre) + passo]?.focus();
  };
  const TASTI_RIGA = {
    Enter: (id) => Editor.apri(id),
    F2: (id) => Editor.apri(id),
    Delete: (id) => elimina(id),
    ArrowUp: (_, apre) => vicina(apre, -1),
    ArrowDown: (_, apre) => vicina(apre, 1),
  };
  const suRiga = (apre, evento) => {
    const id = codice(apre.closest(".riga"));
    if (evento.altKey && VERSI[evento.key]) {
      muovi(id, VERSI[evento.key]);
      return true;
    }
    if (!TASTI_RIGA[evento.key] || evento.ctrlKey || evento.altKey || evento.shiftKey) {
      return false;
    }
    TASTI_RIGA[evento.key](id, apre);
    return true;
  };
  document.addEventListener("keydown", (evento) => {
    const ed = Editor.di(evento.target);
    const apre = evento.target.closest?.(".riga > .apre");
    let preso = false;
    if (ed && evento.target === ed.area) {
      preso = inArea(ed, evento);
    } else if (apre) {
      preso = suRiga(apre, evento);
    }
    const scrivendo = evento.target.matches?.("input, textarea, select");
    if (!preso && !scrivendo && evento.ctrlKey && !evento.altKey && ["z", "y"].includes(evento.key.toLowerCase())) {
      ripensa(evento.key.toLowerCase() === "z" && !evento.shiftKey ? "annulla" : "ripeti");
      preso = true;
    }
    if (!preso && evento.key === "Escape" && pannello.contains(evento.target)) {
      chiudiPannello();
      preso = true;
    }
    if (preso) {
      evento.preventDefault();
      evento.stopPropagation();
    }
  });
  foglio.addEventListener("focusin", (evento) => {
    if (evento.target.matches(".apre") && !evento.target.hasAttribute("aria-keyshortcuts")) {
      evento.target.setAttribute("aria-keyshortcuts", "Enter F2 Delete Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight");
    }
  });

  // ------------------------------------------------------------------------------------------ mouse, touch
  const FA = {
    fatto: (ed) => {
      Editor.chiudi(ed);
      fuoco(ed.id);
    },
    seguente: (ed) => seguente(ed, false),
    unisci: (ed) => uniscePrima(ed),
    elimina: (ed) => elimina(ed.id, ed),
    scheda: (ed) => apriPannello(ed.id),
    su: (ed) => muovi(ed.id, "su", ed),
    giu: (ed) => muovi(ed.id, "giu", ed),
    promuovi: (ed) => muovi(ed.id, "promuovi", ed),
    retrocedi: (ed) => muovi(ed.id, "retrocedi", ed),
  };
  foglio.addEventListener("click", (evento) => {
    const ed = Editor.di(evento.target);
    const bottone = evento.target.closest("[data-fai], [data-conflitto], [data-incolla]");
    if (ed && bottone) {
      if (bottone.dataset.conflitto) {
        Editor.scegli(ed, bottone.dataset.conflitto);
      } else if (bottone.dataset.incolla) {
        incollato(ed, bottone.dataset.incolla);
      } else {
        FA[bottone.dataset.fai]?.(ed);
      }
      return;
    }
    const sua = evento.target.closest(".riga");
    const altrove = evento.target.closest("a:not(.apre)") || evento.ctrlKey || evento.metaKey || evento.shiftKey;
    if (sua && !altrove && !sua.closest(".in-attesa") && window.getSelection().isCollapsed) {
      evento.preventDefault();
      Editor.apri(codice(sua));
    }
  });
  document.addEventListener("submit", (evento) => {
    if (evento.target.matches("form[data-coda]")) {
      evento.preventDefault();
      const dati = new FormData(evento.target, evento.submitter);
      Coda.accoda({ url: evento.target.action, dati: () => dati, infine: ({ codice: dove }) => dove && aperta === dove && apriPannello(dove, false) });
    }
  });

  // ------------------------------------------------------------------------------------------ pasting
  foglio.addEventListener("paste", (evento) => {
    const ed = Editor.di(evento.target);
    const testo = evento.clipboardData?.getData("text/plain") ?? "";
    const righe = testo.split(/\r?\n/).filter((una) => una.trim());
    if (!ed || evento.target !== ed.area || righe.length < 2) {
      return;
    }
    evento.preventDefault();
    ed.elemento.querySelector(".editor-incolla")?.remove();
    const chiede = Editor.modello("modello-incolla");
    chiede.querySelector("p").textContent = `Hai incollato ${righe.length} capoversi.`;
    chiede.querySelector('[data-incolla="molte"]').textContent = `Fanne ${righe.length} disposizioni`;
    ed.incolla = { testo, righe };
    ed.area.after(chiede);
    chiede.querySelector("button").focus();
  });
  const incollato = (ed, scelta) => {
    const { testo, righe } = ed.incolla;
    ed.elemento.querySelector(".editor-incolla").remove();
    ed.area.focus();
    ed.incolla = null;
    if (scelta === "una") {
      ed.area.setRangeText(righe.map((una) => una.trim()).join(" "), ed.area.selectionStart, ed.area.selectionEnd, "end");
      ed.area.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (scelta === "molte") {
      const vuota = ed.nuova && !ed.operazione && !Editor.dritto(ed.area.value);
      const riferimento = vuota ? ed.riferimento : ed.id;
      const dati = { testo, tipo: ed.tipo, posizione: vuota ? ed.posizione : "dopo" };
      Editor.chiudi(ed);
      Coda.accoda({ url: Coda.url(riferimento, "incolla"), dati: () => dati, infine: ({ codice: dove }) => fuoco(dove) });
    }
  };

  // ------------------------------------------------------------------------------------------ the panel
  const pannello = document.getElementById("pannello");
  const corpo = document.getElementById("pannello-corpo");
  let aperta = "";
  let daDove = null;
  const apriPannello = async (id, conFuoco = true) => {
    daDove = conFuoco ? id : daDove;
    aperta = id;
    const risposta = await window.fetch(Coda.url(id, "scheda"), { headers: { "X-Redazione": "1" } }).catch(() => null);
    if (!risposta?.ok || risposta.redirected) {
      Coda.avverti("La storia non si può leggere ora: manca la connessione, o la disposizione non è ancora salvata.");
      return;
    }
    corpo.innerHTML = await risposta.text();
    pannello.hidden = false;
    if (conFuoco) {
      document.getElementById("pannello-titolo").textContent = `Storia e rilievi: ${riga(id)?.querySelector(".apre")?.textContent.replace("Modifica", "").trim() ?? ""}`;
      document.getElementById("pannello-titolo").focus();
    }
  };
  const chiudiPannello = () => {
    pannello.hidden = true;
    aperta = "";
    fuoco(daDove);
  };
  pannello.addEventListener("click", (evento) => {
    if (evento.target.closest("[data-chiudi-pannello]")) {
      chiudiPannello();
    }
  });

  // ------------------------------------------------------------------------------------------ colleagues
  const presenze = document.getElementById("presenze");
  document.body.addEventListener("htmx:configRequest", (evento) => {
    if (evento.detail.elt === presenze) {
      const ed = Editor.di(document.activeElement);
      evento.detail.parameters.disposizione = ed && !ed.nuova ? ed.id : "";
    }
  });
  document.body.addEventListener("htmx:beforeRequest", (evento) => {
    if (evento.detail.elt === presenze && document.hidden) {
      evento.preventDefault();
    }
  });
  const chiScrive = () => {
    const dati = presenze.querySelector("[data-dove]");
    foglio.querySelectorAll(".chi-scrive").forEach((segno) => segno.remove());
    for (const [id, nome] of Object.entries(JSON.parse(dati?.dataset.dove ?? "{}"))) {
      const segno = document.createElement("span");
      segno.className = "chi-scrive";
      segno.textContent = `${nome} scrive qui`;
      riga(id)?.append(segno);
    }
  };
  document.body.addEventListener("htmx:afterSettle", (evento) => {
    if (evento.detail.target === presenze) {
      Coda.aggiorna(Number(presenze.querySelector("[data-conta]")?.dataset.conta ?? 0));
      chiScrive();
    }
  });
  Editor.mosso = () => window.htmx?.trigger(presenze, "aggiorna");

  // ------------------------------------------------------------------------------------------ leaving
  window.addEventListener("beforeunload", (evento) => {
    if (!lascia && (Coda.inAttesa() || Editor.apertiSporchi().length)) {
      evento.preventDefault();
    }
  });
  Coda.di("Tutto salvato");
  Editor.riprendi();
  chiScrive();
})();
