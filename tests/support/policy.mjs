// Writing a policy with the screen alone: every number and choice of a pack by the control that stands for it.
import { readFile } from 'node:fs/promises';

const words = async (name) => JSON.parse(await readFile(new URL(`../../locales/en/${name}.json`, import.meta.url), 'utf8'));
const [policy, pack, edit, why, history] = await Promise.all(['policy', 'pack', 'edit', 'why', 'history'].map(words));
const { scales } = JSON.parse(await readFile(new URL('../../crates/school/packs/scales.json', import.meta.url), 'utf8'));

const YEARS = { '-2': 'Year N1', '-1': 'Year N2', 0: 'Reception' };
const year = (number) => YEARS[number] ?? `Year ${number}`;
const plain = (key) => (key.length <= 2 ? key.toUpperCase() : key[0].toUpperCase() + key.slice(1).replaceAll(/[-_]/g, ' '));
const stage = (key) => key.toUpperCase();
const scale = (key) => scales.find((one) => one.key === key).name;
const month = (number) => policy[`months_${number}`];
const horizon = (key) => ({ end_of_year: pack.h_year, end_of_key_stage: pack.h_stage, examination: pack.h_exam })[key];
const kind = (key) => ({ mid_term_appraisal: policy.e_mid_term, end_of_term_report: policy.e_end_of_term, tracking_event: policy.e_tracking })[key] ?? policy[`e_${key}`];
const score = (key) => ({ mean_of_reading_and_maths: policy.mean })[key] ?? policy[key];
const other = (key) => ({ personal_and_social: pack.other_personal })[key] ?? pack[`other_${key}`];
const anchor = (key) => ({ month: pack.each_month, term: pack.each_term, event_opens: edit.from_opens, event_deadline: edit.from_deadline })[key] ?? edit[`from_${key}`];
const measure = (key) => {
  if (typeof key === 'string') return { cat_predicted_gcse: policy.cat_gcse, eyfs_outcome: policy.eyfs_outcome, key_stage_1: policy.key_stage_1 }[key];
  return { fft20: policy.benchmark_fft, alps: policy.benchmark_alps, tracker: policy.benchmark_tracker }[key.benchmark];
};

const METHODS = { score_lookup: edit.k_score, grade_lookup: edit.k_grade, eight_point_lookup: edit.k_eight_point, grade_as_target: edit.k_as_is, school_benchmark: edit.k_schools, pupil_benchmark: edit.k_pupils, last_year_uplift: edit.k_uplift, teacher: edit.k_teacher };

