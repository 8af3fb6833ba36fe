// What axe finds wrong with a screen. It is put in through the debugging protocol, which the page's
// policy does not reach; the policy itself stays as it is.
import axe from 'axe-core';

/** Findings that keep somebody out: one line each, naming the rule and the elements. */
export async function barriers(page) {
  await page.evaluate(axe.source);
  const findings = await page.evaluate(async () => {
    // A colour on its way from one to another is neither, and one may set out while axe looks.
    const still = new CSSStyleSheet();
    still.replaceSync('*, ::before, ::after { transition: none !important }');
    document.adoptedStyleSheets.push(still);
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still);
    return violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      elements: nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary})`),
    }));
  });
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, elements }) => `${impact} ${id}: ${help}\n  ${elements.join('\n  ')}`);
}
