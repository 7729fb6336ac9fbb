// One disposition open to be written in: over its row, or over a row that is not of the server yet. Saves by itself when the
// hand rests; keeps a copy on the device until the server has confirmed; shows both texts when somebody else was faster.
window.Editor = (() => {
  const { Coda } = window;
  if (!Coda) {
    return null;
  }
  const PAUSA = 1500;
  const tavolo = document.getElementById("tavolo");
  const INIZIO = "accordo:bozza:";
  const io = `${INIZIO}${tavolo.dataset.utente}:`;
  const copie = window.copieDi({ inizio: INIZIO, io, mie: `${io}${Coda.base}:` });
  const nomi = JSON.parse(tavolo.dataset.nomi);
  const aperti = new Map(); // by identifier: those open, and the new ones that the server does not know yet
  let applicando = false;

  const riga = (id) => document.getElementById(`d-${id}`);
  const blocco = (id) => document.getElementById(`b-${id}`);
  const codice = (elemento) => elemento?.id.slice(2) ?? "";
  const dritto = (testo) => testo.replace(/[’‘]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, " ").trim();
  const parole = (id) => dritto(riga(id)?.querySelector(".parole")?.textContent ?? "");
  const modello = (nome) => document.getElementById(nome).content.firstElementChild.cloneNode(true);
  const fuoco = (id) => riga(id)?.querySelector(".apre")?.focus();

  // ------------------------------------------------------------------------------------------ places
  const elenco = (id) => blocco(id)?.querySelector(":scope > ol");
  const segnaposto = (ed) => {
    const ol = ed.posizione === "dopo" ? blocco(ed.riferimento)?.parentElement.closest("ol") : elenco(ed.riferimento);
    const posto = document.createElement(ol && blocco(ed.riferimento) ? "li" : "div");
    posto.id = `b-${ed.id}`;
    posto.className = "comma in-attesa";
    const nuova = document.createElement("div");
    nuova.className = "riga";
    nuova.id = `d-${ed.id}`;
    nuova.dataset.tipo = ed.tipo;
    nuova.innerHTML = '<p class="parole"></p>';
    nuova.firstElementChild.textContent = ed.area.value;
    posto.append(nuova);
    return posto;
  };
  const colloca = (ed) => {
    blocco(ed.id)?.remove();
    const vicino = blocco(ed.riferimento);
    if (!vicino) {
      return;
    }
    const posto = segnaposto(ed);
    if (ed.posizione === "dopo") {
      vicino.after(posto);
    } else if (elenco(ed.riferimento)) {
      elenco(ed.riferimento)[ed.posizione === "in_cima" ? "prepend" : "append"](posto);
    } else {
      const testa = vicino.querySelector(":scope > .editor") ?? riga(ed.riferimento);
      if (ed.posizione === "in_cima") {
        testa.after(posto);
      } else {
        vicino.append(posto);
      }
    }
  };
  const aggancia = (ed) => {
    if (ed.nuova) {
      colloca(ed);
    }
    const sua = riga(ed.id);
    if (ed.chiuso || !sua) {
      return;
    }
    sua.hidden = true;
    if (sua.nextElementSibling !== ed.elemento) {
      sua.after(ed.elemento); // moved while it is written in, it would lose the focus and close
    }
  };

  // The server's pieces come under what is being written: it is taken off, and put back where it belongs.
  let scritto = null;
  Coda.ascolta.prima = () => {
    applicando = true;
    const attivo = [...aperti.values()].find((ed) => ed.elemento.contains(document.activeElement));
    scritto = attivo && { ed: attivo, su: document.activeElement, da: attivo.area.selectionStart, a: attivo.area.selectionEnd };
    for (const ed of aperti.values()) {
      ed.elemento.remove();
    }
  };
  Coda.ascolta.dopo = () => {
    for (const ed of aperti.values()) {
      segui(ed);
      aggancia(ed);
      adatta(ed);
    }
    if (scritto && aperti.has(scritto.ed.id) && !scritto.ed.chiuso) {
      scritto.su.focus({ preventScroll: true });
      scritto.ed.area.setSelectionRange(scritto.da, scritto.a);
    }
    applicando = false;
  };

  // Open but with nothing typed in it, it says what a colleague has written meanwhile.
  const segui = (ed) => {
    const arrivata = Number(riga(ed.id)?.dataset.rev ?? 0);
    if (!ed.nuova && !ed.conflitto && !ed.operazione && arrivata > ed.revisione && !sporco(ed) && !ed.chiuso) {
      ed.revisione = arrivata;
      ed.iniziale = ed.salvato = parole(ed.id);
      ed.seguita = false;
      ed.area.value = ed.iniziale;
    }
  };

  // ------------------------------------------------------------------------------------------ opening
  const nome = (ed) => {
    const numero = ed.nuova ? "" : riga(ed.id)?.querySelector(".comma-num, h2 > span, h3 > span, h4 > span")?.textContent ?? "";
    return ed.nuova ? `${nomi[ed.tipo]} (nuova voce)` : `${nomi[ed.tipo]} ${numero}`.replace(/\.$/, "");
  };
  const adatta = (ed) => {
    ed.elemento.querySelector(".editor-nome").textContent = nome(ed);
    ed.area.setAttribute("aria-label", `Scrivi: ${nome(ed)}`);
    if (!CSS.supports("field-sizing", "content")) {
      ed.area.style.height = "auto";
      ed.area.style.height = `${ed.area.scrollHeight + 4}px`;
    }
  };
  const monta = (ed) => {
    ed.elemento = modello("modello-editor");
    ed.elemento.dataset.codice = ed.id;
    ed.area = ed.elemento.querySelector("textarea");
    ed.area.value = ed.iniziale;
    ed.elemento.querySelector('[data-fai="aggiungi"]').href = Coda.url(ed.id, "aggiungi");
    ed.area.addEventListener("input", () => {
      ed.nota("");
      copia(ed);
      window.clearTimeout(ed.attesa);
      ed.attesa = window.setTimeout(() => salva(ed), PAUSA);
      adatta(ed);
    });
    ed.nota = (testo) => {
      const posto = ed.elemento.querySelector(".editor-nota");
      posto.hidden = !testo;
      posto.textContent = testo;
    };
    ed.elemento.addEventListener("focusout", (evento) => {
      if (!applicando && !ed.chiuso && !ed.conflitto && !ed.incolla && document.hasFocus() && !ed.elemento.contains(evento.relatedTarget)) {
        chiudi(ed);
      }
    });
    aperti.set(ed.id, ed);
    return ed;
  };
  const mostra = (ed) => {
    ed.chiuso = false;
    aggancia(ed);
    adatta(ed);
    ed.area.focus();
    ed.area.setSelectionRange(ed.area.value.length, ed.area.value.length);
    Editor.mosso?.(ed);
    return ed;
  };
  const apri = (id, testo) => {
    if (aperti.has(id)) {
      return mostra(aperti.get(id));
    }
    const sua = riga(id);
    const iniziale = parole(id);
    blocco(id)?.querySelector(":scope > .ripresa")?.remove();
    const ed = monta({ id, tipo: sua.dataset.tipo, revisione: Number(sua.dataset.rev), iniziale, salvato: iniziale });
    if (testo !== undefined) {
      ed.area.value = testo;
    }
    return mostra(ed);
  };
  const identificativo = () =>
    window.crypto.randomUUID?.() ??
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
      (Number(c) ^ (window.crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(c) / 4)))).toString(16),
    );
  const nuova = ({ riferimento, posizione, tipo, testo = "", id = identificativo() }) => {
    const ed = monta({ id, tipo, riferimento, posizione, nuova: true, revisione: 0, iniziale: "", salvato: "" });
    ed.area.value = testo;
    mostra(ed);
    if (testo) {
      copia(ed);
      salva(ed);
    }
    ed.area.setSelectionRange(0, 0);
    return ed;
  };

  // ------------------------------------------------------------------------------------------ saving
  const sporco = (ed) => dritto(ed.area.value) !== ed.salvato;
  const copia = (ed) => {
    const { tipo, riferimento, posizione, revisione } = ed;
    copie.scrivi(ed.id, { testo: ed.area.value, tipo, riferimento, posizione, revisione, nuova: Boolean(ed.nuova) });
  };
  const fine = (ed) => {
    if (ed.chiuso && !ed.operazione && !ed.nuova) {
      aperti.delete(ed.id);
      riga(ed.id)?.removeAttribute("hidden");
    }
  };
  const salva = (ed) => {
    window.clearTimeout(ed.attesa);
    const mandato = dritto(ed.area.value);
    if (!mandato || !sporco(ed) || ed.conflitto || (ed.operazione && !ed.operazione.partita)) {
      return;
    }
    let spedito = mandato;
    const nasce = ed.nuova && !ed.operazione;
    const operazione = Coda.accoda({
      url: nasce ? Coda.url(ed.riferimento, "nuova") : Coda.url(ed.id, "salva"),
      dati: () => {
        spedito = dritto(ed.area.value) || mandato;
        return nasce
          ? { codice: ed.id, tipo: ed.tipo, posizione: ed.posizione, testo: spedito }
          : { testo: spedito, revisione: ed.revisione, seguita: ed.seguita ? "si" : "" };
      },
      poi: (esito) => {
        if (ed.operazione === operazione) {
          ed.operazione = null;
        }
        salvata(ed, esito, spedito);
      },
      infine: (esito) => {
        if (esito.esito === "ok") {
          fine(ed);
        } else if (esito.esito === "conflitto") {
          ed.elemento.querySelector(".conflitto-titolo")?.focus();
        }
      },
    });
    ed.operazione = operazione;
  };
  const salvata = (ed, esito, spedito) => {
    if (esito.esito === "ok") {
      if (ed.nuova) {
        ed.nuova = false;
        blocco(ed.id)?.classList.contains("in-attesa") && blocco(ed.id).remove();
      }
      ed.revisione = esito.revisione;
      ed.salvato = spedito;
      ed.seguita = true;
      if (!sporco(ed) || ed.chiuso) {
        copie.togli(ed.id);
      }
      return;
    }
    ed.chiuso = false;
    if (esito.esito === "conflitto") {
      ed.conflitto = esito;
      const posto = ed.elemento.querySelector(".editor-conflitto");
      posto.hidden = false;
      posto.replaceChildren(esito.conflitto);
      return;
    }
    ed.nota(`${esito.parole} Quello che hai scritto resta qui.`);
    if (esito.esito === "sparita") {
      copia(ed);
    }
  };
  const scegli = (ed, quale) => {
    const { conflitto } = ed;
    const suo = dritto(ed.elemento.querySelector(".conflitto-suo").textContent);
    ed.elemento.querySelector(".editor-conflitto").hidden = true;
    ed.conflitto = null;
    ed.revisione = conflitto.revisione;
    ed.salvato = suo;
    ed.seguita = false;
    if (quale === "suo") {
      ed.area.value = suo;
      copie.togli(ed.id);
      Coda.aggiornaStato();
      Coda.annuncia("Tenuto il testo salvato.");
    }
    chiudi(ed);
    fuoco(ed.id);
  };

  // ------------------------------------------------------------------------------------------ closing
  const chiudi = (ed) => {
    if (ed.chiuso || ed.conflitto) {
      return;
    }
    const testo = dritto(ed.area.value);
    if (!testo) {
      scarta(ed);
      if (!ed.nuova && ed.salvato) {
        Coda.avverti("Il testo era vuoto ed è rimasto quello di prima: per togliere la disposizione usa «Elimina».");
      }
      return;
    }
    salva(ed);
    ed.chiuso = true;
    ed.elemento.remove();
    const sua = riga(ed.id);
    if (sua) {
      sua.hidden = false;
      if (testo !== parole(ed.id)) {
        sua.querySelector(".parole").textContent = testo;
      }
    }
    fine(ed);
  };
  const scarta = (ed) => {
    window.clearTimeout(ed.attesa);
    ed.chiuso = true;
    aperti.delete(ed.id);
    ed.elemento.remove();
    riga(ed.id)?.removeAttribute("hidden");
    if (ed.nuova && !ed.operazione) {
      blocco(ed.id)?.remove();
    }
    copie.togli(ed.id);
  };
  // Esc: the text is again what it was; what was typed stays within reach.
  const lascia = (ed) => {
    const scritto = ed.area.value;
    const torna = ed.iniziale;
    const era = ed.nuova ? ed.riferimento : ed.id;
    if (ed.nuova || dritto(scritto) === torna) {
      const { tipo, riferimento, posizione } = ed;
      const serve = ed.nuova && dritto(scritto) && !ed.operazione;
      scarta(ed);
      if (serve) {
        copie.scrivi(ed.id, { testo: scritto, tipo, riferimento, posizione, nuova: true });
        offri(ed.id);
      }
      fuoco(era);
      return;
    }
    ed.area.value = torna;
    ed.conflitto = null;
    ed.elemento.querySelector(".editor-conflitto").hidden = true;
    chiudi(ed);
    copie.scrivi(ed.id, { testo: scritto, tipo: ed.tipo, lasciata: true });
    offri(ed.id);
    Coda.annuncia("Tornato al testo di prima.");
    fuoco(era);
  };

  // ------------------------------------------------------------------------------------------ copies left on this device
  const offri = (id) => {
    const dati = copie.leggi(id);
    const dove = riga(id) ?? blocco(dati?.riferimento) ?? document.querySelector("#foglio > :first-child");
    if (!dati || !dove || (riga(id) && dritto(dati.testo) === parole(id))) {
      copie.togli(id);
      return;
    }
    const nota = modello("modello-ripresa");
    nota.querySelector("span").textContent = `Qui avevi scritto, senza salvare: «${dati.testo.slice(0, 80)}${dati.testo.length > 80 ? "…" : ""}».`;
    const posto = dove.tagName === "LI" ? dove.querySelector(":scope > .riga") ?? dove : dove;
    posto.after(nota);
    nota.addEventListener("click", (evento) => {
      const scelta = evento.target.closest("[data-ripresa]")?.dataset.ripresa;
      if (!scelta) {
        return;
      }
      nota.remove();
      if (scelta === "no") {
        copie.togli(id);
        fuoco(riga(id) ? id : dati.riferimento);
      } else if (riga(id)) {
        salva(apri(id, dati.testo));
      } else {
        nuova({ ...dati, id });
      }
    });
  };

  const Editor = {
    apri,
    nuova,
    salva,
    chiudi,
    lascia,
    scarta,
    scegli,
    sporco,
    revisione: (id) => aperti.get(id)?.revisione,
    dritto,
    riga,
    blocco,
    elenco,
    codice,
    fuoco,
    parole,
    modello,
    riprendi: () => copie.tutte().forEach(offri),
    di: (elemento) => aperti.get(elemento?.closest?.("[data-editor]")?.dataset.codice),
    apertiSporchi: () => [...aperti.values()].filter((ed) => sporco(ed) && dritto(ed.area.value)),
    riaggancia: (ed) => {
      applicando = true;
      ed.elemento.remove();
      aggancia(ed);
      adatta(ed);
      applicando = false;
      ed.area.focus();
    },
  };
  return Editor;
})();