/** Writes a whole pack into the editor, which holds an empty policy. */
export async function writePolicy(page, wanted) {
  const at = (place) => page.locator(`#e-${place.replaceAll(/[^a-zA-Z0-9]/g, '-')}`);
  const fill = async (place, value) => {
    await at(place).fill(String(value));
    await at(place).press('Tab');
  };
  const pick = (place, label) => at(place).selectOption({ label: String(label) });
  const tickAll = async (place, labels) => {
    for (const label of labels) await at(place).getByRole('checkbox', { name: label, exact: true }).check();
  };
  const yes = (place, there) => (there ? at(place).check() : undefined);
  const day = async (place, { day: number, month: name }) => {
    await fill(`${place}.day`, number);
    await pick(`${place}.month`, month(name));
  };
  const optionalDay = async (place, value) => {
    if (!value) return;
    await at(`${place}-is-there`).check();
    await day(place, value);
  };
  const rows = async (place, list, row) => {
    for (const [number, one] of (list ?? []).entries()) {
      await at(`${place}-add`).click();
      await row(`${place}[${number}]`, one);
    }
  };
  const grade = async (place, label) => {
    const tag = await at(place).evaluate((control) => control.tagName);
    return tag === 'SELECT' ? pick(place, label) : fill(place, label);
  };
  const section = (name) => page.getByRole('navigation', { name: edit.sections }).getByRole('button', { name: new RegExp(`^${name}`) }).click();
  const who = async (place, when = {}) => {
    if (Object.keys(when).length === 0) return;
    await at(`${place}.years`).locator('xpath=ancestor::details[1]').locator('summary').click();
    await tickAll(`${place}.years`, (when.years ?? []).map(year));
    await tickAll(`${place}.curricula`, (when.curricula ?? []).map(plain));
    await tickAll(`${place}.roles`, (when.roles ?? []).map((role) => policy[`role_${role}`]));
    if (when.subjects) await fill(`${place}.subjects`, when.subjects.map(plain).join(', '));
  };
  const fieldsOf = (place, fields) => tickAll(place, fields.map((field) => policy[`f_${field}`]));
  const onlyFields = async (place, fields) => {
    // A new event or exception asks for the current grade until somebody says otherwise.
    if (!fields.includes('current')) await at(place).getByRole('checkbox', { name: policy.f_current, exact: true }).uncheck();
    await fieldsOf(place, fields);
  };

  await fill('name', wanted.name);
  await tickAll('years', wanted.years.map(year));
  await fill('curricula', wanted.curricula.map(plain).join(', '));
  await fill('subject_roles.english', wanted.subject_roles.english.map(plain).join(', '));
  await fill('subject_roles.maths', wanted.subject_roles.maths.map(plain).join(', '));
  await tickAll('measures', (wanted.measures ?? []).map((name) => history[`measure_${name.replaceAll('-', '_')}`]));

  await section(edit.s_scales);
  await rows('scales', wanted.scales, async (place, entry) => {
    await pick(`${place}.scale`, scale(entry.scale));
    await who(`${place}.when`, entry.when);
  });

  await section(edit.s_tables);
  await rows('tables', wanted.tables, async (place, table) => {
    await fill(`${place}.source`, table.source);
    await fill(`${place}.year`, table.year);
    const averages = table.eight_point_averages;
    await pick(`${place}.reads`, averages ? edit.by_eight_point : table.scores ? edit.by_score : edit.by_grade);
    await pick(`${place}.scale`, scale(table.scale));
    if (table.grades) await pick(`${place}.grades.scale`, scale(table.grades.scale));
    if (averages) {
      await rows(`${place}.eight_point_averages`, averages, async (place, row) => {
        await fill(`${place}.from`, row.from);
        await grade(`${place}.grade`, row.grade);
      });
      return;
    }
    await rows(table.scores ? `${place}.scores` : `${place}.grades.rows`, table.scores ?? table.grades.rows, async (place, row) => {
      if (table.scores) {
        await fill(`${place}.from`, row.from);
        await fill(`${place}.to`, row.to);
      } else {
        await pick(`${place}.from`, row.from);
        await pick(`${place}.to`, row.to);
      }
      await grade(`${place}.grade`, row.grade);
    });
  });
  const table = (key) => {
    const found = wanted.tables.find((one) => one.key === key);
    return policy.table_named.replace('{{ source }}', found.source).replace('{{ year }}', found.year);
  };

  await section(edit.s_targets);
  // An empty policy lets the teacher decide for everyone.
  await page.getByRole('button', { name: 'Remove chain 1', exact: true }).click();
  await rows('targets', wanted.targets, async (place, chain) => {
    await who(`${place}.when`, chain.when);
    await pick(`${place}.horizon`, horizon(chain.horizon ?? 'end_of_year'));
    await rows(`${place}.methods`, chain.methods, async (place, method) => {
      await pick(`${place}.method`, METHODS[method.method]);
      if (method.table) await pick(`${place}.table`, table(method.table));
      if (method.measure) await pick(`${place}.measure`, measure(method.measure));
      if (method.method === 'school_benchmark') await pick(`${place}.percent`, `${method.percent} %`);
      if (method.method === 'pupil_benchmark') await fill(`${place}.percent`, method.percent);
      if (method.whole_grades) await fill(`${place}.whole_grades`, method.whole_grades);
      for (const [subjects, reads] of Object.entries(method.scores ?? {})) await pick(`${place}.scores.${subjects}`, score(reads));
      if (method.rounding) await pick(`${place}.rounding`, edit[method.rounding]);
      if (method.missing_one) await pick(`${place}.missing_one`, edit[method.missing_one]);
    });
    if (!chain.clamp) return;
    await at(`${place}.clamp-is-there`).check();
    await pick(`${place}.clamp`, scale(chain.clamp.scale));
    await pick(`${place}.clamp.lowest`, chain.clamp.lowest);
    await pick(`${place}.clamp.highest`, chain.clamp.highest);
  });

  await section(edit.s_people);
  const life = wanted.target_life;
  const party = (key) => pack[`party_${key}`];
  await pick('target_life.issued_by', party(life.issued_by));
  await pick('target_life.checked_by', party(life.checked_by));
  await pick('target_life.approval_from', edit[`approval_${life.approval_from}`]);
  await tickAll('target_life.approved_by', (life.approved_by ?? []).map(party));
  await yes('target_life.agreed_with_pupil', life.agreed_with_pupil);
  await yes('target_life.self_assessed', life.self_assessed);
  await optionalDay('target_life.reviewed', life.reviewed);
  await rows('other_targets', wanted.other_targets, async (place, one) => {
    await pick(`${place}.kind`, other(one.kind));
    await pick(`${place}.measured_in`, pack[`measured_${one.measured_in}`]);
    await at(`${place}.everyone`).setChecked(one.everyone === true);
  });
  if (wanted.cohort_targets) {
    await at('cohort_targets-is-there').check();
    await tickAll('cohort_targets', wanted.cohort_targets.key_stages.map(stage));
    await optionalDay('cohort_targets.published', wanted.cohort_targets.published);
  }

  await section(edit.s_calendar);
  await rows('calendar', wanted.calendar, async (place, event) => {
    await fill(`${place}.name`, event.name ?? plain(event.key));
    await pick(`${place}.kind`, kind(event.kind));
    await day(`${place}.opens`, event.opens);
    await day(`${place}.deadline`, event.deadline);
    await fill(`${place}.allowance`, event.allowance);
    if (event.predicts) await pick(`${place}.predicts`, horizon(event.predicts));
    if (event.report) await pick(`${place}.report`, edit[`report_${event.report}`]);
    await onlyFields(`${place}.fields`, event.fields);
    if (!event.years && !event.home && !event.tutor_comment && !event.exceptions) return;
    await at(`${place}.years`).locator('xpath=ancestor::details[1]').locator('summary').click();
    await tickAll(`${place}.years`, (event.years ?? []).map(year));
    await yes(`${place}.tutor_comment`, event.tutor_comment);
    await optionalDay(`${place}.home`, event.home);
    await rows(`${place}.exceptions`, event.exceptions, async (place, exception) => {
      await tickAll(`${place}.years`, exception.years.map(year));
      await onlyFields(`${place}.fields`, exception.fields);
    });
  });

  await section(edit.s_judging);
  const grades = (place, list) =>
    rows(place, list, async (place, one) => {
      await pick(`${place}.scale`, scale(one.scale));
      await grade(`${place}.grade`, one.grade);
    });
  await rows('status.floors', wanted.status.floors, async (place, floor) => {
    await pick(`${place}.curriculum`, plain(floor.curriculum));
    await tickAll(`${place}.key_stages`, floor.key_stages.map(stage));
    await grades(`${place}.grades`, floor.grades);
  });

  await section(edit.s_levels);
  await rows('levels', wanted.levels, async (place, level) => {
    await fill(`${place}.level`, level.level);
    await tickAll(`${place}.obliges`, level.obliges.map((one) => why[`obliges_${one}`]));
  });

  await section(edit.s_triggers);
  const condition = async (place, asked) => {
    const [name, of] = typeof asked === 'string' ? [asked, null] : Object.entries(asked)[0];
    const label = { off_target: edit.c_off_target, below_floor: edit.c_below_floor, current_below_target: edit.c_below_target, rag: edit.c_colour, current_at_most: edit.c_at_most, current_under: edit.c_under, all: edit.c_all, any: edit.c_any, subjects: edit.c_subjects }[name];
    await pick(`${place}.kind`, label);
    if (name === 'current_below_target') await fill(`${place}.at_least`, of.at_least);
    if (name === 'rag') await pick(`${place}.rag`, policy[`rag_${of}`]);
    if (name === 'current_at_most' || name === 'current_under') await grades(`${place}.grades`, of.grades);
    if (name === 'all' || name === 'any') {
      await condition(`${place}.${name}[0]`, of[0]);
      for (const [number, part] of of.slice(1).entries()) {
        await at(`${place}.${name}-add`).click();
        await condition(`${place}.${name}[${number + 1}]`, part);
      }
    }
    if (name !== 'subjects') return;
    await fill(`${place}.at_least`, of.at_least);
    if (of.at_most) await fill(`${place}.at_most`, of.at_most);
    await condition(`${place}.subjects.where`, of.where);
  };
  await rows('triggers', wanted.triggers, async (place, rule) => {
    await pick(`${place}.scope`, why[`scope_${rule.scope}`]);
    await pick(`${place}.owner`, why[`owner_${rule.outcome.owner}`]);
    if (rule.outcome.level) await fill(`${place}.outcome`, rule.outcome.level);
    await tickAll(`${place}.key_stages`, rule.key_stages.map(stage));
    await condition(`${place}.when`, rule.when);
    await tickAll(`${place}.told`, (rule.outcome.told ?? []).map((one) => why[`told_${one}`]));
  });

  await section(edit.s_duties);
  const eventNamed = (key) => {
    const event = wanted.calendar.find((one) => one.key === key);
    return event.name ?? plain(event.key);
  };
  await rows('duties', wanted.duties, async (place, duty) => {
    await pick(`${place}.what`, pack[`d_${duty.what}`]);
    await pick(`${place}.who`, party(duty.who));
    await fill(`${place}.weeks`, duty.weeks ?? 0);
    await pick(`${place}.from`, anchor(duty.from));
    if (duty.event) await pick(`${place}.event`, eventNamed(duty.event));
  });

  await section(edit.s_wording);
  if (wanted.end_of_year) {
    await at('end_of_year-is-there').check();
    await pick('end_of_year.low_effort', wanted.end_of_year.low_effort);
    await pick('end_of_year.high_effort', wanted.end_of_year.high_effort);
  }
  for (const name of ['pupil_premium', 'free_meals', 'sen', 'eal', 'looked_after', 'ethnicity', 'gender', 'prior_attainment']) {
    await at('groups.kinds').getByRole('checkbox', { name: pack[`g_${name}`], exact: true }).setChecked(wanted.groups.kinds.includes(name));
  }
  await fill('groups.smallest', wanted.groups.smallest);
  await rows('wording', wanted.wording, async (place, one) => {
    await pick(`${place}.place`, pack[`w_${one.place}`]);
    await fill(`${place}.text`, one.text);
  });
}

/** A policy without what the program names itself: keys of tables, rules and targets in words, key and version. */
export function said(document) {
  const said = structuredClone(document);
  const number = new Map((said.tables ?? []).map((table, at) => [table.key, `table ${at}`]));
  for (const chain of said.targets) for (const method of chain.methods) if (method.table) method.table = number.get(method.table);
  for (const list of [said.tables, said.triggers, said.other_targets]) for (const one of list ?? []) delete one.key;
  delete said.key;
  delete said.version;
  // The order of ticks is the program's.
  const sorted = (value) => {
    if (Array.isArray(value)) return value.every((one) => typeof one === 'string') ? [...value].map(sorted).sort() : value.map(sorted);
    if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, sorted(one)]));
    return value;
  };
  return sorted(said);
}
