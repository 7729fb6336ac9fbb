// What is done on the draft goes to the server one thing at a time, in its order, and is tried again until it is answered;
// the answer holds the pieces of the page that are other now, whoever changed them.
window.Coda = (() => {
  const tavolo = document.getElementById("tavolo");
  if (!tavolo) {
    return null;
  }
  const PRIMO_RITARDO = 2000;
  const MASSIMO_RITARDO = 60000;
  const base = tavolo.dataset.base;
  const stato = document.getElementById("stato-scrittura");
  const annuncio = document.getElementById("annuncio");
  const avviso = document.getElementById("avviso-scrittura");
  const coda = [];
  const ascolta = { prima: () => {}, dopo: () => {} };
  let conta = Number(tavolo.dataset.conta);
  let inCorso = false;
  let ritardo = PRIMO_RITARDO;
  let sveglia = 0;

  const di = (parole) => {
    stato.textContent = parole;
  };
  const annuncia = (parole) => {
    if (parole) {
      annuncio.textContent = "";
      window.setTimeout(() => {
        annuncio.textContent = parole;
      }, 50);
    }
  };
  const avverti = (parole, collegamento) => {
    avviso.hidden = !parole;
    avviso.textContent = parole;
    if (collegamento) {
      const a = document.createElement("a");
      a.href = collegamento.href;
      a.textContent = collegamento.testo;
      avviso.append(" ", a);
    }
  };

  const riprovaPoi = (perche) => {
    di(`Non ancora salvato: ${perche}. Il testo resta su questo dispositivo, riproviamo tra poco.`);
    window.clearTimeout(sveglia);
    sveglia = window.setTimeout(manda, ritardo + Math.random() * 500);
    ritardo = Math.min(ritardo * 2, MASSIMO_RITARDO);
  };
  window.addEventListener("online", () => {
    ritardo = PRIMO_RITARDO;
    manda();
  });

  // The focus stays on the disposition it was on, though its row is a new one.
  const dovEro = () => {
    const riga = document.activeElement?.closest?.(".riga, #ripensa");
    const bottone = document.activeElement?.name ? `[name="${document.activeElement.name}"][value="${document.activeElement.value}"]` : "";
    return riga && { id: riga.id, bottone };
  };
  const ritorna = (era) => {
    if (!era || (document.activeElement && document.activeElement !== document.body)) {
      return;
    }
    const riga = document.getElementById(era.id);
    const meta = (era.bottone && riga?.querySelector(era.bottone)) || riga?.querySelector(".apre");
    (meta && !meta.disabled ? meta : riga?.querySelector("button:not(:disabled)"))?.focus({ preventScroll: true });
  };

  // A piece takes the place of the one with its name, or goes, or stands beside another.
  const metti = (modello) => {
    const { pezzo, modo, dopo, prima } = modello.dataset;
    const ora = document.getElementById(pezzo);
    const nuovo = modo === "sposta" ? ora : modello.content.firstElementChild;
    if (modo === "via") {
      ora?.remove();
    } else if (!dopo && !prima) {
      ora?.replaceWith(nuovo);
    } else if (nuovo) {
      ora?.remove();
      document.getElementById(dopo ?? prima)?.[dopo ? "after" : "before"](nuovo);
    }
  };
  const applica = (corpo, poi) => {
    const era = dovEro();
    ascolta.prima();
    for (const modello of corpo.querySelectorAll("template[data-pezzo]")) {
      metti(modello);
    }
    conta = Math.max(conta, Number(corpo.dataset.conta));
    poi?.();
    ascolta.dopo();
    ritorna(era);
  };

  const RIFIUTI = {
    403: "La pagina è rimasta aperta troppo a lungo. Quello che hai scritto resta su questo dispositivo.",
    413: "Il testo è troppo lungo.",
  };
  const ferma = (risposta) => {
    const scaduta = risposta.redirected;
    di("Non salvato.");
    avverti(
      scaduta ? "La sessione è scaduta. Quello che hai scritto resta su questo dispositivo." : RIFIUTI[risposta.status] ?? "Non salvato: ricarica la pagina. Quello che hai scritto resta su questo dispositivo.",
      scaduta
        ? { href: `${tavolo.dataset.accesso}?next=${encodeURIComponent(window.location.pathname)}`, testo: "Entra di nuovo" }
        : { href: window.location.pathname, testo: "Ricarica la pagina" },
    );
  };

  const chiedi = async (cosa) => {
    const corpo = new URLSearchParams(cosa.dati());
    corpo.set("visto", conta);
    const gettone = document.querySelector("#ripensa [name=csrfmiddlewaretoken]").value;
    const risposta = await window.fetch(cosa.url, {
      method: "POST",
      headers: { "X-CSRFToken": gettone, "X-Redazione": "1" },
      body: corpo,
    });
    return [risposta, await risposta.text()];
  };

  const aggiornaStato = () => {
    const aperto = document.querySelector(".editor-conflitto:not([hidden])");
    const fermo = aperto ? "Da salvare: ci sono due testi" : "Tutto salvato";
    di(coda.length ? "Sto salvando…" : fermo);
  };

  const manda = async () => {
    if (inCorso || !coda.length) {
      return;
    }
    inCorso = true;
    const [cosa] = coda;
    cosa.partita = true;
    di("Sto salvando…");
    let risposta, testo;
    try {
      [risposta, testo] = await chiedi(cosa);
    } catch {
      inCorso = false;
      riprovaPoi("manca la connessione");
      return;
    }
    inCorso = false;
    if (risposta.status === 429 || risposta.status >= 500) {
      riprovaPoi("il portale non risponde");
      return;
    }
    ritardo = PRIMO_RITARDO;
    const corpo = new DOMParser().parseFromString(testo, "text/html").querySelector("[data-esito]");
    if (!corpo && risposta.status !== 404) {
      ferma(risposta);
      return;
    }
    coda.shift();
    const esito = {
      esito: corpo?.dataset.esito ?? "sparita",
      revisione: Number(corpo?.dataset.rev ?? 0),
      codice: corpo?.dataset.codice ?? "",
      vai: corpo?.dataset.vai ?? "",
      parole: corpo?.querySelector("[data-annuncio]").textContent ?? "Questa disposizione non c’è più.",
      conflitto: corpo?.querySelector("template[data-conflitto]")?.content ?? null,
    };
    if (corpo) {
      applica(corpo, () => cosa.poi?.(esito));
    } else {
      cosa.poi?.(esito);
    }
    avverti(esito.esito === "rifiuto" || esito.esito === "sparita" ? esito.parole : "");
    if (esito.esito !== "rifiuto") {
      annuncia(esito.parole);
    }
    cosa.infine?.(esito);
    aggiornaStato();
    manda();
  };

  const accoda = (cosa) => {
    coda.push(cosa);
    manda();
    return cosa;
  };
  return {
    accoda,
    annuncia,
    avverti,
    ascolta,
    base,
    di,
    aggiornaStato,
    url: (codice, verbo) => `${base}${codice}/${verbo}/`,
    inAttesa: () => coda.length,
    ripensa: (quale, infine) => accoda({ url: `${base}ripensa/`, dati: () => ({ cosa: quale }), infine }),
    aggiorna: (altra) => {
      if (altra > conta && !coda.length) {
        accoda({ url: `${base}cambi/`, dati: () => ({}) });
      }
    },
  };
})();
