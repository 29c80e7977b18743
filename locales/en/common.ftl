### Words that all screens share.

-product = Rinnovo

## Navigation

nav-back = ← Back
nav-cancel = Cancel
nav-continue = Continue
nav-close = Close

## Paged lists

pager-previous = ‹
pager-next = ›
pager-position = { $page }/{ $pages }

## Choices

choice-yes = Yes
choice-no = No
