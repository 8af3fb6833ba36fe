// What axe finds wrong with a screen. It is put in through the debugging protocol, which the page's
// policy does not reach; the policy itself stays as it is.
import axe from 'axe-core';

/** Findings that keep somebody out: one line each, naming the rule and the elements. */
export async function barriers(page) {
  await page.evaluate(axe.source);
  // A colour on its way from one to another is neither.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation instanceof CSSTransition) animation.finish();
    }
  });
  const findings = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
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
