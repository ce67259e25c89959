/** How a report looks, on a screen and on paper. */
export const STYLE = `
:root { color-scheme: light; font: 15px/1.5 system-ui, sans-serif; color: #14181f; background: #fff; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 1rem 0 0.25rem; } h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; border-bottom: 1px solid #c5ccd6; }
h3 { font-size: 1rem; margin: 1.25rem 0 0.25rem; } p, ul, dl, table { margin: 0.4rem 0; }
.tlp div { display: flex; justify-content: space-between; gap: 1rem; padding: 0.35rem 0.6rem; background: #000; color: #fff; font-weight: 600; font-size: 0.85rem; }
.tlp.green strong { color: #33ff00; } .tlp.amber strong { color: #ffc000; } .tlp.red strong { color: #ff2b2b; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; } th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.6rem 0.25rem 0; border-bottom: 1px solid #e2e6ec; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } code { font: 0.82em/1.4 ui-monospace, monospace; }
.big { font-size: 1.25rem; font-weight: 600; } .note { color: #4a5361; font-size: 0.9rem; } .claim { break-inside: avoid; border-top: 1px solid #e2e6ec; padding: 0.5rem 0; }
.key { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 0.8rem; font-size: 0.9rem; } .key dt { color: #4a5361; } .key dd { margin: 0; }
@media print {
  @page { margin: 12mm 14mm; } :root { font-size: 10pt; }
  /* Groups of a table are repeated on every page, and the text keeps clear of them. */
  body { display: table; max-width: none; width: 100%; padding: 0; } main { display: table-row-group; }
  .tlp { break-inside: avoid; } header.tlp { display: table-header-group; } footer.tlp { display: table-footer-group; }
  .tlp div { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, h3 { break-after: avoid; } tr { break-inside: avoid; } a { color: inherit; }
}
`;
