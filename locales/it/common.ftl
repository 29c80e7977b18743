### Parole condivise da tutte le schermate.

-product = Rinnovo

## Navigazione

nav-back = ← Indietro
nav-cancel = Annulla
nav-continue = Continua
nav-close = Chiudi

## Elenchi a pagine

pager-previous = ‹
pager-next = ›
pager-position = { $page }/{ $pages }

## Scelte

choice-yes = Sì
choice-no = No
